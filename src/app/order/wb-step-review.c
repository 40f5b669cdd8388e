// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include <glib/gi18n.h>

#include "wb-dialogs.h"
#include "wb-names.h"
#include "wb-order-window.h"
#include "wb-pay.h"
#include "wb-review-private.h"
#include "wb-side-by-side.h"
#include "wb-words.h"

#define COST_WIDTH 392

/* Step 6: the last look. Checks run on arrival, and again when what they rest on has changed. */
struct _WbStepReview {
  WbOrderStep parent_instance;

  WbReviewFindings findings;
  GCancellable *cancellable;  /* of the run; NULL while none is */
  char *checked;              /* what the last run was about */
  guint tick_id, run_id;
  gboolean entered;
  guint errors, warnings;
  GtkWidget *checks, *requests, *cost;
  GtkWidget *foot; /* a reference: the frame shows it */
};

G_DECLARE_FINAL_TYPE (WbStepReview, wb_step_review, WB, REVIEW_STEP, WbOrderStep)
G_DEFINE_FINAL_TYPE (WbStepReview, wb_step_review, WB_TYPE_ORDER_STEP)

static WbDraft *
draft_of (WbStepReview *self)
{
  return wb_order_step_get_draft (WB_ORDER_STEP (self));
}

static WbProfile *
profile_of (WbStepReview *self)
{
  return wb_order_step_get_profile (WB_ORDER_STEP (self));
}

static WbOrderWindow *
window_of (WbStepReview *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return WB_IS_ORDER_WINDOW (root) ? WB_ORDER_WINDOW (root) : NULL;
}

static const char *
why_not (WbStepReview *self)
{
  WbLock lock = wb_profile_get_lock (profile_of (self));

  if (lock == WB_LOCK_READ_ONLY)
    return NULL; /* the button unlocks */
  if (lock != WB_LOCK_NONE)
    return wb_words_lock (lock);
  if (self->findings.running || self->findings.checks == NULL)
    return _("The checks are still being made.");
  return self->errors > 0 ? _("Mend what is marked first.") : NULL;
}

static void
update (WbStepReview *self)
{
  g_clear_pointer (&self->findings.problems, g_ptr_array_unref);
  self->findings.problems = wb_draft_dup_problems (draft_of (self));
  wb_review_count (profile_of (self), draft_of (self), &self->findings, &self->errors, &self->warnings);
  wb_review_checks_update (WB_REVIEW_CHECKS (self->checks), &self->findings);
  wb_review_cost_update (WB_REVIEW_COST (self->cost));
  wb_review_requests_update (WB_REVIEW_REQUESTS (self->requests));
  wb_review_foot_update (WB_REVIEW_FOOT (self->foot), why_not (self));
}

/* Checks */

static char *
dup_matter (WbDraft *draft)
{
  g_autofree char *fingerprint = wb_draft_dup_fingerprint (draft);

  return g_strconcat (fingerprint, " ", wb_draft_get_provider (draft), NULL);
}

static void
twins_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbStepReview) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *twins = wb_orders_find_twins_finish (WB_ORDERS (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->checks == NULL)
    {
      g_clear_pointer (&twins, g_ptr_array_unref);
      return;
    }
  g_clear_pointer (&self->findings.twins, g_ptr_array_unref);
  self->findings.twins = twins;
  update (self);
  wb_order_step_foot_changed (WB_ORDER_STEP (self));
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbStepReview) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *checks = wb_orders_check_finish (WB_ORDERS (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->checks == NULL)
    {
      g_clear_pointer (&checks, g_ptr_array_unref);
      return;
    }
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->findings.checks, g_ptr_array_unref);
  self->findings.checks = checks;
  self->findings.running = FALSE;
  self->findings.made_at = g_get_real_time ();
  update (self);
  wb_order_step_foot_changed (WB_ORDER_STEP (self));
}

