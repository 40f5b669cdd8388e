// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-draft-state-private.h"

static guint *
count_of (WbPictureCounts *counts, const WbPlacement *placement, const WbDraftFile *file)
{
  if (file == NULL)
    return &counts->without;
  if (file->refused != 0)
    return &counts->refused;
  return placement->other != 0 ? &counts->to_check : &counts->ready;
}

/**
 * wb_draft_count_pictures:
 * @counts: (out caller-allocates): each mailbox counts once, as ready, to check, refused or without
 *
 * A person's picture goes into the part of each of his mailboxes, so that it adds to the upload as often;
 * what is not made yet adds nothing.
 */
void
wb_draft_count_pictures (WbDraft *self, WbPictureCounts *counts)
{
  g_autoptr (GHashTable) files = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) unplaced = wb_draft_dup_unplaced (self);
  WbPictureCounts sum = { .mailboxes = wb_draft_get_n_mailboxes (self), .unplaced = unplaced->len };

  for (guint row = 0; row < sum.mailboxes; row++)
    {
      const WbPlacement *placement = wb_draft_get_placement (self, row);
      const WbDraftFile *file = placement != NULL ? wb_draft_get_file (self, placement->file) : NULL;

      (*count_of (&sum, placement, file))++;
      if (file == NULL || file->refused != 0)
        continue;
      sum.upload_bytes += file->made_bytes;
      if (g_hash_table_add (files, GUINT_TO_POINTER (file->id)))
        sum.pictures++;
    }
  *counts = sum;
}
