// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-dialogs.h"

#include <glib/gi18n.h>

#include "wb-application-private.h"

/* The shortcuts window reads the table of actions. GTK 4.8 builds such a window from XML only. */

static void
append_row (GString *xml, const WbActionRow *row)
{
  g_autofree char *title = g_markup_escape_text (_(row->title), -1);
  g_autofree char *accels = g_markup_escape_text (row->accels, -1);

  g_string_append_printf (xml, "<child><object class='GtkShortcutsShortcut'><property name='title'>%s</property>"
                               "<property name='accelerator'>%s</property></object></child>", title, accels);
}

static void
append_groups (GString *xml)
{
  const char *group = NULL;
  guint n_rows;
  const WbActionRow *rows = wb_action_rows (&n_rows);

  for (guint i = 0; i < n_rows; i++)
    {
      if (rows[i].title == NULL || rows[i].accels == NULL)
        continue;
      if (g_strcmp0 (group, rows[i].group) != 0)
        {
          g_autofree char *title = g_markup_escape_text (_(rows[i].group), -1);

          g_string_append_printf (xml, "%s<child><object class='GtkShortcutsGroup'><property name='title'>%s</property>",
                                  group != NULL ? "</object></child>" : "", title);
          group = rows[i].group;
        }
      append_row (xml, &rows[i]);
    }
  g_string_append (xml, "</object></child>");
}

void
wb_shortcuts_present (GtkWindow *parent)
{
  GString *xml = g_string_new ("<interface><object class='GtkShortcutsWindow' id='window'><property name='modal'>1</property>"
                               "<child><object class='GtkShortcutsSection'><property name='visible'>1</property>");
  g_autoptr (GtkBuilder) builder = NULL;
  GtkWindow *window;

  append_groups (xml);
  g_string_append (xml, "</object></child></object></interface>");
  builder = gtk_builder_new_from_string (xml->str, xml->len);
  g_string_free (xml, TRUE);
  window = GTK_WINDOW (gtk_builder_get_object (builder, "window"));
  gtk_window_set_transient_for (window, parent);
  gtk_window_present (window);
}
