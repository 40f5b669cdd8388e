// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-order-step.h"

#include <glib/gi18n.h>

#include "wb-format.h"

/* One sentence a problem; %s is what it is about, %u how many. Whole sentences, so that they can be translated. */
static const char *const texts[WB_N_PROBLEMS] = {
  [WB_PROBLEM_NO_CUSTOMER] = N_("Choose a customer."),
  [WB_PROBLEM_NO_DOMAINS] = N_("Add at least one domain."),
  [WB_PROBLEM_TAKEN] = N_("%s is taken: someone else owns it."),
  [WB_PROBLEM_NOT_KNOWN] = N_("It is not known whether %s is available."),
  [WB_PROBLEM_ASKING] = N_("%s is still being asked for."),
  [WB_PROBLEM_WORKSPACE] = N_("A workspace exists for %s: its mailboxes would fail, the domain would be paid."),
  [WB_PROBLEM_PRICE_CHANGED] = N_("The price of %s has changed."),
  [WB_PROBLEM_NO_MAILBOXES] = N_("Add at least one mailbox."),
  [WB_PROBLEM_TOO_MANY] = N_("An order takes at most 2,000 mailboxes."),
  [WB_PROBLEM_EMPTY_DOMAIN] = N_("%s has no mailboxes: it would be bought for nothing."),
  [WB_PROBLEM_CELL_EMPTY] = N_("This is empty."),
  [WB_PROBLEM_SPACES] = N_("A user name has no spaces."),
  [WB_PROBLEM_CHARACTERS] = N_("“%s” has characters that cannot be used here."),
  [WB_PROBLEM_TOO_LONG] = N_("This is too long."),
  [WB_PROBLEM_DOTS] = N_("A user name does not begin or end with a dot, and has no two in a row."),
  [WB_PROBLEM_TWICE] = N_("%s is in this order twice."),
  [WB_PROBLEM_EXISTS] = N_("%s exists already."),
  [WB_PROBLEM_NO_LETTERS] = N_("A name needs at least one letter."),
  [WB_PROBLEM_UNKNOWN_DOMAIN] = N_("%s is not among the domains of this order."),
  [WB_PROBLEM_AMBIGUOUS] = N_("Two files fit %s: choose one."),
  [WB_PROBLEM_PICTURE_REFUSED] = N_("The picture of %s cannot be used."),
  [WB_PROBLEM_PICTURE_SMALL] = N_("The picture of %s is small."),
  [WB_PROBLEM_SAME_PICTURE] = N_("%s has the same picture as someone else."),
  [WB_PROBLEM_NO_PICTURE] = N_("%s has no picture. Later only a public picture address can be set, not a file."),
  [WB_PROBLEM_CANNOT_GO_ALONG] = N_("%s cannot go along with this order."),
  [WB_PROBLEM_RIGHTS] = N_("Tick that you may use these people’s pictures."),
  [WB_PROBLEM_OAUTH] = N_("The sign-in data for export are not complete."),
  [WB_PROBLEM_FORWARD_TO] = N_("“%s” is not a web address to forward to."),
  [WB_PROBLEM_NO_FORWARDING] = N_("Forwarding of %s cannot go along with this order."),
  [WB_PROBLEM_NO_WARM_UP] = N_("Warm-up of %s cannot go along with this order."),
};

char *
wb_problem_dup_text (const WbProblem *problem)
{
  g_autofree char *subject = wb_format_text (problem->subject != NULL ? problem->subject : "");
  GString *text = g_string_new (texts[problem->code] != NULL ? _(texts[problem->code]) : "");

  g_string_replace (text, "%s", subject, 0);
  return g_string_free (text, FALSE);
}

char *
wb_problem_dup_fix (const WbProblem *problem)
{
  g_autofree char *fix = problem->fix != NULL ? wb_format_text (problem->fix) : NULL;

  /* Translators: %s is the text that the button puts there */
  return fix != NULL ? g_strdup_printf (_("Use “%s”"), fix) : NULL;
}
