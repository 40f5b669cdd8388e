// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Two ways in: the built-in sandbox, or a key. */
#define WB_TYPE_FIRST_RUN (wb_first_run_get_type ())
G_DECLARE_FINAL_TYPE (WbFirstRun, wb_first_run, WB, FIRST_RUN, GtkWidget)

GtkWidget *wb_first_run_new (void);

G_END_DECLS
