// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-picture-inspector.h"

G_BEGIN_DECLS

#define WB_N_INSPECTOR_SIDES 3

struct _WbPictureInspector {
  GtkWidget parent_instance;

  WbDraft *draft;
  WbPreviewCache *previews;
  GCancellable *loading;
  guint file;     /* shown in the crop, 0 for none */
  guint loaded;   /* whose pixels the crop has */
  char *title_text;
  gboolean updating;

  GtkWidget *scroller, *box, *title, *subtitle, *crop_part, *crop, *zoom, *name, *facts;
  GtkWidget *round[WB_N_INSPECTOR_SIDES];
  GtkWidget *note, *buttons;
};

enum { WB_INSPECTOR_ACT, WB_INSPECTOR_CROP_CHANGED, WB_INSPECTOR_CLOSE, WB_N_INSPECTOR_SIGNALS };
extern guint wb_inspector_signals[WB_N_INSPECTOR_SIGNALS];

/* wb-picture-inspector-build.c */
extern const int wb_inspector_sides[WB_N_INSPECTOR_SIDES]; /* inbox list, small list, header */
void wb_inspector_build (WbPictureInspector *self);
/* Those of a state; WB_N_TILE_STATES: several tiles are selected. */
void wb_inspector_show_buttons (WbPictureInspector *self, WbTileState state);

/* wb-picture-inspector.c */
void wb_inspector_on_crop_changed (WbPictureInspector *self);
void wb_inspector_on_crop_settled (WbPictureInspector *self);
void wb_inspector_on_zoom (WbPictureInspector *self);
void wb_inspector_on_smaller (WbPictureInspector *self);
void wb_inspector_on_larger (WbPictureInspector *self);

G_END_DECLS
