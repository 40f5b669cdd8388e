// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "order-tools.h"

#include <string.h>

/* A second time: by itself where it may be repeated, by a person where it may not; and copied as curl. */

static void
set_up (Store **store, gconstpointer data)
{
  g_setenv ("WAYBILL_PACE", "50", TRUE);
  *store = store_new (NULL);
  cmr_client_set_timeouts_ms (store_client (*store), 5000, 10000, 10000, 20);
}

static void
tear_down (Store **store, gconstpointer data)
{
  store_free (*store);
}

static WbOperation *
submit (Store *store, WbRequest *request)
{
  g_autoptr (GError) error = NULL;
  WbOperation *operation = operation_submit (store, request, &error);

  g_assert_no_error (error);
  return operation;
}

static char *
chain (Store *store)
{
  return journal_text (store, "SELECT group_concat (state || CASE WHEN again_of = '' THEN '' ELSE '+' END) FROM"
                       " (SELECT state, again_of FROM operations ORDER BY created)");
}

static gboolean
is_done (gpointer data)
{
  g_autofree char *text = chain (data);

  return g_str_has_suffix (text, "done+");
}

static gboolean
is_five_failed (gpointer data)
{
  g_autofree char *text = chain (data);

  return g_str_equal (text, "failed,failed+,failed+,failed+,failed+");
}

/* What may be repeated goes again after the pause, each time as an operation of its own. */
static void
test_repeat (Store **store, gconstpointer data)
{
  int status = GPOINTER_TO_INT (data);
  g_autofree char *states = NULL;
  WbOperation *operation;

  store_fault (*store, "update_user", WB_FAULT_STATUS, status, 2);
  operation = submit (*store, request_update (*store, "Graz"));
  operation_wait (operation, WB_STATE_FAILED);
  g_assert_cmpint (wb_operation_get_reason (operation), ==, WB_REASON_BUSY);
  g_assert_true (wb_test_wait_for (is_done, *store, WB_TEST_DEADLINE_MS));
  states = chain (*store);
  g_assert_cmpstr (states, ==, "failed,failed+,done+");
  g_assert_cmpint (journal_int (*store, "SELECT count(DISTINCT again_of) FROM operations WHERE again_of <> ''"), ==, 2);
  g_assert_cmpuint (wb_sandbox_count_requests ((*store)->sandbox, "update_user"), ==, 3);
  g_object_unref (operation);
}

static void
test_repeat_ends (Store **store, gconstpointer data)
{
  g_setenv ("WAYBILL_PACE", "500", TRUE);
  store_fault (*store, "update_user", WB_FAULT_STATUS, 429, 0);
  g_object_unref (submit (*store, request_update (*store, "Graz")));
  g_assert_true (wb_test_wait_for (is_five_failed, *store, WB_TEST_DEADLINE_MS));
  g_assert_cmpuint (wb_sandbox_count_requests ((*store)->sandbox, "update_user"), ==, 5);
}

/* 429 and 503 of what may not be repeated: never by itself. */
static void
test_no_repeat (Store **store, gconstpointer data)
{
  WbOrder *order = order_unpaid (*store, "plain-loom.test");
  WbOperation *customer, *pay;

  g_setenv ("WAYBILL_PACE", "5000", TRUE);
  store_fault (*store, "create_user", WB_FAULT_STATUS, 429, 1);
  customer = submit (*store, request_customer ("new@x.test"));
  operation_wait (customer, WB_STATE_FAILED);
  store_fault (*store, "process_order", WB_FAULT_STATUS, 429, 1);
  pay = order_pay (*store, order);
  operation_wait (pay, WB_STATE_FAILED);
  g_assert_cmpint (wb_operation_get_reason (pay), ==, WB_REASON_BUSY);
  order_wait_can_pay (order);
  g_object_unref (pay);
  store_fault (*store, "process_order", WB_FAULT_STATUS, 503, 1);
  pay = order_pay (*store, order);
  operation_wait (pay, WB_STATE_UNKNOWN);
  order_wait_quiet (order);
  g_assert_cmpuint (wb_sandbox_count_requests ((*store)->sandbox, "create_user"), ==, 1);
  g_assert_cmpuint (wb_sandbox_count_requests ((*store)->sandbox, "process_order"), ==, 2);
  g_object_unref (customer);
  g_object_unref (pay);
  order_drop (order);
}

