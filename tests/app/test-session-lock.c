// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "order-fixture.h"

#include "wb-application-private.h"

/* Locking the session locks every profile (security.md, 4): a screen saver on the bus says that it is locked, as that
 * of the desktop does. The newest GTK asks the portal alone, as every GTK does in a sandbox, and the portal says it
 * as well. GTK looks for them and for the session's manager when the program starts, so all are there before. */

#define PAY "process_order"
#define NAME "org.gnome.ScreenSaver"
#define PATH "/org/gnome/ScreenSaver"
#define MANAGER "org.gnome.SessionManager"
#define MANAGER_PATH "/org/gnome/SessionManager"
#define PORTAL "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define INHIBIT "org.freedesktop.portal.Inhibit"

typedef struct {
  GMainLoop *loop;
  GThread *thread;
  GDBusConnection *connection;
  int owned; /* names of the bus */
  char *monitor; /* what the portal calls the program's watch; set in the saver's thread */
} Saver;

static Saver saver;

/* The portal's rule for a handle: who asked, and a word of its choice. */
static char *
dup_handle (const char *kind, const char *sender, GVariant *options, const char *key)
{
  g_autofree char *who = g_strdelimit (g_strdup (sender + 1), ".", '_');
  const char *word = "none";

  g_variant_lookup (options, key, "&s", &word);
  return g_strdup_printf (PORTAL_PATH "/%s/%s/%s", kind, who, word);
}

static void
on_portal_call (GDBusConnection *connection, const char *sender, const char *path, const char *interface, const char *method,
                GVariant *args, GDBusMethodInvocation *invocation, gpointer data)
{
  g_autoptr (GVariant) options = NULL;
  g_autofree char *request = NULL;

  if (g_str_equal (method, "QueryEndResponse"))
    {
      g_dbus_method_invocation_return_value (invocation, NULL);
      return;
    }
  options = g_variant_get_child_value (args, g_variant_n_children (args) - 1);
  request = dup_handle ("request", sender, options, "handle_token");
  if (g_str_equal (method, "CreateMonitor"))
    g_atomic_pointer_set (&saver.monitor, dup_handle ("session", sender, options, "session_handle_token"));
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", request));
  g_dbus_connection_emit_signal (connection, sender, request, "org.freedesktop.portal.Request", "Response",
                                 g_variant_new ("(ua{sv})", 0, NULL), NULL);
}

static GVariant *
get_portal_property (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
                     const char *property, GError **error, gpointer data)
{
  return g_variant_new_uint32 (3); /* version */
}

static void
on_call (GDBusConnection *connection, const char *sender, const char *path, const char *interface, const char *method,
         GVariant *args, GDBusMethodInvocation *invocation, gpointer data)
{
  if (g_str_equal (method, "GetActive"))
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(b)", FALSE));
  else if (g_str_equal (method, "RegisterClient"))
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", MANAGER_PATH "/Client1"));
  else if (g_str_equal (method, "Inhibit"))
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", 1));
  else
    g_dbus_method_invocation_return_value (invocation, NULL);
}

static void
on_owned (GDBusConnection *connection, const char *name, gpointer data)
{
  g_atomic_int_inc (&saver.owned);
}

static gboolean
all_are_owned (gpointer data)
{
  return g_atomic_int_get (&saver.owned) == 3;
}

static GDBusConnection *
connect_to_bus (void)
{
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  GDBusConnectionFlags flags = G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION;
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = g_dbus_connection_new_for_address_sync (address, flags, NULL, NULL, &error);

  g_assert_no_error (error);
  return connection;
}

