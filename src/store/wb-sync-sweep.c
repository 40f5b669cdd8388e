// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-sync-private.h"

#include "cmr-client.h"
#include "wb-mirror-private.h"
#include "wb-profile.h"

/* Sweeps: all pages of a collection into the mirror. */

#define PAGE_LIMIT 100
/* Half a million rows: a service that goes on for ever does not keep us reading. */
#define PAGES_MAX 5000

/* One sweep; all who ask for it while it runs share its end. */
typedef struct {
  WbSync *sync;
  WbCollection collection;
  char *key;
  char *scope;
  CmrOp op;
  guint page;
  guint read;
  gint64 total;
  gint64 asked_at; /* this page */
  gint64 began;    /* as of when it tells; its number too */
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
  if (error == NULL && *sweep->scope == '\0')
    self->as_of[sweep->collection] = sweep->began;
  wb_sync_note_progress (self, sweep->collection, sweep->read, sweep->total);
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

/* Landing a page, in the mirror's thread */

typedef struct {
  WbMirrorWrite write;
  const CmrEndpoint *endpoint;
  const char *collection;
  char *scope;
  GBytes *body;
  guint number; /* of the page */
  guint read;   /* rows before it */
  char *before; /* key of the first row of the page before it */
  gint64 began;
} Page;

typedef struct {
  guint rows;
  gint changed;
  gint64 total;
  gboolean last;
  char *first;
} Landed;

static void
landed_free (gpointer data)
{
  Landed *landed = data;

  g_free (landed->first);
  g_free (landed);
}

static void
page_free (gpointer data)
{
  Page *page = data;

  g_bytes_unref (page->body);
  g_free (page->scope);
  g_free (page->before);
  g_free (page);
}

/* Partner-wide answers name the customer in each row; it is the scope of the row. */
static const char *
row_scope (const Page *page, CmrObject *object)
{
  const CmrResource *resource = page->write.resource;

  if (*page->scope != '\0' || cmr_resource_find_field (resource, "user-id") == NULL
      || resource == &cmr_customer_resource)
    return page->scope;
  return cmr_object_get_text (object, "user-id");
}

static gint
write_rows (sqlite3 *db, Page *page, GPtrArray *rows, GError **error)
{
  gint changed = 0;

  /* One upsert per run of rows of the same customer: they come in order of customers or all at once. */
  for (guint begin = 0, end; begin < rows->len; begin = end)
    {
      g_autoptr (GPtrArray) run = g_ptr_array_new ();
      const char *scope = row_scope (page, rows->pdata[begin]);
      WbMirrorWrite write = page->write;
      gint n;

      for (end = begin; end < rows->len && g_str_equal (row_scope (page, rows->pdata[end]), scope); end++)
        g_ptr_array_add (run, rows->pdata[end]);
      write.scope = scope;
      n = wb_mirror_upsert (db, &write, run, error);
      if (n < 0)
        return -1;
      changed += n;
    }
  return changed;
}

/* The same page again: a service that pays no heed to `page` must not keep us asking. Where it speaks of pages
 * there is more that is not to be had; else one page was all. */
static gboolean
stands_still (const Page *page, const char *first)
{
  return page->number > 1 && *first != '\0' && g_strcmp0 (page->before, first) == 0;
}

static gboolean
speaks_of_pages (const CmrPage *parsed)
{
  return parsed->total >= 0 || parsed->total_pages > 0;
}

static Landed *
landed_new (const Page *page, const CmrPage *parsed)
{
  Landed *landed = g_new0 (Landed, 1);

  landed->first = g_strdup (parsed->rows->len > 0 ? wb_mirror_key (page->write.resource, parsed->rows->pdata[0]) : "");
  landed->rows = parsed->rows->len;
  landed->total = parsed->total;
  landed->last = stands_still (page, landed->first)
                 || cmr_page_ends (parsed, page->number, page->read + parsed->rows->len, PAGE_LIMIT);
  return landed;
}

static gpointer
land_page_job (sqlite3 *db, gpointer data, GError **error)
{
  Page *page = data;
  g_autoptr (CmrPage) parsed = cmr_page_parse (page->endpoint, page->body, error);
  Landed *landed = parsed != NULL ? landed_new (page, parsed) : NULL;

  if (landed == NULL)
    return NULL;
  if (stands_still (page, landed->first) && speaks_of_pages (parsed))
    g_set_error (error, CMR_ERROR, CMR_ERROR_PROTOCOL, "%s: page %u is the one before", page->endpoint->id,
                 page->number);
  else if (wb_db_begin (db, error))
    {
      landed->changed = write_rows (db, page, parsed->rows, error);
      if (landed->changed >= 0
          && (!landed->last || wb_mirror_set_as_of (db, page->collection, page->scope, page->began, error))
          && wb_db_commit (db, error))
        return landed;
      wb_db_rollback (db);
    }
  landed_free (landed);
  return NULL;
}

/* Page after page */

static void sweep_next (Sweep *sweep);

static gboolean
ended_early (Sweep *sweep, GError *error)
{
  g_autoptr (GError) failure = error;

  if (failure == NULL && (sweep->sync->profile == NULL || g_cancellable_is_cancelled (sweep->cancellable)))
    g_set_error_literal (&failure, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped");
  if (failure == NULL && sweep->page > PAGES_MAX)
    g_set_error_literal (&failure, CMR_ERROR, CMR_ERROR_PROTOCOL, "pages without end");
  if (failure == NULL)
    return FALSE;
  sweep_end (sweep, failure);
  return TRUE;
}

static void
landed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Sweep *sweep = user_data;
  GError *error = NULL;
  Landed *landed = wb_database_run_finish (result, &error);
  gboolean last = landed != NULL && landed->last;

  if (landed != NULL)
    {
      g_free (sweep->first);
      sweep->first = g_steal_pointer (&landed->first);
      sweep->read += landed->rows;
      sweep->page++;
      if (landed->total >= 0)
        sweep->total = landed->total;
      if (landed->changed > 0)
        wb_sync_note_changed (sweep->sync, sweep->collection);
      landed_free (landed);
    }
  if (last)
    sweep_end (sweep, NULL);
  else if (!ended_early (sweep, error))
    {
      wb_sync_note_progress (sweep->sync, sweep->collection, sweep->read, sweep->total);
      sweep_next (sweep);
    }
}

static void
page_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Sweep *sweep = user_data;
  const WbSyncCollection *calls = wb_collection_get_calls (sweep->collection);
  GError *error = NULL;
  g_autoptr (GBytes) body = cmr_client_read_finish (CMR_CLIENT (source), result, &error);
  Page *page;

  if (ended_early (sweep, error))
    return;
  page = g_new0 (Page, 1);
  page->endpoint = cmr_endpoint_get (sweep->op);
  page->collection = calls->name;
  page->scope = g_strdup (sweep->scope);
  page->body = g_steal_pointer (&body);
  page->number = sweep->page;
  page->read = sweep->read;
  page->before = g_strdup (sweep->first);
  page->began = sweep->began;
  page->write = (WbMirrorWrite) { calls->resource, page->scope, sweep->asked_at, sweep->began };
  wb_database_run_async (wb_profile_get_mirror (sweep->sync->profile), land_page_job, page, page_free, landed_free,
                         NULL, landed_cb, sweep);
}

