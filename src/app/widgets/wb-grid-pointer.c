// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-grid-private.h"

#include <glib/gi18n.h>

/* Mouse and touch: choosing cells, filling by the corner, the menu. */

static gboolean
is_touch (GtkGesture *gesture)
{
  GdkDevice *device = gtk_gesture_get_device (gesture);

  return device != NULL && gdk_device_get_source (device) == GDK_SOURCE_TOUCHSCREEN;
}

static WbGridCell
cell_at (WbGrid *self, double x, double y)
{
  WbGridCell cell = { CLAMP (wb_grid_row_at (self, MAX (y, self->head_height)), 0, MAX (wb_grid_n_rows (self) - 1, 0)),
                      CLAMP (wb_grid_column_at (self, x), 0, WB_GRID_COLUMNS - 1) };

  return cell;
}

static gboolean
on_handle (WbGrid *self, double x, double y)
{
  GdkRectangle handle;

  if (!wb_grid_has_cursor (self) || self->editing)
    return FALSE;
  wb_grid_get_handle_rect (self, &handle);
  return x >= handle.x - 3 && x < handle.x + handle.width + 3 && y >= handle.y - 3 && y < handle.y + handle.height + 3;
}

/* The entry, the message and its button see to themselves. */
static gboolean
on_child (WbGrid *self, double x, double y)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  return picked != NULL && picked != GTK_WIDGET (self);
}

static void
choose_rows (WbGrid *self, int from, int to)
{
  self->cursor = (WbGridCell) { from, 0 };
  wb_grid_go (self, (WbGridCell) { to, WB_GRID_COLUMNS - 1 }, TRUE);
}

static void
choose_column (WbGrid *self, double x)
{
  int column = wb_grid_column_at (self, x);

  if (wb_grid_n_filled (self) == 0)
    return;
  self->cursor = (WbGridCell) { 0, MAX (column, 0) };
  wb_grid_go (self, (WbGridCell) { wb_grid_n_filled (self) - 1, column < 0 ? WB_GRID_COLUMNS - 1 : column }, TRUE);
}

static void
begin_choosing (WbGrid *self, double x, double y, gboolean extend)
{
  WbGridCell cell = cell_at (self, x, y);

  if (y < self->head_height)
    choose_column (self, x);
  else if (wb_grid_column_at (self, x) < 0)
    {
      self->dragging = WB_DRAG_ROWS;
      choose_rows (self, extend ? self->cursor.row : cell.row, cell.row);
    }
  else
    {
      self->dragging = WB_DRAG_SELECT;
      wb_grid_go (self, cell, extend);
    }
}

