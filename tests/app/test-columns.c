// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "list-fixture.h"

#include "wb-column-layout.h"

/* Which columns a table shows: as text, by its chooser, and again after the page was made anew. */

static void
test_text (void)
{
  static const struct {
    const char *text, *read;
  } cases[] = {
    { "", "mailboxes state cents made -order-id -live -failed" },
    { "made", "made mailboxes state cents -order-id -live -failed" },
    { "made:200 -mailboxes order-id", "made:200 -mailboxes order-id state cents -live -failed" },
    /* The state never leaves; no column is wider than a screen or too small to be seen. */
    { "-state cents:3 made:99999999999", "state cents:40 made:1000 mailboxes -order-id -live -failed" },
    /* Of another version, told twice, or no text of ours at all. */
    { "gone made -gone:5 made:70 : - customer", "made mailboxes state cents -order-id -live -failed" },
  };
  const WbCollectionWords *words = wb_collection_words (WB_COLLECTION_ORDERS);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) layout = wb_column_layout_parse (words, cases[i].text), again = NULL;
      g_autofree char *read = wb_column_layout_to_text (words, layout), *same = NULL;

      g_assert_cmpstr (read, ==, cases[i].read);
      again = wb_column_layout_parse (words, read);
      same = wb_column_layout_to_text (words, again);
      g_assert_cmpstr (same, ==, read);
    }
}

static gboolean
is_settled (gpointer page)
{
  return WB_COLLECTION_PAGE (page)->layout_id == 0;
}

static void
settle (List *list)
{
  g_assert_true (wb_test_wait_for (is_settled, list->page, WB_TEST_DEADLINE_MS));
}

static gboolean
is_shown (List *list, guint column)
{
  return wb_titles_is_shown (list->page->titles, column);
}

static GtkWidget *
find_tick (GtkWidget *widget, const char *label)
{
  GtkWidget *found = GTK_IS_CHECK_BUTTON (widget) && g_strcmp0 (gtk_check_button_get_label (GTK_CHECK_BUTTON (widget)), label) == 0 ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL; child = gtk_widget_get_next_sibling (child))
    found = find_tick (child, label);
  return found;
}

static gboolean
is_dropped (gpointer page)
{
  return WB_COLLECTION_PAGE (page)->column_popover == NULL;
}

static void
test_chooser (void)
{
  Store *store = store_new (NULL);
  GtkWidget *popover;
  List list;

  list_add_orders (store, 3);
  list = list_new (store, WB_COLLECTION_ORDERS, 1900);
  list_wait_rows (&list, 3);
  settle (&list);
  g_assert_true (wb_titles_get_at (list.page->titles, 1) == 1);
  g_assert_false (is_shown (&list, 5));
  gtk_widget_activate_action (GTK_WIDGET (list.page), "collection.columns", NULL);
  popover = list.page->column_popover;
  g_assert_nonnull (popover);
  g_assert_false (gtk_widget_is_sensitive (find_tick (popover, "Customer and domains")));
  g_assert_false (gtk_widget_is_sensitive (find_tick (popover, "State")));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_tick (popover, "Mailboxes")), FALSE);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_tick (popover, "Order id")), TRUE);
  settle (&list);
  g_assert_false (is_shown (&list, 1));
  g_assert_true (is_shown (&list, 5));
  order_press (popover, "Move “Made” Up");
  settle (&list);
  g_assert_true (wb_titles_get_at (list.page->titles, 3) == 4);
  /* Sorting still knows which column is meant. */
  wb_titles_sort (list.page->titles, 3, TRUE);
  list_wait_first (&list, "o2");
  g_assert_cmpint (list.page->sorted, ==, 3);
  g_assert_cmpstr (wb_profile_get_fact (store->profile, "columns-orders"), ==, "-mailboxes state made cents order-id -live -failed");
  order_press (popover, "Reset");
  settle (&list);
  g_assert_true (is_shown (&list, 1));
  g_assert_true (wb_titles_get_at (list.page->titles, 3) == 3);
  g_assert_cmpstr (wb_profile_get_fact (store->profile, "columns-orders"), ==, "");
  gtk_popover_popdown (GTK_POPOVER (popover));
  g_assert_true (wb_test_wait_for (is_dropped, list.page, WB_TEST_DEADLINE_MS));
  list_free (&list);
}

static gboolean
is_saved (gpointer page)
{
  return WB_COLLECTION_PAGE (page)->save_id == 0;
}

/* The next start shows them the same way; what does not fit still steps aside. */
static void
test_kept (void)
{
  Store *store = store_new (NULL);
  List list;

  list_add_orders (store, 3);
  list = list_new (store, WB_COLLECTION_ORDERS, 1900);
  list_wait_rows (&list, 3);
  settle (&list);
  wb_titles_resize (list.page->titles, 3, 222);
  gtk_widget_activate_action (GTK_WIDGET (list.page), "collection.hide-column", "u", 4);
  gtk_widget_activate_action (GTK_WIDGET (list.page), "collection.hide-column", "u", 2);
  settle (&list);
  g_assert_true (wb_test_wait_for (is_saved, list.page, WB_TEST_DEADLINE_MS));
  gtk_window_destroy (GTK_WINDOW (list.window));
  store_reopen (store);
  list = list_new (store, WB_COLLECTION_ORDERS, 1900);
  settle (&list);
  g_assert_false (is_shown (&list, 4));
  g_assert_true (is_shown (&list, 2));
  g_assert_true (is_shown (&list, 1));
  g_assert_cmpint (wb_titles_get_width (list.page->titles, 3), ==, 222);
  wb_collection_page_fit_columns (list.page, 600, 1);
  g_assert_false (is_shown (&list, 1));
  g_assert_true (is_shown (&list, 3));
  g_assert_true (is_shown (&list, 2));
  list_free (&list);
}

/* Where there is no table there is nothing to choose. */
static void
test_rows (void)
{
  Store *store = store_new (NULL);
  List list;

  list_add_orders (store, 3);
  list = list_new (store, WB_COLLECTION_ORDERS, 400);
  list_wait_rows (&list, 3);
  settle (&list);
  g_assert_true (list.page->as_rows);
  gtk_widget_activate_action (GTK_WIDGET (list.page), "collection.columns", NULL);
  g_assert_null (list.page->column_popover);
  list_free (&list);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/columns/text", test_text);
  g_test_add_func ("/columns/chooser", test_chooser);
  g_test_add_func ("/columns/kept", test_kept);
  g_test_add_func ("/columns/rows", test_rows);
  return g_test_run ();
}
