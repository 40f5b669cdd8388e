// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-picture-drag.h"

static WbPictureDrag *
wb_picture_drag_copy (WbPictureDrag *drag)
{
  WbPictureDrag *copy = g_memdup2 (drag, sizeof *drag);

  copy->draft = g_strdup (drag->draft);
  return copy;
}

static void
wb_picture_drag_free (WbPictureDrag *drag)
{
  g_free (drag->draft);
  g_free (drag);
}

G_DEFINE_BOXED_TYPE (WbPictureDrag, wb_picture_drag, wb_picture_drag_copy, wb_picture_drag_free)

GdkContentProvider *
wb_picture_drag_provider (const char *draft, int row, guint file)
{
  const WbPictureDrag drag = { (char *) draft, row, file };

  return gdk_content_provider_new_typed (WB_TYPE_PICTURE_DRAG, &drag);
}

void
wb_picture_drag_set_icon (GtkDragSource *source, GtkWidget *widget)
{
  g_autoptr (GdkPaintable) live = gtk_widget_paintable_new (widget);
  g_autoptr (GdkPaintable) still = gdk_paintable_get_current_image (live);

  gtk_drag_source_set_icon (source, still, gtk_widget_get_width (widget) / 2, gtk_widget_get_height (widget) / 2);
}
