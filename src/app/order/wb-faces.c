// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-faces.h"

#include "wb-draft.h"

#define SIDE 64 /* 32 px on a screen of double density */

struct _WbFaces {
  GObject parent_instance;

  WbProfile *profile;
  GCancellable *cancellable;
  GHashTable *faces;   /* sha256 → GdkTexture */
  GHashTable *waiting; /* sha256 → GPtrArray of AdwAvatar; NULL once it cannot be shown */
};

G_DEFINE_FINAL_TYPE (WbFaces, wb_faces, G_TYPE_OBJECT)

typedef struct {
  WbFaces *faces;
  char *sha256;
} Asked;

static Asked *
asked_new (WbFaces *self, const char *sha256)
{
  Asked *asked = g_new0 (Asked, 1);

  asked->faces = g_object_ref (self);
  asked->sha256 = g_strdup (sha256);
  return asked;
}

static void
asked_free (Asked *asked)
{
  g_object_unref (asked->faces);
  g_free (asked->sha256);
  g_free (asked);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asked, asked_free)

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Asked) asked = user_data;
  WbFaces *self = asked->faces;
  const char *sha256 = asked->sha256;
  g_autoptr (GdkPixbuf) pixbuf = wb_drafts_load_made_finish (WB_DRAFTS (source), result, NULL);
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
  wb_drafts_load_made_async (wb_profile_get_drafts (self->profile), sha256, SIDE, self->cancellable, loaded_cb,
                             asked_new (self, sha256));
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
