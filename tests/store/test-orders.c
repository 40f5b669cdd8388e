// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "order-tools.h"

#include <string.h>

/* Created, read back, paid, followed to the end; and what goes wrong on the way. */

static void
set_up (Store **store, gconstpointer data)
{
  *store = store_new (NULL);
  /* Reads that are refused are tried again soon. */
  cmr_client_set_timeouts_ms (store_client (*store), 5000, 10000, 10000, 50);
}

static void
tear_down (Store **store, gconstpointer data)
{
  store_free (*store);
}

static guint
charges (Store *store)
{
  return wb_sandbox_count_charges (store->sandbox);
}

static guint
requests (Store *store, const char *operation)
{
  return wb_sandbox_count_requests (store->sandbox, operation);
}

static void
test_two_steps (Store **store, gconstpointer data)
{
  WbOrder *order = order_unpaid (*store, "plain-loom.test");
  gint64 before = wb_sandbox_get_wallet ((*store)->sandbox);
  WbOperation *pay;

  g_assert_cmpint (wb_order_get_state (order), ==, WB_ORDER_NOT_PAID);
  g_assert_cmpstr (wb_order_get_server_state (order), ==, "CREATED");
  g_assert_cmpuint (charges (*store), ==, 0);
  g_assert_cmpint (wb_order_get_wallet_now (order), ==, before);
  pay = order_pay (*store, order);
  g_assert_true (wb_operation_is_paid (pay));
  order_wait (order, WB_ORDER_LIVE);
  operation_wait (pay, WB_STATE_DONE);
  g_assert_cmpuint (wb_order_get_live (order), ==, 2);
  g_assert_cmpuint (wb_order_get_failed (order), ==, 0);
  g_assert_cmpuint (wb_sandbox_count_charges_for ((*store)->sandbox, wb_order_get_order_id (order)), ==, 1);
  g_assert_cmpuint (requests (*store, "create_order_json"), ==, 1);
  g_assert_cmpuint (requests (*store, "process_order"), ==, 1);
  g_object_unref (pay);
  order_drop (order);
}

static gboolean
knows_taken (gpointer order)
{
  return wb_order_get_taken (order) != CMR_MONEY_UNKNOWN || wb_order_get_wallet_shared (order);
}

/* The wallet proves the sum at the end, and only where nothing else of ours was paid meanwhile. */
static void
test_taken (Store **store, gconstpointer data)
{
  WbOrder *first = order_unpaid (*store, "first-loom.test");
  WbOrder *second = order_unpaid (*store, "second-loom.test");
  g_autoptr (WbOperation) pay = order_pay (*store, first);
  g_autoptr (WbOperation) other = NULL;

  order_wait (first, WB_ORDER_LIVE);
  g_assert_true (wb_test_wait_for (knows_taken, first, WB_TEST_DEADLINE_MS));
  g_assert_cmpint (wb_order_get_taken (first), ==, 980 + 2 * 300);
  g_assert_false (wb_order_get_wallet_shared (first));
  /* Somebody tops up while the second is paid: the wallet is higher than before, and proves nothing. */
  other = order_pay (*store, second);
  wb_sandbox_set_wallet ((*store)->sandbox, 9000000);
  order_wait (second, WB_ORDER_LIVE);
  g_assert_true (wb_test_wait_for (knows_taken, second, WB_TEST_DEADLINE_MS));
  g_assert_true (wb_order_get_wallet_shared (second));
  g_assert_cmpint (wb_order_get_taken (second), ==, CMR_MONEY_UNKNOWN);
  order_drop (first);
  order_drop (second);
}

static void
test_one_step (Store **store, gconstpointer data)
{
  WbDraft *draft = order_draft (*store, "quick-loom.test");
  WbOrder *order = order_create (*store, draft, TRUE);

  draft_drop (draft);
  order_wait (order, WB_ORDER_LIVE);
  g_assert_true (wb_operation_is_paid (wb_order_get_create_operation (order)));
  operation_wait (wb_order_get_create_operation (order), WB_STATE_DONE);
  g_assert_cmpuint (charges (*store), ==, 1);
  g_assert_cmpuint (requests (*store, "process_order"), ==, 0);
  order_drop (order);
}

