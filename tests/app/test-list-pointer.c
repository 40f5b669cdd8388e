// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "list-fixture.h"

#include "ui-test.h"
#include "wb-compat.h"

/* A list of the main window under the display's pointer. */

/* What is done with the pointer at a point of a row. */
static void
at (List *list, guint position, int x, const char *what)
{
  GtkWidget *view = wb_collection_page_get_list (list->page);
  graphene_point_t point;
  GdkRectangle bounds;
  double left, top;

  while (!wb_compat_list_row_bounds (view, position, &bounds))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (gtk_widget_compute_point (view, list->window, &GRAPHENE_POINT_INIT ((float) (bounds.x + x), (float) (bounds.y + bounds.height / 2)), &point));
  gtk_native_get_surface_transform (GTK_NATIVE (list->window), &left, &top);
  ui_xdotool ("mousemove %d %d %s", (int) (left + point.x), (int) (top + point.y), what);
}

typedef struct {
  List *list;
  guint n;
  const char *id;
} Chosen;

static gboolean
are_chosen (gpointer data)
{
  Chosen *chosen = data;
  g_autofree char *id = NULL;

  g_object_get (chosen->list->page->selection, "selected-id", &id, NULL);
  return wb_row_selection_get_n_selected (chosen->list->page->selection) == chosen->n
         && (chosen->id == NULL || g_strcmp0 (id, chosen->id) == 0);
}

static void
wait_chosen (List *list, guint n, const char *id)
{
  Chosen chosen = { list, n, id };

  g_assert_true (wb_test_wait_for (are_chosen, &chosen, WB_TEST_DEADLINE_MS));
}

static gboolean
has_menu (gpointer list)
{
  GtkWidget *menu = ((List *) list)->page->row_menu;

  return menu != NULL && gtk_widget_get_mapped (menu);
}

static gboolean
has_no_menu (gpointer list)
{
  return !has_menu (list);
}

/* It lets go of the pointer, and the display knows. */
static void
close_menu (List *list)
{
  gtk_popover_popdown (GTK_POPOVER (list->page->row_menu));
  g_assert_true (wb_test_wait_for (has_no_menu, list, WB_TEST_DEADLINE_MS));
  gdk_display_sync (gdk_display_get_default ());
}

typedef struct {
  GtkWidget *view;
  guint position;
  int x;
} Box;

static gboolean
has_box (gpointer data)
{
  Box *box = data;
  GdkRectangle bounds;

  return wb_compat_list_row_bounds (box->view, box->position, &bounds)
         && wb_row_check_is_at (box->view, bounds.x + box->x, bounds.y + bounds.height / 2);
}

static void
press_box (List *list, guint position, int x)
{
  Box box = { wb_collection_page_get_list (list->page), position, x };

  g_assert_true (wb_test_wait_for (has_box, &box, WB_TEST_DEADLINE_MS));
  at (list, position, x, "click 1");
}

static gboolean
shows_pane (gpointer list)
{
  return adw_flap_get_reveal_flap (((List *) list)->page->flap);
}

static gboolean
has_second (gpointer list)
{
  return gtk_selection_model_is_selected (GTK_SELECTION_MODEL (((List *) list)->page->selection), 1);
}

/* The menu of a row is that of all that are selected, where it is one of them, and its own where it is not. */
static void
check_pointer (int width)
{
  Store *store = store_new (NULL);
  List list;
  gboolean narrow = width < 520;

  list_add_orders (store, 6);
  list = list_new (store, WB_COLLECTION_ORDERS, width);
  list_wait_rows (&list, 6);
  at (&list, 2, 100, "click 3");
  g_assert_true (wb_test_wait_for (has_menu, &list, WB_TEST_DEADLINE_MS));
  wait_chosen (&list, 1, "o2");
  close_menu (&list);
  at (&list, 4, 100, "keydown ctrl click 1 keyup ctrl");
  wait_chosen (&list, 2, NULL);
  at (&list, 4, 100, "click 3");
  g_assert_true (wb_test_wait_for (has_menu, &list, WB_TEST_DEADLINE_MS));
  wait_chosen (&list, 2, NULL);
  close_menu (&list);
  /* With several there is a box in each row; a range begins at one. */
  press_box (&list, 0, narrow ? 20 : 26);
  wait_chosen (&list, 3, NULL);
  press_box (&list, 0, narrow ? 20 : 26);
  wait_chosen (&list, 2, NULL);
  at (&list, 1, 100, "keydown shift click 1 keyup shift");
  g_assert_true (wb_test_wait_for (has_second, &list, WB_TEST_DEADLINE_MS));
  g_assert_true (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (list.page->selection), 0));
  wait_chosen (&list, 2, NULL);
  at (&list, 3, 100, "click 1");
  wait_chosen (&list, 1, "o3");
  list_free (&list);
}

static void
test_table (void)
{
  check_pointer (1000);
}

static void
test_rows (void)
{
  check_pointer (400);
}

/* Where the pane lies over the list a click shows it. */
static void
test_shows_pane (void)
{
  Store *store = store_new (NULL);
  List list;

  list_add_orders (store, 6);
  list = list_new (store, WB_COLLECTION_ORDERS, 400);
  list_wait_rows (&list, 6);
  g_assert_false (shows_pane (&list));
  at (&list, 2, 100, "click 1");
  wait_chosen (&list, 1, "o2");
  g_assert_true (wb_test_wait_for (shows_pane, &list, WB_TEST_DEADLINE_MS));
  list_free (&list);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/lists/pointer/table", test_table);
  g_test_add_func ("/lists/pointer/rows", test_rows);
  g_test_add_func ("/lists/pointer/shows-pane", test_shows_pane);
  return g_test_run ();
}
