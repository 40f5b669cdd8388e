// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-step-pictures-private.h"

#include <glib/gi18n.h>

#include "wb-picture-chooser.h"
#include "wb-picture-popover.h"

/* What is done to tiles. Each is one step of undo with the names of whom it is about. */

static char *
dup_title (WbStepPictures *self, guint row)
{
  WbPictureItem *item = wb_picture_items_find_row (wb_picture_groups_get_items (self->groups), row);

  return g_strdup (item != NULL ? item->title : "");
}

static gboolean
is_unused (WbDraft *draft, guint file)
{
  g_autoptr (GArray) unplaced = wb_draft_dup_unplaced (draft);

  for (guint i = 0; i < unplaced->len; i++)
    if (g_array_index (unplaced, guint, i) == file)
      return TRUE;
  return FALSE;
}

WbPictureItem *
wb_pictures_single (WbStepPictures *self)
{
  g_autoptr (GPtrArray) items = wb_picture_groups_dup_selected (self->groups);

  return items->len == 1 ? items->pdata[0] : NULL;
}

/* Of one row of a person all mailboxes follow, unless the row alone has its picture. */
static gboolean
is_alone (WbDraft *draft, guint row)
{
  const WbPlacement *placement = wb_draft_get_placement (draft, row);

  return placement != NULL && *placement->address != '\0';
}

static void
on_only_here (AdwToast *toast, WbStepPictures *self)
{
  wb_pictures_act (self, "only-here");
}

/* What went to all mailboxes of a person can be kept to the one it was given to. */
static void
offer_only_here (WbStepPictures *self, guint row)
{
  WbDraft *draft = wb_pictures_draft (self);
  g_autofree char *person = wb_draft_dup_person (draft, row), *title = dup_title (self, row), *text = NULL;
  guint n = 0;

  if (wb_picture_groups_get_grouping (self->groups) == WB_GROUP_BY_PERSON || *person == '\0' || is_alone (draft, row))
    return;
  for (guint i = 0; i < wb_draft_get_n_mailboxes (draft); i++)
    {
      g_autofree char *other = wb_draft_dup_person (draft, i);

      n += g_str_equal (other, person);
    }
  if (n < 2)
    return;
  /* Translators: how many mailboxes, and the name of the person they are of */
  text = g_strdup_printf (ngettext ("Given to %u mailbox of %s", "Given to all %u mailboxes of %s", n), n, title);
  wb_pictures_toast (self, text, _("Only Here"), G_CALLBACK (on_only_here));
}

void
wb_pictures_give (WbStepPictures *self, guint file, guint row)
{
  WbDraft *draft = wb_pictures_draft (self);
  g_autofree char *title = dup_title (self, row);

  wb_draft_begin (draft, "place-picture", title);
  wb_draft_place (draft, file, row, TRUE, WB_PLACED_BY_HAND);
  wb_draft_end (draft);
  wb_picture_groups_show_row (self->groups, row);
  offer_only_here (self, row);
}

void
wb_pictures_move (WbStepPictures *self, guint from, guint to, gboolean copy)
{
  WbDraft *draft = wb_pictures_draft (self);
  const WbPlacement *moved = wb_draft_get_placement (draft, from), *there = wb_draft_get_placement (draft, to);
  g_autofree char *one = dup_title (self, from), *two = dup_title (self, to), *subject = NULL;
  guint file = moved != NULL ? moved->file : 0;

  if (file == 0 || from == to)
    return;
  /* Translators: the names of two people: whose picture goes, and to whom */
  subject = g_strdup_printf (_("%s to %s"), one, two);
  wb_draft_begin (draft, copy ? "copy-picture" : there != NULL ? "swap-pictures" : "move-picture", subject);
  if (copy)
    wb_draft_place (draft, file, to, TRUE, WB_PLACED_BY_HAND);
  else
    wb_draft_swap (draft, from, to);
  wb_draft_end (draft);
  wb_picture_groups_show_row (self->groups, to);
  if (copy)
    offer_only_here (self, to);
}

void
wb_pictures_take_off (WbStepPictures *self, guint row)
{
  WbDraft *draft = wb_pictures_draft (self);
  g_autofree char *title = dup_title (self, row);

  wb_draft_begin (draft, "take-off-picture", title);
  wb_draft_unplace (draft, row, !is_alone (draft, row));
  wb_draft_end (draft);
}

void
wb_pictures_remove_file (WbStepPictures *self, guint file)
{
  WbDraft *draft = wb_pictures_draft (self);
  const WbDraftFile *info = wb_draft_get_file (draft, file);
  g_autofree char *name = info != NULL ? g_strdup (info->file_name) : NULL;

  if (info == NULL)
    return;
  wb_draft_begin (draft, "remove-file", name);
  wb_draft_remove_file (draft, file);
  wb_draft_end (draft);
}

