// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "wb-profile.h"

G_BEGIN_DECLS

/* Country and state, chosen by name from what the service lists, sent as codes. States come after the
 * country. Signal "changed"; property "problem" (nullable text: why a list is not there). */
#define WB_TYPE_PLACE_ROWS (wb_place_rows_get_type ())
G_DECLARE_FINAL_TYPE (WbPlaceRows, wb_place_rows, WB, PLACE_ROWS, GObject)

WbPlaceRows *wb_place_rows_new (WbProfile *profile);
/* Their two rows. */
void wb_place_rows_add_to (WbPlaceRows *self, AdwPreferencesGroup *group);
/* Codes or names, as a customer has them. */
void wb_place_rows_set (WbPlaceRows *self, const char *country, const char *state);
const char *wb_place_rows_get_country (WbPlaceRows *self); /* code, "" while none is chosen */
const char *wb_place_rows_get_state (WbPlaceRows *self);
gboolean wb_place_rows_needs_state (WbPlaceRows *self);    /* this country has states */
gboolean wb_place_rows_is_complete (WbPlaceRows *self);
const char *wb_place_rows_get_problem (WbPlaceRows *self); /* (nullable) */

G_END_DECLS
