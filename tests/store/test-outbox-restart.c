// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "order-tools.h"

#include <glib/gstdio.h>
#include <string.h>

#include "wb-profile-private.h"

/* What an earlier run left: looked up, shown, asked about; never sent by itself where it costs. */

static void
set_up (Store **store, gconstpointer data)
{
  *store = store_new (NULL);
  cmr_client_set_timeouts_ms (store_client (*store), 5000, 10000, 10000, 20);
}

static void
tear_down (Store **store, gconstpointer data)
{
  store_free (*store);
}

static guint
sent (Store *store)
{
  return wb_sandbox_count_writes (store->sandbox);
}

/* Every state, of a run that is over. */

typedef struct {
  const char *name;
  CmrOp op;
  const char *state;
  WbState after;
  WbReason reason;
  guint sent;
} Row;

static const Row rows[] = {
  { "queued-paid", CMR_OP_PROCESS_ORDER, "queued", WB_STATE_QUEUED, WB_REASON_FOUND_QUEUED, 0 },
  { "queued-destructive", CMR_OP_DELETE_USER, "queued", WB_STATE_QUEUED, WB_REASON_FOUND_QUEUED, 0 },
  { "queued-create", CMR_OP_CREATE_USER, "queued", WB_STATE_QUEUED, WB_REASON_FOUND_QUEUED, 0 },
  { "queued-order", CMR_OP_CREATE_ORDER_JSON, "queued", WB_STATE_QUEUED, WB_REASON_FOUND_QUEUED, 0 },
  { "queued-repeatable", CMR_OP_UPDATE_USER, "queued", WB_STATE_DONE, WB_REASON_NONE, 1 },
  { "sending-paid", CMR_OP_PROCESS_ORDER, "sending", WB_STATE_UNKNOWN, WB_REASON_KILLED, 0 },
  { "sending-order", CMR_OP_CREATE_ORDER_JSON, "sending", WB_STATE_UNKNOWN, WB_REASON_KILLED, 0 },
  { "sending-repeatable", CMR_OP_UPDATE_USER, "sending", WB_STATE_UNKNOWN, WB_REASON_KILLED, 0 },
  { "accepted", CMR_OP_PROCESS_ORDER, "accepted", WB_STATE_ACCEPTED, WB_REASON_NONE, 0 },
  { "unknown", CMR_OP_PROCESS_ORDER, "unknown", WB_STATE_UNKNOWN, WB_REASON_NONE, 0 },
  { "done", CMR_OP_PROCESS_ORDER, "done", WB_STATE_DONE, WB_REASON_NONE, 0 },
  { "failed", CMR_OP_PROCESS_ORDER, "failed", WB_STATE_FAILED, WB_REASON_NONE, 0 },
  { "closed", CMR_OP_PROCESS_ORDER, "closed", WB_STATE_CLOSED, WB_REASON_NONE, 0 },
  { "cancelled", CMR_OP_PROCESS_ORDER, "cancelled", WB_STATE_CANCELLED, WB_REASON_NONE, 0 },
  /* Of a version to come: as good as unknown. */
  { "new-word", CMR_OP_PROCESS_ORDER, "teleported", WB_STATE_UNKNOWN, WB_REASON_NONE, 0 },
};

#define BODY                                                                                                           \
  "{\"email\":\"maya@brightloom.example\",\"company\":\"B\",\"firstName\":\"A\",\"lastName\":\"F\",\"country\":"       \
  "\"AT\","                                                                                                            \
  "\"city\":\"Graz\",\"addressLineOne\":\"Am Ring 1\",\"languagePreference\":\"en\",\"postalCode\":\"1010\","          \
  "\"state\":\"9\",\"phoneCc\":\"43\",\"phone\":\"1234567\"}"

static gboolean
is_looked_up (gpointer data)
{
  g_autofree char *times = journal_text (data, "SELECT times FROM checks");

  return g_ascii_strtoll (times, NULL, 10) > 0;
}

