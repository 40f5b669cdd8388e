// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-grid-private.h"

/* Keys and what they do, as tables. The keys come here first (capture), also while the entry has the focus. */

static void
edit (WbGrid *self)
{
  if (self->cursor.column == WB_GRID_PICTURE)
    wb_grid_choose_picture (self);
  else
    wb_grid_edit_start (self, FALSE);
}

static void
paste (WbGrid *self)
{
  wb_grid_paste (self, FALSE);
}

static void
select_all (WbGrid *self)
{
  self->cursor = (WbGridCell) { 0, 0 };
  wb_grid_go (self, (WbGridCell) { MAX (wb_grid_n_filled (self) - 1, 0), WB_GRID_COLUMNS - 1 }, TRUE);
}

static void
collapse (WbGrid *self)
{
  wb_grid_go (self, self->cursor, FALSE);
}

static void
show_menu (WbGrid *self)
{
  GdkRectangle cell;

  wb_grid_get_cell_rect (self, self->cursor.row, self->cursor.column, &cell);
  wb_grid_show_menu (self, cell.x + cell.width / 2.0, cell.y + cell.height);
}

/* "grid.…": the menu and the keys name the same acts. */
static const struct {
  const char *name;
  void (*act) (WbGrid *self);
} acts[] = {
  { "grid.edit", edit },           { "grid.cut", wb_grid_cut },     { "grid.copy", wb_grid_copy },
  { "grid.paste", paste },         { "grid.clear", wb_grid_clear }, { "grid.fill-down", wb_grid_fill_down },
  { "grid.select-all", select_all }, { "grid.remove-rows", wb_grid_remove_rows },
};

static void
on_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wb_grid_commit (WB_GRID (widget));
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (acts[i].name, name))
      acts[i].act (WB_GRID (widget));
}

#define CTRL GDK_CONTROL_MASK
#define SHIFT GDK_SHIFT_MASK

static const struct {
  guint keyval;
  GdkModifierType modifiers;
  void (*act) (WbGrid *self);
} act_keys[] = {
  { GDK_KEY_F2, 0, edit },
  { GDK_KEY_Return, 0, edit },
  { GDK_KEY_KP_Enter, 0, edit },
  { GDK_KEY_space, 0, edit },
  { GDK_KEY_Delete, 0, wb_grid_clear },
  { GDK_KEY_KP_Delete, 0, wb_grid_clear },
  { GDK_KEY_BackSpace, 0, wb_grid_clear },
  { GDK_KEY_c, CTRL, wb_grid_copy },
  { GDK_KEY_Insert, CTRL, wb_grid_copy },
  { GDK_KEY_x, CTRL, wb_grid_cut },
  { GDK_KEY_Delete, SHIFT, wb_grid_cut },
  { GDK_KEY_v, CTRL, paste },
  { GDK_KEY_Insert, SHIFT, paste },
  { GDK_KEY_d, CTRL, wb_grid_fill_down },
  { GDK_KEY_minus, CTRL, wb_grid_remove_rows },
  { GDK_KEY_KP_Subtract, CTRL, wb_grid_remove_rows },
  { GDK_KEY_a, CTRL, select_all },
  { GDK_KEY_Menu, 0, show_menu },
  { GDK_KEY_F10, SHIFT, show_menu },
};

static const struct {
  guint keyval, keypad;
  WbGridMove plain, control;
} move_keys[] = {
  { GDK_KEY_Left, GDK_KEY_KP_Left, WB_GRID_LEFT, WB_GRID_ROW_START },
  { GDK_KEY_Right, GDK_KEY_KP_Right, WB_GRID_RIGHT, WB_GRID_ROW_END },
  { GDK_KEY_Up, GDK_KEY_KP_Up, WB_GRID_UP, WB_GRID_TOP },
  { GDK_KEY_Down, GDK_KEY_KP_Down, WB_GRID_DOWN, WB_GRID_BOTTOM },
  { GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, WB_GRID_PAGE_UP, WB_GRID_PAGE_UP },
  { GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, WB_GRID_PAGE_DOWN, WB_GRID_PAGE_DOWN },
  { GDK_KEY_Home, GDK_KEY_KP_Home, WB_GRID_ROW_START, WB_GRID_FIRST },
  { GDK_KEY_End, GDK_KEY_KP_End, WB_GRID_ROW_END, WB_GRID_LAST },
};

