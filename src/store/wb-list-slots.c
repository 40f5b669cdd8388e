// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-list-pager-private.h"

/* Questions under way, from which on those are looked for that nobody needs any more. */
#define MANY_ASKED 8

/* Instead of a number: the row has it. */
#define TAKEN (-2)

static void take_late (WbListStretch *stretch, gpointer owner);

void
wb_list_slots_init (WbListSlots *self, const WbListQuery *query, WbListPager *pager, WbListNumber number,
                    gpointer owner)
{
  self->query = query;
  self->pager = pager != NULL ? g_atomic_rc_box_acquire (pager) : NULL;
  self->number = number;
  self->owner = owner;
  self->asked = g_hash_table_new (NULL, NULL);
  wb_list_kept_init (&self->kept);
}

static void
forget_asked (WbListSlots *self)
{
  if (self->pager != NULL)
    wb_list_pager_forget (self->pager, self);
  g_hash_table_remove_all (self->asked);
}

void
wb_list_slots_stop (WbListSlots *self)
{
  if (self->pager == NULL)
    return;
  forget_asked (self);
  g_clear_pointer (&self->pager, wb_list_pager_unref);
}

void
wb_list_slots_clear (WbListSlots *self)
{
  wb_list_slots_stop (self);
  g_clear_pointer (&self->asked, g_hash_table_unref);
  wb_list_kept_clear (&self->kept);
}

/* Asking */

static gboolean
is_needed (WbListSlots *self, const WbListStretch *stretch)
{
  for (guint i = 0; i < stretch->n; i++)
    {
      WbRow *row = wb_list_kept_peek (&self->kept, stretch->first + i);

      if (row != NULL && wb_list_kept_is_bound (row))
        return TRUE;
    }
  return FALSE;
}

/* A quick scroll passes over more than can be read: what left the screen meanwhile is not read. */
static void
drop_passed (WbListSlots *self)
{
  GHashTableIter iter;
  gpointer stretch;

  if (g_hash_table_size (self->asked) < MANY_ASKED)
    return;
  g_hash_table_iter_init (&iter, self->asked);
  while (g_hash_table_iter_next (&iter, NULL, &stretch))
    if (!is_needed (self, stretch))
      {
        g_hash_table_iter_remove (&iter);
        wb_list_pager_drop (self->pager, stretch);
      }
}

static WbListStretch *
ask (WbListSlots *self, guint page)
{
  WbListStretch *stretch = g_new0 (WbListStretch, 1);
  gint64 rid;

  stretch->query = self->query;
  stretch->owner = self;
  stretch->take = take_late;
  stretch->first = page * WB_LIST_PAGE;
  while (stretch->n < WB_LIST_PAGE && (rid = self->number (self->owner, stretch->first + stretch->n)) >= 0)
    stretch->rids[stretch->n++] = rid;
  g_hash_table_insert (self->asked, GUINT_TO_POINTER (page), stretch);
  wb_list_pager_ask (self->pager, stretch);
  return stretch;
}

static WbListStretch *
ask_for (WbListSlots *self, guint position)
{
  guint page = position / WB_LIST_PAGE;
  WbListStretch *asked = g_hash_table_lookup (self->asked, GUINT_TO_POINTER (page));

  /* A list that has grown since has further rows in its last stretch. */
  if (asked != NULL && position < asked->first + asked->n)
    return asked;
  drop_passed (self);
  return ask (self, page);
}

/* Answers */

static void
fill (WbListSlots *self, WbListStretch *stretch, guint i)
{
  WbRow *row = wb_list_kept_peek (&self->kept, stretch->first + i);

  if (row == NULL && stretch->rows[i] != NULL)
    wb_list_kept_put (&self->kept, stretch->first + i, row = wb_row_new (self->query));
  if (row == NULL)
    return;
  g_object_ref (row);
  if (stretch->rows[i] != NULL)
    wb_row_fill (row, stretch->rids[i], g_steal_pointer (&stretch->rows[i]));
  else
    wb_row_clear (row, stretch->rids[i]); /* gone: the next reading of the list takes it away */
  stretch->rids[i] = TAKEN;
  g_object_unref (row);
}

