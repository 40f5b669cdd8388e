// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later

/* wb-bench-lists [--collection=customers] [--verbose] WHAT: opens the real window on the profile that XDG_DATA_HOME
 * and XDG_CACHE_HOME lead to (wb-bench-mirror.c), does WHAT in its list and prints figures. Ends with 1 where what was
 * to be measured did not happen. */
#include <stdlib.h>

#include "wb-bench-lists.h"

#include "config.h"

#include "wb-application-private.h"
#include "wb-frame-memory.h"
#include "wb-compat.h"
#include "wb-list-model-private.h"
#include "wb-profile-private.h"
#include "wb-sync-private.h"

static const struct {
  const char *name;
  void (*run) (Lists *self);
} runs[] = {
  { "memory", lists_memory }, { "keys", lists_keys }, { "select", lists_select }, { "jump", lists_jump },
  { "cold", lists_cold },     { "sort", lists_sort }, { "scroll", lists_scroll }, { "use", lists_use },
};

const BenchWord bench_words[] = {
  { "xylophone", 0, 0 }, { "ΊΚΑΡΟΣ", 0, 2 }, { "STRASSBURGER", 10000, 0 }, { "ZOË", 10, 0 }, { "EXAMPLE", 1, 0 },
};
const guint bench_n_words = G_N_ELEMENTS (bench_words);

gint64
bench_word_hits (const BenchWord *word, gint64 n_rows)
{
  return word->one_in > 0 ? n_rows / word->one_in : word->hits;
}

static GtkWidget *
find_page (GtkWidget *widget, WbCollection collection)
{
  GtkWidget *found = NULL;

  if (WB_IS_COLLECTION_PAGE (widget) && gtk_widget_get_mapped (widget)
      && wb_collection_page_get_collection (WB_COLLECTION_PAGE (widget)) == collection)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_page (child, collection);
  return found;
}

static gboolean
is_open (gpointer data)
{
  Lists *self = data;

  return wb_application_get_profile (self->application) != NULL;
}

static gboolean
has_page (gpointer data)
{
  Lists *self = data;

  self->page = (WbCollectionPage *) find_page (GTK_WIDGET (self->window), self->collection);
  return self->page != NULL;
}

gboolean
lists_is_read (gpointer lists)
{
  Lists *self = lists;
  gboolean loading;

  g_object_get (self->page->model, "loading", &loading, NULL);
  return !loading && wb_list_model_get_total (self->page->model) >= 0;
}

WbRow *
lists_peek (Lists *self, guint position)
{
  WbRow *row = wb_list_kept_peek (&self->page->model->rows.kept, position);

  return row != NULL && !wb_row_is_placeholder (row) ? row : NULL;
}

gboolean
lists_is_filled (Lists *self)
{
  guint first = wb_compat_list_first_shown (wb_collection_page_get_list (self->page)), n = g_list_model_get_n_items (lists_rows (self));

  for (guint i = first; i < MIN (first + 10, n); i++)
    if (lists_peek (self, i) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
shows_rows (gpointer data)
{
  Lists *self = data;

  return g_list_model_get_n_items (lists_rows (self)) > 0 && lists_is_read (self) && lists_is_filled (self)
         && wb_compat_list_row_bounds (wb_collection_page_get_list (self->page), 0, &(GdkRectangle) { 0 });
}

static void
on_answer (Lists *self)
{
  self->answered = TRUE;
}

static void
open_window (Lists *self)
{
  static const WbApplicationOptions options = { .sandbox_speed = 1 };

  self->application = wb_application_new (&options);
  if (!g_application_register (G_APPLICATION (self->application), NULL, NULL)
      || g_application_get_is_remote (G_APPLICATION (self->application)))
    bench_fail ("another Waybill is open");
  g_application_activate (G_APPLICATION (self->application));
  self->window = wb_application_get_window (self->application);
  bench_wait (is_open, self, "the profile");
  bench_meter_install (GTK_WIDGET (self->window));
  wb_window_show_section (self->window, self->collection);
  bench_wait (has_page, self, "the page");
  bench_wait (shows_rows, self, "the rows");
  g_signal_connect_swapped (self->page->model, "notify::n-items", G_CALLBACK (on_answer), self);
}

static void
open_mirror (Lists *self)
{
  WbProfile *profile = wb_application_get_profile (self->application);
  const char *path = wb_database_get_path (wb_profile_get_mirror (profile));

  if (sqlite3_open_v2 (path, &self->db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
    bench_fail ("%s: %s", path, sqlite3_errmsg (self->db));
}

static gboolean
parse (Lists *self, int *argc, char ***argv)
{
  g_autofree char *collection = NULL;
  const GOptionEntry entries[] = {
    { "collection", 0, 0, G_OPTION_ARG_STRING, &collection, "Whose list; mailboxes", "NAME" },
    { "verbose", 0, 0, G_OPTION_ARG_NONE, &self->verbose, "Each figure", NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("WHAT");

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, NULL) || *argc != 2)
    return FALSE;
  self->collection = WB_COLLECTION_MAILBOXES;
  for (guint i = 0; i < WB_N_COLLECTIONS; i++)
    if (g_strcmp0 (wb_collection_name (i), collection) == 0)
      self->collection = i;
  return TRUE;
}

int
main (int argc, char **argv)
{
  Lists self = { .hits = -1 };

  if (!parse (&self, &argc, &argv))
    {
      g_printerr ("wb-bench-lists [--collection=NAME] [--verbose] WHAT\n");
      return 2;
    }
  /* As main.c does. */
  wb_frame_memory_init ();
  g_set_prgname ("waybill");
  open_window (&self);
  open_mirror (&self);
  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    if (g_str_equal (runs[i].name, argv[1]))
      {
        runs[i].run (&self);
        g_print ("rows=%u\n", g_list_model_get_n_items (lists_rows (&self)));
        exit (0); /* what is open goes with the process */
      }
  bench_fail ("there is no %s", argv[1]);
}
