// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-cells.h"

#include <adwaita.h>

#include "wb-accessible.h"
#include "wb-compat.h"
#include "wb-format.h"
#include "wb-state-pill.h"
#include "wb-text-scale.h"
#include "wb-words.h"

/* Rows of a list that is no table: three lines in a narrow window; in Activity always, on cards by day. */
struct _WbLines {
  const WbCollectionWords *words;
  WbRowSelection *selection; /* lent */
  gboolean wide, tight;
  GtkWidget *view;  /* lent: the list view of rows on cards */
  GPtrArray *lines; /* of Line, lent: those that are bound */
};
typedef WbLines Rows;

typedef struct {
  Rows *rows;
  GtkListItem *item; /* lent while bound; NULL but on cards */
  GtkWidget *box, *card, *day, *face, *disc, *title, *time, *sub, *pill, *facts, *sum;
  GtkWidget *upper, *lower, *last; /* what they lie in; NULL where it is wide */
  WbRow *row;
  gboolean loading, tight;
  gulong changed_id, updated_id;
} Line;

static GtkWidget *
make_label (const char *css, float xalign, gboolean expand)
{
  GtkWidget *label = gtk_label_new ("");

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, expand);
  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  return label;
}

/* Filling */

static void
fill_face (Line *line)
{
  if (line->disc == NULL)
    {
      wb_row_show_face (line->rows->words, line->row, WB_FACE (line->face));
      return;
    }
  gtk_image_set_from_icon_name (GTK_IMAGE (line->disc), wb_words_operation_icon (wb_row_get_op (line->row)));
  wb_state_add_class (line->disc, "operation", wb_row_get_state (line->rows->words, line->row));
}

static char *
dup_day_at (Rows *rows, guint position)
{
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (rows->view)));
  const WbColumn *column = wb_columns_find (rows->words, WB_COLUMN_TIME);
  g_autoptr (WbRow) row = model != NULL ? g_list_model_get_item (model, position) : NULL;
  gint64 time = row != NULL ? wb_row_get_int (row, column->field) : 0;

  return time > 0 ? wb_format_day (time) : NULL;
}

static void
set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/* The day stands above the first of its rows; its neighbours tell which that is, and where a card ends. */
static void
fill_day (Line *line)
{
  guint position = gtk_list_item_get_position (line->item);
  g_autofree char *day = dup_day_at (line->rows, position);
  g_autofree char *before = position > 0 ? dup_day_at (line->rows, position - 1) : NULL;
  g_autofree char *after = dup_day_at (line->rows, position + 1);
  gboolean first = g_strcmp0 (day, before) != 0;

  gtk_label_set_label (GTK_LABEL (line->day), day != NULL ? day : "");
  gtk_widget_set_visible (line->day, first && day != NULL);
  set_class (line->card, "first", first);
  set_class (line->card, "last", g_strcmp0 (day, after) != 0);
}

static void
move_into (GtkWidget *child, GtkWidget *box, gboolean first)
{
  if (gtk_widget_get_parent (child) == box)
    return;
  g_object_ref (child);
  gtk_box_remove (GTK_BOX (gtk_widget_get_parent (child)), child);
  if (first)
    gtk_box_prepend (GTK_BOX (box), child);
  else
    gtk_box_append (GTK_BOX (box), child);
  g_object_unref (child);
}

/* Where there is little room the title has its line alone, then comes what tells it apart, state, and the rest; in each
 * row of a collection the same: rows of a list are equally high. */
static void
arrange (Line *line)
{
  const WbCollectionWords *words = line->rows->words;
  gboolean has_state = wb_columns_find (words, WB_COLUMN_STATE) != NULL, has_sum = wb_columns_find (words, WB_COLUMN_MONEY) != NULL;
  gboolean tight = line->rows->tight;

  line->tight = tight;
  move_into (line->time, tight ? line->last : line->upper, tight);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (line->lower), tight ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (line->last),
                                  tight && (!has_state || words->rows_only) ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_label_set_xalign (GTK_LABEL (line->time), tight ? 0 : 1);
  gtk_widget_set_visible (line->time, has_state || !tight);
  gtk_widget_set_visible (line->facts, !has_state || !has_sum || !tight);
  gtk_widget_set_visible (line->sum, has_sum || !tight);
  gtk_label_set_xalign (GTK_LABEL (line->facts), tight && has_state ? 1 : 0);
  /* On cards, which may differ in height. */
  gtk_label_set_wrap (GTK_LABEL (line->sum), tight && words->rows_only);
  gtk_widget_set_opacity (line->pill, 1);
}

/* Letters of state and sum that leave no room for the facts between them at 360 px. */
#define LETTERS_OF_A_LINE 22

