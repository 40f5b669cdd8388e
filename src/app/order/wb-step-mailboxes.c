// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-order-step.h"

struct _WbStepMailboxes {
  WbOrderStep parent_instance;
};

G_DECLARE_FINAL_TYPE (WbStepMailboxes, wb_step_mailboxes, WB, MAILBOXES_STEP, WbOrderStep)
G_DEFINE_FINAL_TYPE (WbStepMailboxes, wb_step_mailboxes, WB_TYPE_ORDER_STEP)

static void
wb_step_mailboxes_class_init (WbStepMailboxesClass *klass)
{
}

static void
wb_step_mailboxes_init (WbStepMailboxes *self)
{
}
