// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-picture-items.h"
#include "wb-preview-cache.h"

G_BEGIN_DECLS

/* What is selected, large: crop, previews, facts. Signals: "act" (text): an action of the pictures step by its
 * name, "crop-changed" while a crop moves, "close". */
#define WB_TYPE_PICTURE_INSPECTOR (wb_picture_inspector_get_type ())
G_DECLARE_FINAL_TYPE (WbPictureInspector, wb_picture_inspector, WB, PICTURE_INSPECTOR, GtkWidget)

GtkWidget *wb_picture_inspector_new (WbDraft *draft, WbPreviewCache *previews);
/* @items: of WbPictureItem, what is selected; read, not kept */
void wb_picture_inspector_show (WbPictureInspector *self, GPtrArray *items);
/* A crop that is still moving is written down now. */
void wb_picture_inspector_settle (WbPictureInspector *self);
/* Gives the focus to the crop; FALSE when there is none. */
gboolean wb_picture_inspector_focus_crop (WbPictureInspector *self);
void wb_picture_inspector_turn (WbPictureInspector *self);
void wb_picture_inspector_reset (WbPictureInspector *self);

G_END_DECLS
