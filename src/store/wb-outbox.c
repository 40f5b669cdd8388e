// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-outbox-private.h"

#include "cmr-client.h"
#include "wb-blobs.h"
#include "wb-fault.h"
#include "wb-outcome.h"
#include "wb-profile.h"
#include "wb-sync.h"

struct _WbOutbox {
  GObject parent_instance;

  WbProfile *profile; /* owns us; NULL once shut */
  GCancellable *cancellable;
  GHashTable *operations; /* id → WbOperation: one living object per id */
  GHashTable *sending;    /* id → GCancellable of the request */
  guint n_open, n_unknown_paid;
};

enum { PROP_N_UNKNOWN_PAID = 1, PROP_N_OPEN, N_PROPS };
static GParamSpec *props[N_PROPS];
enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbOutbox, wb_outbox, G_TYPE_OBJECT)

static void send_operation (WbOutbox *self, WbOperation *operation);

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

/* Found queued by another run it waits for a person and keeps nothing running. */
static gboolean
keeps_running (WbOperation *operation)
{
  WbState state = wb_operation_get_state (operation);

  return state == WB_STATE_SENDING || state == WB_STATE_ACCEPTED
         || (state == WB_STATE_QUEUED && wb_operation_get_reason (operation) != WB_REASON_FOUND_QUEUED);
}

static void
count (WbOutbox *self)
{
  GHashTableIter iter;
  gpointer operation;
  guint n_open = 0, n_unknown = 0;

  g_hash_table_iter_init (&iter, self->operations);
  while (g_hash_table_iter_next (&iter, NULL, &operation))
    {
      n_open += keeps_running (operation);
      n_unknown += wb_operation_get_state (operation) == WB_STATE_UNKNOWN && wb_operation_is_paid (operation);
    }
  if (n_open != self->n_open)
    {
      self->n_open = n_open;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_OPEN]);
    }
  if (n_unknown != self->n_unknown_paid)
    {
      self->n_unknown_paid = n_unknown;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_UNKNOWN_PAID]);
    }
}

static void
tell (WbOutbox *self, WbOperation *operation)
{
  count (self);
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
  g_hash_table_insert (self->operations, g_strdup (record->id), operation);
  return operation;
}

static void
record_free (gpointer data)
{
  wb_record_free (data);
}

/* The journal first, then whoever looks. A journal that cannot be written leaves `sending` on disk, which the
 * next start reads as unknown: never a wrong word. */
void
wb_outbox_settle (WbOutbox *self, WbOperation *operation, WbState state, WbReason reason)
{
  wb_operation_set_state (operation, state, reason);
  if (self->profile != NULL)
    wb_database_push (wb_profile_get_journal (self->profile), wb_outbox_settle_job,
                      wb_record_copy (wb_operation_get_record (operation)), record_free);
  tell (self, operation);
  if (state == WB_STATE_UNKNOWN)
    wb_evidence_watch (self, operation);
}

void
wb_outbox_finish (WbOutbox *self, WbOperation *operation)
{
  if (wb_operation_get_state (operation) == WB_STATE_ACCEPTED)
    wb_outbox_settle (self, operation, WB_STATE_DONE, WB_REASON_NONE);
}

/* Sending */

typedef struct {
  WbOutbox *outbox;
  WbOperation *operation;
  GCancellable *cancellable;
} Sending;

static void
sending_free (Sending *sending)
{
  g_hash_table_remove (sending->outbox->sending, wb_operation_get_id (sending->operation));
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
make_call (WbOutbox *self, WbOperation *operation, const WbFrozen *frozen)
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
    add_part (call, frozen->parts->pdata[i], wb_profile_get_blobs (self->profile));
  return call;
}

/* What a 2xx has to name so that it can be followed: an order its id, a customer its id. */
static char *
dup_made_id (CmrOp op, const CmrReply *reply, gboolean *names_it)
{
  const CmrEndpoint *endpoint = cmr_endpoint_get (op);
  g_autoptr (CmrEnvelope) envelope = reply->body != NULL ? cmr_envelope_parse (reply->body, NULL) : NULL;
  gboolean makes_order = endpoint->response == &cmr_order_resource && op != CMR_OP_PROCESS_ORDER;
  JsonObject *data = envelope != NULL && envelope->data != NULL && JSON_NODE_HOLDS_OBJECT (envelope->data)
                       ? json_node_get_object (envelope->data) : NULL;
  const char *names[] = { makes_order ? "orderId" : "id", makes_order ? "id" : "userId" };

  *names_it = envelope != NULL && JSON_NODE_HOLDS_OBJECT (envelope->root);
  if (!makes_order && op != CMR_OP_CREATE_USER)
    return NULL;
  for (guint i = 0; data != NULL && i < G_N_ELEMENTS (names); i++)
    {
      JsonNode *node = json_object_has_member (data, names[i]) ? json_object_get_member (data, names[i]) : NULL;

      if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        return g_strdup (json_node_get_string (node));
    }
  *names_it = FALSE;
  return NULL;
}

