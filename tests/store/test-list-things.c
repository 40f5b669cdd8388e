// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store-fixture.h"

#include <string.h>

#include "wb-list-private.h"
#include "wb-profile-private.h"
#include "wb-related.h"

/* Lists of domains, mailboxes and subscriptions over a mirror that was filled by hand, and what goes with a row. */

#define DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

static gboolean
is_ready (gpointer data)
{
  gboolean loading;

  g_object_get (data, "loading", &loading, NULL);
  return !loading && wb_list_model_get_total (data) >= 0;
}

static void
run (Store *store, gboolean journal, const char *format, ...)
{
  va_list arguments;
  g_autofree char *sql = NULL;

  va_start (arguments, format);
  sql = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  store_run_job (store, journal, sql);
}

static Store *
filled_store (void)
{
  Store *store = store_new (NULL);
  gint64 now = g_get_real_time ();

  run (store, FALSE, "DELETE FROM customer");
  run (store, FALSE, "INSERT INTO customer (row_key, scope, asked_at, company, first_name, last_name) VALUES"
                     " ('c1', '', 1, 'Oakline', 'A', 'B'), ('c2', '', 1, '', 'Ada', 'Lovelace')");
  run (store, FALSE, "INSERT INTO domain (row_key, scope, asked_at, domain_name, status, expire_on, auto_renew) VALUES"
                     " ('d1', 'c1', 1, 'oak.example', 'ACTIVE', %" G_GINT64_FORMAT ", 1),"
                     " ('d2', 'c1', 1, 'acorn.example', 'GRACE_PERIOD', %" G_GINT64_FORMAT ", 0),"
                     " ('d3', 'c2', 1, 'lovelace.example', 'ACTIVE', %" G_GINT64_FORMAT ", 0),"
                     " ('d4', 'c3', 1, 'gone.example', 'TELEPORTED', NULL, NULL)",
       now + 10 * DAY, now - 2 * DAY, now + 200 * DAY);
  run (store, FALSE, "INSERT INTO mailbox (row_key, scope, asked_at, email, username, domain, first_name, last_name, status,"
                     " profile_picture, service_provider, subscription_id, order_id, created_at) VALUES"
                     " ('m1', 'c1', 1, 'zoe@oak.example', 'zoe', 'oak.example', 'Zoë', 'Marchetti', 'ACTIVE', 'https://x/1.jpg', 'GOOGLE', 's1', 'ORD', 1),"
                     " ('m2', 'c1', 1, 'ben@oak.example', 'ben', 'oak.example', '', '', 'EXPIRED', NULL, 'GOOGLE', 's1', NULL, 1),"
                     " ('m3', 'c2', 1, 'ada@lovelace.example', 'ada', 'lovelace.example', 'Ada', 'L', 'IN_PROGRESS', '', 'MICROSOFT', NULL, NULL, 1),"
                     " ('m4', 'c9', 1, 'nobody@x.example', 'nobody', 'x.example', NULL, NULL, 'DREAMING', NULL, NULL, NULL, NULL, NULL)");
  run (store, FALSE, "INSERT INTO subscription (row_key, scope, asked_at, domain, subscription_status, total_mailbox_quantity,"
                     " price_per_mailbox, period_end, auto_renew) VALUES"
                     " ('s0', 'c1', 1, 'acorn.example', 'CANCELLED', 3, 300, %" G_GINT64_FORMAT ", 0),"
                     " ('s1', 'c1', 1, 'oak.example', 'ACTIVE', 2, 500, %" G_GINT64_FORMAT ", 0),"
                     " ('s2', 'c2', 1, 'lovelace.example', 'PAST_DUE', 1, 300, %" G_GINT64_FORMAT ", 1)",
       now - 30 * DAY, now + 5 * DAY, now - DAY);
  return store;
}

static WbListModel *
open_list (Store *store, WbCollection collection)
{
  WbListModel *model = wb_list_model_new (store->profile, collection);

  g_assert_true (wb_test_wait_for (is_ready, model, WB_TEST_DEADLINE_MS));
  return model;
}

static char *
dup_column (WbListModel *model, const char *column)
{
  GString *texts = g_string_new (NULL);

  g_assert_true (wb_test_wait_for (is_ready, model, WB_TEST_DEADLINE_MS));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
    {
      g_autoptr (WbRow) row = g_list_model_get_item (G_LIST_MODEL (model), i);

      g_string_append_printf (texts, "%s%s", i > 0 ? "|" : "", wb_row_get_text (row, column));
    }
  return g_string_free (texts, FALSE);
}

static void
check_column (WbListModel *model, const char *column, const char *wanted)
{
  g_autofree char *texts = dup_column (model, column);

  g_assert_cmpstr (texts, ==, wanted);
}

