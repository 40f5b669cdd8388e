// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store-fixture.h"

#include "wb-list-pager-private.h"
#include "wb-profile-private.h"
#include "wb-sync-private.h"

/* Rows that come in time, rows that come late, and rows that nobody waits for any more. */

#define ROWS 12000
#define BOUND 205 /* what a view keeps */

typedef struct {
  Store *store;
  WbListModel *model;
  GPtrArray *bound; /* of WbRow, as a view has them */
  GMutex lock;
  GCond cond;
  gboolean held, reached;
  GArray *order;    /* of guint: first rows of the stretches, as they were read */
  guint changed, updated, alive, most_alive;
} Case;

/* The reader stands still while it is held. */
static void
on_stretch (const WbListStretch *stretch, gpointer data)
{
  Case *self = data;

  g_mutex_lock (&self->lock);
  g_array_append_val (self->order, stretch->first);
  g_atomic_int_set (&self->reached, TRUE);
  while (self->held)
    g_cond_wait (&self->cond, &self->lock);
  g_mutex_unlock (&self->lock);
}

static void
hold (Case *self, gboolean held)
{
  g_mutex_lock (&self->lock);
  self->held = held;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
}

static WbListPager *
pager (Case *self)
{
  return wb_profile_get_pager (self->store->profile);
}

static gboolean
is_whole (gpointer data)
{
  Case *self = data;
  gboolean loading;

  g_object_get (self->model, "loading", &loading, NULL);
  return !loading && g_list_model_get_n_items (G_LIST_MODEL (self->model)) == ROWS;
}

static void
set_up (Case *self, gconstpointer data)
{
  self->store = store_new (NULL);
  self->bound = g_ptr_array_new_with_free_func (g_object_unref);
  self->order = g_array_new (FALSE, FALSE, sizeof (guint));
  g_mutex_init (&self->lock);
  g_cond_init (&self->cond);
  store_run_job (self->store, TRUE,
                 "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < " G_STRINGIFY (ROWS) ")"
                 " INSERT INTO orders (id, order_id, customer_id, customer, state, search, mailboxes, created)"
                 " SELECT 'o' || i, 'O' || i, 'c', 'Customer', CASE WHEN i % 2 THEN 'live' ELSE 'failed' END,"
                 " 'word', i, 1000000 - i FROM n");
  self->model = wb_list_model_new (self->store->profile, WB_COLLECTION_ORDERS);
  g_assert_true (wb_test_wait_for (is_whole, self, 3 * WB_TEST_DEADLINE_MS));
  wb_list_pager_set_hook (pager (self), on_stretch, self);
}

static void
tear_down (Case *self, gconstpointer data)
{
  hold (self, FALSE);
  g_ptr_array_unref (self->bound);
  if (self->model != NULL)
    g_assert_finalize_object (self->model);
  store_free (self->store);
  g_array_unref (self->order);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->cond);
}

static void
on_changed (WbRow *row, Case *self)
{
  self->changed++;
}

static void
on_updated (WbRow *row, Case *self)
{
  self->updated++;
}

/* As a view does when it jumps: the new rows are bound, then the old ones are not any more. */
static void
bind (Case *self, guint first, guint n)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->bound);

  self->bound = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (self->bound, g_list_model_get_item (G_LIST_MODEL (self->model), first + i));
}

static void
watch (Case *self)
{
  self->changed = self->updated = 0;
  for (guint i = 0; i < self->bound->len; i++)
    {
      g_signal_connect (self->bound->pdata[i], "changed", G_CALLBACK (on_changed), self);
      g_signal_connect (self->bound->pdata[i], "updated", G_CALLBACK (on_updated), self);
    }
}

static guint
count_placeholders (Case *self)
{
  guint n = 0;

  for (guint i = 0; i < self->bound->len; i++)
    n += wb_row_is_placeholder (self->bound->pdata[i]);
  return n;
}

static gboolean
is_filled (gpointer data)
{
  return count_placeholders (data) == 0;
}

static void
check_rows (Case *self, guint first)
{
  g_assert_true (wb_test_wait_for (is_filled, self, WB_TEST_DEADLINE_MS));
  for (guint i = 0; i < self->bound->len; i++)
    {
      g_autofree char *id = g_strdup_printf ("o%u", first + i);

      g_assert_cmpstr (wb_row_get_id (self->bound->pdata[i]), ==, id);
      g_assert_cmpint (wb_row_get_int (self->bound->pdata[i], "mailboxes"), ==, first + i);
    }
}

