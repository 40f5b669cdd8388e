// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-operation-settle.h"

#include <glib/gi18n.h>

#include "wb-application.h"
#include "wb-compat.h"
#include "wb-format.h"
#include "wb-pay.h"
#include "wb-window.h"
#include "wb-words.h"

typedef struct {
  WbProfile *profile;
  WbOperation *operation;
  GtkWidget *entry; /* of the id; lent */
} Settle;

static void
settle_free (gpointer data)
{
  Settle *settle = data;

  g_object_unref (settle->profile);
  g_object_unref (settle->operation);
  g_free (settle);
}

static Settle *
settle_new (GtkWidget *dialog, WbProfile *profile, WbOperation *operation)
{
  Settle *settle = g_new0 (Settle, 1);

  settle->profile = g_object_ref (profile);
  settle->operation = g_object_ref (operation);
  g_object_set_data_full (G_OBJECT (dialog), "settle", settle, settle_free);
  return settle;
}

/* Settled meanwhile, by evidence or elsewhere: nothing is asked any more. */
static void
on_state (GtkWindow *dialog, GParamSpec *pspec, WbOperation *operation)
{
  WbState state = wb_operation_get_state (operation);

  if (state != WB_STATE_UNKNOWN && state != WB_STATE_QUEUED)
    gtk_window_destroy (dialog);
}

static void
present (GtkWidget *dialog, WbOperation *operation)
{
  g_signal_connect_object (operation, "notify::state", G_CALLBACK (on_state), dialog, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Sending again */

static void
again_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean show = GPOINTER_TO_INT (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbOperation) operation = wb_outbox_send_again_finish (WB_OUTBOX (source), result, &error);
  WbApplication *application = WB_APPLICATION (g_application_get_default ());

  if (operation != NULL && show)
    wb_application_show_operation (application, wb_operation_get_id (operation));
  else if (operation == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *text = wb_words_again (error);

      wb_application_toast (application, text);
    }
}

/* In the main window Activity goes to the new one; a wizard's window follows its order by itself. */
static void
send_now (GtkWindow *window, Settle *settle)
{
  wb_outbox_send_again_async (wb_profile_get_outbox (settle->profile), settle->operation, NULL, again_cb,
                              GINT_TO_POINTER (WB_IS_WINDOW (window)));
}

static void
on_again_response (GtkWidget *dialog, const char *response, Settle *settle)
{
  /* Once, however often it is pressed. */
  if (!g_str_equal (response, "send") || g_object_get_data (G_OBJECT (dialog), "sent") != NULL)
    return;
  g_object_set_data (G_OBJECT (dialog), "sent", dialog);
  send_now (gtk_window_get_transient_for (GTK_WINDOW (dialog)), settle);
}

/* Above the guard the sum is typed as well, once the risk is accepted. */
static void
on_accept_toggled (GtkCheckButton *check, GtkWidget *dialog)
{
  GtkWidget *guard = g_object_get_data (G_OBJECT (dialog), "guard");
  gboolean accepted = gtk_check_button_get_active (check);

  if (guard == NULL)
    {
      wb_compat_message_set_enabled (dialog, "send", accepted);
      return;
    }
  gtk_widget_set_sensitive (guard, accepted);
  if (!accepted)
    gtk_editable_set_text (GTK_EDITABLE (gtk_widget_get_last_child (guard)), "");
}

static void
add_guard (GtkWidget *dialog, GtkWidget *sheet, WbProfile *profile, WbOperation *operation)
{
  gint64 cents = wb_operation_get_cents (operation);
  g_autofree char *text = wb_pay_guard_dup_text (profile, cents);
  GtkWidget *guard;

  if (text == NULL)
    return;
  guard = wb_pay_guard_entry_new (text, cents, dialog, "send");
  gtk_widget_set_sensitive (guard, FALSE);
  gtk_box_append (GTK_BOX (sheet), guard);
  g_object_set_data (G_OBJECT (dialog), "guard", guard);
}

/* What was the first, what was found, what is risked. */
static GtkWidget *
make_sheet (WbOperation *operation, const WbEvidence *evidence, GtkWidget *check)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  g_autofree char *when = wb_format_time (wb_operation_get_created (operation));
  /* Translators: %s is a time */
  g_autofree char *first = g_strdup_printf (_("The first attempt was written at %s."), when);
  GtkWidget *label = gtk_label_new (first);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_box_append (GTK_BOX (box), label);
  if (evidence != NULL && evidence->findings->len > 0)
    gtk_box_append (GTK_BOX (box), wb_operation_findings_new (evidence));
  gtk_box_append (GTK_BOX (box), check);
  return box;
}

