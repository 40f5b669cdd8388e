// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-sandbox-private.h"

#include <string.h>

typedef enum { JSON, WORD, TRUTH } Kind;

/* The text parts, each with what it holds. */
static const struct { const char *name; Kind kind; } texts[] = {
  { "domains", JSON },         { "mailboxes", JSON },           { "billingCycle", WORD },
  { "confirm", TRUTH },        { "serviceProvider", WORD },     { "microsoftOauthRoute", WORD },
  { "google", JSON },          { "autoRenew", TRUTH },
};

static int
kind_of (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_str_equal (texts[i].name, name))
      return (int) texts[i].kind;
  return -1;
}

static gboolean
put (JsonObject *object, WbSbPart *part, Kind kind, WbSbReply **refusal)
{
  const char *text = part->text->str;

  if (kind == WORD)
    json_object_set_string_member (object, part->name, text);
  else if (*text == '\0')
    return TRUE;
  else if (kind == TRUTH)
    {
      if (!g_str_equal (text, "true") && !g_str_equal (text, "false"))
        return wb_sb_no (refusal, 400, "%s must be true or false", part->name);
      json_object_set_boolean_member (object, part->name, g_str_equal (text, "true"));
    }
  else
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (text, part->text->len);
      g_autoptr (JsonNode) node = cmr_json_parse (bytes, NULL); /* its gate: the parser recurses */

      if (node == NULL)
        return wb_sb_no (refusal, 400, "%s is not valid JSON", part->name);
      json_object_set_member (object, part->name, g_steal_pointer (&node));
    }
  return TRUE;
}

/* The form's text parts as the object that a JSON order would be. */
JsonObject *
wb_sb_form_to_json (WbSbForm *form, WbSbReply **refusal)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *parts = wb_sb_form_parts (form);

  for (guint i = 0; i < parts->len; i++)
    {
      WbSbPart *part = parts->pdata[i];
      int kind = kind_of (part->name);

      if (!g_hash_table_add (seen, part->name))
        {
          wb_sb_no (refusal, 400, "Field %s came twice", part->name);
          return NULL;
        }
      if ((kind < 0) != (part->filename != NULL)
          || (part->text != NULL && strlen (part->text->str) != part->text->len))
        {
          wb_sb_no (refusal, 400, "Unexpected field %s", part->name);
          return NULL;
        }
      if (kind >= 0 && !put (object, part, (Kind) kind, refusal))
        return NULL;
    }
  return g_steal_pointer (&object);
}
