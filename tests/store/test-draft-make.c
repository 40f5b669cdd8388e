// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "cmr-error.h"
#include "draft-tools.h"
#include "wb-draft-state-private.h"

/* The JPEGs that are sent, what is shown meanwhile, and what goes when nobody names it. */

static void
test_crop_makes_again (DraftFixture *self, gconstpointer data)
{
  g_autofree char *path = draft_picture (self->store->dir, "ann.png", 400, 700, 0x123456), *first = NULL;
  const WbCrop crop = { 0.5, 0.9, 1, 0 };

  draft_drop_one (self, path);
  draft_must_make_ready (self);
  first = g_strdup (draft_only_file (self)->made);
  wb_draft_set_crop (self->draft, 1, &crop);
  g_assert_cmpstr (draft_only_file (self)->made, ==, "");
  g_assert_cmpuint (draft_only_file (self)->made_bytes, ==, 0);
  draft_must_make_ready (self);
  g_assert_cmpuint (strlen (draft_only_file (self)->made), ==, 64);
  wb_draft_undo (self->draft);
  draft_must_make_ready (self);
  g_assert_cmpstr (draft_only_file (self)->made, ==, first);
}

/* What was made of a crop that is no longer there is not taken for the present one. */
static void
test_crop_while_making (DraftFixture *self, gconstpointer data)
{
  g_autofree char *path = draft_picture (self->store->dir, "ann.jpg", 2000, 3000, 0x88ccff), *first = NULL;
  const WbCrop crop = { 0.5, 1, 1, 0 };
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  draft_drop_one (self, path);
  draft_must_make_ready (self);
  first = g_strdup (draft_only_file (self)->made);
  wb_draft_set_crop (self->draft, 1, &crop);
  wb_draft_make_ready_async (self->draft, NULL, wb_test_take_result, &result);
  wb_draft_undo (self->draft);
  wb_test_wait_result (&result);
  g_assert_true (wb_draft_make_ready_finish (self->draft, result, &error));
  g_assert_no_error (error);
  g_object_unref (result);
  g_assert_cmpstr (draft_only_file (self)->made, ==, first);
  wb_draft_redo (self->draft);
  draft_must_make_ready (self);
  g_assert_cmpstr (draft_only_file (self)->made, !=, first);
}

static gboolean
is_made (gpointer data)
{
  return *draft_only_file (data)->made != '\0';
}

static void
test_made_when_idle (DraftFixture *self, gconstpointer data)
{
  g_autofree char *path = draft_picture (self->store->dir, "ann.png", 400, 400, 0x123456);

  draft_drop_one (self, path);
  g_assert_true (wb_test_wait_for (is_made, self, WB_TEST_DEADLINE_MS));
  draft_flush (self->draft);
  g_assert_cmpint (draft_count (self->store, "SELECT count (*) FROM journal.draft_files WHERE length (made) = 64"), ==,
                   1);
}

/* What nobody gets is not made. */
static void
test_unplaced_is_not_made (DraftFixture *self, gconstpointer data)
{
  g_autofree char *path = draft_picture (self->store->dir, "nobody.png", 400, 400, 0x123456);

  draft_drop_one (self, path);
  draft_must_make_ready (self);
  g_assert_cmpstr (draft_only_file (self)->made, ==, "");
  wb_draft_place (self->draft, 1, 2, TRUE, WB_PLACED_BY_HAND);
  draft_must_make_ready (self);
  g_assert_cmpstr (draft_only_file (self)->made, !=, "");
}

static void
test_copy_is_gone (DraftFixture *self, gconstpointer data)
{
  g_autofree char *path = draft_picture (self->store->dir, "ann.png", 400, 400, 0x123456),
                  *folder = draft_picture_folder (self);
  g_autofree char *blob = NULL;
  g_autoptr (GError) error = NULL;

  draft_drop_one (self, path);
  blob = g_build_filename (folder, draft_only_file (self)->blob, NULL);
  g_assert_cmpint (g_remove (blob), ==, 0);
  g_assert_false (draft_make_ready (self->draft, &error));
  g_assert_error (error, WB_MEDIA_ERROR, WB_MEDIA_ERROR_UNREADABLE);
  g_assert_true (g_str_has_prefix (error->message, "ann.png: "));
  g_assert_cmpint (draft_only_file (self)->refused, ==, WB_MEDIA_ERROR_UNREADABLE + 1);
  /* From now on the list of problems tells it. */
  draft_must_make_ready (self);
}

