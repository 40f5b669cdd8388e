// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-order-step.h"

struct _WbStepDomains {
  WbOrderStep parent_instance;
};

G_DECLARE_FINAL_TYPE (WbStepDomains, wb_step_domains, WB, DOMAINS_STEP, WbOrderStep)
G_DEFINE_FINAL_TYPE (WbStepDomains, wb_step_domains, WB_TYPE_ORDER_STEP)

static void
wb_step_domains_class_init (WbStepDomainsClass *klass)
{
}

static void
wb_step_domains_init (WbStepDomains *self)
{
}
