// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-mirror-private.h"

static const CmrResource *const resources[] = {
  &cmr_customer_resource, &cmr_domain_resource, &cmr_mailbox_resource, &cmr_subscription_resource, &cmr_place_resource,
};

const CmrResource *const *
wb_mirror_resources (guint *n_resources)
{
  *n_resources = G_N_ELEMENTS (resources);
  return resources;
}

static gboolean
kind_is_number (CmrKind kind)
{
  return kind == CMR_KIND_INT || kind == CMR_KIND_BOOL || kind == CMR_KIND_MONEY || kind == CMR_KIND_TIME;
}

static gboolean
field_is_kept (const CmrField *field)
{
  return (field->flags & CMR_FIELD_SECRET) == 0;
}

static char *
column_name (const CmrField *field)
{
  return g_strdelimit (g_strdup (field->member), "-", '_');
}

static void
append_table (GString *sql, const CmrResource *resource)
{
  g_string_append_printf (sql, "CREATE TABLE \"%s\" (row_key TEXT NOT NULL UNIQUE, scope TEXT NOT NULL,"
                          " asked_at INTEGER NOT NULL, missed INTEGER NOT NULL DEFAULT 0", resource->name);
  for (guint i = 0; i < resource->n_fields; i++)
    if (field_is_kept (&resource->fields[i]))
      {
        g_autofree char *column = column_name (&resource->fields[i]);

        g_string_append_printf (sql, ", \"%s\" %s", column,
                                kind_is_number (resource->fields[i].kind) ? "INTEGER" : "TEXT");
      }
  g_string_append_printf (sql, "); CREATE INDEX \"%s_scope\" ON \"%s\" (scope);", resource->name, resource->name);
}

/* Of each sweep that was ever made: as of when the last whole one tells; the one under way, if there is one, the
 * page it asks for next and the rows it has read; and when others last wrote rows of the collection. Of each page
 * what wb-mirror-sweep.c says. */
#define SWEEPS_SQL                                                                                                        \
  "CREATE TABLE sweeps (collection TEXT NOT NULL, scope TEXT NOT NULL, as_of INTEGER NOT NULL DEFAULT 0,"                \
  " began INTEGER NOT NULL DEFAULT 0, page INTEGER NOT NULL DEFAULT 0, read INTEGER NOT NULL DEFAULT 0,"                 \
  " written_at INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (collection, scope)) WITHOUT ROWID;"                              \
  "CREATE TABLE pages (collection TEXT NOT NULL, scope TEXT NOT NULL, page INTEGER NOT NULL, before INTEGER NOT NULL,"   \
  " asked_at INTEGER NOT NULL, digest BLOB NOT NULL, n_rows INTEGER NOT NULL, total INTEGER NOT NULL," \
  " n_pages INTEGER NOT NULL, last INTEGER NOT NULL, first TEXT NOT NULL, rows BLOB NOT NULL,"                            \
  " PRIMARY KEY (collection, scope, page));"

/* Lists sort by these from the first page on, and count or find by them. Each costs at every row that comes. */
#define INDEXES_SQL                                                                                                    \
  "CREATE INDEX mailbox_email ON mailbox (email); CREATE INDEX mailbox_domain ON mailbox (domain);"                    \
  "CREATE INDEX domain_name ON domain (domain_name);"                                                                  \
  "CREATE INDEX subscription_domain ON subscription (domain);"

char *
wb_mirror_sql (void)
{
  GString *sql = g_string_new (SWEEPS_SQL);

  for (guint i = 0; i < G_N_ELEMENTS (resources); i++)
    append_table (sql, resources[i]);
  g_string_append (sql, INDEXES_SQL);
  return g_string_free (sql, FALSE);
}

static const CmrField *
key_field (const CmrResource *resource)
{
  for (guint i = 0; i < resource->n_fields; i++)
    if (resource->fields[i].flags & CMR_FIELD_KEY)
      return &resource->fields[i];
  return NULL;
}

const char *
wb_mirror_key (const CmrResource *resource, CmrObject *object)
{
  const CmrField *field = key_field (resource);

  return field != NULL ? cmr_object_get_text (object, field->member) : "";
}

