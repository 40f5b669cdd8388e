// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "order-fixture.h"

#include "wb-application-private.h"
#include "wb-collection-page-private.h"
#include "wb-notice.h"
#include "wb-sidebar.h"
#include "wb-sync-private.h"

/* What the banner over a list and the connection's row say, when the service fails and after a start that found
 * something under way. */

typedef struct {
  Store *store;
  GtkWidget *window;
  WbCollectionPage *page;
} Page;

static Page
page_new (Store *store, WbCollection collection)
{
  Page page = { .store = store };

  order_application ();
  page.page = WB_COLLECTION_PAGE (wb_collection_page_new (store->profile, collection));
  page.window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (page.window), 1000, 700);
  gtk_window_set_child (GTK_WINDOW (page.window), GTK_WIDGET (page.page));
  gtk_window_present (GTK_WINDOW (page.window));
  return page;
}

static gboolean
is_alone (gpointer object)
{
  return g_atomic_int_get (&G_OBJECT (object)->ref_count) == 1;
}

static void
page_free (Page *page)
{
  g_object_ref (page->page);
  gtk_window_destroy (GTK_WINDOW (page->window));
  g_assert_true (wb_test_wait_for (is_alone, page->page, WB_TEST_DEADLINE_MS));
  g_assert_finalize_object (page->page);
  store_free (page->store);
}

static gboolean
has_no_banner (gpointer page)
{
  g_autoptr (WbErrorWords) words = wb_notice_gravest (WB_COLLECTION_PAGE (page)->profile, WB_COLLECTION_PAGE (page)->error,
                                                      WB_COLLECTION_PAGE (page)->words->collection);

  return words == NULL && !gtk_widget_get_visible (GTK_WIDGET (WB_COLLECTION_PAGE (page)->banner));
}

static gboolean
has_read (gpointer page)
{
  WbSync *sync = wb_profile_get_sync (WB_COLLECTION_PAGE (page)->profile);

  return wb_sync_get_as_of (sync, WB_COLLECTION_CUSTOMERS) > 0
         && !wb_sync_is_running (sync, WB_COLLECTION_CUSTOMERS, NULL, NULL);
}

static gboolean
has_failed (gpointer page)
{
  return WB_COLLECTION_PAGE (page)->error != NULL;
}

/* Its three tries follow each other at once. */
static void
make_impatient (Store *store)
{
  cmr_client_set_timeouts_ms (store_client (store), 10000, 20000, 20000, 1);
}

static void
read_wallet (Store *store)
{
  WbSync *sync = wb_profile_get_sync (store->profile);
  GAsyncResult *result = NULL;

  wb_sync_read_wallet_async (sync, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  wb_sync_read_wallet_finish (sync, result, NULL);
  g_object_unref (result);
}

/* Every read fails: it is said what that means, on each page, for as long as it lasts; all is well again at a press. */
static void
test_trouble (gconstpointer data)
{
  static const int codes[] = { 503, 500 };
  WbCollection collection = GPOINTER_TO_INT (data);
  Store *store = store_new (NULL);
  Page page = page_new (store, collection);
  GtkWidget *foot = gtk_window_new (), *row = wb_connection_row_new (store->profile);

  gtk_window_set_child (GTK_WINDOW (foot), row);
  gtk_window_present (GTK_WINDOW (foot));
  make_impatient (store);
  read_wallet (store);
  wb_collection_page_refresh (page.page);
  order_wait_text (foot, "Connected");
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autofree char *said = g_strdup_printf ("The service answered with an error (%d). What you see is from ", codes[i]);
      g_autofree char *status = g_strdup_printf ("It answered with %d", codes[i]);

      store_fault (store, NULL, WB_FAULT_STATUS, codes[i], 0);
      wb_collection_page_refresh (page.page);
      order_wait_text (page.window, said);
      order_wait_text (page.window, "Waybill tries again in ");
      order_wait_text (foot, "Service trouble");
      order_wait_text (foot, status);
      order_shot (page.window, "trouble");
      order_shot (foot, "trouble-foot");
      wb_sandbox_clear_faults (store->sandbox);
      order_press (page.window, "Try Now");
      order_wait_text (foot, "Connected");
      g_assert_true (wb_test_wait_for (has_no_banner, page.page, WB_TEST_DEADLINE_MS));
    }
  gtk_window_destroy (GTK_WINDOW (foot));
  page_free (&page);
}

