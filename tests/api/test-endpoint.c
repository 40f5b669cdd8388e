// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The table of all calls, what they become on the wire, and what a status means. That the table says what
// the published description says is the contract suite's matter.

#include <string.h>

#include "cmr-call-private.h"
#include "cmr-error.h"

static void
test_table (void)
{
  for (guint op = 0; op < CMR_N_OPS; op++)
    {
      const CmrEndpoint *endpoint = cmr_endpoint_get (op);

      g_test_message ("%s", endpoint->id);
      g_assert_cmpint (endpoint->op, ==, op);
      g_assert_true (cmr_endpoint_find (endpoint->id) == endpoint);
      g_assert_true (cmr_endpoint_match (endpoint->method, endpoint->path) == endpoint);
      g_assert_true (endpoint->path[0] == '/' && !g_str_has_suffix (endpoint->path, "/"));
      g_assert_cmpint (cmr_endpoint_reads (op), ==, (endpoint->flags & CMR_ENDPOINT_READS) != 0);
      if (endpoint->inverse != CMR_OP_NONE)
        g_assert_false (cmr_endpoint_reads (op) || cmr_endpoint_reads (endpoint->inverse));
    }
  g_assert_null (cmr_endpoint_find ("no_such_call"));
  g_assert_null (cmr_endpoint_match ("GET", "/no/such/path"));
  g_assert_null (cmr_endpoint_match ("TRACE", "/users"));
}

/* What the journal, the read-only lock and the tries rest on. */
static void
test_flags (void)
{
  const CmrEndpointFlags harm
      = CMR_ENDPOINT_SCHEDULES_SPEND | CMR_ENDPOINT_DESTRUCTIVE | CMR_ENDPOINT_ASYNC;

  for (guint op = 0; op < CMR_N_OPS; op++)
    {
      const CmrEndpoint *endpoint = cmr_endpoint_get (op);
      gboolean reads = cmr_endpoint_reads (op);

      g_test_message ("%s", endpoint->id);
      if (reads)
        g_assert_cmpint (endpoint->flags & harm, ==, 0);
      if (reads)
        g_assert_cmpint (endpoint->paid, ==, CMR_PAID_NEVER);
      else
        g_assert_cmpstr (endpoint->method, !=, "GET");
      if (endpoint->flags & CMR_ENDPOINT_PAGED)
        g_assert_true (reads && strstr (endpoint->params, "page limit") != NULL);
      /* Paid and destructive beat idempotent; the table must not promise what is never done. */
      if (endpoint->paid != CMR_PAID_NEVER)
        g_assert_cmpint (endpoint->flags & CMR_ENDPOINT_IDEMPOTENT, ==, 0);
      g_assert_cmpint ((endpoint->flags & CMR_ENDPOINT_NEEDS_TARGETS) != 0, ==,
                       endpoint->targets != NULL);
      if (endpoint->targets != NULL)
        g_assert_cmpstr (endpoint->method, !=, "GET");
    }
}

