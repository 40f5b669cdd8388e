// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-outbox-private.h"

#include <string.h>

#include "cmr-client.h"
#include "wb-blobs.h"
#include "wb-fault.h"
#include "wb-outcome.h"
#include "wb-pace-private.h"
#include "wb-profile.h"

/* One operation on its way: claimed in the journal, sent once, its answer settled. */

typedef struct {
  WbOutbox *outbox;
  WbOperation *operation;
  GCancellable *cancellable;
} Sending;

static void
sending_free (Sending *sending)
{
  g_hash_table_remove (wb_outbox_get_sending (sending->outbox), wb_operation_get_id (sending->operation));
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

/* What a 2xx has to name so that it can be followed */

static gboolean
makes_order (CmrOp op)
{
  return cmr_endpoint_get (op)->response == &cmr_order_resource && op != CMR_OP_PROCESS_ORDER;
}

/* An order names its id, a customer its id; of any other answer no more is asked than that it looks like one. */
static char *
dup_made_id (CmrOp op, const CmrEnvelope *envelope, gboolean *names_it)
{
  char *made;

  *names_it = JSON_NODE_HOLDS_OBJECT (envelope->root) && (envelope->message != NULL || envelope->data != NULL);
  if (!makes_order (op) && op != CMR_OP_CREATE_USER)
    return NULL;
  made = cmr_envelope_dup_key (envelope, makes_order (op) ? &cmr_order_resource : &cmr_customer_resource);
  *names_it = made != NULL;
  return made;
}

static void
take_left_out (WbOperation *operation, const CmrEnvelope *envelope)
{
  JsonObject *data = envelope->data != NULL && JSON_NODE_HOLDS_OBJECT (envelope->data) ? json_node_get_object (envelope->data) : NULL;
  JsonNode *node = data != NULL && json_object_has_member (data, "unavailableDomains")
                     ? json_object_get_member (data, "unavailableDomains") : NULL;
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *name = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (name) && json_node_get_value_type (name) == G_TYPE_STRING)
        g_string_append_printf (names, "%s%s", names->len > 0 ? " " : "", json_node_get_string (name));
    }
  if (names->len > 0)
    wb_operation_set_left_out (operation, names->str);
}

