// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-order-private.h"

#include "cmr-client.h"
#include "wb-fault.h"
#include "wb-outbox.h"
#include "wb-profile.h"
#include "wb-sync.h"

/* Creating: pictures made, draft on disk, request frozen, names and wallet asked, order journalled, request sent. */

typedef struct {
  WbDraft *draft;
  WbOrderData *data;  /* until the order is made of it */
  WbRequest *request; /* frozen with it: later edits of the draft reach neither */
  WbOrder *order;
  gboolean confirm;
  guint delay_ms;
  gboolean begun;
} Create;

static void
create_free (gpointer data)
{
  Create *create = data;

  g_object_unref (create->draft);
  g_clear_object (&create->order);
  g_clear_pointer (&create->data, wb_order_data_free);
  g_clear_pointer (&create->request, wb_request_free);
  g_free (create);
}

/* Takes both. @error: (nullable): it was closed or stopped */
static void
end_with (GTask *task, GError *error)
{
  WbOrders *self = g_task_get_source_object (task);
  Create *create = g_task_get_task_data (task);

  if (error == NULL)
    error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped, or closed");
  if (create->begun)
    wb_orders_end_making (self, wb_draft_get_id (create->draft));
  g_task_return_error (task, error);
  g_object_unref (task);
}

static gboolean
may_go_on (GTask *task)
{
  return wb_orders_get_profile (g_task_get_source_object (task)) != NULL
         && !g_cancellable_is_cancelled (g_task_get_cancellable (task));
}

/* Its row is written; nothing was sent for it. */
static void
take_back (GTask *task, GError *error)
{
  WbOrders *self = g_task_get_source_object (task);
  Create *create = g_task_get_task_data (task);

  wb_order_set_state (create->order, WB_ORDER_CANCELLED);
  wb_orders_save (self, create->order);
  end_with (task, error);
}

static void
submitted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  WbOrders *self = g_task_get_source_object (task);
  Create *create = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (WbOperation) operation = wb_outbox_submit_finish (WB_OUTBOX (source), result, &error);

  if (operation == NULL)
    {
      take_back (task, error);
      return;
    }
  wb_orders_end_making (self, wb_draft_get_id (create->draft));
  g_task_return_pointer (task, g_object_ref (create->order), g_object_unref);
  g_object_unref (task);
}

static void
inserted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  WbOrders *self = g_task_get_source_object (task);
  Create *create = g_task_get_task_data (task);
  GError *error = NULL;

  if (wb_database_run_finish (result, &error) == NULL)
    {
      /* Not on disk: there is no such order. */
      wb_orders_forget (self, create->order);
      end_with (task, error);
      return;
    }
  if (!may_go_on (task))
    {
      take_back (task, NULL);
      return;
    }
  wb_request_set_order (create->request, wb_order_get_id (create->order));
  wb_request_set_delay_ms (create->request, create->delay_ms);
  WB_FAULT_POINT ("create:before-submit");
  wb_outbox_submit_async (wb_profile_get_outbox (wb_orders_get_profile (self)), g_steal_pointer (&create->request),
                          NULL, submitted_cb, task);
}

static void
data_free (gpointer data)
{
  wb_order_data_free (data);
}

static void
wallet_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  WbOrders *self = g_task_get_source_object (task);
  Create *create = g_task_get_task_data (task);
  GError *error = NULL;
  gint64 wallet = wb_sync_read_wallet_finish (WB_SYNC (source), result, &error);
  WbOrderData *copy;

  WB_FAULT_POINT ("create:wallet-read");
  /* An early refusal of a large upload is lost with its connection: what refuses this small read would refuse
   * the order as well. */
  if (error != NULL || !may_go_on (task))
    {
      end_with (task, error);
      return;
    }
  create->data->wallet_before = wallet;
  copy = wb_order_data_copy (create->data);
  create->order = g_object_ref (wb_orders_adopt (self, g_steal_pointer (&create->data)));
  wb_database_run_async (wb_profile_get_journal (wb_orders_get_profile (self)), wb_order_insert_job, copy, data_free,
                         NULL, NULL, inserted_cb, task);
}

