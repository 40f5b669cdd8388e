// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "list-fixture.h"

#include "wb-journal-private.h"

/* What a list says and selects before, while and after it is read for the first time. */

#define BULK 700

static Store *
store_with_bulk (void)
{
  static const WbSandboxOptions options = { .no_rate_limit = TRUE, .n_bulk = BULK };

  return store_new (&options);
}

static WbSync *
sync_of (List *list)
{
  return wb_profile_get_sync (list->store->profile);
}

static gboolean
was_read (gpointer data)
{
  List *list = data;

  return wb_sync_get_as_of (sync_of (list), WB_COLLECTION_MAILBOXES) > 0
         && !wb_sync_is_running (sync_of (list), WB_COLLECTION_MAILBOXES, NULL, NULL);
}

static void
wait_read (List *list)
{
  g_assert_true (wb_test_wait_for (was_read, list, 3 * WB_TEST_DEADLINE_MS));
}

typedef struct {
  List *list;
  guint early; /* times that something was selected while rows came */
} Watch;

static void
on_selected (GObject *selection, GParamSpec *pspec, Watch *watch)
{
  if (wb_row_selection_get_position (watch->list->page->selection) != GTK_INVALID_LIST_POSITION
      && wb_collection_page_is_filling (watch->list->page))
    watch->early++;
}

static gboolean
first_is_selected (gpointer data)
{
  List *list = data;

  return wb_list_model_is_settled (list->page->model) && wb_row_selection_get_position (list->page->selection) == 0;
}

static gboolean
has_some (gpointer data)
{
  return list_n_rows (data) > 0;
}

/* Rows that come above the one that came first do not leave it in the middle, selected by nobody. */
static void
test_first (void)
{
  Store *store = store_with_bulk ();
  List list = list_new (store, WB_COLLECTION_MAILBOXES, 1200);
  Watch watch = { &list, 0 };

  g_signal_connect (list.page->selection, "notify::selected-id", G_CALLBACK (on_selected), &watch);
  /* One page comes long before the others. */
  store_fault (store, "list_all_mailboxes", WB_FAULT_NONE, 0, 1);
  store_fault (store, "list_all_mailboxes", WB_FAULT_DELAY, 500, 5);
  wb_collection_page_refresh (list.page);
  g_assert_true (wb_test_wait_for (has_some, &list, WB_TEST_DEADLINE_MS));
  g_assert_true (wb_collection_page_is_filling (list.page));
  wait_read (&list);
  g_assert_true (wb_test_wait_for (first_is_selected, &list, WB_TEST_DEADLINE_MS));
  g_assert_cmpuint (watch.early, ==, 0);
  g_signal_handlers_disconnect_by_data (list.page->selection, &watch);
  list_free (&list);
}

/* Who selects one meanwhile keeps it. */
static void
test_chosen (void)
{
  Store *store = store_with_bulk ();
  List list = list_new (store, WB_COLLECTION_MAILBOXES, 1200);
  g_autofree char *id = NULL, *after = NULL;

  wb_collection_page_refresh (list.page);
  g_assert_true (wb_test_wait_for (has_some, &list, WB_TEST_DEADLINE_MS));
  wb_collection_page_select_at (list.page, list_n_rows (&list) - 1);
  g_object_get (list.page->selection, "selected-id", &id, NULL);
  wait_read (&list);
  order_wait_button (list.window, "All");
  g_object_get (list.page->selection, "selected-id", &after, NULL);
  g_assert_cmpstr (after, ==, id);
  list_free (&list);
}

/* Not read, being read, and read: “none” is said only of the last. */
static void
test_words (void)
{
  Store *store = store_new (NULL);
  List list = list_new (store, WB_COLLECTION_MAILBOXES, 1200);

  order_wait_text (list.window, "Not Read Yet");
  g_assert_false (order_shows (list.window, "No Mailboxes Yet"));
  order_shots (list.window, "unread");
  wb_collection_page_refresh (list.page);
  g_assert_false (order_shows (list.window, "No Mailboxes Yet"));
  g_assert_false (order_shows (list.window, "Not Read Yet"));
  order_wait_text (list.window, "No Mailboxes Yet");
  list_free (&list);
}

/* Both readers are busy: what was written is in the list later. */

typedef struct {
  GMutex lock;
  GCond cond;
  gboolean free;
} Hold;

static gpointer
hold_job (sqlite3 *db, gpointer data, GError **error)
{
  Hold *hold = data;

  g_mutex_lock (&hold->lock);
  while (!hold->free)
    g_cond_wait (&hold->cond, &hold->lock);
  g_mutex_unlock (&hold->lock);
  return NULL;
}

static void
test_slow_reader (void)
{
  Store *store = store_with_bulk ();
  List list = list_new (store, WB_COLLECTION_MAILBOXES, 1200);
  Hold hold = { 0 };

  g_mutex_init (&hold.lock);
  g_cond_init (&hold.cond);
  order_wait_text (list.window, "Not Read Yet");
  wb_database_push (wb_profile_get_lists (store->profile), hold_job, &hold, NULL);
  wb_collection_page_refresh (list.page);
  wait_read (&list);
  wb_collection_page_update (list.page);
  g_assert_cmpuint (list_n_rows (&list), ==, 0);
  g_assert_false (order_shows (list.window, "No Mailboxes Yet"));
  g_assert_false (order_shows (list.window, "Not Read Yet"));
  g_mutex_lock (&hold.lock);
  hold.free = TRUE;
  g_cond_signal (&hold.cond);
  g_mutex_unlock (&hold.lock);
  g_assert_true (wb_test_wait_for (has_some, &list, WB_TEST_DEADLINE_MS));
  list_free (&list);
  g_mutex_clear (&hold.lock);
  g_cond_clear (&hold.cond);
}

int
main (int argc, char **argv)
{
  order_test_init (&argc, &argv);
  g_test_add_func ("/first-load/first", test_first);
  g_test_add_func ("/first-load/chosen", test_chosen);
  g_test_add_func ("/first-load/words", test_words);
  g_test_add_func ("/first-load/slow-reader", test_slow_reader);
  return g_test_run ();
}
