// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-database-private.h"
#include "wb-operation.h"

G_BEGIN_DECLS

typedef struct {
  char *name;
  char *value;    /* text part */
  char *blob;     /* or a picture */
  guint64 length;
} WbPart;

typedef struct _WbSecrets WbSecrets;

struct _WbRequest {
  CmrOp op;
  GHashTable *params;
  GBytes *json;
  GPtrArray *parts; /* of WbPart */
  gboolean confirm;
  char *customer_id, *customer, *target, *order, *fingerprint, *again_of;
  gint64 cents;
  guint delay_ms;
  guint n_mailboxes;
};

void wb_request_set_n_mailboxes (WbRequest *self, guint n);
gboolean wb_request_is_paid (const WbRequest *self);
guint wb_request_count_pictures (const WbRequest *self);

/* What the journal keeps of an operation. */
typedef struct {
  char *id, *run, *customer_id, *customer, *target, *order, *made_id, *again_of, *service_text;
  char *left_out; /* domains the answer named as not to be had, blank between */
  CmrOp op;
  WbState state;
  WbReason reason;
  gboolean paid;
  guint status, pictures, mailboxes;
  gint64 cents, created, updated;
  gpointer evidence; /* WbEvidence that was read along; the operation's object takes it over */
} WbRecord;

WbRecord *wb_record_new (void);
WbRecord *wb_record_copy (const WbRecord *record);
void wb_record_free (WbRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbRecord, wb_record_free)
/* Columns in the order that wb_record_from_row() reads. */
#define WB_RECORD_COLUMNS                                                                                             \
  "id, run, op, state, reason, paid, customer_id, customer, target, order_uuid, made_id, again_of, service_text,"      \
  " status, pictures, mailboxes, cents, created, updated, detail"
WbRecord *wb_record_from_row (sqlite3_stmt *stmt);

WbOperation *wb_operation_new (WbRecord *record); /* takes it over */
const WbRecord *wb_operation_get_record (WbOperation *self);
void wb_operation_set_state (WbOperation *self, WbState state, WbReason reason);
/* @made_id: (nullable) */
void wb_operation_set_answer (WbOperation *self, guint status, const char *service_text, const char *made_id);
void wb_operation_set_left_out (WbOperation *self, const char *domains);
/* Its money may be gone although it was sent as a free one. */
void wb_operation_set_paid (WbOperation *self, gboolean paid);
void wb_operation_set_progress (WbOperation *self, guint64 sent, guint64 total, gboolean can_stop);
void wb_operation_set_leaves_at (WbOperation *self, gint64 leaves_at);
void wb_operation_set_retry_at (WbOperation *self, gint64 retry_at);
/* What of it is never written (wb-secrets-private.h), while it may yet be sent, or sent again. */
void wb_operation_set_secrets (WbOperation *self, WbSecrets *secrets);
WbSecrets *wb_operation_get_secrets (WbOperation *self);

G_END_DECLS
