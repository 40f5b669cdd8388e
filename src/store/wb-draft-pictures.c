// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-draft-state-private.h"

#include "wb-match-private.h"

#include <string.h>

/* Files only ever come; what a person does to them is in the state, and undone with it. */

GPtrArray *
wb_draft_edit_files (WbDraft *self)
{
  if (self->files_shared)
    {
      GPtrArray *copy = wb_item_list_copy (self->files, wb_file_item_free);

      g_ptr_array_unref (self->files);
      self->files = copy;
      self->files_shared = FALSE;
    }
  g_clear_pointer (&self->visible, g_ptr_array_unref);
  return self->files;
}

static int
find_place (GPtrArray *files, guint id)
{
  guint low = 0, high = files->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      const WbFileItem *item = files->pdata[middle];

      if (item->pub.id == id)
        return middle;
      if (item->pub.id < id)
        low = middle + 1;
      else
        high = middle;
    }
  return -1;
}

WbFileItem *
wb_draft_find_file (WbDraft *self, guint id)
{
  int place = id != 0 ? find_place (self->files, id) : -1;

  return place >= 0 ? self->files->pdata[place] : NULL;
}

void
wb_draft_replace_file (WbDraft *self, WbFileItem *item)
{
  GPtrArray *files = wb_draft_edit_files (self);
  int place = find_place (files, item->pub.id);

  g_assert (place >= 0);
  wb_file_item_free (files->pdata[place]);
  files->pdata[place] = item;
}

static void
start_crop (const WbFileItem *item, WbCrop *crop)
{
  gboolean turned = item->pub.info.orientation >= 5 && item->pub.info.orientation <= 8;

  wb_crop_start (crop, turned ? item->pub.info.height : item->pub.info.width,
                 turned ? item->pub.info.width : item->pub.info.height);
}

static gboolean
crops_same (const WbCrop *a, const WbCrop *b)
{
  return a->x == b->x && a->y == b->y && a->zoom == b->zoom && a->turns == b->turns;
}

static void
sync_file (WbDraft *self, WbFileItem *item, const WbFileEdit *edit)
{
  gboolean removed = edit == NULL;
  WbCrop crop;
  WbFileItem *copy;

  start_crop (item, &crop);
  if (edit != NULL && edit->cropped)
    crop = edit->crop;
  if (item->removed == removed && crops_same (&item->pub.crop, &crop))
    return;
  copy = wb_file_item (item);
  copy->removed = removed;
  copy->pub.crop = crop;
  if (copy->pub.made[0] != '\0' && !wb_crop_equal (&copy->made_crop, &crop))
    {
      copy->pub.made[0] = '\0';
      copy->pub.made_bytes = 0;
    }
  wb_draft_replace_file (self, copy);
}

void
wb_draft_sync_files (WbDraft *self)
{
  GPtrArray *edits = self->state.lists[WB_LIST_EDITS];
  g_autoptr (GHashTable) by_file = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < edits->len; i++)
    g_hash_table_insert (by_file, GUINT_TO_POINTER (((WbFileEdit *) edits->pdata[i])->file), edits->pdata[i]);
  for (guint i = 0; i < self->files->len; i++)
    {
      WbFileItem *item = self->files->pdata[i];

      sync_file (self, item, g_hash_table_lookup (by_file, GUINT_TO_POINTER (item->pub.id)));
    }
}

GPtrArray *
wb_draft_get_files (WbDraft *self)
{
  if (self->visible == NULL)
    {
      self->visible = g_ptr_array_new ();
      for (guint i = 0; i < self->files->len; i++)
        if (!((WbFileItem *) self->files->pdata[i])->removed)
          g_ptr_array_add (self->visible, self->files->pdata[i]);
    }
  return self->visible;
}

const WbDraftFile *
wb_draft_get_file (WbDraft *self, guint id)
{
  WbFileItem *item = wb_draft_find_file (self, id);

  return item != NULL && !item->removed ? &item->pub : NULL;
}

GArray *
wb_draft_dup_unplaced (WbDraft *self)
{
  GPtrArray *files = wb_draft_get_files (self);
  WbDraftIndex *index = wb_draft_index (self);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < files->len; i++)
    {
      const WbDraftFile *file = files->pdata[i];

      if (!g_hash_table_contains (index->used, GUINT_TO_POINTER (file->id)))
        g_array_append_val (ids, file->id);
    }
  return ids;
}

static const WbDraftRow *
get_row (WbDraft *self, guint row)
{
  GPtrArray *rows = self->state.lists[WB_LIST_MAILBOXES];

  return row < rows->len ? rows->pdata[row] : NULL;
}

