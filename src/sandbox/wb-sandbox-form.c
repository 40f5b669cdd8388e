// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
/* For memmem(). */
#define _GNU_SOURCE
#include "wb-sandbox-form-private.h"

#include <string.h>

typedef enum { PREAMBLE, AFTER_BOUNDARY, HEADER, BODY, EPILOGUE, BROKEN } State;

struct _WbSbForm {
  char *delimiter; /* CR LF -- boundary */
  gsize delimiter_length;
  gboolean keep_data;
  WbSbPartFunc on_file;
  gpointer data;
  State state;
  GByteArray *pending;
  GPtrArray *parts;
  WbSbPart *part;
  GChecksum *sum;
  const char *problem;
};

static void
part_free (WbSbPart *part)
{
  g_free (part->name);
  g_free (part->filename);
  g_free (part->content_type);
  g_free (part->sha256);
  if (part->text != NULL)
    g_string_free (part->text, TRUE);
  g_clear_pointer (&part->data, g_byte_array_unref);
  g_free (part);
}

/* @on_file gets every file part when it is whole; its bytes go right after, when they were wanted. */
WbSbForm *
wb_sb_form_new (const char *boundary, gboolean keep_data, WbSbPartFunc on_file, gpointer data)
{
  WbSbForm *form = g_new0 (WbSbForm, 1);

  form->delimiter = g_strconcat ("\r\n--", boundary, NULL);
  form->delimiter_length = strlen (form->delimiter);
  form->keep_data = keep_data;
  form->on_file = on_file;
  form->data = data;
  form->pending = g_byte_array_new ();
  form->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) part_free);
  /* The first boundary has no line before it. */
  g_byte_array_append (form->pending, (const guint8 *) "\r\n", 2);
  return form;
}

static gboolean
refuse (WbSbForm *form, const char *problem)
{
  if (form->state != BROKEN)
    form->problem = problem;
  form->state = BROKEN;
  g_byte_array_set_size (form->pending, 0);
  return FALSE;
}

/* The value of `name="…"` as browsers and curl write it: %22, %0D and %0A for what would end it; and as
 * older clients do: a backslash before a quote. */
static char *
decode_quoted (const char *text, const char **end)
{
  GString *value = g_string_new (NULL);

  for (; *text != '\0' && *text != '"'; text++)
    {
      if (text[0] == '\\' && (text[1] == '"' || text[1] == '\\'))
        g_string_append_c (value, *++text);
      else if (g_str_has_prefix (text, "%22") || g_ascii_strncasecmp (text, "%0d", 3) == 0
               || g_ascii_strncasecmp (text, "%0a", 3) == 0)
        {
          g_string_append_c (value, text[1] == '2' ? '"' : g_ascii_tolower (text[2]) == 'd' ? '\r' : '\n');
          text += 2;
        }
      else
        g_string_append_c (value, *text);
    }
  *end = *text == '"' ? text + 1 : text;
  return g_string_free (value, FALSE);
}

static char *
take_token (const char *text, const char **end)
{
  gsize length = strcspn (text, "; \t");

  *end = text + length;
  return g_strndup (text, length);
}

static void
take_disposition (WbSbPart *part, const char *value)
{
  const char *at = strchr (value, ';');

  while (at != NULL && *at == ';')
    {
      g_autofree char *key = NULL;
      g_autofree char *text = NULL;
      gsize length;

      at += 1 + strspn (at + 1, " \t");
      length = strcspn (at, "=;");
      key = g_ascii_strdown (at, (gssize) length);
      at += length;
      if (*at != '=')
        continue;
      at++;
      text = *at == '"' ? decode_quoted (at + 1, &at) : take_token (at, &at);
      at += strspn (at, " \t");
      if (g_str_equal (key, "name") && part->name == NULL)
        part->name = g_steal_pointer (&text);
      else if (g_str_equal (key, "filename") && part->filename == NULL)
        part->filename = g_steal_pointer (&text);
    }
}

static gboolean
begin_part (WbSbForm *form, const char *header)
{
  g_auto (GStrv) lines = g_strsplit (header, "\r\n", -1);
  WbSbPart *part = g_new0 (WbSbPart, 1);

  g_ptr_array_add (form->parts, part);
  form->part = part;
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *colon = strchr (lines[i], ':');
      const char *value = colon != NULL ? colon + 1 + strspn (colon + 1, " \t") : NULL;

      if (colon == NULL)
        continue;
      if (g_ascii_strncasecmp (lines[i], "content-disposition:", 20) == 0)
        take_disposition (part, value);
      else if (g_ascii_strncasecmp (lines[i], "content-type:", 13) == 0 && part->content_type == NULL)
        part->content_type = g_strdup (value);
    }
  if (part->name == NULL || !g_utf8_validate (part->name, -1, NULL)
      || (part->filename != NULL && !g_utf8_validate (part->filename, -1, NULL))
      || (part->content_type != NULL && !g_utf8_validate (part->content_type, -1, NULL)))
    return refuse (form, "A part has no readable name");
  if (part->filename == NULL)
    part->text = g_string_new (NULL);
  else
    form->sum = g_checksum_new (G_CHECKSUM_SHA256);
  if (part->filename != NULL && form->keep_data)
    part->data = g_byte_array_new ();
  return TRUE;
}

