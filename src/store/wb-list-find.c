// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-list-model-private.h"

#include "wb-profile-private.h"

/* Which number the row of an id has: by the index of its table, whatever the list shows and however long it is. */

typedef struct {
  const WbListQuery *query;
  char *id;
  gint64 rid;
} Find;

static void
find_free (gpointer data)
{
  Find *find = data;

  g_free (find->id);
  g_free (find);
}

static gpointer
find_job (sqlite3 *db, gpointer data, GError **error)
{
  Find *find = data;
  g_autofree char *with = wb_list_query_union (find->query);
  g_autofree char *sql = g_strconcat (with, " SELECT rid FROM list WHERE id = ?", NULL);
  g_autoptr (WbStatement) stmt = wb_db_prepare (db, error, sql, "s", find->id);

  find->rid = stmt != NULL && wb_db_step (stmt, error) ? sqlite3_column_int64 (stmt, 0) : -1;
  return g_memdup2 (&find->rid, sizeof find->rid);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *rid = wb_database_run_finish (result, &error);

  if (rid == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_steal_pointer (&rid), g_free);
}

/**
 * wb_list_model_find_id_async:
 * @id: what a row of the collection has as "id"
 *
 * Looks in the stores, not in what the list shows: wb_list_model_find() tells where it stands there, if it does.
 */
void
wb_list_model_find_id_async (WbListModel *self, const char *id, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Find *find;

  g_task_set_source_tag (task, wb_list_model_find_id_async);
  if (self->profile == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the profile is closed");
      g_object_unref (task);
      return;
    }
  find = g_new0 (Find, 1);
  find->query = self->query;
  find->id = g_strdup (id);
  wb_database_run_async (wb_profile_get_reader (self->profile), find_job, find, find_free, g_free, cancellable,
                         found_cb, task);
}

gint64
wb_list_model_find_id_finish (WbListModel *self, GAsyncResult *result, GError **error)
{
  g_autofree gint64 *rid = g_task_propagate_pointer (G_TASK (result), error);

  return rid != NULL ? *rid : -1;
}
