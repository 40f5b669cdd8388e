// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-draft-read-private.h"

#include "wb-blobs.h"
#include "wb-profile.h"

/* A batch of files or one picture out of memory: walked, read in workers, then placed in one step. Until
 * all are read the draft does not change, so that stopping leaves no trace. */

#define FILES_MAX 5000
#define TICK_MS 100
/* A block for the header walk and one for the copy, and the largest colour profile, looked into. */
#define READ_BYTES (16 * 1024 * 1024)

typedef struct {
  char **roots;
  int only_row;
  char *only_domain;
  GCancellable *cancellable; /* follows the caller's and the draft's */
  gulong caller_id, draft_id;
  WbFilesResult result;
  GPtrArray *items; /* of WbFileItem by place, NULL while not read */
  guint left;
  gint found; /* raised by the walk, in its worker */
  guint told; /* what this batch adds to the draft's counts */
  guint done;
  guint tick_id;
  GError *error;
} Batch;

static void
item_free (gpointer item)
{
  if (item != NULL)
    wb_file_item_free (item);
}

static void
batch_free (gpointer data)
{
  Batch *batch = data;

  g_strfreev (batch->roots);
  g_free (batch->only_domain);
  g_object_unref (batch->cancellable);
  g_ptr_array_unref (batch->items);
  g_clear_error (&batch->error);
  g_free (batch);
}

static void
tell_count (WbDraft *self, Batch *batch, guint count)
{
  self->reading += count - batch->told;
  batch->told = count;
}

static gboolean
on_tick (gpointer task)
{
  WbDraft *self = g_task_get_source_object (task);
  Batch *batch = g_task_get_task_data (task);

  if (batch->left == 0)
    tell_count (self, batch, g_atomic_int_get (&batch->found));
  wb_draft_note_progress (self);
  return G_SOURCE_CONTINUE;
}

static void
cancel_too (GCancellable *outer, GCancellable *inner)
{
  g_cancellable_cancel (inner);
}

static void
batch_begin (WbDraft *self, GTask *task, Batch *batch)
{
  GCancellable *caller = g_task_get_cancellable (task);

  batch->cancellable = g_cancellable_new ();
  batch->items = g_ptr_array_new_with_free_func (item_free);
  g_task_set_task_data (task, batch, batch_free);
  /* The batch says itself how it ends. */
  g_task_set_check_cancellable (task, FALSE);
  if (caller != NULL)
    batch->caller_id
        = g_cancellable_connect (caller, G_CALLBACK (cancel_too), g_object_ref (batch->cancellable), g_object_unref);
  batch->draft_id = g_cancellable_connect (self->cancellable, G_CALLBACK (cancel_too),
                                           g_object_ref (batch->cancellable), g_object_unref);
  batch->tick_id = g_timeout_add (TICK_MS, on_tick, task);
}

static void
batch_end (WbDraft *self, GTask *task, Batch *batch)
{
  g_clear_handle_id (&batch->tick_id, g_source_remove);
  g_cancellable_disconnect (g_task_get_cancellable (task), batch->caller_id);
  g_cancellable_disconnect (self->cancellable, batch->draft_id);
  tell_count (self, batch, 0);
  self->read -= batch->done;
}

/* What the draft has already is not taken twice: dropping a folder again places what was not placed. */
static char *
same_key (const WbFileItem *item)
{
  return g_strdup_printf ("%s/%d/%s/%s", item->pub.blob, item->pub.refused, item->folder, item->pub.file_name);
}

static GHashTable *
present_files (WbDraft *self)
{
  GHashTable *present = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->files->len; i++)
    {
      WbFileItem *item = self->files->pdata[i];

      if (!item->removed)
        g_hash_table_replace (present, same_key (item), GUINT_TO_POINTER (item->pub.id));
    }
  return present;
}

