// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-sandbox-private.h"

#include <string.h>

/* A word inside a name decides what becomes of it; whole names (with a dot) are those of the pictures in
 * the handbook. */
static const struct { const char *word; WbSbNameFlags flags; } rules[] = {
  { "taken", WB_SB_NAME_TAKEN },
  { "workspace", WB_SB_NAME_WORKSPACE },
  { "surprise", WB_SB_NAME_SURPRISE },
  { "refused", WB_SB_NAME_REFUSED },
  { "vanish", WB_SB_NAME_VANISHES },
  { "slow", WB_SB_NAME_SLOW },
  { "getbrightloom.example", WB_SB_NAME_TAKEN },
  { "bright-loom.example", WB_SB_NAME_WORKSPACE },
  { "usebrightloom.example", WB_SB_NAME_SLOW },
};

#define OTHER_CENTS 1250

/* Cents for each year; every other ending costs the same, but "invalid" is not sold. */
static const struct { const char *ending; int cents; int renew_cents; } prices[] = {
  { "example", 1140, 1140 }, { "test", 980, 980 },        { "com", 1198, 1198 },
  { "net", OTHER_CENTS, OTHER_CENTS }, { "org", OTHER_CENTS, OTHER_CENTS }, { "invalid", 0, 0 },
};

#define SLOW_ANSWER_MS 3000
#define PREMIUM_LABEL 3
#define PREMIUM_CENTS 48000

WbSbNameFlags
wb_sb_name_flags (const char *name)
{
  WbSbNameFlags flags = 0;

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (strchr (rules[i].word, '.') != NULL ? g_str_equal (name, rules[i].word)
                                            : strstr (name, rules[i].word) != NULL)
      flags |= rules[i].flags;
  return flags;
}

static gboolean
is_premium (const char *name)
{
  return strcspn (name, ".") <= PREMIUM_LABEL;
}

int
wb_sb_name_cents (const char *name)
{
  const char *dot = strchr (name, '.');

  for (guint i = 0; dot != NULL && i < G_N_ELEMENTS (prices); i++)
    if (g_str_equal (dot + 1, prices[i].ending))
      return prices[i].cents > 0 && is_premium (name) ? PREMIUM_CENTS : prices[i].cents;
  return dot == NULL ? 0 : is_premium (name) ? PREMIUM_CENTS : OTHER_CENTS;
}

int
wb_sb_name_renew_cents (const char *name)
{
  const char *dot = strchr (name, '.');

  for (guint i = 0; dot != NULL && i < G_N_ELEMENTS (prices); i++)
    if (g_str_equal (dot + 1, prices[i].ending))
      return prices[i].renew_cents;
  return dot == NULL ? 0 : OTHER_CENTS;
}

gboolean
wb_sb_name_is_free (WbSandbox *self, const char *name)
{
  return wb_sb_name_cents (name) > 0 && (wb_sb_name_flags (name) & WB_SB_NAME_TAKEN) == 0
         && wb_sb_find_domain (self, name) == NULL;
}

static JsonObject *
suggestion (WbSandbox *self, const char *name, gint64 years)
{
  JsonObject *object = json_object_new ();
  gboolean is_free = wb_sb_name_is_free (self, name);

  json_object_set_string_member (object, "domainName", name);
  json_object_set_string_member (object, "status", is_free ? "AVAILABLE" : "UNAVAILABLE");
  json_object_set_boolean_member (object, "available", is_free);
  if (is_free)
    {
      wb_sb_set_money (object, "domainPrice", wb_sb_name_cents (name));
      wb_sb_set_money (object, "renewPrice", wb_sb_name_renew_cents (name));
    }
  else
    {
      json_object_set_null_member (object, "domainPrice");
      json_object_set_null_member (object, "renewPrice");
    }
  json_object_set_int_member (object, "years", years);
  json_object_set_boolean_member (object, "isPremiumDomain", is_free && is_premium (name));
  return object;
}

static gboolean
take_years (JsonObject *body, gint64 *years, WbSbReply **refusal)
{
  *years = 1;
  return !json_object_has_member (body, "years") || wb_sb_int (body, "years", 1, 10, years, refusal);
}

