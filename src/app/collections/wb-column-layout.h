// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-columns.h"

G_BEGIN_DECLS

/* Which columns a table shows, in which order and how wide: what a person chose, whatever fits. The first column is
 * not in it: it stays where it is. */
typedef struct {
  guint column;   /* of the collection's table */
  gboolean shown;
  int width;      /* at text scale 1; 0: as the table has it */
} WbColumnPlace;

/* (element-type WbColumnPlace): as the collection's table has them. */
GArray *wb_column_layout_new (const WbCollectionWords *words);
/* What was written by to_text(), of this version or another: what it does not know stands where the table has it. */
GArray *wb_column_layout_parse (const WbCollectionWords *words, const char *text);
char *wb_column_layout_to_text (const WbCollectionWords *words, GArray *layout);
void wb_column_layout_reset (const WbCollectionWords *words, GArray *layout);
/* Takes what is at @from to @to; FALSE when there is no such place, or it is the same. */
gboolean wb_column_layout_move (GArray *layout, guint from, guint to);
/* The state never leaves. */
gboolean wb_column_layout_can_hide (const WbCollectionWords *words, const WbColumnPlace *place);

/* Ticks, order and "Reset" in a popover. Changes @layout; signal "changed" after each. */
#define WB_TYPE_COLUMN_POPOVER (wb_column_popover_get_type ())
G_DECLARE_FINAL_TYPE (WbColumnPopover, wb_column_popover, WB, COLUMN_POPOVER, GtkPopover)
GtkWidget *wb_column_popover_new (const WbCollectionWords *words, GArray *layout);

G_END_DECLS
