// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-list-model-private.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "wb-profile-private.h"

/* From question to answer: what is not in memory is read, then what is there is looked through. */

#define SETTLE_MS 40
/* Reading anew takes at most a fifth of the time, however often rows change. */
#define REST 4

static void
take_last (WbListModel *self)
{
  g_clear_pointer (&self->shown_words, wb_list_words_free);
  self->shown_words = g_steal_pointer (&self->scan->words);
  if (self->shown_words != NULL)
    wb_list_known_put (&self->known, self->shown_words, self->now);
  else
    wb_list_known_clear (&self->known);
  g_clear_pointer (&self->scan, wb_list_scan_stop);
  self->asked_anew = FALSE;
  self->total = self->now->base->total;
  wb_list_model_set_loading (self, self->asking != NULL || self->parts != 0);
  g_object_notify (G_OBJECT (self), "total");
  g_signal_emit_by_name (self, "counts-changed");
}

/* Those of a screen come first, then all; the first rows of a list that was not read whole are all for now. */
static void
scanned (WbListScan *scan, WbListResult *result, WbListDiff *diff, gpointer user_data)
{
  g_autoptr (WbListModel) self = g_object_ref (user_data);

  wb_list_model_show (self, result, diff);
  if (scan == self->scan && (!result->first || result->base->partial))
    take_last (self);
}

int
wb_list_model_find_chip (WbListModel *self, const char *name)
{
  for (guint i = 0; i < self->query->n_chips; i++)
    if (g_strcmp0 (self->query->chips[i].name, name) == 0)
      return (int) i;
  return -1;
}

static WbBits *
dup_narrowed (WbListModel *self)
{
  if (self->now == NULL || self->now->hits == NULL || self->now->base != self->data->base || self->shown_words == NULL
      || !wb_list_words_narrow (self->shown_words, self->words))
    return NULL;
  return g_memdup2 (self->now->hits, (WB_BITS_WORDS (self->now->base->n_rows) + 1) * sizeof (WbBits));
}

void
wb_list_model_scan (WbListModel *self)
{
  WbListParts pending = self->parts | (self->asking != NULL ? self->asked_parts : 0);
  WbListScan *scan;

  g_clear_pointer (&self->scan, wb_list_scan_stop);
  if (self->profile == NULL || self->data == NULL || (self->words != NULL && self->data->text == NULL)
      || pending & WB_LIST_FILTERS)
    return;
  scan = g_atomic_rc_box_new0 (WbListScan);
  scan->data = g_atomic_rc_box_acquire (self->data);
  scan->words = self->words != NULL ? wb_list_words_copy (self->words) : NULL;
  scan->chip = wb_list_model_find_chip (self, self->chip);
  scan->was = self->now != NULL ? g_atomic_rc_box_acquire (self->now) : NULL;
  scan->same = !self->asked_anew && self->now != NULL;
  scan->known = scan->same ? NULL : wb_list_known_get (&self->known, scan);
  scan->narrowed = self->words != NULL ? dup_narrowed (self) : NULL;
  scan->scanned = scanned;
  scan->user_data = self;
  self->scan = scan;
  wb_list_model_set_loading (self, TRUE);
  wb_list_scan_start (scan);
}

/* Reading */

static void read_parts (WbListModel *self);

typedef struct {
  WbListAsk *ask;
  WbListData *old;
  WbListParts parts;
} Read;

static void
read_free (gpointer data)
{
  Read *read = data;

  wb_list_ask_unref (read->ask);
  g_clear_pointer (&read->old, wb_list_data_unref);
  g_free (read);
}

/* Pages of a whole table, and what was sorted: some MB that nobody reads again soon. Not after each filter that is
 * typed: the main thread waits for memory while this goes on. */
static void
give_back (sqlite3 *db)
{
  sqlite3_db_release_memory (db);
#ifdef __GLIBC__
  malloc_trim (0);
#endif
}

static gpointer
read_job (sqlite3 *db, gpointer data, GError **error)
{
  Read *read = data;
  WbListData *made = wb_list_data_new (db, read->ask, read->old, read->parts, error);

  if (read->parts & (WB_LIST_BASE | WB_LIST_TEXT))
    give_back (db);
  return made;
}

static void
took (WbListModel *self)
{
  gint64 now = g_get_monotonic_time ();

  g_clear_pointer (&self->asking, wb_list_ask_unref);
  self->rest_until = now + REST * (now - self->began);
}

/* All rows, after those that a person sees first: with a priority below that of drawing them. */
static gboolean
read_rest (gpointer user_data)
{
  WbListModel *self = user_data;

  self->rest_id = 0;
  if (self->parts != 0)
    read_parts (self);
  return G_SOURCE_REMOVE;
}

