// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-name-answer-private.h"

#include <string.h>

#include "cmr-call.h"
#include "cmr-error.h"

/* The prices asked for are always those of one year: what a sum for several years would mean is in no paper. */
#define YEARS 1
#define KEYWORD_MAX 63

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
add_years (JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "years");
  json_builder_add_int_value (builder, YEARS);
}

static GBytes *
to_bytes (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  char *text = json_to_string (root, FALSE);

  return g_bytes_new_take (text, strlen (text));
}

GBytes *
wb_name_question (const char *domain)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_text (builder, "domainName", domain);
  add_years (builder);
  json_builder_end_object (builder);
  return to_bytes (builder);
}

static void
add_endings (JsonBuilder *builder, const char *const *endings)
{
  if (endings == NULL || endings[0] == NULL)
    return;
  json_builder_set_member_name (builder, "tlds");
  json_builder_begin_array (builder);
  for (guint i = 0; endings[i] != NULL; i++)
    {
      g_autofree char *ending = g_ascii_strdown (endings[i] + strspn (endings[i], "."), -1);

      json_builder_add_string_value (builder, ending);
    }
  json_builder_end_array (builder);
}

GBytes *
wb_name_search (const char *keyword, const char *const *endings)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *text = g_utf8_substring (keyword, 0, MIN (g_utf8_strlen (keyword, -1), KEYWORD_MAX));

  json_builder_begin_object (builder);
  add_text (builder, "domainName", text);
  add_endings (builder, endings);
  add_years (builder);
  json_builder_end_object (builder);
  return to_bytes (builder);
}

static void
add_workspace (JsonBuilder *builder, const char *domain, const char *provider)
{
  json_builder_begin_object (builder);
  add_text (builder, "domainName", domain);
  add_text (builder, "serviceProvider", provider);
  json_builder_end_object (builder);
}

GBytes *
wb_workspace_question (const char *domain, const char *provider)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  add_workspace (builder, domain, provider);
  return to_bytes (builder);
}

GBytes *
wb_workspace_questions (const char *const *domains, const char *const *providers)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "domains");
  json_builder_begin_array (builder);
  for (guint i = 0; domains[i] != NULL; i++)
    add_workspace (builder, domains[i], providers[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return to_bytes (builder);
}

/* Availability */

static gboolean
is_about (CmrObject *object, const char *domain)
{
  return g_ascii_strcasecmp (cmr_object_get_text (object, "domain-name"), domain) == 0;
}

/* Either of the two may be missing; where they differ, the worse one counts. */
static WbNameState
availability_of (CmrObject *object)
{
  const char *status = cmr_object_get_text (object, "status");
  gboolean says = cmr_object_has (object, "available");
  gboolean says_yes = says && cmr_object_get_bool (object, "available");

  if ((says && !says_yes) || g_ascii_strcasecmp (status, "UNAVAILABLE") == 0)
    return WB_NAME_TAKEN;
  if (says_yes || g_ascii_strcasecmp (status, "AVAILABLE") == 0)
    return WB_NAME_AVAILABLE;
  return WB_NAME_NOT_KNOWN;
}

/* A sum below nothing is none. */
static gint64
price_of (CmrObject *object, const char *member)
{
  gint64 cents = cmr_object_get_cents (object, member);

  return cents >= 0 ? cents : CMR_MONEY_UNKNOWN;
}

static CmrObject *
find_row (CmrOp op, GBytes *body, const char *domain)
{
  g_autoptr (CmrPage) page = cmr_page_parse (cmr_endpoint_get (op), body, NULL);

  for (guint i = 0; page != NULL && i < page->rows->len; i++)
    if (is_about (page->rows->pdata[i], domain))
      return g_object_ref (page->rows->pdata[i]);
  return NULL;
}

void
wb_name_read_answer (CmrOp op, GBytes *body, const char *domain, WbNameAnswer *answer)
{
  g_autoptr (CmrObject) object = cmr_reply_parse_one (cmr_endpoint_get (op), body, NULL);

  /* A price belongs to its own name alone. */
  if (object != NULL && !is_about (object, domain))
    g_clear_object (&object);
  if (object == NULL && op == CMR_OP_SUGGEST_DOMAINS)
    object = find_row (op, body, domain);
  answer->state = object != NULL ? availability_of (object) : WB_NAME_NOT_KNOWN;
  answer->cents = CMR_MONEY_UNKNOWN;
  answer->renew_cents = CMR_MONEY_UNKNOWN;
  if (answer->state != WB_NAME_AVAILABLE)
    return;
  answer->cents = price_of (object, "domain-price");
  answer->renew_cents = price_of (object, "renew-price");
}

/* Workspace */

/* Words of a row, in lower case; the first that is found decides. The rows' words are in no paper. */
static const struct {
  const char *part;
  WbNameState state;
} words[] = {
  { "not exist", WB_NAME_AVAILABLE },   { "not_exist", WB_NAME_AVAILABLE },   { "no workspace", WB_NAME_AVAILABLE },
  { "not found", WB_NAME_AVAILABLE },   { "not_found", WB_NAME_AVAILABLE },   { "exist", WB_NAME_WORKSPACE },
  { "conflict", WB_NAME_WORKSPACE },    { "found", WB_NAME_WORKSPACE },
};

static WbNameState
state_of_words (const char *text)
{
  g_autofree char *low = g_ascii_strdown (text, -1);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (low, words[i].part) != NULL)
      return words[i].state;
  return WB_NAME_NOT_KNOWN;
}

