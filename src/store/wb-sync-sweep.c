// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-sync-private.h"

#include "cmr-client.h"
#include "wb-profile.h"

/* Sweeps: all pages of a collection into the mirror. */

/* Five million rows: a service that goes on for ever does not keep us reading. */
#define PAGES_MAX 50000
/* How far back a sweep of a list that has not changed goes on after a crash; else each page says where it is. */
#define KEEP_PLACE_EVERY G_TIME_SPAN_MINUTE

/* One sweep; all who ask for it while it runs share its end. */
typedef struct {
  WbSync *sync;
  WbCollection collection;
  char *key;
  char *scope;
  CmrOp op;
  WbMirrorSweep at;
  gint64 total;
  gint64 asked_at; /* this page */
  gint64 kept_at;  /* when its place was last written down */
  char *first;     /* key of the first row of the page before */
  GCancellable *cancellable;
  GPtrArray *waiters; /* of Waiter */
} Sweep;

typedef struct {
  Sweep *sweep;
  GTask *task;
  GSource *cancel;
} Waiter;

static void
waiter_free (gpointer data)
{
  Waiter *waiter = data;

  if (waiter->cancel != NULL)
    g_source_destroy (waiter->cancel);
  g_clear_pointer (&waiter->cancel, g_source_unref);
  g_object_unref (waiter->task);
  g_free (waiter);
}

static void
sweep_free (Sweep *sweep)
{
  g_object_unref (sweep->sync);
  g_object_unref (sweep->cancellable);
  g_ptr_array_unref (sweep->waiters);
  g_free (sweep->key);
  g_free (sweep->scope);
  g_free (sweep->first);
  g_free (sweep);
}

static WbSyncPage *
page_new (Sweep *sweep, GBytes *body)
{
  WbSyncPage *page = g_new0 (WbSyncPage, 1);

  page->sweep = sweep->at;
  page->sweep.scope = page->scope = g_strdup (sweep->scope);
  page->endpoint = cmr_endpoint_get (sweep->op);
  page->body = body != NULL ? g_bytes_ref (body) : NULL;
  page->asked_at = sweep->asked_at;
  page->before = g_strdup (sweep->first);
  page->keep_place = sweep->asked_at - sweep->kept_at >= KEEP_PLACE_EVERY;
  if (page->keep_place)
    sweep->kept_at = sweep->asked_at;
  return page;
}

static gpointer
keep_place_job (sqlite3 *db, gpointer data, GError **error)
{
  WbSyncPage *page = data;

  wb_mirror_sweep_keep (db, &page->sweep, error);
  return NULL;
}

/* The next one goes on from here. */
static void
keep_place (Sweep *sweep)
{
  if (sweep->sync->profile != NULL)
    wb_database_push (wb_profile_get_mirror (sweep->sync->profile), keep_place_job, page_new (sweep, NULL),
                      wb_sync_page_free);
}

/* From here on a new call begins a new sweep. */
static void
leave_table (Sweep *sweep)
{
  if (g_hash_table_lookup (sweep->sync->sweeps, sweep->key) == sweep)
    g_hash_table_remove (sweep->sync->sweeps, sweep->key);
}

/* Settles the table before anybody hears of the end: a listener may ask again at once. */
static void
sweep_end (Sweep *sweep, const GError *error)
{
  WbSync *self = sweep->sync;
  g_autoptr (GPtrArray) waiters = g_steal_pointer (&sweep->waiters);

  sweep->waiters = g_ptr_array_new ();
  leave_table (sweep);
  /* From an answer that cannot be right there is no way on, only anew. */
  if (g_error_matches (error, CMR_ERROR, CMR_ERROR_PROTOCOL))
    sweep->at.page = 1;
  if (error != NULL)
    keep_place (sweep);
  else if (*sweep->scope == '\0')
    self->as_of[sweep->collection] = sweep->at.began;
  wb_sync_note_progress (self, sweep->collection, sweep->at.read, sweep->total);
  for (guint i = 0; i < waiters->len; i++)
    {
      GTask *task = ((Waiter *) waiters->pdata[i])->task;

      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
    }
  sweep_free (sweep);
}

/* A caller who has gone hears at once; the last one takes the sweep along. */
static gboolean
on_waiter_cancelled (GCancellable *cancellable, gpointer user_data)
{
  Waiter *waiter = user_data;
  Sweep *sweep = waiter->sweep;

  g_task_return_error_if_cancelled (waiter->task);
  g_ptr_array_remove (sweep->waiters, waiter);
  if (sweep->waiters->len == 0)
    {
      leave_table (sweep);
      g_cancellable_cancel (sweep->cancellable);
    }
  return G_SOURCE_REMOVE;
}

