// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox-client.h"

/* What a paid call sees of each fault, and whether it took money. */
typedef struct {
  const char *name;
  WbFaultKind kind;
  int value;
  guint status; /* 0: no whole answer */
  gboolean json;
  guint charges;
} Case;

static const Case cases[] = {
  { "none", WB_FAULT_NONE, 0, 201, TRUE, 1 },
  { "drop-before", WB_FAULT_DROP_BEFORE, 0, 0, FALSE, 0 },
  { "drop-after", WB_FAULT_DROP_AFTER, 0, 0, FALSE, 1 },
  { "delay", WB_FAULT_DELAY, 50, 201, TRUE, 1 },
  { "status", WB_FAULT_STATUS, 503, 503, TRUE, 0 },
  { "status-429", WB_FAULT_STATUS, 429, 429, TRUE, 0 },
  { "status-301", WB_FAULT_STATUS, 301, 301, TRUE, 0 },
  { "status-after", WB_FAULT_STATUS_AFTER, 500, 500, TRUE, 1 },
  { "cut", WB_FAULT_CUT, 0, 0, FALSE, 1 },
  { "garbage", WB_FAULT_GARBAGE, 0, 200, FALSE, 1 },
  { "shape", WB_FAULT_SHAPE, 0, 200, TRUE, 1 },
  { "slow-read", WB_FAULT_SLOW_READ, 100000, 201, TRUE, 1 },
  { "confirm-ignored", WB_FAULT_CONFIRM_IGNORED, 0, 201, TRUE, 1 },
  { "form-gone", WB_FAULT_FORM_GONE, 0, 410, TRUE, 0 },
  { "process-not-found", WB_FAULT_PROCESS_NOT_FOUND, 0, 201, TRUE, 1 }, /* not this call's */
};

static void
test_seen_and_charged (gconstpointer data)
{
  const Case *expected = data;
  g_autoptr (Client) client = client_new (NULL);
  WbFault fault = { "create_order_multipart", expected->kind, expected->value, 1 };
  g_autoptr (Answer) answer = NULL;

  if (expected->kind != WB_FAULT_NONE)
    wb_sandbox_add_fault (client->sandbox, &fault);
  answer = client_order (client, "fresh-name.example",
                         expected->kind == WB_FAULT_CONFIRM_IGNORED ? "false" : "true",
                         "ann@fresh-name.example", JPEG, JPEG_LENGTH);
  g_assert_cmpuint (answer->status, ==, expected->status);
  g_assert_cmpint (answer->json != NULL, ==, expected->json);
  g_assert_cmpuint (wb_sandbox_count_charges (client->sandbox), ==, expected->charges);
  g_assert_cmpint (wb_sandbox_get_wallet (client->sandbox), ==, 728460 - 1440 * expected->charges);
  g_assert_cmpuint (wb_sandbox_count_writes (client->sandbox), ==, 1);
  if (expected->status == 429)
    g_assert_cmpstr (answer->retry_after, ==, "1");
}

static void
test_cut_chunked (void)
{
  g_autoptr (Client) client = client_new (NULL);
  const WbFault fault = { "create_order_multipart", WB_FAULT_CUT_CHUNKED, 0, 1 };
  g_autoptr (Answer) answer = NULL;

  wb_sandbox_add_fault (client->sandbox, &fault);
  answer = client_order (client, "fresh-name.example", "true", NULL, NULL, 0);
  /* libsoup takes the end of the stream for the end of the body, or says it was cut: never an answer. */
  g_assert_null (answer->json);
  g_assert_cmpuint (wb_sandbox_count_charges (client->sandbox), ==, 1);
}

static void
test_process_not_found (void)
{
  g_autoptr (Client) client = client_new (NULL);
  const WbFault fault = { NULL, WB_FAULT_PROCESS_NOT_FOUND, 0, 1 };
  g_autoptr (Answer) made = client_order (client, "fresh-name.example", "false", NULL, NULL, 0);
  g_autofree char *body = g_strdup_printf ("{\"orderId\":\"%s\"}", answer_text (made, "orderId"));
  g_autoptr (Answer) first = NULL;
  g_autoptr (Answer) second = NULL;

  wb_sandbox_add_fault (client->sandbox, &fault);
  first = client_post (client, "/orders/process?userId=USER", body);
  g_assert_cmpuint (first->status, ==, 404);
  g_assert_cmpuint (wb_sandbox_count_charges (client->sandbox), ==, 0);
  second = client_post (client, "/orders/process?userId=USER", body);
  g_assert_cmpuint (second->status, ==, 200);
}