/* A colleague with the same key may have been quicker. */
static void
names_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  WbOrders *self = WB_ORDERS (source);
  GError *error = NULL;
  g_autoptr (GPtrArray) there = wb_orders_ask_names_finish (self, result, &error);

  WB_FAULT_POINT ("create:names-asked");
  if (there != NULL && there->len > 0)
    g_set_error (&error, CMR_ERROR, CMR_ERROR_CONFLICT, "%s is the customer's already", (char *) there->pdata[0]);
  if (error != NULL || !may_go_on (task))
    {
      end_with (task, error);
      return;
    }
  wb_sync_read_wallet_async (wb_profile_get_sync (wb_orders_get_profile (self)), g_task_get_cancellable (task),
                             wallet_cb, task);
}

/* From here on the draft may be edited: what is described and what is sent are of one moment. */
static void
freeze (WbOrders *self, Create *create)
{
  create->data = wb_order_form_describe (create->draft, create->confirm);
  create->data->host = cmr_client_dup_origin (wb_profile_get_client (wb_orders_get_profile (self)));
  create->request = wb_order_form_new (create->draft, create->confirm);
}

static void
flushed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  WbOrders *self = g_task_get_source_object (task);
  Create *create = g_task_get_task_data (task);
  GError *error = NULL;

  wb_draft_flush_finish (WB_DRAFT (source), result, &error);
  if (error != NULL || !may_go_on (task))
    {
      end_with (task, error);
      return;
    }
  WB_FAULT_POINT ("create:frozen");
  freeze (self, create);
  wb_orders_ask_names_async (self, create->data, g_task_get_cancellable (task), names_cb, task);
}

static void
made_ready_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  wb_draft_make_ready_finish (WB_DRAFT (source), result, &error);
  if (error != NULL || !may_go_on (task))
    {
      end_with (task, error);
      return;
    }
  WB_FAULT_POINT ("create:pictures-made");
  wb_draft_flush_async (WB_DRAFT (source), flushed_cb, task);
}

static void
start (WbOrders *self, WbDraft *draft, gboolean confirm, guint delay_ms, GTask *task)
{
  Create *create = g_new0 (Create, 1);
  WbProfile *profile = wb_orders_get_profile (self);

  g_task_set_source_tag (task, wb_orders_create_async);
  /* What was journalled is returned even if cancelled at that moment: it goes out. */
  g_task_set_check_cancellable (task, FALSE);
  create->draft = g_object_ref (draft);
  create->confirm = confirm;
  create->delay_ms = delay_ms;
  g_task_set_task_data (task, create, create_free);
  if (profile == NULL || !wb_profile_may_send (profile))
    {
      end_with (task, g_error_new_literal (CMR_ERROR, CMR_ERROR_DENIED, "the profile may not send"));
      return;
    }
  /* A second press while the first is on its way. */
  create->begun = wb_orders_begin_making (self, wb_draft_get_id (draft));
  if (create->begun)
    wb_draft_make_ready_async (draft, g_task_get_cancellable (task), made_ready_cb, task);
  else
    end_with (task, g_error_new_literal (CMR_ERROR, CMR_ERROR_CONFLICT, "this draft is being ordered"));
}

void
wb_orders_create_async (WbOrders *self, WbDraft *draft, gboolean confirm, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  start (self, draft, confirm, 0, g_task_new (self, cancellable, callback, user_data));
}

void
wb_orders_create_paid_async (WbOrders *self, WbDraft *draft, guint delay_ms, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  start (self, draft, TRUE, delay_ms, g_task_new (self, cancellable, callback, user_data));
}

WbOrder *
wb_orders_create_finish (WbOrders *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
