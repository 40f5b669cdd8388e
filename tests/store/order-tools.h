// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cmr-error.h"
#include "draft-tools.h"
#include "wb-order.h"
#include "wb-outbox.h"

G_BEGIN_DECLS

/* What the tests of money share: calls that wait, and the journal as it lies on the disk. */

/* Waits of the store are divided by this; before anything else in main (). */
void money_test_init (int *argc, char ***argv);

WbOrders *store_orders (Store *store);
WbOutbox *store_outbox (Store *store);
/* Without pictures: goes as JSON. */
WbDraft *order_draft (Store *store, const char *domains);
WbOrder *order_try_create (Store *store, WbDraft *draft, gboolean confirm, GError **error);
WbOrder *order_create (Store *store, WbDraft *draft, gboolean confirm);
/* Created, and state and wallet read back. */
WbOrder *order_unpaid (Store *store, const char *domains);
WbOperation *order_try_pay (Store *store, WbOrder *order, guint delay_ms, GError **error);
WbOperation *order_pay (Store *store, WbOrder *order);
void order_wait (WbOrder *order, WbOrderState state);
void order_wait_can_pay (WbOrder *order);
void order_wait_quiet (WbOrder *order); /* nothing is read back any more */
WbOrder *order_load (Store *store, const char *id);
/* Gives it back; the outbox, orders and journal keep what they need. */
void order_drop (WbOrder *order);

WbOperation *operation_submit (Store *store, WbRequest *request, GError **error);
WbOperation *operation_load (Store *store, const char *id);
void operation_wait (WbOperation *operation, WbState state);
WbEvidence *operation_check (Store *store, WbOperation *operation);
WbOperation *operation_again (Store *store, WbOperation *operation, GError **error);
char *operation_curl (Store *store, WbOperation *operation);
/* A free write that may be repeated: the customer's own data, or a new one of the name. */
WbRequest *request_update (Store *store, const char *city);
WbRequest *request_customer (const char *email);

/* The first value of a query on journal.db, read by a connection of its own. */
char *journal_text (Store *store, const char *sql);
gint64 journal_int (Store *store, const char *sql);
char *journal_path (Store *store);

/* Every byte of every file under @path, or of that file: aborts where @what is in one. Returns how many there were. */
guint store_search (const char *path, const char *what);

G_END_DECLS
