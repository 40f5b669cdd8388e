// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "wb-picture-items.h"
#include "wb-preview-cache.h"

G_BEGIN_DECLS

/* A searchable list to pick one of: people for a picture (those without one first), or one of the draft's
 * pictures. Signal "chosen" (guint): row of a mailbox, or id of a file. */
#define WB_TYPE_PICTURE_CHOOSER (wb_picture_chooser_get_type ())
G_DECLARE_FINAL_TYPE (WbPictureChooser, wb_picture_chooser, WB, PICTURE_CHOOSER, AdwWindow)

WbPictureChooser *wb_picture_chooser_new_for_people (GtkWindow *parent, const char *title, WbDraft *draft, WbPreviewCache *previews,
                                                     WbPictureGrouping grouping);
WbPictureChooser *wb_picture_chooser_new_for_files (GtkWindow *parent, const char *title, WbDraft *draft, WbPreviewCache *previews);

G_END_DECLS
