// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillApi"

#include <string.h>

#include "cmr-client-private.h"
#include "cmr-error.h"
#include "cmr-reply-private.h"
#include "cmr-timer-private.h"

#define READ_BYTES (64 * 1024)
#define PROGRESS_US (G_USEC_PER_SEC / 10)

/* Before libsoup's queue, which runs at the default priority: that a reused connection has died has to be
 * heard of before the GET is sent again (CmrLanes). */
#define READ_PRIORITY G_PRIORITY_HIGH

/* One request on its way. Everything in it is used in the client's thread alone. */
typedef struct {
  CmrClient *client; /* lent by the task */
  CmrCall *call;
  CmrExchangeHow how;
  SoupSession *session; /* ours alone */
  SoupMessage *msg;
  CmrBodyStream *body;  /* NULL without one */
  GInputStream *answer;
  GByteArray *bytes;
  GCancellable *inner;  /* ours: what libsoup sees */
  GCancellable *user;   /* what the caller has given */
  GSource *user_source; /* a source and no handler: nothing happens inside somebody's cancel () */
  GSource *timer;
  gint64 began;
  gint64 last_progress;
  guint restarted_status;
  gboolean started;    /* libsoup has a connection and begins to write */
  gboolean handed_all; /* Cancel is off: the request may be carried out */
  gboolean timed_out;
  gboolean cancelled;
  gboolean restarted;
} Exchange;

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
exchange_free (Exchange *x)
{
  clear_source (&x->user_source);
  clear_source (&x->timer);
  if (x->msg != NULL)
    g_signal_handlers_disconnect_by_data (x->msg, x);
  if (x->body != NULL)
    {
      cmr_body_stream_set_last_byte (x->body, NULL, NULL);
      cmr_body_stream_set_gave (x->body, NULL, NULL);
      g_input_stream_close (G_INPUT_STREAM (x->body), NULL, NULL);
    }
  g_clear_object (&x->answer);
  g_clear_object (&x->body);
  g_clear_object (&x->msg);
  g_clear_object (&x->session);
  g_clear_object (&x->call);
  g_clear_object (&x->inner);
  g_clear_object (&x->user);
  g_clear_pointer (&x->bytes, g_byte_array_unref);
  g_free (x);
}

/* --- Clocks ------------------------------------------------------------------------------------ */

static gboolean
on_timer (gpointer user_data)
{
  Exchange *x = user_data;

  x->timed_out = TRUE;
  g_cancellable_cancel (x->inner);
  return G_SOURCE_CONTINUE;
}

/* Something moved: the wait begins anew. Once a write is handed over, only the clock of its answer
 * counts, which no trickle of bytes prolongs. */
static void
bump (Exchange *x)
{
  guint idle_ms = x->how.idle_ms != 0 ? x->how.idle_ms : cmr_client_get_timeouts (x->client)->idle_ms;
  gint64 at = g_get_monotonic_time () + idle_ms * G_GINT64_CONSTANT (1000);

  if (x->timed_out || (x->how.writing && x->handed_all))
    return;
  if (x->how.deadline != 0)
    at = MIN (at, x->how.deadline);
  g_source_set_ready_time (x->timer, at);
}

static void
start_clock (Exchange *x)
{
  x->began = g_get_monotonic_time ();
  x->timer = cmr_timer_new ("CmrExchange", on_timer, x);
  bump (x);
}

/* --- The line between sent and not sent -------------------------------------------------------- */

static void
report_progress (Exchange *x, gboolean last_byte)
{
  guint64 total = x->body != NULL ? cmr_body_stream_get_length (x->body) : 0;

  x->last_progress = g_get_monotonic_time ();
  if (x->how.progress != NULL)
    x->how.progress (last_byte ? total : cmr_body_stream_get_given (x->body), total, last_byte,
                     x->how.progress_data);
}

/* Looks at the user's Cancel a last time and switches it off; from here on only our clock stops us. */
static gboolean
hand_over (gpointer data, GError **error)
{
  Exchange *x = data;
  const CmrTimeouts *timeouts = cmr_client_get_timeouts (x->client);

  if (x->timed_out || g_cancellable_set_error_if_cancelled (x->inner, error))
    return FALSE;
  if (g_cancellable_set_error_if_cancelled (x->user, error))
    {
      x->cancelled = TRUE;
      return FALSE;
    }
  clear_source (&x->user_source);
  x->handed_all = TRUE;
  g_source_set_ready_time (x->timer, g_get_monotonic_time () + timeouts->answer_ms * G_GINT64_CONSTANT (1000));
  report_progress (x, TRUE);
  return TRUE;
}

