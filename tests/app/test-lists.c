// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "list-fixture.h"

#include "wb-application-private.h"
#include "wb-settings.h"
#include "wb-state-pill.h"

/* The lists of the main window on a real store: what they show, what is selected, how they are sorted and
 * searched, and what they say when the service is not there. */

static void
assert_page (List *list, const char *name)
{
  g_assert_cmpstr (gtk_stack_get_visible_child_name (list->page->stack), ==, name);
}

static gboolean
is_in_rows (gpointer page)
{
  return WB_COLLECTION_PAGE (page)->as_rows;
}

/* The name goes through table, pane, rows and screen reader as it is, and no markup warning ends the test. */
static void
test_name (void)
{
  Store *store = store_new (NULL);
  List list;

  list_add_orders (store, 4);
  list = list_new (store, WB_COLLECTION_ORDERS, 1000);
  assert_page (&list, "list");
  g_assert_cmpint (list.page->as_rows, ==, FALSE);
  order_wait_text (list.window, "Order for " NAME);
  gtk_window_set_default_size (GTK_WINDOW (list.window), 360, 700);
  g_assert_true (wb_test_wait_for (is_in_rows, list.page, WB_TEST_DEADLINE_MS));
  order_wait_text (list.window, NAME);
  list_free (&list);
}

static void
test_words (void)
{
  Store *store = store_new (NULL);
  g_autofree char *name = NULL, *copy = NULL, *sub = NULL;
  g_autoptr (WbRow) row = NULL;
  List list;

  list_add_orders (store, 2);
  list = list_new (store, WB_COLLECTION_ORDERS, 1000);
  row = g_list_model_get_item (G_LIST_MODEL (list.page->model), 1);
  name = wb_row_dup_name (list.page->words, row);
  copy = wb_row_dup_copy (list.page->words, row);
  sub = wb_row_dup_sub (list.page->words, row);
  g_assert_cmpstr (name, ==, "Oakline, a1.example and 1 more, Live, $2.00");
  g_assert_cmpstr (sub, ==, "a1.example and 1 more");
  g_assert_true (g_str_has_prefix (copy, "Oakline\ta1.example, b.example\t2\tLive\t$2.00\t"));
  g_clear_object (&row);
  list_free (&list);
}

/* Words are ANDed; nothing found is not the same as empty; both are left by Esc and by the button. */
static void
test_search (void)
{
  Store *store = store_new (NULL);
  List list;

  list_add_orders (store, 5);
  list = list_new (store, WB_COLLECTION_ORDERS, 1000);
  list_wait_rows (&list, 5);
  wb_collection_page_search (list.page, "bright");
  list_wait_rows (&list, 2);
  wb_collection_page_search (list.page, "bright a4");
  list_wait_rows (&list, 1);
  wb_collection_page_search (list.page, "zzz <b>");
  order_wait_text (list.window, "No Orders Match");
  g_assert_true (order_shows (list.window, "Nothing fits “zzz <b>”."));
  g_assert_true (wb_collection_page_escape (list.page));
  list_wait_rows (&list, 5);
  assert_page (&list, "list");
  g_assert_true (wb_collection_page_escape (list.page));
  g_assert_false (wb_collection_page_escape (list.page));
  list_free (&list);
}

static void
test_chips (void)
{
  Store *store = store_new (NULL);
  List list;

  list_add_orders (store, 5);
  list = list_new (store, WB_COLLECTION_ORDERS, 1000);
  list_wait_rows (&list, 5);
  g_assert_cmpint (wb_list_model_get_count (list.page->model, "failed"), ==, 2);
  wb_collection_page_show_chip (list.page, "failed");
  list_wait_rows (&list, 2);
  wb_collection_page_search (list.page, "oakline");
  list_wait_rows (&list, 1);
  wb_collection_page_show_chip (list.page, "drafts");
  order_wait_text (list.window, "Nothing is in “Drafts”.");
  order_press (list.window, "Clear Filters");
  list_wait_rows (&list, 5);
  list_free (&list);
}

