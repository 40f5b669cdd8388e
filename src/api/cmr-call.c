// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmr-call.h"

#include <string.h>

#include "cmr-call-private.h"
#include "cmr-error.h"
#include "cmr-multipart.h"

struct _CmrCall {
  GObject parent_instance;
  const CmrEndpoint *endpoint;
  GHashTable *params; /* name -> value */
  CmrPriority priority;
  gboolean confirm;
  GBytes *json;
  GPtrArray *parts; /* of CmrPart */
};

G_DEFINE_FINAL_TYPE (CmrCall, cmr_call, G_TYPE_OBJECT)

static void
cmr_call_finalize (GObject *object)
{
  CmrCall *self = CMR_CALL (object);

  g_clear_pointer (&self->params, g_hash_table_unref);
  g_clear_pointer (&self->json, g_bytes_unref);
  g_clear_pointer (&self->parts, g_ptr_array_unref);

  G_OBJECT_CLASS (cmr_call_parent_class)->finalize (object);
}

static void
cmr_call_class_init (CmrCallClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cmr_call_finalize;
}

static void
cmr_call_init (CmrCall *self)
{
  self->params = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) cmr_part_free);
}

static gboolean
invalid (GError **error, const CmrEndpoint *endpoint, const char *what, const char *which)
{
  g_set_error (error, CMR_ERROR, CMR_ERROR_INVALID, "%s: %s%s%s", endpoint->id, what,
               which != NULL ? " " : "", which != NULL ? which : "");
  return FALSE;
}

/* The names in the order of the table, the mark of required ones cut off. */
static char **
param_names (const CmrEndpoint *endpoint)
{
  return g_strsplit (endpoint->params != NULL ? endpoint->params : "", " ", -1);
}

static gboolean
take_mark (char *name)
{
  gsize length = strlen (name);

  if (length == 0 || name[length - 1] != '!')
    return FALSE;
  name[length - 1] = '\0';
  return TRUE;
}

static gboolean
check_params (CmrCall *self, GError **error)
{
  g_auto (GStrv) names = param_names (self->endpoint);
  GHashTableIter iter;
  gpointer name;

  for (guint i = 0; names[i] != NULL; i++)
    {
      gboolean required = take_mark (names[i]);
      const char *value = g_hash_table_lookup (self->params, names[i]);

      if (required && (value == NULL || value[0] == '\0'))
        return invalid (error, self->endpoint, "missing parameter", names[i]);
    }
  g_hash_table_iter_init (&iter, self->params);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_strv_contains ((const char *const *) names, name))
      return invalid (error, self->endpoint, "unknown parameter", name);
  return TRUE;
}

/* One target: a name that is not blank, or an object that says something. */
static gboolean
names_something (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_object_get_size (json_node_get_object (node)) > 0;
  if (JSON_NODE_HOLDS_ARRAY (node) || JSON_NODE_HOLDS_NULL (node))
    return FALSE;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    {
      g_autofree char *text = g_strstrip (g_strdup (json_node_get_string (node)));

      return text[0] != '\0';
    }
  return TRUE;
}

static gboolean
lists_targets (JsonNode *node)
{
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return JSON_NODE_HOLDS_OBJECT (node) ? names_something (node)
                                         : JSON_NODE_HOLDS_VALUE (node) && names_something (node);
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!names_something (json_array_get_element (array, i)))
      return FALSE;
  return json_array_get_length (array) > 0;
}

/* One of the members that stand for each other is there, and each that is there names something. */
static gboolean
has_targets (JsonObject *body, const char *alternatives)
{
  g_auto (GStrv) members = g_strsplit (alternatives, "|", -1);
  guint there = 0;

  for (guint i = 0; members[i] != NULL; i++)
    {
      JsonNode *node = json_object_get_member (body, members[i]);

      if (node != NULL && !lists_targets (node))
        return FALSE;
      there += node != NULL;
    }
  return there > 0;
}

