// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include <string.h>

#include "wb-order-private.h"

#include "cmr-client.h"
#include "wb-evidence-private.h"
#include "wb-profile.h"
#include "wb-sync.h"

/* An order made elsewhere, by its ids: the service has no call that lists orders. */

typedef struct {
  char *customer, *customer_name, *order;
  CmrOp op;
} ById;

static void
by_id_free (gpointer data)
{
  ById *by_id = data;

  g_free (by_id->customer);
  g_free (by_id->customer_name);
  g_free (by_id->order);
  g_free (by_id);
}

static WbOrderDomain *
line_of (WbOrderData *data, const char *domain)
{
  WbOrderDomain *line;

  for (guint i = 0; i < data->lines->len; i++)
    if (g_str_equal (((WbOrderDomain *) data->lines->pdata[i])->domain, domain))
      return data->lines->pdata[i];
  line = g_new0 (WbOrderDomain, 1);
  line->domain = g_strdup (domain);
  line->state = g_strdup ("");
  line->reason = g_strdup ("");
  line->cents = CMR_MONEY_UNKNOWN;
  line->mailboxes = g_ptr_array_new_with_free_func (wb_order_mailbox_free);
  g_ptr_array_add (data->lines, line);
  return line;
}

static void
add_mailbox (WbOrderData *data, CmrObject *row)
{
  g_autofree char *address = g_ascii_strdown (cmr_object_get_text (row, "email"), -1);
  const char *at = strchr (address, '@');
  WbOrderMailbox *mailbox;

  if (at == NULL)
    return;
  mailbox = g_new0 (WbOrderMailbox, 1);
  mailbox->address = g_strdup (address);
  mailbox->user_name = g_strndup (address, at - address);
  mailbox->first_name = g_strdup ("");
  mailbox->last_name = g_strdup ("");
  mailbox->state = g_strdup (cmr_object_get_text (row, "status"));
  mailbox->reason = g_strdup (cmr_object_get_text (row, "reason"));
  g_ptr_array_add (line_of (data, at + 1)->mailboxes, mailbox);
  data->n_mailboxes++;
}

static void
take_lines (WbOrderData *data, GBytes *body)
{
  g_autoptr (GPtrArray) domains = NULL, mailboxes = NULL;

  cmr_order_parse_lines (body, data->order_id, &domains, &mailboxes);
  for (guint i = 0; i < domains->len; i++)
    {
      g_autofree char *name = g_ascii_strdown (cmr_object_get_text (domains->pdata[i], "domain"), -1);
      WbOrderDomain *line = line_of (data, name);

      line->years = cmr_object_get_int (domains->pdata[i], "years");
      g_free (line->state);
      line->state = g_strdup (cmr_object_get_text (domains->pdata[i], "status"));
    }
  for (guint i = 0; i < mailboxes->len; i++)
    add_mailbox (data, mailboxes->pdata[i]);
}

static WbOrderData *
describe (WbOrders *self, const ById *by_id, CmrObject *read, GBytes *body)
{
  WbOrderData *data = wb_order_data_new ();
  gint64 created = cmr_object_has (read, "created-at") ? cmr_object_get_time (read, "created-at") : 0;

  data->id = g_uuid_string_random ();
  data->order_id = g_strdup (by_id->order);
  data->draft = g_strdup ("");
  data->customer_id = g_strdup (by_id->customer);
  data->customer = g_strdup (by_id->customer_name != NULL ? by_id->customer_name : "");
  data->provider = g_strdup (cmr_object_get_text (read, "service-provider"));
  data->server_state = g_strdup (cmr_object_get_text (read, "status"));
  data->fingerprint = g_strdup ("");
  data->host = cmr_client_dup_origin (wb_profile_get_client (wb_orders_get_profile (self)));
  data->created = created > 0 ? created : g_get_real_time ();
  data->state = WB_ORDER_UNKNOWN;
  take_lines (data, body);
  return data;
}

