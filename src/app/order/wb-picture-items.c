// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-picture-items.h"

#include <glib/gi18n.h>

#include "wb-format.h"

static void
item_free (gpointer data)
{
  WbPictureItem *item = data;

  g_free (item->key);
  g_free (item->person);
  g_free (item->title);
  g_free (item->user);
  g_free (item->address);
  g_free (item->domain);
  g_array_unref (item->rows);
  g_free (item->words);
  g_free (item->name);
  g_free (item);
}

gboolean
wb_picture_people_repeat (WbDraft *draft)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < wb_draft_get_n_mailboxes (draft); i++)
    {
      char *person = wb_draft_dup_person (draft, i);

      if (*person == '\0')
        g_free (person);
      else if (!g_hash_table_add (seen, person))
        return TRUE;
    }
  return FALSE;
}

gboolean
wb_picture_files_go_along (WbDraft *draft)
{
  switch (wb_draft_get_way (draft))
    {
    case WB_WAY_NEW_DOMAINS: return TRUE;
    case WB_WAY_SUBSCRIPTION: return g_str_equal (wb_draft_get_provider (draft), "GOOGLE");
    default: return FALSE;
    }
}

/* Making */

static char *
dup_title (const WbDraftMailbox *mailbox)
{
  g_autofree char *first = wb_format_text (mailbox->first_name), *last = wb_format_text (mailbox->last_name);

  if (*first != '\0' && *last != '\0')
    return g_strdup_printf ("%s %s", first, last);
  if (*first != '\0' || *last != '\0')
    return g_strconcat (first, last, NULL);
  return *mailbox->user_name != '\0' ? wb_format_text (mailbox->user_name) : g_strdup (_("No name yet"));
}

static WbPictureItem *
item_new (WbDraft *draft, guint row, char *key, const char *domain)
{
  const WbDraftMailbox *mailbox = wb_draft_get_mailbox (draft, row);
  WbPictureItem *item = g_new0 (WbPictureItem, 1);
  g_autofree char *address = wb_draft_dup_address (draft, row);

  item->key = key;
  item->person = wb_draft_dup_person (draft, row);
  if (*item->person == '\0')
    {
      g_free (item->person);
      item->person = g_strdup (address);
    }
  item->title = dup_title (mailbox);
  item->user = wb_format_text (mailbox->user_name);
  item->address = wb_format_text (address);
  item->domain = g_strdup (domain);
  item->rows = g_array_new (FALSE, FALSE, sizeof (guint));
  item->row = row;
  return item;
}

/* An address that is in the draft twice, or not yet filled in, still needs a key of its own. */
static char *
dup_address_key (WbDraft *draft, guint row, GHashTable *seen)
{
  g_autofree char *address = wb_draft_dup_address (draft, row);

  if (*address != '\0' && !g_hash_table_contains (seen, address))
    return g_steal_pointer (&address);
  return g_strdup_printf ("%s %u", address, row);
}

static char *
dup_person_key (WbDraft *draft, guint row)
{
  g_autofree char *person = wb_draft_dup_person (draft, row);

  return *person != '\0' ? g_strconcat ("person ", person, NULL) : NULL;
}

static void
add_row (GPtrArray *items, GHashTable *by_key, WbDraft *draft, guint row, WbPictureGrouping grouping)
{
  char *key = grouping == WB_GROUP_BY_PERSON ? dup_person_key (draft, row) : NULL;
  WbPictureItem *item;

  if (key == NULL)
    key = dup_address_key (draft, row, by_key);
  item = g_hash_table_lookup (by_key, key);
  if (item != NULL)
    g_free (key);
  else
    {
      item
          = item_new (draft, row, key, grouping == WB_GROUP_BY_DOMAIN ? wb_draft_get_mailbox (draft, row)->domain : "");
      g_hash_table_insert (by_key, item->key, item);
      g_ptr_array_add (items, item);
    }
  g_array_append_val (item->rows, row);
}

/* Groups stand in the order in which their domains come first; rows keep theirs within. */
static void
gather_domains (GPtrArray *items)
{
  g_autoptr (GHashTable) groups = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) order = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  guint at = 0;

  for (guint i = 0; i < items->len; i++)
    {
      WbPictureItem *item = items->pdata[i];
      GPtrArray *group = g_hash_table_lookup (groups, item->domain);

      if (group == NULL)
        {
          group = g_ptr_array_new ();
          g_hash_table_insert (groups, item->domain, group);
          g_ptr_array_add (order, group);
        }
      g_ptr_array_add (group, item);
    }
  for (guint i = 0; i < order->len; i++)
    {
      GPtrArray *group = order->pdata[i];

      for (guint j = 0; j < group->len; j++)
        items->pdata[at++] = group->pdata[j];
    }
}

