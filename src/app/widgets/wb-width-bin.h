// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum { WB_WIDTH_NARROW, WB_WIDTH_MEDIUM, WB_WIDTH_WIDE } WbWidthClass;

/* A bin that reports fixed widths whatever its child wants, so that a child can never change a fold, and that
 * bears the CSS classes "narrow" (< 520) and "medium" (< 900) by the width it was given. Property "width-class". */
#define WB_TYPE_WIDTH_BIN (wb_width_bin_get_type ())
G_DECLARE_FINAL_TYPE (WbWidthBin, wb_width_bin, WB, WIDTH_BIN, GtkWidget)

GtkWidget *wb_width_bin_new (int min_width, int natural_width);
void wb_width_bin_set_child (WbWidthBin *self, GtkWidget *child);
WbWidthClass wb_width_bin_get_width_class (WbWidthBin *self);

G_END_DECLS
