// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "wb-faces.h"
#include "wb-order.h"
#include "wb-profile.h"

G_BEGIN_DECLS

/* The parts of tracking. Each follows the order by itself as long as it lives. */

/* Ring, sentence, a card with one part a domain. */
GtkWidget *wb_tracking_lines_new (WbProfile *profile, WbOrder *order);
/* Order id, when asked and when next, stages, wallet. */
GtkWidget *wb_tracking_side_new (WbProfile *profile, WbOrder *order);

/* One domain of an order: bar, state, its mailboxes; made once, then updated in place. */
#define WB_TYPE_TRACKING_DOMAIN (wb_tracking_domain_get_type ())
G_DECLARE_FINAL_TYPE (WbTrackingDomain, wb_tracking_domain, WB, TRACKING_DOMAIN, GtkWidget)
/* @line: lives as long as the order; @open: its mailboxes are shown at once */
GtkWidget *wb_tracking_domain_new (WbFaces *faces, const WbOrderDomain *line, gboolean open);
void wb_tracking_domain_update (WbTrackingDomain *self);

G_END_DECLS
