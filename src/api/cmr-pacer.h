// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cmr-call.h"

G_BEGIN_DECLS

/* Hands out turns: one per (host, key) for all clients of the process. Capacity 1, 250 ms apart; after
 * a 429 the rate halves and climbs back; a paid request goes only when a second has passed since the
 * last 429; background work takes at most half of the turns and none while it is held. */
#define CMR_TYPE_PACER (cmr_pacer_get_type ())
G_DECLARE_FINAL_TYPE (CmrPacer, cmr_pacer, CMR, PACER, GObject)

CmrPacer *cmr_pacer_get (const char *origin, const char *key);
CmrPacer *cmr_pacer_new (void);
/* @per_second: 1 to 4; 0 takes the pace away (loopback benchmarks and tests only). */
void cmr_pacer_set_rate (CmrPacer *self, double per_second);
void cmr_pacer_turn_async (CmrPacer *self, CmrPriority priority, gboolean paid,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean cmr_pacer_turn_finish (CmrPacer *self, GAsyncResult *result, GError **error);
/* Those who wait with this @cancellable wait at @priority from now on, if they were behind it. */
void cmr_pacer_raise (CmrPacer *self, GCancellable *cancellable, CmrPriority priority);
void cmr_pacer_busy (CmrPacer *self, guint retry_after_ms); /* a 429 or 503 came */
void cmr_pacer_hold_background (CmrPacer *self);            /* counted */
void cmr_pacer_release_background (CmrPacer *self);
gint64 cmr_pacer_get_paused_until (CmrPacer *self);         /* monotonic microseconds, 0 = not paused */
guint cmr_pacer_get_waiting (CmrPacer *self);

G_END_DECLS
