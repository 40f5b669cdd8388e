// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-sync-private.h"

#include "cmr-client.h"
#include "wb-mirror-private.h"
#include "wb-outbox.h"
#include "wb-profile.h"

#define PAGE_LIMIT 100

struct _WbSync {
  GObject parent_instance;

  WbProfile *profile; /* owns us; NULL once stopped */
  GCancellable *cancellable;
  GHashTable *sweeps; /* "collection scope" → Sweep */
  gint64 as_of[WB_N_COLLECTIONS];
  gulong outbox_id;
};

enum { CHANGED, PROGRESS, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbSync, wb_sync, G_TYPE_OBJECT)

typedef struct {
  const char *name;
  const CmrResource *resource;
  CmrOp list_all, list_one, get;
  const char *get_param;
} Collection;

/* Which calls fill a collection: partner-wide, of one customer, one by id. */
static const Collection collections[WB_N_COLLECTIONS] = {
  [WB_COLLECTION_ORDERS] = { "orders", NULL, CMR_OP_NONE, CMR_OP_NONE, CMR_OP_NONE, NULL },
  [WB_COLLECTION_ACTIVITY] = { "activity", NULL, CMR_OP_NONE, CMR_OP_NONE, CMR_OP_NONE, NULL },
  [WB_COLLECTION_CUSTOMERS] = { "customers", &cmr_customer_resource, CMR_OP_LIST_USERS, CMR_OP_NONE, CMR_OP_GET_USER, "userId" },
  [WB_COLLECTION_DOMAINS] = { "domains", &cmr_domain_resource, CMR_OP_NONE, CMR_OP_LIST_DOMAINS, CMR_OP_NONE, NULL },
  [WB_COLLECTION_MAILBOXES] = { "mailboxes", &cmr_mailbox_resource, CMR_OP_LIST_ALL_MAILBOXES, CMR_OP_LIST_MAILBOXES, CMR_OP_GET_MAILBOX, "mailboxId" },
  [WB_COLLECTION_SUBSCRIPTIONS] = { "subscriptions", &cmr_subscription_resource, CMR_OP_LIST_SUBSCRIPTIONS, CMR_OP_LIST_SUBSCRIPTIONS, CMR_OP_NONE, NULL },
};

const char *
wb_collection_name (WbCollection collection)
{
  return collections[collection].name;
}

const CmrResource *
wb_collection_get_resource (WbCollection collection)
{
  return collections[collection].resource;
}

/* One sweep; all who ask for it while it runs share its end. */
typedef struct {
  WbSync *sync;
  WbCollection collection;
  char *key;
  char *scope;
  CmrOp op;
  guint page;
  guint read;
  gint64 total;
  gint64 asked_at;
  gint64 number;
  GPtrArray *tasks;
} Sweep;

static void
sweep_free (gpointer data)
{
  Sweep *sweep = data;

  g_object_unref (sweep->sync);
  g_ptr_array_unref (sweep->tasks);
  g_free (sweep->key);
  g_free (sweep->scope);
  g_free (sweep);
}

static void sweep_next (Sweep *sweep);

/* Settles the table before anybody hears of the end: a callback may ask again at once. */
static void
sweep_end (Sweep *sweep, const GError *error)
{
  WbSync *self = sweep->sync;
  g_autoptr (GPtrArray) tasks = g_ptr_array_ref (sweep->tasks);
  g_autoptr (WbSync) alive = g_object_ref (self);

  if (error == NULL && *sweep->scope == '\0')
    self->as_of[sweep->collection] = g_get_real_time ();
  g_signal_emit (self, signals[PROGRESS], 0, sweep->collection, sweep->read, sweep->total);
  g_hash_table_remove (self->sweeps, sweep->key);
  for (guint i = 0; i < tasks->len; i++)
    if (error != NULL)
      g_task_return_error (tasks->pdata[i], g_error_copy (error));
    else
      g_task_return_boolean (tasks->pdata[i], TRUE);
}

typedef struct {
  WbMirrorWrite write;
  const CmrEndpoint *endpoint;
  const char *collection;
  char *scope;
  GBytes *body;
} Page;

typedef struct {
  guint rows;
  gint changed;
  gint64 total;
  gint64 total_pages;
  gboolean last;
} Landed;

static void
page_free (gpointer data)
{
  Page *page = data;

  g_bytes_unref (page->body);
  g_free (page->scope);
  g_free (page);
}

/* Partner-wide answers name the customer in each row; it is the scope of the row. */
static const char *
row_scope (const Page *page, CmrObject *object)
{
  const CmrResource *resource = page->write.resource;

  if (*page->scope != '\0' || cmr_resource_find_field (resource, "user-id") == NULL || resource == &cmr_customer_resource)
    return page->scope;
  return cmr_object_get_text (object, "user-id");
}

