// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "order-fixture.h"
#include "wb-application-private.h"
#include "wb-order-words.h"

/* How orders end and how that is told, with and without a window. */

static WbDraft *
draft_with (Store *store, const char *domains)
{
  WbDraft *draft = store_draft (store, domains, "ann.berg:Ann Berg,bo.cole:Bo Cole");

  wb_draft_set_customer (draft, store->customer, "A & B <b> “x” %s", "a@b.example");
  return draft;
}

static Order
new_with (const char *domains)
{
  Order order = { .store = store_new (NULL) };

  order.draft = draft_with (order.store, domains);
  order_make_ready (order.store, order.draft);
  order.window = order_window (order.store, order.draft);
  order_wait_button (order_root (&order), "Create Order");
  return order;
}

/* Bought and paid, its mailboxes not made: said in red where it belongs, and so is what it means for money. */
static void
test_partly (void)
{
  Order order = new_with ("brightloom.example, surprise-loom.example");

  order_pay (&order);
  order_wait_state (&order, WB_ORDER_PARTLY);
  order_wait_text (order_root (&order), "2 mailboxes are live, 2 failed");
  order_wait_text (order_root (&order), "2 mailboxes were not made. The service said: “");
  order_wait_text (order_root (&order), "The domain itself was bought and paid (about $11.40). Nothing more is charged unless you order again.");
  order_wait_text (order_root (&order), "Mailboxes failed");
  order_wait_text (order_root (&order), "2 of 4 · 2 cannot be made");
  order_shots (order_root (&order), "partly");
  order_free (&order);
}

/* The narrowest window with text of twice the size: all of it can be read. */
static void
test_narrow_large (void)
{
  Order order;

  order_set_text_scale (2);
  order = new_with ("brightloom.example, surprise-loom.example");
  order_pay (&order);
  order_wait_state (&order, WB_ORDER_PARTLY);
  order_wait_text (order_root (&order), "Taken for this order");
  order_assert_fits (order_root (&order), 360);
  order_shot (order_root (&order), "partly-large");
  order_free (&order);
  order_set_text_scale (1);
}

static void
test_failed (void)
{
  Order order = new_with ("refused-loom.example");

  order_pay (&order);
  order_wait_state (&order, WB_ORDER_FAILED);
  order_wait_text (order_root (&order), "The domain was not registered, so its mailboxes were not made.");
  order_shot (order_root (&order), "failed");
  order_free (&order);
}

static gboolean
has_some (gpointer data)
{
  return wb_order_get_live (wb_order_window_get_order (((Order *) data)->window)) > 0;
}

