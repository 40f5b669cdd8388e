// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox-client.h"
#include "wb-sandbox-form-private.h"

#include <glib/gstdio.h>

#include "wb-test.h"

static void
test_gate (void)
{
  static const struct { const char *header; const char *value; guint status; } cases[] = {
    { "cmr-x-api-key", "wrong", 401 },
    { "cmr-x-api-key", "", 401 },
    { "Origin", "https://page.example", 403 },
    { "Sec-Fetch-Site", "cross-site", 403 },
    { "Host", "rebound.example", 403 },
    { "Host", "127.0.0.1", 403 },
    { "Accept", "application/json", 200 },
  };
  g_autoptr (Client) client = client_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SoupMessage *msg = client_message (client, "GET", "/wallet/balance");
      g_autoptr (Answer) answer = NULL;

      soup_message_headers_replace (soup_message_get_request_headers (msg), cases[i].header,
                                    cases[i].value);
      answer = client_send (client, msg);
      g_assert_cmpuint (answer->status, ==, cases[i].status);
    }
}

static void
test_rate (void)
{
  const WbSandboxOptions options = { .small = TRUE };
  g_autoptr (Client) client = client_new (&options); /* the first of the five */

  for (guint i = 2; i <= 6; i++)
    {
      g_autoptr (Answer) answer = client_get (client, "/wallet/balance");

      g_assert_cmpuint (answer->status, ==, i <= 5 ? 200 : 429);
      g_assert_cmpstr (answer->retry_after, ==, i <= 5 ? NULL : "1");
    }
}

static void
test_unknown_user (void)
{
  g_autoptr (Client) client = client_new (NULL);
  g_autoptr (Answer) one = client_get (client, "/users?userId=NOBODY");
  g_autoptr (Answer) list = client_get (client, "/domains/by-user?userId=NOBODY");
  g_autoptr (Answer) beyond = client_get (client, "/users/list?limit=101");

  g_assert_cmpuint (one->status, ==, 404);
  g_assert_cmpuint (list->status, ==, 200);
  g_assert_cmpuint (beyond->status, ==, 400);
}

static void
test_process_twice (void)
{
  g_autoptr (Client) client = client_new (NULL);
  g_autoptr (Answer) made = client_order (client, "fresh-name.test", "false", NULL, NULL, 0);
  g_autofree char *body = g_strdup_printf ("{\"orderId\":\"%s\"}", answer_text (made, "orderId"));
  g_autofree char *ledger = NULL;

  g_assert_cmpuint (made->status, ==, 201);
  g_assert_cmpuint (wb_sandbox_count_charges (client->sandbox), ==, 0);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (Answer) answer = client_post (client, "/orders/process?userId=USER", body);

      g_assert_cmpuint (answer->status, ==, i == 0 ? 200 : 409);
    }
  g_assert_cmpuint (wb_sandbox_count_charges_for (client->sandbox, answer_text (made, "orderId")), ==, 1);
  g_assert_cmpint (wb_sandbox_get_wallet (client->sandbox), ==, 728460 - 980 - 300);
  ledger = wb_sandbox_dup_ledger (client->sandbox);
  g_assert_nonnull (strstr (ledger, "\"cents\":1280"));
  g_assert_nonnull (strstr (ledger, answer_text (made, "orderId")));
}

static void
test_wallet_too_low (void)
{
  g_autoptr (Client) client = client_new (NULL);
  g_autoptr (Answer) answer = NULL;

  wb_sandbox_set_wallet (client->sandbox, 1439);
  answer = client_order (client, "fresh-name.example", "true", NULL, NULL, 0);
  g_assert_cmpuint (answer->status, ==, 402);
  g_assert_cmpint (wb_sandbox_get_wallet (client->sandbox), ==, 1439);
  g_assert_cmpuint (wb_sandbox_count_charges (client->sandbox), ==, 0);
}

