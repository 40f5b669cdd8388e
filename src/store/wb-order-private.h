// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-journal-private.h"
#include "wb-order.h"

G_BEGIN_DECLS

WbOrders *wb_orders_new (WbProfile *profile);
/* Follows again what was unfinished. */
void wb_orders_start (WbOrders *self);
void wb_orders_stop (WbOrders *self);

G_END_DECLS
