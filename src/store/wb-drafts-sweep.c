// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-drafts-private.h"

#include "wb-blobs.h"
#include "wb-profile.h"

#define KEPT_US (90 * G_TIME_SPAN_DAY)

/* Who names a picture. What was sent is kept for as long as its order is young, also for sending again. */
static const char keep_sql[]
  = "WITH young (id) AS (SELECT id FROM orders WHERE created >= ?1"
    "  OR state IN ('creating', 'not-paid', 'cannot-pay', 'may-exist', 'unknown', 'paying', 'being-made', 'slow'))"
    " SELECT f.blob, f.made FROM draft_files f JOIN drafts d ON d.id = f.draft"
    "  WHERE d.order_uuid = '' OR d.updated >= ?1 OR d.order_uuid IN young"
    " UNION ALL SELECT p.blob, '' FROM parts p JOIN operations o ON o.id = p.operation"
    "  WHERE p.blob IS NOT NULL AND (o.created >= ?1 OR o.state IN ('queued', 'sending', 'accepted', 'unknown'))"
    " UNION ALL SELECT blob, '' FROM order_mailboxes WHERE blob IS NOT NULL AND order_uuid IN young";

static GHashTable *
read_names (sqlite3 *db, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (WbStatement) stmt = wb_db_prepare (db, error, keep_sql, "i", g_get_real_time () - KEPT_US);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return NULL;
  while (wb_db_step (stmt, &failure))
    for (int i = 0; i < 2; i++)
      g_hash_table_add (names, g_strdup (wb_db_text (stmt, i)));
  if (failure == NULL)
    return g_steal_pointer (&names);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

/* In the journal's thread: it ends before the profile's lock is given up, so that another process cannot
 * begin to use what is being removed. */
static gpointer
sweep_job (sqlite3 *db, gpointer blobs, GError **error)
{
  g_autoptr (GHashTable) names = read_names (db, error);
  guint removed = names != NULL ? wb_blobs_sweep (blobs, names, error) : 0;

  if (removed > 0)
    g_debug ("%u pictures that nothing names were removed", removed);
  return NULL;
}

void
wb_drafts_sweep (WbDrafts *self)
{
  WbLock lock = wb_profile_get_lock (self->profile);

  if (lock != WB_LOCK_OTHER_PROCESS && lock != WB_LOCK_DISK)
    wb_database_push (wb_profile_get_journal (self->profile), sweep_job,
                      g_object_ref (wb_profile_get_blobs (self->profile)), g_object_unref);
}