static void
test_row (Store **store, gconstpointer data)
{
  const Row *row = data;
  const CmrEndpoint *endpoint = cmr_endpoint_get (row->op);
  gboolean paid = endpoint->paid == CMR_PAID_ALWAYS, destructive = (endpoint->flags & CMR_ENDPOINT_DESTRUCTIVE) != 0;
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO operations (id, run, op, state, paid, destructive, customer_id, target, query, body, cents, "
      "created, updated)"
      " VALUES ('op', 'a run that is over', '%s', '%s', %d, %d, '%s', 'x', 'userId=%s', '%s', 0, 1, 1)",
      endpoint->id, row->state, paid, destructive, (*store)->customer, (*store)->customer, BODY);
  WbOperation *operation;

  store_run_job (*store, TRUE, sql);
  store_reopen (*store);
  operation = operation_load (*store, "op");
  operation_wait (operation, row->after);
  if (row->reason != WB_REASON_NONE)
    g_assert_cmpint (wb_operation_get_reason (operation), ==, row->reason);
  /* What may have been sent is looked up at once, and nothing else happens. */
  if (row->after == WB_STATE_UNKNOWN || row->reason == WB_REASON_FOUND_QUEUED)
    g_assert_true (wb_test_wait_for (is_looked_up, *store, WB_TEST_DEADLINE_MS));
  g_assert_cmpint (wb_operation_get_state (operation), ==, row->after);
  g_assert_cmpuint (sent (*store), ==, row->sent);
  g_object_unref (operation);
}

/* A locked profile sends nothing at a start either; what may go waits for the unlock. */
static void
test_locked_at_start (Store **store, gconstpointer data)
{
  g_autofree char *sql
      = g_strdup_printf ("INSERT INTO operations (id, run, op, state, paid, destructive, customer_id, target, query, "
                         "body, cents, created, updated)"
                         " VALUES ('op', 'over', 'update_user', 'queued', 0, 0, '%s', 'x', 'userId=%s', '%s', 0, 1, 1)",
                         (*store)->customer, (*store)->customer, BODY);
  g_autofree char *id = NULL;
  g_autofree char *ini = NULL;
  g_autoptr (GKeyFile) file = g_key_file_new ();
  WbOperation *operation;

  store_run_job (*store, TRUE, sql);
  ini = g_build_filename (wb_profile_get_folder ((*store)->profile), "profile.ini", NULL);
  id = store_close (*store);
  g_key_file_load_from_file (file, ini, G_KEY_FILE_NONE, NULL);
  g_key_file_set_boolean (file, "Profile", "read-only", TRUE);
  g_assert_true (g_key_file_save_to_file (file, ini, NULL));
  store_open (*store, id);
  operation = operation_load (*store, "op");
  g_assert_cmpint (wb_profile_get_lock ((*store)->profile), ==, WB_LOCK_READ_ONLY);
  g_assert_cmpint (wb_operation_get_state (operation), ==, WB_STATE_QUEUED);
  g_assert_cmpuint (sent (*store), ==, 0);
  wb_profile_unlock ((*store)->profile, WB_UNLOCK_SESSION);
  operation_wait (operation, WB_STATE_DONE);
  g_assert_cmpuint (sent (*store), ==, 1);
  g_object_unref (operation);
}

/* Restored copies (security.md, 2) */

