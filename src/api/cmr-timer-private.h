// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A timer that is set again and again by g_source_set_ready_time(), from its callback too; -1 is never. */
GSource *cmr_timer_new (const char *name, GSourceFunc func, gpointer data);

G_END_DECLS
