// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-order-private.h"

#include "cmr-client.h"
#include "wb-fault.h"
#include "wb-outbox-private.h"
#include "wb-outbox.h"
#include "wb-profile.h"
#include "wb-sync.h"

struct _WbOrders {
  GObject parent_instance;

  WbProfile *profile; /* owns us; NULL once stopped */
  GCancellable *cancellable;
  GHashTable *orders; /* id → WbOrder */
};

enum { CHANGED, FINISHED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbOrders, wb_orders, G_TYPE_OBJECT)

WbProfile *
wb_orders_get_profile (WbOrders *self)
{
  return self->profile;
}

GCancellable *
wb_orders_get_cancellable (WbOrders *self)
{
  return self->cancellable;
}

static void
data_free (gpointer data)
{
  wb_order_data_free (data);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbOrders) self = user_data;
  g_autoptr (GError) error = NULL;

  if (wb_database_run_finish (result, &error) == NULL)
    g_message ("an order was not saved: %s", error != NULL ? error->message : "no reason");
  else if (self->profile != NULL)
    wb_profile_note_changed (self->profile, WB_COLLECTION_ORDERS);
}

void
wb_orders_save (WbOrders *self, WbOrder *order)
{
  if (self->profile == NULL)
    return;
  wb_database_run_async (wb_profile_get_journal (self->profile), wb_order_save_job, wb_order_data_copy (wb_order_get_data (order)),
                         data_free, NULL, NULL, saved_cb, g_object_ref (self));
  g_signal_emit (self, signals[CHANGED], 0, order);
}

void
wb_orders_emit_finished (WbOrders *self, WbOrder *order)
{
  g_signal_emit (self, signals[FINISHED], 0, order);
}

typedef struct {
  WbOrder *order;
  gboolean shared;
} Share;

static void
look_for_other (gpointer id, gpointer value, gpointer user_data)
{
  Share *share = user_data;
  WbOrder *other = value;

  if (other != share->order && wb_order_get_paid_at (other) >= wb_order_get_created (share->order))
    share->shared = TRUE;
}

gboolean
wb_orders_wallet_is_shared (WbOrders *self, WbOrder *order)
{
  Share share = { order, FALSE };

  g_hash_table_foreach (self->orders, look_for_other, &share);
  return share.shared;
}

static WbOrder *
adopt (WbOrders *self, WbOrderData *data)
{
  WbOrder *order = g_hash_table_lookup (self->orders, data->id);

  if (order != NULL)
    {
      wb_order_data_free (data);
      return order;
    }
  order = wb_order_new (data);
  g_hash_table_insert (self->orders, g_strdup (data->id), order);
  return order;
}

/* Following an operation: what became of Create or Pay decides the order's state. */

static gboolean
is_create (WbOperation *operation)
{
  return wb_operation_get_op (operation) != CMR_OP_PROCESS_ORDER;
}

/* Names that the answer left out: they and their mailboxes are not part of what was made. */
static void
mark_left_out (WbOrderData *data, WbOperation *operation)
{
  const char *left_out = wb_operation_get_record (operation)->left_out;
  g_auto (GStrv) names = g_strsplit (left_out != NULL ? left_out : "", " ", 0);

  for (guint i = 0; i < data->lines->len && *names != NULL; i++)
    {
      WbOrderDomain *line = data->lines->pdata[i];

      if (line->left_out || !g_strv_contains ((const char *const *) names, line->domain))
        continue;
      line->left_out = TRUE;
      data->n_mailboxes -= MIN (data->n_mailboxes, line->mailboxes->len);
    }
}

static void
create_ended (WbOrders *self, WbOrder *order, WbOperation *operation)
{
  WbOrderData *data = wb_order_get_data (order);
  WbState state = wb_operation_get_state (operation);

  if (state == WB_STATE_DONE || state == WB_STATE_ACCEPTED)
    {
      g_free (data->order_id);
      data->order_id = g_strdup (wb_operation_get_made_id (operation));
      mark_left_out (data, operation);
      if (data->confirm)
        wb_orders_track (self, order);
      else
        wb_order_set_state (order, WB_ORDER_NOT_PAID);
    }
  else if (state == WB_STATE_UNKNOWN)
    wb_order_set_state (order, data->confirm ? WB_ORDER_UNKNOWN : WB_ORDER_MAY_EXIST);
  else
    wb_order_set_state (order, state == WB_STATE_CANCELLED || state == WB_STATE_CLOSED ? WB_ORDER_CANCELLED : WB_ORDER_FAILED);
  wb_orders_save (self, order);
  /* Nothing is offered before state and wallet were read again. */
  wb_orders_read_back (self, order);
}

