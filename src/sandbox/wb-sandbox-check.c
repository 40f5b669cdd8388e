// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-sandbox-private.h"

#include <string.h>

JsonObject *
wb_sb_body (WbSbCall *call, WbSbReply **refusal)
{
  if (call->json != NULL && JSON_NODE_HOLDS_OBJECT (call->json))
    return json_node_get_object (call->json);
  wb_sb_no (refusal, 400, "The request body is not a JSON object");
  return NULL;
}

gboolean
wb_sb_only (JsonObject *object, const char *const *members, const char *where, WbSbReply **refusal)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *l = names; l != NULL; l = l->next)
    if (!g_strv_contains (members, l->data))
      return wb_sb_no (refusal, 400, "%sproperty %s should not exist", where, (char *) l->data);
  return TRUE;
}

static JsonNode *
present (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

gboolean
wb_sb_text (JsonObject *object, const char *member, gboolean required, const char **text,
            WbSbReply **refusal)
{
  JsonNode *node = present (object, member);

  *text = NULL;
  if (node == NULL)
    return !required || wb_sb_no (refusal, 400, "%s should not be empty", member);
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return wb_sb_no (refusal, 400, "%s must be a string", member);
  *text = json_node_get_string (node);
  return !required || **text != '\0' || wb_sb_no (refusal, 400, "%s should not be empty", member);
}

gboolean
wb_sb_int (JsonObject *object, const char *member, gint64 least, gint64 most, gint64 *value,
           WbSbReply **refusal)
{
  JsonNode *node = present (object, member);

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
    {
      *value = json_node_get_int (node);
      if (*value >= least && *value <= most)
        return TRUE;
    }
  return wb_sb_no (refusal, 400,
                   "%s must be a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT,
                   member, least, most);
}

gboolean
wb_sb_bool (JsonObject *object, const char *member, gboolean *value, WbSbReply **refusal)
{
  JsonNode *node = present (object, member);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return wb_sb_no (refusal, 400, "%s must be a boolean value", member);
  *value = json_node_get_boolean (node);
  return TRUE;
}

static gboolean
matches (const char *pattern, const char *text)
{
  return g_regex_match_simple (pattern, text, G_REGEX_DOLLAR_ENDONLY, 0);
}

gboolean
wb_sb_is_email (const char *text)
{
  return strlen (text) <= 254
         && matches ("^[^@\\s<>\"(),:;\\\\]+@([a-zA-Z0-9-]+\\.)+[a-zA-Z]{2,}$", text);
}

gboolean
wb_sb_is_domain (const char *text)
{
  return strlen (text) >= 4 && strlen (text) <= 253
         && matches ("^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]{1,62}$", text);
}

gboolean
wb_sb_is_username (const char *text)
{
  return matches ("^(?!.*\\.\\.)[A-Za-z0-9_-](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?$", text);
}

gboolean
wb_sb_is_web_address (const char *text)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);

  return uri != NULL && g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0'
         && (g_str_equal (g_uri_get_scheme (uri), "https") || g_str_equal (g_uri_get_scheme (uri), "http"));
}

gboolean
wb_sb_is_digits (const char *text, gsize least, gsize most)
{
  gsize length = strspn (text, "0123456789");

  return text[length] == '\0' && length >= least && length <= most;
}

/* Letters, marks, numbers, space and . , ' # & ( ) / - (help centre, Creating and Managing Users). */
gboolean
wb_sb_is_plain_text (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (c < 128 ? !g_ascii_isalnum (c) && strchr (" .,'#&()/-", (int) c) == NULL
                  : !g_unichar_isalnum (c) && !g_unichar_ismark (c))
        return FALSE;
    }
  return TRUE;
}

/* Appends what the entity at @text stands for; its length, 0 when it is none. */
static gsize
decode_one (const char *text, GString *out)
{
  static const struct { const char *name; gunichar c; } named[] = {
    { "&amp;", '&' },  { "&lt;", '<' },   { "&gt;", '>' },
    { "&quot;", '"' }, { "&apos;", '\'' }, { "&nbsp;", ' ' },
  };
  gboolean hex = g_ascii_strncasecmp (text, "&#x", 3) == 0;
  char *end = NULL;
  guint64 number;

  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    if (g_str_has_prefix (text, named[i].name))
      {
        g_string_append_unichar (out, named[i].c);
        return strlen (named[i].name);
      }
  if (!g_str_has_prefix (text, "&#"))
    return 0;
  number = g_ascii_strtoull (text + (hex ? 3 : 2), &end, hex ? 16 : 10);
  if (*end != ';' || number == 0 || number > 0x10ffff || !g_unichar_validate ((gunichar) number))
    return 0;
  g_string_append_unichar (out, (gunichar) number);
  return (gsize) (end + 1 - text);
}

char *
wb_sb_decode_entities (const char *text)
{
  GString *out = g_string_new (NULL);

  while (*text != '\0')
    {
      gsize taken = *text == '&' ? decode_one (text, out) : 0;

      if (taken == 0)
        {
          g_string_append_c (out, *text);
          taken = 1;
        }
      text += taken;
    }
  return g_string_free (out, FALSE);
}