static void
add_waiter (Sweep *sweep, GTask *task)
{
  Waiter *waiter = g_new0 (Waiter, 1);

  waiter->sweep = sweep;
  waiter->task = task;
  g_ptr_array_add (sweep->waiters, waiter);
  if (g_task_get_cancellable (task) == NULL)
    return;
  waiter->cancel = g_cancellable_source_new (g_task_get_cancellable (task));
  g_source_set_callback (waiter->cancel, G_SOURCE_FUNC (on_waiter_cancelled), waiter, NULL);
  g_source_attach (waiter->cancel, g_main_context_get_thread_default ());
}

/* Page after page */

static void sweep_next (Sweep *sweep);

static gboolean
ended_early (Sweep *sweep, GError *error)
{
  g_autoptr (GError) failure = error;

  if (failure == NULL && (sweep->sync->profile == NULL || g_cancellable_is_cancelled (sweep->cancellable)))
    g_set_error_literal (&failure, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped");
  if (failure == NULL && sweep->at.page > PAGES_MAX)
    g_set_error_literal (&failure, CMR_ERROR, CMR_ERROR_PROTOCOL, "pages without end");
  if (failure == NULL)
    return FALSE;
  sweep_end (sweep, failure);
  return TRUE;
}

static void
take_landed (Sweep *sweep, WbSyncLanded *landed)
{
  g_free (sweep->first);
  sweep->first = g_steal_pointer (&landed->page.first);
  sweep->at.read += landed->page.n_rows;
  sweep->at.page++;
  if (landed->page.total >= 0)
    sweep->total = landed->page.total;
  if (landed->changed > 0)
    wb_sync_note_changed (sweep->sync, sweep->collection);
}

static void
landed_none_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Sweep *sweep = user_data;
  g_autoptr (GError) error = NULL;
  WbSyncLanded *landed = wb_database_run_finish (result, &error);

  if (landed != NULL && landed->changed > 0)
    wb_sync_note_changed (sweep->sync, sweep->collection);
  g_clear_pointer (&landed, wb_sync_landed_free);
  sweep_end (sweep, error);
}

static void
customer_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Sweep *sweep = user_data;
  GError *error = NULL;
  g_autoptr (GBytes) body = cmr_client_read_finish (CMR_CLIENT (source), result, &error);

  if (ended_early (sweep, error))
    return;
  wb_database_run_async (wb_profile_get_mirror (sweep->sync->profile), wb_sync_land_none_job, page_new (sweep, NULL),
                         wb_sync_page_free, wb_sync_landed_free, NULL, landed_none_cb, sweep);
}

/* An unknown customer is answered with an empty list: only one that is known may have lost all rows. */
static void
ask_for_customer (Sweep *sweep)
{
  g_autoptr (CmrCall) call = cmr_call_new (CMR_OP_GET_USER);

  cmr_call_set_param (call, "userId", sweep->scope);
  cmr_client_read_async (wb_profile_get_client (sweep->sync->profile), call, sweep->cancellable, customer_read_cb, sweep);
}

static void
landed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Sweep *sweep = user_data;
  GError *error = NULL;
  WbSyncLanded *landed = wb_database_run_finish (result, &error);
  gboolean last = landed != NULL && landed->page.last, doubtful = last && landed->doubtful;

  if (landed != NULL)
    take_landed (sweep, landed);
  g_clear_pointer (&landed, wb_sync_landed_free);
  if (last && !doubtful)
    sweep_end (sweep, NULL);
  else if (ended_early (sweep, error))
    return;
  else if (doubtful)
    ask_for_customer (sweep);
  else
    {
      wb_sync_note_progress (sweep->sync, sweep->collection, sweep->at.read, sweep->total);
      sweep_next (sweep);
    }
}

static void
page_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Sweep *sweep = user_data;
  GError *error = NULL;
  g_autoptr (GBytes) body = cmr_client_read_finish (CMR_CLIENT (source), result, &error);

  if (ended_early (sweep, error))
    return;
  wb_database_run_async (wb_profile_get_mirror (sweep->sync->profile), wb_sync_land_page_job, page_new (sweep, body),
                         wb_sync_page_free, wb_sync_landed_free, NULL, landed_cb, sweep);
}

