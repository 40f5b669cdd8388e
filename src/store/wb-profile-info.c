// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-profile-private.h"

#include <errno.h>
#include <glib/gstdio.h>

#define GROUP "Profile"
#define OVERRIDES "Paths"
#define VENDOR_URL "https://customers.coldmailreseller.com/api/v1/integration"
#define VENDOR_HEADER "cmr-x-api-key"

static const char *const kinds[] = { "live", "vendor-sandbox", "built-in" };

WbProfileInfo *
wb_profile_info_new (const char *name, WbProfileKind kind)
{
  WbProfileInfo *info = g_new0 (WbProfileInfo, 1);

  info->id = g_uuid_string_random ();
  info->name = g_strdup (name);
  info->colour = g_strdup (kind == WB_PROFILE_LIVE ? "blue" : "green");
  info->kind = kind;
  info->base_url = g_strdup (kind == WB_PROFILE_LIVE ? VENDOR_URL : "");
  info->header = g_strdup (kind == WB_PROFILE_VENDOR_SANDBOX ? "cmr-x-sandbox-api-key" : VENDOR_HEADER);
  info->read_only = kind == WB_PROFILE_LIVE;
  info->per_second = 4;
  info->guard_order_cents = 50000;
  info->guard_day_cents = 100000;
  info->overrides = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return info;
}

void
wb_profile_info_free (WbProfileInfo *info)
{
  if (info == NULL)
    return;
  g_free (info->id);
  g_free (info->name);
  g_free (info->colour);
  g_free (info->base_url);
  g_free (info->header);
  g_hash_table_unref (info->overrides);
  g_free (info);
}

WbProfileInfo *
wb_profile_info_copy (const WbProfileInfo *info)
{
  WbProfileInfo *copy = g_new0 (WbProfileInfo, 1);
  GHashTableIter iter;
  gpointer name, path;

  *copy = *info;
  copy->id = g_strdup (info->id);
  copy->name = g_strdup (info->name);
  copy->colour = g_strdup (info->colour);
  copy->base_url = g_strdup (info->base_url);
  copy->header = g_strdup (info->header);
  copy->overrides = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_iter_init (&iter, info->overrides);
  while (g_hash_table_iter_next (&iter, &name, &path))
    g_hash_table_insert (copy->overrides, g_strdup (name), g_strdup (path));
  return copy;
}

char *
wb_profile_folder (const char *data_dir, const char *id)
{
  return g_build_filename (data_dir, "profiles", id, NULL);
}

static void
take_text (GKeyFile *file, const char *key, char **text)
{
  char *value = g_key_file_get_string (file, GROUP, key, NULL);

  if (value == NULL)
    return;
  g_free (*text);
  *text = value;
}

/* A missing or garbled word opens nothing: it reads as @otherwise. */
static gboolean
read_flag (GKeyFile *file, const char *key, gboolean otherwise)
{
  g_autoptr (GError) error = NULL;
  gboolean flag = g_key_file_get_boolean (file, GROUP, key, &error);

  return error == NULL ? flag : otherwise;
}

static void
take_overrides (GKeyFile *file, GHashTable *overrides)
{
  g_auto (GStrv) names = g_key_file_get_keys (file, OVERRIDES, NULL, NULL);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      char *path = g_key_file_get_string (file, OVERRIDES, names[i], NULL);

      if (path != NULL)
        g_hash_table_insert (overrides, g_strdup (names[i]), path);
    }
}

WbProfileInfo *
wb_profile_info_load (const char *data_dir, const char *id, GError **error)
{
  g_autofree char *folder = wb_profile_folder (data_dir, id);
  g_autofree char *path = g_build_filename (folder, "profile.ini", NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *kind = NULL;
  WbProfileInfo *info;
  double rate;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, error))
    return NULL;
  kind = g_key_file_get_string (file, GROUP, "kind", NULL);
  info = wb_profile_info_new (id, WB_PROFILE_LIVE);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kind, kinds[i]) == 0)
      info->kind = i;
  g_free (info->id);
  info->id = g_strdup (id);
  take_text (file, "name", &info->name);
  take_text (file, "colour", &info->colour);
  take_text (file, "base-url", &info->base_url);
  take_text (file, "header", &info->header);
  info->read_only = read_flag (file, "read-only", info->kind == WB_PROFILE_LIVE);
  rate = g_key_file_get_double (file, GROUP, "requests-per-second", NULL);
  info->per_second = rate > 0 ? CLAMP (rate, 1, 4) : 4;
  if (g_key_file_has_key (file, GROUP, "guard-order-cents", NULL))
    info->guard_order_cents = g_key_file_get_int64 (file, GROUP, "guard-order-cents", NULL);
  if (g_key_file_has_key (file, GROUP, "guard-day-cents", NULL))
    info->guard_day_cents = g_key_file_get_int64 (file, GROUP, "guard-day-cents", NULL);
  take_overrides (file, info->overrides);
  return info;
}

gboolean
wb_profile_info_save (WbProfileInfo *info, const char *data_dir, GError **error)
{
  g_autofree char *folder = wb_profile_folder (data_dir, info->id);
  g_autofree char *path = g_build_filename (folder, "profile.ini", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GKeyFile) file = g_key_file_new ();
  GHashTableIter iter;
  gpointer name, value;
  gsize length;

  if (g_mkdir_with_parents (folder, 0700) != 0 || g_chmod (folder, 0700) != 0)
    {
      g_set_error (error, CMR_ERROR, CMR_ERROR_STORAGE, "%s: %s", folder, g_strerror (errno));
      return FALSE;
    }
  g_key_file_set_string (file, GROUP, "name", info->name);
  g_key_file_set_string (file, GROUP, "colour", info->colour);
  g_key_file_set_string (file, GROUP, "kind", kinds[info->kind]);
  g_key_file_set_string (file, GROUP, "base-url", info->base_url);
  g_key_file_set_string (file, GROUP, "header", info->header);
  g_key_file_set_boolean (file, GROUP, "read-only", info->read_only);
  g_key_file_set_double (file, GROUP, "requests-per-second", info->per_second);
  g_key_file_set_int64 (file, GROUP, "guard-order-cents", info->guard_order_cents);
  g_key_file_set_int64 (file, GROUP, "guard-day-cents", info->guard_day_cents);
  g_hash_table_iter_init (&iter, info->overrides);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_key_file_set_string (file, OVERRIDES, name, value);
  text = g_key_file_to_data (file, &length, NULL);
  /* The newest GLib leaves a file the mode it has: the one asked for is for a new one. */
  if (g_chmod (path, 0600) != 0 && errno != ENOENT)
    {
      g_set_error (error, CMR_ERROR, CMR_ERROR_STORAGE, "%s: %s", path, g_strerror (errno));
      return FALSE;
    }
  return g_file_set_contents_full (path, text, length, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, error);
}

static void
apply_override (gpointer name, gpointer path, gpointer client)
{
  const CmrEndpoint *endpoint = cmr_endpoint_find (name);
  g_autoptr (GError) error = NULL;

  if (endpoint != NULL && !cmr_client_set_override (client, endpoint->op, path, &error))
    g_message ("the path of %s is not used: %s", (char *) name, error->message);
}

CmrClient *
wb_profile_new_client (const WbProfileInfo *info, GError **error)
{
  CmrClient *client = cmr_client_new (info->base_url, info->header, info->kind != WB_PROFILE_LIVE, error);

  if (client != NULL)
    g_hash_table_foreach (info->overrides, apply_override, client);
  return client;
}
