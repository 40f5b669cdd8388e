// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-sync-private.h"

#include "wb-mirror-private.h"
#include "wb-outbox.h"
#include "wb-profile.h"

enum { CHANGED, PROGRESS, AGES, N_SIGNALS };
static guint signals[N_SIGNALS];

enum { PROP_PAUSED = 1, N_PROPS };
static GParamSpec *props[N_PROPS];

/* A fact of the profile: who has paused reading finds it paused at the next start. */
#define READING "reading"
#define PAUSED "paused"

G_DEFINE_FINAL_TYPE (WbSync, wb_sync, G_TYPE_OBJECT)

/* Which calls fill a collection: partner-wide, of one customer, one by id. */
static const WbSyncCollection collections[WB_N_COLLECTIONS] = {
  [WB_COLLECTION_ORDERS] = { "orders", NULL, CMR_OP_NONE, CMR_OP_NONE, CMR_OP_NONE, NULL },
  [WB_COLLECTION_ACTIVITY] = { "activity", NULL, CMR_OP_NONE, CMR_OP_NONE, CMR_OP_NONE, NULL },
  [WB_COLLECTION_CUSTOMERS]
  = { "customers", &cmr_customer_resource, CMR_OP_LIST_USERS, CMR_OP_NONE, CMR_OP_GET_USER, "userId" },
  [WB_COLLECTION_DOMAINS] = { "domains", &cmr_domain_resource, CMR_OP_NONE, CMR_OP_LIST_DOMAINS, CMR_OP_NONE, NULL },
  [WB_COLLECTION_MAILBOXES] = { "mailboxes", &cmr_mailbox_resource, CMR_OP_LIST_ALL_MAILBOXES, CMR_OP_LIST_MAILBOXES,
                                CMR_OP_GET_MAILBOX, "mailboxId" },
  [WB_COLLECTION_SUBSCRIPTIONS] = { "subscriptions", &cmr_subscription_resource, CMR_OP_LIST_SUBSCRIPTIONS,
                                    CMR_OP_LIST_SUBSCRIPTIONS, CMR_OP_NONE, NULL },
};

const char *
wb_collection_name (WbCollection collection)
{
  return collections[collection].name;
}

const CmrResource *
wb_collection_get_resource (WbCollection collection)
{
  return collections[collection].resource;
}

const WbSyncCollection *
wb_collection_get_calls (WbCollection collection)
{
  return &collections[collection];
}

gint64
wb_sync_get_as_of (WbSync *self, WbCollection collection)
{
  return self->as_of[collection];
}

gboolean
wb_sync_knows_ages (WbSync *self)
{
  return self->knows_ages;
}

static gpointer
as_of_job (sqlite3 *db, gpointer data, GError **error)
{
  gint64 *times = g_new0 (gint64, WB_N_COLLECTIONS);

  for (guint i = 0; i < WB_N_COLLECTIONS; i++)
    times[i] = wb_mirror_get_as_of (db, collections[i].name, "");
  return times;
}

static void
as_of_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbSync) self = user_data;
  g_autofree gint64 *times = wb_database_run_finish (result, NULL);

  self->knows_ages = TRUE;
  for (guint i = 0; times != NULL && i < WB_N_COLLECTIONS; i++)
    self->as_of[i] = MAX (self->as_of[i], times[i]);
  g_signal_emit (self, signals[AGES], 0);
}

/* A customer written by an operation is read back into the mirror. */
static void
on_outbox_changed (WbOutbox *outbox, WbOperation *operation, WbSync *self)
{
  CmrOp op = wb_operation_get_op (operation);
  const char *id
      = op == CMR_OP_CREATE_USER ? wb_operation_get_made_id (operation) : wb_operation_get_customer_id (operation);

  if (wb_operation_get_state (operation) == WB_STATE_DONE && (op == CMR_OP_CREATE_USER || op == CMR_OP_UPDATE_USER)
      && *id != '\0')
    wb_sync_reread_async (self, WB_COLLECTION_CUSTOMERS, id, self->cancellable, NULL, NULL);
}

