// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store-fixture.h"

#include <stdlib.h>
#include <string.h>

#include "wb-list-summary.h"

/* What many rows share: held against going through them one by one. */

#define ROWS 3000
#define MANY 200000

static Store *
store_with (guint n)
{
  Store *store = store_new (NULL);
  g_autofree char *sql = g_strdup_printf (
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %u)"
    " INSERT INTO mailbox (row_key, scope, asked_at, email, username, domain, first_name, status, profile_picture, service_provider, created_at)"
    " SELECT 'm' || i, 'c' || (i %% 7), 1, 'a' || i || '@d', 'a' || i, 'd' || (i / 3), 'A', CASE i %% 5 WHEN 0 THEN 'FAILED' WHEN 1 THEN NULL"
    "   ELSE 'ACTIVE' END, CASE i %% 3 WHEN 0 THEN 'x' END, 'GOOGLE', CASE WHEN i %% 4 > 0 THEN i * 1000 END FROM n",
    n);

  store_run_job (store, FALSE, "DELETE FROM customer; DELETE FROM mailbox");
  store_run_job (store, FALSE, "INSERT INTO customer (row_key, scope, asked_at, company) VALUES ('c1', '', 1, 'Oakline'), ('c2', '', 1, 'Elm & Co')");
  store_run_job (store, FALSE, sql);
  return store;
}

/* A set of row numbers, sorted: the simplest there is. */
typedef struct {
  GArray *rids;
} Rows;

static gint64
next (gpointer data, gint64 from)
{
  const GArray *rids = ((Rows *) data)->rids;
  guint first = 0, end = rids->len;

  while (first < end)
    {
      guint middle = first + (end - first) / 2;

      if (g_array_index (rids, gint64, middle) < from)
        first = middle + 1;
      else
        end = middle;
    }
  return first < rids->len ? g_array_index (rids, gint64, first) : -1;
}

static void
rows_free (gpointer data)
{
  g_array_unref (((Rows *) data)->rids);
  g_free (data);
}

static Rows *
rows_new (GArray *rids)
{
  Rows *rows = g_new (Rows, 1);

  rows->rids = g_array_ref (rids);
  return rows;
}

static GArray *
every (guint from, guint to, guint step)
{
  GArray *rids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gint64 i = from; i <= to; i += step)
    g_array_append_val (rids, i);
  return rids;
}

static const WbListWanted wanted[] = {
  { "state" }, { "customer-id", "customer" }, { "domain" }, { "picture" }, { "created" },
};

static WbListSummary *
sum_up (Store *store, GArray *rids)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  WbListSummary *summary;

  wb_list_summary_async (store->profile, WB_COLLECTION_MAILBOXES, wanted, G_N_ELEMENTS (wanted), rids->len, next,
                         rows_new (rids), rows_free, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  summary = wb_list_summary_finish (result, &error);
  g_assert_no_error (error);
  g_object_unref (result);
  return summary;
}

/* One by one */

typedef struct {
  GHashTable *texts[3];
  guint n, n_dates;
  gint64 pictures, least, most;
} Naive;

static void
naive_row (Naive *self, gint64 i)
{
  const char *state = i % 5 == 0 ? "FAILED" : i % 5 == 1 ? "" : "ACTIVE";
  char *texts[] = { g_strdup (state), g_strdup_printf ("c%d", (int) (i % 7)), g_strdup_printf ("d%d", (int) (i / 3)) };

  for (guint k = 0; k < G_N_ELEMENTS (texts); k++)
    {
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->texts[k], texts[k]));

      g_hash_table_insert (self->texts[k], texts[k], GUINT_TO_POINTER (n + 1));
    }
  self->n++;
  self->pictures += i % 3 == 0;
  if (i % 4 == 0)
    return;
  self->least = self->n_dates == 0 ? i * 1000 : MIN (self->least, i * 1000);
  self->most = MAX (self->most, i * 1000);
  self->n_dates++;
}

static void
check_texts (GHashTable *naive, const WbListSpread *spread)
{
  guint last = G_MAXUINT;

  g_assert_cmpuint (spread->n_different, ==, g_hash_table_size (naive));
  g_assert_cmpuint (spread->shares->len, ==, MIN (g_hash_table_size (naive), WB_LIST_MOST_SHARES));
  for (guint i = 0; i < spread->shares->len; i++)
    {
      const WbListShare *share = spread->shares->pdata[i];

      g_assert_cmpint (share->n_rows, ==, GPOINTER_TO_UINT (g_hash_table_lookup (naive, share->text)));
      g_assert_cmpint (share->n_rows, <=, last);
      last = (guint) share->n_rows;
    }
}

static void
check (Store *store, GArray *rids, guint last)
{
  g_autoptr (WbListSummary) summary = sum_up (store, rids);
  Naive naive = { 0 };
  const WbListSpread *pictures = summary->spreads->pdata[3], *created = summary->spreads->pdata[4];

  for (guint k = 0; k < G_N_ELEMENTS (naive.texts); k++)
    naive.texts[k] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < rids->len; i++)
    if (g_array_index (rids, gint64, i) > 0 && g_array_index (rids, gint64, i) <= last)
      naive_row (&naive, g_array_index (rids, gint64, i));
  g_assert_cmpuint (summary->n_rows, ==, naive.n);
  for (guint k = 0; k < G_N_ELEMENTS (naive.texts); k++)
    {
      check_texts (naive.texts[k], summary->spreads->pdata[k]);
      g_hash_table_unref (naive.texts[k]);
    }
  g_assert_cmpint (pictures->sum, ==, naive.pictures);
  g_assert_cmpuint (created->n_rows, ==, naive.n_dates);
  g_assert_cmpint (created->least, ==, naive.least);
  g_assert_cmpint (created->most, ==, naive.most);
}

