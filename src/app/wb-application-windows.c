// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-application-private.h"

#include <string.h>

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
  WbProfile *profile; /* for whom it is: another may be shown by then */
  WbDraft *draft;
} ForCustomer;

static void
for_customer_free (ForCustomer *wanted)
{
  g_object_unref (wanted->draft);
  g_object_unref (wanted->profile);
  g_free (wanted);
}

static void
customer_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ForCustomer *wanted = user_data;
  g_autoptr (CmrObject) customer = wb_sync_load_finish (WB_SYNC (source), result, NULL);

  if (customer != NULL)
    wb_draft_set_customer (wanted->draft, cmr_object_get_text (customer, "user-id"), cmr_object_get_text (customer, "company"),
                           cmr_object_get_text (customer, "email"));
  if (wanted->self->current == wanted->profile)
    present_draft (wanted->self, wanted->draft);
  for_customer_free (wanted);
}

/* One step where the person prefers it, or where what is only created cannot be paid from here. */
static WbPayMode
pay_mode_at_first (WbApplication *self)
{
  gboolean missing = g_strcmp0 (wb_profile_get_fact (self->current, "process-path"), "missing") == 0;

  return missing || !g_settings_get_boolean (self->settings, WB_SETTINGS_PAY_IN_TWO_STEPS) ? WB_PAY_ONE_STEP : WB_PAY_TWO_STEPS;
}

void
wb_application_new_order (WbApplication *self, const char *customer_id)
{
  g_autoptr (WbDraft) draft = NULL;
  ForCustomer *wanted;

  if (self->current == NULL)
    return;
  draft = wb_drafts_new_draft (wb_profile_get_drafts (self->current));
  wb_draft_preset_pay_mode (draft, pay_mode_at_first (self));
  if (customer_id == NULL || *customer_id == '\0')
    {
      present_draft (self, draft);
      return;
    }
  wanted = g_new0 (ForCustomer, 1);
  wanted->self = self;
  wanted->profile = g_object_ref (self->current);
  wanted->draft = g_steal_pointer (&draft);
  wb_sync_load_async (wb_profile_get_sync (self->current), WB_COLLECTION_CUSTOMERS, customer_id, self->cancellable,
                      customer_loaded_cb, wanted);
}

static void
draft_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbApplication *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbDraft) draft = wb_drafts_load_finish (WB_DRAFTS (source), result, &error);

  /* A draft is opened on its own profile or not at all: another may be shown by now. */
  if (draft != NULL && self->current != NULL && wb_profile_get_drafts (self->current) == WB_DRAFTS (source))
    present_draft (self, draft);
  else if (draft == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
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

  if (order != NULL && self->current != NULL && wb_profile_get_orders (self->current) == WB_ORDERS (source))
    gtk_window_present (GTK_WINDOW (wb_order_window_new_for_order (GTK_APPLICATION (self), self->current, order)));
  else if (order == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
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

static void
profile_opened_cb (GObject *source, GAsyncResult *result, gpointer order_id)
{
  WbApplication *self = WB_APPLICATION (source);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = order_id;

  if (wb_application_open_profile_finish (self, result, &error))
    wb_application_show_order (self, id);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    wb_application_toast (self, _("This order could not be read."));
}

/* @name comes from the bus: "order" of the profile that is shown, or "profile/order". */
void
wb_application_show_order_named (WbApplication *self, const char *name)
{
  const char *slash = strchr (name, '/');
  g_autofree char *profile = slash != NULL ? g_strndup (name, (gsize) (slash - name)) : NULL;

  /* It becomes part of a path. */
  if (profile != NULL && g_uuid_string_is_valid (profile) && !g_str_equal (profile, wb_profile_get_info (self->current)->id))
    wb_application_open_profile_async (self, profile, NULL, self->cancellable, profile_opened_cb, g_strdup (slash + 1));
  else
    wb_application_show_order (self, slash != NULL ? slash + 1 : name);
}

void
wb_application_show_operation (WbApplication *self, const char *operation_id)
{
  wb_window_select (wb_application_ensure_window (self), WB_COLLECTION_ACTIVITY, operation_id);
}

void
wb_application_show_customer (WbApplication *self, const char *customer_id)
{
  wb_application_show_row (self, WB_COLLECTION_CUSTOMERS, customer_id);
}

void
wb_application_show_row (WbApplication *self, WbCollection collection, const char *id)
{
  wb_window_select (wb_application_ensure_window (self), collection, id);
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
