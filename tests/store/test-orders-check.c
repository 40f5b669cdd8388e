// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store-fixture.h"

#include <string.h>

#include "cmr-error.h"
#include "wb-names-private.h"
#include "wb-order.h"
#include "wb-profile-private.h"

/* Review's questions to the server: each answer has its finding, and a question without one is a finding too. */

typedef struct {
  Store *store;
  WbDraft *draft;
  GPtrArray *checks;
} Case;

static void
set_up (Case *self, gconstpointer data)
{
  self->store = store_new (NULL);
  self->draft = store_draft (self->store, "first.example second.example", "ada:Ada Keller,ben:Ben Okafor");
  cmr_client_set_timeouts_ms (store_client (self->store), 8000, 16000, 5000, 10);
}

static void
drop_draft (WbDraft *draft)
{
  GAsyncResult *result = NULL;

  wb_draft_flush_async (draft, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  g_object_unref (result);
  g_object_unref (draft);
}

static void
tear_down (Case *self, gconstpointer data)
{
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  if (self->draft != NULL)
    drop_draft (self->draft);
  if (self->store != NULL)
    store_free (self->store);
}

static WbOrders *
orders_of (Case *self)
{
  return wb_profile_get_orders (self->store->profile);
}

static void
run (Case *self)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->checks, g_ptr_array_unref);
  wb_orders_check_async (orders_of (self), self->draft, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  self->checks = wb_orders_check_finish (orders_of (self), result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (self->checks->len, ==, WB_N_CHECKS);
  for (guint i = 0; i < WB_N_CHECKS; i++)
    g_assert_cmpint (((WbCheck *) self->checks->pdata[i])->kind, ==, i);
  g_object_unref (result);
}

static const WbCheck *
get (Case *self, WbCheckKind kind)
{
  return self->checks->pdata[kind];
}

/* One letter a kind: o OK, w warning, e error, n not read. */
static void
check (Case *self, const char *wanted)
{
  char found[WB_N_CHECKS + 1] = "";

  run (self);
  for (guint i = 0; i < WB_N_CHECKS; i++)
    found[i] = "owen"[get (self, i)->result];
  g_assert_cmpstr (found, ==, wanted);
}

static void
check_names (Case *self, WbCheckKind kind, const char *wanted)
{
  g_autofree char *names = g_strjoinv (" ", get (self, kind)->names);

  g_assert_cmpstr (names, ==, wanted);
}

/* customer, names, workspace, addresses, twins, wallet */
static void
test_fine (Case *self, gconstpointer data)
{
  gint64 before = g_get_real_time ();

  check (self, "oooooo");
  for (guint i = 0; i < WB_N_CHECKS; i++)
    {
      check_names (self, i, "");
      g_assert_cmpint (get (self, i)->asked_at, >=, before);
      g_assert_cmpint (get (self, i)->asked_at, <=, g_get_real_time ());
    }
}

/* Each read by itself fails for good; nothing else is said otherwise than before. */
static void
test_failed_reads (Case *self, gconstpointer data)
{
  static const struct {
    const char *operation;
    const char *wanted;
  } reads[] = {
    { "get_user", "nnonoo" }, /* and empty lists say nothing of a customer who was not read */
    { "list_domains", "onoooo" },
    { "list_mailboxes", "ooonoo" },
    { "get_wallet", "ooooon" },
    { "check_workspace", "oonooo" },
    { "check_domain_available", "onnooo" },
  };
  /* No dropped connection here (/sync/bad-answers has it): libsoup 3.2 leaks a task of its own when one of several
   * reused connections dies, which the leak checker would lay at our door. */
  static const WbFaultKind kinds[] = { WB_FAULT_STATUS, WB_FAULT_SHAPE, WB_FAULT_GARBAGE, WB_FAULT_CUT };

  for (guint i = 0; i < G_N_ELEMENTS (reads); i++)
    for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
      {
        g_test_message ("%s, fault %d", reads[i].operation, kinds[k]);
        store_fault (self->store, reads[i].operation, kinds[k], 500, 0);
        wb_name_book_put (wb_profile_get_names (self->store->profile), "first.example", "GOOGLE", &(WbNameAnswer){ 0 });
        wb_name_book_put (wb_profile_get_names (self->store->profile), "second.example", "GOOGLE",
                          &(WbNameAnswer){ 0 });
        check (self, reads[i].wanted);
        wb_sandbox_clear_faults (self->store->sandbox);
      }
  check (self, "oooooo");
}

/* Known to nobody: an error, and the empty lists that come with it are no good news. */
static void
test_wrong_customer (Case *self, gconstpointer data)
{
  wb_draft_set_customer (self->draft, "nobody", "Nobody", "");
  check (self, "ennnoo");
}

static void
test_no_customer (Case *self, gconstpointer data)
{
  wb_draft_set_customer (self->draft, "", "", "");
  check (self, "nnnnnn");
}

static void
add (Case *self, const char *domain)
{
  WbDraftMailbox row = { (char *) domain, "ada", "Ada", "Keller", "", FALSE };

  wb_draft_add_domains (self->draft, domain, NULL, NULL);
  wb_draft_insert_mailboxes (self->draft, G_MAXUINT, &row, 1);
}

static void
test_names (Case *self, gconstpointer data)
{
  WbDraftDomain domain;

  add (self, "slow.example");
  check (self, "oowooo"); /* its price came, its workspace did not */
  check_names (self, WB_CHECK_WORKSPACE, "slow.example");
  add (self, "name.invalid");
  check (self, "owwooo");
  check_names (self, WB_CHECK_NAMES, "name.invalid");
  check_names (self, WB_CHECK_WORKSPACE, "slow.example name.invalid");
  add (self, "taken.example");
  add (self, "workspace.example");
  check (self, "oeeooo");
  check_names (self, WB_CHECK_NAMES, "taken.example"); /* not those of which nothing is known */
  check_names (self, WB_CHECK_WORKSPACE, "workspace.example");
  domain = *wb_draft_find_domain (self->draft, "workspace.example");
  domain.keep_anyway = TRUE;
  wb_draft_set_domain (self->draft, &domain);
  wb_draft_remove_domain (self->draft, "taken.example");
  wb_draft_remove_domain (self->draft, "slow.example");
  wb_draft_remove_domain (self->draft, "name.invalid");
  check (self, "oowooo");
  check_names (self, WB_CHECK_WORKSPACE, "workspace.example");
}

/* At most ten minutes old, else asked again; what was not known is asked again in any case. */
static void
test_age (Case *self, gconstpointer data)
{
  WbNameBook *book = wb_profile_get_names (self->store->profile);
  WbNameAnswer answer = { WB_NAME_AVAILABLE, 900, 900, g_get_real_time () - WB_NAME_FRESH / 2 };
  gint64 half = answer.asked_at;

  wb_name_book_put (book, "first.example", "GOOGLE", &answer);
  answer.asked_at -= WB_NAME_FRESH;
  wb_name_book_put (book, "second.example", "GOOGLE", &answer);
  check (self, "oooooo");
  g_assert_cmpint (wb_name_book_get (book, "first.example", "GOOGLE")->cents, ==, 900);
  g_assert_cmpint (wb_name_book_get (book, "second.example", "GOOGLE")->cents, ==, 1140);
  /* As old as the oldest of them. */
  g_assert_cmpint (get (self, WB_CHECK_NAMES)->asked_at, ==, half);
  answer = (WbNameAnswer) { WB_NAME_NOT_KNOWN, 900, 900, g_get_real_time () };
  wb_name_book_put (book, "first.example", "GOOGLE", &answer);
  check (self, "oooooo");
  g_assert_cmpint (wb_name_book_get (book, "first.example", "GOOGLE")->cents, ==, 1140);
}

static void
test_wallet (Case *self, gconstpointer data)
{
  gint64 due = 2 * 1140 + 4 * 300;

  wb_sandbox_set_wallet (self->store->sandbox, due);
  check (self, "oooooo");
  wb_sandbox_set_wallet (self->store->sandbox, due - 1);
  check (self, "oooooe");
  g_assert_cmpint (get (self, WB_CHECK_WALLET)->cents, ==, 1);
  wb_sandbox_set_wallet (self->store->sandbox, -500);
  check (self, "oooooe");
  g_assert_cmpint (get (self, WB_CHECK_WALLET)->cents, ==, due + 500);
}

/* An order goes out and is made. */

static gboolean
is_over (gpointer order)
{
  WbOrderState state = wb_order_get_state (order);

  return state == WB_ORDER_LIVE || state == WB_ORDER_PARTLY || state == WB_ORDER_FAILED || state == WB_ORDER_UNKNOWN;
}

static void
order (WbProfile *profile, WbDraft *draft)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbOrder) order = NULL;

  wb_orders_create_async (wb_profile_get_orders (profile), draft, TRUE, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  order = wb_orders_create_finish (wb_profile_get_orders (profile), result, &error);
  g_assert_no_error (error);
  g_assert_true (wb_test_wait_for (is_over, order, 3 * WB_TEST_DEADLINE_MS));
  g_assert_cmpint (wb_order_get_state (order), ==, WB_ORDER_LIVE);
  g_object_unref (result);
}

