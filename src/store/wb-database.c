// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-database-private.h"

#include <fcntl.h>
#include <unistd.h>

struct _WbDatabase {
  char *path;
  sqlite3 *db;
  GThread *thread;
  GAsyncQueue *queue;
  void (*damaged) (const char *path); /* NULL once it was called */
};

typedef struct {
  WbJob job;
  gpointer data;
  GDestroyNotify free_data;
  GDestroyNotify free_result;
  GTask *task; /* NULL: nobody waits */
  gboolean last;
} Work;

static void
work_free (Work *work)
{
  if (work->free_data != NULL)
    work->free_data (work->data);
  g_clear_object (&work->task);
  g_free (work);
}

static void
tell_damage (WbDatabase *self)
{
  void (*damaged) (const char *path);

  if (!wb_db_take_damage ())
    return;
  damaged = g_atomic_pointer_exchange (&self->damaged, NULL);
  if (damaged != NULL)
    damaged (self->path);
}

void
wb_database_watch_damage (WbDatabase *self, void (*damaged) (const char *path))
{
  g_atomic_pointer_set (&self->damaged, damaged);
}

static void
work_run (Work *work, sqlite3 *db)
{
  g_autoptr (GError) error = NULL;
  gpointer result;

  if (work->task != NULL && g_task_return_error_if_cancelled (work->task))
    return;
  result = work->job (db, work->data, &error);
  if (error != NULL && work->task == NULL)
    g_message ("a job of the database failed: %s", error->message);
  if (work->task != NULL && error != NULL)
    g_task_return_error (work->task, g_steal_pointer (&error));
  else if (work->task != NULL)
    g_task_return_pointer (work->task, result, work->free_result);
}

static gpointer
database_thread (gpointer user_data)
{
  WbDatabase *self = user_data;

  for (;;)
    {
      Work *work = g_async_queue_pop (self->queue);
      gboolean last = work->last;

      if (!last)
        work_run (work, self->db);
      tell_damage (self);
      work_free (work);
      if (last)
        {
          wb_db_drop_kept ();
          return NULL;
        }
    }
}

static guint
schema_length (const WbSchema *schema)
{
  guint length = 0;

  while (schema->migrations[length] != NULL)
    length++;
  return length;
}

