// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store-fixture.h"

#include <string.h>

#include "wb-list-private.h"
#include "wb-names.h"
#include "wb-profile-private.h"
#include "wb-sync-private.h"

/* Lists over the stores: what is found, in which order, what is announced, and at a hundred thousand rows. */

typedef struct {
  Store *store;
  WbListModel *model;
  GPtrArray *shadow; /* as a view follows it: what each position held when it was announced */
  guint announcements, counts_changed;
  guint least; /* first position that an announcement touched */
} Case;

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, Case *self)
{
  self->announcements++;
  self->least = MIN (self->least, position);
  g_assert_cmpuint (position + removed, <=, self->shadow->len);
  g_ptr_array_remove_range (self->shadow, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (self->shadow, (int) (position + i), NULL);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, self->shadow->len);
}

static void
on_counts_changed (WbListModel *model, Case *self)
{
  self->counts_changed++;
}

static gboolean
is_ready (gpointer data)
{
  WbListModel *model = data;
  gboolean loading;

  g_object_get (model, "loading", &loading, NULL);
  return !loading;
}

static void
settle (Case *self)
{
  g_assert_true (wb_test_wait_for (is_ready, self->model, 3 * WB_TEST_DEADLINE_MS));
}

static void
open_list (Case *self, WbCollection collection)
{
  self->model = wb_list_model_new (self->store->profile, collection);
  g_signal_connect (self->model, "items-changed", G_CALLBACK (on_items_changed), self);
  g_signal_connect (self->model, "counts-changed", G_CALLBACK (on_counts_changed), self);
  settle (self);
}

static void
set_up (Case *self, gconstpointer data)
{
  self->store = store_new (NULL);
  self->shadow = g_ptr_array_new ();
  self->least = G_MAXUINT;
  store_run_job (self->store, FALSE, "DELETE FROM customer");
}

static void
tear_down (Case *self, gconstpointer data)
{
  if (self->model != NULL)
    g_assert_finalize_object (self->model);
  store_free (self->store);
  g_ptr_array_unref (self->shadow);
}

static void
add_order (Case *self, const char *id, const char *customer, const char *domains, const char *state, gint64 made,
           gint64 taken)
{
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO orders (id, order_id, customer_id, customer, state, mailboxes, taken, domains, search, created)"
      " VALUES ('%s', 'ORD-%s', '%s', '%s', '%s', 3, nullif (%" G_GINT64_FORMAT
      ", -1), '%s', '%s %s', %" G_GINT64_FORMAT ")",
      id, id, customer, customer, state, taken, domains, customer, domains, made);

  store_run_job (self->store, TRUE, sql);
}

static void
add_orders (Case *self)
{
  add_order (self, "a1", "Brightloom", "brightloom.example, try-brightloom.example", "live", 500, 10620);
  add_order (self, "a2", "Señalización Ñandú", "nandu.example", "not-paid", 400, -1);
  add_order (self, "a3", "Brightloom", "loom-mail.test", "failed", 300, 0);
  add_order (self, "a4", "Kestrel Analytics", "getkestrel.test", "being-made", 200, 9000);
  add_order (self, "a5", "100% _Odd_", "odd_name.example", "unknown", 100, 5);
  store_run_job (self->store, TRUE,
                 "INSERT INTO drafts (id, customer, domains, search, body, created, updated)"
                 " VALUES ('d1', 'Brightloom', 'draft.example', 'Brightloom draft.example', '{}', 1, 600)");
  store_run_job (self->store, TRUE,
                 "INSERT INTO drafts (id, customer, domains, search, body, created, updated, order_uuid)"
                 " VALUES ('d2', 'Brightloom', 'gone.example', 'Brightloom', '{}', 1, 700, 'a1')");
}

/* The ids in order, by blanks. */
static char *
dup_ids (Case *self)
{
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->model)); i++)
    {
      g_autoptr (WbRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), i);

      g_string_append_printf (ids, "%s%s", i > 0 ? " " : "", wb_row_get_id (row));
    }
  return g_string_free (g_steal_pointer (&ids), FALSE);
}

static void
check_ids (Case *self, const char *wanted)
{
  g_autofree char *ids = NULL;

  settle (self);
  ids = dup_ids (self);
  g_assert_cmpstr (ids, ==, wanted);
}

static void
test_search (Case *self, gconstpointer data)
{
  static const struct {
    const char *text, *ids;
  } searches[] = {
    { "", "d1 a1 a2 a3 a4 a5" },
    { "brightloom", "d1 a1 a3" },
    { "BRIGHTLOOM", "d1 a1 a3" },
    { "  brightloom   mail ", "a3" },       /* each word anywhere */
    { "mail bright", "a3" },
    { "senal nandu", "a2" },                /* accents folded, both ways */
    { "ÑANDÚ", "a2" },
    { "try-brightloom.example", "a1" },
    { "example try", "a1" },
    { "ord-a4", "a4" },
    { "%", "a5" },                          /* no pattern, a character */
    { "odd_name", "a5" },
    { "_", "d1 a1 a2 a3 a4 a5" },           /* a separator alone is no word */
    { "' OR 1=1 --", "" },
    { "nothing like it", "" },
    { "a b c d e f g h i j k l", "" },
  };

  add_orders (self);
  open_list (self, WB_COLLECTION_ORDERS);
  for (guint i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      g_test_message ("“%s”", searches[i].text);
      wb_list_model_set_search (self->model, searches[i].text);
      check_ids (self, searches[i].ids);
      g_assert_cmpint (wb_list_model_get_total (self->model), ==, 6);
    }
}

