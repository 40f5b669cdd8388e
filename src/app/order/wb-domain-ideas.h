// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "wb-draft.h"
#include "wb-names.h"

G_BEGIN_DECLS

/* The side pane of step 2: ideas of the service for a keyword, by ending and price, each added by one click. It
 * asks only while it shows, once the typing has stopped. Signal "closed": the person is done with it. */
#define WB_TYPE_DOMAIN_IDEAS (wb_domain_ideas_get_type ())
G_DECLARE_FINAL_TYPE (WbDomainIdeas, wb_domain_ideas, WB, DOMAIN_IDEAS, GtkWidget)

GtkWidget *wb_domain_ideas_new (WbDraft *draft, WbNameBook *book);
void wb_domain_ideas_update (WbDomainIdeas *self);
/* "Similar Names": a word or a whole name. */
void wb_domain_ideas_look_for (WbDomainIdeas *self, const char *keyword);

G_END_DECLS
