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
#include "wb-order-words.h"
#include "wb-order.h"
#include "wb-pane.h"
#include "wb-state-pill.h"
#include "wb-words.h"

/* One order or one draft: what it is, its domains, and the one or two things that can be done with it now. */
typedef struct {
  WbProfile *profile;
  WbOrder *order; /* one of the two */
  WbDraft *draft;
  char *id;
  GCancellable *cancellable;
  GtkWidget *pane; /* owns this */
  guint fill_id;
} Pane;

static void
pane_free (gpointer data)
{
  Pane *self = data;

  g_clear_handle_id (&self->fill_id, g_source_remove);
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

static WbApplication *
application (void)
{
  return WB_APPLICATION (g_application_get_default ());
}

/* Buttons */

static void
on_pay (GtkButton *button, GtkWidget *widget)
{
  Pane *self = pane_of (widget);

  wb_pay_dialog_present (GTK_WINDOW (gtk_widget_get_root (widget)), self->profile, self->order);
}

static void
on_track (GtkButton *button, GtkWidget *widget)
{
  wb_application_show_order (application (), pane_of (widget)->id);
}

static WbOperation *
operation_of (WbOrder *order)
{
  WbOperation *pay = wb_order_get_pay_operation (order);

  return pay != NULL ? pay : wb_order_get_create_operation (order);
}

static void
on_settle (GtkButton *button, GtkWidget *widget)
{
  WbOperation *operation = operation_of (pane_of (widget)->order);

  if (operation != NULL)
    wb_application_show_operation (application (), wb_operation_get_id (operation));
}

static void
on_resume (GtkButton *button, GtkWidget *widget)
{
  wb_application_open_draft (application (), pane_of (widget)->id);
}

static void
on_delete (GtkButton *button, GtkWidget *widget)
{
  Pane *self = pane_of (widget);

  wb_drafts_delete (wb_profile_get_drafts (self->profile), self->id);
  wb_application_toast (application (), _("Draft deleted"));
}

/* Parts */

static GtkWidget *
make_domain (const WbOrderDomain *line)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *upper = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *name = wb_format_text (line->domain);
  g_autofree char *reason = wb_format_text (line->reason);
  g_autofree char *count
      = g_strdup_printf (ngettext ("%u of %u mailbox live", "%u of %u mailboxes live", line->mailboxes->len),
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
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (bar),
                                 line->mailboxes->len > 0 ? (double) line->live / line->mailboxes->len : 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, count, -1);
  if (line->live == line->mailboxes->len)
    gtk_widget_add_css_class (bar, "success");
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
  GtkWidget *list = NULL;

  if (lines->len == 0)
    return;
  list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (list, "card");
  for (guint i = 0; i < lines->len; i++)
    {
      if (i > 0)
        gtk_box_append (GTK_BOX (list), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
      gtk_box_append (GTK_BOX (list), make_domain (lines->pdata[i]));
    }
  wb_pane_add_heading (pane, _("Domains"));
  wb_pane_add (pane, list);
}

static void
add_money (WbOrder *order, WbPane *pane)
{
  g_autofree char *taken = wb_format_money (wb_order_get_taken (order));
  g_autofree char *about = wb_format_money (wb_order_get_about_cents (order));
  g_autofree char *monthly = wb_format_money (wb_order_get_monthly_cents (order));
  g_autofree char *when
      = wb_order_get_paid_at (order) > 0 ? wb_format_in_sentence (wb_order_get_paid_at (order)) : NULL;
  /* Translators: a sum, then when it was paid */
  g_autofree char *paid = when != NULL ? g_strdup_printf (_("%s, %s"), taken, when) : NULL;
  /* Translators: a sum */
  g_autofree char *then = g_strdup_printf (_("%s a month"), monthly);

  if (wb_order_get_taken (order) != CMR_MONEY_UNKNOWN)
    wb_pane_add_fact (pane, _("Paid"), paid != NULL ? paid : taken);
  else
    wb_pane_add_fact (pane, _("About"), about);
  if (wb_order_get_monthly_cents (order) != CMR_MONEY_UNKNOWN)
    wb_pane_add_fact (pane, _("Then"), then);
}

/* What has come to a stand, in the same words as in the order's window. */
static void
add_words (WbOrder *order, WbPane *pane)
{
  g_autoptr (WbOrderWords) words = NULL;
  g_autofree char *text = NULL;
  GtkWidget *box = NULL, *cause, *more;
  WbOrderFacts facts;

  wb_order_facts_take (&facts, order);
  words = wb_order_get_paid_at (order) == 0 ? wb_order_words_for (&facts) : NULL;
  if (words == NULL)
    return;
  text = wb_order_words_dup_text (words, g_get_monotonic_time ());
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  cause = gtk_label_new (words->cause);
  more = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (cause), 0);
  gtk_label_set_xalign (GTK_LABEL (more), 0);
  gtk_label_set_wrap (GTK_LABEL (cause), TRUE);
  gtk_label_set_wrap (GTK_LABEL (more), TRUE);
  gtk_widget_set_visible (more, *text != '\0');
  gtk_widget_add_css_class (cause, "heading");
  gtk_widget_add_css_class (box, "wash");
  gtk_widget_add_css_class (box, words->css_class);
  gtk_box_append (GTK_BOX (box), cause);
  gtk_box_append (GTK_BOX (box), more);
  wb_pane_add (pane, box);
}

