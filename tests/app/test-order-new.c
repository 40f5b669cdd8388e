// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "order-fixture.h"

#include "wb-application-private.h"
#include "wb-settings.h"

/* New Order, as the action makes it: whether it is one request or two follows the preference and what is known
 * of the service. The server's ledger has the last word. */

#define CREATE "create_order_multipart"
#define PAY "process_order"

static void
prefer_two_steps (gboolean two)
{
  g_autoptr (GSettings) settings = g_settings_new (WB_SETTINGS_SCHEMA);

  g_settings_set_boolean (settings, WB_SETTINGS_PAY_IN_TWO_STEPS, two);
}

static gboolean
find_window (gpointer data)
{
  WbOrderWindow **place = data;

  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (order_application ())); l != NULL; l = l->next)
    if (WB_IS_ORDER_WINDOW (l->data))
      *place = l->data;
  return *place != NULL;
}

/* A window on a draft that says nothing yet. */
static Order
new_order (const char *customer)
{
  Order order = { .store = store_new (NULL) };
  WbApplication *application = order_application ();

  application->current = order.store->profile;
  wb_application_new_order (application, customer != NULL ? order.store->customer : NULL);
  g_assert_true (wb_test_wait_for (find_window, &order.window, ORDER_DEADLINE_MS));
  order.draft = g_object_ref (wb_order_window_get_draft (order.window));
  return order;
}

static void
fill (Order *order)
{
  order_fill_draft (order->store, order->draft);
  order_make_ready (order->store, order->draft);
  wb_order_window_go (order->window, WB_STEP_REVIEW, NULL);
}

static void
end (Order *order)
{
  order_application ()->current = NULL;
  order_free (order);
}

/* The usual: what is created is free, and Pay is a word of its own. */
static void
test_two_steps (void)
{
  Order order = new_order (NULL);

  fill (&order);
  order_create (&order);
  order_wait_state (&order, WB_ORDER_NOT_PAID);
  g_assert_cmpuint (order_count (&order, CREATE), ==, 1);
  g_assert_cmpuint (wb_sandbox_count_charges (order.store->sandbox), ==, 0);
  end (&order);
}

/* Preferred otherwise: said on the button with its sum and its risk, then one request, one charge. */
static void
test_one_step (void)
{
  Order order;

  prefer_two_steps (FALSE);
  order = new_order (NULL);
  fill (&order);
  order_wait_button (order_root (&order), "Pay About $40.80 and Start");
  g_assert_null (order_find_button (order_root (&order), "Create Order"));
  g_assert_true (order_shows (order_root (&order), "If the answer is lost, only domains and time can tell whether it was paid."));
  g_assert_false (order_shows (order_root (&order), "Creating costs nothing."));
  g_assert_cmpuint (order_count (&order, CREATE), ==, 0);
  order_press (order_root (&order), "Pay About $40.80 and Start");
  order_wait_state (&order, WB_ORDER_LIVE);
  g_assert_cmpuint (order_count (&order, CREATE), ==, 1);
  g_assert_cmpuint (order_count (&order, PAY), ==, 0);
  g_assert_cmpuint (wb_sandbox_count_charges (order.store->sandbox), ==, 1);
  prefer_two_steps (TRUE);
  end (&order);
}

/* Charged, and its answer lost: it is neither sent again nor said to be unpaid. */
static void
test_one_step_lost (void)
{
  Order order;

  prefer_two_steps (FALSE);
  order = new_order (NULL);
  fill (&order);
  store_fault (order.store, CREATE, WB_FAULT_DROP_AFTER, 0, 1);
  order_press (order_root (&order), "Pay About $40.80 and Start");
  order_wait_state (&order, WB_ORDER_UNKNOWN);
  order_wait_text (order_root (&order), "It may have been carried out");
  g_assert_null (order_find_button (order_root (&order), "Create Order"));
  g_assert_cmpuint (order_count (&order, CREATE), ==, 1);
  g_assert_cmpuint (wb_sandbox_count_charges (order.store->sandbox), ==, 1);
  prefer_two_steps (TRUE);
  end (&order);
}

/* Held back as any payment is, and stopped. */
static void
test_one_step_stopped (void)
{
  Order order;

  prefer_two_steps (FALSE);
  order_set_delay (20);
  order = new_order (NULL);
  fill (&order);
  order_press (order_root (&order), "Pay About $40.80 and Start");
  order_wait_text (order_root (&order), "Pays in ");
  order_press (order_root (&order), "Stop");
  order_wait_state (&order, WB_ORDER_CANCELLED);
  g_assert_cmpuint (order_count (&order, CREATE), ==, 0);
  order_set_delay (0);
  prefer_two_steps (TRUE);
  end (&order);
}

/* Where it begins is no change: nothing is kept for it, and undo goes no further than what the person did. */
static void
test_is_no_change (void)
{
  Order order;

  prefer_two_steps (FALSE);
  order = new_order (NULL);
  g_assert_cmpint (wb_draft_get_pay_mode (order.draft), ==, WB_PAY_ONE_STEP);
  g_assert_null (wb_draft_get_undo_code (order.draft, NULL));
  draft_flush (order.draft);
  g_assert_cmpint (draft_count (order.store, "SELECT count(*) FROM drafts"), ==, 0);
  wb_draft_set_customer (order.draft, order.store->customer, "Brightloom", "maya@brightloom.example");
  wb_draft_undo (order.draft);
  g_assert_cmpstr (wb_draft_get_customer_id (order.draft), ==, "");
  g_assert_null (wb_draft_get_undo_code (order.draft, NULL));
  g_assert_cmpint (wb_draft_get_pay_mode (order.draft), ==, WB_PAY_ONE_STEP);
  prefer_two_steps (TRUE);
  end (&order);
}

