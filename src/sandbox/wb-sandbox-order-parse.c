// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-sandbox-private.h"

#include <string.h>

/* The form carries one thing that JSON does not, and JSON two that the form does not. */
static const char *const form_domain[] = { "domain", "years", "forwardTo", "maskForwarding", NULL };
static const char *const json_domain[] = { "domain", "years", "forwardTo", NULL };
static const char *const form_box[] = { "username", "firstName", "lastName", NULL };
static const char *const json_box[]
    = { "username", "firstName", "lastName", "profilePicture", "onWarmup", NULL };
static const char *const top[] = { "domains",         "mailboxes",           "billingCycle", "confirm",
                                   "serviceProvider", "microsoftOauthRoute", "google",       "autoRenew",
                                   NULL };

typedef struct {
  WbSbCall *call;
  WbSbOrder *order;
  GHashTable *addresses; /* set of username@domain, in lower case */
  GHashTable *names;     /* name → WbSbLine */
  WbSbReply **refusal;
} Parse;

static gboolean
take_domain (Parse *parse, JsonNode *node)
{
  WbSbReply **refusal = parse->refusal;
  JsonObject *object;
  const char *name, *forward_to;
  gint64 years;
  WbSbLine *line;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return wb_sb_no (refusal, 400, "each value in domains must be an object");
  object = json_node_get_object (node);
  if (!wb_sb_only (object, parse->call->form ? form_domain : json_domain, "domains: ", refusal)
      || !wb_sb_text (object, "domain", TRUE, &name, refusal)
      || !wb_sb_int (object, "years", 1, 10, &years, refusal)
      || !wb_sb_text (object, "forwardTo", FALSE, &forward_to, refusal))
    return FALSE;
  if (!wb_sb_is_domain (name))
    return wb_sb_no (refusal, 400, "domains: %s is not a valid domain name", name);
  if (g_hash_table_contains (parse->names, name))
    return wb_sb_no (refusal, 400, "domains: %s is listed twice", name);
  if (forward_to != NULL && *forward_to != '\0' && !wb_sb_is_web_address (forward_to))
    return wb_sb_no (refusal, 400, "domains: forwardTo must be a URL address");
  line = wb_sb_order_add_line (parse->order, name, (int) years);
  line->forward_to = forward_to != NULL && *forward_to != '\0' ? g_strdup (forward_to) : NULL;
  g_hash_table_insert (parse->names, line->name, line);
  return wb_sb_bool (object, "maskForwarding", &line->mask, refusal);
}

static gboolean
take_domains (Parse *parse, JsonObject *body)
{
  JsonNode *node = json_object_get_member (body, "domains");

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node)
      || json_array_get_length (json_node_get_array (node)) == 0)
    return wb_sb_no (parse->refusal, 400, "domains must be an array with at least one domain");
  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    if (!take_domain (parse, json_array_get_element (json_node_get_array (node), i)))
      return FALSE;
  return TRUE;
}

static gboolean
take_person (Parse *parse, JsonObject *object, const char *member, const char **text)
{
  if (!wb_sb_text (object, member, TRUE, text, parse->refusal))
    return FALSE;
  if (g_utf8_strlen (*text, -1) > 60)
    return wb_sb_no (parse->refusal, 400, "%s must be shorter than or equal to 60 characters", member);
  return TRUE;
}

static gboolean
take_box (Parse *parse, WbSbLine *line, JsonNode *node)
{
  WbSbReply **refusal = parse->refusal;
  JsonObject *object;
  const char *username, *first, *last, *picture;
  char *address;
  WbSbBox *box;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return wb_sb_no (refusal, 400, "mailboxes of %s must be objects", line->name);
  object = json_node_get_object (node);
  if (!wb_sb_only (object, parse->call->form ? form_box : json_box, "mailboxes: ", refusal)
      || !wb_sb_text (object, "username", TRUE, &username, refusal)
      || !take_person (parse, object, "firstName", &first)
      || !take_person (parse, object, "lastName", &last)
      || !wb_sb_text (object, "profilePicture", FALSE, &picture, refusal))
    return FALSE;
  if (!wb_sb_is_username (username))
    return wb_sb_no (refusal, 400, "mailboxes: %s is not a valid username", username);
  if (picture != NULL && *picture != '\0' && !wb_sb_is_web_address (picture))
    return wb_sb_no (refusal, 400, "mailboxes: profilePicture must be a URL address");
  address = g_strconcat (username, "@", line->name, NULL);
  for (char *c = address; *c != '\0'; c++)
    *c = g_ascii_tolower (*c);
  if (!g_hash_table_add (parse->addresses, address))
    return wb_sb_no (refusal, 400, "mailboxes: %s@%s is listed twice", username, line->name);
  box = wb_sb_line_add_box (line, username, first, last);
  box->picture = picture != NULL && *picture != '\0' ? g_strdup (picture) : NULL;
  return wb_sb_bool (object, "onWarmup", &box->warmup, refusal);
}

