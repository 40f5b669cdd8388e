// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-picture-private.h"

#include <string.h>

enum
{
  M_SOF0 = 0xc0,
  M_DHT = 0xc4,
  M_JPG = 0xc8,
  M_DAC = 0xcc,
  M_SOF15 = 0xcf,
  M_RST0 = 0xd0,
  M_RST7 = 0xd7,
  M_SOI = 0xd8,
  M_EOI = 0xd9,
  M_SOS = 0xda,
  M_DNL = 0xdc,
  M_APP0 = 0xe0,
  M_APP1 = 0xe1,
  M_APP2 = 0xe2,
  M_SOF55 = 0xf7,
};

/* Encoders write about ten. Each costs a pass over the whole picture, so that a small file of
 * thousands would hold a worker for minutes. */
#define SCANS_MAX 100

typedef struct
{
  WbReader *reader;
  WbPictureInfo *info;
  GByteArray *profile; /* the pieces so far, NULL before the first or when they do not fit */
  gboolean profile_bad;
  gboolean oriented;
  guint scans;
} Walk;

/* Tables of what a decoder of today reads: sequential and progressive, Huffman or arithmetic. */
static const struct
{
  guint8 marker;
  gboolean progressive;
  const char *refused;
} frames[] = {
  { 0xc0, FALSE, NULL },
  { 0xc1, FALSE, NULL },
  { 0xc2, TRUE, NULL },
  { 0xc9, FALSE, NULL },
  { 0xca, TRUE, NULL },
  { 0xc3, FALSE, "lossless JPEG" },
  { 0xcb, FALSE, "lossless JPEG" },
  { 0xc5, FALSE, "hierarchical JPEG" },
  { 0xc6, FALSE, "hierarchical JPEG" },
  { 0xc7, FALSE, "hierarchical JPEG" },
  { 0xcd, FALSE, "hierarchical JPEG" },
  { 0xce, FALSE, "hierarchical JPEG" },
  { 0xcf, FALSE, "hierarchical JPEG" },
  { M_SOF55, FALSE, "JPEG-LS" },
};

static gboolean
broken (const char *what, GError **error)
{
  g_set_error (error, WB_MEDIA_ERROR, WB_MEDIA_ERROR_DAMAGED, "JPEG: %s", what);
  return FALSE;
}

static gboolean
refuse_kind (WbPictureInfo *info, const char *name, GError **error)
{
  info->kind_name = name;
  g_set_error (error, WB_MEDIA_ERROR, WB_MEDIA_ERROR_KIND, "%s is not decoded", name);
  return FALSE;
}

/* The marker after fill bytes; -1 at the end. Elsewhere than in a scan nothing may stand before it.
 */
static int
next_marker (WbReader *reader)
{
  int byte = wb_reader_byte (reader);

  if (byte >= 0 && byte != 0xff)
    return 0;
  while (byte == 0xff)
    byte = wb_reader_byte (reader);
  return byte;
}

/* Entropy coded data up to the marker that ends it. This is where a file's bytes are: memchr, no
 * copies. */
static int
skip_scan (WbReader *reader)
{
  gsize ready;

  while ((ready = wb_reader_fill (reader)) > 0)
    {
      const guint8 *at = reader->block + reader->at;
      const guint8 *end = at + ready;

      while ((at = memchr (at, 0xff, (gsize)(end - at))) != NULL && at + 1 < end
             && (at[1] == 0 || (at[1] >= M_RST0 && at[1] <= M_RST7)))
        at += 2;
      reader->at = at != NULL ? (gsize)(at - reader->block) : reader->length;
      if (at != NULL)
        {
          int marker = next_marker (reader);

          if (marker != 0 && !(marker >= M_RST0 && marker <= M_RST7))
            return marker;
        }
    }
  return -1;
}

/* How often each component is sampled, which tells what decoding keeps of it. */
static gboolean
read_sampling (WbPictureInfo *info, const guint8 *components)
{
  for (guint i = 0; i < info->channels; i++)
    {
      guint of = components[i * 3 + 1];

      if (of >> 4 < 1 || of >> 4 > 4 || (of & 15) < 1 || (of & 15) > 4)
        return FALSE;
      info->sampling |= of << 8 * i;
    }
  return TRUE;
}

static gboolean
read_frame (Walk *self, guint8 marker, gsize length, GError **error)
{
  WbPictureInfo *info = self->info;
  guint8 head[6 + 4 * 3];
  guint i = 0;

  if (info->width != 0)
    return broken ("two frames", error);
  while (i < G_N_ELEMENTS (frames) && frames[i].marker != marker)
    i++;
  if (length < 6 || !wb_reader_read (self->reader, head, MIN (length, sizeof head)))
    return broken ("frame header too short", error);
  info->bits = head[0];
  info->height = (guint)head[1] << 8 | head[2];
  info->width = (guint)head[3] << 8 | head[4];
  info->channels = head[5];
  info->progressive = frames[i].progressive;
  info->cmyk = info->channels == 4;
  if (frames[i].refused != NULL)
    return refuse_kind (info, frames[i].refused, error);
  if (info->bits != 8)
    return refuse_kind (info, "12-bit JPEG", error);
  if (info->channels != 1 && info->channels != 3 && info->channels != 4)
    return broken ("number of colours", error);
  if (length != 6 + 3 * (gsize)info->channels || info->width == 0 || info->height == 0
      || !read_sampling (info, head + 6))
    return broken ("frame header", error);
  return wb_picture_check_pixels (info, error);
}