/* Of 230 mailboxes some are on the second and the third page; names of one's own are not for sale. */
static void
test_owned (Case *self, gconstpointer data)
{
  g_autoptr (GString) rows = g_string_new ("u0:Ada Keller");
  WbDraft *large;

  for (guint i = 1; i < 230; i++)
    g_string_append_printf (rows, ",u%u:Ada Keller", i);
  wb_sandbox_set_wallet (self->store->sandbox, 1000000);
  large = store_draft (self->store, "large.example", rows->str);
  order (self->store->profile, large);
  g_assert_cmpuint (wb_sandbox_count_charges (self->store->sandbox), ==, 1);
  drop_draft (large);
  add (self, "large.example");
  wb_draft_set_cell (self->draft, 4, WB_CELL_USER_NAME, "U3");
  check (self, "oeoewo");
  check_names (self, WB_CHECK_NAMES, "large.example");
  check_names (self, WB_CHECK_ADDRESSES, "u3@large.example");
  for (guint i = 99; i < 230; i += 65)
    {
      g_autofree char *user = g_strdup_printf ("u%u", i);
      g_autofree char *address = g_strconcat (user, "@large.example", NULL);

      wb_draft_set_cell (self->draft, 4, WB_CELL_USER_NAME, user);
      check (self, "oeoewo");
      check_names (self, WB_CHECK_ADDRESSES, address);
    }
  wb_draft_set_cell (self->draft, 4, WB_CELL_USER_NAME, "u230");
  check (self, "oeoowo");
}