/* A state cut short tells nothing: the facts make room for it. */
static void
fit (Line *line, const char *state, const char *sum)
{
  if (line->lower == NULL)
    return;
  if (line->tight != line->rows->tight)
    arrange (line);
  if (line->tight)
    {
      /* Its line stays. */
      gtk_widget_set_visible (line->pill, state != NULL);
      gtk_widget_set_opacity (line->pill, wb_row_is_placeholder (line->row) ? 0 : 1);
    }
  else if (state != NULL)
    gtk_widget_set_visible (line->facts, (g_utf8_strlen (state, -1) + g_utf8_strlen (sum, -1)) * wb_text_scale () <= LETTERS_OF_A_LINE);
}

/* What is not read yet: bars where its texts will be, and no state. */
static void
show_loading (Line *line)
{
  GtkWidget *texts[] = { line->title, line->sub };

  line->loading = wb_row_is_placeholder (line->row);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    wb_row_show_loading (texts[i], line->loading);
}

/* Its day is known only now: it may be that of the rows above and below. */
static void
fill_days_around (Line *line)
{
  guint position = gtk_list_item_get_position (line->item);

  for (guint i = 0; i < line->rows->lines->len; i++)
    {
      Line *other = line->rows->lines->pdata[i];
      guint place = gtk_list_item_get_position (other->item);

      if (place + 1 == position || place == position + 1)
        fill_day (other);
    }
}

static void
fill_line (WbRow *row, Line *line)
{
  const WbCollectionWords *words = line->rows->words;
  const WbColumn *state = wb_columns_find (words, WB_COLUMN_STATE);
  gboolean was_loading = line->loading;
  g_autofree char *title = wb_row_dup_title (words, row);
  g_autofree char *sub = wb_row_dup_sub (words, row);
  g_autofree char *sum = wb_row_dup_sum (words, row);
  g_autofree char *time = wb_row_dup_time (words, row);
  g_autofree char *name = wb_row_dup_name (words, row);
  g_autofree char *text = NULL; /* of the state */
  g_autofree char *facts
      = words->dup_facts != NULL && !wb_row_is_placeholder (row) ? words->dup_facts (row) : g_strdup ("");

  gtk_label_set_label (GTK_LABEL (line->title), title);
  gtk_label_set_label (GTK_LABEL (line->sub), sub);
  gtk_label_set_label (GTK_LABEL (line->sum), sum);
  gtk_label_set_label (GTK_LABEL (line->time), time);
  gtk_label_set_label (GTK_LABEL (line->facts), facts);
  show_loading (line);
  gtk_widget_set_visible (line->pill, state != NULL && !wb_row_is_placeholder (row));
  if (state != NULL)
    {
      text = wb_row_dup_state (words, row);
      wb_state_pill_set_text (WB_STATE_PILL (line->pill), words->state_family, wb_row_get_state (words, row), text);
    }
  fit (line, text, sum);
  fill_face (line);
  if (words->rows_only)
    fill_day (line);
  if (words->rows_only && was_loading && !line->loading)
    fill_days_around (line);
  wb_compat_name_list_row (line->box, name);
}

/* Making */

static void
append_all (GtkWidget *box, GtkWidget *const *children, guint n)
{
  for (guint i = 0; i < n; i++)
    gtk_box_append (GTK_BOX (box), children[i]);
}

/* Title and time, then what tells it apart, then state, facts and sum. */
static GtkWidget *
make_narrow (Line *line)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  line->upper = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  line->lower = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  line->last = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (line->time, "caption");
  gtk_widget_add_css_class (line->sum, "heading");
  gtk_widget_set_hexpand (line->facts, TRUE);
  gtk_widget_set_hexpand (line->sum, TRUE);
  append_all (line->upper, (GtkWidget *[]) { line->title, line->time }, 2);
  append_all (line->last, (GtkWidget *[]) { line->facts, line->sum }, 2);
  append_all (line->lower, (GtkWidget *[]) { line->pill, line->last }, 2);
  append_all (lines, (GtkWidget *[]) { line->upper, line->sub, line->lower }, 3);
  gtk_widget_set_hexpand (lines, TRUE);
  return lines;
}

/* Columns that stand under each other: sum, state and time are as wide in each row. */
static GtkWidget *
make_wide (Line *line)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *state = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (state, "line-state");
  gtk_widget_add_css_class (line->time, "line-time");
  gtk_widget_set_visible (line->facts, FALSE);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  append_all (lines, (GtkWidget *[]) { line->title, line->sub, line->facts }, 3);
  append_all (state, (GtkWidget *[]) { line->pill }, 1);
  append_all (row, (GtkWidget *[]) { lines, line->sum, state, line->time }, 4);
  gtk_widget_set_hexpand (row, TRUE);
  return row;
}

static void
make_labels (Line *line)
{
  line->day = make_label ("heading", 0, TRUE);
  line->title = make_label (line->rows->words->rows_only ? NULL : "heading", 0, TRUE);
  line->time = make_label ("dim-label", 1, FALSE);
  line->sub = make_label ("caption", 0, TRUE);
  line->facts = make_label ("caption", 0, FALSE);
  line->sum = make_label ("numeric", 1, FALSE);
  /* A sum that is cut short is a wrong one. */
  gtk_label_set_ellipsize (GTK_LABEL (line->sum), PANGO_ELLIPSIZE_NONE);
  line->pill = wb_state_pill_new ();
  gtk_widget_add_css_class (line->day, "day-heading");
  gtk_widget_add_css_class (line->time, "numeric");
  gtk_widget_add_css_class (line->sub, "dim-label");
  gtk_widget_add_css_class (line->facts, "dim-label");
  gtk_widget_set_valign (line->pill, GTK_ALIGN_CENTER);
}

