// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cmr-endpoint.h"
#include "wb-journal-private.h"
#include "wb-mirror-private.h"
#include "wb-sync.h"

G_BEGIN_DECLS

/* Shared by wb-sync.c and wb-sync-sweep.c. */
struct _WbSync {
  GObject parent_instance;

  WbProfile *profile; /* owns us; NULL once stopped */
  GCancellable *cancellable;
  GHashTable *sweeps; /* "collection scope" → the sweep that runs */
  gint64 as_of[WB_N_COLLECTIONS];
  gulong outbox_id;
};

typedef struct {
  const char *name;
  const CmrResource *resource;
  CmrOp list_all, list_one, get;
  const char *get_param;
} WbSyncCollection;

const WbSyncCollection *wb_collection_get_calls (WbCollection collection);
/* Ends them at once; whoever waits hears of it. */
void wb_sync_stop_sweeps (WbSync *self);
void wb_sync_note_progress (WbSync *self, WbCollection collection, guint read, gint64 total);

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

/* A page that was read, on its way into the mirror. */
typedef struct {
  WbMirrorSweep sweep; /* as it was before the page */
  char *scope;
  const CmrEndpoint *endpoint;
  GBytes *body;
  gint64 asked_at;
  char *before;        /* (nullable): key of the first row of the page before */
  gboolean keep_place; /* write down where the sweep is though nothing changed */
} WbSyncPage;

typedef struct {
  WbMirrorPage page;
  gint changed;
  gboolean doubtful; /* no rows where some were known: is the customer known to the service? */
} WbSyncLanded;

void wb_sync_page_free (gpointer page);
void wb_sync_landed_free (gpointer landed);
gpointer wb_sync_land_page_job (sqlite3 *db, gpointer page, GError **error); /* a WbSyncLanded */
gpointer wb_sync_land_none_job (sqlite3 *db, gpointer page, GError **error);

G_END_DECLS
