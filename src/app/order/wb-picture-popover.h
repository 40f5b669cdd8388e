// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-picture-items.h"
#include "wb-preview-cache.h"

G_BEGIN_DECLS

/* What a tile asks: which of two files, or what to do with one that cannot be used. Signals: "chosen" (guint
 * file); "act" (text): an action of the pictures step. Pops down and goes by itself. */
#define WB_TYPE_PICTURE_POPOVER (wb_picture_popover_get_type ())
G_DECLARE_FINAL_TYPE (WbPicturePopover, wb_picture_popover, WB, PICTURE_POPOVER, GtkPopover)

WbPicturePopover *wb_picture_popover_new_two (WbDraft *draft, WbPreviewCache *previews, const WbPictureItem *item);
WbPicturePopover *wb_picture_popover_new_refused (WbDraft *draft, const WbPictureItem *item);
/* Over a part of @parent, until it is closed. */
void wb_picture_popover_open (GtkPopover *popover, GtkWidget *parent, GtkWidget *over);

G_END_DECLS
