// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * wb_icon_picture_snapshot:
 * @widget: who draws
 * @snapshot: its snapshot; the icon's upper left corner lies at its origin
 * @icon: name of a symbolic icon
 * @size: in pixels of @widget
 * @colour: of the icon
 *
 * Draws an icon that many rows of a list show: it is coloured once, not in each frame, which takes a renderer without a
 * graphics card longer than the text beside it.
 */
void wb_icon_picture_snapshot (GtkWidget *widget, GtkSnapshot *snapshot, const char *icon, int size, const GdkRGBA *colour);

G_END_DECLS
