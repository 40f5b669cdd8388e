// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "list-fixture.h"

#include "ui-test.h"
#include "wb-compat.h"

/* A refresh moves nothing that is looked at, and shows what it changed. */

/* Twice and more what a view keeps widgets of. */
#define LONG_LIST 600

static void
add_many (Store *store)
{
  list_run_sql (store, "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
                  " INSERT INTO orders (id, order_id, customer_id, customer, provider, state, mailboxes, taken, domains, search, created)"
                  " SELECT 'o' || i, 'O' || i, 'c', 'Customer ' || i, 'GOOGLE', 'live', 1, 100, 'a.example', 'Customer ' || i, 1000000 - i FROM n",
           LONG_LIST - 1);
}

static void
add_newer (Store *store, guint from, guint n)
{
  for (guint i = from; i < from + n; i++)
    list_run_sql (store, "INSERT INTO orders (id, customer_id, customer, search, state, created) VALUES ('n%u', 'c', 'New', 'New', 'live', %u)",
             i, 2000000 + i);
  g_signal_emit_by_name (store->profile, "rows-changed", WB_COLLECTION_ORDERS);
}

static GtkAdjustment *
scrolling (List *list)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (wb_collection_page_get_list (list->page)));
}

/* The first row on the screen, and where it stands. */
static char *
first_shown (List *list, int *y)
{
  GtkWidget *view = wb_collection_page_get_list (list->page);
  guint position = wb_compat_list_first_shown (view);
  g_autoptr (WbRow) row = g_list_model_get_item (G_LIST_MODEL (list->page->model), position);
  GdkRectangle bounds = { 0 };

  g_assert_true (wb_compat_list_row_bounds (view, position, &bounds));
  *y = bounds.y;
  return g_strdup (wb_row_get_id (row));
}

static void
scroll_to (List *list, double value)
{
  gtk_adjustment_set_value (scrolling (list), value);
  ui_wait_frames (list->window);
}

static void
check_place (List *list, const char *id, int y)
{
  g_autofree char *first = NULL;
  int at;

  ui_wait_frames (list->window);
  first = first_shown (list, &at);
  g_assert_cmpstr (first, ==, id);
  g_assert_cmpint (at, ==, y);
}

static void
check_pill (List *list, const char *label)
{
  g_assert_cmpint (gtk_widget_get_visible (list->page->fresh), ==, label != NULL);
  if (label != NULL)
    g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (list->page->fresh)), ==, label);
}

static void
follow_place (List *list, double value, guint from)
{
  g_autofree char *id = NULL;
  guint n = list_n_rows (list);
  int y;

  scroll_to (list, value);
  id = first_shown (list, &y);
  g_test_message ("at %g: %s at %d", value, id, y);
  add_newer (list->store, from, 4);
  list_wait_rows (list, n + 4);
  check_place (list, id, y);
  check_pill (list, "4 new ↑");
  add_newer (list->store, from + 4, 1);
  list_wait_rows (list, n + 5);
  check_place (list, id, y);
  check_pill (list, "5 new ↑");
  /* One that goes above is no news, and moves nothing. */
  list_run_sql (list->store, "DELETE FROM orders WHERE id = 'n%u'", from);
  g_signal_emit_by_name (list->store->profile, "rows-changed", WB_COLLECTION_ORDERS);
  list_wait_rows (list, n + 4);
  check_place (list, id, y);
}

static gboolean
is_at_top (gpointer list)
{
  return gtk_adjustment_get_value (scrolling (list)) <= 0;
}

static gboolean
first_has_focus (gpointer list)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (((List *) list)->window));
  GdkRectangle bounds;
  graphene_rect_t rect;

  return focus != NULL && wb_compat_list_row_bounds (wb_collection_page_get_list (((List *) list)->page), 0, &bounds)
         && gtk_widget_compute_bounds (focus, wb_collection_page_get_list (((List *) list)->page), &rect)
         && (int) rect.origin.y == bounds.y;
}

static void
check_fresh (int width)
{
  Store *store = store_new (NULL);
  List list;
  guint n;

  add_many (store);
  list = list_new (store, WB_COLLECTION_ORDERS, width);
  list_wait_rows (&list, LONG_LIST);
  ui_wait_frames (list.window);
  check_pill (&list, NULL);
  follow_place (&list, 1234, 0);
  order_press (list.window, "5 new ↑");
  g_assert_true (wb_test_wait_for (is_at_top, &list, WB_TEST_DEADLINE_MS));
  g_assert_true (wb_test_wait_for (first_has_focus, &list, WB_TEST_DEADLINE_MS));
  check_pill (&list, NULL);
  list_wait_first (&list, "n4");
  list_assert_selected (&list, "o0");
  /* Far below the head; seen by scrolling there is seen as well. */
  follow_place (&list, 21000, 10);
  scroll_to (&list, 0);
  check_pill (&list, NULL);
  /* Who is at the top sees what comes there, and another question has no news. */
  n = list_n_rows (&list);
  add_newer (store, 100, 2);
  list_wait_rows (&list, n + 2);
  ui_wait_frames (list.window);
  g_assert_true (is_at_top (&list));
  check_pill (&list, NULL);
  scroll_to (&list, 5000);
  add_newer (store, 200, 1);
  list_wait_rows (&list, n + 3);
  check_pill (&list, "1 new ↑");
  wb_collection_page_search (list.page, "Customer");
  list_wait_rows (&list, LONG_LIST);
  check_pill (&list, NULL);
  list_free (&list);
}

