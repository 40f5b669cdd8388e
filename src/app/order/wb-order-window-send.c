// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-order-window-private.h"

#include <glib/gi18n.h>

#include "wb-application.h"
#include "wb-compat.h"
#include "wb-outbox.h"
#include "wb-pay.h"
#include "wb-tracking-page.h"

/* From the draft to an order and, where it came to nothing, back. What is sent outlives this window. */

static void on_act (WbOrderWindow *self, int act);

static WbTrackingPage *
ensure_page (WbOrderWindow *self)
{
  static const char *const name = "tracking";
  GtkWidget *page = gtk_stack_get_child_by_name (self->stack, name);

  if (page == NULL)
    {
      page = wb_tracking_page_new (self->profile);
      g_signal_connect_object (page, "act", G_CALLBACK (on_act), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (page, "stop", G_CALLBACK (wb_order_window_stop_creating), self, G_CONNECT_SWAPPED);
      gtk_stack_add_named (self->stack, page, name);
    }
  return WB_TRACKING_PAGE (page);
}

static void
show_page (WbOrderWindow *self)
{
  WbTrackingPage *page = ensure_page (self);

  self->step = WB_STEP_TRACKING;
  wb_order_window_take_side (self, NULL);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (page));
  wb_order_window_update (self);
}

gboolean
wb_order_window_is_sent (WbOrderWindow *self)
{
  return self->order != NULL || self->creating != NULL;
}

static void
forget_order (WbOrderWindow *self)
{
  if (self->order != NULL)
    g_signal_handlers_disconnect_by_data (self->order, self);
  g_clear_object (&self->order);
}

static void
take_order (WbOrderWindow *self, WbOrder *order, gboolean ask_to_pay)
{
  WbTrackingPage *page = ensure_page (self);

  forget_order (self);
  self->order = g_object_ref (order);
  g_signal_connect_object (order, "notify", G_CALLBACK (wb_order_window_update), self, G_CONNECT_SWAPPED);
  wb_tracking_page_set_order (page, order, ask_to_pay);
  show_page (self);
}

void
wb_order_window_take_order (WbOrderWindow *self, WbOrder *order)
{
  take_order (self, order, FALSE);
}

/* Creating */

typedef struct {
  WbOrderWindow *window; /* weak: it may be closed meanwhile */
  gboolean confirm;
} Create;

static void
create_free (Create *create)
{
  g_clear_weak_pointer (&create->window);
  g_free (create);
}

/* The window is gone: the toast is all there is. */
static void
tell_error (const GError *error, gboolean confirm)
{
  g_autoptr (WbOrderWords) words = wb_order_words_for_error (error, confirm);
  g_autofree char *text = g_strdup_printf ("%s %s", words->cause, words->text);

  wb_application_toast (WB_APPLICATION (g_application_get_default ()), text);
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Create *create = user_data;
  WbOrderWindow *self = create->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbOrder) order = wb_orders_create_finish (WB_ORDERS (source), result, &error);

  if (self != NULL)
    g_clear_object (&self->creating);
  if (self != NULL && order != NULL)
    take_order (self, order, !create->confirm);
  else if (self != NULL)
    {
      wb_tracking_page_show_words (ensure_page (self), wb_order_words_for_error (error, create->confirm));
      wb_order_window_update (self);
    }
  else if (order == NULL)
    tell_error (error, create->confirm);
  create_free (create);
}

void
wb_order_window_create (WbOrderWindow *self, gboolean confirm)
{
  WbOrders *orders = wb_profile_get_orders (self->profile);
  Create *create;

  /* Once: whatever is pressed again while it is under way, or afterwards, does nothing. */
  if (wb_order_window_is_sent (self) || self->draft == NULL)
    return;
  wb_order_window_leave_step (self);
  self->creating = g_cancellable_new ();
  wb_tracking_page_show_preparing (ensure_page (self), wb_draft_get_customer_name (self->draft));
  show_page (self);
  create = g_new0 (Create, 1);
  g_set_weak_pointer (&create->window, self);
  create->confirm = confirm;
  if (confirm)
    wb_orders_create_paid_async (orders, self->draft, wb_pay_delay_ms (), self->creating, created_cb, create);
  else
    wb_orders_create_async (orders, self->draft, FALSE, self->creating, created_cb, create);
}