/* On a plain socket: the header alone, no body ever. The answer comes all the same. */
static void
test_early (void)
{
  g_autoptr (Client) client = client_new (NULL);
  const WbFault fault = { "create_order_multipart", WB_FAULT_EARLY, 413, 1 };
  g_autoptr (GUri) uri = g_uri_parse (wb_sandbox_get_base_url (client->sandbox), 0, NULL);
  g_autoptr (GSocketClient) sockets = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection = NULL;
  g_autofree char *header = g_strdup_printf (
      "POST /api/v1/integration/orders?userId=%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
      "cmr-x-api-key: %s\r\nContent-Type: multipart/form-data; boundary=x\r\n"
      "Content-Length: 1000000\r\n\r\n--x",
      client->user_id, g_uri_get_port (uri), wb_sandbox_get_key (client->sandbox));
  char reply[2048] = "";
  gsize n = 0;

  wb_sandbox_add_fault (client->sandbox, &fault);
  g_socket_client_set_timeout (sockets, 20);
  connection = g_socket_client_connect_to_host (sockets, "127.0.0.1", (guint16) g_uri_get_port (uri),
                                                NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), header,
                             strlen (header), NULL, NULL, &error);
  g_assert_no_error (error);
  g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)), reply,
                           sizeof reply - 1, &n, NULL, &error);
  g_assert_true (g_str_has_prefix (reply, "HTTP/1.1 413 "));
  g_assert_cmpuint (wb_sandbox_count_charges (client->sandbox), ==, 0);
}

static void
on_no_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GBytes) bytes = soup_session_send_and_read_finish (SOUP_SESSION (source), result, NULL);

  g_assert_null (bytes);
  *(gboolean *) data = TRUE;
}

static void
on_released (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);

  g_assert_no_error (error);
  g_assert_nonnull (body);
  *(gboolean *) data = TRUE;
}

/* Until the sandbox has the request and keeps it; the others are served meanwhile. Returns: (transfer full) */
static SoupMessage *
hold_wallet (Client *client, GAsyncReadyCallback callback, gboolean *ended)
{
  const WbFault fault = { "get_wallet", WB_FAULT_NO_ANSWER, 0, 1 };
  SoupMessage *msg = client_message (client, "GET", "/wallet/balance");
  g_autoptr (Answer) other = NULL;

  wb_sandbox_add_fault (client->sandbox, &fault);
  soup_session_send_and_read_async (client->session, msg, 0, NULL, callback, ended);
  while (wb_sandbox_count_requests (client->sandbox, "get_wallet") == 0)
    g_main_context_iteration (NULL, FALSE);
  other = client_get (client, "/users/list");
  g_assert_cmpuint (other->status, ==, 200);
  g_assert_false (*ended);
  return msg;
}

static void
test_no_answer (void)
{
  g_autoptr (Client) client = client_new (NULL);
  gboolean ended = FALSE;
  g_autoptr (SoupMessage) msg = hold_wallet (client, on_no_answer, &ended);

  wb_sandbox_stop (client->sandbox);
  while (!ended)
    g_main_context_iteration (NULL, TRUE);
}

/* Held back until it is let go, then answered as usual. */
static void
test_released (void)
{
  g_autoptr (Client) client = client_new (NULL);
  gboolean ended = FALSE;
  g_autoptr (SoupMessage) msg = hold_wallet (client, on_released, &ended);

  while (!ended)
    {
      wb_sandbox_release (client->sandbox);
      g_main_context_iteration (NULL, FALSE);
    }
  g_assert_cmpuint (soup_message_get_status (msg), ==, 200);
}

static void
test_times (void)
{
  g_autoptr (Client) client = client_new (NULL);
  const WbFault two = { NULL, WB_FAULT_STATUS, 500, 2 };
  const WbFault ever = { "get_wallet", WB_FAULT_STATUS, 502, 0 };
  static const guint expected[] = { 500, 500, 502, 502, 502 };

  wb_sandbox_add_fault (client->sandbox, &two);
  wb_sandbox_add_fault (client->sandbox, &ever);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (Answer) answer = client_get (client, "/wallet/balance");

      g_assert_cmpuint (answer->status, ==, expected[i]);
    }
  wb_sandbox_clear_faults (client->sandbox);
  {
    g_autoptr (Answer) answer = client_get (client, "/wallet/balance");

    g_assert_cmpuint (answer->status, ==, 200);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/sandbox/fault/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_seen_and_charged);
    }
  g_test_add_func ("/sandbox/fault/cut-chunked-is-no-answer", test_cut_chunked);
  g_test_add_func ("/sandbox/fault/process-not-found-then-found", test_process_not_found);
  g_test_add_func ("/sandbox/fault/early-answers-before-the-body", test_early);
  g_test_add_func ("/sandbox/fault/no-answer-ends-at-stop", test_no_answer);
  g_test_add_func ("/sandbox/fault/no-answer-ends-at-stop-released", test_released);
  g_test_add_func ("/sandbox/fault/times-are-used-up-in-order", test_times);
  return g_test_run ();
}
