// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "wb-answer-private.h"
#include "wb-outcome.h"

/* The one outcome table (design.md, Operations 4), and what answers tell. */

typedef enum { PAID, DESTRUCTIVE, FREE, FREE_ONCE, FORM_FREE, FORM_PAID, N_CALLS } Call;

/* Destructive and idempotent at once: destructive beats idempotent. */
static const struct {
  CmrOp op;
  gboolean paid;
} calls[N_CALLS] = {
  [PAID] = { CMR_OP_PROCESS_ORDER, TRUE },
  [DESTRUCTIVE] = { CMR_OP_DELETE_USER, FALSE },
  [FREE] = { CMR_OP_UPDATE_USER, FALSE },
  [FREE_ONCE] = { CMR_OP_CREATE_ORDER_JSON, FALSE },
  [FORM_FREE] = { CMR_OP_CREATE_ORDER_MULTIPART, FALSE },
  [FORM_PAID] = { CMR_OP_CREATE_ORDER_MULTIPART, TRUE },
};

#define ALL ((1u << N_CALLS) - 1)
#define ONLY(call) (1u << (call))
#define FORMS (ONLY (FORM_FREE) | ONLY (FORM_PAID))

typedef struct {
  const char *name;
  guint calls;
  CmrSent sent;
  guint status;
  gboolean names_it, stopped;
  WbState state;
  WbReason reason;
  gboolean again;
} Row;

#define NO FALSE
#define SENT CMR_SENT_ALL
#define SAID CMR_SENT_ANSWERED
#define NONE CMR_SENT_NOTHING

static const Row rows[] = {
  /* Not sent: nothing was carried out, whatever it was. */
  { "not-connected", ALL & ~ONLY (FREE), NONE, 0, NO, NO, WB_STATE_FAILED, WB_REASON_NOT_CONNECTED, NO },
  { "not-connected-repeatable", ONLY (FREE), NONE, 0, NO, NO, WB_STATE_FAILED, WB_REASON_NOT_CONNECTED, TRUE },
  { "stopped-before-the-end", ALL, NONE, 0, NO, TRUE, WB_STATE_CANCELLED, WB_REASON_STOPPED, NO },
  /* Handed over and no answer: unknown, and a Stop that came too late changes nothing. */
  { "cut", ALL, SENT, 0, NO, NO, WB_STATE_UNKNOWN, WB_REASON_CUT, NO },
  { "stopped-too-late", ALL, SENT, 0, NO, TRUE, WB_STATE_UNKNOWN, WB_REASON_CUT, NO },
  /* 2xx. */
  { "200", ALL, SAID, 200, TRUE, NO, WB_STATE_ACCEPTED, WB_REASON_NONE, NO },
  { "201", ALL, SAID, 201, TRUE, NO, WB_STATE_ACCEPTED, WB_REASON_NONE, NO },
  { "202-stopped-too-late", ALL, SAID, 202, TRUE, TRUE, WB_STATE_ACCEPTED, WB_REASON_NONE, NO },
  { "200-that-names-nothing", ALL, SAID, 200, NO, NO, WB_STATE_UNKNOWN, WB_REASON_ODD_ANSWER, NO },
  { "204-empty", ALL, SAID, 204, NO, NO, WB_STATE_UNKNOWN, WB_REASON_ODD_ANSWER, NO },
  /* Refusals. */
  { "400", ALL, SAID, 400, NO, NO, WB_STATE_FAILED, WB_REASON_REFUSED, NO },
  { "401", ALL, SAID, 401, NO, NO, WB_STATE_FAILED, WB_REASON_SIGNED_OUT, NO },
  { "402", ALL, SAID, 402, NO, NO, WB_STATE_FAILED, WB_REASON_FUNDS, NO },
  { "403", ALL, SAID, 403, NO, NO, WB_STATE_FAILED, WB_REASON_REFUSED, NO },
  { "404", ALL, SAID, 404, NO, NO, WB_STATE_FAILED, WB_REASON_GONE, NO },
  { "405", ALL, SAID, 405, NO, NO, WB_STATE_FAILED, WB_REASON_GONE, NO },
  { "409", ALL, SAID, 409, NO, NO, WB_STATE_FAILED, WB_REASON_REFUSED, NO },
  { "413", ALL, SAID, 413, NO, NO, WB_STATE_FAILED, WB_REASON_REFUSED, NO },
  { "415", ALL, SAID, 415, NO, NO, WB_STATE_FAILED, WB_REASON_REFUSED, NO },
  { "422", ALL, SAID, 422, NO, NO, WB_STATE_FAILED, WB_REASON_REFUSED, NO },
  { "429", ALL & ~ONLY (FREE), SAID, 429, NO, NO, WB_STATE_FAILED, WB_REASON_BUSY, NO },
  { "429-repeatable", ONLY (FREE), SAID, 429, NO, NO, WB_STATE_FAILED, WB_REASON_BUSY, TRUE },
  /* "404, 405 or 410 on the form": of any other call a 410 is everything else. */
  { "410-of-the-form", FORMS, SAID, 410, NO, NO, WB_STATE_FAILED, WB_REASON_GONE, NO },
  { "410", ALL & ~FORMS, SAID, 410, NO, NO, WB_STATE_UNKNOWN, WB_REASON_ODD_ANSWER, NO },
  /* Everything else. */
  { "301", ALL, SAID, 301, NO, NO, WB_STATE_UNKNOWN, WB_REASON_ODD_ANSWER, NO },
  { "302-with-a-body", ALL, SAID, 302, TRUE, NO, WB_STATE_UNKNOWN, WB_REASON_ODD_ANSWER, NO },
  { "307", ALL, SAID, 307, NO, NO, WB_STATE_UNKNOWN, WB_REASON_ODD_ANSWER, NO },
  { "408", ALL, SAID, 408, NO, NO, WB_STATE_UNKNOWN, WB_REASON_ODD_ANSWER, NO },
  { "418", ALL, SAID, 418, NO, NO, WB_STATE_UNKNOWN, WB_REASON_ODD_ANSWER, NO },
  { "499", ALL, SAID, 499, NO, NO, WB_STATE_UNKNOWN, WB_REASON_ODD_ANSWER, NO },
  { "500", ALL, SAID, 500, NO, NO, WB_STATE_UNKNOWN, WB_REASON_ODD_ANSWER, NO },
  { "502", ALL, SAID, 502, NO, NO, WB_STATE_UNKNOWN, WB_REASON_ODD_ANSWER, NO },
  { "503", ALL & ~ONLY (FREE), SAID, 503, NO, NO, WB_STATE_UNKNOWN, WB_REASON_ODD_ANSWER, NO },
  { "503-repeatable", ONLY (FREE), SAID, 503, NO, NO, WB_STATE_FAILED, WB_REASON_BUSY, TRUE },
  { "504", ALL, SAID, 504, NO, NO, WB_STATE_UNKNOWN, WB_REASON_ODD_ANSWER, NO },
  { "103", ALL, SAID, 103, NO, NO, WB_STATE_UNKNOWN, WB_REASON_ODD_ANSWER, NO },
};

