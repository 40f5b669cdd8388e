// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmr-error.h"
#include "draft-tools.h"

/* Reading, refusing, keeping and making pictures of a draft. */

typedef struct {
  Store *store;
  WbDraft *draft;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->store = store_new (NULL);
  self->draft = store_draft (self->store, "one.example", "ann:Ann Lee,bob:Bob Ray,cy:Cy Young");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  draft_drop (self->draft);
  store_free (self->store);
}

static WbFilesResult
drop_one (Fixture *self, const char *path)
{
  const char *const roots[] = { path, NULL };

  return draft_add (self->draft, -1, NULL, roots);
}

static char *
picture_folder (Fixture *self)
{
  return g_build_filename (wb_profile_get_folder (self->store->profile), "pictures", NULL);
}

static guint
n_blobs (Fixture *self)
{
  g_autofree char *folder = picture_folder (self);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static const WbDraftFile *
only_file (Fixture *self)
{
  g_assert_cmpuint (wb_draft_get_files (self->draft)->len, ==, 1);
  return wb_draft_get_files (self->draft)->pdata[0];
}

static void
make_ready (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (draft_make_ready (self->draft, &error));
  g_assert_no_error (error);
}

/* Each bad file says what is wrong with it, beside its mailbox, and nothing of it is kept. */
typedef struct {
  const char *name;
  const char *bytes;
  gsize length;
  WbMediaError wanted;
} Bad;

static const Bad bad[] = {
  { "ann.jpg", "GIF89a\1\0\1\0\0\0\0;", 14, WB_MEDIA_ERROR_KIND },
  { "ann.jpg", "", 0, WB_MEDIA_ERROR_EMPTY },
  { "ann.jpg", "no picture at all, whatever its name", 36, WB_MEDIA_ERROR_NOT_A_PICTURE },
  { "ann.png", "<svg xmlns='http://www.w3.org/2000/svg'/>", 41, WB_MEDIA_ERROR_KIND },
  { "ann.jpg", "\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0", 20, WB_MEDIA_ERROR_DAMAGED },
};

static void
test_refused (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *path = draft_file (self->store->dir, bad[i].name, bad[i].bytes, bad[i].length);
      WbFilesResult result = drop_one (self, path);
      const WbDraftFile *file = only_file (self);
      WbPictureCounts counts;

      g_assert_cmpuint (result.refused, ==, 1);
      g_assert_cmpuint (result.placed, ==, 0);
      g_assert_cmpint (file->refused, ==, bad[i].wanted + 1);
      g_assert_cmpstr (file->blob, ==, "");
      g_assert_cmpstr (draft_file_of (self->draft, "ann@one.example"), ==, bad[i].name);
      wb_draft_count_pictures (self->draft, &counts);
      g_assert_cmpuint (counts.refused, ==, 1);
      g_assert_cmpuint (counts.pictures, ==, 0);
      make_ready (self);
      wb_draft_undo (self->draft);
    }
  g_assert_cmpuint (n_blobs (self), ==, 0);
}

/* A refused one gives way to one that is fine, by name and by hand. */
static void
test_refused_gives_way (Fixture *self, gconstpointer data)
{
  g_autofree char *gif = draft_file (self->store->dir, "ann.gif", bad[0].bytes, bad[0].length);
  g_autofree char *other_gif = draft_file (self->store->dir, "bob.gif", bad[0].bytes, bad[0].length);
  g_autofree char *good = draft_picture (self->store->dir, "ann.png", 300, 300, 0x123456);
  g_autofree char *hand = draft_picture (self->store->dir, "x.png", 300, 300, 0x654321);
  const char *const bad_roots[] = { gif, other_gif, NULL };
  const char *const hand_roots[] = { hand, NULL };

  g_assert_cmpuint (draft_add (self->draft, -1, NULL, bad_roots).refused, ==, 2);
  g_assert_cmpuint (drop_one (self, good).placed, ==, 1);
  g_assert_cmpstr (draft_file_of (self->draft, "ann@one.example"), ==, "ann.png");
  g_assert_cmpuint (wb_draft_get_placement (self->draft, 0)->other, ==, 0);
  draft_add (self->draft, draft_row_of (self->draft, "bob@one.example"), NULL, hand_roots);
  g_assert_cmpstr (draft_file_of (self->draft, "bob@one.example"), ==, "x.png");
  g_assert_cmpuint (wb_draft_get_files (self->draft)->len, ==, 2);
  /* A refused one never takes the place of a good one. */
  g_assert_cmpuint (drop_one (self, gif).refused, ==, 1);
  g_assert_cmpstr (draft_file_of (self->draft, "ann@one.example"), ==, "ann.png");
}

