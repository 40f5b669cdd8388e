// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "wb-draft.h"
#include "wb-names.h"

G_BEGIN_DECLS

/* A row of the service's ideas: the name, its price, and a button that takes it into the order. */
GtkWidget *wb_idea_row_new (WbDraft *draft, const WbIdea *idea);
/* Whether it is in the order by now. */
void wb_idea_row_update (GtkWidget *row, WbDraft *draft);

G_END_DECLS
