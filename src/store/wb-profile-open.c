// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-profile-private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "wb-fault.h"
#include "wb-mirror-private.h"
#include "wb-list-pager-private.h"
#include "wb-saved-views-private.h"

static char *
read_owner (int fd)
{
  char text[128] = "";
  ssize_t length = pread (fd, text, sizeof text - 1, 0);

  return g_strdup (length > 0 ? g_strstrip (text) : "");
}

static void
write_owner (int fd)
{
  g_autofree char *text = g_strdup_printf ("%d %s\n", (int) getpid (), g_get_host_name ());

  if (ftruncate (fd, 0) != 0 || pwrite (fd, text, strlen (text), 0) < 0)
    g_debug ("the lock's owner was not written");
}

gboolean
wb_profile_lock_take (const char *folder, int *fd, char **owner, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "lock", NULL);

  *owner = NULL;
  *fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (*fd < 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", path, g_strerror (errno));
      return FALSE;
    }
  if (flock (*fd, LOCK_EX | LOCK_NB) == 0)
    {
      write_owner (*fd);
      return TRUE;
    }
  if (errno == EWOULDBLOCK)
    *owner = read_owner (*fd);
  else
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: no locks: %s", path, g_strerror (errno));
  close (*fd);
  *fd = -1;
  return *owner != NULL;
}

/* Kept aside and said, never thrown away: what it names may have been paid. The database goes first: a log that a
 * kill leaves behind alone is put aside at the next start, and never played into a new one. */
static char *
move_journal_aside (const char *path, GError **error)
{
  static const char *const ends[] = { "", "-wal", "-shm" };
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%dT%H%M%S.%f");
  g_autofree char *aside = g_strdup_printf ("%s.damaged-%s", path, stamp);

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *from = g_strconcat (path, ends[i], NULL);
      g_autofree char *to = g_strconcat (aside, ends[i], NULL);

      if (rename (from, to) == 0 || errno == ENOENT)
        continue;
      g_set_error (error, CMR_ERROR, CMR_ERROR_STORAGE, "%s could not be kept aside: %s", from, g_strerror (errno));
      return NULL;
    }
  return g_steal_pointer (&aside);
}

/* Only what SQLite calls damaged is put aside. A disk that is full, or a file of a newer version, is not: the
 * profile is not opened then, and nothing of it is forgotten. */
static gboolean
journal_open (WbOpened *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, "journal.db", NULL);
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  WbDatabaseFlags flags = WB_DATABASE_FULL | (self->lock_fd < 0 ? WB_DATABASE_READ_ONLY : 0);
  gboolean ours = self->lock_fd >= 0;

  if (ours
      && (g_file_test (path, G_FILE_TEST_EXISTS) ? wb_database_is_damaged (path)
                                                 : g_file_test (log, G_FILE_TEST_EXISTS)))
    {
      g_message ("the journal is damaged and is kept aside");
      self->journal_aside = move_journal_aside (path, error);
      if (self->journal_aside == NULL)
        return FALSE;
    }
  self->journal = wb_database_open (path, flags, &wb_journal_schema, error);
  return self->journal != NULL;
}

typedef struct {
  const char *journal_path;
  WbOpened *opened;
} Attach;

static gpointer
attach_job (sqlite3 *db, gpointer data, GError **error)
{
  return GINT_TO_POINTER (wb_list_attach (db, ((Attach *) data)->journal_path, error));
}

/* It looks up rows here and there: what it kept of them would grow for an hour, and the system has them at hand. Who
 * reads whole lists gives its pages back, and sorts in them meanwhile. */
static gpointer
keep_little_job (sqlite3 *db, gpointer data, GError **error)
{
  return GINT_TO_POINTER (wb_db_exec (db, "PRAGMA cache_size = -256", error));
}

static gboolean
reader_open (WbDatabase **reader, const char *mirror_path, Attach *attach, GError **error)
{
  *reader = wb_database_open (mirror_path, WB_DATABASE_READ_ONLY, NULL, error);
  return *reader != NULL && wb_database_run (*reader, attach_job, attach, error) != NULL;
}

static gboolean
readers_open (WbOpened *self, GError **error)
{
  const char *mirror_path = wb_database_get_path (self->mirror);
  Attach attach = { wb_database_get_path (self->journal), self };

  if (!reader_open (&self->reader, mirror_path, &attach, error) || !reader_open (&self->lists, mirror_path, &attach, error)
      || wb_database_run (self->reader, keep_little_job, NULL, error) == NULL)
    return FALSE;
  self->pager = wb_list_pager_open (mirror_path, attach.journal_path, error);
  return self->pager != NULL;
}

