// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-order-lines-private.h"

#include "wb-fault.h"
#include "wb-outbox-private.h"
#include "wb-profile.h"
#include "wb-sync.h"

/* How orders end. Live is what the customer's own list has as live, never what the order's state says. */

/* Words after which nothing more will come, and what the order is then without and with live mailboxes. */
static const struct {
  const char *word;
  WbOrderState none, some;
} ends[] = {
  { "COMPLETED", WB_ORDER_BEING_MADE, WB_ORDER_BEING_MADE }, /* live when each mailbox is */
  { "ACTIVE", WB_ORDER_BEING_MADE, WB_ORDER_BEING_MADE },
  { "SUCCESS", WB_ORDER_BEING_MADE, WB_ORDER_BEING_MADE },
  { "PARTIALLY_COMPLETED", WB_ORDER_FAILED, WB_ORDER_PARTLY },
  { "FAILED", WB_ORDER_FAILED, WB_ORDER_PARTLY },
  { "CANCELLED", WB_ORDER_CANCELLED, WB_ORDER_PARTLY },
  { "REFUNDED", WB_ORDER_FAILED, WB_ORDER_PARTLY },
  { "REFUND", WB_ORDER_FAILED, WB_ORDER_PARTLY },
  { "PARTIALLY_REFUNDED", WB_ORDER_FAILED, WB_ORDER_PARTLY },
  { "PARTIAL_REFUND", WB_ORDER_FAILED, WB_ORDER_PARTLY },
};

gboolean
wb_order_lines_is_final (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (g_ascii_strcasecmp (word, ends[i].word) == 0)
      return TRUE;
  return FALSE;
}

/* The wallet at the end */

typedef struct {
  WbOrders *orders;
  WbOrder *order;
  gboolean others;
} Taken;

static void
taken_free (Taken *taken)
{
  wb_orders_release (taken->orders);
  g_object_unref (taken->orders);
  g_object_unref (taken->order);
  g_free (taken);
}

/* What was taken is proved only where nothing else can have moved the wallet. */
static void
wallet_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Taken *taken = user_data;
  gint64 wallet = wb_sync_read_wallet_finish (WB_SYNC (source), result, NULL);
  WbOrderData *data = wb_order_get_data (taken->order);

  if (wallet != CMR_MONEY_UNKNOWN && wb_orders_get_profile (taken->orders) != NULL)
    {
      gboolean before = data->wallet_before != CMR_MONEY_UNKNOWN;

      data->wallet_now = wallet;
      data->wallet_shared = taken->others || (before && wallet > data->wallet_before);
      if (before && !data->wallet_shared)
        data->taken = data->wallet_before - wallet;
      wb_order_touch (taken->order, "wallet-now");
      wb_order_touch (taken->order, "taken");
      wb_orders_save (taken->orders, taken->order);
    }
  taken_free (taken);
}

static void
others_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Taken *taken = user_data;
  WbProfile *profile = wb_orders_get_profile (taken->orders);

  taken->others = wb_orders_others_finish (result, NULL);
  if (profile != NULL)
    wb_sync_read_wallet_async (wb_profile_get_sync (profile), wb_orders_get_cancellable (taken->orders), wallet_cb,
                               taken);
  else
    taken_free (taken);
}

static void
read_wallet (WbOrders *self, WbOrder *order)
{
  Taken *taken = g_new0 (Taken, 1);

  wb_orders_hold (self);
  taken->orders = g_object_ref (self);
  taken->order = g_object_ref (order);
  wb_orders_others_async (self, order, others_cb, taken);
}

static void
finish_operations (WbOrders *self, WbOrder *order)
{
  WbOutbox *outbox = wb_profile_get_outbox (wb_orders_get_profile (self));
  WbOperation *operations[] = { wb_order_get_create_operation (order), wb_order_get_pay_operation (order) };

  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    if (operations[i] != NULL)
      wb_outbox_finish (outbox, operations[i]);
}

static void
finish (WbOrders *self, WbOrder *order, WbOrderState state)
{
  WB_FAULT_POINT ("track:ending");
  wb_orders_hold (self);
  wb_orders_unfollow (order);
  wb_order_lines_recount (order, TRUE);
  wb_order_set_state (order, state);
  wb_orders_save (self, order);
  finish_operations (self, order);
  WB_FAULT_POINT ("track:ended");
  read_wallet (self, order);
  wb_orders_emit_finished (self, order);
  wb_orders_release (self);
}

gboolean
wb_orders_end (WbOrders *self, WbOrder *order, gboolean all, gboolean whole)
{
  WbOrderData *data = wb_order_get_data (order);

  if (all)
    {
      finish (self, order, WB_ORDER_LIVE);
      return TRUE;
    }
  /* What is missing from a list that broke off is not known to be missing. */
  for (guint i = 0; whole && i < G_N_ELEMENTS (ends); i++)
    {
      WbOrderState state = data->live > 0 ? ends[i].some : ends[i].none;

      if (g_ascii_strcasecmp (data->server_state, ends[i].word) != 0)
        continue;
      if (state == WB_ORDER_BEING_MADE && data->n_mailboxes > 0)
        return FALSE;
      finish (self, order, state == WB_ORDER_BEING_MADE ? WB_ORDER_LIVE : state);
      return TRUE;
    }
  return FALSE;
}
