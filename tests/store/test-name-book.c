// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store-fixture.h"

#include "cmr-error.h"
#include "wb-names-private.h"

/* The book against the embedded server and its faults. */

#define UNKNOWN CMR_MONEY_UNKNOWN

typedef struct {
  Store *store;
  WbNameBook *book;
  GPtrArray *told; /* domains, each time "changed" came */
} Case;

static void
on_changed (WbNameBook *book, const char *domain, Case *self)
{
  g_ptr_array_add (self->told, g_strdup (domain));
}

static void
set_up (Case *self, gconstpointer data)
{
  self->store = store_new (NULL);
  self->book = wb_profile_get_names (self->store->profile);
  self->told = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect (self->book, "changed", G_CALLBACK (on_changed), self);
  cmr_client_set_timeouts_ms (store_client (self->store), 8000, 16000, 5000, 20);
}

static void
tear_down (Case *self, gconstpointer data)
{
  if (self->store != NULL)
    store_free (self->store);
  g_ptr_array_unref (self->told);
}

static void
ask (Case *self, const char *domain, const char *provider, gboolean again)
{
  wb_name_book_ask (self->book, self->store->customer, domain, provider, again);
}

static const WbNameAnswer *
get (Case *self, const char *domain, const char *provider)
{
  return wb_name_book_get (self->book, domain, provider);
}

typedef struct {
  WbNameBook *book;
  const char *domain, *provider;
} Wait;

static gboolean
is_settled (gpointer data)
{
  Wait *wait = data;

  return wb_name_book_get (wait->book, wait->domain, wait->provider)->state != WB_NAME_ASKING;
}

static WbNameState
settle (Case *self, const char *domain, const char *provider)
{
  Wait wait = { self->book, domain, provider };

  g_assert_true (wb_test_wait_for (is_settled, &wait, WB_TEST_DEADLINE_MS));
  return get (self, domain, provider)->state;
}

static WbNameState
ask_and_settle (Case *self, const char *domain, const char *provider, gboolean again)
{
  ask (self, domain, provider, again);
  return settle (self, domain, provider);
}

static guint
count (Case *self, const char *operation)
{
  return wb_sandbox_count_requests (self->store->sandbox, operation);
}

static void
check_counts (Case *self, guint single, guint search, guint workspace)
{
  g_assert_cmpuint (count (self, "check_domain_available"), ==, single);
  g_assert_cmpuint (count (self, "suggest_domains"), ==, search);
  g_assert_cmpuint (count (self, "check_workspace"), ==, workspace);
}

static void
test_available (Case *self, gconstpointer data)
{
  gint64 before = g_get_real_time ();
  const WbNameAnswer *answer;

  g_assert_null (get (self, "fine.example", "GOOGLE"));
  ask (self, "fine.example", "GOOGLE", FALSE);
  g_assert_cmpint (get (self, "fine.example", "GOOGLE")->state, ==, WB_NAME_ASKING);
  g_assert_cmpuint (self->told->len, ==, 1);
  g_assert_cmpint (settle (self, "fine.example", "GOOGLE"), ==, WB_NAME_AVAILABLE);
  answer = get (self, "fine.example", "GOOGLE");
  g_assert_cmpint (answer->cents, ==, 1140);
  g_assert_cmpint (answer->renew_cents, ==, 1140);
  g_assert_cmpint (answer->asked_at, >=, before);
  g_assert_cmpint (answer->asked_at, <=, g_get_real_time ());
  check_counts (self, 1, 0, 1);
  /* Asking, the price, the end: each is told. */
  g_assert_cmpuint (self->told->len, ==, 3);
  g_assert_cmpstr (self->told->pdata[2], ==, "fine.example");
}

static void
test_taken (Case *self, gconstpointer data)
{
  g_assert_cmpint (ask_and_settle (self, "getbrightloom.example", "GOOGLE", FALSE), ==, WB_NAME_TAKEN);
  g_assert_cmpint (get (self, "getbrightloom.example", "GOOGLE")->cents, ==, UNKNOWN);
  check_counts (self, 1, 0, 0); /* nobody can have a workspace there */
}

