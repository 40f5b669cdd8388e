// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE /* memmem */
#define G_LOG_DOMAIN "WaybillStore"

#include <string.h>

#include "wb-list-private.h"

#include "wb-names.h"

/* What each list shows: one table a collection. */

static const WbListColumn order_columns[] = {
  { "id", FALSE }, { "kind", FALSE }, { "customer", FALSE }, { "customer-id", FALSE }, { "domains", FALSE },
  { "mailboxes", TRUE }, { "state", FALSE }, { "live", TRUE }, { "failed", TRUE }, { "cents", TRUE },
  { "about-cents", TRUE }, { "made", TRUE }, { "order-id", FALSE }, { "search", FALSE },
};

/* What was never at the service is no order: its draft is one again, and Activity tells of the attempt. */
static const WbListSource order_sources[] = {
  { "(SELECT rowid, * FROM journal.orders WHERE order_id <> '' OR state NOT IN ('failed', 'cancelled')) t",
    "t.id, 'order', t.customer, t.customer_id, t.domains, t.mailboxes, t.state, t.live, t.failed, t.taken, t.about,"
    " t.created, t.order_id, t.search || ' ' || t.order_id" },
  { "(SELECT rowid, * FROM journal.drafts WHERE order_uuid = '') t",
    "t.id, 'draft', t.customer, t.customer_id, t.domains, t.mailboxes, 'draft', 0, 0, NULL, t.cents, t.updated, '',"
    " t.search" },
};

/* Who needs a person: what is not paid, partly live, failed or unknown. A finished draft shows as its order. */
static const WbListChip order_chips[] = {
  { "all", "1" },
  { "needs-you", "state IN ('not-paid', 'cannot-pay', 'partly', 'unknown', 'failed', 'slow', 'may-exist')" },
  { "in-progress", "state IN ('creating', 'paying', 'being-made', 'slow')" },
  { "drafts", "kind = 'draft'" },
  { "live", "state = 'live'" },
  { "failed", "state IN ('failed', 'partly')" },
};

static const WbListColumn activity_columns[] = {
  { "id", FALSE }, { "op", FALSE }, { "customer", FALSE }, { "customer-id", FALSE }, { "target", FALSE },
  { "order", FALSE }, { "state", FALSE }, { "reason", TRUE }, { "cents", TRUE }, { "paid", TRUE },
  { "created", TRUE }, { "updated", TRUE }, { "made-id", FALSE }, { "pictures", TRUE }, { "mailboxes", TRUE },
  { "detail", FALSE }, { "search", FALSE },
};

static const WbListSource activity_sources[] = {
  { "journal.operations t",
    "t.id, t.op, t.customer, t.customer_id, t.target, t.order_uuid, t.state, t.reason, t.cents, t.paid, t.created,"
    " t.updated, t.made_id, t.pictures, t.mailboxes, t.detail,"
    " t.op || ' ' || t.customer || ' ' || t.target || ' ' || t.made_id" },
};

static const WbListChip activity_chips[] = {
  { "all", "1" },
  { "unknown", "state = 'unknown'" },
  { "failed", "state = 'failed'" },
  { "running", "state IN ('sending', 'accepted')" },
  { "waiting", "state = 'queued'" },
  { "paid", "paid" },
};

static const WbListColumn customer_columns[] = {
  { "id", FALSE }, { "name", FALSE }, { "email", FALSE }, { "company", FALSE }, { "domains", TRUE },
  { "mailboxes", TRUE }, { "monthly-cents", TRUE }, { "next-renewal", TRUE }, { "orders", TRUE },
  { "last-order", TRUE }, { "created", TRUE }, { "search", FALSE },
};

/* What was never asked for is not known, and no 0. */
#define IF_SUBSCRIPTIONS_READ(sql) \
  " CASE WHEN EXISTS (SELECT 1 FROM sweeps w WHERE w.collection = 'subscriptions' AND w.scope IN ('', t.row_key) AND w.as_of > 0)" \
  "   THEN " sql " END,"

static const WbListSource customer_sources[] = {
  { "customer t",
    "t.row_key,"
    " coalesce (nullif (t.company, ''), trim (coalesce (t.first_name, '') || ' ' || coalesce (t.last_name, ''))),"
    " coalesce (t.email, ''), coalesce (t.company, ''),"
    IF_SUBSCRIPTIONS_READ ("max ((SELECT count (*) FROM domain d WHERE d.scope = t.row_key),"
                           " (SELECT count (DISTINCT s.domain) FROM subscription s WHERE s.scope = t.row_key))")
    IF_SUBSCRIPTIONS_READ ("(SELECT coalesce (sum (s.total_mailbox_quantity), 0) FROM subscription s"
                           " WHERE s.scope = t.row_key AND s.subscription_status NOT IN ('CANCELLED', 'EXPIRED'))")
    " (SELECT sum (s.total_mailbox_quantity * s.price_per_mailbox) FROM subscription s WHERE s.scope = t.row_key"
    "   AND s.subscription_status NOT IN ('CANCELLED', 'EXPIRED')),"
    " (SELECT min (s.period_end) FROM subscription s WHERE s.scope = t.row_key"
    "   AND s.subscription_status NOT IN ('CANCELLED', 'EXPIRED')),"
    " (SELECT count (*) FROM journal.orders o WHERE o.customer_id = t.row_key),"
    " (SELECT max (o.created) FROM journal.orders o WHERE o.customer_id = t.row_key),"
    " t.created_at,"
    " t.row_key || ' ' || coalesce (t.email, '') || ' ' || coalesce (t.company, '') || ' ' || coalesce (t.first_name, "
    "'')"
    "  || ' ' || coalesce (t.last_name, '') || ' ' || coalesce (t.city, '')" },
};

