// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "cmr-client.h"
#include "wb-evidence-private.h"
#include "wb-fault.h"
#include "wb-order-lines-private.h"
#include "wb-order-private.h"
#include "wb-pace-private.h"
#include "wb-profile.h"
#include "wb-walk-private.h"

/* Following an order: its state after 2, 4, 8 … 60 s; its mailboxes when that changed or every 30 s; all orders
 * together one request a second. */
#define FIRST_MS 2000
#define MOST_MS 60000
#define MAILBOXES_EVERY_MS 30000
#define SLOW_AFTER_MS (15 * 60 * 1000)
#define TRACK "track"

typedef struct {
  WbOrders *orders; /* weak */
  WbOrder *order;
  guint delay_ms;
  guint timeout_id;
  gint64 mailboxes_at; /* monotonic; 0 = never */
  gboolean asking;
} Track;

static void plan (Track *track);
static gboolean due (gpointer user_data);

static void
track_free (gpointer data)
{
  Track *track = data;

  g_clear_handle_id (&track->timeout_id, g_source_remove);
  if (track->orders != NULL)
    wb_orders_note_followed (track->orders, -1);
  g_clear_weak_pointer (&track->orders);
  g_free (track);
}

/* Whoever comes back from the network finds the order followed no more, or the profile closed. */
static Track *
track_of (WbOrder *order)
{
  Track *track = g_object_get_data (G_OBJECT (order), TRACK);

  return track != NULL && track->orders != NULL && wb_orders_get_profile (track->orders) != NULL ? track : NULL;
}

static CmrClient *
client_of (Track *track)
{
  return wb_profile_get_client (wb_orders_get_profile (track->orders));
}

static void
note_progress (WbOrder *order, gboolean changed)
{
  WbOrderData *data = wb_order_get_data (order);
  gint64 now = g_get_real_time ();

  data->asked_at = now;
  if (changed || data->changed_at == 0)
    data->changed_at = now;
  if (data->state == WB_ORDER_BEING_MADE && now - data->changed_at > (gint64) wb_pace_ms (SLOW_AFTER_MS) * 1000)
    wb_order_set_state (order, WB_ORDER_SLOW);
  else if (data->state == WB_ORDER_SLOW && changed)
    wb_order_set_state (order, WB_ORDER_BEING_MADE);
  wb_order_touch (order, "asked-at");
}

/* Its mailboxes */

typedef struct {
  WbOrders *orders;
  WbOrder *order;
  GHashTable *seen; /* addresses of the order that the list has as live */
  gboolean changed;
} Look;

static void
look_free (Look *look)
{
  g_object_unref (look->orders);
  g_object_unref (look->order);
  g_hash_table_unref (look->seen);
  g_free (look);
}

static gboolean
see_row (CmrObject *row, gpointer data)
{
  Look *look = data;
  WbOrderData *order = wb_order_get_data (look->order);
  const WbOrderMailbox *mailbox = wb_order_lines_take_mailbox (order, row, &look->changed);

  if (mailbox != NULL && g_str_equal (mailbox->state, "ACTIVE"))
    g_hash_table_add (look->seen, g_strdup (mailbox->address));
  return order->n_mailboxes == 0 || g_hash_table_size (look->seen) < order->n_mailboxes;
}

static guint
wait_for_turn (gpointer data)
{
  return wb_orders_take_turn (((Look *) data)->orders);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Look *look = user_data;
  Track *track = track_of (look->order);
  g_autoptr (GError) error = NULL;
  gboolean whole = FALSE, all = wb_order_get_n_mailboxes (look->order) > 0
                                && g_hash_table_size (look->seen) == wb_order_get_n_mailboxes (look->order);

  WB_FAULT_POINT ("track:mailboxes-read");
  if (track != NULL)
    {
      wb_walk_finish (result, &whole, &error);
      track->asking = FALSE;
      wb_order_lines_recount (look->order, FALSE);
      note_progress (look->order, look->changed);
      if (look->changed)
        track->delay_ms = wb_pace_ms (FIRST_MS);
      wb_orders_save (track->orders, look->order);
      if (!wb_orders_end (track->orders, look->order, all, error == NULL && whole))
        plan (track);
    }
  look_free (look);
}

/* Where one name narrows the answer it is asked for; an end is read from the whole list alone. */
static const char *
narrow (const WbOrderData *data)
{
  return data->lines->len == 1 && !wb_order_lines_is_final (data->server_state)
             ? ((WbOrderDomain *) data->lines->pdata[0])->domain
             : NULL;
}

static void
ask_mailboxes (Track *track)
{
  WbOrderData *data = wb_order_get_data (track->order);
  Look *look = g_new0 (Look, 1);
  const WbWalk how = {
    .op = CMR_OP_LIST_MAILBOXES,
    .customer_id = data->customer_id,
    .contains = narrow (data),
    .priority = CMR_PRIORITY_DUE,
    .row = see_row,
    .wait = wait_for_turn,
    .data = look,
  };

  track->mailboxes_at = g_get_monotonic_time ();
  look->orders = g_object_ref (track->orders);
  look->order = g_object_ref (track->order);
  look->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  wb_walk_async (client_of (track), &how, wb_orders_get_cancellable (track->orders), looked_cb, look);
}

/* Its state */

/* What was not known to be paid: the word may tell by now. FALSE when it is followed no more. */
static gboolean
decide (Track *track, const char *word)
{
  WbOrder *order = track->order;
  WbVerdict verdict = wb_evidence_read_order_word (word);

  if (wb_order_get_state (order) != WB_ORDER_UNKNOWN || verdict == WB_VERDICT_OPEN)
    return TRUE;
  if (verdict == WB_VERDICT_DONE)
    {
      wb_orders_track (track->orders, order);
      return TRUE;
    }
  /* Reading back decides, wallet and all. */
  wb_orders_read_back (track->orders, order);
  wb_orders_unfollow (order);
  return FALSE;
}

