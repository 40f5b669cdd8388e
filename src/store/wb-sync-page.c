// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-sync-private.h"

#include "cmr-call.h"

/* Pages of a sweep, landing in the mirror's thread: a transaction each, which writes nothing where nothing changed. */

void
wb_sync_pages_free (gpointer data)
{
  WbSyncPages *self = data;

  for (guint i = 0; i < self->n_bodies; i++)
    g_bytes_unref (self->bodies[i]);
  g_free (self->scope);
  g_free (self->before);
  g_free (self);
}

/* Takes @body, that of the page after the last one. */
void
wb_sync_pages_add (WbSyncPages *self, GBytes *body, gint64 asked_at, gboolean overlaps)
{
  g_assert (self->n_bodies < WB_SYNC_PAGES_MAX);
  self->bodies[self->n_bodies] = body;
  self->overlaps[self->n_bodies] = overlaps;
  self->asked_at[self->n_bodies++] = asked_at;
}

void
wb_sync_landed_free (gpointer data)
{
  WbSyncLanded *self = data;

  g_free (self->page.first);
  g_clear_error (&self->error);
  g_free (self);
}

static GBytes *
digest_of (GBytes *body)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest, size;
  gconstpointer bytes = g_bytes_get_data (body, &size);

  g_checksum_update (checksum, bytes, (gssize) size);
  g_checksum_get_digest (checksum, digest, &length);
  return g_bytes_new (digest, length);
}

/* One of them */
typedef struct {
  WbSyncPages *pages; /* with the place of this one */
  GBytes *body;
  gint64 asked_at;
  gboolean overlaps;
  WbMirrorPage told;
} Page;

/* The same page again: a service that pays no heed to `page` must not keep us asking. Where it speaks of pages
 * there is more that is not to be had; else one page was all. */
static gboolean
stands_still (const WbSyncPages *self, const char *first)
{
  return self->sweep.page > 1 && *first != '\0' && g_strcmp0 (self->before, first) == 0;
}

static gboolean
speaks_of_pages (const CmrPage *parsed)
{
  return parsed->total >= 0 || parsed->total_pages > 0;
}

/* How many there are, by the least that it says; 0 where it does not. */
static guint
count_pages (const CmrPage *parsed)
{
  gint64 by_total = parsed->total >= 0 ? MAX ((parsed->total + WB_SYNC_PAGE_ROWS - 1) / WB_SYNC_PAGE_ROWS, 1) : G_MAXUINT;
  gint64 told = parsed->total_pages > 0 ? parsed->total_pages : G_MAXUINT;

  return speaks_of_pages (parsed) ? (guint) MIN (MIN (by_total, told), G_MAXINT) : 0;
}

static void
take_what_it_told (const WbSyncPages *self, const CmrPage *parsed, WbMirrorPage *page)
{
  page->n_rows = parsed->rows->len;
  page->total = parsed->total;
  page->n_pages = count_pages (parsed);
  page->first = g_strdup (parsed->rows->len > 0 ? wb_mirror_key (self->sweep.resource, parsed->rows->pdata[0]) : "");
  page->last = stands_still (self, page->first)
               || cmr_page_ends (parsed, self->sweep.page, self->sweep.read + parsed->rows->len, WB_SYNC_PAGE_ROWS);
}

static gboolean
write_page (sqlite3 *db, Page *self, GBytes *digest, const CmrPage *parsed, WbSyncLanded *landed, GError **error)
{
  const WbMirrorSweep *sweep = &self->pages->sweep;
  g_autoptr (GArray) rowids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), parsed->rows->len);
  WbMirrorWrite write = { sweep->resource, sweep->scope, self->asked_at };
  gint changed = wb_mirror_upsert (db, &write, parsed->rows, rowids, error);

  if (changed < 0 || !wb_mirror_sweep_keep_page (db, sweep, digest, &self->told, rowids, self->asked_at, error)
      || (changed > 0 && !wb_mirror_note_written (db, sweep->collection, sweep->scope, error)))
    return FALSE;
  landed->changed += changed;
  return TRUE;
}

/* Whether the list has grown or shrunk since the page before. */
static gboolean
is_of_another_list (const Page *self, gint64 total)
{
  return self->overlaps && total != self->pages->total;
}

