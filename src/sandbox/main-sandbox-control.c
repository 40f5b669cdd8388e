// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "main-sandbox-control.h"

#include <string.h>

#include "cmr-object.h"
#include "wb-sandbox-private.h"

/* NULL: the body was not understood. */
typedef char *(*Action) (WbSandbox *sandbox, JsonObject *body);

static gboolean
has_number (JsonObject *body, const char *member)
{
  JsonNode *node = json_object_get_member (body, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
         && (json_node_get_value_type (node) == G_TYPE_INT64
             || json_node_get_value_type (node) == G_TYPE_DOUBLE);
}

static const char *
text_of (JsonObject *body, const char *member)
{
  JsonNode *node = json_object_get_member (body, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static char *
add_fault (WbSandbox *sandbox, JsonObject *body)
{
  WbFault fault = { .operation = text_of (body, "operation"), .times = 1 };

  fault.kind = wb_sb_fault_from_name (text_of (body, "kind"));
  if (fault.kind == WB_FAULT_NONE || fault.kind == WB_N_FAULTS
      || (fault.operation != NULL && cmr_endpoint_find (fault.operation) == NULL))
    return NULL;
  if (has_number (body, "value"))
    fault.value = (int) json_object_get_int_member (body, "value");
  if (has_number (body, "times"))
    fault.times = (guint) CLAMP (json_object_get_int_member (body, "times"), 0, G_MAXINT);
  wb_sandbox_add_fault (sandbox, &fault);
  return g_strdup ("{}");
}

static char *
clear_faults (WbSandbox *sandbox, JsonObject *body)
{
  wb_sandbox_clear_faults (sandbox);
  return g_strdup ("{}");
}

static char *
reset (WbSandbox *sandbox, JsonObject *body)
{
  wb_sandbox_reset (sandbox);
  return g_strdup ("{}");
}

static char *
set_wallet (WbSandbox *sandbox, JsonObject *body)
{
  if (!has_number (body, "cents"))
    return NULL;
  wb_sandbox_set_wallet (sandbox, json_object_get_int_member (body, "cents"));
  return g_strdup ("{}");
}

static char *
set_speed (WbSandbox *sandbox, JsonObject *body)
{
  if (!has_number (body, "speed"))
    return NULL;
  wb_sandbox_set_speed (sandbox, MAX (json_object_get_double_member (body, "speed"), 0));
  return g_strdup ("{}");
}

static char *
set_latency (WbSandbox *sandbox, JsonObject *body)
{
  if (!has_number (body, "ms"))
    return NULL;
  wb_sandbox_set_latency (sandbox, (guint) CLAMP (json_object_get_int_member (body, "ms"), 0, 60000));
  return g_strdup ("{}");
}

static char *
move_clock (WbSandbox *sandbox, JsonObject *body)
{
  if (!has_number (body, "seconds"))
    return NULL;
  wb_sandbox_move_clock (sandbox, json_object_get_int_member (body, "seconds"));
  return g_strdup ("{}");
}

static char *
get_ledger (WbSandbox *sandbox, JsonObject *body)
{
  return wb_sandbox_dup_ledger (sandbox);
}

static char *
get_pictures (WbSandbox *sandbox, JsonObject *body)
{
  return wb_sandbox_dup_pictures (sandbox);
}

static char *
get_counts (WbSandbox *sandbox, JsonObject *body)
{
  JsonObject *counts = json_object_new ();
  JsonObject *operations = json_object_new ();
  g_autoptr (JsonNode) node = wb_sb_node (counts);

  json_object_set_int_member (counts, "requests", wb_sandbox_count_requests (sandbox, NULL));
  json_object_set_int_member (counts, "writes", wb_sandbox_count_writes (sandbox));
  json_object_set_int_member (counts, "charges", wb_sandbox_count_charges (sandbox));
  json_object_set_int_member (counts, "wallet", wb_sandbox_get_wallet (sandbox));
  for (guint op = 0; op < CMR_N_OPS; op++)
    {
      const char *id = cmr_endpoint_get ((CmrOp) op)->id;
      guint n = wb_sandbox_count_requests (sandbox, id);

      if (n > 0)
        json_object_set_int_member (operations, id, n);
    }
  json_object_set_object_member (counts, "operations", operations);
  return json_to_string (node, FALSE);
}

static const struct { const char *method; const char *path; Action action; } actions[] = {
  { "POST", "/fault", add_fault },   { "POST", "/clear", clear_faults },
  { "POST", "/reset", reset },       { "POST", "/wallet", set_wallet },
  { "POST", "/speed", set_speed },   { "POST", "/latency", set_latency },
  { "POST", "/clock", move_clock },  { "GET", "/ledger", get_ledger },
  { "GET", "/pictures", get_pictures }, { "GET", "/counts", get_counts },
};

/* An object always; NULL when the body is something else. */
static JsonObject *
read_body (SoupServerMessage *msg)
{
  g_autoptr (GBytes) bytes = soup_message_body_flatten (soup_server_message_get_request_body (msg));
  g_autoptr (JsonNode) node = NULL;

  if (g_bytes_get_size (bytes) == 0)
    return json_object_new ();
  node = cmr_json_parse (bytes, NULL);
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_dup_object (node) : NULL;
}

static void
on_request (SoupServer *server, SoupServerMessage *msg, const char *path, GHashTable *query,
            gpointer sandbox)
{
  const char *method = soup_server_message_get_method (msg);
  const char *message;
  guint status = wb_sb_gate (msg, wb_sandbox_control_get_port (server), &message);
  g_autofree char *answer = NULL;

  if (status == 0)
    status = 404;
  for (guint i = 0; status == 404 && i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (actions[i].method, method) && g_str_equal (actions[i].path, path))
      {
        g_autoptr (JsonObject) body = read_body (msg);

        answer = body != NULL ? actions[i].action (sandbox, body) : NULL;
        status = answer != NULL ? 200 : 400;
      }
  soup_server_message_set_status (msg, status, NULL);
  if (answer != NULL)
    soup_server_message_set_response (msg, "application/json", SOUP_MEMORY_COPY, answer, strlen (answer));
}

/**
 * wb_sandbox_control_new:
 * @sandbox: what is steered; must outlive the server
 * @port: 0 for any free one
 *
 * Returns: (transfer full): a server that listens on the loopback, or %NULL with @error
 */
SoupServer *
wb_sandbox_control_new (WbSandbox *sandbox, guint16 port, GError **error)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, port);
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);

  soup_server_add_handler (server, NULL, on_request, sandbox, NULL);
  if (!soup_server_listen (server, address, 0, error))
    return NULL;
  return g_steal_pointer (&server);
}

guint16
wb_sandbox_control_get_port (SoupServer *control)
{
  g_autoslist (GUri) uris = soup_server_get_uris (control);

  return (guint16) g_uri_get_port (uris->data);
}
