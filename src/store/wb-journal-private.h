// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-database-private.h"
#include "wb-store-types.h"

G_BEGIN_DECLS

/* journal.db: what the server cannot give back. Migrated step by step, never dropped. */
extern const WbSchema wb_journal_schema;

/* The journal of an opened profile; NULL when the disk is read-only. Its thread is the only writer. */
WbDatabase *wb_profile_get_journal (WbProfile *self);
/* The mirror's writer, and the reader that has both attached read-only. */
WbDatabase *wb_profile_get_mirror (WbProfile *self);
WbDatabase *wb_profile_get_reader (WbProfile *self);
WbDatabase *wb_profile_get_lists (WbProfile *self); /* another reader, for what takes long */
/* Of this run: only operations queued by it may be sent when paid or destructive. */
const char *wb_profile_get_run_id (WbProfile *self);
gboolean wb_profile_may_send (WbProfile *self);
/* Counted: as long as something could not be written, nothing new is sent (WB_LOCK_DISK). */
void wb_profile_note_disk (WbProfile *self, gboolean trouble);
/* A paid act starts the hour of an unlock anew. */
void wb_profile_note_paid (WbProfile *self);
/* A wallet reading came in (journalled by the caller): notifies "wallet-cents". */
void wb_profile_note_wallet (WbProfile *self, gint64 cents, gint64 time);
/* Something a list shows was written: WbCollection, as int to spare the include. */
void wb_profile_note_changed (WbProfile *self, int collection);

G_END_DECLS
