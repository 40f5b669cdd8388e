// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-domain-answer.h"

#include <glib/gi18n.h>

#include "cmr-field.h"
#include "wb-format.h"
#include "wb-order-step.h"

static const WbDomainAnswer answers[] = {
  { "not-asked", N_("It is asked for once a customer is chosen."), NULL, NULL, 0, 0 },
  { "asking", NULL, NULL, NULL, 0, 0 },
  { "available", NULL, NULL, NULL, 0, 0 },
  { "taken", N_("Someone else owns it."), N_("Similar Names"), NULL, WB_DOMAIN_SIMILAR, 0 },
  { "workspace-google", N_("Mailboxes would fail, domain paid."), N_("Use Microsoft"), N_("Keep Anyway"),
    WB_DOMAIN_SWITCH, WB_DOMAIN_KEEP },
  { "workspace-microsoft", N_("Mailboxes would fail, domain paid."), N_("Use Google"), N_("Keep Anyway"),
    WB_DOMAIN_SWITCH, WB_DOMAIN_KEEP },
  { "not-known", N_("No clear answer came in time."), N_("Ask Again"), NULL, WB_DOMAIN_ASK, 0 },
  { "price-changed", NULL, N_("OK"), NULL, WB_DOMAIN_TAKE_PRICE, 0 },
};

static const char *const state_words[] = {
  [WB_NAME_NOT_ASKED] = "not-asked", [WB_NAME_ASKING] = "asking",       [WB_NAME_AVAILABLE] = "available",
  [WB_NAME_TAKEN] = "taken",         [WB_NAME_WORKSPACE] = "workspace", [WB_NAME_NOT_KNOWN] = "not-known",
};

static gboolean
price_changed (const WbDraftDomain *domain, const WbNameAnswer *answer)
{
  return domain->seen_cents != CMR_MONEY_UNKNOWN && answer->cents != CMR_MONEY_UNKNOWN
         && answer->cents != domain->seen_cents;
}

const char *
wb_domain_word (const WbDraftDomain *domain, const WbNameAnswer *answer, const char *provider)
{
  if (answer == NULL)
    return "not-asked";
  if (answer->state == WB_NAME_WORKSPACE)
    return g_str_equal (provider, "MICROSOFT") ? "workspace-microsoft" : "workspace-google";
  if (answer->state == WB_NAME_AVAILABLE && price_changed (domain, answer))
    return "price-changed";
  return state_words[answer->state];
}

char *
wb_domain_dup_shown (const char *name, char **wire)
{
  gboolean mixed;
  g_autofree char *unicode = wb_name_unicode (name, &mixed);
  char *shown = wb_format_text (unicode);

  if (wire != NULL)
    *wire = !mixed && !g_str_equal (unicode, name) ? wb_format_text (name) : g_strdup ("");
  return shown;
}

const WbDomainAnswer *
wb_domain_answer_find (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (g_str_equal (answers[i].word, word))
      return &answers[i];
  return &answers[0];
}

static char *
dup_price_words (const WbDraftDomain *domain, const WbNameAnswer *answer)
{
  g_autofree char *was = wb_format_money (domain->seen_cents), *now = wb_format_money (answer->cents);

  /* Translators: two sums */
  return g_strdup_printf (_("Was %s, now %s."), was, now);
}

static char *
dup_forward_words (const WbDraftDomain *domain)
{
  g_autofree char *to = wb_format_isolated (domain->forward_to);

  /* Translators: %s is a web address */
  return g_strdup_printf (domain->mask ? _("Visitors see %s under this name.") : _("Visitors go to %s."), to);
}

char *
wb_domain_answer_dup_sub (const WbDraftDomain *domain, const WbNameAnswer *answer, const WbDomainAnswer *row,
                          const WbProblem *problem)
{
  if (g_str_equal (row->word, "price-changed"))
    return dup_price_words (domain, answer);
  if (answer != NULL && answer->state == WB_NAME_WORKSPACE && domain->keep_anyway)
    return g_strdup (_("Kept anyway: mailboxes may fail, domain paid."));
  if (row->sub != NULL)
    return g_strdup (_(row->sub));
  if (problem != NULL && problem->code == WB_PROBLEM_EMPTY_DOMAIN)
    return g_strdup (_("No mailboxes yet: bought for nothing."));
  if (problem != NULL)
    return wb_problem_dup_text (problem);
  return *domain->forward_to != '\0' ? dup_forward_words (domain) : g_strdup ("");
}
