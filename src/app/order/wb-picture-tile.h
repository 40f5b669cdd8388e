// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "wb-picture-items.h"

G_BEGIN_DECLS

/* One tile of the pictures step: it shows what it is told and knows no draft. */
#define WB_TYPE_PICTURE_TILE (wb_picture_tile_get_type ())
G_DECLARE_FINAL_TYPE (WbPictureTile, wb_picture_tile, WB, PICTURE_TILE, GtkWidget)

GtkWidget *wb_picture_tile_new (int side);
void wb_picture_tile_set_side (WbPictureTile *self, int side);
/* Lent until the next call; its key says whose tile this is. */
void wb_picture_tile_set_item (WbPictureTile *self, WbPictureItem *item);
WbPictureItem *wb_picture_tile_get_item (WbPictureTile *self);
void wb_picture_tile_set_textures (WbPictureTile *self, GdkTexture *first, GdkTexture *second);
void wb_picture_tile_set_selected (WbPictureTile *self, gboolean selected);
gboolean wb_picture_tile_get_selected (WbPictureTile *self);
/* While something is dragged over it; @taken: while its own picture is dragged or cut. */
void wb_picture_tile_set_target (WbPictureTile *self, gboolean target);
void wb_picture_tile_set_taken (WbPictureTile *self, gboolean taken);
/* The menu button, on hover or focus; signal "menu". */
void wb_picture_tile_show_menu (WbPictureTile *self, gboolean show);
GtkWidget *wb_picture_tile_get_preview (WbPictureTile *self);

G_END_DECLS
