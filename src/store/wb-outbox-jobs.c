// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-outbox-private.h"

#include "wb-fault.h"

/* What the journal's thread does for the outbox. */

static char *
params_to_query (GHashTable *params)
{
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (params), (GCompareFunc) strcmp);
  GString *query = g_string_new (NULL);

  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *value = g_uri_escape_string (g_hash_table_lookup (params, l->data), NULL, FALSE);

      g_string_append_printf (query, "%s%s=%s", query->len > 0 ? "&" : "", (char *) l->data, value);
    }
  return g_string_free (query, FALSE);
}

static gboolean
insert_operation (sqlite3 *db, const WbSubmit *submit, GError **error)
{
  const WbRequest *request = submit->request;
  const WbRecord *record = submit->record;
  const CmrEndpoint *endpoint = cmr_endpoint_get (request->op);
  g_autofree char *query = params_to_query (request->params);
  gboolean known = request->cents != CMR_MONEY_UNKNOWN;

  return wb_db_run (
      db, error,
      "INSERT INTO operations (id, run, op, state, paid, destructive, customer_id, customer, target, order_uuid,"
      " again_of, cents, fingerprint, query, body, pictures, mailboxes, created, updated, host)"
      " VALUES (?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?, CASE WHEN ? THEN ? END, ?, ?, ?, ?, ?, ?, ?, ?)",
      "sssiisssssiissbiiiis", record->id, record->run, endpoint->id, (gint64) record->paid,
      (gint64) ((endpoint->flags & CMR_ENDPOINT_DESTRUCTIVE) != 0), record->customer_id, record->customer,
      record->target, record->order, record->again_of, (gint64) known, known ? request->cents : (gint64) 0,
      request->fingerprint, query, request->json, (gint64) record->pictures, (gint64) record->mailboxes,
      record->created, record->updated, submit->host);
}

static gboolean
insert_parts (sqlite3 *db, const WbSubmit *submit, GError **error)
{
  for (guint i = 0; i < submit->request->parts->len; i++)
    {
      const WbPart *part = submit->request->parts->pdata[i];

      if (!wb_db_run (
              db, error, "INSERT INTO parts (operation, place, name, value, blob, length) VALUES (?, ?, ?, ?, ?, ?)",
              "sisssi", submit->record->id, (gint64) i, part->name, part->value, part->blob, (gint64) part->length))
        return FALSE;
    }
  return TRUE;
}

/* Sending again closes the first by the same act, and happens once: an unknown or a found one is open until then, a
 * failed one has no second heir. */
static gboolean
close_first (sqlite3 *db, const WbRecord *record, GError **error)
{
  gint64 heirs, failed;

  if (*record->again_of == '\0')
    return TRUE;
  if (!wb_db_run (
          db, error,
          "UPDATE operations SET state = CASE state WHEN 'unknown' THEN 'closed' ELSE 'cancelled' END, updated = ?"
          " WHERE id = ? AND (state = 'unknown' OR (state = 'queued' AND reason = ?))",
          "isi", record->created, record->again_of, (gint64) WB_REASON_FOUND_QUEUED))
    return FALSE;
  if (sqlite3_changes (db) == 1)
    return TRUE;
  heirs = wb_db_int64 (db, error, "SELECT count(*) FROM operations WHERE again_of = ? AND state <> 'cancelled'", "s",
                       record->again_of);
  failed = wb_db_int64 (db, error, "SELECT count(*) FROM operations WHERE id = ? AND state = 'failed'", "s",
                        record->again_of);
  if (*error == NULL && (heirs > 0 || failed == 0))
    g_set_error (error, CMR_ERROR, CMR_ERROR_CONFLICT, "%s was sent again already", record->again_of);
  return *error == NULL;
}

gpointer
wb_outbox_submit_job (sqlite3 *db, gpointer data, GError **error)
{
  WbSubmit *submit = data;

  WB_FAULT_POINT ("submit:before-begin");
  if (!wb_db_begin (db, error))
    return NULL;
  WB_FAULT_POINT ("submit:begun");
  if (!close_first (db, submit->record, error))
    {
      wb_db_rollback (db);
      return NULL;
    }
  WB_FAULT_POINT ("submit:first-closed");
  if (!insert_operation (db, submit, error) || !insert_parts (db, submit, error))
    {
      gboolean twice = sqlite3_extended_errcode (db) == SQLITE_CONSTRAINT_UNIQUE;

      wb_db_rollback (db);
      if (twice)
        {
          g_clear_error (error);
          g_set_error (error, CMR_ERROR, CMR_ERROR_CONFLICT, "an open operation for %s exists", submit->record->target);
        }
      return NULL;
    }
  WB_FAULT_POINT ("submit:before-commit");
  if (!wb_db_commit (db, error))
    {
      wb_db_rollback (db);
      return NULL;
    }
  WB_FAULT_POINT ("submit:committed");
  return GINT_TO_POINTER (TRUE);
}

