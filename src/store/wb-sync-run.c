// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-sync-private.h"

#include "cmr-error.h"
#include "wb-profile.h"

/* Runs: domains have no call for all of them. Customer after customer is swept, several at a time while a person
 * waits, since most of them have a page or two. What it has read is counted in customers. */

#define AT_A_TIME 4
#define TROUBLE_MAX 3

typedef struct {
  WbSyncJob job;
  guint n_refs;
  WbMirrorRun *at;    /* NULL until it is opened */
  guint next;         /* of its customers */
  guint n_in_trouble;
  guint n_under_way;  /* sweeps, or a question to the mirror */
  GError *error;      /* why it ends */
  GError *left_out;   /* why one customer's rows could not be read */
  gboolean over, ending;
} Run;

static Run *
run_ref (Run *run)
{
  run->n_refs++;
  return run;
}

static void
run_unref (Run *run)
{
  if (--run->n_refs > 0)
    return;
  wb_sync_job_clear (&run->job);
  g_clear_pointer (&run->at, wb_mirror_run_free);
  g_clear_error (&run->error);
  g_clear_error (&run->left_out);
  g_free (run);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, run_unref)

static void
run_end (Run *run, const GError *error)
{
  run->over = TRUE;
  wb_sync_job_end (&run->job, error);
  run_unref (run);
}

/* Takes @error. Those under way are waited for: they keep what they have read. */
static void
run_fail (Run *run, GError *error)
{
  if (run->error != NULL)
    g_error_free (error);
  else
    run->error = error;
  g_cancellable_cancel (run->job.cancellable);
}

/* TRUE when it has come to its end. */
static gboolean
has_failed (Run *run)
{
  if (run->over)
    return TRUE;
  if (run->error == NULL && wb_sync_job_is_stopped (&run->job))
    run->error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped");
  if (run->error != NULL && run->n_under_way == 0)
    run_end (run, run->error);
  return run->error != NULL;
}

/* The end */

typedef struct {
  const CmrResource *resource;
  const char *collection;
  gint64 began;
} End;

static gpointer
end_job (sqlite3 *db, gpointer data, GError **error)
{
  End *end = data;
  gint64 *told = g_new0 (gint64, 2);

  told[0] = wb_mirror_run_end (db, end->resource, end->collection, end->began, error);
  told[1] = wb_mirror_get_as_of (db, end->collection, "");
  return told;
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Run) run = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *told = wb_database_run_finish (result, &error);

  run->n_under_way--;
  if (error == NULL)
    run->job.sync->as_of[run->job.collection] = told[1];
  if (error == NULL && told[0] > 0)
    wb_sync_note_landed (run->job.sync, run->job.collection);
  run_end (run, error);
}

static void
ask_for_end (Run *run)
{
  const WbSyncCollection *calls = wb_collection_get_calls (run->job.collection);
  End end = { calls->resource, calls->name, run->at->began };

  /* What was left out is not known: the next run begins where this one did. */
  if (run->left_out != NULL)
    {
      run_end (run, run->left_out);
      return;
    }
  run->ending = TRUE;
  run->n_under_way++;
  wb_database_run_async (wb_profile_get_mirror (run->job.sync->profile), end_job, g_memdup2 (&end, sizeof end), g_free, g_free,
                         NULL, ended_cb, run_ref (run));
}

/* Customer after customer */

static void run_go_on (Run *run);

/* The others can be read all the same; not of a service that is in trouble with each of them. */
static gboolean
concerns_one (Run *run, const GError *error)
{
  gboolean trouble = g_error_matches (error, CMR_ERROR, CMR_ERROR_TROUBLE);

  run->n_in_trouble += trouble;
  return g_error_matches (error, CMR_ERROR, CMR_ERROR_DENIED) || g_error_matches (error, CMR_ERROR, CMR_ERROR_INVALID)
         || g_error_matches (error, CMR_ERROR, CMR_ERROR_PROTOCOL) || (trouble && run->n_in_trouble < TROUBLE_MAX);
}

