// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "cmr-client.h"
#include "wb-names.h"
#include "wb-order-private.h"
#include "wb-profile-private.h"
#include "wb-sync.h"

/* The checks of Review that need the server: names are asked for at the start, the other reads follow one
 * after the other, and the names are waited for at the end. A read that failed is a finding of its own, never
 * a pass. */

typedef struct {
  WbDraft *draft;
  GPtrArray *checks; /* of WbCheck, one per kind */
  GHashTable *owned; /* domains that the customer has; NULL: not read */
  WbNameBook *book;
  gulong book_id;
  GSource *cancel;
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

  g_assert (run->book_id == 0 && run->cancel == NULL);
  g_object_unref (run->draft);
  g_object_unref (run->book);
  g_ptr_array_unref (run->checks);
  g_clear_pointer (&run->owned, g_hash_table_unref);
  g_free (run);
}

static WbCheck *
check_of (Run *run, WbCheckKind kind)
{
  return run->checks->pdata[kind];
}

static void
add_name (WbCheck *check, const char *name)
{
  guint n = g_strv_length (check->names);

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

/* Takes the task and ends it when the profile was closed or the caller has gone. */
static gboolean
ended (GTask *task)
{
  if (wb_orders_get_profile (g_task_get_source_object (task)) == NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "closed");
  else if (!g_task_return_error_if_cancelled (task))
    return FALSE;
  g_object_unref (task);
  return TRUE;
}

static WbSync *
sync_of (GTask *task)
{
  return wb_profile_get_sync (wb_orders_get_profile (g_task_get_source_object (task)));
}

/* Names: what the book says by now. */

static const WbNameAnswer *
answer_of (Run *run, guint i)
{
  return wb_name_book_get (run->book, wb_draft_get_domain (run->draft, i)->name, wb_draft_get_provider (run->draft));
}

static gboolean
still_asking (Run *run)
{
  for (guint i = 0; i < wb_draft_get_n_domains (run->draft); i++)
    if (answer_of (run, i) != NULL && answer_of (run, i)->state == WB_NAME_ASKING)
      return TRUE;
  return FALSE;
}

/* Of what is wrong and what is not known the worse is told, and only its names. */
typedef struct {
  GPtrArray *names[WB_CHECK_NOT_READ + 1]; /* by result; lent */
  gint64 oldest;
} Findings;

static void
findings_init (Findings *findings)
{
  for (guint i = 0; i < G_N_ELEMENTS (findings->names); i++)
    findings->names[i] = g_ptr_array_new ();
  findings->oldest = 0;
}

static void
find (Findings *findings, WbCheckResult result, const WbDraftDomain *domain, const WbNameAnswer *answer)
{
  g_ptr_array_add (findings->names[result], domain->name);
  if (answer != NULL && answer->asked_at > 0)
    findings->oldest = findings->oldest == 0 ? answer->asked_at : MIN (findings->oldest, answer->asked_at);
}

static void
conclude (WbCheck *check, Findings *findings)
{
  static const WbCheckResult worst_first[] = { WB_CHECK_ERROR, WB_CHECK_WARNING, WB_CHECK_NOT_READ };
  gboolean some_known = findings->names[WB_CHECK_OK]->len > 0;

  set_result (check, WB_CHECK_OK);
  for (guint i = 0; i < G_N_ELEMENTS (worst_first) && check->result == WB_CHECK_OK; i++)
    {
      GPtrArray *names = findings->names[worst_first[i]];

      for (guint n = 0; n < names->len; n++)
        add_name (check, names->pdata[n]);
      if (names->len > 0)
        check->result = worst_first[i];
    }
  /* Some names without an answer are a warning; no answer at all is a read that failed. */
  if (check->result == WB_CHECK_NOT_READ && some_known)
    check->result = WB_CHECK_WARNING;
  check->asked_at = findings->oldest;
  for (guint i = 0; i < G_N_ELEMENTS (findings->names); i++)
    g_ptr_array_unref (findings->names[i]);
}

static WbCheckResult
name_result (Run *run, const WbDraftDomain *domain, const WbNameAnswer *answer)
{
  if (run->owned != NULL && g_hash_table_contains (run->owned, domain->name))
    return WB_CHECK_ERROR;
  if (answer == NULL || answer->state == WB_NAME_NOT_ASKED)
    return WB_CHECK_NOT_READ;
  if (answer->state == WB_NAME_TAKEN)
    return WB_CHECK_ERROR;
  /* The price came with the first answer: only the second is missing. */
  if (answer->state == WB_NAME_NOT_KNOWN && answer->cents == CMR_MONEY_UNKNOWN)
    return WB_CHECK_NOT_READ;
  return WB_CHECK_OK;
}

static WbCheckResult
workspace_result (const WbDraftDomain *domain, const WbNameAnswer *answer)
{
  if (answer == NULL || answer->state == WB_NAME_NOT_ASKED || answer->state == WB_NAME_NOT_KNOWN)
    return WB_CHECK_NOT_READ;
  if (answer->state == WB_NAME_WORKSPACE)
    return domain->keep_anyway ? WB_CHECK_WARNING : WB_CHECK_ERROR;
  return WB_CHECK_OK;
}

static void
finish (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  Findings names, workspaces;

  if (ended (task))
    return;
  findings_init (&names);
  findings_init (&workspaces);
  for (guint i = 0; i < wb_draft_get_n_domains (run->draft); i++)
    {
      const WbDraftDomain *domain = wb_draft_get_domain (run->draft, i);
      const WbNameAnswer *answer = answer_of (run, i);

      find (&names, name_result (run, domain, answer), domain, answer);
      find (&workspaces, workspace_result (domain, answer), domain, answer);
    }
  conclude (check_of (run, WB_CHECK_NAMES), &names);
  conclude (check_of (run, WB_CHECK_WORKSPACE), &workspaces);
  /* The customer's own domains were not read: a name of theirs would look like anybody's. */
  if (run->owned == NULL && check_of (run, WB_CHECK_NAMES)->result == WB_CHECK_OK)
    check_of (run, WB_CHECK_NAMES)->result = WB_CHECK_NOT_READ;
  g_task_return_pointer (task, g_ptr_array_ref (run->checks), (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (task);
}

static void
stop_waiting (Run *run)
{
  g_clear_signal_handler (&run->book_id, run->book);
  if (run->cancel != NULL)
    g_source_destroy (run->cancel);
  g_clear_pointer (&run->cancel, g_source_unref);
}

static void
on_book_changed (WbNameBook *book, const char *domain, GTask *task)
{
  Run *run = g_task_get_task_data (task);

  if (wb_orders_get_profile (g_task_get_source_object (task)) != NULL && still_asking (run))
    return;
  stop_waiting (run);
  finish (task);
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer task)
{
  stop_waiting (g_task_get_task_data (task));
  finish (task);
  return G_SOURCE_REMOVE;
}

static void
wait_for_names (GTask *task)
{
  Run *run = g_task_get_task_data (task);

  if (!still_asking (run))
    {
      finish (task);
      return;
    }
  run->book_id = g_signal_connect (run->book, "changed", G_CALLBACK (on_book_changed), task);
  if (g_task_get_cancellable (task) == NULL)
    return;
  run->cancel = g_cancellable_source_new (g_task_get_cancellable (task));
  g_source_set_callback (run->cancel, G_SOURCE_FUNC (on_cancelled), task, NULL);
  g_source_attach (run->cancel, g_main_context_get_thread_default ());
}

static void
ask_names (WbOrders *self, Run *run)
{
  const char *provider = wb_draft_get_provider (run->draft);

  for (guint i = 0; i < wb_draft_get_n_domains (run->draft); i++)
    {
      const WbNameAnswer *answer = answer_of (run, i);
      gboolean again = answer != NULL && answer->state == WB_NAME_NOT_KNOWN;

      wb_name_book_ask (run->book, wb_draft_get_customer_id (run->draft), wb_draft_get_domain (run->draft, i)->name,
                        provider, again);
    }
}

/* The other reads, from the last to the first. */

static void
wallet_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);
  gint64 wallet = wb_sync_read_wallet_finish (WB_SYNC (source), result, NULL);
  g_autoptr (WbCost) cost = NULL;
  WbCheck *check = check_of (run, WB_CHECK_WALLET);

  if (ended (task))
    return;
  cost = wb_draft_cost (run->draft);
  set_result (check, wallet == CMR_MONEY_UNKNOWN ? WB_CHECK_NOT_READ : WB_CHECK_OK);
  if (wallet != CMR_MONEY_UNKNOWN && wallet < cost->due_cents)
    {
      set_result (check, WB_CHECK_ERROR);
      check->cents = cost->due_cents - wallet;
    }
  wait_for_names (task);
}

static void
found_twins_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);
  g_autoptr (GPtrArray) twins = wb_orders_find_twins_finish (WB_ORDERS (source), result, NULL);
  WbCheck *check = check_of (run, WB_CHECK_TWINS);
  gboolean accepted = wb_draft_get_second_time (run->draft);

  if (ended (task))
    return;
  set_result (check, twins != NULL ? WB_CHECK_OK : WB_CHECK_NOT_READ);
  for (guint i = 0; twins != NULL && i < twins->len; i++)
    {
      const WbTwin *twin = twins->pdata[i];

      add_name (check, twin->order);
      check->result = MAX (check->result, twin->equal && !accepted ? WB_CHECK_ERROR : WB_CHECK_WARNING);
    }
  wb_sync_read_wallet_async (sync_of (task), g_task_get_cancellable (task), wallet_cb, task);
}

