// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-cells.h"

#include "wb-compat.h"
#include "wb-state-pill.h"

/* Rows come a few ms after they are bound: bars that are gone before they were seen cost two changes of style in each
 * row. */
#define LATE_MS 80
#define EDGE 16
#define PADDING 10
#define TITLE_SPACE 12

struct _WbCells {
  const WbCollectionWords *words;
  WbTitles *titles;
  WbRowSelection *selection;
  GHashTable *waiting; /* set of WbTableRow: bound to a row that is not read yet */
  guint late_id;
};

typedef struct {
  GtkWidget *widget; /* NULL until its column is shown */
  GtkWidget *text;   /* or a pill */
} Cell;

/* The cells of one row: made once, bound again and again. The row's "changed" refills them, since a list keeps its head
 * rows' objects. */
#define WB_TYPE_TABLE_ROW (wb_table_row_get_type ())
G_DECLARE_FINAL_TYPE (WbTableRow, wb_table_row, WB, TABLE_ROW, GtkWidget)

struct _WbTableRow {
  GtkWidget parent_instance;

  WbCells *cells; /* lent */
  Cell *columns;
  GtkWidget *check, *face, *sub;
  WbRow *row; /* NULL while it shows none */
  gboolean loading;
  gulong changed_id, updated_id;
};

G_DEFINE_FINAL_TYPE (WbTableRow, wb_table_row, GTK_TYPE_WIDGET)

/* Layout */

/* No wider than its word; the column is aligned as all are. */
static void
fit_pill (WbStatePill *pill, GtkAllocation *place)
{
  int width = MIN (wb_state_pill_get_width (pill), place->width);

  if (gtk_widget_get_direction (GTK_WIDGET (pill)) == GTK_TEXT_DIR_RTL)
    place->x += place->width - width;
  place->width = width;
}

static void
place_cell (WbTableRow *self, guint i, int width, int height)
{
  GtkAllocation place = { 0, 0, 0, height };
  int before = i == 0 ? EDGE : PADDING;

  wb_titles_get_span (self->cells->titles, i, width, &place.x, &place.width);
  place.x += before;
  place.width = MAX (place.width - 2 * before, 0);
  if (self->cells->words->columns[i].kind == WB_COLUMN_STATE)
    fit_pill (WB_STATE_PILL (self->columns[i].widget), &place);
  /* Titles that have not been laid out leave no room: what GTK 4.8 clips to nothing it never frees. */
  gtk_widget_set_child_visible (self->columns[i].widget, place.width > 0);
  if (place.width > 0)
    gtk_widget_size_allocate (self->columns[i].widget, &place, -1);
}

static void
wb_table_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WbTableRow *self = WB_TABLE_ROW (widget);

  for (guint i = 0; i < self->cells->words->n_columns; i++)
    if (self->columns[i].widget != NULL && gtk_widget_should_layout (self->columns[i].widget))
      place_cell (self, i, width, height);
}

static void
wb_table_row_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  WbTableRow *self = WB_TABLE_ROW (widget);

  *minimum = *natural = 0;
  for (guint i = 0; i < self->cells->words->n_columns; i++)
    {
      int least, wanted;

      if (self->columns[i].widget == NULL)
        continue;
      /* A column's width is set, whatever is in it. */
      gtk_widget_measure (self->columns[i].widget, orientation, -1, &least, &wanted, NULL, NULL);
      if (orientation == GTK_ORIENTATION_VERTICAL)
        *minimum = *natural = MAX (*natural, wanted);
    }
}

static void
wb_table_row_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (wb_table_row_parent_class)->dispose (object);
}

static void
wb_table_row_finalize (GObject *object)
{
  g_free (WB_TABLE_ROW (object)->columns);
  G_OBJECT_CLASS (wb_table_row_parent_class)->finalize (object);
}

static void
wb_table_row_class_init (WbTableRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_table_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_table_row_finalize;
  widget_class->measure = wb_table_row_measure;
  widget_class->size_allocate = wb_table_row_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "cells");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
wb_table_row_init (WbTableRow *self)
{
}

/* In the first column: the check box, the face and two lines. The check boxes of all rows come and go at once, without
 * asking for another size: the whole window would be laid out anew. */

static void
measure_title (GtkWidget *title, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
               int *natural_baseline)
{
  for (GtkWidget *child = gtk_widget_get_first_child (title); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int least, wanted;

      gtk_widget_measure (child, orientation, -1, &least, &wanted, NULL, NULL);
      if (orientation == GTK_ORIENTATION_VERTICAL)
        *minimum = *natural = MAX (*natural, wanted);
    }
}

