// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-export.h"

#include <glib/gi18n.h>

#include "wb-column-layout.h"
#include "wb-csv.h"
#include "wb-format.h"
#include "wb-state-pill.h"

/* What a row is in a file: figures without signs and groups, times that sort, states in words. Lists hold no secrets. */

struct _WbExport {
  const WbCollectionWords *words;
  GArray *columns; /* of guint */
  gboolean with_id;
  GFile *file;
  WbCsv *csv; /* of the thread */
  gint n;
};

/* Two lines of a cell are two columns of a file, each with a title. */
static const struct {
  const char *field, *title;
} names[] = {
  { "customer", N_("Customer") }, { "domains", N_("Domains") }, { "email", N_("E-mail") },
  { "domain", N_("Domain") },     { "address", N_("Address") },
};

static const char *
name_of (const char *field, const char *fallback)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i].field, field))
      return _(names[i].title);
  return fallback;
}

WbExport *
wb_export_new (const WbCollectionWords *words, GArray *layout, gboolean all, GFile *file)
{
  WbExport *self = g_new0 (WbExport, 1);
  guint first = 0;

  self->words = words;
  self->with_id = all;
  self->file = g_object_ref (file);
  self->columns = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (self->columns, first);
  for (guint i = 0; layout != NULL && i < layout->len; i++)
    {
      const WbColumnPlace *place = &g_array_index (layout, WbColumnPlace, i);

      if (place->shown || all)
        g_array_append_val (self->columns, place->column);
    }
  return self;
}

void
wb_export_free (gpointer data)
{
  WbExport *self = data;

  g_clear_pointer (&self->csv, wb_csv_free);
  g_array_unref (self->columns);
  g_object_unref (self->file);
  g_free (self);
}

static const WbColumn *
column_at (WbExport *self, guint i)
{
  return &self->words->columns[g_array_index (self->columns, guint, i)];
}

static gboolean
write_titles (WbExport *self, GError **error)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      const WbColumn *column = column_at (self, i);
      gboolean two = column->kind == WB_COLUMN_TITLE && column->sub != NULL;

      wb_csv_add_text (self->csv, two ? name_of (column->field, _(column->title)) : _(column->title));
      if (two)
        wb_csv_add_text (self->csv, name_of (column->sub, column->sub));
    }
  if (self->with_id)
    wb_csv_add_text (self->csv, _("Id"));
  return wb_csv_end_row (self->csv, error);
}

static void
write_title (WbExport *self, const WbColumn *column, WbRow *row)
{
  g_autofree char *title = self->words->collection == WB_COLLECTION_ACTIVITY ? wb_row_dup_title (self->words, row) : NULL;

  wb_csv_add_text (self->csv, title != NULL ? title : wb_row_get_text (row, column->field));
  if (column->sub != NULL)
    wb_csv_add_text (self->csv, wb_row_get_text (row, column->sub));
}

static void
write_figure (WbExport *self, const WbColumn *column, WbRow *row)
{
  gint64 figure = wb_row_get_int (row, column->field);

  if (figure == CMR_MONEY_UNKNOWN)
    wb_csv_add_nothing (self->csv);
  else if (column->kind == WB_COLUMN_NUMBER)
    wb_csv_add_number (self->csv, figure);
  else if (column->kind == WB_COLUMN_MONEY)
    wb_csv_add_money (self->csv, figure);
  else
    wb_csv_add_time (self->csv, figure);
}

static void
write_cell (WbExport *self, const WbColumn *column, WbRow *row)
{
  switch (column->kind)
    {
    case WB_COLUMN_TITLE:
      write_title (self, column, row);
      break;
    case WB_COLUMN_TEXT:
      wb_csv_add_text (self->csv, wb_row_get_text (row, column->field));
      break;
    case WB_COLUMN_STATE:
      wb_csv_add_text (self->csv, wb_state_word_text (self->words->state_family, wb_row_get_state (self->words, row)));
      break;
    default:
      write_figure (self, column, row);
    }
}

gboolean
wb_export_visit (WbRow *row, gpointer data, GError **error)
{
  WbExport *self = data;

  if (self->csv == NULL)
    {
      self->csv = wb_csv_new (self->file, error);
      if (self->csv == NULL || !write_titles (self, error))
        return FALSE;
    }
  if (row == NULL)
    return wb_csv_close (self->csv, error);
  for (guint i = 0; i < self->columns->len; i++)
    write_cell (self, column_at (self, i), row);
  if (self->with_id)
    wb_csv_add_text (self->csv, wb_row_get_id (row));
  g_atomic_int_inc (&self->n);
  return wb_csv_end_row (self->csv, error);
}

guint
wb_export_get_n (WbExport *self)
{
  return (guint) g_atomic_int_get (&self->n);
}

char *
wb_export_dup_failure (const GError *error)
{
  static const struct {
    int code;
    const char *text;
  } words[] = {
    { G_IO_ERROR_NO_SPACE, N_("There is no room left where the file was to be. Nothing was saved.") },
    { G_IO_ERROR_PERMISSION_DENIED, N_("You may not write there. Choose another folder.") },
    { G_IO_ERROR_READ_ONLY, N_("That place cannot be written to. Choose another folder.") },
    { G_IO_ERROR_NOT_FOUND, N_("That folder is not there any more. Choose another one.") },
    { G_IO_ERROR_FILENAME_TOO_LONG, N_("The name of the file is too long. Choose a shorter one.") },
  };

  for (guint i = 0; error->domain == G_IO_ERROR && i < G_N_ELEMENTS (words); i++)
    if (error->code == words[i].code)
      return g_strdup (_(words[i].text));
  return wb_format_text (error->message);
}