/* Accepted is the end where no later reading tells more. */
static WbState
state_after_accepted (WbOperation *operation)
{
  const CmrEndpoint *endpoint = cmr_endpoint_get (wb_operation_get_op (operation));
  gboolean followed = wb_operation_is_paid (operation) && endpoint->response == &cmr_order_resource;

  return followed ? WB_STATE_ACCEPTED : WB_STATE_DONE;
}

static void
take_reply (WbOutbox *self, WbOperation *operation, CmrReply *reply, gboolean stopped)
{
  CmrOp op = wb_operation_get_op (operation);
  g_autofree char *said = reply->body != NULL && reply->status >= 400 ? cmr_error_dup_service_text (reply->body) : NULL;
  gboolean names_it = FALSE;
  g_autofree char *made = dup_made_id (op, reply, &names_it);
  WbOutcome outcome = wb_outcome_decide (cmr_endpoint_get (op), wb_operation_is_paid (operation), reply->sent, reply->status,
                                         names_it, stopped);

  WB_FAULT_POINT ("answer:read");
  wb_operation_set_answer (operation, reply->status, said, made);
  wb_operation_set_progress (operation, wb_operation_get_total_bytes (operation), wb_operation_get_total_bytes (operation), FALSE);
  if (reply->retry_after_ms > 0)
    wb_operation_set_retry_at (operation, g_get_monotonic_time () + reply->retry_after_ms * 1000);
  if (outcome.state == WB_STATE_FAILED && outcome.reason == WB_REASON_NOT_CONNECTED && wb_operation_get_sent_bytes (operation) > 0)
    outcome.reason = WB_REASON_BROKE_OFF;
  if (outcome.state == WB_STATE_ACCEPTED)
    outcome.state = state_after_accepted (operation);
  wb_outbox_settle (self, operation, outcome.state, outcome.reason);
  if (wb_operation_is_paid (operation) && self->profile != NULL)
    wb_profile_note_paid (self->profile);
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
      g_message ("%s was not sent: %s", wb_operation_get_id (sending->operation), error->message);
      wb_outbox_settle (self, sending->operation, stopped ? WB_STATE_CANCELLED : WB_STATE_FAILED,
                        stopped ? WB_REASON_STOPPED : WB_REASON_REFUSED);
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
}

static void
claimed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Sending *sending = user_data;
  WbOutbox *self = sending->outbox;
  g_autoptr (GError) error = NULL;
  WbFrozen *frozen = wb_database_run_finish (result, &error);
  g_autoptr (CmrCall) call = NULL;
  CmrClient *client;

  if (frozen == NULL || self->profile == NULL)
    {
      /* Not claimed: nothing may be sent, and the row is not ours to change. */
      gboolean disk = g_error_matches (error, CMR_ERROR, CMR_ERROR_STORAGE);

      if (disk && self->profile != NULL)
        wb_outbox_settle (self, sending->operation, WB_STATE_FAILED, WB_REASON_DISK);
      g_clear_pointer (&frozen, wb_frozen_free);
      sending_free (sending);
      return;
    }
  wb_operation_set_state (sending->operation, WB_STATE_SENDING, WB_REASON_NONE);
  tell (self, sending->operation);
  client = wb_profile_get_client (self->profile);
  call = make_call (self, sending->operation, frozen);
  wb_frozen_free (frozen);
  wb_operation_set_progress (sending->operation, 0, 0, TRUE);
  cmr_pacer_hold_background (cmr_client_get_pacer (client));
  WB_FAULT_POINT ("send:before-first-byte");
  cmr_client_write_async (client, call, on_progress, sending, sending->cancellable, written_cb, sending);
}

