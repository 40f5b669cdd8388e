// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-list-private.h"

/* What differs between two readings of the same question, as a view can follow it: rows that stay keep their
 * widgets, and with them place and focus. What is alike at both ends is not looked at twice. */

/* Each step moves the numbers behind it, of which there may be a million. */
#define MOST_STEPS 16
/* Rows that changed places: beyond it is another order, where nothing has a place to keep. */
#define MOST_MOVES 64

typedef struct {
  const gint64 *ids;
  guint n;
  GHashTable *places; /* id → place + 1 */
  gboolean *moved;    /* told at its other place already */
  guint n_moved;
} Side;

static void
side_open (Side *self, const GArray *ids, guint from, guint n)
{
  self->ids = &g_array_index (ids, gint64, from);
  self->n = n;
  self->places = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->moved = g_new0 (gboolean, n);
  for (guint i = 0; i < n; i++)
    g_hash_table_insert (self->places, (gpointer) &self->ids[i], GUINT_TO_POINTER (i + 1));
}

static void
side_close (Side *self)
{
  g_hash_table_unref (self->places);
  g_free (self->moved);
}

/* Its place + 1, 0 when it is not there. */
static guint
place_of (Side *self, gint64 id)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->places, &id));
}

/* Whether the next row of @old leaves (else the next of @now comes). Of two that changed places, the one that
 * went further is what moved. */
static gboolean
leaves (Side *old, guint i, Side *now, guint j)
{
  guint to, from;

  if (i >= old->n || j >= now->n)
    return i < old->n;
  to = place_of (now, old->ids[i]);
  from = place_of (old, now->ids[j]);
  if (old->moved[i] || to == 0)
    return TRUE;
  if (now->moved[j] || from == 0)
    return FALSE;
  if (to - j > from - i)
    {
      now->moved[to - 1] = TRUE;
      now->n_moved++;
      return TRUE;
    }
  old->moved[from - 1] = TRUE;
  old->n_moved++;
  return FALSE;
}

static void
compare (Side *old, Side *now, guint first, WbListDiff *diff)
{
  WbListStep step = { first, 0, 0 };
  guint i = 0, j = 0;

  while (i < old->n || j < now->n)
    if (i < old->n && j < now->n && old->ids[i] == now->ids[j] && !old->moved[i])
      {
        if (step.removed + step.added > 0)
          g_array_append_val (diff->steps, step);
        i++, j++;
        step = (WbListStep) { first + j, 0, 0 };
      }
    else if (leaves (old, i, now, j))
      step.removed++, i++;
    else
      {
        guint position = first + j;

        if (place_of (old, now->ids[j]) == 0)
          g_array_append_val (diff->arrived, position);
        step.added++, j++;
      }
  if (step.removed + step.added > 0)
    g_array_append_val (diff->steps, step);
}

void
wb_list_diff_free (WbListDiff *self)
{
  g_array_unref (self->steps);
  g_array_unref (self->arrived);
  g_free (self);
}

WbListDiff *
wb_list_diff_new (const GArray *old, const GArray *now)
{
  WbListDiff *self;
  guint most = MIN (old->len, now->len), first = 0, last = 0;
  gboolean many;
  Side before = { 0 }, after = { 0 };

  while (first < most && g_array_index (old, gint64, first) == g_array_index (now, gint64, first))
    first++;
  while (last < most - first
         && g_array_index (old, gint64, old->len - 1 - last) == g_array_index (now, gint64, now->len - 1 - last))
    last++;
  if (MAX (old->len, now->len) - first - last > WB_LIST_DIFF_MOST)
    return NULL;
  self = g_new0 (WbListDiff, 1);
  self->steps = g_array_new (FALSE, FALSE, sizeof (WbListStep));
  self->arrived = g_array_new (FALSE, FALSE, sizeof (guint));
  side_open (&before, old, first, old->len - first - last);
  side_open (&after, now, first, now->len - first - last);
  compare (&before, &after, first, self);
  many = self->steps->len > MOST_STEPS || before.n_moved + after.n_moved > MOST_MOVES;
  side_close (&before);
  side_close (&after);
  if (many)
    g_clear_pointer (&self, wb_list_diff_free);
  return self;
}
