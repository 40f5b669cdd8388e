// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-order-window-private.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-application.h"
#include "wb-compat.h"
#include "wb-format.h"
#include "wb-words.h"

G_DEFINE_FINAL_TYPE (WbOrderWindow, wb_order_window, ADW_TYPE_WINDOW)

const WbStepRow wb_step_rows[WB_N_STEPS] = {
  [WB_STEP_CUSTOMER] = { "customer", N_("Customer"), wb_step_customer_get_type },
  [WB_STEP_DOMAINS] = { "domains", N_("Domains"), wb_step_domains_get_type },
  [WB_STEP_MAILBOXES] = { "mailboxes", N_("Mailboxes"), wb_step_mailboxes_get_type },
  [WB_STEP_PICTURES] = { "pictures", N_("Pictures"), wb_step_pictures_get_type },
  [WB_STEP_OPTIONS] = { "options", N_("Options"), wb_step_options_get_type },
  [WB_STEP_REVIEW] = { "review", N_("Review"), wb_step_review_get_type },
  [WB_STEP_TRACKING] = { "tracking", N_("Tracking"), NULL },
};

/* Steps */

static void
on_step_go (WbOrderStep *step, int to, WbOrderWindow *self)
{
  wb_order_window_go (self, to, NULL);
}

static void
on_step_next (WbOrderWindow *self)
{
  wb_order_window_go (self, MIN (self->step + 1, WB_STEP_REVIEW), NULL);
}

static void
on_side_wanted (WbOrderStep *step, gboolean want, WbOrderWindow *self)
{
  if (wb_order_step_get_step (step) == self->step)
    wb_order_window_show_side (self, want);
}

static void
on_side_changed (WbOrderStep *step, WbOrderWindow *self)
{
  if (wb_order_step_get_step (step) == self->step)
    wb_order_window_take_side (self, step);
}

/* Made on the first visit. */
WbOrderStep *
wb_order_window_ensure_step (WbOrderWindow *self, WbStep step)
{
  const WbStepRow *row = &wb_step_rows[step];
  WbOrderStep *page = self->steps[step];

  if (page != NULL || row->get_type == NULL || self->draft == NULL)
    return page;
  page = g_object_new (row->get_type (), "profile", self->profile, "draft", self->draft, "step", step, NULL);
  self->steps[step] = page;
  g_signal_connect_object (page, "go", G_CALLBACK (on_step_go), self, 0);
  g_signal_connect_object (page, "next", G_CALLBACK (on_step_next), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "foot-changed", G_CALLBACK (wb_order_window_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "side-wanted", G_CALLBACK (on_side_wanted), self, 0);
  g_signal_connect_object (page, "side-changed", G_CALLBACK (on_side_changed), self, 0);
  gtk_stack_add_named (self->stack, GTK_WIDGET (page), row->name);
  if (WB_ORDER_STEP_GET_CLASS (page)->draft_changed != NULL)
    WB_ORDER_STEP_GET_CLASS (page)->draft_changed (page, WB_DRAFT_ALL);
  return page;
}

void
wb_order_window_leave_step (WbOrderWindow *self)
{
  WbOrderStep *page = self->steps[self->step];

  if (page != NULL && WB_ORDER_STEP_GET_CLASS (page)->leave != NULL)
    WB_ORDER_STEP_GET_CLASS (page)->leave (page);
}

/* What was made is followed, and its steps are settled; before that there is nothing to follow. */
static void
tell_why_not (WbOrderWindow *self, WbStep step)
{
  gboolean sent = wb_order_window_is_sent (self);

  if (sent != (step == WB_STEP_TRACKING))
    wb_compat_toast_show (self->toasts,
                          wb_compat_toast_new (sent ? _("The order is made: its steps cannot be changed any more.")
                                                    : _("There is nothing to follow yet: the order is not created.")));
}

void
wb_order_window_go (WbOrderWindow *self, WbStep step, const WbProblem *problem)
{
  WbOrderStep *page;

  if (wb_order_window_is_sent (self) || self->draft == NULL || step == WB_STEP_TRACKING)
    {
      tell_why_not (self, step);
      return;
    }
  page = wb_order_window_ensure_step (self, step);
  if (step != self->step)
    wb_order_window_leave_step (self);
  self->step = step;
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (page));
  wb_order_window_take_side (self, page);
  wb_order_window_update (self);
  if (WB_ORDER_STEP_GET_CLASS (page)->enter != NULL)
    WB_ORDER_STEP_GET_CLASS (page)->enter (page, problem);
}

