// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-grid-private.h"

#include <glib/gi18n.h>

/* What is done to a range: copy, paste, clear, fill, remove. Each is one step of undo. */

/* The part of the range that stands on rows that are there. */
static gboolean
filled_area (WbGrid *self, WbGridArea *area)
{
  *area = wb_grid_get_area (self);
  area->bottom = MIN (area->bottom, wb_grid_n_filled (self) - 1);
  return area->bottom >= area->top;
}

void
wb_grid_copy (WbGrid *self)
{
  GString *text = g_string_new (NULL);
  WbGridArea area;

  if (!filled_area (self, &area))
    {
      g_string_free (text, TRUE);
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  for (int row = area.top; row <= area.bottom; row++)
    for (int column = area.left; column <= area.right; column++)
      {
        wb_table_quote (text, wb_grid_text (self, row, column));
        g_string_append_c (text, column < area.right ? '\t' : '\n');
      }
  /* One cell is its text alone. */
  if (wb_grid_area_cells (&area) == 1)
    g_string_truncate (text, text->len - 1);
  g_free (self->copied);
  self->copied = g_string_free (text, FALSE);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->copied);
}

static void
clear_cell (WbGrid *self, int row, int column)
{
  int at = wb_grid_draft_row (self, row);

  if (column < WB_N_CELLS)
    wb_draft_set_cell (self->draft, at, column, "");
  else if (wb_draft_get_placement (self->draft, at) != NULL)
    wb_draft_unplace (self->draft, at, TRUE);
}

void
wb_grid_clear (WbGrid *self)
{
  WbGridArea area;

  if (!filled_area (self, &area))
    return;
  wb_draft_begin (self->draft, "clear-cells", NULL);
  for (int row = area.top; row <= area.bottom; row++)
    for (int column = area.left; column <= area.right; column++)
      clear_cell (self, row, column);
  wb_draft_end (self->draft);
}

void
wb_grid_cut (WbGrid *self)
{
  wb_grid_copy (self);
  wb_grid_clear (self);
}

/* Filling */

void
wb_grid_fill_down (WbGrid *self)
{
  WbGridArea area;
  int from;

  /* One row takes from the row above it, also the one that is there for a new mailbox. */
  if (!filled_area (self, &area) && (area.top != wb_grid_n_filled (self) || area.top >= wb_grid_n_rows (self)))
    return;
  area.bottom = MAX (area.bottom, area.top);
  if (area.bottom == 0)
    return;
  from = area.top == area.bottom ? area.top - 1 : area.top;
  wb_draft_begin (self->draft, "fill-cells", NULL);
  for (int row = from + 1; row <= area.bottom; row++)
    for (int column = area.left; column <= MIN (area.right, WB_N_CELLS - 1); column++)
      wb_grid_set_text (self, row, column, wb_grid_text (self, from, column));
  wb_draft_end (self->draft);
}

static void
fill_column (WbGrid *self, const WbGridArea *source, const WbGridArea *target, int column)
{
  guint n = source->bottom - source->top + 1;
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (texts, g_strdup (wb_grid_text (self, source->top + i, column)));
  for (int row = target->top; row <= target->bottom; row++)
    {
      int step = row > source->bottom ? row - source->bottom : row - source->top;
      g_autofree char *text = NULL;

      if (row >= source->top && row <= source->bottom)
        continue;
      text = wb_grid_fill_text ((const char *const *) texts->pdata, n, step, column == WB_CELL_USER_NAME);
      wb_grid_set_text (self, row, column, text);
    }
}

static void
fill_row (WbGrid *self, const WbGridArea *source, const WbGridArea *target, int row)
{
  int wide = source->right - source->left + 1;

  for (int column = target->left; column <= MIN (target->right, WB_N_CELLS - 1); column++)
    {
      int from = source->left + (((column - source->left) % wide) + wide) % wide;

      if (column < source->left || column > source->right)
        wb_grid_set_text (self, row, column, wb_grid_text (self, row, from));
    }
}

void
wb_grid_fill_to (WbGrid *self, const WbGridArea *target)
{
  WbGridArea source;

  if (!filled_area (self, &source))
    return;
  wb_draft_begin (self->draft, "fill-cells", NULL);
  if (target->left == source.left && target->right == source.right)
    for (int column = source.left; column <= MIN (source.right, WB_N_CELLS - 1); column++)
      fill_column (self, &source, target, column);
  else
    for (int row = source.top; row <= source.bottom; row++)
      fill_row (self, &source, target, row);
  wb_draft_end (self->draft);
  self->cursor = (WbGridCell) { target->top, target->left };
  wb_grid_go (self, (WbGridCell) { MIN (target->bottom, MAX (wb_grid_n_filled (self) - 1, 0)), target->right }, TRUE);
}

void
wb_grid_remove_rows (WbGrid *self)
{
  WbGridArea area;

  if (!filled_area (self, &area))
    return;
  wb_draft_begin (self->draft, "remove-rows", NULL);
  for (int row = area.bottom; row >= area.top;)
    {
      int last = wb_grid_draft_row (self, row), n = 1;

      /* Rows that stand side by side go at once. */
      while (row - n >= area.top && wb_grid_draft_row (self, row - n) == last - n)
        n++;
      wb_draft_remove_mailboxes (self->draft, last - n + 1, n);
      row -= n;
    }
  wb_draft_end (self->draft);
  wb_grid_rebuild (self);
  wb_grid_go (self, (WbGridCell) { CLAMP (area.top, 0, MAX (wb_grid_n_rows (self) - 1, 0)), self->cursor.column }, FALSE);
}

/* Pasting */

static guint
room_left (WbGrid *self)
{
  guint n = wb_draft_get_n_mailboxes (self->draft);

  return n < WB_GRID_MAX_ROWS ? WB_GRID_MAX_ROWS - n : 0;
}

