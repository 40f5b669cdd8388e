// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-picture-private.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Small enough to stop soon after the last row that is needed, large enough to be few calls. */
#define BLOCK (64 * 1024)

typedef struct {
  const WbPictureInfo *info;
  int width, height; /* to decode to */
  gboolean changed;
  int rows_done;
} Decode;

static void
on_loader_size_prepared (GdkPixbufLoader *loader, int width, int height, Decode *self)
{
  /* The header walk has judged another picture than the decoder found: not a pixel of it is wanted.
   */
  self->changed = width != (int) self->info->width || height != (int) self->info->height;
  if (self->changed)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
  else if (self->width != width || self->height != height)
    gdk_pixbuf_loader_set_size (loader, self->width, self->height);
}

static void
on_loader_area_updated (GdkPixbufLoader *loader, int x, int y, int width, int height, Decode *self)
{
  self->rows_done = MAX (self->rows_done, y + height);
}

static gboolean
check_size (int fd, const WbPictureInfo *info, GError **error)
{
  struct stat now;

  if (fstat (fd, &now) == 0 && (guint64) now.st_size == info->file_bytes)
    return TRUE;
  g_set_error_literal (error, WB_MEDIA_ERROR, WB_MEDIA_ERROR_CHANGED, "size changed");
  return FALSE;
}

/* In order from the start, whatever the descriptor's offset. */
static gboolean
feed (GdkPixbufLoader *loader, int fd, Decode *self, int rows, GError **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK);
  guint64 at = 0;

  while (at < self->info->file_bytes && self->rows_done < rows)
    {
      gssize got = pread (fd, block, BLOCK, (off_t) at);

      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0)
        {
          g_set_error (error, WB_MEDIA_ERROR,
                       got < 0 ? WB_MEDIA_ERROR_UNREADABLE : WB_MEDIA_ERROR_CHANGED,
                       "reading failed");
          return FALSE;
        }
      if (!gdk_pixbuf_loader_write (loader, block, (gsize) got, error))
        return FALSE;
      at += (guint64) got;
    }
  return TRUE;
}

/* The decoder's own codes say nothing a user could act on. */
static gboolean
translate_error (const Decode *self, GError **error)
{
  GError *own = NULL;

  if (*error == NULL || (*error)->domain == WB_MEDIA_ERROR)
    return FALSE;
  g_set_error (&own, WB_MEDIA_ERROR,
               self->changed ? WB_MEDIA_ERROR_CHANGED : WB_MEDIA_ERROR_DAMAGED, "decoder: %s",
               (*error)->message);
  g_clear_error (error);
  *error = own;
  return FALSE;
}

static gboolean
run (GdkPixbufLoader *loader, int fd, Decode *self, int rows, GError **error)
{
  gboolean good = feed (loader, fd, self, rows, error);
  /* Stopped before the end it complains of a missing rest, which nobody needs. */
  gboolean early = good && self->rows_done >= rows;

  if (!good || early)
    {
      gdk_pixbuf_loader_close (loader, NULL);
      return good;
    }
  good = gdk_pixbuf_loader_close (loader, error);
  /* libpng finds nothing wrong with data that inflate well but to fewer rows: the rest would be grey. */
  if (good && self->rows_done < self->height)
    {
      g_set_error (error, WB_MEDIA_ERROR, WB_MEDIA_ERROR_DAMAGED, "%d of %d rows", self->rows_done,
                   self->height);
      good = FALSE;
    }
  return good;
}

/* Later scans and the passes of an interlaced PNG refine rows that were there before. */
static gboolean
can_stop_early (const WbPictureInfo *info)
{
  return info->kind == WB_PICTURE_JPEG && !info->progressive;
}

GdkPixbuf *
wb_picture_decode (int fd, const WbPictureInfo *info, guint divisor, guint rows, GError **error)
{
  g_autoptr (GdkPixbufLoader) loader = NULL;
  g_autoptr (GError) local = NULL;
  Decode self = { .info = info };
  GdkPixbuf *pixbuf;

  /* The sizes libjpeg has at hand: any other and the loader would scale once more itself. */
  self.width = (int) ((info->width + divisor - 1) / divisor);
  self.height = (int) ((info->height + divisor - 1) / divisor);
  if (!check_size (fd, info, error))
    return NULL;
  loader = gdk_pixbuf_loader_new_with_type (info->kind == WB_PICTURE_PNG ? "png" : "jpeg", &local);
  if (loader != NULL)
    {
      g_signal_connect (loader, "size-prepared", G_CALLBACK (on_loader_size_prepared), &self);
      g_signal_connect (loader, "area-updated", G_CALLBACK (on_loader_area_updated), &self);
      run (loader, fd, &self, can_stop_early (info) ? MIN ((int) rows, self.height) : G_MAXINT,
           &local);
    }
  if (local != NULL)
    {
      translate_error (&self, &local);
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  if (pixbuf == NULL || !check_size (fd, info, error))
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, WB_MEDIA_ERROR, WB_MEDIA_ERROR_DAMAGED, "no pixels");
      return NULL;
    }
  return g_object_ref (pixbuf);
}

GBytes *
wb_picture_decoded_profile (GdkPixbuf *pixbuf)
{
  const char *text = gdk_pixbuf_get_option (pixbuf, "icc-profile");
  guint8 *bytes;
  gsize length;

  if (text == NULL)
    return NULL;
  bytes = g_base64_decode (text, &length);
  return g_bytes_new_take (bytes, length);
}

GBytes *
wb_picture_encode (GdkPixbuf *rgb, guint quality, GError **error)
{
  g_autofree char *number = g_strdup_printf ("%u", quality);
  const char *keys[] = { "quality", NULL };
  char *values[] = { number, NULL };
  char *bytes = NULL;
  gsize length;

  if (!gdk_pixbuf_save_to_bufferv (rgb, &bytes, &length, "jpeg", (char **) keys, values, error))
    return NULL;
  return g_bytes_new_take (bytes, length);
}
