// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store-fixture.h"

#include "wb-sync-private.h"

/* What is read though nobody asks for it: what comes first, what is old enough, and when nothing is read. */

#define PACE "100"
/* A look comes by itself each 150 ms: time for several. */
#define A_WHILE_MS 800

typedef struct {
  Store *store;
  WbSync *sync;
  GString *order;   /* of the collections that were read whole, as they ended */
  gint64 ended_at;  /* monotonic: when the last one did */
  gboolean awaited; /* one was, though nobody waits */
  guint most;       /* whole lists at a time */
} Case;

static void
watch (Case *self)
{
  WbSyncJob *job;
  GHashTableIter iter;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->sync->jobs);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &job))
    {
      n += *job->scope == '\0';
      self->awaited |= wb_sync_job_is_awaited (job);
    }
  self->most = MAX (self->most, n);
}

static void
on_progress (WbSync *sync, int collection, guint read, gint64 total, Case *self)
{
  watch (self);
  if (wb_sync_is_running (sync, collection, NULL, NULL) || sync->ended[collection] == 0)
    return;
  if (g_hash_table_size (sync->jobs) > 0)
    return; /* the end of one customer's */
  g_string_append_c (self->order, wb_collection_name (collection)[0]);
  self->ended_at = g_get_monotonic_time ();
}

static gboolean
knows_ages (gpointer sync)
{
  return ((WbSync *) sync)->knows_ages;
}

static void
use (Case *self)
{
  self->sync = wb_profile_get_sync (self->store->profile);
  g_signal_connect (self->sync, "progress", G_CALLBACK (on_progress), self);
  g_assert_true (wb_test_wait_for (knows_ages, self->sync, WB_TEST_DEADLINE_MS));
}

static void
set_up (Case *self, gconstpointer data)
{
  static const WbSandboxOptions full = { .no_rate_limit = TRUE };

  self->store = store_new (&full);
  self->order = g_string_new ("");
  cmr_client_set_timeouts_ms (store_client (self->store), 5000, 10000, 5000, 1);
  use (self);
  /* The store has read its customers: not so for what is tested. */
  self->sync->as_of[WB_COLLECTION_CUSTOMERS] = self->sync->ended[WB_COLLECTION_CUSTOMERS] = 0;
}

static void
tear_down (Case *self, gconstpointer data)
{
  if (self->store != NULL)
    store_free (self->store);
  g_string_free (self->order, TRUE);
}

/* As though it had been read then. */
static void
set_age (Case *self, WbCollection collection, guint minutes)
{
  self->sync->as_of[collection] = g_get_real_time () - minutes * G_TIME_SPAN_MINUTE;
  self->sync->ended[collection] = 0;
}

static void
set_ages (Case *self, guint customers, guint domains, guint mailboxes, guint subscriptions)
{
  set_age (self, WB_COLLECTION_CUSTOMERS, customers);
  set_age (self, WB_COLLECTION_DOMAINS, domains);
  set_age (self, WB_COLLECTION_MAILBOXES, mailboxes);
  set_age (self, WB_COLLECTION_SUBSCRIPTIONS, subscriptions);
}

typedef struct {
  Case *self;
  guint n;
} Wanted;

static gboolean
has_read (gpointer data)
{
  Wanted *wanted = data;

  watch (wanted->self);
  return wanted->self->order->len >= wanted->n;
}

static gboolean
never (gpointer self)
{
  watch (self);
  return FALSE;
}

static void
wait_read (Case *self, guint n)
{
  Wanted wanted = { self, n };

  g_assert_true (wb_test_wait_for (has_read, &wanted, WB_TEST_DEADLINE_MS));
}

static void
assert_quiet (Case *self)
{
  gsize before = self->order->len;

  wb_test_wait_for (never, self, A_WHILE_MS);
  g_assert_cmpuint (self->order->len, ==, before);
  g_assert_cmpuint (g_hash_table_size (self->sync->jobs), ==, 0);
}

