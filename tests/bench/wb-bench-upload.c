// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// wb-bench-upload URL FILE...
//
// Sends the files as the pictures of one order to a server on the loopback and prints how long that took
// and by how much the program grew: "seconds=0.321 growth_kib=4567 bytes=524357330 status=200". Linked to
// src/api alone.

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cmr-client.h"

typedef struct {
  GMainLoop *loop;
  CmrReply *reply;
  guint64 bytes;
} Bench;

static int
open_file (gpointer data, GError **error)
{
  int fd = open (data, O_RDONLY | O_CLOEXEC);

  if (fd < 0)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "Cannot open %s", (const char *) data);
  return fd;
}

/* The peak, as the kernel counts it: a size between two looks would not be missed. Of this program's memory alone:
 * getrusage() still knows the size of whoever started it. */
static long
peak_kib (void)
{
  g_autofree char *text = NULL;
  const char *at = g_file_get_contents ("/proc/self/status", &text, NULL, NULL) ? strstr (text, "VmHWM:") : NULL;

  g_assert_nonnull (at);
  return strtol (at + strlen ("VmHWM:"), NULL, 10);
}

static void
on_progress (guint64 sent, guint64 total, gboolean last_byte, gpointer user_data)
{
  ((Bench *) user_data)->bytes = sent;
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Bench *bench = user_data;
  g_autoptr (GError) error = NULL;

  bench->reply = cmr_client_write_finish (CMR_CLIENT (source), result, &error);
  if (error != NULL)
    g_printerr ("%s\n", error->message);
  g_main_loop_quit (bench->loop);
}

static gboolean
add_pictures (CmrCall *call, char **paths)
{
  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *name = g_strdup_printf ("person%u@example.com", i);
      struct stat status;

      if (stat (paths[i], &status) != 0)
        {
          g_printerr ("No file %s\n", paths[i]);
          return FALSE;
        }
      cmr_call_add_file_part (call, name, status.st_size, open_file, paths[i], NULL);
    }
  return TRUE;
}

int
main (int argc, char *argv[])
{
  g_autoptr (CmrClient) client = NULL;
  g_autoptr (CmrCall) call = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CmrReply) reply = NULL;
  Bench bench = { NULL };
  gint64 began = g_get_monotonic_time ();
  long before;

  if (argc < 3)
    {
      g_printerr ("wb-bench-upload URL FILE...\n");
      return 2;
    }
  g_setenv ("SOUP_FORCE_HTTP1", "1", TRUE);
  client = cmr_client_new (argv[1], NULL, TRUE, &error);
  if (client == NULL || !cmr_client_set_key (client, "benchmark", &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  cmr_pacer_set_rate (cmr_client_get_pacer (client), 0);
  call = cmr_call_new (CMR_OP_CREATE_ORDER_MULTIPART);
  cmr_call_set_param (call, "userId", "benchmark");
  cmr_call_add_text_part (call, "confirm", "false");
  if (!add_pictures (call, argv + 2))
    return 2;

  bench.loop = g_main_loop_new (NULL, FALSE);
  before = peak_kib ();
  cmr_client_write_async (client, call, on_progress, &bench, NULL, written_cb, &bench);
  g_main_loop_run (bench.loop);
  g_main_loop_unref (bench.loop);
  reply = g_steal_pointer (&bench.reply);
  g_print ("seconds=%.3f growth_kib=%ld bytes=%" G_GUINT64_FORMAT " status=%u\n",
           (g_get_monotonic_time () - began) / (double) G_USEC_PER_SEC, peak_kib () - before, bench.bytes,
           reply != NULL ? reply->status : 0);
  if (reply != NULL && reply->failure != NULL)
    g_printerr ("%s\n", reply->failure->message);
  return reply != NULL && reply->status == 200 ? 0 : 1;
}
