// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-compat.h"

/* Lists, where versions differ. */

void
wb_compat_name_column_view (GtkColumnView *view, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  /* Its parts: the titles can have the focus, though no key leads there; the list is what has it. */
  gtk_widget_set_focusable (gtk_widget_get_first_child (GTK_WIDGET (view)), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_last_child (GTK_WIDGET (view))), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
wb_compat_name_list_row (GtkWidget *child, const char *name)
{
  GtkWidget *item = gtk_widget_get_parent (child);

  /* A cell lies in a row: the row is what takes the focus. */
  for (; item != NULL && !GTK_IS_LIST_VIEW (item) && !GTK_IS_COLUMN_VIEW (item); item = gtk_widget_get_parent (item))
    if (gtk_widget_get_focusable (item))
      gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static GtkWidget *
list_of (GtkWidget *view)
{
  return GTK_IS_COLUMN_VIEW (view) ? gtk_widget_get_last_child (view) : view;
}

void
wb_compat_list_scroll_to (GtkWidget *view, guint position)
{
  gtk_widget_activate_action (list_of (view), "list.scroll-to-item", "u", position);
}

gboolean
wb_compat_list_select (GtkWidget *view, guint position)
{
  return gtk_widget_activate_action (list_of (view), "list.select-item", "(ubb)", position, FALSE, FALSE);
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
  GtkWidget *list = list_of (view);
  GtkWidget *row = gtk_widget_pick (view, x, y, GTK_PICK_DEFAULT);
  GtkListItem *item;

  while (row != NULL && gtk_widget_get_parent (row) != list)
    row = gtk_widget_get_parent (row);
  item = row != NULL ? find_item (row) : NULL;
  return item != NULL ? gtk_list_item_get_position (item) : GTK_INVALID_LIST_POSITION;
}

static GtkWidget *
find_row (GtkWidget *view, guint position)
{
  for (GtkWidget *row = gtk_widget_get_first_child (list_of (view)); row != NULL; row = gtk_widget_get_next_sibling (row))
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
  GtkWidget *row = find_row (view, position);
  graphene_rect_t rect;

  if (row == NULL || !gtk_widget_compute_bounds (row, view, &rect))
    return FALSE;
  *bounds = (GdkRectangle) { (int) rect.origin.x, (int) rect.origin.y, (int) rect.size.width, (int) rect.size.height };
  return TRUE;
}

guint
wb_compat_list_first_shown (GtkWidget *view)
{
  GtkWidget *list = list_of (view);

  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      graphene_rect_t rect;
      GtkListItem *item;

      if (!gtk_widget_get_mapped (row) || gtk_widget_get_height (row) == 0 || !gtk_widget_compute_bounds (row, list, &rect)
          || rect.origin.y + rect.size.height <= 0)
        continue;
      item = find_item (row);
      if (item != NULL)
        return gtk_list_item_get_position (item);
    }
  return 0;
}

gboolean
wb_compat_list_focus (GtkWidget *view, guint position)
{
  GtkWidget *row = find_row (view, position);

  return row != NULL && gtk_widget_grab_focus (row);
}

/* The header's titles, in the order of the columns; a box lies in each. */
void
wb_compat_align_titles (GtkColumnView *view, const gboolean *at_end, guint n_columns)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (view));
  guint i = 0;

  for (GtkWidget *title = header != NULL ? gtk_widget_get_first_child (header) : NULL; title != NULL && i < n_columns;
       title = gtk_widget_get_next_sibling (title), i++)
    {
      GtkWidget *box = gtk_widget_get_first_child (title);

      if (box != NULL)
        gtk_widget_set_halign (box, at_end[i] ? GTK_ALIGN_END : GTK_ALIGN_FILL);
    }
}

static int noted_column;

static int
note (gconstpointer a, gconstpointer b, gpointer column)
{
  noted_column = GPOINTER_TO_INT (column);
  return -1;
}

GtkSorter *
wb_compat_noting_sorter_new (int column)
{
  return GTK_SORTER (gtk_custom_sorter_new (note, GINT_TO_POINTER (column), NULL));
}

int
wb_compat_sorted_column (GtkSorter *sorter, gboolean *descending)
{
  g_autoptr (GObject) a = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (GObject) b = g_object_new (G_TYPE_OBJECT, NULL);
  GtkOrdering ordering;

  noted_column = -1;
  ordering = gtk_sorter_compare (sorter, a, b);
  *descending = ordering == GTK_ORDERING_LARGER;
  return noted_column;
}
