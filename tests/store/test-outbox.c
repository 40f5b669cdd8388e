// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fake-service.h"
#include "order-tools.h"
#include "peek-server.h"

#include <string.h>

#include "wb-blobs.h"
#include "wb-outbox-private.h"
#include "wb-profile-private.h"

/* Written first, claimed once, stopped before its last byte or not at all. */

#define KEY "KEY-0123456789-abcdef"
#define CUSTOMER "CUSTOMER1"

/* A store whose server is a socket of ours. */
typedef struct {
  PeekServer *server;
  Store *store;
} Case;

static void
start (Case *self, PeekMode mode, const char *answer)
{
  g_autofree char *url = NULL;
  g_autofree char *path = NULL;

  self->server = peek_server_new (NULL, mode, answer);
  url = peek_server_dup_url (self->server);
  self->store = store_new_at (url, KEY, CUSTOMER);
  path = journal_path (self->store);
  peek_server_set_journal (self->server, path);
}

static void
stop (Case *self)
{
  peek_server_cut (self->server);
  store_free (self->store);
  peek_server_free (self->server);
}

static WbRequest *
pay_request (const char *order)
{
  WbRequest *request = wb_request_new (CMR_OP_PROCESS_ORDER);
  g_autoptr (GBytes) json = g_bytes_new_static ("{\"orderId\":\"ORDER1\"}", 20);

  wb_request_set_param (request, "userId", CUSTOMER);
  wb_request_set_json (request, json);
  wb_request_set_customer (request, CUSTOMER, "Brightloom");
  wb_request_set_target (request, order);
  wb_request_set_cents (request, 1580);
  return request;
}

/* A form whose picture no socket buffer swallows. */
static WbRequest *
form_request (Store *store, gboolean confirm)
{
  WbRequest *request = wb_request_new (CMR_OP_CREATE_ORDER_MULTIPART);
  gsize length = 8 * 1024 * 1024;
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (length), length);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = wb_blobs_put (wb_profile_get_blobs (store->profile), bytes, &error);

  g_assert_no_error (error);
  wb_request_set_param (request, "userId", CUSTOMER);
  wb_request_add_text (request, "domains", "[]");
  wb_request_add_text (request, "confirm", confirm ? "true" : "false");
  wb_request_add_blob (request, "amara@first.test", name, length);
  wb_request_set_confirm (request, confirm);
  wb_request_set_customer (request, CUSTOMER, "Brightloom");
  wb_request_set_target (request, "fingerprint");
  wb_request_set_cents (request, confirm ? 1580 : 0);
  return request;
}

static WbOperation *
submit (Case *self, WbRequest *request)
{
  g_autoptr (GError) error = NULL;
  WbOperation *operation = operation_submit (self->store, request, &error);

  g_assert_no_error (error);
  return operation;
}

/* Written first */

static void
test_written_first (gconstpointer data)
{
  gboolean form = GPOINTER_TO_INT (data);
  g_autofree char *seen = NULL;
  WbOperation *operation;
  Case c;

  start (&c, PEEK_ANSWER, PEEK_OK);
  operation = submit (&c, form ? form_request (c.store, TRUE) : pay_request ("ORDER1"));
  operation_wait (operation, WB_STATE_ACCEPTED);
  seen = peek_server_dup_seen (c.server);
  g_assert_cmpstr (seen, ==, "sending");
  g_assert_cmpuint (peek_server_get_whole (c.server), ==, 1);
  g_object_unref (operation);
  stop (&c);
}

/* Claimed once */

typedef struct {
  char *path;
  gint *ready, *won;
} Claimer;

static gpointer
claim_thread (gpointer data)
{
  Claimer *claimer = data;
  char *pair[] = { "op", "run", NULL };
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (claimer->path, &db), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 10000);
  g_atomic_int_add (claimer->ready, -1);
  while (g_atomic_int_get (claimer->ready) > 0)
    g_thread_yield ();
  {
    g_autoptr (GError) error = NULL;
    WbFrozen *frozen = wb_outbox_claim_job (db, pair, &error);

    if (frozen != NULL)
      g_atomic_int_inc (claimer->won);
    else
      g_assert_error (error, CMR_ERROR, CMR_ERROR_CONFLICT);
    wb_frozen_free (frozen);
  }
  sqlite3_close (db);
  return NULL;
}

#define N_CLAIMERS 8

