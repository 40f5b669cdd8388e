// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "list-fixture.h"

#include "wb-filter-words.h"

/* Filters of a list: what they read as, how they are set, shown and taken away. */

static void
test_words (void)
{
  static const struct {
    WbCollection collection;
    const char *text, *words;
  } cases[] = {
    { WB_COLLECTION_ORDERS, "state:failed", "State is Failed" },
    { WB_COLLECTION_ORDERS, "state:Failed,partly", "State is Failed or Partly live" },
    { WB_COLLECTION_ORDERS, "-state:live", "Not: State is Live" },
    { WB_COLLECTION_ORDERS, "state:other", "State is other" },
    { WB_COLLECTION_ORDERS, "customer:\"a <b> %s\"", "Customer contains “a <b> %s”" },
    { WB_COLLECTION_ORDERS, "mailboxes:>=10", "Mailboxes at least 10" },
    { WB_COLLECTION_ORDERS, "mailboxes:5..10", "Mailboxes from 5 to 10" },
    { WB_COLLECTION_ORDERS, "mailboxes:5..", "Mailboxes at least 5" },
    { WB_COLLECTION_ORDERS, "mailboxes:..5", "Mailboxes at most 5" },
    { WB_COLLECTION_ORDERS, "charge:<12.50", "Charge below $12.50" },
    { WB_COLLECTION_ORDERS, "made:<30d", "Made in the last 30 days" },
    { WB_COLLECTION_ORDERS, "made:>1w", "Made more than 1 week ago" },
    { WB_COLLECTION_ORDERS, "made:..3m", "Made in the last 3 months" },
    { WB_COLLECTION_ORDERS, "made:<2026-12-01", "Made before 2026-12-01" },
    { WB_COLLECTION_ORDERS, "made:today", "Made: today" },
    { WB_COLLECTION_CUSTOMERS, "renewal:<30d", "Next renewal within 30 days" },
    { WB_COLLECTION_ACTIVITY, "paid:yes", "Paid: yes" },
    { WB_COLLECTION_ACTIVITY, "what:create_user", "Request is Create a customer" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) terms = wb_list_terms_parse (cases[i].collection, cases[i].text);
      g_autofree char *words = wb_filter_dup_words (wb_collection_words (cases[i].collection), terms->pdata[0]);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

/* No field without a title, and each way of each field makes a term of it. */
static void
test_ways (void)
{
  static const char *const values[] = { "live", "oak", "5", "12.50", "2026-12-01", "2026-12-01", "yes" };

  for (WbCollection c = 0; c < WB_N_COLLECTIONS; c++)
    {
      guint n, n_ways;
      g_autofree const WbListField **fields = wb_list_fields (c, &n);

      for (guint i = 0; i < n; i++)
        {
          const WbFilterWay *ways = wb_filter_ways (fields[i], &n_ways);

          g_assert_cmpstr (wb_filter_title (fields[i]), !=, fields[i]->name);
          for (guint k = 0; k < n_ways; k++)
            {
              const char *value = ways[k].input == WB_FILTER_DAYS ? "30d" : ways[k].input == WB_FILTER_NOTHING ? ways[k].value : values[fields[i]->kind];
              g_autoptr (WbListTerm) term = wb_list_term_new (fields[i], ways[k].op, value, value, ways[k].negated);

              g_assert_nonnull (term);
            }
        }
    }
}

/* Set, typed and taken away by their chips. */
static void
test_chips (void)
{
  Store *store = store_new (NULL);
  List list;

  list_add_orders (store, 6);
  list = list_new (store, WB_COLLECTION_ORDERS, 1200);
  list_wait_rows (&list, 6);
  wb_collection_page_add_filter (list.page, "state:failed");
  wb_collection_page_add_filter (list.page, "state:failed");
  list_wait_rows (&list, 2);
  order_wait_text (list.window, "State is Failed");
  g_assert_cmpuint (list.page->n_filters, ==, 1);
  wb_collection_page_search (list.page, "oak mailboxes:>=4");
  list_wait_rows (&list, 1);
  order_wait_text (list.window, "Mailboxes at least 4");
  order_press (list.window, "Remove filter: Mailboxes at least 4");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (list.page->search)), ==, "oak");
  list_wait_rows (&list, 1);
  order_press (list.window, "Remove filter: State is Failed");
  list_wait_rows (&list, 3);
  g_assert_false (gtk_widget_get_visible (list.page->filter_place));
  list_free (&list);
}

