// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-sandbox-private.h"

#include <string.h>

#define EXISTS "Workspace already exists for this domain"
#define TIMED_OUT "Workspace check timed out"

static gboolean
take_question (JsonNode *node, const char **name, const char **provider, WbSbReply **refusal)
{
  static const char *const members[] = { "domainName", "serviceProvider", NULL };
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return wb_sb_no (refusal, 400, "each value in domains must be an object");
  object = json_node_get_object (node);
  if (!wb_sb_only (object, members, "", refusal)
      || !wb_sb_text (object, "domainName", TRUE, name, refusal)
      || !wb_sb_text (object, "serviceProvider", FALSE, provider, refusal))
    return FALSE;
  if (!wb_sb_is_domain (*name))
    return wb_sb_no (refusal, 400, "domainName must be a valid domain name");
  if (*provider != NULL && strcmp (*provider, "GOOGLE") != 0 && strcmp (*provider, "MICROSOFT") != 0)
    return wb_sb_no (refusal, 400, "serviceProvider must be GOOGLE or MICROSOFT");
  return TRUE;
}

/* What stands in the way, NULL when nothing does. Every workspace here is Google's. */
static const char *
find_conflict (const char *name, const char *provider)
{
  WbSbNameFlags flags = wb_sb_name_flags (name);

  if (flags & WB_SB_NAME_SLOW)
    return TIMED_OUT;
  if ((flags & WB_SB_NAME_WORKSPACE) && g_strcmp0 (provider, "MICROSOFT") != 0)
    return EXISTS;
  return NULL;
}

static JsonObject *
row_for (const char *name, const char *conflict)
{
  JsonObject *row = json_object_new ();

  json_object_set_string_member (row, "domainName", name);
  json_object_set_boolean_member (row, "success", conflict == NULL);
  json_object_set_string_member (row, "status",
                                 conflict == NULL                     ? "NOT_EXISTS"
                                 : g_str_equal (conflict, TIMED_OUT) ? "FAILED"
                                                                      : "EXISTS");
  if (conflict != NULL)
    json_object_set_string_member (row, "error", conflict);
  else
    json_object_set_null_member (row, "error");
  return row;
}

static WbSbReply *
check_many (JsonObject *body)
{
  static const char *const members[] = { "domains", NULL };
  JsonNode *node = json_object_get_member (body, "domains");
  g_autoptr (JsonArray) rows = json_array_new ();
  WbSbReply *refusal = NULL;
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node) || json_array_get_length (json_node_get_array (node)) == 0)
    return wb_sb_refuse (400, "domains must be an array with at least one name");
  if (!wb_sb_only (body, members, "", &refusal))
    return refusal;
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      const char *name, *provider;

      if (!take_question (json_array_get_element (array, i), &name, &provider, &refusal))
        return refusal;
      json_array_add_object_element (rows, row_for (name, find_conflict (name, provider)));
    }
  return wb_sb_reply_new (200, "Workspace check completed",
                          wb_sb_node_array (g_steal_pointer (&rows)));
}

WbSbReply *
wb_sb_check_workspace (WbSbCall *call)
{
  WbSbReply *refusal = NULL;
  JsonObject *body = wb_sb_body (call, &refusal);
  const char *name, *provider, *conflict;

  if (body == NULL)
    return refusal;
  if (json_object_has_member (body, "domains"))
    return check_many (body);
  if (!take_question (call->json, &name, &provider, &refusal))
    return refusal;
  conflict = find_conflict (name, provider);
  if (conflict == NULL)
    return wb_sb_reply_new (200, "Workspace not exists", json_node_new (JSON_NODE_NULL));
  return wb_sb_refuse (g_str_equal (conflict, EXISTS) ? 409 : 422, "%s", conflict);
}
