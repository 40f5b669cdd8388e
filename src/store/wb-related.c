// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-related.h"

#include "wb-profile-private.h"

/* One statement a kind: id, title, state, n, time, pictures of what goes with the row ?1. */
#define NAME_OF(c) "coalesce (nullif (" c ".company, ''), trim (coalesce (" c ".first_name, '') || ' ' || coalesce (" c ".last_name, '')))"
#define CUSTOMER(of) "SELECT c.row_key, " NAME_OF ("c") ", '', 0, 0, 0 FROM " of " t JOIN customer c ON c.row_key = t.scope WHERE t.row_key = ?1"
/* What was never asked for is not none. */
#define MAILBOXES_OF(name, scope) "CASE WHEN EXISTS (SELECT 1 FROM sweeps w WHERE w.collection = 'mailboxes'"                \
  " AND w.scope IN ('', " scope ") AND w.as_of > 0) THEN (SELECT count (*) FROM mailbox m WHERE m.domain = " name ") END"
#define DOMAIN_COLUMNS "SELECT d.row_key, d.domain_name, d.status, " MAILBOXES_OF ("d.domain_name", "d.scope") ", 0, 0"
#define OWNED_BY_CUSTOMER(table) "SELECT '', " NAME_OF ("c") ", '', (SELECT count (*) FROM " table " t WHERE t.scope = ?1), 0, 0 FROM customer c WHERE c.row_key = ?1"
#define SUBSCRIPTION_COLUMNS "SELECT s.row_key, s.domain, s.subscription_status, s.total_mailbox_quantity, 0, 0"
#define ORDER_COLUMNS "SELECT o.id, o.domains, o.state, o.mailboxes, o.created, o.pictures FROM journal.orders o"
#define OPERATION_COLUMNS "SELECT p.id, p.op, p.state, p.mailboxes, p.created, p.pictures FROM journal.operations p"
#define ORDERS_OF_DOMAIN(name) "(SELECT l.order_uuid FROM journal.order_domains l WHERE l.domain = " name ")"
#define ROW_OF(column, table) "(SELECT t." column " FROM " table " t WHERE t.row_key = ?1)"
#define NEWEST(time) " ORDER BY " time " DESC"

typedef struct {
  WbCollection of, collection;
  const char *sql;
} Relation;

static const Relation relations[] = {
  { WB_COLLECTION_CUSTOMERS, WB_COLLECTION_DOMAINS, OWNED_BY_CUSTOMER ("domain") },
  { WB_COLLECTION_CUSTOMERS, WB_COLLECTION_MAILBOXES, OWNED_BY_CUSTOMER ("mailbox") },
  { WB_COLLECTION_CUSTOMERS, WB_COLLECTION_SUBSCRIPTIONS, OWNED_BY_CUSTOMER ("subscription") },
  { WB_COLLECTION_CUSTOMERS, WB_COLLECTION_ACTIVITY, OPERATION_COLUMNS " WHERE p.customer_id = ?1" NEWEST ("p.created") },

  { WB_COLLECTION_DOMAINS, WB_COLLECTION_CUSTOMERS, CUSTOMER ("domain") },
  { WB_COLLECTION_DOMAINS, WB_COLLECTION_MAILBOXES,
    "SELECT '', d.domain_name, '', " MAILBOXES_OF ("d.domain_name", "d.scope") ", 0, 0 FROM domain d WHERE d.row_key = ?1" },
  { WB_COLLECTION_DOMAINS, WB_COLLECTION_SUBSCRIPTIONS,
    SUBSCRIPTION_COLUMNS " FROM domain d JOIN subscription s ON s.domain = d.domain_name WHERE d.row_key = ?1"
    NEWEST ("s.period_end") },
  { WB_COLLECTION_DOMAINS, WB_COLLECTION_ORDERS,
    ORDER_COLUMNS " WHERE o.id IN " ORDERS_OF_DOMAIN (ROW_OF ("domain_name", "domain")) NEWEST ("o.created") },
  { WB_COLLECTION_DOMAINS, WB_COLLECTION_ACTIVITY,
    OPERATION_COLUMNS " WHERE p.target IN (?1, " ROW_OF ("domain_name", "domain") ") OR p.order_uuid IN "
    ORDERS_OF_DOMAIN (ROW_OF ("domain_name", "domain")) NEWEST ("p.created") },

  { WB_COLLECTION_MAILBOXES, WB_COLLECTION_CUSTOMERS, CUSTOMER ("mailbox") },
  { WB_COLLECTION_MAILBOXES, WB_COLLECTION_DOMAINS,
    DOMAIN_COLUMNS " FROM mailbox t JOIN domain d ON d.domain_name = t.domain WHERE t.row_key = ?1" },
  { WB_COLLECTION_MAILBOXES, WB_COLLECTION_SUBSCRIPTIONS,
    SUBSCRIPTION_COLUMNS " FROM mailbox t JOIN subscription s ON s.row_key = t.subscription_id WHERE t.row_key = ?1" },
  { WB_COLLECTION_MAILBOXES, WB_COLLECTION_ORDERS,
    ORDER_COLUMNS " WHERE o.order_id <> '' AND o.order_id = " ROW_OF ("order_id", "mailbox") },
  { WB_COLLECTION_MAILBOXES, WB_COLLECTION_ACTIVITY,
    OPERATION_COLUMNS " WHERE p.target IN (?1, " ROW_OF ("email", "mailbox") ") OR p.order_uuid IN"
    " (SELECT o.id FROM journal.orders o WHERE o.order_id <> '' AND o.order_id = " ROW_OF ("order_id", "mailbox") ")"
    NEWEST ("p.created") },

  { WB_COLLECTION_SUBSCRIPTIONS, WB_COLLECTION_CUSTOMERS, CUSTOMER ("subscription") },
  { WB_COLLECTION_SUBSCRIPTIONS, WB_COLLECTION_DOMAINS,
    DOMAIN_COLUMNS " FROM subscription t JOIN domain d ON d.domain_name = t.domain WHERE t.row_key = ?1" },
  { WB_COLLECTION_SUBSCRIPTIONS, WB_COLLECTION_MAILBOXES,
    "SELECT '', t.domain, '', " MAILBOXES_OF ("t.domain", "t.scope") ", 0, 0 FROM subscription t WHERE t.row_key = ?1" },
  { WB_COLLECTION_SUBSCRIPTIONS, WB_COLLECTION_ACTIVITY, OPERATION_COLUMNS " WHERE p.target = ?1" NEWEST ("p.created") },
};

