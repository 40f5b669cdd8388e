// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-step-pictures-private.h"

#include <glib/gi18n.h>

#include "wb-format.h"
#include "wb-picture-drag.h"

/* One drop target for the whole window: what lies under the pointer is picked at each motion, so that no
 * enter or leave of nested targets can be missed (after a drop no leave comes). */

#define EDGE 48
#define NOT_OURS (-2) /* dragged from the window of another draft */

gboolean
wb_pictures_is_inside (GdkDrop *drop)
{
  return gdk_content_formats_contain_gtype (gdk_drop_get_formats (drop), WB_TYPE_PICTURE_DRAG);
}

gboolean
wb_pictures_has_files (GdkDrop *drop)
{
  GdkContentFormats *formats = gdk_drop_get_formats (drop);

  return gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST)
         || gdk_content_formats_contain_mime_type (formats, "text/uri-list");
}

gboolean
wb_pictures_has_image (GdkDrop *drop)
{
  for (guint i = 0; wb_pictures_mimes[i] != NULL; i++)
    if (gdk_content_formats_contain_mime_type (gdk_drop_get_formats (drop), wb_pictures_mimes[i]))
      return TRUE;
  return FALSE;
}

/* What is under the pointer */

static WbPictureSpot
spot_at (WbStepPictures *self, double x, double y)
{
  GtkWidget *picked = gtk_widget_pick (self->root, x, y, GTK_PICK_DEFAULT);
  WbPictureSpot spot = { NULL, NULL, FALSE };

  if (picked == NULL)
    return spot;
  spot.tile = wb_picture_groups_tile_of (picked);
  spot.domain = wb_picture_groups_domain_of (self->groups, picked);
  spot.unplaced = picked == GTK_WIDGET (self->unplaced) || gtk_widget_is_ancestor (picked, GTK_WIDGET (self->unplaced));
  return spot;
}

static char *
dup_inside_words (WbStepPictures *self, const WbPictureSpot *spot)
{
  const WbPictureItem *item = spot->tile != NULL ? wb_picture_tile_get_item (spot->tile) : NULL;

  if (spot->unplaced)
    return self->over_row >= 0 ? g_strdup (_("Drop to take it off")) : NULL;
  if (item == NULL || self->over_row == NOT_OURS || (self->over_row >= 0 && item->row == (guint) self->over_row))
    return NULL;
  if (item->file != 0 && self->over_row >= 0)
    /* Translators: %s is the name of a person */
    return g_strdup_printf (_("Drop to swap with %s"), item->title);
  return g_strdup_printf (_("Drop to give it to %s"), item->title);
}

static char *
dup_words (WbStepPictures *self, const WbPictureSpot *spot)
{
  if (wb_pictures_is_inside (self->over))
    return dup_inside_words (self, spot);
  if (spot->tile != NULL && self->over_files > 1)
    return g_strdup (_("Only the first fits here; the rest are matched by name"));
  if (spot->tile != NULL)
    return g_strdup_printf (_("Drop to give it to %s"), wb_picture_tile_get_item (spot->tile)->title);
  if (self->over_image)
    return g_strdup (_("Drop the picture: it waits at the side until you say whose it is"));
  if (spot->domain != NULL)
    /* Translators: %s is a domain */
    return g_strdup_printf (_("Match only within %s"), spot->domain);
  if (self->over_files < 0)
    return g_strdup (_("Drop files: they go to their mailboxes by name"));
  return g_strdup_printf (ngettext ("Drop %u file: it goes to its mailbox by name",
                                    "Drop %u files: they go to their mailboxes by name", (guint) self->over_files),
                          (guint) self->over_files);
}

/* Shows what would happen; FALSE when nothing would. */
static gboolean
light (WbStepPictures *self, const WbPictureSpot *spot)
{
  g_autofree char *words = spot != NULL ? dup_words (self, spot) : NULL;
  gboolean inside = self->over != NULL && wb_pictures_is_inside (self->over);
  WbPictureTile *tile = spot != NULL && words != NULL ? spot->tile : NULL;

  if (self->target != tile)
    {
      if (self->target != NULL)
        wb_picture_tile_set_target (self->target, FALSE);
      if (tile != NULL)
        wb_picture_tile_set_target (tile, TRUE);
      g_set_weak_pointer (&self->target, tile);
    }
  wb_picture_groups_mark_domain (self->groups,
                                 spot != NULL && !inside && spot->tile == NULL && words != NULL ? spot->domain : NULL);
  wb_unplaced_list_set_target (self->unplaced, spot != NULL && inside && spot->unplaced && words != NULL);
  gtk_widget_set_visible (self->frame, spot != NULL && !inside);
  gtk_widget_set_visible (self->strip, words != NULL);
  gtk_label_set_label (GTK_LABEL (self->strip_label), words != NULL ? words : "");
  return words != NULL;
}

/* Scrolling near the edges */

static gboolean
on_scroll_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  WbStepPictures *self = WB_PICTURES_STEP (widget);
  GtkAdjustment *adjustment = wb_picture_groups_get_adjustment (self->groups);

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + self->scroll_by);
  return G_SOURCE_CONTINUE;
}

