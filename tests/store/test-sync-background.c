// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "order-tools.h"

#include "wb-sync-private.h"

/* What is read in the background beside what a person does: an order on its way, a list that is waited for, a pause
 * that was asked for; and how often others hear of it. */

typedef struct {
  Store *store;
  WbSync *sync;
  CmrPacer *pacer;
} Case;

static void
use (Case *self)
{
  self->sync = wb_profile_get_sync (self->store->profile);
  self->pacer = cmr_client_get_pacer (store_client (self->store));
}

static void
set_up (Case *self, gconstpointer data)
{
  static const WbSandboxOptions full = { .no_rate_limit = TRUE, .n_bulk = 6000 };

  self->store = store_new (&full);
  use (self);
}

static void
tear_down (Case *self, gconstpointer data)
{
  store_free (self->store);
}

static guint
requests (Case *self, const char *operation)
{
  return wb_sandbox_count_requests (self->store->sandbox, operation);
}

static void
begin (Case *self, WbCollection collection, gboolean awaited, GCancellable *cancellable, GAsyncResult **place)
{
  wb_sync_read_async (self->sync, collection, "", awaited, cancellable, wb_test_take_result, place);
}

static void
end (Case *self, GAsyncResult **place)
{
  g_autoptr (GError) error = NULL;

  wb_test_wait_result (place);
  wb_sync_refresh_finish (self->sync, *place, &error);
  g_assert_no_error (error);
  g_clear_object (place);
}

static gboolean
never (gpointer data)
{
  return FALSE;
}

static gboolean
is_waiting (gpointer pacer)
{
  return cmr_pacer_get_waiting (pacer) > 0;
}

/* For so long nothing comes in, whatever was on its way before. */
static void
assert_quiet (Case *self, const char *operation, guint ms)
{
  guint before;

  wb_test_wait_for (never, NULL, 200);
  before = requests (self, operation);
  wb_test_wait_for (never, NULL, ms);
  g_assert_cmpuint (requests (self, operation), ==, before);
}

/* An order on its way */

typedef struct {
  Case *self;
  WbState state;
  GAsyncResult *turn; /* that was asked for in the background when the journal said "sending" */
  gboolean was_sooner;
} Order;

static void
on_outbox_changed (WbOutbox *outbox, WbOperation *operation, Order *order)
{
  if (wb_operation_get_op (operation) != CMR_OP_CREATE_ORDER_JSON)
    return;
  if (wb_operation_get_state (operation) == WB_STATE_SENDING && order->state != WB_STATE_SENDING)
    cmr_pacer_turn_async (order->self->pacer, CMR_PRIORITY_BACKGROUND, FALSE, NULL, wb_test_take_result, &order->turn);
  else
    order->was_sooner |= order->turn != NULL;
  order->state = wb_operation_get_state (operation);
}

static gboolean
is_answered (gpointer data)
{
  return ((Order *) data)->state != WB_STATE_SENDING;
}

/* Nothing leaves in the background from the moment when it is about to be sent to the moment when its answer is known. */
static void
test_sending (Case *self, gconstpointer data)
{
  Order order = { .self = self };
  GAsyncResult *read = NULL, *created = NULL;
  WbDraft *draft = order_draft (self->store, "quick-loom.test");
  g_autoptr (GError) error = NULL;
  WbOrder *made;

  wb_sandbox_set_latency (self->store->sandbox, 60);
  store_fault (self->store, "create_order_json", WB_FAULT_DELAY, 1500, 1);
  begin (self, WB_COLLECTION_MAILBOXES, FALSE, NULL, &read);
  store_wait_requests (self->store, "list_all_mailboxes", 1);
  g_signal_connect (store_outbox (self->store), "changed", G_CALLBACK (on_outbox_changed), &order);
  wb_orders_create_async (store_orders (self->store), draft, FALSE, NULL, wb_test_take_result, &created);
  store_wait_requests (self->store, "create_order_json", 1);
  assert_quiet (self, "list_all_mailboxes", 700);
  g_assert_cmpint (order.state, ==, WB_STATE_SENDING); /* all the time */
  g_assert_null (order.turn);
  g_assert_null (read);
  g_assert_true (wb_test_wait_for (is_answered, &order, WB_TEST_DEADLINE_MS));
  wb_test_wait_result (&created);
  made = wb_orders_create_finish (store_orders (self->store), created, &error);
  g_assert_no_error (error);
  end (self, &read);
  wb_test_wait_result (&order.turn);
  g_assert_false (order.was_sooner);
  g_signal_handlers_disconnect_by_data (store_outbox (self->store), &order);
  g_object_unref (created);
  g_object_unref (order.turn);
  order_wait_quiet (made);
  order_drop (made);
  draft_drop (draft);
}

