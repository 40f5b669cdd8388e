// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-sandbox-file-private.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

struct _WbSbFile {
  sqlite3 *db;
  gboolean keeps_bytes;
};

/* `request` ties pictures to the order that their request made: they come before it is known. */
static const char schema[]
    = "DROP TABLE IF EXISTS ledger; DROP TABLE IF EXISTS picture;"
      "CREATE TABLE ledger (id INTEGER PRIMARY KEY, order_id TEXT NOT NULL, cents INTEGER NOT NULL,"
      " what TEXT NOT NULL, time TEXT NOT NULL, request INTEGER NOT NULL);"
      "CREATE TABLE picture (id INTEGER PRIMARY KEY, request INTEGER NOT NULL, order_id TEXT,"
      " address TEXT NOT NULL, sha256 TEXT NOT NULL, length INTEGER NOT NULL, bytes BLOB);"
      "CREATE INDEX picture_request ON picture (request);";

static gboolean
fail (WbSbFile *file, GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The sandbox's database: %s",
               file->db ? sqlite3_errmsg (file->db) : "not opened");
  wb_sb_file_close (file);
  return FALSE;
}

WbSbFile *
wb_sb_file_open (const char *path, GError **error)
{
  WbSbFile *file = g_new0 (WbSbFile, 1);
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;

  file->keeps_bytes = path != NULL;
  if (sqlite3_open_v2 (path ? path : ":memory:", &file->db, flags, NULL) != SQLITE_OK
      || (path != NULL && g_chmod (path, 0600) != 0)
      || sqlite3_exec (file->db, "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY;", NULL, NULL,
                       NULL) != SQLITE_OK
      || sqlite3_exec (file->db, schema, NULL, NULL, NULL) != SQLITE_OK)
    {
      fail (file, error);
      return NULL;
    }
  return file;
}

void
wb_sb_file_close (WbSbFile *file)
{
  sqlite3_close (file->db);
  g_free (file);
}

gboolean
wb_sb_file_keeps_bytes (WbSbFile *file)
{
  return file->keeps_bytes;
}

void
wb_sb_file_clear (WbSbFile *file)
{
  sqlite3_exec (file->db, schema, NULL, NULL, NULL);
}

static sqlite3_stmt *
prepare (WbSbFile *file, const char *sql)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (file->db, sql, -1, &statement, NULL) != SQLITE_OK)
    g_critical ("The sandbox's database: %s", sqlite3_errmsg (file->db));
  return statement;
}

/* A lost charge would make every count of charges worthless: it is loud. */
static void
run (WbSbFile *file, sqlite3_stmt *statement)
{
  if (sqlite3_step (statement) != SQLITE_DONE)
    g_critical ("The sandbox's database: %s", sqlite3_errmsg (file->db));
  sqlite3_finalize (statement);
}

void
wb_sb_file_add_charge (WbSbFile *file, const char *order, gint64 cents, const char *what,
                       const char *time, guint request)
{
  sqlite3_stmt *statement
      = prepare (file, "INSERT INTO ledger (order_id, cents, what, time, request) VALUES (?,?,?,?,?)");

  sqlite3_bind_text (statement, 1, order, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (statement, 2, cents);
  sqlite3_bind_text (statement, 3, what, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (statement, 4, time, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (statement, 5, request);
  run (file, statement);
}

/* @order NULL: all. */
guint
wb_sb_file_count_charges (WbSbFile *file, const char *order)
{
  sqlite3_stmt *statement
      = prepare (file, "SELECT count(*) FROM ledger WHERE ?1 IS NULL OR order_id = ?1");
  guint n = 0;

  if (order != NULL)
    sqlite3_bind_text (statement, 1, order, -1, SQLITE_TRANSIENT);
  if (sqlite3_step (statement) == SQLITE_ROW)
    n = (guint) sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return n;
}

void
wb_sb_file_add_picture (WbSbFile *file, guint request, WbSbPart *part)
{
  sqlite3_stmt *statement = prepare (
      file, "INSERT INTO picture (request, address, sha256, length, bytes) VALUES (?,?,?,?,?)");

  sqlite3_bind_int64 (statement, 1, request);
  sqlite3_bind_text (statement, 2, part->name, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (statement, 3, part->sha256, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (statement, 4, (gint64) part->length);
  if (part->data != NULL)
    sqlite3_bind_blob (statement, 5, part->data->data, (int) part->data->len, SQLITE_TRANSIENT);
  run (file, statement);
}

/* The request is over: its pictures are its order's, or nobody's. */
void
wb_sb_file_settle_pictures (WbSbFile *file, guint request, const char *order)
{
  sqlite3_stmt *statement
      = prepare (file, order != NULL
                           ? "UPDATE picture SET order_id = ?2 WHERE request = ?1"
                           : "DELETE FROM picture WHERE request = ?1 AND order_id IS NULL");

  sqlite3_bind_int64 (statement, 1, request);
  if (order != NULL)
    sqlite3_bind_text (statement, 2, order, -1, SQLITE_TRANSIENT);
  run (file, statement);
}

/* Rows as objects, a member a column. */
static JsonArray *
read_rows (WbSbFile *file, const char *sql)
{
  sqlite3_stmt *statement = prepare (file, sql);
  JsonArray *rows = json_array_new ();

  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      JsonObject *row = json_object_new ();

      for (int i = 0; i < sqlite3_column_count (statement); i++)
        if (sqlite3_column_type (statement, i) == SQLITE_INTEGER)
          json_object_set_int_member (row, sqlite3_column_name (statement, i),
                                      sqlite3_column_int64 (statement, i));
        else
          json_object_set_string_member (row, sqlite3_column_name (statement, i),
                                         (const char *) sqlite3_column_text (statement, i));
      json_array_add_object_element (rows, row);
    }
  sqlite3_finalize (statement);
  return rows;
}

JsonArray *
wb_sb_file_ledger (WbSbFile *file)
{
  return read_rows (file, "SELECT order_id AS \"order\", cents, what, time, request FROM ledger"
                          " ORDER BY id");
}

JsonArray *
wb_sb_file_pictures (WbSbFile *file)
{
  return read_rows (file, "SELECT sha256, length AS \"bytes\", address, order_id AS \"order\""
                          " FROM picture WHERE order_id IS NOT NULL ORDER BY id");
}
