// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fake-service.h"
#include "order-tools.h"

#include <string.h>

#include "wb-evidence-private.h"
#include "wb-profile-private.h"

/* What readings say of a request without an answer (design.md, Operations 5): a row of the table, a test. */

#define CUSTOMER "CUSTOMER1"
#define ORDER "ORDER1"
#define STAKE 1580
#define WALLET 100000

/* Words of an order's state */

static const struct {
  const char *word;
  WbVerdict says;
} words[] = {
  { "CREATED", WB_VERDICT_LIKELY_NOT },
  { "created", WB_VERDICT_LIKELY_NOT },
  { "UNCONFIRMED", WB_VERDICT_LIKELY_NOT },
  { "PENDING", WB_VERDICT_DONE },
  { "QUEUED", WB_VERDICT_DONE },
  { "PROCESSING", WB_VERDICT_DONE },
  { "In_Progress", WB_VERDICT_DONE },
  { "COMPLETED", WB_VERDICT_DONE },
  { "ACTIVE", WB_VERDICT_DONE },
  { "SUCCESS", WB_VERDICT_DONE },
  { "PARTIALLY_COMPLETED", WB_VERDICT_DONE },
  { "REFUNDED", WB_VERDICT_DONE },
  { "REFUND", WB_VERDICT_DONE },
  { "PARTIALLY_REFUNDED", WB_VERDICT_DONE },
  { "PARTIAL_REFUND", WB_VERDICT_DONE },
  /* Failed and cancelled may be after the money was taken; a new word may be anything. */
  { "FAILED", WB_VERDICT_OPEN },
  { "CANCELLED", WB_VERDICT_OPEN },
  { "DRAFT", WB_VERDICT_OPEN },
  { "CREATED_AND_PAID", WB_VERDICT_OPEN },
  { "NEW", WB_VERDICT_OPEN },
  { "", WB_VERDICT_OPEN },
};

static void
test_words (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_cmpint (wb_evidence_read_order_word (words[i].word), ==, words[i].says);
}

/* Together */

static const struct {
  WbVerdict says[3];
  gboolean readable[3];
  WbVerdict verdict;
} sums[] = {
#define D WB_VERDICT_DONE
#define L WB_VERDICT_LIKELY_DONE
#define O WB_VERDICT_OPEN
#define N WB_VERDICT_LIKELY_NOT
  { { N, N, N }, { 1, 1, 1 }, N }, { { N, N, D }, { 1, 1, 1 }, D }, { { D, O, N }, { 1, 1, 1 }, D },
  { { N, N, L }, { 1, 1, 1 }, L }, { { N, L, O }, { 1, 1, 1 }, L }, { { N, N, O }, { 1, 1, 1 }, O },
  { { N, N, N }, { 1, 0, 1 }, O }, { { N, N, D }, { 1, 1, 0 }, O }, { { N, L, N }, { 1, 0, 1 }, O },
  { { D, N, N }, { 0, 1, 1 }, O }, { { N, N, N }, { 0, 0, 0 }, O },
#undef D
#undef L
#undef O
#undef N
};

static void
test_sums (void)
{
  g_autoptr (WbEvidence) none = wb_evidence_new ();

  for (guint i = 0; i < G_N_ELEMENTS (sums); i++)
    {
      g_autoptr (WbEvidence) evidence = wb_evidence_new ();

      for (guint f = 0; f < 3; f++)
        {
          WbFinding *finding = g_new0 (WbFinding, 1);

          finding->says = sums[i].says[f];
          finding->readable = sums[i].readable[f];
          g_ptr_array_add (evidence->findings, finding);
        }
      g_assert_cmpint (wb_evidence_conclude (evidence->findings), ==, sums[i].verdict);
    }
  g_assert_cmpint (wb_evidence_conclude (none->findings), ==, WB_VERDICT_OPEN);
}

/* A row a test: the service says this, the verdict is that. */

