// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-drafts-private.h"

#include "cmr-field.h"
#include "wb-mirror-private.h"
#include "wb-profile.h"
#include "wb-sync.h"

/* What the drafts of a customer need to know of him: addresses that are taken, what a mailbox costs. Read
 * from the mirror in the reader's thread, kept here, read again when the mirror changes. */

/* What the help centre states where no subscription says more. */
#define HELP_CENTRE_CENTS 300

typedef struct {
  GHashTable *addresses; /* NULL: not read yet */
  gint64 cents;          /* of the newest subscription; CMR_MONEY_UNKNOWN */
  gboolean reading, again;
} Customer;

typedef struct {
  GHashTable *addresses;
  gint64 cents;
} Facts;

static void
facts_free (Facts *facts)
{
  g_clear_pointer (&facts->addresses, g_hash_table_unref);
  g_free (facts);
}

void
wb_drafts_customer_free (gpointer data)
{
  Customer *customer = data;

  g_clear_pointer (&customer->addresses, g_hash_table_unref);
  g_free (customer);
}

static GHashTable *
read_addresses (sqlite3 *db, const char *id, GError **error)
{
  g_autoptr (GHashTable) addresses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (WbStatement) stmt = wb_db_prepare (
      db, error, "SELECT coalesce (nullif (email, ''), username || '@' || domain) FROM mailbox WHERE scope = ?", "s",
      id);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return NULL;
  while (wb_db_step (stmt, &failure))
    if (*wb_db_text (stmt, 0) != '\0')
      g_hash_table_add (addresses, g_utf8_strdown (wb_db_text (stmt, 0), -1));
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  if (g_hash_table_size (addresses) == 0 && wb_mirror_get_as_of (db, "mailboxes", id) == 0)
    return NULL;
  return g_steal_pointer (&addresses);
}

/* Prices are the partner's, so that any customer's newest one tells more than a table would. */
static gint64
read_cents (sqlite3 *db, const char *id, GError **error)
{
  g_autoptr (WbStatement) stmt
    = wb_db_prepare (db, error,
                     "SELECT price_per_mailbox FROM subscription WHERE price_per_mailbox >= 0"
                     " AND coalesce (subscription_status, '') NOT IN ('CANCELLED', 'EXPIRED')"
                     " ORDER BY scope = ? DESC, coalesce (period_start, 0) DESC LIMIT 1",
                     "s", id);

  return stmt != NULL && wb_db_step (stmt, error) ? sqlite3_column_int64 (stmt, 0) : CMR_MONEY_UNKNOWN;
}

static gpointer
facts_job (sqlite3 *db, gpointer id, GError **error)
{
  Facts *facts = g_new0 (Facts, 1);

  facts->addresses = read_addresses (db, id, error);
  facts->cents = *error == NULL ? read_cents (db, id, error) : CMR_MONEY_UNKNOWN;
  if (*error == NULL)
    return facts;
  facts_free (facts);
  return NULL;
}

static gboolean
addresses_equal (GHashTable *a, GHashTable *b)
{
  GHashTableIter iter;
  gpointer address;

  if (a == NULL || b == NULL || g_hash_table_size (a) != g_hash_table_size (b))
    return a == b;
  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &address, NULL))
    if (!g_hash_table_contains (b, address))
      return FALSE;
  return TRUE;
}

static void
tell_drafts (WbDrafts *self, const char *id)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer draft;

  g_hash_table_iter_init (&iter, self->living);
  while (g_hash_table_iter_next (&iter, NULL, &draft))
    if (g_str_equal (wb_draft_get_customer_id (draft), id))
      g_ptr_array_add (drafts, g_object_ref (draft));
  for (guint i = 0; i < drafts->len; i++)
    wb_draft_tell (drafts->pdata[i], WB_DRAFT_MAILBOXES);
}

static void read_customer (WbDrafts *self, const char *id, Customer *customer);

typedef struct {
  WbDrafts *drafts;
  char *id;
} Asked;

static void
take_facts (WbDrafts *self, const char *id, Facts *facts)
{
  Customer *customer = g_hash_table_lookup (self->customers, id);
  gboolean same
      = facts == NULL || (facts->cents == customer->cents && addresses_equal (facts->addresses, customer->addresses));

  customer->reading = FALSE;
  if (facts != NULL)
    {
      customer->cents = facts->cents;
      g_clear_pointer (&customer->addresses, g_hash_table_unref);
      customer->addresses = g_steal_pointer (&facts->addresses);
    }
  if (customer->again && self->profile != NULL)
    read_customer (self, id, customer);
  if (!same)
    tell_drafts (self, id);
}