void
wb_related_free (WbRelated *self)
{
  g_free (self->id);
  g_free (self->title);
  g_free (self->state);
  g_free (self);
}

static WbRelated *
take_row (sqlite3_stmt *stmt, WbCollection collection)
{
  WbRelated *related = g_new0 (WbRelated, 1);

  related->collection = collection;
  related->id = g_strdup (wb_db_text (stmt, 0));
  related->title = g_strdup (wb_db_text (stmt, 1));
  related->state = g_strdup (wb_db_text (stmt, 2));
  related->n = sqlite3_column_type (stmt, 3) != SQLITE_NULL ? sqlite3_column_int64 (stmt, 3) : -1;
  related->time = sqlite3_column_int64 (stmt, 4);
  related->pictures = (guint) sqlite3_column_int (stmt, 5);
  return related;
}

typedef struct {
  WbCollection collection;
  char *id;
} Ask;

static void
ask_free (gpointer data)
{
  g_free (((Ask *) data)->id);
  g_free (data);
}

static gboolean
read_relation (sqlite3 *db, const Relation *relation, const char *id, GPtrArray *found, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("%s LIMIT %d", relation->sql, WB_RELATED_MOST);
  g_autoptr (WbStatement) stmt = wb_db_prepare (db, error, sql, "s", id);
  g_autoptr (GError) failure = NULL;

  while (stmt != NULL && wb_db_step (stmt, &failure))
    g_ptr_array_add (found, take_row (stmt, relation->collection));
  if (failure == NULL)
    return stmt != NULL;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gpointer
related_job (sqlite3 *db, gpointer data, GError **error)
{
  const Ask *ask = data;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_related_free);

  for (guint i = 0; i < G_N_ELEMENTS (relations); i++)
    if (relations[i].of == ask->collection && !read_relation (db, &relations[i], ask->id, found, error))
      return NULL;
  return g_steal_pointer (&found);
}

static void
related_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *found = wb_database_run_finish (result, &error);

  if (found != NULL)
    g_task_return_pointer (task, found, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
wb_related_async (WbProfile *profile, WbCollection collection, const char *id, GCancellable *cancellable,
                  GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (profile, cancellable, callback, user_data);
  Ask *ask = g_new0 (Ask, 1);

  g_task_set_source_tag (task, wb_related_async);
  ask->collection = collection;
  ask->id = g_strdup (id);
  wb_database_run_async (wb_profile_get_reader (profile), related_job, ask, ask_free, (GDestroyNotify) g_ptr_array_unref,
                         cancellable, related_cb, g_steal_pointer (&task));
}

GPtrArray *
wb_related_finish (WbProfile *profile, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