static gint
write_rows (sqlite3 *db, Page *page, GPtrArray *rows, GError **error)
{
  gint changed = 0;

  /* One upsert per run of rows of the same customer: they come in order of customers or all at once. */
  for (guint begin = 0, end; begin < rows->len; begin = end)
    {
      g_autoptr (GPtrArray) run = g_ptr_array_new ();
      const char *scope = row_scope (page, rows->pdata[begin]);
      WbMirrorWrite write = page->write;
      gint n;

      for (end = begin; end < rows->len && g_str_equal (row_scope (page, rows->pdata[end]), scope); end++)
        g_ptr_array_add (run, rows->pdata[end]);
      write.scope = scope;
      n = wb_mirror_upsert (db, &write, run, error);
      if (n < 0)
        return -1;
      changed += n;
    }
  return changed;
}

static gpointer
land_page_job (sqlite3 *db, gpointer data, GError **error)
{
  Page *page = data;
  g_autoptr (CmrPage) parsed = cmr_page_parse (page->endpoint, page->body, error);
  Landed *landed;
  gint changed;

  if (parsed == NULL || !wb_db_begin (db, error))
    return NULL;
  changed = write_rows (db, page, parsed->rows, error);
  if (changed < 0 || (parsed->last && !wb_mirror_set_as_of (db, page->collection, page->scope, page->write.asked_at, error))
      || !wb_db_commit (db, error))
    {
      wb_db_rollback (db);
      return NULL;
    }
  landed = g_new0 (Landed, 1);
  landed->rows = parsed->rows->len;
  landed->changed = changed;
  landed->total = parsed->total;
  landed->total_pages = parsed->total_pages;
  landed->last = parsed->last;
  return landed;
}

/* By our own count: a service that does not say which page it gave, or gives the first again and again, must
 * not keep us asking. */
static gboolean
has_all (const Sweep *sweep, const Landed *landed)
{
  return (landed->total >= 0 && sweep->read >= landed->total) || (landed->total_pages > 0 && sweep->page >= landed->total_pages);
}

static void
landed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Sweep *sweep = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree Landed *landed = wb_database_run_finish (result, &error);

  if (landed == NULL || sweep->sync->profile == NULL)
    {
      if (error == NULL)
        g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped");
      sweep_end (sweep, error);
      return;
    }
  sweep->read += landed->rows;
  if (landed->total >= 0)
    sweep->total = landed->total;
  if (landed->changed > 0)
    {
      g_signal_emit (sweep->sync, signals[CHANGED], 0, sweep->collection);
      wb_profile_note_changed (sweep->sync->profile, sweep->collection);
    }
  if (landed->last || has_all (sweep, landed))
    {
      sweep_end (sweep, NULL);
      return;
    }
  g_signal_emit (sweep->sync, signals[PROGRESS], 0, sweep->collection, sweep->read, sweep->total);
  sweep->page++;
  sweep_next (sweep);
}

static void
page_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Sweep *sweep = user_data;
  WbSync *self = sweep->sync;
  g_autoptr (GError) error = NULL;
  GBytes *body = cmr_client_read_finish (CMR_CLIENT (source), result, &error);
  Page *page;

  if (body == NULL || self->profile == NULL)
    {
      if (error == NULL)
        g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped");
      g_clear_pointer (&body, g_bytes_unref);
      sweep_end (sweep, error);
      return;
    }
  page = g_new0 (Page, 1);
  page->endpoint = cmr_endpoint_get (sweep->op);
  page->collection = collections[sweep->collection].name;
  page->scope = g_strdup (sweep->scope);
  page->body = body;
  page->write = (WbMirrorWrite) { collections[sweep->collection].resource, page->scope, sweep->asked_at, sweep->number };
  wb_database_run_async (wb_profile_get_mirror (self->profile), land_page_job, page, page_free, g_free, NULL, landed_cb, sweep);
}

static void
sweep_next (Sweep *sweep)
{
  g_autoptr (CmrCall) call = cmr_call_new (sweep->op);
  g_autofree char *page = g_strdup_printf ("%u", sweep->page);

  cmr_call_set_priority (call, CMR_PRIORITY_VISIBLE);
  cmr_call_set_param (call, "page", page);
  cmr_call_set_param (call, "limit", G_STRINGIFY (PAGE_LIMIT));
  if (*sweep->scope != '\0')
    cmr_call_set_param (call, "userId", sweep->scope);
  sweep->asked_at = g_get_real_time ();
  cmr_client_read_async (wb_profile_get_client (sweep->sync->profile), call, sweep->sync->cancellable, page_read_cb, sweep);
}