/* The service takes an empty list for all. */
static void
test_targets (void)
{
  static const struct {
    CmrOp op;
    const char *json;
    gboolean good;
  } rows[] = {
    { CMR_OP_RECREATE_SUBSCRIPTIONS, "{\"subscriptionIds\":[\"S1\"]}", TRUE },
    { CMR_OP_RECREATE_SUBSCRIPTIONS, "{\"domainNames\":[\"a.example\"]}", TRUE },
    { CMR_OP_RECREATE_SUBSCRIPTIONS, "{\"subscriptionIds\":[]}", FALSE },
    { CMR_OP_RECREATE_SUBSCRIPTIONS, "{\"subscriptionIds\":[],\"domainNames\":[\"a.example\"]}",
      FALSE },
    { CMR_OP_RECREATE_SUBSCRIPTIONS, "{}", FALSE },
    { CMR_OP_RENEW_SUBSCRIPTIONS, "{\"subscriptionIds\":[\"S1\",null]}", FALSE },
    { CMR_OP_CREATE_ORDER_JSON,
      "{\"domains\":[{\"domain\":\"a.example\"}],\"mailboxes\":{\"a.example\":[]}}", TRUE },
    { CMR_OP_CREATE_ORDER_JSON, "{\"domains\":[{\"domain\":\"a.example\"}],\"mailboxes\":{}}",
      FALSE },
    { CMR_OP_CREATE_ORDER_JSON, "{\"domains\":[],\"mailboxes\":{\"a.example\":[]}}", FALSE },
    { CMR_OP_UPDATE_MAILBOXES, "{\"mailboxData\":{\"mailboxId\":\"M1\"}}", TRUE },
    { CMR_OP_UPDATE_MAILBOXES, "{\"mailboxData\":[{}]}", FALSE },
    { CMR_OP_UPDATE_MAILBOXES, "not json", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (CmrCall) call = cmr_call_new (rows[i].op);
      g_autoptr (GBytes) json = g_bytes_new_static (rows[i].json, strlen (rows[i].json));
      g_autoptr (GError) error = NULL;

      if (strstr (cmr_endpoint_get (rows[i].op)->params, "userId!") != NULL)
        cmr_call_set_param (call, "userId", "U1");
      cmr_call_set_json (call, json);
      g_test_message ("%s %s", cmr_endpoint_get (rows[i].op)->id, rows[i].json);
      g_assert_cmpint (cmr_call_check (call, &error), ==, rows[i].good);
      g_assert_cmpint (error != NULL, ==, !rows[i].good);
    }
}

static void
test_addresses (void)
{
  g_autoptr (CmrCall) list = cmr_call_new (CMR_OP_LIST_MAILBOXES);
  g_autofree char *all = NULL;
  g_autofree char *without = NULL;
  g_autofree char *elsewhere = NULL;

  /* The order of the table, whatever order they were set in; empty ones are left out. */
  cmr_call_set_param (list, "contains", "a&b=c+d e/ü😀");
  cmr_call_set_param (list, "limit", "100");
  cmr_call_set_param (list, "page", "");
  cmr_call_set_param (list, "userId", "U1");
  all = cmr_call_dup_target (list);
  g_assert_cmpstr (
      all, ==,
      "/mailboxes/single?userId=U1&limit=100&contains=a%26b%3Dc%2Bd%20e%2F%C3%BC%F0%9F%98%80");
  cmr_call_set_param (list, "contains", NULL);
  without = cmr_call_dup_target (list);
  g_assert_cmpstr (without, ==, "/mailboxes/single?userId=U1&limit=100");
  elsewhere = cmr_call_dup_target_at (list, "/v2/boxes");
  g_assert_cmpstr (elsewhere, ==, "/v2/boxes?userId=U1&limit=100");
}

static void
test_confirm (void)
{
  static const struct {
    const char *json;
    gboolean paid;
  } rows[] = {
    { "{\"confirm\":true}", TRUE },
    { "{\"confirm\":false}", FALSE },
    { "{}", FALSE },
    { "{\"confirm\":null}", FALSE },
    { "{\"confirm\":\"false\"}", TRUE },
    { "{\"confirm\":0}", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (CmrCall) call = cmr_call_new (CMR_OP_CREATE_ORDER_JSON);
      g_autoptr (GBytes) json = g_bytes_new_static (rows[i].json, strlen (rows[i].json));

      cmr_call_set_json (call, json);
      /* What a server may take for yes is a yes, whatever the caller meant. */
      g_assert_cmpint (cmr_call_is_paid (call), ==, rows[i].paid);
    }
}

static void
test_statuses (void)
{
  static const struct {
    guint status;
    CmrError code;
  } rows[] = {
    { 400, CMR_ERROR_INVALID },   { 401, CMR_ERROR_SIGNED_OUT }, { 402, CMR_ERROR_FUNDS },
    { 403, CMR_ERROR_DENIED },    { 404, CMR_ERROR_NOT_FOUND },  { 405, CMR_ERROR_NOT_FOUND },
    { 406, CMR_ERROR_PROTOCOL },  { 408, CMR_ERROR_TROUBLE },    { 409, CMR_ERROR_CONFLICT },
    { 410, CMR_ERROR_NOT_FOUND }, { 413, CMR_ERROR_INVALID },    { 415, CMR_ERROR_INVALID },
    { 418, CMR_ERROR_PROTOCOL },  { 421, CMR_ERROR_PROTOCOL },   { 422, CMR_ERROR_INVALID },
    { 429, CMR_ERROR_BUSY },      { 499, CMR_ERROR_PROTOCOL },   { 500, CMR_ERROR_TROUBLE },
    { 501, CMR_ERROR_TROUBLE },   { 502, CMR_ERROR_TROUBLE },    { 503, CMR_ERROR_TROUBLE },
    { 504, CMR_ERROR_TROUBLE },   { 599, CMR_ERROR_TROUBLE },    { 301, CMR_ERROR_PROTOCOL },
    { 308, CMR_ERROR_PROTOCOL },  { 0, CMR_ERROR_PROTOCOL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%u", rows[i].status);
      g_assert_cmpint (cmr_error_from_status (rows[i].status), ==, rows[i].code);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/endpoint/table/each-once", test_table);
  g_test_add_func ("/endpoint/flags/make-sense-together", test_flags);
  g_test_add_func ("/endpoint/targets/none-empty", test_targets);
  g_test_add_func ("/call/address/encoded-in-the-order-of-the-table", test_addresses);
  g_test_add_func ("/call/paid/by-what-the-body-says", test_confirm);
  g_test_add_func ("/error/from-status", test_statuses);
  return g_test_run ();
}
