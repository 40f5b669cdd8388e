// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "wb-domain-answer.h"

G_BEGIN_DECLS

/* A name of step 2 with its one answer. Signal "act" (int WbDomainAct, name). */
#define WB_TYPE_DOMAIN_ROW (wb_domain_row_get_type ())
G_DECLARE_FINAL_TYPE (WbDomainRow, wb_domain_row, WB, DOMAIN_ROW, GtkWidget)

GtkWidget *wb_domain_row_new (WbDraft *draft, WbNameBook *book);
void wb_domain_row_bind (WbDomainRow *self, const char *name); /* (nullable): nothing */
const char *wb_domain_row_get_name (WbDomainRow *self);
/* @problem: (nullable): what the draft's list says of this name beside its answer */
void wb_domain_row_update (WbDomainRow *self, const WbProblem *problem);
void wb_domain_row_flash (WbDomainRow *self);
/* Moves the focus between the row's own buttons. */
gboolean wb_domain_row_step (WbDomainRow *self, gboolean forward);

G_END_DECLS
