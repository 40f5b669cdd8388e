// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-sandbox-private.h"

#include <string.h>

/**
 * wb_sandbox_add_fault:
 *
 * Appends to the plan: each request suffers the first entry that fits it.
 */
void
wb_sandbox_add_fault (WbSandbox *self, const WbFault *fault)
{
  WbSbFault entry = { g_strdup (fault->operation), fault->kind, fault->value, fault->times };
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_return_if_fail (fault->kind < WB_N_FAULTS);
  g_array_append_val (self->faults, entry);
}

void
wb_sandbox_clear_faults (WbSandbox *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_array_set_size (self->faults, 0);
}

static gboolean
release (gpointer data)
{
  wb_sb_release (data);
  return G_SOURCE_REMOVE;
}

/**
 * wb_sandbox_release:
 *
 * What %WB_FAULT_NO_ANSWER has kept silent so far is answered as if nothing had been.
 */
void
wb_sandbox_release (WbSandbox *self)
{
  g_main_context_invoke (self->context, release, self);
}

void
wb_sandbox_set_speed (WbSandbox *self, double speed)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  wb_sb_clock_set_speed (&self->clock, speed);
}

void
wb_sandbox_set_latency (WbSandbox *self, guint ms)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->latency_ms = ms;
}

/**
 * wb_sandbox_move_clock:
 * @seconds: forwards, or backwards when negative: orders never go back
 *
 * Moves the wall clock that stamps and the Date header are made of, and orders along with it.
 */
void
wb_sandbox_move_clock (WbSandbox *self, gint64 seconds)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  wb_sb_clock_move (&self->clock, seconds);
}

void
wb_sandbox_set_wallet (WbSandbox *self, gint64 cents)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->wallet_cents = cents;
}

gint64
wb_sandbox_get_wallet (WbSandbox *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->wallet_cents;
}

/**
 * wb_sandbox_reset:
 *
 * Back to what it started with: data, wallet, clock, ledger, counters, no faults. Address and key stay.
 */
void
wb_sandbox_reset (WbSandbox *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  wb_sb_rows_clear (self);
  wb_sb_file_clear (self->file);
  g_array_set_size (self->faults, 0);
  wb_sb_clock_start (&self->clock, self->first_speed);
  self->latency_ms = 0;
  self->n_requests = 0;
  self->n_writes = 0;
  memset (self->n_by_op, 0, sizeof self->n_by_op);
  memset (self->recent_us, 0, sizeof self->recent_us);
  wb_sb_seed (self);
}

/**
 * wb_sandbox_count_requests:
 * @operation: (nullable): operationId, or %NULL for all
 *
 * Counts requests with a good key to a known path, refused and dropped ones too.
 */
guint
wb_sandbox_count_requests (WbSandbox *self, const char *operation)
{
  const CmrEndpoint *endpoint = operation != NULL ? cmr_endpoint_find (operation) : NULL;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (operation == NULL)
    return self->n_requests;
  return endpoint != NULL ? self->n_by_op[endpoint->op] : 0;
}

/**
 * wb_sandbox_count_writes:
 *
 * Counts requests that change something and were let in, whatever became of them.
 */
guint
wb_sandbox_count_writes (WbSandbox *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->n_writes;
}

guint
wb_sandbox_count_charges (WbSandbox *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return wb_sb_file_count_charges (self->file, NULL);
}

guint
wb_sandbox_count_charges_for (WbSandbox *self, const char *order_id)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return wb_sb_file_count_charges (self->file, order_id);
}

static char *
array_to_text (JsonArray *rows)
{
  g_autoptr (JsonNode) node = wb_sb_node_array (rows);

  return json_to_string (node, FALSE);
}

char *
wb_sandbox_dup_pictures (WbSandbox *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return array_to_text (wb_sb_file_pictures (self->file));
}

char *
wb_sandbox_dup_ledger (WbSandbox *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return array_to_text (wb_sb_file_ledger (self->file));
}
