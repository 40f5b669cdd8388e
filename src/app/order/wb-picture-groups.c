// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-picture-groups-private.h"

#include <glib/gi18n.h>

#include "wb-compat.h"
#include "wb-tile-grid.h"

/* How far beyond the view pictures are loaded, in heights of the view. */
#define AHEAD 0.5

guint wb_picture_groups_signals[WB_N_GROUPS_SIGNALS];

G_DEFINE_FINAL_TYPE (WbPictureGroups, wb_picture_groups, GTK_TYPE_WIDGET)

gboolean
wb_picture_groups_shows (WbPictureGroups *self, const WbPictureItem *item)
{
  return self->filter == WB_PICTURE_FILTER_ALL || (int) wb_tile_looks[item->state].chip == self->filter;
}

/* Pictures: only what is near the view holds any. */

static void
refresh_tile (WbPictureGroups *self, WbPictureTile *tile, gboolean near)
{
  const WbPictureItem *item = wb_picture_tile_get_item (tile);
  guint side = (guint) (self->side * gtk_widget_get_scale_factor (GTK_WIDGET (self)));
  g_autoptr (GdkTexture) first
      = near && item->file != 0 ? wb_preview_cache_dup (self->previews, item->file, side) : NULL;
  g_autoptr (GdkTexture) second
      = near && item->other != 0 ? wb_preview_cache_dup (self->previews, item->other, side) : NULL;

  wb_picture_tile_set_textures (tile, first, first != NULL ? second : NULL);
}

static void
refresh (WbPictureGroups *self)
{
  for (guint i = 0; i < self->groups->len; i++)
    {
      WbPictureGroup *group = self->groups->pdata[i];

      for (GtkWidget *tile = gtk_widget_get_first_child (group->grid); tile != NULL;
           tile = gtk_widget_get_next_sibling (tile))
        refresh_tile (self, WB_PICTURE_TILE (tile),
                      !group->folded && wb_tile_grid_is_near (WB_TILE_GRID (group->grid), tile, AHEAD));
    }
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  WbPictureGroups *self = WB_PICTURE_GROUPS (widget);

  refresh (self);
  if (--self->frames > 0)
    return G_SOURCE_CONTINUE;
  self->tick_id = 0;
  return G_SOURCE_REMOVE;
}

