// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-foot.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-width-bin.h"

static gboolean
is_narrow (GtkBox *foot)
{
  GtkWidget *bin = gtk_widget_get_ancestor (GTK_WIDGET (foot), WB_TYPE_WIDTH_BIN);

  return bin != NULL && wb_width_bin_get_width_class (WB_WIDTH_BIN (bin)) == WB_WIDTH_NARROW;
}

void
wb_foot_add (GtkBox *foot, const char *state, const char *icon, guint n, char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *number = g_strdup_printf ("%u", n);
  GtkWidget *label = gtk_label_new (is_narrow (foot) ? number : text);
  g_autofree char *css_class = *state != '\0' ? g_strconcat ("count-", state, NULL) : g_strdup ("dim-label");

  gtk_label_set_ellipsize (GTK_LABEL (label), is_narrow (foot) ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (box, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (box, css_class);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (foot, box);
  g_free (text);
}

void
wb_foot_add_next_problem (GtkBox *foot)
{
  GtkWidget *button = gtk_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *key = gtk_label_new ("F8"), *words = gtk_label_new (_("Next problem"));

  gtk_widget_set_visible (words, !is_narrow (foot));
  gtk_widget_add_css_class (key, "key-cap");
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), key);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "foot-chip");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "order.next-problem");
  wb_accessible_set_name (button, _("Next problem"));
  gtk_box_append (foot, button);
}
