// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-dialogs.h"

#include <glib/gi18n.h>

#include "cmr-error.h"
#include "wb-application.h"
#include "wb-compat.h"
#include "wb-order.h"
#include "wb-words.h"

/* The service has no list of orders: one made elsewhere is added by its id and its customer's. */
typedef struct {
  WbProfile *profile;
  GtkWidget *customer, *order;
} Add;

static void
add_free (gpointer data)
{
  Add *add = data;

  g_object_unref (add->profile);
  g_free (add);
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbOrder) order = wb_orders_add_by_id_finish (WB_ORDERS (source), result, &error);
  WbApplication *application = WB_APPLICATION (g_application_get_default ());

  if (order != NULL)
    wb_application_show_order (application, wb_order_get_id (order));
  else if (g_error_matches (error, CMR_ERROR, CMR_ERROR_NOT_FOUND))
    wb_application_toast (application, _("The service does not know this order for this customer. Nothing was added."));
  else
    {
      g_autoptr (WbErrorWords) words = wb_words_for_error (error);

      wb_application_toast (application, words->cause);
    }
}

static void
on_response (GtkWidget *dialog, const char *response, Add *add)
{
  if (g_str_equal (response, "add"))
    wb_orders_add_by_id_async (wb_profile_get_orders (add->profile), gtk_editable_get_text (GTK_EDITABLE (add->customer)),
                               gtk_editable_get_text (GTK_EDITABLE (add->order)), NULL, added_cb, NULL);
}

static GtkWidget *
add_row (GtkWidget *list, const char *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return row;
}

void
wb_add_order_dialog_present (GtkWindow *parent, WbProfile *profile)
{
  Add *add = g_new0 (Add, 1);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *dialog = wb_compat_message_new (parent, _("Add an Order by Its Id"),
                                             _("Orders made in the dashboard are not listed: the service has no list. This only reads."));

  add->profile = g_object_ref (profile);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  add->customer = add_row (list, _("Customer Id"));
  add->order = add_row (list, _("Order Id"));
  wb_compat_message_set_extra (dialog, list);
  wb_compat_message_add (dialog, "cancel", _("_Cancel"), WB_COMPAT_PLAIN);
  wb_compat_message_add (dialog, "add", _("_Add"), WB_COMPAT_SUGGESTED);
  g_object_set_data_full (G_OBJECT (dialog), "add", add, add_free);
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), add);
  gtk_window_present (GTK_WINDOW (dialog));
}
