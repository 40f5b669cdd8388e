// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-sandbox-private.h"

#include <string.h>

static char *
address_of (WbSbMailbox *mailbox)
{
  return g_strconcat (mailbox->username, "@", mailbox->domain->name, NULL);
}

static JsonObject *
mailbox_to_json (WbSandbox *self, gpointer row)
{
  WbSbMailbox *mailbox = row;
  JsonObject *object = json_object_new ();
  g_autofree char *address = address_of (mailbox);

  json_object_set_string_member (object, "mailboxId", mailbox->id);
  json_object_set_string_member (object, "email", address);
  json_object_set_string_member (object, "username", mailbox->username);
  json_object_set_string_member (object, "firstName", mailbox->first);
  json_object_set_string_member (object, "lastName", mailbox->last);
  json_object_set_string_member (object, "status", mailbox->status);
  json_object_set_string_member (object, "domain", mailbox->domain->name);
  json_object_set_string_member (object, "domainId", mailbox->domain->id);
  if (mailbox->subscription_id != NULL)
    json_object_set_string_member (object, "subscriptionId", mailbox->subscription_id);
  if (mailbox->order_id != NULL)
    json_object_set_string_member (object, "orderId", mailbox->order_id);
  json_object_set_string_member (object, "userId", mailbox->domain->customer_id);
  json_object_set_string_member (object, "serviceProvider", mailbox->domain->provider);
  if (mailbox->picture != NULL)
    json_object_set_string_member (object, "profilePicture", mailbox->picture);
  else
    json_object_set_null_member (object, "profilePicture");
  json_object_set_boolean_member (object, "isAdmin", mailbox->admin);
  wb_sb_set_time (object, "createdAt", mailbox->created_us);
  wb_sb_set_time (object, "expireOn", mailbox->expire_us);
  return object;
}

static gboolean
text_matches (WbSbCall *call, WbSbMailbox *mailbox)
{
  const char *part = wb_sb_query (call, "contains");
  g_autofree char *address = NULL;
  g_autofree char *name = NULL;

  if (part == NULL)
    return TRUE;
  address = address_of (mailbox);
  name = g_strconcat (mailbox->first, " ", mailbox->last, NULL);
  return wb_sb_contains (address, part) || wb_sb_contains (name, part);
}

static gboolean
any_matches (WbSbCall *call, gpointer row)
{
  return text_matches (call, row);
}

static gboolean
own_matches (WbSbCall *call, gpointer row)
{
  WbSbMailbox *mailbox = row;

  return g_str_equal (mailbox->domain->customer_id, call->user_id) && text_matches (call, mailbox);
}

WbSbReply *
wb_sb_list_all_mailboxes (WbSbCall *call)
{
  return wb_sb_page (call, call->self->mailboxes, any_matches, mailbox_to_json, "mailboxes",
                     "Mailboxes fetched successfully");
}

WbSbReply *
wb_sb_list_mailboxes (WbSbCall *call)
{
  return wb_sb_page (call, call->self->mailboxes, own_matches, mailbox_to_json, "mailboxes",
                     "Mailboxes fetched successfully");
}

WbSbReply *
wb_sb_get_mailbox (WbSbCall *call)
{
  const char *id = wb_sb_query (call, "mailboxId");
  GPtrArray *mailboxes = call->self->mailboxes;

  if (id == NULL)
    return wb_sb_refuse (400, "Please provide a mailboxId");
  for (guint i = 0; i < mailboxes->len; i++)
    {
      WbSbMailbox *mailbox = mailboxes->pdata[i];
      JsonObject *data;

      if (!g_str_equal (mailbox->id, id))
        continue;
      if (call->user_id != NULL && !g_str_equal (mailbox->domain->customer_id, call->user_id))
        return wb_sb_refuse (403, "Mailbox does not belong to this user");
      data = json_object_new ();
      json_object_set_object_member (data, "mailbox", mailbox_to_json (call->self, mailbox));
      return wb_sb_reply_new (200, "Mailbox fetched successfully", wb_sb_node (data));
    }
  return wb_sb_refuse (404, "The requested mailbox does not exist.");
}
