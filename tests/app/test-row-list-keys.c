// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <adwaita.h>

#include "row-list-fixture.h"

#include "wb-titles.h"

/* The list of rows by keys, by the pointer of the display, and as a screen reader has it. */

#define NONE GTK_INVALID_LIST_POSITION

/* Keys */

static void
press (Rows *rows, guint key, GdkModifierType state, guint focus, const char *selected)
{
  g_assert_true (rows_key (rows, key, state));
  rows_settle (rows);
  rows_check (rows);
  g_assert_cmpuint (rows_focus (rows), ==, focus);
  rows_assert_selected (rows, selected);
}

/* The row that has the focus is wholly on the screen. */
static void
assert_focus_shown (Rows *rows)
{
  int y = rows_y (rows, rows_focus (rows));

  g_assert_cmpint (y, >=, 0);
  g_assert_cmpint (y + ROW_HEIGHT, <=, rows->list->height);
}

static void
test_moves (void)
{
  Rows *rows = rows_new (1000, 300, 400);
  guint page = (guint) (rows->list->height / ROW_HEIGHT) - 1;

  g_assert_true (wb_row_list_focus (rows->list, 0));
  press (rows, GDK_KEY_Down, 0, 1, "1");
  press (rows, GDK_KEY_KP_Down, 0, 2, "2");
  press (rows, GDK_KEY_Up, 0, 1, "1");
  press (rows, GDK_KEY_Up, 0, 0, "0");
  press (rows, GDK_KEY_Up, 0, 0, "0");
  press (rows, GDK_KEY_Page_Down, GDK_CONTROL_MASK, page, "0");
  press (rows, GDK_KEY_Page_Down, GDK_CONTROL_MASK, 2 * page, "0");
  assert_focus_shown (rows);
  press (rows, GDK_KEY_Page_Up, GDK_CONTROL_MASK, page, "0");
  press (rows, GDK_KEY_End, 0, 999, "999");
  assert_focus_shown (rows);
  press (rows, GDK_KEY_Down, 0, 999, "999");
  press (rows, GDK_KEY_Home, GDK_CONTROL_MASK, 0, "999");
  assert_focus_shown (rows);
  /* What others listen to is left to them. */
  g_assert_false (rows_key (rows, GDK_KEY_Down, GDK_ALT_MASK));
  g_assert_false (rows_key (rows, GDK_KEY_a, GDK_CONTROL_MASK));
  g_assert_false (rows_key (rows, GDK_KEY_Escape, 0));
  rows_free (rows);
}

static void
test_ranges (void)
{
  Rows *rows = rows_new (1000, 300, 400);

  wb_row_list_focus (rows->list, 10);
  press (rows, GDK_KEY_space, 0, 10, "10");
  press (rows, GDK_KEY_Down, GDK_SHIFT_MASK, 11, "10-11");
  press (rows, GDK_KEY_Down, GDK_SHIFT_MASK, 12, "10-12");
  press (rows, GDK_KEY_Home, GDK_SHIFT_MASK, 0, "0-10");
  press (rows, GDK_KEY_Down, GDK_CONTROL_MASK, 1, "0-10");
  press (rows, GDK_KEY_Down, GDK_CONTROL_MASK, 2, "0-10");
  press (rows, GDK_KEY_space, GDK_CONTROL_MASK, 2, "0-1 3-10");
  press (rows, GDK_KEY_space, GDK_CONTROL_MASK, 2, "0-10");
  press (rows, GDK_KEY_End, GDK_CONTROL_MASK, 999, "0-10");
  press (rows, GDK_KEY_space, GDK_CONTROL_MASK, 999, "0-10 999");
  press (rows, GDK_KEY_Up, GDK_CONTROL_MASK | GDK_SHIFT_MASK, 998, "0-10 998-999");
  press (rows, GDK_KEY_Up, 0, 997, "997");
  /* A range begins where the row is now, whatever came above it. */
  test_model_splice (rows->model, 3, 0, 5);
  press (rows, GDK_KEY_Up, GDK_SHIFT_MASK, 1001, "1001-1002");
  rows_free (rows);
}

static void
test_activates (void)
{
  Rows *rows = rows_new (20, 300, 400);

  wb_row_list_focus (rows->list, 3);
  g_assert_true (rows_key (rows, GDK_KEY_Return, 0));
  g_assert_true (rows_key (rows, GDK_KEY_KP_Enter, 0));
  g_assert_false (rows_key (rows, GDK_KEY_Return, GDK_CONTROL_MASK));
  gtk_widget_activate (GTK_WIDGET (wb_row_list_find (rows->list, 7)));
  g_assert_cmpstr (rows->told->str, ==, "3 3 7 ");
  rows_free (rows);
}

