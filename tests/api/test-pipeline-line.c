// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The line between "not sent" and "may have happened", and the clocks on both sides of it.

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "pipeline.h"
#include "wb-test.h"

#define PICTURE_BYTES (4 * 1024 * 1024)
#define N_PICTURES 16 /* more than any socket buffer holds */

static GBytes *
new_picture (void)
{
  return g_bytes_new_take (g_malloc0 (PICTURE_BYTES), PICTURE_BYTES);
}

/* Nobody listens: the port was free a moment ago. */
static void
test_refused (void)
{
  const RawStep step = { RAW_ALL, RAW_OK };
  RawServer *server = raw_server_new (&step, 1);
  g_autofree char *url = raw_server_dup_url (server, "/api");
  g_autoptr (Pipeline) p = pipeline_new (&step, 1);
  g_autoptr (GError) error = NULL;
  static CmrCall *(*const writes[]) (void) = { pipeline_post, pipeline_put, pipeline_delete };

  raw_server_free (server);
  g_assert_finalize_object (p->client);
  p->client = cmr_client_new (url, NULL, TRUE, &error);
  cmr_client_set_key (p->client, PIPELINE_KEY, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (writes); i++)
    {
      g_autoptr (CmrReply) reply = NULL;

      cmr_pacer_set_rate (cmr_client_get_pacer (p->client), 0);
      reply = pipeline_write (p, writes[i] (), &error);
      g_assert_no_error (error);
      g_assert_cmpint (reply->sent, ==, CMR_SENT_NOTHING);
      g_assert_error (reply->failure, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
      g_assert_false (p->last_byte);
    }
  g_assert_null (pipeline_read (p, pipeline_get (), &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_OFFLINE);
  g_assert_cmpint (cmr_client_get_connection (p->client), ==, CMR_CONNECTION_OFFLINE);
}

static void
test_reset_after_all (void)
{
  const RawStep step = { RAW_ALL, .end = RAW_RESET };
  g_autoptr (Pipeline) p = pipeline_new (&step, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (CmrReply) reply = pipeline_write (p, pipeline_post (), &error);

  g_assert_no_error (error);
  g_assert_cmpint (reply->sent, ==, CMR_SENT_ALL);
  g_assert_error (reply->failure, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
  g_assert_true (p->last_byte);
  g_assert_cmpuint (raw_server_get_whole (p->server), ==, 1);
  g_assert_cmpint (cmr_client_get_connection (p->client), ==, CMR_CONNECTION_TROUBLE);
}

static void
test_cancel_during_upload (void)
{
  const RawStep step = { RAW_ALL, RAW_OK };
  g_autoptr (Pipeline) p = pipeline_new (&step, 1);
  g_autoptr (GBytes) picture = new_picture ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CmrReply) reply = NULL;

  p->cancel_on_bytes = TRUE;
  reply = pipeline_write (p, pipeline_form (picture, N_PICTURES), &error);
  g_assert_no_error (error);
  g_assert_cmpint (reply->sent, ==, CMR_SENT_NOTHING);
  g_assert_error (reply->failure, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (p->last_byte);
  pipeline_wait_ended (p, 1);
  g_assert_cmpuint (raw_server_get_whole (p->server), ==, 0);
  g_assert_cmpuint (raw_server_get_requests (p->server), ==, 1);
}

/* Pressed too late: it has no effect, and the answer is told. */
static void
test_cancel_after_last_byte (gconstpointer data)
{
  CmrCall *(*new_call) (void) = data;
  const RawStep step = { RAW_ALL, RAW_OK };
  g_autoptr (Pipeline) p = pipeline_new (&step, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (CmrReply) reply = NULL;

  p->cancel_on_last_byte = TRUE;
  reply = pipeline_write (p, new_call (), &error);
  g_assert_no_error (error);
  g_assert_true (g_cancellable_is_cancelled (p->cancellable));
  g_assert_cmpint (reply->sent, ==, CMR_SENT_ANSWERED);
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpuint (raw_server_get_whole (p->server), ==, 1);
}

static void
test_cancelled_before (gconstpointer data)
{
  CmrCall *(*new_call) (void) = data;
  const RawStep step = { RAW_ALL, RAW_OK };
  g_autoptr (Pipeline) p = pipeline_new (&step, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (CmrReply) reply = NULL;

  g_cancellable_cancel (p->cancellable);
  reply = pipeline_write (p, new_call (), &error);
  g_assert_no_error (error);
  g_assert_cmpint (reply->sent, ==, CMR_SENT_NOTHING);
  g_assert_error (reply->failure, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (raw_server_get_requests (p->server), ==, 0);
}

/* A picture of which each turn of the main loop takes a part. */
static CmrCall *
new_form (void)
{
  g_autoptr (GBytes) picture = g_bytes_new_take (g_malloc0 (512 * 1024), 512 * 1024);

  return pipeline_form (picture, 3);
}

/* Cancel is pressed after so many turns of the main loop. TRUE: the answer was quicker. */
static gboolean
cancel_after (CmrCall *call, guint n_turns, guint *n_stopped)
{
  const RawStep step = { RAW_ALL, RAW_OK };
  g_autoptr (Pipeline) p = pipeline_new (&step, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (CmrReply) reply = NULL;
  gboolean over;

  pipeline_start (p, call);
  for (guint i = 0; i < n_turns && p->result == NULL; i++)
    g_main_context_iteration (NULL, TRUE);
  over = p->result != NULL;
  g_cancellable_cancel (p->cancellable);
  reply = pipeline_finish (p, &error);
  g_assert_no_error (error);
  if (reply->sent == CMR_SENT_NOTHING)
    {
      g_assert_error (reply->failure, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_false (p->last_byte);
      pipeline_wait_ended (p, raw_server_get_connections (p->server));
      g_assert_cmpuint (raw_server_get_whole (p->server), ==, 0);
      ++*n_stopped;
      return over;
    }
  g_assert_cmpint (reply->sent, ==, CMR_SENT_ANSWERED);
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_true (p->last_byte);
  g_assert_cmpuint (raw_server_get_whole (p->server), ==, 1);
  return over;
}

/* In no position is something stopped that was sent, or called sent that was stopped. */
static void
test_cancel_anywhere (gconstpointer data)
{
  CmrCall *(*new_call) (void) = data;
  guint n_turns = 0, n_stopped = 0;

  while (!cancel_after (new_call (), n_turns, &n_stopped))
    n_turns++;
  g_test_message ("%u positions, stopped in %u", n_turns + 1, n_stopped);
  g_assert_cmpuint (n_stopped, >, 0);
  g_assert_cmpuint (n_stopped, <, n_turns + 1);
}

typedef struct {
  const char *path;
  const char *answer;
  RawEnd end;
} Early;

static const Early earlies[] = {
  { "/pipeline/early/401", "HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\n{}", RAW_CLOSE },
  { "/pipeline/early/413", "HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\n{}", RAW_CLOSE },
  { "/pipeline/early/429", "HTTP/1.1 429 Too Many\r\nContent-Length: 2\r\n\r\n{}", RAW_CLOSE },
  { "/pipeline/early/503", "HTTP/1.1 503 Unavailable\r\nContent-Length: 2\r\n\r\n{}", RAW_CLOSE },
  { "/pipeline/early/200", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", RAW_CLOSE },
  { "/pipeline/early/reset", NULL, RAW_RESET },
  { "/pipeline/early/closed", NULL, RAW_CLOSE },
};

/* Answered while the body goes up, then closed: the answer is lost in the reset, but it is certain that
 * the last byte was never given away. */
static void
test_early_answer (gconstpointer data)
{
  const Early *early = data;
  const RawStep step = { 64 * 1024, early->answer, .end = early->end };
  g_autoptr (Pipeline) p = pipeline_new (&step, 1);
  g_autoptr (GBytes) picture = new_picture ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CmrReply) reply = pipeline_write (p, pipeline_form (picture, N_PICTURES), &error);

  g_assert_no_error (error);
  g_assert_cmpint (reply->sent, ==, CMR_SENT_NOTHING);
  g_assert_nonnull (reply->failure);
  g_assert_false (p->last_byte);
  g_assert_cmpuint (raw_server_get_requests (p->server), ==, 1);
  g_assert_cmpuint (raw_server_get_whole (p->server), ==, 0);
}

typedef struct {
  const char *path;
  gssize grow;      /* of the file against the length it was added with */
  gboolean removed;
} Changed;

static const Changed changed[] = {
  { "/pipeline/file/shorter", -1, FALSE },
  { "/pipeline/file/longer", 1, FALSE },
  { "/pipeline/file/empty", -300000, FALSE },
  { "/pipeline/file/gone", 0, TRUE },
};

static void
test_changed_file (gconstpointer data)
{
  const Changed *change = data;
  const RawStep step = { RAW_ALL, RAW_OK };
  g_autoptr (Pipeline) p = pipeline_new (&step, 1);
  g_autoptr (PipelineFile) file = pipeline_file_new (300000);
  CmrCall *call = cmr_call_new (CMR_OP_CREATE_ORDER_MULTIPART);
  g_autoptr (GError) error = NULL;
  g_autoptr (CmrReply) reply = NULL;

  cmr_call_set_param (call, "userId", "U1");
  cmr_call_add_file_part (call, "dana@example.com", file->length_bytes, pipeline_file_open, file, NULL);
  if (change->removed)
    g_unlink (file->path);
  else
    g_assert_cmpint (truncate (file->path, file->length_bytes + change->grow), ==, 0);

  reply = pipeline_write (p, call, &error);
  g_assert_no_error (error);
  g_assert_cmpint (reply->sent, ==, CMR_SENT_NOTHING);
  g_assert_error (reply->failure, CMR_ERROR, CMR_ERROR_STORAGE);
  g_assert_false (p->last_byte);
  pipeline_wait_ended (p, raw_server_get_connections (p->server));
  g_assert_cmpuint (raw_server_get_whole (p->server), ==, 0);
  /* It says nothing about the service. */
  g_assert_cmpint (cmr_client_get_connection (p->client), ==, CMR_CONNECTION_IDLE);
}

typedef struct {
  const char *path;
  RawStep step;
  CmrSent sent;
  int code; /* of G_IO_ERROR, -1: CMR_ERROR_PROTOCOL */
} Bad;

static const Bad bads[] = {
  { "/pipeline/answer/cut-with-length",
    { RAW_ALL, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"da", .end = RAW_CLOSE },
    CMR_SENT_ALL,
    G_IO_ERROR_PARTIAL_INPUT },
  { "/pipeline/answer/endless",
    { RAW_ALL, "HTTP/1.1 200 OK\r\n\r\n", .flood_bytes = G_MAXUINT64, .end = RAW_CLOSE },
    CMR_SENT_ALL,
    -1 },
  { "/pipeline/answer/too-long-by-length",
    { RAW_ALL, "HTTP/1.1 200 OK\r\nContent-Length: 20000000\r\n\r\n", .flood_bytes = 20000000 },
    CMR_SENT_ALL,
    -1 },
  { "/pipeline/answer/never", { RAW_ALL, .end = RAW_HANG }, CMR_SENT_ALL, G_IO_ERROR_TIMED_OUT },
  { "/pipeline/answer/trickle",
    { RAW_ALL, "HTTP/1.1 200 OK\r\n\r\n{", .trickle_ms = 5, .end = RAW_CLOSE },
    CMR_SENT_ALL,
    G_IO_ERROR_TIMED_OUT },
  { "/pipeline/answer/only-100-continue",
    { RAW_ALL, "HTTP/1.1 100 Continue\r\n\r\n", .end = RAW_HANG },
    CMR_SENT_ALL,
    G_IO_ERROR_TIMED_OUT },
};

/* A status that came with half a body is no answer. */
static void
test_bad_answer (gconstpointer data)
{
  const Bad *bad = data;
  g_autoptr (Pipeline) p = pipeline_new (&bad->step, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (CmrReply) reply = NULL;

  if (bad->code == G_IO_ERROR_TIMED_OUT)
    cmr_client_set_timeouts_ms (p->client, 10000, 10000, 100, 1);
  reply = pipeline_write (p, pipeline_post (), &error);
  g_assert_no_error (error);
  g_assert_cmpint (reply->sent, ==, bad->sent);
  g_assert_cmpuint (reply->status, ==, 0);
  g_assert_null (reply->body);
  if (bad->code == -1)
    g_assert_error (reply->failure, CMR_ERROR, CMR_ERROR_PROTOCOL);
  else
    g_assert_error (reply->failure, G_IO_ERROR, bad->code);
  g_assert_cmpuint (raw_server_get_requests (p->server), ==, 1);
}

/* Chunked and cut: libsoup reports status 200, a short body and no error. Who parses it must see that. */
static void
test_cut_chunked (void)
{
  const RawStep step
      = { RAW_ALL, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"dat\r\n", .end = RAW_CLOSE };
  g_autoptr (Pipeline) p = pipeline_new (&step, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (CmrReply) reply = pipeline_write (p, pipeline_post (), &error);

  g_assert_no_error (error);
  if (reply->sent == CMR_SENT_ANSWERED)
    {
      g_assert_cmpuint (reply->status, ==, 200);
      g_assert_cmpuint (g_bytes_get_size (reply->body), ==, 5);
    }
  else
    g_assert_cmpint (reply->sent, ==, CMR_SENT_ALL);
  g_assert_cmpuint (raw_server_get_requests (p->server), ==, 1);
}

/* The server stops reading: no byte moves, and the last one was not given away. */
static void
test_stalled_upload (void)
{
  const RawStep step = { 1000, .end = RAW_HANG };
  g_autoptr (Pipeline) p = pipeline_new (&step, 1);
  g_autoptr (GBytes) picture = new_picture ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CmrReply) reply = NULL;

  cmr_client_set_timeouts_ms (p->client, 200, 10000, 10000, 1);
  reply = pipeline_write (p, pipeline_form (picture, N_PICTURES), &error);
  g_assert_no_error (error);
  g_assert_cmpint (reply->sent, ==, CMR_SENT_NOTHING);
  g_assert_error (reply->failure, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_assert_cmpuint (raw_server_get_whole (p->server), ==, 0);
}

/* After the last byte the answer may take longer than a wait between two bytes. */
static void
test_slow_answer (void)
{
  const RawStep step = { RAW_ALL, "HTTP/1.1 200 OK\r\n", .trickle_ms = 20, .end = RAW_CLOSE };
  g_autoptr (Pipeline) p = pipeline_new (&step, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (CmrReply) reply = NULL;
  gint64 began = g_get_monotonic_time ();

  cmr_client_set_timeouts_ms (p->client, 50, 50, 300, 1);
  reply = pipeline_write (p, pipeline_post (), &error);
  g_assert_no_error (error);
  g_assert_error (reply->failure, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_assert_cmpint (g_get_monotonic_time () - began, >=, 290 * 1000);
}

static void
test_form_arrives (void)
{
  const RawStep step = { RAW_ALL, RAW_OK };
  g_autoptr (Pipeline) p = pipeline_new (&step, 1);
  g_autoptr (GBytes) picture = g_bytes_new_static ("picture", 7);
  g_autoptr (GError) error = NULL;
  g_autoptr (CmrReply) reply = pipeline_write (p, pipeline_form (picture, 3), &error);
  g_autoptr (GBytes) body = NULL;
  g_autofree char *head = NULL;
  g_autofree char *length = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_true (p->last_byte);
  body = raw_server_dup_body (p->server, 0);
  head = raw_server_dup_head (p->server, 0);
  length = g_strdup_printf ("\r\nContent-Length: %" G_GSIZE_FORMAT, g_bytes_get_size (body));
  g_assert_cmpuint (g_bytes_get_size (body), ==, p->sent);
  g_assert_nonnull (strstr (head, length));
  g_assert_nonnull (strstr (head, "\r\nContent-Type: multipart/form-data; boundary=waybill-"));
}

/* 64 MiB in steps of some hundred KiB: the window is told 10 times a second, not at each of them. */
static void
test_progress (void)
{
  const RawStep step = { RAW_ALL, RAW_OK, .forget = TRUE };
  g_autoptr (Pipeline) p = pipeline_new (&step, 1);
  g_autoptr (GBytes) picture = new_picture ();
  g_autoptr (GError) error = NULL;
  gint64 began = g_get_monotonic_time ();
  g_autoptr (CmrReply) reply = pipeline_write (p, pipeline_form (picture, N_PICTURES), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpuint (p->n_progress, >=, 1);
  g_assert_cmpint (p->n_progress, <=, 2 + (g_get_monotonic_time () - began) * 10 / G_USEC_PER_SEC);
  g_assert_cmpuint (p->sent, ==, raw_server_get_body_bytes (p->server));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pipeline/line/refused/nothing-was-sent", test_refused);
  g_test_add_func ("/pipeline/line/reset-after-all/may-have-happened", test_reset_after_all);
  g_test_add_func ("/pipeline/line/cancel-during-upload/nothing-complete", test_cancel_during_upload);
  g_test_add_data_func ("/pipeline/line/cancel-after-last-byte/post", pipeline_post, test_cancel_after_last_byte);
  g_test_add_data_func ("/pipeline/line/cancel-after-last-byte/delete", pipeline_delete, test_cancel_after_last_byte);
  g_test_add_data_func ("/pipeline/line/cancelled-before/post", pipeline_post, test_cancelled_before);
  g_test_add_data_func ("/pipeline/line/cancelled-before/delete", pipeline_delete, test_cancelled_before);
  g_test_add_data_func ("/pipeline/line/cancel-anywhere/post", pipeline_post, test_cancel_anywhere);
  g_test_add_data_func ("/pipeline/line/cancel-anywhere/put", pipeline_put, test_cancel_anywhere);
  g_test_add_data_func ("/pipeline/line/cancel-anywhere/delete", pipeline_delete, test_cancel_anywhere);
  g_test_add_data_func ("/pipeline/line/cancel-anywhere/form", new_form, test_cancel_anywhere);
  for (guint i = 0; i < G_N_ELEMENTS (earlies); i++)
    g_test_add_data_func (earlies[i].path, &earlies[i], test_early_answer);
  for (guint i = 0; i < G_N_ELEMENTS (changed); i++)
    g_test_add_data_func (changed[i].path, &changed[i], test_changed_file);
  for (guint i = 0; i < G_N_ELEMENTS (bads); i++)
    g_test_add_data_func (bads[i].path, &bads[i], test_bad_answer);
  g_test_add_func ("/pipeline/answer/cut-chunked", test_cut_chunked);
  g_test_add_func ("/pipeline/clock/stalled-upload", test_stalled_upload);
  g_test_add_func ("/pipeline/clock/answer-has-its-own", test_slow_answer);
  g_test_add_func ("/pipeline/form/progress-10-times-a-second", test_progress);
  g_test_add_func ("/pipeline/form/arrives-with-its-length", test_form_arrives);
  return g_test_run ();
}