/* The same order again, and one that shares a name. */
static void
test_twins (Case *self, gconstpointer data)
{
  g_autoptr (GPtrArray) twins = NULL;
  GAsyncResult *result = NULL;

  order (self->store->profile, self->draft);
  run (self);
  g_assert_cmpint (get (self, WB_CHECK_TWINS)->result, ==, WB_CHECK_ERROR);
  g_assert_cmpuint (g_strv_length (get (self, WB_CHECK_TWINS)->names), ==, 1);
  wb_draft_set_second_time (self->draft, TRUE);
  run (self);
  g_assert_cmpint (get (self, WB_CHECK_TWINS)->result, ==, WB_CHECK_WARNING);
  wb_draft_set_second_time (self->draft, FALSE);
  wb_draft_remove_domain (self->draft, "first.example");
  run (self);
  g_assert_cmpint (get (self, WB_CHECK_TWINS)->result, ==, WB_CHECK_WARNING);
  wb_orders_find_twins_async (orders_of (self), self->draft, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  twins = wb_orders_find_twins_finish (orders_of (self), result, NULL);
  g_assert_cmpuint (twins->len, ==, 1);
  g_assert_false (((WbTwin *) twins->pdata[0])->equal);
  g_assert_cmpstr (((WbTwin *) twins->pdata[0])->profile_name, ==, "");
  g_object_unref (result);
  add (self, "third.example");
  wb_draft_remove_domain (self->draft, "second.example");
  run (self);
  g_assert_cmpint (get (self, WB_CHECK_TWINS)->result, ==, WB_CHECK_OK);
}

/* Which states of an order alarm, and for how long. */
static void
test_twin_states (Case *self, gconstpointer data)
{
  static const struct {
    const char *set;
    WbCheckResult result;
  } states[] = {
    { "state = 'creating'", WB_CHECK_ERROR },  { "state = 'not-paid'", WB_CHECK_ERROR },
    { "state = 'paying'", WB_CHECK_ERROR },    { "state = 'being-made'", WB_CHECK_ERROR },
    { "state = 'unknown'", WB_CHECK_ERROR },   { "state = 'partly'", WB_CHECK_ERROR },
    { "state = 'may-exist'", WB_CHECK_OK },    { "state = 'failed'", WB_CHECK_OK },
    { "state = 'cancelled'", WB_CHECK_OK },    { "state = 'live'", WB_CHECK_ERROR },
    { "host = 'https://elsewhere.example:443'", WB_CHECK_OK },
  };
  g_autofree char *old = g_strdup_printf ("UPDATE orders SET created = %" G_GINT64_FORMAT,
                                          g_get_real_time () - G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC - 1);

  order (self->store->profile, self->draft);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *sql = g_strconcat ("UPDATE orders SET ", states[i].set, NULL);

      store_run_job (self->store, TRUE, sql);
      run (self);
      g_test_message ("%s", states[i].set);
      g_assert_cmpint (get (self, WB_CHECK_TWINS)->result, ==, states[i].result);
    }
  store_run_job (self->store, TRUE, "UPDATE orders SET state = 'live', host = (SELECT host FROM operations LIMIT 1)");
  run (self);
  g_assert_cmpint (get (self, WB_CHECK_TWINS)->result, ==, WB_CHECK_ERROR);
  store_run_job (self->store, TRUE, old);
  run (self);
  g_assert_cmpint (get (self, WB_CHECK_TWINS)->result, ==, WB_CHECK_OK);
}

