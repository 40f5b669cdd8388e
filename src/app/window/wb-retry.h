// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-profile.h"

G_BEGIN_DECLS

/* Asks again by itself after the service was not reached, answered with an error or asked for a pause: a read
 * of the wallet after 30 s and not before that pause is over, then less and less often. Signals: "changed" (each second while one is to come, and when it
 * is no longer), "recovered" (it answers again). One a profile. */
#define WB_TYPE_RETRY (wb_retry_get_type ())
G_DECLARE_FINAL_TYPE (WbRetry, wb_retry, WB, RETRY, GObject)

/* Lent; made on first use, and gone with the profile. */
WbRetry *wb_retry_of (WbProfile *profile);
/* Seconds until it asks again; 0 when nothing is planned. */
guint wb_retry_get_left (WbRetry *self);
void wb_retry_now (WbRetry *self);

G_END_DECLS
