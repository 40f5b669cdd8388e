// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-outbox-private.h"

#include "wb-fault.h"
#include "wb-pace-private.h"
#include "wb-profile.h"

/* "Pays in 5 s", and what goes again by itself. An operation waits for one thing at a time. */

#define WAITS "waits"
#define REPEATS "repeats"

typedef struct {
  WbOutbox *outbox; /* weak */
  WbOperation *operation;
} Delay;

static void
delay_free (gpointer data)
{
  Delay *delay = data;

  g_clear_weak_pointer (&delay->outbox);
  g_object_unref (delay->operation);
  g_free (delay);
}

void
wb_outbox_forget_delay (WbOperation *operation)
{
  guint id = GPOINTER_TO_UINT (g_object_steal_data (G_OBJECT (operation), WAITS));

  if (id != 0)
    g_source_remove (id);
}

static void
wait_for (WbOutbox *self, WbOperation *operation, guint ms, GSourceFunc func)
{
  Delay *delay = g_new0 (Delay, 1);
  guint id;

  wb_outbox_forget_delay (operation);
  g_set_weak_pointer (&delay->outbox, self);
  delay->operation = g_object_ref (operation);
  id = g_timeout_add_full (G_PRIORITY_DEFAULT, ms, func, delay, delay_free);
  g_object_set_data (G_OBJECT (operation), WAITS, GUINT_TO_POINTER (id));
}

static gboolean
delay_over (gpointer data)
{
  Delay *delay = data;
  WbProfile *profile = delay->outbox != NULL ? wb_outbox_get_profile (delay->outbox) : NULL;

  WB_FAULT_POINT ("delay:over");
  g_object_steal_data (G_OBJECT (delay->operation), WAITS);
  wb_operation_set_leaves_at (delay->operation, 0);
  if (profile == NULL)
    return G_SOURCE_REMOVE;
  /* Locked meanwhile: what waited does not go. */
  if (wb_profile_may_send (profile))
    wb_outbox_send (delay->outbox, delay->operation);
  else
    wb_outbox_stop (delay->outbox, delay->operation);
  return G_SOURCE_REMOVE;
}

void
wb_outbox_send_after (WbOutbox *self, WbOperation *operation, guint delay_ms)
{
  WB_FAULT_POINT ("delay:waiting");
  wb_operation_set_leaves_at (operation, g_get_monotonic_time () + (gint64) delay_ms * 1000);
  wb_operation_set_progress (operation, 0, 0, TRUE);
  wait_for (self, operation, delay_ms, delay_over);
}

#define MOST_REPEATS 4
#define FIRST_PAUSE_MS 2000

static void
repeated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbOperation) operation = wb_outbox_send_again_finish (WB_OUTBOX (source), result, &error);

  if (operation != NULL)
    g_object_set_data (G_OBJECT (operation), REPEATS, user_data);
  else
    g_message ("not repeated: %s", error->message);
}

static gboolean
repeat_now (gpointer data)
{
  Delay *delay = data;
  guint n = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (delay->operation), REPEATS));

  g_object_steal_data (G_OBJECT (delay->operation), WAITS);
  wb_operation_set_retry_at (delay->operation, 0);
  if (delay->outbox != NULL && wb_outbox_get_profile (delay->outbox) != NULL
      && wb_operation_get_state (delay->operation) == WB_STATE_FAILED)
    wb_outbox_send_again_async (delay->outbox, delay->operation, NULL, repeated_cb, GUINT_TO_POINTER (n + 1));
  return G_SOURCE_REMOVE;
}

/* As a new operation with again_of, like any other second try. */
void
wb_outbox_repeat (WbOutbox *self, WbOperation *operation, guint pause_ms)
{
  guint n = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (operation), REPEATS));

  if (n >= MOST_REPEATS)
    return;
  pause_ms = MAX (pause_ms, wb_pace_ms (FIRST_PAUSE_MS << n));
  wb_operation_set_retry_at (operation, g_get_monotonic_time () + (gint64) pause_ms * 1000);
  wait_for (self, operation, pause_ms, repeat_now);
}
