// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-picture-private.h"

#include <string.h>

#define CHUNK(a, b, c, d) ((guint32)(a) << 24 | (b) << 16 | (c) << 8 | (d))

/* Ancillary chunks are taken into memory up to here; a longer Exif or profile is passed over. */
#define KEEP_MAX (2 * 1024 * 1024)
/* The walk itself is cheap; thirty million empty chunks in the decoder are not. */
#define CHUNKS_MAX 200000

enum
{
  COLOUR_PALETTE = 1,
  COLOUR_RGB = 2,
  COLOUR_ALPHA = 4
};

typedef struct
{
  WbReader *reader;
  WbPictureInfo *info;
  guint chunks;
  guint colour;
  gboolean palette, data, end;
  gboolean transparent;
  gboolean foreign;
  gboolean said_srgb, said_other;
} Walk;

typedef gboolean (*ChunkFunc) (Walk *self, guint8 *bytes, gsize length, GError **error);

static gboolean
broken (const char *what, GError **error)
{
  g_set_error (error, WB_MEDIA_ERROR, WB_MEDIA_ERROR_DAMAGED, "PNG: %s", what);
  return FALSE;
}

static guint32
number (const guint8 *at)
{
  return (guint32)at[0] << 24 | (guint32)at[1] << 16 | (guint32)at[2] << 8 | at[3];
}

/* Bit depths that the kinds of colour 0 to 6 may have, as bits of a mask. */
static const guint depths[] = { 0x10116, 0, 0x10100, 0x116, 0x10100, 0, 0x10100 };

static gboolean
read_header (Walk *self, guint8 *bytes, gsize length, GError **error)
{
  WbPictureInfo *info = self->info;

  if (length != 13)
    return broken ("IHDR", error);
  info->width = number (bytes);
  info->height = number (bytes + 4);
  info->bits = bytes[8];
  info->progressive = bytes[12] != 0;
  self->colour = bytes[9];
  if (self->colour > 6 || info->bits > 16 || (depths[self->colour] & 1u << info->bits) == 0
      || bytes[10] != 0 || bytes[11] != 0 || bytes[12] > 1)
    return broken ("IHDR says what no PNG can be", error);
  if (info->width == 0 || info->height == 0 || info->width > G_MAXINT32
      || info->height > G_MAXINT32)
    return broken ("IHDR size", error);
  info->channels = self->colour & COLOUR_RGB && !(self->colour & COLOUR_PALETTE) ? 3 : 1;
  info->channels += self->colour & COLOUR_ALPHA ? 1 : 0;
  return wb_picture_check_pixels (info, error);
}

static gboolean
read_animation (Walk *self, guint8 *bytes, gsize length, GError **error)
{
  if (length != 8)
    return broken ("acTL", error);
  self->info->frames = number (bytes);
  if (self->info->frames <= 1)
    return TRUE;
  g_set_error (error, WB_MEDIA_ERROR, WB_MEDIA_ERROR_ANIMATED, "%u frames", self->info->frames);
  return FALSE;
}

static gboolean
read_palette (Walk *self, guint8 *bytes, gsize length, GError **error)
{
  self->palette = TRUE;
  return length >= 3 && length <= 768 && length % 3 == 0 ? TRUE : broken ("PLTE", error);
}

static gboolean
read_transparency (Walk *self, guint8 *bytes, gsize length, GError **error)
{
  self->transparent = TRUE;
  return TRUE;
}

static gboolean
read_said_srgb (Walk *self, guint8 *bytes, gsize length, GError **error)
{
  self->said_srgb = TRUE;
  return TRUE;
}

/* Up to a twentieth beside that of sRGB the decoder leaves colours as they are. */
static gboolean
read_gamma (Walk *self, guint8 *bytes, gsize length, GError **error)
{
  self->said_other = length == 4 && (number (bytes) * 2.2 < 95000 || number (bytes) * 2.2 > 105000);
  return TRUE;
}

static gboolean
read_exif (Walk *self, guint8 *bytes, gsize length, GError **error)
{
  self->info->orientation = wb_exif_orientation (bytes, length);
  return TRUE;
}

/* The profile lies deflated behind a name; how large it becomes is bounded, not believed. */
static GByteArray *
inflate (const guint8 *bytes, gsize length)
{
  g_autoptr (GZlibDecompressor) zlib = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  GConverterResult result = G_CONVERTER_CONVERTED;
  gsize in = 0, done = 0;

  while (result == G_CONVERTER_CONVERTED)
    {
      gsize took, gave;

      if (done == out->len)
        g_byte_array_set_size (out, out->len + 64 * 1024);
      if (done >= WB_PROFILE_MAX_BYTES)
        return NULL;
      result = g_converter_convert (G_CONVERTER (zlib), bytes + in, length - in, out->data + done,
                                    out->len - done, G_CONVERTER_INPUT_AT_END, &took, &gave, NULL);
      in += result == G_CONVERTER_ERROR ? 0 : took;
      done += result == G_CONVERTER_ERROR ? 0 : gave;
    }
  g_byte_array_set_size (out, (guint)done);
  return result == G_CONVERTER_FINISHED ? g_steal_pointer (&out) : NULL;
}

