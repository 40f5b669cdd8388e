// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reads: tries, pauses, clocks, codes, and what the client says about the connection.

#include <string.h>

#include "pipeline.h"
#include "wb-test.h"

#define ANSWER(status, headers, body) "HTTP/1.1 " status "\r\n" headers "Connection: close\r\n\r\n" body

/* Answers in turn, how many were asked for, and what came of it. */
typedef struct {
  const char *path;
  const char *answers[4];
  guint n_requests;
  int code; /* of CMR_ERROR, -1: good */
  CmrConnection connection;
} Tries;

static const Tries tries[] = {
  { "/pipeline/tries/503-503-200",
    { ANSWER ("503 x", "", ""), ANSWER ("503 x", "", ""), RAW_OK },
    3,
    -1,
    CMR_CONNECTION_CONNECTED },
  { "/pipeline/tries/500-200", { ANSWER ("500 x", "", ""), RAW_OK }, 2, -1, CMR_CONNECTION_CONNECTED },
  { "/pipeline/tries/502-504-200",
    { ANSWER ("502 x", "", "<html>"), ANSWER ("504 x", "", ""), RAW_OK },
    3,
    -1,
    CMR_CONNECTION_CONNECTED },
  { "/pipeline/tries/429-200", { ANSWER ("429 x", "", ""), RAW_OK }, 2, -1, CMR_CONNECTION_CONNECTED },
  { "/pipeline/tries/cut-200",
    { "HTTP/1.1 200 OK\r\nContent-Length: 99\r\nConnection: close\r\n\r\n{\"data\"", RAW_OK },
    2,
    -1,
    CMR_CONNECTION_CONNECTED },
  { "/pipeline/tries/cut-chunked-200",
    { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n7\r\n{\"data\"\r\n", RAW_OK },
    2,
    -1,
    CMR_CONNECTION_CONNECTED },
  { "/pipeline/tries/three-at-most",
    { ANSWER ("503 x", "", ""), ANSWER ("503 x", "", ""), ANSWER ("503 x", "", ""), RAW_OK },
    3,
    CMR_ERROR_TROUBLE,
    CMR_CONNECTION_TROUBLE },
  { "/pipeline/tries/503-longer-than-we-wait",
    { ANSWER ("503 x", "Retry-After: 3000\r\n", ""), RAW_OK },
    1,
    CMR_ERROR_TROUBLE,
    CMR_CONNECTION_TROUBLE },
  { "/pipeline/tries/short-three-times",
    { "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"data\"", "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"data\"",
      "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"data\"", RAW_OK },
    3,
    CMR_ERROR_TROUBLE,
    CMR_CONNECTION_TROUBLE },
  { "/pipeline/tries/500-three-times",
    { ANSWER ("500 x", "", ""), ANSWER ("500 x", "", ""), ANSWER ("500 x", "", ""), RAW_OK },
    3,
    CMR_ERROR_TROUBLE,
    CMR_CONNECTION_TROUBLE },
  { "/pipeline/tries/429-longer-than-we-wait",
    { ANSWER ("429 x", "Retry-After: 3000\r\n", ""), RAW_OK },
    1,
    CMR_ERROR_BUSY,
    CMR_CONNECTION_WAITING },
  { "/pipeline/tries/400-once", { ANSWER ("400 x", "", ""), RAW_OK }, 1, CMR_ERROR_INVALID, CMR_CONNECTION_CONNECTED },
  { "/pipeline/tries/401-once",
    { ANSWER ("401 x", "", ""), RAW_OK },
    1,
    CMR_ERROR_SIGNED_OUT,
    CMR_CONNECTION_KEY_REFUSED },
  { "/pipeline/tries/403-once", { ANSWER ("403 x", "", ""), RAW_OK }, 1, CMR_ERROR_DENIED, CMR_CONNECTION_CONNECTED },
  { "/pipeline/tries/404-once",
    { ANSWER ("404 x", "", ""), RAW_OK },
    1,
    CMR_ERROR_NOT_FOUND,
    CMR_CONNECTION_CONNECTED },
  { "/pipeline/tries/page-of-a-proxy",
    { ANSWER ("403 x", "", "<html>no</html>"), RAW_OK },
    1,
    CMR_ERROR_DENIED,
    CMR_CONNECTION_CONNECTED },
};

static void
test_tries (gconstpointer data)
{
  const Tries *row = data;
  RawStep steps[G_N_ELEMENTS (row->answers)] = { { 0 } };
  g_autoptr (Pipeline) p = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    steps[i] = (RawStep) { RAW_ALL, row->answers[i],
                           .end = row->answers[i] != NULL && strstr (row->answers[i], "close") ? RAW_CLOSE : RAW_KEEP };
  p = pipeline_new (steps, G_N_ELEMENTS (steps));
  body = pipeline_read (p, pipeline_get (), &error);
  if (row->code == -1)
    g_assert_no_error (error);
  else
    g_assert_error (error, CMR_ERROR, row->code);
  g_assert_true ((body != NULL) == (row->code == -1));
  g_assert_cmpuint (raw_server_get_requests (p->server), ==, row->n_requests);
  g_assert_cmpint (cmr_client_get_connection (p->client), ==, row->connection);
}

/* The pause is the service's, not ours; and it is everybody's. */
static void
test_retry_after (void)
{
  const RawStep steps[]
      = { { RAW_ALL, ANSWER ("429 x", "Retry-After: 1\r\n", ""), .end = RAW_CLOSE }, { RAW_ALL, RAW_OK } };
  g_autoptr (Pipeline) p = pipeline_new (steps, G_N_ELEMENTS (steps));
  g_autoptr (GError) error = NULL;
  gint64 began = g_get_monotonic_time ();
  g_autoptr (GBytes) body = pipeline_read (p, pipeline_get (), &error);

  g_assert_no_error (error);
  g_assert_nonnull (body);
  g_assert_cmpint (g_get_monotonic_time () - began, >=, G_USEC_PER_SEC);
}

static void
test_cancel_in_pause (void)
{
  const RawStep step = { RAW_ALL, ANSWER ("503 x", "Retry-After: 5\r\n", ""), .end = RAW_CLOSE };
  g_autoptr (Pipeline) p = pipeline_new (&step, 1);
  g_autoptr (CmrCall) call = pipeline_get ();
  g_autoptr (GError) error = NULL;

  cmr_client_read_async (p->client, call, p->cancellable, wb_test_take_result, &p->result);
  pipeline_wait_ended (p, 1);
  g_cancellable_cancel (p->cancellable);
  wb_test_wait_result (&p->result);
  g_assert_null (cmr_client_read_finish (p->client, p->result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&p->result);
  g_assert_cmpuint (raw_server_get_requests (p->server), ==, 1);
}

static void
count_down_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GBytes) body = cmr_client_read_finish (CMR_CLIENT (source), result, NULL);

  --*(guint *) user_data;
}

