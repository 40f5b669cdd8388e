// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-list-summary.h"

#include <string.h>

#include "wb-list-private.h"
#include "wb-profile-private.h"

/* Instructions of SQLite's between two looks at whether somebody still wants to know: a millisecond or so. */
#define LOOK_EACH 10000
/* Of so many rows, one has to be wanted for going through all of them to be quicker than finding each. */
#define SPARSE 8

/* While it is counted */
typedef struct {
  const WbListColumn *column;
  WbListSpread *spread;
  GHashTable *texts;  /* text of a share → the share, and a row that has it */
  struct Counted *last; /* rows that lie together are often alike */
} Count;

typedef struct Counted {
  WbListShare share;
  gint64 rid; /* of its source */
  guint source;
} Counted;

typedef struct {
  const WbListQuery *query;
  char *mirror, *journal;
  WbListWanted *wanted;
  guint n_wanted, n;
  WbListNext next;
  gpointer data;
  GDestroyNotify free_data;
  Count *counts;
  guint n_rows;
  guint source; /* the one that is gone through */
} Summing;

static void
share_clear (WbListShare *share)
{
  g_free (share->text);
  g_free (share->shown);
}

static void
counted_free (gpointer counted)
{
  share_clear (&((Counted *) counted)->share);
  g_free (counted);
}

static void
share_free (gpointer share)
{
  share_clear (share);
  g_free (share);
}

static void
spread_free (gpointer data)
{
  WbListSpread *spread = data;

  g_ptr_array_unref (spread->shares);
  g_free (spread);
}

void
wb_list_summary_free (WbListSummary *self)
{
  g_ptr_array_unref (self->spreads);
  g_free (self);
}

static void
counts_clear (Summing *self)
{
  for (guint i = 0; i < self->n_wanted; i++)
    {
      g_clear_pointer (&self->counts[i].texts, g_hash_table_unref);
      g_clear_pointer (&self->counts[i].spread, spread_free);
    }
}

static void
summing_free (gpointer data)
{
  Summing *self = data;

  counts_clear (self);
  if (self->free_data != NULL)
    self->free_data (self->data);
  g_free (self->counts);
  g_free (self->wanted);
  g_free (self->mirror);
  g_free (self->journal);
  g_free (self);
}

/* Counting */

static void
count_number (WbListSpread *spread, gint64 number)
{
  spread->least = spread->n_rows == 0 ? number : MIN (spread->least, number);
  spread->most = spread->n_rows == 0 ? number : MAX (spread->most, number);
  /* Cents of a million rows are far from the end; what is absurd stays there. */
  if (__builtin_add_overflow (spread->sum, number, &spread->sum))
    spread->sum = G_MAXINT64;
  spread->n_rows++;
}

static Counted *
find_share (Summing *self, Count *count, const char *text, gint64 rid)
{
  Counted *counted = g_hash_table_lookup (count->texts, text);

  if (counted != NULL || count->spread->n_different > WB_LIST_MOST_DIFFERENT)
    return counted;
  count->spread->n_different++;
  if (count->spread->n_different > WB_LIST_MOST_DIFFERENT)
    return NULL;
  counted = g_new0 (Counted, 1);
  counted->share.text = g_strdup (text);
  counted->rid = rid;
  counted->source = self->source;
  g_hash_table_insert (count->texts, counted->share.text, counted);
  return counted;
}

static void
count_text (Summing *self, Count *count, const char *text, gint64 rid)
{
  count->spread->n_rows += *text != '\0';
  if (count->last == NULL || strcmp (count->last->share.text, text) != 0)
    count->last = find_share (self, count, text, rid);
  if (count->last != NULL)
    count->last->share.n_rows++;
}

