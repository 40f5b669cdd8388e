// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-order-step.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-format.h"

/* Step 5: provider, billing, sign-in data for export, and when it is paid. */
typedef struct {
  const char *value;
  const char *title;
  const char *subtitle;
} Choice;

static const Choice providers[] = {
  { "GOOGLE", N_("Google"), N_("Picture files go along with the order.") },
  { "MICROSOFT", N_("Microsoft"), N_("Picture files go along with new domains.") },
};

static const Choice pay_modes[] = {
  { "two-steps", N_("Create Now, Pay After a Look"), N_("Creating costs nothing. You see the order id and the sum, then pay.") },
  { "one-step", N_("Create and Pay in One Step"),
    N_("One request does both. If its answer is lost, only domains and time can tell whether it was paid.") },
  { "draft", N_("Only Keep the Draft"), N_("Nothing is sent.") },
};

static const struct {
  const char *name;
  const char *title;
} oauth[] = {
  { "google-client-id", N_("Google Client Id") },
  { "google-app-name", N_("App Name, exactly as Your Google Console Shows It") },
  { "google-route", N_("Google Sign-in Address") },
  { "microsoft-route", N_("Microsoft Sign-in Address") },
};

struct _WbStepOptions {
  WbOrderStep parent_instance;

  GtkWidget *provider[G_N_ELEMENTS (providers)];
  GtkWidget *pay[G_N_ELEMENTS (pay_modes)];
  GtkWidget *renew, *renew_row;
  GtkWidget *oauth[G_N_ELEMENTS (oauth)];
  GtkWidget *expander, *learned;
  gboolean built, updating;
};

G_DECLARE_FINAL_TYPE (WbStepOptions, wb_step_options, WB, OPTIONS_STEP, WbOrderStep)
G_DEFINE_FINAL_TYPE (WbStepOptions, wb_step_options, WB_TYPE_ORDER_STEP)

static WbDraft *
draft_of (WbStepOptions *self)
{
  return wb_order_step_get_draft (WB_ORDER_STEP (self));
}

static void
on_provider (GtkCheckButton *check, WbStepOptions *self)
{
  WbDraft *draft = draft_of (self);

  if (self->updating || !gtk_check_button_get_active (check))
    return;
  wb_draft_begin (draft, "change-options", "");
  wb_draft_set_provider (draft, g_object_get_data (G_OBJECT (check), "value"));
  wb_draft_end (draft);
}

static void
on_pay (GtkCheckButton *check, WbStepOptions *self)
{
  WbDraft *draft = draft_of (self);

  if (self->updating || !gtk_check_button_get_active (check))
    return;
  wb_draft_begin (draft, "change-options", "");
  for (guint i = 0; i < G_N_ELEMENTS (pay_modes); i++)
    if (self->pay[i] == GTK_WIDGET (check))
      wb_draft_set_pay_mode (draft, (WbPayMode) i);
  wb_draft_end (draft);
}

static void
on_renew (WbStepOptions *self)
{
  if (!self->updating)
    wb_draft_set_auto_renew (draft_of (self), gtk_switch_get_active (GTK_SWITCH (self->renew)));
}

static void
on_oauth (GtkEditable *row, WbStepOptions *self)
{
  if (!self->updating)
    wb_draft_set_oauth (draft_of (self), g_object_get_data (G_OBJECT (row), "name"), gtk_editable_get_text (row));
}

/* Why one step was chosen at first, or what comes of choosing otherwise. */
static void
update_learned (WbStepOptions *self)
{
  WbProfile *profile = wb_order_step_get_profile (WB_ORDER_STEP (self));
  gboolean one_step = wb_draft_get_pay_mode (draft_of (self)) == WB_PAY_ONE_STEP;

  gtk_widget_set_visible (self->learned, g_strcmp0 (wb_profile_get_fact (profile, "process-path"), "missing") == 0);
  gtk_label_set_label (GTK_LABEL (self->learned),
                       one_step ? _("Orders that are only created cannot be paid from here with this service, so one step is chosen.")
                                : _("Orders that are only created cannot be paid from here with this service."));
}

static void
on_last_entry (WbStepOptions *self)
{
  wb_order_step_next (WB_ORDER_STEP (self));
}

static void
update (WbStepOptions *self)
{
  WbDraft *draft = draft_of (self);
  g_autoptr (WbCost) cost = wb_draft_cost (draft);
  g_autofree char *monthly = wb_format_money (cost->monthly_cents);
  g_autofree char *text = g_strdup_printf (_("About %s each month from your wallet. Domains renew apart; that is off."), monthly);

  self->updating = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->provider[i]), g_str_equal (wb_draft_get_provider (draft), providers[i].value));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->pay[wb_draft_get_pay_mode (draft)]), TRUE);
  gtk_switch_set_active (GTK_SWITCH (self->renew), wb_draft_get_auto_renew (draft));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->renew_row), text);
  for (guint i = 0; i < G_N_ELEMENTS (oauth); i++)
    if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->oauth[i])), wb_draft_get_oauth (draft, oauth[i].name)))
      gtk_editable_set_text (GTK_EDITABLE (self->oauth[i]), wb_draft_get_oauth (draft, oauth[i].name));
  update_learned (self);
  self->updating = FALSE;
}

