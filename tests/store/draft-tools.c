// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "draft-tools.h"

#include <string.h>

#include "wb-profile-private.h"

/* Another part of it is another picture. */
static void
shade (GdkPixbuf *pixbuf)
{
  guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);
  gsize stride = (gsize) gdk_pixbuf_get_rowstride (pixbuf), width = 3 * (gsize) gdk_pixbuf_get_width (pixbuf);
  int height = gdk_pixbuf_get_height (pixbuf);

  for (int y = 0; y < height; y++)
    for (gsize x = 0; x < width; x++)
      pixels[(gsize) y * stride + x] = (guint8) (pixels[(gsize) y * stride + x] * (2 * height - y) / (2 * height));
}

char *
draft_picture (const char *dir, const char *name, guint width, guint height, guint32 rgb)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, (int) width, (int) height);
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (dir, name, NULL);

  gdk_pixbuf_fill (pixbuf, rgb << 8);
  shade (pixbuf);
  gdk_pixbuf_save (pixbuf, path, g_str_has_suffix (name, ".png") ? "png" : "jpeg", &error, NULL);
  g_assert_no_error (error);
  return path;
}

char *
draft_file (const char *dir, const char *name, const void *bytes, gsize length)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (dir, name, NULL);

  g_file_set_contents (path, bytes, (gssize) length, &error);
  g_assert_no_error (error);
  return path;
}

WbDrafts *
store_drafts (Store *store)
{
  return wb_profile_get_drafts (store->profile);
}

WbDraft *
draft_load (Store *store, const char *id)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  WbDraft *draft;

  wb_drafts_load_async (store_drafts (store), id, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  draft = wb_drafts_load_finish (store_drafts (store), result, &error);
  g_assert_no_error (error);
  g_object_unref (result);
  return draft;
}

void
draft_flush (WbDraft *draft)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  wb_draft_flush_async (draft, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  wb_draft_flush_finish (draft, result, &error);
  g_assert_no_error (error);
  g_object_unref (result);
}

static gboolean
is_last (gpointer object)
{
  return g_atomic_int_get (&G_OBJECT (object)->ref_count) == 1;
}

void
draft_drop (WbDraft *draft)
{
  draft_flush (draft);
  g_assert_true (wb_test_wait_for (is_last, draft, WB_TEST_DEADLINE_MS));
  g_assert_finalize_object (draft);
}

