// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store-fixture.h"

#include <libsoup/soup.h>
#include <string.h>

#include "cmr-error.h"
#include "wb-mirror-private.h"
#include "wb-profile-private.h"
#include "wb-sync-private.h"

/* What is read lands in the mirror: against the embedded server, and against one that answers in every shape. */

typedef struct {
  Store *store;
  WbSync *sync;
  guint changed, progress;
  guint last_read;
  gboolean running_at_end;
} Case;

static void
on_changed (WbSync *sync, int collection, Case *self)
{
  self->changed++;
}

static void
on_progress (WbSync *sync, int collection, guint read, gint64 total, Case *self)
{
  self->progress++;
  self->last_read = read;
  self->running_at_end = wb_sync_is_running (sync, collection, NULL, NULL);
}

static void
use (Case *self, Store *store)
{
  self->store = store;
  self->sync = wb_profile_get_sync (store->profile);
  g_signal_connect (self->sync, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect (self->sync, "progress", G_CALLBACK (on_progress), self);
  cmr_client_set_timeouts_ms (store_client (store), 5000, 10000, 5000, 10);
}

static void
set_up (Case *self, gconstpointer data)
{
  static const WbSandboxOptions full = { .no_rate_limit = TRUE };

  use (self, store_new (&full));
}

static void
tear_down (Case *self, gconstpointer data)
{
  if (self->store != NULL)
    store_free (self->store);
}

static gboolean
refresh (Case *self, WbCollection collection, const char *customer, GError **error)
{
  GAsyncResult *result = NULL;
  gboolean fine;

  wb_sync_refresh_async (self->sync, collection, customer, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  fine = wb_sync_refresh_finish (self->sync, result, error);
  g_object_unref (result);
  return fine;
}

static gpointer
count_job (sqlite3 *db, gpointer sql, GError **error)
{
  gint64 *n = g_new (gint64, 1);

  *n = wb_db_int64 (db, error, sql, "");
  return n;
}

static gint64
query (Case *self, gboolean journal, const char *sql)
{
  WbDatabase *db
      = journal ? wb_profile_get_journal (self->store->profile) : wb_profile_get_mirror (self->store->profile);
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *n = wb_database_run (db, count_job, (gpointer) sql, &error);

  g_assert_no_error (error);
  return *n;
}

static guint
requests (Case *self, const char *operation)
{
  return wb_sandbox_count_requests (self->store->sandbox, operation);
}

static void
test_pages (Case *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 before = g_get_real_time (), as_of;
  guint pages;

  g_assert_cmpint (wb_sync_get_as_of (self->sync, WB_COLLECTION_MAILBOXES), ==, 0);
  g_assert_true (refresh (self, WB_COLLECTION_MAILBOXES, NULL, &error));
  g_assert_no_error (error);
  pages = requests (self, "list_all_mailboxes");
  g_assert_cmpuint (pages, >=, 3);
  g_assert_cmpuint (self->last_read, >, (pages - 1) * 100);
  g_assert_cmpuint (self->last_read, <=, pages * 100);
  g_assert_cmpint (query (self, FALSE, "SELECT count(*) FROM mailbox"), ==, self->last_read);
  /* Rows of the partner-wide list know their customer. */
  g_assert_cmpint (query (self, FALSE, "SELECT count(*) FROM mailbox WHERE scope = ''"), ==, 0);
  g_assert_cmpint (query (self, FALSE, "SELECT count(DISTINCT scope) FROM mailbox"), >, 5);
  /* At the end, when it no longer runs; between not more often than anybody can look at it. */
  g_assert_cmpuint (self->progress, >=, 1);
  g_assert_false (self->running_at_end);
  g_assert_cmpuint (self->changed, >=, 1);
  as_of = wb_sync_get_as_of (self->sync, WB_COLLECTION_MAILBOXES);
  g_assert_cmpint (as_of, >=, before);
  g_assert_cmpint (as_of, <=, g_get_real_time ());
  /* The same again changes nothing and tells nobody. */
  self->changed = 0;
  g_assert_true (refresh (self, WB_COLLECTION_MAILBOXES, NULL, &error));
  g_assert_cmpuint (self->changed, ==, 0);
  g_assert_cmpint (wb_sync_get_as_of (self->sync, WB_COLLECTION_MAILBOXES), >, as_of);
}

static gboolean
knows_age (gpointer data)
{
  Case *self = data;

  return wb_sync_get_as_of (self->sync, WB_COLLECTION_MAILBOXES) != 0;
}

static void
test_age_is_kept (Case *self, gconstpointer data)
{
  gint64 as_of;

  g_assert_true (refresh (self, WB_COLLECTION_MAILBOXES, NULL, NULL));
  as_of = wb_sync_get_as_of (self->sync, WB_COLLECTION_MAILBOXES);
  store_reopen (self->store);
  use (self, self->store);
  g_assert_true (wb_test_wait_for (knows_age, self, WB_TEST_DEADLINE_MS));
  g_assert_cmpint (wb_sync_get_as_of (self->sync, WB_COLLECTION_MAILBOXES), ==, as_of);
  g_assert_cmpint (query (self, FALSE, "SELECT count(*) FROM mailbox"), >, 100);
}

/* A page that fails for good leaves what was read, and no age. */
static void
test_second_page_fails (Case *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  wb_sandbox_set_latency (self->store->sandbox, 30);
  wb_sync_refresh_async (self->sync, WB_COLLECTION_MAILBOXES, NULL, NULL, NULL, NULL);
  store_wait_requests (self->store, "list_all_mailboxes", 1);
  store_fault (self->store, "list_all_mailboxes", WB_FAULT_STATUS, 503, 0);
  g_assert_false (refresh (self, WB_COLLECTION_MAILBOXES, NULL, &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_TROUBLE);
  g_assert_cmpint (query (self, FALSE, "SELECT count(*) FROM mailbox"), ==, 100);
  g_assert_cmpint (wb_sync_get_as_of (self->sync, WB_COLLECTION_MAILBOXES), ==, 0);
  wb_sandbox_clear_faults (self->store->sandbox);
  g_assert_true (refresh (self, WB_COLLECTION_MAILBOXES, NULL, NULL));
}

/* Bad answers change nothing. */
static void
test_bad_answers (Case *self, gconstpointer data)
{
  static const struct {
    WbFaultKind kind;
    int value;
    CmrError code;
  } faults[] = {
    { WB_FAULT_GARBAGE, 0, CMR_ERROR_PROTOCOL }, { WB_FAULT_SHAPE, 0, CMR_ERROR_PROTOCOL },
    { WB_FAULT_CUT, 0, CMR_ERROR_TROUBLE },      { WB_FAULT_CUT_CHUNKED, 0, CMR_ERROR_TROUBLE },
    { WB_FAULT_STATUS, 401, CMR_ERROR_SIGNED_OUT }, { WB_FAULT_STATUS, 403, CMR_ERROR_DENIED },
    { WB_FAULT_STATUS, 500, CMR_ERROR_TROUBLE }, { WB_FAULT_DROP_BEFORE, 0, CMR_ERROR_TROUBLE },
  };
  gint64 rows;

  g_assert_true (refresh (self, WB_COLLECTION_CUSTOMERS, NULL, NULL));
  rows = query (self, FALSE, "SELECT count(*) FROM customer");
  self->changed = 0;
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;

      store_fault (self->store, "list_users", faults[i].kind, faults[i].value, 0);
      g_assert_false (refresh (self, WB_COLLECTION_CUSTOMERS, NULL, &error));
      g_assert_error (error, CMR_ERROR, (int) faults[i].code);
      wb_sandbox_clear_faults (self->store->sandbox);
    }
  g_assert_cmpint (query (self, FALSE, "SELECT count(*) FROM customer"), ==, rows);
  g_assert_cmpuint (self->changed, ==, 0);
}

/* A wrong id is answered with an empty list: that deletes nothing. */
static void
test_wrong_customer (Case *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 rows;

  g_assert_true (refresh (self, WB_COLLECTION_DOMAINS, self->store->customer, NULL));
  rows = query (self, FALSE, "SELECT count(*) FROM domain");
  g_assert_cmpint (rows, >, 0);
  store_run_job (self->store, FALSE, "UPDATE domain SET scope = 'nobody'");
  for (guint i = 0; i < 3; i++)
    {
      g_assert_false (refresh (self, WB_COLLECTION_DOMAINS, "nobody", &error));
      g_assert_error (error, CMR_ERROR, CMR_ERROR_NOT_FOUND);
      g_clear_error (&error);
    }
  /* Of whom nothing was known nothing is missed. */
  g_assert_true (refresh (self, WB_COLLECTION_MAILBOXES, "nobody", &error));
  g_assert_no_error (error);
  g_assert_cmpint (query (self, FALSE, "SELECT count(*) FROM domain WHERE scope = 'nobody'"), ==, rows);
  /* Of one customer only: the age of the whole list is another thing. */
  g_assert_cmpint (wb_sync_get_as_of (self->sync, WB_COLLECTION_DOMAINS), ==, 0);
}

/* All domains: customer after customer, who are read first; one progress, one age. */
static void
test_all_domains (Case *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 begun = g_get_real_time (), as_of;
  guint n_customers, before;

  store_run_job (self->store, FALSE, "DELETE FROM sweeps; DELETE FROM customer; DELETE FROM pages");
  g_assert_true (refresh (self, WB_COLLECTION_DOMAINS, NULL, &error));
  g_assert_no_error (error);
  n_customers = (guint) query (self, FALSE, "SELECT count(*) FROM customer");
  g_assert_cmpuint (n_customers, >, 10);
  g_assert_cmpuint (requests (self, "list_domains"), ==, n_customers);
  g_assert_cmpuint (self->last_read, ==, n_customers);
  g_assert_false (wb_sync_is_running (self->sync, WB_COLLECTION_DOMAINS, NULL, NULL));
  g_assert_cmpint (query (self, FALSE, "SELECT count(*) FROM domain"), >, 30);
  g_assert_cmpint (query (self, FALSE, "SELECT count(DISTINCT scope) FROM domain"), ==, n_customers - 1);
  as_of = wb_sync_get_as_of (self->sync, WB_COLLECTION_DOMAINS);
  g_assert_cmpint (as_of, >=, begun);
  g_assert_cmpint (as_of, ==, query (self, FALSE, "SELECT min(as_of) FROM sweeps WHERE collection = 'domains' AND scope <> ''"));
  /* The second time the customers are known, and nothing has changed. */
  before = requests (self, "list_users");
  self->changed = 0;
  g_assert_true (refresh (self, WB_COLLECTION_DOMAINS, NULL, &error));
  g_assert_cmpuint (requests (self, "list_users"), ==, before);
  g_assert_cmpuint (self->changed, ==, 0);
  g_assert_cmpint (wb_sync_get_as_of (self->sync, WB_COLLECTION_DOMAINS), >, as_of);
}

/* Whoever has been read since it began is passed over, also after the program has been closed. */
static void
test_domains_go_on (Case *self, gconstpointer data)
{
  guint n_customers = (guint) query (self, FALSE, "SELECT count(*) FROM customer"), before;

  wb_sandbox_set_latency (self->store->sandbox, 20);
  wb_sync_refresh_async (self->sync, WB_COLLECTION_DOMAINS, NULL, NULL, NULL, NULL);
  store_wait_requests (self->store, "list_domains", n_customers / 2);
  store_reopen (self->store);
  use (self, self->store);
  before = requests (self, "list_domains");
  wb_sandbox_set_latency (self->store->sandbox, 0);
  g_assert_true (refresh (self, WB_COLLECTION_DOMAINS, NULL, NULL));
  g_assert_cmpuint (requests (self, "list_domains"), <=, n_customers + 4); /* those under way once more */
  g_assert_cmpuint (requests (self, "list_domains"), >, before);
  g_assert_cmpuint (self->last_read, ==, n_customers);
  g_assert_cmpint (query (self, FALSE, "SELECT count(*) FROM sweeps WHERE collection = 'domains' AND as_of > 0"), ==,
                   n_customers + 1);
}

/* One customer's answer that cannot be read does not keep the others'; the age is not that of a whole list. */
static void
test_domains_but_one (Case *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint n_customers = (guint) query (self, FALSE, "SELECT count(*) FROM customer");

  store_fault (self->store, "list_domains", WB_FAULT_SHAPE, 0, 1);
  g_assert_false (refresh (self, WB_COLLECTION_DOMAINS, NULL, &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_PROTOCOL);
  g_assert_cmpuint (requests (self, "list_domains"), ==, n_customers);
  g_assert_cmpint (wb_sync_get_as_of (self->sync, WB_COLLECTION_DOMAINS), ==, 0);
  /* That one alone is missing. */
  g_assert_true (refresh (self, WB_COLLECTION_DOMAINS, NULL, NULL));
  g_assert_cmpuint (requests (self, "list_domains"), ==, n_customers + 1);
  g_assert_cmpint (wb_sync_get_as_of (self->sync, WB_COLLECTION_DOMAINS), >, 0);
  /* What concerns all ends it at once. */
  g_clear_error (&error);
  store_fault (self->store, "list_domains", WB_FAULT_STATUS, 401, 0);
  g_assert_false (refresh (self, WB_COLLECTION_DOMAINS, NULL, &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_SIGNED_OUT);
  g_assert_cmpuint (requests (self, "list_domains"), <=, n_customers + 5);
}

/* No customer's sweep holds the domains of a customer who is gone: two runs that have missed them take them away. */
static void
test_domains_of_nobody (Case *self, gconstpointer data)
{
  static const char orphans[] = "SELECT count(*) FROM domain WHERE scope = 'nobody'";

  g_assert_true (refresh (self, WB_COLLECTION_DOMAINS, NULL, NULL));
  store_run_job (self->store, FALSE, "INSERT INTO domain (row_key, scope, asked_at) VALUES ('d', 'nobody', 1)");
  g_assert_true (refresh (self, WB_COLLECTION_DOMAINS, NULL, NULL));
  g_assert_cmpint (query (self, FALSE, orphans), ==, 1);
  g_assert_true (refresh (self, WB_COLLECTION_DOMAINS, NULL, NULL));
  g_assert_cmpint (query (self, FALSE, orphans), ==, 0);
  g_assert_cmpint (query (self, FALSE, "SELECT count(*) FROM domain"), >, 30);
}

/* A row that the service no longer lists goes with the second whole sweep that has missed it, and not with the first. */
static void
test_gone_after_two (Case *self, gconstpointer data)
{
  static const char gone[] = "SELECT count(*) FROM customer WHERE row_key = 'gone'";

  g_assert_true (refresh (self, WB_COLLECTION_CUSTOMERS, NULL, NULL));
  store_run_job (self->store, FALSE,
                 "INSERT INTO customer (row_key, scope, asked_at, user_id, email) VALUES ('gone', '', 1, 'gone', "
                 "'x@y.example')");
  self->changed = 0;
  g_assert_true (refresh (self, WB_COLLECTION_CUSTOMERS, NULL, NULL));
  g_assert_cmpint (query (self, FALSE, gone), ==, 1);
  g_assert_cmpuint (self->changed, ==, 0);
  g_assert_true (refresh (self, WB_COLLECTION_CUSTOMERS, NULL, NULL));
  g_assert_cmpint (query (self, FALSE, gone), ==, 0);
  g_assert_cmpuint (self->changed, ==, 1);
  g_assert_cmpint (query (self, FALSE, "SELECT count(*) FROM customer"), >, 5);
  /* Seen again, it was not missed. */
  store_run_job (self->store, FALSE, "UPDATE customer SET missed = 1; DELETE FROM pages");
  g_assert_true (refresh (self, WB_COLLECTION_CUSTOMERS, NULL, NULL));
  g_assert_cmpint (query (self, FALSE, "SELECT count(*) FROM customer WHERE missed <> 0"), ==, 0);
  /* What was written while a sweep was under way it may not have been able to see. */
  store_run_job (self->store, FALSE,
                 "INSERT INTO customer (row_key, scope, asked_at, user_id) VALUES ('gone', '', 1 << 60, 'gone')");
  for (guint i = 0; i < 3; i++)
    g_assert_true (refresh (self, WB_COLLECTION_CUSTOMERS, NULL, NULL));
  g_assert_cmpint (query (self, FALSE, gone), ==, 1);
}

static void
test_joins (Case *self, gconstpointer data)
{
  GAsyncResult *results[3] = { NULL };

  wb_sandbox_set_latency (self->store->sandbox, 30);
  for (guint i = 0; i < 3; i++)
    wb_sync_refresh_async (self->sync, WB_COLLECTION_SUBSCRIPTIONS, NULL, NULL, wb_test_take_result, &results[i]);
  g_assert_true (wb_sync_is_running (self->sync, WB_COLLECTION_SUBSCRIPTIONS, NULL, NULL));
  for (guint i = 0; i < 3; i++)
    {
      wb_test_wait_result (&results[i]);
      g_assert_true (wb_sync_refresh_finish (self->sync, results[i], NULL));
      g_object_unref (results[i]);
    }
  g_assert_cmpuint (requests (self, "list_subscriptions"), ==, 1);
  /* Of one customer it is another sweep. */
  g_assert_true (refresh (self, WB_COLLECTION_SUBSCRIPTIONS, self->store->customer, NULL));
  g_assert_cmpuint (requests (self, "list_subscriptions"), ==, 2);
}

static void
check_cancelled (Case *self, GAsyncResult **result)
{
  g_autoptr (GError) error = NULL;

  wb_test_wait_result (result);
  g_assert_false (wb_sync_refresh_finish (self->sync, *result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (result);
}

/* Who cancels hears at once; the others go on; the last one takes the sweep along. */
static void
test_cancel (Case *self, gconstpointer data)
{
  g_autoptr (GCancellable) one = g_cancellable_new ();
  g_autoptr (GCancellable) two = g_cancellable_new ();
  GAsyncResult *a = NULL, *b = NULL;
  gint64 start = g_get_monotonic_time ();
  guint before;

  store_fault (self->store, "list_users", WB_FAULT_DELAY, 1500, 1);
  wb_sync_refresh_async (self->sync, WB_COLLECTION_CUSTOMERS, NULL, one, wb_test_take_result, &a);
  wb_sync_refresh_async (self->sync, WB_COLLECTION_CUSTOMERS, NULL, two, wb_test_take_result, &b);
  g_cancellable_cancel (one);
  check_cancelled (self, &a);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 1000 * 1000);
  g_assert_true (wb_sync_is_running (self->sync, WB_COLLECTION_CUSTOMERS, NULL, NULL));
  wb_test_wait_result (&b);
  g_assert_true (wb_sync_refresh_finish (self->sync, b, NULL));
  g_clear_object (&b);
  start = g_get_monotonic_time ();
  before = requests (self, "list_users");
  g_cancellable_reset (one);
  store_fault (self->store, "list_users", WB_FAULT_DELAY, 3000, 1);
  wb_sync_refresh_async (self->sync, WB_COLLECTION_CUSTOMERS, NULL, one, wb_test_take_result, &a);
  wb_sync_refresh_async (self->sync, WB_COLLECTION_CUSTOMERS, NULL, two, wb_test_take_result, &b);
  store_wait_requests (self->store, "list_users", before + 1);
  g_cancellable_cancel (one);
  g_cancellable_cancel (two);
  check_cancelled (self, &a);
  check_cancelled (self, &b);
  g_assert_false (wb_sync_is_running (self->sync, WB_COLLECTION_CUSTOMERS, NULL, NULL));
  wb_sandbox_clear_faults (self->store->sandbox); /* it may not have come so far */
  /* A new one begins while the old one winds down. */
  g_assert_true (refresh (self, WB_COLLECTION_CUSTOMERS, NULL, NULL));
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2500 * 1000);
  wb_sync_refresh_async (self->sync, WB_COLLECTION_CUSTOMERS, NULL, one, wb_test_take_result, &a);
  check_cancelled (self, &a); /* cancelled before */
}

static void
test_closed (Case *self, gconstpointer data)
{
  WbSync *sync = g_object_ref (self->sync);
  GAsyncResult *result = NULL, *late = NULL;

  self->store->parts_are_held = TRUE;
  wb_sandbox_set_latency (self->store->sandbox, 300);
  wb_sync_refresh_async (sync, WB_COLLECTION_MAILBOXES, NULL, NULL, wb_test_take_result, &result);
  store_free (self->store);
  self->store = NULL;
  check_cancelled (self, &result);
  wb_sync_refresh_async (sync, WB_COLLECTION_MAILBOXES, NULL, NULL, wb_test_take_result, &late);
  check_cancelled (self, &late);
  wb_sync_places_async (sync, NULL, NULL, wb_test_take_result, &late);
  wb_test_wait_result (&late);
  g_assert_null (wb_sync_places_finish (sync, late, NULL));
  g_object_unref (late);
  g_assert_finalize_object (sync);
}

static CmrObject *
reread (Case *self, WbCollection collection, const char *id, GError **error)
{
  GAsyncResult *result = NULL;
  CmrObject *object;

  wb_sync_reread_async (self->sync, collection, id, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  object = wb_sync_reread_finish (self->sync, result, error);
  g_object_unref (result);
  return object;
}

/* Gone is gone only when the service says so. */
static void
test_reread (Case *self, gconstpointer data)
{
  g_autoptr (CmrObject) customer = reread (self, WB_COLLECTION_CUSTOMERS, self->store->customer, NULL);
  static const int codes[] = { 401, 403, 422, 500 };
  g_autoptr (GError) error = NULL;
  gint64 rows = query (self, FALSE, "SELECT count(*) FROM customer");

  g_assert_cmpstr (cmr_object_get_text (customer, "user-id"), ==, self->store->customer);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      store_fault (self->store, "get_user", WB_FAULT_STATUS, codes[i], 0);
      g_assert_null (reread (self, WB_COLLECTION_CUSTOMERS, self->store->customer, &error));
      g_assert_nonnull (error);
      g_clear_error (&error);
      wb_sandbox_clear_faults (self->store->sandbox);
    }
  g_assert_cmpint (query (self, FALSE, "SELECT count(*) FROM customer"), ==, rows);
  store_run_job (self->store, FALSE,
                 "INSERT INTO customer (row_key, scope, asked_at, user_id) VALUES ('gone', '', 1, 'gone')");
  self->changed = 0;
  g_assert_null (reread (self, WB_COLLECTION_CUSTOMERS, "gone", &error));
  g_assert_no_error (error);
  g_assert_cmpint (query (self, FALSE, "SELECT count(*) FROM customer"), ==, rows);
  g_assert_cmpuint (self->changed, ==, 1);
}

static gint64
read_wallet (Case *self, GError **error)
{
  GAsyncResult *result = NULL;
  gint64 cents;

  wb_sync_read_wallet_async (self->sync, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  cents = wb_sync_read_wallet_finish (self->sync, result, error);
  g_object_unref (result);
  return cents;
}

/* The journal keeps movements, not readings. */
static void
test_wallet (Case *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  wb_sandbox_set_wallet (self->store->sandbox, 728460);
  g_assert_cmpint (read_wallet (self, NULL), ==, 728460);
  g_assert_cmpint (read_wallet (self, NULL), ==, 728460);
  g_assert_cmpint (query (self, TRUE, "SELECT count(*) FROM wallet"), ==, 1);
  wb_sandbox_set_wallet (self->store->sandbox, -1);
  g_assert_cmpint (read_wallet (self, NULL), ==, -1);
  g_assert_cmpint (query (self, TRUE, "SELECT count(*) FROM wallet"), ==, 2);
  g_assert_cmpint (wb_profile_get_wallet_cents (self->store->profile), ==, -1);
  store_fault (self->store, "get_wallet", WB_FAULT_SHAPE, 0, 1);
  g_assert_cmpint (read_wallet (self, &error), ==, CMR_MONEY_UNKNOWN);
  g_assert_error (error, CMR_ERROR, CMR_ERROR_PROTOCOL);
  g_assert_cmpint (wb_profile_get_wallet_cents (self->store->profile), ==, -1);
}

static GPtrArray *
places (Case *self, const char *country)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *rows;

  wb_sync_places_async (self->sync, country, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  rows = wb_sync_places_finish (self->sync, result, &error);
  g_assert_no_error (error);
  g_object_unref (result);
  return rows;
}

static void
test_places (Case *self, gconstpointer data)
{
  g_autoptr (GPtrArray) countries = places (self, NULL);
  g_autoptr (GPtrArray) again = places (self, NULL);
  g_autoptr (GPtrArray) states = places (self, "US");
  g_autoptr (GPtrArray) others = places (self, "CA");
  g_autoptr (GPtrArray) none = places (self, "DE");

  g_assert_cmpuint (countries->len, >, 10);
  g_assert_cmpuint (again->len, ==, countries->len);
  g_assert_cmpuint (requests (self, "list_countries"), ==, 1);
  g_assert_cmpuint (states->len, ==, 51);
  g_assert_cmpstr (cmr_object_get_text (states->pdata[0], "code"), ==, "AL");
  g_assert_cmpuint (others->len, ==, 13);
  g_assert_cmpuint (none->len, ==, 0);
}

/* Secrets of an answer have no column to land in. */
static void
test_no_secrets (Case *self, gconstpointer data)
{
  g_assert_cmpint (query (self, FALSE, "SELECT count(*) FROM pragma_table_info('mailbox')"), >, 10);
  g_assert_cmpint (
      query (self, FALSE,
             "SELECT count(*) FROM pragma_table_info('mailbox') WHERE name LIKE '%password%' OR name LIKE '%secret%'"),
      ==, 0);
}

static CmrObject *
customer_named (const char *company)
{
  CmrObject *object = cmr_object_new (&cmr_customer_resource);

  cmr_object_set_text (object, "user-id", "c1");
  if (company != NULL)
    cmr_object_set_text (object, "company", company);
  return object;
}

typedef struct {
  WbMirrorWrite write;
  GPtrArray *rows;
  gint changed;
} Upsert;

static gpointer
upsert_job (sqlite3 *db, gpointer data, GError **error)
{
  Upsert *upsert = data;

  upsert->changed = wb_mirror_upsert (db, &upsert->write, upsert->rows, NULL, error);
  return NULL;
}

static gint
upsert (Case *self, const char *company, const char *scope, gint64 asked_at)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  Upsert data = { { &cmr_customer_resource, scope, asked_at }, rows, -1 };
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (rows, customer_named (company));
  wb_database_run (wb_profile_get_mirror (self->store->profile), upsert_job, &data, &error);
  g_assert_no_error (error);
  return data.changed;
}

static void
test_older_answers (Case *self, gconstpointer data)
{
  g_assert_cmpint (upsert (self, "New", "s", 200), ==, 1);
  g_assert_cmpint (upsert (self, "Old", "s", 100), ==, 0);
  g_assert_cmpint (query (self, FALSE, "SELECT company = 'New' FROM customer WHERE row_key = 'c1'"), ==, 1);
  g_assert_cmpint (upsert (self, "New", "s", 300), ==, 0); /* nothing changed */
  g_assert_cmpint (upsert (self, NULL, "s", 400), ==, 0);  /* left out is not taken away */
  g_assert_cmpint (upsert (self, "Newer", "", 500), ==, 1);
  g_assert_cmpint (query (self, FALSE, "SELECT company = 'Newer' AND scope = 's' FROM customer WHERE row_key = 'c1'"),
                   ==, 1);
  g_assert_cmpint (upsert (self, "Newer", "t", 600), ==, 1);
}

/* A server of our own, for answers in other shapes */

typedef char *(*DupAnswer) (guint page, guint limit);

typedef struct {
  SoupServer *server;
  DupAnswer dup_answer;
  guint requests;
  char *base_url;
} Server;

static void
on_request (SoupServer *server, SoupServerMessage *msg, const char *path, GHashTable *params, gpointer data)
{
  Server *self = data;
  const char *page = params != NULL ? g_hash_table_lookup (params, "page") : NULL;
  const char *limit = params != NULL ? g_hash_table_lookup (params, "limit") : NULL;
  char *text = self->dup_answer (page != NULL ? atoi (page) : 0, limit != NULL ? atoi (limit) : 0);

  self->requests++;
  soup_server_message_set_status (msg, 200, NULL);
  soup_server_message_set_response (msg, "application/json", SOUP_MEMORY_TAKE, text, strlen (text));
}

static void
serve (Server *self, Case *test, DupAnswer dup_answer)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  self->server = soup_server_new (NULL, NULL);
  self->dup_answer = dup_answer;
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  soup_server_listen (self->server, address, 0, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->base_url = g_strdup_printf ("http://127.0.0.1:%d/api", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  use (test, store_new_at (self->base_url, "key", "c1"));
}

static void
serve_end (Server *self, Case *test)
{
  store_free (g_steal_pointer (&test->store));
  soup_server_disconnect (self->server);
  g_assert_finalize_object (self->server);
  g_free (self->base_url);
}

#define ALL 250

static void
append_rows_of (GString *text, guint page, guint limit, guint all)
{
  for (guint i = (page - 1) * limit; i < MIN (page * limit, all); i++)
    g_string_append_printf (text, "%s{\"userId\":\"u%u\",\"email\":\"u%u@x.example\",\"appPassword\":\"hush\"}",
                            i % limit > 0 ? "," : "", i, i);
}

static void
append_rows (GString *text, guint page, guint limit)
{
  append_rows_of (text, page, limit, ALL);
}

static char *
paged (guint page, guint limit, const char *begin, const char *end)
{
  GString *text = g_string_new (begin);

  append_rows (text, page, limit);
  g_string_append (text, end);
  return g_string_free (text, FALSE);
}

static char *
under_pagination (guint page, guint limit)
{
  g_autofree char *end = g_strdup_printf (
      "],\"pagination\":{\"totalSearchedCount\":%u,\"currentPage\":%u,\"nextPage\":%u,\"totalPages\":3}}}", ALL, page,
      page + 1);

  return paged (page, limit, "{\"status\":200,\"message\":\"ok\",\"data\":{\"users\":[", end);
}

/* The parent product's: numbers beside the rows, as text too. */
static char *
beside_rows (guint page, guint limit)
{
  g_autofree char *end
      = g_strdup_printf ("],\"currentPage\":\"%u\",\"totalPages\":\"3\",\"totalCount\":%u}}", page, ALL);

  return paged (page, limit, "{\"status\":200,\"data\":{\"users\":[", end);
}

static char *
total_alone (guint page, guint limit)
{
  g_autofree char *end
      = g_strdup_printf ("],\"pagination\":{\"totalSearchedCount\":%u,\"currentPage\":%u}}}", ALL, page);

  return paged (page, limit, "{\"status\":200,\"data\":{\"users\":[", end);
}

/* It does not say which page it gave. */
static char *
no_current_page (guint page, guint limit)
{
  return paged (page, limit, "{\"status\":200,\"data\":{\"users\":[", "],\"pagination\":{\"totalPages\":3}}}");
}

static char *
page_after_page (guint page, guint limit)
{
  return paged (page, limit, "{\"status\":200,\"data\":[", page <= 3 ? "],\"pagination\":{\"totalPages\":4}}" : "]}");
}

/* The first page, whichever is asked for. */
static char *
always_first (guint page, guint limit)
{
  g_autofree char *end
      = g_strdup_printf ("],\"pagination\":{\"totalSearchedCount\":%u,\"currentPage\":1,\"totalPages\":3}}}", ALL);

  return paged (1, limit, "{\"status\":200,\"data\":{\"users\":[", end);
}

/* Nothing is said about pages: a full one may have another behind it. */
static char *
unstated (guint page, guint limit)
{
  return paged (page, limit, "{\"status\":200,\"data\":[", "]}");
}

static char *
unstated_first (guint page, guint limit)
{
  return paged (1, limit, "{\"status\":200,\"data\":[", "]}");
}

static char *
rows_alone (guint page, guint limit)
{
  return g_strdup ("[{\"id\":\"u1\",\"email\":\"a@x.example\"},{\"userId\":\"u2\"}]");
}

static char *
no_rows (guint page, guint limit)
{
  return g_strdup ("{\"status\":200,\"message\":\"ok\",\"data\":{\"users\":[],\"pagination\":{\"totalSearchedCount\":0,"
                   "\"currentPage\":1,\"totalPages\":0}}}");
}

static void
test_shapes (Case *self, gconstpointer data)
{
  static const struct {
    const char *name;
    DupAnswer dup_answer;
    guint requests;
    gint64 rows;
  } shapes[] = {
    { "under pagination", under_pagination, 3, ALL }, { "beside rows", beside_rows, 3, ALL },
    { "total alone", total_alone, 3, ALL },           { "no current page", no_current_page, 3, ALL },
    { "page after page", page_after_page, 4, ALL },   { "unstated", unstated, 3, ALL },
    { "unstated first", unstated_first, 2, 100 },
    { "rows alone", rows_alone, 1, 2 },               { "no rows", no_rows, 1, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      Server server = { 0 };
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", shapes[i].name);
      serve (&server, self, shapes[i].dup_answer);
      g_assert_true (refresh (self, WB_COLLECTION_CUSTOMERS, NULL, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (server.requests, ==, shapes[i].requests);
      g_assert_cmpint (query (self, FALSE, "SELECT count(*) FROM customer"), ==, shapes[i].rows);
      g_assert_cmpint (wb_sync_get_as_of (self->sync, WB_COLLECTION_CUSTOMERS), >, 0);
      g_assert_cmpint (query (self, FALSE, "SELECT as_of FROM sweeps WHERE collection = 'customers' AND scope = ''"),
                       ==, wb_sync_get_as_of (self->sync, WB_COLLECTION_CUSTOMERS));
      serve_end (&server, self);
    }
}

#define MANY_PAGES 30
/* Pages under way at a time at the most */
#define AHEAD 8

static char *
many (guint page, guint limit)
{
  GString *text = g_string_new ("{\"status\":200,\"data\":{\"users\":[");

  append_rows_of (text, page, limit, MANY_PAGES * limit);
  g_string_append_printf (text, "],\"pagination\":{\"currentPage\":%u,\"totalPages\":%d}}}", page, MANY_PAGES);
  return g_string_free (text, FALSE);
}

static gboolean
has_read_half (gpointer data)
{
  return ((Server *) data)->requests >= MANY_PAGES / 2;
}

/* The program ends in the middle of a list: at the next start it goes on where it was. */
static void
test_resumes (Case *self, gconstpointer data)
{
  Server server = { 0 };
  guint before;

  serve (&server, self, many);
  wb_sync_refresh_async (self->sync, WB_COLLECTION_CUSTOMERS, NULL, NULL, NULL, NULL);
  g_assert_true (wb_test_wait_for (has_read_half, &server, WB_TEST_DEADLINE_MS));
  store_reopen (self->store);
  use (self, self->store);
  before = server.requests;
  g_assert_cmpuint (before, <, MANY_PAGES);
  g_assert_true (refresh (self, WB_COLLECTION_CUSTOMERS, NULL, NULL));
  /* The answers that were under way are asked for again. */
  g_assert_cmpuint (server.requests, <=, MANY_PAGES + AHEAD);
  g_assert_cmpuint (server.requests, >, before);
  g_assert_cmpint (query (self, FALSE, "SELECT count(*) FROM customer"), ==, MANY_PAGES * 100);
  /* A whole one begins at the top again. */
  before = server.requests;
  g_assert_true (refresh (self, WB_COLLECTION_CUSTOMERS, NULL, NULL));
  g_assert_cmpuint (server.requests, ==, before + MANY_PAGES);
  serve_end (&server, self);
}

/* From its fifteenth page on it gives that page. */
static char *
stuck (guint page, guint limit)
{
  return many (MIN (page, MANY_PAGES / 2), limit);
}

/* There it does not go on the next time either, page after page, to an end that is none. */
static void
test_stuck (Case *self, gconstpointer data)
{
  Server server = { 0 };

  serve (&server, self, stuck);
  for (guint i = 1; i <= 3; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (refresh (self, WB_COLLECTION_CUSTOMERS, NULL, &error));
      g_assert_error (error, CMR_ERROR, CMR_ERROR_PROTOCOL);
      g_assert_cmpuint (server.requests, >=, i * (MANY_PAGES / 2 + 1));
      g_assert_cmpuint (server.requests, <=, i * (MANY_PAGES / 2 + AHEAD));
    }
  g_assert_cmpint (wb_sync_get_as_of (self->sync, WB_COLLECTION_CUSTOMERS), ==, 0);
  serve_end (&server, self);
}

static gpointer
changes_job (sqlite3 *db, gpointer data, GError **error)
{
  return GINT_TO_POINTER (sqlite3_total_changes (db));
}

static int
changes (Case *self)
{
  return GPOINTER_TO_INT (wb_database_run (wb_profile_get_mirror (self->store->profile), changes_job, NULL, NULL));
}

/* The same list again is known by its digests: the age is all that is written. */
static void
test_writes_nothing (Case *self, gconstpointer data)
{
  Server server = { 0 };
  int before;

  serve (&server, self, many);
  g_assert_true (refresh (self, WB_COLLECTION_CUSTOMERS, NULL, NULL));
  g_assert_cmpint (changes (self), >, MANY_PAGES * 100);
  before = changes (self);
  g_assert_true (refresh (self, WB_COLLECTION_CUSTOMERS, NULL, NULL));
  g_assert_cmpint (changes (self) - before, ==, 1);
  serve_end (&server, self);
}

/* It speaks of three pages and gives the first: what is there is kept, and nobody is told that it is all. */
static void
test_stands_still (Case *self, gconstpointer data)
{
  Server server = { 0 };
  g_autoptr (GError) error = NULL;

  serve (&server, self, always_first);
  g_assert_false (refresh (self, WB_COLLECTION_CUSTOMERS, NULL, &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_PROTOCOL);
  g_assert_cmpuint (server.requests, ==, 2);
  g_assert_cmpint (query (self, FALSE, "SELECT count(*) FROM customer"), ==, 100);
  g_assert_cmpint (wb_sync_get_as_of (self->sync, WB_COLLECTION_CUSTOMERS), ==, 0);
  serve_end (&server, self);
}

/* A mailbox read by its id says nothing of its customer: it stays where it is. */
static char *
mailbox_alone (guint page, guint limit)
{
  if (page > 0)
    return g_strdup ("{\"status\":200,\"data\":[{\"mailboxId\":\"m1\",\"userId\":\"c1\",\"email\":\"a@x.example\","
                     "\"status\":\"IN_PROGRESS\"}]}");
  return g_strdup ("{\"status\":200,\"data\":{\"mailboxId\":\"m1\",\"email\":\"a@x.example\",\"status\":\"ACTIVE\","
                   "\"password\":\"hush\"}}");
}

static void
test_keeps_customer (Case *self, gconstpointer data)
{
  Server server = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (CmrObject) mailbox = NULL;

  serve (&server, self, mailbox_alone);
  g_assert_true (refresh (self, WB_COLLECTION_MAILBOXES, NULL, &error));
  g_assert_no_error (error);
  mailbox = reread (self, WB_COLLECTION_MAILBOXES, "m1", &error);
  g_assert_no_error (error);
  g_assert_cmpint (query (self, FALSE, "SELECT count(*) FROM mailbox WHERE scope = 'c1' AND status = 'ACTIVE'"), ==, 1);
  g_clear_object (&mailbox);
  serve_end (&server, self);
}

/* Which answer a server of our own gives */
static guint nth;

/* The last of the first page has moved to the second one while they were read, and bears another address there. */
static char *
moved (guint page, guint limit)
{
  GString *text = g_string_new ("{\"status\":200,\"data\":{\"users\":[");

  if (nth == 2 && page == 2)
    g_string_append (text, "{\"userId\":\"u99\",\"email\":\"moved@x.example\"}");
  else
    append_rows_of (text, page, limit, 150);
  g_string_append_printf (text, "],\"pagination\":{\"currentPage\":%u,\"totalPages\":2}}}", page);
  return g_string_free (text, FALSE);
}

/* A page that is the same as ever says nothing of a row that was written since for another one. */
static void
test_moved_back (Case *self, gconstpointer data)
{
  Server server = { 0 };

  serve (&server, self, moved);
  for (nth = 1; nth <= 3; nth++)
    {
      g_assert_true (refresh (self, WB_COLLECTION_CUSTOMERS, NULL, NULL));
      g_assert_cmpint (query (self, FALSE, "SELECT email = 'moved@x.example' FROM customer WHERE row_key = 'u99'"), ==,
                       nth == 2);
    }
  g_assert_cmpint (query (self, FALSE, "SELECT count(*) FROM customer"), ==, 150);
  serve_end (&server, self);
}

/* The list of all has two; that of their customer has both, or one of them. */
static char *
one_or_two (guint page, guint limit)
{
  static const char both[] = "{\"status\":200,\"data\":["
                             "{\"mailboxId\":\"m1\",\"userId\":\"c1\",\"email\":\"a@x.example\"},"
                             "{\"mailboxId\":\"m2\",\"userId\":\"c1\",\"email\":\"b@x.example\"}]}";
  static const char one[] = "{\"status\":200,\"data\":["
                            "{\"mailboxId\":\"m2\",\"userId\":\"c1\",\"email\":\"b@x.example\"}]}";

  return g_strdup (nth % 2 == 0 ? one : both);
}

/* Missed by the customer's list, seen on the list of all, which is the same as ever, missed again: that is not twice
 * in a row. */
static void
test_seen_between (Case *self, gconstpointer data)
{
  Server server = { 0 };

  serve (&server, self, one_or_two);
  for (nth = 1; nth <= 6; nth++)
    {
      g_assert_true (refresh (self, WB_COLLECTION_MAILBOXES, nth % 2 == 0 ? "c1" : NULL, NULL));
      g_assert_cmpint (query (self, FALSE, "SELECT count(*) FROM mailbox"), ==, 2);
    }
  nth = 2;
  g_assert_true (refresh (self, WB_COLLECTION_MAILBOXES, "c1", NULL));
  g_assert_cmpint (query (self, FALSE, "SELECT count(*) FROM mailbox"), ==, 1);
  serve_end (&server, self);
}

#define ADD(name, func) g_test_add ("/sync/" name, Case, NULL, set_up, func, tear_down)
#define ADD_OWN(name, func) g_test_add ("/sync/" name, Case, NULL, NULL, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("pages", test_pages);
  ADD ("age-is-kept", test_age_is_kept);
  ADD ("second-page-fails", test_second_page_fails);
  ADD ("bad-answers", test_bad_answers);
  ADD ("wrong-customer", test_wrong_customer);
  ADD ("all-domains", test_all_domains);
  ADD ("domains-go-on", test_domains_go_on);
  ADD ("domains-but-one", test_domains_but_one);
  ADD ("domains-of-nobody", test_domains_of_nobody);
  ADD ("gone-after-two", test_gone_after_two);
  ADD ("joins", test_joins);
  ADD ("cancel", test_cancel);
  ADD ("closed", test_closed);
  ADD ("reread", test_reread);
  ADD ("wallet", test_wallet);
  ADD ("places", test_places);
  ADD ("no-secrets", test_no_secrets);
  ADD ("older-answers", test_older_answers);
  ADD_OWN ("shapes", test_shapes);
  ADD_OWN ("stands-still", test_stands_still);
  ADD_OWN ("resumes", test_resumes);
  ADD_OWN ("stuck", test_stuck);
  ADD_OWN ("writes-nothing", test_writes_nothing);
  ADD_OWN ("moved-back", test_moved_back);
  ADD_OWN ("seen-between", test_seen_between);
  ADD_OWN ("keeps-customer", test_keeps_customer);
  return g_test_run ();
}
