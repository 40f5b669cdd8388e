// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-mirror-private.h"

/* A mirror that another version wrote becomes this version's where it lies, in one transaction: its rows are shown,
 * with their age, until they are read again. A column that came is empty until then; it costs nothing to add one,
 * at a million rows either. */

typedef struct {
  char *name, *type, *otherwise; /* its default, as SQL; NULL for none */
  gboolean key, needed;
} Column;

static void
column_free (gpointer data)
{
  Column *column = data;

  g_free (column->name);
  g_free (column->type);
  g_free (column->otherwise);
  g_free (column);
}

static GPtrArray *
read_columns (sqlite3 *db, const char *table, GError **error)
{
  g_autoptr (WbStatement) stmt
      = wb_db_prepare (db, error, "SELECT name, type, \"notnull\", dflt_value, pk FROM pragma_table_info (?)", "s", table);
  GPtrArray *columns = g_ptr_array_new_with_free_func (column_free);

  while (stmt != NULL && wb_db_step (stmt, error))
    {
      Column *column = g_new0 (Column, 1);

      column->name = g_strdup (wb_db_text (stmt, 0));
      column->type = g_strdup (wb_db_text (stmt, 1));
      column->needed = sqlite3_column_int (stmt, 2) != 0;
      column->otherwise = g_strdup ((const char *) sqlite3_column_text (stmt, 3));
      column->key = sqlite3_column_int (stmt, 4) != 0;
      g_ptr_array_add (columns, column);
    }
  return columns;
}

static Column *
find_column (GPtrArray *columns, const char *name)
{
  for (guint i = 0; i < columns->len; i++)
    if (g_str_equal (((Column *) columns->pdata[i])->name, name))
      return columns->pdata[i];
  return NULL;
}

static gboolean
run (sqlite3 *db, GError **error, const char *format, ...) G_GNUC_PRINTF (3, 4);

static gboolean
run (sqlite3 *db, GError **error, const char *format, ...)
{
  g_autofree char *sql = NULL;
  va_list arguments;

  va_start (arguments, format);
  sql = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return wb_db_exec (db, sql, error);
}

/* FALSE without an error: this table cannot be made the other. */
static gboolean
can_become (GPtrArray *old, GPtrArray *wanted)
{
  for (guint i = 0; i < wanted->len; i++)
    {
      const Column *column = wanted->pdata[i], *was = find_column (old, column->name);

      if (was == NULL && (column->key || (column->needed && column->otherwise == NULL)))
        return FALSE;
      if (was != NULL && (was->key != column->key || was->needed != column->needed))
        return FALSE;
    }
  for (guint i = 0; i < old->len; i++)
    if (((Column *) old->pdata[i])->key && find_column (wanted, ((Column *) old->pdata[i])->name) == NULL)
      return FALSE;
  return old->len > 0;
}

static gboolean
add_column (sqlite3 *db, const char *table, const Column *column, GError **error)
{
  return run (db, error, "ALTER TABLE \"%s\" ADD COLUMN \"%s\" %s%s%s%s", table, column->name, column->type,
              column->needed ? " NOT NULL" : "", column->otherwise != NULL ? " DEFAULT " : "",
              column->otherwise != NULL ? column->otherwise : "");
}

/* What is of another kind now is read again; what went goes. */
static gboolean
alter_table (sqlite3 *db, const char *table, GPtrArray *old, GPtrArray *wanted, GError **error)
{
  gboolean well = TRUE;

  for (guint i = 0; well && i < old->len; i++)
    {
      const Column *was = old->pdata[i], *column = find_column (wanted, was->name);

      if (column == NULL || !g_str_equal (column->type, was->type))
        well = run (db, error, "ALTER TABLE \"%s\" DROP COLUMN \"%s\"", table, was->name);
    }
  for (guint i = 0; well && i < wanted->len; i++)
    {
      const Column *column = wanted->pdata[i], *was = find_column (old, column->name);

      if (was == NULL || !g_str_equal (column->type, was->type))
        well = add_column (db, table, column, error);
    }
  return well;
}

static gboolean
make_table (sqlite3 *db, sqlite3 *model, const char *table, const char *sql, GError **error)
{
  g_autoptr (GPtrArray) old = read_columns (db, table, error);
  g_autoptr (GPtrArray) wanted = read_columns (model, table, error);

  if (can_become (old, wanted))
    return alter_table (db, table, old, wanted, error);
  return run (db, error, "DROP TABLE IF EXISTS \"%s\"", table) && wb_db_exec (db, sql, error);
}

/* Of one kind, "table" or "index": what @has has and @other has not, or (@same) has otherwise. */
static GPtrArray *
list_missing (sqlite3 *has, sqlite3 *other, const char *kind, gboolean same, GError **error)
{
  g_autoptr (WbStatement) stmt = wb_db_prepare (
      has, error, "SELECT name, sql FROM sqlite_master WHERE type = ? AND sql NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'", "s", kind);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  while (stmt != NULL && wb_db_step (stmt, error))
    if (wb_db_int64 (other, error, "SELECT count (*) FROM sqlite_master WHERE type = ? AND name = ? AND (NOT ? OR sql = ?)",
                     "ssis", kind, wb_db_text (stmt, 0), (gint64) same, wb_db_text (stmt, 1)) == 0)
      g_ptr_array_add (names, g_strdup (wb_db_text (stmt, 0)));
  return names;
}

