// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-outbox-private.h"

G_BEGIN_DECLS

/* What the journal knows of a request, to compare with. */
typedef struct {
  GPtrArray *domains;   /* of char*, lower case */
  GPtrArray *addresses;
  gint64 wallet_before; /* the last reading before it was sent */
} WbAsked;
void wb_asked_free (WbAsked *self);
gpointer wb_asked_job (sqlite3 *db, gpointer id, GError **error);

WbEvidence *wb_evidence_new (void);
WbVerdict wb_evidence_read_order_word (const char *word);
WbVerdict wb_evidence_conclude (GPtrArray *findings);
/* Keeps the findings with the operation, and in the journal. */
void wb_evidence_keep (WbOutbox *self, WbOperation *operation, const WbEvidence *evidence);

G_END_DECLS
