// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-media-test.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
  char *folder;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = g_dir_make_tmp ("wb-walk-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) dir
      = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *below = g_build_filename (path, name, NULL);

      remove_all (below);
    }
  g_remove (path);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  remove_all (self->folder);
  g_free (self->folder);
}

static void
put (Fixture *self, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  g_assert_no_errno (g_mkdir_with_parents (parent, 0700));
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* The paths found, without the folder, one after the other. */
static char *
found_names (Fixture *self, WbFileWalk *found)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < found->paths->len; i++)
    {
      const char *path = g_ptr_array_index (found->paths, i);

      g_assert_true (g_str_has_prefix (path, self->folder));
      g_string_append_printf (names, "%s ", path + strlen (self->folder) + 1);
    }
  return g_string_free (names, FALSE);
}

static WbFileWalk *
walk (Fixture *self, guint max, gint *counter)
{
  g_autoptr (GError) error = NULL;
  const char *roots[] = { self->folder, NULL };
  WbFileWalk *found = wb_file_walk_run (roots, max, counter, NULL, &error);

  g_assert_no_error (error);
  return found;
}

static void
test_kinds (Fixture *self, gconstpointer data)
{
  g_autoptr (WbFileWalk) found = NULL;
  g_autofree char *names = NULL;
  gint counter = 0;

  put (self, "b.JPG", "x");
  put (self, "a.png", "x");
  put (self, "anna.gif", "GIF is refused with its reason later");
  put (self, "no-ending", "\xff\xd8\xff\xe0");
  put (self, "notes.txt", "x");
  put (self, "b.CR2", "x");
  put (self, "b.xmp", "x");
  put (self, "Thumbs.db", "x");
  put (self, ".hidden.jpg", "x");
  put (self, ".cache/a.jpg", "x");
  put (self, "team/c.jpeg", "x");
  found = walk (self, 5000, &counter);
  names = found_names (self, found);
  g_assert_cmpstr (names, ==, "a.png anna.gif b.JPG no-ending team/c.jpeg ");
  g_assert_cmpuint (found->beside, ==, 3);
  g_assert_cmpuint (found->others, ==, 1);
  g_assert_false (found->truncated);
  g_assert_cmpint (counter, ==, 9);
}

static void
test_links (Fixture *self, gconstpointer data)
{
  g_autoptr (WbFileWalk) found = NULL;
  g_autofree char *loop = g_build_filename (self->folder, "team", "loop", NULL);
  g_autofree char *link = g_build_filename (self->folder, "link.jpg", NULL);
  g_autofree char *fifo = g_build_filename (self->folder, "fifo.jpg", NULL);
  g_autofree char *names = NULL;

  put (self, "team/a.jpg", "x");
  g_assert_no_errno (symlink ("..", loop));
  g_assert_no_errno (symlink ("team/a.jpg", link));
  g_assert_no_errno (mkfifo (fifo, 0600));
  found = walk (self, 5000, NULL);
  names = found_names (self, found);
  g_assert_cmpstr (names, ==, "team/a.jpg ");
}

static void
test_depth (Fixture *self, gconstpointer data)
{
  g_autoptr (WbFileWalk) found = NULL;
  g_autofree char *names = NULL;

  put (self, "2/3/4/5/6/7/8/in.jpg", "x");
  put (self, "2/3/4/5/6/7/8/9/out.jpg", "x");
  found = walk (self, 5000, NULL);
  names = found_names (self, found);
  g_assert_cmpstr (names, ==, "2/3/4/5/6/7/8/in.jpg ");
}

static void
test_most (Fixture *self, gconstpointer data)
{
  g_autoptr (WbFileWalk) found = NULL, all = NULL;

  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *name = g_strdup_printf ("%02u.jpg", i);

      put (self, name, "x");
    }
  found = walk (self, 10, NULL);
  g_assert_cmpuint (found->paths->len, ==, 10);
  g_assert_true (found->truncated);
  all = walk (self, 12, NULL);
  g_assert_cmpuint (all->paths->len, ==, 12);
  g_assert_false (all->truncated);
}

/* Named by a person: also what is no file, so that it gets its refusal; nothing twice. */
static void
test_roots (Fixture *self, gconstpointer data)
{
  g_autofree char *file = g_build_filename (self->folder, "a.jpg", NULL);
  g_autofree char *text = g_build_filename (self->folder, "b.txt", NULL);
  g_autofree char *raw = g_build_filename (self->folder, "c.nef", NULL);
  g_autofree char *gone = g_build_filename (self->folder, "gone.jpg", NULL);
  const char *roots[] = { file, text, raw, gone, "/dev/zero", file, self->folder, NULL };
  g_autoptr (WbFileWalk) found = NULL;

  put (self, "a.jpg", "x");
  put (self, "b.txt", "x");
  put (self, "c.nef", "x");
  found = wb_file_walk_run (roots, 5000, NULL, NULL, NULL);
  g_assert_cmpuint (found->paths->len, ==, 4);
  g_assert_cmpstr (g_ptr_array_index (found->paths, 0), ==, file);
  g_assert_cmpstr (g_ptr_array_index (found->paths, 1), ==, text);
  g_assert_cmpstr (g_ptr_array_index (found->paths, 2), ==, gone);
  g_assert_cmpstr (g_ptr_array_index (found->paths, 3), ==, "/dev/zero");
  g_assert_cmpuint (found->beside, ==, 2);
  g_assert_cmpuint (found->others, ==, 1);
}

/* As a program gives them that hands paths into a sandbox: no refusal for each, one word for all. */
static void
test_out_of_reach (Fixture *self, gconstpointer data)
{
  g_autofree char *one = g_build_filename (self->folder, "one.jpg", NULL);
  g_autofree char *two = g_build_filename (self->folder, "two.jpg", NULL);
  const char *roots[] = { one, two, NULL };
  g_autoptr (WbFileWalk) found = wb_file_walk_run (roots, 5000, NULL, NULL, NULL), some = NULL;

  g_assert_cmpuint (found->out_of_reach, ==, 2);
  g_assert_cmpuint (found->paths->len, ==, 0);
  put (self, "two.jpg", "x");
  some = wb_file_walk_run (roots, 5000, NULL, NULL, NULL);
  g_assert_cmpuint (some->out_of_reach, ==, 0);
  g_assert_cmpuint (some->paths->len, ==, 2);
}

static void
test_cancelled (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  const char *roots[] = { self->folder, NULL };

  g_cancellable_cancel (cancellable);
  g_assert_null (wb_file_walk_run (roots, 10, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_beside (void)
{
  static const char *const beside[]
      = { "a.NEF", "a.b.cr3", "IMG_1.aae", "/x/y/desktop.ini", ".DS_Store", "a.dng" };
  static const char *const not [] = { "a.jpg", "nef", "a.", "raw/a.png", "a.n ef", "a.j", "" };

  for (guint i = 0; i < G_N_ELEMENTS (beside); i++)
    g_assert_true (wb_picture_is_beside (beside[i]));
  for (guint i = 0; i < G_N_ELEMENTS (not ); i++)
    g_assert_false (wb_picture_is_beside (not [i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/file-walk/kinds/counted", test_kinds);
  ADD ("/file-walk/links/left-out", test_links);
  ADD ("/file-walk/depth/eight", test_depth);
  ADD ("/file-walk/most/truncated", test_most);
  ADD ("/file-walk/roots/as-named", test_roots);
  ADD ("/file-walk/out-of-reach/as-named", test_out_of_reach);
  ADD ("/file-walk/cancelled/error", test_cancelled);
  g_test_add_func ("/file-walk/beside/names", test_beside);
  return g_test_run ();
}