static void
on_body_gave (guint64 given, gpointer data)
{
  Exchange *x = data;

  bump (x);
  if (!x->handed_all && g_get_monotonic_time () - x->last_progress >= PROGRESS_US)
    report_progress (x, FALSE);
}

static gboolean
on_user_cancelled (GCancellable *cancellable, gpointer user_data)
{
  Exchange *x = user_data;

  x->cancelled = TRUE;
  g_cancellable_cancel (x->inner);
  return G_SOURCE_REMOVE;
}

/* --- What libsoup tells ------------------------------------------------------------------------ */

/* There is a connection. A write without a body has no last byte to hold back: its line is here, before
 * the first byte. */
static void
on_starting (SoupMessage *msg, gpointer user_data)
{
  Exchange *x = user_data;

  if (x->restarted)
    return;
  x->started = TRUE;
  bump (x);
  if (x->body != NULL && soup_message_get_http_version (msg) > SOUP_HTTP_1_1)
    cmr_body_stream_set_connection (x->body, NULL);
  if (x->how.writing && x->body == NULL && !hand_over (x, NULL))
    g_cancellable_cancel (x->inner);
}

/* libsoup would send the request again (421, an answered challenge, a refused stream), by then without
 * its body. */
static void
on_restarted (SoupMessage *msg, gpointer user_data)
{
  Exchange *x = user_data;

  x->restarted = TRUE;
  x->restarted_status = soup_message_get_status (msg);
  g_cancellable_cancel (x->inner);
}

static void
on_network_event (SoupMessage *msg, GSocketClientEvent event, GIOStream *connection, gpointer user_data)
{
  Exchange *x = user_data;
  gboolean tls = g_str_equal (g_uri_get_scheme (soup_message_get_uri (msg)), "https");

  bump (x);
  if (x->body == NULL || x->restarted)
    return;
  if (tls && event == G_SOCKET_CLIENT_TLS_HANDSHAKED && G_IS_TLS_CONNECTION (connection))
    cmr_body_stream_set_connection (x->body, connection);
  else if (!tls && event == G_SOCKET_CLIENT_CONNECTED && G_IS_SOCKET_CONNECTION (connection))
    cmr_body_stream_set_connection (x->body, connection);
}

static void
on_moved (SoupMessage *msg, gpointer user_data)
{
  bump (user_data);
}

/* --- The end ----------------------------------------------------------------------------------- */

/* What may be told as "not sent" and what not: rule 3 of operations. */
static CmrSent
how_far (const Exchange *x)
{
  gboolean gave_all = x->how.writing ? x->handed_all : x->started;

  return gave_all && x->started ? CMR_SENT_ALL : CMR_SENT_NOTHING;
}

static GError *
why_failed (Exchange *x, GError *error)
{
  if (x->timed_out)
    {
      g_clear_error (&error);
      return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "No answer in time");
    }
  if (x->cancelled)
    {
      g_clear_error (&error);
      return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled before it was sent");
    }
  return error;
}

/* Takes @error; without one the answer is whole as far as HTTP can tell. */
static void
complete (GTask *task, GError *error)
{
  Exchange *x = g_task_get_task_data (task);
  CmrReply *reply = g_new0 (CmrReply, 1);
  const char *id = cmr_call_get_endpoint (x->call)->id;

  clear_source (&x->timer);
  clear_source (&x->user_source);
  if (x->restarted && x->restarted_status != 0)
    {
      g_clear_error (&error);
      reply->sent = CMR_SENT_ANSWERED;
      reply->status = x->restarted_status;
      reply->body = g_bytes_new (NULL, 0);
    }
  else if (error != NULL)
    {
      reply->sent = how_far (x);
      reply->failure = why_failed (x, error);
    }
  else
    {
      cmr_reply_read_headers (reply, x->msg);
      reply->sent = CMR_SENT_ANSWERED;
      reply->location = cmr_client_take_redacted (x->client, reply->location);
      reply->body = cmr_client_take_redacted_bytes (
        x->client, g_byte_array_free_to_bytes (g_steal_pointer (&x->bytes)));
    }
  g_debug ("%s: status %u, sent %d, %" G_GSIZE_FORMAT " bytes, %" G_GINT64_FORMAT " ms%s%s", id,
           reply->status, reply->sent, reply->body != NULL ? g_bytes_get_size (reply->body) : 0,
           (g_get_monotonic_time () - x->began) / 1000, reply->failure != NULL ? ": " : "",
           reply->failure != NULL ? reply->failure->message : "");
  cmr_client_note_reply (x->client, x->call, reply);
  g_task_return_pointer (task, reply, (GDestroyNotify) cmr_reply_free);
}