static gboolean
take_boxes_of (Parse *parse, JsonObject *mailboxes, const char *name)
{
  WbSbLine *line = g_hash_table_lookup (parse->names, name);
  JsonNode *node = json_object_get_member (mailboxes, name);

  if (line == NULL)
    return wb_sb_no (parse->refusal, 400, "mailboxes: %s is not among the domains", name);
  if (!JSON_NODE_HOLDS_ARRAY (node) || json_array_get_length (json_node_get_array (node)) == 0)
    return wb_sb_no (parse->refusal, 400, "mailboxes: %s must list at least one mailbox", name);
  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    if (!take_box (parse, line, json_array_get_element (json_node_get_array (node), i)))
      return FALSE;
  return TRUE;
}

static gboolean
take_mailboxes (Parse *parse, JsonObject *body)
{
  JsonNode *node = json_object_get_member (body, "mailboxes");
  g_autoptr (GList) names = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node)
      || json_object_get_size (json_node_get_object (node)) == 0)
    return wb_sb_no (parse->refusal, 400, "mailboxes must list the mailboxes of each domain");
  names = json_object_get_members (json_node_get_object (node));
  for (GList *l = names; l != NULL; l = l->next)
    if (!take_boxes_of (parse, json_node_get_object (node), l->data))
      return FALSE;
  return TRUE;
}

static gboolean
take_choices (Parse *parse, JsonObject *body, gboolean *confirm)
{
  WbSbReply **refusal = parse->refusal;
  const char *cycle, *provider, *route;
  JsonNode *google = json_object_get_member (body, "google");

  if (!wb_sb_text (body, "billingCycle", TRUE, &cycle, refusal)
      || !wb_sb_text (body, "serviceProvider", FALSE, &provider, refusal)
      || !wb_sb_text (body, "microsoftOauthRoute", FALSE, &route, refusal)
      || !wb_sb_bool (body, "confirm", confirm, refusal)
      || !wb_sb_bool (body, "autoRenew", &parse->order->auto_renew, refusal))
    return FALSE;
  if (!g_str_equal (cycle, "MONTHLY"))
    return wb_sb_no (refusal, 400, "billingCycle must be MONTHLY");
  if (g_strcmp0 (provider, "MICROSOFT") == 0)
    parse->order->provider = "MICROSOFT";
  else if (provider != NULL && *provider != '\0' && !g_str_equal (provider, "GOOGLE"))
    return wb_sb_no (refusal, 400, "serviceProvider must be GOOGLE or MICROSOFT");
  if (google != NULL && !JSON_NODE_HOLDS_NULL (google) && !JSON_NODE_HOLDS_OBJECT (google))
    return wb_sb_no (refusal, 400, "google must be an object");
  return TRUE;
}

static WbSbBox *
find_box (WbSbOrder *order, const char *address)
{
  for (guint i = 0; i < order->lines->len; i++)
    {
      WbSbLine *line = order->lines->pdata[i];
      const char *at = strchr (address, '@');

      for (guint b = 0; at != NULL && g_str_equal (at + 1, line->name) && b < line->boxes->len; b++)
        {
          WbSbBox *box = line->boxes->pdata[b];

          if (strlen (box->username) == (gsize) (at - address)
              && strncmp (box->username, address, (gsize) (at - address)) == 0)
            return box;
        }
    }
  return NULL;
}

/* Names of picture parts are compared letter for letter with `mailboxes`, as the vendor's page says. An
 * empty part is a mailbox without a picture. */
static gboolean
take_pictures (Parse *parse)
{
  static const guint8 jpeg[] = { 0xff, 0xd8, 0xff };
  GPtrArray *parts = wb_sb_form_parts (parse->call->form);

  for (guint i = 0; i < parts->len; i++)
    {
      WbSbPart *part = parts->pdata[i];
      WbSbBox *box;

      if (part->filename == NULL)
        continue;
      box = find_box (parse->order, part->name);
      if (box == NULL)
        return wb_sb_no (parse->refusal, 400, "Unexpected field %s", part->name);
      if (part->length == 0)
        continue;
      if (part->length < sizeof jpeg || memcmp (part->head, jpeg, sizeof jpeg) != 0)
        return wb_sb_no (parse->refusal, 400, "The picture of %s is not a JPEG", part->name);
      g_free (box->picture);
      box->picture = g_strdup_printf ("https://cdn.sandbox.example/avatars/%.32s.jpg", part->sha256);
    }
  return TRUE;
}

WbSbOrder *
wb_sb_parse_order (WbSbCall *call, gboolean *confirm, WbSbReply **refusal)
{
  g_autoptr (GHashTable) addresses
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  JsonObject *body = call->form ? wb_sb_form_to_json (call->form, refusal)
                     : wb_sb_body (call, refusal) ? json_object_ref (json_node_get_object (call->json))
                                                  : NULL;
  Parse parse = { call, wb_sb_order_new (call->user_id), addresses, names, refusal };
  gboolean fine = body != NULL && wb_sb_only (body, top, "", refusal) && take_domains (&parse, body)
                  && take_mailboxes (&parse, body) && take_choices (&parse, body, confirm)
                  && (call->form == NULL || take_pictures (&parse));

  g_clear_pointer (&body, json_object_unref);
  if (!fine)
    g_clear_pointer (&parse.order, wb_sb_order_free);
  return parse.order;
}
