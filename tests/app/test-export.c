// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "list-fixture.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "wb-journal-private.h"

/* Very many rows into a file: it comes whole or not at all, and the window goes on meanwhile. With WAYBILL_TEST_ALL it is a
 * million of them. */

typedef struct {
  List list;
  char *folder, *path;
  GFile *file;
  guint n;
} Export;

static guint
many (void)
{
  return g_getenv ("WAYBILL_TEST_ALL") != NULL ? 1000000 : 100000;
}

static void
set_up (Export *self, gconstpointer n)
{
  Store *store = store_new (NULL);
  g_autofree char *sql = NULL;

  self->n = n != NULL ? GPOINTER_TO_UINT (n) : many ();
  sql = g_strdup_printf ("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %u)"
                         " INSERT INTO mailbox (row_key, scope, asked_at, email, username, domain, first_name, last_name, status, created_at)"
                         " SELECT 'm' || i, 'c1', 1, printf ('a%%07d@d.example', i), 'a', 'd.example', '=1+1', 'Berg, A', 'ACTIVE', 1 FROM n",
                         self->n);
  store_run_job (store, FALSE, "DELETE FROM customer; DELETE FROM mailbox");
  store_run_job (store, FALSE, sql);
  /* It knows none of them: what it says of the one that is shown would take it away. */
  store_fault (store, NULL, WB_FAULT_DROP_BEFORE, 0, 0);
  self->list = list_new (store, WB_COLLECTION_MAILBOXES, 1000);
  self->folder = g_dir_make_tmp ("waybill-export-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "Mailboxes.csv", NULL);
  self->file = g_file_new_for_path (self->path);
  list_wait_rows (&self->list, self->n);
}

static void
tear_down (Export *self, gconstpointer n)
{
  if (self->list.page != NULL)
    list_free (&self->list);
  store_remove_tree (self->folder);
  g_object_unref (self->file);
  g_free (self->path);
  g_free (self->folder);
}

static guint
count_files (Export *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* What was not finished is removed when nobody asks about it any more. */
static gboolean
is_over (gpointer data)
{
  Export *self = data;

  return self->list.page->exporting == NULL && count_files (self) <= 1;
}

static void
wait_over (Export *self)
{
  g_assert_true (wb_test_wait_for (is_over, self, 6 * WB_TEST_DEADLINE_MS));
}

static gint64
resident_kib (void)
{
  g_autofree char *text = NULL;
  long pages = 0;

  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  g_assert_cmpint (sscanf (text, "%*d %ld", &pages), ==, 1);
  return (gint64) pages * sysconf (_SC_PAGESIZE) / 1024;
}

static const char *
find_text (GtkWidget *widget, const char *begin)
{
  const char *found = NULL;

  if (GTK_IS_LABEL (widget) && g_str_has_prefix (gtk_label_get_text (GTK_LABEL (widget)), begin))
    return gtk_label_get_text (GTK_LABEL (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_text (child, begin);
  return found;
}

typedef struct {
  Export *export;
  GHashTable *seen; /* what was told meanwhile */
  gint64 last, worst, most;
} Meanwhile;

static gboolean
look (gpointer data)
{
  Meanwhile *self = data;
  const char *text = self->export->list.page->exporting != NULL ? find_text (self->export->list.page->list_box, "Saving ") : NULL;
  gint64 now = g_get_monotonic_time ();

  if (text != NULL)
    g_hash_table_add (self->seen, g_strdup (text));
  self->worst = MAX (self->worst, now - self->last);
  self->most = MAX (self->most, resident_kib ());
  self->last = now;
  return G_SOURCE_CONTINUE;
}

/* A title, then each row once, in the list's order; no cell can run. */
static void
check_file (Export *self, guint n)
{
  FILE *file = fopen (self->path, "re");
  char line[512];
  guint rows = 0;

  g_assert_nonnull (file);
  g_assert_nonnull (fgets (line, sizeof line, file));
  g_assert_true (g_str_has_prefix (line, "Mailbox,Address,"));
  while (fgets (line, sizeof line, file) != NULL)
    {
      g_autofree char *begin = g_strdup_printf ("\"'=1+1 Berg, A\",a%07u@d.example,", ++rows);

      if (!g_str_has_prefix (line, begin) || !g_str_has_suffix (line, "\r\n"))
        g_error ("row %u: %s", rows, line);
    }
  g_assert_cmpuint (rows, ==, n);
  fclose (file);
}

static void
test_whole (Export *self, gconstpointer n)
{
  Meanwhile meanwhile = { self, g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL), 0 };
  gint64 before = resident_kib (), began = g_get_monotonic_time ();
  guint tick;

  meanwhile.last = began;
  wb_collection_page_export_to (self->list.page, WB_EXPORT_MATCHING, FALSE, self->file);
  tick = g_timeout_add (5, look, &meanwhile);
  wait_over (self);
  g_source_remove (tick);
  g_test_message ("%u rows in %d ms, told %u times, longest gap %d ms, %d kB more", self->n,
                  (int) ((g_get_monotonic_time () - began) / 1000), g_hash_table_size (meanwhile.seen), (int) (meanwhile.worst / 1000),
                  (int) (meanwhile.most - before));
  check_file (self, self->n);
  g_assert_cmpuint (count_files (self), ==, 1);
  g_assert_cmpuint (g_hash_table_size (meanwhile.seen), >, 1);
#ifndef __SANITIZE_ADDRESS__ /* which keeps what is freed */
  /* The numbers of the rows, 8 bytes each, and what it takes for any number of them: a million rows are 70 MB of text. */
  g_assert_cmpint (meanwhile.most - before, <, (gint64) self->n * 8 / 1024 + 24 * 1024);
#endif
  g_hash_table_unref (meanwhile.seen);
}

static gboolean
is_half_way (gpointer data)
{
  Export *self = data;
  GtkWidget *bar = gtk_widget_get_last_child (self->list.page->list_box);
  GtkWidget *progress = gtk_widget_get_next_sibling (gtk_widget_get_first_child (bar));

  return GTK_IS_PROGRESS_BAR (progress) && gtk_progress_bar_get_fraction (GTK_PROGRESS_BAR (progress)) > 0;
}

/* What was there before stays as it was, and nothing lies beside it. */
static void
test_cancel (Export *self, gconstpointer n)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_set_contents (self->path, "before", -1, NULL));
  wb_collection_page_export_to (self->list.page, WB_EXPORT_MATCHING, FALSE, self->file);
  g_assert_true (wb_test_wait_for (is_half_way, self, WB_TEST_DEADLINE_MS));
  g_assert_cmpuint (count_files (self), ==, 2);
  order_press (self->list.window, "Cancel");
  wait_over (self);
  g_assert_null (order_find_button (self->list.window, "Cancel"));
  g_assert_cmpuint (count_files (self), ==, 1);
  g_assert_true (g_file_get_contents (self->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "before");
}

static gboolean
is_empty (gpointer data)
{
  return count_files (data) == 0;
}

/* The window goes in the middle: so does the file. */
static void
test_gone (Export *self, gconstpointer n)
{
  wb_collection_page_export_to (self->list.page, WB_EXPORT_MATCHING, FALSE, self->file);
  g_assert_true (wb_test_wait_for (is_half_way, self, WB_TEST_DEADLINE_MS));
  list_free (&self->list);
  self->list.page = NULL;
  g_assert_true (wb_test_wait_for (is_empty, self, WB_TEST_DEADLINE_MS));
}

/* A reader that is busy: which rows there are is not known until it is free. */

typedef struct {
  GMutex lock;
  GCond cond;
  gboolean held, free;
} Hold;

static gpointer
hold_job (sqlite3 *db, gpointer data, GError **error)
{
  Hold *hold = data;

  g_mutex_lock (&hold->lock);
  hold->held = TRUE;
  while (!hold->free)
    g_cond_wait (&hold->cond, &hold->lock);
  g_mutex_unlock (&hold->lock);
  return NULL;
}

static void
let_go (Hold *hold)
{
  g_mutex_lock (&hold->lock);
  hold->free = TRUE;
  g_cond_signal (&hold->cond);
  g_mutex_unlock (&hold->lock);
}

static void
hold_lists (Export *self, Hold *hold)
{
  g_mutex_init (&hold->lock);
  g_cond_init (&hold->cond);
  wb_database_push (wb_profile_get_lists (self->list.store->profile), hold_job, hold, NULL);
}

static void
hold_clear (Hold *hold)
{
  g_mutex_clear (&hold->lock);
  g_cond_clear (&hold->cond);
}

static void
test_waiting (Export *self, gconstpointer n)
{
  Hold hold = { 0 };

  hold_lists (self, &hold);
  wb_collection_page_export_to (self->list.page, WB_EXPORT_ALL, FALSE, self->file);
  order_wait_text (self->list.window, "Finding all rows…");
  order_shots (self->list.window, "export-waiting");
  order_press (self->list.window, "Cancel");
  g_assert_null (self->list.page->exporting);
  g_assert_false (order_shows (self->list.window, "Finding all rows…"));
  /* And another one, at once. */
  wb_collection_page_export_to (self->list.page, WB_EXPORT_ALL, FALSE, self->file);
  let_go (&hold);
  wait_over (self);
  check_file (self, self->n);
  g_assert_cmpuint (count_files (self), ==, 1);
  hold_clear (&hold);
}

/* The window goes while it waits. */
static void
test_waiting_gone (Export *self, gconstpointer n)
{
  Hold hold = { 0 };

  hold_lists (self, &hold);
  wb_collection_page_export_to (self->list.page, WB_EXPORT_ALL, FALSE, self->file);
  order_wait_text (self->list.window, "Finding all rows…");
  let_go (&hold);
  list_free (&self->list);
  self->list.page = NULL;
  hold_clear (&hold);
  g_assert_cmpuint (count_files (self), ==, 0);
}

/* Those selected, also where the list is being read anew while it is asked. */
static void
test_selected (Export *self, gconstpointer n)
{
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (self->list.page->selection);
  Hold hold = { 0 };

  gtk_selection_model_select_range (selection, 0, 3, TRUE);
  hold_lists (self, &hold);
  wb_collection_page_show_chip (self->list.page, "live");
  wb_collection_page_export_to (self->list.page, WB_EXPORT_SELECTED, FALSE, self->file);
  let_go (&hold);
  wait_over (self);
  check_file (self, 3);
  hold_clear (&hold);
}

static void
test_no_room (Export *self, gconstpointer n)
{
  g_autoptr (GFile) full = g_file_new_for_path ("/nonexistent/Mailboxes.csv");
  GtkWidget *message;

  wb_collection_page_export_to (self->list.page, WB_EXPORT_ALL, FALSE, full);
  message = order_wait_message (self->list.window);
  order_wait_text (message, "The Rows Were Not Saved");
  order_press (message, "Close");
  g_assert_null (self->list.page->exporting);
}

int
main (int argc, char **argv)
{
  order_test_init (&argc, &argv);
#define ADD(path, n, func) g_test_add ("/export/" path, Export, GUINT_TO_POINTER (n), set_up, func, tear_down)
  ADD ("whole", 0, test_whole);
  ADD ("cancel", 0, test_cancel);
  ADD ("gone", 0, test_gone);
  ADD ("waiting", 400, test_waiting);
  ADD ("waiting-gone", 400, test_waiting_gone);
  ADD ("selected", 400, test_selected);
  ADD ("no-room", 40, test_no_room);
  return g_test_run ();
}