/* Focus */

static void
assert_tabs (Rows *rows, GtkDirectionType direction, GtkWidget *from, guint row, GtkWidget *to)
{
  gtk_widget_grab_focus (from);
  g_assert_true (gtk_widget_child_focus (rows->window, direction));
  g_assert_cmpuint (rows_focus (rows), ==, row);
  g_assert_true (gtk_widget_child_focus (rows->window, direction));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (rows->window)) == to);
}

static void
test_one_stop (void)
{
  Rows *rows = rows_new (1000, 300, 400);

  gtk_selection_model_select_item (rows->selection, 4, TRUE);
  assert_tabs (rows, GTK_DIR_TAB_FORWARD, rows->before, 4, rows->after);
  assert_tabs (rows, GTK_DIR_TAB_BACKWARD, rows->after, 4, rows->before);
  wb_row_list_focus (rows->list, 500);
  rows_scroll (rows, 0);
  assert_tabs (rows, GTK_DIR_TAB_FORWARD, rows->before, 500, rows->after);
  rows_settle (rows);
  rows_check (rows);
  /* Arrows stay in it, though there are buttons above and below. */
  gtk_widget_grab_focus (GTK_WIDGET (rows->list));
  for (GtkDirectionType direction = GTK_DIR_UP; direction <= GTK_DIR_RIGHT; direction++)
    {
      gtk_widget_child_focus (rows->window, direction);
      g_assert_cmpuint (rows_focus (rows), ==, 500);
    }
  rows_free (rows);
}

static void
assert_focus_after (Rows *rows, guint position, guint removed, guint added, guint focus)
{
  test_model_splice (rows->model, position, removed, added);
  rows_settle (rows);
  rows_check (rows);
  g_assert_cmpuint (rows_focus (rows), ==, focus);
  assert_focus_shown (rows);
}

static void
test_focus_goes (void)
{
  Rows *rows = rows_new (1000, 300, 400);
  guint serial;

  wb_row_list_focus (rows->list, 500);
  serial = rows_serial (rows, 501);
  assert_focus_after (rows, 500, 1, 0, 500);
  g_assert_cmpuint (rows_serial (rows, 500), ==, serial);
  assert_focus_after (rows, 490, 20, 0, 490);
  assert_focus_after (rows, 0, 5, 10, 495);
  wb_row_list_focus (rows->list, 983);
  assert_focus_after (rows, 983, 1, 0, 982);
  assert_focus_after (rows, 100, 883, 0, 99);
  rows_free (rows);
}

/* It keeps the focus out of sight, and the next arrow shows it. */
static void
test_focus_far (void)
{
  Rows *rows = rows_new (1000, 300, 400);
  guint serial;

  wb_row_list_focus (rows->list, 5);
  rows_scroll (rows, 20000);
  g_assert_cmpuint (rows_focus (rows), ==, 5);
  test_model_splice (rows->model, 0, 0, 3);
  rows_settle (rows);
  rows_check (rows);
  g_assert_cmpuint (rows_focus (rows), ==, 8);
  press (rows, GDK_KEY_Down, 0, 9, "9");
  assert_focus_shown (rows);
  /* It goes while it is out of sight: who looks elsewhere stays there. */
  rows_scroll (rows, 20000);
  serial = rows_serial (rows, 667);
  test_model_splice (rows->model, 9, 1, 0);
  rows_settle (rows);
  rows_check (rows);
  g_assert_cmpuint (rows_focus (rows), ==, 9);
  g_assert_cmpuint (rows_serial (rows, wb_row_list_first_shown (rows->list) + 1), ==, serial);
  press (rows, GDK_KEY_Up, 0, 8, "8");
  assert_focus_shown (rows);
  rows_free (rows);
}

/* A bar that comes below covers nothing that has the focus; what is cut already stays so. */
static void
test_focus_lower (void)
{
  Rows *rows = rows_new (1000, 300, 400);
  guint last = (guint) (rows->list->height / ROW_HEIGHT) - 1;

  for (guint i = 0; i < 2; i++)
    {
      rows_scroll (rows, 0);
      wb_row_list_focus (rows->list, last);
      rows_scroll (rows, i == 0 ? 0 : 3000);
      gtk_widget_set_size_request (rows->after, -1, 150);
      rows_settle (rows);
      rows_check (rows);
      if (i == 0)
        assert_focus_shown (rows);
      else
        g_assert_cmpfloat (rows_value (rows), ==, 3000);
      gtk_widget_set_size_request (rows->after, -1, -1);
      rows_settle (rows);
    }
  rows_free (rows);
}

