// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-picture-tile.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-round-preview.h"

struct _WbPictureTile {
  GtkWidget parent_instance;

  WbPictureItem *item; /* lent */
  GtkWidget *overlay, *preview, *name, *user, *icon, *words, *menu;
  const char *style;   /* class of the state line */
  gboolean selected, target;
};

enum { MENU, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbPictureTile, wb_picture_tile, GTK_TYPE_WIDGET)

static void
set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static GtkWidget *
make_label (const char *style)
{
  GtkWidget *label = gtk_label_new ("");

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
make_state (WbPictureTile *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  self->icon = gtk_image_new ();
  self->words = make_label ("state");
  gtk_widget_add_css_class (self->icon, "state");
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), self->icon);
  gtk_box_append (GTK_BOX (box), self->words);
  return box;
}

static void
wb_picture_tile_dispose (GObject *object)
{
  WbPictureTile *self = WB_PICTURE_TILE (object);

  g_clear_pointer (&self->overlay, gtk_widget_unparent);
  self->item = NULL;
  G_OBJECT_CLASS (wb_picture_tile_parent_class)->dispose (object);
}

static void
wb_picture_tile_class_init (WbPictureTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_picture_tile_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "tile");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID_CELL);
  signals[MENU] = g_signal_new ("menu", WB_TYPE_PICTURE_TILE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_picture_tile_init (WbPictureTile *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->preview = wb_round_preview_new (84);
  self->name = make_label ("heading");
  self->user = make_label ("caption");
  gtk_widget_add_css_class (self->user, "dim-label");
  gtk_widget_set_margin_bottom (self->preview, 6);
  gtk_box_append (GTK_BOX (box), self->preview);
  gtk_box_append (GTK_BOX (box), self->name);
  gtk_box_append (GTK_BOX (box), self->user);
  gtk_box_append (GTK_BOX (box), make_state (self));
  self->overlay = gtk_overlay_new ();
  gtk_overlay_set_child (GTK_OVERLAY (self->overlay), box);
  gtk_widget_set_parent (self->overlay, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

GtkWidget *
wb_picture_tile_new (int side)
{
  WbPictureTile *self = g_object_new (WB_TYPE_PICTURE_TILE, NULL);

  wb_round_preview_set_side (WB_ROUND_PREVIEW (self->preview), side);
  return GTK_WIDGET (self);
}

void
wb_picture_tile_set_side (WbPictureTile *self, int side)
{
  wb_round_preview_set_side (WB_ROUND_PREVIEW (self->preview), side);
}

static WbPreviewLook
look_of (const WbPictureItem *item)
{
  switch (item->state)
    {
    case WB_TILE_EMPTY: return WB_PREVIEW_EMPTY;
    case WB_TILE_WORKING: return WB_PREVIEW_WORKING;
    case WB_TILE_REFUSED: return WB_PREVIEW_BROKEN;
    default: return WB_PREVIEW_PICTURE;
    }
}

static void
update_state (WbPictureTile *self)
{
  const WbTileLook *look = &wb_tile_looks[self->item->state];
  const char *icon = self->target ? "folder-drag-accept-symbolic" : look->icon;
  const char *style = self->target ? "accent" : look->style;

  gtk_label_set_label (GTK_LABEL (self->words), self->target ? _("Drop to use it here") : self->item->words);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon);
  if (self->style == style)
    return;
  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *part = i == 0 ? self->icon : self->words;

      if (self->style != NULL)
        gtk_widget_remove_css_class (part, self->style);
      gtk_widget_add_css_class (part, style);
    }
  self->style = style;
}

void
wb_picture_tile_set_item (WbPictureTile *self, WbPictureItem *item)
{
  self->item = item;
  gtk_label_set_label (GTK_LABEL (self->name), item->title);
  gtk_label_set_label (GTK_LABEL (self->user), item->user);
  wb_round_preview_set_look (WB_ROUND_PREVIEW (self->preview), look_of (item));
  set_class (self->preview, "ambiguous", item->state == WB_TILE_AMBIGUOUS);
  set_class (self->preview, "faded", item->state == WB_TILE_GONE);
  update_state (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, item->name, -1);
}

WbPictureItem *
wb_picture_tile_get_item (WbPictureTile *self)
{
  return self->item;
}

void
wb_picture_tile_set_textures (WbPictureTile *self, GdkTexture *first, GdkTexture *second)
{
  wb_round_preview_set_textures (WB_ROUND_PREVIEW (self->preview), first, second);
}

void
wb_picture_tile_set_selected (WbPictureTile *self, gboolean selected)
{
  self->selected = selected;
  set_class (GTK_WIDGET (self), "selected", selected);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, selected, -1);
}

gboolean
wb_picture_tile_get_selected (WbPictureTile *self)
{
  return self->selected;
}

void
wb_picture_tile_set_target (WbPictureTile *self, gboolean target)
{
  if (self->target == target)
    return;
  self->target = target;
  set_class (GTK_WIDGET (self), "target", target);
  update_state (self);
}

void
wb_picture_tile_set_taken (WbPictureTile *self, gboolean taken)
{
  set_class (GTK_WIDGET (self), "taken", taken);
}

static void
on_menu_clicked (WbPictureTile *self)
{
  g_signal_emit (self, signals[MENU], 0);
}

void
wb_picture_tile_show_menu (WbPictureTile *self, gboolean show)
{
  g_autofree char *name = NULL;

  if (show == (self->menu != NULL))
    return;
  if (!show)
    {
      gtk_overlay_remove_overlay (GTK_OVERLAY (self->overlay), g_steal_pointer (&self->menu));
      return;
    }
  self->menu = gtk_button_new_from_icon_name ("view-more-symbolic");
  gtk_widget_set_halign (self->menu, GTK_ALIGN_END);
  gtk_widget_set_valign (self->menu, GTK_ALIGN_START);
  gtk_widget_set_focusable (self->menu, FALSE);
  gtk_widget_add_css_class (self->menu, "flat");
  gtk_widget_add_css_class (self->menu, "tile-menu");
  /* Translators: %s is the name of a person */
  name = g_strdup_printf (_("Menu of %s"), self->item->title);
  wb_accessible_set_name (self->menu, name);
  g_signal_connect_swapped (self->menu, "clicked", G_CALLBACK (on_menu_clicked), self);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), self->menu);
}

GtkWidget *
wb_picture_tile_get_preview (WbPictureTile *self)
{
  return self->preview;
}
