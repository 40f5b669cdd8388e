// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-collection-page.h"

#include <glib/gi18n.h>

#include "wb-application.h"
#include "wb-compat.h"
#include "wb-format.h"
#include "wb-outbox.h"
#include "wb-pane.h"
#include "wb-words.h"

/* One request of the journal. An unknown one shows what happened, what is at stake, what the server says, and
 * the verdict; a person decides. */
typedef struct {
  WbProfile *profile;
  WbOperation *operation;
  WbEvidence *evidence;
  GCancellable *cancellable;
  GtkWidget *pane; /* owns this */
  gboolean checking;
} Pane;

static void fill (Pane *self);

static void
pane_free (gpointer data)
{
  Pane *self = data;

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_clear_object (&self->operation);
  g_clear_pointer (&self->evidence, wb_evidence_free);
  g_object_unref (self->profile);
  g_free (self);
}

static Pane *
pane_of (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), "pane");
}

/* Settling */

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  WbEvidence *evidence = wb_outbox_check_finish (WB_OUTBOX (source), result, &error);
  Pane *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->checking = FALSE;
  if (evidence != NULL)
    {
      g_clear_pointer (&self->evidence, wb_evidence_free);
      self->evidence = evidence;
    }
  fill (self);
}

static void
on_check (GtkButton *button, GtkWidget *widget)
{
  Pane *self = pane_of (widget);

  self->checking = TRUE;
  wb_outbox_check_async (wb_profile_get_outbox (self->profile), self->operation, self->cancellable, checked_cb, self);
  fill (self);
}

static void
on_was_done (GtkButton *button, GtkWidget *widget)
{
  Pane *self = pane_of (widget);

  wb_outbox_settle_done (wb_profile_get_outbox (self->profile), self->operation, NULL);
}

static void
on_was_not_done (GtkButton *button, GtkWidget *widget)
{
  Pane *self = pane_of (widget);

  wb_outbox_close_unknown (wb_profile_get_outbox (self->profile), self->operation);
}

static void
again_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbOperation) operation = wb_outbox_send_again_finish (WB_OUTBOX (source), result, &error);
  WbApplication *application = WB_APPLICATION (g_application_get_default ());

  if (operation != NULL)
    wb_application_show_operation (application, wb_operation_get_id (operation));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autoptr (WbErrorWords) words = wb_words_for_error (error);

      wb_application_toast (application, words->cause);
    }
}

static void
send_again (Pane *self)
{
  wb_outbox_send_again_async (wb_profile_get_outbox (self->profile), self->operation, self->cancellable, again_cb, NULL);
}

static void
on_again_response (GtkWidget *dialog, const char *response, GtkWidget *widget)
{
  if (g_str_equal (response, "send"))
    send_again (pane_of (widget));
}

static void
on_accept_toggled (GtkCheckButton *check, GtkWidget *dialog)
{
  wb_compat_message_set_enabled (dialog, "send", gtk_check_button_get_active (check));
}

static char *
dup_risk (Pane *self)
{
  g_autofree char *sum = wb_format_money (wb_operation_get_cents (self->operation));

  return g_strdup_printf (_("Sending again should charge %s once. If the first request is still on its way, it could charge twice."), sum);
}