/* Without any lock but the journal's own: one of many wins. */
static void
test_claimed_once (void)
{
  Case c;
  g_autofree char *path = NULL;

  start (&c, PEEK_ANSWER, PEEK_OK);
  path = journal_path (c.store);
  for (guint round = 0; round < 20; round++)
    {
      gint ready = N_CLAIMERS, won = 0;
      Claimer claimer = { path, &ready, &won };
      GThread *threads[N_CLAIMERS];

      store_run_job (c.store, TRUE, "DELETE FROM operations;"
                     "INSERT INTO operations (id, run, op, state, paid, destructive, target, created, updated)"
                     " VALUES ('op', 'run', 'process_order', 'queued', 1, 0, 'X', 1, 1);");
      for (guint i = 0; i < N_CLAIMERS; i++)
        threads[i] = g_thread_new ("claim", claim_thread, &claimer);
      for (guint i = 0; i < N_CLAIMERS; i++)
        g_thread_join (threads[i]);
      g_assert_cmpint (won, ==, 1);
    }
  stop (&c);
}

typedef struct {
  const char *row; /* state, run, paid, destructive, reason */
  gboolean claimed;
} ClaimRow;

static gpointer
claim_job (sqlite3 *db, gpointer data, GError **error)
{
  return wb_outbox_claim_job (db, data, error);
}

/* Only the run that queued a paid or destructive one claims it; of others only what may be repeated. */
static void
test_claim_rows (void)
{
  static const ClaimRow rows[] = {
    { "'queued', 'run', 1, 0, 0", TRUE },     { "'queued', 'other', 1, 0, 0", FALSE },
    { "'queued', 'other', 0, 1, 0", FALSE },  { "'queued', 'other', 0, 0, 0", TRUE },
    { "'queued', 'other', 0, 0, 14", FALSE }, { "'sending', 'run', 1, 0, 0", FALSE },
    { "'accepted', 'run', 1, 0, 0", FALSE },  { "'unknown', 'run', 0, 0, 0", FALSE },
    { "'cancelled', 'run', 0, 0, 0", FALSE }, { "'done', 'run', 0, 0, 0", FALSE },
    { "'failed', 'run', 0, 0, 0", FALSE },    { "'closed', 'run', 0, 0, 0", FALSE },
  };
  char *pair[] = { "op", "run", NULL };
  Case c;

  g_assert_cmpint (WB_REASON_FOUND_QUEUED, ==, 14);
  start (&c, PEEK_ANSWER, PEEK_OK);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *sql = g_strdup_printf (
          "DELETE FROM operations;"
          "INSERT INTO operations (id, state, run, paid, destructive, reason, op, target, created, updated)"
          " VALUES ('op', %s, 'process_order', 'X', 1, 1);",
          rows[i].row);
      WbFrozen *frozen;

      store_run_job (c.store, TRUE, sql);
      frozen = wb_database_run (wb_profile_get_journal (c.store->profile), claim_job, pair, NULL);
      g_assert_cmpint (frozen != NULL, ==, rows[i].claimed);
      wb_frozen_free (frozen);
    }
  stop (&c);
}

/* One open paid one per target */

static void
test_one_open (void)
{
  static const struct {
    const char *state;
    gboolean open;
  } states[] = {
    { "queued", TRUE },  { "sending", TRUE }, { "accepted", TRUE }, { "unknown", TRUE },
    { "done", FALSE },   { "failed", FALSE }, { "closed", FALSE },  { "cancelled", FALSE },
  };
  Case c;

  start (&c, PEEK_ANSWER, PEEK_OK);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *sql = g_strdup_printf ("DELETE FROM operations; INSERT INTO operations (id, run, op, state, "
                                              "paid, destructive, target, created, updated)"
                                              " VALUES ('op', 'run', 'process_order', '%s', 1, 0, 'ORDER1', 1, 1);",
                                              states[i].state);
      g_autoptr (GError) error = NULL;
      guint before = peek_server_get_requests (c.server);
      WbOperation *second;

      store_run_job (c.store, TRUE, sql);
      second = operation_submit (c.store, pay_request ("ORDER1"), &error);
      if (states[i].open)
        {
          g_assert_null (second);
          g_assert_error (error, CMR_ERROR, CMR_ERROR_CONFLICT);
          g_assert_cmpuint (peek_server_get_requests (c.server), ==, before);
          continue;
        }
      g_assert_no_error (error);
      operation_wait (second, WB_STATE_ACCEPTED);
      g_object_unref (second);
    }
  stop (&c);
}

