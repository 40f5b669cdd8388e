// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-operation.h"

G_BEGIN_DECLS

/* What a person reads; one table in `app` gives word, icon and colour. */
typedef enum {
  WB_ORDER_DRAFT,
  WB_ORDER_CREATING,
  WB_ORDER_MAY_EXIST,   /* create got no answer: unknown, free */
  WB_ORDER_NOT_PAID,    /* made, not paid */
  WB_ORDER_CANNOT_PAY,  /* made, process_order is not on this path */
  WB_ORDER_PAYING,
  WB_ORDER_BEING_MADE,
  WB_ORDER_PARTLY,      /* final: some live, some failed */
  WB_ORDER_LIVE,
  WB_ORDER_FAILED,
  WB_ORDER_UNKNOWN,     /* a paid request got no answer */
  WB_ORDER_CANCELLED,
  WB_ORDER_SLOW,        /* being made, nothing changed for 15 minutes */
} WbOrderState;

const char *wb_order_state_word (WbOrderState state); /* "draft", "not-paid" … as in the journal and the chips */

/* One line of an order; live values come from the server, matched by lower-cased address within the customer. */
typedef struct {
  char *address, *user_name, *first_name, *last_name;
  char *blob;      /* (nullable): sha256 of the made JPEG */
  char *state;     /* the API's word, "" = ordered */
  char *reason;    /* the service's text, "" = none */
} WbOrderMailbox;

typedef struct {
  char *domain;
  guint years;
  char *state;     /* the API's word */
  char *reason;
  gint64 cents;    /* price asked when ordered, CMR_MONEY_UNKNOWN */
  gboolean mailboxes_failed; /* bought and paid, its mailboxes were not made */
  gboolean left_out;         /* unavailableDomains */
  guint live, failed;
  GPtrArray *mailboxes;      /* of WbOrderMailbox */
} WbOrderDomain;

/* Properties, notified: "state" "server-state" "live" "failed" "lines" (after any change of lines)
 * "asked-at" (wall) "next-ask" (monotonic) "wallet-before" "wallet-now" "taken" "create-operation" "pay-operation"
 * "can-pay". */
G_DECLARE_FINAL_TYPE (WbOrder, wb_order, WB, ORDER, GObject)

const char *wb_order_get_id (WbOrder *self);            /* ours */
const char *wb_order_get_order_id (WbOrder *self);      /* the service's, "" before it is known */
const char *wb_order_get_draft (WbOrder *self);
const char *wb_order_get_customer_id (WbOrder *self);
const char *wb_order_get_customer_name (WbOrder *self);
const char *wb_order_get_provider (WbOrder *self);
WbOrderState wb_order_get_state (WbOrder *self);
const char *wb_order_get_server_state (WbOrder *self);
guint wb_order_get_n_mailboxes (WbOrder *self);
guint wb_order_get_n_pictures (WbOrder *self);
guint64 wb_order_get_upload_bytes (WbOrder *self);
guint wb_order_get_live (WbOrder *self);
guint wb_order_get_failed (WbOrder *self);
GPtrArray *wb_order_get_lines (WbOrder *self);          /* of WbOrderDomain, lent */
gint64 wb_order_get_about_cents (WbOrder *self);        /* worked out from asked prices */
gint64 wb_order_get_monthly_cents (WbOrder *self);
gint64 wb_order_get_wallet_before (WbOrder *self);
gint64 wb_order_get_wallet_now (WbOrder *self);
gint64 wb_order_get_taken (WbOrder *self);              /* CMR_MONEY_UNKNOWN while not proved */
gboolean wb_order_get_wallet_shared (WbOrder *self);    /* other operations moved the wallet meanwhile */
gint64 wb_order_get_created (WbOrder *self);
gint64 wb_order_get_paid_at (WbOrder *self);
gint64 wb_order_get_asked_at (WbOrder *self);
gint64 wb_order_get_next_ask (WbOrder *self);
WbOperation *wb_order_get_create_operation (WbOrder *self); /* (nullable) */
WbOperation *wb_order_get_pay_operation (WbOrder *self);    /* (nullable) */
gboolean wb_order_can_pay (WbOrder *self); /* created, state and wallet read since, wallet unmoved */
gboolean wb_order_is_reading_back (WbOrder *self); /* its state and wallet are being read; notified as "can-pay" */
gboolean wb_order_confirm_ignored (WbOrder *self); /* the service charged at create */

