// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-review-private.h"

#include <glib/gi18n.h>

#include "cmr-field.h"
#include "wb-format.h"
#include "wb-text-scale.h"

/* What it costs: every figure comes from wb_draft_cost(); nothing is added up here. */
struct _WbReviewCost {
  GtkWidget parent_instance;

  WbProfile *profile;
  WbDraft *draft;
  GtkWidget *lines, *source;
  GtkWidget *now, *after, *bar, *wallet_note;
};

G_DEFINE_FINAL_TYPE (WbReviewCost, wb_review_cost, GTK_TYPE_WIDGET)

static GtkWidget *
make_label (const char *text, float xalign, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_wrap (GTK_LABEL (label), xalign == 0);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* Lines */

/* Name, how many and sum: in a row, or the figures below the name where text is large. */
static void
add_line (GtkWidget *grid, int line, const char *name, const char *count, const char *sum, const char *css_class)
{
  gboolean large = wb_text_is_large ();
  GtkWidget *first = make_label (name, 0, css_class), *third = make_label (sum, 1, css_class);
  int row = 2 * line;

  gtk_widget_set_hexpand (first, TRUE);
  gtk_widget_add_css_class (third, "numeric");
  gtk_grid_attach (GTK_GRID (grid), first, 0, row, large ? 3 : count != NULL ? 1 : 2, 1);
  gtk_grid_attach (GTK_GRID (grid), third, 2, row + large, 1, 1);
  if (count != NULL)
    {
      GtkWidget *second = make_label (count, large ? 0 : 1, "dim-label");

      gtk_widget_add_css_class (second, "numeric");
      gtk_grid_attach (GTK_GRID (grid), second, 1 - large, row + large, 1 + large, 1);
    }
  gtk_accessible_update_relation (GTK_ACCESSIBLE (third), GTK_ACCESSIBLE_RELATION_LABELLED_BY, first, NULL, -1);
}

static void
add_rule (GtkWidget *grid, int line)
{
  gtk_grid_attach (GTK_GRID (grid), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL), 0, 2 * line, 3, 1);
}

static char *
dup_line_name (const WbCostLine *line)
{
  if (line->what == WB_COST_MAILBOXES)
    return g_strdup (_("Mailboxes, first month"));
  return g_strdup_printf (ngettext ("Domains, %u year", "Domains, %u years", line->years), line->years);
}

static void
add_cost_line (GtkWidget *grid, int at, const WbCostLine *line)
{
  g_autofree char *name = dup_line_name (line);
  g_autofree char *unit = wb_format_money (line->unit_cents), *sum = wb_format_money (line->sum_cents);
  /* Translators: how many, times the price of one */
  g_autofree char *count = g_strdup_printf (_("%u × %s"), line->count, unit);

  add_line (grid, at, name, count, sum, NULL);
}

static void
fill_lines (WbReviewCost *self, const WbCost *cost)
{
  g_autofree char *due = wb_format_money (cost->due_cents), *monthly = wb_format_money (cost->monthly_cents);
  g_autofree char *yearly = wb_format_money (cost->yearly_cents > 0 ? cost->yearly_cents : CMR_MONEY_UNKNOWN);
  GtkWidget *child;
  int row = 0;

  while ((child = gtk_widget_get_first_child (self->lines)) != NULL)
    gtk_grid_remove (GTK_GRID (self->lines), child);
  for (guint i = 0; i < cost->lines->len; i++)
    add_cost_line (self->lines, row++, cost->lines->pdata[i]);
  if (cost->lines->len > 0)
    add_rule (self->lines, row++);
  add_line (self->lines, row++, cost->complete ? _("Due now, about") : _("Due now, at least"), NULL, due, "sum");
  add_line (self->lines, row++, _("Then each month, until cancelled"), NULL, monthly, "dim-label");
  add_line (self->lines, row++, _("In a year, to renew the domains"), NULL, yearly, "dim-label");
  add_rule (self->lines, row);
}

/* Where the prices come from, and what is not known */

static void
add_sentence (GString *text, const char *sentence)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", sentence);
}

static void
add_mailbox_source (GString *text, const WbCost *cost)
{
  static const char *const sources[] = {
    [WB_SOURCE_UNKNOWN] = N_("The price of a mailbox is not known."),
    [WB_SOURCE_ASKED] = N_("Mailbox price as the service states it."),
    [WB_SOURCE_SUBSCRIPTION] = N_("Mailbox price as in your newest subscription."),
    [WB_SOURCE_HELP_CENTRE] = N_("Mailbox price as in the vendor’s help centre."),
  };

  for (guint i = 0; i < cost->lines->len; i++)
    {
      const WbCostLine *line = cost->lines->pdata[i];

      if (line->what == WB_COST_MAILBOXES)
        add_sentence (text, _(sources[line->source]));
    }
}

static char *
dup_source (const WbCost *cost)
{
  GString *text = g_string_new (NULL);

  if (cost->oldest_answer > 0)
    {
      g_autofree char *ago = wb_format_ago (cost->oldest_answer);
      /* Translators: %s is a time such as “8 s ago” */
      g_autofree char *asked = g_strdup_printf (_("Domain prices asked %s."), ago);

      add_sentence (text, asked);
    }
  add_mailbox_source (text, cost);
  if (cost->unknown > 0)
    {
      g_autofree char *due = wb_format_money (cost->due_cents);
      g_autofree char *missing
          = g_strdup_printf (ngettext ("No price was stated for %u name. The sum is at least %s.",
                                       "No price was stated for %u names. The sum is at least %s.", cost->unknown),
                             cost->unknown, due);

      add_sentence (text, missing);
    }
  add_sentence (text, _("The service states no sum itself; your wallet proves it afterwards."));
  return g_string_free (text, FALSE);
}

