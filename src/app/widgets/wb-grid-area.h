// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The grid's arithmetic, without a widget. */
typedef struct {
  int row, column;
} WbGridCell;

/* Inclusive on all sides. */
typedef struct {
  int top, left, bottom, right;
} WbGridArea;

typedef enum {
  WB_GRID_LEFT, WB_GRID_RIGHT, WB_GRID_UP, WB_GRID_DOWN, WB_GRID_PAGE_UP, WB_GRID_PAGE_DOWN,
  WB_GRID_ROW_START, WB_GRID_ROW_END, WB_GRID_TOP, WB_GRID_BOTTOM, WB_GRID_FIRST, WB_GRID_LAST,
  WB_GRID_NEXT, WB_GRID_PREVIOUS, /* Tab: over the ends of rows */
} WbGridMove;

WbGridArea wb_grid_area (WbGridCell a, WbGridCell b);
gboolean wb_grid_area_has (const WbGridArea *area, int row, int column);
guint wb_grid_area_cells (const WbGridArea *area);

/**
 * wb_grid_move:
 * @page: rows that Page Down passes
 *
 * Returns: %FALSE when there is no such cell; @cell is as it was then
 */
gboolean wb_grid_move (WbGridCell *cell, WbGridMove move, int rows, int columns, int page);

/**
 * wb_grid_fill_target:
 *
 * What dragging the corner of @source to @to covers: it grows in one direction only, the farther one.
 */
WbGridArea wb_grid_fill_target (const WbGridArea *source, WbGridCell to);

/**
 * wb_grid_fill_text:
 * @source: (array length=n): the texts that are repeated
 * @step: 1 for the first text beyond them, 2 for the next one …; -1 and on for those before them
 * @series: counts on where a text ends in a number
 *
 * Returns: (transfer full): "sales3" after "sales1", "sales2"
 */
char *wb_grid_fill_text (const char *const *source, guint n, int step, gboolean series);

G_END_DECLS
