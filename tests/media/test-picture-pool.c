// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-media-test.h"

#include <string.h>

#define MB (1000 * 1000)

/* What the workers of a test see of each other. Jobs stay where they are until the gate opens. */
typedef struct {
  GMutex lock;
  GCond moved;
  gboolean open;
  guint running, running_most;
  guint64 bytes, bytes_most;
  guint started;
  GString *order;
} Gate;

typedef struct {
  Gate *gate;
  guint64 bytes;
  char name;
} Work;

typedef struct {
  WbPicturePool *pool;
  Gate gate;
  guint wanted, done, cancelled;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->pool = wb_picture_pool_new ();
  g_mutex_init (&self->gate.lock);
  g_cond_init (&self->gate.moved);
  self->gate.order = g_string_new (NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  if (self->pool != NULL)
    g_assert_finalize_object (self->pool);
  g_string_free (self->gate.order, TRUE);
  g_cond_clear (&self->gate.moved);
  g_mutex_clear (&self->gate.lock);
}

static void
work_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  Gate *gate = work->gate;

  g_mutex_lock (&gate->lock);
  gate->started++;
  gate->running++;
  gate->bytes += work->bytes;
  gate->running_most = MAX (gate->running_most, gate->running);
  gate->bytes_most = MAX (gate->bytes_most, gate->bytes);
  g_string_append_c (gate->order, work->name);
  while (!gate->open)
    g_cond_wait (&gate->moved, &gate->lock);
  gate->running--;
  gate->bytes -= work->bytes;
  g_mutex_unlock (&gate->lock);
  g_task_return_boolean (task, TRUE);
}

static void
work_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  Fixture *self = user_data;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      self->cancelled++;
    }
  self->done++;
}

static void
add (Fixture *self, char name, guint64 bytes, int priority, GCancellable *cancellable)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, work_cb, self);
  Work *work = g_new (Work, 1);

  *work = (Work){ &self->gate, bytes, name };
  g_task_set_task_data (task, work, g_free);
  g_task_set_priority (task, priority);
  self->wanted++;
  wb_picture_pool_run (self->pool, task, bytes, work_thread);
}

static void
set_open (Fixture *self)
{
  g_mutex_lock (&self->gate.lock);
  self->gate.open = TRUE;
  g_cond_broadcast (&self->gate.moved);
  g_mutex_unlock (&self->gate.lock);
}

static gboolean
all_done (gpointer data)
{
  Fixture *self = data;

  return self->done == self->wanted;
}

static guint
started (Fixture *self)
{
  guint n;

  g_mutex_lock (&self->gate.lock);
  n = self->gate.started;
  g_mutex_unlock (&self->gate.lock);
  return n;
}

static gboolean
one_started (gpointer data)
{
  return started (data) >= 1;
}

static gboolean
one_cancelled (gpointer data)
{
  return ((Fixture *) data)->cancelled >= 1;
}

static void
finish (Fixture *self)
{
  set_open (self);
  g_assert_true (wb_test_wait_for (all_done, self, WB_TEST_DEADLINE_MS));
}

static void
test_bounds (Fixture *self, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  self->gate.open = TRUE;
  for (guint i = 0; i < 400; i++)
    add (self, 'x', (guint64) g_rand_int_range (rand, 1, 60 * MB), 0, NULL);
  finish (self);
  g_assert_cmpuint (self->gate.started, ==, 400);
  g_assert_cmpuint (self->gate.bytes_most, <=, wb_picture_limits.pool_bytes);
  g_assert_cmpuint (self->gate.running_most, <=, MIN (g_get_num_processors (), 4));
}

/* Two of 40 MB do not fit together; nothing starts beside one of 300 MB. */
static void
test_memory (Fixture *self, gconstpointer data)
{
  guint64 bytes = data != NULL ? 300 * MB : 40 * MB;

  add (self, 'a', bytes, 0, NULL);
  add (self, 'b', bytes, 0, NULL);
  g_assert_true (wb_test_wait_for (one_started, self, WB_TEST_DEADLINE_MS));
  finish (self);
  g_assert_cmpuint (self->gate.running_most, ==, 1);
  g_assert_cmpstr (self->gate.order->str, ==, "ab");
}