/* Whoever can wait sees no placeholder: a few stretches, and each of them once. */
static void
test_in_time (Case *self, gconstpointer data)
{
  static const guint places[] = { 0, 6000, ROWS - BOUND, 77, 300 };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_array_set_size (self->order, 0);
      bind (self, places[i], BOUND);
      g_assert_cmpuint (count_placeholders (self), ==, 0);
      check_rows (self, places[i]);
      g_assert_cmpuint (self->order->len, <=, BOUND / WB_LIST_PAGE + 2);
    }
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (self->model), ROWS));
}

typedef struct {
  Case *test;
  gint64 blocked;
  gboolean done;
} Turn;

static gboolean
bind_in_a_turn (gpointer data)
{
  Turn *turn = data;
  gint64 begun = g_get_monotonic_time ();

  bind (turn->test, 5000, BOUND);
  turn->blocked = g_get_monotonic_time () - begun;
  turn->done = TRUE;
  return G_SOURCE_REMOVE;
}

static gint64
measure_turn (Case *self)
{
  Turn turn = { self, 0, FALSE };

  g_idle_add (bind_in_a_turn, &turn);
  g_assert_true (wb_test_wait (&turn.done, WB_TEST_DEADLINE_MS));
  return turn.blocked;
}

/* A disk that does not answer: the window waits 2 ms once, not for each row, and not again. */
static void
test_late (Case *self, gconstpointer data)
{
  gint64 blocked;

  wb_list_pager_set_patience (pager (self), WB_LIST_PATIENCE_US);
  hold (self, TRUE);
  blocked = measure_turn (self);
  g_test_message ("blocked for %.1f ms", blocked / 1000.0);
  g_assert_cmpint (blocked, >=, WB_LIST_PATIENCE_US);
  g_assert_cmpint (blocked, <, 25 * WB_LIST_PATIENCE_US); /* of 205 rows: each would be 400 ms */
  g_assert_cmpuint (count_placeholders (self), ==, BOUND);
  g_assert_cmpstr (wb_row_get_id (self->bound->pdata[3]), ==, "");
  g_assert_cmpint (wb_row_get_int (self->bound->pdata[3], "mailboxes"), ==, G_MININT64);
  g_assert_cmpint (wb_row_get_rowid (self->bound->pdata[3]), ==, wb_list_model_get_rowid (self->model, 5003));
  blocked = measure_turn (self);
  g_test_message ("then for %.1f ms", blocked / 1000.0);
  watch (self);
  hold (self, FALSE);
  check_rows (self, 5000);
  g_assert_cmpuint (self->changed, ==, BOUND);
  g_assert_cmpuint (self->updated, ==, 0);
}

static gboolean
is_reached (gpointer data)
{
  return g_atomic_int_get (&((Case *) data)->reached);
}

static gboolean
has_read_four (gpointer data)
{
  Case *self = data;
  guint n;

  g_mutex_lock (&self->lock);
  n = self->order->len;
  g_mutex_unlock (&self->lock);
  return n == 4;
}

static void
test_newest_first (Case *self, gconstpointer data)
{
  static const guint pages[] = { 100, 10, 150, 50 }, wanted[] = { 100, 50, 150, 10 };

  wb_list_pager_set_patience (pager (self), 0);
  hold (self, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_ptr_array_add (self->bound, g_list_model_get_item (G_LIST_MODEL (self->model), pages[i] * WB_LIST_PAGE + 5));
      /* The first is being read by now. */
      g_assert_true (wb_test_wait_for (is_reached, self, WB_TEST_DEADLINE_MS));
    }
  hold (self, FALSE);
  g_assert_true (wb_test_wait_for (has_read_four, self, WB_TEST_DEADLINE_MS));
  g_assert_true (wb_test_wait_for (is_filled, self, WB_TEST_DEADLINE_MS));
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    g_assert_cmpuint (g_array_index (self->order, guint, i), ==, wanted[i] * WB_LIST_PAGE);
}

/* A scroll over everything while nothing comes: only what is on the screen at its end is read. */
static void
test_passed_over (Case *self, gconstpointer data)
{
  wb_list_pager_set_patience (pager (self), 0);
  hold (self, TRUE);
  for (guint first = 0; first + BOUND < ROWS; first += 40)
    bind (self, first, BOUND);
  bind (self, ROWS - BOUND, BOUND);
  hold (self, FALSE);
  check_rows (self, ROWS - BOUND);
  g_test_message ("%u stretches were read", self->order->len);
  g_assert_cmpuint (self->order->len, <, 16);
}