/* The review sheet of a second try: findings, risk in money, and a tick; insensitive until checked. */
static void
on_send_again (GtkButton *button, GtkWidget *widget)
{
  Pane *self = pane_of (widget);
  g_autofree char *sum = wb_format_money (wb_operation_get_cents (self->operation));
  g_autofree char *customer = wb_format_text (wb_operation_get_customer_name (self->operation));
  g_autofree char *heading = g_strdup_printf (_("Send It Again for %s?"), customer);
  g_autofree char *risk = dup_risk (self);
  g_autofree char *accept = g_strdup_printf (_("I accept that this may charge %s twice"), sum);
  GtkWidget *dialog, *check;

  if (!wb_operation_is_paid (self->operation))
    {
      send_again (self);
      return;
    }
  dialog = wb_compat_message_new (GTK_WINDOW (gtk_widget_get_root (widget)), heading, risk);
  check = gtk_check_button_new_with_label (accept);
  wb_compat_message_set_extra (dialog, check);
  wb_compat_message_add (dialog, "cancel", _("_Cancel"), WB_COMPAT_PLAIN);
  wb_compat_message_add (dialog, "send", _("_Send Again"), WB_COMPAT_DESTRUCTIVE);
  wb_compat_message_set_enabled (dialog, "send", FALSE);
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_accept_toggled), dialog, 0);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_again_response), widget, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_stop (GtkButton *button, GtkWidget *widget)
{
  Pane *self = pane_of (widget);

  wb_outbox_stop (wb_profile_get_outbox (self->profile), self->operation);
}

static void
curl_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autofree char *text = wb_outbox_dup_curl_finish (WB_OUTBOX (source), result, NULL);

  if (text == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  wb_application_toast (WB_APPLICATION (g_application_get_default ()), _("Copied, without the key"));
}

static void
on_curl (GtkButton *button, GtkWidget *widget)
{
  Pane *self = pane_of (widget);

  wb_outbox_dup_curl_async (wb_profile_get_outbox (self->profile), self->operation, self->cancellable, curl_cb, g_object_ref (widget));
}

/* Filling */

static void
add_findings (Pane *self, WbPane *pane)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  for (guint i = 0; i < self->evidence->findings->len; i++)
    {
      g_autofree char *detail = NULL;
      g_autofree char *text = wb_words_finding (self->evidence->findings->pdata[i], &detail);
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 3);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), detail);
      gtk_widget_set_focusable (row, FALSE);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
  wb_pane_add_heading (pane, _("What the Server Says"));
  wb_pane_add (pane, list);
}

static void
add_verdict (Pane *self, WbPane *pane)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *verdict = gtk_label_new (wb_words_verdict (self->evidence->verdict));
  g_autofree char *risk = dup_risk (self);
  GtkWidget *text = gtk_label_new (wb_operation_is_paid (self->operation) ? risk : _("It is free: sending again can at worst make it twice."));

  gtk_label_set_xalign (GTK_LABEL (verdict), 0);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_widget_add_css_class (verdict, "heading");
  gtk_widget_add_css_class (box, "wash");
  gtk_widget_add_css_class (box, "unknown");
  gtk_box_append (GTK_BOX (box), verdict);
  gtk_box_append (GTK_BOX (box), text);
  wb_pane_add (pane, box);
}

static void
add_unknown (Pane *self, WbPane *pane)
{
  GtkWidget *check, *again;

  if (self->evidence != NULL && self->evidence->findings->len > 0)
    add_findings (self, pane);
  if (self->evidence != NULL && self->evidence->checked_at > 0)
    add_verdict (self, pane);
  check = wb_pane_add_button (pane, self->checking ? _("Checking…") : _("Check Again"), TRUE, G_CALLBACK (on_check), pane);
  gtk_widget_set_sensitive (check, !self->checking);
  wb_pane_add_button (pane, _("It Was Done"), FALSE, G_CALLBACK (on_was_done), pane);
  wb_pane_add_button (pane, _("It Was Not Done"), FALSE, G_CALLBACK (on_was_not_done), pane);
  again = wb_pane_add_button (pane, _("Send Again…"), FALSE, G_CALLBACK (on_send_again), pane);
  gtk_widget_set_sensitive (again, self->evidence != NULL && self->evidence->checked_at > wb_operation_get_created (self->operation));
  if (!gtk_widget_get_sensitive (again))
    gtk_widget_set_tooltip_text (again, _("Check first what the server says."));
}

