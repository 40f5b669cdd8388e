// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-picture-groups-private.h"

#include <glib/gi18n.h>

#include "wb-format.h"
#include "wb-names.h"
#include "wb-tile-grid.h"

/* From here on later groups begin folded: their tiles are made when they are opened. */
#define FOLD_FROM 400

void
wb_picture_group_free (gpointer data)
{
  WbPictureGroup *group = data;

  g_ptr_array_unref (group->items);
  g_free (group->domain);
  g_free (group);
}

/* Groups */

static void
on_tile_menu (WbPictureTile *tile, WbPictureGroups *self)
{
  g_signal_emit (self, wb_picture_groups_signals[WB_GROUPS_MENU], 0, tile);
}

static void
build_tiles (WbPictureGroups *self, WbPictureGroup *group)
{
  group->built = TRUE;
  for (guint i = 0; i < group->items->len; i++)
    {
      WbPictureItem *item = group->items->pdata[i];
      GtkWidget *tile = wb_picture_tile_new (self->side);

      wb_picture_tile_set_item (WB_PICTURE_TILE (tile), item);
      wb_picture_tile_set_selected (WB_PICTURE_TILE (tile), g_hash_table_contains (self->selected, item->key));
      gtk_widget_set_visible (tile, wb_picture_groups_shows (self, item));
      g_signal_connect (tile, "menu", G_CALLBACK (on_tile_menu), self);
      wb_tile_grid_append (WB_TILE_GRID (group->grid), tile);
      g_hash_table_insert (self->tiles, g_strdup (item->key), tile);
    }
}

void
wb_picture_groups_fold (WbPictureGroups *self, WbPictureGroup *group, gboolean fold)
{
  group->folded = fold;
  g_hash_table_add (self->known, g_strdup (group->domain));
  if (fold)
    g_hash_table_add (self->folded, g_strdup (group->domain));
  else
    g_hash_table_remove (self->folded, group->domain);
  if (!fold && !group->built)
    build_tiles (self, group);
  gtk_widget_set_visible (group->grid, !fold);
  if (group->header == NULL)
    return;
  gtk_image_set_from_icon_name (GTK_IMAGE (group->arrow), fold ? "pan-end-symbolic" : "pan-down-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (group->header), GTK_ACCESSIBLE_STATE_EXPANDED, !fold, -1);
  wb_picture_groups_refresh (self);
}

static void
on_header_clicked (GtkWidget *header, WbPictureGroups *self)
{
  WbPictureGroup *group = g_object_get_data (G_OBJECT (header), "group");

  wb_picture_groups_fold (self, group, !group->folded);
}

static void
make_header (WbPictureGroups *self, WbPictureGroup *group)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *name = wb_name_unicode (group->domain, NULL);
  g_autofree char *text = wb_format_text (*name != '\0' ? name : _("No domain yet"));
  GtkWidget *label = gtk_label_new (text);

  group->header = gtk_button_new ();
  group->arrow = gtk_image_new_from_icon_name ("pan-down-symbolic");
  group->count = gtk_label_new ("");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (group->count, "dim-label");
  gtk_widget_add_css_class (group->count, "numeric");
  gtk_box_append (GTK_BOX (box), group->arrow);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), group->count);
  gtk_button_set_child (GTK_BUTTON (group->header), box);
  gtk_widget_add_css_class (group->header, "flat");
  gtk_widget_add_css_class (group->header, "group-header");
  g_object_set_data (G_OBJECT (group->header), "group", group);
  g_signal_connect (group->header, "clicked", G_CALLBACK (on_header_clicked), self);
  gtk_box_append (GTK_BOX (group->place), group->header);
}

static WbPictureGroup *
add_group (WbPictureGroups *self, const char *domain)
{
  WbPictureGroup *group = g_new0 (WbPictureGroup, 1);

  group->domain = g_strdup (domain);
  group->items = g_ptr_array_new ();
  group->place = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  if (self->grouping == WB_GROUP_BY_DOMAIN)
    make_header (self, group);
  group->grid = wb_tile_grid_new (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (self->scroller)));
  wb_tile_grid_set_extra (WB_TILE_GRID (group->grid), self->side - WB_TILE_USUAL_SIDE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (group->grid), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  *domain != '\0' ? domain : _("People"), GTK_ACCESSIBLE_PROPERTY_MULTI_SELECTABLE,
                                  TRUE, -1);
  gtk_box_append (GTK_BOX (group->place), group->grid);
  gtk_box_append (GTK_BOX (self->box), group->place);
  g_ptr_array_add (self->groups, group);
  return group;
}

