// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-sandbox-private.h"

#include <string.h>

#define EXCHANGE "wb-sandbox-exchange"
#define BODY_MAX (16 * 1024 * 1024)
#define FOR_GOOD "for good"

static void
exchange_free (WbSbExchange *exchange)
{
  g_free (exchange->content_type);
  g_clear_pointer (&exchange->body, g_byte_array_unref);
  g_clear_pointer (&exchange->form, wb_sb_form_free);
  g_free (exchange);
}

typedef struct {
  WbSandbox *self;
  SoupServerMessage *msg;
} Wait;

static void
wait_free (Wait *wait)
{
  g_object_unref (wait->msg);
  g_free (wait);
}

static gboolean
on_wait_over (gpointer data)
{
  Wait *wait = data;
  WbSbExchange *exchange = g_object_get_data (G_OBJECT (wait->msg), EXCHANGE);

  g_hash_table_remove (wait->self->waits, g_main_current_source ());
  if (!exchange->over)
    soup_server_message_unpause (wait->msg);
  return G_SOURCE_REMOVE;
}

/* Holds the message up, reading or answering; @ms G_MAXUINT: for good, or until wb_sb_release(). */
void
wb_sb_wait (WbSandbox *self, SoupServerMessage *msg, guint ms)
{
  GSource *source;
  Wait *wait;

  soup_server_message_pause (msg);
  wait = g_new (Wait, 1);
  wait->self = self;
  wait->msg = g_object_ref (msg);
  source = g_timeout_source_new (ms);
  g_source_set_callback (source, on_wait_over, wait, (GDestroyNotify) wait_free);
  if (ms == G_MAXUINT)
    g_source_set_name (source, FOR_GOOD);
  g_source_attach (source, self->context);
  g_hash_table_add (self->waits, source);
}

/* In the server's thread. */
void
wb_sb_release (WbSandbox *self)
{
  GHashTableIter iter;
  gpointer source;

  g_hash_table_iter_init (&iter, self->waits);
  while (g_hash_table_iter_next (&iter, &source, NULL))
    if (g_strcmp0 (g_source_get_name (source), FOR_GOOD) == 0)
      g_source_set_ready_time (source, 0);
}

void
wb_sb_drop_waits (WbSandbox *self)
{
  GHashTableIter iter;
  gpointer source;

  g_hash_table_iter_init (&iter, self->waits);
  while (g_hash_table_iter_next (&iter, &source, NULL))
    g_source_destroy (source);
  g_hash_table_remove_all (self->waits);
}

static void
on_file_part (WbSbForm *form, WbSbPart *part, gpointer data)
{
  WbSbExchange *exchange = data;

  if (part->length > 0)
    wb_sb_file_add_picture (exchange->self->file, exchange->number, part);
}

static void
on_chunk (SoupServerMessage *msg, GBytes *chunk, gpointer data)
{
  WbSbExchange *exchange = data;
  WbSandbox *self = exchange->self;
  gsize length;
  const guint8 *bytes = g_bytes_get_data (chunk, &length);

  g_mutex_lock (&self->lock);
  if (exchange->form != NULL)
    wb_sb_form_push (exchange->form, bytes, length);
  else if (exchange->body != NULL && exchange->body->len + length <= BODY_MAX)
    g_byte_array_append (exchange->body, bytes, (guint) length);
  else
    exchange->too_large = TRUE;
  g_mutex_unlock (&self->lock);
  if (exchange->fault == WB_FAULT_SLOW_READ && exchange->value > 0)
    wb_sb_wait (self, msg, (guint) (length * 1000 / (gsize) exchange->value));
}

static void
on_finished (SoupServerMessage *msg, gpointer data)
{
  WbSbExchange *exchange = data;

  exchange->over = TRUE;
  if (exchange->form == NULL)
    return;
  g_mutex_lock (&exchange->self->lock);
  wb_sb_file_settle_pictures (exchange->self->file, exchange->number, NULL);
  g_mutex_unlock (&exchange->self->lock);
}