/* Only the list fails: what else is answered does not hide that. */
static void
test_trouble_of_list (void)
{
  Store *store = store_new (NULL);
  Page page = page_new (store, WB_COLLECTION_CUSTOMERS);

  wb_collection_page_refresh (page.page);
  g_assert_true (wb_test_wait_for (has_read, page.page, WB_TEST_DEADLINE_MS));
  make_impatient (store);
  store_fault (store, "list_users", WB_FAULT_STATUS, 503, 0);
  wb_collection_page_refresh (page.page);
  g_assert_true (wb_test_wait_for (has_failed, page.page, WB_TEST_DEADLINE_MS));
  read_wallet (store);
  g_assert_cmpint (cmr_client_get_connection (store_client (store)), ==, CMR_CONNECTION_CONNECTED);
  order_wait_text (page.window, "The service answered with an error. What you see is from ");
  g_assert_nonnull (order_find_button (page.window, "Try Now"));
  order_wait_text (page.window, "Brightloom"); /* the rows come on their own */
  page_free (&page);
}

/* A pause that was too long to wait for goes on for as long as nothing good was answered. */
static void
test_pause (void)
{
  Store *store = store_new (NULL);
  Page page = page_new (store, WB_COLLECTION_CUSTOMERS);
  GtkWidget *foot = gtk_window_new ();

  gtk_window_set_child (GTK_WINDOW (foot), wb_connection_row_new (store->profile));
  gtk_window_present (GTK_WINDOW (foot));
  make_impatient (store);
  store_fault (store, NULL, WB_FAULT_STATUS, 429, 0);
  wb_collection_page_refresh (page.page);
  order_wait_text (page.window, "The service asks for a pause. It goes on by itself in ");
  g_assert_true (order_shows (foot, "Waiting"));
  g_assert_true (order_shows (foot, "Goes on in "));
  wb_sandbox_clear_faults (store->sandbox);
  gtk_window_destroy (GTK_WINDOW (foot));
  page_free (&page);
}

/* What is read, and the button that holds it */

static gboolean
is_going (gpointer sync)
{
  WbCollection collection;
  guint read;
  gint64 total;

  return wb_sync_get_under_way (sync, &collection, &read, &total) && read > 0 && total > (gint64) read;
}

static gboolean
is_over (gpointer sync)
{
  WbCollection collection;
  guint read;
  gint64 total;

  return !wb_sync_get_under_way (sync, &collection, &read, &total);
}

static gboolean
is_unmapped (gpointer widget)
{
  return !gtk_widget_get_mapped (widget);
}

static void
shoot_popover (GtkWidget *popover, const char *name)
{
  for (guint dark = 0; dark < 2; dark++)
    {
      adw_style_manager_set_color_scheme (adw_style_manager_get_default (), dark ? ADW_COLOR_SCHEME_FORCE_DARK : ADW_COLOR_SCHEME_FORCE_LIGHT);
      order_shot (popover, name);
    }
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_LIGHT);
}

static void
test_reading (gconstpointer data)
{
  static const WbSandboxOptions full = { .no_rate_limit = TRUE };
  WbCollection collection = GPOINTER_TO_INT (data);
  gboolean domains = collection == WB_COLLECTION_DOMAINS;
  const char *reading = domains ? "Reading domains of " : "Reading mailboxes: ";
  Store *store = store_new (&full);
  WbSync *sync = wb_profile_get_sync (store->profile);
  GtkWidget *foot = gtk_window_new (), *row = wb_connection_row_new (store->profile);
  GtkWidget *popover = GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (row)));

  gtk_window_set_default_size (GTK_WINDOW (foot), 500, 400);
  gtk_window_set_child (GTK_WINDOW (foot), row);
  gtk_widget_set_valign (row, GTK_ALIGN_END);
  gtk_window_present (GTK_WINDOW (foot));
  order_wait_allocated (row);
  gtk_menu_button_popup (GTK_MENU_BUTTON (row));
  order_wait_text (popover, "Requests waiting");
  g_assert_false (order_shows (popover, "Reading"));
  g_assert_null (order_find_button (popover, "Pause"));
  wb_sandbox_set_latency (store->sandbox, 400);
  wb_sync_refresh_async (sync, collection, NULL, NULL, NULL, NULL);
  g_assert_true (wb_test_wait_for (is_going, sync, ORDER_DEADLINE_MS));
  store_fault (store, domains ? "list_domains" : "list_all_mailboxes", WB_FAULT_NO_ANSWER, 0, 0); /* it does not end now */
  order_wait_text (popover, reading);
  g_assert_true (order_shows (popover, domains ? " customers" : " of "));
  g_assert_nonnull (order_find_button (popover, "Pause"));
  shoot_popover (popover, domains ? "reading-domains" : "reading");
  order_press (popover, "Pause");
  order_wait_text (popover, "Reading is paused");
  order_wait_text (foot, "Reading is paused");
  g_assert_true (wb_sync_get_paused (sync));
  g_assert_null (order_find_button (popover, "Pause"));
  g_assert_nonnull (order_find_button (popover, "Go On"));
  shoot_popover (popover, "reading-paused");
  g_assert_false (is_over (sync));
  order_press (popover, "Go On");
  order_wait_text (popover, reading);
  wb_sandbox_set_latency (store->sandbox, 0);
  wb_sandbox_clear_faults (store->sandbox);
  wb_sandbox_release (store->sandbox);
  g_assert_true (wb_test_wait_for (is_over, sync, ORDER_DEADLINE_MS));
  g_assert_false (order_shows (popover, "Reading"));
  /* Where nothing is under way it still tells that nothing will be. */
  wb_sync_set_paused (sync, TRUE);
  g_assert_nonnull (order_find_button (popover, "Go On"));
  /* GTK 4.8 asks where the pointer is over a popover that went with its window. */
  gtk_popover_popdown (GTK_POPOVER (popover));
  g_assert_true (wb_test_wait_for (is_unmapped, popover, WB_TEST_DEADLINE_MS));
  gtk_window_destroy (GTK_WINDOW (foot));
  store_free (store);
}

