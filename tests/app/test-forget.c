// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "order-fixture.h"

#include <string.h>

#include "wb-application-private.h"
#include "wb-dialogs.h"
#include "wb-settings.h"

/* Forgetting a profile as a person does it: from Preferences, by typing its name. */

static WbProfile *
current (void)
{
  return wb_application_get_profile (order_application ());
}

static gboolean
has_profile (gpointer id)
{
  return current () != NULL && (id == NULL || g_str_equal (wb_profile_get_info (current ())->id, id));
}

static void
wait_profile (const char *id)
{
  g_assert_true (wb_test_wait_for (has_profile, (gpointer) id, ORDER_DEADLINE_MS));
}

static void
open_sandbox (void)
{
  wb_application_try_sandbox (order_application ());
  wait_profile (NULL);
}

static char *
current_id (void)
{
  return g_strdup (wb_profile_get_info (current ())->id);
}

static GVariant *
remembered_width (const char *id)
{
  g_autofree char *path = g_strdup_printf (WB_SETTINGS_PROFILE_PATH, id);
  g_autoptr (GSettings) settings = g_settings_new_with_path (WB_SETTINGS_WINDOW_SCHEMA, path);

  return g_settings_get_user_value (settings, WB_SETTINGS_WINDOW_WIDTH);
}

static char *
folder_of (const char *id)
{
  return g_build_filename (wb_application_get_data_dir (order_application ()), "profiles", id, NULL);
}

static void
run_sql (const char *sql)
{
  Store store = { .profile = current () };

  store_run_job (&store, TRUE, sql);
}

static GtkWidget *
find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type) && gtk_widget_get_mapped (window))
        return window;
    }
  return NULL;
}