static void
stop_checks (WbStepReview *self)
{
  g_clear_handle_id (&self->run_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->findings.running = FALSE;
}

static void
run_checks (WbStepReview *self)
{
  WbDraft *draft = draft_of (self);
  WbOrders *orders = wb_profile_get_orders (profile_of (self));

  stop_checks (self);
  g_free (self->checked);
  self->checked = dup_matter (draft);
  self->cancellable = g_cancellable_new ();
  wb_orders_find_twins_async (orders, draft, self->cancellable, twins_cb, g_object_ref (self));
  if (*wb_draft_get_customer_id (draft) != '\0')
    {
      self->findings.running = TRUE;
      wb_orders_check_async (orders, draft, self->cancellable, checked_cb, g_object_ref (self));
    }
  update (self);
}

static gboolean
run_now (gpointer data)
{
  WbStepReview *self = data;

  self->run_id = 0;
  run_checks (self);
  return G_SOURCE_REMOVE;
}

/* Whether what was checked is still what would be sent, and not too old. */
static gboolean
is_stale (WbStepReview *self)
{
  g_autofree char *matter = dup_matter (draft_of (self));

  if (g_strcmp0 (matter, self->checked) != 0)
    return TRUE;
  return !self->findings.running && g_get_real_time () - self->findings.made_at > WB_NAME_FRESH;
}

static gboolean
on_tick (gpointer data)
{
  WbStepReview *self = data;

  wb_review_checks_update_age (WB_REVIEW_CHECKS (self->checks));
  wb_review_cost_update (WB_REVIEW_COST (self->cost));
  if (is_stale (self) && self->run_id == 0)
    self->run_id = g_timeout_add (300, run_now, self);
  return G_SOURCE_CONTINUE;
}

/* Sending */

static void
on_one_step (GObject *step)
{
  WbOrderWindow *window = window_of (WB_REVIEW_STEP (step));

  if (window != NULL)
    wb_order_window_create (window, TRUE);
}

static void
on_send (WbStepReview *self)
{
  g_autoptr (WbCost) cost = wb_draft_cost (draft_of (self));
  WbOrderWindow *window = window_of (self);

  if (window == NULL)
    return;
  if (wb_profile_get_lock (profile_of (self)) == WB_LOCK_READ_ONLY)
    wb_unlock_dialog_present (GTK_WINDOW (window), profile_of (self));
  else if (why_not (self) != NULL)
    return;
  else if (wb_draft_get_pay_mode (draft_of (self)) == WB_PAY_ONE_STEP)
    wb_pay_confirm_one_step (GTK_WINDOW (window), profile_of (self), wb_draft_get_customer_name (draft_of (self)), cost,
                             G_CALLBACK (on_one_step), G_OBJECT (self));
  else
    wb_order_window_create (window, FALSE);
}

static void
on_keep (WbStepReview *self)
{
  WbOrderWindow *window = window_of (self);

  if (window != NULL)
    gtk_window_close (GTK_WINDOW (window));
}

static void
on_show (WbStepReview *self, const WbProblem *problem)
{
  WbOrderWindow *window = window_of (self);

  if (window != NULL)
    wb_order_window_go (window, problem->step, problem);
}

/* Building */

static void
build (WbStepReview *self)
{
  WbDraft *draft = draft_of (self);
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18), *clamp = adw_clamp_new (), *scroller = gtk_scrolled_window_new ();

  self->checks = wb_review_checks_new (profile_of (self), draft);
  self->requests = wb_review_requests_new (draft);
  self->cost = wb_review_cost_new (profile_of (self), draft);
  g_signal_connect_object (self->checks, "again", G_CALLBACK (run_checks), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->checks, "show-problem", G_CALLBACK (on_show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (profile_of (self), "notify::lock", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (profile_of (self), "notify::wallet-cents", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (left), self->checks);
  gtk_box_append (GTK_BOX (left), self->requests);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 1200);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), 1000);
  adw_clamp_set_child (ADW_CLAMP (clamp), wb_side_by_side_new (left, self->cost, COST_WIDTH));
  gtk_widget_add_css_class (clamp, "step-page");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  self->foot = g_object_ref_sink (wb_review_foot_new (profile_of (self), draft));
  g_signal_connect_object (self->foot, "keep", G_CALLBACK (on_keep), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->foot, "send", G_CALLBACK (on_send), self, G_CONNECT_SWAPPED);
  wb_order_step_set_child (WB_ORDER_STEP (self), scroller);
}

/* As a step */

static char *
dup_rights_fact (WbDraft *draft)
{
  return g_strconcat ("picture-rights:", wb_draft_get_customer_id (draft), NULL);
}

