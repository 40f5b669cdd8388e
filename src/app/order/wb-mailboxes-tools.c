// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-step-mailboxes-private.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-domain-chips.h"
#include "wb-grid.h"
#include "wb-words.h"

/* What stands above the grid of step 3: its tools, and what makes rows while there are none. */

/* Tools */

static void
update_undo_button (GtkWidget *button, const char *code, const char *subject, gboolean redo)
{
  g_autofree char *words = wb_words_undo (code, subject, redo);

  gtk_widget_set_sensitive (button, code != NULL);
  wb_accessible_set_name (button, words);
}

void
wb_mailboxes_update_undo (WbStepMailboxes *self)
{
  const char *subject, *code = wb_draft_get_undo_code (wb_order_step_get_draft (WB_ORDER_STEP (self)), &subject);

  update_undo_button (self->undo, code, subject, FALSE);
  code = wb_draft_get_redo_code (wb_order_step_get_draft (WB_ORDER_STEP (self)), &subject);
  update_undo_button (self->redo, code, subject, TRUE);
}

static void
on_undo (WbStepMailboxes *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "order.undo", NULL);
}

static void
on_redo (WbStepMailboxes *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "order.redo", NULL);
}

static void
on_add_row (WbStepMailboxes *self)
{
  wb_domain_chips_select (WB_DOMAIN_CHIPS (self->chips), "all");
  wb_grid_add_row (WB_GRID (self->grid));
}

static void
on_paste (WbStepMailboxes *self)
{
  wb_grid_paste (WB_GRID (self->grid), FALSE);
}

static GtkWidget *
make_tool (WbStepMailboxes *self, const char *icon, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *words = gtk_label_new (label);

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (box), words);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  wb_accessible_set_name (button, label);
  g_ptr_array_add (self->labels, words);
  g_signal_connect_swapped (button, "clicked", callback, self);
  return button;
}

static GtkWidget *
make_history (WbStepMailboxes *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->undo = gtk_button_new_from_icon_name ("edit-undo-symbolic");
  self->redo = gtk_button_new_from_icon_name ("edit-redo-symbolic");
  g_signal_connect_swapped (self->undo, "clicked", G_CALLBACK (on_undo), self);
  g_signal_connect_swapped (self->redo, "clicked", G_CALLBACK (on_redo), self);
  gtk_widget_add_css_class (box, "linked");
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_halign (box, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), self->undo);
  gtk_box_append (GTK_BOX (box), self->redo);
  return box;
}

GtkWidget *
wb_mailboxes_make_tools (WbStepMailboxes *self)
{
  GtkWidget *tools = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->fill = make_tool (self, "system-users-symbolic", _("Fill from Names"), G_CALLBACK (wb_mailboxes_toggle_side));
  gtk_box_append (GTK_BOX (tools), make_tool (self, "list-add-symbolic", _("Add Row"), G_CALLBACK (on_add_row)));
  gtk_box_append (GTK_BOX (tools), make_tool (self, "edit-paste-symbolic", _("Paste"), G_CALLBACK (on_paste)));
  gtk_box_append (GTK_BOX (tools), self->fill);
  gtk_box_append (GTK_BOX (tools), make_history (self));
  gtk_widget_add_css_class (tools, "mailbox-tools");
  return tools;
}

/* "8 on each of 3 domains" */

static void
on_make (WbStepMailboxes *self)
{
  WbDraft *draft = wb_order_step_get_draft (WB_ORDER_STEP (self));
  guint each = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->each));
  guint domains = wb_draft_get_n_domains (draft), n = 0;
  g_autofree WbDraftMailbox *rows = g_new0 (WbDraftMailbox, MAX (each * domains, 1));

  for (guint i = 0; i < domains; i++)
    for (guint k = 0; k < each && n < WB_GRID_MAX_ROWS; k++)
      rows[n++].domain = wb_draft_get_domain (draft, i)->name;
  wb_draft_begin (draft, "add-rows", NULL);
  wb_draft_insert_mailboxes (draft, 0, rows, n);
  wb_draft_end (draft);
  wb_grid_show_cell (WB_GRID (self->grid), 0, WB_CELL_USER_NAME);
}

void
wb_mailboxes_update_quantity (WbStepMailboxes *self)
{
  guint domains = wb_draft_get_n_domains (wb_order_step_get_draft (WB_ORDER_STEP (self)));
  guint rows = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->each)) * domains;
  /* Translators: follows a number that can be changed: “8 on each of 3 domains” */
  g_autofree char *each = g_strdup_printf (ngettext ("on the one domain", "on each of %u domains", domains), domains);
  g_autofree char *make = g_strdup_printf (ngettext ("Make %u Row", "Make %u Rows", rows), rows);

  gtk_label_set_label (GTK_LABEL (self->each_label), each);
  gtk_button_set_label (GTK_BUTTON (self->make), make);
  gtk_widget_set_sensitive (self->make, rows > 0 && rows <= WB_GRID_MAX_ROWS);
  wb_accessible_set_tooltip (self->make, rows > WB_GRID_MAX_ROWS ? _("An order takes at most 2,000 mailboxes.") : NULL);
  gtk_widget_set_visible (self->quantity, wb_draft_get_n_mailboxes (wb_order_step_get_draft (WB_ORDER_STEP (self))) == 0
                                              && domains > 0);
  gtk_widget_set_visible (self->lack, domains == 0);
}

static void
on_to_domains (WbStepMailboxes *self)
{
  wb_order_step_go (WB_ORDER_STEP (self), WB_STEP_DOMAINS);
}

GtkWidget *
wb_mailboxes_make_quantity (WbStepMailboxes *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *number = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *line = self->quantity_line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *hint = gtk_label_new (_("Or type into the first row, paste from a spreadsheet, or fill from names."));

  self->quantity = box;
  self->each = gtk_spin_button_new_with_range (1, WB_GRID_MAX_ROWS, 1);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->each), 8);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->each), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Mailboxes on each domain"), -1);
  self->each_label = gtk_label_new ("");
  gtk_label_set_ellipsize (GTK_LABEL (self->each_label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->each_label), 0);
  gtk_widget_set_hexpand (self->each_label, TRUE);
  self->make = gtk_button_new_with_label ("");
  gtk_label_set_wrap (GTK_LABEL (hint), TRUE);
  gtk_label_set_xalign (GTK_LABEL (hint), 0);
  gtk_widget_add_css_class (hint, "dim-label");
  gtk_widget_add_css_class (hint, "caption");
  gtk_box_append (GTK_BOX (number), self->each);
  gtk_box_append (GTK_BOX (number), self->each_label);
  gtk_box_append (GTK_BOX (line), number);
  gtk_box_append (GTK_BOX (line), self->make);
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), hint);
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "mailbox-quantity");
  g_signal_connect_swapped (self->each, "value-changed", G_CALLBACK (wb_mailboxes_update_quantity), self);
  g_signal_connect_swapped (self->make, "clicked", G_CALLBACK (on_make), self);
  return box;
}

GtkWidget *
wb_mailboxes_make_lack (WbStepMailboxes *self)
{
  GtkWidget *label = gtk_label_new (_("There are no domains yet. Each mailbox stands on one."));
  GtkWidget *go = gtk_button_new_with_label (_("Add Domains"));

  self->lack = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (go, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (go, "clicked", G_CALLBACK (on_to_domains), self);
  gtk_box_append (GTK_BOX (self->lack), label);
  gtk_box_append (GTK_BOX (self->lack), go);
  gtk_widget_add_css_class (self->lack, "card");
  gtk_widget_add_css_class (self->lack, "mailbox-quantity");
  return self->lack;
}