/* Pointer */

/* What is done with the pointer at a point of the list. */
static void
at (Rows *rows, double x, double y, const char *what)
{
  graphene_point_t point;

  g_assert_true (gtk_widget_compute_point (GTK_WIDGET (rows->list), rows->window, &GRAPHENE_POINT_INIT ((float) x, (float) y), &point));
  ui_xdotool ("mousemove %d %d %s", (int) point.x, (int) point.y, what);
  rows_settle (rows);
  rows_check (rows);
}

static double
middle (Rows *rows, guint position)
{
  return rows->list->header_height + rows_y (rows, position) + ROW_HEIGHT / 2.0;
}

static void
click (Rows *rows, guint position, const char *what, const char *selected)
{
  at (rows, 50, middle (rows, position), what);
  g_assert_cmpuint (rows_focus (rows), ==, position);
  rows_assert_selected (rows, selected);
}

static void
test_clicks (void)
{
  Rows *rows = rows_new (1000, 300, 400);

  rows_scroll (rows, 3015);
  click (rows, 103, "click 1", "103");
  click (rows, 106, "keydown shift click 1 keyup shift", "103-106");
  click (rows, 104, "keydown ctrl click 1 keyup ctrl", "103 105-106");
  click (rows, 108, "keydown ctrl click 1 keyup ctrl", "103 105-106 108");
  click (rows, 110, "keydown ctrl keydown shift click 1 keyup shift keyup ctrl", "103 105-106 108-110");
  g_assert_cmpstr (rows->told->str, ==, "");
  /* On the row that is cut by the upper edge as well; nothing scrolls. */
  click (rows, 100, "click 1", "100");
  g_assert_cmpfloat (rows_value (rows), ==, 3015);
  click (rows, 105, "click --repeat 2 --delay 20 1", "105");
  g_assert_cmpstr (rows->told->str, ==, "105 ");
  rows_free (rows);
}

/* What was pressed is chosen, or nothing. */
static void
test_pressed (void)
{
  Rows *rows = rows_new (1000, 300, 400);

  click (rows, 2, "mousedown 1", "");
  g_assert_true ((gtk_widget_get_state_flags (GTK_WIDGET (wb_row_list_find (rows->list, 2))) & GTK_STATE_FLAG_ACTIVE) != 0);
  test_model_splice (rows->model, 0, 0, 3);
  rows_settle (rows);
  ui_xdotool ("mouseup 1");
  rows_settle (rows);
  rows_assert_selected (rows, "5");
  /* Drawn away from it, and gone while the button is down. */
  click (rows, 4, "mousedown 1", "5");
  at (rows, 50, middle (rows, 7), "mouseup 1");
  rows_assert_selected (rows, "5");
  click (rows, 4, "mousedown 1", "5");
  test_model_splice (rows->model, 4, 1, 0);
  rows_settle (rows);
  ui_xdotool ("mouseup 1");
  rows_settle (rows);
  rows_assert_selected (rows, "4");
  /* Two clicks of a double click on two rows. */
  click (rows, 6, "click 1", "6");
  test_model_splice (rows->model, 0, 0, 1);
  rows_settle (rows);
  ui_xdotool ("click 1");
  rows_settle (rows);
  g_assert_cmpstr (rows->told->str, ==, "");
  /* Below the last row there is nothing to press. */
  test_model_splice (rows->model, 3, g_list_model_get_n_items (G_LIST_MODEL (rows->model)) - 3, 0);
  rows_settle (rows);
  at (rows, 50, 200, "click --repeat 2 1");
  g_assert_cmpstr (rows->told->str, ==, "");
  rows_free (rows);
}

/* The row under the pointer, and no other, shows that it is. */
static void
assert_hovered (Rows *rows, double y)
{
  for (guint i = 0; i < rows->list->rows->len; i++)
    {
      WbRowItem *row = rows->list->rows->pdata[i];
      gboolean hovered = (gtk_widget_get_state_flags (GTK_WIDGET (row)) & GTK_STATE_FLAG_PRELIGHT) != 0;

      g_assert_cmpint (hovered, ==, row->position == wb_row_list_position_at (rows->list, y));
    }
}

static void
test_hover (void)
{
  Rows *rows = rows_new (1000, 300, 400);
  double y = 100;

  at (rows, 50, y, "");
  assert_hovered (rows, y);
  for (guint i = 0; i < 4; i++)
    {
      ui_xdotool ("click %u", i < 3 ? 5 : 4);
      rows_settle (rows);
      test_model_splice (rows->model, i, 0, 7);
      rows_settle (rows);
      at (rows, 51 + i, y, ""); /* without a compositor GTK 4.8 waits for the pointer to move */
      assert_hovered (rows, y);
    }
  rows_free (rows);
}

