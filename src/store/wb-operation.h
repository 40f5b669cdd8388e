// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cmr-call.h"
#include "wb-store-types.h"

G_BEGIN_DECLS

/* design.md, Operations. Words in the journal are the lower-case names. */
typedef enum {
  WB_STATE_QUEUED, WB_STATE_SENDING, WB_STATE_ACCEPTED, WB_STATE_DONE,
  WB_STATE_FAILED, WB_STATE_UNKNOWN, WB_STATE_CLOSED, WB_STATE_CANCELLED,
} WbState;

/* Why an operation failed, waits or is unknown; `app` owns the sentences. */
typedef enum {
  WB_REASON_NONE,
  WB_REASON_NOT_CONNECTED,  /* nothing was sent */
  WB_REASON_BROKE_OFF,      /* the upload ended before its last byte: nothing was carried out */
  WB_REASON_STOPPED,        /* by a person, before the last byte */
  WB_REASON_REFUSED,        /* the service said no: status and service-text tell */
  WB_REASON_SIGNED_OUT,
  WB_REASON_FUNDS,
  WB_REASON_BUSY,           /* 429: not accepted */
  WB_REASON_GONE,           /* 404, 405, 410 of a path: form gone, process not found */
  WB_REASON_CUT,            /* sent whole, no answer */
  WB_REASON_ODD_ANSWER,     /* an answer that does not tell */
  WB_REASON_KILLED,         /* found as sending at start */
  WB_REASON_BLOB_MISSING,   /* a picture of the request is gone or changed */
  WB_REASON_DISK,           /* the journal could not be written: nothing was sent */
  WB_REASON_FOUND_QUEUED,   /* queued by an earlier run: read back, then a person is asked */
  WB_REASON_NO_KEY,         /* there was no key when it was to go: nothing was sent */
  WB_REASON_INCOMPLETE,     /* refused by ourselves before anything was sent */
  WB_REASON_SHUT,           /* the profile was locked or closed before it left: nothing was sent */
  WB_REASON_SECRET_GONE,    /* what is kept in memory only went with the run that knew it: nothing was sent */
  WB_N_REASONS,             /* the journal keeps the numbers: new ones go before this line */
} WbReason;

const char *wb_state_word (WbState state);
gboolean wb_state_from_word (const char *word, WbState *state);
gboolean wb_state_is_open (WbState state);  /* queued, sending, accepted, unknown */

/* One HTTP request, frozen. Built, then handed to wb_outbox_submit_async(), which takes it over. */
typedef struct _WbRequest WbRequest;
WbRequest *wb_request_new (CmrOp op);
void wb_request_free (WbRequest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbRequest, wb_request_free)
void wb_request_set_param (WbRequest *self, const char *name, const char *value);
void wb_request_set_json (WbRequest *self, GBytes *json);
void wb_request_add_text (WbRequest *self, const char *name, const char *value);
void wb_request_add_blob (WbRequest *self, const char *name, const char *sha256, guint64 length);
void wb_request_set_confirm (WbRequest *self, gboolean confirm);
void wb_request_set_customer (WbRequest *self, const char *id, const char *name);
/* What it acts on: order id, domain, address; with the endpoint it is what only one open paid operation may have. */
void wb_request_set_target (WbRequest *self, const char *target);
void wb_request_set_cents (WbRequest *self, gint64 cents);       /* at stake; 0 free, CMR_MONEY_UNKNOWN */
void wb_request_set_order (WbRequest *self, const char *order_uuid); /* our id of the order it belongs to */
void wb_request_set_fingerprint (WbRequest *self, const char *fingerprint);
void wb_request_set_again_of (WbRequest *self, const char *operation_id);
void wb_request_set_delay_ms (WbRequest *self, guint delay_ms);  /* "Pays in 5 s" */
CmrOp wb_request_get_op (WbRequest *self);

/* Observed by id; the outbox keeps one living object per id. Properties, all read-only, notified on the
 * main context: "state" "reason" "status" "service-text" "sent" "total" "can-stop" "leaves-at"
 * (monotonic, when a delayed one goes) "retry-at" (monotonic) "made-id" (order id the answer named)
 * "cents" "updated". */
G_DECLARE_FINAL_TYPE (WbOperation, wb_operation, WB, OPERATION, GObject)

const char *wb_operation_get_id (WbOperation *self);
CmrOp wb_operation_get_op (WbOperation *self); /* CMR_OP_NONE: of a newer version; shown, never sent */
WbState wb_operation_get_state (WbOperation *self);
WbReason wb_operation_get_reason (WbOperation *self);
guint wb_operation_get_status (WbOperation *self);
const char *wb_operation_get_service_text (WbOperation *self);
const char *wb_operation_get_customer_id (WbOperation *self);
const char *wb_operation_get_customer_name (WbOperation *self);
const char *wb_operation_get_target (WbOperation *self);
const char *wb_operation_get_order (WbOperation *self);
const char *wb_operation_get_made_id (WbOperation *self);
const char *wb_operation_get_again_of (WbOperation *self);
gint64 wb_operation_get_cents (WbOperation *self);
gboolean wb_operation_is_paid (WbOperation *self);
gint64 wb_operation_get_created (WbOperation *self);  /* microseconds since 1970 */
gint64 wb_operation_get_updated (WbOperation *self);
guint64 wb_operation_get_sent_bytes (WbOperation *self);
guint64 wb_operation_get_total_bytes (WbOperation *self);
gboolean wb_operation_get_can_stop (WbOperation *self);
gint64 wb_operation_get_leaves_at (WbOperation *self);
gint64 wb_operation_get_retry_at (WbOperation *self);
guint wb_operation_get_n_pictures (WbOperation *self);
guint wb_operation_get_n_mailboxes (WbOperation *self);

G_END_DECLS