static guint
requests (Case *self, const char *operation)
{
  return wb_sandbox_count_requests (self->store->sandbox, operation);
}

/* Nothing has been read: customers first, then one list after the other, and none that a person would have to wait
 * behind; then there is quiet. */
static void
test_never_read (Case *self, gconstpointer data)
{
  gint64 start;

  assert_quiet (self); /* nobody has started it */
  wb_sync_start_schedule (self->sync);
  wb_sync_start_schedule (self->sync);
  start = g_get_monotonic_time ();
  wait_read (self, 1);
  g_assert_cmpint (self->ended_at - start, >=, 100 * 1000); /* 10 s, a hundred times as fast */
  wait_read (self, 4);
  g_assert_cmpstr (self->order->str, ==, "cdms");
  g_assert_cmpuint (self->most, ==, 1);
  g_assert_false (self->awaited);
  assert_quiet (self);
}

/* What is shown first, though others are older; then customers; then the oldest. */
static void
test_order (Case *self, gconstpointer data)
{
  set_ages (self, 70, 200, 300, 20);
  wb_sync_set_visible (self->sync, WB_COLLECTION_SUBSCRIPTIONS, TRUE);
  wb_sync_set_visible (self->sync, WB_COLLECTION_ORDERS, TRUE); /* is always fresh */
  wb_sync_start_schedule (self->sync);
  wait_read (self, 4);
  g_assert_cmpstr (self->order->str, ==, "scmd");
  g_assert_cmpuint (self->most, ==, 1);
}

/* A quarter of an hour where it is shown, else an hour. */
static void
test_age (Case *self, gconstpointer data)
{
  set_ages (self, 59, 14, 14, 59);
  wb_sync_set_visible (self->sync, WB_COLLECTION_MAILBOXES, TRUE);
  wb_sync_start_schedule (self->sync);
  assert_quiet (self);
  set_age (self, WB_COLLECTION_MAILBOXES, 16);
  wait_read (self, 1);
  set_age (self, WB_COLLECTION_SUBSCRIPTIONS, 61);
  wait_read (self, 2);
  set_age (self, WB_COLLECTION_DOMAINS, 16);
  assert_quiet (self);
  /* Two pages show it, then one, then none. */
  wb_sync_set_visible (self->sync, WB_COLLECTION_DOMAINS, TRUE);
  wait_read (self, 3);
  wb_sync_set_visible (self->sync, WB_COLLECTION_DOMAINS, TRUE);
  wb_sync_set_visible (self->sync, WB_COLLECTION_DOMAINS, FALSE);
  set_age (self, WB_COLLECTION_DOMAINS, 16);
  wait_read (self, 4);
  wb_sync_set_visible (self->sync, WB_COLLECTION_DOMAINS, FALSE);
  set_age (self, WB_COLLECTION_DOMAINS, 16);
  assert_quiet (self);
  g_assert_cmpstr (self->order->str, ==, "msdd");
  /* A clock that was put back says nothing. */
  self->sync->as_of[WB_COLLECTION_CUSTOMERS] = g_get_real_time () + G_TIME_SPAN_HOUR;
  wait_read (self, 5);
  /* One that took an hour has its rest. */
  set_age (self, WB_COLLECTION_DOMAINS, 70);
  self->sync->ended[WB_COLLECTION_DOMAINS] = g_get_real_time () - 50 * G_TIME_SPAN_MINUTE;
  assert_quiet (self);
}

static gboolean
has_part (gpointer data)
{
  Case *self = data;
  WbCollection collection;
  guint read;
  gint64 total;

  return wb_sync_get_under_way (self->sync, &collection, &read, &total) && collection == WB_COLLECTION_MAILBOXES
         && read >= 100 && total > 0;
}

static gboolean
is_at_rest (gpointer data)
{
  return cmr_pacer_get_waiting (cmr_client_get_pacer (store_client (((Case *) data)->store))) == 0;
}

