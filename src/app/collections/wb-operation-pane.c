// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-collection-page.h"

#include <glib/gi18n.h>

#include "wb-application.h"
#include "wb-format.h"
#include "wb-operation-settle.h"
#include "wb-pane.h"
#include "wb-words.h"

/* One request of the journal. An unknown one shows what happened, what is at stake, what the server says, and
 * the verdict; a person decides. */
typedef struct {
  WbProfile *profile;
  WbOperation *operation;
  WbEvidence *evidence; /* (nullable) */
  GCancellable *cancellable;
  GtkWidget *pane;  /* owns this */
  GtkWidget *clock; /* a line that counts down; (nullable) */
  guint fill_id, tick_id;
  gboolean checking;
} Pane;

static void
pane_free (gpointer data)
{
  Pane *self = data;

  g_clear_handle_id (&self->fill_id, g_source_remove);
  g_clear_handle_id (&self->tick_id, g_source_remove);
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

static WbOutbox *
outbox_of (Pane *self)
{
  return wb_profile_get_outbox (self->profile);
}

static void queue_fill (Pane *self);

/* Buttons */

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  WbEvidence *evidence = wb_outbox_check_finish (WB_OUTBOX (source), result, &error);
  Pane *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->checking = FALSE;
  wb_evidence_free (evidence);
  queue_fill (self);
}

static void
on_check (GtkButton *button, GtkWidget *widget)
{
  Pane *self = pane_of (widget);

  if (self->checking)
    return;
  self->checking = TRUE;
  wb_outbox_check_async (outbox_of (self), self->operation, self->cancellable, checked_cb, self);
  queue_fill (self);
}

static void
on_was_done (GtkButton *button, GtkWidget *widget)
{
  wb_operation_was_done (widget, pane_of (widget)->profile, pane_of (widget)->operation);
}

static void
on_was_not_done (GtkButton *button, GtkWidget *widget)
{
  wb_outbox_close_unknown (outbox_of (pane_of (widget)), pane_of (widget)->operation);
}

static void
on_send_again (GtkButton *button, GtkWidget *widget)
{
  Pane *self = pane_of (widget);

  wb_operation_send_again (widget, self->profile, self->operation, self->evidence);
}

static void
on_stop (GtkButton *button, GtkWidget *widget)
{
  wb_outbox_stop (outbox_of (pane_of (widget)), pane_of (widget)->operation);
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

  wb_outbox_dup_curl_async (outbox_of (self), self->operation, self->cancellable, curl_cb, g_object_ref (widget));
}

/* Filling */

static gboolean
is_found (WbOperation *operation)
{
  return wb_operation_get_state (operation) == WB_STATE_QUEUED
         && wb_operation_get_reason (operation) == WB_REASON_FOUND_QUEUED;
}

/* What a newer version wrote: it is shown and settled by a person, never looked up, copied or sent. */
static gboolean
is_known (WbOperation *operation)
{
  return wb_operation_get_op (operation) != CMR_OP_NONE;
}

/* Asked since it was sent: only then may it be sent again. */
static gboolean
was_checked (Pane *self)
{
  return self->evidence != NULL && self->evidence->checked_at > wb_operation_get_created (self->operation);
}

static void
set_why_not (GtkWidget *button, const char *why)
{
  gtk_widget_set_sensitive (button, why == NULL);
  gtk_widget_set_tooltip_text (button, why);
}

static void
add_settling (Pane *self, WbPane *pane)
{
  const char *lock = wb_words_lock (wb_profile_get_lock (self->profile));
  gboolean found = is_found (self->operation);
  GtkWidget *check = wb_pane_add_button (pane, self->checking ? _("Checking…") : _("Check Again"), TRUE,
                                         G_CALLBACK (on_check), pane);
  GtkWidget *again;

  gtk_widget_set_visible (check, is_known (self->operation));
  gtk_widget_set_sensitive (check, !self->checking);
  wb_pane_add_button (pane, _("It Was Done"), FALSE, G_CALLBACK (on_was_done), pane);
  if (found)
    wb_pane_add_button (pane, _("Cancel It"), FALSE, G_CALLBACK (on_stop), pane);
  else
    wb_pane_add_button (pane, _("It Was Not Done"), FALSE, G_CALLBACK (on_was_not_done), pane);
  if (!is_known (self->operation))
    return;
  again = wb_pane_add_button (pane,
                              found                                    ? _("Send It…")
                              : wb_operation_is_paid (self->operation) ? _("Send Again…")
                                                                       : _("Send Again"),
                              FALSE, G_CALLBACK (on_send_again), pane);
  set_why_not (again, lock != NULL ? lock : was_checked (self) ? NULL : _("Check first what the server says."));
}

