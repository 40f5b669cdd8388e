// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-sync-private.h"

#include "cmr-client.h"
#include "wb-profile.h"

/* Sweeps: all pages of a collection into the mirror. Several pages are asked for at a time, so that slow answers do
 * not slow it down; they land in the order of the list, whichever comes first.
 *
 * Of two that are under way at a time the later one may be the older: what came to the list between them is on
 * neither. So where the list has grown or shrunk from one to the next, the next is asked for again, alone; and where a
 * service does not say how much there is, one at a time is asked for. */

/* Five million rows: a service that goes on for ever does not keep us reading. */
#define PAGES_MAX 50000
/* How far back a sweep of a list that has not changed goes on after a crash; else each page says where it is. */
#define KEEP_PLACE_EVERY G_TIME_SPAN_MINUTE
/* Four a second whose answers take more than a second and a half. */
#define AHEAD_AWAITED 8
#define AHEAD_BACKGROUND 2

typedef struct {
  WbSyncJob job;
  guint n_refs;
  CmrOp op;
  WbMirrorSweep at; /* the page to land next */
  guint next;       /* to be asked for next */
  guint n_pages;    /* of the list, by what the last page told; 0 = not told */
  guint n_landed;   /* one after the other, without one that was asked for again */
  guint n_landing;  /* on their way into the mirror */
  gint64 kept_at;   /* when its place was last written down */
  char *first;      /* key of the first row of the page before */
  gint64 total;     /* that it told */
  guint moment;     /* counts what is asked and answered */
  guint answered_at; /* the moment when the page before was */
  GCancellable *asked; /* of the pages under way */
  GQueue pages;     /* of Page, in the order of the list, on their way or answered */
  GError *error;    /* why it ends, once what is landing has landed */
  gboolean opened, over, failing, asking_customer;
} Sweep;

typedef struct {
  Sweep *sweep;
  guint number;
  CmrCall *call;
  gint64 asked_at;
  guint asked, answered; /* moments */
  gboolean dropped;
  GBytes *body; /* once answered */
  GError *error;
} Page;

static Sweep *
sweep_ref (Sweep *sweep)
{
  sweep->n_refs++;
  return sweep;
}

static void
page_free (Page *page)
{
  g_object_unref (page->call);
  g_clear_pointer (&page->body, g_bytes_unref);
  g_clear_error (&page->error);
  g_free (page);
}

static void
sweep_unref (Sweep *sweep)
{
  if (--sweep->n_refs > 0)
    return;
  wb_sync_job_clear (&sweep->job);
  g_clear_error (&sweep->error);
  g_object_unref (sweep->asked);
  g_free (sweep->first);
  g_free (sweep);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sweep, sweep_unref)

static WbDatabase *
mirror_of (Sweep *sweep)
{
  return wb_profile_get_mirror (sweep->job.sync->profile);
}

static WbSyncPages *
pages_new (Sweep *sweep)
{
  WbSyncPages *pages = g_new0 (WbSyncPages, 1);
  gint64 now = g_get_real_time ();

  pages->sweep = sweep->at;
  pages->sweep.scope = pages->scope = g_strdup (sweep->job.scope);
  pages->endpoint = cmr_endpoint_get (sweep->op);
  pages->before = g_strdup (sweep->first);
  pages->total = sweep->total;
  pages->keep_place = now - sweep->kept_at >= KEEP_PLACE_EVERY;
  if (pages->keep_place)
    sweep->kept_at = now;
  return pages;
}

static gpointer
keep_place_job (sqlite3 *db, gpointer data, GError **error)
{
  WbSyncPages *pages = data;

  wb_mirror_sweep_keep (db, &pages->sweep, error);
  return NULL;
}

/* The next one goes on from here. */
static void
keep_place (Sweep *sweep)
{
  if (sweep->job.sync->profile != NULL && sweep->opened)
    wb_database_push (mirror_of (sweep), keep_place_job, pages_new (sweep), wb_sync_pages_free);
}

/* The end */