static void
scroll_by (WbStepPictures *self, double by)
{
  self->scroll_by = by;
  if (by != 0 && self->scroll_id == 0)
    self->scroll_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_scroll_tick, NULL, NULL);
  else if (by == 0 && self->scroll_id != 0)
    {
      gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->scroll_id);
      self->scroll_id = 0;
    }
}

static void
scroll_near (WbStepPictures *self, double x, double y)
{
  graphene_rect_t bounds;
  double above, below;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self->groups))
      || !gtk_widget_compute_bounds (GTK_WIDGET (self->groups), self->root, &bounds) || x < bounds.origin.x
      || x > bounds.origin.x + bounds.size.width)
    {
      scroll_by (self, 0);
      return;
    }
  above = y - bounds.origin.y;
  below = bounds.origin.y + bounds.size.height - y;
  if (above >= 0 && above < EDGE)
    scroll_by (self, -(EDGE - above) / 3);
  else if (below >= 0 && below < EDGE)
    scroll_by (self, (EDGE - below) / 3);
  else
    scroll_by (self, 0);
}

/* Over the window */

static void
forget (WbStepPictures *self)
{
  if (self->over_cancellable != NULL)
    g_cancellable_cancel (self->over_cancellable);
  g_clear_object (&self->over_cancellable);
  g_clear_object (&self->over);
  scroll_by (self, 0);
  if (self->groups != NULL)
    light (self, NULL);
}

static void
count_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbStepPictures) self = user_data;
  const GValue *value = gdk_drop_read_value_finish (GDK_DROP (source), result, NULL);

  if (value == NULL || self->over != GDK_DROP (source))
    return;
  if (G_VALUE_HOLDS (value, WB_TYPE_PICTURE_DRAG))
    {
      const WbPictureDrag *drag = g_value_get_boxed (value);

      self->over_row = g_str_equal (drag->draft, wb_draft_get_id (wb_pictures_draft (self))) ? drag->row : NOT_OURS;
    }
  else
    {
      g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

      self->over_files = (int) g_slist_length (files);
    }
}

/* What it is is known before it is dropped: the strip says how many. */
static void
begin_over (WbStepPictures *self, GdkDrop *drop)
{
  forget (self);
  self->over = g_object_ref (drop);
  self->over_cancellable = g_cancellable_new ();
  self->over_files = -1;
  self->over_image = !wb_pictures_has_files (drop) && wb_pictures_has_image (drop);
  self->over_row = NOT_OURS;
  if (wb_pictures_is_inside (drop) || wb_pictures_has_files (drop))
    gdk_drop_read_value_async (drop, wb_pictures_is_inside (drop) ? WB_TYPE_PICTURE_DRAG : GDK_TYPE_FILE_LIST,
                               G_PRIORITY_DEFAULT, self->over_cancellable, count_cb, g_object_ref (self));
}

static gboolean
on_accept (GtkDropTargetAsync *target, GdkDrop *drop, WbStepPictures *self)
{
  return wb_pictures_is_inside (drop) || wb_pictures_has_files (drop) || wb_pictures_has_image (drop);
}

static GdkDragAction
on_motion (GtkDropTargetAsync *target, GdkDrop *drop, double x, double y, WbStepPictures *self)
{
  GdkDragAction actions = gdk_drop_get_actions (drop);
  WbPictureSpot spot;

  if (self->over != drop)
    begin_over (self, drop);
  spot = spot_at (self, x, y);
  scroll_near (self, x, y);
  if (!light (self, &spot))
    return 0;
  /* With Ctrl held the source offers to copy only. Files stay where they are. */
  return wb_pictures_is_inside (drop) && actions & GDK_ACTION_MOVE ? GDK_ACTION_MOVE : actions & GDK_ACTION_COPY;
}

static void
on_leave (GtkDropTargetAsync *target, GdkDrop *drop, WbStepPictures *self)
{
  forget (self);
}

static gboolean
on_drop (GtkDropTargetAsync *target, GdkDrop *drop, double x, double y, WbStepPictures *self)
{
  WbPictureSpot spot = spot_at (self, x, y);

  forget (self);
  wb_pictures_land (self, drop, &spot);
  return TRUE;
}

/* The window takes drops while this step shows. */
void
wb_pictures_take_drops (WbStepPictures *self)
{
  GtkDropTargetAsync *target = gtk_drop_target_async_new (NULL, GDK_ACTION_COPY | GDK_ACTION_MOVE);

  self->root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));
  self->drop = GTK_EVENT_CONTROLLER (target);
  g_signal_connect (target, "accept", G_CALLBACK (on_accept), self);
  g_signal_connect (target, "drag-enter", G_CALLBACK (on_motion), self);
  g_signal_connect (target, "drag-motion", G_CALLBACK (on_motion), self);
  g_signal_connect (target, "drag-leave", G_CALLBACK (on_leave), self);
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (self->root, self->drop);
}

void
wb_pictures_leave_drops (WbStepPictures *self)
{
  forget (self);
  if (self->root != NULL && self->drop != NULL)
    gtk_widget_remove_controller (self->root, self->drop);
  self->root = NULL;
  self->drop = NULL;
}
