// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "order-fixture.h"

#include "wb-pay.h"

/* Pay and tracking in the window. The server's ledger has the last word. */

#define PAY "process_order"

static guint
charged (Order *order)
{
  return 728460 - (guint) wb_sandbox_get_wallet (order->store->sandbox);
}

/* The safe button has the focus, the sum is in the other, the customer in the title. */
static void
test_dialog (void)
{
  Order order = order_new ();
  GtkWidget *dialog;

  order_press (order_root (&order), "Create Order");
  dialog = order_wait_message (order_root (&order));
  order_wait_text (dialog, "Pay About $40.80 for A & B <b> “x” %s?");
  order_wait_text (dialog, "This cannot be taken back. Waybill sends it once, and never again by itself.");
  order_wait_text (dialog, "2 domains, 6 mailboxes");
  order_wait_text (dialog, "$7243.80");
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (gtk_window_get_default_widget (GTK_WINDOW (dialog)))), ==, "Not Now");
  order_shot (dialog, "pay");
  order_shots (order_root (&order), "created");
  order_press (dialog, "Not Now");
  order_wait_button (order_root (&order), "Pay About $40.80…");
  g_assert_cmpuint (order_count (&order, PAY), ==, 0);
  g_assert_cmpuint (charged (&order), ==, 0);
  order_free (&order);
}

/* Pressed twice in a row: one request, one charge. */
static void
test_double_click (void)
{
  Order order = order_new ();
  g_autoptr (GtkWidget) dialog = NULL;
  GtkWidget *button;

  order_press (order_root (&order), "Create Order");
  dialog = g_object_ref (order_wait_message (order_root (&order)));
  order_wait_button (dialog, "Pay About");
  button = order_find_button (dialog, "Pay About");
  g_signal_emit_by_name (button, "clicked");
  g_signal_emit_by_name (dialog, "response::pay", "pay");
  g_signal_emit_by_name (button, "clicked");
  order_wait_state (&order, WB_ORDER_BEING_MADE);
  g_signal_emit_by_name (dialog, "response::pay", "pay");
  order_wait_state (&order, WB_ORDER_LIVE);
  g_assert_cmpuint (order_count (&order, PAY), ==, 1);
  g_assert_cmpuint (charged (&order), ==, 4080);
  g_clear_object (&dialog);
  order_free (&order);
}

/* To the end: each mailbox live, and the wallet proves what was taken. */
static void
test_live (void)
{
  Order order = order_new ();

  order_pay (&order);
  order_wait_state (&order, WB_ORDER_LIVE);
  order_wait_text (order_root (&order), "6 mailboxes are live");
  order_wait_text (order_root (&order), "A & B <b> “x” %s can start.");
  order_wait_text (order_root (&order), "Taken for this order");
  order_wait_text (order_root (&order), "paid $40.80 today at");
  order_wait_button (order_root (&order), "Show the Customer");
  order_shots (order_root (&order), "live");
  order_free (&order);
}

static void
test_stopped (void)
{
  Order order = order_new ();

  order_set_delay (20);
  order_pay (&order);
  order_wait_text (order_root (&order), "Pays in ");
  order_shots (order_root (&order), "pays-in");
  order_press (order_root (&order), "Stop");
  order_wait_text (order_root (&order), "The payment was not sent. The order waits");
  order_wait_button (order_root (&order), "Pay About $40.80…");
  g_assert_cmpuint (order_count (&order, PAY), ==, 0);
  order_set_delay (0);
  order_press (order_root (&order), "Pay About $40.80…");
  order_press (order_wait_message (order_root (&order)), "Pay About");
  order_wait_state (&order, WB_ORDER_LIVE);
  g_assert_cmpuint (charged (&order), ==, 4080);
  order_free (&order);
}

/* Above the guard the sum is typed. */
static void
test_guard (void)
{
  Order order = order_new ();
  WbProfileInfo *info = (WbProfileInfo *) wb_profile_get_info (order.store->profile);
  GtkWidget *dialog, *button, *entry;

  info->guard_order_cents = 3000;
  order_press (order_root (&order), "Create Order");
  dialog = order_wait_message (order_root (&order));
  order_wait_text (dialog, "This order is above $30. Type the sum to go on: 40.80");
  button = order_find_button (dialog, "Pay About");
  entry = order_find_entry (dialog);
  g_assert_false (gtk_widget_is_sensitive (button));
  order_shot (dialog, "pay-guard");
  gtk_editable_set_text (GTK_EDITABLE (entry), "40");
  g_assert_false (gtk_widget_is_sensitive (button));
  gtk_editable_set_text (GTK_EDITABLE (entry), "40.80");
  g_assert_true (gtk_widget_is_sensitive (button));
  order_press (dialog, "Not Now");
  order_free (&order);
}

