// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "order-tools.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "wb-profile-private.h"

/* Two programs on one profile, each told to pay the same order: it is sent once (security.md, 3). */

#define ROUNDS 100
#define CHILD "--child"

/* The child: opens the profile, pays the order if it may, says what became of it. */

static gboolean
is_decided (gpointer data)
{
  WbOrder *order = data;

  return wb_order_can_pay (order) || wb_order_get_state (order) != WB_ORDER_NOT_PAID;
}

static gboolean
is_settled (gpointer data)
{
  WbState state = wb_operation_get_state (data);

  return state != WB_STATE_QUEUED && state != WB_STATE_SENDING;
}

static const char *
pay_once (Store *store, const char *id)
{
  g_autoptr (GError) error = NULL;
  WbOrder *order = order_load (store, id);
  WbOperation *pay;
  const char *word;

  if (wb_profile_get_lock (store->profile) == WB_LOCK_NONE)
    g_assert_true (wb_test_wait_for (is_decided, order, WB_TEST_DEADLINE_MS));
  pay = order_try_pay (store, order, 0, &error);
  if (pay != NULL)
    {
      g_assert_true (wb_test_wait_for (is_settled, pay, WB_TEST_DEADLINE_MS));
      word = wb_state_word (wb_operation_get_state (pay));
      g_object_unref (pay);
    }
  else
    word = g_error_matches (error, CMR_ERROR, CMR_ERROR_DENIED) ? "denied" : "refused";
  order_drop (order);
  return word;
}

static int
child_main (char **argv)
{
  Store store = { argv[0], NULL, NULL, argv[3], argv[2], TRUE };
  const char *word;

  store_open (&store, argv[1]);
  cmr_client_set_timeouts_ms (store_client (&store), 10000, 20000, 20000, 20);
  word = pay_once (&store, argv[4]);
  g_free (store_close (&store));
  g_print ("%s\n", word);
  return 0;
}

/* The parent */

static GSubprocess *
spawn (Store *store, const char *profile, const char *order)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  const char *const argv[] = { self, CHILD, store->dir, profile, store->key, store->customer, order, NULL };
  g_autoptr (GError) error = NULL;
  GSubprocess *process
      = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);

  g_assert_no_error (error);
  return process;
}

/* The last word that it printed. */
static char *
reap (GSubprocess *process)
{
  g_autofree char *out = NULL, *err = NULL;
  g_autoptr (GError) error = NULL;
  char *last;

  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &out, &err, &error));
  g_assert_no_error (error);
  if (!g_subprocess_get_successful (process))
    g_error ("a child failed: %s", err);
  g_strchomp (out);
  last = strrchr (out, '\n');
  g_object_unref (process);
  return g_strdup (last != NULL ? last + 1 : out);
}

typedef struct {
  guint paid, denied, refused;
} Tally;

static void
count_word (Tally *tally, const char *word)
{
  if (g_str_equal (word, "denied"))
    tally->denied++;
  /* Cancelled: it still waited when the other opened the journal, which takes what waits for an earlier run's. */
  else if (g_str_equal (word, "refused") || g_str_equal (word, "cancelled"))
    tally->refused++;
  else if (g_str_equal (word, "accepted") || g_str_equal (word, "done"))
    tally->paid++;
  else
    g_error ("a child said “%s”", word);
}

/* Once it has it. */
static void
take_lock_away (const char *path, const char *pid)
{
  g_autofree char *owner = g_strconcat (pid, " ", NULL);

  for (;;)
    {
      g_autofree char *text = NULL;

      if (g_file_get_contents (path, &text, NULL, NULL) && g_str_has_prefix (text, owner))
        break;
      g_thread_yield ();
    }
  g_assert_cmpint (g_remove (path), ==, 0);
}

/* @no_lock: the file of the lock is taken away, so that both believe to be alone: the journal's own rules are left. */
static void
round_of (Store *store, guint number, gboolean no_lock, Tally *tally)
{
  g_autofree char *domain = g_strdup_printf ("loom-%u%s.test", number, no_lock ? "x" : "");
  WbOrder *order = order_unpaid (store, domain);
  g_autofree char *id = g_strdup (wb_order_get_id (order)), *order_id = g_strdup (wb_order_get_order_id (order));
  g_autofree char *profile = NULL, *lock = NULL;
  guint before = wb_sandbox_count_requests (store->sandbox, "process_order");
  Tally now = { 0 };
  GSubprocess *children[2];

  order_drop (order);
  lock = g_build_filename (wb_profile_get_folder (store->profile), "lock", NULL);
  profile = store_close (store);
  for (guint i = 0; i < 2; i++)
    {
      children[i] = spawn (store, profile, id);
      if (no_lock && i == 0)
        take_lock_away (lock, g_subprocess_get_identifier (children[i]));
    }
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *word = reap (children[i]);

      count_word (&now, word);
    }
  g_assert_cmpuint (now.paid, ==, 1);
  g_assert_cmpuint (wb_sandbox_count_requests (store->sandbox, "process_order"), ==, before + 1);
  g_assert_cmpuint (wb_sandbox_count_charges_for (store->sandbox, order_id), ==, 1);
  tally->paid += now.paid;
  tally->denied += now.denied;
  tally->refused += now.refused;
  store_open (store, profile);
}

static void
test_rounds (gconstpointer data)
{
  gboolean no_lock = GPOINTER_TO_INT (data);
  Store *store = store_new (NULL);
  Tally tally = { 0 };

  if (no_lock)
    wb_sandbox_set_speed (store->sandbox, 0.0001);
  for (guint i = 0; i < ROUNDS / (no_lock ? 5 : 1); i++)
    round_of (store, i, no_lock, &tally);
  g_test_message ("%u paid, %u denied by the lock, %u refused", tally.paid, tally.denied, tally.refused);
  /* Both ways of being second were seen, or the test would show nothing. */
  if (!no_lock)
    g_assert_cmpuint (tally.denied, >, 0);
  store_free (store);
}

int
main (int argc, char **argv)
{
  if (argc == 7 && g_str_equal (argv[1], CHILD))
    {
      g_setenv ("WAYBILL_PACE", "50", TRUE);
      return child_main (argv + 2);
    }
  money_test_init (&argc, &argv);
  g_test_add_data_func ("/two-processes/lock", GINT_TO_POINTER (FALSE), test_rounds);
  g_test_add_data_func ("/two-processes/no-lock", GINT_TO_POINTER (TRUE), test_rounds);
  return g_test_run ();
}
