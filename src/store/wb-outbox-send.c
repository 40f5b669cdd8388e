// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-outbox-private.h"

#include "cmr-client.h"
#include "wb-answer-private.h"
#include "wb-blobs.h"
#include "wb-fault.h"
#include "wb-outcome.h"
#include "wb-pace-private.h"
#include "wb-profile.h"
#include "wb-secrets-private.h"

/* One operation on its way: claimed in the journal, sent once, its answer settled. */

typedef struct {
  WbOutbox *outbox;
  WbOperation *operation;
  GCancellable *cancellable;
  CmrPacer *pacer; /* nothing is read in the background from the claim to the answer */
} Sending;

static void
sending_free (Sending *sending)
{
  g_hash_table_remove (wb_outbox_get_sending (sending->outbox), wb_operation_get_id (sending->operation));
  cmr_pacer_release_background (sending->pacer);
  g_object_unref (sending->pacer);
  g_object_unref (sending->cancellable);
  g_object_unref (sending->operation);
  g_object_unref (sending->outbox);
  g_free (sending);
}

typedef struct {
  WbBlobs *blobs;
  char *sha256;
} OpenBlob;

static int
open_blob (gpointer data, GError **error)
{
  OpenBlob *open = data;

  return wb_blobs_open (open->blobs, open->sha256, error);
}

static void
open_blob_free (gpointer data)
{
  OpenBlob *open = data;

  g_object_unref (open->blobs);
  g_free (open->sha256);
  g_free (open);
}

static void
add_part (CmrCall *call, const WbPart *part, WbBlobs *blobs)
{
  OpenBlob *open;

  if (part->blob == NULL)
    {
      cmr_call_add_text_part (call, part->name, part->value);
      return;
    }
  open = g_new0 (OpenBlob, 1);
  open->blobs = g_object_ref (blobs);
  open->sha256 = g_strdup (part->blob);
  cmr_call_add_file_part (call, part->name, part->length, open_blob, open, open_blob_free);
}

static CmrCall *
make_call (WbProfile *profile, WbOperation *operation, const WbFrozen *frozen)
{
  CmrCall *call = cmr_call_new (wb_operation_get_op (operation));
  g_autoptr (GHashTable) params = g_uri_parse_params (frozen->query, -1, "&", G_URI_PARAMS_NONE, NULL);
  GHashTableIter iter;
  gpointer name, value;

  cmr_call_set_priority (call, CMR_PRIORITY_WRITE);
  cmr_call_set_confirm (call, wb_operation_is_paid (operation));
  if (params != NULL)
    {
      g_hash_table_iter_init (&iter, params);
      while (g_hash_table_iter_next (&iter, &name, &value))
        cmr_call_set_param (call, name, value);
    }
  if (frozen->body != NULL)
    cmr_call_set_json (call, frozen->body);
  for (guint i = 0; i < frozen->parts->len; i++)
    add_part (call, frozen->parts->pdata[i], wb_profile_get_blobs (profile));
  return call;
}

/* Accepted is the end where no later reading tells more. */
WbState
wb_outbox_state_after_accepted (WbOperation *operation)
{
  CmrOp op = wb_operation_get_op (operation);
  const CmrEndpoint *endpoint = op != CMR_OP_NONE ? cmr_endpoint_get (op) : NULL;
  gboolean followed = endpoint != NULL && wb_operation_is_paid (operation) && endpoint->response == &cmr_order_resource;

  return followed ? WB_STATE_ACCEPTED : WB_STATE_DONE;
}

/* Nothing was sent: what kept it? */
static WbReason
reason_of_nothing (WbOperation *operation, const CmrReply *reply)
{
  if (g_error_matches (reply->failure, CMR_ERROR, CMR_ERROR_STORAGE))
    return WB_REASON_BLOB_MISSING;
  return wb_operation_get_sent_bytes (operation) > 0 ? WB_REASON_BROKE_OFF : WB_REASON_NOT_CONNECTED;
}

/* Free and small: it goes when the service can be reached again. What is paid, cannot be taken back, belongs to an
 * order or carries a secret is told as not sent, and a person decides. */
static gboolean
may_wait (WbOperation *operation, WbOutcome outcome)
{
  const CmrEndpoint *endpoint = cmr_endpoint_get (wb_operation_get_op (operation));

  return outcome.state == WB_STATE_FAILED && outcome.reason == WB_REASON_NOT_CONNECTED && !wb_operation_is_paid (operation)
         && endpoint->paid == CMR_PAID_NEVER && !(endpoint->flags & CMR_ENDPOINT_DESTRUCTIVE)
         && *wb_operation_get_order (operation) == '\0' && wb_operation_get_secrets (operation) == NULL;
}