typedef struct {
  const char *name;
  CmrOp op;
  const char *state;             /* answer of the order's state; NULL: cannot be read */
  const char *const *domains;    /* pages; NULL: cannot be read */
  const char *const *mailboxes;
  gint64 wallet;                 /* 0: cannot be read */
  const char *elsewhere;         /* SQL of the journal before the check */
  WbVerdict verdict;
  WbState left;                  /* the operation afterwards */
} Row;

#define PAGES(...) (const char *const[]) { __VA_ARGS__, NULL }
#define NOTHING PAGES ("")
#define STATE(word) "{\"status\":200,\"message\":\"ok\",\"data\":{\"orderId\":\"" ORDER "\",\"status\":\"" word "\"}}"
#define DOMAIN(name) "{\"domainId\":\"D-" name "\",\"domainName\":\"" name "\",\"status\":\"ACTIVE\"}"
#define DOMAIN_OF(name, day)                                                                                           \
  "{\"domainId\":\"D-" name "\",\"domainName\":\"" name "\",\"registeredOn\":\"" day "T00:00:00.000Z\"}"
#define MAILBOX(address) "{\"mailboxId\":\"M-" address "\",\"email\":\"" address "\",\"status\":\"IN_PROGRESS\"}"
#define MAILBOX_OF(address, order)                                                                                     \
  "{\"mailboxId\":\"M-" address "\",\"email\":\"" address "\",\"orderId\":\"" order "\"}"
#define OTHER DOMAIN ("unrelated.test")
#define TWIN                                                                                                           \
  "INSERT INTO orders (id, customer_id, customer, state, created, paid_at) VALUES ('o2', 'C', 'C', 'live', 1, 1);"     \
  "INSERT INTO order_domains (order_uuid, place, domain, years) VALUES ('o2', 0, 'second.test', 1);"
#define OTHER_PAYMENT                                                                                                  \
  "INSERT INTO operations (id, run, op, state, paid, destructive, target, created, updated)"                           \
  " VALUES ('x', 'r', 'process_order', 'done', 1, 0, 'X', 9000000000000000, 1);"

