// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "order-fixture.h"
#include "wb-collection-page.h"

/* The panes of Orders and Activity in each state of an order, apart from the lists beside them. */

#define CREATE "create_order_multipart"
#define PAY "process_order"

typedef struct {
  Order order;
  GtkWidget *window; /* of the pane */
} Panes;

static WbOrder *
made (Panes *panes)
{
  return wb_order_window_get_order (panes->order.window);
}

static void
show (Panes *panes, GtkWidget *pane)
{
  if (panes->window == NULL)
    {
      panes->window = gtk_window_new ();
      gtk_window_set_default_size (GTK_WINDOW (panes->window), 364, 640);
    }
  gtk_window_set_child (GTK_WINDOW (panes->window), pane);
  gtk_window_present (GTK_WINDOW (panes->window));
}

static void
show_pay (Panes *panes)
{
  show (panes, wb_operation_pane_new (panes->order.store->profile, wb_operation_get_id (wb_order_get_pay_operation (made (panes)))));
}

static void
show_create (Panes *panes)
{
  show (panes, wb_operation_pane_new (panes->order.store->profile, wb_operation_get_id (wb_order_get_create_operation (made (panes)))));
}

static void
show_order (Panes *panes)
{
  show (panes, wb_order_pane_new (panes->order.store->profile, wb_order_get_id (made (panes)), "order"));
}

static void
panes_free (Panes *panes)
{
  g_object_add_weak_pointer (G_OBJECT (panes->window), (gpointer *) &panes->window);
  gtk_window_destroy (GTK_WINDOW (panes->window));
  g_assert_null (panes->window);
  order_free (&panes->order);
}

static void
test_done (void)
{
  Panes panes = { .order = order_new () };

  order_pay (&panes.order);
  order_wait_state (&panes.order, WB_ORDER_LIVE);
  show_order (&panes);
  order_wait_text (panes.window, "Order for A & B <b> “x” %s");
  order_wait_text (panes.window, "6 mailboxes are live");
  order_wait_text (panes.window, "$40.80, today at");
  order_wait_button (panes.window, "Track");
  order_wait_text (panes.window, "History");
  order_shot (panes.window, "pane-order-live");
  show_pay (&panes);
  order_wait_text (panes.window, "Done");
  order_wait_text (panes.window, "about $40.80");
  order_shot (panes.window, "pane-pay-done");
  g_assert_null (order_find_button (panes.window, "Send Again"));
  panes_free (&panes);
}

/* Waiting: it says when it leaves, and can be taken back. */
static void
test_waiting (void)
{
  Panes panes = { .order = order_new () };

  order_set_delay (20);
  order_pay (&panes.order);
  order_wait_state (&panes.order, WB_ORDER_PAYING);
  show_pay (&panes);
  order_wait_text (panes.window, "Waiting");
  order_wait_text (panes.window, "Leaves in ");
  order_shot (panes.window, "pane-waiting");
  order_press (panes.window, "Cancel");
  order_wait_text (panes.window, "Cancelled");
  order_wait_state (&panes.order, WB_ORDER_NOT_PAID);
  g_assert_cmpuint (order_count (&panes.order, PAY), ==, 0);
  show_order (&panes);
  order_wait_button (panes.window, "Pay About $40.80…");
  order_shot (panes.window, "pane-order-not-paid");
  order_set_delay (0);
  panes_free (&panes);
}

/* Unknown and paid: what happened, what is at stake, what the server says, the verdict; Send Again only after a look. */
static void
test_unknown_paid (void)
{
  Panes panes = { .order = order_new () };
  GtkWidget *dialog;

  store_fault (panes.order.store, PAY, WB_FAULT_DROP_BEFORE, 0, 1);
  order_pay (&panes.order);
  order_wait_state (&panes.order, WB_ORDER_UNKNOWN);
  show_pay (&panes);
  order_wait_text (panes.window, "It may have been carried out, so Waybill does not send it again by itself.");
  order_wait_text (panes.window, "At stake");
  order_press (panes.window, "Check Again");
  order_wait_text (panes.window, "The order is still “CREATED”, not paid");
  order_wait_text (panes.window, "The wallet did not move");
  order_wait_text (panes.window, "Most likely not carried out");
  order_wait_text (panes.window, "Sending again should charge $40.80 once. If the first request is still on its way, it could charge twice.");
  order_shot (panes.window, "pane-unknown");
  order_press (panes.window, "Send Again…");
  dialog = order_wait_message (panes.window);
  order_wait_text (dialog, "Send It Again for A & B <b> “x” %s?");
  order_wait_text (dialog, "The wallet did not move");
  g_assert_false (gtk_widget_is_sensitive (order_find_button (dialog, "Send Again")));
  order_shot (dialog, "send-again");
  order_press (dialog, "I accept that this may charge $40.80 twice");
  order_press (dialog, "Send Again");
  order_wait_state (&panes.order, WB_ORDER_LIVE);
  order_wait_text (panes.window, "Closed");
  g_assert_cmpuint (order_count (&panes.order, PAY), ==, 2);
  panes_free (&panes);
}

