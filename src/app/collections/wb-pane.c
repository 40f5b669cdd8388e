// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-pane.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-format.h"
#include "wb-lazy.h"
#include "wb-state-pill.h"

struct _WbPane {
  GtkWidget parent_instance;

  GtkWidget *head, *title, *back, *copy, *close, *scroller, *body;
  GMenu *copies;      /* of the head's Copy: what can be copied */
  GtkWidget *facts;   /* the grid that facts go to; NULL begins a new one */
  int n_facts;
  GtkWidget *buttons; /* the same for buttons */
  GString *text;      /* the facts, for the clipboard */
  char *focused;      /* name of the button that had the focus when it was cleared */
};

enum { CLOSE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbPane, wb_pane, GTK_TYPE_WIDGET)

static void
on_close (WbPane *self)
{
  g_signal_emit (self, signals[CLOSE], 0);
}

static void
on_copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), g_variant_get_string (parameter, NULL));
}

static void
wb_pane_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&WB_PANE (object)->copies);
  g_clear_pointer (&WB_PANE (object)->focused, g_free);
  if (WB_PANE (object)->text != NULL)
    g_string_free (g_steal_pointer (&WB_PANE (object)->text), TRUE);
  G_OBJECT_CLASS (wb_pane_parent_class)->dispose (object);
}

static void
wb_pane_class_init (WbPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_pane_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "pane.copy", "s", on_copy_action);
  signals[CLOSE] = g_signal_new ("close", WB_TYPE_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
make_button (WbPane *self, const char *icon, const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  wb_accessible_set_name (button, name);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_close), self);
  return button;
}

/* Back where the pane is the whole page, Close where it stands beside or over a list. */
static void
make_head (WbPane *self)
{
  self->head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->title = gtk_label_new ("");
  self->back = make_button (self, "go-previous-symbolic", _("Back to the List"));
  self->close = make_button (self, "window-close-symbolic", _("Close Details"));
  self->copy = gtk_menu_button_new ();
  self->copies = g_menu_new ();
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->title, TRUE);
  gtk_widget_add_css_class (self->title, "heading");
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->copy), "edit-copy-symbolic");
  wb_lazy_menu (GTK_MENU_BUTTON (self->copy), G_MENU_MODEL (self->copies));
  gtk_widget_add_css_class (self->copy, "flat");
  gtk_widget_set_valign (self->copy, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->copy, FALSE);
  gtk_widget_set_visible (self->back, FALSE);
  wb_accessible_set_name (self->copy, _("Copy"));
  gtk_widget_add_css_class (self->head, "pane-head");
  gtk_box_append (GTK_BOX (self->head), self->back);
  gtk_box_append (GTK_BOX (self->head), self->title);
  gtk_box_append (GTK_BOX (self->head), self->copy);
  gtk_box_append (GTK_BOX (self->head), self->close);
  gtk_widget_set_parent (self->head, GTK_WIDGET (self));
}

static void
wb_pane_init (WbPane *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->text = g_string_new (NULL);
  make_head (self);
  self->body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (self->body, "pane-body");
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->body);
  gtk_widget_set_vexpand (self->scroller, TRUE);
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
  gtk_widget_set_tooltip_text (self->title, title);
}

void
wb_pane_set_back (WbPane *self, gboolean back)
{
  gtk_widget_set_visible (self->back, back);
  gtk_widget_set_visible (self->close, !back);
}

void
wb_pane_set_fixed (WbPane *self)
{
  gtk_widget_add_css_class (gtk_widget_get_parent (self->back), "fixed");
  gtk_widget_set_visible (self->back, FALSE);
  gtk_widget_set_visible (self->close, FALSE);
}

void
wb_pane_add_copy (WbPane *self, const char *label, const char *text)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "pane.copy", "s", text);
  g_menu_append_item (self->copies, item);
  gtk_widget_set_visible (self->copy, TRUE);
}

static const char *
button_name (GtkWidget *widget)
{
  GtkWidget *child = GTK_IS_BUTTON (widget) ? gtk_widget_get_first_child (widget) : NULL;

  if (ADW_IS_PREFERENCES_ROW (widget))
    return adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget));
  return GTK_IS_LABEL (child) ? gtk_label_get_label (GTK_LABEL (child)) : NULL;
}