static const Row rows[] = {
  { "pay/nothing", CMR_OP_PROCESS_ORDER, STATE ("CREATED"), NOTHING, NOTHING, WALLET, NULL, WB_VERDICT_LIKELY_NOT,
    WB_STATE_UNKNOWN },
  { "pay/state", CMR_OP_PROCESS_ORDER, STATE ("PENDING"), NOTHING, NOTHING, WALLET, NULL, WB_VERDICT_DONE,
    WB_STATE_ACCEPTED },
  { "pay/new-word", CMR_OP_PROCESS_ORDER, STATE ("SETTLED"), NOTHING, NOTHING, WALLET, NULL, WB_VERDICT_OPEN,
    WB_STATE_UNKNOWN },
  { "pay/failed-word", CMR_OP_PROCESS_ORDER, STATE ("FAILED"), NOTHING, NOTHING, WALLET, NULL, WB_VERDICT_OPEN,
    WB_STATE_UNKNOWN },
  { "pay/bare-word", CMR_OP_PROCESS_ORDER, "{\"data\":\"PROCESSING\"}", NOTHING, NOTHING, WALLET, NULL, WB_VERDICT_DONE,
    WB_STATE_ACCEPTED },
  { "pay/another-order", CMR_OP_PROCESS_ORDER, "{\"data\":{\"orderId\":\"ANOTHER\",\"status\":\"COMPLETED\"}}", NOTHING,
    NOTHING, WALLET, NULL, WB_VERDICT_OPEN, WB_STATE_UNKNOWN },
  { "pay/state-unread", CMR_OP_PROCESS_ORDER, NULL, NOTHING, NOTHING, WALLET, NULL, WB_VERDICT_OPEN, WB_STATE_UNKNOWN },
  { "pay/domain", CMR_OP_PROCESS_ORDER, STATE ("CREATED"), PAGES (OTHER "," DOMAIN ("first.test")), NOTHING, WALLET,
    NULL, WB_VERDICT_DONE, WB_STATE_ACCEPTED },
  { "pay/second-domain", CMR_OP_PROCESS_ORDER, STATE ("CREATED"), PAGES (OTHER "," DOMAIN ("Second.TEST")), NOTHING,
    WALLET, NULL, WB_VERDICT_DONE, WB_STATE_ACCEPTED },
  { "pay/second-page", CMR_OP_PROCESS_ORDER, STATE ("CREATED"),
    PAGES (OTHER, DOMAIN ("third.test"), DOMAIN ("second.test")), NOTHING, WALLET, NULL, WB_VERDICT_DONE,
    WB_STATE_ACCEPTED },
  { "pay/mailbox", CMR_OP_PROCESS_ORDER, STATE ("CREATED"), NOTHING, PAGES (MAILBOX ("tomas@second.test")), WALLET,
    NULL, WB_VERDICT_DONE, WB_STATE_ACCEPTED },
  { "pay/mailbox-second-page", CMR_OP_PROCESS_ORDER, STATE ("CREATED"), NOTHING,
    PAGES (MAILBOX ("x@y.test"), MAILBOX ("tomas@second.test")), WALLET, NULL, WB_VERDICT_DONE, WB_STATE_ACCEPTED },
  { "pay/wallet", CMR_OP_PROCESS_ORDER, STATE ("CREATED"), NOTHING, NOTHING, WALLET - STAKE, NULL,
    WB_VERDICT_LIKELY_DONE, WB_STATE_UNKNOWN },
  { "pay/wallet-other-sum", CMR_OP_PROCESS_ORDER, STATE ("CREATED"), NOTHING, NOTHING, WALLET - 7, NULL,
    WB_VERDICT_OPEN, WB_STATE_UNKNOWN },
  { "pay/wallet-up", CMR_OP_PROCESS_ORDER, STATE ("CREATED"), NOTHING, NOTHING, WALLET + 5000, NULL, WB_VERDICT_OPEN,
    WB_STATE_UNKNOWN },
  { "pay/wallet-others", CMR_OP_PROCESS_ORDER, STATE ("CREATED"), NOTHING, NOTHING, WALLET - STAKE, OTHER_PAYMENT,
    WB_VERDICT_OPEN, WB_STATE_UNKNOWN },
  { "pay/list-unread", CMR_OP_PROCESS_ORDER, STATE ("CREATED"), NULL, NOTHING, WALLET, NULL, WB_VERDICT_OPEN,
    WB_STATE_UNKNOWN },
  /* There before, or as likely somebody else's. */
  { "pay/domain-before", CMR_OP_PROCESS_ORDER, STATE ("CREATED"), PAGES (DOMAIN_OF ("first.test", "2020-01-01")),
    NOTHING, WALLET, NULL, WB_VERDICT_OPEN, WB_STATE_UNKNOWN },
  { "pay/domain-later", CMR_OP_PROCESS_ORDER, STATE ("CREATED"), PAGES (DOMAIN_OF ("first.test", "2100-01-01")),
    NOTHING, WALLET, NULL, WB_VERDICT_DONE, WB_STATE_ACCEPTED },
  { "pay/domain-of-a-twin", CMR_OP_PROCESS_ORDER, STATE ("CREATED"), PAGES (DOMAIN ("second.test")), NOTHING, WALLET,
    TWIN, WB_VERDICT_OPEN, WB_STATE_UNKNOWN },
  { "pay/one-of-a-twin-one-ours", CMR_OP_PROCESS_ORDER, STATE ("CREATED"),
    PAGES (DOMAIN ("second.test"), DOMAIN ("first.test")), NOTHING, WALLET, TWIN, WB_VERDICT_DONE, WB_STATE_ACCEPTED },
  { "pay/mailbox-of-another", CMR_OP_PROCESS_ORDER, STATE ("CREATED"), NOTHING,
    PAGES (MAILBOX_OF ("amara@first.test", "ANOTHER")), WALLET, NULL, WB_VERDICT_OPEN, WB_STATE_UNKNOWN },
  { "pay/mailbox-of-ours", CMR_OP_PROCESS_ORDER, STATE ("CREATED"), NOTHING,
    PAGES (MAILBOX_OF ("tomas@second.test", ORDER)), WALLET, TWIN, WB_VERDICT_DONE, WB_STATE_ACCEPTED },
  /* In one step. */
  { "create-paid/nothing", CMR_OP_CREATE_ORDER_JSON, NULL, NOTHING, NOTHING, WALLET, NULL, WB_VERDICT_LIKELY_NOT,
    WB_STATE_UNKNOWN },
  { "create-paid/domain", CMR_OP_CREATE_ORDER_JSON, NULL, PAGES (DOMAIN ("second.test")), NOTHING, WALLET, NULL,
    WB_VERDICT_DONE, WB_STATE_ACCEPTED },
  { "create-paid/form", CMR_OP_CREATE_ORDER_MULTIPART, NULL, NOTHING, PAGES (MAILBOX ("amara@first.test")), WALLET,
    NULL, WB_VERDICT_DONE, WB_STATE_ACCEPTED },
};

