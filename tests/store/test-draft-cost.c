// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store-fixture.h"

#include "cmr-field.h"
#include "wb-names-private.h"
#include "wb-sync-private.h"

/* What an order costs, from answers that were put in by hand. */

#define UNKNOWN CMR_MONEY_UNKNOWN
#define HELP_CENTRE 300

typedef struct {
  Store *store;
  WbDraft *draft;
} Case;

static void
set_up (Case *self, gconstpointer data)
{
  self->store = store_new (NULL);
  self->draft = store_draft (self->store, "a.example b.example c.example", "");
}

static void
tear_down (Case *self, gconstpointer data)
{
  GAsyncResult *result = NULL;

  if (self->draft != NULL)
    {
      wb_draft_flush_async (self->draft, wb_test_take_result, &result);
      wb_test_wait_result (&result);
      g_clear_object (&result);
      g_assert_finalize_object (self->draft);
    }
  store_free (self->store);
}

static void
answer (Case *self, const char *domain, WbNameState state, gint64 cents, gint64 renew, gint64 asked_at)
{
  const WbNameAnswer put = { state, cents, renew, asked_at };

  wb_name_book_put (wb_profile_get_names (self->store->profile), domain, wb_draft_get_provider (self->draft), &put);
}

static void
set_years (Case *self, guint i, guint years)
{
  WbDraftDomain domain = *wb_draft_get_domain (self->draft, i);

  domain.years = years;
  wb_draft_set_domain (self->draft, &domain);
}

static void
add_rows (Case *self, guint n)
{
  WbDraftMailbox row = { .domain = (char *) "a.example", .user_name = (char *) "x" };

  for (guint i = 0; i < n; i++)
    wb_draft_insert_mailboxes (self->draft, G_MAXUINT, &row, 1);
}

static void
check_line (WbCost *cost, guint i, WbCostKind what, guint count, guint years, gint64 unit, WbCostSource source,
            guint unknown)
{
  const WbCostLine *line;

  g_assert_cmpuint (i, <, cost->lines->len);
  line = cost->lines->pdata[i];
  g_assert_cmpint (line->what, ==, what);
  g_assert_cmpuint (line->count, ==, count);
  g_assert_cmpuint (line->years, ==, years);
  g_assert_cmpint (line->unit_cents, ==, unit);
  g_assert_cmpint (line->sum_cents, ==, unit == UNKNOWN ? UNKNOWN : unit * count);
  g_assert_cmpint (line->source, ==, source);
  g_assert_cmpuint (line->unknown, ==, unknown);
}

static void
check_sums (WbCost *cost, gint64 due, gboolean complete, guint unknown, gint64 monthly, gint64 yearly)
{
  g_assert_cmpint (cost->due_cents, ==, due);
  g_assert_true (cost->complete == complete);
  g_assert_cmpuint (cost->unknown, ==, unknown);
  g_assert_cmpint (cost->monthly_cents, ==, monthly);
  g_assert_cmpint (cost->yearly_cents, ==, yearly);
}

/* The review page of the pictures: 3 domains at $11.40, 24 mailboxes at $3.00. */
static void
test_whole (Case *self, gconstpointer data)
{
  g_autoptr (WbCost) cost = NULL;
  static const char *const names[] = { "a.example", "b.example", "c.example" };

  for (guint i = 0; i < 3; i++)
    answer (self, names[i], WB_NAME_AVAILABLE, 1140, 1140, 5000 - i);
  add_rows (self, 24);
  cost = wb_draft_cost (self->draft);
  g_assert_cmpuint (cost->lines->len, ==, 2);
  check_line (cost, 0, WB_COST_DOMAINS, 3, 1, 1140, WB_SOURCE_ASKED, 0);
  check_line (cost, 1, WB_COST_MAILBOXES, 24, 0, 300, WB_SOURCE_HELP_CENTRE, 0);
  check_sums (cost, 10620, TRUE, 0, 7200, 3420);
  g_assert_cmpint (((WbCostLine *) cost->lines->pdata[0])->asked_at, ==, 4998);
  g_assert_cmpint (((WbCostLine *) cost->lines->pdata[1])->asked_at, ==, 0);
  g_assert_cmpint (cost->oldest_answer, ==, 4998);
}

