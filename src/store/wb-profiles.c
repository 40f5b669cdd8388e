// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-profile-private.h"

/* The folder of profiles. Its files may lie on a slow disk: windows look into it by the calls that do not wait. */

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate ((*(WbProfileInfo *const *) a)->name, (*(WbProfileInfo *const *) b)->name);
}

GPtrArray *
wb_profile_list (const char *data_dir)
{
  g_autofree char *folder = g_build_filename (data_dir, "profiles", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *infos = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_profile_info_free);
  const char *id;

  while (dir != NULL && (id = g_dir_read_name (dir)) != NULL)
    {
      g_autoptr (GError) error = NULL;
      WbProfileInfo *info = g_uuid_string_is_valid (id) ? wb_profile_info_load (data_dir, id, &error) : NULL;

      if (info != NULL)
        g_ptr_array_add (infos, info);
      else
        g_debug ("profile folder %s is left out: %s", id, error != NULL ? error->message : "not a profile");
    }
  g_ptr_array_sort (infos, compare_names);
  return infos;
}

static void
list_thread (GTask *task, gpointer source, gpointer data_dir, GCancellable *cancellable)
{
  g_task_return_pointer (task, wb_profile_list (data_dir), (GDestroyNotify) g_ptr_array_unref);
}

void
wb_profile_list_async (const char *data_dir, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, wb_profile_list_async);
  g_task_set_task_data (task, g_strdup (data_dir), g_free);
  g_task_run_in_thread (task, list_thread);
}

GPtrArray *
wb_profile_list_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_profile_list_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct {
  char *data_dir;
  WbProfileInfo *info;
} Keep;

static void
keep_free (gpointer data)
{
  Keep *keep = data;

  g_free (keep->data_dir);
  wb_profile_info_free (keep->info);
  g_free (keep);
}

static void
save_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Keep *keep = data;
  GError *error = NULL;

  if (wb_profile_info_save (keep->info, keep->data_dir, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
wb_profile_info_save_async (const WbProfileInfo *info, const char *data_dir, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Keep *keep = g_new0 (Keep, 1);

  keep->data_dir = g_strdup (data_dir);
  keep->info = wb_profile_info_copy (info);
  g_task_set_source_tag (task, wb_profile_info_save_async);
  g_task_set_task_data (task, keep, keep_free);
  g_task_run_in_thread (task, save_thread);
}

gboolean
wb_profile_info_save_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_profile_info_save_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static char *
find_like (const char *data_dir, WbProfileKind kind, const char *base_url)
{
  g_autoptr (GPtrArray) infos = wb_profile_list (data_dir);

  for (guint i = 0; i < infos->len; i++)
    {
      const WbProfileInfo *info = infos->pdata[i];

      if (info->kind == kind && (base_url == NULL || g_str_equal (info->base_url, base_url)))
        return g_strdup (info->id);
    }
  return NULL;
}

static char *
make (const char *data_dir, WbProfileKind kind, const char *name, const char *base_url, GError **error)
{
  g_autoptr (WbProfileInfo) info = wb_profile_info_new (name, kind);

  if (base_url != NULL)
    {
      g_free (info->base_url);
      info->base_url = g_strdup (base_url);
    }
  return wb_profile_info_save (info, data_dir, error) ? g_strdup (info->id) : NULL;
}

char *
wb_profile_ensure (const char *data_dir, WbProfileKind kind, const char *name, const char *base_url, GError **error)
{
  static GMutex one_at_a_time; /* two that look at once would make two */
  char *id;

  g_mutex_lock (&one_at_a_time);
  id = find_like (data_dir, kind, base_url);
  if (id == NULL)
    id = make (data_dir, kind, name, base_url, error);
  g_mutex_unlock (&one_at_a_time);
  return id;
}
