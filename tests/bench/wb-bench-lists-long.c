// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <malloc.h>

#include "wb-bench-lists.h"

#include "wb-compat.h"

/* What one does for a long time, and what memory it leaves behind. */

/* Row objects that are alive: their class is told of each. */
static struct {
  gint n, most;
  void (*constructed) (GObject *object);
  void (*finalize) (GObject *object);
} alive;

static void
row_constructed (GObject *object)
{
  gint n = g_atomic_int_add (&alive.n, 1) + 1;

  alive.most = MAX (alive.most, n);
  alive.constructed (object);
}

static void
row_finalize (GObject *object)
{
  g_atomic_int_add (&alive.n, -1);
  alive.finalize (object);
}

static void
count_rows (void)
{
  GObjectClass *klass = g_type_class_ref (WB_TYPE_ROW);

  alive.constructed = klass->constructed;
  alive.finalize = klass->finalize;
  klass->constructed = row_constructed;
  klass->finalize = row_finalize;
}

typedef struct {
  Lists *lists;
  guint tick_id;
  double step, most; /* pixels */
  gboolean ended;
} Pan;

static GtkAdjustment *
adjustment_of (Lists *self)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (wb_collection_page_get_list (self->page)));
}

/* A step a frame, down and then up again. */
static gboolean
pan_step (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Pan *pan = data;
  GtkAdjustment *adjustment = adjustment_of (pan->lists);
  double value = gtk_adjustment_get_value (adjustment) + pan->step;

  gtk_adjustment_set_value (adjustment, value);
  pan->ended = pan->step > 0 ? value >= pan->most : value <= 0;
  return pan->ended ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

static gboolean
has_ended (gpointer data)
{
  return ((Pan *) data)->ended;
}

static void
pan_to (Lists *self, guint n_rows, gboolean down)
{
  GtkAdjustment *adjustment = adjustment_of (self);
  guint n = g_list_model_get_n_items (lists_rows (self));
  double row = gtk_adjustment_get_upper (adjustment) / n, page = gtk_adjustment_get_page_size (adjustment);
  Pan pan = { .lists = self, .step = down ? page : -page, .most = row * n_rows };

  gtk_widget_add_tick_callback (GTK_WIDGET (self->page), pan_step, &pan, NULL);
  bench_wait (has_ended, &pan, "scrolling");
}

void
lists_scroll (Lists *self)
{
  double first = 0, most = 0;

  count_rows ();
  bench_wait_quiet (500);
  for (guint pass = 0; pass < 10; pass++)
    {
      double rss;

      pan_to (self, 10000, TRUE);
      if (wb_compat_list_first_shown (wb_collection_page_get_list (self->page)) < 9000)
        bench_fail ("the list did not scroll");
      pan_to (self, 10000, FALSE);
      bench_wait_quiet (200);
      rss = bench_rss_mib ();
      if (pass == 0)
        first = rss;
      most = MAX (most, rss - first);
      if (self->verbose)
        g_printerr ("pass %u: %.1f MiB, %d rows alive, %d at most\n", pass, rss, alive.n, alive.most);
    }
  if (alive.most < 20)
    bench_fail ("no rows were made");
  g_print ("rows_alive=%d growth_mib=%.2f ", alive.most, most);
}

/* An hour */

static void
search_for (Lists *self, const char *text)
{
  self->answered = FALSE;
  gtk_editable_set_text (GTK_EDITABLE (self->page->search), text);
  bench_wait_quiet (60);
  bench_wait (lists_is_read, self, text);
}

/* About what one does in a minute. */
static void
use_a_minute (Lists *self, guint minute)
{
  const BenchWord *word = &bench_words[minute % bench_n_words];
  guint n;

  wb_collection_page_show_search (self->page);
  search_for (self, word->text);
  search_for (self, "");
  n = g_list_model_get_n_items (lists_rows (self));
  wb_compat_list_scroll_to (wb_collection_page_get_list (self->page), (guint) ((guint64) minute * 2654435761u % n));
  bench_wait_quiet (60);
  wb_row_selection_select (self->page->selection, (guint) ((guint64) (minute + 1) * 40503u % n));
  wb_collection_page_toggle_detail (self->page);
  bench_wait_quiet (60);
  wb_collection_page_toggle_detail (self->page);
  pan_to (self, 300, FALSE);
  wb_collection_page_refresh (self->page);
  g_signal_emit_by_name (wb_window_get_profile (self->window), "rows-changed", (int) self->collection);
  bench_wait_quiet (60);
  bench_wait (lists_is_read, self, "refreshed");
  wb_window_show_section (self->window, WB_COLLECTION_ORDERS);
  bench_wait_quiet (60);
  wb_window_show_section (self->window, self->collection);
  bench_wait_quiet (60);
}

/* What the allocator keeps for itself is given back first: what is left is in use. */
static double
rss_in_use (void)
{
  bench_wait_quiet (500);
  malloc_trim (0);
  return bench_rss_mib ();
}

void
lists_use (Lists *self)
{
  double first = 0, last = 0;

  for (guint twelfth = 0; twelfth < 12; twelfth++)
    {
      for (guint minute = 0; minute < 5; minute++)
        use_a_minute (self, twelfth * 5 + minute);
      last = rss_in_use ();
      if (twelfth == 0)
        first = last;
      if (self->verbose)
        g_printerr ("after %u minutes: %.2f MiB\n", (twelfth + 1) * 5, last);
    }
  g_print ("growth_mib=%.2f first_mib=%.1f ", last - first, first);
}
