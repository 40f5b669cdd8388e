// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillApi"

#include <string.h>

#include "cmr-client-private.h"
#include "cmr-error.h"
#include "cmr-reply-private.h"

#define MAX_TRIES 3
#define BACKOFF_MAX_MS (30 * 1000)
#define SLOW_FACTOR 3

/* One read with its tries. Lives as the data of the caller's task. */
typedef struct {
  CmrCall *call;
  CmrExchangeHow how;
  guint tries;
  GSource *pause;
} Read;

static void
read_free (Read *self)
{
  if (self->pause != NULL)
    {
      g_source_destroy (self->pause);
      g_source_unref (self->pause);
    }
  g_object_unref (self->call);
  g_free (self);
}

static gboolean
is_good (const CmrReply *reply)
{
  return reply->failure == NULL && reply->status >= 200 && reply->status < 300 && !cmr_reply_looks_cut (reply);
}

static gboolean
is_worth_another_try (const CmrReply *reply)
{
  static const guint passing[] = { 408, 429, 500, 502, 503, 504 };

  if (reply->failure != NULL)
    return reply->sent == CMR_SENT_ALL && reply->failure->domain != CMR_ERROR;
  for (guint i = 0; i < G_N_ELEMENTS (passing); i++)
    if (reply->status == passing[i])
      return TRUE;
  return reply->status >= 200 && reply->status < 300;
}

static CmrError
code_of_failure (const CmrReply *reply)
{
  if (reply->failure->domain == CMR_ERROR)
    return reply->failure->code;
  if (reply->sent == CMR_SENT_NOTHING && reply->failure->domain != G_TLS_ERROR)
    return CMR_ERROR_OFFLINE;
  return CMR_ERROR_TROUBLE;
}

/* The service's own words are part of the message: it is for the log, the codes are for the user. */
static GError *
error_from_reply (CmrCall *call, const CmrReply *reply)
{
  const char *id = cmr_call_get_endpoint (call)->id;
  g_autofree char *text = NULL;

  if (g_error_matches (reply->failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (reply->failure);
  if (reply->failure != NULL)
    return g_error_new (CMR_ERROR, code_of_failure (reply), "%s: %s", id, reply->failure->message);
  if (reply->status >= 200 && reply->status < 300)
    return g_error_new (CMR_ERROR, CMR_ERROR_TROUBLE, "%s: the answer was cut", id);
  if (reply->status >= 300 && reply->status < 400)
    return g_error_new (CMR_ERROR, CMR_ERROR_PROTOCOL, "%s: HTTP %u points to %s", id, reply->status,
                        reply->location != NULL ? reply->location : "nowhere");
  text = cmr_error_dup_service_text (reply->body);
  return g_error_new (CMR_ERROR, cmr_error_from_status (reply->status), "%s: HTTP %u%s%s", id, reply->status,
                      text != NULL ? ": " : "", text != NULL ? text : "");
}

static void try_once (GTask *task);

static gboolean
on_pause_over (gpointer user_data)
{
  GTask *task = user_data;

  if (!g_task_return_error_if_cancelled (task))
    try_once (task);
  g_object_unref (task);
  return G_SOURCE_REMOVE;
}

/* Takes @task. Cancel ends the pause. */
static void
pause_before_next (GTask *task, guint pause_ms)
{
  Read *self = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  g_clear_pointer (&self->pause, g_source_unref);
  self->pause = g_timeout_source_new (pause_ms);
  if (cancellable != NULL)
    {
      g_autoptr (GSource) child = g_cancellable_source_new (cancellable);

      g_source_set_dummy_callback (child);
      g_source_add_child_source (self->pause, child);
    }
  g_source_set_callback (self->pause, on_pause_over, task, NULL);
  g_source_attach (self->pause, g_main_context_get_thread_default ());
}

static guint
pause_ms (CmrClient *client, const Read *self, const CmrReply *reply)
{
  guint backoff = cmr_client_get_timeouts (client)->backoff_ms << (self->tries - 1);

  return MAX (MIN (backoff, BACKOFF_MAX_MS), reply->retry_after_ms);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  CmrClient *client = CMR_CLIENT (source);
  Read *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (CmrReply) reply = cmr_exchange_finish (client, result, &error);
  guint wait_ms;

  if (reply == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (is_good (reply))
    {
      g_task_return_pointer (task, g_steal_pointer (&reply->body), (GDestroyNotify) g_bytes_unref);
      return;
    }
  wait_ms = pause_ms (client, self, reply);
  if (self->tries == MAX_TRIES || !is_worth_another_try (reply)
      || g_get_monotonic_time () + wait_ms * G_GINT64_CONSTANT (1000) >= self->how.deadline)
    g_task_return_error (task, error_from_reply (self->call, reply));
  else
    pause_before_next (g_steal_pointer (&task), wait_ms);
}

static void
start_deadline (CmrClient *client, Read *self)
{
  const CmrTimeouts *timeouts = cmr_client_get_timeouts (client);
  gboolean slow = cmr_call_get_op (self->call) == CMR_OP_CHECK_WORKSPACE;
  gint64 total_ms = (gint64) timeouts->read_total_ms * (slow ? SLOW_FACTOR : 1);

  if (self->how.deadline != 0)
    return;
  self->how.deadline = g_get_monotonic_time () + total_ms * 1000;
  /* It works for a while without a word: 15 s for each name. */
  if (slow)
    self->how.idle_ms = total_ms;
}

static void
turn_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  CmrClient *client = g_task_get_source_object (task);
  Read *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (!cmr_pacer_turn_finish (CMR_PACER (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  start_deadline (client, self);
  self->tries++;
  cmr_exchange_async (client, self->call, &self->how, g_task_get_cancellable (task), answered_cb,
                      g_object_ref (task));
}

static void
try_once (GTask *task)
{
  CmrClient *client = g_task_get_source_object (task);
  Read *self = g_task_get_task_data (task);

  cmr_pacer_turn_async (cmr_client_get_pacer (client), cmr_call_get_priority (self->call), FALSE,
                        g_task_get_cancellable (task), turn_cb, g_object_ref (task));
}

void
cmr_client_read_async (CmrClient *self, CmrCall *call, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Read *data;

  g_return_if_fail (CMR_IS_CLIENT (self));
  g_return_if_fail (CMR_IS_CALL (call));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, cmr_client_read_async);
  if (!cmr_client_check_call (self, call, TRUE, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  data = g_new0 (Read, 1);
  data->call = g_object_ref (call);
  g_task_set_task_data (task, data, (GDestroyNotify) read_free);
  try_once (task);
}

GBytes *
cmr_client_read_finish (CmrClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
