// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-application-private.h"

#include <glib/gi18n.h>

#include "wb-settings.h"

/* Opening profiles, and the server behind the built-in one. */

/* What a worker is told, and what it found: nothing of it is read from the disk by the main thread. */
typedef struct {
  WbApplicationWhich which;
  char *id; /* (nullable): the one that is wanted; of WB_APPLICATION_LAST, that which was shown last */
  char *key;
  char *data_dir, *record_dir, *base_url, *key_file, *sandbox_name;
  double speed;
  WbSandbox *sandbox; /* set before where it runs already */
  GPtrArray *open;    /* ids */
  char *found;
} Find;

static void
find_clear (gpointer data)
{
  Find *find = data;

  g_free (find->id);
  g_clear_pointer (&find->key, wb_key_free);
  g_free (find->data_dir);
  g_free (find->record_dir);
  g_free (find->base_url);
  g_free (find->key_file);
  g_free (find->sandbox_name);
  g_clear_object (&find->sandbox);
  g_ptr_array_unref (find->open);
  g_free (find->found);
}

static void
find_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, find_clear);
}

static Find *
find_new (WbApplication *self, WbApplicationWhich which, const char *id, const char *key)
{
  Find *find = g_atomic_rc_box_new0 (Find);
  GHashTableIter iter;
  gpointer open;

  find->which = which;
  find->id = which == WB_APPLICATION_LAST ? g_settings_get_string (self->settings, WB_SETTINGS_LAST_PROFILE) : g_strdup (id);
  find->key = g_strdup (key);
  find->data_dir = g_strdup (self->data_dir);
  find->record_dir = g_strdup (self->options.record_dir);
  find->base_url = g_strdup (self->options.base_url);
  find->key_file = g_strdup (self->options.key_file);
  find->sandbox_name = g_strdup (_("Sandbox"));
  find->speed = self->options.sandbox_speed;
  g_set_object (&find->sandbox, self->sandbox);
  find->open = g_ptr_array_new_with_free_func (g_free);
  g_hash_table_iter_init (&iter, self->profiles);
  while (g_hash_table_iter_next (&iter, &open, NULL))
    g_ptr_array_add (find->open, g_strdup (open));
  return find;
}

static char *
find_this (Find *find, GError **error)
{
  return g_strdup (find->id);
}

/* Or the first there is. */
static char *
find_last (Find *find, GError **error)
{
  g_autoptr (GPtrArray) infos = wb_profile_list (find->data_dir);
  const char *id = NULL;

  for (guint i = 0; i < infos->len; i++)
    {
      const WbProfileInfo *info = infos->pdata[i];

      if (id == NULL || g_str_equal (info->id, find->id))
        id = info->id;
    }
  if (id == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "there is no profile");
  return g_strdup (id);
}

static char *
find_sandbox (Find *find, GError **error)
{
  return wb_profile_ensure (find->data_dir, WB_PROFILE_BUILT_IN, find->sandbox_name, NULL, error);
}

#ifdef WB_FAULT_POINTS
static char *
find_server (Find *find, GError **error)
{
  gboolean loopback = g_str_has_prefix (find->base_url, "http://");

  if (!g_file_get_contents (find->key_file, &find->key, NULL, error))
    return NULL;
  g_strstrip (find->key);
  return wb_profile_ensure (find->data_dir, loopback ? WB_PROFILE_VENDOR_SANDBOX : WB_PROFILE_LIVE, "Test Server",
                            find->base_url, error);
}
#endif

/* The embedded server has a new port at each start: the profile is told before it is opened. */
static gboolean
point_at_sandbox (Find *find, WbProfileInfo *info, GError **error)
{
  const char *base_url = wb_sandbox_get_base_url (find->sandbox);

  find->key = g_strdup (wb_sandbox_get_key (find->sandbox));
  if (g_str_equal (info->base_url, base_url))
    return TRUE;
  g_free (info->base_url);
  info->base_url = g_strdup (base_url);
  return wb_profile_info_save (info, find->data_dir, error);
}

