// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Widgets that cost nothing before they are looked at: what stands in a window is styled and measured whether anybody
 * sees it or not. */

/**
 * wb_lazy_menu:
 * @menu: what it shows; may change until then
 *
 * As gtk_menu_button_set_menu_model(), the popover made anew each time that it is opened.
 */
void wb_lazy_menu (GtkMenuButton *button, GMenuModel *menu);

/**
 * wb_lazy_show:
 * @stack: pages of it that were never shown may be invisible
 *
 * As gtk_stack_set_visible_child_name(), the page being made visible first.
 */
void wb_lazy_show (GtkStack *stack, const char *name);

G_END_DECLS
