// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-profile-private.h"

#include <string.h>

#include "wb-mirror-private.h"
#include "wb-outbox-private.h"
#include "wb-pace-private.h"

/* Room on the disk: how much a profile takes, and giving back what the mirror no longer needs. */

#define SHRINK_MS (10 * 60 * 1000)
/* Between two slices, for what else is to be written. */
#define SLICE_MS 200

static void plan_shrink (WbProfile *self, guint ms);

static void
shrunk_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbProfile) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean more = wb_database_run_finish (result, &error) != NULL;

  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("the mirror was not made smaller: %s", error->message);
  if (!g_cancellable_is_cancelled (self->cancellable))
    plan_shrink (self, more ? SLICE_MS : SHRINK_MS);
}

/* Never beside an order that is being sent: the disk is its. */
static gboolean
shrink (gpointer data)
{
  WbProfile *self = data;

  self->shrink_id = 0;
  if (g_hash_table_size (wb_outbox_get_sending (self->outbox)) > 0)
    plan_shrink (self, SHRINK_MS);
  else
    wb_database_run_async (self->opened->mirror, wb_mirror_shrink_job, NULL, NULL, NULL, self->cancellable, shrunk_cb,
                           g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
plan_shrink (WbProfile *self, guint ms)
{
  self->shrink_id = g_timeout_add (wb_pace_ms (ms), shrink, self);
}

void
wb_profile_start_upkeep (WbProfile *self)
{
  if (self->opened->lock_fd >= 0)
    plan_shrink (self, SHRINK_MS);
}

/* Sizes */

typedef struct {
  char *mirror, *journal, *pictures;
  WbProfileSizes sizes;
} Measure;

static void
measure_free (gpointer data)
{
  Measure *measure = data;

  g_free (measure->mirror);
  g_free (measure->journal);
  g_free (measure->pictures);
  g_free (measure);
}

static gint64
size_of (GFile *file)
{
  g_autoptr (GFileInfo) info
      = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);

  return info != NULL ? g_file_info_get_size (info) : 0;
}

static gint64
size_of_database (const char *path)
{
  static const char *const ends[] = { "", "-wal", "-shm", ".damaged" };
  gint64 size = 0;

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *name = g_strconcat (path, ends[i], NULL);
      g_autoptr (GFile) file = g_file_new_for_path (name);

      size += size_of (file);
    }
  return size;
}

gint64
wb_profile_size_of_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  gint64 size = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autoptr (GFile) file = g_file_new_build_filename (path, name, NULL);

      size += size_of (file);
    }
  return size;
}

static void
measure_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Measure *measure = data;

  measure->sizes.mirror = size_of_database (measure->mirror);
  measure->sizes.journal = size_of_database (measure->journal);
  measure->sizes.pictures = wb_profile_size_of_folder (measure->pictures);
  g_task_return_boolean (task, TRUE);
}

/**
 * wb_profile_measure_async:
 *
 * Asks how much room the profile takes on the disk.
 */
void
wb_profile_measure_async (WbProfile *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Measure *measure = g_new0 (Measure, 1);

  measure->mirror = g_build_filename (self->opened->cache_folder, "mirror.db", NULL);
  measure->journal = g_build_filename (self->opened->folder, "journal.db", NULL);
  measure->pictures = g_build_filename (self->opened->folder, "pictures", NULL);
  g_task_set_source_tag (task, wb_profile_measure_async);
  g_task_set_task_data (task, measure, measure_free);
  g_task_run_in_thread (task, measure_thread);
}

gboolean
wb_profile_measure_finish (WbProfile *self, GAsyncResult *result, WbProfileSizes *sizes, GError **error)
{
  Measure *measure = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  *sizes = measure->sizes;
  return TRUE;
}
