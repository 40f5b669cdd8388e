// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store-fixture.h"

#include "wb-columns.h"

/* What is selected follows the rows' numbers, whatever the list does meanwhile: held against a plain table of them. */

#define MANY 1000000

typedef struct {
  Store *store;
  WbListModel *model;
  WbRowSelection *selection;
  GHashTable *naive; /* of gint64 */
  guint made, n_answers;
} Fixture;

static gboolean
is_settled (gpointer data)
{
  Fixture *self = data;
  gboolean loading;

  g_object_get (self->model, "loading", &loading, NULL);
  return !loading && wb_list_model_is_whole (self->model);
}

static void
wait_settled (Fixture *self)
{
  g_assert_true (wb_test_wait_for (is_settled, self, 6 * WB_TEST_DEADLINE_MS));
}

static void
on_answer (Fixture *self)
{
  self->n_answers++;
}

static void
add_rows (Fixture *self, guint n)
{
  g_autofree char *sql
      = g_strdup_printf ("WITH RECURSIVE n (i) AS (SELECT %u UNION ALL SELECT i + 1 FROM n WHERE i < %u)"
                         " INSERT INTO orders (id, order_id, customer_id, customer, state, mailboxes, search, created)"
                         " SELECT 'o' || i, 'O' || i, 'c', 'Customer', 'live', i %% 7, CASE i %% 3 WHEN 0 THEN 'ash' WHEN 1 THEN 'oak'"
                         " ELSE 'ash oak' END, i FROM n",
                         self->made, self->made + n - 1);

  store_run_job (self->store, TRUE, sql);
  self->made += n;
}

static void
fixture_open (Fixture *self, guint n)
{
  self->store = store_new (NULL);
  self->made = 0;
  add_rows (self, n);
  self->model = wb_list_model_new (self->store->profile, WB_COLLECTION_ORDERS);
  self->selection = wb_row_selection_new (self->model);
  g_signal_connect_swapped (self->model, "counts-changed", G_CALLBACK (on_answer), self);
  self->naive = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  wait_settled (self);
}

static void
fixture_close (Fixture *self)
{
  g_hash_table_unref (self->naive);
  g_assert_finalize_object (self->selection);
  g_assert_finalize_object (self->model);
  store_free (self->store);
}

static guint
n_rows (Fixture *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->model));
}

static gint64 *
copy_of (gint64 rowid)
{
  return g_memdup2 (&rowid, sizeof rowid);
}

static gboolean
naive_has (Fixture *self, guint position)
{
  gint64 rowid = wb_list_model_get_rowid (self->model, position);

  return g_hash_table_contains (self->naive, &rowid);
}

static void
naive_put (Fixture *self, guint position, gboolean in)
{
  gint64 rowid = wb_list_model_get_rowid (self->model, position);

  if (in)
    g_hash_table_add (self->naive, copy_of (rowid));
  else
    g_hash_table_remove (self->naive, &rowid);
}

/* What is hidden by a filter, or gone, is not selected any more. */
static void
naive_forget_hidden (Fixture *self)
{
  g_autoptr (GHashTable) shown = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer rowid;

  for (guint i = 0; i < n_rows (self); i++)
    g_hash_table_add (shown, copy_of (wb_list_model_get_rowid (self->model, i)));
  g_hash_table_iter_init (&iter, self->naive);
  while (g_hash_table_iter_next (&iter, &rowid, NULL))
    if (!g_hash_table_contains (shown, rowid))
      g_hash_table_iter_remove (&iter);
}

static void
naive_settle (Fixture *self)
{
  /* One alone is what the pane shows: it is there again when the filter goes. */
  if (g_hash_table_size (self->naive) > 1)
    naive_forget_hidden (self);
}

static void
assert_same (Fixture *self)
{
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (self->selection);
  g_autoptr (GtkBitset) bits = gtk_selection_model_get_selection (selection);
  g_autoptr (GArray) rowids = wb_row_selection_dup_rowids (self->selection);
  guint n = 0;

  for (guint i = 0; i < n_rows (self); i++)
    {
      gboolean in = naive_has (self, i);

      g_assert_cmpint (gtk_selection_model_is_selected (selection, i), ==, in);
      g_assert_cmpint (gtk_bitset_contains (bits, i), ==, in);
      if (in)
        g_assert_cmpint (g_array_index (rowids, gint64, n), ==, wb_list_model_get_rowid (self->model, i));
      n += in;
    }
  g_assert_cmpuint (wb_row_selection_get_n_selected (self->selection), ==, n);
  g_assert_cmpuint (rowids->len, ==, n);
}

/* What a person does */

static void
do_item (Fixture *self, guint position, guint n)
{
  g_hash_table_remove_all (self->naive);
  naive_put (self, position, TRUE);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
}

static void
do_toggle (Fixture *self, guint position, guint n)
{
  gboolean in = naive_has (self, position);

  naive_forget_hidden (self);
  naive_put (self, position, !in);
  if (in)
    gtk_selection_model_unselect_item (GTK_SELECTION_MODEL (self->selection), position);
  else
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, FALSE);
}

