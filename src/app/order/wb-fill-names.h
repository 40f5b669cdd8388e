// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "wb-draft.h"

G_BEGIN_DECLS

/* The side pane of step 3: people, a pattern, domains; it shows what comes of them and fills the rows. Signals
 * "filled" (guint rows) and "closed". */
#define WB_TYPE_FILL_NAMES (wb_fill_names_get_type ())
G_DECLARE_FINAL_TYPE (WbFillNames, wb_fill_names, WB, FILL_NAMES, GtkWidget)

GtkWidget *wb_fill_names_new (WbDraft *draft);
void wb_fill_names_update (WbFillNames *self); /* the draft has changed */

G_END_DECLS
