// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "cmr-client.h"
#include "wb-order-private.h"
#include "wb-outbox-private.h"
#include "wb-pace-private.h"
#include "wb-profile.h"
#include "wb-sync-private.h"

/* Following a paid order: its state after 2, 4, 8 … 60 s; its mailboxes when that changed or every 30 s. An order is
 * done when each mailbox asked for is live, not when the order says so. */
#define FIRST_MS 2000
#define MOST_MS 60000
#define MAILBOXES_EVERY_MS (30 * 1000)
#define SLOW_AFTER (15 * 60 * G_USEC_PER_SEC)

typedef struct {
  WbOrders *orders; /* weak */
  WbOrder *order;
  guint delay_ms;
  guint timeout_id;
  gint64 mailboxes_at; /* monotonic */
  gboolean asking;
} Track;

static const char *const final_words[] = { "COMPLETED", "ACTIVE", "SUCCESS", "PARTIALLY_COMPLETED", "FAILED", "CANCELLED", "REFUNDED",
                                           "REFUND", "PARTIALLY_REFUNDED", "PARTIAL_REFUND", NULL };

static void plan (Track *track);

static void
track_free (gpointer data)
{
  Track *track = data;

  g_clear_handle_id (&track->timeout_id, g_source_remove);
  g_clear_weak_pointer (&track->orders);
  g_free (track);
}

static gboolean
is_final_word (const char *word)
{
  g_autofree char *upper = g_ascii_strup (word, -1);

  return g_strv_contains (final_words, upper);
}

static WbOrderMailbox *
find_mailbox (WbOrderData *data, const char *address, WbOrderDomain **in)
{
  for (guint i = 0; i < data->lines->len; i++)
    {
      WbOrderDomain *line = data->lines->pdata[i];

      for (guint m = 0; m < line->mailboxes->len; m++)
        if (g_ascii_strcasecmp (((WbOrderMailbox *) line->mailboxes->pdata[m])->address, address) == 0)
          {
            *in = line;
            return line->mailboxes->pdata[m];
          }
    }
  return NULL;
}

static gboolean
take_text (char **member, const char *text)
{
  if (g_strcmp0 (*member, text) == 0)
    return FALSE;
  g_free (*member);
  *member = g_strdup (text);
  return TRUE;
}

static gboolean
take_mailbox (WbOrderData *data, CmrObject *row)
{
  const char *email = cmr_object_get_text (row, "email");
  g_autofree char *made = NULL;
  WbOrderDomain *line;
  WbOrderMailbox *mailbox;

  if (*email == '\0' && cmr_resource_find_field (cmr_object_get_resource (row), "username") != NULL)
    email = made = g_strconcat (cmr_object_get_text (row, "username"), "@", cmr_object_get_text (row, "domain"), NULL);
  mailbox = find_mailbox (data, email, &line);
  if (mailbox == NULL || *cmr_object_get_text (row, "status") == '\0')
    return FALSE;
  return take_text (&mailbox->state, cmr_object_get_text (row, "status"));
}

static gboolean
take_lines (WbOrderData *data, GBytes *body)
{
  g_autoptr (GPtrArray) domains = NULL, mailboxes = NULL;
  gboolean changed = FALSE;

  cmr_order_parse_lines (body, data->order_id, &domains, &mailboxes);
  for (guint i = 0; i < domains->len; i++)
    for (guint l = 0; l < data->lines->len; l++)
      {
        WbOrderDomain *line = data->lines->pdata[l];

        if (g_ascii_strcasecmp (line->domain, cmr_object_get_text (domains->pdata[i], "domain")) != 0)
          continue;
        changed |= take_text (&line->state, cmr_object_get_text (domains->pdata[i], "status"));
        changed |= take_text (&line->reason, cmr_object_get_text (domains->pdata[i], "reason"));
      }
  for (guint i = 0; i < mailboxes->len; i++)
    {
      WbOrderDomain *line;
      WbOrderMailbox *mailbox = find_mailbox (data, cmr_object_get_text (mailboxes->pdata[i], "email"), &line);

      changed |= take_mailbox (data, mailboxes->pdata[i]);
      if (mailbox != NULL)
        changed |= take_text (&mailbox->reason, cmr_object_get_text (mailboxes->pdata[i], "reason"));
    }
  return changed;
}