/* Free only where the row does not contradict itself. */
static WbNameState
workspace_of (CmrObject *row)
{
  WbNameState status = state_of_words (cmr_object_get_text (row, "status"));
  WbNameState reason = state_of_words (cmr_object_get_text (row, "error"));
  gboolean says = cmr_object_has (row, "success");
  gboolean good = says && cmr_object_get_bool (row, "success");

  if (status == WB_NAME_WORKSPACE || (reason == WB_NAME_WORKSPACE && !good))
    return WB_NAME_WORKSPACE;
  if (says && !good)
    return WB_NAME_NOT_KNOWN;
  if (*cmr_object_get_text (row, "status") != '\0')
    return good && g_ascii_strcasecmp (cmr_object_get_text (row, "status"), "SUCCESS") == 0 ? WB_NAME_AVAILABLE
                                                                                            : status;
  return good ? WB_NAME_AVAILABLE : WB_NAME_NOT_KNOWN;
}

GHashTable *
wb_workspace_read_answers (GBytes *body)
{
  GHashTable *states = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (CmrPage) page = cmr_page_parse (cmr_endpoint_get (CMR_OP_CHECK_WORKSPACE), body, NULL);

  for (guint i = 0; page != NULL && i < page->rows->len; i++)
    {
      char *name = g_ascii_strdown (cmr_object_get_text (page->rows->pdata[i], "domain-name"), -1);

      g_hash_table_insert (states, name, GINT_TO_POINTER (workspace_of (page->rows->pdata[i])));
    }
  return states;
}

/* openapi.yaml, check_workspace: data null means none; a 409, or any data, a conflict; the rest is unknown. */
WbNameState
wb_workspace_read_answer (GBytes *body, const GError *error, const char *domain)
{
  g_autoptr (CmrEnvelope) envelope = body != NULL ? cmr_envelope_parse (body, NULL) : NULL;
  g_autoptr (GHashTable) rows = NULL;
  g_autoptr (CmrObject) one = NULL;
  JsonObject *root;

  if (g_error_matches (error, CMR_ERROR, CMR_ERROR_CONFLICT))
    return WB_NAME_WORKSPACE;
  if (envelope == NULL || !JSON_NODE_HOLDS_OBJECT (envelope->root))
    return WB_NAME_NOT_KNOWN;
  root = json_node_get_object (envelope->root);
  if (!json_object_has_member (root, "data"))
    return WB_NAME_NOT_KNOWN;
  if (json_object_get_null_member (root, "data"))
    return WB_NAME_AVAILABLE;
  rows = wb_workspace_read_answers (body);
  if (g_hash_table_contains (rows, domain))
    return GPOINTER_TO_INT (g_hash_table_lookup (rows, domain));
  one = cmr_reply_parse_one (cmr_endpoint_get (CMR_OP_CHECK_WORKSPACE), body, NULL);
  if (one != NULL && is_about (one, domain) && (cmr_object_has (one, "success") || cmr_object_has (one, "status")))
    return workspace_of (one);
  return envelope->data != NULL && JSON_NODE_HOLDS_OBJECT (envelope->data) ? WB_NAME_WORKSPACE : WB_NAME_NOT_KNOWN;
}

/* Ideas */

static void
idea_free (gpointer data)
{
  WbIdea *idea = data;

  g_free (idea->name);
  g_free (idea);
}

GPtrArray *
wb_name_read_ideas (GBytes *body, GError **error)
{
  g_autoptr (CmrPage) page = cmr_page_parse (cmr_endpoint_get (CMR_OP_SUGGEST_DOMAINS), body, error);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *ideas;

  if (page == NULL)
    return NULL;
  ideas = g_ptr_array_new_with_free_func (idea_free);
  for (guint i = 0; i < page->rows->len; i++)
    {
      CmrObject *row = page->rows->pdata[i];
      WbIdea *idea;

      if (availability_of (row) == WB_NAME_TAKEN)
        continue;
      idea = g_new0 (WbIdea, 1);
      idea->name = g_ascii_strdown (cmr_object_get_text (row, "domain-name"), -1);
      idea->cents = price_of (row, "domain-price");
      if (g_hash_table_add (seen, idea->name))
        g_ptr_array_add (ideas, idea);
      else
        idea_free (idea);
    }
  return ideas;
}
