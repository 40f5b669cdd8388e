// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-draft-state-private.h"

#include "cmr-field.h"
#include "wb-profile.h"

/* What an order costs, as far as anybody stated it. The service states no sum itself, so everything here is
 * "about", and "at least" where a price is missing. */

static WbNameBook *
get_book (WbDraft *self)
{
  WbProfile *profile = self->drafts != NULL ? wb_drafts_get_profile (self->drafts) : NULL;

  return profile != NULL ? wb_profile_get_names (profile) : NULL;
}

/* A sum that does not fit is no sum: the price behind it is nonsense. */
static gint64
add_cents (gint64 a, gint64 b)
{
  gint64 sum;

  if (a == CMR_MONEY_UNKNOWN || b == CMR_MONEY_UNKNOWN || __builtin_add_overflow (a, b, &sum))
    return CMR_MONEY_UNKNOWN;
  return sum;
}

static gint64
times_cents (gint64 cents, guint count)
{
  gint64 sum;

  if (cents == CMR_MONEY_UNKNOWN || __builtin_mul_overflow (cents, (gint64) count, &sum))
    return CMR_MONEY_UNKNOWN;
  return sum;
}

/* The first year at the price asked for, each further one at the price of a renewal. */
static gint64
cents_for_years (const WbNameAnswer *answer, guint years)
{
  return years > 1 ? add_cents (answer->cents, times_cents (answer->renew_cents, years - 1)) : answer->cents;
}

/* What nobody could buy is not counted; what is not known may be bought, and is. */
static gboolean
counts (const WbDraftDomain *domain, const WbNameAnswer *answer)
{
  if (answer == NULL)
    return TRUE;
  return answer->state != WB_NAME_TAKEN && (answer->state != WB_NAME_WORKSPACE || domain->keep_anyway);
}

/* One line for names of the same years and price. */
static WbCostLine *
ensure_line (WbCost *cost, guint years, gint64 unit_cents, gboolean known)
{
  WbCostLine *line;

  for (guint i = 0; i < cost->lines->len; i++)
    {
      line = cost->lines->pdata[i];
      if (line->what == WB_COST_DOMAINS && line->years == years && line->unit_cents == unit_cents
          && (line->unknown == 0) == known)
        return line;
    }
  line = g_new0 (WbCostLine, 1);
  line->what = WB_COST_DOMAINS;
  line->years = years;
  line->unit_cents = unit_cents;
  line->source = unit_cents != CMR_MONEY_UNKNOWN ? WB_SOURCE_ASKED : WB_SOURCE_UNKNOWN;
  g_ptr_array_add (cost->lines, line);
  return line;
}

static gint64
older (gint64 a, gint64 b)
{
  return a == 0 || b == 0 ? MAX (a, b) : MIN (a, b);
}

static void
add_domain (WbCost *cost, const WbDraftDomain *domain, const WbNameAnswer *answer)
{
  static const WbNameAnswer nothing = { WB_NAME_NOT_ASKED, CMR_MONEY_UNKNOWN, CMR_MONEY_UNKNOWN, 0 };
  gint64 unit, whole;
  WbCostLine *line;

  if (!counts (domain, answer))
    return;
  if (answer == NULL)
    answer = &nothing;
  whole = cents_for_years (answer, domain->years);
  /* Where only the first year has a price, the sum holds at least that. */
  unit = whole != CMR_MONEY_UNKNOWN ? whole : answer->cents;
  line = ensure_line (cost, domain->years, unit, whole != CMR_MONEY_UNKNOWN);
  line->count++;
  line->unknown += whole == CMR_MONEY_UNKNOWN;
  if (answer->cents != CMR_MONEY_UNKNOWN)
    line->asked_at = older (line->asked_at, answer->asked_at);
  if (domain->years > 1)
    return;
  if (answer->renew_cents != CMR_MONEY_UNKNOWN)
    cost->yearly_cents = add_cents (cost->yearly_cents, answer->renew_cents);
  else
    cost->renew_unknown++;
}

static void
add_domains (WbCost *cost, WbDraft *draft)
{
  WbNameBook *book = get_book (draft);

  for (guint i = 0; i < wb_draft_get_n_domains (draft); i++)
    {
      const WbDraftDomain *domain = wb_draft_get_domain (draft, i);

      add_domain (cost, domain,
                  book != NULL ? wb_name_book_get (book, domain->name, wb_draft_get_provider (draft)) : NULL);
    }
}

static void
add_mailboxes (WbCost *cost, WbDraft *draft)
{
  WbCostLine *line;

  if (wb_draft_get_n_mailboxes (draft) == 0)
    return;
  line = g_new0 (WbCostLine, 1);
  line->what = WB_COST_MAILBOXES;
  line->count = wb_draft_get_n_mailboxes (draft);
  line->unit_cents = CMR_MONEY_UNKNOWN;
  if (draft->drafts != NULL)
    line->unit_cents = wb_drafts_get_mailbox_cents (draft->drafts, wb_draft_get_customer_id (draft), &line->source);
  if (line->unit_cents == CMR_MONEY_UNKNOWN)
    {
      line->source = WB_SOURCE_UNKNOWN;
      line->unknown = line->count;
    }
  cost->monthly_cents = times_cents (line->unit_cents, line->count);
  g_ptr_array_add (cost->lines, line);
}

/* No paper gives the price of warm-up, so a sum with it is never whole. */
static gboolean
pays_warmup (WbDraft *draft)
{
  if (!wb_draft_carries (draft)->warm_up)
    return FALSE;
  for (guint row = 0; row < wb_draft_get_n_mailboxes (draft); row++)
    if (wb_draft_get_mailbox (draft, row)->warmup)
      return TRUE;
  return FALSE;
}

static void
add_up (WbCost *cost)
{
  for (guint i = 0; i < cost->lines->len; i++)
    {
      WbCostLine *line = cost->lines->pdata[i];

      line->sum_cents = times_cents (line->unit_cents, line->count);
      if (add_cents (cost->due_cents, line->sum_cents) == CMR_MONEY_UNKNOWN)
        line->unknown = line->count;
      else
        cost->due_cents += line->sum_cents;
      if (line->what == WB_COST_DOMAINS)
        cost->unknown += line->unknown;
      cost->complete = cost->complete && line->unknown == 0;
      cost->oldest_answer = older (cost->oldest_answer, line->asked_at);
    }
}

/**
 * wb_draft_cost:
 *
 * Taken names do not count; a name with a workspace counts once the person keeps it.
 *
 * Returns: (transfer full): what the order costs by what was asked so far
 */
WbCost *
wb_draft_cost (WbDraft *self)
{
  WbCost *cost = g_new0 (WbCost, 1);

  cost->lines = g_ptr_array_new_with_free_func (g_free);
  cost->complete = TRUE;
  add_domains (cost, self);
  add_mailboxes (cost, self);
  add_up (cost);
  if (pays_warmup (self))
    cost->complete = FALSE;
  return cost;
}

void
wb_cost_free (WbCost *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->lines);
  g_free (self);
}