/* Live and failed are counted, never kept apart from what they count. */
static void
recount (WbOrder *order, gboolean final)
{
  WbOrderData *data = wb_order_get_data (order);

  data->live = data->failed = 0;
  for (guint i = 0; i < data->lines->len; i++)
    {
      WbOrderDomain *line = data->lines->pdata[i];

      line->live = line->failed = 0;
      if (line->left_out)
        continue;
      for (guint m = 0; m < line->mailboxes->len; m++)
        {
          const char *state = ((WbOrderMailbox *) line->mailboxes->pdata[m])->state;

          line->live += g_str_equal (state, "ACTIVE");
          line->failed += g_str_equal (state, "FAILED") || (final && !g_str_equal (state, "ACTIVE"));
        }
      line->mailboxes_failed = line->failed > 0 && line->live == 0 && !g_str_equal (line->state, "FAILED");
      data->live += line->live;
      data->failed += line->failed;
    }
  wb_order_touch (order, "lines");
  wb_order_touch (order, "live");
  wb_order_touch (order, "failed");
}

/* Ends */

static void
finished_wallet_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbOrder) order = user_data;
  gint64 wallet = wb_sync_read_wallet_finish (WB_SYNC (source), result, NULL);
  WbProfile *profile = wb_sync_get_profile (WB_SYNC (source));
  WbOrderData *data = wb_order_get_data (order);

  if (wallet == CMR_MONEY_UNKNOWN || profile == NULL)
    return;
  data->wallet_now = wallet;
  data->wallet_shared = wb_orders_wallet_is_shared (wb_profile_get_orders (profile), order);
  if (data->wallet_before != CMR_MONEY_UNKNOWN && !data->wallet_shared)
    data->taken = data->wallet_before - wallet;
  wb_order_touch (order, "wallet-now");
  wb_order_touch (order, "taken");
  wb_orders_save (wb_profile_get_orders (profile), order);
}

static void
read_wallet (WbOrders *self, WbOrder *order)
{
  wb_sync_read_wallet_async (wb_profile_get_sync (wb_orders_get_profile (self)), wb_orders_get_cancellable (self), finished_wallet_cb,
                             g_object_ref (order));
}

static void
settle_operations (WbOrders *self, WbOrder *order)
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
  recount (order, TRUE);
  wb_order_set_state (order, state);
  wb_order_set_next_ask (order, 0);
  settle_operations (self, order);
  wb_orders_save (self, order);
  read_wallet (self, order);
  wb_orders_emit_finished (self, order);
  g_object_set_data (G_OBJECT (order), "track", NULL);
}

/* TRUE when the order is at its end. */
static gboolean
check_end (WbOrders *self, WbOrder *order)
{
  WbOrderData *data = wb_order_get_data (order);
  gboolean final = is_final_word (data->server_state);
  g_autofree char *word = g_ascii_strup (data->server_state, -1);

  if (data->n_mailboxes > 0 && data->live == data->n_mailboxes)
    finish (self, order, WB_ORDER_LIVE);
  else if (g_str_equal (word, "FAILED"))
    finish (self, order, data->live > 0 ? WB_ORDER_PARTLY : WB_ORDER_FAILED);
  else if (g_str_equal (word, "CANCELLED"))
    finish (self, order, WB_ORDER_CANCELLED);
  else if (g_str_equal (word, "PARTIALLY_COMPLETED"))
    finish (self, order, data->live > 0 ? WB_ORDER_PARTLY : WB_ORDER_FAILED);
  else if (final && data->n_mailboxes == 0)
    finish (self, order, WB_ORDER_LIVE);
  else
    return FALSE;
  return TRUE;
}

/* Asking */

static void
note_progress (WbOrder *order, gboolean changed)
{
  WbOrderData *data = wb_order_get_data (order);
  gint64 now = g_get_real_time ();

  data->asked_at = now;
  if (changed || data->changed_at == 0)
    data->changed_at = now;
  if (now - data->changed_at > SLOW_AFTER)
    wb_order_set_state (order, WB_ORDER_SLOW);
  else if (data->state == WB_ORDER_SLOW)
    wb_order_set_state (order, WB_ORDER_BEING_MADE);
  wb_order_touch (order, "asked-at");
}

static void
mailboxes_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbOrder) order = user_data;
  Track *track = g_object_get_data (G_OBJECT (order), "track");
  g_autoptr (GBytes) body = cmr_client_read_finish (CMR_CLIENT (source), result, NULL);
  g_autoptr (CmrPage) page = body != NULL ? cmr_page_parse (cmr_endpoint_get (CMR_OP_LIST_MAILBOXES), body, NULL) : NULL;
  gboolean changed = FALSE;

  if (track == NULL || track->orders == NULL || wb_orders_get_profile (track->orders) == NULL)
    return;
  track->asking = FALSE;
  for (guint i = 0; page != NULL && i < page->rows->len; i++)
    changed |= take_mailbox (wb_order_get_data (order), page->rows->pdata[i]);
  recount (order, FALSE);
  note_progress (order, changed);
  if (changed)
    {
      track->delay_ms = FIRST_MS;
      wb_orders_save (track->orders, order);
    }
  if (!check_end (track->orders, order))
    plan (track);
}