/* Every member that the table names as targets must be there and name something. */
static gboolean
check_targets (CmrCall *self, GError **error)
{
  const CmrEndpoint *endpoint = self->endpoint;
  g_autoptr (JsonNode) root = NULL;
  g_auto (GStrv) members = NULL;

  if (!(endpoint->flags & CMR_ENDPOINT_NEEDS_TARGETS))
    return TRUE;
  if (self->json == NULL)
    return invalid (error, endpoint, "has no body that lists its targets", NULL);
  root = cmr_json_parse (self->json, error);
  if (root == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    return invalid (error, endpoint, "has a body that is no object", NULL);
  members = g_strsplit (endpoint->targets != NULL ? endpoint->targets : "", " ", -1);
  for (guint i = 0; members[i] != NULL; i++)
    if (!has_targets (json_node_get_object (root), members[i]))
      return invalid (error, endpoint, "an empty list of targets would mean all:", members[i]);
  return TRUE;
}

static gboolean
check_parts (CmrCall *self, GError **error)
{
  if (self->json != NULL && self->parts->len > 0)
    return invalid (error, self->endpoint, "has two bodies", NULL);
  for (guint i = 0; i < self->parts->len; i++)
    if (!cmr_multipart_check_name (((CmrPart *) g_ptr_array_index (self->parts, i))->name, error))
      return FALSE;
  return TRUE;
}

gboolean
cmr_call_check (CmrCall *self, GError **error)
{
  return check_params (self, error) && check_parts (self, error) && check_targets (self, error);
}

char *
cmr_call_dup_target_at (CmrCall *self, const char *path)
{
  g_auto (GStrv) names = param_names (self->endpoint);
  GString *target = g_string_new (path);
  char mark = '?';

  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *value;

      take_mark (names[i]);
      value = g_hash_table_lookup (self->params, names[i]);
      if (value == NULL || value[0] == '\0')
        continue;
      g_string_append_c (target, mark);
      g_string_append_uri_escaped (target, names[i], NULL, FALSE);
      g_string_append_c (target, '=');
      g_string_append_uri_escaped (target, value, NULL, FALSE);
      mark = '&';
    }
  return g_string_free (target, FALSE);
}

CmrBodyStream *
cmr_call_new_body (CmrCall *self, char **type)
{
  GPtrArray *segments;

  *type = NULL;
  if (self->parts->len > 0)
    {
      g_autofree char *boundary = cmr_multipart_new_boundary ();

      segments = cmr_multipart_new_segments (self->parts, boundary, NULL);
      g_assert (segments != NULL); /* the names were checked */
      *type = cmr_multipart_dup_type (boundary);
      return cmr_body_stream_new (segments, G_OBJECT (self));
    }
  if (self->json == NULL || g_bytes_get_size (self->json) == 0)
    return NULL;
  segments = g_ptr_array_new_with_free_func ((GDestroyNotify) cmr_segment_free);
  g_ptr_array_add (segments, cmr_segment_new_bytes (g_bytes_ref (self->json)));
  *type = g_strdup ("application/json");
  return cmr_body_stream_new (segments, NULL);
}

const CmrEndpoint *
cmr_call_get_endpoint (CmrCall *self)
{
  return self->endpoint;
}

CmrPriority
cmr_call_get_priority (CmrCall *self)
{
  return self->priority;
}

GBytes *
cmr_call_get_json (CmrCall *self)
{
  return self->json;
}

CmrCall *
cmr_call_new (CmrOp op)
{
  const CmrEndpoint *endpoint = cmr_endpoint_get (op);
  CmrCall *self;

  g_return_val_if_fail (endpoint != NULL, NULL);

  self = g_object_new (CMR_TYPE_CALL, NULL);
  self->endpoint = endpoint;
  self->priority = endpoint->flags & CMR_ENDPOINT_READS ? CMR_PRIORITY_VISIBLE : CMR_PRIORITY_WRITE;
  return self;
}