static void
count (guint *n)
{
  ++*n;
}

/* What is under way stands still and goes on from there; nothing new begins. */
static void
test_paused (Case *self, gconstpointer data)
{
  guint notified = 0, before, now, read;
  WbCollection collection;
  gint64 total;
  gboolean paused;

  g_signal_connect_swapped (self->sync, "notify::paused", G_CALLBACK (count), &notified);
  set_ages (self, 1, 1, 70, 70);
  wb_sandbox_set_latency (self->store->sandbox, 100);
  wb_sync_start_schedule (self->sync);
  g_assert_true (wb_test_wait_for (has_part, self, WB_TEST_DEADLINE_MS));
  wb_sync_set_paused (self->sync, TRUE);
  wb_sync_set_paused (self->sync, TRUE);
  g_object_get (self->sync, "paused", &paused, NULL);
  g_assert_true (paused);
  g_assert_true (wb_test_wait_for (is_at_rest, self, WB_TEST_DEADLINE_MS));
  wb_test_wait_for (never, self, 300); /* what was on its way */
  before = requests (self, "list_all_mailboxes");
  wb_test_wait_for (never, self, A_WHILE_MS);
  now = requests (self, "list_all_mailboxes");
  g_assert_cmpuint (now, ==, before);
  g_assert_cmpuint (requests (self, "list_subscriptions"), ==, 0);
  g_assert_true (wb_sync_get_under_way (self->sync, &collection, &read, &total));
  g_assert_cmpint (collection, ==, WB_COLLECTION_MAILBOXES);
  g_object_set (self->sync, "paused", FALSE, NULL);
  g_assert_cmpuint (notified, ==, 2);
  wait_read (self, 2);
  g_assert_cmpstr (self->order->str, ==, "ms");
  g_assert_false (wb_sync_get_under_way (self->sync, &collection, &read, &total));
  g_assert_cmpuint (requests (self, "list_all_mailboxes"), <, 2 * before + 4); /* not from the beginning */
}

static gboolean
has_lost (gpointer data)
{
  Case *self = data;

  return cmr_client_get_connection (store_client (self->store)) != CMR_CONNECTION_CONNECTED;
}

static void
read_wallet (Case *self)
{
  GAsyncResult *result = NULL;

  wb_sync_read_wallet_async (self->sync, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  wb_sync_read_wallet_finish (self->sync, result, NULL);
  g_object_unref (result);
}

/* While the service is away or refuses the key nothing is read; soon after it has answered again, all is. */
static void
test_away (Case *self, gconstpointer data)
{
  WbFaultKind kind = GPOINTER_TO_INT (data);

  store_fault (self->store, "get_wallet", kind, kind == WB_FAULT_STATUS ? 401 : 0, 0);
  read_wallet (self);
  g_assert_true (wb_test_wait_for (has_lost, self, WB_TEST_DEADLINE_MS));
  wb_sync_start_schedule (self->sync);
  assert_quiet (self);
  wb_sandbox_clear_faults (self->store->sandbox);
  read_wallet (self);
  wait_read (self, 4);
}

/* What could not be read is not asked for at once: after a minute, then after two; others are not held up by it. */
static void
test_failure (Case *self, gconstpointer data)
{
  guint before = requests (self, "list_users");
  gint64 start;

  set_ages (self, 70, 1, 1, 70);
  store_fault (self->store, "list_users", WB_FAULT_STATUS, 403, 2);
  wb_sync_start_schedule (self->sync);
  store_wait_requests (self->store, "list_users", before + 1);
  start = g_get_monotonic_time ();
  wait_read (self, 1);
  g_assert_cmpstr (self->order->str, ==, "s");
  store_wait_requests (self->store, "list_users", before + 2);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 590 * 1000);
  start = g_get_monotonic_time ();
  wait_read (self, 2);
  g_assert_cmpint (self->ended_at - start, >=, 1190 * 1000);
  g_assert_cmpstr (self->order->str, ==, "sc");
}

