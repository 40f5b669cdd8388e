// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <adwaita.h>

#include "row-list-fixture.h"

/* The list that makes only the rows on the screen: which rows there are, what they show, and where they stand. */

#define MILLION 1000000
#define NONE GTK_INVALID_LIST_POSITION

/* A screen full, one more that begins above it, and one that has the focus far away. */
static guint
most_rows (Rows *rows)
{
  return (guint) gtk_widget_get_height (GTK_WIDGET (rows->list)) / ROW_HEIGHT + 3;
}

/* Rows there are */

static void
test_few_rows (void)
{
  static const double values[] = { 0, 15, ROW_HEIGHT * (MILLION / 2.0), 1e9, 12345.6, 0 };
  Rows *rows = rows_new (MILLION, 300, 400);
  guint most = most_rows (rows);

  g_assert_cmpint (rows->list->row_height, ==, ROW_HEIGHT);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      rows_scroll (rows, values[i]);
      rows_check (rows);
      g_assert_cmpuint (rows->n_alive, <=, most);
    }
  g_assert_true (wb_row_list_focus (rows->list, 700000));
  rows_settle (rows);
  rows_scroll (rows, 1000);
  rows_check (rows);
  g_assert_cmpuint (rows_focus (rows), ==, 700000);
  g_assert_cmpuint (rows->n_alive, <=, most);
  g_assert_cmpuint (rows->n_alive, >=, most - 3);
  rows_free (rows);
}

/* Who looks below where it is cut off, and grows again, stays near there: not at the new end. */
static void
test_cut_and_grown (void)
{
  Rows *rows = rows_new (1000, 300, 400);

  rows_scroll (rows, ROW_HEIGHT * 500.0);
  test_model_splice (rows->model, 256, 744, 0);
  test_model_splice (rows->model, 256, 0, 744);
  rows_settle (rows);
  rows_check (rows);
  g_assert_cmpuint (rows->list->first, <=, 256);
  g_assert_cmpuint (rows->list->first, >=, 200);
  rows_free (rows);
}

/* What stays on the screen is bound once. */
static void
test_bound_once (void)
{
  Rows *rows = rows_new (1000, 300, 400);
  guint bound;

  rows_scroll (rows, 3000);
  bound = rows->n_bound;
  rows_scroll (rows, 3030);
  g_assert_cmpuint (rows->n_bound, ==, bound + 1);
  rows_scroll (rows, 3010);
  g_assert_cmpuint (rows->n_bound, ==, bound + 2);
  bound = rows->n_bound;
  test_model_splice (rows->model, 900, 5, 50);
  rows_settle (rows);
  test_model_splice (rows->model, 0, 20, 7);
  rows_settle (rows);
  g_assert_cmpuint (rows->n_bound, ==, bound);
  test_model_splice (rows->model, wb_row_list_first_shown (rows->list) + 3, 2, 2);
  rows_settle (rows);
  g_assert_cmpuint (rows->n_bound, ==, bound + 2);
  rows_check (rows);
  gtk_selection_model_select_all (rows->selection);
  rows_settle (rows);
  g_assert_cmpuint (rows->n_bound, ==, bound + 2);
  rows_check (rows);
  rows_free (rows);
}

static void
test_no_rows (void)
{
  Rows *rows = rows_new (0, 300, 400);

  rows_check (rows);
  g_assert_false (wb_row_list_focus (rows->list, 0));
  g_assert_false (gtk_widget_grab_focus (GTK_WIDGET (rows->list)));
  wb_row_list_scroll_to (rows->list, 3);
  wb_row_list_select (rows->list, 0, FALSE, FALSE);
  g_assert_cmpuint (wb_row_list_position_at (rows->list, 10), ==, NONE);
  g_assert_false (rows_key (rows, GDK_KEY_Down, 0));
  test_model_splice (rows->model, 0, 0, 3);
  rows_settle (rows);
  rows_check (rows);
  g_assert_cmpuint (wb_row_list_position_at (rows->list, 10), ==, 0);
  g_assert_cmpuint (wb_row_list_position_at (rows->list, 3 * ROW_HEIGHT + 1), ==, NONE);
  wb_row_list_focus (rows->list, 1);
  test_model_splice (rows->model, 0, 3, 0);
  rows_settle (rows);
  rows_check (rows);
  g_assert_cmpuint (rows_focus (rows), ==, NONE);
  test_model_splice (rows->model, 0, 0, 100);
  rows_settle (rows);
  rows_check (rows);
  rows_free (rows);
}

