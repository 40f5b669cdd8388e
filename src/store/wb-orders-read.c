// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-order-private.h"

#include "cmr-client.h"
#include "wb-evidence-private.h"
#include "wb-fault.h"
#include "wb-pace-private.h"
#include "wb-profile.h"
#include "wb-sync.h"

/* Reading back: the order's state and the wallet, after every create and before every payment. */

#define FIRST_RETRY_MS 2000
#define MOST_RETRY_MS 60000
#define RETRY "read-again"

typedef struct {
  WbOrder *order;
  char *word;     /* NULL: it has no id to ask for */
  gboolean others; /* another paid operation of ours ran since */
} Read;

static void
read_free (gpointer data)
{
  Read *read = data;

  wb_order_set_reading_back (read->order, FALSE);
  g_object_unref (read->order);
  g_free (read->word);
  g_free (read);
}

/* What they say together */

/* After creating, before anybody has paid: what left the wallet since was taken for this, unless another paid
 * operation of ours ran meanwhile. Later readings say nothing: days may lie between. */
static gboolean
was_charged_at_create (const WbOrderData *data, WbOrder *order, gint64 wallet, gboolean others)
{
  gboolean first = !data->read_back && wb_order_get_pay_operation (order) == NULL && !data->confirm;

  return first && !others && data->wallet_before != CMR_MONEY_UNKNOWN && wallet < data->wallet_before;
}

static gboolean
pay_was_refused_as_gone (WbOrder *order)
{
  WbOperation *pay = wb_order_get_pay_operation (order);

  return pay != NULL && wb_operation_get_state (pay) == WB_STATE_FAILED
         && wb_operation_get_reason (pay) == WB_REASON_GONE;
}

/* Paid, whoever did it. A payment of ours without an answer is settled by that. */
static void
is_paid (WbOrders *self, WbOrder *order, gboolean at_create)
{
  WbOperation *pay = wb_order_get_pay_operation (order);

  wb_order_get_data (order)->confirm_ignored |= at_create;
  if (pay != NULL)
    wb_outbox_settle_done (wb_profile_get_outbox (wb_orders_get_profile (self)), pay, NULL);
  if (wb_order_get_state (order) != WB_ORDER_BEING_MADE)
    wb_orders_track (self, order);
}

/* A word that may mean anything: it is not offered for payment and is asked about until it tells more. */
static void
may_be_paid (WbOrders *self, WbOrder *order)
{
  wb_order_set_state (order, WB_ORDER_UNKNOWN);
  wb_orders_follow (self, order);
}

static void
is_unpaid (WbOrders *self, WbOrder *order)
{
  WbOperation *pay = wb_order_get_pay_operation (order);
  gboolean open = pay != NULL && wb_operation_get_state (pay) == WB_STATE_UNKNOWN;

  if (pay_was_refused_as_gone (order))
    {
      wb_profile_set_fact (wb_orders_get_profile (self), "process-path", "missing");
      wb_order_set_state (order, WB_ORDER_CANNOT_PAY);
    }
  else if (wb_order_get_state (order) == WB_ORDER_UNKNOWN && !open)
    wb_order_set_state (order, WB_ORDER_NOT_PAID);
}

static gboolean
is_undecided (WbOrder *order)
{
  WbOrderState state = wb_order_get_state (order);

  return state == WB_ORDER_NOT_PAID || state == WB_ORDER_CANNOT_PAY || state == WB_ORDER_UNKNOWN;
}

static void
conclude (WbOrders *self, Read *read, gint64 wallet)
{
  WbOrder *order = read->order;
  WbOrderData *data = wb_order_get_data (order);
  WbVerdict verdict = wb_evidence_read_order_word (read->word);
  gboolean charged = was_charged_at_create (data, order, wallet, read->others);
  gboolean at_create = charged || (!data->read_back && wb_order_get_pay_operation (order) == NULL && !data->confirm);

  g_free (data->server_state);
  data->server_state = g_strdup (read->word);
  if (!is_undecided (order))
    return;
  if (verdict == WB_VERDICT_DONE || charged)
    is_paid (self, order, at_create && *data->draft != '\0');
  else if (verdict == WB_VERDICT_LIKELY_NOT)
    is_unpaid (self, order);
  else
    may_be_paid (self, order);
}

/* A lost create has no id to ask for: whether the wallet moved tells whether it was free. */
static void
conclude_lost (WbOrders *self, Read *read, gint64 wallet)
{
  WbOperation *create = wb_order_get_create_operation (read->order);

  if (wb_order_get_state (read->order) != WB_ORDER_MAY_EXIST
      || !was_charged_at_create (wb_order_get_data (read->order), read->order, wallet, read->others))
    return;
  wb_order_set_state (read->order, WB_ORDER_UNKNOWN);
  if (create != NULL)
    wb_outbox_mark_paid (wb_profile_get_outbox (wb_orders_get_profile (self)), create);
}

static void
take (WbOrders *self, Read *read, gint64 wallet)
{
  WbOrder *order = read->order;
  WbOrderData *data = wb_order_get_data (order);

  data->wallet_now = wallet;
  data->asked_at = g_get_real_time ();
  if (read->word != NULL)
    conclude (self, read, wallet);
  else
    conclude_lost (self, read, wallet);
  data->read_back = TRUE;
  WB_FAULT_POINT ("read-back:concluded");
  wb_order_touch (order, "wallet-now");
  wb_order_touch (order, "server-state");
  wb_order_touch (order, "can-pay");
  wb_orders_save (self, order);
}