static void
test_odd_files (Fixture *self, gconstpointer data)
{
  g_autofree char *fifo = g_build_filename (self->store->dir, "ann.jpg", NULL);
  g_autofree char *loop = g_build_filename (self->store->dir, "bob.jpg", NULL);
  g_autofree char *gone = g_build_filename (self->store->dir, "cy.jpg", NULL);
  g_autofree char *folder = g_build_filename (self->store->dir, "deep", NULL);
  g_autofree char *inside = g_build_filename (folder, "again", NULL), *hidden = NULL, *raw = NULL, *text = NULL;
  const char *const roots[] = { fifo, loop, gone, "/dev/zero", folder, NULL };
  WbFilesResult result;

  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  g_assert_cmpint (symlink (loop, loop), ==, 0);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_cmpint (symlink (folder, inside), ==, 0);
  hidden = draft_picture (folder, ".hidden.png", 10, 10, 0);
  raw = draft_file (folder, "ann.CR2", "raw", 3);
  text = draft_file (folder, "notes.txt", "notes", 5);
  result = draft_add (self->draft, -1, NULL, roots);
  g_assert_cmpuint (result.refused, ==, 4);
  g_assert_cmpuint (result.beside, ==, 1);
  g_assert_cmpuint (result.others, ==, 1);
  g_assert_false (result.no_picture);
  g_assert_cmpint (wb_draft_get_file (self->draft, draft_file_id (self->draft, "ann.jpg"))->refused, ==,
                   WB_MEDIA_ERROR_NOT_A_FILE + 1);
  g_assert_cmpint (wb_draft_get_file (self->draft, draft_file_id (self->draft, "bob.jpg"))->refused, ==,
                   WB_MEDIA_ERROR_NOT_A_FILE + 1);
  g_assert_cmpint (wb_draft_get_file (self->draft, draft_file_id (self->draft, "cy.jpg"))->refused, ==,
                   WB_MEDIA_ERROR_UNREADABLE + 1);
  g_assert_cmpint (wb_draft_get_file (self->draft, draft_file_id (self->draft, "zero"))->refused, ==,
                   WB_MEDIA_ERROR_NOT_A_FILE + 1);
}

static void
test_no_picture (Fixture *self, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (self->store->dir, "Team", NULL), *text = NULL;
  WbFilesResult result;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  text = draft_file (folder, "notes.txt", "notes", 5);
  result = drop_one (self, folder);
  g_assert_true (result.no_picture);
  g_assert_cmpuint (result.others, ==, 1);
  g_assert_cmpuint (wb_draft_get_files (self->draft)->len, ==, 0);
  g_assert_cmpstr (wb_draft_get_undo_code (self->draft, NULL), !=, "add-pictures");
}