/* The limits as they are at first: up to $500 an order, up to $1,000 a day, and not a cent more. */
static void
test_guard_limits (void)
{
  static const struct {
    gint64 cents;
    gint64 order; /* 0: as it is at first */
    const char *text;
  } rows[] = {
    { 50000, 0, NULL },
    { 50001, 0, "This order is above $500. Type the sum to go on: 500.01" },
    { 100000, 200000, NULL },
    { 100001, 200000, "With this you spend more than $1000 today; so far $0.00. Type the sum to go on: 1000.01" },
    { CMR_MONEY_UNKNOWN, 0, NULL },
  };
  Store *store = store_new (NULL);
  WbProfileInfo *info = (WbProfileInfo *) wb_profile_get_info (store->profile);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = NULL;

      if (rows[i].order > 0)
        info->guard_order_cents = rows[i].order;
      text = wb_pay_guard_dup_text (store->profile, rows[i].cents);
      g_assert_cmpstr (text, ==, rows[i].text);
    }
  store_free (store);
}

static void
test_guard_day (void)
{
  Order order = order_new ();
  WbProfileInfo *info = (WbProfileInfo *) wb_profile_get_info (order.store->profile);
  g_autofree char *text = NULL;

  info->guard_day_cents = 4000;
  text = wb_pay_guard_dup_text (order.store->profile, 4080);
  g_assert_cmpstr (text, ==, "With this you spend more than $40 today; so far $0.00. Type the sum to go on: 40.80");
  info->guard_day_cents = 100000;
  order_pay (&order);
  order_wait_state (&order, WB_ORDER_LIVE);
  order_wait_text (order_root (&order), "Taken for this order");
  info->guard_day_cents = 8000;
  g_free (text);
  text = wb_pay_guard_dup_text (order.store->profile, 4080);
  g_assert_cmpstr (text, ==,
                   "With this you spend more than $80 today; so far $40.80: A & B <b> “x” %s. Type the sum to go on: 40.80");
  order_free (&order);
}

static void
test_one_step (void)
{
  Order order = order_new ();

  wb_draft_set_pay_mode (order.draft, WB_PAY_ONE_STEP);
  order_press (order_root (&order), "Pay About $40.80 and Start");
  order_wait_state (&order, WB_ORDER_LIVE);
  g_assert_cmpuint (order_count (&order, "create_order_multipart"), ==, 1);
  g_assert_cmpuint (order_count (&order, PAY), ==, 0);
  g_assert_cmpuint (charged (&order), ==, 4080);
  order_free (&order);
}

/* One step above the guard: asked first, and pressed twice still one request. */
static void
test_one_step_guard (void)
{
  Order order = order_new ();
  WbProfileInfo *info = (WbProfileInfo *) wb_profile_get_info (order.store->profile);
  g_autoptr (GtkWidget) dialog = NULL;

  info->guard_order_cents = 3000;
  wb_draft_set_pay_mode (order.draft, WB_PAY_ONE_STEP);
  order_press (order_root (&order), "Pay About $40.80 and Start");
  dialog = g_object_ref (order_wait_message (order_root (&order)));
  g_assert_cmpuint (order_count (&order, "create_order_multipart"), ==, 0);
  gtk_editable_set_text (GTK_EDITABLE (order_find_entry (dialog)), "40.80");
  order_press (dialog, "Pay About");
  g_signal_emit_by_name (dialog, "response::pay", "pay");
  order_wait_state (&order, WB_ORDER_LIVE);
  g_assert_cmpuint (order_count (&order, "create_order_multipart"), ==, 1);
  g_clear_object (&dialog);
  order_free (&order);
}

static void
count_up (GObject *window)
{
  g_object_set_data (window, "said", GINT_TO_POINTER (GPOINTER_TO_INT (g_object_get_data (window, "said")) + 1));
}

/* A price is missing, and what is known is far below the guard: asked all the same, and nothing goes before a sum. */
static void
test_one_step_unknown (void)
{
  Order order = order_new ();
  g_autoptr (WbCost) cost = wb_draft_cost (order.draft);
  g_autoptr (GtkWidget) dialog = NULL;
  GtkWidget *button;

  cost->complete = FALSE;
  cost->unknown = 1;
  wb_pay_confirm_one_step (GTK_WINDOW (order.window), order.store->profile, "Brightloom", cost, G_CALLBACK (count_up),
                           G_OBJECT (order.window));
  dialog = g_object_ref (order_wait_message (order_root (&order)));
  order_wait_text (dialog, "No price was stated for 1 name. The sum is at least $40.80.");
  order_wait_text (dialog, "Type the most you allow this order to cost:");
  button = order_find_button (dialog, "Pay at Least $40.80 and Start");
  g_assert_false (gtk_widget_is_sensitive (button));
  order_shot (dialog, "pay-unknown");
  gtk_editable_set_text (GTK_EDITABLE (order_find_entry (dialog)), "40.79");
  g_assert_false (gtk_widget_is_sensitive (button));
  g_assert_null (g_object_get_data (G_OBJECT (order.window), "said"));
  gtk_editable_set_text (GTK_EDITABLE (order_find_entry (dialog)), "60");
  order_press (dialog, "Pay at Least");
  g_assert_cmpint (GPOINTER_TO_INT (g_object_get_data (G_OBJECT (order.window), "said")), ==, 1);
  g_assert_cmpuint (order_count (&order, "create_order_multipart"), ==, 0);
  g_clear_object (&dialog);
  order_free (&order);
}

