// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-draft-state-private.h"

G_BEGIN_DECLS

/* One file or the bytes of one: looked at and copied to the blobs through one descriptor. To be run by a
 * picture pool with wb_draft_read_thread(). */
GTask *wb_draft_read_new (WbBlobs *blobs, guint place, const char *path, GBytes *bytes, const char *name,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void wb_draft_read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable);
/* (transfer full) (nullable): an item without id, refused or not; NULL with @error when it could not be
 * stored or was cancelled. */
WbFileItem *wb_draft_read_finish (GAsyncResult *result, guint *place, GError **error);

G_END_DECLS
