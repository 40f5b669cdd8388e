// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-order-private.h"

#include "wb-profile.h"

/* What of an order the customer has already: asked before it is created and before it is paid. */

typedef struct {
  char *customer_id;
  GHashTable *wanted; /* domains and addresses, lower case */
  GPtrArray *there;
} Ask;

static void
ask_free (gpointer data)
{
  Ask *ask = data;

  g_free (ask->customer_id);
  g_hash_table_unref (ask->wanted);
  g_ptr_array_unref (ask->there);
  g_free (ask);
}

static void
take (Ask *ask, GHashTable *owned)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, ask->wanted);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (g_hash_table_contains (owned, name))
      g_ptr_array_add (ask->there, g_strdup (name));
}

/* FALSE with the task ended. */
static gboolean
took (GTask *task, GAsyncResult *result)
{
  WbOrders *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GHashTable) owned = wb_orders_read_owned_finish (self, result, &error);

  if (error == NULL && wb_orders_get_profile (self) == NULL)
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the profile is closed");
  if (error == NULL)
    {
      take (g_task_get_task_data (task), owned);
      return TRUE;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
  return FALSE;
}

static void
mailboxes_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Ask *ask = g_task_get_task_data (task);

  if (!took (task, result))
    return;
  g_task_return_pointer (task, g_ptr_array_ref (ask->there), (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (task);
}

static void
domains_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Ask *ask = g_task_get_task_data (task);

  if (took (task, result))
    wb_orders_read_owned_async (WB_ORDERS (source), CMR_OP_LIST_MAILBOXES, ask->customer_id,
                                g_task_get_cancellable (task), mailboxes_cb, task);
}

/**
 * wb_orders_ask_names_async:
 * @data: the order; what was left out of it is not asked for
 *
 * A list that cannot be read to its end is an error, never a pass.
 */
void
wb_orders_ask_names_async (WbOrders *self, const WbOrderData *data, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Ask *ask = g_new0 (Ask, 1);

  g_task_set_source_tag (task, wb_orders_ask_names_async);
  ask->customer_id = g_strdup (data->customer_id);
  ask->wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  ask->there = g_ptr_array_new_with_free_func (g_free);
  g_task_set_task_data (task, ask, ask_free);
  for (guint i = 0; i < data->lines->len; i++)
    {
      const WbOrderDomain *line = data->lines->pdata[i];

      if (line->left_out)
        continue;
      g_hash_table_add (ask->wanted, g_ascii_strdown (line->domain, -1));
      for (guint m = 0; m < line->mailboxes->len; m++)
        g_hash_table_add (ask->wanted, g_ascii_strdown (((WbOrderMailbox *) line->mailboxes->pdata[m])->address, -1));
    }
  wb_orders_read_owned_async (self, CMR_OP_LIST_DOMAINS, data->customer_id, cancellable, domains_cb, task);
}

/* (transfer full) (element-type utf8): names that are there already */
GPtrArray *
wb_orders_ask_names_finish (WbOrders *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Whether another paid operation of ours ran since this one's wallet was read: then the wallet proves nothing. */

typedef struct {
  char *order;
  gint64 since;
} Others;

static void
others_free (gpointer data)
{
  Others *others = data;

  g_free (others->order);
  g_free (others);
}

/* One more than there are: a NULL would be no result. */
static gpointer
others_job (sqlite3 *db, gpointer data, GError **error)
{
  Others *others = data;
  gint64 n = wb_db_int64 (
      db, error,
      "SELECT count(*) FROM operations WHERE paid AND order_uuid <> ? AND coalesce (sent_at, created) >= ?"
      " AND state IN ('sending', 'accepted', 'done', 'unknown')",
      "si", others->order, others->since);

  return GINT_TO_POINTER (n > 0 ? 2 : 1);
}

void
wb_orders_others_async (WbOrders *self, WbOrder *order, GAsyncReadyCallback callback, gpointer user_data)
{
  WbOperation *pay = wb_order_get_pay_operation (order);
  Others *others = g_new0 (Others, 1);

  others->order = g_strdup (wb_order_get_id (order));
  others->since = pay != NULL ? wb_operation_get_created (pay) : wb_order_get_created (order);
  wb_database_run_async (wb_profile_get_journal (wb_orders_get_profile (self)), others_job, others, others_free, NULL,
                         NULL, callback, user_data);
}

/* On error nothing is known, and others are assumed. */
gboolean
wb_orders_others_finish (GAsyncResult *result, GError **error)
{
  return GPOINTER_TO_INT (wb_database_run_finish (result, error)) != 1;
}