static gboolean
is_zero (gpointer data)
{
  return *(guint *) data == 0;
}

/* Four times five reads at once, some on connections that have just died; some cancelled on the way. */
static void
read_in_disorder (const RawStep *steps, guint n_steps, gboolean cancel)
{
  g_autoptr (Pipeline) p = pipeline_new (steps, n_steps);
  guint left = 0;

  for (guint batch = 0; batch < 4; batch++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();

      for (guint i = 0; i < 5; i++, left++)
        {
          g_autoptr (CmrCall) call = pipeline_get ();

          cmr_client_read_async (p->client, call, cancellable, count_down_cb, &left);
        }
      for (int turns = g_test_rand_int_range (0, 40); cancel && turns > 0 && left > 0; turns--)
        g_main_context_iteration (NULL, TRUE);
      if (cancel)
        g_cancellable_cancel (cancellable);
      g_assert_true (wb_test_wait_for (is_zero, &left, WB_TEST_DEADLINE_MS));
    }
}

/* One connection for reads that follow each other, whatever else was open meanwhile. */
static void
test_kept (void)
{
  const RawStep step = { RAW_ALL, RAW_OK };
  g_autoptr (Pipeline) p = pipeline_new (&step, 1);
  guint left = 0;

  for (guint i = 0; i < 5; i++)
    g_clear_pointer (&(GBytes *){ pipeline_read (p, pipeline_get (), NULL) }, g_bytes_unref);
  g_assert_cmpuint (raw_server_get_connections (p->server), ==, 1);
  for (; left < 3; left++)
    {
      g_autoptr (CmrCall) call = pipeline_get ();

      cmr_client_read_async (p->client, call, NULL, count_down_cb, &left);
    }
  g_assert_true (wb_test_wait_for (is_zero, &left, WB_TEST_DEADLINE_MS));
  g_assert_cmpuint (raw_server_get_connections (p->server), ==, 3);
  for (guint i = 0; i < 5; i++)
    g_clear_pointer (&(GBytes *){ pipeline_read (p, pipeline_get (), NULL) }, g_bytes_unref);
  g_assert_cmpuint (raw_server_get_connections (p->server), ==, 3);
}

