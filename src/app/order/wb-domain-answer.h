// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

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

/* What each answer says and offers (ui.md, 6). */
typedef struct {
  const char *word;
  const char *sub;
  const char *label, *second;
  WbDomainAct act, second_act;
} WbDomainAnswer;

/* How a name is counted: a word of the family "name" (WbStatePill). */
const char *wb_domain_word (const WbDraftDomain *domain, const WbNameAnswer *answer, const char *provider);
/* What is shown for a name, and its wire form beside it ("" when they are the same). */
char *wb_domain_dup_shown (const char *name, char **wire);
/* Lent; the first of the table for a word that is in none. */
const WbDomainAnswer *wb_domain_answer_find (const char *word);
/* The line under the name. @answer, @problem: (nullable) */
char *wb_domain_answer_dup_sub (const WbDraftDomain *domain, const WbNameAnswer *answer, const WbDomainAnswer *row,
                                const WbProblem *problem);

G_END_DECLS
