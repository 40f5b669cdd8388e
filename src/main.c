// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include <locale.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <glib/gi18n.h>

#include "wb-application.h"
#include "wb-frame-memory.h"
#include "wb-style.h"

/* Before any thread: no core file may hold the key, no file of ours is open to others, and libsoup speaks
 * HTTP/1.1 alone (3.2 has no call to refuse HTTP/2, which sends refused streams again). */
static void
harden (void)
{
  struct rlimit none = { 0, 0 };

  if (setrlimit (RLIMIT_CORE, &none) != 0)
    g_message ("core files could not be switched off");
  umask (077);
  g_setenv ("SOUP_FORCE_HTTP1", "1", TRUE);
}

static gboolean
parse_options (int *argc, char ***argv, WbApplicationOptions *options, gboolean *new_order, gboolean *version, GError **error)
{
  const GOptionEntry entries[] = {
    { "sandbox", 0, 0, G_OPTION_ARG_NONE, &options->sandbox, N_("Open the built-in sandbox: nothing costs money"), NULL },
    { "new-order", 0, 0, G_OPTION_ARG_NONE, new_order, N_("Open a new order"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, version, N_("Print the version"), NULL },
    { "gapplication-service", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &options->service, "Started by the session bus", NULL },
    { "sandbox-speed", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_DOUBLE, &options->sandbox_speed, "How fast the sandbox works", "N" },
    { "record", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, &options->record_dir, "Record the sandbox's exchanges", "DIR" },
#ifdef WB_FAULT_POINTS
    { "first-run", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &options->first_run, "Show the first run", NULL },
    { "base-url", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &options->base_url, "Another server", "URL" },
    { "key-file", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, &options->key_file, "File with its key", "FILE" },
#endif
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  return g_option_context_parse (context, argc, argv, error);
}

/* A Waybill that runs already shows it; the first one does so when its profile is open. */
static void
show_new_order (GApplication *application)
{
  if (g_application_register (application, NULL, NULL))
    g_action_group_activate_action (G_ACTION_GROUP (application), "new-order", NULL);
}

int
main (int argc, char **argv)
{
  WbApplicationOptions options = { .sandbox_speed = 1 };
  g_autoptr (WbApplication) application = NULL;
  g_autoptr (GError) error = NULL;
  gboolean new_order = FALSE, version = FALSE;

  harden ();
  wb_frame_memory_init ();
  wb_style_leave_out_theme ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  if (!parse_options (&argc, &argv, &options, &new_order, &version, &error))
    {
      g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }
  if (version)
    {
      g_print ("Waybill %s\n", PACKAGE_VERSION);
      return EXIT_SUCCESS;
    }
  options.activated = !options.service;
  g_set_prgname ("waybill");
  g_set_application_name ("Waybill");
  application = wb_application_new (&options);
  if (new_order)
    show_new_order (G_APPLICATION (application));
  return g_application_run (G_APPLICATION (application), argc, argv);
}
