// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-picture-groups-private.h"

#include "wb-tile-grid.h"

/* Keys and mouse of the tiles. */

/* Where the arrows go: tiles row by row, and the headers of folded groups. */

typedef struct {
  GPtrArray *rows; /* of GPtrArray of GtkWidget */
  int row, column; /* of what has the focus, -1 */
} Map;

static void
add_stop (Map *map, GPtrArray *row, GtkWidget *stop, GtkWidget *focus)
{
  g_ptr_array_add (row, stop);
  if (stop == focus)
    {
      map->row = (int) map->rows->len - 1;
      map->column = (int) row->len - 1;
    }
}

static GPtrArray *
add_map_row (Map *map)
{
  GPtrArray *row = g_ptr_array_new ();

  g_ptr_array_add (map->rows, row);
  return row;
}

static void
map_group (Map *map, WbPictureGroup *group, GtkWidget *focus)
{
  GPtrArray *row = NULL;
  guint columns = wb_tile_grid_get_columns (WB_TILE_GRID (group->grid));

  if (group->header != NULL && (group->folded || group->header == focus) && gtk_widget_get_mapped (group->header))
    add_stop (map, add_map_row (map), group->header, focus);
  for (GtkWidget *tile = gtk_widget_get_first_child (group->grid); tile != NULL;
       tile = gtk_widget_get_next_sibling (tile))
    {
      if (!gtk_widget_get_mapped (tile))
        continue;
      if (row == NULL || row->len == columns)
        row = add_map_row (map);
      add_stop (map, row, tile, focus);
    }
}

static void
map_stops (WbPictureGroups *self, Map *map)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  map->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  map->row = map->column = -1;
  for (guint i = 0; i < self->groups->len; i++)
    map_group (map, self->groups->pdata[i], focus);
}

static GtkWidget *
step_aside (const Map *map, int by)
{
  GPtrArray *row = map->rows->pdata[map->row];

  if (map->column + by >= 0 && map->column + by < (int) row->len)
    return row->pdata[map->column + by];
  if (map->row + by < 0 || map->row + by >= (int) map->rows->len)
    return NULL;
  row = map->rows->pdata[map->row + by];
  return row->pdata[by > 0 ? 0 : row->len - 1];
}

static GtkWidget *
step_rows (WbPictureGroups *self, const Map *map, int by)
{
  int row = CLAMP (map->row + by, 0, (int) map->rows->len - 1);
  GPtrArray *stops = map->rows->pdata[row];

  if (self->column < 0)
    self->column = map->column;
  return row != map->row ? stops->pdata[MIN (self->column, (int) stops->len - 1)] : NULL;
}

static int
rows_in_view (WbPictureGroups *self)
{
  WbPictureTile *tile = wb_picture_groups_get_current (self);
  int height = tile != NULL ? gtk_widget_get_height (GTK_WIDGET (tile)) : 0;

  return MAX (1, height > 0 ? gtk_widget_get_height (self->scroller) / (height + 12) : 1);
}

static GtkWidget *
first_or_last (const Map *map, gboolean last)
{
  GPtrArray *row = map->rows->pdata[last ? map->rows->len - 1 : 0];

  return row->pdata[last ? row->len - 1 : 0];
}

static GtkWidget *
target_of_key (WbPictureGroups *self, const Map *map, guint keyval)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left: return step_aside (map, rtl ? 1 : -1);
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right: return step_aside (map, rtl ? -1 : 1);
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up: return step_rows (self, map, -1);
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down: return step_rows (self, map, 1);
    case GDK_KEY_Page_Up: return step_rows (self, map, -rows_in_view (self));
    case GDK_KEY_Page_Down: return step_rows (self, map, rows_in_view (self));
    case GDK_KEY_Home: return first_or_last (map, FALSE);
    case GDK_KEY_End: return first_or_last (map, TRUE);
    default: return NULL;
    }
}

