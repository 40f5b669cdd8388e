// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a drag within the pictures step carries: ids, never pointers. Drags of other windows are told by the draft. */
typedef struct {
  char *draft;
  int row;    /* of the mailbox whose picture it is; -1: not placed yet */
  guint file;
} WbPictureDrag;

#define WB_TYPE_PICTURE_DRAG (wb_picture_drag_get_type ())
GType wb_picture_drag_get_type (void);

GdkContentProvider *wb_picture_drag_provider (const char *draft, int row, guint file);
/* The icon of the drag is what @widget shows. */
void wb_picture_drag_set_icon (GtkDragSource *source, GtkWidget *widget);

G_END_DECLS
