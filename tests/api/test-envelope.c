// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Answers in every shape that the papers mention or leave open (the service's own pages contradict each
// other): where the rows are, where the paging, under which name an id, and what is no answer at all.

#include <string.h>

#include "cmr-call.h"
#include "cmr-error.h"

#define OK "\"status\":200,\"message\":\"fine\""
#define TWO_USERS                                                                                  \
  "[{\"userId\":\"U1\",\"email\":\"a@a.example\"},{\"id\":\"U2\",\"email\":\"b@b.example\"}]"
#define PAGING(now, next, all)                                                                     \
  "\"totalSearchedCount\":250,\"currentPage\":" now ",\"nextPage\":" next ",\"totalPages\":" all

static GBytes *
bytes_of (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

/* --- Lists ------------------------------------------------------------------------------------- */

typedef struct {
  const char *path;
  CmrOp op;
  const char *body;
  int rows; /* -1: no answer */
  gint64 total, current_page, total_pages;
  gboolean last;
} List;

static const List lists[] = {
  { "rows-under-data/paging-beside-them", CMR_OP_LIST_USERS,
    "{" OK ",\"data\":{\"users\":" TWO_USERS ",\"pagination\":{" PAGING ("1", "2", "3") "}}}", 2,
    250, 1, 3, FALSE },
  { "rows-under-data/paging-at-the-top", CMR_OP_LIST_USERS,
    "{" OK ",\"data\":{\"users\":" TWO_USERS "},\"pagination\":{" PAGING ("2", "3", "3") "}}", 2,
    250, 2, 3, FALSE },
  { "rows-under-data/numbers-beside-them", CMR_OP_LIST_USERS,
    "{" OK ",\"data\":{\"users\":" TWO_USERS "," PAGING ("3", "null", "3") "}}", 2, 250, 3, 3,
    TRUE },
  { "rows-at-the-top/numbers-beside-them", CMR_OP_LIST_USERS,
    "{" OK ",\"users\":" TWO_USERS "," PAGING ("1", "2", "3") "}", 2, 250, 1, 3, FALSE },
  { "data-is-the-list", CMR_OP_LIST_USERS, "{" OK ",\"data\":" TWO_USERS "}", 2, -1, 0, 0, TRUE },
  { "data-is-the-list/paging-at-the-top", CMR_OP_LIST_USERS,
    "{" OK ",\"data\":" TWO_USERS ",\"pagination\":{" PAGING ("1", "2", "3") "}}", 2, 250, 1, 3,
    FALSE },
  { "no-envelope", CMR_OP_LIST_USERS, TWO_USERS, 2, -1, 0, 0, TRUE },
  { "other-name-of-the-rows", CMR_OP_LIST_MAILBOXES,
    "{" OK ",\"data\":{\"items\":[{\"id\":\"M1\"}]}}", 1, -1, 0, 0, TRUE },
  { "rows-twice-wrapped", CMR_OP_LIST_MAILBOXES, "{" OK ",\"data\":{\"data\":[{\"id\":\"M1\"}]}}",
    1, -1, 0, 0, TRUE },
  { "paging/next-is-2-of-1", CMR_OP_LIST_USERS,
    "{" OK ",\"data\":{\"users\":" TWO_USERS ",\"pagination\":{" PAGING ("1", "2", "1") "}}}", 2,
    250, 1, 1, TRUE },
  { "paging/numbers-as-text", CMR_OP_LIST_USERS,
    "{" OK ",\"data\":{\"users\":" TWO_USERS
    ",\"pagination\":{" PAGING ("\"2\"", "\"3\"", "\"3\"") "}}}",
    2, 250, 2, 3, FALSE },
  { "paging/empty-page-is-the-last", CMR_OP_LIST_USERS,
    "{" OK ",\"data\":{\"users\":[],\"pagination\":{" PAGING ("1", "2", "3") "}}}", 0, 250, 1, 3,
    TRUE },
  { "paging/beyond-the-last", CMR_OP_LIST_USERS,
    "{" OK ",\"data\":{\"users\":" TWO_USERS ",\"pagination\":{" PAGING ("4", "null", "3") "}}}", 2,
    250, 4, 3, TRUE },
  { "paging/no-pages-but-a-count", CMR_OP_LIST_USERS,
    "{" OK ",\"data\":{\"users\":" TWO_USERS
    ",\"pagination\":{\"totalSearchedCount\":5,\"currentPage\":2}}}",
    2, 5, 2, 0, FALSE },
  { "paging/no-pages-but-a-count-that-is-reached", CMR_OP_LIST_USERS,
    "{" OK ",\"data\":{\"users\":" TWO_USERS
    ",\"pagination\":{\"totalSearchedCount\":4,\"currentPage\":2}}}",
    2, 4, 2, 0, TRUE },
  { "paging/only-a-next", CMR_OP_LIST_USERS,
    "{" OK ",\"data\":{\"users\":" TWO_USERS ",\"pagination\":{\"currentPage\":1,\"nextPage\":2}}}",
    2, -1, 1, 0, FALSE },
  { "paging/only-no-next", CMR_OP_LIST_USERS,
    "{" OK ",\"data\":{\"users\":" TWO_USERS
    ",\"pagination\":{\"currentPage\":1,\"nextPage\":null}}}",
    2, -1, 1, 0, TRUE },
  { "paging/null", CMR_OP_LIST_USERS,
    "{" OK ",\"data\":{\"users\":" TWO_USERS ",\"pagination\":null}}", 2, -1, 0, 0, TRUE },
  { "name-to-code", CMR_OP_LIST_COUNTRIES,
    "{" OK ",\"data\":{\"Austria\":\"AT\",\"São Tomé & Príncipe\":\"ST\"}}", 2, -1, 0, 0, TRUE },
  { "name-to-code/none", CMR_OP_LIST_STATES, "{" OK ",\"data\":{}}", 0, -1, 0, 0, TRUE },
  { "name-to-code/as-a-list", CMR_OP_LIST_COUNTRIES,
    "{" OK ",\"data\":[{\"name\":\"Austria\",\"code\":\"AT\"}]}", 1, -1, 0, 0, TRUE },
  { "name-to-code/no-codes", CMR_OP_LIST_COUNTRIES, "{" OK ",\"data\":{\"Austria\":5}}", -1 },
  { "sum-as-text", CMR_OP_LIST_SUBSCRIPTIONS,
    "{" OK
    ",\"data\":{\"subscriptions\":[{\"subscriptionId\":\"S1\",\"pricePerMailbox\":\"8.00\"}]}}",
    1, -1, 0, 0, TRUE },
  { "sum-with-a-third-decimal", CMR_OP_LIST_SUBSCRIPTIONS,
    "{" OK ",\"data\":{\"subscriptions\":[{\"subscriptionId\":\"S1\",\"pricePerMailbox\":8.005}]}}",
    -1 },
  { "suggestions/exact-match-is-null", CMR_OP_SUGGEST_DOMAINS,
    "{" OK ",\"data\":{\"exactMatch\":null,\"availableDomains\":[{\"domainName\":\"a.example\","
           "\"domainPrice\":\"12.50\"}]}}",
    1, -1, 0, 0, TRUE },
  { "suggestions/other-name", CMR_OP_SUGGEST_DOMAINS,
    "{" OK ",\"data\":{\"domains\":[{\"domain\":\"a.example\"}]}}", 1, -1, 0, 0, TRUE },
  { "rows-that-may-be-partly-read", CMR_OP_LIST_USERS,
    "{" OK ",\"data\":{\"users\":[{\"userId\":\"U1\",\"createdAt\":\"soon\"}]}}", 1, -1, 0, 0,
    TRUE },
  { "data-null", CMR_OP_LIST_USERS, "{" OK ",\"data\":null}", -1 },
  { "data-missing", CMR_OP_LIST_USERS, "{" OK "}", -1 },
  { "data-a-word", CMR_OP_LIST_USERS, "{" OK ",\"data\":\"users\"}", -1 },
  { "rows-are-no-list", CMR_OP_LIST_USERS, "{" OK ",\"data\":{\"users\":{\"U1\":{}}}}", -1 },
  { "a-row-is-no-object", CMR_OP_LIST_USERS,
    "{" OK ",\"data\":{\"users\":[{\"userId\":\"U1\"},\"U2\"]}}", -1 },
  { "a-row-without-what-it-needs", CMR_OP_LIST_SUBSCRIPTIONS,
    "{" OK ",\"data\":[{\"domain\":\"a.example\"}]}", -1 },
  { "page-of-a-proxy", CMR_OP_LIST_USERS, "<html>", -1 },
  { "lists-in-lists", CMR_OP_LIST_USERS, "{" OK ",\"data\":[[]]}", -1 },
  { "empty", CMR_OP_LIST_USERS, "", -1 },
};

static void
test_list (gconstpointer data)
{
  const List *list = data;
  g_autoptr (GBytes) body = bytes_of (list->body);
  g_autoptr (GError) error = NULL;
  g_autoptr (CmrPage) page = cmr_page_parse (cmr_endpoint_get (list->op), body, &error);

  if (list->rows < 0)
    {
      g_assert_null (page);
      g_assert_error (error, CMR_ERROR, CMR_ERROR_PROTOCOL);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (page->rows->len, ==, list->rows);
  g_assert_cmpint (page->total, ==, list->total);
  g_assert_cmpint (page->current_page, ==, list->current_page);
  g_assert_cmpint (page->total_pages, ==, list->total_pages);
  g_assert_cmpint (page->last, ==, list->last);
}

static void
test_list_values (void)
{
  g_autoptr (GBytes) users = bytes_of ("{" OK ",\"data\":{\"users\":" TWO_USERS "}}");
  g_autoptr (GBytes) places = bytes_of ("{" OK ",\"data\":{\"Oregon\":\"OR\"}}");
  g_autoptr (GBytes) subscriptions = bytes_of (
      "{" OK
      ",\"data\":[{\"id\":\"S1\",\"domainName\":\"a.example\",\"pricePerMailbox\":\"8.50\"}]}");
  g_autoptr (CmrPage) page = cmr_page_parse (cmr_endpoint_get (CMR_OP_LIST_USERS), users, NULL);
  g_autoptr (CmrPage) map = cmr_page_parse (cmr_endpoint_get (CMR_OP_LIST_STATES), places, NULL);
  g_autoptr (CmrPage) bare
      = cmr_page_parse (cmr_endpoint_get (CMR_OP_LIST_SUBSCRIPTIONS), subscriptions, NULL);

  g_assert_cmpstr (cmr_object_get_text (page->rows->pdata[0], "user-id"), ==, "U1");
  g_assert_cmpstr (cmr_object_get_text (page->rows->pdata[1], "user-id"), ==, "U2");
  g_assert_cmpstr (cmr_object_get_text (map->rows->pdata[0], "name"), ==, "Oregon");
  g_assert_cmpstr (cmr_object_get_text (map->rows->pdata[0], "code"), ==, "OR");
  g_assert_cmpstr (cmr_object_get_text (bare->rows->pdata[0], "subscription-id"), ==, "S1");
  g_assert_cmpstr (cmr_object_get_text (bare->rows->pdata[0], "domain"), ==, "a.example");
  g_assert_cmpint (cmr_object_get_cents (bare->rows->pdata[0], "price-per-mailbox"), ==, 850);
}

/* --- One object -------------------------------------------------------------------------------- */

typedef struct {
  const char *path;
  CmrOp op;
  const char *id; /* asked for, may be NULL */
  const char *body;
  const char *member; /* NULL: no answer */
  const char *text;   /* NULL: absent */
} One;

static const One ones[] = {
  { "user/under-data", CMR_OP_GET_USER, "U1",
    "{" OK ",\"data\":{\"userId\":\"U1\",\"city\":\"Leeds\"}}", "city", "Leeds" },
  { "user/other-name-of-id", CMR_OP_GET_USER, "U1", "{" OK ",\"data\":{\"id\":\"U1\"}}", "user-id",
    "U1" },
  { "user/wrapped", CMR_OP_GET_USER, "U1",
    "{" OK ",\"data\":{\"user\":{\"userId\":\"U1\",\"city\":\"Leeds\"}}}", "city", "Leeds" },
  { "user/nested-billing", CMR_OP_GET_USER, "U1",
    "{" OK ",\"data\":{\"userId\":\"U1\",\"billing\":{\"city\":\"Leeds\"}}}", "city", "Leeds" },
  { "user/list-of-one", CMR_OP_GET_USER, "U1",
    "{" OK ",\"data\":[{\"userId\":\"U1\",\"city\":\"Leeds\"}]}", "city", "Leeds" },
  { "user/no-envelope", CMR_OP_GET_USER, "U1", "{\"userId\":\"U1\",\"city\":\"Leeds\"}", "city",
    "Leeds" },
  { "user/another", CMR_OP_GET_USER, "U1", "{" OK ",\"data\":{\"userId\":\"U2\"}}", NULL },
  { "user/data-null", CMR_OP_GET_USER, "U1", "{" OK ",\"data\":null}", NULL },
  { "user/data-missing", CMR_OP_GET_USER, "U1", "{" OK "}", NULL },
  { "user/empty-list", CMR_OP_GET_USER, "U1", "{" OK ",\"data\":[]}", NULL },
  { "order/under-data", CMR_OP_GET_ORDER_STATUS, "O1",
    "{" OK ",\"data\":{\"orderId\":\"O1\",\"status\":\"PROCESSING\"}}", "status", "PROCESSING" },
  { "order/other-names", CMR_OP_GET_ORDER_STATUS, "O1",
    "{" OK ",\"data\":{\"id\":\"O1\",\"orderStatus\":\"A_NEW_WORD\"}}", "status", "A_NEW_WORD" },
  { "order/wrapped", CMR_OP_GET_ORDER_STATUS, "O1",
    "{" OK ",\"data\":{\"order\":{\"orderId\":\"O1\",\"status\":\"CREATED\"}}}", "status",
    "CREATED" },
  { "order/bare-word", CMR_OP_GET_ORDER_STATUS, "O1", "{" OK ",\"data\":\"CREATED\"}", "status",
    "CREATED" },
  { "order/without-its-id", CMR_OP_GET_ORDER_STATUS, "O1",
    "{" OK ",\"data\":{\"status\":\"CREATED\"}}", "status", "CREATED" },
  { "order/without-a-state", CMR_OP_GET_ORDER_STATUS, "O1",
    "{" OK ",\"data\":{\"orderId\":\"O1\"}}", "status", NULL },
  { "order/the-envelopes-status-is-no-state", CMR_OP_GET_ORDER_STATUS, "O1", "{\"status\":200}",
    "status", NULL },
  { "order/number-for-an-id", CMR_OP_GET_ORDER_STATUS, "17",
    "{" OK ",\"data\":{\"id\":17,\"status\":\"CREATED\"}}", "status", "CREATED" },
  { "order/of-a-list-the-one-asked-for", CMR_OP_GET_ORDER, "O2",
    "{" OK ",\"data\":[{\"orderId\":\"O1\",\"status\":\"CREATED\"},{\"orderId\":\"O2\",\"status\":"
           "\"COMPLETED\"}]}",
    "status", "COMPLETED" },
  { "order/of-a-list-by-its-other-name", CMR_OP_GET_ORDER, "O2",
    "{" OK
    ",\"data\":[{\"id\":\"O1\",\"status\":\"CREATED\"},{\"id\":\"O2\",\"status\":\"COMPLETED\"}]}",
    "status", "COMPLETED" },
  { "order/of-a-list-none", CMR_OP_GET_ORDER, "O3",
    "{" OK ",\"data\":[{\"orderId\":\"O1\",\"status\":\"CREATED\"},{\"orderId\":\"O2\"}]}", NULL },
  { "order/of-a-list-of-one-another", CMR_OP_GET_ORDER, "O2",
    "{" OK ",\"data\":[{\"orderId\":\"O1\",\"status\":\"CREATED\"}]}", NULL },
  { "order/of-a-list-that-does-not-tell", CMR_OP_GET_ORDER, "O2",
    "{" OK ",\"data\":[{\"status\":\"CREATED\"},{\"status\":\"COMPLETED\"}]}", NULL },
  { "order/another", CMR_OP_GET_ORDER, "O2",
    "{" OK ",\"data\":{\"orderId\":\"O1\",\"status\":\"CREATED\"}}", NULL },
  { "order/other-shape", CMR_OP_GET_ORDER, "O1", "{" OK ",\"data\":[[]]}", NULL },
  { "order/provider", CMR_OP_GET_ORDER, "O1",
    "{" OK ",\"data\":{\"orderId\":\"O1\",\"serviceProvider\":\"GOOGLE\"}}", "service-provider",
    "GOOGLE" },
  { "mailbox/under-data", CMR_OP_GET_MAILBOX, "M1",
    "{" OK ",\"data\":{\"mailboxId\":\"M1\",\"userName\":\"dana\"}}", "username", "dana" },
  { "mailbox/wrapped", CMR_OP_GET_MAILBOX, "M1",
    "{" OK ",\"data\":{\"mailbox\":{\"id\":\"M1\",\"username\":\"dana\"}}}", "username", "dana" },
  { "mailbox/secret-is-dropped", CMR_OP_GET_MAILBOX, "M1",
    "{" OK ",\"data\":{\"id\":\"M1\",\"appPassword\":\"hush\"}}", "app-password", NULL },
};

static void
test_one (gconstpointer data)
{
  const One *one = data;
  g_autoptr (GBytes) body = bytes_of (one->body);
  g_autoptr (GError) error = NULL;
  g_autoptr (CmrObject) object
      = cmr_reply_parse_named (cmr_endpoint_get (one->op), body, one->id, &error);

  g_assert_cmpint (object != NULL, ==, one->member != NULL);
  if (object == NULL)
    {
      g_assert_error (error, CMR_ERROR, CMR_ERROR_PROTOCOL);
      return;
    }
  g_assert_cmpint (cmr_object_has (object, one->member), ==, one->text != NULL);
  if (one->text != NULL)
    g_assert_cmpstr (cmr_object_get_text (object, one->member), ==, one->text);
}

typedef struct {
  const char *body;
  gint64 cents; /* CMR_MONEY_UNKNOWN: not stated; -1: no answer */
} Wallet;

static void
test_wallet (void)
{
  static const Wallet wallets[] = {
    { "{" OK ",\"data\":{\"walletBalance\":412.75}}", 41275 },
    { "{" OK ",\"data\":{\"balance\":\"412.75\"}}", 41275 },
    { "{" OK ",\"data\":{\"walletBalance\":null,\"balance\":0}}", 0 },
    { "{" OK ",\"data\":{\"wallet\":{\"balance\":-3}}}", -300 },
    { "{" OK ",\"data\":{}}", CMR_MONEY_UNKNOWN },
    { "{" OK ",\"data\":{\"walletBalance\":\"412.755\"}}", -1 },
    { "{" OK ",\"data\":{\"walletBalance\":\"plenty\"}}", -1 },
    { "{" OK ",\"data\":null}", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wallets); i++)
    {
      g_autoptr (GBytes) body = bytes_of (wallets[i].body);
      g_autoptr (CmrObject) wallet
          = cmr_reply_parse_one (cmr_endpoint_get (CMR_OP_GET_WALLET), body, NULL);

      g_assert_cmpint (wallet != NULL ? cmr_object_get_cents (wallet, "balance") : -1, ==,
                       wallets[i].cents);
    }
}

/* --- What a write has made --------------------------------------------------------------------- */

typedef struct {
  const CmrResource *resource;
  const char *body;
  const char *id;
} Made;

static void
test_made (void)
{
  const Made mades[] = {
    { &cmr_order_resource,
      "{\"status\":201,\"message\":\"made\",\"data\":{\"orderId\":\"O1\",\"unavailableDomains\":[]}"
      "}",
      "O1" },
    { &cmr_order_resource, "{" OK ",\"data\":{\"orderId\":\"O1\"},\"actionId\":\"ACT_1\"}", "O1" },
    { &cmr_order_resource,
      "{\"message\":\"no status\",\"data\":{\"orderId\":\"O1\",\"actionId\":\"ACT_1\"}}", "O1" },
    { &cmr_order_resource, "{" OK ",\"data\":{\"id\":\"O1\"}}", "O1" },
    { &cmr_order_resource, "{" OK ",\"data\":{\"order\":{\"orderId\":\"O1\"}}}", "O1" },
    { &cmr_order_resource, "{" OK ",\"data\":[{\"orderId\":\"O1\"}]}", "O1" },
    { &cmr_order_resource, "{" OK ",\"orderId\":\"O1\"}", "O1" },
    { &cmr_order_resource, "{\"orderId\":17}", "17" },
    { &cmr_order_resource, "{" OK ",\"data\":{\"orderId\":\"\"}}", NULL },
    { &cmr_order_resource, "{" OK ",\"data\":{\"orderId\":null}}", NULL },
    { &cmr_order_resource, "{" OK ",\"data\":{\"orderId\":[\"O1\"]}}", NULL },
    { &cmr_order_resource, "{" OK ",\"data\":\"made\"}", NULL },
    { &cmr_order_resource, "{" OK ",\"data\":[[]]}", NULL },
    { &cmr_order_resource, "{" OK "}", NULL },
    { &cmr_customer_resource, "{\"status\":201,\"message\":\"made\",\"data\":{\"userId\":\"U1\"}}",
      "U1" },
    { &cmr_customer_resource, "{" OK ",\"data\":{\"id\":\"U1\"}}", "U1" },
    { &cmr_customer_resource, "{" OK ",\"data\":{\"id\":\"7\",\"userId\":\"U1\"}}", "U1" },
    { &cmr_customer_resource, "{" OK ",\"data\":{\"user\":{\"id\":\"U1\"}}}", "U1" },
    { &cmr_customer_resource, "{" OK ",\"data\":null}", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (mades); i++)
    {
      g_autoptr (GBytes) body = bytes_of (mades[i].body);
      g_autoptr (CmrEnvelope) envelope = cmr_envelope_parse (body, NULL);
      g_autofree char *id = cmr_envelope_dup_key (envelope, mades[i].resource);

      g_test_message ("%s", mades[i].body);
      g_assert_cmpstr (id, ==, mades[i].id);
    }
}

typedef struct {
  const char *body;
  const char *message;
  gboolean data;
} Envelope;

static void
test_envelope (void)
{
  static const Envelope envelopes[] = {
    { "{" OK ",\"data\":{}}", "fine", TRUE },
    { "{" OK ",\"data\":null}", "fine", FALSE },
    { "{" OK "}", "fine", FALSE }, /* what a deletion answers */
    { "{\"message\":\"no status\"}", "no status", FALSE },
    { "{\"message\":[\"a list\",\"of texts\"]}", NULL, FALSE },
    { "{\"message\":5}", NULL, FALSE },
    { "{\"userId\":\"U1\"}", NULL, TRUE },
    { "{}", NULL, TRUE },
    { "[1]", NULL, TRUE },
    { "\"text\"", NULL, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (envelopes); i++)
    {
      g_autoptr (GBytes) body = bytes_of (envelopes[i].body);
      g_autoptr (CmrEnvelope) envelope = cmr_envelope_parse (body, NULL);

      g_test_message ("%s", envelopes[i].body);
      g_assert_cmpstr (envelope->message, ==, envelopes[i].message);
      g_assert_cmpint (envelope->data != NULL, ==, envelopes[i].data);
    }
  cmr_envelope_free (NULL);
  cmr_page_free (NULL);
}

/* --- Lines of an order ------------------------------------------------------------------------- */

static void
test_lines (void)
{
  g_autoptr (GBytes) body
      = bytes_of ("{" OK ",\"data\":{\"orderId\":\"O1\",\"status\":\"PROCESSING\",\"domains\":[{"
                         "\"domain\":\"a.example\",\"status\":\"ACTIVE\","
                  "\"price\":\"12.50\"},{\"status\":\"ACTIVE\"},5,{\"domainName\":\"b.example\","
                  "\"reason\":\"gone\"}],"
                  "\"mailboxes\":[{\"email\":\"d@a.example\",\"status\":\"ACTIVE\",\"mailboxId\":"
                  "\"M1\"},null]}}");
  g_autoptr (GPtrArray) domains = NULL;
  g_autoptr (GPtrArray) mailboxes = NULL;

  cmr_order_parse_lines (body, "O1", &domains, &mailboxes);
  /* What cannot be read is left out, not the rest with it. */
  g_assert_cmpuint (domains->len, ==, 2);
  g_assert_cmpstr (cmr_object_get_text (domains->pdata[1], "domain"), ==, "b.example");
  g_assert_cmpint (cmr_object_get_cents (domains->pdata[0], "price"), ==, 1250);
  g_assert_cmpuint (mailboxes->len, ==, 1);
  g_assert_cmpstr (cmr_object_get_text (mailboxes->pdata[0], "mailbox-id"), ==, "M1");
  cmr_order_parse_lines (body, "O1", NULL, NULL);
}

static void
test_no_lines (void)
{
  static const char *const bodies[]
      = { "",
          "<html>",
          "{" OK "}",
          "{" OK ",\"data\":\"PROCESSING\"}",
          "{" OK ",\"data\":{\"domains\":{},\"mailboxes\":5}}",
          "{" OK ",\"data\":[{\"orderId\":\"O2\",\"domains\":[{\"domain\":\"a.example\"}]},{"
                 "\"orderId\":\"O3\"}]}" };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GBytes) body = bytes_of (bodies[i]);
      g_autoptr (GPtrArray) domains = NULL;
      g_autoptr (GPtrArray) mailboxes = NULL;

      cmr_order_parse_lines (body, "O1", &domains, &mailboxes);
      g_assert_cmpuint (domains->len + mailboxes->len, ==, 0);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autofree char *path = g_strconcat ("/shape/list/", lists[i].path, NULL);

      g_test_add_data_func (path, &lists[i], test_list);
    }
  for (guint i = 0; i < G_N_ELEMENTS (ones); i++)
    {
      g_autofree char *path = g_strconcat ("/shape/one/", ones[i].path, NULL);

      g_test_add_data_func (path, &ones[i], test_one);
    }
  g_test_add_func ("/shape/list-values", test_list_values);
  g_test_add_func ("/shape/wallet", test_wallet);
  g_test_add_func ("/shape/what-a-write-made", test_made);
  g_test_add_func ("/shape/envelope", test_envelope);
  g_test_add_func ("/shape/order-lines", test_lines);
  g_test_add_func ("/shape/order-lines-of-no-answer", test_no_lines);
  return g_test_run ();
}
