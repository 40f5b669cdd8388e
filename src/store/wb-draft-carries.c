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
choose_call (WbWay way, const char *provider, gboolean form)
{
  if (way == WB_WAY_NEW_DOMAINS)
    return form ? CALL_ORDER_FORM : CALL_ORDER_JSON;
  return way == WB_WAY_SUBSCRIPTION && g_str_equal (provider, "GOOGLE") && form ? CALL_ADD_FORM : CALL_MAILBOXES_JSON;
}

const WbCarries *
wb_carries_of (WbWay way, const char *provider, gboolean form)
{
  return &calls[choose_call (way, provider, form)];
}

const WbCarries *
wb_draft_carries (WbDraft *self)
{
  return wb_carries_of (wb_draft_get_way (self), wb_draft_get_provider (self), wb_order_form_is_multipart (self));
}
