// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-accessible.h"

#include <adwaita.h>

#include "wb-compat.h"

static void
set_label (gpointer widget, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
wb_accessible_set_tooltip (GtkWidget *widget, const char *text)
{
  if (g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) != 0)
    gtk_widget_set_tooltip_text (widget, text);
}

void
wb_accessible_set_name (GtkWidget *widget, const char *name)
{
  wb_accessible_set_tooltip (widget, name);
  wb_accessible_set_label (widget, name);
}

void
wb_accessible_set_label (GtkWidget *widget, const char *name)
{
  gboolean outer = GTK_IS_MENU_BUTTON (widget) || GTK_IS_DROP_DOWN (widget);
  GtkWidget *part = outer ? wb_compat_named_part (widget) : widget;

  /* A button that was words and is an icon now would be called what the words were, which is nothing any more. One
   * that has other words would be called both. */
  if (GTK_IS_BUTTON (part))
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (part), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  set_label (part, name);
  if (GTK_IS_DROP_DOWN (widget))
    wb_accessible_quiet_choice (widget);
}

void
wb_accessible_name_lists (GtkWidget *root, const char *name)
{
  const char *title = ADW_IS_PREFERENCES_GROUP (root) ? adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (root)) : NULL;

  if (title != NULL && *title != '\0')
    name = title;
  if (GTK_IS_LIST_BOX (root))
    {
      /* Older libadwaita labels those of groups: the name would be said twice. */
      gtk_accessible_reset_relation (GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
      set_label (root, name);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    wb_accessible_name_lists (child, name);
}

void
wb_accessible_name_icon (GtkWidget *root, const char *icon, const char *name)
{
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (root)), icon) == 0)
    set_label (root, name);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    wb_accessible_name_icon (child, icon, name);
}

static void
quiet_items (GtkWidget *widget, gboolean in_list)
{
  gboolean list = in_list || GTK_IS_LIST_VIEW (widget) || wb_compat_is_list_row (widget);

  if (list)
    gtk_widget_set_focusable (widget, FALSE);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_POPOVER (child))
      quiet_items (child, list);
}

static void
on_choice_mapped (GtkWidget *widget)
{
  quiet_items (widget, FALSE);
}

void
wb_accessible_quiet_choice (GtkWidget *widget)
{
  quiet_items (widget, FALSE);
  /* A list makes its rows when it is shown. */
  g_signal_handlers_disconnect_by_func (widget, on_choice_mapped, NULL);
  g_signal_connect_after (widget, "map", G_CALLBACK (on_choice_mapped), NULL);
}

void
wb_accessible_name_mnemonics (GtkWidget *root)
{
  if (GTK_IS_BUTTON (root) && gtk_button_get_use_underline (GTK_BUTTON (root)))
    gtk_accessible_reset_property (GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_PROPERTY_LABEL);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    wb_accessible_name_mnemonics (child);
}

GtkWidget *
wb_accessible_avatar_new (int size)
{
  GtkWidget *avatar = g_object_new (ADW_TYPE_AVATAR, "size", size, "show-initials", TRUE,
                                    "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_accessible_update_state (GTK_ACCESSIBLE (avatar), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  return avatar;
}