static void
check_chips (WbListModel *model, const char *const *chips, const gint64 *counts)
{
  for (guint i = 0; chips[i] != NULL; i++)
    {
      g_test_message ("%s", chips[i]);
      g_assert_cmpint (wb_list_model_get_count (model, chips[i]), ==, counts[i]);
    }
}

static void
check_number (WbListModel *model, guint position, const char *column, gint64 wanted)
{
  g_autoptr (WbRow) row = g_list_model_get_item (G_LIST_MODEL (model), position);

  g_assert_cmpint (wb_row_get_int (row, column), ==, wanted);
}

static void
test_mailboxes (void)
{
  static const char *const chips[] = { "all", "live", "being-made", "failed", "expired", "no-picture", NULL };
  static const gint64 counts[] = { 4, 1, 1, 0, 1, 3 };
  Store *store = filled_store ();
  WbListModel *model = open_list (store, WB_COLLECTION_MAILBOXES);

  check_column (model, "address", "ada@lovelace.example|ben@oak.example|nobody@x.example|zoe@oak.example");
  check_column (model, "name", "Ada L|ben|nobody|Zoë Marchetti");
  check_column (model, "customer", "Ada Lovelace|Oakline||Oakline");
  check_column (model, "state", "IN_PROGRESS|EXPIRED|DREAMING|ACTIVE");
  check_chips (model, chips, counts);
  wb_list_model_set_search (model, "zoe oak");
  check_column (model, "id", "m1");
  wb_list_model_set_search (model, "customer:oakline");
  check_column (model, "id", "m2|m1");
  wb_list_model_set_search (model, "picture:yes");
  check_column (model, "id", "m1");
  wb_list_model_set_search (model, "");
  wb_list_model_set_customer (model, "c1");
  check_column (model, "id", "m2|m1");
  g_assert_finalize_object (model);
  store_free (store);
}

/* How many mailboxes a domain has is not known before they were read. */
static void
test_domains (void)
{
  static const char *const chips[] = { "all", "active", "expiring", "grace", "expired", "auto-renew-off", NULL };
  static const gint64 counts[] = { 4, 2, 1, 1, 0, 2 };
  Store *store = filled_store ();
  WbListModel *model = open_list (store, WB_COLLECTION_DOMAINS);

  check_column (model, "name", "acorn.example|gone.example|lovelace.example|oak.example");
  check_column (model, "customer", "Oakline||Ada Lovelace|Oakline");
  check_chips (model, chips, counts);
  check_number (model, 3, "mailboxes", CMR_MONEY_UNKNOWN);
  check_number (model, 1, "auto-renew", CMR_MONEY_UNKNOWN);
  g_object_unref (model);
  run (store, FALSE, "INSERT OR REPLACE INTO sweeps (collection, scope, as_of) VALUES ('mailboxes', '', 1)");
  model = open_list (store, WB_COLLECTION_DOMAINS);
  check_number (model, 3, "mailboxes", 2);
  check_number (model, 0, "mailboxes", 0);
  g_object_unref (model);
  store_free (store);
}

/* What falls due next is first, what has ended last. */
static void
test_subscriptions (void)
{
  static const char *const chips[] = { "all", "active", "overdue", "due", "auto-renew-off", "ended", NULL };
  static const gint64 counts[] = { 3, 1, 1, 2, 1, 1 };
  Store *store = filled_store ();
  WbListModel *model = open_list (store, WB_COLLECTION_SUBSCRIPTIONS);

  check_column (model, "id", "s2|s1|s0");
  check_chips (model, chips, counts);
  check_number (model, 1, "price-cents", 500);
  check_number (model, 1, "monthly-cents", 1000);
  g_object_unref (model);
  store_free (store);
}

static GPtrArray *
read_related (Store *store, WbCollection collection, const char *id)
{
  g_autoptr (GAsyncResult) result = NULL;
  GPtrArray *related;

  wb_related_async (store->profile, collection, id, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  related = wb_related_finish (store->profile, result, NULL);
  g_assert_nonnull (related);
  return related;
}

static char *
dup_related (Store *store, WbCollection collection, const char *id)
{
  g_autoptr (GPtrArray) related = read_related (store, collection, id);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < related->len; i++)
    {
      const WbRelated *one = related->pdata[i];

      g_string_append_printf (text, "%s%d:%s:%s:%s:%d", i > 0 ? " " : "", one->collection, one->id, one->title, one->state,
                              (int) one->n);
    }
  return g_string_free (text, FALSE);
}

