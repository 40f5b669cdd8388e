// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Prints the tables of src/api as JSON, as they were compiled, for test-tables.py to hold against
// openapi.yaml.

#include "cmr-endpoint.h"
#include "cmr-object.h"

static const char *const kinds[]
    = { "text", "id", "int", "bool", "money", "time", "date", "word", "url" };
static const char *const paids[] = { "never", "always", "when-confirm" };
static const char *const confidences[] = { "high", "medium", "low", "none" };

static const struct {
  guint flag;
  const char *name;
} field_flags[] = {
  { CMR_FIELD_KEY, "key" },           { CMR_FIELD_SEARCHABLE, "searchable" },
  { CMR_FIELD_WRITABLE, "writable" }, { CMR_FIELD_REQUIRED, "required" },
  { CMR_FIELD_SECRET, "secret" },     { CMR_FIELD_GUESS, "guess" },
  { CMR_FIELD_NEEDED, "needed" },
};

static const struct {
  guint flag;
  const char *name;
} endpoint_flags[] = {
  { CMR_ENDPOINT_READS, "reads" },
  { CMR_ENDPOINT_SCHEDULES_SPEND, "schedules-spend" },
  { CMR_ENDPOINT_DESTRUCTIVE, "destructive" },
  { CMR_ENDPOINT_IDEMPOTENT, "idempotent" },
  { CMR_ENDPOINT_ASYNC, "async" },
  { CMR_ENDPOINT_MIXED, "mixed-results" },
  { CMR_ENDPOINT_SECRET, "secret" },
  { CMR_ENDPOINT_PAGED, "paged" },
  { CMR_ENDPOINT_USER_SCOPE, "user-scope" },
  { CMR_ENDPOINT_VENDOR_SANDBOX, "vendor-sandbox" },
  { CMR_ENDPOINT_MULTIPART, "multipart" },
  { CMR_ENDPOINT_NEEDS_TARGETS, "needs-targets" },
  { CMR_ENDPOINT_END_UNREADABLE, "end-unreadable" },
};

static void
add_text (JsonBuilder *out, const char *name, const char *text)
{
  json_builder_set_member_name (out, name);
  if (text != NULL)
    json_builder_add_string_value (out, text);
  else
    json_builder_add_null_value (out);
}

static void
add_words (JsonBuilder *out, const char *name, const char *words)
{
  g_auto (GStrv) each = g_strsplit (words != NULL ? words : "", " ", 0);

  json_builder_set_member_name (out, name);
  json_builder_begin_array (out);
  for (guint i = 0; each[i] != NULL; i++)
    json_builder_add_string_value (out, each[i]);
  json_builder_end_array (out);
}

static void
add_endpoint (JsonBuilder *out, const CmrEndpoint *endpoint)
{
  json_builder_begin_object (out);
  add_text (out, "id", endpoint->id);
  add_text (out, "method", endpoint->method);
  add_text (out, "path", endpoint->path);
  add_words (out, "params", endpoint->params);
  add_words (out, "targets", endpoint->targets);
  add_text (out, "request", endpoint->request != NULL ? endpoint->request->name : NULL);
  add_text (out, "response", endpoint->response != NULL ? endpoint->response->name : NULL);
  add_text (out, "paid", paids[endpoint->paid]);
  add_text (out, "confidence", confidences[endpoint->confidence]);
  add_text (out, "inverse",
            endpoint->inverse != CMR_OP_NONE ? cmr_endpoint_get (endpoint->inverse)->id : NULL);
  json_builder_set_member_name (out, "flags");
  json_builder_begin_array (out);
  for (guint i = 0; i < G_N_ELEMENTS (endpoint_flags); i++)
    if (endpoint->flags & endpoint_flags[i].flag)
      json_builder_add_string_value (out, endpoint_flags[i].name);
  json_builder_end_array (out);
  json_builder_end_object (out);
}

static void
add_field (JsonBuilder *out, const CmrField *field)
{
  json_builder_begin_object (out);
  add_text (out, "member", field->member);
  add_words (out, "json", field->json);
  add_text (out, "kind", kinds[field->kind]);
  json_builder_set_member_name (out, "flags");
  json_builder_begin_array (out);
  for (guint i = 0; i < G_N_ELEMENTS (field_flags); i++)
    if (field->flags & field_flags[i].flag)
      json_builder_add_string_value (out, field_flags[i].name);
  json_builder_end_array (out);
  json_builder_end_object (out);
}

static void
add_resource (JsonBuilder *out, const CmrResource *resource)
{
  json_builder_begin_object (out);
  add_text (out, "name", resource->name);
  add_words (out, "schemas", resource->schema);
  add_words (out, "write-schemas", resource->write_schema);
  add_words (out, "rows", resource->rows);
  json_builder_set_member_name (out, "fields");
  json_builder_begin_array (out);
  for (guint i = 0; i < resource->n_fields; i++)
    add_field (out, &resource->fields[i]);
  json_builder_end_array (out);
  json_builder_end_object (out);
}

int
main (void)
{
  g_autoptr (JsonBuilder) out = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;
  guint n_resources;
  const CmrResource *const *resources = cmr_resources (&n_resources);

  json_builder_begin_object (out);
  json_builder_set_member_name (out, "endpoints");
  json_builder_begin_array (out);
  for (guint op = 0; op < CMR_N_OPS; op++)
    add_endpoint (out, cmr_endpoint_get (op));
  json_builder_end_array (out);
  json_builder_set_member_name (out, "resources");
  json_builder_begin_array (out);
  for (guint i = 0; i < n_resources; i++)
    add_resource (out, resources[i]);
  json_builder_end_array (out);
  json_builder_end_object (out);
  root = json_builder_get_root (out);
  text = json_to_string (root, TRUE);
  g_print ("%s\n", text);
  return 0;
}