static void
add_buttons (Pane *self, WbPane *pane)
{
  WbState state = wb_operation_get_state (self->operation);

  if (state == WB_STATE_UNKNOWN || is_found (self->operation))
    add_settling (self, pane);
  else if (wb_operation_get_can_stop (self->operation) || state == WB_STATE_QUEUED)
    wb_pane_add_button (pane, state == WB_STATE_QUEUED ? _("Cancel") : _("Stop"), FALSE, G_CALLBACK (on_stop), pane);
  if (!is_known (self->operation))
    return;
  if (state == WB_STATE_FAILED && !wb_operation_is_paid (self->operation))
    set_why_not (wb_pane_add_button (pane, _("Send Again"), TRUE, G_CALLBACK (on_send_again), pane),
                 wb_words_lock (wb_profile_get_lock (self->profile)));
  wb_pane_add_button (pane, _("Copy as curl"), FALSE, G_CALLBACK (on_curl), pane);
}

static char *
dup_sum (WbOperation *operation)
{
  gint64 cents = wb_operation_get_cents (operation);
  g_autofree char *sum = wb_format_money (cents);

  if (cents == 0)
    return g_strdup (_("free"));
  /* Translators: a sum that the service has not stated itself */
  return cents == CMR_MONEY_UNKNOWN ? g_strdup (sum) : g_strdup_printf (_("about %s"), sum);
}

static void
add_facts (Pane *self, WbPane *pane)
{
  WbOperation *operation = self->operation;
  gboolean order = wb_operation_makes_order (operation), pay = wb_operation_get_op (operation) == CMR_OP_PROCESS_ORDER;
  g_autofree char *target = wb_format_text (wb_operation_get_target (operation));
  g_autofree char *customer = wb_format_text (wb_operation_get_customer_name (operation));
  g_autofree char *when = wb_format_time (wb_operation_get_created (operation)), *sum = dup_sum (operation);
  const CmrEndpoint *endpoint = is_known (operation) ? cmr_endpoint_get (wb_operation_get_op (operation)) : NULL;
  g_autofree char *path = endpoint != NULL ? g_strdup_printf ("%s %s", endpoint->method, endpoint->path) : NULL;

  wb_pane_add_fact (pane,
                    wb_operation_get_state (operation) == WB_STATE_UNKNOWN && wb_operation_is_paid (operation)
                        ? _("At stake")
                        : _("Sum"),
                    sum);
  if (*wb_operation_get_customer_id (operation) != '\0' && *customer != '\0')
    wb_pane_add_link (pane, _("Customer"), customer, "app.show-customer", wb_operation_get_customer_id (operation));
  else
    wb_pane_add_fact (pane, _("Customer"), customer);
  if (pay)
    wb_pane_add_id (pane, _("Order id"), wb_operation_get_target (operation));
  else if (!order) /* there it is a fingerprint */
    wb_pane_add_fact (pane, _("Target"), target);
  wb_pane_add_id (pane, order ? _("Order id") : _("Made id"), pay ? "" : wb_operation_get_made_id (operation));
  wb_pane_add_fact (pane, _("Written"), when);
  if (path != NULL)
    wb_pane_add_fact (pane, _("Request"), path);
  if (*wb_operation_get_order (operation) != '\0')
    wb_pane_add_link (pane, _("Order"), _("Show the Order"), "app.show-order", wb_operation_get_order (operation));
}

