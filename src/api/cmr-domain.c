// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmr-object-private.h"

/* openapi.yaml, Domains. */
static const CmrField fields[] = {
  { "domain-id", "domainId id", CMR_KIND_ID, CMR_FIELD_KEY },
  { "domain-name", "domainName domain name", CMR_KIND_TEXT, CMR_FIELD_SEARCHABLE },
  { "status", "status", CMR_KIND_WORD, 0 },
  { "registered-on", "registeredOn registeredAt createdAt", CMR_KIND_TIME, 0 },
  { "expire-on", "expireOn expiresAt", CMR_KIND_TIME, 0 },
  { "auto-renew", "autoRenew", CMR_KIND_BOOL, 0 },
  { "domain-forwarding", "domainForwarding", CMR_KIND_TEXT, 0 },
  { "email-forwarding", "emailForwarding", CMR_KIND_TEXT, 0 },
  { "domain-protection", "domainProtection", CMR_KIND_BOOL, 0 },
  { "purchase-type", "purchaseType", CMR_KIND_WORD, 0 },
  { "service-provider", "serviceProvider", CMR_KIND_WORD, 0 },
};

CMR_DEFINE_RESOURCE (CmrDomain, cmr_domain, "domain", "Domain", NULL, "domains items data rows")