static gboolean
feed_part (WbSbForm *form, const guint8 *bytes, gsize length)
{
  WbSbPart *part = form->part;

  if (part->length + length > (part->text ? WB_SB_FORM_MAX_TEXT : WB_SB_FORM_MAX_FILE))
    return refuse (form, "A part is too large");
  if (part->length < sizeof part->head)
    memcpy (part->head + part->length, bytes, MIN (length, sizeof part->head - part->length));
  part->length += length;
  if (part->text != NULL)
    g_string_append_len (part->text, (const char *) bytes, (gssize) length);
  else
    g_checksum_update (form->sum, bytes, (gssize) length);
  if (part->data != NULL)
    g_byte_array_append (part->data, bytes, (guint) length);
  return TRUE;
}

static gboolean
end_part (WbSbForm *form)
{
  WbSbPart *part = form->part;

  form->part = NULL;
  if (part->text != NULL)
    return g_utf8_validate (part->text->str, (gssize) part->text->len, NULL)
           || refuse (form, "A text part is not UTF-8");
  part->sha256 = g_strdup (g_checksum_get_string (form->sum));
  g_clear_pointer (&form->sum, g_checksum_free);
  form->on_file (form, part, form->data);
  g_clear_pointer (&part->data, g_byte_array_unref);
  return TRUE;
}

/* Up to the next delimiter. What could be the beginning of one stays. TRUE: go on, there is more. */
static gboolean
eat_until_delimiter (WbSbForm *form)
{
  GByteArray *pending = form->pending;
  const guint8 *found = memmem (pending->data, pending->len, form->delimiter, form->delimiter_length);
  gsize sure = found != NULL ? (gsize) (found - pending->data)
               : pending->len < form->delimiter_length ? 0
                                                       : pending->len - form->delimiter_length + 1;

  if (form->state == BODY && sure > 0 && !feed_part (form, pending->data, sure))
    return FALSE;
  if (found != NULL)
    {
      if (form->state == BODY && !end_part (form))
        return FALSE;
      form->state = AFTER_BOUNDARY;
      sure += form->delimiter_length;
    }
  g_byte_array_remove_range (pending, 0, (guint) sure);
  return found != NULL;
}

/* Behind a boundary: two hyphens end the form, white space and a line end begin a part. */
static gboolean
eat_boundary_end (WbSbForm *form)
{
  GByteArray *pending = form->pending;
  guint blank = 0;

  if (pending->len < 2)
    return FALSE;
  if (memcmp (pending->data, "--", 2) == 0)
    {
      form->state = EPILOGUE;
      return TRUE;
    }
  while (blank < pending->len && (pending->data[blank] == ' ' || pending->data[blank] == '\t'))
    blank++;
  if (blank + 2 > pending->len && blank < 100)
    return FALSE;
  if (blank + 2 > pending->len || memcmp (pending->data + blank, "\r\n", 2) != 0)
    return refuse (form, "A boundary is not followed by a line end");
  if (form->parts->len >= WB_SB_FORM_MAX_PARTS)
    return refuse (form, "Too many parts");
  g_byte_array_remove_range (pending, 0, blank + 2);
  form->state = HEADER;
  return TRUE;
}

static gboolean
eat_header (WbSbForm *form)
{
  GByteArray *pending = form->pending;
  const guint8 *end = memmem (pending->data, pending->len, "\r\n\r\n", 4);
  g_autofree char *header = NULL;

  if (end == NULL && pending->len <= WB_SB_FORM_MAX_HEADER)
    return FALSE;
  if (end == NULL || end - pending->data > WB_SB_FORM_MAX_HEADER
      || memchr (pending->data, '\0', (gsize) (end - pending->data)) != NULL)
    return refuse (form, "A part's header is too long or holds a NUL byte");
  header = g_strndup ((const char *) pending->data, (gsize) (end - pending->data));
  if (!begin_part (form, header))
    return FALSE;

  g_byte_array_remove_range (pending, 0, (guint) (end - pending->data) + 4);
  form->state = BODY;
  return TRUE;
}

gboolean
wb_sb_form_push (WbSbForm *form, const guint8 *bytes, gsize length)
{
  gboolean more = TRUE;

  if (form->state == BROKEN)
    return FALSE;
  g_byte_array_append (form->pending, bytes, (guint) length);
  while (more)
    switch (form->state)
      {
      case PREAMBLE:
      case BODY:
        more = eat_until_delimiter (form);
        break;
      case AFTER_BOUNDARY:
        more = eat_boundary_end (form);
        break;
      case HEADER:
        more = eat_header (form);
        break;
      case EPILOGUE:
        g_byte_array_set_size (form->pending, 0);
        more = FALSE;
        break;
      case BROKEN:
        return FALSE;
      }
  return form->state != BROKEN;
}

/* No more comes: FALSE when the last boundary never did. */
gboolean
wb_sb_form_end (WbSbForm *form)
{
  return form->state == EPILOGUE || refuse (form, "The form ends before its last boundary");
}

const char *
wb_sb_form_problem (WbSbForm *form)
{
  return form->problem;
}

GPtrArray *
wb_sb_form_parts (WbSbForm *form)
{
  return form->parts;
}

WbSbPart *
wb_sb_form_find (WbSbForm *form, const char *name)
{
  for (guint i = 0; i < form->parts->len; i++)
    if (g_str_equal (((WbSbPart *) form->parts->pdata[i])->name, name))
      return form->parts->pdata[i];
  return NULL;
}

void
wb_sb_form_free (WbSbForm *form)
{
  g_free (form->delimiter);
  g_byte_array_unref (form->pending);
  g_ptr_array_unref (form->parts);
  g_clear_pointer (&form->sum, g_checksum_free);
  g_free (form);
}
