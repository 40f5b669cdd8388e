// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later

/* wb-bench-lists-peer MIRROR.DB ROWS filter|incremental|jump|select: the same rows and the same cells in what GTK has for
 * it: a GtkFilterListModel, or a GtkMultiSelection, over a GListStore. Its rows have their text folded already, which
 * spares it most of the work. */
#include <adwaita.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "wb-bench-meter.h"
#include "wb-face.h"
#include "wb-names.h"
#include "wb-state-pill.h"

enum { NAME, ADDRESS, DOMAIN, PROVIDER, CREATED, STATE, N_TEXTS };

#define BENCH_TYPE_ROW (bench_row_get_type ())
G_DECLARE_FINAL_TYPE (BenchRow, bench_row, BENCH, ROW, GObject)

struct _BenchRow {
  GObject parent_instance;
  char *texts[N_TEXTS];
  char *folded;
};

G_DEFINE_FINAL_TYPE (BenchRow, bench_row, G_TYPE_OBJECT)

static void
bench_row_class_init (BenchRowClass *klass)
{
}

static void
bench_row_init (BenchRow *self)
{
}

typedef struct {
  GListStore *store;
  GtkFilterListModel *filtered;
  GtkCustomFilter *filter;
  GtkSelectionModel *selection;
  GtkWidget *view;
  char *words; /* folded */
  gboolean selected;
  guint position;
} Peer;

static BenchRow *
row_new (sqlite3_stmt *stmt)
{
  BenchRow *row = g_object_new (BENCH_TYPE_ROW, NULL);
  g_autofree char *all = NULL;

  for (int i = 0; i < N_TEXTS; i++)
    row->texts[i] = g_strdup ((const char *) sqlite3_column_text (stmt, i));
  all = g_strjoin (" ", row->texts[NAME], row->texts[ADDRESS], NULL);
  row->folded = wb_name_fold (all);
  return row;
}

static void
read_rows (Peer *self, const char *path, guint n)
{
  const char *sql = "SELECT first_name || ' ' || last_name, email, domain, service_provider, date (created_at / 1000000,"
                    " 'unixepoch'), status FROM mailbox ORDER BY email LIMIT ?";
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  sqlite3_stmt *stmt = NULL;
  sqlite3 *db = NULL;

  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK
      || sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL) != SQLITE_OK)
    bench_fail ("%s: %s", path, sqlite3_errmsg (db));
  sqlite3_bind_int64 (stmt, 1, n);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    g_ptr_array_add (rows, row_new (stmt));
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  if (rows->len != n)
    bench_fail ("%u rows instead of %u", rows->len, n);
  self->store = g_list_store_new (BENCH_TYPE_ROW);
  g_list_store_splice (self->store, 0, 0, rows->pdata, rows->len);
}

/* Cells, of the widgets that ours have */

static GtkWidget *
text_new (const char *css)
{
  GtkWidget *text = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (text), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (text), 1);
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (text), 1);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_set_valign (text, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (text, css);
  return text;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  GtkWidget *box, *lines;

  if (GPOINTER_TO_INT (column) != NAME)
    {
      gtk_list_item_set_child (item, GPOINTER_TO_INT (column) == STATE ? wb_state_pill_new () : text_new ("dim-label"));
      return;
    }
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (lines), text_new ("heading"));
  gtk_box_append (GTK_BOX (lines), text_new ("caption"));
  gtk_box_append (GTK_BOX (box), wb_face_new (32));
  gtk_box_append (GTK_BOX (box), lines);
  gtk_list_item_set_child (item, box);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  BenchRow *row = gtk_list_item_get_item (item);
  GtkWidget *child = gtk_list_item_get_child (item), *lines;

  if (GPOINTER_TO_INT (column) == STATE)
    wb_state_pill_set (WB_STATE_PILL (child), "mailbox", row->texts[STATE]);
  else if (GPOINTER_TO_INT (column) != NAME)
    gtk_inscription_set_text (GTK_INSCRIPTION (child), row->texts[GPOINTER_TO_INT (column)]);
  else
    {
      lines = gtk_widget_get_last_child (child);
      wb_face_set_name (WB_FACE (gtk_widget_get_first_child (child)), row->texts[NAME]);
      gtk_inscription_set_text (GTK_INSCRIPTION (gtk_widget_get_first_child (lines)), row->texts[NAME]);
      gtk_inscription_set_text (GTK_INSCRIPTION (gtk_widget_get_last_child (lines)), row->texts[ADDRESS]);
    }
}

static GtkWidget *
make_view (Peer *self)
{
  GtkWidget *view = gtk_column_view_new (g_object_ref (self->selection));
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  for (int i = 0; i < N_TEXTS; i++)
    if (i != ADDRESS)
      {
        GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
        GtkColumnViewColumn *column;

        g_signal_connect (factory, "setup", G_CALLBACK (on_setup), GINT_TO_POINTER (i));
        g_signal_connect (factory, "bind", G_CALLBACK (on_bind), GINT_TO_POINTER (i));
        column = gtk_column_view_column_new ("Column", factory);
        gtk_column_view_column_set_expand (column, i == NAME);
        gtk_column_view_append_column (GTK_COLUMN_VIEW (view), column);
        g_object_unref (column);
      }
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  return scrolled;
}

static gboolean
matches (gpointer item, gpointer data)
{
  Peer *self = data;

  return strstr (((BenchRow *) item)->folded, self->words) != NULL;
}

