// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "list-fixture.h"

#include "wb-list-terms.h"
#include "wb-views-popover.h"

/* Views: the ones that come along, and those that a person names. */

static gboolean
is_unmapped (gpointer widget)
{
  return !gtk_widget_get_mapped (widget);
}

static GtkWidget *
open_views (List *list)
{
  gtk_widget_activate_action (GTK_WIDGET (list->page), "collection.views", NULL);
  return g_object_ref (GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (list->page->views))));
}

static void
wait_closed (GtkWidget *popover)
{
  g_assert_true (wb_test_wait_for (is_unmapped, popover, WB_TEST_DEADLINE_MS));
  g_object_unref (popover);
}

/* Each that is offered asks something that the list can be asked, and sorts by a column of it. */
static void
test_built_in (void)
{
  for (WbCollection c = 0; c < WB_N_COLLECTIONS; c++)
    {
      guint n;
      g_autofree const WbBuiltInView **views = wb_built_in_views (c, &n);

      g_assert_true (n > 0 || c > WB_COLLECTION_CUSTOMERS);
      for (guint i = 0; i < n; i++)
        {
          g_autoptr (GPtrArray) terms = wb_list_terms_parse (c, views[i]->filters);
          gboolean found = views[i]->sort == NULL;

          g_assert_cmpuint (terms->len, >, 0);
          for (guint k = 0; !found && k < wb_collection_words (c)->n_columns; k++)
            found = g_strcmp0 (wb_collection_words (c)->columns[k].field, views[i]->sort) == 0;
          g_assert_true (found);
        }
    }
}

static void
test_choose (void)
{
  Store *store = store_new (NULL);
  GtkWidget *popover;
  List list;

  list_add_orders (store, 6);
  list = list_new (store, WB_COLLECTION_ORDERS, 1200);
  list_wait_rows (&list, 6);
  wb_collection_page_search (list.page, "nothing at all");
  popover = open_views (&list);
  order_press (popover, "Failed");
  list_wait_rows (&list, 2);
  wait_closed (popover);
  order_wait_text (list.window, "State is Failed or Partly live");
  list_free (&list);
}

static void
save_one (List *list)
{
  GtkWidget *popover = open_views (list);

  order_press (popover, "Save This View…");
  for (GtkWidget *w = gtk_root_get_focus (gtk_widget_get_root (popover)); w != NULL; w = gtk_widget_get_parent (w))
    if (GTK_IS_ENTRY (w))
      {
        gtk_editable_set_text (GTK_EDITABLE (w), "  Mine <b>  ");
        break;
      }
  order_press (popover, "Save");
  wait_closed (popover);
}

/* All that was to be seen comes back, in the next run too. */
static void
test_saved (void)
{
  Store *store = store_new (NULL);
  GtkWidget *popover;
  List list;

  list_add_orders (store, 6);
  list = list_new (store, WB_COLLECTION_ORDERS, 1900);
  list_wait_rows (&list, 6);
  wb_collection_page_show_chip (list.page, "live");
  wb_collection_page_add_filter (list.page, "mailboxes:>=3");
  wb_collection_page_search (list.page, "oak");
  wb_titles_sort (list.page->titles, 1, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (list.page), "collection.hide-column", "u", 4);
  list_wait_rows (&list, 1);
  save_one (&list);
  g_object_ref (list.page);
  gtk_window_destroy (GTK_WINDOW (list.window));
  g_object_unref (list.page);
  store_reopen (store);
  list = list_new (store, WB_COLLECTION_ORDERS, 1900);
  list_wait_rows (&list, 6);
  popover = open_views (&list);
  order_press (popover, "Mine <b>");
  wait_closed (popover);
  list_wait_rows (&list, 1);
  g_assert_cmpstr (list.page->chip, ==, "live");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (list.page->search)), ==, "oak");
  g_assert_cmpstr (list.page->filters->pdata[0], ==, "mailboxes:>=3");
  g_assert_cmpint (list.page->sorted, ==, 1);
  g_assert_true (list.page->sorted_descending);
  g_assert_false (g_array_index (list.page->layout, WbColumnPlace, 3).shown);
  list_free (&list);
}

/* Of another version, or damaged: what is understood is shown. */
static void
test_odd_body (void)
{
  Store *store = store_new (NULL);
  List list;

  list_add_orders (store, 6);
  list = list_new (store, WB_COLLECTION_ORDERS, 1200);
  list_wait_rows (&list, 6);
  wb_collection_page_show_view (list.page, "{'filters': 'state:failed', 'sort': 'gone', 'chip': 'gone', 'colour': 'red'}");
  list_wait_rows (&list, 2);
  wb_collection_page_show_view (list.page, "{'filters': 3");
  wb_collection_page_show_view (list.page, "");
  g_assert_cmpuint (list.page->filters->len, ==, 1);
  wb_collection_page_show_view (list.page, "@a{ss} {}");
  list_wait_rows (&list, 6);
  list_free (&list);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/views/built-in", test_built_in);
  g_test_add_func ("/views/choose", test_choose);
  g_test_add_func ("/views/saved", test_saved);
  g_test_add_func ("/views/odd-body", test_odd_body);
  return g_test_run ();
}
