// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-sandbox-private.h"

#include <string.h>

#define QUEUED "Order created and queued for processing"

/* Names that cannot be had are left out and named. FALSE when nothing is left. */
static gboolean
leave_out_unavailable (WbSandbox *self, WbSbOrder *order)
{
  for (guint i = order->lines->len; i > 0; i--)
    {
      WbSbLine *line = order->lines->pdata[i - 1];

      if ((wb_sb_name_is_free (self, line->name) || self->charges_again)
          && (wb_sb_name_flags (line->name) & WB_SB_NAME_VANISHES) == 0)
        continue;
      g_ptr_array_insert (order->unavailable, 0, g_strdup (line->name));
      g_ptr_array_remove_index (order->lines, i - 1);
    }
  return order->lines->len > 0;
}

static JsonArray *
unavailable_to_json (WbSbOrder *order)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < order->unavailable->len; i++)
    json_array_add_string_element (array, order->unavailable->pdata[i]);
  return array;
}

static void
set_action (WbSbReply *reply)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *action = g_strconcat ("ACT_", uuid, NULL);

  json_object_set_string_member (reply->body, "actionId", action);
}

static WbSbReply *
created_reply (WbSbCall *call, WbSbOrder *order)
{
  guint status = call->form ? 201 : 200;
  JsonObject *data = json_object_new ();
  WbSbReply *reply;

  json_object_set_string_member (data, "orderId", order->id);
  json_object_set_array_member (data, "unavailableDomains", unavailable_to_json (order));
  reply = wb_sb_reply_new (status, order->paid ? QUEUED : "Order created successfully",
                           wb_sb_node (data));
  if (order->paid)
    set_action (reply);
  return reply;
}

WbSbReply *
wb_sb_create_order (WbSbCall *call)
{
  WbSandbox *self = call->self;
  WbSbReply *refusal = NULL;
  gboolean confirm = FALSE;
  WbSbOrder *order;

  if (call->endpoint->op == CMR_OP_CREATE_ORDER_MULTIPART && call->form == NULL)
    return wb_sb_refuse (400, "The request body is not a form");
  order = wb_sb_parse_order (call, &confirm, &refusal);
  if (order == NULL)
    return refusal;
  order->created_us = order->updated_us = wb_sb_clock_wall (&self->clock);
  if (!leave_out_unavailable (self, order))
    {
      wb_sb_order_free (order);
      return wb_sb_refuse (422, "None of the domains is available");
    }
  if ((confirm || call->fault == WB_FAULT_CONFIRM_IGNORED)
      && !wb_sb_charge (self, order, call->number, &refusal))
    {
      wb_sb_order_free (order);
      return refusal;
    }
  g_ptr_array_add (self->orders, order);
  if (order->paid)
    wb_sb_start_order (self, order);
  if (call->form != NULL)
    wb_sb_file_settle_pictures (self->file, call->number, order->id);
  return created_reply (call, order);
}

/* NULL with @refusal set: unknown, or another customer's. */
static WbSbOrder *
find_order (WbSbCall *call, const char *id, WbSbReply **refusal)
{
  GPtrArray *orders = call->self->orders;

  if (id == NULL)
    {
      wb_sb_no (refusal, 400, "Please provide an orderId");
      return NULL;
    }
  for (guint i = 0; i < orders->len; i++)
    {
      WbSbOrder *order = orders->pdata[i];

      if (!g_str_equal (order->id, id))
        continue;
      if (g_str_equal (order->customer_id, call->user_id))
        return order;
      wb_sb_no (refusal, 403, "Order does not belong to this user");
      return NULL;
    }
  wb_sb_no (refusal, 404, "The requested order does not exist.");
  return NULL;
}

/* What was free when the order was made may be someone's now: it is not charged. */
static gboolean
mark_gone (WbSandbox *self, WbSbOrder *order)
{
  guint gone = 0;

  for (guint i = 0; i < order->lines->len; i++)
    {
      WbSbLine *line = order->lines->pdata[i];

      line->gone = !wb_sb_name_is_free (self, line->name) && !self->charges_again;
      gone += line->gone;
    }
  return gone < order->lines->len;
}