void
wb_frozen_free (WbFrozen *self)
{
  if (self == NULL)
    return;
  g_free (self->query);
  g_free (self->fingerprint);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_ptr_array_unref (self->parts);
  g_free (self);
}

static void
frozen_part_free (gpointer data)
{
  WbPart *part = data;

  g_free (part->name);
  g_free (part->value);
  g_free (part->blob);
  g_free (part);
}

static char *
dup_text_or_null (sqlite3_stmt *stmt, int column)
{
  return sqlite3_column_type (stmt, column) == SQLITE_NULL ? NULL : g_strdup (wb_db_text (stmt, column));
}

static void
read_parts (sqlite3 *db, const char *id, WbFrozen *frozen, GError **error)
{
  g_autoptr (WbStatement) stmt = wb_db_prepare (
      db, error, "SELECT name, value, blob, length FROM parts WHERE operation = ? ORDER BY place", "s", id);

  while (stmt != NULL && wb_db_step (stmt, error))
    {
      WbPart *part = g_new0 (WbPart, 1);

      part->name = g_strdup (wb_db_text (stmt, 0));
      part->value = dup_text_or_null (stmt, 1);
      part->blob = dup_text_or_null (stmt, 2);
      part->length = sqlite3_column_int64 (stmt, 3);
      g_ptr_array_add (frozen->parts, part);
    }
}

gpointer
wb_outbox_freeze_job (sqlite3 *db, gpointer id, GError **error)
{
  g_autoptr (WbStatement) stmt
      = wb_db_prepare (db, error, "SELECT query, body, fingerprint FROM operations WHERE id = ?", "s", id);
  WbFrozen *frozen;

  if (stmt == NULL || !wb_db_step (stmt, error))
    return NULL;
  frozen = g_new0 (WbFrozen, 1);
  frozen->query = g_strdup (wb_db_text (stmt, 0));
  if (sqlite3_column_type (stmt, 1) != SQLITE_NULL)
    frozen->body = g_bytes_new (sqlite3_column_blob (stmt, 1), sqlite3_column_bytes (stmt, 1));
  frozen->fingerprint = g_strdup (wb_db_text (stmt, 2));
  frozen->parts = g_ptr_array_new_with_free_func (frozen_part_free);
  read_parts (db, id, frozen, error);
  if (*error == NULL)
    return frozen;
  wb_frozen_free (frozen);
  return NULL;
}

/* Committed as `sending` and read back before the caller may send its first byte. Only the run that queued a
 * paid or destructive operation may claim it. */
gpointer
wb_outbox_claim_job (sqlite3 *db, gpointer id_and_run, GError **error)
{
  char **pair = id_and_run;
  gint64 now = g_get_real_time ();
  gint64 claimed;

  WB_FAULT_POINT ("claim:before-begin");
  if (!wb_db_begin (db, error))
    return NULL;
  if (!wb_db_run (db, error,
                  "UPDATE operations SET state = 'sending', sent_at = ?, updated = ? WHERE id = ? AND state = 'queued'"
                  " AND (run = ? OR NOT (paid OR destructive OR reason = ?))",
                  "iissi", now, now, pair[0], pair[1], (gint64) WB_REASON_FOUND_QUEUED))
    {
      wb_db_rollback (db);
      return NULL;
    }
  claimed = sqlite3_changes (db);
  WB_FAULT_POINT ("claim:before-commit");
  if (!wb_db_commit (db, error))
    {
      wb_db_rollback (db);
      return NULL;
    }
  WB_FAULT_POINT ("claim:committed");
  if (claimed != 1
      || wb_db_int64 (db, error, "SELECT state = 'sending' FROM operations WHERE id = ?", "s", pair[0]) != 1)
    {
      if (*error == NULL)
        g_set_error_literal (error, CMR_ERROR, CMR_ERROR_CONFLICT, "claimed by somebody else");
      return NULL;
    }
  WB_FAULT_POINT ("claim:read-back");
  return wb_outbox_freeze_job (db, pair[0], error);
}

