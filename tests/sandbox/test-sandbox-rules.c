// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The service's rules and refusals, one row each, and who gets in.

#include "sandbox-client.h"

#include <glib/gstdio.h>

#include "wb-test.h"

/* --- Rows: what is asked, what comes ------------------------------------------------------------ */

typedef struct {
  const char *path;
  const char *json; /* NULL: a GET */
  guint status;
  const char *said; /* in the answer */
} Row;

#define ORDER(name, boxes, more)                                                                   \
  "{\"domains\":[{\"domain\":\"" name "\",\"years\":1}],\"mailboxes\":{\"" name "\":" boxes        \
  "},\"billingCycle\":\"MONTHLY\"" more "}"
#define ANN "[{\"username\":\"ann\",\"firstName\":\"Ann\",\"lastName\":\"Lee\"}]"

static const Row rows[] = {
  { "/users", NULL, 400, "Please provide a userId" },
  { "/users?userId=", NULL, 400, "Please provide a userId" },
  { "/users?userId=NOBODY", NULL, 404, "The requested user does not exist." },
  { "/domains/by-user", NULL, 400, "Please provide a userId" },
  { "/mailboxes/single?userId=NOBODY", NULL, 200, "\"mailboxes\":[]" },
  { "/mailboxes/mailbox", NULL, 400, "mailboxId" },
  { "/mailboxes/mailbox?mailboxId=NONE", NULL, 404, "does not exist" },
  { "/users/list?page=0", NULL, 400, "page" },
  { "/users/list?page=x", NULL, 400, "page" },
  { "/users/list?limit=101", NULL, 400, "limit" },
  { "/users/list?page=9", NULL, 200, "\"users\":[]" },
  { "/users/list?contains=BRIGHT", NULL, 200, "Brightloom" },
  { "/users/list?contains=nowhere", NULL, 200, "\"totalSearchedCount\":0" },
  { "/geo/countries", NULL, 200, "\"United States\":\"US\"" },
  { "/geo/states", NULL, 400, "countryCode" },
  { "/geo/states?countryCode=US", NULL, 200, "\"Oregon\":\"OR\"" },
  { "/geo/states?countryCode=DE", NULL, 200, "\"data\":{}" },
  { "/geo/states?countryCode=XX", NULL, 422, "country" },
  { "/no/such/path", NULL, 404, "Cannot GET" },
  { "/orders?userId=USER", NULL, 400, "orderId" },
  { "/orders?userId=USER&orderId=NONE", NULL, 404, "does not exist" },
  { "/orders/status?userId=USER&orderId=NONE", NULL, 404, "does not exist" },
  { "/orders/process?userId=USER", "{\"orderId\":\"NONE\"}", 404, "does not exist" },
  { "/orders/process?userId=USER", "{}", 400, "orderId" },
  { "/domains/single-available?userId=USER", "{\"domainName\":\"fresh-name.example\"}", 200,
    "\"domainPrice\":11.4" },
  { "/domains/single-available?userId=USER", "{\"domainName\":\"taken-name.example\"}", 200,
    "\"available\":false" },
  { "/domains/single-available?userId=USER", "{\"domainName\":\"abc.example\"}", 200,
    "\"isPremiumDomain\":true" },
  { "/domains/single-available?userId=USER", "{\"domainName\":\"fresh-name.invalid\"}", 422,
    "cannot be registered" },
  { "/domains/single-available?userId=USER", "{\"domainName\":\"no dots\"}", 400, "valid domain" },
  { "/domains/single-available?userId=USER", "{\"domainName\":\"a.example\",\"years\":11}", 400,
    "years" },
  { "/domains/single-available?userId=USER", "{\"domainName\":\"a.example\",\"extra\":1}", 400,
    "should not exist" },
  { "/domains/available?userId=USER", "{\"domainName\":\"Harrow & Finch\"}", 200,
    "harrowfinchhq.example" },
  { "/domains/available?userId=USER", "{\"domainName\":\"loom\",\"tlds\":[\"test\"]}", 200,
    "loom.test" },
  { "/domains/available?userId=USER", "{\"domainName\":\"loom\",\"tlds\":[]}", 400, "tlds" },
  { "/domains/available?userId=USER", "{\"domainName\":\"&&&\"}", 422, "domainName" },
  { "/domains/has-workspace", "{\"domainName\":\"fresh-name.example\"}", 200, "\"data\":null" },
  { "/domains/has-workspace", "{\"domainName\":\"has-workspace.example\"}", 409, "already exists" },
  { "/domains/has-workspace",
    "{\"domainName\":\"has-workspace.example\",\"serviceProvider\":\"MICROSOFT\"}", 200,
    "\"data\":null" },
  { "/domains/has-workspace", "{\"domainName\":\"slow-name.example\"}", 422, "timed out" },
  { "/domains/has-workspace",
    "{\"domains\":[{\"domainName\":\"a-workspace.example\"},{\"domainName\":\"b.example\"}]}", 200,
    "\"status\":\"EXISTS\"" },
  { "/domains/has-workspace", "{\"domains\":[]}", 400, "domains" },
  /* Orders: one mistake each. */
  { "/orders/json?userId=NOBODY", ORDER ("fresh-name.example", ANN, ""), 404, "does not exist" },
  { "/orders/json?userId=USER", ORDER ("fresh-name.example", ANN, ",\"count\":1"), 400,
    "should not exist" },
  { "/orders/json?userId=USER", ORDER ("fresh-name.example", ANN, ",\"confirm\":\"false\""), 400,
    "confirm" },
  { "/orders/json?userId=USER", ORDER ("fresh-name.example", ANN, ",\"serviceProvider\":\"YAHOO\""),
    400, "serviceProvider" },
  { "/orders/json?userId=USER", ORDER ("fresh-name.example", "[]", ""), 400,
    "at least one mailbox" },
  { "/orders/json?userId=USER", ORDER ("FRESH.example", ANN, ""), 400, "valid domain" },
  { "/orders/json?userId=USER",
    ORDER ("fresh-name.example", "[{\"username\":\"a b\",\"firstName\":\"A\",\"lastName\":\"B\"}]",
           ""),
    400, "username" },
  { "/orders/json?userId=USER",
    ORDER ("fresh-name.example", "[{\"username\":\"a..b\",\"firstName\":\"A\",\"lastName\":\"B\"}]",
           ""),
    400, "username" },
  { "/orders/json?userId=USER",
    ORDER ("fresh-name.example", "[{\"username\":\"ann\",\"firstName\":\"\",\"lastName\":\"B\"}]",
           ""),
    400, "firstName" },
  { "/orders/json?userId=USER",
    ORDER ("fresh-name.example",
           "[{\"username\":\"ann\",\"firstName\":\"A\",\"lastName\":\"B\"},"
           "{\"username\":\"Ann\",\"firstName\":\"A\",\"lastName\":\"B\"}]",
           ""),
    400, "twice" },
  { "/orders/json?userId=USER",
    "{\"domains\":[{\"domain\":\"fresh-name.example\",\"years\":1,\"maskForwarding\":true}],"
    "\"mailboxes\":{},\"billingCycle\":\"MONTHLY\"}",
    400, "maskForwarding" },
  { "/orders/json?userId=USER", ORDER ("taken-name.example", ANN, ""), 422,
    "None of the domains is available" },
  { "/orders/json?userId=USER", ORDER ("vanish-name.example", ANN, ""), 422,
    "None of the domains is available" },
  { "/orders/json?userId=USER", ORDER ("fresh-name.example", ANN, ",\"confirm\":false"), 200,
    "\"unavailableDomains\":[]" },
  { "/orders?userId=USER", ORDER ("fresh-name.example", ANN, ""), 400, "not a form" },
  { "/wallet/balance", NULL, 200, "\"walletBalance\":7284.6," },
  { "/dns?userId=USER&domain=a.example", NULL, 501, "not do list_dns_records" },
};

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (Client) client = client_new (NULL);
  g_autoptr (Answer) answer = row->json != NULL ? client_post (client, row->path, row->json)
                                                : client_get (client, row->path);
  g_autofree char *text
      = g_strndup (g_bytes_get_data (answer->bytes, NULL), g_bytes_get_size (answer->bytes));

  g_assert_nonnull (strstr (text, row->said));
  g_assert_cmpuint (answer->status, ==, row->status);
  /* Body and HTTP say the same; errors carry null. */
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (answer->json), "status"), ==,
                   row->status);
  if (row->status >= 400)
    g_assert_true (json_object_get_null_member (json_node_get_object (answer->json), "data"));
  g_assert_cmpuint (wb_sandbox_count_charges (client->sandbox), ==, 0);
}