/* Accepted is the end where no later reading tells more. */
WbState
wb_outbox_state_after_accepted (WbOperation *operation)
{
  const CmrEndpoint *endpoint = cmr_endpoint_get (wb_operation_get_op (operation));
  gboolean followed = wb_operation_is_paid (operation) && endpoint->response == &cmr_order_resource;

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

static void
note_progress_end (WbOperation *operation, const CmrReply *reply)
{
  guint64 total = wb_operation_get_total_bytes (operation);

  wb_operation_set_progress (operation, reply->sent == CMR_SENT_NOTHING ? wb_operation_get_sent_bytes (operation) : total, total, FALSE);
  if (reply->retry_after_ms > 0)
    wb_operation_set_retry_at (operation, g_get_monotonic_time () + (gint64) reply->retry_after_ms * 1000);
}

static void
take_reply (WbOutbox *self, WbOperation *operation, CmrReply *reply, gboolean stopped)
{
  const CmrEndpoint *endpoint = cmr_endpoint_get (wb_operation_get_op (operation));
  g_autofree char *said = reply->body != NULL && reply->status >= 300 ? cmr_error_dup_service_text (reply->body) : NULL;
  g_autoptr (CmrEnvelope) envelope = reply->body != NULL ? cmr_envelope_parse (reply->body, NULL) : NULL;
  gboolean names_it = FALSE;
  g_autofree char *made = envelope != NULL && reply->status < 300 ? dup_made_id (endpoint->op, envelope, &names_it) : NULL;
  WbOutcome outcome
    = wb_outcome_decide (endpoint, wb_operation_is_paid (operation), reply->sent, reply->status, names_it, stopped);

  WB_FAULT_POINT ("answer:read");
  note_progress_end (operation, reply);
  wb_operation_set_answer (operation, reply->status, said, made);
  if (outcome.state == WB_STATE_ACCEPTED && makes_order (endpoint->op))
    take_left_out (operation, envelope);
  if (outcome.state == WB_STATE_FAILED && outcome.reason == WB_REASON_NOT_CONNECTED)
    outcome.reason = reason_of_nothing (operation, reply);
  if (outcome.state == WB_STATE_ACCEPTED)
    outcome.state = wb_outbox_state_after_accepted (operation);
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

  cmr_pacer_release_background (cmr_client_get_pacer (CMR_CLIENT (source)));
  if (reply != NULL)
    take_reply (self, sending->operation, reply, stopped);
  else
    {
      /* Refused before anything was sent. */
      gboolean no_key = g_error_matches (error, CMR_ERROR, CMR_ERROR_SIGNED_OUT);

      g_message ("%s was not sent: %s", wb_operation_get_id (sending->operation), error->message);
      wb_operation_set_progress (sending->operation, 0, 0, FALSE);
      wb_outbox_settle (self, sending->operation, WB_STATE_FAILED, no_key ? WB_REASON_SIGNED_OUT : WB_REASON_REFUSED);
    }
  sending_free (sending);
}

static void
on_progress (guint64 sent, guint64 total, gboolean last_byte, gpointer user_data)
{
  Sending *sending = user_data;

  wb_operation_set_progress (sending->operation, sent, total, !last_byte);
  if (last_byte)
    WB_FAULT_POINT ("send:last-byte");
  else if (sent > 0)
    WB_FAULT_POINT ("send:uploading");
}

/* Not claimed: nothing may be sent, and unless the disk is full the row is not ours to change. */
static void
not_claimed (Sending *sending, GError *error)
{
  g_message ("%s was not claimed: %s", wb_operation_get_id (sending->operation), error != NULL ? error->message : "closed");
  if (g_error_matches (error, CMR_ERROR, CMR_ERROR_STORAGE) && wb_outbox_get_profile (sending->outbox) != NULL)
    {
      wb_operation_set_progress (sending->operation, 0, 0, FALSE);
      wb_outbox_settle (sending->outbox, sending->operation, WB_STATE_FAILED, WB_REASON_DISK);
    }
  sending_free (sending);
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
  CmrClient *client;

  if (frozen == NULL || profile == NULL)
    {
      g_clear_pointer (&frozen, wb_frozen_free);
      not_claimed (sending, error);
      return;
    }
  wb_operation_set_state (sending->operation, WB_STATE_SENDING, WB_REASON_NONE);
  wb_outbox_tell (sending->outbox, sending->operation);
  client = wb_profile_get_client (profile);
  call = make_call (profile, sending->operation, frozen);
  wb_frozen_free (frozen);
  wb_operation_set_progress (sending->operation, 0, 0, TRUE);
  cmr_pacer_hold_background (cmr_client_get_pacer (client));
  WB_FAULT_POINT ("send:before-first-byte");
  cmr_client_write_async (client, call, on_progress, sending, sending->cancellable, written_cb, sending);
}

void
wb_outbox_send (WbOutbox *self, WbOperation *operation)
{
  WbProfile *profile = wb_outbox_get_profile (self);
  Sending *sending;
  char **pair;

  if (profile == NULL || wb_operation_get_state (operation) != WB_STATE_QUEUED || wb_outbox_is_found (operation)
      || g_hash_table_contains (wb_outbox_get_sending (self), wb_operation_get_id (operation)))
    return;
  sending = g_new0 (Sending, 1);
  sending->outbox = g_object_ref (self);
  sending->operation = g_object_ref (operation);
  sending->cancellable = g_cancellable_new ();
  g_hash_table_insert (wb_outbox_get_sending (self), g_strdup (wb_operation_get_id (operation)), g_object_ref (sending->cancellable));
  pair = g_new0 (char *, 3);
  pair[0] = g_strdup (wb_operation_get_id (operation));
  pair[1] = g_strdup (wb_profile_get_run_id (profile));
  wb_database_run_async (wb_profile_get_journal (profile), wb_outbox_claim_job, pair, (GDestroyNotify) g_strfreev,
                         (GDestroyNotify) wb_frozen_free, wb_outbox_get_cancellable (self), claimed_cb, sending);
}

/* "Pays in 5 s", and what goes again by itself */

typedef struct {
  WbOutbox *outbox; /* weak */
  WbOperation *operation;
} Delay;

static void
delay_free (gpointer data)
{
  Delay *delay = data;

  g_clear_weak_pointer (&delay->outbox);
  g_object_unref (delay->operation);
  g_free (delay);
}

static void
wait_for (WbOutbox *self, WbOperation *operation, guint ms, GSourceFunc func)
{
  Delay *delay = g_new0 (Delay, 1);

  g_set_weak_pointer (&delay->outbox, self);
  delay->operation = g_object_ref (operation);
  g_timeout_add_full (G_PRIORITY_DEFAULT, ms, func, delay, delay_free);
}

static gboolean
delay_over (gpointer data)
{
  Delay *delay = data;
  WbProfile *profile = delay->outbox != NULL ? wb_outbox_get_profile (delay->outbox) : NULL;

  wb_operation_set_leaves_at (delay->operation, 0);
  if (profile == NULL)
    return G_SOURCE_REMOVE;
  /* Locked meanwhile: what waited does not go. */
  if (wb_profile_may_send (profile))
    wb_outbox_send (delay->outbox, delay->operation);
  else
    wb_outbox_stop (delay->outbox, delay->operation);
  return G_SOURCE_REMOVE;
}

void
wb_outbox_send_after (WbOutbox *self, WbOperation *operation, guint delay_ms)
{
  wb_operation_set_leaves_at (operation, g_get_monotonic_time () + (gint64) delay_ms * 1000);
  wb_operation_set_progress (operation, 0, 0, TRUE);
  wait_for (self, operation, delay_ms, delay_over);
}

#define MOST_REPEATS 4
#define FIRST_PAUSE_MS 2000

static void
repeated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbOperation) operation = wb_outbox_send_again_finish (WB_OUTBOX (source), result, &error);

  if (operation != NULL)
    g_object_set_data (G_OBJECT (operation), "repeats", user_data);
  else
    g_message ("not repeated: %s", error->message);
}

static gboolean
repeat_now (gpointer data)
{
  Delay *delay = data;
  guint n = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (delay->operation), "repeats"));

  wb_operation_set_retry_at (delay->operation, 0);
  if (delay->outbox != NULL && wb_outbox_get_profile (delay->outbox) != NULL
      && wb_operation_get_state (delay->operation) == WB_STATE_FAILED)
    wb_outbox_send_again_async (delay->outbox, delay->operation, NULL, repeated_cb, GUINT_TO_POINTER (n + 1));
  return G_SOURCE_REMOVE;
}

void
wb_outbox_repeat (WbOutbox *self, WbOperation *operation, guint pause_ms)
{
  guint n = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (operation), "repeats"));

  if (n >= MOST_REPEATS)
    return;
  pause_ms = MAX (pause_ms, wb_pace_ms (FIRST_PAUSE_MS << n));
  wb_operation_set_retry_at (operation, g_get_monotonic_time () + (gint64) pause_ms * 1000);
  wait_for (self, operation, pause_ms, repeat_now);
}