/* The reads */

static gboolean
closed (GTask *task, GError *error)
{
  if (error == NULL && wb_orders_get_profile (g_task_get_source_object (task)) == NULL)
    error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "the profile is closed");
  if (error == NULL)
    return FALSE;
  g_task_return_error (task, error);
  g_object_unref (task);
  return TRUE;
}

static void
wallet_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Read *read = g_task_get_task_data (task);
  GError *error = NULL;
  gint64 wallet = wb_sync_read_wallet_finish (WB_SYNC (source), result, &error);

  WB_FAULT_POINT ("read-back:wallet-read");
  if (closed (task, error))
    return;
  take (g_task_get_source_object (task), read, wallet);
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
others_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  WbOrders *self = g_task_get_source_object (task);
  Read *read = g_task_get_task_data (task);
  GError *error = NULL;

  read->others = wb_orders_others_finish (result, &error);
  if (!closed (task, error))
    wb_sync_read_wallet_async (wb_profile_get_sync (wb_orders_get_profile (self)), g_task_get_cancellable (task),
                               wallet_cb, task);
}

static void
state_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Read *read = g_task_get_task_data (task);
  const CmrEndpoint *endpoint = cmr_endpoint_get (CMR_OP_GET_ORDER_STATUS);
  GError *error = NULL;
  g_autoptr (GBytes) body = cmr_client_read_finish (CMR_CLIENT (source), result, &error);
  g_autoptr (CmrObject) order
      = body != NULL ? cmr_reply_parse_named (endpoint, body, wb_order_get_order_id (read->order), &error) : NULL;

  WB_FAULT_POINT ("read-back:state-read");
  if (closed (task, error))
    return;
  read->word = g_strdup (cmr_object_get_text (order, "status"));
  wb_orders_others_async (g_task_get_source_object (task), read->order, others_cb, task);
}

void
wb_orders_read_back_async (WbOrders *self, WbOrder *order, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (CmrCall) call = NULL;
  Read *read = g_new0 (Read, 1);

  g_task_set_source_tag (task, wb_orders_read_back_async);
  read->order = g_object_ref (order);
  g_task_set_task_data (task, read, read_free);
  wb_order_set_reading_back (order, TRUE);
  if (closed (task, NULL))
    return;
  if (*wb_order_get_order_id (order) == '\0')
    {
      wb_orders_others_async (self, order, others_cb, task);
      return;
    }
  call = cmr_call_new (CMR_OP_GET_ORDER_STATUS);
  cmr_call_set_priority (call, CMR_PRIORITY_VISIBLE);
  cmr_call_set_param (call, "userId", wb_order_get_customer_id (order));
  cmr_call_set_param (call, "orderId", wb_order_get_order_id (order));
  cmr_client_read_async (wb_profile_get_client (wb_orders_get_profile (self)), call, cancellable, state_cb, task);
}

gboolean
wb_orders_read_back_finish (WbOrders *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* By itself, and again until it was read: without it nothing is offered. */

typedef struct {
  WbOrders *orders; /* weak */
  WbOrder *order;   /* owns this, by its timer */
  guint id;
  guint ms;
} Retry;

static void
retry_free (gpointer data)
{
  Retry *retry = data;

  g_clear_handle_id (&retry->id, g_source_remove);
  g_clear_weak_pointer (&retry->orders);
  g_free (retry);
}

static gboolean
read_again (gpointer data)
{
  Retry *retry = data;

  retry->id = 0;
  if (retry->orders != NULL)
    wb_orders_read_back (retry->orders, retry->order);
  return G_SOURCE_REMOVE;
}

static void
plan_retry (WbOrders *self, WbOrder *order)
{
  Retry *retry = g_object_get_data (G_OBJECT (order), RETRY);

  if (retry == NULL)
    {
      retry = g_new0 (Retry, 1);
      g_set_weak_pointer (&retry->orders, self);
      retry->order = order;
      retry->ms = FIRST_RETRY_MS;
      g_object_set_data_full (G_OBJECT (order), RETRY, retry, retry_free);
    }
  if (retry->id == 0)
    retry->id = g_timeout_add (wb_pace_ms (retry->ms), read_again, retry);
  retry->ms = MIN (retry->ms * 2, MOST_RETRY_MS);
}

void
wb_orders_forget_retry (WbOrder *order)
{
  g_object_set_data (G_OBJECT (order), RETRY, NULL);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbOrder) order = user_data;
  WbOrders *self = WB_ORDERS (source);
  g_autoptr (GError) error = NULL;

  if (wb_orders_read_back_finish (self, result, &error))
    wb_orders_forget_retry (order);
  else if (wb_orders_get_profile (self) != NULL)
    {
      g_debug ("an order was not read back: %s", error->message);
      /* An order that is not there, or not ours, will not be later. */
      if (!g_error_matches (error, CMR_ERROR, CMR_ERROR_NOT_FOUND)
          && !g_error_matches (error, CMR_ERROR, CMR_ERROR_DENIED))
        plan_retry (self, order);
    }
}

void
wb_orders_read_back (WbOrders *self, WbOrder *order)
{
  if (wb_orders_get_profile (self) != NULL)
    wb_orders_read_back_async (self, order, wb_orders_get_cancellable (self), read_cb, g_object_ref (order));
}
