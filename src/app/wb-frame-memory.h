// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * wb_frame_memory_init:
 *
 * Lets pieces of memory that are as large as a window's picture stay with the program once they are freed. Once, before any
 * window.
 */
void wb_frame_memory_init (void);

/**
 * wb_frame_memory_watch:
 * @window: a window
 *
 * Gives memory back to the system whenever nothing was drawn in @window for a moment.
 */
void wb_frame_memory_watch (GtkWindow *window);

G_END_DECLS