static void
test_row (gconstpointer data)
{
  const Row *row = data;

  for (guint call = 0; call < N_CALLS; call++)
    {
      WbOutcome outcome;

      if (!(row->calls & ONLY (call)))
        continue;
      outcome = wb_outcome_decide (cmr_endpoint_get (calls[call].op), calls[call].paid, row->sent, row->status,
                                   row->names_it, row->stopped);
      g_assert_cmpint (outcome.state, ==, row->state);
      g_assert_cmpint (outcome.reason, ==, row->reason);
      g_assert_cmpint (outcome.again, ==, row->again);
    }
}

/* Over every endpoint and status: nothing that was handed over and not refused in so many words is called failed, and
 * nothing paid or destructive goes again by itself. */
static void
test_nothing_between (void)
{
  static const guint refusals[] = { 400, 401, 402, 403, 404, 405, 409, 413, 415, 422, 429 };

  for (guint op = 0; op < CMR_N_OPS; op++)
    for (guint status = 100; status < 600; status++)
      {
        const CmrEndpoint *endpoint = cmr_endpoint_get (op);
        gboolean risky = endpoint->paid != CMR_PAID_NEVER || (endpoint->flags & CMR_ENDPOINT_DESTRUCTIVE) != 0;
        WbOutcome outcome = wb_outcome_decide (endpoint, endpoint->paid != CMR_PAID_NEVER, SAID, status, FALSE, FALSE);
        gboolean refused = FALSE;

        for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
          refused |= refusals[i] == status;
        refused |= status == 410 && (endpoint->flags & CMR_ENDPOINT_MULTIPART);
        if (risky)
          g_assert_cmpint (outcome.state, ==, refused ? WB_STATE_FAILED : WB_STATE_UNKNOWN);
        if (risky || !(endpoint->flags & CMR_ENDPOINT_IDEMPOTENT))
          g_assert_false (outcome.again);
      }
}

/* What a 2xx tells */

typedef struct {
  const char *name;
  CmrOp op;
  const char *body;
  gboolean tells;
  const char *made_id, *left_out;
} Answer;

