// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-dialogs.h"

#include <glib/gi18n.h>

#include "wb-application.h"
#include "wb-customer-form.h"
#include "wb-format.h"

static void
on_saved (WbCustomerForm *form, const char *id, const char *name, const char *email, GtkWindow *window)
{
  WbApplication *application = WB_APPLICATION (g_application_get_default ());
  g_autofree char *safe = wb_format_text (name);
  /* Translators: %s is the name of a customer */
  g_autofree char *text = g_strdup_printf (_("%s is saved"), safe);

  gtk_window_destroy (window);
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

void
wb_customer_dialog_present (GtkWindow *parent, WbProfile *profile, const char *customer_id)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *save = gtk_button_new_with_mnemonic (customer_id != NULL ? _("_Save") : _("_Create"));
  GtkWidget *form = wb_customer_form_new (profile, customer_id);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  gtk_widget_add_css_class (save, "suggested-action");
  gtk_widget_set_sensitive (save, FALSE);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), save);
  adw_clamp_set_child (ADW_CLAMP (clamp), form);
  gtk_widget_set_margin_top (clamp, 18);
  gtk_widget_set_margin_bottom (clamp, 18);
  gtk_widget_set_margin_start (clamp, 18);
  gtk_widget_set_margin_end (clamp, 18);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (content), header);
  gtk_box_append (GTK_BOX (content), scroller);
  adw_window_set_content (ADW_WINDOW (window), content);
  gtk_window_set_title (GTK_WINDOW (window), customer_id != NULL ? _("Edit Customer") : _("New Customer"));
  gtk_window_set_default_size (GTK_WINDOW (window), 560, 640);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  g_signal_connect (form, "saved", G_CALLBACK (on_saved), window);
  g_signal_connect_object (form, "notify::can-save", G_CALLBACK (on_can_save), save, 0);
  g_signal_connect_object (save, "clicked", G_CALLBACK (on_save), form, 0);
  gtk_window_present (GTK_WINDOW (window));
}
