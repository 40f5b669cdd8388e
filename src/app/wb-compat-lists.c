// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-compat.h"

#include "wb-row-list.h"

/* Lists: GTK's, whose insides differ by version, and ours. */

void
wb_compat_name_list_row (GtkWidget *child, const char *name)
{
  GtkWidget *item = gtk_widget_get_parent (child);

  /* A cell lies in a row: the row is what takes the focus. */
  for (; item != NULL && !GTK_IS_LIST_VIEW (item) && !WB_IS_ROW_LIST (item); item = gtk_widget_get_parent (item))
    if (gtk_widget_get_focusable (item))
      gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
wb_compat_list_scroll_to (GtkWidget *view, guint position)
{
  if (WB_IS_ROW_LIST (view))
    wb_row_list_scroll_to (WB_ROW_LIST (view), position);
  else
    gtk_widget_activate_action (view, "list.scroll-to-item", "u", position);
}

gboolean
wb_compat_list_select (GtkWidget *view, guint position)
{
  if (WB_IS_ROW_LIST (view))
    wb_row_list_select (WB_ROW_LIST (view), position, FALSE, FALSE);
  else
    return gtk_widget_activate_action (view, "list.select-item", "(ubb)", position, FALSE, FALSE);
  return TRUE;
}

static gboolean
leave_list (GtkWidget *list, GtkDirectionType direction)
{
  for (GtkWidget *widget = list; widget != NULL; widget = gtk_widget_get_parent (widget))
    for (GtkWidget *other = widget;;)
      {
        other = direction == GTK_DIR_TAB_FORWARD ? gtk_widget_get_next_sibling (other) : gtk_widget_get_prev_sibling (other);
        if (other == NULL)
          break;
        if (gtk_widget_get_mapped (other) && gtk_widget_child_focus (other, direction))
          return TRUE;
      }
  return FALSE;
}

static gboolean
on_list_key (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state, GtkWidget *list)
{
  if (keyval == GDK_KEY_Tab && (state & GDK_CONTROL_MASK) == 0)
    return leave_list (list, GTK_DIR_TAB_FORWARD);
  if (keyval == GDK_KEY_ISO_Left_Tab)
    return leave_list (list, GTK_DIR_TAB_BACKWARD);
  return FALSE;
}

void
wb_compat_single_tab_stop (GtkWidget *view)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_list_key), view);
  gtk_widget_add_controller (view, keys);
}

void
wb_compat_note_list_item (GtkWidget *child, GtkListItem *item)
{
  g_object_set_data (G_OBJECT (child), "list-item", item);
}

static GtkListItem *
find_item (GtkWidget *widget)
{
  GtkListItem *item = g_object_get_data (G_OBJECT (widget), "list-item");

  for (GtkWidget *child = gtk_widget_get_first_child (widget); item == NULL && child != NULL; child = gtk_widget_get_next_sibling (child))
    item = find_item (child);
  return item;
}

guint
wb_compat_list_position_at (GtkWidget *view, double x, double y)
{
  GtkWidget *list = view;
  GtkWidget *row;
  GtkListItem *item;

  if (WB_IS_ROW_LIST (view))
    return wb_row_list_position_at (WB_ROW_LIST (view), y);
  row = gtk_widget_pick (view, x, y, GTK_PICK_DEFAULT);
  while (row != NULL && gtk_widget_get_parent (row) != list)
    row = gtk_widget_get_parent (row);
  item = row != NULL ? find_item (row) : NULL;
  return item != NULL ? gtk_list_item_get_position (item) : GTK_INVALID_LIST_POSITION;
}

static GtkWidget *
find_row (GtkWidget *view, guint position)
{
  for (GtkWidget *row = gtk_widget_get_first_child (view); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      GtkListItem *item = gtk_widget_get_mapped (row) ? find_item (row) : NULL;

      if (item != NULL && gtk_list_item_get_position (item) == position)
        return row;
    }
  return NULL;
}

gboolean
wb_compat_list_row_bounds (GtkWidget *view, guint position, GdkRectangle *bounds)
{
  GtkWidget *row;
  graphene_rect_t rect;

  if (WB_IS_ROW_LIST (view))
    return wb_row_list_row_bounds (WB_ROW_LIST (view), position, bounds);
  row = find_row (view, position);
  if (row == NULL || !gtk_widget_compute_bounds (row, view, &rect))
    return FALSE;
  *bounds = (GdkRectangle) { (int) rect.origin.x, (int) rect.origin.y, (int) rect.size.width, (int) rect.size.height };
  return TRUE;
}

guint
wb_compat_list_first_shown (GtkWidget *view)
{
  for (GtkWidget *row = WB_IS_ROW_LIST (view) ? NULL : gtk_widget_get_first_child (view); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      graphene_rect_t rect;
      GtkListItem *item;

      if (!gtk_widget_get_mapped (row) || gtk_widget_get_height (row) == 0 || !gtk_widget_compute_bounds (row, view, &rect)
          || rect.origin.y + rect.size.height <= 0)
        continue;
      item = find_item (row);
      if (item != NULL)
        return gtk_list_item_get_position (item);
    }
  return WB_IS_ROW_LIST (view) ? wb_row_list_first_shown (WB_ROW_LIST (view)) : 0;
}

gboolean
wb_compat_list_focus (GtkWidget *view, guint position)
{
  GtkWidget *row;

  if (WB_IS_ROW_LIST (view))
    return wb_row_list_focus (WB_ROW_LIST (view), position);
  row = find_row (view, position);
  return row != NULL && gtk_widget_grab_focus (row);
}