static char *
copy_journal (Store *store)
{
  g_autofree char *path = journal_path (store);
  char *copy = g_strconcat (path, ".copy", NULL);
  sqlite3 *from = NULL, *to = NULL;
  sqlite3_backup *backup;

  store_run_job (store, TRUE, "SELECT 1");
  g_assert_cmpint (sqlite3_open_v2 (path, &from, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_open (copy, &to), ==, SQLITE_OK);
  backup = sqlite3_backup_init (to, "main", from, "main");
  g_assert_cmpint (sqlite3_backup_step (backup, -1), ==, SQLITE_DONE);
  sqlite3_backup_finish (backup);
  sqlite3_close (from);
  sqlite3_close (to);
  return copy;
}

static void
put_back (Store *store, const char *copy)
{
  g_autofree char *path = journal_path (store), *log = g_strconcat (path, "-wal", NULL),
                  *shm = g_strconcat (path, "-shm", NULL);
  g_autofree char *id = store_close (store);

  g_remove (log);
  g_remove (shm);
  g_assert_cmpint (g_rename (copy, path), ==, 0);
  store_open (store, id);
}

/* Queue, copy the journal, send, put the copy back, start: no paid request, and what was paid is found. */
static void
test_restored_paid (Store **store, gconstpointer data)
{
  WbOrder *order = order_unpaid (*store, "plain-loom.test");
  g_autofree char *id = g_strdup (wb_order_get_id (order));
  g_autofree char *copy = NULL;
  g_autoptr (GError) error = NULL;
  WbOperation *pay = order_try_pay (*store, order, 500, &error);

  g_assert_no_error (error);
  copy = copy_journal (*store);
  order_wait (order, WB_ORDER_LIVE);
  g_assert_cmpuint (wb_sandbox_count_requests ((*store)->sandbox, "process_order"), ==, 1);
  g_object_unref (pay);
  order_drop (order);
  put_back (*store, copy);
  order = order_load (*store, id);
  order_wait (order, WB_ORDER_LIVE);
  g_assert_cmpint (wb_operation_get_state (wb_order_get_pay_operation (order)), ==, WB_STATE_DONE);
  g_assert_cmpuint (wb_sandbox_count_requests ((*store)->sandbox, "process_order"), ==, 1);
  g_assert_cmpuint (wb_sandbox_count_charges ((*store)->sandbox), ==, 1);
  order_drop (order);
}

/* The same, not sent meanwhile: read back, then a person is asked, and Pay is the answer. */
static void
test_restored_unpaid (Store **store, gconstpointer data)
{
  WbOrder *order = order_unpaid (*store, "plain-loom.test");
  g_autofree char *id = g_strdup (wb_order_get_id (order));
  g_autofree char *copy = NULL, *states = NULL;
  WbOperation *pay = order_try_pay (*store, order, 60000, NULL);

  copy = copy_journal (*store);
  g_assert_true (wb_outbox_stop (store_outbox (*store), pay));
  g_object_unref (pay);
  order_drop (order);
  put_back (*store, copy);
  order = order_load (*store, id);
  order_wait_can_pay (order);
  order_wait_quiet (order);
  g_assert_cmpint (wb_operation_get_reason (wb_order_get_pay_operation (order)), ==, WB_REASON_FOUND_QUEUED);
  g_assert_cmpuint (wb_sandbox_count_requests ((*store)->sandbox, "process_order"), ==, 0);
  pay = order_pay (*store, order);
  order_wait (order, WB_ORDER_LIVE);
  states = journal_text (*store,
                         "SELECT group_concat (state) FROM (SELECT state FROM operations WHERE paid ORDER BY created)");
  g_assert_cmpstr (states, ==, "cancelled,done");
  g_assert_cmpuint (wb_sandbox_count_charges ((*store)->sandbox), ==, 1);
  g_object_unref (pay);
  order_drop (order);
}

/* A found payment that is stopped frees the order. */
static void
test_found_stopped (Store **store, gconstpointer data)
{
  WbOrder *order = order_unpaid (*store, "plain-loom.test");
  g_autofree char *id = g_strdup (wb_order_get_id (order));
  WbOperation *pay = order_try_pay (*store, order, 60000, NULL);

  g_object_unref (pay);
  order_drop (order);
  store_reopen (*store);
  order = order_load (*store, id);
  order_wait_can_pay (order);
  pay = g_object_ref (wb_order_get_pay_operation (order));
  g_assert_cmpint (wb_operation_get_reason (pay), ==, WB_REASON_FOUND_QUEUED);
  g_assert_true (wb_outbox_stop (store_outbox (*store), pay));
  g_assert_cmpint (wb_operation_get_state (pay), ==, WB_STATE_CANCELLED);
  order_wait_can_pay (order);
  g_object_unref (pay);
  order_drop (order);
}

/* A create that was found queued may exist as well as not; its draft is not lost. */
static void
test_found_create (Store **store, gconstpointer data)
{
  gboolean again = GPOINTER_TO_INT (data);
  WbDraft *draft = order_draft (*store, "plain-loom.test");
  WbOrder *order = order_create (*store, draft, FALSE);
  g_autofree char *id = g_strdup (wb_order_get_id (order));
  g_autoptr (GError) error = NULL;
  WbOperation *create;

  draft_drop (draft);
  order_wait_can_pay (order);
  order_drop (order);
  /* As if this run had been ended before it claimed it. */
  store_run_job (*store, TRUE, "UPDATE operations SET state = 'queued', status = 0, made_id = '', sent_at = NULL;"
                 "UPDATE orders SET state = 'creating', order_id = '', server_state = '', read_back = 0");
  store_reopen (*store);
  order = order_load (*store, id);
  order_wait (order, WB_ORDER_MAY_EXIST);
  order_wait_quiet (order);
  create = g_object_ref (wb_order_get_create_operation (order));
  g_assert_cmpint (wb_operation_get_reason (create), ==, WB_REASON_FOUND_QUEUED);
  g_assert_cmpuint (wb_sandbox_count_requests ((*store)->sandbox, "create_order_json"), ==, 1);
  if (again)
    {
      WbOperation *second = operation_again (*store, create, &error);

      g_assert_no_error (error);
      order_wait_can_pay (order);
      g_assert_cmpint (wb_operation_get_state (create), ==, WB_STATE_CANCELLED);
      g_object_unref (second);
    }
  else
    {
      g_assert_true (wb_outbox_stop (store_outbox (*store), create));
      order_wait (order, WB_ORDER_CANCELLED);
      order_wait_quiet (order);
      g_assert_cmpint (journal_int (*store, "SELECT count(*) FROM drafts WHERE order_uuid = ''"), ==, 1);
    }
  g_assert_cmpuint (wb_sandbox_count_charges ((*store)->sandbox), ==, 0);
  g_object_unref (create);
  order_drop (order);
}

/* Ended between the row of the order and that of its request: nothing was sent, the draft is a draft again. */
static void
test_order_without_request (Store **store, gconstpointer data)
{
  WbDraft *draft = order_draft (*store, "plain-loom.test");
  WbOrder *order = order_create (*store, draft, FALSE);
  g_autofree char *id = g_strdup (wb_order_get_id (order));

  draft_drop (draft);
  order_wait_can_pay (order);
  order_drop (order);
  store_run_job (*store, TRUE, "DELETE FROM operations;"
                 "UPDATE orders SET state = 'creating', order_id = '', server_state = '', read_back = 0");
  store_reopen (*store);
  order = order_load (*store, id);
  order_wait (order, WB_ORDER_CANCELLED);
  g_assert_cmpint (journal_int (*store, "SELECT count(*) FROM drafts WHERE order_uuid = ''"), ==, 1);
  order_drop (order);
}

/* Ended between the answer's row and the order's: the id is taken up from the operation. */
static void
test_answer_without_order (Store **store, gconstpointer data)
{
  WbOrder *order = order_unpaid (*store, "plain-loom.test");
  g_autofree char *id = g_strdup (wb_order_get_id (order));
  g_autofree char *order_id = g_strdup (wb_order_get_order_id (order));

  order_drop (order);
  store_run_job (*store, TRUE, "UPDATE orders SET state = 'creating', order_id = '', server_state = '', read_back = 0");
  store_reopen (*store);
  order = order_load (*store, id);
  order_wait_can_pay (order);
  g_assert_cmpstr (wb_order_get_order_id (order), ==, order_id);
  g_assert_cmpuint (wb_sandbox_count_requests ((*store)->sandbox, "create_order_json"), ==, 1);
  order_drop (order);
}

/* Requests of a version to come, in every state: shown as unknown ones, looked up by nothing, never sent. */

typedef struct {
  const char *state;
  gboolean paid;
  WbState after;
} Newer;

static const Newer newer[] = {
  { "queued", TRUE, WB_STATE_QUEUED },     { "queued", FALSE, WB_STATE_QUEUED },
  { "sending", TRUE, WB_STATE_UNKNOWN },   { "sending", FALSE, WB_STATE_UNKNOWN },
  { "accepted", TRUE, WB_STATE_ACCEPTED }, { "unknown", TRUE, WB_STATE_UNKNOWN },
  { "failed", FALSE, WB_STATE_FAILED },    { "paused", TRUE, WB_STATE_UNKNOWN },
};

static void
insert_newer (Store *store, const Newer *row, const char *order)
{
  g_autofree char *sql = g_strdup_printf ("INSERT INTO operations (id, run, op, state, reason, paid, destructive, "
                                          "customer_id, target, order_uuid, query, body, cents,"
                                          " created, updated) VALUES ('op', 'over', 'order_by_telepathy', '%s', 9999, "
                                          "%d, 0, '%s', 'x', '%s', 'userId=%s', '{}', 0, 2, 2)",
                                          row->state, row->paid, store->customer, order, store->customer);

  store_run_job (store, TRUE, sql);
}

static void
test_newer (Store **store, gconstpointer data)
{
  const Newer *row = data;
  WbOperation *operation;
  gboolean open = row->after == WB_STATE_UNKNOWN || row->after == WB_STATE_QUEUED;
  g_autoptr (GError) error = NULL;

  insert_newer (*store, row, "");
  store_reopen (*store);
  operation = operation_load (*store, "op");
  operation_wait (operation, row->after);
  if (open)
    g_assert_true (wb_test_wait_for (is_looked_up, *store, WB_TEST_DEADLINE_MS));
  g_assert_cmpint (wb_operation_get_op (operation), ==, CMR_OP_NONE);
  g_assert_cmpint (wb_operation_get_reason (operation), <, WB_N_REASONS);
  g_assert_null (operation_again (*store, operation, &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_DENIED);
  g_assert_cmpint (wb_operation_get_state (operation), ==, row->after);
  if (open)
    {
      wb_outbox_settle_done (store_outbox (*store), operation, NULL);
      g_assert_cmpint (wb_operation_get_state (operation), ==, WB_STATE_DONE);
    }
  g_assert_cmpuint (sent (*store), ==, 0);
  g_object_unref (operation);
}

/* A paid one that may have been carried out keeps Pay away from its order; a free one says nothing of it. */
static void
test_newer_of_order (Store **store, gconstpointer data)
{
  static const Newer paid = { "sending", TRUE, WB_STATE_UNKNOWN }, other = { "sending", FALSE, WB_STATE_UNKNOWN };
  WbOrder *order = order_unpaid (*store, "plain-loom.test");
  g_autofree char *id = g_strdup (wb_order_get_id (order));

  order_drop (order);
  insert_newer (*store, data != NULL ? &paid : &other, id);
  store_run_job (*store, TRUE, "UPDATE operations SET created = 9000000000000000 WHERE id = 'op'");
  store_reopen (*store);
  order = order_load (*store, id);
  if (data != NULL)
    {
      order_wait (order, WB_ORDER_UNKNOWN);
      order_wait_quiet (order);
      g_assert_false (wb_order_can_pay (order));
      g_assert_cmpint (wb_order_get_state (order), ==, WB_ORDER_UNKNOWN);
    }
  else
    order_wait_can_pay (order);
  g_assert_nonnull (wb_order_get_create_operation (order));
  g_assert_cmpint (wb_operation_get_op (wb_order_get_create_operation (order)), ==, CMR_OP_CREATE_ORDER_JSON);
  g_assert_cmpuint (sent (*store), ==, 1);
  order_drop (order);
}

#define ADD(name, func, data) g_test_add ("/outbox-restart/" name, Store *, data, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  money_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/outbox-restart/", rows[i].name, NULL);

      g_test_add (path, Store *, &rows[i], set_up, test_row, tear_down);
    }
  for (guint i = 0; i < G_N_ELEMENTS (newer); i++)
    {
      g_autofree char *path
          = g_strdup_printf ("/outbox-restart/newer/%s%s", newer[i].state, newer[i].paid ? "-paid" : "");

      g_test_add (path, Store *, &newer[i], set_up, test_newer, tear_down);
    }
  ADD ("newer/of-order/paid", test_newer_of_order, "paid");
  ADD ("newer/of-order/free", test_newer_of_order, NULL);
  ADD ("locked", test_locked_at_start, NULL);
  ADD ("restored/paid", test_restored_paid, NULL);
  ADD ("restored/unpaid", test_restored_unpaid, NULL);
  ADD ("found/stopped", test_found_stopped, NULL);
  ADD ("found/create-kept", test_found_create, GINT_TO_POINTER (FALSE));
  ADD ("found/create-again", test_found_create, GINT_TO_POINTER (TRUE));
  ADD ("between/order-and-request", test_order_without_request, NULL);
  ADD ("between/answer-and-order", test_answer_without_order, NULL);
  return g_test_run ();
}