/* F8: the next problem after where we are, across steps. */
static void
go_problem (WbOrderWindow *self, gboolean backwards)
{
  g_autoptr (GPtrArray) problems = self->draft != NULL ? wb_draft_dup_problems (self->draft) : NULL;
  int found = -1;

  if (problems == NULL || problems->len == 0)
    return;
  self->problem = CLAMP (self->problem, -1, (int) problems->len);
  for (guint n = 0; n < problems->len && found < 0; n++)
    {
      int at = (self->problem + (backwards ? -1 - (int) n : 1 + (int) n)) % (int) problems->len;
      const WbProblem *problem = problems->pdata[at < 0 ? at + (int) problems->len : at];

      if (problem->severity >= WB_SEVERITY_WARNING)
        found = at < 0 ? at + (int) problems->len : at;
    }
  if (found < 0)
    return;
  self->problem = found;
  wb_order_window_go (self, ((const WbProblem *) problems->pdata[found])->step, problems->pdata[found]);
}

/* Actions: all only show or change the draft. */

static void
on_next (GtkWidget *widget, const char *name, GVariant *parameter)
{
  on_step_next (WB_ORDER_WINDOW (widget));
}

static void
on_previous (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbOrderWindow *self = WB_ORDER_WINDOW (widget);

  if (self->step == WB_STEP_CUSTOMER)
    gtk_window_close (GTK_WINDOW (self));
  else
    wb_order_window_go (self, self->step - 1, NULL);
}

static void
on_step (GtkWidget *widget, const char *name, GVariant *parameter)
{
  int step = g_variant_get_int32 (parameter);

  if (step >= 0 && step < WB_N_STEPS)
    wb_order_window_go (WB_ORDER_WINDOW (widget), step, NULL);
}

static void
on_problem (GtkWidget *widget, const char *name, GVariant *parameter)
{
  go_problem (WB_ORDER_WINDOW (widget), g_str_equal (name, "order.previous-problem"));
}

static gboolean
command (WbOrderWindow *self, const char *name)
{
  WbOrderStep *page = wb_order_window_is_sent (self) ? NULL : self->steps[self->step];

  return page != NULL && WB_ORDER_STEP_GET_CLASS (page)->command != NULL && WB_ORDER_STEP_GET_CLASS (page)->command (page, name);
}