/* In a thread of its own: the program calls it while it starts, and waits. */
static gpointer
run_saver (gpointer context)
{
  static const char xml[]
    = "<node><interface name='" NAME "'><method name='GetActive'><arg type='b' direction='out'/></method>"
      "<signal name='ActiveChanged'><arg type='b'/></signal></interface><interface name='" MANAGER "'>"
      "<method name='RegisterClient'><arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='o' direction='out'/></method>"
      "<method name='Inhibit'><arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' direction='in'/>"
      "<arg type='u' direction='in'/><arg type='u' direction='out'/></method>"
      "<method name='Uninhibit'><arg type='u' direction='in'/></method></interface><interface name='" INHIBIT "'>"
      "<method name='CreateMonitor'><arg type='s' direction='in'/><arg type='a{sv}' direction='in'/><arg type='o' direction='out'/></method>"
      "<method name='Inhibit'><arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='a{sv}' direction='in'/>"
      "<arg type='o' direction='out'/></method><method name='QueryEndResponse'><arg type='o' direction='in'/></method>"
      "<signal name='StateChanged'><arg type='o'/><arg type='a{sv}'/></signal>"
      "<property name='version' type='u' access='read'/></interface></node>";
  static const GDBusInterfaceVTable vtable = { .method_call = on_call };
  static const GDBusInterfaceVTable portal = { .method_call = on_portal_call, .get_property = get_portal_property };
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (xml, NULL);
  guint names[3];

  g_main_context_push_thread_default (context);
  g_dbus_connection_register_object (saver.connection, PATH, info->interfaces[0], &vtable, NULL, NULL, NULL);
  g_dbus_connection_register_object (saver.connection, MANAGER_PATH, info->interfaces[1], &vtable, NULL, NULL, NULL);
  g_dbus_connection_register_object (saver.connection, PORTAL_PATH, info->interfaces[2], &portal, NULL, NULL, NULL);
  names[0] = g_bus_own_name_on_connection (saver.connection, NAME, 0, on_owned, NULL, NULL, NULL);
  names[1] = g_bus_own_name_on_connection (saver.connection, MANAGER, 0, on_owned, NULL, NULL, NULL);
  names[2] = g_bus_own_name_on_connection (saver.connection, PORTAL, 0, on_owned, NULL, NULL, NULL);
  g_main_loop_run (saver.loop);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_bus_unown_name (names[i]);
  g_main_context_pop_thread_default (context);
  return NULL;
}

static void
start_saver (void)
{
  g_autoptr (GMainContext) context = g_main_context_new ();

  saver.connection = connect_to_bus ();
  saver.loop = g_main_loop_new (context, FALSE);
  saver.thread = g_thread_new ("saver", run_saver, g_main_context_ref (context));
  g_assert_true (wb_test_wait_for (all_are_owned, NULL, WB_TEST_DEADLINE_MS));
}

static void
lock_session (gboolean locked)
{
  const char *monitor = g_atomic_pointer_get (&saver.monitor);
  GVariantDict state;

  g_dbus_connection_emit_signal (saver.connection, NULL, PATH, NAME, "ActiveChanged", g_variant_new ("(b)", locked), NULL);
  if (monitor == NULL)
    return;
  g_variant_dict_init (&state, NULL);
  g_variant_dict_insert (&state, "screensaver-active", "b", locked);
  g_variant_dict_insert (&state, "session-state", "u", 1);
  g_dbus_connection_emit_signal (saver.connection, NULL, PORTAL_PATH, INHIBIT, "StateChanged",
                                 g_variant_new ("(o@a{sv})", monitor, g_variant_dict_end (&state)), NULL);
}

static gboolean
session_is_locked (gpointer data)
{
  gboolean locked;

  g_object_get (order_application (), "screensaver-active", &locked, NULL);
  return locked == GPOINTER_TO_INT (data);
}

static void
wait_session (gboolean locked)
{
  lock_session (locked);
  g_assert_true (wb_test_wait_for (session_is_locked, GINT_TO_POINTER (locked), WB_TEST_DEADLINE_MS));
}

/* Open, and not the one that the main window shows. */
static Order
order_open (void)
{
  Order order = order_new ();

  g_hash_table_insert (order_application ()->profiles, g_strdup ("test"), g_object_ref (order.store->profile));
  return order;
}

static void
order_end (Order *order)
{
  g_hash_table_remove_all (order_application ()->profiles);
  order_free (order);
}