/* Its word alone tells whether it is paid: nobody here has seen it happen. */
static void
begin (WbOrders *self, WbOrder *order)
{
  WbVerdict verdict = wb_evidence_read_order_word (wb_order_get_server_state (order));

  if (verdict == WB_VERDICT_DONE)
    {
      wb_orders_track (self, order);
      return;
    }
  if (verdict == WB_VERDICT_LIKELY_NOT)
    {
      wb_order_set_state (order, WB_ORDER_NOT_PAID);
      wb_orders_read_back (self, order);
    }
  else
    wb_orders_follow (self, order);
  wb_orders_save (self, order);
}

static void ask (GTask *task);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WbOrders *self = g_task_get_source_object (task);
  ById *by_id = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) body = cmr_client_read_finish (CMR_CLIENT (source), result, &error);
  g_autoptr (CmrObject) read
      = body != NULL ? cmr_reply_parse_named (cmr_endpoint_get (by_id->op), body, by_id->order, &error) : NULL;
  WbOrder *order;

  if (error == NULL && wb_orders_get_profile (self) == NULL)
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the profile is closed");
  /* The path of get_order is less proved than that of its status. */
  if (g_error_matches (error, CMR_ERROR, CMR_ERROR_NOT_FOUND) && by_id->op == CMR_OP_GET_ORDER
      && wb_orders_get_profile (self) != NULL)
    {
      g_clear_error (&error);
      by_id->op = CMR_OP_GET_ORDER_STATUS;
      ask (g_steal_pointer (&task));
      return;
    }
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  order = wb_orders_adopt (self, describe (self, by_id, read, body));
  begin (self, order);
  g_task_return_pointer (task, g_object_ref (order), g_object_unref);
}

static void
ask (GTask *task)
{
  WbOrders *self = g_task_get_source_object (task);
  ById *by_id = g_task_get_task_data (task);
  g_autoptr (CmrCall) call = cmr_call_new (by_id->op);

  cmr_call_set_priority (call, CMR_PRIORITY_VISIBLE);
  cmr_call_set_param (call, "userId", by_id->customer);
  cmr_call_set_param (call, "orderId", by_id->order);
  cmr_client_read_async (wb_profile_get_client (wb_orders_get_profile (self)), call, g_task_get_cancellable (task),
                         read_cb, task);
}

static gboolean
closed (GTask *task)
{
  if (wb_orders_get_profile (g_task_get_source_object (task)) != NULL)
    return FALSE;
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the profile is closed");
  g_object_unref (task);
  return TRUE;
}

static void
customer_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ById *by_id = g_task_get_task_data (user_data);
  g_autoptr (CmrObject) customer = wb_sync_load_finish (WB_SYNC (source), result, NULL);

  if (customer != NULL)
    by_id->customer_name = g_strdup (cmr_object_get_text (customer, "company"));
  if (!closed (user_data))
    ask (user_data);
}

/* One that is known already is that one: it is never followed, or paid, twice. */
static void
known_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  WbOrders *self = WB_ORDERS (source);
  ById *by_id = g_task_get_task_data (task);
  WbOrder *order = wb_orders_load_finish (self, result, NULL);

  if (order != NULL)
    {
      g_task_return_pointer (task, order, g_object_unref);
      g_object_unref (task);
    }
  else if (!closed (task))
    wb_sync_load_async (wb_profile_get_sync (wb_orders_get_profile (self)), WB_COLLECTION_CUSTOMERS, by_id->customer,
                        g_task_get_cancellable (task), customer_cb, task);
}

void
wb_orders_add_by_id_async (WbOrders *self, const char *customer_id, const char *order_id, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  ById *by_id = g_new0 (ById, 1);

  g_task_set_source_tag (task, wb_orders_add_by_id_async);
  by_id->customer = g_strstrip (g_strdup (customer_id));
  by_id->order = g_strstrip (g_strdup (order_id));
  by_id->op = CMR_OP_GET_ORDER;
  g_task_set_task_data (task, by_id, by_id_free);
  wb_orders_load_async (self, by_id->order, cancellable, known_cb, task);
}

WbOrder *
wb_orders_add_by_id_finish (WbOrders *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
