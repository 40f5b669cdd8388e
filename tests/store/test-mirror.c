// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-mirror-private.h"

#include <glib/gstdio.h>
#include <string.h>

#include "wb-test.h"

/* A mirror of another version, one that is damaged, and one that is none. */

typedef struct {
  char *dir, *path;
} Case;

static void
set_up (Case *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->dir = g_dir_make_tmp ("waybill-mirror-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->dir, "mirror.db", NULL);
}

static void
tear_down (Case *self, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (self->dir, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->dir, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (self->dir), ==, 0);
  g_free (self->dir);
  g_free (self->path);
}

static gpointer
exec_job (sqlite3 *db, gpointer sql, GError **error)
{
  wb_db_exec (db, sql, error);
  return NULL;
}

static void
exec (WbDatabase *db, const char *sql)
{
  g_autoptr (GError) error = NULL;

  wb_database_run (db, exec_job, (gpointer) sql, &error);
  g_assert_no_error (error);
}

typedef struct {
  const char *sql;
  gint64 value;
} Ask;

static gpointer
ask_job (sqlite3 *db, gpointer data, GError **error)
{
  Ask *ask = data;

  ask->value = wb_db_int64 (db, error, ask->sql, "");
  return NULL;
}

static gint64
ask (WbDatabase *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  Ask question = { sql, 0 };

  wb_database_run (db, ask_job, &question, &error);
  g_assert_no_error (error);
  return question.value;
}

static WbDatabase *
open_mirror (Case *self)
{
  g_autoptr (GError) error = NULL;
  WbDatabase *db = wb_mirror_open (self->path, FALSE, &error);

  g_assert_no_error (error);
  return db;
}

#define MANY \
  "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000)" \
  " INSERT INTO customer (row_key, scope, asked_at, user_id, company) SELECT 'c' || i, '', 5, 'c' || i, 'Company ' || i FROM n"
#define SWEPT "INSERT INTO sweeps (collection, scope, as_of, began, page, read) VALUES ('customers', '', 77, 99, 3, 200)"

static void
fill (WbDatabase *db)
{
  exec (db, MANY);
  exec (db, SWEPT);
  exec (db, "INSERT INTO pages SELECT 'customers', '', 1, 1, 1, x'00', 1, 1, 1, 0, '', x''");
}

static void
check_schema (WbDatabase *db)
{
  g_autofree char *sql = wb_mirror_sql ();
  sqlite3 *model = NULL;
  g_autoptr (WbStatement) stmt = NULL;

  g_assert_cmpint (sqlite3_open (":memory:", &model), ==, SQLITE_OK);
  g_assert_true (wb_db_exec (model, sql, NULL));
  stmt = wb_db_prepare (model, NULL, "SELECT m.type, m.name, c.name, c.type, c.\"notnull\" FROM sqlite_master m LEFT JOIN pragma_table_info (m.name) c", "");
  while (wb_db_step (stmt, NULL))
    {
      g_autofree char *has = g_strdup_printf (
          "SELECT count (*) FROM sqlite_master m LEFT JOIN pragma_table_info (m.name) c WHERE m.type = '%s' AND m.name = '%s'"
          " AND c.name IS '%s' AND c.type IS '%s' AND c.\"notnull\" = %d",
          wb_db_text (stmt, 0), wb_db_text (stmt, 1), wb_db_text (stmt, 2), wb_db_text (stmt, 3), sqlite3_column_int (stmt, 4));

      if (g_str_equal (wb_db_text (stmt, 0), "table"))
        g_assert_cmpint (ask (db, has), ==, 1);
    }
  g_clear_pointer (&stmt, sqlite3_finalize);
  sqlite3_close (model);
  g_assert_cmpint (ask (db, "SELECT count (*) FROM sqlite_master WHERE type = 'index' AND sql NOT NULL AND name LIKE '%\\_scope' ESCAPE '\\'"), >=, 5);
}

static void
test_same (Case *self, gconstpointer data)
{
  WbDatabase *db = open_mirror (self);

  fill (db);
  wb_database_close (db);
  db = open_mirror (self);
  g_assert_cmpint (ask (db, "SELECT count (*) FROM customer"), ==, 4000);
  g_assert_cmpint (ask (db, "SELECT count (*) FROM pages"), ==, 1);
  g_assert_cmpint (ask (db, "SELECT page FROM sweeps"), ==, 3);
  wb_database_close (db);
}

/* What another version may have had: fewer columns, others, one of another kind, a table of its own. */
static void
test_other_version (Case *self, gconstpointer data)
{
  static const char *const changes[] = {
    "ALTER TABLE customer DROP COLUMN city; DROP INDEX customer_scope",
    "ALTER TABLE customer ADD COLUMN shoe_size INTEGER; CREATE INDEX shoes ON customer (shoe_size)",
    "ALTER TABLE customer DROP COLUMN created_at; ALTER TABLE customer ADD COLUMN created_at TEXT DEFAULT 'soon'",
    "DROP TABLE domain; CREATE TABLE wallets (id TEXT); DROP TABLE pages; CREATE TABLE pages (page INTEGER)",
    "DROP TABLE mailbox; CREATE TABLE mailbox (row_key INTEGER PRIMARY KEY)",
    "ALTER TABLE sweeps DROP COLUMN written_at; DROP INDEX customer_scope; CREATE INDEX customer_scope ON customer (company)",
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      WbDatabase *db = open_mirror (self);

      g_test_message ("%s", changes[i]);
      exec (db, "DELETE FROM customer; DELETE FROM sweeps; DELETE FROM pages");
      fill (db);
      exec (db, changes[i]);
      exec (db, "PRAGMA user_version = 4711");
      wb_database_close (db);
      db = open_mirror (self);
      check_schema (db);
      g_assert_cmpint (ask (db, "SELECT count (*) FROM customer WHERE company = 'Company ' || rowid"), ==, 4000);
      g_assert_cmpint (ask (db, "SELECT as_of FROM sweeps"), ==, 77); /* as of when it tells */
      g_assert_cmpint (ask (db, "SELECT began + page + read FROM sweeps"), ==, 0);
      g_assert_cmpint (ask (db, "SELECT count (*) FROM pages"), ==, 0);
      g_assert_cmpint (ask (db, "SELECT count (*) FROM customer WHERE created_at NOT NULL"), ==, 0);
      wb_database_close (db);
      /* It is this version's now. */
      db = open_mirror (self);
      exec (db, "PRAGMA integrity_check");
      g_assert_cmpint (ask (db, "SELECT count (*) FROM customer"), ==, 4000);
      wb_database_close (db);
    }
}

/* Bytes in the middle, as of a disk that fails. */
static void
damage (Case *self, gsize from, gsize n)
{
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (self->path, &bytes, &length, NULL));
  g_assert_cmpuint (length, >, from + n);
  memset (bytes + from, 0x5a, n);
  g_assert_true (g_file_set_contents (self->path, bytes, (gssize) length, NULL));
}

