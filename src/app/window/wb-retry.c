// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-retry.h"

#include "cmr-client.h"
#include "wb-sync.h"

#define FIRST_S 30
#define MOST_S 300

struct _WbRetry {
  GObject parent_instance;

  WbProfile *profile; /* owns this */
  GCancellable *cancellable;
  gboolean lost, asked;
  CmrConnection seen;
  guint pause_s;
  gint64 next; /* monotonic, 0 = none planned */
  guint tick_id;
};

enum { CHANGED, RECOVERED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbRetry, wb_retry, G_TYPE_OBJECT)

/* What the service asked for; until then nothing of ours goes out. */
static guint
paused_s (WbRetry *self)
{
  CmrPacer *pacer = cmr_client_get_pacer (wb_profile_get_client (self->profile));
  gint64 left = cmr_pacer_get_paused_until (pacer) - g_get_monotonic_time ();

  return left > 0 ? (guint) ((left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC) : 0;
}

static void
plan (WbRetry *self, guint pause_s)
{
  self->pause_s = pause_s;
  self->next = pause_s > 0 ? g_get_monotonic_time () + pause_s * G_USEC_PER_SEC : 0;
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean tick (gpointer data);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbRetry) self = user_data;
  g_autoptr (GError) error = NULL;

  wb_sync_read_wallet_finish (WB_SYNC (source), result, &error);
  if (self->lost && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    plan (self, MIN (self->pause_s * 2, MOST_S));
}

void
wb_retry_now (WbRetry *self)
{
  if (!self->lost || self->next == 0)
    return;
  /* Nothing is planned while one is under way. */
  self->next = 0;
  self->asked = TRUE;
  wb_sync_read_wallet_async (wb_profile_get_sync (self->profile), self->cancellable, read_cb, g_object_ref (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
tick (gpointer data)
{
  WbRetry *self = data;

  if (self->next != 0 && g_get_monotonic_time () >= self->next)
    wb_retry_now (self);
  else
    g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_CONTINUE;
}

/* A pause that the request which met it has waited for itself is no recovery: nothing was left unread. */
static gboolean
has_recovered (WbRetry *self, CmrConnection before, CmrConnection now)
{
  return now == CMR_CONNECTION_CONNECTED && (before != CMR_CONNECTION_WAITING || self->asked);
}

static void
on_connection (WbRetry *self)
{
  CmrConnection connection = cmr_client_get_connection (wb_profile_get_client (self->profile)), before = self->seen;
  gboolean lost = connection == CMR_CONNECTION_OFFLINE || connection == CMR_CONNECTION_TROUBLE
                  || connection == CMR_CONNECTION_WAITING;
  gboolean recovered = self->lost && has_recovered (self, before, connection);

  self->seen = connection;
  if (lost == self->lost)
    return;
  self->lost = lost;
  self->asked = FALSE;
  g_clear_handle_id (&self->tick_id, g_source_remove);
  if (lost)
    self->tick_id = g_timeout_add_seconds (1, tick, self);
  plan (self, lost ? FIRST_S : 0);
  if (recovered)
    g_signal_emit (self, signals[RECOVERED], 0);
}

guint
wb_retry_get_left (WbRetry *self)
{
  gint64 left = self->next - g_get_monotonic_time ();

  return MAX (paused_s (self), self->next == 0 ? 0 : (guint) MAX (1, (left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC));
}

static void
wb_retry_dispose (GObject *object)
{
  WbRetry *self = WB_RETRY (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  G_OBJECT_CLASS (wb_retry_parent_class)->dispose (object);
}

static void
wb_retry_finalize (GObject *object)
{
  g_object_unref (WB_RETRY (object)->cancellable);
  G_OBJECT_CLASS (wb_retry_parent_class)->finalize (object);
}

static void
wb_retry_class_init (WbRetryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_retry_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_retry_finalize;
  signals[CHANGED] = g_signal_new ("changed", WB_TYPE_RETRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[RECOVERED]
      = g_signal_new ("recovered", WB_TYPE_RETRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_retry_init (WbRetry *self)
{
  self->cancellable = g_cancellable_new ();
}

/* It calls nobody once its profile is gone, though a read under way may hold it a little longer. */
static void
let_go (gpointer data)
{
  g_object_run_dispose (data);
  g_object_unref (data);
}

WbRetry *
wb_retry_of (WbProfile *profile)
{
  WbRetry *self = g_object_get_data (G_OBJECT (profile), "retry");

  if (self != NULL)
    return self;
  self = g_object_new (WB_TYPE_RETRY, NULL);
  self->profile = profile;
  g_object_set_data_full (G_OBJECT (profile), "retry", self, let_go);
  g_signal_connect_object (wb_profile_get_client (profile), "notify::connection", G_CALLBACK (on_connection), self,
                           G_CONNECT_SWAPPED);
  on_connection (self);
  return self;
}
