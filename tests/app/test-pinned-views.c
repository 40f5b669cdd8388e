// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "list-fixture.h"

#include "wb-sidebar-private.h"
#include "wb-views-popover.h"
#include "wb-window-private.h"

/* Views that are pinned to the sidebar: there, in order, and what they show. */

typedef struct {
  Store *store;
  WbWindow *window;
  char *ids[3];
} World;

static WbSavedViews *
views_of (World *world)
{
  return wb_profile_get_views (world->store->profile);
}

static void
set_up (World *world, gconstpointer data)
{
  static const char *const bodies[] = { "{'filters': 'state:failed'}", "{'search': 'oak'}", "{'chip': 'live'}" };
  static const char *const names[] = { "Broken <b>", "Oak", "Live ones" };

  world->store = store_new (NULL);
  order_application ();
  list_add_orders (world->store, 6);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    world->ids[i] = g_strdup (wb_saved_views_add (views_of (world), WB_COLLECTION_ORDERS, names[i], bodies[i]));
  world->window = wb_window_new (GTK_APPLICATION (order_application ()));
  wb_window_set_profile (world->window, world->store->profile);
  wb_window_show_section (world->window, WB_COLLECTION_ACTIVITY);
  gtk_window_present (GTK_WINDOW (world->window));
  order_wait_text (GTK_WIDGET (world->window), "Activity");
}

static void
tear_down (World *world, gconstpointer data)
{
  wb_window_set_profile (world->window, NULL);
  gtk_window_destroy (GTK_WINDOW (world->window));
  for (guint i = 0; i < G_N_ELEMENTS (world->ids); i++)
    g_free (world->ids[i]);
  store_free (world->store);
}

static GtkListBox *
list_of (World *world)
{
  return world->window->sidebar->list;
}

/* "Orders(Oak) Activity …": what the sidebar holds. */
static char *
dup_rows (World *world)
{
  GString *text = g_string_new (NULL);
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (list_of (world), i)) != NULL; i++)
    {
      const WbSidebarRow *one = wb_sidebar_row_of (row);
      const WbSavedView *view = one->view != NULL ? wb_saved_views_find (views_of (world), one->view) : NULL;

      if (i < 5)
        g_string_append_printf (text, "%s%s", i > 0 ? " " : "", view != NULL ? view->name : one->section->title);
    }
  return g_string_free (text, FALSE);
}

typedef struct {
  World *world;
  const char *rows;
} Want;

static gboolean
has_rows (gpointer data)
{
  Want *want = data;
  g_autofree char *rows = dup_rows (want->world);

  return g_str_equal (rows, want->rows);
}

static void
wait_rows (World *world, const char *rows)
{
  Want want = { world, rows };

  if (!wb_test_wait_for (has_rows, &want, WB_TEST_DEADLINE_MS))
    g_error ("“%s” is not “%s”", dup_rows (world), rows);
}

static GtkListBoxRow *
row_of (World *world, guint i)
{
  return wb_sidebar_find_row (world->window->sidebar, WB_COLLECTION_ORDERS, world->ids[i]);
}

static gboolean
press_key (GtkWidget *widget, guint keyval, GdkModifierType state)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean taken = FALSE;

  for (guint i = 0; !taken && i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, state, &taken);
    }
  return taken;
}

/* As the pointer does it: what one row gives is dropped on another. */
static gboolean
drag (GtkWidget *from, GtkWidget *to)
{
  g_autoptr (GListModel) sources = gtk_widget_observe_controllers (from), targets = gtk_widget_observe_controllers (to);
  g_autoptr (GdkContentProvider) content = NULL;
  g_auto (GValue) value = G_VALUE_INIT;
  g_autoptr (GdkContentFormats) formats = NULL;
  gboolean taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (sources); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (sources, i);

      if (GTK_IS_DRAG_SOURCE (controller))
        g_signal_emit_by_name (controller, "prepare", 1.0, 1.0, &content);
    }
  g_assert_nonnull (content);
  formats = gdk_content_provider_ref_formats (content);
  g_value_init (&value, gdk_content_formats_get_gtypes (formats, NULL)[0]);
  g_assert_true (gdk_content_provider_get_value (content, &value, NULL));
  for (guint i = 0; i < g_list_model_get_n_items (targets); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (targets, i);

      if (GTK_IS_DROP_TARGET (controller))
        g_signal_emit_by_name (controller, "drop", &value, 1.0, 1.0, &taken);
    }
  return taken;
}

