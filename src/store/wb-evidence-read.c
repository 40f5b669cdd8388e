// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-evidence-private.h"

#include "wb-walk-private.h"

/* One finding: what is read for it and what it says. Lists are read to their end: a name on the second page is as
 * owned as one on the first. */

/* Clocks differ although the service's is known; a domain's time may be a day without an hour. */
#define CLOCK_SLACK (10 * 60 * G_USEC_PER_SEC)
#define DAY (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC)

static WbFinding *
add_finding (WbEvidenceCheck *check, WbFindingKind kind, const char *subject)
{
  WbFinding *finding = g_new0 (WbFinding, 1);

  finding->kind = kind;
  finding->subject = g_strdup (subject);
  finding->word = g_strdup ("");
  finding->asked_at = g_get_real_time ();
  finding->says = WB_VERDICT_OPEN;
  g_ptr_array_add (check->evidence->findings, finding);
  return finding;
}

static void
set_word (WbFinding *finding, const char *subject, const char *word, WbVerdict says)
{
  g_free (finding->subject);
  g_free (finding->word);
  finding->subject = g_strdup (subject);
  finding->word = g_strdup (*word != '\0' ? word : "there");
  finding->readable = TRUE;
  finding->says = says;
}

/* Lists */

static gboolean
was_before (const WbEvidenceCheck *check, gint64 time)
{
  gint64 sent_at = check->asked->sent_at + check->skew;

  if (time == 0)
    return FALSE;
  return time < sent_at - (time % DAY == 0 ? DAY : CLOCK_SLACK);
}

/* It was there before, or is as likely another order's: it says nothing of this one. */
static gboolean
is_somebody_elses (const WbEvidenceCheck *check, CmrObject *row, const char *name)
{
  gboolean mailbox = cmr_object_get_resource (row) == &cmr_mailbox_resource;
  const char *order = mailbox ? cmr_object_get_text (row, "order-id") : "";
  const char *ours = wb_operation_get_op (check->operation) == CMR_OP_PROCESS_ORDER
                         ? wb_operation_get_target (check->operation)
                         : "";

  if (*order != '\0' && *ours != '\0')
    return !g_str_equal (order, ours);
  return g_hash_table_contains (check->asked->elsewhere, name)
         || was_before (check, cmr_object_get_time (row, mailbox ? "created-at" : "registered-on"));
}

static gboolean
see_name (CmrObject *row, gpointer data)
{
  WbEvidenceCheck *check = data;
  gboolean mailbox = cmr_object_get_resource (row) == &cmr_mailbox_resource;
  g_autofree char *name = g_ascii_strdown (cmr_object_get_text (row, mailbox ? "email" : "domain-name"), -1);
  GPtrArray *wanted = mailbox ? check->asked->addresses : check->asked->domains;
  gboolean proves;

  if (!g_ptr_array_find_with_equal_func (wanted, name, g_str_equal, NULL))
    return TRUE;
  proves = !is_somebody_elses (check, row, name);
  set_word (check->finding, name, cmr_object_get_text (row, "status"), proves ? WB_VERDICT_DONE : WB_VERDICT_OPEN);
  return !proves;
}

static gboolean
see_customer (CmrObject *row, gpointer data)
{
  WbEvidenceCheck *check = data;
  const char *email = wb_operation_get_target (check->operation);
  gboolean before = was_before (check, cmr_object_get_time (row, "created-at"));

  if (g_ascii_strcasecmp (cmr_object_get_text (row, "email"), email) != 0)
    return TRUE;
  set_word (check->finding, email, cmr_object_get_text (row, "user-id"), before ? WB_VERDICT_OPEN : WB_VERDICT_DONE);
  if (!before)
    wb_operation_set_answer (check->operation, wb_operation_get_status (check->operation), NULL, check->finding->word);
  return before;
}

static void
walked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WbEvidenceCheck *check = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean whole = FALSE;

  if (!wb_walk_finish (result, &whole, &error))
    {
      /* What was met before the read broke off stays; that something is absent cannot be said. */
      g_task_return_error (task, error);
      return;
    }
  if (!check->finding->readable && whole)
    {
      check->finding->readable = TRUE;
      check->finding->says = WB_VERDICT_LIKELY_NOT;
    }
  g_task_return_boolean (task, TRUE);
}

static void
walk (GTask *task, CmrClient *client, CmrOp op, WbWalkRow row)
{
  WbEvidenceCheck *check = g_task_get_task_data (task);
  const WbWalk how = {
    .op = op,
    .customer_id = op != CMR_OP_LIST_USERS ? check->asked->customer : NULL,
    .priority = CMR_PRIORITY_DUE,
    .row = row,
    .data = check,
  };

  wb_walk_async (client, &how, g_task_get_cancellable (task), walked_cb, task);
}

