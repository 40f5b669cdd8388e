// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-sandbox-private.h"

static JsonObject *
domain_to_json (WbSandbox *self, gpointer row)
{
  WbSbDomain *domain = row;
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "domainId", domain->id);
  json_object_set_string_member (object, "domainName", domain->name);
  json_object_set_string_member (object, "status", domain->status);
  json_object_set_string_member (object, "serviceProvider", domain->provider);
  json_object_set_string_member (object, "purchaseType", "PURCHASED");
  wb_sb_set_time (object, "registeredOn", domain->registered_us);
  wb_sb_set_time (object, "expireOn", domain->expire_us);
  json_object_set_boolean_member (object, "autoRenew", domain->auto_renew);
  json_object_set_boolean_member (object, "domainProtection", TRUE);
  if (domain->forward_to != NULL)
    {
      JsonObject *forwarding = json_object_new ();

      json_object_set_string_member (forwarding, "forwardTo", domain->forward_to);
      json_object_set_boolean_member (forwarding, "maskForwarding", domain->mask);
      json_object_set_object_member (object, "domainForwarding", forwarding);
    }
  else
    {
      json_object_set_null_member (object, "domainForwarding");
    }
  json_object_set_null_member (object, "emailForwarding");
  return object;
}

static gboolean
domain_matches (WbSbCall *call, gpointer row)
{
  WbSbDomain *domain = row;
  const char *part = wb_sb_query (call, "contains");

  return g_str_equal (domain->customer_id, call->user_id)
         && (part == NULL || wb_sb_contains (domain->name, part));
}

WbSbReply *
wb_sb_list_domains (WbSbCall *call)
{
  return wb_sb_page (call, call->self->domains, domain_matches, domain_to_json, "domains",
                     "Domains fetched");
}
