// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-tracking-page.h"

#include <glib/gi18n.h>

#include "wb-application.h"
#include "wb-collection-page.h"
#include "wb-dialogs.h"
#include "wb-format.h"
#include "wb-order-outcome.h"
#include "wb-order-sending.h"
#include "wb-order-window.h"
#include "wb-outbox.h"
#include "wb-pane.h"
#include "wb-pay.h"
#include "wb-side-by-side.h"
#include "wb-tracking-private.h"
#include "wb-words.h"

#define SIDE_WIDTH 300

struct _WbTrackingPage {
  GtkWidget parent_instance;

  WbProfile *profile;
  WbOrder *order; /* (nullable) */
  gboolean ask_to_pay;
  guint update_id;
  guint quarter; /* of the way, as said last */
  GtkWidget *stack, *sending, *outcome, *unknown_place, *track; /* track: NULL until there is something to follow */
  char *said;                                                   /* what screen readers were told last */
  WbOperation *shown_unknown;                                    /* whose pane stands in unknown_place */
};

enum { ACT, STOP, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbTrackingPage, wb_tracking_page, GTK_TYPE_WIDGET)

static GtkWindow *
window_of (WbTrackingPage *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

/* What had the focus goes with its page. Sending takes none: a key that is held would stop it. */
static void
show_child (WbTrackingPage *self, GtkWidget *child)
{
  if (gtk_stack_get_visible_child (GTK_STACK (self->stack)) == child)
    return;
  gtk_stack_set_visible_child (GTK_STACK (self->stack), child);
  if (child != self->sending && gtk_widget_get_mapped (child))
    gtk_widget_child_focus (child, GTK_DIR_TAB_FORWARD);
}

/* Which of the four */

static WbOperation *
operation_of (WbOrder *order)
{
  WbOperation *pay = wb_order_get_pay_operation (order);

  return pay != NULL ? pay : wb_order_get_create_operation (order);
}

static gboolean
is_found (WbOperation *operation)
{
  return operation != NULL && wb_operation_get_state (operation) == WB_STATE_QUEUED
         && wb_operation_get_reason (operation) == WB_REASON_FOUND_QUEUED;
}

static gboolean
is_under_way (WbTrackingPage *self)
{
  WbOrderState state = wb_order_get_state (self->order);

  return (state == WB_ORDER_CREATING || state == WB_ORDER_PAYING || wb_pay_is_starting (self->order))
         && !is_found (operation_of (self->order));
}

static void
show_sending (WbTrackingPage *self)
{
  gboolean starting = wb_pay_is_starting (self->order);
  gboolean paying = starting || wb_order_get_state (self->order) == WB_ORDER_PAYING;
  WbOperation *operation
    = starting ? NULL : paying ? wb_order_get_pay_operation (self->order) : wb_order_get_create_operation (self->order);

  wb_order_sending_set (WB_ORDER_SENDING (self->sending), wb_order_get_customer_name (self->order), self->order,
                        operation, paying);
  show_child (self, self->sending);
}

/* A paid request without an answer: the pane of Activity, in place. */
static void
show_unknown (WbTrackingPage *self)
{
  WbOperation *operation = operation_of (self->order);
  GtkWidget *old = gtk_widget_get_first_child (self->unknown_place);

  if (g_set_object (&self->shown_unknown, operation))
    {
      if (old != NULL)
        gtk_box_remove (GTK_BOX (self->unknown_place), old);
      if (operation != NULL)
        {
          GtkWidget *pane = wb_operation_pane_new (self->profile, wb_operation_get_id (operation));

          wb_pane_set_fixed (WB_PANE (pane));
          gtk_box_append (GTK_BOX (self->unknown_place), pane);
        }
    }
  show_child (self, gtk_widget_get_parent (self->unknown_place));
}

static void
show_track (WbTrackingPage *self)
{
  GtkWidget *scroller, *clamp, *both;

  if (self->track == NULL)
    {
      scroller = gtk_scrolled_window_new ();
      clamp = adw_clamp_new ();
      both = wb_side_by_side_new (wb_tracking_lines_new (self->profile, self->order),
                                  wb_tracking_side_new (self->profile, self->order), SIDE_WIDTH);
      adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 1200);
      adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), 1000);
      adw_clamp_set_child (ADW_CLAMP (clamp), both);
      gtk_widget_add_css_class (clamp, "step-page");
      gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
      gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
      gtk_stack_add_named (GTK_STACK (self->stack), scroller, "track");
      self->track = scroller;
    }
  show_child (self, self->track);
}