static gboolean
is_arrow (guint keyval)
{
  static const guint keys[]
      = { GDK_KEY_Left,  GDK_KEY_Right,   GDK_KEY_Up,      GDK_KEY_Down,      GDK_KEY_KP_Left, GDK_KEY_KP_Right,
          GDK_KEY_KP_Up, GDK_KEY_KP_Down, GDK_KEY_Page_Up, GDK_KEY_Page_Down, GDK_KEY_Home,    GDK_KEY_End };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i] == keyval)
      return TRUE;
  return FALSE;
}

/* A cursor that moves selects what it comes to, unless Ctrl is held; Shift selects all between. */
static void
arrive (WbPictureGroups *self, GtkWidget *stop, GdkModifierType state)
{
  WbPictureTile *tile = wb_picture_groups_tile_of (stop);

  gtk_widget_grab_focus (stop);
  if (tile == NULL || state & GDK_CONTROL_MASK)
    return;
  if (state & GDK_SHIFT_MASK)
    wb_picture_groups_extend (self, wb_picture_tile_get_item (tile)->key);
  else
    wb_picture_groups_select_only (self, wb_picture_tile_get_item (tile)->key);
}

static gboolean
move_cursor (WbPictureGroups *self, guint keyval, GdkModifierType state)
{
  GtkWidget *stop;
  Map map;

  map_stops (self, &map);
  stop = map.row >= 0 ? target_of_key (self, &map, keyval) : NULL;
  /* Up and Down remember the column on their way over short rows. */
  if (keyval == GDK_KEY_Left || keyval == GDK_KEY_Right || keyval == GDK_KEY_Home || keyval == GDK_KEY_End)
    self->column = -1;
  if (stop != NULL)
    arrive (self, stop, state);
  g_ptr_array_unref (map.rows);
  return map.row >= 0;
}

static gboolean
on_header_key (WbPictureGroups *self, GtkWidget *focus, guint keyval)
{
  gboolean rtl = gtk_widget_get_direction (focus) == GTK_TEXT_DIR_RTL;
  WbPictureGroup *group = g_object_get_data (G_OBJECT (focus), "group");

  if (group == NULL || (keyval != GDK_KEY_Left && keyval != GDK_KEY_Right))
    return FALSE;
  wb_picture_groups_fold (self, group, (keyval == GDK_KEY_Left) != rtl);
  return TRUE;
}

static gboolean
on_tile_key (WbPictureGroups *self, WbPictureTile *tile, guint keyval, GdkModifierType state)
{
  const char *key = wb_picture_tile_get_item (tile)->key;

  switch (keyval)
    {
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      if (state != 0)
        return FALSE;
      wb_picture_groups_select_only (self, key);
      g_signal_emit (self, wb_picture_groups_signals[WB_GROUPS_ACTIVATED], 0, tile);
      return TRUE;
    case GDK_KEY_space:
      wb_picture_groups_toggle (self, key);
      return TRUE;
    case GDK_KEY_Menu:
    case GDK_KEY_F10:
      if (keyval == GDK_KEY_F10 && state != GDK_SHIFT_MASK)
        return FALSE;
      g_signal_emit (self, wb_picture_groups_signals[WB_GROUPS_MENU], 0, tile);
      return TRUE;
    default: return FALSE;
    }
}

static gboolean
on_key (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state, WbPictureGroups *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  WbPictureTile *tile = wb_picture_groups_tile_of (focus);

  state &= gtk_accelerator_get_default_mod_mask ();
  if (state & GDK_ALT_MASK || focus == NULL)
    return FALSE;
  if (state == GDK_CONTROL_MASK && (keyval == GDK_KEY_a || keyval == GDK_KEY_A))
    {
      wb_picture_groups_select_all (self, TRUE);
      return TRUE;
    }
  if (state == (GDK_CONTROL_MASK | GDK_SHIFT_MASK) && (keyval == GDK_KEY_a || keyval == GDK_KEY_A))
    {
      wb_picture_groups_select_all (self, FALSE);
      return TRUE;
    }
  if (on_header_key (self, focus, keyval))
    return TRUE;
  if (is_arrow (keyval))
    return move_cursor (self, keyval, state);
  return tile != NULL && on_tile_key (self, tile, keyval, state);
}