gpointer
wb_outbox_settle_job (sqlite3 *db, gpointer data, GError **error)
{
  const WbRecord *record = data;

  WB_FAULT_POINT ("settle:before");
  if (!wb_db_run (db, error,
                  "UPDATE operations SET state = ?, reason = ?, status = ?, service_text = ?, made_id = ?, updated = "
                  "?, detail = ?"
                  " WHERE id = ?",
                  "siississ", wb_state_word (record->state), (gint64) record->reason, (gint64) record->status,
                  record->service_text, record->made_id, record->updated,
                  record->left_out != NULL ? record->left_out : "", record->id)
      /* A free one that turned out to be paid; where another paid one is open for the same target, that one guards. */
      || !wb_db_run (db, error, "UPDATE OR IGNORE operations SET paid = ? WHERE id = ? AND paid <> ?1", "is",
                     (gint64) record->paid, record->id))
    return NULL;
  WB_FAULT_POINT ("settle:committed");
  return GINT_TO_POINTER (TRUE);
}

gpointer
wb_outbox_load_job (sqlite3 *db, gpointer id, GError **error)
{
  g_autoptr (WbStatement) stmt
      = wb_db_prepare (db, error, "SELECT " WB_RECORD_COLUMNS " FROM operations WHERE id = ?", "s", id);

  WbRecord *record = stmt != NULL && wb_db_step (stmt, error) ? wb_record_from_row (stmt) : NULL;

  if (record != NULL)
    record->evidence = wb_evidence_load (db, record->id, error);
  return record;
}

/* An operation that may be repeated goes by itself when the profile may send; any other that an earlier run has
 * queued (a restart, a restored copy of the journal) is read back and then a person is asked. */
static gboolean
mark_what_was_left (sqlite3 *db, const char *run, GError **error)
{
  g_autoptr (GString) ids = g_string_new (NULL);
  g_autofree char *sql = NULL;

  for (guint op = 0; op < CMR_N_OPS; op++)
    if ((cmr_endpoint_get (op)->flags & (CMR_ENDPOINT_IDEMPOTENT | CMR_ENDPOINT_DESTRUCTIVE)) == CMR_ENDPOINT_IDEMPOTENT
        && cmr_endpoint_get (op)->paid == CMR_PAID_NEVER)
      g_string_append_printf (ids, "%s'%s'", ids->len > 0 ? ", " : "", cmr_endpoint_get (op)->id);
  sql = g_strdup_printf ("UPDATE operations SET reason = ? WHERE state = 'queued' AND run <> ?"
                         " AND (paid OR destructive OR op NOT IN (%s))", ids->str);
  return wb_db_run (db, error, sql, "is", (gint64) WB_REASON_FOUND_QUEUED, run)
         /* A run that was killed left these behind: they may have been carried out. */
         && wb_db_run (db, error,
                       "UPDATE operations SET state = 'unknown', reason = ?, updated = ? WHERE state = 'sending'", "ii",
                       (gint64) WB_REASON_KILLED, g_get_real_time ());
}

static void
read_open (sqlite3 *db, GPtrArray *records, GError **error)
{
  g_autoptr (WbStatement) stmt
      = wb_db_prepare (db, error,
                       "SELECT " WB_RECORD_COLUMNS " FROM operations WHERE state NOT IN ('done', 'failed', 'closed',"
                       " 'cancelled') ORDER BY created",
                       "");

  while (stmt != NULL && wb_db_step (stmt, error))
    g_ptr_array_add (records, wb_record_from_row (stmt));
  for (guint i = 0; i < records->len && *error == NULL; i++)
    ((WbRecord *) records->pdata[i])->evidence = wb_evidence_load (db, ((WbRecord *) records->pdata[i])->id, error);
}

gpointer
wb_outbox_start_job (sqlite3 *db, gpointer run, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_record_free);

  WB_FAULT_POINT ("start:before");
  if (!wb_db_begin (db, error))
    return NULL;
  if (!mark_what_was_left (db, run, error) || !wb_db_commit (db, error))
    {
      wb_db_rollback (db);
      return NULL;
    }
  WB_FAULT_POINT ("start:unknowns-marked");
  read_open (db, records, error);
  return *error == NULL ? g_steal_pointer (&records) : NULL;
}