static gboolean
exists (Case *self, const char *end)
{
  g_autofree char *path = g_strconcat (self->path, end, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
test_damaged (Case *self, gconstpointer data)
{
  WbDatabase *db = open_mirror (self);
  g_autoptr (GError) error = NULL;
  Ask question = { "SELECT sum (length (company)) FROM customer", 0 };
  gint64 left;

  fill (db);
  wb_database_close (db);
  damage (self, 120 * 1024, 12 * 1024);
  /* Whoever meets it says so, and the next start mends it. */
  db = open_mirror (self);
  wb_database_watch_damage (db, wb_mirror_note_damaged);
  g_test_expect_message ("WaybillStore", G_LOG_LEVEL_MESSAGE, "*damaged*");
  wb_database_run (db, ask_job, &question, &error);
  g_assert_error (error, CMR_ERROR, CMR_ERROR_STORAGE);
  wb_database_close (db);
  g_assert_true (exists (self, ".check"));
  g_test_assert_expected_messages ();
  db = open_mirror (self);
  check_schema (db);
  left = ask (db, "SELECT count (*) FROM customer");
  g_test_message ("%d of 4000 rows are left", (int) left);
  g_assert_cmpint (left, >, 1000);
  g_assert_cmpint (left, <, 4000);
  g_assert_cmpint (ask (db, "SELECT count (*) FROM customer WHERE company <> 'Company ' || rowid"), ==, 0);
  /* Nothing says that they are all. */
  g_assert_cmpint (ask (db, "SELECT count (*) FROM sweeps"), ==, 0);
  g_assert_false (exists (self, ".check"));
  g_assert_true (exists (self, ".damaged"));
  wb_database_close (db);
  db = open_mirror (self);
  g_assert_false (exists (self, ".damaged"));
  wb_database_close (db);
}

static void
test_no_database (Case *self, gconstpointer data)
{
  WbDatabase *db;

  g_assert_true (g_file_set_contents (self->path, "This is no database, whatever its name says. It goes on for a while, so that nobody takes it for an empty one.", -1, NULL));
  db = open_mirror (self);
  check_schema (db);
  g_assert_cmpint (ask (db, "SELECT count (*) FROM customer"), ==, 0);
  g_assert_true (exists (self, ".damaged"));
  wb_database_close (db);
}

/* What was taken away is given back to the disk, slice by slice; a little of it stays for what comes. */
static void
test_shrinks (Case *self, gconstpointer data)
{
  WbDatabase *db = open_mirror (self);
  g_autoptr (GError) error = NULL;
  gint64 pages;
  guint slices = 0;

  for (guint i = 0; i < 4; i++)
    {
      fill (db);
      g_assert_null (wb_database_run (db, wb_mirror_shrink_job, NULL, &error));
      exec (db, "UPDATE customer SET row_key = row_key || '-' || random (), first_name = hex (randomblob (200)); DELETE FROM sweeps; DELETE FROM pages");
    }
  pages = ask (db, "PRAGMA page_count");
  exec (db, "DELETE FROM customer WHERE rowid > 100");
  while (wb_database_run (db, wb_mirror_shrink_job, NULL, &error) != NULL)
    slices++;
  g_assert_no_error (error);
  g_test_message ("%u slices, %d of %d pages are left", slices, (int) ask (db, "PRAGMA page_count"), (int) pages);
  g_assert_cmpuint (slices, >, 1);
  g_assert_cmpint (ask (db, "PRAGMA page_count"), <, pages / 2);
  g_assert_cmpint (ask (db, "SELECT count (*) FROM customer"), ==, 100);
  wb_database_close (db);
}

#define ADD(name, function) g_test_add ("/mirror/" name, Case, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("same", test_same);
  ADD ("other-version", test_other_version);
  ADD ("damaged", test_damaged);
  ADD ("no-database", test_no_database);
  ADD ("shrinks", test_shrinks);
  return g_test_run ();
}
