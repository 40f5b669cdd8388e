// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-draft-state-private.h"

G_BEGIN_DECLS

/* Shared by the files wb-drafts*.c. */
struct _WbDrafts {
  GObject parent_instance;

  WbProfile *profile; /* owns us; NULL once stopped */
  GCancellable *cancellable;
  WbPicturePool *pool;
  GHashTable *living;    /* id → WbDraft, not held: a draft loaded twice is one object */
  GHashTable *unsaved;   /* of WbDraft, held until what they say is on disk */
  GHashTable *customers; /* id → what is known of a customer, wb-drafts-customer.c */
  gulong sync_id;
};

/* wb-drafts-load.c */
typedef struct {
  WbDraftState state;
  GPtrArray *files; /* of WbFileItem */
  gboolean tidied;  /* something on disk is not taken over */
  guint next_file;
  gint64 created, updated;
} WbDraftLoaded;

void wb_draft_loaded_free (WbDraftLoaded *loaded);
gpointer wb_draft_load_job (sqlite3 *db, gpointer id, GError **error);
/* wb-drafts-save.c */
gpointer wb_draft_delete_job (sqlite3 *db, gpointer id, GError **error);
/* Writes now and whatever is under way; the draft is stopped afterwards. */
void wb_draft_save_last (WbDraft *self);

/* wb-drafts-sweep.c: removes pictures that nothing names, in the journal's thread. */
void wb_drafts_sweep (WbDrafts *self);

/* wb-drafts-customer.c */
void wb_drafts_customer_free (gpointer customer);
void wb_drafts_reread_customers (WbDrafts *self);

G_END_DECLS
