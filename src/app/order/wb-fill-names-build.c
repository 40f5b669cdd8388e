// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-fill-names-private.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"

/* What the side pane is made of: people, pattern, where, how it looks. */

static const char *const presets[]
    = { "{first}.{last}", "{first}", "{f}{last}", "{first}{l}", "{f}.{last}", "{last}.{first}", "{first}{n}" };
static const char *const parts[] = { "{first}", "{last}", "{f}", "{l}", "{n}", ".", "-", "_" };

static GtkWidget *
add_heading (GtkWidget *box, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, "fill-heading");
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
name_widget (GtkWidget *widget, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
on_part (GtkButton *button, WbFillNames *self)
{
  int position = gtk_editable_get_position (GTK_EDITABLE (self->pattern));

  gtk_editable_delete_selection (GTK_EDITABLE (self->pattern));
  position = MIN (position, gtk_editable_get_position (GTK_EDITABLE (self->pattern)));
  gtk_editable_insert_text (GTK_EDITABLE (self->pattern), gtk_button_get_label (button), -1, &position);
  gtk_editable_set_position (GTK_EDITABLE (self->pattern), position);
}

static void
on_preset (GtkButton *button, WbFillNames *self)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_POPOVER);

  gtk_editable_set_text (GTK_EDITABLE (self->pattern), gtk_button_get_label (button));
  gtk_popover_popdown (GTK_POPOVER (popover));
}

static GtkWidget *
make_presets (WbFillNames *self)
{
  GtkWidget *button = gtk_menu_button_new (), *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
    {
      GtkWidget *preset = gtk_button_new_with_label (presets[i]);

      gtk_widget_add_css_class (preset, "flat");
      gtk_widget_add_css_class (preset, "monospace");
      gtk_label_set_xalign (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (preset))), 0);
      g_signal_connect (preset, "clicked", G_CALLBACK (on_preset), self);
      gtk_box_append (GTK_BOX (box), preset);
    }
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "pan-down-symbolic");
  wb_accessible_set_name (button, _("Patterns"));
  return button;
}

static GtkWidget *
make_parts (WbFillNames *self)
{
  GtkWidget *flow = gtk_flow_box_new ();

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), 8);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (flow), 6);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (flow), 6);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      GtkWidget *button = gtk_button_new_with_label (parts[i]);
      /* Translators: %s is a part of a pattern, such as {first} */
      g_autofree char *name = g_strdup_printf (_("Insert %s"), parts[i]);

      gtk_widget_add_css_class (button, "chip");
      name_widget (button, name);
      g_signal_connect (button, "clicked", G_CALLBACK (on_part), self);
      gtk_flow_box_append (GTK_FLOW_BOX (flow), button);
      gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
    }
  return flow;
}

static void
add_people (WbFillNames *self, GtkWidget *box)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkTextView *view;

  add_heading (box, _("People, one on each line"));
  self->people = gtk_text_view_new ();
  view = GTK_TEXT_VIEW (self->people);
  gtk_text_view_set_accepts_tab (view, FALSE);
  gtk_text_view_set_wrap_mode (view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_left_margin (view, 12);
  gtk_text_view_set_right_margin (view, 12);
  gtk_text_view_set_top_margin (view, 9);
  gtk_text_view_set_bottom_margin (view, 9);
  gtk_widget_add_css_class (self->people, "fill-people");
  name_widget (self->people, _("People, one on each line"));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->people);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), 132);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 220);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_overflow (scroller, GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_focusable (scroller, FALSE);
  gtk_widget_add_css_class (scroller, "card");
  gtk_box_append (GTK_BOX (box), scroller);
  g_signal_connect_swapped (gtk_text_view_get_buffer (view), "changed", G_CALLBACK (wb_fill_names_plan_soon), self);
}

