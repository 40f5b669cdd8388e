// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <adwaita.h>

#include "wb-banner.h"
#include "wb-chip-bar.h"
#include "wb-compat.h"
#include "wb-frame-memory.h"
#include "wb-state-pill.h"
#include "wb-titles.h"
#include "wb-style.h"
#include "wb-test.h"
#include "wb-width-bin.h"

/* The small widgets of the window, each on a display. */

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_get_width (widget) > 0;
}

static GtkWidget *
show (GtkWidget *child, int width)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), width, 300);
  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (wb_test_wait_for (is_mapped, child, WB_TEST_DEADLINE_MS));
  return window;
}

static void
destroy (GtkWidget *window, gpointer kept)
{
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (kept);
}

/* Width bin */

static gboolean
is_narrow (gpointer bin)
{
  return gtk_widget_has_css_class (bin, "narrow") && wb_width_bin_get_width_class (bin) == WB_WIDTH_NARROW;
}

static gboolean
is_wide (gpointer bin)
{
  return !gtk_widget_has_css_class (bin, "narrow") && !gtk_widget_has_css_class (bin, "medium")
         && wb_width_bin_get_width_class (bin) == WB_WIDTH_WIDE;
}

/* What the child wants changes nothing of what the bin reports: no child can change a fold. */
static void
test_width_bin_measures (void)
{
  GtkWidget *bin = g_object_ref_sink (wb_width_bin_new (200, 400)), *label = gtk_label_new ("");
  int min, natural;

  for (guint i = 0; i < 2; i++)
    {
      gtk_widget_measure (bin, GTK_ORIENTATION_HORIZONTAL, -1, &min, &natural, NULL, NULL);
      g_assert_cmpint (min, ==, 200);
      g_assert_cmpint (natural, ==, 400);
      gtk_widget_set_size_request (label, 2000, 40);
      wb_width_bin_set_child (WB_WIDTH_BIN (bin), i == 0 ? label : NULL);
    }
  wb_width_bin_set_child (WB_WIDTH_BIN (bin), NULL);
  g_assert_finalize_object (bin);
}

static void
test_width_bin_classes (void)
{
  GtkWidget *bin = g_object_ref_sink (wb_width_bin_new (100, 300)), *window;

  wb_width_bin_set_child (WB_WIDTH_BIN (bin), gtk_label_new ("x"));
  window = show (bin, 400);
  g_assert_true (wb_test_wait_for (is_narrow, bin, WB_TEST_DEADLINE_MS));
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 300);
  g_assert_true (wb_test_wait_for (is_wide, bin, WB_TEST_DEADLINE_MS));
  destroy (window, bin);
}

/* For some frames a bin is given less than its child needs: the child keeps what it needs. */
static void
test_width_bin_bears_less (void)
{
  GtkWidget *bin = g_object_ref_sink (wb_width_bin_new (100, 300)), *label = gtk_label_new ("x"), *window;

  gtk_widget_set_size_request (label, 600, 20);
  wb_width_bin_set_child (WB_WIDTH_BIN (bin), label);
  window = show (bin, 300);
  g_assert_cmpint (gtk_widget_get_width (bin), <=, 300);
  g_assert_cmpint (gtk_widget_get_width (label), ==, 600);
  destroy (window, bin);
}

/* Chips */

static void
on_selected (WbChipBar *bar, const char *name, GString *log)
{
  g_string_append_printf (log, "%s ", name);
}

