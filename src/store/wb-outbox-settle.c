// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-outbox-private.h"

#include "wb-answer-private.h"
#include "wb-fault.h"
#include "wb-pace-private.h"
#include "wb-profile.h"

/* Moving an operation on: in the journal and in memory, and telling it. */

#define DISK_RETRY_MS 5000
#define WRITES_AGAIN "writes-again"

static void
record_free (gpointer record)
{
  wb_record_free (record);
}

typedef struct {
  WbOutbox *outbox;
  WbOperation *operation;
} Written;

static void
written_free (Written *written)
{
  g_object_unref (written->outbox);
  g_object_unref (written->operation);
  g_free (written);
}

static void write_row (WbOutbox *self, WbOperation *operation);

static gboolean
write_again (gpointer user_data)
{
  Written *written = user_data;

  g_object_set_data (G_OBJECT (written->operation), WRITES_AGAIN, NULL);
  if (wb_outbox_get_profile (written->outbox) != NULL)
    write_row (written->outbox, written->operation);
  return G_SOURCE_REMOVE;
}

/* A disk that is full now may have room later: what became of a request is tried again until it is written. Until
 * then the profile sends nothing new, and the row says `sending`, which a start would read as unknown. */
static void
row_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Written *written = user_data;
  WbProfile *profile = wb_outbox_get_profile (written->outbox);
  g_autoptr (GError) error = NULL;
  gboolean good = wb_database_run_finish (result, &error) != NULL;

  if (profile != NULL && wb_outbox_note_unwritten (written->outbox, written->operation, !good))
    wb_profile_note_disk (profile, !good);
  if (good || profile == NULL || g_object_get_data (G_OBJECT (written->operation), WRITES_AGAIN) != NULL)
    {
      written_free (written);
      return;
    }
  g_object_set_data (G_OBJECT (written->operation), WRITES_AGAIN, written);
  g_message ("%s: what became of it is not on disk yet: %s", wb_operation_get_id (written->operation),
             error != NULL ? error->message : "no reason");
  g_timeout_add_full (G_PRIORITY_DEFAULT, wb_pace_ms (DISK_RETRY_MS), write_again, written,
                      (GDestroyNotify) written_free);
}

static void
write_row (WbOutbox *self, WbOperation *operation)
{
  Written *written = g_new0 (Written, 1);

  written->outbox = g_object_ref (self);
  written->operation = g_object_ref (operation);
  wb_database_run_async (wb_profile_get_journal (wb_outbox_get_profile (self)), wb_outbox_settle_job,
                         wb_record_copy (wb_operation_get_record (operation)), record_free, NULL, NULL, row_written_cb,
                         written);
}

/* The journal's queue stands before what whoever looks writes because of it. */
void
wb_outbox_settle (WbOutbox *self, WbOperation *operation, WbState state, WbReason reason)
{
  g_object_freeze_notify (G_OBJECT (operation));
  wb_operation_set_state (operation, state, reason);
  if (wb_outbox_get_profile (self) != NULL)
    write_row (self, operation);
  g_object_thaw_notify (G_OBJECT (operation));
  wb_outbox_tell (self, operation);
  if (state == WB_STATE_UNKNOWN && wb_outbox_get_profile (self) != NULL)
    wb_evidence_watch (self, operation, FALSE);
}

void
wb_outbox_mark_paid (WbOutbox *self, WbOperation *operation)
{
  if (wb_operation_is_paid (operation) || wb_outbox_get_profile (self) == NULL)
    return;
  wb_operation_set_paid (operation, TRUE);
  write_row (self, operation);
  wb_outbox_tell (self, operation);
}

void
wb_outbox_finish (WbOutbox *self, WbOperation *operation)
{
  if (wb_operation_get_state (operation) == WB_STATE_ACCEPTED)
    wb_outbox_settle (self, operation, WB_STATE_DONE, WB_REASON_NONE);
}

void
wb_outbox_close_unknown (WbOutbox *self, WbOperation *operation)
{
  if (wb_operation_get_state (operation) == WB_STATE_UNKNOWN)
    wb_outbox_settle (self, operation, WB_STATE_CLOSED, wb_operation_get_reason (operation));
}

/* Positive evidence, or a person who knows. What was found queued is settled as well: a restored copy of the
 * journal had it sent. */
void
wb_outbox_settle_done (WbOutbox *self, WbOperation *operation, const char *made_id)
{
  if (wb_operation_get_state (operation) != WB_STATE_UNKNOWN && !wb_outbox_is_found (operation))
    return;
  WB_FAULT_POINT ("settle:by-evidence");
  wb_operation_set_answer (operation, wb_operation_get_status (operation), wb_operation_get_service_text (operation),
                           made_id);
  wb_outbox_settle (self, operation, wb_outbox_state_after_accepted (operation), WB_REASON_NONE);
}
