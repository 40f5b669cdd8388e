// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-columns.h"
#include "wb-saved-views.h"

G_BEGIN_DECLS

/* A way to look at a list that comes with the program. */
typedef struct {
  WbCollection collection;
  const char *title;   /* N_() */
  const char *filters; /* terms */
  const char *sort;    /* column, NULL for the list's own order */
} WbBuiltInView;

/* Those whose fields the list has, as pointers; to be freed. */
const WbBuiltInView **wb_built_in_views (WbCollection collection, guint *n);

/* Views to choose, to save and to put in order. Signals: "built-in" (WbBuiltInView), "chosen" (id), "save" (id or "",
 * name): what is shown now, as a new view or in place of one. */
#define WB_TYPE_VIEWS_POPOVER (wb_views_popover_get_type ())
G_DECLARE_FINAL_TYPE (WbViewsPopover, wb_views_popover, WB, VIEWS_POPOVER, GtkPopover)
GtkWidget *wb_views_popover_new (WbSavedViews *views, WbCollection collection);
/* Goes to the page where a new view is named. */
void wb_views_popover_ask_name (WbViewsPopover *self);

G_END_DECLS