static void
do_range (Fixture *self, guint position, guint n)
{
  gboolean alone = g_test_rand_bit ();

  if (alone)
    g_hash_table_remove_all (self->naive);
  naive_forget_hidden (self);
  for (guint i = 0; i < n; i++)
    naive_put (self, position + i, TRUE);
  gtk_selection_model_select_range (GTK_SELECTION_MODEL (self->selection), position, n, alone);
}

static void
do_unrange (Fixture *self, guint position, guint n)
{
  naive_forget_hidden (self);
  for (guint i = 0; i < n; i++)
    naive_put (self, position + i, FALSE);
  gtk_selection_model_unselect_range (GTK_SELECTION_MODEL (self->selection), position, n);
}

static void
do_all (Fixture *self, guint position, guint n)
{
  g_hash_table_remove_all (self->naive);
  for (guint i = 0; i < n_rows (self); i++)
    naive_put (self, i, TRUE);
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (self->selection));
}

static void
do_none (Fixture *self, guint position, guint n)
{
  g_hash_table_remove_all (self->naive);
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
}

static void
do_invert (Fixture *self, guint position, guint n)
{
  naive_forget_hidden (self);
  for (guint i = 0; i < n_rows (self); i++)
    naive_put (self, i, !naive_has (self, i));
  wb_row_selection_invert (self->selection);
}

static void
do_set (Fixture *self, guint position, guint n)
{
  g_autoptr (GtkBitset) selected = gtk_bitset_new_empty (), mask = gtk_bitset_new_range (position, n);

  naive_forget_hidden (self);
  for (guint i = 0; i < n; i++)
    {
      gboolean in = g_test_rand_bit ();

      if (in)
        gtk_bitset_add (selected, position + i);
      naive_put (self, position + i, in);
    }
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->selection), selected, mask);
}

static void (*const acts[]) (Fixture *, guint, guint)
    = { do_item, do_toggle, do_toggle, do_toggle, do_range, do_range, do_unrange, do_all, do_none, do_invert, do_set };

/* What the list does */

static gboolean
is_answered (gpointer data)
{
  Fixture *self = data;

  return self->n_answers > 0 && is_settled (self);
}

static void
read_again (Fixture *self)
{
  self->n_answers = 0;
  g_signal_emit_by_name (self->store->profile, "rows-changed", WB_COLLECTION_ORDERS);
  g_assert_true (wb_test_wait_for (is_answered, self, WB_TEST_DEADLINE_MS));
}

static void
let_list_change (Fixture *self)
{
  static const char *const searches[] = { "", "ash", "oak", "ash oak", "elm" };

  switch (g_test_rand_int_range (0, 4))
    {
    case 0:
      wb_list_model_set_search (self->model, searches[g_test_rand_int_range (0, G_N_ELEMENTS (searches))]);
      break;
    case 1:
      wb_list_model_set_sort (self->model, g_test_rand_bit () ? "mailboxes" : NULL, g_test_rand_bit ());
      break;
    case 2:
      add_rows (self, (guint) g_test_rand_int_range (1, 4));
      read_again (self);
      break;
    default:
      store_run_job (self->store, TRUE, "DELETE FROM orders WHERE rowid IN (SELECT rowid FROM orders ORDER BY random () LIMIT 2)");
      read_again (self);
    }
}

static void
test_random (void)
{
  Fixture self;

  fixture_open (&self, 300);
  for (guint round = 0; round < 60; round++)
    {
      for (guint i = 0; i < 10 && n_rows (&self) > 0; i++)
        {
          guint position = (guint) g_test_rand_int_range (0, (int) n_rows (&self));
          guint n = (guint) g_test_rand_int_range (1, (int) MIN (n_rows (&self) - position, 40) + 1);

          acts[g_test_rand_int_range (0, G_N_ELEMENTS (acts))](&self, position, n);
          assert_same (&self);
        }
      let_list_change (&self);
      wait_settled (&self);
      naive_settle (&self);
      assert_same (&self);
    }
  fixture_close (&self);
}

static double
ms_since (gint64 *from)
{
  gint64 now = g_get_monotonic_time ();
  double ms = (double) (now - *from) / 1000;

  *from = now;
  return ms;
}

/* No row is made for it. */
static void
test_many (void)
{
  Fixture self;
  gint64 from;
  double all, none, invert;

  fixture_open (&self, MANY);
  g_assert_cmpuint (n_rows (&self), ==, MANY);
  from = g_get_monotonic_time ();
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (self.selection));
  all = ms_since (&from);
  g_assert_cmpuint (wb_row_selection_get_n_selected (self.selection), ==, MANY);
  from = g_get_monotonic_time ();
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self.selection));
  none = ms_since (&from);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self.selection), 3, FALSE);
  from = g_get_monotonic_time ();
  wb_row_selection_invert (self.selection);
  invert = ms_since (&from);
  g_assert_cmpuint (wb_row_selection_get_n_selected (self.selection), ==, MANY - 1);
  g_test_message ("all %.2f ms, none %.2f ms, invert %.2f ms", all, none, invert);
  g_assert_cmpfloat (all, <=, 100);
  g_assert_cmpfloat (none, <=, 100);
  g_assert_cmpfloat (invert, <=, 100);
  fixture_close (&self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/row-selection/random", test_random);
  g_test_add_func ("/row-selection/many", test_many);
  return g_test_run ();
}