/* Mouse */

static WbPictureTile *
tile_at (WbPictureGroups *self, double x, double y)
{
  return wb_picture_groups_tile_of (gtk_widget_pick (self->box, x, y, GTK_PICK_DEFAULT));
}

static void
press_primary (WbPictureGroups *self, const char *key, GdkModifierType state)
{
  gboolean selected = g_hash_table_contains (self->selected, key);

  self->press_keeps = FALSE;
  if (state & GDK_CONTROL_MASK)
    wb_picture_groups_toggle (self, key);
  else if (state & GDK_SHIFT_MASK)
    wb_picture_groups_extend (self, key);
  else if (selected && g_hash_table_size (self->selected) > 1)
    self->press_keeps = TRUE;
  else
    wb_picture_groups_select_only (self, key);
}

static void
on_pressed (GtkGestureClick *click, int n_press, double x, double y, WbPictureGroups *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (click));
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (click));
  WbPictureTile *tile = tile_at (self, x, y);

  if (tile == NULL)
    {
      /* A press beside the tiles takes the selection back. */
      if (n_press == 1 && button == GDK_BUTTON_PRIMARY
          && gtk_widget_pick (self->box, x, y, GTK_PICK_DEFAULT) == self->box)
        wb_picture_groups_select_all (self, FALSE);
      return;
    }
  self->column = -1;
  gtk_widget_grab_focus (GTK_WIDGET (tile));
  if (button == GDK_BUTTON_PRIMARY && n_press == 1)
    press_primary (self, wb_picture_tile_get_item (tile)->key, state);
  else if (button == GDK_BUTTON_PRIMARY && n_press == 2)
    g_signal_emit (self, wb_picture_groups_signals[WB_GROUPS_ACTIVATED], 0, tile);
  else if (button == GDK_BUTTON_SECONDARY && n_press == 1)
    {
      if (!g_hash_table_contains (self->selected, wb_picture_tile_get_item (tile)->key))
        wb_picture_groups_select_only (self, wb_picture_tile_get_item (tile)->key);
      g_signal_emit (self, wb_picture_groups_signals[WB_GROUPS_MENU], 0, tile);
    }
}

static void
on_released (GtkGestureClick *click, int n_press, double x, double y, WbPictureGroups *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (click));
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (click));
  WbPictureTile *tile = tile_at (self, x, y);

  if (tile == NULL || button != GDK_BUTTON_PRIMARY || n_press != 1 || state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK))
    return;
  if (self->press_keeps)
    wb_picture_groups_select_only (self, wb_picture_tile_get_item (tile)->key);
  self->press_keeps = FALSE;
  g_signal_emit (self, wb_picture_groups_signals[WB_GROUPS_TAPPED], 0, tile);
}

static void
on_motion (GtkEventControllerMotion *motion, double x, double y, WbPictureGroups *self)
{
  WbPictureTile *tile = tile_at (self, x, y);

  if (tile != NULL)
    wb_picture_groups_set_menu_tile (self, tile);
}

/* Hover gone, the button goes back to the tile with the focus. */
static void
on_leave (GtkEventControllerMotion *motion, WbPictureGroups *self)
{
  wb_picture_groups_set_menu_tile (self,
                                   wb_picture_groups_has_focus (self) ? wb_picture_groups_get_current (self) : NULL);
}

void
wb_picture_groups_add_controllers (WbPictureGroups *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (self->box, keys);
  g_signal_connect (motion, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (self->box, motion);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  g_signal_connect (click, "released", G_CALLBACK (on_released), self);
  gtk_widget_add_controller (self->box, GTK_EVENT_CONTROLLER (click));
}
