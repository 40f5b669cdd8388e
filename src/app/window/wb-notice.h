// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "wb-list.h"
#include "wb-words.h"

G_BEGIN_DECLS

/* What a banner says. At most one shows, the gravest; the connection's popover lists them all. */

/**
 * wb_notice_gravest:
 * @error: (nullable): how the last refresh of what is shown ended
 * @collection: what is shown
 *
 * Returns: (nullable) (transfer full): NULL when there is nothing to say
 */
WbErrorWords *wb_notice_gravest (WbProfile *profile, const GError *error, WbCollection collection);
/* Returns: (transfer full) (element-type WbErrorWords): all that do not belong to one list, gravest first */
GPtrArray *wb_notice_all (WbProfile *profile);
/* Opens the folder that a file lies in. */
void wb_notice_show_file (GtkWindow *window, const char *path);

G_END_DECLS
