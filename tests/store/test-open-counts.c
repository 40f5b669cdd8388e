// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "order-tools.h"

/* What keeps a program without a window running: counted from the first press to the last reading, and no longer. */

static void
set_up (Store **store, gconstpointer data)
{
  *store = store_new (NULL);
}

static void
tear_down (Store **store, gconstpointer data)
{
  store_free (*store);
}

static guint
count (gpointer object, const char *property)
{
  guint n;

  g_object_get (object, property, &n, NULL);
  return n;
}

static guint
count_all (Store *store)
{
  return count (store_orders (store), "n-open") + count (store_outbox (store), "n-open") + count (store_outbox (store), "n-asking");
}

static gboolean
is_quiet (gpointer store)
{
  return count_all (store) == 0;
}

static gboolean
is_followed (gpointer store)
{
  return count (store_orders (store), "n-followed") == 1;
}

static gboolean
is_asked_about (gpointer store)
{
  return count (store_outbox (store), "n-asking") == 1;
}

static void
wait_for (gboolean (*condition) (gpointer store), Store *store)
{
  g_assert_true (wb_test_wait_for (condition, store, WB_TEST_DEADLINE_MS));
}

/* At each turn of the main loop: a program is ended in between, not in the middle of a call. */
typedef struct {
  Store *store;
  WbOrder *order;
  gboolean was_quiet;
} Meanwhile;

static gboolean
has_ended (gpointer data)
{
  Meanwhile *meanwhile = data;
  WbOrderState state = wb_order_get_state (meanwhile->order);

  if (state == WB_ORDER_LIVE)
    return TRUE;
  meanwhile->was_quiet = meanwhile->was_quiet || count_all (meanwhile->store) == 0;
  return FALSE;
}

static void
test_order (Store **store, gconstpointer data)
{
  WbOrder *order = order_unpaid (*store, "plain-loom.test");
  Meanwhile meanwhile = { *store, order, FALSE };
  GAsyncResult *result = NULL;
  WbOperation *pay;

  wait_for (is_quiet, *store);
  wb_sandbox_set_speed ((*store)->sandbox, 0.0001);
  wb_orders_pay_async (store_orders (*store), order, 0, NULL, wb_test_take_result, &result);
  /* Nothing is journalled yet. */
  g_assert_cmpuint (count (store_orders (*store), "n-open"), ==, 1);
  g_assert_cmpuint (count (store_outbox (*store), "n-open"), ==, 0);
  wb_test_wait_result (&result);
  pay = wb_orders_pay_finish (store_orders (*store), result, NULL);
  g_object_unref (result);
  g_assert_cmpuint (count (store_outbox (*store), "n-open"), ==, 1);
  wait_for (is_followed, *store);
  g_assert_cmpuint (count (store_outbox (*store), "n-open"), ==, 0);
  wb_sandbox_set_speed ((*store)->sandbox, 0);
  g_assert_true (wb_test_wait_for (has_ended, &meanwhile, WB_TEST_DEADLINE_MS));
  g_assert_false (meanwhile.was_quiet);
  /* The wallet proves the sum before the program may end. */
  wait_for (is_quiet, *store);
  g_assert_cmpint (wb_order_get_taken (order), ==, 980 + 2 * 300);
  g_object_unref (pay);
  order_drop (order);
}

static void
test_create (Store **store, gconstpointer data)
{
  g_autoptr (WbDraft) draft = order_draft (*store, "plain-loom.test");
  GAsyncResult *result = NULL;
  WbOrder *order;

  wb_orders_create_async (store_orders (*store), draft, FALSE, NULL, wb_test_take_result, &result);
  g_assert_cmpuint (count (store_orders (*store), "n-open"), ==, 1);
  wb_test_wait_result (&result);
  order = wb_orders_create_finish (store_orders (*store), result, NULL);
  g_object_unref (result);
  g_assert_cmpuint (count (store_orders (*store), "n-open"), ==, 0);
  g_assert_cmpuint (count (store_outbox (*store), "n-open"), ==, 1);
  order_wait_can_pay (order);
  /* It waits for a person, who has closed the window. */
  wait_for (is_quiet, *store);
  order_drop (order);
}

/* An unknown that the server settles: from then on the order is followed. */
static void
test_unknown (Store **store, gconstpointer data)
{
  WbOrder *order = order_unpaid (*store, "plain-loom.test");
  g_autoptr (WbOperation) pay = NULL;

  wb_sandbox_set_speed ((*store)->sandbox, 0.0001);
  store_fault (*store, "process_order", WB_FAULT_DROP_AFTER, 0, 1);
  pay = order_pay (*store, order);
  operation_wait (pay, WB_STATE_UNKNOWN);
  g_assert_true (is_asked_about (*store));
  g_assert_cmpuint (count (store_outbox (*store), "n-open"), ==, 0);
  operation_wait (pay, WB_STATE_ACCEPTED);
  g_assert_false (is_asked_about (*store));
  g_assert_true (is_followed (*store));
  wb_sandbox_set_speed ((*store)->sandbox, 0);
  order_wait (order, WB_ORDER_LIVE);
  wait_for (is_quiet, *store);
  order_drop (order);
}

/* One that nothing settles is looked up five times, and then waits for a person. */
static void
test_asked_enough (Store **store, gconstpointer data)
{
  WbOrder *order = order_unpaid (*store, "plain-loom.test");
  g_autoptr (WbOperation) pay = NULL;
  guint before = wb_sandbox_count_requests ((*store)->sandbox, "get_order_status");

  g_setenv ("WAYBILL_PACE", "2000", TRUE);
  store_fault (*store, "process_order", WB_FAULT_DROP_BEFORE, 0, 1);
  pay = order_pay (*store, order);
  operation_wait (pay, WB_STATE_UNKNOWN);
  wait_for (is_quiet, *store);
  g_assert_cmpint (wb_operation_get_state (pay), ==, WB_STATE_UNKNOWN);
  /* Read back before the payment, too; what is read after it may be one with the first look. */
  g_assert_cmpuint (wb_sandbox_count_requests ((*store)->sandbox, "get_order_status") - before, >=, 1 + 5);
  order_drop (order);
}

/* Whoever holds a part of a closed profile sees nothing open in it. */
static void
test_closed (Store **store, gconstpointer data)
{
  WbOrder *order = order_unpaid (*store, "plain-loom.test");
  g_autoptr (WbOutbox) outbox = g_object_ref (store_outbox (*store));
  g_autoptr (WbOrders) orders = g_object_ref (store_orders (*store));
  g_autoptr (GError) error = NULL;
  g_autoptr (WbOperation) pay = order_try_pay (*store, order, 60000, &error);
  g_autofree char *id = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (count (outbox, "n-open"), ==, 1);
  (*store)->parts_are_held = TRUE;
  order_drop (order);
  id = store_close (*store);
  g_assert_cmpuint (count (outbox, "n-open"), ==, 0);
  g_assert_cmpuint (count (outbox, "n-asking"), ==, 0);
  g_assert_cmpuint (count (orders, "n-open"), ==, 0);
  store_open (*store, id);
}

#define ADD(name, func) g_test_add ("/open-counts/" name, Store *, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  money_test_init (&argc, &argv);
  ADD ("order", test_order);
  ADD ("create", test_create);
  ADD ("unknown", test_unknown);
  ADD ("closed", test_closed);
  ADD ("asked-enough", test_asked_enough);
  return g_test_run ();
}
