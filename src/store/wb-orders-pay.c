// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include <string.h>

#include <json-glib/json-glib.h>

#include "cmr-client.h"
#include "wb-evidence-private.h"
#include "wb-fault.h"
#include "wb-order-private.h"
#include "wb-outbox.h"
#include "wb-profile.h"
#include "wb-sync.h"

/* Reading back after every create and before every payment. */

typedef struct {
  WbOrders *orders;
  WbOrder *order;
  GTask *pay; /* NULL: only reading back */
  guint delay_ms;
  char *word;
  gboolean state_read, gone;
} ReadBack;

static void
read_back_free (ReadBack *read)
{
  wb_order_set_reading_back (read->order, FALSE);
  g_object_unref (read->orders);
  g_object_unref (read->order);
  g_clear_object (&read->pay);
  g_free (read->word);
  g_free (read);
}

static void
submitted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ReadBack *read = user_data;
  GError *error = NULL;
  g_autoptr (WbOperation) operation = wb_outbox_submit_finish (WB_OUTBOX (source), result, &error);

  if (operation == NULL)
    g_task_return_error (read->pay, error);
  else
    {
      wb_order_set_state (read->order, WB_ORDER_PAYING);
      wb_orders_save (read->orders, read->order);
      wb_orders_watch_operation (read->orders, read->order, operation);
      g_task_return_pointer (read->pay, g_object_ref (operation), g_object_unref);
    }
  read_back_free (read);
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

static void
submit_pay (ReadBack *read)
{
  WbOrder *order = read->order;
  WbRequest *request = wb_request_new (CMR_OP_PROCESS_ORDER);
  g_autoptr (GBytes) json = process_json (order);

  wb_request_set_param (request, "userId", wb_order_get_customer_id (order));
  wb_request_set_json (request, json);
  wb_request_set_customer (request, wb_order_get_customer_id (order), wb_order_get_customer_name (order));
  wb_request_set_target (request, wb_order_get_order_id (order));
  wb_request_set_order (request, wb_order_get_id (order));
  wb_request_set_cents (request, wb_order_get_about_cents (order));
  wb_request_set_delay_ms (request, read->delay_ms);
  wb_request_set_n_mailboxes (request, wb_order_get_n_mailboxes (order));
  WB_FAULT_POINT ("orders:before-pay");
  wb_outbox_submit_async (wb_profile_get_outbox (wb_orders_get_profile (read->orders)), request, NULL, submitted_cb, read);
}

static gboolean
pay_was_refused_as_gone (WbOrder *order)
{
  WbOperation *pay = wb_order_get_pay_operation (order);

  return pay != NULL && wb_operation_get_state (pay) == WB_STATE_FAILED && wb_operation_get_reason (pay) == WB_REASON_GONE;
}

/* What state and wallet say together. Past CREATED, or the wallet moved: it is being paid, and Pay is not offered. */
static void
conclude (ReadBack *read, gint64 wallet)
{
  WbOrder *order = read->order;
  WbOrderData *data = wb_order_get_data (order);
  gboolean unpaid = wb_evidence_read_order_word (read->word) == WB_VERDICT_LIKELY_NOT;
  gboolean moved = data->wallet_before != CMR_MONEY_UNKNOWN && wallet != data->wallet_before;

  data->wallet_now = wallet;
  g_free (data->server_state);
  data->server_state = g_strdup (read->word);
  data->asked_at = g_get_real_time ();
  if (!unpaid || (moved && data->state == WB_ORDER_NOT_PAID && !wb_orders_wallet_is_shared (read->orders, order)))
    {
      data->confirm_ignored = data->state == WB_ORDER_NOT_PAID && wb_order_get_pay_operation (order) == NULL;
      wb_orders_track (read->orders, order);
    }
  else if (pay_was_refused_as_gone (order))
    {
      wb_profile_set_fact (wb_orders_get_profile (read->orders), "process-path", "missing");
      wb_order_set_state (order, WB_ORDER_CANNOT_PAY);
    }
  data->read_back = TRUE;
  wb_order_touch (order, "can-pay");
  wb_orders_save (read->orders, order);
}

static void
end_pay (ReadBack *read, GError *error)
{
  if (read->pay != NULL)
    g_task_return_error (read->pay, error);
  else
    g_clear_error (&error);
  read_back_free (read);
}

