// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "cmr-client.h"
#include "wb-order-private.h"
#include "wb-profile-private.h"

/* The same order within a day, over all profiles on the same host. */
#define DAY (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC)
/* Another process may be writing there. */
#define BUSY_MS 1000

static void
twin_free (gpointer data)
{
  WbTwin *twin = data;

  g_free (twin->order);
  g_free (twin->profile_name);
  g_free (twin);
}

typedef struct {
  char *data_dir, *own_id, *host, *fingerprint;
  char **domains;
} Twins;

static void
twins_free (gpointer data)
{
  Twins *twins = data;

  g_free (twins->data_dir);
  g_free (twins->own_id);
  g_free (twins->host);
  g_free (twins->fingerprint);
  g_strfreev (twins->domains);
  g_free (twins);
}

static gboolean
overlaps (const Twins *twins, const char *domains)
{
  g_auto (GStrv) other = g_strsplit (domains, ", ", 0);

  for (guint i = 0; other[i] != NULL; i++)
    if (g_strv_contains ((const char *const *) twins->domains, other[i]))
      return TRUE;
  return FALSE;
}

/* What may buy something, or has: under way, made, paid, or unknown where money may have gone. A create whose
 * answer was lost is free, and gets no alarm. */
static gboolean
look_in (sqlite3 *db, const Twins *twins, const char *profile_name, GPtrArray *found, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (WbStatement) stmt = wb_db_prepare (
    db, &failure, "SELECT id, fingerprint, domains, created FROM orders WHERE created > ? AND host = ?"
    " AND state NOT IN ('failed', 'cancelled', 'may-exist') ORDER BY created DESC",
    "is", g_get_real_time () - DAY, twins->host);

  while (stmt != NULL && wb_db_step (stmt, &failure))
    {
      gboolean equal = g_str_equal (wb_db_text (stmt, 1), twins->fingerprint);
      WbTwin *twin;

      if (!equal && !overlaps (twins, wb_db_text (stmt, 2)))
        continue;
      twin = g_new0 (WbTwin, 1);
      twin->order = g_strdup (wb_db_text (stmt, 0));
      twin->profile_name = g_strdup (profile_name);
      twin->time = sqlite3_column_int64 (stmt, 3);
      twin->equal = equal;
      g_ptr_array_add (found, twin);
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* A journal that is there and cannot be read is no journal without orders. */
static gboolean
look_in_other (const Twins *twins, const WbProfileInfo *info, GPtrArray *found, GError **error)
{
  g_autofree char *folder = wb_profile_folder (twins->data_dir, info->id);
  g_autofree char *path = g_build_filename (folder, "journal.db", NULL);
  sqlite3 *other = NULL;
  gboolean fine;

  if (g_str_equal (info->id, twins->own_id) || !g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  fine = sqlite3_open_v2 (path, &other, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK;
  if (fine)
    sqlite3_busy_timeout (other, BUSY_MS);
  else
    wb_db_set_error (error, other, path);
  fine = fine && look_in (other, twins, info->name, found, error);
  sqlite3_close (other);
  return fine;
}

static gpointer
twins_job (sqlite3 *db, gpointer data, GError **error)
{
  Twins *twins = data;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (twin_free);
  g_autoptr (GPtrArray) infos = wb_profile_list (twins->data_dir);

  if (!look_in (db, twins, "", found, error))
    return NULL;
  for (guint i = 0; i < infos->len; i++)
    if (!look_in_other (twins, infos->pdata[i], found, error))
      return NULL;
  return g_steal_pointer (&found);
}

static void
twins_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *found = wb_database_run_finish (result, &error);

  if (found == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, found, (GDestroyNotify) g_ptr_array_unref);
}

void
wb_orders_find_twins_async (WbOrders *self, WbDraft *draft, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  WbProfile *profile = wb_orders_get_profile (self);
  guint n = wb_draft_get_n_domains (draft);
  Twins *twins;

  g_task_set_source_tag (task, wb_orders_find_twins_async);
  if (profile == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "closed");
      g_object_unref (task);
      return;
    }
  twins = g_new0 (Twins, 1);
  twins->data_dir = g_strdup (wb_profile_get_data_dir (profile));
  twins->own_id = g_strdup (wb_profile_get_info (profile)->id);
  twins->host = cmr_client_dup_origin (wb_profile_get_client (profile));
  twins->fingerprint = wb_draft_dup_fingerprint (draft);
  twins->domains = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    twins->domains[i] = g_strdup (wb_draft_get_domain (draft, i)->name);
  wb_database_run_async (wb_profile_get_journal (profile), twins_job, twins, twins_free,
                         (GDestroyNotify) g_ptr_array_unref, cancellable, twins_cb, task);
}

GPtrArray *
wb_orders_find_twins_finish (WbOrders *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