/* A workspace stands in the way at its own provider only; availability is not asked for twice. */
static void
test_providers (Case *self, gconstpointer data)
{
  g_assert_cmpint (ask_and_settle (self, "bright-loom.example", "GOOGLE", FALSE), ==, WB_NAME_WORKSPACE);
  g_assert_cmpint (get (self, "bright-loom.example", "GOOGLE")->cents, ==, 1140);
  g_assert_null (get (self, "bright-loom.example", "MICROSOFT"));
  g_assert_cmpint (ask_and_settle (self, "bright-loom.example", "MICROSOFT", FALSE), ==, WB_NAME_AVAILABLE);
  g_assert_cmpint (get (self, "bright-loom.example", "MICROSOFT")->cents, ==, 1140);
  g_assert_cmpint (get (self, "bright-loom.example", "GOOGLE")->state, ==, WB_NAME_WORKSPACE);
  check_counts (self, 1, 0, 2);
  g_assert_cmpint (ask_and_settle (self, "taken.example", "GOOGLE", FALSE), ==, WB_NAME_TAKEN);
  g_assert_cmpint (ask_and_settle (self, "taken.example", "MICROSOFT", FALSE), ==, WB_NAME_TAKEN);
  check_counts (self, 2, 0, 2);
}

/* The service gave up on the name after its 15 s: no word about a workspace is not a good word. */
static void
test_service_timed_out (Case *self, gconstpointer data)
{
  g_assert_cmpint (ask_and_settle (self, "slow.example", "GOOGLE", FALSE), ==, WB_NAME_NOT_KNOWN);
  g_assert_cmpint (get (self, "slow.example", "GOOGLE")->cents, ==, 1140);
}

/* In a list each name has its own answer, and one slow name does not spoil the others. */
static void
test_batch (Case *self, gconstpointer data)
{
  static const struct {
    const char *domain;
    WbNameState state;
  } names[] = {
    { "a1.example", WB_NAME_AVAILABLE },        { "a2.example", WB_NAME_AVAILABLE },
    { "workspace.example", WB_NAME_WORKSPACE }, { "slow.example", WB_NAME_NOT_KNOWN },
    { "taken.example", WB_NAME_TAKEN },         { "a3.example", WB_NAME_AVAILABLE },
    { "a4.example", WB_NAME_AVAILABLE },        { "a5.example", WB_NAME_AVAILABLE },
  };

  wb_sandbox_set_latency (self->store->sandbox, 30);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    ask (self, names[i].domain, "GOOGLE", FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpint (settle (self, names[i].domain, "GOOGLE"), ==, names[i].state);
  g_assert_cmpuint (count (self, "check_domain_available"), ==, 8);
  g_assert_cmpuint (count (self, "check_workspace"), <, 7);
}

static void
test_many (Case *self, gconstpointer data)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  wb_sandbox_set_latency (self->store->sandbox, 5);
  for (guint i = 0; i < 120; i++)
    g_ptr_array_add (names, g_strdup_printf ("name%u.example", i));
  for (guint i = 0; i < names->len; i++)
    ask (self, names->pdata[i], i % 2 ? "GOOGLE" : "MICROSOFT", FALSE);
  for (guint i = 0; i < names->len; i++)
    g_assert_cmpint (settle (self, names->pdata[i], i % 2 ? "GOOGLE" : "MICROSOFT"), ==, WB_NAME_AVAILABLE);
  g_test_message ("%u workspace requests", count (self, "check_workspace"));
  g_assert_cmpuint (count (self, "check_domain_available"), ==, 120);
  g_assert_cmpuint (count (self, "check_workspace"), >=, 12);
  g_assert_cmpuint (count (self, "check_workspace"), <=, 40);
}

typedef struct {
  Case *self;
  GPtrArray *names;
} Held;

/* More than once: the server may not have read the whole of what it is to hold yet. */
static gboolean
release_until_settled (gpointer data)
{
  Held *held = data;

  wb_sandbox_release (held->self->store->sandbox);
  for (guint i = 0; i < held->names->len; i++)
    if (get (held->self, held->names->pdata[i], "GOOGLE")->state == WB_NAME_ASKING)
      return FALSE;
  return TRUE;
}