/* Building */

static AdwPreferencesGroup *
add_group (GtkWidget *box, const char *title)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, title);
  wb_accessible_name_lists (GTK_WIDGET (group), title);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (group));
  return group;
}

static void
name_widget (GtkWidget *widget, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static GtkWidget *
add_choice (AdwPreferencesGroup *group, const Choice *choice, GtkWidget *first, GCallback callback, WbStepOptions *self)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();

  gtk_check_button_set_group (GTK_CHECK_BUTTON (check), first != NULL ? GTK_CHECK_BUTTON (first) : NULL);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(choice->title));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _(choice->subtitle));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 4);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_object_set_data (G_OBJECT (check), "value", (gpointer) choice->value);
  g_signal_connect (check, "toggled", callback, self);
  adw_preferences_group_add (group, row);
  return check;
}

static void
add_billing (WbStepOptions *self, GtkWidget *box)
{
  AdwPreferencesGroup *group = add_group (box, _("Billing"));
  GtkWidget *cycle = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (cycle), _("Monthly"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (cycle), _("The only way the service bills."));
  gtk_widget_set_focusable (cycle, FALSE);
  adw_preferences_group_add (group, cycle);
  self->renew_row = adw_action_row_new ();
  self->renew = gtk_switch_new ();
  gtk_widget_set_valign (self->renew, GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->renew_row), _("Renew Mailboxes Automatically"));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self->renew_row), 4);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->renew_row), self->renew);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self->renew_row), self->renew);
  g_signal_connect_swapped (self->renew, "notify::active", G_CALLBACK (on_renew), self);
  adw_preferences_group_add (group, self->renew_row);
}

static void
add_oauth (WbStepOptions *self, GtkWidget *box)
{
  AdwPreferencesGroup *group = add_group (box, _("Sign-in Data for Export"));
  GtkWidget *expander = self->expander = adw_expander_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), _("Set Up Now"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (expander), _("Needed only to export mailboxes later."));
  name_widget (expander, _("Set Up Now"));
  wb_accessible_name_lists (expander, _("Set Up Now"));
  for (guint i = 0; i < G_N_ELEMENTS (oauth); i++)
    {
      self->oauth[i] = adw_entry_row_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->oauth[i]), _(oauth[i].title));
      g_object_set_data (G_OBJECT (self->oauth[i]), "name", (gpointer) oauth[i].name);
      g_signal_connect (self->oauth[i], "changed", G_CALLBACK (on_oauth), self);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), self->oauth[i]);
    }
  g_signal_connect_swapped (self->oauth[G_N_ELEMENTS (oauth) - 1], "entry-activated", G_CALLBACK (on_last_entry), self);
  adw_preferences_group_add (group, expander);
}

static void
build (WbStepOptions *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  AdwPreferencesGroup *group = add_group (box, _("Provider"));

  self->built = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    self->provider[i] = add_choice (group, &providers[i], self->provider[0], G_CALLBACK (on_provider), self);
  add_billing (self, box);
  add_oauth (self, box);
  group = add_group (box, _("When"));
  for (guint i = 0; i < G_N_ELEMENTS (pay_modes); i++)
    self->pay[i] = add_choice (group, &pay_modes[i], self->pay[0], G_CALLBACK (on_pay), self);
  self->learned = gtk_label_new ("");
  gtk_label_set_wrap (GTK_LABEL (self->learned), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->learned), 0);
  gtk_widget_add_css_class (self->learned, "dim-label");
  gtk_box_append (GTK_BOX (box), self->learned);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 600);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_widget_add_css_class (clamp, "step-page");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  wb_order_step_set_child (WB_ORDER_STEP (self), scroller);
}

static void
wb_step_options_draft_changed (WbOrderStep *step, WbDraftPart parts)
{
  WbStepOptions *self = WB_OPTIONS_STEP (step);

  if (!self->built)
    build (self);
  update (self);
}

static void
wb_step_options_enter (WbOrderStep *step, const WbProblem *problem)
{
  WbStepOptions *self = WB_OPTIONS_STEP (step);

  if (problem != NULL && problem->code == WB_PROBLEM_OAUTH)
    {
      adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self->expander), TRUE);
      gtk_widget_grab_focus (self->oauth[0]);
    }
  else /* a second visit would go on from where the first left */
    gtk_widget_grab_focus (self->provider[g_str_equal (wb_draft_get_provider (draft_of (self)), providers[1].value)]);
}

static char *
wb_step_options_dup_fact (WbOrderStep *step)
{
  WbDraft *draft = wb_order_step_get_draft (step);

  return g_strdup (g_str_equal (wb_draft_get_provider (draft), "MICROSOFT") ? _("Microsoft, monthly") : _("Google, monthly"));
}

static void
wb_step_options_class_init (WbStepOptionsClass *klass)
{
  WbOrderStepClass *step_class = WB_ORDER_STEP_CLASS (klass);

  step_class->draft_changed = wb_step_options_draft_changed;
  step_class->enter = wb_step_options_enter;
  step_class->dup_fact = wb_step_options_dup_fact;
}

static void
wb_step_options_init (WbStepOptions *self)
{
}