/* Titles: they lie over the rows, take clicks there, and their edges can be pulled at. */

static WbTitles *laid_by;

static void
measure_cell (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? ROW_HEIGHT : 0;
}

static void
allocate_cell (GtkWidget *widget, int width, int height, int baseline)
{
  GtkAllocation place = { 0, 0, 0, height };

  wb_titles_get_span (laid_by, 1, width, &place.x, &place.width);
  gtk_widget_size_allocate (gtk_widget_get_first_child (widget), &place, -1);
}

static GtkWidget *
make_cell (GObject *row, gpointer data)
{
  GtkWidget *label = rows_make (row, data), *cell = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);

  gtk_widget_set_layout_manager (label, gtk_custom_layout_new (NULL, measure_cell, allocate_cell));
  gtk_widget_set_parent (cell, label);
  g_signal_connect_swapped (label, "destroy", G_CALLBACK (gtk_widget_unparent), cell);
  return label;
}

static void
assert_cell (Rows *rows, guint position, int x, int width)
{
  GtkWidget *cell = gtk_widget_get_first_child (wb_row_list_find (rows->list, position)->child);
  graphene_rect_t rect;

  g_assert_true (gtk_widget_compute_bounds (cell, GTK_WIDGET (rows->list), &rect));
  g_assert_cmpfloat (rect.origin.x, ==, x);
  g_assert_cmpfloat (rect.size.width, ==, width);
}

static void
on_sorted (WbTitles *titles, int column, gboolean descending, Rows *rows)
{
  g_string_append_printf (rows->told, "%s%d ", descending ? "-" : "", column);
}

static void
pull (Rows *rows, double from, double by)
{
  at (rows, from, 10, "mousedown 1");
  for (guint i = 1; i <= 4; i++)
    at (rows, from + i * by / 4, 10, "");
  ui_xdotool ("mouseup 1");
  rows_settle (rows);
}

static void
test_titles (void)
{
  static WbRowMaker maker;
  Rows *rows = rows_new (1000, 406, 400);
  GtkWidget *titles = wb_titles_new ();

  maker = (WbRowMaker) { make_cell, rows_maker.bind, rows_maker.unbind };
  laid_by = WB_TITLES (titles);
  wb_titles_add (laid_by, "One", FALSE, NULL);
  wb_titles_add (laid_by, "Two", TRUE, NULL);
  wb_titles_set_column (laid_by, 1, TRUE, 120);
  g_signal_connect_swapped (titles, "laid-out", G_CALLBACK (wb_row_list_lay_out), rows->list);
  g_signal_connect (titles, "sorted", G_CALLBACK (on_sorted), rows);
  wb_row_list_set_header (rows->list, titles);
  wb_row_list_set_maker (rows->list, &maker, rows);
  rows_settle (rows);
  rows_scroll (rows, 3015);
  assert_cell (rows, 103, 280, 120);
  at (rows, 50, 10, "click 1");
  at (rows, 350, 10, "click 1");
  at (rows, 350, 10, "click 1");
  g_assert_cmpstr (rows->told->str, ==, "0 1 -1 ");
  rows_assert_selected (rows, "");
  pull (rows, 281, -40);
  assert_cell (rows, 103, 240, 160);
  g_assert_cmpint (wb_titles_get_width (laid_by, 1), ==, 160);
  pull (rows, 241, -200); /* the first keeps what it needs */
  assert_cell (rows, 103, 100, 300);
  pull (rows, 99, 290); /* and none goes for good */
  assert_cell (rows, 103, 360, 40);
  g_assert_cmpstr (rows->told->str, ==, "0 1 -1 ");
  gtk_widget_set_direction (titles, GTK_TEXT_DIR_RTL);
  wb_row_list_lay_out (rows->list);
  rows_settle (rows);
  pull (rows, 47, 60);
  assert_cell (rows, 103, 6, 100);
  wb_row_list_set_maker (rows->list, &rows_maker, rows);
  rows_free (rows);
}

static GtkWidget *
arrow_of (GtkWidget *title)
{
  return gtk_widget_get_last_child (title);
}

static int
end_of (GtkWidget *widget, GtkWidget *title)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, title, &bounds));
  return (int) (bounds.origin.x + bounds.size.width);
}

