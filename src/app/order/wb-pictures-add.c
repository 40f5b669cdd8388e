// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-step-pictures-private.h"

#include <glib/gi18n.h>

#include "wb-compat.h"
#include "wb-format.h"

/* Whatever way pictures come, they end in the draft's one pair of functions. */

const char *wb_pictures_mimes[]
    = { "image/png", "image/jpeg", "image/webp", "image/gif", "image/tiff", "image/bmp", NULL };

typedef struct {
  WbStepPictures *self; /* held */
  GCancellable *cancellable;
  char *key;            /* of the tile that waits, (nullable) */
  char *what;           /* name of the one thing that was dropped, (nullable) */
  guint roots;
} Batch;

static void
batch_free (Batch *batch)
{
  g_object_unref (batch->self);
  g_object_unref (batch->cancellable);
  g_free (batch->key);
  g_free (batch->what);
  g_free (batch);
}

/* Results */

static char *
dup_counts (const WbFilesResult *result)
{
  gboolean placed = result->placed > 0, to_place = result->to_place > 0, refused = result->refused > 0;

  if (placed && to_place && refused)
    return g_strdup_printf (_("%u placed, %u to place, %u refused"), result->placed, result->to_place, result->refused);
  if (placed && to_place)
    return g_strdup_printf (_("%u placed, %u to place"), result->placed, result->to_place);
  if (placed && refused)
    return g_strdup_printf (_("%u placed, %u refused"), result->placed, result->refused);
  if (to_place && refused)
    return g_strdup_printf (_("%u to place, %u refused"), result->to_place, result->refused);
  if (placed)
    return g_strdup_printf (ngettext ("%u picture placed", "%u pictures placed", result->placed), result->placed);
  if (to_place)
    return g_strdup_printf (ngettext ("%u picture to place", "%u pictures to place", result->to_place),
                            result->to_place);
  return g_strdup_printf (ngettext ("%u file refused", "%u files refused", result->refused), result->refused);
}

static char *
dup_nothing (const Batch *batch, const WbFilesResult *result)
{
  guint left = result->others + result->beside;
  g_autofree char *name = batch->what != NULL ? wb_format_isolated (batch->what) : NULL;

  if (batch->what == NULL)
    return g_strdup_printf (ngettext ("No pictures were found: %u file was left alone.",
                                      "No pictures were found: %u files were left alone.", left),
                            left);
  if (left == 0)
    /* Translators: %s is the name of a folder or file */
    return g_strdup_printf (_("No pictures were found in “%s”: it is empty."), name);
  /* Translators: %s is the name of a folder or file */
  return g_strdup_printf (ngettext ("No pictures were found in “%s”: %u other file was left alone.",
                                    "No pictures were found in “%s”: %u other files were left alone.", left),
                          name, left);
}

static void
on_undo (AdwToast *toast, WbStepPictures *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "order.undo", NULL);
}

/* What was passed over stands in lines of its own; a screen reader hears all of it at once. */
static void
tell_beside (WbStepPictures *self, const WbFilesResult *result, const char *before)
{
  g_autoptr (GString) said = g_string_new (before);
  g_autofree char *text = NULL;

  if (result->truncated)
    {
      wb_pictures_toast (self, _("Only the first 5,000 files were read."), NULL, NULL);
      g_string_append_printf (said, ". %s", _("Only the first 5,000 files were read."));
    }
  if (result->beside > 0)
    {
      text = g_strdup_printf (ngettext ("%u RAW file left alone", "%u RAW files left alone", result->beside),
                              result->beside);
      wb_pictures_toast (self, text, NULL, NULL);
      g_string_append_printf (said, ". %s", text);
    }
  wb_pictures_say (self, said->str);
}

static gboolean
placed_nothing (const WbFilesResult *result)
{
  return result->placed + result->to_place + result->refused == 0;
}

static void
on_choose_instead (AdwToast *toast, WbStepPictures *self)
{
  wb_pictures_choose_files (self, FALSE, -1);
}

static void
on_choose_folder_instead (AdwToast *toast, WbStepPictures *self)
{
  wb_pictures_choose_files (self, TRUE, -1);
}

/* In a Flatpak: dropped by a program that hands over paths alone. */
static void
say_out_of_reach (WbStepPictures *self, guint files)
{
  g_autofree char *text = g_strdup_printf (ngettext ("%u file cannot be seen from here: choose it instead.",
                                                     "%u files cannot be seen from here: choose them instead.", files),
                                           files);

  wb_pictures_toast (self, text, _("Choose…"), G_CALLBACK (on_choose_instead));
}

/* In a Flatpak files that cannot be read are a folder that the desktop's portal does not pass on. */
void
wb_pictures_say_unreadable (WbStepPictures *self, gboolean files)
{
  wb_pictures_toast (self, _("What was dropped could not be read: choose it instead."),
                     files ? _("Add Folder…") : _("Choose…"),
                     files ? G_CALLBACK (on_choose_folder_instead) : G_CALLBACK (on_choose_instead));
}

