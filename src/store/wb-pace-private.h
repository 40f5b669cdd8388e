// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How long the store waits before it asks again. Builds with kill points heed WAYBILL_PACE, by which every
 * wait is divided: tests do not sit through an hour of background checks. */
guint wb_pace_ms (guint ms);

G_END_DECLS
