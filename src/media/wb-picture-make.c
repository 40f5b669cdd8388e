// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill-Media"
#include "wb-picture-private.h"

/* The most that a whole picture is decoded to: as much as the largest PNG. */
#define DECODED_PIXELS_MAX (40 * 1000 * 1000)

/* Scaling looks beyond the edge of what it scales, the farther the smaller it makes it. */
#define MARGIN 4

static void
upright_size (const WbPictureInfo *info, guint *width, guint *height)
{
  gboolean lying = info->orientation >= 5;

  *width = lying ? info->height : info->width;
  *height = lying ? info->width : info->height;
}

/* The square as the picture is stored. */
static guint
stored_square (const WbPictureInfo *info, const WbCrop *crop, WbLay *lay, int *x, int *y)
{
  guint width, height;
  int side;

  *lay = wb_lay (info->orientation, crop->turns);
  upright_size (info, &width, &height);
  wb_crop_square (crop, width, height, x, y, &side);
  wb_lay_back (*lay, info->width, info->height, x, y, side);
  return (guint) side;
}

guint64
wb_picture_make_bytes (const WbPictureInfo *info, const WbCrop *crop)
{
  guint64 to = wb_picture_limits.side;
  WbLay lay;
  int x, y;
  guint side = stored_square (info, crop, &lay, &x, &y);
  guint divisor = wb_picture_divisor (info, side, wb_picture_limits.side);
  guint decoded = side / divisor + 2 * MARGIN + 1;

  /* The made square is there twice while it is turned. */
  return wb_picture_decode_bytes (info, divisor, decoded, decoded) + to * to * (3 + 3)
         + wb_picture_scale_bytes (decoded, wb_picture_limits.side);
}

static guint
load_divisor (const WbPictureInfo *info, guint side)
{
  guint divisor
      = wb_picture_divisor (info, MIN (info->width, info->height), side > 0 ? side : G_MAXUINT);

  while (divisor < 8
         && (guint64) info->width * info->height / divisor / divisor > DECODED_PIXELS_MAX)
    divisor *= 2;
  return divisor;
}

guint64
wb_picture_load_bytes (const WbPictureInfo *info, guint side)
{
  guint divisor = load_divisor (info, side);
  guint64 width = info->width / divisor + 1, height = info->height / divisor + 1;
  guint64 least = MIN (width, height), pixels = width * height;

  /* Scaled and turned it is there twice more, as small as it is then. */
  if (side > 0 && least > side)
    pixels = (width * side / least + 1) * (height * side / least + 1);
  return wb_picture_decode_bytes (info, divisor, (guint) width, (guint) height) + pixels * (3 + 3)
         + wb_picture_scale_bytes ((guint) least, side);
}

static GdkPixbuf *
no_memory (GError **error)
{
  g_set_error_literal (error, WB_MEDIA_ERROR, WB_MEDIA_ERROR_TOO_MANY_PIXELS,
                       "no memory for the pixels");
  return NULL;
}

/* Upright, sRGB: what all that leaves here is. Consumes @pixbuf. */
static GdkPixbuf *
finish (GdkPixbuf *pixbuf, WbLay lay, GBytes *profile, GError **error)
{
  gsize length;
  const guint8 *bytes = profile != NULL ? g_bytes_get_data (profile, &length) : NULL;

  pixbuf = wb_lay_apply (lay, pixbuf);
  if (pixbuf == NULL)
    return no_memory (error);
  /* A profile that cannot be used, as that of CMYK pixels which the decoder has made RGB, is let
   * go. */
  if (bytes != NULL && !wb_profile_convert (pixbuf, bytes, length))
    g_debug ("profile of %" G_GSIZE_FORMAT " bytes not used", length);
  return pixbuf;
}

/* The square of @side at @x, @y of the file, as @to × @to pixels. */
static GdkPixbuf *
cut_square (const WbDecoded *from, guint divisor, int x, int y, guint side, guint to)
{
  double scale = (double) to * divisor / side;
  GdkPixbuf *square = wb_pixels_new (to, to);

  if (square != NULL)
    gdk_pixbuf_scale (from->pixels, square, 0, 0, (int) to, (int) to,
                      (from->x - (double) x / divisor) * scale,
                      (from->y - (double) y / divisor) * scale, scale, scale, GDK_INTERP_BILINEAR);
  return square;
}

static WbArea
area_of (guint x, guint y, guint side, guint divisor)
{
  WbArea area = { MAX (x / divisor, MARGIN) - MARGIN, MAX (y / divisor, MARGIN) - MARGIN };

  area.width = (x + side) / divisor + 1 + MARGIN - area.x;
  area.height = (y + side) / divisor + 1 + MARGIN - area.y;
  return area;
}

GBytes *
wb_picture_make (int fd, const WbPictureInfo *info, const WbCrop *crop, GError **error)
{
  WbLay lay;
  int x, y;
  guint side = stored_square (info, crop, &lay, &x, &y);
  guint divisor = wb_picture_divisor (info, side, wb_picture_limits.side);
  WbArea area = area_of ((guint) x, (guint) y, side, divisor);
  g_auto (WbDecoded) decoded = { NULL };
  g_autoptr (GdkPixbuf) square = NULL;

  if (!wb_picture_decode (fd, info, divisor, &area, &decoded, error))
    return NULL;
  square = cut_square (&decoded, divisor, x, y, side, wb_picture_limits.side);
  g_clear_object (&decoded.pixels);
  if (square != NULL)
    square = finish (g_steal_pointer (&square), lay, decoded.profile, error);
  else
    no_memory (error);
  return square != NULL ? wb_picture_encode (square, wb_picture_limits.quality, error) : NULL;
}

/* Consumes @from. */
static GdkPixbuf *
scale_down (GdkPixbuf *from, guint side)
{
  int width = gdk_pixbuf_get_width (from), height = gdk_pixbuf_get_height (from),
      least = MIN (width, height);
  GdkPixbuf *small;

  if (side == 0 || least <= (int) side)
    return from;
  small = gdk_pixbuf_scale_simple (from, MAX (1, (int) ((gint64) width * side / least)),
                                   MAX (1, (int) ((gint64) height * side / least)),
                                   GDK_INTERP_BILINEAR);
  g_object_unref (from);
  return small;
}

GdkPixbuf *
wb_picture_load (int fd, const WbPictureInfo *info, guint side, GError **error)
{
  WbArea whole = { 0, 0, info->width, info->height };
  g_auto (WbDecoded) decoded = { NULL };
  GdkPixbuf *pixels;

  if (!wb_picture_decode (fd, info, load_divisor (info, side), &whole, &decoded, error))
    return NULL;
  pixels = scale_down (g_steal_pointer (&decoded.pixels), side);
  return pixels != NULL ? finish (pixels, wb_lay (info->orientation, 0), decoded.profile, error)
                        : no_memory (error);
}
