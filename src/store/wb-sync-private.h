// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cmr-endpoint.h"
#include "wb-journal-private.h"
#include "wb-mirror-private.h"
#include "wb-sync.h"

G_BEGIN_DECLS

typedef struct _WbSyncJob WbSyncJob;
typedef struct _WbSyncSchedule WbSyncSchedule;

/* Shared by the files of sync. */
struct _WbSync {
  GObject parent_instance;

  WbProfile *profile; /* owns us; NULL once stopped */
  GCancellable *cancellable;
  GHashTable *jobs; /* "collection scope" → the WbSyncJob that runs */
  gint64 as_of[WB_N_COLLECTIONS];
  gint64 ended[WB_N_COLLECTIONS]; /* wall clock: when the last whole sweep of this run of the program did; 0 = none has */
  gboolean knows_ages;            /* the mirror has told what as_of was */
  gulong outbox_id;
  gboolean paused;
  guint visible[WB_N_COLLECTIONS]; /* how many pages show it */
  WbSyncSchedule *schedule;        /* NULL until it is started */

  /* What listeners hear a few times a second, whatever the pages come at */
  guint changed, progressed; /* a bit a collection */
  gint64 told_at;            /* monotonic */
  guint tell_id;
};

/* Something under way: a sweep, or a run of sweeps over all customers. */
struct _WbSyncJob {
  WbSync *sync;
  WbCollection collection;
  char *key, *scope;
  guint read;
  gint64 total; /* -1: not told */
  GCancellable *cancellable;
  GPtrArray *waiters;
  void (*go_on) (WbSyncJob *self); /* who waits, or whether it is held, has changed */
  void (*stop) (WbSyncJob *self);
};

void wb_sync_job_init (WbSyncJob *self, WbSync *sync, WbCollection collection, const char *scope);
void wb_sync_job_clear (WbSyncJob *self);
char *wb_sync_job_key (WbCollection collection, const char *scope);
/* Takes @task. @awaited: a person waits for it */
void wb_sync_job_add_waiter (WbSyncJob *self, GTask *task, gboolean awaited);
gboolean wb_sync_job_is_awaited (WbSyncJob *self);
gboolean wb_sync_job_is_stopped (WbSyncJob *self);
gboolean wb_sync_job_is_held (WbSyncJob *self);
void wb_sync_job_raise (WbSyncJob *self);
void wb_sync_job_end (WbSyncJob *self, const GError *error);

typedef struct {
  const char *name;
  const CmrResource *resource;
  CmrOp list_all, list_one, get;
  const char *get_param;
} WbSyncCollection;

const WbSyncCollection *wb_collection_get_calls (WbCollection collection);
WbSyncJob *wb_sync_run_begin (WbSync *self, WbCollection collection);
WbSyncJob *wb_sync_sweep_begin (WbSync *self, WbCollection collection, const char *scope, CmrOp op);
/* As wb_sync_refresh_async(); @awaited: a person waits for it */
void wb_sync_read_async (WbSync *self, WbCollection collection, const char *scope, gboolean awaited,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* Of rows that came with a page. */
void wb_sync_note_landed (WbSync *self, WbCollection collection);
void wb_sync_note_progress (WbSync *self, WbCollection collection, guint read, gint64 total);
/* At once, with what has been held back: at the end of a job. */
void wb_sync_tell_now (WbSync *self, WbCollection collection, guint read, gint64 total);

/* wb-sync-schedule.c */
void wb_sync_schedule_look_soon (WbSyncSchedule *self);
void wb_sync_schedule_free (WbSyncSchedule *self);

WbSync *wb_sync_new (WbProfile *profile);
void wb_sync_stop (WbSync *self);
const char *wb_collection_name (WbCollection collection);
const CmrResource *wb_collection_get_resource (WbCollection collection); /* NULL for those of the journal */
/* The call that reads one by id and the parameter that takes it; CMR_OP_NONE where there is none. */
CmrOp wb_collection_get_op (WbCollection collection, const char **param);
WbProfile *wb_sync_get_profile (WbSync *self); /* NULL once stopped */
GCancellable *wb_sync_get_cancellable (WbSync *self);
void wb_sync_note_changed (WbSync *self, WbCollection collection);

/* The most that the service gives in one answer. */
#define WB_SYNC_PAGE_ROWS 100

#define WB_SYNC_PAGES_MAX 8

/* Pages that were read, one after the other, on their way into the mirror. */
typedef struct {
  WbMirrorSweep sweep; /* as it was before the first */
  char *scope;
  const CmrEndpoint *endpoint;
  GBytes *bodies[WB_SYNC_PAGES_MAX];
  gint64 asked_at[WB_SYNC_PAGES_MAX];
  gboolean overlaps[WB_SYNC_PAGES_MAX]; /* asked for before the one before it was answered */
  guint n_bodies;
  char *before;        /* (nullable): key of the first row of the page before */
  gint64 total;        /* that it told */
  gboolean keep_place; /* write down where the sweep is though nothing changed */
} WbSyncPages;

typedef struct {
  WbMirrorPage page; /* the last that has landed */
  guint n_landed, read;
  gint changed;
  gboolean doubtful; /* no rows where some were known: is the customer known to the service? */
  GError *error;     /* why the next one did not land */
  gboolean again;    /* it did not, since the list is another than before: to be asked for again, alone */
} WbSyncLanded;

void wb_sync_pages_add (WbSyncPages *self, GBytes *body, gint64 asked_at, gboolean overlaps);
void wb_sync_pages_free (gpointer pages);
void wb_sync_landed_free (gpointer landed);
gpointer wb_sync_land_pages_job (sqlite3 *db, gpointer pages, GError **error); /* a WbSyncLanded, always */
gpointer wb_sync_land_none_job (sqlite3 *db, gpointer pages, GError **error);

G_END_DECLS
