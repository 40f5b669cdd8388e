// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-order-words.h"

#include <string.h>

#include <glib/gi18n.h>

#include "wb-format.h"
#include "wb-state-pill.h"

/* The payment where there was one, else what made the order. */
void
wb_order_facts_take (WbOrderFacts *facts, WbOrder *order)
{
  WbOperation *create = wb_order_get_create_operation (order), *pay = wb_order_get_pay_operation (order);
  WbOperation *operation = pay != NULL ? pay : create;
  guint64 total = create != NULL ? wb_operation_get_total_bytes (create) : 0;

  *facts = (WbOrderFacts) { .state = wb_order_get_state (order), .paying = pay != NULL, .said = "" };
  facts->confirm = create != NULL && wb_operation_is_paid (create);
  facts->reading = wb_order_is_reading_back (order);
  facts->read_back = wb_order_can_pay (order);
  facts->shared = wb_order_get_wallet_shared (order);
  facts->percent = total > 0 ? (guint) (wb_operation_get_sent_bytes (create) * 100 / total) : 0;
  facts->pictures = wb_order_get_n_pictures (order);
  facts->about = wb_order_get_about_cents (order);
  facts->wallet_before = wb_order_get_wallet_before (order);
  facts->wallet_now = wb_order_get_wallet_now (order);
  if (operation == NULL)
    return;
  facts->said = wb_operation_get_service_text (operation);
  facts->retry_at = wb_operation_get_retry_at (operation);
  if (wb_operation_get_state (operation) == WB_STATE_FAILED || wb_operation_get_state (operation) == WB_STATE_CANCELLED)
    facts->reason = wb_operation_get_reason (operation);
}

/* Progress */

char *
wb_order_words_dup_progress (WbOrder *order)
{
  guint live = wb_order_get_live (order), failed = wb_order_get_failed (order), all = wb_order_get_n_mailboxes (order);

  if (failed > 0)
    /* Translators: first how many mailboxes are live, then how many failed */
    return g_strdup_printf (ngettext ("%u mailbox is live, %u failed", "%u mailboxes are live, %u failed", live), live,
                            failed);
  if (live == all)
    return g_strdup_printf (ngettext ("%u mailbox is live", "%u mailboxes are live", live), live);
  /* Translators: how many of how many mailboxes are live */
  return g_strdup_printf (ngettext ("%u of %u mailbox is live", "%u of %u mailboxes are live", all), live, all);
}

char *
wb_order_words_dup_subtitle (WbOrder *order)
{
  WbOrderState state = wb_order_get_state (order);
  gint64 taken = wb_order_get_taken (order);
  g_autofree char *when = NULL, *sum = NULL;

  if (wb_order_get_paid_at (order) == 0 || state == WB_ORDER_UNKNOWN)
    return g_strdup (wb_state_word_text ("order", wb_order_state_word (state)));
  when = wb_format_in_sentence (wb_order_get_paid_at (order));
  if (taken == CMR_MONEY_UNKNOWN && wb_order_get_about_cents (order) == CMR_MONEY_UNKNOWN)
    /* Translators: %s is when it was paid */
    return g_strdup_printf (_("paid %s"), when);
  sum = wb_format_money (taken != CMR_MONEY_UNKNOWN ? taken : wb_order_get_about_cents (order));
  /* Translators: a sum, then when it was paid */
  return g_strdup_printf (taken != CMR_MONEY_UNKNOWN ? _("paid %s %s") : _("paid about %s %s"), sum, when);
}