static gboolean
read_profile (Walk *self, guint8 *bytes, gsize length, GError **error)
{
  const guint8 *name_end = memchr (bytes, 0, MIN (length, 80));
  gsize skip = name_end != NULL ? (gsize)(name_end - bytes) + 2 : length;
  g_autoptr (GByteArray) profile = skip < length ? inflate (bytes + skip, length - skip) : NULL;

  self->info->has_profile = TRUE;
  self->info->profile_bytes = profile != NULL ? profile->len : WB_PROFILE_MAX_BYTES + 1;
  self->foreign = profile == NULL || !wb_profile_is_srgb (profile->data, profile->len);
  return TRUE;
}

static const struct
{
  guint32 type;
  ChunkFunc func;
} readers[] = {
  { CHUNK ('I', 'H', 'D', 'R'), read_header },       { CHUNK ('P', 'L', 'T', 'E'), read_palette },
  { CHUNK ('a', 'c', 'T', 'L'), read_animation },    { CHUNK ('e', 'X', 'I', 'f'), read_exif },
  { CHUNK ('i', 'C', 'C', 'P'), read_profile },      { CHUNK ('s', 'R', 'G', 'B'), read_said_srgb },
  { CHUNK ('t', 'R', 'N', 'S'), read_transparency }, { CHUNK ('g', 'A', 'M', 'A'), read_gamma },
};

/* Of the short chunks that steer the decoder; those with the pixels are its own to check. */
#define SUMMED_MAX 1024

static guint32
checksum (const guint8 *bytes, gsize length, guint32 sum)
{
  for (gsize i = 0; i < length; i++)
    {
      sum ^= bytes[i];
      for (guint bit = 0; bit < 8; bit++)
        sum = sum & 1 ? sum >> 1 ^ 0xedb88320u : sum >> 1;
    }
  return sum;
}

static gboolean
check_sum (const guint8 *type, const guint8 *bytes, gsize length)
{
  guint32 sum = checksum (bytes, length, checksum (type, 4, 0xffffffffu));

  return length > SUMMED_MAX || ~sum == number (bytes + length);
}

static gboolean
read_chunk (Walk *self, guint32 type, gsize length, GError **error)
{
  const guint8 name[] = { type >> 24, type >> 16 & 255, type >> 8 & 255, type & 255 };

  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    if (readers[i].type == type && length <= KEEP_MAX)
      {
        g_autofree guint8 *bytes = g_malloc (length + 4);

        if (!wb_reader_read (self->reader, bytes, length + 4))
          return wb_picture_cut (self->reader, self->info, 0, error);
        if (!check_sum (name, bytes, length))
          return broken ("checksum", error);
        return readers[i].func (self, bytes, length, error);
      }
  return TRUE;
}

static gboolean
check_order (Walk *self, guint32 type, GError **error)
{
  gboolean header = type == CHUNK ('I', 'H', 'D', 'R');

  if (header != (self->chunks == 0))
    return broken ("IHDR is not the first chunk, or comes twice", error);
  if (++self->chunks > CHUNKS_MAX)
    return broken ("too many chunks", error);
  if (type == CHUNK ('I', 'D', 'A', 'T'))
    {
      self->data = TRUE;
      return self->colour != 3 || self->palette ? TRUE : broken ("no PLTE", error);
    }
  self->end = type == CHUNK ('I', 'E', 'N', 'D');
  return !self->end || self->data ? TRUE : broken ("no IDAT", error);
}

static gboolean
is_type (const guint8 *bytes)
{
  return g_ascii_isalpha (bytes[0]) && g_ascii_isalpha (bytes[1]) && g_ascii_isalpha (bytes[2])
         && g_ascii_isalpha (bytes[3]);
}

/* Length, type, what it holds, checksum. The end of the file is at least an IEND of 12 bytes
 * further on. */
static gboolean
walk (Walk *self, GError **error)
{
  wb_reader_seek (self->reader, 8);
  while (!self->end)
    {
      guint64 at = wb_reader_tell (self->reader), end;
      guint8 head[8];
      guint32 length, type;

      if (!wb_reader_read (self->reader, head, sizeof head))
        return wb_picture_cut (self->reader, self->info, at + 12, error);
      length = number (head);
      type = number (head + 4);
      if (length > G_MAXINT32 || !is_type (head + 4))
        return broken ("chunk header", error);
      if (!check_order (self, type, error))
        return FALSE;
      end = at + 12 + (guint64)length;
      if (end > self->reader->size)
        return wb_picture_cut (self->reader, self->info, end + (self->end ? 0 : 12), error);
      if (!read_chunk (self, type, length, error))
        return FALSE;
      wb_reader_seek (self->reader, end);
    }
  return TRUE;
}

/* The checksums of the data are the decoder's: here they would cost more than all the rest. */
gboolean
wb_picture_walk_png (WbReader *reader, WbPictureInfo *info, GError **error)
{
  Walk self = { .reader = reader, .info = info };
  gboolean good;

  info->frames = 1;
  good = walk (&self, error);
  /* An sRGB chunk outweighs a profile, but who wrote both meant the profile, so a foreign one counts. */
  info->srgb = good && !self.foreign;
  info->converted = info->bits != 8 || self.colour != COLOUR_RGB || self.transparent || self.foreign
                    || (self.said_other && !self.said_srgb && !info->has_profile);
  return good;
}