static void
check_counts (Case *self, gint64 all, gint64 needs, gint64 progress, gint64 drafts, gint64 live, gint64 failed)
{
  settle (self);
  g_assert_cmpint (wb_list_model_get_count (self->model, "all"), ==, all);
  g_assert_cmpint (wb_list_model_get_count (self->model, "needs-you"), ==, needs);
  g_assert_cmpint (wb_list_model_get_count (self->model, "in-progress"), ==, progress);
  g_assert_cmpint (wb_list_model_get_count (self->model, "drafts"), ==, drafts);
  g_assert_cmpint (wb_list_model_get_count (self->model, "live"), ==, live);
  g_assert_cmpint (wb_list_model_get_count (self->model, "failed"), ==, failed);
}

static void
test_chips (Case *self, gconstpointer data)
{
  add_orders (self);
  open_list (self, WB_COLLECTION_ORDERS);
  check_counts (self, 6, 3, 1, 1, 1, 1);
  g_assert_cmpint (wb_list_model_get_count (self->model, "no such chip"), ==, -1);
  g_assert_cmpuint (self->counts_changed, ==, 1);
  wb_list_model_set_chip (self->model, "needs-you");
  check_ids (self, "a2 a3 a5");
  check_counts (self, 6, 3, 1, 1, 1, 1); /* counts are of the search, whichever chip is on */
  wb_list_model_set_search (self->model, "brightloom");
  check_ids (self, "a3");
  check_counts (self, 3, 1, 0, 1, 1, 1);
  wb_list_model_set_chip (self->model, "live");
  check_ids (self, "a1");
  wb_list_model_set_chip (self->model, NULL);
  check_ids (self, "d1 a1 a3");
  wb_list_model_set_search (self->model, NULL);
  wb_list_model_set_customer (self->model, "Kestrel Analytics");
  check_ids (self, "a4");
  check_counts (self, 1, 0, 1, 0, 0, 0);
  g_assert_cmpint (wb_list_model_get_total (self->model), ==, 1);
}

static void
test_sort (Case *self, gconstpointer data)
{
  add_orders (self);
  open_list (self, WB_COLLECTION_ORDERS);
  wb_list_model_set_sort (self->model, "made", FALSE);
  check_ids (self, "a5 a4 a3 a2 a1 d1");
  wb_list_model_set_sort (self->model, "cents", TRUE); /* absent ones as nothing, then by time */
  check_ids (self, "a1 a4 a5 d1 a2 a3");
  wb_list_model_set_sort (self->model, "customer", FALSE);
  check_ids (self, "a5 d1 a1 a3 a4 a2"); /* blanks and separators fold: "100% odd" */
  wb_list_model_set_sort (self->model, "customer", TRUE);
  check_ids (self, "a2 a4 d1 a1 a3 a5");
  wb_list_model_set_sort (self->model, NULL, FALSE);
  check_ids (self, "d1 a1 a2 a3 a4 a5");
}

static void
test_columns (Case *self, gconstpointer data)
{
  g_autoptr (WbRow) order = NULL;
  g_autoptr (WbRow) unpaid = NULL;
  g_autoptr (WbRow) draft = NULL;

  add_orders (self);
  open_list (self, WB_COLLECTION_ORDERS);
  draft = g_list_model_get_item (G_LIST_MODEL (self->model), 0);
  order = g_list_model_get_item (G_LIST_MODEL (self->model), 1);
  unpaid = g_list_model_get_item (G_LIST_MODEL (self->model), 2);
  g_assert_cmpstr (wb_row_get_text (draft, "kind"), ==, "draft");
  g_assert_cmpstr (wb_row_get_text (draft, "state"), ==, "draft");
  g_assert_cmpstr (wb_row_get_text (order, "kind"), ==, "order");
  g_assert_cmpstr (wb_row_get_text (order, "order-id"), ==, "ORD-a1");
  g_assert_cmpint (wb_row_get_int (order, "cents"), ==, 10620);
  g_assert_cmpint (wb_row_get_int (order, "mailboxes"), ==, 3);
  g_assert_cmpint (wb_row_get_int (unpaid, "cents"), ==, CMR_MONEY_UNKNOWN);
  g_assert_false (wb_row_is_placeholder (order));
  g_assert_cmpint (wb_list_model_find (self->model, wb_row_get_rowid (order)), ==, 1);
  g_assert_cmpint (wb_list_model_get_rowid (self->model, 1), ==, wb_row_get_rowid (order));
  g_assert_cmpint (wb_list_model_get_rowid (self->model, 99), ==, -1);
  g_assert_cmpint (wb_list_model_find (self->model, 123456), ==, -1);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (self->model), 99));
}

