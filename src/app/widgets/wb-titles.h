// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The titles above a table's columns, and how wide those are: the first takes what the others leave. A click sorts, up,
 * then down, then as it was; the edge before a column widens it.
 *
 * Signals: "sorted" (int column or -1, gboolean descending), by whomever; "resized" (guint column, int width), by a
 * person; "laid-out" (gboolean others), when columns are to be placed anew, and whether others are
 * shown. */
#define WB_TYPE_TITLES (wb_titles_get_type ())
G_DECLARE_FINAL_TYPE (WbTitles, wb_titles, WB, TITLES, GtkWidget)

GtkWidget *wb_titles_new (void);
/* @at_end: where numbers stand
 * @menu: (nullable): of a right click
 * Columns are numbered as they are added, whatever their order. */
void wb_titles_add (WbTitles *self, const char *title, gboolean at_end, GMenuModel *menu);
/* @order: of all columns */
void wb_titles_set_order (WbTitles *self, const guint *order);
void wb_titles_set_column (WbTitles *self, guint column, gboolean shown, int width);
guint wb_titles_get_at (WbTitles *self, guint place);
gboolean wb_titles_is_shown (WbTitles *self, guint column);
int wb_titles_get_width (WbTitles *self, guint column); /* as set */
/* Where a column is, from the left whatever the direction of writing, in a table of @width. */
void wb_titles_get_span (WbTitles *self, guint column, int width, int *x, int *column_width);
/* @column: -1: in the list's own order. Nothing happens where it is sorted that way. */
void wb_titles_sort (WbTitles *self, int column, gboolean descending);
/* What a click on it does. */
void wb_titles_click (WbTitles *self, guint column);
/* As a person who pulls at its edge does. */
void wb_titles_resize (WbTitles *self, guint column, int width);

G_END_DECLS
