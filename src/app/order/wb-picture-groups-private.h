// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-picture-groups.h"

G_BEGIN_DECLS

#define WB_TILE_USUAL_SIDE 84

typedef struct {
  char *domain;
  GtkWidget *place;  /* header and grid */
  GtkWidget *header; /* NULL for the one group of all people */
  GtkWidget *arrow, *count;
  GtkWidget *grid;
  GPtrArray *items;  /* of WbPictureItem, lent */
  gboolean folded, built;
} WbPictureGroup;

struct _WbPictureGroups {
  GtkWidget parent_instance;

  WbDraft *draft;
  WbPreviewCache *previews;
  GtkWidget *scroller, *box, *none;
  GPtrArray *items, *groups;
  GHashTable *tiles;    /* key → tile, lent by the grids */
  GHashTable *folded;   /* set of domains */
  GHashTable *known;    /* set of domains that were shown before */
  GHashTable *selected; /* set of keys */
  GHashTable *working;  /* set of keys */
  char *anchor, *current, *taken;
  WbPictureTile *menu_tile; /* lent: shows its menu button */
  WbPictureGrouping grouping;
  int filter, side;
  int column;           /* that Up and Down keep; -1 when Left or Right has moved */
  guint tick_id, frames;
  gulong focus_id;
  gboolean press_keeps; /* a press on one of several selected: the release decides */
};

enum {
  WB_GROUPS_SELECTION_CHANGED,
  WB_GROUPS_ACTIVATED,
  WB_GROUPS_TAPPED,
  WB_GROUPS_MENU,
  WB_GROUPS_UPDATED,
  WB_N_GROUPS_SIGNALS,
};
extern guint wb_picture_groups_signals[WB_N_GROUPS_SIGNALS];

/* wb-picture-groups.c */
gboolean wb_picture_groups_shows (WbPictureGroups *self, const WbPictureItem *item);

/* wb-picture-groups-build.c */
void wb_picture_group_free (gpointer group);
void wb_picture_groups_fold (WbPictureGroups *self, WbPictureGroup *group, gboolean fold);

/* wb-picture-input.c: keyboard and mouse */
void wb_picture_groups_add_controllers (WbPictureGroups *self);

/* wb-picture-select.c: selection and focus */
void wb_picture_groups_select_only (WbPictureGroups *self, const char *key);
void wb_picture_groups_toggle (WbPictureGroups *self, const char *key);
void wb_picture_groups_extend (WbPictureGroups *self, const char *key);
void wb_picture_groups_prune_selection (WbPictureGroups *self);
void wb_picture_groups_show_selection (WbPictureGroups *self);
void wb_picture_groups_set_menu_tile (WbPictureGroups *self, WbPictureTile *tile);
void wb_picture_groups_follow_focus (WbPictureGroups *self);
gboolean wb_picture_groups_has_focus (WbPictureGroups *self);

G_END_DECLS
