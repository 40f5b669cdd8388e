// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-sandbox-private.h"

#include <string.h>

typedef enum { PLAIN, EMAIL, COUNTRY, STATE, DIAL_CODE, PHONE, LANGUAGE } Rule;

typedef struct {
  const char *member;
  Rule rule;
  gboolean optional;
} Field;

static const Field fields[] = {
  { "email", EMAIL },          { "firstName", PLAIN },
  { "lastName", PLAIN },       { "company", PLAIN },
  { "country", COUNTRY },      { "state", STATE },
  { "city", PLAIN },           { "addressLineOne", PLAIN },
  { "addressLineTwo", PLAIN, TRUE }, { "addressLineThree", PLAIN, TRUE },
  { "postalCode", PLAIN },     { "phoneCc", DIAL_CODE },
  { "phone", PHONE },          { "languagePreference", LANGUAGE },
};

static JsonObject *
customer_to_json (WbSandbox *self, gpointer row)
{
  WbSbCustomer *customer = row;
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "userId", customer->id);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (json_object_has_member (customer->profile, fields[i].member))
      json_object_set_member (object, fields[i].member,
                              json_object_dup_member (customer->profile, fields[i].member));
    else
      json_object_set_null_member (object, fields[i].member);
  wb_sb_set_time (object, "createdAt", customer->created_us);
  return object;
}

static gboolean
customer_matches (WbSbCall *call, gpointer row)
{
  static const char *const searched[] = { "company", "email", "firstName", "lastName" };
  WbSbCustomer *customer = row;
  const char *part = wb_sb_query (call, "contains");

  if (part == NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (searched); i++)
    if (wb_sb_contains (json_object_get_string_member_with_default (customer->profile, searched[i], ""),
                        part))
      return TRUE;
  return FALSE;
}

static gboolean
check_value (const Field *field, const char *text, JsonObject *profile, WbSbReply **refusal)
{
  const char *country;

  switch (field->rule)
    {
    case EMAIL:
      return wb_sb_is_email (text) || wb_sb_no (refusal, 400, "email must be an email");
    case COUNTRY:
      return wb_sb_has_country (text) || wb_sb_no (refusal, 400, "country must be a valid country code");
    case STATE:
      country = json_object_get_string_member (profile, "country");
      if (!wb_sb_is_plain_text (text))
        break;
      return wb_sb_has_state (country, text)
             || wb_sb_no (refusal, 400, "state must be a state of %s", country);
    case DIAL_CODE:
      return wb_sb_is_digits (text, 1, 4)
             || wb_sb_no (refusal, 400, "phoneCc must hold digits only, without a plus sign");
    case PHONE:
      return wb_sb_is_digits (text, 4, 15)
             || wb_sb_no (refusal, 400, "phone must hold 4 to 15 digits, without the country code");
    case LANGUAGE:
      return g_regex_match_simple ("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", text, 0, 0)
             || wb_sb_no (refusal, 400, "languagePreference must be a language tag");
    case PLAIN:
      if (wb_sb_is_plain_text (text))
        return TRUE;
      break;
    }
  return wb_sb_no (refusal, 400, "%s contains characters that are not allowed", field->member);
}

static gboolean
take_field (const Field *field, JsonObject *body, JsonObject *profile, WbSbReply **refusal)
{
  const char *text;
  g_autofree char *plain = NULL;

  if (!wb_sb_text (body, field->member, !field->optional, &text, refusal))
    return FALSE;
  if (text == NULL || (*text == '\0' && field->optional))
    return TRUE;
  plain = wb_sb_decode_entities (text);
  g_strstrip (plain);
  if (*plain == '\0')
    return wb_sb_no (refusal, 400, "%s should not be empty", field->member);
  if (!check_value (field, plain, profile, refusal))
    return FALSE;
  json_object_set_string_member (profile, field->member, plain);
  return TRUE;
}

/* Both calls want the whole object: a partial PUT is refused (help centre, troubleshooting). */
static JsonObject *
parse_profile (WbSbCall *call, WbSbReply **refusal)
{
  const char *members[G_N_ELEMENTS (fields) + 1] = { NULL };
  JsonObject *body = wb_sb_body (call, refusal);
  g_autoptr (JsonObject) profile = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    members[i] = fields[i].member;
  if (body == NULL || !wb_sb_only (body, members, "", refusal))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (!take_field (&fields[i], body, profile, refusal))
      return NULL;
  return g_steal_pointer (&profile);
}

WbSbReply *
wb_sb_list_users (WbSbCall *call)
{
  return wb_sb_page (call, call->self->customers, customer_matches, customer_to_json, "users",
                     "Users fetched");
}

WbSbReply *
wb_sb_get_user (WbSbCall *call)
{
  return wb_sb_reply_new (200, "User fetched",
                          wb_sb_node (customer_to_json (call->self, call->customer)));
}

WbSbReply *
wb_sb_create_user (WbSbCall *call)
{
  WbSandbox *self = call->self;
  WbSbReply *refusal = NULL;
  JsonObject *profile = parse_profile (call, &refusal);
  WbSbCustomer *customer;
  JsonObject *data;

  if (profile == NULL)
    return refusal;
  customer = wb_sb_add_customer (self, wb_sb_id_new (), profile, wb_sb_clock_wall (&self->clock));
  data = json_object_new ();
  json_object_set_string_member (data, "userId", customer->id);
  return wb_sb_reply_new (201, "User created", wb_sb_node (data));
}

WbSbReply *
wb_sb_update_user (WbSbCall *call)
{
  WbSbReply *refusal = NULL;
  JsonObject *profile = parse_profile (call, &refusal);

  if (profile == NULL)
    return refusal;
  json_object_unref (call->customer->profile);
  call->customer->profile = profile;
  return wb_sb_reply_new (200, "User updated",
                          wb_sb_node (customer_to_json (call->self, call->customer)));
}

static WbSbReply *
refuse_not_empty (guint mailboxes, guint domains)
{
  JsonObject *data = json_object_new ();

  json_object_set_int_member (data, "mailboxCount", mailboxes);
  json_object_set_int_member (data, "domainCount", domains);
  return wb_sb_reply_new (422, "User still has resources", wb_sb_node (data));
}

/* Orders go along; one that is being carried out is a resource too. */
WbSbReply *
wb_sb_delete_user (WbSbCall *call)
{
  WbSandbox *self = call->self;
  guint domains = 0, mailboxes = 0;
  WbSbReply *reply;

  for (guint i = 0; i < self->domains->len; i++)
    domains += g_str_equal (((WbSbDomain *) self->domains->pdata[i])->customer_id, call->user_id);
  for (guint i = 0; i < self->mailboxes->len; i++)
    mailboxes += g_str_equal (((WbSbMailbox *) self->mailboxes->pdata[i])->domain->customer_id,
                              call->user_id);
  for (guint i = 0; i < self->orders->len; i++)
    {
      WbSbOrder *order = self->orders->pdata[i];

      if (order->paid && !order->ended && g_str_equal (order->customer_id, call->user_id)
          && domains == 0)
        domains = order->lines->len;
    }
  if (domains + mailboxes > 0)
    return refuse_not_empty (mailboxes, domains);
  for (guint i = self->orders->len; i > 0; i--)
    if (g_str_equal (((WbSbOrder *) self->orders->pdata[i - 1])->customer_id, call->user_id))
      g_ptr_array_remove_index (self->orders, i - 1);
  reply = wb_sb_reply_new (200, "User successfully deleted", NULL);
  g_ptr_array_remove (self->customers, call->customer);
  return reply;
}
