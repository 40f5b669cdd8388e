// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fake-service.h"
#include "order-tools.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "wb-profile-forget.h"
#include "wb-profile-private.h"
#include "wb-sync.h"

/* The key in the desktop's secret service: there, locked, slow, absent, and no session bus at all. Each case is a
 * process with a bus and a keyring of its own; the session of whoever runs this is not touched. */

#define SERVICE "org.freedesktop.secrets"
/* A start that waited for a service would take its time-out of 25 s. */
#define AT_ONCE_US (2 * G_USEC_PER_SEC)

typedef struct {
  char *dir;
  GTestDBus *bus;
  GSubprocess *keyring;
} Session;

static Session *
session_new (void)
{
  /* One a process; its bus is never given up, see session_free(). */
  static Session only;
  Session *self = &only;

  self->dir = g_dir_make_tmp ("waybill-keys-XXXXXX", NULL);
  g_setenv ("HOME", self->dir, TRUE);
  g_setenv ("XDG_DATA_HOME", self->dir, TRUE);
  g_setenv ("XDG_RUNTIME_DIR", self->dir, TRUE);
  self->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (self->bus);
  return self;
}

static GDBusConnection *
connect_to (Session *self)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = g_dbus_connection_new_for_address_sync (
      g_test_dbus_get_bus_address (self->bus),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL,
      &error);

  g_assert_no_error (error);
  return connection;
}

static GVariant *
call (GDBusConnection *connection, const char *name, const char *path, const char *interface, const char *method,
      GVariant *args)
{
  g_autoptr (GError) error = NULL;
  GVariant *answer = g_dbus_connection_call_sync (connection, name, path, interface, method, args, NULL,
                                                  G_DBUS_CALL_FLAGS_NONE, 5000, NULL, &error);

  g_assert_no_error (error);
  return answer;
}

static gboolean
has_owner (gpointer data)
{
  g_autoptr (GVariant) answer = call (data, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                      "NameHasOwner", g_variant_new ("(s)", SERVICE));
  gboolean has;

  g_variant_get (answer, "(b)", &has);
  return has;
}

/* A real one, its keyring open. */
static void
start_keyring (Session *self)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GDBusConnection) connection = connect_to (self);
  g_autoptr (GError) error = NULL;
  GOutputStream *input;

  g_subprocess_launcher_setenv (launcher, "DBUS_SESSION_BUS_ADDRESS", g_test_dbus_get_bus_address (self->bus), TRUE);
  self->keyring = g_subprocess_launcher_spawn (launcher, &error, "gnome-keyring-daemon", "--foreground",
                                               "--components=secrets", "--unlock", NULL);
  g_assert_no_error (error);
  input = g_subprocess_get_stdin_pipe (self->keyring);
  g_output_stream_write_all (input, "word", 4, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (input, NULL, NULL);
  g_assert_true (wb_test_wait_for (has_owner, connection, WB_TEST_DEADLINE_MS));
  g_dbus_connection_close_sync (connection, NULL, NULL);
}

static void
lock_keyring (Session *self)
{
  g_autoptr (GDBusConnection) connection = connect_to (self);
  const char *const paths[] = { "/org/freedesktop/secrets/collection/login", NULL };

  g_variant_unref (call (connection, SERVICE, "/org/freedesktop/secrets", "org.freedesktop.Secret.Service", "Lock",
                         g_variant_new ("(^ao)", paths)));
  g_dbus_connection_close_sync (connection, NULL, NULL);
}

static void
stop_keyring (Session *self)
{
  g_subprocess_send_signal (self->keyring, SIGTERM);
  g_subprocess_wait (self->keyring, NULL, NULL);
  g_clear_object (&self->keyring);
}

static void
session_free (Session *self)
{
  if (self->keyring != NULL)
    stop_keyring (self);
  /* libsecret keeps its connection: it is the process that ends. */
  g_test_dbus_stop (self->bus);
  store_remove_tree (self->dir);
  g_clear_pointer (&self->dir, g_free);
}

/* A store on a sandbox that is opened without a key */