/* First click up, second down, third as it was: a click only turns the way round. */
static void
test_sort (void)
{
  Store *store = store_new (NULL);
  List list;

  list_add_orders (store, 3);
  list = list_new (store, WB_COLLECTION_ORDERS, 1000);
  list_wait_first (&list, "o0");
  wb_titles_click (list.page->titles, 3);
  g_assert_cmpint (list.page->sorted, ==, 3);
  g_assert_false (list.page->sorted_descending);
  wb_titles_click (list.page->titles, 3);
  list_wait_first (&list, "o2");
  wb_titles_click (list.page->titles, 3);
  g_assert_cmpint (list.page->sorted, ==, -1);
  list_wait_first (&list, "o0");
  /* The same column can be asked for again. */
  wb_titles_click (list.page->titles, 3);
  g_assert_cmpint (list.page->sorted, ==, 3);
  list_free (&list);
}

/* A refresh moves rows, never the selection; one that goes hands it to the next. */
static void
test_selection (void)
{
  Store *store = store_new (NULL);
  List list;

  list_add_orders (store, 5);
  list = list_new (store, WB_COLLECTION_ORDERS, 1000);
  list_wait_rows (&list, 5);
  list_assert_selected (&list, "o0");
  wb_row_selection_select (list.page->selection, 2);
  list_assert_selected (&list, "o2");
  list_run_sql (store, "INSERT INTO orders (id, customer_id, customer, search, state, created)"
                  " VALUES ('new', 'c', 'New One', 'New One', 'live', %" G_GINT64_FORMAT ")",
           g_get_real_time ());
  g_signal_emit_by_name (store->profile, "rows-changed", WB_COLLECTION_ORDERS);
  list_wait_rows (&list, 6);
  list_assert_selected (&list, "o2");
  g_assert_cmpuint (wb_row_selection_get_position (list.page->selection), ==, 3);
  list_run_sql (store, "DELETE FROM orders WHERE id = 'o2'");
  g_signal_emit_by_name (store->profile, "rows-changed", WB_COLLECTION_ORDERS);
  list_wait_rows (&list, 5);
  list_assert_selected (&list, "o3");
  /* What a search hides stays selected, and is there again without it. */
  wb_collection_page_search (list.page, "New One");
  list_wait_rows (&list, 1);
  list_assert_selected (&list, "o3");
  wb_collection_page_search (list.page, "");
  list_wait_rows (&list, 5);
  g_assert_cmpuint (wb_row_selection_get_position (list.page->selection), ==, 3);
  list_free (&list);
}

static void
test_empty (void)
{
  Store *store = store_new (NULL);
  List list = list_new (store, WB_COLLECTION_ORDERS, 1000);

  order_wait_text (list.window, "No Orders Yet");
  g_assert_true (order_shows (list.window, "Nothing is charged before you have seen the sum."));
  g_assert_true (order_shows (list.window, "Orders made in the dashboard are not listed"));
  list_free (&list);
}

static gboolean
shows_pane (gpointer page)
{
  return adw_flap_get_reveal_flap (WB_COLLECTION_PAGE (page)->flap);
}

static gboolean
hides_pane (gpointer page)
{
  return !shows_pane (page);
}

/* A list without rows has no pane beside it; the first row brings it back. */
static void
test_empty_pane (void)
{
  Store *store = store_new (NULL);
  List list = list_new (store, WB_COLLECTION_ORDERS, 1100);

  order_wait_text (list.window, "No Orders Yet");
  g_assert_true (wb_test_wait_for (hides_pane, list.page, WB_TEST_DEADLINE_MS));
  g_assert_false (gtk_widget_is_sensitive (list.page->detail_toggle));
  wb_collection_page_toggle_detail (list.page);
  g_assert_false (shows_pane (list.page));
  list_add_orders (store, 1);
  g_signal_emit_by_name (store->profile, "rows-changed", WB_COLLECTION_ORDERS);
  list_wait_rows (&list, 1);
  g_assert_true (wb_test_wait_for (shows_pane, list.page, WB_TEST_DEADLINE_MS));
  g_assert_true (gtk_widget_is_sensitive (list.page->detail_toggle));
  order_wait_text (list.window, "Order for " NAME);
  list_free (&list);
}