/* Two pictures of two people on two domains: four parts, in one POST. */
static void
test_pictures (Store **store, gconstpointer data)
{
  WbDraft *draft = order_draft (*store, "loom-one.test loom-two.test");
  g_autofree char *amara = draft_picture ((*store)->dir, "Amara Okafor.jpg", 700, 700, 0x336699);
  g_autofree char *tomas = draft_picture ((*store)->dir, "tomas.png", 700, 700, 0x996633);
  const char *const roots[] = { amara, tomas, NULL };
  g_autofree char *seen = NULL;
  g_autoptr (WbOperation) pay = NULL;
  WbOrder *order;

  draft_add (draft, -1, NULL, roots);
  order = order_create (*store, draft, FALSE);
  draft_drop (draft);
  order_wait_can_pay (order);
  g_assert_cmpint (wb_operation_get_op (wb_order_get_create_operation (order)), ==, CMR_OP_CREATE_ORDER_MULTIPART);
  g_assert_cmpuint (wb_operation_get_n_pictures (wb_order_get_create_operation (order)), ==, 4);
  g_assert_cmpuint (requests (*store, "create_order_multipart"), ==, 1);
  seen = wb_sandbox_dup_pictures ((*store)->sandbox);
  g_assert_nonnull (strstr (seen, "amara@loom-one.test"));
  g_assert_nonnull (strstr (seen, "tomas@loom-two.test"));
  g_assert_null (strstr (seen, "Okafor"));
  pay = order_pay (*store, order);
  order_wait (order, WB_ORDER_LIVE);
  g_assert_cmpuint (wb_order_get_live (order), ==, 4);
  g_assert_cmpuint (charges (*store), ==, 1);
  order_drop (order);
}

/* A start between creating and paying, and one after the end: it stays what it was. */
static void
test_restart (Store **store, gconstpointer data)
{
  WbOrder *order = order_unpaid (*store, "plain-loom.test");
  g_autofree char *id = g_strdup (wb_order_get_id (order));
  g_autoptr (WbOperation) pay = NULL;

  order_drop (order);
  store_reopen (*store);
  order = order_load (*store, id);
  order_wait_can_pay (order);
  g_assert_nonnull (wb_order_get_create_operation (order));
  pay = order_pay (*store, order);
  order_wait (order, WB_ORDER_LIVE);
  order_drop (order);
  g_clear_object (&pay);
  store_reopen (*store);
  order = order_load (*store, id);
  g_assert_cmpint (wb_order_get_state (order), ==, WB_ORDER_LIVE);
  g_assert_cmpint (wb_operation_get_state (wb_order_get_pay_operation (order)), ==, WB_STATE_DONE);
  g_assert_cmpuint (charges (*store), ==, 1);
  order_drop (order);
}

/* Closed while it is being made: followed again, not paid again. */
static void
test_restart_while_made (Store **store, gconstpointer data)
{
  WbOrder *order = order_unpaid (*store, "plain-loom.test");
  g_autofree char *id = g_strdup (wb_order_get_id (order));
  g_autoptr (WbOperation) pay = NULL;

  wb_sandbox_set_speed ((*store)->sandbox, 0.0001);
  pay = order_pay (*store, order);
  order_wait (order, WB_ORDER_BEING_MADE);
  order_drop (order);
  g_clear_object (&pay);
  store_reopen (*store);
  order = order_load (*store, id);
  g_assert_cmpint (wb_order_get_state (order), ==, WB_ORDER_BEING_MADE);
  g_assert_false (wb_order_can_pay (order));
  wb_sandbox_set_speed ((*store)->sandbox, 0);
  order_wait (order, WB_ORDER_LIVE);
  g_assert_cmpuint (charges (*store), ==, 1);
  g_assert_cmpuint (requests (*store, "process_order"), ==, 1);
  order_drop (order);
}

/* Creating */

