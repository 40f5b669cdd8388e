// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A picture as recipients may see it: round, or what stands in its place. Colours and rings are CSS. */
typedef enum {
  WB_PREVIEW_PICTURE,
  WB_PREVIEW_EMPTY,   /* dashed ring */
  WB_PREVIEW_BROKEN,  /* red wash */
  WB_PREVIEW_WORKING, /* faded, with a ring that turns */
} WbPreviewLook;

#define WB_TYPE_ROUND_PREVIEW (wb_round_preview_get_type ())
G_DECLARE_FINAL_TYPE (WbRoundPreview, wb_round_preview, WB, ROUND_PREVIEW, GtkWidget)

GtkWidget *wb_round_preview_new (int side);
void wb_round_preview_set_side (WbRoundPreview *self, int side);
void wb_round_preview_set_look (WbRoundPreview *self, WbPreviewLook look);
/* @second: (nullable): the right half, while two files fit */
void wb_round_preview_set_textures (WbRoundPreview *self, GdkTexture *first, GdkTexture *second);

G_END_DECLS