static gboolean
drop_all (sqlite3 *db, sqlite3 *model, const char *kind, gboolean same, GError **error)
{
  g_autoptr (GPtrArray) names = list_missing (db, model, kind, same, error);
  gboolean well = TRUE;

  for (guint i = 0; well && i < names->len; i++)
    well = run (db, error, "DROP %s \"%s\"", kind, (char *) names->pdata[i]);
  return well;
}

/* Altering a table rewords its SQL: only what it is made of tells whether it is the same. */
static gboolean
make_tables (sqlite3 *db, sqlite3 *model, GError **error)
{
  g_autoptr (WbStatement) stmt
      = wb_db_prepare (model, error, "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql NOT NULL", "");
  gboolean well = stmt != NULL;

  while (well && wb_db_step (stmt, error))
    well = make_table (db, model, wb_db_text (stmt, 0), wb_db_text (stmt, 1), error);
  return well;
}

static gboolean
make_indexes (sqlite3 *db, sqlite3 *model, GError **error)
{
  g_autoptr (GPtrArray) names = list_missing (model, db, "index", TRUE, error);
  gboolean well = TRUE;

  for (guint i = 0; well && i < names->len; i++)
    {
      g_autoptr (WbStatement) stmt
          = wb_db_prepare (model, error, "SELECT sql FROM sqlite_master WHERE type = 'index' AND name = ?", "s", names->pdata[i]);

      well = stmt != NULL && wb_db_step (stmt, error) && wb_db_exec (db, wb_db_text (stmt, 0), error);
    }
  return well;
}

/* The same page holds more now: what was read of it says nothing. */
#define FORGET_PAGES "DROP TABLE IF EXISTS pages"
#define BEGIN_AGAIN "UPDATE sweeps SET began = 0, page = 0, read = 0"

static gboolean
change (sqlite3 *db, sqlite3 *model, gint64 version, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (wb_db_begin (db, &failure)
      && wb_db_exec (db, FORGET_PAGES, &failure) && drop_all (db, model, "index", TRUE, &failure)
      && drop_all (db, model, "table", FALSE, &failure) && make_tables (db, model, &failure)
      && make_indexes (db, model, &failure) && wb_db_exec (db, BEGIN_AGAIN, &failure)
      && run (db, &failure, "PRAGMA user_version = %" G_GINT64_FORMAT, version) && failure == NULL
      && wb_db_commit (db, &failure))
    return TRUE;
  wb_db_rollback (db);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

gboolean
wb_mirror_change (sqlite3 *db, const char *sql, gint64 version, GError **error)
{
  sqlite3 *model = NULL;
  gboolean changed = sqlite3_open (":memory:", &model) == SQLITE_OK && wb_db_exec (model, sql, error)
                     && change (db, model, version, error);

  sqlite3_close (model);
  return changed;
}

/* Rows of one table, from the one end until it breaks off. */
static void
carry_rows (sqlite3 *db, sqlite3 *old, const char *table, const char *columns, const char *way)
{
  g_autofree char *select = g_strdup_printf ("SELECT rowid, %s FROM \"%s\" ORDER BY rowid %s", columns, table, way);
  g_autoptr (WbStatement) from = wb_db_prepare (old, NULL, select, "");
  g_autoptr (WbStatement) to = NULL;
  g_autoptr (GString) insert = g_string_new (NULL);
  int n = from != NULL ? sqlite3_column_count (from) : 0;

  g_string_append_printf (insert, "INSERT OR IGNORE INTO \"%s\" (rowid, %s) VALUES (?", table, columns);
  for (int i = 1; i < n; i++)
    g_string_append (insert, ", ?");
  g_string_append_c (insert, ')');
  to = n > 0 ? wb_db_prepare (db, NULL, insert->str, "") : NULL;
  while (to != NULL && wb_db_step (from, NULL))
    {
      for (int i = 0; i < n; i++)
        sqlite3_bind_value (to, i + 1, sqlite3_column_value (from, i));
      wb_db_step (to, NULL);
      sqlite3_reset (to);
    }
}

static char *
join_columns (sqlite3 *db, const char *table)
{
  g_autoptr (GPtrArray) columns = read_columns (db, table, NULL);
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < columns->len; i++)
    g_string_append_printf (names, "%s\"%s\"", i > 0 ? ", " : "", ((Column *) columns->pdata[i])->name);
  return g_string_free (names, FALSE);
}

void
wb_mirror_carry (sqlite3 *db, const char *old_path)
{
  sqlite3 *old = NULL;
  guint n;
  const CmrResource *const *resources = wb_mirror_resources (&n);

  if (sqlite3_open_v2 (old_path, &old, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK && wb_db_begin (db, NULL))
    {
      for (guint i = 0; i < n; i++)
        {
          g_autofree char *columns = join_columns (db, resources[i]->name);

          carry_rows (db, old, resources[i]->name, columns, "ASC");
          carry_rows (db, old, resources[i]->name, columns, "DESC"); /* from the other side of the damage */
        }
      if (!wb_db_commit (db, NULL))
        wb_db_rollback (db);
    }
  sqlite3_close (old);
  wb_db_take_damage (); /* of the old one */
}