static void
test_pasted (Fixture *self, gconstpointer data)
{
  g_autofree char *path = draft_picture (self->store->dir, "from.png", 100, 300, 0x00ff00), *text = NULL;
  g_autoptr (GBytes) picture = NULL, rubbish = g_bytes_new_static ("rubbish", 7);
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  WbFilesResult out;
  gsize length;

  g_file_get_contents (path, &text, &length, NULL);
  picture = g_bytes_new (text, length);
  wb_draft_add_bytes_async (self->draft, picture, "ann.png", -1, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  g_assert_true (wb_draft_add_files_finish (self->draft, result, &out, &error));
  g_assert_no_error (error);
  g_clear_object (&result);
  g_assert_cmpuint (out.placed, ==, 1);
  g_assert_true (only_file (self)->small);
  g_assert_cmpuint (only_file (self)->info.height, ==, 300);
  wb_draft_add_bytes_async (self->draft, rubbish, "bob.png", 1, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  g_assert_true (wb_draft_add_files_finish (self->draft, result, &out, &error));
  g_clear_object (&result);
  g_assert_cmpuint (out.refused, ==, 1);
  g_assert_cmpstr (draft_file_of (self->draft, "bob@one.example"), ==, "bob.png");
}

static void
test_stopped (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *before = draft_dump (self->draft), *after = NULL;
  const char *roots[] = { self->store->dir, NULL };
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *name = g_strdup_printf ("p%u.png", i);

      g_free (draft_picture (self->store->dir, name, 64, 64, i * 4321));
    }
  wb_draft_add_files_async (self->draft, roots, -1, NULL, cancellable, wb_test_take_result, &result);
  g_cancellable_cancel (cancellable);
  wb_test_wait_result (&result);
  g_assert_false (wb_draft_add_files_finish (self->draft, result, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_object_unref (result);
  after = draft_dump (self->draft);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpuint (wb_draft_get_reading (self->draft, NULL), ==, 0);
}

/* Pictures and crops through close and reopen. */
static void
test_round_trip (Fixture *self, gconstpointer data)
{
  g_autofree char *id = g_strdup (wb_draft_get_id (self->draft)), *before = NULL, *after = NULL, *made = NULL;
  g_autofree char *good = draft_picture (self->store->dir, "ann “%s” 🙂.png", 300, 500, 0x123456);
  g_autofree char *other = draft_picture (self->store->dir, "bob.jpg", 120, 120, 0x654321);
  g_autofree char *gif = draft_file (self->store->dir, "cy.jpg", bad[0].bytes, bad[0].length);
  const char *const roots[] = { good, other, gif, NULL };
  const WbCrop crop = { 0.25, 0.75, 1.5, 3 };
  const WbDraftFile *file;
  WbPictureCounts counts;

  draft_add (self->draft, -1, NULL, roots);
  wb_draft_place (self->draft, 1, 0, FALSE, WB_PLACED_BY_HAND);
  wb_draft_set_crop (self->draft, 1, &crop);
  make_ready (self);
  made = g_strdup (wb_draft_get_file (self->draft, 1)->made);
  g_assert_cmpuint (strlen (made), ==, 64);
  before = draft_dump (self->draft);
  draft_drop (self->draft);
  store_reopen (self->store);
  self->draft = draft_load (self->store, id);
  after = draft_dump (self->draft);
  g_assert_cmpstr (before, ==, after);
  file = wb_draft_get_file (self->draft, 1);
  g_assert_cmpstr (file->made, ==, made);
  g_assert_cmpuint (file->made_bytes, >, 0);
  g_assert_cmpstr (file->info.kind_name, ==, "PNG");
  g_assert_cmpuint (file->info.width, ==, 300);
  g_assert_cmpfloat (file->crop.zoom, ==, 1.5);
  g_assert_cmpuint (file->crop.turns, ==, 3);
  g_assert_true (wb_draft_get_file (self->draft, 2)->small);
  g_assert_cmpint (wb_draft_get_file (self->draft, 3)->refused, ==, WB_MEDIA_ERROR_KIND + 1);
  wb_draft_count_pictures (self->draft, &counts);
  g_assert_cmpuint (counts.ready, ==, 2);
  g_assert_cmpuint (counts.refused, ==, 1);
  /* Nothing has to be made or written again. */
  make_ready (self);
  g_assert_cmpuint (n_blobs (self), ==, 4);
}

static void
test_crop_makes_again (Fixture *self, gconstpointer data)
{
  g_autofree char *path = draft_picture (self->store->dir, "ann.png", 400, 700, 0x123456), *first = NULL;
  const WbCrop crop = { 0.5, 0.9, 1, 0 };

  drop_one (self, path);
  make_ready (self);
  first = g_strdup (only_file (self)->made);
  wb_draft_set_crop (self->draft, 1, &crop);
  g_assert_cmpstr (only_file (self)->made, ==, "");
  g_assert_cmpuint (only_file (self)->made_bytes, ==, 0);
  make_ready (self);
  g_assert_cmpuint (strlen (only_file (self)->made), ==, 64);
  wb_draft_undo (self->draft);
  make_ready (self);
  g_assert_cmpstr (only_file (self)->made, ==, first);
}

static gboolean
is_made (gpointer data)
{
  return *only_file (data)->made != '\0';
}

static void
test_made_when_idle (Fixture *self, gconstpointer data)
{
  g_autofree char *path = draft_picture (self->store->dir, "ann.png", 400, 400, 0x123456);

  drop_one (self, path);
  g_assert_true (wb_test_wait_for (is_made, self, WB_TEST_DEADLINE_MS));
  draft_flush (self->draft);
  g_assert_cmpint (draft_count (self->store, "SELECT count (*) FROM journal.draft_files WHERE length (made) = 64"), ==, 1);
}

/* What nobody gets is not made. */
static void
test_unplaced_is_not_made (Fixture *self, gconstpointer data)
{
  g_autofree char *path = draft_picture (self->store->dir, "nobody.png", 400, 400, 0x123456);

  drop_one (self, path);
  make_ready (self);
  g_assert_cmpstr (only_file (self)->made, ==, "");
  wb_draft_place (self->draft, 1, 2, TRUE, WB_PLACED_BY_HAND);
  make_ready (self);
  g_assert_cmpstr (only_file (self)->made, !=, "");
}

static void
test_copy_is_gone (Fixture *self, gconstpointer data)
{
  g_autofree char *path = draft_picture (self->store->dir, "ann.png", 400, 400, 0x123456), *folder = picture_folder (self);
  g_autofree char *blob = NULL;
  g_autoptr (GError) error = NULL;

  drop_one (self, path);
  blob = g_build_filename (folder, only_file (self)->blob, NULL);
  g_assert_cmpint (g_remove (blob), ==, 0);
  g_assert_false (draft_make_ready (self->draft, &error));
  g_assert_error (error, WB_MEDIA_ERROR, WB_MEDIA_ERROR_UNREADABLE);
  g_assert_true (g_str_has_prefix (error->message, "ann.png: "));
  g_assert_cmpint (only_file (self)->refused, ==, WB_MEDIA_ERROR_UNREADABLE + 1);
  /* From now on the list of problems tells it. */
  make_ready (self);
}

/* Another picture under the name of the copy: no decoder sees what was not looked at. */
static void
test_copy_is_changed (Fixture *self, gconstpointer data)
{
  g_autofree char *path = draft_picture (self->store->dir, "ann.png", 400, 400, 0x123456), *folder = picture_folder (self);
  g_autoptr (GError) error = NULL;

  drop_one (self, path);
  g_free (draft_picture (folder, "other.png", 4000, 4000, 0xffffff));
  {
    g_autofree char *from = g_build_filename (folder, "other.png", NULL);
    g_autofree char *to = g_build_filename (folder, only_file (self)->blob, NULL);

    g_assert_cmpint (g_rename (from, to), ==, 0);
  }
  g_assert_false (draft_make_ready (self->draft, &error));
  g_assert_error (error, WB_MEDIA_ERROR, WB_MEDIA_ERROR_CHANGED);
}

static void
limit_files (rlim_t bytes)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = MIN (bytes, limit.rlim_max);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

/* No room for what is made, and none for the journal: both are told, and mend when there is room. */
static void
test_no_room (Fixture *self, gconstpointer data)
{
  g_autofree char *path = draft_picture (self->store->dir, "ann.png", 400, 400, 0x123456);
  g_autofree char *more = draft_picture (self->store->dir, "bob.png", 2000, 2000, 0x654321);
  const char *const roots[] = { more, NULL };
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  signal (SIGXFSZ, SIG_IGN);
  drop_one (self, path);
  draft_flush (self->draft);
  limit_files (100);
  g_assert_false (draft_make_ready (self->draft, &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_STORAGE);
  g_assert_true (g_str_has_prefix (error->message, "ann.png: "));
  g_clear_error (&error);
  wb_draft_add_files_async (self->draft, roots, -1, NULL, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  g_assert_false (wb_draft_add_files_finish (self->draft, result, NULL, &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_STORAGE);
  g_object_unref (result);
  limit_files (RLIM_INFINITY);
  g_assert_cmpint (only_file (self)->refused, ==, 0);
  make_ready (self);
}

static void
test_make_ready_cancelled (Fixture *self, gconstpointer data)
{
  g_autofree char *path = draft_picture (self->store->dir, "ann.jpg", 3000, 3000, 0x123456);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *result = NULL, *other = NULL;
  g_autoptr (GError) error = NULL;

  drop_one (self, path);
  wb_draft_make_ready_async (self->draft, cancellable, wb_test_take_result, &result);
  wb_draft_make_ready_async (self->draft, NULL, wb_test_take_result, &other);
  g_cancellable_cancel (cancellable);
  wb_test_wait_result (&result);
  g_assert_false (wb_draft_make_ready_finish (self->draft, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  /* Who waits beside is not disturbed. */
  wb_test_wait_result (&other);
  g_assert_true (wb_draft_make_ready_finish (self->draft, other, &error));
  g_assert_no_error (error);
  g_object_unref (result);
  g_object_unref (other);
}

/* Workers under way find the profile, or the draft, gone. */
static void
test_closed_while_making (Fixture *self, gconstpointer data)
{
  g_autofree char *id = g_strdup (wb_draft_get_id (self->draft));
  GAsyncResult *ready = NULL, *files = NULL;
  g_autoptr (GError) error = NULL;
  const char *roots[] = { self->store->dir, NULL };

  g_free (draft_picture (self->store->dir, "ann.jpg", 3000, 3000, 0x123456));
  g_free (draft_picture (self->store->dir, "bob.jpg", 3000, 3000, 0x123457));
  draft_add (self->draft, -1, NULL, roots);
  wb_draft_make_ready_async (self->draft, NULL, wb_test_take_result, &ready);
  wb_draft_add_files_async (self->draft, roots, -1, NULL, NULL, wb_test_take_result, &files);
  store_reopen (self->store);
  wb_test_wait_result (&ready);
  wb_test_wait_result (&files);
  g_assert_false (wb_draft_make_ready_finish (self->draft, ready, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (wb_draft_add_files_finish (self->draft, files, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_object_unref (ready);
  g_object_unref (files);
  g_assert_finalize_object (self->draft);
  self->draft = draft_load (self->store, id);
  make_ready (self);
  wb_draft_remove_file (self->draft, 1);
  wb_draft_undo (self->draft);
  wb_drafts_delete (store_drafts (self->store), id);
}

static void
test_preview (Fixture *self, gconstpointer data)
{
  g_autofree char *path = draft_picture (self->store->dir, "ann.jpg", 1200, 800, 0x00ff00);
  GAsyncResult *result = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autoptr (GError) error = NULL;

  drop_one (self, path);
  wb_draft_load_preview_async (self->draft, 1, 84, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  pixbuf = wb_draft_load_preview_finish (self->draft, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_pixbuf_get_height (pixbuf), >=, 84);
  g_assert_cmpint (gdk_pixbuf_get_height (pixbuf), <, 800);
  g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), >, gdk_pixbuf_get_height (pixbuf));
  g_clear_object (&result);
  wb_draft_load_preview_async (self->draft, 7, 84, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  g_assert_null (wb_draft_load_preview_finish (self->draft, result, &error));
  g_assert_error (error, WB_MEDIA_ERROR, WB_MEDIA_ERROR_UNREADABLE);
  g_object_unref (result);
}

static void
put_blob (Fixture *self, const char *name)
{
  g_autofree char *folder = picture_folder (self);

  g_mkdir_with_parents (folder, 0700);
  g_free (draft_file (folder, name, name, strlen (name)));
}

static gboolean
has_blob (Fixture *self, const char *name)
{
  g_autofree char *folder = picture_folder (self), *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

#define BLOB(digit) digit "000000000000000000000000000000000000000000000000000000000000000"

/* At start: what no draft, no unfinished or young operation and no young order names. */
static void
test_sweep (Fixture *self, gconstpointer data)
{
  static const char *const names[] = { BLOB ("a"), BLOB ("b"), BLOB ("c"), BLOB ("d"), BLOB ("e"), BLOB ("f"), BLOB ("1"), BLOB ("2") };
  static const gboolean kept[] = { FALSE, TRUE, TRUE, FALSE, TRUE, FALSE, TRUE, FALSE };
  g_autofree char *path = draft_picture (self->store->dir, "ann.png", 400, 400, 0x123456), *made = NULL, *blob = NULL;
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time ());
  g_autoptr (GString) sql = g_string_new (
    "INSERT INTO operations (id, run, op, state, paid, destructive, created, updated) VALUES ('old-done', '', 'update_user', 'done', 0, 0, 1, 1),"
    " ('old-unknown', '', 'update_user', 'unknown', 0, 0, 1, 1), ('young', '', 'update_user', 'failed', 0, 0, NOW, NOW);"
    "INSERT INTO parts (operation, place, name, blob, length) VALUES ('old-done', 0, 'p', '" BLOB ("a") "', 1),"
    " ('old-unknown', 0, 'p', '" BLOB ("b") "', 1), ('young', 0, 'p', '" BLOB ("c") "', 1);"
    "INSERT INTO orders (id, customer_id, customer, state, created) VALUES ('o-old', '', '', 'live', 1), ('o-young', '', '', 'live', NOW),"
    " ('o-open', '', '', 'not-paid', 1);"
    "INSERT INTO order_mailboxes (order_uuid, place, domain, address, user_name, first_name, last_name, blob) VALUES"
    " ('o-old', 0, '', '', '', '', '', '" BLOB ("d") "'), ('o-young', 0, '', '', '', '', '', '" BLOB ("e") "'),"
    " ('o-open', 0, '', '', '', '', '', '" BLOB ("1") "');"
    "INSERT INTO drafts (id, body, created, updated, order_uuid) VALUES ('finished', '{}', 1, 1, 'o-old');"
    "INSERT INTO draft_files (draft, file, body, blob) VALUES ('finished', 1, '{}', '" BLOB ("f") "')");

  drop_one (self, path);
  make_ready (self);
  blob = g_strdup (only_file (self)->blob);
  made = g_strdup (only_file (self)->made);
  draft_flush (self->draft);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    put_blob (self, names[i]);
  put_blob (self, ".new-halfcopy");
  g_string_replace (sql, "NOW", now, 0);
  store_run_job (self->store, TRUE, sql->str);
  draft_drop (self->draft);
  store_reopen (self->store);
  store_run_job (self->store, TRUE, "SELECT 1");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_test_message ("%s", names[i]);
      g_assert_cmpint (has_blob (self, names[i]), ==, kept[i]);
    }
  g_assert_false (has_blob (self, ".new-halfcopy"));
  g_assert_true (has_blob (self, blob) && has_blob (self, made));
  self->draft = store_draft (self->store, "one.example", "");
}

#define ADD(name, function) g_test_add ("/draft-pictures/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("refused", test_refused);
  ADD ("refused-gives-way", test_refused_gives_way);
  ADD ("odd-files", test_odd_files);
  ADD ("no-picture", test_no_picture);
  ADD ("pasted", test_pasted);
  ADD ("stopped", test_stopped);
  ADD ("round-trip", test_round_trip);
  ADD ("crop-makes-again", test_crop_makes_again);
  ADD ("made-when-idle", test_made_when_idle);
  ADD ("unplaced-is-not-made", test_unplaced_is_not_made);
  ADD ("copy-is-gone", test_copy_is_gone);
  ADD ("copy-is-changed", test_copy_is_changed);
  ADD ("no-room", test_no_room);
  ADD ("make-ready-cancelled", test_make_ready_cancelled);
  ADD ("closed-while-making", test_closed_while_making);
  ADD ("preview", test_preview);
  ADD ("sweep", test_sweep);
  return g_test_run ();
}
