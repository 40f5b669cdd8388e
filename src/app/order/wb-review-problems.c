// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-review-private.h"

#include <glib/gi18n.h>

#include "wb-format.h"

/* Problems of one kind, as one row with a count. Plurals need their two forms in one call, which no table
 * can hold. */
static char *
dup_many (WbProblemCode code, guint n)
{
  switch (code)
    {
    case WB_PROBLEM_PRICE_CHANGED:
      return g_strdup_printf (ngettext ("The price of %u name has changed", "The prices of %u names have changed", n),
                              n);
    case WB_PROBLEM_EMPTY_DOMAIN:
      return g_strdup_printf (ngettext ("%u domain has no mailboxes", "%u domains have no mailboxes", n), n);
    case WB_PROBLEM_CELL_EMPTY:
      return g_strdup_printf (ngettext ("%u cell is empty", "%u cells are empty", n), n);
    case WB_PROBLEM_TWICE:
      return g_strdup_printf (ngettext ("%u address is in this order twice", "%u addresses are in this order twice", n),
                              n);
    case WB_PROBLEM_EXISTS:
      return g_strdup_printf (ngettext ("%u address exists already", "%u addresses exist already", n), n);
    case WB_PROBLEM_UNKNOWN_DOMAIN:
      return g_strdup_printf (ngettext ("%u mailbox is on a domain that is not in this order",
                                        "%u mailboxes are on domains that are not in this order", n), n);
    case WB_PROBLEM_AMBIGUOUS:
      return g_strdup_printf (ngettext ("For %u person two files fit", "For %u people two files fit", n), n);
    case WB_PROBLEM_PICTURE_REFUSED:
      return g_strdup_printf (ngettext ("%u picture cannot be used", "%u pictures cannot be used", n), n);
    case WB_PROBLEM_PICTURE_SMALL:
      return g_strdup_printf (ngettext ("%u picture is small", "%u pictures are small", n), n);
    case WB_PROBLEM_SAME_PICTURE:
      return g_strdup_printf (ngettext ("%u person has the same picture as someone else",
                                        "%u people have the same picture as someone else", n), n);
    case WB_PROBLEM_NO_PICTURE:
      return g_strdup_printf (ngettext ("%u mailbox has no picture", "%u mailboxes have no picture", n), n);
    case WB_PROBLEM_CANNOT_GO_ALONG:
      return g_strdup_printf (
          ngettext ("%u picture cannot go along with this order", "%u pictures cannot go along with this order", n), n);
    case WB_PROBLEM_NO_FORWARDING:
      return g_strdup_printf (ngettext ("Forwarding of %u domain cannot go along with this order",
                                        "Forwarding of %u domains cannot go along with this order", n), n);
    case WB_PROBLEM_NO_WARM_UP:
      return g_strdup_printf (ngettext ("Warm-up of %u mailbox cannot go along with this order",
                                        "Warm-up of %u mailboxes cannot go along with this order", n), n);
    case WB_PROBLEM_FORWARD_TO:
      return g_strdup_printf (
          ngettext ("%u forwarding address is not a web address", "%u forwarding addresses are not web addresses", n),
          n);
    default:
      return g_strdup_printf (ngettext ("%u cell has to be mended", "%u cells have to be mended", n), n);
    }
}

/* These have a row of their own. */
static gboolean
is_told_elsewhere (WbProblemCode code)
{
  return code == WB_PROBLEM_TAKEN || code == WB_PROBLEM_NOT_KNOWN || code == WB_PROBLEM_ASKING
         || code == WB_PROBLEM_WORKSPACE || code == WB_PROBLEM_RIGHTS;
}

static char *
dup_subjects (WbProblemCode code, const WbReviewFindings *findings)
{
  GString *text = g_string_new (NULL);
  guint named = 0;

  for (guint i = 0; i < findings->problems->len && named < 4; i++)
    {
      const WbProblem *problem = findings->problems->pdata[i];
      g_autofree char *subject = problem->code == code ? wb_format_text (problem->subject) : NULL;

      if (subject != NULL && *subject != '\0')
        g_string_append_printf (text, "%s%s", named++ > 0 ? ", " : "", subject);
    }
  return g_string_free (text, FALSE);
}

gboolean
wb_review_row_of_problem (WbReviewRow *row, WbProblemCode code, const WbReviewFindings *findings)
{
  const WbProblem *first = NULL;
  WbSeverity worst = WB_SEVERITY_NOTE;
  guint count = 0;

  *row = (WbReviewRow) { 0 };
  for (guint i = 0; i < findings->problems->len; i++)
    {
      const WbProblem *problem = findings->problems->pdata[i];

      if (problem->code != code || is_told_elsewhere (code))
        continue;
      if (first == NULL)
        first = problem;
      worst = MAX (worst, problem->severity);
      count += MAX (problem->count, 1);
    }
  if (first == NULL)
    return FALSE;
  row->look = worst == WB_SEVERITY_ERROR ? WB_LOOK_ERROR : WB_LOOK_WARNING;
  row->title = count == 1 || first->row < 0 ? wb_problem_dup_text (first) : dup_many (code, count);
  row->text = count > 1 && first->row >= 0 ? dup_subjects (code, findings) : g_strdup ("");
  if (code == WB_PROBLEM_NO_PICTURE)
    {
      g_free (row->title);
      g_free (row->text);
      row->title = dup_many (code, count);
      row->text = g_strdup (_("Later only a public picture address can be set, not a file."));
    }
  row->button = _("Show");
  row->show = first;
  return TRUE;
}

/* Counting: the same rows, so that button and rail cannot say otherwise than the list. */

static void
count_row (WbReviewRow *row, gboolean there, guint *errors, guint *warnings)
{
  if (there && row->look == WB_LOOK_ERROR)
    (*errors)++;
  else if (there && (row->look == WB_LOOK_WARNING || row->look == WB_LOOK_NOT_READ))
    (*warnings)++;
  wb_review_row_clear (row);
}

void
wb_review_count (WbProfile *profile, WbDraft *draft, const WbReviewFindings *findings, guint *errors, guint *warnings)
{
  WbReviewRow row;
  const WbTwin *twin;

  *errors = *warnings = 0;
  for (WbCheckKind kind = 0; kind < WB_N_CHECKS; kind++)
    count_row (&row, wb_review_row_of_check (&row, kind, profile, draft, findings), errors, warnings);
  for (WbProblemCode code = 0; code < WB_N_PROBLEMS; code++)
    count_row (&row, wb_review_row_of_problem (&row, code, findings), errors, warnings);
  for (guint equal = 0; equal < 2; equal++)
    count_row (&row, wb_review_row_of_twin (&row, equal == 1, draft, findings, &twin), errors, warnings);
  count_row (&row, wb_review_row_of_connection (&row, findings), errors, warnings);
  /* Told by rows that have their own words: what is an error here blocks, whatever an older answer said. */
  for (guint i = 0; i < findings->problems->len && *errors == 0; i++)
    *errors += ((const WbProblem *) findings->problems->pdata[i])->severity == WB_SEVERITY_ERROR;
}
