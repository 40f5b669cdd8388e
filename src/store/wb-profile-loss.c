// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-profile-forget.h"

#include "wb-profile-private.h"

/* What goes with a profile that is forgotten. */

static void
stake_free (gpointer data)
{
  WbProfileStake *stake = data;

  g_free (stake->customer);
  g_free (stake->order_id);
  g_free (stake);
}

void
wb_profile_loss_free (WbProfileLoss *self)
{
  g_ptr_array_unref (self->stakes);
  g_free (self);
}

static gint64
cents_at (sqlite3_stmt *stmt, int column)
{
  return sqlite3_column_type (stmt, column) != SQLITE_NULL ? sqlite3_column_int64 (stmt, column) : CMR_MONEY_UNKNOWN;
}

/* Orders that are paid or may be, and paid requests that belong to none: renewals and the like. */
static void
read_stakes (sqlite3 *db, GPtrArray *stakes, GError **error)
{
  g_autoptr (WbStatement) stmt = wb_db_prepare (
    db, error,
    "SELECT customer, order_id, coalesce (taken, about), coalesce (paid_at, created) AS since FROM orders"
    " WHERE state IN ('paying', 'being-made', 'slow', 'unknown')"
    " UNION ALL SELECT customer, '', cents, created FROM operations"
    " WHERE paid AND order_uuid = '' AND state IN ('accepted', 'unknown') ORDER BY since", "");

  while (stmt != NULL && wb_db_step (stmt, error))
    {
      WbProfileStake *stake = g_new0 (WbProfileStake, 1);

      stake->customer = g_strdup (wb_db_text (stmt, 0));
      stake->order_id = g_strdup (wb_db_text (stmt, 1));
      stake->cents = cents_at (stmt, 2);
      stake->since = sqlite3_column_int64 (stmt, 3);
      g_ptr_array_add (stakes, stake);
    }
}

gpointer
wb_profile_loss_job (sqlite3 *db, gpointer data, GError **error)
{
  static const char counts[]
    = "SELECT (SELECT count (*) FROM orders), (SELECT count (*) FROM drafts WHERE order_uuid = ''),"
      " (SELECT count (*) FROM operations), (SELECT count (*) FROM views),"
      " (SELECT count (*) FROM operations WHERE state IN ('queued', 'sending'))";
  g_autoptr (GError) failure = NULL;
  g_autoptr (WbStatement) stmt = wb_db_prepare (db, &failure, counts, "");
  WbProfileLoss *loss = g_new0 (WbProfileLoss, 1);

  loss->stakes = g_ptr_array_new_with_free_func (stake_free);
  if (stmt != NULL && wb_db_step (stmt, &failure))
    {
      loss->n_orders = (guint) sqlite3_column_int (stmt, 0);
      loss->n_drafts = (guint) sqlite3_column_int (stmt, 1);
      loss->n_requests = (guint) sqlite3_column_int (stmt, 2);
      loss->n_views = (guint) sqlite3_column_int (stmt, 3);
      loss->n_waiting = (guint) sqlite3_column_int (stmt, 4);
    }
  if (failure == NULL)
    read_stakes (db, loss->stakes, &failure);
  if (failure == NULL)
    return loss;
  g_propagate_error (error, g_steal_pointer (&failure));
  wb_profile_loss_free (loss);
  return NULL;
}

typedef struct {
  WbProfileLoss *loss;
  char *pictures;
} Count;

static void
count_free (gpointer data)
{
  Count *count = data;

  g_clear_pointer (&count->loss, wb_profile_loss_free);
  g_free (count->pictures);
  g_free (count);
}

static void
count_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Count *count = data;

  count->loss->picture_bytes = wb_profile_size_of_folder (count->pictures);
  g_task_return_boolean (task, TRUE);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Count *count = g_task_get_task_data (task);
  GError *error = NULL;

  count->loss = wb_database_run_finish (result, &error);
  if (count->loss == NULL)
    g_task_return_error (task, error);
  else
    g_task_run_in_thread (task, count_thread);
}

void
wb_profile_loss_async (WbProfile *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Count *count = g_new0 (Count, 1);

  count->pictures = g_build_filename (wb_profile_get_folder (self), "pictures", NULL);
  g_task_set_source_tag (task, wb_profile_loss_async);
  g_task_set_task_data (task, count, count_free);
  wb_database_run_async (wb_profile_get_journal (self), wb_profile_loss_job, NULL, NULL, (GDestroyNotify) wb_profile_loss_free,
                         cancellable, read_cb, task);
}

WbProfileLoss *
wb_profile_loss_finish (WbProfile *self, GAsyncResult *result, GError **error)
{
  Count *count = g_task_get_task_data (G_TASK (result));

  return g_task_propagate_boolean (G_TASK (result), error) ? g_steal_pointer (&count->loss) : NULL;
}
