// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillApi"

#include <string.h>

#include "cmr-call.h"
#include "cmr-error.h"

/* Reading answers in every shape that the papers mention (api/notes.md, Envelope and errors, Rate limit and paging). */

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

/**
 * cmr_envelope_parse:
 * @body: an answer
 *
 * Returns: (transfer full): the envelope; an answer without one is its own `data`. %NULL with %CMR_ERROR_PROTOCOL
 */
CmrEnvelope *
cmr_envelope_parse (GBytes *body, GError **error)
{
  JsonNode *root = cmr_json_parse (body, error);
  JsonObject *object = as_object (root);
  JsonNode *message;
  CmrEnvelope *self;

  if (root == NULL)
    return NULL;
  self = g_new0 (CmrEnvelope, 1);
  self->root = root;
  message = member (object, "message");
  if (message != NULL && JSON_NODE_HOLDS_VALUE (message) && json_node_get_value_type (message) == G_TYPE_STRING)
    self->message = json_node_get_string (message);
  self->data = member (object, "data");
  if (self->data == NULL && (object == NULL || (!json_object_has_member (object, "data") && message == NULL)))
    self->data = root;
  return self;
}

void
cmr_envelope_free (CmrEnvelope *self)
{
  if (self == NULL)
    return;
  json_node_unref (self->root);
  g_free (self);
}

/* Rows */

static JsonArray *
array_under (JsonObject *object, const char *names)
{
  g_auto (GStrv) each = g_strsplit (names != NULL ? names : "", " ", 0);

  for (guint i = 0; object != NULL && each[i] != NULL; i++)
    {
      JsonNode *node = member (object, each[i]);

      if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
        return json_node_get_array (node);
    }
  return NULL;
}

static JsonArray *
find_rows (const CmrResource *resource, const CmrEnvelope *envelope)
{
  JsonArray *rows;

  if (envelope->data != NULL && JSON_NODE_HOLDS_ARRAY (envelope->data))
    return json_node_get_array (envelope->data);
  rows = array_under (as_object (envelope->data), resource->rows);
  return rows != NULL ? rows : array_under (as_object (envelope->root), resource->rows);
}

static gboolean
take_row (GPtrArray *rows, const CmrResource *resource, JsonNode *node, GError **error)
{
  CmrObject *object = as_object (node) != NULL ? cmr_object_new_from_json (resource, as_object (node), error) : NULL;

  if (object == NULL && as_object (node) == NULL)
    g_set_error (error, CMR_ERROR, CMR_ERROR_PROTOCOL, "%s: a row is no object", resource->name);
  if (object != NULL)
    g_ptr_array_add (rows, object);
  return object != NULL;
}

/* {"Austria": "AT"}: countries and states. */
static gboolean
take_map (GPtrArray *rows, const CmrResource *resource, JsonObject *map)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, map);
  while (json_object_iter_next (&iter, &name, &node))
    {
      CmrObject *place;

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
        return FALSE;
      place = cmr_object_new (resource);
      cmr_object_set_text (place, "name", name);
      cmr_object_set_text (place, "code", json_node_get_string (node));
      g_ptr_array_add (rows, place);
    }
  return TRUE;
}

/* Paging stands under `pagination`, or beside the rows. */

static gint64
number_in (JsonObject *object, const char *name, gint64 otherwise)
{
  JsonNode *node = member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return otherwise;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return g_ascii_strtoll (json_node_get_string (node), NULL, 10);
  return json_node_get_int (node);
}

static JsonObject *
find_paging (const CmrEnvelope *envelope)
{
  JsonObject *places[] = { as_object (envelope->data), as_object (envelope->root) };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (as_object (member (places[i], "pagination")) != NULL)
      return as_object (member (places[i], "pagination"));
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (member (places[i], "totalPages") != NULL || member (places[i], "currentPage") != NULL)
      return places[i];
  return NULL;
}

/* Without a number of pages: by the number of rows, else by nextPage. One that says nothing is all there is. */
static gboolean
is_last_by_rest (const CmrPage *page, JsonObject *paging)
{
  if (page->total >= 0)
    return page->total <= MAX (page->current_page, 1) * page->rows->len;
  return number_in (paging, "nextPage", 0) <= page->current_page;
}

