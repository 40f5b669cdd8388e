// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <glib/gstdio.h>
#include <string.h>

#include "wb-profile-private.h"
#include "wb-sync-private.h"

/* wb-bench-sync FOLDER URL KEY-FILE [--pace N] [--background] [--again]: reads all mailboxes into a new mirror below
 * FOLDER; with --again a second time, and tells of that alone. Prints what it took; the longest time that the main loop
 * did not come round stands for a window's frames. */

static double pace;
static gboolean background, again;

static const GOptionEntry entries[] = {
  { "pace", 0, 0, G_OPTION_ARG_DOUBLE, &pace, "Requests a second (0: as many as can be)", "N" },
  { "background", 0, 0, G_OPTION_ARG_NONE, &background, "As if nobody waited", NULL },
  { "again", 0, 0, G_OPTION_ARG_NONE, &again, "Tell of the second time", NULL },
  { NULL },
};

static guint n_refused;

static void
on_connection (CmrClient *client)
{
  n_refused += cmr_client_get_connection (client) == CMR_CONNECTION_WAITING;
}

typedef struct {
  gint64 last, longest;
} Gap;

static gboolean
on_frame (gpointer data)
{
  Gap *gap = data;
  gint64 now = g_get_monotonic_time ();

  if (gap->last != 0)
    gap->longest = MAX (gap->longest, now - gap->last - 16000);
  gap->last = now;
  return G_SOURCE_CONTINUE;
}

static void
take (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static WbProfile *
open_profile (char **argv, GError **error)
{
  g_autoptr (WbProfileInfo) info = wb_profile_info_new ("Benchmark", WB_PROFILE_BUILT_IN);
  g_autofree char *key = NULL;
  g_autofree char *cache = g_build_filename (argv[1], "cache", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  WbProfile *profile;

  g_free (info->base_url);
  info->base_url = g_strdup (argv[2]);
  if (!g_file_get_contents (argv[3], &key, NULL, error) || !wb_profile_info_save (info, argv[1], error))
    return NULL;
  wb_profile_open_async (info->id, argv[1], cache, key, NULL, take, &result);
  profile = wb_profile_open_finish (wait_for (&result), error);
  if (profile != NULL)
    cmr_pacer_set_rate (cmr_client_get_pacer (wb_profile_get_client (profile)), pace);
  return profile;
}

static gboolean
read_all (WbProfile *profile, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  WbSync *sync = wb_profile_get_sync (profile);

  wb_sync_read_async (sync, WB_COLLECTION_MAILBOXES, "", !background, NULL, take, &result);
  return wb_sync_refresh_finish (sync, wait_for (&result), error);
}

static gpointer
count_job (sqlite3 *db, gpointer data, GError **error)
{
  return GSIZE_TO_POINTER ((gsize) wb_db_int64 (db, error, data, ""));
}

static gsize
count (WbProfile *profile, const char *sql)
{
  return GPOINTER_TO_SIZE (wb_database_run (wb_profile_get_mirror (profile), count_job, (gpointer) sql, NULL));
}

static goffset
wal_size (WbProfile *profile)
{
  g_autofree char *path = g_strconcat (wb_database_get_path (wb_profile_get_mirror (profile)), "-wal", NULL);
  GStatBuf info;

  return g_stat (path, &info) == 0 ? info.st_size : 0;
}

static guint64
written_bytes (void)
{
  g_autofree char *text = NULL;
  const char *at = g_file_get_contents ("/proc/self/io", &text, NULL, NULL) ? strstr (text, "\nwrite_bytes:") : NULL;

  return at != NULL ? g_ascii_strtoull (at + strlen ("\nwrite_bytes:"), NULL, 10) : 0;
}

static gboolean
measure (WbProfile *profile, GError **error)
{
  Gap gap = { 0, 0 };
  goffset wal;
  guint64 written;
  gint64 begun;
  guint frames;
  double seconds;

  g_signal_connect (wb_profile_get_client (profile), "notify::connection", G_CALLBACK (on_connection), NULL);
  if (again && !read_all (profile, error))
    return FALSE;
  wal = wal_size (profile);
  written = written_bytes ();
  begun = g_get_monotonic_time ();
  frames = g_timeout_add (16, on_frame, &gap);
  if (!read_all (profile, error))
    return FALSE;
  g_source_remove (frames);
  seconds = (double) (g_get_monotonic_time () - begun) / G_USEC_PER_SEC;
  g_print ("seconds=%.3f rows=%zu pages=%zu gap_ms=%.1f wal_growth=%" G_GOFFSET_FORMAT " written=%" G_GUINT64_FORMAT
           " refused=%u\n",
           seconds, count (profile, "SELECT count(*) FROM mailbox"), count (profile, "SELECT count(*) FROM pages"),
           (double) gap.longest / 1000, wal_size (profile) - wal, written_bytes () - written,
           n_refused);
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("FOLDER URL KEY-FILE");
  g_autoptr (WbProfile) profile = NULL;
  g_autoptr (GAsyncResult) closed = NULL;
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 4)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "FOLDER URL KEY-FILE");
      return 2;
    }
  profile = open_profile (argv, &error);
  if (profile == NULL || !measure (profile, &error))
    g_printerr ("%s\n", error->message);
  if (profile != NULL)
    {
      wb_profile_close_async (profile, take, &closed);
      wait_for (&closed);
    }
  return error != NULL;
}
