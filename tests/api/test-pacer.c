// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cmr-pacer.h"
#include "wb-test.h"

#define MS G_GINT64_CONSTANT (1000)

/* Turns asked for, in the order they are granted, with their moments. */
typedef struct {
  CmrPacer *pacer;
  GPtrArray *granted; /* the names, lent */
  GArray *moments;
  guint n_failed;
} Turns;

typedef struct {
  Turns *turns;
  const char *name;
} Turn;

static void
turn_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Turn *turn = user_data;
  gint64 now = g_get_monotonic_time ();

  if (!cmr_pacer_turn_finish (CMR_PACER (source), result, NULL))
    {
      turn->turns->n_failed++;
      return;
    }
  g_ptr_array_add (turn->turns->granted, (gpointer) turn->name);
  g_array_append_val (turn->turns->moments, now);
}

static void
ask (Turns *self, const char *name, CmrPriority priority, gboolean paid, GCancellable *cancellable)
{
  Turn *turn = g_new (Turn, 1);

  *turn = (Turn) { self, name };
  cmr_pacer_turn_async (self->pacer, priority, paid, cancellable, turn_cb, turn);
}

static void
turns_init (Turns *self, double per_second)
{
  self->pacer = cmr_pacer_new ();
  self->granted = g_ptr_array_new ();
  self->moments = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->n_failed = 0;
  cmr_pacer_set_rate (self->pacer, per_second);
}

static void
turns_clear (Turns *self)
{
  g_assert_finalize_object (self->pacer);
  g_ptr_array_unref (self->granted);
  g_array_unref (self->moments);
}

typedef struct {
  Turns *turns;
  guint n;
} Enough;

static gboolean
has_enough (gpointer data)
{
  Enough *enough = data;

  return enough->turns->granted->len + enough->turns->n_failed >= enough->n;
}

static void
wait_granted (Turns *self, guint n)
{
  Enough enough = { self, n };

  g_assert_true (wb_test_wait_for (has_enough, &enough, WB_TEST_DEADLINE_MS));
}

static gint64
gap (Turns *self, guint n)
{
  return g_array_index (self->moments, gint64, n) - g_array_index (self->moments, gint64, n - 1);
}

static void
assert_order (Turns *self, const char *expected)
{
  g_autofree char *order = NULL;

  g_ptr_array_add (self->granted, NULL);
  order = g_strjoinv (" ", (char **) self->granted->pdata);
  g_assert_cmpstr (order, ==, expected);
}

/* Capacity 1: no burst after a rest. */
static void
test_pace (void)
{
  Turns t;

  turns_init (&t, 20);
  for (guint i = 0; i < 5; i++)
    ask (&t, "x", CMR_PRIORITY_VISIBLE, FALSE, NULL);
  wait_granted (&t, 5);
  for (guint i = 1; i < 5; i++)
    g_assert_cmpint (gap (&t, i), >=, 45 * MS);
  turns_clear (&t);
}

static void
test_default_pace (void)
{
  Turns t;

  turns_init (&t, 4);
  g_assert_finalize_object (t.pacer);
  t.pacer = cmr_pacer_new ();
  ask (&t, "a", CMR_PRIORITY_VISIBLE, FALSE, NULL);
  ask (&t, "b", CMR_PRIORITY_VISIBLE, FALSE, NULL);
  wait_granted (&t, 2);
  g_assert_cmpint (gap (&t, 1), >=, 245 * MS);
  turns_clear (&t);
}

static void
test_priority (void)
{
  Turns t;

  turns_init (&t, 50);
  ask (&t, "first", CMR_PRIORITY_BACKGROUND, FALSE, NULL);
  ask (&t, "sweep", CMR_PRIORITY_BACKGROUND, FALSE, NULL);
  ask (&t, "due", CMR_PRIORITY_DUE, FALSE, NULL);
  ask (&t, "visible", CMR_PRIORITY_VISIBLE, FALSE, NULL);
  ask (&t, "write", CMR_PRIORITY_WRITE, FALSE, NULL);
  g_assert_cmpuint (cmr_pacer_get_waiting (t.pacer), ==, 4);
  wait_granted (&t, 5);
  assert_order (&t, "first write visible due sweep");
  turns_clear (&t);
}

static void
test_background_half (void)
{
  Turns t;

  turns_init (&t, 20);
  for (guint i = 0; i < 4; i++)
    ask (&t, "b", CMR_PRIORITY_BACKGROUND, FALSE, NULL);
  wait_granted (&t, 4);
  for (guint i = 1; i < 4; i++)
    g_assert_cmpint (gap (&t, i), >=, 95 * MS);
  turns_clear (&t);
}

