// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-dialogs.h"

#include <glib/gi18n.h>

#include "cmr-error.h"
#include "wb-application.h"
#include "wb-columns.h"
#include "wb-compat.h"
#include "wb-format.h"
#include "wb-order.h"
#include "wb-words.h"

#define LIST_HEIGHT 168

/* The service has no list of orders: one made elsewhere is added by its id and its customer. */
typedef struct {
  WbProfile *profile;
  WbListModel *model;
  WbRowSelection *selection;
  GtkWidget *dialog, *customer, *order, *place; /* place: of the list of customers */
  char *chosen;                                 /* (nullable): id of the customer taken from the list */
  gboolean taking;
} Add;

static void
add_free (gpointer data)
{
  Add *add = data;

  g_signal_handlers_disconnect_by_data (add->model, add);
  g_object_unref (add->selection);
  g_object_unref (add->model);
  g_object_unref (add->profile);
  g_free (add->chosen);
  g_free (add);
}

static const char *
text_of (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

/* What fits is listed until one is chosen. A text that fits nobody is taken as an id: the customer may be new. */
static void
update (Add *add)
{
  gboolean ready = *text_of (add->customer) != '\0' && *text_of (add->order) != '\0';
  gboolean open = add->chosen == NULL && *text_of (add->customer) != '\0'
                  && g_list_model_get_n_items (G_LIST_MODEL (add->model)) > 0;

  gtk_widget_set_visible (add->place, open);
  wb_compat_message_set_enabled (add->dialog, "add", ready);
}

static void
on_customer (GtkEditable *row, Add *add)
{
  if (add->taking)
    return;
  g_clear_pointer (&add->chosen, g_free);
  wb_list_model_set_search (add->model, gtk_editable_get_text (row));
  update (add);
}

static void
on_activate (GtkListView *list, guint position, Add *add)
{
  g_autoptr (WbRow) row = g_list_model_get_item (G_LIST_MODEL (add->model), position);
  g_autofree char *name = NULL;

  if (row == NULL || wb_row_is_placeholder (row))
    return;
  name = wb_format_text (wb_row_get_text (row, "name"));
  g_free (add->chosen);
  add->chosen = g_strdup (wb_row_get_id (row));
  add->taking = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (add->customer), name);
  add->taking = FALSE;
  update (add);
  gtk_widget_grab_focus (add->order);
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
    {
      g_autofree char *typed = g_strstrip (g_strdup (text_of (add->customer))),
                      *order = g_strstrip (g_strdup (text_of (add->order)));

      wb_orders_add_by_id_async (wb_profile_get_orders (add->profile), add->chosen != NULL ? add->chosen : typed, order,
                                 NULL, added_cb, NULL);
    }
}

static GtkWidget *
add_row (GtkWidget *list, const char *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return row;
}

static GtkWidget *
make_customers (Add *add)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (add->selection)),
                                       wb_row_factory_new (wb_collection_words (WB_COLLECTION_CUSTOMERS), NULL, NULL, FALSE));

  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (list), TRUE);
  gtk_widget_add_css_class (list, "collection");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Customers"), -1);
  g_signal_connect (list, "activate", G_CALLBACK (on_activate), add);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), LIST_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_widget_add_css_class (scroller, "card");
  return scroller;
}

static GtkWidget *
make_fields (Add *add)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *customer = gtk_list_box_new (),
            *order = gtk_list_box_new ();
  GtkWidget *const lists[] = { customer, order };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      gtk_list_box_set_selection_mode (GTK_LIST_BOX (lists[i]), GTK_SELECTION_NONE);
      gtk_widget_add_css_class (lists[i], "boxed-list");
    }
  add->customer = add_row (customer, _("Customer: name, e-mail or id"));
  add->order = add_row (order, _("Order Id"));
  add->place = make_customers (add);
  g_signal_connect (add->customer, "changed", G_CALLBACK (on_customer), add);
  g_signal_connect_swapped (add->order, "changed", G_CALLBACK (update), add);
  gtk_box_append (GTK_BOX (box), customer);
  gtk_box_append (GTK_BOX (box), add->place);
  gtk_box_append (GTK_BOX (box), order);
  return box;
}

void
wb_add_order_dialog_present (GtkWindow *parent, WbProfile *profile)
{
  Add *add = g_new0 (Add, 1);

  add->dialog = wb_compat_message_new (
      parent, _("Add an Order by Its Id"),
      _("Orders made in the dashboard are not listed: the service has no list. This only reads."));
  add->profile = g_object_ref (profile);
  add->model = wb_list_model_new (profile, WB_COLLECTION_CUSTOMERS);
  add->selection = wb_row_selection_new (add->model);
  wb_compat_message_set_extra (add->dialog, make_fields (add));
  wb_compat_message_add (add->dialog, "cancel", _("_Cancel"), WB_COMPAT_PLAIN);
  wb_compat_message_add (add->dialog, "add", _("_Add"), WB_COMPAT_SUGGESTED);
  g_object_set_data_full (G_OBJECT (add->dialog), "add", add, add_free);
  g_signal_connect (add->dialog, "response", G_CALLBACK (on_response), add);
  g_signal_connect_swapped (add->model, "counts-changed", G_CALLBACK (update), add);
  update (add);
  /* Their sums come from the list of subscriptions. */
  wb_sync_refresh_async (wb_profile_get_sync (profile), WB_COLLECTION_CUSTOMERS, NULL, NULL, NULL, NULL);
  wb_sync_refresh_async (wb_profile_get_sync (profile), WB_COLLECTION_SUBSCRIPTIONS, NULL, NULL, NULL, NULL);
  gtk_window_present (GTK_WINDOW (add->dialog));
}