static void
count (GObject *object, gpointer data)
{
  (*(guint *) data)++;
}

/* What is bound hears of its change, by the object it has; the list says nothing when no row came or went. */
static void
test_row_changes (Case *self, gconstpointer data)
{
  g_autoptr (WbRow) bound = NULL;
  g_autoptr (WbRow) other = NULL;
  g_autoptr (WbRow) unbound = NULL;
  guint changed = 0, others = 0;

  add_orders (self);
  open_list (self, WB_COLLECTION_ORDERS);
  unbound = g_list_model_get_item (G_LIST_MODEL (self->model), 4);
  g_clear_object (&unbound);
  bound = g_list_model_get_item (G_LIST_MODEL (self->model), 2);
  other = g_list_model_get_item (G_LIST_MODEL (self->model), 3);
  g_signal_connect (bound, "changed", G_CALLBACK (count), &changed);
  g_signal_connect (other, "changed", G_CALLBACK (count), &others);
  self->announcements = 0;
  self->counts_changed = 0;
  store_run_job (self->store, TRUE, "UPDATE orders SET state = 'live' WHERE id IN ('a2', 'a4')");
  wb_profile_note_changed (self->store->profile, WB_COLLECTION_ORDERS);
  g_assert_true (wb_test_wait_for (wb_test_is_true, &self->counts_changed, WB_TEST_DEADLINE_MS));
  g_assert_true (wb_test_wait_for (wb_test_is_true, &changed, WB_TEST_DEADLINE_MS));
  g_assert_cmpstr (wb_row_get_text (bound, "state"), ==, "live");
  g_assert_cmpuint (changed, ==, 1);
  g_assert_cmpuint (others, ==, 0);
  g_assert_cmpuint (self->announcements, ==, 0);
  g_assert_cmpint (wb_list_model_get_count (self->model, "live"), ==, 3);
  /* Nobody showed this one: it is read when it is asked for. */
  unbound = g_list_model_get_item (G_LIST_MODEL (self->model), 4);
  g_assert_cmpstr (wb_row_get_text (unbound, "state"), ==, "live");
  /* Another collection's rows are not ours. */
  wb_profile_note_changed (self->store->profile, WB_COLLECTION_ACTIVITY);
  settle (self);
  g_assert_cmpuint (self->counts_changed, ==, 1);
}

/* Positions of the head keep their objects whatever they hold: no cell is built anew. */
static void
test_head_keeps_objects (Case *self, gconstpointer data)
{
  WbRow *before[5], *after;

  add_orders (self);
  open_list (self, WB_COLLECTION_ORDERS);
  for (guint i = 0; i < 5; i++)
    before[i] = g_list_model_get_item (G_LIST_MODEL (self->model), i);
  wb_list_model_set_sort (self->model, "made", FALSE);
  check_ids (self, "a5 a4 a3 a2 a1 d1");
  for (guint i = 0; i < 5; i++)
    {
      after = g_list_model_get_item (G_LIST_MODEL (self->model), i);
      g_assert_true (after == before[i]);
      g_object_unref (after);
      g_object_unref (before[i]);
    }
}

/* The same question again: what stays keeps its object, and only what came or went is announced. */
static void
test_rows_come (Case *self, gconstpointer data)
{
  g_autoptr (WbRow) kept = NULL;
  g_autoptr (WbRow) after = NULL;
  guint changed = 0, updated = 0;

  add_orders (self);
  open_list (self, WB_COLLECTION_ORDERS);
  kept = g_list_model_get_item (G_LIST_MODEL (self->model), 2);
  g_signal_connect (kept, "changed", G_CALLBACK (count), &changed);
  g_signal_connect (kept, "updated", G_CALLBACK (count), &updated);
  g_assert_cmpint (wb_list_model_get_arrived (self->model, 99), ==, 0);
  self->counts_changed = self->announcements = 0;
  add_order (self, "n1", "Newcomer", "new.example", "live", 900, 1);
  add_order (self, "n2", "Newcomer", "newer.example", "live", 901, 1);
  add_order (self, "n3", "Newcomer", "old.example", "live", 150, 1);
  store_run_job (self->store, TRUE, "DELETE FROM orders WHERE id = 'a1'");
  wb_profile_note_changed (self->store->profile, WB_COLLECTION_ORDERS);
  g_assert_true (wb_test_wait_for (wb_test_is_true, &self->counts_changed, WB_TEST_DEADLINE_MS));
  check_ids (self, "n2 n1 d1 a2 a3 a4 n3 a5");
  g_assert_cmpuint (self->announcements, ==, 3);
  after = g_list_model_get_item (G_LIST_MODEL (self->model), 3);
  g_assert_true (after == kept);
  g_assert_cmpuint (changed + updated, ==, 0);
  g_assert_cmpint (wb_list_model_get_arrived (self->model, 3), ==, 2);
  g_assert_cmpint (wb_list_model_get_arrived (self->model, 99), ==, 3);
  /* It goes to the top and says so: not new, and the same row. */
  self->counts_changed = 0;
  store_run_job (self->store, TRUE, "UPDATE orders SET created = 999, state = 'live' WHERE id = 'a5'");
  store_run_job (self->store, TRUE, "UPDATE orders SET state = 'live' WHERE id = 'a2'");
  wb_profile_note_changed (self->store->profile, WB_COLLECTION_ORDERS);
  g_assert_true (wb_test_wait_for (wb_test_is_true, &self->counts_changed, WB_TEST_DEADLINE_MS));
  check_ids (self, "a5 n2 n1 d1 a2 a3 a4 n3");
  g_assert_cmpint (wb_list_model_get_arrived (self->model, 99), ==, 0);
  g_assert_true (wb_test_wait_for (wb_test_is_true, &updated, WB_TEST_DEADLINE_MS));
  g_assert_cmpuint (changed, ==, 1);
  g_assert_cmpuint (updated, ==, 1);
  /* Other rows under another question are no news. */
  wb_list_model_set_search (self->model, "newcomer");
  check_ids (self, "n2 n1 n3");
  wb_list_model_set_search (self->model, "");
  settle (self);
  g_assert_cmpint (wb_list_model_get_arrived (self->model, 99), ==, 0);
}

