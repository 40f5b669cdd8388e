// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-list-private.h"

/* The row objects of a list, by position. */

/* Rows further down, kept while they may be on the screen. */
#define CACHED 4096

typedef struct {
  GList link; /* in the queue, by use */
  guint position;
  WbRow *row;
} Place;

static void
place_free (gpointer data)
{
  Place *place = data;

  g_object_unref (place->row);
  g_free (place);
}

static GHashTable *
new_table (void)
{
  return g_hash_table_new_full (NULL, NULL, NULL, place_free);
}

void
wb_list_kept_init (WbListKept *self)
{
  self->further = new_table ();
  g_queue_init (&self->by_use);
}

void
wb_list_kept_clear (WbListKept *self)
{
  for (guint i = 0; i < WB_LIST_HEAD; i++)
    g_clear_object (&self->head[i]);
  g_queue_init (&self->by_use);
  g_clear_pointer (&self->further, g_hash_table_unref);
}

static Place *
find_place (WbListKept *self, guint position)
{
  return g_hash_table_lookup (self->further, GUINT_TO_POINTER (position));
}

WbRow *
wb_list_kept_peek (WbListKept *self, guint position)
{
  Place *place = position < WB_LIST_HEAD ? NULL : find_place (self, position);

  if (position < WB_LIST_HEAD)
    return self->head[position];
  return place != NULL ? place->row : NULL;
}

static void
move_to_front (WbListKept *self, Place *place)
{
  g_queue_unlink (&self->by_use, &place->link);
  g_queue_push_head_link (&self->by_use, &place->link);
}

WbRow *
wb_list_kept_get (WbListKept *self, guint position)
{
  if (position >= WB_LIST_HEAD && find_place (self, position) != NULL)
    move_to_front (self, find_place (self, position));
  return wb_list_kept_peek (self, position);
}

static void
drop_place (WbListKept *self, Place *place)
{
  g_queue_unlink (&self->by_use, &place->link);
  g_hash_table_remove (self->further, GUINT_TO_POINTER (place->position));
}

static void
put (WbListKept *self, guint position, WbRow *row)
{
  Place *place;

  if (position < WB_LIST_HEAD)
    {
      g_clear_object (&self->head[position]);
      self->head[position] = row;
      return;
    }
  if (find_place (self, position) != NULL)
    drop_place (self, find_place (self, position));
  place = g_new0 (Place, 1);
  place->link.data = place;
  place->position = position;
  place->row = row;
  g_hash_table_insert (self->further, GUINT_TO_POINTER (position), place);
  g_queue_push_head_link (&self->by_use, &place->link);
}

/* What nobody else holds is on no screen: it is read when it is asked for again. */
gboolean
wb_list_kept_is_bound (WbRow *row)
{
  return G_OBJECT (row)->ref_count > 1;
}

/* The one that was asked for the longest time ago goes; those on the screen stay. */
static void
make_room (WbListKept *self)
{
  for (guint n = self->by_use.length; n > 0 && self->by_use.length >= CACHED; n--)
    {
      Place *place = self->by_use.tail->data;

      if (wb_list_kept_is_bound (place->row))
        move_to_front (self, place);
      else
        drop_place (self, place);
    }
}

void
wb_list_kept_put (WbListKept *self, guint position, WbRow *row)
{
  if (position >= WB_LIST_HEAD)
    make_room (self);
  put (self, position, row);
}

static int
compare_positions (gconstpointer a, gconstpointer b)
{
  return *(const guint *) a < *(const guint *) b ? -1 : *(const guint *) a > *(const guint *) b;
}

GArray *
wb_list_kept_sift (WbListKept *self)
{
  GArray *bound = g_array_new (FALSE, FALSE, sizeof (guint));
  GList *next;

  for (guint i = 0; i < WB_LIST_HEAD; i++)
    if (self->head[i] != NULL && !wb_list_kept_is_bound (self->head[i]))
      g_clear_object (&self->head[i]);
    else if (self->head[i] != NULL)
      g_array_append_val (bound, i);
  for (GList *l = self->by_use.head; l != NULL; l = next)
    {
      Place *place = l->data;

      next = l->next;
      if (wb_list_kept_is_bound (place->row))
        g_array_append_val (bound, place->position);
      else
        drop_place (self, place);
    }
  g_array_sort (bound, compare_positions);
  return bound;
}

void
wb_list_kept_drop_further (WbListKept *self)
{
  g_queue_init (&self->by_use);
  g_hash_table_remove_all (self->further);
}

/* All that is bound, taken out, with its place in the queue. */
static GPtrArray *
take_out (WbListKept *self)
{
  g_autoptr (GArray) bound = wb_list_kept_sift (self);
  GPtrArray *places = g_ptr_array_new_with_free_func (place_free);

  for (guint i = 0; i < bound->len; i++)
    {
      Place *place = g_new0 (Place, 1);

      place->position = g_array_index (bound, guint, i);
      place->row = g_object_ref (wb_list_kept_peek (self, place->position));
      g_ptr_array_add (places, place);
    }
  for (guint i = 0; i < WB_LIST_HEAD; i++)
    g_clear_object (&self->head[i]);
  wb_list_kept_drop_further (self);
  return places;
}

void
wb_list_kept_move (WbListKept *self, const WbListStep *step)
{
  g_autoptr (GPtrArray) places = take_out (self);

  for (guint i = 0; i < places->len; i++)
    {
      Place *place = places->pdata[i];

      if (place->position >= step->position && place->position < step->position + step->removed)
        continue;
      if (place->position >= step->position)
        place->position += step->added - step->removed;
      put (self, place->position, g_object_ref (place->row));
    }
}
