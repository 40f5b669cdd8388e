// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store-fixture.h"

#include <libsoup/soup.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "wb-profile-private.h"
#include "wb-sync-private.h"

/* A process that reads a list is killed at random moments, and one that begins anew goes on where it was: nothing is
 * lost or there twice, the file is sound, and few pages are asked for again. WAYBILL_SEED=n repeats a run. */

#define PAGE 100
#define N_ROWS 4000
#define N_PAGES (N_ROWS / PAGE)
#define AHEAD 8
#ifdef __SANITIZE_ADDRESS__
#define KILLS 15
#else
#define KILLS 100
#endif

typedef struct {
  SoupServer *server;
  char *url, *dir, *id;
  guint version; /* of every row */
  guint begun;   /* the last that somebody has begun to read */
  guint first_page, n_asked;
  GSubprocess *child;
  GDataInputStream *words;
  guint n_killed, n_whole, n_gone_on;
} World;

/* The child */

static WbProfile *
open_there (const char *dir, const char *id)
{
  g_autofree char *cache = g_build_filename (dir, "cache", NULL);
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  WbProfile *profile;

  wb_profile_open_async (id, dir, cache, "key", NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  profile = wb_profile_open_finish (result, &error);
  g_assert_no_error (error);
  g_object_unref (result);
  cmr_pacer_set_rate (cmr_client_get_pacer (wb_profile_get_client (profile)), 0);
  return profile;
}

static int
run_child (char **argv)
{
  g_autoptr (WbProfile) profile = open_there (argv[2], argv[3]);
  GAsyncResult *result = NULL, *closed = NULL;
  g_autoptr (GError) error = NULL;

  g_print ("go\n");
  fflush (stdout);
  wb_sync_refresh_async (wb_profile_get_sync (profile), WB_COLLECTION_CUSTOMERS, NULL, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  wb_sync_refresh_finish (wb_profile_get_sync (profile), result, &error);
  g_assert_no_error (error);
  g_object_unref (result);
  wb_profile_close_async (profile, wb_test_take_result, &closed);
  wb_test_wait_result (&closed);
  g_object_unref (closed);
  return 0;
}

/* The server */

static void
on_request (SoupServer *server, SoupServerMessage *msg, const char *path, GHashTable *params, gpointer data)
{
  World *self = data;
  guint page = (guint) atoi (g_hash_table_lookup (params, "page"));
  GString *text = g_string_new ("{\"status\":200,\"data\":{\"users\":[");

  self->first_page = self->n_asked++ == 0 ? page : self->first_page;
  for (guint i = (page - 1) * PAGE; i < MIN (page * PAGE, N_ROWS); i++)
    g_string_append_printf (text, "%s{\"userId\":\"u%u\",\"email\":\"u%u@x.example\",\"company\":\"%u\"}", i % PAGE > 0 ? "," : "",
                            i, i, self->version);
  g_string_append_printf (text, "],\"pagination\":{\"totalSearchedCount\":%d,\"currentPage\":%u,\"totalPages\":%d}}}", N_ROWS,
                          page, N_PAGES);
  soup_server_message_set_status (msg, 200, NULL);
  soup_server_message_set_response (msg, "application/json", SOUP_MEMORY_TAKE, text->str, text->len);
  g_string_free (text, FALSE);
}

/* What is on the disk */

static gint64
ask (sqlite3 *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 value = wb_db_int64 (db, &error, sql, "");

  g_assert_no_error (error);
  return value;
}

/* Returns the page that it goes on with. */
static guint
look_into_mirror (World *self, gboolean whole)
{
  g_autofree char *path = g_build_filename (self->dir, "cache", "profiles", self->id, "mirror.db", NULL);
  g_autoptr (WbStatement) stmt = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *db = NULL;
  guint page;
  gint64 n, old;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  stmt = wb_db_prepare (db, &error, "PRAGMA integrity_check", "");
  g_assert_no_error (error);
  g_assert_true (wb_db_step (stmt, NULL));
  g_assert_cmpstr (wb_db_text (stmt, 0), ==, "ok");
  sqlite3_finalize (g_steal_pointer (&stmt));
  page = (guint) ask (db, "SELECT coalesce (max (page), 0) FROM sweeps");
  n = ask (db, "SELECT count(*) FROM customer");
  g_assert_cmpint (n, ==, ask (db, "SELECT count(DISTINCT user_id) FROM customer"));
  /* Page after page: none is there in part, none before its place is missing, and none is of a version of long ago. */
  g_assert_cmpint (n % PAGE, ==, 0);
  g_assert_cmpint (n, >=, self->n_whole > 0 ? N_ROWS : page > 0 ? (page - 1) * PAGE : 0);
  old = n > 0 ? ask (db, "SELECT min (company + 0) FROM customer") : self->version;
  g_assert_cmpint (old, >=, self->version - 1);
  g_assert_cmpint (ask (db, "SELECT count(*) FROM customer WHERE missed <> 0"), ==, 0);
  if (whole)
    {
      g_assert_cmpint (n, ==, N_ROWS);
      g_assert_cmpint (old, ==, self->version);
      g_assert_cmpuint (page, ==, 0);
    }
  sqlite3_close (db);
  return page;
}

/* Rounds */

static void
start_child (World *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  GAsyncResult *result = NULL;
  g_autofree char *word = NULL;

  self->n_asked = 0;
  self->child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--child", self->dir, self->id, NULL);
  g_assert_no_error (error);
  self->words = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->child));
  do
    {
      g_clear_pointer (&word, g_free);
      g_data_input_stream_read_line_async (self->words, G_PRIORITY_DEFAULT, NULL, wb_test_take_result, &result);
      wb_test_wait_result (&result);
      word = g_data_input_stream_read_line_finish (self->words, result, NULL, &error);
      g_assert_no_error (error);
      g_clear_object (&result);
    }
  while (g_strcmp0 (word, "go") != 0);
}