/* Prices are for one year of the years asked for. */
WbSbReply *
wb_sb_check_available (WbSbCall *call)
{
  static const char *const members[] = { "domainName", "years", NULL };
  WbSbReply *reply = NULL;
  JsonObject *body = wb_sb_body (call, &reply);
  JsonObject *data;
  const char *name;
  gint64 years;

  if (body == NULL || !wb_sb_only (body, members, "", &reply)
      || !wb_sb_text (body, "domainName", TRUE, &name, &reply) || !take_years (body, &years, &reply))
    return reply;
  if (!wb_sb_is_domain (name))
    return wb_sb_refuse (400, "domainName must be a valid domain name");
  if (wb_sb_name_cents (name) == 0)
    return wb_sb_refuse (422, "Domains with this ending cannot be registered");
  data = suggestion (call->self, name, years);
  reply = wb_sb_reply_new (200,
                           json_object_get_boolean_member (data, "available")
                               ? "Domain is available"
                               : "Domain is not available",
                           wb_sb_node (data));
  if (wb_sb_name_flags (name) & WB_SB_NAME_SLOW)
    reply->late_ms = SLOW_ANSWER_MS;
  return reply;
}

static gboolean
take_endings (JsonObject *body, GPtrArray *endings, WbSbReply **refusal)
{
  JsonNode *node = json_object_get_member (body, "tlds");
  JsonArray *array;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    {
      for (guint i = 0; i < 5; i++)
        g_ptr_array_add (endings, (gpointer) prices[i].ending);
      return TRUE;
    }
  if (!JSON_NODE_HOLDS_ARRAY (node) || json_array_get_length (json_node_get_array (node)) == 0)
    return wb_sb_no (refusal, 400, "tlds must be an array with at least one ending");
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      const char *ending = JSON_NODE_HOLDS_VALUE (element) ? json_node_get_string (element) : NULL;

      if (ending == NULL || !g_regex_match_simple ("^[a-z][a-z0-9.-]*$", ending, 0, 0))
        return wb_sb_no (refusal, 400, "each value in tlds must be an ending without the dot");
      g_ptr_array_add (endings, (gpointer) ending);
    }
  return TRUE;
}

static JsonArray *
make_ideas (WbSandbox *self, const char *stem, GPtrArray *endings, gint64 years)
{
  static const char *const forms[] = { "%shq",   "%s-studio", "meet%s", "%steam", "%s-desk",
                                       "try%s",  "%s-mail",   "hello%s", "%sgroup", "go%s" };
  JsonArray *ideas = json_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    for (guint e = 0; e < endings->len; e++)
      {
        g_auto (GStrv) around = g_strsplit (forms[i], "%s", 2);
        g_autofree char *name
            = g_strconcat (around[0], stem, around[1], ".", (char *) endings->pdata[e], NULL);

        if (wb_sb_is_domain (name) && wb_sb_name_is_free (self, name))
          json_array_add_object_element (ideas, suggestion (self, name, years));
      }
  return ideas;
}

/* Keeps what a name may hold: "Harrow & Finch" gives harrowfinch. */
static char *
stem_of (const char *text)
{
  GString *stem = g_string_new (NULL);

  for (; *text != '\0' && *text != '.'; text++)
    if (g_ascii_isalnum (*text) || (*text == '-' && stem->len > 0))
      g_string_append_c (stem, g_ascii_tolower (*text));
  return g_string_free (stem, FALSE);
}

WbSbReply *
wb_sb_suggest (WbSbCall *call)
{
  static const char *const members[] = { "domainName", "tlds", "years", NULL };
  WbSbReply *refusal = NULL;
  JsonObject *body = wb_sb_body (call, &refusal);
  g_autoptr (GPtrArray) endings = g_ptr_array_new ();
  g_autofree char *stem = NULL;
  g_autofree char *exact = NULL;
  JsonObject *data;
  const char *name;
  gint64 years;

  if (body == NULL || !wb_sb_only (body, members, "", &refusal)
      || !wb_sb_text (body, "domainName", TRUE, &name, &refusal)
      || !take_endings (body, endings, &refusal) || !take_years (body, &years, &refusal))
    return refusal;
  if (strlen (name) > 63)
    return wb_sb_refuse (400, "domainName must be shorter than or equal to 63 characters");
  stem = stem_of (name);
  if (*stem == '\0')
    return wb_sb_refuse (422, "domainName holds nothing a domain may be made of");
  exact = strchr (name, '.') != NULL ? g_strdup (name)
                                     : g_strconcat (stem, ".", (char *) endings->pdata[0], NULL);
  data = json_object_new ();
  if (wb_sb_is_domain (exact) && wb_sb_name_cents (exact) > 0)
    json_object_set_object_member (data, "exactMatch", suggestion (call->self, exact, years));
  else
    json_object_set_null_member (data, "exactMatch");
  json_object_set_array_member (data, "availableDomains",
                                make_ideas (call->self, stem, endings, years));
  return wb_sb_reply_new (200, "Available domains fetched", wb_sb_node (data));
}
