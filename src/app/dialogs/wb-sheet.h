// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A modal window over another: header, and a form that scrolls. Esc closes it. */
GtkWidget *wb_sheet_new (GtkWindow *parent, const char *title, int width, int height, GtkWidget *form, AdwHeaderBar **header);
/* What is always seen below the form: how it went, and its buttons. */
void wb_sheet_set_foot (GtkWidget *sheet, GtkWidget *foot);
/* The safe one has the focus; a sheet asks before Esc or Close throws away what was typed.
 * @is_changed: whether something was typed */
void wb_sheet_guard (GtkWidget *sheet, gboolean (*is_changed) (gpointer data), gpointer data);
/* Closes without asking. */
void wb_sheet_done (GtkWidget *sheet);

G_END_DECLS
