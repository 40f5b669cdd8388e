// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Tooltip and accessible label from one string: on GTK 4.8 a tooltip is not the name. */
void wb_accessible_set_name (GtkWidget *widget, const char *name);
/* @text: (nullable). GTK asks the X server where the pointer is with each tooltip that is set: lists that are
 * updated as a whole spend most of their time there unless only what is new is set. */
void wb_accessible_set_tooltip (GtkWidget *widget, const char *text);
/* Initials beside a name that is read anyway: screen readers pass over it. */
GtkWidget *wb_accessible_avatar_new (int size);

G_END_DECLS
