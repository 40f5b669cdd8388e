// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-operation-private.h"

#include "wb-outbox.h"
#include "wb-secrets-private.h"

static const char *const words[] = {
  [WB_STATE_QUEUED] = "queued", [WB_STATE_SENDING] = "sending",     [WB_STATE_ACCEPTED] = "accepted",
  [WB_STATE_DONE] = "done",     [WB_STATE_FAILED] = "failed",       [WB_STATE_UNKNOWN] = "unknown",
  [WB_STATE_CLOSED] = "closed", [WB_STATE_CANCELLED] = "cancelled",
};

const char *
wb_state_word (WbState state)
{
  return words[state];
}

gboolean
wb_state_from_word (const char *word, WbState *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i], word))
      {
        *state = i;
        return TRUE;
      }
  return FALSE;
}

gboolean
wb_state_is_open (WbState state)
{
  return state == WB_STATE_QUEUED || state == WB_STATE_SENDING || state == WB_STATE_ACCEPTED
         || state == WB_STATE_UNKNOWN;
}

/* What the journal keeps */

WbRecord *
wb_record_new (void)
{
  WbRecord *self = g_new0 (WbRecord, 1);

  self->cents = CMR_MONEY_UNKNOWN;
  return self;
}

WbRecord *
wb_record_copy (const WbRecord *record)
{
  WbRecord *copy = g_memdup2 (record, sizeof *record);

  copy->id = g_strdup (record->id);
  copy->run = g_strdup (record->run);
  copy->customer_id = g_strdup (record->customer_id);
  copy->customer = g_strdup (record->customer);
  copy->target = g_strdup (record->target);
  copy->order = g_strdup (record->order);
  copy->made_id = g_strdup (record->made_id);
  copy->again_of = g_strdup (record->again_of);
  copy->service_text = g_strdup (record->service_text);
  copy->left_out = g_strdup (record->left_out);
  copy->evidence = NULL;
  return copy;
}

void
wb_record_free (WbRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->run);
  g_free (self->customer_id);
  g_free (self->customer);
  g_free (self->target);
  g_free (self->order);
  g_free (self->made_id);
  g_free (self->again_of);
  g_free (self->service_text);
  g_free (self->left_out);
  wb_evidence_free (self->evidence);
  g_free (self);
}

WbRecord *
wb_record_from_row (sqlite3_stmt *stmt)
{
  const CmrEndpoint *endpoint = cmr_endpoint_find (wb_db_text (stmt, 2));
  WbRecord *self = wb_record_new ();

  self->id = g_strdup (wb_db_text (stmt, 0));
  self->run = g_strdup (wb_db_text (stmt, 1));
  self->op = endpoint != NULL ? endpoint->op : CMR_OP_NONE;
  /* A word that this version does not know is as good as unknown: it may have been sent. */
  if (!wb_state_from_word (wb_db_text (stmt, 3), &self->state))
    self->state = WB_STATE_UNKNOWN;
  self->reason = sqlite3_column_int (stmt, 4);
  if (self->reason >= WB_N_REASONS) /* of a newer version: none is told rather than a wrong one */
    self->reason = WB_REASON_NONE;
  self->paid = sqlite3_column_int (stmt, 5);
  self->customer_id = g_strdup (wb_db_text (stmt, 6));
  self->customer = g_strdup (wb_db_text (stmt, 7));
  self->target = g_strdup (wb_db_text (stmt, 8));
  self->order = g_strdup (wb_db_text (stmt, 9));
  self->made_id = g_strdup (wb_db_text (stmt, 10));
  self->again_of = g_strdup (wb_db_text (stmt, 11));
  self->service_text = g_strdup (wb_db_text (stmt, 12));
  self->status = sqlite3_column_int (stmt, 13);
  self->pictures = sqlite3_column_int (stmt, 14);
  self->mailboxes = sqlite3_column_int (stmt, 15);
  if (sqlite3_column_type (stmt, 16) != SQLITE_NULL)
    self->cents = sqlite3_column_int64 (stmt, 16);
  self->created = sqlite3_column_int64 (stmt, 17);
  self->updated = sqlite3_column_int64 (stmt, 18);
  self->left_out = g_strdup (wb_db_text (stmt, 19));
  return self;
}