static GArray *
some_ids (GRand *rand, guint n)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gint64 id = 1; id <= n; id++)
    g_array_insert_val (ids, g_rand_int_range (rand, 0, (int) ids->len + 1), id);
  return ids;
}

/* A few come, go and move. */
static GArray *
stir (GRand *rand, const GArray *ids)
{
  GArray *now = g_array_copy ((GArray *) ids);

  for (int k = g_rand_int_range (rand, 0, 6); k > 0; k--)
    {
      gint64 id = now->len > 0 && g_rand_boolean (rand) ? g_array_index (now, gint64, 0) : 1000 + (gint64) g_rand_int_range (rand, 0, 1 << 30);

      if (id < 1000)
        g_array_remove_index (now, 0);
      if (id >= 1000 || g_rand_boolean (rand))
        g_array_insert_val (now, g_rand_int_range (rand, 0, (int) now->len + 1), id);
    }
  return now;
}

static void
check_diff (const GArray *old, const GArray *now, const WbListDiff *diff)
{
  g_autoptr (GArray) list = g_array_copy ((GArray *) old);
  guint n_new = 0;

  for (guint i = 0; i < diff->steps->len; i++)
    {
      const WbListStep *step = &g_array_index (diff->steps, WbListStep, i);

      if (step->removed > 0)
        g_array_remove_range (list, step->position, step->removed);
      if (step->added > 0)
        g_array_insert_vals (list, step->position, &g_array_index (now, gint64, step->position), step->added);
    }
  g_assert_cmpmem (list->data, list->len * sizeof (gint64), now->data, now->len * sizeof (gint64));
  for (guint i = 0; i < now->len; i++)
    {
      gboolean known = FALSE;

      for (guint k = 0; k < old->len && !known; k++)
        known = g_array_index (old, gint64, k) == g_array_index (now, gint64, i);
      if (!known)
        g_assert_cmpuint (g_array_index (diff->arrived, guint, n_new++), ==, i);
    }
  g_assert_cmpuint (n_new, ==, diff->arrived->len);
}

static void
test_diff (Case *self, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  guint told = 0;

  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr (GArray) old = some_ids (rand, round % 40), now = stir (rand, old);
      WbListDiff *diff = wb_list_diff_new (old, now);

      if (diff == NULL)
        continue;
      told++;
      check_diff (old, now, diff);
      wb_list_diff_free (diff);
    }
  g_assert_cmpuint (told, >, 1900);
}

/* One of many that goes from one end to the other is one row that moved, not all others; all anew is not told. */
static void
test_diff_is_small (Case *self, gconstpointer data)
{
  g_autoptr (GArray) old = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) now = NULL;
  WbListDiff *diff;

  for (gint64 id = 1; id <= 4000; id++)
    g_array_append_val (old, id);
  for (guint way = 0; way < 2; way++)
    {
      gint64 id = way == 0 ? 1 : 4000;

      g_clear_pointer (&now, g_array_unref);
      now = g_array_copy (old);
      g_array_remove_index (now, way == 0 ? 0 : 3999);
      g_array_insert_val (now, way == 0 ? 3999 : 0, id);
      diff = wb_list_diff_new (old, now);
      g_assert_cmpuint (diff->steps->len, ==, 2);
      for (guint i = 0; i < 2; i++)
        g_assert_cmpuint (g_array_index (diff->steps, WbListStep, i).removed + g_array_index (diff->steps, WbListStep, i).added, ==, 1);
      wb_list_diff_free (diff);
    }
  for (guint i = 0; i < 4000; i++)
    g_array_index (now, gint64, i) = 4000 - i;
  g_assert_null (wb_list_diff_new (old, now));
}

