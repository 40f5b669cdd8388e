// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-draft-state-private.h"

#include "wb-order-private.h"

typedef enum { CALL_ORDER_FORM, CALL_ORDER_JSON, CALL_ADD_FORM, CALL_MAILBOXES_JSON } Call;

/* openapi.yaml: create_order_multipart, create_order_json, add_mailboxes_multipart, order_mailboxes_json. */
static const WbCarries calls[] = {
  [CALL_ORDER_FORM] = { .files = TRUE, .forward = TRUE, .mask = TRUE },
  [CALL_ORDER_JSON] = { .urls = TRUE, .warm_up = TRUE, .forward = TRUE },
  [CALL_ADD_FORM] = { .files = TRUE },
  [CALL_MAILBOXES_JSON] = { .urls = TRUE, .warm_up = TRUE },
};

/* The form to add mailboxes is Google's alone. */
static Call
choose_call (WbDraft *draft)
{
  if (wb_draft_get_way (draft) == WB_WAY_NEW_DOMAINS)
    return wb_order_form_is_multipart (draft) ? CALL_ORDER_FORM : CALL_ORDER_JSON;
  if (wb_draft_get_way (draft) == WB_WAY_SUBSCRIPTION && g_str_equal (wb_draft_get_provider (draft), "GOOGLE")
      && wb_order_form_is_multipart (draft))
    return CALL_ADD_FORM;
  return CALL_MAILBOXES_JSON;
}

const WbCarries *
wb_draft_carries (WbDraft *self)
{
  return &calls[choose_call (self)];
}