/* A picture that serves nobody any more leaves the draft too: it was meant to go. */
void
wb_pictures_remove_selected (WbStepPictures *self)
{
  WbDraft *draft = wb_pictures_draft (self);
  g_autoptr (GPtrArray) items = wb_picture_groups_dup_selected (self->groups);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree char *title = NULL;

  for (guint i = 0; i < items->len; i++)
    if (((WbPictureItem *) items->pdata[i])->file != 0)
      g_array_append_val (rows, ((WbPictureItem *) items->pdata[i])->row);
  if (rows->len == 0)
    return;
  title = rows->len == 1 ? dup_title (self, g_array_index (rows, guint, 0))
                         : g_strdup_printf (ngettext ("%u tile", "%u tiles", rows->len), rows->len);
  wb_draft_begin (draft, "remove-picture", title);
  for (guint i = 0; i < rows->len; i++)
    {
      guint row = g_array_index (rows, guint, i);
      const WbPlacement *placement = wb_draft_get_placement (draft, row);
      guint files[] = { placement != NULL ? placement->file : 0, placement != NULL ? placement->other : 0 };

      if (placement != NULL)
        wb_draft_unplace (draft, row, !is_alone (draft, row));
      for (guint j = 0; j < G_N_ELEMENTS (files); j++)
        if (files[j] != 0 && is_unused (draft, files[j]))
          wb_draft_remove_file (draft, files[j]);
    }
  wb_draft_end (draft);
}

void
wb_pictures_reset_selected (WbStepPictures *self)
{
  WbDraft *draft = wb_pictures_draft (self);
  g_autoptr (GPtrArray) items = wb_picture_groups_dup_selected (self->groups);
  g_autoptr (GArray) files = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree char *title = items->len == 1 ? g_strdup (((WbPictureItem *) items->pdata[0])->title)
                                           : g_strdup_printf (ngettext ("%u tile", "%u tiles", items->len), items->len);

  for (guint i = 0; i < items->len; i++)
    g_array_append_val (files, ((WbPictureItem *) items->pdata[i])->file);
  wb_picture_inspector_settle (self->inspector);
  wb_draft_begin (draft, "reset-crop", title);
  for (guint i = 0; i < files->len; i++)
    {
      const WbDraftFile *file = wb_draft_get_file (draft, g_array_index (files, guint, i));
      gboolean turned = file != NULL && file->info.orientation >= 5 && file->info.orientation <= 8;
      WbCrop crop;

      if (file == NULL || file->refused != 0)
        continue;
      wb_crop_start (&crop, turned ? file->info.height : file->info.width,
                     turned ? file->info.width : file->info.height);
      wb_draft_set_crop (draft, file->id, &crop);
    }
  wb_draft_end (draft);
}

void
wb_pictures_keep_only_here (WbStepPictures *self)
{
  WbDraft *draft = wb_pictures_draft (self);
  WbPictureItem *item = wb_pictures_single (self);
  const WbPlacement *placement = item != NULL ? wb_draft_get_placement (draft, item->row) : NULL;
  g_autofree char *title = item != NULL ? g_strdup (item->title) : NULL;
  guint file = placement != NULL ? placement->file : 0, row = item != NULL ? item->row : 0;

  if (file == 0 || is_alone (draft, row))
    return;
  wb_draft_begin (draft, "place-picture", title);
  wb_draft_unplace (draft, row, TRUE);
  wb_draft_place (draft, file, row, FALSE, WB_PLACED_BY_HAND);
  wb_draft_end (draft);
}

/* Choosing */

typedef struct {
  WbStepPictures *self; /* held */
  guint file;           /* to give, 0 = that of the row */
  guint row;
  GArray *rows;         /* that shall have the same, (nullable) */
} Pick;

static void
pick_free (gpointer data, GClosure *closure)
{
  Pick *pick = data;

  g_object_unref (pick->self);
  g_clear_pointer (&pick->rows, g_array_unref);
  g_free (pick);
}

static Pick *
pick_new (WbStepPictures *self, guint file, guint row)
{
  Pick *pick = g_new0 (Pick, 1);

  pick->self = g_object_ref (self);
  pick->file = file;
  pick->row = row;
  return pick;
}

static void
on_person_chosen (WbPictureChooser *chooser, guint row, Pick *pick)
{
  if (pick->self->groups == NULL)
    return;
  if (pick->file != 0)
    wb_pictures_give (pick->self, pick->file, row);
  else
    wb_pictures_move (pick->self, pick->row, row, FALSE);
}