/* What is still under way is of no use: its callbacks find it dropped. */
static void
drop_pages (Sweep *sweep)
{
  Page *page;

  while ((page = g_queue_pop_head (&sweep->pages)) != NULL)
    if (page->answered > 0)
      page_free (page);
    else
      page->dropped = TRUE;
  g_cancellable_cancel (sweep->asked);
}

static void
sweep_end (Sweep *sweep, const GError *error)
{
  WbSyncJob *job = &sweep->job;

  sweep->over = TRUE;
  /* From an answer that cannot be right there is no way on, only anew. */
  if (g_error_matches (error, CMR_ERROR, CMR_ERROR_PROTOCOL))
    sweep->at.page = 1;
  if (error != NULL)
    keep_place (sweep);
  else if (*job->scope == '\0')
    job->sync->as_of[job->collection] = sweep->at.began;
  drop_pages (sweep);
  g_cancellable_cancel (job->cancellable);
  wb_sync_job_end (job, error);
  sweep_unref (sweep);
}

/* Takes @error. What is landing may yet turn out to be the end. */
static void
sweep_fail (Sweep *sweep, GError *error)
{
  if (sweep->error != NULL)
    g_error_free (error);
  else
    sweep->error = error;
  if (sweep->n_landing == 0 && !sweep->over)
    sweep_end (sweep, sweep->error);
}

static gboolean
has_stopped (Sweep *sweep)
{
  if (sweep->error == NULL && wb_sync_job_is_stopped (&sweep->job))
    sweep->error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped");
  if (sweep->error == NULL && sweep->at.page > PAGES_MAX)
    sweep->error = g_error_new_literal (CMR_ERROR, CMR_ERROR_PROTOCOL, "pages without end");
  if (sweep->error == NULL)
    return FALSE;
  if (!sweep->over)
    sweep_end (sweep, sweep->error);
  return TRUE;
}

/* Landing */

static void sweep_go_on (Sweep *sweep);

static void
landed_none_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Sweep) sweep = user_data;
  g_autoptr (GError) error = NULL;
  WbSyncLanded *landed = wb_database_run_finish (result, &error);

  sweep->n_landing = 0;
  if (landed != NULL && landed->changed > 0)
    wb_sync_note_landed (sweep->job.sync, sweep->job.collection);
  g_clear_pointer (&landed, wb_sync_landed_free);
  sweep_end (sweep, error);
}

static void
customer_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Sweep) sweep = user_data;
  GError *error = NULL;
  g_autoptr (GBytes) body = cmr_client_read_finish (CMR_CLIENT (source), result, &error);

  if (error != NULL)
    sweep_fail (sweep, error);
  else if (!has_stopped (sweep))
    {
      sweep->n_landing = 1;
      wb_database_run_async (mirror_of (sweep), wb_sync_land_none_job, pages_new (sweep), wb_sync_pages_free,
                             wb_sync_landed_free, NULL, landed_none_cb, sweep_ref (sweep));
    }
}

/* An unknown customer is answered with an empty list: only one that is known may have lost all rows. */
static void
ask_for_customer (Sweep *sweep)
{
  g_autoptr (CmrCall) call = cmr_call_new (CMR_OP_GET_USER);

  sweep->asking_customer = TRUE;
  cmr_call_set_priority (call, wb_sync_job_is_awaited (&sweep->job) ? CMR_PRIORITY_AWAITED : CMR_PRIORITY_BACKGROUND);
  cmr_call_set_param (call, "userId", sweep->job.scope);
  cmr_client_read_async (wb_profile_get_client (sweep->job.sync->profile), call, sweep->asked, customer_read_cb,
                         sweep_ref (sweep));
}

static void
take_landed (Sweep *sweep, WbSyncLanded *landed)
{
  g_free (sweep->first);
  sweep->first = g_steal_pointer (&landed->page.first);
  sweep->at.read = landed->read;
  sweep->at.page += landed->n_landed;
  sweep->n_landed += landed->n_landed;
  sweep->n_pages = landed->page.n_pages;
  sweep->total = landed->page.total;
  sweep->job.read = landed->read;
  if (landed->page.total >= 0)
    sweep->job.total = landed->page.total;
  if (landed->changed > 0)
    wb_sync_note_landed (sweep->job.sync, sweep->job.collection);
}

