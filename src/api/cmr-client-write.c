// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmr-client-private.h"

/* Data of the caller's task, which has no cancellable: a reply comes out in every case. */
typedef struct {
  CmrCall *call;
  CmrExchangeHow how;
  GCancellable *cancellable;
  CmrPacer *pacer; /* background work stands still as long as this write is under way */
} Write;

static void
write_free (Write *self)
{
  cmr_pacer_release_background (self->pacer);
  g_object_unref (self->pacer);
  g_object_unref (self->call);
  g_clear_object (&self->cancellable);
  g_free (self);
}

static void
replied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  CmrReply *reply = cmr_exchange_finish (CMR_CLIENT (source), result, &error);

  if (reply == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, reply, (GDestroyNotify) cmr_reply_free);
}

static void
turn_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Write *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (cmr_pacer_turn_finish (CMR_PACER (source), result, &error))
    {
      cmr_exchange_async (g_task_get_source_object (task), self->call, &self->how, self->cancellable, replied_cb,
                          g_object_ref (task));
    }
  else
    {
      CmrReply *reply = g_new0 (CmrReply, 1);

      reply->sent = CMR_SENT_NOTHING;
      reply->failure = error;
      g_task_return_pointer (task, reply, (GDestroyNotify) cmr_reply_free);
    }
}

void
cmr_client_write_async (CmrClient *self, CmrCall *call, CmrProgress progress, gpointer progress_data,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Write *data;

  g_return_if_fail (CMR_IS_CLIENT (self));
  g_return_if_fail (CMR_IS_CALL (call));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, cmr_client_write_async);
  if (!cmr_client_check_call (self, call, FALSE, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  data = g_new0 (Write, 1);
  data->call = g_object_ref (call);
  data->how = (CmrExchangeHow) { .writing = TRUE, .progress = progress, .progress_data = progress_data };
  data->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  data->pacer = g_object_ref (cmr_client_get_pacer (self));
  cmr_pacer_hold_background (data->pacer);
  g_task_set_task_data (task, data, (GDestroyNotify) write_free);
  cmr_pacer_turn_async (data->pacer, cmr_call_get_priority (call), cmr_call_is_paid (call), cancellable, turn_cb,
                        g_steal_pointer (&task));
}

CmrReply *
cmr_client_write_finish (CmrClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