static void
send_operation (WbOutbox *self, WbOperation *operation)
{
  Sending *sending;
  char **pair;

  if (self->profile == NULL || wb_operation_get_state (operation) != WB_STATE_QUEUED
      || g_hash_table_contains (self->sending, wb_operation_get_id (operation)))
    return;
  sending = g_new0 (Sending, 1);
  sending->outbox = g_object_ref (self);
  sending->operation = g_object_ref (operation);
  sending->cancellable = g_cancellable_new ();
  g_hash_table_insert (self->sending, g_strdup (wb_operation_get_id (operation)), g_object_ref (sending->cancellable));
  pair = g_new0 (char *, 3);
  pair[0] = g_strdup (wb_operation_get_id (operation));
  pair[1] = g_strdup (wb_profile_get_run_id (self->profile));
  wb_database_run_async (wb_profile_get_journal (self->profile), wb_outbox_claim_job, pair, (GDestroyNotify) g_strfreev,
                         (GDestroyNotify) wb_frozen_free, NULL, claimed_cb, sending);
}

/* "Pays in 5 s" */

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

static gboolean
delay_over (gpointer data)
{
  Delay *delay = data;

  wb_operation_set_leaves_at (delay->operation, 0);
  if (delay->outbox != NULL)
    send_operation (delay->outbox, delay->operation);
  return G_SOURCE_REMOVE;
}

static void
send_after (WbOutbox *self, WbOperation *operation, guint delay_ms)
{
  Delay *delay = g_new0 (Delay, 1);

  g_set_weak_pointer (&delay->outbox, self);
  delay->operation = g_object_ref (operation);
  wb_operation_set_leaves_at (operation, g_get_monotonic_time () + delay_ms * 1000);
  wb_operation_set_progress (operation, 0, 0, TRUE);
  g_timeout_add_full (G_PRIORITY_DEFAULT, delay_ms, delay_over, delay, delay_free);
}

/* Submitting */

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
  record->run = g_strdup (wb_profile_get_run_id (self->profile));
  record->op = request->op;
  record->state = WB_STATE_QUEUED;
  record->paid = wb_request_is_paid (request);
  record->customer_id = g_strdup (request->customer_id);
  record->customer = g_strdup (request->customer);
  /* Free writes have no open twin to be refused; their target need not be unique. */
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
  guint delay_ms;
} Submitted;

static void
submitted_free (gpointer data)
{
  Submitted *submitted = data;

  wb_record_free (submitted->record);
  g_free (submitted);
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
  operation = wb_outbox_adopt (self, g_steal_pointer (&submitted->record));
  tell (self, operation);
  if (submitted->delay_ms > 0)
    send_after (self, operation, submitted->delay_ms);
  else
    send_operation (self, operation);
  g_task_return_pointer (task, g_object_ref (operation), g_object_unref);
}

void
wb_outbox_submit_async (WbOutbox *self, WbRequest *request, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Submitted *submitted;
  WbSubmit *submit;

  g_task_set_source_tag (task, wb_outbox_submit_async);
  if (self->profile == NULL || !wb_profile_may_send (self->profile))
    {
      wb_request_free (request);
      g_task_return_new_error (task, CMR_ERROR, CMR_ERROR_DENIED, "the profile may not send");
      return;
    }
  submit = g_new0 (WbSubmit, 1);
  submit->request = request;
  submit->record = record_of (self, request);
  submit->host = cmr_client_dup_origin (wb_profile_get_client (self->profile));
  submitted = g_new0 (Submitted, 1);
  submitted->record = wb_record_copy (submit->record);
  submitted->delay_ms = request->delay_ms;
  g_task_set_task_data (task, submitted, submitted_free);
  wb_database_run_async (wb_profile_get_journal (self->profile), wb_outbox_submit_job, submit, submit_free, NULL, NULL,
                         submitted_cb, g_steal_pointer (&task));
}