static void
present_people (WbStepPictures *self, const char *title, Pick *pick)
{
  WbPictureChooser *chooser
      = wb_picture_chooser_new_for_people (wb_pictures_window (self), title, wb_pictures_draft (self), self->previews,
                                           wb_picture_groups_get_grouping (self->groups));

  g_signal_connect_data (chooser, "chosen", G_CALLBACK (on_person_chosen), pick, pick_free, 0);
  gtk_window_present (GTK_WINDOW (chooser));
}

void
wb_pictures_choose_person (WbStepPictures *self, guint file)
{
  present_people (self, _("Whose Picture Is This?"), pick_new (self, file, 0));
}

void
wb_pictures_give_to (WbStepPictures *self)
{
  WbPictureItem *item = wb_pictures_single (self);

  if (item != NULL && item->file != 0)
    present_people (self, _("Give To"), pick_new (self, 0, item->row));
}

static void
on_file_chosen (WbPictureChooser *chooser, guint file, Pick *pick)
{
  WbDraft *draft = wb_pictures_draft (pick->self);
  g_autofree char *title = g_strdup_printf (ngettext ("%u tile", "%u tiles", pick->rows->len), pick->rows->len);

  wb_draft_begin (draft, "place-picture", title);
  for (guint i = 0; i < pick->rows->len; i++)
    wb_draft_place (draft, file, g_array_index (pick->rows, guint, i), TRUE, WB_PLACED_BY_HAND);
  wb_draft_end (draft);
}

void
wb_pictures_give_same (WbStepPictures *self)
{
  g_autoptr (GPtrArray) items = wb_picture_groups_dup_selected (self->groups);
  Pick *pick = pick_new (self, 0, 0);
  WbPictureChooser *chooser;

  pick->rows = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < items->len; i++)
    g_array_append_val (pick->rows, ((WbPictureItem *) items->pdata[i])->row);
  chooser = wb_picture_chooser_new_for_files (wb_pictures_window (self), _("Give Same Picture"),
                                              wb_pictures_draft (self), self->previews);
  g_signal_connect_data (chooser, "chosen", G_CALLBACK (on_file_chosen), pick, pick_free, 0);
  gtk_window_present (GTK_WINDOW (chooser));
}

void
wb_pictures_choose_file (WbStepPictures *self)
{
  WbPictureItem *item = wb_pictures_single (self);

  wb_pictures_choose_files (self, FALSE, item != NULL ? (int) item->row : -1);
}

static void
on_between_chosen (WbPicturePopover *popover, guint file, WbStepPictures *self)
{
  WbDraft *draft = wb_pictures_draft (self);
  guint row = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (popover), "row"));
  g_autofree char *title = dup_title (self, row);

  wb_draft_begin (draft, "choose-picture", title);
  wb_draft_choose (draft, row, file);
  wb_draft_end (draft);
}

void
wb_pictures_open_popover (WbStepPictures *self, GtkWidget *popover, WbPictureTile *tile)
{
  g_object_set_data (G_OBJECT (popover), "row", GUINT_TO_POINTER (wb_picture_tile_get_item (tile)->row));
  g_signal_connect_object (popover, "act", G_CALLBACK (wb_pictures_act), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (popover, "chosen", G_CALLBACK (on_between_chosen), self, 0);
  wb_picture_popover_open (GTK_POPOVER (popover), GTK_WIDGET (self->groups), wb_picture_tile_get_preview (tile));
}

void
wb_pictures_choose_between (WbStepPictures *self)
{
  WbPictureItem *item = wb_pictures_single (self);
  WbPictureTile *tile = item != NULL ? wb_picture_groups_find (self->groups, item->key) : NULL;

  if (tile != NULL && item->state == WB_TILE_AMBIGUOUS)
    wb_pictures_open_popover (
        self, GTK_WIDGET (wb_picture_popover_new_two (wb_pictures_draft (self), self->previews, item)), tile);
}

/* The crop */

void
wb_pictures_crop (WbStepPictures *self)
{
  wb_pictures_show_side (self, TRUE);
  wb_picture_inspector_focus_crop (self->inspector);
}

void
wb_pictures_rotate (WbStepPictures *self)
{
  wb_picture_inspector_turn (self->inspector);
}

void
wb_pictures_take_off_selected (WbStepPictures *self)
{
  WbPictureItem *item = wb_pictures_single (self);

  if (item != NULL && item->file != 0)
    wb_pictures_take_off (self, item->row);
}

void
wb_pictures_cut (WbStepPictures *self)
{
  WbPictureItem *item = wb_pictures_single (self);

  if (item == NULL || item->file == 0)
    return;
  wb_picture_groups_set_taken (self->groups, item->key);
  wb_pictures_say (self, _("Picture taken up. Go to another tile and paste it there."));
}
