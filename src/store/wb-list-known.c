// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-list-base-private.h"

/* Answers of a moment ago: a letter that is taken back leads to one of them. */

#define MOST 12
#define MOST_ROWS 1000000 /* of all of them; 4 bytes each */

typedef struct {
  WbListWords *words;
  WbListResult *result;
} Known;

static void
known_free (gpointer data)
{
  Known *self = data;

  wb_list_words_free (self->words);
  wb_list_result_unref (self->result);
  g_free (self);
}

void
wb_list_known_clear (GQueue *known)
{
  g_queue_clear_full (known, known_free);
}

static gboolean
are_equal (const WbListWords *a, const WbListWords *b)
{
  return g_strv_equal ((const char *const *) a->with, (const char *const *) b->with)
         && g_strv_equal ((const char *const *) a->without, (const char *const *) b->without);
}

/* Of the last ones, as many as there is room for. */
static void
trim (GQueue *known)
{
  guint n = 0;
  gint64 rows = 0;
  GList *link = known->head;

  for (; link != NULL && n < MOST; link = link->next, n++)
    {
      const WbListResult *result = ((Known *) link->data)->result;

      rows += result->order != NULL ? 0 : result->n;
      if (rows > MOST_ROWS)
        break;
    }
  while (known->length > n)
    known_free (g_queue_pop_tail (known));
}

void
wb_list_known_put (GQueue *known, const WbListWords *words, WbListResult *result)
{
  Known *last = known->head != NULL ? known->head->data : NULL, *now;

  if (last != NULL && last->result->base != result->base)
    wb_list_known_clear (known);
  for (GList *link = known->head; link != NULL; link = link->next)
    if (((Known *) link->data)->result == result)
      {
        g_queue_unlink (known, link);
        g_queue_push_head_link (known, link);
        return;
      }
  now = g_new (Known, 1);
  *now = (Known) { wb_list_words_copy (words), g_atomic_rc_box_acquire (result) };
  g_queue_push_head (known, now);
  trim (known);
}

WbListResult *
wb_list_known_get (GQueue *known, const WbListScan *scan)
{
  for (GList *link = known->head; link != NULL && scan->words != NULL; link = link->next)
    {
      Known *each = link->data;

      if (are_equal (each->words, scan->words) && wb_list_scan_is_like (scan, each->result))
        return g_atomic_rc_box_acquire (each->result);
    }
  return NULL;
}