/* The first page fills the screen; the rest leaves room for what a person does. */
static void
sweep_next (Sweep *sweep)
{
  g_autoptr (CmrCall) call = cmr_call_new (sweep->op);
  g_autofree char *page = g_strdup_printf ("%u", sweep->at.page);

  cmr_call_set_priority (call, sweep->at.page == 1 ? CMR_PRIORITY_VISIBLE : CMR_PRIORITY_BACKGROUND);
  cmr_call_set_param (call, "page", page);
  cmr_call_set_param (call, "limit", G_STRINGIFY (WB_SYNC_PAGE_ROWS));
  if (*sweep->scope != '\0')
    cmr_call_set_param (call, "userId", sweep->scope);
  sweep->asked_at = g_get_real_time ();
  cmr_client_read_async (wb_profile_get_client (sweep->sync->profile), call, sweep->cancellable, page_read_cb, sweep);
}

/* Where the last one was, if it did not come to its end. */
static gpointer
open_job (sqlite3 *db, gpointer data, GError **error)
{
  WbSyncPage *page = data;

  return wb_mirror_sweep_open (db, &page->sweep, error) ? g_memdup2 (&page->sweep, sizeof page->sweep) : NULL;
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Sweep *sweep = user_data;
  GError *error = NULL;
  g_autofree WbMirrorSweep *at = wb_database_run_finish (result, &error);

  if (ended_early (sweep, error))
    return;
  sweep->at = *at;
  sweep->at.scope = sweep->scope;
  sweep_next (sweep);
}

static void
sweep_open (Sweep *sweep)
{
  wb_database_run_async (wb_profile_get_mirror (sweep->sync->profile), open_job, page_new (sweep, NULL), wb_sync_page_free,
                         g_free, NULL, opened_cb, sweep);
}

static Sweep *
sweep_new (WbSync *self, WbCollection collection, const char *scope, const char *key, CmrOp op)
{
  Sweep *sweep = g_new0 (Sweep, 1);
  const WbSyncCollection *calls = wb_collection_get_calls (collection);

  sweep->sync = g_object_ref (self);
  sweep->collection = collection;
  sweep->key = g_strdup (key);
  sweep->scope = g_strdup (scope);
  sweep->op = op;
  sweep->at = (WbMirrorSweep) { calls->resource, calls->name, sweep->scope, g_get_real_time (), 1, 0 };
  sweep->kept_at = sweep->at.began;
  sweep->total = -1;
  sweep->cancellable = g_cancellable_new ();
  sweep->waiters = g_ptr_array_new_with_free_func (waiter_free);
  g_hash_table_insert (self->sweeps, sweep->key, sweep);
  return sweep;
}

void
wb_sync_refresh_async (WbSync *self, WbCollection collection, const char *customer_id, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  const WbSyncCollection *calls = wb_collection_get_calls (collection);
  const char *scope = customer_id != NULL ? customer_id : "";
  CmrOp op = *scope != '\0' ? calls->list_one : calls->list_all;
  g_autofree char *key = g_strdup_printf ("%d %s", collection, scope);
  Sweep *sweep;

  g_task_set_source_tag (task, wb_sync_refresh_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->profile == NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the profile is closed");
  else if (op == CMR_OP_NONE)
    g_task_return_boolean (task, TRUE); /* the journal's own collections are always fresh */
  else
    {
      sweep = g_hash_table_lookup (self->sweeps, key);
      if (sweep != NULL)
        {
          add_waiter (sweep, g_steal_pointer (&task));
          return;
        }
      sweep = sweep_new (self, collection, scope, key, op);
      add_waiter (sweep, g_steal_pointer (&task));
      sweep_open (sweep);
    }
}

gboolean
wb_sync_refresh_finish (WbSync *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
wb_sync_is_running (WbSync *self, WbCollection collection, guint *read, gint64 *total)
{
  g_autofree char *key = g_strdup_printf ("%d ", collection);
  Sweep *sweep = g_hash_table_lookup (self->sweeps, key);

  if (sweep != NULL && read != NULL)
    *read = sweep->at.read;
  if (sweep != NULL && total != NULL)
    *total = sweep->total;
  return sweep != NULL;
}

void
wb_sync_stop_sweeps (WbSync *self)
{
  GHashTableIter iter;
  gpointer sweep;

  g_hash_table_iter_init (&iter, self->sweeps);
  while (g_hash_table_iter_next (&iter, NULL, &sweep))
    {
      keep_place (sweep);
      g_cancellable_cancel (((Sweep *) sweep)->cancellable);
    }
}
