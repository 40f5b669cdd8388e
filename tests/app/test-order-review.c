// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "order-fixture.h"

/* Review in the real window: what it says, and when its button may be pressed. */

typedef struct {
  Store *store;
  WbDraft *draft;
  WbOrderWindow *window;
} Page;

static Page
page_new (gboolean ready)
{
  Page page = { .store = store_new (NULL) };

  page.draft = order_draft (page.store);
  if (ready)
    order_make_ready (page.store, page.draft);
  page.window = order_window (page.store, page.draft);
  return page;
}

static void
page_free (Page *page)
{
  order_window_free (page->window);
  draft_drop (page->draft);
  store_free (page->store);
}

static guint
n_creates (Page *page)
{
  return wb_sandbox_count_requests (page->store->sandbox, "create_order_multipart")
         + wb_sandbox_count_requests (page->store->sandbox, "create_order_json");
}

static GtkWidget *
root_of (Page *page)
{
  return GTK_WIDGET (page->window);
}

static void
test_ready (void)
{
  Page page = page_new (TRUE);

  order_wait_button (root_of (&page), "Create Order");
  g_assert_true (order_shows (root_of (&page), "A & B <b> “x” %s is the right customer"));
  g_assert_true (order_shows (root_of (&page), "All 2 domains can be registered"));
  g_assert_true (order_shows (root_of (&page), "6 addresses, each only once"));
  g_assert_true (order_shows (root_of (&page), "All 6 mailboxes have their picture"));
  g_assert_true (order_shows (root_of (&page), "The wallet covers it"));
  g_assert_true (order_shows (root_of (&page), "Creating costs nothing."));
  g_assert_true (order_shows (root_of (&page), "confirm=false"));
  g_assert_cmpuint (wb_sandbox_count_writes (page.store->sandbox), ==, 0);
  order_shots (root_of (&page), "review");
  page_free (&page);
}

/* The tick stands in the way until it is given, and is asked for once per customer. */
static void
test_rights (void)
{
  Page page = page_new (TRUE);

  order_wait_button (root_of (&page), "Create Order");
  wb_draft_set_may_use_pictures (page.draft, FALSE);
  order_wait_text (root_of (&page), "1 thing to mend");
  g_assert_false (gtk_widget_is_sensitive (order_wait_shown (root_of (&page), "Create Order")));
  wb_draft_set_may_use_pictures (page.draft, TRUE);
  order_wait_button (root_of (&page), "Create Order");
  order_window_free (page.window);

  draft_drop (page.draft);
  page.draft = order_draft (page.store);
  g_assert_false (wb_draft_get_may_use_pictures (page.draft));
  page.window = order_window (page.store, page.draft);
  order_wait_button (root_of (&page), "Create Order");
  g_assert_true (wb_draft_get_may_use_pictures (page.draft));
  page_free (&page);
}

/* A read that failed is told as such; it neither passes nor hides. */
static void
test_not_read (void)
{
  Store *store = store_new (NULL);
  Page page = { .store = store, .draft = order_draft (store) };

  order_make_ready (store, page.draft);
  store_fault (store, "get_user", WB_FAULT_STATUS, 403, 0);
  store_fault (store, "list_mailboxes", WB_FAULT_STATUS, 403, 0);
  page.window = order_window (store, page.draft);
  order_wait_text (root_of (&page), "The customer could not be read");
  order_wait_text (root_of (&page), "The customer’s mailboxes could not be read");
  g_assert_false (order_shows (root_of (&page), "is the right customer"));
  g_assert_false (order_shows (root_of (&page), "each only once"));
  order_wait_text (root_of (&page), "3 things to know");
  order_shots (root_of (&page), "review-not-read");
  page_free (&page);
}

