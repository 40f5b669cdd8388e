// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-sandbox-private.h"

#include <string.h>

typedef enum {
  ANYONE,    /* partner scope */
  ANY_ID,    /* userId needed, but an unknown one gives an empty list */
  OWN_ID,    /* userId needed and known */
  MAYBE_ID,  /* may come along, and is known then */
} Scope;

typedef struct {
  CmrOp op;
  Scope scope;
  WbSbReply *(*handler) (WbSbCall *call);
} Route;

static const Route routes[] = {
  { CMR_OP_LIST_USERS, ANYONE, wb_sb_list_users },
  { CMR_OP_GET_USER, OWN_ID, wb_sb_get_user },
  { CMR_OP_CREATE_USER, ANYONE, wb_sb_create_user },
  { CMR_OP_UPDATE_USER, OWN_ID, wb_sb_update_user },
  { CMR_OP_DELETE_USER, OWN_ID, wb_sb_delete_user },
  { CMR_OP_LIST_COUNTRIES, ANYONE, wb_sb_list_countries },
  { CMR_OP_LIST_STATES, ANYONE, wb_sb_list_states },
  { CMR_OP_LIST_DOMAINS, ANY_ID, wb_sb_list_domains },
  { CMR_OP_SUGGEST_DOMAINS, OWN_ID, wb_sb_suggest },
  { CMR_OP_CHECK_DOMAIN_AVAILABLE, OWN_ID, wb_sb_check_available },
  { CMR_OP_CHECK_WORKSPACE, MAYBE_ID, wb_sb_check_workspace },
  { CMR_OP_GET_WALLET, ANYONE, wb_sb_get_wallet },
  { CMR_OP_GET_ORDER, OWN_ID, wb_sb_get_order },
  { CMR_OP_CREATE_ORDER_MULTIPART, OWN_ID, wb_sb_create_order },
  { CMR_OP_GET_ORDER_STATUS, OWN_ID, wb_sb_get_order_status },
  { CMR_OP_CREATE_ORDER_JSON, OWN_ID, wb_sb_create_order },
  { CMR_OP_PROCESS_ORDER, OWN_ID, wb_sb_process_order },
  { CMR_OP_LIST_ALL_MAILBOXES, ANYONE, wb_sb_list_all_mailboxes },
  { CMR_OP_LIST_MAILBOXES, ANY_ID, wb_sb_list_mailboxes },
  { CMR_OP_GET_MAILBOX, MAYBE_ID, wb_sb_get_mailbox },
  { CMR_OP_LIST_SUBSCRIPTIONS, ANYONE, wb_sb_list_subscriptions },
};

const char *
wb_sb_query (WbSbCall *call, const char *name)
{
  const char *value = call->query ? g_hash_table_lookup (call->query, name) : NULL;

  return value != NULL && *value != '\0' ? value : NULL;
}

static gboolean
check_scope (WbSbCall *call, Scope scope, WbSbReply **refusal)
{
  call->user_id = wb_sb_query (call, "userId");
  if (call->user_id != NULL)
    call->customer = wb_sb_find_customer (call->self, call->user_id);
  if (scope == ANYONE || (scope == MAYBE_ID && call->user_id == NULL))
    return TRUE;
  if (call->user_id == NULL)
    return wb_sb_no (refusal, 400, "Please provide a userId");
  if (call->customer == NULL && scope != ANY_ID)
    return wb_sb_no (refusal, 404, "The requested user does not exist.");
  return TRUE;
}

WbSbReply *
wb_sb_dispatch (WbSbCall *call)
{
  WbSbReply *refusal = NULL;

  wb_sb_advance (call->self);
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    if (routes[i].op == call->endpoint->op)
      return check_scope (call, routes[i].scope, &refusal) ? routes[i].handler (call) : refusal;
  return wb_sb_refuse (501, "The sandbox does not do %s yet", call->endpoint->id);
}

gboolean
wb_sb_contains (const char *text, const char *part)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_autofree char *wanted = g_utf8_casefold (part, -1);

  return strstr (folded, wanted) != NULL;
}

static gboolean
query_number (WbSbCall *call, const char *name, guint64 most, guint64 fallback, guint64 *value,
              WbSbReply **refusal)
{
  const char *text = wb_sb_query (call, name);

  *value = fallback;
  if (text == NULL || g_ascii_string_to_unsigned (text, 10, 1, most, value, NULL))
    return TRUE;
  return wb_sb_no (refusal, 400, "%s must be a number from 1 to %" G_GUINT64_FORMAT, name, most);
}

static JsonObject *
pagination (guint total, guint64 page, guint64 limit)
{
  JsonObject *object = json_object_new ();
  guint64 pages = MAX (1, (total + limit - 1) / limit);

  json_object_set_int_member (object, "totalSearchedCount", total);
  json_object_set_int_member (object, "currentPage", (gint64) page);
  if (page < pages)
    json_object_set_int_member (object, "nextPage", (gint64) page + 1);
  else
    json_object_set_null_member (object, "nextPage");
  json_object_set_int_member (object, "totalPages", (gint64) pages);
  return object;
}

WbSbReply *
wb_sb_page (WbSbCall *call, GPtrArray *rows, WbSbRowFilter filter, WbSbRowFunc to_json,
            const char *member, const char *message)
{
  guint64 page, limit;
  guint total = 0;
  WbSbReply *refusal = NULL;
  const char *contains = wb_sb_query (call, "contains");
  JsonArray *list;
  JsonObject *data;

  if (!query_number (call, "page", G_MAXINT32, 1, &page, &refusal)
      || !query_number (call, "limit", 100, 20, &limit, &refusal))
    return refusal;
  if (contains != NULL && strlen (contains) > 253)
    return wb_sb_refuse (400, "contains must be shorter than or equal to 253 characters");
  list = json_array_new ();
  for (guint i = 0; i < rows->len; i++)
    if (filter (call, rows->pdata[i]))
      {
        if (total >= (page - 1) * limit && total < page * limit)
          json_array_add_object_element (list, to_json (call->self, rows->pdata[i]));
        total++;
      }
  data = json_object_new ();
  json_object_set_array_member (data, member, list);
  json_object_set_object_member (data, "pagination", pagination (total, page, limit));
  return wb_sb_reply_new (200, message, wb_sb_node (data));
}