/* The list form is not understood here: each name is asked for alone, and has its answer. */
static void
test_list_form_missing (Case *self, gconstpointer data)
{
  static const WbFaultKind kinds[] = { WB_FAULT_SHAPE, WB_FAULT_STATUS };

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
      Held held = { self, names };

      for (guint i = 0; i < 12; i++)
        g_ptr_array_add (names, g_strdup_printf ("%s%u-%u.example", i == 5 ? "workspace" : "n", i, k));
      /* The first request is for one name. While its answer is held back the others gather, and the second is a list. */
      store_fault (self->store, "check_workspace", WB_FAULT_NO_ANSWER, 0, 1);
      store_fault (self->store, "check_workspace", kinds[k], 400, 1);
      for (guint i = 0; i < names->len; i++)
        ask (self, names->pdata[i], "GOOGLE", FALSE);
      store_wait_requests (self->store, "check_workspace", 2);
      g_assert_cmpuint (count (self, "check_domain_available"), >=, 11);
      g_assert_true (wb_test_wait_for (release_until_settled, &held, WB_TEST_DEADLINE_MS));
      for (guint i = 0; i < names->len; i++)
        g_assert_cmpint (settle (self, names->pdata[i], "GOOGLE"), ==, i == 5 ? WB_NAME_WORKSPACE : WB_NAME_AVAILABLE);
      wb_sandbox_clear_faults (self->store->sandbox);
      wb_sandbox_reset (self->store->sandbox);
    }
}

/* A passing fault is tried again; one that stays leaves the name not known. Never available. */
static void
test_faults (Case *self, gconstpointer data)
{
  static const struct {
    WbFaultKind kind;
    int value;
    gboolean passes; /* once is mended by a second try */
  } faults[] = {
    { WB_FAULT_STATUS, 429, TRUE },  { WB_FAULT_STATUS, 500, TRUE }, { WB_FAULT_STATUS, 503, TRUE },
    { WB_FAULT_STATUS, 401, FALSE }, { WB_FAULT_STATUS, 403, FALSE }, { WB_FAULT_STATUS, 422, FALSE },
    { WB_FAULT_STATUS, 301, FALSE }, { WB_FAULT_DROP_BEFORE, 0, TRUE }, { WB_FAULT_DROP_AFTER, 0, TRUE },
    { WB_FAULT_CUT, 0, TRUE },       { WB_FAULT_CUT_CHUNKED, 0, TRUE }, { WB_FAULT_GARBAGE, 0, FALSE },
    { WB_FAULT_SHAPE, 0, FALSE },    { WB_FAULT_DELAY, 100, TRUE },
  };
  static const char *const operations[] = { "check_domain_available", "check_workspace" };

  for (guint o = 0; o < G_N_ELEMENTS (operations); o++)
    for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
      {
        g_autofree char *once = g_strdup_printf ("once-%u-%u.example", o, i);
        g_autofree char *always = g_strdup_printf ("always-%u-%u.example", o, i);
        gboolean delay = faults[i].kind == WB_FAULT_DELAY;

        g_test_message ("%s: fault %d %d", operations[o], faults[i].kind, faults[i].value);
        store_fault (self->store, operations[o], faults[i].kind, faults[i].value, 1);
        g_assert_cmpint (ask_and_settle (self, once, "GOOGLE", FALSE), ==,
                         faults[i].passes ? WB_NAME_AVAILABLE : WB_NAME_NOT_KNOWN);
        store_fault (self->store, operations[o], faults[i].kind, faults[i].value, 0);
        g_assert_cmpint (ask_and_settle (self, always, "GOOGLE", FALSE), ==,
                         delay ? WB_NAME_AVAILABLE : WB_NAME_NOT_KNOWN);
        wb_sandbox_clear_faults (self->store->sandbox);
        /* Ask Again mends it. */
        g_assert_cmpint (ask_and_settle (self, always, "GOOGLE", TRUE), ==, WB_NAME_AVAILABLE);
      }
}

