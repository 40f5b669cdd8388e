// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

#include "cmr-error.h"

G_BEGIN_DECLS

/* One SQLite connection with a thread of its own: everything that touches it is a job in its queue.
 * Journal, mirror writer and reader are each one of these. */
typedef struct _WbDatabase WbDatabase;

typedef enum {
  WB_DATABASE_FULL = 1 << 0,      /* synchronous=FULL: the journal */
  WB_DATABASE_READ_ONLY = 1 << 1,
  WB_DATABASE_SHRINKS = 1 << 2,   /* auto_vacuum=INCREMENTAL, of a new file */
} WbDatabaseFlags;

/* Each step takes the schema from its index to index + 1, inside a transaction of its own. */
typedef struct {
  const char *const *migrations; /* NULL-terminated SQL */
} WbSchema;

/**
 * WbJob:
 *
 * Runs in the database's thread. Its result is handed to the callback; free it with @free_result of
 * wb_database_run_async() when nobody takes it.
 */
typedef gpointer (*WbJob) (sqlite3 *db, gpointer data, GError **error);

WbDatabase *wb_database_open (const char *path, WbDatabaseFlags flags, const WbSchema *schema, GError **error);
/* Runs what is queued, checkpoints, closes, joins the thread. */
void wb_database_close (WbDatabase *self);
gboolean wb_database_is_damaged (const char *path);
const char *wb_database_get_path (WbDatabase *self);
/* Called in the database's thread, once, when a job meets what SQLite calls damaged. */
void wb_database_watch_damage (WbDatabase *self, void (*damaged) (const char *path));

/* @data and its @free_data go with the job; @cancellable only spares a job that has not begun. */
void wb_database_run_async (WbDatabase *self, WbJob job, gpointer data, GDestroyNotify free_data,
                            GDestroyNotify free_result, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);
gpointer wb_database_run_finish (GAsyncResult *result, GError **error);
/* Fire and forget; an error is logged as a message. */
void wb_database_push (WbDatabase *self, WbJob job, gpointer data, GDestroyNotify free_data);
/* Blocks: for tests, shutdown and worker threads; never from the main thread of the window. */
gpointer wb_database_run (WbDatabase *self, WbJob job, gpointer data, GError **error);

/* Helpers inside jobs. All errors are CMR_ERROR_STORAGE with sqlite's message. */
gboolean wb_db_exec (sqlite3 *db, const char *sql, GError **error);
gboolean wb_db_begin (sqlite3 *db, GError **error); /* IMMEDIATE */
gboolean wb_db_commit (sqlite3 *db, GError **error);
void wb_db_rollback (sqlite3 *db);
/* Prepares and binds by @format, one letter a value: s text (NULL = null), i gint64, b GBytes, d double, n null. */
sqlite3_stmt *wb_db_prepare (sqlite3 *db, GError **error, const char *sql, const char *format, ...);
gboolean wb_db_run (sqlite3 *db, GError **error, const char *sql, const char *format, ...); /* to its end */
/* TRUE and a row; FALSE at the end, or with @error. */
gboolean wb_db_step (sqlite3_stmt *stmt, GError **error);
const char *wb_db_text (sqlite3_stmt *stmt, int column); /* "" for null; lent */
gint64 wb_db_int64 (sqlite3 *db, GError **error, const char *sql, const char *format, ...); /* first value, 0 without a row */
/* As wb_db_prepare() for what is asked again and again, in jobs alone: lent by the database's thread, which prepares it
 * once. One at a time of the same @sql; declared as WbKeptStatement it is put back when it goes out of scope. */
sqlite3_stmt *wb_db_keep (sqlite3 *db, GError **error, const char *sql, const char *format, ...);
void wb_db_drop_kept (void); /* those of this thread */
void wb_db_put_back (sqlite3_stmt *stmt);
gboolean wb_db_take_damage (void); /* whether an error since the last call, in this thread, was of a damaged file */
void wb_db_set_error (GError **error, sqlite3 *db, const char *what);

typedef sqlite3_stmt WbStatement;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbStatement, sqlite3_finalize)
typedef sqlite3_stmt WbKeptStatement;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbKeptStatement, wb_db_put_back)

G_END_DECLS