/* What counts down: "Leaves in 4 s." */
static char *
dup_clock (Pane *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 leaves = wb_operation_get_leaves_at (self->operation), retry = wb_operation_get_retry_at (self->operation);
  gboolean queued = wb_operation_get_state (self->operation) == WB_STATE_QUEUED;
  gint64 at = queued ? leaves : retry;

  if (at <= now)
    return NULL;
  if (queued)
    return g_strdup_printf (_("Leaves in %d s."), (int) ((at - now + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC));
  return g_strdup_printf (_("The service asks for a pause of %d s more."),
                          (int) ((at - now + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC));
}

static gboolean
on_tick (gpointer data)
{
  Pane *self = data;
  g_autofree char *text = dup_clock (self);

  if (text != NULL && self->clock != NULL)
    {
      gtk_label_set_label (GTK_LABEL (self->clock), text);
      return G_SOURCE_CONTINUE;
    }
  self->tick_id = 0;
  if (self->clock != NULL)
    gtk_widget_set_visible (self->clock, FALSE);
  return G_SOURCE_REMOVE;
}

static void
add_clock (Pane *self, WbPane *pane)
{
  g_autofree char *text = dup_clock (self);

  self->clock = NULL;
  if (text == NULL)
    return;
  self->clock = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (self->clock), 0);
  gtk_widget_add_css_class (self->clock, "numeric");
  wb_pane_add (pane, self->clock);
  if (self->tick_id == 0)
    self->tick_id = g_timeout_add (500, on_tick, self);
}

static char *
dup_what (WbOperation *operation)
{
  g_autofree char *reason = wb_words_reason (operation);

  if (wb_operation_is_lost_free (operation))
    return g_strdup (_("It is not known whether the order was created. It may exist unpaid; that costs nothing."));
  return g_steal_pointer (&reason);
}

static gboolean
fill_now (gpointer data)
{
  Pane *self = data;
  WbPane *pane = WB_PANE (self->pane);
  WbOperation *operation = self->operation;
  gboolean lost = wb_operation_is_lost_free (operation);
  g_autofree char *title
      = wb_words_operation (wb_operation_get_op (operation), wb_operation_get_n_pictures (operation), 0);
  g_autofree char *time = wb_format_time (wb_operation_get_updated (operation)), *what = dup_what (operation);
  /* Translators: since when something is so: a time */
  g_autofree char *since = g_strdup_printf (_("since %s"), time);

  self->fill_id = 0;
  g_clear_pointer (&self->evidence, wb_evidence_free);
  self->evidence = wb_outbox_dup_evidence (outbox_of (self), operation);
  wb_pane_clear (pane);
  wb_pane_set_title (pane, title);
  wb_pane_add_state (pane, "operation", lost ? "may-exist" : wb_state_word (wb_operation_get_state (operation)), since);
  wb_pane_add_text (pane, what, NULL);
  if (!is_known (operation))
    wb_pane_add_text (pane, _("A newer version of Waybill wrote this request. This one never sends it."), NULL);
  add_clock (self, pane);
  add_facts (self, pane);
  wb_operation_add_evidence (pane, operation, self->evidence);
  add_buttons (self, pane);
  wb_pane_end (pane);
  return G_SOURCE_REMOVE;
}

/* One answer notifies several properties: the pane is laid out once. */
static void
queue_fill (Pane *self)
{
  if (self->fill_id == 0)
    self->fill_id = g_idle_add_full (GTK_PRIORITY_RESIZE - 3, fill_now, self, NULL);
}

static void
on_changed (WbOperation *operation, GParamSpec *pspec, GtkWidget *widget)
{
  if (!g_str_equal (pspec->name, "sent") && !g_str_equal (pspec->name, "total"))
    queue_fill (pane_of (widget));
}

/* A check that ran by itself told the outbox. */
static void
on_told (WbOutbox *outbox, WbOperation *operation, GtkWidget *widget)
{
  if (operation == pane_of (widget)->operation)
    queue_fill (pane_of (widget));
}

static void
on_lock (WbProfile *profile, GParamSpec *pspec, GtkWidget *widget)
{
  queue_fill (pane_of (widget));
}

static void
load_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbOperation) operation = wb_outbox_load_finish (WB_OUTBOX (source), result, &error);
  Pane *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (operation == NULL)
    {
      wb_pane_add_text (WB_PANE (self->pane), _("This request could not be read from the disk."), NULL);
      return;
    }
  self->operation = g_object_ref (operation);
  g_signal_connect_object (operation, "notify", G_CALLBACK (on_changed), self->pane, 0);
  g_signal_connect_object (source, "changed", G_CALLBACK (on_told), self->pane, 0);
  g_signal_connect_object (self->profile, "notify::lock", G_CALLBACK (on_lock), self->pane, 0);
  fill_now (self);
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