GPtrArray *
wb_picture_items_new (WbDraft *draft, WbPictureGrouping grouping)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (item_free);
  g_autoptr (GHashTable) by_key = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < wb_draft_get_n_mailboxes (draft); i++)
    add_row (items, by_key, draft, i, grouping);
  if (grouping == WB_GROUP_BY_DOMAIN)
    gather_domains (items);
  return items;
}

gboolean
wb_picture_items_same (GPtrArray *a, GPtrArray *b)
{
  if (a == NULL || b == NULL || a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const WbPictureItem *one = a->pdata[i], *two = b->pdata[i];

      if (!g_str_equal (one->key, two->key) || !g_str_equal (one->domain, two->domain))
        return FALSE;
    }
  return TRUE;
}

WbPictureItem *
wb_picture_items_find_row (GPtrArray *items, guint row)
{
  for (guint i = 0; i < items->len; i++)
    {
      WbPictureItem *item = items->pdata[i];

      for (guint j = 0; j < item->rows->len; j++)
        if (g_array_index (item->rows, guint, j) == row)
          return item;
    }
  return NULL;
}

/* States */

/* Of a person whose mailboxes differ, the one that has what the person has. */
static guint
standing_row (WbDraft *draft, const WbPictureItem *item)
{
  for (guint i = 0; i < item->rows->len; i++)
    {
      guint row = g_array_index (item->rows, guint, i);
      const WbPlacement *placement = wb_draft_get_placement (draft, row);

      if (placement != NULL && *placement->address == '\0')
        return row;
    }
  return g_array_index (item->rows, guint, 0);
}

static const WbDraftFile *
file_of (WbDraft *draft, const WbPlacement *placement)
{
  return placement != NULL ? wb_draft_get_file (draft, placement->file) : NULL;
}

/* Who had a picture first: blob → item. */
static GHashTable *
first_owners (GPtrArray *items, WbDraft *draft)
{
  GHashTable *owners = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < items->len; i++)
    {
      WbPictureItem *item = items->pdata[i];
      const WbDraftFile *file = file_of (draft, wb_draft_get_placement (draft, item->row));

      if (file != NULL && *file->blob != '\0' && !g_hash_table_contains (owners, file->blob))
        g_hash_table_insert (owners, file->blob, item);
    }
  return owners;
}

static const char *
same_as (GHashTable *owners, const WbPictureItem *item, const WbDraftFile *file)
{
  const WbPictureItem *owner = file != NULL && *file->blob != '\0' ? g_hash_table_lookup (owners, file->blob) : NULL;

  return owner != NULL && !g_str_equal (owner->person, item->person) ? owner->title : NULL;
}

/* A person's second line counts the mailboxes that have the picture shown. */
static void
name_several (WbDraft *draft, WbPictureItem *item)
{
  guint n = item->rows->len, with = 0;

  for (guint i = 0; n > 1 && i < n; i++)
    {
      const WbPlacement *placement = wb_draft_get_placement (draft, g_array_index (item->rows, guint, i));

      with += (placement != NULL ? placement->file : 0) == item->file;
    }
  if (n < 2)
    return;
  g_free (item->user);
  item->user = with == n ? g_strdup_printf (ngettext ("%u mailbox", "%u mailboxes", n), n)
                         /* Translators: how many of a person's mailboxes have the picture shown */
                         : g_strdup_printf (ngettext ("%u of %u mailbox", "%u of %u mailboxes", n), with, n);
  g_free (item->address);
  item->address = g_strdup (item->user);
}

static void
set_words (WbPictureItem *item, const WbTileFacts *facts)
{
  g_autofree char *spoken = wb_tile_dup_spoken (facts);

  g_free (item->words);
  item->words = wb_tile_dup_words (facts);
  g_free (item->name);
  item->name = g_strdup_printf ("%s, %s, %s", item->title, item->address, spoken);
}

void
wb_picture_items_update (GPtrArray *items, WbDraft *draft, const WbPictureContext *context)
{
  gboolean along = wb_picture_files_go_along (draft);
  g_autoptr (GHashTable) owners = NULL;

  for (guint i = 0; i < items->len; i++)
    ((WbPictureItem *) items->pdata[i])->row = standing_row (draft, items->pdata[i]);
  owners = first_owners (items, draft);
  for (guint i = 0; i < items->len; i++)
    {
      WbPictureItem *item = items->pdata[i];
      WbTileFacts facts = { .placement = wb_draft_get_placement (draft, item->row), .left_behind = !along };

      facts.file = file_of (draft, facts.placement);
      facts.same_as = same_as (owners, item, facts.file);
      facts.working = context->working != NULL && g_hash_table_contains (context->working, item->key);
      facts.gone
          = facts.file != NULL && context->is_gone != NULL && context->is_gone (facts.file->id, context->user_data);
      item->state = wb_tile_state (&facts);
      item->file = facts.file != NULL ? facts.file->id : 0;
      item->other = facts.placement != NULL ? facts.placement->other : 0;
      name_several (draft, item);
      set_words (item, &facts);
    }
}
