// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-scroll.h"

static void
scroll_now (GtkWidget *child)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (child, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment;
  graphene_rect_t bounds;
  double top;

  if (scroller == NULL || !gtk_widget_compute_bounds (child, scroller, &bounds))
    return;
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  top = gtk_adjustment_get_value (adjustment) + bounds.origin.y;
  gtk_adjustment_clamp_page (adjustment, top, top + bounds.size.height);
}

/* A tick comes before its frame is laid out: at the second one the first has been. */
static gboolean
on_tick (GtkWidget *child, GdkFrameClock *clock, gpointer first)
{
  if (*(gboolean *) first)
    {
      *(gboolean *) first = FALSE;
      return G_SOURCE_CONTINUE;
    }
  scroll_now (child);
  return G_SOURCE_REMOVE;
}

void
wb_scroll_to (GtkWidget *child)
{
  gboolean *first = g_new (gboolean, 1);

  *first = TRUE;
  gtk_widget_add_tick_callback (child, on_tick, first, g_free);
}