static void
allocate_title (GtkWidget *title, int width, int height, int baseline)
{
  gboolean rtl = gtk_widget_get_direction (title) == GTK_TEXT_DIR_RTL;
  int x = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (title); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkAllocation place = { x, 0, 0, height };
      int least;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &place.width, NULL, NULL);
      if (child == gtk_widget_get_last_child (title))
        place.width = MAX (width - x, least);
      if (gtk_widget_get_child_visible (child))
        x += place.width + TITLE_SPACE;
      if (rtl)
        place.x = width - place.x - place.width;
      gtk_widget_size_allocate (child, &place, -1);
    }
}

static void
show_check (WbTableRow *self)
{
  gtk_widget_set_child_visible (self->check, wb_row_selection_get_shows_checks (self->cells->selection));
  gtk_widget_queue_allocate (gtk_widget_get_parent (self->check));
}

/* Making */

static GtkWidget *
make_text (float xalign, const char *css)
{
  GtkWidget *widget = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (widget), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (widget), 1);
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (widget), 1);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (widget), 3);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (widget), xalign);
  gtk_widget_set_hexpand (widget, TRUE);
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (widget, css);
  return widget;
}

static GtkWidget *
make_title (WbTableRow *self, Cell *cell)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->face = wb_face_new (32);
  gtk_widget_set_valign (self->face, GTK_ALIGN_CENTER);
  cell->text = make_text (0, "heading");
  self->sub = make_text (0, "caption");
  gtk_widget_add_css_class (self->sub, "dim-label");
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_widget_set_layout_manager (box, gtk_custom_layout_new (NULL, measure_title, allocate_title));
  gtk_box_append (GTK_BOX (lines), cell->text);
  gtk_box_append (GTK_BOX (lines), self->sub);
  gtk_box_append (GTK_BOX (box), self->check);
  gtk_box_append (GTK_BOX (box), self->face);
  gtk_box_append (GTK_BOX (box), lines);
  g_signal_connect_object (self->cells->selection, "notify::shows-checks", G_CALLBACK (show_check), self, G_CONNECT_SWAPPED);
  show_check (self);
  return box;
}

static GtkWidget *
make_cell (WbTableRow *self, guint i)
{
  Cell *cell = &self->columns[i];

  switch (self->cells->words->columns[i].kind)
    {
    case WB_COLUMN_TITLE:
      return make_title (self, cell);
    case WB_COLUMN_STATE:
      cell->text = wb_state_pill_new_in_row ();
      gtk_widget_set_valign (cell->text, GTK_ALIGN_CENTER);
      return cell->text;
    case WB_COLUMN_NUMBER:
    case WB_COLUMN_MONEY:
      return cell->text = make_text (1, "numeric");
    default:
      return cell->text = make_text (0, "dim-label");
    }
}

static GtkWidget *
make_row (GObject *row, gpointer data)
{
  WbCells *cells = data;
  WbTableRow *self = g_object_new (WB_TYPE_TABLE_ROW, NULL);

  self->cells = cells;
  self->columns = g_new0 (Cell, cells->words->n_columns);
  self->check = wb_row_check_new (NULL, row);
  return GTK_WIDGET (self);
}

/* Filling */

/* A bar where a text that is not read yet will be. */
static void
set_loading (WbTableRow *self, gboolean loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  wb_row_show_loading (self->sub, loading);
  for (guint i = 0; i < self->cells->words->n_columns; i++)
    if (self->columns[i].text != NULL && self->cells->words->columns[i].kind != WB_COLUMN_STATE)
      wb_row_show_loading (self->columns[i].text, loading);
}

static void
stop_waiting (WbTableRow *self)
{
  g_hash_table_remove (self->cells->waiting, self);
  if (g_hash_table_size (self->cells->waiting) == 0)
    g_clear_handle_id (&self->cells->late_id, g_source_remove);
}

static gboolean on_late (gpointer data);

static void
begin_waiting (WbTableRow *self)
{
  g_hash_table_add (self->cells->waiting, self);
  if (self->cells->late_id == 0)
    self->cells->late_id = g_timeout_add (LATE_MS, on_late, self->cells);
}

static void
set_text (GtkWidget *inscription, const char *text)
{
  gtk_inscription_set_text (GTK_INSCRIPTION (inscription), text);
}

