// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-columns.h"

#include <adwaita.h>

#include "wb-accessible.h"
#include "wb-compat.h"
#include "wb-state-pill.h"

/* Rows come a few ms after they are bound: bars that are gone before they were seen cost two changes of style in each
 * of a thousand cells. */
#define LATE_MS 80

typedef struct {
  const WbCollectionWords *words;
  const WbColumn *column;
  GHashTable *waiting; /* set of Cell: bound to a row that is not read yet */
  guint late_id;
} Factory;

/* One cell: made once, bound again and again. The row's "changed" refills it, since a list keeps its head
 * rows' objects. */
typedef struct {
  Factory *factory; /* lent while bound */
  const WbCollectionWords *words;
  const WbColumn *column;
  GtkWidget *widget;
  GtkWidget *face, *first, *second;
  WbRow *row;
  gboolean loading;
  gulong changed_id, updated_id;
} Cell;

static void
set_text (GtkWidget *inscription, const char *text)
{
  gtk_inscription_set_text (GTK_INSCRIPTION (inscription), text);
}

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

/* What is not read yet: a bar where the text will be. */
static void
set_loading (Cell *cell, gboolean loading)
{
  if (cell->loading == loading)
    return;
  cell->loading = loading;
  if (cell->column->kind != WB_COLUMN_STATE)
    wb_row_show_loading (cell->first, loading);
  if (cell->second != NULL)
    wb_row_show_loading (cell->second, loading);
}

static gboolean
on_late (gpointer data)
{
  Factory *factory = data;
  GHashTableIter iter;
  gpointer cell;

  factory->late_id = 0;
  g_hash_table_iter_init (&iter, factory->waiting);
  while (g_hash_table_iter_next (&iter, &cell, NULL))
    set_loading (cell, TRUE);
  return G_SOURCE_REMOVE;
}

static void
stop_waiting (Cell *cell)
{
  g_hash_table_remove (cell->factory->waiting, cell);
  if (g_hash_table_size (cell->factory->waiting) == 0)
    g_clear_handle_id (&cell->factory->late_id, g_source_remove);
}

static void
show_loading (Cell *cell)
{
  gboolean loading = wb_row_is_placeholder (cell->row);

  /* An unseen state keeps its room: nothing is laid out anew. */
  if (cell->column->kind == WB_COLUMN_STATE)
    gtk_widget_set_opacity (cell->first, loading ? 0 : 1);
  if (!loading)
    {
      stop_waiting (cell);
      set_loading (cell, FALSE);
      return;
    }
  g_hash_table_add (cell->factory->waiting, cell);
  if (cell->factory->late_id == 0)
    cell->factory->late_id = g_timeout_add (LATE_MS, on_late, cell->factory);
}

static void
fill_title (Cell *cell)
{
  g_autofree char *title = wb_row_dup_title (cell->words, cell->row);
  g_autofree char *sub = wb_row_dup_sub (cell->words, cell->row);
  g_autofree char *name = wb_row_dup_name (cell->words, cell->row);

  set_text (cell->first, title);
  set_text (cell->second, sub);
  wb_row_show_face (cell->words, cell->row, WB_FACE (cell->face));
  wb_compat_name_list_row (cell->widget, name);
}

static void
fill_cell (WbRow *row, Cell *cell)
{
  g_autofree char *text = NULL;

  show_loading (cell);
  if (cell->column->kind == WB_COLUMN_TITLE)
    fill_title (cell);
  else if (cell->column->kind == WB_COLUMN_STATE)
    {
      if (wb_row_is_placeholder (row))
        return;
      text = wb_row_dup_state (cell->words, row);
      wb_state_pill_set_text (WB_STATE_PILL (cell->first), cell->words->state_family,
                              wb_row_get_state (cell->words, row), text);
    }
  else
    {
      text = wb_row_dup_cell (cell->words, cell->column, row);
      set_text (cell->first, text);
    }
}

static GtkWidget *
make_title (Cell *cell)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  cell->face = wb_face_new (32);
  gtk_widget_set_valign (cell->face, GTK_ALIGN_CENTER);
  cell->first = make_text (0, "heading");
  cell->second = make_text (0, "caption");
  gtk_widget_add_css_class (cell->second, "dim-label");
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (lines), cell->first);
  gtk_box_append (GTK_BOX (lines), cell->second);
  gtk_box_append (GTK_BOX (box), cell->face);
  gtk_box_append (GTK_BOX (box), lines);
  return box;
}

static GtkWidget *
make_widget (Cell *cell)
{
  switch (cell->column->kind)
    {
    case WB_COLUMN_TITLE:
      return make_title (cell);
    case WB_COLUMN_STATE:
      cell->first = wb_state_pill_new ();
      gtk_widget_set_halign (cell->first, GTK_ALIGN_START);
      gtk_widget_set_valign (cell->first, GTK_ALIGN_CENTER);
      return cell->first;
    case WB_COLUMN_NUMBER:
    case WB_COLUMN_MONEY:
      return cell->first = make_text (1, "numeric");
    default:
      return cell->first = make_text (0, "dim-label");
    }
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, Factory *made_for)
{
  Cell *cell = g_new0 (Cell, 1);
  GtkWidget *check;

  cell->words = made_for->words;
  cell->column = made_for->column;
  cell->widget = make_widget (cell);
  if (cell->column->kind == WB_COLUMN_TITLE && (check = wb_row_check_new (factory, item)) != NULL)
    gtk_box_prepend (GTK_BOX (cell->widget), check);
  gtk_list_item_set_child (item, cell->widget);
  g_object_set_data_full (G_OBJECT (cell->widget), "cell", cell, g_free);
  wb_compat_note_list_item (cell->widget, item);
}

static Cell *
get_cell (GtkListItem *item)
{
  return g_object_get_data (G_OBJECT (gtk_list_item_get_child (item)), "cell");
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, Factory *made_for)
{
  Cell *cell = get_cell (item);

  cell->factory = made_for;
  cell->row = g_object_ref (gtk_list_item_get_item (item));
  cell->changed_id = g_signal_connect (cell->row, "changed", G_CALLBACK (fill_cell), cell);
  /* The title never leaves: once a row. */
  if (cell->column->kind == WB_COLUMN_TITLE)
    cell->updated_id = g_signal_connect_swapped (cell->row, "updated", G_CALLBACK (wb_row_flash), cell->widget);
  fill_cell (cell->row, cell);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, Factory *made_for)
{
  Cell *cell = get_cell (item);

  stop_waiting (cell);
  if (cell->updated_id != 0)
    wb_row_flash_stop (cell->widget);
  g_clear_signal_handler (&cell->updated_id, cell->row);
  g_clear_signal_handler (&cell->changed_id, cell->row);
  g_clear_object (&cell->row);
}

static void
factory_closure_free (gpointer data, GClosure *closure)
{
  Factory *factory = data;

  g_clear_handle_id (&factory->late_id, g_source_remove);
  g_hash_table_unref (factory->waiting);
  g_free (factory);
}

GtkListItemFactory *
wb_cell_factory_new (const WbCollectionWords *words, const WbColumn *column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  Factory *made_for = g_new (Factory, 1);

  *made_for = (Factory) { words, column, g_hash_table_new (NULL, NULL), 0 };
  g_signal_connect_data (factory, "setup", G_CALLBACK (on_setup), made_for, factory_closure_free, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), made_for);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), made_for);
  return factory;
}
