// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-sandbox-private.h"

/* {status, message, data}; data left out when @data is NULL, as user deletion does. */
WbSbReply *
wb_sb_reply_new (guint status, const char *message, JsonNode *data)
{
  WbSbReply *reply = g_new0 (WbSbReply, 1);

  reply->status = status;
  reply->body = json_object_new ();
  json_object_set_int_member (reply->body, "status", status);
  json_object_set_string_member (reply->body, "message", message);
  if (data != NULL)
    json_object_set_member (reply->body, "data", data);
  return reply;
}

static WbSbReply *
refuse_v (guint status, const char *format, va_list args)
{
  g_autofree char *message = g_strdup_vprintf (format, args);

  return wb_sb_reply_new (status, message, json_node_new (JSON_NODE_NULL));
}

WbSbReply *
wb_sb_refuse (guint status, const char *format, ...)
{
  WbSbReply *reply;
  va_list args;

  va_start (args, format);
  reply = refuse_v (status, format, args);
  va_end (args);
  return reply;
}

/* For checks: sets the refusal and answers FALSE. */
gboolean
wb_sb_no (WbSbReply **refusal, guint status, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  *refusal = refuse_v (status, format, args);
  va_end (args);
  return FALSE;
}

void
wb_sb_reply_free (WbSbReply *reply)
{
  json_object_unref (reply->body);
  g_free (reply);
}

JsonNode *
wb_sb_node (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

JsonNode *
wb_sb_node_array (JsonArray *array)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, array);
  return node;
}

void
wb_sb_set_money (JsonObject *object, const char *member, gint64 cents)
{
  json_object_set_double_member (object, member, (double) cents / 100.0);
}

void
wb_sb_set_time (JsonObject *object, const char *member, gint64 wall_us)
{
  g_autofree char *text = wb_sb_time_text (wall_us);

  json_object_set_string_member (object, member, text);
}
