// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-answer-private.h"

#include <json-glib/json-glib.h>

/* What the answer of a write tells. Whatever is not clear counts as not told: the operation is unknown then. */

void
wb_answer_free (WbAnswer *self)
{
  if (self == NULL)
    return;
  g_free (self->made_id);
  g_free (self->left_out);
  g_free (self);
}

static JsonNode *
member (JsonObject *object, const char *name)
{
  JsonNode *node
      = object != NULL && json_object_has_member (object, name) ? json_object_get_member (object, name) : NULL;

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

static JsonObject *
as_object (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* "body status equals HTTP status" (api/notes.md): one that contradicts it makes the whole answer doubtful. */
static gboolean
contradicts_itself (JsonObject *root)
{
  JsonNode *status = member (root, "status"), *success = member (root, "success");
  gint64 code = 200;

  if (status != NULL && JSON_NODE_HOLDS_VALUE (status) && json_node_get_value_type (status) == G_TYPE_INT64)
    code = json_node_get_int (status);
  if (status != NULL && JSON_NODE_HOLDS_VALUE (status) && json_node_get_value_type (status) == G_TYPE_STRING
      && g_ascii_isdigit (*json_node_get_string (status)))
    code = g_ascii_strtoll (json_node_get_string (status), NULL, 10);
  if (success != NULL && JSON_NODE_HOLDS_VALUE (success) && json_node_get_value_type (success) == G_TYPE_BOOLEAN
      && !json_node_get_boolean (success))
    return TRUE;
  return code < 200 || code > 299;
}

/* Domains that could not be had, blank between; NULL without any. */
static char *
dup_left_out (const CmrEnvelope *envelope)
{
  JsonNode *node = member (as_object (envelope->data), "unavailableDomains");
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *name = json_array_get_element (array, i);
      g_autofree char *lower = NULL;

      if (!JSON_NODE_HOLDS_VALUE (name) || json_node_get_value_type (name) != G_TYPE_STRING)
        continue;
      lower = g_ascii_strdown (json_node_get_string (name), -1);
      g_string_append_printf (names, "%s%s", names->len > 0 ? " " : "", lower);
    }
  return names->len > 0 ? g_strdup (names->str) : NULL;
}

gboolean
wb_answer_makes_order (CmrOp op)
{
  const CmrEndpoint *endpoint = op != CMR_OP_NONE ? cmr_endpoint_get (op) : NULL;

  return endpoint != NULL && op != CMR_OP_PROCESS_ORDER && !cmr_endpoint_reads (op) && endpoint->response == &cmr_order_resource;
}

static void
read_envelope (WbAnswer *answer, CmrOp op, const char *target, const CmrEnvelope *envelope)
{
  gboolean customer = op == CMR_OP_CREATE_USER;
  gboolean order = wb_answer_makes_order (op) || op == CMR_OP_PROCESS_ORDER;

  answer->tells
      = envelope->message != NULL || (envelope->data != NULL && json_object_get_size (as_object (envelope->root)) > 0);
  if (order || customer)
    answer->made_id = cmr_envelope_dup_key (envelope, customer ? &cmr_customer_resource : &cmr_order_resource);
  if (wb_answer_makes_order (op) || customer)
    answer->tells = answer->made_id != NULL;
  if (wb_answer_makes_order (op))
    answer->left_out = dup_left_out (envelope);
  /* Paying may say what was paid; if it says another order, nothing is sure. */
  if (op == CMR_OP_PROCESS_ORDER && answer->made_id != NULL)
    answer->tells = g_str_equal (answer->made_id, target);
  if (op == CMR_OP_PROCESS_ORDER)
    g_clear_pointer (&answer->made_id, g_free);
}

/**
 * wb_answer_read:
 * @target: what the operation acts on
 * @body: (nullable): of a 2xx
 *
 * Returns: (transfer full): what it tells: an order names its id, a customer its own, of any other answer no more
 *   is asked than that it looks like one
 */
WbAnswer *
wb_answer_read (CmrOp op, const char *target, GBytes *body)
{
  g_autoptr (CmrEnvelope) envelope = body != NULL ? cmr_envelope_parse (body, NULL) : NULL;
  WbAnswer *answer = g_new0 (WbAnswer, 1);

  if (envelope != NULL && as_object (envelope->root) != NULL && !contradicts_itself (as_object (envelope->root)))
    read_envelope (answer, op, target, envelope);
  return answer;
}