static void
test_wallet_short (void)
{
  Store *store = store_new (NULL);
  Page page = { .store = store, .draft = order_draft (store) };

  wb_sandbox_set_wallet (store->sandbox, 1000);
  order_make_ready (store, page.draft);
  page.window = order_window (store, page.draft);
  order_wait_text (root_of (&page), "Your wallet is $30.80 short.");
  g_assert_true (order_shows (root_of (&page), "The order needs $40.80, you have $10.00."));
  g_assert_false (gtk_widget_is_sensitive (order_wait_shown (root_of (&page), "Create Order")));
  order_shots (root_of (&page), "review-short");
  wb_sandbox_set_wallet (store->sandbox, 100000);
  order_press (root_of (&page), "Check Again");
  order_wait_button (root_of (&page), "Create Order");
  page_free (&page);
}

/* Locked: everything is shown, the button unlocks, nothing is sent. */
static void
test_read_only (void)
{
  Page page = page_new (TRUE);

  order_wait_button (root_of (&page), "Create Order");
  wb_profile_lock (page.store->profile);
  order_wait_text (root_of (&page), "This profile is read-only.");
  order_press (root_of (&page), "Unlock…");
  gtk_window_destroy (GTK_WINDOW (order_wait_message (root_of (&page))));
  g_assert_cmpuint (n_creates (&page), ==, 0);
  wb_profile_unlock (page.store->profile, WB_UNLOCK_SESSION);
  order_wait_button (root_of (&page), "Create Order");
  page_free (&page);
}

static void
test_problems (void)
{
  Page page = page_new (TRUE);

  order_wait_button (root_of (&page), "Create Order");
  wb_draft_set_cell (page.draft, 1, WB_CELL_USER_NAME, "ann.berg");
  order_wait_text (root_of (&page), "brightloom.example is in this order twice.");
  g_assert_false (gtk_widget_is_sensitive (order_wait_shown (root_of (&page), "Create Order")));
  order_shots (root_of (&page), "review-problems");
  wb_draft_undo (page.draft);
  order_wait_button (root_of (&page), "Create Order");
  page_free (&page);
}

static void
test_pay_modes (void)
{
  Page page = page_new (TRUE);

  order_wait_button (root_of (&page), "Create Order");
  wb_draft_set_pay_mode (page.draft, WB_PAY_ONE_STEP);
  order_wait_button (root_of (&page), "Pay About $40.80 and Start");
  g_assert_true (order_shows (root_of (&page), "If the answer is lost, only domains and time can tell whether it was paid."));
  g_assert_true (order_shows (root_of (&page), "confirm=true"));
  wb_draft_set_pay_mode (page.draft, WB_PAY_DRAFT_ONLY);
  order_wait_text (root_of (&page), "Nothing is sent. The draft is kept.");
  g_assert_null (order_find_button (root_of (&page), "Create Order"));
  page_free (&page);
}

static gboolean
is_made (gpointer data)
{
  Page *page = data;
  WbOrder *order = wb_order_window_get_order (page->window);

  return order != NULL && wb_order_can_pay (order);
}

/* Pressed twice in a row: one order. */
static void
test_double_click (void)
{
  Page page = page_new (TRUE);
  GtkWidget *button;

  order_wait_button (root_of (&page), "Create Order");
  button = order_find_button (root_of (&page), "Create Order");
  g_signal_emit_by_name (button, "clicked");
  g_signal_emit_by_name (button, "clicked");
  g_assert_true (wb_test_wait_for (is_made, &page, ORDER_DEADLINE_MS));
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (n_creates (&page), ==, 1);
  g_assert_cmpuint (wb_sandbox_count_charges (page.store->sandbox), ==, 0);
  gtk_window_destroy (GTK_WINDOW (order_wait_message (root_of (&page))));
  page_free (&page);
}

/* The same once more: said, and only with a tick. */
static void
test_twin (void)
{
  Page page = page_new (TRUE);

  order_press (root_of (&page), "Create Order");
  g_assert_true (wb_test_wait_for (is_made, &page, ORDER_DEADLINE_MS));
  gtk_window_destroy (GTK_WINDOW (order_wait_message (root_of (&page))));
  order_window_free (page.window);

  draft_drop (page.draft);
  page.draft = order_draft (page.store);
  page.window = order_window (page.store, page.draft);
  order_wait_text (root_of (&page), "The same order went out today at");
  order_wait_text (root_of (&page), "1 thing to mend");
  g_assert_false (gtk_widget_is_sensitive (order_wait_shown (root_of (&page), "Create Order")));
  order_shots (root_of (&page), "review-twin");
  order_press (root_of (&page), "Order it a second time");
  order_wait_button (root_of (&page), "Create Order");
  g_assert_cmpuint (n_creates (&page), ==, 1);
  page_free (&page);
}