static gboolean
land_new (sqlite3 *db, Page *self, GBytes *digest, WbSyncLanded *landed, GError **error)
{
  const WbSyncPages *pages = self->pages;
  g_autoptr (CmrPage) parsed = cmr_page_parse (pages->endpoint, self->body, error);

  if (parsed == NULL)
    return FALSE;
  landed->again = is_of_another_list (self, parsed->total);
  if (landed->again)
    return FALSE;
  take_what_it_told (pages, parsed, &self->told);
  if (!stands_still (pages, self->told.first) || !speaks_of_pages (parsed))
    return write_page (db, self, digest, parsed, landed, error);
  g_set_error (error, CMR_ERROR, CMR_ERROR_PROTOCOL, "%s: page %u is the one before", pages->endpoint->id,
               pages->sweep.page);
  return FALSE;
}

/* A wrong customer has no rows either. */
static gboolean
is_doubtful (sqlite3 *db, const WbMirrorSweep *sweep, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM (SELECT 1 FROM \"%s\" WHERE scope = ? LIMIT 1)",
                                          sweep->resource->name);

  return sweep->read == 0 && *sweep->scope != '\0' && wb_db_int64 (db, error, sql, "s", sweep->scope) > 0;
}

/* The place after the page, or the end. */
static gboolean
go_on (sqlite3 *db, Page *self, gboolean known, WbSyncLanded *landed, GError **error)
{
  WbMirrorSweep next = self->pages->sweep;
  g_autoptr (GError) failure = NULL;
  gint n_removed;

  next.page++;
  next.read += self->told.n_rows;
  if (!self->told.last)
    return (known && !self->pages->keep_place) || wb_mirror_sweep_keep (db, &next, error);
  landed->doubtful = is_doubtful (db, &next, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (landed->doubtful)
    return TRUE;
  n_removed = wb_mirror_sweep_end (db, &next, error);
  landed->changed += n_removed;
  return n_removed >= 0;
}

static gboolean
land_page (sqlite3 *db, Page *self, WbSyncLanded *landed, GError **error)
{
  g_autoptr (GBytes) digest = digest_of (self->body);
  gint changed = landed->changed;
  gboolean known;

  if (!wb_db_begin (db, error))
    return FALSE;
  known = wb_mirror_sweep_find_page (db, &self->pages->sweep, digest, &self->told, NULL);
  landed->again = known && is_of_another_list (self, self->told.total);
  if (!landed->again && (known || land_new (db, self, digest, landed, error)) && go_on (db, self, known, landed, error)
      && wb_db_commit (db, error))
    return TRUE;
  wb_db_rollback (db);
  landed->changed = changed;
  return FALSE;
}

/* Steps behind the page that has landed. */
static void
step (WbSyncPages *self, Page *page, WbSyncLanded *landed)
{
  g_free (landed->page.first);
  landed->page = page->told;
  page->told.first = NULL;
  g_free (self->before);
  self->before = g_strdup (landed->page.first);
  self->total = landed->page.total;
  self->sweep.page++;
  self->sweep.read += landed->page.n_rows;
  landed->n_landed++;
  landed->read = self->sweep.read;
}

gpointer
wb_sync_land_pages_job (sqlite3 *db, gpointer data, GError **error)
{
  WbSyncPages *self = data;
  WbSyncLanded *landed = g_new0 (WbSyncLanded, 1);

  for (guint i = 0; i < self->n_bodies && landed->error == NULL && !landed->again && !landed->page.last; i++)
    {
      Page page = { self, self->bodies[i], self->asked_at[i], self->overlaps[i] };

      if (land_page (db, &page, landed, &landed->error))
        step (self, &page, landed);
      g_free (page.told.first);
    }
  /* What comes next, the age of a list that has not changed, begins the log anew instead of making it longer. */
  if (landed->page.last)
    wb_db_exec (db, "PRAGMA wal_checkpoint (PASSIVE)", NULL);
  return landed;
}

/* The customer is known to the service: there really are no rows. */
gpointer
wb_sync_land_none_job (sqlite3 *db, gpointer data, GError **error)
{
  WbSyncPages *self = data;
  WbSyncLanded *landed = g_new0 (WbSyncLanded, 1);

  if (wb_db_begin (db, error))
    {
      landed->changed = wb_mirror_sweep_end (db, &self->sweep, error);
      if (landed->changed >= 0 && wb_db_commit (db, error))
        return landed;
      wb_db_rollback (db);
    }
  wb_sync_landed_free (landed);
  return NULL;
}