static void
test_nothing (Case *self, gconstpointer data)
{
  g_autoptr (WbCost) cost = NULL;

  while (wb_draft_get_n_domains (self->draft) > 0)
    wb_draft_remove_domain (self->draft, wb_draft_get_domain (self->draft, 0)->name);
  cost = wb_draft_cost (self->draft);
  g_assert_cmpuint (cost->lines->len, ==, 0);
  check_sums (cost, 0, TRUE, 0, 0, 0);
  g_assert_cmpint (cost->oldest_answer, ==, 0);
}

/* What is not counted, and what is counted although nobody knows. */
static void
test_states (Case *self, gconstpointer data)
{
  static const struct {
    WbNameState state;
    gint64 cents;
    gboolean keep;
    guint count, unknown;
  } rows[] = {
    { WB_NAME_AVAILABLE, 1000, FALSE, 1, 0 },  { WB_NAME_AVAILABLE, UNKNOWN, FALSE, 1, 1 },
    { WB_NAME_TAKEN, UNKNOWN, FALSE, 0, 0 },   { WB_NAME_WORKSPACE, 1000, FALSE, 0, 0 },
    { WB_NAME_WORKSPACE, 1000, TRUE, 1, 0 },   { WB_NAME_NOT_KNOWN, UNKNOWN, FALSE, 1, 1 },
    { WB_NAME_NOT_KNOWN, 1000, FALSE, 1, 0 },  { WB_NAME_ASKING, UNKNOWN, FALSE, 1, 1 },
    { WB_NAME_ASKING, 1000, FALSE, 1, 0 },     { WB_NAME_NOT_ASKED, UNKNOWN, FALSE, 1, 1 },
  };

  wb_draft_remove_domain (self->draft, "b.example");
  wb_draft_remove_domain (self->draft, "c.example");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      WbDraftDomain domain = *wb_draft_get_domain (self->draft, 0);
      g_autoptr (WbCost) cost = NULL;

      domain.keep_anyway = rows[i].keep;
      wb_draft_set_domain (self->draft, &domain);
      answer (self, "a.example", rows[i].state, rows[i].cents, 1000, 1);
      cost = wb_draft_cost (self->draft);
      g_test_message ("row %u", i);
      g_assert_cmpuint (cost->lines->len, ==, rows[i].count);
      g_assert_cmpuint (cost->unknown, ==, rows[i].unknown);
      g_assert_cmpint (cost->due_cents, ==, rows[i].count > rows[i].unknown ? 1000 : 0);
      g_assert_true (cost->complete == (rows[i].unknown == 0));
    }
}

static void
test_never_asked (Case *self, gconstpointer data)
{
  g_autoptr (WbCost) cost = wb_draft_cost (self->draft);

  g_assert_cmpuint (cost->lines->len, ==, 1);
  check_line (cost, 0, WB_COST_DOMAINS, 3, 1, UNKNOWN, WB_SOURCE_UNKNOWN, 3);
  check_sums (cost, 0, FALSE, 3, 0, 0);
  g_assert_cmpuint (cost->renew_unknown, ==, 3);
}

/* Price × years is no price: further years cost what a renewal costs. */
static void
test_years (Case *self, gconstpointer data)
{
  for (guint years = 1; years <= 10; years++)
    {
      g_autoptr (WbCost) cost = NULL;
      gint64 unit = 1198 + (gint64) (years - 1) * 1450;

      answer (self, "a.example", WB_NAME_AVAILABLE, 1198, 1450, 9);
      answer (self, "b.example", WB_NAME_AVAILABLE, 1198, 1450, 9);
      answer (self, "c.example", WB_NAME_TAKEN, UNKNOWN, UNKNOWN, 9);
      set_years (self, 0, years);
      set_years (self, 1, years);
      cost = wb_draft_cost (self->draft);
      g_assert_cmpuint (cost->lines->len, ==, 1);
      check_line (cost, 0, WB_COST_DOMAINS, 2, years, unit, WB_SOURCE_ASKED, 0);
      check_sums (cost, 2 * unit, TRUE, 0, 0, years == 1 ? 2900 : 0);
    }
}