/* The slot of a person, or of one address; either text may be "". */
static int
find_placement (WbDraft *self, const char *person, const char *address)
{
  GPtrArray *placements = self->state.lists[WB_LIST_PLACEMENTS];

  for (guint i = 0; i < placements->len; i++)
    {
      const WbPlacement *placement = placements->pdata[i];

      if (strcmp (placement->address, address) == 0 && strcmp (placement->person, person) == 0)
        return i;
    }
  return -1;
}

static void
put_placement (WbDraft *self, const WbPlacement *placement)
{
  int place = find_placement (self, placement->person, placement->address);
  GPtrArray *list = wb_draft_edit (self, WB_LIST_PLACEMENTS, WB_DRAFT_PICTURES);
  WbPlacement *item = wb_placement_item (placement);

  if (place < 0)
    g_ptr_array_add (list, item);
  else
    {
      wb_draft_list_free_func (WB_LIST_PLACEMENTS) (list->pdata[place]);
      list->pdata[place] = item;
    }
}

static void
drop_placement (WbDraft *self, const char *person, const char *address)
{
  int place = find_placement (self, person, address);

  if (place >= 0)
    g_ptr_array_remove_index (wb_draft_edit (self, WB_LIST_PLACEMENTS, WB_DRAFT_PICTURES), place);
}

static int
find_edit (WbDraft *self, guint file)
{
  GPtrArray *edits = self->state.lists[WB_LIST_EDITS];

  for (guint i = 0; i < edits->len; i++)
    if (((WbFileEdit *) edits->pdata[i])->file == file)
      return i;
  return -1;
}

static gboolean
is_cropped (WbDraft *self, guint file)
{
  int place = find_edit (self, file);

  return place >= 0 && ((WbFileEdit *) self->state.lists[WB_LIST_EDITS]->pdata[place])->cropped;
}

static WbPlaced
how_placed (WbDraft *self, guint file, WbPlaced how)
{
  return is_cropped (self, file) ? WB_PLACED_CROPPED : how;
}

/**
 * wb_draft_place:
 * @whole_person: all mailboxes of the person of @row, those added later too; else its address alone
 */
void
wb_draft_place (WbDraft *self, guint file, guint row, gboolean whole_person, WbPlaced how)
{
  const WbDraftRow *item = get_row (self, row);
  gboolean person = whole_person && item != NULL && item->person[0] != '\0';
  WbPlacement placement = { .file = file, .how = how_placed (self, file, how) };

  if (item == NULL || wb_draft_get_file (self, file) == NULL)
    return;
  placement.person = person ? item->person : (char *) "";
  placement.address = person ? (char *) "" : item->address;
  wb_draft_begin (self, "place-picture", item->address);
  put_placement (self, &placement);
  if (person)
    drop_placement (self, "", item->address);
  wb_draft_end (self);
}

/* An address whose person has a picture needs a slot of its own that says none. */
static void
clear_address (WbDraft *self, const WbDraftRow *row)
{
  WbPlacement none = { .person = (char *) "", .address = row->address, .how = WB_PLACED_BY_HAND };

  if (row->person[0] != '\0' && find_placement (self, row->person, "") >= 0)
    put_placement (self, &none);
  else
    drop_placement (self, "", row->address);
}

void
wb_draft_unplace (WbDraft *self, guint row, gboolean whole_person)
{
  const WbDraftRow *item = get_row (self, row);

  if (item == NULL || wb_draft_get_placement (self, row) == NULL)
    return;
  wb_draft_begin (self, "remove-picture", item->address);
  if (whole_person && item->person[0] != '\0')
    {
      drop_placement (self, item->person, "");
      drop_placement (self, "", item->address);
    }
  else
    clear_address (self, item);
  wb_draft_end (self);
}

typedef struct {
  const WbDraftRow *row;
  const WbPlacement *placement; /* NULL: nothing there */
  gboolean alone;
} Slot;

static void
fill_slot (WbDraft *self, const Slot *slot, const WbPlacement *with)
{
  WbPlacement placement;

  if (with == NULL)
    {
      if (slot->alone)
        clear_address (self, slot->row);
      else
        drop_placement (self, slot->row->person, "");
      return;
    }
  placement = *with;
  placement.person = slot->alone ? (char *) "" : slot->row->person;
  placement.address = slot->alone ? slot->row->address : (char *) "";
  placement.how = how_placed (self, with->file, WB_PLACED_BY_HAND);
  put_placement (self, &placement);
}

static gboolean
slots_same (const Slot *a, const Slot *b)
{
  return a->row == b->row || (!a->alone && !b->alone && strcmp (a->row->person, b->row->person) == 0);
}

/**
 * wb_draft_swap:
 *
 * Moves the picture of @row_a to @row_b, and that of @row_b back where it has one. A picture that serves
 * a person goes to the other person, one that serves an address alone to the other's address.
 */
