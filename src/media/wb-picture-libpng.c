// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-picture-private.h"

#include <setjmp.h>
#include <string.h>

#include <png.h>

/* libpng by hand, not through gdk-pixbuf: that keeps all of the picture (48 MB at 12 megapixels), and from
 * 2.43.3 on has it decoded by a process of its own, which takes three times as much and in a Flatpak is started
 * by a portal. Here each row goes, as it comes, into the smaller picture that is wanted. */

#define CHUNK_HEAD 8
#define CHUNK_SUM 4
#define SIGNATURE 8

/* A row is there several times; gdk-pixbuf and libpng themselves go no further. */
#define SIDE_MAX 1000000

/* libpng leaves by longjmp(): what must outlive that is in here, never in a local. */
typedef struct {
  jmp_buf back;
  int code; /* WbMediaError */
  char text[128];
  png_structp png;
  png_infop about;
  WbReader reader;
  guint8 head[CHUNK_HEAD];
  guint64 left;    /* of the chunk, with its head and sum */
  guint head_left; /* of those, in @head */
  const WbPictureInfo *info;
  const WbArea *area;
  WbDecoded *decoded;
  guint shift;         /* the divisor is 1 << shift */
  guint width, height; /* of the area */
  gboolean interlaced;
  guint8 *row;
  guint16 *sums; /* of pixels that become one: of a row, or of all if rows come in no order */
} Decoder;

G_NORETURN static void
leave (Decoder *self, int code, const char *text)
{
  self->code = code;
  g_strlcpy (self->text, text, sizeof self->text);
  longjmp (self->back, 1);
}

G_NORETURN static void
on_error (png_structp png, const char *text)
{
  leave (png_get_error_ptr (png), WB_MEDIA_ERROR_DAMAGED, text);
}

/* What libpng gets over costs no pixel. */
static void
on_warning (png_structp png, const char *text)
{
}

/* --- reading --- */

/* What makes pixels, and what their colours are if it counts. libpng takes in all else as well, inflated: a thousand
 * comments of 8 MB each in a file of as many kB. */
static gboolean
is_wanted (const WbPictureInfo *info, const guint8 *type)
{
  gboolean critical = (type[0] & 0x20) == 0;

  return critical || memcmp (type, "tRNS", 4) == 0
         || (memcmp (type, "iCCP", 4) == 0 && wb_picture_profile_counts (info))
         || (!info->has_profile
             && (memcmp (type, "gAMA", 4) == 0 || memcmp (type, "sRGB", 4) == 0));
}

/* The walk has found all of it: what is not there any more was taken away since. */
static void
take (Decoder *self, void *to, gsize length)
{
  if (!wb_reader_read (&self->reader, to, length))
    leave (self, self->reader.failed ? WB_MEDIA_ERROR_UNREADABLE : WB_MEDIA_ERROR_CHANGED,
           "reading failed");
}

static void
next_chunk (Decoder *self)
{
  const guint8 *head = self->head;
  guint64 rest = 0;

  do
    {
      wb_reader_seek (&self->reader, wb_reader_tell (&self->reader) + rest);
      take (self, self->head, CHUNK_HEAD);
      rest = ((guint64) head[0] << 24 | (guint64) head[1] << 16 | (guint64) head[2] << 8 | head[3])
             + CHUNK_SUM;
    }
  while (!is_wanted (self->info, head + 4));
  self->head_left = CHUNK_HEAD;
  self->left = CHUNK_HEAD + rest;
}

static void
on_read (png_structp png, png_bytep to, gsize length)
{
  Decoder *self = png_get_io_ptr (png);

  while (length > 0)
    {
      gsize n;

      if (self->left == 0)
        next_chunk (self);
      n = (gsize) MIN (length, self->head_left > 0 ? self->head_left : self->left);
      if (self->head_left > 0)
        memcpy (to, self->head + CHUNK_HEAD - self->head_left, n);
      else
        take (self, to, n);
      self->head_left -= self->head_left > 0 ? (guint) n : 0;
      self->left -= n;
      to += n;
      length -= n;
    }
}

/* --- decoding; all of it may leave --- */

