// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-step-pictures-private.h"

#include "wb-picture-drag.h"

/* The drop */

typedef struct {
  WbStepPictures *self; /* held */
  GdkDrop *drop;        /* held */
  int row;              /* of the tile, -1 */
  char *domain;         /* of the group, (nullable) */
  gboolean unplaced, copy;
  const char *mime;
} Drop;

static void
drop_end (Drop *drop, GdkDragAction action)
{
  gdk_drop_finish (drop->drop, action);
  g_object_unref (drop->self);
  g_object_unref (drop->drop);
  g_free (drop->domain);
  g_free (drop);
}

static void
land_inside (Drop *drop, const WbPictureDrag *drag)
{
  WbStepPictures *self = drop->self;

  if (!g_str_equal (drag->draft, wb_draft_get_id (wb_pictures_draft (self))))
    return;
  if (drop->unplaced && drag->row >= 0)
    wb_pictures_take_off (self, (guint) drag->row);
  else if (drop->row >= 0 && drag->row >= 0)
    wb_pictures_move (self, (guint) drag->row, (guint) drop->row, drop->copy);
  else if (drop->row >= 0)
    wb_pictures_give (self, drag->file, (guint) drop->row);
}

static void
bytes_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Drop *drop = user_data;
  g_autoptr (GBytes) bytes = wb_pictures_read_image_finish (result, NULL);
  gboolean read = bytes != NULL && g_bytes_get_size (bytes) > 0;

  if (drop->self->groups != NULL && read)
    wb_pictures_add_image (drop->self, bytes, drop->mime, drop->row);
  else if (drop->self->groups != NULL)
    wb_pictures_say_unreadable (drop->self, FALSE);
  drop_end (drop, read ? GDK_ACTION_COPY : 0);
}

static void
stream_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Drop *drop = user_data;
  const char *mime = NULL;
  g_autoptr (GInputStream) stream = gdk_drop_read_finish (GDK_DROP (source), result, &mime, NULL);

  if (stream == NULL)
    {
      if (drop->self->groups != NULL)
        wb_pictures_say_unreadable (drop->self, FALSE);
      drop_end (drop, 0);
      return;
    }
  drop->mime = g_intern_string (mime);
  wb_pictures_read_image_async (stream, NULL, bytes_cb, drop);
}

static void
read_image (Drop *drop)
{
  gdk_drop_read_async (drop->drop, wb_pictures_mimes, G_PRIORITY_DEFAULT, NULL, stream_cb, drop);
}

static void
land_files (Drop *drop, const GValue *value)
{
  g_autoptr (GSList) files = value != NULL ? gdk_file_list_get_files (g_value_get_boxed (value)) : NULL;
  guint remote = 0;
  g_auto (GStrv) paths = wb_pictures_dup_paths (files, &remote);

  if (paths[0] != NULL)
    wb_pictures_add_paths (drop->self, (const char *const *) paths, drop->row, drop->domain);
  else if (wb_pictures_has_image (drop->drop))
    {
      /* A browser gives the address and the picture itself. */
      read_image (drop);
      return;
    }
  else if (remote > 0)
    wb_pictures_say_remote (drop->self);
  else
    wb_pictures_say_unreadable (drop->self, TRUE);
  drop_end (drop, paths[0] != NULL ? GDK_ACTION_COPY : 0);
}

static void
value_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Drop *drop = user_data;
  const GValue *value = gdk_drop_read_value_finish (GDK_DROP (source), result, NULL);

  if (drop->self->groups == NULL)
    drop_end (drop, 0);
  else if (value != NULL && G_VALUE_HOLDS (value, WB_TYPE_PICTURE_DRAG))
    {
      land_inside (drop, g_value_get_boxed (value));
      drop_end (drop, drop->copy ? GDK_ACTION_COPY : GDK_ACTION_MOVE);
    }
  else
    land_files (drop, value);
}

void
wb_pictures_land (WbStepPictures *self, GdkDrop *gdk_drop, const WbPictureSpot *spot)
{
  gboolean inside = wb_pictures_is_inside (gdk_drop);
  Drop *drop = g_new0 (Drop, 1);

  drop->self = g_object_ref (self);
  drop->drop = g_object_ref (gdk_drop);
  drop->row = spot->tile != NULL ? (int) wb_picture_tile_get_item (spot->tile)->row : -1;
  drop->domain = spot->tile == NULL ? g_strdup (spot->domain) : NULL;
  drop->unplaced = spot->unplaced;
  drop->copy = !(gdk_drop_get_actions (gdk_drop) & GDK_ACTION_MOVE);
  if (inside || wb_pictures_has_files (gdk_drop))
    gdk_drop_read_value_async (gdk_drop, inside ? WB_TYPE_PICTURE_DRAG : GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL,
                               value_cb, drop);
  else
    read_image (drop);
}

/* Drags of a tile's picture */

static GdkContentProvider *
on_prepare (GtkDragSource *source, double x, double y, WbStepPictures *self)
{
  WbPictureTile *tile = wb_picture_groups_tile_of (gtk_widget_pick (GTK_WIDGET (self->groups), x, y, GTK_PICK_DEFAULT));
  WbPictureItem *item = tile != NULL ? wb_picture_tile_get_item (tile) : NULL;

  if (item == NULL || item->file == 0)
    return NULL;
  wb_picture_groups_set_taken (self->groups, item->key);
  return wb_picture_drag_provider (wb_draft_get_id (wb_pictures_draft (self)), (int) item->row, item->file);
}

static void
on_drag_begin (GtkDragSource *source, GdkDrag *drag, WbStepPictures *self)
{
  WbPictureTile *tile = wb_picture_groups_find (self->groups, wb_picture_groups_get_taken (self->groups));

  if (tile != NULL)
    wb_picture_drag_set_icon (source, wb_picture_tile_get_preview (tile));
}

static void
on_drag_end (GtkDragSource *source, GdkDrag *drag, gboolean delete_data, WbStepPictures *self)
{
  wb_picture_groups_set_taken (self->groups, NULL);
}

void
wb_pictures_add_drags (WbStepPictures *self)
{
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE | GDK_ACTION_COPY);
  g_signal_connect (source, "prepare", G_CALLBACK (on_prepare), self);
  g_signal_connect (source, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (source, "drag-end", G_CALLBACK (on_drag_end), self);
  gtk_widget_add_controller (GTK_WIDGET (self->groups), GTK_EVENT_CONTROLLER (source));
}