/* The object that windows observe */

struct _WbOperation {
  GObject parent_instance;

  WbRecord *record;
  WbSecrets *secrets;
  guint64 sent, total;
  gboolean can_stop;
  gint64 leaves_at, retry_at;
};

enum {
  PROP_STATE = 1, PROP_REASON, PROP_STATUS, PROP_SERVICE_TEXT, PROP_SENT, PROP_TOTAL, PROP_CAN_STOP, PROP_LEAVES_AT,
  PROP_RETRY_AT, PROP_MADE_ID, PROP_CENTS, PROP_UPDATED, N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (WbOperation, wb_operation, G_TYPE_OBJECT)

static void
wb_operation_finalize (GObject *object)
{
  wb_record_free (WB_OPERATION (object)->record);
  g_clear_pointer (&WB_OPERATION (object)->secrets, wb_secrets_unref);
  G_OBJECT_CLASS (wb_operation_parent_class)->finalize (object);
}

static void
wb_operation_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WbOperation *self = WB_OPERATION (object);

  switch (id)
    {
    case PROP_STATE: g_value_set_int (value, self->record->state); break;
    case PROP_REASON: g_value_set_int (value, self->record->reason); break;
    case PROP_STATUS: g_value_set_uint (value, self->record->status); break;
    case PROP_SERVICE_TEXT: g_value_set_string (value, self->record->service_text); break;
    case PROP_SENT: g_value_set_uint64 (value, self->sent); break;
    case PROP_TOTAL: g_value_set_uint64 (value, self->total); break;
    case PROP_CAN_STOP: g_value_set_boolean (value, self->can_stop); break;
    case PROP_LEAVES_AT: g_value_set_int64 (value, self->leaves_at); break;
    case PROP_RETRY_AT: g_value_set_int64 (value, self->retry_at); break;
    case PROP_MADE_ID: g_value_set_string (value, self->record->made_id); break;
    case PROP_CENTS: g_value_set_int64 (value, self->record->cents); break;
    case PROP_UPDATED: g_value_set_int64 (value, self->record->updated); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wb_operation_class_init (WbOperationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = wb_operation_finalize;
  object_class->get_property = wb_operation_get_property;
  props[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, WB_STATE_CANCELLED, 0, flags);
  props[PROP_REASON] = g_param_spec_int ("reason", NULL, NULL, 0, WB_N_REASONS - 1, 0, flags);
  props[PROP_STATUS] = g_param_spec_uint ("status", NULL, NULL, 0, 999, 0, flags);
  props[PROP_SERVICE_TEXT] = g_param_spec_string ("service-text", NULL, NULL, "", flags);
  props[PROP_SENT] = g_param_spec_uint64 ("sent", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  props[PROP_TOTAL] = g_param_spec_uint64 ("total", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  props[PROP_CAN_STOP] = g_param_spec_boolean ("can-stop", NULL, NULL, FALSE, flags);
  props[PROP_LEAVES_AT] = g_param_spec_int64 ("leaves-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_RETRY_AT] = g_param_spec_int64 ("retry-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_MADE_ID] = g_param_spec_string ("made-id", NULL, NULL, "", flags);
  props[PROP_CENTS] = g_param_spec_int64 ("cents", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  props[PROP_UPDATED] = g_param_spec_int64 ("updated", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
wb_operation_init (WbOperation *self)
{
}

WbOperation *
wb_operation_new (WbRecord *record)
{
  WbOperation *self = g_object_new (WB_TYPE_OPERATION, NULL);

  self->record = record;
  return self;
}

const WbRecord *
wb_operation_get_record (WbOperation *self)
{
  return self->record;
}

void
wb_operation_set_state (WbOperation *self, WbState state, WbReason reason)
{
  if (self->record->state == state && self->record->reason == reason)
    return;
  self->record->state = state;
  self->record->reason = reason;
  self->record->updated = g_get_real_time ();
  if (state == WB_STATE_DONE || state == WB_STATE_ACCEPTED || state == WB_STATE_CLOSED || state == WB_STATE_CANCELLED)
    g_clear_pointer (&self->secrets, wb_secrets_unref);
  g_object_freeze_notify (G_OBJECT (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_REASON]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_UPDATED]);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
replace (char **member, const char *text)
{
  /* The new text may be the old one itself. */
  char *copy = g_strdup (text != NULL ? text : "");

  g_free (*member);
  *member = copy;
}

void
wb_operation_set_answer (WbOperation *self, guint status, const char *service_text, const char *made_id)
{
  g_object_freeze_notify (G_OBJECT (self));
  self->record->status = status;
  replace (&self->record->service_text, service_text);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATUS]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SERVICE_TEXT]);
  if (made_id != NULL && *made_id != '\0' && g_strcmp0 (made_id, self->record->made_id) != 0)
    {
      replace (&self->record->made_id, made_id);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MADE_ID]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

void
wb_operation_set_left_out (WbOperation *self, const char *domains)
{
  g_free (self->record->left_out);
  self->record->left_out = g_strdup (domains);
}

void
wb_operation_set_paid (WbOperation *self, gboolean paid)
{
  self->record->paid = paid;
}

void
wb_operation_set_progress (WbOperation *self, guint64 sent, guint64 total, gboolean can_stop)
{
  g_object_freeze_notify (G_OBJECT (self));
  if (self->sent != sent)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SENT]);
  if (self->total != total)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TOTAL]);
  if (self->can_stop != can_stop)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CAN_STOP]);
  self->sent = sent;
  self->total = total;
  self->can_stop = can_stop;
  g_object_thaw_notify (G_OBJECT (self));
}