CmrOp
cmr_call_get_op (CmrCall *self)
{
  g_return_val_if_fail (CMR_IS_CALL (self), CMR_OP_NONE);

  return self->endpoint->op;
}

/* A value of %NULL takes the parameter back. */
void
cmr_call_set_param (CmrCall *self, const char *name, const char *value)
{
  g_return_if_fail (CMR_IS_CALL (self));
  g_return_if_fail (name != NULL);

  if (value == NULL)
    g_hash_table_remove (self->params, name);
  else
    g_hash_table_insert (self->params, g_strdup (name), g_strdup (value));
}

void
cmr_call_set_priority (CmrCall *self, CmrPriority priority)
{
  g_return_if_fail (CMR_IS_CALL (self));

  self->priority = priority;
}

void
cmr_call_set_confirm (CmrCall *self, gboolean confirm)
{
  g_return_if_fail (CMR_IS_CALL (self));

  self->confirm = confirm;
}

/* A form that does not say "false" may be taken as confirmed, whatever the caller meant. */
static gboolean
form_confirms (CmrCall *self)
{
  for (guint i = 0; i < self->parts->len; i++)
    {
      const CmrPart *part = g_ptr_array_index (self->parts, i);

      if (part->text != NULL && g_str_equal (part->name, "confirm"))
        return g_bytes_get_size (part->text) != 5
               || memcmp (g_bytes_get_data (part->text, NULL), "false", 5) != 0;
    }
  return FALSE;
}

/* Nor a body that says anything but false. */
static gboolean
json_confirms (CmrCall *self)
{
  g_autoptr (JsonNode) root = self->json != NULL ? cmr_json_parse (self->json, NULL) : NULL;
  JsonNode *confirm = root != NULL && JSON_NODE_HOLDS_OBJECT (root)
                        ? json_object_get_member (json_node_get_object (root), "confirm")
                        : NULL;

  if (confirm == NULL || JSON_NODE_HOLDS_NULL (confirm))
    return FALSE;
  return !JSON_NODE_HOLDS_VALUE (confirm) || json_node_get_value_type (confirm) != G_TYPE_BOOLEAN
         || json_node_get_boolean (confirm);
}

gboolean
cmr_call_is_paid (CmrCall *self)
{
  g_return_val_if_fail (CMR_IS_CALL (self), TRUE);

  if (self->endpoint->paid == CMR_PAID_WHEN_CONFIRM)
    return self->confirm || form_confirms (self) || json_confirms (self);
  return self->endpoint->paid == CMR_PAID_ALWAYS;
}

void
cmr_call_set_json (CmrCall *self, GBytes *json)
{
  g_return_if_fail (CMR_IS_CALL (self));

  if (json != NULL)
    g_bytes_ref (json);
  g_clear_pointer (&self->json, g_bytes_unref);
  self->json = json;
}

void
cmr_call_add_text_part (CmrCall *self, const char *name, const char *value)
{
  CmrPart *part;

  g_return_if_fail (CMR_IS_CALL (self));
  g_return_if_fail (name != NULL && value != NULL);

  part = g_new0 (CmrPart, 1);
  part->name = g_strdup (name);
  part->text = g_bytes_new (value, strlen (value));
  g_ptr_array_add (self->parts, part);
}

void
cmr_call_add_file_part (CmrCall *self, const char *name, guint64 length, CmrOpenPart open, gpointer data,
                        GDestroyNotify destroy)
{
  CmrPart *part;

  g_return_if_fail (CMR_IS_CALL (self));
  g_return_if_fail (name != NULL && open != NULL);

  part = g_new0 (CmrPart, 1);
  part->name = g_strdup (name);
  part->length_bytes = length;
  part->open = open;
  part->data = data;
  part->destroy = destroy;
  g_ptr_array_add (self->parts, part);
}

char *
cmr_call_dup_target (CmrCall *self)
{
  g_return_val_if_fail (CMR_IS_CALL (self), NULL);

  return cmr_call_dup_target_at (self, self->endpoint->path);
}
