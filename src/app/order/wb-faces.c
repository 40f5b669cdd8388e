// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-faces.h"

#include <glib/gstdio.h>

#include "wb-blobs.h"
#include "wb-picture.h"

#define SIDE 64 /* 32 px on a screen of double density */

struct _WbFaces {
  GObject parent_instance;

  WbProfile *profile;
  GCancellable *cancellable;
  GHashTable *faces;   /* sha256 → GdkTexture */
  GHashTable *waiting; /* sha256 → GPtrArray of AdwAvatar; NULL once it cannot be shown */
};

G_DEFINE_FINAL_TYPE (WbFaces, wb_faces, G_TYPE_OBJECT)

static void
decode (GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  WbPictureInfo info;
  GdkPixbuf *pixbuf = NULL;
  int fd = wb_picture_open (path, &error);

  if (fd >= 0 && wb_picture_probe (fd, &info, &error))
    pixbuf = wb_picture_load (fd, &info, SIDE, &error);
  if (fd >= 0)
    g_close (fd, NULL);
  if (pixbuf != NULL)
    g_task_return_pointer (task, pixbuf, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
decoded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbFaces *self = WB_FACES (source);
  g_autofree char *sha256 = user_data;
  g_autoptr (GdkPixbuf) pixbuf = g_task_propagate_pointer (G_TASK (result), NULL);
  GPtrArray *avatars = g_hash_table_lookup (self->waiting, sha256);
  GdkTexture *texture;

  if (pixbuf != NULL && avatars != NULL)
    {
      texture = gdk_texture_new_for_pixbuf (pixbuf);
      for (guint i = 0; i < avatars->len; i++)
        adw_avatar_set_custom_image (avatars->pdata[i], GDK_PAINTABLE (texture));
      g_hash_table_insert (self->faces, g_strdup (sha256), texture);
    }
  g_hash_table_remove (self->waiting, sha256);
}

void
wb_faces_show (WbFaces *self, AdwAvatar *avatar, const char *sha256)
{
  GdkTexture *face = g_hash_table_lookup (self->faces, sha256);
  GPtrArray *avatars = g_hash_table_lookup (self->waiting, sha256);
  g_autoptr (GTask) task = NULL;

  if (face != NULL)
    {
      adw_avatar_set_custom_image (avatar, GDK_PAINTABLE (face));
      return;
    }
  if (avatars != NULL)
    {
      g_ptr_array_add (avatars, g_object_ref (avatar));
      return;
    }
  avatars = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (avatars, g_object_ref (avatar));
  g_hash_table_insert (self->waiting, g_strdup (sha256), avatars);
  task = g_task_new (self, self->cancellable, decoded_cb, g_strdup (sha256));
  g_task_set_source_tag (task, wb_faces_show);
  g_task_set_task_data (task, wb_blobs_dup_path (wb_profile_get_blobs (self->profile), sha256), g_free);
  g_task_run_in_thread (task, decode);
}

static void
wb_faces_dispose (GObject *object)
{
  WbFaces *self = WB_FACES (object);

  g_cancellable_cancel (self->cancellable);
  g_hash_table_remove_all (self->waiting);
  g_clear_object (&self->profile);
  G_OBJECT_CLASS (wb_faces_parent_class)->dispose (object);
}

static void
wb_faces_finalize (GObject *object)
{
  WbFaces *self = WB_FACES (object);

  g_object_unref (self->cancellable);
  g_hash_table_unref (self->faces);
  g_hash_table_unref (self->waiting);
  G_OBJECT_CLASS (wb_faces_parent_class)->finalize (object);
}

static void
wb_faces_class_init (WbFacesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_faces_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_faces_finalize;
}

static void
wb_faces_init (WbFaces *self)
{
  self->cancellable = g_cancellable_new ();
  self->faces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->waiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
}

WbFaces *
wb_faces_new (WbProfile *profile)
{
  WbFaces *self = g_object_new (WB_TYPE_FACES, NULL);

  self->profile = g_object_ref (profile);
  return self;
}