/* Partner-wide answers name the customer in each row; it is the scope of the row. */
static const char *
row_scope (const WbMirrorWrite *write, CmrObject *object)
{
  if (*write->scope != '\0' || write->resource == &cmr_customer_resource
      || cmr_resource_find_field (write->resource, "user-id") == NULL)
    return write->scope;
  return cmr_object_get_text (object, "user-id");
}

static char *
row_key (const CmrResource *resource, CmrObject *object, const char *scope)
{
  const char *key = wb_mirror_key (resource, object);

  /* A state's code is its own within its country only. */
  return resource == &cmr_place_resource ? g_strconcat (scope, "/", key, NULL) : g_strdup (key);
}

/* An answer that does not say whose a row is does not take it away from its customer. */
#define KEPT_SCOPE "coalesce (nullif (excluded.scope, ''), scope)"

static char *
upsert_sql (const CmrResource *resource)
{
  GString *columns = g_string_new ("row_key, scope, asked_at");
  GString *marks = g_string_new ("?, ?, ?");
  GString *sets = g_string_new ("scope = " KEPT_SCOPE ", asked_at = excluded.asked_at, missed = 0");
  GString *old = g_string_new ("scope, missed"), *new = g_string_new (KEPT_SCOPE ", 0");
  char *sql;

  for (guint i = 0; i < resource->n_fields; i++)
    if (field_is_kept (&resource->fields[i]))
      {
        g_autofree char *column = column_name (&resource->fields[i]);

        g_string_append_printf (columns, ", \"%s\"", column);
        g_string_append (marks, ", ?");
        /* An answer that leaves a field out does not take away what another call told. */
        g_string_append_printf (sets, ", \"%s\" = coalesce (excluded.\"%s\", \"%s\")", column, column, column);
        g_string_append_printf (old, ", \"%s\"", column);
        g_string_append_printf (new, ", coalesce (excluded.\"%s\", \"%s\")", column, column);
      }
  sql = g_strdup_printf ("INSERT INTO \"%s\" (%s) VALUES (%s) ON CONFLICT (row_key) DO UPDATE SET %s"
                         " WHERE (%s) IS NOT (%s) AND excluded.asked_at >= asked_at RETURNING rowid",
                         resource->name, columns->str, marks->str, sets->str, old->str, new->str);
  g_string_free (columns, TRUE);
  g_string_free (marks, TRUE);
  g_string_free (sets, TRUE);
  g_string_free (old, TRUE);
  g_string_free (new, TRUE);
  return sql;
}

static void
bind_field (sqlite3_stmt *stmt, int place, CmrObject *object, guint i, CmrKind kind)
{
  const char *text;
  gint64 number;

  if (!cmr_object_get_nth (object, i, &text, &number))
    sqlite3_bind_null (stmt, place);
  else if (kind_is_number (kind))
    sqlite3_bind_int64 (stmt, place, number);
  else
    sqlite3_bind_text (stmt, place, text, -1, SQLITE_STATIC); /* the object outlives the step */
}