WbSync *
wb_sync_new (WbProfile *profile)
{
  WbSync *self = g_object_new (WB_TYPE_SYNC, NULL);

  self->profile = profile;
  self->paused = g_strcmp0 (wb_profile_get_fact (profile, READING), PAUSED) == 0;
  self->outbox_id = g_signal_connect (wb_profile_get_outbox (profile), "changed", G_CALLBACK (on_outbox_changed), self);
  wb_database_run_async (wb_profile_get_mirror (profile), as_of_job, NULL, NULL, g_free, self->cancellable, as_of_cb,
                         g_object_ref (self));
  return self;
}

WbProfile *
wb_sync_get_profile (WbSync *self)
{
  return self->profile;
}

GCancellable *
wb_sync_get_cancellable (WbSync *self)
{
  return self->cancellable;
}

/* News: pages may come by the hundred a second, and each listener does what takes a while. */

#define TELL_EVERY_MS 100

static void
tell_changed (WbSync *self, WbCollection collection)
{
  self->changed &= ~(1u << collection);
  g_signal_emit (self, signals[CHANGED], 0, collection);
  if (self->profile != NULL)
    wb_profile_note_changed (self->profile, collection);
}

static gboolean
tell (gpointer data)
{
  g_autoptr (WbSync) self = g_object_ref (data);
  guint progressed = self->progressed;

  self->tell_id = 0;
  self->told_at = g_get_monotonic_time ();
  self->progressed = 0;
  for (guint i = 0; i < WB_N_COLLECTIONS && self->profile != NULL; i++)
    {
      guint read;
      gint64 total;

      if (self->changed & (1u << i))
        tell_changed (self, i);
      if ((progressed & (1u << i)) && wb_sync_is_running (self, i, &read, &total))
        g_signal_emit (self, signals[PROGRESS], 0, i, read, total);
    }
  return G_SOURCE_REMOVE;
}

static void
tell_soon (WbSync *self)
{
  gint64 left = self->told_at + TELL_EVERY_MS * 1000 - g_get_monotonic_time ();

  if (self->tell_id == 0)
    self->tell_id = g_timeout_add (left > 0 ? (guint) (left / 1000 + 1) : 0, tell, self);
}

void
wb_sync_note_progress (WbSync *self, WbCollection collection, guint read, gint64 total)
{
  self->progressed |= 1u << collection;
  tell_soon (self);
}

void
wb_sync_tell_now (WbSync *self, WbCollection collection, guint read, gint64 total)
{
  if (self->changed & (1u << collection))
    tell_changed (self, collection);
  self->progressed &= ~(1u << collection);
  g_signal_emit (self, signals[PROGRESS], 0, collection, read, total);
}

void
wb_sync_note_landed (WbSync *self, WbCollection collection)
{
  self->changed |= 1u << collection;
  tell_soon (self);
}

void
wb_sync_note_changed (WbSync *self, WbCollection collection)
{
  if (self->profile != NULL)
    tell_changed (self, collection);
}

/* What is under way */

void
wb_sync_read_async (WbSync *self, WbCollection collection, const char *scope, gboolean awaited,
                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  const WbSyncCollection *calls = &collections[collection];
  CmrOp op = *scope != '\0' ? calls->list_one : calls->list_all;
  gboolean in_parts = op == CMR_OP_NONE && calls->list_one != CMR_OP_NONE;
  g_autofree char *key = wb_sync_job_key (collection, scope);
  WbSyncJob *job;

  g_task_set_source_tag (task, wb_sync_read_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->profile == NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the profile is closed");
  else if (op == CMR_OP_NONE && !in_parts)
    g_task_return_boolean (task, TRUE); /* the journal's own collections are always fresh */
  else
    {
      job = g_hash_table_lookup (self->jobs, key);
      if (job == NULL && in_parts)
        job = wb_sync_run_begin (self, collection);
      else if (job == NULL)
        job = wb_sync_sweep_begin (self, collection, scope, op);
      wb_sync_job_add_waiter (job, g_steal_pointer (&task), awaited);
      job->go_on (job);
    }
}

void
wb_sync_refresh_async (WbSync *self, WbCollection collection, const char *customer_id, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  wb_sync_read_async (self, collection, customer_id != NULL ? customer_id : "", TRUE, cancellable, callback, user_data);
}

gboolean
wb_sync_refresh_finish (WbSync *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
wb_sync_is_running (WbSync *self, WbCollection collection, guint *read, gint64 *total)
{
  g_autofree char *key = wb_sync_job_key (collection, "");
  WbSyncJob *job = g_hash_table_lookup (self->jobs, key);

  if (job != NULL && read != NULL)
    *read = job->read;
  if (job != NULL && total != NULL)
    *total = job->total;
  return job != NULL;
}

gboolean
wb_sync_get_under_way (WbSync *self, WbCollection *collection, guint *read, gint64 *total)
{
  WbSyncJob *job, *best = NULL;
  GHashTableIter iter;

  g_hash_table_iter_init (&iter, self->jobs);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &job))
    if (*job->scope == '\0'
        && (best == NULL || wb_sync_job_is_awaited (job) > wb_sync_job_is_awaited (best)
            || (wb_sync_job_is_awaited (job) == wb_sync_job_is_awaited (best) && job->collection < best->collection)))
      best = job;
  if (best == NULL)
    return FALSE;
  *collection = best->collection;
  *read = best->read;
  *total = best->total;
  return TRUE;
}

