// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-order-window-private.h"

#include <glib/gi18n.h>

#include "wb-format.h"
#include "wb-state-pill.h"

/* One line a step for the rail: what the step says itself, else what the draft or the order tells. */

static char *
dup_counted (WbStep step, guint domains, guint mailboxes, guint pictures)
{
  switch (step)
    {
    case WB_STEP_DOMAINS: return g_strdup_printf (ngettext ("%u domain", "%u domains", domains), domains);
    case WB_STEP_MAILBOXES: return g_strdup_printf (ngettext ("%u mailbox", "%u mailboxes", mailboxes), mailboxes);
    /* Translators: how many of how many mailboxes have a picture */
    default: return g_strdup_printf (_("%u of %u"), pictures, mailboxes);
    }
}

static char *
dup_provider (const char *provider)
{
  return g_strdup (g_strcmp0 (provider, "MICROSOFT") == 0 ? _("Microsoft, monthly") : _("Google, monthly"));
}

static char *
dup_order_state (WbOrder *order)
{
  if (wb_order_get_paid_at (order) == 0 || wb_order_get_n_mailboxes (order) == 0)
    return g_strdup (wb_state_word_text ("order", wb_order_state_word (wb_order_get_state (order))));
  return g_strdup_printf (_("%u of %u live"), wb_order_get_live (order), wb_order_get_n_mailboxes (order));
}

/* What Review has come to. */
static char *
dup_review (WbOrder *order)
{
  g_autofree char *when = wb_order_get_paid_at (order) > 0 ? wb_format_time (wb_order_get_paid_at (order)) : NULL;

  /* Translators: a time */
  return when != NULL ? g_strdup_printf (_("Paid %s"), when) : dup_order_state (order);
}

static char *
dup_order_fact (WbOrder *order, WbStep step)
{
  guint domains = wb_order_get_lines (order)->len, mailboxes = wb_order_get_n_mailboxes (order);

  switch (step)
    {
    case WB_STEP_CUSTOMER: return wb_format_text (wb_order_get_customer_name (order));
    case WB_STEP_OPTIONS: return dup_provider (wb_order_get_provider (order));
    case WB_STEP_REVIEW: return dup_review (order);
    case WB_STEP_TRACKING: return dup_order_state (order);
    default:
      return domains > 0 ? dup_counted (step, domains, mailboxes, wb_order_get_n_pictures (order)) : g_strdup ("");
    }
}

/* A step that was not looked at in this window. */
static char *
dup_draft_fact (WbDraft *draft, WbStep step)
{
  guint domains = wb_draft_get_n_domains (draft), mailboxes = wb_draft_get_n_mailboxes (draft);
  WbPictureCounts counts;

  wb_draft_count_pictures (draft, &counts);
  if (step == WB_STEP_CUSTOMER && *wb_draft_get_customer_name (draft) != '\0')
    return wb_format_text (wb_draft_get_customer_name (draft));
  if ((step == WB_STEP_DOMAINS && domains > 0) || (step == WB_STEP_MAILBOXES && mailboxes > 0)
      || (step == WB_STEP_PICTURES && counts.pictures > 0))
    return dup_counted (step, domains, mailboxes, counts.ready);
  if (step == WB_STEP_OPTIONS)
    return dup_provider (wb_draft_get_provider (draft));
  return g_strdup (_("Not yet"));
}

char *
wb_order_window_dup_fact (WbOrderWindow *self, WbStep step)
{
  WbOrderStep *page = self->steps[step];

  if (self->order != NULL)
    return dup_order_fact (self->order, step);
  if (step == WB_STEP_TRACKING)
    return g_strdup (self->creating != NULL ? wb_state_word_text ("order", "creating") : _("After payment"));
  if (page != NULL && WB_ORDER_STEP_GET_CLASS (page)->dup_fact != NULL)
    return WB_ORDER_STEP_GET_CLASS (page)->dup_fact (page);
  return dup_draft_fact (self->draft, step);
}