static const Answer answers[] = {
  { "order", CMR_OP_CREATE_ORDER_JSON, "{\"status\":200,\"message\":\"ok\",\"data\":{\"orderId\":\"A1\"}}", TRUE, "A1",
    NULL },
  { "order-id", CMR_OP_CREATE_ORDER_JSON, "{\"data\":{\"id\":\"A1\"}}", TRUE, "A1", NULL },
  { "order-number", CMR_OP_CREATE_ORDER_JSON, "{\"data\":{\"orderId\":17}}", TRUE, "17", NULL },
  { "order-wrapped", CMR_OP_CREATE_ORDER_JSON, "{\"data\":{\"order\":{\"orderId\":\"A1\"}}}", TRUE, "A1", NULL },
  { "order-beside", CMR_OP_CREATE_ORDER_JSON, "{\"message\":\"ok\",\"orderId\":\"A1\"}", TRUE, "A1", NULL },
  { "order-bare", CMR_OP_CREATE_ORDER_JSON, "{\"orderId\":\"A1\"}", TRUE, "A1", NULL },
  { "order-left-out", CMR_OP_CREATE_ORDER_MULTIPART,
    "{\"data\":{\"orderId\":\"A1\",\"unavailableDomains\":[\"B.example\",\"c.example\",3]}}", TRUE, "A1",
    "b.example c.example" },
  { "order-without-id", CMR_OP_CREATE_ORDER_JSON, "{\"status\":200,\"message\":\"ok\",\"data\":{}}", FALSE, NULL,
    NULL },
  { "order-empty-id", CMR_OP_CREATE_ORDER_JSON, "{\"data\":{\"orderId\":\"\"}}", FALSE, NULL, NULL },
  { "order-null", CMR_OP_CREATE_ORDER_JSON, "{\"status\":200,\"message\":\"ok\",\"data\":null}", FALSE, NULL, NULL },
  { "order-list", CMR_OP_CREATE_ORDER_JSON, "{\"status\":200,\"message\":\"ok\",\"data\":[[]]}", FALSE, NULL, NULL },
  { "order-refused-inside", CMR_OP_CREATE_ORDER_JSON,
    "{\"status\":402,\"message\":\"low\",\"data\":{\"orderId\":\"A1\"}}", FALSE, NULL, NULL },
  { "order-not-a-success", CMR_OP_CREATE_ORDER_JSON, "{\"success\":false,\"data\":{\"orderId\":\"A1\"}}", FALSE, NULL,
    NULL },
  { "order-status-text", CMR_OP_CREATE_ORDER_JSON, "{\"status\":\"500\",\"data\":{\"orderId\":\"A1\"}}", FALSE, NULL,
    NULL },
  { "order-status-word", CMR_OP_CREATE_ORDER_JSON, "{\"status\":\"success\",\"data\":{\"orderId\":\"A1\"}}", TRUE, "A1",
    NULL },
  { "html", CMR_OP_CREATE_ORDER_JSON, "<html>orderId</html>", FALSE, NULL, NULL },
  { "half", CMR_OP_CREATE_ORDER_JSON, "{\"data\":{\"orderId\":\"A1\"", FALSE, NULL, NULL },
  { "nothing", CMR_OP_CREATE_ORDER_JSON, "", FALSE, NULL, NULL },
  { "customer", CMR_OP_CREATE_USER, "{\"data\":{\"id\":\"U1\"}}", TRUE, "U1", NULL },
  { "customer-user-id", CMR_OP_CREATE_USER, "{\"data\":{\"userId\":\"U1\"}}", TRUE, "U1", NULL },
  { "customer-without-id", CMR_OP_CREATE_USER, "{\"status\":200,\"message\":\"User created\"}", FALSE, NULL, NULL },
  { "paid", CMR_OP_PROCESS_ORDER, "{\"status\":200,\"message\":\"queued\",\"data\":{\"orderId\":\"T1\"}}", TRUE, NULL,
    NULL },
  { "paid-bare", CMR_OP_PROCESS_ORDER, "{\"status\":200,\"message\":\"queued\"}", TRUE, NULL, NULL },
  { "paid-another", CMR_OP_PROCESS_ORDER, "{\"status\":200,\"message\":\"queued\",\"data\":{\"orderId\":\"T2\"}}",
    FALSE, NULL, NULL },
  { "paid-refused-inside", CMR_OP_PROCESS_ORDER, "{\"status\":402,\"message\":\"Insufficient\",\"data\":null}", FALSE,
    NULL, NULL },
  { "paid-nothing", CMR_OP_PROCESS_ORDER, "{}", FALSE, NULL, NULL },
  { "paid-number", CMR_OP_PROCESS_ORDER, "1", FALSE, NULL, NULL },
  { "deleted", CMR_OP_DELETE_USER, "{\"status\":200,\"message\":\"User deleted\"}", TRUE, NULL, NULL },
};

static void
test_answer (gconstpointer data)
{
  const Answer *row = data;
  g_autoptr (GBytes) body = g_bytes_new_static (row->body, strlen (row->body));
  g_autoptr (WbAnswer) answer = wb_answer_read (row->op, "T1", body);

  g_assert_cmpint (answer->tells, ==, row->tells);
  if (row->tells)
    g_assert_cmpstr (answer->made_id, ==, row->made_id);
  g_assert_cmpstr (answer->left_out, ==, row->left_out);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/outcome/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/outcome/nothing-between", test_nothing_between);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *path = g_strconcat ("/outcome/answer/", answers[i].name, NULL);

      g_test_add_data_func (path, &answers[i], test_answer);
    }
  return g_test_run ();
}
