// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-domain-ideas-private.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-domain-all.h"

/* What the side pane is made of: keyword, endings and price limit, the list, and what is set for all. */

/* The service counts searches: nothing is asked while somebody types, and nothing twice. */
#define TYPING_MS 600

static GtkWidget *
make_limit (WbDomainIdeas *self)
{
  GtkWidget *popover = gtk_popover_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *label = gtk_label_new (_("Most dollars for a year"));

  self->limit = gtk_menu_button_new ();
  self->limit_spin = gtk_spin_button_new_with_range (1, 500, 1);
  self->limit_none = gtk_check_button_new_with_label (_("Any price"));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->limit_spin), 12);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->limit_none), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->limit_spin), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Most dollars for a year"), -1);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (box, "forward-body");
  gtk_box_append (GTK_BOX (box), self->limit_none);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), self->limit_spin);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->limit), popover);
  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (self->limit), FALSE);
  gtk_widget_add_css_class (self->limit, "chip");
  g_signal_connect_swapped (self->limit_spin, "value-changed", G_CALLBACK (wb_domain_ideas_limit), self);
  g_signal_connect_swapped (self->limit_none, "toggled", G_CALLBACK (wb_domain_ideas_limit), self);
  return self->limit;
}

static GtkWidget *
make_head (WbDomainIdeas *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = gtk_label_new (_("Ideas")), *refresh = gtk_button_new_from_icon_name ("view-refresh-symbolic");
  GtkWidget *close = gtk_button_new_from_icon_name ("window-close-symbolic");

  gtk_widget_add_css_class (title, "title-4");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (refresh, "flat");
  wb_accessible_set_name (refresh, _("Ask for Other Ideas"));
  g_signal_connect_swapped (refresh, "clicked", G_CALLBACK (wb_domain_ideas_refresh), self);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), refresh);
  gtk_widget_add_css_class (close, "flat");
  wb_accessible_set_name (close, _("Close Ideas"));
  g_signal_connect_swapped (close, "clicked", G_CALLBACK (wb_domain_ideas_close), self);
  gtk_box_append (GTK_BOX (head), close);
  return head;
}

static GtkWidget *
make_search (WbDomainIdeas *self)
{
  self->search = gtk_search_entry_new ();
  gtk_search_entry_set_search_delay (GTK_SEARCH_ENTRY (self->search), TYPING_MS);
  g_object_set (self->search, "placeholder-text", _("A word or a name"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Keyword for ideas"),
                                  -1);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (wb_domain_ideas_search), self);
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (wb_domain_ideas_close), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (wb_domain_ideas_search), self);
  return self->search;
}

static GtkWidget *
make_chips (WbDomainIdeas *self)
{
  self->chips = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->chips), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->chips), 8);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (self->chips), 6);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (self->chips), 6);
  gtk_flow_box_append (GTK_FLOW_BOX (self->chips), make_limit (self));
  gtk_widget_set_focusable (gtk_widget_get_parent (self->limit), FALSE);
  return self->chips;
}

void
wb_domain_ideas_build (WbDomainIdeas *self)
{
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_add_css_class (self->list, "ideas");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Ideas"), -1);
  self->more = gtk_button_new_with_label (_("Show More"));
  gtk_widget_add_css_class (self->more, "flat");
  g_signal_connect_swapped (self->more, "clicked", G_CALLBACK (wb_domain_ideas_more), self);
  self->note = gtk_label_new ("");
  gtk_label_set_wrap (GTK_LABEL (self->note), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->note), 0);
  gtk_widget_add_css_class (self->note, "dim-label");
  gtk_widget_add_css_class (self->note, "caption");
  self->all = wb_domain_all_new (self->draft);
  gtk_box_append (GTK_BOX (body), make_head (self));
  gtk_box_append (GTK_BOX (body), make_search (self));
  gtk_box_append (GTK_BOX (body), make_chips (self));
  gtk_box_append (GTK_BOX (body), self->list);
  gtk_box_append (GTK_BOX (body), self->more);
  gtk_box_append (GTK_BOX (body), self->note);
  gtk_box_append (GTK_BOX (body), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (body), self->all);
  gtk_widget_add_css_class (body, "ideas-body");
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), body);
  gtk_widget_set_vexpand (self->scroller, TRUE);
  gtk_widget_set_focusable (self->scroller, FALSE);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  wb_domain_ideas_limit (self);
}