static char *
state_of (Client *client, Answer *made)
{
  g_autofree char *path
      = g_strdup_printf ("/orders/status?userId=USER&orderId=%s", answer_text (made, "orderId"));
  g_autoptr (Answer) answer = client_get (client, path);

  g_assert_cmpuint (answer->status, ==, 200);
  return g_strdup (answer_text (answer, "status"));
}

/* The clock is moved: nobody waits. */
static void
test_progress (void)
{
  static const struct { int seconds; const char *state; } steps[] = {
    { 0, "PENDING" }, { 2, "PROCESSING" }, { 60, "COMPLETED" },
  };
  const WbSandboxOptions options = { .small = TRUE, .no_rate_limit = TRUE, .speed = 0.0001 };
  g_autoptr (Client) client = client_new (&options);
  g_autoptr (Answer) made = client_order (client, "fresh-name.test", "true", NULL, NULL, 0);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *state = NULL;

      wb_sandbox_move_clock (client->sandbox, steps[i].seconds);
      state = state_of (client, made);
      g_assert_cmpstr (state, ==, steps[i].state);
    }
}

static void
test_endings (void)
{
  static const struct { const char *domain; guint status; const char *state; int cents; } cases[] = {
    { "plain.example", 201, "COMPLETED", 1440 },
    { "has-workspace.example", 201, "PARTIALLY_COMPLETED", 1440 },
    { "refused-name.example", 201, "FAILED", 1440 },
    { "taken-name.example", 422, NULL, 0 },
    { "other-name.dev", 201, "COMPLETED", 1550 },
  };
  g_autoptr (Client) client = client_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 before = wb_sandbox_get_wallet (client->sandbox);
      g_autoptr (Answer) made = client_order (client, cases[i].domain, "true", NULL, NULL, 0);
      g_autofree char *state = NULL;

      g_assert_cmpuint (made->status, ==, cases[i].status);
      g_assert_cmpint (before - wb_sandbox_get_wallet (client->sandbox), ==, cases[i].cents);
      if (cases[i].state != NULL)
        state = state_of (client, made);
      g_assert_cmpstr (state, ==, cases[i].state);
    }
}

static void
test_pictures (void)
{
  g_autoptr (Client) client = client_new (NULL);
  g_autofree char *digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) JPEG,
                                                         JPEG_LENGTH);
  g_autoptr (Answer) stray
      = client_order (client, "fresh-name.test", "false", "bob@fresh-name.test", JPEG, JPEG_LENGTH);
  g_autoptr (Answer) text
      = client_order (client, "fresh-name.test", "false", "ann@fresh-name.test", "GIF89a", 6);
  g_autoptr (Answer) good
      = client_order (client, "fresh-name.test", "false", "ann@fresh-name.test", JPEG, JPEG_LENGTH);
  g_autofree char *pictures = wb_sandbox_dup_pictures (client->sandbox);
  g_autofree char *expected = g_strdup_printf (
      "[{\"sha256\":\"%s\",\"bytes\":%d,\"address\":\"ann@fresh-name.test\",\"order\":\"%s\"}]", digest,
      (int) JPEG_LENGTH, answer_text (good, "orderId"));

  g_assert_cmpuint (stray->status, ==, 400);
  g_assert_cmpuint (text->status, ==, 400);
  g_assert_cmpstr (pictures, ==, expected);
}

static void
test_refusals (void)
{
  static const char *const bodies[] = {
    "", "{", "[]", "{\"domains\":[]}", "{\"domains\":[{\"domain\":\"a.test\"}]}",
    "{\"domains\":[{\"domain\":\"abc.test\",\"years\":1}],\"billingCycle\":\"MONTHLY\"}",
    "{\"domains\":[{\"domain\":\"abc.test\",\"years\":1}],\"billingCycle\":\"MONTHLY\","
    "\"mailboxes\":{\"abd.test\":[{\"username\":\"a\",\"firstName\":\"A\",\"lastName\":\"B\"}]}}",
  };
  g_autoptr (Client) client = client_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (Answer) answer = client_post (client, "/orders/json?userId=USER", bodies[i]);

      g_assert_cmpuint (answer->status, ==, 400);
    }
  g_assert_cmpuint (wb_sandbox_count_charges (client->sandbox), ==, 0);
}

