// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "order-tools.h"

/* Created, read back, paid, followed to the end; and what goes wrong on the way. */

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

static void
test_two_steps (Store **store, gconstpointer data)
{
  WbOrder *order = order_unpaid (*store, "plain-loom.test");
  g_autoptr (WbOperation) pay = NULL;
  gint64 before = wb_sandbox_get_wallet ((*store)->sandbox);

  g_assert_cmpint (wb_order_get_state (order), ==, WB_ORDER_NOT_PAID);
  g_assert_cmpstr (wb_order_get_server_state (order), ==, "CREATED");
  g_assert_cmpuint (wb_sandbox_count_charges ((*store)->sandbox), ==, 0);
  g_assert_cmpint (wb_order_get_wallet_now (order), ==, before);
  pay = order_pay (*store, order);
  g_assert_true (wb_operation_is_paid (pay));
  order_wait (order, WB_ORDER_LIVE);
  operation_wait (pay, WB_STATE_DONE);
  g_assert_cmpuint (wb_order_get_live (order), ==, 2);
  g_assert_cmpuint (wb_order_get_failed (order), ==, 0);
  g_assert_cmpuint (wb_sandbox_count_charges_for ((*store)->sandbox, wb_order_get_order_id (order)), ==, 1);
  g_assert_cmpuint (wb_sandbox_count_requests ((*store)->sandbox, "create_order_json"), ==, 1);
  g_assert_cmpuint (wb_sandbox_count_requests ((*store)->sandbox, "process_order"), ==, 1);
  order_drop (order);
}

#define ADD(name, func) g_test_add ("/orders/" name, Store *, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  money_test_init (&argc, &argv);
  ADD ("two-steps", test_two_steps);
  return g_test_run ();
}
