// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmr-error.h"
#include "draft-tools.h"

/* Reading, refusing and keeping pictures of a draft. */

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
test_refused (DraftFixture *self, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *path = draft_file (self->store->dir, bad[i].name, bad[i].bytes, bad[i].length);
      WbFilesResult result = draft_drop_one (self, path);
      const WbDraftFile *file = draft_only_file (self);
      WbPictureCounts counts;

      g_assert_cmpuint (result.refused, ==, 1);
      g_assert_cmpuint (result.placed, ==, 0);
      g_assert_cmpint (file->refused, ==, bad[i].wanted + 1);
      g_assert_cmpstr (file->blob, ==, "");
      g_assert_cmpstr (draft_file_of (self->draft, "ann@one.example"), ==, bad[i].name);
      wb_draft_count_pictures (self->draft, &counts);
      g_assert_cmpuint (counts.refused, ==, 1);
      g_assert_cmpuint (counts.pictures, ==, 0);
      draft_must_make_ready (self);
      wb_draft_undo (self->draft);
    }
  g_assert_cmpuint (draft_count_blobs (self), ==, 0);
}

/* A refused one gives way to one that is fine, by name and by hand. */
static void
test_refused_gives_way (DraftFixture *self, gconstpointer data)
{
  g_autofree char *gif = draft_file (self->store->dir, "ann.gif", bad[0].bytes, bad[0].length);
  g_autofree char *other_gif = draft_file (self->store->dir, "bob.gif", bad[0].bytes, bad[0].length);
  g_autofree char *good = draft_picture (self->store->dir, "ann.png", 300, 300, 0x123456);
  g_autofree char *hand = draft_picture (self->store->dir, "x.png", 300, 300, 0x654321);
  const char *const bad_roots[] = { gif, other_gif, NULL };
  const char *const hand_roots[] = { hand, NULL };

  g_assert_cmpuint (draft_add (self->draft, -1, NULL, bad_roots).refused, ==, 2);
  g_assert_cmpuint (draft_drop_one (self, good).placed, ==, 1);
  g_assert_cmpstr (draft_file_of (self->draft, "ann@one.example"), ==, "ann.png");
  g_assert_cmpuint (wb_draft_get_placement (self->draft, 0)->other, ==, 0);
  draft_add (self->draft, draft_row_of (self->draft, "bob@one.example"), NULL, hand_roots);
  g_assert_cmpstr (draft_file_of (self->draft, "bob@one.example"), ==, "x.png");
  g_assert_cmpuint (wb_draft_get_files (self->draft)->len, ==, 2);
  /* A refused one never takes the place of a good one. */
  g_assert_cmpuint (draft_drop_one (self, gif).refused, ==, 1);
  g_assert_cmpstr (draft_file_of (self->draft, "ann@one.example"), ==, "ann.png");
}

static void
test_odd_files (DraftFixture *self, gconstpointer data)
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
test_no_picture (DraftFixture *self, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (self->store->dir, "Team", NULL), *text = NULL;
  WbFilesResult result;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  text = draft_file (folder, "notes.txt", "notes", 5);
  result = draft_drop_one (self, folder);
  g_assert_true (result.no_picture);
  g_assert_cmpuint (result.others, ==, 1);
  g_assert_cmpuint (wb_draft_get_files (self->draft)->len, ==, 0);
  g_assert_cmpstr (wb_draft_get_undo_code (self->draft, NULL), !=, "add-pictures");
}

static void
test_pasted (DraftFixture *self, gconstpointer data)
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
  g_assert_true (draft_only_file (self)->small);
  g_assert_cmpuint (draft_only_file (self)->info.height, ==, 300);
  wb_draft_add_bytes_async (self->draft, rubbish, "bob.png", 1, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  g_assert_true (wb_draft_add_files_finish (self->draft, result, &out, &error));
  g_clear_object (&result);
  g_assert_cmpuint (out.refused, ==, 1);
  g_assert_cmpstr (draft_file_of (self->draft, "bob@one.example"), ==, "bob.png");
}

static void
test_stopped (DraftFixture *self, gconstpointer data)
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
test_round_trip (DraftFixture *self, gconstpointer data)
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
  draft_must_make_ready (self);
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
  draft_must_make_ready (self);
  g_assert_cmpuint (draft_count_blobs (self), ==, 4);
}

#define ADD(name, function)                                                                                            \
  g_test_add ("/draft-pictures/" name, DraftFixture, NULL, draft_set_up, function, draft_tear_down)

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
  return g_test_run ();
}
