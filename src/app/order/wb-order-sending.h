// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "wb-order.h"

G_BEGIN_DECLS

/* While an order is sent or paid: its stages, a bar in bytes, and Stop until the last byte. Signal "stop". */
#define WB_TYPE_ORDER_SENDING (wb_order_sending_get_type ())
G_DECLARE_FINAL_TYPE (WbOrderSending, wb_order_sending, WB, ORDER_SENDING, GtkWidget)

GtkWidget *wb_order_sending_new (void);
/* @order: (nullable): NULL while it is made ready, before anything is written
 * @operation: (nullable): what is under way; NULL while the service is asked before it */
void wb_order_sending_set (WbOrderSending *self, const char *customer, WbOrder *order, WbOperation *operation, gboolean paying);

G_END_DECLS
