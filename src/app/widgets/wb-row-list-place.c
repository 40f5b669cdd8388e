// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-row-list-private.h"

/* Where the list stands. */

double
wb_row_list_get_value (WbRowList *self)
{
  return (double) self->first * self->row_height + self->offset;
}

static void
take_value (WbRowList *self, double value)
{
  double most = (double) wb_row_list_n_rows (self) * self->row_height - self->height;

  value = CLAMP (value, 0, MAX (most, 0));
  self->first = self->row_height > 0 ? (guint) (value / self->row_height) : 0;
  self->offset = value - (double) self->first * self->row_height;
}

void
wb_row_list_configure (WbRowList *self)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];
  double upper = (double) wb_row_list_n_rows (self) * self->row_height;

  take_value (self, wb_row_list_get_value (self));
  if (adjustment == NULL)
    return;
  self->configuring = TRUE;
  gtk_adjustment_configure (adjustment, wb_row_list_get_value (self), 0, MAX (upper, self->height), self->height * 0.1,
                            MAX (self->height - self->row_height, 0), self->height);
  self->configuring = FALSE;
}

/* Rows are bound, and the scroll bar is told, before a frame is laid out, and in its midst only where the list's own size
 * changed. GTK forgets what is marked in the midst when a widget farther up is being laid out anew and those between are
 * not: they stay marked and it does not, so that nothing that is queued below them reaches the window any more. */
static void
on_update (WbRowList *self)
{
  if (!self->sync_queued)
    return;
  self->sync_queued = FALSE;
  if (self->row_height > 0)
    wb_row_list_configure (self);
  wb_row_list_sync (self);
}

void
wb_row_list_queue_sync (WbRowList *self)
{
  self->sync_queued = TRUE;
  if (self->update_id != 0)
    gdk_frame_clock_request_phase (gtk_widget_get_frame_clock (GTK_WIDGET (self)), GDK_FRAME_CLOCK_PHASE_UPDATE);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* Behind all that moves in a frame: what scrolls by itself has scrolled by then. */
void
wb_row_list_watch_frames (WbRowList *self, gboolean watch)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  g_clear_signal_handler (&self->update_id, clock);
  if (!watch)
    return;
  self->update_id = g_signal_connect_object (clock, "update", G_CALLBACK (on_update), self, G_CONNECT_AFTER | G_CONNECT_SWAPPED);
  if (self->sync_queued)
    gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_UPDATE);
}

void
wb_row_list_set_value (WbRowList *self, double value)
{
  take_value (self, value);
  wb_row_list_configure (self);
  wb_row_list_queue_sync (self);
}

/* Somebody scrolled. */
void
wb_row_list_on_value (WbRowList *self)
{
  if (self->configuring || self->row_height == 0)
    return;
  take_value (self, gtk_adjustment_get_value (self->adjustments[GTK_ORIENTATION_VERTICAL]));
  wb_row_list_queue_sync (self);
}

void
wb_row_list_scroll_to (WbRowList *self, guint position)
{
  double top = (double) position * self->row_height, value = wb_row_list_get_value (self);

  self->wanted = GTK_INVALID_LIST_POSITION;
  if (position >= wb_row_list_n_rows (self))
    return;
  if (self->row_height == 0 || self->height <= 0)
    self->wanted = position;
  else if (top < value)
    wb_row_list_set_value (self, top);
  else if (top + self->row_height > value + self->height)
    wb_row_list_set_value (self, top + self->row_height - self->height);
}

guint
wb_row_list_position_at (WbRowList *self, double y)
{
  double at = y - self->header_height + wb_row_list_get_value (self);

  if (self->row_height == 0 || y < self->header_height || at / self->row_height >= wb_row_list_n_rows (self))
    return GTK_INVALID_LIST_POSITION;
  return (guint) (at / self->row_height);
}

gboolean
wb_row_list_row_bounds (WbRowList *self, guint position, GdkRectangle *bounds)
{
  WbRowItem *row = wb_row_list_find (self, position);
  graphene_rect_t rect;

  if (row == NULL || !gtk_widget_get_mapped (GTK_WIDGET (row)) || gtk_widget_get_height (GTK_WIDGET (row)) == 0
      || !gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self), &rect))
    return FALSE;
  *bounds = (GdkRectangle) { (int) rect.origin.x, (int) rect.origin.y, (int) rect.size.width, (int) rect.size.height };
  return TRUE;
}

guint
wb_row_list_first_shown (WbRowList *self)
{
  return self->first;
}
