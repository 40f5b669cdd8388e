// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "wb-order-step.h"
#include "wb-order.h"

G_BEGIN_DECLS

/* The wizard: not modal, one a draft. After an order was made it shows sending and tracking in the same frame. */
#define WB_TYPE_ORDER_WINDOW (wb_order_window_get_type ())
G_DECLARE_FINAL_TYPE (WbOrderWindow, wb_order_window, WB, ORDER_WINDOW, AdwWindow)

WbOrderWindow *wb_order_window_new (GtkApplication *application, WbProfile *profile, WbDraft *draft);
WbOrderWindow *wb_order_window_new_for_order (GtkApplication *application, WbProfile *profile, WbOrder *order);
WbDraft *wb_order_window_get_draft (WbOrderWindow *self);   /* (nullable) */
WbOrder *wb_order_window_get_order (WbOrderWindow *self);   /* (nullable) */
/* Makes the order of the draft: it is sent, and what becomes of it shows in place of the steps. Called by a
 * plain signal only, never by an action; once at a time. */
void wb_order_window_create (WbOrderWindow *self, gboolean confirm);
/* Shows sending, then Pay, then tracking of an order in place of the steps. */
void wb_order_window_take_order (WbOrderWindow *self, WbOrder *order);
void wb_order_window_go (WbOrderWindow *self, WbStep step, const WbProblem *problem);

/* Says it to screen readers. */
void wb_order_window_announce (WbOrderWindow *self, const char *text, gboolean alert);
/* Shows the Pay dialog for an order that can be paid; the sending button is a plain signal in it. */
void wb_pay_dialog_present (GtkWindow *parent, WbProfile *profile, WbOrder *order);

G_END_DECLS
