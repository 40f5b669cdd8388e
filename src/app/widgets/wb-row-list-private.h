// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-row-list.h"

G_BEGIN_DECLS

/* A row: what takes the focus, and what a screen reader tells of. */
#define WB_TYPE_ROW_ITEM (wb_row_item_get_type ())
G_DECLARE_FINAL_TYPE (WbRowItem, wb_row_item, WB, ROW_ITEM, GtkWidget)

struct _WbRowItem {
  GtkWidget parent_instance;

  GtkWidget *child;
  GObject *item;  /* that it shows, NULL for none */
  guint position; /* GTK_INVALID_LIST_POSITION while it is spare */
  guint told[2];  /* position and number of rows that a screen reader was told */
  gboolean selected;
};

/* Of list "activate" with the row's position is what its "activate" leads to. */
WbRowItem *wb_row_item_new (const WbRowMaker *maker, gpointer data);
void wb_row_item_show (WbRowItem *self, GObject *item, const WbRowMaker *maker, gpointer data); /* @item: nullable */
void wb_row_item_set_selected (WbRowItem *self, gboolean selected);
gboolean wb_row_item_is_spare (WbRowItem *self);
void wb_row_item_set_place (WbRowItem *self, guint position, guint n_items);

struct _WbRowList {
  GtkWidget parent_instance;

  GtkSelectionModel *model;
  const WbRowMaker *maker;
  gpointer data;
  GtkWidget *header;         /* or NULL */
  GPtrArray *rows;           /* of WbRowItem, lent by the widget tree, in its order; spare ones last */
  GtkAdjustment *adjustments[2];
  GtkScrollablePolicy policies[2];

  int row_height;            /* 0 until one was measured */
  int header_height, height; /* height: of the rows' part */
  /* The place: the row at the upper edge, and how much of it is above that. Rows that come or go above move the
   * number, so that what is looked at stays. */
  guint first;
  double offset;
  guint wanted;              /* to scroll to once there is a size */
  guint cursor;              /* that had the focus last */
  guint from;                /* where ranges begin */
  guint pressed;             /* by the pointer */
  double pressed_y;
  gulong update_id;          /* of the frame clock, while there is one */
  gboolean sync_queued, configuring, restyled;
};

guint wb_row_list_n_rows (WbRowList *self);
guint wb_row_list_n_shown (WbRowList *self); /* as many as have room, at least one */

/* wb-row-list-rows.c */
WbRowItem *wb_row_list_find (WbRowList *self, guint position);
WbRowItem *wb_row_list_get_row (WbRowList *self, guint position); /* made where there is none */
void wb_row_list_sync (WbRowList *self);
void wb_row_list_drop_rows (WbRowList *self);
void wb_row_list_follow (WbRowList *self, guint position, guint removed, guint added);

/* wb-row-list-place.c */
void wb_row_list_set_value (WbRowList *self, double value);
double wb_row_list_get_value (WbRowList *self);
void wb_row_list_configure (WbRowList *self); /* tells the scroll bar of the place */
void wb_row_list_queue_sync (WbRowList *self); /* before the next frame is laid out */
void wb_row_list_watch_frames (WbRowList *self, gboolean watch);
void wb_row_list_on_value (WbRowList *self);

/* wb-row-list-keys.c: pointer and keys */
void wb_row_list_build_keys (WbRowList *self);

G_END_DECLS
