// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "wb-order-words.h"

G_BEGIN_DECLS

/* An order that has come to a stand: what, what it means, and the one or two things to do. Its buttons are
 * plain signals: "act" (int WbAct). */
#define WB_TYPE_ORDER_OUTCOME (wb_order_outcome_get_type ())
G_DECLARE_FINAL_TYPE (WbOrderOutcome, wb_order_outcome, WB, ORDER_OUTCOME, GtkWidget)

GtkWidget *wb_order_outcome_new (void);
/* @words: (transfer full): shown until the next call, its countdown running */
void wb_order_outcome_set (WbOrderOutcome *self, WbOrderWords *words);
/* How the Pay button reads, and why it cannot be used (NULL: it can). */
void wb_order_outcome_set_pay (WbOrderOutcome *self, const char *label, const char *why_not);
/* What stands between text and buttons; taken out when the words come without. */
void wb_order_outcome_set_extra (WbOrderOutcome *self, GtkWidget *extra);

G_END_DECLS
