// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-picture-inspector-private.h"

#include <glib/gi18n.h>

#include "wb-crop-view.h"
#include "wb-format.h"
#include "wb-round-preview.h"

#define CROP_SIDE 640 /* sharp at 4× in a window of 148 px */

guint wb_inspector_signals[WB_N_INSPECTOR_SIGNALS];

G_DEFINE_FINAL_TYPE (WbPictureInspector, wb_picture_inspector, GTK_TYPE_WIDGET)

/* Pictures */

static void
show_rounds (WbPictureInspector *self)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));

  for (guint i = 0; i < WB_N_INSPECTOR_SIDES; i++)
    {
      g_autoptr (GdkTexture) texture
          = self->file != 0 ? wb_preview_cache_dup (self->previews, self->file, wb_inspector_sides[i] * scale) : NULL;

      wb_round_preview_set_textures (WB_ROUND_PREVIEW (self->round[i]), texture, NULL);
    }
}

static void
upright_size (const WbPictureInfo *info, guint *width, guint *height)
{
  gboolean turned = info->orientation >= 5 && info->orientation <= 8;

  *width = turned ? info->height : info->width;
  *height = turned ? info->width : info->height;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = wb_draft_load_preview_finish (WB_DRAFT (source), result, &error);
  WbPictureInspector *self;
  const WbDraftFile *file;
  guint width, height;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = user_data;
  file = wb_draft_get_file (self->draft, self->file);
  if (file == NULL || pixbuf == NULL)
    return;
  upright_size (&file->info, &width, &height);
  self->loaded = self->file;
  wb_crop_view_set_picture (WB_CROP_VIEW (self->crop), pixbuf, width, height);
}

static void
load (WbPictureInspector *self)
{
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loaded = 0;
  wb_crop_view_set_picture (WB_CROP_VIEW (self->crop), NULL, 1, 1);
  if (self->file == 0)
    return;
  self->loading = g_cancellable_new ();
  wb_draft_load_preview_async (self->draft, self->file, CROP_SIDE, self->loading, loaded_cb, self);
}

/* The crop */

static void
show_zoom (WbPictureInspector *self)
{
  self->updating = TRUE;
  gtk_range_set_value (GTK_RANGE (self->zoom), wb_crop_view_get_crop (WB_CROP_VIEW (self->crop))->zoom);
  self->updating = FALSE;
}

void
wb_inspector_on_crop_changed (WbPictureInspector *self)
{
  show_zoom (self);
  if (self->file == 0)
    return;
  wb_preview_cache_set_crop (self->previews, self->file, wb_crop_view_get_crop (WB_CROP_VIEW (self->crop)));
  show_rounds (self);
  g_signal_emit (self, wb_inspector_signals[WB_INSPECTOR_CROP_CHANGED], 0);
}

void
wb_inspector_on_crop_settled (WbPictureInspector *self)
{
  guint file = self->file;

  if (file == 0 || self->loaded != file)
    return;
  wb_preview_cache_set_crop (self->previews, file, NULL);
  wb_draft_begin (self->draft, "crop-picture", self->title_text);
  wb_draft_set_crop (self->draft, file, wb_crop_view_get_crop (WB_CROP_VIEW (self->crop)));
  wb_draft_end (self->draft);
}

void
wb_inspector_on_zoom (WbPictureInspector *self)
{
  if (!self->updating)
    wb_crop_view_zoom (WB_CROP_VIEW (self->crop), gtk_range_get_value (GTK_RANGE (self->zoom)));
}

void
wb_inspector_on_smaller (WbPictureInspector *self)
{
  wb_crop_view_zoom (WB_CROP_VIEW (self->crop), wb_crop_view_get_crop (WB_CROP_VIEW (self->crop))->zoom / 1.1);
}

void
wb_inspector_on_larger (WbPictureInspector *self)
{
  wb_crop_view_zoom (WB_CROP_VIEW (self->crop), wb_crop_view_get_crop (WB_CROP_VIEW (self->crop))->zoom * 1.1);
}

void
wb_picture_inspector_settle (WbPictureInspector *self)
{
  wb_crop_view_settle (WB_CROP_VIEW (self->crop));
}