/* The service has no such call: said, remembered, and one step offered. */
static void
test_cannot_pay (void)
{
  Order order = order_new ();

  store_fault (order.store, PAY, WB_FAULT_PROCESS_NOT_FOUND, 404, 0);
  order_pay (&order);
  order_wait_text (order_root (&order), "The order is made, but this service has no call to pay it that Waybill knows.");
  order_wait_button (order_root (&order), "Pay in the Dashboard");
  order_shots (order_root (&order), "cannot-pay");
  order_press (order_root (&order), "Order in One Step Instead…");
  order_wait_text (order_root (&order), "The same order went out today at");
  order_press (order_root (&order), "Order it a second time");
  order_wait_button (order_root (&order), "Pay About $40.80 and Start");
  g_assert_cmpstr (wb_profile_get_fact (order.store->profile, "process-path"), ==, "missing");
  g_assert_cmpuint (charged (&order), ==, 0);
  order_free (&order);
}

/* The server took confirm=false as true: it is followed, and Pay is never offered. */
static void
test_confirm_ignored (void)
{
  Order order = order_new ();

  store_fault (order.store, "create_order_multipart", WB_FAULT_CONFIRM_IGNORED, 0, 1);
  order_press (order_root (&order), "Create Order");
  order_wait_text (order_root (&order), "The service started this order at once. It is being paid; nothing more is sent.");
  order_shot (order_root (&order), "confirm-ignored");
  g_assert_null (order_find_button (order_root (&order), "Pay"));
  order_wait_state (&order, WB_ORDER_LIVE);
  g_assert_cmpuint (order_count (&order, PAY), ==, 0);
  g_assert_cmpuint (charged (&order), ==, 4080);
  order_free (&order);
}

static void
test_refused (void)
{
  Order order = order_new ();

  store_fault (order.store, PAY, WB_FAULT_STATUS, 422, 1);
  order_pay (&order);
  order_wait_text (order_root (&order), "The service said: “");
  order_wait_text (order_root (&order), "Nothing was charged.");
  order_shot (order_root (&order), "pay-refused");
  order_wait_button (order_root (&order), "Pay About $40.80…");
  order_free (&order);
}

static void
test_busy (void)
{
  Order order = order_new ();

  store_fault (order.store, PAY, WB_FAULT_STATUS, 429, 1);
  order_pay (&order);
  order_wait_text (order_root (&order), "Not accepted: the service asks for a pause.");
  order_wait_text (order_root (&order), "Nothing was charged.");
  order_press (order_root (&order), "Pay About $40.80…");
  order_press (order_wait_message (order_root (&order)), "Pay About");
  order_wait_state (&order, WB_ORDER_LIVE);
  g_assert_cmpuint (charged (&order), ==, 4080);
  order_free (&order);
}

/* Paid, but its answer was lost: unknown, until the order's own state tells. */
static void
test_lost (void)
{
  Order order = order_new ();

  store_fault (order.store, PAY, WB_FAULT_DROP_AFTER, 0, 1);
  order_pay (&order);
  order_wait_state (&order, WB_ORDER_LIVE);
  order_wait_text (order_root (&order), "A & B <b> “x” %s can start.");
  g_assert_cmpuint (order_count (&order, PAY), ==, 1);
  g_assert_cmpuint (charged (&order), ==, 4080);
  order_free (&order);
}

