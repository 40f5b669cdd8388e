// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "wb-grid.h"

G_BEGIN_DECLS

/* What was pasted, five rows of it, with a drop-down over each column: which is what. "Add 46 Rows" puts them
 * into the grid, as one step of undo; those with errors come too and are marked there. */
void wb_paste_dialog_present (GtkWindow *parent, WbGrid *grid, WbDraft *draft, const char *text);

G_END_DECLS