static void
read_more (WbListModel *self)
{
  if (self->parts != WB_LIST_BASE || self->data == NULL || !self->data->base->partial)
    read_parts (self);
  else if (self->rest_id == 0)
    self->rest_id = g_idle_add (read_rest, self);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbListModel) self = user_data;
  g_autoptr (GError) error = NULL;
  WbListData *data = wb_database_run_finish (result, &error);

  took (self);
  if (self->profile == NULL)
    g_clear_pointer (&data, wb_list_data_unref);
  else if (data != NULL)
    {
      g_clear_pointer (&self->data, wb_list_data_unref);
      self->data = data;
      self->parts |= data->base->partial ? WB_LIST_BASE : 0;
      /* A search that began meanwhile found a text there, which rows read anew do not have. */
      self->parts |= self->words != NULL && data->text == NULL ? WB_LIST_TEXT : 0;
      wb_list_model_scan (self);
    }
  else if (self->parts == 0)
    g_message ("a list could not be read: %s", error->message);
  if (self->parts != 0)
    read_more (self);
  if (self->profile != NULL)
    wb_list_model_set_loading (self, self->asking != NULL || self->scan != NULL || self->rest_id != 0);
}

static WbListParts
parts_to_read (WbListModel *self)
{
  WbListParts parts = self->parts;
  gboolean searched = self->words != NULL || self->prepared;
  gboolean plain = !searched && self->filters->len == 0 && self->sort == NULL
                   && wb_list_model_find_chip (self, self->chip) < 0;

  if (self->data == NULL)
    parts |= WB_LIST_BASE;
  /* The first rows of the list are none of what a search or a filter would find. */
  if (!plain)
    parts &= ~WB_LIST_FIRST;
  if (searched && (parts & WB_LIST_BASE || self->data->text == NULL))
    parts |= WB_LIST_TEXT;
  return parts;
}

static void
read_parts (WbListModel *self)
{
  WbDatabase *db;
  Read *read;

  if (self->asking != NULL || self->profile == NULL)
    return;
  g_clear_handle_id (&self->rest_id, g_source_remove);
  wb_list_model_set_loading (self, TRUE);
  read = g_new0 (Read, 1);
  read->ask = wb_list_ask_new (self->query, self->customer, self->sort, self->descending, self->filters);
  read->old = self->data != NULL ? g_atomic_rc_box_acquire (self->data) : NULL;
  read->parts = self->asked_parts = parts_to_read (self);
  self->parts = 0;
  self->asking = g_atomic_rc_box_acquire (read->ask);
  self->began = g_get_monotonic_time ();
  /* The first rows do not wait until another list has been read whole. */
  db = self->asked_parts & WB_LIST_FIRST ? wb_profile_get_reader (self->profile) : wb_profile_get_lists (self->profile);
  wb_database_run_async (db, read_job, read, read_free, (GDestroyNotify) wb_list_data_unref,
                         self->cancellable, read_cb, g_object_ref (self));
}

void
wb_list_model_need (WbListModel *self, WbListParts parts)
{
  if (self->profile == NULL)
    return;
  self->parts |= parts;
  wb_list_model_set_loading (self, TRUE);
  if (self->asking != NULL)
    {
      self->parts |= self->asked_parts;
      g_atomic_int_set (&self->asking->stale, 1);
    }
  read_parts (self);
}

static gboolean
settled (gpointer user_data)
{
  WbListModel *self = user_data;
  gint64 rest = self->rest_until - g_get_monotonic_time ();

  self->settle_id = 0;
  if (rest > 0 || self->asking != NULL)
    {
      /* What is on the screen is fresh at any rate. */
      wb_list_model_refill (self);
      self->settle_id = g_timeout_add ((guint) (MAX (rest, 0) / 1000) + SETTLE_MS, settled, self);
    }
  else
    {
      self->parts |= WB_LIST_BASE;
      read_parts (self);
    }
  return G_SOURCE_REMOVE;
}

void
wb_list_model_note_changed (WbListModel *self)
{
  if (self->settle_id == 0)
    self->settle_id = g_timeout_add (SETTLE_MS, settled, self);
}

void
wb_list_model_need_text (WbListModel *self)
{
  gboolean there = self->data != NULL && self->data->text != NULL;

  if (!there && !(self->asking != NULL && self->asked_parts & WB_LIST_TEXT))
    wb_list_model_need (self, WB_LIST_TEXT);
}

void
wb_list_model_stop (WbListModel *self)
{
  g_cancellable_cancel (self->cancellable);
  if (self->asking != NULL)
    g_atomic_int_set (&self->asking->stale, 1);
  g_clear_pointer (&self->scan, wb_list_scan_stop);
  g_clear_handle_id (&self->settle_id, g_source_remove);
  g_clear_handle_id (&self->rest_id, g_source_remove);
}
