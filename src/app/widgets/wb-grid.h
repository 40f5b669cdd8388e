// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "wb-draft.h"
#include "wb-table.h"

G_BEGIN_DECLS

/* The mailboxes of a draft as a spreadsheet: domain, user name, first name, last name, picture. Drawn by
 * itself, for a scrolled window; all changes go to the draft as steps of undo. After the last row stands an
 * empty one: what is typed there becomes a row.
 *
 * Signals: "map-table" (text): what was pasted does not tell its columns, or the person wants to choose them;
 * "said" (text): what became of an act, for a toast. */
#define WB_TYPE_GRID (wb_grid_get_type ())
G_DECLARE_FINAL_TYPE (WbGrid, wb_grid, WB, GRID, GtkWidget)

#define WB_GRID_MAX_ROWS 2000

GtkWidget *wb_grid_new (WbDraft *draft);
/* @problems: (element-type WbProblem): of the whole draft; kept. Call it after each change of the draft. */
void wb_grid_update (WbGrid *self, GPtrArray *problems);
/* @domain: (nullable): only rows of this one */
void wb_grid_set_filter (WbGrid *self, const char *domain, gboolean only_problems);
/* Focuses a cell of the draft's row; rows that the filter hides are shown again. Returns whether it is there. */
gboolean wb_grid_show_cell (WbGrid *self, guint row, int cell);
/* Takes over what is being typed; gives it up. %FALSE when nothing is. */
/* In a narrow window what mends a fault stands below it. */
void wb_grid_set_narrow (WbGrid *self, gboolean narrow);
gboolean wb_grid_commit (WbGrid *self);
gboolean wb_grid_cancel (WbGrid *self);
/* Goes to the empty row at the end. */
void wb_grid_add_row (WbGrid *self);
/* @mapped: always ask which column is what */
void wb_grid_paste (WbGrid *self, gboolean mapped);
/* Where rows that were mapped go: after the cursor's row when it is not empty. One step of undo. */
void wb_grid_insert_rows (WbGrid *self, GPtrArray *rows);
/* The domain that new rows get: of the row above, of the filter, or the first of the draft. */
const char *wb_grid_get_default_domain (WbGrid *self);

G_END_DECLS