gboolean
wb_picture_inspector_focus_crop (WbPictureInspector *self)
{
  return self->file != 0 && gtk_widget_grab_focus (self->crop);
}

void
wb_picture_inspector_turn (WbPictureInspector *self)
{
  wb_crop_view_turn (WB_CROP_VIEW (self->crop), 1);
}

void
wb_picture_inspector_reset (WbPictureInspector *self)
{
  wb_crop_view_reset (WB_CROP_VIEW (self->crop));
}

/* Words */

static char *
dup_facts (const WbDraftFile *file)
{
  g_autofree char *name = wb_format_isolated (file->file_name), *size = wb_format_size (file->made_bytes);
  guint width, height, side = wb_picture_limits.side;
  GString *text = g_string_new (NULL);

  upright_size (&file->info, &width, &height);
  if (file->made_bytes == 0)
    /* Translators: file name, its width and height, then the side of what is sent, twice */
    g_string_printf (text, _("%s · %'u × %'u · will be sent as %u × %u JPEG, without place or camera data."), name,
                     width, height, side, side);
  else
    /* Translators: file name, its width and height, then the side of what is sent, twice, and its size */
    g_string_printf (text, _("%s · %'u × %'u · will be sent as %u × %u JPEG, %s, without place or camera data."), name,
                     width, height, side, side, size);
  /* A size is not torn apart at the end of a line. */
  g_string_replace (text, " × ", "\u00a0×\u00a0", 0);
  return g_string_free (text, FALSE);
}

static char *
dup_note (WbPictureInspector *self, const WbPictureItem *item)
{
  const WbDraftFile *file = wb_draft_get_file (self->draft, item->file);
  g_autofree char *name = file != NULL ? wb_format_isolated (file->file_name) : NULL;
  g_autofree char *reason = NULL;

  switch (item->state)
    {
    case WB_TILE_EMPTY: return g_strdup (_("No picture yet. Drop one on the tile, or choose a file."));
    case WB_TILE_AMBIGUOUS: return g_strdup (_("Two files fit this name. The first is used until you choose."));
    case WB_TILE_GONE: return g_strdup (_("The draft’s copy of this picture has vanished from the disk."));
    case WB_TILE_WORKING: return g_strdup (_("The file is being looked at."));
    case WB_TILE_LEFT_BEHIND: return g_strdup (_("This order takes no picture files. The picture stays in the draft."));
    case WB_TILE_SMALL: return g_strdup (_("The picture is small and will look soft. It can be sent as it is."));
    case WB_TILE_SAME: return g_strdup (_("Someone else in this order has the same picture. It can be sent as it is."));
    case WB_TILE_REFUSED:
      reason = file != NULL ? wb_refusal_dup_full (file) : g_strdup ("");
      return g_strdup_printf ("%s\n%s", name, reason);
    default: return NULL;
    }
}

/* Showing */

static void
show_text (GtkWidget *label, const char *text)
{
  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL);
}

static gboolean
has_crop (const WbPictureItem *item)
{
  return item->file != 0 && item->state != WB_TILE_REFUSED && item->state != WB_TILE_GONE
         && item->state != WB_TILE_AMBIGUOUS && item->state != WB_TILE_WORKING;
}

static void
show_file (WbPictureInspector *self, const WbPictureItem *item)
{
  const WbDraftFile *file = item != NULL && has_crop (item) ? wb_draft_get_file (self->draft, item->file) : NULL;
  guint id = file != NULL ? file->id : 0;
  g_autofree char *facts = file != NULL ? dup_facts (file) : NULL;

  gtk_widget_set_visible (self->crop_part, file != NULL);
  gtk_label_set_label (GTK_LABEL (self->facts), facts != NULL ? facts : "");
  if (self->file != id)
    {
      /* What still moves belongs to the file before. */
      wb_picture_inspector_settle (self);
      self->file = id;
      if (file != NULL)
        wb_crop_view_set_crop (WB_CROP_VIEW (self->crop), &file->crop);
      load (self);
    }
  else if (file != NULL && !wb_crop_equal (wb_crop_view_get_crop (WB_CROP_VIEW (self->crop)), &file->crop)
           && !wb_crop_view_is_moving (WB_CROP_VIEW (self->crop)))
    wb_crop_view_set_crop (WB_CROP_VIEW (self->crop), &file->crop);
  show_zoom (self);
  show_rounds (self);
}