static guint
mirrored (WbGrid *self, guint keyval)
{
  static const guint pairs[][2] = { { GDK_KEY_Left, GDK_KEY_Right }, { GDK_KEY_KP_Left, GDK_KEY_KP_Right } };

  if (gtk_widget_get_direction (GTK_WIDGET (self)) != GTK_TEXT_DIR_RTL)
    return keyval;
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (keyval == pairs[i][0] || keyval == pairs[i][1])
      return pairs[i][keyval == pairs[i][0]];
  return keyval;
}

static gboolean
move_key (WbGrid *self, guint keyval, GdkModifierType state)
{
  keyval = mirrored (self, keyval);
  if ((state & ~(CTRL | SHIFT)) != 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (move_keys); i++)
    if (keyval == move_keys[i].keyval || keyval == move_keys[i].keypad)
      {
        self->home_column = -1;
        wb_grid_step (self, state & CTRL ? move_keys[i].control : move_keys[i].plain, (state & SHIFT) != 0);
        return TRUE;
      }
  return FALSE;
}

/* Tab takes the fix that stands under the row, then goes on; at the ends it leaves. */
static gboolean
tab_key (WbGrid *self, guint keyval, GdkModifierType state)
{
  gboolean back = keyval == GDK_KEY_ISO_Left_Tab || (keyval == GDK_KEY_Tab && (state & SHIFT) != 0);

  if (keyval != GDK_KEY_Tab && keyval != GDK_KEY_ISO_Left_Tab && keyval != GDK_KEY_KP_Tab)
    return FALSE;
  if (state & CTRL)
    return wb_grid_leave (self, back ? GTK_DIR_TAB_BACKWARD : GTK_DIR_TAB_FORWARD);
  if (!back && wb_grid_take_fix (self))
    return TRUE;
  if (wb_grid_step (self, back ? WB_GRID_PREVIOUS : WB_GRID_NEXT, FALSE))
    return TRUE;
  return wb_grid_leave (self, back ? GTK_DIR_TAB_BACKWARD : GTK_DIR_TAB_FORWARD);
}

/* Letters, and what begins one: dead keys and Compose. */
static gboolean
begins_text (guint keyval, GdkModifierType state)
{
  gunichar c = gdk_keyval_to_unicode (keyval);

  if (state & (CTRL | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK | GDK_HYPER_MASK))
    return FALSE;
  return (c != 0 && g_unichar_isgraph (c)) || keyval == GDK_KEY_Multi_key
         || (keyval >= GDK_KEY_dead_grave && keyval <= GDK_KEY_dead_greek);
}

static gboolean
act_key (WbGrid *self, guint keyval, GdkModifierType state)
{
  WbGridArea area = wb_grid_get_area (self);

  if (keyval == GDK_KEY_Escape && wb_grid_area_cells (&area) > 1)
    {
      collapse (self);
      return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (act_keys); i++)
    if (gdk_keyval_to_lower (keyval) == gdk_keyval_to_lower (act_keys[i].keyval) && state == act_keys[i].modifiers)
      {
        act_keys[i].act (self);
        return TRUE;
      }
  if ((keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter) && state == SHIFT)
    return wb_grid_step (self, WB_GRID_UP, FALSE);
  return FALSE;
}

static gboolean
on_key (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType all, WbGrid *self)
{
  GdkModifierType state = all & gtk_accelerator_get_default_mod_mask ();

  if (self->menu != NULL && gtk_widget_get_visible (self->menu))
    return FALSE;
  if (self->editing)
    return wb_grid_edit_key (self, keyval, state);
  if (tab_key (self, keyval, state) || move_key (self, keyval, state) || act_key (self, keyval, state))
    return TRUE;
  if (!begins_text (keyval, state) || self->cursor.column == WB_GRID_PICTURE)
    return FALSE;
  wb_grid_edit_start (self, TRUE);
  /* The entry gets the very key, so that its input method sees where the composing begins. */
  return self->editing
         && gtk_event_controller_key_forward (keys,
                                              GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->entry))));
}

void
wb_grid_keys_class_init (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    gtk_widget_class_install_action (widget_class, acts[i].name, NULL, on_action);
}

void
wb_grid_keys_init (WbGrid *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
