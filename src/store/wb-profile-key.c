// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-key-private.h"
#include "wb-profile-private.h"

/* Entering and forgetting the key of an opened profile. */

static void
store_key_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WbProfile *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  gboolean stored = wb_key_store_finish (result, &error);

  if (!stored)
    g_message ("the key is kept in memory only: %s", error != NULL ? error->message : "not stored");
  wb_profile_note_key (self, stored ? WB_KEY_PRESENT : WB_KEY_MEMORY_ONLY);
  g_task_return_boolean (task, TRUE);
}

void
wb_profile_set_key_async (WbProfile *self, const char *key, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  const WbProfileInfo *info = wb_profile_get_info (self);
  g_autofree char *origin = wb_profile_info_dup_origin (info);
  g_autofree char *label = g_strdup_printf ("Waybill: %s", info->name);
  GError *error = NULL;

  g_task_set_source_tag (task, wb_profile_set_key_async);
  if (!cmr_client_set_key (wb_profile_get_client (self), key, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  wb_profile_note_key (self, WB_KEY_MEMORY_ONLY);
  wb_key_store_async (info->id, origin, label, key, cancellable, store_key_cb, g_steal_pointer (&task));
}

gboolean
wb_profile_set_key_finish (WbProfile *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
forget_key_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (wb_key_forget_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
wb_profile_forget_key_async (WbProfile *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, wb_profile_forget_key_async);
  cmr_client_set_key (wb_profile_get_client (self), NULL, NULL);
  wb_profile_note_key (self, WB_KEY_MISSING);
  wb_key_forget_async (wb_profile_get_info (self)->id, forget_key_cb, task);
}

gboolean
wb_profile_forget_key_finish (WbProfile *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
