// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "wb-application-private.h"

/* Starting the built-in sandbox afresh: its profile is closed, what it wrote is deleted, the server goes back
 * to its first day, and the profile is opened again with nothing in it. */

typedef struct {
  WbSandbox *sandbox;
  GFile *data, *cache;
} Afresh;

static void
afresh_free (gpointer data)
{
  Afresh *afresh = data;

  g_object_unref (afresh->sandbox);
  g_object_unref (afresh->data);
  g_object_unref (afresh->cache);
  g_free (afresh);
}

static void
delete_all_but (GFile *folder, const char *const *kept)
{
  g_autoptr (GFileEnumerator) files = g_file_enumerate_children (folder, "standard::name,standard::type",
                                                                 G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  GFileInfo *info;
  GFile *file;

  while (files != NULL && g_file_enumerator_iterate (files, &info, &file, NULL, NULL) && info != NULL)
    {
      gboolean keep = FALSE;

      for (guint i = 0; kept != NULL && kept[i] != NULL; i++)
        keep = keep || g_str_has_prefix (g_file_info_get_name (info), kept[i]);
      if (keep)
        continue;
      if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
        delete_all_but (file, NULL);
      g_file_delete (file, NULL, NULL);
    }
}

static void
afresh_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  static const char *const kept[] = { "profile.ini", "sandbox.db", NULL };
  Afresh *afresh = data;

  delete_all_but (afresh->data, kept);
  delete_all_but (afresh->cache, NULL);
  wb_sandbox_reset (afresh->sandbox);
  g_task_return_boolean (task, TRUE);
}

static void
afresh_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  wb_application_try_sandbox (WB_APPLICATION (source));
  g_application_release (G_APPLICATION (source));
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  wb_profile_close_finish (WB_PROFILE (source), result, NULL);
  g_task_run_in_thread (task, afresh_thread);
}

void
wb_application_restart_sandbox (WbApplication *self)
{
  g_autoptr (WbProfile) profile = self->current != NULL ? g_object_ref (self->current) : NULL;
  const WbProfileInfo *info = profile != NULL ? wb_profile_get_info (profile) : NULL;
  Afresh *afresh;
  GTask *task;

  if (self->sandbox == NULL || info == NULL || info->kind != WB_PROFILE_BUILT_IN)
    return;
  afresh = g_new0 (Afresh, 1);
  afresh->sandbox = g_object_ref (self->sandbox);
  afresh->data = g_file_new_build_filename (self->data_dir, "profiles", info->id, NULL);
  afresh->cache = g_file_new_build_filename (self->cache_dir, "profiles", info->id, NULL);
  task = g_task_new (self, NULL, afresh_cb, NULL);
  g_task_set_source_tag (task, wb_application_restart_sandbox);
  g_task_set_task_data (task, afresh, afresh_free);
  g_application_hold (G_APPLICATION (self));
  wb_application_leave_profile (self);
  g_hash_table_remove (self->profiles, info->id);
  wb_profile_close_async (profile, closed_cb, task);
}
