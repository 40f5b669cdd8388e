// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-crop-moves.h"

#include <math.h>

typedef struct {
  double u, v;          /* centre as a part of the turned picture */
  double width, height; /* of the turned picture */
} Seen;

static Seen
seen_from_crop (const WbCrop *crop, guint width, guint height)
{
  Seen seen = { crop->x, crop->y, MAX (width, 1), MAX (height, 1) };

  for (guint i = 0; i < crop->turns % 4; i++)
    seen = (Seen) { 1 - seen.v, seen.u, seen.height, seen.width };
  return seen;
}

static void
crop_from_seen (WbCrop *crop, Seen seen)
{
  for (guint i = 0; i < crop->turns % 4; i++)
    seen = (Seen) { seen.v, 1 - seen.u, seen.height, seen.width };
  crop->x = seen.u;
  crop->y = seen.v;
}

static double
side_of (const WbCrop *crop, const Seen *seen)
{
  return MIN (seen->width, seen->height) / CLAMP (crop->zoom, 1, WB_CROP_ZOOM_MAX);
}

void
wb_crop_move (WbCrop *crop, guint width, guint height, double right, double down)
{
  Seen seen = seen_from_crop (crop, width, height);
  double side = side_of (crop, &seen);
  double margin_u = side / 2 / seen.width, margin_v = side / 2 / seen.height;

  seen.u = CLAMP (seen.u + right * side / seen.width, margin_u, 1 - margin_u);
  seen.v = CLAMP (seen.v + down * side / seen.height, margin_v, 1 - margin_v);
  crop_from_seen (crop, seen);
}

void
wb_crop_zoom (WbCrop *crop, guint width, guint height, double zoom)
{
  crop->zoom = CLAMP (zoom, 1, WB_CROP_ZOOM_MAX);
  wb_crop_move (crop, width, height, 0, 0);
}

void
wb_crop_turn (WbCrop *crop, guint width, guint height, int quarters)
{
  crop->turns = (guint) (((int) (crop->turns % 4) + quarters % 4 + 4) % 4);
  wb_crop_move (crop, width, height, 0, 0);
}
