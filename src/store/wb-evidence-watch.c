// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-evidence-private.h"

#include "wb-pace-private.h"
#include "wb-profile.h"

/* When unknowns are looked up by themselves, and what was found so far. */
static const guint seconds[] = { 10, 60, 300, 900, 3600 };

void
wb_asked_free (WbAsked *self)
{
  if (self == NULL)
    return;
  g_free (self->customer);
  g_ptr_array_unref (self->domains);
  g_ptr_array_unref (self->addresses);
  g_hash_table_unref (self->elsewhere);
  g_free (self);
}

static void
read_list (sqlite3 *db, const char *sql, const char *id, GPtrArray *texts, GError **error)
{
  g_autoptr (WbStatement) stmt = wb_db_prepare (db, error, sql, "s", id);

  while (stmt != NULL && wb_db_step (stmt, error))
    g_ptr_array_add (texts, g_ascii_strdown (wb_db_text (stmt, 0), -1));
}

/* Names of other orders that were paid, or may have been. */
static void
read_elsewhere (sqlite3 *db, const char *id, GHashTable *names, GError **error)
{
  static const char *const sql[] = {
    "SELECT d.domain FROM order_domains d JOIN orders r ON r.id = d.order_uuid, operations o WHERE o.id = ?"
    " AND r.id <> o.order_uuid AND (r.paid_at > 0 OR r.state IN ('paying', 'unknown', 'being-made', 'slow', 'partly', 'live'))",
    "SELECT m.address FROM order_mailboxes m JOIN orders r ON r.id = m.order_uuid, operations o WHERE o.id = ?"
    " AND r.id <> o.order_uuid AND (r.paid_at > 0 OR r.state IN ('paying', 'unknown', 'being-made', 'slow', 'partly', 'live'))",
  };

  for (guint i = 0; i < G_N_ELEMENTS (sql); i++)
    {
      g_autoptr (GPtrArray) texts = g_ptr_array_new ();

      read_list (db, sql[i], id, texts, error);
      for (guint n = 0; n < texts->len; n++)
        g_hash_table_add (names, texts->pdata[n]);
    }
}

static void
read_money (sqlite3 *db, const char *id, WbAsked *asked, GError **error)
{
  g_autoptr (WbStatement) wallet
    = wb_db_prepare (db, error,
                     "SELECT w.cents FROM wallet w, operations o WHERE o.id = ? AND w.time <= coalesce (o.sent_at, o.created)"
                     " ORDER BY w.time DESC LIMIT 1", "s", id);

  if (wallet != NULL && wb_db_step (wallet, error))
    asked->wallet_before = sqlite3_column_int64 (wallet, 0);
  asked->sent_at = wb_db_int64 (db, error, "SELECT coalesce (sent_at, created) FROM operations WHERE id = ?", "s", id);
  asked->others = wb_db_int64 (db, error,
                               "SELECT count(*) FROM operations WHERE id <> ?1 AND paid AND state IN ('sending', 'accepted', 'done', 'unknown')"
                               " AND coalesce (sent_at, created) >= ?2", "si", id, asked->sent_at) > 0;
}

static char *
read_customer (sqlite3 *db, const char *id, GError **error)
{
  g_autoptr (WbStatement) stmt
    = wb_db_prepare (db, error,
                     "SELECT o.customer_id, r.customer_id FROM operations o LEFT JOIN orders r"
                     " ON r.id = o.order_uuid OR (o.op = 'process_order' AND o.target <> '' AND r.order_id = o.target)"
                     " WHERE o.id = ? ORDER BY r.id = o.order_uuid DESC LIMIT 1", "s", id);

  if (stmt == NULL || !wb_db_step (stmt, error))
    return g_strdup ("");
  return g_strdup (wb_db_text (stmt, *wb_db_text (stmt, 0) != '\0' ? 0 : 1));
}

gpointer
wb_asked_job (sqlite3 *db, gpointer id, GError **error)
{
  WbAsked *self = g_new0 (WbAsked, 1);

  self->domains = g_ptr_array_new_with_free_func (g_free);
  self->addresses = g_ptr_array_new_with_free_func (g_free);
  self->elsewhere = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->wallet_before = CMR_MONEY_UNKNOWN;
  self->customer = read_customer (db, id, error);
  read_list (db, "SELECT d.domain FROM order_domains d, operations o WHERE o.id = ? AND d.order_uuid = o.order_uuid"
             " AND NOT d.left_out ORDER BY d.place", id, self->domains, error);
  read_list (db,
             "SELECT m.address FROM order_mailboxes m, operations o WHERE o.id = ? AND m.order_uuid = o.order_uuid "
             "ORDER BY m.place",
             id, self->addresses, error);
  read_elsewhere (db, id, self->elsewhere, error);
  read_money (db, id, self, error);
  if (*error == NULL)
    return self;
  wb_asked_free (self);
  return NULL;
}

