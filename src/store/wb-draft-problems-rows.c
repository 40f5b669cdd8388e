// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-draft-problems-private.h"

#include "wb-match-private.h"

#include <string.h>

/* design.md, Limits of ours. */
#define MAILBOXES_MAX 2000
/* Two letters exchanged, one forgotten: more is another name. */
#define TYPO_MAX 3

static const WbDraftRow *
get_row (WbDraft *draft, guint row)
{
  return draft->state.lists[WB_LIST_MAILBOXES]->pdata[row];
}

/* Mailboxes */

static void
add_cells (GPtrArray *problems, guint row, const WbDraftRow *item)
{
  const WbCellRule *rules;
  guint n = wb_cell_rules (&rules);

  for (guint i = 0; i < n; i++)
    {
      const char *text = wb_mailbox_cell (&item->pub, rules[i].cell);

      if ((item->issues & (1u << i)) != 0)
        wb_problems_add (problems, WB_STEP_MAILBOXES, (int) row, rules[i].severity, rules[i].code, text,
                         wb_cell_fix (rules[i].code, rules[i].cell, text))
            ->field = rules[i].cell;
    }
}

/* The name as the list has it (in punycode), or the one that differs by a typing error alone. */
static char *
domain_fix (WbDraft *draft, const char *text)
{
  g_auto (GStrv) names = wb_name_domains (text, NULL);
  guint best = TYPO_MAX + 1;
  const char *nearest = NULL;

  if (names[0] != NULL && wb_draft_find_domain (draft, names[0]) != NULL)
    return g_strdup (names[0]);
  for (guint i = 0; i < wb_draft_get_n_domains (draft); i++)
    {
      const char *name = wb_draft_get_domain (draft, i)->name;
      guint distance = wb_text_distance (text, name, TYPO_MAX);

      if (distance < best)
        nearest = name;
      best = MIN (best, distance);
    }
  if (nearest == NULL && wb_draft_get_n_domains (draft) == 1)
    nearest = wb_draft_get_domain (draft, 0)->name;
  return g_strdup (nearest);
}

static void
add_domain (WbDraft *draft, GPtrArray *problems, guint row, const WbDraftRow *item)
{
  if (*item->pub.domain == '\0' || wb_draft_find_domain (draft, item->pub.domain) != NULL)
    return;
  wb_problems_add (problems, WB_STEP_MAILBOXES, (int) row, WB_SEVERITY_ERROR, WB_PROBLEM_UNKNOWN_DOMAIN,
                   item->pub.domain, domain_fix (draft, item->pub.domain))
      ->field
      = WB_CELL_DOMAIN;
}

/* Texts with a number that are free in this order; @next keeps where each address stopped. */
static char *
numbered (WbDraft *draft, GHashTable *next, const WbDraftRow *item)
{
  GHashTable *used = wb_draft_index (draft)->addresses;
  guint n = MAX (GPOINTER_TO_UINT (g_hash_table_lookup (next, item->address)), 2);

  for (;; n++)
    {
      g_autofree char *name = g_strdup_printf ("%s%u", item->pub.user_name, n);
      g_autofree char *address = g_strconcat (name, "@", item->pub.domain, NULL);

      if (g_hash_table_contains (used, address))
        continue;
      g_hash_table_insert (next, item->address, GUINT_TO_POINTER (n + 1));
      return g_steal_pointer (&name);
    }
}

static void
add_address (WbDraft *draft, GPtrArray *problems, guint row, const WbDraftRow *item, GHashTable *existing,
             GHashTable *next)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (wb_draft_index (draft)->addresses, item->address));

  if (*item->pub.user_name == '\0' || *item->pub.domain == '\0')
    return;
  /* The first of several is right; one that is only being typed is in no index. */
  if (place != 0 && place - 1 != row)
    wb_problems_add (problems, WB_STEP_MAILBOXES, (int) row, WB_SEVERITY_ERROR, WB_PROBLEM_TWICE, item->address,
                     numbered (draft, next, item))
        ->field = WB_CELL_USER_NAME;
  /* What the mirror knows may be old: Review asks the service, and that blocks. */
  if (existing != NULL && g_hash_table_contains (existing, item->address))
    wb_problems_add (problems, WB_STEP_MAILBOXES, (int) row, WB_SEVERITY_WARNING, WB_PROBLEM_EXISTS, item->address,
                     numbered (draft, next, item))
        ->field = WB_CELL_USER_NAME;
}

