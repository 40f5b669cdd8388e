// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-grid-area.h"

#include <stdlib.h>
#include <string.h>

WbGridArea
wb_grid_area (WbGridCell a, WbGridCell b)
{
  WbGridArea area = {
    .top = MIN (a.row, b.row),
    .left = MIN (a.column, b.column),
    .bottom = MAX (a.row, b.row),
    .right = MAX (a.column, b.column),
  };

  return area;
}

gboolean
wb_grid_area_has (const WbGridArea *area, int row, int column)
{
  return row >= area->top && row <= area->bottom && column >= area->left && column <= area->right;
}

guint
wb_grid_area_cells (const WbGridArea *area)
{
  return (area->bottom - area->top + 1) * (area->right - area->left + 1);
}

/* In reading order, over the ends of rows. */
static gboolean
step_on (WbGridCell *cell, int by, int rows, int columns)
{
  int at = cell->row * columns + cell->column + by;

  if (at < 0 || at >= rows * columns)
    return FALSE;
  cell->row = at / columns;
  cell->column = at % columns;
  return TRUE;
}

gboolean
wb_grid_move (WbGridCell *cell, WbGridMove move, int rows, int columns, int page)
{
  static const struct {
    int down, right; /* G_MAXINT: to the end, G_MININT: to the start */
  } by[] = {
    [WB_GRID_LEFT] = { 0, -1 },
    [WB_GRID_RIGHT] = { 0, 1 },
    [WB_GRID_UP] = { -1, 0 },
    [WB_GRID_DOWN] = { 1, 0 },
    [WB_GRID_PAGE_UP] = { 0, 0 },
    [WB_GRID_PAGE_DOWN] = { 0, 0 },
    [WB_GRID_ROW_START] = { 0, G_MININT },
    [WB_GRID_ROW_END] = { 0, G_MAXINT },
    [WB_GRID_TOP] = { G_MININT, 0 },
    [WB_GRID_BOTTOM] = { G_MAXINT, 0 },
    [WB_GRID_FIRST] = { G_MININT, G_MININT },
    [WB_GRID_LAST] = { G_MAXINT, G_MAXINT },
  };
  gint64 down, right;
  WbGridCell to;

  if (rows <= 0 || columns <= 0)
    return FALSE;
  if (move == WB_GRID_NEXT || move == WB_GRID_PREVIOUS)
    return step_on (cell, move == WB_GRID_NEXT ? 1 : -1, rows, columns);
  down = move == WB_GRID_PAGE_UP ? -MAX (page, 1) : move == WB_GRID_PAGE_DOWN ? MAX (page, 1) : by[move].down;
  right = by[move].right;
  to.row = CLAMP (cell->row + down, 0, rows - 1);
  to.column = CLAMP (cell->column + right, 0, columns - 1);
  if (to.row == cell->row && to.column == cell->column)
    return FALSE;
  *cell = to;
  return TRUE;
}

WbGridArea
wb_grid_fill_target (const WbGridArea *source, WbGridCell to)
{
  WbGridArea target = *source;
  int down = MAX (to.row - source->bottom, 0), up = MAX (source->top - to.row, 0);
  int right = MAX (to.column - source->right, 0), left = MAX (source->left - to.column, 0);

  if (MAX (down, up) >= MAX (right, left))
    {
      target.bottom += down;
      target.top -= up;
    }
  else
    {
      target.right += right;
      target.left -= left;
    }
  return target;
}

/* Where the number at the end of @text begins; its end when there is none. Nine digits fit an int. */
static gsize
number_start (const char *text)
{
  gsize length = strlen (text), at = length;

  while (at > 0 && length - at < 9 && g_ascii_isdigit (text[at - 1]))
    at--;
  return at;
}

/* By how much the last two go apart when they differ in their number alone; else 1. */
static int
increment (const char *const *source, guint n)
{
  gsize a = number_start (source[n - 1]);
  gsize b = n > 1 ? number_start (source[n - 2]) : 0;

  if (n < 2 || a != b || strncmp (source[n - 1], source[n - 2], a) != 0 || source[n - 2][b] == '\0')
    return 1;
  return atoi (source[n - 1] + a) - atoi (source[n - 2] + b);
}

static char *
count_on (const char *text, int by)
{
  gsize at = number_start (text);
  int digits = strlen (text) - at;
  int number = atoi (text + at) + by;

  return number < 0 ? g_strdup (text) : g_strdup_printf ("%.*s%0*d", (int) at, text, digits, number);
}

char *
wb_grid_fill_text (const char *const *source, guint n, int step, gboolean series)
{
  const char *edge = step > 0 ? source[n - 1] : source[0];
  int place = step > 0 ? (step - 1) % (int) n : (int) n - 1 - (-step - 1) % (int) n;

  if (!series || *edge == '\0' || edge[number_start (edge)] == '\0')
    return g_strdup (source[place]);
  return count_on (edge, step * increment (source, n));
}
