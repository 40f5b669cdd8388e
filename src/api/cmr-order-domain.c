// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmr-object-private.h"

/* openapi.yaml, Orders. */
static const CmrField fields[] = {
  { "domain", "domain domainName", CMR_KIND_TEXT, CMR_FIELD_KEY | CMR_FIELD_REQUIRED },
  { "domain-id", "domainId", CMR_KIND_ID, CMR_FIELD_GUESS },
  { "status", "status", CMR_KIND_WORD, CMR_FIELD_GUESS },
  { "reason", "reason", CMR_KIND_TEXT, CMR_FIELD_GUESS },
  { "price", "price", CMR_KIND_MONEY, CMR_FIELD_GUESS },
  { "years", "years", CMR_KIND_INT, CMR_FIELD_GUESS },
};

CMR_DEFINE_RESOURCE (CmrOrderDomain, cmr_order_domain, "order_domain", "OrderLineDomain", NULL, "domains")
