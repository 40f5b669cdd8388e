// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-row-list-private.h"

/* Which row shows what. */

WbRowItem *
wb_row_list_find (WbRowList *self, guint position)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (((WbRowItem *) self->rows->pdata[i])->position == position)
      return self->rows->pdata[i];
  return NULL;
}

static void
fill (WbRowList *self, WbRowItem *row, guint position)
{
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->model), position);

  wb_row_item_set_place (row, position, wb_row_list_n_rows (self));
  wb_row_item_set_selected (row, gtk_selection_model_is_selected (self->model, position));
  if (row->item != item)
    wb_row_item_show (row, item, self->maker, self->data);
}

static void
lay_by (WbRowList *self, WbRowItem *row)
{
  wb_row_item_set_place (row, GTK_INVALID_LIST_POSITION, 0);
  wb_row_item_set_selected (row, FALSE);
  wb_row_item_show (row, NULL, self->maker, self->data);
}

/* A new child lets the whole window be laid out again. */
static WbRowItem *
make (WbRowList *self)
{
  WbRowItem *row = wb_row_item_new (self->maker, self->data);

  gtk_widget_set_parent (GTK_WIDGET (row), GTK_WIDGET (self));
  return row;
}

static void
add (WbRowList *self, WbRowItem *row, guint position)
{
  g_ptr_array_add (self->rows, row);
  fill (self, row, position);
}

/* Off the screen it stays as long as it has the focus. */
WbRowItem *
wb_row_list_get_row (WbRowList *self, guint position)
{
  WbRowItem *row = wb_row_list_find (self, position);

  if (row != NULL || self->maker == NULL || position >= wb_row_list_n_rows (self))
    return row;
  row = make (self);
  add (self, row, position);
  wb_row_list_queue_sync (self);
  return row;
}

/* A screen reader goes through the widgets as they stand. */
static void
put_in_order (WbRowList *self)
{
  GtkWidget *before = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = self->rows->pdata[i];

      if (gtk_widget_get_prev_sibling (row) != before)
        gtk_widget_insert_after (row, GTK_WIDGET (self), before);
      before = row;
    }
}

/* Rows that show what is on the screen stay, and so does one that has the focus, wherever it is. */
static GPtrArray *
sort_out (WbRowList *self, WbRowItem **slots, guint from, guint until, WbRowItem **away)
{
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self));
  GPtrArray *spare = g_ptr_array_new ();

  for (guint i = 0; i < self->rows->len; i++)
    {
      WbRowItem *row = self->rows->pdata[i];

      if (row->position >= from && row->position < until && slots[row->position - from] == NULL)
        slots[row->position - from] = row;
      else if (GTK_WIDGET (row) == focus && row->position < wb_row_list_n_rows (self))
        *away = row;
      else
        g_ptr_array_add (spare, row);
    }
  return spare;
}

/* The row that has the focus went: it goes to the one that stands there now. */
static gboolean
has_lost_row (WbRowList *self)
{
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self));

  return WB_IS_ROW_ITEM (focus) && WB_ROW_ITEM (focus)->position >= wb_row_list_n_rows (self);
}

/* Nothing is scrolled: who looks elsewhere stays there. */
static void
hand_focus_on (WbRowList *self, guint position)
{
  gtk_widget_grab_focus (GTK_WIDGET (wb_row_list_get_row (self, position)));
  self->cursor = position;
}

void
wb_row_list_sync (WbRowList *self)
{
  guint n = wb_row_list_n_rows (self), from = MIN (self->first, n), until = MIN (n, from + wb_row_list_n_shown (self));
  g_autofree WbRowItem **slots = g_new0 (WbRowItem *, until - from + 1);
  g_autoptr (GPtrArray) spare = NULL;
  WbRowItem *away = NULL;
  gboolean hand_on;

  if (self->maker == NULL)
    return;
  hand_on = n > 0 && has_lost_row (self);
  spare = sort_out (self, slots, from, until, &away);
  g_ptr_array_set_size (self->rows, 0);
  if (away != NULL && away->position < from)
    add (self, away, away->position);
  for (guint i = 0; i < until - from; i++)
    if (slots[i] != NULL)
      add (self, slots[i], from + i);
    else
      add (self, spare->len > 0 ? g_ptr_array_steal_index (spare, 0) : make (self), from + i);
  if (away != NULL && away->position >= until)
    add (self, away, away->position);
  /* One more than there is room for: the one with the focus may have to stay when it is scrolled away. */
  if (spare->len == 0 && away == NULL && self->row_height > 0)
    g_ptr_array_add (spare, make (self));
  for (guint i = 0; i < spare->len; i++)
    {
      lay_by (self, spare->pdata[i]);
      g_ptr_array_add (self->rows, spare->pdata[i]);
    }
  put_in_order (self);
  if (hand_on)
    hand_focus_on (self, MIN (self->cursor, n - 1));
}

void
wb_row_list_drop_rows (WbRowList *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      WbRowItem *row = self->rows->pdata[i];

      wb_row_item_show (row, NULL, self->maker, self->data);
      gtk_widget_unparent (GTK_WIDGET (row));
    }
  g_ptr_array_set_size (self->rows, 0);
  self->row_height = 0;
  self->offset = 0;
}

/* The model */

/* Where @place is after rows @position to @position + @removed were replaced by @added; what went hands it on. */
static guint
follow (guint place, guint position, guint removed, guint added)
{
  if (place == GTK_INVALID_LIST_POSITION || place < position)
    return place;
  return place >= position + removed ? place + added - removed : MIN (place, position + added);
}

void
wb_row_list_follow (WbRowList *self, guint position, guint removed, guint added)
{
  /* Who looks at the top looks at what comes there. */
  if (self->first > 0 || self->offset > 0)
    self->first = follow (self->first, position, removed, added);
  /* A list that was cut off and grows again pushes nobody on to its new end. */
  self->first = MIN (self->first, MAX (wb_row_list_n_rows (self), 1) - 1);
  self->wanted = follow (self->wanted, position, removed, added);
  self->cursor = follow (self->cursor, position, removed, added);
  self->from = follow (self->from, position, removed, added);
  self->pressed = self->pressed >= position && self->pressed - position < removed
                    ? GTK_INVALID_LIST_POSITION : follow (self->pressed, position, removed, added);
  for (guint i = 0; i < self->rows->len; i++)
    {
      WbRowItem *row = self->rows->pdata[i];
      gboolean gone = row->position >= position + added && row->position < position + removed;

      row->position = gone ? GTK_INVALID_LIST_POSITION : follow (row->position, position, removed, added);
    }
  wb_row_list_queue_sync (self);
}
