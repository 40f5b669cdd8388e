// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store-fixture.h"

/* What an order buys has one fingerprint, however it was typed; anything else has another. */

typedef void (*Change) (WbDraft *draft);

static WbDraft *
make (Store *store)
{
  return store_draft (store, "one.example two.example", "ada:Ada Keller,ben:Ben Okafor");
}

static void
check_finalized (WbDraft *draft)
{
  GAsyncResult *result = NULL;

  wb_draft_flush_async (draft, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  g_assert_true (wb_draft_flush_finish (draft, result, NULL));
  g_object_unref (result);
  g_assert_finalize_object (draft);
}

static void
years (WbDraft *draft)
{
  WbDraftDomain domain = *wb_draft_get_domain (draft, 0);

  domain.years = 2;
  wb_draft_set_domain (draft, &domain);
}

static void
customer (WbDraft *draft)
{
  wb_draft_set_customer (draft, "another", "Brightloom", "maya@brightloom.example");
}

static void
more_domains (WbDraft *draft)
{
  wb_draft_add_domains (draft, "three.example", NULL, NULL);
}

static void
fewer_domains (WbDraft *draft)
{
  wb_draft_remove_domain (draft, "two.example");
}

static void
other_user (WbDraft *draft)
{
  wb_draft_set_cell (draft, 3, WB_CELL_USER_NAME, "benjamin");
}

static void
other_place (WbDraft *draft)
{
  wb_draft_set_cell (draft, 3, WB_CELL_DOMAIN, "one.example");
}

static void
fewer_rows (WbDraft *draft)
{
  wb_draft_remove_mailboxes (draft, 0, 1);
}

static void
twice (WbDraft *draft)
{
  const WbDraftMailbox row = *wb_draft_get_mailbox (draft, 0);

  wb_draft_insert_mailboxes (draft, 1, &row, 1);
}

/* Neither bought nor paid for by it. */
static void
people_and_options (WbDraft *draft)
{
  WbDraftDomain domain = *wb_draft_get_domain (draft, 0);

  wb_draft_set_cell (draft, 0, WB_CELL_FIRST_NAME, "Adelaide");
  wb_draft_set_auto_renew (draft, FALSE);
  wb_draft_set_provider (draft, "MICROSOFT");
  wb_draft_set_pay_mode (draft, WB_PAY_ONE_STEP);
  domain.keep_anyway = TRUE;
  domain.seen_cents = 1140;
  wb_draft_set_domain (draft, &domain);
}

/* set_cell makes user names small by itself; the sum must not rest on that. */
static void
capitals (WbDraft *draft)
{
  wb_draft_set_cell (draft, 0, WB_CELL_USER_NAME, "ADA");
  wb_draft_set_cell (draft, 1, WB_CELL_DOMAIN, "One.Example");
}

static void
nothing (WbDraft *draft)
{
}

static const struct {
  const char *name;
  Change change;
  gboolean same;
} rows[] = {
  { "nothing", nothing, TRUE },
  { "people and options", people_and_options, TRUE },
  { "capitals", capitals, TRUE },
  { "years", years, FALSE },
  { "customer", customer, FALSE },
  { "more domains", more_domains, FALSE },
  { "fewer domains", fewer_domains, FALSE },
  { "other user", other_user, FALSE },
  { "other place", other_place, FALSE },
  { "fewer rows", fewer_rows, FALSE },
  { "twice", twice, FALSE },
};

static void
test_differences (void)
{
  g_autoptr (Store) store = store_new (NULL);
  WbDraft *plain = make (store);
  g_autofree char *own = wb_draft_dup_fingerprint (plain);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_assert_cmpuint (strlen (own), ==, 64);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      WbDraft *draft = make (store);
      char *other;

      rows[i].change (draft);
      other = wb_draft_dup_fingerprint (draft);
      g_test_message ("%s", rows[i].name);
      g_assert_true (g_str_equal (own, other) == rows[i].same);
      /* All that differ from the plain one differ from each other too. */
      g_assert_true (g_hash_table_add (seen, other) || rows[i].same);
      check_finalized (draft);
    }
  check_finalized (plain);
}

static void
test_sequence (void)
{
  g_autoptr (Store) store = store_new (NULL);
  WbDraft *one = store_draft (store, "one.example two.example", "ada:Ada Keller,ben:Ben Okafor");
  WbDraft *other = store_draft (store, "two.example, one.example", "ben:Ben Okafor,ada:Ada Keller");
  g_autofree char *a = wb_draft_dup_fingerprint (one);
  g_autofree char *b = wb_draft_dup_fingerprint (other);

  g_assert_cmpstr (a, ==, b);
  check_finalized (one);
  check_finalized (other);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draft-fingerprint/differences", test_differences);
  g_test_add_func ("/draft-fingerprint/sequence", test_sequence);
  return g_test_run ();
}