static GtkWidget *
find_pill (GtkWidget *widget, const char *text)
{
  GtkWidget *found = WB_IS_STATE_PILL (widget) && g_str_equal (wb_state_pill_get_text (WB_STATE_PILL (widget)), text) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL; child = gtk_widget_get_next_sibling (child))
    found = find_pill (child, text);
  return found;
}

/* In a window of 1280 px, pane and all, the longest state is read whole and no column has left. */
static void
test_state_whole (void)
{
  Store *store = store_new (NULL);
  GtkWidget *pill;
  List list;

  list_add_orders (store, 2);
  list_run_sql (store, "UPDATE orders SET state = 'slow'");
  list = list_new (store, WB_COLLECTION_ORDERS, 1280 - 236 - 1);
  order_wait_text (GTK_WIDGET (list.page->list), "Slower than usual");
  pill = find_pill (GTK_WIDGET (list.page->list), "Slower than usual");
  order_wait_allocated (pill);
  g_assert_true (wb_state_pill_shows_all (WB_STATE_PILL (pill)));
  for (guint i = 0; i < list.page->words->n_columns; i++)
    g_assert_true (list.page->words->columns[i].spare || wb_titles_is_shown (list.page->titles, i));
  list_free (&list);
}

static gboolean
fits_narrow (gpointer data)
{
  List *list = data;

  /* It was wider while the pane was beside it. */
  gtk_window_set_default_size (GTK_WINDOW (list->window), 360, 700);
  return gtk_widget_get_width (wb_collection_page_get_list (list->page)) <= 360;
}

/* In a narrow window with large text no word of a state is cut, no sum is, and no row is wider than the window. */
static void
test_tight (void)
{
  static const WbCollection collections[] = { WB_COLLECTION_ORDERS, WB_COLLECTION_ACTIVITY };

  order_set_text_scale (2);
  for (guint i = 0; i < G_N_ELEMENTS (collections); i++)
    {
      Store *store = store_new (NULL);
      GtkWidget *view, *pill;
      List list;

      list_add_orders (store, 2);
      list_run_sql (store, "UPDATE orders SET state = 'slow', taken = 3540");
      list_run_sql (store, "INSERT INTO operations (id, run, op, state, paid, destructive, customer_id, customer, target, cents,"
                           " created, updated) VALUES ('p', 'r', 'process_order', 'done', 1, 0, 'c', 'Oak', 'x', 1062000, 1, 1)");
      list = list_new (store, collections[i], 360);
      wb_collection_page_set_folded (list.page, TRUE);
      view = wb_collection_page_get_list (list.page);
      order_wait_text (view, i == 0 ? "Slower than usual" : "Done");
      pill = find_pill (view, i == 0 ? "Slower than usual" : "Done");
      order_wait_allocated (pill);
      g_assert_true (wb_state_pill_shows_all (WB_STATE_PILL (pill)));
      g_assert_true (wb_test_wait_for (fits_narrow, &list, WB_TEST_DEADLINE_MS));
      list_free (&list);
    }
  order_set_text_scale (1);
}