static gpointer
insert_job (sqlite3 *db, gpointer data, GError **error)
{
  const Row *row = data;
  const char *target = row->op == CMR_OP_PROCESS_ORDER ? ORDER : "fingerprint";

  wb_db_exec (
      db,
      "INSERT INTO orders (id, customer_id, customer, state, created) VALUES ('o1', '" CUSTOMER "', 'C', 'unknown', 1);"
      "INSERT INTO order_domains (order_uuid, place, domain, years) VALUES ('o1', 0, 'first.test', 1), ('o1', 1, "
      "'second.test', 1);"
      "INSERT INTO order_mailboxes (order_uuid, place, domain, address, user_name, first_name, last_name) VALUES"
      " ('o1', 0, 'first.test', 'amara@first.test', 'a', 'a', 'a'), ('o1', 1, 'second.test', 'tomas@second.test', 't', "
      "'t', 't');"
      "INSERT INTO wallet (time, cents) VALUES (1, 100000);",
      error);
  wb_db_run (db, error,
             "INSERT INTO operations (id, run, op, state, reason, paid, destructive, customer_id, target, order_uuid, "
             "cents, created, sent_at,"
             " updated) VALUES ('op', 'r', ?, 'unknown', ?, 1, 0, '" CUSTOMER "', ?, 'o1', ?, ?, ?, ?)",
             "sisiiii", cmr_endpoint_get (row->op)->id, (gint64) WB_REASON_CUT, target, (gint64) STAKE,
             g_get_real_time (), g_get_real_time (), g_get_real_time ());
  if (row->elsewhere != NULL)
    wb_db_exec (db, row->elsewhere, error);
  return NULL;
}

static void
answer_pages (FakeService *service, const char *call, const char *member, const char *const *pages)
{
  if (pages != NULL)
    fake_service_set_pages (service, call, member, pages);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (FakeService) service = fake_service_new ();
  g_autofree char *url = fake_service_dup_url (service);
  g_autofree char *wallet = g_strdup_printf ("{\"data\":{\"balance\":%" G_GINT64_FORMAT ".%02d}}", row->wallet / 100,
                                             (int) (row->wallet % 100));
  g_autoptr (Store) store = store_new_at (url, "KEY-0123456789", CUSTOMER);
  g_autoptr (WbEvidence) evidence = NULL, again = NULL;
  g_autoptr (GError) error = NULL;
  WbOperation *operation;

  cmr_client_set_timeouts_ms (store_client (store), 5000, 10000, 10000, 5);
  fake_service_set (service, "GET /orders/status", row->state != NULL ? 200 : 404, row->state);
  fake_service_set (service, "GET /wallet/balance", row->wallet != 0 ? 200 : 404, wallet);
  answer_pages (service, "GET /domains/by-user", "domains", row->domains);
  answer_pages (service, "GET /mailboxes/single", "mailboxes", row->mailboxes);
  wb_database_run (wb_profile_get_journal (store->profile), insert_job, (gpointer) row, &error);
  g_assert_no_error (error);
  operation = operation_load (store, "op");
  evidence = operation_check (store, operation);
  g_assert_cmpint (evidence->verdict, ==, row->verdict);
  g_assert_cmpint (wb_operation_get_state (operation), ==, row->left);
  /* The same is known after a start. */
  g_object_unref (operation);
  g_setenv ("WAYBILL_PACE", "1", TRUE);
  fake_service_set (service, "GET /orders/status", 404, NULL);
  store_reopen (store);
  operation = operation_load (store, "op");
  again = wb_outbox_dup_evidence (store_outbox (store), operation);
  g_assert_cmpint (wb_operation_get_state (operation), ==, row->left);
  if (row->left == WB_STATE_UNKNOWN)
    {
      g_assert_cmpint (again->findings->len, ==, evidence->findings->len);
      g_assert_cmpuint (again->times, >=, evidence->times);
    }
  g_object_unref (operation);
}

