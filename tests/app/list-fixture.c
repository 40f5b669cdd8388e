// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "list-fixture.h"

typedef struct {
  List *list;
  guint n;
} Want;

void
list_run_sql (Store *store, const char *format, ...)
{
  va_list arguments;
  g_autofree char *sql = NULL;

  va_start (arguments, format);
  sql = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  store_run_job (store, TRUE, sql);
}

void
list_add_orders (Store *store, guint n)
{
  for (guint i = 0; i < n; i++)
    list_run_sql (store, "INSERT INTO orders (id, order_id, customer_id, customer, provider, state, mailboxes, live, taken, domains, search, created)"
                    " VALUES ('o%u', 'ORDER%016u', 'c%u', '%s', 'GOOGLE', '%s', %u, 0, %u, 'a%u.example, b.example', '%s a%u.example', %" G_GINT64_FORMAT ")",
             i, i, i, i == 0 ? NAME : i % 2 == 0 ? "Brightloom" : "Oakline", i % 3 == 0 ? "failed" : "live", i + 1, 100 * (i + 1), i,
             i == 0 ? NAME : i % 2 == 0 ? "Brightloom" : "Oakline", i, G_GINT64_CONSTANT (1700000000000000) - i);
}

static gboolean
is_read (gpointer data)
{
  List *list = data;

  return wb_list_model_get_total (list->page->model) >= 0 && list->page->laid_out
         && gtk_widget_get_width (GTK_WIDGET (list->page)) > 0;
}

List
list_new (Store *store, WbCollection collection, int width)
{
  List list = { .store = store };

  order_application ();
  list.page = WB_COLLECTION_PAGE (wb_collection_page_new (store->profile, collection));
  list.window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (list.window), width, 700);
  gtk_window_set_child (GTK_WINDOW (list.window), GTK_WIDGET (list.page));
  gtk_window_present (GTK_WINDOW (list.window));
  g_assert_true (wb_test_wait_for (is_read, &list, WB_TEST_DEADLINE_MS));
  return list;
}

static gboolean
is_alone (gpointer object)
{
  return g_atomic_int_get (&G_OBJECT (object)->ref_count) == 1;
}

void
list_free (List *list)
{
  g_object_ref (list->page);
  gtk_window_destroy (GTK_WINDOW (list->window));
  g_assert_true (wb_test_wait_for (is_alone, list->page, WB_TEST_DEADLINE_MS));
  g_assert_finalize_object (list->page);
  store_free (list->store);
}

guint
list_n_rows (List *list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (list->page->model));
}

static gboolean
has_rows (gpointer data)
{
  Want *want = data;

  return list_n_rows (want->list) == want->n;
}

void
list_wait_rows (List *list, guint n)
{
  Want want = { list, n };

  g_assert_true (wb_test_wait_for (has_rows, &want, WB_TEST_DEADLINE_MS));
}

static gboolean
is_first (gpointer data)
{
  gpointer *both = data;
  g_autoptr (WbRow) row = g_list_model_get_item (G_LIST_MODEL (((List *) both[0])->page->model), 0);

  return row != NULL && g_str_equal (wb_row_get_id (row), both[1]);
}

void
list_wait_first (List *list, const char *id)
{
  gpointer both[] = { list, (gpointer) id };

  g_assert_true (wb_test_wait_for (is_first, both, WB_TEST_DEADLINE_MS));
}

static char *
list_selected_id (List *list)
{
  char *id = NULL;

  g_object_get (list->page->selection, "selected-id", &id, NULL);
  return id;
}

void
list_assert_selected (List *list, const char *id)
{
  g_autofree char *selected = list_selected_id (list);

  g_assert_cmpstr (selected, ==, id);
}