void
wb_operation_set_leaves_at (WbOperation *self, gint64 leaves_at)
{
  if (self->leaves_at == leaves_at)
    return;
  self->leaves_at = leaves_at;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LEAVES_AT]);
}

void
wb_operation_set_retry_at (WbOperation *self, gint64 retry_at)
{
  if (self->retry_at == retry_at)
    return;
  self->retry_at = retry_at;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RETRY_AT]);
}

void
wb_operation_set_secrets (WbOperation *self, WbSecrets *secrets)
{
  g_clear_pointer (&self->secrets, wb_secrets_unref);
  self->secrets = secrets != NULL ? wb_secrets_ref (secrets) : NULL;
}

WbSecrets *
wb_operation_get_secrets (WbOperation *self)
{
  return self->secrets;
}

const char *wb_operation_get_id (WbOperation *self) { return self->record->id; }
CmrOp wb_operation_get_op (WbOperation *self) { return self->record->op; }
WbState wb_operation_get_state (WbOperation *self) { return self->record->state; }
WbReason wb_operation_get_reason (WbOperation *self) { return self->record->reason; }
guint wb_operation_get_status (WbOperation *self) { return self->record->status; }
const char *wb_operation_get_service_text (WbOperation *self) { return self->record->service_text; }
const char *wb_operation_get_customer_id (WbOperation *self) { return self->record->customer_id; }
const char *wb_operation_get_customer_name (WbOperation *self) { return self->record->customer; }
const char *wb_operation_get_target (WbOperation *self) { return self->record->target; }
const char *wb_operation_get_order (WbOperation *self) { return self->record->order; }
const char *wb_operation_get_made_id (WbOperation *self) { return self->record->made_id; }
const char *wb_operation_get_again_of (WbOperation *self) { return self->record->again_of; }
gint64 wb_operation_get_cents (WbOperation *self) { return self->record->cents; }
gboolean wb_operation_is_paid (WbOperation *self) { return self->record->paid; }
gint64 wb_operation_get_created (WbOperation *self) { return self->record->created; }
gint64 wb_operation_get_updated (WbOperation *self) { return self->record->updated; }
guint64 wb_operation_get_sent_bytes (WbOperation *self) { return self->sent; }
guint64 wb_operation_get_total_bytes (WbOperation *self) { return self->total; }
gboolean wb_operation_get_can_stop (WbOperation *self) { return self->can_stop; }
gint64 wb_operation_get_leaves_at (WbOperation *self) { return self->leaves_at; }
gint64 wb_operation_get_retry_at (WbOperation *self) { return self->retry_at; }
guint wb_operation_get_n_pictures (WbOperation *self) { return self->record->pictures; }
guint wb_operation_get_n_mailboxes (WbOperation *self) { return self->record->mailboxes; }
