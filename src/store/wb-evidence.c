// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-outbox-private.h"

#include "cmr-client.h"
#include "wb-evidence-private.h"
#include "wb-profile.h"

/* An unknown settles itself on positive evidence only; absence gives at most "most likely not carried out". */

/* Which reads speak about which call (design.md, Operations 5). */
static const struct {
  CmrOp op;
  WbFindingKind kinds[4];
  guint n_kinds;
} rows[] = {
  { CMR_OP_PROCESS_ORDER, { WB_FINDING_ORDER_STATE, WB_FINDING_DOMAIN_OWNED, WB_FINDING_MAILBOX, WB_FINDING_WALLET }, 4 },
  { CMR_OP_CREATE_ORDER_MULTIPART, { WB_FINDING_DOMAIN_OWNED, WB_FINDING_MAILBOX, WB_FINDING_WALLET }, 3 },
  { CMR_OP_CREATE_ORDER_JSON, { WB_FINDING_DOMAIN_OWNED, WB_FINDING_MAILBOX, WB_FINDING_WALLET }, 3 },
  { CMR_OP_CREATE_USER, { WB_FINDING_CUSTOMER }, 1 },
};

/* Words of the order's state that mean that it is paid or under way; every other or new word may be. */
static const char *const paid_words[] = { "PENDING", "QUEUED", "PROCESSING", "IN_PROGRESS", "COMPLETED", "ACTIVE", "SUCCESS",
                                          "PARTIALLY_COMPLETED", "REFUNDED", "REFUND", "PARTIALLY_REFUNDED", "PARTIAL_REFUND", NULL };
static const char *const unpaid_words[] = { "CREATED", "UNCONFIRMED", NULL };

/**
 * wb_evidence_read_order_word:
 * @word: state of an order, in any case; "" when there is none
 *
 * Returns: what it says about whether it was paid
 */
WbVerdict
wb_evidence_read_order_word (const char *word)
{
  g_autofree char *upper = g_ascii_strup (word, -1);

  if (g_strv_contains (paid_words, upper))
    return WB_VERDICT_DONE;
  return g_strv_contains (unpaid_words, upper) ? WB_VERDICT_LIKELY_NOT : WB_VERDICT_OPEN;
}

/**
 * wb_evidence_conclude:
 *
 * Returns: the verdict of all findings together
 */
WbVerdict
wb_evidence_conclude (GPtrArray *findings)
{
  gboolean all_absent = findings->len > 0, likely = FALSE;

  for (guint i = 0; i < findings->len; i++)
    {
      const WbFinding *finding = findings->pdata[i];

      if (finding->readable && finding->says == WB_VERDICT_DONE)
        return WB_VERDICT_DONE;
      likely |= finding->readable && finding->says == WB_VERDICT_LIKELY_DONE;
      all_absent &= finding->readable && finding->says == WB_VERDICT_LIKELY_NOT;
    }
  return likely ? WB_VERDICT_LIKELY_DONE : all_absent ? WB_VERDICT_LIKELY_NOT : WB_VERDICT_OPEN;
}

static void
finding_free (gpointer data)
{
  WbFinding *finding = data;

  g_free (finding->subject);
  g_free (finding->word);
  g_free (finding);
}

static WbFinding *
finding_copy (const WbFinding *finding)
{
  WbFinding *copy = g_memdup2 (finding, sizeof *finding);

  copy->subject = g_strdup (finding->subject);
  copy->word = g_strdup (finding->word);
  return copy;
}

WbEvidence *
wb_evidence_new (void)
{
  WbEvidence *self = g_new0 (WbEvidence, 1);

  self->findings = g_ptr_array_new_with_free_func (finding_free);
  return self;
}

WbEvidence *
wb_evidence_copy (const WbEvidence *self)
{
  WbEvidence *copy = g_memdup2 (self, sizeof *self);

  copy->findings = g_ptr_array_new_with_free_func (finding_free);
  for (guint i = 0; i < self->findings->len; i++)
    g_ptr_array_add (copy->findings, finding_copy (self->findings->pdata[i]));
  return copy;
}

void
wb_evidence_free (WbEvidence *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->findings);
  g_free (self);
}

/* One check: the reads of the row, one after the other. */
typedef struct {
  WbOperation *operation;
  WbEvidence *evidence;
  WbAsked *asked; /* what the journal knows: domains, addresses, wallet before */
  guint row, next;
} Check;

static void
check_free (gpointer data)
{
  Check *check = data;

  g_object_unref (check->operation);
  g_clear_pointer (&check->evidence, wb_evidence_free);
  g_clear_pointer (&check->asked, wb_asked_free);
  g_free (check);
}