static void
took_state (Track *track, gboolean changed)
{
  WbOrderData *data = wb_order_get_data (track->order);
  gint64 every = (gint64) wb_pace_ms (MAILBOXES_EVERY_MS) * 1000;

  wb_order_touch (track->order, "server-state");
  wb_order_lines_recount (track->order, FALSE);
  note_progress (track->order, changed);
  if (!decide (track, data->server_state))
    return;
  wb_orders_save (track->orders, track->order);
  if (changed || track->mailboxes_at == 0 || wb_order_lines_is_final (data->server_state)
      || g_get_monotonic_time () - track->mailboxes_at > every)
    ask_mailboxes (track);
  else
    {
      track->asking = FALSE;
      plan (track);
    }
}

static void
status_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbOrder) order = user_data;
  Track *track = track_of (order);
  WbOrderData *data = wb_order_get_data (order);
  g_autoptr (GBytes) body = cmr_client_read_finish (CMR_CLIENT (source), result, NULL);
  const CmrEndpoint *endpoint = cmr_endpoint_get (CMR_OP_GET_ORDER_STATUS);
  g_autoptr (CmrObject) read = body != NULL ? cmr_reply_parse_named (endpoint, body, data->order_id, NULL) : NULL;

  WB_FAULT_POINT ("track:state-read");
  if (track == NULL)
    return;
  if (read != NULL)
    {
      took_state (track, wb_order_lines_take_state (data, cmr_object_get_text (read, "status"), body));
      return;
    }
  /* Its mailboxes may tell even where its state does not. */
  if (wb_order_get_state (order) != WB_ORDER_UNKNOWN
      && g_get_monotonic_time () - track->mailboxes_at > (gint64) wb_pace_ms (MAILBOXES_EVERY_MS) * 1000)
    {
      ask_mailboxes (track);
      return;
    }
  track->asking = FALSE;
  plan (track);
}

static void
ask_state (Track *track)
{
  g_autoptr (CmrCall) call = cmr_call_new (CMR_OP_GET_ORDER_STATUS);

  cmr_call_set_priority (call, CMR_PRIORITY_DUE);
  cmr_call_set_param (call, "userId", wb_order_get_customer_id (track->order));
  cmr_call_set_param (call, "orderId", wb_order_get_order_id (track->order));
  cmr_client_read_async (client_of (track), call, wb_orders_get_cancellable (track->orders), status_cb,
                         g_object_ref (track->order));
}

static void
ask (Track *track)
{
  guint wait_ms;

  if (track->asking || track_of (track->order) == NULL)
    return;
  /* Paid in one step and its answer lost: only its mailboxes tell how far it is. */
  if (*wb_order_get_order_id (track->order) == '\0')
    {
      track->asking = TRUE;
      ask_mailboxes (track);
      return;
    }
  wait_ms = wb_orders_take_turn (track->orders);
  if (wait_ms > 0)
    {
      track->timeout_id = g_timeout_add (wait_ms, due, track);
      return;
    }
  track->asking = TRUE;
  ask_state (track);
}

static gboolean
due (gpointer user_data)
{
  Track *track = user_data;

  track->timeout_id = 0;
  ask (track);
  return G_SOURCE_REMOVE;
}

static void
plan (Track *track)
{
  g_clear_handle_id (&track->timeout_id, g_source_remove);
  wb_order_set_next_ask (track->order, g_get_monotonic_time () + (gint64) track->delay_ms * 1000);
  track->timeout_id = g_timeout_add (track->delay_ms, due, track);
  track->delay_ms = MIN (track->delay_ms * 2, wb_pace_ms (MOST_MS));
}

void
wb_orders_follow (WbOrders *self, WbOrder *order)
{
  Track *track = g_object_get_data (G_OBJECT (order), TRACK);

  if (wb_orders_get_profile (self) == NULL)
    return;
  if (track == NULL)
    {
      track = g_new0 (Track, 1);
      g_set_weak_pointer (&track->orders, self);
      track->order = order; /* owns this */
      g_object_set_data_full (G_OBJECT (order), TRACK, track, track_free);
      wb_orders_note_followed (self, 1);
    }
  track->delay_ms = wb_pace_ms (FIRST_MS);
  WB_FAULT_POINT ("track:planned");
  if (!track->asking)
    plan (track);
}

void
wb_orders_unfollow (WbOrder *order)
{
  wb_orders_forget_retry (order);
  wb_order_set_next_ask (order, 0);
  g_object_set_data (G_OBJECT (order), TRACK, NULL);
}

void
wb_orders_track (WbOrders *self, WbOrder *order)
{
  WbOrderData *data = wb_order_get_data (order);

  if (wb_order_get_state (order) != WB_ORDER_SLOW)
    wb_order_set_state (order, WB_ORDER_BEING_MADE);
  if (data->paid_at == 0)
    data->paid_at = g_get_real_time ();
  wb_orders_save (self, order);
  wb_orders_follow (self, order);
}

void
wb_orders_ask_now (WbOrders *self, WbOrder *order)
{
  Track *track = track_of (order);

  if (track == NULL)
    {
      wb_orders_read_back (self, order);
      return;
    }
  track->delay_ms = wb_pace_ms (FIRST_MS);
  g_clear_handle_id (&track->timeout_id, g_source_remove);
  ask (track);
}