/* Before the next frame, and once more: what is new has its place after that one only. */
void
wb_picture_groups_refresh (WbPictureGroups *self)
{
  self->frames = 2;
  if (self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}

static void
on_scrolled (WbPictureGroups *self)
{
  for (guint i = 0; i < self->groups->len; i++)
    wb_tile_grid_scrolled (WB_TILE_GRID (((WbPictureGroup *) self->groups->pdata[i])->grid));
  wb_picture_groups_refresh (self);
}

static void
on_preview_ready (WbPreviewCache *previews, guint file, WbPictureGroups *self)
{
  if (wb_preview_cache_is_gone (previews, file))
    wb_picture_groups_update (self);
  wb_picture_groups_refresh (self);
}

/* Life */

static gboolean
wb_picture_groups_focus (GtkWidget *widget, GtkDirectionType direction)
{
  WbPictureGroups *self = WB_PICTURE_GROUPS (widget);

  /* One Tab stop: it leads to where the cursor was. */
  if (!wb_picture_groups_has_focus (self) && (direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD))
    return wb_picture_groups_focus_current (self);
  return GTK_WIDGET_CLASS (wb_picture_groups_parent_class)->focus (widget, direction);
}

static void
wb_picture_groups_map (GtkWidget *widget)
{
  WbPictureGroups *self = WB_PICTURE_GROUPS (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  GTK_WIDGET_CLASS (wb_picture_groups_parent_class)->map (widget);
  self->focus_id = g_signal_connect_object (root, "notify::focus-widget", G_CALLBACK (wb_picture_groups_follow_focus),
                                            self, G_CONNECT_SWAPPED);
  wb_picture_groups_refresh (self);
}

static void
wb_picture_groups_unmap (GtkWidget *widget)
{
  WbPictureGroups *self = WB_PICTURE_GROUPS (widget);

  g_clear_signal_handler (&self->focus_id, gtk_widget_get_root (widget));
  GTK_WIDGET_CLASS (wb_picture_groups_parent_class)->unmap (widget);
}

static void
wb_picture_groups_dispose (GObject *object)
{
  WbPictureGroups *self = WB_PICTURE_GROUPS (object);
  GtkWidget *child;

  self->menu_tile = NULL;
  if (self->scroller != NULL)
    g_ptr_array_set_size (self->groups, 0);
  /* The scroller, and a popover that is open still. */
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  self->scroller = NULL;
  g_clear_object (&self->previews);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (wb_picture_groups_parent_class)->dispose (object);
}

static void
wb_picture_groups_finalize (GObject *object)
{
  WbPictureGroups *self = WB_PICTURE_GROUPS (object);

  g_hash_table_unref (self->tiles);
  g_hash_table_unref (self->folded);
  g_hash_table_unref (self->known);
  g_hash_table_unref (self->selected);
  g_hash_table_unref (self->working);
  g_ptr_array_unref (self->groups);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_free (self->anchor);
  g_free (self->current);
  g_free (self->taken);
  G_OBJECT_CLASS (wb_picture_groups_parent_class)->finalize (object);
}

static guint
add_signal (const char *name, gboolean with_tile)
{
  if (with_tile)
    return g_signal_new (name, WB_TYPE_PICTURE_GROUPS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                         WB_TYPE_PICTURE_TILE);
  return g_signal_new (name, WB_TYPE_PICTURE_GROUPS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_picture_groups_class_init (WbPictureGroupsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_picture_groups_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_picture_groups_finalize;
  widget_class->focus = wb_picture_groups_focus;
  widget_class->map = wb_picture_groups_map;
  widget_class->unmap = wb_picture_groups_unmap;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  wb_picture_groups_signals[WB_GROUPS_SELECTION_CHANGED] = add_signal ("selection-changed", FALSE);
  wb_picture_groups_signals[WB_GROUPS_ACTIVATED] = add_signal ("activated", TRUE);
  wb_picture_groups_signals[WB_GROUPS_TAPPED] = add_signal ("tapped", TRUE);
  wb_picture_groups_signals[WB_GROUPS_MENU] = add_signal ("menu", TRUE);
  wb_picture_groups_signals[WB_GROUPS_UPDATED] = add_signal ("updated", FALSE);
}

static void
build (WbPictureGroups *self)
{
  GtkWidget *both = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkAdjustment *adjustment;

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_add_css_class (self->box, "picture-groups");
  self->none = gtk_label_new (_("No tile is like this now."));
  gtk_widget_set_vexpand (self->none, TRUE);
  gtk_widget_add_css_class (self->none, "dim-label");
  gtk_box_append (GTK_BOX (both), self->box);
  gtk_box_append (GTK_BOX (both), self->none);
  self->scroller = gtk_scrolled_window_new ();
  gtk_widget_set_focusable (self->scroller, FALSE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), both);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  adjustment = wb_picture_groups_get_adjustment (self);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (on_scrolled), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (on_scrolled), self, G_CONNECT_SWAPPED);
}

static void
wb_picture_groups_init (WbPictureGroups *self)
{
  self->filter = WB_PICTURE_FILTER_ALL;
  self->side = WB_TILE_USUAL_SIDE;
  self->column = -1;
  self->groups = g_ptr_array_new_with_free_func (wb_picture_group_free);
  self->tiles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->folded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->selected = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->working = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  build (self);
  wb_picture_groups_add_controllers (self);
  wb_compat_single_tab_stop (GTK_WIDGET (self));
}

GtkWidget *
wb_picture_groups_new (WbDraft *draft, WbPreviewCache *previews)
{
  WbPictureGroups *self = g_object_new (WB_TYPE_PICTURE_GROUPS, NULL);

  self->draft = g_object_ref (draft);
  self->previews = g_object_ref (previews);
  g_signal_connect_object (previews, "ready", G_CALLBACK (on_preview_ready), self, 0);
  return GTK_WIDGET (self);
}

void
wb_picture_groups_set_grouping (WbPictureGroups *self, WbPictureGrouping grouping)
{
  if (self->grouping == grouping)
    return;
  self->grouping = grouping;
  /* Person and mailbox have different keys: what stands for one is looked up anew. */
  g_clear_pointer (&self->items, g_ptr_array_unref);
  wb_picture_groups_update (self);
}

WbPictureGrouping
wb_picture_groups_get_grouping (WbPictureGroups *self)
{
  return self->grouping;
}

void
wb_picture_groups_set_filter (WbPictureGroups *self, int chip)
{
  if (self->filter == chip)
    return;
  self->filter = chip;
  wb_picture_groups_update (self);
}

int
wb_picture_groups_get_filter (WbPictureGroups *self)
{
  return self->filter;
}

void
wb_picture_groups_set_side (WbPictureGroups *self, int side)
{
  GHashTableIter iter;
  gpointer tile;

  if (self->side == side)
    return;
  self->side = side;
  g_hash_table_iter_init (&iter, self->tiles);
  while (g_hash_table_iter_next (&iter, NULL, &tile))
    wb_picture_tile_set_side (tile, side);
  for (guint i = 0; i < self->groups->len; i++)
    wb_tile_grid_set_extra (WB_TILE_GRID (((WbPictureGroup *) self->groups->pdata[i])->grid),
                            side - WB_TILE_USUAL_SIDE);
  wb_picture_groups_refresh (self);
}

void
wb_picture_groups_set_all_folded (WbPictureGroups *self, gboolean folded)
{
  for (guint i = 0; i < self->groups->len; i++)
    wb_picture_groups_fold (self, self->groups->pdata[i], folded);
}

GPtrArray *
wb_picture_groups_get_items (WbPictureGroups *self)
{
  return self->items;
}

void
wb_picture_groups_count (WbPictureGroups *self, guint tiles[WB_N_TILE_CHIPS])
{
  memset (tiles, 0, WB_N_TILE_CHIPS * sizeof *tiles);
  for (guint i = 0; self->items != NULL && i < self->items->len; i++)
    tiles[wb_tile_looks[((const WbPictureItem *) self->items->pdata[i])->state].chip]++;
}

WbPictureTile *
wb_picture_groups_find (WbPictureGroups *self, const char *key)
{
  return key != NULL ? g_hash_table_lookup (self->tiles, key) : NULL;
}

void
wb_picture_groups_set_working (WbPictureGroups *self, const char *key, gboolean working)
{
  if (working)
    g_hash_table_add (self->working, g_strdup (key));
  else
    g_hash_table_remove (self->working, key);
  wb_picture_groups_update (self);
}

GtkAdjustment *
wb_picture_groups_get_adjustment (WbPictureGroups *self)
{
  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
}

/* What is dragged over */

WbPictureTile *
wb_picture_groups_tile_of (GtkWidget *picked)
{
  GtkWidget *tile = picked != NULL ? gtk_widget_get_ancestor (picked, WB_TYPE_PICTURE_TILE) : NULL;

  return (WbPictureTile *) tile;
}

const char *
wb_picture_groups_domain_of (WbPictureGroups *self, GtkWidget *picked)
{
  /* One group alone is no choice. */
  for (guint i = 0; picked != NULL && self->groups->len > 1 && i < self->groups->len; i++)
    {
      WbPictureGroup *group = self->groups->pdata[i];

      if (group->header != NULL && (picked == group->place || gtk_widget_is_ancestor (picked, group->place)))
        return group->domain;
    }
  return NULL;
}

void
wb_picture_groups_mark_domain (WbPictureGroups *self, const char *domain)
{
  for (guint i = 0; i < self->groups->len; i++)
    {
      WbPictureGroup *group = self->groups->pdata[i];

      if (domain != NULL && g_str_equal (group->domain, domain))
        gtk_widget_add_css_class (group->place, "target");
      else
        gtk_widget_remove_css_class (group->place, "target");
    }
}
