// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-outbox-private.h"

#include "cmr-client.h"
#include "wb-fault.h"
#include "wb-profile.h"
#include "wb-secrets-private.h"

/* Taking a request over: its row is on disk before anybody hears of it. */

static void
submit_free (gpointer data)
{
  WbSubmit *submit = data;

  wb_request_free (submit->request);
  g_free (submit->host);
  wb_record_free (submit->record);
  g_free (submit);
}

static WbRecord *
record_of (WbOutbox *self, const WbRequest *request)
{
  WbRecord *record = wb_record_new ();

  record->id = g_uuid_string_random ();
  record->run = g_strdup (wb_profile_get_run_id (wb_outbox_get_profile (self)));
  record->op = request->op;
  record->state = WB_STATE_QUEUED;
  record->paid = wb_request_is_paid (request);
  record->customer_id = g_strdup (request->customer_id);
  record->customer = g_strdup (request->customer);
  record->target = g_strdup (request->target);
  record->order = g_strdup (request->order);
  record->made_id = g_strdup ("");
  record->again_of = g_strdup (request->again_of);
  record->service_text = g_strdup ("");
  record->cents = request->cents;
  record->pictures = wb_request_count_pictures (request);
  record->mailboxes = request->n_mailboxes;
  record->created = record->updated = g_get_real_time ();
  return record;
}

typedef struct {
  WbRecord *record;
  WbOperation *first; /* (nullable): what this one is sent again for */
  WbSecrets *secrets; /* (nullable): what the journal does not get */
  guint delay_ms;
} Submitted;

static void
submitted_free (gpointer data)
{
  Submitted *submitted = data;

  g_clear_object (&submitted->first);
  g_clear_pointer (&submitted->secrets, wb_secrets_unref);
  wb_record_free (submitted->record);
  g_free (submitted);
}

/* The journal has closed the first by the same act. Whoever follows both hears of the second before that. */
static void
close_first (WbOutbox *self, WbOperation *first)
{
  WbState state = wb_operation_get_state (first);

  if (state == WB_STATE_UNKNOWN)
    wb_operation_set_state (first, WB_STATE_CLOSED, wb_operation_get_reason (first));
  else if (wb_outbox_is_found (first))
    wb_operation_set_state (first, WB_STATE_CANCELLED, WB_REASON_FOUND_QUEUED);
  else
    return;
  wb_outbox_tell (self, first);
}

static void
submitted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WbOutbox *self = g_task_get_source_object (task);
  Submitted *submitted = g_task_get_task_data (task);
  GError *error = NULL;
  WbOperation *operation;

  if (wb_database_run_finish (result, &error) == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  WB_FAULT_POINT ("submit:told");
  operation = wb_outbox_adopt (self, g_steal_pointer (&submitted->record));
  wb_operation_set_secrets (operation, submitted->secrets);
  wb_outbox_tell (self, operation);
  if (submitted->first != NULL)
    close_first (self, submitted->first);
  /* Locked while it was written: it does not go, and it says so. */
  if (wb_outbox_get_profile (self) == NULL || !wb_profile_may_send (wb_outbox_get_profile (self)))
    {
      wb_outbox_stop_for (self, operation, WB_REASON_SHUT);
      g_task_return_new_error (task, CMR_ERROR, CMR_ERROR_DENIED, "locked before it left");
      return;
    }
  if (submitted->delay_ms > 0)
    wb_outbox_send_after (self, operation, submitted->delay_ms);
  else
    wb_outbox_send (self, operation);
  g_task_return_pointer (task, g_object_ref (operation), g_object_unref);
}

/* NULL when it may be written. */
static GError *
why_not (WbOutbox *self, const WbRequest *request, GCancellable *cancellable)
{
  if (g_cancellable_is_cancelled (cancellable))
    return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled before it was written");
  if (wb_outbox_get_profile (self) == NULL || !wb_profile_may_send (wb_outbox_get_profile (self)))
    return g_error_new_literal (CMR_ERROR, CMR_ERROR_DENIED, "the profile may not send");
  /* All of such a call may be secret: more than could be taken out of what is written. */
  if (cmr_endpoint_get (request->op)->flags & CMR_ENDPOINT_SECRET)
    return g_error_new (CMR_ERROR, CMR_ERROR_INVALID, "%s carries secrets", cmr_endpoint_get (request->op)->id);
  return NULL;
}

void
wb_outbox_submit_async (WbOutbox *self, WbRequest *request, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  WbOperation *first = wb_outbox_peek (self, request->again_of);
  GError *error = why_not (self, request, cancellable);
  Submitted *submitted;
  WbSubmit *submit;

  g_task_set_source_tag (task, wb_outbox_submit_async);
  /* What is written goes, whatever becomes of the caller: never an error for what was submitted. */
  g_task_set_check_cancellable (task, FALSE);
  if (error != NULL)
    {
      wb_request_free (request);
      g_task_return_error (task, error);
      return;
    }
  submit = g_new0 (WbSubmit, 1);
  submit->request = request;
  submit->record = record_of (self, request);
  submit->host = cmr_client_dup_origin (wb_profile_get_client (wb_outbox_get_profile (self)));
  submitted = g_new0 (Submitted, 1);
  submitted->record = wb_record_copy (submit->record);
  submitted->first = first != NULL ? g_object_ref (first) : NULL;
  submitted->delay_ms = request->delay_ms;
  submitted->secrets = wb_secrets_take (request);
  g_task_set_task_data (task, submitted, submitted_free);
  wb_database_run_async (wb_profile_get_journal (wb_outbox_get_profile (self)), wb_outbox_submit_job, submit,
                         submit_free, NULL, NULL, submitted_cb, g_steal_pointer (&task));
}

WbOperation *
wb_outbox_submit_finish (WbOutbox *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