/* The pace */

#define PER_SECOND 40

/* Half of what the service takes is left to people, however many lists are read. */
static void
test_half (Case *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *mailboxes = NULL, *domains = NULL;
  gint64 start;
  double seconds;
  guint n;

  cmr_pacer_set_rate (self->pacer, PER_SECOND);
  start = g_get_monotonic_time ();
  begin (self, WB_COLLECTION_MAILBOXES, FALSE, cancellable, &mailboxes);
  begin (self, WB_COLLECTION_DOMAINS, FALSE, cancellable, &domains);
  wb_test_wait_for (never, NULL, 1200);
  n = requests (self, "list_all_mailboxes") + requests (self, "list_domains");
  seconds = (g_get_monotonic_time () - start) / 1e6;
  g_test_message ("%u in %.2f s", n, seconds);
  g_assert_cmpuint (n, <=, (guint) (seconds * PER_SECOND / 2) + 1);
  g_assert_cmpuint (n, >=, 3);
  g_cancellable_cancel (cancellable);
  wb_test_wait_result (&mailboxes);
  wb_test_wait_result (&domains);
  g_object_unref (mailboxes);
  g_object_unref (domains);
}

/* A list that is waited for */

/* It had begun in the background, and stands in the queue there: who waits for it has it at once. */
static void
test_raised (Case *self, gconstpointer data)
{
  WbCollection collection = GPOINTER_TO_INT (data);
  const char *operation = collection == WB_COLLECTION_DOMAINS ? "list_domains" : "list_all_mailboxes";
  GAsyncResult *background = NULL, *awaited = NULL;

  cmr_pacer_hold_background (self->pacer);
  begin (self, collection, FALSE, NULL, &background);
  g_assert_true (wb_test_wait_for (is_waiting, self->pacer, WB_TEST_DEADLINE_MS));
  assert_quiet (self, operation, 100);
  g_assert_cmpuint (requests (self, operation), ==, 0);
  begin (self, collection, TRUE, NULL, &awaited);
  end (self, &awaited);
  end (self, &background);
  g_assert_cmpuint (requests (self, operation), >, 1);
  cmr_pacer_release_background (self->pacer);
}

/* Who waited has gone: it is in the background again. */
static void
test_lowered (Case *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *background = NULL, *awaited = NULL;

  wb_sandbox_set_latency (self->store->sandbox, 60);
  cmr_pacer_hold_background (self->pacer);
  begin (self, WB_COLLECTION_MAILBOXES, FALSE, NULL, &background);
  begin (self, WB_COLLECTION_MAILBOXES, TRUE, cancellable, &awaited);
  store_wait_requests (self->store, "list_all_mailboxes", 2);
  g_cancellable_cancel (cancellable);
  wb_test_wait_result (&awaited);
  g_object_unref (awaited);
  assert_quiet (self, "list_all_mailboxes", 400);
  g_assert_null (background);
  cmr_pacer_release_background (self->pacer);
  end (self, &background);
}

/* A pause */

static void
reopen (Case *self)
{
  store_reopen (self->store);
  use (self);
}

