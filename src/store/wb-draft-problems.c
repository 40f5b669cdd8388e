// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-draft-problems-private.h"
#include "wb-draft-state-private.h"

#include "cmr-field.h"
#include "wb-profile.h"

#include <string.h>

/* The one list of what stands in the way of an order: rail, F8, Review and tests read only this. */

void
wb_problem_free (WbProblem *problem)
{
  if (problem == NULL)
    return;
  g_free (problem->subject);
  g_free (problem->fix);
  g_free (problem);
}

WbProblem *
wb_problems_add (GPtrArray *problems, WbStep step, int row, WbSeverity severity, WbProblemCode code,
                 const char *subject, char *fix)
{
  WbProblem *problem = g_new0 (WbProblem, 1);

  problem->step = step;
  problem->row = row;
  problem->field = -1;
  problem->severity = severity;
  problem->code = code;
  problem->subject = g_strdup (subject != NULL ? subject : "");
  problem->fix = fix;
  problem->count = 1;
  g_ptr_array_add (problems, problem);
  return problem;
}

gboolean
wb_is_web_address (const char *text)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";

  return uri != NULL && g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0'
         && (strcmp (scheme, "https") == 0 || strcmp (scheme, "http") == 0);
}

/* Domains */

typedef struct {
  WbProblemCode code;
  WbSeverity severity;
} Finding;

/* Only what is certain blocks: the service has the last word on what nobody could ask. */
static const Finding name_findings[] = {
  [WB_NAME_NOT_ASKED] = { WB_PROBLEM_NOT_KNOWN, WB_SEVERITY_WARNING },
  [WB_NAME_ASKING] = { WB_PROBLEM_ASKING, WB_SEVERITY_NOTE },
  [WB_NAME_AVAILABLE] = { WB_N_PROBLEMS, WB_SEVERITY_NOTE },
  [WB_NAME_TAKEN] = { WB_PROBLEM_TAKEN, WB_SEVERITY_ERROR },
  [WB_NAME_WORKSPACE] = { WB_PROBLEM_WORKSPACE, WB_SEVERITY_ERROR },
  [WB_NAME_NOT_KNOWN] = { WB_PROBLEM_NOT_KNOWN, WB_SEVERITY_WARNING },
};

static void
add_answer (GPtrArray *problems, int row, const WbDraftDomain *domain, const WbNameAnswer *answer)
{
  WbNameState state = answer != NULL ? answer->state : WB_NAME_NOT_ASKED;
  Finding finding = name_findings[state];

  if (state == WB_NAME_WORKSPACE && domain->keep_anyway)
    finding.severity = WB_SEVERITY_WARNING;
  if (finding.code != WB_N_PROBLEMS)
    wb_problems_add (problems, WB_STEP_DOMAINS, row, finding.severity, finding.code, domain->name, NULL);
  if (answer != NULL && state != WB_NAME_TAKEN && answer->cents != CMR_MONEY_UNKNOWN && domain->seen_cents != CMR_MONEY_UNKNOWN
      && answer->cents != domain->seen_cents)
    wb_problems_add (problems, WB_STEP_DOMAINS, row, WB_SEVERITY_WARNING, WB_PROBLEM_PRICE_CHANGED, domain->name, NULL);
}

/* "shop.example/start" as people type it; what has a scheme or a sign-in is left to them. */
static char *
forward_fix (const char *text)
{
  g_autofree char *fixed = g_strconcat ("https://", text, NULL);

  return strchr (text, '@') == NULL && strstr (text, "://") == NULL && wb_is_web_address (fixed) ? g_steal_pointer (&fixed) : NULL;
}

static void
add_forwarding (WbDraft *draft, GPtrArray *problems, int row, const WbDraftDomain *domain)
{
  if (*domain->forward_to == '\0')
    return;
  if (!wb_draft_carries (draft)->forward)
    wb_problems_add (problems, WB_STEP_DOMAINS, row, WB_SEVERITY_WARNING, WB_PROBLEM_NO_FORWARDING, domain->name, NULL);
  if (!wb_is_web_address (domain->forward_to))
    wb_problems_add (problems, WB_STEP_DOMAINS, row, WB_SEVERITY_ERROR, WB_PROBLEM_FORWARD_TO, domain->forward_to,
                     forward_fix (domain->forward_to));
}