/* What libsoup sends again by itself must not end what it sends: it did, and crashed within some rounds. */
static void
test_disorder (void)
{
  static const RawStep kinds[]
      = { { RAW_ALL, RAW_OK },           { RAW_ALL, RAW_OK },           { RAW_ALL, RAW_OK },
          { RAW_ALL, .end = RAW_CLOSE }, { RAW_ALL, .end = RAW_RESET }, { RAW_ALL, RAW_OK, .end = RAW_CLOSE } };

  for (guint round = 0; round < 60; round++)
    {
      RawStep steps[60];

      for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
        steps[i] = kinds[i + 1 < G_N_ELEMENTS (steps) ? g_test_rand_int_range (0, G_N_ELEMENTS (kinds)) : 0];
      read_in_disorder (steps, G_N_ELEMENTS (steps), round % 2 == 1);
    }
}

typedef struct {
  const char *path;
  guint idle_ms;
  guint total_ms;
  RawStep step;
} Clock;

static const Clock clocks[] = {
  { "/pipeline/clock/read/silence", 100, 250, { RAW_ALL, .end = RAW_HANG } },
  /* Each byte begins the wait anew; the whole has an end all the same. */
  { "/pipeline/clock/read/trickle",
    10000,
    250,
    { RAW_ALL, "HTTP/1.1 200 OK\r\n\r\n{", .trickle_ms = 5, .end = RAW_CLOSE } },
};

static void
test_clock (gconstpointer data)
{
  const Clock *clock = data;
  g_autoptr (Pipeline) p = pipeline_new (&clock->step, 1);
  g_autoptr (GError) error = NULL;
  gint64 began = g_get_monotonic_time ();

  cmr_client_set_timeouts_ms (p->client, clock->idle_ms, clock->total_ms, 10000, 1);
  g_assert_null (pipeline_read (p, pipeline_get (), &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_TROUBLE);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 10 * G_USEC_PER_SEC);
  g_assert_cmpint (cmr_client_get_connection (p->client), ==, CMR_CONNECTION_TROUBLE);
}