/* The tick is asked for once per customer. */
static void
recall_rights (WbStepReview *self)
{
  g_autofree char *fact = dup_rights_fact (draft_of (self));

  if (!wb_draft_get_may_use_pictures (draft_of (self)) && g_strcmp0 (wb_profile_get_fact (profile_of (self), fact), "yes") == 0)
    wb_draft_set_may_use_pictures (draft_of (self), TRUE);
}

static void
keep_rights (WbStepReview *self)
{
  g_autofree char *fact = dup_rights_fact (draft_of (self));
  const char *value = wb_draft_get_may_use_pictures (draft_of (self)) ? "yes" : "no";

  if (*wb_draft_get_customer_id (draft_of (self)) != '\0' && g_strcmp0 (wb_profile_get_fact (profile_of (self), fact), value) != 0)
    wb_profile_set_fact (profile_of (self), fact, value);
}

static void
wb_step_review_draft_changed (WbOrderStep *step, WbDraftPart parts)
{
  WbStepReview *self = WB_REVIEW_STEP (step);

  if (self->checks == NULL)
    build (self);
  if (self->entered)
    keep_rights (self);
  update (self);
  if (self->entered && is_stale (self) && self->run_id == 0)
    self->run_id = g_timeout_add (300, run_now, self);
}

static void
wb_step_review_enter (WbOrderStep *step, const WbProblem *problem)
{
  WbStepReview *self = WB_REVIEW_STEP (step);

  recall_rights (self);
  if (wb_draft_get_may_use_pictures (draft_of (self)))
    keep_rights (self);
  self->entered = TRUE;
  if (self->tick_id == 0)
    self->tick_id = g_timeout_add_seconds (1, on_tick, self);
  run_checks (self);
  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static void
wb_step_review_leave (WbOrderStep *step)
{
  WbStepReview *self = WB_REVIEW_STEP (step);

  self->entered = FALSE;
  g_clear_handle_id (&self->tick_id, g_source_remove);
  stop_checks (self);
}

static GtkWidget *
wb_step_review_get_foot (WbOrderStep *step)
{
  return WB_REVIEW_STEP (step)->foot;
}

static gboolean
wb_step_review_command (WbOrderStep *step, const char *name)
{
  WbStepReview *self = WB_REVIEW_STEP (step);
  const char *reason = why_not (self);

  if (!g_str_equal (name, "main"))
    return FALSE;
  if (!wb_review_foot_focus (WB_REVIEW_FOOT (self->foot)) && reason != NULL)
    wb_order_step_toast (step, reason, FALSE);
  return TRUE;
}

static char *
wb_step_review_dup_fact (WbOrderStep *step)
{
  WbStepReview *self = WB_REVIEW_STEP (step);

  if (self->errors > 0)
    return g_strdup_printf (ngettext ("%u thing to mend", "%u things to mend", self->errors), self->errors);
  if (self->findings.checks == NULL)
    return g_strdup (self->findings.running ? _("Checking…") : _("Not checked yet"));
  if (self->warnings > 0)
    return g_strdup_printf (ngettext ("%u thing to know", "%u things to know", self->warnings), self->warnings);
  return g_strdup (_("Ready"));
}

static void
wb_step_review_dispose (GObject *object)
{
  WbStepReview *self = WB_REVIEW_STEP (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  stop_checks (self);
  G_OBJECT_CLASS (wb_step_review_parent_class)->dispose (object);
  self->checks = self->requests = self->cost = NULL;
  g_clear_object (&self->foot);
  g_clear_pointer (&self->findings.problems, g_ptr_array_unref);
  g_clear_pointer (&self->findings.checks, g_ptr_array_unref);
  g_clear_pointer (&self->findings.twins, g_ptr_array_unref);
  g_clear_pointer (&self->checked, g_free);
}

static void
wb_step_review_class_init (WbStepReviewClass *klass)
{
  WbOrderStepClass *step_class = WB_ORDER_STEP_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_step_review_dispose;
  step_class->draft_changed = wb_step_review_draft_changed;
  step_class->enter = wb_step_review_enter;
  step_class->leave = wb_step_review_leave;
  step_class->get_foot = wb_step_review_get_foot;
  step_class->command = wb_step_review_command;
  step_class->dup_fact = wb_step_review_dup_fact;
}

static void
wb_step_review_init (WbStepReview *self)
{
}
