// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-profile-forget.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "wb-fault.h"
#include "wb-key-private.h"
#include "wb-profile-private.h"

/* One renaming decides it: a folder of this name is no profile to anybody, also to older versions, and what it holds
 * is only removed. What goes last: the file of the lock, so that two processes do not do it at once, and the one that
 * says whether there may be a key. */
#define FORGOTTEN ".forgotten-"
static const char *const last[] = { "lock", "profile.ini", NULL };

typedef struct {
  char *data_dir, *cache_dir, *id;
  guint stakes;
  gboolean marked; /* by an earlier run */
  gboolean unlock; /* the desktop may ask for the keyring's password */
  gboolean has_key; /* as far as is known: one that is built in never has */
  gboolean key_left, files_left;
  int lock_fd;
  GTask *task;
} Forget;

static void
forget_free (gpointer data)
{
  Forget *self = data;

  if (self->lock_fd >= 0)
    close (self->lock_fd);
  g_free (self->data_dir);
  g_free (self->cache_dir);
  g_free (self->id);
  g_free (self);
}

static Forget *
forget_new (const char *data_dir, const char *cache_dir, const char *id, GTask *task)
{
  Forget *self = g_new0 (Forget, 1);

  self->data_dir = g_strdup (data_dir);
  self->cache_dir = g_strdup (cache_dir);
  self->id = g_strdup (id);
  self->lock_fd = -1;
  self->has_key = TRUE;
  self->task = task;
  return self;
}

static char *
dup_marked (const Forget *self)
{
  g_autofree char *name = g_strconcat (FORGOTTEN, self->id, NULL);

  return wb_profile_folder (self->data_dir, name);
}

/* Marking */

static gboolean
set_errno (GError **error, const char *path)
{
  g_set_error (error, CMR_ERROR, CMR_ERROR_STORAGE, "%s: %s", path, g_strerror (errno));
  return FALSE;
}

static gboolean
sync_folder (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean synced = fd >= 0 && fsync (fd) == 0;

  if (!synced)
    set_errno (error, path);
  if (fd >= 0)
    close (fd);
  return synced;
}

static gboolean
take_lock (Forget *self, const char *folder, GError **error)
{
  g_autofree char *owner = NULL;
  g_autoptr (GError) failure = NULL;

  if (!wb_profile_lock_take (folder, &self->lock_fd, &owner, &failure))
    g_set_error (error, CMR_ERROR, CMR_ERROR_STORAGE, "%s", failure->message);
  else if (self->lock_fd < 0)
    g_set_error (error, CMR_ERROR, CMR_ERROR_CONFLICT, "another process has it open: %s", owner);
  return self->lock_fd >= 0;
}

/* What a person was told is looked at again: between that and the lock another process may have ordered. */
static gboolean
may_go (Forget *self, const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "journal.db", NULL);
  WbDatabase *journal = wb_database_open (path, WB_DATABASE_READ_ONLY, NULL, error);
  g_autoptr (WbProfileLoss) loss = NULL;

  if (journal == NULL)
    return FALSE;
  loss = wb_database_run (journal, wb_profile_loss_job, NULL, error);
  wb_database_close (journal);
  if (loss == NULL)
    return FALSE;
  if (loss->n_waiting == 0 && loss->stakes->len <= self->stakes)
    return TRUE;
  g_set_error (error, CMR_ERROR, CMR_ERROR_CONFLICT, "%u changes wait, %u orders are under way", loss->n_waiting, loss->stakes->len);
  return FALSE;
}

static gboolean
mark (Forget *self, GError **error)
{
  g_autofree char *folder = wb_profile_folder (self->data_dir, self->id), *marked = dup_marked (self);
  g_autofree char *parent = g_path_get_dirname (folder);
  g_autoptr (WbProfileInfo) info = wb_profile_info_load (self->data_dir, self->id, error);

  if (info == NULL || !take_lock (self, folder, error) || !may_go (self, folder, error))
    return FALSE;
  self->has_key = info->kind != WB_PROFILE_BUILT_IN;
  WB_FAULT_POINT ("forget:before-mark");
  if (rename (folder, marked) != 0)
    return set_errno (error, folder);
  /* Not on the disk for certain is still forgotten, as far as this run goes. */
  if (!sync_folder (parent, error))
    g_clear_error (error);
  WB_FAULT_POINT ("forget:marked");
  return TRUE;
}

static gboolean
lock_marked (Forget *self, GError **error)
{
  g_autofree char *marked = dup_marked (self), *name = g_path_get_basename (marked);
  g_autoptr (WbProfileInfo) info = wb_profile_info_load (self->data_dir, name, NULL);

  self->has_key = info == NULL || info->kind != WB_PROFILE_BUILT_IN;
  return take_lock (self, marked, error);
}

/* Removing */

static gboolean
remove_one (const char *path, gboolean folder)
{
  int failed = folder ? rmdir (path) : unlink (path);

  if (failed == 0 || errno == ENOENT)
    return TRUE;
  g_message ("%s is not removed yet: %s", path, g_strerror (errno));
  return FALSE;
}

/* @but: (nullable): names that stay, and the folder with them. A link is removed, never what it leads to. */
static gboolean
remove_tree (const char *path, const char *const *but)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  gboolean all = TRUE;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      struct stat st;

      if ((but != NULL && g_strv_contains (but, name)) || lstat (child, &st) != 0)
        continue;
      all &= S_ISDIR (st.st_mode) ? remove_tree (child, NULL) : remove_one (child, FALSE);
    }
  return all && (but != NULL || remove_one (path, TRUE));
}