/* The large one holds the door, and the order of the rest is by priority, then by arrival. */
static void
test_order (Fixture *self, gconstpointer data)
{
  add (self, 'a', 60 * MB, 0, NULL);
  g_assert_true (wb_test_wait_for (one_started, self, WB_TEST_DEADLINE_MS));
  add (self, 'd', 50 * MB, 10, NULL);
  add (self, 'e', 50 * MB, 10, NULL);
  add (self, 'b', 50 * MB, -10, NULL);
  add (self, 'c', 50 * MB, 0, NULL);
  finish (self);
  g_assert_cmpstr (self->gate.order->str, ==, "abcde");
}

static void
test_cancel_waiting (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  add (self, 'a', 60 * MB, 0, NULL);
  add (self, 'b', 60 * MB, 0, cancellable);
  add (self, 'c', 60 * MB, 0, cancellable);
  g_assert_true (wb_test_wait_for (one_started, self, WB_TEST_DEADLINE_MS));
  g_cancellable_cancel (cancellable);
  g_assert_cmpuint (self->cancelled, ==, 0);
  /* Returned although the first still works. */
  g_assert_true (wb_test_wait_for (one_cancelled, self, WB_TEST_DEADLINE_MS));
  g_assert_cmpuint (started (self), ==, 1);
  finish (self);
  g_assert_cmpuint (self->cancelled, ==, 2);
  g_assert_cmpstr (self->gate.order->str, ==, "a");
}

static void
test_cancelled_before (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  add (self, 'a', MB, 0, cancellable);
  g_assert_cmpuint (self->done, ==, 0);
  g_assert_true (wb_test_wait_for (all_done, self, WB_TEST_DEADLINE_MS));
  g_assert_cmpuint (self->cancelled, ==, 1);
  g_assert_cmpuint (self->gate.started, ==, 0);
}

/* Many threads' worth of cancelling while jobs come and go: each returns exactly once. */
static void
test_cancel_race (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) cancellables = g_ptr_array_new_with_free_func (g_object_unref);

  self->gate.open = TRUE;
  for (guint i = 0; i < 1000; i++)
    {
      g_ptr_array_add (cancellables, g_cancellable_new ());
      add (self, 'x', 20 * MB, 0, g_ptr_array_index (cancellables, i));
      if (i % 3 == 0)
        g_cancellable_cancel (g_ptr_array_index (cancellables, i - i / 3 % 4 * (i > 4)));
    }
  finish (self);
  g_assert_cmpuint (self->done, ==, 1000);
}

static void
test_outlives (Fixture *self, gconstpointer data)
{
  add (self, 'a', 60 * MB, 0, NULL);
  add (self, 'b', 60 * MB, 0, NULL);
  g_assert_true (wb_test_wait_for (one_started, self, WB_TEST_DEADLINE_MS));
  g_assert_finalize_object (g_steal_pointer (&self->pool));
  finish (self);
  g_assert_cmpstr (self->gate.order->str, ==, "ab");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, data, func) g_test_add (name, Fixture, data, set_up, func, tear_down)
  ADD ("/pool/bounds/memory-and-threads", NULL, test_bounds);
  ADD ("/pool/memory/two-do-not-fit", NULL, test_memory);
  ADD ("/pool/memory/too-large-runs-by-itself", "large", test_memory);
  ADD ("/pool/order/priority-then-arrival", NULL, test_order);
  ADD ("/pool/cancel/waiting-returns-at-once", NULL, test_cancel_waiting);
  ADD ("/pool/cancel/before-it-is-given", NULL, test_cancelled_before);
  ADD ("/pool/cancel/race", NULL, test_cancel_race);
  ADD ("/pool/unref/waiting-tasks-go-on", NULL, test_outlives);
  return g_test_run ();
}