/* A lost create is free and says so: no alarm, no "most likely not carried out", and it may be created again. */
static void
test_lost_create (Store **store, gconstpointer data)
{
  WbDraft *draft = order_draft (*store, "lost-loom.test");
  g_autoptr (WbEvidence) evidence = NULL;
  WbOrder *order, *again;
  guint n_unknown = 1;

  store_fault (*store, "create_order_json", WB_FAULT_DROP_AFTER, 0, 1);
  order = order_create (*store, draft, FALSE);
  order_wait (order, WB_ORDER_MAY_EXIST);
  order_wait_quiet (order);
  g_assert_cmpint (wb_operation_get_state (wb_order_get_create_operation (order)), ==, WB_STATE_UNKNOWN);
  g_assert_false (wb_operation_is_paid (wb_order_get_create_operation (order)));
  g_object_get (store_outbox (*store), "n-unknown-paid", &n_unknown, NULL);
  g_assert_cmpuint (n_unknown, ==, 0);
  g_assert_false (wb_order_can_pay (order));
  evidence = operation_check (*store, wb_order_get_create_operation (order));
  g_assert_cmpint (evidence->verdict, ==, WB_VERDICT_OPEN);
  again = order_create (*store, draft, FALSE);
  order_wait_can_pay (again);
  /* "Keep as Draft" of the first does not free the draft of the second. */
  wb_outbox_close_unknown (store_outbox (*store), wb_order_get_create_operation (order));
  order_wait (order, WB_ORDER_CANCELLED);
  order_wait_quiet (order);
  g_assert_cmpint (journal_int (*store, "SELECT count(*) FROM drafts WHERE order_uuid = ''"), ==, 0);
  g_assert_cmpuint (charges (*store), ==, 0);
  draft_drop (draft);
  order_drop (order);
  order_drop (again);
}

/* The draft of a lost create comes back when a person says that it was not done. */
static void
test_lost_create_kept (Store **store, gconstpointer data)
{
  WbDraft *draft = order_draft (*store, "lost-loom.test");
  WbOrder *order;

  store_fault (*store, "create_order_json", WB_FAULT_DROP_BEFORE, 0, 1);
  order = order_create (*store, draft, FALSE);
  order_wait (order, WB_ORDER_MAY_EXIST);
  g_assert_cmpint (journal_int (*store, "SELECT count(*) FROM drafts WHERE order_uuid = ''"), ==, 0);
  wb_outbox_close_unknown (store_outbox (*store), wb_order_get_create_operation (order));
  order_wait (order, WB_ORDER_CANCELLED);
  order_wait_quiet (order);
  g_assert_cmpint (journal_int (*store, "SELECT count(*) FROM drafts WHERE order_uuid = ''"), ==, 1);
  draft_drop (draft);
  order_drop (order);
}

/* A lost create after which money is gone is unknown and paid, like any other. */
static void
test_lost_create_moved (Store **store, gconstpointer data)
{
  WbDraft *draft = order_draft (*store, "lost-loom.test");
  guint n_unknown = 0;
  WbOrder *order;

  /* The first reading is the one before; the second is refused once, so that there is time to move the wallet. */
  store_fault (*store, "get_wallet", WB_FAULT_NONE, 0, 1);
  store_fault (*store, "get_wallet", WB_FAULT_STATUS, 503, 1);
  store_fault (*store, "create_order_json", WB_FAULT_DROP_BEFORE, 0, 1);
  order = order_create (*store, draft, FALSE);
  order_wait (order, WB_ORDER_MAY_EXIST);
  wb_sandbox_set_wallet ((*store)->sandbox, wb_sandbox_get_wallet ((*store)->sandbox) - 1580);
  order_wait (order, WB_ORDER_UNKNOWN);
  order_wait_quiet (order);
  g_assert_true (wb_operation_is_paid (wb_order_get_create_operation (order)));
  g_object_get (store_outbox (*store), "n-unknown-paid", &n_unknown, NULL);
  g_assert_cmpuint (n_unknown, ==, 1);
  draft_drop (draft);
  order_drop (order);
}