static WbFinding *
add_finding (Check *check, WbFindingKind kind, const char *subject)
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
set_word (WbFinding *finding, const char *word, WbVerdict says)
{
  g_free (finding->word);
  finding->word = g_strdup (word);
  finding->readable = TRUE;
  finding->says = says;
}

static void
read_order (Check *check, GBytes *body)
{
  WbFinding *finding = add_finding (check, WB_FINDING_ORDER_STATE, wb_operation_get_target (check->operation));
  const CmrEndpoint *endpoint = cmr_endpoint_get (CMR_OP_GET_ORDER_STATUS);
  g_autoptr (CmrObject) order = body != NULL ? cmr_reply_parse_named (endpoint, body, finding->subject, NULL) : NULL;
  const char *word = order != NULL ? cmr_object_get_text (order, "status") : "";

  if (order != NULL && *word != '\0')
    set_word (finding, word, wb_evidence_read_order_word (word));
}

/* Owned now and not before: a domain of this order among the customer's. A lost order is looked for in its own. */
static void
read_names (Check *check, GBytes *body, WbFindingKind kind)
{
  gboolean domains = kind == WB_FINDING_DOMAIN_OWNED;
  GPtrArray *wanted = domains ? check->asked->domains : check->asked->addresses;
  const CmrEndpoint *endpoint = cmr_endpoint_get (domains ? CMR_OP_LIST_DOMAINS : CMR_OP_LIST_MAILBOXES);
  g_autoptr (CmrPage) page = body != NULL ? cmr_page_parse (endpoint, body, NULL) : NULL;
  WbFinding *finding = add_finding (check, kind, wanted->len > 0 ? wanted->pdata[0] : "");

  if (page == NULL || wanted->len == 0)
    return;
  set_word (finding, "", page->last ? WB_VERDICT_LIKELY_NOT : WB_VERDICT_OPEN);
  for (guint i = 0; i < page->rows->len; i++)
    {
      const char *name = cmr_object_get_text (page->rows->pdata[i], domains ? "domain-name" : "email");

      if (g_ptr_array_find_with_equal_func (wanted, name, g_str_equal, NULL))
        {
          g_free (finding->subject);
          finding->subject = g_strdup (name);
          set_word (finding, cmr_object_get_text (page->rows->pdata[i], "status"), WB_VERDICT_DONE);
          if (*finding->word == '\0')
            set_word (finding, "there", WB_VERDICT_DONE);
          return;
        }
    }
}

static void
read_wallet (Check *check, GBytes *body)
{
  WbFinding *finding = add_finding (check, WB_FINDING_WALLET, "");
  g_autoptr (CmrObject) wallet = body != NULL ? cmr_reply_parse_one (cmr_endpoint_get (CMR_OP_GET_WALLET), body, NULL) : NULL;
  gint64 before = check->asked->wallet_before, stake = wb_operation_get_cents (check->operation);

  if (wallet == NULL || !cmr_object_has (wallet, "balance"))
    return;
  finding->readable = before != CMR_MONEY_UNKNOWN;
  finding->cents = before != CMR_MONEY_UNKNOWN ? before - cmr_object_get_cents (wallet, "balance") : 0;
  /* Another operation may have moved it: a movement alone proves nothing, its absence is only absence. */
  if (finding->cents == 0)
    finding->says = WB_VERDICT_LIKELY_NOT;
  else
    finding->says = stake > 0 && finding->cents == stake ? WB_VERDICT_LIKELY_DONE : WB_VERDICT_OPEN;
}

static void
read_customer (Check *check, GBytes *body)
{
  const char *email = wb_operation_get_target (check->operation);
  g_autoptr (CmrPage) page = body != NULL ? cmr_page_parse (cmr_endpoint_get (CMR_OP_LIST_USERS), body, NULL) : NULL;
  WbFinding *finding = add_finding (check, WB_FINDING_CUSTOMER, email);

  if (page == NULL)
    return;
  set_word (finding, "", WB_VERDICT_LIKELY_NOT);
  for (guint i = 0; i < page->rows->len; i++)
    if (g_ascii_strcasecmp (cmr_object_get_text (page->rows->pdata[i], "email"), email) == 0)
      {
        set_word (finding, cmr_object_get_text (page->rows->pdata[i], "user-id"), WB_VERDICT_DONE);
        wb_operation_set_answer (check->operation, 0, "", finding->word);
        return;
      }
}