/* Few of many are looked up, many are gone through: both say the same as one by one. */
static void
test_all_ways (void)
{
  Store *store = store_with (ROWS);
  static const guint ways[][3] = { { 1, ROWS, 1 }, { 1, ROWS, 2 }, { 5, ROWS, 100 }, { 7, 8, 1 }, { 9, 9, 1 },
                                   { ROWS - 1, ROWS + 50, 1 }, { ROWS + 1, ROWS + 9, 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autoptr (GArray) rids = every (ways[i][0], ways[i][1], ways[i][2]);

      check (store, rids, ROWS);
    }
  store_free (store);
}

static void
test_random (void)
{
  const char *given = g_getenv ("WAYBILL_SEED");
  guint seed = given != NULL ? (guint) strtoul (given, NULL, 10) : g_random_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  Store *store = store_with (ROWS);

  g_test_message ("seed %u", seed);
  for (guint round = 0; round < 30; round++)
    {
      g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));
      int step = g_rand_int_range (rand, 2, 200);

      for (gint64 i = g_rand_int_range (rand, 1, step); i < ROWS; i += g_rand_int_range (rand, 1, step))
        g_array_append_val (rids, i);
      check (store, rids, ROWS);
    }
  store_free (store);
}

/* For people it says what another column says. */
static void
test_shown (void)
{
  Store *store = store_with (ROWS);
  g_autoptr (GArray) rids = every (2, ROWS, 7);
  g_autoptr (WbListSummary) summary = sum_up (store, rids);
  const WbListSpread *customers = summary->spreads->pdata[1];
  const WbListShare *only = customers->shares->pdata[0];

  g_assert_cmpuint (customers->n_different, ==, 1);
  g_assert_cmpstr (only->text, ==, "c2");
  g_assert_cmpstr (only->shown, ==, "Elm & Co");
  store_free (store);
}

/* More than are told apart, in a time that is printed; one who waits no more is let go at once. */
static void
test_many (void)
{
  Store *store = store_with (MANY);
  g_autoptr (GArray) rids = every (1, MANY, 1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gint64 began = g_get_monotonic_time ();
  g_autoptr (WbListSummary) summary = sum_up (store, rids);
  const WbListSpread *domains = summary->spreads->pdata[2];
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  g_test_message ("%u rows in %d ms", MANY, (int) ((g_get_monotonic_time () - began) / 1000));
  g_assert_cmpuint (summary->n_rows, ==, MANY);
  g_assert_cmpuint (domains->n_different, ==, WB_LIST_MOST_DIFFERENT + 1);
  wb_list_summary_async (store->profile, WB_COLLECTION_MAILBOXES, wanted, G_N_ELEMENTS (wanted), rids->len, next,
                         rows_new (rids), rows_free, cancellable, wb_test_take_result, &result);
  g_cancellable_cancel (cancellable);
  wb_test_wait_result (&result);
  g_assert_null (wb_list_summary_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_object_unref (result);
  store_free (store);
}

/* Rows of two sources are numbered in turns. */
static void
test_two_sources (void)
{
  static const WbListWanted of_orders[] = { { "kind" }, { "mailboxes" } };
  Store *store = store_new (NULL);
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  const gint64 numbers[] = { 2, 3, 4 };
  GAsyncResult *result = NULL;
  g_autoptr (WbListSummary) summary = NULL;
  const WbListSpread *kinds, *mailboxes;

  store_run_job (store, TRUE, "INSERT INTO orders (id, order_id, customer_id, customer, state, mailboxes, created) VALUES"
                              " ('o1', 'O1', 'c', 'C', 'live', 5, 1), ('o2', 'O2', 'c', 'C', 'live', 7, 1)");
  store_run_job (store, TRUE, "INSERT INTO drafts (id, body, mailboxes, created, updated) VALUES ('d1', '', 11, 1, 1), ('d2', '', 13, 1, 1)");
  g_array_append_vals (rids, numbers, G_N_ELEMENTS (numbers));
  wb_list_summary_async (store->profile, WB_COLLECTION_ORDERS, of_orders, G_N_ELEMENTS (of_orders), rids->len, next,
                         rows_new (rids), rows_free, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  summary = wb_list_summary_finish (result, NULL);
  g_object_unref (result);
  kinds = summary->spreads->pdata[0];
  mailboxes = summary->spreads->pdata[1];
  g_assert_cmpuint (summary->n_rows, ==, 3);
  g_assert_cmpuint (kinds->n_different, ==, 2);
  g_assert_cmpstr (((WbListShare *) kinds->shares->pdata[0])->text, ==, "order");
  g_assert_cmpint (((WbListShare *) kinds->shares->pdata[0])->n_rows, ==, 2);
  g_assert_cmpint (mailboxes->sum, ==, 5 + 11 + 7);
  store_free (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/list-summary/all-ways", test_all_ways);
  g_test_add_func ("/list-summary/random", test_random);
  g_test_add_func ("/list-summary/shown", test_shown);
  g_test_add_func ("/list-summary/many", test_many);
  g_test_add_func ("/list-summary/two-sources", test_two_sources);
  return g_test_run ();
}