static gboolean
focus_button (GtkWidget *widget, const char *name)
{
  if (g_strcmp0 (button_name (widget), name) == 0)
    return gtk_widget_grab_focus (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (focus_button (child, name))
      return TRUE;
  return FALSE;
}

/* Where that button is gone, the first one that is there. */
void
wb_pane_end (WbPane *self)
{
  if (self->focused != NULL && !focus_button (self->body, self->focused))
    gtk_widget_child_focus (self->body, GTK_DIR_TAB_FORWARD);
  g_clear_pointer (&self->focused, g_free);
}

void
wb_pane_clear (WbPane *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *child;

  g_free (self->focused);
  self->focused = focus != NULL && gtk_widget_is_ancestor (focus, self->body) ? g_strdup (button_name (focus)) : NULL;
  while ((child = gtk_widget_get_first_child (self->body)) != NULL)
    gtk_box_remove (GTK_BOX (self->body), child);
  self->facts = self->buttons = NULL;
  g_string_truncate (self->text, 0);
  g_menu_remove_all (self->copies);
  gtk_widget_set_visible (self->copy, FALSE);
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

#define LETTERS_OF_A_LINE 44

static void
note_text (WbPane *self, const char *label, const char *value)
{
  g_string_append_printf (self->text, "%s\t%s\n", label, value);
}

void
wb_pane_add_copy_text (WbPane *self)
{
  wb_pane_add_copy (self, _("As Text"), self->text->str);
}

void
wb_pane_add_face (WbPane *self, const char *name, const char *address)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *avatar = wb_accessible_avatar_new (48);
  GtkWidget *first = make_label (name, TRUE, "heading"), *second = make_label (address, TRUE, NULL);

  adw_avatar_set_text (ADW_AVATAR (avatar), name);
  adw_avatar_set_show_initials (ADW_AVATAR (avatar), *name != '\0');
  gtk_widget_set_valign (avatar, GTK_ALIGN_START);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_box_append (GTK_BOX (lines), first);
  gtk_box_append (GTK_BOX (lines), second);
  gtk_box_append (GTK_BOX (box), avatar);
  gtk_box_append (GTK_BOX (box), lines);
  note_text (self, _("Name"), name);
  note_text (self, _("Address"), address);
  wb_pane_add (self, box);
}

void
wb_pane_add_state (WbPane *self, const char *family, const char *word, const char *text)
{
  g_autofree char *shown = wb_format_text (wb_state_word_text (family, word));

  wb_pane_add_state_text (self, family, word, shown, text);
}

void
wb_pane_add_state_text (WbPane *self, const char *family, const char *word, const char *shown, const char *text)
{
  /* Beside it a whole sentence would leave no room for itself. */
  gboolean below = g_utf8_strlen (shown, -1) + g_utf8_strlen (text, -1) > LETTERS_OF_A_LINE;
  GtkWidget *box = gtk_box_new (below ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL, below ? 6 : 12);
  GtkWidget *pill = wb_state_pill_new ();
  GtkWidget *label = make_label (text, TRUE, "dim-label");

  wb_state_pill_set_text (WB_STATE_PILL (pill), family, word, shown);
  note_text (self, _("State"), shown);
  wb_state_pill_set_whole (WB_STATE_PILL (pill));
  gtk_widget_set_valign (pill, GTK_ALIGN_START);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_visible (label, *text != '\0');
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
  if (value == NULL || *value == '\0')
    return;
  note_text (self, label, value);
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
  note_text (self, label, value);
  attach (self, label, button);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, value, -1);
}

void
wb_pane_add_id (WbPane *self, const char *label, const char *id)
{
  g_autofree char *shown = wb_format_id (id);
  GtkWidget *text;

  if (*id == '\0')
    return;
  text = make_label (shown, FALSE, "monospace");
  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_tooltip_text (text, id);
  wb_pane_add_copy (self, label, id);
  note_text (self, label, id);
  attach (self, label, text);
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
      gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (box), TRUE);
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
