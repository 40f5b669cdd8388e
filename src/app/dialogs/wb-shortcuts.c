// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-dialogs.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-application-private.h"
#include "wb-order-window.h"

/* The shortcuts window reads the table of actions. GTK 4.8 builds such a window from XML only. */

static void
append_row (GString *xml, const WbActionRow *row)
{
  g_autofree char *title = g_markup_escape_text (_(row->title), -1);
  g_autofree char *accels = g_markup_escape_text (row->accels, -1);

  g_string_append_printf (xml, "<child><object class='GtkShortcutsShortcut'><property name='title'>%s</property>"
                               "<property name='accelerator'>%s</property></object></child>", title, accels);
}

/* Two sections, each on one page: on GTK 4.8 the buttons that switch pages warn. */
static const char *const window_groups[] = { "General", "Lists", NULL };

static gboolean
belongs (const WbActionRow *row, gboolean to_orders)
{
  return row->title != NULL && row->accels != NULL && g_strv_contains (window_groups, row->group) != to_orders;
}

static void
append_section (GString *xml, const char *name, const char *title, gboolean of_orders)
{
  g_autofree char *safe = g_markup_escape_text (title, -1);
  const char *group = NULL;
  guint n_rows;
  const WbActionRow *rows = wb_action_rows (&n_rows);

  g_string_append_printf (xml, "<child><object class='GtkShortcutsSection'><property name='visible'>1</property>"
                               "<property name='section-name'>%s</property><property name='title'>%s</property>"
                               "<property name='max-height'>18</property>", name, safe);
  for (guint i = 0; i < n_rows; i++)
    {
      if (!belongs (&rows[i], of_orders))
        continue;
      if (g_strcmp0 (group, rows[i].group) != 0)
        {
          g_autofree char *heading = g_markup_escape_text (_(rows[i].group), -1);

          g_string_append_printf (xml, "%s<child><object class='GtkShortcutsGroup'><property name='title'>%s</property>",
                                  group != NULL ? "</object></child>" : "", heading);
          group = rows[i].group;
        }
      append_row (xml, &rows[i]);
    }
  g_string_append (xml, "</object></child></object></child>");
}

void
wb_shortcuts_present (GtkWindow *parent)
{
  GString *xml = g_string_new ("<interface><object class='GtkShortcutsWindow' id='window'><property name='modal'>1</property>");
  g_autoptr (GtkBuilder) builder = NULL;
  GtkWindow *window;

  append_section (xml, "window", _("Window and Lists"), FALSE);
  append_section (xml, "order", _("Orders"), TRUE);
  g_string_append (xml, "</object></interface>");
  builder = gtk_builder_new_from_string (xml->str, xml->len);
  g_string_free (xml, TRUE);
  window = GTK_WINDOW (gtk_builder_get_object (builder, "window"));
  g_object_set (window, "section-name", WB_IS_ORDER_WINDOW (parent) ? "order" : "window", NULL);
  gtk_window_set_title (window, _("Keyboard Shortcuts"));
  wb_accessible_name_icon (GTK_WIDGET (window), "edit-find-symbolic", _("Search"));
  gtk_window_set_transient_for (window, parent);
  gtk_window_present (window);
}