static void
test_related (void)
{
  static const struct {
    WbCollection collection;
    const char *id, *related;
  } cases[] = {
    { WB_COLLECTION_MAILBOXES, "m1",
      "2:c1:Oakline::0 3:d1:oak.example:ACTIVE:2 5:s1:oak.example:ACTIVE:2 0:o1:oak.example:live:2 1:p1:process_order:done:2" },
    { WB_COLLECTION_MAILBOXES, "m4", "" },
    { WB_COLLECTION_DOMAINS, "d1",
      "2:c1:Oakline::0 4::oak.example::2 5:s1:oak.example:ACTIVE:2 0:o1:oak.example:live:2 1:p1:process_order:done:2" },
    { WB_COLLECTION_SUBSCRIPTIONS, "s1", "2:c1:Oakline::0 3:d1:oak.example:ACTIVE:2 4::oak.example::2" },
    { WB_COLLECTION_CUSTOMERS, "c1", "3::Oakline::2 4::Oakline::2 5::Oakline::2 1:p1:process_order:done:2" },
    { WB_COLLECTION_DOMAINS, "no such", "" },
    { WB_COLLECTION_DOMAINS, "'; DROP TABLE domain; --", "" },
  };
  Store *store = filled_store ();

  run (store, FALSE, "INSERT OR REPLACE INTO sweeps (collection, scope, as_of) VALUES ('mailboxes', '', 1)");
  run (store, TRUE, "INSERT INTO orders (id, order_id, customer_id, customer, state, mailboxes, domains, created)"
                    " VALUES ('o1', 'ORD', 'c1', 'Oakline', 'live', 2, 'oak.example', 5)");
  run (store, TRUE, "INSERT INTO order_domains (order_uuid, place, domain, years) VALUES ('o1', 0, 'oak.example', 1)");
  run (store, TRUE, "INSERT INTO operations (id, run, op, state, paid, destructive, customer_id, order_uuid, mailboxes, created, updated)"
                    " VALUES ('p1', 'earlier', 'process_order', 'done', 1, 0, 'c1', 'o1', 2, 6, 6)");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *related = dup_related (store, cases[i].collection, cases[i].id);

      g_test_message ("%s", cases[i].id);
      g_assert_cmpstr (related, ==, cases[i].related);
    }
  store_free (store);
}

typedef struct {
  WbCollection collection;
  const char *what, *order;
} Plan;

static gpointer
plan_job (sqlite3 *db, gpointer data, GError **error)
{
  const Plan *plan = data;
  g_autofree char *with = wb_list_query_source (wb_list_query_get (plan->collection), 0);
  g_autofree char *sql = g_strdup_printf ("EXPLAIN QUERY PLAN %s SELECT %s FROM list %s LIMIT 256", with, plan->what, plan->order);
  g_autoptr (WbStatement) stmt = wb_db_prepare (db, error, sql, "");
  GString *text = g_string_new (NULL);

  while (stmt != NULL && wb_db_step (stmt, error))
    g_string_append_printf (text, "%s\n", wb_db_text (stmt, 3));
  return g_string_free (text, FALSE);
}

/* A million rows are not gone through for the first screen of them, nor for what a row says of others. */
static void
test_plans (void)
{
  static const struct {
    Plan plan;
    const char *uses;
  } cases[] = {
    { { WB_COLLECTION_MAILBOXES, "rid", "ORDER BY address, rid" }, "USING COVERING INDEX mailbox_email" },
    { { WB_COLLECTION_MAILBOXES, "customer", "" }, "SEARCH c USING INDEX sqlite_autoindex_customer_1 (row_key=?)" },
    { { WB_COLLECTION_MAILBOXES, "rid", "WHERE id = 'm1'" }, "(row_key=?)" },
    { { WB_COLLECTION_DOMAINS, "mailboxes", "" }, "SEARCH m USING COVERING INDEX mailbox_domain (domain=?)" },
    { { WB_COLLECTION_DOMAINS, "rid", "ORDER BY name, rid" }, "USING COVERING INDEX domain_name" },
  };
  Store *store = filled_store ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *plan
          = wb_database_run (wb_profile_get_reader (store->profile), plan_job, (gpointer) &cases[i].plan, NULL);

      g_test_message ("%s", plan);
      g_assert_nonnull (strstr (plan, cases[i].uses));
    }
  store_free (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/list-things/mailboxes/columns-and-chips", test_mailboxes);
  g_test_add_func ("/list-things/domains/columns-and-chips", test_domains);
  g_test_add_func ("/list-things/subscriptions/order-and-chips", test_subscriptions);
  g_test_add_func ("/list-things/related/leads-there", test_related);
  g_test_add_func ("/list-things/plans/by-index", test_plans);
  return g_test_run ();
}
