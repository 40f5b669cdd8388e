// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-order-private.h"

#include "wb-profile.h"
#include "wb-walk-private.h"

/* What a customer has on the server, all pages of it, for comparing: the mirror may be old. */

static char *
dup_name (CmrObject *row)
{
  const char *email, *user;
  g_autofree char *made = NULL;

  if (cmr_object_get_resource (row) == &cmr_domain_resource)
    return g_ascii_strdown (cmr_object_get_text (row, "domain-name"), -1);
  email = cmr_object_get_text (row, "email");
  user = cmr_object_get_text (row, "username");
  made = *email == '\0' && *user != '\0' ? g_strconcat (user, "@", cmr_object_get_text (row, "domain"), NULL)
                                         : g_strdup (email);
  return g_utf8_strdown (made, -1);
}

static gboolean
see_row (CmrObject *row, gpointer names)
{
  g_hash_table_add (names, dup_name (row));
  return TRUE;
}

static void
walked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gboolean whole = FALSE;

  wb_walk_finish (result, &whole, &error);
  if (error == NULL && !whole)
    g_set_error_literal (&error, CMR_ERROR, CMR_ERROR_PROTOCOL, "pages without end");
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_hash_table_ref (g_task_get_task_data (task)), (GDestroyNotify) g_hash_table_unref);
}

void
wb_orders_read_owned_async (WbOrders *self, CmrOp op, const char *customer_id, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL); /* lower case */
  const WbWalk how
      = { .op = op, .customer_id = customer_id, .priority = CMR_PRIORITY_VISIBLE, .row = see_row, .data = names };

  g_assert (op == CMR_OP_LIST_DOMAINS || op == CMR_OP_LIST_MAILBOXES);
  g_task_set_source_tag (task, wb_orders_read_owned_async);
  g_task_set_task_data (task, names, (GDestroyNotify) g_hash_table_unref);
  wb_walk_async (wb_profile_get_client (wb_orders_get_profile (self)), &how, cancellable, walked_cb, task);
}

GHashTable *
wb_orders_read_owned_finish (WbOrders *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