static void
ask_to_send_again (GtkWidget *opener, WbProfile *profile, WbOperation *operation, const WbEvidence *evidence)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (opener));
  g_autofree char *sum = wb_format_money (wb_operation_get_cents (operation));
  g_autofree char *customer = wb_format_text (wb_operation_get_customer_name (operation));
  /* Translators: %s is the name of a customer */
  g_autofree char *heading = g_strdup_printf (_("Send It Again for %s?"), customer);
  g_autofree char *risk = wb_operation_dup_risk (operation);
  /* Translators: a sum */
  g_autofree char *accept = g_strdup_printf (_("I accept that this may charge %s twice"), sum);
  GtkWidget *dialog = wb_compat_message_new (window, heading, risk);
  Settle *settle = settle_new (dialog, profile, operation);
  GtkWidget *check, *sheet;

  if (!wb_operation_is_paid (operation))
    {
      send_now (window, settle);
      gtk_window_destroy (GTK_WINDOW (dialog));
      return;
    }
  check = gtk_check_button_new_with_label (accept);
  sheet = make_sheet (operation, evidence, check);
  add_guard (dialog, sheet, profile, operation);
  wb_compat_message_set_extra (dialog, sheet);
  wb_compat_message_add (dialog, "cancel", _("_Cancel"), WB_COMPAT_PLAIN);
  wb_compat_message_add (dialog, "send", _("_Send Again"), WB_COMPAT_DESTRUCTIVE);
  wb_compat_message_set_enabled (dialog, "send", FALSE);
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_accept_toggled), dialog, 0);
  g_signal_connect (dialog, "response", G_CALLBACK (on_again_response), settle);
  present (dialog, operation);
}

void
wb_operation_send_again (GtkWidget *opener, WbProfile *profile, WbOperation *operation, const WbEvidence *evidence)
{
  if (wb_operation_get_op (operation) == CMR_OP_NONE)
    wb_application_toast (WB_APPLICATION (g_application_get_default ()),
                          _("A newer version of Waybill wrote this request. This one never sends it."));
  else
    ask_to_send_again (opener, profile, operation, evidence);
}

/* It was done */

static void
on_done_response (GtkWidget *dialog, const char *response, Settle *settle)
{
  g_autofree char *id = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (settle->entry))));

  if (g_str_equal (response, "done"))
    wb_outbox_settle_done (wb_profile_get_outbox (settle->profile), settle->operation, *id != '\0' ? id : NULL);
}

/* An unpaid order without its id could not be paid; of a paid one the mailboxes tell the rest. */
static void
on_id_changed (GtkEditable *entry, GtkWidget *dialog)
{
  Settle *settle = g_object_get_data (G_OBJECT (dialog), "settle");
  g_autofree char *id = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  wb_compat_message_set_enabled (dialog, "done", *id != '\0' || wb_operation_is_paid (settle->operation));
}

static GtkWidget *
make_id_entry (Settle *settle, GtkWidget *dialog)
{
  settle->entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (settle->entry), _("Order id"));
  gtk_widget_add_css_class (settle->entry, "monospace");
  gtk_accessible_update_property (GTK_ACCESSIBLE (settle->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Order id"), -1);
  g_signal_connect_object (settle->entry, "changed", G_CALLBACK (on_id_changed), dialog, 0);
  return settle->entry;
}

void
wb_operation_was_done (GtkWidget *opener, WbProfile *profile, WbOperation *operation)
{
  gboolean paid = wb_operation_is_paid (operation);
  GtkWidget *dialog;
  Settle *settle;

  if (!wb_operation_makes_order (operation) || *wb_operation_get_made_id (operation) != '\0')
    {
      wb_outbox_settle_done (wb_profile_get_outbox (profile), operation, NULL);
      return;
    }
  dialog = wb_compat_message_new (
      GTK_WINDOW (gtk_widget_get_root (opener)), _("Which Order Is It?"),
      paid ? _("The dashboard shows its id. Without it Waybill follows the order by its mailboxes alone.")
           : _("The dashboard shows its id. It is needed to pay the order from here."));
  settle = settle_new (dialog, profile, operation);
  wb_compat_message_set_extra (dialog, make_id_entry (settle, dialog));
  wb_compat_message_add (dialog, "cancel", _("_Cancel"), WB_COMPAT_PLAIN);
  wb_compat_message_add (dialog, "done", _("It _Was Done"), WB_COMPAT_SUGGESTED);
  wb_compat_message_set_enabled (dialog, "done", paid);
  g_signal_connect (dialog, "response", G_CALLBACK (on_done_response), settle);
  present (dialog, operation);
}