/* In the middle of it: counts move, and after a quarter of an hour without a change it says so, never "failed". */
static void
test_being_made (void)
{
  static const WbSandboxOptions slow = { .no_rate_limit = TRUE, .small = TRUE, .speed = 1 };
  Order order = { .store = store_new (&slow) };
  g_autofree char *id = NULL;
  GAsyncResult *result = NULL;
  g_autoptr (WbOrder) made = NULL;

  order.draft = order_draft (order.store);
  order_make_ready (order.store, order.draft);
  order.window = order_window (order.store, order.draft);
  order_wait_button (order_root (&order), "Create Order");
  order_pay (&order);
  order_wait_state (&order, WB_ORDER_BEING_MADE);
  order_wait_text (order_root (&order), "0 of 6 mailboxes are live");
  order_wait_text (order_root (&order), "You can close this window; Waybill tells you at the end.");
  order_wait_text (order_root (&order), "Asks again");
  g_assert_true (wb_test_wait_for (has_some, &order, ORDER_DEADLINE_MS));
  wb_sandbox_set_speed (order.store->sandbox, 0.0001);
  order_shots (order_root (&order), "being-made");
  id = g_strdup (wb_order_get_id (wb_order_window_get_order (order.window)));
  order_window_free (order.window);
  draft_drop (order.draft);
  store_run_job (order.store, TRUE, "UPDATE orders SET state = 'slow', changed_at = 1, asked_at = 1");
  store_reopen (order.store);
  wb_orders_load_async (wb_profile_get_orders (order.store->profile), id, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  made = wb_orders_load_finish (wb_profile_get_orders (order.store->profile), result, NULL);
  g_object_unref (result);
  order.window = wb_order_window_new_for_order (GTK_APPLICATION (order_application ()), order.store->profile, made);
  g_clear_object (&made);
  gtk_window_present (GTK_WINDOW (order.window));
  order_wait_text (order_root (&order), "Do not order or pay again; Waybill keeps asking.");
  order_shot (order_root (&order), "slow");
  order_window_free (order.window);
  store_free (order.store);
}

/* Looked at again later, without its draft: the same page. */
static void
test_opened_later (void)
{
  Order order = new_with ("brightloom.example");
  g_autofree char *id = NULL;
  GAsyncResult *result = NULL;
  g_autoptr (WbOrder) made = NULL;

  order_pay (&order);
  order_wait_state (&order, WB_ORDER_LIVE);
  order_wait_text (order_root (&order), "Taken for this order");
  id = g_strdup (wb_order_get_id (wb_order_window_get_order (order.window)));
  order_window_free (order.window);
  draft_drop (order.draft);
  store_reopen (order.store);
  wb_orders_load_async (wb_profile_get_orders (order.store->profile), id, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  made = wb_orders_load_finish (wb_profile_get_orders (order.store->profile), result, NULL);
  g_object_unref (result);
  order.window = wb_order_window_new_for_order (GTK_APPLICATION (order_application ()), order.store->profile, made);
  gtk_window_present (GTK_WINDOW (order.window));
  order_wait_text (order_root (&order), "2 mailboxes are live");
  order_wait_text (order_root (&order), "A & B <b> “x” %s can start.");
  order_wait_text (order_root (&order), "Taken for this order");
  g_clear_object (&made);
  order_window_free (order.window);
  store_free (order.store);
}

/* Opened again while it may exist unpaid: its draft is read, and ordered again from it. */
static void
test_back_to_draft (void)
{
  Order order = new_with ("brightloom.example");
  g_autoptr (WbOrder) made = NULL;

  store_fault (order.store, "create_order_json", WB_FAULT_STATUS, 422, 1);
  order_press (order_root (&order), "Create Order");
  order_wait_state (&order, WB_ORDER_FAILED);
  made = g_object_ref (wb_order_window_get_order (order.window));
  order_window_free (order.window);
  draft_drop (order.draft);
  order.window = wb_order_window_new_for_order (GTK_APPLICATION (order_application ()), order.store->profile, made);
  g_clear_object (&made);
  gtk_window_present (GTK_WINDOW (order.window));
  order_press (order_root (&order), "Correct…");
  order_wait_button (order_root (&order), "Create Order");
  order_create (&order);
  order.draft = g_object_ref (wb_order_window_get_draft (order.window));
  order_free (&order);
}

/* An order from elsewhere: what it holds is not known, its state is. */
static void
test_by_id (void)
{
  Order order = new_with ("brightloom.example");
  WbOrders *orders;
  g_autofree char *id = NULL;
  GAsyncResult *result = NULL;
  g_autoptr (WbOrder) added = NULL;
  g_autoptr (GError) error = NULL;

  order_pay (&order);
  order_wait_state (&order, WB_ORDER_LIVE);
  id = g_strdup (wb_order_get_order_id (wb_order_window_get_order (order.window)));
  order_window_free (order.window);
  draft_drop (order.draft);
  store_run_job (order.store, TRUE, "DELETE FROM operations; DELETE FROM orders");
  store_reopen (order.store);
  orders = wb_profile_get_orders (order.store->profile);
  wb_orders_add_by_id_async (orders, order.store->customer, id, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  added = wb_orders_add_by_id_finish (orders, result, &error);
  g_assert_no_error (error);
  g_object_unref (result);
  order.window = wb_order_window_new_for_order (GTK_APPLICATION (order_application ()), order.store->profile, added);
  g_clear_object (&added);
  gtk_window_present (GTK_WINDOW (order.window));
  order_wait_text (order_root (&order), "Live");
  order_wait_text (order_root (&order), id);
  order_shot (order_root (&order), "by-id");
  order_window_free (order.window);
  store_free (order.store);
}

/* The desktop's notifications, as a server on the test's own bus sees them. */
typedef struct {
  GDBusConnection *bus;
  guint object, name;
  gboolean owned;
  GPtrArray *summaries;
  char *actions; /* of the last */
} Desktop;

static const char interface[]
  = "<node><interface name='org.freedesktop.Notifications'>"
    "<method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' direction='in'/>"
    "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='as' direction='in'/><arg type='a{sv}' direction='in'/>"
    "<arg type='i' direction='in'/><arg type='u' direction='out'/></method>"
    "<method name='GetCapabilities'><arg type='as' direction='out'/></method>"
    "<method name='CloseNotification'><arg type='u' direction='in'/></method>"
    "</interface></node>";

static void
on_call (GDBusConnection *bus, const char *sender, const char *path, const char *iface, const char *method, GVariant *parameters,
         GDBusMethodInvocation *invocation, gpointer data)
{
  Desktop *desktop = data;

  if (g_str_equal (method, "Notify"))
    {
      const char *summary;
      g_auto (GStrv) actions = NULL;

      g_variant_get (parameters, "(&su&s&s&s^as@a{sv}i)", NULL, NULL, NULL, &summary, NULL, &actions, NULL, NULL);
      g_ptr_array_add (desktop->summaries, g_strdup (summary));
      g_free (desktop->actions);
      desktop->actions = g_strjoinv (" ", actions);
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", 1));
    }
  else if (g_str_equal (method, "GetCapabilities"))
    g_dbus_method_invocation_return_value (invocation, g_variant_new_parsed ("(['actions', 'body'],)"));
  else
    g_dbus_method_invocation_return_value (invocation, NULL);
}

static void
on_owned (GDBusConnection *bus, const char *name, gpointer data)
{
  ((Desktop *) data)->owned = TRUE;
}

static Desktop *
desktop_new (void)
{
  static const GDBusInterfaceVTable calls = { .method_call = on_call };
  Desktop *desktop = g_new0 (Desktop, 1);
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (interface, NULL);

  desktop->summaries = g_ptr_array_new_with_free_func (g_free);
  desktop->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_assert_nonnull (desktop->bus);
  desktop->object = g_dbus_connection_register_object (desktop->bus, "/org/freedesktop/Notifications", info->interfaces[0], &calls, desktop,
                                                       NULL, NULL);
  desktop->name = g_bus_own_name_on_connection (desktop->bus, "org.freedesktop.Notifications", G_BUS_NAME_OWNER_FLAGS_NONE, on_owned, NULL,
                                                desktop, NULL);
  g_assert_true (wb_test_wait (&desktop->owned, ORDER_DEADLINE_MS));
  return desktop;
}

static void
desktop_free (Desktop *desktop)
{
  g_dbus_connection_unregister_object (desktop->bus, desktop->object);
  g_bus_unown_name (desktop->name);
  g_object_unref (desktop->bus);
  g_ptr_array_unref (desktop->summaries);
  g_free (desktop->actions);
  g_free (desktop);
}

typedef struct {
  Desktop *desktop;
  const char *summary;
} Told;

static gboolean
was_told (gpointer data)
{
  Told *told = data;

  return g_ptr_array_find_with_equal_func (told->desktop->summaries, told->summary, g_str_equal, NULL);
}

static void
wait_told (Desktop *desktop, const char *summary)
{
  Told told = { desktop, summary };

  g_assert_true (wb_test_wait_for (was_told, &told, ORDER_DEADLINE_MS));
}

/* The window is closed in the middle: the desktop tells each end, and its button only shows. */
static void
test_told (void)
{
  Desktop *desktop = desktop_new ();
  Order order = new_with ("brightloom.example");
  g_autoptr (WbOrder) made = NULL;

  wb_application_watch_orders (order_application (), order.store->profile);
  store_fault (order.store, "create_order_json", WB_FAULT_DELAY, 800, 1);
  order_press (order_root (&order), "Create Order");
  order_wait_state (&order, WB_ORDER_CREATING);
  made = g_object_ref (wb_order_window_get_order (order.window));
  order_window_free (order.window);
  wait_told (desktop, "The order for A & B <b> “x” %s is created");
  g_assert_nonnull (strstr (desktop->actions, "app.show-order"));
  g_assert_nonnull (strstr (desktop->actions, "Show"));
  order.window = wb_order_window_new_for_order (GTK_APPLICATION (order_application ()), order.store->profile, made);
  gtk_window_present (GTK_WINDOW (order.window));
  order_press (order_root (&order), "Pay About");
  order_press (order_wait_message (order_root (&order)), "Pay About");
  order_wait_state (&order, WB_ORDER_BEING_MADE);
  g_clear_object (&made);
  order_window_free (order.window);
  wait_told (desktop, "2 mailboxes are live");
  g_assert_cmpuint (desktop->summaries->len, ==, 2);
  draft_drop (order.draft);
  store_free (order.store);
  desktop_free (desktop);
}

static void
test_told_unknown (void)
{
  Desktop *desktop = desktop_new ();
  Order order = new_with ("brightloom.example");

  wb_application_watch_orders (order_application (), order.store->profile);
  store_fault (order.store, "create_order_json", WB_FAULT_STATUS, 422, 1);
  order_press (order_root (&order), "Create Order");
  order_wait_state (&order, WB_ORDER_FAILED);
  /* Its window says so. */
  g_assert_cmpuint (desktop->summaries->len, ==, 0);
  order_press (order_root (&order), "Correct…");
  order_create (&order);
  store_fault (order.store, "process_order", WB_FAULT_DROP_BEFORE, 0, 1);
  order_press (order_root (&order), "Pay About");
  order_press (order_wait_message (order_root (&order)), "Pay About");
  order_wait_state (&order, WB_ORDER_PAYING);
  order_window_free (order.window);
  wait_told (desktop, "One paid request got no answer.");
  draft_drop (order.draft);
  store_free (order.store);
  desktop_free (desktop);
}

int
main (int argc, char **argv)
{
  g_setenv ("WAYBILL_PACE", "10", TRUE);
  g_setenv ("GNOTIFICATION_BACKEND", "freedesktop", TRUE);
  order_test_init (&argc, &argv);
  order_set_delay (0);
  g_test_add_func ("/tracking/being-made", test_being_made);
  g_test_add_func ("/tracking/partly", test_partly);
  g_test_add_func ("/tracking/narrow-large", test_narrow_large);
  g_test_add_func ("/tracking/failed", test_failed);
  g_test_add_func ("/tracking/opened-later", test_opened_later);
  g_test_add_func ("/tracking/back-to-draft", test_back_to_draft);
  g_test_add_func ("/tracking/by-id", test_by_id);
  g_test_add_func ("/tracking/told", test_told);
  g_test_add_func ("/tracking/told-unknown", test_told_unknown);
  return g_test_run ();
}
