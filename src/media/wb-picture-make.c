// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill-Media"
#include "wb-picture-private.h"

/* The most that one picture is decoded to, at whatever crop: as much as the largest PNG. */
#define DECODED_PIXELS_MAX (40 * 1000 * 1000)

/* Blocks, tables, rows under way, the encoder and the made JPEG. */
#define OVERHEAD_BYTES (1024 * 1024)

guint
wb_picture_divisor (const WbPictureInfo *info, double have, guint want)
{
  guint divisor = 8;

  if (info->kind != WB_PICTURE_JPEG)
    return 1;
  while (divisor > 1 && have / divisor < want)
    divisor /= 2;
  while (divisor < 8
         && (guint64)info->width * info->height / divisor / divisor > DECODED_PIXELS_MAX)
    divisor *= 2;
  return divisor;
}

guint64
wb_picture_decode_bytes (const WbPictureInfo *info, guint divisor)
{
  guint64 width = info->width / divisor + 1, height = info->height / divisor + 1;
  guint64 channels = info->kind == WB_PICTURE_PNG ? 4 : 3;

  return width * height * channels + (info->progressive ? info->scan_bytes : 0)
         + (guint64)info->width * 64;
}

static void
upright_size (const WbPictureInfo *info, guint *width, guint *height)
{
  gboolean lying = info->orientation >= 5;

  *width = lying ? info->height : info->width;
  *height = lying ? info->width : info->height;
}

static int
crop_side (const WbPictureInfo *info, const WbCrop *crop, int *x, int *y)
{
  guint width, height;
  int side;

  upright_size (info, &width, &height);
  wb_crop_square (crop, width, height, x, y, &side);
  return side;
}

guint64
wb_picture_make_bytes (const WbPictureInfo *info, const WbCrop *crop)
{
  guint64 side = wb_picture_limits.side;
  int x, y, cropped = crop_side (info, crop, &x, &y);
  guint divisor = wb_picture_divisor (info, cropped, wb_picture_limits.side);

  /* The square is there twice while it is turned. */
  return wb_picture_decode_bytes (info, divisor) + side * side * (4 + 3) + OVERHEAD_BYTES;
}

static GdkPixbuf *
no_memory (GError **error)
{
  g_set_error_literal (error, WB_MEDIA_ERROR, WB_MEDIA_ERROR_TOO_MANY_PIXELS,
                       "no memory for the pixels");
  return NULL;
}

/* Upright, over white, sRGB: what all that leaves here is. Consumes @pixbuf. */
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

static GBytes *
foreign_profile (const WbPictureInfo *info, GdkPixbuf *decoded)
{
  return info->srgb ? NULL : wb_picture_decoded_profile (decoded);
}

/* A part of @from, @width × @height as of the file, as @to × @to pixels. Consumes @from. */
static GdkPixbuf *
cut_square (GdkPixbuf *from, guint width, double x, double y, double side, guint to)
{
  /* By what was decoded, which need not be what was asked for. */
  double part = (double)gdk_pixbuf_get_width (from) / width;
  double scale = to / (side * part);
  GdkPixbuf *square
      = gdk_pixbuf_new (GDK_COLORSPACE_RGB, gdk_pixbuf_get_has_alpha (from), 8, (int)to, (int)to);

  if (square != NULL)
    gdk_pixbuf_scale (from, square, 0, 0, (int)to, (int)to, -x * part * scale, -y * part * scale,
                      scale, scale, GDK_INTERP_BILINEAR);
  g_object_unref (from);
  return square;
}

GBytes *
wb_picture_make (int fd, const WbPictureInfo *info, const WbCrop *crop, GError **error)
{
  WbLay lay = wb_lay (info->orientation, crop->turns);
  int x, y, side = crop_side (info, crop, &x, &y);
  guint divisor = wb_picture_divisor (info, side, wb_picture_limits.side);
  g_autoptr (GBytes) profile = NULL;
  g_autoptr (GdkPixbuf) square = NULL;
  GdkPixbuf *decoded;

  wb_lay_back (lay, info->width, info->height, &x, &y, side);
  /* One row more than the square has: scaling looks at the next. */
  decoded = wb_picture_decode (fd, info, divisor, (guint)(y + side) / divisor + 2, error);
  if (decoded == NULL)
    return NULL;
  profile = foreign_profile (info, decoded);
  square = cut_square (decoded, info->width, x, y, side, wb_picture_limits.side);
  if (square != NULL)
    square = finish (g_steal_pointer (&square), lay, profile, error);
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

  if (side == 0 || least <= (int)side)
    return from;
  small = gdk_pixbuf_scale_simple (from, MAX (1, (int)((gint64)width * side / least)),
                                   MAX (1, (int)((gint64)height * side / least)),
                                   GDK_INTERP_BILINEAR);
  g_object_unref (from);
  return small;
}

GdkPixbuf *
wb_picture_load (int fd, const WbPictureInfo *info, guint side, GError **error)
{
  guint want = side > 0 ? side : G_MAXUINT;
  guint divisor = wb_picture_divisor (info, MIN (info->width, info->height), want);
  GdkPixbuf *pixbuf = wb_picture_decode (fd, info, divisor, G_MAXINT, error);
  g_autoptr (GBytes) profile = NULL;

  if (pixbuf == NULL)
    return NULL;
  profile = foreign_profile (info, pixbuf);
  pixbuf = scale_down (pixbuf, side);
  return pixbuf != NULL ? finish (pixbuf, wb_lay (info->orientation, 0), profile, error)
                        : no_memory (error);
}
