// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-draft-state-private.h"

#include <string.h>

#include "wb-match-private.h"

/* Files find their people by name; the rules of names are in wb-match.c, those of what may take whose
 * place are here. */

#define GUESSES_MAX 3

/* The rows folded for look-ups, kept until rows change: it takes longer to make than to ask. */
struct _WbDraftNames {
  GPtrArray *rows; /* of WbDraftRow, held */
  WbMatchTarget *targets;
  WbMatcher *matcher;
};

void
wb_draft_names_drop (WbDraft *self)
{
  WbDraftNames *names = g_steal_pointer (&self->names);

  if (names == NULL)
    return;
  wb_matcher_free (names->matcher);
  g_free (names->targets);
  g_ptr_array_unref (names->rows);
  g_free (names);
}

static WbDraftNames *
get_names (WbDraft *self)
{
  WbDraftNames *names = self->names;

  if (names != NULL)
    return names;
  names = self->names = g_new0 (WbDraftNames, 1);
  names->rows = wb_item_list_copy (self->state.lists[WB_LIST_MAILBOXES], wb_draft_list_free_func (WB_LIST_MAILBOXES));
  names->targets = g_new0 (WbMatchTarget, names->rows->len + 1);
  for (guint i = 0; i < names->rows->len; i++)
    {
      const WbDraftRow *row = names->rows->pdata[i];

      names->targets[i] = (WbMatchTarget){ row->address, row->pub.first_name, row->pub.last_name };
    }
  names->matcher = wb_matcher_new (names->targets, names->rows->len);
  return names;
}

/* Whom a file fits. */
typedef struct {
  WbFileItem *item;
  guint place;
  WbMatchKind kind;
  GArray *rows; /* all of one person, or all nameless; none where it fits nobody or several */
  gboolean alone;
} Fit;

typedef struct {
  WbDraft *self;
  WbDraftNames *names;
  const char *domain; /* (nullable) */
  GHashTable *people, *addresses; /* key → place in the list of placements + 1 */
  WbFilesResult *result;
} Matching;

static void
fit_clear (gpointer data)
{
  g_array_unref (((Fit *) data)->rows);
}

static const WbDraftRow *
row_at (const Matching *matching, guint row)
{
  return matching->names->rows->pdata[row];
}

static void
keep_domain (const Matching *matching, GArray *rows)
{
  for (guint i = rows->len; i > 0 && matching->domain != NULL; i--)
    if (strcmp (row_at (matching, g_array_index (rows, guint, i - 1))->pub.domain, matching->domain) != 0)
      g_array_remove_index (rows, i - 1);
}

static gboolean
one_person (const Matching *matching, GArray *rows)
{
  const char *person = rows->len > 0 ? row_at (matching, g_array_index (rows, guint, 0))->person : "";

  for (guint i = 1; i < rows->len; i++)
    if (strcmp (row_at (matching, g_array_index (rows, guint, i))->person, person) != 0)
      return FALSE;
  return TRUE;
}

static void
find_fit (const Matching *matching, Fit *fit)
{
  fit->rows = g_array_new (FALSE, FALSE, sizeof (guint));
  fit->kind = wb_matcher_file (matching->names->matcher, fit->item->pub.file_name, fit->item->folder, fit->rows);
  keep_domain (matching, fit->rows);
  if (!one_person (matching, fit->rows))
    g_array_set_size (fit->rows, 0);
}

static gboolean
names_one_address (const Fit *fit)
{
  return fit->rows->len == 1 && fit->kind <= WB_MATCH_DOMAIN_USER;
}

/* Two files of a batch that each name another address of the same person are meant for these alone. */
static void
find_alone (const Matching *matching, GArray *fits)
{
  g_autoptr (GHashTable) first = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < fits->len; i++)
    {
      Fit *fit = &g_array_index (fits, Fit, i), *other;
      const WbDraftRow *row;

      if (!names_one_address (fit))
        continue;
      row = row_at (matching, g_array_index (fit->rows, guint, 0));
      other = g_hash_table_lookup (first, row->person);
      if (other == NULL)
        g_hash_table_insert (first, row->person, fit);
      else if (strcmp (row_at (matching, g_array_index (other->rows, guint, 0))->address, row->address) != 0)
        fit->alone = other->alone = TRUE;
    }
}

/* Good ones before refused ones, then by rule: what fits less well finds the place taken. */
static int
compare_fits (gconstpointer a, gconstpointer b)
{
  const Fit *one = a, *two = b;
  int bad = (one->item->pub.refused != 0) - (two->item->pub.refused != 0);

  if (bad != 0)
    return bad;
  return one->kind != two->kind ? (int) one->kind - (int) two->kind
                                : (one->place > two->place) - (one->place < two->place);
}

