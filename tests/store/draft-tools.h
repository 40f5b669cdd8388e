// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store-fixture.h"

G_BEGIN_DECLS

/* What the tests of drafts share: pictures to drop, calls that wait. */

/* Writes a JPEG or PNG (by the ending of @name) of one colour that grows darker downwards; returns its path in @dir. */
char *draft_picture (const char *dir, const char *name, guint width, guint height, guint32 rgb);
char *draft_file (const char *dir, const char *name, const void *bytes, gsize length);

WbDrafts *store_drafts (Store *store);
WbDraft *draft_load (Store *store, const char *id);
void draft_flush (WbDraft *draft);
/* On disk, and nobody else holds it any more. */
void draft_drop (WbDraft *draft);
WbFilesResult draft_add (WbDraft *draft, int only_row, const char *only_domain, const char *const *roots);
/* Makes what is missing; %FALSE with @error. */
gboolean draft_make_ready (WbDraft *draft, GError **error);
gint64 draft_count (Store *store, const char *sql);
/* Name of the file that a mailbox gets, "" for none. */
const char *draft_file_of (WbDraft *draft, const char *address);
int draft_row_of (WbDraft *draft, const char *address);
/* The one whose name it is. */
guint draft_file_id (WbDraft *draft, const char *name);
/* All that the draft says, as text to compare. */
char *draft_dump (WbDraft *draft);

/* A draft of three people on one domain. */
typedef struct {
  Store *store;
  WbDraft *draft;
} DraftFixture;

void draft_set_up (DraftFixture *self, gconstpointer data);
void draft_tear_down (DraftFixture *self, gconstpointer data);
WbFilesResult draft_drop_one (DraftFixture *self, const char *path);
const WbDraftFile *draft_only_file (DraftFixture *self);
void draft_must_make_ready (DraftFixture *self);
char *draft_picture_folder (DraftFixture *self);
guint draft_count_blobs (DraftFixture *self);

G_END_DECLS
