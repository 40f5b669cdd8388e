// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cmr-client.h"
#include "wb-outbox-private.h"

G_BEGIN_DECLS

/* What the journal knows of a request, to compare with. */
typedef struct {
  char *customer;       /* whose it is: its own word, or that of its order; "" when neither tells */
  GPtrArray *domains;   /* of char*, lower case */
  GPtrArray *addresses;
  GHashTable *elsewhere; /* names that another paid order of ours has as well: they prove nothing of this one */
  gint64 wallet_before; /* the last reading before it was sent */
  gint64 sent_at;       /* when it left, or was written */
  gboolean others;      /* another paid operation ran since: the wallet proves nothing */
} WbAsked;
void wb_asked_free (WbAsked *self);
gpointer wb_asked_job (sqlite3 *db, gpointer id, GError **error);

/* One check: the reads of the operation's row in the table, one after the other. */
typedef struct {
  WbOperation *operation;
  WbEvidence *evidence;
  WbAsked *asked;
  gint64 skew;      /* the service's clock minus ours */
  guint row, next;
  WbFinding *finding; /* the one that is being read */
} WbEvidenceCheck;

/* Reads for one finding; afterwards wb_evidence_read_finish() tells whether to go on. */
void wb_evidence_read_async (WbEvidenceCheck *check, CmrClient *client, WbFindingKind kind, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
gboolean wb_evidence_read_finish (GAsyncResult *result, GError **error);

WbEvidence *wb_evidence_new (void);
WbVerdict wb_evidence_read_order_word (const char *word);
WbVerdict wb_evidence_conclude (GPtrArray *findings);
/* Nothing that could be asked was left unread. */
gboolean wb_evidence_was_read (const WbEvidence *evidence);
/* Keeps the findings with the operation, and in the journal. */
void wb_evidence_keep (WbOutbox *self, WbOperation *operation, const WbEvidence *evidence);

G_END_DECLS