static void
open_window (Peer *self, gboolean incremental)
{
  GtkWidget *window = gtk_window_new ();

  self->words = g_strdup ("");
  self->filter = gtk_custom_filter_new (matches, self, NULL);
  self->filtered = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->store)), g_object_ref (GTK_FILTER (self->filter)));
  gtk_filter_list_model_set_incremental (self->filtered, incremental);
  self->selection = GTK_SELECTION_MODEL (gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->filtered))));
  self->view = make_view (self);
  gtk_window_set_child (GTK_WINDOW (window), self->view);
  gtk_window_set_default_size (GTK_WINDOW (window), 1040, 780);
  gtk_window_present (GTK_WINDOW (window));
  bench_meter_install (window);
  bench_wait_quiet (1000);
}

/* Keystrokes */

static void
type (gpointer data)
{
  Peer *self = data;

  gtk_widget_queue_draw (self->view); /* as the entry would be */
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

static gboolean
is_filtered (gpointer data)
{
  return gtk_filter_list_model_get_pending (((Peer *) data)->filtered) == 0;
}

static gboolean
first_rows_match (gpointer data)
{
  Peer *self = data;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->filtered));

  for (guint i = 0; i < MIN (12, n); i++)
    {
      g_autoptr (GObject) row = g_list_model_get_item (G_LIST_MODEL (self->filtered), i);

      if (!matches (row, self))
        return FALSE;
    }
  return TRUE; /* fewer, while it looks for them: to its favour */
}

static void
press (Peer *self, GArray *figures, const char *text)
{
  BenchFigures each;

  g_free (self->words);
  self->words = wb_name_fold (text);
  each = bench_measure (type, first_rows_match, is_filtered, self, text);
  g_array_append_val (figures, each);
}

static void
run_filter (Peer *self)
{
  static const char *const texts[] = { "x", "xy", "xyl", "Ίκ", "Ίκαρος", "STRASS", "STRASSBURGER", "Z", "ZO", "ZOË", "EXAM", "EXAMPLE", "" };
  g_autoptr (GArray) figures = g_array_new (FALSE, TRUE, sizeof (BenchFigures));

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    press (self, figures, texts[i]);
  bench_print ("busy", figures, G_STRUCT_OFFSET (BenchFigures, busy));
  bench_print ("longest", figures, G_STRUCT_OFFSET (BenchFigures, longest));
  bench_print ("painted", figures, G_STRUCT_OFFSET (BenchFigures, painted));
  bench_print ("done", figures, G_STRUCT_OFFSET (BenchFigures, done));
}

/* Jumps */

static void
jump (gpointer data)
{
  Peer *self = data;
  GtkWidget *list = gtk_widget_get_last_child (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (self->view)));

  gtk_widget_activate_action (list, "list.scroll-to-item", "u", self->position);
}

/* The view is at least near it: rows are all as high. */
static gboolean
is_there (gpointer data)
{
  Peer *self = data;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->view));
  double upper = gtk_adjustment_get_upper (adjustment), row = upper / g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  return ABS (gtk_adjustment_get_value (adjustment) - row * self->position) < 2 * gtk_adjustment_get_page_size (adjustment);
}

static void
run_jump (Peer *self)
{
  g_autoptr (GArray) figures = g_array_new (FALSE, TRUE, sizeof (BenchFigures));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  for (guint i = 1; i < 30; i++)
    {
      BenchFigures each;

      self->position = (guint) ((guint64) i * 2654435761u % n);
      each = bench_measure (jump, is_there, is_there, self, "jump");
      g_array_append_val (figures, each);
    }
  bench_print ("busy", figures, G_STRUCT_OFFSET (BenchFigures, busy));
  bench_print ("painted", figures, G_STRUCT_OFFSET (BenchFigures, painted));
}

/* Selecting */

static void
select_all (gpointer data)
{
  Peer *self = data;

  if (self->selected)
    gtk_selection_model_select_all (self->selection);
  else
    gtk_selection_model_unselect_all (self->selection);
}

static gboolean
is_as_asked (gpointer data)
{
  Peer *self = data;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  return gtk_selection_model_is_selected (self->selection, n / 2) == self->selected
         && gtk_selection_model_is_selected (self->selection, n - 1) == self->selected;
}

static void
run_select (Peer *self)
{
  BenchFigures all, none;

  self->selected = TRUE;
  all = bench_measure (select_all, is_as_asked, is_as_asked, self, "select all");
  self->selected = FALSE;
  none = bench_measure (select_all, is_as_asked, is_as_asked, self, "unselect all");
  g_print ("all=%.2f all_mib=%.1f none=%.2f none_mib=%.1f ", all.busy, all.rss_mib, none.busy, none.rss_mib);
}

int
main (int argc, char **argv)
{
  Peer self = { NULL };

  if (argc != 4)
    {
      g_printerr ("wb-bench-lists-peer MIRROR.DB ROWS filter|incremental|jump|select\n");
      return 2;
    }
  adw_init ();
  read_rows (&self, argv[1], (guint) atoi (argv[2]));
  open_window (&self, g_str_equal (argv[3], "incremental"));
  if (g_str_equal (argv[3], "select"))
    run_select (&self);
  else if (g_str_equal (argv[3], "jump"))
    run_jump (&self);
  else
    run_filter (&self);
  g_print ("rows=%u mib=%.0f\n", g_list_model_get_n_items (G_LIST_MODEL (self.store)), bench_rss_mib ());
  exit (0);
}
