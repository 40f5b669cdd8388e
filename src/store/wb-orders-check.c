// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "cmr-client.h"
#include "wb-names.h"
#include "wb-order-private.h"
#include "wb-profile-private.h"
#include "wb-sync.h"

/* The checks of Review that need the server. A read that failed is a finding of its own, never a pass. */
#define ANSWER_OLD (10 * 60 * G_USEC_PER_SEC)
#define DAY (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC)

static void
twin_free (gpointer data)
{
  WbTwin *twin = data;

  g_free (twin->order);
  g_free (twin->profile_name);
  g_free (twin);
}

/* Twins: over all profiles on the same host */

typedef struct {
  char *data_dir, *own_id, *host, *fingerprint;
  char **domains;
} Twins;

static void
twins_free (gpointer data)
{
  Twins *twins = data;

  g_free (twins->data_dir);
  g_free (twins->own_id);
  g_free (twins->host);
  g_free (twins->fingerprint);
  g_strfreev (twins->domains);
  g_free (twins);
}

static gboolean
overlaps (const Twins *twins, const char *domains)
{
  g_auto (GStrv) other = g_strsplit (domains, ", ", 0);

  for (guint i = 0; other[i] != NULL; i++)
    if (g_strv_contains ((const char *const *) twins->domains, other[i]))
      return TRUE;
  return FALSE;
}

/* What may have bought something: sent, paid, or unknown. A lost free create bought nothing. */
static void
look_in (sqlite3 *db, const Twins *twins, const char *profile_name, GPtrArray *found)
{
  g_autoptr (WbStatement) stmt = wb_db_prepare (
    db, NULL, "SELECT id, fingerprint, domains, created FROM orders WHERE created > ? AND host = ? AND state NOT IN ('failed', 'cancelled', 'may-exist')",
    "is", g_get_real_time () - DAY, twins->host);

  while (stmt != NULL && wb_db_step (stmt, NULL))
    {
      gboolean equal = g_str_equal (wb_db_text (stmt, 1), twins->fingerprint);
      WbTwin *twin;

      if (!equal && !overlaps (twins, wb_db_text (stmt, 2)))
        continue;
      twin = g_new0 (WbTwin, 1);
      twin->order = g_strdup (wb_db_text (stmt, 0));
      twin->profile_name = g_strdup (profile_name);
      twin->time = sqlite3_column_int64 (stmt, 3);
      twin->equal = equal;
      g_ptr_array_add (found, twin);
    }
}

static gpointer
twins_job (sqlite3 *db, gpointer data, GError **error)
{
  Twins *twins = data;
  GPtrArray *found = g_ptr_array_new_with_free_func (twin_free);
  g_autoptr (GPtrArray) infos = wb_profile_list (twins->data_dir);

  look_in (db, twins, "", found);
  for (guint i = 0; i < infos->len; i++)
    {
      const WbProfileInfo *info = infos->pdata[i];
      g_autofree char *folder = wb_profile_folder (twins->data_dir, info->id);
      g_autofree char *path = g_build_filename (folder, "journal.db", NULL);
      sqlite3 *other = NULL;

      if (g_str_equal (info->id, twins->own_id))
        continue;
      if (sqlite3_open_v2 (path, &other, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK)
        look_in (other, twins, info->name, found);
      sqlite3_close (other);
    }
  return found;
}

static void
twins_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *found = wb_database_run_finish (result, &error);

  if (found == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, found, (GDestroyNotify) g_ptr_array_unref);
}

void
wb_orders_find_twins_async (WbOrders *self, WbDraft *draft, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  WbProfile *profile = wb_orders_get_profile (self);
  Twins *twins = g_new0 (Twins, 1);
  guint n = wb_draft_get_n_domains (draft);

  g_task_set_source_tag (task, wb_orders_find_twins_async);
  twins->data_dir = g_strdup (wb_profile_get_data_dir (profile));
  twins->own_id = g_strdup (wb_profile_get_info (profile)->id);
  twins->host = cmr_client_dup_origin (wb_profile_get_client (profile));
  twins->fingerprint = wb_draft_dup_fingerprint (draft);
  twins->domains = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    twins->domains[i] = g_strdup (wb_draft_get_domain (draft, i)->name);
  wb_database_run_async (wb_profile_get_journal (profile), twins_job, twins, twins_free, (GDestroyNotify) g_ptr_array_unref, cancellable,
                         twins_cb, task);
}