static void
test_background_held (void)
{
  Turns t;

  turns_init (&t, 0);
  cmr_pacer_hold_background (t.pacer);
  cmr_pacer_hold_background (t.pacer);
  ask (&t, "sweep", CMR_PRIORITY_BACKGROUND, FALSE, NULL);
  ask (&t, "visible", CMR_PRIORITY_VISIBLE, FALSE, NULL);
  wait_granted (&t, 1);
  cmr_pacer_release_background (t.pacer);
  ask (&t, "due", CMR_PRIORITY_DUE, FALSE, NULL);
  wait_granted (&t, 2);
  cmr_pacer_release_background (t.pacer);
  wait_granted (&t, 3);
  assert_order (&t, "visible due sweep");
  turns_clear (&t);
}

/* Those who wait with it, in the order they came, behind those who are there already; nobody is put back. */
static void
test_raise (void)
{
  g_autoptr (GCancellable) raised = g_cancellable_new ();
  g_autoptr (GCancellable) other = g_cancellable_new ();
  Turns t;

  turns_init (&t, 50);
  ask (&t, "first", CMR_PRIORITY_VISIBLE, FALSE, NULL);
  ask (&t, "due", CMR_PRIORITY_DUE, FALSE, NULL);
  ask (&t, "a", CMR_PRIORITY_BACKGROUND, FALSE, raised);
  ask (&t, "b", CMR_PRIORITY_BACKGROUND, FALSE, other);
  ask (&t, "c", CMR_PRIORITY_BACKGROUND, FALSE, raised);
  ask (&t, "seen", CMR_PRIORITY_VISIBLE, FALSE, raised);
  ask (&t, "awaited", CMR_PRIORITY_AWAITED, FALSE, NULL);
  cmr_pacer_raise (t.pacer, raised, CMR_PRIORITY_AWAITED);
  g_assert_cmpuint (cmr_pacer_get_waiting (t.pacer), ==, 6);
  wait_granted (&t, 7);
  assert_order (&t, "first seen due awaited a c b");
  turns_clear (&t);
}

/* It is held no more; and what is cancelled leaves the queue it is in now. */
static void
test_raise_held (void)
{
  g_autoptr (GCancellable) raised = g_cancellable_new ();
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GCancellable) held = g_cancellable_new ();
  Turns t;

  turns_init (&t, 0);
  cmr_pacer_hold_background (t.pacer);
  ask (&t, "held", CMR_PRIORITY_BACKGROUND, FALSE, held);
  ask (&t, "raised", CMR_PRIORITY_BACKGROUND, FALSE, raised);
  cmr_pacer_raise (t.pacer, raised, CMR_PRIORITY_AWAITED);
  wait_granted (&t, 1);
  cmr_pacer_raise (t.pacer, raised, CMR_PRIORITY_AWAITED); /* nobody waits with it */
  cmr_pacer_busy (t.pacer, 60 * 1000);
  ask (&t, "cancelled", CMR_PRIORITY_BACKGROUND, FALSE, cancelled);
  cmr_pacer_raise (t.pacer, cancelled, CMR_PRIORITY_DUE);
  g_cancellable_cancel (cancelled);
  wait_granted (&t, 2);
  g_assert_cmpuint (t.n_failed, ==, 1);
  g_assert_cmpuint (cmr_pacer_get_waiting (t.pacer), ==, 1);
  g_cancellable_cancel (held);
  wait_granted (&t, 3);
  assert_order (&t, "raised");
  turns_clear (&t);
}

/* The rate halves and climbs back. */
static void
test_busy_halves (void)
{
  Turns t;

  turns_init (&t, 20);
  ask (&t, "x", CMR_PRIORITY_VISIBLE, FALSE, NULL);
  wait_granted (&t, 1);
  cmr_pacer_busy (t.pacer, 0);
  for (guint i = 0; i < 8; i++)
    ask (&t, "x", CMR_PRIORITY_VISIBLE, FALSE, NULL);
  wait_granted (&t, 9);
  g_assert_cmpint (gap (&t, 1), >=, 95 * MS);
  g_assert_cmpint (gap (&t, 2), >=, 75 * MS);
  g_assert_cmpint (gap (&t, 8), >=, 45 * MS);
  g_assert_cmpint (gap (&t, 8), <, 95 * MS);
  turns_clear (&t);
}

