// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-operation.h"

G_BEGIN_DECLS

/* Sends what is journalled, each at most once. Signal "changed" (WbOperation): state, reason or bytes.
 * Properties: "n-unknown-paid", "n-open"; "n-crashed" (in flight when an earlier run ended, not looked up yet),
 * "n-found" (queued by an earlier run and looked up: a person is asked), "n-asking" (unknown ones that are going
 * to be looked up by themselves). */
G_DECLARE_FINAL_TYPE (WbOutbox, wb_outbox, WB, OUTBOX, GObject)

/**
 * wb_outbox_submit_async:
 * @request: (transfer full): what to send
 *
 * Commits it as queued, then sends it (after its delay). Finish returns once the row is on disk.
 * Errors: CMR_ERROR_CONFLICT (an open one for the same endpoint and target), CMR_ERROR_DENIED (profile
 * locked), CMR_ERROR_INVALID, CMR_ERROR_STORAGE (disk full: nothing is sent).
 */
void wb_outbox_submit_async (WbOutbox *self, WbRequest *request, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
WbOperation *wb_outbox_submit_finish (WbOutbox *self, GAsyncResult *result, GError **error);

/* Stops a queued or sending operation as long as its last byte is not out; FALSE when too late. */
gboolean wb_outbox_stop (WbOutbox *self, WbOperation *operation);

/* The living object of an id, loaded from the journal when needed. */
void wb_outbox_load_async (WbOutbox *self, const char *id, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data);
WbOperation *wb_outbox_load_finish (WbOutbox *self, GAsyncResult *result, GError **error);
WbOperation *wb_outbox_peek (WbOutbox *self, const char *id); /* (nullable) (transfer none) */

WbOperation *wb_outbox_peek_found (WbOutbox *self); /* (nullable) (transfer none): the oldest of "n-found" */

/* Settling an unknown by a person. */
void wb_outbox_close_unknown (WbOutbox *self, WbOperation *operation);                       /* not done */
void wb_outbox_settle_done (WbOutbox *self, WbOperation *operation, const char *made_id);    /* it was done */

/* Evidence (design.md, Operations 5). */
typedef enum {
  WB_VERDICT_DONE,        /* positive evidence: settles itself */
  WB_VERDICT_LIKELY_DONE,
  WB_VERDICT_OPEN,
  WB_VERDICT_LIKELY_NOT,  /* the most that absence gives */
} WbVerdict;

typedef enum {
  WB_FINDING_ORDER_STATE,   /* subject = order id, word = state */
  WB_FINDING_DOMAIN_OWNED,  /* subject = domain, word = its state or "" when not there */
  WB_FINDING_MAILBOX,       /* subject = address */
  WB_FINDING_WALLET,        /* cents = movement since before it was sent */
  WB_FINDING_CUSTOMER,      /* a customer with this e-mail */
  WB_N_FINDINGS,
} WbFindingKind;

typedef struct {
  WbFindingKind kind;
  char *subject;
  char *word;
  gint64 cents;
  gint64 asked_at;
  gboolean readable;
  WbVerdict says;
} WbFinding;

typedef struct {
  WbVerdict verdict;
  GPtrArray *findings; /* of WbFinding */
  gint64 checked_at;   /* 0 = never */
  gint64 next_check;   /* monotonic; 0 = none planned */
  guint times;
} WbEvidence;

WbEvidence *wb_evidence_copy (const WbEvidence *self);
void wb_evidence_free (WbEvidence *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbEvidence, wb_evidence_free)

/* Reads the server now and settles the operation if the finding is positive. */
void wb_outbox_check_async (WbOutbox *self, WbOperation *operation, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);
WbEvidence *wb_outbox_check_finish (WbOutbox *self, GAsyncResult *result, GError **error);
WbEvidence *wb_outbox_dup_evidence (WbOutbox *self, WbOperation *operation); /* the last one, from memory or journal */

/**
 * wb_outbox_dup_curl_async:
 *
 * The request as a curl command, quoted for the shell; the key's place says $CMR_API_KEY, secrets are left out.
 */
void wb_outbox_dup_curl_async (WbOutbox *self, WbOperation *operation, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);
char *wb_outbox_dup_curl_finish (WbOutbox *self, GAsyncResult *result, GError **error);
/* Sends a failed free operation, or an unknown one whose verdict was read after the last attempt, as a
 * new operation with again_of; an unknown one is closed by the same act. */
void wb_outbox_send_again_async (WbOutbox *self, WbOperation *operation, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
WbOperation *wb_outbox_send_again_finish (WbOutbox *self, GAsyncResult *result, GError **error);

G_END_DECLS