/* A title has an arrow while it is sorted by, behind its text, and asks for no other size with it. */
static void
test_arrow (void)
{
  Rows *rows = rows_new (1000, 406, 400);
  GtkWidget *titles = wb_titles_new (), *one, *two;
  int width, edge;

  wb_titles_add (WB_TITLES (titles), "One", FALSE, NULL);
  wb_titles_add (WB_TITLES (titles), "Two", TRUE, NULL);
  wb_titles_set_column (WB_TITLES (titles), 1, TRUE, 120);
  wb_row_list_set_header (rows->list, titles);
  rows_settle (rows);
  one = gtk_widget_get_first_child (titles);
  two = gtk_widget_get_next_sibling (one);
  gtk_widget_measure (two, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  edge = end_of (gtk_widget_get_first_child (two), two);
  g_assert_false (gtk_widget_get_mapped (arrow_of (one)) || gtk_widget_get_mapped (arrow_of (two)));
  wb_titles_click (WB_TITLES (titles), 1);
  rows_settle (rows);
  g_assert_true (gtk_widget_get_mapped (arrow_of (two)));
  g_assert_false (gtk_widget_get_mapped (arrow_of (one)));
  g_assert_true (gtk_widget_has_css_class (arrow_of (two), "up"));
  g_assert_cmpint (end_of (arrow_of (two), two), ==, edge);
  g_assert_cmpint (end_of (gtk_widget_get_first_child (two), two), <, edge - 10);
  wb_titles_click (WB_TITLES (titles), 1);
  rows_settle (rows);
  g_assert_true (gtk_widget_get_mapped (arrow_of (two)));
  g_assert_false (gtk_widget_has_css_class (arrow_of (two), "up"));
  wb_titles_click (WB_TITLES (titles), 1);
  rows_settle (rows);
  g_assert_false (gtk_widget_get_mapped (arrow_of (two)));
  g_assert_cmpint (end_of (gtk_widget_get_first_child (two), two), ==, edge);
  gtk_widget_measure (two, GTK_ORIENTATION_HORIZONTAL, -1, &edge, NULL, NULL, NULL);
  g_assert_cmpint (width, ==, edge);
  rows_free (rows);
}

/* To a screen reader */

static void
test_accessible (void)
{
  Rows *rows = rows_new (1000, 300, 400);
  GtkAccessible *list = GTK_ACCESSIBLE (rows->list), *row;

  row = GTK_ACCESSIBLE (wb_row_list_find (rows->list, 2));
  gtk_test_accessible_assert_role (list, GTK_ACCESSIBLE_ROLE_LIST);
  gtk_test_accessible_assert_role (row, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_test_accessible_assert_property (list, GTK_ACCESSIBLE_PROPERTY_MULTI_SELECTABLE, TRUE);
  gtk_test_accessible_assert_relation (row, GTK_ACCESSIBLE_RELATION_POS_IN_SET, 3);
  gtk_test_accessible_assert_relation (row, GTK_ACCESSIBLE_RELATION_SET_SIZE, 1000);
  gtk_selection_model_select_item (rows->selection, 2, TRUE);
  gtk_test_accessible_assert_state (row, GTK_ACCESSIBLE_STATE_SELECTED, TRUE);
  gtk_selection_model_select_item (rows->selection, 3, TRUE);
  gtk_test_accessible_assert_state (row, GTK_ACCESSIBLE_STATE_SELECTED, FALSE);
  test_model_splice (rows->model, 1, 0, 7);
  rows_settle (rows);
  row = GTK_ACCESSIBLE (wb_row_list_find (rows->list, 9));
  gtk_test_accessible_assert_relation (row, GTK_ACCESSIBLE_RELATION_POS_IN_SET, 10);
  gtk_test_accessible_assert_relation (row, GTK_ACCESSIBLE_RELATION_SET_SIZE, 1007);
  rows_free (rows);
}

int
main (int argc, char **argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/row-list/keys/moves", test_moves);
  g_test_add_func ("/row-list/keys/ranges", test_ranges);
  g_test_add_func ("/row-list/keys/activates", test_activates);
  g_test_add_func ("/row-list/focus/one-stop", test_one_stop);
  g_test_add_func ("/row-list/focus/its-row-goes", test_focus_goes);
  g_test_add_func ("/row-list/focus/far-away", test_focus_far);
  g_test_add_func ("/row-list/focus/list-becomes-lower", test_focus_lower);
  g_test_add_func ("/row-list/pointer/clicks", test_clicks);
  g_test_add_func ("/row-list/pointer/what-was-pressed", test_pressed);
  g_test_add_func ("/row-list/pointer/hover", test_hover);
  g_test_add_func ("/row-list/pointer/titles", test_titles);
  g_test_add_func ("/row-list/pointer/arrow", test_arrow);
  g_test_add_func ("/row-list/accessible", test_accessible);
  return g_test_run ();
}