static void
test_pause (void)
{
  Turns t;
  gint64 began;

  turns_init (&t, 0);
  g_assert_cmpint (cmr_pacer_get_paused_until (t.pacer), ==, 0);
  began = g_get_monotonic_time ();
  cmr_pacer_busy (t.pacer, 200);
  /* A shorter one does not cut it off. */
  cmr_pacer_busy (t.pacer, 1);
  g_assert_cmpint (cmr_pacer_get_paused_until (t.pacer), >=, began + 200 * MS);
  g_assert_cmpint (cmr_pacer_get_paused_until (t.pacer), <=, began + 500 * MS);
  ask (&t, "write", CMR_PRIORITY_WRITE, FALSE, NULL);
  wait_granted (&t, 1);
  g_assert_cmpint (g_array_index (t.moments, gint64, 0), >=, began + 200 * MS);
  turns_clear (&t);
}

/* A second after the last 429, whatever else may go in between. */
static void
test_paid_waits (void)
{
  Turns t;
  gint64 began;

  turns_init (&t, 0);
  began = g_get_monotonic_time ();
  cmr_pacer_busy (t.pacer, 0);
  ask (&t, "pay", CMR_PRIORITY_WRITE, TRUE, NULL);
  ask (&t, "read", CMR_PRIORITY_BACKGROUND, FALSE, NULL);
  wait_granted (&t, 2);
  g_assert_cmpint (g_array_index (t.moments, gint64, 1), >=, began + 1000 * MS);
  g_assert_cmpint (g_array_index (t.moments, gint64, 0), <, began + 1000 * MS);
  assert_order (&t, "read pay");
  turns_clear (&t);
}

static void
test_cancel (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Turns t;

  turns_init (&t, 10);
  ask (&t, "a", CMR_PRIORITY_VISIBLE, FALSE, NULL);
  ask (&t, "b", CMR_PRIORITY_VISIBLE, FALSE, cancellable);
  ask (&t, "c", CMR_PRIORITY_VISIBLE, FALSE, NULL);
  g_cancellable_cancel (cancellable);
  ask (&t, "d", CMR_PRIORITY_VISIBLE, FALSE, cancellable);
  wait_granted (&t, 4);
  g_assert_cmpuint (t.n_failed, ==, 2);
  g_assert_cmpuint (cmr_pacer_get_waiting (t.pacer), ==, 0);
  assert_order (&t, "a c");
  turns_clear (&t);
}

/* One for all clients of a key at a host; none outlives its users. */
static void
test_shared (void)
{
  CmrPacer *one = cmr_pacer_get ("https://example.com:443", "key");
  CmrPacer *same = cmr_pacer_get ("https://example.com:443", "key");
  CmrPacer *other_key = cmr_pacer_get ("https://example.com:443", "key2");
  CmrPacer *other_host = cmr_pacer_get ("https://example.org:443", "key");

  g_assert_true (one == same);
  g_assert_true (one != other_key);
  g_assert_true (one != other_host);
  g_object_unref (same);
  g_assert_finalize_object (one);
  g_assert_finalize_object (other_key);
  g_assert_finalize_object (other_host);
  one = cmr_pacer_get ("https://example.com:443", "key");
  g_assert_finalize_object (one);
}

static gboolean
count_turn (gpointer data)
{
  (*(guint *) data)++;
  return FALSE;
}

/* Once its timer has gone off a pacer with nothing to grant must not keep the main loop turning. */
static void
test_idle_sleeps (void)
{
  Turns turns;
  guint n = 0;

  turns_init (&turns, 20);
  ask (&turns, "first", CMR_PRIORITY_VISIBLE, FALSE, NULL);
  ask (&turns, "second", CMR_PRIORITY_VISIBLE, FALSE, NULL);
  wait_granted (&turns, 2);
  wb_test_wait_for (count_turn, &n, 200);
  /* The helper looks every 5 ms. */
  g_assert_cmpuint (n, <, 100);
  turns_clear (&turns);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pacer/pace/no-burst", test_pace);
  g_test_add_func ("/pacer/pace/250-ms-by-default", test_default_pace);
  g_test_add_func ("/pacer/idle/sleeps", test_idle_sleeps);
  g_test_add_func ("/pacer/priority/visible-first", test_priority);
  g_test_add_func ("/pacer/background/half-the-pace", test_background_half);
  g_test_add_func ("/pacer/background/held-while-sending", test_background_held);
  g_test_add_func ("/pacer/raise/in-order", test_raise);
  g_test_add_func ("/pacer/raise/held-and-cancelled", test_raise_held);
  g_test_add_func ("/pacer/busy/halves-and-climbs-back", test_busy_halves);
  g_test_add_func ("/pacer/busy/retry-after-with-jitter", test_pause);
  g_test_add_func ("/pacer/busy/paid-waits-a-second", test_paid_waits);
  g_test_add_func ("/pacer/cancel/leaves-the-queue", test_cancel);
  g_test_add_func ("/pacer/shared/by-host-and-key", test_shared);
  return g_test_run ();
}