static void
check_announced (Case *self, guint most, guint least)
{
  settle (self);
  g_assert_cmpuint (self->announcements, <=, most);
  g_assert_cmpuint (self->least, >=, least);
  self->announcements = 0;
  self->least = G_MAXUINT;
}

/* A change of the query is told in steps: the head stays, the tail goes, a new tail comes. */
static void
test_steps (Case *self, gconstpointer data)
{
  store_run_job (
      self->store, TRUE,
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
      " INSERT INTO orders (id, order_id, customer_id, customer, state, search, created)"
      " SELECT 'o' || i, 'O' || i, 'c' || (i % 7), 'Customer', CASE WHEN i % 2 THEN 'live' ELSE 'failed' END,"
      " 'word' || i, i FROM n");
  open_list (self, WB_COLLECTION_ORDERS);
  check_announced (self, 2, 0); /* a screen full at once, then the rest */
  g_assert_cmpuint (self->shadow->len, ==, 1000);
  wb_list_model_set_chip (self->model, "live");
  check_announced (self, 2, 256);
  g_assert_cmpuint (self->shadow->len, ==, 500);
  wb_list_model_set_search (self->model, "word99");
  check_announced (self, 1, 6);
  g_assert_cmpuint (self->shadow->len, ==, 6);
  wb_list_model_set_search (self->model, "word9999");
  check_announced (self, 1, 0);
  g_assert_cmpuint (self->shadow->len, ==, 0);
  wb_list_model_set_search (self->model, "");
  check_announced (self, 1, 0);
  g_assert_cmpuint (self->shadow->len, ==, 500);
  /* The same rows in another order: the head holds others by now, and its objects have said so. */
  wb_list_model_set_sort (self->model, "made", FALSE);
  check_announced (self, 2, 256);
  g_assert_cmpuint (self->shadow->len, ==, 500);
}

/* What is typed in between is not shown; the last word counts. */
static void
test_typing (Case *self, gconstpointer data)
{
  static const char *const typed[] = { "b", "br", "bri", "brig", "bright", "kestrel" };

  add_orders (self);
  open_list (self, WB_COLLECTION_ORDERS);
  self->counts_changed = 0;
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    wb_list_model_set_search (self->model, typed[i]);
  check_ids (self, "a4");
  g_assert_cmpuint (self->counts_changed, ==, 1);
}

/* Gone between the query and its showing. */
static void
test_row_gone (Case *self, gconstpointer data)
{
  g_autoptr (WbRow) row = NULL;

  add_orders (self);
  open_list (self, WB_COLLECTION_ORDERS);
  store_run_job (self->store, TRUE, "DELETE FROM orders WHERE id = 'a3'");
  row = g_list_model_get_item (G_LIST_MODEL (self->model), 3);
  g_assert_true (wb_row_is_placeholder (row));
  g_assert_cmpstr (wb_row_get_text (row, "customer"), ==, "");
  g_assert_cmpint (wb_row_get_int (row, "cents"), ==, CMR_MONEY_UNKNOWN);
}

static void
note_subscriptions (Case *self, const char *sql)
{
  store_run_job (self->store, FALSE, sql);
  self->counts_changed = 0;
  wb_profile_note_changed (self->store->profile, WB_COLLECTION_SUBSCRIPTIONS);
  g_assert_true (wb_test_wait_for (wb_test_is_true, &self->counts_changed, WB_TEST_DEADLINE_MS));
}