GPtrArray *
wb_orders_find_twins_finish (WbOrders *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Checks, one read after the other */

typedef struct {
  WbDraft *draft;
  GPtrArray *checks; /* of WbCheck, one per kind */
  gulong book_id;
} Run;

static void
check_free (gpointer data)
{
  WbCheck *check = data;

  g_strfreev (check->names);
  g_free (check);
}

static void
run_free (gpointer data)
{
  Run *run = data;

  g_object_unref (run->draft);
  g_ptr_array_unref (run->checks);
  g_free (run);
}

static WbCheck *
check_of (Run *run, WbCheckKind kind)
{
  return run->checks->pdata[kind];
}

static void
add_name (WbCheck *check, const char *name, WbCheckResult result)
{
  guint n = g_strv_length (check->names);

  check->result = MAX (check->result, result);
  check->names = g_renew (char *, check->names, n + 2);
  check->names[n] = g_strdup (name);
  check->names[n + 1] = NULL;
}

static void
set_result (WbCheck *check, WbCheckResult result)
{
  check->result = result;
  check->asked_at = g_get_real_time ();
}

static gboolean
closed (GTask *task)
{
  if (wb_orders_get_profile (g_task_get_source_object (task)) != NULL)
    return FALSE;
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "closed");
  g_object_unref (task);
  return TRUE;
}

static CmrClient *
client_of (GTask *task)
{
  return wb_profile_get_client (wb_orders_get_profile (g_task_get_source_object (task)));
}

static void
wallet_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);
  gint64 wallet = wb_sync_read_wallet_finish (WB_SYNC (source), result, NULL);
  g_autoptr (WbCost) cost = wb_draft_cost (run->draft);
  WbCheck *check = check_of (run, WB_CHECK_WALLET);

  set_result (check, wallet == CMR_MONEY_UNKNOWN ? WB_CHECK_NOT_READ : WB_CHECK_OK);
  if (wallet != CMR_MONEY_UNKNOWN && wallet < cost->due_cents)
    {
      set_result (check, WB_CHECK_ERROR);
      check->cents = cost->due_cents - wallet;
    }
  g_task_return_pointer (task, g_ptr_array_ref (run->checks), (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (task);
}

static void
found_twins_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);
  g_autoptr (GPtrArray) twins = wb_orders_find_twins_finish (WB_ORDERS (source), result, NULL);
  WbCheck *check = check_of (run, WB_CHECK_TWINS);

  if (closed (task))
    return;
  set_result (check, twins != NULL ? WB_CHECK_OK : WB_CHECK_NOT_READ);
  for (guint i = 0; twins != NULL && i < twins->len; i++)
    {
      const WbTwin *twin = twins->pdata[i];
      gboolean accepted = wb_draft_get_second_time (run->draft);

      add_name (check, twin->order, twin->equal && !accepted ? WB_CHECK_ERROR : WB_CHECK_WARNING);
    }
  wb_sync_read_wallet_async (wb_profile_get_sync (wb_orders_get_profile (WB_ORDERS (source))), g_task_get_cancellable (task), wallet_cb, task);
}

static void
addresses_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);
  g_autoptr (GBytes) body = cmr_client_read_finish (CMR_CLIENT (source), result, NULL);
  g_autoptr (CmrPage) page = body != NULL ? cmr_page_parse (cmr_endpoint_get (CMR_OP_LIST_MAILBOXES), body, NULL) : NULL;
  g_autoptr (GHashTable) wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  WbCheck *check = check_of (run, WB_CHECK_ADDRESSES);

  if (closed (task))
    return;
  set_result (check, page != NULL ? WB_CHECK_OK : WB_CHECK_NOT_READ);
  for (guint row = 0; row < wb_draft_get_n_mailboxes (run->draft); row++)
    g_hash_table_add (wanted, wb_draft_dup_address (run->draft, row));
  for (guint i = 0; page != NULL && i < page->rows->len; i++)
    {
      g_autofree char *address = g_ascii_strdown (cmr_object_get_text (page->rows->pdata[i], "email"), -1);

      if (g_hash_table_contains (wanted, address))
        add_name (check, address, WB_CHECK_ERROR);
    }
  wb_orders_find_twins_async (g_task_get_source_object (task), run->draft, g_task_get_cancellable (task), found_twins_cb, task);
}

static void
ask_addresses (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  g_autoptr (CmrCall) call = cmr_call_new (CMR_OP_LIST_MAILBOXES);

  cmr_call_set_priority (call, CMR_PRIORITY_VISIBLE);
  cmr_call_set_param (call, "userId", wb_draft_get_customer_id (run->draft));
  cmr_call_set_param (call, "page", "1");
  cmr_call_set_param (call, "limit", "100");
  cmr_client_read_async (client_of (task), call, g_task_get_cancellable (task), addresses_cb, task);
}

/* Names: what the book says by now */