static Asked *
asked_new (WbDrafts *self, const char *id)
{
  Asked *asked = g_new0 (Asked, 1);

  asked->drafts = g_object_ref (self);
  asked->id = g_strdup (id);
  return asked;
}

static void
asked_free (Asked *asked)
{
  g_object_unref (asked->drafts);
  g_free (asked->id);
  g_free (asked);
}

static void
facts_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asked *asked = user_data;
  g_autoptr (GError) error = NULL;
  Facts *facts = wb_database_run_finish (result, &error);

  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("the mirror was not read: %s", error->message);
  take_facts (asked->drafts, asked->id, facts);
  g_clear_pointer (&facts, facts_free);
  asked_free (asked);
}

static void
read_customer (WbDrafts *self, const char *id, Customer *customer)
{
  WbDatabase *reader = wb_profile_get_reader (self->profile);

  customer->again = customer->reading;
  if (customer->reading || reader == NULL)
    return;
  customer->reading = TRUE;
  wb_database_run_async (reader, facts_job, g_strdup (id), g_free, (GDestroyNotify) facts_free, self->cancellable,
                         facts_cb, asked_new (self, id));
}

void
wb_drafts_reread_customers (WbDrafts *self)
{
  GHashTableIter iter;
  gpointer id, customer;

  g_hash_table_iter_init (&iter, self->customers);
  while (g_hash_table_iter_next (&iter, &id, &customer))
    read_customer (self, id, customer);
}

/* Also where nothing has changed: that he has none is known only now. */
static void
refreshed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asked *asked = user_data;
  g_autoptr (GError) error = NULL;

  if (!wb_sync_refresh_finish (WB_SYNC (source), result, &error))
    g_debug ("a customer was not read: %s", error->message);
  else if (asked->drafts->profile != NULL)
    read_customer (asked->drafts, asked->id, g_hash_table_lookup (asked->drafts->customers, asked->id));
  asked_free (asked);
}

/**
 * wb_drafts_watch_customer:
 *
 * What the mirror has of this customer is read and kept up to date, and the server is asked once a run.
 */
void
wb_drafts_watch_customer (WbDrafts *self, const char *customer_id)
{
  Customer *customer;
  WbSync *sync;

  if (self->profile == NULL || g_hash_table_contains (self->customers, customer_id))
    return;
  customer = g_new0 (Customer, 1);
  customer->cents = CMR_MONEY_UNKNOWN;
  g_hash_table_insert (self->customers, g_strdup (customer_id), customer);
  read_customer (self, customer_id, customer);
  sync = wb_profile_get_sync (self->profile);
  wb_sync_refresh_async (sync, WB_COLLECTION_MAILBOXES, customer_id, self->cancellable, refreshed_cb,
                         asked_new (self, customer_id));
  wb_sync_refresh_async (sync, WB_COLLECTION_SUBSCRIPTIONS, customer_id, self->cancellable, refreshed_cb,
                         asked_new (self, customer_id));
}

static const Customer *
get_customer (WbDrafts *self, const char *customer_id)
{
  if (customer_id == NULL || *customer_id == '\0')
    return NULL;
  wb_drafts_watch_customer (self, customer_id);
  return g_hash_table_lookup (self->customers, customer_id);
}

/**
 * wb_drafts_get_addresses:
 *
 * Returns: (nullable): the addresses that the customer has, lower case; %NULL while nobody has read them
 */
GHashTable *
wb_drafts_get_addresses (WbDrafts *self, const char *customer_id)
{
  const Customer *customer = get_customer (self, customer_id);

  return customer != NULL ? customer->addresses : NULL;
}

/**
 * wb_drafts_get_mailbox_cents:
 * @source: (out) (nullable): where the price comes from
 *
 * Returns: cents a mailbox and month
 */
gint64
wb_drafts_get_mailbox_cents (WbDrafts *self, const char *customer_id, WbCostSource *source)
{
  const Customer *customer = get_customer (self, customer_id);
  gboolean known = customer != NULL && customer->cents != CMR_MONEY_UNKNOWN;

  if (source != NULL)
    *source = known ? WB_SOURCE_SUBSCRIPTION : WB_SOURCE_HELP_CENTRE;
  return known ? customer->cents : HELP_CENTRE_CENTS;
}