static guint
n_focusable (GtkWidget *widget)
{
  guint n = GTK_IS_TOGGLE_BUTTON (widget) && gtk_widget_get_focusable (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += n_focusable (child);
  return n;
}

static GtkWidget *
make_bar (GString *log)
{
  GtkWidget *bar = g_object_ref_sink (wb_chip_bar_new ());

  wb_chip_bar_add (WB_CHIP_BAR (bar), "all", "All");
  wb_chip_bar_add (WB_CHIP_BAR (bar), "drafts", "Drafts");
  wb_chip_bar_add (WB_CHIP_BAR (bar), "failed", "Failed");
  g_signal_connect (bar, "selected", G_CALLBACK (on_selected), log);
  return bar;
}

/* One is chosen, it alone is a Tab stop, and choosing it again says nothing. */
static void
test_chips_select (void)
{
  g_autoptr (GString) log = g_string_new (NULL);
  GtkWidget *bar = make_bar (log);

  wb_chip_bar_select (WB_CHIP_BAR (bar), "all");
  wb_chip_bar_select (WB_CHIP_BAR (bar), "drafts");
  wb_chip_bar_select (WB_CHIP_BAR (bar), "drafts");
  wb_chip_bar_select (WB_CHIP_BAR (bar), "no such chip");
  g_assert_cmpstr (wb_chip_bar_get_selected (WB_CHIP_BAR (bar)), ==, "drafts");
  g_assert_cmpstr (log->str, ==, "all drafts ");
  g_assert_cmpuint (n_focusable (bar), ==, 1);
  g_assert_finalize_object (bar);
}

static gboolean
shows (GtkWidget *widget, const char *text)
{
  if (!gtk_widget_get_visible (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text))
    return TRUE;
  if (GTK_IS_INSCRIPTION (widget) && g_strcmp0 (gtk_inscription_get_text (GTK_INSCRIPTION (widget)), text) == 0)
    return TRUE;
  if (WB_IS_STATE_PILL (widget) && g_str_equal (wb_state_pill_get_text (WB_STATE_PILL (widget)), text))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (shows (child, text))
      return TRUE;
  return FALSE;
}

static GtkWidget *
chip_named (GtkWidget *widget, const char *title)
{
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_label (GTK_LABEL (widget)), title))
    return gtk_widget_get_ancestor (widget, GTK_TYPE_TOGGLE_BUTTON);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = chip_named (child, title);

      if (found != NULL)
        return found;
    }
  return NULL;
}

typedef struct {
  GtkWidget *bar, *chip;
} Seen;

static gboolean
is_seen (gpointer data)
{
  Seen *seen = data;
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (seen->chip, seen->bar, &bounds) && bounds.origin.x >= 0
         && bounds.origin.x + bounds.size.width <= gtk_widget_get_width (seen->bar);
}

/* More than there is room for: the chosen one comes into view, whoever chose it. */
static void
test_chips_seen (void)
{
  g_autoptr (GString) log = g_string_new (NULL);
  GtkWidget *bar = make_bar (log), *window;
  Seen seen = { bar, NULL };

  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *name = g_strdup_printf ("more-%u", i), *title = g_strdup_printf ("More of them %u", i);

      wb_chip_bar_add (WB_CHIP_BAR (bar), name, title);
    }
  wb_chip_bar_select (WB_CHIP_BAR (bar), "all");
  window = show (bar, 320);
  seen.chip = chip_named (bar, "More of them 9");
  g_assert_false (is_seen (&seen));
  wb_chip_bar_select (WB_CHIP_BAR (bar), "more-9");
  g_assert_true (wb_test_wait_for (is_seen, &seen, WB_TEST_DEADLINE_MS));
  seen.chip = chip_named (bar, "All");
  g_assert_false (is_seen (&seen));
  wb_chip_bar_select (WB_CHIP_BAR (bar), "all");
  g_assert_true (wb_test_wait_for (is_seen, &seen, WB_TEST_DEADLINE_MS));
  destroy (window, bar);
}

static void
test_chips_count (void)
{
  g_autoptr (GString) log = g_string_new (NULL);
  GtkWidget *bar = make_bar (log);

  wb_chip_bar_set_count (WB_CHIP_BAR (bar), "drafts", 12449);
  wb_chip_bar_set_count (WB_CHIP_BAR (bar), "failed", 0);
  g_assert_true (shows (bar, "12.4k"));
  g_assert_true (shows (bar, "0"));
  /* Not known yet: no number, not a zero. */
  wb_chip_bar_set_count (WB_CHIP_BAR (bar), "failed", -1);
  g_assert_false (shows (bar, "0"));
  g_assert_finalize_object (bar);
}

/* Pills */

static void
test_pill (void)
{
  static const struct {
    const char *family, *word, *text, *css_class;
  } cases[] = {
    { "order", "live", "Live", "success" },         { "order", "partly", "Partly live", "warning" },
    { "order", "unknown", "Unknown", "unknown" },   { "operation", "sending", "Sending", "accent" },
    { "mailbox", "EXPIRED", "Expired", "error" },   { "mailbox", "", "Ordered", "neutral" },
    { "mailbox", "<b>x</b>", "<b>x</b>", "neutral" },
  };
  GtkWidget *pill = g_object_ref_sink (wb_state_pill_new ());

  /* One pill, bound again and again: nothing of the state before is left. */
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint n_classes = 0;

      wb_state_pill_set (WB_STATE_PILL (pill), cases[i].family, cases[i].word);
      g_assert_true (shows (pill, cases[i].text));
      for (guint k = 0; k < G_N_ELEMENTS (cases); k++)
        n_classes += gtk_widget_has_css_class (pill, cases[k].css_class) && k < 6;
      g_assert_true (gtk_widget_has_css_class (pill, cases[i].css_class));
      g_assert_cmpuint (n_classes, ==, 1);
    }
  g_assert_finalize_object (pill);
}

