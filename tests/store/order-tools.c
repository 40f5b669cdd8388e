// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE /* memmem */
#include "order-tools.h"

#include <string.h>

#include "wb-profile-private.h"
#include "wb-sync.h"

#define PACE "50"

void
money_test_init (int *argc, char ***argv)
{
  g_setenv ("WAYBILL_PACE", PACE, TRUE);
  /* Whoever runs this has a keyring of his own: it is not touched. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  g_test_init (argc, argv, NULL);
}

WbOrders *
store_orders (Store *store)
{
  return wb_profile_get_orders (store->profile);
}

WbOutbox *
store_outbox (Store *store)
{
  return wb_profile_get_outbox (store->profile);
}

WbDraft *
order_draft (Store *store, const char *domains)
{
  return store_draft (store, domains, "amara:Amara Okafor,tomas:Tomas Herrera");
}

WbOrder *
order_try_create (Store *store, WbDraft *draft, gboolean confirm, GError **error)
{
  GAsyncResult *result = NULL;
  WbOrder *order;

  wb_orders_create_async (store_orders (store), draft, confirm, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  order = wb_orders_create_finish (store_orders (store), result, error);
  g_object_unref (result);
  return order;
}

WbOrder *
order_create (Store *store, WbDraft *draft, gboolean confirm)
{
  g_autoptr (GError) error = NULL;
  WbOrder *order = order_try_create (store, draft, confirm, &error);

  g_assert_no_error (error);
  return order;
}

WbOrder *
order_unpaid (Store *store, const char *domains)
{
  WbDraft *draft = order_draft (store, domains);
  WbOrder *order = order_create (store, draft, FALSE);

  draft_drop (draft);
  order_wait_can_pay (order);
  return order;
}

WbOperation *
order_try_pay (Store *store, WbOrder *order, guint delay_ms, GError **error)
{
  GAsyncResult *result = NULL;
  WbOperation *operation;

  wb_orders_pay_async (store_orders (store), order, delay_ms, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  operation = wb_orders_pay_finish (store_orders (store), result, error);
  g_object_unref (result);
  return operation;
}

WbOperation *
order_pay (Store *store, WbOrder *order)
{
  g_autoptr (GError) error = NULL;
  WbOperation *operation = order_try_pay (store, order, 0, &error);

  g_assert_no_error (error);
  return operation;
}

typedef struct {
  WbOrder *order;
  WbOrderState state;
} Wanted;

static gboolean
has_state (gpointer data)
{
  Wanted *wanted = data;

  return wb_order_get_state (wanted->order) == wanted->state;
}

void
order_wait (WbOrder *order, WbOrderState state)
{
  Wanted wanted = { order, state };

  if (!wb_test_wait_for (has_state, &wanted, WB_TEST_DEADLINE_MS))
    g_error ("an order is %s, not %s", wb_order_state_word (wb_order_get_state (order)), wb_order_state_word (state));
}

static gboolean
can_pay (gpointer order)
{
  return wb_order_can_pay (order);
}

void
order_wait_can_pay (WbOrder *order)
{
  g_assert_true (wb_test_wait_for (can_pay, order, WB_TEST_DEADLINE_MS));
}

static gboolean
is_quiet (gpointer order)
{
  return !wb_order_is_reading_back (order);
}

void
order_wait_quiet (WbOrder *order)
{
  g_assert_true (wb_test_wait_for (is_quiet, order, WB_TEST_DEADLINE_MS));
}

WbOrder *
order_load (Store *store, const char *id)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  WbOrder *order;

  wb_orders_load_async (store_orders (store), id, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  order = wb_orders_load_finish (store_orders (store), result, &error);
  g_assert_no_error (error);
  g_object_unref (result);
  return order;
}

void
order_drop (WbOrder *order)
{
  order_wait_quiet (order);
  g_object_unref (order);
}

/* Operations */

WbOperation *
operation_submit (Store *store, WbRequest *request, GError **error)
{
  GAsyncResult *result = NULL;
  WbOperation *operation;

  wb_outbox_submit_async (store_outbox (store), request, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  operation = wb_outbox_submit_finish (store_outbox (store), result, error);
  g_object_unref (result);
  return operation;
}

WbOperation *
operation_load (Store *store, const char *id)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  WbOperation *operation;

  wb_outbox_load_async (store_outbox (store), id, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  operation = wb_outbox_load_finish (store_outbox (store), result, &error);
  g_assert_no_error (error);
  g_object_unref (result);
  return operation;
}

typedef struct {
  WbOperation *operation;
  WbState state;
} Awaited;

static gboolean
has_come (gpointer data)
{
  Awaited *awaited = data;

  return wb_operation_get_state (awaited->operation) == awaited->state;
}

void
operation_wait (WbOperation *operation, WbState state)
{
  Awaited awaited = { operation, state };

  if (!wb_test_wait_for (has_come, &awaited, WB_TEST_DEADLINE_MS))
    g_error ("an operation is %s (%d), not %s", wb_state_word (wb_operation_get_state (operation)),
             wb_operation_get_reason (operation), wb_state_word (state));
}

WbEvidence *
operation_check (Store *store, WbOperation *operation)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  WbEvidence *evidence;

  wb_outbox_check_async (store_outbox (store), operation, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  evidence = wb_outbox_check_finish (store_outbox (store), result, &error);
  g_assert_no_error (error);
  g_object_unref (result);
  return evidence;
}

WbOperation *
operation_again (Store *store, WbOperation *operation, GError **error)
{
  GAsyncResult *result = NULL;
  WbOperation *again;

  wb_outbox_send_again_async (store_outbox (store), operation, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  again = wb_outbox_send_again_finish (store_outbox (store), result, error);
  g_object_unref (result);
  return again;
}

char *
operation_curl (Store *store, WbOperation *operation)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  char *text;

  wb_outbox_dup_curl_async (store_outbox (store), operation, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  text = wb_outbox_dup_curl_finish (store_outbox (store), result, &error);
  g_assert_no_error (error);
  g_object_unref (result);
  return text;
}

static WbRequest *
customer_request (CmrOp op, const char *email, const char *city)
{
  WbRequest *request = wb_request_new (op);
  char *text = g_strdup_printf (
      "{\"email\":\"%s\",\"company\":\"Harrow & Finch\",\"firstName\":\"Ada\",\"lastName\":\"Finch\","
      "\"country\":\"AT\",\"city\":\"%s\",\"addressLineOne\":\"Am Ring 1\",\"languagePreference\":\"en\","
      "\"postalCode\":\"1010\",\"state\":\"9\",\"phoneCc\":\"43\",\"phone\":\"1234567\"}",
      email, city);
  g_autoptr (GBytes) json = g_bytes_new_take (text, strlen (text));

  wb_request_set_json (request, json);
  wb_request_set_cents (request, 0);
  return request;
}

WbRequest *
request_update (Store *store, const char *city)
{
  WbRequest *request = customer_request (CMR_OP_UPDATE_USER, "maya@brightloom.example", city);

  wb_request_set_param (request, "userId", store->customer);
  wb_request_set_customer (request, store->customer, "Brightloom");
  wb_request_set_target (request, store->customer);
  return request;
}

WbRequest *
request_customer (const char *email)
{
  WbRequest *request = customer_request (CMR_OP_CREATE_USER, email, "Vienna");

  wb_request_set_target (request, email);
  return request;
}

/* The disk */

char *
journal_path (Store *store)
{
  return g_build_filename (wb_profile_get_folder (store->profile), "journal.db", NULL);
}

static sqlite3_stmt *
first_row (sqlite3 **db, Store *store, const char *sql)
{
  g_autofree char *path = journal_path (store);
  g_autoptr (GError) error = NULL;
  sqlite3_stmt *stmt;

  /* What is queued is written before we look. */
  store_run_job (store, TRUE, "SELECT 1");
  g_assert_cmpint (sqlite3_open_v2 (path, db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  sqlite3_busy_timeout (*db, 2000);
  stmt = wb_db_prepare (*db, &error, sql, "");
  g_assert_no_error (error);
  wb_db_step (stmt, &error);
  g_assert_no_error (error);
  return stmt;
}

char *
journal_text (Store *store, const char *sql)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *stmt = first_row (&db, store, sql);
  char *text = g_strdup (wb_db_text (stmt, 0));

  sqlite3_finalize (stmt);
  sqlite3_close (db);
  return text;
}

gint64
journal_int (Store *store, const char *sql)
{
  g_autofree char *text = journal_text (store, sql);

  return g_ascii_strtoll (text, NULL, 10);
}

static void
search_file (const char *path, const char *what)
{
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, NULL))
    return;
  if (memmem (text, length, what, strlen (what)) != NULL)
    g_error ("%s is in %s", what, path);
}

guint
store_search (const char *path, const char *what)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  if (dir == NULL)
    {
      search_file (path, what);
      return 1;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      n += store_search (child, what);
    }
  return n;
}
