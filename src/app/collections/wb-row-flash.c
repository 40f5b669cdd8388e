// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-columns.h"
#include "wb-row-list.h"

/* A row that the server changed shows it for a moment by its background. */

#define FLASH_MS 600
#define FLASH "flash"

/* What the list draws the background of: the widget that a row's child or cell lies in. */
static GtkWidget *
find_row (GtkWidget *child)
{
  GtkWidget *row = child, *parent;

  while ((parent = gtk_widget_get_parent (row)) != NULL && !GTK_IS_LIST_VIEW (parent) && !WB_IS_ROW_LIST (parent))
    row = parent;
  return parent != NULL ? row : NULL;
}

static gboolean
moves (GtkWidget *widget)
{
  gboolean animations;

  g_object_get (gtk_widget_get_settings (widget), "gtk-enable-animations", &animations, NULL);
  return animations;
}

static void
remove_timer (gpointer id)
{
  g_source_remove (GPOINTER_TO_UINT (id));
}

static gboolean
faded (gpointer row)
{
  g_object_steal_data (row, FLASH);
  gtk_widget_remove_css_class (row, FLASH);
  return G_SOURCE_REMOVE;
}

void
wb_row_flash (GtkWidget *child)
{
  GtkWidget *row = find_row (child);
  guint id;

  if (row == NULL || !gtk_widget_get_mapped (row) || !moves (row))
    return;
  gtk_widget_add_css_class (row, FLASH);
  id = g_timeout_add (FLASH_MS, faded, row);
  g_object_set_data_full (G_OBJECT (row), FLASH, GUINT_TO_POINTER (id), remove_timer);
}

/* Its widget is to show another row. */
void
wb_row_flash_stop (GtkWidget *child)
{
  GtkWidget *row = find_row (child);

  if (row == NULL || g_object_get_data (G_OBJECT (row), FLASH) == NULL)
    return;
  g_object_set_data (G_OBJECT (row), FLASH, NULL);
  gtk_widget_remove_css_class (row, FLASH);
}
