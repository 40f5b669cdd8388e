// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-compat.h"

/* What screen readers are told where versions differ. */

gboolean
wb_compat_is_newer (void)
{
  return gtk_check_version (4, 14, 0) == NULL;
}

/* What takes the focus is the toggle inside, and naming both would say the name twice; the newer menu button hands
 * its name to it. */
GtkWidget *
wb_compat_named_part (GtkWidget *widget)
{
  GtkWidget *inner = gtk_widget_get_first_child (widget);

  if (inner == NULL || (GTK_IS_MENU_BUTTON (widget) && wb_compat_is_newer ()))
    return widget;
  return inner;
}

/* The widget of an item is a type of GTK's own; its text may have an underline for the key. */
static void
name_items (GtkWidget *widget)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkModelButton"))
    {
      g_autofree char *text = NULL;
      g_auto (GStrv) parts = NULL;
      g_autofree char *name = NULL;

      g_object_get (widget, "text", &text, NULL);
      parts = g_strsplit (text != NULL ? text : "", "_", -1);
      name = g_strjoinv ("", parts);
      if (*name != '\0')
        {
          gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
          gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
        }
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    name_items (child);
}

static void (*map_menu) (GtkWidget *widget);

static void
on_menu_map (GtkWidget *widget)
{
  name_items (widget);
  map_menu (widget);
}

void
wb_compat_name_menus (void)
{
  GtkWidgetClass *klass;

  if (map_menu != NULL || !wb_compat_is_newer ())
    return;
  klass = g_type_class_ref (GTK_TYPE_POPOVER_MENU);
  map_menu = klass->map;
  klass->map = on_menu_map;
}

static void (*root_row) (GtkWidget *widget);

/* The row of an entry would be called by its title and by its entry. */
static void
on_row_root (GtkWidget *widget)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget));

  root_row (widget);
  if (title == NULL || *title == '\0' || !ADW_IS_ENTRY_ROW (widget))
    return;
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

void
wb_compat_name_rows (void)
{
  GtkWidgetClass *klass;

  if (root_row != NULL || !wb_compat_is_newer ())
    return;
  klass = g_type_class_ref (ADW_TYPE_PREFERENCES_ROW);
  root_row = klass->root;
  klass->root = on_row_root;
}

/* Types of GTK's own, by the names they had. */
gboolean
wb_compat_is_list_row (GtkWidget *widget)
{
  static const char *const names[] = { "GtkListItemWidget", "GtkListFactoryWidget", NULL };

  return g_strv_contains (names, G_OBJECT_TYPE_NAME (widget));
}
