// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "wb-draft.h"
#include "wb-order.h"
#include "wb-profile.h"

G_BEGIN_DECLS

/* What Pay and the one-step order share. */

/* How long a payment waits as queued, with Stop: the preference. */
guint wb_pay_delay_ms (void);

/* Asks the service once more, then journals the payment; at most one at a time for an order. What it does is
 * seen from the order, and notified as its "can-pay". */
void wb_pay_start (WbProfile *profile, WbOrder *order);
gboolean wb_pay_is_starting (WbOrder *order);
const GError *wb_pay_get_error (WbOrder *order); /* (nullable): why the last one was not written */
void wb_pay_forget_error (WbOrder *order);

/* The spending guard: (nullable) (transfer full): the sentence that asks for the sum, NULL below the guard. */
char *wb_pay_guard_dup_text (WbProfile *profile, gint64 cents);
/* An entry that enables @response of a message once the sum is typed. */
GtkWidget *wb_pay_guard_entry_new (const char *text, gint64 cents, GtkWidget *message, const char *response);
/* TRUE when @typed is the sum: "816.00", "816", "$816.00", "816,00". */
gboolean wb_pay_guard_matches (const char *typed, gint64 cents);

/* TRUE when @typed is a sum of at least @cents. */
gboolean wb_pay_guard_allows (const char *typed, gint64 cents);

/* Above the guard a one-step order is asked about first, and always where a price is missing: there the most
 * that it may cost is typed. Else @func is called at once. */
void wb_pay_confirm_one_step (GtkWindow *parent, WbProfile *profile, const char *customer, const WbCost *cost,
                              GCallback func, GObject *object);

G_END_DECLS
