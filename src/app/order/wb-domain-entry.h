// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "wb-draft.h"

G_BEGIN_DECLS

/* The one entry that takes names in any form. What is none stays in it and is said. Signals "repeated" (name): it
 * was there already; "nothing": Enter while it is empty. */
#define WB_TYPE_DOMAIN_ENTRY (wb_domain_entry_get_type ())
G_DECLARE_FINAL_TYPE (WbDomainEntry, wb_domain_entry, WB, DOMAIN_ENTRY, GtkWidget)

GtkWidget *wb_domain_entry_new (WbDraft *draft);
/* The buttons below the field. */
void wb_domain_entry_set_narrow (WbDomainEntry *self, gboolean narrow);

G_END_DECLS
