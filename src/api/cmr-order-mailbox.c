// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmr-object-private.h"

/* openapi.yaml, Orders. */
static const CmrField fields[] = {
  { "email", "email", CMR_KIND_TEXT, CMR_FIELD_KEY },
  { "mailbox-id", "mailboxId id", CMR_KIND_ID, CMR_FIELD_GUESS },
  { "status", "status", CMR_KIND_WORD, CMR_FIELD_GUESS },
  { "reason", "reason", CMR_KIND_TEXT, CMR_FIELD_GUESS },
};

CMR_DEFINE_RESOURCE (CmrOrderMailbox, cmr_order_mailbox, "order_mailbox", "OrderLineMailbox", NULL, "mailboxes")