/* A list that is not read says so, or how old it is; who asks for it has it read. */
static void
test_reading_list (void)
{
  Store *store = store_new (NULL);
  WbSync *sync = wb_profile_get_sync (store->profile);
  Page page;

  sync->as_of[WB_COLLECTION_CUSTOMERS] = 0;
  wb_sync_set_paused (sync, TRUE);
  page = page_new (store, WB_COLLECTION_CUSTOMERS);
  wb_collection_page_refresh (page.page);
  order_wait_text (page.window, "Reading is paused");
  wb_collection_page_read_now (page.page);
  g_assert_false (wb_sync_get_paused (sync));
  g_assert_true (wb_test_wait_for (has_read, page.page, WB_TEST_DEADLINE_MS));
  g_assert_false (order_shows (page.window, "as of "));
  wb_sync_set_paused (sync, TRUE);
  g_assert_true (order_shows (page.window, "as of "));
  g_assert_true (has_no_banner (page.page));
  order_shot (page.window, "paused");
  sync->as_of[WB_COLLECTION_CUSTOMERS] -= 50 * G_TIME_SPAN_HOUR;
  wb_collection_page_refresh (page.page);
  order_wait_text (page.window, "This list is 2 days old. Reading is paused.");
  order_shot (page.window, "paused-old");
  order_press (GTK_WIDGET (page.page->banner), "Refresh"); /* the one in the head has no window to act on */
  g_assert_false (wb_sync_get_paused (sync));
  g_assert_true (wb_test_wait_for (has_no_banner, page.page, WB_TEST_DEADLINE_MS));
  page_free (&page);
}

/* What has never been read is not called empty, and nothing turns. */
static void
test_reading_never (void)
{
  Store *store = store_new (NULL);
  WbSync *sync = wb_profile_get_sync (store->profile);
  Page page;

  wb_sync_set_paused (sync, TRUE);
  page = page_new (store, WB_COLLECTION_MAILBOXES);
  wb_collection_page_refresh (page.page);
  order_wait_text (page.window, "Reading is paused");
  order_wait_text (page.window, "Not Read Yet");
  order_shot (page.window, "paused-never");
  g_assert_false (gtk_widget_get_visible (page.page->progress));
  wb_collection_page_read_now (page.page);
  order_wait_text (page.window, "No Mailboxes Yet");
  page_free (&page);
}

/* After a crash */

static void
add_left (Store *store, const char *id, const char *op, const char *state, gboolean paid)
{
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO operations (id, run, op, state, paid, destructive, customer_id, customer, target, cents, created, updated)"
      " VALUES ('%s', 'a run that is over', '%s', '%s', %d, 0, '%s', 'Brightloom', 'ORDER%s', %d, %" G_GINT64_FORMAT ", 1)",
      id, op, state, paid, store->customer, id, paid ? 4080 : 0, g_get_real_time () - 600 * G_USEC_PER_SEC);

  store_run_job (store, TRUE, sql);
}