/* Nothing proves it and nothing refutes it: a person decides, with the risk in money, after a look at the server. */
static void
test_unknown (void)
{
  Order order = order_new ();
  GtkWidget *dialog;

  store_fault (order.store, PAY, WB_FAULT_DROP_BEFORE, 0, 1);
  order_pay (&order);
  order_wait_state (&order, WB_ORDER_UNKNOWN);
  order_wait_text (order_root (&order), "It may have been carried out, so Waybill does not send it again by itself.");
  order_press (order_root (&order), "Check Again");
  order_wait_text (order_root (&order), "Most likely not carried out");
  order_shots (order_root (&order), "unknown");
  order_press (order_root (&order), "Send Again…");
  dialog = order_wait_message (order_root (&order));
  g_assert_false (gtk_widget_is_sensitive (order_find_button (dialog, "Send Again")));
  order_shot (dialog, "send-again");
  order_press (dialog, "I accept that this may charge $40.80 twice");
  order_press (dialog, "Send Again");
  order_wait_state (&order, WB_ORDER_LIVE);
  g_assert_cmpuint (order_count (&order, PAY), ==, 2);
  g_assert_cmpuint (charged (&order), ==, 4080);
  order_free (&order);
}

/* Sending again is a payment: above the guard its sum is typed, after the risk was accepted. */
static void
test_unknown_guard (void)
{
  Order order = order_new ();
  WbProfileInfo *info = (WbProfileInfo *) wb_profile_get_info (order.store->profile);
  GtkWidget *dialog, *button, *entry, *accept;

  store_fault (order.store, PAY, WB_FAULT_DROP_BEFORE, 0, 1);
  order_pay (&order);
  order_wait_state (&order, WB_ORDER_UNKNOWN);
  info->guard_order_cents = 3000;
  order_press (order_root (&order), "Check Again");
  order_wait_text (order_root (&order), "Most likely not carried out");
  order_press (order_root (&order), "Send Again…");
  dialog = order_wait_message (order_root (&order));
  order_wait_text (dialog, "This order is above $30. Type the sum to go on: 40.80");
  button = order_find_button (dialog, "Send Again");
  entry = order_find_entry (dialog);
  accept = order_find_button (dialog, "I accept that this may charge $40.80 twice");
  g_assert_false (gtk_widget_is_sensitive (entry));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (accept), TRUE);
  g_assert_true (gtk_widget_is_sensitive (entry));
  g_assert_false (gtk_widget_is_sensitive (button));
  gtk_editable_set_text (GTK_EDITABLE (entry), "40.80");
  g_assert_true (gtk_widget_is_sensitive (button));
  order_shot (dialog, "send-again-guard");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (accept), FALSE);
  g_assert_false (gtk_widget_is_sensitive (button));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (accept), TRUE);
  g_assert_false (gtk_widget_is_sensitive (button));
  gtk_editable_set_text (GTK_EDITABLE (entry), "40.80");
  order_press (dialog, "Send Again");
  order_wait_state (&order, WB_ORDER_LIVE);
  g_assert_cmpuint (order_count (&order, PAY), ==, 2);
  g_assert_cmpuint (charged (&order), ==, 4080);
  order_free (&order);
}

/* Before anything is offered it is read back; what cannot be read is said. */
static void
test_not_read_back (void)
{
  Order order = order_new ();

  store_fault (order.store, "get_order_status", WB_FAULT_STATUS, 403, 1);
  order_press (order_root (&order), "Create Order");
  order_wait_text (order_root (&order), "The order is made, but its state could not be read.");
  g_assert_null (order_find_button (order_root (&order), "Pay About"));
  order_shot (order_root (&order), "not-read-back");
  order_press (order_root (&order), "Check Again");
  gtk_window_destroy (GTK_WINDOW (order_wait_message (order_root (&order))));
  order_free (&order);
}

int
main (int argc, char **argv)
{
  g_setenv ("WAYBILL_PACE", "10", TRUE);
  order_test_init (&argc, &argv);
  order_set_delay (0);
  g_test_add_func ("/pay/dialog", test_dialog);
  g_test_add_func ("/pay/double-click", test_double_click);
  g_test_add_func ("/pay/live", test_live);
  g_test_add_func ("/pay/stopped", test_stopped);
  g_test_add_func ("/pay/guard", test_guard);
  g_test_add_func ("/pay/guard-limits", test_guard_limits);
  g_test_add_func ("/pay/guard-day", test_guard_day);
  g_test_add_func ("/pay/one-step", test_one_step);
  g_test_add_func ("/pay/one-step-guard", test_one_step_guard);
  g_test_add_func ("/pay/one-step-unknown", test_one_step_unknown);
  g_test_add_func ("/pay/cannot-pay", test_cannot_pay);
  g_test_add_func ("/pay/confirm-ignored", test_confirm_ignored);
  g_test_add_func ("/pay/refused", test_refused);
  g_test_add_func ("/pay/busy", test_busy);
  g_test_add_func ("/pay/lost", test_lost);
  g_test_add_func ("/pay/unknown", test_unknown);
  g_test_add_func ("/pay/unknown-guard", test_unknown_guard);
  g_test_add_func ("/pay/not-read-back", test_not_read_back);
  return g_test_run ();
}
