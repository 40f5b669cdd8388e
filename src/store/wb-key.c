// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-key-private.h"

#include <libsecret/secret.h>

#include "cmr-error.h"

static const SecretSchema schema = {
  "io.github.waybill.Waybill.Key", SECRET_SCHEMA_NONE,
  { { "profile", SECRET_SCHEMA_ATTRIBUTE_STRING }, { "origin", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

void
wb_key_free (char *key)
{
  secret_password_free (key);
}

typedef struct {
  WbKeyState state;
  char *key;
} Found;

static void
found_free (Found *found)
{
  wb_key_free (found->key);
  g_free (found);
}

static gboolean
item_is_locked (SecretRetrievable *retrievable)
{
  return SECRET_IS_ITEM (retrievable) && secret_item_get_locked (SECRET_ITEM (retrievable));
}

static void
retrieve_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SecretValue *value = secret_retrievable_retrieve_secret_finish (SECRET_RETRIEVABLE (source), result, NULL);
  Found *found = g_new0 (Found, 1);

  found->state = WB_KEY_LOCKED;
  if (value != NULL)
    {
      /* Memory that is neither swapped nor left behind. */
      found->key = secret_value_unref_to_password (value, NULL);
      found->state = found->key != NULL ? WB_KEY_PRESENT : WB_KEY_MISSING;
    }
  g_task_return_pointer (task, found, (GDestroyNotify) found_free);
}

static void
return_state (GTask *task, WbKeyState state)
{
  Found *found = g_new0 (Found, 1);

  found->state = state;
  g_task_return_pointer (task, found, (GDestroyNotify) found_free);
}

static void
search_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GList *items = secret_password_search_finish (result, &error);
  SecretRetrievable *item = items != NULL ? items->data : NULL;

  if (error != NULL)
    g_task_return_new_error (task, CMR_ERROR, CMR_ERROR_STORAGE, "no secret service: %s", error->message);
  else if (item == NULL)
    return_state (task, WB_KEY_MISSING);
  else if (item_is_locked (item))
    return_state (task, WB_KEY_LOCKED);
  else
    secret_retrievable_retrieve_secret (item, g_task_get_cancellable (task), retrieve_cb, g_object_ref (task));
  g_list_free_full (items, g_object_unref);
}

void
wb_key_find_async (const char *profile_id, const char *origin, gboolean unlock, GCancellable *cancellable,
                   GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, wb_key_find_async);
  wb_secret_service_install ();
  secret_password_search (&schema, unlock ? SECRET_SEARCH_UNLOCK : SECRET_SEARCH_NONE, cancellable, search_cb, task,
                          "profile", profile_id, "origin", origin, NULL);
}

WbKeyState
wb_key_find_finish (GAsyncResult *result, char **key, GError **error)
{
  Found *found = g_task_propagate_pointer (G_TASK (result), error);
  WbKeyState state = found != NULL ? found->state : WB_KEY_MISSING;

  *key = found != NULL ? g_steal_pointer (&found->key) : NULL;
  if (found != NULL)
    found_free (found);
  return state;
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  gboolean stored = secret_password_store_finish (result, &error);

  if (error != NULL)
    g_task_return_new_error (task, CMR_ERROR, CMR_ERROR_STORAGE, "secret service: %s", error->message);
  else
    g_task_return_boolean (task, stored);
}

void
wb_key_store_async (const char *profile_id, const char *origin, const char *label, const char *key,
                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, wb_key_store_async);
  wb_secret_service_install ();
  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, key, cancellable, stored_cb, task,
                         "profile", profile_id, "origin", origin, NULL);
}

gboolean
wb_key_store_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
return_secret_error (GTask *task, GError *error)
{
  g_task_return_new_error (task, CMR_ERROR, CMR_ERROR_STORAGE, "secret service: %s", error->message);
}

static void
left_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GList *items = secret_password_search_finish (result, &error);

  if (error != NULL)
    return_secret_error (task, error);
  else if (items != NULL)
    g_task_return_new_error (task, CMR_ERROR, CMR_ERROR_STORAGE, "the keyring is locked");
  else
    g_task_return_boolean (task, TRUE);
  g_list_free_full (items, g_object_unref);
}

/* Clearing passes over what is locked, and says nothing of it: what is left is looked for. */
static void
cleared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  secret_password_clear_finish (result, &error);
  if (error != NULL)
    return_secret_error (task, error);
  else
    secret_password_search (&schema, SECRET_SEARCH_ALL, NULL, left_cb, g_object_ref (task), "profile", g_task_get_task_data (task), NULL);
}

static void
found_to_forget_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GList *items = secret_password_search_finish (result, &error);

  if (error != NULL)
    return_secret_error (task, error);
  else if (items == NULL)
    g_task_return_boolean (task, TRUE);
  else
    secret_password_clear (&schema, NULL, cleared_cb, g_object_ref (task), "profile", g_task_get_task_data (task), NULL);
  g_list_free_full (items, g_object_unref);
}

void
wb_key_forget_async (const char *profile_id, gboolean unlock, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, wb_key_forget_async);
  g_task_set_task_data (task, g_strdup (profile_id), g_free);
  wb_secret_service_install ();
  secret_password_search (&schema, SECRET_SEARCH_ALL | (unlock ? SECRET_SEARCH_UNLOCK : 0), NULL, found_to_forget_cb, task,
                          "profile", profile_id, NULL);
}

gboolean
wb_key_forget_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