static WbCollectionPage *
page_of (World *world)
{
  return WB_COLLECTION_PAGE (gtk_stack_get_visible_child (world->window->pages));
}

static gboolean
shows_two (gpointer world)
{
  return g_list_model_get_n_items (G_LIST_MODEL (page_of (world)->model)) == 2;
}

static void
test_pin (World *world, gconstpointer data)
{
  wait_rows (world, "Orders Activity Customers Domains Mailboxes");
  wb_saved_views_set_pinned (views_of (world), world->ids[0], TRUE);
  wb_saved_views_set_pinned (views_of (world), world->ids[1], TRUE);
  wait_rows (world, "Orders Broken <b> Oak Activity Customers");
  /* The section that is shown stays selected. */
  g_assert_true (gtk_list_box_get_selected_row (list_of (world)) == wb_sidebar_find_row (world->window->sidebar, WB_COLLECTION_ACTIVITY, NULL));
  order_shots (GTK_WIDGET (world->window), "pinned");
  gtk_widget_activate (GTK_WIDGET (row_of (world, 0)));
  g_assert_true (gtk_list_box_get_selected_row (list_of (world)) == row_of (world, 0));
  g_assert_cmpint (wb_collection_page_get_collection (page_of (world)), ==, WB_COLLECTION_ORDERS);
  g_assert_true (wb_test_wait_for (shows_two, world, WB_TEST_DEADLINE_MS));
  /* Another name, and another order: still the one that is selected. */
  wb_saved_views_rename (views_of (world), world->ids[0], "Failed");
  wait_rows (world, "Orders Failed Oak Activity Customers");
  g_assert_true (gtk_list_box_get_selected_row (list_of (world)) == row_of (world, 0));
  wb_saved_views_remove (views_of (world), world->ids[0]);
  wait_rows (world, "Orders Oak Activity Customers Domains");
  g_assert_true (gtk_list_box_get_selected_row (list_of (world)) == wb_sidebar_find_row (world->window->sidebar, WB_COLLECTION_ORDERS, NULL));
  wb_saved_views_undo_remove (views_of (world));
  wait_rows (world, "Orders Failed Oak Activity Customers");
}

/* In the order of the views, which keys and the pointer change: past one that is not pinned as well. */
static void
test_order (World *world, gconstpointer data)
{
  GtkWidget *list = GTK_WIDGET (list_of (world));

  wb_saved_views_set_pinned (views_of (world), world->ids[0], TRUE);
  wb_saved_views_set_pinned (views_of (world), world->ids[2], TRUE);
  wait_rows (world, "Orders Broken <b> Live ones Activity Customers");
  gtk_widget_grab_focus (GTK_WIDGET (row_of (world, 2)));
  g_assert_true (press_key (list, GDK_KEY_Up, GDK_ALT_MASK));
  wait_rows (world, "Orders Live ones Broken <b> Activity Customers");
  /* The focus goes along. */
  g_assert_true (gtk_widget_get_focus_child (list) == GTK_WIDGET (row_of (world, 2)));
  press_key (list, GDK_KEY_Up, GDK_ALT_MASK);
  g_assert_true (press_key (list, GDK_KEY_Down, GDK_ALT_MASK));
  wait_rows (world, "Orders Broken <b> Live ones Activity Customers");
  g_assert_false (press_key (list, GDK_KEY_Down, 0));
  g_assert_true (drag (GTK_WIDGET (row_of (world, 2)), GTK_WIDGET (row_of (world, 0))));
  wait_rows (world, "Orders Live ones Broken <b> Activity Customers");
}

static gboolean
is_unmapped (gpointer widget)
{
  return !gtk_widget_get_mapped (widget);
}

