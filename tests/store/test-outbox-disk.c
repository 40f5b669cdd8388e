// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "order-tools.h"

#include <signal.h>
#include <sys/resource.h>

/* A disk that takes nothing more: nothing is sent that is not written first, it is said, and nothing is forgotten. */

static void
set_up (Store **store, gconstpointer data)
{
  *store = store_new (NULL);
  cmr_client_set_timeouts_ms (store_client (*store), 5000, 10000, 10000, 20);
}

static void
set_full (gboolean full)
{
  struct rlimit limit;

  getrlimit (RLIMIT_FSIZE, &limit);
  limit.rlim_cur = full ? 0 : limit.rlim_max;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
tear_down (Store **store, gconstpointer data)
{
  set_full (FALSE);
  store_free (*store);
}

static gboolean
may_send (gpointer profile)
{
  return wb_profile_get_lock (profile) == WB_LOCK_NONE;
}

static void
wait_for_room (Store *store)
{
  g_assert_true (wb_test_wait_for (may_send, store->profile, WB_TEST_DEADLINE_MS));
}

static gboolean
is_kept_failed (gpointer store)
{
  g_autofree char *state = journal_text (store, "SELECT state FROM operations");

  return g_strcmp0 (state, "failed") == 0;
}

/* Full before it is written. */
static void
test_submit (Store **store, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  set_full (TRUE);
  g_assert_null (operation_submit (*store, request_customer ("new@x.test"), &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_STORAGE);
  set_full (FALSE);
  g_assert_cmpuint (wb_sandbox_count_writes ((*store)->sandbox), ==, 0);
  g_assert_cmpint (journal_int (*store, "SELECT count(*) FROM operations"), ==, 0);
}

/* Full between the row and its claim. */
static void
test_claim (Store **store, gconstpointer data)
{
  WbRequest *request = request_customer ("new@x.test");
  g_autoptr (GError) error = NULL;
  WbOperation *operation;

  wb_request_set_delay_ms (request, 50);
  operation = operation_submit (*store, request, &error);
  g_assert_no_error (error);
  set_full (TRUE);
  operation_wait (operation, WB_STATE_FAILED);
  g_assert_cmpint (wb_operation_get_reason (operation), ==, WB_REASON_DISK);
  g_assert_cmpuint (wb_sandbox_count_writes ((*store)->sandbox), ==, 0);
  set_full (FALSE);
  wait_for_room (*store);
  /* The lock may not have been taken yet: the state is shown before it is written. */
  g_assert_true (wb_test_wait_for (is_kept_failed, *store, WB_TEST_DEADLINE_MS));
  g_object_unref (operation);
}

/* Full while a payment waits to leave: it does not go, says why, and is paid once when there is room. */
static void
test_waiting (Store **store, gconstpointer data)
{
  WbOrder *order = order_unpaid (*store, "plain-loom.test");
  g_autoptr (GError) error = NULL;
  WbOperation *pay = order_try_pay (*store, order, 60000, &error);

  g_assert_no_error (error);
  set_full (TRUE);
  /* Anything that is to be saved finds it out. */
  wb_orders_ask_now (store_orders (*store), order);
  operation_wait (pay, WB_STATE_CANCELLED);
  g_assert_cmpint (wb_operation_get_reason (pay), ==, WB_REASON_DISK);
  g_assert_cmpuint (wb_sandbox_count_requests ((*store)->sandbox, "process_order"), ==, 0);
  set_full (FALSE);
  wait_for_room (*store);
  g_object_unref (pay);
  order_wait_can_pay (order);
  pay = order_pay (*store, order);
  order_wait (order, WB_ORDER_LIVE);
  g_assert_cmpuint (wb_sandbox_count_charges ((*store)->sandbox), ==, 1);
  g_object_unref (pay);
  order_drop (order);
}

/* Full when the answer comes: said at once, nothing new is sent, and written as soon as there is room. */
static void
test_answer (Store **store, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = NULL;
  WbOperation *operation;

  store_fault (*store, "create_user", WB_FAULT_DELAY, 200, 1);
  operation = operation_submit (*store, request_customer ("new@x.test"), &error);
  g_assert_no_error (error);
  operation_wait (operation, WB_STATE_SENDING);
  set_full (TRUE);
  operation_wait (operation, WB_STATE_DONE);
  while (wb_profile_get_lock ((*store)->profile) != WB_LOCK_DISK)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (operation_submit (*store, request_customer ("other@x.test"), &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_DENIED);
  set_full (FALSE);
  wait_for_room (*store);
  kept = journal_text (*store, "SELECT state FROM operations");
  g_assert_cmpstr (kept, ==, "done");
  g_assert_cmpuint (wb_sandbox_count_writes ((*store)->sandbox), ==, 1);
  g_object_unref (operation);
}

/* Full for good: what got its answer is unknown after a start, never failed, and is looked up. */
static void
test_answer_never_written (Store **store, gconstpointer data)
{
  WbOrder *order = order_unpaid (*store, "plain-loom.test");
  g_autofree char *id = g_strdup (wb_order_get_id (order));
  g_autofree char *profile = NULL;
  WbOperation *pay;

  wb_sandbox_set_speed ((*store)->sandbox, 0.0001);
  store_fault (*store, "process_order", WB_FAULT_DELAY, 200, 1);
  pay = order_pay (*store, order);
  operation_wait (pay, WB_STATE_SENDING);
  set_full (TRUE);
  operation_wait (pay, WB_STATE_ACCEPTED);
  g_object_unref (pay);
  order_drop (order);
  profile = store_close (*store);
  set_full (FALSE);
  store_open (*store, profile);
  order = order_load (*store, id);
  order_wait (order, WB_ORDER_BEING_MADE);
  g_assert_cmpuint (wb_sandbox_count_charges ((*store)->sandbox), ==, 1);
  g_assert_cmpuint (wb_sandbox_count_requests ((*store)->sandbox, "process_order"), ==, 1);
  order_drop (order);
}

/* Full when an order is to be made: there is no such order, the draft is there. */
static void
test_create (Store **store, gconstpointer data)
{
  WbDraft *draft = order_draft (*store, "plain-loom.test");
  g_autoptr (GError) error = NULL;

  draft_flush (draft);
  set_full (TRUE);
  g_assert_null (order_try_create (*store, draft, TRUE, &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_STORAGE);
  set_full (FALSE);
  g_assert_cmpuint (wb_sandbox_count_writes ((*store)->sandbox), ==, 0);
  g_assert_cmpint (journal_int (*store, "SELECT count(*) FROM orders"), ==, 0);
  g_assert_cmpint (journal_int (*store, "SELECT count(*) FROM drafts WHERE order_uuid = ''"), ==, 1);
  draft_drop (draft);
}

#define ADD(name, func) g_test_add ("/outbox-disk/" name, Store *, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  signal (SIGXFSZ, SIG_IGN);
  money_test_init (&argc, &argv);
  ADD ("submit", test_submit);
  ADD ("claim", test_claim);
  ADD ("waiting", test_waiting);
  ADD ("answer", test_answer);
  ADD ("answer-never-written", test_answer_never_written);
  ADD ("create", test_create);
  return g_test_run ();
}