static guint
take_file (WbDraft *self, const WbFileItem *item)
{
  WbFileItem *taken = wb_file_item (item);
  WbFileEdit edit = { .file = self->next_file++ };

  taken->pub.id = edit.file;
  g_ptr_array_add (wb_draft_edit_files (self), taken);
  g_ptr_array_add (wb_draft_edit (self, WB_LIST_EDITS, WB_DRAFT_PICTURES), wb_file_edit_item (&edit));
  return edit.file;
}

static GPtrArray *
take_files (WbDraft *self, GPtrArray *items)
{
  g_autoptr (GHashTable) present = present_files (self);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  GPtrArray *taken = g_ptr_array_new ();
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < items->len; i++)
    {
      char *key = same_key (items->pdata[i]);
      guint id = GPOINTER_TO_UINT (g_hash_table_lookup (present, key));

      if (id == 0)
        id = take_file (self, items->pdata[i]);
      g_hash_table_replace (present, key, GUINT_TO_POINTER (id));
      if (g_hash_table_add (seen, GUINT_TO_POINTER (id)))
        g_array_append_val (ids, id);
    }
  for (guint i = 0; i < ids->len; i++)
    g_ptr_array_add (taken, wb_draft_find_file (self, g_array_index (ids, guint, i)));
  return taken;
}

static void
land (WbDraft *self, Batch *batch)
{
  g_autoptr (GPtrArray) taken = NULL;
  const WbFileItem *first = batch->items->len > 0 ? batch->items->pdata[0] : NULL;

  batch->result.no_picture = first == NULL;
  if (first == NULL)
    return;
  wb_draft_begin (self, "add-pictures", first->pub.file_name);
  taken = take_files (self, batch->items);
  wb_draft_match_new (self, taken, batch->only_row, batch->only_domain, &batch->result);
  wb_draft_end (self);
}

static void
finish (GTask *task)
{
  WbDraft *self = g_task_get_source_object (task);
  Batch *batch = g_task_get_task_data (task);

  batch_end (self, task, batch);
  if (batch->error == NULL && (self->drafts == NULL || self->deleted))
    g_set_error_literal (&batch->error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the draft was closed");
  if (batch->error == NULL)
    g_cancellable_set_error_if_cancelled (batch->cancellable, &batch->error);
  if (batch->error == NULL)
    land (self, batch);
  wb_draft_note_progress (self);
  if (batch->error != NULL)
    g_task_return_error (task, g_error_copy (batch->error));
  else
    g_task_return_pointer (task, g_memdup2 (&batch->result, sizeof batch->result), g_free);
  g_object_unref (task);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  WbDraft *self = g_task_get_source_object (task);
  Batch *batch = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  guint place;
  WbFileItem *item = wb_draft_read_finish (result, &place, &error);

  batch->items->pdata[place] = item;
  batch->done++;
  self->read++;
  /* Not the file's fault: no use to go on. */
  if (error != NULL && batch->error == NULL)
    batch->error = g_steal_pointer (&error);
  if (batch->error != NULL)
    g_cancellable_cancel (batch->cancellable);
  if (--batch->left == 0)
    finish (task);
}

static void
read_one (WbDraft *self, GTask *task, guint place, const char *path, GBytes *bytes, const char *name)
{
  Batch *batch = g_task_get_task_data (task);
  WbProfile *profile = wb_drafts_get_profile (self->drafts);
  g_autoptr (GTask) read
      = wb_draft_read_new (wb_profile_get_blobs (profile), place, path, bytes, name, batch->cancellable, read_cb, task);

  wb_picture_pool_run (wb_drafts_get_pool (self->drafts), read, READ_BYTES, wb_draft_read_thread);
}

static void
read_all (WbDraft *self, GTask *task, const WbFileWalk *walk)
{
  Batch *batch = g_task_get_task_data (task);

  batch->result.beside = walk->beside;
  batch->result.others = walk->others;
  batch->result.truncated = walk->truncated;
  batch->left = walk->paths->len;
  tell_count (self, batch, batch->left);
  g_ptr_array_set_size (batch->items, batch->left);
  for (guint i = 0; i < walk->paths->len; i++)
    read_one (self, task, i, walk->paths->pdata[i], NULL, NULL);
}

static void
walk_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Batch *batch = data;
  GError *error = NULL;
  WbFileWalk *walk
      = wb_file_walk_run ((const char *const *) batch->roots, FILES_MAX, &batch->found, cancellable, &error);

  if (walk != NULL)
    g_task_return_pointer (task, walk, (GDestroyNotify) wb_file_walk_free);
  else
    g_task_return_error (task, error);
}