/* Whether row @i may be filled while a view lays itself out: that is not the time for what it shows to change. */
static gboolean
is_new (WbListSlots *self, const WbListStretch *stretch, guint i)
{
  WbRow *row = wb_list_kept_peek (&self->kept, stretch->first + i);

  return row == NULL || !wb_list_kept_is_bound (row) || wb_row_is_placeholder (row);
}

/* Returns: whether anything was left for later */
static gboolean
take (WbListSlots *self, WbListStretch *stretch, gboolean only_new)
{
  gpointer page = GUINT_TO_POINTER (stretch->first / WB_LIST_PAGE);
  g_autoptr (GObject) list = g_object_ref (self->owner);
  gboolean left = FALSE;

  if (g_hash_table_lookup (self->asked, page) == stretch)
    g_hash_table_remove (self->asked, page);
  /* What stands elsewhere by now is asked for there. */
  for (guint i = 0; i < stretch->n; i++)
    if (self->number (self->owner, stretch->first + i) != stretch->rids[i])
      continue;
    else if (only_new && !is_new (self, stretch, i))
      left = TRUE;
    else
      fill (self, stretch, i);
  return left;
}

static void
take_late (WbListStretch *stretch, gpointer owner)
{
  take (owner, stretch, FALSE);
}

/* FALSE when it is late. */
static gboolean
wait (WbListSlots *self, WbListStretch *stretch, gboolean only_new)
{
  if (wb_list_pager_wait (self->pager, stretch) == NULL)
    return FALSE;
  if (take (self, stretch, only_new) && self->pager != NULL)
    wb_list_pager_put_back (self->pager, stretch);
  else
    wb_list_stretch_free (stretch);
  return TRUE;
}

WbRow *
wb_list_slots_get (WbListSlots *self, guint position)
{
  WbRow *row = wb_list_kept_get (&self->kept, position);
  WbListStretch *stretch;

  if (row == NULL)
    {
      row = wb_row_new (self->query);
      wb_row_clear (row, self->number (self->owner, position));
      wb_list_kept_put (&self->kept, position, row);
    }
  g_object_ref (row);
  stretch = self->pager != NULL && wb_row_is_placeholder (row) ? ask_for (self, position) : NULL;
  if (stretch != NULL)
    wait (self, stretch, TRUE);
  return row;
}

/* Rows that have become others: empty while it is not known what they are. */
static void
clear_others (WbListSlots *self, guint first)
{
  for (guint position = first; position < first + WB_LIST_PAGE; position++)
    {
      WbRow *row = wb_list_kept_peek (&self->kept, position);
      gint64 rid = row != NULL ? self->number (self->owner, position) : -1;

      if (rid >= 0 && wb_row_get_rowid (row) != rid)
        wb_row_clear (row, rid);
    }
}

/* The upper ones last: they are answered first. */
static void
ask_all (WbListSlots *self, const GArray *bound)
{
  for (guint i = bound->len; i > 0; i--)
    {
      guint position = g_array_index (bound, guint, i - 1);

      if (self->number (self->owner, position) >= 0)
        ask_for (self, position);
    }
}

void
wb_list_slots_refill (WbListSlots *self)
{
  g_autoptr (GArray) bound = wb_list_kept_sift (&self->kept);
  g_autoptr (GObject) list = g_object_ref (self->owner);

  if (self->pager == NULL)
    return;
  forget_asked (self);
  ask_all (self, bound);
  for (guint i = 0; i < bound->len; i++)
    {
      guint position = g_array_index (bound, guint, i), page = position / WB_LIST_PAGE;
      WbRow *row = wb_list_kept_peek (&self->kept, position);
      WbListStretch *stretch = g_hash_table_lookup (self->asked, GUINT_TO_POINTER (page));

      /* The same row shows what it has meanwhile; another one must not. */
      if (stretch == NULL || row == NULL || wb_row_get_rowid (row) == self->number (self->owner, position))
        continue;
      if (!wait (self, stretch, FALSE))
        clear_others (self, page * WB_LIST_PAGE);
    }
}

void
wb_list_slots_drop_further (WbListSlots *self)
{
  forget_asked (self);
  wb_list_kept_drop_further (&self->kept);
}

void
wb_list_slots_move (WbListSlots *self, const WbListStep *step)
{
  forget_asked (self);
  wb_list_kept_move (&self->kept, step);
}