static void
test_lines (Case *self, gconstpointer data)
{
  g_autoptr (WbCost) cost = NULL;

  answer (self, "a.example", WB_NAME_AVAILABLE, 1140, 1140, 30);
  answer (self, "b.example", WB_NAME_AVAILABLE, 980, 1000, 20);
  answer (self, "c.example", WB_NAME_AVAILABLE, 1140, 1140, 10);
  set_years (self, 2, 2);
  cost = wb_draft_cost (self->draft);
  g_assert_cmpuint (cost->lines->len, ==, 3);
  check_line (cost, 0, WB_COST_DOMAINS, 1, 1, 1140, WB_SOURCE_ASKED, 0);
  check_line (cost, 1, WB_COST_DOMAINS, 1, 1, 980, WB_SOURCE_ASKED, 0);
  check_line (cost, 2, WB_COST_DOMAINS, 1, 2, 2280, WB_SOURCE_ASKED, 0);
  check_sums (cost, 1140 + 980 + 2280, TRUE, 0, 0, 1140 + 1000);
  g_assert_cmpint (cost->oldest_answer, ==, 10);
}

/* The first year is known, the further ones are not: at least the first year. */
static void
test_renewal_unknown (Case *self, gconstpointer data)
{
  g_autoptr (WbCost) cost = NULL;

  answer (self, "a.example", WB_NAME_AVAILABLE, 1140, UNKNOWN, 30);
  answer (self, "b.example", WB_NAME_AVAILABLE, 1140, UNKNOWN, 30);
  answer (self, "c.example", WB_NAME_TAKEN, UNKNOWN, UNKNOWN, 30);
  set_years (self, 1, 3);
  cost = wb_draft_cost (self->draft);
  check_line (cost, 0, WB_COST_DOMAINS, 1, 1, 1140, WB_SOURCE_ASKED, 0);
  check_line (cost, 1, WB_COST_DOMAINS, 1, 3, 1140, WB_SOURCE_ASKED, 1);
  check_sums (cost, 2280, FALSE, 1, 0, 0);
  g_assert_cmpuint (cost->renew_unknown, ==, 1);
}

/* Each provider has its own answers. */
static void
test_provider (Case *self, gconstpointer data)
{
  g_autoptr (WbCost) google = NULL;
  g_autoptr (WbCost) microsoft = NULL;

  answer (self, "a.example", WB_NAME_WORKSPACE, 1140, 1140, 1);
  google = wb_draft_cost (self->draft);
  wb_draft_set_provider (self->draft, "MICROSOFT");
  answer (self, "a.example", WB_NAME_AVAILABLE, 1140, 1140, 1);
  microsoft = wb_draft_cost (self->draft);
  g_assert_cmpint (google->due_cents, ==, 0);
  g_assert_cmpint (microsoft->due_cents, ==, 1140);
}

/* A price beyond all sense makes no sum of another sense. */
static void
test_overflow (Case *self, gconstpointer data)
{
  g_autoptr (WbCost) cost = NULL;

  answer (self, "a.example", WB_NAME_AVAILABLE, G_MAXINT64 / 2, G_MAXINT64 / 2, 1);
  answer (self, "b.example", WB_NAME_AVAILABLE, G_MAXINT64 / 2 + 5, 1140, 1);
  answer (self, "c.example", WB_NAME_AVAILABLE, 1140, 1140, 1);
  set_years (self, 0, 10);
  cost = wb_draft_cost (self->draft);
  g_assert_false (cost->complete);
  g_assert_cmpint (cost->due_cents, >=, 1140);
}

static gboolean
reads_subscription (gpointer data)
{
  Case *self = data;
  g_autoptr (WbCost) cost = wb_draft_cost (self->draft);

  return ((WbCostLine *) cost->lines->pdata[cost->lines->len - 1])->source == WB_SOURCE_SUBSCRIPTION;
}

