// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-collection-page.h"

#include <glib/gi18n.h>

#include "wb-application.h"
#include "wb-dialogs.h"
#include "wb-draft.h"
#include "wb-format.h"
#include "wb-order-window.h"
#include "wb-order.h"
#include "wb-pane.h"
#include "wb-state-pill.h"
#include "wb-words.h"

/* One order or one draft: what it is, its domains, and the one or two things that can be done with it now. */
typedef struct {
  WbProfile *profile;
  WbOrder *order;
  WbDraft *draft;
  char *id;
  GCancellable *cancellable;
  GtkWidget *pane; /* owns this */
} Pane;

static void
pane_free (gpointer data)
{
  Pane *self = data;

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_clear_object (&self->order);
  g_clear_object (&self->draft);
  g_object_unref (self->profile);
  g_free (self->id);
  g_free (self);
}

static Pane *
pane_of (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), "pane");
}

static void
on_pay (GtkButton *button, GtkWidget *widget)
{
  Pane *self = pane_of (widget);

  wb_pay_dialog_present (GTK_WINDOW (gtk_widget_get_root (widget)), self->profile, self->order);
}

static void
on_track (GtkButton *button, GtkWidget *widget)
{
  wb_application_show_order (WB_APPLICATION (g_application_get_default ()), pane_of (widget)->id);
}

static void
on_resume (GtkButton *button, GtkWidget *widget)
{
  wb_application_open_draft (WB_APPLICATION (g_application_get_default ()), pane_of (widget)->id);
}

static void
on_delete (GtkButton *button, GtkWidget *widget)
{
  Pane *self = pane_of (widget);

  wb_drafts_delete (wb_profile_get_drafts (self->profile), self->id);
}

static char *
dup_state_line (WbOrder *order)
{
  guint live = wb_order_get_live (order), all = wb_order_get_n_mailboxes (order);

  /* Translators: how many of how many mailboxes are live */
  return g_strdup_printf (ngettext ("%u of %u mailbox is live", "%u of %u mailboxes are live", all), live, all);
}

static GtkWidget *
make_domain (const WbOrderDomain *line)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *upper = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *name = wb_format_text (line->domain);
  g_autofree char *reason = wb_format_text (line->reason);
  g_autofree char *count = g_strdup_printf (ngettext ("%u of %u mailbox live", "%u of %u mailboxes live", line->mailboxes->len),
                                            line->live, line->mailboxes->len);
  GtkWidget *title = gtk_label_new (name), *sub = gtk_label_new (*reason != '\0' ? reason : count);
  GtkWidget *pill = wb_state_pill_new ();
  GtkWidget *bar = gtk_progress_bar_new ();

  wb_state_pill_set (WB_STATE_PILL (pill), "order-line", wb_order_line_word (line));
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (sub), 0);
  gtk_label_set_wrap (GTK_LABEL (sub), TRUE);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (title, "heading");
  gtk_widget_add_css_class (sub, "caption");
  gtk_widget_add_css_class (sub, "dim-label");
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (bar), line->mailboxes->len > 0 ? (double) line->live / line->mailboxes->len : 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, count, -1);
  gtk_box_append (GTK_BOX (upper), title);
  gtk_box_append (GTK_BOX (upper), pill);
  gtk_box_append (GTK_BOX (box), upper);
  gtk_box_append (GTK_BOX (box), sub);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_widget_add_css_class (box, "card-row");
  return box;
}

static void
add_domains (WbOrder *order, WbPane *pane)
{
  GPtrArray *lines = wb_order_get_lines (order);
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  if (lines->len == 0)
    return;
  gtk_widget_add_css_class (list, "card");
  for (guint i = 0; i < lines->len; i++)
    gtk_box_append (GTK_BOX (list), make_domain (lines->pdata[i]));
  wb_pane_add_heading (pane, _("Domains"));
  wb_pane_add (pane, list);
}

static void
add_money (WbOrder *order, WbPane *pane)
{
  g_autofree char *taken = wb_format_money (wb_order_get_taken (order));
  g_autofree char *about = wb_format_money (wb_order_get_about_cents (order));
  g_autofree char *monthly = wb_format_money (wb_order_get_monthly_cents (order));
  g_autofree char *paid_at = wb_order_get_paid_at (order) > 0 ? wb_format_time (wb_order_get_paid_at (order)) : NULL;
  /* Translators: a sum, then a time */
  g_autofree char *paid = paid_at != NULL ? g_strdup_printf (_("%s at %s"), taken, paid_at) : NULL;
  /* Translators: a sum */
  g_autofree char *then = g_strdup_printf (_("%s a month"), monthly);

  if (wb_order_get_taken (order) != CMR_MONEY_UNKNOWN)
    wb_pane_add_fact (pane, _("Paid"), paid != NULL ? paid : taken);
  else
    wb_pane_add_fact (pane, _("About"), about);
  if (wb_order_get_monthly_cents (order) != CMR_MONEY_UNKNOWN)
    wb_pane_add_fact (pane, _("Then"), then);
}