static void
say_cut_off (WbGrid *self, guint wanted, guint room)
{
  g_autofree char *text = NULL;

  if (wanted <= room)
    return;
  text = g_strdup_printf (ngettext ("An order takes at most 2,000 mailboxes: %u row was left out.",
                                    "An order takes at most 2,000 mailboxes: %u rows were left out.", wanted - room),
                          wanted - room);
  wb_grid_say (self, text);
}

static guint
insert_place (WbGrid *self)
{
  int at = wb_grid_draft_row (self, self->cursor.row);

  if (at >= 0)
    return at + 1;
  if (self->domain != NULL && self->rows->len > 0)
    return g_array_index (self->rows, guint, self->rows->len - 1) + 1;
  return wb_draft_get_n_mailboxes (self->draft);
}

static void
insert (WbGrid *self, guint at, GPtrArray *rows)
{
  guint n = MIN (rows->len, room_left (self));
  g_autofree WbDraftMailbox *flat = g_new0 (WbDraftMailbox, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    flat[i] = *(const WbDraftMailbox *) rows->pdata[i];
  wb_draft_insert_mailboxes (self->draft, at, flat, n);
  say_cut_off (self, rows->len, n);
}

void
wb_grid_insert_rows (WbGrid *self, GPtrArray *rows)
{
  guint at = insert_place (self);

  wb_draft_begin (self->draft, "paste-cells", NULL);
  insert (self, at, rows);
  wb_draft_end (self->draft);
  wb_grid_rebuild (self);
  for (guint i = 0; i < self->rows->len; i++)
    if (g_array_index (self->rows, guint, i) == at)
      wb_grid_go (self, (WbGridCell) { i, WB_CELL_USER_NAME }, FALSE);
}

/* How often what was copied goes into the range: as often as it fits exactly, else once. */
static int
extent (int copied, int chosen)
{
  return chosen > copied && chosen % copied == 0 ? chosen : copied;
}

static const char *
pasted (const WbTable *table, int row, int column)
{
  return wb_table_get (table, row % table->rows->len, column % table->columns);
}

/* What goes beyond the last row becomes rows, all at once. */
static void
paste_new_rows (WbGrid *self, const WbTable *table, const WbGridArea *to, int from)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) domains = g_ptr_array_new_with_free_func (g_free);
  guint at = self->domain != NULL && self->rows->len > 0 ? g_array_index (self->rows, guint, self->rows->len - 1) + 1
                                                         : wb_draft_get_n_mailboxes (self->draft);

  for (int row = from; row <= to->bottom; row++)
    {
      WbDraftMailbox *mailbox = g_new0 (WbDraftMailbox, 1);
      char **cells[WB_N_CELLS] = { &mailbox->domain, &mailbox->user_name, &mailbox->first_name, &mailbox->last_name };

      mailbox->domain = (char *) wb_grid_get_default_domain (self);
      for (int column = to->left; column <= to->right; column++)
        *cells[column] = (char *) pasted (table, row - to->top, column - to->left);
      if (to->left == WB_CELL_DOMAIN)
        g_ptr_array_add (domains, mailbox->domain = wb_grid_dup_stored (WB_CELL_DOMAIN, mailbox->domain));
      g_ptr_array_add (rows, mailbox);
    }
  insert (self, at, rows);
}

static void
paste_at (WbGrid *self, const WbTable *table)
{
  WbGridArea area = wb_grid_get_area (self), to = area;
  int filled = wb_grid_n_filled (self);

  to.bottom = to.top + extent (table->rows->len, area.bottom - area.top + 1) - 1;
  to.right = MIN (to.left + extent (table->columns, area.right - area.left + 1) - 1, WB_N_CELLS - 1);
  if (self->only_problems)
    to.bottom = MIN (to.bottom, filled - 1);
  wb_draft_begin (self->draft, "paste-cells", NULL);
  for (int row = to.top; row <= MIN (to.bottom, filled - 1); row++)
    for (int column = to.left; column <= to.right; column++)
      wb_grid_set_text (self, row, column, pasted (table, row - to.top, column - to.left));
  if (to.bottom >= filled)
    paste_new_rows (self, table, &to, MAX (filled, to.top));
  wb_draft_end (self->draft);
  wb_grid_rebuild (self);
  self->cursor = (WbGridCell) { to.top, to.left };
  wb_grid_go (self, (WbGridCell) { CLAMP (to.bottom, 0, MAX (wb_grid_n_filled (self) - 1, 0)), to.right }, TRUE);
}

static void
take_text (WbGrid *self, const char *text, gboolean mapped)
{
  gboolean ours = g_strcmp0 (text, self->copied) == 0;
  g_autoptr (WbTable) table = wb_table_parse (text, ours ? '\t' : '\0');
  gboolean single = table->rows->len == 1 && table->columns == 1;

  if (table->rows->len == 0)
    wb_grid_say (self, _("There is no text to paste."));
  else if (mapped || (!ours && !single && !wb_table_fits (table, self->cursor.column)))
    g_signal_emit_by_name (self, "map-table", text);
  else if (self->cursor.column < WB_N_CELLS)
    paste_at (self, table);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
text_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbGrid) self = user_data;
  gboolean mapped = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (self), "paste-mapped"));
  g_autoptr (GError) error = NULL;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->draft == NULL)
    return;
  take_text (self, text != NULL ? text : "", mapped);
}

void
wb_grid_paste (WbGrid *self, gboolean mapped)
{
  wb_grid_commit (self);
  g_object_set_data (G_OBJECT (self), "paste-mapped", GINT_TO_POINTER (mapped));
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->cancellable, text_read_cb, g_object_ref (self));
}
