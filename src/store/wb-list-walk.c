// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-list-private.h"

#include "wb-profile-private.h"

/* Goes through rows by their numbers, in a thread and on a connection of its own: for what takes as long as there are
 * rows, and is to disturb no list meanwhile. */

/* Rows of one look at the stores: while one is open the log cannot be checkpointed. */
#define AT_ONCE 512

typedef struct {
  const WbListQuery *query;
  char *mirror, *journal;
  GArray *rowids;
  WbListVisit visit;
  gpointer data;
  GDestroyNotify free_data;
} Walk;

static void
walk_free (gpointer data)
{
  Walk *self = data;

  g_free (self->mirror);
  g_free (self->journal);
  g_array_unref (self->rowids);
  if (self->free_data != NULL)
    self->free_data (self->data);
  g_free (self);
}

/* What went meanwhile is left out. */
static gboolean
visit_row (Walk *self, WbRow *row, gint64 rowid, sqlite3_stmt *stmt, GByteArray *scratch, GError **error)
{
  g_autoptr (GError) failure = NULL;
  gboolean there;

  sqlite3_bind_int64 (stmt, 1, rowid / self->query->n_sources);
  there = wb_db_step (stmt, &failure);
  if (there)
    wb_row_fill (row, rowid, wb_row_data_read (self->query, stmt, scratch));
  sqlite3_reset (stmt);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return !there || self->visit (row, self->data, error);
}

static gboolean
visit_stretch (Walk *self, sqlite3 *db, sqlite3_stmt **statements, WbRow *row, guint first, GByteArray *scratch,
               GError **error)
{
  guint end = MIN (first + AT_ONCE, self->rowids->len);
  gboolean good = wb_db_exec (db, "BEGIN", error);

  for (guint i = first; good && i < end; i++)
    {
      gint64 rowid = g_array_index (self->rowids, gint64, i);

      good = visit_row (self, row, rowid, statements[rowid % self->query->n_sources], scratch, error);
    }
  sqlite3_exec (db, "COMMIT", NULL, NULL, NULL);
  return good;
}

static gboolean
prepare_all (Walk *self, sqlite3 *db, sqlite3_stmt **statements, GError **error)
{
  for (guint i = 0; i < self->query->n_sources; i++)
    {
      g_autofree char *sql = wb_list_query_row (self->query, i);

      statements[i] = wb_db_prepare (db, error, sql, "");
      if (statements[i] == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
walk (Walk *self, sqlite3 *db, GCancellable *cancellable, GError **error)
{
  g_autofree sqlite3_stmt **statements = g_new0 (sqlite3_stmt *, self->query->n_sources);
  g_autoptr (GByteArray) scratch = g_byte_array_new ();
  g_autoptr (WbRow) row = wb_row_new (self->query);
  gboolean good = prepare_all (self, db, statements, error);

  for (guint i = 0; good && i < self->rowids->len; i += AT_ONCE)
    good = !g_cancellable_set_error_if_cancelled (cancellable, error)
           && visit_stretch (self, db, statements, row, i, scratch, error);
  for (guint i = 0; i < self->query->n_sources; i++)
    sqlite3_finalize (statements[i]);
  return good && !g_cancellable_set_error_if_cancelled (cancellable, error) && self->visit (NULL, self->data, error);
}

static void
walk_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Walk *self = data;
  GError *error = NULL;
  sqlite3 *db = wb_list_open_stores (self->mirror, self->journal, &error);
  gboolean good = db != NULL && walk (self, db, cancellable, &error);

  sqlite3_close (db);
  if (good)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * wb_list_walk_async:
 * @rowids: numbers of rows, of gint64, in the order to go through; not to be changed any more
 * @visit: called in a thread for each row that is still there, then once for %NULL; what it fails with ends the walk
 * @data: (transfer full): for @visit; freed with @free_data when the walk has ended, before @callback at the latest
 *   with the last reference to its result
 *
 * Needs the profile only to begin. It ends with %G_IO_ERROR_CANCELLED within some hundred rows.
 */
void
wb_list_walk_async (WbProfile *profile, WbCollection collection, GArray *rowids, WbListVisit visit, gpointer data,
                    GDestroyNotify free_data, GCancellable *cancellable, GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Walk *self = g_new0 (Walk, 1);

  g_task_set_source_tag (task, wb_list_walk_async);
  self->query = wb_list_query_get (collection);
  self->mirror = g_strdup (wb_database_get_path (wb_profile_get_reader (profile)));
  self->journal = g_strdup (wb_database_get_path (wb_profile_get_journal (profile)));
  self->rowids = g_array_ref (rowids);
  self->visit = visit;
  self->data = data;
  self->free_data = free_data;
  g_task_set_task_data (task, self, walk_free);
  g_task_run_in_thread (task, walk_thread);
}

gboolean
wb_list_walk_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