static GtkWidget *
find_with_class (GtkWidget *widget, const char *css_class)
{
  GtkWidget *found = gtk_widget_has_css_class (widget, css_class) && gtk_widget_get_mapped (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL; child = gtk_widget_get_next_sibling (child))
    found = find_with_class (child, css_class);
  return found;
}

/* How tall each row wants to be, as wide as the list is. */
static GArray *
measure_rows (GtkWidget *card)
{
  GArray *heights = g_array_new (FALSE, FALSE, sizeof (int));
  int width = gtk_widget_get_width (card);

  g_assert_cmpint (width, >, 0);
  for (GtkWidget *row = gtk_widget_get_first_child (card); row != NULL; row = gtk_widget_get_next_sibling (row))
    if (gtk_widget_get_visible (row))
      {
        int height;

        gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
        g_array_append_val (heights, height);
      }
  return heights;
}

/* Rows as tall as they will be, and all of them: a click meant for one does not land on another when answers come. */
static void
test_rows_stay (void)
{
  Store *store = store_new (NULL);
  Page page = { .store = store, .draft = order_draft (store) };
  g_autoptr (GArray) before = NULL, after = NULL;
  GtkWidget *card;

  order_make_ready (store, page.draft);
  store_fault (store, "get_user", WB_FAULT_DELAY, 500, 0);
  page.window = order_window (store, page.draft);
  order_wait_text (root_of (&page), "Reading the customer back…");
  card = gtk_widget_get_parent (find_with_class (root_of (&page), "check-row"));
  order_wait_allocated (card);
  g_assert_true (order_shows (root_of (&page), "Reading the customer back…"));
  before = measure_rows (card);
  order_wait_button (root_of (&page), "Create Order");
  after = measure_rows (card);
  g_assert_cmpmem (before->data, before->len * sizeof (int), after->data, after->len * sizeof (int));
  page_free (&page);
}

/* Closed in the middle of its checks: nothing is left, nothing warns. */
static void
test_closed_while_checking (void)
{
  Store *store = store_new (NULL);
  Page page = { .store = store, .draft = order_draft (store) };

  order_make_ready (store, page.draft);
  store_fault (store, "get_user", WB_FAULT_DELAY, 500, 0);
  page.window = order_window (store, page.draft);
  order_wait_text (root_of (&page), "Reading the customer back…");
  page_free (&page);
}

/* The narrowest window with text of twice the size: all of it can be read. */
static void
test_narrow_large (void)
{
  Page page;

  order_set_text_scale (2);
  page = page_new (TRUE);
  order_wait_button (root_of (&page), "Create Order");
  order_assert_fits (root_of (&page), 360);
  order_shot (root_of (&page), "review-large");
  page_free (&page);
  order_set_text_scale (1);
}

int
main (int argc, char **argv)
{
  order_test_init (&argc, &argv);
  g_test_add_func ("/review/ready", test_ready);
  g_test_add_func ("/review/rights", test_rights);
  g_test_add_func ("/review/not-read", test_not_read);
  g_test_add_func ("/review/wallet-short", test_wallet_short);
  g_test_add_func ("/review/read-only", test_read_only);
  g_test_add_func ("/review/problems", test_problems);
  g_test_add_func ("/review/pay-modes", test_pay_modes);
  g_test_add_func ("/review/double-click", test_double_click);
  g_test_add_func ("/review/twin", test_twin);
  g_test_add_func ("/review/rows-stay", test_rows_stay);
  g_test_add_func ("/review/closed-while-checking", test_closed_while_checking);
  g_test_add_func ("/review/narrow-large", test_narrow_large);
  return g_test_run ();
}
