// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-journal-private.h"
#include "wb-operation-private.h"
#include "wb-outbox.h"

G_BEGIN_DECLS

/* The profile owns its parts: they hold a plain pointer to it and are dropped before it. */
WbOutbox *wb_outbox_new (WbProfile *profile);
/* Under the lock, once: what was being sent becomes unknown, what was queued by another run is read back. */
void wb_outbox_start (WbOutbox *self);
/* Stops what may still be stopped, settles the rest as unknown, forgets the profile; late answers are dropped. */
void wb_outbox_shut (WbOutbox *self);
WbProfile *wb_outbox_get_profile (WbOutbox *self); /* NULL once shut */
GCancellable *wb_outbox_get_cancellable (WbOutbox *self);

/* The end of an accepted operation was read: it is done. */
void wb_outbox_finish (WbOutbox *self, WbOperation *operation);
/* Moves an operation, in the journal and in memory, and tells it. */
void wb_outbox_settle (WbOutbox *self, WbOperation *operation, WbState state, WbReason reason);
WbOperation *wb_outbox_adopt (WbOutbox *self, WbRecord *record); /* the living object of a record, taken over */

void wb_outbox_tell (WbOutbox *self, WbOperation *operation);
void wb_outbox_recount (WbOutbox *self);
/* A free create that moved the wallet counts as a paid one from now on. */
void wb_outbox_mark_paid (WbOutbox *self, WbOperation *operation);
/* Found queued at start: written by an earlier run, never sent by itself. */
gboolean wb_outbox_is_found (WbOperation *operation);
/* Free, and the service could not be reached: it goes by itself when it can be. */
gboolean wb_outbox_waits_for_connection (WbOperation *operation);

/* As wb_outbox_stop(), with the reason that is kept. */
gboolean wb_outbox_stop_for (WbOutbox *self, WbOperation *operation, WbReason reason);
gboolean wb_outbox_note_unwritten (WbOutbox *self, WbOperation *operation, gboolean unwritten);

/* Sending (wb-outbox-send.c). */
void wb_outbox_send (WbOutbox *self, WbOperation *operation);
void wb_outbox_send_after (WbOutbox *self, WbOperation *operation, guint delay_ms);
void wb_outbox_forget_delay (WbOperation *operation);
/* Goes again by itself after the pause that the service asked for, a few times. */
void wb_outbox_repeat (WbOutbox *self, WbOperation *operation, guint pause_ms);
WbState wb_outbox_state_after_accepted (WbOperation *operation);
GHashTable *wb_outbox_get_sending (WbOutbox *self); /* id → GCancellable of the request */

/* Jobs of the journal's thread. */
typedef struct {
  WbRequest *request;
  WbRecord *record;
  char *host;
} WbSubmit;
gpointer wb_outbox_submit_job (sqlite3 *db, gpointer data, GError **error);

typedef struct {
  char *query;  /* "userId=…&page=1", percent-encoded */
  GBytes *body; /* (nullable) */
  GPtrArray *parts;
  char *fingerprint;
} WbFrozen;
void wb_frozen_free (WbFrozen *self);
/* queued → sending, by one row or not at all; read back before it returns what is sent. */
gpointer wb_outbox_claim_job (sqlite3 *db, gpointer id_and_run, GError **error);
gpointer wb_outbox_freeze_job (sqlite3 *db, gpointer id, GError **error);
gpointer wb_outbox_settle_job (sqlite3 *db, gpointer record, GError **error);
gpointer wb_outbox_start_job (sqlite3 *db, gpointer run, GError **error); /* GPtrArray of WbRecord: all open ones */
gpointer wb_outbox_load_job (sqlite3 *db, gpointer id, GError **error);   /* WbRecord */

/* Evidence: background checks of unknown operations at 10 s, 1, 5, 15, 60 min. */
void wb_evidence_watch (WbOutbox *self, WbOperation *operation, gboolean at_once);
WbEvidence *wb_evidence_load (sqlite3 *db, const char *id, GError **error); /* (nullable) */
void wb_evidence_forget (WbOutbox *self);
gboolean wb_evidence_is_watched (WbOperation *operation); /* it is looked up now, or will be by itself */
void wb_outbox_foreach (WbOutbox *self, GHFunc func); /* id, WbOperation */

G_END_DECLS