void
wb_draft_swap (WbDraft *self, guint row_a, guint row_b)
{
  Slot a = { get_row (self, row_a), wb_draft_get_placement (self, row_a), FALSE };
  Slot b = { get_row (self, row_b), wb_draft_get_placement (self, row_b), FALSE };
  g_autoptr (GPtrArray) held = NULL;

  if (a.row == NULL || b.row == NULL || a.placement == NULL)
    return;
  a.alone = a.placement->address[0] != '\0';
  b.alone = b.placement != NULL ? b.placement->address[0] != '\0' : a.alone || b.row->person[0] == '\0';
  if (slots_same (&a, &b))
    return;
  /* The items outlive the list that lends them while both slots are written. */
  held = wb_item_list_copy (self->state.lists[WB_LIST_PLACEMENTS], wb_draft_list_free_func (WB_LIST_PLACEMENTS));
  wb_draft_begin (self, "move-picture", b.row->address);
  fill_slot (self, &b, a.placement);
  fill_slot (self, &a, b.placement);
  wb_draft_end (self);
}

void
wb_draft_choose (WbDraft *self, guint row, guint file)
{
  const WbPlacement *found = wb_draft_get_placement (self, row);
  WbPlacement placement;

  if (found == NULL || (found->file != file && found->other != file))
    return;
  placement = *found;
  placement.file = file;
  placement.other = 0;
  placement.how = how_placed (self, file, WB_PLACED_BY_HAND);
  wb_draft_begin (self, "choose-picture",
                  wb_draft_get_file (self, file) != NULL ? wb_draft_get_file (self, file)->file_name : NULL);
  put_placement (self, &placement);
  wb_draft_end (self);
}

static void
put_edit (WbDraft *self, const WbFileEdit *edit)
{
  int place = find_edit (self, edit->file);
  GPtrArray *edits = wb_draft_edit (self, WB_LIST_EDITS, WB_DRAFT_PICTURES);

  if (place >= 0)
    g_ptr_array_remove_index (edits, place);
  g_ptr_array_add (edits, wb_file_edit_item (edit));
}

/* What a hand has cropped is not replaced by a match, and says so on its tiles. */
static void
mark_cropped (WbDraft *self, guint file, gboolean cropped)
{
  for (guint i = 0; i < self->state.lists[WB_LIST_PLACEMENTS]->len; i++)
    {
      WbPlacement placement = *(WbPlacement *) self->state.lists[WB_LIST_PLACEMENTS]->pdata[i];
      WbPlaced how = cropped ? WB_PLACED_CROPPED : WB_PLACED_BY_HAND;

      if (placement.file != file || placement.how == how || (!cropped && placement.how == WB_PLACED_BY_NAME))
        continue;
      placement.how = how;
      put_placement (self, &placement);
    }
}

void
wb_draft_set_crop (WbDraft *self, guint file, const WbCrop *crop)
{
  WbFileItem *item = wb_draft_find_file (self, file);
  WbFileEdit edit = { .file = file, .crop = *crop };
  WbCrop start;

  if (item == NULL || item->removed || crops_same (&item->pub.crop, crop))
    return;
  start_crop (item, &start);
  edit.cropped = !crops_same (&start, crop) && !wb_crop_equal (&start, crop);
  wb_draft_begin (self, "crop-picture", item->pub.file_name);
  put_edit (self, &edit);
  mark_cropped (self, file, edit.cropped);
  wb_draft_end (self);
}

/* A second file that fits moves up where the first one goes. */
static void
take_out (WbDraft *self, guint file)
{
  for (guint i = self->state.lists[WB_LIST_PLACEMENTS]->len; i > 0; i--)
    {
      WbPlacement placement = *(WbPlacement *) self->state.lists[WB_LIST_PLACEMENTS]->pdata[i - 1];

      if (placement.file != file && placement.other != file)
        continue;
      if (placement.file == file)
        placement.file = placement.other;
      placement.other = 0;
      if (placement.file != 0)
        put_placement (self, &placement);
      else
        g_ptr_array_remove_index (wb_draft_edit (self, WB_LIST_PLACEMENTS, WB_DRAFT_PICTURES), i - 1);
    }
}

void
wb_draft_remove_file (WbDraft *self, guint file)
{
  WbFileItem *item = wb_draft_find_file (self, file);

  if (item == NULL || item->removed)
    return;
  wb_draft_begin (self, "remove-picture", item->pub.file_name);
  take_out (self, file);
  g_ptr_array_remove_index (wb_draft_edit (self, WB_LIST_EDITS, WB_DRAFT_PICTURES), find_edit (self, file));
  wb_draft_end (self);
}