/* One that ends may take others along. */
static void
for_each_job (WbSync *self, void (*deed) (WbSyncJob *))
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->jobs);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (keys, g_strdup (key));
  for (guint i = 0; i < keys->len; i++)
    {
      WbSyncJob *job = g_hash_table_lookup (self->jobs, keys->pdata[i]);

      if (job != NULL)
        deed (job);
    }
}

static void
stop_job (WbSyncJob *job)
{
  job->stop (job);
}

static void
let_go_on (WbSyncJob *job)
{
  job->go_on (job);
}

/* Of two programs that have the profile open the other one writes. */
static void
keep_paused (WbSync *self)
{
  WbLock lock = self->profile != NULL ? wb_profile_get_lock (self->profile) : WB_LOCK_DISK;

  if (lock != WB_LOCK_DISK && lock != WB_LOCK_OTHER_PROCESS)
    wb_profile_set_fact (self->profile, READING, self->paused ? PAUSED : "");
}

void
wb_sync_set_paused (WbSync *self, gboolean paused)
{
  if (self->paused == paused)
    return;
  self->paused = paused;
  keep_paused (self);
  if (!paused)
    for_each_job (self, let_go_on);
  if (!paused && self->schedule != NULL)
    wb_sync_schedule_look_soon (self->schedule);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PAUSED]);
}

gboolean
wb_sync_get_paused (WbSync *self)
{
  return self->paused;
}

void
wb_sync_stop (WbSync *self)
{
  if (self->profile != NULL && self->outbox_id != 0)
    g_signal_handler_disconnect (wb_profile_get_outbox (self->profile), self->outbox_id);
  self->outbox_id = 0;
  g_clear_pointer (&self->schedule, wb_sync_schedule_free);
  g_cancellable_cancel (self->cancellable);
  for_each_job (self, stop_job);
  g_clear_handle_id (&self->tell_id, g_source_remove);
  self->profile = NULL;
}

CmrOp
wb_collection_get_op (WbCollection collection, const char **param)
{
  *param = collections[collection].get_param;
  return collections[collection].get;
}

static void
wb_sync_finalize (GObject *object)
{
  WbSync *self = WB_SYNC (object);

  g_clear_handle_id (&self->tell_id, g_source_remove);
  g_hash_table_unref (self->jobs);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (wb_sync_parent_class)->finalize (object);
}

static void
wb_sync_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, WB_SYNC (object)->paused);
}

static void
wb_sync_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  wb_sync_set_paused (WB_SYNC (object), g_value_get_boolean (value));
}

static void
wb_sync_class_init (WbSyncClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_sync_finalize;
  G_OBJECT_CLASS (klass)->get_property = wb_sync_get_property;
  G_OBJECT_CLASS (klass)->set_property = wb_sync_set_property;
  props[PROP_PAUSED] = g_param_spec_boolean ("paused", NULL, NULL, FALSE,
                                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
  signals[CHANGED]
      = g_signal_new ("changed", WB_TYPE_SYNC, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[PROGRESS] = g_signal_new ("progress", WB_TYPE_SYNC, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                    G_TYPE_INT, G_TYPE_UINT, G_TYPE_INT64);
  /**
   * WbSync::ages-known:
   *
   * How old things are has been read from the mirror: once, soon after it was opened.
   */
  signals[AGES] = g_signal_new ("ages-known", WB_TYPE_SYNC, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_sync_init (WbSync *self)
{
  self->cancellable = g_cancellable_new ();
  self->jobs = g_hash_table_new (g_str_hash, g_str_equal);
}
