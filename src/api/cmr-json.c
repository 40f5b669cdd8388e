// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "cmr-error.h"
#include "cmr-object.h"

#define BYTES_MAX (16 * 1024 * 1024)
#define DEPTH_MAX 64

/* json-glib 1.6 recurses: 80,000 brackets end the program. Nothing deeper than the bound reaches it. */
static gboolean
depth_is_sane (const char *text, gsize length)
{
  guint depth = 0;
  gboolean quoted = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      char c = text[i];

      if (quoted && c == '\\')
        i++;
      else if (c == '"')
        quoted = !quoted;
      else if (!quoted && (c == '[' || c == '{') && ++depth > DEPTH_MAX)
        return FALSE;
      else if (!quoted && (c == ']' || c == '}') && depth > 0)
        depth--;
    }
  return TRUE;
}

static gboolean
gate (const char *text, gsize length, GError **error)
{
  const char *refusal = NULL;

  if (length > BYTES_MAX)
    refusal = "more than 16 MiB";
  else if (length == 0)
    refusal = "no bytes";
  else if (memchr (text, '\0', length) != NULL)
    refusal = "a NUL byte";
  else if (!g_utf8_validate (text, length, NULL))
    refusal = "not UTF-8";
  else if (!depth_is_sane (text, length))
    refusal = "nested too deeply";
  if (refusal != NULL)
    g_set_error (error, CMR_ERROR, CMR_ERROR_PROTOCOL, "JSON refused: %s", refusal);
  return refusal == NULL;
}

/**
 * cmr_json_parse:
 * @bytes: what came in: an answer, an import, a profile file
 *
 * The gate before json-glib, then the parser.
 *
 * Returns: (transfer full): the root, or %NULL with %CMR_ERROR_PROTOCOL
 */
JsonNode *
cmr_json_parse (GBytes *bytes, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) failure = NULL;
  JsonNode *root;

  if (!gate (text, length, error))
    return NULL;
  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, text, length, &failure))
    {
      /* Its message may quote what came in; the place is enough. */
      g_set_error_literal (error, CMR_ERROR, CMR_ERROR_PROTOCOL, "JSON does not parse");
      return NULL;
    }
  root = json_parser_steal_root (parser);
  if (root == NULL)
    g_set_error_literal (error, CMR_ERROR, CMR_ERROR_PROTOCOL, "JSON is empty");
  return root;
}