static Store *
store_without_key (void)
{
  Store *store = store_new (NULL);
  g_autofree char *id = store_close (store);

  g_clear_pointer (&store->key, g_free);
  store_open (store, id);
  return store;
}

typedef struct {
  WbProfile *profile;
  WbKeyState state;
} Wanted;

static gboolean
has_state (gpointer data)
{
  Wanted *wanted = data;

  return wb_profile_get_key_state (wanted->profile) == wanted->state;
}

static void
wait_state (Store *store, WbKeyState state)
{
  Wanted wanted = { store->profile, state };

  if (!wb_test_wait_for (has_state, &wanted, WB_TEST_DEADLINE_MS))
    g_error ("the key is in state %d, not %d", wb_profile_get_key_state (store->profile), state);
}

static void
set_key (Store *store, const char *key)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  wb_profile_set_key_async (store->profile, key, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  g_assert_true (wb_profile_set_key_finish (store->profile, result, &error));
  g_assert_no_error (error);
  g_object_unref (result);
}

static gboolean
can_read (Store *store)
{
  GAsyncResult *result = NULL;
  gint64 wallet;

  wb_sync_read_wallet_async (wb_profile_get_sync (store->profile), NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  wallet = wb_sync_read_wallet_finish (wb_profile_get_sync (store->profile), result, NULL);
  g_object_unref (result);
  return wallet != CMR_MONEY_UNKNOWN;
}

/* How long opening takes, the key not counted: it is looked for while the profile is used. */
static gint64
reopen_us (Store *store)
{
  g_autofree char *id = store_close (store);
  gint64 start = g_get_monotonic_time ();

  store_open (store, id);
  return g_get_monotonic_time () - start;
}

/* A keyring that is open, and a profile without a key; @key: what its service takes. */
static Store *
store_beside_keyring (Session *session, char **key)
{
  Store *store;

  start_keyring (session);
  store = store_without_key ();
  *key = g_strdup (wb_sandbox_get_key (store->sandbox));
  wait_state (store, WB_KEY_MISSING);
  return store;
}

static void
case_unlocked (void)
{
  Session *session = session_new ();
  Store *store;
  g_autofree char *key = NULL;

  store = store_beside_keyring (session, &key);
  g_assert_cmpint (wb_profile_get_lock (store->profile), ==, WB_LOCK_NO_KEY);
  g_assert_false (can_read (store));
  set_key (store, key);
  g_assert_cmpint (wb_profile_get_key_state (store->profile), ==, WB_KEY_PRESENT);
  g_assert_true (can_read (store));
  /* After a start it comes from the keyring. */
  g_assert_cmpint (reopen_us (store), <, AT_ONCE_US);
  wait_state (store, WB_KEY_PRESENT);
  g_assert_cmpint (wb_profile_get_lock (store->profile), ==, WB_LOCK_NONE);
  g_assert_true (can_read (store));
  store_free (store);
  session_free (session);
}

/* Bound to its address: at another one it is not found, and asked for. */
static void
case_other_address (void)
{
  Session *session = session_new ();
  g_autoptr (FakeService) other = fake_service_new ();
  g_autofree char *url = fake_service_dup_url (other), *id = NULL, *key = NULL, *old = NULL;
  g_autoptr (WbProfileInfo) info = NULL;
  Store *store;

  store = store_beside_keyring (session, &key);
  set_key (store, key);
  id = store_close (store);
  info = wb_profile_info_load (store->dir, id, NULL);
  old = g_strdup (info->base_url);
  g_free (info->base_url);
  info->base_url = g_strdup (url);
  g_assert_true (wb_profile_info_save (info, store->dir, NULL));
  store_open (store, id);
  wait_state (store, WB_KEY_MISSING);
  g_assert_false (can_read (store));
  g_assert_cmpuint (fake_service_count (other, "GET /wallet/balance"), ==, 0);
  /* Back at its own. */
  g_free (store_close (store));
  g_free (info->base_url);
  info->base_url = g_strdup (old);
  g_assert_true (wb_profile_info_save (info, store->dir, NULL));
  store_open (store, id);
  wait_state (store, WB_KEY_PRESENT);
  store_free (store);
  session_free (session);
}

static void
case_forgotten (void)
{
  Session *session = session_new ();
  GAsyncResult *result = NULL;
  g_autofree char *key = NULL;
  Store *store;

  store = store_beside_keyring (session, &key);
  set_key (store, key);
  wb_profile_forget_key_async (store->profile, wb_test_take_result, &result);
  g_assert_cmpint (wb_profile_get_key_state (store->profile), ==, WB_KEY_MISSING);
  wb_test_wait_result (&result);
  g_assert_true (wb_profile_forget_key_finish (store->profile, result, NULL));
  g_object_unref (result);
  g_assert_false (can_read (store));
  reopen_us (store);
  wait_state (store, WB_KEY_MISSING);
  store_free (store);
  session_free (session);
}

/* Forgetting the whole profile (test-profile-forget.c has its files) */

/* One that is built in has no key in the keyring: this one is the vendor's. Closed; returns its id. */
static char *
close_with_key (Store *store, const char *key)
{
  g_autoptr (WbProfileInfo) info = NULL;
  g_autofree char *id = store_close (store);

  info = wb_profile_info_load (store->dir, id, NULL);
  info->kind = WB_PROFILE_VENDOR_SANDBOX;
  g_assert_true (wb_profile_info_save (info, store->dir, NULL));
  store_open (store, id);
  set_key (store, key);
  g_assert_cmpint (wb_profile_get_key_state (store->profile), ==, WB_KEY_PRESENT);
  return store_close (store);
}

static WbForgot
forget_profile (Store *store, const char *id)
{
  g_autofree char *cache = g_build_filename (store->dir, "cache", NULL);
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  WbForgot forgot = WB_FORGOT_IN_PART;

  wb_profile_forget_async (store->dir, cache, id, 0, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  wb_profile_forget_finish (result, &forgot, &error);
  g_assert_no_error (error);
  g_object_unref (result);
  return forgot;
}

static guint
finish_forgetting (Store *store)
{
  g_autofree char *cache = g_build_filename (store->dir, "cache", NULL);
  GAsyncResult *result = NULL;
  guint n;

  wb_profile_finish_forgetting_async (store->dir, cache, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  n = wb_profile_finish_forgetting_finish (result);
  g_object_unref (result);
  return n;
}

/* Asked of the keyring itself. */
static guint
count_keys (Session *session, const char *id)
{
  g_autoptr (GDBusConnection) connection = connect_to (session);
  g_autoptr (GVariant) answer = NULL, unlocked = NULL, locked = NULL;
  GVariantBuilder attributes;

  g_variant_builder_init (&attributes, G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_add (&attributes, "{ss}", "profile", id);
  answer = call (connection, SERVICE, "/org/freedesktop/secrets", "org.freedesktop.Secret.Service", "SearchItems",
                 g_variant_new ("(a{ss})", &attributes));
  unlocked = g_variant_get_child_value (answer, 0);
  locked = g_variant_get_child_value (answer, 1);
  g_dbus_connection_close_sync (connection, NULL, NULL);
  return (guint) (g_variant_n_children (unlocked) + g_variant_n_children (locked));
}

static void
case_profile_forgotten (void)
{
  Session *session = session_new ();
  g_autofree char *key = NULL, *id = NULL;
  Store *store = store_beside_keyring (session, &key);

  id = close_with_key (store, key);
  g_assert_cmpuint (count_keys (session, id), ==, 1);
  g_assert_cmpint (forget_profile (store, id), ==, WB_FORGOT_ALL);
  g_assert_cmpuint (count_keys (session, id), ==, 0);
  store_free (store);
  session_free (session);
}

/* A keyring that stays locked keeps the key: that is said, and it goes at a start where the keyring is open. */
static void
case_profile_forgotten_locked (void)
{
  Session *session = session_new ();
  g_autofree char *key = NULL, *id = NULL, *folder = NULL, *journal = NULL;
  Store *store = store_beside_keyring (session, &key);

  id = close_with_key (store, key);
  lock_keyring (session);
  /* Nobody is there to open it; GNOME's of Debian 12 even ends when it finds nobody to ask with. */
  g_assert_cmpint (forget_profile (store, id), ==, WB_FORGOT_BUT_KEY);
  folder = g_strconcat (store->dir, "/profiles/.forgotten-", id, NULL);
  journal = g_build_filename (folder, "journal.db", NULL);
  g_assert_true (g_file_test (folder, G_FILE_TEST_IS_DIR));
  g_assert_false (g_file_test (journal, G_FILE_TEST_EXISTS));
  stop_keyring (session);
  start_keyring (session);
  lock_keyring (session);
  g_assert_cmpuint (finish_forgetting (store), ==, 0);
  g_assert_cmpuint (count_keys (session, id), ==, 1);
  stop_keyring (session);
  start_keyring (session);
  g_assert_cmpuint (count_keys (session, id), ==, 1);
  g_assert_cmpuint (finish_forgetting (store), ==, 1);
  g_assert_cmpuint (count_keys (session, id), ==, 0);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  store_free (store);
  session_free (session);
}

static void
case_locked (void)
{
  Session *session = session_new ();
  g_autofree char *key = NULL;
  Store *store;

  store = store_beside_keyring (session, &key);
  set_key (store, key);
  lock_keyring (session);
  g_assert_cmpint (reopen_us (store), <, AT_ONCE_US);
  wait_state (store, WB_KEY_LOCKED);
  g_assert_cmpint (wb_profile_get_lock (store->profile), ==, WB_LOCK_NO_KEY);
  /* Nobody is asked for a password at a start. */
  g_assert_false (can_read (store));
  store_free (store);
  session_free (session);
}

/* A key that is entered while the keyring is locked: it is used at once, and nobody is there to open the keyring for it. */
static void
case_store_locked (void)
{
  Session *session = session_new ();
  g_autofree char *key = NULL;
  Store *store;

  store = store_beside_keyring (session, &key);
  lock_keyring (session);
  set_key (store, key);
  g_assert_cmpint (wb_profile_get_key_state (store->profile), ==, WB_KEY_MEMORY_ONLY);
  g_assert_cmpint (wb_profile_get_lock (store->profile), ==, WB_LOCK_NONE);
  g_assert_true (can_read (store));
  reopen_us (store);
  wait_state (store, WB_KEY_MISSING);
  store_free (store);
  session_free (session);
}

/* A bus, and nobody on it keeps secrets. */
static void
case_none (void)
{
  Session *session = session_new ();
  g_autofree char *key = NULL;
  Store *store = store_without_key ();

  key = g_strdup (wb_sandbox_get_key (store->sandbox));
  g_assert_cmpint (reopen_us (store), <, AT_ONCE_US);
  wait_state (store, WB_KEY_MISSING);
  set_key (store, key);
  g_assert_cmpint (wb_profile_get_key_state (store->profile), ==, WB_KEY_MEMORY_ONLY);
  g_assert_cmpint (wb_profile_get_lock (store->profile), ==, WB_LOCK_NONE);
  g_assert_true (can_read (store));
  reopen_us (store);
  wait_state (store, WB_KEY_MISSING);
  store_free (store);
  session_free (session);
}

static int swallowed; /* calls, by the bus's thread */

static gboolean
is_asked (gpointer unused)
{
  return g_atomic_int_get (&swallowed) > 0;
}

static GDBusMessage *
swallow (GDBusConnection *connection, GDBusMessage *message, gboolean incoming, gpointer unused)
{
  if (!incoming || g_dbus_message_get_message_type (message) != G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    return message;
  g_atomic_int_inc (&swallowed);
  g_object_unref (message);
  return NULL;
}

/* Takes a name of the bus and never answers a call. */
static GDBusConnection *
silent_owner (Session *session, const char *name)
{
  GDBusConnection *silent = connect_to (session);

  g_dbus_connection_add_filter (silent, swallow, NULL, NULL);
  g_variant_unref (call (silent, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                         g_variant_new ("(su)", name, 0)));
  return silent;
}

/* Closes the profile while a key is on its way to the service: the call ends, and nothing of the profile is left. */
static void
close_while_storing (Store *store, GAsyncResult **result)
{
  GAsyncResult *closed = NULL;

  wb_profile_close_async (store->profile, wb_test_take_result, &closed);
  wb_test_wait_result (&closed);
  g_object_unref (closed);
  wb_test_wait_result (result);
  g_clear_object (result);
  wb_test_wait_finalized (g_steal_pointer (&store->profile));
}

/* The same, and the keyring's password is asked for: the key is used meanwhile, whether or not it is ever entered. */
static void
case_store_asking (void)
{
  Session *session = session_new ();
  g_autoptr (GDBusConnection) prompter = NULL;
  GAsyncResult *result = NULL;
  g_autofree char *key = NULL;
  Store *store;

  start_keyring (session);
  prompter = silent_owner (session, "org.gnome.keyring.SystemPrompter");
  store = store_without_key ();
  key = g_strdup (wb_sandbox_get_key (store->sandbox));
  wait_state (store, WB_KEY_MISSING);
  lock_keyring (session);
  wb_profile_set_key_async (store->profile, key, NULL, wb_test_take_result, &result);
  wait_state (store, WB_KEY_MEMORY_ONLY);
  g_assert_true (can_read (store));
  g_assert_true (wb_test_wait_for (is_asked, session, WB_TEST_DEADLINE_MS));
  g_assert_null (result);
  close_while_storing (store, &result);
  store_free (store);
  g_dbus_connection_close_sync (prompter, NULL, NULL);
  session_free (session);
}

/* It has the name and never answers: the profile is open and usable meanwhile, and closes as well. */
static void
case_slow (void)
{
  Session *session = session_new ();
  g_autoptr (GDBusConnection) silent = silent_owner (session, SERVICE);
  GAsyncResult *result = NULL;
  g_autofree char *key = NULL;
  Store *store;

  store = store_without_key ();
  key = g_strdup (wb_sandbox_get_key (store->sandbox));
  g_assert_cmpint (reopen_us (store), <, AT_ONCE_US);
  g_assert_cmpint (wb_profile_get_key_state (store->profile), ==, WB_KEY_LOOKING);
  /* A key that is entered is used at once, whatever becomes of its storing. */
  wb_profile_set_key_async (store->profile, key, NULL, wb_test_take_result, &result);
  wait_state (store, WB_KEY_MEMORY_ONLY);
  g_assert_true (can_read (store));
  close_while_storing (store, &result);
  store_free (store);
  g_dbus_connection_close_sync (silent, NULL, NULL);
  session_free (session);
}

static void
case_no_bus (void)
{
  g_autofree char *key = NULL;
  Store *store;

  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  store = store_without_key ();
  key = g_strdup (wb_sandbox_get_key (store->sandbox));
  g_assert_cmpint (reopen_us (store), <, AT_ONCE_US);
  wait_state (store, WB_KEY_MISSING);
  set_key (store, key);
  g_assert_cmpint (wb_profile_get_key_state (store->profile), ==, WB_KEY_MEMORY_ONLY);
  g_assert_true (can_read (store));
  store_free (store);
}

static const struct {
  const char *name;
  void (*run) (void);
} cases[] = {
  { "unlocked", case_unlocked },
  { "other-address", case_other_address },
  { "forgotten", case_forgotten },
  { "profile-forgotten", case_profile_forgotten },
  { "profile-forgotten-locked", case_profile_forgotten_locked },
  { "locked", case_locked },
  { "store-locked", case_store_locked },
  { "store-asking", case_store_asking },
  { "none", case_none },
  { "slow", case_slow },
  { "no-bus", case_no_bus },
};

static void
test_case (gconstpointer data)
{
  if (g_test_subprocess ())
    {
      cases[GPOINTER_TO_UINT (data)].run ();
      return;
    }
  g_test_trap_subprocess (NULL, 60 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

int
main (int argc, char **argv)
{
  g_setenv ("WAYBILL_PACE", "50", TRUE);
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/keys/", cases[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_case);
    }
  return g_test_run ();
}
