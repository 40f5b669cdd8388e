// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-blobs.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmr-error.h"

#define HELLO "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824" /* of "hello" */

typedef struct {
  char *folder;
  WbBlobs *blobs;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autofree char *dir = g_dir_make_tmp ("waybill-blobs-XXXXXX", NULL);

  self->folder = g_build_filename (dir, "pictures", NULL);
  self->blobs = wb_blobs_new (self->folder);
}

static void
empty (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_autofree char *dir = g_path_get_dirname (self->folder);

  g_assert_finalize_object (self->blobs);
  empty (self->folder);
  g_rmdir (dir);
  g_free (self->folder);
}

static guint
count (Fixture *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  guint found = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    found++;
  return found;
}

static char *
put (Fixture *self, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  char *name = wb_blobs_put (self->blobs, bytes, &error);

  g_assert_no_error (error);
  return name;
}

static char *
read_back (Fixture *self, const char *name)
{
  g_autoptr (GError) error = NULL;
  int fd = wb_blobs_open (self->blobs, name, &error);
  char *text = g_malloc0 (64);

  g_assert_no_error (error);
  g_assert_cmpint (read (fd, text, 63), >=, 0);
  close (fd);
  return text;
}

static void
test_put (Fixture *self, gconstpointer data)
{
  g_autofree char *name = put (self, "hello"), *again = put (self, "hello"), *none = put (self, "");
  g_autofree char *text = read_back (self, name), *path = wb_blobs_dup_path (self->blobs, name);
  struct stat st;

  g_assert_cmpstr (name, ==, HELLO);
  g_assert_cmpstr (again, ==, HELLO);
  g_assert_cmpstr (none, !=, HELLO);
  g_assert_cmpstr (text, ==, "hello");
  g_assert_cmpint (stat (path, &st), ==, 0);
  g_assert_cmphex (st.st_mode & 0777, ==, 0600);
  g_assert_cmpint (stat (self->folder, &st), ==, 0);
  g_assert_cmphex (st.st_mode & 0777, ==, 0700);
  /* No temporary file is left of the one that was there already. */
  g_assert_cmpuint (count (self), ==, 2);
}

static void
test_put_fd (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_strconcat (self->folder, "-source", NULL);
  g_autoptr (GString) large = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL, *wanted = NULL;
  guint64 length = 0;
  struct stat st;
  int fd;

  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (large, "%u,", i);
  g_assert_true (g_file_set_contents (path, large->str, (gssize) large->len, NULL));
  fd = open (path, O_RDONLY | O_CLOEXEC);
  /* From its start, wherever the header walk has left it. */
  lseek (fd, 1000, SEEK_SET);
  name = wb_blobs_put_fd (self->blobs, fd, &length, &error);
  g_assert_no_error (error);
  close (fd);
  wanted = g_compute_checksum_for_string (G_CHECKSUM_SHA256, large->str, (gssize) large->len);
  g_assert_cmpstr (name, ==, wanted);
  g_assert_cmpuint (length, ==, large->len);
  g_free (path);
  path = wb_blobs_dup_path (self->blobs, name);
  g_assert_cmpint (stat (path, &st), ==, 0);
  g_assert_cmpuint (st.st_size, ==, large->len);
  g_free (path);
  path = g_strconcat (self->folder, "-source", NULL);
  g_remove (path);
}

/* Of half a file under its hash: a disk that lied, or somebody's hand. */
static void
test_damaged_is_mended (Fixture *self, gconstpointer data)
{
  g_autofree char *name = put (self, "hello"), *again = NULL, *text = NULL;
  g_autofree char *path = wb_blobs_dup_path (self->blobs, name);

  g_assert_cmpint (truncate (path, 2), ==, 0);
  again = put (self, "hello");
  text = read_back (self, again);
  g_assert_cmpstr (text, ==, "hello");
  g_assert_cmpuint (count (self), ==, 1);
}

static void
test_names_are_no_paths (Fixture *self, gconstpointer data)
{
  static const char *const bad[] = { "", "../../etc/passwd", "/etc/passwd", HELLO "0", "2CF24", ".new-abcdef" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (wb_blobs_dup_path (self->blobs, bad[i]));
      g_assert_cmpint (wb_blobs_open (self->blobs, bad[i], &error), ==, -1);
      g_assert_error (error, CMR_ERROR, CMR_ERROR_STORAGE);
    }
}

static void
test_missing_and_links (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = put (self, "hello"), *path = wb_blobs_dup_path (self->blobs, name),
                  *other = put (self, "other");
  g_autofree char *target = wb_blobs_dup_path (self->blobs, other);

  g_remove (path);
  g_assert_cmpint (wb_blobs_open (self->blobs, name, &error), ==, -1);
  g_assert_error (error, CMR_ERROR, CMR_ERROR_STORAGE);
  g_clear_error (&error);
  g_assert_cmpint (symlink (target, path), ==, 0);
  g_assert_cmpint (wb_blobs_open (self->blobs, name, &error), ==, -1);
  g_assert_error (error, CMR_ERROR, CMR_ERROR_STORAGE);
}

static void
test_no_room (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("hello", 5);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (self->folder, "in the way", -1, NULL));
  g_assert_null (wb_blobs_put (self->blobs, bytes, &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_STORAGE);
  g_remove (self->folder);
}

static void
make_file (Fixture *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, "half", -1, NULL));
}

static void
test_sweep (Fixture *self, gconstpointer data)
{
  g_autoptr (GHashTable) keep = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = put (self, "kept"), *gone = put (self, "gone"), *fresh = NULL, *text = NULL;

  make_file (self, ".new-abcdef");
  make_file (self, "notes.txt");
  g_hash_table_add (keep, kept);
  /* What this run has put is not taken, whatever was worked out before. */
  g_assert_cmpuint (wb_blobs_sweep (self->blobs, keep, &error), ==, 1);
  g_assert_finalize_object (self->blobs);
  self->blobs = wb_blobs_new (self->folder);
  fresh = put (self, "fresh");
  g_assert_cmpuint (wb_blobs_sweep (self->blobs, keep, &error), ==, 1);
  g_assert_no_error (error);
  text = read_back (self, kept);
  g_assert_cmpstr (text, ==, "kept");
  g_assert_cmpint (wb_blobs_open (self->blobs, gone, NULL), ==, -1);
  g_assert_cmpuint (count (self), ==, 3);
}

static gpointer
putter (gpointer data)
{
  Fixture *self = data;

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *text = g_strdup_printf ("picture %u", i % 50);
      g_autofree char *name = put (self, text);
      g_autofree char *back = read_back (self, name);

      g_assert_cmpstr (back, ==, text);
    }
  return NULL;
}

/* Workers put the same pictures while a sweep runs: what was put is there. */
static void
test_together (Fixture *self, gconstpointer data)
{
  g_autoptr (GHashTable) keep = g_hash_table_new (g_str_hash, g_str_equal);
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("putter", putter, self);
  for (guint i = 0; i < 50; i++)
    wb_blobs_sweep (self->blobs, keep, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpuint (count (self), ==, 50);
}

#define ADD(name, function) g_test_add ("/blobs/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("put", test_put);
  ADD ("put-fd", test_put_fd);
  ADD ("damaged-is-mended", test_damaged_is_mended);
  ADD ("names-are-no-paths", test_names_are_no_paths);
  ADD ("missing-and-links", test_missing_and_links);
  ADD ("no-room", test_no_room);
  ADD ("sweep", test_sweep);
  ADD ("together", test_together);
  return g_test_run ();
}
