// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-csv.h"

#include <string.h>

#define BUFFERED (64 * 1024)
/* What spreadsheets take for the beginning of a formula, also behind a tab or a return. */
#define FORMULA "=+-@\t\r"

struct _WbCsv {
  GFile *file, *beside;
  GOutputStream *stream;
  GString *buffer;
  guint n_cells; /* of this row */
};

/* In the same folder, so that it can take the other's place. */
static GFile *
beside_of (GFile *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *other = g_strdup_printf (".%s.%08x.part", name, g_random_int ());

  return folder != NULL ? g_file_get_child (folder, other) : NULL;
}

/**
 * wb_csv_new:
 *
 * Returns: (nullable) (transfer full): a writer; %NULL with an error of GIO when no file can be made there
 */
WbCsv *
wb_csv_new (GFile *file, GError **error)
{
  WbCsv *self = g_new0 (WbCsv, 1);

  self->file = g_object_ref (file);
  self->beside = beside_of (file);
  self->buffer = g_string_sized_new (BUFFERED);
  if (self->beside != NULL)
    self->stream = G_OUTPUT_STREAM (g_file_create (self->beside, G_FILE_CREATE_PRIVATE, NULL, error));
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "no folder to write to");
  if (self->stream != NULL)
    return self;
  g_clear_object (&self->beside);
  wb_csv_free (self);
  return NULL;
}

static void
begin_cell (WbCsv *self)
{
  if (self->n_cells++ > 0)
    g_string_append_c (self->buffer, ',');
}

static void
append_quoted (GString *buffer, const char *text)
{
  g_string_append_c (buffer, '"');
  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        g_string_append_c (buffer, '"');
      g_string_append_c (buffer, *text);
    }
  g_string_append_c (buffer, '"');
}

/* Of figures that came as text, no formula can be made. */
static gboolean
is_figure (const char *text)
{
  gsize sign = *text == '-' || *text == '+', digits = strspn (text + sign, "0123456789");
  const char *rest = text + sign + digits;

  if (digits > 0 && *rest == '.')
    rest += 1 + strspn (rest + 1, "0123456789");
  return digits > 0 && *rest == '\0';
}

void
wb_csv_add_text (WbCsv *self, const char *text)
{
  g_autofree char *safe = NULL;

  begin_cell (self);
  if (*text != '\0' && strchr (FORMULA, *text) != NULL && !is_figure (text))
    text = safe = g_strconcat ("'", text, NULL);
  /* A blank at an end is text too, which some programs would take away. */
  if (strpbrk (text, ",\"\r\n") != NULL || *text == ' ' || (*text != '\0' && text[strlen (text) - 1] == ' '))
    append_quoted (self->buffer, text);
  else
    g_string_append (self->buffer, text);
}

void
wb_csv_add_nothing (WbCsv *self)
{
  begin_cell (self);
}

void
wb_csv_add_number (WbCsv *self, gint64 number)
{
  begin_cell (self);
  g_string_append_printf (self->buffer, "%" G_GINT64_FORMAT, number);
}

void
wb_csv_add_money (WbCsv *self, gint64 cents)
{
  guint64 sum = cents < 0 ? -(guint64) cents : (guint64) cents;

  begin_cell (self);
  g_string_append_printf (self->buffer, "%s%" G_GUINT64_FORMAT ".%02u", cents < 0 ? "-" : "", sum / 100, (guint) (sum % 100));
}

void
wb_csv_add_time (WbCsv *self, gint64 us)
{
  g_autoptr (GDateTime) time = us != 0 ? g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC) : NULL;
  g_autofree char *text = time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : NULL;

  begin_cell (self);
  g_string_append (self->buffer, text != NULL ? text : "");
}

static gboolean
flush (WbCsv *self, GError **error)
{
  gboolean good = g_output_stream_write_all (self->stream, self->buffer->str, self->buffer->len, NULL, NULL, error);

  g_string_truncate (self->buffer, 0);
  return good;
}

gboolean
wb_csv_end_row (WbCsv *self, GError **error)
{
  /* A row of one empty cell would be an empty line, which is no row. */
  if (self->n_cells == 1 && (self->buffer->len == 0 || self->buffer->str[self->buffer->len - 1] == '\n'))
    g_string_append (self->buffer, "\"\"");
  self->n_cells = 0;
  g_string_append (self->buffer, "\r\n");
  return self->buffer->len < BUFFERED || flush (self, error);
}

gboolean
wb_csv_close (WbCsv *self, GError **error)
{
  if (!flush (self, error) || !g_output_stream_close (self->stream, NULL, error)
      || !g_file_move (self->beside, self->file, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, error))
    return FALSE;
  g_clear_object (&self->beside);
  return TRUE;
}

void
wb_csv_free (WbCsv *self)
{
  if (self->stream != NULL)
    g_output_stream_close (self->stream, NULL, NULL);
  if (self->beside != NULL)
    g_file_delete (self->beside, NULL, NULL);
  g_clear_object (&self->stream);
  g_clear_object (&self->beside);
  g_object_unref (self->file);
  g_string_free (self->buffer, TRUE);
  g_free (self);
}