static void
test_date (void)
{
  g_autoptr (Client) client = client_new (NULL);
  g_autoptr (Answer) answer = NULL;
  g_autoptr (GDateTime) date = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  wb_sandbox_move_clock (client->sandbox, 86400);
  answer = client_get (client, "/wallet/balance");
  date = soup_date_time_new_from_http_string (answer->date);
  g_assert_cmpint (g_date_time_difference (date, now) / G_TIME_SPAN_HOUR, >=, 23);
}

static void
test_reset (void)
{
  g_autoptr (Client) client = client_new (NULL);
  const WbFault fault = { NULL, WB_FAULT_STATUS, 500, 0 };
  g_autoptr (Answer) made = client_order (client, "fresh-name.test", "true", NULL, NULL, 0);
  g_autoptr (Answer) again = NULL;

  wb_sandbox_add_fault (client->sandbox, &fault);
  wb_sandbox_reset (client->sandbox);
  g_assert_cmpuint (wb_sandbox_count_charges (client->sandbox), ==, 0);
  g_assert_cmpuint (wb_sandbox_count_requests (client->sandbox, NULL), ==, 0);
  g_assert_cmpint (wb_sandbox_get_wallet (client->sandbox), ==, 728460);
  again = client_order (client, "fresh-name.test", "true", NULL, NULL, 0);
  g_assert_cmpuint (again->status, ==, 201);
}

/* The recorder writes what was said, and the key nowhere. */
static void
test_record (void)
{
  g_autofree char *folder = g_dir_make_tmp ("sandbox-XXXXXX", NULL);
  const WbSandboxOptions options = { .small = TRUE, .no_rate_limit = TRUE, .record_dir = folder };
  g_autoptr (Client) client = client_new (&options);
  g_autoptr (Answer) made
      = client_order (client, "fresh-name.test", "false", "ann@fresh-name.test", JPEG, JPEG_LENGTH);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;

      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      g_assert_null (strstr (text, wb_sandbox_get_key (client->sandbox)));
      if (g_str_has_suffix (name, "-create_order_multipart.json"))
        g_assert_nonnull (strstr (text, "\"ann@fresh-name.test\""));
      n++;
      g_unlink (path);
    }
  g_assert_cmpuint (n, ==, 2);
  g_rmdir (folder);
}

static void
on_part (WbSbForm *form, WbSbPart *part, gpointer data)
{
  (*(guint *) data)++;
}

/* However the bytes are cut, the form is the same. */
static void
test_form_splits (void)
{
  static const char body[] = "preamble\r\n--b\r\nContent-Disposition: form-data; name=\"k\"\r\n\r\nv\r\n--"
                             "\r\n--b  \r\nContent-Disposition: form-data; name=\"p\"; filename=\"%22\\\"x\""
                             "\r\nContent-Type: image/jpeg\r\n\r\n\r\n\r\n--\r\n-b\r\n--b--\r\n";
  const gsize length = sizeof body - 1;

  for (gsize cut = 0; cut <= length; cut++)
    {
      guint files = 0;
      g_autoptr (WbSbForm) form = wb_sb_form_new ("b", TRUE, on_part, &files);
      WbSbPart *part;

      g_assert_true (wb_sb_form_push (form, (const guint8 *) body, cut));
      g_assert_true (wb_sb_form_push (form, (const guint8 *) body + cut, length - cut));
      g_assert_true (wb_sb_form_end (form));
      g_assert_cmpuint (files, ==, 1);
      g_assert_cmpstr (wb_sb_form_find (form, "k")->text->str, ==, "v\r\n--");
      part = wb_sb_form_find (form, "p");
      g_assert_cmpstr (part->filename, ==, "\"\"x");
      g_assert_cmpuint (part->length, ==, 10);
    }
}

