// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "list-fixture.h"

#include "wb-row-set.h"

/* The pane beside several selected rows. */

#define MANY 100000

static Store *
store_with_mailboxes (guint n)
{
  Store *store = store_new (NULL);
  g_autofree char *sql = g_strdup_printf (
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %u)"
    " INSERT INTO mailbox (row_key, scope, asked_at, email, username, domain, first_name, status, profile_picture, service_provider)"
    " SELECT 'm' || i, 'c1', 1, printf ('a%%06d@d', i), 'a' || i, 'd' || (i %% 2), 'A', CASE i %% 4 WHEN 0 THEN 'FAILED' ELSE 'ACTIVE' END,"
    "   CASE i %% 3 WHEN 0 THEN 'x' END, 'GOOGLE' FROM n",
    n);

  store_run_job (store, FALSE, "DELETE FROM customer; DELETE FROM mailbox; DELETE FROM sweeps");
  store_run_job (store, FALSE, "INSERT INTO customer (row_key, scope, asked_at, company) VALUES ('c1', '', 1, '" NAME "')");
  store_run_job (store, FALSE, sql);
  /* It knows none of them: what it says of the one that is shown would take it away. */
  store_fault (store, NULL, WB_FAULT_DROP_BEFORE, 0, 0);
  return store;
}

static void
select_range (List *list, guint first, guint n)
{
  gtk_selection_model_select_range (GTK_SELECTION_MODEL (list->page->selection), first, n, TRUE);
}

/* One row, several, and one again: each time what is shown is of what is selected. */
static void
test_shown (void)
{
  Store *store = store_with_mailboxes (12);
  List list = list_new (store, WB_COLLECTION_MAILBOXES, 1250);

  list_wait_rows (&list, 12);
  select_range (&list, 0, 12);
  order_wait_text (list.window, "12 mailboxes");
  order_wait_text (list.page->pane, "2 different states");
  order_wait_text (list.page->pane, NAME);
  order_wait_text (list.page->pane, "2 different");
  order_wait_text (list.page->pane, "Google");
  order_wait_text (list.page->pane, "4 of 12");
  order_shots (list.window, "summary");
  select_range (&list, 0, 3);
  order_wait_text (list.page->pane, "3 mailboxes");
  order_wait_text (list.page->pane, "All in the same state");
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (list.page->selection), 0, TRUE);
  order_wait_text (list.page->pane, "a000001@d");
  g_assert_false (order_shows (list.page->pane, "3 mailboxes"));
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (list.page->selection));
  order_wait_text (list.page->pane, "Select a row");
  list_free (&list);
}

/* It comes again with nothing of what it showed before, and at once: with the list, before anything was counted. */
static void
test_again (void)
{
  Store *store = store_with_mailboxes (12);
  List list = list_new (store, WB_COLLECTION_MAILBOXES, 1250);

  list_wait_rows (&list, 12);
  for (guint i = 0; i < 2; i++)
    {
      select_range (&list, 0, 12);
      g_assert_true (order_shows (list.page->pane, "12 mailboxes"));
      g_assert_false (order_shows (list.page->pane, "2 different states"));
      order_wait_text (list.page->pane, "2 different states");
      gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (list.page->selection));
      g_assert_true (order_shows (list.page->pane, "Select a row"));
      select_range (&list, 0, 3);
      g_assert_false (order_shows (list.page->pane, "2 different states"));
      order_wait_text (list.page->pane, "All in the same state");
      gtk_selection_model_select_item (GTK_SELECTION_MODEL (list.page->selection), 0, TRUE);
      order_wait_text (list.page->pane, "a000001@d");
    }
  list_free (&list);
}

/* What is written meanwhile is counted anew. */
static void
test_changed (void)
{
  Store *store = store_with_mailboxes (4);
  List list = list_new (store, WB_COLLECTION_MAILBOXES, 1250);

  list_wait_rows (&list, 4);
  select_range (&list, 0, 4);
  order_wait_text (list.page->pane, "2 different states");
  store_run_job (store, FALSE, "UPDATE mailbox SET status = 'ACTIVE'");
  g_signal_emit_by_name (store->profile, "rows-changed", WB_COLLECTION_MAILBOXES);
  order_wait_text (list.page->pane, "All in the same state");
  list_free (&list);
}

typedef struct {
  gint64 last, worst;
} Gaps;

static gboolean
on_tick (gpointer data)
{
  Gaps *gaps = data;
  gint64 now = g_get_monotonic_time ();

  gaps->worst = MAX (gaps->worst, now - gaps->last);
  gaps->last = now;
  return G_SOURCE_CONTINUE;
}

/* All of very many: no row is made for it, and the window goes on meanwhile. */
static void
test_all (void)
{
  Store *store = store_with_mailboxes (MANY);
  List list = list_new (store, WB_COLLECTION_MAILBOXES, 1250);
  Gaps gaps = { 0 };
  gint64 began;
  guint tick;

  list_wait_rows (&list, MANY);
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (list.page->selection));
  order_wait_text (list.page->pane, "100000 mailboxes");
  gaps.last = began = g_get_monotonic_time ();
  tick = g_timeout_add (1, on_tick, &gaps);
  order_wait_text (list.page->pane, "33333 of 100000");
  g_source_remove (tick);
  g_test_message ("counted after %d ms, longest gap %d ms", (int) ((g_get_monotonic_time () - began) / 1000), (int) (gaps.worst / 1000));
  g_assert_true (order_shows (list.page->pane, "75000"));
  list_free (&list);
}

