// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <malloc.h>
#include <time.h>

#include "wb-bench-lists.h"

#include "wb-compat.h"
#include "wb-list-model-private.h"

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
  double step, to; /* pixels */
  gboolean ended;
} Pan;

static GtkAdjustment *
adjustment_of (Lists *self)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (wb_collection_page_get_list (self->page)));
}

static guint
first_shown (Lists *self)
{
  return wb_compat_list_first_shown (wb_collection_page_get_list (self->page));
}

/* A step a frame. */
static gboolean
pan_step (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Pan *pan = data;
  GtkAdjustment *adjustment = adjustment_of (pan->lists);
  double left = pan->to - gtk_adjustment_get_value (adjustment);

  pan->ended = ABS (left) <= ABS (pan->step);
  gtk_adjustment_set_value (adjustment, pan->to - (pan->ended ? 0 : left - pan->step));
  return pan->ended ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

static gboolean
has_ended (gpointer data)
{
  return ((Pan *) data)->ended;
}

/* Page by page, so that each row between has been on the screen. */
static void
pan_to (Lists *self, guint position)
{
  GtkAdjustment *adjustment = adjustment_of (self);
  double upper = gtk_adjustment_get_upper (adjustment), page = gtk_adjustment_get_page_size (adjustment);
  double to = MIN (upper / g_list_model_get_n_items (lists_rows (self)) * position, upper - page);
  Pan pan = { .lists = self, .step = to > gtk_adjustment_get_value (adjustment) ? page : -page, .to = to };

  gtk_widget_add_tick_callback (GTK_WIDGET (self->page), pan_step, &pan, NULL);
  bench_wait (has_ended, &pan, "scrolling");
  bench_wait_quiet (60);
  if (first_shown (self) != (guint) (to * g_list_model_get_n_items (lists_rows (self)) / upper) || !lists_is_filled (self))
    bench_fail ("the list stands at row %u instead of %u", first_shown (self), position);
}

/* A screen taller than most: more rows, and fewer frames until all of them have been in one. */
static void
make_tall (Lists *self)
{
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1280, 1000);
  bench_wait_quiet (500);
}

/* Ten thousand rows a pass, down, and the next one up. */
void
lists_scroll (Lists *self)
{
  double first = 0, most = 0;

  count_rows ();
  make_tall (self);
  for (guint pass = 0; pass < 10; pass++)
    {
      double rss;

      pan_to (self, pass % 2 == 0 ? 10000 : 0);
      bench_wait_quiet (200);
      rss = bench_rss_mib ();
      if (pass == 0)
        first = rss;
      most = ABS (rss - first) > ABS (most) ? rss - first : most;
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
  guint n, at;

  wb_collection_page_show_search (self->page);
  search_for (self, word->text);
  search_for (self, "");
  n = g_list_model_get_n_items (lists_rows (self));
  at = (guint) ((guint64) minute * 2654435761u % n);
  wb_compat_list_scroll_to (wb_collection_page_get_list (self->page), at);
  bench_wait_quiet (60);
  wb_row_selection_select (self->page->selection, (guint) ((guint64) (minute + 1) * 40503u % n));
  wb_collection_page_toggle_detail (self->page);
  bench_wait_quiet (60);
  wb_collection_page_toggle_detail (self->page);
  pan_to (self, at >= n / 2 ? at - 300 : at + 300);
  wb_collection_page_refresh (self->page);
  g_signal_emit_by_name (wb_window_get_profile (self->window), "rows-changed", (int) self->collection);
  bench_wait_quiet (60);
  bench_wait (lists_is_read, self, "refreshed");
  wb_window_show_section (self->window, WB_COLLECTION_ORDERS);
  bench_wait_quiet (60);
  wb_window_show_section (self->window, self->collection);
  bench_wait_quiet (60);
}

static gint64
process_cpu_us (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/* Nothing is left to be read anew: that takes its time, and holds twice what it reads meanwhile. */
static gboolean
has_settled (gpointer data)
{
  Lists *self = data;
  WbListModel *model = self->page->model;

  return model->settle_id == 0 && model->asking == NULL && model->scan == NULL;
}

/* No thread of ours has work. */
static void
wait_idle (Lists *self)
{
  gint64 began;

  do
    {
      bench_wait (has_settled, self, "reading anew");
      began = process_cpu_us ();
      bench_wait_quiet (1000);
    }
  while (process_cpu_us () - began > 100 * 1000);
}

/* What the allocator keeps for itself is given back first: what is left is in use. */
static double
rss_in_use (Lists *self)
{
  wait_idle (self);
  malloc_trim (0);
  return bench_rss_mib ();
}

/* An hour; the growth is the largest rise from one twelfth to any later one: a first reading that is high for another
 * reason hides nothing. */
void
lists_use (Lists *self)
{
  double first = 0, least = G_MAXDOUBLE, growth = 0;

  for (guint twelfth = 0; twelfth < 12; twelfth++)
    {
      double rss;

      for (guint minute = 0; minute < 5; minute++)
        use_a_minute (self, twelfth * 5 + minute);
      rss = rss_in_use (self);
      first = twelfth == 0 ? rss : first;
      least = MIN (least, rss);
      growth = MAX (growth, rss - least);
      if (self->verbose)
        {
          struct mallinfo2 heap = mallinfo2 ();

          g_printerr ("after %u minutes: %.2f MiB; in use %.2f of %.2f, mapped %.2f\n", (twelfth + 1) * 5, rss, heap.uordblks / 1048576.0,
                      heap.arena / 1048576.0, heap.hblkhd / 1048576.0);
        }
    }
  g_print ("growth_mib=%.2f first_mib=%.1f ", growth, first);
}
