// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define _DEFAULT_SOURCE /* explicit_bzero */
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-secrets-private.h"

#include <string.h>

#include <json-glib/json-glib.h>

#define MARK "secret:in-memory"

/* Members of a body, or parts of a form. Their whole values are secret, and empty ones say nothing. */
static const char *const names[] = { "googleOauthRoute", "microsoftOauthRoute", "password", NULL };

struct _WbSecrets {
  char *json;         /* (nullable): the body as it is sent */
  GHashTable *values; /* place of a part → its text as it is sent */
};

static void
wipe (gpointer text)
{
  if (text != NULL)
    explicit_bzero (text, strlen (text));
  g_free (text);
}

static void
secrets_clear (gpointer data)
{
  WbSecrets *self = data;

  wipe (self->json);
  g_hash_table_unref (self->values);
}

WbSecrets *
wb_secrets_ref (WbSecrets *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
wb_secrets_unref (WbSecrets *self)
{
  g_atomic_rc_box_release_full (self, secrets_clear);
}

gboolean
wb_secrets_is_name (const char *name)
{
  return g_strv_contains (names, name);
}

static gboolean
is_secret (const char *name, JsonNode *node)
{
  return wb_secrets_is_name (name) && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
         && *json_node_get_string (node) != '\0';
}

static gboolean
blank_members (JsonObject *object, const char *mark)
{
  g_autoptr (GList) members = json_object_get_members (object);
  gboolean any = FALSE;

  for (GList *l = members; l != NULL; l = l->next)
    {
      JsonNode *node = json_object_get_member (object, l->data);

      if (JSON_NODE_HOLDS_OBJECT (node))
        any |= blank_members (json_node_get_object (node), mark);
      else if (is_secret (l->data, node))
        {
          json_object_set_string_member (object, l->data, mark);
          any = TRUE;
        }
    }
  return any;
}

char *
wb_secrets_blank (const char *text, const char *mark)
{
  g_autoptr (JsonNode) root = *text == '{' ? json_from_string (text, NULL) : NULL;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root) || !blank_members (json_node_get_object (root), mark))
    return NULL;
  return json_to_string (root, FALSE);
}

/* A part that is secret, or is JSON with a secret in it. */
static char *
blank_part (const char *name, const char *value, const char *mark)
{
  if (wb_secrets_is_name (name))
    return *value != '\0' ? g_strdup (mark) : NULL;
  return wb_secrets_blank (value, mark);
}

static char *
dup_bytes (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return g_strndup (data, length);
}

static void
take_json (WbSecrets *self, WbRequest *request)
{
  char *whole = dup_bytes (request->json), *blank = wb_secrets_blank (whole, MARK);

  if (blank == NULL)
    {
      wipe (whole);
      return;
    }
  self->json = whole;
  g_bytes_unref (request->json);
  request->json = g_bytes_new_take (blank, strlen (blank));
}

static void
take_parts (WbSecrets *self, WbRequest *request)
{
  for (guint i = 0; i < request->parts->len; i++)
    {
      WbPart *part = request->parts->pdata[i];
      char *blank = part->value != NULL ? blank_part (part->name, part->value, MARK) : NULL;

      if (blank == NULL)
        continue;
      g_hash_table_insert (self->values, GUINT_TO_POINTER (i), part->value);
      part->value = blank;
    }
}

WbSecrets *
wb_secrets_take (WbRequest *request)
{
  WbSecrets *self = g_atomic_rc_box_new0 (WbSecrets);

  self->values = g_hash_table_new_full (NULL, NULL, NULL, wipe);
  if (request->json != NULL)
    take_json (self, request);
  take_parts (self, request);
  if (self->json == NULL && g_hash_table_size (self->values) == 0)
    g_clear_pointer (&self, wb_secrets_unref);
  return self;
}

/* @text: (nullable): what is known of @frozen; it has to be the same but for the marks. */
static gboolean
fits (const char *frozen, char *blank)
{
  g_autofree char *held = blank;

  return g_strcmp0 (frozen, held) == 0;
}

static gboolean
fill_json (WbSecrets *self, WbFrozen *frozen)
{
  g_autofree char *body = dup_bytes (frozen->body);

  if (strstr (body, MARK) == NULL)
    return TRUE;
  if (self == NULL || self->json == NULL || !fits (body, wb_secrets_blank (self->json, MARK)))
    return FALSE;
  g_bytes_unref (frozen->body);
  frozen->body = g_bytes_new (self->json, strlen (self->json));
  return TRUE;
}

static gboolean
fill_part (WbSecrets *self, WbPart *part, guint place)
{
  const char *value;

  if (part->value == NULL || strstr (part->value, MARK) == NULL)
    return TRUE;
  value = self != NULL ? g_hash_table_lookup (self->values, GUINT_TO_POINTER (place)) : NULL;
  if (value == NULL || !fits (part->value, blank_part (part->name, value, MARK)))
    return FALSE;
  g_free (part->value);
  part->value = g_strdup (value);
  return TRUE;
}

gboolean
wb_secrets_fill (WbSecrets *self, WbFrozen *frozen)
{
  if (frozen->body != NULL && !fill_json (self, frozen))
    return FALSE;
  for (guint i = 0; i < frozen->parts->len; i++)
    if (!fill_part (self, frozen->parts->pdata[i], i))
      return FALSE;
  return TRUE;
}