static void
remove_files (Forget *self)
{
  g_autofree char *cache = wb_profile_folder (self->cache_dir, self->id), *marked = dup_marked (self);

  self->files_left = !remove_tree (cache, NULL);
  WB_FAULT_POINT ("forget:mirror-gone");
  self->files_left |= !remove_tree (marked, last);
  WB_FAULT_POINT ("forget:files-gone");
}

static void
mark_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Forget *self = data;
  GError *error = NULL;

  if (!(self->marked ? lock_marked (self, &error) : mark (self, &error)))
    {
      g_task_return_error (task, error);
      return;
    }
  remove_files (self);
  g_task_return_boolean (task, TRUE);
}

static void
end_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Forget *self = data;
  g_autofree char *marked = dup_marked (self);

  WB_FAULT_POINT ("forget:key-gone");
  self->files_left = !remove_tree (marked, NULL);
  g_task_return_boolean (task, TRUE);
}

static void
return_forgotten (Forget *self)
{
  g_autoptr (GTask) task = self->task;

  g_task_return_int (task, self->files_left ? WB_FORGOT_IN_PART : self->key_left ? WB_FORGOT_BUT_KEY : WB_FORGOT_ALL);
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_task_propagate_boolean (G_TASK (result), NULL);
  return_forgotten (user_data);
}

static void
run (Forget *self, GTaskThreadFunc thread, GAsyncReadyCallback callback)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, self);

  g_task_set_source_tag (task, run);
  g_task_set_task_data (task, self, NULL);
  g_task_run_in_thread (task, thread);
}

static void
key_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Forget *self = user_data;
  g_autoptr (GError) error = NULL;

  self->key_left = !wb_key_forget_finish (result, &error);
  if (self->key_left)
    g_message ("the key is not removed yet: %s", error->message);
  /* The folder stays for its name, which is the key's. */
  if (self->key_left || self->files_left)
    return_forgotten (self);
  else
    run (self, end_thread, ended_cb);
}

static void
marked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Forget *self = user_data;
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_autoptr (GTask) task = self->task;

      g_task_return_error (task, error);
    }
  else if (!self->has_key && !self->files_left)
    run (self, end_thread, ended_cb);
  else if (self->has_key)
    wb_key_forget_async (self->id, self->unlock, key_cb, self);
  else
    return_forgotten (self);
}

void
wb_profile_forget_async (const char *data_dir, const char *cache_dir, const char *id, guint stakes,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Forget *self = forget_new (data_dir, cache_dir, id, task);

  self->stakes = stakes;
  self->unlock = TRUE;
  g_task_set_source_tag (task, wb_profile_forget_async);
  g_task_set_task_data (task, self, forget_free);
  run (self, mark_thread, marked_cb);
}

gboolean
wb_profile_forget_finish (GAsyncResult *result, WbForgot *forgot, GError **error)
{
  gssize how = g_task_propagate_int (G_TASK (result), error);

  if (how >= 0)
    *forgot = (WbForgot) how;
  return how >= 0;
}

/* What an earlier run has left, one after the other */

typedef struct {
  char *data_dir, *cache_dir;
  GPtrArray *ids; /* of those that are to come */
  guint n_gone;
} Rest;

static void
rest_free (gpointer data)
{
  Rest *rest = data;

  g_free (rest->data_dir);
  g_free (rest->cache_dir);
  g_ptr_array_unref (rest->ids);
  g_free (rest);
}

static void
look_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Rest *rest = data;
  g_autofree char *folder = g_build_filename (rest->data_dir, "profiles", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, FORGOTTEN) && g_uuid_string_is_valid (name + strlen (FORGOTTEN)))
      g_ptr_array_add (rest->ids, g_strdup (name + strlen (FORGOTTEN)));
  g_task_return_boolean (task, TRUE);
}

static void next_rest (GTask *task);

static void
rest_gone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Rest *rest = g_task_get_task_data (user_data);

  rest->n_gone += g_task_propagate_int (G_TASK (result), NULL) == WB_FORGOT_ALL;
  next_rest (user_data);
}

static void
next_rest (GTask *task)
{
  Rest *rest = g_task_get_task_data (task);
  g_autofree char *id = rest->ids->len > 0 ? g_ptr_array_steal_index (rest->ids, 0) : NULL;
  GTask *one;
  Forget *forget;

  if (id == NULL || g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      g_task_return_int (task, rest->n_gone);
      g_object_unref (task);
      return;
    }
  one = g_task_new (NULL, NULL, rest_gone_cb, task);
  g_task_set_source_tag (one, next_rest);
  forget = forget_new (rest->data_dir, rest->cache_dir, id, one);
  forget->marked = TRUE;
  g_task_set_task_data (one, forget, forget_free);
  run (forget, mark_thread, marked_cb);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_task_propagate_boolean (G_TASK (result), NULL);
  next_rest (user_data);
}

void
wb_profile_finish_forgetting_async (const char *data_dir, const char *cache_dir, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GTask) look = NULL;
  Rest *rest = g_new0 (Rest, 1);

  rest->data_dir = g_strdup (data_dir);
  rest->cache_dir = g_strdup (cache_dir);
  rest->ids = g_ptr_array_new_with_free_func (g_free);
  g_task_set_source_tag (task, wb_profile_finish_forgetting_async);
  g_task_set_task_data (task, rest, rest_free);
  look = g_task_new (NULL, NULL, looked_cb, task);
  g_task_set_source_tag (look, look_thread);
  g_task_set_task_data (look, rest, NULL);
  g_task_run_in_thread (look, look_thread);
}

guint
wb_profile_finish_forgetting_finish (GAsyncResult *result)
{
  gssize n = g_task_propagate_int (G_TASK (result), NULL);

  return (guint) MAX (n, 0);
}
