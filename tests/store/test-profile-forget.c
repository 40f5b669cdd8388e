// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "order-tools.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "wb-fault.h"
#include "wb-profile-forget.h"
#include "wb-profile-private.h"

/* Forgetting a profile: all of it or nothing, also when the process is killed in the middle. What becomes of its key
 * is in test-keys.c, where there is a keyring. */

typedef struct {
  char *dir, *cache, *id;
  Store *store;
} World;

static void
set_up (World *world, gconstpointer data)
{
  world->store = store_new (NULL);
  world->dir = g_strdup (world->store->dir);
  world->cache = g_build_filename (world->dir, "cache", NULL);
  world->id = g_strdup (wb_profile_get_info (world->store->profile)->id);
}

static void
tear_down (World *world, gconstpointer data)
{
  store_free (world->store);
  g_free (world->dir);
  g_free (world->cache);
  g_free (world->id);
}

/* The same end for all: closed here, so that store_free() finds nothing to close. */
static void
close_store (World *world)
{
  g_free (store_close (world->store));
}

static gboolean
forget (World *world, guint stakes, WbForgot *forgot, GError **error)
{
  GAsyncResult *result = NULL;
  gboolean done;

  wb_profile_forget_async (world->dir, world->cache, world->id, stakes, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  done = wb_profile_forget_finish (result, forgot, error);
  g_object_unref (result);
  return done;
}

static guint
finish_forgetting (World *world)
{
  GAsyncResult *result = NULL;
  guint n;

  wb_profile_finish_forgetting_async (world->dir, world->cache, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  n = wb_profile_finish_forgetting_finish (result);
  g_object_unref (result);
  return n;
}

static WbProfileLoss *
look (World *world)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  WbProfileLoss *loss;

  wb_profile_loss_async (world->store->profile, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  loss = wb_profile_loss_finish (world->store->profile, result, &error);
  g_assert_no_error (error);
  g_object_unref (result);
  return loss;
}

/* Any file or folder below @path whose path contains @word. */
static gboolean
holds (const char *path, const char *word)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (strstr (name, word) != NULL || holds (child, word))
        return TRUE;
    }
  return FALSE;
}

static guint
count_profiles (World *world)
{
  g_autoptr (GPtrArray) infos = wb_profile_list (world->dir);

  return infos->len;
}

static void
add_order (World *world, const char *id, const char *state)
{
  g_autofree char *sql = g_strdup_printf (
    "INSERT INTO orders (id, order_id, customer_id, customer, state, about, created, paid_at)"
    " VALUES ('%s', 'ORDER-%s', 'c1', 'A & B <b>', '%s', 10620, 1700000000000000, 1700000000000001)", id, id, state);

  store_run_job (world->store, TRUE, sql);
}

static void
add_request (World *world, const char *id, const char *state, gboolean paid)
{
  g_autofree char *sql = g_strdup_printf (
    "INSERT INTO operations (id, run, op, state, paid, destructive, customer, target, cents, created, updated)"
    " VALUES ('%s', 'r', 'renew_domains', '%s', %d, 0, 'Oak', '%s', 1450, 1600000000000000, 1)", id, state, paid, id);

  store_run_job (world->store, TRUE, sql);
}

/* What it is told of */

static void
test_loss (World *world, gconstpointer data)
{
  WbDraft *draft = store_draft (world->store, "plain-loom.test", "amara:Amara Okafor");
  g_autofree char *picture = draft_picture (world->dir, "amara.jpg", 700, 700, 0x336699);
  const char *const roots[] = { picture, NULL };
  g_autoptr (WbProfileLoss) loss = NULL;
  const WbProfileStake *stake;

  draft_add (draft, -1, NULL, roots);
  draft_drop (draft);
  add_order (world, "1", "live");
  add_order (world, "2", "being-made");
  add_order (world, "3", "unknown");
  add_order (world, "4", "not-paid");
  add_request (world, "r1", "unknown", TRUE);
  add_request (world, "r2", "done", TRUE);
  add_request (world, "r3", "unknown", FALSE);
  loss = look (world);
  g_assert_cmpuint (loss->n_orders, ==, 4);
  g_assert_cmpuint (loss->n_drafts, ==, 1);
  g_assert_cmpuint (loss->n_requests, ==, 3);
  g_assert_cmpuint (loss->n_waiting, ==, 0);
  g_assert_cmpint (loss->picture_bytes, >, 1000);
  g_assert_cmpuint (loss->stakes->len, ==, 3);
  stake = loss->stakes->pdata[0];
  g_assert_cmpstr (stake->customer, ==, "Oak");
  g_assert_cmpint (stake->cents, ==, 1450);
  stake = loss->stakes->pdata[1];
  g_assert_cmpstr (stake->order_id, ==, "ORDER-2");
  g_assert_cmpint (stake->cents, ==, 10620);
}