static void
add_buttons (Pane *self, WbPane *pane)
{
  WbState state = wb_operation_get_state (self->operation);
  const char *lock = wb_words_lock (wb_profile_get_lock (self->profile));
  GtkWidget *button;

  if (state == WB_STATE_UNKNOWN)
    add_unknown (self, pane);
  if (wb_operation_get_can_stop (self->operation))
    wb_pane_add_button (pane, _("Stop"), FALSE, G_CALLBACK (on_stop), pane);
  if (state == WB_STATE_FAILED && !wb_operation_is_paid (self->operation))
    {
      button = wb_pane_add_button (pane, _("Send Again"), TRUE, G_CALLBACK (on_send_again), pane);
      gtk_widget_set_sensitive (button, lock == NULL);
      gtk_widget_set_tooltip_text (button, lock);
    }
  wb_pane_add_button (pane, _("Copy as curl"), FALSE, G_CALLBACK (on_curl), pane);
}

static void
fill (Pane *self)
{
  WbPane *pane = WB_PANE (self->pane);
  WbOperation *operation = self->operation;
  g_autofree char *title = wb_words_operation (wb_operation_get_op (operation), wb_operation_get_n_pictures (operation), 0);
  g_autofree char *reason = wb_words_reason (operation);
  g_autofree char *since = wb_format_time (wb_operation_get_updated (operation));
  g_autofree char *sum = wb_format_money (wb_operation_get_cents (operation));
  g_autofree char *target = wb_format_text (wb_operation_get_target (operation));
  g_autofree char *customer = wb_format_text (wb_operation_get_customer_name (operation));
  g_autofree char *when = wb_format_time (wb_operation_get_created (operation));
  g_autofree char *path = g_strdup_printf ("%s %s", cmr_endpoint_get (wb_operation_get_op (operation))->method,
                                           cmr_endpoint_get (wb_operation_get_op (operation))->path);

  wb_pane_clear (pane);
  wb_pane_set_title (pane, title);
  /* Translators: a time */
  wb_pane_add_state (pane, "operation", wb_state_word (wb_operation_get_state (operation)), since);
  wb_pane_add_text (pane, reason, NULL);
  if (wb_operation_get_cents (operation) != 0)
    wb_pane_add_fact (pane, _("At stake"), sum);
  if (*wb_operation_get_customer_id (operation) != '\0' && *customer != '\0')
    wb_pane_add_link (pane, _("Customer"), customer, "app.show-customer", wb_operation_get_customer_id (operation));
  else
    wb_pane_add_fact (pane, _("Customer"), customer);
  wb_pane_add_fact (pane, _("Target"), target);
  wb_pane_add_id (pane, _("Made id"), wb_operation_get_made_id (operation));
  wb_pane_add_fact (pane, _("Written"), when);
  wb_pane_add_fact (pane, _("Request"), path);
  if (*wb_operation_get_order (operation) != '\0')
    wb_pane_add_link (pane, _("Order"), _("Show the Order"), "app.show-order", wb_operation_get_order (operation));
  add_buttons (self, pane);
}

static void
on_changed (WbOperation *operation, GParamSpec *pspec, GtkWidget *widget)
{
  if (!g_str_equal (pspec->name, "sent") && !g_str_equal (pspec->name, "total"))
    fill (pane_of (widget));
}

static void
load_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbOperation) operation = wb_outbox_load_finish (WB_OUTBOX (source), result, &error);
  Pane *self = user_data;

  if (operation == NULL)
    return;
  self->operation = g_object_ref (operation);
  self->evidence = wb_outbox_dup_evidence (WB_OUTBOX (source), operation);
  g_signal_connect_object (operation, "notify", G_CALLBACK (on_changed), self->pane, 0);
  fill (self);
}

GtkWidget *
wb_operation_pane_new (WbProfile *profile, const char *id)
{
  Pane *self = g_new0 (Pane, 1);

  self->profile = g_object_ref (profile);
  self->cancellable = g_cancellable_new ();
  self->pane = wb_pane_new ("");
  g_object_set_data_full (G_OBJECT (self->pane), "pane", self, pane_free);
  wb_outbox_load_async (wb_profile_get_outbox (profile), id, self->cancellable, load_cb, self);
  return self->pane;
}