static void
tell (const Batch *batch, const WbFilesResult *result)
{
  WbStepPictures *self = batch->self;
  g_autofree char *text
      = result->no_picture || placed_nothing (result) ? dup_nothing (batch, result) : dup_counts (result);
  AdwToast *toast;

  if (result->no_picture || placed_nothing (result))
    {
      wb_pictures_toast (self, text, NULL, NULL);
      return;
    }
  toast = wb_pictures_toast (self, text, _("Undo"), G_CALLBACK (on_undo));
  /* It goes as soon as Undo would take back something else. */
  if (toast != NULL && g_set_object (&self->toast, toast))
    {
      const char *subject = NULL, *code = wb_draft_get_undo_code (wb_pictures_draft (self), &subject);

      g_free (self->toast_code);
      self->toast_code = g_strdup_printf ("%s %s", code, subject);
    }
  tell_beside (self, result, text);
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Batch *batch = user_data;
  WbStepPictures *self = batch->self;
  g_autoptr (GError) error = NULL;
  WbFilesResult counts = { 0 };
  gboolean added = wb_draft_add_files_finish (WB_DRAFT (source), result, &counts, &error);

  /* The page may have gone: the draft has the files all the same. */
  if (self->groups == NULL)
    {
      batch_free (batch);
      return;
    }
  if (batch->key != NULL)
    wb_picture_groups_set_working (self->groups, batch->key, FALSE);
  wb_pictures_update_reading (self);
  if (added && counts.out_of_reach > 0)
    say_out_of_reach (self, counts.out_of_reach);
  else if (added)
    tell (batch, &counts);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    wb_pictures_toast (self, _("Stopped. The pictures are as they were."), NULL, NULL);
  else
    {
      g_message ("pictures were not added: %s", error->message);
      wb_pictures_toast (self, _("The pictures could not be kept: there may be no room on the disk."), NULL, NULL);
    }
  batch_free (batch);
}

static Batch *
batch_new (WbStepPictures *self, int only_row)
{
  Batch *batch = g_new0 (Batch, 1);
  WbPictureItem *item
      = only_row >= 0 ? wb_picture_items_find_row (wb_picture_groups_get_items (self->groups), only_row) : NULL;

  if (self->cancellable == NULL)
    self->cancellable = g_cancellable_new ();
  batch->self = g_object_ref (self);
  batch->cancellable = g_object_ref (self->cancellable);
  batch->key = item != NULL ? g_strdup (item->key) : NULL;
  if (batch->key != NULL)
    wb_picture_groups_set_working (self->groups, batch->key, TRUE);
  return batch;
}

void
wb_pictures_add_paths (WbStepPictures *self, const char *const *paths, int only_row, const char *only_domain)
{
  Batch *batch;

  if (paths == NULL || paths[0] == NULL)
    return;
  batch = batch_new (self, only_row);
  if (paths[1] == NULL)
    batch->what = g_filename_display_basename (paths[0]);
  wb_draft_add_files_async (wb_pictures_draft (self), paths, only_row, only_domain, batch->cancellable, added_cb,
                            batch);
}

void
wb_pictures_add_image (WbStepPictures *self, GBytes *bytes, const char *mime, int only_row)
{
  Batch *batch = batch_new (self, only_row);
  /* Translators: what a picture without a name is called */
  g_autofree char *name
      = g_strdup_printf ("%s.%s", _("Pasted picture"), g_str_equal (mime, "image/jpeg") ? "jpg" : "png");

  wb_draft_add_bytes_async (wb_pictures_draft (self), bytes, name, only_row, batch->cancellable, added_cb, batch);
}

void
wb_pictures_stop_reading (WbStepPictures *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

void
wb_pictures_update_reading (WbStepPictures *self)
{
  guint done, files = wb_draft_get_reading (wb_pictures_draft (self), &done);
  g_autofree char *text = g_strdup_printf (ngettext ("Reading %u file", "Reading %u files", files), files);

  gtk_label_set_label (GTK_LABEL (self->reading_label), text);
  gtk_widget_set_visible (self->reading, files > 0);
}

/* Choosers */

typedef struct {
  WbStepPictures *self; /* held */
  int only_row;
} Choose;

static char **
dup_model_paths (GListModel *files, guint *remote)
{
  GSList *list = NULL;
  char **paths;

  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    list = g_slist_prepend (list, g_list_model_get_item (files, i));
  list = g_slist_reverse (list);
  paths = wb_pictures_dup_paths (list, remote);
  g_slist_free_full (list, g_object_unref);
  return paths;
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Choose *choose = user_data;
  g_autoptr (WbStepPictures) self = choose->self;
  g_autoptr (GListModel) files = wb_compat_choose_pictures_finish (result, NULL);
  guint remote = 0;
  g_auto (GStrv) paths = dup_model_paths (files, &remote);

  if (self->groups != NULL && paths[0] != NULL)
    wb_pictures_add_paths (self, (const char *const *) paths, choose->only_row, NULL);
  else if (self->groups != NULL && remote > 0)
    wb_pictures_say_remote (self);
  g_free (choose);
}

void
wb_pictures_choose_files (WbStepPictures *self, gboolean folder, int only_row)
{
  Choose *choose = g_new0 (Choose, 1);

  choose->self = g_object_ref (self);
  choose->only_row = only_row;
  wb_compat_choose_pictures_async (wb_pictures_window (self),
                                   folder          ? _("Add Folder")
                                   : only_row >= 0 ? _("Choose Picture")
                                                   : _("Add Pictures"),
                                   folder, NULL, chosen_cb, choose);
}

char **
wb_pictures_dup_paths (GSList *files, guint *remote)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  for (; files != NULL; files = files->next)
    {
      char *path = g_file_get_path (files->data);

      if (path != NULL)
        g_ptr_array_add (paths, path);
      else
        (*remote)++;
    }
  g_ptr_array_add (paths, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&paths), FALSE);
}

void
wb_pictures_say_remote (WbStepPictures *self)
{
  wb_pictures_toast (
      self, _("This is a web address, not a picture. Copy the picture itself and paste it, or save it first."), NULL,
      NULL);
}
