// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-sync-private.h"

#include "cmr-client.h"
#include "wb-mirror-private.h"
#include "wb-outbox.h"
#include "wb-profile.h"

/* Single things: one object, the wallet, countries and states, a customer to be saved. */

typedef struct {
  WbCollection collection;
  char *id;
  CmrObject *object; /* what was read; NULL: it is gone */
  gint64 asked_at;
} One;

static One *
one_new (WbCollection collection, const char *id)
{
  One *one = g_new0 (One, 1);

  one->collection = collection;
  one->id = g_strdup (id);
  return one;
}

static void
one_free (gpointer data)
{
  One *one = data;

  g_clear_object (&one->object);
  g_free (one->id);
  g_free (one);
}

static gboolean
return_if_stopped (GTask *task)
{
  if (wb_sync_get_profile (g_task_get_source_object (task)) != NULL)
    return FALSE;
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the profile is closed");
  return TRUE;
}

static gpointer
load_job (sqlite3 *db, gpointer data, GError **error)
{
  One *one = data;

  return wb_mirror_load (db, wb_collection_get_resource (one->collection), one->id, error);
}

static void
load_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  CmrObject *object = wb_database_run_finish (result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, object, g_object_unref);
}

void
wb_sync_load_async (WbSync *self, WbCollection collection, const char *id, GCancellable *cancellable,
                    GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, wb_sync_load_async);
  if (return_if_stopped (task))
    return;
  wb_database_run_async (wb_profile_get_reader (wb_sync_get_profile (self)), load_job, one_new (collection, id),
                         one_free, g_object_unref, cancellable, load_cb, g_steal_pointer (&task));
}

CmrObject *
wb_sync_load_finish (WbSync *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
land_one_job (sqlite3 *db, gpointer data, GError **error)
{
  One *one = data;
  const CmrResource *resource = wb_collection_get_resource (one->collection);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  if (one->object != NULL)
    g_ptr_array_add (rows, one->object);
  if (one->object == NULL ? wb_mirror_delete (db, resource, one->id, error)
                          : wb_mirror_upsert (db, &(WbMirrorWrite) { resource, "", one->asked_at }, rows, NULL, error) > 0)
    wb_mirror_note_written (db, wb_collection_name (one->collection), NULL, error);
  return NULL;
}

static void
landed_one_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WbSync *self = g_task_get_source_object (task);
  One *one = g_task_get_task_data (task);
  GError *error = NULL;

  wb_database_run_finish (result, &error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  wb_sync_note_changed (self, one->collection);
  g_task_return_pointer (task, one->object != NULL ? g_object_ref (one->object) : NULL, g_object_unref);
}

static void
reread_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WbSync *self = g_task_get_source_object (task);
  One *one = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) body = cmr_client_read_finish (CMR_CLIENT (source), result, &error);
  const char *param;
  One *landing;

  if (body != NULL)
    one->object = cmr_reply_parse_named (cmr_endpoint_get (wb_collection_get_op (one->collection, &param)), body,
                                         one->id, &error);
  if (g_error_matches (error, CMR_ERROR, CMR_ERROR_NOT_FOUND))
    g_clear_error (&error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (return_if_stopped (task))
    return;
  landing = one_new (one->collection, one->id);
  landing->object = one->object != NULL ? g_object_ref (one->object) : NULL;
  landing->asked_at = one->asked_at;
  wb_database_run_async (wb_profile_get_mirror (wb_sync_get_profile (self)), land_one_job, landing, one_free, NULL,
                         NULL, landed_one_cb, g_steal_pointer (&task));
}

void
wb_sync_reread_async (WbSync *self, WbCollection collection, const char *id, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (CmrCall) call = NULL;
  One *one = one_new (collection, id);
  const char *param = NULL;
  CmrOp op = wb_collection_get_op (collection, &param);

  g_task_set_source_tag (task, wb_sync_reread_async);
  g_task_set_task_data (task, one, one_free);
  if (return_if_stopped (task))
    return;
  g_return_if_fail (op != CMR_OP_NONE);
  one->asked_at = g_get_real_time ();
  call = cmr_call_new (op);
  cmr_call_set_priority (call, CMR_PRIORITY_VISIBLE);
  cmr_call_set_param (call, param, id);
  cmr_client_read_async (wb_profile_get_client (wb_sync_get_profile (self)), call, cancellable, reread_cb,
                         g_steal_pointer (&task));
}

CmrObject *
wb_sync_reread_finish (WbSync *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct {
  gint64 cents, time;
} Reading;

static gpointer
keep_reading_job (sqlite3 *db, gpointer data, GError **error)
{
  Reading *reading = data;

  /* Equal readings in a row are one row: the table is the history of movements. */
  wb_db_run (db, error,
             "INSERT OR REPLACE INTO wallet (time, cents) SELECT ?1, ?2"
             " WHERE ?2 IS NOT (SELECT cents FROM wallet ORDER BY time DESC LIMIT 1)",
             "ii", reading->time, reading->cents);
  return NULL;
}

static void
wallet_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WbSync *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GBytes) body = cmr_client_read_finish (CMR_CLIENT (source), result, &error);
  g_autoptr (CmrObject) wallet
      = body != NULL ? cmr_reply_parse_one (cmr_endpoint_get (CMR_OP_GET_WALLET), body, &error) : NULL;
  Reading *reading;

  if (wallet != NULL && !cmr_object_has (wallet, "balance"))
    g_set_error_literal (&error, CMR_ERROR, CMR_ERROR_PROTOCOL, "wallet: no balance");
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (return_if_stopped (task))
    return;
  reading = g_new0 (Reading, 1);
  reading->cents = cmr_object_get_cents (wallet, "balance");
  reading->time = g_get_real_time ();
  wb_profile_note_wallet (wb_sync_get_profile (self), reading->cents, reading->time);
  g_task_set_task_data (task, g_memdup2 (reading, sizeof *reading), g_free);
  wb_database_push (wb_profile_get_journal (wb_sync_get_profile (self)), keep_reading_job, reading, g_free);
  g_task_return_boolean (task, TRUE);
}

void
wb_sync_read_wallet_async (WbSync *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (CmrCall) call = cmr_call_new (CMR_OP_GET_WALLET);

  g_task_set_source_tag (task, wb_sync_read_wallet_async);
  if (return_if_stopped (task))
    return;
  cmr_call_set_priority (call, CMR_PRIORITY_VISIBLE);
  cmr_client_read_async (wb_profile_get_client (wb_sync_get_profile (self)), call, cancellable, wallet_cb,
                         g_steal_pointer (&task));
}

gint64
wb_sync_read_wallet_finish (WbSync *self, GAsyncResult *result, GError **error)
{
  Reading *reading = g_task_get_task_data (G_TASK (result));

  return g_task_propagate_boolean (G_TASK (result), error) ? reading->cents : CMR_MONEY_UNKNOWN;
}
