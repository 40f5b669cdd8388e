// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-style.h"

#include <adwaita.h>

#include "wb-compat.h"

#define THEME_VARIABLE "GTK_THEME"
#define EMPTY_THEME "Adwaita-empty"

void
wb_style_leave_out_theme (void)
{
  g_setenv (THEME_VARIABLE, EMPTY_THEME, FALSE);
}

void
wb_style_theme_left_out (void)
{
  gtk_settings_get_default ();
  if (g_strcmp0 (g_getenv (THEME_VARIABLE), EMPTY_THEME) == 0)
    g_unsetenv (THEME_VARIABLE);
}

static void
set_class (GtkWidget *window, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (window, name);
  else
    gtk_widget_remove_css_class (window, name);
}

static void
apply (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      set_class (window, "dark", adw_style_manager_get_dark (manager));
      set_class (window, "hc", adw_style_manager_get_high_contrast (manager));
    }
}

void
wb_style_install (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  wb_compat_quiet_scrollers ();
  wb_compat_name_menus ();
  wb_compat_name_rows ();
  g_signal_connect (manager, "notify::dark", G_CALLBACK (apply), NULL);
  g_signal_connect (manager, "notify::high-contrast", G_CALLBACK (apply), NULL);
  /* No notify comes for what was so from the start, nor for a window made later. */
  g_signal_connect (gtk_window_get_toplevels (), "items-changed", G_CALLBACK (apply), NULL);
  apply ();
}
