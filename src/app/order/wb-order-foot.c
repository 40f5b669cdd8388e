// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-order-window-private.h"

#include <glib/gi18n.h>

#include "wb-format.h"

/* Foot: the step's own counts, and the cost on every step. */

static void
update_cost (WbOrderWindow *self)
{
  g_autoptr (WbCost) cost = wb_draft_cost (self->draft);
  g_autofree char *due = wb_format_money (cost->due_cents), *monthly = wb_format_money (cost->monthly_cents);
  /* Translators: a sum */
  g_autofree char *then = g_strdup_printf (_("Then %s a month"), monthly);
  g_autofree char *now = g_strdup_printf (cost->complete ? _("Due now about %s") : _("Due now at least %s"), due);

  gtk_label_set_label (self->then, then);
  gtk_label_set_label (self->due, now);
}

/* A step's own foot stands in place of the counts; it is made once, so that it keeps its focus. */
static void
set_foot (WbOrderWindow *self, GtkWidget *own)
{
  GtkWidget *old = gtk_widget_get_first_child (self->foot_place);

  if (old == own)
    return;
  if (old != NULL)
    gtk_box_remove (GTK_BOX (self->foot_place), old);
  if (own != NULL)
    gtk_box_append (GTK_BOX (self->foot_place), own);
}

void
wb_order_window_update_foot (WbOrderWindow *self)
{
  WbOrderStep *page = self->steps[self->step];
  GtkWidget *child;
  GtkWidget *own = page != NULL && WB_ORDER_STEP_GET_CLASS (page)->get_foot != NULL ? WB_ORDER_STEP_GET_CLASS (page)->get_foot (page) : NULL;

  set_foot (self, own);
  gtk_widget_set_visible (self->foot, own == NULL && page != NULL);
  if (own != NULL || page == NULL)
    return;
  update_cost (self);
  while ((child = gtk_widget_get_first_child (self->foot_left)) != NULL)
    gtk_box_remove (GTK_BOX (self->foot_left), child);
  if (page != NULL && WB_ORDER_STEP_GET_CLASS (page)->fill_foot != NULL)
    WB_ORDER_STEP_GET_CLASS (page)->fill_foot (page, GTK_BOX (self->foot_left));
}