static gboolean
shows_new_state (gpointer data)
{
  return g_str_equal (wb_row_get_text (((Case *) data)->bound->pdata[0], "state"), "unknown");
}

/* What was written is read again, and until then what is known stays. */
static void
test_refresh (Case *self, gconstpointer data)
{
  g_autoptr (WbRow) beside = NULL;

  bind (self, 700, 20);
  watch (self);
  wb_list_pager_set_patience (pager (self), 0);
  g_atomic_int_set (&self->reached, FALSE);
  hold (self, TRUE);
  store_run_job (self->store, TRUE, "UPDATE orders SET state = 'unknown' WHERE id IN ('o700', 'o703')");
  wb_profile_note_changed (self->store->profile, WB_COLLECTION_ORDERS);
  g_assert_true (wb_test_wait_for (is_reached, self, WB_TEST_DEADLINE_MS));
  g_assert_cmpuint (count_placeholders (self), ==, 0);
  g_assert_cmpstr (wb_row_get_text (self->bound->pdata[0], "state"), ==, "failed");
  /* One that nobody had bound comes with the same stretch; it takes nothing from the others. */
  beside = g_list_model_get_item (G_LIST_MODEL (self->model), 690);
  g_assert_true (wb_row_is_placeholder (beside));
  hold (self, FALSE);
  g_assert_true (wb_test_wait_for (shows_new_state, self, WB_TEST_DEADLINE_MS));
  g_assert_cmpstr (wb_row_get_text (self->bound->pdata[3], "state"), ==, "unknown");
  g_assert_cmpuint (self->changed, ==, 2);
  g_assert_cmpuint (self->updated, ==, 2);
  g_assert_cmpstr (wb_row_get_id (beside), ==, "o690");
}

/* Waited for by a row beside them: those that are shown are filled by the main loop, not while it is asked. */
static void
test_refresh_beside (Case *self, gconstpointer data)
{
  g_autoptr (WbRow) beside = NULL;

  bind (self, 700, 20);
  watch (self);
  g_atomic_int_set (&self->reached, FALSE);
  hold (self, TRUE);
  store_run_job (self->store, TRUE, "UPDATE orders SET state = 'unknown' WHERE id = 'o700'");
  wb_profile_note_changed (self->store->profile, WB_COLLECTION_ORDERS);
  g_assert_true (wb_test_wait_for (is_reached, self, WB_TEST_DEADLINE_MS));
  hold (self, FALSE);
  beside = g_list_model_get_item (G_LIST_MODEL (self->model), 690);
  g_assert_cmpstr (wb_row_get_id (beside), ==, "o690");
  g_assert_cmpuint (self->changed, ==, 0);
  g_assert_true (wb_test_wait_for (shows_new_state, self, WB_TEST_DEADLINE_MS));
  g_assert_cmpuint (self->changed, ==, 1);
}

static gboolean
is_narrow (gpointer data)
{
  return g_list_model_get_n_items (G_LIST_MODEL (((Case *) data)->model)) == ROWS / 2;
}

/* A row of the head becomes another one: never the old text under the new number. */
static void
test_other_rows (Case *self, gconstpointer data)
{
  bind (self, 0, 200);
  wb_list_pager_set_patience (pager (self), 0);
  hold (self, TRUE);
  wb_list_model_set_chip (self->model, "live");
  g_assert_true (wb_test_wait_for (is_narrow, self, WB_TEST_DEADLINE_MS));
  for (guint i = 0; i < self->bound->len; i++)
    {
      WbRow *row = self->bound->pdata[i];

      g_assert_true (wb_row_is_placeholder (row));
      g_assert_cmpint (wb_row_get_rowid (row), ==, wb_list_model_get_rowid (self->model, i));
    }
  hold (self, FALSE);
  g_assert_true (wb_test_wait_for (is_filled, self, WB_TEST_DEADLINE_MS));
  for (guint i = 0; i < self->bound->len; i++)
    g_assert_cmpint (wb_row_get_int (self->bound->pdata[i], "mailboxes"), ==, 2 * i + 1);
}

/* Whoever asked is gone when the answer comes. */
static void
test_model_goes (Case *self, gconstpointer data)
{
  WbListModel *other = wb_list_model_new (self->store->profile, WB_COLLECTION_ORDERS);

  wb_list_pager_set_patience (pager (self), 0);
  hold (self, TRUE);
  bind (self, 5000, BOUND);
  g_assert_true (wb_test_wait_for (is_reached, self, WB_TEST_DEADLINE_MS));
  g_ptr_array_set_size (self->bound, 0);
  wb_test_wait_finalized (g_steal_pointer (&self->model));
  hold (self, FALSE);
  self->model = other;
  g_assert_true (wb_test_wait_for (is_whole, self, WB_TEST_DEADLINE_MS));
  bind (self, 5000, BOUND);
  check_rows (self, 5000);
}