static void
show_one (WbPictureInspector *self, const WbPictureItem *item)
{
  g_autofree char *note = dup_note (self, item), *crop_name = NULL;

  g_free (self->title_text);
  self->title_text = g_strdup (item->title);
  show_text (self->title, item->title);
  show_text (self->subtitle, item->address);
  gtk_label_set_label (GTK_LABEL (self->name), item->title);
  show_text (self->note, note);
  wb_inspector_show_buttons (self, item->state);
  show_file (self, item);
  /* Translators: %s is the name of a person */
  crop_name = g_strdup_printf (_("Crop of %s"), item->title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->crop), GTK_ACCESSIBLE_PROPERTY_LABEL, crop_name, -1);
}

void
wb_picture_inspector_show (WbPictureInspector *self, GPtrArray *items)
{
  g_autofree char *title = NULL;

  if (items->len == 1)
    {
      show_one (self, items->pdata[0]);
      return;
    }
  title = g_strdup_printf (ngettext ("%u tile selected", "%u tiles selected", items->len), items->len);
  show_text (self->title, items->len > 0 ? title : _("Nothing Selected"));
  show_text (self->subtitle, NULL);
  show_text (self->note, items->len > 0 ? NULL : _("Select a tile to see its picture large and to crop it."));
  wb_inspector_show_buttons (self, items->len > 0 ? WB_N_TILE_STATES : WB_TILE_MATCHED);
  show_file (self, NULL);
}

/* Life */

/* As high as its content is at this width, so that the list below begins there; less, and it scrolls. A
 * scrolled window by itself takes the height of unwrapped text. */
static void
wb_picture_inspector_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                              int *minimum_baseline, int *natural_baseline)
{
  WbPictureInspector *self = WB_PICTURE_INSPECTOR (widget);

  gtk_widget_measure (self->scroller, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    gtk_widget_measure (self->box, orientation, for_size, NULL, natural, NULL, NULL);
  *natural = MAX (*natural, *minimum);
}

static void
wb_picture_inspector_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_allocate (WB_PICTURE_INSPECTOR (widget)->scroller, width, height, baseline, NULL);
}

static GtkSizeRequestMode
wb_picture_inspector_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
wb_picture_inspector_dispose (GObject *object)
{
  WbPictureInspector *self = WB_PICTURE_INSPECTOR (object);

  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->previews);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->title_text, g_free);
  G_OBJECT_CLASS (wb_picture_inspector_parent_class)->dispose (object);
}

static void
wb_picture_inspector_class_init (WbPictureInspectorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_picture_inspector_dispose;
  widget_class->measure = wb_picture_inspector_measure;
  widget_class->size_allocate = wb_picture_inspector_size_allocate;
  widget_class->get_request_mode = wb_picture_inspector_get_request_mode;
  wb_inspector_signals[WB_INSPECTOR_ACT] = g_signal_new ("act", WB_TYPE_PICTURE_INSPECTOR, G_SIGNAL_RUN_LAST, 0, NULL,
                                                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  wb_inspector_signals[WB_INSPECTOR_CROP_CHANGED]
    = g_signal_new ("crop-changed", WB_TYPE_PICTURE_INSPECTOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  wb_inspector_signals[WB_INSPECTOR_CLOSE]
    = g_signal_new ("close", WB_TYPE_PICTURE_INSPECTOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_picture_inspector_init (WbPictureInspector *self)
{
  wb_inspector_build (self);
}

static void
on_preview_ready (WbPreviewCache *previews, guint file, WbPictureInspector *self)
{
  if (file == self->file)
    show_rounds (self);
}

GtkWidget *
wb_picture_inspector_new (WbDraft *draft, WbPreviewCache *previews)
{
  WbPictureInspector *self = g_object_new (WB_TYPE_PICTURE_INSPECTOR, NULL);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  self->draft = g_object_ref (draft);
  self->previews = g_object_ref (previews);
  g_signal_connect_object (previews, "ready", G_CALLBACK (on_preview_ready), self, 0);
  wb_picture_inspector_show (self, none);
  return GTK_WIDGET (self);
}
