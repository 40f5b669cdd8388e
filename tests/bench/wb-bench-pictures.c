// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later

/* wb-bench-pictures OUTDIR FILE...: a 648×648 JPEG of each file, by src/media alone, as the program
 * does it: open, walk, decode, crop, encode in the pool. Prints one line: pictures/s, the processors' time
 * and what the peak of resident memory grew by over that of the idle program. */
#include "wb-picture.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

typedef struct {
  WbPicturePool *pool;
  GMainLoop *loop;
  const char *folder;
  char **files;
  guint files_n, started, done, failed;
} Bench;

/* Enough that the pool always has something to admit. */
#define UNDER_WAY 16

static guint64
status_kib (const char *key)
{
  g_autofree char *text = NULL;
  const char *at;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    return 0;
  at = strstr (text, key);
  return at != NULL ? g_ascii_strtoull (at + strlen (key), NULL, 10) : 0;
}

/* Opened once: the descriptor that was looked at is the one that is decoded. */
typedef struct {
  const char *path, *folder;
  int fd;
  WbPictureInfo info;
  WbCrop crop;
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}

static void
make_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *self = data;
  g_autofree char *base = g_path_get_basename (self->path),
                  *name = g_strconcat (base, ".jpg", NULL);
  g_autofree char *to = g_build_filename (self->folder, name, NULL);
  GError *error = NULL;
  g_autoptr (GBytes) made = wb_picture_make (self->fd, &self->info, &self->crop, &error);

  if (made != NULL
      && g_file_set_contents_full (to, g_bytes_get_data (made, NULL),
                                   (gssize) g_bytes_get_size (made), G_FILE_SET_CONTENTS_NONE, 0600,
                                   &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void start_some (Bench *self);

static void
make_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  Bench *self = user_data;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_printerr ("%s\n", error->message);
      self->failed++;
    }
  self->done++;
  start_some (self);
  if (self->done == self->files_n)
    g_main_loop_quit (self->loop);
}

/* What a picture costs is known after its walk, and the pool admits by it. */
static Job *
job_new (const char *path, const char *folder, GError **error)
{
  Job *self = g_new0 (Job, 1);

  self->path = path;
  self->folder = folder;
  self->fd = wb_picture_open (path, error);
  if (self->fd >= 0 && wb_picture_probe (self->fd, &self->info, error))
    {
      gboolean lying = self->info.orientation >= 5;

      wb_crop_start (&self->crop, lying ? self->info.height : self->info.width,
                     lying ? self->info.width : self->info.height);
      return self;
    }
  job_free (self);
  return NULL;
}

static void
start_some (Bench *self)
{
  while (self->started < self->files_n && self->started - self->done < UNDER_WAY)
    {
      g_autoptr (GTask) task = g_task_new (NULL, NULL, make_cb, self);
      GError *error = NULL;
      Job *job = job_new (self->files[self->started++], self->folder, &error);

      if (job == NULL)
        {
          g_task_return_error (task, error);
          continue;
        }
      g_task_set_task_data (task, job, job_free);
      wb_picture_pool_run (self->pool, task, wb_picture_make_bytes (&job->info, &job->crop),
                           make_thread);
    }
}

int
main (int argc, char **argv)
{
  Bench self = { 0 };
  gint64 start;
  double seconds;
  guint64 before;

  if (argc < 3)
    {
      g_printerr ("usage: wb-bench-pictures OUTDIR FILE...\n");
      return 2;
    }
  self.folder = argv[1];
  self.files = argv + 2;
  self.files_n = (guint) argc - 2;
  self.pool = wb_picture_pool_new ();
  self.loop = g_main_loop_new (NULL, FALSE);

  before = status_kib ("VmRSS:");
  start = g_get_monotonic_time ();
  start_some (&self);
  g_main_loop_run (self.loop);
  seconds = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  g_print ("pictures=%u failed=%u seconds=%.3f cpu=%.3f rate=%.1f growth_kib=%" G_GUINT64_FORMAT "\n",
           self.done, self.failed, seconds, (double) clock () / CLOCKS_PER_SEC, self.done / seconds,
           status_kib ("VmHWM:") - before);

  g_main_loop_unref (self.loop);
  g_object_unref (self.pool);
  return self.failed > 0;
}