/* What admitted the work must be what is done. */
static void
read_header (Decoder *self)
{
  const WbPictureInfo *info = self->info;

  png_read_info (self->png, self->about);
  if (png_get_image_width (self->png, self->about) != info->width
      || png_get_image_height (self->png, self->about) != info->height
      || png_get_bit_depth (self->png, self->about) != info->bits
      || png_get_channels (self->png, self->about) != info->channels)
    leave (self, WB_MEDIA_ERROR_CHANGED, "not the picture that was looked at");
  self->interlaced = png_get_interlace_type (self->png, self->about) != PNG_INTERLACE_NONE;
}

static void
take_profile (Decoder *self)
{
  char *name;
  int method;
  guint8 *bytes;
  png_uint_32 length;

  if (png_get_iCCP (self->png, self->about, &name, &method, &bytes, &length) != 0)
    self->decoded->profile = g_bytes_new (bytes, length);
}

/* Whatever it is, 8 bits of red, green and blue, perhaps with alpha, come out. A profile or sRGB
 * says more of colours than gAMA does; a gamma like that of sRGB libpng leaves as it is. */
static void
set_transforms (Decoder *self)
{
  png_fixed_point gamma;

  if (!self->info->has_profile && png_get_valid (self->png, self->about, PNG_INFO_sRGB) == 0
      && png_get_gAMA_fixed (self->png, self->about, &gamma) != 0)
    png_set_gamma_fixed (self->png, PNG_DEFAULT_sRGB, gamma);
  png_set_expand (self->png);
  png_set_scale_16 (self->png);
  png_set_gray_to_rgb (self->png);
  png_read_update_info (self->png, self->about);
}

/* To the side of the smaller picture. */
static guint
shrunk (const Decoder *self, guint side)
{
  return (side + (1u << self->shift) - 1) >> self->shift;
}

static void
begin (Decoder *self)
{
  guint width = shrunk (self, self->info->width), height = shrunk (self, self->info->height);
  WbDecoded *decoded = self->decoded;

  decoded->x = MIN (self->area->x, width - 1);
  decoded->y = MIN (self->area->y, height - 1);
  self->width = MIN (self->area->width, width - decoded->x);
  self->height = MIN (self->area->height, height - decoded->y);
  decoded->pixels = wb_pixels_new (self->width, self->height);
  self->row = g_try_malloc (png_get_rowbytes (self->png, self->about));
  if (self->shift > 0)
    self->sums
        = g_try_new0 (guint16, 3 * (gsize) self->width * (self->interlaced ? self->height : 1));
  if (decoded->pixels == NULL || self->row == NULL || (self->shift > 0 && self->sums == NULL))
    leave (self, WB_MEDIA_ERROR_TOO_MANY_PIXELS, "no memory for the pixels");
}

/* In place: three bytes a pixel of four. */
static void
over_white (guint8 *row, guint n)
{
  guint8 *to = row;

  for (const guint8 *from = row, *end = row + (gsize) n * 4; from < end; from += 4, to += 3)
    {
      guint alpha = from[3], white = 255 * (255 - alpha) + 127;

      to[0] = (guint8) ((from[0] * alpha + white) / 255);
      to[1] = (guint8) ((from[1] * alpha + white) / 255);
      to[2] = (guint8) ((from[2] * alpha + white) / 255);
    }
}

static guint8 *
pixels_at (Decoder *self, guint y)
{
  return gdk_pixbuf_get_pixels (self->decoded->pixels)
         + y * (gsize) gdk_pixbuf_get_rowstride (self->decoded->pixels);
}

/* @y: within the area. At the edges fewer pixels become one. */
static void
divide_row (Decoder *self, guint y, guint16 *sums)
{
  guint divisor = 1u << self->shift;
  guint rows = MIN (divisor, self->info->height - ((self->decoded->y + y) << self->shift));
  guint8 *to = pixels_at (self, y);

  for (guint x = 0; x < self->width; x++, sums += 3, to += 3)
    {
      guint n = rows * MIN (divisor, self->info->width - ((self->decoded->x + x) << self->shift));

      for (guint i = 0; i < 3; i++)
        {
          to[i] = (guint8) ((sums[i] + n / 2) / n);
          sums[i] = 0;
        }
    }
}