/* Free creates */

/* Nothing of an unpaid order is in any list: its absence says nothing. What is there says that it was paid. */
static void
test_free_create (gconstpointer data)
{
  gboolean owned = GPOINTER_TO_INT (data);
  static const Row row = { "", CMR_OP_CREATE_ORDER_JSON, NULL, NULL, NULL, 0, "UPDATE operations SET paid = 0", 0, 0 };
  g_autoptr (FakeService) service = fake_service_new ();
  g_autofree char *url = fake_service_dup_url (service);
  g_autoptr (Store) store = store_new_at (url, "KEY-0123456789", CUSTOMER);
  g_autoptr (WbEvidence) evidence = NULL;
  WbOperation *operation;

  fake_service_set (service, "GET /wallet/balance", 200, "{\"data\":{\"balance\":1000.00}}");
  fake_service_set_pages (service, "GET /domains/by-user", "domains", owned ? PAGES (DOMAIN ("second.test")) : NOTHING);
  fake_service_set_pages (service, "GET /mailboxes/single", "mailboxes", NOTHING);
  wb_database_run (wb_profile_get_journal (store->profile), insert_job, (gpointer) &row, NULL);
  operation = operation_load (store, "op");
  evidence = operation_check (store, operation);
  g_assert_cmpint (evidence->verdict, ==, owned ? WB_VERDICT_DONE : WB_VERDICT_OPEN);
  g_assert_cmpint (wb_operation_is_paid (operation), ==, owned);
  g_assert_cmpint (wb_operation_get_state (operation), ==, owned ? WB_STATE_ACCEPTED : WB_STATE_UNKNOWN);
  g_object_unref (operation);
}

/* Whose it is says its order where the request does not; where nobody says it, nothing is asked, and that nothing was
 * read is no absence. */
static void
test_no_customer (gconstpointer data)
{
  gboolean told = GPOINTER_TO_INT (data);
  static const Row row = { "", CMR_OP_PROCESS_ORDER, NULL, NULL, NULL, 0, NULL, 0, 0 };
  g_autoptr (FakeService) service = fake_service_new ();
  g_autofree char *url = fake_service_dup_url (service);
  g_autoptr (Store) store = store_new_at (url, "KEY-0123456789", CUSTOMER);
  g_autoptr (WbEvidence) evidence = NULL;
  WbOperation *operation;

  g_setenv ("WAYBILL_PACE", "1", TRUE);
  fake_service_set (service, "GET /orders/status", 200, STATE ("CREATED"));
  fake_service_set (service, "GET /wallet/balance", 200, "{\"data\":{\"balance\":1000.00}}");
  fake_service_set_pages (service, "GET /domains/by-user", "domains", NOTHING);
  fake_service_set_pages (service, "GET /mailboxes/single", "mailboxes", NOTHING);
  wb_database_run (wb_profile_get_journal (store->profile), insert_job, (gpointer) &row, NULL);
  store_run_job (store, TRUE, "UPDATE operations SET customer_id = ''");
  if (!told)
    store_run_job (store, TRUE, "UPDATE orders SET customer_id = ''");
  operation = operation_load (store, "op");
  evidence = operation_check (store, operation);
  g_assert_cmpint (evidence->verdict, ==, told ? WB_VERDICT_LIKELY_NOT : WB_VERDICT_OPEN);
  g_assert_cmpint (wb_evidence_was_read (evidence), ==, told);
  g_assert_cmpuint (fake_service_count (service, "GET /orders/status"), ==, told ? 1 : 0);
  g_assert_cmpuint (fake_service_count (service, "GET /domains/by-user"), ==, told ? 1 : 0);
  g_assert_cmpuint (fake_service_count (service, "GET /mailboxes/single"), ==, told ? 1 : 0);
  g_assert_cmpint (wb_operation_get_state (operation), ==, WB_STATE_UNKNOWN);
  g_object_unref (operation);
}

