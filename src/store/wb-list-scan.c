// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-list-base-private.h"

#include <string.h>

/* Questions to what a list has in memory. A screen full of rows is told as soon as it is found. */

/* How long the first rows are looked for one by one, in the list's order, before all are looked through; by the thread
 * that asks, and by one of ours. */
#define AT_ONCE_US 700
#define FIRST_US 5000
/* So few are looked through at once. */
#define FEW 4096
/* Rows that no screen has room for: where they were found in time, the rest of WB_LIST_HEAD can wait. */
#define SCREEN 96
/* Two: the one that is stale looks up now and then only. */
#define THREADS 2

/* Results */

static void
result_clear (gpointer data)
{
  WbListResult *self = data;

  if (self->order != NULL)
    wb_list_order_unref (self->order);
  else
    g_free (self->places);
  wb_list_base_unref (self->base);
  g_clear_pointer (&self->by, wb_list_order_unref);
  g_clear_pointer (&self->filters, g_ptr_array_unref);
  g_free (self->counts);
  g_free (self->hits);
}

void
wb_list_result_unref (WbListResult *self)
{
  g_atomic_rc_box_release_full (self, result_clear);
}

static WbListResult *
result_new (const WbListScan *scan)
{
  WbListResult *self = g_atomic_rc_box_new0 (WbListResult);

  self->base = g_atomic_rc_box_acquire (scan->data->base);
  self->by = g_atomic_rc_box_acquire (scan->data->order);
  self->filters = g_ptr_array_ref (scan->data->filters);
  self->chip = scan->chip;
  return self;
}

gboolean
wb_list_scan_is_like (const WbListScan *self, const WbListResult *result)
{
  return !result->first && result->base == self->data->base && result->by == self->data->order
         && result->filters == self->data->filters && result->chip == self->chip;
}

static void
show_whole (WbListResult *self, WbListOrder *order)
{
  self->order = g_atomic_rc_box_acquire (order);
  self->places = order->places;
  self->n = order->n_rows;
}

/* Those of @places, which are in the list's order, that have their bit. */
static void
show_some (WbListResult *self, const guint32 *places, guint n, const WbBits *bits)
{
  self->places = g_new (guint32, MAX (wb_bits_count (bits, self->base->n_rows), 1));
  for (guint i = 0; i < n; i++)
    if (wb_bits_get (bits, places[i]))
      self->places[self->n++] = places[i];
}

gint64
wb_list_result_find (const WbListResult *self, gint64 rid)
{
  gint64 place = wb_list_base_find (self->base, rid);

  for (guint i = 0; place >= 0 && i < self->n; i++)
    if (self->places[i] == (guint32) place)
      return i;
  return -1;
}

/* Alike at both ends is most of it. */
static void
find_ends (const WbListResult *a, const WbListResult *b, guint *first, guint *last)
{
  guint most = MIN (a->n, b->n);

  *first = *last = 0;
  while (*first < most && wb_list_result_rid (a, *first) == wb_list_result_rid (b, *first))
    ++*first;
  while (*last < most - *first && wb_list_result_rid (a, a->n - 1 - *last) == wb_list_result_rid (b, b->n - 1 - *last))
    ++*last;
}

static GArray *
middle_of (const WbListResult *self, guint first, guint last)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = first; i < self->n - last; i++)
    {
      gint64 rid = wb_list_result_rid (self, i);

      g_array_append_val (ids, rid);
    }
  return ids;
}

WbListDiff *
wb_list_result_diff (const WbListResult *old, const WbListResult *now)
{
  guint first, last;
  g_autoptr (GArray) before = NULL, after = NULL;
  WbListDiff *diff;

  find_ends (old, now, &first, &last);
  if (MAX (old->n, now->n) - first - last > WB_LIST_DIFF_MOST)
    return NULL;
  before = middle_of (old, first, last);
  after = middle_of (now, first, last);
  diff = wb_list_diff_new (before, after);
  for (guint i = 0; diff != NULL && i < diff->steps->len; i++)
    g_array_index (diff->steps, WbListStep, i).position += first;
  for (guint i = 0; diff != NULL && i < diff->arrived->len; i++)
    g_array_index (diff->arrived, guint, i) += first;
  return diff;
}

