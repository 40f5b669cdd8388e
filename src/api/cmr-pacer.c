// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmr-pacer.h"

#include "cmr-timer-private.h"

#include <string.h>

#define N_PRIORITIES (CMR_PRIORITY_BACKGROUND + 1)
#define DEFAULT_PER_SECOND 4.0
#define PAID_QUIET_US (1 * G_USEC_PER_SEC)
/* The pace after many 429 in a row: one request in two seconds at the default rate. */
#define LOWEST_SHARE (1.0 / 8)
/* Every turn without a 429 gives back so much of the pace: 4 turns after the first halving. */
#define CLIMB (1.0 / 8)
/* A turn that comes late by less than this share of the pace, since the loop was busy, does not put off the next: else
 * what is allowed would never be reached. */
#define LATE_SHARE 10

/* One who waits. Owned by its queue. */
typedef struct {
  CmrPacer *pacer; /* lent, the queue goes with it */
  GTask *task;
  CmrPriority priority;
  gboolean paid;
  GSource *cancel;
} Turn;

/* All moments are monotonic microseconds. */
struct _CmrPacer {
  GObject parent_instance;
  char *id; /* in the register, NULL for a pacer of its own */
  GQueue turns[N_PRIORITIES];
  double per_second;
  double share; /* of the rate, halved by a 429 */
  gint64 last_turn;
  gint64 last_background;
  gint64 last_busy;
  gint64 paused_until;
  guint held;
  GSource *timer;
};

G_DEFINE_FINAL_TYPE (CmrPacer, cmr_pacer, G_TYPE_OBJECT)

/* The pacers in use, id -> CmrPacer (not owned). All clients of one key share its pace. */
static GMutex register_lock;
static GHashTable *registered;

static void
turn_free (Turn *turn)
{
  if (turn->cancel != NULL)
    {
      g_source_destroy (turn->cancel);
      g_source_unref (turn->cancel);
    }
  g_clear_object (&turn->task);
  g_free (turn);
}

static gint64
interval_us (CmrPacer *self)
{
  return self->per_second > 0 ? (gint64) (G_USEC_PER_SEC / (self->per_second * self->share)) : 0;
}

/* When @turn may go, as things stand; G_MAXINT64 while background work is held. */
static gint64
eligible_at (CmrPacer *self, const Turn *turn)
{
  gint64 at = self->last_turn == 0 ? 0 : self->last_turn + interval_us (self);

  at = MAX (at, self->paused_until);
  if (turn->paid && self->last_busy != 0)
    at = MAX (at, self->last_busy + PAID_QUIET_US);
  if (turn->priority != CMR_PRIORITY_BACKGROUND)
    return at;
  if (self->held > 0)
    return G_MAXINT64;
  return self->last_background == 0 ? at : MAX (at, self->last_background + 2 * interval_us (self));
}

static void
grant (CmrPacer *self, Turn *turn, gint64 now)
{
  g_autoptr (GTask) task = g_steal_pointer (&turn->task);
  gint64 due = eligible_at (self, turn);

  self->last_turn = due > 0 && now - due < interval_us (self) / LATE_SHARE ? due : now;
  if (turn->priority == CMR_PRIORITY_BACKGROUND)
    self->last_background = now;
  self->share = MIN (1.0, self->share + CLIMB);
  g_queue_remove (&self->turns[turn->priority], turn);
  turn_free (turn);
  g_task_return_boolean (task, TRUE);
}

/* The first in the order of priority that may go now; else when the earliest may. */
static Turn *
next_turn (CmrPacer *self, gint64 now, gint64 *wake_at)
{
  *wake_at = G_MAXINT64;
  for (guint i = 0; i < N_PRIORITIES; i++)
    for (GList *link = self->turns[i].head; link != NULL; link = link->next)
      {
        gint64 at = eligible_at (self, link->data);

        if (at <= now)
          return link->data;
        *wake_at = MIN (*wake_at, at);
      }
  return NULL;
}

static gboolean on_timer (gpointer user_data);

static void
schedule (CmrPacer *self, gint64 at)
{
  if (self->timer == NULL)
    self->timer = cmr_timer_new ("CmrPacer", on_timer, self);
  g_source_set_ready_time (self->timer, at == G_MAXINT64 ? -1 : at);
}

static void
run (CmrPacer *self)
{
  g_autoptr (CmrPacer) keep = g_object_ref (self);
  gint64 wake_at;
  Turn *turn;

  for (;;)
    {
      gint64 now = g_get_monotonic_time ();

      turn = next_turn (self, now, &wake_at);
      if (turn == NULL)
        break;
      grant (self, turn, now);
    }
  if (self->timer != NULL || wake_at != G_MAXINT64)
    schedule (self, wake_at);
}

