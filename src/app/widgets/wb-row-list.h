// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A list of rows of one height that makes only those that are on the screen, and keeps them when others are to be shown:
 * GtkListView and GtkColumnView of GTK 4.8 hold 205 rows whatever can be seen, make them anew when a search finds few or
 * many, and bind them all at each jump. Scrolls vertically; a header stays above the rows. */
#define WB_TYPE_ROW_LIST (wb_row_list_get_type ())
G_DECLARE_FINAL_TYPE (WbRowList, wb_row_list, WB, ROW_LIST, GtkWidget)

/* How rows are made: once, and bound to item after item.
 * make: (transfer floating): what lies in a row; @row has a property "selected"
 * bind: shows @item in what was made
 * unbind: it is about to show another, or none */
typedef struct {
  GtkWidget *(*make) (GObject *row, gpointer data);
  void (*bind) (GtkWidget *child, gpointer item, gpointer data);
  void (*unbind) (GtkWidget *child, gpointer data);
} WbRowMaker;

/* Signals: "activate" (guint position), by a double click or Enter. */
GtkWidget *wb_row_list_new (void);
/* @model: (nullable): NULL lets go of all rows */
void wb_row_list_set_model (WbRowList *self, GtkSelectionModel *model);
/* Rows are made anew; what is on the screen stays there. @maker and @data must outlive the list's model. */
void wb_row_list_set_maker (WbRowList *self, const WbRowMaker *maker, gpointer data);
/* @header: (transfer floating): above the rows, does not scroll */
void wb_row_list_set_header (WbRowList *self, GtkWidget *header);
/* What lies in the rows is to be placed anew, or to be bound anew. */
void wb_row_list_lay_out (WbRowList *self);
void wb_row_list_bind_again (WbRowList *self);

/* No further than is needed to have the row wholly on the screen; at once, or with the first size of the list. */
void wb_row_list_scroll_to (WbRowList *self, guint position);
/* As a click does: it alone, or with @extend all from where one clicked before, or with @toggle it as well. */
void wb_row_list_select (WbRowList *self, guint position, gboolean toggle, gboolean extend);
/* Scrolls to it as well. Returns: FALSE where there is no such row. */
gboolean wb_row_list_focus (WbRowList *self, guint position);
/* GTK_INVALID_LIST_POSITION where no row is. */
guint wb_row_list_position_at (WbRowList *self, double y);
/* Of a row that has been laid out, in the list's coordinates. */
gboolean wb_row_list_row_bounds (WbRowList *self, guint position, GdkRectangle *bounds);
guint wb_row_list_first_shown (WbRowList *self);

G_END_DECLS