/* The list is another than it was when they were asked for. */
static void
ask_again (Sweep *sweep)
{
  drop_pages (sweep);
  g_object_unref (sweep->asked);
  sweep->asked = g_cancellable_new ();
  sweep->next = sweep->at.page;
  sweep->n_landed = 0;
  sweep->failing = FALSE;
}

static void
landed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Sweep) sweep = user_data;
  WbSyncLanded *landed = wb_database_run_finish (result, NULL);
  gboolean last = landed->page.last && landed->error == NULL;

  sweep->n_landing = 0;
  if (landed->n_landed > 0)
    take_landed (sweep, landed);
  if (landed->again && !sweep->over)
    ask_again (sweep);
  if (last && !landed->doubtful)
    sweep_end (sweep, NULL);
  else if (landed->error != NULL)
    sweep_fail (sweep, g_steal_pointer (&landed->error));
  else if (!has_stopped (sweep) && landed->doubtful)
    ask_for_customer (sweep);
  else if (!sweep->over)
    {
      wb_sync_note_progress (sweep->job.sync, sweep->job.collection, sweep->job.read, sweep->job.total);
      sweep_go_on (sweep);
    }
  wb_sync_landed_free (landed);
}

static gboolean
is_answered (const Page *page)
{
  return page != NULL && page->body != NULL;
}

/* Those at the head of the queue, as far as they go without a gap. */
static void
land (Sweep *sweep)
{
  WbSyncPages *pages;

  if (sweep->n_landing > 0 || !is_answered (g_queue_peek_head (&sweep->pages)))
    return;
  pages = pages_new (sweep);
  while (is_answered (g_queue_peek_head (&sweep->pages)))
    {
      Page *page = g_queue_pop_head (&sweep->pages);

      wb_sync_pages_add (pages, g_steal_pointer (&page->body), page->asked_at, page->asked < sweep->answered_at);
      sweep->answered_at = page->answered;
      page_free (page);
      sweep->n_landing++;
    }
  wb_database_run_async (mirror_of (sweep), wb_sync_land_pages_job, pages, wb_sync_pages_free, wb_sync_landed_free, NULL,
                         landed_cb, sweep_ref (sweep));
}

/* Asking */

static void
page_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Page *page = user_data;
  g_autoptr (Sweep) sweep = page->sweep;

  page->body = cmr_client_read_finish (CMR_CLIENT (source), result, &page->error);
  page->answered = ++sweep->moment;
  if (page->dropped)
    {
      page_free (page);
      return;
    }
  sweep->failing |= page->error != NULL;
  if (!wb_sync_job_is_stopped (&sweep->job))
    sweep_go_on (sweep);
  else
    sweep_fail (sweep, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped"));
}

/* The first page fills the screen. */
static CmrPriority
priority_of (Sweep *sweep, guint number)
{
  if (!wb_sync_job_is_awaited (&sweep->job))
    return CMR_PRIORITY_BACKGROUND;
  return number == 1 ? CMR_PRIORITY_VISIBLE : CMR_PRIORITY_AWAITED;
}

static void
ask (Sweep *sweep)
{
  Page *page = g_new0 (Page, 1);
  g_autofree char *number = g_strdup_printf ("%u", sweep->next);

  page->sweep = sweep_ref (sweep);
  page->number = sweep->next++;
  page->call = cmr_call_new (sweep->op);
  cmr_call_set_priority (page->call, priority_of (sweep, page->number));
  cmr_call_set_param (page->call, "page", number);
  cmr_call_set_param (page->call, "limit", G_STRINGIFY (WB_SYNC_PAGE_ROWS));
  if (*sweep->job.scope != '\0')
    cmr_call_set_param (page->call, "userId", sweep->job.scope);
  page->asked_at = g_get_real_time ();
  page->asked = ++sweep->moment;
  g_queue_push_tail (&sweep->pages, page);
  cmr_client_read_async (wb_profile_get_client (sweep->job.sync->profile), page->call, sweep->asked, page_read_cb, page);
}

/* How many pages may be under way. A service that pays no heed to `page` is not asked for pages by the dozen: trust
 * grows with what has come. */