/* Banner */

static void
on_clicked (WbBanner *banner, guint *n)
{
  ++*n;
}

/* What acts; a toggle only shows more. */
static GtkWidget *
find_button (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_BUTTON (widget) && !GTK_IS_TOGGLE_BUTTON (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL; child = gtk_widget_get_next_sibling (child))
    found = find_button (child);
  return found;
}

static void
test_banner (void)
{
  GtkWidget *banner = g_object_ref_sink (wb_banner_new ());
  guint n = 0;

  g_signal_connect (banner, "clicked", G_CALLBACK (on_clicked), &n);
  g_assert_false (gtk_widget_get_visible (banner));
  wb_banner_show (WB_BANNER (banner), "dialog-error-symbolic", "A & B <b> “x” %s.", "Nothing is lost.", "Try Now");
  g_assert_true (gtk_widget_get_visible (banner));
  g_assert_true (shows (banner, "A & B <b> “x” %s. Nothing is lost."));
  g_signal_emit_by_name (find_button (banner), "clicked");
  g_assert_cmpuint (n, ==, 1);
  wb_banner_show (WB_BANNER (banner), "dialog-error-symbolic", "Cause.", "Consequence.", NULL);
  g_assert_false (gtk_widget_get_visible (find_button (banner)));
  wb_banner_hide (WB_BANNER (banner));
  g_assert_false (gtk_widget_get_visible (banner));
  g_assert_finalize_object (banner);
}

/* A click sorts up, the next down, the third as it was; the first column takes what the others leave. */

static void
on_sorted (WbTitles *titles, int column, gboolean descending, GString *told)
{
  g_string_append_printf (told, "%d%c ", column, descending ? 'd' : 'a');
}

static void
check_span (WbTitles *titles, guint column, int x, int width)
{
  int at, wide;

  wb_titles_get_span (titles, column, 606, &at, &wide);
  g_assert_cmpint (at, ==, x);
  g_assert_cmpint (wide, ==, width);
}

static void
test_titles (void)
{
  WbTitles *titles = g_object_ref_sink (WB_TITLES (wb_titles_new ()));
  g_autoptr (GString) told = g_string_new ("");
  static const guint order[] = { 0, 2, 1 };

  g_signal_connect (titles, "sorted", G_CALLBACK (on_sorted), told);
  for (guint i = 0; i < 3; i++)
    wb_titles_add (titles, "Title", i == 2, NULL);
  wb_titles_set_column (titles, 1, TRUE, 150);
  wb_titles_set_column (titles, 2, TRUE, 100);
  check_span (titles, 0, 0, 350);
  check_span (titles, 1, 350, 150);
  check_span (titles, 2, 500, 100);
  wb_titles_set_order (titles, order);
  check_span (titles, 2, 350, 100);
  check_span (titles, 1, 450, 150);
  wb_titles_set_column (titles, 2, FALSE, 100);
  check_span (titles, 0, 0, 450);
  check_span (titles, 1, 450, 150);
  gtk_widget_set_direction (GTK_WIDGET (titles), GTK_TEXT_DIR_RTL);
  check_span (titles, 0, 156, 450);
  check_span (titles, 1, 6, 150);
  for (guint i = 0; i < 4; i++)
    wb_titles_click (titles, 1);
  wb_titles_click (titles, 2);
  wb_titles_sort (titles, 2, FALSE);
  wb_titles_sort (titles, -1, TRUE);
  g_assert_cmpstr (told->str, ==, "1a 1d -1a 1a 2a -1a ");
  g_assert_finalize_object (titles);
}

/* Toasts */

static gboolean
has_no_toast (gpointer overlay)
{
  return gtk_widget_get_first_child (overlay) == gtk_widget_get_last_child (overlay);
}

static void
dismiss_next (AdwToast *toast, AdwToast *next)
{
  if (next != NULL)
    adw_toast_dismiss (next);
}

/* One that takes another's place comes up for longer than it takes to leave: libadwaita 1.2 frees it under its own
 * animation when it is dismissed at once. */