/* Another picture under the name of the copy: no decoder sees what was not looked at. */
static void
test_copy_is_changed (DraftFixture *self, gconstpointer data)
{
  g_autofree char *path = draft_picture (self->store->dir, "ann.png", 400, 400, 0x123456),
                  *folder = draft_picture_folder (self);
  g_autoptr (GError) error = NULL;

  draft_drop_one (self, path);
  g_free (draft_picture (folder, "other.png", 4000, 4000, 0xffffff));
  {
    g_autofree char *from = g_build_filename (folder, "other.png", NULL);
    g_autofree char *to = g_build_filename (folder, draft_only_file (self)->blob, NULL);

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
test_no_room (DraftFixture *self, gconstpointer data)
{
  g_autofree char *path = draft_picture (self->store->dir, "ann.png", 400, 400, 0x123456);
  g_autofree char *more = draft_picture (self->store->dir, "bob.png", 2000, 2000, 0x654321);
  const char *const roots[] = { more, NULL };
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  signal (SIGXFSZ, SIG_IGN);
  draft_drop_one (self, path);
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
  g_assert_cmpint (draft_only_file (self)->refused, ==, 0);
  draft_must_make_ready (self);
  g_assert_cmpstr (draft_only_file (self)->made, !=, "");
}

static void
test_make_ready_cancelled (DraftFixture *self, gconstpointer data)
{
  g_autofree char *path = draft_picture (self->store->dir, "ann.jpg", 3000, 3000, 0x123456);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *result = NULL, *other = NULL;
  g_autoptr (GError) error = NULL;

  draft_drop_one (self, path);
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
test_closed_while_making (DraftFixture *self, gconstpointer data)
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
  draft_must_make_ready (self);
  wb_draft_remove_file (self->draft, 1);
  wb_draft_undo (self->draft);
  wb_drafts_delete (store_drafts (self->store), id);
}

static void
test_preview (DraftFixture *self, gconstpointer data)
{
  g_autofree char *path = draft_picture (self->store->dir, "ann.jpg", 1200, 800, 0x00ff00);
  GAsyncResult *result = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autoptr (GError) error = NULL;

  draft_drop_one (self, path);
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

static GdkPixbuf *
load_made (DraftFixture *self, const char *blob, GError **error)
{
  GAsyncResult *result = NULL;
  GdkPixbuf *pixbuf;

  wb_drafts_load_made_async (store_drafts (self->store), blob, 64, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  pixbuf = wb_drafts_load_made_finish (store_drafts (self->store), result, error);
  g_object_unref (result);
  return pixbuf;
}

/* What is shown of an order is what was made for it; what was put in its place is not decoded. */
static void
test_made_shown (DraftFixture *self, gconstpointer data)
{
  g_autofree char *path = draft_picture (self->store->dir, "ann.jpg", 1200, 800, 0x00ff00), *large = NULL,
                  *in_folder = NULL, *bytes = NULL;
  g_autofree char *folder = draft_picture_folder (self);
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autoptr (GError) error = NULL;
  const char *made;
  gsize length;

  draft_drop_one (self, path);
  draft_must_make_ready (self);
  made = draft_only_file (self)->made;
  pixbuf = load_made (self, made, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), >=, 64);
  g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), <, 648);
  large = draft_picture (self->store->dir, "large.png", 3000, 3000, 0xff0000);
  in_folder = g_build_filename (folder, made, NULL);
  g_assert_true (g_file_get_contents (large, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (in_folder, bytes, length, NULL));
  g_assert_null (load_made (self, made, &error));
  g_assert_error (error, WB_MEDIA_ERROR, WB_MEDIA_ERROR_CHANGED);
  g_clear_error (&error);
  g_assert_null (load_made (self, "0000", &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_STORAGE);
}

typedef struct {
  GMutex lock;
  GCond goes_on;
  gboolean may_end;
  gint begun;
} Hold;

static void
hold_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Hold *hold = data;

  g_mutex_lock (&hold->lock);
  g_atomic_int_set (&hold->begun, TRUE);
  while (!hold->may_end)
    g_cond_wait (&hold->goes_on, &hold->lock);
  g_mutex_unlock (&hold->lock);
  g_task_return_boolean (task, TRUE);
}

/* Small faces wait like everybody for memory that others have. */
static void
test_made_bounded (DraftFixture *self, gconstpointer data)
{
  g_autofree char *path = draft_picture (self->store->dir, "ann.jpg", 1200, 800, 0x00ff00);
  Hold hold = { .begun = FALSE };
  g_autoptr (GTask) task = NULL;
  GAsyncResult *held = NULL, *result = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&hold.lock);
  g_cond_init (&hold.goes_on);
  draft_drop_one (self, path);
  draft_must_make_ready (self);
  task = g_task_new (NULL, NULL, wb_test_take_result, &held);
  g_task_set_task_data (task, &hold, NULL);
  wb_picture_pool_run (wb_drafts_get_pool (store_drafts (self->store)), task, wb_picture_limits.pool_bytes,
                       hold_thread);
  g_assert_true (wb_test_wait (&hold.begun, WB_TEST_DEADLINE_MS));
  wb_drafts_load_made_async (store_drafts (self->store), draft_only_file (self)->made, 64, NULL, wb_test_take_result,
                             &result);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (result);
  g_mutex_lock (&hold.lock);
  hold.may_end = TRUE;
  g_cond_signal (&hold.goes_on);
  g_mutex_unlock (&hold.lock);
  wb_test_wait_result (&result);
  pixbuf = wb_drafts_load_made_finish (store_drafts (self->store), result, &error);
  g_assert_no_error (error);
  wb_test_wait_result (&held);
  g_object_unref (held);
  g_object_unref (result);
  g_mutex_clear (&hold.lock);
  g_cond_clear (&hold.goes_on);
}

static void
put_blob (DraftFixture *self, const char *name)
{
  g_autofree char *folder = draft_picture_folder (self);

  g_mkdir_with_parents (folder, 0700);
  g_free (draft_file (folder, name, name, strlen (name)));
}

static gboolean
has_blob (DraftFixture *self, const char *name)
{
  g_autofree char *folder = draft_picture_folder (self), *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

#define BLOB(digit) digit "000000000000000000000000000000000000000000000000000000000000000"

/* At start: what no draft, no unfinished or young operation and no young order names. */
static void
test_sweep (DraftFixture *self, gconstpointer data)
{
  static const char *const names[]
      = { BLOB ("a"), BLOB ("b"), BLOB ("c"), BLOB ("d"), BLOB ("e"), BLOB ("f"), BLOB ("1"), BLOB ("2") };
  static const gboolean kept[] = { FALSE, TRUE, TRUE, FALSE, TRUE, FALSE, TRUE, FALSE };
  g_autofree char *path = draft_picture (self->store->dir, "ann.png", 400, 400, 0x123456), *made = NULL, *blob = NULL;
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time ());
  g_autoptr (GString) sql = g_string_new (
      "INSERT INTO operations (id, run, op, state, paid, destructive, created, updated) VALUES ('old-done', '', "
      "'update_user', 'done', 0, 0, 1, 1),"
      " ('old-unknown', '', 'update_user', 'unknown', 0, 0, 1, 1), ('young', '', 'update_user', 'failed', 0, 0, NOW, "
      "NOW);"
      "INSERT INTO parts (operation, place, name, blob, length) VALUES ('old-done', 0, 'p', '" BLOB (
          "a") "', 1),"
               " ('old-unknown', 0, 'p', '" BLOB ("b") "', 1), ('young', 0, 'p', '" BLOB (
                   "c") "', 1);"
                        "INSERT INTO orders (id, customer_id, customer, state, created) VALUES ('o-old', '', '', "
                        "'live', 1), ('o-young', '', '', 'live', NOW),"
                        " ('o-open', '', '', 'not-paid', 1);"
                        "INSERT INTO order_mailboxes (order_uuid, place, domain, address, user_name, first_name, "
                        "last_name, blob) VALUES"
                        " ('o-old', 0, '', '', '', '', '', '" BLOB ("d") "'), ('o-young', 0, '', '', '', '', '', "
                                                                         "'" BLOB (
                                                                             "e") "'),"
                                                                                  " ('o-open', 0, '', '', '', '', '', "
                                                                                  "'" BLOB (
                                                                                      "1") "');"
                                                                                           "INSERT INTO drafts (id, "
                                                                                           "body, created, updated, "
                                                                                           "order_uuid) VALUES "
                                                                                           "('finished', '{}', 1, 1, "
                                                                                           "'o-old');"
                                                                                           "INSERT INTO draft_files "
                                                                                           "(draft, file, body, blob) "
                                                                                           "VALUES ('finished', 1, "
                                                                                           "'{}', '" BLOB ("f") "')");

  draft_drop_one (self, path);
  draft_must_make_ready (self);
  blob = g_strdup (draft_only_file (self)->blob);
  made = g_strdup (draft_only_file (self)->made);
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

#define ADD(name, function)                                                                                            \
  g_test_add ("/draft-make/" name, DraftFixture, NULL, draft_set_up, function, draft_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("crop-makes-again", test_crop_makes_again);
  ADD ("crop-while-making", test_crop_while_making);
  ADD ("made-when-idle", test_made_when_idle);
  ADD ("unplaced-is-not-made", test_unplaced_is_not_made);
  ADD ("copy-is-gone", test_copy_is_gone);
  ADD ("copy-is-changed", test_copy_is_changed);
  ADD ("no-room", test_no_room);
  ADD ("make-ready-cancelled", test_make_ready_cancelled);
  ADD ("closed-while-making", test_closed_while_making);
  ADD ("preview", test_preview);
  ADD ("made/shown", test_made_shown);
  ADD ("made/bounded", test_made_bounded);
  ADD ("sweep", test_sweep);
  return g_test_run ();
}
