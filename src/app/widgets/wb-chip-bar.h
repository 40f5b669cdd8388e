// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Grouped toggle chips with live counts; one Tab stop, arrows inside. Signal "selected" (name). */
#define WB_TYPE_CHIP_BAR (wb_chip_bar_get_type ())
G_DECLARE_FINAL_TYPE (WbChipBar, wb_chip_bar, WB, CHIP_BAR, GtkWidget)

GtkWidget *wb_chip_bar_new (void);
void wb_chip_bar_add (WbChipBar *self, const char *name, const char *title);
void wb_chip_bar_set_count (WbChipBar *self, const char *name, gint64 count); /* -1: none shown */
void wb_chip_bar_select (WbChipBar *self, const char *name);
const char *wb_chip_bar_get_selected (WbChipBar *self);

G_END_DECLS