static void
pay_ended (WbOrders *self, WbOrder *order, WbOperation *operation)
{
  WbState state = wb_operation_get_state (operation);

  if (state == WB_STATE_ACCEPTED || state == WB_STATE_DONE)
    wb_orders_track (self, order);
  else if (state == WB_STATE_UNKNOWN)
    wb_order_set_state (order, WB_ORDER_UNKNOWN);
  else
    {
      wb_order_set_state (order, WB_ORDER_NOT_PAID);
      wb_order_get_data (order)->read_back = FALSE;
      wb_orders_read_back (self, order);
    }
  wb_orders_save (self, order);
}

static void
on_operation_state (WbOperation *operation, GParamSpec *pspec, WbOrders *self)
{
  WbOrder *order = g_hash_table_lookup (self->orders, wb_operation_get_order (operation));
  WbState state = wb_operation_get_state (operation);

  if (order == NULL || self->profile == NULL || state == WB_STATE_QUEUED || state == WB_STATE_SENDING)
    return;
  WB_FAULT_POINT ("orders:operation-ended");
  if (is_create (operation))
    create_ended (self, order, operation);
  else
    pay_ended (self, order, operation);
}

void
wb_orders_watch_operation (WbOrders *self, WbOrder *order, WbOperation *operation)
{
  wb_order_set_operations (order, is_create (operation) ? operation : NULL, is_create (operation) ? NULL : operation);
  g_signal_connect_object (operation, "notify::state", G_CALLBACK (on_operation_state), self, 0);
  on_operation_state (operation, NULL, self);
}

/* Creating: pictures made, wallet read, row saved, request journalled and sent. */

typedef struct {
  WbDraft *draft;
  WbOrder *order;
  gboolean confirm;
  guint delay_ms;
} Create;

static void
create_free (gpointer data)
{
  Create *create = data;

  g_object_unref (create->draft);
  g_clear_object (&create->order);
  g_free (create);
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WbOrders *self = g_task_get_source_object (task);
  Create *create = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (WbOperation) operation = wb_outbox_submit_finish (WB_OUTBOX (source), result, &error);

  if (operation == NULL)
    {
      wb_order_set_state (create->order, WB_ORDER_CANCELLED);
      wb_orders_save (self, create->order);
      g_task_return_error (task, error);
      return;
    }
  wb_orders_watch_operation (self, create->order, operation);
  g_task_return_pointer (task, g_object_ref (create->order), g_object_unref);
}

static void
submit_create (GTask *task)
{
  WbOrders *self = g_task_get_source_object (task);
  Create *create = g_task_get_task_data (task);
  WbRequest *request = wb_order_form_new (create->draft, create->confirm);

  wb_request_set_order (request, wb_order_get_id (create->order));
  wb_request_set_delay_ms (request, create->delay_ms);
  WB_FAULT_POINT ("orders:before-create");
  wb_outbox_submit_async (wb_profile_get_outbox (self->profile), request, NULL, created_cb, task);
}

static void
order_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  WbOrders *self = g_task_get_source_object (task);
  gboolean stopped = g_cancellable_is_cancelled (g_task_get_cancellable (task));
  GError *error = NULL;

  if (wb_database_run_finish (result, &error) != NULL && wb_orders_get_profile (self) != NULL && !stopped)
    {
      submit_create (task);
      return;
    }
  /* Its row is written; nothing was sent for it. */
  wb_order_set_state (((Create *) g_task_get_task_data (task))->order, WB_ORDER_CANCELLED);
  wb_orders_save (self, ((Create *) g_task_get_task_data (task))->order);
  if (error == NULL)
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_CANCELLED, stopped ? "stopped" : "closed");
  g_task_return_error (task, error);
  g_object_unref (task);
}

static void
wallet_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  WbOrders *self = g_task_get_source_object (task);
  Create *create = g_task_get_task_data (task);
  GError *error = NULL;
  gint64 wallet = wb_sync_read_wallet_finish (WB_SYNC (source), result, &error);
  WbOrderData *data;

  /* An early refusal of a large upload is lost with its connection: what refuses this small read would refuse
   * the order as well. */
  if (error != NULL || self->profile == NULL)
    {
      if (error == NULL)
        g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "closed");
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  data = wb_order_form_describe (create->draft, create->confirm);
  data->wallet_before = wallet;
  data->host = cmr_client_dup_origin (wb_profile_get_client (self->profile));
  create->order = g_object_ref (adopt (self, data));
  wb_database_run_async (wb_profile_get_journal (self->profile), wb_order_save_job, wb_order_data_copy (data), data_free, NULL, NULL,
                         order_saved_cb, task);
}

