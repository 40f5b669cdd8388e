// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-outbox-private.h"

#include "cmr-client.h"
#include "wb-fault.h"
#include "wb-pace-private.h"
#include "wb-profile.h"
#include "wb-sync.h"

enum { COUNT_UNKNOWN_PAID, COUNT_OPEN, COUNT_CRASHED, COUNT_FOUND, COUNT_ASKING, N_COUNTS };

struct _WbOutbox {
  GObject parent_instance;

  WbProfile *profile; /* owns us; NULL once shut */
  GCancellable *cancellable;
  GHashTable *operations; /* id → WbOperation: one living object per id */
  GHashTable *sending;    /* id → GCancellable of the request */
  GHashTable *unwritten;  /* ids of those whose end is not on disk */
  guint counts[N_COUNTS];
  gboolean start_failed;
};

#define DISK_RETRY_MS 5000

/* A property for each count, in their order, from 1. */
#define N_PROPS (N_COUNTS + 1)
static GParamSpec *props[N_PROPS];
enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbOutbox, wb_outbox, G_TYPE_OBJECT)

WbProfile *
wb_outbox_get_profile (WbOutbox *self)
{
  return self->profile;
}

GCancellable *
wb_outbox_get_cancellable (WbOutbox *self)
{
  return self->cancellable;
}

GHashTable *
wb_outbox_get_sending (WbOutbox *self)
{
  return self->sending;
}

gboolean
wb_outbox_is_found (WbOperation *operation)
{
  return wb_operation_get_state (operation) == WB_STATE_QUEUED
         && wb_operation_get_reason (operation) == WB_REASON_FOUND_QUEUED;
}

gboolean
wb_outbox_waits_for_connection (WbOperation *operation)
{
  return wb_operation_get_state (operation) == WB_STATE_QUEUED
         && wb_operation_get_reason (operation) == WB_REASON_NOT_CONNECTED;
}

/* What was found at start waits for a person, and what waits for a connection is on disk: neither keeps the program
 * running. */
static gboolean
keeps_running (WbOperation *operation)
{
  WbState state = wb_operation_get_state (operation);

  return state == WB_STATE_SENDING
         || (state == WB_STATE_QUEUED && !wb_outbox_is_found (operation) && !wb_outbox_waits_for_connection (operation));
}

/* In flight when an earlier run ended, and not looked up yet. Nobody looks up what a newer version wrote. */
static gboolean
is_crashed (WbOperation *operation)
{
  return wb_operation_get_state (operation) == WB_STATE_UNKNOWN
         && wb_operation_get_reason (operation) == WB_REASON_KILLED && wb_operation_get_op (operation) != CMR_OP_NONE
         && g_object_get_data (G_OBJECT (operation), "evidence") == NULL;
}

/* A person is asked once it was looked up, whatever came of that: what was not readable is told there. */
static gboolean
asks_person (WbOperation *operation)
{
  return wb_outbox_is_found (operation)
         && (wb_operation_get_op (operation) == CMR_OP_NONE
             || g_object_get_data (G_OBJECT (operation), "evidence") != NULL);
}

/* Once it is shut nothing is under way any more. */
void
wb_outbox_recount (WbOutbox *self)
{
  gboolean runs = self->profile != NULL;
  GHashTableIter iter;
  gpointer operation;
  guint counts[N_COUNTS] = { 0 };

  g_hash_table_iter_init (&iter, self->operations);
  while (g_hash_table_iter_next (&iter, NULL, &operation))
    {
      counts[COUNT_OPEN] += runs && keeps_running (operation);
      counts[COUNT_ASKING] += runs && wb_operation_get_state (operation) == WB_STATE_UNKNOWN && wb_evidence_is_watched (operation);
      counts[COUNT_UNKNOWN_PAID]
          += wb_operation_get_state (operation) == WB_STATE_UNKNOWN && wb_operation_is_paid (operation);
      counts[COUNT_CRASHED] += is_crashed (operation);
      counts[COUNT_FOUND] += asks_person (operation);
    }
  for (guint i = 0; i < N_COUNTS; i++)
    if (counts[i] != self->counts[i])
      {
        self->counts[i] = counts[i];
        g_object_notify_by_pspec (G_OBJECT (self), props[i + 1]);
      }
}