static void
test_menu (World *world, gconstpointer data)
{
  wb_saved_views_set_pinned (views_of (world), world->ids[0], TRUE);
  wait_rows (world, "Orders Broken <b> Activity Customers Domains");
  gtk_widget_grab_focus (GTK_WIDGET (row_of (world, 0)));
  g_assert_true (press_key (GTK_WIDGET (list_of (world)), GDK_KEY_Menu, 0));
  g_assert_nonnull (world->window->sidebar->menu);
  order_wait_text (world->window->sidebar->menu, "Unpin from Sidebar");
  gtk_widget_activate_action (GTK_WIDGET (row_of (world, 0)), "pinned.unpin", "s", world->ids[0]);
  /* As a menu does when something of it is chosen. */
  gtk_popover_popdown (GTK_POPOVER (world->window->sidebar->menu));
  g_assert_true (wb_test_wait_for (is_unmapped, world->window->sidebar->menu, WB_TEST_DEADLINE_MS));
  wait_rows (world, "Orders Activity Customers Domains Mailboxes");
  g_assert_false (wb_saved_views_find (views_of (world), world->ids[0])->pinned);
}

/* The same in the popover of the list: pinning, keys, dragging. */

static GtkWidget *
open_views (World *world)
{
  wb_window_show_section (world->window, WB_COLLECTION_ORDERS);
  order_wait_text (GTK_WIDGET (world->window), "6 orders");
  gtk_widget_activate_action (GTK_WIDGET (page_of (world)), "collection.views", NULL);
  return GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (page_of (world)->views)));
}

static GtkWidget *
own_row (GtkWidget *popover, const char *name)
{
  return gtk_widget_get_parent (order_wait_shown (popover, name));
}

static gboolean
is_in_order (gpointer data)
{
  Want *want = data;
  guint n;
  g_autofree const WbSavedView **views = wb_saved_views_list (views_of (want->world), WB_COLLECTION_ORDERS, &n);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s", views[i]->name, views[i]->pinned ? "*" : "");
  return g_str_equal (text->str, want->rows);
}

static void
wait_order (World *world, const char *order)
{
  Want want = { world, order };

  g_assert_true (wb_test_wait_for (is_in_order, &want, WB_TEST_DEADLINE_MS));
}

static gboolean
oak_has_focus (gpointer popover)
{
  return gtk_widget_get_focus_child (gtk_widget_get_parent (own_row (popover, "Oak"))) == own_row (popover, "Oak");
}

static void
test_popover (World *world, gconstpointer data)
{
  GtkWidget *popover = open_views (world);

  gtk_widget_activate_action (own_row (popover, "Oak"), "views.pin", "s", world->ids[1]);
  wait_order (world, "Broken <b>Oak*Live ones");
  wait_rows (world, "Orders Oak Activity Customers Domains");
  order_wait_shown (popover, "Oak");
  order_shot (popover, "pinned-popover");
  gtk_widget_grab_focus (order_find_button (popover, "Oak"));
  g_assert_true (press_key (popover, GDK_KEY_Up, GDK_ALT_MASK));
  wait_order (world, "Oak*Broken <b>Live ones");
  g_assert_true (wb_test_wait_for (oak_has_focus, popover, WB_TEST_DEADLINE_MS));
  g_assert_true (press_key (popover, GDK_KEY_Down, GDK_ALT_MASK));
  wait_order (world, "Broken <b>Oak*Live ones");
  g_assert_true (drag (own_row (popover, "Live ones"), own_row (popover, "Broken")));
  wait_order (world, "Live onesBroken <b>Oak*");
  gtk_widget_activate_action (own_row (popover, "Oak"), "views.unpin", "s", world->ids[1]);
  wait_order (world, "Live onesBroken <b>Oak");
  wait_rows (world, "Orders Activity Customers Domains Mailboxes");
}

int
main (int argc, char **argv)
{
  order_test_init (&argc, &argv);
#define ADD(path, func) g_test_add ("/pinned-views/" path, World, NULL, set_up, func, tear_down)
  ADD ("pin", test_pin);
  ADD ("order", test_order);
  ADD ("menu", test_menu);
  ADD ("popover", test_popover);
  return g_test_run ();
}
