// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-list-model-private.h"

/* How what is shown becomes what was found: in steps that leave rows their widgets, and a view its place. */

/* The same question, answered again: what stays keeps its row, so that a view keeps place and focus. */
static void
take_steps (WbListModel *self, WbListResult *result, const WbListDiff *diff)
{
  self->before = g_steal_pointer (&self->now);
  self->now = g_atomic_rc_box_acquire (result);
  self->cut = self->before_cut = 0;
  for (guint i = 0; i < diff->steps->len; i++)
    {
      const WbListStep *step = &g_array_index (diff->steps, WbListStep, i);

      self->before_cut += step->position - self->cut + step->removed;
      self->cut = step->position + step->added;
      self->n += step->added - step->removed;
      wb_list_slots_move (&self->rows, step);
      g_list_model_items_changed (G_LIST_MODEL (self), step->position, step->removed, step->added);
    }
  g_clear_pointer (&self->before, wb_list_result_unref);
  wb_list_model_refill (self);
}

/* Another question: its rows have nothing to do with those that were here. */
static void
take_other (WbListModel *self, WbListResult *result)
{
  guint old_n = self->n, head = MIN (WB_LIST_HEAD, MIN (old_n, result->n));

  g_clear_pointer (&self->now, wb_list_result_unref);
  self->now = g_atomic_rc_box_acquire (result);
  wb_list_slots_drop_further (&self->rows);
  wb_list_model_refill (self);
  /* In steps, the head untouched: one announcement of everything would make GTK ask for every row. */
  self->n = head;
  if (old_n > head)
    g_list_model_items_changed (G_LIST_MODEL (self), head, old_n - head, 0);
  self->n = result->n;
  if (result->n > head)
    g_list_model_items_changed (G_LIST_MODEL (self), head, 0, result->n - head);
}

/* The first rows were shown already; the others follow them. */
static gboolean
follows (WbListModel *self, const WbListResult *result)
{
  gboolean same = self->now != NULL && self->now->first && self->n <= result->n;

  for (guint i = 0; same && i < self->n; i++)
    same = wb_list_result_rid (self->now, i) == wb_list_result_rid (result, i);
  return same;
}

static void
take_rest (WbListModel *self, WbListResult *result)
{
  guint head = self->n;

  wb_list_result_unref (self->now);
  self->now = g_atomic_rc_box_acquire (result);
  self->n = result->n;
  if (self->n > head)
    g_list_model_items_changed (G_LIST_MODEL (self), head, 0, self->n - head);
}

void
wb_list_model_show (WbListModel *self, WbListResult *result, const WbListDiff *diff)
{
  g_clear_pointer (&self->arrived, g_array_unref);
  self->found_in = NULL;
  if (diff != NULL)
    self->arrived = g_array_ref (diff->arrived);
  else if (self->asked_anew || follows (self, result))
    self->arrived = g_array_new (FALSE, FALSE, sizeof (guint));
  if (follows (self, result))
    take_rest (self, result);
  else if (diff != NULL)
    take_steps (self, result, diff);
  else
    take_other (self, result);
  g_object_notify (G_OBJECT (self), "n-items");
}