static void
note_place (Matching *matching, const WbPlacement *placement, guint place)
{
  gboolean alone = placement->address[0] != '\0';

  g_hash_table_replace (alone ? matching->addresses : matching->people,
                        g_strdup (alone ? placement->address : placement->person), GUINT_TO_POINTER (place + 1));
}

static void
note_placements (Matching *matching)
{
  GPtrArray *placements = matching->self->state.lists[WB_LIST_PLACEMENTS];

  matching->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  matching->addresses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < placements->len; i++)
    note_place (matching, placements->pdata[i], i);
}

static void
put (Matching *matching, const WbPlacement *placement, guint place)
{
  GPtrArray *list = wb_draft_edit (matching->self, WB_LIST_PLACEMENTS, WB_DRAFT_PICTURES);
  WbPlacement *item = wb_placement_item (placement);

  if (place == 0)
    {
      g_ptr_array_add (list, item);
      note_place (matching, item, list->len - 1);
      return;
    }
  wb_draft_list_free_func (WB_LIST_PLACEMENTS) (list->pdata[place - 1]);
  list->pdata[place - 1] = item;
}

static gboolean
is_placed (WbDraft *self, guint file)
{
  GPtrArray *placements = self->state.lists[WB_LIST_PLACEMENTS];

  for (guint i = 0; i < placements->len; i++)
    {
      const WbPlacement *placement = placements->pdata[i];

      if (placement->file == file || placement->other == file)
        return TRUE;
    }
  return FALSE;
}

/* Out of the draft, but for undo. */
static void
drop_file (WbDraft *self, guint file)
{
  GPtrArray *edits = wb_draft_edit (self, WB_LIST_EDITS, WB_DRAFT_PICTURES);

  for (guint i = edits->len; i > 0; i--)
    if (((const WbFileEdit *) edits->pdata[i - 1])->file == file)
      g_ptr_array_remove_index (edits, i - 1);
}

static gboolean
is_better (const Matching *matching, const Fit *fit, const WbFileItem *present)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint));
  WbMatchKind kind = wb_matcher_file (matching->names->matcher, present->pub.file_name, present->folder, rows);

  return kind == WB_MATCH_NONE || fit->kind <= kind;
}

typedef enum { STAYS_OUT, TAKES, MAKES_AMBIGUOUS, IS_THERE } Verdict;

static Verdict
judge (const Matching *matching, const Fit *fit, const WbPlacement *present)
{
  const WbFileItem *item = present != NULL ? wb_draft_find_file (matching->self, present->file) : NULL;

  if (item == NULL || item->removed)
    return TAKES;
  if (present->file == fit->item->pub.id || present->other == fit->item->pub.id)
    return IS_THERE;
  if (fit->item->pub.refused != 0)
    return STAYS_OUT;
  if (item->pub.refused != 0)
    return TAKES;
  if (present->how != WB_PLACED_BY_NAME)
    return STAYS_OUT;
  if (strcmp (item->pub.blob, fit->item->pub.blob) == 0)
    return IS_THERE;
  return present->other == 0 && is_better (matching, fit, item) ? MAKES_AMBIGUOUS : STAYS_OUT;
}

static Verdict
fill (Matching *matching, const Fit *fit, const WbDraftRow *row, gboolean alone)
{
  GPtrArray *list = matching->self->state.lists[WB_LIST_PLACEMENTS];
  GHashTable *table = alone ? matching->addresses : matching->people;
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (table, alone ? row->address : row->person));
  const WbPlacement *present = place > 0 ? list->pdata[place - 1] : NULL;
  Verdict verdict = judge (matching, fit, present);
  guint before;
  WbPlacement placement
      = { .person = alone ? (char *) "" : row->person, .address = alone ? row->address : (char *) "" };

  if (verdict == MAKES_AMBIGUOUS)
    placement = *present;
  placement.file = verdict == MAKES_AMBIGUOUS ? present->file : fit->item->pub.id;
  placement.other = verdict == MAKES_AMBIGUOUS ? fit->item->pub.id : 0;
  if (verdict == STAYS_OUT || verdict == IS_THERE)
    return verdict;
  before = present != NULL ? present->file : 0;
  put (matching, &placement, place);
  /* A refused one can never be of use: what comes in its place replaces it. */
  if (verdict == TAKES && before != 0 && !is_placed (matching->self, before))
    drop_file (matching->self, before);
  return verdict;
}

/* The slot of the person; of the address alone where that is meant, or where there is no name. */
static Verdict
place_fit (Matching *matching, const Fit *fit)
{
  Verdict verdict = STAYS_OUT;

  for (guint i = 0; i < fit->rows->len; i++)
    {
      const WbDraftRow *row = row_at (matching, g_array_index (fit->rows, guint, i));
      gboolean alone = fit->alone || row->person[0] == '\0';
      Verdict this_one = fill (matching, fit, row, alone);

      verdict = MAX (verdict, this_one);
      if (!alone)
        break;
    }
  return verdict;
}

