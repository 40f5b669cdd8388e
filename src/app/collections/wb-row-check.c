// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-columns.h"

/* The check box at the head of a row only shows: the list's own gesture does what a click on it does, so that the focus
 * stays with the row, and a screen reader hears of the row alone, whose state it is. */

#define CLASS "row-check"

GtkWidget *
wb_row_check_new (WbRowSelection *selection, GObject *row)
{
  GtkWidget *check = g_object_new (GTK_TYPE_CHECK_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                   "focusable", FALSE, "valign", GTK_ALIGN_CENTER, NULL);

  gtk_widget_add_css_class (check, CLASS);
  if (selection != NULL)
    g_object_bind_property (selection, "shows-checks", check, "visible", G_BINDING_SYNC_CREATE);
  g_object_bind_property (row, "selected", check, "active", G_BINDING_SYNC_CREATE);
  return check;
}

gboolean
wb_row_check_is_at (GtkWidget *view, double x, double y)
{
  GtkWidget *widget = gtk_widget_pick (view, x, y, GTK_PICK_DEFAULT);

  while (widget != NULL && widget != view && !gtk_widget_has_css_class (widget, CLASS))
    widget = gtk_widget_get_parent (widget);
  return widget != NULL && widget != view;
}