WbFilesResult
draft_add (WbDraft *draft, int only_row, const char *only_domain, const char *const *roots)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  WbFilesResult out = { 0 };

  wb_draft_add_files_async (draft, roots, only_row, only_domain, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  g_assert_true (wb_draft_add_files_finish (draft, result, &out, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (wb_draft_get_reading (draft, NULL), ==, 0);
  g_object_unref (result);
  return out;
}

gboolean
draft_make_ready (WbDraft *draft, GError **error)
{
  GAsyncResult *result = NULL;
  gboolean ready;

  wb_draft_make_ready_async (draft, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  ready = wb_draft_make_ready_finish (draft, result, error);
  g_object_unref (result);
  return ready;
}

typedef struct {
  const char *sql;
  gint64 count;
} Count;

static gpointer
count_job (sqlite3 *db, gpointer data, GError **error)
{
  Count *count = data;

  count->count = wb_db_int64 (db, error, count->sql, "");
  return NULL;
}

gint64
draft_count (Store *store, const char *sql)
{
  g_autoptr (GError) error = NULL;
  Count count = { sql, 0 };

  wb_database_run (wb_profile_get_reader (store->profile), count_job, &count, &error);
  g_assert_no_error (error);
  return count.count;
}

int
draft_row_of (WbDraft *draft, const char *address)
{
  for (guint row = 0; row < wb_draft_get_n_mailboxes (draft); row++)
    {
      g_autofree char *found = wb_draft_dup_address (draft, row);

      if (strcmp (found, address) == 0)
        return (int) row;
    }
  g_error ("no mailbox %s", address);
}

const char *
draft_file_of (WbDraft *draft, const char *address)
{
  const WbPlacement *placement = wb_draft_get_placement (draft, (guint) draft_row_of (draft, address));

  return placement != NULL ? wb_draft_get_file (draft, placement->file)->file_name : "";
}

guint
draft_file_id (WbDraft *draft, const char *name)
{
  GPtrArray *files = wb_draft_get_files (draft);

  for (guint i = 0; i < files->len; i++)
    if (strcmp (((const WbDraftFile *) files->pdata[i])->file_name, name) == 0)
      return ((const WbDraftFile *) files->pdata[i])->id;
  g_error ("no file %s", name);
}

static void
dump_picture (GString *text, WbDraft *draft, guint row)
{
  const WbPlacement *placement = wb_draft_get_placement (draft, row);

  if (placement != NULL)
    g_string_append_printf (text, " picture %u/%u how %d", placement->file, placement->other, placement->how);
}

char *
draft_dump (WbDraft *draft)
{
  GString *text = g_string_new (NULL);
  GPtrArray *files = wb_draft_get_files (draft);

  g_string_append_printf (text, "customer %s %s; provider %s, renew %d, pay %d, rights %d, second %d, app %s\n",
                          wb_draft_get_customer_id (draft), wb_draft_get_customer_name (draft),
                          wb_draft_get_provider (draft), wb_draft_get_auto_renew (draft), wb_draft_get_pay_mode (draft),
                          wb_draft_get_may_use_pictures (draft), wb_draft_get_second_time (draft),
                          wb_draft_get_oauth (draft, "google-app-name"));
  for (guint i = 0; i < wb_draft_get_n_domains (draft); i++)
    {
      const WbDraftDomain *domain = wb_draft_get_domain (draft, i);

      g_string_append_printf (text, "domain %s %u %s %d\n", domain->name, domain->years, domain->forward_to,
                              domain->mask);
    }
  for (guint i = 0; i < wb_draft_get_n_mailboxes (draft); i++)
    {
      const WbDraftMailbox *row = wb_draft_get_mailbox (draft, i);

      g_string_append_printf (text, "mailbox %s@%s %s|%s", row->user_name, row->domain, row->first_name,
                              row->last_name);
      dump_picture (text, draft, i);
      g_string_append_c (text, '\n');
    }
  for (guint i = 0; i < files->len; i++)
    {
      const WbDraftFile *file = files->pdata[i];

      g_string_append_printf (text, "file %u %s crop %.3f %.3f %.3f %u\n", file->id, file->file_name, file->crop.x,
                              file->crop.y, file->crop.zoom, file->crop.turns);
    }
  return g_string_free (text, FALSE);
}

void
draft_set_up (DraftFixture *self, gconstpointer data)
{
  self->store = store_new (NULL);
  self->draft = store_draft (self->store, "one.example", "ann:Ann Lee,bob:Bob Ray,cy:Cy Young");
}

void
draft_tear_down (DraftFixture *self, gconstpointer data)
{
  draft_drop (self->draft);
  store_free (self->store);
}

WbFilesResult
draft_drop_one (DraftFixture *self, const char *path)
{
  const char *const roots[] = { path, NULL };

  return draft_add (self->draft, -1, NULL, roots);
}

char *
draft_picture_folder (DraftFixture *self)
{
  return g_build_filename (wb_profile_get_folder (self->store->profile), "pictures", NULL);
}

guint
draft_count_blobs (DraftFixture *self)
{
  g_autofree char *folder = draft_picture_folder (self);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

const WbDraftFile *
draft_only_file (DraftFixture *self)
{
  g_assert_cmpuint (wb_draft_get_files (self->draft)->len, ==, 1);
  return wb_draft_get_files (self->draft)->pdata[0];
}

void
draft_must_make_ready (DraftFixture *self)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (draft_make_ready (self->draft, &error));
  g_assert_no_error (error);
}
