// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-draft-state-private.h"

#include <string.h>

/* What is looked up by name, worked out when it is asked for and dropped with each change. */

static void
add_first (GHashTable *table, const char *key, guint row)
{
  if (!g_hash_table_contains (table, key))
    g_hash_table_insert (table, (char *) key, GUINT_TO_POINTER (row + 1));
}

static const WbPlacement *
resolve (WbDraftIndex *index, const WbDraftRow *row)
{
  const WbPlacement *placement = g_hash_table_lookup (index->by_address, row->address);

  if (placement == NULL && row->person[0] != '\0')
    placement = g_hash_table_lookup (index->by_person, row->person);
  /* One address that shall have none although its person has. */
  return placement != NULL && placement->file != 0 ? placement : NULL;
}

static WbDraftIndex *
index_new (const WbDraftState *state)
{
  WbDraftIndex *index = g_new0 (WbDraftIndex, 1);
  GPtrArray *rows = state->lists[WB_LIST_MAILBOXES], *placements = state->lists[WB_LIST_PLACEMENTS];
  GPtrArray *domains = state->lists[WB_LIST_DOMAINS];

  index->addresses = g_hash_table_new (g_str_hash, g_str_equal);
  index->people = g_hash_table_new (g_str_hash, g_str_equal);
  index->domains = g_hash_table_new (g_str_hash, g_str_equal);
  index->by_person = g_hash_table_new (g_str_hash, g_str_equal);
  index->by_address = g_hash_table_new (g_str_hash, g_str_equal);
  index->used = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < domains->len; i++)
    g_hash_table_insert (index->domains, ((WbDraftDomain *) domains->pdata[i])->name, domains->pdata[i]);
  for (guint i = 0; i < placements->len; i++)
    {
      WbPlacement *placement = placements->pdata[i];

      if (placement->address[0] != '\0')
        g_hash_table_insert (index->by_address, placement->address, placement);
      else
        g_hash_table_insert (index->by_person, placement->person, placement);
    }
  for (guint i = 0; i < rows->len; i++)
    {
      const WbDraftRow *row = rows->pdata[i];
      const WbPlacement *placement = resolve (index, row);

      add_first (index->addresses, row->address, i);
      if (row->person[0] != '\0')
        add_first (index->people, row->person, i);
      if (placement == NULL)
        continue;
      g_hash_table_add (index->used, GUINT_TO_POINTER (placement->file));
      g_hash_table_add (index->used, GUINT_TO_POINTER (placement->other));
    }
  return index;
}

WbDraftIndex *
wb_draft_index (WbDraft *self)
{
  if (self->index == NULL)
    self->index = index_new (&self->state);
  return self->index;
}

static void
index_free (WbDraftIndex *index)
{
  g_hash_table_unref (index->addresses);
  g_hash_table_unref (index->people);
  g_hash_table_unref (index->domains);
  g_hash_table_unref (index->by_person);
  g_hash_table_unref (index->by_address);
  g_hash_table_unref (index->used);
  g_free (index);
}

void
wb_draft_index_drop (WbDraft *self)
{
  g_clear_pointer (&self->index, index_free);
}

/**
 * wb_draft_get_placement:
 *
 * Returns: (nullable): lent until the next change
 */
const WbPlacement *
wb_draft_get_placement (WbDraft *self, guint row)
{
  GPtrArray *rows = self->state.lists[WB_LIST_MAILBOXES];

  return row < rows->len ? resolve (wb_draft_index (self), rows->pdata[row]) : NULL;
}

/* Where the row stands now that bore @key before; NULL while another row still bears it. */
static const WbDraftRow *
renamed_row (WbDraftIndex *before, GPtrArray *rows, const WbPlacement *placement)
{
  gboolean alone = placement->address[0] != '\0';
  gpointer place = alone ? g_hash_table_lookup (before->addresses, placement->address)
                         : g_hash_table_lookup (before->people, placement->person);

  return place != NULL ? rows->pdata[GPOINTER_TO_UINT (place) - 1] : NULL;
}

static gboolean
is_orphan (WbDraftIndex *now, const WbPlacement *placement)
{
  if (placement->address[0] != '\0')
    return !g_hash_table_contains (now->addresses, placement->address);
  return !g_hash_table_contains (now->people, placement->person);
}

static gboolean
is_free (WbDraftIndex *now, const WbPlacement *placement, const WbDraftRow *row)
{
  if (placement->address[0] != '\0')
    return !g_hash_table_contains (now->by_address, row->address);
  return row->person[0] != '\0' && !g_hash_table_contains (now->by_person, row->person);
}

/* A picture belongs to a person: when the last row of a name is spelled in another way, the picture
 * goes along; when rows come or go, nothing moves and a row that comes back finds its picture. */
void
wb_draft_rehome (WbDraft *self, const WbDraftState *before_state)
{
  GPtrArray *rows = self->state.lists[WB_LIST_MAILBOXES];
  GPtrArray *placements = self->state.lists[WB_LIST_PLACEMENTS];
  WbDraftIndex *before;

  if (placements->len == 0 || rows->len != before_state->lists[WB_LIST_MAILBOXES]->len)
    return;
  before = index_new (before_state);
  for (guint i = 0; i < self->state.lists[WB_LIST_PLACEMENTS]->len; i++)
    {
      WbDraftIndex *now = wb_draft_index (self);
      const WbPlacement *placement = self->state.lists[WB_LIST_PLACEMENTS]->pdata[i];
      const WbDraftRow *row = is_orphan (now, placement) ? renamed_row (before, rows, placement) : NULL;
      WbPlacement moved = *placement;

      if (row == NULL || !is_free (now, placement, row))
        continue;
      if (placement->address[0] != '\0')
        moved.address = row->address;
      else
        moved.person = row->person;
      placements = wb_draft_edit (self, WB_LIST_PLACEMENTS, WB_DRAFT_PICTURES);
      {
        WbPlacement *item = wb_placement_item (&moved);

        wb_draft_list_free_func (WB_LIST_PLACEMENTS) (placements->pdata[i]);
        placements->pdata[i] = item;
      }
    }
  index_free (before);
}