/* NULL when the request may go on. */
static WbSbReply *
check_at_gate (WbSandbox *self, SoupServerMessage *msg, const char *path, const CmrEndpoint **endpoint)
{
  const char *message;
  const char *below = g_str_has_prefix (path, WB_SB_BASE_PATH) ? path + strlen (WB_SB_BASE_PATH) : NULL;
  guint status = wb_sb_gate (msg, self->port, &message);

  if (status != 0)
    return wb_sb_refuse (status, "%s", message);
  if (!wb_sb_gate_key (msg, self->key))
    return wb_sb_refuse (401, "Invalid API Key");
  *endpoint = below != NULL ? cmr_endpoint_match (soup_server_message_get_method (msg), below) : NULL;
  if (*endpoint == NULL)
    return wb_sb_refuse (404, "Cannot %s %s", soup_server_message_get_method (msg), path);
  self->n_requests++;
  self->n_by_op[(*endpoint)->op]++;
  if (!wb_sb_gate_rate (self))
    return wb_sb_refuse (429, "Too Many Requests");
  if (!cmr_endpoint_reads ((*endpoint)->op))
    self->n_writes++;
  return NULL;
}

/* A form is read as one wherever it comes to; the handlers say whether they wanted it. */
static void
prepare_body (WbSbExchange *exchange, SoupServerMessage *msg)
{
  g_autoptr (GHashTable) params = NULL;
  const char *type = soup_message_headers_get_content_type (
      soup_server_message_get_request_headers (msg), &params);
  const char *boundary = params != NULL ? g_hash_table_lookup (params, "boundary") : NULL;

  exchange->content_type = g_strdup (type);
  if (g_strcmp0 (type, "multipart/form-data") == 0 && boundary != NULL && *boundary != '\0'
      && strlen (boundary) <= 70)
    exchange->form = wb_sb_form_new (boundary, wb_sb_file_keeps_bytes (exchange->self->file),
                                     on_file_part, exchange);
  else
    exchange->body = g_byte_array_new ();
}

static void
begin (WbSbExchange *exchange, SoupServerMessage *msg)
{
  WbSandbox *self = exchange->self;

  exchange->number = ++self->serial;
  exchange->fault = wb_sb_take_fault (self, exchange->endpoint, &exchange->value);
  prepare_body (exchange, msg);
  g_signal_connect (msg, "got-chunk", G_CALLBACK (on_chunk), exchange);
  if (exchange->fault != WB_FAULT_EARLY)
    return;
  if (self->record_dir != NULL)
    {
      WbSbCall call = { .self = self, .endpoint = exchange->endpoint, .number = exchange->number };

      wb_sb_record (self, &call, exchange->content_type, (guint) exchange->value, NULL, exchange->fault);
    }
  wb_sb_answer_early (exchange, msg);
}

/* Too fast: the body is not looked at. */
static void
record_refusal (WbSandbox *self, const CmrEndpoint *endpoint, GHashTable *query, const WbSbReply *refusal)
{
  WbSbCall call = { .self = self, .endpoint = endpoint, .query = query, .number = ++self->serial };

  wb_sb_record (self, &call, NULL, refusal->status, refusal->body, WB_FAULT_NONE);
}

/* The header is read, the body is not. */
static void
on_header (SoupServer *server, SoupServerMessage *msg, const char *path, GHashTable *query, gpointer data)
{
  WbSandbox *self = data;
  WbSbExchange *exchange = g_new0 (WbSbExchange, 1);
  g_autoptr (WbSbReply) refusal = NULL;

  exchange->self = self;
  g_object_set_data_full (G_OBJECT (msg), EXCHANGE, exchange, (GDestroyNotify) exchange_free);
  g_signal_connect (msg, "finished", G_CALLBACK (on_finished), exchange);
  soup_message_body_set_accumulate (soup_server_message_get_request_body (msg), FALSE);
  g_mutex_lock (&self->lock);
  refusal = check_at_gate (self, msg, path, &exchange->endpoint);
  if (refusal == NULL)
    begin (exchange, msg);
  else
    {
      if (self->record_dir != NULL && refusal->status == 429)
        record_refusal (self, exchange->endpoint, query, refusal);
      wb_sb_say (self, msg, refusal->status, refusal->body);
    }
  g_mutex_unlock (&self->lock);
}