static void
made_ready_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  WbOrders *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (wb_draft_make_ready_finish (WB_DRAFT (source), result, &error) && self->profile != NULL)
    {
      wb_sync_read_wallet_async (wb_profile_get_sync (self->profile), g_task_get_cancellable (task), wallet_cb, task);
      return;
    }
  if (error == NULL)
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "closed");
  g_task_return_error (task, error);
  g_object_unref (task);
}

static void
start_create (WbOrders *self, WbDraft *draft, gboolean confirm, guint delay_ms, GTask *task)
{
  Create *create = g_new0 (Create, 1);

  g_task_set_source_tag (task, wb_orders_create_async);
  /* What was journalled is returned even if cancelled at that moment: it goes out. */
  g_task_set_check_cancellable (task, FALSE);
  create->draft = g_object_ref (draft);
  create->confirm = confirm;
  create->delay_ms = delay_ms;
  g_task_set_task_data (task, create, create_free);
  wb_draft_make_ready_async (draft, g_task_get_cancellable (task), made_ready_cb, task);
}

void
wb_orders_create_async (WbOrders *self, WbDraft *draft, gboolean confirm, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  start_create (self, draft, confirm, 0, g_task_new (self, cancellable, callback, user_data));
}

void
wb_orders_create_paid_async (WbOrders *self, WbDraft *draft, guint delay_ms, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  start_create (self, draft, TRUE, delay_ms, g_task_new (self, cancellable, callback, user_data));
}

WbOrder *
wb_orders_create_finish (WbOrders *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Loading */

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WbOrders *self = g_task_get_source_object (task);
  GError *error = NULL;
  WbOrderData *data = wb_database_run_finish (result, &error);

  if (data == NULL && error == NULL)
    g_set_error_literal (&error, CMR_ERROR, CMR_ERROR_NOT_FOUND, "no such order");
  if (data == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_object_ref (adopt (self, data)), g_object_unref);
}

void
wb_orders_load_async (WbOrders *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  WbOrder *order = g_hash_table_lookup (self->orders, id);

  g_task_set_source_tag (task, wb_orders_load_async);
  if (order != NULL)
    {
      g_task_return_pointer (task, g_object_ref (order), g_object_unref);
      g_object_unref (task);
    }
  else if (self->profile != NULL)
    wb_database_run_async (wb_profile_get_journal (self->profile), wb_order_load_job, g_strdup (id), g_free, data_free, cancellable,
                           loaded_cb, task);
}

WbOrder *
wb_orders_load_finish (WbOrders *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* An order made elsewhere, by its ids */

typedef struct {
  char *customer, *order;
} ById;

static void
by_id_free (gpointer data)
{
  ById *by_id = data;

  g_free (by_id->customer);
  g_free (by_id->order);
  g_free (by_id);
}

static void
by_id_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WbOrders *self = g_task_get_source_object (task);
  ById *by_id = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) body = cmr_client_read_finish (CMR_CLIENT (source), result, &error);
  g_autoptr (CmrObject) read = body != NULL ? cmr_reply_parse_named (cmr_endpoint_get (CMR_OP_GET_ORDER), body, by_id->order, &error) : NULL;
  WbOrderData *data;
  WbOrder *order;

  if (read == NULL || self->profile == NULL)
    {
      if (error == NULL)
        g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "closed");
      g_task_return_error (task, error);
      return;
    }
  data = wb_order_data_new ();
  data->id = g_uuid_string_random ();
  data->order_id = g_strdup (by_id->order);
  data->draft = g_strdup ("");
  data->customer_id = g_strdup (by_id->customer);
  data->customer = g_strdup ("");
  data->provider = g_strdup (cmr_object_get_text (read, "service-provider"));
  data->server_state = g_strdup (cmr_object_get_text (read, "status"));
  data->fingerprint = g_strdup ("");
  data->host = cmr_client_dup_origin (wb_profile_get_client (self->profile));
  data->created = MAX (cmr_object_get_time (read, "created-at"), 1);
  order = adopt (self, data);
  wb_orders_track (self, order);
  g_task_return_pointer (task, g_object_ref (order), g_object_unref);
}

