// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-order-private.h"

#include "wb-fault.h"
#include "wb-names.h"

/* The journal is the list of orders: the service has none. */

static void
bind_cents (sqlite3_stmt *stmt, int place, gint64 cents)
{
  if (cents == CMR_MONEY_UNKNOWN)
    sqlite3_bind_null (stmt, place);
  else
    sqlite3_bind_int64 (stmt, place, cents);
}

static gint64
read_cents (sqlite3_stmt *stmt, int column)
{
  return sqlite3_column_type (stmt, column) == SQLITE_NULL ? CMR_MONEY_UNKNOWN : sqlite3_column_int64 (stmt, column);
}

/* "brightloom.example and 2 more" is worded by the window; the list keeps the names. */
static char *
dup_domains (const WbOrderData *data)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < data->lines->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", ((WbOrderDomain *) data->lines->pdata[i])->domain);
  return g_string_free (text, FALSE);
}

static char *
dup_search (const WbOrderData *data)
{
  GString *text = g_string_new (data->customer);

  for (guint i = 0; i < data->lines->len; i++)
    {
      const WbOrderDomain *line = data->lines->pdata[i];

      g_string_append_printf (text, " %s", line->domain);
      for (guint m = 0; m < line->mailboxes->len; m++)
        g_string_append_printf (text, " %s", ((WbOrderMailbox *) line->mailboxes->pdata[m])->address);
    }
  return g_string_free (text, FALSE);
}

