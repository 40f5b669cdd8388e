// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-drafts-private.h"

#include <unistd.h>

#include "wb-blobs.h"
#include "wb-profile.h"

/* Pictures that were made for an order, to be looked at after its draft is gone: admitted by the pool that reads,
 * makes and shows those of drafts, so that all together stay within its memory. */

typedef struct {
  WbBlobs *blobs;
  char *blob;
  guint side;
  guint64 admitted;
} Made;

static void
made_free (gpointer data)
{
  Made *made = data;

  g_object_unref (made->blobs);
  g_free (made->blob);
  g_free (made);
}

/* What is in the folder may have been changed by others: nothing is decoded that takes more than was admitted. */
static GdkPixbuf *
load_made (const Made *made, int fd, GError **error)
{
  WbPictureInfo info;

  if (!wb_picture_probe (fd, &info, error))
    return NULL;
  if (wb_picture_load_bytes (&info, made->side) <= made->admitted)
    return wb_picture_load (fd, &info, made->side, error);
  g_set_error (error, WB_MEDIA_ERROR, WB_MEDIA_ERROR_CHANGED, "the made picture is not what it was");
  return NULL;
}

static void
made_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Made *made = data;
  GError *error = NULL;
  int fd = wb_blobs_open (made->blobs, made->blob, &error);
  GdkPixbuf *pixbuf = fd >= 0 ? load_made (made, fd, &error) : NULL;

  if (fd >= 0)
    close (fd);
  if (pixbuf != NULL)
    g_task_return_pointer (task, pixbuf, g_object_unref);
  else
    g_task_return_error (task, error);
}

/* As wb_picture_make() makes them, with the colours at half the size. */
static guint64
bytes_to_show (guint side)
{
  const WbPictureInfo made = {
    .kind = WB_PICTURE_JPEG,
    .width = wb_picture_limits.side,
    .height = wb_picture_limits.side,
    .bits = 8,
    .channels = 3,
    .sampling = 0x111122,
    .srgb = TRUE,
  };

  return wb_picture_load_bytes (&made, side);
}

void
wb_drafts_load_made_async (WbDrafts *self, const char *blob, guint side, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Made *made;

  g_task_set_source_tag (task, wb_drafts_load_made_async);
  if (self->profile == NULL)
    {
      g_task_return_new_error (task, WB_MEDIA_ERROR, WB_MEDIA_ERROR_UNREADABLE, "the profile is closed");
      return;
    }
  made = g_new0 (Made, 1);
  made->blobs = g_object_ref (wb_profile_get_blobs (self->profile));
  made->blob = g_strdup (blob);
  made->side = side;
  made->admitted = bytes_to_show (side);
  g_task_set_task_data (task, made, made_free);
  g_task_set_priority (task, G_PRIORITY_HIGH);
  wb_picture_pool_run (self->pool, task, made->admitted, made_thread);
}

GdkPixbuf *
wb_drafts_load_made_finish (WbDrafts *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