static void
count_row (Summing *self, sqlite3_stmt *stmt)
{
  gint64 rid = sqlite3_column_int64 (stmt, 0);

  self->n_rows++;
  for (guint i = 0; i < self->n_wanted; i++)
    {
      Count *count = &self->counts[i];
      int column = (int) i + 1;

      if (!count->column->number)
        count_text (self, count, wb_db_text (stmt, column), rid);
      else if (sqlite3_column_type (stmt, column) != SQLITE_NULL)
        count_number (count->spread, sqlite3_column_int64 (stmt, column));
    }
}

/* Going through the rows */

/* picked(rid): before anything else of a row is looked at. */
static void
picked (sqlite3_context *context, int n, sqlite3_value **values)
{
  Summing *self = sqlite3_user_data (context);
  gint64 rid = sqlite3_value_int64 (values[0]) * self->query->n_sources + self->source;

  sqlite3_result_int (context, self->next (self->data, rid) == rid);
}

static char *
dup_sql (Summing *self, const char *where)
{
  g_autofree char *with = wb_list_query_source (self->query, self->source);
  g_autoptr (GString) sql = g_string_new (with);

  g_string_append (sql, " SELECT rid");
  for (guint i = 0; i < self->n_wanted; i++)
    g_string_append_printf (sql, ", \"%s\"", self->wanted[i].column);
  g_string_append_printf (sql, " FROM list WHERE %s", where);
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static gboolean
scan (Summing *self, sqlite3 *db, GError **error)
{
  g_autofree char *sql = dup_sql (self, "picked (rid)");
  g_autoptr (WbStatement) stmt = wb_db_prepare (db, error, sql, "");
  g_autoptr (GError) failure = NULL;

  while (stmt != NULL && wb_db_step (stmt, &failure))
    count_row (self, stmt);
  if (failure == NULL)
    return stmt != NULL;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
find_each (Summing *self, sqlite3 *db, GError **error)
{
  g_autofree char *sql = dup_sql (self, "rid = ?");
  g_autoptr (WbStatement) stmt = wb_db_prepare (db, error, sql, "i", (gint64) 0);
  g_autoptr (GError) failure = NULL;

  for (gint64 rid = self->next (self->data, 0); stmt != NULL && rid >= 0 && failure == NULL; rid = self->next (self->data, rid + 1))
    {
      if ((guint) (rid % self->query->n_sources) != self->source)
        continue;
      sqlite3_bind_int64 (stmt, 1, rid / self->query->n_sources);
      if (wb_db_step (stmt, &failure))
        count_row (self, stmt);
      sqlite3_reset (stmt);
    }
  if (failure == NULL)
    return stmt != NULL;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gint64
count_numbers (sqlite3 *db, const WbListQuery *query, guint source)
{
  g_autofree char *sql = g_strdup_printf ("SELECT coalesce (max (t.rowid), 0) FROM %s", query->sources[source].from);

  return wb_db_int64 (db, NULL, sql, "");
}

static gboolean
sum_up (Summing *self, sqlite3 *db, GError **error)
{
  for (self->source = 0; self->source < self->query->n_sources; self->source++)
    {
      gboolean sparse = (gint64) self->n * SPARSE < count_numbers (db, self->query, self->source);

      if (!(sparse ? find_each (self, db, error) : scan (self, db, error)))
        return FALSE;
    }
  return TRUE;
}

/* What is told */

static gint
compare_counted (gconstpointer a, gconstpointer b)
{
  const Counted *first = *(Counted *const *) a, *second = *(Counted *const *) b;

  if (first->share.n_rows != second->share.n_rows)
    return first->share.n_rows > second->share.n_rows ? -1 : 1;
  return strcmp (first->share.text, second->share.text);
}

static char *
dup_shown (Summing *self, sqlite3 *db, const char *column, const Counted *counted)
{
  g_autofree char *with = wb_list_query_source (self->query, counted->source);
  g_autofree char *sql = g_strdup_printf ("%s SELECT \"%s\" FROM list WHERE rid = ?", with, column);
  g_autoptr (WbStatement) stmt = wb_db_prepare (db, NULL, sql, "i", counted->rid);

  return g_strdup (stmt != NULL && wb_db_step (stmt, NULL) ? wb_db_text (stmt, 0) : "");
}

static void
take_shares (Summing *self, sqlite3 *db, guint i)
{
  Count *count = &self->counts[i];
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer each;

  g_hash_table_iter_init (&iter, count->texts);
  while (g_hash_table_iter_next (&iter, NULL, &each))
    g_ptr_array_add (all, each);
  g_ptr_array_sort (all, compare_counted);
  for (guint k = 0; k < MIN (all->len, WB_LIST_MOST_SHARES); k++)
    {
      Counted *counted = all->pdata[k];
      WbListShare *share = g_memdup2 (&counted->share, sizeof counted->share);

      share->text = g_strdup (share->text);
      if (self->wanted[i].shown != NULL)
        share->shown = dup_shown (self, db, self->wanted[i].shown, counted);
      g_ptr_array_add (count->spread->shares, share);
    }
}

static WbListSummary *
take_summary (Summing *self, sqlite3 *db)
{
  WbListSummary *summary = g_new0 (WbListSummary, 1);

  summary->n_rows = self->n_rows;
  summary->spreads = g_ptr_array_new_with_free_func (spread_free);
  for (guint i = 0; i < self->n_wanted; i++)
    {
      if (!self->counts[i].column->number)
        take_shares (self, db, i);
      g_ptr_array_add (summary->spreads, g_steal_pointer (&self->counts[i].spread));
    }
  return summary;
}

static int
is_cancelled (gpointer cancellable)
{
  return g_cancellable_is_cancelled (cancellable);
}

static void
sum_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Summing *self = data;
  GError *error = NULL;
  sqlite3 *db = wb_list_open_stores (self->mirror, self->journal, &error);
  WbListSummary *summary = NULL;

  if (db != NULL)
    {
      sqlite3_create_function (db, "picked", 1, SQLITE_UTF8, self, picked, NULL, NULL);
      sqlite3_progress_handler (db, LOOK_EACH, is_cancelled, cancellable);
      wb_db_exec (db, "BEGIN", NULL);
      if (sum_up (self, db, &error))
        summary = take_summary (self, db);
      wb_db_rollback (db); /* nothing was written: it lets go of the moment */
      sqlite3_close (db);
    }
  counts_clear (self); /* as many texts as rows have differed: the main thread would need ms for them */
  if (summary != NULL)
    g_task_return_pointer (task, summary, (GDestroyNotify) wb_list_summary_free);
  else
    g_task_return_error (task, error);
}

static void
begin_counts (Summing *self)
{
  self->counts = g_new0 (Count, self->n_wanted);
  for (guint i = 0; i < self->n_wanted; i++)
    {
      Count *count = &self->counts[i];

      count->column = wb_list_query_column (self->query, self->wanted[i].column);
      g_assert (count->column != NULL);
      count->spread = g_new0 (WbListSpread, 1);
      count->spread->shares = g_ptr_array_new_with_free_func (share_free);
      count->texts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, counted_free);
    }
}

void
wb_list_summary_async (WbProfile *profile, WbCollection collection, const WbListWanted *wanted, guint n_wanted, guint n,
                       WbListNext next, gpointer data, GDestroyNotify free_data, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Summing *self = g_new0 (Summing, 1);

  g_task_set_source_tag (task, wb_list_summary_async);
  self->query = wb_list_query_get (collection);
  self->mirror = g_strdup (wb_database_get_path (wb_profile_get_reader (profile)));
  self->journal = g_strdup (wb_database_get_path (wb_profile_get_journal (profile)));
  self->wanted = g_memdup2 (wanted, n_wanted * sizeof *wanted);
  self->n_wanted = n_wanted;
  self->n = n;
  self->next = next;
  self->data = data;
  self->free_data = free_data;
  begin_counts (self);
  g_task_set_task_data (task, self, summing_free);
  g_task_run_in_thread (task, sum_thread);
}

WbListSummary *
wb_list_summary_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_list_summary_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