static void
on_command (GtkWidget *widget, const char *name, GVariant *parameter)
{
  command (WB_ORDER_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

/* Shows what would send, never sends. */
static void
on_main (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbOrderWindow *self = WB_ORDER_WINDOW (widget);

  if (!wb_order_window_is_sent (self) && !command (self, "main"))
    on_step_next (self);
}

static void
on_undo (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbOrderWindow *self = WB_ORDER_WINDOW (widget);

  if (self->draft == NULL || wb_order_window_is_sent (self) || command (self, "cancel-edit"))
    return;
  if (g_str_equal (name, "order.undo"))
    wb_draft_undo (self->draft);
  else
    wb_draft_redo (self->draft);
}

static void
on_help (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wb_order_window_toggle_help (WB_ORDER_WINDOW (widget));
}

static void
on_save (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbOrderWindow *self = WB_ORDER_WINDOW (widget);

  wb_compat_toast_show (self->toasts, wb_compat_toast_new (gtk_label_get_label (self->saved)));
}

static void
on_duplicate (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbOrderWindow *self = WB_ORDER_WINDOW (widget);
  g_autoptr (WbDraft) copy = self->draft != NULL ? wb_drafts_duplicate (wb_profile_get_drafts (self->profile), self->draft) : NULL;

  if (copy != NULL)
    gtk_window_present (GTK_WINDOW (wb_order_window_new (gtk_window_get_application (GTK_WINDOW (self)), self->profile, copy)));
}

static void
on_delete (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbOrderWindow *self = WB_ORDER_WINDOW (widget);

  if (self->draft == NULL || wb_order_window_is_sent (self))
    return;
  wb_drafts_delete (wb_profile_get_drafts (self->profile), wb_draft_get_id (self->draft));
  wb_application_toast (WB_APPLICATION (g_application_get_default ()), _("Draft deleted"));
  gtk_window_destroy (GTK_WINDOW (self));
}

/* Orders */

void
wb_order_window_announce (WbOrderWindow *self, const char *text, gboolean alert)
{
  wb_compat_announce (self->quiet, text, alert);
}

WbDraft *
wb_order_window_get_draft (WbOrderWindow *self)
{
  return self->draft;
}

WbOrder *
wb_order_window_get_order (WbOrderWindow *self)
{
  return self->order;
}

/* Life */

static gboolean
wb_order_window_close_request (GtkWindow *window)
{
  WbOrderWindow *self = WB_ORDER_WINDOW (window);
  WbApplication *application = WB_APPLICATION (g_application_get_default ());

  if (self->creating != NULL || (self->order != NULL && wb_order_get_state (self->order) == WB_ORDER_CREATING))
    wb_application_toast (application, _("The upload goes on. Waybill tells you when it is done."));
  else if (self->order == NULL && self->draft != NULL && wb_draft_get_saved_at (self->draft) > 0)
    {
      g_autofree char *customer = wb_format_text (wb_draft_get_customer_name (self->draft));
      /* Translators: %s is the name of a customer */
      g_autofree char *text = *customer != '\0' ? g_strdup_printf (_("Draft for %s kept"), customer) : g_strdup (_("Draft kept"));

      wb_application_toast (application, text);
    }
  return GTK_WINDOW_CLASS (wb_order_window_parent_class)->close_request (window);
}

static void
wb_order_window_dispose (GObject *object)
{
  WbOrderWindow *self = WB_ORDER_WINDOW (object);

  if (self->draft != NULL)
    g_signal_handlers_disconnect_by_data (self->draft, self);
  g_clear_handle_id (&self->update_id, g_source_remove);
  memset (self->steps, 0, sizeof self->steps);
  gtk_widget_dispose_template (GTK_WIDGET (self), WB_TYPE_ORDER_WINDOW);
  g_clear_object (&self->creating);
  g_clear_object (&self->order);
  g_clear_object (&self->draft);
  g_clear_object (&self->profile);
  g_clear_pointer (&self->band, g_free);
  G_OBJECT_CLASS (wb_order_window_parent_class)->dispose (object);
}

static void
wb_order_window_class_init (WbOrderWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_order_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = wb_order_window_close_request;
  g_type_ensure (WB_TYPE_WIDTH_BIN);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/waybill/Waybill/order/wb-order-window.ui");
  wb_order_window_class_bind_frame (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
  gtk_widget_class_install_action (widget_class, "order.next", NULL, on_next);
  gtk_widget_class_install_action (widget_class, "order.main", NULL, on_main);
  gtk_widget_class_install_action (widget_class, "order.previous", NULL, on_previous);
  gtk_widget_class_install_action (widget_class, "order.step", "i", on_step);
  gtk_widget_class_install_action (widget_class, "order.next-problem", NULL, on_problem);
  gtk_widget_class_install_action (widget_class, "order.previous-problem", NULL, on_problem);
  gtk_widget_class_install_action (widget_class, "order.command", "s", on_command);
  gtk_widget_class_install_action (widget_class, "order.undo", NULL, on_undo);
  gtk_widget_class_install_action (widget_class, "order.redo", NULL, on_undo);
  gtk_widget_class_install_action (widget_class, "order.help", NULL, on_help);
  gtk_widget_class_install_action (widget_class, "order.save", NULL, on_save);
  gtk_widget_class_install_action (widget_class, "order.duplicate", NULL, on_duplicate);
  gtk_widget_class_install_action (widget_class, "order.delete", NULL, on_delete);
}

static void
wb_order_window_init (WbOrderWindow *self)
{
  self->problem = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  wb_accessible_set_name (GTK_WIDGET (self->menu), _("Order Menu"));
  wb_accessible_set_name (GTK_WIDGET (self->step_bar), _("Steps"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->rail), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Steps"), -1);
}

static WbOrderWindow *
window_new (GtkApplication *application, WbProfile *profile)
{
  WbOrderWindow *self = g_object_new (WB_TYPE_ORDER_WINDOW, "application", application, NULL);
  const WbProfileInfo *info = wb_profile_get_info (profile);

  self->profile = g_object_ref (profile);
  self->band = g_strdup_printf ("band-%s", info->colour);
  gtk_widget_add_css_class (GTK_WIDGET (self), self->band);
  if (info->kind == WB_PROFILE_BUILT_IN)
    gtk_widget_add_css_class (GTK_WIDGET (self), "band-striped");
  wb_order_window_make_rail (self);
  return self;
}

/* Said once: it is tried again by itself, and what was typed is not lost. */
static void
on_save_error (WbOrderWindow *self)
{
  wb_order_window_update (self);
  if (wb_draft_get_save_error (self->draft) != NULL && !self->told_unsaved)
    wb_compat_toast_show (
      self->toasts, wb_compat_toast_new (_("The draft could not be saved. The disk may be full; free some space, it is tried again.")));
  self->told_unsaved = wb_draft_get_save_error (self->draft) != NULL;
}

void
wb_order_window_take_draft (WbOrderWindow *self, WbDraft *draft)
{
  self->draft = g_object_ref (draft);
  g_signal_connect_object (draft, "changed", G_CALLBACK (wb_order_window_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "notify::saved-at", G_CALLBACK (wb_order_window_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "notify::save-error", G_CALLBACK (on_save_error), self, G_CONNECT_SWAPPED);
}

WbOrderWindow *
wb_order_window_new (GtkApplication *application, WbProfile *profile, WbDraft *draft)
{
  WbOrderWindow *self = window_new (application, profile);

  wb_order_window_take_draft (self, draft);
  wb_order_window_go (self, *wb_draft_get_customer_id (draft) != '\0' ? WB_STEP_DOMAINS : WB_STEP_CUSTOMER, NULL);
  return self;
}

WbOrderWindow *
wb_order_window_new_for_order (GtkApplication *application, WbProfile *profile, WbOrder *order)
{
  WbOrderWindow *self = window_new (application, profile);

  wb_order_window_take_order (self, order);
  return self;
}
