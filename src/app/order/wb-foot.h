// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The counts at the left of the wizard's foot: icon and words in the colour of a state. */

/* @state: "success", "warning", "error", "unknown" or ""; @text: (transfer full): with @n in it; a narrow window
 * shows @n alone */
void wb_foot_add (GtkBox *foot, const char *state, const char *icon, guint n, char *text);
/* "Next problem F8" */
void wb_foot_add_next_problem (GtkBox *foot);

G_END_DECLS
