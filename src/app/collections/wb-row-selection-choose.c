// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-row-selection-private.h"

/* What a person does */

static void
empty (WbRowSelection *self)
{
  wb_row_set_clear (&self->set);
  wb_row_set_init (&self->set);
}

void
wb_row_selection_forget_hidden (WbRowSelection *self)
{
  WbRowSet kept;
  guint n = wb_row_selection_n_rows (self);

  if (self->set.n == self->n_selected)
    return;
  wb_row_set_init (&kept);
  for (guint i = 0; i < n; i++)
    {
      gint64 rowid = wb_row_selection_rowid_at (self, i);

      if (wb_row_set_has (&self->set, rowid))
        wb_row_set_put (&kept, rowid, TRUE);
    }
  wb_row_set_clear (&self->set);
  self->set = kept;
}

/* All at once: in the list's order the numbers would be looked up all over memory. */
static void
put_all (WbRowSelection *self, guint n, gboolean invert)
{
  const guint32 *rowids = wb_list_model_peek_rowids (self->model);

  if (rowids != NULL)
    wb_row_set_put_many (&self->set, rowids, n, invert);
  for (guint i = 0; rowids == NULL && i < n; i++)
    {
      gint64 rowid = wb_row_selection_rowid_at (self, i);

      wb_row_set_put (&self->set, rowid, !invert || !wb_row_set_has (&self->set, rowid));
    }
}

static guint
put_range (WbRowSelection *self, guint position, guint n, gboolean in)
{
  guint changed = 0;

  for (guint i = 0; i < n; i++)
    changed += wb_row_set_put (&self->set, wb_row_selection_rowid_at (self, position + i), in);
  return changed;
}

static gboolean
is_selected (GtkSelectionModel *selection, guint position)
{
  WbRowSelection *self = WB_ROW_SELECTION (selection);
  gint64 rowid = wb_row_selection_rowid_at (self, position);

  return rowid >= 0 && wb_row_set_has (&self->set, rowid);
}

/* Rows @position to @position + @n may be selected now or no longer, @selected of all. */
static void
announce (WbRowSelection *self, guint position, guint n, guint selected)
{
  for (guint i = position; i < MIN (position + n, HEAD); i++)
    self->head[i] = is_selected (GTK_SELECTION_MODEL (self), i);
  if (n > 0)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), position, n);
  wb_row_selection_take_count (self, selected);
}

static GtkBitset *
get_selection_in_range (GtkSelectionModel *selection, guint position, guint n_items)
{
  GtkBitset *set = gtk_bitset_new_empty ();
  guint end = MIN (wb_row_selection_n_rows (WB_ROW_SELECTION (selection)), position + n_items), from = position;

  /* In runs: a number at a time costs ten times as much. */
  for (guint i = position; i <= end; i++)
    if (i == end || !is_selected (selection, i))
      {
        if (i > from)
          gtk_bitset_add_range (set, from, i - from);
        from = i + 1;
      }
  return set;
}

/* Where a row stands is known here: among a million it would have to be looked for. */
static void
take_row_at (WbRowSelection *self, guint position)
{
  self->rowid = wb_row_selection_rowid_at (self, position);
  wb_row_selection_take_position (self, position);
}

static gboolean
select_range (GtkSelectionModel *selection, guint position, guint n_items, gboolean unselect_rest)
{
  WbRowSelection *self = WB_ROW_SELECTION (selection);
  guint n = wb_row_selection_n_rows (self), old, added;

  if (position >= n || n_items == 0)
    return TRUE;
  n_items = MIN (n_items, n - position);
  old = self->set.n <= 1 ? self->position : GTK_INVALID_LIST_POSITION;
  if (unselect_rest)
    empty (self);
  else
    wb_row_selection_forget_hidden (self);
  added = put_range (self, position, n_items, TRUE);
  /* The end that moved is where the focus is. */
  if (n_items > 1 && wb_row_selection_rowid_at (self, position) == self->anchor)
    take_row_at (self, position + n_items - 1);
  else
    take_row_at (self, position);
  if (n_items == 1)
    self->anchor = self->rowid;
  if (unselect_rest && old != GTK_INVALID_LIST_POSITION && n_items == 1)
    {
      /* One for one: of a million rows two are told. */
      if (old != position && old < n)
        announce (self, old, 1, 1);
      announce (self, position, 1, 1);
    }
  else
    announce (self, unselect_rest ? 0 : position, unselect_rest ? n : n_items,
              unselect_rest ? n_items : self->n_selected + added);
  return TRUE;
}