/* No answer at all: the pipeline gives up in the end. */
static void
test_silence (Case *self, gconstpointer data)
{
  cmr_client_set_timeouts_ms (store_client (self->store), 200, 400, 5000, 20);
  store_fault (self->store, "check_domain_available", WB_FAULT_NO_ANSWER, 0, 0);
  g_assert_cmpint (ask_and_settle (self, "silent.example", "GOOGLE", FALSE), ==, WB_NAME_NOT_KNOWN);
  wb_sandbox_clear_faults (self->store->sandbox);
  store_fault (self->store, "check_workspace", WB_FAULT_NO_ANSWER, 0, 0);
  g_assert_cmpint (ask_and_settle (self, "silent-too.example", "GOOGLE", FALSE), ==, WB_NAME_NOT_KNOWN);
  g_assert_cmpint (get (self, "silent-too.example", "GOOGLE")->cents, ==, 1140);
}

/* The path of the single question is proved nowhere. */
static void
test_path_missing (Case *self, gconstpointer data)
{
  store_fault (self->store, "check_domain_available", WB_FAULT_STATUS, 405, 0);
  g_assert_cmpint (ask_and_settle (self, "first.example", "GOOGLE", FALSE), ==, WB_NAME_AVAILABLE);
  g_assert_cmpint (get (self, "first.example", "GOOGLE")->cents, ==, 1140);
  check_counts (self, 1, 1, 1);
  /* Learned. */
  g_assert_cmpint (ask_and_settle (self, "taken.example", "GOOGLE", FALSE), ==, WB_NAME_TAKEN);
  g_assert_cmpint (ask_and_settle (self, "second.test", "GOOGLE", FALSE), ==, WB_NAME_AVAILABLE);
  g_assert_cmpint (get (self, "second.test", "GOOGLE")->cents, ==, 980);
  check_counts (self, 1, 3, 2);
}

/* Neither path is there: a wrong customer answers so too, and nothing is learned from it. */
static void
test_both_paths_missing (Case *self, gconstpointer data)
{
  store_fault (self->store, "check_domain_available", WB_FAULT_STATUS, 404, 1);
  store_fault (self->store, "suggest_domains", WB_FAULT_STATUS, 404, 1);
  g_assert_cmpint (ask_and_settle (self, "first.example", "GOOGLE", FALSE), ==, WB_NAME_NOT_KNOWN);
  g_assert_cmpint (ask_and_settle (self, "two.example", "GOOGLE", FALSE), ==, WB_NAME_AVAILABLE);
  check_counts (self, 2, 1, 1);
}

static void
test_ending_not_sold (Case *self, gconstpointer data)
{
  g_assert_cmpint (ask_and_settle (self, "name.invalid", "GOOGLE", FALSE), ==, WB_NAME_NOT_KNOWN);
  g_assert_cmpint (get (self, "name.invalid", "GOOGLE")->cents, ==, UNKNOWN);
}

static void
test_no_customer (Case *self, gconstpointer data)
{
  wb_name_book_ask (self->book, "", "first.example", "GOOGLE", TRUE);
  wb_name_book_ask (self->book, NULL, "first.example", "GOOGLE", TRUE);
  g_assert_null (get (self, "first.example", "GOOGLE"));
  check_counts (self, 0, 0, 0);
}

static void
test_again (Case *self, gconstpointer data)
{
  WbNameAnswer old = { WB_NAME_AVAILABLE, 900, 900, g_get_real_time () - WB_NAME_FRESH + 5 * G_USEC_PER_SEC };

  /* While it is under way, nobody asks twice. */
  ask (self, "first.example", "GOOGLE", FALSE);
  ask (self, "first.example", "GOOGLE", TRUE);
  ask (self, "FIRST.example", "GOOGLE", FALSE);
  g_assert_cmpint (settle (self, "first.example", "GOOGLE"), ==, WB_NAME_AVAILABLE);
  check_counts (self, 1, 0, 1);
  ask (self, "first.example", "GOOGLE", FALSE);
  g_assert_cmpint (get (self, "first.example", "GOOGLE")->state, ==, WB_NAME_AVAILABLE);
  g_assert_cmpint (ask_and_settle (self, "first.example", "GOOGLE", TRUE), ==, WB_NAME_AVAILABLE);
  check_counts (self, 2, 0, 2);
  /* Nearly ten minutes old, and older. */
  wb_name_book_put (self->book, "two.example", "GOOGLE", &old);
  ask (self, "two.example", "GOOGLE", FALSE);
  g_assert_cmpint (get (self, "two.example", "GOOGLE")->cents, ==, 900);
  check_counts (self, 2, 0, 2);
  old.asked_at -= 10 * G_USEC_PER_SEC;
  wb_name_book_put (self->book, "two.example", "GOOGLE", &old);
  ask (self, "two.example", "GOOGLE", FALSE);
  g_assert_cmpint (get (self, "two.example", "GOOGLE")->state, ==, WB_NAME_ASKING);
  g_assert_cmpint (get (self, "two.example", "GOOGLE")->cents, ==, 900); /* known meanwhile */
  settle (self, "two.example", "GOOGLE");
  check_counts (self, 3, 0, 3);
}

