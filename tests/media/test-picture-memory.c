// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later

/* Estimates against what the kernel counts, each in a process of its own: a peak is never forgotten. */
#include "wb-media-test.h"

#include <fcntl.h>
#include <unistd.h>

typedef struct {
  const char *name;
  double zoom;  /* of what is made; 0: what is loaded */
  guint side;   /* to load */
  double least; /* of the estimate that is really taken: it may be careful, not absurd */
} Case;

/* Of what is loaded small the estimate is half overhead, some of which the warm-up may have taken already. */
static const Case cases[] = {
  { "large.jpg", 1, 0, .3 },
  { "large.jpg", 4, 0, .2 },
  { "large.jpg", 0, 84, .05 },
  { "large-progressive.jpg", 1, 0, .6 },
  { "large-progressive.jpg", 4, 0, .6 },
  { "large-progressive.jpg", 0, 84, .6 },
  { "large-cmyk.jpg", 1, 0, .6 },
  { "middling-progressive.jpg", 1, 0, .6 },
  { "wide.jpg", 1, 0, .2 },
  { "large.png", 1, 0, .45 },
  { "large.png", 0, 84, .05 },
  { "large-interlaced.png", 1, 0, .45 },
  { "interlaced-tall.png", 1, 0, .2 },
};

static void
run_case (const Case *test, int fd, const WbPictureInfo *info, const WbCrop *crop)
{
  g_autoptr (GError) error = NULL;

  if (test->zoom > 0)
    g_bytes_unref (wb_picture_make (fd, info, crop, &error));
  else
    g_object_unref (wb_picture_load (fd, info, test->side, &error));
  g_assert_no_error (error);
}

static gboolean
forget_peak (void)
{
  int fd = open ("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC);
  gboolean good = fd >= 0 && write (fd, "5", 1) == 1;

  if (fd >= 0)
    close (fd);
  return good;
}

/* Code is read in when it is first run; the peak of that is forgotten, where the kernel lets us. */
static guint64
warm_up (void)
{
  static const char *const names[] = { "progressive.jpg", "plain.jpg", "alpha.png" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      int fd = wb_media_test_sample (names[i]);
      const Case make = { names[i], 1 }, load = { names[i], 0, 32 };
      WbPictureInfo info;
      WbCrop crop = { .5, .5, 1, 1 };

      g_assert_true (wb_picture_probe (fd, &info, NULL));
      run_case (&make, fd, &info, &crop);
      run_case (&load, fd, &info, &crop);
      close (fd);
    }
  return forget_peak () ? wb_media_test_kib ("VmRSS:") : wb_media_test_kib ("VmHWM:");
}

static void
test_estimate (gconstpointer data)
{
  const Case *test = data;
  int fd = wb_media_test_sample (test->name);
  guint64 before, peak, estimate;
  WbPictureInfo info;
  WbCrop crop;

  before = warm_up ();
  g_assert_true (wb_picture_probe (fd, &info, NULL));
  wb_crop_start (&crop, info.width, info.height);
  crop.zoom = test->zoom;
  estimate = test->zoom > 0 ? wb_picture_make_bytes (&info, &crop)
                            : wb_picture_load_bytes (&info, test->side);
  run_case (test, fd, &info, &crop);
  peak = (wb_media_test_kib ("VmHWM:") - before) * 1024;
  close (fd);
  g_test_message ("%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " bytes", peak, estimate);
#ifndef __SANITIZE_ADDRESS__
  g_assert_cmpuint (peak, <=, estimate);
  g_assert_cmpuint (peak, >=, (guint64) ((double) estimate * test->least));
#endif
}

typedef struct {
  WbPictureInfo info;
  WbCrop crop;
  int fd;
  guint done;
} Many;

#define MANY 12

static void
make_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Many *many = data;
  GError *error = NULL;
  GBytes *made = wb_picture_make (many->fd, &many->info, &many->crop, &error);

  if (made != NULL)
    g_task_return_pointer (task, made, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) made = g_task_propagate_pointer (G_TASK (result), &error);

  g_assert_no_error (error);
  g_assert_nonnull (made);
  ((Many *) user_data)->done++;
}

static gboolean
all_done (gpointer data)
{
  return ((Many *) data)->done == MANY;
}

/* As many as its threads take, of the kinds that need most, and what each thread's malloc() keeps. */
static void
test_pool (gconstpointer name)
{
  WbPicturePool *pool = wb_picture_pool_new ();
  Many many = { .fd = wb_media_test_sample (name) };
  guint64 before, peak;

  before = warm_up ();
  g_assert_true (wb_picture_probe (many.fd, &many.info, NULL));
  wb_crop_start (&many.crop, many.info.width, many.info.height);
  for (guint i = 0; i < MANY; i++)
    {
      g_autoptr (GTask) task = g_task_new (NULL, NULL, made_cb, &many);

      g_task_set_task_data (task, &many, NULL);
      wb_picture_pool_run (pool, task, wb_picture_make_bytes (&many.info, &many.crop), make_thread);
    }
  g_assert_true (wb_test_wait_for (all_done, &many, WB_TEST_DEADLINE_MS));
  peak = (wb_media_test_kib ("VmHWM:") - before) * 1024;
  g_test_message ("%" G_GUINT64_FORMAT " bytes", peak);
#ifndef __SANITIZE_ADDRESS__
  g_assert_cmpuint (peak, <=, wb_picture_limits.pool_bytes);
#endif
  g_assert_finalize_object (pool);
  close (many.fd);
}

/* Comments that inflate to 420 MB are none of the decoder's business. */
static void
test_comments (void)
{
  int fd = wb_media_test_sample ("comments.png");
  const Case make = { "comments.png", 1 };
  guint64 before;
  WbPictureInfo info;
  WbCrop crop = { .5, .5, 1, 0 };

  before = warm_up ();
  g_assert_true (wb_picture_probe (fd, &info, NULL));
  run_case (&make, fd, &info, &crop);
  g_assert_cmpuint (wb_media_test_kib ("VmHWM:") - before, <, 20 * 1024);
  close (fd);
}

typedef struct {
  const char *path;
  GTestDataFunc func;
  gconstpointer data;
} Child;

static void
test_in_child (gconstpointer data)
{
  const Child *child = data;

  if (g_test_subprocess ())
    {
      child->func (child->data);
      return;
    }
  g_test_trap_subprocess (NULL, 0,
                          G_TEST_SUBPROCESS_INHERIT_STDOUT | G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

static void
test_comments_data (gconstpointer data)
{
  test_comments ();
}

static void
add (const char *path, GTestDataFunc func, gconstpointer data)
{
  /* A child runs one of them; what it had been given for the others would be nobody's. */
  static Child children[G_N_ELEMENTS (cases) + 4];
  static guint n;

  g_assert_cmpuint (n, <, G_N_ELEMENTS (children));
  children[n] = (Child){ path, func, data };
  g_test_add_data_func (path, &children[n++], test_in_child);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/picture/memory/%s/%s-%g", cases[i].name,
                                               cases[i].zoom > 0 ? "made" : "loaded",
                                               cases[i].zoom > 0 ? cases[i].zoom : cases[i].side);

      add (path, test_estimate, &cases[i]);
    }
  add ("/picture/memory/pool/progressive", test_pool, "large-progressive.jpg");
  add ("/picture/memory/pool/progressive-whole", test_pool, "middling-progressive.jpg");
  add ("/picture/memory/pool/png", test_pool, "large.png");
  add ("/picture/memory/comments", test_comments_data, NULL);
  return g_test_run ();
}
