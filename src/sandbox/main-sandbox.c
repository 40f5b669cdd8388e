// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <glib-unix.h>
#include <glib/gstdio.h>

#include "main-sandbox-control.h"
#include "wb-sandbox.h"

static WbSandboxOptions options = { .speed = 1 };
static int port;
static int control_port = -1;
static char *key_file;
static int n_bulk;

static const GOptionEntry entries[] = {
  { "port", 0, 0, G_OPTION_ARG_INT, &port, "Port to listen on (any free one)", "N" },
  { "write-key", 0, 0, G_OPTION_ARG_FILENAME, &key_file, "Write the key to FILE, readable by you only",
    "FILE" },
  { "record", 0, 0, G_OPTION_ARG_FILENAME, &options.record_dir, "Write each exchange to a file in DIR",
    "DIR" },
  { "database", 0, 0, G_OPTION_ARG_FILENAME, &options.database, "Keep ledger and pictures in FILE",
    "FILE" },
  { "speed", 0, 0, G_OPTION_ARG_DOUBLE, &options.speed, "How fast orders go (1; 0: at once)", "X" },
  { "no-rate-limit", 0, 0, G_OPTION_ARG_NONE, &options.no_rate_limit, "Let any number of requests in",
    NULL },
  { "charges-again", 0, 0, G_OPTION_ARG_NONE, &options.charges_again,
    "Make and charge again what is sent again, as the vendor warns", NULL },
  { "small", 0, 0, G_OPTION_ARG_NONE, &options.small, "Begin with one customer and nothing else", NULL },
  { "bulk", 0, 0, G_OPTION_ARG_INT, &n_bulk, "Begin with N mailboxes more, and what they belong to", "N" },
  { "control-port", 0, 0, G_OPTION_ARG_INT, &control_port, "Port of the steering (0: any free one)", "N" },
  { NULL },
};

static gboolean
parse (int *argc, char ***argv, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("— a stand-in for the service, on this computer");

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (port >= 0 && port <= G_MAXUINT16 && control_port <= G_MAXUINT16 && options.speed >= 0 && n_bulk >= 0)
    return TRUE;
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "A number is out of range");
  return FALSE;
}

/* Anew, so that a file with other permissions does not stay what it is. */
static gboolean
write_key (WbSandbox *sandbox, GError **error)
{
  if (key_file == NULL)
    return TRUE;
  g_unlink (key_file);
  return g_file_set_contents_full (key_file, wb_sandbox_get_key (sandbox), -1,
                                   G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

static gboolean
on_signal (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

static gboolean
run (WbSandbox *sandbox, GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (SoupServer) control = NULL;

  if (!write_key (sandbox, error))
    return FALSE;
  if (control_port >= 0)
    {
      control = wb_sandbox_control_new (sandbox, (guint16) control_port, error);
      if (control == NULL)
        return FALSE;
      g_print ("control http://127.0.0.1:%u\n", wb_sandbox_control_get_port (control));
    }
  /* Whoever reads that it listens may end it at once. */
  g_unix_signal_add (SIGINT, on_signal, loop);
  g_unix_signal_add (SIGTERM, on_signal, loop);
  g_print ("listening %s\n", wb_sandbox_get_base_url (sandbox));
  fflush (stdout);
  g_main_loop_run (loop);
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbSandbox) sandbox = NULL;

  if (parse (&argc, &argv, &error))
    {
      options.port = (guint16) port;
      options.n_bulk = (guint) n_bulk;
      sandbox = wb_sandbox_new (&options, &error);
    }
  if (sandbox != NULL && run (sandbox, &error))
    return 0;
  g_printerr ("waybill-sandbox: %s\n", error->message);
  return 1;
}
