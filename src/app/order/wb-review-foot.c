// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-review-private.h"

#include <glib/gi18n.h>

#include "wb-format.h"
#include "wb-side-by-side.h"
#include "wb-text-scale.h"
#include "wb-words.h"

#define BUTTONS_WIDTH 420

struct _WbReviewFoot {
  GtkWidget parent_instance;

  WbProfile *profile;
  WbDraft *draft;
  GtkWidget *both, *whom, *costs, *keep, *send;
};

enum { KEEP, SEND, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbReviewFoot, wb_review_foot, GTK_TYPE_WIDGET)

static void
on_keep (WbReviewFoot *self)
{
  g_signal_emit (self, signals[KEEP], 0);
}

static void
on_send (WbReviewFoot *self)
{
  g_signal_emit (self, signals[SEND], 0);
}

/* The button carries what happens. */
static char *
dup_send_label (WbReviewFoot *self)
{
  g_autoptr (WbCost) cost = wb_draft_cost (self->draft);
  g_autofree char *due = wb_format_money (cost->due_cents);

  if (wb_profile_get_lock (self->profile) == WB_LOCK_READ_ONLY)
    return g_strdup (_("Unlock…"));
  if (wb_draft_get_pay_mode (self->draft) != WB_PAY_ONE_STEP)
    return g_strdup (_("Create Order"));
  /* Translators: a sum */
  return g_strdup_printf (cost->complete ? _("Pay About %s and Start") : _("Pay at Least %s and Start"), due);
}

static void
update_buttons (WbReviewFoot *self, const char *why_not)
{
  gboolean only_draft = wb_draft_get_pay_mode (self->draft) == WB_PAY_DRAFT_ONLY;
  g_autofree char *label = dup_send_label (self);

  gtk_widget_set_visible (self->send, !only_draft);
  gtk_button_set_label (GTK_BUTTON (self->send), label);
  gtk_widget_set_sensitive (self->send, why_not == NULL);
  gtk_widget_set_tooltip_text (self->send, why_not);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->send), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, why_not != NULL ? why_not : "", -1);
  if (only_draft)
    gtk_widget_add_css_class (self->keep, "suggested-action");
  else
    gtk_widget_remove_css_class (self->keep, "suggested-action");
}

void
wb_review_foot_update (WbReviewFoot *self, const char *why_not)
{
  static const char *const costs[] = {
    [WB_PAY_TWO_STEPS] = N_("Creating costs nothing. You pay in the next step."),
    [WB_PAY_ONE_STEP] = N_("If the answer is lost, only domains and time can tell whether it was paid."),
    [WB_PAY_DRAFT_ONLY] = N_("Nothing is sent. The draft is kept."),
  };
  g_autofree char *customer = wb_format_text (wb_draft_get_customer_name (self->draft));
  g_autofree char *profile = wb_format_text (wb_profile_get_info (self->profile)->name);
  g_autofree char *kind = wb_words_profile (self->profile);
  /* Translators: a customer, the name of a profile, what kind it is */
  g_autofree char *whom = g_strdup_printf (_("For %s, from the wallet of %s (%s)"), customer, profile, kind);

  gtk_label_set_label (GTK_LABEL (self->whom), *customer != '\0' ? whom : _("No customer is chosen yet"));
  gtk_label_set_label (GTK_LABEL (self->costs), _(costs[wb_draft_get_pay_mode (self->draft)]));
  update_buttons (self, why_not);
}

gboolean
wb_review_foot_focus (WbReviewFoot *self)
{
  return gtk_widget_grab_focus (gtk_widget_get_visible (self->send) ? self->send : self->keep);
}

/* Building */

static GtkWidget *
make_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new ("");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
wb_review_foot_init (WbReviewFoot *self)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *buttons = gtk_box_new (wb_text_orientation (), 12);

  /* Large text leaves the checks less room than the foot. */
  self->whom = make_label (wb_text_is_large () ? "caption-heading" : "heading");
  self->costs = make_label ("caption");
  self->keep = gtk_button_new_with_label (_("Keep as Draft"));
  self->send = gtk_button_new ();
  gtk_widget_add_css_class (self->send, "suggested-action");
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  gtk_widget_set_valign (buttons, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  /* Plain signals: what sends is no action. */
  g_signal_connect_object (self->keep, "clicked", G_CALLBACK (on_keep), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->send, "clicked", G_CALLBACK (on_send), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (lines), self->whom);
  gtk_box_append (GTK_BOX (lines), self->costs);
  gtk_box_append (GTK_BOX (buttons), self->keep);
  gtk_box_append (GTK_BOX (buttons), self->send);
  self->both = wb_side_by_side_new (lines, buttons, BUTTONS_WIDTH);
  gtk_widget_set_parent (self->both, GTK_WIDGET (self));
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "wizard-foot");
}

static void
wb_review_foot_dispose (GObject *object)
{
  WbReviewFoot *self = WB_REVIEW_FOOT (object);

  g_clear_pointer (&self->both, gtk_widget_unparent);
  g_clear_object (&self->draft);
  g_clear_object (&self->profile);
  G_OBJECT_CLASS (wb_review_foot_parent_class)->dispose (object);
}

static void
wb_review_foot_class_init (WbReviewFootClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_review_foot_dispose;
  signals[KEEP] = g_signal_new ("keep", WB_TYPE_REVIEW_FOOT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SEND] = g_signal_new ("send", WB_TYPE_REVIEW_FOOT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

GtkWidget *
wb_review_foot_new (WbProfile *profile, WbDraft *draft)
{
  WbReviewFoot *self = g_object_new (WB_TYPE_REVIEW_FOOT, NULL);

  self->profile = g_object_ref (profile);
  self->draft = g_object_ref (draft);
  return GTK_WIDGET (self);
}