/* The window goes while rows are being counted. */
static void
test_gone (void)
{
  Store *store = store_with_mailboxes (MANY);
  List list = list_new (store, WB_COLLECTION_MAILBOXES, 1250);

  list_wait_rows (&list, MANY);
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (list.page->selection));
  order_wait_text (list.page->pane, "100000 mailboxes");
  list_free (&list);
}

/* Of each list something is told. */
static void
test_each (void)
{
  for (WbCollection c = WB_COLLECTION_ORDERS; c <= WB_COLLECTION_SUBSCRIPTIONS; c++)
    {
      Store *store = store_new (NULL);
      List list;

      list_add_orders (store, 6);
      list_run_sql (store, "INSERT INTO operations (id, run, op, state, paid, destructive, customer_id, customer, target, created, updated) VALUES"
                           " ('p1', 'r', 'update_user', 'done', 0, 0, 'c', 'Oak', 'x', 1, 1), ('p2', 'r', 'update_user', 'failed', 0, 0, 'c', 'Oak', 'y', 1, 1)");
      store_run_job (store, FALSE, "INSERT INTO customer (row_key, scope, asked_at, company) VALUES ('c1', '', 1, 'Oak'), ('c2', '', 1, 'Elm')");
      store_run_job (store, FALSE, "INSERT INTO domain (row_key, scope, asked_at, domain_name, status, expire_on, auto_renew) VALUES"
                                   " ('d1', 'c1', 1, 'a.example', 'ACTIVE', 1900000000000000, 1), ('d2', 'c2', 1, 'b.example', 'ACTIVE', NULL, 0)");
      store_run_job (store, FALSE, "INSERT INTO mailbox (row_key, scope, asked_at, email, domain, status) VALUES ('m1', 'c1', 1, 'a@x', 'x', NULL), ('m2', 'c1', 1, 'b@x', 'x', 'ACTIVE')");
      store_run_job (store, FALSE, "INSERT INTO subscription (row_key, scope, asked_at, domain, subscription_status, total_mailbox_quantity, price_per_mailbox, period_end)"
                                   " VALUES ('s1', 'c1', 1, 'a.example', 'ACTIVE', 2, 350, 1900000000000000), ('s2', 'c1', 1, 'b.example', 'ACTIVE', NULL, NULL, NULL)");
      list = list_new (store, c, 1250);
      gtk_selection_model_select_all (GTK_SELECTION_MODEL (list.page->selection));
      order_wait_button (list.page->pane, "Export…");
      if (c == WB_COLLECTION_SUBSCRIPTIONS)
        order_wait_text (list.page->pane, "At least $7.00");
      if (c == WB_COLLECTION_DOMAINS)
        order_wait_text (list.page->pane, "1 of 2");
      order_shots (list.window, wb_collection_words (c)->title);
      list_free (&list);
    }
}

/* The set that rows are counted from */
static void
test_set (void)
{
  static const gint64 numbers[] = { 0, 1, 63, 64, 65, 32767, 32768, 99999, 1 << 20 };
  WbRowSet set;
  g_autoptr (WbRowSet) copy = NULL;
  guint i = 0;

  wb_row_set_init (&set);
  for (guint k = 0; k < G_N_ELEMENTS (numbers); k++)
    wb_row_set_put (&set, numbers[k], TRUE);
  copy = wb_row_set_copy (&set);
  g_assert_true (wb_row_set_equal (&set, copy));
  for (gint64 n = wb_row_set_next (copy, 0); n >= 0; n = wb_row_set_next (copy, n + 1))
    g_assert_cmpint (n, ==, numbers[i++]);
  g_assert_cmpuint (i, ==, G_N_ELEMENTS (numbers));
  wb_row_set_put (&set, 70000, TRUE);
  g_assert_false (wb_row_set_equal (&set, copy));
  wb_row_set_put (&set, 70000, FALSE);
  g_assert_true (wb_row_set_equal (&set, copy));
  wb_row_set_put (&set, 64, FALSE);
  wb_row_set_put (&set, 66, TRUE);
  g_assert_false (wb_row_set_equal (&set, copy));
  wb_row_set_clear (&set);
}

int
main (int argc, char **argv)
{
  order_test_init (&argc, &argv);
  g_test_add_func ("/summary/set", test_set);
  g_test_add_func ("/summary/shown", test_shown);
  g_test_add_func ("/summary/again", test_again);
  g_test_add_func ("/summary/changed", test_changed);
  g_test_add_func ("/summary/all", test_all);
  g_test_add_func ("/summary/gone", test_gone);
  g_test_add_func ("/summary/each", test_each);
  return g_test_run ();
}