/* Everything goes, and only its own. */
static void
test_all (World *world, gconstpointer data)
{
  g_autoptr (WbProfileInfo) other = wb_profile_info_new ("Other", WB_PROFILE_BUILT_IN);
  WbDraft *draft = store_draft (world->store, "plain-loom.test", "amara:Amara Okafor");
  g_autofree char *picture = draft_picture (world->dir, "amara.jpg", 700, 700, 0x336699);
  g_autofree char *profiles = g_build_filename (world->dir, "profiles", NULL);
  const char *const roots[] = { picture, NULL };
  g_autoptr (GError) error = NULL;
  WbForgot forgot = WB_FORGOT_IN_PART;

  draft_add (draft, -1, NULL, roots);
  draft_drop (draft);
  add_order (world, "1", "live");
  g_assert_true (wb_profile_info_save (other, world->dir, NULL));
  close_store (world);
  g_assert_true (holds (world->cache, "mirror.db"));
  g_assert_true (holds (profiles, "journal.db"));
  g_assert_true (forget (world, 0, &forgot, &error));
  g_assert_no_error (error);
  g_assert_cmpint (forgot, ==, WB_FORGOT_ALL);
  g_assert_false (holds (world->dir, world->id));
  g_assert_false (holds (world->dir, "mirror.db"));
  g_assert_false (holds (world->dir, "journal.db"));
  g_assert_true (holds (profiles, other->id));
  g_assert_true (g_file_test (picture, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_profiles (world), ==, 1);
  g_assert_cmpuint (finish_forgetting (world), ==, 0);
}

/* A link in its folder is removed, and what it leads to stays. */
static void
test_link (World *world, gconstpointer data)
{
  g_autofree char *folder = g_strdup (wb_profile_get_folder (world->store->profile));
  g_autofree char *link = g_build_filename (folder, "link", NULL), *kept = g_build_filename (world->dir, "kept", NULL);
  g_autofree char *file = g_build_filename (kept, "file", NULL);
  WbForgot forgot;

  g_assert_cmpint (g_mkdir (kept, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  g_assert_cmpint (symlink (kept, link), ==, 0);
  close_store (world);
  g_assert_true (forget (world, 0, &forgot, NULL));
  g_assert_false (holds (world->dir, world->id));
  g_assert_true (g_file_test (file, G_FILE_TEST_EXISTS));
}

/* Refused, and nothing is changed */

static void
assert_refused (World *world, guint stakes)
{
  g_autoptr (GError) error = NULL;
  WbForgot forgot;

  g_assert_false (forget (world, stakes, &forgot, &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_CONFLICT);
  g_assert_cmpuint (count_profiles (world), ==, 1);
  g_assert_false (holds (world->dir, "forgotten"));
}

/* An order that is paid goes only when a person has let go of it; another that came meanwhile does not. */
static void
test_under_way (World *world, gconstpointer data)
{
  WbForgot forgot;

  add_order (world, "1", "being-made");
  add_order (world, "2", "slow");
  close_store (world);
  assert_refused (world, 0);
  assert_refused (world, 1);
  store_open (world->store, world->id);
  g_assert_true (holds (world->dir, "journal.db"));
  {
    g_autoptr (WbProfileLoss) loss = look (world);

    g_assert_cmpuint (loss->stakes->len, ==, 2);
  }
  close_store (world);
  g_assert_true (forget (world, 2, &forgot, NULL));
  g_assert_false (holds (world->dir, world->id));
}

/* What may still be sent never loses its journal, whatever a person has said. */
static void
test_waiting (World *world, gconstpointer data)
{
  add_request (world, "r1", "queued", FALSE);
  close_store (world);
  assert_refused (world, 99);
  store_open (world->store, world->id);
  close_store (world);
}

static void
test_locked (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *owner = NULL, *folder = NULL;
  WbForgot forgot;
  int fd;

  close_store (world);
  folder = wb_profile_folder (world->dir, world->id);
  /* Two descriptors of one process keep each other out as two processes do. */
  g_assert_true (wb_profile_lock_take (folder, &fd, &owner, NULL));
  assert_refused (world, 0);
  close (fd);
  g_assert_true (forget (world, 0, &forgot, &error));
  g_assert_no_error (error);
}

/* One that is gone, and one that cannot be read: no half of it is removed. */
static void
test_odd (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = wb_profile_folder (world->dir, world->id);
  g_autofree char *journal = g_build_filename (folder, "journal.db", NULL);
  WbForgot forgot;

  close_store (world);
  g_assert_true (g_file_set_contents (journal, "not a database, and long enough to be looked at", -1, NULL));
  g_assert_false (forget (world, 0, &forgot, &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_STORAGE);
  g_assert_true (g_file_test (journal, G_FILE_TEST_EXISTS));
  g_clear_error (&error);
  g_free (world->id);
  world->id = g_uuid_string_random ();
  g_assert_false (forget (world, 0, &forgot, &error));
  g_assert_nonnull (error);
}

/* Killed */

#ifdef WB_FAULT_POINTS
static int
run_child (char **argv)
{
  World world = { .dir = argv[2], .id = argv[3] };
  WbForgot forgot;

  world.cache = g_build_filename (world.dir, "cache", NULL);
  return forget (&world, 0, &forgot, NULL) ? 0 : 1;
}

static void
kill_at (World *world, const char *point)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_setenv (launcher, "WAYBILL_KILL_AT", point, TRUE);
  child = g_subprocess_launcher_spawn (launcher, &error, program, "--child", world->dir, world->id, NULL);
  g_assert_no_error (error);
  g_subprocess_wait (child, NULL, NULL);
  g_assert_true (g_subprocess_get_if_signaled (child));
  g_assert_cmpint (g_subprocess_get_term_sig (child), ==, SIGKILL);
}

/* Before the mark it is whole, after it no profile any more; the next start removes the rest. */
static void
test_killed (World *world, gconstpointer point)
{
  gboolean marked = !g_str_equal (point, "forget:before-mark");

  add_order (world, "1", "live");
  close_store (world);
  kill_at (world, point);
  g_assert_cmpuint (count_profiles (world), ==, marked ? 0 : 1);
  g_assert_cmpuint (finish_forgetting (world), ==, marked ? 1 : 0);
  g_assert_true (holds (world->dir, world->id) == !marked);
  g_assert_true (holds (world->dir, "journal.db") == !marked);
  if (marked)
    return;
  store_open (world->store, world->id);
  {
    g_autoptr (WbProfileLoss) loss = look (world);

    g_assert_cmpuint (loss->n_orders, ==, 1);
  }
  close_store (world);
}

/* Two starts at once: who has the lock does it. */
static void
test_killed_beside (World *world, gconstpointer data)
{
  g_autofree char *marked = NULL, *owner = NULL;
  int fd;

  close_store (world);
  kill_at (world, "forget:marked");
  marked = g_strconcat (world->dir, "/profiles/.forgotten-", world->id, NULL);
  g_assert_true (wb_profile_lock_take (marked, &fd, &owner, NULL));
  g_assert_cmpuint (finish_forgetting (world), ==, 0);
  g_assert_true (holds (world->dir, "journal.db"));
  close (fd);
  g_assert_cmpuint (finish_forgetting (world), ==, 1);
  g_assert_false (holds (world->dir, world->id));
}
#endif

int
main (int argc, char **argv)
{
#ifdef WB_FAULT_POINTS
  static const char *const points[]
    = { "forget:before-mark", "forget:marked", "forget:mirror-gone", "forget:files-gone", "forget:key-gone" };

  if (argc == 4 && g_str_equal (argv[1], "--child"))
    return run_child (argv);
#endif
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/profile-forget/" path, World, NULL, set_up, func, tear_down)
  ADD ("loss", test_loss);
  ADD ("all", test_all);
  ADD ("link", test_link);
  ADD ("under-way", test_under_way);
  ADD ("waiting", test_waiting);
  ADD ("locked", test_locked);
  ADD ("odd", test_odd);
#ifdef WB_FAULT_POINTS
  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      g_autofree char *path = g_strconcat ("/profile-forget/killed/", points[i] + strlen ("forget:"), NULL);

      g_test_add (path, World, points[i], set_up, test_killed, tear_down);
    }
  ADD ("killed-beside", test_killed_beside);
#endif
  return g_test_run ();
}