static void
fill_title (WbTableRow *self, Cell *cell)
{
  const WbCollectionWords *words = self->cells->words;
  g_autofree char *title = wb_row_dup_title (words, self->row);
  g_autofree char *sub = wb_row_dup_sub (words, self->row);
  g_autofree char *name = wb_row_dup_name (words, self->row);

  set_text (cell->text, title);
  set_text (self->sub, sub);
  wb_row_show_face (words, self->row, WB_FACE (self->face));
  wb_compat_name_list_row (GTK_WIDGET (self), name);
}

static void
fill_state (WbTableRow *self, Cell *cell)
{
  const WbCollectionWords *words = self->cells->words;
  gboolean loading = wb_row_is_placeholder (self->row);
  g_autofree char *text = loading ? NULL : wb_row_dup_state (words, self->row);

  /* An unseen state keeps its room: nothing is laid out anew. */
  gtk_widget_set_opacity (cell->text, loading ? 0 : 1);
  if (!loading)
    wb_state_pill_set_text (WB_STATE_PILL (cell->text), words->state_family, wb_row_get_state (words, self->row), text);
}

static void
fill_cell (WbTableRow *self, guint i)
{
  const WbColumn *column = &self->cells->words->columns[i];
  Cell *cell = &self->columns[i];
  g_autofree char *text = NULL;

  if (column->kind == WB_COLUMN_TITLE)
    fill_title (self, cell);
  else if (column->kind == WB_COLUMN_STATE)
    fill_state (self, cell);
  else
    {
      text = wb_row_dup_cell (self->cells->words, column, self->row);
      set_text (cell->text, text);
    }
}

static void
fill_row (WbTableRow *self)
{
  for (guint i = 0; i < self->cells->words->n_columns; i++)
    {
      Cell *cell = &self->columns[i];
      gboolean shown = wb_titles_is_shown (self->cells->titles, i);

      if (shown && cell->widget == NULL)
        {
          cell->widget = make_cell (self, i);
          gtk_widget_set_parent (cell->widget, GTK_WIDGET (self));
        }
      if (cell->widget == NULL)
        continue;
      gtk_widget_set_visible (cell->widget, shown);
      if (shown)
        fill_cell (self, i);
    }
  if (!wb_row_is_placeholder (self->row))
    {
      stop_waiting (self);
      set_loading (self, FALSE);
    }
  else if (!self->loading)
    begin_waiting (self);
}

static gboolean
on_late (gpointer data)
{
  WbCells *cells = data;
  GHashTableIter iter;
  gpointer row;

  cells->late_id = 0;
  g_hash_table_iter_init (&iter, cells->waiting);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    {
      set_loading (row, TRUE);
      fill_row (row);
    }
  return G_SOURCE_REMOVE;
}

/* Another question was answered: until its row is read, in a moment, what was there is seen, not nothing. */
static void
on_changed (WbTableRow *self)
{
  if (wb_row_is_placeholder (self->row) && !self->loading)
    begin_waiting (self);
  else
    fill_row (self);
}

static void
bind_row (GtkWidget *child, gpointer item, gpointer data)
{
  WbTableRow *self = WB_TABLE_ROW (child);

  self->row = g_object_ref (item);
  self->changed_id = g_signal_connect_swapped (self->row, "changed", G_CALLBACK (on_changed), self);
  self->updated_id = g_signal_connect_swapped (self->row, "updated", G_CALLBACK (wb_row_flash), self);
  fill_row (self);
}

static void
unbind_row (GtkWidget *child, gpointer data)
{
  WbTableRow *self = WB_TABLE_ROW (child);

  stop_waiting (self);
  wb_row_flash_stop (child);
  g_clear_signal_handler (&self->updated_id, self->row);
  g_clear_signal_handler (&self->changed_id, self->row);
  g_clear_object (&self->row);
}

const WbRowMaker wb_cells_maker = { make_row, bind_row, unbind_row };

WbCells *
wb_cells_new (const WbCollectionWords *words, WbTitles *titles, WbRowSelection *selection)
{
  WbCells *self = g_new0 (WbCells, 1);

  self->words = words;
  self->titles = titles;
  self->selection = selection;
  self->waiting = g_hash_table_new (NULL, NULL);
  return self;
}

void
wb_cells_free (WbCells *self)
{
  g_clear_handle_id (&self->late_id, g_source_remove);
  g_hash_table_unref (self->waiting);
  g_free (self);
}
