// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "order-fixture.h"

/* What became of Create, in the window: its words, and what its buttons do. */

#define CREATE "create_order_multipart"

static void
fault (Order *order, WbFaultKind kind, int value)
{
  store_fault (order->store, CREATE, kind, value, 1);
  order_press (order_root (order), "Create Order");
}

/* The words, and back to Review with the draft as it was. */
static void
expect_back (Order *order, const char *cause, const char *text, const char *button)
{
  order_wait_text (order_root (order), cause);
  order_wait_text (order_root (order), text);
  order_wait_button (order_root (order), "Keep as Draft");
  g_assert_cmpuint (wb_sandbox_count_charges (order->store->sandbox), ==, 0);
  order_press (order_root (order), button);
  order_wait_button (order_root (order), "Create Order");
  g_assert_null (wb_order_window_get_order (order->window));
  g_assert_cmpuint (wb_draft_get_n_mailboxes (order->draft), >=, 6);
}

static void
test_refused (void)
{
  Order order = order_new ();

  fault (&order, WB_FAULT_STATUS, 422);
  order_wait_text (order_root (&order), "Nothing was charged.");
  order_shots (order_root (&order), "outcome-refused");
  expect_back (&order, "Not done.", "The service said: “", "Correct…");
  g_assert_cmpuint (order_count (&order, CREATE), ==, 1);
  order_free (&order);
}

static void
test_funds (void)
{
  Order order = order_new ();

  fault (&order, WB_FAULT_STATUS, 402);
  expect_back (&order, "Your wallet is too low.", "Top up in the partner dashboard, then check again.", "Check Again");
  order_free (&order);
}

static void
test_signed_out (void)
{
  Order order = order_new ();

  fault (&order, WB_FAULT_STATUS, 401);
  order_wait_text (order_root (&order), "The service does not accept this key.");
  order_wait_button (order_root (&order), "Change Key…");
  order_free (&order);
}

static void
test_busy (void)
{
  Order order = order_new ();
  GtkWidget *button;

  fault (&order, WB_FAULT_STATUS, 429);
  order_wait_text (order_root (&order), "Not accepted: the service asks for a pause.");
  order_wait_text (order_root (&order), "Create it again in ");
  button = order_find_button (order_root (&order), "Create Again");
  g_assert_false (gtk_widget_is_sensitive (button));
  order_shot (order_root (&order), "outcome-busy");
  order_press (order_root (&order), "Create Again");
  gtk_window_destroy (GTK_WINDOW (order_wait_message (order_root (&order))));
  g_assert_cmpuint (order_count (&order, CREATE), ==, 2);
  order_free (&order);
}

/* Nothing is lost: the same draft goes as JSON, its files stay with it. */
static void
test_form_gone (void)
{
  Order order = order_new ();

  fault (&order, WB_FAULT_FORM_GONE, 410);
  order_wait_text (order_root (&order), "This service no longer takes pictures with an order.");
  order_wait_text (order_root (&order), "Nothing is lost. Your 6 pictures stay in the draft.");
  order_shot (order_root (&order), "outcome-form-gone");
  order_press (order_root (&order), "Order Without Pictures");
  order_wait_text (order_root (&order), "application/json");
  g_assert_cmpuint (wb_draft_get_files (order.draft)->len, ==, 3);
  order_create (&order);
  g_assert_cmpuint (order_count (&order, "create_order_json"), ==, 1);
  order_free (&order);
}

/* No answer: it may exist unpaid, that is free, and a second one is the person's decision. */
static void
lost (WbFaultKind kind)
{
  Order order = order_new ();

  fault (&order, kind, 0);
  order_wait_text (order_root (&order), "It is not known whether the order was created.");
  order_wait_text (order_root (&order), "It may exist unpaid; that costs nothing. Your wallet did not move.");
  order_shots (order_root (&order), "outcome-lost");
  order_press (order_root (&order), "Create Again");
  gtk_window_destroy (GTK_WINDOW (order_wait_message (order_root (&order))));
  g_assert_cmpuint (order_count (&order, CREATE), ==, 2);
  g_assert_cmpuint (wb_sandbox_count_charges (order.store->sandbox), ==, 0);
  order_free (&order);
}

static void
test_lost_after (void)
{
  lost (WB_FAULT_DROP_AFTER);
}

static void
test_lost_before (void)
{
  lost (WB_FAULT_DROP_BEFORE);
}

