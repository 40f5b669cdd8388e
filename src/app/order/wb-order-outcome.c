// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-order-outcome.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define N_BUTTONS 2

struct _WbOrderOutcome {
  GtkWidget parent_instance;

  WbOrderWords *words; /* (nullable) */
  GtkWidget *scroller, *disc, *cause, *text, *extra_place, *buttons[N_BUTTONS];
  char *pay_label, *pay_why_not;
  guint tick_id;
};

enum { ACT, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbOrderOutcome, wb_order_outcome, GTK_TYPE_WIDGET)

static void
on_clicked (GtkButton *button, WbOrderOutcome *self)
{
  for (guint i = 0; i < N_BUTTONS && self->words != NULL; i++)
    if (self->buttons[i] == GTK_WIDGET (button))
      {
        g_signal_emit (self, signals[ACT], 0, self->words->choices[i].act);
        return;
      }
}

static gboolean
is_waiting (WbOrderOutcome *self)
{
  return self->words != NULL && self->words->until > g_get_monotonic_time ();
}

static void
update_button (WbOrderOutcome *self, guint i)
{
  const WbChoice *choice = &self->words->choices[i];
  gboolean pay = choice->act == WB_ACT_PAY;
  const char *why = pay ? self->pay_why_not : NULL;
  gboolean wait = i == 0 && is_waiting (self);

  gtk_widget_set_visible (self->buttons[i], choice->act != WB_ACT_NONE);
  if (choice->act == WB_ACT_NONE)
    return;
  gtk_button_set_label (GTK_BUTTON (self->buttons[i]), pay && self->pay_label != NULL ? self->pay_label
                                                       : choice->label != NULL        ? _(choice->label)
                                                                                      : "");
  gtk_widget_set_sensitive (self->buttons[i], why == NULL && !wait);
  gtk_widget_set_tooltip_text (self->buttons[i], wait ? _("The service asks for a pause.") : why);
}

static gboolean
on_tick (gpointer data)
{
  WbOrderOutcome *self = data;
  gboolean go_on = is_waiting (self);
  g_autofree char *text = wb_order_words_dup_text (self->words, g_get_monotonic_time ());

  gtk_label_set_label (GTK_LABEL (self->text), text);
  for (guint i = 0; i < N_BUTTONS; i++)
    update_button (self, i);
  if (!go_on)
    self->tick_id = 0;
  return go_on;
}

void
wb_order_outcome_set (WbOrderOutcome *self, WbOrderWords *words)
{
  g_autofree char *text = wb_order_words_dup_text (words, g_get_monotonic_time ());
  static const char *const classes[] = { "success", "warning", "error", "neutral", "unknown" };

  g_clear_pointer (&self->words, wb_order_words_free);
  self->words = words;
  gtk_image_set_from_icon_name (GTK_IMAGE (self->disc), words->icon);
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (self->disc, classes[i]);
  gtk_widget_add_css_class (self->disc, words->css_class);
  gtk_label_set_label (GTK_LABEL (self->cause), words->cause);
  gtk_label_set_label (GTK_LABEL (self->text), text);
  gtk_widget_set_visible (self->text, *text != '\0');
  for (guint i = 0; i < N_BUTTONS; i++)
    update_button (self, i);
  if (is_waiting (self) && self->tick_id == 0)
    self->tick_id = g_timeout_add (250, on_tick, self);
}

void
wb_order_outcome_set_pay (WbOrderOutcome *self, const char *label, const char *why_not)
{
  g_free (self->pay_label);
  g_free (self->pay_why_not);
  self->pay_label = g_strdup (label);
  self->pay_why_not = g_strdup (why_not);
  for (guint i = 0; i < N_BUTTONS && self->words != NULL; i++)
    update_button (self, i);
}

void
wb_order_outcome_set_extra (WbOrderOutcome *self, GtkWidget *extra)
{
  GtkWidget *old = gtk_widget_get_first_child (self->extra_place);

  if (old == extra)
    return;
  if (old != NULL)
    gtk_box_remove (GTK_BOX (self->extra_place), old);
  if (extra != NULL)
    gtk_box_append (GTK_BOX (self->extra_place), extra);
  gtk_widget_set_visible (self->extra_place, extra != NULL);
}

/* Building */

static GtkWidget *
make_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new ("");

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 60);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_buttons (WbOrderOutcome *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  for (guint i = 0; i < N_BUTTONS; i++)
    {
      self->buttons[i] = gtk_button_new ();
      gtk_widget_add_css_class (self->buttons[i], "pill");
      gtk_widget_set_halign (self->buttons[i], GTK_ALIGN_CENTER);
      /* A plain signal: what sends is no action. */
      g_signal_connect_object (self->buttons[i], "clicked", G_CALLBACK (on_clicked), self, 0);
      gtk_box_append (GTK_BOX (box), self->buttons[i]);
    }
  gtk_widget_add_css_class (self->buttons[0], "suggested-action");
  return box;
}

static void
wb_order_outcome_init (WbOrderOutcome *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *clamp = adw_clamp_new ();

  self->disc = gtk_image_new ();
  gtk_widget_add_css_class (self->disc, "big-disc");
  gtk_widget_set_halign (self->disc, GTK_ALIGN_CENTER);
  self->cause = make_label ("title-2");
  self->text = make_label (NULL);
  self->extra_place = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_visible (self->extra_place, FALSE);
  gtk_box_append (GTK_BOX (box), self->disc);
  gtk_box_append (GTK_BOX (box), self->cause);
  gtk_box_append (GTK_BOX (box), self->text);
  gtk_box_append (GTK_BOX (box), self->extra_place);
  gtk_box_append (GTK_BOX (box), make_buttons (self));
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 520);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_widget_add_css_class (clamp, "step-page");
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), clamp);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

static void
wb_order_outcome_dispose (GObject *object)
{
  WbOrderOutcome *self = WB_ORDER_OUTCOME (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_pointer (&self->words, wb_order_words_free);
  g_clear_pointer (&self->pay_label, g_free);
  g_clear_pointer (&self->pay_why_not, g_free);
  G_OBJECT_CLASS (wb_order_outcome_parent_class)->dispose (object);
}

static void
wb_order_outcome_class_init (WbOrderOutcomeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_order_outcome_dispose;
  signals[ACT]
      = g_signal_new ("act", WB_TYPE_ORDER_OUTCOME, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

GtkWidget *
wb_order_outcome_new (void)
{
  return g_object_new (WB_TYPE_ORDER_OUTCOME, NULL);
}