static void
test_price_change (Case *self, gconstpointer data)
{
  const WbNameAnswer old = { WB_NAME_AVAILABLE, 900, 900, g_get_real_time () };
  WbDraft *draft = store_draft (self->store, "first.example", "ada:Ada Keller");
  WbDraftDomain domain = *wb_draft_get_domain (draft, 0);
  g_autoptr (GPtrArray) problems = NULL;
  GAsyncResult *result = NULL;
  gboolean found = FALSE;

  wb_name_book_put (self->book, "first.example", "GOOGLE", &old);
  domain.seen_cents = 900;
  wb_draft_set_domain (draft, &domain);
  g_ptr_array_set_size (self->told, 0);
  g_assert_cmpint (ask_and_settle (self, "first.example", "GOOGLE", TRUE), ==, WB_NAME_AVAILABLE);
  g_assert_cmpint (get (self, "first.example", "GOOGLE")->cents, ==, 1140);
  g_assert_cmpuint (self->told->len, >, 0);
  problems = wb_draft_dup_problems (draft);
  for (guint i = 0; i < problems->len; i++)
    found |= ((WbProblem *) problems->pdata[i])->code == WB_PROBLEM_PRICE_CHANGED;
  g_assert_true (found);
  wb_draft_flush_async (draft, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  g_object_unref (result);
  g_assert_finalize_object (draft);
}

/* What is on the screen goes first. */
static void
test_look_at (Case *self, gconstpointer data)
{
  static const char *const seen[] = { "n18.example", "n19.example", NULL };
  guint settled = 0;

  wb_sandbox_set_latency (self->store->sandbox, 20);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *name = g_strdup_printf ("n%u.example", i);

      ask (self, name, "GOOGLE", FALSE);
    }
  wb_name_book_look_at (self->book, seen);
  settle (self, "n18.example", "GOOGLE");
  settle (self, "n19.example", "GOOGLE");
  for (guint i = 0; i < 18; i++)
    {
      g_autofree char *name = g_strdup_printf ("n%u.example", i);

      settled += get (self, name, "GOOGLE")->state != WB_NAME_ASKING;
    }
  g_test_message ("%u of 18 others were there before", settled);
  g_assert_cmpuint (settled, <, 14); /* unseen, all 18 are */
}

static void
test_suggest (Case *self, gconstpointer data)
{
  static const char *const endings[] = { ".example", "test", NULL };
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ideas = NULL;

  wb_name_book_suggest_async (self->book, self->store->customer, "Loom & Sons", endings, NULL, wb_test_take_result,
                              &result);
  wb_test_wait_result (&result);
  ideas = wb_name_book_suggest_finish (self->book, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ideas->len, >=, 10);
  for (guint i = 0; i < ideas->len; i++)
    {
      const WbIdea *idea = ideas->pdata[i];

      g_assert_cmpint (idea->cents, ==, g_str_has_suffix (idea->name, ".test") ? 980 : 1140);
    }
  g_object_unref (result);
}

