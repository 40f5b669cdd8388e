// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-columns.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "wb-compat.h"
#include "wb-format.h"
#include "wb-state-pill.h"
#include "wb-words.h"

/* Two-line rows: narrow windows, and Activity always, where the first row of a day bears its name above. */
typedef struct {
  const WbCollectionWords *words;
  GtkListItem *item; /* lent while bound */
  GtkWidget *box, *day, *avatar, *disc, *title, *time, *sub, *pill, *sum;
  WbRow *row;
  gulong changed_id;
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

static const WbColumn *
column_of (const WbCollectionWords *words, WbColumnKind kind)
{
  for (guint i = 0; i < words->n_columns; i++)
    if (words->columns[i].kind == kind)
      return &words->columns[i];
  return NULL;
}

static const char *
time_field (const WbCollectionWords *words)
{
  const WbColumn *column = column_of (words, WB_COLUMN_TIME);

  return column != NULL ? column->field : "created";
}

static void
fill_face (Line *line, const char *title)
{
  const CmrEndpoint *endpoint;

  if (line->words->collection != WB_COLLECTION_ACTIVITY)
    {
      adw_avatar_set_text (ADW_AVATAR (line->avatar), title);
      return;
    }
  endpoint = cmr_endpoint_find (wb_row_get_text (line->row, "op"));
  gtk_image_set_from_icon_name (GTK_IMAGE (line->disc), wb_words_operation_icon (endpoint != NULL ? endpoint->op : CMR_OP_NONE));
  wb_state_add_class (line->disc, "operation", wb_row_get_text (line->row, "state"));
}

static char *
dup_first_line (const WbCollectionWords *words, WbRow *row)
{
  const CmrEndpoint *endpoint;

  if (words->collection != WB_COLLECTION_ACTIVITY)
    return wb_format_text (wb_row_get_text (row, words->columns[0].field));
  endpoint = cmr_endpoint_find (wb_row_get_text (row, "op"));
  return wb_words_operation (endpoint != NULL ? endpoint->op : CMR_OP_NONE, MAX (wb_row_get_int (row, "pictures"), 0),
                             MAX (wb_row_get_int (row, "mailboxes"), 0));
}

static char *
dup_sum (const WbCollectionWords *words, WbRow *row)
{
  const WbColumn *column = column_of (words, WB_COLUMN_MONEY);
  gint64 cents = column != NULL ? wb_row_get_int (row, column->field) : CMR_MONEY_UNKNOWN;

  return cents == 0 && words->collection == WB_COLLECTION_ACTIVITY ? g_strdup (_("free")) : wb_format_money (cents);
}

/* The day stands above the first of its rows; the row before tells. */
static void
fill_day (Line *line)
{
  GListModel *model = G_LIST_MODEL (g_object_get_data (G_OBJECT (line->box), "model"));
  guint position = line->item != NULL ? gtk_list_item_get_position (line->item) : 0;
  gint64 time = wb_row_get_int (line->row, time_field (line->words));
  g_autofree char *day = time > 0 ? wb_format_day (time) : g_strdup ("");
  g_autoptr (WbRow) before = model != NULL && position > 0 ? g_list_model_get_item (model, position - 1) : NULL;
  g_autofree char *other = before != NULL ? wb_format_day (wb_row_get_int (before, time_field (line->words))) : NULL;

  gtk_label_set_label (GTK_LABEL (line->day), day);
  gtk_widget_set_visible (line->day, line->words->rows_only && g_strcmp0 (day, other) != 0);
}

static void
fill_line (WbRow *row, Line *line)
{
  const WbColumn *state = column_of (line->words, WB_COLUMN_STATE);
  g_autofree char *title = dup_first_line (line->words, row);
  g_autofree char *sub = wb_format_text (wb_row_get_text (row, line->words->columns[0].sub));
  g_autofree char *sum = dup_sum (line->words, row);
  g_autofree char *name = wb_row_dup_name (line->words, row);
  gint64 time = wb_row_get_int (row, time_field (line->words));
  g_autofree char *when = time > 0 ? wb_format_time (time) : g_strdup ("");

  gtk_label_set_label (GTK_LABEL (line->title), title);
  gtk_label_set_label (GTK_LABEL (line->sub), sub);
  gtk_label_set_label (GTK_LABEL (line->sum), sum);
  gtk_label_set_label (GTK_LABEL (line->time), when);
  gtk_widget_set_visible (line->pill, state != NULL);
  if (state != NULL)
    wb_state_pill_set (WB_STATE_PILL (line->pill), line->words->state_family, wb_row_get_text (row, state->field));
  fill_face (line, title);
  fill_day (line);
  wb_compat_name_list_row (line->box, name);
}

static GtkWidget *
make_lines (Line *line)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *upper = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *lower = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  line->title = make_label ("heading", 0, TRUE);
  line->time = make_label ("dim-label", 1, FALSE);
  line->sub = make_label ("caption", 0, TRUE);
  line->pill = wb_state_pill_new ();
  line->sum = make_label ("numeric", 1, FALSE);
  gtk_widget_add_css_class (line->sub, "dim-label");
  gtk_widget_set_valign (line->pill, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (upper), line->title);
  gtk_box_append (GTK_BOX (upper), line->time);
  gtk_box_append (GTK_BOX (lower), line->sub);
  gtk_box_append (GTK_BOX (lower), line->sum);
  gtk_box_append (GTK_BOX (lower), line->pill);
  gtk_box_append (GTK_BOX (lines), upper);
  gtk_box_append (GTK_BOX (lines), lower);
  gtk_widget_set_hexpand (lines, TRUE);
  return lines;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, const WbCollectionWords *words)
{
  Line *line = g_new0 (Line, 1);
  GtkWidget *inner = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  line->words = words;
  line->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  line->day = make_label ("heading", 0, TRUE);
  gtk_widget_add_css_class (line->day, "day-heading");
  if (words->collection == WB_COLLECTION_ACTIVITY)
    {
      line->disc = gtk_image_new ();
      gtk_widget_add_css_class (line->disc, "disc");
      gtk_widget_set_valign (line->disc, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (inner), line->disc);
    }
  else
    {
      line->avatar = adw_avatar_new (32, NULL, TRUE);
      gtk_widget_set_valign (line->avatar, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (inner), line->avatar);
    }
  gtk_box_append (GTK_BOX (inner), make_lines (line));
  gtk_widget_add_css_class (inner, "line");
  gtk_box_append (GTK_BOX (line->box), line->day);
  gtk_box_append (GTK_BOX (line->box), inner);
  gtk_list_item_set_child (item, line->box);
  g_object_set_data_full (G_OBJECT (line->box), "line", line, g_free);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, const WbCollectionWords *words)
{
  Line *line = g_object_get_data (G_OBJECT (gtk_list_item_get_child (item)), "line");
  GtkWidget *view = gtk_widget_get_ancestor (line->box, GTK_TYPE_LIST_VIEW);

  if (view != NULL)
    g_object_set_data (G_OBJECT (line->box), "model", gtk_list_view_get_model (GTK_LIST_VIEW (view)));
  line->item = item;
  line->row = g_object_ref (gtk_list_item_get_item (item));
  line->changed_id = g_signal_connect (line->row, "changed", G_CALLBACK (fill_line), line);
  fill_line (line->row, line);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, const WbCollectionWords *words)
{
  Line *line = g_object_get_data (G_OBJECT (gtk_list_item_get_child (item)), "line");

  g_clear_signal_handler (&line->changed_id, line->row);
  g_clear_object (&line->row);
  line->item = NULL;
}

GtkListItemFactory *
wb_row_factory_new (const WbCollectionWords *words)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), (gpointer) words);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), (gpointer) words);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), (gpointer) words);
  return factory;
}
