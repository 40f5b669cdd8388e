// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-draft-state-private.h"

#include <unistd.h>

#include "wb-blobs.h"
#include "wb-profile.h"

/* The 648×648 JPEGs: made when idle, one a file however many mailboxes it serves, again when its crop has
 * changed. */

#define SOON_MS 250

typedef struct {
  GWeakRef draft;
  guint file;
  WbBlobs *blobs;
  char *blob;
  WbPictureInfo info;
  WbCrop crop;
  char *made;
  guint64 made_bytes;
} Make;

static void
make_free (gpointer data)
{
  Make *make = data;

  g_weak_ref_clear (&make->draft);
  g_object_unref (make->blobs);
  g_free (make->blob);
  g_free (make->made);
  g_free (make);
}

/* In all that tells what decoding it takes. */
static gboolean
is_same (const WbPictureInfo *info, const WbPictureInfo *expected)
{
  return info->kind == expected->kind && info->file_bytes == expected->file_bytes && info->width == expected->width
         && info->height == expected->height && info->progressive == expected->progressive
         && info->sampling == expected->sampling && info->profile_bytes == expected->profile_bytes;
}

/* What is in the folder may have been changed by others since it was looked at: no decoder sees what did
 * not pass the header walk through the same descriptor. */
int
wb_draft_open_checked (WbBlobs *blobs, const char *blob, const WbPictureInfo *expected, GError **error)
{
  g_autoptr (GError) failure = NULL;
  int fd = wb_blobs_open (blobs, blob, &failure);
  WbPictureInfo info;

  if (fd < 0)
    {
      g_set_error (error, WB_MEDIA_ERROR, WB_MEDIA_ERROR_UNREADABLE, "%s", failure->message);
      return -1;
    }
  if (wb_picture_probe (fd, &info, error) && is_same (&info, expected))
    return fd;
  if (error != NULL && *error == NULL)
    g_set_error (error, WB_MEDIA_ERROR, WB_MEDIA_ERROR_CHANGED, "the copy of the picture is not what it was");
  close (fd);
  return -1;
}

static void
make_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Make *make = data;
  GError *error = NULL;
  int fd = wb_draft_open_checked (make->blobs, make->blob, &make->info, &error);
  g_autoptr (GBytes) jpeg = fd >= 0 ? wb_picture_make (fd, &make->info, &make->crop, &error) : NULL;

  if (fd >= 0)
    close (fd);
  if (jpeg != NULL)
    {
      make->made_bytes = g_bytes_get_size (jpeg);
      make->made = wb_blobs_put (make->blobs, jpeg, &error);
    }
  if (make->made != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static gboolean
needs_make (WbDraft *self, guint id)
{
  const WbFileItem *item = wb_draft_find_file (self, id);

  return item != NULL && !item->removed && item->pub.refused == 0 && *item->pub.made == '\0';
}

static void
finish_waiting (WbDraft *self, const GError *error)
{
  g_autoptr (GPtrArray) tasks = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < tasks->len; i++)
    {
      GSource *cancel = g_task_get_task_data (tasks->pdata[i]);

      if (cancel != NULL)
        g_source_destroy (cancel);
      if (error != NULL)
        g_task_return_error (tasks->pdata[i], g_error_copy (error));
      else
        g_task_return_boolean (tasks->pdata[i], TRUE);
    }
}

static void
check_waiting (WbDraft *self)
{
  GHashTableIter iter;
  gpointer id;

  if (self->waiting->len == 0)
    return;
  g_hash_table_iter_init (&iter, wb_draft_index (self)->used);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (needs_make (self, GPOINTER_TO_UINT (id)) && !g_hash_table_contains (self->make_failed, id))
      return;
  finish_waiting (self, self->make_error);
}

static void
note_made (WbDraft *self, const WbFileItem *item, const Make *make)
{
  WbFileItem *copy = wb_file_item (item);

  g_free (copy->pub.made);
  copy->pub.made = g_strdup (make->made);
  copy->pub.made_bytes = make->made_bytes;
  copy->made_crop = make->crop;
  wb_draft_replace_file (self, copy);
  wb_draft_note (self, WB_DRAFT_PICTURES);
}

/* A picture whose damage only the decoder has found is refused like any other; what could not be written
 * is tried again. */
static void
note_failed (WbDraft *self, const WbFileItem *item, const GError *error)
{
  if (self->make_error == NULL)
    {
      self->make_error = g_error_copy (error);
      g_prefix_error (&self->make_error, "%s: ", item->pub.file_name);
    }
  if (error->domain == WB_MEDIA_ERROR)
    {
      WbFileItem *copy = wb_file_item (item);

      copy->pub.refused = error->code + 1;
      wb_draft_replace_file (self, copy);
      wb_draft_note (self, WB_DRAFT_PICTURES);
    }
  else
    {
      g_message ("a picture was not made: %s", error->message);
      g_hash_table_add (self->make_failed, GUINT_TO_POINTER (item->pub.id));
    }
}

