// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store-fixture.h"

#include "wb-saved-views.h"

/* Views that were named: kept over restarts, in order, each list's own. */

static char *
dup_names (Store *store, WbCollection collection)
{
  guint n;
  g_autofree const WbSavedView **views = wb_saved_views_list (wb_profile_get_views (store->profile), collection, &n);
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (names, "%s%s%s", i > 0 ? ", " : "", views[i]->name, views[i]->pinned ? "*" : "");
  return g_string_free (names, FALSE);
}

static void
assert_names (Store *store, WbCollection collection, const char *expected)
{
  g_autofree char *names = dup_names (store, collection);

  g_assert_cmpstr (names, ==, expected);
}

static void
count_change (WbSavedViews *views, guint *n)
{
  (*n)++;
}

static void
test_kept (void)
{
  Store *store = store_new (NULL);
  WbSavedViews *views = wb_profile_get_views (store->profile);
  g_autofree char *a = NULL, *b = NULL, *c = NULL;
  guint changes = 0;

  g_signal_connect (views, "changed", G_CALLBACK (count_change), &changes);
  a = g_strdup (wb_saved_views_add (views, WB_COLLECTION_ORDERS, "A 'quoted' <b>", "body a"));
  g_free (g_strdup (wb_saved_views_add (views, WB_COLLECTION_CUSTOMERS, "Other", "")));
  b = g_strdup (wb_saved_views_add (views, WB_COLLECTION_ORDERS, "B", "body b"));
  c = g_strdup (wb_saved_views_add (views, WB_COLLECTION_ORDERS, "C", "body c"));
  assert_names (store, WB_COLLECTION_ORDERS, "A 'quoted' <b>, B, C");
  g_assert_true (wb_saved_views_move (views, b, -1));
  g_assert_false (wb_saved_views_move (views, b, -1));
  g_assert_false (wb_saved_views_move (views, c, 1));
  wb_saved_views_rename (views, c, "Ç");
  wb_saved_views_set_body (views, c, "body ç");
  wb_saved_views_set_pinned (views, a, TRUE);
  g_assert_cmpuint (changes, ==, 8);
  store_reopen (store);
  assert_names (store, WB_COLLECTION_ORDERS, "B, A 'quoted' <b>*, Ç");
  assert_names (store, WB_COLLECTION_CUSTOMERS, "Other");
  g_assert_cmpstr (wb_saved_views_find (wb_profile_get_views (store->profile), c)->body, ==, "body ç");
  store_free (store);
}

static void
test_remove (void)
{
  Store *store = store_new (NULL);
  WbSavedViews *views = wb_profile_get_views (store->profile);
  g_autofree char *a = g_strdup (wb_saved_views_add (views, WB_COLLECTION_ORDERS, "A", ""));
  g_autofree char *b = g_strdup (wb_saved_views_add (views, WB_COLLECTION_ORDERS, "B", ""));

  wb_saved_views_remove (views, a);
  assert_names (store, WB_COLLECTION_ORDERS, "B");
  wb_saved_views_undo_remove (views);
  wb_saved_views_undo_remove (views);
  assert_names (store, WB_COLLECTION_ORDERS, "A, B");
  wb_saved_views_remove (views, b);
  wb_saved_views_remove (views, "no such");
  store_reopen (store);
  assert_names (store, WB_COLLECTION_ORDERS, "A");
  g_assert_null (wb_saved_views_find (wb_profile_get_views (store->profile), b));
  store_free (store);
}

/* To the place of another one, whatever lies between; never into another list. */
static void
test_move_to (void)
{
  static const char *const names[] = { "A", "B", "C", "D" };
  Store *store = store_new (NULL);
  WbSavedViews *views = wb_profile_get_views (store->profile);
  g_autofree char *other = NULL;
  char *ids[G_N_ELEMENTS (names)];

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      ids[i] = g_strdup (wb_saved_views_add (views, WB_COLLECTION_ORDERS, names[i], ""));
      g_free (other);
      other = g_strdup (wb_saved_views_add (views, WB_COLLECTION_CUSTOMERS, names[i], ""));
    }
  g_assert_true (wb_saved_views_move_to (views, ids[0], ids[2]));
  assert_names (store, WB_COLLECTION_ORDERS, "B, C, A, D");
  g_assert_true (wb_saved_views_move_to (views, ids[3], ids[1]));
  assert_names (store, WB_COLLECTION_ORDERS, "D, B, C, A");
  g_assert_false (wb_saved_views_move_to (views, ids[3], other));
  g_assert_false (wb_saved_views_move_to (views, ids[3], ids[3]));
  g_assert_false (wb_saved_views_move_to (views, "none", ids[3]));
  g_assert_false (wb_saved_views_move_to (views, ids[3], "none"));
  store_reopen (store);
  assert_names (store, WB_COLLECTION_ORDERS, "D, B, C, A");
  assert_names (store, WB_COLLECTION_CUSTOMERS, "A, B, C, D");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_free (ids[i]);
  store_free (store);
}

/* Of a list that this version does not know: not shown, and not lost. */
static void
test_newer (void)
{
  Store *store = store_new (NULL);

  store_run_job (store, TRUE, "INSERT INTO views (id, collection, place, name, body) VALUES ('x', 'exports', 0, 'X', '')");
  store_reopen (store);
  assert_names (store, WB_COLLECTION_ORDERS, "");
  wb_saved_views_add (wb_profile_get_views (store->profile), WB_COLLECTION_ORDERS, "A", "");
  store_reopen (store);
  assert_names (store, WB_COLLECTION_ORDERS, "A");
  store_run_job (store, TRUE, "UPDATE views SET collection = 'orders' WHERE id = 'x'");
  store_reopen (store);
  assert_names (store, WB_COLLECTION_ORDERS, "X, A");
  store_free (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/saved-views/kept", test_kept);
  g_test_add_func ("/saved-views/move-to", test_move_to);
  g_test_add_func ("/saved-views/remove", test_remove);
  g_test_add_func ("/saved-views/newer", test_newer);
  return g_test_run ();
}