/* A sequential file in one scan a colour needs all coefficients at once just as a progressive one.
 */
static gboolean
read_scan (Walk *self, gsize length, GError **error)
{
  WbPictureInfo *info = self->info;
  int components = wb_reader_byte (self->reader);

  if (info->width == 0)
    return broken ("scan before frame", error);
  if (components < 1 || (guint)components > info->channels || length != 4 + 2 * (gsize)components)
    return broken ("scan header", error);
  if (++self->scans > SCANS_MAX)
    return broken ("too many scans", error);
  if ((guint)components < info->channels && !info->progressive)
    {
      info->progressive = TRUE;
      return wb_picture_check_pixels (info, error);
    }
  return TRUE;
}

static void
read_exif (Walk *self, gsize length)
{
  g_autofree guint8 *bytes = g_malloc (length + 1);

  if (self->oriented || length < 6 || !wb_reader_read (self->reader, bytes, length)
      || memcmp (bytes, "Exif\0\0", 6) != 0)
    return;
  self->oriented = TRUE;
  self->info->orientation = wb_exif_orientation (bytes + 6, length - 6);
}

/* A profile comes in numbered pieces of one segment each. */
static void
read_profile (Walk *self, gsize length)
{
  guint8 head[14];
  gsize before;

  /* The decoder takes in all segments of this kind, or none. */
  self->info->profile_bytes += length;
  if (length < sizeof head || !wb_reader_read (self->reader, head, sizeof head)
      || memcmp (head, "ICC_PROFILE", 12) != 0)
    return;
  self->info->has_profile = TRUE;
  if (self->profile == NULL)
    self->profile = g_byte_array_new ();
  if (head[12] == 1)
    g_byte_array_set_size (self->profile, 0);
  before = self->profile->len;
  length -= sizeof head;
  if (before + length > WB_PROFILE_MAX_BYTES)
    {
      self->profile_bad = TRUE;
      return;
    }
  g_byte_array_set_size (self->profile, (guint)(before + length));
  self->profile_bad |= !wb_reader_read (self->reader, self->profile->data + before, length);
}

static gboolean
is_frame (int marker)
{
  return (marker >= M_SOF0 && marker <= M_SOF15 && marker != M_DHT && marker != M_JPG
          && marker != M_DAC)
         || marker == M_SOF55;
}

/* One segment with its length; leaves the reader behind it. */
static gboolean
read_segment (Walk *self, int marker, GError **error)
{
  guint8 size[2];
  guint64 end;
  gsize length;

  /* SOI, TEM, the reserved 01 to BF and the rest without a length have no place here. */
  if (marker < M_SOF0 || marker == M_SOI || (marker >= M_RST0 && marker <= M_RST7))
    return broken ("unexpected marker", error);
  if (!wb_reader_read (self->reader, size, 2))
    return wb_picture_cut (self->reader, self->info, 0, error);
  length = (gsize)size[0] << 8 | size[1];
  if (length < 2)
    return broken ("segment length", error);
  length -= 2;
  end = wb_reader_tell (self->reader) + length;
  if (end > self->reader->size)
    return wb_picture_cut (self->reader, self->info, end, error);

  if (marker == M_APP1)
    read_exif (self, length);
  else if (marker == M_APP2)
    read_profile (self, length);
  else if (marker == M_SOS && !read_scan (self, length, error))
    return FALSE;
  else if (is_frame (marker) && !read_frame (self, (guint8)marker, length, error))
    return FALSE;
  wb_reader_seek (self->reader, end);
  return TRUE;
}

static gboolean
walk (Walk *self, GError **error)
{
  int marker;

  wb_reader_seek (self->reader, 2);
  marker = next_marker (self->reader);
  while (marker > 0 && marker != M_EOI)
    {
      if (!read_segment (self, marker, error))
        return FALSE;
      marker = marker == M_SOS ? skip_scan (self->reader) : next_marker (self->reader);
    }
  if (marker < 0)
    return wb_picture_cut (self->reader, self->info, 0, error);
  if (marker == 0)
    return broken ("no marker where one must be", error);
  return self->scans > 0 || broken ("no picture in it", error);
}

static void
judge_profile (Walk *self)
{
  WbPictureInfo *info = self->info;

  if (!info->has_profile)
    info->srgb = !info->cmyk;
  else
    info->srgb = !info->cmyk && !self->profile_bad
                 && wb_profile_is_srgb (self->profile->data, self->profile->len);
}

/* What follows the end marker (a second view, a camera's notes) is not looked at, nor decoded. */
gboolean
wb_picture_walk_jpeg (WbReader *reader, WbPictureInfo *info, GError **error)
{
  Walk self = { .reader = reader, .info = info };
  gboolean good;

  info->frames = 1;
  good = walk (&self, error);
  if (good)
    judge_profile (&self);
  info->converted = info->cmyk || info->channels == 1 || (good && !info->srgb);
  g_clear_pointer (&self.profile, g_byte_array_unref);
  return good;
}
