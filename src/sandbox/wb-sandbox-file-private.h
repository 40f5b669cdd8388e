// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "wb-sandbox-form-private.h"

G_BEGIN_DECLS

/* The sandbox's own SQLite file: charges and pictures. Begins empty at every start, because the rest
 * of its world does. */
typedef struct _WbSbFile WbSbFile;

WbSbFile *wb_sb_file_open (const char *path, GError **error);
void wb_sb_file_close (WbSbFile *file);
gboolean wb_sb_file_keeps_bytes (WbSbFile *file);
void wb_sb_file_clear (WbSbFile *file);
void wb_sb_file_add_charge (WbSbFile *file, const char *order, gint64 cents, const char *what,
                            const char *time, guint request);
guint wb_sb_file_count_charges (WbSbFile *file, const char *order);
void wb_sb_file_add_picture (WbSbFile *file, guint request, WbSbPart *part);
void wb_sb_file_settle_pictures (WbSbFile *file, guint request, const char *order);
JsonArray *wb_sb_file_ledger (WbSbFile *file);
JsonArray *wb_sb_file_pictures (WbSbFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbSbFile, wb_sb_file_close)

G_END_DECLS