void
wb_problems_of_mailboxes (WbDraft *draft, GPtrArray *problems)
{
  guint n = wb_draft_get_n_mailboxes (draft);
  g_autoptr (GHashTable) next = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTable *existing
      = draft->drafts != NULL ? wb_drafts_get_addresses (draft->drafts, wb_draft_get_customer_id (draft)) : NULL;

  if (n == 0)
    wb_problems_add (problems, WB_STEP_MAILBOXES, -1, WB_SEVERITY_ERROR, WB_PROBLEM_NO_MAILBOXES, NULL, NULL);
  if (n > MAILBOXES_MAX)
    wb_problems_add (problems, WB_STEP_MAILBOXES, -1, WB_SEVERITY_ERROR, WB_PROBLEM_TOO_MANY, NULL, NULL)->count = n;
  for (guint row = 0; row < n; row++)
    {
      const WbDraftRow *item = get_row (draft, row);

      add_cells (problems, row, item);
      add_domain (draft, problems, row, item);
      add_address (draft, problems, row, item, existing, next);
      if (item->pub.warmup && !wb_draft_carries (draft)->warm_up)
        wb_problems_add (problems, WB_STEP_MAILBOXES, (int) row, WB_SEVERITY_WARNING, WB_PROBLEM_NO_WARM_UP,
                         item->address, NULL);
    }
}

static int
find_gravest (GPtrArray *problems, int field)
{
  int found = -1;

  for (guint i = 0; i < problems->len; i++)
    {
      const WbProblem *problem = problems->pdata[i];

      if (problem->field == field
          && (found < 0 || problem->severity > ((WbProblem *) problems->pdata[found])->severity))
        found = (int) i;
    }
  return found;
}

WbProblem *
wb_draft_check_cell (WbDraft *self, int row, const WbDraftMailbox *mailbox, WbCell cell)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_problem_free);
  g_autoptr (GHashTable) next = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTable *existing
      = self->drafts != NULL ? wb_drafts_get_addresses (self->drafts, wb_draft_get_customer_id (self)) : NULL;
  WbDraftRow *item = wb_draft_row_item (mailbox);
  WbProblem *gravest;
  int found;

  add_cells (problems, (guint) row, item);
  add_domain (self, problems, (guint) row, item);
  add_address (self, problems, (guint) row, item, existing, next);
  found = find_gravest (problems, cell);
  gravest = found >= 0 ? g_ptr_array_steal_index (problems, (guint) found) : NULL;
  wb_draft_list_free_func (WB_LIST_MAILBOXES) (item);
  return gravest;
}

/* Pictures */

const WbDraftFile *
wb_draft_get_usable_file (WbDraft *draft, guint row)
{
  const WbPlacement *placement = wb_draft_get_placement (draft, row);
  const WbDraftFile *file = placement != NULL ? wb_draft_get_file (draft, placement->file) : NULL;

  return file != NULL && !file->refused ? file : NULL;
}

/* Whom a picture is for: a person by name, one mailbox by its address. */
static char *
dup_whom (const WbDraftRow *item, const WbPlacement *placement)
{
  g_autofree char *name = NULL;

  if (*placement->person == '\0')
    return g_strdup (item->address);
  name = g_strconcat (item->pub.first_name, " ", item->pub.last_name, NULL);
  return g_strdup (g_strstrip (name));
}

typedef struct {
  WbDraft *draft;
  GPtrArray *problems;
  const WbCarries *carries;
  GHashTable *placements; /* set of WbPlacement that were looked at */
  GHashTable *owners;     /* blob → WbDraftRow that had it first */
  GHashTable *files;      /* set of file ids that cannot go along and are named */
} Pictures;

static gboolean
is_ambiguous (WbDraft *draft, const WbPlacement *placement)
{
  return placement->other != 0 && wb_draft_get_file (draft, placement->other) != NULL;
}