/* Rows stay, the banner says why and since when, and all is well again by itself when it answers. */
static void
test_offline (void)
{
  Store *store = store_new (NULL);
  List list;

  list = list_new (store, WB_COLLECTION_CUSTOMERS, 1000);
  wb_collection_page_refresh (list.page);
  list_wait_rows (&list, 1);
  wb_sandbox_stop (store->sandbox);
  wb_collection_page_refresh (list.page);
  order_wait_text (list.window, "You are offline. You see what was stored at ");
  g_assert_true (order_shows (list.window, "Changes wait; paid ones ask you again before they go."));
  order_wait_text (list.window, "Offline, as of ");
  g_assert_nonnull (order_find_button (list.window, "Try Now"));
  g_assert_cmpuint (list_n_rows (&list), ==, 1);
  list_free (&list);
}

static void
test_refused (void)
{
  Store *store = store_new (NULL);
  List list = list_new (store, WB_COLLECTION_CUSTOMERS, 1000);

  wb_collection_page_refresh (list.page);
  list_wait_rows (&list, 1);
  store_fault (store, NULL, WB_FAULT_STATUS, 401, 0);
  wb_collection_page_refresh (list.page);
  order_wait_text (list.window, "The service does not accept this key. Nothing is lost and nothing more is sent.");
  g_assert_nonnull (order_find_button (list.window, "Change Key…"));
  g_assert_cmpuint (list_n_rows (&list), ==, 1);
  list_free (&list);
}

/* The gravest shows; who is the cause and what can be done stands in it. */
/* Of a newer version: told as such; it is settled by a person, and nothing there sends it. */
static void
test_newer (void)
{
  Store *store = store_new (NULL);
  GtkWidget *window;
  List list;

  list_run_sql (store, "INSERT INTO operations (id, run, op, state, paid, destructive, target, cents, created, updated)"
                  " VALUES ('x', 'earlier', 'order_by_telepathy', 'sending', 1, 0, 'ORDER', 3540, 1, 1)");
  store_reopen (store);
  list = list_new (store, WB_COLLECTION_ACTIVITY, 1000);
  order_wait_text (list.window, "Unknown request");
  window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (window), wb_operation_pane_new (store->profile, "x"));
  gtk_window_present (GTK_WINDOW (window));
  order_wait_text (window, "A newer version of Waybill wrote this request. This one never sends it.");
  g_assert_nonnull (order_find_button (window, "It Was Not Done"));
  g_assert_null (order_find_button (window, "Send"));
  g_assert_null (order_find_button (window, "Check Again"));
  g_assert_null (order_find_button (window, "Copy as curl"));
  gtk_window_destroy (GTK_WINDOW (window));
  list_free (&list);
}

static void
test_unknown (void)
{
  Store *store = store_new (NULL);
  GtkWidget *window;
  List list;

  list_run_sql (store, "INSERT INTO operations (id, run, op, state, paid, destructive, target, cents, created, updated)"
                  " VALUES ('x', 'earlier', 'process_order', 'unknown', 1, 0, 'ORDER', 3540, 1, 1)");
  store_reopen (store);
  list = list_new (store, WB_COLLECTION_ACTIVITY, 1000);
  order_wait_text (list.window, "One paid request got no answer. Nothing is sent again until you decide.");
  g_assert_nonnull (order_find_button (list.window, "Show"));
  order_wait_text (list.window, "Pay and start an order");
  g_assert_true (order_shows (list.window, "about $35.40"));
  /* Nobody says whose it is. */
  window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (window), wb_operation_pane_new (store->profile, "x"));
  gtk_window_present (GTK_WINDOW (window));
  order_wait_text (window, "Cannot tell");
  order_wait_text (window, "It is not known whose order this is, so the service cannot be asked about it.");
  gtk_window_destroy (GTK_WINDOW (window));
  list_free (&list);
}

