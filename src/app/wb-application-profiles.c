// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "wb-application-private.h"

#include "cmr-error.h"
#include "wb-settings.h"

/* Opening profiles, and the server behind the built-in one. */

typedef struct {
  WbSandboxOptions options;
  char *database;
  char *record_dir;
} StartSandbox;

static void
start_sandbox_free (gpointer data)
{
  StartSandbox *start = data;

  g_free (start->database);
  g_free (start->record_dir);
  g_free (start);
}

static void
start_sandbox_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  StartSandbox *start = data;
  GError *error = NULL;
  WbSandbox *sandbox = wb_sandbox_new (&start->options, &error);

  if (sandbox == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, sandbox, g_object_unref);
}

void
wb_application_start_sandbox_async (WbApplication *self, const char *profile_id, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  StartSandbox *start = g_new0 (StartSandbox, 1);

  g_task_set_source_tag (task, wb_application_start_sandbox_async);
  if (self->sandbox != NULL)
    {
      start_sandbox_free (start);
      g_task_return_pointer (task, g_object_ref (self->sandbox), g_object_unref);
      return;
    }
  start->database = g_build_filename (self->data_dir, "profiles", profile_id, "sandbox.db", NULL);
  start->record_dir = g_strdup (self->options.record_dir);
  start->options.database = start->database;
  start->options.record_dir = start->record_dir;
  start->options.speed = self->options.sandbox_speed;
  g_task_set_task_data (task, start, start_sandbox_free);
  g_task_run_in_thread (task, start_sandbox_thread);
}

gboolean
wb_application_start_sandbox_finish (WbApplication *self, GAsyncResult *result, char **base_url, char **key, GError **error)
{
  g_autoptr (WbSandbox) sandbox = g_task_propagate_pointer (G_TASK (result), error);

  if (sandbox == NULL)
    return FALSE;
  g_set_object (&self->sandbox, sandbox);
  *base_url = g_strdup (wb_sandbox_get_base_url (sandbox));
  *key = g_strdup (wb_sandbox_get_key (sandbox));
  return TRUE;
}

typedef struct {
  char *id;
  char *key;
} OpenProfile;

static void
open_profile_free (gpointer data)
{
  OpenProfile *open = data;

  g_free (open->id);
  if (open->key != NULL)
    explicit_bzero (open->key, strlen (open->key));
  g_free (open->key);
  g_free (open);
}

static void
show_profile (WbApplication *self, WbProfile *profile)
{
  self->current = profile;
  g_settings_set_string (self->settings, WB_SETTINGS_LAST_PROFILE, wb_profile_get_info (profile)->id);
  wb_window_set_profile (wb_application_ensure_window (self), profile);
}

static void
profile_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WbApplication *self = g_task_get_source_object (task);
  OpenProfile *open = g_task_get_task_data (task);
  GError *error = NULL;
  WbProfile *profile = wb_profile_open_finish (result, &error);

  if (profile == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_hash_table_insert (self->profiles, g_strdup (open->id), profile);
  wb_application_watch_profile (self, profile);
  show_profile (self, profile);
  g_task_return_boolean (task, TRUE);
}

/* The embedded server has a new port at each start: the profile is told before it is opened. */
static gboolean
point_at_sandbox (WbApplication *self, const char *id, const char *base_url, GError **error)
{
  g_autoptr (GPtrArray) infos = wb_profile_list (self->data_dir);

  for (guint i = 0; i < infos->len; i++)
    {
      WbProfileInfo *info = infos->pdata[i];

      if (!g_str_equal (info->id, id))
        continue;
      g_free (info->base_url);
      info->base_url = g_strdup (base_url);
      return wb_profile_info_save (info, self->data_dir, error);
    }
  g_set_error (error, CMR_ERROR, CMR_ERROR_STORAGE, "profile %s is gone", id);
  return FALSE;
}

static void
sandbox_started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WbApplication *self = WB_APPLICATION (source);
  OpenProfile *open = g_task_get_task_data (task);
  g_autofree char *base_url = NULL;
  GError *error = NULL;

  if (!wb_application_start_sandbox_finish (self, result, &base_url, &open->key, &error)
      || !point_at_sandbox (self, open->id, base_url, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  wb_profile_open_async (open->id, self->data_dir, self->cache_dir, open->key, self->cancellable, profile_opened_cb,
                         g_steal_pointer (&task));
}

static gboolean
profile_is_built_in (WbApplication *self, const char *id)
{
  g_autoptr (GPtrArray) infos = wb_profile_list (self->data_dir);

  for (guint i = 0; i < infos->len; i++)
    {
      const WbProfileInfo *info = infos->pdata[i];

      if (g_str_equal (info->id, id))
        return info->kind == WB_PROFILE_BUILT_IN;
    }
  return FALSE;
}

void
wb_application_open_profile_async (WbApplication *self, const char *id, const char *key, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  WbProfile *profile = g_hash_table_lookup (self->profiles, id);
  OpenProfile *open = g_new0 (OpenProfile, 1);

  open->id = g_strdup (id);
  open->key = g_strdup (key);
  g_task_set_source_tag (task, wb_application_open_profile_async);
  g_task_set_task_data (task, open, open_profile_free);
  if (profile != NULL)
    {
      show_profile (self, profile);
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
  else if (profile_is_built_in (self, id) && key == NULL)
    wb_application_start_sandbox_async (self, id, self->cancellable, sandbox_started_cb, task);
  else
    wb_profile_open_async (id, self->data_dir, self->cache_dir, key, self->cancellable, profile_opened_cb, task);
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