/* What waits does not leave, and the session's unlocking unlocks nothing: a person does. */
static void
test_waiting (void)
{
  Order order = order_open ();

  order_set_delay (30);
  order_pay (&order);
  order_wait_text (order_root (&order), "Pays in ");
  g_assert_cmpint (wb_profile_get_lock (order.store->profile), ==, WB_LOCK_NONE);
  wait_session (TRUE);
  g_assert_cmpint (wb_profile_get_lock (order.store->profile), ==, WB_LOCK_READ_ONLY);
  order_wait_text (order_root (&order), "The profile was locked before the payment left.");
  wait_session (FALSE);
  g_assert_cmpint (wb_profile_get_lock (order.store->profile), ==, WB_LOCK_READ_ONLY);
  g_assert_cmpuint (order_count (&order, PAY), ==, 0);
  g_assert_cmpuint (wb_sandbox_count_charges (order.store->sandbox), ==, 0);
  order_set_delay (0);
  wb_profile_unlock (order.store->profile, WB_UNLOCK_SESSION);
  order_press (order_root (&order), "Pay About $40.80…");
  order_press (order_wait_message (order_root (&order)), "Pay About");
  order_wait_state (&order, WB_ORDER_LIVE);
  g_assert_cmpuint (wb_sandbox_count_charges (order.store->sandbox), ==, 1);
  order_end (&order);
}

/* What is handed over is waited for, and its answer taken. */
static void
test_under_way (void)
{
  Order order = order_open ();

  order_set_delay (0);
  store_fault (order.store, PAY, WB_FAULT_NO_ANSWER, 0, 1);
  order_pay (&order);
  store_wait_requests (order.store, PAY, 1);
  wait_session (TRUE);
  g_assert_cmpint (wb_profile_get_lock (order.store->profile), ==, WB_LOCK_READ_ONLY);
  g_assert_cmpint (order_state (&order), ==, WB_ORDER_PAYING);
  while (order_state (&order) == WB_ORDER_PAYING)
    {
      wb_sandbox_release (order.store->sandbox);
      g_main_context_iteration (NULL, TRUE);
    }
  order_wait_state (&order, WB_ORDER_LIVE);
  g_assert_cmpuint (order_count (&order, PAY), ==, 1);
  g_assert_cmpuint (wb_sandbox_count_charges (order.store->sandbox), ==, 1);
  wait_session (FALSE);
  order_end (&order);
}

/* Review of an order that is not sent yet offers to unlock, and creates nothing, in one step neither. */
static void
test_review (gconstpointer data)
{
  Order order = order_open ();

  wb_draft_set_pay_mode (order.draft, GPOINTER_TO_INT (data));
  wait_session (TRUE);
  order_wait_button (order_root (&order), "Unlock…");
  wait_session (FALSE);
  order_press (order_root (&order), "Unlock…");
  gtk_window_destroy (GTK_WINDOW (order_wait_message (order_root (&order))));
  g_assert_cmpint (wb_profile_get_lock (order.store->profile), ==, WB_LOCK_READ_ONLY);
  g_assert_cmpuint (wb_sandbox_count_writes (order.store->sandbox), ==, 0);
  order_end (&order);
}

int
main (int argc, char **argv)
{
  int code;

  g_setenv ("WAYBILL_PACE", "10", TRUE);
  if (gtk_check_version (4, 14, 0) == NULL)
    g_setenv ("GDK_DEBUG", "portals", TRUE);
  order_test_init (&argc, &argv);
  start_saver ();
  g_test_add_func ("/session-lock/waiting", test_waiting);
  g_test_add_func ("/session-lock/under-way", test_under_way);
  g_test_add_data_func ("/session-lock/review", GINT_TO_POINTER (WB_PAY_TWO_STEPS), test_review);
  g_test_add_data_func ("/session-lock/review-one-step", GINT_TO_POINTER (WB_PAY_ONE_STEP), test_review);
  code = g_test_run ();
  g_main_loop_quit (saver.loop);
  g_thread_join (saver.thread);
  g_main_loop_unref (saver.loop);
  g_free (saver.monitor);
  g_object_unref (saver.connection);
  return code;
}