/* Makes, pays and follows orders; they outlive windows. Signals: "changed" (WbOrder), "finished" (WbOrder).
 * Properties: "n-followed" (orders that are asked about until they have ended), "n-open" (those, and all else that
 * must not be cut: what is being ordered or paid and not journalled yet, ends whose wallet is being read). */
G_DECLARE_FINAL_TYPE (WbOrders, wb_orders, WB, ORDERS, GObject)

/**
 * wb_orders_create_async:
 *
 * Freezes the draft into one request (create_order_multipart with pictures or masked forwarding, else
 * create_order_json), reads the wallet, sends it, then reads the order's state and the wallet. Finish
 * returns as soon as the order is journalled; watch its state. @confirm pays in the same request.
 * Cancelling stops it as long as nothing is journalled; afterwards wb_outbox_stop() does.
 */
void wb_orders_create_async (WbOrders *self, WbDraft *draft, gboolean confirm, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
WbOrder *wb_orders_create_finish (WbOrders *self, GAsyncResult *result, GError **error);
/* The same in one step, @confirm TRUE: the request waits @delay_ms as queued before it leaves. */
void wb_orders_create_paid_async (WbOrders *self, WbDraft *draft, guint delay_ms, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
/* Whether the draft goes as a form with pictures (or masked forwarding), else as JSON. */
gboolean wb_order_form_is_multipart (WbDraft *draft);

/* The server is asked for names, addresses and the order's own state before paying; then process_order
 * is journalled with the delay. Errors: CMR_ERROR_CONFLICT when it is paid already or a colleague was quicker. */
void wb_orders_pay_async (WbOrders *self, WbOrder *order, guint delay_ms, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data);
WbOperation *wb_orders_pay_finish (WbOrders *self, GAsyncResult *result, GError **error);

void wb_orders_load_async (WbOrders *self, const char *id, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data); /* by our id or the service's */
WbOrder *wb_orders_load_finish (WbOrders *self, GAsyncResult *result, GError **error);
void wb_orders_add_by_id_async (WbOrders *self, const char *customer_id, const char *order_id,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
WbOrder *wb_orders_add_by_id_finish (WbOrders *self, GAsyncResult *result, GError **error);
void wb_orders_ask_now (WbOrders *self, WbOrder *order);

/* Orders of the last 24 h with the same fingerprint, over all profiles on this host, and overlapping ones. */
typedef struct { char *order; char *profile_name; gint64 time; gboolean equal; } WbTwin;
void wb_orders_find_twins_async (WbOrders *self, WbDraft *draft, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *wb_orders_find_twins_finish (WbOrders *self, GAsyncResult *result, GError **error);

/* The checks of Review that need the server: right customer, names free and not ours yet, prices, workspace,
 * addresses not among the customer's mailboxes, wallet. A failed read is a finding of its own, never a pass. */
typedef enum {
  WB_CHECK_CUSTOMER, WB_CHECK_NAMES, WB_CHECK_WORKSPACE, WB_CHECK_ADDRESSES, WB_CHECK_TWINS, WB_CHECK_WALLET,
  WB_N_CHECKS,
} WbCheckKind;
typedef enum { WB_CHECK_OK, WB_CHECK_WARNING, WB_CHECK_ERROR, WB_CHECK_NOT_READ } WbCheckResult;
typedef struct {
  WbCheckKind kind;
  WbCheckResult result;
  char **names;     /* what it is about: domains, addresses, an order */
  gint64 cents;     /* wallet: what is missing; names: new price */
  gint64 asked_at;
} WbCheck;
void wb_orders_check_async (WbOrders *self, WbDraft *draft, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *wb_orders_check_finish (WbOrders *self, GAsyncResult *result, GError **error); /* of WbCheck, one per kind */

G_END_DECLS
