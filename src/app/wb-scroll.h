// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Scrolls what holds @child until all of it is seen, once it has been laid out. */
void wb_scroll_to (GtkWidget *child);

G_END_DECLS
