// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmr-object-private.h"

/* openapi.yaml, Wallet. */
static const CmrField fields[] = {
  { "balance", "walletBalance balance", CMR_KIND_MONEY, CMR_FIELD_GUESS },
  { "currency", "currency", CMR_KIND_WORD, CMR_FIELD_GUESS },
  { "auto-recharge-enabled", "autoRechargeEnabled", CMR_KIND_BOOL, CMR_FIELD_GUESS },
};

CMR_DEFINE_RESOURCE (CmrWallet, cmr_wallet, "wallet", "Wallet", NULL, NULL)
