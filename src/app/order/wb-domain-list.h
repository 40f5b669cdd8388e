// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "wb-draft.h"
#include "wb-names.h"

G_BEGIN_DECLS

/* The names of a draft as a card of rows; only those near the view have widgets. One Tab stop: up and down between
 * names, left and right between the buttons of one, Delete removes. Signal "act" as that of WbDomainRow. */
#define WB_TYPE_DOMAIN_LIST (wb_domain_list_get_type ())
G_DECLARE_FINAL_TYPE (WbDomainList, wb_domain_list, WB, DOMAIN_LIST, GtkWidget)

GtkWidget *wb_domain_list_new (WbDraft *draft, WbNameBook *book);
/* Returns how many names have something to look at. */
guint wb_domain_list_update (WbDomainList *self, GPtrArray *problems);
/* Scrolls there; flashes, or focuses. */
void wb_domain_list_flash (WbDomainList *self, const char *name);
void wb_domain_list_show (WbDomainList *self, const char *name);

G_END_DECLS