/* What the person chose in step 5 stays, whether a customer is chosen before or after, and whatever is preferred
 * by the time it is opened again. */
static void
test_choice_stays (void)
{
  Order order;
  g_autofree char *id = NULL;

  prefer_two_steps (FALSE);
  order = new_order (NULL);
  wb_draft_set_pay_mode (order.draft, WB_PAY_TWO_STEPS);
  wb_draft_set_customer (order.draft, order.store->customer, "Brightloom", "maya@brightloom.example");
  g_assert_cmpint (wb_draft_get_pay_mode (order.draft), ==, WB_PAY_TWO_STEPS);
  id = g_strdup (wb_draft_get_id (order.draft));
  order_window_free (order.window);
  draft_drop (order.draft);

  order.window = NULL;
  wb_application_open_draft (order_application (), id);
  g_assert_true (wb_test_wait_for (find_window, &order.window, ORDER_DEADLINE_MS));
  order.draft = g_object_ref (wb_order_window_get_draft (order.window));
  g_assert_cmpint (wb_draft_get_pay_mode (order.draft), ==, WB_PAY_TWO_STEPS);
  prefer_two_steps (TRUE);
  end (&order);
}

static void
test_for_customer (void)
{
  Order order;

  prefer_two_steps (FALSE);
  order = new_order ("the first");
  g_assert_cmpstr (wb_draft_get_customer_id (order.draft), ==, order.store->customer);
  g_assert_cmpint (wb_draft_get_pay_mode (order.draft), ==, WB_PAY_ONE_STEP);
  prefer_two_steps (TRUE);
  end (&order);
}

/* What is only created cannot be paid from here: one step is chosen at first, its reason said, and it may be left. */
static void
test_learned (void)
{
  Order order = { .store = store_new (NULL) };

  wb_profile_set_fact (order.store->profile, "process-path", "missing");
  order_application ()->current = order.store->profile;
  wb_application_new_order (order_application (), NULL);
  g_assert_true (wb_test_wait_for (find_window, &order.window, ORDER_DEADLINE_MS));
  order.draft = g_object_ref (wb_order_window_get_draft (order.window));
  g_assert_cmpint (wb_draft_get_pay_mode (order.draft), ==, WB_PAY_ONE_STEP);
  wb_order_window_go (order.window, WB_STEP_OPTIONS, NULL);
  order_wait_text (order_root (&order), "cannot be paid from here with this service, so one step is chosen.");
  wb_draft_set_pay_mode (order.draft, WB_PAY_TWO_STEPS);
  order_wait_text (order_root (&order), "cannot be paid from here with this service.");
  g_assert_false (order_shows (order_root (&order), "so one step is chosen"));
  end (&order);
}

/* Sign-in data are gone after a restart: Create Again asks for them, and sends nothing without. */
static void
test_sign_in_forgotten (void)
{
  Order order = new_order (NULL);

  fill (&order);
  store_fault (order.store, CREATE, WB_FAULT_DROP_BEFORE, 0, 1);
  order_press (order_root (&order), "Create Order");
  order_wait_state (&order, WB_ORDER_MAY_EXIST);
  wb_draft_set_oauth (order.draft, "google-client-id", "000-client");
  order_press (order_root (&order), "Create Again");
  order_wait_text (order_root (&order), "Google Client Id");
  g_assert_cmpuint (order_count (&order, CREATE), ==, 1);
  end (&order);
}

/* A draft is never shown on another profile than its own. */
static void
test_profile_left (void)
{
  Store *first = store_new (NULL), *second = store_new (NULL);
  WbApplication *application = order_application ();
  WbDraft *draft = store_draft (first, "one.example", "ann:Ann Lee");
  g_autofree char *id = g_strdup (wb_draft_get_id (draft));
  WbOrderWindow *window = NULL;

  draft_drop (draft);
  application->current = first->profile;
  wb_application_open_draft (application, id);
  wb_application_new_order (application, first->customer);
  application->current = second->profile;
  /* Whoever asks afterwards is answered afterwards. */
  g_object_unref (draft_load (first, id));
  wb_application_new_order (application, second->customer);
  g_assert_true (wb_test_wait_for (find_window, &window, ORDER_DEADLINE_MS));
  g_assert_cmpuint (g_list_length (gtk_application_get_windows (GTK_APPLICATION (application))), ==, 1);
  g_assert_cmpstr (wb_draft_get_customer_id (wb_order_window_get_draft (window)), ==, second->customer);
  order_window_free (window);
  application->current = NULL;
  store_free (second);
  store_free (first);
}

int
main (int argc, char **argv)
{
  g_setenv ("WAYBILL_PACE", "10", TRUE);
  order_test_init (&argc, &argv);
  order_set_delay (0);
  g_test_add_func ("/order-new/two-steps", test_two_steps);
  g_test_add_func ("/order-new/one-step", test_one_step);
  g_test_add_func ("/order-new/one-step-lost", test_one_step_lost);
  g_test_add_func ("/order-new/one-step-stopped", test_one_step_stopped);
  g_test_add_func ("/order-new/is-no-change", test_is_no_change);
  g_test_add_func ("/order-new/choice-stays", test_choice_stays);
  g_test_add_func ("/order-new/for-customer", test_for_customer);
  g_test_add_func ("/order-new/learned", test_learned);
  g_test_add_func ("/order-new/sign-in-forgotten", test_sign_in_forgotten);
  g_test_add_func ("/order-new/profile-left", test_profile_left);
  return g_test_run ();
}