static void
update_pay (WbTrackingPage *self)
{
  g_autofree char *sum = wb_format_money (wb_order_get_about_cents (self->order));
  /* Translators: a sum */
  g_autofree char *label = g_strdup_printf (_("Pay About %s…"), sum);
  const char *lock = wb_words_lock (wb_profile_get_lock (self->profile));

  if (lock == NULL && !wb_order_can_pay (self->order))
    lock = _("Before you can pay, Waybill looks whether it is paid already.");
  wb_order_outcome_set_pay (WB_ORDER_OUTCOME (self->outcome), label, lock);
}

static WbOrderWords *
words_now (WbTrackingPage *self)
{
  const GError *error = wb_pay_get_error (self->order);
  WbOrderFacts facts;

  if (is_found (operation_of (self->order)))
    return wb_order_words_for_found ();
  if (error != NULL && wb_order_get_state (self->order) == WB_ORDER_NOT_PAID)
    return wb_order_words_for_pay_error (error);
  wb_order_facts_take (&facts, self->order);
  return wb_order_words_for (&facts);
}

static void
ask_to_pay (WbTrackingPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!self->ask_to_pay || !wb_order_can_pay (self->order) || root == NULL
      || wb_profile_get_lock (self->profile) != WB_LOCK_NONE)
    return;
  self->ask_to_pay = FALSE;
  wb_pay_dialog_present (GTK_WINDOW (root), self->profile, self->order);
}

/* Results and each quarter of the way are said to screen readers, each once. */
static void
announce (WbTrackingPage *self, const char *text, gboolean alert)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!WB_IS_ORDER_WINDOW (root) || g_strcmp0 (text, self->said) == 0)
    return;
  g_free (self->said);
  self->said = g_strdup (text);
  wb_order_window_announce (WB_ORDER_WINDOW (root), text, alert);
}

static void
announce_progress (WbTrackingPage *self)
{
  guint live = wb_order_get_live (self->order), failed = wb_order_get_failed (self->order),
        all = wb_order_get_n_mailboxes (self->order);
  guint quarter = all > 0 ? (live + failed) * 4 / all : 0;
  g_autofree char *text = NULL;

  if (quarter == self->quarter)
    return;
  self->quarter = quarter;
  text = wb_order_words_dup_progress (self->order);
  announce (self, text, failed > 0);
}

static gboolean
update_now (gpointer data)
{
  WbTrackingPage *self = data;
  WbOrderWords *words;

  self->update_id = 0;
  if (is_under_way (self))
    {
      show_sending (self);
      return G_SOURCE_REMOVE;
    }
  if (wb_order_get_state (self->order) == WB_ORDER_UNKNOWN)
    {
      show_unknown (self);
      announce (self, _("One paid request got no answer. Nothing is sent again until you decide."), TRUE);
      return G_SOURCE_REMOVE;
    }
  /* A failed order that exists at the service is followed; one that was never made is words. */
  words = wb_order_get_paid_at (self->order) == 0 ? words_now (self) : NULL;
  if (words == NULL)
    {
      show_track (self);
      announce_progress (self);
      return G_SOURCE_REMOVE;
    }
  update_pay (self);
  announce (self, words->cause, TRUE);
  wb_order_outcome_set (WB_ORDER_OUTCOME (self->outcome), words);
  show_child (self, self->outcome);
  ask_to_pay (self);
  return G_SOURCE_REMOVE;
}

/* Coalesced: one answer notifies several properties. */
static void
queue_update (WbTrackingPage *self)
{
  if (self->order != NULL && self->update_id == 0)
    self->update_id = g_idle_add_full (GTK_PRIORITY_RESIZE - 3, update_now, self, NULL);
}

/* Acts */

static void
open_dashboard (WbTrackingPage *self)
{
  const WbProfileInfo *info = wb_profile_get_info (self->profile);
  g_autoptr (GUri) uri = g_uri_parse (info->base_url, G_URI_FLAGS_NONE, NULL);
  g_autofree char *address = NULL;

  if (uri == NULL || info->kind != WB_PROFILE_LIVE)
    {
      wb_application_toast (WB_APPLICATION (g_application_get_default ()), _("A sandbox has no dashboard."));
      return;
    }
  address = g_uri_join (G_URI_FLAGS_NONE, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri), g_uri_get_port (uri), "/",
                        NULL, NULL);
  gtk_show_uri (window_of (self), address, GDK_CURRENT_TIME);
}