/* Another order, and another free one for the same target, are not held up. */
static void
test_others_open (void)
{
  WbOperation *first, *second;
  Case c;

  start (&c, PEEK_ANSWER, PEEK_OK);
  first = submit (&c, pay_request ("ORDER1"));
  second = submit (&c, pay_request ("ORDER2"));
  operation_wait (first, WB_STATE_ACCEPTED);
  /* The answer is about another order than was paid. */
  operation_wait (second, WB_STATE_UNKNOWN);
  g_object_unref (first);
  g_object_unref (second);
  first = submit (&c, form_request (c.store, FALSE));
  second = submit (&c, form_request (c.store, FALSE));
  operation_wait (first, WB_STATE_DONE);
  operation_wait (second, WB_STATE_DONE);
  g_object_unref (first);
  g_object_unref (second);
  stop (&c);
}

/* Stopping */

static gboolean
is_at_the_server (gpointer data)
{
  return peek_server_get_requests (data) > 0;
}

static gboolean
is_whole (gpointer data)
{
  return peek_server_get_whole (data) > 0;
}

static void
test_stop_uploading (gconstpointer data)
{
  WbOperation *operation;
  Case c;

  start (&c, PEEK_STALL, NULL);
  operation = submit (&c, form_request (c.store, GPOINTER_TO_INT (data)));
  g_assert_true (wb_test_wait_for (is_at_the_server, c.server, WB_TEST_DEADLINE_MS));
  g_assert_cmpint (wb_operation_get_state (operation), ==, WB_STATE_SENDING);
  g_assert_true (wb_operation_get_can_stop (operation));
  g_assert_true (wb_outbox_stop (store_outbox (c.store), operation));
  operation_wait (operation, WB_STATE_CANCELLED);
  g_assert_cmpint (wb_operation_get_reason (operation), ==, WB_REASON_STOPPED);
  g_assert_cmpuint (peek_server_get_whole (c.server), ==, 0);
  g_object_unref (operation);
  stop (&c);
}

/* As the client counts it: what the server has seen comes a moment before. */
static gboolean
is_under_way (gpointer operation)
{
  return wb_operation_get_sent_bytes (operation) > 0;
}

/* The upload breaks off before its end: nothing was carried out, and that is said. */
static void
test_broke_off (void)
{
  WbOperation *operation;
  Case c;

  start (&c, PEEK_STALL, NULL);
  operation = submit (&c, form_request (c.store, TRUE));
  g_assert_true (wb_test_wait_for (is_at_the_server, c.server, WB_TEST_DEADLINE_MS));
  g_assert_true (wb_test_wait_for (is_under_way, operation, WB_TEST_DEADLINE_MS));
  peek_server_cut (c.server);
  operation_wait (operation, WB_STATE_FAILED);
  g_assert_cmpint (wb_operation_get_reason (operation), ==, WB_REASON_BROKE_OFF);
  g_object_unref (operation);
  stop (&c);
}

static void
test_stop_too_late (gconstpointer data)
{
  gboolean form = GPOINTER_TO_INT (data);
  WbOperation *operation;
  Case c;

  start (&c, PEEK_SILENT, NULL);
  operation = submit (&c, form ? form_request (c.store, TRUE) : pay_request ("ORDER1"));
  g_assert_true (wb_test_wait_for (is_whole, c.server, WB_TEST_DEADLINE_MS));
  g_assert_false (wb_operation_get_can_stop (operation));
  g_assert_false (wb_outbox_stop (store_outbox (c.store), operation));
  g_assert_cmpint (wb_operation_get_state (operation), ==, WB_STATE_SENDING);
  peek_server_cut (c.server);
  operation_wait (operation, WB_STATE_UNKNOWN);
  g_assert_cmpint (wb_operation_get_reason (operation), ==, WB_REASON_CUT);
  g_object_unref (operation);
  stop (&c);
}

/* Between the press and the first byte, whichever job of the journal is under way. */
static void
test_stop_at_once (void)
{
  WbOperation *operation;
  g_autofree char *state = NULL;
  Case c;

  start (&c, PEEK_ANSWER, PEEK_OK);
  operation = submit (&c, pay_request ("ORDER1"));
  g_assert_cmpint (wb_operation_get_state (operation), ==, WB_STATE_QUEUED);
  g_assert_true (wb_outbox_stop (store_outbox (c.store), operation));
  operation_wait (operation, WB_STATE_CANCELLED);
  g_assert_cmpuint (peek_server_get_requests (c.server), ==, 0);
  g_object_unref (operation);
  stop (&c);
}