static void
fill_wallet (WbReviewCost *self, const WbCost *cost)
{
  gint64 has = wb_profile_get_wallet_cents (self->profile);
  gboolean known = has != CMR_MONEY_UNKNOWN, covers = known && has >= cost->due_cents;
  g_autofree char *now = wb_format_money (has),
                  *after = wb_format_money (known ? has - cost->due_cents : CMR_MONEY_UNKNOWN);
  g_autofree char *when = known ? wb_format_ago (wb_profile_get_wallet_time (self->profile)) : NULL;
  /* Translators: %s is a time such as “8 s ago” */
  g_autofree char *read = when != NULL ? g_strdup_printf (_("Read %s."), when) : g_strdup (_("Not read yet."));

  gtk_label_set_label (GTK_LABEL (self->now), now);
  gtk_label_set_label (GTK_LABEL (self->after), after);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar),
                                 covers && has > 0 ? (double) (has - cost->due_cents) / (double) has : 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, after, -1);
  gtk_label_set_label (GTK_LABEL (self->wallet_note), read);
  if (known && !covers)
    gtk_widget_add_css_class (self->after, "count-error");
  else
    gtk_widget_remove_css_class (self->after, "count-error");
}

void
wb_review_cost_update (WbReviewCost *self)
{
  g_autoptr (WbCost) cost = wb_draft_cost (self->draft);
  g_autofree char *source = dup_source (cost);

  fill_lines (self, cost);
  gtk_label_set_label (GTK_LABEL (self->source), source);
  fill_wallet (self, cost);
}

/* Building */

static GtkWidget *
add_card (WbReviewCost *self, const char *title, const char *aside)
{
  GtkWidget *head = gtk_box_new (wb_text_orientation (), wb_text_is_large () ? 0 : 12), *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *label = make_label (title, 0, "heading");

  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (head), label);
  if (aside != NULL)
    gtk_box_append (GTK_BOX (head), make_label (aside, wb_text_is_large () ? 0 : 1, "dim-label"));
  gtk_widget_add_css_class (head, "card-head");
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "padded");
  gtk_widget_set_parent (head, GTK_WIDGET (self));
  gtk_widget_set_parent (card, GTK_WIDGET (self));
  return card;
}

static GtkWidget *
make_figure (GtkWidget *box, const char *name, float xalign)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *label = make_label (name, xalign, "caption"),
            *value = make_label ("", xalign, "sum");

  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (value, "numeric");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_box_append (GTK_BOX (lines), label);
  gtk_box_append (GTK_BOX (lines), value);
  gtk_box_append (GTK_BOX (box), lines);
  return value;
}

static void
make_wallet (WbReviewCost *self)
{
  GtkWidget *card = add_card (self, _("Your Wallet"), _("not the customer’s"));
  GtkWidget *figures = gtk_box_new (wb_text_orientation (), wb_text_is_large () ? 6 : 12);
  GtkWidget *arrow;

  self->now = make_figure (figures, _("Now"), 0);
  arrow = gtk_image_new_from_icon_name ("go-next-symbolic");
  gtk_widget_add_css_class (arrow, "dim-label");
  gtk_widget_set_visible (arrow, !wb_text_is_large ());
  gtk_box_append (GTK_BOX (figures), arrow);
  self->after = make_figure (figures, _("After this order"), wb_text_is_large () ? 0 : 1);
  self->bar = gtk_progress_bar_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Wallet after this order"), -1);
  self->wallet_note = make_label ("", 0, "caption");
  gtk_widget_add_css_class (self->wallet_note, "dim-label");
  gtk_box_append (GTK_BOX (card), figures);
  gtk_box_append (GTK_BOX (card), self->bar);
  gtk_box_append (GTK_BOX (card), self->wallet_note);
}

static void
make_warning (WbReviewCost *self)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12),
            *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  GtkWidget *text = make_label (
      _("Once paid, domains and mailboxes cannot be returned. The vendor gives no money back through the API."), 0,
      "caption");

  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_add_css_class (icon, "count-warning");
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "padded");
  gtk_widget_add_css_class (card, "apart");
  gtk_box_append (GTK_BOX (card), icon);
  gtk_box_append (GTK_BOX (card), text);
  gtk_widget_set_parent (card, GTK_WIDGET (self));
}

static void
wb_review_cost_init (WbReviewCost *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkWidget *card;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  card = add_card (self, _("What It Costs"), NULL);
  self->lines = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (self->lines), 12);
  gtk_grid_set_column_spacing (GTK_GRID (self->lines), 18);
  self->source = make_label ("", 0, "caption");
  gtk_widget_add_css_class (self->source, "dim-label");
  gtk_box_append (GTK_BOX (card), self->lines);
  gtk_box_append (GTK_BOX (card), self->source);
  make_wallet (self);
  make_warning (self);
}

static void
wb_review_cost_dispose (GObject *object)
{
  WbReviewCost *self = WB_REVIEW_COST (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->draft);
  g_clear_object (&self->profile);
  G_OBJECT_CLASS (wb_review_cost_parent_class)->dispose (object);
}

static void
wb_review_cost_class_init (WbReviewCostClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_review_cost_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

GtkWidget *
wb_review_cost_new (WbProfile *profile, WbDraft *draft)
{
  WbReviewCost *self = g_object_new (WB_TYPE_REVIEW_COST, NULL);

  self->profile = g_object_ref (profile);
  self->draft = g_object_ref (draft);
  return GTK_WIDGET (self);
}
