// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "wb-draft.h"

G_BEGIN_DECLS

/* All, To mend, the first domains, and the rest under "+37". Signal "selected" (name): "all", "mend" or a domain. */
#define WB_TYPE_DOMAIN_CHIPS (wb_domain_chips_get_type ())
G_DECLARE_FINAL_TYPE (WbDomainChips, wb_domain_chips, WB, DOMAIN_CHIPS, GtkWidget)

GtkWidget *wb_domain_chips_new (WbDraft *draft);
void wb_domain_chips_update (WbDomainChips *self, guint to_mend);
void wb_domain_chips_select (WbDomainChips *self, const char *name);

G_END_DECLS
