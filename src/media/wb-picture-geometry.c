// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-picture-private.h"

#include <math.h>
#include <string.h>

#define ZOOM_MAX 4.0

/* Drafts come from disk: what is no number must not become a square outside of the picture. */
static double
within (double value, double low, double high)
{
  if (!(value >= low))
    return low;
  return value > high ? high : value;
}

void
wb_crop_start (WbCrop *crop, guint upright_width, guint upright_height)
{
  *crop = (WbCrop){ .x = 0.5, .y = 0.5, .zoom = 1 };
  /* Faces are in the upper part: a third of what is cut off is cut at the top. */
  if (upright_height > upright_width)
    crop->y = ((upright_height - upright_width) / 3.0 + upright_width / 2.0) / upright_height;
}

gboolean
wb_crop_equal (const WbCrop *a, const WbCrop *b)
{
  const double same = 1e-6;

  return fabs (a->x - b->x) < same && fabs (a->y - b->y) < same && fabs (a->zoom - b->zoom) < same
         && a->turns % 4 == b->turns % 4;
}

void
wb_crop_square (const WbCrop *crop, guint upright_width, guint upright_height, int *x, int *y,
                int *side)
{
  double u = within (crop->x, 0, 1), v = within (crop->y, 0, 1);
  double width = upright_width, height = upright_height;

  for (guint i = 0; i < crop->turns % 4; i++)
    {
      double swap = width, u_before = u;

      width = height;
      height = swap;
      u = 1 - v;
      v = u_before;
    }
  *side = (int)MAX (1, floor (MIN (width, height) / within (crop->zoom, 1, ZOOM_MAX) + 0.5));
  *x = (int)within (floor (u * width - *side / 2.0 + 0.5), 0, width - *side);
  *y = (int)within (floor (v * height - *side / 2.0 + 0.5), 0, height - *side);
}

static WbLay
then (WbLay first, WbLay second)
{
  return (WbLay){
    second.a * first.a + second.b * first.c,
    second.a * first.b + second.b * first.d,
    second.c * first.a + second.d * first.c,
    second.c * first.b + second.d * first.d,
  };
}

WbLay
wb_lay (guint orientation, guint turns)
{
  /* How Exif's 1 to 8 become upright. */
  static const WbLay uprights[] = {
    { 1, 0, 0, 1 }, { -1, 0, 0, 1 }, { -1, 0, 0, -1 }, { 1, 0, 0, -1 },
    { 0, 1, 1, 0 }, { 0, -1, 1, 0 }, { 0, -1, -1, 0 }, { 0, 1, -1, 0 },
  };
  static const WbLay clockwise = { 0, -1, 1, 0 };
  WbLay lay = uprights[orientation >= 1 && orientation <= 8 ? orientation - 1 : 0];

  for (guint i = 0; i < turns % 4; i++)
    lay = then (lay, clockwise);
  return lay;
}

/* The inverse of such a matrix is its transpose. Doubled, so that middles are whole numbers. */
void
wb_lay_back (WbLay lay, guint width, guint height, int *x, int *y, int side)
{
  int w = (int)width, h = (int)height;
  int laid_width = lay.a != 0 ? w : h, laid_height = lay.a != 0 ? h : w;
  int u = 2 * *x + side - laid_width, v = 2 * *y + side - laid_height;

  *x = (lay.a * u + lay.c * v + w - side) / 2;
  *y = (lay.b * u + lay.d * v + h - side) / 2;
}

/* One pass does turning and mirroring, whatever the combination. */
static void
copy_laid (WbLay lay, GdkPixbuf *from, GdkPixbuf *to)
{
  int width = gdk_pixbuf_get_width (to);
  int from_width = gdk_pixbuf_get_width (from), from_height = gdk_pixbuf_get_height (from);
  gssize stride = gdk_pixbuf_get_rowstride (from), to_stride = gdk_pixbuf_get_rowstride (to);
  gssize across = lay.a * 3 + lay.b * stride, down = lay.c * 3 + lay.d * stride;
  gssize start = (lay.a + lay.c < 0 ? from_width - 1 : 0) * (gssize)3
                 + (lay.b + lay.d < 0 ? from_height - 1 : 0) * stride;
  const guint8 *row = gdk_pixbuf_read_pixels (from) + start;
  guint8 *to_row = gdk_pixbuf_get_pixels (to);

  for (int y = gdk_pixbuf_get_height (to); y > 0; y--, row += down, to_row += to_stride)
    {
      const guint8 *at = row;
      guint8 *put = to_row;

      for (int x = 0; x < width; x++, at += across, put += 3)
        memcpy (put, at, 3);
    }
}

GdkPixbuf *
wb_lay_apply (WbLay lay, GdkPixbuf *pixbuf)
{
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  GdkPixbuf *laid;

  if (lay.a == 1 && lay.d == 1)
    return pixbuf;
  laid = wb_pixels_new ((guint) (lay.a != 0 ? width : height), (guint) (lay.a != 0 ? height : width));
  if (laid != NULL)
    copy_laid (lay, pixbuf, laid);
  g_object_unref (pixbuf);
  return laid;
}
