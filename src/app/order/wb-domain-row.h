// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "wb-draft.h"
#include "wb-names.h"

G_BEGIN_DECLS

/* What a row asks of its page. Years and forwarding it changes in the draft by itself. */
typedef enum {
  WB_DOMAIN_NO_ACT,
  WB_DOMAIN_REMOVE,
  WB_DOMAIN_SIMILAR,     /* Ideas for a name that is taken */
  WB_DOMAIN_ASK,
  WB_DOMAIN_SWITCH,      /* to the other provider */
  WB_DOMAIN_KEEP,        /* although a workspace exists */
  WB_DOMAIN_TAKE_PRICE,  /* the new one */
} WbDomainAct;

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

/* How a name is counted: a word of the family "name" (WbStatePill). */
const char *wb_domain_word (const WbDraftDomain *domain, const WbNameAnswer *answer, const char *provider);
/* What is shown for a name, and its wire form beside it ("" when they are the same). */
char *wb_domain_dup_shown (const char *name, char **wire);

G_END_DECLS