/* Said until it was looked up; what is unknown then is told as that. */
static void
test_crash (gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);
  Store *store = store_new (NULL);
  Page page;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      add_left (store, id, "process_order", "sending", TRUE);
    }
  store_fault (store, "get_order_status", WB_FAULT_NO_ANSWER, 0, 0);
  store_reopen (store);
  page = page_new (store, WB_COLLECTION_ORDERS);
  order_wait_text (page.window, "Waybill was closed while something was being sent.");
  order_wait_text (page.window, n == 1 ? "One request has no answer; it is being looked up now."
                                       : "2 requests have no answer; they are being looked up now.");
  g_assert_nonnull (order_find_button (page.window, "Show"));
  if (n == 1)
    order_shots (page.window, "crashed");
  wb_sandbox_clear_faults (store->sandbox);
  wb_sandbox_release (store->sandbox);
  order_wait_text (page.window, n == 1 ? "One paid request got no answer." : "2 paid requests got no answer.");
  page_free (&page);
}

/* What was left queued: read back first, then a person is asked; it is not sent, and the banner goes with it. */
static void
test_found (gconstpointer data)
{
  gboolean paid = GPOINTER_TO_INT (data);
  Store *store = store_new (NULL);
  WbOutbox *outbox;
  guint n = 1;
  Page page;

  add_left (store, "1", paid ? "process_order" : "create_user", "queued", paid);
  if (paid)
    store_fault (store, "get_order_status", WB_FAULT_NO_ANSWER, 0, 0);
  store_reopen (store);
  outbox = wb_profile_get_outbox (store->profile);
  page = page_new (store, WB_COLLECTION_ORDERS);
  if (paid)
    {
      store_wait_requests (store, "get_order_status", 1);
      g_object_get (outbox, "n-found", &n, NULL);
      g_assert_cmpuint (n, ==, 0);
      wb_sandbox_clear_faults (store->sandbox);
      wb_sandbox_release (store->sandbox);
    }
  order_wait_text (page.window, paid ? "A payment was waiting when Waybill was closed. About $40.80 for Brightloom: it waits since "
                                     : "A request was waiting when Waybill was closed. It waits since ");
  order_wait_text (page.window, "sent only when you say so.");
  g_assert_nonnull (order_find_button (page.window, "Show"));
  if (paid)
    order_shots (page.window, "found");
  g_assert_cmpuint (wb_sandbox_count_writes (store->sandbox), ==, 0);
  g_assert_true (wb_outbox_stop (outbox, wb_outbox_peek_found (outbox)));
  g_assert_true (wb_test_wait_for (has_no_banner, page.page, WB_TEST_DEADLINE_MS));
  g_assert_null (wb_outbox_peek_found (outbox));
  page_free (&page);
}

static void
test_found_many (void)
{
  Store *store = store_new (NULL);
  Page page;

  add_left (store, "1", "create_user", "queued", FALSE);
  add_left (store, "2", "create_user", "queued", FALSE);
  store_reopen (store);
  page = page_new (store, WB_COLLECTION_CUSTOMERS);
  order_wait_text (page.window, "2 requests were waiting when Waybill was closed. They are sent only when you say so.");
  page_free (&page);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_data_func ("/notices/trouble/orders", GINT_TO_POINTER (WB_COLLECTION_ORDERS), test_trouble);
  g_test_add_data_func ("/notices/trouble/customers", GINT_TO_POINTER (WB_COLLECTION_CUSTOMERS), test_trouble);
  g_test_add_func ("/notices/trouble/of-one-list", test_trouble_of_list);
  g_test_add_func ("/notices/pause/for-as-long-as-it-lasts", test_pause);
  g_test_add_data_func ("/notices/reading/mailboxes", GINT_TO_POINTER (WB_COLLECTION_MAILBOXES), test_reading);
  g_test_add_data_func ("/notices/reading/domains", GINT_TO_POINTER (WB_COLLECTION_DOMAINS), test_reading);
  g_test_add_func ("/notices/reading/list", test_reading_list);
  g_test_add_func ("/notices/reading/never", test_reading_never);
  g_test_add_data_func ("/notices/crash/one", GUINT_TO_POINTER (1), test_crash);
  g_test_add_data_func ("/notices/crash/two", GUINT_TO_POINTER (2), test_crash);
  g_test_add_data_func ("/notices/found/payment", GINT_TO_POINTER (TRUE), test_found);
  g_test_add_data_func ("/notices/found/free", GINT_TO_POINTER (FALSE), test_found);
  g_test_add_func ("/notices/found/many", test_found_many);
  return g_test_run ();
}