static void
fill_order (Pane *self)
{
  WbPane *pane = WB_PANE (self->pane);
  WbOrder *order = self->order;
  g_autofree char *customer = wb_format_text (wb_order_get_customer_name (order));
  /* Translators: %s is the name of a customer */
  g_autofree char *title = g_strdup_printf (_("Order for %s"), customer);
  g_autofree char *state = dup_state_line (order);
  g_autofree char *sum = wb_format_money (wb_order_get_about_cents (order));
  g_autofree char *pay = g_strdup_printf (_("Pay About %s…"), sum);
  const char *lock = wb_words_lock (wb_profile_get_lock (self->profile));
  GtkWidget *button;

  wb_pane_clear (pane);
  wb_pane_set_title (pane, title);
  wb_pane_add_state (pane, "order", wb_order_state_word (wb_order_get_state (order)), state);
  wb_pane_add_id (pane, _("Order id"), wb_order_get_order_id (order));
  wb_pane_add_link (pane, _("Customer"), customer, "app.show-customer", wb_order_get_customer_id (order));
  wb_pane_add_fact (pane, _("Provider"), g_strcmp0 (wb_order_get_provider (order), "MICROSOFT") == 0 ? _("Microsoft, monthly") : _("Google, monthly"));
  add_money (order, pane);
  add_domains (order, pane);
  if (wb_order_can_pay (order))
    {
      button = wb_pane_add_button (pane, pay, TRUE, G_CALLBACK (on_pay), pane);
      gtk_widget_set_sensitive (button, lock == NULL);
      gtk_widget_set_tooltip_text (button, lock);
    }
  wb_pane_add_button (pane, _("Track"), !wb_order_can_pay (order), G_CALLBACK (on_track), pane);
}

static void
fill_draft (Pane *self)
{
  WbPane *pane = WB_PANE (self->pane);
  WbDraft *draft = self->draft;
  g_autoptr (WbCost) cost = wb_draft_cost (draft);
  g_autofree char *customer = wb_format_text (wb_draft_get_customer_name (draft));
  g_autofree char *title = *customer != '\0' ? g_strdup_printf (_("Draft for %s"), customer) : g_strdup (_("Draft"));
  g_autofree char *domains = g_strdup_printf ("%u", wb_draft_get_n_domains (draft));
  g_autofree char *mailboxes = g_strdup_printf ("%u", wb_draft_get_n_mailboxes (draft));
  g_autofree char *sum = wb_format_money (cost->due_cents);

  wb_pane_clear (pane);
  wb_pane_set_title (pane, title);
  wb_pane_add_state (pane, "order", "draft", _("Nothing was sent."));
  wb_pane_add_fact (pane, _("Domains"), domains);
  wb_pane_add_fact (pane, _("Mailboxes"), mailboxes);
  wb_pane_add_fact (pane, cost->complete ? _("About") : _("At least"), sum);
  wb_pane_add_button (pane, _("Resume"), TRUE, G_CALLBACK (on_resume), pane);
  wb_pane_add_button (pane, _("Delete Draft"), FALSE, G_CALLBACK (on_delete), pane);
}

static void
on_order_changed (WbOrder *order, GParamSpec *pspec, GtkWidget *widget)
{
  static const char *const shown[] = { "state", "lines", "live", "taken", NULL };

  if (g_strv_contains (shown, pspec->name))
    fill_order (pane_of (widget));
}

static void
order_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  WbOrder *order = wb_orders_load_finish (WB_ORDERS (source), result, &error);
  Pane *self = user_data;

  if (order == NULL)
    return;
  self->order = order;
  g_signal_connect_object (order, "notify", G_CALLBACK (on_order_changed), self->pane, 0);
  fill_order (self);
}

static void
draft_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  WbDraft *draft = wb_drafts_load_finish (WB_DRAFTS (source), result, &error);
  Pane *self = user_data;

  if (draft == NULL)
    return;
  self->draft = draft;
  fill_draft (self);
}

GtkWidget *
wb_order_pane_new (WbProfile *profile, const char *id, const char *kind)
{
  Pane *self = g_new0 (Pane, 1);

  self->profile = g_object_ref (profile);
  self->id = g_strdup (id);
  self->cancellable = g_cancellable_new ();
  self->pane = wb_pane_new ("");
  g_object_set_data_full (G_OBJECT (self->pane), "pane", self, pane_free);
  if (g_str_equal (kind, "draft"))
    wb_drafts_load_async (wb_profile_get_drafts (profile), id, self->cancellable, draft_cb, self);
  else
    wb_orders_load_async (wb_profile_get_orders (profile), id, self->cancellable, order_cb, self);
  return self->pane;
}