/* An empty list is also what an unknown customer gets: it says something only of one that was read. */
static gboolean
says_nothing (Run *run, GHashTable *owned)
{
  return owned == NULL || (g_hash_table_size (owned) == 0 && check_of (run, WB_CHECK_CUSTOMER)->result != WB_CHECK_OK);
}

static void
addresses_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);
  g_autoptr (GHashTable) owned = wb_orders_read_owned_finish (WB_ORDERS (source), result, NULL);
  WbCheck *check = check_of (run, WB_CHECK_ADDRESSES);

  if (ended (task))
    return;
  set_result (check, says_nothing (run, owned) ? WB_CHECK_NOT_READ : WB_CHECK_OK);
  for (guint row = 0; owned != NULL && row < wb_draft_get_n_mailboxes (run->draft); row++)
    {
      g_autofree char *address = wb_draft_dup_address (run->draft, row);

      if (!g_hash_table_contains (owned, address))
        continue;
      add_name (check, address);
      check->result = WB_CHECK_ERROR;
    }
  wb_orders_find_twins_async (WB_ORDERS (source), run->draft, g_task_get_cancellable (task), found_twins_cb, task);
}

static void
domains_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);
  GHashTable *owned = wb_orders_read_owned_finish (WB_ORDERS (source), result, NULL);

  if (!says_nothing (run, owned))
    run->owned = g_hash_table_ref (owned);
  g_clear_pointer (&owned, g_hash_table_unref);
  if (!ended (task))
    wb_orders_read_owned_async (WB_ORDERS (source), CMR_OP_LIST_MAILBOXES, wb_draft_get_customer_id (run->draft),
                                g_task_get_cancellable (task), addresses_cb, task);
}