static void
on_drag_begin (GtkGestureDrag *drag, double x, double y, WbGrid *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (drag));

  self->dragging = WB_DRAG_NONE;
  if (is_touch (GTK_GESTURE (drag)) || on_child (self, x, y) || wb_grid_n_rows (self) == 0)
    {
      gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  wb_grid_commit (self);
  if (on_handle (self, x, y))
    {
      WbGridArea area = wb_grid_get_area (self);

      self->dragging = WB_DRAG_FILL;
      self->fill_to = (WbGridCell) { area.bottom, area.right };
    }
  else
    begin_choosing (self, x, y, (state & GDK_SHIFT_MASK) != 0);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
on_drag_update (GtkGestureDrag *drag, double dx, double dy, WbGrid *self)
{
  WbGridCell cell;
  double x, y;

  if (self->dragging == WB_DRAG_NONE || !gtk_gesture_drag_get_start_point (drag, &x, &y))
    return;
  cell = cell_at (self, x + dx, y + dy);
  if (self->dragging == WB_DRAG_FILL)
    {
      self->fill_to = cell;
      wb_grid_scroll_to (self, cell.row, cell.column);
      wb_grid_queue (self);
    }
  else if (self->dragging == WB_DRAG_ROWS)
    choose_rows (self, self->cursor.row, cell.row);
  else if (cell.row != self->head.row || cell.column != self->head.column)
    wb_grid_go (self, cell, TRUE);
}

static void
on_drag_end (GtkGestureDrag *drag, double dx, double dy, WbGrid *self)
{
  WbGridDrag was = self->dragging;
  WbGridArea area = wb_grid_get_area (self), target = wb_grid_fill_target (&area, self->fill_to);

  self->dragging = WB_DRAG_NONE;
  if (was == WB_DRAG_FILL && wb_grid_area_cells (&target) != wb_grid_area_cells (&area))
    wb_grid_fill_to (self, &target);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_pressed (GtkGestureClick *click, int times, double x, double y, WbGrid *self)
{
  if (on_child (self, x, y) || y < self->head_height || wb_grid_n_rows (self) == 0)
    return;
  if (times == 2 && wb_grid_column_at (self, x) >= 0 && !on_handle (self, x, y))
    gtk_widget_activate_action (GTK_WIDGET (self), "grid.edit", NULL);
}

/* A finger that moves scrolls; one that rests chooses. */
static void
on_released (GtkGestureClick *click, int times, double x, double y, WbGrid *self)
{
  if (!is_touch (GTK_GESTURE (click)) || times != 1 || on_child (self, x, y) || wb_grid_n_rows (self) == 0)
    return;
  wb_grid_commit (self);
  wb_grid_go (self, cell_at (self, x, y), FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
on_motion (GtkEventControllerMotion *motion, double x, double y, WbGrid *self)
{
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), on_handle (self, x, y) ? "crosshair" : NULL);
}

/* The menu */

static GtkWidget *
make_menu (void)
{
  static const struct {
    const char *label, *action;
    guint section;
  } items[] = {
    { N_("_Edit"), "grid.edit", 0 },
    { N_("Cu_t"), "grid.cut", 1 },
    { N_("_Copy"), "grid.copy", 1 },
    { N_("_Paste"), "grid.paste", 1 },
    { N_("Fill _Down"), "grid.fill-down", 2 },
    { N_("C_lear"), "grid.clear", 2 },
    { N_("Select _All"), "grid.select-all", 3 },
    { N_("_Remove Rows"), "grid.remove-rows", 3 },
  };
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) section = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      if (i == 0 || items[i].section != items[i - 1].section)
        {
          g_clear_object (&section);
          section = g_menu_new ();
          g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
        }
      g_menu_append (section, _(items[i].label), items[i].action);
    }
  return gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
}

static void
on_menu_closed (WbGrid *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

void
wb_grid_show_menu (WbGrid *self, double x, double y)
{
  const GdkRectangle at = { x, y, 1, 1 };

  if (self->menu == NULL)
    {
      self->menu = make_menu ();
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_popover_set_position (GTK_POPOVER (self->menu), GTK_POS_BOTTOM);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
      g_signal_connect_swapped (self->menu, "closed", G_CALLBACK (on_menu_closed), self);
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &at);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
on_secondary (GtkGestureClick *click, int times, double x, double y, WbGrid *self)
{
  WbGridArea area = wb_grid_get_area (self);
  WbGridCell cell = cell_at (self, x, y);

  if (y < self->head_height || on_child (self, x, y) || wb_grid_n_rows (self) == 0)
    return;
  wb_grid_commit (self);
  if (!wb_grid_area_has (&area, cell.row, cell.column))
    wb_grid_go (self, cell, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
  wb_grid_show_menu (self, x, y);
}

static void
add_long_press (WbGrid *self)
{
  GtkGesture *press = gtk_gesture_long_press_new ();

  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  g_signal_connect_swapped (press, "pressed", G_CALLBACK (wb_grid_show_menu), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (press));
}

void
wb_grid_pointer_init (WbGrid *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkGesture *click = gtk_gesture_click_new (), *secondary = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  self->drag = gtk_gesture_drag_new ();
  g_signal_connect (self->drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (self->drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (self->drag, "drag-end", G_CALLBACK (on_drag_end), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (self->drag));
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  g_signal_connect (click, "released", G_CALLBACK (on_released), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  gtk_gesture_group (click, self->drag);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (secondary), GDK_BUTTON_SECONDARY);
  g_signal_connect (secondary, "pressed", G_CALLBACK (on_secondary), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (secondary));
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  gtk_widget_add_controller (widget, motion);
  add_long_press (self);
}
