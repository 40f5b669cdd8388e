// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-sandbox-private.h"

WbSbReply *
wb_sb_get_wallet (WbSbCall *call)
{
  JsonObject *data = json_object_new ();
  JsonObject *recharge = json_object_new ();

  wb_sb_set_money (recharge, "threshold", 5000);
  wb_sb_set_money (recharge, "minimumRechargeAmount", 10000);
  wb_sb_set_money (data, "walletBalance", call->self->wallet_cents);
  json_object_set_string_member (data, "currency", "USD");
  json_object_set_boolean_member (data, "autoRechargeEnabled", FALSE);
  json_object_set_object_member (data, "autoRechargeDetails", recharge);
  return wb_sb_reply_new (200, "Wallet details fetched", wb_sb_node (data));
}

gint64
wb_sb_order_cents (WbSbOrder *order)
{
  gint64 cents = 0;

  for (guint i = 0; i < order->lines->len; i++)
    {
      WbSbLine *line = order->lines->pdata[i];

      if (line->gone)
        continue;
      cents += wb_sb_name_cents (line->name)
               + (gint64) (line->years - 1) * wb_sb_name_renew_cents (line->name);
      for (guint b = 0; b < line->boxes->len; b++)
        cents += WB_SB_MAILBOX_CENTS
                 + (((WbSbBox *) line->boxes->pdata[b])->warmup ? WB_SB_WARMUP_CENTS : 0);
    }
  return cents;
}

/* Once an order: the caller has seen that it is not paid. Nothing ever comes back. */
gboolean
wb_sb_charge (WbSandbox *self, WbSbOrder *order, guint request, WbSbReply **refusal)
{
  gint64 cents = wb_sb_order_cents (order);
  gint64 now = wb_sb_clock_wall (&self->clock);
  g_autofree char *time = wb_sb_time_text (now);
  g_autoptr (GString) what = g_string_new (NULL);

  if (cents > self->wallet_cents)
    return wb_sb_no (refusal, 402, "Insufficient wallet balance");
  for (guint i = 0; i < order->lines->len; i++)
    {
      WbSbLine *line = order->lines->pdata[i];

      if (!line->gone)
        g_string_append_printf (what, "%s%s: %u mailboxes", what->len ? ", " : "", line->name,
                                line->boxes->len);
    }
  self->wallet_cents -= cents;
  order->paid = TRUE;
  wb_sb_file_add_charge (self->file, order->id, cents, what->str, time, request);
  return TRUE;
}

static JsonObject *
subscription_to_json (WbSandbox *self, gpointer row)
{
  WbSbSubscription *subscription = row;
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "subscriptionId", subscription->id);
  json_object_set_string_member (object, "subscriptionStatus", subscription->status);
  json_object_set_int_member (object, "totalMailboxQuantity", subscription->quantity);
  json_object_set_string_member (object, "billingCycle", "MONTHLY");
  wb_sb_set_money (object, "pricePerMailbox", subscription->cents);
  wb_sb_set_time (object, "periodStart", subscription->start_us);
  wb_sb_set_time (object, "periodEnd", subscription->end_us);
  json_object_set_string_member (object, "serviceProvider", subscription->domain->provider);
  json_object_set_boolean_member (object, "autoRenew", subscription->auto_renew);
  json_object_set_string_member (object, "userId", subscription->domain->customer_id);
  json_object_set_string_member (object, "domain", subscription->domain->name);
  return object;
}

static gboolean
subscription_matches (WbSbCall *call, gpointer row)
{
  WbSbSubscription *subscription = row;
  const char *status = wb_sb_query (call, "status");
  const char *id = wb_sb_query (call, "componentSubscriptionId");
  const char *domain = wb_sb_query (call, "domain");

  return (status == NULL || g_ascii_strcasecmp (status, subscription->status) == 0)
         && (id == NULL || g_str_equal (id, subscription->id))
         && (domain == NULL || g_str_equal (domain, subscription->domain->name))
         && (call->user_id == NULL || g_str_equal (call->user_id, subscription->domain->customer_id));
}

WbSbReply *
wb_sb_list_subscriptions (WbSbCall *call)
{
  return wb_sb_page (call, call->self->subscriptions, subscription_matches, subscription_to_json,
                     "subscriptions", "Subscriptions fetched successfully");
}
