// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "order-fixture.h"

#include "wb-application-private.h"
#include "wb-settings.h"
#include "wb-window.h"

/* Each profile finds the main window as it left it, and a screen that is gone does not matter. */

/* Without a window manager GTK counts its own resize border in. */
#define BORDERS 40

static GSettings *
own_settings (Store *store)
{
  g_autofree char *path = g_strdup_printf (WB_SETTINGS_PROFILE_PATH, wb_profile_get_info (store->profile)->id);

  return g_settings_new_with_path (WB_SETTINGS_WINDOW_SCHEMA, path);
}

static void
set_size (GSettings *settings, int width, int height, gboolean maximized)
{
  g_settings_set_int (settings, WB_SETTINGS_WINDOW_WIDTH, width);
  g_settings_set_int (settings, WB_SETTINGS_WINDOW_HEIGHT, height);
  g_settings_set_boolean (settings, WB_SETTINGS_WINDOW_MAXIMIZED, maximized);
}

static void
assert_size (gpointer window, int width, int height)
{
  int w, h;

  gtk_window_get_default_size (window, &w, &h);
  g_assert_cmpint (w, ==, width);
  g_assert_cmpint (h, ==, height);
}

static void
assert_near (gpointer window, int width, int height)
{
  int w, h;

  gtk_window_get_default_size (window, &w, &h);
  g_assert_cmpint (ABS (w - width), <=, BORDERS);
  g_assert_cmpint (ABS (h - height), <=, BORDERS);
}

static void
assert_kept (Store *store, int width, int height)
{
  g_autoptr (GSettings) own = own_settings (store);

  g_assert_cmpint (ABS (g_settings_get_int (own, WB_SETTINGS_WINDOW_WIDTH) - width), <=, BORDERS);
  g_assert_cmpint (ABS (g_settings_get_int (own, WB_SETTINGS_WINDOW_HEIGHT) - height), <=, BORDERS);
}

static WbWindow *
new_window (void)
{
  return wb_window_new (GTK_APPLICATION (order_application ()));
}

typedef struct {
  GtkWidget *window;
  int width;
} Width;

static gboolean
is_so_wide (gpointer data)
{
  Width *wanted = data;

  return ABS (gtk_widget_get_width (wanted->window) - wanted->width) <= BORDERS;
}

static void
wait_width (WbWindow *window, int width)
{
  Width wanted = { GTK_WIDGET (window), width };

  g_assert_true (wb_test_wait_for (is_so_wide, &wanted, WB_TEST_DEADLINE_MS));
}

static void
test_each_profile (void)
{
  Store *one = store_new (NULL), *other = store_new (NULL);
  WbWindow *window;

  set_size (wb_application_get_settings (order_application ()), 900, 600, FALSE);
  window = new_window ();
  assert_size (window, 900, 600);
  gtk_window_present (GTK_WINDOW (window));
  /* Never shown before: as the window is. */
  wb_window_set_profile (window, one->profile);
  assert_size (window, 900, 600);
  gtk_window_set_default_size (GTK_WINDOW (window), 1100, 700);
  wait_width (window, 1100);
  wb_window_set_profile (window, other->profile);
  assert_kept (one, 1100, 700);
  gtk_window_set_default_size (GTK_WINDOW (window), 700, 560);
  wait_width (window, 700);
  wb_window_set_profile (window, one->profile);
  assert_kept (other, 700, 560);
  wait_width (window, 1100);
  gtk_window_close (GTK_WINDOW (window));
  /* The next start begins with what was seen last. */
  window = new_window ();
  assert_near (window, 1100, 700);
  wb_window_set_profile (window, other->profile);
  assert_near (window, 700, 560);
  wb_window_set_profile (window, NULL);
  gtk_window_destroy (GTK_WINDOW (window));
  store_free (one);
  store_free (other);
}

static void
test_maximized (void)
{
  Store *store = store_new (NULL);
  g_autoptr (GSettings) own = own_settings (store);
  WbWindow *window;

  set_size (wb_application_get_settings (order_application ()), 900, 600, FALSE);
  set_size (own, 800, 640, TRUE);
  window = new_window ();
  g_assert_false (gtk_window_is_maximized (GTK_WINDOW (window)));
  wb_window_set_profile (window, store->profile);
  g_assert_true (gtk_window_is_maximized (GTK_WINDOW (window)));
  wb_window_remember (window);
  g_assert_true (g_settings_get_boolean (own, WB_SETTINGS_WINDOW_MAXIMIZED));
  assert_kept (store, 800, 640); /* what it goes back to */
  gtk_window_unmaximize (GTK_WINDOW (window));
  wb_window_remember (window);
  g_assert_false (g_settings_get_boolean (own, WB_SETTINGS_WINDOW_MAXIMIZED));
  wb_window_set_profile (window, NULL);
  gtk_window_destroy (GTK_WINDOW (window));
  store_free (store);
}

/* It was left on a larger screen. */
static void
test_smaller_screen (void)
{
  Store *store = store_new (NULL);
  g_autoptr (GSettings) own = own_settings (store);
  g_autoptr (GdkMonitor) monitor = NULL;
  GdkRectangle screen;
  WbWindow *window;

  monitor = g_list_model_get_item (gdk_display_get_monitors (gdk_display_get_default ()), 0);
  gdk_monitor_get_geometry (monitor, &screen);
  set_size (wb_application_get_settings (order_application ()), 9000, 600, FALSE);
  set_size (own, 800, 7000, FALSE);
  window = new_window ();
  assert_size (window, screen.width, 600);
  wb_window_set_profile (window, store->profile);
  assert_size (window, 800, screen.height);
  wb_window_set_profile (window, NULL);
  gtk_window_destroy (GTK_WINDOW (window));
  store_free (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/window-size/of-each-profile", test_each_profile);
  g_test_add_func ("/window-size/maximized", test_maximized);
  g_test_add_func ("/window-size/on-a-smaller-screen", test_smaller_screen);
  return g_test_run ();
}
