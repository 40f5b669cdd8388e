// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "wb-picture.h"

G_BEGIN_DECLS

/* The whole picture behind a round window that stands still: the picture is dragged, zoomed and turned under
 * it. Signals: "changed" at every move; "settled" when a move has ended and may be written down. */
#define WB_TYPE_CROP_VIEW (wb_crop_view_get_type ())
G_DECLARE_FINAL_TYPE (WbCropView, wb_crop_view, WB, CROP_VIEW, GtkWidget)

GtkWidget *wb_crop_view_new (void);
/* @upright: (nullable): any size; @width and @height are of the upright picture itself */
void wb_crop_view_set_picture (WbCropView *self, GdkPixbuf *upright, guint width, guint height);
void wb_crop_view_set_crop (WbCropView *self, const WbCrop *crop);
const WbCrop *wb_crop_view_get_crop (WbCropView *self);
/* Moves of buttons, slider and keys outside of the widget; each emits "changed". */
void wb_crop_view_zoom (WbCropView *self, double zoom);
void wb_crop_view_turn (WbCropView *self, int quarters);
void wb_crop_view_reset (WbCropView *self);
/* A move that waits for its end is over now: "settled" if there is one. */
void wb_crop_view_settle (WbCropView *self);
gboolean wb_crop_view_is_moving (WbCropView *self);

G_END_DECLS