WbSbReply *
wb_sb_process_order (WbSbCall *call)
{
  static const char *const members[] = { "orderId", NULL };
  WbSbReply *reply = NULL;
  JsonObject *body = wb_sb_body (call, &reply);
  JsonObject *data;
  const char *id;
  WbSbOrder *order;

  if (body == NULL || !wb_sb_only (body, members, "", &reply)
      || !wb_sb_text (body, "orderId", TRUE, &id, &reply))
    return reply;
  order = find_order (call, id, &reply);
  if (order == NULL)
    return reply;
  if (order->paid && !call->self->charges_again)
    return wb_sb_refuse (409, "Order has already been processed");
  if (!mark_gone (call->self, order))
    return wb_sb_refuse (422, "Domain is no longer available");
  if (!wb_sb_charge (call->self, order, call->number, &reply))
    return reply;
  wb_sb_start_order (call->self, order);
  data = json_object_new ();
  json_object_set_string_member (data, "orderId", order->id);
  reply = wb_sb_reply_new (200, "Order queued for processing", wb_sb_node (data));
  set_action (reply);
  return reply;
}

static JsonArray *
lines_to_json (WbSbOrder *order)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < order->lines->len; i++)
    {
      WbSbLine *line = order->lines->pdata[i];
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "domain", line->name);
      json_object_set_int_member (object, "years", line->years);
      if (line->status != NULL)
        json_object_set_string_member (object, "status", line->status);
      if (line->domain != NULL)
        json_object_set_string_member (object, "domainId", line->domain->id);
      if (line->reason != NULL)
        json_object_set_string_member (object, "reason", line->reason);
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonObject *
box_to_json (WbSbLine *line, WbSbBox *box)
{
  JsonObject *object = json_object_new ();
  g_autofree char *address = g_strconcat (box->username, "@", line->name, NULL);

  json_object_set_string_member (object, "email", address);
  if (box->status != NULL)
    json_object_set_string_member (object, "status", box->status);
  if (box->mailbox != NULL)
    json_object_set_string_member (object, "mailboxId", box->mailbox->id);
  if (box->reason != NULL)
    json_object_set_string_member (object, "reason", box->reason);
  return object;
}

static void
set_progress (JsonObject *object, WbSbOrder *order)
{
  JsonArray *boxes = json_array_new ();

  for (guint i = 0; i < order->lines->len; i++)
    {
      WbSbLine *line = order->lines->pdata[i];

      for (guint b = 0; b < line->boxes->len; b++)
        json_array_add_object_element (boxes, box_to_json (line, line->boxes->pdata[b]));
    }
  json_object_set_string_member (object, "orderId", order->id);
  json_object_set_string_member (object, "status", order->status);
  json_object_set_array_member (object, "domains", lines_to_json (order));
  json_object_set_array_member (object, "mailboxes", boxes);
}

WbSbReply *
wb_sb_get_order_status (WbSbCall *call)
{
  WbSbReply *refusal = NULL;
  WbSbOrder *order = find_order (call, wb_sb_query (call, "orderId"), &refusal);
  JsonObject *data;

  if (order == NULL)
    return refusal;
  data = json_object_new ();
  set_progress (data, order);
  if (order->reason != NULL)
    json_object_set_string_member (data, "reason", order->reason);
  return wb_sb_reply_new (200, "Order status fetched", wb_sb_node (data));
}

/* Neither price nor total: no public page promises that an answer states a charge. */
WbSbReply *
wb_sb_get_order (WbSbCall *call)
{
  WbSbReply *refusal = NULL;
  WbSbOrder *order = find_order (call, wb_sb_query (call, "orderId"), &refusal);
  JsonObject *data;

  if (order == NULL)
    return refusal;
  data = json_object_new ();
  set_progress (data, order);
  json_object_set_string_member (data, "userId", order->customer_id);
  wb_sb_set_time (data, "createdAt", order->created_us);
  wb_sb_set_time (data, "updatedAt", order->updated_us);
  json_object_set_string_member (data, "billingCycle", "MONTHLY");
  json_object_set_string_member (data, "serviceProvider", order->provider);
  json_object_set_boolean_member (data, "autoRenew", order->auto_renew);
  json_object_set_array_member (data, "unavailableDomains", unavailable_to_json (order));
  return wb_sb_reply_new (200, "Order fetched", wb_sb_node (data));
}