static void
test_model_goes (void)
{
  Rows *rows = rows_new (500, 300, 400);

  rows_scroll (rows, 3000);
  wb_row_list_set_model (rows->list, NULL);
  g_assert_cmpuint (rows->n_alive, ==, 0);
  rows_settle (rows);
  test_model_splice (rows->model, 0, 400, 0);
  wb_row_list_set_model (rows->list, rows->selection);
  rows_settle (rows);
  rows_check (rows);
  rows_free (rows);
}

/* Where it stands */

static void
test_scroll_to (void)
{
  Rows *rows = rows_new (MILLION, 300, 400);
  int page = rows->list->height;

  static const struct { guint to, first_at; gboolean at_end; } steps[] = {
    { 3, 0, FALSE }, { 500, 500, TRUE }, { 495, 500, TRUE }, { 400, 400, FALSE }, { 405, 400, FALSE },
    { MILLION - 1, MILLION - 1, TRUE }, { MILLION, MILLION - 1, TRUE }, { 0, 0, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      double top = (double) steps[i].first_at * ROW_HEIGHT;

      wb_row_list_scroll_to (rows->list, steps[i].to);
      rows_settle (rows);
      g_assert_cmpfloat (rows_value (rows), ==, steps[i].at_end ? top + ROW_HEIGHT - page : top);
      rows_check (rows);
    }
  rows_free (rows);
}

/* Asked for before it has a size; rows that come meanwhile move what is asked for. */
static void
test_scroll_first (void)
{
  Rows *rows = rows_new (1000, 0, 0);
  guint serial = rows_serial (rows, 700);

  wb_row_list_scroll_to (rows->list, 700);
  test_model_splice (rows->model, 10, 0, 5);
  gtk_window_set_default_size (GTK_WINDOW (rows->window), 300, 400);
  gtk_window_present (GTK_WINDOW (rows->window));
  rows_settle (rows);
  rows_check (rows);
  g_assert_cmpuint (rows_serial (rows, 705), ==, serial);
  g_assert_cmpint (rows_y (rows, 705), ==, rows->list->height - ROW_HEIGHT);
  rows_free (rows);
}

/* The item at a position stays where it is, to the pixel. */
static void
assert_stays (Rows *rows, guint position, guint from, guint removed, guint added)
{
  guint serial = rows_serial (rows, position), now = position >= from + removed ? position + added - removed : position;
  int y = rows_y (rows, position);

  test_model_splice (rows->model, from, removed, added);
  rows_settle (rows);
  rows_check (rows);
  g_assert_cmpuint (rows_serial (rows, now), ==, serial);
  g_assert_cmpint (rows_y (rows, now), ==, y);
}

static void
test_place_kept (void)
{
  Rows *rows = rows_new (1000, 300, 400);

  rows_scroll (rows, 3007);
  assert_stays (rows, 100, 0, 0, 50);
  assert_stays (rows, 150, 10, 20, 0);
  assert_stays (rows, 130, 500, 40, 3);
  assert_stays (rows, 130, 130 + 5, 1, 0); /* below it, on the screen */
  assert_stays (rows, 130, 129, 1, 1);
  /* Half a row down counts as well, and the very top shows what comes. */
  rows_scroll (rows, 15);
  assert_stays (rows, 0, 0, 0, 4);
  rows_scroll (rows, 0);
  test_model_splice (rows->model, 0, 0, 4);
  rows_settle (rows);
  rows_check (rows);
  g_assert_cmpfloat (rows_value (rows), ==, 0);
  /* At the very end it stays filled. */
  rows_scroll (rows, 1e9);
  test_model_splice (rows->model, 900, g_list_model_get_n_items (G_LIST_MODEL (rows->model)) - 900, 0);
  rows_settle (rows);
  rows_check (rows);
  rows_free (rows);
}

/* Other rows in the same place: they are made anew, and the first stays the first. */
static void
test_maker_changes (void)
{
  Rows *rows = rows_new (1000, 300, 400);

  rows_scroll (rows, 3000);
  wb_row_list_focus (rows->list, 103);
  rows->height = 71;
  wb_row_list_set_maker (rows->list, &rows_maker, rows);
  rows_settle (rows);
  g_assert_cmpuint (rows->n_alive, <=, (guint) rows->list->height / 71 + 3);
  g_assert_cmpint (rows->list->row_height, ==, 71);
  g_assert_cmpuint (wb_row_list_first_shown (rows->list), ==, 100);
  rows_check (rows);
  /* The focus is asked for before the new rows have a height. */
  rows->height = 20;
  wb_row_list_set_maker (rows->list, &rows_maker, rows);
  g_assert_true (wb_row_list_focus (rows->list, 140));
  rows_settle (rows);
  g_assert_cmpuint (rows_focus (rows), ==, 140);
  g_assert_cmpint (rows_y (rows, 140), >=, 0);
  g_assert_cmpint (rows_y (rows, 140), <=, rows->list->height - 20);
  rows_check (rows);
  rows_free (rows);
}

static void
scale_text (Rows *rows, int percent)
{
  static GtkCssProvider *css;
  g_autofree char *text = g_strdup_printf ("listview { font-size: %d%%; } row > label { min-height: %dpx; }", percent, ROW_HEIGHT * percent / 100);

  if (css == NULL)
    {
      css = gtk_css_provider_new ();
      gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (css), GTK_STYLE_PROVIDER_PRIORITY_USER + 1);
    }
  gtk_css_provider_load_from_data (css, text, -1);
  rows_settle (rows);
}

