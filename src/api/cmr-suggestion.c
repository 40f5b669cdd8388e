// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmr-object-private.h"

/* openapi.yaml, Domains. */
static const CmrField fields[] = {
  { "domain-name", "domainName domain name", CMR_KIND_TEXT, CMR_FIELD_KEY | CMR_FIELD_REQUIRED },
  { "available", "available", CMR_KIND_BOOL, 0 },
  { "status", "status", CMR_KIND_WORD, 0 },
  { "domain-price", "domainPrice price", CMR_KIND_MONEY, 0 },
  { "renew-price", "renewPrice", CMR_KIND_MONEY, 0 },
  { "is-premium-domain", "isPremiumDomain", CMR_KIND_BOOL, 0 },
  { "years", "years", CMR_KIND_INT, 0 },
};

CMR_DEFINE_RESOURCE (CmrSuggestion, cmr_suggestion, "suggestion", "DomainSuggestion", NULL,
                     "availableDomains suggestions domains available items data")