static CmrCall *
call_for (Check *check, WbFindingKind kind)
{
  static const CmrOp ops[WB_N_FINDINGS] = {
    [WB_FINDING_ORDER_STATE] = CMR_OP_GET_ORDER_STATUS, [WB_FINDING_DOMAIN_OWNED] = CMR_OP_LIST_DOMAINS,
    [WB_FINDING_MAILBOX] = CMR_OP_LIST_MAILBOXES,       [WB_FINDING_WALLET] = CMR_OP_GET_WALLET,
    [WB_FINDING_CUSTOMER] = CMR_OP_LIST_USERS,
  };
  CmrCall *call = cmr_call_new (ops[kind]);
  const char *first = check->asked->domains->len > 0 ? check->asked->domains->pdata[0] : "";

  cmr_call_set_priority (call, CMR_PRIORITY_DUE);
  if (kind == WB_FINDING_ORDER_STATE || kind == WB_FINDING_DOMAIN_OWNED || kind == WB_FINDING_MAILBOX)
    cmr_call_set_param (call, "userId", wb_operation_get_customer_id (check->operation));
  if (kind == WB_FINDING_ORDER_STATE)
    cmr_call_set_param (call, "orderId", wb_operation_get_target (check->operation));
  if (kind == WB_FINDING_DOMAIN_OWNED || kind == WB_FINDING_MAILBOX || kind == WB_FINDING_CUSTOMER)
    {
      cmr_call_set_param (call, "page", "1");
      cmr_call_set_param (call, "limit", "100");
      cmr_call_set_param (call, "contains", kind == WB_FINDING_CUSTOMER ? wb_operation_get_target (check->operation) : first);
    }
  return call;
}

static void read_next (GTask *task);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Check *check = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = cmr_client_read_finish (CMR_CLIENT (source), result, &error);
  WbFindingKind kind = rows[check->row].kinds[check->next++];

  switch (kind)
    {
    case WB_FINDING_ORDER_STATE: read_order (check, body); break;
    case WB_FINDING_WALLET: read_wallet (check, body); break;
    case WB_FINDING_CUSTOMER: read_customer (check, body); break;
    default: read_names (check, body, kind);
    }
  read_next (task);
}

static void
finish_check (GTask *task)
{
  WbOutbox *self = g_task_get_source_object (task);
  Check *check = g_task_get_task_data (task);

  check->evidence->verdict = wb_evidence_conclude (check->evidence->findings);
  check->evidence->checked_at = g_get_real_time ();
  check->evidence->times++;
  wb_evidence_keep (self, check->operation, check->evidence);
  if (check->evidence->verdict == WB_VERDICT_DONE)
    wb_outbox_settle_done (self, check->operation, NULL);
  g_task_return_pointer (task, wb_evidence_copy (check->evidence), (GDestroyNotify) wb_evidence_free);
  g_object_unref (task);
}

static void
read_next (GTask *task)
{
  WbOutbox *self = g_task_get_source_object (task);
  Check *check = g_task_get_task_data (task);
  g_autoptr (CmrCall) call = NULL;

  if (wb_outbox_get_profile (self) == NULL || check->row >= G_N_ELEMENTS (rows) || check->next >= rows[check->row].n_kinds)
    {
      finish_check (task);
      return;
    }
  call = call_for (check, rows[check->row].kinds[check->next]);
  cmr_client_read_async (wb_profile_get_client (wb_outbox_get_profile (self)), call, g_task_get_cancellable (task), read_cb, task);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Check *check = g_task_get_task_data (task);
  GError *error = NULL;

  check->asked = wb_database_run_finish (result, &error);
  if (check->asked != NULL)
    {
      read_next (task);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

void
wb_outbox_check_async (WbOutbox *self, WbOperation *operation, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Check *check = g_new0 (Check, 1);
  g_autoptr (WbEvidence) last = wb_outbox_dup_evidence (self, operation);

  g_task_set_source_tag (task, wb_outbox_check_async);
  g_task_set_task_data (task, check, check_free);
  check->operation = g_object_ref (operation);
  check->evidence = wb_evidence_new ();
  check->evidence->times = last != NULL ? last->times : 0;
  while (check->row < G_N_ELEMENTS (rows) && rows[check->row].op != wb_operation_get_op (operation))
    check->row++;
  if (wb_outbox_get_profile (self) == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "shut");
      g_object_unref (task);
      return;
    }
  wb_database_run_async (wb_profile_get_journal (wb_outbox_get_profile (self)), wb_asked_job, g_strdup (wb_operation_get_id (operation)),
                         g_free, (GDestroyNotify) wb_asked_free, cancellable, asked_cb, task);
}

WbEvidence *
wb_outbox_check_finish (WbOutbox *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