static gint64
start_of_today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) day = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now),
                                                     g_date_time_get_day_of_month (now), 0, 0, 0);

  return g_date_time_to_unix (day) * G_USEC_PER_SEC;
}

/* Sum of what was paid, or may have been, since midnight; @on: (out) (transfer full): for whom, "Oak, Elm". */
gint64
wb_profile_read_spent (sqlite3 *db, char **on, GError **error)
{
  g_autoptr (WbStatement) stmt
    = wb_db_prepare (db, error,
                     "SELECT coalesce (sum (cents), 0), coalesce (group_concat (DISTINCT customer), '') FROM operations"
                     " WHERE paid AND created >= ? AND state IN ('sending', 'accepted', 'done', 'unknown')",
                     "i", start_of_today ());

  *on = NULL;
  if (stmt == NULL || !wb_db_step (stmt, error))
    return 0;
  *on = g_strdup (wb_db_text (stmt, 1));
  return sqlite3_column_int64 (stmt, 0);
}

static gpointer
learned_job (sqlite3 *db, gpointer data, GError **error)
{
  WbOpened *self = data;
  g_autoptr (WbStatement) facts = wb_db_prepare (db, error, "SELECT name, value FROM facts", "");
  g_autoptr (WbStatement) wallet
      = wb_db_prepare (db, error, "SELECT cents, time FROM wallet ORDER BY time DESC LIMIT 1", "");

  while (facts != NULL && wb_db_step (facts, error))
    g_hash_table_insert (self->facts, g_strdup (wb_db_text (facts, 0)), g_strdup (wb_db_text (facts, 1)));
  if (wallet != NULL && wb_db_step (wallet, error))
    {
      self->wallet_cents = sqlite3_column_int64 (wallet, 0);
      self->wallet_time = sqlite3_column_int64 (wallet, 1);
    }
  self->views = wb_saved_views_read (db, NULL);
  g_free (self->spent_on);
  self->spent_today = wb_profile_read_spent (db, &self->spent_on, error);
  return NULL;
}

static WbOpened *
opened_new (const char *data_dir, const char *cache_dir, const char *id)
{
  WbOpened *self = g_new0 (WbOpened, 1);

  self->lock_fd = -1;
  self->data_dir = g_strdup (data_dir);
  self->folder = wb_profile_folder (data_dir, id);
  self->cache_folder = g_build_filename (cache_dir, "profiles", id, NULL);
  self->facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->wallet_cents = CMR_MONEY_UNKNOWN;
  return self;
}

WbOpened *
wb_opened_run (const char *data_dir, const char *cache_dir, const char *id, GError **error)
{
  g_autoptr (WbOpened) self = opened_new (data_dir, cache_dir, id);
  g_autoptr (GError) lock_error = NULL;
  g_autofree char *mirror_path = g_build_filename (self->cache_folder, "mirror.db", NULL);

  self->info = wb_profile_info_load (data_dir, id, error);
  if (self->info == NULL)
    return NULL;
  WB_FAULT_POINT ("profile:before-lock");
  if (!wb_profile_lock_take (self->folder, &self->lock_fd, &self->lock_owner, &lock_error))
    {
      g_message ("the profile is opened for reading only: %s", lock_error->message);
      self->disk_read_only = TRUE;
    }
  WB_FAULT_POINT ("profile:locked");
  if (!journal_open (self, error))
    return NULL;
  WB_FAULT_POINT ("profile:journal-open");
  g_mkdir_with_parents (self->cache_folder, 0700);
  self->mirror = wb_mirror_open (mirror_path, self->lock_fd < 0, error);
  if (self->mirror == NULL || !readers_open (self, error))
    return NULL;
  wb_database_run (self->journal, learned_job, self, NULL);
  return g_steal_pointer (&self);
}

void
wb_opened_free (WbOpened *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->pager, wb_list_pager_close);
  g_clear_pointer (&self->lists, wb_database_close);
  g_clear_pointer (&self->reader, wb_database_close);
  g_clear_pointer (&self->mirror, wb_database_close);
  g_clear_pointer (&self->journal, wb_database_close);
  if (self->lock_fd >= 0)
    close (self->lock_fd);
  g_clear_pointer (&self->info, wb_profile_info_free);
  g_clear_pointer (&self->views, g_ptr_array_unref);
  g_hash_table_unref (self->facts);
  g_free (self->data_dir);
  g_free (self->folder);
  g_free (self->cache_folder);
  g_free (self->lock_owner);
  g_free (self->journal_aside);
  g_free (self->spent_on);
  g_free (self);
}