static void
test_slow_call (void)
{
  const RawStep step = { RAW_ALL, .end = RAW_HANG };
  g_autoptr (Pipeline) p = pipeline_new (&step, 1);
  g_autoptr (GError) error = NULL;
  gint64 began = g_get_monotonic_time ();

  cmr_client_set_timeouts_ms (p->client, 50, 100, 10000, 1000);
  g_assert_null (pipeline_read (p, cmr_call_new (CMR_OP_CHECK_WORKSPACE), &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_TROUBLE);
  g_assert_cmpint (g_get_monotonic_time () - began, >=, 290 * 1000);
}

static void
test_too_long (void)
{
  const RawStep step = { RAW_ALL, "HTTP/1.1 200 OK\r\n\r\n", .flood_bytes = G_MAXUINT64, .end = RAW_CLOSE };
  g_autoptr (Pipeline) p = pipeline_new (&step, 1);
  g_autoptr (GError) error = NULL;

  g_assert_null (pipeline_read (p, pipeline_get (), &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_PROTOCOL);
  g_assert_cmpuint (raw_server_get_requests (p->server), ==, 1);
}

static char *
gzip (const char *text, gsize length, gsize *packed_length)
{
  g_autoptr (GConverter) packer = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  char *packed = g_malloc (length);
  gsize n_read;

  g_assert_cmpint (g_converter_convert (packer, text, length, packed, length, G_CONVERTER_INPUT_AT_END, &n_read,
                                        packed_length, NULL), ==, G_CONVERTER_FINISHED);
  g_assert_cmpuint (n_read, ==, length);
  return packed;
}

/* The bound is on what comes out, not on the few bytes that came in. */
static void
test_packed (gconstpointer data)
{
  gsize length = GPOINTER_TO_SIZE (data), packed_length;
  g_autofree char *text = g_malloc (length);
  g_autofree char *packed = NULL;
  g_autoptr (GString) answer = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (Pipeline) p = NULL;
  g_autoptr (GBytes) body = NULL;
  RawStep step = { RAW_ALL };

  memset (text, ' ', length);
  memcpy (text, "[]", 2);
  packed = gzip (text, length, &packed_length);
  g_string_printf (answer, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                   packed_length);
  g_string_append_len (answer, packed, packed_length);
  step.answer = answer->str;
  step.answer_length = answer->len;
  p = pipeline_new (&step, 1);
  body = pipeline_read (p, pipeline_get (), &error);
  if (length <= 16 * 1024 * 1024)
    g_assert_cmpuint (g_bytes_get_size (body), ==, length);
  else
    g_assert_error (error, CMR_ERROR, CMR_ERROR_PROTOCOL);
}

static void
on_notify (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  ++*(guint *) user_data;
}

/* Told when it changes, and only then. */
static void
test_connection_notify (void)
{
  const RawStep steps[]
      = { { RAW_ALL, RAW_OK },
          { RAW_ALL, RAW_OK },
          { RAW_ALL, "HTTP/1.1 401 x\r\nContent-Length: 0\r\nDate: Fri, 01 Jan 2027 00:00:00 GMT\r\n\r\n" } };
  g_autoptr (Pipeline) p = pipeline_new (steps, G_N_ELEMENTS (steps));
  guint n = 0;

  g_signal_connect (p->client, "notify::connection", G_CALLBACK (on_notify), &n);
  g_assert_cmpint (cmr_client_get_connection (p->client), ==, CMR_CONNECTION_IDLE);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    g_clear_pointer (&(GBytes *){ pipeline_read (p, pipeline_get (), NULL) }, g_bytes_unref);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpint (cmr_client_get_connection (p->client), ==, CMR_CONNECTION_KEY_REFUSED);
  g_assert_cmpuint (cmr_client_get_last_status (p->client), ==, 401);
  g_assert_cmpint (cmr_client_get_clock_skew (p->client) / G_USEC_PER_SEC, ==,
                   (G_GINT64_CONSTANT (1798761600) * G_USEC_PER_SEC - cmr_client_get_last_answer (p->client))
                     / G_USEC_PER_SEC);
}

static void
test_service_text (void)
{
  const RawStep step = { RAW_ALL,
                         ANSWER ("404 Not Found", "",
                                 "{\"status\":404,\"message\":\"The requested user\\ndoes not exist.\",\"data\":null}"),
                         .end = RAW_CLOSE };
  g_autoptr (Pipeline) p = pipeline_new (&step, 1);
  g_autoptr (GError) error = NULL;

  g_assert_null (pipeline_read (p, pipeline_get (), &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_NOT_FOUND);
  g_assert_cmpstr (error->message, ==, "get_wallet: HTTP 404: The requested user does not exist.");
}

typedef struct {
  const char *path;
  const char *body;
  const char *text;
} Text;

static const Text texts[] = {
  { "/service-text/message", "{\"message\":\" Invalid API Key \"}", "Invalid API Key" },
  { "/service-text/list", "{\"message\":[\"email must be an email\",\"x\"]}", "email must be an email" },
  { "/service-text/error", "{\"error\":\"Nope\"}", "Nope" },
  { "/service-text/page", "<html><title>502</title></html>", NULL },
  { "/service-text/number", "{\"message\":5}", NULL },
  { "/service-text/blank", "{\"message\":\"  \"}", NULL },
  { "/service-text/empty", "", NULL },
};

static void
test_text (gconstpointer data)
{
  const Text *row = data;
  g_autoptr (GBytes) body = g_bytes_new (row->body, strlen (row->body));
  g_autofree char *text = cmr_error_dup_service_text (body);

  g_assert_cmpstr (text, ==, row->text);
  g_assert_null (cmr_error_dup_service_text (NULL));
}

/* A session that ends with its client stops what is under way. */
static void
test_released_while_waiting (void)
{
  const RawStep step = { RAW_ALL, .end = RAW_HANG };
  g_autoptr (Pipeline) p = pipeline_new (&step, 1);
  g_autoptr (CmrCall) call = pipeline_get ();

  cmr_client_read_async (p->client, call, p->cancellable, wb_test_take_result, &p->result);
  g_cancellable_cancel (p->cancellable);
  wb_test_wait_result (&p->result);
  g_assert_null (cmr_client_read_finish (p->client, p->result, NULL));
  g_clear_object (&p->result);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tries); i++)
    g_test_add_data_func (tries[i].path, &tries[i], test_tries);
  for (guint i = 0; i < G_N_ELEMENTS (clocks); i++)
    g_test_add_data_func (clocks[i].path, &clocks[i], test_clock);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_test_add_data_func (texts[i].path, &texts[i], test_text);
  g_test_add_func ("/pipeline/tries/retry-after-is-kept", test_retry_after);
  g_test_add_func ("/pipeline/tries/cancel-ends-the-pause", test_cancel_in_pause);
  g_test_add_func ("/pipeline/clock/read/workspace-check-has-longer", test_slow_call);
  g_test_add_func ("/pipeline/answer/bounded", test_too_long);
  g_test_add_data_func ("/pipeline/answer/packed", GSIZE_TO_POINTER (16 * 1024 * 1024), test_packed);
  g_test_add_data_func ("/pipeline/answer/packed-and-too-long", GSIZE_TO_POINTER (17 * 1024 * 1024), test_packed);
  g_test_add_func ("/pipeline/connection/notified-on-change", test_connection_notify);
  g_test_add_func ("/pipeline/error/has-the-service-text", test_service_text);
  g_test_add_func ("/pipeline/read/connection-is-kept", test_kept);
  g_test_add_func ("/pipeline/read/connections-that-die", test_disorder);
  g_test_add_func ("/pipeline/read/cancelled-while-waiting", test_released_while_waiting);
  return g_test_run ();
}