typedef struct {
  char *id;
  WbEvidence *evidence;
} Keep;

static void
keep_free (gpointer data)
{
  Keep *keep = data;

  g_free (keep->id);
  wb_evidence_free (keep->evidence);
  g_free (keep);
}

static gpointer
keep_job (sqlite3 *db, gpointer data, GError **error)
{
  Keep *keep = data;

  if (!wb_db_begin (db, error))
    return NULL;
  wb_db_run (db, error, "DELETE FROM findings WHERE operation = ?", "s", keep->id);
  wb_db_run (db, error, "INSERT OR REPLACE INTO checks (operation, verdict, checked_at, times) VALUES (?, ?, ?, ?)",
             "siii", keep->id, (gint64) keep->evidence->verdict, keep->evidence->checked_at,
             (gint64) keep->evidence->times);
  for (guint i = 0; i < keep->evidence->findings->len && *error == NULL; i++)
    {
      const WbFinding *finding = keep->evidence->findings->pdata[i];

      wb_db_run (db, error,
                 "INSERT INTO findings (operation, place, kind, subject, word, cents, asked_at, readable, says)"
                 " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                 "siissiiii", keep->id, (gint64) i, (gint64) finding->kind, finding->subject, finding->word, finding->cents,
                 finding->asked_at, (gint64) finding->readable, (gint64) finding->says);
    }
  if (*error != NULL || !wb_db_commit (db, error))
    wb_db_rollback (db);
  return NULL;
}

void
wb_evidence_keep (WbOutbox *self, WbOperation *operation, const WbEvidence *evidence)
{
  WbProfile *profile = wb_outbox_get_profile (self);
  Keep *keep;

  g_object_set_data_full (G_OBJECT (operation), "evidence", wb_evidence_copy (evidence),
                          (GDestroyNotify) wb_evidence_free);
  if (profile == NULL)
    return;
  keep = g_new0 (Keep, 1);
  keep->id = g_strdup (wb_operation_get_id (operation));
  keep->evidence = wb_evidence_copy (evidence);
  wb_database_push (wb_profile_get_journal (profile), keep_job, keep, keep_free);
  /* Who looks sees what a check by itself has found. */
  wb_outbox_tell (self, operation);
}

static WbFinding *
finding_from_row (sqlite3_stmt *row)
{
  WbFinding *finding = g_new0 (WbFinding, 1);

  finding->kind = (WbFindingKind) sqlite3_column_int (row, 0);
  finding->subject = g_strdup (wb_db_text (row, 1));
  finding->word = g_strdup (wb_db_text (row, 2));
  finding->cents = sqlite3_column_int64 (row, 3);
  finding->asked_at = sqlite3_column_int64 (row, 4);
  finding->readable = sqlite3_column_int (row, 5) != 0;
  finding->says = (WbVerdict) sqlite3_column_int (row, 6);
  return finding;
}

/**
 * wb_evidence_load:
 * @id: an operation's
 *
 * A job's part: what the last check found, as the journal kept it.
 *
 * Returns: (transfer full) (nullable): %NULL when it was never looked up, or on error
 */
WbEvidence *
wb_evidence_load (sqlite3 *db, const char *id, GError **error)
{
  g_autoptr (WbStatement) check
      = wb_db_prepare (db, error, "SELECT verdict, checked_at, times FROM checks WHERE operation = ?", "s", id);
  g_autoptr (WbStatement) rows = NULL;
  WbEvidence *evidence;

  if (check == NULL || !wb_db_step (check, error))
    return NULL;
  evidence = wb_evidence_new ();
  evidence->verdict = (WbVerdict) sqlite3_column_int (check, 0);
  evidence->checked_at = sqlite3_column_int64 (check, 1);
  evidence->times = (guint) sqlite3_column_int (check, 2);
  rows = wb_db_prepare (
      db, error,
      "SELECT kind, subject, word, cents, asked_at, readable, says FROM findings WHERE operation = ? ORDER BY place",
      "s", id);
  while (rows != NULL && wb_db_step (rows, error))
    g_ptr_array_add (evidence->findings, finding_from_row (rows));
  return evidence;
}

