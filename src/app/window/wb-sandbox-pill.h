// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* "Sandbox · nothing costs money": a button of the header bar. Its popover says what is simulated and steers
 * the embedded server, in this process only: no action, no D-Bus call reaches it. */
GtkWidget *wb_sandbox_pill_new (void);
/* Words or icon alone, by the room there is. */
void wb_sandbox_pill_set_compact (GtkWidget *pill, gboolean compact);

G_END_DECLS