static void
note_progress_end (WbOperation *operation, const CmrReply *reply)
{
  guint64 total = wb_operation_get_total_bytes (operation);

  wb_operation_set_progress (
      operation, reply->sent == CMR_SENT_NOTHING ? wb_operation_get_sent_bytes (operation) : total, total, FALSE);
  if (reply->retry_after_ms > 0)
    wb_operation_set_retry_at (operation, g_get_monotonic_time () + (gint64) reply->retry_after_ms * 1000);
}

static void
take_reply (WbOutbox *self, WbOperation *operation, CmrReply *reply, gboolean stopped)
{
  const CmrEndpoint *endpoint = cmr_endpoint_get (wb_operation_get_op (operation));
  gboolean good = reply->sent == CMR_SENT_ANSWERED && reply->status >= 200 && reply->status < 300;
  g_autofree char *said = reply->body != NULL && !good ? cmr_error_dup_service_text (reply->body) : NULL;
  g_autoptr (WbAnswer) answer
      = good ? wb_answer_read (endpoint->op, wb_operation_get_target (operation), reply->body) : NULL;
  gboolean tells = answer != NULL && answer->tells;
  WbOutcome outcome
      = wb_outcome_decide (endpoint, wb_operation_is_paid (operation), reply->sent, reply->status, tells, stopped);

  WB_FAULT_POINT ("answer:read");
  note_progress_end (operation, reply);
  wb_operation_set_answer (operation, reply->status, said, tells ? answer->made_id : NULL);
  if (tells && answer->left_out != NULL)
    wb_operation_set_left_out (operation, answer->left_out);
  if (outcome.state == WB_STATE_FAILED && outcome.reason == WB_REASON_NOT_CONNECTED)
    outcome.reason = reason_of_nothing (operation, reply);
  if (may_wait (operation, outcome))
    outcome = (WbOutcome) { WB_STATE_QUEUED, WB_REASON_NOT_CONNECTED, FALSE };
  if (outcome.state == WB_STATE_ACCEPTED)
    outcome.state = wb_outbox_state_after_accepted (operation);
  WB_FAULT_POINT ("answer:decided");
  wb_outbox_settle (self, operation, outcome.state, outcome.reason);
  WB_FAULT_POINT ("answer:settling");
  if (outcome.again)
    wb_outbox_repeat (self, operation, reply->retry_after_ms);
  if (wb_operation_is_paid (operation) && wb_outbox_get_profile (self) != NULL)
    wb_profile_note_paid (wb_outbox_get_profile (self));
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Sending *sending = user_data;
  WbOutbox *self = sending->outbox;
  g_autoptr (GError) error = NULL;
  g_autoptr (CmrReply) reply = cmr_client_write_finish (CMR_CLIENT (source), result, &error);
  gboolean stopped = g_cancellable_is_cancelled (sending->cancellable);

  /* Shut meanwhile: it was settled by what was known then, and this answer is nobody's any more. */
  if (wb_outbox_get_profile (self) == NULL)
    g_debug ("%s: its answer came after the end", wb_operation_get_id (sending->operation));
  else if (reply != NULL)
    take_reply (self, sending->operation, reply, stopped);
  else
    {
      /* Refused by ourselves before anything was sent. */
      gboolean no_key = g_error_matches (error, CMR_ERROR, CMR_ERROR_SIGNED_OUT);

      g_message ("%s was not sent: %s", wb_operation_get_id (sending->operation), error->message);
      wb_operation_set_progress (sending->operation, 0, 0, FALSE);
      wb_outbox_settle (self, sending->operation, WB_STATE_FAILED, no_key ? WB_REASON_NO_KEY : WB_REASON_INCOMPLETE);
    }
  sending_free (sending);
}

static void
on_progress (guint64 sent, guint64 total, gboolean last_byte, gpointer user_data)
{
  Sending *sending = user_data;

  if (last_byte)
    WB_FAULT_POINT ("send:last-byte");
  else if (sent > 0)
    WB_FAULT_POINT ("send:uploading");
  wb_operation_set_progress (sending->operation, sent, total, !last_byte);
}

static void
reloaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Sending *sending = user_data;
  g_autoptr (WbRecord) record = wb_database_run_finish (result, NULL);

  if (record != NULL && wb_outbox_get_profile (sending->outbox) != NULL)
    {
      wb_operation_set_progress (sending->operation, 0, 0, FALSE);
      wb_operation_set_state (sending->operation, record->state, record->reason);
      wb_outbox_tell (sending->outbox, sending->operation);
    }
  sending_free (sending);
}

static void
record_free (gpointer record)
{
  wb_record_free (record);
}

