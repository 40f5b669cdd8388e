// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include <string.h>

#include <json-glib/json-glib.h>

#include "cmr-client.h"
#include "wb-fault.h"
#include "wb-order-private.h"
#include "wb-outbox-private.h"
#include "wb-outbox.h"
#include "wb-profile.h"

/* Paying: the order's state, its names and the wallet are read, then the request is journalled. */

#define PAYING "paying"

typedef struct {
  WbOrders *orders;
  WbOrder *order;
  guint delay_ms;
} Pay;

static void
pay_free (gpointer data)
{
  Pay *pay = data;

  g_object_set_data (G_OBJECT (pay->order), PAYING, NULL);
  wb_orders_release (pay->orders);
  g_object_unref (pay->orders);
  g_object_unref (pay->order);
  g_free (pay);
}

static void
end_with (GTask *task, GError *error)
{
  g_task_return_error (task, error);
  g_object_unref (task);
}

/* FALSE with the task ended: closed, stopped, or no longer to be paid. */
static gboolean
may_go_on (GTask *task)
{
  WbOrders *self = g_task_get_source_object (task);
  Pay *pay = g_task_get_task_data (task);

  if (wb_orders_get_profile (self) == NULL || g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    end_with (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped before it was written"));
  else if (!wb_order_can_pay (pay->order))
    end_with (task, g_error_new_literal (CMR_ERROR, CMR_ERROR_CONFLICT, "it is paid already, or cannot be paid"));
  else
    return TRUE;
  return FALSE;
}

static void
submitted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  WbOperation *operation = wb_outbox_submit_finish (WB_OUTBOX (source), result, &error);

  if (operation == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, operation, g_object_unref);
}

static GBytes *
process_json (WbOrder *order)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  char *text;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "orderId");
  json_builder_add_string_value (builder, wb_order_get_order_id (order));
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  return g_bytes_new_take (text, strlen (text));
}

static WbRequest *
pay_request (WbOrder *order, guint delay_ms)
{
  WbRequest *request = wb_request_new (CMR_OP_PROCESS_ORDER);
  WbOperation *last = wb_order_get_pay_operation (order);
  g_autoptr (GBytes) json = process_json (order);

  wb_request_set_param (request, "userId", wb_order_get_customer_id (order));
  wb_request_set_json (request, json);
  wb_request_set_customer (request, wb_order_get_customer_id (order), wb_order_get_customer_name (order));
  wb_request_set_target (request, wb_order_get_order_id (order));
  wb_request_set_order (request, wb_order_get_id (order));
  wb_request_set_cents (request, wb_order_get_about_cents (order));
  wb_request_set_delay_ms (request, delay_ms);
  wb_request_set_n_mailboxes (request, wb_order_get_n_mailboxes (order));
  /* One that an earlier run had queued is closed by the same act: pressing Pay is the answer to its question. */
  if (last != NULL && wb_outbox_is_found (last))
    wb_request_set_again_of (request, wb_operation_get_id (last));
  return request;
}

/* State, names and wallet agree: it is written, and goes after its delay. */
static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  WbOrders *self = WB_ORDERS (source);
  Pay *pay = g_task_get_task_data (task);
  GError *error = NULL;

  if (!wb_orders_read_back_finish (self, result, &error))
    {
      end_with (task, error);
      return;
    }
  if (!may_go_on (task))
    return;
  /* What is taken from now on is this payment's. */
  wb_order_get_data (pay->order)->wallet_before = wb_order_get_wallet_now (pay->order);
  wb_order_touch (pay->order, "wallet-before");
  wb_orders_save (self, pay->order);
  WB_FAULT_POINT ("pay:before-submit");
  wb_outbox_submit_async (wb_profile_get_outbox (wb_orders_get_profile (self)), pay_request (pay->order, pay->delay_ms),
                          g_task_get_cancellable (task), submitted_cb, task);
}

static void
names_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  WbOrders *self = WB_ORDERS (source);
  Pay *pay = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) there = wb_orders_ask_names_finish (self, result, &error);

  WB_FAULT_POINT ("pay:names-asked");
  if (there != NULL && there->len > 0)
    g_set_error (&error, CMR_ERROR, CMR_ERROR_CONFLICT, "%s is the customer's already", (char *) there->pdata[0]);
  if (error != NULL)
    end_with (task, error);
  else if (may_go_on (task))
    wb_orders_read_back_async (self, pay->order, g_task_get_cancellable (task), read_cb, task);
}

static GError *
why_not (WbOrders *self, WbOrder *order)
{
  WbProfile *profile = wb_orders_get_profile (self);

  if (profile == NULL)
    return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "the profile is closed");
  if (!wb_profile_may_send (profile))
    return g_error_new_literal (CMR_ERROR, CMR_ERROR_DENIED, "the profile may not send");
  if (!wb_order_can_pay (order) || g_object_get_data (G_OBJECT (order), PAYING) != NULL)
    return g_error_new_literal (CMR_ERROR, CMR_ERROR_CONFLICT, "it is being paid, or cannot be paid now");
  return NULL;
}

void
wb_orders_pay_async (WbOrders *self, WbOrder *order, guint delay_ms, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  GError *error = why_not (self, order);
  Pay *pay;

  g_task_set_source_tag (task, wb_orders_pay_async);
  /* Once it is journalled it goes, whatever became of the caller: never an error for what was submitted. */
  g_task_set_check_cancellable (task, FALSE);
  if (error != NULL)
    {
      end_with (task, error);
      return;
    }
  pay = g_new0 (Pay, 1);
  wb_orders_hold (self);
  pay->orders = g_object_ref (self);
  pay->order = g_object_ref (order);
  pay->delay_ms = delay_ms;
  g_object_set_data (G_OBJECT (order), PAYING, pay);
  g_task_set_task_data (task, pay, pay_free);
  wb_orders_ask_names_async (self, wb_order_get_data (order), cancellable, names_cb, task);
}

WbOperation *
wb_orders_pay_finish (WbOrders *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