static guint
allowance (Sweep *sweep)
{
  guint most = wb_sync_job_is_awaited (&sweep->job) ? AHEAD_AWAITED : AHEAD_BACKGROUND;

  return sweep->total < 0 ? 1 : CLAMP (sweep->n_landed, 1, most);
}

static gboolean
may_ask (Sweep *sweep)
{
  /* Answers that wait for one before them count: they fill memory. */
  guint under_way = sweep->pages.length + sweep->n_landing;

  if (sweep->asking_customer || sweep->failing || wb_sync_job_is_held (&sweep->job))
    return FALSE;
  return under_way == 0
         || (under_way < allowance (sweep) && sweep->next <= sweep->n_pages);
}

static void
sweep_go_on (Sweep *sweep)
{
  Page *head = g_queue_peek_head (&sweep->pages);

  if (head != NULL && head->error != NULL && sweep->n_landing == 0)
    {
      sweep_fail (sweep, g_error_copy (head->error));
      return;
    }
  land (sweep);
  while (may_ask (sweep))
    ask (sweep);
}

/* Somebody waits for what had begun in the background: also for what stands in the queue there. */
static void
raise_asked (Sweep *sweep)
{
  for (GList *link = sweep->pages.head; link != NULL; link = link->next)
    cmr_call_set_priority (((Page *) link->data)->call, priority_of (sweep, ((Page *) link->data)->number));
  cmr_pacer_raise (cmr_client_get_pacer (wb_profile_get_client (sweep->job.sync->profile)), sweep->asked,
                   CMR_PRIORITY_AWAITED);
}

static void
on_go_on (WbSyncJob *job)
{
  Sweep *sweep = (Sweep *) job;

  if (!sweep->opened || sweep->over || wb_sync_job_is_stopped (job))
    return;
  if (wb_sync_job_is_awaited (job))
    raise_asked (sweep);
  if (!sweep->asking_customer)
    sweep_go_on (sweep);
}

/* Its pages end as cancelled; one that is held has none. */
static void
on_stop (WbSyncJob *job)
{
  Sweep *sweep = (Sweep *) job;

  keep_place (sweep);
  g_cancellable_cancel (job->cancellable);
  g_cancellable_cancel (sweep->asked);
  if (sweep->opened && sweep->pages.length + sweep->n_landing == 0 && !sweep->asking_customer)
    has_stopped (sweep);
}

/* Opening: where the last one was, if it did not come to its end. */

static gpointer
open_job (sqlite3 *db, gpointer data, GError **error)
{
  WbSyncPages *pages = data;

  return wb_mirror_sweep_open (db, &pages->sweep, error) ? g_memdup2 (&pages->sweep, sizeof pages->sweep) : NULL;
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Sweep) sweep = user_data;
  GError *error = NULL;
  g_autofree WbMirrorSweep *at = wb_database_run_finish (result, &error);

  if (error != NULL)
    sweep_fail (sweep, error);
  else if (!has_stopped (sweep))
    {
      sweep->opened = TRUE;
      sweep->at = *at;
      sweep->at.scope = sweep->job.scope;
      sweep->next = at->page;
      sweep->job.read = at->read;
      sweep_go_on (sweep);
    }
}

WbSyncJob *
wb_sync_sweep_begin (WbSync *self, WbCollection collection, const char *scope, CmrOp op)
{
  Sweep *sweep = g_new0 (Sweep, 1);
  const WbSyncCollection *calls = wb_collection_get_calls (collection);

  wb_sync_job_init (&sweep->job, self, collection, scope);
  sweep->job.go_on = on_go_on;
  sweep->job.stop = on_stop;
  sweep->n_refs = 1;
  sweep->total = -1;
  sweep->asked = g_cancellable_new ();
  sweep->op = op;
  sweep->at = (WbMirrorSweep) { calls->resource, calls->name, sweep->job.scope, g_get_real_time (), 1, 0 };
  sweep->kept_at = sweep->at.began;
  wb_database_run_async (mirror_of (sweep), open_job, pages_new (sweep), wb_sync_pages_free, g_free, NULL, opened_cb,
                         sweep_ref (sweep));
  return &sweep->job;
}