/* What a person waits for is not shared with anything else. */
static void
test_behind_people (Case *self, gconstpointer data)
{
  GAsyncResult *result = NULL;

  set_ages (self, 1, 1, 1, 70);
  store_fault (self->store, "list_all_mailboxes", WB_FAULT_DELAY, 700, 1);
  wb_sync_refresh_async (self->sync, WB_COLLECTION_MAILBOXES, NULL, NULL, wb_test_take_result, &result);
  wb_sync_start_schedule (self->sync);
  wait_read (self, 1);
  g_assert_cmpuint (requests (self, "list_subscriptions"), ==, 0);
  wait_read (self, 2);
  g_assert_cmpstr (self->order->str, ==, "ms");
  g_assert_cmpuint (self->most, ==, 1);
  wb_test_wait_result (&result);
  g_assert_true (wb_sync_refresh_finish (self->sync, result, NULL));
  g_object_unref (result);
}

/* It goes with its profile, before its first look and while it reads. */
static void
test_closed (Case *self, gconstpointer data)
{
  guint before = data != NULL ? requests (self, data) : 0;
  WbSync *sync = g_object_ref (self->sync);

  self->store->parts_are_held = TRUE;
  wb_sandbox_set_latency (self->store->sandbox, 300);
  wb_sync_start_schedule (sync);
  if (data != NULL)
    store_wait_requests (self->store, data, before + 1);
  g_signal_handlers_disconnect_by_data (sync, self);
  store_free (g_steal_pointer (&self->store));
  wb_sync_start_schedule (sync); /* too late */
  g_assert_null (sync->schedule);
  wb_sync_set_visible (sync, WB_COLLECTION_DOMAINS, TRUE);
  wb_sync_set_paused (sync, TRUE);
  wb_sync_set_paused (sync, FALSE);
  g_assert_finalize_object (sync);
}

static void
test_closed_paused (Case *self, gconstpointer data)
{
  WbSync *sync = g_object_ref (self->sync);

  self->store->parts_are_held = TRUE;
  wb_sandbox_set_latency (self->store->sandbox, 50);
  wb_sync_start_schedule (sync);
  store_wait_requests (self->store, data, 1);
  wb_sync_set_paused (sync, TRUE);
  g_assert_true (wb_test_wait_for (is_at_rest, self, WB_TEST_DEADLINE_MS));
  wb_test_wait_for (never, self, 300);
  g_signal_handlers_disconnect_by_data (sync, self);
  store_free (g_steal_pointer (&self->store));
  g_assert_finalize_object (sync);
}

#define ADD(path, data, test) g_test_add ("/sync-schedule/" path, Case, data, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_setenv ("WAYBILL_PACE", PACE, TRUE);
  g_test_init (&argc, &argv, NULL);
  ADD ("never-read", NULL, test_never_read);
  ADD ("order", NULL, test_order);
  ADD ("age", NULL, test_age);
  ADD ("paused", NULL, test_paused);
  ADD ("away/no-answer", GINT_TO_POINTER (WB_FAULT_DROP_BEFORE), test_away);
  ADD ("away/key-refused", GINT_TO_POINTER (WB_FAULT_STATUS), test_away);
  ADD ("failure", NULL, test_failure);
  ADD ("behind-people", NULL, test_behind_people);
  ADD ("closed/at-first", NULL, test_closed);
  ADD ("closed/in-a-sweep", "list_users", test_closed);
  ADD ("closed/while-reading", "list_all_mailboxes", test_closed);
  ADD ("closed/in-a-run", "list_domains", test_closed);
  ADD ("closed/paused", "list_all_mailboxes", test_closed_paused);
  ADD ("closed/paused-in-a-run", "list_domains", test_closed_paused);
  return g_test_run ();
}
