// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cmr-object.h"
#include "wb-database-private.h"

G_BEGIN_DECLS

/* mirror.db: what the server can give again. One table a resource, made from its field table (member with
 * '_' for '-'), and per row: row_key (unique), scope (customer id, country code or ""), asked_at (when its
 * answer was asked for), sweep (the last that saw it). */

/* Opens, or makes anew where the field tables have changed or the file is damaged. */
WbDatabase *wb_mirror_open (const char *path, gboolean read_only, GError **error);
const CmrResource *const *wb_mirror_resources (guint *n_resources);

typedef struct {
  const CmrResource *resource;
  const char *scope;
  gint64 asked_at;
  gint64 sweep;
} WbMirrorWrite;

/* What identifies an object in its resource; lent, "" where it has none. */
const char *wb_mirror_key (const CmrResource *resource, CmrObject *object);
/* Inside a job; only changed rows are written, an older answer never overwrites a newer one. Returns how many
 * rows were new or changed, -1 with @error. */
gint wb_mirror_upsert (sqlite3 *db, const WbMirrorWrite *write, GPtrArray *objects, GError **error);
gboolean wb_mirror_delete (sqlite3 *db, const CmrResource *resource, const char *key, GError **error);
CmrObject *wb_mirror_load (sqlite3 *db, const CmrResource *resource, const char *key, GError **error);
GPtrArray *wb_mirror_load_scope (sqlite3 *db, const CmrResource *resource, const char *scope, const char *order_by, GError **error);
gboolean wb_mirror_set_as_of (sqlite3 *db, const char *collection, const char *scope, gint64 time, GError **error);
gint64 wb_mirror_get_as_of (sqlite3 *db, const char *collection, const char *scope);

G_END_DECLS