/* What stands in the way is listed, and goes one by one or at once. */
static void
test_no_match (void)
{
  Store *store = store_new (NULL);
  List list;

  list_add_orders (store, 4);
  list = list_new (store, WB_COLLECTION_ORDERS, 1200);
  list_wait_rows (&list, 4);
  wb_collection_page_add_filter (list.page, "mailboxes:>100");
  wb_collection_page_add_filter (list.page, "customer:oak");
  order_wait_text (list.window, "No Orders Match");
  order_wait_text (list.window, "Nothing fits with 2 filters.");
  order_press (GTK_WIDGET (list.page->no_match_chips), "Remove filter: Mailboxes above 100");
  list_wait_rows (&list, 2);
  wb_collection_page_add_filter (list.page, "mailboxes:>100");
  order_wait_text (list.window, "No Orders Match");
  gtk_editable_set_text (GTK_EDITABLE (list.page->search), "elm");
  order_wait_text (list.window, "Nothing fits “elm” with 2 filters.");
  order_press (list.window, "Clear Filters");
  list_wait_rows (&list, 4);
  g_assert_cmpuint (list.page->filters->len, ==, 0);
  list_free (&list);
}

static GtkWidget *
find_type (GtkWidget *widget, GType type, const char *label)
{
  GtkWidget *found = NULL;
  g_autofree char *text = NULL;

  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && gtk_widget_get_mapped (widget))
    {
      if (label != NULL)
        g_object_get (widget, "label", &text, NULL);
      if (label == NULL || g_strcmp0 (text, label) == 0)
        return widget;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL; child = gtk_widget_get_next_sibling (child))
    found = find_type (child, type, label);
  return found;
}

static gboolean
has_values (gpointer popover)
{
  return find_type (popover, GTK_TYPE_CHECK_BUTTON, "Failed (2)") != NULL;
}

static gboolean
is_unmapped (gpointer widget)
{
  return !gtk_widget_get_mapped (widget);
}

static void
test_popover (void)
{
  Store *store = store_new (NULL);
  GtkWidget *popover;
  List list;

  list_add_orders (store, 6);
  list = list_new (store, WB_COLLECTION_ORDERS, 1200);
  list_wait_rows (&list, 6);
  gtk_widget_activate_action (GTK_WIDGET (list.page), "collection.filter", NULL);
  popover = g_object_ref (GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (list.page->add_filter))));
  order_press (popover, "State");
  g_assert_true (wb_test_wait_for (has_values, popover, WB_TEST_DEADLINE_MS));
  g_assert_false (gtk_widget_is_sensitive (find_type (popover, GTK_TYPE_BUTTON, "Add Filter")));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_type (popover, GTK_TYPE_CHECK_BUTTON, "Failed (2)")), TRUE);
  order_press (popover, "Add Filter");
  list_wait_rows (&list, 2);
  g_assert_cmpstr (list.page->filters->pdata[0], ==, "state:failed");
  g_assert_true (wb_test_wait_for (is_unmapped, popover, WB_TEST_DEADLINE_MS));
  g_object_unref (popover);
  list_free (&list);
}

static gboolean
offers (gpointer page)
{
  return WB_COLLECTION_PAGE (page)->n_offers > 0;
}

static void
press_tab (List *list)
{
  gboolean taken = FALSE;

  for (guint i = 0; i < 8 && !taken; i++)
    {
      g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (list->page->search);
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller)
          && gtk_event_controller_get_propagation_phase (GTK_EVENT_CONTROLLER (controller)) == GTK_PHASE_CAPTURE)
        g_signal_emit_by_name (controller, "key-pressed", GDK_KEY_Tab, 0, 0, &taken);
    }
  g_assert_true (taken);
}

/* A field and a word of it, each begun by hand and taken by Tab; plain words are let alone. */
static void
test_offers (void)
{
  Store *store = store_new (NULL);
  List list;

  list_add_orders (store, 6);
  list = list_new (store, WB_COLLECTION_ORDERS, 1200);
  list_wait_rows (&list, 6);
  wb_collection_page_search (list.page, "oak");
  list_wait_rows (&list, 3);
  g_assert_cmpuint (list.page->n_offers, ==, 0);
  gtk_editable_set_text (GTK_EDITABLE (list.page->search), "oak sta");
  gtk_editable_set_position (GTK_EDITABLE (list.page->search), -1);
  wb_collection_page_offer (list.page);
  g_assert_cmpuint (list.page->n_offers, ==, 1);
  press_tab (&list);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (list.page->search)), ==, "oak state:");
  gtk_editable_set_text (GTK_EDITABLE (list.page->search), "oak state:Fai");
  gtk_editable_set_position (GTK_EDITABLE (list.page->search), -1);
  wb_collection_page_offer (list.page);
  g_assert_true (wb_test_wait_for (offers, list.page, WB_TEST_DEADLINE_MS));
  press_tab (&list);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (list.page->search)), ==, "oak state:failed ");
  list_wait_rows (&list, 1);
  wb_collection_page_clear_filters (list.page);
  list_free (&list);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/filters/words", test_words);
  g_test_add_func ("/filters/ways", test_ways);
  g_test_add_func ("/filters/chips", test_chips);
  g_test_add_func ("/filters/no-match", test_no_match);
  g_test_add_func ("/filters/popover", test_popover);
  g_test_add_func ("/filters/offers", test_offers);
  return g_test_run ();
}