static GtkWidget *
make_face (Line *line)
{
  GtkWidget *face;

  if (line->rows->words->collection == WB_COLLECTION_ACTIVITY)
    {
      face = line->disc = gtk_image_new ();
      gtk_widget_add_css_class (face, "disc");
    }
  else
    face = line->face = wb_face_new (40);
  gtk_widget_set_valign (face, line->rows->wide ? GTK_ALIGN_CENTER : GTK_ALIGN_START);
  return face;
}

static Line *
get_line (GtkWidget *child)
{
  return g_object_get_data (G_OBJECT (child), "line");
}

static GtkWidget *
make_line (GObject *row, gpointer data)
{
  Rows *rows = data;
  Line *line = g_new0 (Line, 1);

  line->rows = rows;
  make_labels (line);
  line->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  line->card = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_add_css_class (line->card, rows->words->rows_only ? "card-line" : "line");
  if (rows->selection != NULL)
    gtk_box_append (GTK_BOX (line->card), wb_row_check_new (rows->selection, row));
  append_all (line->card, (GtkWidget *[]) { make_face (line), rows->wide ? make_wide (line) : make_narrow (line) }, 2);
  append_all (line->box, (GtkWidget *[]) { line->day, line->card }, 2);
  gtk_widget_set_visible (line->day, FALSE);
  g_object_set_data_full (G_OBJECT (line->box), "line", line, g_free);
  return line->box;
}

static void
bind_line (GtkWidget *child, gpointer item, gpointer data)
{
  Rows *rows = data;
  Line *line = get_line (child);

  line->row = g_object_ref (item);
  line->changed_id = g_signal_connect (line->row, "changed", G_CALLBACK (fill_line), line);
  line->updated_id = g_signal_connect_swapped (line->row, "updated", G_CALLBACK (wb_row_flash), line->box);
  g_ptr_array_add (rows->lines, line);
  fill_line (line->row, line);
}

static void
unbind_line (GtkWidget *child, gpointer data)
{
  Rows *rows = data;
  Line *line = get_line (child);

  g_ptr_array_remove_fast (rows->lines, line);
  wb_row_flash_stop (line->box);
  g_clear_signal_handler (&line->updated_id, line->row);
  g_clear_signal_handler (&line->changed_id, line->row);
  g_clear_object (&line->row);
  line->item = NULL;
}

const WbRowMaker wb_lines_maker = { make_line, bind_line, unbind_line };

WbLines *
wb_lines_new (const WbCollectionWords *words, WbRowSelection *selection)
{
  Rows *self = g_new0 (Rows, 1);

  self->words = words;
  self->selection = selection;
  self->lines = g_ptr_array_new ();
  return self;
}

void
wb_lines_set_tight (WbLines *self, gboolean tight)
{
  self->tight = tight;
}

void
wb_lines_free (WbLines *self)
{
  g_ptr_array_unref (self->lines);
  g_free (self);
}

/* On cards by day: rows of different heights, in GTK's own list */

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, Rows *rows)
{
  GtkWidget *child = make_line (G_OBJECT (item), rows);

  gtk_list_item_set_child (item, child);
  wb_compat_note_list_item (child, item);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, Rows *rows)
{
  GtkWidget *child = gtk_list_item_get_child (item);

  get_line (child)->item = item;
  bind_line (child, gtk_list_item_get_item (item), rows);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, Rows *rows)
{
  unbind_line (gtk_list_item_get_child (item), rows);
}

static void
rows_free (gpointer data, GClosure *closure)
{
  wb_lines_free (data);
}

GtkListItemFactory *
wb_row_factory_new (const WbCollectionWords *words, GtkListView *view, WbRowSelection *selection, gboolean wide)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  Rows *rows = wb_lines_new (words, selection);

  rows->wide = wide;
  rows->view = GTK_WIDGET (view);
  g_object_set_data (G_OBJECT (factory), "rows", rows);
  g_signal_connect_data (factory, "setup", G_CALLBACK (on_setup), rows, rows_free, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), rows);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), rows);
  return factory;
}

void
wb_row_factory_set_tight (GtkListItemFactory *factory, gboolean tight)
{
  wb_lines_set_tight (g_object_get_data (G_OBJECT (factory), "rows"), tight);
}

void
wb_row_factory_update_days (GtkListItemFactory *factory)
{
  Rows *rows = g_object_get_data (G_OBJECT (factory), "rows");

  for (guint i = 0; i < rows->lines->len; i++)
    fill_day (rows->lines->pdata[i]);
}
