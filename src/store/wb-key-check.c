// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-key-check.h"

#include "cmr-client.h"
#include "wb-profile-private.h"

typedef struct {
  CmrClient *client; /* of this check alone: the profile's own keeps its key */
  WbProfile *profile;
  WbKeyCheck answer;
} Check;

static void
check_free (gpointer data)
{
  Check *check = data;

  g_clear_object (&check->client);
  g_clear_object (&check->profile);
  g_free (check);
}

/* A key of another account must not get into a profile whose journal names customers of this one. */
static gpointer
known_job (sqlite3 *db, gpointer data, GError **error)
{
  GStrv ids = data;
  g_autoptr (WbStatement) any = wb_db_prepare (
    db, error, "SELECT EXISTS (SELECT 1 FROM customer) OR EXISTS (SELECT 1 FROM journal.orders)", "");
  gboolean known = any != NULL && wb_db_step (any, error) && sqlite3_column_int (any, 0) == 0;

  for (guint i = 0; !known && *error == NULL && ids[i] != NULL; i++)
    {
      g_autoptr (WbStatement) one = wb_db_prepare (
        db, error, "SELECT EXISTS (SELECT 1 FROM customer WHERE row_key = ?1)"
        " OR EXISTS (SELECT 1 FROM journal.orders WHERE customer_id = ?1)", "s", ids[i]);

      known = one != NULL && wb_db_step (one, error) && sqlite3_column_int (one, 0) != 0;
    }
  return GINT_TO_POINTER (known);
}

static void
return_answer (GTask *task, Check *check)
{
  g_task_return_pointer (task, g_memdup2 (&check->answer, sizeof check->answer), g_free);
}

static void
known_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Check *check = g_task_get_task_data (task);
  GError *error = NULL;

  check->answer.known = GPOINTER_TO_INT (wb_database_run_finish (result, &error));
  if (error != NULL)
    g_task_return_error (task, error);
  else
    return_answer (task, check);
}

static GStrv
dup_ids (CmrPage *page)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < page->rows->len; i++)
    g_strv_builder_add (ids, cmr_object_get_text (page->rows->pdata[i], "user-id"));
  return g_strv_builder_end (ids);
}

static void
customers_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Check *check = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) body = cmr_client_read_finish (CMR_CLIENT (source), result, &error);
  g_autoptr (CmrPage) page = body != NULL ? cmr_page_parse (cmr_endpoint_get (CMR_OP_LIST_USERS), body, &error) : NULL;

  if (page == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  check->answer.customers = page->total >= 0 ? page->total : page->rows->len;
  check->answer.known = TRUE;
  if (check->profile == NULL || wb_profile_get_reader (check->profile) == NULL)
    return_answer (task, check);
  else
    wb_database_run_async (wb_profile_get_reader (check->profile), known_job, dup_ids (page),
                           (GDestroyNotify) g_strfreev, NULL, g_task_get_cancellable (task), known_cb,
                           g_object_ref (task));
}

static void
read_on (Check *check, CmrOp op, GTask *task, GAsyncReadyCallback callback)
{
  g_autoptr (CmrCall) call = cmr_call_new (op);

  cmr_call_set_priority (call, CMR_PRIORITY_VISIBLE);
  if (op == CMR_OP_LIST_USERS)
    {
      cmr_call_set_param (call, "page", "1");
      cmr_call_set_param (call, "limit", "100");
    }
  cmr_client_read_async (check->client, call, g_task_get_cancellable (task), callback, task);
}

static void
wallet_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Check *check = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) body = cmr_client_read_finish (CMR_CLIENT (source), result, &error);
  g_autoptr (CmrObject) wallet
      = body != NULL ? cmr_reply_parse_one (cmr_endpoint_get (CMR_OP_GET_WALLET), body, &error) : NULL;

  if (wallet == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  check->answer.cents = cmr_object_get_cents (wallet, "balance");
  read_on (check, CMR_OP_LIST_USERS, g_steal_pointer (&task), customers_cb);
}

void
wb_key_check_async (const char *base_url, const char *header, gboolean loopback, const char *key, WbProfile *profile,
                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Check *check = g_new0 (Check, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, wb_key_check_async);
  g_task_set_task_data (task, check, check_free);
  check->client = cmr_client_new (base_url, header, loopback, &error);
  check->profile = profile != NULL ? g_object_ref (profile) : NULL;
  if (check->client == NULL || !cmr_client_set_key (check->client, key, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  read_on (check, CMR_OP_GET_WALLET, g_steal_pointer (&task), wallet_cb);
}

WbKeyCheck *
wb_key_check_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
