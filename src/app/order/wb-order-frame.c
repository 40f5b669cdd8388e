// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-order-window-private.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-format.h"
#include "wb-text-scale.h"

/* Times the text scale: what stands in them grows with it. */
#define RAIL_WIDTH 224
#define SIDE_WIDTH 300
#include "wb-order-words.h"

/* What stands around the steps. All of it is derived from the draft, its problems and its cost. */

typedef struct {
  WbStep step;
  GtkWidget *disc;  /* stack of number and icon */
  GtkLabel *number, *fact;
  GtkImage *icon;
} RailRow;

static GtkWidget *
make_rail_row (WbStep step)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (_(wb_step_rows[step].title));
  g_autofree char *number = g_strdup_printf ("%d", step + 1);
  RailRow *rail = g_new0 (RailRow, 1);

  rail->step = step;
  rail->disc = gtk_stack_new ();
  rail->number = GTK_LABEL (gtk_label_new (number));
  rail->icon = GTK_IMAGE (gtk_image_new ());
  rail->fact = GTK_LABEL (gtk_label_new (""));
  gtk_stack_add_named (GTK_STACK (rail->disc), GTK_WIDGET (rail->number), "number");
  gtk_stack_add_named (GTK_STACK (rail->disc), GTK_WIDGET (rail->icon), "icon");
  gtk_widget_add_css_class (rail->disc, "step-disc");
  gtk_widget_set_valign (rail->disc, GTK_ALIGN_CENTER);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "step-title");
  gtk_label_set_xalign (rail->fact, 0);
  gtk_label_set_ellipsize (rail->fact, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (rail->fact), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (rail->fact), "dim-label");
  gtk_box_append (GTK_BOX (lines), title);
  gtk_box_append (GTK_BOX (lines), GTK_WIDGET (rail->fact));
  gtk_box_append (GTK_BOX (box), rail->disc);
  gtk_box_append (GTK_BOX (box), lines);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "rail", rail, g_free);
  return row;
}

static GtkWidget *
make_popover_row (WbStep step)
{
  GtkWidget *button = gtk_button_new_with_label (_(wb_step_rows[step].title));

  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "order.step");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "i", (gint32) step);
  return button;
}

void
wb_order_window_make_rail (WbOrderWindow *self)
{
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  for (guint i = 0; i < WB_N_STEPS; i++)
    {
      GtkWidget *mark = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);

      gtk_list_box_append (self->rail, make_rail_row (i));
      gtk_widget_set_hexpand (mark, TRUE);
      gtk_widget_set_valign (mark, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (self->step_marks), mark);
      gtk_box_append (GTK_BOX (list), make_popover_row (i));
    }
  /* GTK centres what a menu button holds: the marks are to reach from edge to edge. */
  gtk_widget_set_halign (gtk_widget_get_parent (self->step_marks), GTK_ALIGN_FILL);
  gtk_popover_set_child (GTK_POPOVER (self->step_popover), list);
}

static void
on_rail_activated (GtkListBox *list, GtkListBoxRow *row, WbOrderWindow *self)
{
  RailRow *rail = g_object_get_data (G_OBJECT (row), "rail");

  wb_order_window_go (self, rail->step, NULL);
}

/* The worst that a step has: -1 for nothing. */
static int
worst_of (GPtrArray *problems, WbStep step)
{
  int worst = -1;

  for (guint i = 0; problems != NULL && i < problems->len; i++)
    {
      const WbProblem *problem = problems->pdata[i];

      if (problem->step == step)
        worst = MAX (worst, (int) problem->severity);
    }
  return worst;
}

static gboolean
step_has_content (WbOrderWindow *self, WbStep step)
{
  switch (step)
    {
    case WB_STEP_CUSTOMER: return *wb_draft_get_customer_id (self->draft) != '\0';
    case WB_STEP_DOMAINS: return wb_draft_get_n_domains (self->draft) > 0;
    case WB_STEP_MAILBOXES: return wb_draft_get_n_mailboxes (self->draft) > 0;
    case WB_STEP_PICTURES: return wb_draft_get_files (self->draft)->len > 0;
    case WB_STEP_OPTIONS: return self->steps[step] != NULL;
    default: return FALSE;
    }
}

