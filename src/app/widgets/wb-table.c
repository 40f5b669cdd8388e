// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-table.h"

#include <string.h>

#define MAX_COLUMNS 64

typedef struct {
  GPtrArray *rows;
  GPtrArray *row;
  GString *cell;
  char separator;
} Reader;

static void
row_free (gpointer data)
{
  g_ptr_array_unref (data);
}

static void
end_cell (Reader *reader)
{
  if (reader->row->len < MAX_COLUMNS)
    g_ptr_array_add (reader->row, g_strstrip (g_strdup (reader->cell->str)));
  g_string_truncate (reader->cell, 0);
}

static void
end_row (Reader *reader)
{
  end_cell (reader);
  g_ptr_array_add (reader->rows, reader->row);
  reader->row = g_ptr_array_new_with_free_func (g_free);
}

/* A quoted cell: doubled quotes stand for one. Returns what follows it. */
static const char *
read_quoted (Reader *reader, const char *at)
{
  for (at++; *at != '\0'; at++)
    {
      if (*at == '"' && at[1] != '"')
        return at + 1;
      if (*at == '"')
        at++;
      g_string_append_c (reader->cell, *at);
    }
  return at;
}

static GPtrArray *
read_rows (const char *text, char separator)
{
  Reader reader = {
    .rows = g_ptr_array_new_with_free_func (row_free),
    .row = g_ptr_array_new_with_free_func (g_free),
    .cell = g_string_new (NULL),
    .separator = separator,
  };
  const char *at = text;

  while (*at != '\0')
    if (*at == '"' && reader.cell->len == 0 && separator != '\0')
      at = read_quoted (&reader, at);
    else if (*at == '\r' || *at == '\n')
      {
        at += at[0] == '\r' && at[1] == '\n' ? 2 : 1;
        end_row (&reader);
      }
    else
      {
        if (separator != '\0' && *at == separator)
          end_cell (&reader);
        else
          g_string_append_c (reader.cell, *at);
        at++;
      }
  if (reader.cell->len > 0 || reader.row->len > 0)
    end_row (&reader);
  g_ptr_array_unref (reader.row);
  g_string_free (reader.cell, TRUE);
  return reader.rows;
}

static gboolean
row_is_empty (GPtrArray *row)
{
  for (guint i = 0; i < row->len; i++)
    if (*(const char *) row->pdata[i] != '\0')
      return FALSE;
  return TRUE;
}

/* Only if every line that holds anything has the same number of them: names have commas, too. */
static gboolean
separates (const char *text, char separator)
{
  g_autoptr (GPtrArray) rows = read_rows (text, separator);
  guint columns = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      GPtrArray *row = rows->pdata[i];

      if (row_is_empty (row))
        continue;
      if (row->len < 2 || (columns != 0 && row->len != columns))
        return FALSE;
      columns = row->len;
    }
  /* "Okafor, Amara" alone is a person, not two columns. */
  return columns > 2 || (columns == 2 && (separator == ';' || rows->len > 1));
}

static char
find_separator (const char *text)
{
  if (strchr (text, '\t') != NULL)
    return '\t';
  if (separates (text, ';'))
    return ';';
  return separates (text, ',') ? ',' : '\0';
}

WbTable *
wb_table_parse (const char *text, char separator)
{
  WbTable *self = g_new0 (WbTable, 1);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  /* What some programs put first. */
  const char *start = g_str_has_prefix (valid, "\xef\xbb\xbf") ? valid + 3 : valid;

  self->separator = separator != '\0' ? separator : find_separator (start);
  self->rows = read_rows (start, self->separator);
  while (self->rows->len > 0 && row_is_empty (self->rows->pdata[self->rows->len - 1]))
    g_ptr_array_remove_index (self->rows, self->rows->len - 1);
  for (guint i = 0; i < self->rows->len; i++)
    self->columns = MAX (self->columns, ((GPtrArray *) self->rows->pdata[i])->len);
  for (guint i = 0; i < self->rows->len; i++)
    while (((GPtrArray *) self->rows->pdata[i])->len < self->columns)
      g_ptr_array_add (self->rows->pdata[i], g_strdup (""));
  return self;
}

void
wb_table_free (WbTable *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->rows);
  g_free (self);
}

const char *
wb_table_get (const WbTable *self, guint row, guint column)
{
  return ((GPtrArray *) self->rows->pdata[row])->pdata[column];
}

void
wb_table_quote (GString *out, const char *cell)
{
  if (strpbrk (cell, "\t\r\n\"") == NULL)
    {
      g_string_append (out, cell);
      return;
    }
  g_string_append_c (out, '"');
  for (const char *p = cell; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
}