/* Whoever has paused reading finds it so at the next start; a whole list waits, one customer's does not. */
static void
test_pause_kept (Case *self, gconstpointer data)
{
  GAsyncResult *whole = NULL, *one = NULL;

  g_assert_false (wb_sync_get_paused (self->sync));
  wb_sync_set_paused (self->sync, TRUE);
  reopen (self);
  g_assert_true (wb_sync_get_paused (self->sync));
  begin (self, WB_COLLECTION_MAILBOXES, TRUE, NULL, &whole);
  wb_sync_refresh_async (self->sync, WB_COLLECTION_DOMAINS, self->store->customer, NULL, wb_test_take_result, &one);
  end (self, &one);
  assert_quiet (self, "list_all_mailboxes", 200);
  g_assert_cmpuint (requests (self, "list_all_mailboxes"), ==, 0);
  wb_sync_set_paused (self->sync, FALSE);
  end (self, &whole);
  reopen (self);
  g_assert_false (wb_sync_get_paused (self->sync));
}

/* How often others hear of it */

#define TELL_MS 100

static void
count (WbSync *sync, int collection, guint *n)
{
  *n += collection == WB_COLLECTION_DOMAINS;
}

static gboolean
lands (gpointer sync)
{
  wb_sync_note_landed (sync, WB_COLLECTION_DOMAINS);
  return FALSE;
}

static gboolean
is_told (gpointer sync)
{
  return ((WbSync *) sync)->changed == 0;
}

/* Ten times a second, however fast rows come; and of the last ones too. */
static void
test_told (Case *self, gconstpointer data)
{
  gint64 start = g_get_monotonic_time ();
  guint n = 0, at_most;

  g_signal_connect (self->sync, "changed", G_CALLBACK (count), &n);
  wb_test_wait_for (lands, self->sync, 7 * TELL_MS);
  at_most = (guint) ((g_get_monotonic_time () - start) / 1000 / TELL_MS) + 1;
  g_assert_cmpuint (n, <=, at_most);
  g_assert_cmpuint (n, >=, 3);
  lands (self->sync);
  n = 0;
  g_assert_true (wb_test_wait_for (is_told, self->sync, WB_TEST_DEADLINE_MS));
  g_assert_cmpuint (n, ==, 1);
  g_signal_handlers_disconnect_by_data (self->sync, &n);
}

/* The domains of all customers are many short lists: each would tell its own end. */
static void
test_told_of_a_run (Case *self, gconstpointer data)
{
  GAsyncResult *result = NULL;
  gint64 start = g_get_monotonic_time ();
  guint n = 0, at_most;

  g_signal_connect (self->sync, "changed", G_CALLBACK (count), &n);
  begin (self, WB_COLLECTION_DOMAINS, TRUE, NULL, &result);
  end (self, &result);
  at_most = (guint) ((g_get_monotonic_time () - start) / 1000 / TELL_MS) + 2; /* its own end is told at once */
  g_test_message ("%u tellings of %u lists", n, requests (self, "list_domains"));
  g_assert_cmpuint (n, <=, at_most);
  g_assert_cmpuint (n, >=, 1);
  g_signal_handlers_disconnect_by_data (self->sync, &n);
}

#define ADD(path, data, test) g_test_add ("/sync-background/" path, Case, data, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  money_test_init (&argc, &argv);
  ADD ("none-while-an-order-is-sent", NULL, test_sending);
  ADD ("half-of-the-pace", NULL, test_half);
  ADD ("raised/pages", GINT_TO_POINTER (WB_COLLECTION_MAILBOXES), test_raised);
  ADD ("raised/customers", GINT_TO_POINTER (WB_COLLECTION_DOMAINS), test_raised);
  ADD ("lowered", NULL, test_lowered);
  ADD ("pause-is-kept", NULL, test_pause_kept);
  ADD ("told/ten-times-a-second", NULL, test_told);
  ADD ("told/of-a-run", NULL, test_told_of_a_run);
  return g_test_run ();
}
