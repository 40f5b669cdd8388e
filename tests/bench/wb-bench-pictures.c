// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later

/* wb-bench-pictures OUTDIR FILE...: a 648×648 JPEG of each file, by src/media alone, as the program
 * does it: open, walk, decode, crop, encode in the pool. Prints one line: pictures/s and what the
 * peak of resident memory grew by over that of the idle program. */
#include "wb-picture.h"

#include <string.h>
#include <unistd.h>

typedef struct
{
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

static gboolean
make (const char *path, const char *folder, int fd, GError **error)
{
  g_autofree char *base = g_path_get_basename (path), *name = g_strconcat (base, ".jpg", NULL);
  g_autofree char *to = g_build_filename (folder, name, NULL);
  g_autoptr (GBytes) made = NULL;
  WbPictureInfo info;
  WbCrop crop;

  if (!wb_picture_probe (fd, &info, error))
    return FALSE;
  wb_crop_start (&crop, info.orientation < 5 ? info.width : info.height,
                 info.orientation < 5 ? info.height : info.width);
  made = wb_picture_make (fd, &info, &crop, error);
  return made != NULL
         && g_file_set_contents_full (to, g_bytes_get_data (made, NULL),
                                      (gssize)g_bytes_get_size (made), G_FILE_SET_CONTENTS_NONE,
                                      0600, error);
}

static void
make_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  const char *path = g_object_get_data (G_OBJECT (task), "path");
  int fd = wb_picture_open (path, &error);

  if (fd >= 0)
    {
      make (path, data, fd, &error);
      close (fd);
    }
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
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

/* What a picture costs is known after its walk, which the pool needs before: as the draft does it.
 */
static gboolean
estimate (const char *path, WbPictureInfo *info)
{
  int fd = wb_picture_open (path, NULL);
  gboolean good = fd >= 0 && wb_picture_probe (fd, info, NULL);

  if (fd >= 0)
    close (fd);
  return good;
}

static void
start_some (Bench *self)
{
  while (self->started < self->files_n && self->started - self->done < UNDER_WAY)
    {
      char *path = self->files[self->started++];
      g_autoptr (GTask) task = g_task_new (NULL, NULL, make_cb, self);
      WbPictureInfo info = { 0 };

      WbCrop crop;

      estimate (path, &info);
      wb_crop_start (&crop, info.width, info.height);
      g_object_set_data (G_OBJECT (task), "path", path);
      g_task_set_task_data (task, (gpointer)self->folder, NULL);
      wb_picture_pool_run (self->pool, task, wb_picture_make_bytes (&info, &crop), make_thread);
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
  self.files_n = (guint)argc - 2;
  self.pool = wb_picture_pool_new ();
  self.loop = g_main_loop_new (NULL, FALSE);

  before = status_kib ("VmRSS:");
  start = g_get_monotonic_time ();
  start_some (&self);
  g_main_loop_run (self.loop);
  seconds = (double)(g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  g_print ("pictures=%u failed=%u seconds=%.3f rate=%.1f growth_kib=%" G_GUINT64_FORMAT "\n",
           self.done, self.failed, seconds, self.done / seconds, status_kib ("VmHWM:") - before);

  g_main_loop_unref (self.loop);
  g_object_unref (self.pool);
  return self.failed > 0;
}
