// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE /* memmem */

#include "order-tools.h"

#include <glib/gstdio.h>
#include <string.h>

#include "wb-profile-private.h"

/* journal.db: what it holds is never thrown away, and what is not ours is not guessed at. */

static void
set_up (Store **store, gconstpointer data)
{
  *store = store_new (NULL);
}

static void
tear_down (Store **store, gconstpointer data)
{
  store_free (*store);
}

static WbProfile *
try_open (Store *store, const char *id, GError **error)
{
  g_autofree char *cache = g_build_filename (store->dir, "cache", NULL);
  GAsyncResult *result = NULL;
  WbProfile *profile;

  wb_profile_open_async (id, store->dir, cache, store->key, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  profile = wb_profile_open_finish (result, error);
  g_object_unref (result);
  return profile;
}

static guint
count_aside (Store *store, const char *id)
{
  g_autofree char *folder = wb_profile_folder (store->dir, id);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    n += strstr (name, "damaged") != NULL;
  return n;
}

static char *
path_in (Store *store, const char *id, const char *name)
{
  g_autofree char *folder = wb_profile_folder (store->dir, id);

  return g_build_filename (folder, name, NULL);
}

/* Damaged: kept aside with every byte, said, and a new one is begun. */
static void
test_damaged (Store **store, gconstpointer data)
{
  g_autofree char *id = store_close (*store);
  g_autofree char *path = path_in (*store, id, "journal.db");
  g_autofree char *before = NULL, *after = NULL;
  gsize length, kept;

  g_assert_true (g_file_get_contents (path, &before, &length, NULL));
  memset (before + length / 4, 0x5a, length / 2);
  g_assert_true (g_file_set_contents (path, before, length, NULL));
  store_open (*store, id);
  g_assert_nonnull (wb_profile_get_journal_aside ((*store)->profile));
  g_assert_true (g_file_get_contents (wb_profile_get_journal_aside ((*store)->profile), &after, &kept, NULL));
  g_assert_cmpmem (before, length, after, kept);
  g_assert_cmpint (journal_int (*store, "SELECT count(*) FROM operations"), ==, 0);
  g_assert_cmpint (wb_profile_get_lock ((*store)->profile), ==, WB_LOCK_NONE);
}

static void
test_no_database (Store **store, gconstpointer data)
{
  g_autofree char *id = store_close (*store);
  g_autofree char *path = path_in (*store, id, "journal.db");

  g_assert_true (g_file_set_contents (
      path, "this is a letter and no database, and it is longer than a header of one would be", -1, NULL));
  store_open (*store, id);
  g_assert_nonnull (wb_profile_get_journal_aside ((*store)->profile));
}

/* A log that was left without its database is not played into a new one. */
static void
test_orphan_log (Store **store, gconstpointer data)
{
  g_autofree char *id = NULL, *path = NULL, *log = NULL, *saved = NULL;
  gsize length;

  store_run_job (*store, TRUE, "INSERT INTO facts (name, value) VALUES ('ghost', 'yes')");
  path = journal_path (*store);
  log = g_strconcat (path, "-wal", NULL);
  g_assert_true (g_file_get_contents (log, &saved, &length, NULL));
  id = store_close (*store);
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_true (g_file_set_contents (log, saved, length, NULL));
  store_open (*store, id);
  g_assert_nonnull (wb_profile_get_journal_aside ((*store)->profile));
  g_assert_null (wb_profile_get_fact ((*store)->profile, "ghost"));
  g_assert_cmpuint (count_aside (*store, id), ==, 1);
}

/* Of a newer Waybill: not opened, not changed, not put aside. */
static void
test_newer (Store **store, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL, *path = NULL, *before = NULL, *after = NULL;
  gsize length, kept;

  store_run_job (*store, TRUE, "PRAGMA user_version = 999");
  path = journal_path (*store);
  id = store_close (*store);
  g_assert_true (g_file_get_contents (path, &before, &length, NULL));
  g_assert_null (try_open (*store, id, &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_STORAGE);
  g_assert_cmpuint (count_aside (*store, id), ==, 0);
  g_assert_true (g_file_get_contents (path, &after, &kept, NULL));
  g_assert_cmpmem (before, length, after, kept);
}

/* It cannot be opened for another reason: no empty journal takes its place. */
static void
test_unreadable (Store **store, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL, *path = NULL, *elsewhere = NULL;

  path = journal_path (*store);
  elsewhere = g_strconcat (path, ".elsewhere", NULL);
  id = store_close (*store);
  g_assert_cmpint (g_rename (path, elsewhere), ==, 0);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  g_assert_null (try_open (*store, id, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (count_aside (*store, id), ==, 0);
  g_assert_cmpint (g_rmdir (path), ==, 0);
  g_assert_cmpint (g_rename (elsewhere, path), ==, 0);
  store_open (*store, id);
  g_assert_null (wb_profile_get_journal_aside ((*store)->profile));
}

static gpointer
pragma_job (sqlite3 *db, gpointer sql, GError **error)
{
  g_autoptr (WbStatement) stmt = wb_db_prepare (db, error, sql, "");

  return stmt != NULL && wb_db_step (stmt, error) ? g_strdup (wb_db_text (stmt, 0)) : NULL;
}

static void
test_settings (Store **store, gconstpointer data)
{
  static const struct {
    const char *sql;
    const char *value;
  } pragmas[] = {
    { "PRAGMA journal_mode", "wal" },
    { "PRAGMA synchronous", "2" },
    { "PRAGMA secure_delete", "1" },
    { "PRAGMA foreign_keys", "1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pragmas); i++)
    {
      g_autofree char *value
          = wb_database_run (wb_profile_get_journal ((*store)->profile), pragma_job, (gpointer) pragmas[i].sql, NULL);

      g_assert_cmpstr (value, ==, pragmas[i].value);
    }
}

/* What is deleted is not left in the file. */
static void
test_secure_delete (Store **store, gconstpointer data)
{
  g_autofree char *path = journal_path (*store), *id = NULL, *text = NULL;
  gsize length;

  store_run_job (*store, TRUE, "INSERT INTO facts (name, value) VALUES ('n', 'a-very-particular-word-0123456789')");
  store_run_job (*store, TRUE, "DELETE FROM facts");
  id = store_close (*store);
  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  g_assert_null (memmem (text, length, "particular-word", 15));
  store_open (*store, id);
}

#define ADD(name, func) g_test_add ("/journal-file/" name, Store *, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  money_test_init (&argc, &argv);
  ADD ("damaged", test_damaged);
  ADD ("no-database", test_no_database);
  ADD ("orphan-log", test_orphan_log);
  ADD ("newer", test_newer);
  ADD ("unreadable", test_unreadable);
  ADD ("settings", test_settings);
  ADD ("secure-delete", test_secure_delete);
  return g_test_run ();
}