/* --- Customers ----------------------------------------------------------------------------------- */

#define DANA(more)                                                                                 \
  "{\"email\":\"ops@northpine.example\",\"company\":\"Northpine &amp; "                            \
  "Sons\",\"firstName\":\"Dana\",\"lastName\":\"O'Kafor\","                                        \
  "\"country\":\"US\",\"state\":\"Oregon\",\"city\":\"Portland\",\"addressLineOne\":\"88 Alder "   \
  "Way\",\"postalCode\":\"97205\","                                                                \
  "\"phoneCc\":\"1\",\"phone\":\"5035550142\",\"languagePreference\":\"en\"" more "}"

static Answer *
put (Client *client, const char *path, const char *json)
{
  SoupMessage *msg = client_message (client, "PUT", path);
  g_autoptr (GBytes) body = g_bytes_new (json, strlen (json));

  soup_message_set_request_body_from_bytes (msg, "application/json", body);
  return client_send (client, msg);
}

static void
test_customer (void)
{
  static const char *const bad[] = {
    "{}",
    DANA (",\"extra\":1"),
    DANA (",\"country\":\"XX\""),
    DANA (",\"state\":\"Bavaria\""),
    DANA (",\"phone\":\"+1 503\""),
    DANA (",\"phoneCc\":\"+1\""),
    DANA (",\"email\":\"nobody\""),
    DANA (",\"company\":\"<b>\""),
    DANA (",\"city\":\"\""),
    DANA (",\"city\":5"),
  };
  g_autoptr (Client) client = client_new (NULL);
  g_autoptr (Answer) made = client_post (client, "/users", DANA (""));
  g_autofree char *path = g_strconcat ("/users?userId=", answer_text (made, "userId"), NULL);
  g_autoptr (Answer) read = client_get (client, path);
  g_autoptr (Answer) partial = put (client, path, "{\"city\":\"Eugene\"}");
  g_autoptr (Answer) whole = put (client, path, DANA (",\"city\":\"Eugene\""));
  g_autoptr (Answer) gone = client_send (client, client_message (client, "DELETE", path));
  g_autoptr (Answer) again = client_send (client, client_message (client, "DELETE", path));

  g_assert_cmpuint (made->status, ==, 201);
  g_assert_cmpstr (answer_text (read, "company"), ==,
                   "Northpine & Sons"); /* entities are decoded */
  g_assert_cmpuint (partial->status, ==, 400);
  g_assert_cmpuint (whole->status, ==, 200);
  g_assert_cmpstr (answer_text (whole, "city"), ==, "Eugene");
  g_assert_cmpuint (gone->status, ==, 200);
  g_assert_false (json_object_has_member (json_node_get_object (gone->json), "data"));
  g_assert_cmpuint (again->status, ==, 404);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (Answer) answer = client_post (client, "/users", bad[i]);

      g_test_message ("%s", bad[i]);
      g_assert_cmpuint (answer->status, ==, 400);
    }
}

