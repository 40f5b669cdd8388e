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

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  WB_ROW_LIST (widget)->sync_id = 0;
  wb_row_list_sync (WB_ROW_LIST (widget));
  return G_SOURCE_REMOVE;
}

/* Rows are bound before the next frame is laid out: in the middle of that their new sizes would be lost. */
void
wb_row_list_queue_sync (WbRowList *self)
{
  if (self->sync_id == 0)
    self->sync_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
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
