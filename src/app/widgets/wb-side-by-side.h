// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Two children beside each other where there is room, else the second below the first. The second one is
 * at most as wide as it was told (pixels at text scale 1). */
#define WB_TYPE_SIDE_BY_SIDE (wb_side_by_side_get_type ())
G_DECLARE_FINAL_TYPE (WbSideBySide, wb_side_by_side, WB, SIDE_BY_SIDE, GtkWidget)

GtkWidget *wb_side_by_side_new (GtkWidget *first, GtkWidget *second, int second_width);

G_END_DECLS