static void
test_delete_refused (void)
{
  const WbSandboxOptions options = { .no_rate_limit = TRUE };
  g_autoptr (Client) client = client_new (&options);
  g_autoptr (Answer) answer
      = client_send (client, client_message (client, "DELETE", "/users?userId=USER"));
  JsonObject *data = json_object_get_object_member (json_node_get_object (answer->json), "data");
  g_autoptr (Answer) still = client_get (client, "/users?userId=USER");

  g_assert_cmpuint (answer->status, ==, 422);
  g_assert_cmpint (json_object_get_int_member (data, "domainCount"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (data, "mailboxCount"), ==, 16);
  g_assert_cmpuint (still->status, ==, 200);
}

/* --- Between creating and paying ------------------------------------------------------------------ */

/* Someone was quicker: what is gone is not charged, and its mailboxes fail. */
static void
test_gone_before_pay (void)
{
  const WbSandboxOptions options = { .small = TRUE, .no_rate_limit = TRUE, .speed = 0 };
  g_autoptr (Client) client = client_new (&options);
  g_autoptr (Answer) slow = client_order (client, "fresh-name.example", "false", NULL, NULL, 0);
  g_autoptr (Answer) quick = client_order (client, "fresh-name.example", "true", NULL, NULL, 0);
  g_autofree char *body = g_strdup_printf ("{\"orderId\":\"%s\"}", answer_text (slow, "orderId"));
  g_autoptr (Answer) list
      = client_get (client, "/domains/by-user?userId=USER"); /* lets the quick one end */
  g_autoptr (Answer) pay = client_post (client, "/orders/process?userId=USER", body);

  g_assert_cmpuint (quick->status, ==, 201);
  g_assert_cmpuint (list->status, ==, 200);
  g_assert_cmpuint (pay->status, ==, 422);
  g_assert_cmpuint (wb_sandbox_count_charges (client->sandbox), ==, 1);
}

static void
test_left_out (void)
{
  g_autoptr (Client) client = client_new (NULL);
  g_autoptr (Answer) made
      = client_post (client, "/orders/json?userId=USER",
                     "{\"domains\":[{\"domain\":\"fresh-name.example\",\"years\":2},{\"domain\":"
                     "\"vanish-name.example\",\"years\":1}],"
                     "\"mailboxes\":{\"fresh-name.example\":" ANN ",\"vanish-name.example\":" ANN
                     "},\"billingCycle\":\"MONTHLY\",\"confirm\":true}");
  g_autofree char *text
      = g_strndup (g_bytes_get_data (made->bytes, NULL), g_bytes_get_size (made->bytes));

  g_assert_cmpuint (made->status, ==, 200);
  g_assert_nonnull (strstr (text, "\"unavailableDomains\":[\"vanish-name.example\"]"));
  g_assert_nonnull (strstr (text, "\"actionId\":\"ACT_"));
  /* Two years and one mailbox; nothing for what was left out. */
  g_assert_cmpint (wb_sandbox_get_wallet (client->sandbox), ==, 728460 - 2 * 1140 - 300);
}

static void
test_other_customer (void)
{
  const WbSandboxOptions options = { .no_rate_limit = TRUE };
  g_autoptr (Client) client = client_new (&options);
  g_autoptr (Answer) made = client_order (client, "fresh-name.example", "false", NULL, NULL, 0);
  g_autoptr (Answer) list = client_get (client, "/users/list?contains=Kestrel");
  JsonArray *users = json_object_get_array_member (
      json_object_get_object_member (json_node_get_object (list->json), "data"), "users");
  const char *other
      = json_object_get_string_member (json_array_get_object_element (users, 0), "userId");
  g_autofree char *path = g_strdup_printf ("/orders/status?userId=%s&orderId=%s", other,
                                           answer_text (made, "orderId"));
  g_autoptr (Answer) answer = client_get (client, path);

  g_assert_cmpuint (answer->status, ==, 403);
}

/* --- Who gets in ---------------------------------------------------------------------------------- */

static guint
status_with (Client *client, const char *header, const char *value)
{
  SoupMessage *msg = client_message (client, "POST", "/orders/process?userId=USER");
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"orderId\":\"NONE\"}", 18);
  g_autoptr (Answer) answer = NULL;

  soup_message_set_request_body_from_bytes (msg, "application/json", body);
  if (value != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (msg), header, value);
  else
    soup_message_headers_remove (soup_message_get_request_headers (msg), header);
  answer = client_send (client, msg);
  return answer->status;
}

