// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-first-run.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-application.h"
#include "wb-dialogs.h"

struct _WbFirstRun {
  GtkWidget parent_instance;

  GtkWidget *menu_button, *sandbox_row, *key_row;
  GtkListBox *ways;
};

G_DEFINE_FINAL_TYPE (WbFirstRun, wb_first_run, GTK_TYPE_WIDGET)

static void
on_way (GtkListBox *list, GtkWidget *row, WbFirstRun *self)
{
  if (row == self->sandbox_row)
    wb_application_try_sandbox (WB_APPLICATION (g_application_get_default ()));
  else
    wb_key_dialog_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL);
}

static void
wb_first_run_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WB_TYPE_FIRST_RUN);
  G_OBJECT_CLASS (wb_first_run_parent_class)->dispose (object);
}

static gboolean
wb_first_run_focus (GtkWidget *widget, GtkDirectionType direction)
{
  WbFirstRun *self = WB_FIRST_RUN (widget);

  if (gtk_widget_get_focus_child (widget) == NULL)
    return gtk_widget_grab_focus (self->sandbox_row);
  return GTK_WIDGET_CLASS (wb_first_run_parent_class)->focus (widget, direction);
}

static void
wb_first_run_class_init (WbFirstRunClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_first_run_dispose;
  widget_class->focus = wb_first_run_focus;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/waybill/Waybill/window/wb-first-run.ui");
  gtk_widget_class_bind_template_child (widget_class, WbFirstRun, key_row);
  gtk_widget_class_bind_template_child (widget_class, WbFirstRun, menu_button);
  gtk_widget_class_bind_template_child (widget_class, WbFirstRun, sandbox_row);
  gtk_widget_class_bind_template_child (widget_class, WbFirstRun, ways);
  gtk_widget_class_bind_template_callback (widget_class, on_way);
}

static void
wb_first_run_init (WbFirstRun *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wb_accessible_set_name (self->menu_button, _("Main Menu"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->sandbox_row), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Try It First"),
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->key_row), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Enter an API Key"),
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->ways), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Ways in"), -1);
}

GtkWidget *
wb_first_run_new (void)
{
  return g_object_new (WB_TYPE_FIRST_RUN, NULL);
}