static void
test_customers (Case *self, gconstpointer data)
{
  g_autoptr (WbRow) row = NULL;

  store_run_job (self->store, FALSE,
                 "INSERT INTO customer (row_key, scope, asked_at, user_id, company, first_name, last_name, "
                 "email, city) VALUES"
                 " ('c1', '', 1, 'c1', 'Brightloom', 'Maya', 'Ellison', 'maya@bright.example', 'Zürich'),"
                 " ('c2', '', 1, 'c2', '', 'Ada', 'Keller', 'ada@k.example', 'Oslo'),"
                 " ('c3', '', 1, 'c3', NULL, NULL, NULL, NULL, NULL)");
  store_run_job (
      self->store, FALSE,
      "INSERT INTO subscription (row_key, scope, asked_at, subscription_id, domain, subscription_status,"
      " total_mailbox_quantity, price_per_mailbox, period_end) VALUES"
      " ('s1', 'c1', 1, 's1', 'a.example', 'ACTIVE', 8, 300, 900), ('s2', 'c1', 1, 's2', 'b.example', 'ACTIVE', "
      "2, 500, 800),"
      " ('s3', 'c1', 1, 's3', 'c.example', 'CANCELLED', 5, 300, 100)");
  add_order (self, "a1", "c2", "x.example", "live", 500, 1);
  open_list (self, WB_COLLECTION_CUSTOMERS);
  check_ids (self, "c2 c3 c1"); /* the last order first, then by name */
  row = g_list_model_get_item (G_LIST_MODEL (self->model), 2);
  g_assert_cmpstr (wb_row_get_text (row, "name"), ==, "Brightloom");
  /* Nobody has asked how many they are yet. */
  g_assert_cmpint (wb_row_get_int (row, "domains"), ==, G_MININT64);
  g_assert_cmpint (wb_row_get_int (row, "mailboxes"), ==, G_MININT64);
  g_clear_object (&row);
  note_subscriptions (self, "INSERT INTO sweeps (collection, scope, as_of) VALUES ('subscriptions', '', 1)");
  row = g_list_model_get_item (G_LIST_MODEL (self->model), 2);
  g_assert_cmpint (wb_row_get_int (row, "domains"), ==, 3);
  g_assert_cmpint (wb_row_get_int (row, "mailboxes"), ==, 10);
  g_assert_cmpint (wb_row_get_int (row, "monthly-cents"), ==, 3400);
  g_assert_cmpint (wb_row_get_int (row, "next-renewal"), ==, 800);
  wb_list_model_set_search (self->model, "zurich maya");
  check_ids (self, "c1");
  wb_list_model_set_search (self->model, "");
  wb_list_model_set_sort (self->model, "monthly-cents", TRUE);
  settle (self);
  g_assert_cmpint (wb_list_model_get_rowid (self->model, 0), ==, 1);
  /* Rows of what belongs to them change theirs. */
  g_clear_object (&row);
  note_subscriptions (self, "DELETE FROM subscription WHERE row_key = 's1'");
  row = g_list_model_get_item (G_LIST_MODEL (self->model), 0);
  g_assert_cmpstr (wb_row_get_text (row, "name"), ==, "Brightloom");
  g_assert_cmpint (wb_row_get_int (row, "domains"), ==, 2);
  g_assert_cmpint (wb_row_get_int (row, "monthly-cents"), ==, 1000);
}

static void
test_activity (Case *self, gconstpointer data)
{
  store_run_job (
      self->store, TRUE,
      "INSERT INTO operations (id, run, op, state, paid, destructive, customer, target, created, updated) VALUES"
      " ('x1', 'r', 'create_user', 'done', 0, 0, 'Brightloom', 'a@x.example', 1, 1),"
      " ('x2', 'r', 'process_order', 'unknown', 1, 0, 'Brightloom', 'ORD1', 2, 2),"
      " ('x3', 'r', 'process_order', 'queued', 1, 0, 'Kestrel', 'ORD2', 3, 3),"
      " ('x4', 'r', 'create_order_json', 'failed', 0, 0, 'Kestrel', '', 4, 4),"
      " ('x5', 'r', 'create_order_json', 'sending', 0, 0, 'Kestrel', '', 5, 5)");
  open_list (self, WB_COLLECTION_ACTIVITY);
  check_ids (self, "x5 x4 x3 x2 x1");
  g_assert_cmpint (wb_list_model_get_count (self->model, "unknown"), ==, 1);
  g_assert_cmpint (wb_list_model_get_count (self->model, "failed"), ==, 1);
  g_assert_cmpint (wb_list_model_get_count (self->model, "running"), ==, 1);
  g_assert_cmpint (wb_list_model_get_count (self->model, "waiting"), ==, 1);
  g_assert_cmpint (wb_list_model_get_count (self->model, "paid"), ==, 2);
  wb_list_model_set_search (self->model, "process ord1");
  check_ids (self, "x2");
}

/* The profile closes while a window still holds the list: it shows what it has and asks nothing more. */
static void
test_closed (Case *self, gconstpointer data)
{
  g_autoptr (WbRow) bound = NULL;
  g_autoptr (WbRow) late = NULL;
  g_autofree char *id = NULL;

  add_orders (self);
  open_list (self, WB_COLLECTION_ORDERS);
  bound = g_list_model_get_item (G_LIST_MODEL (self->model), 1);
  wb_list_model_set_search (self->model, "bright");
  wb_profile_note_changed (self->store->profile, WB_COLLECTION_ORDERS);
  id = store_close (self->store);
  g_assert_cmpstr (wb_row_get_text (bound, "customer"), ==, "Brightloom");
  late = g_list_model_get_item (G_LIST_MODEL (self->model), 4);
  g_assert_nonnull (late);
  g_assert_cmpstr (wb_row_get_text (late, "customer"), ==, "Kestrel Analytics"); /* came along with the other */
  wb_list_model_set_search (self->model, "kestrel");
  wb_list_model_set_sort (self->model, "made", TRUE);
  settle (self);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->model)), ==, 6);
  g_assert_finalize_object (g_steal_pointer (&self->model));
  store_open (self->store, id);
}

static void
check_values (Case *self, const char *column, const char *wanted)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) values = NULL;
  g_autoptr (GString) found = g_string_new (NULL);

  wb_list_model_values_async (self->model, column, NULL, wb_test_take_result, &result);
  g_assert_true (wb_test_wait_for (wb_test_is_set, &result, WB_TEST_DEADLINE_MS));
  values = wb_list_model_values_finish (self->model, result, &error);
  if (wanted == NULL)
    {
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
      return;
    }
  g_assert_no_error (error);
  for (guint i = 0; i < values->len; i++)
    {
      WbListValue *value = values->pdata[i];

      g_string_append_printf (found, "%s=%" G_GINT64_FORMAT " ", value->text, value->n_rows);
    }
  g_assert_cmpstr (found->str, ==, wanted);
}