WbOperation *
wb_outbox_submit_finish (WbOutbox *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Stopping */

gboolean
wb_outbox_stop (WbOutbox *self, WbOperation *operation)
{
  GCancellable *cancellable = g_hash_table_lookup (self->sending, wb_operation_get_id (operation));

  if (cancellable != NULL && wb_operation_get_can_stop (operation))
    {
      g_cancellable_cancel (cancellable);
      return TRUE;
    }
  if (cancellable != NULL || wb_operation_get_state (operation) != WB_STATE_QUEUED || self->profile == NULL)
    return FALSE;
  wb_operation_set_leaves_at (operation, 0);
  wb_operation_set_state (operation, WB_STATE_CANCELLED, WB_REASON_STOPPED);
  wb_operation_set_progress (operation, 0, 0, FALSE);
  wb_database_push (wb_profile_get_journal (self->profile), wb_outbox_cancel_job, g_strdup (wb_operation_get_id (operation)), g_free);
  tell (self, operation);
  return TRUE;
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
    g_task_return_pointer (task, g_object_ref (wb_outbox_adopt (g_task_get_source_object (task), record)), g_object_unref);
}

void
wb_outbox_load_async (WbOutbox *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  WbOperation *operation = g_hash_table_lookup (self->operations, id);

  g_task_set_source_tag (task, wb_outbox_load_async);
  if (operation != NULL || self->profile == NULL)
    {
      g_task_return_pointer (task, operation != NULL ? g_object_ref (operation) : NULL, g_object_unref);
      g_object_unref (task);
      return;
    }
  wb_database_run_async (wb_profile_get_journal (self->profile), wb_outbox_load_job, g_strdup (id), g_free, record_free, cancellable,
                         loaded_cb, task);
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

/* Settling by a person */

void
wb_outbox_close_unknown (WbOutbox *self, WbOperation *operation)
{
  if (wb_operation_get_state (operation) == WB_STATE_UNKNOWN)
    wb_outbox_settle (self, operation, WB_STATE_CLOSED, wb_operation_get_reason (operation));
}

void
wb_outbox_settle_done (WbOutbox *self, WbOperation *operation, const char *made_id)
{
  if (wb_operation_get_state (operation) != WB_STATE_UNKNOWN)
    return;
  wb_operation_set_answer (operation, wb_operation_get_status (operation), wb_operation_get_service_text (operation), made_id);
  wb_outbox_settle (self, operation, state_after_accepted (operation), WB_REASON_NONE);
}

/* Life */

static void
started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbOutbox) self = user_data;
  g_autoptr (GPtrArray) records = wb_database_run_finish (result, NULL);

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      WbOperation *operation = wb_outbox_adopt (self, records->pdata[i]);

      if (wb_operation_get_state (operation) == WB_STATE_UNKNOWN)
        wb_evidence_watch (self, operation);
      else if (wb_operation_get_state (operation) == WB_STATE_QUEUED && wb_operation_get_reason (operation) != WB_REASON_FOUND_QUEUED)
        send_operation (self, operation);
      tell (self, operation);
    }
}

void
wb_outbox_start (WbOutbox *self)
{
  wb_database_run_async (wb_profile_get_journal (self->profile), wb_outbox_start_job, g_strdup (wb_profile_get_run_id (self->profile)),
                         g_free, (GDestroyNotify) g_ptr_array_unref, self->cancellable, started_cb, g_object_ref (self));
}

void
wb_outbox_shut (WbOutbox *self)
{
  GHashTableIter iter;
  gpointer cancellable;

  /* What has its last byte out is not touched by this; its answer is then read by nobody, and the next start
   * finds it as `sending`, that is unknown. */
  g_hash_table_iter_init (&iter, self->sending);
  while (g_hash_table_iter_next (&iter, NULL, &cancellable))
    g_cancellable_cancel (cancellable);
  g_cancellable_cancel (self->cancellable);
  wb_evidence_forget (self);
  self->profile = NULL;
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
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (wb_outbox_parent_class)->finalize (object);
}

static void
wb_outbox_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WbOutbox *self = WB_OUTBOX (object);

  if (id == PROP_N_OPEN)
    g_value_set_uint (value, self->n_open);
  else if (id == PROP_N_UNKNOWN_PAID)
    g_value_set_uint (value, self->n_unknown_paid);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
wb_outbox_class_init (WbOutboxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = wb_outbox_finalize;
  object_class->get_property = wb_outbox_get_property;
  props[PROP_N_UNKNOWN_PAID] = g_param_spec_uint ("n-unknown-paid", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_N_OPEN] = g_param_spec_uint ("n-open", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[CHANGED] = g_signal_new ("changed", WB_TYPE_OUTBOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, WB_TYPE_OPERATION);
}

static void
wb_outbox_init (WbOutbox *self)
{
  self->cancellable = g_cancellable_new ();
  self->operations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->sending = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}