/* Two different people with one face; a person's own mailboxes share theirs on purpose. */
static gboolean
is_someone_elses (Pictures *self, const WbDraftFile *file, const WbDraftRow *item)
{
  const WbDraftRow *owner = *file->blob != '\0' ? g_hash_table_lookup (self->owners, file->blob) : NULL;

  if (owner == NULL && *file->blob != '\0')
    g_hash_table_insert (self->owners, file->blob, (gpointer) item);
  return owner != NULL && strcmp (owner->person, item->person) != 0;
}

static void
add_placement (Pictures *self, guint row, const WbDraftRow *item, const WbPlacement *placement)
{
  const WbDraftFile *file = wb_draft_get_file (self->draft, placement->file);
  g_autofree char *whom = dup_whom (item, placement);
  const struct {
    gboolean found;
    WbProblemCode code;
    WbSeverity severity;
  } findings[] = {
    { is_ambiguous (self->draft, placement), WB_PROBLEM_AMBIGUOUS, WB_SEVERITY_ERROR },
    { file->refused != 0, WB_PROBLEM_PICTURE_REFUSED, WB_SEVERITY_WARNING },
    { !file->refused && file->small, WB_PROBLEM_PICTURE_SMALL, WB_SEVERITY_WARNING },
    { !file->refused && is_someone_elses (self, file, item), WB_PROBLEM_SAME_PICTURE, WB_SEVERITY_WARNING },
  };

  for (guint i = 0; i < G_N_ELEMENTS (findings); i++)
    if (findings[i].found)
      wb_problems_add (self->problems, WB_STEP_PICTURES, (int) row, findings[i].severity, findings[i].code, whom, NULL);
  if (!file->refused && !self->carries->files && g_hash_table_add (self->files, GUINT_TO_POINTER (file->id)))
    wb_problems_add (self->problems, WB_STEP_PICTURES, (int) row, WB_SEVERITY_WARNING, WB_PROBLEM_CANNOT_GO_ALONG,
                     file->file_name, NULL);
}

static void
add_picture (Pictures *self, guint row)
{
  const WbDraftRow *item = get_row (self->draft, row);
  const WbPlacement *placement = wb_draft_get_placement (self->draft, row);

  /* A person's picture is told once, at the first of their mailboxes. */
  if (placement != NULL && wb_draft_get_file (self->draft, placement->file) != NULL
      && g_hash_table_add (self->placements, (gpointer) placement))
    add_placement (self, row, item, placement);
  if (*item->pub.picture_url != '\0' && !self->carries->urls)
    wb_problems_add (self->problems, WB_STEP_PICTURES, (int) row, WB_SEVERITY_WARNING, WB_PROBLEM_CANNOT_GO_ALONG,
                     item->pub.picture_url, NULL);
}

static gboolean
has_picture (Pictures *self, guint row)
{
  if (self->carries->urls && *get_row (self->draft, row)->pub.picture_url != '\0')
    return TRUE;
  return self->carries->files && wb_draft_get_usable_file (self->draft, row) != NULL;
}

/* One note for all: it is a fact, and no fault of each. */
static void
add_missing (Pictures *self)
{
  WbProblem *problem = NULL;

  for (guint row = 0; row < wb_draft_get_n_mailboxes (self->draft); row++)
    {
      if (has_picture (self, row))
        continue;
      if (problem != NULL)
        problem->count++;
      else
        problem = wb_problems_add (self->problems, WB_STEP_PICTURES, -1, WB_SEVERITY_NOTE, WB_PROBLEM_NO_PICTURE,
                                   get_row (self->draft, row)->address, NULL);
    }
}

void
wb_problems_of_pictures (WbDraft *draft, GPtrArray *problems)
{
  g_autoptr (GHashTable) placements = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) owners = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) files = g_hash_table_new (NULL, NULL);
  Pictures self = { draft, problems, wb_draft_carries (draft), placements, owners, files };

  add_missing (&self);
  for (guint row = 0; row < wb_draft_get_n_mailboxes (draft); row++)
    add_picture (&self, row);
}
