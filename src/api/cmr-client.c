// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE /* memmem */

#include "config.h"

#include "cmr-client.h"

#include <string.h>

#include "cmr-client-private.h"
#include "cmr-error.h"
#include "cmr-origin-private.h"
#include "cmr-reply-private.h"

/* Per wait and per read; see CmrTimeouts. The vendor gives its workspace check 15 s a name. */
static const CmrTimeouts default_timeouts = { 30 * 1000, 60 * 1000, 120 * 1000, 5 * 1000 };

struct _CmrClient {
  GObject parent_instance;
  GUri *base;
  char *base_url; /* without a slash at its end */
  char *origin;
  char *header;
  char *key; /* NULL without one; cleared before it is freed */
  char *overrides[CMR_N_OPS];
  CmrLanes *lanes;
  CmrPacer *pacer;
  CmrTimeouts timeouts;
  CmrConnection connection;
  guint last_status;
  gint64 last_answer;
  gint64 clock_skew;
};

enum { PROP_CONNECTION = 1, N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (CmrClient, cmr_client, G_TYPE_OBJECT)

static void
clear_key (CmrClient *self)
{
  if (self->key != NULL)
    explicit_bzero (self->key, strlen (self->key));
  g_clear_pointer (&self->key, g_free);
}

static void
cmr_client_dispose (GObject *object)
{
  CmrClient *self = CMR_CLIENT (object);

  g_clear_pointer (&self->lanes, cmr_lanes_unref);
  g_clear_object (&self->pacer);

  G_OBJECT_CLASS (cmr_client_parent_class)->dispose (object);
}

static void
cmr_client_finalize (GObject *object)
{
  CmrClient *self = CMR_CLIENT (object);

  clear_key (self);
  for (guint i = 0; i < CMR_N_OPS; i++)
    g_free (self->overrides[i]);
  g_clear_pointer (&self->base, g_uri_unref);
  g_free (self->base_url);
  g_free (self->origin);
  g_free (self->header);

  G_OBJECT_CLASS (cmr_client_parent_class)->finalize (object);
}

static void
cmr_client_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  CmrClient *self = CMR_CLIENT (object);

