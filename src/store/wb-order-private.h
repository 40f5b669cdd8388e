// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-draft.h"
#include "wb-journal-private.h"
#include "wb-operation-private.h"
#include "wb-order.h"

G_BEGIN_DECLS

WbOrders *wb_orders_new (WbProfile *profile);
/* Follows again what was unfinished. */
void wb_orders_start (WbOrders *self);
void wb_orders_stop (WbOrders *self);
WbProfile *wb_orders_get_profile (WbOrders *self); /* NULL once stopped */
GCancellable *wb_orders_get_cancellable (WbOrders *self);

/* Everything an order knows; the journal's row and lines. */
typedef struct {
  char *id, *order_id, *draft, *customer_id, *customer, *provider, *server_state, *fingerprint, *host;
  WbOrderState state;
  guint n_mailboxes, n_pictures, live, failed;
  guint64 upload_bytes;
  gint64 about, monthly, taken, wallet_before, wallet_now, created, paid_at, asked_at, changed_at;
  gboolean wallet_shared, confirm, confirm_ignored, read_back;
  GPtrArray *lines; /* of WbOrderDomain */
} WbOrderData;

WbOrderData *wb_order_data_new (void);
WbOrderData *wb_order_data_copy (const WbOrderData *data);
void wb_order_data_free (WbOrderData *data);
GPtrArray *wb_order_lines_new (void);
void wb_order_mailbox_free (gpointer mailbox);

WbOrder *wb_order_new (WbOrderData *data); /* takes it over */
WbOrderData *wb_order_get_data (WbOrder *self);
void wb_order_set_state (WbOrder *self, WbOrderState state);
void wb_order_set_next_ask (WbOrder *self, gint64 next_ask);
void wb_order_set_operations (WbOrder *self, WbOperation *create, WbOperation *pay);
void wb_order_set_reading_back (WbOrder *self, gboolean reading);
void wb_order_touch (WbOrder *self, const char *property); /* its data changed: notify */

/* Jobs: the row with its lines. */
gpointer wb_order_insert_job (sqlite3 *db, gpointer data,
                              GError **error); /* the first time: CMR_ERROR_CONFLICT when the draft was ordered */
gpointer wb_order_save_job (sqlite3 *db, gpointer data, GError **error);
typedef struct {
  GPtrArray *orders;     /* of WbOrderData, owned */
  GPtrArray *operations; /* of WbRecord, owned: all of those orders */
} WbOrderFound;
gpointer wb_order_find_job (sqlite3 *db, gpointer id, GError **error);
void wb_order_found_free (WbOrderFound *self);

/* The form as the seed has it, or JSON where nothing needs the form. */
WbRequest *wb_order_form_new (WbDraft *draft, gboolean confirm);
WbOrderData *wb_order_form_describe (WbDraft *draft, gboolean confirm);

WbOrder *wb_orders_peek (WbOrders *self, const char *id); /* (nullable): by our id, if it is in memory */
WbOrder *wb_orders_adopt (WbOrders *self, WbOrderData *data); /* takes it over; the living one if there is */
void wb_orders_forget (WbOrders *self, WbOrder *order); /* it never came to be */
WbOrder *wb_orders_take_found (WbOrders *self, WbOrderFound *found);
gboolean wb_orders_begin_making (WbOrders *self, const char *draft); /* FALSE: it is being ordered */
void wb_orders_end_making (WbOrders *self, const char *draft);
/* What must not be cut begins and ends. */
void wb_orders_hold (WbOrders *self);
void wb_orders_release (WbOrders *self);
void wb_orders_note_followed (WbOrders *self, int change);
/* One poll a second over all orders: 0 and the turn is taken, else in how many ms to ask anew. */
guint wb_orders_take_turn (WbOrders *self);

/* Saves, tells lists and windows. */
void wb_orders_save (WbOrders *self, WbOrder *order);
/* Lower-case names of all that a customer has on the server, page by page: of CMR_OP_LIST_DOMAINS the domains,
 * of CMR_OP_LIST_MAILBOXES the addresses. Not for a closed profile. */
void wb_orders_read_owned_async (WbOrders *self, CmrOp op, const char *customer_id, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
GHashTable *wb_orders_read_owned_finish (WbOrders *self, GAsyncResult *result, GError **error);
void wb_orders_emit_finished (WbOrders *self, WbOrder *order);
/* Of the outbox's "changed". */
void wb_orders_on_operation (WbOutbox *outbox, WbOperation *operation, WbOrders *self);

/* Names of the order that the customer has already. */
void wb_orders_ask_names_async (WbOrders *self, const WbOrderData *data, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *wb_orders_ask_names_finish (WbOrders *self, GAsyncResult *result, GError **error);
void wb_orders_others_async (WbOrders *self, WbOrder *order, GAsyncReadyCallback callback, gpointer user_data);
gboolean wb_orders_others_finish (GAsyncResult *result, GError **error);

/* Reads state and wallet of a made order; afterwards it can be paid, or is tracked as paid. */
void wb_orders_read_back_async (WbOrders *self, WbOrder *order, GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean wb_orders_read_back_finish (WbOrders *self, GAsyncResult *result, GError **error);
/* The same by itself, until it was read. */
void wb_orders_read_back (WbOrders *self, WbOrder *order);
void wb_orders_forget_retry (WbOrder *order);
/* It is paid: being made from now on, and followed. */
void wb_orders_track (WbOrders *self, WbOrder *order);
/* Polls it, whatever is said of it so far. */
void wb_orders_follow (WbOrders *self, WbOrder *order);
void wb_orders_unfollow (WbOrder *order);

G_END_DECLS
