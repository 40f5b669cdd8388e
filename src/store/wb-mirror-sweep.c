// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-mirror-private.h"

/* What sweeps have read, page by page, and what they have missed.
 *
 * A page is kept as its digest, what it told about the list, and the numbers of its rows. The same answer again
 * is known by its digest: nothing is parsed and nothing written. At the end of a sweep the numbers of all its
 * pages are what it has seen. A row that it has not seen is noted as missed; the next whole sweep of a scope that
 * holds the row takes it away, if it misses it too and nothing has written it since.
 *
 * A row may be on two pages of a sweep, once as it was and once as it is: lists move while they are read, and of
 * pages that are under way at the same time nobody can say which is the newer. A page that is known says the truth
 * only if none of its rows was written for another page since. */

/* A list is not paged like a book: rows come and go while it is read. What a sweep has begun longer ago than
 * this says too little of now, and it begins anew. */
#define RESUMED_FOR (12 * G_TIME_SPAN_HOUR)
/* A shorter way back is not worth a first page that is old. */
#define RESUMED_FROM 10

gboolean
wb_mirror_sweep_open (sqlite3 *db, WbMirrorSweep *sweep, GError **error)
{
  g_autoptr (WbStatement) stmt = wb_db_prepare (
    db, error, "SELECT began, page, read FROM sweeps WHERE collection = ? AND scope = ? AND page > ? AND began > ?", "ssii",
    sweep->collection, sweep->scope, (gint64) RESUMED_FROM, sweep->began - RESUMED_FOR);

  /* Before it asks: what others write from now on is noted in its row. */
  if (stmt == NULL
      || !wb_db_run (db, error, "INSERT OR IGNORE INTO sweeps (collection, scope) VALUES (?, ?)", "ss", sweep->collection,
                     sweep->scope))
    return FALSE;
  if (wb_db_step (stmt, error))
    {
      sweep->began = sqlite3_column_int64 (stmt, 0);
      sweep->page = (guint) sqlite3_column_int64 (stmt, 1);
      sweep->read = (guint) sqlite3_column_int64 (stmt, 2);
    }
  return TRUE;
}