static void
set_disc (RailRow *rail, gboolean current, gboolean done, gboolean warn)
{
  static const char *const classes[] = { "current", "done", "warning" };
  gboolean on[] = { current, done && !current && !warn, warn && !current };

  gtk_stack_set_visible_child_name (GTK_STACK (rail->disc), on[1] || on[2] ? "icon" : "number");
  gtk_image_set_from_icon_name (rail->icon, on[2] ? "dialog-warning-symbolic" : "waybill-done-symbolic");
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    if (on[i])
      gtk_widget_add_css_class (rail->disc, classes[i]);
    else
      gtk_widget_remove_css_class (rail->disc, classes[i]);
}

static void
update_rail (WbOrderWindow *self, GPtrArray *problems)
{
  GtkWidget *mark = gtk_widget_get_first_child (self->step_marks);
  gboolean sent = wb_order_window_is_sent (self);

  for (guint i = 0; i < WB_N_STEPS; i++, mark = gtk_widget_get_next_sibling (mark))
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->rail, i);
      RailRow *rail = g_object_get_data (G_OBJECT (row), "rail");
      g_autofree char *fact = wb_order_window_dup_fact (self, i);
      int worst = !sent && self->draft != NULL && self->steps[i] != NULL ? worst_of (problems, i) : -1;
      gboolean done = sent ? i < WB_STEP_TRACKING : self->draft != NULL && step_has_content (self, i);
      g_autofree char *name = g_strdup_printf ("%s, %s", _(wb_step_rows[i].title), fact);

      gtk_label_set_label (rail->fact, fact);
      gtk_widget_set_visible (GTK_WIDGET (rail->fact), *fact != '\0');
      set_disc (rail, i == self->step, done, worst >= WB_SEVERITY_WARNING);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      gtk_widget_set_sensitive (GTK_WIDGET (row), sent == (i == WB_STEP_TRACKING));
      if (i <= self->step)
        gtk_widget_add_css_class (mark, "passed");
      else
        gtk_widget_remove_css_class (mark, "passed");
    }
  gtk_list_box_select_row (self->rail, gtk_list_box_get_row_at_index (self->rail, self->step));
}

/* Title and buttons */

static char *
dup_draft_subtitle (WbDraft *draft)
{
  g_autofree char *customer = wb_format_text (wb_draft_get_customer_name (draft));
  guint domains = wb_draft_get_n_domains (draft), mailboxes = wb_draft_get_n_mailboxes (draft);
  GString *text = g_string_new (customer);

  if (domains > 0)
    g_string_append_printf (text, ngettext (" · %u domain", " · %u domains", domains), domains);
  if (mailboxes > 0)
    g_string_append_printf (text, ngettext (" · %u mailbox", " · %u mailboxes", mailboxes), mailboxes);
  return g_string_free (text, FALSE);
}

static void
update_title (WbOrderWindow *self)
{
  gboolean narrow = wb_width_bin_get_width_class (WB_WIDTH_BIN (self->bin)) == WB_WIDTH_NARROW;
  g_autofree char *title = NULL, *subtitle = NULL, *customer = NULL;

  if (self->order != NULL)
    {
      customer = wb_format_text (wb_order_get_customer_name (self->order));
      /* Translators: %s is the name of a customer */
      title = g_strdup_printf (_("Order for %s"), customer);
      subtitle = wb_order_words_dup_subtitle (self->order);
    }
  else if (narrow)
    {
      title = g_strdup (_(wb_step_rows[self->step].title));
      subtitle = g_strdup_printf (_("Step %d of %d"), self->step + 1, WB_N_STEPS);
    }
  else
    {
      title = g_strdup (_("New Order"));
      subtitle = dup_draft_subtitle (self->draft);
    }
  adw_window_title_set_title (self->title, title);
  adw_window_title_set_subtitle (self->title, subtitle);
  /* What a list of windows shows and a reader says is the same at any width. */
  gtk_window_set_title (GTK_WINDOW (self), self->order != NULL ? title : _("New Order"));
}

