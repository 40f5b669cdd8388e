// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later

/* pictures-window [FILE...]: the wizard's real window at its step Pictures, on a draft of its own, for tests that
 * work it from outside. FILEs are added before it opens. Says "open" when it is on the screen, and with
 * --scroll what the frames of one scroll through all tiles cost. Ends when its window is closed; then everything
 * that was made must be gone. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "draft-tools.h"
#include "wb-application.h"
#include "wb-order-window.h"

static const char *domains = "brightloom.example";
static const char *mailboxes = "amara:Amara Okafor,jonas:Jonas Lindqvist,mei:Mei Tanaka";
static const char *extra = "";
static int people, width = 1100, height = 760;
static gboolean dark, scroll, brief;
static double text_scale = 1;
static const char *provider = "GOOGLE";
static char **files;

static const GOptionEntry entries[] = {
  { "domains", 0, 0, G_OPTION_ARG_STRING, &domains, "Domains, comma between", "LIST" },
  { "mailboxes", 0, 0, G_OPTION_ARG_STRING, &mailboxes, "On each domain: user:First Last, comma between", "LIST" },
  { "extra", 0, 0, G_OPTION_ARG_STRING, &extra, "One mailbox more", "USER@DOMAIN:FIRST LAST" },
  { "people", 0, 0, G_OPTION_ARG_INT, &people, "That many made-up mailboxes instead", "N" },
  { "width", 0, 0, G_OPTION_ARG_INT, &width, "Of the window", "PIXELS" },
  { "height", 0, 0, G_OPTION_ARG_INT, &height, "Of the window", "PIXELS" },
  { "dark", 0, 0, G_OPTION_ARG_NONE, &dark, "Dark style", NULL },
  { "text-scale", 0, 0, G_OPTION_ARG_DOUBLE, &text_scale, "Size of text", "FACTOR" },
  { "provider", 0, 0, G_OPTION_ARG_STRING, &provider, "GOOGLE or MICROSOFT", "NAME" },
  { "scroll", 0, 0, G_OPTION_ARG_NONE, &scroll, "Scroll through all tiles and say what a frame costs", NULL },
  { "brief", 0, 0, G_OPTION_ARG_NONE, &brief, "Close by itself when all has come to rest", NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, NULL },
  { NULL, 0, 0, 0, NULL, NULL, NULL },
};

static void
say (const char *text)
{
  puts (text);
  fflush (stdout);
}

static void
add_extra (WbDraft *draft)
{
  g_auto (GStrv) parts = g_strsplit_set (extra, "@: ", 4);
  const WbDraftMailbox mailbox = { .user_name = parts[0], .domain = parts[1], .first_name = parts[2], .last_name = parts[3] };

  g_assert_cmpuint (g_strv_length (parts), ==, 4);
  wb_draft_insert_mailboxes (draft, G_MAXUINT, &mailbox, 1);
}

static WbDraft *
make_draft (Store *store)
{
  g_autoptr (GString) list = g_string_new (people > 0 ? "" : mailboxes);
  WbDraft *draft;

  for (int i = 0; i < people; i++)
    g_string_append_printf (list, "%sperson%03d:Person%03d Example", i > 0 ? "," : "", i, i);
  draft = store_draft (store, domains, list->str);
  wb_draft_set_provider (draft, provider);
  if (*extra != '\0')
    add_extra (draft);
  if (files != NULL)
    draft_add (draft, -1, NULL, (const char *const *) files);
  return draft;
}

/* Scrolling */

typedef struct {
  GtkAdjustment *adjustment;
  gint64 before;
  GArray *frames; /* of gint64: µs that the main thread was busy from before to after paint */
  gboolean done;
} Scroll;

