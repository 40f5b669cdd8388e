// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "wb-profile.h"

G_BEGIN_DECLS

/* @profile: (nullable): whose size; one that was never remembered leaves the window as it is. Without one, what was
 * seen last. */
void wb_window_size_restore (GtkWindow *window, GSettings *program, WbProfile *profile);
void wb_window_size_remember (GtkWindow *window, GSettings *program, WbProfile *profile);
/* That of a profile which is no more. */
void wb_window_size_forget (const char *id);

G_END_DECLS