static void
test_toasts_dismissed_at_once (void)
{
  GtkWidget *overlay = g_object_ref_sink (adw_toast_overlay_new ());
  AdwToast *toasts[4] = { 0 };
  GtkWidget *window;

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), gtk_label_new ("Mailboxes"));
  window = show (overlay, 600);
  for (guint i = 0; i < 3; i++)
    {
      toasts[i] = g_object_ref (wb_compat_toast_new ("3 rows filled"));
      wb_compat_toast_show (ADW_TOAST_OVERLAY (overlay), toasts[i]);
    }
  for (guint i = 0; i < 3; i++)
    g_signal_connect_after (toasts[i], "dismissed", G_CALLBACK (dismiss_next), toasts[i + 1]);
  adw_toast_dismiss (toasts[0]);
  g_assert_true (wb_test_wait_for (has_no_toast, overlay, WB_TEST_DEADLINE_MS));
  destroy (window, overlay);
  for (guint i = 0; i < 3; i++)
    g_assert_finalize_object (toasts[i]);
}

static gboolean
is_last_ref (gpointer object)
{
  return g_atomic_int_get (&G_OBJECT (object)->ref_count) == 1;
}

/* The window goes while one shows and others wait; @dismissed: one of them has been, and has not left yet. */
static void
test_toasts_window_goes (gconstpointer dismissed)
{
  GtkWidget *overlay = g_object_ref_sink (adw_toast_overlay_new ()), *window;
  AdwToast *toasts[3];

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), gtk_label_new ("Mailboxes"));
  window = show (overlay, 600);
  for (guint i = 0; i < G_N_ELEMENTS (toasts); i++)
    {
      toasts[i] = g_object_ref (wb_compat_toast_new ("3 rows filled"));
      wb_compat_toast_show (ADW_TOAST_OVERLAY (overlay), toasts[i]);
    }
  if (GPOINTER_TO_INT (dismissed) >= 0)
    adw_toast_dismiss (toasts[GPOINTER_TO_INT (dismissed)]);
  destroy (window, overlay);
  for (guint i = 0; i < G_N_ELEMENTS (toasts); i++)
    {
      /* One that was about to leave is held until then. */
      wb_test_wait_for (is_last_ref, toasts[i], WB_TEST_DEADLINE_MS);
      g_assert_finalize_object (toasts[i]);
    }
}

/* Whether all of its words are on the screen, in as many lines as they need. */
static gboolean
shows_all (AdwToast *toast)
{
  GtkWidget *label = adw_toast_get_custom_title (toast);
  PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (label));
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  return !pango_layout_is_ellipsized (layout) && width <= gtk_widget_get_width (label) && height <= gtk_widget_get_height (label);
}

static void
test_toast_is_whole (gconstpointer width)
{
  GtkWidget *overlay = g_object_ref_sink (adw_toast_overlay_new ()), *window;
  AdwToast *toast = wb_compat_toast_new ("Everything here is invented. Nothing <b>costs</b> money.");

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  adw_toast_set_button_label (toast, "Undo");
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), gtk_label_new ("Orders"));
  window = show (overlay, GPOINTER_TO_INT (width));
  wb_compat_toast_show (ADW_TOAST_OVERLAY (overlay), g_object_ref (toast));
  g_assert_true (wb_test_wait_for (is_mapped, adw_toast_get_custom_title (toast), WB_TEST_DEADLINE_MS));
  g_assert_true (shows_all (toast));
  destroy (window, overlay);
  g_assert_finalize_object (toast);
}

static GtkWidget *
find_toggle (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_TOGGLE_BUTTON (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL; child = gtk_widget_get_next_sibling (child))
    found = find_toggle (child);
  return found;
}

static int
height_for (GtkWidget *widget, int width)
{
  int natural;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

/* In little room what happened is said, and what it means is one click away; no word of either is lost. */
static void
test_banner_compact (void)
{
  WbBanner *banner = WB_BANNER (g_object_ref_sink (wb_banner_new ()));
  GtkWidget *more = find_toggle (GTK_WIDGET (banner));
  int open, folded;

  wb_banner_show (banner, "dialog-error-symbolic", "Cause.", "A long consequence, told in so many words that they take lines.", "Try Now");
  g_assert_false (gtk_widget_get_visible (more));
  wb_banner_set_compact (banner, TRUE);
  g_assert_true (gtk_widget_get_visible (more));
  g_assert_true (gtk_widget_get_visible (find_button (GTK_WIDGET (banner))));
  folded = height_for (GTK_WIDGET (banner), 180);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (more), TRUE);
  open = height_for (GTK_WIDGET (banner), 180);
  g_assert_cmpint (folded, <, open);
  g_assert_true (shows (GTK_WIDGET (banner), "A long consequence, told in so many words that they take lines."));
  /* The same once more, as when seconds are counted, stays open; another begins folded. */
  wb_banner_show (banner, "dialog-error-symbolic", "Cause.", "Another consequence.", "Try Now");
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (more)));
  wb_banner_show (banner, "dialog-error-symbolic", "Another.", "Another consequence.", "Try Now");
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (more)));
  wb_banner_set_compact (banner, FALSE);
  g_assert_true (shows (GTK_WIDGET (banner), "Another. Another consequence."));
  g_assert_finalize_object (banner);
}