/* By a person: a failed free one, once. */
static void
test_failed_again (Store **store, gconstpointer data)
{
  WbOperation *first, *second, *third;
  g_autoptr (GError) error = NULL;

  store_fault (*store, "create_user", WB_FAULT_STATUS, 429, 1);
  first = submit (*store, request_customer ("new@x.test"));
  operation_wait (first, WB_STATE_FAILED);
  second = operation_again (*store, first, &error);
  g_assert_no_error (error);
  operation_wait (second, WB_STATE_DONE);
  g_assert_cmpstr (wb_operation_get_made_id (second), !=, "");
  third = operation_again (*store, first, &error);
  g_assert_null (third);
  g_assert_error (error, CMR_ERROR, CMR_ERROR_CONFLICT);
  g_assert_cmpuint (wb_sandbox_count_requests ((*store)->sandbox, "create_user"), ==, 2);
  g_object_unref (first);
  g_object_unref (second);
}

/* A failed paid one is not sent again: Pay is pressed anew, with all that is read before. */
static void
test_failed_paid (Store **store, gconstpointer data)
{
  WbOrder *order = order_unpaid (*store, "plain-loom.test");
  g_autoptr (GError) error = NULL;
  WbOperation *pay;

  wb_sandbox_set_wallet ((*store)->sandbox, 1);
  pay = order_pay (*store, order);
  operation_wait (pay, WB_STATE_FAILED);
  g_assert_null (operation_again (*store, pay, &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_DENIED);
  g_object_unref (pay);
  order_drop (order);
}

/* Whatever the window has shown: the server is asked again first, and what was carried out is not sent twice. */
static void
test_unknown_carried_out (Store **store, gconstpointer data)
{
  WbOrder *order = order_unpaid (*store, "plain-loom.test");
  g_autoptr (GError) error = NULL;
  WbOperation *pay;

  g_setenv ("WAYBILL_PACE", "1", TRUE);
  store_fault (*store, "process_order", WB_FAULT_DROP_AFTER, 0, 1);
  pay = order_pay (*store, order);
  operation_wait (pay, WB_STATE_UNKNOWN);
  g_assert_null (operation_again (*store, pay, &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_CONFLICT);
  g_assert_cmpint (wb_operation_get_state (pay), ==, WB_STATE_ACCEPTED);
  g_setenv ("WAYBILL_PACE", "50", TRUE);
  wb_orders_ask_now (store_orders (*store), order);
  order_wait (order, WB_ORDER_LIVE);
  g_assert_cmpuint (wb_sandbox_count_charges ((*store)->sandbox), ==, 1);
  g_object_unref (pay);
  order_drop (order);
}

/* What cannot be read is no "most likely not": a paid one is not sent again on it. */
static void
test_unknown_unread (Store **store, gconstpointer data)
{
  WbOrder *order = order_unpaid (*store, "plain-loom.test");
  g_autoptr (GError) error = NULL;
  WbOperation *pay;

  g_setenv ("WAYBILL_PACE", "1", TRUE);
  store_fault (*store, "process_order", WB_FAULT_DROP_BEFORE, 0, 1);
  pay = order_pay (*store, order);
  operation_wait (pay, WB_STATE_UNKNOWN);
  store_fault (*store, "list_domains", WB_FAULT_STATUS, 500, 0);
  g_assert_null (operation_again (*store, pay, &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_OFFLINE);
  g_assert_cmpint (wb_operation_get_state (pay), ==, WB_STATE_UNKNOWN);
  g_assert_cmpuint (wb_sandbox_count_requests ((*store)->sandbox, "process_order"), ==, 1);
  g_object_unref (pay);
  order_drop (order);
}

/* Closing by a person frees the place; the second can be stopped before it leaves. */
static void
test_second_can_be_stopped (Store **store, gconstpointer data)
{
  WbOrder *order = order_unpaid (*store, "plain-loom.test");
  g_autoptr (GError) error = NULL;
  WbOperation *pay, *again;
  g_autofree char *states = NULL;

  g_setenv ("WAYBILL_PACE", "1", TRUE);
  store_fault (*store, "process_order", WB_FAULT_DROP_BEFORE, 0, 1);
  pay = order_pay (*store, order);
  operation_wait (pay, WB_STATE_UNKNOWN);
  again = operation_again (*store, pay, &error);
  g_assert_no_error (error);
  g_assert_cmpint (wb_operation_get_leaves_at (again), >, g_get_monotonic_time ());
  g_assert_cmpint (wb_order_get_state (order), ==, WB_ORDER_PAYING);
  g_assert_true (wb_outbox_stop (store_outbox (*store), again));
  g_assert_cmpint (wb_operation_get_state (pay), ==, WB_STATE_CLOSED);
  order_wait_can_pay (order);
  states = journal_text (*store,
                         "SELECT group_concat (state) FROM (SELECT state FROM operations WHERE paid ORDER BY created)");
  g_assert_cmpstr (states, ==, "closed,cancelled");
  g_assert_cmpuint (wb_sandbox_count_requests ((*store)->sandbox, "process_order"), ==, 1);
  g_object_unref (pay);
  g_object_unref (again);
  order_drop (order);
}

/* By a person: it was not done; it was done. */
static void
test_close (Store **store, gconstpointer data)
{
  WbOrder *order = order_unpaid (*store, "plain-loom.test");
  WbOperation *pay;

  g_setenv ("WAYBILL_PACE", "1", TRUE);
  store_fault (*store, "process_order", WB_FAULT_DROP_BEFORE, 0, 1);
  pay = order_pay (*store, order);
  operation_wait (pay, WB_STATE_UNKNOWN);
  wb_outbox_close_unknown (store_outbox (*store), pay);
  g_assert_cmpint (wb_operation_get_state (pay), ==, WB_STATE_CLOSED);
  order_wait_can_pay (order);
  /* Settled is settled. */
  wb_outbox_settle_done (store_outbox (*store), pay, NULL);
  g_assert_cmpint (wb_operation_get_state (pay), ==, WB_STATE_CLOSED);
  g_object_unref (pay);
  order_drop (order);
}

static void
test_settle_done (Store **store, gconstpointer data)
{
  WbOperation *operation;

  g_setenv ("WAYBILL_PACE", "1", TRUE);
  store_fault (*store, "create_user", WB_FAULT_DROP_AFTER, 0, 1);
  operation = submit (*store, request_customer ("new@x.test"));
  operation_wait (operation, WB_STATE_UNKNOWN);
  wb_outbox_settle_done (store_outbox (*store), operation, "CUSTOMER-ID");
  g_assert_cmpint (wb_operation_get_state (operation), ==, WB_STATE_DONE);
  g_assert_cmpstr (wb_operation_get_made_id (operation), ==, "CUSTOMER-ID");
  g_object_unref (operation);
  {
    g_autofree char *kept = journal_text (*store, "SELECT state || ' ' || made_id FROM operations");

    g_assert_cmpstr (kept, ==, "done CUSTOMER-ID");
  }
}

/* Copy as curl */

static void
test_curl_json (Store **store, gconstpointer data)
{
  WbRequest *request = wb_request_new (CMR_OP_UPDATE_USER);
  g_autoptr (GBytes) json = g_bytes_new_static ("{\"city\":\""
                                                "it's $(id)"
                                                "\"}",
                                                strlen ("{\"city\":\"it's $(id)\"}"));
  g_auto (GStrv) words = NULL;
  g_autofree char *text = NULL, *joined = NULL;
  WbOperation *operation;
  int n = 0;

  wb_request_set_param (request, "userId", "A&B #1'");
  wb_request_set_json (request, json);
  wb_request_set_target (request, "x");
  operation = submit (*store, request);
  operation_wait (operation, WB_STATE_FAILED);
  text = operation_curl (*store, operation);
  g_assert_null (strstr (text, (*store)->key));
  g_assert_nonnull (strstr (text, "\"cmr-x-api-key: $CMR_API_KEY\""));
  /* The shell takes it apart as it was meant. */
  g_assert_true (g_shell_parse_argv (text, &n, &words, NULL));
  g_assert_cmpstr (words[0], ==, "curl");
  g_assert_cmpstr (words[2], ==, "PUT");
  g_assert_true (g_str_has_suffix (words[3], "/users?userId=A%26B%20%231%27"));
  g_assert_cmpstr (words[n - 2], ==, "--data-raw");
  g_assert_cmpstr (words[n - 1], ==, "{\"city\":\"it's $(id)\"}");
  g_object_unref (operation);
}

static void
test_curl_form (Store **store, gconstpointer data)
{
  WbDraft *draft = order_draft (*store, "plain-loom.test");
  g_autofree char *picture = draft_picture ((*store)->dir, "amara.jpg", 700, 700, 0x336699);
  const char *const roots[] = { picture, NULL };
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;
  WbOrder *order;
  gboolean part = FALSE;
  int n = 0;

  draft_add (draft, -1, NULL, roots);
  wb_draft_set_oauth (draft, "google-route", "https://sender.example/secret-route");
  wb_draft_set_oauth (draft, "microsoft-route", "https://sender.example/other-secret");
  wb_draft_set_oauth (draft, "google-client-id", "000-client");
  order = order_create (*store, draft, FALSE);
  order_wait_can_pay (order);
  text = operation_curl (*store, wb_order_get_create_operation (order));
  g_assert_null (strstr (text, (*store)->key));
  g_assert_null (strstr (text, "secret"));
  g_assert_nonnull (strstr (text, "000-client"));
  g_assert_true (g_shell_parse_argv (text, &n, &words, NULL));
  for (int i = 0; i < n; i++)
    if (g_str_has_prefix (words[i], "amara@plain-loom.test=@"))
      {
        g_assert_cmpstr (words[i - 1], ==, "--form");
        g_assert_true (g_str_has_suffix (words[i], ".jpg;type=image/jpeg;filename=avatar.jpg"));
        part = TRUE;
      }
    else if (g_str_has_prefix (words[i], "confirm="))
      g_assert_cmpstr (words[i - 1], ==, "--form-string");
  g_assert_true (part);
  draft_drop (draft);
  order_drop (order);
}

/* What is written lies on the disk as it is: a call that carries secrets is not written. */
static void
test_secret (Store **store, gconstpointer data)
{
  WbRequest *request = wb_request_new (CMR_OP_ADD_PLATFORM_CREDENTIAL);
  g_autoptr (GBytes) json = g_bytes_new_static ("{\"password\":\"hunter2\"}", strlen ("{\"password\":\"hunter2\"}"));
  g_autoptr (GError) error = NULL;

  wb_request_set_param (request, "userId", (*store)->customer);
  wb_request_set_json (request, json);
  g_assert_null (operation_submit (*store, request, &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_INVALID);
  g_assert_cmpint (journal_int (*store, "SELECT count(*) FROM operations"), ==, 0);
}

#define ADD(name, func, data) g_test_add ("/outbox-again/" name, Store *, data, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  money_test_init (&argc, &argv);
  ADD ("repeat/429", test_repeat, GINT_TO_POINTER (429));
  ADD ("repeat/503", test_repeat, GINT_TO_POINTER (503));
  ADD ("repeat/ends", test_repeat_ends, NULL);
  ADD ("repeat/never", test_no_repeat, NULL);
  ADD ("failed-free", test_failed_again, NULL);
  ADD ("failed-paid", test_failed_paid, NULL);
  ADD ("unknown/carried-out", test_unknown_carried_out, NULL);
  ADD ("unknown/unread", test_unknown_unread, NULL);
  ADD ("unknown/second-can-be-stopped", test_second_can_be_stopped, NULL);
  ADD ("unknown/closed", test_close, NULL);
  ADD ("unknown/done", test_settle_done, NULL);
  ADD ("curl/json", test_curl_json, NULL);
  ADD ("curl/form", test_curl_form, NULL);
  ADD ("secret", test_secret, NULL);
  return g_test_run ();
}