WbOperation *
wb_outbox_peek_found (WbOutbox *self)
{
  GHashTableIter iter;
  gpointer operation, first = NULL;

  g_hash_table_iter_init (&iter, self->operations);
  while (g_hash_table_iter_next (&iter, NULL, &operation))
    if (asks_person (operation)
        && (first == NULL || wb_operation_get_created (operation) < wb_operation_get_created (first)))
      first = operation;
  return first;
}

void
wb_outbox_tell (WbOutbox *self, WbOperation *operation)
{
  wb_outbox_recount (self);
  g_signal_emit (self, signals[CHANGED], 0, operation);
  if (self->profile != NULL)
    wb_profile_note_changed (self->profile, WB_COLLECTION_ACTIVITY);
}

WbOperation *
wb_outbox_adopt (WbOutbox *self, WbRecord *record)
{
  WbOperation *operation = g_hash_table_lookup (self->operations, record->id);

  if (operation != NULL)
    {
      wb_record_free (record);
      return operation;
    }
  operation = wb_operation_new (record);
  if (record->evidence != NULL)
    g_object_set_data_full (G_OBJECT (operation), "evidence", g_steal_pointer (&record->evidence),
                            (GDestroyNotify) wb_evidence_free);
  g_hash_table_insert (self->operations, g_strdup (record->id), operation);
  return operation;
}

static void
record_free (gpointer data)
{
  wb_record_free (data);
}

/* Whether anything is still not on disk; TRUE when that changed. */
gboolean
wb_outbox_note_unwritten (WbOutbox *self, WbOperation *operation, gboolean unwritten)
{
  guint before = g_hash_table_size (self->unwritten);
  guint after;

  if (unwritten)
    g_hash_table_add (self->unwritten, g_strdup (wb_operation_get_id (operation)));
  else
    g_hash_table_remove (self->unwritten, wb_operation_get_id (operation));
  after = g_hash_table_size (self->unwritten);
  return (before == 0) != (after == 0);
}

/* Stopping */

/* TRUE: no byte that could carry it out has left or will leave. */
gboolean
wb_outbox_stop_for (WbOutbox *self, WbOperation *operation, WbReason reason)
{
  GCancellable *cancellable = g_hash_table_lookup (self->sending, wb_operation_get_id (operation));

  if (cancellable != NULL && wb_operation_get_can_stop (operation))
    {
      g_cancellable_cancel (cancellable);
      return TRUE;
    }
  if (cancellable != NULL || wb_operation_get_state (operation) != WB_STATE_QUEUED || self->profile == NULL)
    return FALSE;
  wb_outbox_forget_delay (operation);
  wb_operation_set_leaves_at (operation, 0);
  wb_operation_set_progress (operation, 0, 0, FALSE);
  wb_outbox_settle (self, operation, WB_STATE_CANCELLED, reason);
  return TRUE;
}

gboolean
wb_outbox_stop (WbOutbox *self, WbOperation *operation)
{
  return wb_outbox_stop_for (self, operation, WB_REASON_STOPPED);
}

/* Loading */

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  WbRecord *record = wb_database_run_finish (result, &error);

  if (record == NULL && error == NULL)
    g_set_error_literal (&error, CMR_ERROR, CMR_ERROR_NOT_FOUND, "no such operation");
  if (record == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_object_ref (wb_outbox_adopt (g_task_get_source_object (task), record)),
                           g_object_unref);
}

