// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-columns.h"
#include "wb-row-list.h"
#include "wb-titles.h"

G_BEGIN_DECLS

/* The rows of a table: a cell below each of the titles. What is given is lent, and must outlive it. */
typedef struct _WbCells WbCells;
WbCells *wb_cells_new (const WbCollectionWords *words, WbTitles *titles, WbRowSelection *selection);
void wb_cells_free (WbCells *self);
/* Its data is a WbCells. */
extern const WbRowMaker wb_cells_maker;

/* Rows of three lines, where a table has no room. */
typedef struct _WbLines WbLines;
WbLines *wb_lines_new (const WbCollectionWords *words, WbRowSelection *selection);
void wb_lines_free (WbLines *self);
/* Where there is very little room state, facts and sum stand below each other. Rows that are bound are not told. */
void wb_lines_set_tight (WbLines *self, gboolean tight);
extern const WbRowMaker wb_lines_maker;

G_END_DECLS