/* A built-in profile needs its server first. */
static gboolean
prepare (Find *find, GError **error)
{
  g_autoptr (WbProfileInfo) info = wb_profile_info_load (find->data_dir, find->found, error);
  g_autofree char *database = g_build_filename (find->data_dir, "profiles", find->found, "sandbox.db", NULL);
  WbSandboxOptions options = { .database = database, .record_dir = find->record_dir, .speed = find->speed };

  if (info == NULL)
    return FALSE;
  if (info->kind != WB_PROFILE_BUILT_IN)
    {
      g_clear_object (&find->sandbox);
      return TRUE;
    }
  if (find->sandbox == NULL)
    find->sandbox = wb_sandbox_new (&options, error);
  return find->sandbox != NULL && point_at_sandbox (find, info, error);
}

static char *
find_profile (gpointer data, char **key, GError **error)
{
  static char *(*const finders[]) (Find *, GError **) = {
    [WB_APPLICATION_THIS] = find_this,
    [WB_APPLICATION_LAST] = find_last,
    [WB_APPLICATION_SANDBOX] = find_sandbox,
#ifdef WB_FAULT_POINTS
    [WB_APPLICATION_SERVER] = find_server,
#endif
  };
  Find *find = data;

  find->found = finders[find->which](find, error);
  if (find->found == NULL)
    return NULL;
  if (g_ptr_array_find_with_equal_func (find->open, find->found, g_str_equal, NULL))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "it is open");
      return NULL;
    }
  if (find->key == NULL && !prepare (find, error))
    return NULL;
  *key = g_steal_pointer (&find->key);
  return g_strdup (find->found);
}

/* Filled before it is presented: what is seen first is not an empty window. */
static void
show_profile (WbApplication *self, WbProfile *profile)
{
  self->current = profile;
  g_settings_set_string (self->settings, WB_SETTINGS_LAST_PROFILE, wb_profile_get_info (profile)->id);
  wb_window_set_profile (wb_application_make_window (self), profile);
  wb_application_ensure_window (self);
  wb_sync_start_schedule (wb_profile_get_sync (profile));
}

static void
take_profile (WbApplication *self, const Find *find, WbProfile *profile)
{
  if (find->sandbox != NULL)
    g_set_object (&self->sandbox, find->sandbox);
  g_hash_table_insert (self->profiles, g_strdup (find->found), profile);
  wb_application_watch_profile (self, profile);
  show_profile (self, profile);
}

static void
profile_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WbApplication *self = g_task_get_source_object (task);
  const Find *find = g_task_get_task_data (task);
  GError *error = NULL;
  WbProfile *profile = wb_profile_open_finish (result, &error);
  WbProfile *open = find->found != NULL ? g_hash_table_lookup (self->profiles, find->found) : NULL;

  if (profile != NULL)
    take_profile (self, find, profile);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS) && open != NULL)
    {
      g_clear_error (&error);
      show_profile (self, open);
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

void
wb_application_find_profile_async (WbApplication *self, WbApplicationWhich which, const char *id, const char *key,
                                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Find *find = find_new (self, which, id, key);

  g_task_set_source_tag (task, wb_application_open_profile_async);
  g_task_set_task_data (task, g_atomic_rc_box_acquire (find), find_unref);
  wb_profile_find_and_open_async (find_profile, find, find_unref, self->data_dir, self->cache_dir, self->cancellable,
                                  profile_opened_cb, g_steal_pointer (&task));
}

void
wb_application_open_profile_async (WbApplication *self, const char *id, const char *key, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data)
{
  WbProfile *profile = g_hash_table_lookup (self->profiles, id);
  g_autoptr (GTask) task = NULL;

  if (profile == NULL)
    {
      wb_application_find_profile_async (self, WB_APPLICATION_THIS, id, key, cancellable, callback, user_data);
      return;
    }
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_application_open_profile_async);
  show_profile (self, profile);
  g_task_return_boolean (task, TRUE);
}

gboolean
wb_application_open_profile_finish (WbApplication *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