/* Larger text and smaller again: the first row stays the first, as far above the edge in its own height. */
static void
test_height_changes (void)
{
  Rows *rows = rows_new (1000, 300, 400);

  rows_scroll (rows, 3015);
  scale_text (rows, 200);
  g_assert_cmpint (rows->list->row_height, ==, 2 * ROW_HEIGHT);
  g_assert_cmpint (rows_y (rows, 100), ==, -30);
  rows_check (rows);
  scale_text (rows, 100);
  g_assert_cmpint (rows->list->row_height, ==, ROW_HEIGHT);
  g_assert_cmpint (rows_y (rows, 100), ==, -15);
  rows_check (rows);
  rows_free (rows);
}

static void
test_window_changes (void)
{
  static const int heights[] = { 900, 200, 120, 600 };
  Rows *rows = rows_new (1000, 300, 400);

  rows_scroll (rows, 3007);
  for (guint i = 0; i < G_N_ELEMENTS (heights); i++)
    {
      gtk_window_set_default_size (GTK_WINDOW (rows->window), 300, heights[i]);
      rows_settle (rows);
      rows_settle (rows);
      rows_check (rows);
      g_assert_cmpint (rows_y (rows, 100), ==, -7);
    }
  rows_scroll (rows, 1e9);
  gtk_window_set_default_size (GTK_WINDOW (rows->window), 300, 900);
  rows_settle (rows);
  rows_settle (rows);
  rows_check (rows);
  rows_free (rows);
}

/* It stays above the rows, which slide under it. */
static void
test_header (void)
{
  Rows *rows = rows_new (1000, 300, 400);
  GtkWidget *header = gtk_label_new ("Header"), *hit;

  gtk_widget_set_size_request (header, -1, 41);
  wb_row_list_set_header (rows->list, header);
  rows_scroll (rows, 3015);
  g_assert_cmpint (rows->list->header_height, ==, 41);
  rows_check (rows);
  g_assert_cmpuint (wb_row_list_position_at (rows->list, 20), ==, NONE);
  g_assert_cmpuint (wb_row_list_position_at (rows->list, 42), ==, 100);
  hit = gtk_widget_pick (GTK_WIDGET (rows->list), 10, 38, GTK_PICK_DEFAULT);
  g_assert_true (hit == header);
  wb_row_list_scroll_to (rows->list, 50);
  rows_settle (rows);
  g_assert_cmpint (rows_y (rows, 50), ==, 0);
  rows_check (rows);
  gtk_widget_set_visible (header, FALSE);
  rows_settle (rows);
  g_assert_cmpint (rows->list->header_height, ==, 0);
  rows_check (rows);
  rows_free (rows);
}

