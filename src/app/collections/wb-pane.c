// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-pane.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-format.h"
#include "wb-state-pill.h"

struct _WbPane {
  GtkWidget parent_instance;

  GtkWidget *title, *scroller, *body;
  GtkWidget *facts;   /* the grid that facts go to; NULL begins a new one */
  int n_facts;
  GtkWidget *buttons; /* the same for buttons */
};

G_DEFINE_FINAL_TYPE (WbPane, wb_pane, GTK_TYPE_WIDGET)

static void
wb_pane_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (wb_pane_parent_class)->dispose (object);
}

static void
wb_pane_class_init (WbPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_pane_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
wb_pane_init (WbPane *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->title = gtk_label_new ("");
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_wrap (GTK_LABEL (self->title), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->title), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (self->title, "title-4");
  gtk_widget_add_css_class (self->title, "pane-title");
  self->body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (self->body, "pane-body");
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->body);
  gtk_widget_set_vexpand (self->scroller, TRUE);
  gtk_widget_set_parent (self->title, GTK_WIDGET (self));
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

GtkWidget *
wb_pane_new (const char *title)
{
  WbPane *self = g_object_new (WB_TYPE_PANE, "vexpand", TRUE, NULL);

  wb_pane_set_title (self, title);
  return GTK_WIDGET (self);
}

void
wb_pane_set_title (WbPane *self, const char *title)
{
  gtk_label_set_label (GTK_LABEL (self->title), title);
}

void
wb_pane_clear (WbPane *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->body)) != NULL)
    gtk_box_remove (GTK_BOX (self->body), child);
  self->facts = self->buttons = NULL;
}

void
wb_pane_add (WbPane *self, GtkWidget *widget)
{
  self->facts = self->buttons = NULL;
  gtk_box_append (GTK_BOX (self->body), widget);
}

static GtkWidget *
make_label (const char *text, gboolean wrap, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), wrap);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

void
wb_pane_add_state (WbPane *self, const char *family, const char *word, const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *pill = wb_state_pill_new ();
  GtkWidget *label = make_label (text, TRUE, "dim-label");

  wb_state_pill_set (WB_STATE_PILL (pill), family, word);
  gtk_widget_set_valign (pill, GTK_ALIGN_START);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), pill);
  gtk_box_append (GTK_BOX (box), label);
  wb_pane_add (self, box);
}

void
wb_pane_add_text (WbPane *self, const char *text, const char *css_class)
{
  if (*text != '\0')
    wb_pane_add (self, make_label (text, TRUE, css_class));
}

static void
attach (WbPane *self, const char *label, GtkWidget *value)
{
  GtkWidget *name = make_label (label, FALSE, "dim-label");

  if (self->facts == NULL)
    {
      GtkWidget *grid = gtk_grid_new ();

      gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
      gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
      wb_pane_add (self, grid);
      self->facts = grid;
      self->n_facts = 0;
    }
  gtk_widget_set_size_request (name, 96, -1);
  gtk_widget_set_hexpand (value, TRUE);
  gtk_grid_attach (GTK_GRID (self->facts), name, 0, self->n_facts, 1, 1);
  gtk_grid_attach (GTK_GRID (self->facts), value, 1, self->n_facts++, 1, 1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_RELATION_LABELLED_BY, name, NULL, -1);
}

void
wb_pane_add_fact (WbPane *self, const char *label, const char *value)
{
  if (value != NULL && *value != '\0')
    attach (self, label, make_label (value, TRUE, NULL));
}

void
wb_pane_add_link (WbPane *self, const char *label, const char *value, const char *action, const char *target)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *text = gtk_label_new (value);

  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
  gtk_button_set_child (GTK_BUTTON (button), text);
  gtk_widget_add_css_class (button, "link");
  gtk_widget_add_css_class (button, "flat-link");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  attach (self, label, button);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, value, -1);
}

static void
on_copy (GtkButton *button, const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)), text);
}

static void
free_text (gpointer data, GClosure *closure)
{
  g_free (data);
}

void
wb_pane_add_id (WbPane *self, const char *label, const char *id)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  g_autofree char *shown = wb_format_id (id);
  GtkWidget *text = make_label (shown, FALSE, "monospace");
  /* Translators: %s is the title of an id, such as “Order id” */
  g_autofree char *name = g_strdup_printf (_("Copy: %s"), label);

  if (*id == '\0')
    return;
  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_set_valign (text, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (text, id);
  gtk_widget_add_css_class (copy, "flat");
  wb_accessible_set_name (copy, name);
  g_signal_connect_data (copy, "clicked", G_CALLBACK (on_copy), g_strdup (id), free_text, 0);
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), copy);
  attach (self, label, box);
}

void
wb_pane_add_heading (WbPane *self, const char *text)
{
  GtkWidget *label = make_label (text, TRUE, "heading");

  gtk_widget_set_margin_top (label, 6);
  wb_pane_add (self, label);
}

GtkWidget *
wb_pane_add_button (WbPane *self, const char *label, gboolean suggested, GCallback callback, gpointer object)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  if (suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  if (self->buttons == NULL)
    {
      GtkWidget *box = gtk_flow_box_new ();

      gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (box), GTK_SELECTION_NONE);
      gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (box), 6);
      gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (box), 6);
      gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (box), 2);
      wb_pane_add (self, box);
      self->buttons = box;
    }
  gtk_flow_box_append (GTK_FLOW_BOX (self->buttons), button);
  gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
  g_signal_connect_object (button, "clicked", callback, object, 0);
  return button;
}
