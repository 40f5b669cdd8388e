// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-database-private.h"

static GPrivate damage;

gboolean
wb_db_take_damage (void)
{
  gboolean met = g_private_get (&damage) != NULL;

  g_private_set (&damage, NULL);
  return met;
}

void
wb_db_set_error (GError **error, sqlite3 *db, const char *what)
{
  int code = sqlite3_errcode (db) & 0xff;

  if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB)
    g_private_set (&damage, &damage);
  g_set_error (error, CMR_ERROR, CMR_ERROR_STORAGE, "%s: %s", what,
               db != NULL ? sqlite3_errmsg (db) : "out of memory");
}

gboolean
wb_db_exec (sqlite3 *db, const char *sql, GError **error)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  wb_db_set_error (error, db, sql);
  return FALSE;
}

gboolean
wb_db_begin (sqlite3 *db, GError **error)
{
  return wb_db_exec (db, "BEGIN IMMEDIATE", error);
}

gboolean
wb_db_commit (sqlite3 *db, GError **error)
{
  return wb_db_exec (db, "COMMIT", error);
}

void
wb_db_rollback (sqlite3 *db)
{
  if (!sqlite3_get_autocommit (db))
    sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
}

static void
bind_bytes (sqlite3_stmt *stmt, int place, GBytes *bytes)
{
  gsize size = 0;
  gconstpointer data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  if (bytes == NULL)
    sqlite3_bind_null (stmt, place);
  else
    sqlite3_bind_blob64 (stmt, place, data != NULL ? data : "", size, SQLITE_TRANSIENT);
}

static void
bind_va (sqlite3_stmt *stmt, const char *format, va_list values)
{
  for (int place = 1; format[place - 1] != '\0'; place++)
    switch (format[place - 1])
      {
      case 's': sqlite3_bind_text (stmt, place, va_arg (values, const char *), -1, SQLITE_TRANSIENT); break;
      case 'i': sqlite3_bind_int64 (stmt, place, va_arg (values, gint64)); break;
      case 'd': sqlite3_bind_double (stmt, place, va_arg (values, double)); break;
      case 'b': bind_bytes (stmt, place, va_arg (values, GBytes *)); break;
      case 'n': sqlite3_bind_null (stmt, place); break;
      default: g_assert_not_reached ();
      }
}

static sqlite3_stmt *
prepare_va (sqlite3 *db, GError **error, const char *sql, const char *format, va_list values)
{
  sqlite3_stmt *stmt = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL) != SQLITE_OK)
    {
      wb_db_set_error (error, db, sql);
      return NULL;
    }
  bind_va (stmt, format, values);
  return stmt;
}

sqlite3_stmt *
wb_db_prepare (sqlite3 *db, GError **error, const char *sql, const char *format, ...)
{
  va_list values;
  sqlite3_stmt *stmt;

  va_start (values, format);
  stmt = prepare_va (db, error, sql, format, values);
  va_end (values);
  return stmt;
}

/* SQL → statement, of the thread's database. */
static GPrivate kept = G_PRIVATE_INIT ((GDestroyNotify) g_hash_table_unref);

static void
finalize_kept (gpointer stmt)
{
  sqlite3_finalize (stmt);
}

static sqlite3_stmt *
find_kept (sqlite3 *db, GError **error, const char *sql)
{
  GHashTable *table = g_private_get (&kept);
  sqlite3_stmt *stmt;

  if (table == NULL)
    {
      table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, finalize_kept);
      g_private_set (&kept, table);
    }
  stmt = g_hash_table_lookup (table, sql);
  if (stmt != NULL && sqlite3_db_handle (stmt) == db)
    return stmt;
  stmt = NULL;
  if (sqlite3_prepare_v3 (db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) == SQLITE_OK)
    g_hash_table_replace (table, g_strdup (sql), stmt);
  else
    wb_db_set_error (error, db, sql);
  return stmt;
}

sqlite3_stmt *
wb_db_keep (sqlite3 *db, GError **error, const char *sql, const char *format, ...)
{
  sqlite3_stmt *stmt = find_kept (db, error, sql);
  va_list values;

  va_start (values, format);
  if (stmt != NULL)
    bind_va (stmt, format, values);
  va_end (values);
  return stmt;
}

void
wb_db_put_back (sqlite3_stmt *stmt)
{
  sqlite3_reset (stmt);
  sqlite3_clear_bindings (stmt);
}

void
wb_db_drop_kept (void)
{
  g_private_replace (&kept, NULL);
}

gboolean
wb_db_step (sqlite3_stmt *stmt, GError **error)
{
  int code = sqlite3_step (stmt);

  if (code == SQLITE_ROW)
    return TRUE;
  if (code != SQLITE_DONE)
    wb_db_set_error (error, sqlite3_db_handle (stmt), sqlite3_sql (stmt));
  return FALSE;
}

gboolean
wb_db_run (sqlite3 *db, GError **error, const char *sql, const char *format, ...)
{
  g_autoptr (WbStatement) stmt = NULL;
  g_autoptr (GError) failure = NULL;
  va_list values;

  va_start (values, format);
  stmt = prepare_va (db, &failure, sql, format, values);
  va_end (values);
  while (stmt != NULL && wb_db_step (stmt, &failure))
    continue;
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

const char *
wb_db_text (sqlite3_stmt *stmt, int column)
{
  const char *text = (const char *) sqlite3_column_text (stmt, column);

  return text != NULL ? text : "";
}

gint64
wb_db_int64 (sqlite3 *db, GError **error, const char *sql, const char *format, ...)
{
  g_autoptr (WbStatement) stmt = NULL;
  va_list values;

  va_start (values, format);
  stmt = prepare_va (db, error, sql, format, values);
  va_end (values);
  return stmt != NULL && wb_db_step (stmt, error) ? sqlite3_column_int64 (stmt, 0) : 0;
}
