// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-outbox-private.h"

#include "wb-answer-private.h"
#include "wb-evidence-private.h"
#include "wb-fault.h"
#include "wb-profile.h"

/* An unknown settles itself on positive evidence only; absence gives at most "most likely not carried out". */

/* Which reads speak about which call (design.md, Operations 5). */
static const struct {
  CmrOp op;
  WbFindingKind kinds[4];
  guint n_kinds;
} rows[] = {
  { CMR_OP_PROCESS_ORDER,
    { WB_FINDING_ORDER_STATE, WB_FINDING_DOMAIN_OWNED, WB_FINDING_MAILBOX, WB_FINDING_WALLET },
    4 },
  { CMR_OP_CREATE_ORDER_MULTIPART, { WB_FINDING_DOMAIN_OWNED, WB_FINDING_MAILBOX, WB_FINDING_WALLET }, 3 },
  { CMR_OP_CREATE_ORDER_JSON, { WB_FINDING_DOMAIN_OWNED, WB_FINDING_MAILBOX, WB_FINDING_WALLET }, 3 },
  { CMR_OP_CREATE_USER, { WB_FINDING_CUSTOMER }, 1 },
};

/* Words of the order's state that mean that it is paid or under way; every other or new word may be. */
static const char *const paid_words[] = {
  "PENDING",  "QUEUED", "PROCESSING",         "IN_PROGRESS",    "COMPLETED", "ACTIVE", "SUCCESS", "PARTIALLY_COMPLETED",
  "REFUNDED", "REFUND", "PARTIALLY_REFUNDED", "PARTIAL_REFUND", NULL
};
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

gboolean
wb_evidence_was_read (const WbEvidence *evidence)
{
  for (guint i = 0; i < evidence->findings->len; i++)
    {
      const WbFinding *finding = evidence->findings->pdata[i];

      /* The wallet says nothing where it was never read before. */
      if (!finding->readable && finding->kind != WB_FINDING_WALLET)
        return FALSE;
    }
  return TRUE;
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

static void
check_free (gpointer data)
{
  WbEvidenceCheck *check = data;

  g_object_unref (check->operation);
  g_clear_pointer (&check->evidence, wb_evidence_free);
  g_clear_pointer (&check->asked, wb_asked_free);
  g_free (check);
}

/* An order that was made and not paid for is in no list: that nothing is there says nothing about it. */
static WbVerdict
verdict_of (const WbEvidenceCheck *check)
{
  WbVerdict verdict = wb_evidence_conclude (check->evidence->findings);
  gboolean leaves_no_trace
      = wb_answer_makes_order (wb_operation_get_op (check->operation)) && !wb_operation_is_paid (check->operation);

  return verdict == WB_VERDICT_LIKELY_NOT && leaves_no_trace ? WB_VERDICT_OPEN : verdict;
}

static void
finish_check (GTask *task)
{
  WbOutbox *self = g_task_get_source_object (task);
  WbEvidenceCheck *check = g_task_get_task_data (task);

  check->evidence->verdict = verdict_of (check);
  check->evidence->checked_at = g_get_real_time ();
  check->evidence->times++;
  wb_evidence_keep (self, check->operation, check->evidence);
  WB_FAULT_POINT ("evidence:kept");
  if (check->evidence->verdict == WB_VERDICT_DONE)
    {
      /* Names are owned only by what was paid for, whatever was asked for. */
      if (wb_answer_makes_order (wb_operation_get_op (check->operation)))
        wb_outbox_mark_paid (self, check->operation);
      wb_outbox_settle_done (self, check->operation, NULL);
    }
  g_task_return_pointer (task, wb_evidence_copy (check->evidence), (GDestroyNotify) wb_evidence_free);
  g_object_unref (task);
}

static void read_next (GTask *task);

static void
end_with (GTask *task, GError *error)
{
  g_task_return_error (task, error);
  g_object_unref (task);
}

/* Stopped in the middle, it keeps nothing: what was found before stays what is known. */
static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  WbEvidenceCheck *check = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!wb_evidence_read_finish (result, &error) && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      end_with (task, g_steal_pointer (&error));
      return;
    }
  if (error != NULL)
    g_debug ("a read of evidence failed: %s", error->message);
  check->next++;
  read_next (task);
}

static void
read_next (GTask *task)
{
  WbOutbox *self = g_task_get_source_object (task);
  WbEvidenceCheck *check = g_task_get_task_data (task);
  WbProfile *profile = wb_outbox_get_profile (self);

  if (profile == NULL)
    end_with (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "the profile is closed"));
  else if (check->row >= G_N_ELEMENTS (rows) || check->next >= rows[check->row].n_kinds)
    finish_check (task);
  else
    wb_evidence_read_async (check, wb_profile_get_client (profile), rows[check->row].kinds[check->next],
                            g_task_get_cancellable (task), read_cb, task);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  WbOutbox *self = g_task_get_source_object (task);
  WbEvidenceCheck *check = g_task_get_task_data (task);
  GError *error = NULL;

  check->asked = wb_database_run_finish (result, &error);
  if (check->asked == NULL)
    {
      end_with (task, error);
      return;
    }
  if (wb_outbox_get_profile (self) != NULL)
    check->skew = cmr_client_get_clock_skew (wb_profile_get_client (wb_outbox_get_profile (self)));
  read_next (task);
}

void
wb_outbox_check_async (WbOutbox *self, WbOperation *operation, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  WbEvidenceCheck *check = g_new0 (WbEvidenceCheck, 1);
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
      end_with (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "the profile is closed"));
      return;
    }
  wb_database_run_async (wb_profile_get_journal (wb_outbox_get_profile (self)), wb_asked_job,
                         g_strdup (wb_operation_get_id (operation)), g_free, (GDestroyNotify) wb_asked_free,
                         cancellable, asked_cb, task);
}

WbEvidence *
wb_outbox_check_finish (WbOutbox *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
