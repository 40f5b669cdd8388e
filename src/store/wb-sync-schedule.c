// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-sync-private.h"

#include "wb-pace-private.h"
#include "wb-profile.h"

/* What is read though nobody asks for it: lists that have grown old, one at a time, in the background; what is on the
 * screen first, then customers, by whom domains are asked for, then what has not been read for the longest. Nothing
 * while a person waits for a list, while reading is paused, or unless the service is believed to answer; what could
 * not be read waits longer each time. */

/* A start is busy enough with what is shown. */
#define FIRST_LOOK_MS (10 * 1000)
#define LOOK_EVERY_MS (15 * 1000)
/* Between one list and the next. */
#define BREATH_MS 1000
#define AGAIN_FIRST_MS (60 * 1000)
#define AGAIN_MOST_MS (60 * 60 * 1000)
/* Of what was read, by the clock on the wall: these are not divided by WAYBILL_PACE. */
#define OLD_VISIBLE (15 * G_TIME_SPAN_MINUTE)
#define OLD G_TIME_SPAN_HOUR

typedef struct {
  guint pause_ms; /* 0: it has not failed */
  gint64 at;      /* wall clock */
  gint64 until;   /* monotonic */
} Failure;

struct _WbSyncSchedule {
  WbSync *sync; /* owns this */
  GCancellable *cancellable;
  Failure failures[WB_N_COLLECTIONS];
  guint timer_id;
  gint64 first; /* monotonic: nothing before */
  gulong connection_id, key_id;
};

static void look (WbSyncSchedule *self);

static gboolean
on_timer (gpointer data)
{
  WbSyncSchedule *self = data;

  self->timer_id = 0;
  look (self);
  return G_SOURCE_REMOVE;
}

static void
plan (WbSyncSchedule *self, guint ms)
{
  gint64 left = (self->first - g_get_monotonic_time ()) / 1000;

  g_clear_handle_id (&self->timer_id, g_source_remove);
  self->timer_id = g_timeout_add ((guint) MAX (wb_pace_ms (ms), left), on_timer, self);
}

/* Whether the service is back is found out by who waits for it (a page, the wallet), and not by reading lists. Of two
 * programs that have the profile open the one that may write does it. */
static gboolean
may_read (WbSyncSchedule *self)
{
  WbProfile *profile = self->sync->profile;
  WbLock lock = wb_profile_get_lock (profile);
  CmrConnection connection = cmr_client_get_connection (wb_profile_get_client (profile));

  return !self->sync->paused && (lock == WB_LOCK_NONE || lock == WB_LOCK_READ_ONLY)
         && (connection == CMR_CONNECTION_CONNECTED || connection == CMR_CONNECTION_IDLE);
}

/* A sweep of many pages may take longer than it may be old: it has its rest all the same. */
static gint64
read_at (WbSync *sync, WbCollection collection)
{
  return MAX (sync->as_of[collection], sync->ended[collection]);
}

static gboolean
is_due (WbSyncSchedule *self, WbCollection collection)
{
  WbSync *sync = self->sync;
  gint64 age = g_get_real_time () - read_at (sync, collection);
  gint64 old = sync->visible[collection] > 0 ? OLD_VISIBLE : OLD;

  if (wb_collection_get_resource (collection) == NULL || g_get_monotonic_time () < self->failures[collection].until)
    return FALSE;
  /* A clock that was put back: how old it is nobody knows. */
  return age >= old || age < 0;
}

static gboolean
comes_before (WbSync *sync, WbCollection one, WbCollection other)
{
  gboolean seen = sync->visible[one] > 0, other_seen = sync->visible[other] > 0;

  if (seen != other_seen)
    return seen;
  if (one == WB_COLLECTION_CUSTOMERS || other == WB_COLLECTION_CUSTOMERS)
    return one == WB_COLLECTION_CUSTOMERS;
  return read_at (sync, one) < read_at (sync, other);
}

static WbCollection
choose (WbSyncSchedule *self)
{
  WbCollection best = WB_N_COLLECTIONS;

  for (guint i = 0; i < WB_N_COLLECTIONS; i++)
    if (is_due (self, i) && (best == WB_N_COLLECTIONS || comes_before (self->sync, i, best)))
      best = i;
  return best;
}

static void
note_failure (WbSyncSchedule *self, WbCollection collection)
{
  Failure *failure = &self->failures[collection];
  gboolean first = failure->pause_ms == 0 || self->sync->ended[collection] > failure->at;

  failure->pause_ms = first ? AGAIN_FIRST_MS : MIN (failure->pause_ms * 2, AGAIN_MOST_MS);
  failure->at = g_get_real_time ();
  failure->until = g_get_monotonic_time () + (gint64) wb_pace_ms (failure->pause_ms) * 1000;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbSyncSchedule *self = WB_SYNC (source)->schedule;
  g_autoptr (GError) error = NULL;

  wb_sync_refresh_finish (WB_SYNC (source), result, &error);
  if (self == NULL)
    return;
  if (error != NULL)
    note_failure (self, GPOINTER_TO_INT (user_data));
  plan (self, BREATH_MS);
}

static void
look (WbSyncSchedule *self)
{
  WbSync *sync = self->sync;
  /* Also our own: it is looked again at its end, or a little later. */
  gboolean may = sync->knows_ages && g_hash_table_size (sync->jobs) == 0 && may_read (self);
  WbCollection collection = may ? choose (self) : WB_N_COLLECTIONS;

  plan (self, LOOK_EVERY_MS);
  if (collection != WB_N_COLLECTIONS)
    wb_sync_read_async (sync, collection, "", FALSE, self->cancellable, read_cb, GINT_TO_POINTER (collection));
}

void
wb_sync_schedule_look_soon (WbSyncSchedule *self)
{
  plan (self, BREATH_MS);
}

/**
 * wb_sync_start_schedule:
 *
 * From now on lists are read in the background when they have grown old: after a quarter of an hour where a page shows
 * them, else after an hour. A second call does nothing; it ends with the profile.
 */
void
wb_sync_start_schedule (WbSync *self)
{
  WbSyncSchedule *schedule;

  if (self->profile == NULL || self->schedule != NULL)
    return;
  schedule = self->schedule = g_new0 (WbSyncSchedule, 1);
  schedule->sync = self;
  schedule->cancellable = g_cancellable_new ();
  schedule->connection_id
      = g_signal_connect_swapped (wb_profile_get_client (self->profile), "notify::connection",
                                  G_CALLBACK (wb_sync_schedule_look_soon), schedule);
  schedule->key_id = g_signal_connect_swapped (self->profile, "notify::key-state",
                                               G_CALLBACK (wb_sync_schedule_look_soon), schedule);
  schedule->first = g_get_monotonic_time () + (gint64) wb_pace_ms (FIRST_LOOK_MS) * 1000;
  plan (schedule, FIRST_LOOK_MS);
}

/* While its sync has its profile still. */
void
wb_sync_schedule_free (WbSyncSchedule *self)
{
  g_signal_handler_disconnect (wb_profile_get_client (self->sync->profile), self->connection_id);
  g_signal_handler_disconnect (self->sync->profile, self->key_id);
  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_free (self);
}

/**
 * wb_sync_set_visible:
 * @visible: whether one more page shows it, or one less
 */
void
wb_sync_set_visible (WbSync *self, WbCollection collection, gboolean visible)
{
  g_return_if_fail (visible || self->visible[collection] > 0);

  self->visible[collection] += visible ? 1 : -1;
  if (visible && self->schedule != NULL)
    wb_sync_schedule_look_soon (self->schedule);
}