/* NULL: fine so far, and @call has what came. */
static WbSbReply *
read_body (WbSbExchange *exchange, WbSbCall *call)
{
  g_autoptr (GBytes) bytes = NULL;

  call->form = exchange->form;
  if (exchange->too_large)
    return wb_sb_refuse (413, "The request body is too large");
  if (call->form != NULL)
    return wb_sb_form_end (call->form) ? NULL : wb_sb_refuse (400, "%s", wb_sb_form_problem (call->form));
  if (exchange->body->len == 0)
    return NULL;
  if (g_strcmp0 (exchange->content_type, "application/json") != 0)
    return wb_sb_refuse (400, "The content type is neither JSON nor a form");
  bytes = g_bytes_new_static (exchange->body->data, exchange->body->len);
  call->json = cmr_json_parse (bytes, NULL);
  return call->json != NULL ? NULL : wb_sb_refuse (400, "The request body is not valid JSON");
}

static WbSbReply *
carry_out (WbSbExchange *exchange, WbSbCall *call)
{
  WbSbReply *reply = read_body (exchange, call);

  if (wb_sb_fault_stops_work (exchange->fault))
    g_clear_pointer (&reply, wb_sb_reply_free);
  else if (reply == NULL)
    reply = wb_sb_dispatch (call);
  return reply;
}

/* What the recorder notes: of a fault with a body of its own, only its status. */
static guint
status_said (WbSbExchange *exchange, WbSbReply *reply)
{
  switch (exchange->fault)
    {
    case WB_FAULT_STATUS:
    case WB_FAULT_STATUS_AFTER:
      return (guint) exchange->value;
    case WB_FAULT_PROCESS_NOT_FOUND:
      return 404;
    case WB_FAULT_FORM_GONE:
      return 410;
    case WB_FAULT_DROP_BEFORE:
    case WB_FAULT_DROP_AFTER:
    case WB_FAULT_NO_ANSWER:
      return 0;
    default:
      return reply->status;
    }
}

static gboolean
says_reply (WbFaultKind fault)
{
  return fault == WB_FAULT_NONE || fault == WB_FAULT_DELAY || fault == WB_FAULT_SLOW_READ
         || fault == WB_FAULT_CONFIRM_IGNORED;
}

/* The whole request is there. */
static void
on_request (SoupServer *server, SoupServerMessage *msg, const char *path, GHashTable *query,
            gpointer data)
{
  WbSandbox *self = data;
  WbSbExchange *exchange = g_object_get_data (G_OBJECT (msg), EXCHANGE);
  WbSbCall call = { .self = self,
                    .endpoint = exchange->endpoint,
                    .query = query,
                    .number = exchange->number,
                    .fault = exchange->fault };
  g_autoptr (WbSbReply) reply = NULL;
  guint late_ms;

  if (exchange->over)
    return;
  g_mutex_lock (&self->lock);
  reply = carry_out (exchange, &call);
  if (self->record_dir != NULL)
    wb_sb_record (self, &call, exchange->content_type, status_said (exchange, reply),
                  says_reply (exchange->fault) ? reply->body : NULL, exchange->fault);
  wb_sb_answer (exchange, msg, reply ? reply->status : 0, reply ? reply->body : NULL);
  late_ms = self->latency_ms + (reply ? reply->late_ms : 0)
            + (exchange->fault == WB_FAULT_DELAY ? (guint) MAX (exchange->value, 0) : 0);
  g_mutex_unlock (&self->lock);
  g_clear_pointer (&call.json, json_node_unref);
  if (exchange->fault == WB_FAULT_NO_ANSWER)
    wb_sb_wait (self, msg, G_MAXUINT);
  else if (late_ms > 0)
    wb_sb_wait (self, msg, late_ms);
}

/* Listens on the loopback and nowhere else. In the server's thread. */
GError *
wb_sb_serve (WbSandbox *self)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, self->port);
  g_autoslist (GUri) uris = NULL;
  GError *error = NULL;

  self->server = soup_server_new (NULL, NULL);
  soup_server_add_early_handler (self->server, NULL, on_header, self, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  if (!soup_server_listen (self->server, address, 0, &error))
    return error;
  uris = soup_server_get_uris (self->server);
  self->port = (guint16) g_uri_get_port (uris->data);
  self->base_url = g_strdup_printf ("http://127.0.0.1:%u" WB_SB_BASE_PATH, self->port);
  return NULL;
}