static gboolean
run_kept (sqlite3_stmt *stmt, GError **error)
{
  g_autoptr (GError) failure = NULL;

  while (wb_db_step (stmt, &failure))
    continue;
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* Unless it has come to its end meanwhile. */
gboolean
wb_mirror_sweep_keep (sqlite3 *db, const WbMirrorSweep *sweep, GError **error)
{
  g_autoptr (WbKeptStatement) stmt = wb_db_keep (
    db, error, "UPDATE sweeps SET began = ?1, page = ?, read = ? WHERE collection = ? AND scope = ? AND as_of < ?1", "iiiss",
    sweep->began, (gint64) sweep->page, (gint64) sweep->read, sweep->collection, sweep->scope);

  return stmt != NULL && run_kept (stmt, error);
}

/* Pages */

static gboolean
is_as_it_was (sqlite3 *db, const WbMirrorSweep *sweep, const gint64 *rowids, int n, gint64 asked_at)
{
  g_autofree char *sql = g_strdup_printf ("SELECT asked_at FROM \"%s\" WHERE rowid = ?", sweep->resource->name);
  g_autoptr (WbKeptStatement) stmt = wb_db_keep (db, NULL, sql, "");
  gboolean same = stmt != NULL;

  for (int i = 0; i < n && same; i++)
    {
      sqlite3_reset (stmt);
      sqlite3_bind_int64 (stmt, 1, rowids[i]);
      same = wb_db_step (stmt, NULL) && sqlite3_column_int64 (stmt, 0) <= asked_at;
    }
  return same;
}

/* What was written by others since a page was asked for may not be what it says. */
gboolean
wb_mirror_sweep_find_page (sqlite3 *db, const WbMirrorSweep *sweep, GBytes *digest, WbMirrorPage *page, GError **error)
{
  g_autoptr (WbKeptStatement) stmt = wb_db_keep (
    db, error,
    "SELECT p.n_rows, p.total, p.n_pages, p.last, p.first, p.rows, p.asked_at FROM pages p JOIN sweeps s"
    " USING (collection, scope) WHERE p.collection = ? AND p.scope = ? AND p.page = ? AND p.before = ? AND p.digest = ?"
    " AND p.asked_at > s.written_at",
    "ssiib", sweep->collection, sweep->scope, (gint64) sweep->page, (gint64) sweep->read, digest);

  if (stmt == NULL || !wb_db_step (stmt, error)
      || !is_as_it_was (db, sweep, sqlite3_column_blob (stmt, 5), sqlite3_column_bytes (stmt, 5) / (int) sizeof (gint64),
                        sqlite3_column_int64 (stmt, 6)))
    return FALSE;
  page->n_rows = (guint) sqlite3_column_int (stmt, 0);
  page->total = sqlite3_column_int64 (stmt, 1);
  page->n_pages = (guint) sqlite3_column_int64 (stmt, 2);
  page->last = sqlite3_column_int (stmt, 3) != 0;
  page->first = g_strdup (wb_db_text (stmt, 4));
  return TRUE;
}

gboolean
wb_mirror_sweep_keep_page (sqlite3 *db, const WbMirrorSweep *sweep, GBytes *digest, const WbMirrorPage *page,
                           GArray *rowids, gint64 asked_at, GError **error)
{
  g_autoptr (GBytes) rows = g_bytes_new (rowids->data, rowids->len * sizeof (gint64));
  g_autoptr (WbKeptStatement) stmt = wb_db_keep (
    db, error,
    "INSERT OR REPLACE INTO pages (collection, scope, page, before, asked_at, digest, n_rows, total, n_pages, last,"
    " first, rows) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "ssiiibiiiisb", sweep->collection, sweep->scope, (gint64) sweep->page, (gint64) sweep->read, asked_at, digest,
    (gint64) page->n_rows, page->total, (gint64) page->n_pages, (gint64) page->last, page->first, rows);

  return stmt != NULL && run_kept (stmt, error);
}

gboolean
wb_mirror_note_written (sqlite3 *db, const char *collection, const char *but_scope, GError **error)
{
  g_autoptr (WbKeptStatement) stmt
    = wb_db_keep (db, error, "UPDATE sweeps SET written_at = ? WHERE collection = ? AND scope IS NOT ?", "iss",
                  g_get_real_time (), collection, but_scope);

  return stmt != NULL && run_kept (stmt, error);
}

/* The end */

typedef struct {
  guint8 *bits;
  gsize n_bits;
} Seen;

static void
see (Seen *seen, gint64 rowid)
{
  gsize bytes = seen->n_bits / 8, wanted = (gsize) rowid / 8 + 1;

  if (wanted > bytes)
    {
      wanted = MAX (wanted, 2 * bytes);
      seen->bits = g_realloc (seen->bits, wanted);
      memset (seen->bits + bytes, 0, wanted - bytes);
      seen->n_bits = wanted * 8;
    }
  seen->bits[rowid / 8] |= (guint8) (1 << (rowid % 8));
}

static gboolean
is_seen (const Seen *seen, gint64 rowid)
{
  return (gsize) rowid < seen->n_bits && (seen->bits[rowid / 8] & (1 << (rowid % 8))) != 0;
}

static gboolean
collect_seen (sqlite3 *db, const WbMirrorSweep *sweep, Seen *seen, GError **error)
{
  g_autoptr (WbStatement) stmt = wb_db_prepare (
    db, error, "SELECT rows FROM pages WHERE collection = ? AND scope = ? AND page < ?", "ssi", sweep->collection,
    sweep->scope, (gint64) sweep->page);
  g_autoptr (GError) failure = NULL;

  while (stmt != NULL && wb_db_step (stmt, &failure))
    {
      const gint64 *rowids = sqlite3_column_blob (stmt, 0);
      int n = sqlite3_column_bytes (stmt, 0) / (int) sizeof (gint64);

      for (int i = 0; i < n; i++)
        see (seen, rowids[i]);
    }
  if (failure == NULL)
    return stmt != NULL;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* Those of the scope that were not on any page. */
static GArray *
list_unseen (sqlite3 *db, const WbMirrorSweep *sweep, const Seen *seen, GError **error)
{
  /* By the index alone: the rows themselves are not touched. */
  g_autofree char *sql = g_strdup_printf ("SELECT rowid FROM \"%s\" WHERE %s", sweep->resource->name,
                                          *sweep->scope != '\0' ? "scope = ?" : "scope >= ?");
  g_autoptr (WbStatement) stmt = wb_db_prepare (db, error, sql, "s", sweep->scope);
  g_autoptr (GArray) unseen = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) failure = NULL;

  while (stmt != NULL && wb_db_step (stmt, &failure))
    {
      gint64 rowid = sqlite3_column_int64 (stmt, 0);

      if (!is_seen (seen, rowid))
        g_array_append_val (unseen, rowid);
    }
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return stmt != NULL && failure == NULL ? g_steal_pointer (&unseen) : NULL;
}

/* For each of them; what is left undone is told by @error. */
static gint
run_for_each (sqlite3 *db, const WbMirrorSweep *sweep, GArray *rowids, const char *sql, GError **error)
{
  g_autoptr (WbStatement) stmt = wb_db_prepare (db, error, sql, "");
  g_autoptr (GError) failure = NULL;
  gint changed = 0;

  for (guint i = 0; stmt != NULL && i < rowids->len && failure == NULL; i++)
    {
      sqlite3_reset (stmt);
      sqlite3_bind_int64 (stmt, 1, g_array_index (rowids, gint64, i));
      sqlite3_bind_int64 (stmt, 2, sweep->began);
      wb_db_step (stmt, &failure);
      changed += sqlite3_changes (db);
    }
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (stmt != NULL)
    return changed;
  return -1;
}

static gint
take_away (sqlite3 *db, const WbMirrorSweep *sweep, GArray *unseen, GError **error)
{
  g_autofree char *remove = g_strdup_printf ("DELETE FROM \"%s\" WHERE rowid = ?1 AND missed <> 0 AND missed < ?2",
                                             sweep->resource->name);
  g_autofree char *miss = g_strdup_printf ("UPDATE \"%s\" SET missed = ?2 WHERE rowid = ?1 AND missed = 0 AND asked_at < ?2",
                                           sweep->resource->name);
  gint n_removed = run_for_each (db, sweep, unseen, remove, error);

  if (n_removed < 0 || run_for_each (db, sweep, unseen, miss, error) < 0)
    return -1;
  if (unseen->len > 0 && !wb_mirror_note_written (db, sweep->collection, sweep->scope, error))
    return -1;
  return n_removed;
}

gint
wb_mirror_sweep_end (sqlite3 *db, const WbMirrorSweep *sweep, GError **error)
{
  Seen seen = { NULL, 0 };
  g_autoptr (GArray) unseen = collect_seen (db, sweep, &seen, error) ? list_unseen (db, sweep, &seen, error) : NULL;
  gint n_removed = unseen != NULL ? take_away (db, sweep, unseen, error) : -1;

  g_free (seen.bits);
  if (n_removed < 0
      || !wb_db_run (db, error, "DELETE FROM pages WHERE collection = ? AND scope = ? AND page >= ?", "ssi", sweep->collection,
                     sweep->scope, (gint64) sweep->page)
      || !wb_db_run (db, error,
                     "UPDATE sweeps SET as_of = ?, began = 0, page = 0, read = 0 WHERE collection = ? AND scope = ?", "iss",
                     sweep->began, sweep->collection, sweep->scope))
    return -1;
  return n_removed;
}

gint64
wb_mirror_get_as_of (sqlite3 *db, const char *collection, const char *scope)
{
  return wb_db_int64 (db, NULL, "SELECT as_of FROM sweeps WHERE collection = ? AND scope = ?", "ss", collection, scope);
}
