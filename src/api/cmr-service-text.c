// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmr-error.h"

#include "cmr-object.h"

/* A refusal is a sentence or two; what is longer is a page or a dump. */
#define BODY_MAX_BYTES (64 * 1024)
#define TEXT_MAX_CHARS 500

/* A text, or the first text of a list of them. */
static const char *
first_text (JsonNode *node)
{
  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) > 0)
    node = json_array_get_element (json_node_get_array (node), 0);
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

/* One line without control characters, of bounded length; NULL when nothing is left. */
static char *
dup_line (const char *text)
{
  GString *line = g_string_new (NULL);
  guint n = 0;

  for (const char *at = text; *at != '\0' && n < TEXT_MAX_CHARS; at = g_utf8_next_char (at), n++)
    {
      gunichar c = g_utf8_get_char (at);

      g_string_append_unichar (line, g_unichar_iscntrl (c) ? ' ' : c);
    }
  g_strstrip (line->str);
  return g_string_free (line, line->str[0] == '\0');
}

char *
cmr_error_dup_service_text (GBytes *body)
{
  static const char *const members[] = { "message", "error", "detail" };
  g_autoptr (JsonNode) root = NULL;
  const char *text = NULL;

  if (body == NULL || g_bytes_get_size (body) == 0 || g_bytes_get_size (body) > BODY_MAX_BYTES)
    return NULL;
  root = cmr_json_parse (body, NULL);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;
  for (guint i = 0; text == NULL && i < G_N_ELEMENTS (members); i++)
    text = first_text (json_object_get_member (json_node_get_object (root), members[i]));
  return text != NULL ? dup_line (text) : NULL;
}