static void
update_saved (WbOrderWindow *self)
{
  gint64 at = self->draft != NULL ? wb_draft_get_saved_at (self->draft) : 0;
  g_autofree char *when = at > 0 ? wb_format_time (at) : NULL;
  /* Translators: a time, such as 14:32 */
  g_autofree char *text = when != NULL ? g_strdup_printf (_("Draft saved %s"), when) : NULL;
  gboolean failed = self->draft != NULL && self->order == NULL && wb_draft_get_save_error (self->draft) != NULL;

  gtk_label_set_label (self->saved, self->order != NULL ? _("Order kept in Activity")
                                    : failed            ? _("Not saved yet, trying again")
                                    : text != NULL      ? text
                                                        : "");
  if (failed)
    gtk_widget_add_css_class (GTK_WIDGET (self->saved), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->saved), "error");
}

static void
update_buttons (WbOrderWindow *self)
{
  gboolean narrow = wb_width_bin_get_width_class (WB_WIDTH_BIN (self->bin)) == WB_WIDTH_NARROW;
  gboolean steps = !wb_order_window_is_sent (self);
  double scale = wb_text_scale ();

  gtk_widget_set_visible (self->back, steps);
  gtk_widget_set_visible (self->next, steps && self->step < WB_STEP_REVIEW);
  gtk_widget_set_visible (self->menu, steps);
  if (narrow)
    gtk_button_set_icon_name (GTK_BUTTON (self->back), "go-previous-symbolic");
  else
    gtk_button_set_label (GTK_BUTTON (self->back), _("Back"));
  wb_accessible_set_name (self->back, _("Back"));
  gtk_widget_set_visible (self->rail_place, !narrow);
  gtk_widget_set_visible (self->rail_line, !narrow);
  gtk_widget_set_size_request (self->rail_place, (int) (RAIL_WIDTH * scale), -1);
  /* On a telephone the pane is a page of its own: it takes all of the width. */
  gtk_widget_set_hexpand (self->side, narrow);
  gtk_widget_set_size_request (self->side, narrow ? -1 : (int) (SIDE_WIDTH * scale), -1);
  gtk_widget_set_visible (self->step_bar, narrow && steps);
  gtk_widget_set_visible (GTK_WIDGET (self->then), !narrow);
  gtk_widget_set_visible (self->foot_line, !narrow);
}

static gboolean
update_now (gpointer user_data)
{
  WbOrderWindow *self = user_data;
  g_autoptr (GPtrArray) problems = self->draft != NULL && !wb_order_window_is_sent (self) ? wb_draft_dup_problems (self->draft) : NULL;

  self->update_id = 0;
  update_rail (self, problems);
  update_title (self);
  update_saved (self);
  update_buttons (self);
  wb_order_window_update_foot (self);
  return G_SOURCE_REMOVE;
}

void
wb_order_window_update (WbOrderWindow *self)
{
  if (self->update_id == 0 && self->stack != NULL)
    self->update_id = g_idle_add_full (GTK_PRIORITY_RESIZE - 2, update_now, self, NULL);
}

/* Side pane: the step's own, or help. */

static void
set_side_child (WbOrderWindow *self, GtkWidget *child)
{
  GtkWidget *old = gtk_widget_get_first_child (self->side);

  if (old == child)
    return;
  if (old != NULL)
    gtk_box_remove (GTK_BOX (self->side), old);
  if (child != NULL)
    gtk_box_append (GTK_BOX (self->side), child);
}

static GtkWidget *
side_of (WbOrderStep *step)
{
  return step != NULL && WB_ORDER_STEP_GET_CLASS (step)->get_side != NULL ? WB_ORDER_STEP_GET_CLASS (step)->get_side (step) : NULL;
}