/* The row @y of the picture, or each @step-th pixel of it from @x on. */
static void
take_row (Decoder *self, guint y, guint x, guint step)
{
  guint left = self->decoded->x << self->shift,
        skipped = left > x ? (left - x + step - 1) / step : 0;
  guint right
      = (guint) MIN ((guint64) (self->decoded->x + self->width) << self->shift, self->info->width);
  guint within = (y >> self->shift) - self->decoded->y; /* far too many above the area */
  gsize start = 3 * (gsize) self->width * (self->interlaced ? within : 0);
  const guint8 *at = self->row + 3 * (gsize) skipped;

  if (within >= self->height)
    return;
  x = x + skipped * step - left;
  if (self->shift == 0)
    for (guint8 *to = pixels_at (self, within); x < right - left; x += step, at += 3)
      memcpy (to + 3 * (gsize) x, at, 3);
  else
    for (; x < right - left; x += step, at += 3)
      {
        guint16 *sum = self->sums + start + 3 * (gsize) (x >> self->shift);

        sum[0] += at[0];
        sum[1] += at[1];
        sum[2] += at[2];
      }
}

static void
read_row (Decoder *self, guint pixels)
{
  png_read_row (self->png, self->row, NULL);
  if (png_get_channels (self->png, self->about) == 4)
    over_white (self->row, pixels);
}

static void
read_rows (Decoder *self)
{
  guint last = (1u << self->shift) - 1, height = self->info->height;

  for (guint y = 0; y < height; y++)
    {
      guint within = (y >> self->shift) - self->decoded->y;

      read_row (self, self->info->width);
      take_row (self, y, 0, 1);
      if (self->shift > 0 && within < self->height && ((y & last) == last || y + 1 == height))
        divide_row (self, within, self->sums);
    }
}

/* Seven passes, each a picture of its own of each second to eighth pixel. */
static void
read_passes (Decoder *self)
{
  for (guint pass = 0; pass < PNG_INTERLACE_ADAM7_PASSES; pass++)
    {
      guint across = PNG_PASS_COLS (self->info->width, pass),
            down = PNG_PASS_ROWS (self->info->height, pass);

      for (guint y = 0; across > 0 && y < down; y++)
        {
          read_row (self, across);
          take_row (self, PNG_ROW_FROM_PASS_ROW (y, pass), PNG_PASS_START_COL (pass),
                    1u << PNG_PASS_COL_SHIFT (pass));
        }
    }
  for (guint y = 0; self->shift > 0 && y < self->height; y++)
    divide_row (self, y, self->sums + 3 * (gsize) self->width * y);
}

/* All rows and all chunks, whatever the area: a picture that is damaged anywhere is refused. */
static gboolean
decode (Decoder *self)
{
  if (setjmp (self->back) != 0)
    return FALSE;
  self->png = png_create_read_struct (PNG_LIBPNG_VER_STRING, self, on_error, on_warning);
  self->about = self->png != NULL ? png_create_info_struct (self->png) : NULL;
  if (self->about == NULL)
    leave (self, WB_MEDIA_ERROR_TOO_MANY_PIXELS, "no memory for the decoder");
  png_set_user_limits (self->png, SIDE_MAX, SIDE_MAX);
  png_set_chunk_malloc_max (self->png, WB_PROFILE_MAX_BYTES);
  png_set_benign_errors (self->png, TRUE);
  png_set_read_fn (self->png, self, on_read);
  read_header (self);
  take_profile (self);
  set_transforms (self);
  begin (self);
  (self->interlaced ? read_passes : read_rows) (self);
  png_read_end (self->png, NULL);
  return TRUE;
}

gboolean
wb_picture_decode_png (int fd, const WbPictureInfo *info, guint divisor, const WbArea *area,
                       WbDecoded *decoded, GError **error)
{
  Decoder *self = g_new0 (Decoder, 1);
  gboolean good;

  self->info = info;
  self->area = area;
  self->decoded = decoded;
  self->shift = (guint) g_bit_nth_lsf (divisor, -1);
  self->left = SIGNATURE;
  wb_reader_init (&self->reader, fd, info->file_bytes);
  good = decode (self);
  if (!good)
    g_set_error (error, WB_MEDIA_ERROR, self->code, "PNG: %s", self->text);
  png_destroy_read_struct (&self->png, &self->about, NULL);
  wb_reader_clear (&self->reader);
  g_free (self->row);
  g_free (self->sums);
  g_free (self);
  return good;
}