void
wb_outbox_load_async (WbOutbox *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  WbOperation *operation = g_hash_table_lookup (self->operations, id);

  g_task_set_source_tag (task, wb_outbox_load_async);
  if (operation != NULL || self->profile == NULL)
    {
      if (operation != NULL)
        g_task_return_pointer (task, g_object_ref (operation), g_object_unref);
      else
        g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the profile is closed");
      g_object_unref (task);
      return;
    }
  wb_database_run_async (wb_profile_get_journal (self->profile), wb_outbox_load_job, g_strdup (id), g_free, record_free,
                         cancellable, loaded_cb, task);
}

WbOperation *
wb_outbox_load_finish (WbOutbox *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

WbOperation *
wb_outbox_peek (WbOutbox *self, const char *id)
{
  return g_hash_table_lookup (self->operations, id);
}

/* Life */

/* Looks up what is open, sends what waited for a key or an unlock, stops what waits when it is locked. */
static void
go_on (WbOutbox *self, WbOperation *operation)
{
  gboolean waits = wb_operation_get_leaves_at (operation) != 0;
  gboolean asks = wb_operation_get_state (operation) == WB_STATE_UNKNOWN || wb_outbox_is_found (operation);

  if (asks && wb_profile_get_lock (self->profile) != WB_LOCK_NO_KEY)
    wb_evidence_watch (self, operation, TRUE);
  else if (asks)
    return;
  else if (waits && !wb_profile_may_send (self->profile))
    wb_outbox_stop_for (self, operation,
                        wb_profile_get_lock (self->profile) == WB_LOCK_DISK ? WB_REASON_DISK : WB_REASON_SHUT);
  else if (!waits && wb_profile_may_send (self->profile))
    wb_outbox_send (self, operation);
}

/* All of them: what is sent changes the table. */
static GPtrArray *
dup_operations (WbOutbox *self)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer operation;

  g_hash_table_iter_init (&iter, self->operations);
  while (g_hash_table_iter_next (&iter, NULL, &operation))
    g_ptr_array_add (all, g_object_ref (operation));
  return all;
}

static void
on_lock (WbProfile *profile, GParamSpec *pspec, WbOutbox *self)
{
  g_autoptr (GPtrArray) all = dup_operations (self);

  for (guint i = 0; self->profile != NULL && i < all->len; i++)
    go_on (self, all->pdata[i]);
}

/* Back online: what waited goes. */
static void
on_connection (CmrClient *client, GParamSpec *pspec, WbOutbox *self)
{
  g_autoptr (GPtrArray) all = NULL;

  if (self->profile == NULL || cmr_client_get_connection (client) != CMR_CONNECTION_CONNECTED)
    return;
  all = dup_operations (self);
  for (guint i = 0; i < all->len; i++)
    if (wb_outbox_waits_for_connection (all->pdata[i]))
      wb_outbox_send (self, all->pdata[i]);
}

static void read_at_start (WbOutbox *self);

static gboolean
start_again (gpointer user_data)
{
  WbOutbox *self = user_data;

  if (self->profile != NULL)
    read_at_start (self);
  return G_SOURCE_REMOVE;
}

/* Until what an earlier run left is marked, nothing is sent: it is tried again until the disk takes it. */
static void
started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbOutbox) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = wb_database_run_finish (result, &error);

  if (self->profile == NULL)
    return;
  if (self->start_failed != (records == NULL))
    {
      self->start_failed = records == NULL;
      wb_profile_note_disk (self->profile, self->start_failed);
    }
  if (records == NULL)
    {
      g_message ("what an earlier run left could not be read: %s", error->message);
      g_timeout_add_full (G_PRIORITY_DEFAULT, wb_pace_ms (DISK_RETRY_MS), start_again, g_object_ref (self),
                          g_object_unref);
      return;
    }
  g_ptr_array_set_free_func (records, NULL);
  for (guint i = 0; i < records->len; i++)
    wb_outbox_tell (self, wb_outbox_adopt (self, records->pdata[i]));
  on_lock (self->profile, NULL, self);
}