static gint64
next_check_of (WbOperation *operation)
{
  const gint64 *at = g_object_get_data (G_OBJECT (operation), "next-check");

  return at != NULL ? *at : 0;
}

static void
set_next_check (WbOperation *operation, gint64 at)
{
  g_object_set_data_full (G_OBJECT (operation), "next-check", at != 0 ? g_memdup2 (&at, sizeof at) : NULL, g_free);
}

WbEvidence *
wb_outbox_dup_evidence (WbOutbox *self, WbOperation *operation)
{
  const WbEvidence *evidence = g_object_get_data (G_OBJECT (operation), "evidence");

  WbEvidence *copy = evidence != NULL ? wb_evidence_copy (evidence) : NULL;

  if (copy != NULL)
    copy->next_check = next_check_of (operation);
  return copy;
}

/* The background checks */

typedef struct {
  WbOutbox *outbox; /* weak */
  WbOperation *operation;
  int step;
} Watch;

static void
watch_free (gpointer data)
{
  Watch *watch = data;

  g_clear_weak_pointer (&watch->outbox);
  g_object_unref (watch->operation);
  g_free (watch);
}

static void plan (WbOutbox *self, WbOperation *operation, int step);

static gboolean
is_open (WbOutbox *self, WbOperation *operation)
{
  return self != NULL && wb_outbox_get_profile (self) != NULL
         && (wb_operation_get_state (operation) == WB_STATE_UNKNOWN || wb_outbox_is_found (operation));
}

/* The last look is planned no more while it lasts, and may begin before the one before it has ended. */
static void
note_look (WbOperation *operation, int change)
{
  int looks = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (operation), "looks"));

  g_object_set_data (G_OBJECT (operation), "looks", GINT_TO_POINTER (looks + change));
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbOperation) operation = user_data;

  note_look (operation, -1);
  wb_outbox_recount (WB_OUTBOX (source));
}

static gboolean
due (gpointer data)
{
  Watch *watch = data;
  WbOutbox *self = watch->outbox;
  gboolean open = is_open (self, watch->operation);

  g_object_set_data (G_OBJECT (watch->operation), "watched", NULL);
  set_next_check (watch->operation, 0);
  if (open)
    {
      note_look (watch->operation, 1);
      plan (self, watch->operation, watch->step + 1);
      wb_outbox_check_async (self, watch->operation, wb_outbox_get_cancellable (self), checked_cb,
                             g_object_ref (watch->operation));
    }
  return G_SOURCE_REMOVE;
}

gboolean
wb_evidence_is_watched (WbOperation *operation)
{
  return g_object_get_data (G_OBJECT (operation), "watched") != NULL
         || g_object_get_data (G_OBJECT (operation), "looks") != NULL;
}

/* The first look after a start or an unlock is step -1: at once. */
static void
plan (WbOutbox *self, WbOperation *operation, int step)
{
  guint ms = step < 0 ? 0 : step < (int) G_N_ELEMENTS (seconds) ? wb_pace_ms (seconds[step] * 1000) : 0;
  Watch *watch;
  guint id;

  if (step >= (int) G_N_ELEMENTS (seconds) || g_object_get_data (G_OBJECT (operation), "watched") != NULL)
    return;
  watch = g_new0 (Watch, 1);
  g_set_weak_pointer (&watch->outbox, self);
  watch->operation = g_object_ref (operation);
  watch->step = step;
  id = g_timeout_add_full (G_PRIORITY_DEFAULT, ms, due, watch, watch_free);
  g_object_set_data (G_OBJECT (operation), "watched", GUINT_TO_POINTER (id));
  set_next_check (operation, g_get_monotonic_time () + (gint64) ms * 1000);
}

void
wb_evidence_watch (WbOutbox *self, WbOperation *operation, gboolean at_once)
{
  plan (self, operation, at_once ? -1 : 0);
  wb_outbox_recount (self);
}

static void
forget (gpointer key, gpointer value, gpointer user_data)
{
  guint id = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (value), "watched"));

  g_object_set_data (G_OBJECT (value), "watched", NULL);
  if (id != 0)
    g_source_remove (id);
}

void
wb_evidence_forget (WbOutbox *self)
{
  wb_outbox_foreach (self, forget);
}
