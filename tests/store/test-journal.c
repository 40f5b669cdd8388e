// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <glib.h>
#include <glib/gstdio.h>

#include "wb-journal-private.h"

/* A journal of each older version is opened as it was left, and nothing in it is lost. */

static gpointer
exec_job (sqlite3 *db, gpointer sql, GError **error)
{
  wb_db_exec (db, sql, error);
  return NULL;
}

static gpointer
count_job (sqlite3 *db, gpointer sql, GError **error)
{
  return GINT_TO_POINTER (wb_db_int64 (db, error, sql, ""));
}

static int
count (WbDatabase *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  int n = GPOINTER_TO_INT (wb_database_run (db, count_job, (gpointer) sql, &error));

  g_assert_no_error (error);
  return n;
}

static guint
count_steps (void)
{
  guint n = 0;

  while (wb_journal_schema.migrations[n] != NULL)
    n++;
  return n;
}

/* What every version can hold. */
#define FILL \
  "INSERT INTO orders (id, customer_id, customer, state, created) VALUES ('o1', 'c1', 'Brightloom', 'live', 7);" \
  "INSERT INTO operations (id, run, op, state, paid, destructive, created, updated)" \
  " VALUES ('x1', 'r', 'process_order', 'unknown', 1, 0, 7, 7);" \
  "INSERT INTO drafts (id, body, created, updated) VALUES ('d1', '{}', 7, 7);" \
  "INSERT INTO wallet (time, cents) VALUES (7, 728460);"

static void
check (const char *path, guint steps)
{
  const char *old[8] = { NULL };
  const WbSchema schema = { old };
  g_autoptr (GError) error = NULL;
  WbDatabase *db;

  g_assert_cmpuint (steps, <, G_N_ELEMENTS (old));
  for (guint i = 0; i < steps; i++)
    old[i] = wb_journal_schema.migrations[i];
  db = wb_database_open (path, WB_DATABASE_FULL, &schema, &error);
  g_assert_no_error (error);
  wb_database_run (db, exec_job, (gpointer) FILL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count (db, "PRAGMA user_version"), ==, steps);
  wb_database_close (db);
  db = wb_database_open (path, WB_DATABASE_FULL, &wb_journal_schema, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count (db, "PRAGMA user_version"), ==, count_steps ());
  g_assert_cmpint (count (db, "SELECT count(*) FROM orders WHERE customer = 'Brightloom'"), ==, 1);
  g_assert_cmpint (count (db, "SELECT count(*) FROM operations WHERE state = 'unknown'"), ==, 1);
  g_assert_cmpint (count (db, "SELECT count(*) FROM drafts"), ==, 1);
  g_assert_cmpint (count (db, "SELECT cents FROM wallet"), ==, 728460);
  g_assert_cmpint (count (db, "SELECT count(*) FROM sqlite_master WHERE name = 'orders_customer'"), ==, 1);
  g_assert_cmpint (count (db, "SELECT count(*) FROM views"), ==, 0);
  wb_database_close (db);
}

static void
test_each_version (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_dir_make_tmp ("waybill-journal-XXXXXX", &error);

  g_assert_no_error (error);
  for (guint steps = 1; steps <= count_steps (); steps++)
    {
      g_autofree char *path = g_strdup_printf ("%s/journal-%u.db", dir, steps);

      check (path, steps);
      g_remove (path);
    }
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journal/each-version", test_each_version);
  return g_test_run ();
}