static gboolean
on_timer (gpointer user_data)
{
  run (user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  Turn *turn = user_data;
  CmrPacer *self = turn->pacer;
  g_autoptr (GTask) task = g_steal_pointer (&turn->task);

  g_queue_remove (&self->turns[turn->priority], turn);
  turn_free (turn);
  run (self);
  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

static void
cmr_pacer_finalize (GObject *object)
{
  CmrPacer *self = CMR_PACER (object);

  if (self->id != NULL)
    {
      g_mutex_lock (&register_lock);
      if (g_hash_table_lookup (registered, self->id) == self)
        g_hash_table_remove (registered, self->id);
      g_mutex_unlock (&register_lock);
    }
  /* A waiting task holds us, so nobody waits any more. */
  for (guint i = 0; i < N_PRIORITIES; i++)
    g_queue_clear_full (&self->turns[i], (GDestroyNotify) turn_free);
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  g_free (self->id);

  G_OBJECT_CLASS (cmr_pacer_parent_class)->finalize (object);
}

static void
cmr_pacer_class_init (CmrPacerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cmr_pacer_finalize;
}

static void
cmr_pacer_init (CmrPacer *self)
{
  for (guint i = 0; i < N_PRIORITIES; i++)
    g_queue_init (&self->turns[i]);
  self->per_second = DEFAULT_PER_SECOND;
  self->share = 1.0;
}

/* The register must not hold the key itself. */
static char *
pacer_id (const char *origin, const char *key)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);

  return g_strconcat (origin, " ", hash, NULL);
}

/**
 * cmr_pacer_get:
 *
 * Main thread only, as everything about pacers.
 *
 * Returns: (transfer full): the pacer of this key at this host
 */
CmrPacer *
cmr_pacer_get (const char *origin, const char *key)
{
  g_autofree char *id = NULL;
  CmrPacer *self;

  g_return_val_if_fail (origin != NULL && key != NULL, NULL);

  id = pacer_id (origin, key);
  g_mutex_lock (&register_lock);
  if (registered == NULL)
    registered = g_hash_table_new (g_str_hash, g_str_equal);
  self = g_hash_table_lookup (registered, id);
  if (self != NULL)
    g_object_ref (self);
  else
    {
      self = cmr_pacer_new ();
      self->id = g_steal_pointer (&id);
      g_hash_table_insert (registered, self->id, self);
    }
  g_mutex_unlock (&register_lock);
  return self;
}

CmrPacer *
cmr_pacer_new (void)
{
  return g_object_new (CMR_TYPE_PACER, NULL);
}

void
cmr_pacer_set_rate (CmrPacer *self, double per_second)
{
  g_return_if_fail (CMR_IS_PACER (self));
  g_return_if_fail (per_second >= 0);

  self->per_second = per_second;
  run (self);
}

void
cmr_pacer_turn_async (CmrPacer *self, CmrPriority priority, gboolean paid, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Turn *turn;

  g_return_if_fail (CMR_IS_PACER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, cmr_pacer_turn_async);
  if (g_task_return_error_if_cancelled (task))
    return;

  turn = g_new0 (Turn, 1);
  turn->pacer = self;
  turn->task = g_steal_pointer (&task);
  turn->priority = priority;
  turn->paid = paid;
  if (cancellable != NULL)
    {
      turn->cancel = g_cancellable_source_new (cancellable);
      g_source_set_callback (turn->cancel, G_SOURCE_FUNC (on_cancelled), turn, NULL);
      g_source_attach (turn->cancel, g_main_context_get_thread_default ());
    }
  g_queue_push_tail (&self->turns[priority], turn);
  run (self);
}

gboolean
cmr_pacer_turn_finish (CmrPacer *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* The pause gets up to a quarter second more, so that many clients do not come back at once. */
void
cmr_pacer_busy (CmrPacer *self, guint retry_after_ms)
{
  gint64 now = g_get_monotonic_time ();
  gint64 until;

  g_return_if_fail (CMR_IS_PACER (self));

  self->last_busy = now;
  self->share = MAX (LOWEST_SHARE, self->share / 2);
  if (retry_after_ms > 0)
    {
      until = now + ((gint64) retry_after_ms + g_random_int_range (0, 250)) * 1000;
      self->paused_until = MAX (self->paused_until, until);
    }
  run (self);
}

/* Whose turn with this @cancellable waits behind @priority. */
static Turn *
find_behind (CmrPacer *self, GCancellable *cancellable, CmrPriority priority)
{
  for (guint i = priority + 1; i < N_PRIORITIES; i++)
    for (GList *link = self->turns[i].head; link != NULL; link = link->next)
      if (g_task_get_cancellable (((Turn *) link->data)->task) == cancellable)
        return link->data;
  return NULL;
}

void
cmr_pacer_raise (CmrPacer *self, GCancellable *cancellable, CmrPriority priority)
{
  Turn *turn;

  g_return_if_fail (CMR_IS_PACER (self));
  g_return_if_fail (G_IS_CANCELLABLE (cancellable));

  while ((turn = find_behind (self, cancellable, priority)) != NULL)
    {
      g_queue_remove (&self->turns[turn->priority], turn);
      turn->priority = priority;
      g_queue_push_tail (&self->turns[priority], turn);
    }
  run (self);
}

void
cmr_pacer_hold_background (CmrPacer *self)
{
  g_return_if_fail (CMR_IS_PACER (self));

  self->held++;
}

void
cmr_pacer_release_background (CmrPacer *self)
{
  g_return_if_fail (CMR_IS_PACER (self));
  g_return_if_fail (self->held > 0);

  self->held--;
  run (self);
}

gint64
cmr_pacer_get_paused_until (CmrPacer *self)
{
  g_return_val_if_fail (CMR_IS_PACER (self), 0);

  return self->paused_until > g_get_monotonic_time () ? self->paused_until : 0;
}

guint
cmr_pacer_get_waiting (CmrPacer *self)
{
  guint waiting = 0;

  g_return_val_if_fail (CMR_IS_PACER (self), 0);

  for (guint i = 0; i < N_PRIORITIES; i++)
    waiting += self->turns[i].length;
  return waiting;
}
