// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-pace-private.h"
#include "wb-profile-private.h"

/* Whether anything may be sent, and until when. */

#define UNLOCK_MS (3600 * 1000)

WbLock
wb_profile_get_lock (WbProfile *self)
{
  const WbOpened *opened = self->opened;

  if (opened == NULL || opened->disk_read_only || self->disk_troubles > 0)
    return WB_LOCK_DISK;
  if (opened->lock_fd < 0)
    return WB_LOCK_OTHER_PROCESS;
  if (self->key_state != WB_KEY_PRESENT && self->key_state != WB_KEY_MEMORY_ONLY)
    return WB_LOCK_NO_KEY;
  return self->locked || (opened->info->read_only && !self->unlocked) ? WB_LOCK_READ_ONLY : WB_LOCK_NONE;
}

gboolean
wb_profile_may_send (WbProfile *self)
{
  return wb_profile_get_lock (self) == WB_LOCK_NONE;
}

static gboolean
relock (gpointer user_data)
{
  WbProfile *self = user_data;

  self->relock_id = 0;
  wb_profile_lock (self);
  return G_SOURCE_REMOVE;
}

/* Until it is unlocked again, or the next start: also where the profile is not read-only by itself. */
void
wb_profile_lock (WbProfile *self)
{
  g_clear_handle_id (&self->relock_id, g_source_remove);
  self->unlocked = FALSE;
  self->locked = TRUE;
  g_object_notify (G_OBJECT (self), "lock");
}

typedef struct {
  WbProfileInfo *info;
  char *data_dir;
} KeepUnlocked;

static void
keep_unlocked_free (gpointer data)
{
  KeepUnlocked *keep = data;

  wb_profile_info_free (keep->info);
  g_free (keep->data_dir);
  g_free (keep);
}

static gpointer
keep_unlocked_job (sqlite3 *db, gpointer data, GError **error)
{
  KeepUnlocked *keep = data;

  if (!wb_profile_info_save (keep->info, keep->data_dir, error))
    g_prefix_error (error, "the profile stays read-only on disk: ");
  return NULL;
}

/* In the journal's thread, which is waited for when the profile closes. */
static void
keep_unlocked (WbProfile *self)
{
  KeepUnlocked *keep = g_new0 (KeepUnlocked, 1);

  self->opened->info->read_only = FALSE;
  keep->info = wb_profile_info_copy (self->opened->info);
  keep->data_dir = g_strdup (self->opened->data_dir);
  wb_database_push (self->opened->journal, keep_unlocked_job, keep, keep_unlocked_free);
}

void
wb_profile_unlock (WbProfile *self, WbUnlock how)
{
  g_clear_handle_id (&self->relock_id, g_source_remove);
  self->unlocked = TRUE;
  self->locked = FALSE;
  if (how == WB_UNLOCK_HOUR)
    self->relock_id = g_timeout_add (wb_pace_ms (UNLOCK_MS), relock, self);
  if (how == WB_UNLOCK_ALWAYS)
    keep_unlocked (self);
  g_object_notify (G_OBJECT (self), "lock");
}

void
wb_profile_note_disk (WbProfile *self, gboolean trouble)
{
  self->disk_troubles += trouble ? 1 : -1;
  g_object_notify (G_OBJECT (self), "lock");
}

typedef struct {
  gint64 cents;
  char *on;
} Spent;

static void
spent_free (gpointer data)
{
  g_free (((Spent *) data)->on);
  g_free (data);
}

static gpointer
spent_job (sqlite3 *db, gpointer data, GError **error)
{
  Spent *spent = g_new0 (Spent, 1);

  spent->cents = wb_profile_read_spent (db, &spent->on, error);
  return spent;
}

static void
spent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbProfile) self = user_data;
  Spent *spent = wb_database_run_finish (result, NULL);

  if (spent == NULL)
    return;
  if (self->opened != NULL)
    {
      g_free (self->opened->spent_on);
      self->opened->spent_on = g_steal_pointer (&spent->on);
      self->opened->spent_today = spent->cents;
      g_object_notify (G_OBJECT (self), "spent-today");
    }
  spent_free (spent);
}

void
wb_profile_note_paid (WbProfile *self)
{
  if (self->relock_id != 0)
    wb_profile_unlock (self, WB_UNLOCK_HOUR);
  wb_database_run_async (self->opened->journal, spent_job, NULL, NULL, spent_free, self->cancellable, spent_cb,
                         g_object_ref (self));
}
