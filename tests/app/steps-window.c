// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later

/* steps-window --step N: the wizard's real window at one of its steps, on a draft of its own, for tests that work
 * it from outside. Ends when its window is closed; then everything that was made must be gone. */
#include <locale.h>
#include <stdlib.h>

#include "store-fixture.h"
#include "wb-application.h"
#include "wb-order-window.h"

static const char *domains = "", *mailboxes = "";
static int step = WB_STEP_DOMAINS, width = 1280, height = 800;

static const GOptionEntry entries[] = {
  { "domains", 0, 0, G_OPTION_ARG_STRING, &domains, "Domains, comma between", "LIST" },
  { "mailboxes", 0, 0, G_OPTION_ARG_STRING, &mailboxes, "On each domain: user:First Last, comma between", "LIST" },
  { "step", 0, 0, G_OPTION_ARG_INT, &step, "1 Domains, 2 Mailboxes …", "N" },
  { "width", 0, 0, G_OPTION_ARG_INT, &width, "Of the window", "PIXELS" },
  { "height", 0, 0, G_OPTION_ARG_INT, &height, "Of the window", "PIXELS" },
  { NULL, 0, 0, 0, NULL, NULL, NULL },
};

static void
run (GtkApplication *application, Store *store, WbDraft *draft)
{
  WbOrderWindow *window = wb_order_window_new (application, store->profile, draft);
  GListModel *windows = gtk_window_get_toplevels ();

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_present (GTK_WINDOW (window));
  wb_order_window_go (window, step, NULL);
  while (g_list_model_get_n_items (windows) > 0)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
is_last (gpointer object)
{
  return g_atomic_int_get (&G_OBJECT (object)->ref_count) == 1;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  WbApplicationOptions options = { .sandbox_speed = 1 };
  g_autoptr (GError) error = NULL;
  /* It lives as long as the program: GIO minds one that ends without having run. */
  static GApplication *application;
  WbDraft *draft;
  Store *store;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  g_setenv ("SOUP_FORCE_HTTP1", "1", TRUE);
  g_set_prgname ("steps-window");
  application = G_APPLICATION (wb_application_new (&options));
  g_application_set_default (application);
  g_assert_true (g_application_register (application, NULL, &error));
  store = store_new (NULL);
  draft = store_draft (store, domains, mailboxes);
  run (GTK_APPLICATION (application), store, draft);
  g_assert_true (wb_test_wait_for (is_last, draft, WB_TEST_DEADLINE_MS));
  g_assert_finalize_object (draft);
  store_free (store);
  return EXIT_SUCCESS;
}