static void
take_paging (CmrPage *page, JsonObject *paging)
{
  page->total = number_in (paging, "totalSearchedCount", number_in (paging, "totalCount", -1));
  page->current_page = number_in (paging, "currentPage", 0);
  page->total_pages = number_in (paging, "totalPages", 0);
  /* Not nextPage: a sample of the vendor's has nextPage 2 with totalPages 1. */
  page->last = page->rows->len == 0
               || (page->total_pages > 0 ? page->current_page >= page->total_pages : is_last_by_rest (page, paging));
}

/**
 * cmr_page_parse:
 * @endpoint: whose answer it is; its response resource reads the rows
 *
 * Returns: (transfer full): the rows with their paging, or %NULL with %CMR_ERROR_PROTOCOL
 */
CmrPage *
cmr_page_parse (const CmrEndpoint *endpoint, GBytes *body, GError **error)
{
  const CmrResource *resource = endpoint->response;
  g_autoptr (CmrEnvelope) envelope = cmr_envelope_parse (body, error);
  g_autoptr (CmrPage) page = g_new0 (CmrPage, 1);
  JsonArray *rows;

  page->rows = g_ptr_array_new_with_free_func (g_object_unref);
  if (envelope == NULL)
    return NULL;
  rows = find_rows (resource, envelope);
  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    if (!take_row (page->rows, resource, json_array_get_element (rows, i), error))
      return NULL;
  if (rows == NULL && (resource != &cmr_place_resource || as_object (envelope->data) == NULL
                       || !take_map (page->rows, resource, as_object (envelope->data))))
    {
      g_set_error (error, CMR_ERROR, CMR_ERROR_PROTOCOL, "%s: no rows in the answer", endpoint->id);
      return NULL;
    }
  take_paging (page, find_paging (envelope));
  return g_steal_pointer (&page);
}

gboolean
cmr_page_ends (const CmrPage *self, guint number, guint read, guint limit)
{
  if (self->total < 0 && self->total_pages == 0 && self->rows->len >= limit)
    return FALSE;
  return self->last || (self->total >= 0 && read >= self->total)
         || (self->total_pages > 0 && number >= self->total_pages);
}

void
cmr_page_free (CmrPage *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self);
}

/* One object */

/* What the object is called, %NULL when it does not say. */
static char *
dup_key (const CmrResource *resource, JsonObject *object)
{
  const CmrField *key = NULL;
  g_auto (GStrv) names = NULL;

  for (guint i = 0; key == NULL && i < resource->n_fields; i++)
    if (resource->fields[i].flags & CMR_FIELD_KEY)
      key = &resource->fields[i];
  names = g_strsplit (key != NULL ? key->json : "", " ", 0);
  for (guint i = 0; names[i] != NULL; i++)
    {
      JsonNode *node = member (object, names[i]);

      if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        return g_strdup (json_node_get_string (node));
      if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
        return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
    }
  return NULL;
}

/* The one with @id; where none says what it is called, the only one. */
static JsonObject *
find_in (JsonArray *rows, const CmrResource *resource, const char *id)
{
  for (guint i = 0; id != NULL && i < json_array_get_length (rows); i++)
    {
      JsonObject *object = as_object (json_array_get_element (rows, i));
      g_autofree char *key = object != NULL ? dup_key (resource, object) : NULL;

      if (g_strcmp0 (key, id) == 0)
        return object;
    }
  if (json_array_get_length (rows) == 0 || (id != NULL && json_array_get_length (rows) > 1))
    return NULL;
  return as_object (json_array_get_element (rows, 0));
}

/* {"data": {"mailbox": {…}}}: what it is wrapped in. */
static JsonObject *
unwrap (const CmrResource *resource, JsonNode *data, const char *id)
{
  static const char *const wrappers[]
      = { "user", "order", "mailbox", "wallet", "domain", "exactMatch", "subscription" };
  JsonObject *object = as_object (data);

  if (data != NULL && JSON_NODE_HOLDS_ARRAY (data))
    return find_in (json_node_get_array (data), resource, id);
  for (guint i = 0; object != NULL && i < G_N_ELEMENTS (wrappers); i++)
    if (as_object (member (object, wrappers[i])) != NULL && cmr_resource_find_field (resource, wrappers[i]) == NULL)
      return as_object (member (object, wrappers[i]));
  return object;
}

