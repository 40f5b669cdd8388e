// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include "wb-picture-private.h"

#include <sys/mman.h>

/* What a picture takes while it is decoded, from its header alone. Every figure is a bound: the pool admits
 * by their sum, and tests/media/test-picture-memory.c holds them against what the kernel counts. */

#define DCT 8
#define WHOLE_BLOCK_BYTES 128

/* Decoder and encoder with their tables, blocks of the file, the made JPEG. */
#define OVERHEAD_BYTES (1024 * 1024)

/* As found, put together, and twice as Little CMS reads it. */
#define PROFILE_COPIES 4

guint
wb_picture_sampling (guint sampling, guint i)
{
  guint of = sampling >> 8 * i & 255;

  return of != 0 ? of : 0x11;
}

static guint
most_across (const WbPictureInfo *info)
{
  guint most = 1;

  for (guint i = 0; i < info->channels; i++)
    most = MAX (most, wb_picture_sampling (info->sampling, i) >> 4);
  return most;
}

static guint
most_down (const WbPictureInfo *info)
{
  guint most = 1;

  for (guint i = 0; i < info->channels; i++)
    most = MAX (most, wb_picture_sampling (info->sampling, i) & 15);
  return most;
}

guint
wb_picture_divisor (const WbPictureInfo *info, double have, guint want)
{
  guint divisor = DCT;

  while (divisor > 1 && have / divisor < want)
    divisor /= 2;
  return divisor;
}

gboolean
wb_picture_profile_counts (const WbPictureInfo *info)
{
  return info->has_profile && !info->srgb && !info->cmyk
         && info->profile_bytes <= WB_PROFILE_MAX_BYTES;
}

/* How many pixels become of the side of a block: colours that are sampled less are decoded larger instead of
 * being stretched, as libjpeg does it. */
static guint
block_side (const WbPictureInfo *info, guint divisor, guint i)
{
  guint across = wb_picture_sampling (info->sampling, i) >> 4,
        down = wb_picture_sampling (info->sampling, i) & 15;
  guint least = DCT / divisor, side = least;

  while (side < DCT && most_across (info) * least % (across * side * 2) == 0
         && most_down (info) * least % (down * side * 2) == 0)
    side *= 2;
  return side;
}

/* Half as large the numbers left out would be seen (39 dB); at a quarter and less they are not (49 and 68 dB). */
guint
wb_picture_block_rows (const WbPictureInfo *info, guint divisor, guint i)
{
  static const guint8 rows[DCT + 1] = { [1] = 1, [2] = 3, [4] = 4 };

  return divisor >= 4 ? rows[block_side (info, divisor, i)] : 0;
}

static guint
block_bytes (const WbPictureInfo *info, guint divisor, guint i)
{
  guint rows = wb_picture_block_rows (info, divisor, i);

  return rows > 0 ? WB_KEPT_BLOCK_BYTES (rows) : WHOLE_BLOCK_BYTES;
}

/* All blocks of all components, and the rows of them that are unpacked. */
static guint64
coefficient_bytes (const WbPictureInfo *info, guint divisor)
{
  guint across = most_across (info), down = most_down (info);
  guint64 bytes = 0;

  for (guint i = 0; i < info->channels; i++)
    {
      guint64 h = wb_picture_sampling (info->sampling, i) >> 4,
              v = wb_picture_sampling (info->sampling, i) & 15;
      guint64 row = (info->width + DCT * across - 1) / (DCT * across) * h;
      guint64 rows = (info->height + DCT * down - 1) / (DCT * down) * v;

      bytes += row * rows * block_bytes (info, divisor, i) + row * v * WHOLE_BLOCK_BYTES;
    }
  return bytes;
}

/* The rows that libjpeg keeps to stretch colours from and into, and the one that it gives. */
static guint64
row_bytes (const WbPictureInfo *info, guint divisor)
{
  guint64 width = info->width / divisor + 2 * DCT;

  return width * info->channels * most_down (info) * (DCT / divisor + 3) + width * 4;
}

/* Of a PNG libpng keeps two rows of up to 8 bytes a pixel, and there is one of ours; what is decoded smaller and is
 * interlaced is summed up for all pixels at once. */
guint64
wb_picture_decode_bytes (const WbPictureInfo *info, guint divisor, guint width, guint height)
{
  guint64 profile = info->has_profile ? MIN (info->profile_bytes, WB_PROFILE_MAX_BYTES) : 0;
  guint64 pixels = (guint64) MIN (width, info->width / divisor + 1) * MIN (height, info->height / divisor + 1);
  guint64 bytes = OVERHEAD_BYTES + profile * PROFILE_COPIES;

  if (info->kind == WB_PICTURE_PNG)
    return bytes + pixels * (divisor > 1 && info->progressive ? 3 + 6 : 3) + (guint64) info->width * 32;
  return bytes + pixels * 3 + row_bytes (info, divisor)
         + (info->progressive ? coefficient_bytes (info, divisor) : 0);
}

/* gdk-pixbuf's table of weights: 16 × 16 places within a pixel, each with all that fall into it. */
guint64
wb_picture_scale_bytes (guint from, guint to)
{
  guint64 fold = to > 0 ? from / to + 2 : 0;

  return fold * fold * 16 * 16 * sizeof (int);
}

static void
pixels_free (guchar *pixels, gpointer bytes)
{
  munmap (pixels, GPOINTER_TO_SIZE (bytes));
}

/* malloc() would keep them for the thread that freed them, in each worker. */
GdkPixbuf *
wb_pixels_new (guint width, guint height)
{
  guint64 stride = ((guint64) width * 3 + 3) / 4 * 4, bytes = stride * height;
  void *pixels = MAP_FAILED;

  if (stride <= G_MAXINT && bytes > 0)
    pixels = mmap (NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pixels == MAP_FAILED)
    return NULL;
  return gdk_pixbuf_new_from_data (pixels, GDK_COLORSPACE_RGB, FALSE, 8, (int) width, (int) height,
                                   (int) stride, pixels_free, GSIZE_TO_POINTER (bytes));
}
