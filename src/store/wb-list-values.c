// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-list-model-private.h"

#include "wb-journal-private.h"

/* What a column holds, for who chooses from it. */

/* More is no choice any more. */
#define MOST_VALUES "200"

typedef struct {
  WbListAsk *ask;
  char *column;
} Values;

static void
values_free (gpointer data)
{
  Values *values = data;

  wb_list_ask_unref (values->ask);
  g_free (values->column);
  g_free (values);
}

static void
value_free (gpointer data)
{
  WbListValue *value = data;

  g_free (value->text);
  g_free (value);
}

static gpointer
values_job (sqlite3 *db, gpointer data, GError **error)
{
  Values *values = data;
  g_autofree char *with = wb_list_query_union (values->ask->query);
  g_autofree char *sql
    = g_strdup_printf ("%s SELECT coalesce (\"%s\", ''), count (*) FROM list WHERE %s GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT " MOST_VALUES,
                       with, values->column, values->ask->whose);
  g_autoptr (WbStatement) stmt = wb_db_prepare (db, error, sql, "s", values->ask->customer);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (value_free);
  g_autoptr (GError) failure = NULL;

  while (stmt != NULL && wb_db_step (stmt, &failure))
    {
      WbListValue *value = g_new (WbListValue, 1);

      *value = (WbListValue) { g_strdup (wb_db_text (stmt, 0)), sqlite3_column_int64 (stmt, 1) };
      g_ptr_array_add (found, value);
    }
  if (failure == NULL)
    return stmt != NULL ? g_steal_pointer (&found) : NULL;
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

static void
values_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *values = wb_database_run_finish (result, &error);

  if (values == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, values, (GDestroyNotify) g_ptr_array_unref);
}

/**
 * wb_list_model_values_async:
 * @column: a column of the list
 *
 * Which different values the column has in all rows of the list, whatever is searched for, those of most rows first;
 * at most 200.
 */
void
wb_list_model_values_async (WbListModel *self, const char *column, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Values *values;

  g_task_set_source_tag (task, wb_list_model_values_async);
  if (self->profile == NULL || wb_list_query_column (self->query, column) == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no values of %s", column);
      g_object_unref (task);
      return;
    }
  values = g_new0 (Values, 1);
  values->ask = wb_list_ask_new (self->query, self->customer, NULL, FALSE, NULL);
  values->column = g_strdup (column);
  wb_database_run_async (wb_profile_get_lists (self->profile), values_job, values, values_free,
                         (GDestroyNotify) g_ptr_array_unref, cancellable, values_cb, task);
}

/**
 * wb_list_model_values_finish:
 *
 * Returns: (transfer full) (element-type WbListValue): values and how many rows have each
 */
GPtrArray *
wb_list_model_values_finish (WbListModel *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