static void
customer_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Run) run = user_data;
  g_autoptr (GError) error = NULL;

  wb_sync_refresh_finish (WB_SYNC (source), result, &error);
  run->n_under_way--;
  /* Who is gone has no domains: their rows go when the customer does. */
  if (error == NULL || g_error_matches (error, CMR_ERROR, CMR_ERROR_NOT_FOUND))
    run->job.read++;
  else if (!concerns_one (run, error))
    run_fail (run, g_steal_pointer (&error));
  else if (run->left_out == NULL)
    run->left_out = g_steal_pointer (&error);
  run_go_on (run);
}

static void
run_go_on (Run *run)
{
  guint most = wb_sync_job_is_awaited (&run->job) ? AT_A_TIME : 1;

  if (has_failed (run) || run->at == NULL || run->ending || wb_sync_job_is_held (&run->job))
    return;
  wb_sync_note_progress (run->job.sync, run->job.collection, run->job.read, run->job.total);
  while (run->n_under_way < most && run->next < run->at->customers->len)
    {
      const char *customer = run->at->customers->pdata[run->next++];

      run->n_under_way++;
      wb_sync_read_async (run->job.sync, run->job.collection, customer, wb_sync_job_is_awaited (&run->job),
                          run->job.cancellable, customer_cb, run_ref (run));
    }
  if (run->n_under_way == 0)
    ask_for_end (run);
}

/* Those that are under way go faster too. */
static void
on_go_on (WbSyncJob *job)
{
  Run *run = (Run *) job;

  if (run->over || wb_sync_job_is_stopped (job))
    return;
  for (guint i = 0; i < run->next && wb_sync_job_is_awaited (job); i++)
    {
      g_autofree char *key = wb_sync_job_key (job->collection, run->at->customers->pdata[i]);
      WbSyncJob *part = g_hash_table_lookup (job->sync->jobs, key);

      if (part != NULL && !wb_sync_job_is_awaited (part))
        wb_sync_job_raise (part);
    }
  run_go_on (run);
}

static void
on_stop (WbSyncJob *job)
{
  g_cancellable_cancel (job->cancellable);
  has_failed ((Run *) job);
}

/* Opening */

static void ask_where (Run *run);

static void
customers_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Run) run = user_data;
  GError *error = NULL;

  run->n_under_way--;
  if (!wb_sync_refresh_finish (WB_SYNC (source), result, &error))
    run_fail (run, error);
  if (!has_failed (run))
    ask_where (run);
}

static gpointer
open_job (sqlite3 *db, gpointer data, GError **error)
{
  return wb_mirror_run_open (db, data, g_get_real_time (), error);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Run) run = user_data;
  GError *error = NULL;
  WbMirrorRun *at = wb_database_run_finish (result, &error);

  run->n_under_way--;
  if (error != NULL)
    run_fail (run, error);
  if (has_failed (run))
    g_clear_pointer (&at, wb_mirror_run_free);
  else if (!at->customers_known)
    {
      wb_mirror_run_free (at);
      run->n_under_way++;
      wb_sync_read_async (run->job.sync, WB_COLLECTION_CUSTOMERS, "", wb_sync_job_is_awaited (&run->job), run->job.cancellable,
                          customers_cb, run_ref (run));
    }
  else
    {
      run->at = at;
      run->job.read = at->n_done;
      run->job.total = at->n_done + at->customers->len;
      run_go_on (run);
    }
}

static void
ask_where (Run *run)
{
  const char *name = wb_collection_name (run->job.collection);

  run->n_under_way++;
  wb_database_run_async (wb_profile_get_mirror (run->job.sync->profile), open_job, (gpointer) name, NULL,
                         wb_mirror_run_free, NULL, opened_cb, run_ref (run));
}

WbSyncJob *
wb_sync_run_begin (WbSync *self, WbCollection collection)
{
  Run *run = g_new0 (Run, 1);

  wb_sync_job_init (&run->job, self, collection, "");
  run->job.go_on = on_go_on;
  run->job.stop = on_stop;
  run->n_refs = 1;
  ask_where (run);
  return &run->job;
}