static void
test_fresh (void)
{
  check_fresh (1000);
}

static void
test_fresh_rows (void)
{
  check_fresh (400);
}

/* The same row with other values flashes, and no other; none where motion is not wanted. */

static gboolean
flashes (List *list, guint position)
{
  GtkWidget *view = wb_collection_page_get_list (list->page);

  for (GtkWidget *row = gtk_widget_get_first_child (view); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      graphene_rect_t rect;
      GdkRectangle bounds = { 0 };

      if (wb_compat_list_row_bounds (view, position, &bounds) && gtk_widget_compute_bounds (row, view, &rect)
          && (int) rect.origin.y == bounds.y && gtk_widget_has_css_class (row, "flash"))
        return TRUE;
    }
  return FALSE;
}

static gboolean
first_flashes (gpointer list)
{
  return flashes (list, 0);
}

static gboolean
first_is_calm (gpointer list)
{
  return !flashes (list, 0);
}

static void
change_first (List *list, guint mailboxes)
{
  list_run_sql (list->store, "UPDATE orders SET mailboxes = %u WHERE id = 'o0'", mailboxes);
  g_signal_emit_by_name (list->store->profile, "rows-changed", WB_COLLECTION_ORDERS);
}

static gboolean
has_78 (gpointer list)
{
  g_autoptr (WbRow) row = g_list_model_get_item (G_LIST_MODEL (((List *) list)->page->model), 0);

  return wb_row_get_int (row, "mailboxes") == 78;
}

static void
check_flash (int width)
{
  Store *store = store_new (NULL);
  List list;

  list_add_orders (store, 4);
  list = list_new (store, WB_COLLECTION_ORDERS, width);
  list_wait_rows (&list, 4);
  ui_wait_frames (list.window);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  change_first (&list, 77);
  g_assert_true (wb_test_wait_for (first_flashes, &list, WB_TEST_DEADLINE_MS));
  g_assert_false (flashes (&list, 1));
  g_assert_true (wb_test_wait_for (first_is_calm, &list, WB_TEST_DEADLINE_MS));
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  change_first (&list, 78);
  g_assert_true (wb_test_wait_for (has_78, &list, WB_TEST_DEADLINE_MS));
  g_assert_false (flashes (&list, 0));
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  /* Another row at its place is not a changed one. */
  add_newer (store, 0, 1);
  list_wait_rows (&list, 5);
  wb_collection_page_search (list.page, "Oakline");
  list_wait_rows (&list, 2);
  g_assert_false (flashes (&list, 0));
  /* It may go while it flashes. */
  wb_collection_page_search (list.page, "");
  list_wait_rows (&list, 5);
  change_first (&list, 79);
  g_assert_true (wb_test_wait_for (first_flashes, &list, WB_TEST_DEADLINE_MS));
  list_free (&list);
}

static void
test_flash (void)
{
  check_flash (1000);
}

static void
test_flash_rows (void)
{
  check_flash (400);
}

typedef struct {
  List *list;
  guint position;
} Place;

/* The row stands wholly on the screen, with rows round it that are laid out. */
static gboolean
is_on_screen (gpointer data)
{
  Place *place = data;
  GtkWidget *view = wb_collection_page_get_list (place->list->page);
  GdkRectangle bounds = { 0 };

  return wb_compat_list_row_bounds (view, place->position, &bounds) && bounds.height > 20 && bounds.y >= 0
         && bounds.y + bounds.height <= gtk_widget_get_height (view) && wb_compat_list_first_shown (view) > 0
         && wb_compat_list_first_shown (view) <= place->position;
}

/* A window that is made narrow and wide again shows the row that was looked at, with the focus, both times. */
static void
test_width_changes (void)
{
  static const int widths[] = { 400, 1200, 400 };
  Store *store = store_new (NULL);
  List list;
  Place place = { &list, LONG_LIST / 2 };

  add_many (store);
  list = list_new (store, WB_COLLECTION_ORDERS, 1200);
  list_wait_rows (&list, LONG_LIST);
  wb_collection_page_focus_list (list.page);
  wb_collection_page_select (list.page, "o300");
  g_assert_true (wb_test_wait_for (is_on_screen, &place, WB_TEST_DEADLINE_MS));
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      gboolean as_rows = list.page->as_rows;

      gtk_window_set_default_size (GTK_WINDOW (list.window), widths[i], 700);
      while (list.page->as_rows == as_rows)
        g_main_context_iteration (NULL, TRUE);
      ui_wait_frames (list.window);
      g_assert_true (wb_test_wait_for (is_on_screen, &place, WB_TEST_DEADLINE_MS));
      list_assert_selected (&list, "o300");
    }
  list_free (&list);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/lists/fresh/place-is-kept", test_fresh);
  g_test_add_func ("/lists/fresh/place-is-kept-in-rows", test_fresh_rows);
  g_test_add_func ("/lists/place/width-changes", test_width_changes);
  g_test_add_func ("/lists/flash/of-a-changed-row", test_flash);
  g_test_add_func ("/lists/flash/of-a-changed-row-in-rows", test_flash_rows);
  return g_test_run ();
}