static void
test_values (Case *self, gconstpointer data)
{
  add_orders (self);
  open_list (self, WB_COLLECTION_ORDERS);
  wb_list_model_set_search (self->model, "kestrel");
  check_values (self, "state", "being-made=1 draft=1 failed=1 live=1 not-paid=1 unknown=1 ");
  check_values (self, "kind", "order=5 draft=1 ");
  check_values (self, "no such column", NULL);
  wb_list_model_set_customer (self->model, "Brightloom");
  check_values (self, "kind", "order=2 ");
}

static void
on_counted (WbListCounts *counts, guint *n)
{
  ++*n;
}

/* What the sidebar says of lists that nobody has opened. */
static void
test_only_counted (Case *self, gconstpointer data)
{
  WbListCounts *orders, *customers;
  g_autofree char *id = NULL;
  guint counted = 0;

  add_orders (self);
  orders = wb_list_counts_new (self->store->profile, WB_COLLECTION_ORDERS, "needs-you");
  customers = wb_list_counts_new (self->store->profile, WB_COLLECTION_CUSTOMERS, NULL);
  g_signal_connect (orders, "changed", G_CALLBACK (on_counted), &counted);
  g_assert_cmpint (wb_list_counts_get_total (orders), ==, -1);
  g_assert_true (wb_test_wait_for (wb_test_is_true, &counted, WB_TEST_DEADLINE_MS));
  g_assert_cmpint (wb_list_counts_get_total (orders), ==, 6);
  g_assert_cmpint (wb_list_counts_get_count (orders), ==, 3);
  counted = 0;
  store_run_job (self->store, TRUE, "UPDATE orders SET state = 'failed' WHERE id = 'a1'");
  wb_profile_note_changed (self->store->profile, WB_COLLECTION_CUSTOMERS);
  wb_profile_note_changed (self->store->profile, WB_COLLECTION_ORDERS);
  g_assert_true (wb_test_wait_for (wb_test_is_true, &counted, WB_TEST_DEADLINE_MS));
  g_assert_cmpint (wb_list_counts_get_count (orders), ==, 4);
  g_assert_cmpint (wb_list_counts_get_total (customers), ==, 0);
  wb_profile_note_changed (self->store->profile, WB_COLLECTION_ORDERS);
  id = store_close (self->store);
  g_assert_finalize_object (orders);
  g_assert_finalize_object (customers);
  store_open (self->store, id);
}

static gboolean
is_null (gpointer place)
{
  return *(gpointer *) place == NULL;
}

/* The window's list is asked for while it is being read. */
static void
test_finalized_while_reading (Case *self, gconstpointer data)
{
  gpointer weak = NULL;

  add_orders (self);
  for (guint i = 0; i < 20; i++)
    {
      WbListModel *model = wb_list_model_new (self->store->profile, WB_COLLECTION_ORDERS);

      weak = model;
      g_object_add_weak_pointer (G_OBJECT (model), &weak);
      wb_list_model_set_search (model, "bright");
      g_object_unref (model);
      g_assert_true (wb_test_wait_for (is_null, &weak, WB_TEST_DEADLINE_MS));
    }
}

/* A hundred thousand */

static gint64
measure (Case *self, const char *what)
{
  static gint64 begun;
  gint64 now;

  if (what == NULL)
    {
      begun = g_get_monotonic_time ();
      return 0;
    }
  settle (self);
  now = g_get_monotonic_time () - begun;
  g_test_message ("%s: %.1f ms", what, now / 1000.0);
  return now;
}

/* An instrumented build is slow, and says nothing about time. */
#ifdef __SANITIZE_ADDRESS__
#define ROWS 4000
#define BOUND(seconds) (1000 * (gint64) G_USEC_PER_SEC)
#else
#define ROWS 100000
#define BOUND(seconds) ((seconds) * (gint64) G_USEC_PER_SEC)
#endif

#define MANY "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " G_STRINGIFY (ROWS) ") "

static void
walk (Case *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  gint64 start = g_get_monotonic_time (), longest = 0;

  for (guint top = 0; top < n; top += n / 10)
    {
      g_autoptr (GPtrArray) bound = g_ptr_array_new_with_free_func (g_object_unref);
      gint64 before = g_get_monotonic_time ();

      for (guint i = top; i < MIN (top + 200, n); i++)
        {
          WbRow *row = g_list_model_get_item (G_LIST_MODEL (self->model), i);

          g_assert_false (wb_row_is_placeholder (row));
          g_ptr_array_add (bound, row);
        }
      longest = MAX (longest, g_get_monotonic_time () - before);
    }
  g_test_message ("200 rows at ten places: %.1f ms, at most %.1f ms each", (g_get_monotonic_time () - start) / 1000.0,
                  longest / 1000.0);
}

