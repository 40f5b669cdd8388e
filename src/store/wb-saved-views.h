// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-sync.h"

G_BEGIN_DECLS

/* Ways to look at a list that a person has named: kept in the journal, in an order of the person's own. */
typedef struct {
  char *id; /* a UUID of ours */
  WbCollection collection;
  char *name;
  char *body; /* what it shows: of the program's own making */
  gboolean pinned;
} WbSavedView;

#define WB_TYPE_SAVED_VIEWS (wb_saved_views_get_type ())
G_DECLARE_FINAL_TYPE (WbSavedViews, wb_saved_views, WB, SAVED_VIEWS, GObject)

/* All in memory, written behind. Signal "changed". */
WbSavedViews *wb_profile_get_views (WbProfile *self);
/* (array length=n): by place; the array is to be freed, what it points to is lent until the next change. */
const WbSavedView **wb_saved_views_list (WbSavedViews *self, WbCollection collection, guint *n);
const WbSavedView *wb_saved_views_find (WbSavedViews *self, const char *id); /* NULL: none */
/* At the end of its list; returns its id, lent. */
const char *wb_saved_views_add (WbSavedViews *self, WbCollection collection, const char *name, const char *body);
void wb_saved_views_rename (WbSavedViews *self, const char *id, const char *name);
void wb_saved_views_set_body (WbSavedViews *self, const char *id, const char *body);
void wb_saved_views_set_pinned (WbSavedViews *self, const char *id, gboolean pinned);
/* Among those of its list, -1 up or 1 down; FALSE where it cannot go. */
gboolean wb_saved_views_move (WbSavedViews *self, const char *id, int by);
gboolean wb_saved_views_move_to (WbSavedViews *self, const char *id, const char *other);
/* It can be taken back until something else is removed. */
void wb_saved_views_remove (WbSavedViews *self, const char *id);
void wb_saved_views_undo_remove (WbSavedViews *self);

G_END_DECLS