static void
test_form_cut_off (void)
{
  static const char body[] = "--b\r\nContent-Disposition: form-data; name=\"k\"\r\n\r\nv\r\n--b";
  guint files = 0;
  g_autoptr (WbSbForm) form = wb_sb_form_new ("b", FALSE, on_part, &files);

  g_assert_true (wb_sb_form_push (form, (const guint8 *) body, sizeof body - 1));
  g_assert_false (wb_sb_form_end (form));
  g_assert_nonnull (wb_sb_form_problem (form));
}

/* Another program's form, with what may break quoting. */
static void
test_form_of_curl (void)
{
  g_autofree char *curl = g_find_program_in_path ("curl");
  g_autofree char *key = NULL;
  g_autofree char *address = NULL;
  g_autofree char *output = NULL;
  g_autoptr (Client) client = client_new (NULL);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) input = g_bytes_new_static (JPEG, JPEG_LENGTH);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  if (curl == NULL)
    {
      g_test_skip ("curl is not installed");
      return;
    }
  key = g_strconcat ("cmr-x-api-key: ", wb_sandbox_get_key (client->sandbox), NULL);
  address = g_strconcat (wb_sandbox_get_base_url (client->sandbox), "/orders?userId=", client->user_id,
                         NULL);
  process = g_subprocess_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDIN_PIPE, &error, curl, "-s", "-H", key,
      "--noproxy", "*", "-F", "domains=[{\"domain\":\"fresh-name.test\",\"years\":1}]", "-F",
      "mailboxes={\"fresh-name.test\":[{\"username\":\"ann\",\"firstName\":\"Añ \\\"n\\\" 🙂\","
      "\"lastName\":\"Lee\"}]}",
      "-F", "billingCycle=MONTHLY", "-F",
      "ann@fresh-name.test=@-;type=image/jpeg;filename=\"a \\\"b\\\" 🙂.jpg\"", address, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_async (process, input, NULL,
                                  wb_test_take_result, &result);
  wb_test_wait_result (&result);
  g_assert_true (g_subprocess_communicate_finish (process, result, &bytes, NULL, &error));
  output = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_nonnull (strstr (output, "\"status\":201"));
  g_clear_pointer (&output, g_free);
  output = wb_sandbox_dup_pictures (client->sandbox);
  g_assert_nonnull (strstr (output, "\"address\":\"ann@fresh-name.test\""));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/gate/strangers-and-web-pages-stay-out", test_gate);
  g_test_add_func ("/sandbox/gate/five-a-second", test_rate);
  g_test_add_func ("/sandbox/users/unknown-is-404-but-lists-are-empty", test_unknown_user);
  g_test_add_func ("/sandbox/order/processed-twice-is-charged-once", test_process_twice);
  g_test_add_func ("/sandbox/order/wallet-too-low-takes-nothing", test_wallet_too_low);
  g_test_add_func ("/sandbox/order/progress-follows-the-clock", test_progress);
  g_test_add_func ("/sandbox/order/names-decide-how-it-ends", test_endings);
  g_test_add_func ("/sandbox/order/pictures-belong-to-mailboxes", test_pictures);
  g_test_add_func ("/sandbox/order/wrong-bodies-are-refused", test_refusals);
  g_test_add_func ("/sandbox/clock/date-header-follows", test_date);
  g_test_add_func ("/sandbox/reset/forgets-everything", test_reset);
  g_test_add_func ("/sandbox/record/never-holds-the-key", test_record);
  g_test_add_func ("/sandbox/form/cut-anywhere-is-the-same", test_form_splits);
  g_test_add_func ("/sandbox/form/without-its-end-is-refused", test_form_cut_off);
  g_test_add_func ("/sandbox/form/curl-with-quotes-and-emoji", test_form_of_curl);
  return g_test_run ();
}
