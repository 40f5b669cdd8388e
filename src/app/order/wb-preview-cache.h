// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "wb-draft.h"

G_BEGIN_DECLS

/* The pictures of a draft as squares for the screen: loaded when asked for, a few at a time, kept as long
 * as memory allows. Signal "ready" (guint file): a square is there, or cannot be had. */
#define WB_TYPE_PREVIEW_CACHE (wb_preview_cache_get_type ())
G_DECLARE_FINAL_TYPE (WbPreviewCache, wb_preview_cache, WB, PREVIEW_CACHE, GObject)

WbPreviewCache *wb_preview_cache_new (WbDraft *draft);
void wb_preview_cache_stop (WbPreviewCache *self); /* cancels what is under way; nothing is loaded any more */
/* The cropped square of @side device pixels, (transfer full) (nullable): then it is being loaded. */
GdkTexture *wb_preview_cache_dup (WbPreviewCache *self, guint file, guint side);
/* A crop that is not yet in the draft (nullable: it is there now). */
void wb_preview_cache_set_crop (WbPreviewCache *self, guint file, const WbCrop *crop);
/* The draft's own copy has vanished from the disk. */
gboolean wb_preview_cache_is_gone (WbPreviewCache *self, guint file);
gsize wb_preview_cache_get_bytes (WbPreviewCache *self);

/* The square of an upright picture, scaled to @side pixels. */
GdkTexture *wb_preview_square (GdkPixbuf *upright, const WbCrop *crop, guint side);

G_END_DECLS
