// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill-Sandbox"
#include "wb-sandbox-private.h"

static JsonArray *
parts_to_json (WbSbForm *form)
{
  GPtrArray *parts = wb_sb_form_parts (form);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < parts->len; i++)
    {
      WbSbPart *part = parts->pdata[i];
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "name", part->name);
      json_object_set_string_member (object, "contentType", part->content_type);
      json_object_set_string_member (object, "filename", part->filename);
      if (part->text != NULL)
        json_object_set_string_member (object, "text", part->text->str);
      else
        json_object_set_string_member (object, "sha256", part->sha256);
      json_object_set_int_member (object, "bytes", (gint64) part->length);
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonObject *
query_to_json (GHashTable *query)
{
  JsonObject *object = json_object_new ();
  GHashTableIter iter;
  gpointer name, value;

  if (query == NULL)
    return object;
  g_hash_table_iter_init (&iter, query);
  while (g_hash_table_iter_next (&iter, &name, &value))
    json_object_set_string_member (object, name, value);
  return object;
}

static JsonObject *
request_to_json (WbSbCall *call, const char *content_type)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "method", call->endpoint->method);
  json_object_set_string_member (object, "path", call->endpoint->path);
  json_object_set_object_member (object, "query", query_to_json (call->query));
  json_object_set_string_member (object, "contentType", content_type);
  if (call->json != NULL)
    json_object_set_member (object, "json", json_node_copy (call->json));
  if (call->form != NULL && wb_sb_form_problem (call->form) == NULL)
    json_object_set_array_member (object, "parts", parts_to_json (call->form));
  return object;
}

/* One file an exchange, for the contract tests. Headers are not written: the key is one of them. */
void
wb_sb_record (WbSandbox *self, WbSbCall *call, const char *content_type, guint status,
              JsonObject *answer, WbFaultKind fault)
{
  g_autoptr (JsonObject) exchange = json_object_new ();
  JsonObject *response = json_object_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strdup_printf ("%06u-%s.json", call->number, call->endpoint->id);
  g_autofree char *path = g_build_filename (self->record_dir, name, NULL);
  g_autofree char *text = NULL;

  json_object_set_string_member (exchange, "operationId", call->endpoint->id);
  json_object_set_object_member (exchange, "request", request_to_json (call, content_type));
  json_object_set_int_member (response, "status", status);
  if (answer != NULL)
    json_object_set_object_member (response, "json", json_object_ref (answer));
  else
    json_object_set_null_member (response, "json");
  json_object_set_object_member (exchange, "response", response);
  json_object_set_string_member (exchange, "fault",
                                 fault == WB_FAULT_NONE ? NULL : wb_sb_fault_name (fault));
  root = wb_sb_node (json_object_ref (exchange));
  text = json_to_string (root, TRUE);
  if (!g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_warning ("Exchange not recorded: %s", error->message);
}