static gboolean
database_migrate (sqlite3 *db, const WbSchema *schema, GError **error)
{
  g_autoptr (GError) failure = NULL;
  gint64 version = wb_db_int64 (db, &failure, "PRAGMA user_version", "");

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  /* What a newer Waybill wrote may mean more than we can read: it is neither guessed at nor changed. */
  if (version > schema_length (schema))
    {
      g_set_error (error, CMR_ERROR, CMR_ERROR_STORAGE, "written by a newer version (%" G_GINT64_FORMAT ")", version);
      return FALSE;
    }
  for (guint step = 0; schema->migrations[step] != NULL; step++)
    {
      g_autofree char *stamp = g_strdup_printf ("PRAGMA user_version = %u", step + 1);

      if (step < version)
        continue;
      if (!wb_db_begin (db, error))
        return FALSE;
      if (!wb_db_exec (db, schema->migrations[step], error) || !wb_db_exec (db, stamp, error)
          || !wb_db_commit (db, error))
        {
          wb_db_rollback (db);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
database_prepare (sqlite3 *db, WbDatabaseFlags flags, const WbSchema *schema, GError **error)
{
  sqlite3_busy_timeout (db, 5000);
  if (!wb_db_exec (db, "PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY", error))
    return FALSE;
  if (flags & WB_DATABASE_READ_ONLY)
    return wb_db_exec (db, "PRAGMA query_only = ON", error);
  if ((flags & WB_DATABASE_SHRINKS) && !wb_db_exec (db, "PRAGMA auto_vacuum = INCREMENTAL", error))
    return FALSE;
  if (!wb_db_exec (db, "PRAGMA journal_mode = WAL", error)
      || !wb_db_exec (db, flags & WB_DATABASE_FULL ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL",
                      error))
    return FALSE;
  return schema == NULL || database_migrate (db, schema, error);
}

/* Readable by its owner alone whatever the umask is; -wal and -shm take over its mode. */
static void
make_private (const char *path)
{
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd >= 0)
    close (fd);
}

WbDatabase *
wb_database_open (const char *path, WbDatabaseFlags flags, const WbSchema *schema, GError **error)
{
  int mode = flags & WB_DATABASE_READ_ONLY ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  WbDatabase *self;
  sqlite3 *db = NULL;

  if (!(flags & WB_DATABASE_READ_ONLY) && !g_str_equal (path, ":memory:"))
    make_private (path);
  /* One thread at a time has it: whoever opens, then its own. */
  if (sqlite3_open_v2 (path, &db, mode | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK
      || !database_prepare (db, flags, schema, error))
    {
      if (error != NULL && *error == NULL)
        wb_db_set_error (error, db, path);
      sqlite3_close (db);
      return NULL;
    }
  self = g_new0 (WbDatabase, 1);
  self->path = g_strdup (path);
  self->db = db;
  self->queue = g_async_queue_new_full ((GDestroyNotify) work_free);
  self->thread = g_thread_new ("database", database_thread, self);
  return self;
}

void
wb_database_close (WbDatabase *self)
{
  Work *work = g_new0 (Work, 1);

  work->last = TRUE;
  g_async_queue_push (self->queue, work);
  g_thread_join (self->thread);
  g_async_queue_unref (self->queue);
  if (sqlite3_close (self->db) != SQLITE_OK)
    g_critical ("%s closed with statements open", self->path);
  g_free (self->path);
  g_free (self);
}

/**
 * wb_database_is_damaged:
 * @path: a file that could not be opened, or that is to be trusted
 *
 * Blocks. A full disk, a lack of descriptors or of rights is no damage.
 *
 * Returns: %TRUE only if SQLite says that the file itself is no sound database
 */
gboolean
wb_database_is_damaged (const char *path)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *stmt = NULL;
  int code = sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL);
  gboolean sound = TRUE;

  if (code == SQLITE_OK)
    {
      sqlite3_busy_timeout (db, 5000);
      code = sqlite3_prepare_v2 (db, "PRAGMA quick_check(1)", -1, &stmt, NULL);
    }
  if (code == SQLITE_OK)
    code = sqlite3_step (stmt);
  if (code == SQLITE_ROW)
    sound = g_str_equal (wb_db_text (stmt, 0), "ok");
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  return !sound || code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
}

const char *
wb_database_get_path (WbDatabase *self)
{
  return self->path;
}

void
wb_database_run_async (WbDatabase *self, WbJob job, gpointer data, GDestroyNotify free_data,
                       GDestroyNotify free_result, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  Work *work = g_new0 (Work, 1);

  work->job = job;
  work->data = data;
  work->free_data = free_data;
  work->free_result = free_result;
  work->task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (work->task, wb_database_run_async);
  g_async_queue_push (self->queue, work);
}

gpointer
wb_database_run_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
wb_database_push (WbDatabase *self, WbJob job, gpointer data, GDestroyNotify free_data)
{
  Work *work = g_new0 (Work, 1);

  work->job = job;
  work->data = data;
  work->free_data = free_data;
  g_async_queue_push (self->queue, work);
}

typedef struct {
  WbJob job;
  gpointer data;
  gpointer result;
  GError *error;
  gboolean done;
  GMutex mutex;
  GCond cond;
} Waiting;

static gpointer
waiting_job (sqlite3 *db, gpointer data, GError **error)
{
  Waiting *waiting = data;

  waiting->result = waiting->job (db, waiting->data, &waiting->error);
  g_mutex_lock (&waiting->mutex);
  waiting->done = TRUE;
  g_cond_signal (&waiting->cond);
  g_mutex_unlock (&waiting->mutex);
  return NULL;
}

gpointer
wb_database_run (WbDatabase *self, WbJob job, gpointer data, GError **error)
{
  Waiting waiting = { .job = job, .data = data };

  g_mutex_init (&waiting.mutex);
  g_cond_init (&waiting.cond);
  wb_database_push (self, waiting_job, &waiting, NULL);
  g_mutex_lock (&waiting.mutex);
  while (!waiting.done)
    g_cond_wait (&waiting.cond, &waiting.mutex);
  g_mutex_unlock (&waiting.mutex);
  g_mutex_clear (&waiting.mutex);
  g_cond_clear (&waiting.cond);
  if (waiting.error != NULL)
    g_propagate_error (error, waiting.error);
  return waiting.result;
}