static void
add_pattern (WbFillNames *self, GtkWidget *box)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  add_heading (box, _("Pattern for user names"));
  self->pattern = gtk_entry_new ();
  gtk_editable_set_text (GTK_EDITABLE (self->pattern), presets[0]);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->pattern), 10);
  gtk_widget_set_hexpand (self->pattern, TRUE);
  gtk_widget_add_css_class (self->pattern, "monospace");
  name_widget (self->pattern, _("Pattern for user names"));
  g_signal_connect_swapped (self->pattern, "changed", G_CALLBACK (wb_fill_names_plan_soon), self);
  gtk_widget_add_css_class (line, "linked");
  gtk_box_append (GTK_BOX (line), self->pattern);
  gtk_box_append (GTK_BOX (line), make_presets (self));
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), make_parts (self));
}

static void
add_where (WbFillNames *self, GtkWidget *box)
{
  add_heading (box, _("Where"));
  self->all = gtk_check_button_new_with_label (_("All domains"));
  gtk_widget_add_css_class (self->all, "fill-all");
  self->where = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->where), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->where, "boxed-list");
  gtk_widget_add_css_class (self->where, "fill-where");
  name_widget (self->where, _("Where"));
  g_signal_connect_swapped (self->all, "toggled", G_CALLBACK (wb_fill_names_toggle_all), self);
  g_signal_connect (self->where, "row-activated", G_CALLBACK (wb_fill_names_toggle_row), NULL);
  gtk_box_append (GTK_BOX (box), self->all);
  gtk_box_append (GTK_BOX (box), self->where);
  add_heading (box, _("Looks like"));
  self->examples = gtk_label_new ("");
  gtk_label_set_xalign (GTK_LABEL (self->examples), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->examples), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->examples, "dim-label");
  gtk_widget_add_css_class (self->examples, "caption");
  gtk_box_append (GTK_BOX (box), self->examples);
}

static GtkWidget *
make_head (WbFillNames *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = gtk_label_new (_("Fill from Names"));
  GtkWidget *close = gtk_button_new_from_icon_name ("window-close-symbolic");

  gtk_widget_add_css_class (title, "title-4");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (close, "flat");
  gtk_widget_add_css_class (close, "circular");
  wb_accessible_set_name (close, _("Close Fill from Names"));
  g_signal_connect_swapped (close, "clicked", G_CALLBACK (wb_fill_names_close), self);
  gtk_widget_add_css_class (head, "fill-head");
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), close);
  return head;
}

static GtkWidget *
make_foot (WbFillNames *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->note = gtk_label_new ("");
  gtk_label_set_xalign (GTK_LABEL (self->note), 0);
  gtk_label_set_wrap (GTK_LABEL (self->note), TRUE);
  gtk_label_set_width_chars (GTK_LABEL (self->note), 10);
  gtk_label_set_max_width_chars (GTK_LABEL (self->note), 16);
  gtk_widget_set_hexpand (self->note, TRUE);
  gtk_widget_add_css_class (self->note, "dim-label");
  gtk_widget_add_css_class (self->note, "caption");
  self->fill = gtk_button_new_with_label ("");
  gtk_widget_set_valign (self->fill, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->fill, "suggested-action");
  g_signal_connect_swapped (self->fill, "clicked", G_CALLBACK (wb_fill_names_fill), self);
  gtk_widget_add_css_class (foot, "fill-foot");
  gtk_box_append (GTK_BOX (foot), self->note);
  gtk_box_append (GTK_BOX (foot), self->fill);
  return foot;
}

void
wb_fill_names_build (WbFillNames *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (body, "fill-body");
  add_people (self, body);
  add_pattern (self, body);
  add_where (self, body);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), body);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_widget_set_focusable (scroller, FALSE);
  gtk_box_append (GTK_BOX (self->box), make_head (self));
  gtk_box_append (GTK_BOX (self->box), scroller);
  gtk_box_append (GTK_BOX (self->box), make_foot (self));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect (self, "map", G_CALLBACK (wb_fill_names_start), NULL);
}