/* Another profile on the same host has ordered it; one whose journal cannot be read may have. */
static void
test_other_profiles (Case *self, gconstpointer data)
{
  g_autoptr (WbProfileInfo) info = wb_profile_info_copy (wb_profile_get_info (self->store->profile));
  g_autofree char *cache = g_build_filename (self->store->dir, "cache", NULL);
  g_autofree char *folder = NULL;
  g_autofree char *journal = NULL;
  g_autoptr (GPtrArray) twins = NULL;
  GAsyncResult *result = NULL;
  WbProfile *other;

  g_free (info->id);
  info->id = g_uuid_string_random ();
  g_free (info->name);
  info->name = g_strdup ("Other");
  g_assert_true (wb_profile_info_save (info, self->store->dir, NULL));
  folder = wb_profile_folder (self->store->dir, info->id);
  journal = g_build_filename (folder, "journal.db", NULL);
  check (self, "oooooo"); /* never opened: there is no journal, and nothing was ordered */
  wb_profile_open_async (info->id, self->store->dir, cache, wb_sandbox_get_key (self->store->sandbox), NULL,
                         wb_test_take_result, &result);
  wb_test_wait_result (&result);
  other = wb_profile_open_finish (result, NULL);
  g_clear_object (&result);
  order (other, self->draft);
  wb_orders_find_twins_async (orders_of (self), self->draft, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  twins = wb_orders_find_twins_finish (orders_of (self), result, NULL);
  g_clear_object (&result);
  g_assert_cmpuint (twins->len, ==, 1);
  g_assert_true (((WbTwin *) twins->pdata[0])->equal);
  g_assert_cmpstr (((WbTwin *) twins->pdata[0])->profile_name, ==, "Other");
  run (self);
  g_assert_cmpint (get (self, WB_CHECK_TWINS)->result, ==, WB_CHECK_ERROR);
  wb_profile_close_async (other, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  g_clear_object (&result);
  g_object_unref (other);
  g_assert_true (g_file_set_contents (journal, "this is no database, whatever it was before", -1, NULL));
  run (self);
  g_assert_cmpint (get (self, WB_CHECK_TWINS)->result, ==, WB_CHECK_NOT_READ);
}

static gboolean
has_answers (gpointer data)
{
  Case *self = data;
  WbNameBook *book = wb_profile_get_names (self->store->profile);

  for (guint i = 0; i < wb_draft_get_n_domains (self->draft); i++)
    {
      const WbNameAnswer *answer = wb_name_book_get (book, wb_draft_get_domain (self->draft, i)->name, "GOOGLE");

      if (answer != NULL && answer->state == WB_NAME_ASKING)
        return FALSE;
    }
  return TRUE;
}

/* The book goes on: others may want to know. More than once, as the server may not hold the request yet. */
static gboolean
release_until_answered (gpointer data)
{
  Case *self = data;

  wb_sandbox_release (self->store->sandbox);
  return has_answers (self);
}

/* Cancel, at each stage: the caller hears of it while the server still says nothing. */
static void
test_cancel (Case *self, gconstpointer data)
{
  static const char *const operations[]
      = { "get_user", "list_domains", "list_mailboxes", "get_wallet", "check_workspace" };

  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      GAsyncResult *result = NULL;
      guint before = wb_sandbox_count_requests (self->store->sandbox, operations[i]);

      store_fault (self->store, operations[i], WB_FAULT_NO_ANSWER, 0, 1);
      wb_name_book_put (wb_profile_get_names (self->store->profile), "first.example", "GOOGLE", &(WbNameAnswer) { 0 });
      wb_orders_check_async (orders_of (self), self->draft, cancellable, wb_test_take_result, &result);
      store_wait_requests (self->store, operations[i], before + 1);
      g_assert_null (result);
      g_cancellable_cancel (cancellable);
      wb_test_wait_result (&result);
      g_assert_null (wb_orders_check_finish (orders_of (self), result, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_object_unref (result);
      g_assert_true (wb_test_wait_for (release_until_answered, self, WB_TEST_DEADLINE_MS));
    }
}

static void
test_closed (Case *self, gconstpointer data)
{
  WbOrders *orders = g_object_ref (orders_of (self));
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) done = NULL;

  self->store->parts_are_held = TRUE;
  wb_sandbox_set_latency (self->store->sandbox, 200);
  wb_orders_check_async (orders, self->draft, NULL, wb_test_take_result, &result);
  store_wait_requests (self->store, "check_workspace", 1);
  drop_draft (g_steal_pointer (&self->draft));
  store_free (g_steal_pointer (&self->store));
  wb_test_wait_result (&result);
  done = result;
  g_assert_null (wb_orders_check_finish (orders, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_object_unref (orders);
}

#define ADD(name, func) g_test_add ("/orders-check/" name, Case, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("fine", test_fine);
  ADD ("failed-reads", test_failed_reads);
  ADD ("wrong-customer", test_wrong_customer);
  ADD ("no-customer", test_no_customer);
  ADD ("names", test_names);
  ADD ("age", test_age);
  ADD ("wallet", test_wallet);
  ADD ("owned", test_owned);
  ADD ("twins", test_twins);
  ADD ("twin-states", test_twin_states);
  ADD ("other-profiles", test_other_profiles);
  ADD ("cancel", test_cancel);
  ADD ("closed", test_closed);
  return g_test_run ();
}
