// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-picture-groups-private.h"

/* Selection over all groups is a set of keys; the cursor is a key too, and the focus follows it. */

static WbPictureItem *
item_at (WbPictureGroups *self, guint i)
{
  return self->items->pdata[i];
}

static int
index_of (WbPictureGroups *self, const char *key)
{
  for (guint i = 0; key != NULL && self->items != NULL && i < self->items->len; i++)
    if (g_str_equal (item_at (self, i)->key, key))
      return i;
  return -1;
}

static void
set_key (char **place, const char *key)
{
  char *copy = g_strdup (key);

  g_free (*place);
  *place = copy;
}

void
wb_picture_groups_show_selection (WbPictureGroups *self)
{
  GHashTableIter iter;
  gpointer key, tile;

  g_hash_table_iter_init (&iter, self->tiles);
  while (g_hash_table_iter_next (&iter, &key, &tile))
    if (wb_picture_tile_get_selected (tile) != g_hash_table_contains (self->selected, key))
      wb_picture_tile_set_selected (tile, !wb_picture_tile_get_selected (tile));
  g_signal_emit (self, wb_picture_groups_signals[WB_GROUPS_SELECTION_CHANGED], 0);
}

/* What went out of the draft, or out of sight by a chip, is selected no longer. */
void
wb_picture_groups_prune_selection (WbPictureGroups *self)
{
  GHashTableIter iter;
  gpointer key;
  gboolean pruned = FALSE;

  g_hash_table_iter_init (&iter, self->selected);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      int at = index_of (self, key);

      if (at >= 0 && wb_picture_groups_shows (self, item_at (self, at)))
        continue;
      g_hash_table_iter_remove (&iter);
      pruned = TRUE;
    }
  if (self->taken != NULL && index_of (self, self->taken) < 0)
    g_clear_pointer (&self->taken, g_free);
  if (pruned)
    wb_picture_groups_show_selection (self);
}

void
wb_picture_groups_select_only (WbPictureGroups *self, const char *key)
{
  g_autofree char *held = g_strdup (key);

  g_hash_table_remove_all (self->selected);
  if (held != NULL)
    g_hash_table_add (self->selected, g_strdup (held));
  set_key (&self->anchor, held);
  wb_picture_groups_show_selection (self);
}

void
wb_picture_groups_toggle (WbPictureGroups *self, const char *key)
{
  if (!g_hash_table_remove (self->selected, key))
    g_hash_table_add (self->selected, g_strdup (key));
  set_key (&self->anchor, key);
  wb_picture_groups_show_selection (self);
}

void
wb_picture_groups_extend (WbPictureGroups *self, const char *key)
{
  int from = index_of (self, self->anchor), to = index_of (self, key);

  if (from < 0)
    {
      wb_picture_groups_select_only (self, key);
      return;
    }
  g_hash_table_remove_all (self->selected);
  for (int i = MIN (from, to); i <= MAX (from, to); i++)
    if (wb_picture_groups_shows (self, item_at (self, i)))
      g_hash_table_add (self->selected, g_strdup (item_at (self, i)->key));
  wb_picture_groups_show_selection (self);
}

void
wb_picture_groups_select_all (WbPictureGroups *self, gboolean all)
{
  g_hash_table_remove_all (self->selected);
  for (guint i = 0; all && i < self->items->len; i++)
    if (wb_picture_groups_shows (self, item_at (self, i)))
      g_hash_table_add (self->selected, g_strdup (item_at (self, i)->key));
  wb_picture_groups_show_selection (self);
}

GPtrArray *
wb_picture_groups_dup_selected (WbPictureGroups *self)
{
  GPtrArray *selected = g_ptr_array_new ();

  for (guint i = 0; self->items != NULL && i < self->items->len; i++)
    if (g_hash_table_contains (self->selected, item_at (self, i)->key))
      g_ptr_array_add (selected, item_at (self, i));
  return selected;
}

WbPictureTile *
wb_picture_groups_get_current (WbPictureGroups *self)
{
  return wb_picture_groups_find (self, self->current);
}

const char *
wb_picture_groups_get_taken (WbPictureGroups *self)
{
  return self->taken;
}

void
wb_picture_groups_set_taken (WbPictureGroups *self, const char *key)
{
  WbPictureTile *before = wb_picture_groups_find (self, self->taken), *now = wb_picture_groups_find (self, key);

  if (before != NULL)
    wb_picture_tile_set_taken (before, FALSE);
  if (now != NULL)
    wb_picture_tile_set_taken (now, TRUE);
  set_key (&self->taken, key);
}

/* Focus */

gboolean
wb_picture_groups_has_focus (WbPictureGroups *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_get_mapped (focus) && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
}

void
wb_picture_groups_set_menu_tile (WbPictureGroups *self, WbPictureTile *tile)
{
  if (self->menu_tile == tile)
    return;
  if (self->menu_tile != NULL)
    wb_picture_tile_show_menu (self->menu_tile, FALSE);
  self->menu_tile = tile;
  if (tile != NULL)
    wb_picture_tile_show_menu (tile, TRUE);
}

void
wb_picture_groups_follow_focus (WbPictureGroups *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  WbPictureTile *tile;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    return;
  tile = wb_picture_groups_tile_of (focus);
  if (tile == NULL)
    return;
  set_key (&self->current, wb_picture_tile_get_item (tile)->key);
  wb_picture_groups_set_menu_tile (self, tile);
}

static GtkWidget *
stop_of (WbPictureGroups *self, guint i)
{
  WbPictureTile *tile = wb_picture_groups_find (self, item_at (self, i)->key);

  return tile != NULL && gtk_widget_get_mapped (GTK_WIDGET (tile)) ? GTK_WIDGET (tile) : NULL;
}

/* The tile with the cursor; when it has gone, what stands there now. */
gboolean
wb_picture_groups_focus_current (WbPictureGroups *self)
{
  int at = MAX (index_of (self, self->current), 0);
  guint n = self->items != NULL ? self->items->len : 0;

  for (guint i = at; i < n; i++)
    if (stop_of (self, i) != NULL)
      return gtk_widget_grab_focus (stop_of (self, i));
  for (int i = at - 1; i >= 0; i--)
    if (stop_of (self, i) != NULL)
      return gtk_widget_grab_focus (stop_of (self, i));
  for (guint i = 0; i < self->groups->len; i++)
    {
      WbPictureGroup *group = self->groups->pdata[i];

      if (group->header != NULL && gtk_widget_get_mapped (group->header))
        return gtk_widget_grab_focus (group->header);
    }
  return FALSE;
}

gboolean
wb_picture_groups_show_row (WbPictureGroups *self, guint row)
{
  WbPictureItem *item = wb_picture_items_find_row (self->items, row);
  WbPictureTile *tile;

  if (item == NULL)
    return FALSE;
  for (guint i = 0; i < self->groups->len; i++)
    if (g_ptr_array_find (((WbPictureGroup *) self->groups->pdata[i])->items, item, NULL))
      wb_picture_groups_fold (self, self->groups->pdata[i], FALSE);
  wb_picture_groups_select_only (self, item->key);
  set_key (&self->current, item->key);
  tile = wb_picture_groups_find (self, item->key);
  return tile != NULL && gtk_widget_grab_focus (GTK_WIDGET (tile));
}
