// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE /* memfd_create */
#include "wb-draft-read-private.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "wb-blobs.h"
#include "wb-profile.h"

typedef struct {
  WbBlobs *blobs;
  guint place;
  char *path;
  GBytes *bytes; /* instead of a path */
  char *name;
} Read;

static void
read_free (gpointer data)
{
  Read *read = data;

  g_object_unref (read->blobs);
  g_clear_pointer (&read->bytes, g_bytes_unref);
  g_free (read->path);
  g_free (read->name);
  g_free (read);
}

GTask *
wb_draft_read_new (WbBlobs *blobs, guint place, const char *path, GBytes *bytes, const char *name,
                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Read *read = g_new0 (Read, 1);

  read->blobs = g_object_ref (blobs);
  read->place = place;
  read->path = g_strdup (path);
  read->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  read->name = g_strdup (name);
  g_task_set_source_tag (task, wb_draft_read_new);
  g_task_set_task_data (task, read, read_free);
  return task;
}

/* In memory without a name: what was pasted is never in a folder that others see. */
static int
open_bytes (GBytes *bytes, WbPictureInfo *info, GError **error)
{
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  int fd;

  info->file_bytes = length;
  if (length > wb_picture_limits.file_bytes)
    {
      g_set_error (error, WB_MEDIA_ERROR, WB_MEDIA_ERROR_TOO_LARGE, "too many bytes");
      return -1;
    }
  fd = memfd_create ("waybill-picture", MFD_CLOEXEC);
  for (gsize at = 0; fd >= 0 && at < length;)
    {
      gssize written = write (fd, data + at, length - at);

      if (written < 0 && errno != EINTR)
        {
          close (fd);
          fd = -1;
        }
      at += MAX (written, 0);
    }
  if (fd < 0)
    g_set_error (error, CMR_ERROR, CMR_ERROR_STORAGE, "no room for a picture: %s", g_strerror (errno));
  return fd;
}

static char *
folder_name (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return g_filename_display_basename (folder);
}

static char *
copy_fd (Read *read, int fd, const WbPictureInfo *info, GError **error)
{
  guint64 length = 0;
  g_autofree char *blob = wb_blobs_put_fd (read->blobs, fd, &length, error);

  if (blob == NULL || length == info->file_bytes)
    return g_steal_pointer (&blob);
  g_set_error (error, WB_MEDIA_ERROR, WB_MEDIA_ERROR_CHANGED, "the file changed while it was read");
  return NULL;
}

static gboolean
is_small (const WbPictureInfo *info)
{
  return MIN (info->width, info->height) < wb_picture_limits.small;
}

void
wb_draft_read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Read *read = data;
  g_autoptr (GError) error = NULL;
  WbFileItem item = { 0 };
  int fd = read->path != NULL ? wb_picture_open (read->path, &error) : open_bytes (read->bytes, &item.pub.info, &error);
  g_autofree char *blob = NULL;
  g_autofree char *name
      = read->path != NULL ? g_filename_display_basename (read->path) : g_utf8_make_valid (read->name, -1);
  g_autofree char *folder = read->path != NULL ? folder_name (read->path) : NULL;

  if (fd >= 0 && wb_picture_probe (fd, &item.pub.info, &error))
    blob = copy_fd (read, fd, &item.pub.info, &error);
  if (fd >= 0)
    close (fd);
  if (error != NULL && error->domain != WB_MEDIA_ERROR)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  item.pub.file_name = name;
  item.pub.blob = blob;
  item.pub.refused = error != NULL ? error->code + 1 : 0;
  item.pub.small = error == NULL && is_small (&item.pub.info);
  item.folder = folder;
  g_task_return_pointer (task, wb_file_item (&item), wb_file_item_free);
}

WbFileItem *
wb_draft_read_finish (GAsyncResult *result, guint *place, GError **error)
{
  *place = ((const Read *) g_task_get_task_data (G_TASK (result)))->place;
  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct {
  WbBlobs *blobs;
  char *blob;
  WbPictureInfo info;
  guint side;
} Preview;

static void
preview_free (gpointer data)
{
  Preview *preview = data;

  g_object_unref (preview->blobs);
  g_free (preview->blob);
  g_free (preview);
}

static void
preview_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Preview *preview = data;
  GError *error = NULL;
  int fd = wb_draft_open_checked (preview->blobs, preview->blob, &preview->info, &error);
  GdkPixbuf *pixbuf = fd >= 0 ? wb_picture_load (fd, &preview->info, preview->side, &error) : NULL;

  if (fd >= 0)
    close (fd);
  if (pixbuf != NULL)
    g_task_return_pointer (task, pixbuf, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * wb_draft_load_preview_async:
 * @side: smallest side wanted, in pixels
 *
 * The picture upright and whole; its crop is the caller's to draw. Errors: %WB_MEDIA_ERROR.
 */
void
wb_draft_load_preview_async (WbDraft *self, guint file, guint side, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  const WbDraftFile *shown = wb_draft_get_file (self, file);
  WbProfile *profile = self->drafts != NULL ? wb_drafts_get_profile (self->drafts) : NULL;
  Preview *preview;

  g_task_set_source_tag (task, wb_draft_load_preview_async);
  if (shown == NULL || *shown->blob == '\0' || profile == NULL)
    {
      g_task_return_new_error (task, WB_MEDIA_ERROR,
                               shown != NULL && shown->refused != 0 ? shown->refused - 1 : WB_MEDIA_ERROR_UNREADABLE,
                               "there is no picture to show");
      return;
    }
  preview = g_new0 (Preview, 1);
  preview->blobs = g_object_ref (wb_profile_get_blobs (profile));
  preview->blob = g_strdup (shown->blob);
  preview->info = shown->info;
  preview->side = side;
  g_task_set_task_data (task, preview, preview_free);
  /* Somebody looks at it: before files that are read and pictures that are made. */
  g_task_set_priority (task, G_PRIORITY_HIGH);
  wb_picture_pool_run (wb_drafts_get_pool (self->drafts), task, wb_picture_load_bytes (&preview->info, side),
                       preview_thread);
}

/**
 * wb_draft_load_preview_finish:
 *
 * Returns: (transfer full): in sRGB, without alpha
 */
GdkPixbuf *
wb_draft_load_preview_finish (WbDraft *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