static const WbListChip customer_chips[] = { { "all", "1" } };

static const WbListQuery order_query
    = { order_columns, G_N_ELEMENTS (order_columns), order_sources, G_N_ELEMENTS (order_sources), order_chips,
        G_N_ELEMENTS (order_chips), "search", "made DESC, rid DESC", "\"customer-id\"" };
static const WbListQuery activity_query
    = { activity_columns, G_N_ELEMENTS (activity_columns), activity_sources, G_N_ELEMENTS (activity_sources),
        activity_chips, G_N_ELEMENTS (activity_chips), "search", "created DESC, rid DESC", "\"customer-id\"" };
static const WbListQuery customer_query
    = { customer_columns, G_N_ELEMENTS (customer_columns), customer_sources, G_N_ELEMENTS (customer_sources),
        customer_chips, G_N_ELEMENTS (customer_chips), "search",
        "coalesce (\"last-order\", 0) DESC, fold (name), rid", "id" };

static const WbListQuery *const queries[WB_N_COLLECTIONS] = {
  [WB_COLLECTION_ORDERS] = &order_query,
  [WB_COLLECTION_ACTIVITY] = &activity_query,
  [WB_COLLECTION_CUSTOMERS] = &customer_query,
  [WB_COLLECTION_DOMAINS] = &wb_list_query_domains,
  [WB_COLLECTION_MAILBOXES] = &wb_list_query_mailboxes,
  [WB_COLLECTION_SUBSCRIPTIONS] = &wb_list_query_subscriptions,
};

const WbListQuery *
wb_list_query_get (WbCollection collection)
{
  return queries[collection];
}

const WbListColumn *
wb_list_query_column (const WbListQuery *query, const char *name)
{
  for (guint i = 0; i < query->n_columns; i++)
    if (g_strcmp0 (query->columns[i].name, name) == 0)
      return &query->columns[i];
  return NULL;
}

/* SQLite names the columns of a compound by its first part: a common table expression lists them once. */
static GString *
begin_with (const WbListQuery *query)
{
  GString *sql = g_string_new ("WITH list (rid");

  for (guint i = 0; i < query->n_columns; i++)
    g_string_append_printf (sql, ", \"%s\"", query->columns[i].name);
  g_string_append (sql, ") AS (");
  return sql;
}

char *
wb_list_query_union (const WbListQuery *query)
{
  GString *sql;

  if (query->n_sources == 1)
    return wb_list_query_source (query, 0);
  sql = begin_with (query);
  for (guint i = 0; i < query->n_sources; i++)
    g_string_append_printf (sql, "%sSELECT t.rowid * %u + %u, %s FROM %s", i > 0 ? " UNION ALL " : "", query->n_sources,
                            i, query->sources[i].columns, query->sources[i].from);
  g_string_append (sql, ")");
  return g_string_free (sql, FALSE);
}

char *
wb_list_query_source (const WbListQuery *query, guint source)
{
  GString *sql = begin_with (query);

  g_string_append_printf (sql, "SELECT t.rowid, %s FROM %s)", query->sources[source].columns, query->sources[source].from);
  return g_string_free (sql, FALSE);
}

char *
wb_list_query_row (const WbListQuery *query, guint source)
{
  return g_strdup_printf ("SELECT %s FROM %s WHERE t.rowid = ?", query->sources[source].columns,
                          query->sources[source].from);
}

static void
fold (sqlite3_context *context, int n, sqlite3_value **values)
{
  const char *text = (const char *) sqlite3_value_text (values[0]);

  if (text == NULL)
    sqlite3_result_null (context);
  else
    sqlite3_result_text (context, wb_name_fold (text), -1, g_free);
}

/* finds(text, words): whether the folded text holds each of the words, which are folded already. */
static void
finds (sqlite3_context *context, int n, sqlite3_value **values)
{
  const char *text = (const char *) sqlite3_value_text (values[0]),
             *words = (const char *) sqlite3_value_text (values[1]);
  g_autofree char *folded = text != NULL ? wb_name_fold (text) : NULL;
  gboolean all = folded != NULL;

  while (all && words != NULL && *words != '\0')
    {
      gsize length = strcspn (words, " ");

      all = memmem (folded, strlen (folded), words, length) != NULL;
      words += length + strspn (words + length, " ");
    }
  sqlite3_result_int (context, all);
}

gboolean
wb_list_attach (sqlite3 *db, const char *journal_path, GError **error)
{
  const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC;

  if (sqlite3_create_function (db, "fold", 1, flags, NULL, fold, NULL, NULL) != SQLITE_OK
      || sqlite3_create_function (db, "finds", 2, flags, NULL, finds, NULL, NULL) != SQLITE_OK)
    {
      wb_db_set_error (error, db, "fold");
      return FALSE;
    }
  return wb_db_run (db, error, "ATTACH ? AS journal", "s", journal_path);
}

/* A reader waits for a checkpoint at most. */
#define BUSY_MS 5000

sqlite3 *
wb_list_open_stores (const char *mirror_path, const char *journal_path, GError **error)
{
  sqlite3 *db = NULL;

  if (sqlite3_open_v2 (mirror_path, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    wb_db_set_error (error, db, mirror_path);
  else
    {
      sqlite3_busy_timeout (db, BUSY_MS);
      if (wb_list_attach (db, journal_path, error))
        return db;
    }
  sqlite3_close (db);
  return NULL;
}