/* Not claimed: nothing may be sent. Without a disk it is said so; a row that is somebody else's is shown as it is. */
static void
not_claimed (Sending *sending, GError *error)
{
  WbProfile *profile = wb_outbox_get_profile (sending->outbox);

  g_message ("%s was not claimed: %s", wb_operation_get_id (sending->operation),
             error != NULL ? error->message : "closed");
  if (profile != NULL && g_error_matches (error, CMR_ERROR, CMR_ERROR_CONFLICT))
    {
      wb_database_run_async (wb_profile_get_journal (profile), wb_outbox_load_job,
                             g_strdup (wb_operation_get_id (sending->operation)), g_free, record_free, NULL,
                             reloaded_cb, sending);
      return;
    }
  if (profile != NULL)
    {
      wb_operation_set_progress (sending->operation, 0, 0, FALSE);
      wb_outbox_settle (sending->outbox, sending->operation, WB_STATE_FAILED, WB_REASON_DISK);
    }
  sending_free (sending);
}

/* What it needs is gone with the run that knew it, or is another: nothing of it may be sent. */
static gboolean
has_its_secrets (Sending *sending, WbFrozen *frozen)
{
  if (wb_secrets_fill (wb_operation_get_secrets (sending->operation), frozen))
    return TRUE;
  wb_operation_set_progress (sending->operation, 0, 0, FALSE);
  wb_outbox_settle (sending->outbox, sending->operation, WB_STATE_FAILED, WB_REASON_SECRET_GONE);
  sending_free (sending);
  return FALSE;
}

/* Stopped, or locked, between the journal's answer and the first byte: nothing was sent. */
static gboolean
may_begin (Sending *sending)
{
  if (!g_cancellable_is_cancelled (sending->cancellable)
      && wb_profile_may_send (wb_outbox_get_profile (sending->outbox)))
    return TRUE;
  wb_operation_set_progress (sending->operation, 0, 0, FALSE);
  wb_outbox_settle (sending->outbox, sending->operation, WB_STATE_CANCELLED, WB_REASON_STOPPED);
  sending_free (sending);
  return FALSE;
}

/* The row is on disk as `sending` and was read back: now, and only here, its bytes may leave. */
static void
claimed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Sending *sending = user_data;
  WbProfile *profile = wb_outbox_get_profile (sending->outbox);
  g_autoptr (GError) error = NULL;
  WbFrozen *frozen = wb_database_run_finish (result, &error);
  g_autoptr (CmrCall) call = NULL;

  WB_FAULT_POINT ("send:claimed");
  if (frozen == NULL || profile == NULL)
    {
      g_clear_pointer (&frozen, wb_frozen_free);
      not_claimed (sending, error);
      return;
    }
  wb_operation_set_state (sending->operation, WB_STATE_SENDING, WB_REASON_NONE);
  if (!has_its_secrets (sending, frozen))
    {
      wb_frozen_free (frozen);
      return;
    }
  call = make_call (profile, sending->operation, frozen);
  wb_frozen_free (frozen);
  if (!may_begin (sending))
    return;
  wb_outbox_tell (sending->outbox, sending->operation);
  WB_FAULT_POINT ("send:before-first-byte");
  cmr_client_write_async (wb_profile_get_client (profile), call, on_progress, sending, sending->cancellable, written_cb,
                          sending);
}

/* Nothing of it runs while the profile is locked: whoever asks for it has looked, and this looks again. What a newer
 * version wrote is never sent by this one. */
void
wb_outbox_send (WbOutbox *self, WbOperation *operation)
{
  WbProfile *profile = wb_outbox_get_profile (self);
  Sending *sending;
  char **pair;

  if (profile == NULL || wb_operation_get_op (operation) == CMR_OP_NONE
      || wb_operation_get_state (operation) != WB_STATE_QUEUED || wb_outbox_is_found (operation)
      || !wb_profile_may_send (profile)
      || g_hash_table_contains (wb_outbox_get_sending (self), wb_operation_get_id (operation)))
    return;
  sending = g_new0 (Sending, 1);
  sending->outbox = g_object_ref (self);
  sending->operation = g_object_ref (operation);
  sending->cancellable = g_cancellable_new ();
  sending->pacer = g_object_ref (cmr_client_get_pacer (wb_profile_get_client (profile)));
  cmr_pacer_hold_background (sending->pacer);
  g_hash_table_insert (wb_outbox_get_sending (self), g_strdup (wb_operation_get_id (operation)),
                       g_object_ref (sending->cancellable));
  wb_operation_set_progress (operation, 0, 0, TRUE);
  pair = g_new0 (char *, 3);
  pair[0] = g_strdup (wb_operation_get_id (operation));
  pair[1] = g_strdup (wb_profile_get_run_id (profile));
  /* Not cancellable: once it is claimed, what became of it is always taken up here. */
  wb_database_run_async (wb_profile_get_journal (profile), wb_outbox_claim_job, pair, (GDestroyNotify) g_strfreev,
                         (GDestroyNotify) wb_frozen_free, NULL, claimed_cb, sending);
}
