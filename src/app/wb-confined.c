// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-confined.h"

/* Flatpak mounts it into each sandbox: small, and no disk is asked for it. */
#define INFO "/.flatpak-info"

static const char *
info (void)
{
  static gsize once;
  static char *text;

  if (g_once_init_enter (&once))
    {
      g_file_get_contents (INFO, &text, NULL, NULL);
      g_once_init_leave (&once, 1);
    }
  return text;
}

gboolean
wb_confined (void)
{
  return info () != NULL;
}

gboolean
wb_confined_from_network (void)
{
  return info () != NULL && wb_confined_in (info ());
}

gboolean
wb_confined_in (const char *text)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (GStrv) shared = NULL;

  if (!g_key_file_load_from_data (file, text, (gsize) -1, G_KEY_FILE_NONE, NULL))
    return FALSE;
  shared = g_key_file_get_string_list (file, "Context", "shared", NULL, NULL);
  return shared == NULL || !g_strv_contains ((const char *const *) shared, "network");
}
