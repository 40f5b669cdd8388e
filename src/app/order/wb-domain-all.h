// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "wb-draft.h"

G_BEGIN_DECLS

/* "For all names": years, forwarding, masking, each set for every name of the draft in one step of undo. */
#define WB_TYPE_DOMAIN_ALL (wb_domain_all_get_type ())
G_DECLARE_FINAL_TYPE (WbDomainAll, wb_domain_all, WB, DOMAIN_ALL, GtkWidget)

GtkWidget *wb_domain_all_new (WbDraft *draft);
void wb_domain_all_update (WbDomainAll *self);

G_END_DECLS