/* Each day of Activity has one heading, over the first of its rows. */
static void
test_days (void)
{
  Store *store = store_new (NULL);
  gint64 now = g_get_real_time ();
  guint n_headings = 0;
  List list;

  for (guint i = 0; i < 6; i++)
    list_run_sql (store, "INSERT INTO operations (id, run, op, state, paid, destructive, cents, customer, created, updated)"
                    " VALUES ('x%u', 'earlier', 'create_user', 'done', 0, 0, 0, '%s', %" G_GINT64_FORMAT ", 1)",
             i, NAME, now - (gint64) (i / 2) * 24 * 3600 * G_USEC_PER_SEC);
  list = list_new (store, WB_COLLECTION_ACTIVITY, 1000);
  order_wait_text (list.window, "Yesterday");
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (list.page->cards)); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *box = gtk_widget_get_first_child (row), *day = box != NULL ? gtk_widget_get_first_child (box) : NULL;

      n_headings += day != NULL && gtk_widget_get_mapped (day);
    }
  g_assert_cmpuint (n_headings, ==, 3);
  list_free (&list);
}

/* F9 hides the pane, and the choice is kept; in one column a row is shown over the list and left again. */
static void
test_pane (void)
{
  Store *store = store_new (NULL);
  GSettings *settings = wb_application_get_settings (order_application ());
  List list;

  g_settings_reset (settings, WB_SETTINGS_SHOW_DETAILS);
  list_add_orders (store, 3);
  list = list_new (store, WB_COLLECTION_ORDERS, 1100);
  g_assert_true (adw_flap_get_reveal_flap (list.page->flap));
  wb_collection_page_toggle_detail (list.page);
  g_assert_false (adw_flap_get_reveal_flap (list.page->flap));
  g_assert_false (g_settings_get_boolean (settings, WB_SETTINGS_SHOW_DETAILS));
  wb_collection_page_toggle_detail (list.page);
  g_assert_true (g_settings_get_boolean (settings, WB_SETTINGS_SHOW_DETAILS));
  list_free (&list);
}