static gboolean
is_sensitive (GtkWidget *window, const char *label)
{
  GtkWidget *button = order_find_button (window, label);

  return button != NULL && gtk_widget_is_sensitive (button);
}

/* Never looked up: Send Again is there and says why it cannot be used. */
static void
test_not_checked (void)
{
  Panes panes = { .order = order_new () };

  store_fault (panes.order.store, PAY, WB_FAULT_DROP_BEFORE, 0, 1);
  store_fault (panes.order.store, "get_order_status", WB_FAULT_DELAY, 3000, 1);
  g_unsetenv ("WAYBILL_PACE"); /* the first look by itself comes after 10 s */
  order_press (order_root (&panes.order), "Create Order");
  order_press (order_wait_message (order_root (&panes.order)), "Pay About");
  order_wait_state (&panes.order, WB_ORDER_UNKNOWN);
  show_pay (&panes);
  order_wait_text (panes.window, "At stake");
  g_assert_nonnull (order_find_button (panes.window, "Send Again…"));
  g_assert_false (is_sensitive (panes.window, "Send Again…"));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (order_find_button (panes.window, "Send Again…")), ==, "Check first what the server says.");
  g_setenv ("WAYBILL_PACE", "10", TRUE);
  panes_free (&panes);
}

static void
test_was_done (void)
{
  Panes panes = { .order = order_new () };

  store_fault (panes.order.store, PAY, WB_FAULT_DROP_BEFORE, 0, 1);
  order_pay (&panes.order);
  order_wait_state (&panes.order, WB_ORDER_UNKNOWN);
  show_order (&panes);
  order_wait_button (panes.window, "Settle…");
  order_shot (panes.window, "pane-order-unknown");
  show_pay (&panes);
  order_press (panes.window, "It Was Done");
  order_wait_state (&panes.order, WB_ORDER_BEING_MADE);
  g_assert_cmpuint (order_count (&panes.order, PAY), ==, 1);
  panes_free (&panes);
}

/* Unknown and free: no alarm, no purple, and its id is asked for when it was done. */
static void
test_unknown_free (void)
{
  Panes panes = { .order = order_new () };
  GtkWidget *dialog;

  store_fault (panes.order.store, CREATE, WB_FAULT_DROP_AFTER, 0, 1);
  order_press (order_root (&panes.order), "Create Order");
  order_wait_state (&panes.order, WB_ORDER_MAY_EXIST);
  show_order (&panes);
  order_wait_text (panes.window, "May exist unpaid");
  order_wait_text (panes.window, "It may exist unpaid; that costs nothing.");
  order_shot (panes.window, "pane-order-may-exist");
  show_create (&panes);
  order_wait_text (panes.window, "May exist unpaid");
  order_wait_text (panes.window, "It is not known whether the order was created.");
  g_assert_false (order_shows (panes.window, "At stake"));
  order_shot (panes.window, "pane-lost");
  order_press (panes.window, "It Was Done");
  dialog = order_wait_message (panes.window);
  g_assert_false (gtk_widget_is_sensitive (order_find_button (dialog, "It Was Done")));
  gtk_editable_set_text (GTK_EDITABLE (order_find_entry (dialog)), "ABC");
  g_assert_true (gtk_widget_is_sensitive (order_find_button (dialog, "It Was Done")));
  order_shot (dialog, "which-order");
  order_press (dialog, "Cancel");
  order_press (panes.window, "It Was Not Done");
  order_wait_text (panes.window, "Closed");
  order_wait_state (&panes.order, WB_ORDER_CANCELLED);
  panes_free (&panes);
}

/* What this program has put there. */
static gboolean
has_curl (gpointer data)
{
  GdkContentProvider *content = gdk_clipboard_get_content (gtk_widget_get_clipboard (((Panes *) data)->window));
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_STRING);
  return content != NULL && gdk_content_provider_get_value (content, &value, NULL)
         && strstr (g_value_get_string (&value), "curl --request") != NULL;
}

static char *
dup_copied (Panes *panes)
{
  GdkContentProvider *content = gdk_clipboard_get_content (gtk_widget_get_clipboard (panes->window));
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_STRING);
  g_assert_true (gdk_content_provider_get_value (content, &value, NULL));
  return g_value_dup_string (&value);
}

