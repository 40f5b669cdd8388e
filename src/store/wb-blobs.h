// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-store-types.h"

G_BEGIN_DECLS

/* pictures/<sha256>: temporary name, fsync, rename, fsync of the folder, then referenced. */
G_DECLARE_FINAL_TYPE (WbBlobs, wb_blobs, WB, BLOBS, GObject)

WbBlobs *wb_blobs_new (const char *folder);
char *wb_blobs_put (WbBlobs *self, GBytes *bytes, GError **error);              /* worker; returns the hash */
char *wb_blobs_put_fd (WbBlobs *self, int fd, guint64 *length, GError **error); /* worker; copies and hashes one descriptor */
int wb_blobs_open (WbBlobs *self, const char *sha256, GError **error);
char *wb_blobs_dup_path (WbBlobs *self, const char *sha256);
guint wb_blobs_sweep (WbBlobs *self, GHashTable *keep, GError **error);         /* worker; hash set of names */

G_END_DECLS