/* Words */

static gboolean
is_part_of_any (const char *word, char **words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (words[i], word) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
has_part_of (const char *word, char **words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (word, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

gboolean
wb_list_words_narrow (const WbListWords *before, const WbListWords *now)
{
  for (guint i = 0; before->with[i] != NULL; i++)
    if (!is_part_of_any (before->with[i], now->with))
      return FALSE;
  for (guint i = 0; before->without[i] != NULL; i++)
    if (!has_part_of (before->without[i], now->without))
      return FALSE;
  return TRUE;
}

/* Telling */

typedef struct {
  WbListScan *scan;
  WbListResult *result;
  WbListDiff *diff;
} Told;

static void
told_free (gpointer data)
{
  Told *told = data;

  wb_list_scan_unref (told->scan);
  wb_list_result_unref (told->result);
  g_clear_pointer (&told->diff, wb_list_diff_free);
  g_free (told);
}

static gboolean
tell_now (gpointer data)
{
  Told *told = data;

  if (!g_atomic_int_get (&told->scan->stale))
    told->scan->scanned (told->scan, told->result, told->diff, told->scan->user_data);
  return G_SOURCE_REMOVE;
}

/* Takes over @result and @diff. */
static void
tell (WbListScan *self, WbListResult *result, WbListDiff *diff)
{
  Told *told = g_new (Told, 1);
  GSource *source = g_idle_source_new ();

  *told = (Told) { g_atomic_rc_box_acquire (self), result, diff };
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, tell_now, told, told_free);
  g_source_attach (source, self->context);
  g_source_unref (source);
}

/* Scanning */

static gboolean
passes (const WbListScan *self, guint row)
{
  const GPtrArray *filters = self->data->filters;

  if (self->chip >= 0 && !wb_bits_get (self->data->base->chips[self->chip], row))
    return FALSE;
  for (guint i = 0; i < filters->len; i++)
    if (!wb_bits_get (filters->pdata[i], row))
      return FALSE;
  return self->words == NULL || wb_list_text_matches (self->data->text, row, self->words);
}

/* What is shown can only become less. */
static gboolean
is_narrower (const WbListScan *self)
{
  return self->narrowed != NULL && self->was != NULL && wb_list_scan_is_like (self, self->was);
}

/* @places: in the list's order */
static void
look_through (WbListScan *self, const guint32 *places, guint n, gint64 until, WbListResult *result)
{
  for (guint i = 0; i < n && result->n < WB_LIST_HEAD; i++)
    {
      if (passes (self, places[i]))
        result->places[result->n++] = places[i];
      if (i % 256 == 255 && (g_get_monotonic_time () > until || g_atomic_int_get (&self->stale)))
        break;
    }
}

/* A screen full, where enough of the rows match: found long before all are looked through. */
static void
scan_first (WbListScan *self, gint64 us)
{
  const WbListOrder *order = self->data->order;
  gint64 until = g_get_monotonic_time () + us;
  WbListResult *result;

  if (self->words == NULL || order->n_rows < FEW || self->same || self->told_first)
    return;
  result = result_new (self);
  result->places = g_new (guint32, WB_LIST_HEAD);
  result->first = TRUE;
  if (is_narrower (self))
    look_through (self, self->was->places, self->was->n, until, result);
  else
    look_through (self, order->places, order->n_rows, until, result);
  self->told_first = result->n >= SCREEN;
  if (self->told_first)
    tell (self, result, NULL);
  else
    wb_list_result_unref (result);
}

static void
count_chips (const WbListData *data, const WbBits *bits, WbListResult *result)
{
  result->counts = g_new (gint64, MAX (data->base->n_chips, 1));
  for (guint i = 0; i < data->base->n_chips; i++)
    result->counts[i] = wb_bits_count_both (bits, data->base->chips[i], data->base->n_rows);
}

/* Bits of all rows that the question holds, but for the chip. */
static WbBits *
scan_words (WbListScan *self, WbListResult *result)
{
  guint n = self->data->base->n_rows;
  WbBits *bits = self->narrowed != NULL ? g_memdup2 (self->narrowed, (WB_BITS_WORDS (n) + 1) * sizeof (WbBits))
                                        : wb_bits_new (n, TRUE);

  if (self->words != NULL && !wb_list_text_filter (self->data->text, self->words, bits, &self->stale))
    {
      g_free (bits);
      return NULL;
    }
  if (self->words != NULL)
    result->hits = g_memdup2 (bits, (WB_BITS_WORDS (n) + 1) * sizeof (WbBits));
  for (guint i = 0; i < self->data->filters->len; i++)
    wb_bits_and (bits, self->data->filters->pdata[i], n);
  return bits;
}

static void
scan_all (WbListScan *self)
{
  const WbListData *data = self->data;
  WbListResult *result = result_new (self);
  g_autofree WbBits *bits = data->base->partial ? NULL : scan_words (self, result);
  WbListDiff *diff = NULL;

  if (bits != NULL)
    {
      count_chips (data, bits, result);
      if (self->chip >= 0)
        wb_bits_and (bits, data->base->chips[self->chip], data->base->n_rows);
    }
  if (g_atomic_int_get (&self->stale))
    {
      wb_list_result_unref (result);
      return;
    }
  result->first = data->base->partial;
  if (bits == NULL || wb_bits_count (bits, data->base->n_rows) == data->base->n_rows)
    show_whole (result, data->order);
  else if (is_narrower (self))
    show_some (result, self->was->places, self->was->n, bits);
  else
    show_some (result, data->order->places, data->order->n_rows, bits);
  if (self->same && self->was != NULL)
    diff = wb_list_result_diff (self->was, result);
  tell (self, result, diff);
}

static void
scan_run (gpointer data, gpointer user_data)
{
  WbListScan *self = data;

  if (!g_atomic_int_get (&self->stale))
    scan_first (self, FIRST_US);
  if (!g_atomic_int_get (&self->stale))
    scan_all (self);
  wb_list_scan_unref (self);
}

static void
scan_clear (gpointer data)
{
  WbListScan *self = data;

  wb_list_data_unref (self->data);
  g_clear_pointer (&self->words, wb_list_words_free);
  g_clear_pointer (&self->was, wb_list_result_unref);
  g_clear_pointer (&self->known, wb_list_result_unref);
  g_free (self->narrowed);
  g_main_context_unref (self->context);
}

void
wb_list_scan_unref (WbListScan *self)
{
  g_atomic_rc_box_release_full (self, scan_clear);
}

/* Returns: FALSE where more is to be looked for. */
static gboolean
answer_at_once (WbListScan *self)
{
  if (self->known != NULL)
    tell (self, g_atomic_rc_box_acquire (self->known), NULL);
  else if (self->data->base->partial || (is_narrower (self) && self->was->n <= FEW))
    scan_all (self);
  else
    {
      scan_first (self, AT_ONCE_US);
      return FALSE;
    }
  return TRUE;
}

void
wb_list_scan_start (WbListScan *self)
{
  static GThreadPool *pool;

  self->context = g_main_context_ref_thread_default ();
  if (answer_at_once (self))
    return;
  if (g_once_init_enter (&pool))
    g_once_init_leave (&pool, g_thread_pool_new (scan_run, NULL, THREADS, FALSE, NULL));
  g_thread_pool_push (pool, g_atomic_rc_box_acquire (self), NULL);
}

void
wb_list_scan_stop (WbListScan *self)
{
  g_atomic_int_set (&self->stale, 1);
  wb_list_scan_unref (self);
}
