// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmr-object-private.h"

/* openapi.yaml, Subscriptions. */
static const CmrField fields[] = {
  { "subscription-id", "subscriptionId id", CMR_KIND_ID, CMR_FIELD_KEY | CMR_FIELD_REQUIRED },
  { "user-id", "userId", CMR_KIND_ID, 0 },
  { "domain", "domain domainName", CMR_KIND_TEXT, CMR_FIELD_SEARCHABLE },
  { "service-provider", "serviceProvider", CMR_KIND_WORD, 0 },
  { "subscription-status", "subscriptionStatus status", CMR_KIND_WORD, 0 },
  { "total-mailbox-quantity", "totalMailboxQuantity", CMR_KIND_INT, 0 },
  { "price-per-mailbox", "pricePerMailbox", CMR_KIND_MONEY, 0 },
  { "billing-cycle", "billingCycle", CMR_KIND_WORD, 0 },
  { "period-start", "periodStart", CMR_KIND_TIME, 0 },
  { "period-end", "periodEnd", CMR_KIND_TIME, 0 },
  { "auto-renew", "autoRenew", CMR_KIND_BOOL, 0 },
};

CMR_DEFINE_RESOURCE (CmrSubscription, cmr_subscription, "subscription", "Subscription", NULL,
                     "subscriptions items data rows")
