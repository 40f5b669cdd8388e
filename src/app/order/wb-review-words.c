// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-review-private.h"

#include <glib/gi18n.h>

#include "cmr-field.h"
#include "wb-format.h"
#include "wb-order-words.h"
#include "wb-words.h"

/* What a check found, in words. A read that failed is told as not read, never as passed. */

#define MOST_NAMES 4

void
wb_review_row_clear (WbReviewRow *row)
{
  g_clear_pointer (&row->title, g_free);
  g_clear_pointer (&row->text, g_free);
}

static gboolean
take (WbReviewRow *row, WbLook look, char *title, char *text)
{
  row->look = look;
  row->title = title;
  row->text = text != NULL ? text : g_strdup ("");
  return TRUE;
}

static gboolean
say (WbReviewRow *row, WbLook look, const char *title, const char *text)
{
  return take (row, look, g_strdup (title), g_strdup (text));
}

/* The first few, then how many more. */
static char *
dup_names (char **names)
{
  GString *text = g_string_new (NULL);
  guint n = g_strv_length (names);

  for (guint i = 0; i < MIN (n, MOST_NAMES); i++)
    {
      g_autofree char *name = wb_format_text (names[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", name);
    }
  if (n > MOST_NAMES)
    g_string_append_printf (text, ngettext (" and %u more", " and %u more", n - MOST_NAMES), n - MOST_NAMES);
  return g_string_free (text, FALSE);
}

static const WbProblem *
find_problem (const WbReviewFindings *findings, WbProblemCode code)
{
  for (guint i = 0; i < findings->problems->len; i++)
    if (((const WbProblem *) findings->problems->pdata[i])->code == code)
      return findings->problems->pdata[i];
  return NULL;
}

static void
lead_to (WbReviewRow *row, const WbProblem *problem)
{
  row->show = problem;
  row->button = problem != NULL ? _("Show") : NULL;
}

static gboolean
row_of_customer (WbReviewRow *row, const WbCheck *check, WbDraft *draft)
{
  g_autofree char *name = wb_format_text (wb_draft_get_customer_name (draft));
  g_autofree char *id = wb_format_id (wb_draft_get_customer_id (draft));

  if (check->result == WB_CHECK_OK)
    /* Translators: the name of a customer; below it an id */
    return take (row, WB_LOOK_OK, g_strdup_printf (_("%s is the right customer"), name),
                 g_strdup_printf (_("id %s, read from the server just now"), id));
  if (check->result == WB_CHECK_NOT_READ)
    return say (row, WB_LOOK_NOT_READ, _("The customer could not be read"),
                _("It is not known whether the service still knows them."));
  return say (row, WB_LOOK_ERROR, _("The service does not know this customer"),
              _("It may belong to another key. Nothing was changed."));
}

static gboolean
row_of_names (WbReviewRow *row, const WbCheck *check, WbDraft *draft, const WbReviewFindings *findings)
{
  guint n = wb_draft_get_n_domains (draft), bad = g_strv_length (check->names);
  g_autofree char *ago = check->asked_at > 0 ? wb_format_ago (check->asked_at) : g_strdup ("—");
  const WbProblem *taken = find_problem (findings, WB_PROBLEM_TAKEN);

  if (n == 0)
    return FALSE;
  if (check->result == WB_CHECK_OK)
    /* Translators: %s is a time such as “8 s ago” */
    return take (row, WB_LOOK_OK,
                 g_strdup_printf (ngettext ("%u domain can be registered", "All %u domains can be registered", n), n),
                 g_strdup_printf (_("prices read %s"), ago));
  if (check->result == WB_CHECK_NOT_READ)
    return say (row, WB_LOOK_NOT_READ, _("The names could not be asked for"),
                _("It is not known whether they can be registered."));
  if (check->result == WB_CHECK_WARNING)
    take (row, WB_LOOK_WARNING,
          g_strdup_printf (ngettext ("Of %u name nothing is known", "Of %u names nothing is known", bad), bad),
          dup_names (check->names));
  else
    take (row, WB_LOOK_ERROR,
          g_strdup_printf (ngettext ("%u name cannot be registered", "%u names cannot be registered", bad), bad),
          dup_names (check->names));
  lead_to (row, taken != NULL ? taken : find_problem (findings, WB_PROBLEM_NOT_KNOWN));
  return TRUE;
}

static gboolean
row_of_workspace (WbReviewRow *row, const WbCheck *check, WbDraft *draft, const WbReviewFindings *findings)
{
  gboolean microsoft = g_str_equal (wb_draft_get_provider (draft), "MICROSOFT");
  guint n = wb_draft_get_n_domains (draft);

  if (n == 0)
    return FALSE;
  if (check->result == WB_CHECK_OK)
    return take (row, WB_LOOK_OK,
                 g_strdup (microsoft ? _("No Microsoft workspace found for these names")
                                     : _("No Google workspace found for these names")),
                 g_strdup_printf (ngettext ("asked for %u name", "asked for all %u names", n), n));
  if (check->result == WB_CHECK_NOT_READ)
    return say (row, WB_LOOK_NOT_READ, _("Workspaces could not be asked for"),
                _("A workspace of the name would let its mailboxes fail, the domain paid."));
  if (find_problem (findings, WB_PROBLEM_WORKSPACE) == NULL)
    return take (row, WB_LOOK_WARNING, g_strdup (_("It is not known whether a workspace exists")),
                 dup_names (check->names));
  take (row, check->result == WB_CHECK_ERROR ? WB_LOOK_ERROR : WB_LOOK_WARNING,
        g_strdup (microsoft ? _("A Microsoft workspace exists: mailboxes would fail, the domain would be paid")
                            : _("A Google workspace exists: mailboxes would fail, the domain would be paid")),
        dup_names (check->names));
  lead_to (row, find_problem (findings, WB_PROBLEM_WORKSPACE));
  return TRUE;
}

static gboolean
row_of_addresses (WbReviewRow *row, const WbCheck *check, WbDraft *draft, const WbReviewFindings *findings)
{
  guint n = wb_draft_get_n_mailboxes (draft), there = g_strv_length (check->names);

  if (n == 0 || find_problem (findings, WB_PROBLEM_TWICE) != NULL)
    return FALSE;
  if (check->result == WB_CHECK_OK)
    return take (row, WB_LOOK_OK, g_strdup_printf (ngettext ("%u address", "%u addresses, each only once", n), n),
                 g_strdup (_("none is among the customer’s mailboxes")));
  if (check->result == WB_CHECK_NOT_READ)
    return say (row, WB_LOOK_NOT_READ, _("The customer’s mailboxes could not be read"),
                _("It is not known whether an address exists already."));
  take (row, WB_LOOK_ERROR,
        g_strdup_printf (ngettext ("%u address exists already", "%u addresses exist already", there), there),
        dup_names (check->names));
  lead_to (row, find_problem (findings, WB_PROBLEM_EXISTS));
  return TRUE;
}

static gboolean
row_of_wallet (WbReviewRow *row, const WbCheck *check, WbProfile *profile, WbDraft *draft)
{
  g_autoptr (WbCost) cost = wb_draft_cost (draft);
  g_autofree char *needs = wb_format_money (cost->due_cents),
                  *has = wb_format_money (wb_profile_get_wallet_cents (profile));
  g_autofree char *missing = wb_format_money (check->cents);

  if (check->result == WB_CHECK_NOT_READ)
    return say (row, WB_LOOK_NOT_READ, _("Your wallet could not be read"),
                _("It is not known whether it covers the order."));
  if (check->result == WB_CHECK_OK)
    return take (row, WB_LOOK_OK,
                 g_strdup (cost->complete ? _("The wallet covers it") : _("The wallet covers what is known of the sum")),
                 /* Translators: two sums */
                 g_strdup_printf (_("you have %s, the order needs %s"), has, needs));
  /* Translators: a sum; below it two sums */
  return take (
      row, WB_LOOK_ERROR, g_strdup_printf (_("Your wallet is %s short."), missing),
      g_strdup_printf (
          _("The order needs %s, you have %s. Top up in the partner dashboard, then check again. The draft is kept."),
          needs, has));
}

static const char *
waiting_text (WbCheckKind kind)
{
  static const char *const texts[WB_N_CHECKS] = {
    [WB_CHECK_CUSTOMER] = N_("Reading the customer back…"),
    [WB_CHECK_NAMES] = N_("Asking for the names…"),
    [WB_CHECK_WORKSPACE] = N_("Looking for workspaces…"),
    [WB_CHECK_ADDRESSES] = N_("Comparing the addresses…"),
    [WB_CHECK_WALLET] = N_("Asking the wallet…"),
  };

  return texts[kind] != NULL ? _(texts[kind]) : NULL;
}

/* What is not in the order is not asked about: a row that would go again is not shown. */
static gboolean
is_asked (WbCheckKind kind, WbDraft *draft)
{
  if (kind == WB_CHECK_NAMES || kind == WB_CHECK_WORKSPACE)
    return wb_draft_get_n_domains (draft) > 0;
  return kind != WB_CHECK_ADDRESSES || wb_draft_get_n_mailboxes (draft) > 0;
}

/* A row stands from the start with the two lines that it will have: nothing moves under the pointer. */
gboolean
wb_review_row_of_check (WbReviewRow *row, WbCheckKind kind, WbProfile *profile, WbDraft *draft,
                        const WbReviewFindings *findings)
{
  const WbCheck *check = findings->checks != NULL ? findings->checks->pdata[kind] : NULL;

  *row = (WbReviewRow) { 0 };
  if (kind == WB_CHECK_TWINS || *wb_draft_get_customer_id (draft) == '\0')
    return FALSE;
  if (check == NULL)
    return findings->running && is_asked (kind, draft) && say (row, WB_LOOK_BUSY, waiting_text (kind), _("Checking…"));
  switch (kind)
    {
    case WB_CHECK_CUSTOMER: return row_of_customer (row, check, draft);
    case WB_CHECK_NAMES: return row_of_names (row, check, draft, findings);
    case WB_CHECK_WORKSPACE: return row_of_workspace (row, check, draft, findings);
    case WB_CHECK_ADDRESSES: return row_of_addresses (row, check, draft, findings);
    default: return row_of_wallet (row, check, profile, draft);
    }
}

/* Twins */

gboolean
wb_review_row_of_twin (WbReviewRow *row, gboolean equal, WbDraft *draft, const WbReviewFindings *findings,
                       const WbTwin **twin)
{
  g_autofree char *when = NULL, *where = NULL;

  *row = (WbReviewRow) { 0 };
  *twin = NULL;
  for (guint i = 0; findings->twins != NULL && i < findings->twins->len && *twin == NULL; i++)
    if (((const WbTwin *) findings->twins->pdata[i])->equal == equal)
      *twin = findings->twins->pdata[i];
  if (*twin == NULL && findings->twins == NULL)
    return equal && findings->running && say (row, WB_LOOK_BUSY, _("Looking for an order like this one…"), _("Checking…"));
  if (*twin == NULL)
    return equal && say (row, WB_LOOK_OK, _("No order like this one"), _("in the last 24 hours, in all profiles of this service"));
  when = wb_format_in_sentence ((*twin)->time);
  if (equal)
    /* Translators: %s is a time such as “today at 11:02” */
    take (row, wb_draft_get_second_time (draft) ? WB_LOOK_WARNING : WB_LOOK_ERROR,
          g_strdup_printf (_("The same order went out %s."), when),
          g_strdup (_("Ordering again buys everything a second time.")));
  else
    take (row, WB_LOOK_WARNING, g_strdup_printf (_("An order with some of these domains went out %s."), when),
          g_strdup (_("Look whether it holds what you want.")));
  if (*(*twin)->profile_name == '\0')
    row->button = _("Show It");
  return TRUE;
}

/* The rest */

gboolean
wb_review_row_of_lock (WbReviewRow *row, WbProfile *profile)
{
  WbLock lock = wb_profile_get_lock (profile);

  *row = (WbReviewRow) { 0 };
  if (lock == WB_LOCK_NONE)
    return FALSE;
  if (lock == WB_LOCK_READ_ONLY)
    {
      say (row, WB_LOOK_ERROR, _("This profile is read-only."),
           _("You can prepare everything; unlock it to send. Orders here cost real money."));
      row->button = _("Unlock…");
      return TRUE;
    }
  return say (row, WB_LOOK_ERROR, _("Nothing can be sent from this profile now."), wb_words_lock (lock));
}

gboolean
wb_review_row_of_pictures (WbReviewRow *row, WbDraft *draft, const WbReviewFindings *findings)
{
  WbPictureCounts counts;

  *row = (WbReviewRow) { 0 };
  wb_draft_count_pictures (draft, &counts);
  if (counts.mailboxes == 0 || counts.ready < counts.mailboxes)
    return FALSE;
  return take (
      row, WB_LOOK_OK,
      g_strdup_printf (ngettext ("%u mailbox has its picture", "All %u mailboxes have their picture", counts.mailboxes),
                       counts.mailboxes),
      NULL);
}

gboolean
wb_review_row_of_connection (WbReviewRow *row, const WbReviewFindings *findings)
{
  static const WbCheckKind asked[] = { WB_CHECK_CUSTOMER, WB_CHECK_ADDRESSES, WB_CHECK_WALLET };

  *row = (WbReviewRow) { 0 };
  if (findings->checks == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    if (((const WbCheck *) findings->checks->pdata[asked[i]])->result != WB_CHECK_NOT_READ)
      return FALSE;
  return say (row, WB_LOOK_ERROR, _("The service cannot be reached."),
              _("Nothing can be sent before it answers. The draft is kept."));
}

gboolean
wb_review_row_of_rights (WbReviewRow *row, WbDraft *draft)
{
  WbPictureCounts counts;

  *row = (WbReviewRow) { 0 };
  wb_draft_count_pictures (draft, &counts);
  if (counts.pictures == 0 || !wb_order_form_is_multipart (draft))
    return FALSE;
  return say (row, wb_draft_get_may_use_pictures (draft) ? WB_LOOK_OK : WB_LOOK_ERROR,
              _("You may use these people’s pictures"),
              _("Faces belong to people. This is asked once for each customer."));
}