void
wb_sync_refresh_async (WbSync *self, WbCollection collection, const char *customer_id, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  const Collection *row = &collections[collection];
  CmrOp op = customer_id != NULL && *customer_id != '\0' ? row->list_one : row->list_all;
  g_autofree char *key = g_strdup_printf ("%d %s", collection, customer_id != NULL ? customer_id : "");
  Sweep *sweep;

  g_task_set_source_tag (task, wb_sync_refresh_async);
  if (op == CMR_OP_NONE || self->profile == NULL)
    {
      /* The journal's own collections are always fresh. */
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  sweep = g_hash_table_lookup (self->sweeps, key);
  if (sweep != NULL)
    {
      g_ptr_array_add (sweep->tasks, task);
      return;
    }
  sweep = g_new0 (Sweep, 1);
  sweep->sync = g_object_ref (self);
  sweep->collection = collection;
  sweep->key = g_steal_pointer (&key);
  sweep->scope = g_strdup (customer_id != NULL ? customer_id : "");
  sweep->op = op;
  sweep->page = 1;
  sweep->total = -1;
  sweep->number = g_get_real_time ();
  sweep->tasks = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (sweep->tasks, task);
  g_hash_table_insert (self->sweeps, sweep->key, sweep);
  sweep_next (sweep);
}

gboolean
wb_sync_refresh_finish (WbSync *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

gint64
wb_sync_get_as_of (WbSync *self, WbCollection collection)
{
  return self->as_of[collection];
}

gboolean
wb_sync_is_running (WbSync *self, WbCollection collection, guint *read, gint64 *total)
{
  g_autofree char *key = g_strdup_printf ("%d ", collection);
  Sweep *sweep = g_hash_table_lookup (self->sweeps, key);

  if (sweep != NULL && read != NULL)
    *read = sweep->read;
  if (sweep != NULL && total != NULL)
    *total = sweep->total;
  return sweep != NULL;
}

static gpointer
as_of_job (sqlite3 *db, gpointer data, GError **error)
{
  gint64 *times = g_new0 (gint64, WB_N_COLLECTIONS);

  for (guint i = 0; i < WB_N_COLLECTIONS; i++)
    times[i] = wb_mirror_get_as_of (db, collections[i].name, "");
  return times;
}

static void
as_of_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbSync) self = user_data;
  g_autofree gint64 *times = wb_database_run_finish (result, NULL);

  for (guint i = 0; times != NULL && i < WB_N_COLLECTIONS; i++)
    self->as_of[i] = MAX (self->as_of[i], times[i]);
}

/* A customer written by an operation is read back into the mirror. */
static void
on_outbox_changed (WbOutbox *outbox, WbOperation *operation, WbSync *self)
{
  CmrOp op = wb_operation_get_op (operation);
  const char *id = op == CMR_OP_CREATE_USER ? wb_operation_get_made_id (operation) : wb_operation_get_customer_id (operation);

  if (wb_operation_get_state (operation) == WB_STATE_DONE && (op == CMR_OP_CREATE_USER || op == CMR_OP_UPDATE_USER) && *id != '\0')
    wb_sync_reread_async (self, WB_COLLECTION_CUSTOMERS, id, self->cancellable, NULL, NULL);
}

WbSync *
wb_sync_new (WbProfile *profile)
{
  WbSync *self = g_object_new (WB_TYPE_SYNC, NULL);

  self->profile = profile;
  self->outbox_id = g_signal_connect (wb_profile_get_outbox (profile), "changed", G_CALLBACK (on_outbox_changed), self);
  wb_database_run_async (wb_profile_get_mirror (profile), as_of_job, NULL, NULL, g_free, self->cancellable, as_of_cb,
                         g_object_ref (self));
  return self;
}

void
wb_sync_stop (WbSync *self)
{
  if (self->profile != NULL && self->outbox_id != 0)
    g_signal_handler_disconnect (wb_profile_get_outbox (self->profile), self->outbox_id);
  self->outbox_id = 0;
  g_cancellable_cancel (self->cancellable);
  self->profile = NULL;
}

WbProfile *
wb_sync_get_profile (WbSync *self)
{
  return self->profile;
}

GCancellable *
wb_sync_get_cancellable (WbSync *self)
{
  return self->cancellable;
}

void
wb_sync_note_changed (WbSync *self, WbCollection collection)
{
  if (self->profile == NULL)
    return;
  g_signal_emit (self, signals[CHANGED], 0, collection);
  wb_profile_note_changed (self->profile, collection);
}

CmrOp
wb_collection_get_op (WbCollection collection, const char **param)
{
  *param = collections[collection].get_param;
  return collections[collection].get;
}

static void
wb_sync_finalize (GObject *object)
{
  WbSync *self = WB_SYNC (object);

  g_hash_table_unref (self->sweeps);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (wb_sync_parent_class)->finalize (object);
}

static void
wb_sync_class_init (WbSyncClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_sync_finalize;
  signals[CHANGED] = g_signal_new ("changed", WB_TYPE_SYNC, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[PROGRESS] = g_signal_new ("progress", WB_TYPE_SYNC, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                    G_TYPE_INT, G_TYPE_UINT, G_TYPE_INT64);
}

static void
wb_sync_init (WbSync *self)
{
  self->cancellable = g_cancellable_new ();
  self->sweeps = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, sweep_free);
}