void
wb_orders_add_by_id_async (WbOrders *self, const char *customer_id, const char *order_id, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (CmrCall) call = cmr_call_new (CMR_OP_GET_ORDER);
  ById *by_id = g_new0 (ById, 1);

  g_task_set_source_tag (task, wb_orders_add_by_id_async);
  by_id->customer = g_strdup (customer_id);
  by_id->order = g_strdup (order_id);
  g_task_set_task_data (task, by_id, by_id_free);
  cmr_call_set_priority (call, CMR_PRIORITY_VISIBLE);
  cmr_call_set_param (call, "userId", customer_id);
  cmr_call_set_param (call, "orderId", order_id);
  cmr_client_read_async (wb_profile_get_client (self->profile), call, cancellable, by_id_cb, task);
}

WbOrder *
wb_orders_add_by_id_finish (WbOrders *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Life */

/* The order was journalled before its request; a kill in between leaves one that nothing was sent for. */
static void
resume (WbOrders *self, WbOrder *order, GPtrArray *operations)
{
  WbOrderState state = wb_order_get_state (order);
  gboolean found = FALSE;

  for (guint i = 0; i < operations->len; i++)
    {
      WbOperation *operation = operations->pdata[i];

      if (!g_str_equal (wb_operation_get_order (operation), wb_order_get_id (order)))
        continue;
      found = TRUE;
      wb_orders_watch_operation (self, order, operation);
    }
  if (!found && state == WB_ORDER_CREATING)
    {
      wb_order_set_state (order, WB_ORDER_CANCELLED);
      wb_orders_save (self, order);
    }
  else if (state == WB_ORDER_BEING_MADE || state == WB_ORDER_SLOW)
    wb_orders_track (self, order);
  else if (state == WB_ORDER_NOT_PAID || state == WB_ORDER_PAYING || state == WB_ORDER_CANNOT_PAY)
    wb_orders_read_back (self, order);
}

typedef struct {
  GPtrArray *orders;     /* of WbOrderData */
  GPtrArray *operations; /* of WbRecord: all of those orders */
} Found;

static void
found_free (gpointer data)
{
  Found *found = data;

  g_ptr_array_unref (found->orders);
  g_ptr_array_unref (found->operations);
  g_free (found);
}

static gpointer
find_job (sqlite3 *db, gpointer unused, GError **error)
{
  Found *found = g_new0 (Found, 1);
  g_autoptr (WbStatement) stmt = NULL;

  found->orders = wb_order_load_open_job (db, NULL, error);
  found->operations = g_ptr_array_new ();
  stmt = wb_db_prepare (db, error,
                        "SELECT " WB_RECORD_COLUMNS " FROM operations WHERE order_uuid IN (SELECT id FROM orders WHERE state IN"
                        " ('creating', 'may-exist', 'not-paid', 'cannot-pay', 'paying', 'being-made', 'slow', 'unknown'))"
                        " ORDER BY created", "");
  while (stmt != NULL && wb_db_step (stmt, error))
    g_ptr_array_add (found->operations, wb_record_from_row (stmt));
  return found;
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbOrders) self = user_data;
  Found *found = wb_database_run_finish (result, NULL);
  g_autoptr (GPtrArray) operations = g_ptr_array_new ();

  if (found == NULL || self->profile == NULL)
    return;
  for (guint i = 0; i < found->operations->len; i++)
    g_ptr_array_add (operations, wb_outbox_adopt (wb_profile_get_outbox (self->profile), found->operations->pdata[i]));
  for (guint i = 0; i < found->orders->len; i++)
    resume (self, adopt (self, found->orders->pdata[i]), operations);
  found_free (found);
}

/* After wb_outbox_start(): its job stands before this one in the journal's queue, so what was being sent is
 * unknown by now. */
void
wb_orders_start (WbOrders *self)
{
  wb_database_run_async (wb_profile_get_journal (self->profile), find_job, NULL, NULL, found_free, self->cancellable, found_cb,
                         g_object_ref (self));
}

void
wb_orders_stop (WbOrders *self)
{
  g_cancellable_cancel (self->cancellable);
  self->profile = NULL;
}

WbOrders *
wb_orders_new (WbProfile *profile)
{
  WbOrders *self = g_object_new (WB_TYPE_ORDERS, NULL);

  self->profile = profile;
  return self;
}

static void
wb_orders_finalize (GObject *object)
{
  WbOrders *self = WB_ORDERS (object);

  g_hash_table_unref (self->orders);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (wb_orders_parent_class)->finalize (object);
}

static void
wb_orders_class_init (WbOrdersClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_orders_finalize;
  signals[CHANGED] = g_signal_new ("changed", WB_TYPE_ORDERS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, WB_TYPE_ORDER);
  signals[FINISHED] = g_signal_new ("finished", WB_TYPE_ORDERS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, WB_TYPE_ORDER);
}

static void
wb_orders_init (WbOrders *self)
{
  self->cancellable = g_cancellable_new ();
  self->orders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}
