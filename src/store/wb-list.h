// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-sync.h"

G_BEGIN_DECLS

/* A row is valid only while bound: never kept or passed on. */
G_DECLARE_FINAL_TYPE (WbRow, wb_row, WB, ROW, GObject)
gint64 wb_row_get_rowid (WbRow *self);
const char *wb_row_get_id (WbRow *self);
gboolean wb_row_is_placeholder (WbRow *self);
/* Columns of the collection's view by name; text is lent and "" when absent. */
const char *wb_row_get_text (WbRow *self, const char *column);
gint64 wb_row_get_int (WbRow *self, const char *column); /* CMR_MONEY_UNKNOWN when absent */

/* Columns of the views: see wb-views.h, the one table of them (name, kind, sortable, searchable).
 *  orders: id kind(draft|order) customer customer-id domains(text "a and 2 more") mailboxes state live failed cents(taken) about-cents made order-id
 *  activity: id op customer customer-id target order state reason cents paid created updated made-id detail
 *  customers: id name email company domains mailboxes monthly-cents next-renewal orders last-order created
 *  domains: id name customer customer-id state expires auto-renew mailboxes provider created
 *  mailboxes: id name address customer customer-id state provider domain picture(1 = has one) created
 *  subscriptions: id domain customer customer-id state mailboxes price-cents(each) monthly-cents due auto-renew provider
 * Chips: orders all needs-you in-progress drafts live failed; activity all unknown failed running waiting paid;
 * customers all; domains all active expiring grace expired auto-renew-off; mailboxes all live being-made failed
 * expired no-picture; subscriptions all active overdue due auto-renew-off ended. */

/* GListModel of WbRow over a query; rows come on demand, 256 slots at the head keep their objects.
 * Properties: "n-items", "loading", "total" (rows without search and chip, -1: not known yet). Signal "counts-changed". */
G_DECLARE_FINAL_TYPE (WbListModel, wb_list_model, WB, LIST_MODEL, GObject)
WbListModel *wb_list_model_new (WbProfile *profile, WbCollection collection);
WbCollection wb_list_model_get_collection (WbListModel *self);
void wb_list_model_set_search (WbListModel *self, const char *text);
void wb_list_model_set_filters (WbListModel *self, const char *const *terms);
void wb_list_model_prepare_search (WbListModel *self, gboolean soon);
void wb_list_model_set_chip (WbListModel *self, const char *chip);
void wb_list_model_set_customer (WbListModel *self, const char *customer_id);
void wb_list_model_set_sort (WbListModel *self, const char *column, gboolean descending); /* NULL restores */
gint64 wb_list_model_get_count (WbListModel *self, const char *chip);  /* -1 = not known yet */
gint64 wb_list_model_get_total (WbListModel *self);
typedef struct {
  char *text; /* "": none */
  gint64 n_rows;
} WbListValue;

void wb_list_model_values_async (WbListModel *self, const char *column, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *wb_list_model_values_finish (WbListModel *self, GAsyncResult *result, GError **error);

/* Position of a row by id, or -1; cheap (from the id array). */
gint64 wb_list_model_find (WbListModel *self, gint64 rowid);
/* Returns: the number of the row with that id, -1 when there is none */
void wb_list_model_find_id_async (WbListModel *model, const char *id, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
gint64 wb_list_model_find_id_finish (WbListModel *model, GAsyncResult *result, GError **error);
gint64 wb_list_model_get_rowid (WbListModel *self, guint position);
const guint32 *wb_list_model_peek_rowids (WbListModel *self);
/* Whether what is shown is all that was found for what was last asked; until then rows may be missing. */
gboolean wb_list_model_is_whole (WbListModel *self);
/* Whether the stores have nothing newer, as far as has been told: until then "total" may be of before. */
gboolean wb_list_model_is_settled (WbListModel *self);

/**
 * wb_list_model_get_arrived:
 *
 * Returns: how many rows above @before the last reading brought that the one before did not have. 0 when another
 *   question was asked; -1 when so much differed that the rows did not keep their objects (then a view loses its place)
 */
int wb_list_model_get_arrived (WbListModel *self, guint before);

/* How many rows a list has, and how many of them a chip holds, without reading them. Signal "changed". */
#define WB_TYPE_LIST_COUNTS (wb_list_counts_get_type ())
G_DECLARE_FINAL_TYPE (WbListCounts, wb_list_counts, WB, LIST_COUNTS, GObject)
WbListCounts *wb_list_counts_new (WbProfile *profile, WbCollection collection, const char *chip);
gint64 wb_list_counts_get_total (WbListCounts *self); /* -1 = not known yet */
gint64 wb_list_counts_get_count (WbListCounts *self); /* of the chip */

/* In a thread: goes on while it returns TRUE. @row is the same object for all, lent; NULL after the last one. */
typedef gboolean (*WbListVisit) (WbRow *row, gpointer data, GError **error);
void wb_list_walk_async (WbProfile *profile, WbCollection collection, GArray *rowids, WbListVisit visit, gpointer data,
                         GDestroyNotify free_data, GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data);
gboolean wb_list_walk_finish (GAsyncResult *result, GError **error);

G_END_DECLS