/* The customer has moved since the mirror read of it: names of states are those of the country it is in now. */
static void
test_places (void)
{
  Store *store = store_new (NULL);
  WbSync *sync = wb_profile_get_sync (store->profile);
  GtkWidget *window = gtk_window_new ();
  GAsyncResult *result = NULL;

  wb_sync_refresh_async (sync, WB_COLLECTION_CUSTOMERS, NULL, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  g_assert_true (wb_sync_refresh_finish (sync, result, NULL));
  g_object_unref (result);
  store_run_job (store, FALSE, "UPDATE customer SET country = 'AU', state = 'WA'");
  gtk_window_set_child (GTK_WINDOW (window), wb_customer_pane_new (store->profile, store->customer));
  gtk_window_present (GTK_WINDOW (window));
  order_wait_text (window, "Oregon");
  g_assert_true (order_shows (window, "United States"));
  g_assert_false (order_shows (window, "Western Australia"));
  gtk_window_destroy (GTK_WINDOW (window));
  store_free (store);
}

static void
add_things (Store *store)
{
  gint64 day = G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC, now = g_get_real_time ();
  g_autofree char *domain = g_strdup_printf (
      "INSERT INTO domain (row_key, scope, asked_at, domain_name, status, expire_on, auto_renew) VALUES"
      " ('d1', 'c1', 1, 'oak.example', 'GRACE_PERIOD', %" G_GINT64_FORMAT ", 0)", now - 2 * day);
  g_autofree char *subscription = g_strdup_printf (
      "INSERT INTO subscription (row_key, scope, asked_at, domain, subscription_status, total_mailbox_quantity,"
      " price_per_mailbox, period_end, billing_cycle, auto_renew) VALUES"
      " ('s1', 'c1', 1, 'oak.example', 'PAST_DUE', 2, 300, %" G_GINT64_FORMAT ", 'MONTHLY', 1)", now + 5 * day + day / 2);

  store_run_job (store, FALSE, "INSERT INTO customer (row_key, scope, asked_at, company) VALUES ('c1', '', 1, '" NAME "')");
  store_run_job (store, FALSE, domain);
  store_run_job (store, FALSE, subscription);
  store_run_job (store, FALSE, "INSERT INTO mailbox (row_key, scope, asked_at, email, domain, first_name, last_name, status,"
                               " service_provider, subscription_id) VALUES"
                               " ('m1', 'c1', 1, 'zoe@oak.example', 'oak.example', 'Zoë', '<b>', 'HIBERNATING', 'GOOGLE', 's1'),"
                               " ('m2', 'c1', 1, 'ben@oak.example', 'oak.example', '', '', 'ACTIVE', 'GOOGLE', 's1')");
}

static void
check_name (List *list, guint position, const char *wanted)
{
  g_autoptr (WbRow) row = g_list_model_get_item (G_LIST_MODEL (list->page->model), position);
  g_autofree char *name = wb_row_dup_name (list->page->words, row);

  g_assert_cmpstr (name, ==, wanted);
}

/* What a mailbox has to do with others stands in its pane; a state that is new is told as it is. */
static void
test_mailbox (void)
{
  Store *store = store_new (NULL);
  List list;

  add_things (store);
  wb_sandbox_stop (store->sandbox); /* which does not know them */
  list = list_new (store, WB_COLLECTION_MAILBOXES, 1200);
  list_wait_rows (&list, 2);
  check_name (&list, 1, "Zoë <b>, zoe@oak.example, HIBERNATING");
  wb_row_selection_select (list.page->selection, 1);
  order_wait_text (list.page->pane, "HIBERNATING");
  g_assert_true (order_shows (list.page->pane, "Zoë <b>"));
  g_assert_true (order_shows (list.page->pane, NAME));
  g_assert_true (order_shows (list.page->pane, "oak.example"));
  g_assert_true (order_shows (list.page->pane, "Payment overdue"));
  list_free (&list);
}

/* The service does not know it: neither does the mirror from then on. */
static void
test_gone (void)
{
  Store *store = store_new (NULL);
  GtkWidget *window = gtk_window_new ();

  add_things (store);
  gtk_window_set_child (GTK_WINDOW (window), wb_mailbox_pane_new (store->profile, "m1"));
  gtk_window_present (GTK_WINDOW (window));
  order_wait_text (window, "zoe@oak.example");
  order_wait_text (window, "This mailbox is not there any more.");
  g_assert_false (order_shows (window, "zoe@oak.example"));
  gtk_window_destroy (GTK_WINDOW (window));
  store_free (store);
}

static void
test_domain (void)
{
  Store *store = store_new (NULL);
  List list;

  add_things (store);
  list = list_new (store, WB_COLLECTION_DOMAINS, 1200);
  list_wait_rows (&list, 1);
  check_name (&list, 0, "oak.example, " NAME ", Grace, 5 days left");
  order_wait_text (GTK_WIDGET (list.page->list), "Grace, 5 days left");
  order_wait_text (list.page->pane, "It expired and can still be renewed.");
  g_assert_true (order_shows (list.page->pane, "Grace, 5 days left"));
  g_assert_true (order_shows (list.page->pane, "Auto-renew"));
  list_free (&list);
}

static void
test_subscription (void)
{
  Store *store = store_new (NULL);
  List list;

  add_things (store);
  list = list_new (store, WB_COLLECTION_SUBSCRIPTIONS, 1200);
  list_wait_rows (&list, 1);
  check_name (&list, 0, "oak.example, " NAME ", Payment overdue, $3.00");
  order_wait_text (list.page->pane, "It is tried again by itself");
  g_assert_true (order_shows (list.page->pane, "$6.00 a month"));
  order_wait_text (list.page->pane, "Grace");
  list_free (&list);
}

/* The customer's rows lead to lists of what is the customer's. */
static void
test_owned (void)
{
  Store *store = store_new (NULL);
  GtkWidget *window = gtk_window_new ();

  add_things (store);
  gtk_window_set_child (GTK_WINDOW (window), wb_customer_pane_new (store->profile, "c1"));
  gtk_window_present (GTK_WINDOW (window));
  order_wait_text (window, "2 mailboxes");
  g_assert_true (order_shows (window, "1 domain"));
  g_assert_true (order_shows (window, "1 subscription"));
  gtk_window_destroy (GTK_WINDOW (window));
  store_free (store);
}

/* Those whose field has the whole name, not those that contain it; the filter can be taken off again. */
static void
test_rows_of (void)
{
  Store *store = store_new (NULL);
  List list;

  add_things (store);
  store_run_job (store, FALSE, "INSERT INTO mailbox (row_key, scope, asked_at, email, domain, status)"
                               " VALUES ('m3', 'c2', 1, 'ben@try-oak.example', 'try-oak.example', 'ACTIVE')");
  wb_sandbox_stop (store->sandbox);
  list = list_new (store, WB_COLLECTION_MAILBOXES, 1200);
  list_wait_rows (&list, 3);
  wb_collection_page_show_filter (list.page, "domain:=oak.example");
  list_wait_rows (&list, 2);
  wb_collection_page_clear_filters (list.page);
  list_wait_rows (&list, 3);
  list_free (&list);
}

/* A sheet may go without an answer, alone or with the window: nothing is left that waits for one. */
static void
test_export_goes (void)
{
  Store *store = store_new (NULL);
  List list;
  GtkWidget *sheet;

  list_add_orders (store, 3);
  list = list_new (store, WB_COLLECTION_ORDERS, 1000);
  list_wait_rows (&list, 3);
  gtk_widget_activate_action (GTK_WIDGET (list.page), "collection.export", NULL);
  sheet = order_wait_message (list.window);
  g_assert_nonnull (list.page->exporting);
  gtk_window_destroy (GTK_WINDOW (sheet));
  g_assert_null (list.page->exporting);
  gtk_widget_activate_action (GTK_WIDGET (list.page), "collection.export", NULL);
  order_wait_message (list.window);
  g_assert_nonnull (list.page->exporting);
  list_free (&list);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/lists/name/markup-is-text", test_name);
  g_test_add_func ("/lists/words/of-a-row", test_words);
  g_test_add_func ("/lists/search/words-and-no-match", test_search);
  g_test_add_func ("/lists/chips/counts-and-filters", test_chips);
  g_test_add_func ("/lists/sort/third-restores", test_sort);
  g_test_add_func ("/lists/selection/kept-and-handed-on", test_selection);
  g_test_add_func ("/lists/empty/says-what-to-do", test_empty);
  g_test_add_func ("/lists/empty/no-pane", test_empty_pane);
  g_test_add_func ("/lists/state/never-cut", test_state_whole);
  g_test_add_func ("/lists/rows/tight", test_tight);
  g_test_add_func ("/lists/offline/rows-stay", test_offline);
  g_test_add_func ("/lists/refused/says-how-to-mend", test_refused);
  g_test_add_func ("/lists/unknown/of-a-newer-version", test_newer);
  g_test_add_func ("/lists/unknown/banner-first", test_unknown);
  g_test_add_func ("/lists/pane/places-by-name", test_places);
  g_test_add_func ("/lists/mailboxes/row-and-pane", test_mailbox);
  g_test_add_func ("/lists/mailboxes/gone", test_gone);
  g_test_add_func ("/lists/domains/row-and-pane", test_domain);
  g_test_add_func ("/lists/subscriptions/row-and-pane", test_subscription);
  g_test_add_func ("/lists/customers/lead-to-what-they-have", test_owned);
  g_test_add_func ("/lists/filter/rows-of-one", test_rows_of);
  g_test_add_func ("/lists/export/goes-unanswered", test_export_goes);
  g_test_add_func ("/lists/days/one-heading-each", test_days);
  g_test_add_func ("/lists/pane/remembered", test_pane);
  return g_test_run ();
}
