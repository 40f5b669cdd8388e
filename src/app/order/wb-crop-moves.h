// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-picture.h"

G_BEGIN_DECLS

#define WB_CROP_ZOOM_MAX 4.0

/* What moves of a hand do to a crop. @width and @height are of the upright picture before turning, in
 * pixels; directions are as seen on the screen, after turning. The square never leaves the picture. */

/* @right, @down: in sides of the square */
void wb_crop_move (WbCrop *crop, guint width, guint height, double right, double down);
void wb_crop_zoom (WbCrop *crop, guint width, guint height, double zoom);
/* By 90° clockwise; the same spot stays in the middle. */
void wb_crop_turn (WbCrop *crop, guint width, guint height, int quarters);

G_END_DECLS
