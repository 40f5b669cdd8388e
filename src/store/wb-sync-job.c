// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-sync-private.h"

/* What is under way, and who waits for its end: all who ask while it runs share it. What a person waits for goes at
 * the whole pace; what nobody waits for any more is given up. */

typedef struct {
  WbSyncJob *job;
  GTask *task;
  GSource *cancel;
  gboolean awaited;
} Waiter;

static void
waiter_free (gpointer data)
{
  Waiter *waiter = data;

  if (waiter->cancel != NULL)
    g_source_destroy (waiter->cancel);
  g_clear_pointer (&waiter->cancel, g_source_unref);
  g_object_unref (waiter->task);
  g_free (waiter);
}

void
wb_sync_job_init (WbSyncJob *self, WbSync *sync, WbCollection collection, const char *scope)
{
  self->sync = g_object_ref (sync);
  self->collection = collection;
  self->scope = g_strdup (scope);
  self->key = wb_sync_job_key (collection, scope);
  self->total = -1;
  self->cancellable = g_cancellable_new ();
  self->waiters = g_ptr_array_new_with_free_func (waiter_free);
  g_hash_table_insert (sync->jobs, self->key, self);
}

void
wb_sync_job_clear (WbSyncJob *self)
{
  g_object_unref (self->sync);
  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->waiters);
  g_free (self->key);
  g_free (self->scope);
}

char *
wb_sync_job_key (WbCollection collection, const char *scope)
{
  return g_strdup_printf ("%d %s", collection, scope);
}

/* From here on a new call begins anew. */
static void
leave_table (WbSyncJob *self)
{
  if (g_hash_table_lookup (self->sync->jobs, self->key) == self)
    g_hash_table_remove (self->sync->jobs, self->key);
}

gboolean
wb_sync_job_is_awaited (WbSyncJob *self)
{
  for (guint i = 0; i < self->waiters->len; i++)
    if (((Waiter *) self->waiters->pdata[i])->awaited)
      return TRUE;
  return FALSE;
}

gboolean
wb_sync_job_is_stopped (WbSyncJob *self)
{
  return self->sync->profile == NULL || g_cancellable_is_cancelled (self->cancellable);
}

/* A list that is read whole stands still while reading is paused; one customer's rows are a page or two. */
gboolean
wb_sync_job_is_held (WbSyncJob *self)
{
  return self->sync->paused && *self->scope == '\0';
}

void
wb_sync_job_raise (WbSyncJob *self)
{
  for (guint i = 0; i < self->waiters->len; i++)
    ((Waiter *) self->waiters->pdata[i])->awaited = TRUE;
  self->go_on (self);
}

/* A caller who has gone hears at once; the last one takes the job along. */
static gboolean
on_waiter_cancelled (GCancellable *cancellable, gpointer user_data)
{
  Waiter *waiter = user_data;
  WbSyncJob *self = waiter->job;
  g_autoptr (GTask) task = g_object_ref (waiter->task);

  g_ptr_array_remove (self->waiters, waiter);
  if (self->waiters->len == 0)
    {
      leave_table (self);
      self->stop (self);
    }
  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

void
wb_sync_job_add_waiter (WbSyncJob *self, GTask *task, gboolean awaited)
{
  Waiter *waiter = g_new0 (Waiter, 1);

  waiter->job = self;
  waiter->task = task;
  waiter->awaited = awaited;
  g_ptr_array_add (self->waiters, waiter);
  if (g_task_get_cancellable (task) == NULL)
    return;
  waiter->cancel = g_cancellable_source_new (g_task_get_cancellable (task));
  g_source_set_callback (waiter->cancel, G_SOURCE_FUNC (on_waiter_cancelled), waiter, NULL);
  g_source_attach (waiter->cancel, g_main_context_get_thread_default ());
}

/* Settles the table before anybody hears of the end: a listener may ask again at once. */
void
wb_sync_job_end (WbSyncJob *self, const GError *error)
{
  g_autoptr (GPtrArray) waiters = g_steal_pointer (&self->waiters);

  self->waiters = g_ptr_array_new ();
  leave_table (self);
  if (error == NULL && *self->scope == '\0')
    self->sync->ended[self->collection] = g_get_real_time ();
  /* The customers of a run may come by the hundred a second; it tells how far it is itself. */
  if (*self->scope == '\0' || !wb_sync_is_running (self->sync, self->collection, NULL, NULL))
    wb_sync_tell_now (self->sync, self->collection, self->read, self->total);
  for (guint i = 0; i < waiters->len; i++)
    {
      GTask *task = ((Waiter *) waiters->pdata[i])->task;

      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
    }
}
