// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "wb-bench-lists.h"

#include "wb-compat.h"
#include "wb-names.h"

/* Where one goes in a list: jumps, sorting, selecting. */

static void
print_all (GArray *figures)
{
  bench_print ("busy", figures, G_STRUCT_OFFSET (BenchFigures, busy));
  bench_print ("cpu", figures, G_STRUCT_OFFSET (BenchFigures, cpu));
  bench_print ("longest", figures, G_STRUCT_OFFSET (BenchFigures, longest));
  bench_print ("blocked", figures, G_STRUCT_OFFSET (BenchFigures, blocked_longest));
  bench_print ("painted", figures, G_STRUCT_OFFSET (BenchFigures, painted));
}

static void
tell (Lists *self, const char *what, const BenchFigures *each)
{
  if (self->verbose)
    g_printerr ("%-20s busy %6.2f cpu %6.2f longest %6.2f blocked %6.2f painted %6.2f done %6.2f\n", what, each->busy, each->cpu,
                each->longest, each->blocked_longest, each->painted, each->done);
}

/* Jumps */

static void
jump (gpointer data)
{
  Lists *self = data;

  wb_compat_list_scroll_to (wb_collection_page_get_list (self->page), self->position);
}

static gboolean
is_there (gpointer data)
{
  Lists *self = data;
  guint first = wb_compat_list_first_shown (wb_collection_page_get_list (self->page));

  return first <= self->position && self->position < first + 40;
}

static gboolean
is_there_filled (gpointer data)
{
  return is_there (data) && lists_is_filled (data);
}

static void
jump_to (Lists *self, GArray *figures, guint position)
{
  g_autofree char *what = g_strdup_printf ("to row %u", position);
  BenchFigures each;

  self->position = position;
  each = bench_measure (jump, is_there, is_there_filled, self, what);
  g_array_append_val (figures, each);
  tell (self, what, &each);
}

/* The end, the middle, the start, and rows that nobody expects. */
static guint
position_of (guint step, guint n)
{
  static const guint fixed[] = { 100, 50, 0 }; /* percent */

  if (step < G_N_ELEMENTS (fixed))
    return (guint) ((guint64) (n - 1) * fixed[step] / 100);
  return (guint) ((guint64) step * 2654435761u % n);
}

/* With the first jump GTK's scroll bar fades in: some sixty frames in a second, which delay nothing as long as each is
 * short. That is looked at apart; it stays there while one jumps on. */
static void
bring_in_scroll_bar (Lists *self, guint position)
{
  g_autoptr (GArray) figures = g_array_new (FALSE, TRUE, sizeof (BenchFigures));

  jump_to (self, figures, position);
  bench_print ("first_busy", figures, G_STRUCT_OFFSET (BenchFigures, busy));
  bench_print ("first_longest", figures, G_STRUCT_OFFSET (BenchFigures, longest));
}

void
lists_jump (Lists *self)
{
  g_autoptr (GArray) figures = g_array_new (FALSE, TRUE, sizeof (BenchFigures));
  guint n = g_list_model_get_n_items (lists_rows (self));

  bench_wait_quiet (500);
  bring_in_scroll_bar (self, n / 4);
  for (guint i = 0; i < 40; i++)
    jump_to (self, figures, position_of (i, n));
  print_all (figures);
}

/* How much of a file the system holds in memory. */
static double
share_in_memory (int fd, size_t size)
{
  size_t page = (size_t) sysconf (_SC_PAGESIZE), n = (size + page - 1) / page, there = 0;
  g_autofree unsigned char *pages = g_malloc (n);
  void *map = mmap (NULL, size, PROT_READ, MAP_SHARED, fd, 0);

  if (map == MAP_FAILED || mincore (map, size, pages) != 0)
    bench_fail ("what of the mirror is in memory cannot be told");
  for (size_t i = 0; i < n; i++)
    there += pages[i] & 1;
  munmap (map, size);
  return (double) there / (double) n;
}

static void
forget_cache (Lists *self)
{
  const char *path = sqlite3_db_filename (self->db, "main");
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  struct stat status;

  if (fd < 0 || fstat (fd, &status) != 0)
    bench_fail ("%s cannot be read", path);
  fdatasync (fd);
  posix_fadvise (fd, 0, 0, POSIX_FADV_DONTNEED);
  if (share_in_memory (fd, (size_t) status.st_size) > 0.02)
    bench_fail ("the system does not let go of the mirror");
  close (fd);
}

void
lists_cold (Lists *self)
{
  g_autoptr (GArray) figures = g_array_new (FALSE, TRUE, sizeof (BenchFigures));
  guint n = g_list_model_get_n_items (lists_rows (self));

  bench_wait_quiet (500);
  for (guint i = 0; i < 20; i++)
    {
      forget_cache (self);
      jump_to (self, figures, position_of (i, n));
    }
  print_all (figures);
  bench_print ("done", figures, G_STRUCT_OFFSET (BenchFigures, done));
}

/* Sorting */

static const char *
field_of (Lists *self)
{
  return self->page->words->columns[self->column].field;
}

static void
sort (gpointer data)
{
  Lists *self = data;

  self->answered = FALSE;
  wb_titles_sort (self->page->titles, self->column, self->descending);
}

