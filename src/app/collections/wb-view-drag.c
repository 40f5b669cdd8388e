// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-view-drag.h"

/* What is dragged, and what it is dropped on: no text that could be dropped anywhere else. */
typedef struct {
  WbSavedViews *views;
  char *id;
} WbViewDrag;

static WbViewDrag *
wb_view_drag_copy (WbViewDrag *drag)
{
  WbViewDrag *copy = g_new (WbViewDrag, 1);

  *copy = (WbViewDrag) { g_object_ref (drag->views), g_strdup (drag->id) };
  return copy;
}

static void
wb_view_drag_free (gpointer data)
{
  WbViewDrag *drag = data;

  g_object_unref (drag->views);
  g_free (drag->id);
  g_free (drag);
}

GType wb_view_drag_get_type (void);
G_DEFINE_BOXED_TYPE (WbViewDrag, wb_view_drag, wb_view_drag_copy, wb_view_drag_free)

static WbViewDrag *
drag_of (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "drag");
}

static GdkContentProvider *
on_prepare (GtkDragSource *source, double x, double y, GtkWidget *row)
{
  g_autoptr (GdkPaintable) live = gtk_widget_paintable_new (row);
  g_autoptr (GdkPaintable) still = gdk_paintable_get_current_image (live);

  gtk_drag_source_set_icon (source, still, (int) x, (int) y);
  return gdk_content_provider_new_typed (wb_view_drag_get_type (), drag_of (row));
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, GtkWidget *row)
{
  const WbViewDrag *drag = g_value_get_boxed (value);

  return drag->views == drag_of (row)->views && wb_saved_views_move_to (drag->views, drag->id, drag_of (row)->id);
}

void
wb_view_drag_watch (GtkWidget *row, WbSavedViews *views, const char *id)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (wb_view_drag_get_type (), GDK_ACTION_MOVE);
  WbViewDrag drag = { views, (char *) id };

  g_object_set_data_full (G_OBJECT (row), "drag", wb_view_drag_copy (&drag), wb_view_drag_free);
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (on_prepare), row);
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), row);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (target));
}
