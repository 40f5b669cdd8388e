// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-list-private.h"

#include "wb-journal-private.h"

/* How many rows a list has, for who shows no row of it. */

#define SETTLE_MS 40
/* Counting takes at most a fifth of the time, however often rows change. */
#define REST 4

struct _WbListCounts {
  GObject parent_instance;

  WbProfile *profile; /* weak */
  WbCollection collection;
  const WbListQuery *query;
  char *chip;
  gint64 total, count; /* -1: not known yet */
  gint64 began, rest_until;
  gboolean counting;
  guint settle_id;
  gulong changed_id, closing_id;
  GCancellable *cancellable;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbListCounts, wb_list_counts, G_TYPE_OBJECT)

typedef struct {
  const WbListQuery *query;
  const WbListChip *chip; /* (nullable) */
  gint64 total, count;
} Count;

static gboolean
count_source (sqlite3 *db, Count *count, guint source, GError **error)
{
  g_autofree char *with = wb_list_query_source (count->query, source);
  /* Without a chip a count needs no row, only an index. */
  g_autofree char *sql = count->chip != NULL
                           ? g_strdup_printf ("%s SELECT count (*), total (%s) FROM list", with, count->chip->where)
                           : g_strdup_printf ("%s SELECT count (*), 0 FROM list", with);
  g_autoptr (WbStatement) stmt = wb_db_prepare (db, error, sql, "");

  if (stmt == NULL || !wb_db_step (stmt, error))
    return FALSE;
  count->total += sqlite3_column_int64 (stmt, 0);
  count->count += sqlite3_column_int64 (stmt, 1);
  return TRUE;
}

static gpointer
count_job (sqlite3 *db, gpointer data, GError **error)
{
  Count *count = data;

  for (guint i = 0; i < count->query->n_sources; i++)
    if (!count_source (db, count, i, error))
      return NULL;
  /* Pages of a whole index, which nobody reads again soon. */
  sqlite3_db_release_memory (db);
  return g_memdup2 (count, sizeof *count);
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbListCounts) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree Count *count = wb_database_run_finish (result, &error);
  gint64 now = g_get_monotonic_time ();

  self->counting = FALSE;
  self->rest_until = now + REST * (now - self->began);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("rows could not be counted: %s", error->message);
  if (count == NULL || self->profile == NULL)
    return;
  self->total = count->total;
  self->count = count->count;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
count (WbListCounts *self)
{
  Count *count = g_new0 (Count, 1);

  count->query = self->query;
  for (guint i = 0; i < self->query->n_chips; i++)
    if (g_strcmp0 (self->query->chips[i].name, self->chip) == 0)
      count->chip = &self->query->chips[i];
  self->counting = TRUE;
  self->began = g_get_monotonic_time ();
  /* The reader has the first rows of a list to read, which somebody waits for. */
  wb_database_run_async (wb_profile_get_lists (self->profile), count_job, count, g_free, g_free, self->cancellable, counted_cb,
                         g_object_ref (self));
}

static gboolean
settled (gpointer user_data)
{
  WbListCounts *self = user_data;
  gint64 rest = self->rest_until - g_get_monotonic_time ();

  self->settle_id = 0;
  if (rest > 0 || self->counting)
    self->settle_id = g_timeout_add ((guint) (MAX (rest, 0) / 1000) + SETTLE_MS, settled, self);
  else
    count (self);
  return G_SOURCE_REMOVE;
}

static void
on_rows_changed (WbProfile *profile, int collection, WbListCounts *self)
{
  if (collection == (int) self->collection && self->settle_id == 0)
    self->settle_id = g_timeout_add (SETTLE_MS, settled, self);
}

static void
let_go (WbListCounts *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->settle_id, g_source_remove);
  if (self->profile == NULL)
    return;
  g_clear_signal_handler (&self->changed_id, self->profile);
  g_clear_signal_handler (&self->closing_id, self->profile);
  g_clear_weak_pointer (&self->profile);
}

static void
on_closing (WbProfile *profile, WbListCounts *self)
{
  let_go (self);
}

/**
 * wb_list_counts_new:
 * @chip: (nullable): the chip that is counted beside all rows
 */
WbListCounts *
wb_list_counts_new (WbProfile *profile, WbCollection collection, const char *chip)
{
  WbListCounts *self = g_object_new (WB_TYPE_LIST_COUNTS, NULL);

  self->collection = collection;
  self->query = wb_list_query_get (collection);
  self->chip = g_strdup (chip);
  g_set_weak_pointer (&self->profile, profile);
  self->changed_id = g_signal_connect (profile, "rows-changed", G_CALLBACK (on_rows_changed), self);
  self->closing_id = g_signal_connect (profile, "closing", G_CALLBACK (on_closing), self);
  /* After what a person waits for has been drawn. */
  self->settle_id = g_idle_add (settled, self);
  return self;
}

gint64
wb_list_counts_get_total (WbListCounts *self)
{
  return self->total;
}

gint64
wb_list_counts_get_count (WbListCounts *self)
{
  return self->count;
}

static void
wb_list_counts_dispose (GObject *object)
{
  let_go (WB_LIST_COUNTS (object));
  G_OBJECT_CLASS (wb_list_counts_parent_class)->dispose (object);
}

static void
wb_list_counts_finalize (GObject *object)
{
  WbListCounts *self = WB_LIST_COUNTS (object);

  g_object_unref (self->cancellable);
  g_free (self->chip);
  G_OBJECT_CLASS (wb_list_counts_parent_class)->finalize (object);
}

static void
wb_list_counts_class_init (WbListCountsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_list_counts_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_list_counts_finalize;
  /**
   * WbListCounts::changed:
   *
   * It was counted.
   */
  signals[CHANGED] = g_signal_new ("changed", WB_TYPE_LIST_COUNTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_list_counts_init (WbListCounts *self)
{
  self->cancellable = g_cancellable_new ();
  self->total = self->count = -1;
}