static void
test_strangers (void)
{
  g_autoptr (Client) client = client_new (NULL);
  g_autoptr (Client) other = client_new (NULL);
  g_autoptr (GUri) uri = g_uri_parse (wb_sandbox_get_base_url (client->sandbox), 0, NULL);
  const char *hosts[]
      = { "localhost", "[::1]", "0.0.0.0", "127.1", "127.0.0.1.example", "rebound.example" };
  const char *key = wb_sandbox_get_key (client->sandbox);
  g_autofree char *longer = g_strconcat (key, "x", NULL);
  g_autofree char *shorter = g_strndup (key, strlen (key) - 1);
  guint before = wb_sandbox_count_requests (client->sandbox, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      g_autofree char *host = g_strdup_printf ("%s:%d", hosts[i], g_uri_get_port (uri));

      g_assert_cmpuint (status_with (client, "Host", host), ==, 403);
    }
  g_assert_cmpuint (status_with (client, "Origin", "null"), ==, 403);
  g_assert_cmpuint (status_with (client, "Origin", "http://127.0.0.1"), ==, 403);
  g_assert_cmpuint (status_with (client, "Sec-Fetch-Site", "none"), ==, 403);
  g_assert_cmpuint (status_with (client, "cmr-x-api-key", NULL), ==, 401);
  g_assert_cmpuint (status_with (client, "cmr-x-api-key", longer), ==, 401);
  g_assert_cmpuint (status_with (client, "cmr-x-api-key", shorter), ==, 401);
  g_assert_cmpuint (status_with (client, "cmr-x-api-key", wb_sandbox_get_key (other->sandbox)), ==,
                    401);
  g_assert_cmpuint (wb_sandbox_count_requests (client->sandbox, NULL), ==, before);
  g_assert_cmpuint (wb_sandbox_count_writes (client->sandbox), ==, 0);
  g_assert_cmpuint (status_with (client, "Accept", "*/*"), ==, 404);

  /* New at every start, and long enough. */
  g_assert_cmpstr (key, !=, wb_sandbox_get_key (other->sandbox));
  g_assert_cmpuint (strlen (key), >=, 64);
}

