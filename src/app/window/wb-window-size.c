// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-window-size.h"

#include "wb-settings.h"

/* How large the window is, for each profile; one that was never shown begins with what was seen last. */

#define LEAST_WIDTH 360
#define LEAST_HEIGHT 480

static GSettings *
settings_with (const char *id)
{
  g_autofree char *path = g_strdup_printf (WB_SETTINGS_PROFILE_PATH, id);

  return g_settings_new_with_path (WB_SETTINGS_WINDOW_SCHEMA, path);
}

static GSettings *
settings_of (WbProfile *profile)
{
  return settings_with (wb_profile_get_info (profile)->id);
}

/* A screen that was there then may be gone: at most as large as the largest that is. */
static void
fit_screens (GtkWidget *window, int *width, int *height)
{
  GListModel *monitors = gdk_display_get_monitors (gtk_widget_get_display (window));
  GdkRectangle largest = { 0 };

  for (guint i = 0; i < g_list_model_get_n_items (monitors); i++)
    {
      g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, i);
      GdkRectangle area;

      gdk_monitor_get_geometry (monitor, &area);
      if (area.width >= *width && area.height >= *height)
        return;
      if ((gint64) area.width * area.height > (gint64) largest.width * largest.height)
        largest = area;
    }
  if (largest.width == 0)
    return;
  *width = MAX (MIN (*width, largest.width), LEAST_WIDTH);
  *height = MAX (MIN (*height, largest.height), LEAST_HEIGHT);
}

static void
restore (GtkWindow *window, GSettings *settings)
{
  int width = g_settings_get_int (settings, WB_SETTINGS_WINDOW_WIDTH);
  int height = g_settings_get_int (settings, WB_SETTINGS_WINDOW_HEIGHT);

  fit_screens (GTK_WIDGET (window), &width, &height);
  gtk_window_set_default_size (window, width, height);
  if (g_settings_get_boolean (settings, WB_SETTINGS_WINDOW_MAXIMIZED))
    gtk_window_maximize (window);
  else
    gtk_window_unmaximize (window);
}

void
wb_window_size_restore (GtkWindow *window, GSettings *program, WbProfile *profile)
{
  g_autoptr (GSettings) own = profile != NULL ? settings_of (profile) : NULL;
  g_autoptr (GVariant) width = own != NULL ? g_settings_get_user_value (own, WB_SETTINGS_WINDOW_WIDTH) : NULL;

  if (width != NULL)
    restore (window, own);
  else if (profile == NULL)
    restore (window, program);
}

static void
remember (GtkWindow *window, GSettings *settings)
{
  int width, height;

  /* While it is maximized these are what it goes back to. */
  gtk_window_get_default_size (window, &width, &height);
  g_settings_set_int (settings, WB_SETTINGS_WINDOW_WIDTH, MAX (width, LEAST_WIDTH));
  g_settings_set_int (settings, WB_SETTINGS_WINDOW_HEIGHT, MAX (height, LEAST_HEIGHT));
  g_settings_set_boolean (settings, WB_SETTINGS_WINDOW_MAXIMIZED, gtk_window_is_maximized (window));
}

void
wb_window_size_remember (GtkWindow *window, GSettings *program, WbProfile *profile)
{
  g_autoptr (GSettings) own = profile != NULL ? settings_of (profile) : NULL;

  remember (window, program);
  if (own != NULL)
    remember (window, own);
}

void
wb_window_size_forget (const char *id)
{
  static const char *const keys[] = { WB_SETTINGS_WINDOW_WIDTH, WB_SETTINGS_WINDOW_HEIGHT, WB_SETTINGS_WINDOW_MAXIMIZED };
  g_autoptr (GSettings) settings = settings_with (id);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (settings, keys[i]);
}
