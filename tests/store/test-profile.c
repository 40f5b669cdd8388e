// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fake-service.h"
#include "order-tools.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "wb-profile-private.h"
#include "wb-sync.h"

/* Folders, locks, unlocking, addresses and whose key it is. */

static void
set_up (Store **store, gconstpointer data)
{
  *store = store_new (NULL);
}

static void
tear_down (Store **store, gconstpointer data)
{
  store_free (*store);
}

/* Its folder */

static void
check_modes (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  struct stat st;
  const char *name;

  g_assert_cmpint (lstat (path, &st), ==, 0);
  if ((st.st_mode & 0777) != (S_ISDIR (st.st_mode) ? 0700 : 0600))
    g_error ("%s: mode %o", path, st.st_mode & 0777);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      check_modes (child);
    }
}

/* Nobody else reads any of it, whatever the umask was. */
static void
test_modes (void)
{
  mode_t before = umask (0);
  Store *store = store_new (NULL);
  WbDraft *draft = order_draft (store, "plain-loom.test");
  g_autofree char *picture = draft_picture (store->dir, "amara.jpg", 700, 700, 0x336699);
  g_autofree char *profiles = g_build_filename (store->dir, "profiles", NULL),
                  *cache = g_build_filename (store->dir, "cache", NULL);
  const char *const roots[] = { picture, NULL };

  draft_add (draft, -1, NULL, roots);
  draft_drop (draft);
  check_modes (profiles);
  check_modes (cache);
  store_free (store);
  umask (before);
}

/* A file that was left open to others is closed to them when it is written. */
static void
test_ini_mode (Store **store, gconstpointer data)
{
  g_autofree char *path = g_build_filename (wb_profile_get_folder ((*store)->profile), "profile.ini", NULL);
  g_autoptr (GError) error = NULL;
  struct stat st;

  g_assert_cmpint (chmod (path, 0644), ==, 0);
  wb_profile_unlock ((*store)->profile, WB_UNLOCK_ALWAYS);
  /* What is asked of the journal comes after what was written before it. */
  store_run_job (*store, TRUE, "SELECT 1");
  g_assert_cmpint (stat (path, &st), ==, 0);
  g_assert_cmpint (st.st_mode & 0777, ==, 0600);
}

/* A window may go after its profile, and ask once more: what was learned is known no more, and nothing is written. */
static void
test_fact_after_close (Store **store, gconstpointer data)
{
  g_autoptr (WbProfile) profile = g_object_ref ((*store)->profile);
  g_autofree char *id = g_strdup (wb_profile_get_info (profile)->id);
  GAsyncResult *result = NULL;

  wb_profile_set_fact (profile, "process-path", "missing");
  g_assert_cmpstr (wb_profile_get_fact (profile, "process-path"), ==, "missing");
  wb_profile_close_async (profile, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  g_clear_object (&result);
  g_assert_null (wb_profile_get_fact (profile, "process-path"));
  wb_profile_set_fact (profile, "process-path", "there");
  g_clear_object (&(*store)->profile);
  store_open (*store, id);
  g_assert_cmpstr (wb_profile_get_fact ((*store)->profile, "process-path"), ==, "missing");
}

/* A disk that does not answer keeps nobody waiting who has a window to draw: a FIFO is such a disk. */
static void
test_slow_disk (Store **store, gconstpointer data)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *folder = g_build_filename ((*store)->dir, "profiles", id, NULL);
  g_autofree char *path = g_build_filename (folder, "profile.ini", NULL);
  g_autoptr (GPtrArray) infos = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  int fd;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  wb_profile_list_async ((*store)->dir, NULL, wb_test_take_result, &result);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (result);
  /* Waits for the worker to be there. */
  fd = g_open (path, O_WRONLY | O_CLOEXEC, 0);
  g_assert_cmpint (fd, >=, 0);
  close (fd);
  wb_test_wait_result (&result);
  infos = wb_profile_list_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (infos->len, ==, 1);
  g_object_unref (result);
}

