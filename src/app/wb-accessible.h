// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Tooltip and accessible label from one string: on GTK 4.8 a tooltip is not the name. Rows of libadwaita are
 * labelled by their titles already. */
void wb_accessible_set_name (GtkWidget *widget, const char *name);
/* @text: (nullable). GTK asks the X server where the pointer is with each tooltip that is set: lists that are
 * updated as a whole spend most of their time there unless only what is new is set. */
void wb_accessible_set_tooltip (GtkWidget *widget, const char *text);
/* The label alone, of whatever takes the focus: also in menu buttons and drop-downs. */
void wb_accessible_set_label (GtkWidget *widget, const char *name);
/* All list boxes in it: the ones inside preference groups and expander rows can have the focus and no name. That of a
 * group with a title is called so. */
void wb_accessible_name_lists (GtkWidget *root, const char *name);
/* Buttons with this icon that GTK and libadwaita make themselves, and leave without a name. */
void wb_accessible_name_icon (GtkWidget *root, const char *icon, const char *name);
/* A combo row or drop-down shows its choice as an item of a list that no key leads to. */
void wb_accessible_quiet_choice (GtkWidget *widget);
/* Buttons with an underlined letter: GTK 4.8 reads both "_Done" and "Done". */
void wb_accessible_name_mnemonics (GtkWidget *root);
/* Initials beside a name that is read anyway: screen readers pass over it. */
GtkWidget *wb_accessible_avatar_new (int size);

G_END_DECLS
