// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Keeps the classes "dark" and "hc" on every window, which the style sheet asks for: libadwaita 1.2 has no
 * media queries. */
void wb_style_install (void);

G_END_DECLS
