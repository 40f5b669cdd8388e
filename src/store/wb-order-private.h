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
gpointer wb_order_save_job (sqlite3 *db, gpointer data, GError **error);
gpointer wb_order_load_job (sqlite3 *db, gpointer id, GError **error);          /* WbOrderData, by our id or the service's */
gpointer wb_order_load_open_job (sqlite3 *db, gpointer unused, GError **error); /* GPtrArray of WbOrderData */

/* The form as the seed has it, or JSON where nothing needs the form. */
WbRequest *wb_order_form_new (WbDraft *draft, gboolean confirm);
WbOrderData *wb_order_form_describe (WbDraft *draft, gboolean confirm);

/* Saves, tells lists and windows. */
void wb_orders_save (WbOrders *self, WbOrder *order);
/* Reads state and wallet of a made order; afterwards it can be paid, or is tracked as paid. */
void wb_orders_read_back (WbOrders *self, WbOrder *order);
/* Begins to follow an order whose payment was accepted. */
void wb_orders_track (WbOrders *self, WbOrder *order);
void wb_orders_watch_operation (WbOrders *self, WbOrder *order, WbOperation *operation);
/* Whether another paid operation ran between this order's creation and now: then the wallet proves nothing. */
gboolean wb_orders_wallet_is_shared (WbOrders *self, WbOrder *order);
/* Lower-case names of all that a customer has on the server, page by page: of CMR_OP_LIST_DOMAINS the domains,
 * of CMR_OP_LIST_MAILBOXES the addresses. Not for a closed profile. */
void wb_orders_read_owned_async (WbOrders *self, CmrOp op, const char *customer_id, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
GHashTable *wb_orders_read_owned_finish (WbOrders *self, GAsyncResult *result, GError **error);
void wb_orders_emit_finished (WbOrders *self, WbOrder *order);

G_END_DECLS
