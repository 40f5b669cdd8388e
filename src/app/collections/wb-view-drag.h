// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "wb-saved-views.h"

G_BEGIN_DECLS

/* Rows that stand for views are dragged to the place of another view of the same list. @id: of the row's view */
void wb_view_drag_watch (GtkWidget *row, WbSavedViews *views, const char *id);

G_END_DECLS