static gpointer
ensure_thread (gpointer dir)
{
  return wb_profile_ensure (dir, WB_PROFILE_VENDOR_SANDBOX, "A", "http://127.0.0.1:1", NULL);
}

/* Asked for twice at once, one is made; another address is another profile. */
static void
test_ensure (Store **store, gconstpointer data)
{
  GThread *one = g_thread_new ("one", ensure_thread, (*store)->dir), *two = g_thread_new ("two", ensure_thread, (*store)->dir);
  g_autofree char *first = g_thread_join (one), *second = g_thread_join (two);
  g_autofree char *other = wb_profile_ensure ((*store)->dir, WB_PROFILE_VENDOR_SANDBOX, "C", "http://127.0.0.1:2", NULL);
  g_autoptr (GPtrArray) infos = wb_profile_list ((*store)->dir);

  g_assert_nonnull (first);
  g_assert_cmpstr (first, ==, second);
  g_assert_cmpstr (other, !=, first);
  g_assert_cmpuint (infos->len, ==, 3);
}

/* Where it cannot be made, it is said. */
static void
test_ensure_fails (Store **store, gconstpointer data)
{
  g_autofree char *file = g_build_filename ((*store)->dir, "no-folder", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  g_assert_null (wb_profile_ensure (file, WB_PROFILE_BUILT_IN, "A", NULL, &error));
  g_assert_nonnull (error);
}

static WbProfileInfo *
reload (const char *dir, const WbProfileInfo *info)
{
  g_autoptr (GError) error = NULL;
  WbProfileInfo *loaded = wb_profile_info_load (dir, info->id, &error);

  g_assert_no_error (error);
  return loaded;
}

static void
test_ini (Store **store, gconstpointer data)
{
  const char *dir = (*store)->dir;
  g_autoptr (WbProfileInfo) info = wb_profile_info_new ("Ä & <b> “x”", WB_PROFILE_VENDOR_SANDBOX);
  g_autoptr (WbProfileInfo) loaded = NULL;
  g_autoptr (GPtrArray) all = NULL;

  g_free (info->base_url);
  info->base_url = g_strdup ("https://sandbox.example/api");
  info->per_second = 2.5;
  info->guard_day_cents = 12345;
  g_hash_table_insert (info->overrides, g_strdup ("get_wallet"), g_strdup ("/wallet"));
  g_assert_true (wb_profile_info_save (info, dir, NULL));
  loaded = reload (dir, info);
  g_assert_cmpstr (loaded->name, ==, info->name);
  g_assert_cmpint (loaded->kind, ==, WB_PROFILE_VENDOR_SANDBOX);
  g_assert_cmpstr (loaded->base_url, ==, info->base_url);
  g_assert_cmpstr (loaded->header, ==, "cmr-x-sandbox-api-key");
  g_assert_cmpfloat (loaded->per_second, ==, 2.5);
  g_assert_cmpint (loaded->guard_day_cents, ==, 12345);
  g_assert_cmpstr (g_hash_table_lookup (loaded->overrides, "get_wallet"), ==, "/wallet");
  all = wb_profile_list (dir);
  g_assert_cmpuint (all->len, ==, 2);
}

/* A live profile is read-only unless its file says otherwise in so many words. */
static void
test_ini_read_only (Store **store, gconstpointer data)
{
  static const char *const lines[]
      = { "read-only=true\n", "", "read-only=\n", "read-only=perhaps\n", "read-only=1\n", "readonly=false\n" };
  g_autoptr (WbProfileInfo) info = wb_profile_info_new ("Live", WB_PROFILE_LIVE);
  g_autofree char *path = NULL;

  g_assert_true (info->read_only);
  g_assert_true (wb_profile_info_save (info, (*store)->dir, NULL));
  path = g_build_filename ((*store)->dir, "profiles", info->id, "profile.ini", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *text = g_strconcat ("[Profile]\nkind=live\n", lines[i], NULL);
      g_autoptr (WbProfileInfo) loaded = NULL;

      g_assert_true (g_file_set_contents (path, text, -1, NULL));
      loaded = reload ((*store)->dir, info);
      g_assert_true (loaded->read_only);
    }
  g_assert_true (g_file_set_contents (path, "[Profile]\nkind=live\nread-only=false\n", -1, NULL));
  {
    g_autoptr (WbProfileInfo) loaded = reload ((*store)->dir, info);

    g_assert_false (loaded->read_only);
  }
}

/* Its lock */

static WbProfile *
try_open (Store *store, const char *id, const char *key, GError **error)
{
  g_autofree char *cache = g_build_filename (store->dir, "cache", NULL);
  GAsyncResult *result = NULL;
  WbProfile *profile;

  wb_profile_open_async (id, store->dir, cache, key, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  profile = wb_profile_open_finish (result, error);
  g_object_unref (result);
  return profile;
}

static void
drop (WbProfile *profile)
{
  GAsyncResult *result = NULL;

  wb_profile_close_async (profile, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  g_object_unref (result);
  wb_test_wait_finalized (profile);
}

/* Who does not get the lock reads, sends nothing, and says who has it. */
static void
test_second (Store **store, gconstpointer data)
{
  WbOrder *order = order_unpaid (*store, "plain-loom.test");
  g_autofree char *owner = g_strdup_printf ("%d %s", (int) getpid (), g_get_host_name ());
  g_autofree char *id = g_strdup (wb_profile_get_info ((*store)->profile)->id);
  Store second = { (*store)->dir, (*store)->sandbox, NULL, (*store)->customer, (*store)->key, TRUE };
  guint writes = wb_sandbox_count_writes ((*store)->sandbox);
  g_autoptr (GError) error = NULL;
  WbOrder *seen;

  second.profile = try_open (*store, id, (*store)->key, &error);
  g_assert_no_error (error);
  g_assert_cmpint (wb_profile_get_lock (second.profile), ==, WB_LOCK_OTHER_PROCESS);
  g_assert_cmpstr (wb_profile_get_lock_owner (second.profile), ==, owner);
  wb_profile_unlock (second.profile, WB_UNLOCK_SESSION);
  g_assert_cmpint (wb_profile_get_lock (second.profile), ==, WB_LOCK_OTHER_PROCESS);
  seen = order_load (&second, wb_order_get_id (order));
  g_assert_cmpint (wb_order_get_state (seen), ==, WB_ORDER_NOT_PAID);
  g_assert_null (order_try_pay (&second, seen, 0, &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_DENIED);
  g_clear_error (&error);
  g_assert_null (operation_submit (&second, request_customer ("new@x.test"), &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_DENIED);
  g_assert_cmpuint (wb_sandbox_count_writes ((*store)->sandbox), ==, writes);
  g_object_unref (seen);
  drop (second.profile);
  order_drop (order);
  /* The lock goes with its profile. */
  store_reopen (*store);
  g_assert_cmpint (wb_profile_get_lock ((*store)->profile), ==, WB_LOCK_NONE);
}

/* Unlocking */

static WbProfile *
live (Store *store)
{
  g_autoptr (WbProfileInfo) info = wb_profile_info_new ("Live", WB_PROFILE_LIVE);
  g_autoptr (GError) error = NULL;
  WbProfile *profile;

  g_assert_true (wb_profile_info_save (info, store->dir, NULL));
  profile = try_open (store, info->id, "KEY-0123456789", &error);
  g_assert_no_error (error);
  return profile;
}

static gboolean
is_locked (gpointer profile)
{
  return wb_profile_get_lock (profile) == WB_LOCK_READ_ONLY;
}

static void
test_unlock (Store **store, gconstpointer data)
{
  WbProfile *profile = live (*store);
  g_autofree char *id = g_strdup (wb_profile_get_info (profile)->id);
  g_autoptr (WbProfileInfo) kept = NULL;

  g_assert_cmpint (wb_profile_get_lock (profile), ==, WB_LOCK_READ_ONLY);
  /* An hour, here 72 ms. */
  g_setenv ("WAYBILL_PACE", "50000", TRUE);
  wb_profile_unlock (profile, WB_UNLOCK_HOUR);
  g_assert_cmpint (wb_profile_get_lock (profile), ==, WB_LOCK_NONE);
  g_assert_true (wb_test_wait_for (is_locked, profile, WB_TEST_DEADLINE_MS));
  g_setenv ("WAYBILL_PACE", "50", TRUE);
  wb_profile_unlock (profile, WB_UNLOCK_SESSION);
  g_assert_cmpint (wb_profile_get_lock (profile), ==, WB_LOCK_NONE);
  wb_profile_lock (profile);
  g_assert_cmpint (wb_profile_get_lock (profile), ==, WB_LOCK_READ_ONLY);
  kept = wb_profile_info_load ((*store)->dir, id, NULL);
  g_assert_true (kept->read_only);
  drop (profile);
}

static gboolean
never (gpointer data)
{
  return FALSE;
}

/* Each paid act starts the hour anew, and no hour where none was chosen. */
static void
test_unlock_anew (Store **store, gconstpointer data)
{
  WbProfile *profile = live (*store);

  g_setenv ("WAYBILL_PACE", "50000", TRUE); /* an hour is 72 ms */
  wb_profile_unlock (profile, WB_UNLOCK_HOUR);
  g_setenv ("WAYBILL_PACE", "1", TRUE);
  wb_profile_note_paid (profile);
  /* The first hour would be over before this is: timers of a loop go off in their order. */
  wb_test_wait_for (never, NULL, 150);
  g_assert_cmpint (wb_profile_get_lock (profile), ==, WB_LOCK_NONE);
  g_setenv ("WAYBILL_PACE", "50000", TRUE);
  wb_profile_note_paid (profile);
  g_assert_true (wb_test_wait_for (is_locked, profile, WB_TEST_DEADLINE_MS));
  wb_profile_unlock (profile, WB_UNLOCK_SESSION);
  wb_profile_note_paid (profile);
  wb_test_wait_for (never, NULL, 150);
  g_assert_cmpint (wb_profile_get_lock (profile), ==, WB_LOCK_NONE);
  g_setenv ("WAYBILL_PACE", "50", TRUE);
  drop (profile);
}

/* For good: written down. Locking it locks it all the same, until it is unlocked or started anew. */
static void
test_unlock_always (Store **store, gconstpointer data)
{
  WbProfile *profile = live (*store);
  g_autofree char *id = g_strdup (wb_profile_get_info (profile)->id);

  wb_profile_unlock (profile, WB_UNLOCK_ALWAYS);
  drop (profile);
  profile = try_open (*store, id, "KEY-0123456789", NULL);
  g_assert_cmpint (wb_profile_get_lock (profile), ==, WB_LOCK_NONE);
  wb_profile_lock (profile);
  g_assert_cmpint (wb_profile_get_lock (profile), ==, WB_LOCK_READ_ONLY);
  wb_profile_unlock (profile, WB_UNLOCK_HOUR);
  g_assert_cmpint (wb_profile_get_lock (profile), ==, WB_LOCK_NONE);
  drop (profile);
}

/* Addresses */

static void
test_address (Store **store, gconstpointer data)
{
  static const struct {
    WbProfileKind kind;
    const char *url;
    gboolean good;
  } rows[] = {
    { WB_PROFILE_LIVE, "https://api.example/x", TRUE },
    { WB_PROFILE_LIVE, "http://127.0.0.1:1/x", FALSE },
    { WB_PROFILE_LIVE, "http://[::1]:1/x", FALSE },
    { WB_PROFILE_LIVE, "http://api.example/x", FALSE },
    { WB_PROFILE_VENDOR_SANDBOX, "http://127.0.0.1:1/x", TRUE },
    { WB_PROFILE_BUILT_IN, "http://[::1]:1/x", TRUE },
    { WB_PROFILE_BUILT_IN, "http://localhost:1/x", FALSE },
    { WB_PROFILE_BUILT_IN, "http://127.0.0.2:1/x", FALSE },
    { WB_PROFILE_BUILT_IN, "http://192.168.1.1/x", FALSE },
    { WB_PROFILE_BUILT_IN, "ftp://127.0.0.1/x", FALSE },
    { WB_PROFILE_LIVE, "https://user:word@api.example/x", FALSE },
    { WB_PROFILE_LIVE, "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (WbProfileInfo) info = wb_profile_info_new ("Test", rows[i].kind);
      g_autoptr (GError) error = NULL;
      WbProfile *profile;

      g_free (info->base_url);
      info->base_url = g_strdup (rows[i].url);
      g_assert_true (wb_profile_info_save (info, (*store)->dir, NULL));
      profile = try_open (*store, info->id, "KEY-0123456789", &error);
      if (rows[i].good)
        drop (profile);
      else
        g_assert_error (error, CMR_ERROR, CMR_ERROR_INVALID);
    }
}

/* A path of the profile's own is used where it is one; never one that leads elsewhere, or to a paid call. */
static void
test_overrides (void)
{
  static const struct {
    const char *path;
    gboolean used;
  } rows[] = {
    { "/purse", TRUE },
    { "/orders/process", FALSE },
    { "orders/process/", FALSE },
    { "/Orders/Process", FALSE },
    { "/orders/%70rocess", FALSE },
    { "/orders", FALSE },
    { "https://other.example/purse", FALSE },
    { "//other.example/purse", FALSE },
    { "/../purse", FALSE },
    { "/purse?x=1", FALSE },
    { "/purse#x", FALSE },
    { "/a@b", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FakeService) service = fake_service_new ();
      g_autofree char *url = fake_service_dup_url (service);
      g_autoptr (Store) store = store_new_at (url, "KEY-0123456789", "C");
      g_autofree char *id = store_close (store);
      g_autoptr (WbProfileInfo) info = wb_profile_info_load (store->dir, id, NULL);
      GAsyncResult *result = NULL;

      g_hash_table_insert (info->overrides, g_strdup ("get_wallet"), g_strdup (rows[i].path));
      g_assert_true (wb_profile_info_save (info, store->dir, NULL));
      store_open (store, id);
      fake_service_set (service, "GET /wallet/balance", 200, "{\"data\":{\"balance\":1}}");
      fake_service_set (service, "GET /purse", 200, "{\"data\":{\"balance\":1}}");
      wb_sync_read_wallet_async (wb_profile_get_sync (store->profile), NULL, wb_test_take_result, &result);
      wb_test_wait_result (&result);
      g_object_unref (result);
      g_assert_cmpuint (fake_service_count (service, "GET /purse"), ==, rows[i].used);
      g_assert_cmpuint (fake_service_count (service, "GET /wallet/balance"), ==, !rows[i].used);
    }
}

/* Keys */

static gboolean
set_key (Store *store, const char *key, GError **error)
{
  GAsyncResult *result = NULL;
  gboolean set;

  wb_profile_set_key_async (store->profile, key, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  set = wb_profile_set_key_finish (store->profile, result, error);
  g_object_unref (result);
  return set;
}

static const char *
key_in_use (Store *store, FakeService *service)
{
  GAsyncResult *result = NULL;

  wb_sync_read_wallet_async (wb_profile_get_sync (store->profile), NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  g_object_unref (result);
  return fake_service_get_key (service, "GET /wallet/balance");
}

static void
test_bad_keys (void)
{
  static const char *const keys[]
      = { "", "   ", "two words", "line\nend", "caf\xc3\xa9", "tab\there", "\x7f", "a\r\nX-Other: 1" };
  g_autoptr (FakeService) service = fake_service_new ();
  g_autofree char *url = fake_service_dup_url (service);
  g_autoptr (Store) store = store_new_at (url, "OLD-KEY-0123456789", "C");

  fake_service_set (service, "GET /wallet/balance", 200, "{\"data\":{\"balance\":1}}");
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (set_key (store, keys[i], &error));
      g_assert_error (error, CMR_ERROR, CMR_ERROR_INVALID);
    }
  g_assert_cmpstr (key_in_use (store, service), ==, "OLD-KEY-0123456789");
  g_assert_true (set_key (store, "  NEW-KEY-0123456789\n", NULL));
  g_assert_cmpstr (key_in_use (store, service), ==, "NEW-KEY-0123456789");
}

#define OLD "OLD-KEY-0123456789"
#define NEW "NEW-KEY-0123456789"
#define USERS(rows) "{\"data\":{\"users\":[" rows "],\"pagination\":{\"currentPage\":1,\"totalPages\":1}}}"
#define USER(id) "{\"userId\":\"" id "\",\"email\":\"" id "@x.test\"}"

/* A new key in an old profile: its customers are read first. */
static void
test_whose_key (void)
{
  static const struct {
    guint status;
    const char *users;
    gboolean taken;
    int code;
  } rows[] = {
    { 200, USERS (USER ("C1") "," USER ("C7")), TRUE, 0 },
    { 200, USERS (USER ("C8") "," USER ("C9")), FALSE, CMR_ERROR_CONFLICT },
    { 200, USERS (""), FALSE, CMR_ERROR_CONFLICT },
    { 401, "{\"status\":401,\"message\":\"Invalid API Key\"}", FALSE, CMR_ERROR_SIGNED_OUT },
    { 404, "{}", FALSE, CMR_ERROR_NOT_FOUND },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FakeService) service = fake_service_new ();
      g_autofree char *url = fake_service_dup_url (service);
      g_autoptr (Store) store = store_new_at (url, OLD, "C1");
      g_autoptr (GError) error = NULL;
      GAsyncResult *result = NULL;

      fake_service_set (service, "GET /wallet/balance", 200, "{\"data\":{\"balance\":1}}");
      fake_service_set (service, "GET /users/list", 200, USERS (USER ("C1") "," USER ("C2")));
      wb_sync_refresh_async (wb_profile_get_sync (store->profile), WB_COLLECTION_CUSTOMERS, NULL, NULL,
                             wb_test_take_result, &result);
      wb_test_wait_result (&result);
      g_object_unref (result);
      fake_service_set_for_key (service, NEW, "GET /users/list", rows[i].status, rows[i].users);
      g_assert_cmpint (set_key (store, NEW, &error), ==, rows[i].taken);
      if (!rows[i].taken)
        g_assert_error (error, CMR_ERROR, rows[i].code);
      g_assert_cmpstr (key_in_use (store, service), ==, rows[i].taken ? NEW : OLD);
      g_assert_cmpint (wb_profile_get_key_state (store->profile), ==, WB_KEY_MEMORY_ONLY);
      g_assert_cmpint (wb_profile_get_lock (store->profile), ==, WB_LOCK_NONE);
    }
}

/* The pace of profile.ini holds for a key that comes later as well. */
static void
test_pace (void)
{
  g_autoptr (FakeService) service = fake_service_new ();
  g_autofree char *url = fake_service_dup_url (service), *id = NULL;
  Store *store = store_new_at (url, OLD, "C1");
  g_autoptr (WbProfileInfo) info = NULL;
  gint64 start;

  fake_service_set (service, "GET /wallet/balance", 200, "{\"data\":{\"balance\":1}}");
  id = store_close (store);
  info = wb_profile_info_load (store->dir, id, NULL);
  info->kind = WB_PROFILE_VENDOR_SANDBOX;
  info->per_second = 2;
  g_assert_true (wb_profile_info_save (info, store->dir, NULL));
  store_open (store, id);
  g_assert_true (set_key (store, NEW, NULL));
  start = g_get_monotonic_time ();
  for (guint i = 0; i < 4; i++)
    key_in_use (store, service);
  /* Three pauses of half a second; at four a second it would be half of that. */
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 1400 * 1000);
  store_free (store);
}

/* Known from an order alone; and nothing known: then it is taken without asking. */
static void
test_whose_key_by_order (gconstpointer data)
{
  gboolean known = GPOINTER_TO_INT (data);
  g_autoptr (FakeService) service = fake_service_new ();
  g_autofree char *url = fake_service_dup_url (service);
  g_autoptr (Store) store = store_new_at (url, OLD, "C1");
  g_autoptr (GError) error = NULL;

  fake_service_set (service, "GET /users/list", 200, USERS (USER ("C9")));
  if (known)
    store_run_job (store, TRUE,
                   "INSERT INTO orders (id, customer_id, customer, state, created) VALUES ('o', 'C1', 'C', 'live', 1)");
  g_assert_cmpint (set_key (store, NEW, &error), ==, !known);
  if (known)
    g_assert_error (error, CMR_ERROR, CMR_ERROR_CONFLICT);
  g_assert_cmpuint (fake_service_count (service, "GET /users/list"), ==, known);
}

/* Closed in the middle, it lets go. */
static void
test_key_closed (void)
{
  g_autoptr (FakeService) service = fake_service_new ();
  g_autofree char *url = fake_service_dup_url (service);
  g_autoptr (Store) store = store_new_at (url, OLD, "C1");
  GAsyncResult *set = NULL, *closed = NULL;
  g_autoptr (GError) error = NULL;

  store_run_job (store, TRUE,
                 "INSERT INTO orders (id, customer_id, customer, state, created) VALUES ('o', 'C1', 'C', 'live', 1)");
  wb_profile_set_key_async (store->profile, NEW, NULL, wb_test_take_result, &set);
  wb_profile_close_async (store->profile, wb_test_take_result, &closed);
  wb_test_wait_result (&closed);
  wb_test_wait_result (&set);
  g_assert_false (wb_profile_set_key_finish (store->profile, set, &error));
  g_object_unref (set);
  g_object_unref (closed);
  wb_test_wait_finalized (g_steal_pointer (&store->profile));
}

#define ADD(name, func) g_test_add ("/profile/" name, Store *, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  money_test_init (&argc, &argv);
  g_test_add_func ("/profile/modes", test_modes);
  ADD ("ini/mode", test_ini_mode);
  ADD ("facts/closed", test_fact_after_close);
  ADD ("ini/slow-disk", test_slow_disk);
  ADD ("ini/ensure", test_ensure);
  ADD ("ini/ensure-fails", test_ensure_fails);
  ADD ("ini/round", test_ini);
  ADD ("ini/read-only", test_ini_read_only);
  ADD ("lock/second", test_second);
  ADD ("unlock/times", test_unlock);
  ADD ("unlock/anew", test_unlock_anew);
  ADD ("unlock/always", test_unlock_always);
  ADD ("address", test_address);
  g_test_add_func ("/profile/overrides", test_overrides);
  g_test_add_func ("/profile/key/bad", test_bad_keys);
  g_test_add_func ("/profile/key/whose", test_whose_key);
  g_test_add_data_func ("/profile/key/known-by-order", GINT_TO_POINTER (TRUE), test_whose_key_by_order);
  g_test_add_data_func ("/profile/key/nothing-known", GINT_TO_POINTER (FALSE), test_whose_key_by_order);
  g_test_add_func ("/profile/key/closed", test_key_closed);
  g_test_add_func ("/profile/key/pace", test_pace);
  return g_test_run ();
}
