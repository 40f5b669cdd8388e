// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-database-private.h"
#include "wb-saved-views.h"

G_BEGIN_DECLS

void wb_saved_view_free (WbSavedView *self);
/* (element-type WbSavedView): in a worker. */
GPtrArray *wb_saved_views_read (sqlite3 *db, GError **error);
/* @items is taken over; @journal is lent until stopped. */
WbSavedViews *wb_saved_views_new (WbDatabase *journal, GPtrArray *items);
/* Nothing more is written. */
void wb_saved_views_stop (WbSavedViews *self);

G_END_DECLS