static GHashTable *
count_by_domain (WbDraft *draft)
{
  GHashTable *counts = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint row = 0; row < wb_draft_get_n_mailboxes (draft); row++)
    g_hash_table_add (counts, wb_draft_get_mailbox (draft, row)->domain);
  return counts;
}

static void
add_domains (WbDraft *draft, GPtrArray *problems)
{
  WbProfile *profile = draft->drafts != NULL ? wb_drafts_get_profile (draft->drafts) : NULL;
  WbNameBook *book = profile != NULL ? wb_profile_get_names (profile) : NULL;
  g_autoptr (GHashTable) filled = count_by_domain (draft);

  if (wb_draft_get_n_domains (draft) == 0)
    wb_problems_add (problems, WB_STEP_DOMAINS, -1, WB_SEVERITY_ERROR, WB_PROBLEM_NO_DOMAINS, NULL, NULL);
  for (guint i = 0; i < wb_draft_get_n_domains (draft); i++)
    {
      const WbDraftDomain *domain = wb_draft_get_domain (draft, i);

      /* Names of one's own are not asked for: they are there. */
      if (wb_draft_get_way (draft) == WB_WAY_NEW_DOMAINS)
        add_answer (problems, (int) i, domain,
                    book != NULL ? wb_name_book_get (book, domain->name, wb_draft_get_provider (draft)) : NULL);
      add_forwarding (draft, problems, (int) i, domain);
      if (g_hash_table_size (filled) > 0 && !g_hash_table_contains (filled, domain->name))
        wb_problems_add (problems, WB_STEP_DOMAINS, (int) i, WB_SEVERITY_WARNING, WB_PROBLEM_EMPTY_DOMAIN, domain->name, NULL);
    }
}

/* Options */

/* openapi.yaml, GoogleOauth: all three or none. Microsoft has one field only, which is complete or absent; one that
 * was given and went with an earlier run is told. */
static void
add_oauth (WbDraft *draft, GPtrArray *problems)
{
  static const char *const google[] = { "google-route", "google-client-id", "google-app-name" };
  guint given = 0;

  if (strcmp (wb_draft_get_provider (draft), "GOOGLE") != 0)
    {
      if (draft->state.head->route_gone)
        wb_problems_add (problems, WB_STEP_OPTIONS, -1, WB_SEVERITY_WARNING, WB_PROBLEM_OAUTH, NULL, NULL);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (google); i++)
    given += *wb_draft_get_oauth (draft, google[i]) != '\0';
  if (given > 0 && given < G_N_ELEMENTS (google))
    wb_problems_add (problems, WB_STEP_OPTIONS, -1, WB_SEVERITY_ERROR, WB_PROBLEM_OAUTH, NULL, NULL);
}

static void
add_rights (WbDraft *draft, GPtrArray *problems)
{
  guint count = 0;

  for (guint row = 0; row < wb_draft_get_n_mailboxes (draft); row++)
    count += wb_draft_get_usable_file (draft, row) != NULL;
  if (count > 0 && wb_draft_carries (draft)->files && !wb_draft_get_may_use_pictures (draft))
    wb_problems_add (problems, WB_STEP_REVIEW, -1, WB_SEVERITY_ERROR, WB_PROBLEM_RIGHTS, NULL, NULL)->count = count;
}

/**
 * wb_draft_dup_problems:
 *
 * Returns: (transfer full) (element-type WbProblem): by step, then by row
 */
GPtrArray *
wb_draft_dup_problems (WbDraft *self)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_problem_free);

  g_return_val_if_fail (WB_IS_DRAFT (self), problems);

  if (*wb_draft_get_customer_id (self) == '\0')
    wb_problems_add (problems, WB_STEP_CUSTOMER, -1, WB_SEVERITY_ERROR, WB_PROBLEM_NO_CUSTOMER, NULL, NULL);
  add_domains (self, problems);
  wb_problems_of_mailboxes (self, problems);
  wb_problems_of_pictures (self, problems);
  add_oauth (self, problems);
  add_rights (self, problems);
  return problems;
}
