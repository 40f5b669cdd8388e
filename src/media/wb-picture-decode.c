// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-picture-private.h"

#include <string.h>
#include <sys/stat.h>

/* Pictures to pixels: JPEG by libjpeg, PNG by gdk-pixbuf. Nothing else knows of either. */

#define CHUNK_HEAD 8
#define CHUNK_SUM 4

typedef struct {
  const WbPictureInfo *info;
  GdkPixbufLoader *loader;
  WbReader reader;
  gboolean changed;
  int rows_done;
} Decode;

static gboolean
fail (GError **error, WbMediaError code, const char *what)
{
  g_set_error_literal (error, WB_MEDIA_ERROR, (int) code, what);
  return FALSE;
}

static void
on_loader_size_prepared (GdkPixbufLoader *loader, int width, int height, Decode *self)
{
  /* The header walk has judged another picture than the decoder found: not a pixel of it is wanted. */
  self->changed = width != (int) self->info->width || height != (int) self->info->height;
  if (self->changed)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
}

static void
on_loader_area_updated (GdkPixbufLoader *loader, int x, int y, int width, int height, Decode *self)
{
  self->rows_done = MAX (self->rows_done, y + height);
}

/* What makes pixels, and a profile that counts. libpng keeps all else as well, inflated: a thousand comments
 * of 8 MB each in a file of as many kB. */
static gboolean
is_wanted (const WbPictureInfo *info, const guint8 *type)
{
  gboolean critical = (type[0] & 0x20) == 0;

  return critical || memcmp (type, "tRNS", 4) == 0
         || (memcmp (type, "iCCP", 4) == 0 && wb_picture_profile_counts (info));
}

static gboolean
give (Decode *self, const guint8 *bytes, gsize length, GError **error)
{
  return gdk_pixbuf_loader_write (self->loader, bytes, length, error);
}

static gboolean
ends_early (Decode *self, GError **error)
{
  return fail (error, self->reader.failed ? WB_MEDIA_ERROR_UNREADABLE : WB_MEDIA_ERROR_CHANGED,
               "reading failed");
}

static gboolean
give_rest (Decode *self, guint64 length, GError **error)
{
  while (length > 0)
    {
      gsize ready = (gsize) MIN (wb_reader_fill (&self->reader), length);

      if (ready == 0)
        return ends_early (self, error);
      if (!give (self, self->reader.block + self->reader.at, ready, error))
        return FALSE;
      self->reader.at += ready;
      length -= ready;
    }
  return TRUE;
}

/* Up to IEND, as the walk has found it. */
static gboolean
feed (Decode *self, GError **error)
{
  guint8 head[CHUNK_HEAD];
  guint64 rest;

  if (!wb_reader_read (&self->reader, head, sizeof head))
    return ends_early (self, error);
  if (!give (self, head, sizeof head, error))
    return FALSE;
  do
    {
      if (!wb_reader_read (&self->reader, head, sizeof head))
        return ends_early (self, error);
      rest = ((guint64) head[0] << 24 | (guint64) head[1] << 16 | (guint64) head[2] << 8 | head[3])
             + CHUNK_SUM;
      if (!is_wanted (self->info, head + 4))
        wb_reader_seek (&self->reader, wb_reader_tell (&self->reader) + rest);
      else if (!give (self, head, sizeof head, error) || !give_rest (self, rest, error))
        return FALSE;
    }
  while (memcmp (head + 4, "IEND", 4) != 0);
  return TRUE;
}

/* The decoder's own codes say nothing a user could act on. */
static void
translate_error (const Decode *self, GError **error)
{
  GError *own = NULL;

  if ((*error)->domain == WB_MEDIA_ERROR)
    return;
  g_set_error (&own, WB_MEDIA_ERROR,
               self->changed ? WB_MEDIA_ERROR_CHANGED : WB_MEDIA_ERROR_DAMAGED, "decoder: %s",
               (*error)->message);
  g_clear_error (error);
  *error = own;
}

static gboolean
run (Decode *self, GError **error)
{
  gboolean good = feed (self, error);

  if (!gdk_pixbuf_loader_close (self->loader, good ? error : NULL) || !good)
    return FALSE;
  /* libpng finds nothing wrong with data that inflate well but to fewer rows: the rest would be grey. */
  if (self->rows_done >= (int) self->info->height)
    return TRUE;
  g_set_error (error, WB_MEDIA_ERROR, WB_MEDIA_ERROR_DAMAGED, "%d of %u rows", self->rows_done,
               self->info->height);
  return FALSE;
}

static GBytes *
profile_of (GdkPixbuf *pixels)
{
  const char *text = gdk_pixbuf_get_option (pixels, "icc-profile");
  guint8 *bytes;
  gsize length;

  if (text == NULL)
    return NULL;
  bytes = g_base64_decode (text, &length);
  return g_bytes_new_take (bytes, length);
}

static gboolean
decode_png (int fd, const WbPictureInfo *info, WbDecoded *decoded, GError **error)
{
  Decode self = { .info = info };
  GError *local = NULL;
  GdkPixbuf *pixels = NULL;

  self.loader = gdk_pixbuf_loader_new_with_type ("png", &local);
  if (self.loader != NULL)
    {
      g_signal_connect (self.loader, "size-prepared", G_CALLBACK (on_loader_size_prepared), &self);
      g_signal_connect (self.loader, "area-updated", G_CALLBACK (on_loader_area_updated), &self);
      wb_reader_init (&self.reader, fd, info->file_bytes);
      if (run (&self, &local))
        pixels = gdk_pixbuf_loader_get_pixbuf (self.loader);
      wb_reader_clear (&self.reader);
    }
  if (pixels != NULL)
    {
      decoded->pixels = g_object_ref (pixels);
      decoded->profile = profile_of (pixels);
    }
  else if (local == NULL)
    fail (&local, WB_MEDIA_ERROR_DAMAGED, "no pixels");
  g_clear_object (&self.loader);
  if (local != NULL)
    {
      translate_error (&self, &local);
      g_propagate_error (error, local);
    }
  return pixels != NULL;
}

static gboolean
check_size (int fd, const WbPictureInfo *info, GError **error)
{
  struct stat now;

  if (fstat (fd, &now) == 0 && (guint64) now.st_size == info->file_bytes)
    return TRUE;
  g_clear_error (error);
  return fail (error, WB_MEDIA_ERROR_CHANGED, "size changed");
}

gboolean
wb_picture_decode (int fd, const WbPictureInfo *info, guint divisor, const WbArea *area,
                   WbDecoded *decoded, GError **error)
{
  g_autoptr (GError) local = NULL;
  gboolean good = check_size (fd, info, &local);

  *decoded = (WbDecoded){ NULL };
  if (good)
    good = info->kind == WB_PICTURE_PNG
               ? decode_png (fd, info, decoded, &local)
               : wb_picture_decode_jpeg (fd, info, divisor, area, decoded, &local);
  /* Whatever the decoder says of a file that is another by now. */
  if (check_size (fd, info, &local) && good)
    return TRUE;
  wb_decoded_clear (decoded);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

void
wb_decoded_clear (WbDecoded *self)
{
  g_clear_object (&self->pixels);
  g_clear_pointer (&self->profile, g_bytes_unref);
}
