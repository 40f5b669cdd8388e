// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-columns.h"
#include "wb-pane.h"

G_BEGIN_DECLS

/* What several selected rows share and where they differ; follows the selection while it is shown. */
GtkWidget *wb_summary_pane_new (WbProfile *profile, const WbCollectionWords *words, WbListModel *model, WbRowSelection *selection);

G_END_DECLS