/* Single answers */

static void
see_order (WbEvidenceCheck *check, GBytes *body, GError **error)
{
  g_autoptr (CmrObject) order = cmr_reply_parse_named (cmr_endpoint_get (CMR_OP_GET_ORDER_STATUS), body,
                                                        wb_operation_get_target (check->operation), error);
  const char *word = order != NULL ? cmr_object_get_text (order, "status") : "";

  if (*word != '\0')
    set_word (check->finding, wb_operation_get_target (check->operation), word, wb_evidence_read_order_word (word));
}

/* Another operation may have moved it: a movement alone proves nothing, its absence is only absence. */
static void
see_wallet (WbEvidenceCheck *check, GBytes *body, GError **error)
{
  g_autoptr (CmrObject) wallet = cmr_reply_parse_one (cmr_endpoint_get (CMR_OP_GET_WALLET), body, error);
  gint64 before = check->asked->wallet_before, stake = wb_operation_get_cents (check->operation);
  WbFinding *finding = check->finding;

  if (wallet == NULL || !cmr_object_has (wallet, "balance") || before == CMR_MONEY_UNKNOWN)
    return;
  finding->readable = TRUE;
  finding->cents = before - cmr_object_get_cents (wallet, "balance");
  if (finding->cents == 0)
    finding->says = WB_VERDICT_LIKELY_NOT;
  else if (stake > 0 && finding->cents == stake && !check->asked->others)
    finding->says = WB_VERDICT_LIKELY_DONE;
}

static void
single_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WbEvidenceCheck *check = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) body = cmr_client_read_finish (CMR_CLIENT (source), result, &error);

  if (body != NULL && check->finding->kind == WB_FINDING_WALLET)
    see_wallet (check, body, &error);
  else if (body != NULL)
    see_order (check, body, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
read_single (GTask *task, CmrClient *client, CmrOp op)
{
  WbEvidenceCheck *check = g_task_get_task_data (task);
  g_autoptr (CmrCall) call = cmr_call_new (op);

  cmr_call_set_priority (call, CMR_PRIORITY_DUE);
  if (op == CMR_OP_GET_ORDER_STATUS)
    {
      cmr_call_set_param (call, "userId", check->asked->customer);
      cmr_call_set_param (call, "orderId", wb_operation_get_target (check->operation));
    }
  cmr_client_read_async (client, call, g_task_get_cancellable (task), single_cb, task);
}

/* The first name stands for all in a finding that met none. */
static const char *
subject_of (const WbEvidenceCheck *check, WbFindingKind kind)
{
  GPtrArray *wanted = kind == WB_FINDING_DOMAIN_OWNED ? check->asked->domains : check->asked->addresses;

  if (kind == WB_FINDING_ORDER_STATE || kind == WB_FINDING_CUSTOMER)
    return wb_operation_get_target (check->operation);
  if (kind == WB_FINDING_WALLET)
    return "";
  return wanted->len > 0 ? wanted->pdata[0] : NULL;
}

static gboolean
needs_customer (WbFindingKind kind)
{
  return kind != WB_FINDING_WALLET && kind != WB_FINDING_CUSTOMER;
}

void
wb_evidence_read_async (WbEvidenceCheck *check, CmrClient *client, WbFindingKind kind, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (client, cancellable, callback, user_data);
  const char *subject = subject_of (check, kind);

  g_task_set_source_tag (task, wb_evidence_read_async);
  g_task_set_task_data (task, check, NULL);
  /* An order added by its id may have no lines: nothing to look for is no finding. */
  if (subject == NULL)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  check->finding = add_finding (check, kind, subject);
  /* Nobody can be asked about it: unread is not absent. */
  if (needs_customer (kind) && *check->asked->customer == '\0')
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  switch (kind)
    {
    case WB_FINDING_ORDER_STATE: read_single (task, client, CMR_OP_GET_ORDER_STATUS); break;
    case WB_FINDING_WALLET: read_single (task, client, CMR_OP_GET_WALLET); break;
    case WB_FINDING_CUSTOMER: walk (task, client, CMR_OP_LIST_USERS, see_customer); break;
    case WB_FINDING_DOMAIN_OWNED: walk (task, client, CMR_OP_LIST_DOMAINS, see_name); break;
    default: walk (task, client, CMR_OP_LIST_MAILBOXES, see_name);
    }
}

gboolean
wb_evidence_read_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