/* Where it is narrow only what is long is folded. */
static void
test_banner_narrow (void)
{
  WbBanner *banner = WB_BANNER (g_object_ref_sink (wb_banner_new ()));
  GtkWidget *more = find_toggle (GTK_WIDGET (banner));
  int told;

  wb_banner_show (banner, "dialog-error-symbolic", "Cause.", "A long consequence, told in so many words that they take lines.", "Try Now");
  told = height_for (GTK_WIDGET (banner), 360);
  wb_banner_set_narrow (banner, TRUE);
  g_assert_true (gtk_widget_get_visible (more));
  g_assert_cmpint (height_for (GTK_WIDGET (banner), 360), <, told);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (more), TRUE);
  g_assert_true (shows (GTK_WIDGET (banner), "A long consequence, told in so many words that they take lines."));
  wb_banner_show (banner, "dialog-error-symbolic", "Cause.", "A short one.", "Try Now");
  g_assert_false (gtk_widget_get_visible (more));
  g_assert_true (shows (GTK_WIDGET (banner), "Cause. A short one."));
  g_assert_finalize_object (banner);
}

/* Memory */

#ifndef __SANITIZE_ADDRESS__ /* which keeps what is freed */

#define PIECE (6 * 1024 * 1024)

static gint64
resident (void)
{
  g_autofree char *text = NULL;
  long size, pages;

  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  g_assert_cmpint (sscanf (text, "%ld %ld", &size, &pages), ==, 2);
  return pages * sysconf (_SC_PAGESIZE);
}

static gboolean
is_given_back (gpointer before)
{
  return resident () < *(gint64 *) before + PIECE / 2;
}

/* What is as large as the picture of a window stays while frames come, and goes when the window rests. */
static void
test_frame_memory (void)
{
  GtkWidget *label = gtk_label_new ("");
  GtkWidget *window;
  gint64 before;
  char *piece;

  wb_frame_memory_init ();
  window = show (label, 300);
  wb_frame_memory_watch (GTK_WINDOW (window));
  before = resident ();
  piece = g_malloc (PIECE);
  memset (piece, 1, PIECE);
  g_free (piece);
  g_assert_cmpint (resident (), >, before + PIECE / 2);
  gtk_widget_queue_draw (label);
  g_assert_true (wb_test_wait_for (is_given_back, &before, WB_TEST_DEADLINE_MS));
  g_object_ref (window);
  destroy (window, window);
}

#endif

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  wb_style_install ();
  g_test_add_func ("/width-bin/measure/constant", test_width_bin_measures);
  g_test_add_func ("/width-bin/class/follows-the-width", test_width_bin_classes);
  g_test_add_func ("/width-bin/allocate/bears-less", test_width_bin_bears_less);
  g_test_add_func ("/chips/select/one-tab-stop", test_chips_select);
  g_test_add_func ("/chips/select/comes-into-view", test_chips_seen);
  g_test_add_func ("/chips/count/unknown-is-not-zero", test_chips_count);
  g_test_add_func ("/pill/set/nothing-left-over", test_pill);
  g_test_add_func ("/banner/compact/nothing-lost", test_banner_compact);
  g_test_add_func ("/banner/compact/narrow", test_banner_narrow);
  g_test_add_func ("/banner/text/never-markup", test_banner);
  g_test_add_func ("/toasts/dismissed-at-once/no-crash", test_toasts_dismissed_at_once);
  g_test_add_data_func ("/toasts/window-goes/none-dismissed", GINT_TO_POINTER (-1), test_toasts_window_goes);
  g_test_add_data_func ("/toasts/window-goes/shown-dismissed", GINT_TO_POINTER (0), test_toasts_window_goes);
  g_test_add_data_func ("/toasts/window-goes/waiting-dismissed", GINT_TO_POINTER (1), test_toasts_window_goes);
  g_test_add_data_func ("/toasts/narrow/not-cut", GINT_TO_POINTER (360), test_toast_is_whole);
  g_test_add_data_func ("/toasts/wide/not-cut", GINT_TO_POINTER (900), test_toast_is_whole);
  g_test_add_func ("/titles/spans-and-sorting", test_titles);
#ifndef __SANITIZE_ADDRESS__
  g_test_add_func ("/memory/frames/given-back", test_frame_memory);
#endif
  return g_test_run ();
}