static gboolean
save_lines (sqlite3 *db, const WbOrderData *data, GError **error)
{
  gint64 place = 0;

  if (!wb_db_run (db, error, "DELETE FROM order_domains WHERE order_uuid = ?", "s", data->id)
      || !wb_db_run (db, error, "DELETE FROM order_mailboxes WHERE order_uuid = ?", "s", data->id))
    return FALSE;
  for (guint i = 0; i < data->lines->len; i++)
    {
      const WbOrderDomain *line = data->lines->pdata[i];
      g_autoptr (WbStatement) stmt
          = wb_db_prepare (db, error,
                           "INSERT INTO order_domains (order_uuid, place, domain, years, state, reason, "
                           "mailboxes_failed, left_out, cents)"
                           " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                           "sisissii", data->id, (gint64) i, line->domain, (gint64) line->years, line->state,
                           line->reason, (gint64) line->mailboxes_failed, (gint64) line->left_out);

      if (stmt == NULL)
        return FALSE;
      bind_cents (stmt, 9, line->cents);
      wb_db_step (stmt, error);
      for (guint m = 0; m < line->mailboxes->len && *error == NULL; m++)
        {
          const WbOrderMailbox *mailbox = line->mailboxes->pdata[m];

          wb_db_run (db, error,
                     "INSERT INTO order_mailboxes (order_uuid, place, domain, address, user_name, first_name, "
                     "last_name, blob, state,"
                     " reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                     "sissssssss", data->id, place++, line->domain, mailbox->address, mailbox->user_name,
                     mailbox->first_name, mailbox->last_name, mailbox->blob, mailbox->state, mailbox->reason);
        }
      if (*error != NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
save_row (sqlite3 *db, const WbOrderData *data, GError **error)
{
  g_autofree char *domains = dup_domains (data);
  g_autofree char *search = dup_search (data);
  g_autoptr (WbStatement) stmt = wb_db_prepare (
      db, error,
      "INSERT INTO orders (id, order_id, draft, customer_id, customer, provider, state, server_state, mailboxes, "
      "pictures,"
      " upload_bytes, live, failed, wallet_shared, confirm, confirm_ignored, fingerprint, domains, search, created, "
      "paid_at, asked_at,"
      " changed_at, read_back, host, about, monthly, taken, wallet_before, wallet_now)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
      " ON CONFLICT (id) DO UPDATE SET order_id = excluded.order_id, customer = excluded.customer, state = "
      "excluded.state,"
      " server_state = excluded.server_state, live = excluded.live, failed = excluded.failed, wallet_shared = "
      "excluded.wallet_shared,"
      " confirm_ignored = excluded.confirm_ignored, domains = excluded.domains, search = excluded.search, paid_at = "
      "excluded.paid_at,"
      " asked_at = excluded.asked_at, changed_at = excluded.changed_at, read_back = excluded.read_back, taken = "
      "excluded.taken,"
      " mailboxes = excluded.mailboxes, wallet_before = excluded.wallet_before, wallet_now = excluded.wallet_now",
      "ssssssssiiiiiiiisssiiiiis", data->id, data->order_id, data->draft, data->customer_id, data->customer,
      data->provider, wb_order_state_word (data->state), data->server_state, (gint64) data->n_mailboxes,
      (gint64) data->n_pictures, (gint64) data->upload_bytes, (gint64) data->live, (gint64) data->failed,
      (gint64) data->wallet_shared, (gint64) data->confirm, (gint64) data->confirm_ignored, data->fingerprint, domains,
      search, data->created, data->paid_at, data->asked_at, data->changed_at, (gint64) data->read_back, data->host);

  if (stmt == NULL)
    return FALSE;
  bind_cents (stmt, 26, data->about);
  bind_cents (stmt, 27, data->monthly);
  bind_cents (stmt, 28, data->taken);
  bind_cents (stmt, 29, data->wallet_before);
  bind_cents (stmt, 30, data->wallet_now);
  wb_db_step (stmt, error);
  return *error == NULL;
}

/* What was sent is no draft any more; what never came to be is one again, unless another order was made of it. */
static gboolean
bind_draft (sqlite3 *db, const WbOrderData *data, gboolean takes_over, GError **error)
{
  gboolean gone = data->state == WB_ORDER_FAILED || data->state == WB_ORDER_CANCELLED;

  if (gone)
    return wb_db_run (db, error, "UPDATE drafts SET order_uuid = '' WHERE id = ? AND order_uuid = ?", "ss", data->draft,
                      data->id);
  return wb_db_run (db, error, "UPDATE drafts SET order_uuid = ? WHERE id = ? AND (order_uuid = '' OR ?)", "ssi",
                    data->id, data->draft, (gint64) takes_over);
}

static gpointer
save (sqlite3 *db, const WbOrderData *data, gboolean insert, GError **error)
{
  WB_FAULT_POINT ("order:before-save");
  if (!save_row (db, data, error) || !save_lines (db, data, error) || !bind_draft (db, data, insert, error))
    {
      wb_db_rollback (db);
      return NULL;
    }
  WB_FAULT_POINT ("order:before-commit");
  if (!wb_db_commit (db, error))
    {
      wb_db_rollback (db);
      return NULL;
    }
  WB_FAULT_POINT ("order:saved");
  return GINT_TO_POINTER (TRUE);
}

gpointer
wb_order_save_job (sqlite3 *db, gpointer data, GError **error)
{
  return wb_db_begin (db, error) ? save (db, data, FALSE, error) : NULL;
}

/* A draft is ordered once: again only when the first never came to be, is lost and free, or cannot be paid. */
gpointer
wb_order_insert_job (sqlite3 *db, gpointer user_data, GError **error)
{
  const WbOrderData *data = user_data;
  gint64 others;

  if (!wb_db_begin (db, error))
    return NULL;
  others = wb_db_int64 (db, error,
                        "SELECT count(*) FROM orders WHERE draft = ? AND draft <> ''"
                        " AND state NOT IN ('failed', 'cancelled', 'may-exist', 'cannot-pay')", "s", data->draft);
  if (*error == NULL && others > 0)
    g_set_error_literal (error, CMR_ERROR, CMR_ERROR_CONFLICT, "this draft was ordered already");
  if (*error == NULL)
    return save (db, data, TRUE, error);
  wb_db_rollback (db);
  return NULL;
}

/* Loading */

static WbOrderState
state_of (const char *word)
{
  for (guint i = WB_ORDER_DRAFT; i <= WB_ORDER_SLOW; i++)
    if (g_str_equal (wb_order_state_word (i), word))
      return i;
  return WB_ORDER_UNKNOWN;
}

#define COLUMNS                                                                                                        \
  "id, order_id, draft, customer_id, customer, provider, state, server_state, mailboxes, pictures, upload_bytes, "     \
  "live,"                                                                                                              \
  " failed, wallet_shared, confirm, confirm_ignored, fingerprint, created, paid_at, asked_at, changed_at, read_back, " \
  "host,"                                                                                                              \
  " about, monthly, taken, wallet_before, wallet_now"

static WbOrderData *
data_from_row (sqlite3_stmt *stmt)
{
  WbOrderData *data = wb_order_data_new ();

  data->id = g_strdup (wb_db_text (stmt, 0));
  data->order_id = g_strdup (wb_db_text (stmt, 1));
  data->draft = g_strdup (wb_db_text (stmt, 2));
  data->customer_id = g_strdup (wb_db_text (stmt, 3));
  data->customer = g_strdup (wb_db_text (stmt, 4));
  data->provider = g_strdup (wb_db_text (stmt, 5));
  data->state = state_of (wb_db_text (stmt, 6));
  data->server_state = g_strdup (wb_db_text (stmt, 7));
  data->n_mailboxes = sqlite3_column_int (stmt, 8);
  data->n_pictures = sqlite3_column_int (stmt, 9);
  data->upload_bytes = sqlite3_column_int64 (stmt, 10);
  data->live = sqlite3_column_int (stmt, 11);
  data->failed = sqlite3_column_int (stmt, 12);
  data->wallet_shared = sqlite3_column_int (stmt, 13);
  data->confirm = sqlite3_column_int (stmt, 14);
  data->confirm_ignored = sqlite3_column_int (stmt, 15);
  data->fingerprint = g_strdup (wb_db_text (stmt, 16));
  data->created = sqlite3_column_int64 (stmt, 17);
  data->paid_at = sqlite3_column_int64 (stmt, 18);
  data->asked_at = sqlite3_column_int64 (stmt, 19);
  data->changed_at = sqlite3_column_int64 (stmt, 20);
  data->read_back = sqlite3_column_int (stmt, 21);
  data->host = g_strdup (wb_db_text (stmt, 22));
  data->about = read_cents (stmt, 23);
  data->monthly = read_cents (stmt, 24);
  data->taken = read_cents (stmt, 25);
  data->wallet_before = read_cents (stmt, 26);
  data->wallet_now = read_cents (stmt, 27);
  return data;
}

static WbOrderDomain *
find_line (WbOrderData *data, const char *domain)
{
  for (guint i = 0; i < data->lines->len; i++)
    if (g_str_equal (((WbOrderDomain *) data->lines->pdata[i])->domain, domain))
      return data->lines->pdata[i];
  return NULL;
}

static void
load_mailboxes (sqlite3 *db, WbOrderData *data, GError **error)
{
  g_autoptr (WbStatement) stmt = wb_db_prepare (
    db, error, "SELECT domain, address, user_name, first_name, last_name, blob, state, reason FROM order_mailboxes"
    " WHERE order_uuid = ? ORDER BY place", "s", data->id);

  while (stmt != NULL && wb_db_step (stmt, error))
    {
      WbOrderDomain *line = find_line (data, wb_db_text (stmt, 0));
      WbOrderMailbox *mailbox = g_new0 (WbOrderMailbox, 1);

      mailbox->address = g_strdup (wb_db_text (stmt, 1));
      mailbox->user_name = g_strdup (wb_db_text (stmt, 2));
      mailbox->first_name = g_strdup (wb_db_text (stmt, 3));
      mailbox->last_name = g_strdup (wb_db_text (stmt, 4));
      mailbox->blob = sqlite3_column_type (stmt, 5) == SQLITE_NULL ? NULL : g_strdup (wb_db_text (stmt, 5));
      mailbox->state = g_strdup (wb_db_text (stmt, 6));
      mailbox->reason = g_strdup (wb_db_text (stmt, 7));
      if (line == NULL)
        {
          wb_order_mailbox_free (mailbox);
          continue;
        }
      line->live += g_str_equal (mailbox->state, "ACTIVE");
      line->failed += g_str_equal (mailbox->state, "FAILED");
      g_ptr_array_add (line->mailboxes, mailbox);
    }
}

static void
load_lines (sqlite3 *db, WbOrderData *data, GError **error)
{
  g_autoptr (WbStatement) stmt = wb_db_prepare (
      db, error,
      "SELECT domain, years, cents, state, reason, mailboxes_failed, left_out FROM order_domains WHERE order_uuid = ?"
      " ORDER BY place",
      "s", data->id);

  while (stmt != NULL && wb_db_step (stmt, error))
    {
      WbOrderDomain *line = g_new0 (WbOrderDomain, 1);

      line->domain = g_strdup (wb_db_text (stmt, 0));
      line->years = sqlite3_column_int (stmt, 1);
      line->cents = read_cents (stmt, 2);
      line->state = g_strdup (wb_db_text (stmt, 3));
      line->reason = g_strdup (wb_db_text (stmt, 4));
      line->mailboxes_failed = sqlite3_column_int (stmt, 5);
      line->left_out = sqlite3_column_int (stmt, 6);
      line->mailboxes = g_ptr_array_new_with_free_func (wb_order_mailbox_free);
      g_ptr_array_add (data->lines, line);
    }
  load_mailboxes (db, data, error);
}

void
wb_order_found_free (WbOrderFound *self)
{
  g_ptr_array_unref (self->orders);
  g_ptr_array_unref (self->operations);
  g_free (self);
}

static void
data_free (gpointer data)
{
  wb_order_data_free (data);
}

static void
record_free (gpointer record)
{
  wb_record_free (record);
}

static void
find_operations (sqlite3 *db, const char *order, GPtrArray *records, GError **error)
{
  g_autoptr (WbStatement) stmt = wb_db_prepare (
      db, error, "SELECT " WB_RECORD_COLUMNS " FROM operations WHERE order_uuid = ? ORDER BY created", "s", order);

  while (stmt != NULL && wb_db_step (stmt, error))
    g_ptr_array_add (records, wb_record_from_row (stmt));
}

#define OPEN_STATES "('creating', 'may-exist', 'not-paid', 'cannot-pay', 'paying', 'being-made', 'slow', 'unknown')"

/**
 * wb_order_find_job:
 * @id: (nullable): an order's, ours or the service's; %NULL for all that are open
 *
 * Returns: (transfer full): the orders, with all operations of theirs
 */
gpointer
wb_order_find_job (sqlite3 *db, gpointer id, GError **error)
{
  WbOrderFound *found = g_new0 (WbOrderFound, 1);
  g_autoptr (WbStatement) stmt
      = id != NULL ? wb_db_prepare (db, error,
                                    "SELECT " COLUMNS " FROM orders WHERE id = ?1 OR (order_id = ?1 AND ?1 <> '')"
                                    " ORDER BY created DESC LIMIT 1",
                                    "s", id)
                   : wb_db_prepare (
                       db, error, "SELECT " COLUMNS " FROM orders WHERE state IN " OPEN_STATES " ORDER BY created", "");

  found->orders = g_ptr_array_new_with_free_func (data_free);
  found->operations = g_ptr_array_new_with_free_func (record_free);
  while (stmt != NULL && wb_db_step (stmt, error))
    g_ptr_array_add (found->orders, data_from_row (stmt));
  for (guint i = 0; i < found->orders->len && *error == NULL; i++)
    {
      WbOrderData *data = found->orders->pdata[i];

      load_lines (db, data, error);
      find_operations (db, data->id, found->operations, error);
    }
  if (*error == NULL)
    return found;
  wb_order_found_free (found);
  return NULL;
}
