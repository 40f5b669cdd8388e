// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cmr-object.h"
#include "wb-database-private.h"

G_BEGIN_DECLS

/* mirror.db: what the server can give again. One table a resource, made from its field table (member with
 * '_' for '-'), and per row: row_key (unique), scope (customer id, country code or ""), asked_at (when its
 * answer was asked for), missed (the whole sweep that did not see it; 0 = none). */

/* Opens. What another version wrote is changed where it lies; what is damaged is set aside (PATH.damaged, until the
 * next start) and made anew with the rows that can be read of it. */
WbDatabase *wb_mirror_open (const char *path, gboolean read_only, GError **error);
void wb_mirror_note_damaged (const char *path); /* the next start looks at it, and mends it */
gpointer wb_mirror_shrink_job (sqlite3 *db, gpointer data, GError **error); /* gives a slice back; NULL: enough */
char *wb_mirror_sql (void);
/* To the tables of @sql, by what they are made of. Rows stay with the columns that stay. */
gboolean wb_mirror_change (sqlite3 *db, const char *sql, gint64 version, GError **error);
void wb_mirror_carry (sqlite3 *db, const char *old_path); /* rows of a damaged file, as many as can be read */
const CmrResource *const *wb_mirror_resources (guint *n_resources);

typedef struct {
  const CmrResource *resource;
  const char *scope; /* "": each row names its own */
  gint64 asked_at;
} WbMirrorWrite;

/* What identifies an object in its resource; lent, "" where it has none. */
const char *wb_mirror_key (const CmrResource *resource, CmrObject *object);
/* Inside a job; only changed rows are written, an older answer never overwrites a newer one. Returns how many
 * rows were new or changed, -1 with @error. Their numbers are added to @rowids (of gint64, nullable). */
gint wb_mirror_upsert (sqlite3 *db, const WbMirrorWrite *write, GPtrArray *objects, GArray *rowids, GError **error);
gboolean wb_mirror_delete (sqlite3 *db, const CmrResource *resource, const char *key, GError **error);
CmrObject *wb_mirror_load (sqlite3 *db, const CmrResource *resource, const char *key, GError **error);
GPtrArray *wb_mirror_load_scope (sqlite3 *db, const CmrResource *resource, const char *scope, const char *order_by, GError **error);

/* A sweep: all pages of a collection, partner-wide (scope "") or of one customer. */
typedef struct {
  const CmrResource *resource;
  const char *collection, *scope;
  gint64 began; /* as of when it tells; its number too */
  guint page;   /* to be asked for next */
  guint read;   /* rows of the pages before */
} WbMirrorSweep;

/* One that was interrupted goes on where it was, unless that is long ago or hardly begun: then @sweep stays. */
gboolean wb_mirror_sweep_open (sqlite3 *db, WbMirrorSweep *sweep, GError **error);
gboolean wb_mirror_sweep_keep (sqlite3 *db, const WbMirrorSweep *sweep, GError **error);

/* What a page told. */
typedef struct {
  guint n_rows;
  gint64 total;  /* -1: not told */
  guint n_pages; /* of the list, 0: not told */
  gboolean last;
  char *first; /* key of its first row */
} WbMirrorPage;

/* Whether the sweep before got the same answer at @sweep's page, and nobody has written since: fills @page. */
gboolean wb_mirror_sweep_find_page (sqlite3 *db, const WbMirrorSweep *sweep, GBytes *digest, WbMirrorPage *page,
                                    GError **error);
gboolean wb_mirror_sweep_keep_page (sqlite3 *db, const WbMirrorSweep *sweep, GBytes *digest, const WbMirrorPage *page,
                                    GArray *rowids, gint64 asked_at, GError **error);
/* Rows of the collection were written: what other sweeps know of their pages no longer holds. @but_scope: (nullable):
 * of the sweep that wrote them */
gboolean wb_mirror_note_written (sqlite3 *db, const char *collection, const char *but_scope, GError **error);
/* All pages before @sweep's are read: takes away what two whole sweeps have missed. Returns how many rows, or -1. */
gint wb_mirror_sweep_end (sqlite3 *db, const WbMirrorSweep *sweep, GError **error);
gint64 wb_mirror_get_as_of (sqlite3 *db, const char *collection, const char *scope); /* 0 = never */

/* Customer after customer, for a collection that cannot be read whole. */
typedef struct {
  gint64 began;
  gboolean customers_known; /* else they are to be read first, and nothing else is told */
  GPtrArray *customers;     /* ids of those to be read */
  guint n_done;             /* that were read since it began */
} WbMirrorRun;

WbMirrorRun *wb_mirror_run_open (sqlite3 *db, const char *collection, gint64 now, GError **error);
/* As old as the oldest of its parts. Returns how many rows were taken away, of customers that are gone; or -1. */
gint wb_mirror_run_end (sqlite3 *db, const CmrResource *resource, const char *collection, gint64 began, GError **error);
void wb_mirror_run_free (gpointer run);

G_END_DECLS