void
wb_order_window_stop_creating (WbOrderWindow *self)
{
  if (self->creating != NULL)
    g_cancellable_cancel (self->creating);
}

/* Back to the draft */

typedef struct {
  WbOrderWindow *window; /* weak */
  WbAct act;
} Back;

static void
leave_out_pictures (WbDraft *draft)
{
  wb_draft_begin (draft, "remove-picture", wb_draft_get_customer_name (draft));
  for (guint row = 0; row < wb_draft_get_n_mailboxes (draft); row++)
    if (wb_draft_get_placement (draft, row) != NULL)
      wb_draft_unplace (draft, row, TRUE);
  wb_draft_end (draft);
}

/* A lost free create is closed by the person's decision: what comes next is another order. */
static void
close_lost (WbOrderWindow *self)
{
  WbOperation *create = self->order != NULL ? wb_order_get_create_operation (self->order) : NULL;

  if (create != NULL && !wb_operation_is_paid (create))
    wb_outbox_close_unknown (wb_profile_get_outbox (self->profile), create);
}

/* Sign-in data are kept in memory only: after a restart a person enters them again, or orders without. */
static const WbProblem *
find_forgotten (GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    if (((WbProblem *) problems->pdata[i])->code == WB_PROBLEM_OAUTH)
      return problems->pdata[i];
  return NULL;
}

static void
act_on_draft (WbOrderWindow *self, WbAct act)
{
  g_autoptr (GPtrArray) problems = wb_draft_dup_problems (self->draft);
  const WbProblem *forgotten = find_forgotten (problems);

  close_lost (self);
  forget_order (self);
  if (act == WB_ACT_CREATE_AGAIN && forgotten != NULL)
    {
      wb_order_window_go (self, forgotten->step, forgotten);
      return;
    }
  if (act == WB_ACT_CREATE_AGAIN)
    {
      wb_order_window_create (self, FALSE);
      return;
    }
  if (act == WB_ACT_WITHOUT_PICTURES)
    leave_out_pictures (self->draft);
  if (act == WB_ACT_ONE_STEP)
    wb_draft_set_pay_mode (self->draft, WB_PAY_ONE_STEP);
  wb_order_window_go (self, act == WB_ACT_PICTURES ? WB_STEP_PICTURES : WB_STEP_REVIEW, NULL);
}

static void
draft_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Back *back = user_data;
  WbOrderWindow *self = back->window;
  g_autoptr (WbDraft) draft = wb_drafts_load_finish (WB_DRAFTS (source), result, NULL);

  g_clear_weak_pointer (&back->window);
  if (self == NULL)
    return;
  if (draft == NULL)
    {
      wb_compat_toast_show (self->toasts, wb_compat_toast_new (_("The draft of this order is no longer there.")));
      return;
    }
  if (self->draft == NULL)
    wb_order_window_take_draft (self, draft);
  act_on_draft (self, back->act);
}

/* A window that was opened for the order alone has to read the draft first. */
static void
load_draft (WbOrderWindow *self, WbAct act)
{
  Back *back = g_new0 (Back, 1);

  g_set_weak_pointer (&back->window, self);
  back->act = act;
  wb_drafts_load_async (wb_profile_get_drafts (self->profile), wb_order_get_draft (self->order), NULL, draft_cb, back);
}

static void
on_act (WbOrderWindow *self, int act)
{
  if (self->creating != NULL)
    return;
  if (act == WB_ACT_KEEP || act == WB_ACT_NOT_NOW)
    {
      close_lost (self);
      gtk_window_close (GTK_WINDOW (self));
    }
  else if (self->draft != NULL)
    act_on_draft (self, act);
  else if (self->order != NULL)
    load_draft (self, act);
}
