// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* No test sleeps: it waits for a state, and fails when that does not come. Generous, for sanitizers on a
 * busy machine. */
#define WB_TEST_DEADLINE_MS (20 * 1000)

typedef gboolean (*WbTestCondition) (gpointer data);

static inline gboolean
wb_test_on_deadline (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_CONTINUE;
}

static inline gboolean
wb_test_on_tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Runs the thread's main context until @condition is true; %FALSE when the deadline came first. The tick
 * lets it see what other threads change. */
static inline gboolean
wb_test_wait_for (WbTestCondition condition, gpointer data, guint deadline_ms)
{
  GMainContext *context = g_main_context_get_thread_default ();
  g_autoptr (GSource) deadline = g_timeout_source_new (deadline_ms);
  g_autoptr (GSource) tick = g_timeout_source_new (5);
  gboolean late = FALSE;
  gboolean met;

  g_source_set_callback (deadline, wb_test_on_deadline, &late, NULL);
  g_source_attach (deadline, context);
  g_source_set_callback (tick, wb_test_on_tick, NULL, NULL);
  g_source_attach (tick, context);
  while (!(met = condition (data)) && !late)
    g_main_context_iteration (context, TRUE);
  g_source_destroy (deadline);
  g_source_destroy (tick);
  return met;
}

static inline gboolean
wb_test_is_true (gpointer data)
{
  return g_atomic_int_get ((gboolean *) data);
}

static inline gboolean
wb_test_is_set (gpointer data)
{
  return g_atomic_pointer_get ((gpointer *) data) != NULL;
}

/* Until *@flag is TRUE, by whichever thread. */
#define wb_test_wait(flag, deadline_ms) wb_test_wait_for (wb_test_is_true, (flag), (deadline_ms))

/* For the `GAsyncResult *result` of a call: pass wb_test_take_result as callback and &result as data. */
static inline void
wb_test_take_result (GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **place = data;

  g_assert_null (*place);
  *place = g_object_ref (result);
}

static inline void
wb_test_wait_result (GAsyncResult **place)
{
  g_assert_true (wb_test_wait_for (wb_test_is_set, place, WB_TEST_DEADLINE_MS));
}

static inline gboolean
wb_test_is_null (gpointer data)
{
  return g_atomic_pointer_get ((gpointer *) data) == NULL;
}

/* As g_assert_finalize_object(), for what a worker of GIO's may still let go of after the callback. */
static inline void
wb_test_wait_finalized (gpointer object)
{
  gpointer place = object;

  g_object_add_weak_pointer (object, &place);
  g_object_unref (object);
  g_assert_true (wb_test_wait_for (wb_test_is_null, &place, WB_TEST_DEADLINE_MS));
}

G_END_DECLS