/* Failed and free: sent again as a new one; the request is copied without the key. */
static void
test_failed (void)
{
  Panes panes = { .order = order_new () };
  g_autofree char *curl = NULL;

  store_fault (panes.order.store, CREATE, WB_FAULT_STATUS, 422, 1);
  order_press (order_root (&panes.order), "Create Order");
  order_wait_state (&panes.order, WB_ORDER_FAILED);
  show_create (&panes);
  order_wait_text (panes.window, "Failed");
  order_wait_text (panes.window, "The service said: “");
  order_shot (panes.window, "pane-failed");
  order_press (panes.window, "Copy as curl");
  g_assert_true (wb_test_wait_for (has_curl, &panes, ORDER_DEADLINE_MS));
  curl = dup_copied (&panes);
  g_assert_nonnull (strstr (curl, "$CMR_API_KEY"));
  g_assert_null (strstr (curl, wb_sandbox_get_key (panes.order.store->sandbox)));
  order_press (panes.window, "Send Again");
  order_wait_state (&panes.order, WB_ORDER_NOT_PAID);
  g_assert_cmpuint (order_count (&panes.order, CREATE), ==, 2);
  panes_free (&panes);
}

static void
test_draft (void)
{
  Panes panes = { .order = order_new () };

  draft_flush (panes.order.draft);
  show (&panes, wb_order_pane_new (panes.order.store->profile, wb_draft_get_id (panes.order.draft), "draft"));
  order_wait_text (panes.window, "Draft for A & B <b> “x” %s");
  order_wait_text (panes.window, "Nothing was sent.");
  order_wait_button (panes.window, "Resume");
  order_shot (panes.window, "pane-draft");
  panes_free (&panes);
}

/* The list beside the pane says the same. */
static void
test_pages (void)
{
  Panes panes = { .order = order_new () };
  GtkWidget *page;

  store_fault (panes.order.store, CREATE, WB_FAULT_DROP_AFTER, 0, 1);
  order_press (order_root (&panes.order), "Create Order");
  order_wait_state (&panes.order, WB_ORDER_MAY_EXIST);
  order_press (order_root (&panes.order), "Create Again");
  order_press (order_wait_message (order_root (&panes.order)), "Not Now");
  store_fault (panes.order.store, PAY, WB_FAULT_DROP_BEFORE, 0, 1);
  order_press (order_root (&panes.order), "Pay About");
  order_press (order_wait_message (order_root (&panes.order)), "Pay About");
  order_wait_state (&panes.order, WB_ORDER_UNKNOWN);
  page = wb_collection_page_new (panes.order.store->profile, WB_COLLECTION_ACTIVITY);
  show (&panes, page);
  gtk_window_set_default_size (GTK_WINDOW (panes.window), 1044, 760);
  wb_collection_page_select (WB_COLLECTION_PAGE (page), wb_operation_get_id (wb_order_get_pay_operation (made (&panes))));
  order_wait_text (panes.window, "At stake");
  order_wait_text (panes.window, "Create an order, 6 pictures");
  order_press (panes.window, "Check Again");
  order_wait_text (panes.window, "Most likely not carried out");
  order_shots (panes.window, "page-activity");
  page = wb_collection_page_new (panes.order.store->profile, WB_COLLECTION_ORDERS);
  show (&panes, page);
  wb_collection_page_select (WB_COLLECTION_PAGE (page), wb_order_get_id (made (&panes)));
  order_wait_button (panes.window, "Settle…");
  order_shots (panes.window, "page-orders");
  panes_free (&panes);
}

/* What is filled anew keeps the focus on the button that had it. */
static void
test_focus (void)
{
  Panes panes = { .order = order_new () };
  GtkWidget *button;

  store_fault (panes.order.store, PAY, WB_FAULT_DROP_BEFORE, 0, 1);
  order_pay (&panes.order);
  order_wait_state (&panes.order, WB_ORDER_UNKNOWN);
  show_pay (&panes);
  order_wait_button (panes.window, "It Was Done");
  button = order_find_button (panes.window, "It Was Done");
  gtk_widget_grab_focus (button);
  order_press (panes.window, "Check Again");
  order_wait_text (panes.window, "Most likely not carried out");
  order_wait_button (panes.window, "Check Again");
  g_assert_true (gtk_root_get_focus (GTK_ROOT (panes.window)) == order_find_button (panes.window, "It Was Done"));
  panes_free (&panes);
}

int
main (int argc, char **argv)
{
  g_setenv ("WAYBILL_PACE", "10", TRUE);
  order_test_init (&argc, &argv);
  order_set_delay (0);
  g_test_add_func ("/panes/done", test_done);
  g_test_add_func ("/panes/waiting", test_waiting);
  g_test_add_func ("/panes/unknown-paid", test_unknown_paid);
  g_test_add_func ("/panes/not-checked", test_not_checked);
  g_test_add_func ("/panes/was-done", test_was_done);
  g_test_add_func ("/panes/unknown-free", test_unknown_free);
  g_test_add_func ("/panes/failed", test_failed);
  g_test_add_func ("/panes/draft", test_draft);
  g_test_add_func ("/panes/focus", test_focus);
  g_test_add_func ("/panes/pages", test_pages);
  return g_test_run ();
}