static void
count_fit (Matching *matching, const Fit *fit, Verdict verdict)
{
  WbFilesResult *result = matching->result;

  if (fit->item->pub.refused != 0)
    result->refused++;
  else if (verdict == TAKES || verdict == IS_THERE)
    result->placed++;
  else
    result->to_place++;
}

/* The first good one, or else the first, goes where it was dropped. */
static WbFileItem *
place_by_hand (WbDraft *self, GPtrArray *items, guint row)
{
  const WbPlacement *present = wb_draft_get_placement (self, row);
  const WbDraftFile *before = present != NULL ? wb_draft_get_file (self, present->file) : NULL;
  guint worthless = before != NULL && before->refused != 0 ? before->id : 0;
  WbFileItem *chosen = items->pdata[0];

  for (guint i = items->len; i > 0; i--)
    if (((WbFileItem *) items->pdata[i - 1])->pub.refused == 0)
      chosen = items->pdata[i - 1];
  wb_draft_place (self, chosen->pub.id, row, TRUE, WB_PLACED_BY_HAND);
  if (worthless != 0 && worthless != chosen->pub.id && !is_placed (self, worthless))
    drop_file (self, worthless);
  return chosen;
}

static void
match_by_name (Matching *matching, GPtrArray *items, const WbFileItem *without)
{
  g_autoptr (GArray) fits = g_array_new (FALSE, FALSE, sizeof (Fit));

  g_array_set_clear_func (fits, fit_clear);
  for (guint i = 0; i < items->len; i++)
    {
      Fit fit = { .item = items->pdata[i], .place = i };

      if (fit.item == without)
        continue;
      find_fit (matching, &fit);
      g_array_append_val (fits, fit);
    }
  find_alone (matching, fits);
  g_array_sort (fits, compare_fits);
  for (guint i = 0; i < fits->len; i++)
    {
      const Fit *fit = &g_array_index (fits, Fit, i);
      Verdict verdict = place_fit (matching, fit);

      count_fit (matching, fit, verdict);
      /* The same picture under another name adds nothing. */
      if (verdict == IS_THERE && !is_placed (matching->self, fit->item->pub.id))
        drop_file (matching->self, fit->item->pub.id);
    }
}

/**
 * wb_draft_match_new:
 * @items: of WbFileItem, files of the draft; the caller has opened a step
 * @only_row: place of the mailbox on which they were dropped; -1 = by name alone
 * @only_domain: (nullable): names are looked for in this domain only
 */
void
wb_draft_match_new (WbDraft *self, GPtrArray *items, int only_row, const char *only_domain, WbFilesResult *result)
{
  Matching matching = { .self = self, .domain = only_domain, .result = result };
  const WbFileItem *by_hand = NULL;

  if (items->len == 0)
    return;
  if (only_row >= 0 && (guint) only_row < wb_draft_get_n_mailboxes (self))
    by_hand = place_by_hand (self, items, only_row);
  if (by_hand != NULL && by_hand->pub.refused != 0)
    result->refused++;
  else if (by_hand != NULL)
    result->placed++;
  matching.names = get_names (self);
  note_placements (&matching);
  match_by_name (&matching, items, by_hand);
  g_hash_table_unref (matching.people);
  g_hash_table_unref (matching.addresses);
}

static void
add_guess (GPtrArray *guesses, GHashTable *people, const WbDraftRow *row)
{
  const char *key = row->person[0] != '\0' ? row->person : row->address;

  if (guesses->len < GUESSES_MAX && g_hash_table_add (people, (gpointer) key))
    g_ptr_array_add (guesses, g_strdup (row->address));
}

/**
 * wb_draft_dup_guesses:
 *
 * Whom a file that is not placed may be of: those whom its name fits, then those whose name is nearest.
 *
 * Returns: (transfer full) (array zero-terminated=1): up to three addresses, of different people
 */
char **
wb_draft_dup_guesses (WbDraft *self, guint file)
{
  g_autoptr (GPtrArray) guesses = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) people = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint));
  const WbFileItem *item = wb_draft_find_file (self, file);
  const WbDraftNames *names = get_names (self);

  for (guint round = 0; item != NULL && round < 2; round++)
    {
      if (round == 0)
        wb_matcher_file (names->matcher, item->pub.file_name, item->folder, rows);
      else if (guesses->len < GUESSES_MAX)
        wb_matcher_guess (names->matcher, item->pub.file_name, rows);
      for (guint i = 0; i < rows->len; i++)
        add_guess (guesses, people, names->rows->pdata[g_array_index (rows, guint, i)]);
    }
  g_ptr_array_add (guesses, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&guesses), FALSE);
}