static void
test_key_logged_subprocess (void)
{
  g_autofree char *folder = g_dir_make_tmp ("sandbox-XXXXXX", NULL);
  const WbSandboxOptions options = { .small = TRUE, .no_rate_limit = TRUE, .record_dir = folder };
  g_autoptr (Client) client = client_new (&options);
  g_autoptr (GDir) dir = NULL;
  const char *name;
  guint n = 0;

  g_assert_cmpuint (status_with (client, "cmr-x-api-key", "STRANGERS-KEY-0123456789"), ==, 401);
  g_assert_cmpuint (status_with (client, "Accept", "*/*"), ==, 404);
  g_printerr ("own key: %s\n",
              strstr (wb_sandbox_get_key (client->sandbox), "sandbox_") != NULL ? "made" : "odd");
  dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;

      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      g_assert_null (strstr (text, "STRANGERS-KEY"));
      g_assert_null (strstr (text, wb_sandbox_get_key (client->sandbox)));
      g_unlink (path);
      n++;
    }
  g_assert_cmpuint (n, ==, 2); /* the list at the beginning and the 404: nothing of the stranger */
  g_rmdir (folder);
}

static void
test_key_logged (void)
{
  g_setenv ("G_MESSAGES_DEBUG", "all", TRUE);
  g_test_trap_subprocess ("/sandbox/gate/strangers-key/subprocess", 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("*own key: made*");
  g_test_trap_assert_stderr_unmatched ("*STRANGERS-KEY*");
  g_test_trap_assert_stdout_unmatched ("*STRANGERS-KEY*");
  g_test_trap_assert_stdout_unmatched ("*sandbox_*");
}

/* Sliding, not by the clock's seconds: five, then one for each that is a second old. */
static void
test_rate (void)
{
  const WbSandboxOptions options = { .small = TRUE };
  gint64 began = g_get_monotonic_time ();
  g_autoptr (Client) client = client_new (&options); /* the first of the five */
  guint good = 1, busy = 0;

  while (busy == 0 || good < 8)
    {
      g_autoptr (Answer) answer = client_get (client, "/wallet/balance");

      good += answer->status == 200;
      busy += answer->status == 429;
      g_assert_true (answer->status == 200 || answer->status == 429);
      g_assert_cmpstr (answer->retry_after, ==, answer->status == 429 ? "1" : NULL);
      g_assert_cmpint (good, <=, 5 * (1 + (g_get_monotonic_time () - began) / G_USEC_PER_SEC));
    }
  g_assert_cmpint (g_get_monotonic_time () - began, >=, G_USEC_PER_SEC * 9 / 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/sandbox/rule/%02u-%u", i, rows[i].status);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/sandbox/customer/made-changed-deleted", test_customer);
  g_test_add_func ("/sandbox/customer/not-deleted-with-mailboxes", test_delete_refused);
  g_test_add_func ("/sandbox/order/gone-before-it-is-paid", test_gone_before_pay);
  g_test_add_func ("/sandbox/order/left-out-is-named-and-free", test_left_out);
  g_test_add_func ("/sandbox/order/of-another-customer", test_other_customer);
  g_test_add_func ("/sandbox/gate/strangers", test_strangers);
  g_test_add_func ("/sandbox/gate/strangers-key/logged-nowhere", test_key_logged);
  g_test_add_func ("/sandbox/gate/strangers-key/subprocess", test_key_logged_subprocess);
  g_test_add_func ("/sandbox/gate/rate-slides", test_rate);
  return g_test_run ();
}