static void
add_history_row (WbOperation *operation, WbPane *pane)
{
  g_autofree char *when = NULL, *what = NULL;

  if (operation == NULL)
    return;
  when = wb_format_time (wb_operation_get_created (operation));
  what = wb_words_operation (wb_operation_get_op (operation), wb_operation_get_n_pictures (operation), 0);
  wb_pane_add_link (pane, when, what, "app.show-operation", wb_operation_get_id (operation));
}

static void
add_history (WbOrder *order, WbPane *pane)
{
  if (operation_of (order) == NULL)
    return;
  wb_pane_add_heading (pane, _("History"));
  add_history_row (wb_order_get_create_operation (order), pane);
  add_history_row (wb_order_get_pay_operation (order), pane);
}

static void
add_order_buttons (Pane *self, WbPane *pane)
{
  WbOrder *order = self->order;
  gboolean pay = wb_order_can_pay (order), unknown = wb_order_get_state (order) == WB_ORDER_UNKNOWN;
  g_autofree char *sum = wb_format_money (wb_order_get_about_cents (order));
  /* Translators: a sum */
  g_autofree char *label = g_strdup_printf (_("Pay About %s…"), sum);
  const char *lock = wb_words_lock (wb_profile_get_lock (self->profile));

  if (pay)
    {
      GtkWidget *button = wb_pane_add_button (pane, label, TRUE, G_CALLBACK (on_pay), pane);

      gtk_widget_set_sensitive (button, lock == NULL);
      gtk_widget_set_tooltip_text (button, lock);
    }
  if (unknown && operation_of (order) != NULL)
    wb_pane_add_button (pane, _("Settle…"), TRUE, G_CALLBACK (on_settle), pane);
  wb_pane_add_button (pane, wb_order_get_paid_at (order) > 0 ? _("Track") : _("Open"), !pay && !unknown,
                      G_CALLBACK (on_track), pane);
}

static char *
dup_state_line (WbOrder *order)
{
  if (wb_order_get_n_mailboxes (order) == 0 || wb_order_get_paid_at (order) == 0)
    return g_strdup ("");
  return wb_order_words_dup_progress (order);
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

  wb_pane_set_title (pane, *customer != '\0' ? title : _("Order"));
  wb_pane_add_state (pane, "order", wb_order_state_word (wb_order_get_state (order)), state);
  add_words (order, pane);
  wb_pane_add_id (pane, _("Order id"), wb_order_get_order_id (order));
  if (*customer != '\0')
    wb_pane_add_link (pane, _("Customer"), customer, "app.show-customer", wb_order_get_customer_id (order));
  wb_pane_add_fact (pane, _("Provider"),
                    g_strcmp0 (wb_order_get_provider (order), "MICROSOFT") == 0 ? _("Microsoft, monthly")
                                                                                : _("Google, monthly"));
  add_money (order, pane);
  add_domains (order, pane);
  add_order_buttons (self, pane);
  add_history (order, pane);
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

  wb_pane_set_title (pane, title);
  wb_pane_add_state (pane, "order", "draft", _("Nothing was sent."));
  wb_pane_add_fact (pane, _("Domains"), domains);
  wb_pane_add_fact (pane, _("Mailboxes"), mailboxes);
  wb_pane_add_fact (pane, cost->complete ? _("About") : _("At least"), sum);
  wb_pane_add_button (pane, _("Resume"), TRUE, G_CALLBACK (on_resume), pane);
  wb_pane_add_button (pane, _("Delete Draft"), FALSE, G_CALLBACK (on_delete), pane);
}

/* Filling: coalesced, since one answer notifies several properties */

static gboolean
fill_now (gpointer data)
{
  Pane *self = data;

  self->fill_id = 0;
  wb_pane_clear (WB_PANE (self->pane));
  if (self->order != NULL)
    fill_order (self);
  else
    fill_draft (self);
  wb_pane_end (WB_PANE (self->pane));
  return G_SOURCE_REMOVE;
}

static void
queue_fill (Pane *self)
{
  if (self->fill_id == 0)
    self->fill_id = g_idle_add_full (GTK_PRIORITY_RESIZE - 3, fill_now, self, NULL);
}

static void
on_order_changed (WbOrder *order, GParamSpec *pspec, GtkWidget *widget)
{
  if (!g_str_equal (pspec->name, "asked-at") && !g_str_equal (pspec->name, "next-ask"))
    queue_fill (pane_of (widget));
}

static void
on_changed (GtkWidget *widget)
{
  queue_fill (pane_of (widget));
}

static gboolean
could_not_load (Pane *self, const GError *error)
{
  if (error != NULL)
    wb_pane_add_text (WB_PANE (self->pane), _("This could not be read from the disk."), NULL);
  return error != NULL;
}

static void
order_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  WbOrder *order = wb_orders_load_finish (WB_ORDERS (source), result, &error);
  Pane *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || could_not_load (self, error))
    return;
  self->order = order;
  g_signal_connect_object (order, "notify", G_CALLBACK (on_order_changed), self->pane, 0);
  g_signal_connect_object (self->profile, "notify::lock", G_CALLBACK (on_changed), self->pane, G_CONNECT_SWAPPED);
  fill_now (self);
}

static void
draft_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  WbDraft *draft = wb_drafts_load_finish (WB_DRAFTS (source), result, &error);
  Pane *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || could_not_load (self, error))
    return;
  self->draft = draft;
  g_signal_connect_object (draft, "changed", G_CALLBACK (on_changed), self->pane, G_CONNECT_SWAPPED);
  fill_now (self);
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
