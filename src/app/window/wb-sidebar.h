// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "wb-list.h"
#include "wb-profile.h"

G_BEGIN_DECLS

/* Profile button, sections with counts and badges, wallet and connection. Signals "section" (int WbCollection),
 * "view" (id of a view that is pinned). */
#define WB_TYPE_SIDEBAR (wb_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (WbSidebar, wb_sidebar, WB, SIDEBAR, GtkWidget)

void wb_sidebar_set_profile (WbSidebar *self, WbProfile *profile);
void wb_sidebar_select (WbSidebar *self, WbCollection collection, const char *view); /* (nullable): its id */
void wb_sidebar_open_profiles (WbSidebar *self);

/* The foot's two rows. */
GtkWidget *wb_connection_row_new (WbProfile *profile);
GtkWidget *wb_wallet_row_new (WbProfile *profile);
/* In the connection's popover: what is read, with a button that holds it; hidden where nothing is. */
GtkWidget *wb_reading_row_new (WbProfile *profile);
void wb_reading_row_update (GtkWidget *row);
/* The popover of the profile button. */
GtkWidget *wb_profile_popover_new (WbProfile *profile);
/* Reads the profiles anew: before each opening. */
void wb_profile_popover_fill (GtkWidget *popover);

G_END_DECLS