void
wb_order_window_take_side (WbOrderWindow *self, WbOrderStep *step)
{
  GtkWidget *side = side_of (step);

  self->helping = FALSE;
  set_side_child (self, side);
  self->side_wanted = side != NULL;
  adw_flap_set_reveal_flap (self->flap, side != NULL && !adw_flap_get_folded (self->flap));
}

void
wb_order_window_show_side (WbOrderWindow *self, gboolean show)
{
  self->side_wanted = show;
  if (show && !self->helping)
    set_side_child (self, side_of (self->steps[self->step]));
  adw_flap_set_reveal_flap (self->flap, show);
}

void
wb_order_window_toggle_help (WbOrderWindow *self)
{
  WbOrderStep *step = self->steps[self->step];

  if (self->helping)
    {
      wb_order_window_take_side (self, step);
      return;
    }
  self->helping = TRUE;
  set_side_child (self, wb_order_help_new (self->step));
  adw_flap_set_reveal_flap (self->flap, TRUE);
}

static void
on_flap (WbOrderWindow *self)
{
  gboolean folded = adw_flap_get_folded (self->flap);

  /* Help was asked for by a key: it lies over the step where there is no room beside it. */
  adw_flap_set_reveal_flap (self->flap, self->helping || (!folded && self->side_wanted));
}

static void
on_width_class (WbOrderWindow *self)
{
  wb_order_window_update (self);
}

void
wb_order_window_class_bind_frame (GtkWidgetClass *widget_class)
{
  static const struct {
    const char *name;
    gsize offset;
  } children[] = {
    { "back", G_STRUCT_OFFSET (WbOrderWindow, back) },           { "bin", G_STRUCT_OFFSET (WbOrderWindow, bin) },
    { "due", G_STRUCT_OFFSET (WbOrderWindow, due) },             { "flap", G_STRUCT_OFFSET (WbOrderWindow, flap) },
    { "foot", G_STRUCT_OFFSET (WbOrderWindow, foot) },           { "foot_left", G_STRUCT_OFFSET (WbOrderWindow, foot_left) },
    { "foot_line", G_STRUCT_OFFSET (WbOrderWindow, foot_line) }, { "foot_place", G_STRUCT_OFFSET (WbOrderWindow, foot_place) }, { "menu", G_STRUCT_OFFSET (WbOrderWindow, menu) },
    { "next", G_STRUCT_OFFSET (WbOrderWindow, next) },           { "quiet", G_STRUCT_OFFSET (WbOrderWindow, quiet) },           { "rail", G_STRUCT_OFFSET (WbOrderWindow, rail) },
    { "rail_line", G_STRUCT_OFFSET (WbOrderWindow, rail_line) }, { "rail_place", G_STRUCT_OFFSET (WbOrderWindow, rail_place) },
    { "saved", G_STRUCT_OFFSET (WbOrderWindow, saved) },         { "side", G_STRUCT_OFFSET (WbOrderWindow, side) },
    { "stack", G_STRUCT_OFFSET (WbOrderWindow, stack) },         { "step_bar", G_STRUCT_OFFSET (WbOrderWindow, step_bar) },
    { "step_bin", G_STRUCT_OFFSET (WbOrderWindow, step_bin) },   { "step_marks", G_STRUCT_OFFSET (WbOrderWindow, step_marks) },
    { "step_popover", G_STRUCT_OFFSET (WbOrderWindow, step_popover) }, { "then", G_STRUCT_OFFSET (WbOrderWindow, then) },
    { "title", G_STRUCT_OFFSET (WbOrderWindow, title) },         { "toasts", G_STRUCT_OFFSET (WbOrderWindow, toasts) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    gtk_widget_class_bind_template_child_full (widget_class, children[i].name, FALSE, children[i].offset);
  gtk_widget_class_bind_template_callback (widget_class, on_flap);
  gtk_widget_class_bind_template_callback (widget_class, on_rail_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_width_class);
}