static void
read_at_start (WbOutbox *self)
{
  wb_database_run_async (wb_profile_get_journal (self->profile), wb_outbox_start_job,
                         g_strdup (wb_profile_get_run_id (self->profile)), g_free, (GDestroyNotify) g_ptr_array_unref,
                         NULL, started_cb, g_object_ref (self));
}

void
wb_outbox_start (WbOutbox *self)
{
  g_signal_connect_object (self->profile, "notify::lock", G_CALLBACK (on_lock), self, 0);
  g_signal_connect_object (wb_profile_get_client (self->profile), "notify::connection", G_CALLBACK (on_connection), self, 0);
  read_at_start (self);
}

/* Whatever is on its way is settled by what is known now: what can still be stopped is stopped, and no last byte
 * of it leaves; what is handed over is unknown. An answer that comes later is nobody's. */
static void
settle_at_end (WbOutbox *self, const char *id)
{
  WbOperation *operation = g_hash_table_lookup (self->operations, id);
  GCancellable *cancellable = g_hash_table_lookup (self->sending, id);
  gboolean stoppable = operation != NULL && wb_operation_get_can_stop (operation);

  if (operation == NULL)
    return;
  if (stoppable)
    g_cancellable_cancel (cancellable);
  wb_operation_set_progress (operation, 0, 0, FALSE);
  wb_outbox_settle (self, operation, stoppable ? WB_STATE_CANCELLED : WB_STATE_UNKNOWN,
                    stoppable ? WB_REASON_SHUT : WB_REASON_KILLED);
}

static void
forget_delay (gpointer id, gpointer operation, gpointer unused)
{
  wb_outbox_forget_delay (operation);
}

void
wb_outbox_shut (WbOutbox *self)
{
  g_autoptr (GList) ids = g_hash_table_get_keys (self->sending);

  if (self->profile == NULL)
    return;
  for (GList *l = ids; l != NULL; l = l->next)
    settle_at_end (self, l->data);
  g_cancellable_cancel (self->cancellable);
  wb_evidence_forget (self);
  wb_outbox_foreach (self, forget_delay);
  self->profile = NULL;
  wb_outbox_recount (self);
}

void
wb_outbox_foreach (WbOutbox *self, GHFunc func)
{
  g_hash_table_foreach (self->operations, func, NULL);
}

WbOutbox *
wb_outbox_new (WbProfile *profile)
{
  WbOutbox *self = g_object_new (WB_TYPE_OUTBOX, NULL);

  self->profile = profile;
  return self;
}

static void
wb_outbox_finalize (GObject *object)
{
  WbOutbox *self = WB_OUTBOX (object);

  g_hash_table_unref (self->operations);
  g_hash_table_unref (self->sending);
  g_hash_table_unref (self->unwritten);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (wb_outbox_parent_class)->finalize (object);
}

static void
wb_outbox_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WbOutbox *self = WB_OUTBOX (object);

  if (id >= 1 && id < N_PROPS)
    g_value_set_uint (value, self->counts[id - 1]);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
wb_outbox_class_init (WbOutboxClass *klass)
{
  static const char *const names[N_COUNTS] = {
    [COUNT_UNKNOWN_PAID] = "n-unknown-paid", [COUNT_OPEN] = "n-open", [COUNT_CRASHED] = "n-crashed",
    [COUNT_FOUND] = "n-found",               [COUNT_ASKING] = "n-asking",
  };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = wb_outbox_finalize;
  object_class->get_property = wb_outbox_get_property;
  for (guint i = 0; i < N_COUNTS; i++)
    props[i + 1] = g_param_spec_uint (names[i], NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[CHANGED] = g_signal_new ("changed", WB_TYPE_OUTBOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   WB_TYPE_OPERATION);
}

static void
wb_outbox_init (WbOutbox *self)
{
  self->cancellable = g_cancellable_new ();
  self->operations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->sending = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->unwritten = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}