/* "Pays in 5 s" */

static void
test_delay (void)
{
  WbRequest *request = pay_request ("ORDER1");
  gint64 start_at;
  WbOperation *operation;
  Case c;

  start (&c, PEEK_ANSWER, PEEK_OK);
  wb_request_set_delay_ms (request, 150);
  start_at = g_get_monotonic_time ();
  operation = submit (&c, request);
  g_assert_cmpint (wb_operation_get_leaves_at (operation), >=, start_at + 150 * 1000);
  g_assert_cmpint (wb_operation_get_state (operation), ==, WB_STATE_QUEUED);
  operation_wait (operation, WB_STATE_ACCEPTED);
  g_assert_cmpint (g_get_monotonic_time () - start_at, >=, 150 * 1000);
  g_assert_cmpint (wb_operation_get_leaves_at (operation), ==, 0);
  g_object_unref (operation);
  stop (&c);
}

static void
test_delay_stopped (void)
{
  WbRequest *request = pay_request ("ORDER1");
  g_autofree char *state = NULL;
  WbOperation *operation;
  Case c;

  start (&c, PEEK_ANSWER, PEEK_OK);
  wb_request_set_delay_ms (request, 60 * 1000);
  operation = submit (&c, request);
  g_assert_true (wb_operation_get_can_stop (operation));
  g_assert_true (wb_outbox_stop (store_outbox (c.store), operation));
  g_assert_cmpint (wb_operation_get_state (operation), ==, WB_STATE_CANCELLED);
  g_assert_false (wb_outbox_stop (store_outbox (c.store), operation));
  g_object_unref (operation);
  /* The place is free again. */
  operation = submit (&c, pay_request ("ORDER1"));
  operation_wait (operation, WB_STATE_ACCEPTED);
  state = journal_text (c.store, "SELECT group_concat (state) FROM (SELECT state FROM operations ORDER BY created)");
  g_assert_cmpstr (state, ==, "cancelled,accepted");
  g_object_unref (operation);
  stop (&c);
}

/* Locked */

