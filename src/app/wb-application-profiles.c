// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "wb-application-private.h"

#include "wb-settings.h"

/* Opening profiles, and the server behind the built-in one. */

/* What a worker is told, and what it found: nothing of it is read from the disk by the main thread. */
typedef struct {
  char *id;
  char *data_dir;
  WbSandboxOptions options; /* borrows the two below */
  char *database, *record_dir;
  WbSandbox *sandbox; /* set before where it runs already */
} OpenProfile;

static void
open_profile_free (gpointer data)
{
  OpenProfile *open = data;

  g_free (open->id);
  g_free (open->data_dir);
  g_free (open->database);
  g_free (open->record_dir);
  g_clear_object (&open->sandbox);
  g_free (open);
}

static OpenProfile *
open_profile_new (WbApplication *self, const char *id)
{
  OpenProfile *open = g_new0 (OpenProfile, 1);

  open->id = g_strdup (id);
  open->data_dir = g_strdup (self->data_dir);
  open->database = g_build_filename (self->data_dir, "profiles", id, "sandbox.db", NULL);
  open->record_dir = g_strdup (self->options.record_dir);
  open->options.database = open->database;
  open->options.record_dir = open->record_dir;
  open->options.speed = self->options.sandbox_speed;
  g_set_object (&open->sandbox, self->sandbox);
  return open;
}

static void
show_profile (WbApplication *self, WbProfile *profile)
{
  self->current = profile;
  g_settings_set_string (self->settings, WB_SETTINGS_LAST_PROFILE, wb_profile_get_info (profile)->id);
  wb_window_set_profile (wb_application_ensure_window (self), profile);
  wb_sync_start_schedule (wb_profile_get_sync (profile));
}

static void
profile_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WbApplication *self = g_task_get_source_object (task);
  const char *id = g_task_get_task_data (task);
  GError *error = NULL;
  WbProfile *profile = wb_profile_open_finish (result, &error);

  if (profile == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_hash_table_insert (self->profiles, g_strdup (id), profile);
  wb_application_watch_profile (self, profile);
  show_profile (self, profile);
  g_task_return_boolean (task, TRUE);
}

/* The embedded server has a new port at each start: the profile is told before it is opened. */
static gboolean
point_at_sandbox (const OpenProfile *open, WbProfileInfo *info, GError **error)
{
  const char *base_url = wb_sandbox_get_base_url (open->sandbox);

  if (g_str_equal (info->base_url, base_url))
    return TRUE;
  g_free (info->base_url);
  info->base_url = g_strdup (base_url);
  return wb_profile_info_save (info, open->data_dir, error);
}

/* A built-in profile needs its server first. */
static void
prepare_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  OpenProfile *open = data;
  GError *error = NULL;
  g_autoptr (WbProfileInfo) info = wb_profile_info_load (open->data_dir, open->id, &error);

  if (info != NULL && info->kind == WB_PROFILE_BUILT_IN)
    {
      if (open->sandbox == NULL)
        open->sandbox = wb_sandbox_new (&open->options, &error);
      if (open->sandbox != NULL)
        point_at_sandbox (open, info, &error);
    }
  else
    g_clear_object (&open->sandbox);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WbApplication *self = WB_APPLICATION (source);
  OpenProfile *open = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (open->sandbox != NULL)
    g_set_object (&self->sandbox, open->sandbox);
  wb_profile_open_async (open->id, self->data_dir, self->cache_dir, open->sandbox != NULL ? wb_sandbox_get_key (open->sandbox) : NULL,
                         self->cancellable, profile_opened_cb, g_steal_pointer (&task));
}

void
wb_application_open_profile_async (WbApplication *self, const char *id, const char *key, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GTask) prepare = NULL;
  WbProfile *profile = g_hash_table_lookup (self->profiles, id);

  g_task_set_source_tag (task, wb_application_open_profile_async);
  g_task_set_task_data (task, g_strdup (id), g_free);
  if (profile != NULL)
    {
      show_profile (self, profile);
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (key != NULL)
    {
      wb_profile_open_async (id, self->data_dir, self->cache_dir, key, self->cancellable, profile_opened_cb, g_steal_pointer (&task));
      return;
    }
  prepare = g_task_new (self, self->cancellable, prepared_cb, g_steal_pointer (&task));
  g_task_set_source_tag (prepare, prepare_thread);
  g_task_set_task_data (prepare, open_profile_new (self, id), open_profile_free);
  g_task_run_in_thread (prepare, prepare_thread);
}

gboolean
wb_application_open_profile_finish (WbApplication *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

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