static void
ask_mailboxes (Track *track)
{
  g_autoptr (CmrCall) call = cmr_call_new (CMR_OP_LIST_MAILBOXES);
  WbOrderData *data = wb_order_get_data (track->order);

  track->mailboxes_at = g_get_monotonic_time ();
  cmr_call_set_priority (call, CMR_PRIORITY_DUE);
  cmr_call_set_param (call, "userId", data->customer_id);
  cmr_call_set_param (call, "page", "1");
  cmr_call_set_param (call, "limit", "100");
  if (data->lines->len == 1)
    cmr_call_set_param (call, "contains", ((WbOrderDomain *) data->lines->pdata[0])->domain);
  cmr_client_read_async (wb_profile_get_client (wb_orders_get_profile (track->orders)), call, wb_orders_get_cancellable (track->orders),
                         mailboxes_cb, g_object_ref (track->order));
}

static void
status_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbOrder) order = user_data;
  Track *track = g_object_get_data (G_OBJECT (order), "track");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = cmr_client_read_finish (CMR_CLIENT (source), result, &error);
  g_autoptr (CmrObject) read = body != NULL ? cmr_reply_parse_named (cmr_endpoint_get (CMR_OP_GET_ORDER_STATUS), body, wb_order_get_order_id (order), NULL) : NULL;
  WbOrderData *data = wb_order_get_data (order);
  gboolean changed = FALSE;

  if (track == NULL || track->orders == NULL || wb_orders_get_profile (track->orders) == NULL)
    return;
  if (read != NULL)
    {
      changed = take_text (&data->server_state, cmr_object_get_text (read, "status")) | take_lines (data, body);
      wb_order_touch (order, "server-state");
      recount (order, FALSE);
      note_progress (order, changed);
    }
  if (changed)
    wb_orders_save (track->orders, order);
  if (read != NULL && (changed || is_final_word (data->server_state) || g_get_monotonic_time () - track->mailboxes_at > (gint64) wb_pace_ms (MAILBOXES_EVERY_MS) * 1000))
    {
      ask_mailboxes (track);
      return;
    }
  track->asking = FALSE;
  plan (track);
}

static void
ask (Track *track)
{
  g_autoptr (CmrCall) call = NULL;

  if (track->asking || track->orders == NULL || wb_orders_get_profile (track->orders) == NULL)
    return;
  track->asking = TRUE;
  if (*wb_order_get_order_id (track->order) == '\0')
    {
      /* Paid in one step and its answer lost: only its mailboxes tell how far it is. */
      ask_mailboxes (track);
      return;
    }
  call = cmr_call_new (CMR_OP_GET_ORDER_STATUS);
  cmr_call_set_priority (call, CMR_PRIORITY_DUE);
  cmr_call_set_param (call, "userId", wb_order_get_customer_id (track->order));
  cmr_call_set_param (call, "orderId", wb_order_get_order_id (track->order));
  cmr_client_read_async (wb_profile_get_client (wb_orders_get_profile (track->orders)), call, wb_orders_get_cancellable (track->orders),
                         status_cb, g_object_ref (track->order));
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
  wb_order_set_next_ask (track->order, g_get_monotonic_time () + track->delay_ms * 1000);
  track->timeout_id = g_timeout_add (wb_pace_ms (track->delay_ms), due, track);
  track->delay_ms = MIN (track->delay_ms * 2, MOST_MS);
}

void
wb_orders_track (WbOrders *self, WbOrder *order)
{
  WbOrderData *data = wb_order_get_data (order);
  Track *track = g_object_get_data (G_OBJECT (order), "track");

  if (wb_order_get_state (order) != WB_ORDER_SLOW)
    wb_order_set_state (order, WB_ORDER_BEING_MADE);
  if (data->paid_at == 0)
    data->paid_at = g_get_real_time ();
  if (track == NULL)
    {
      track = g_new0 (Track, 1);
      g_set_weak_pointer (&track->orders, self);
      track->order = order; /* owns this */
      g_object_set_data_full (G_OBJECT (order), "track", track, track_free);
    }
  track->delay_ms = FIRST_MS;
  wb_orders_save (self, order);
  plan (track);
}

void
wb_orders_ask_now (WbOrders *self, WbOrder *order)
{
  Track *track = g_object_get_data (G_OBJECT (order), "track");

  if (track == NULL)
    {
      wb_orders_read_back (self, order);
      return;
    }
  track->delay_ms = FIRST_MS;
  g_clear_handle_id (&track->timeout_id, g_source_remove);
  ask (track);
}
