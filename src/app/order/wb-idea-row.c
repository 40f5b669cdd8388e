// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-idea-row.h"

#include <string.h>

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-domain-answer.h"
#include "wb-format.h"

static void
on_add (GtkButton *button, WbDraft *draft)
{
  const char *name = g_object_get_data (G_OBJECT (button), "name");

  wb_draft_begin (draft, "add-domains", NULL);
  wb_draft_add_domains (draft, name, NULL, NULL);
  wb_draft_end (draft);
}

static GtkWidget *
make_lines (const WbIdea *idea, const char *shown)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  g_autofree char *price = wb_format_money (idea->cents);
  const char *dot = strchr (shown, '.');
  g_autofree char *stem = dot != NULL ? g_strndup (shown, dot - shown) : g_strdup (shown);
  GtkWidget *name = gtk_label_new (stem), *ending = gtk_label_new (dot), *cost = gtk_label_new (price);

  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_xalign (GTK_LABEL (cost), 0);
  gtk_widget_set_tooltip_text (line, shown);
  gtk_widget_add_css_class (ending, "dim-label");
  gtk_widget_add_css_class (cost, "dim-label");
  gtk_widget_add_css_class (cost, "caption");
  gtk_widget_add_css_class (cost, "numeric");
  /* A name reads from left to right everywhere; the line stands at the start of its place. */
  gtk_widget_set_direction (line, GTK_TEXT_DIR_LTR);
  gtk_widget_set_halign (line,
                         gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL ? GTK_ALIGN_END : GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (line), name);
  gtk_box_append (GTK_BOX (line), ending);
  gtk_box_append (GTK_BOX (lines), line);
  gtk_box_append (GTK_BOX (lines), cost);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  return lines;
}

void
wb_idea_row_update (GtkWidget *row, WbDraft *draft)
{
  GtkWidget *button = g_object_get_data (G_OBJECT (row), "add");
  const char *name = g_object_get_data (G_OBJECT (button), "name");
  gboolean there = wb_draft_find_domain (draft, name) != NULL;
  g_autofree char *shown = wb_domain_dup_shown (name, NULL);
  /* Translators: %s is a domain */
  g_autofree char *words = g_strdup_printf (there ? _("%s is in the order") : _("Add %s"), shown);

  gtk_button_set_icon_name (GTK_BUTTON (button), there ? "object-select-symbolic" : "list-add-symbolic");
  gtk_widget_set_sensitive (button, !there);
  wb_accessible_set_name (button, words);
}

GtkWidget *
wb_idea_row_new (WbDraft *draft, const WbIdea *idea)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *add = gtk_button_new ();
  g_autofree char *shown = wb_domain_dup_shown (idea->name, NULL);

  gtk_widget_set_valign (add, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (add), "name", g_strdup (idea->name), g_free);
  g_object_set_data (G_OBJECT (row), "add", add);
  g_signal_connect_object (add, "clicked", G_CALLBACK (on_add), draft, 0);
  gtk_box_append (GTK_BOX (box), make_lines (idea, shown));
  gtk_box_append (GTK_BOX (box), add);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, shown, -1);
  wb_idea_row_update (row, draft);
  return row;
}
