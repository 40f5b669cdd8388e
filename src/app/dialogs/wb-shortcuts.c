// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-dialogs.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-compat.h"
#include "wb-application-private.h"
#include "wb-order-window.h"

/* The shortcuts window reads the table of actions. GTK 4.8 builds such a window from XML only. */

/* The keypad does what the key beside it does; GTK has no sign for it. */
static char *
dup_shown (const char *accels)
{
  g_auto (GStrv) all = g_strsplit (accels, " ", 0);
  GString *shown = g_string_new (NULL);

  for (guint i = 0; all[i] != NULL; i++)
    if (strstr (all[i], "KP_") == NULL)
      g_string_append_printf (shown, "%s%s", shown->len > 0 ? " " : "", all[i]);
  return g_string_free (shown, FALSE);
}

static void
append_row (GString *xml, const WbActionRow *row)
{
  g_autofree char *shown = dup_shown (row->accels);
  g_autofree char *title = g_markup_escape_text (_(row->title), -1);
  g_autofree char *accels = g_markup_escape_text (shown, -1);

  g_string_append_printf (xml, "<child><object class='GtkShortcutsShortcut'><property name='title'>%s</property>"
                               "<property name='accelerator'>%s</property></object></child>", title, accels);
}

/* Each section on one page of two columns: on GTK 4.8 the buttons that switch pages warn. */
static const struct {
  const char *name;
  const char *title;
  const char *groups[3];
} sections[] = {
  { "window", N_("Window and Lists"), { "General", "Lists" } },
  { "order", N_("Orders"), { "Order Wizard", "Mailboxes of an Order" } },
  { "pictures", N_("Pictures"), { "Pictures of an Order" } },
};

static void
append_section (GString *xml, guint section)
{
  const char *name = sections[section].name, *title = _(sections[section].title);
  g_autofree char *safe = g_markup_escape_text (title, -1);
  const char *group = NULL;
  guint n_rows;
  const WbActionRow *rows = wb_action_rows (&n_rows);

  g_string_append_printf (xml, "<child><object class='GtkShortcutsSection'><property name='visible'>1</property>"
                               "<property name='section-name'>%s</property><property name='title'>%s</property>"
                               "<property name='max-height'>18</property>", name, safe);
  for (guint i = 0; i < n_rows; i++)
    {
      if (rows[i].title == NULL || rows[i].accels == NULL || !g_strv_contains (sections[section].groups, rows[i].group))
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

  /* The newest GTK gives this window no role, and so no name. */
  if (wb_compat_is_newer ())
    g_string_append (xml, "<property name='accessible-role'>dialog</property>");
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    append_section (xml, i);
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
