// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-preview-cache.h"

G_BEGIN_DECLS

/* One picture that found nobody at a time, with its guesses as big rows. Signals: "use" (guint file, guint row),
 * "choose" (guint file), "remove" (guint file), "done". */
#define WB_TYPE_PLACE_PAGE (wb_place_page_get_type ())
G_DECLARE_FINAL_TYPE (WbPlacePage, wb_place_page, WB, PLACE_PAGE, GtkWidget)

GtkWidget *wb_place_page_new (WbDraft *draft, WbPreviewCache *previews);
void wb_place_page_begin (WbPlacePage *self); /* from the first again, with the focus in it */
void wb_place_page_update (WbPlacePage *self);
void wb_place_page_set_tall (WbPlacePage *self, gboolean tall); /* buttons below each other */

G_END_DECLS
