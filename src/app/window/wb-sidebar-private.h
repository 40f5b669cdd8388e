// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-saved-views.h"
#include "wb-sidebar.h"

G_BEGIN_DECLS

/* Shared by wb-sidebar.c and wb-sidebar-views.c. */
struct _WbSidebar {
  GtkWidget parent_instance;

  WbProfile *profile;
  GtkWidget *profile_button, *profile_dot, *menu_button;
  GMenuModel *primary_menu;
  GtkLabel *profile_name, *profile_kind;
  GtkListBox *list;
  GtkBox *foot;
  GtkWidget *menu;       /* of a view, while it is open */
  guint fill_id;
  gulong views_id;       /* of the handler that follows the views */
  WbSavedViews *views;
};

/* The sections that are built; others are absent, not empty. @badge: the chip whose count calls a person. */
typedef struct {
  WbCollection collection;
  const char *title;
  const char *icon;
  const char *heading; /* above it, NULL for none */
  const char *badge;
  const char *badge_class;
  const char *badge_icon;
} WbSidebarSection;

/* What a row shows at its end: a badge where a person is needed, else a dim count. */
typedef struct {
  const WbSidebarSection *section;
  char *view; /* id of a view that is pinned below its section, NULL for the section itself */
  WbListCounts *counts;
  GtkLabel *count;
  GtkWidget *badge;
  GtkLabel *badge_label;
} WbSidebarRow;

static inline WbSidebarRow *
wb_sidebar_row_of (gpointer widget)
{
  return g_object_get_data (widget, "section");
}

void wb_sidebar_row_free (gpointer row);
GtkListBoxRow *wb_sidebar_find_row (WbSidebar *self, WbCollection collection, const char *view); /* NULL: none */

/* wb-sidebar-views.c: views that are pinned */
void wb_sidebar_follow_views (WbSidebar *self, WbSavedViews *views); /* NULL: none any more */
void wb_sidebar_watch_views (WbSidebar *self);

G_END_DECLS