static void
walked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  WbDraft *self = g_task_get_source_object (task);
  Batch *batch = g_task_get_task_data (task);
  g_autoptr (WbFileWalk) walk = g_task_propagate_pointer (G_TASK (result), &batch->error);

  if (walk != NULL && walk->paths->len > 0 && self->drafts != NULL && !self->deleted)
    {
      read_all (self, task, walk);
      return;
    }
  if (walk != NULL)
    {
      batch->result.beside = walk->beside;
      batch->result.others = walk->others;
      batch->result.out_of_reach = walk->out_of_reach;
      batch->result.truncated = walk->truncated;
    }
  finish (task);
}

static gboolean
is_open (WbDraft *self, GTask *task)
{
  if (self->drafts != NULL && wb_drafts_get_profile (self->drafts) != NULL && !self->deleted)
    return TRUE;
  g_task_return_new_error (task, CMR_ERROR, CMR_ERROR_STORAGE, "the draft is closed");
  return FALSE;
}

/**
 * wb_draft_add_files_async:
 *
 * Errors: %G_IO_ERROR_CANCELLED and %CMR_ERROR_STORAGE, with the draft as it was; what is wrong with a
 * file is no error, but told at the file.
 */
void
wb_draft_add_files_async (WbDraft *self, const char *const *roots, int only_row, const char *only_domain,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GTask) walk = NULL;
  Batch *batch;

  g_task_set_source_tag (task, wb_draft_add_files_async);
  if (!is_open (self, task))
    return;
  batch = g_new0 (Batch, 1);
  batch->roots = g_strdupv ((char **) roots);
  batch->only_row = only_row;
  batch->only_domain = g_strdup (only_domain);
  batch_begin (self, task, batch);
  walk = g_task_new (NULL, batch->cancellable, walked_cb, g_steal_pointer (&task));
  g_task_set_task_data (walk, batch, NULL);
  g_task_run_in_thread (walk, walk_thread);
}

/**
 * wb_draft_add_bytes_async:
 * @picture: a file's bytes, as a browser or the clipboard gives them
 * @name: what it is called
 *
 * As wb_draft_add_files_async(), with the same finish.
 */
void
wb_draft_add_bytes_async (WbDraft *self, GBytes *picture, const char *name, int only_row, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Batch *batch;

  g_task_set_source_tag (task, wb_draft_add_bytes_async);
  if (!is_open (self, task))
    return;
  batch = g_new0 (Batch, 1);
  batch->only_row = only_row;
  batch_begin (self, task, batch);
  batch->left = 1;
  tell_count (self, batch, 1);
  g_ptr_array_set_size (batch->items, 1);
  read_one (self, g_steal_pointer (&task), 0, NULL, picture, name);
}

/**
 * wb_draft_add_files_finish:
 * @out: (out) (nullable): what became of the files
 */
gboolean
wb_draft_add_files_finish (WbDraft *self, GAsyncResult *result, WbFilesResult *out, GError **error)
{
  g_autofree WbFilesResult *got = g_task_propagate_pointer (G_TASK (result), error);

  if (got != NULL && out != NULL)
    *out = *got;
  return got != NULL;
}

/**
 * wb_draft_get_reading:
 * @done: (out) (nullable): how many of them are looked at
 *
 * Returns: files of the batches under way; grows while folders are walked
 */
guint
wb_draft_get_reading (WbDraft *self, guint *done)
{
  if (done != NULL)
    *done = self->read;
  return self->reading;
}