static void
bind_row (sqlite3_stmt *stmt, const WbMirrorWrite *write, CmrObject *object, const char *key)
{
  int place = 4;

  sqlite3_reset (stmt);
  sqlite3_bind_text (stmt, 1, key, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (stmt, 2, row_scope (write, object), -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (stmt, 3, write->asked_at);
  for (guint i = 0; i < write->resource->n_fields; i++)
    if (field_is_kept (&write->resource->fields[i]))
      bind_field (stmt, place++, object, i, write->resource->fields[i].kind);
}

/* Those of one resource, lent by the thread. */
typedef struct {
  sqlite3_stmt *write, *find;
} Statements;

/* TRUE when the row is new or has changed; its number is added to @rowids (nullable) in any case. */
static gboolean
upsert_row (const Statements *stmts, const WbMirrorWrite *write, CmrObject *object, const char *key, GArray *rowids,
            GError **error)
{
  g_autoptr (GError) failure = NULL;
  gboolean changed;
  gint64 rowid = 0;

  bind_row (stmts->write, write, object, key);
  changed = wb_db_step (stmts->write, &failure);
  if (changed)
    rowid = sqlite3_column_int64 (stmts->write, 0);
  /* What it has written is there once it has been asked to its end. */
  if (changed)
    wb_db_step (stmts->write, &failure);
  else if (rowids != NULL && failure == NULL)
    {
      sqlite3_reset (stmts->find);
      sqlite3_bind_text (stmts->find, 1, key, -1, SQLITE_TRANSIENT);
      if (wb_db_step (stmts->find, &failure))
        rowid = sqlite3_column_int64 (stmts->find, 0);
    }
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (rowids != NULL)
    g_array_append_val (rowids, rowid);
  return changed;
}

gint
wb_mirror_upsert (sqlite3 *db, const WbMirrorWrite *write, GPtrArray *objects, GArray *rowids, GError **error)
{
  g_autofree char *sql = upsert_sql (write->resource);
  g_autofree char *find_sql = g_strdup_printf ("SELECT rowid FROM \"%s\" WHERE row_key = ?", write->resource->name);
  g_autoptr (WbKeptStatement) upsert = wb_db_keep (db, error, sql, "");
  g_autoptr (WbKeptStatement) find = upsert != NULL ? wb_db_keep (db, error, find_sql, "") : NULL;
  const Statements stmts = { upsert, find };
  g_autoptr (GError) failure = NULL;
  gint changed = 0;

  if (find == NULL)
    return -1;
  for (guint i = 0; i < objects->len && failure == NULL; i++)
    {
      CmrObject *object = objects->pdata[i];
      g_autofree char *key = row_key (write->resource, object, write->scope);

      if (*key != '\0')
        changed += upsert_row (&stmts, write, object, key, rowids, &failure);
    }
  if (failure == NULL)
    return changed;
  g_propagate_error (error, g_steal_pointer (&failure));
  return -1;
}

gboolean
wb_mirror_delete (sqlite3 *db, const CmrResource *resource, const char *key, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("DELETE FROM \"%s\" WHERE row_key = ?", resource->name);

  return wb_db_run (db, error, sql, "s", key);
}

static CmrObject *
object_from_row (sqlite3_stmt *stmt, const CmrResource *resource)
{
  CmrObject *object = cmr_object_new (resource);
  int column = 0;

  for (guint i = 0; i < resource->n_fields; i++)
    {
      const CmrField *field = &resource->fields[i];

      if (!field_is_kept (field))
        continue;
      if (sqlite3_column_type (stmt, column) == SQLITE_NULL)
        ;
      else if (kind_is_number (field->kind))
        cmr_object_set_int (object, field->member, sqlite3_column_int64 (stmt, column));
      else
        cmr_object_set_text (object, field->member, wb_db_text (stmt, column));
      column++;
    }
  return object;
}

static char *
select_sql (const CmrResource *resource, const char *end)
{
  GString *sql = g_string_new ("SELECT ");

  for (guint i = 0, n = 0; i < resource->n_fields; i++)
    if (field_is_kept (&resource->fields[i]))
      {
        g_autofree char *column = column_name (&resource->fields[i]);

        g_string_append_printf (sql, "%s\"%s\"", n++ > 0 ? ", " : "", column);
      }
  g_string_append_printf (sql, " FROM \"%s\" %s", resource->name, end);
  return g_string_free (sql, FALSE);
}

CmrObject *
wb_mirror_load (sqlite3 *db, const CmrResource *resource, const char *key, GError **error)
{
  g_autofree char *sql = select_sql (resource, "WHERE row_key = ?");
  g_autoptr (WbStatement) stmt = wb_db_prepare (db, error, sql, "s", key);

  return stmt != NULL && wb_db_step (stmt, error) ? object_from_row (stmt, resource) : NULL;
}

GPtrArray *
wb_mirror_load_scope (sqlite3 *db, const CmrResource *resource, const char *scope, const char *order_by, GError **error)
{
  g_autofree char *end = g_strdup_printf ("WHERE scope = ? ORDER BY %s", order_by);
  g_autofree char *sql = select_sql (resource, end);
  g_autoptr (WbStatement) stmt = wb_db_prepare (db, error, sql, "s", scope);
  GPtrArray *objects = g_ptr_array_new_with_free_func (g_object_unref);

  while (stmt != NULL && wb_db_step (stmt, error))
    g_ptr_array_add (objects, object_from_row (stmt, resource));
  return objects;
}