static void
test_subscription_price (Case *self, gconstpointer data)
{
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO subscription (row_key, scope, asked_at, subscription_id, subscription_status, "
      "price_per_mailbox, period_start)"
      " VALUES ('s1', '%s', 1, 's1', 'ACTIVE', 275, 2), ('s2', '%s', 1, 's2', 'ACTIVE', 290, 1),"
      " ('s3', '%s', 1, 's3', 'CANCELLED', 500, 3), ('s4', '%s', 1, 's4', 'ACTIVE', -5, 4),"
      " ('s5', 'another', 1, 's5', 'ACTIVE', 600, 5)",
      self->store->customer, self->store->customer, self->store->customer, self->store->customer);
  g_autoptr (WbCost) cost = NULL;

  add_rows (self, 4);
  store_run_job (self->store, FALSE, sql);
  wb_sync_note_changed (wb_profile_get_sync (self->store->profile), WB_COLLECTION_SUBSCRIPTIONS);
  g_assert_true (wb_test_wait_for (reads_subscription, self, WB_TEST_DEADLINE_MS));
  cost = wb_draft_cost (self->draft);
  check_line (cost, 1, WB_COST_MAILBOXES, 4, 0, 275, WB_SOURCE_SUBSCRIPTION, 0);
  g_assert_cmpint (cost->monthly_cents, ==, 1100);
}

/* Warm-up has no price in any paper. Where the call does not carry it, it costs nothing either. */
static void
test_warm_up (Case *self, gconstpointer data)
{
  WbDraftDomain domain = *wb_draft_get_domain (self->draft, 0);
  g_autoptr (WbCost) json = NULL;
  g_autoptr (WbCost) form = NULL;

  for (guint i = 0; i < 3; i++)
    answer (self, wb_draft_get_domain (self->draft, i)->name, WB_NAME_AVAILABLE, 1140, 1140, 1);
  add_rows (self, 1);
  wb_draft_set_extra (self->draft, 0, NULL, TRUE);
  json = wb_draft_cost (self->draft);
  domain.forward_to = (char *) "https://elsewhere.example/";
  domain.mask = TRUE;
  wb_draft_set_domain (self->draft, &domain);
  form = wb_draft_cost (self->draft);
  g_assert_false (json->complete);
  g_assert_true (form->complete);
  g_assert_cmpint (json->due_cents, ==, form->due_cents);
}

/* The draft of a closed profile still answers, and invents nothing. */
static void
test_profile_gone (Case *self, gconstpointer data)
{
  GAsyncResult *result = NULL;
  g_autoptr (WbCost) cost = NULL;

  answer (self, "a.example", WB_NAME_AVAILABLE, 1140, 1140, 1);
  add_rows (self, 2);
  wb_draft_flush_async (self->draft, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  g_clear_object (&result);
  store_reopen (self->store);
  cost = wb_draft_cost (self->draft);
  g_assert_cmpint (cost->due_cents, ==, 0);
  g_assert_false (cost->complete);
  g_assert_cmpint (cost->monthly_cents, ==, UNKNOWN);
  check_line (cost, 1, WB_COST_MAILBOXES, 2, 0, UNKNOWN, WB_SOURCE_UNKNOWN, 2);
  g_assert_finalize_object (self->draft);
  self->draft = NULL;
}

#define ADD(name, func) g_test_add ("/draft-cost/" name, Case, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("whole", test_whole);
  ADD ("nothing", test_nothing);
  ADD ("states", test_states);
  ADD ("never-asked", test_never_asked);
  ADD ("years", test_years);
  ADD ("lines", test_lines);
  ADD ("renewal-unknown", test_renewal_unknown);
  ADD ("provider", test_provider);
  ADD ("overflow", test_overflow);
  ADD ("subscription-price", test_subscription_price);
  ADD ("warm-up", test_warm_up);
  ADD ("profile-gone", test_profile_gone);
  return g_test_run ();
}
