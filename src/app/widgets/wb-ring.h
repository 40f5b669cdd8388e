// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A ring that closes as a count comes to its end, with the count inside; a progress bar to screen readers.
 * What failed is drawn in red after what is there. */
#define WB_TYPE_RING (wb_ring_get_type ())
G_DECLARE_FINAL_TYPE (WbRing, wb_ring, WB, RING, GtkWidget)

GtkWidget *wb_ring_new (void);
/* @text: what it reads as: "11 of 24 live" */
void wb_ring_set (WbRing *self, guint there, guint failed, guint all, const char *text);

G_END_DECLS
