// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-mirror-private.h"

/* A collection that has no call for all of its rows is read customer after customer. The run has a row among the
 * sweeps, with the scope of all; who has been read since it began needs no reading again after a restart. */

#define RESUMED_FOR (12 * G_TIME_SPAN_HOUR)

void
wb_mirror_run_free (gpointer data)
{
  WbMirrorRun *run = data;

  g_ptr_array_unref (run->customers);
  g_free (run);
}

static gboolean
begin (sqlite3 *db, const char *collection, WbMirrorRun *run, GError **error)
{
  gint64 before = wb_db_int64 (db, error, "SELECT began FROM sweeps WHERE collection = ? AND scope = '' AND began > as_of", "s",
                               collection);

  if (before > run->began - RESUMED_FOR)
    run->began = before;
  return wb_db_run (db, error, "INSERT OR IGNORE INTO sweeps (collection, scope) VALUES (?, '')", "s", collection)
         && wb_db_run (db, error, "UPDATE sweeps SET began = ? WHERE collection = ? AND scope = '' AND began IS NOT ?1", "is",
                       run->began, collection);
}

static gboolean
list_customers (sqlite3 *db, const char *collection, WbMirrorRun *run, GError **error)
{
  g_autoptr (WbStatement) stmt = wb_db_prepare (
    db, error,
    "SELECT c.row_key, coalesce (s.as_of, 0) FROM customer c LEFT JOIN sweeps s ON s.collection = ? AND s.scope = c.row_key"
    " ORDER BY c.rowid",
    "s", collection);
  g_autoptr (GError) failure = NULL;

  while (stmt != NULL && wb_db_step (stmt, &failure))
    if (sqlite3_column_int64 (stmt, 1) < run->began)
      g_ptr_array_add (run->customers, g_strdup (wb_db_text (stmt, 0)));
    else
      run->n_done++;
  if (failure == NULL)
    return stmt != NULL;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* Returns: (nullable): whose rows are to be read; %NULL with @error */
WbMirrorRun *
wb_mirror_run_open (sqlite3 *db, const char *collection, gint64 now, GError **error)
{
  WbMirrorRun *run = g_new0 (WbMirrorRun, 1);

  run->began = now;
  run->customers = g_ptr_array_new_with_free_func (g_free);
  run->customers_known = wb_mirror_get_as_of (db, "customers", "") > 0;
  if (!run->customers_known || (begin (db, collection, run, error) && list_customers (db, collection, run, error)))
    return run;
  wb_mirror_run_free (run);
  return NULL;
}

/* Rows of customers that are there no more: no sweep of a customer holds them, this one does. */
static gint
take_away_orphans (sqlite3 *db, const CmrResource *resource, const char *collection, gint64 began, GError **error)
{
  static const char of_nobody[] = "scope NOT IN (SELECT row_key FROM customer)";
  g_autofree char *remove = g_strdup_printf ("DELETE FROM \"%s\" WHERE missed <> 0 AND missed < ? AND %s", resource->name,
                                             of_nobody);
  g_autofree char *miss = g_strdup_printf ("UPDATE \"%s\" SET missed = ?1 WHERE missed = 0 AND asked_at < ?1 AND %s",
                                           resource->name, of_nobody);
  gint n_removed;

  if (!wb_db_run (db, error, remove, "i", began))
    return -1;
  n_removed = sqlite3_changes (db);
  if (!wb_db_run (db, error, miss, "i", began)
      || (n_removed + sqlite3_changes (db) > 0 && !wb_mirror_note_written (db, collection, "", error)))
    return -1;
  return n_removed;
}

gint
wb_mirror_run_end (sqlite3 *db, const CmrResource *resource, const char *collection, gint64 began, GError **error)
{
  gint n_removed;

  if (!wb_db_begin (db, error))
    return -1;
  n_removed = take_away_orphans (db, resource, collection, began, error);
  if (n_removed >= 0
      && wb_db_run (db, error,
                    "UPDATE sweeps SET began = 0, as_of = coalesce ((SELECT min (s.as_of) FROM customer c JOIN sweeps s"
                    " ON s.collection = ?1 AND s.scope = c.row_key WHERE s.as_of >= ?2), ?2)"
                    " WHERE collection = ?1 AND scope = ''",
                    "si", collection, began)
      && wb_db_commit (db, error))
    return n_removed;
  wb_db_rollback (db);
  return -1;
}
