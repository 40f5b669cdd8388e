// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-mirror-private.h"

#include <glib/gstdio.h>

typedef struct {
  const char *sql;
  gint64 version;
  const char *damaged; /* (nullable): what is left of it is taken along */
} Make;

static gpointer
get_version_job (sqlite3 *db, gpointer data, GError **error)
{
  *(gint64 *) data = wb_db_int64 (db, error, "PRAGMA user_version", "");
  return NULL;
}

static gpointer
make_job (sqlite3 *db, gpointer data, GError **error)
{
  Make *make = data;
  g_autofree char *stamp = g_strdup_printf ("PRAGMA user_version = %" G_GINT64_FORMAT, make->version);

  if (!wb_db_begin (db, error) || !wb_db_exec (db, make->sql, error) || !wb_db_exec (db, stamp, error)
      || !wb_db_commit (db, error))
    return NULL;
  if (make->damaged != NULL)
    wb_mirror_carry (db, make->damaged);
  return GINT_TO_POINTER (TRUE);
}

static gpointer
change_job (sqlite3 *db, gpointer data, GError **error)
{
  Make *make = data;

  return GINT_TO_POINTER (wb_mirror_change (db, make->sql, make->version, error));
}

/* The file and its log; @to: (nullable): another place for them, else they go */
static void
move_files (const char *path, const char *to)
{
  static const char *const ends[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *file = g_strconcat (path, ends[i], NULL);
      g_autofree char *there = to != NULL ? g_strconcat (to, ends[i], NULL) : NULL;

      if (there == NULL || g_rename (file, there) != 0)
        g_unlink (file);
    }
}

static char *
mark_path (const char *path)
{
  return g_strconcat (path, ".check", NULL);
}

void
wb_mirror_note_damaged (const char *path)
{
  g_autofree char *mark = mark_path (path);

  g_message ("the mirror is damaged; the next start mends it");
  g_file_set_contents (mark, "", 0, NULL);
}

/* Opened before, and as this version has it; whether it is sound was asked before. */
static WbDatabase *
open_as_is (const char *path, gboolean read_only, Make *make)
{
  gint64 version = 0;
  WbDatabase *db = wb_database_open (path, read_only ? WB_DATABASE_READ_ONLY : WB_DATABASE_SHRINKS, NULL, NULL);

  if (db != NULL)
    wb_database_run (db, get_version_job, &version, NULL);
  if (version == make->version)
    return db;
  if (version != 0 && !read_only && wb_database_run (db, change_job, make, NULL) != NULL)
    return db;
  g_clear_pointer (&db, wb_database_close);
  return NULL;
}

static WbDatabase *
open_new (const char *path, Make *make, GError **error)
{
  WbDatabase *db = wb_database_open (path, WB_DATABASE_SHRINKS, NULL, error);

  if (db != NULL && wb_database_run (db, make_job, make, error) == NULL)
    g_clear_pointer (&db, wb_database_close);
  return db;
}

/* Quick_check of a million rows takes seconds: only where something said that it is needed. */
static gboolean
is_sound (const char *path)
{
  g_autofree char *mark = mark_path (path);

  return !g_file_test (mark, G_FILE_TEST_EXISTS) || !wb_database_is_damaged (path);
}

/* What is damaged stays beside the new one until that has served a start. */
static WbDatabase *
open_writable (const char *path, Make *make, GError **error)
{
  g_autofree char *aside = g_strconcat (path, ".damaged", NULL);
  g_autofree char *mark = mark_path (path);
  gboolean existed = g_file_test (path, G_FILE_TEST_EXISTS);
  WbDatabase *db = existed && is_sound (path) ? open_as_is (path, FALSE, make) : NULL;

  if (db != NULL)
    move_files (aside, NULL);
  else
    {
      if (existed)
        {
          move_files (aside, NULL);
          move_files (path, aside);
          make->damaged = aside;
        }
      move_files (path, NULL);
      db = open_new (path, make, error);
    }
  if (db != NULL)
    g_unlink (mark);
  return db;
}

/* Keys are random, so that each page of a sweep touches much of the index: what is written many times over in the log
 * goes into the file once in a while. Nothing is lost with it: it can be read again. */
static gpointer
set_up_job (sqlite3 *db, gpointer data, GError **error)
{
  wb_db_exec (db, "PRAGMA wal_autocheckpoint = 16000; PRAGMA journal_size_limit = 4194304", error);
  return NULL;
}

WbDatabase *
wb_mirror_open (const char *path, gboolean read_only, GError **error)
{
  g_autofree char *sql = wb_mirror_sql ();
  /* 31 bits: user_version is a signed 32-bit number. */
  Make make = { sql, (gint64) (g_str_hash (sql) & 0x7fffffff), NULL };
  WbDatabase *db;

  if (!read_only)
    {
      db = open_writable (path, &make, error);
      if (db != NULL)
        wb_database_push (db, set_up_job, NULL, NULL);
      return db;
    }
  /* Without the lock nothing is made on disk: an empty mirror in memory stands in for it. */
  db = open_as_is (path, TRUE, &make);
  return db != NULL ? db : open_new (":memory:", &make, error);
}

/* A quarter of the file, and what is worth the work. */
#define FREE_SHARE 4
#define FREE_LEAST (4 * 1024 * 1024)
/* Pages given back at once: some milliseconds. */
#define SLICE "PRAGMA incremental_vacuum (512)"

gpointer
wb_mirror_shrink_job (sqlite3 *db, gpointer data, GError **error)
{
  gint64 pages = wb_db_int64 (db, error, "PRAGMA page_count", "");
  gint64 unused = wb_db_int64 (db, error, "PRAGMA freelist_count", "");
  gint64 size = wb_db_int64 (db, error, "PRAGMA page_size", "");

  if (unused * FREE_SHARE < pages || unused * size < FREE_LEAST || wb_db_int64 (db, error, "PRAGMA auto_vacuum", "") != 2)
    return NULL;
  return GINT_TO_POINTER (wb_db_run (db, error, SLICE, ""));
}
