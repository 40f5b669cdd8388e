// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillApi"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cmr-error.h"
#include "cmr-object-private.h"

/* One decoder and one encoder walk every field table. */

/* "14.50" without a detour over floating point. */
static gboolean
parse_money_text (const char *text, gint64 *cents)
{
  gboolean minus = *text == '-';
  gint64 whole = 0, part = 0;
  int decimals = 0;
  const char *at = text + minus;

  if (!g_ascii_isdigit (*at))
    return FALSE;
  for (; g_ascii_isdigit (*at); at++)
    if ((whole = whole * 10 + (*at - '0')) > G_MAXINT64 / 2000)
      return FALSE;
  if (at[0] == '.' && g_ascii_isdigit (at[1]))
    for (at++; g_ascii_isdigit (*at); at++, decimals++)
      part = decimals < 2 ? part * 10 + (*at - '0') : part;
  if (*at != '\0' || decimals > 2)
    return FALSE;
  *cents = whole * 100 + (decimals == 1 ? part * 10 : part);
  if (minus)
    *cents = -*cents;
  return TRUE;
}

static gboolean
parse_money_number (double number, gint64 *cents)
{
  double scaled = number * 100;

  /* What 14.1 * 100 is off by, and no more: a third decimal of a large sum has to show. */
  if (!isfinite (number) || fabs (scaled) > 1e13
      || fabs (scaled - round (scaled)) > 1e-6 + fabs (scaled) * 4 * DBL_EPSILON)
    return FALSE;
  *cents = (gint64) llround (scaled);
  return TRUE;
}

gboolean
cmr_money_parse (JsonNode *node, gint64 *cents, GError **error)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (type == G_TYPE_STRING && parse_money_text (json_node_get_string (node), cents))
    return TRUE;
  if ((type == G_TYPE_INT64 || type == G_TYPE_DOUBLE) && parse_money_number (json_node_get_double (node), cents))
    return TRUE;
  g_set_error_literal (error, CMR_ERROR, CMR_ERROR_PROTOCOL, "not a sum of at most two decimals");
  return FALSE;
}

static gboolean
parse_int (JsonNode *node, gint64 *number)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  double real = type == G_TYPE_DOUBLE ? json_node_get_double (node) : 0;

  if (type == G_TYPE_STRING)
    return g_ascii_string_to_signed (json_node_get_string (node), 10, G_MININT64 + 1, G_MAXINT64, number, NULL);
  if (type == G_TYPE_INT64)
    *number = json_node_get_int (node);
  else if (type == G_TYPE_DOUBLE && real == floor (real) && fabs (real) < 9e15)
    *number = (gint64) real;
  else
    return FALSE;
  return TRUE;
}

static gboolean
parse_bool (JsonNode *node, gint64 *number)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  const char *text = type == G_TYPE_STRING ? json_node_get_string (node) : NULL;

  if (type == G_TYPE_BOOLEAN)
    *number = json_node_get_boolean (node);
  else if (text != NULL && (g_ascii_strcasecmp (text, "true") == 0 || g_ascii_strcasecmp (text, "false") == 0))
    *number = g_ascii_strcasecmp (text, "true") == 0;
  else
    return FALSE;
  return TRUE;
}

/* ISO 8601, or milliseconds since 1970. */
static gboolean
parse_time (JsonNode *node, gint64 *number)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = NULL;
  gint64 ms;

  if (type == G_TYPE_STRING)
    {
      const char *text = json_node_get_string (node);
      g_autofree char *day
          = strchr (text, 'T') == NULL && strlen (text) == 10 ? g_strconcat (text, "T00:00:00Z", NULL) : NULL;

      time = g_date_time_new_from_iso8601 (day != NULL ? day : text, utc);
      if (time == NULL)
        return FALSE;
      *number = g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time);
      return TRUE;
    }
  if (!parse_int (node, &ms) || ms > G_MAXINT64 / 1000 || ms < -G_MAXINT64 / 1000)
    return FALSE;
  *number = ms * 1000;
  return TRUE;
}