static GtkAdjustment *
find_adjustment (GtkWidget *widget)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), "WbPictureGroups"))
    return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (gtk_widget_get_first_child (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkAdjustment *found = find_adjustment (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Of this thread alone: what others do to the machine is not in it. */
static gint64
busy_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static void
on_before (GdkFrameClock *clock, Scroll *self)
{
  self->before = busy_time ();
}

static void
on_after (GdkFrameClock *clock, Scroll *self)
{
  gint64 took = busy_time () - self->before;

  g_array_append_val (self->frames, took);
}

static gboolean
on_scroll_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  Scroll *self = user_data;
  double value = gtk_adjustment_get_value (self->adjustment);
  double end = gtk_adjustment_get_upper (self->adjustment) - gtk_adjustment_get_page_size (self->adjustment);

  gtk_adjustment_set_value (self->adjustment, value + 40);
  self->done = value >= end;
  return self->done ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 one = *(const gint64 *) a, two = *(const gint64 *) b;

  return (one > two) - (one < two);
}

static void
run_scroll (GtkWindow *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  Scroll self = { .adjustment = find_adjustment (GTK_WIDGET (window)), .frames = g_array_new (FALSE, FALSE, sizeof (gint64)) };
  gulong before = g_signal_connect (clock, "before-paint", G_CALLBACK (on_before), &self);
  gulong after = g_signal_connect_after (clock, "after-paint", G_CALLBACK (on_after), &self);

  gtk_widget_add_tick_callback (GTK_WIDGET (window), on_scroll_tick, &self, NULL);
  g_assert_true (wb_test_wait (&self.done, 120 * 1000));
  g_signal_handler_disconnect (clock, before);
  g_signal_handler_disconnect (clock, after);
  g_array_sort (self.frames, compare);
  printf ("frames %u median %.1f ms p95 %.1f ms worst %.1f ms\n", self.frames->len,
          g_array_index (self.frames, gint64, self.frames->len / 2) / 1000.0,
          g_array_index (self.frames, gint64, self.frames->len * 95 / 100) / 1000.0,
          g_array_index (self.frames, gint64, self.frames->len - 1) / 1000.0);
  fflush (stdout);
  g_array_unref (self.frames);
}

static gboolean
always_false (gpointer data)
{
  return FALSE;
}

typedef struct {
  Store *store;
  WbDraft *draft;
  GPtrArray *widgets; /* of GWeakRef: all that was in the window when it was closed */
} Fixture;

static void
weak_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
watch (GPtrArray *widgets, GtkWidget *widget)
{
  GWeakRef *weak;

  /* GTK's own, kept for the display. */
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkTooltipWindow"))
    return;
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, widget);
  g_ptr_array_add (widgets, weak);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    watch (widgets, child);
}

static gboolean
on_close (GtkWindow *window, Fixture *self)
{
  watch (self->widgets, GTK_WIDGET (window));
  return FALSE;
}

static void
assert_gone (Fixture *self)
{
  for (guint i = 0; i < self->widgets->len; i++)
    {
      g_autoptr (GObject) left = g_weak_ref_get (self->widgets->pdata[i]);

      if (left != NULL)
        g_error ("a %s is left", G_OBJECT_TYPE_NAME (left));
    }
  g_ptr_array_unref (self->widgets);
}

static gboolean
on_scroll_idle (gpointer user_data)
{
  GtkWindow *window = user_data;

  /* Until all has come to rest. */
  wb_test_wait_for (always_false, NULL, 3000);
  run_scroll (window);
  gtk_window_destroy (window);
  return G_SOURCE_REMOVE;
}

static gboolean
on_brief_idle (gpointer user_data)
{
  wb_test_wait_for (always_false, NULL, 3000);
  gtk_window_close (user_data);
  return G_SOURCE_REMOVE;
}

static void
on_activate (GApplication *application, Fixture *self)
{
  WbOrderWindow *window;

  /* The program's own start would show its main window. */
  g_signal_stop_emission_by_name (application, "activate");
  self->store = store_new (NULL);
  self->draft = make_draft (self->store);
  if (dark)
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
  if (text_scale != 1)
    g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (96 * 1024 * text_scale), NULL);
  self->widgets = g_ptr_array_new_with_free_func (weak_free);
  window = wb_order_window_new (GTK_APPLICATION (application), self->store->profile, self->draft);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  g_signal_connect (window, "close-request", G_CALLBACK (on_close), self);
  wb_order_window_go (window, WB_STEP_PICTURES, NULL);
  gtk_window_present (GTK_WINDOW (window));
  say ("open");
  if (scroll)
    g_idle_add (on_scroll_idle, window);
  if (brief)
    g_idle_add (on_brief_idle, window);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  WbApplicationOptions options = { .sandbox_speed = 1 };
  g_autoptr (GError) error = NULL;
  GApplication *application;
  Fixture fixture = { 0 };
  int status;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  g_setenv ("SOUP_FORCE_HTTP1", "1", TRUE);
  g_set_prgname ("pictures-window");
  application = G_APPLICATION (wb_application_new (&options));
  g_signal_connect (application, "activate", G_CALLBACK (on_activate), &fixture);
  status = g_application_run (application, 1, argv);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  assert_gone (&fixture);
  g_assert_finalize_object (fixture.draft);
  store_free (fixture.store);
  g_assert_finalize_object (application);
  return status;
}