static void
test_rtl (void)
{
  Rows *rows = rows_new (1000, 300, 400);
  graphene_rect_t rect;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  rows_scroll (rows, 3015);
  rows_check (rows);
  g_assert_true (gtk_widget_compute_bounds (wb_row_list_find (rows->list, 100)->child, GTK_WIDGET (rows->list), &rect));
  g_assert_cmpfloat (rect.size.width, ==, gtk_widget_get_width (GTK_WIDGET (rows->list)));
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  rows_free (rows);
}

/* What GTK 4.8 forgets: a widget farther up is laid out anew in the frame in which rows change (see settle).
 * Nothing that is drawn without having been laid out goes by: it is a warning. */
static void
test_laid_out_above (void)
{
  Rows *rows = rows_new (1000, 300, 400);
  GtkWidget *box = gtk_widget_get_first_child (rows->window), *overlay = gtk_overlay_new (), *stack = gtk_stack_new ();
  GtkWidget *pill = gtk_button_new_with_label ("New"), *scroller = g_object_ref (rows->scroller);

  gtk_box_remove (GTK_BOX (box), scroller);
  gtk_stack_add_child (GTK_STACK (stack), scroller);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), stack);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), pill);
  gtk_widget_set_vexpand (overlay, TRUE);
  gtk_box_insert_child_after (GTK_BOX (box), overlay, rows->before);
  g_object_unref (scroller);
  rows_scroll (rows, 3000);
  for (guint i = 0; i < 20; i++)
    {
      gtk_widget_set_visible (pill, i % 2 == 0);
      gtk_button_set_label (GTK_BUTTON (pill), i % 4 == 0 ? "New" : "Newer");
      test_model_splice (rows->model, 3, 0, i + 1);
      if (i % 3 == 0)
        gtk_adjustment_set_value (rows_adjustment (rows), 1000 + 300 * i);
      rows_settle (rows);
      rows_check (rows);
      rows_scroll (rows, rows_value (rows) + 7);
      rows_check (rows);
    }
  rows_free (rows);
}

/* What scrolls by itself does so in a frame: the rows are there in the same one. */
static gboolean
scroll_on (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Rows *rows = data;

  gtk_adjustment_set_value (rows_adjustment (rows), rows_value (rows) + 977);
  test_model_splice (rows->model, 5, 1, (guint) rows_value (rows) % 3);
  return rows_value (rows) < 40000 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
on_after_paint (GdkFrameClock *clock, Rows *rows)
{
  rows_check (rows);
}

static gboolean
is_far (gpointer rows)
{
  return rows_value (rows) >= 40000;
}

static void
test_scrolls_by_itself (void)
{
  Rows *rows = rows_new (5000, 300, 400);
  GdkFrameClock *clock = gtk_widget_get_frame_clock (rows->window);
  gulong id = g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), rows);

  gtk_widget_add_tick_callback (rows->scroller, scroll_on, rows, NULL);
  g_assert_true (wb_test_wait_for (is_far, rows, WB_TEST_DEADLINE_MS));
  rows_settle (rows);
  g_signal_handler_disconnect (clock, id);
  g_assert_cmpuint (rows->n_alive, <=, most_rows (rows));
  rows_free (rows);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/row-list/rows/few-of-a-million", test_few_rows);
  g_test_add_func ("/row-list/rows/bound-once", test_bound_once);
  g_test_add_func ("/row-list/rows/none", test_no_rows);
  g_test_add_func ("/row-list/rows/model-goes", test_model_goes);
  g_test_add_func ("/row-list/place/scroll-to", test_scroll_to);
  g_test_add_func ("/row-list/place/scroll-before-size", test_scroll_first);
  g_test_add_func ("/row-list/place/kept", test_place_kept);
  g_test_add_func ("/row-list/place/cut-and-grown", test_cut_and_grown);
  g_test_add_func ("/row-list/place/maker-changes", test_maker_changes);
  g_test_add_func ("/row-list/place/height-changes", test_height_changes);
  g_test_add_func ("/row-list/place/window-changes", test_window_changes);
  g_test_add_func ("/row-list/place/header", test_header);
  g_test_add_func ("/row-list/place/right-to-left", test_rtl);
  g_test_add_func ("/row-list/frames/laid-out-above", test_laid_out_above);
  g_test_add_func ("/row-list/frames/scrolls-by-itself", test_scrolls_by_itself);
  return g_test_run ();
}
