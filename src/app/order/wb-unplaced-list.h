// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-preview-cache.h"

G_BEGIN_DECLS

/* Pictures that found nobody. Signals: "use" (guint file, guint row): the one guess; "choose" (guint file);
 * "remove" (guint file). */
#define WB_TYPE_UNPLACED_LIST (wb_unplaced_list_get_type ())
G_DECLARE_FINAL_TYPE (WbUnplacedList, wb_unplaced_list, WB, UNPLACED_LIST, GtkWidget)

GtkWidget *wb_unplaced_list_new (WbDraft *draft, WbPreviewCache *previews);
/* @people: they may have changed, and with them who it may be */
void wb_unplaced_list_update (WbUnplacedList *self, gboolean people);
guint wb_unplaced_list_get_count (WbUnplacedList *self);
/* A picture is dragged over it. */
void wb_unplaced_list_set_target (WbUnplacedList *self, gboolean target);

G_END_DECLS
