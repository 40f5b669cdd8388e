// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "order-fixture.h"

#include <string.h>

#include "wb-application-private.h"
#include "wb-collection-page.h"
#include "wb-state-pill.h"

/* From the start of the program to its window. Each case is a process of its own: a program starts once. */

/* After it a window may be empty (wb-application-start.c). */
#define PATIENCE_US (100 * 1000)

typedef struct {
  WbApplication *application;
  gint64 activated, presented;
  gboolean with_profile; /* when it was presented */
} Start;

static void
on_visible (WbWindow *window, GParamSpec *pspec, Start *start)
{
  start->presented = g_get_monotonic_time ();
  start->with_profile = wb_window_get_profile (window) != NULL;
}

static gboolean
is_presented (gpointer start)
{
  return ((Start *) start)->presented != 0;
}

static gboolean
has_profile (gpointer start)
{
  return wb_application_get_profile (((Start *) start)->application) != NULL;
}

/* As main() does it. */
static void
begin (Start *start)
{
  WbApplicationOptions options = { .sandbox_speed = 1, .activated = TRUE };
  g_autoptr (GError) error = NULL;

  start->application = wb_application_new (&options);
  g_application_register (G_APPLICATION (start->application), NULL, &error);
  g_assert_no_error (error);
}

static void
activate (Start *start)
{
  WbWindow *window;

  g_application_activate (G_APPLICATION (start->application));
  start->activated = g_get_monotonic_time ();
  window = wb_application_get_window (start->application);
  g_assert_nonnull (window);
  if (gtk_widget_get_visible (GTK_WIDGET (window)))
    on_visible (window, NULL, start);
  else
    g_signal_connect (window, "notify::visible", G_CALLBACK (on_visible), start);
}

static void
quit (gpointer application)
{
  g_application_quit (application);
}

static void
end (Start *start)
{
  g_idle_add_once (quit, start->application);
  g_application_run (G_APPLICATION (start->application), 0, NULL);
  g_object_unref (start->application);
}

static char *
make_profile (void)
{
  g_autofree char *dir = g_build_filename (g_get_user_data_dir (), "waybill", NULL);
  g_autoptr (GError) error = NULL;
  char *id = wb_profile_ensure (dir, WB_PROFILE_VENDOR_SANDBOX, "A", "http://127.0.0.1:1", &error);

  g_assert_no_error (error);
  return id;
}

/* What a person sees first is a window with a profile in it, unless the disk takes its time. */
static void
test_filled (void)
{
  g_autofree char *id = make_profile ();
  Start start = { 0 };

  begin (&start);
  activate (&start);
  g_assert_true (wb_test_wait_for (is_presented, &start, ORDER_DEADLINE_MS));
  g_assert_true (start.with_profile || start.presented - start.activated >= PATIENCE_US);
  g_assert_true (wb_test_wait_for (has_profile, &start, ORDER_DEADLINE_MS));
  g_assert_cmpstr (wb_profile_get_info (wb_application_get_profile (start.application))->id, ==, id);
  end (&start);
}

/* The profile is opened before anybody asks for a window, and once. */
static void
test_opened_beside (void)
{
  g_autofree char *id = make_profile ();
  Start start = { 0 };
  WbProfile *profile;

  begin (&start);
  g_assert_null (wb_application_get_window (start.application));
  g_assert_true (wb_test_wait_for (has_profile, &start, ORDER_DEADLINE_MS));
  profile = wb_application_get_profile (start.application);
  activate (&start);
  g_assert_true (wb_test_wait_for (is_presented, &start, ORDER_DEADLINE_MS));
  g_assert_true (start.with_profile);
  g_assert_true (wb_application_get_profile (start.application) == profile);
  g_assert_cmpint (wb_profile_get_lock (profile), !=, WB_LOCK_OTHER_PROCESS);
  end (&start);
}

/* Nothing to open: the ways in, and no message that something went wrong. */
static void
test_ways_in (void)
{
  Start start = { 0 };

  begin (&start);
  activate (&start);
  g_assert_true (wb_test_wait_for (is_presented, &start, ORDER_DEADLINE_MS));
  order_wait_text (GTK_WIDGET (wb_application_get_window (start.application)), "Try It First");
  g_assert_false (order_shows (GTK_WIDGET (wb_application_get_window (start.application)), "could not be opened"));
  g_assert_null (wb_application_get_profile (start.application));
  end (&start);
}

static gboolean
is_painted (gpointer painted)
{
  return *(gboolean *) painted;
}

static void
on_painted (GdkFrameClock *clock, gboolean *painted)
{
  *painted = TRUE;
}

/* The icons of the program that a first window shows are pictures: an SVG would have its library loaded. */
static void
test_no_svg (void)
{
  static const char *const words[] = { "live", "being-made", "failed" };
  g_autoptr (AdwApplication) application = adw_application_new ("io.github.waybill.Waybill", G_APPLICATION_NON_UNIQUE);
  GtkWidget *window, *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gboolean painted = FALSE;
  g_autofree char *maps = NULL;

  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  gtk_window_set_default_icon_name ("io.github.waybill.Waybill");
  window = gtk_application_window_new (GTK_APPLICATION (application));
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      GtkWidget *pill = wb_state_pill_new ();

      wb_state_pill_set (WB_STATE_PILL (pill), "order", words[i]);
      gtk_box_append (GTK_BOX (box), pill);
    }
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_widget_realize (window);
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (on_painted), &painted);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (wb_test_wait_for (is_painted, &painted, ORDER_DEADLINE_MS));
  g_assert_true (g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL));
  /* Newer icon themes have nothing but SVG. */
  if (gtk_get_minor_version () < 10)
    g_assert_null (strstr (maps, "librsvg"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* In their order: the first has no profile yet. */
static void (*const cases[]) (void) = { test_ways_in, test_no_svg, test_filled, test_opened_beside };
static const char *const names[] = { "/start/ways-in", "/start/no-svg", "/start/filled", "/start/opened-beside" };

static void
run_case (gconstpointer i)
{
  if (g_test_subprocess ())
    {
      cases[GPOINTER_TO_UINT (i)]();
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

int
main (int argc, char **argv)
{
  order_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (names[i], GUINT_TO_POINTER (i), run_case);
  return g_test_run ();
}