char *
cmr_envelope_dup_key (const CmrEnvelope *self, const CmrResource *resource)
{
  JsonNode *places[] = { self->data, self->root };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      JsonObject *object = places[i] != NULL ? unwrap (resource, places[i], NULL) : NULL;
      g_autofree char *key = object != NULL ? dup_key (resource, object) : NULL;

      if (key != NULL && *key != '\0')
        return g_steal_pointer (&key);
    }
  return NULL;
}

CmrObject *
cmr_reply_parse_one (const CmrEndpoint *endpoint, GBytes *body, GError **error)
{
  return cmr_reply_parse_named (endpoint, body, NULL, error);
}

/* A bare word is the state. */
static CmrObject *
from_word (const CmrResource *resource, JsonNode *data)
{
  CmrObject *bare;

  if (data == NULL || !JSON_NODE_HOLDS_VALUE (data) || json_node_get_value_type (data) != G_TYPE_STRING
      || cmr_resource_find_field (resource, "status") == NULL)
    return NULL;
  bare = cmr_object_new (resource);
  cmr_object_set_text (bare, "status", json_node_get_string (data));
  return bare;
}

static CmrObject *
no_object (const CmrEndpoint *endpoint, const char *what, GError **error)
{
  g_set_error (error, CMR_ERROR, CMR_ERROR_PROTOCOL, "%s: %s", endpoint->id, what);
  return NULL;
}

/**
 * cmr_reply_parse_named:
 * @id: (nullable): what was asked for
 *
 * As cmr_reply_parse_one(), of a list the one with @id. An answer that names another is no answer: what it
 * says of its state would be taken for the state of @id.
 *
 * Returns: (nullable): the object, or %NULL with %CMR_ERROR_PROTOCOL
 */
CmrObject *
cmr_reply_parse_named (const CmrEndpoint *endpoint, GBytes *body, const char *id, GError **error)
{
  const CmrResource *resource = endpoint->response;
  g_autoptr (CmrEnvelope) envelope = cmr_envelope_parse (body, error);
  JsonObject *object = envelope != NULL ? unwrap (resource, envelope->data, id) : NULL;
  g_autofree char *key = NULL;
  CmrObject *bare;

  if (envelope == NULL)
    return NULL;
  key = object != NULL && id != NULL ? dup_key (resource, object) : NULL;
  if (key != NULL && !g_str_equal (key, id))
    return no_object (endpoint, "the answer is about another one", error);
  if (object != NULL)
    return cmr_object_new_from_json (resource, object, error);
  bare = from_word (resource, envelope->data);
  return bare != NULL ? bare : no_object (endpoint, "nothing in the answer", error);
}

/**
 * cmr_order_parse_lines:
 * @body: an answer of get_order or get_order_status
 * @id: (nullable): the order asked for
 * @domains: (out) (optional) (element-type CmrObject): its lines of domains
 * @mailboxes: (out) (optional) (element-type CmrObject): its lines of mailboxes
 *
 * Lines that cannot be read are left out: the truth about them is in their own lists.
 */
void
cmr_order_parse_lines (GBytes *body, const char *id, GPtrArray **domains, GPtrArray **mailboxes)
{
  g_autoptr (CmrEnvelope) envelope = cmr_envelope_parse (body, NULL);
  JsonObject *object = envelope != NULL ? unwrap (&cmr_order_resource, envelope->data, id) : NULL;
  const CmrResource *resources[] = { &cmr_order_domain_resource, &cmr_order_mailbox_resource };
  GPtrArray **outs[] = { domains, mailboxes };

  for (guint kind = 0; kind < G_N_ELEMENTS (outs); kind++)
    {
      JsonArray *rows = array_under (object, resources[kind]->rows);
      GPtrArray *lines = g_ptr_array_new_with_free_func (g_object_unref);

      for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
        take_row (lines, resources[kind], json_array_get_element (rows, i), NULL);
      if (outs[kind] != NULL)
        *outs[kind] = lines;
      else
        g_ptr_array_unref (lines);
    }
}
