// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-sync-private.h"

#include "cmr-call.h"

/* One page of a sweep, landing in the mirror's thread: one transaction, which writes nothing where nothing changed. */

void
wb_sync_page_free (gpointer data)
{
  WbSyncPage *self = data;

  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->scope);
  g_free (self->before);
  g_free (self);
}

void
wb_sync_landed_free (gpointer data)
{
  WbSyncLanded *self = data;

  g_free (self->page.first);
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

/* The same page again: a service that pays no heed to `page` must not keep us asking. Where it speaks of pages
 * there is more that is not to be had; else one page was all. */
static gboolean
stands_still (const WbSyncPage *self, const char *first)
{
  return self->sweep.page > 1 && *first != '\0' && g_strcmp0 (self->before, first) == 0;
}

static gboolean
speaks_of_pages (const CmrPage *parsed)
{
  return parsed->total >= 0 || parsed->total_pages > 0;
}

static void
take_what_it_told (const WbSyncPage *self, const CmrPage *parsed, WbMirrorPage *page)
{
  page->n_rows = parsed->rows->len;
  page->total = parsed->total;
  page->first = g_strdup (parsed->rows->len > 0 ? wb_mirror_key (self->sweep.resource, parsed->rows->pdata[0]) : "");
  page->last = stands_still (self, page->first)
               || cmr_page_ends (parsed, self->sweep.page, self->sweep.read + parsed->rows->len, WB_SYNC_PAGE_ROWS);
}

static gboolean
write_page (sqlite3 *db, const WbSyncPage *self, GBytes *digest, const CmrPage *parsed, WbSyncLanded *landed, GError **error)
{
  const WbMirrorSweep *sweep = &self->sweep;
  g_autoptr (GArray) rowids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), parsed->rows->len);
  WbMirrorWrite write = { sweep->resource, sweep->scope, self->asked_at };

  landed->changed = wb_mirror_upsert (db, &write, parsed->rows, rowids, error);
  return landed->changed >= 0
         && wb_mirror_sweep_keep_page (db, sweep, digest, &landed->page, rowids, self->asked_at, error)
         && (landed->changed == 0 || wb_mirror_note_written (db, sweep->collection, sweep->scope, error));
}

static gboolean
land_new (sqlite3 *db, const WbSyncPage *self, GBytes *digest, WbSyncLanded *landed, GError **error)
{
  g_autoptr (CmrPage) parsed = cmr_page_parse (self->endpoint, self->body, error);

  if (parsed == NULL)
    return FALSE;
  take_what_it_told (self, parsed, &landed->page);
  if (!stands_still (self, landed->page.first) || !speaks_of_pages (parsed))
    return write_page (db, self, digest, parsed, landed, error);
  g_set_error (error, CMR_ERROR, CMR_ERROR_PROTOCOL, "%s: page %u is the one before", self->endpoint->id, self->sweep.page);
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

static gboolean
go_on (sqlite3 *db, const WbSyncPage *self, gboolean known, WbSyncLanded *landed, GError **error)
{
  WbMirrorSweep next = self->sweep;
  g_autoptr (GError) failure = NULL;
  gint n_removed;

  next.page++;
  next.read += landed->page.n_rows;
  if (!landed->page.last)
    return (known && !self->keep_place) || wb_mirror_sweep_keep (db, &next, error);
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

gpointer
wb_sync_land_page_job (sqlite3 *db, gpointer data, GError **error)
{
  WbSyncPage *self = data;
  g_autoptr (GBytes) digest = digest_of (self->body);
  WbSyncLanded *landed = g_new0 (WbSyncLanded, 1);
  gboolean known;

  if (wb_db_begin (db, error))
    {
      known = wb_mirror_sweep_find_page (db, &self->sweep, digest, &landed->page, NULL);
      if ((known || land_new (db, self, digest, landed, error)) && go_on (db, self, known, landed, error)
          && wb_db_commit (db, error))
        return landed;
      wb_db_rollback (db);
    }
  wb_sync_landed_free (landed);
  return NULL;
}

/* The customer is known to the service: there really are no rows. */
gpointer
wb_sync_land_none_job (sqlite3 *db, gpointer data, GError **error)
{
  WbSyncPage *self = data;
  WbSyncLanded *landed = g_new0 (WbSyncLanded, 1);

  self->sweep.page++;
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