/* The service takes confirm=false for true: Pay is not offered, the order is followed as paid. */
static void
test_confirm_ignored (Store **store, gconstpointer data)
{
  WbDraft *draft = order_draft (*store, "eager-loom.test");
  g_autoptr (GError) error = NULL;
  WbOrder *order;

  wb_sandbox_set_speed ((*store)->sandbox, 0.0001);
  store_fault (*store, "create_order_json", WB_FAULT_CONFIRM_IGNORED, 0, 1);
  order = order_create (*store, draft, FALSE);
  order_wait (order, WB_ORDER_BEING_MADE);
  order_wait_quiet (order);
  g_assert_true (wb_order_confirm_ignored (order));
  g_assert_false (wb_order_can_pay (order));
  g_assert_null (order_try_pay (*store, order, 0, &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_CONFLICT);
  wb_sandbox_set_speed ((*store)->sandbox, 0);
  order_wait (order, WB_ORDER_LIVE);
  g_assert_cmpuint (charges (*store), ==, 1);
  g_assert_cmpuint (requests (*store, "process_order"), ==, 0);
  draft_drop (draft);
  order_drop (order);
}

static void
test_create_refused (Store **store, gconstpointer data)
{
  WbDraft *draft = order_draft (*store, "taken-loom.test");
  WbOrder *order = order_create (*store, draft, FALSE);

  order_wait (order, WB_ORDER_FAILED);
  order_wait_quiet (order);
  g_assert_cmpint (wb_operation_get_state (wb_order_get_create_operation (order)), ==, WB_STATE_FAILED);
  g_assert_cmpint (wb_operation_get_status (wb_order_get_create_operation (order)), ==, 422);
  g_assert_cmpint (journal_int (*store, "SELECT count(*) FROM drafts WHERE order_uuid = ''"), ==, 1);
  draft_drop (draft);
  order_drop (order);
}

/* The form is gone: nothing is lost, and it is told apart from other refusals. */
static void
test_form_gone (Store **store, gconstpointer data)
{
  WbDraft *draft = order_draft (*store, "old-loom.test");
  g_autofree char *picture = draft_picture ((*store)->dir, "amara.jpg", 700, 700, 0x336699);
  const char *const roots[] = { picture, NULL };
  WbOrder *order;

  draft_add (draft, -1, NULL, roots);
  store_fault (*store, "create_order_multipart", WB_FAULT_FORM_GONE, 0, 0);
  order = order_create (*store, draft, FALSE);
  order_wait (order, WB_ORDER_FAILED);
  g_assert_cmpint (wb_operation_get_reason (wb_order_get_create_operation (order)), ==, WB_REASON_GONE);
  g_assert_cmpuint (requests (*store, "create_order_multipart"), ==, 1);
  draft_drop (draft);
  order_drop (order);
}

/* A second press of Create while the first is on its way, and one afterwards. */
static void
test_create_twice (Store **store, gconstpointer data)
{
  WbDraft *draft = order_draft (*store, "once-loom.test");
  g_autoptr (GError) twice = NULL, later = NULL;
  GAsyncResult *first = NULL, *second = NULL;
  WbOrder *order;

  wb_orders_create_async (store_orders (*store), draft, FALSE, NULL, wb_test_take_result, &first);
  wb_orders_create_async (store_orders (*store), draft, FALSE, NULL, wb_test_take_result, &second);
  wb_test_wait_result (&second);
  g_assert_null (wb_orders_create_finish (store_orders (*store), second, &twice));
  g_assert_error (twice, CMR_ERROR, CMR_ERROR_CONFLICT);
  wb_test_wait_result (&first);
  order = wb_orders_create_finish (store_orders (*store), first, NULL);
  g_assert_nonnull (order);
  order_wait_can_pay (order);
  g_assert_null (order_try_create (*store, draft, FALSE, &later));
  g_assert_error (later, CMR_ERROR, CMR_ERROR_CONFLICT);
  g_assert_cmpuint (requests (*store, "create_order_json"), ==, 1);
  g_assert_cmpint (journal_int (*store, "SELECT count(*) FROM orders"), ==, 1);
  g_object_unref (first);
  g_object_unref (second);
  draft_drop (draft);
  order_drop (order);
}

/* Paying */

static void
test_double_press (Store **store, gconstpointer data)
{
  WbOrder *order = order_unpaid (*store, "plain-loom.test");
  GAsyncResult *first = NULL, *second = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbOperation) pay = NULL;

  wb_orders_pay_async (store_orders (*store), order, 0, NULL, wb_test_take_result, &first);
  wb_orders_pay_async (store_orders (*store), order, 0, NULL, wb_test_take_result, &second);
  wb_test_wait_result (&second);
  g_assert_null (wb_orders_pay_finish (store_orders (*store), second, &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_CONFLICT);
  wb_test_wait_result (&first);
  pay = wb_orders_pay_finish (store_orders (*store), first, NULL);
  order_wait (order, WB_ORDER_LIVE);
  g_assert_cmpuint (requests (*store, "process_order"), ==, 1);
  g_assert_cmpuint (charges (*store), ==, 1);
  g_object_unref (first);
  g_object_unref (second);
  order_drop (order);
}

static void
test_pay_refused (Store **store, gconstpointer data)
{
  WbOrder *order = order_unpaid (*store, "plain-loom.test");
  gint64 wallet = wb_sandbox_get_wallet ((*store)->sandbox);
  g_autoptr (WbOperation) first = NULL, second = NULL;

  wb_sandbox_set_wallet ((*store)->sandbox, 100);
  first = order_pay (*store, order);
  operation_wait (first, WB_STATE_FAILED);
  g_assert_cmpint (wb_operation_get_reason (first), ==, WB_REASON_FUNDS);
  /* Offered again only after state and wallet were read. */
  g_assert_cmpint (wb_order_get_state (order), ==, WB_ORDER_NOT_PAID);
  order_wait_can_pay (order);
  wb_sandbox_set_wallet ((*store)->sandbox, wallet);
  second = order_pay (*store, order);
  order_wait (order, WB_ORDER_LIVE);
  g_assert_cmpuint (charges (*store), ==, 1);
  order_drop (order);
}

/* 404 from the guessed path while the order's state answers: it cannot be paid from here, and that is remembered. */
static void
test_cannot_pay (Store **store, gconstpointer data)
{
  WbOrder *order = order_unpaid (*store, "plain-loom.test");
  g_autofree char *id = g_strdup (wb_order_get_id (order));
  WbOperation *pay;

  store_fault (*store, "process_order", WB_FAULT_PROCESS_NOT_FOUND, 0, 1);
  pay = order_pay (*store, order);
  operation_wait (pay, WB_STATE_FAILED);
  order_wait (order, WB_ORDER_CANNOT_PAY);
  g_assert_cmpstr (wb_profile_get_fact ((*store)->profile, "process-path"), ==, "missing");
  g_assert_false (wb_order_can_pay (order));
  g_object_unref (pay);
  order_drop (order);
  store_reopen (*store);
  g_assert_cmpstr (wb_profile_get_fact ((*store)->profile, "process-path"), ==, "missing");
  order = order_load (*store, id);
  order_wait_quiet (order);
  g_assert_cmpint (wb_order_get_state (order), ==, WB_ORDER_CANNOT_PAY);
  g_assert_cmpuint (charges (*store), ==, 0);
  order_drop (order);
}

/* 405 says the same of a path. */
static void
test_cannot_pay_405 (Store **store, gconstpointer data)
{
  WbOrder *order = order_unpaid (*store, "plain-loom.test");
  WbOperation *pay;

  store_fault (*store, "process_order", WB_FAULT_STATUS, 405, 1);
  pay = order_pay (*store, order);
  order_wait (order, WB_ORDER_CANNOT_PAY);
  g_assert_cmpint (wb_operation_get_reason (pay), ==, WB_REASON_GONE);
  g_object_unref (pay);
  order_drop (order);
}

/* The same 404 while nothing else answers is no fact about the path. */
static void
test_cannot_pay_unproved (Store **store, gconstpointer data)
{
  WbOrder *order = order_unpaid (*store, "plain-loom.test");
  WbOperation *pay;
  g_autoptr (WbOperation) second = NULL;

  store_fault (*store, "process_order", WB_FAULT_PROCESS_NOT_FOUND, 0, 1);
  store_fault (*store, "get_order_status", WB_FAULT_NONE, 0, 1);
  store_fault (*store, "get_order_status", WB_FAULT_STATUS, 500, 4);
  pay = order_pay (*store, order);
  operation_wait (pay, WB_STATE_FAILED);
  g_assert_false (wb_order_can_pay (order));
  g_assert_null (wb_profile_get_fact ((*store)->profile, "process-path"));
  g_assert_cmpint (wb_order_get_state (order), ==, WB_ORDER_NOT_PAID);
  /* It is read again until it answers; then the path is the only thing left that can be wrong. */
  order_wait (order, WB_ORDER_CANNOT_PAY);
  g_object_unref (pay);
  order_drop (order);
}

static void
test_pay_lost (Store **store, gconstpointer data)
{
  WbOrder *order = order_unpaid (*store, "plain-loom.test");
  g_autoptr (WbOperation) pay = NULL;
  g_autoptr (WbEvidence) evidence = NULL;

  wb_sandbox_set_speed ((*store)->sandbox, 0.0001);
  store_fault (*store, "process_order", WB_FAULT_DROP_AFTER, 0, 1);
  pay = order_pay (*store, order);
  operation_wait (pay, WB_STATE_UNKNOWN);
  g_assert_cmpint (wb_order_get_state (order), ==, WB_ORDER_UNKNOWN);
  g_assert_false (wb_order_can_pay (order));
  evidence = operation_check (*store, pay);
  g_assert_cmpint (evidence->verdict, ==, WB_VERDICT_DONE);
  operation_wait (pay, WB_STATE_ACCEPTED);
  order_wait (order, WB_ORDER_BEING_MADE);
  wb_sandbox_set_speed ((*store)->sandbox, 0);
  order_wait (order, WB_ORDER_LIVE);
  g_assert_cmpuint (charges (*store), ==, 1);
  g_assert_cmpuint (requests (*store, "process_order"), ==, 1);
  order_drop (order);
}

/* Lost before it was carried out: absence gives "most likely not" at most, and only a person sends it again. */
static void
test_pay_lost_before (Store **store, gconstpointer data)
{
  WbOrder *order = order_unpaid (*store, "plain-loom.test");
  g_autoptr (WbOperation) pay = NULL, again = NULL;
  g_autoptr (WbEvidence) evidence = NULL;
  g_autoptr (GError) error = NULL;

  store_fault (*store, "process_order", WB_FAULT_DROP_BEFORE, 0, 1);
  pay = order_pay (*store, order);
  operation_wait (pay, WB_STATE_UNKNOWN);
  evidence = operation_check (*store, pay);
  g_assert_cmpint (evidence->verdict, ==, WB_VERDICT_LIKELY_NOT);
  g_assert_cmpint (wb_operation_get_state (pay), ==, WB_STATE_UNKNOWN);
  g_assert_cmpint (wb_order_get_state (order), ==, WB_ORDER_UNKNOWN);
  again = operation_again (*store, pay, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (wb_operation_get_again_of (again), ==, wb_operation_get_id (pay));
  g_assert_cmpint (wb_operation_get_state (pay), ==, WB_STATE_CLOSED);
  g_assert_true (wb_order_get_pay_operation (order) == again);
  g_assert_cmpint (wb_order_get_state (order), ==, WB_ORDER_PAYING);
  order_wait (order, WB_ORDER_LIVE);
  g_assert_cmpuint (charges (*store), ==, 1);
  order_drop (order);
}

/* A colleague with the same key, at another computer. */
static void
test_colleague (Store **store, gconstpointer data)
{
  WbOrder *order = order_unpaid (*store, "plain-loom.test");
  WbOrder *twin = order_unpaid (*store, "plain-loom.test");
  Store *other = store_new_beside (*store);
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL, late = NULL;
  g_autoptr (WbOperation) pay = NULL;
  WbOrder *theirs;

  wb_orders_add_by_id_async (store_orders (other), other->customer, wb_order_get_order_id (order), NULL,
                             wb_test_take_result, &result);
  wb_test_wait_result (&result);
  theirs = wb_orders_add_by_id_finish (store_orders (other), result, &error);
  g_assert_no_error (error);
  order_wait_can_pay (theirs);
  pay = order_pay (other, theirs);
  order_wait (theirs, WB_ORDER_LIVE);
  /* This one is paid, the other has the same names: neither is paid a second time. */
  g_assert_null (order_try_pay (*store, order, 0, &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_CONFLICT);
  g_assert_null (order_try_pay (*store, twin, 0, &late));
  g_assert_error (late, CMR_ERROR, CMR_ERROR_CONFLICT);
  wb_orders_ask_now (store_orders (*store), order);
  order_wait (order, WB_ORDER_LIVE);
  g_assert_false (wb_order_confirm_ignored (order));
  g_assert_cmpuint (charges (*store), ==, 1);
  g_assert_cmpuint (requests (*store, "process_order"), ==, 1);
  g_object_unref (result);
  g_clear_object (&pay);
  order_drop (theirs);
  store_free (other);
  order_drop (order);
  order_drop (twin);
}

static void
test_pay_stopped (Store **store, gconstpointer data)
{
  WbOrder *order = order_unpaid (*store, "plain-loom.test");
  g_autoptr (GError) error = NULL;
  WbOperation *pay = order_try_pay (*store, order, 60000, &error);
  WbOperation *second;

  g_assert_no_error (error);
  g_assert_cmpint (wb_order_get_state (order), ==, WB_ORDER_PAYING);
  g_assert_true (wb_outbox_stop (store_outbox (*store), pay));
  g_assert_cmpint (wb_operation_get_state (pay), ==, WB_STATE_CANCELLED);
  order_wait_can_pay (order);
  g_assert_cmpuint (requests (*store, "process_order"), ==, 0);
  second = order_pay (*store, order);
  order_wait (order, WB_ORDER_LIVE);
  g_assert_cmpuint (charges (*store), ==, 1);
  g_object_unref (pay);
  g_object_unref (second);
  order_drop (order);
}

/* The window that asked is gone before anything was written: nothing is sent. */
static void
test_pay_cancelled (Store **store, gconstpointer data)
{
  WbOrder *order = order_unpaid (*store, "plain-loom.test");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  wb_orders_pay_async (store_orders (*store), order, 0, cancellable, wb_test_take_result, &result);
  g_cancellable_cancel (cancellable);
  wb_test_wait_result (&result);
  g_assert_null (wb_orders_pay_finish (store_orders (*store), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (journal_int (*store, "SELECT count(*) FROM operations WHERE op = 'process_order'"), ==, 0);
  g_assert_true (wb_order_can_pay (order));
  g_object_unref (result);
  order_drop (order);
}

/* Following */

static WbOrder *
paid (Store *store, const char *domains)
{
  WbOrder *order = order_unpaid (store, domains);

  g_object_unref (order_pay (store, order));
  return order;
}

static const WbOrderDomain *
line_of (WbOrder *order, const char *domain)
{
  GPtrArray *lines = wb_order_get_lines (order);

  for (guint i = 0; i < lines->len; i++)
    if (g_str_equal (((WbOrderDomain *) lines->pdata[i])->domain, domain))
      return lines->pdata[i];
  g_assert_not_reached ();
}

static void
test_partly (Store **store, gconstpointer data)
{
  WbOrder *order = paid (*store, "fine-loom.test refused-loom.test");

  order_wait (order, WB_ORDER_PARTLY);
  g_assert_cmpuint (wb_order_get_live (order), ==, 2);
  g_assert_cmpuint (wb_order_get_failed (order), ==, 2);
  g_assert_cmpstr (line_of (order, "refused-loom.test")->state, ==, "FAILED");
  g_assert_cmpstr (line_of (order, "refused-loom.test")->reason, !=, "");
  /* Its domain was not bought: it is not called paid. */
  g_assert_false (line_of (order, "refused-loom.test")->mailboxes_failed);
  g_assert_cmpuint (charges (*store), ==, 1);
  order_drop (order);
}

/* A domain bought, its mailboxes not made: that is said, and only then. */
static void
test_paid_not_made (Store **store, gconstpointer data)
{
  WbOrder *order = paid (*store, "fine-loom.test surprise-loom.test");

  order_wait (order, WB_ORDER_PARTLY);
  g_assert_true (line_of (order, "surprise-loom.test")->mailboxes_failed);
  g_assert_false (line_of (order, "fine-loom.test")->mailboxes_failed);
  order_drop (order);
}

static void
test_left_out (Store **store, gconstpointer data)
{
  WbOrder *order = order_unpaid (*store, "fine-loom.test vanish-loom.test");
  g_autofree char *id = g_strdup (wb_order_get_id (order));
  g_autoptr (WbOperation) pay = NULL;

  g_assert_true (line_of (order, "vanish-loom.test")->left_out);
  g_assert_cmpuint (wb_order_get_n_mailboxes (order), ==, 2);
  order_drop (order);
  store_reopen (*store);
  order = order_load (*store, id);
  order_wait_can_pay (order);
  g_assert_cmpuint (wb_order_get_n_mailboxes (order), ==, 2);
  pay = order_pay (*store, order);
  order_wait (order, WB_ORDER_LIVE);
  g_assert_cmpuint (wb_order_get_live (order), ==, 2);
  order_drop (order);
}

/* Nothing has changed for a quarter of an hour, here some milliseconds. */
static void
test_slow (Store **store, gconstpointer data)
{
  WbOrder *order;

  wb_sandbox_set_speed ((*store)->sandbox, 0.0001);
  g_setenv ("WAYBILL_PACE", "5000", TRUE);
  order = paid (*store, "slow-going.test");
  order_wait (order, WB_ORDER_SLOW);
  wb_sandbox_set_speed ((*store)->sandbox, 0);
  order_wait (order, WB_ORDER_LIVE);
  g_setenv ("WAYBILL_PACE", "50", TRUE);
  order_drop (order);
}

/* More mailboxes than a page has rows, beside others of the same customer. */
static void
test_many_pages (Store **store, gconstpointer data)
{
  g_autoptr (GString) names = g_string_new ("m0:First Last");
  WbDraft *draft;
  WbOrder *order;

  for (guint i = 1; i < 130; i++)
    g_string_append_printf (names, ",m%u:First Last", i);
  draft = store_draft (*store, "wide-loom.test deep-loom.test", names->str);
  order = order_create (*store, draft, TRUE);
  draft_drop (draft);
  order_wait (order, WB_ORDER_LIVE);
  g_assert_cmpuint (wb_order_get_live (order), ==, 260);
  order_drop (order);
}

/* By its id */

static WbOrder *
add_by_id (Store *store, const char *order_id, GError **error)
{
  GAsyncResult *result = NULL;
  WbOrder *order;

  wb_orders_add_by_id_async (store_orders (store), store->customer, order_id, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  order = wb_orders_add_by_id_finish (store_orders (store), result, error);
  g_object_unref (result);
  return order;
}

static void
test_by_id (Store **store, gconstpointer data)
{
  WbOrder *unpaid = order_unpaid (*store, "plain-loom.test");
  WbOrder *live = paid (*store, "other-loom.test");
  Store *other = store_new_beside (*store);
  g_autoptr (GError) error = NULL;
  WbOrder *first, *second, *third;

  order_wait (live, WB_ORDER_LIVE);
  first = add_by_id (other, wb_order_get_order_id (unpaid), &error);
  g_assert_no_error (error);
  g_assert_cmpint (wb_order_get_state (first), ==, WB_ORDER_NOT_PAID);
  g_assert_cmpint (wb_order_get_paid_at (first), ==, 0);
  g_assert_cmpuint (wb_order_get_n_mailboxes (first), ==, 2);
  order_wait_can_pay (first);
  second = add_by_id (other, wb_order_get_order_id (unpaid), &error);
  g_assert_true (first == second);
  third = add_by_id (other, wb_order_get_order_id (live), &error);
  g_assert_no_error (error);
  order_wait (third, WB_ORDER_LIVE);
  g_assert_cmpuint (wb_order_get_live (third), ==, 2);
  g_assert_null (add_by_id (other, "NO-SUCH-ORDER", &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_NOT_FOUND);
  g_assert_cmpint (journal_int (other, "SELECT count(*) FROM orders"), ==, 2);
  g_object_unref (second);
  order_drop (first);
  order_drop (third);
  store_free (other);
  order_drop (unpaid);
  order_drop (live);
}

#define ADD(name, func) g_test_add ("/orders/" name, Store *, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  money_test_init (&argc, &argv);
  ADD ("two-steps", test_two_steps);
  ADD ("taken", test_taken);
  ADD ("one-step", test_one_step);
  ADD ("pictures", test_pictures);
  ADD ("restart", test_restart);
  ADD ("restart-while-made", test_restart_while_made);
  ADD ("lost-create", test_lost_create);
  ADD ("lost-create-kept", test_lost_create_kept);
  ADD ("lost-create-moved", test_lost_create_moved);
  ADD ("confirm-ignored", test_confirm_ignored);
  ADD ("create-refused", test_create_refused);
  ADD ("form-gone", test_form_gone);
  ADD ("create-twice", test_create_twice);
  ADD ("double-press", test_double_press);
  ADD ("pay-refused", test_pay_refused);
  ADD ("cannot-pay", test_cannot_pay);
  ADD ("cannot-pay-405", test_cannot_pay_405);
  ADD ("cannot-pay-unproved", test_cannot_pay_unproved);
  ADD ("pay-lost", test_pay_lost);
  ADD ("pay-lost-before", test_pay_lost_before);
  ADD ("colleague", test_colleague);
  ADD ("pay-stopped", test_pay_stopped);
  ADD ("pay-cancelled", test_pay_cancelled);
  ADD ("partly", test_partly);
  ADD ("paid-not-made", test_paid_not_made);
  ADD ("left-out", test_left_out);
  ADD ("slow", test_slow);
  ADD ("many-pages", test_many_pages);
  ADD ("by-id", test_by_id);
  return g_test_run ();
}