/* Customers */

#define USER(id, email, created) "{\"userId\":\"" id "\",\"email\":\"" email "\",\"createdAt\":\"" created "\"}"

static const struct {
  const char *name;
  const char *const *users;
  WbVerdict verdict;
  const char *made;
} customers[] = {
  { "absent", PAGES (USER ("U1", "other@x.test", "2020-01-01T10:00:00.000Z")), WB_VERDICT_LIKELY_NOT, "" },
  { "second-page",
    PAGES (USER ("U1", "other@x.test", "2020-01-01T10:00:00.000Z"),
           USER ("U2", "NEW@x.test", "2100-01-01T10:00:00.000Z")),
    WB_VERDICT_DONE, "U2" },
  { "before", PAGES (USER ("U1", "new@x.test", "2020-01-01T10:00:00.000Z")), WB_VERDICT_OPEN, "" },
};

static void
test_customer (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (FakeService) service = fake_service_new ();
  g_autofree char *url = fake_service_dup_url (service);
  g_autoptr (Store) store = store_new_at (url, "KEY-0123456789", CUSTOMER);
  g_autoptr (WbEvidence) evidence = NULL;
  g_autoptr (GError) error = NULL;
  WbOperation *operation;

  fake_service_set (service, "POST /users", 500, "{\"message\":\"trouble\"}");
  fake_service_set_pages (service, "GET /users/list", "users", customers[i].users);
  operation = operation_submit (store, request_customer ("new@x.test"), &error);
  g_assert_no_error (error);
  operation_wait (operation, WB_STATE_UNKNOWN);
  evidence = operation_check (store, operation);
  g_assert_cmpint (evidence->verdict, ==, customers[i].verdict);
  g_assert_cmpstr (wb_operation_get_made_id (operation), ==, customers[i].made);
  g_assert_cmpint (wb_operation_get_state (operation), ==,
                   customers[i].verdict == WB_VERDICT_DONE ? WB_STATE_DONE : WB_STATE_UNKNOWN);
  g_object_unref (operation);
}

/* The background */

typedef struct {
  Store *store;
  WbOperation *operation;
} Watched;

static gboolean
was_looked_up_twice (gpointer data)
{
  Watched *watched = data;
  g_autoptr (WbEvidence) evidence = wb_outbox_dup_evidence (store_outbox (watched->store), watched->operation);

  return evidence != NULL && evidence->times >= 2 && evidence->next_check > 0;
}

