// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmr-multipart.h"

#include <string.h>

#include "cmr-error.h"

void
cmr_part_free (CmrPart *self)
{
  if (self->destroy != NULL)
    self->destroy (self->data);
  g_clear_pointer (&self->text, g_bytes_unref);
  g_free (self->name);
  g_free (self);
}

gboolean
cmr_multipart_check_name (const char *name, GError **error)
{
  if (name[0] == '\0' || !g_utf8_validate (name, -1, NULL))
    {
      g_set_error_literal (error, CMR_ERROR, CMR_ERROR_INVALID, "A part has no name that is UTF-8");
      return FALSE;
    }
  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      {
        g_set_error_literal (error, CMR_ERROR, CMR_ERROR_INVALID,
                             "A part's name has control characters");
        return FALSE;
      }
  return TRUE;
}

char *
cmr_multipart_new_boundary (void)
{
  return g_strdup_printf ("waybill-%08x%08x%08x%08x", g_random_int (), g_random_int (),
                          g_random_int (), g_random_int ());
}

char *
cmr_multipart_dup_type (const char *boundary)
{
  return g_strdup_printf ("multipart/form-data; boundary=%s", boundary);
}

/* As browsers do it: the quote is percent-encoded, all else stays raw UTF-8. */
static void
append_name (GString *header, const char *name)
{
  g_string_append (header, "; name=\"");
  for (const char *at = name; *at != '\0'; at++)
    {
      if (*at == '"')
        g_string_append (header, "%22");
      else
        g_string_append_c (header, *at);
    }
  g_string_append_c (header, '"');
}

static void
append_header (GString *text, const CmrPart *part, const char *boundary)
{
  g_string_append_printf (text, "--%s\r\nContent-Disposition: form-data", boundary);
  append_name (text, part->name);
  if (part->text == NULL)
    g_string_append (text, "; filename=\"avatar.jpg\"\r\nContent-Type: image/jpeg");
  g_string_append (text, "\r\n\r\n");
}

static void
flush_text (GPtrArray *segments, GString *text)
{
  if (text->len == 0)
    return;
  g_ptr_array_add (segments, cmr_segment_new_bytes (g_bytes_new (text->str, text->len)));
  g_string_truncate (text, 0);
}

GPtrArray *
cmr_multipart_new_segments (GPtrArray *parts, const char *boundary, GError **error)
{
  g_autoptr (GPtrArray) segments = g_ptr_array_new_with_free_func ((GDestroyNotify) cmr_segment_free);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < parts->len; i++)
    {
      const CmrPart *part = g_ptr_array_index (parts, i);

      if (!cmr_multipart_check_name (part->name, error))
        return NULL;
      append_header (text, part, boundary);
      if (part->text != NULL)
        g_string_append_len (text, g_bytes_get_data (part->text, NULL), g_bytes_get_size (part->text));
      else
        {
          flush_text (segments, text);
          g_ptr_array_add (segments, cmr_segment_new_file (part->length_bytes, part->open, part->data));
        }
      g_string_append (text, "\r\n");
    }
  g_string_append_printf (text, "--%s--\r\n", boundary);
  flush_text (segments, text);
  return g_steal_pointer (&segments);
}
