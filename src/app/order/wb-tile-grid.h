// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Tiles of one size in rows. Only the rows in view are drawn: in GTK 4.8 every child of a flow box is, seen or
 * not, which costs 25 to 42 ms a frame with 400 tiles. */
#define WB_TYPE_TILE_GRID (wb_tile_grid_get_type ())
G_DECLARE_FINAL_TYPE (WbTileGrid, wb_tile_grid, WB, TILE_GRID, GtkWidget)

/* @view: what it is seen through; lent, outlives the grid */
GtkWidget *wb_tile_grid_new (GtkWidget *view);
void wb_tile_grid_append (WbTileGrid *self, GtkWidget *tile);
void wb_tile_grid_remove_all (WbTileGrid *self);
/* How much wider or narrower than usual tiles may be: they hold larger or smaller pictures. */
void wb_tile_grid_set_extra (WbTileGrid *self, int extra);
guint wb_tile_grid_get_columns (WbTileGrid *self);
/* The rows in view and one screen around have changed, it may be. */
void wb_tile_grid_scrolled (WbTileGrid *self);
/* Whether a tile lies within @margin of the view's height from what is seen. */
gboolean wb_tile_grid_is_near (WbTileGrid *self, GtkWidget *tile, double margin);

/* How many tiles fit side by side; a table test reads it. */
guint wb_tile_grid_columns_for (int width, int extra, double text_scale);

G_END_DECLS
