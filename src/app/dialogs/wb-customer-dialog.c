// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-dialogs.h"

#include <glib/gi18n.h>

#include "wb-application.h"
#include "wb-customer-form.h"
#include "wb-format.h"
#include "wb-sheet.h"

static void
on_saved (WbCustomerForm *form, const char *id, const char *name, const char *email, GtkWidget *sheet)
{
  WbApplication *application = WB_APPLICATION (g_application_get_default ());
  g_autofree char *safe = wb_format_text (name);
  /* Translators: %s is the name of a customer */
  g_autofree char *text = g_strdup_printf (_("%s is saved"), safe);

  wb_sheet_done (sheet);
  wb_application_toast (application, text);
  wb_application_show_customer (application, id);
}

static void
on_can_save (WbCustomerForm *form, GParamSpec *pspec, GtkWidget *button)
{
  gtk_widget_set_sensitive (button, wb_customer_form_get_can_save (form));
}

static void
on_save (GtkButton *button, WbCustomerForm *form)
{
  wb_customer_form_save (form);
}

static gboolean
is_changed (gpointer form)
{
  return wb_customer_form_is_changed (form);
}

void
wb_customer_dialog_present (GtkWindow *parent, WbProfile *profile, const char *customer_id)
{
  GtkWidget *save = gtk_button_new_with_label (customer_id != NULL ? _("Save") : _("Create"));
  GtkWidget *form = wb_customer_form_new (profile, customer_id);
  AdwHeaderBar *header;
  GtkWidget *sheet
      = wb_sheet_new (parent, customer_id != NULL ? _("Edit Customer") : _("New Customer"), 560, 640, form, &header);

  gtk_widget_add_css_class (save, "suggested-action");
  adw_header_bar_pack_end (header, save);
  wb_sheet_guard (sheet, is_changed, form);
  g_signal_connect (form, "saved", G_CALLBACK (on_saved), sheet);
  g_signal_connect_object (form, "notify::can-save", G_CALLBACK (on_can_save), save, 0);
  g_signal_connect_object (save, "clicked", G_CALLBACK (on_save), form, 0);
  on_can_save (WB_CUSTOMER_FORM (form), NULL, save);
  gtk_window_present (GTK_WINDOW (sheet));
}