static void
test_locked (void)
{
  g_autoptr (GError) error = NULL;
  Case c;

  start (&c, PEEK_ANSWER, PEEK_OK);
  wb_profile_lock (c.store->profile);
  g_assert_null (operation_submit (c.store, pay_request ("ORDER1"), &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_DENIED);
  g_assert_cmpint (journal_int (c.store, "SELECT count(*) FROM operations"), ==, 0);
  wb_profile_unlock (c.store->profile, WB_UNLOCK_SESSION);
  g_object_unref (submit (&c, pay_request ("ORDER1")));
  stop (&c);
}

/* Locked while its row is written: it is written, and does not go. */
static void
test_locked_meanwhile (void)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *state = NULL;
  Case c;

  start (&c, PEEK_ANSWER, PEEK_OK);
  wb_outbox_submit_async (store_outbox (c.store), pay_request ("ORDER1"), NULL, wb_test_take_result, &result);
  wb_profile_lock (c.store->profile);
  wb_test_wait_result (&result);
  g_assert_null (wb_outbox_submit_finish (store_outbox (c.store), result, &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_DENIED);
  g_object_unref (result);
  store_reopen (c.store);
  state = journal_text (c.store, "SELECT state FROM operations");
  g_assert_cmpstr (state, ==, "cancelled");
  g_assert_cmpuint (peek_server_get_requests (c.server), ==, 0);
  stop (&c);
}

/* Locked between the claim and the first byte. */
static void
test_locked_after_claim (void)
{
  WbOperation *operation;
  Case c;

  start (&c, PEEK_ANSWER, PEEK_OK);
  operation = submit (&c, pay_request ("ORDER1"));
  wb_profile_lock (c.store->profile);
  operation_wait (operation, WB_STATE_CANCELLED);
  g_assert_cmpuint (peek_server_get_requests (c.server), ==, 0);
  g_object_unref (operation);
  stop (&c);
}

static void
test_locked_waiting (void)
{
  WbRequest *request = pay_request ("ORDER1");
  WbOperation *operation;
  Case c;

  start (&c, PEEK_ANSWER, PEEK_OK);
  wb_request_set_delay_ms (request, 60 * 1000);
  operation = submit (&c, request);
  wb_profile_lock (c.store->profile);
  g_assert_cmpint (wb_operation_get_state (operation), ==, WB_STATE_CANCELLED);
  g_assert_cmpint (wb_operation_get_reason (operation), ==, WB_REASON_SHUT);
  wb_profile_unlock (c.store->profile, WB_UNLOCK_SESSION);
  g_assert_cmpuint (peek_server_get_requests (c.server), ==, 0);
  g_object_unref (operation);
  stop (&c);
}

/* Not sent */

static gboolean
is_waiting (gpointer operation)
{
  return wb_operation_get_state (operation) == WB_STATE_QUEUED
         && wb_operation_get_reason (operation) == WB_REASON_NOT_CONNECTED;
}

static void
test_not_connected (void)
{
  WbOperation *operation;
  Case c;

  start (&c, PEEK_ANSWER, PEEK_OK);
  peek_server_free (c.server);
  operation = submit (&c, pay_request ("ORDER1"));
  operation_wait (operation, WB_STATE_FAILED);
  g_assert_cmpint (wb_operation_get_reason (operation), ==, WB_REASON_NOT_CONNECTED);
  g_object_unref (operation);
  store_free (c.store);
}

/* What is free waits until the service can be reached, and goes once; nothing is asked of it meanwhile. */
static void
test_waits_for_connection (void)
{
  g_autoptr (FakeService) service = fake_service_new ();
  g_autofree char *url = fake_service_dup_url (service);
  g_autoptr (WbOperation) update = NULL, create = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  guint port = fake_service_go (service), open = 1;
  Case c = { NULL, store_new_at (url, KEY, CUSTOMER) };

  fake_service_set (service, "PUT /users", 200, "{\"data\":{\"userId\":\"" CUSTOMER "\"}}");
  fake_service_set (service, "POST /users", 201, "{\"data\":{\"userId\":\"MADE1\"}}");
  fake_service_set (service, "GET /wallet/balance", 200, "{\"data\":{\"balance\":1000.00}}");
  update = submit (&c, request_update (c.store, "Bergen"));
  create = submit (&c, request_customer ("new@example.com"));
  g_assert_true (wb_test_wait_for (is_waiting, update, WB_TEST_DEADLINE_MS));
  g_assert_true (wb_test_wait_for (is_waiting, create, WB_TEST_DEADLINE_MS));
  g_object_get (wb_profile_get_outbox (c.store->profile), "n-open", &open, NULL);
  g_assert_cmpuint (open, ==, 0); /* the program may end: it is on disk */
  fake_service_come_back (service, port);
  wb_sync_read_wallet_async (wb_profile_get_sync (c.store->profile), NULL, wb_test_take_result, &result);
  operation_wait (update, WB_STATE_DONE);
  operation_wait (create, WB_STATE_DONE);
  g_assert_cmpuint (fake_service_count (service, "PUT /users"), ==, 1);
  g_assert_cmpuint (fake_service_count (service, "POST /users"), ==, 1);
  g_assert_true (wb_test_wait_for (wb_test_is_set, &result, WB_TEST_DEADLINE_MS));
  g_clear_object (&result); /* it holds the sync */
  store_free (c.store);
}

static void
test_blob_missing (gconstpointer data)
{
  gboolean shorter = GPOINTER_TO_INT (data);
  WbRequest *request;
  WbOperation *operation;
  g_autofree char *path = NULL;
  Case c;

  start (&c, PEEK_ANSWER, PEEK_OK);
  request = form_request (c.store, TRUE);
  path = wb_blobs_dup_path (wb_profile_get_blobs (c.store->profile), ((WbPart *) request->parts->pdata[2])->blob);
  if (shorter)
    g_assert_true (g_file_set_contents (path, "short", 5, NULL));
  else
    g_assert_cmpint (remove (path), ==, 0);
  operation = submit (&c, request);
  operation_wait (operation, WB_STATE_FAILED);
  g_assert_cmpint (wb_operation_get_reason (operation), ==, WB_REASON_BLOB_MISSING);
  g_assert_cmpuint (peek_server_get_whole (c.server), ==, 0);
  g_object_unref (operation);
  stop (&c);
}

static void
test_no_key (void)
{
  WbOperation *operation;
  Case c;

  start (&c, PEEK_ANSWER, PEEK_OK);
  operation = submit (&c, pay_request ("ORDER1"));
  /* Gone after the row was written: the state of the profile may be older than the client's. */
  cmr_client_set_key (store_client (c.store), NULL, NULL);
  operation_wait (operation, WB_STATE_FAILED);
  g_assert_cmpint (wb_operation_get_reason (operation), ==, WB_REASON_NO_KEY);
  g_assert_cmpuint (peek_server_get_requests (c.server), ==, 0);
  g_object_unref (operation);
  stop (&c);
}

/* Shut: settled by what is known then. */

static void
test_shut (gconstpointer data)
{
  PeekMode mode = GPOINTER_TO_INT (data);
  g_autofree char *found = NULL;
  WbOperation *operation;
  Case c;

  start (&c, mode, NULL);
  operation = submit (&c, form_request (c.store, TRUE));
  g_assert_true (wb_test_wait_for (mode == PEEK_STALL ? is_at_the_server : is_whole, c.server, WB_TEST_DEADLINE_MS));
  g_object_unref (operation);
  /* The answer is waited for by nobody, but the socket is there until it is cut. */
  c.store->parts_are_held = mode == PEEK_SILENT;
  store_reopen (c.store);
  found = journal_text (c.store, "SELECT state || ' ' || reason FROM operations");
  if (mode == PEEK_STALL)
    {
      g_autofree char *wanted = g_strdup_printf ("cancelled %d", WB_REASON_SHUT);

      g_assert_cmpstr (found, ==, wanted);
      g_assert_cmpuint (peek_server_get_whole (c.server), ==, 0);
    }
  else
    {
      g_autofree char *wanted = g_strdup_printf ("unknown %d", WB_REASON_KILLED);

      g_assert_cmpstr (found, ==, wanted);
    }
  stop (&c);
}

int
main (int argc, char **argv)
{
  money_test_init (&argc, &argv);
  g_test_add_data_func ("/outbox/written-first/json", GINT_TO_POINTER (FALSE), test_written_first);
  g_test_add_data_func ("/outbox/written-first/form", GINT_TO_POINTER (TRUE), test_written_first);
  g_test_add_func ("/outbox/claimed-once", test_claimed_once);
  g_test_add_func ("/outbox/claim-rows", test_claim_rows);
  g_test_add_func ("/outbox/one-open", test_one_open);
  g_test_add_func ("/outbox/others-open", test_others_open);
  g_test_add_data_func ("/outbox/stop/uploading-free", GINT_TO_POINTER (FALSE), test_stop_uploading);
  g_test_add_data_func ("/outbox/stop/uploading-paid", GINT_TO_POINTER (TRUE), test_stop_uploading);
  g_test_add_data_func ("/outbox/stop/too-late", GINT_TO_POINTER (FALSE), test_stop_too_late);
  g_test_add_data_func ("/outbox/stop/too-late-form", GINT_TO_POINTER (TRUE), test_stop_too_late);
  g_test_add_func ("/outbox/stop/at-once", test_stop_at_once);
  g_test_add_func ("/outbox/broke-off", test_broke_off);
  g_test_add_func ("/outbox/delay/goes", test_delay);
  g_test_add_func ("/outbox/delay/stopped", test_delay_stopped);
  g_test_add_func ("/outbox/locked/before", test_locked);
  g_test_add_func ("/outbox/locked/while-written", test_locked_meanwhile);
  g_test_add_func ("/outbox/locked/after-claim", test_locked_after_claim);
  g_test_add_func ("/outbox/locked/waiting", test_locked_waiting);
  g_test_add_func ("/outbox/not-connected", test_not_connected);
  g_test_add_func ("/outbox/waits-for-connection", test_waits_for_connection);
  g_test_add_data_func ("/outbox/blob/gone", GINT_TO_POINTER (FALSE), test_blob_missing);
  g_test_add_data_func ("/outbox/blob/shorter", GINT_TO_POINTER (TRUE), test_blob_missing);
  g_test_add_func ("/outbox/no-key", test_no_key);
  g_test_add_data_func ("/outbox/shut/uploading", GINT_TO_POINTER (PEEK_STALL), test_shut);
  g_test_add_data_func ("/outbox/shut/waiting", GINT_TO_POINTER (PEEK_SILENT), test_shut);
  return g_test_run ();
}