static void
clear_groups (WbPictureGroups *self)
{
  GtkWidget *child;

  wb_picture_groups_set_menu_tile (self, NULL);
  g_hash_table_remove_all (self->tiles);
  g_ptr_array_set_size (self->groups, 0);
  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
}

static void
build_groups (WbPictureGroups *self)
{
  WbPictureGroup *group = NULL;
  guint built = 0; /* tiles up to here */

  clear_groups (self);
  for (guint i = 0; i < self->items->len; i++)
    {
      WbPictureItem *item = self->items->pdata[i];

      if (group == NULL || !g_str_equal (group->domain, item->domain))
        group = add_group (self, item->domain);
      g_ptr_array_add (group->items, item);
    }
  for (guint i = 0; i < self->groups->len; i++)
    {
      group = self->groups->pdata[i];
      built += group->items->len;
      /* What a person has opened or folded stays so. */
      wb_picture_groups_fold (self, group,
                              g_hash_table_contains (self->known, group->domain)
                                ? g_hash_table_contains (self->folded, group->domain)
                                : i > 0 && built > FOLD_FROM);
    }
}

/* Updating */

static void
update_header (WbPictureGroup *group)
{
  guint ready = 0, n = group->items->len;
  g_autofree char *count = NULL, *name = NULL;

  if (group->header == NULL)
    return;
  for (guint i = 0; i < n; i++)
    ready += wb_tile_looks[((WbPictureItem *) group->items->pdata[i])->state].chip == WB_TILE_CHIP_READY;
  /* Translators: how many mailboxes of a domain have a picture that is ready */
  count = g_strdup_printf (_("%u of %u"), ready, n);
  name = g_strdup_printf ("%s, %s", group->domain, count);
  gtk_label_set_label (GTK_LABEL (group->count), count);
  gtk_accessible_update_property (GTK_ACCESSIBLE (group->header), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static guint
update_group (WbPictureGroups *self, WbPictureGroup *group)
{
  guint shown = 0;

  for (guint i = 0; i < group->items->len; i++)
    {
      WbPictureItem *item = group->items->pdata[i];
      WbPictureTile *tile = g_hash_table_lookup (self->tiles, item->key);
      gboolean shows = wb_picture_groups_shows (self, item);

      shown += shows;
      if (tile == NULL)
        continue;
      wb_picture_tile_set_item (tile, item);
      gtk_widget_set_visible (GTK_WIDGET (tile), shows);
    }
  update_header (group);
  gtk_widget_set_visible (group->place, shown > 0);
  return shown;
}

/* The tiles that live on point to the new items. */
static void
take_items (WbPictureGroups *self, GPtrArray *items)
{
  gboolean same = wb_picture_items_same (self->items, items);
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->items);

  self->items = items;
  if (!same)
    {
      build_groups (self);
      return;
    }
  for (guint i = 0, at = 0; i < self->groups->len; i++)
    {
      WbPictureGroup *group = self->groups->pdata[i];

      for (guint j = 0; j < group->items->len; j++)
        group->items->pdata[j] = items->pdata[at++];
    }
}

static gboolean
is_gone (guint file, gpointer previews)
{
  return wb_preview_cache_is_gone (previews, file);
}

void
wb_picture_groups_update (WbPictureGroups *self)
{
  const WbPictureContext context = { self->working, is_gone, self->previews };
  GPtrArray *items = wb_picture_items_new (self->draft, self->grouping);
  gboolean focused = wb_picture_groups_has_focus (self);
  guint shown = 0;

  wb_picture_items_update (items, self->draft, &context);
  take_items (self, items);
  for (guint i = 0; i < self->groups->len; i++)
    shown += update_group (self, self->groups->pdata[i]);
  gtk_widget_set_visible (self->none, shown == 0 && self->items->len > 0);
  gtk_widget_set_visible (self->box, shown > 0);
  wb_picture_groups_prune_selection (self);
  /* What vanished hands the focus to what stands there now. */
  if (focused && !wb_picture_groups_has_focus (self))
    wb_picture_groups_focus_current (self);
  wb_picture_groups_refresh (self);
  g_signal_emit (self, wb_picture_groups_signals[WB_GROUPS_UPDATED], 0);
}