static void
customer_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (CmrObject) customer = wb_sync_reread_finish (WB_SYNC (source), result, &error);

  if (ended (task))
    return;
  /* A 404 comes as no object and no error: the service does not know this customer. */
  set_result (check_of (run, WB_CHECK_CUSTOMER),
              customer != NULL ? WB_CHECK_OK : error == NULL ? WB_CHECK_ERROR : WB_CHECK_NOT_READ);
  wb_orders_read_owned_async (g_task_get_source_object (task), CMR_OP_LIST_DOMAINS,
                              wb_draft_get_customer_id (run->draft), g_task_get_cancellable (task), domains_cb, task);
}

static Run *
run_new (WbOrders *self, WbDraft *draft)
{
  Run *run = g_new0 (Run, 1);

  run->draft = g_object_ref (draft);
  run->book = g_object_ref (wb_profile_get_names (wb_orders_get_profile (self)));
  run->checks = g_ptr_array_new_with_free_func (check_free);
  for (guint i = 0; i < WB_N_CHECKS; i++)
    {
      WbCheck *check = g_new0 (WbCheck, 1);

      check->kind = i;
      check->result = WB_CHECK_NOT_READ;
      check->names = g_new0 (char *, 1);
      g_ptr_array_add (run->checks, check);
    }
  return run;
}

void
wb_orders_check_async (WbOrders *self, WbDraft *draft, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  const char *customer = wb_draft_get_customer_id (draft);

  g_task_set_source_tag (task, wb_orders_check_async);
  if (ended (task))
    return;
  g_task_set_task_data (task, run_new (self, draft), run_free);
  if (*customer == '\0')
    {
      /* Nobody to ask for; the draft's own problems say so. */
      finish (task);
      return;
    }
  ask_names (self, g_task_get_task_data (task));
  wb_sync_reread_async (sync_of (task), WB_COLLECTION_CUSTOMERS, customer, cancellable, customer_cb, task);
}

GPtrArray *
wb_orders_check_finish (WbOrders *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
