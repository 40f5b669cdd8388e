// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmr-object-private.h"

/* openapi.yaml, Orders: Order, OrderProgress and OrderCreated read by one table. */
static const CmrField fields[] = {
  { "order-id", "orderId id", CMR_KIND_ID, CMR_FIELD_KEY },
  { "status", "status orderStatus", CMR_KIND_WORD, CMR_FIELD_GUESS },
  { "user-id", "userId", CMR_KIND_ID, CMR_FIELD_GUESS },
  { "service-provider", "serviceProvider", CMR_KIND_WORD, CMR_FIELD_GUESS },
  { "billing-cycle", "billingCycle", CMR_KIND_WORD, CMR_FIELD_GUESS },
  { "auto-renew", "autoRenew", CMR_KIND_BOOL, CMR_FIELD_GUESS },
  { "total-amount", "totalAmount", CMR_KIND_MONEY, CMR_FIELD_GUESS },
  { "subscription-id", "subscriptionId", CMR_KIND_ID, CMR_FIELD_GUESS },
  { "unavailable-domains", "unavailableDomains", CMR_KIND_TEXT, 0 },
  { "action-id", "actionId", CMR_KIND_ID, 0 },
  { "reason", "reason", CMR_KIND_TEXT, CMR_FIELD_GUESS },
  { "created-at", "createdAt", CMR_KIND_TIME, CMR_FIELD_GUESS },
  { "updated-at", "updatedAt", CMR_KIND_TIME, CMR_FIELD_GUESS },
};

CMR_DEFINE_RESOURCE (CmrOrder, cmr_order, "order", "Order OrderProgress OrderCreated", NULL, "orders")