  switch (prop_id)
    {
    case PROP_CONNECTION:
      g_value_set_int (value, self->connection);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cmr_client_class_init (CmrClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cmr_client_dispose;
  object_class->finalize = cmr_client_finalize;
  object_class->get_property = cmr_client_get_property;

  props[PROP_CONNECTION] = g_param_spec_int ("connection", NULL, NULL, CMR_CONNECTION_IDLE, CMR_CONNECTION_TROUBLE,
                                             CMR_CONNECTION_IDLE,
                                             G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  /* HTTP/2 sends refused streams again and offers no way to refuse it but this. main () sets it before
   * any thread; a program without that main () (tests, benchmarks) gets it here. */
  if (g_getenv ("SOUP_FORCE_HTTP1") == NULL)
    g_setenv ("SOUP_FORCE_HTTP1", "1", TRUE);
}

static void
cmr_client_init (CmrClient *self)
{
  self->timeouts = default_timeouts;
}

CmrClient *
cmr_client_new (const char *base_url, const char *header, gboolean loopback, GError **error)
{
  g_autoptr (GUri) base = NULL;
  CmrClient *self;

  g_return_val_if_fail (base_url != NULL, NULL);

  base = cmr_origin_parse_base (base_url, loopback, error);
  if (base == NULL || !cmr_origin_check_header (header, error))
    return NULL;

  self = g_object_new (CMR_TYPE_CLIENT, NULL);
  self->base = g_steal_pointer (&base);
  self->base_url = g_uri_to_string (self->base);
  /* Without a path it is written with one: "//orders" would be another place. */
  if (g_str_has_suffix (self->base_url, "/"))
    self->base_url[strlen (self->base_url) - 1] = '\0';
  self->origin = cmr_origin_dup (self->base);
  self->header = g_strdup (header != NULL ? header : "cmr-x-api-key");
  self->pacer = cmr_pacer_get (self->origin, "");
  /* Plain HTTP never leaves this computer, not even by a proxy. */
  self->lanes = cmr_lanes_new (g_str_equal (g_uri_get_scheme (self->base), "http"));
  return self;
}

const char *
cmr_client_get_base_url (CmrClient *self)
{
  g_return_val_if_fail (CMR_IS_CLIENT (self), NULL);

  return self->base_url;
}

char *
cmr_client_dup_origin (CmrClient *self)
{
  g_return_val_if_fail (CMR_IS_CLIENT (self), NULL);

  return g_strdup (self->origin);
}

static char *
dup_trimmed (const char *key)
{
  const char *end;

  while (g_ascii_isspace (*key))
    key++;
  end = key + strlen (key);
  while (end > key && g_ascii_isspace (end[-1]))
    end--;
  return g_strndup (key, end - key);
}

/* A line end in a header is dropped by libsoup with a critical, and the request goes without its key. */
gboolean
cmr_key_check (const char *key, GError **error)
{
  g_autofree char *trimmed = key != NULL ? dup_trimmed (key) : g_strdup ("");
  gboolean good = trimmed[0] != '\0';

  for (const char *at = trimmed; good && *at != '\0'; at++)
    good = *at > ' ' && *at < 0x7f;
  if (!good)
    g_set_error_literal (error, CMR_ERROR, CMR_ERROR_INVALID, "The key is empty or has characters that no key has");
  explicit_bzero (trimmed, strlen (trimmed));
  return good;
}

/* %NULL forgets the key. */
gboolean
cmr_client_set_key (CmrClient *self, const char *key, GError **error)
{
  char *trimmed = NULL;

  g_return_val_if_fail (CMR_IS_CLIENT (self), FALSE);

  if (key != NULL && !cmr_key_check (key, error))
    return FALSE;
  if (key != NULL)
    trimmed = dup_trimmed (key);
  clear_key (self);
  self->key = trimmed;
  g_object_unref (self->pacer);
  self->pacer = cmr_pacer_get (self->origin, self->key != NULL ? self->key : "");
  return TRUE;
}

gboolean
cmr_client_has_key (CmrClient *self)
{
  g_return_val_if_fail (CMR_IS_CLIENT (self), FALSE);

  return self->key != NULL;
}

/* %NULL takes the override back. */
gboolean
cmr_client_set_override (CmrClient *self, CmrOp op, const char *path, GError **error)
{
  g_return_val_if_fail (CMR_IS_CLIENT (self), FALSE);
  g_return_val_if_fail (op < CMR_N_OPS, FALSE);

  if (path != NULL && !cmr_origin_check_override (op, path, error))
    return FALSE;
  g_free (self->overrides[op]);
  self->overrides[op] = path == NULL      ? NULL
                        : path[0] == '/' ? g_strdup (path)
                                         : g_strconcat ("/", path, NULL);
  return TRUE;
}

CmrPacer *
cmr_client_get_pacer (CmrClient *self)
{
  g_return_val_if_fail (CMR_IS_CLIENT (self), NULL);

  return self->pacer;
}

CmrConnection
cmr_client_get_connection (CmrClient *self)
{
  g_return_val_if_fail (CMR_IS_CLIENT (self), CMR_CONNECTION_IDLE);

  return self->connection;
}

guint
cmr_client_get_last_status (CmrClient *self)
{
  g_return_val_if_fail (CMR_IS_CLIENT (self), 0);

  return self->last_status;
}

gint64
cmr_client_get_last_answer (CmrClient *self)
{
  g_return_val_if_fail (CMR_IS_CLIENT (self), 0);

  return self->last_answer;
}

gint64
cmr_client_get_clock_skew (CmrClient *self)
{
  g_return_val_if_fail (CMR_IS_CLIENT (self), 0);

  return self->clock_skew;
}

void
cmr_client_set_timeouts_ms (CmrClient *self, guint idle_ms, guint read_total_ms, guint answer_ms, guint backoff_ms)
{
  g_return_if_fail (CMR_IS_CLIENT (self));

  self->timeouts = (CmrTimeouts) { idle_ms, read_total_ms, answer_ms, backoff_ms };
}

/* --- For the other files of the pipeline ------------------------------------------------------- */

const CmrTimeouts *
cmr_client_get_timeouts (CmrClient *self)
{
  return &self->timeouts;
}

CmrLanes *
cmr_client_get_lanes (CmrClient *self)
{
  return self->lanes;
}

SoupMessage *
cmr_client_new_message (CmrClient *self, CmrCall *call, GError **error)
{
  const CmrEndpoint *endpoint = cmr_call_get_endpoint (call);
  const char *path = self->overrides[endpoint->op] != NULL ? self->overrides[endpoint->op] : endpoint->path;
  g_autofree char *target = cmr_call_dup_target_at (call, path);
  g_autofree char *address = g_strconcat (self->base_url, target, NULL);
  g_autoptr (GUri) uri = g_uri_parse (address, SOUP_HTTP_URI_FLAGS, NULL);
  g_autofree char *origin = uri != NULL ? cmr_origin_dup (uri) : NULL;
  SoupMessage *msg;

  if (g_strcmp0 (origin, self->origin) != 0)
    {
      g_set_error (error, CMR_ERROR, CMR_ERROR_INVALID, "%s: its address is not the service's", endpoint->id);
      return NULL;
    }
  msg = soup_message_new_from_uri (endpoint->method, uri);
  soup_message_add_flags (msg, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_headers_replace (soup_message_get_request_headers (msg), "Accept", "application/json");
  if (self->key != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (msg), self->header, self->key);
  return msg;
}

gboolean
cmr_client_check_call (CmrClient *self, CmrCall *call, gboolean reads, GError **error)
{
  const CmrEndpoint *endpoint = cmr_call_get_endpoint (call);

  if (reads != !!(endpoint->flags & CMR_ENDPOINT_READS))
    {
      g_set_error (error, CMR_ERROR, CMR_ERROR_INVALID, "%s: sent by the wrong function", endpoint->id);
      return FALSE;
    }
  if (self->key == NULL)
    {
      g_set_error (error, CMR_ERROR, CMR_ERROR_SIGNED_OUT, "%s: there is no key", endpoint->id);
      return FALSE;
    }
  return cmr_call_check (call, error);
}

/* Stars over every copy of the key in @data. */
static gboolean
blot_out (CmrClient *self, char *data, gsize length)
{
  gsize key_length = self->key != NULL ? strlen (self->key) : 0;
  char *end = data + length;
  gboolean found = FALSE;

  if (key_length == 0)
    return FALSE;
  while ((data = memmem (data, end - data, self->key, key_length)) != NULL)
    {
      memset (data, '*', key_length);
      data += key_length;
      found = TRUE;
    }
  return found;
}

char *
cmr_client_take_redacted (CmrClient *self, char *text)
{
  if (text != NULL)
    blot_out (self, text, strlen (text));
  return text;
}

GBytes *
cmr_client_take_redacted_bytes (CmrClient *self, GBytes *bytes)
{
  gsize length;
  char *data = g_bytes_unref_to_data (bytes, &length);

  if (data != NULL)
    blot_out (self, data, length);
  return g_bytes_new_take (data, length);
}

static CmrConnection
connection_after (const CmrReply *reply)
{
  if (reply->sent == CMR_SENT_NOTHING)
    return reply->failure != NULL && reply->failure->domain == G_TLS_ERROR ? CMR_CONNECTION_TROUBLE
                                                                         : CMR_CONNECTION_OFFLINE;
  if (reply->sent == CMR_SENT_ALL)
    return CMR_CONNECTION_TROUBLE;
  if (reply->status == 401)
    return CMR_CONNECTION_KEY_REFUSED;
  if (reply->status == 429)
    return CMR_CONNECTION_WAITING;
  return reply->status >= 500 || cmr_reply_looks_cut (reply) ? CMR_CONNECTION_TROUBLE : CMR_CONNECTION_CONNECTED;
}

/* What is wrong with us or was stopped by the user tells nothing about the service. */
static gboolean
tells_nothing (const CmrReply *reply)
{
  return reply->failure != NULL
         && (g_error_matches (reply->failure, G_IO_ERROR, G_IO_ERROR_CANCELLED)
             || g_error_matches (reply->failure, CMR_ERROR, CMR_ERROR_STORAGE));
}

void
cmr_client_note_reply (CmrClient *self, CmrCall *call, const CmrReply *reply)
{
  CmrConnection connection;

  if (tells_nothing (reply))
    return;
  if (reply->status == 429 || reply->status == 503)
    cmr_pacer_busy (self->pacer, reply->retry_after_ms);
  if (reply->sent == CMR_SENT_ANSWERED)
    {
      self->last_status = reply->status;
      self->last_answer = g_get_real_time ();
      if (reply->server_time != 0)
        self->clock_skew = reply->server_time - self->last_answer;
    }
  connection = connection_after (reply);
  if (connection == self->connection)
    return;
  self->connection = connection;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CONNECTION]);
}