/* TRUE when it had come to its end before it was killed. */
static gboolean
end_child (World *self)
{
  GAsyncResult *result = NULL;
  gboolean whole;

  g_subprocess_wait_async (self->child, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  g_subprocess_wait_finish (self->child, result, NULL);
  g_object_unref (result);
  whole = g_subprocess_get_if_exited (self->child);
  if (whole)
    g_assert_cmpint (g_subprocess_get_exit_status (self->child), ==, 0);
  else
    g_assert_cmpint (g_subprocess_get_term_sig (self->child), ==, SIGKILL);
  g_clear_object (&self->words);
  g_clear_object (&self->child);
  return whole;
}

static gboolean
on_time (gpointer done)
{
  *(gboolean *) done = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
is_done (gpointer done)
{
  return *(gboolean *) done;
}

static void
pass (guint us)
{
  gboolean done = us < 1000;

  if (!done)
    g_timeout_add (us / 1000, on_time, &done);
  g_assert_true (wb_test_wait_for (is_done, &done, WB_TEST_DEADLINE_MS));
}

static void
kill_once (World *self, GRand *rand, gint64 whole_us)
{
  guint page, before = look_into_mirror (self, FALSE);
  gboolean anew = self->version != self->begun;

  self->begun = self->version;
  start_child (self);
  pass ((guint) g_rand_int_range (rand, 0, (gint32) MAX (whole_us, 1000)));
  g_subprocess_force_exit (self->child);
  if (end_child (self))
    {
      look_into_mirror (self, TRUE);
      self->n_whole++;
      self->version++;
      return;
    }
  self->n_killed++;
  page = look_into_mirror (self, FALSE);
  if (self->n_asked > 0 && before > 10)
    {
      g_assert_cmpuint (self->first_page, ==, before);
      self->n_gone_on++;
    }
  /* What was under way is all that is asked for twice; pages that are as they were do not say where it is. */
  if (page > before && self->n_asked > 0 && anew)
    g_assert_cmpuint (self->n_asked, <=, page - self->first_page + AHEAD);
}

static gint64
read_whole (World *self)
{
  gint64 begun;

  start_child (self);
  begun = g_get_monotonic_time ();
  g_assert_true (end_child (self));
  look_into_mirror (self, TRUE);
  self->n_whole++;
  return g_get_monotonic_time () - begun;
}

static void
open_world (World *self)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (WbProfileInfo) info = wb_profile_info_new ("Killed", WB_PROFILE_BUILT_IN);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  self->version = 1;
  self->dir = g_dir_make_tmp ("waybill-killed-XXXXXX", NULL);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  soup_server_listen (self->server, address, 0, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  g_free (info->base_url);
  info->base_url = g_strdup_printf ("http://127.0.0.1:%d/api", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  self->id = g_strdup (info->id);
  wb_profile_info_save (info, self->dir, &error);
  g_assert_no_error (error);
}

static void
test_killed (void)
{
  const char *given = g_getenv ("WAYBILL_SEED");
  guint seed = given != NULL ? (guint) strtoul (given, NULL, 10) : g_random_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  World world = { 0 };
  gint64 whole_us;

  g_test_message ("seed %u", seed);
  open_world (&world);
  whole_us = read_whole (&world);
  world.version++;
  while (world.n_killed < KILLS)
    kill_once (&world, rand, whole_us * 2 / 3);
  read_whole (&world);
  g_test_message ("%u killed, %u went on in the middle, %u came to their end", world.n_killed, world.n_gone_on, world.n_whole);
  g_assert_cmpuint (world.n_gone_on, >, 0);
  soup_server_disconnect (world.server);
  g_assert_finalize_object (world.server);
  store_remove_tree (world.dir);
  g_free (world.dir);
  g_free (world.id);
}

int
main (int argc, char **argv)
{
  if (argc == 4 && g_str_equal (argv[1], "--child"))
    return run_child (argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/killed", test_killed);
  return g_test_run ();
}
