// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-picture-tile.h"
#include "wb-preview-cache.h"

G_BEGIN_DECLS

/* All tiles of the pictures step, in groups, with one selection over them, one Tab stop and arrows inside.
 * Signals: "selection-changed"; "activated" (tile): Enter or double click; "tapped" (tile): a single click;
 * "menu" (tile); "updated": states or counts may have changed. */
#define WB_TYPE_PICTURE_GROUPS (wb_picture_groups_get_type ())
G_DECLARE_FINAL_TYPE (WbPictureGroups, wb_picture_groups, WB, PICTURE_GROUPS, GtkWidget)

#define WB_PICTURE_FILTER_ALL (-1)

GtkWidget *wb_picture_groups_new (WbDraft *draft, WbPreviewCache *previews);
/* Reads the draft again; widgets stay where the tiles are the same. */
void wb_picture_groups_update (WbPictureGroups *self);
void wb_picture_groups_set_grouping (WbPictureGroups *self, WbPictureGrouping grouping);
WbPictureGrouping wb_picture_groups_get_grouping (WbPictureGroups *self);
void wb_picture_groups_set_filter (WbPictureGroups *self, int chip); /* WbTileChip, or WB_PICTURE_FILTER_ALL */
int wb_picture_groups_get_filter (WbPictureGroups *self);
/* Pictures may look different: a crop is moving. */
void wb_picture_groups_refresh (WbPictureGroups *self);
void wb_picture_groups_set_side (WbPictureGroups *self, int side);
void wb_picture_groups_set_all_folded (WbPictureGroups *self, gboolean folded);

GPtrArray *wb_picture_groups_get_items (WbPictureGroups *self); /* of WbPictureItem, lent until the next update */
void wb_picture_groups_count (WbPictureGroups *self, guint tiles[WB_N_TILE_CHIPS]); /* by chip */

GPtrArray *wb_picture_groups_dup_selected (WbPictureGroups *self); /* of WbPictureItem (lent), in order */
void wb_picture_groups_select_all (WbPictureGroups *self, gboolean all);
WbPictureTile *wb_picture_groups_get_current (WbPictureGroups *self); /* (nullable): the one with the cursor */
WbPictureTile *wb_picture_groups_find (WbPictureGroups *self, const char *key); /* (nullable) */
/* Selects the tile of a row, unfolds its group and gives it the focus. */
gboolean wb_picture_groups_show_row (WbPictureGroups *self, guint row);

/* The focus, to the tile with the cursor. */
gboolean wb_picture_groups_focus_current (WbPictureGroups *self);

/* A file for this tile is being looked at. */
void wb_picture_groups_set_working (WbPictureGroups *self, const char *key, gboolean working);
/* Its picture is cut or dragged (nullable). */
void wb_picture_groups_set_taken (WbPictureGroups *self, const char *key);
const char *wb_picture_groups_get_taken (WbPictureGroups *self);

/* What lies under a widget picked from the window: a tile, or the domain of a group; both (nullable). */
WbPictureTile *wb_picture_groups_tile_of (GtkWidget *picked);
const char *wb_picture_groups_domain_of (WbPictureGroups *self, GtkWidget *picked);
void wb_picture_groups_mark_domain (WbPictureGroups *self, const char *domain);
GtkAdjustment *wb_picture_groups_get_adjustment (WbPictureGroups *self);

G_END_DECLS