static gboolean
unselect_range (GtkSelectionModel *selection, guint position, guint n_items)
{
  WbRowSelection *self = WB_ROW_SELECTION (selection);
  guint n = wb_row_selection_n_rows (self), removed;

  if (position >= n || n_items == 0)
    return TRUE;
  n_items = MIN (n_items, n - position);
  wb_row_selection_forget_hidden (self);
  removed = put_range (self, position, n_items, FALSE);
  take_row_at (self, position);
  self->anchor = self->rowid;
  announce (self, position, n_items, self->n_selected - removed);
  return TRUE;
}

static gboolean
select_item (GtkSelectionModel *selection, guint position, gboolean unselect_rest)
{
  return select_range (selection, position, 1, unselect_rest);
}

static gboolean
unselect_item (GtkSelectionModel *selection, guint position)
{
  return unselect_range (selection, position, 1);
}

/* The row that was selected last stays the one that a menu and the focus go to. */
static gboolean
select_all (GtkSelectionModel *selection)
{
  WbRowSelection *self = WB_ROW_SELECTION (selection);
  guint n = wb_row_selection_n_rows (self);

  empty (self);
  put_all (self, n, FALSE);
  announce (self, 0, n, n);
  return TRUE;
}

static gboolean
unselect_all (GtkSelectionModel *selection)
{
  WbRowSelection *self = WB_ROW_SELECTION (selection);

  empty (self);
  announce (self, 0, wb_row_selection_n_rows (self), 0);
  return TRUE;
}

static gboolean
set_selection (GtkSelectionModel *selection, GtkBitset *selected, GtkBitset *mask)
{
  WbRowSelection *self = WB_ROW_SELECTION (selection);
  guint n = wb_row_selection_n_rows (self), now, position;
  GtkBitsetIter iter;

  wb_row_selection_forget_hidden (self);
  now = self->n_selected;
  for (gboolean more = gtk_bitset_iter_init_first (&iter, mask, &position); more && position < n;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      gboolean in = gtk_bitset_contains (selected, position);

      if (wb_row_set_put (&self->set, wb_row_selection_rowid_at (self, position), in))
        now += in ? 1 : -1;
    }
  announce (self, 0, n, now);
  return TRUE;
}

void
wb_row_selection_init_choosing (GtkSelectionModelInterface *iface)
{
  iface->is_selected = is_selected;
  iface->get_selection_in_range = get_selection_in_range;
  iface->select_item = select_item;
  iface->unselect_item = unselect_item;
  iface->select_range = select_range;
  iface->unselect_range = unselect_range;
  iface->select_all = select_all;
  iface->unselect_all = unselect_all;
  iface->set_selection = set_selection;
}

void
wb_row_selection_select (WbRowSelection *self, guint position)
{
  if (position < wb_row_selection_n_rows (self))
    select_item (GTK_SELECTION_MODEL (self), position, TRUE);
  else
    unselect_all (GTK_SELECTION_MODEL (self));
}

void
wb_row_selection_invert (WbRowSelection *self)
{
  guint n = wb_row_selection_n_rows (self), now = n - self->n_selected;

  wb_row_selection_forget_hidden (self);
  put_all (self, n, TRUE);
  announce (self, 0, n, now);
}
