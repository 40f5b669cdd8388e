// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "draft-tools.h"

#include "wb-draft-state-private.h"
#include "wb-sync.h"

/* What a draft knows of its customer comes from the mirror, and follows it. */

typedef struct {
  WbDrafts *drafts;
  const char *customer;
  const char *address;
} Wanted;

static gboolean
has_address (gpointer data)
{
  const Wanted *wanted = data;
  GHashTable *addresses = wb_drafts_get_addresses (wanted->drafts, wanted->customer);

  return addresses != NULL && (wanted->address == NULL || g_hash_table_contains (addresses, wanted->address));
}

static gboolean
has_price (gpointer data)
{
  const Wanted *wanted = data;
  WbCostSource source;

  return wb_drafts_get_mailbox_cents (wanted->drafts, wanted->customer, &source) == 275
         && source == WB_SOURCE_SUBSCRIPTION;
}

static gboolean
is_told (gpointer data)
{
  return (*(guint *) data & WB_DRAFT_MAILBOXES) != 0;
}

static void
add_parts (WbDraft *draft, guint parts, guint *told)
{
  *told |= parts;
}

static void
test_addresses (void)
{
  g_autoptr (Store) store = store_new (NULL);
  WbDraft *draft = store_draft (store, "one.example", "ann:Ann Lee");
  Wanted wanted = { store_drafts (store), store->customer, NULL };
  g_autofree char *sql = g_strdup_printf ("INSERT INTO mailbox (row_key, scope, asked_at, email)"
                                          " VALUES ('m1', '%s', 1, 'Taken@One.Example')",
                                          store->customer);
  gint64 saved;
  guint told = 0;

  g_assert_null (wb_drafts_get_addresses (wanted.drafts, ""));
  g_assert_true (wb_test_wait_for (has_address, &wanted, WB_TEST_DEADLINE_MS));
  draft_flush (draft);
  saved = wb_draft_get_saved_at (draft);
  g_signal_connect (draft, "changed", G_CALLBACK (add_parts), &told);
  store_run_job (store, FALSE, sql);
  g_signal_emit_by_name (wb_profile_get_sync (store->profile), "changed", WB_COLLECTION_MAILBOXES);
  wanted.address = "taken@one.example";
  g_assert_true (wb_test_wait_for (has_address, &wanted, WB_TEST_DEADLINE_MS));
  g_assert_true (wb_test_wait_for (is_told, &told, WB_TEST_DEADLINE_MS));
  /* Told, but nothing to be saved. */
  g_assert_cmpint (wb_draft_get_saved_at (draft), ==, saved);
  g_signal_handlers_disconnect_by_data (draft, &told);
  draft_drop (draft);
}

static void
test_price (void)
{
  g_autoptr (Store) store = store_new (NULL);
  WbDraft *draft = store_draft (store, "one.example", "");
  Wanted wanted = { store_drafts (store), store->customer, NULL };
  g_autofree char *sql
      = g_strdup_printf ("DELETE FROM subscription; INSERT INTO subscription (row_key, scope, asked_at, "
                         "price_per_mailbox, period_start) VALUES"
                         " ('s1', '%s', 1, 500, 10), ('s2', '%s', 1, 275, 20), ('s3', 'other', 1, 900, 30)",
                         store->customer, store->customer);
  WbCostSource source;
  GAsyncResult *result = NULL;

  g_assert_cmpint (wb_drafts_get_mailbox_cents (wanted.drafts, "", &source), ==, 300);
  g_assert_cmpint (source, ==, WB_SOURCE_HELP_CENTRE);
  /* Joins the reading that the draft has asked for, which would bring prices of its own. */
  wb_sync_refresh_async (wb_profile_get_sync (store->profile), WB_COLLECTION_SUBSCRIPTIONS, store->customer, NULL,
                         wb_test_take_result, &result);
  wb_test_wait_result (&result);
  g_object_unref (result);
  store_run_job (store, FALSE, sql);
  g_signal_emit_by_name (wb_profile_get_sync (store->profile), "changed", WB_COLLECTION_SUBSCRIPTIONS);
  g_assert_true (wb_test_wait_for (has_price, &wanted, WB_TEST_DEADLINE_MS));
  draft_drop (draft);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draft-customer/addresses", test_addresses);
  g_test_add_func ("/draft-customer/price", test_price);
  return g_test_run ();
}