static void
take_made (WbDraft *self, const Make *make, const GError *error)
{
  const WbFileItem *item = wb_draft_find_file (self, make->file);

  g_hash_table_remove (self->making, GUINT_TO_POINTER (make->file));
  if (item == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  /* The crop may have moved meanwhile: what was made of the old one is worth nothing. */
  if (error != NULL)
    note_failed (self, item, error);
  else if (wb_crop_equal (&make->crop, &item->pub.crop))
    note_made (self, item, make);
}

static void start_makes (WbDraft *self, int priority);

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  const Make *make = g_task_get_task_data (G_TASK (result));
  g_autoptr (WbDraft) self = g_weak_ref_get ((GWeakRef *) &make->draft);
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  if (self == NULL || self->drafts == NULL || self->deleted)
    return;
  take_made (self, make, error);
  if (self->waiting->len > 0)
    start_makes (self, G_PRIORITY_DEFAULT);
  else
    wb_draft_make_soon (self);
  check_waiting (self);
}

static void
start_make (WbDraft *self, WbPicturePool *pool, WbBlobs *blobs, const WbFileItem *item, int priority)
{
  Make *make = g_new0 (Make, 1);
  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, made_cb, NULL);

  g_weak_ref_init (&make->draft, self);
  make->file = item->pub.id;
  make->blobs = g_object_ref (blobs);
  make->blob = g_strdup (item->pub.blob);
  make->info = item->pub.info;
  make->crop = item->pub.crop;
  g_task_set_source_tag (task, start_make);
  g_task_set_priority (task, priority);
  g_task_set_task_data (task, make, make_free);
  g_hash_table_add (self->making, GUINT_TO_POINTER (make->file));
  wb_picture_pool_run (pool, task, wb_picture_make_bytes (&make->info, &make->crop), make_thread);
}

static void
start_makes (WbDraft *self, int priority)
{
  WbProfile *profile = self->drafts != NULL ? wb_drafts_get_profile (self->drafts) : NULL;
  GHashTableIter iter;
  gpointer id;

  if (profile == NULL || self->deleted)
    return;
  g_hash_table_iter_init (&iter, wb_draft_index (self)->used);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (needs_make (self, GPOINTER_TO_UINT (id)) && !g_hash_table_contains (self->making, id)
        && !g_hash_table_contains (self->make_failed, id))
      start_make (self, wb_drafts_get_pool (self->drafts), wb_profile_get_blobs (profile),
                  wb_draft_find_file (self, GPOINTER_TO_UINT (id)), priority);
}

static gboolean
make_soon_cb (gpointer user_data)
{
  WbDraft *self = user_data;

  self->make_id = 0;
  start_makes (self, G_PRIORITY_LOW);
  return G_SOURCE_REMOVE;
}

/* Begun a moment later: a crop that is being dragged is not encoded at every step. */
void
wb_draft_make_soon (WbDraft *self)
{
  if (self->make_id == 0 && self->drafts != NULL && !self->deleted && self->files->len > 0)
    self->make_id = g_timeout_add_full (G_PRIORITY_LOW, SOON_MS, make_soon_cb, self, NULL);
}

void
wb_draft_make_stop (WbDraft *self)
{
  const GError stopped = { G_IO_ERROR, G_IO_ERROR_CANCELLED, (char *) "the draft was closed" };

  g_clear_handle_id (&self->make_id, g_source_remove);
  finish_waiting (self, &stopped);
}

static gboolean
on_ready_cancelled (GCancellable *cancellable, gpointer user_data)
{
  GTask *task = user_data;
  WbDraft *self = g_task_get_source_object (task);
  guint place;

  if (g_ptr_array_find (self->waiting, task, &place))
    {
      g_autoptr (GTask) held = g_object_ref (task);

      g_ptr_array_remove_index (self->waiting, place);
      g_task_return_error_if_cancelled (held);
    }
  return G_SOURCE_REMOVE;
}

/**
 * wb_draft_make_ready_async:
 *
 * Makes the JPEGs that are still missing, before what is made when idle. Errors: %WB_MEDIA_ERROR for a
 * picture that only the decoder found damaged (it is refused from then on) and %CMR_ERROR_STORAGE for one
 * that could not be written; the message begins with the name of the file. Pictures that were refused
 * before do not count: the list of problems tells of them.
 */
void
wb_draft_make_ready_async (WbDraft *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, wb_draft_make_ready_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->drafts == NULL || self->deleted)
    {
      g_task_return_new_error (task, CMR_ERROR, CMR_ERROR_STORAGE, "the draft is closed");
      return;
    }
  if (self->waiting->len == 0)
    {
      g_clear_error (&self->make_error);
      g_hash_table_remove_all (self->make_failed);
    }
  if (cancellable != NULL)
    {
      GSource *cancel = g_cancellable_source_new (cancellable);

      g_task_set_task_data (task, cancel, (GDestroyNotify) g_source_unref);
      g_task_attach_source (task, cancel, (GSourceFunc) (void (*) (void)) on_ready_cancelled);
    }
  g_ptr_array_add (self->waiting, g_steal_pointer (&task));
  start_makes (self, G_PRIORITY_DEFAULT);
  check_waiting (self);
}

gboolean
wb_draft_make_ready_finish (WbDraft *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
