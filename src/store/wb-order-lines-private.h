// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cmr-call.h"
#include "wb-order-private.h"

G_BEGIN_DECLS

/* What the service says of the lines of an order. */

/* (nullable): the mailbox of the order that a row of the customer's list is */
const WbOrderMailbox *wb_order_lines_take_mailbox (WbOrderData *data, CmrObject *row, gboolean *changed);
/* TRUE when something changed. */
gboolean wb_order_lines_take_state (WbOrderData *data, const char *word, GBytes *body);
/* Live and failed are counted, never kept apart from what they count. @final: what is not live will not be */
void wb_order_lines_recount (WbOrder *order, gboolean final);
gboolean wb_order_lines_is_final (const char *word);

/* Ends the order if its state and mailboxes say so. @all: the list has every one as live; @whole: it was read to its
 * end. TRUE when it is followed no more. */
gboolean wb_orders_end (WbOrders *self, WbOrder *order, gboolean all, gboolean whole);

G_END_DECLS