static void
on_act (WbTrackingPage *self, int act)
{
  switch (act)
    {
    case WB_ACT_PAY:
      wb_pay_forget_error (self->order);
      wb_pay_dialog_present (window_of (self), self->profile, self->order);
      break;
    case WB_ACT_ASK:
      wb_pay_forget_error (self->order);
      wb_orders_ask_now (wb_profile_get_orders (self->profile), self->order);
      break;
    case WB_ACT_STOP_WAITING:
      wb_outbox_stop (wb_profile_get_outbox (self->profile), operation_of (self->order));
      break;
    case WB_ACT_DASHBOARD:
      open_dashboard (self);
      break;
    case WB_ACT_CHANGE_KEY:
      wb_key_dialog_present (window_of (self), self->profile);
      break;
    case WB_ACT_UNLOCK:
      wb_unlock_dialog_present (window_of (self), self->profile);
      break;
    default:
      g_signal_emit (self, signals[ACT], 0, act);
    }
}

static void
on_stop (WbTrackingPage *self)
{
  WbOperation *operation = self->order != NULL ? operation_of (self->order) : NULL;

  if (operation != NULL)
    wb_outbox_stop (wb_profile_get_outbox (self->profile), operation);
  else
    g_signal_emit (self, signals[STOP], 0);
}

/* Public */

void
wb_tracking_page_show_preparing (WbTrackingPage *self, const char *customer)
{
  if (self->order != NULL)
    g_signal_handlers_disconnect_by_data (self->order, self);
  g_clear_object (&self->order);
  g_clear_object (&self->shown_unknown);
  g_clear_handle_id (&self->update_id, g_source_remove);
  if (self->track != NULL)
    gtk_stack_remove (GTK_STACK (self->stack), self->track);
  self->track = NULL;
  wb_order_sending_set (WB_ORDER_SENDING (self->sending), customer, NULL, NULL, FALSE);
  show_child (self, self->sending);
}

void
wb_tracking_page_show_words (WbTrackingPage *self, WbOrderWords *words)
{
  announce (self, words->cause, TRUE);
  wb_order_outcome_set (WB_ORDER_OUTCOME (self->outcome), words);
  show_child (self, self->outcome);
}

void
wb_tracking_page_set_order (WbTrackingPage *self, WbOrder *order, gboolean ask)
{
  if (!g_set_object (&self->order, order))
    return;
  self->ask_to_pay = ask;
  g_signal_connect_object (order, "notify", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  update_now (self);
}

/* Life */

static void
wb_tracking_page_dispose (GObject *object)
{
  WbTrackingPage *self = WB_TRACKING_PAGE (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  if (self->order != NULL)
    g_signal_handlers_disconnect_by_data (self->order, self);
  g_clear_pointer (&self->stack, gtk_widget_unparent);
  g_clear_object (&self->shown_unknown);
  g_clear_object (&self->order);
  g_clear_object (&self->profile);
  g_clear_pointer (&self->said, g_free);
  G_OBJECT_CLASS (wb_tracking_page_parent_class)->dispose (object);
}

static void
wb_tracking_page_class_init (WbTrackingPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_tracking_page_dispose;
  signals[ACT]
      = g_signal_new ("act", WB_TYPE_TRACKING_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[STOP] = g_signal_new ("stop", WB_TYPE_TRACKING_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
wb_tracking_page_init (WbTrackingPage *self)
{
  GtkWidget *clamp = adw_clamp_new ();

  self->stack = gtk_stack_new ();
  gtk_stack_set_hhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_set_transition_type (GTK_STACK (self->stack), GTK_STACK_TRANSITION_TYPE_CROSSFADE);
  self->sending = wb_order_sending_new ();
  self->outcome = wb_order_outcome_new ();
  self->unknown_place = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 600);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->unknown_place);
  g_signal_connect_object (self->sending, "stop", G_CALLBACK (on_stop), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->outcome, "act", G_CALLBACK (on_act), self, G_CONNECT_SWAPPED);
  gtk_stack_add_named (GTK_STACK (self->stack), self->sending, "sending");
  gtk_stack_add_named (GTK_STACK (self->stack), self->outcome, "outcome");
  gtk_stack_add_named (GTK_STACK (self->stack), clamp, "unknown");
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
}

GtkWidget *
wb_tracking_page_new (WbProfile *profile)
{
  WbTrackingPage *self = g_object_new (WB_TYPE_TRACKING_PAGE, NULL);

  self->profile = g_object_ref (profile);
  g_signal_connect_object (profile, "notify::lock", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
