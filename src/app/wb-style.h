// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* libadwaita puts an empty theme in place of GTK's own, which GTK would have read by then, for nothing. From the first
 * call to the second GTK is told of the empty one: before any thread, and when there is a display. Who has set GTK_THEME
 * gets what is wanted. */
void wb_style_leave_out_theme (void);
void wb_style_theme_left_out (void);

/* Keeps the classes "dark" and "hc" on every window, which the style sheet asks for: libadwaita 1.2 has no
 * media queries. */
void wb_style_install (void);

G_END_DECLS