/* More texts than are told apart while they are read. */
static void
check_sorted_by_domain (Case *self)
{
  g_autofree char *before = g_strdup ("");

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->model)); i += 37)
    {
      g_autoptr (WbRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), i);
      g_autofree char *folded = wb_name_fold (wb_row_get_text (row, "domains"));

      g_assert_cmpint (strcmp (before, folded), <, 0);
      g_free (before);
      before = g_steal_pointer (&folded);
    }
}

static void
test_many_orders (Case *self, gconstpointer data)
{
  store_run_job (
      self->store, TRUE,
      MANY "INSERT INTO orders (id, order_id, customer_id, customer, state, domains, search, mailboxes, taken, created)"
           " SELECT 'o' || i, 'ORD' || i, 'c' || (i % 997), 'Customer ' || (i % 997),"
           " CASE i % 4 WHEN 0 THEN 'live' WHEN 1 THEN 'failed' WHEN 2 THEN 'not-paid' ELSE 'being-made' END,"
           " 'name' || i || '.example', 'Customer ' || (i % 997) || ' name' || i || '.example Ada Keller', i % 40, i, "
           "i FROM n");
  measure (self, NULL);
  open_list (self, WB_COLLECTION_ORDERS);
  g_assert_cmpint (measure (self, "first query"), <, BOUND (15));
  g_assert_cmpuint (self->shadow->len, ==, ROWS);
  g_assert_cmpint (wb_list_model_get_count (self->model, "live"), ==, ROWS / 4);
  walk (self);
  measure (self, NULL);
  wb_list_model_set_search (self->model, "name42 keller");
  g_assert_cmpint (measure (self, "search"), <, BOUND (15));
  g_assert_cmpuint (self->shadow->len, ==, ROWS == 4000 ? 11 : 111 + 1000);
  measure (self, NULL);
  wb_list_model_set_search (self->model, "");
  wb_list_model_set_sort (self->model, "customer", TRUE);
  g_assert_cmpint (measure (self, "sort by text"), <, BOUND (15));
  measure (self, NULL);
  wb_list_model_set_sort (self->model, "domains", FALSE);
  g_assert_cmpint (measure (self, "sort by a text of its own each"), <, BOUND (15));
  check_sorted_by_domain (self);
  measure (self, NULL);
  wb_list_model_set_sort (self->model, "cents", TRUE);
  g_assert_cmpint (measure (self, "sort by number"), <, BOUND (15));
  g_assert_cmpint (wb_list_model_find (self->model, wb_list_model_get_rowid (self->model, ROWS - 1)), ==, ROWS - 1);
}

static void
test_many_customers (Case *self, gconstpointer data)
{
  store_run_job (self->store, FALSE,
                 MANY "INSERT INTO customer (row_key, scope, asked_at, user_id, company, email)"
                      " SELECT 'c' || i, '', 1, 'c' || i, 'Company ' || i, 'u' || i || '@x.example' FROM n");
  store_run_job (
      self->store, FALSE,
      MANY "INSERT INTO subscription (row_key, scope, asked_at, subscription_id, domain, subscription_status,"
           " total_mailbox_quantity, price_per_mailbox) SELECT 's' || i, 'c' || i, 1, 's' || i, 'd' || i, 'ACTIVE', "
           "3, 300 FROM n");
  store_run_job (self->store, TRUE,
                 MANY "INSERT INTO orders (id, order_id, customer_id, customer, state, created)"
                      " SELECT 'o' || i, 'O' || i, 'c' || (i % (" G_STRINGIFY (ROWS) " / 2)), 'x', 'live', i FROM n");
  measure (self, NULL);
  open_list (self, WB_COLLECTION_CUSTOMERS);
  g_assert_cmpint (measure (self, "first query"), <, BOUND (15));
  g_assert_cmpuint (self->shadow->len, ==, ROWS);
  walk (self);
  measure (self, NULL);
  wb_list_model_set_sort (self->model, "monthly-cents", TRUE);
  g_assert_cmpint (measure (self, "sort by a sum"), <, BOUND (15));
}

#define ADD(name, func) g_test_add ("/list-model/" name, Case, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("search", test_search);
  ADD ("chips", test_chips);
  ADD ("only-counted", test_only_counted);
  ADD ("values", test_values);
  ADD ("sort", test_sort);
  ADD ("columns", test_columns);
  ADD ("row-changes", test_row_changes);
  ADD ("head-keeps-objects", test_head_keeps_objects);
  ADD ("steps", test_steps);
  ADD ("rows-come", test_rows_come);
  ADD ("diff", test_diff);
  ADD ("diff-is-small", test_diff_is_small);
  ADD ("typing", test_typing);
  ADD ("row-gone", test_row_gone);
  ADD ("customers", test_customers);
  ADD ("activity", test_activity);
  ADD ("closed", test_closed);
  ADD ("finalized-while-reading", test_finalized_while_reading);
  ADD ("many-orders", test_many_orders);
  ADD ("many-customers", test_many_customers);
  return g_test_run ();
}