typedef struct {
  CmrLanes *lanes;
  SoupSession *session; /* NULL: not to be used again */
} Ending;

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Ending *ending = user_data;

  g_input_stream_close_finish (G_INPUT_STREAM (source), result, NULL);
  if (ending->session != NULL)
    cmr_lanes_give_back (ending->lanes, ending->session);
  cmr_lanes_unref (ending->lanes);
  g_free (ending);
}

/* Closing lets the connection go back; the session is free when that has happened. */
static void
close_answer (Exchange *x, gboolean whole)
{
  Ending *ending = g_new0 (Ending, 1);

  ending->lanes = cmr_lanes_ref (cmr_client_get_lanes (x->client));
  ending->session = whole ? g_steal_pointer (&x->session) : NULL;
  g_input_stream_close_async (x->answer, G_PRIORITY_DEFAULT, x->inner, closed_cb, ending);
}

static void read_more (GTask *task);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *x = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  gsize length = bytes != NULL ? g_bytes_get_size (bytes) : 0;

  if (length > 0 && x->bytes->len + length > CMR_ANSWER_MAX_BYTES)
    {
      /* Closing would read on to keep the connection; this throws it away. */
      g_cancellable_cancel (x->inner);
      error = g_error_new_literal (CMR_ERROR, CMR_ERROR_PROTOCOL, "The answer is longer than 16 MiB");
    }
  if (error != NULL || length == 0)
    {
      close_answer (x, error == NULL);
      complete (task, error);
      return;
    }
  bump (x);
  g_byte_array_append (x->bytes, g_bytes_get_data (bytes, NULL), length);
  read_more (g_steal_pointer (&task));
}

static void
read_more (GTask *task)
{
  Exchange *x = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (x->answer, READ_BYTES, G_PRIORITY_DEFAULT, x->inner, read_cb, task);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *x = g_task_get_task_data (task);
  GError *error = NULL;

  x->answer = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (x->answer == NULL)
    {
      complete (task, error);
      return;
    }
  bump (x);
  x->bytes = g_byte_array_new ();
  read_more (g_steal_pointer (&task));
}

static void
connect_signals (Exchange *x)
{
  g_signal_connect (x->msg, "starting", G_CALLBACK (on_starting), x);
  g_signal_connect (x->msg, "network-event", G_CALLBACK (on_network_event), x);
  g_signal_connect (x->msg, "wrote-headers", G_CALLBACK (on_moved), x);
  g_signal_connect (x->msg, "got-headers", G_CALLBACK (on_moved), x);
  if (x->how.writing || x->body != NULL)
    g_signal_connect (x->msg, "restarted", G_CALLBACK (on_restarted), x);
}

static void
attach_body (Exchange *x)
{
  g_autofree char *type = NULL;

  x->body = cmr_call_new_body (x->call, &type);
  if (x->body == NULL)
    return;
  cmr_body_stream_set_gave (x->body, on_body_gave, x);
  if (x->how.writing)
    cmr_body_stream_set_last_byte (x->body, hand_over, x);
  soup_message_set_request_body (x->msg, type, G_INPUT_STREAM (x->body), cmr_body_stream_get_length (x->body));
}

void
cmr_exchange_async (CmrClient *client, CmrCall *call, const CmrExchangeHow *how, GCancellable *cancellable,
                    GAsyncReadyCallback callback, gpointer user_data)
{
  /* No cancellable for the task: after the last byte a reply has to come out whatever was pressed. */
  g_autoptr (GTask) task = g_task_new (client, NULL, callback, user_data);
  Exchange *x = g_new0 (Exchange, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, cmr_exchange_async);
  g_task_set_task_data (task, x, (GDestroyNotify) exchange_free);
  x->client = client;
  x->call = g_object_ref (call);
  x->how = *how;
  x->inner = g_cancellable_new ();
  x->msg = cmr_client_new_message (client, call, &error);
  if (x->msg == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (cancellable != NULL)
    {
      x->user = g_object_ref (cancellable);
      x->user_source = g_cancellable_source_new (cancellable);
      g_source_set_callback (x->user_source, G_SOURCE_FUNC (on_user_cancelled), x, NULL);
      g_source_attach (x->user_source, g_main_context_get_thread_default ());
    }
  /* A connection of its own: on a reused one that dies libsoup sends PUT and DELETE again, the PUT empty. */
  if (how->writing)
    soup_message_add_flags (x->msg, SOUP_MESSAGE_NEW_CONNECTION);
  attach_body (x);
  connect_signals (x);
  start_clock (x);
  x->session = cmr_lanes_take (cmr_client_get_lanes (client));
  soup_session_send_async (x->session, x->msg, how->writing ? G_PRIORITY_DEFAULT : READ_PRIORITY,
                           x->inner, sent_cb, g_steal_pointer (&task));
}

CmrReply *
cmr_exchange_finish (CmrClient *client, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, client), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