/* Until the last byte it can be stopped, and then nothing was ordered. */
static void
test_stopped (void)
{
  Order order = order_new_large ();

  fault (&order, WB_FAULT_SLOW_READ, 1000000);
  order_wait_button (order_root (&order), "Stop Uploading");
  order_wait_text (order_root (&order), " left");
  order_shots (order_root (&order), "sending");
  order_press (order_root (&order), "Stop Uploading");
  expect_back (&order, "Stopped.", "The order was not sent. The draft and its pictures are as they were.", "Back to Review");
  order_free (&order);
}

static void
test_waiting (void)
{
  Order order = order_new ();

  fault (&order, WB_FAULT_DELAY, 1500);
  order_wait_text (order_root (&order), "Waiting for the answer. It can no longer be stopped.");
  g_assert_null (order_find_button (order_root (&order), "Stop"));
  order_shot (order_root (&order), "sending-waits");
  gtk_window_destroy (GTK_WINDOW (order_wait_message (order_root (&order))));
  order_free (&order);
}

static void
test_broke_off (void)
{
  Order order = order_new_large ();

  fault (&order, WB_FAULT_SLOW_READ, 1000000);
  order_wait_text (order_root (&order), " left");
  wb_sandbox_stop (order.store->sandbox);
  order_wait_text (order_root (&order), "The upload broke off at ");
  order_wait_text (order_root (&order), "The service cannot have the whole order, so nothing was ordered.");
  g_assert_false (order_shows (order_root (&order), "Nothing was charged."));
  order_shot (order_root (&order), "outcome-broke-off");
  order_wait_button (order_root (&order), "Upload Again");
  order_free (&order);
}

static gboolean
is_closed (gpointer data)
{
  return ((Order *) data)->window == NULL;
}

static void
test_offline (void)
{
  Order order = order_new ();

  wb_sandbox_stop (order.store->sandbox);
  order_press (order_root (&order), "Create Order");
  order_wait_text (order_root (&order), "The service could not be reached.");
  order_wait_text (order_root (&order), "Nothing was sent. The draft and its pictures are as they were.");
  order_shot (order_root (&order), "outcome-offline");
  g_object_add_weak_pointer (G_OBJECT (order.window), (gpointer *) &order.window);
  order_press (order_root (&order), "Keep as Draft");
  g_assert_true (wb_test_wait_for (is_closed, &order, ORDER_DEADLINE_MS));
  draft_drop (order.draft);
  store_free (order.store);
}

/* Closed while it is sent: it goes on without the window. */
static gboolean
was_made (gpointer data)
{
  WbOrder *order = *(WbOrder **) data;

  return wb_order_get_state (order) == WB_ORDER_NOT_PAID && wb_order_can_pay (order);
}

static void
test_closed (void)
{
  Order order = order_new_large ();
  g_autoptr (WbOrder) made = NULL;

  fault (&order, WB_FAULT_SLOW_READ, 20000000);
  order_wait_state (&order, WB_ORDER_CREATING);
  made = g_object_ref (wb_order_window_get_order (order.window));
  order_window_free (order.window);
  g_assert_true (wb_test_wait_for (was_made, &made, ORDER_DEADLINE_MS));
  g_assert_cmpuint (order_count (&order, CREATE), ==, 1);
  g_clear_object (&made);
  draft_drop (order.draft);
  store_free (order.store);
}

/* Closed before anything is written: it goes on as well. */
static gboolean
was_created (gpointer data)
{
  return order_count (data, CREATE) == 1;
}

static void
test_closed_early (void)
{
  Order order = order_new ();

  order_press (order_root (&order), "Create Order");
  order_window_free (order.window);
  g_assert_true (wb_test_wait_for (was_created, &order, ORDER_DEADLINE_MS));
  draft_drop (order.draft);
  store_free (order.store);
}

int
main (int argc, char **argv)
{
  g_setenv ("WAYBILL_PACE", "10", TRUE);
  order_test_init (&argc, &argv);
  g_test_add_func ("/outcomes/refused", test_refused);
  g_test_add_func ("/outcomes/funds", test_funds);
  g_test_add_func ("/outcomes/signed-out", test_signed_out);
  g_test_add_func ("/outcomes/busy", test_busy);
  g_test_add_func ("/outcomes/form-gone", test_form_gone);
  g_test_add_func ("/outcomes/lost-after", test_lost_after);
  g_test_add_func ("/outcomes/lost-before", test_lost_before);
  g_test_add_func ("/outcomes/stopped", test_stopped);
  g_test_add_func ("/outcomes/waiting", test_waiting);
  g_test_add_func ("/outcomes/broke-off", test_broke_off);
  g_test_add_func ("/outcomes/offline", test_offline);
  g_test_add_func ("/outcomes/closed", test_closed);
  g_test_add_func ("/outcomes/closed-early", test_closed_early);
  return g_test_run ();
}