static void
test_suggest_fails (Case *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  store_fault (self->store, "suggest_domains", WB_FAULT_SHAPE, 0, 1);
  wb_name_book_suggest_async (self->book, self->store->customer, "loom", NULL, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  g_assert_null (wb_name_book_suggest_finish (self->book, result, &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_PROTOCOL);
  g_clear_error (&error);
  g_clear_object (&result);
  store_fault (self->store, "suggest_domains", WB_FAULT_NO_ANSWER, 0, 1);
  wb_name_book_suggest_async (self->book, self->store->customer, "loom", NULL, cancellable, wb_test_take_result,
                              &result);
  g_cancellable_cancel (cancellable);
  wb_test_wait_result (&result);
  g_assert_null (wb_name_book_suggest_finish (self->book, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&result);
}

/* What was being asked for is told as not known when the profile closes; the book lives on. */
static void
test_closed (Case *self, gconstpointer data)
{
  WbNameBook *book = g_object_ref (self->book);
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  self->store->parts_are_held = TRUE;
  wb_sandbox_set_latency (self->store->sandbox, 300);
  g_assert_cmpint (ask_and_settle (self, "before.example", "GOOGLE", FALSE), ==, WB_NAME_AVAILABLE);
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *name = g_strdup_printf ("n%u.example", i);

      ask (self, name, "GOOGLE", FALSE);
    }
  g_ptr_array_set_size (self->told, 0);
  store_free (self->store);
  self->store = NULL;
  g_assert_cmpuint (self->told->len, ==, 8);
  g_assert_cmpint (wb_name_book_get (book, "n3.example", "GOOGLE")->state, ==, WB_NAME_NOT_KNOWN);
  g_assert_cmpint (wb_name_book_get (book, "before.example", "GOOGLE")->state, ==, WB_NAME_AVAILABLE);
  wb_name_book_ask (book, "someone", "late.example", "GOOGLE", TRUE);
  g_assert_null (wb_name_book_get (book, "late.example", "GOOGLE"));
  wb_name_book_suggest_async (book, "someone", "loom", NULL, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  g_assert_null (wb_name_book_suggest_finish (book, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_object_unref (result);
  g_assert_finalize_object (book);
}

/* With WAYBILL_PACE the 20 s of patience are 200 ms: the name is told as not known, and when the service
 * answers after all, the answer counts. Nothing is asked for twice meanwhile. */
static gboolean
came_late (gpointer data)
{
  return get (data, "late.example", "GOOGLE")->state == WB_NAME_AVAILABLE;
}

static void
test_patience (Case *self, gconstpointer data)
{
  static const char *const operations[] = { "check_domain_available", "check_workspace" };
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    {
      store_fault (self->store, operations[i], WB_FAULT_DELAY, 1500, 1);
      g_assert_cmpint (ask_and_settle (self, "late.example", "GOOGLE", TRUE), ==, WB_NAME_NOT_KNOWN);
      g_assert_cmpint (g_get_monotonic_time () - start, <, 1400 * 1000);
      ask (self, "late.example", "GOOGLE", TRUE);
      g_assert_cmpint (get (self, "late.example", "GOOGLE")->state, ==, WB_NAME_ASKING);
      g_assert_cmpint (settle (self, "late.example", "GOOGLE"), ==, WB_NAME_NOT_KNOWN);
      g_assert_true (wb_test_wait_for (came_late, self, WB_TEST_DEADLINE_MS));
      check_counts (self, i + 1, 0, i + 1);
      start = g_get_monotonic_time ();
    }
}

#define ADD(name, func) g_test_add ("/name-book/" name, Case, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (g_getenv ("WAYBILL_PACE") != NULL)
    {
      ADD ("patience", test_patience);
      return g_test_run ();
    }
  ADD ("available", test_available);
  ADD ("taken", test_taken);
  ADD ("providers", test_providers);
  ADD ("service-timed-out", test_service_timed_out);
  ADD ("batch", test_batch);
  ADD ("many", test_many);
  ADD ("list-form-missing", test_list_form_missing);
  ADD ("faults", test_faults);
  ADD ("silence", test_silence);
  ADD ("path-missing", test_path_missing);
  ADD ("both-paths-missing", test_both_paths_missing);
  ADD ("ending-not-sold", test_ending_not_sold);
  ADD ("no-customer", test_no_customer);
  ADD ("again", test_again);
  ADD ("price-change", test_price_change);
  ADD ("look-at", test_look_at);
  ADD ("suggest", test_suggest);
  ADD ("suggest-fails", test_suggest_fails);
  ADD ("closed", test_closed);
  return g_test_run ();
}
