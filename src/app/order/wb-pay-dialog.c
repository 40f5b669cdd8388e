// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-order-window.h"

#include <glib/gi18n.h>

#include "wb-compat.h"
#include "wb-format.h"
#include "wb-pay.h"

/* Pay: the one sheet between a made order and its charge. Its safe button has the focus. */
typedef struct {
  WbProfile *profile;
  WbOrder *order;
} Pay;

static void
pay_free (gpointer data)
{
  Pay *pay = data;

  g_object_unref (pay->profile);
  g_object_unref (pay->order);
  g_free (pay);
}

static void
on_response (GtkWidget *dialog, const char *response, Pay *pay)
{
  if (g_str_equal (response, "pay"))
    wb_pay_start (pay->profile, pay->order);
}

/* Paid meanwhile, by whomever: nothing is asked any more. */
static void
on_can_pay (GtkWindow *dialog, GParamSpec *pspec, WbOrder *order)
{
  if (!wb_order_can_pay (order))
    gtk_window_destroy (dialog);
}

static void
add_row (GtkWidget *list, const char *label, const char *value, const char *css_class)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *name = gtk_label_new (label), *text = gtk_label_new (value);

  gtk_widget_add_css_class (row, "pay-row");
  gtk_widget_add_css_class (name, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_label_set_xalign (GTK_LABEL (text), 1);
  gtk_widget_add_css_class (text, "numeric");
  if (css_class != NULL)
    gtk_widget_add_css_class (text, css_class);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_RELATION_LABELLED_BY, name, NULL, -1);
  gtk_box_append (GTK_BOX (row), name);
  gtk_box_append (GTK_BOX (row), text);
  if (gtk_widget_get_first_child (list) != NULL)
    gtk_box_append (GTK_BOX (list), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (list), row);
}

/* Names that the service left out: for them nothing is paid. */
static char *
dup_left_out (WbOrder *order, guint *n_domains)
{
  GPtrArray *lines = wb_order_get_lines (order);
  GString *names = g_string_new (NULL);

  *n_domains = 0;
  for (guint i = 0; i < lines->len; i++)
    {
      const WbOrderDomain *line = lines->pdata[i];
      g_autofree char *name = wb_format_text (line->domain);

      if (!line->left_out)
        (*n_domains)++;
      else
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", name);
    }
  return g_string_free (names, names->len == 0);
}

static char *
dup_what (WbOrder *order, guint n_domains)
{
  guint mailboxes = wb_order_get_n_mailboxes (order);
  g_autofree char *first = g_strdup_printf (ngettext ("%u domain", "%u domains", n_domains), n_domains);
  g_autofree char *second = g_strdup_printf (ngettext ("%u mailbox", "%u mailboxes", mailboxes), mailboxes);

  /* Translators: domains, then mailboxes */
  return n_domains > 0 ? g_strdup_printf (_("%s, %s"), first, second) : g_steal_pointer (&second);
}

static GtkWidget *
make_facts (WbOrder *order, guint n_domains)
{
  gint64 about = wb_order_get_about_cents (order), now = wb_order_get_wallet_now (order);
  gboolean known = about != CMR_MONEY_UNKNOWN && now != CMR_MONEY_UNKNOWN;
  g_autofree char *id = wb_format_id (wb_order_get_order_id (order));
  g_autofree char *sum = wb_format_money (about), *after = wb_format_money (known ? now - about : CMR_MONEY_UNKNOWN);
  g_autofree char *charge = g_strdup_printf (_("about %s"), sum), *what = dup_what (order, n_domains);
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (list, "card");
  add_row (list, _("Order id"), id, "monospace");
  add_row (list, _("Charge"), charge, "heading");
  add_row (list, _("Wallet after it"), after, NULL);
  add_row (list, _("What you get"), what, NULL);
  return list;
}

static GtkWidget *
make_warning (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  GtkWidget *text = gtk_label_new (_("This cannot be taken back. Waybill sends it once, and never again by itself."));

  gtk_widget_add_css_class (icon, "warning");
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_widget_add_css_class (text, "caption");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), text);
  return box;
}

static void
add_extra (GtkWidget *dialog, Pay *pay)
{
  gint64 about = wb_order_get_about_cents (pay->order);
  g_autofree char *guard = wb_pay_guard_dup_text (pay->profile, about);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  guint n_domains;
  g_autofree char *left_out = dup_left_out (pay->order, &n_domains);

  if (left_out != NULL)
    {
      /* Translators: names of domains */
      g_autofree char *text = g_strdup_printf (
          _("Left out, because the service cannot get them: %s. Nothing is paid for them."), left_out);
      GtkWidget *label = gtk_label_new (text);

      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_box_append (GTK_BOX (box), make_facts (pay->order, n_domains));
  gtk_box_append (GTK_BOX (box), make_warning ());
  if (guard != NULL)
    {
      gtk_box_append (GTK_BOX (box), wb_pay_guard_entry_new (guard, about, dialog, "pay"));
      wb_compat_message_set_enabled (dialog, "pay", FALSE);
    }
  wb_compat_message_set_extra (dialog, box);
}

void
wb_pay_dialog_present (GtkWindow *parent, WbProfile *profile, WbOrder *order)
{
  g_autofree char *sum = wb_format_money (wb_order_get_about_cents (order));
  g_autofree char *customer = wb_format_text (wb_order_get_customer_name (order));
  /* Translators: a sum, then the name of a customer */
  g_autofree char *heading = g_strdup_printf (_("Pay About %s for %s?"), sum, customer);
  g_autofree char *label = g_strdup_printf (_("Pay About %s and Start"), sum);
  GtkWidget *dialog;
  Pay *pay;

  if (!wb_order_can_pay (order) || wb_pay_is_starting (order))
    return;
  dialog = wb_compat_message_new (
      parent, heading,
      _("The order is created and costs nothing yet. The sum is worked out from asked prices; your wallet "
         "shows the true one afterwards."));
  pay = g_new0 (Pay, 1);
  pay->profile = g_object_ref (profile);
  pay->order = g_object_ref (order);
  g_object_set_data_full (G_OBJECT (dialog), "pay", pay, pay_free);
  wb_compat_message_add (dialog, "not-now", _("Not Now"), WB_COMPAT_PLAIN);
  wb_compat_message_add (dialog, "pay", label, WB_COMPAT_SUGGESTED);
  add_extra (dialog, pay);
  /* A plain signal: what sends is no action. */
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), pay);
  g_signal_connect_object (order, "notify::can-pay", G_CALLBACK (on_can_pay), dialog, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}
