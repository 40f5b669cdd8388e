// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-list-private.h"

/* The row objects of a list, by position. */

/* Rows further down, kept while they may be on the screen. */
#define CACHED 4096

static GHashTable *
new_table (void)
{
  return g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
}

void
wb_list_kept_init (WbListKept *self)
{
  self->further = new_table ();
}

void
wb_list_kept_clear (WbListKept *self)
{
  for (guint i = 0; i < WB_LIST_HEAD; i++)
    g_clear_object (&self->head[i]);
  g_clear_pointer (&self->further, g_hash_table_unref);
}

WbRow *
wb_list_kept_get (WbListKept *self, guint position)
{
  return position < WB_LIST_HEAD ? self->head[position] : g_hash_table_lookup (self->further, GUINT_TO_POINTER (position));
}

static void
put (WbListKept *self, guint position, WbRow *row)
{
  if (position < WB_LIST_HEAD)
    self->head[position] = row;
  else
    g_hash_table_insert (self->further, GUINT_TO_POINTER (position), row);
}

void
wb_list_kept_put (WbListKept *self, guint position, WbRow *row)
{
  if (position >= WB_LIST_HEAD && g_hash_table_size (self->further) >= CACHED)
    g_hash_table_remove_all (self->further);
  put (self, position, row);
}

/* What nobody else holds is on no screen: it is read when it is asked for again. */
static gboolean
is_bound (WbRow *row)
{
  return G_OBJECT (row)->ref_count > 1;
}

void
wb_list_kept_refill (WbListKept *self, WbListFill fill, gpointer user_data)
{
  GHashTableIter iter;
  gpointer position, row;

  for (guint i = 0; i < WB_LIST_HEAD; i++)
    if (self->head[i] != NULL && !is_bound (self->head[i]))
      g_clear_object (&self->head[i]);
    else if (self->head[i] != NULL)
      fill (self->head[i], i, user_data);
  g_hash_table_iter_init (&iter, self->further);
  while (g_hash_table_iter_next (&iter, &position, &row))
    if (!is_bound (row))
      g_hash_table_iter_remove (&iter);
    else
      fill (row, GPOINTER_TO_UINT (position), user_data);
}

void
wb_list_kept_drop_further (WbListKept *self)
{
  g_hash_table_remove_all (self->further);
}

void
wb_list_kept_move (WbListKept *self, const WbListStep *step)
{
  g_autoptr (GHashTable) old = g_steal_pointer (&self->further);
  GHashTableIter iter;
  gpointer key, row;

  self->further = new_table ();
  for (guint i = 0; i < WB_LIST_HEAD; i++)
    if (self->head[i] != NULL)
      g_hash_table_insert (old, GUINT_TO_POINTER (i), g_steal_pointer (&self->head[i]));
  g_hash_table_iter_init (&iter, old);
  while (g_hash_table_iter_next (&iter, &key, &row))
    {
      guint position = GPOINTER_TO_UINT (key);

      if (!is_bound (row) || (position >= step->position && position < step->position + step->removed))
        continue;
      if (position >= step->position)
        position += step->added - step->removed;
      put (self, position, g_object_ref (row));
    }
}