/* An unknown is looked up by itself, and settles by itself on positive evidence. */
static void
test_by_itself (void)
{
  static const Row row = { "", CMR_OP_PROCESS_ORDER, NULL, NULL, NULL, 0, NULL, 0, 0 };
  g_autoptr (FakeService) service = fake_service_new ();
  g_autofree char *url = fake_service_dup_url (service);
  g_autoptr (Store) store = store_new_at (url, "KEY-0123456789", CUSTOMER);
  g_autoptr (WbEvidence) evidence = NULL;
  WbOperation *operation;
  Watched watched;

  g_setenv ("WAYBILL_PACE", "200", TRUE);
  fake_service_set (service, "GET /orders/status", 200, STATE ("CREATED"));
  fake_service_set (service, "GET /wallet/balance", 200, "{\"data\":{\"balance\":1000.00}}");
  fake_service_set_pages (service, "GET /domains/by-user", "domains", NOTHING);
  fake_service_set_pages (service, "GET /mailboxes/single", "mailboxes", NOTHING);
  wb_database_run (wb_profile_get_journal (store->profile), insert_job, (gpointer) &row, NULL);
  store_reopen (store);
  operation = operation_load (store, "op");
  watched = (Watched) { store, operation };
  g_assert_true (wb_test_wait_for (was_looked_up_twice, &watched, WB_TEST_DEADLINE_MS));
  evidence = wb_outbox_dup_evidence (store_outbox (store), operation);
  g_assert_cmpint (evidence->verdict, ==, WB_VERDICT_LIKELY_NOT);
  fake_service_set (service, "GET /orders/status", 200, STATE ("PROCESSING"));
  operation_wait (operation, WB_STATE_ACCEPTED);
  g_object_unref (operation);
}

/* Stopped in the middle it keeps what was known before. */
static void
test_stopped (void)
{
  static const Row row = { "", CMR_OP_PROCESS_ORDER, NULL, NULL, NULL, 0, NULL, 0, 0 };
  g_autoptr (FakeService) service = fake_service_new ();
  g_autofree char *url = fake_service_dup_url (service);
  g_autoptr (Store) store = store_new_at (url, "KEY-0123456789", CUSTOMER);
  g_autoptr (WbEvidence) first = NULL, kept = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  WbOperation *operation;

  g_setenv ("WAYBILL_PACE", "1", TRUE);
  fake_service_set (service, "GET /orders/status", 200, STATE ("CREATED"));
  fake_service_set (service, "GET /wallet/balance", 200, "{\"data\":{\"balance\":1000.00}}");
  fake_service_set_pages (service, "GET /domains/by-user", "domains", NOTHING);
  fake_service_set_pages (service, "GET /mailboxes/single", "mailboxes", NOTHING);
  wb_database_run (wb_profile_get_journal (store->profile), insert_job, (gpointer) &row, NULL);
  operation = operation_load (store, "op");
  first = operation_check (store, operation);
  g_assert_cmpint (first->verdict, ==, WB_VERDICT_LIKELY_NOT);
  wb_outbox_check_async (store_outbox (store), operation, cancellable, wb_test_take_result, &result);
  g_cancellable_cancel (cancellable);
  wb_test_wait_result (&result);
  g_assert_null (wb_outbox_check_finish (store_outbox (store), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  kept = wb_outbox_dup_evidence (store_outbox (store), operation);
  g_assert_cmpint (kept->verdict, ==, WB_VERDICT_LIKELY_NOT);
  g_assert_cmpuint (kept->times, ==, 1);
  g_object_unref (result);
  g_object_unref (operation);
}

int
main (int argc, char **argv)
{
  money_test_init (&argc, &argv);
  g_test_add_func ("/evidence/words", test_words);
  g_test_add_func ("/evidence/sums", test_sums);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/evidence/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_data_func ("/evidence/create-free/nothing", GINT_TO_POINTER (FALSE), test_free_create);
  g_test_add_data_func ("/evidence/create-free/domain", GINT_TO_POINTER (TRUE), test_free_create);
  g_test_add_data_func ("/evidence/no-customer/order-tells", GINT_TO_POINTER (TRUE), test_no_customer);
  g_test_add_data_func ("/evidence/no-customer/nobody-tells", GINT_TO_POINTER (FALSE), test_no_customer);
  for (guint i = 0; i < G_N_ELEMENTS (customers); i++)
    {
      g_autofree char *path = g_strconcat ("/evidence/customer/", customers[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_customer);
    }
  g_test_add_func ("/evidence/by-itself", test_by_itself);
  g_test_add_func ("/evidence/stopped", test_stopped);
  return g_test_run ();
}
