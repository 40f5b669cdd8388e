// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-row-list-private.h"

/* Pointer and keys, as GTK's own lists have them. */

/* Returns: FALSE where there is nothing to extend from. */
static gboolean
extend_to (WbRowList *self, guint position, gboolean toggle)
{
  guint least = MIN (position, self->from), n = MAX (position, self->from) - least + 1;

  if (self->from >= wb_row_list_n_rows (self))
    return FALSE;
  if (toggle && !gtk_selection_model_is_selected (self->model, self->from))
    return gtk_selection_model_unselect_range (self->model, least, n);
  return gtk_selection_model_select_range (self->model, least, n, !toggle);
}

void
wb_row_list_select (WbRowList *self, guint position, gboolean toggle, gboolean extend)
{
  if (position >= wb_row_list_n_rows (self) || (extend && extend_to (self, position, toggle)))
    return;
  if (toggle && gtk_selection_model_is_selected (self->model, position))
    gtk_selection_model_unselect_item (self->model, position);
  else
    gtk_selection_model_select_item (self->model, position, !toggle);
  self->from = position;
}

/* Keys */

typedef enum { BY_ROW, BY_PAGE, TO_END } Unit;

static const struct {
  guint keys[2];
  Unit unit;
  int way;
} moves[] = {
  { { GDK_KEY_Up, GDK_KEY_KP_Up }, BY_ROW, -1 },         { { GDK_KEY_Down, GDK_KEY_KP_Down }, BY_ROW, 1 },
  { { GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up }, BY_PAGE, -1 }, { { GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down }, BY_PAGE, 1 },
  { { GDK_KEY_Home, GDK_KEY_KP_Home }, TO_END, -1 },     { { GDK_KEY_End, GDK_KEY_KP_End }, TO_END, 1 },
};

static guint
find_target (WbRowList *self, Unit unit, int way)
{
  gint64 n = wb_row_list_n_rows (self), page = self->row_height > 0 ? self->height / self->row_height - 1 : 1;
  gint64 to = unit == TO_END ? (way < 0 ? 0 : n - 1) : (gint64) self->cursor + way * (unit == BY_PAGE ? MAX (page, 1) : 1);

  return (guint) CLAMP (to, 0, n - 1);
}

static gboolean
move (WbRowList *self, guint key, gboolean toggle, gboolean extend)
{
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    if (key == moves[i].keys[0] || key == moves[i].keys[1])
      {
        guint to = find_target (self, moves[i].unit, moves[i].way);

        if (wb_row_list_focus (self, to) && (!toggle || extend))
          wb_row_list_select (self, to, toggle, extend);
        return TRUE;
      }
  return FALSE;
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, WbRowList *self)
{
  gboolean toggle = (state & GDK_CONTROL_MASK) != 0, extend = (state & GDK_SHIFT_MASK) != 0;
  guint n = wb_row_list_n_rows (self);

  if ((state & (GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK)) != 0 || self->cursor == GTK_INVALID_LIST_POSITION || n == 0
      || !WB_IS_ROW_ITEM (gtk_widget_get_focus_child (GTK_WIDGET (self))))
    return FALSE;
  self->cursor = MIN (self->cursor, n - 1); /* the last row went in this frame */
  if (move (self, key, toggle, extend))
    return TRUE;
  if (key == GDK_KEY_space || key == GDK_KEY_KP_Space)
    wb_row_list_select (self, self->cursor, toggle, extend);
  else if ((key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_ISO_Enter) && !toggle && !extend)
    g_signal_emit_by_name (self, "activate", self->cursor);
  else
    return FALSE;
  return TRUE;
}

/* Pointer */

static WbRowItem *
row_at (WbRowList *self, double y)
{
  guint position = wb_row_list_position_at (self, y);

  return position != GTK_INVALID_LIST_POSITION ? wb_row_list_find (self, position) : NULL;
}

static void
end_press (WbRowList *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    gtk_widget_unset_state_flags (self->rows->pdata[i], GTK_STATE_FLAG_ACTIVE);
}

static void
on_pressed (GtkGestureClick *gesture, int n, double x, double y, WbRowList *self)
{
  WbRowItem *row = row_at (self, y);
  guint before = self->pressed, position = row != NULL ? row->position : GTK_INVALID_LIST_POSITION;

  self->pressed = position;
  self->pressed_y = y;
  if (row == NULL)
    return;
  gtk_widget_grab_focus (GTK_WIDGET (row));
  gtk_widget_set_state_flags (GTK_WIDGET (row), GTK_STATE_FLAG_ACTIVE, FALSE);
  /* Between both clicks another may have come there. */
  if (n == 2 && before == position)
    g_signal_emit_by_name (self, "activate", position);
}

/* What was pressed is what is chosen: rows may have come above it meanwhile. */
static void
on_released (GtkGestureClick *gesture, int n, double x, double y, WbRowList *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  gboolean left = wb_row_list_position_at (self, y) != self->pressed && ABS (y - self->pressed_y) > self->row_height / 2.0;

  end_press (self);
  if (!left)
    wb_row_list_select (self, self->pressed, (state & GDK_CONTROL_MASK) != 0, (state & GDK_SHIFT_MASK) != 0);
}

static void
on_cancel (WbRowList *self)
{
  end_press (self);
  self->pressed = GTK_INVALID_LIST_POSITION;
}

void
wb_row_list_build_keys (WbRowList *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  g_signal_connect (click, "released", G_CALLBACK (on_released), self);
  g_signal_connect_swapped (click, "cancel", G_CALLBACK (on_cancel), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
