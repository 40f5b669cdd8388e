// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "wb-order-words.h"
#include "wb-profile.h"

G_BEGIN_DECLS

/* What stands in place of the steps once an order is sent: sending, what became of it, Pay, tracking. It
 * chooses by the order's state. Signals: "act" (int WbAct) for what concerns the draft or the window,
 * "stop" before an order is written. */
#define WB_TYPE_TRACKING_PAGE (wb_tracking_page_get_type ())
G_DECLARE_FINAL_TYPE (WbTrackingPage, wb_tracking_page, WB, TRACKING_PAGE, GtkWidget)

GtkWidget *wb_tracking_page_new (WbProfile *profile);
/* Made ready, nothing written yet. */
void wb_tracking_page_show_preparing (WbTrackingPage *self, const char *customer);
/* It could not be written. @words: (transfer full) */
void wb_tracking_page_show_words (WbTrackingPage *self, WbOrderWords *words);
/* @ask_to_pay: the Pay dialog comes by itself once it can be paid */
void wb_tracking_page_set_order (WbTrackingPage *self, WbOrder *order, gboolean ask_to_pay);

G_END_DECLS
