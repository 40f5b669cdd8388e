// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-application-private.h"

#include <glib/gi18n.h>

#include "wb-order-window.h"
#include "wb-settings.h"

/* Wizard windows, and what leads into the main window. */

static WbOrderWindow *
find_order_window (WbApplication *self, const char *draft_id, const char *order_id)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    {
      WbDraft *draft = WB_IS_ORDER_WINDOW (l->data) ? wb_order_window_get_draft (l->data) : NULL;
      WbOrder *order = WB_IS_ORDER_WINDOW (l->data) ? wb_order_window_get_order (l->data) : NULL;

      if (draft_id != NULL && draft != NULL && g_str_equal (wb_draft_get_id (draft), draft_id))
        return l->data;
      if (order_id != NULL && order != NULL && g_str_equal (wb_order_get_id (order), order_id))
        return l->data;
    }
  return NULL;
}

gboolean
wb_application_shows_order (WbApplication *self, const char *order_id)
{
  return find_order_window (self, NULL, order_id) != NULL;
}

static void
present_draft (WbApplication *self, WbDraft *draft)
{
  gtk_window_present (GTK_WINDOW (wb_order_window_new (GTK_APPLICATION (self), self->current, draft)));
}

typedef struct {
  WbApplication *self;
  WbDraft *draft;
} ForCustomer;

static void
customer_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree ForCustomer *wanted = user_data;
  g_autoptr (WbDraft) draft = wanted->draft;
  g_autoptr (CmrObject) customer = wb_sync_load_finish (WB_SYNC (source), result, NULL);

  if (customer != NULL)
    wb_draft_set_customer (draft, cmr_object_get_text (customer, "user-id"), cmr_object_get_text (customer, "company"),
                           cmr_object_get_text (customer, "email"));
  present_draft (wanted->self, draft);
}

static void
on_draft_changed (WbDraft *draft, guint parts, gpointer user_data)
{
  if ((parts & WB_DRAFT_CUSTOMER) == 0)
    return;
  g_signal_handlers_disconnect_by_func (draft, on_draft_changed, user_data);
  wb_draft_set_pay_mode (draft, WB_PAY_ONE_STEP);
}

/* Not at once: a draft that says nothing yet is not kept, and this alone says nothing. */
static void
follow_preference (WbApplication *self, WbDraft *draft)
{
  if (!g_settings_get_boolean (self->settings, WB_SETTINGS_PAY_IN_TWO_STEPS))
    g_signal_connect (draft, "changed", G_CALLBACK (on_draft_changed), NULL);
}

void
wb_application_new_order (WbApplication *self, const char *customer_id)
{
  WbDraft *draft;
  ForCustomer *wanted;

  if (self->current == NULL)
    return;
  draft = wb_drafts_new_draft (wb_profile_get_drafts (self->current));
  follow_preference (self, draft);
  if (customer_id == NULL || *customer_id == '\0')
    {
      present_draft (self, draft);
      g_object_unref (draft);
      return;
    }
  wanted = g_new0 (ForCustomer, 1);
  wanted->self = self;
  wanted->draft = draft;
  wb_sync_load_async (wb_profile_get_sync (self->current), WB_COLLECTION_CUSTOMERS, customer_id, self->cancellable,
                      customer_loaded_cb, wanted);
}

static void
draft_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbApplication *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbDraft) draft = wb_drafts_load_finish (WB_DRAFTS (source), result, &error);

  if (draft != NULL && self->current != NULL)
    present_draft (self, draft);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    wb_application_toast (self, _("This draft could not be read."));
}

void
wb_application_open_draft (WbApplication *self, const char *draft_id)
{
  WbOrderWindow *window = find_order_window (self, draft_id, NULL);

  if (window != NULL)
    gtk_window_present (GTK_WINDOW (window));
  else if (self->current != NULL)
    wb_drafts_load_async (wb_profile_get_drafts (self->current), draft_id, self->cancellable, draft_loaded_cb, self);
}

static void
order_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbApplication *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbOrder) order = wb_orders_load_finish (WB_ORDERS (source), result, &error);

  if (order != NULL && self->current != NULL)
    gtk_window_present (GTK_WINDOW (wb_order_window_new_for_order (GTK_APPLICATION (self), self->current, order)));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    wb_application_toast (self, _("This order could not be read."));
}

void
wb_application_show_order (WbApplication *self, const char *order_id)
{
  WbOrderWindow *window = find_order_window (self, NULL, order_id);

  if (window != NULL)
    gtk_window_present (GTK_WINDOW (window));
  else if (self->current != NULL)
    wb_orders_load_async (wb_profile_get_orders (self->current), order_id, self->cancellable, order_loaded_cb, self);
}

void
wb_application_show_operation (WbApplication *self, const char *operation_id)
{
  wb_window_select (wb_application_ensure_window (self), WB_COLLECTION_ACTIVITY, operation_id);
}

void
wb_application_show_customer (WbApplication *self, const char *customer_id)
{
  wb_window_select (wb_application_ensure_window (self), WB_COLLECTION_CUSTOMERS, customer_id);
}

/* Nothing may show the profile any more: it is about to be closed. */
void
wb_application_leave_profile (WbApplication *self)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (self)));

  for (GList *l = windows; l != NULL; l = l->next)
    if (WB_IS_ORDER_WINDOW (l->data))
      gtk_window_destroy (l->data);
    else if (WB_IS_WINDOW (l->data))
      wb_window_set_profile (l->data, NULL);
  self->current = NULL;
}