static gboolean
still_asking (Run *run, WbNameBook *book)
{
  for (guint i = 0; i < wb_draft_get_n_domains (run->draft); i++)
    {
      const WbNameAnswer *answer = wb_name_book_get (book, wb_draft_get_domain (run->draft, i)->name, wb_draft_get_provider (run->draft));

      if (answer != NULL && answer->state == WB_NAME_ASKING)
        return TRUE;
    }
  return FALSE;
}

static void
take_name (Run *run, const WbDraftDomain *domain, const WbNameAnswer *answer)
{
  WbCheck *names = check_of (run, WB_CHECK_NAMES), *workspace = check_of (run, WB_CHECK_WORKSPACE);

  if (answer == NULL || answer->state == WB_NAME_NOT_ASKED || answer->state == WB_NAME_NOT_KNOWN)
    {
      add_name (names, domain->name, WB_CHECK_WARNING);
      add_name (workspace, domain->name, WB_CHECK_WARNING);
      return;
    }
  if (answer->state == WB_NAME_TAKEN)
    add_name (names, domain->name, WB_CHECK_ERROR);
  if (answer->state == WB_NAME_WORKSPACE)
    add_name (workspace, domain->name, domain->keep_anyway ? WB_CHECK_WARNING : WB_CHECK_ERROR);
  names->asked_at = names->asked_at == 0 ? answer->asked_at : MIN (names->asked_at, answer->asked_at);
}

static void
names_settled (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  WbNameBook *book = wb_profile_get_names (wb_orders_get_profile (g_task_get_source_object (task)));

  set_result (check_of (run, WB_CHECK_NAMES), WB_CHECK_OK);
  set_result (check_of (run, WB_CHECK_WORKSPACE), WB_CHECK_OK);
  check_of (run, WB_CHECK_NAMES)->asked_at = 0;
  for (guint i = 0; i < wb_draft_get_n_domains (run->draft); i++)
    {
      const WbDraftDomain *domain = wb_draft_get_domain (run->draft, i);

      take_name (run, domain, wb_name_book_get (book, domain->name, wb_draft_get_provider (run->draft)));
    }
  ask_addresses (task);
}

static void
on_book_changed (WbNameBook *book, const char *domain, GTask *task)
{
  Run *run = g_task_get_task_data (task);

  if (still_asking (run, book))
    return;
  g_clear_signal_handler (&run->book_id, book);
  if (!closed (task))
    names_settled (task);
}

static void
ask_names (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  WbNameBook *book = wb_profile_get_names (wb_orders_get_profile (g_task_get_source_object (task)));
  const char *provider = wb_draft_get_provider (run->draft);

  for (guint i = 0; i < wb_draft_get_n_domains (run->draft); i++)
    {
      const WbDraftDomain *domain = wb_draft_get_domain (run->draft, i);
      const WbNameAnswer *answer = wb_name_book_get (book, domain->name, provider);
      gboolean old = answer == NULL || g_get_real_time () - answer->asked_at > ANSWER_OLD || answer->state == WB_NAME_NOT_KNOWN;

      wb_name_book_ask (book, wb_draft_get_customer_id (run->draft), domain->name, provider, old);
    }
  if (!still_asking (run, book))
    names_settled (task);
  else
    run->book_id = g_signal_connect (book, "changed", G_CALLBACK (on_book_changed), task);
}

static void
customer_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (CmrObject) customer = wb_sync_reread_finish (WB_SYNC (source), result, &error);
  WbCheck *check = check_of (run, WB_CHECK_CUSTOMER);

  if (closed (task))
    return;
  /* A 404 comes as no object and no error: the service does not know this customer. */
  set_result (check, customer != NULL ? WB_CHECK_OK : error == NULL ? WB_CHECK_ERROR : WB_CHECK_NOT_READ);
  ask_names (task);
}

void
wb_orders_check_async (WbOrders *self, WbDraft *draft, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Run *run = g_new0 (Run, 1);

  g_task_set_source_tag (task, wb_orders_check_async);
  run->draft = g_object_ref (draft);
  run->checks = g_ptr_array_new_with_free_func (check_free);
  for (guint i = 0; i < WB_N_CHECKS; i++)
    {
      WbCheck *check = g_new0 (WbCheck, 1);

      check->kind = i;
      check->result = WB_CHECK_NOT_READ;
      check->names = g_new0 (char *, 1);
      g_ptr_array_add (run->checks, check);
    }
  g_task_set_task_data (task, run, run_free);
  if (!closed (task))
    wb_sync_reread_async (wb_profile_get_sync (wb_orders_get_profile (self)), WB_COLLECTION_CUSTOMERS, wb_draft_get_customer_id (draft),
                          cancellable, customer_cb, task);
}

GPtrArray *
wb_orders_check_finish (WbOrders *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