/* The first page fills the screen; the rest leaves room for what a person does. */
static void
sweep_next (Sweep *sweep)
{
  g_autoptr (CmrCall) call = cmr_call_new (sweep->op);
  g_autofree char *page = g_strdup_printf ("%u", sweep->page);

  cmr_call_set_priority (call, sweep->page == 1 ? CMR_PRIORITY_VISIBLE : CMR_PRIORITY_BACKGROUND);
  cmr_call_set_param (call, "page", page);
  cmr_call_set_param (call, "limit", G_STRINGIFY (PAGE_LIMIT));
  if (*sweep->scope != '\0')
    cmr_call_set_param (call, "userId", sweep->scope);
  sweep->asked_at = g_get_real_time ();
  cmr_client_read_async (wb_profile_get_client (sweep->sync->profile), call, sweep->cancellable, page_read_cb, sweep);
}

static Sweep *
sweep_new (WbSync *self, WbCollection collection, const char *scope, const char *key, CmrOp op)
{
  Sweep *sweep = g_new0 (Sweep, 1);

  sweep->sync = g_object_ref (self);
  sweep->collection = collection;
  sweep->key = g_strdup (key);
  sweep->scope = g_strdup (scope);
  sweep->op = op;
  sweep->page = 1;
  sweep->total = -1;
  sweep->began = g_get_real_time ();
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
      sweep_next (sweep);
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
    *read = sweep->read;
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
    g_cancellable_cancel (((Sweep *) sweep)->cancellable);
}