static void
test_profile_closes (Case *self, gconstpointer data)
{
  g_autoptr (WbProfile) profile = g_object_ref (self->store->profile);
  g_autofree char *id = g_strdup (wb_profile_get_info (profile)->id);
  GAsyncResult *result = NULL;

  wb_list_pager_set_patience (pager (self), 0);
  hold (self, TRUE);
  bind (self, 5000, BOUND);
  g_assert_true (wb_test_wait_for (is_reached, self, WB_TEST_DEADLINE_MS));
  wb_profile_close_async (profile, wb_test_take_result, &result);
  hold (self, FALSE);
  wb_test_wait_result (&result);
  g_assert_true (wb_profile_close_finish (profile, result, NULL));
  g_clear_object (&result);
  g_assert_cmpuint (count_placeholders (self), ==, BOUND);
  bind (self, 100, BOUND);
  g_assert_cmpuint (count_placeholders (self), ==, BOUND);
  g_clear_object (&self->store->profile);
  store_open (self->store, id);
}

static void
on_row_gone (gpointer data, GObject *row)
{
  ((Case *) data)->alive--;
}

static void
count_alive (Case *self)
{
  for (guint i = 0; i < self->bound->len; i++)
    {
      GObject *row = self->bound->pdata[i];

      if (g_object_get_data (row, "counted") != NULL)
        continue;
      g_object_set_data (row, "counted", self);
      g_object_weak_ref (row, on_row_gone, self);
      self->alive++;
    }
  self->most_alive = MAX (self->most_alive, self->alive);
}

/* Ten thousand rows, to and fro. */
static void
test_rows_alive (Case *self, gconstpointer data)
{
  for (guint pass = 0; pass < 3; pass++)
    for (guint first = 0; first + BOUND <= 10000; first += BOUND)
      {
        bind (self, pass % 2 == 0 ? first : 10000 - BOUND - first, BOUND);
        g_assert_cmpuint (count_placeholders (self), ==, 0);
        count_alive (self);
      }
  g_test_message ("at most %u rows", self->most_alive);
  g_assert_cmpuint (self->most_alive, >, 4000);
  g_assert_cmpuint (self->most_alive, <=, 4500);
  g_ptr_array_set_size (self->bound, 0);
  g_assert_finalize_object (g_steal_pointer (&self->model));
  g_assert_cmpuint (self->alive, ==, 0);
}

static gint64
find_id (Case *self, const char *id)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 rowid;

  wb_list_model_find_id_async (self->model, id, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  rowid = wb_list_model_find_id_finish (self->model, result, &error);
  g_assert_no_error (error);
  g_object_unref (result);
  return rowid;
}

/* A row is found by its id though none is read, at whatever place. */
static void
test_find_id (Case *self, gconstpointer data)
{
  g_assert_cmpint (wb_list_model_find (self->model, find_id (self, "o0")), ==, 0);
  g_assert_cmpint (wb_list_model_find (self->model, find_id (self, "o11999")), ==, 11999);
  g_assert_cmpint (find_id (self, "no such order"), ==, -1);
  wb_list_model_set_chip (self->model, "live");
  g_assert_true (wb_test_wait_for (is_narrow, self, WB_TEST_DEADLINE_MS));
  g_assert_cmpint (wb_list_model_find (self->model, find_id (self, "o11999")), ==, 5999);
  g_assert_cmpint (wb_list_model_find (self->model, find_id (self, "o0")), ==, -1);
  g_assert_cmpuint (self->order->len, ==, 0);
}

#define ADD(name, function) g_test_add ("/list-pager/" name, Case, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("in-time", test_in_time);
  ADD ("late", test_late);
  ADD ("newest-first", test_newest_first);
  ADD ("passed-over", test_passed_over);
  ADD ("refresh", test_refresh);
  ADD ("refresh-beside", test_refresh_beside);
  ADD ("other-rows", test_other_rows);
  ADD ("model-goes", test_model_goes);
  ADD ("profile-closes", test_profile_closes);
  ADD ("rows-alive", test_rows_alive);
  ADD ("find-id", test_find_id);
  return g_test_run ();
}
