// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-grid-private.h"

#include <glib/gi18n.h>

#include "wb-order-step.h"

/* A drawn cell is nothing to a screen reader. Two invisible children of role GRID_CELL take the focus in
 * turn: the idle one gets the name of the cell, then the focus, so that each step is told once. */

#define WB_TYPE_GRID_SPOT (wb_grid_spot_get_type ())
G_DECLARE_FINAL_TYPE (WbGridSpot, wb_grid_spot, WB, GRID_SPOT, GtkWidget)

struct _WbGridSpot {
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (WbGridSpot, wb_grid_spot, GTK_TYPE_WIDGET)

static void
wb_grid_spot_class_init (WbGridSpotClass *klass)
{
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "spot");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GRID_CELL);
}

static void
wb_grid_spot_init (WbGridSpot *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Cell"), -1);
}

static char *
dup_value (WbGrid *self, int row, int column)
{
  char *text
      = column == WB_GRID_PICTURE ? wb_grid_dup_picture_words (self, row) : wb_grid_dup_shown (self, row, column);

  if (*text != '\0')
    return text;
  g_free (text);
  return g_strdup (row >= wb_grid_n_filled (self) ? _("empty, for a new mailbox") : _("empty"));
}

static char *
dup_name (WbGrid *self)
{
  WbGridArea area = wb_grid_get_area (self);
  guint cells = wb_grid_area_cells (&area);
  g_autofree char *value = dup_value (self, self->head.row, self->head.column);
  const WbProblem *problem = cells == 1 ? wb_grid_problem (self, self->head.row, self->head.column) : NULL;
  /* Translators: “Row 3, User name: amara.okafor” */
  g_autofree char *name
      = g_strdup_printf (_("Row %d, %s: %s"), self->head.row + 1, wb_grid_column_title (self->head.column), value);
  g_autofree char *trouble = problem != NULL ? wb_problem_dup_text (problem) : NULL;
  g_autofree char *many
      = cells > 1 ? g_strdup_printf (ngettext ("%u cell chosen", "%u cells chosen", cells), cells) : NULL;

  return g_strjoin (". ", name, many != NULL ? many : trouble, NULL);
}

gboolean
wb_grid_has_cursor (WbGrid *self)
{
  return (gtk_widget_get_state_flags (GTK_WIDGET (self)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

static void
name_proxy (WbGrid *self, guint proxy, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->proxies[proxy]), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (self->proxies[proxy]), "name", g_strdup (name), g_free);
}

static void
switch_proxy (WbGrid *self, const char *name)
{
  guint other = !self->proxy;

  name_proxy (self, other, name);
  gtk_widget_set_focusable (self->proxies[other], TRUE);
  gtk_widget_grab_focus (self->proxies[other]);
  /* Only the one in use, or Shift+Tab comes back to an old name. */
  gtk_widget_set_focusable (self->proxies[self->proxy], FALSE);
  self->proxy = other;
}

void
wb_grid_proxy_update (WbGrid *self)
{
  g_autofree char *name = dup_name (self);

  if (g_strcmp0 (name, g_object_get_data (G_OBJECT (self->proxies[self->proxy]), "name")) == 0)
    return;
  if (wb_grid_has_cursor (self) && !self->editing)
    switch_proxy (self, name);
  else
    name_proxy (self, self->proxy, name);
}

gboolean
wb_grid_grab_focus (GtkWidget *widget)
{
  WbGrid *self = WB_GRID (widget);

  wb_grid_proxy_update (self);
  return gtk_widget_grab_focus (self->editing ? self->entry : self->proxies[self->proxy]);
}

/* One stop of Tab from outside. Inside, the keys are the grid's own: who asks here wants to leave. */
gboolean
wb_grid_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return gtk_widget_get_focus_child (widget) == NULL ? wb_grid_grab_focus (widget) : FALSE;
}

gboolean
wb_grid_leave (WbGrid *self, GtkDirectionType direction)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return root != NULL && gtk_widget_child_focus (GTK_WIDGET (root), direction);
}

static void
on_state (WbGrid *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
wb_grid_proxy_init (WbGrid *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->proxies); i++)
    {
      self->proxies[i] = g_object_new (WB_TYPE_GRID_SPOT, NULL);
      gtk_widget_set_parent (self->proxies[i], GTK_WIDGET (self));
    }
  gtk_widget_set_focusable (self->proxies[0], TRUE);
  g_signal_connect (self, "state-flags-changed", G_CALLBACK (on_state), NULL);
}