static void
wallet_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ReadBack *read = user_data;
  GError *error = NULL;
  gint64 wallet = wb_sync_read_wallet_finish (WB_SYNC (source), result, &error);

  if (error != NULL || wb_orders_get_profile (read->orders) == NULL)
    {
      end_pay (read, error != NULL ? error : g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "closed"));
      return;
    }
  conclude (read, wallet);
  if (read->pay == NULL)
    read_back_free (read);
  else if (wb_order_can_pay (read->order) && !g_cancellable_is_cancelled (g_task_get_cancellable (read->pay)))
    submit_pay (read);
  else if (wb_order_can_pay (read->order))
    end_pay (read, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped before it was written"));
  else
    end_pay (read, g_error_new_literal (CMR_ERROR, CMR_ERROR_CONFLICT, "it is paid already, or cannot be paid"));
}

static void
state_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ReadBack *read = user_data;
  GError *error = NULL;
  g_autoptr (GBytes) body = cmr_client_read_finish (CMR_CLIENT (source), result, &error);
  g_autoptr (CmrObject) order = body != NULL ? cmr_reply_parse_named (cmr_endpoint_get (CMR_OP_GET_ORDER_STATUS), body, wb_order_get_order_id (read->order), &error) : NULL;

  if (order == NULL || wb_orders_get_profile (read->orders) == NULL)
    {
      end_pay (read, error != NULL ? error : g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "closed"));
      return;
    }
  read->word = g_strdup (cmr_object_get_text (order, "status"));
  wb_sync_read_wallet_async (wb_profile_get_sync (wb_orders_get_profile (read->orders)), wb_orders_get_cancellable (read->orders),
                             wallet_cb, read);
}

static void
start_read (WbOrders *self, WbOrder *order, GTask *pay, guint delay_ms)
{
  g_autoptr (CmrCall) call = cmr_call_new (CMR_OP_GET_ORDER_STATUS);
  ReadBack *read = g_new0 (ReadBack, 1);

  read->orders = g_object_ref (self);
  read->order = g_object_ref (order);
  read->pay = pay;
  read->delay_ms = delay_ms;
  wb_order_set_reading_back (order, TRUE);
  cmr_call_set_priority (call, CMR_PRIORITY_VISIBLE);
  cmr_call_set_param (call, "userId", wb_order_get_customer_id (order));
  cmr_call_set_param (call, "orderId", wb_order_get_order_id (order));
  cmr_client_read_async (wb_profile_get_client (wb_orders_get_profile (self)), call, wb_orders_get_cancellable (self), state_cb, read);
}

/* A lost create has no id to ask for: whether the wallet moved tells whether it is free. */
static void
lost_wallet_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ReadBack *read = user_data;
  gint64 wallet = wb_sync_read_wallet_finish (WB_SYNC (source), result, NULL);
  WbOrderData *data = wb_order_get_data (read->order);

  if (wallet != CMR_MONEY_UNKNOWN && wb_orders_get_profile (read->orders) != NULL)
    {
      data->wallet_now = wallet;
      data->read_back = TRUE;
      if (data->wallet_before != CMR_MONEY_UNKNOWN && wallet < data->wallet_before && data->state == WB_ORDER_MAY_EXIST)
        wb_order_set_state (read->order, WB_ORDER_UNKNOWN);
      wb_order_touch (read->order, "wallet-now");
      wb_orders_save (read->orders, read->order);
    }
  read_back_free (read);
}

void
wb_orders_read_back (WbOrders *self, WbOrder *order)
{
  ReadBack *read;

  if (wb_orders_get_profile (self) == NULL)
    return;
  if (*wb_order_get_order_id (order) != '\0')
    {
      start_read (self, order, NULL, 0);
      return;
    }
  read = g_new0 (ReadBack, 1);
  read->orders = g_object_ref (self);
  read->order = g_object_ref (order);
  wb_order_set_reading_back (order, TRUE);
  wb_sync_read_wallet_async (wb_profile_get_sync (wb_orders_get_profile (self)), wb_orders_get_cancellable (self), lost_wallet_cb, read);
}

void
wb_orders_pay_async (WbOrders *self, WbOrder *order, guint delay_ms, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, wb_orders_pay_async);
  /* Once it is journalled it goes, whatever became of the caller: never an error for what was submitted. */
  g_task_set_check_cancellable (task, FALSE);
  if (wb_orders_get_profile (self) != NULL && wb_order_can_pay (order) && wb_profile_may_send (wb_orders_get_profile (self)))
    {
      start_read (self, order, task, delay_ms);
      return;
    }
  g_task_return_new_error (task, CMR_ERROR, wb_order_can_pay (order) ? CMR_ERROR_DENIED : CMR_ERROR_CONFLICT, "it cannot be paid now");
  g_object_unref (task);
}

WbOperation *
wb_orders_pay_finish (WbOrders *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
