// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-grid-area.h"

/* The grid's arithmetic: where keys lead, what a range covers, what dragging its corner writes. */

#define ROWS 5
#define COLUMNS 5

static void
test_moves (void)
{
  static const struct {
    WbGridCell from;
    WbGridMove move;
    WbGridCell to;
    gboolean moved;
  } cases[] = {
    { { 2, 2 }, WB_GRID_LEFT, { 2, 1 }, TRUE },
    { { 2, 0 }, WB_GRID_LEFT, { 2, 0 }, FALSE },
    { { 2, 4 }, WB_GRID_RIGHT, { 2, 4 }, FALSE },
    { { 0, 1 }, WB_GRID_UP, { 0, 1 }, FALSE },
    { { 3, 1 }, WB_GRID_DOWN, { 4, 1 }, TRUE },
    { { 4, 1 }, WB_GRID_DOWN, { 4, 1 }, FALSE },
    { { 4, 1 }, WB_GRID_PAGE_UP, { 1, 1 }, TRUE },
    { { 3, 1 }, WB_GRID_PAGE_DOWN, { 4, 1 }, TRUE },
    { { 3, 3 }, WB_GRID_ROW_START, { 3, 0 }, TRUE },
    { { 3, 3 }, WB_GRID_ROW_END, { 3, 4 }, TRUE },
    { { 3, 3 }, WB_GRID_TOP, { 0, 3 }, TRUE },
    { { 1, 3 }, WB_GRID_BOTTOM, { 4, 3 }, TRUE },
    { { 3, 3 }, WB_GRID_FIRST, { 0, 0 }, TRUE },
    { { 0, 0 }, WB_GRID_LAST, { 4, 4 }, TRUE },
    /* Tab goes over the ends of rows and stops at those of the grid. */
    { { 1, 4 }, WB_GRID_NEXT, { 2, 0 }, TRUE },
    { { 2, 0 }, WB_GRID_PREVIOUS, { 1, 4 }, TRUE },
    { { 4, 4 }, WB_GRID_NEXT, { 4, 4 }, FALSE },
    { { 0, 0 }, WB_GRID_PREVIOUS, { 0, 0 }, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      WbGridCell cell = cases[i].from;

      g_test_message ("case %u", i);
      g_assert_cmpint (wb_grid_move (&cell, cases[i].move, ROWS, COLUMNS, 3), ==, cases[i].moved);
      g_assert_cmpint (cell.row, ==, cases[i].to.row);
      g_assert_cmpint (cell.column, ==, cases[i].to.column);
    }
}

static void
test_moves_nowhere (void)
{
  WbGridCell cell = { 0, 0 };

  for (WbGridMove move = WB_GRID_LEFT; move <= WB_GRID_PREVIOUS; move++)
    g_assert_false (wb_grid_move (&cell, move, 0, COLUMNS, 3));
}

static void
test_area (void)
{
  WbGridArea area = wb_grid_area ((WbGridCell) { 4, 1 }, (WbGridCell) { 2, 3 });

  g_assert_cmpint (area.top, ==, 2);
  g_assert_cmpint (area.bottom, ==, 4);
  g_assert_cmpint (area.left, ==, 1);
  g_assert_cmpint (area.right, ==, 3);
  g_assert_cmpuint (wb_grid_area_cells (&area), ==, 9);
  g_assert_true (wb_grid_area_has (&area, 2, 3));
  g_assert_false (wb_grid_area_has (&area, 2, 4));
  g_assert_false (wb_grid_area_has (&area, 1, 3));
}

/* Along one side only: the one that was dragged farther. */
static void
test_fill_target (void)
{
  const WbGridArea source = { 2, 1, 3, 2 };
  WbGridArea target = wb_grid_fill_target (&source, (WbGridCell) { 7, 3 });

  g_assert_cmpint (target.bottom, ==, 7);
  g_assert_cmpint (target.right, ==, 2);
  target = wb_grid_fill_target (&source, (WbGridCell) { 3, 4 });
  g_assert_cmpint (target.bottom, ==, 3);
  g_assert_cmpint (target.right, ==, 4);
  target = wb_grid_fill_target (&source, (WbGridCell) { 0, 1 });
  g_assert_cmpint (target.top, ==, 0);
  target = wb_grid_fill_target (&source, (WbGridCell) { 3, 2 });
  g_assert_cmpuint (wb_grid_area_cells (&target), ==, wb_grid_area_cells (&source));
}

static void
test_fill_text (void)
{
  static const struct {
    const char *source[3];
    guint n;
    int step;
    gboolean series;
    const char *text;
  } cases[] = {
    { { "amara" }, 1, 3, TRUE, "amara" },
    { { "sales1" }, 1, 1, TRUE, "sales2" },
    { { "sales1" }, 1, 2, TRUE, "sales3" },
    { { "sales1", "sales3" }, 2, 1, TRUE, "sales5" },
    { { "sales09" }, 1, 1, TRUE, "sales10" },
    { { "sales1" }, 1, 1, FALSE, "sales1" },
    /* Without a number the texts repeat, in their order. */
    { { "a", "b", "c" }, 3, 1, TRUE, "a" },
    { { "a", "b", "c" }, 3, 5, TRUE, "b" },
    { { "a", "b", "c" }, 3, -1, TRUE, "c" },
    { { "sales5" }, 1, -2, TRUE, "sales3" },
    { { "sales1" }, 1, -4, TRUE, "sales1" },
    { { "" }, 1, 1, TRUE, "" },
    /* More digits than a number holds are no number to count on. */
    { { "x99999999999999999999" }, 1, 1, FALSE, "x99999999999999999999" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = wb_grid_fill_text (cases[i].source, cases[i].n, cases[i].step, cases[i].series);

      g_test_message ("case %u", i);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/grid/area/moves", test_moves);
  g_test_add_func ("/grid/area/moves-in-nothing", test_moves_nowhere);
  g_test_add_func ("/grid/area/range", test_area);
  g_test_add_func ("/grid/area/fill-target", test_fill_target);
  g_test_add_func ("/grid/area/fill-text", test_fill_text);
  return g_test_run ();
}