static gboolean
is_answered (gpointer data)
{
  Lists *self = data;

  return self->answered && lists_is_read (self);
}

static gboolean
is_answered_filled (gpointer data)
{
  return is_answered (data) && lists_is_filled (data);
}

/* Rows far apart, by what they show: their order is that of the column. */
static gboolean
is_in_order (Lists *self, guint above, guint below)
{
  g_autoptr (WbRow) a = g_list_model_get_item (lists_rows (self), above), b = g_list_model_get_item (lists_rows (self), below);
  const char *field = field_of (self);
  g_autofree char *one = wb_name_fold (wb_row_get_text (a, field)), *other = wb_name_fold (wb_row_get_text (b, field));
  gint64 number = wb_row_get_int (a, field), next = wb_row_get_int (b, field);
  int order = *one != '\0' || *other != '\0' ? strcmp (one, other) : number < next ? -1 : number > next;

  return self->descending ? order >= 0 : order <= 0;
}

static gboolean
ends_are_filled (gpointer data)
{
  Lists *self = data;
  guint n = g_list_model_get_n_items (lists_rows (self));
  g_autoptr (WbRow) first = g_list_model_get_item (lists_rows (self), 0), last = g_list_model_get_item (lists_rows (self), n - 1),
                    middle = g_list_model_get_item (lists_rows (self), n / 2);

  return !wb_row_is_placeholder (first) && !wb_row_is_placeholder (middle) && !wb_row_is_placeholder (last);
}

static void
sort_by (Lists *self, GArray *figures, int column, gboolean descending)
{
  guint n = g_list_model_get_n_items (lists_rows (self));
  g_autofree char *what = NULL;
  BenchFigures each;

  self->column = column;
  self->descending = descending;
  what = g_strdup_printf ("by %s %s", field_of (self), descending ? "down" : "up");
  each = bench_measure (sort, is_answered_filled, is_answered, self, what);
  bench_wait (ends_are_filled, self, what);
  if (g_list_model_get_n_items (lists_rows (self)) != n || !is_in_order (self, 0, n / 2) || !is_in_order (self, n / 2, n - 1))
    bench_fail ("%s: the rows are not in order", what);
  g_array_append_val (figures, each);
  tell (self, what, &each);
}

void
lists_sort (Lists *self)
{
  g_autoptr (GArray) figures = g_array_new (FALSE, TRUE, sizeof (BenchFigures));

  bench_wait_quiet (500);
  for (guint i = 0; i < self->page->words->n_columns; i++)
    {
      g_autofree char *name = NULL;

      sort_by (self, figures, (int) i, FALSE);
      name = g_strdelimit (g_strdup (field_of (self)), "-", '_');
      g_print ("done_%s=%.1f ", name, g_array_index (figures, BenchFigures, figures->len - 1).done);
      sort_by (self, figures, (int) i, TRUE);
    }
  print_all (figures);
}

/* Selecting */

#define CHOICES 9

static void
select_all (gpointer data)
{
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (((Lists *) data)->page->selection));
}

static void
unselect_all (gpointer data)
{
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (((Lists *) data)->page->selection));
}

static void
invert (gpointer data)
{
  wb_row_selection_invert (((Lists *) data)->page->selection);
}

static gboolean
are_selected (gpointer data)
{
  Lists *self = data;

  return wb_row_selection_get_n_selected (self->page->selection) == self->position;
}

static void
change_selection (Lists *self, GArray *figures, BenchAct act, guint n_selected, const char *what)
{
  BenchFigures each;
  guint n = g_list_model_get_n_items (lists_rows (self));

  self->position = n_selected;
  each = bench_measure (act, are_selected, are_selected, self, what);
  if (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->page->selection), n / 2) != (n_selected > 1))
    bench_fail ("%s: a row in the middle is not as it should be", what);
  g_array_append_val (figures, each);
  tell (self, what, &each);
}

/* As one finds a list: a row is selected, and its details stand beside it. */
static void
select_one (Lists *self)
{
  wb_row_selection_select (self->page->selection, 0);
  bench_wait_quiet (500);
}

/* The first time more is made, and more memory taken. */
static void
print_choice (const char *what, GArray *figures)
{
  g_autofree char *memory = g_strdup_printf ("%s_mib", what);

  bench_print (what, figures, G_STRUCT_OFFSET (BenchFigures, busy));
  bench_print (memory, figures, G_STRUCT_OFFSET (BenchFigures, rss_mib));
  g_print ("%s_first=%.2f ", what, g_array_index (figures, BenchFigures, 0).busy);
}

void
lists_select (Lists *self)
{
  g_autoptr (GArray) all = g_array_new (FALSE, TRUE, sizeof (BenchFigures)), none = g_array_new (FALSE, TRUE, sizeof (BenchFigures)),
                     inverted = g_array_new (FALSE, TRUE, sizeof (BenchFigures));
  guint n = g_list_model_get_n_items (lists_rows (self));

  for (guint i = 0; i < CHOICES; i++)
    {
      select_one (self);
      change_selection (self, all, select_all, n, "all");
      change_selection (self, none, unselect_all, 0, "none");
      select_one (self);
      change_selection (self, inverted, invert, n - 1, "inverted");
    }
  print_choice ("all", all);
  print_choice ("none", none);
  print_choice ("inverted", inverted);
}