static GtkWidget *
find_row (GtkWidget *widget, const char *title)
{
  if (ADW_IS_PREFERENCES_ROW (widget) && g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, title);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* The page Storage of Preferences, and its row. */
static GtkWidget *
open_storage (GtkWidget **row)
{
  GtkWidget *window;

  wb_preferences_present (GTK_WINDOW (wb_application_ensure_window (order_application ())),
                          wb_application_get_settings (order_application ()), current ());
  window = find_window (ADW_TYPE_PREFERENCES_WINDOW);
  g_assert_nonnull (window);
  *row = find_row (window, "Forget This Profile…");
  g_assert_nonnull (*row);
  adw_preferences_window_set_visible_page (ADW_PREFERENCES_WINDOW (window),
                                           ADW_PREFERENCES_PAGE (gtk_widget_get_ancestor (*row, ADW_TYPE_PREFERENCES_PAGE)));
  return window;
}

static GtkWidget *
ask_to_forget (GtkWidget **preferences)
{
  GtkWidget *row;

  *preferences = open_storage (&row);
  order_shots (*preferences, "forget-storage");
  gtk_widget_activate (row);
  return order_wait_message (*preferences);
}

static void
type_name (GtkWidget *message, const char *name)
{
  gtk_editable_set_text (GTK_EDITABLE (order_find_entry (message)), name);
}

static gboolean
may_forget (GtkWidget *message)
{
  return gtk_widget_is_sensitive (order_wait_shown (message, "Forget Profile"));
}

static gboolean
is_closed (gpointer data)
{
  return find_window (ADW_TYPE_MESSAGE_DIALOG) == NULL;
}

static void
close_message (GtkWidget *message, const char *label)
{
  order_press (message, label);
  g_assert_true (wb_test_wait_for (is_closed, NULL, ORDER_DEADLINE_MS));
}

static GtkWidget *
main_window (void)
{
  return GTK_WIDGET (wb_application_ensure_window (order_application ()));
}

/* It goes with all it has, what went is told, and with no other profile there the ways in are shown. */
static void
test_last (void)
{
  g_autofree char *id = NULL, *folder = NULL;
  GtkWidget *preferences, *message;

  open_sandbox ();
  id = current_id ();
  folder = folder_of (id);
  run_sql ("INSERT INTO orders (id, customer_id, customer, state, created) VALUES ('o1', 'c', 'Oak', 'live', 1)");
  message = ask_to_forget (&preferences);
  order_wait_text (message, "1 order");
  order_wait_text (message, "no money moves");
  order_shots (message, "forget-question");
  g_assert_false (may_forget (message));
  type_name (message, "sandbox");
  g_assert_false (may_forget (message));
  type_name (message, " Sandbox ");
  g_assert_true (may_forget (message));
  order_press (message, "Forget Profile");
  message = order_wait_message (main_window ());
  order_wait_text (message, "Is Forgotten");
  order_wait_text (message, "1 order");
  order_shots (message, "forget-done");
  g_assert_null (current ());
  g_assert_null (wb_application_get_sandbox (order_application ()));
  g_assert_null (find_window (ADW_TYPE_PREFERENCES_WINDOW));
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  g_assert_null (remembered_width (id));
  close_message (message, "Close");
  order_wait_text (main_window (), "Try It First");
}

static char *
add_other (const char *name)
{
  g_autoptr (WbProfileInfo) info = wb_profile_info_new (name, WB_PROFILE_VENDOR_SANDBOX);

  g_free (info->base_url);
  info->base_url = g_strdup ("http://127.0.0.1:9/api");
  g_assert_true (wb_profile_info_save (info, wb_application_get_data_dir (order_application ()), NULL));
  return g_strdup (info->id);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  wb_application_open_profile_finish (WB_APPLICATION (source), result, &error);
  g_assert_no_error (error);
}

/* A name that is markup to who reads it so; an order under way is let go of by hand; then the other one is shown. */
static void
test_under_way (void)
{
  g_autofree char *id = NULL, *other = NULL, *folder = NULL;
  GtkWidget *preferences, *message;

  open_sandbox ();
  other = current_id ();
  id = add_other ("A & B <b> “x” %s");
  folder = folder_of (id);
  wb_application_open_profile_async (order_application (), id, NULL, NULL, opened_cb, NULL);
  wait_profile (id);
  run_sql ("INSERT INTO orders (id, order_id, customer_id, customer, state, about, created)"
           " VALUES ('o1', '7QH2M9ZC4XK81TBVPEA', 'c', 'Brightloom <b>', 'being-made', 10620, 1700000000000000)");
  message = ask_to_forget (&preferences);
  order_wait_text (message, "1 order is still under way");
  order_wait_text (message, "Brightloom <b> · $106.20");
  order_shots (message, "forget-under-way");
  type_name (message, "A & B <b> “x” %s");
  g_assert_false (may_forget (message));
  order_press (message, "I have noted it");
  g_assert_true (may_forget (message));
  order_press (message, "Forget Profile");
  message = order_wait_message (main_window ());
  order_wait_text (message, "The key");
  close_message (message, "Close");
  wait_profile (other);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
}

/* One that was paid while the dialog was open is told of, and nothing is lost by what was said before. */
static void
test_meanwhile (void)
{
  g_autofree char *id = NULL, *folder = NULL;
  GtkWidget *preferences, *message;

  open_sandbox ();
  id = current_id ();
  folder = folder_of (id);
  message = ask_to_forget (&preferences);
  type_name (message, "Sandbox");
  run_sql ("INSERT INTO orders (id, customer_id, customer, state, created) VALUES ('o9', 'c', 'Oak', 'paying', 1)");
  order_press (message, "Forget Profile");
  g_assert_true (wb_test_wait_for (is_closed, NULL, ORDER_DEADLINE_MS));
  message = order_wait_message (preferences);
  order_wait_text (message, "1 order is still under way");
  close_message (message, "Cancel");
  g_assert_true (has_profile (id));
  g_assert_true (g_file_test (folder, G_FILE_TEST_EXISTS));
  gtk_window_destroy (GTK_WINDOW (preferences));
  run_sql ("DELETE FROM orders");
}

/* What may still go out is not forgotten: no button does it. */
static void
test_waiting (void)
{
  GtkWidget *preferences, *message;

  open_sandbox ();
  run_sql ("INSERT INTO operations (id, run, op, state, paid, destructive, target, created, updated)"
           " VALUES ('w1', 'r', 'update_user', 'queued', 0, 0, 'c1', 1, 1)");
  message = ask_to_forget (&preferences);
  order_wait_text (message, "1 change waits to be sent");
  order_shots (message, "forget-waiting");
  g_assert_null (order_find_button (message, "Forget Profile"));
  close_message (message, "Show Activity");
  g_assert_null (find_window (ADW_TYPE_PREFERENCES_WINDOW));
  order_wait_text (main_window (), "Activity");
  run_sql ("DELETE FROM operations");
}

/* Opened by somebody else between the question and its end: nothing happened, and it is shown again. */
static void
test_elsewhere (void)
{
  g_autofree char *id = NULL, *folder = NULL, *marked = NULL, *name = NULL;
  GtkWidget *preferences, *message;

  open_sandbox ();
  id = current_id ();
  folder = folder_of (id);
  name = g_strconcat (".forgotten-", id, "/in-the-way", NULL);
  marked = folder_of (name);
  message = ask_to_forget (&preferences);
  type_name (message, "Sandbox");
  g_assert_cmpint (g_mkdir_with_parents (marked, 0700), ==, 0);
  order_press (message, "Forget Profile");
  message = order_wait_message (main_window ());
  order_wait_text (message, "Was Not Forgotten");
  close_message (message, "Close");
  wait_profile (id);
  g_assert_true (g_file_test (folder, G_FILE_TEST_EXISTS));
  store_remove_tree (marked);
  *strrchr (marked, '/') = '\0';
  store_remove_tree (marked);
}

int
main (int argc, char **argv)
{
  order_test_init (&argc, &argv);
  g_test_add_func ("/forget/under-way", test_under_way);
  g_test_add_func ("/forget/meanwhile", test_meanwhile);
  g_test_add_func ("/forget/waiting", test_waiting);
  g_test_add_func ("/forget/elsewhere", test_elsewhere);
  g_test_add_func ("/forget/last", test_last);
  return g_test_run ();
}
