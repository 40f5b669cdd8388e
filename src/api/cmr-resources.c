// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmr-object.h"

static const CmrResource *const all[] = {
  &cmr_customer_resource, &cmr_domain_resource,       &cmr_mailbox_resource,    &cmr_subscription_resource,
  &cmr_wallet_resource,   &cmr_order_resource,        &cmr_order_domain_resource, &cmr_order_mailbox_resource,
  &cmr_suggestion_resource, &cmr_workspace_resource,  &cmr_place_resource,
};

const CmrResource *const *
cmr_resources (guint *n_resources)
{
  *n_resources = G_N_ELEMENTS (all);
  return all;
}