/* The day of "2026-11-20" and of "2026-11-20T09:14:02Z". */
static char *
parse_date (JsonNode *node)
{
  const char *text = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
  int year, month, day;

  if (text == NULL || sscanf (text, "%4d-%2d-%2d", &year, &month, &day) != 3 || strlen (text) < 10
      || strchr ("T ", text[10]) == NULL || !g_date_valid_dmy (day, month, year))
    return NULL;
  return g_strndup (text, 10);
}

static char *
join_texts (JsonArray *array)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", json_node_get_string (node));
    }
  return g_string_free (text, FALSE);
}

/* The first text inside: {"forwardTo": "https://…"} */
static char *
first_text (JsonObject *object)
{
  g_autoptr (GList) members = json_object_get_values (object);

  for (GList *l = members; l != NULL; l = l->next)
    if (JSON_NODE_HOLDS_VALUE (l->data) && json_node_get_value_type (l->data) == G_TYPE_STRING)
      return g_strdup (json_node_get_string (l->data));
  return NULL;
}

/* Free text may come as a list or wrapped; an id, a word or an address is one value. */
static char *
parse_text (JsonNode *node, CmrKind kind)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (kind == CMR_KIND_TEXT && JSON_NODE_HOLDS_ARRAY (node))
    return join_texts (json_node_get_array (node));
  if (kind == CMR_KIND_TEXT && JSON_NODE_HOLDS_OBJECT (node))
    return first_text (json_node_get_object (node));
  if (type == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  /* {"status": 200} is the envelope's and no state of an order. */
  if (kind == CMR_KIND_WORD)
    return NULL;
  if (type == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  if (type == G_TYPE_DOUBLE)
    return g_strdup_printf ("%.15g", json_node_get_double (node));
  return NULL;
}

static gboolean
decode_value (const CmrField *field, JsonNode *node, CmrValue *value, GError **error)
{
  switch (field->kind)
    {
    case CMR_KIND_INT: value->present = parse_int (node, &value->number); break;
    case CMR_KIND_BOOL: value->present = parse_bool (node, &value->number); break;
    case CMR_KIND_TIME: value->present = parse_time (node, &value->number); break;
    case CMR_KIND_MONEY: value->present = cmr_money_parse (node, &value->number, error); break;
    default:
      value->text = field->kind == CMR_KIND_DATE ? parse_date (node) : parse_text (node, field->kind);
      value->present = value->text != NULL;
    }
  if (!value->present && error != NULL && *error == NULL)
    g_set_error_literal (error, CMR_ERROR, CMR_ERROR_PROTOCOL, "not of its kind");
  return value->present;
}

/* Some answers nest what others state flat (openapi.yaml, x-ambiguity of get_user). */
static const char *const nests[] = { "billing", "billingDetails", "billingAddress", "profile", "user" };

/* Each row asks for each of its names: they are taken out of the table without making copies on the heap. */
#define NAME_MAX_BYTES 64

/* FALSE behind the last one. */
static gboolean
next_name (const char **at, char name[NAME_MAX_BYTES])
{
  gsize length = strcspn (*at, " ");

  if (length == 0)
    return FALSE;
  g_assert (length < NAME_MAX_BYTES);
  memcpy (name, *at, length);
  name[length] = '\0';
  *at += length + ((*at)[length] == ' ');
  return TRUE;
}

static JsonNode *
find_flat (JsonObject *json, const CmrField *field)
{
  char name[NAME_MAX_BYTES];

  for (const char *at = field->json; next_name (&at, name);)
    {
      JsonNode *node = json_object_get_member (json, name);

      if (node != NULL && !JSON_NODE_HOLDS_NULL (node))
        return node;
    }
  return NULL;
}

static JsonNode *
find_node (JsonObject *json, const CmrField *field)
{
  JsonNode *node = find_flat (json, field);

  for (guint i = 0; node == NULL && i < G_N_ELEMENTS (nests); i++)
    {
      JsonNode *nest = json_object_get_member (json, nests[i]);

      if (nest != NULL && JSON_NODE_HOLDS_OBJECT (nest))
        node = find_flat (json_node_get_object (nest), field);
    }
  return node;
}

static gboolean
name_is_known (const CmrResource *resource, const char *name)
{
  gsize length = strlen (name);

  for (guint i = 0; i < resource->n_fields; i++)
    for (const char *at = resource->fields[i].json; *at != '\0';)
      {
        gsize word = strcspn (at, " ");

        if (word == length && memcmp (at, name, length) == 0)
          return TRUE;
        at += word + (at[word] == ' ');
      }
  return FALSE;
}

static guint
count_dropped (const CmrResource *resource, JsonObject *json)
{
  g_autoptr (GList) members = json_object_get_members (json);
  guint dropped = 0;

  for (GList *l = members; l != NULL; l = l->next)
    dropped += !name_is_known (resource, l->data);
  return dropped;
}

/* A secret of an ordinary read is dropped on arrival; only what asks for it decodes it. */
static CmrObject *
object_from_json (const CmrResource *resource, JsonObject *json, gboolean with_secrets, GError **error)
{
  g_autoptr (CmrObject) self = cmr_object_new (resource);

  for (guint i = 0; i < resource->n_fields; i++)
    {
      const CmrField *field = &resource->fields[i];
      JsonNode *node = (field->flags & CMR_FIELD_SECRET) && !with_secrets ? NULL : find_node (json, field);
      g_autoptr (GError) failure = NULL;

      if (node == NULL && (field->flags & CMR_FIELD_REQUIRED) == 0)
        continue;
      if (node == NULL)
        g_set_error_literal (&failure, CMR_ERROR, CMR_ERROR_PROTOCOL, "missing");
      else
        decode_value (field, node, &cmr_object_values (self)[i], &failure);
      /* A field that is neither required nor money and is not of its kind counts as missing. */
      if (failure != NULL && ((field->flags & CMR_FIELD_REQUIRED) || field->kind == CMR_KIND_MONEY))
        {
          g_propagate_prefixed_error (error, g_steal_pointer (&failure), "%s.%s: ", resource->name, field->member);
          return NULL;
        }
    }
  cmr_object_set_dropped (self, count_dropped (resource, json));
  return g_steal_pointer (&self);
}

CmrObject *
cmr_object_new_from_json (const CmrResource *resource, JsonObject *json, GError **error)
{
  return object_from_json (resource, json, FALSE, error);
}

static void
encode_value (const CmrField *field, const CmrValue *value, JsonObject *json, const char *name)
{
  if (field->kind == CMR_KIND_BOOL)
    json_object_set_boolean_member (json, name, value->number > 0);
  else if (field->kind == CMR_KIND_INT)
    json_object_set_int_member (json, name, value->number);
  else if (field->kind == CMR_KIND_MONEY)
    json_object_set_double_member (json, name, value->number / 100.0);
  else if (field->kind == CMR_KIND_TIME)
    {
      g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (value->number / G_USEC_PER_SEC);
      g_autofree char *text = g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");

      json_object_set_string_member (json, name, text);
    }
  else
    json_object_set_string_member (json, name, value->text);
}

JsonObject *
cmr_object_to_json (CmrObject *self)
{
  const CmrResource *resource = cmr_object_get_resource (self);
  JsonObject *json = json_object_new ();

  for (guint i = 0; i < resource->n_fields; i++)
    {
      const CmrField *field = &resource->fields[i];
      const CmrValue *value = &cmr_object_values (self)[i];
      g_auto (GStrv) names = g_strsplit (field->json, " ", 2);

      if (value->present && (field->flags & CMR_FIELD_WRITABLE))
        encode_value (field, value, json, names[0]);
    }
  return json;
}
