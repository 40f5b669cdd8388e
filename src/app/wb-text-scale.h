// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Every width in pixels and every limit of a width class is multiplied by this. */
double wb_text_scale (void);
/* Whether what stands side by side in a narrow window had better stand below each other. */
gboolean wb_text_is_large (void);
/* The one or the other: for boxes of few things. */
GtkOrientation wb_text_orientation (void);

G_END_DECLS
