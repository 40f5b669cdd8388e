// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-draft.h"

G_BEGIN_DECLS

/* What Fill from Names would do to the rows of a draft. Without a widget. */
typedef struct {
  int row;      /* an empty one that is filled, or -1 */
  int at;       /* where a new one goes, counted before anything is inserted */
  WbDraftMailbox mailbox;
} WbFillRow;

typedef struct {
  GPtrArray *rows; /* of WbFillRow, by domain, then person */
  guint people;
  guint there;     /* have a mailbox on that domain already: left alone */
  guint nameless;  /* no user name could be made: for the person to type */
} WbFillPlan;

/**
 * wb_fill_plan_new:
 * @people: one on each line
 * @pattern: "{first}.{last}"
 * @domains: (array zero-terminated=1): each gets each person
 *
 * Empty rows of a domain are filled first, then rows of the person that lack a user name; the rest comes
 * after the domain's last row. Accents are folded, clashes get a number.
 */
WbFillPlan *wb_fill_plan_new (WbDraft *draft, const char *people, const char *pattern, const char *const *domains);
void wb_fill_plan_free (WbFillPlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbFillPlan, wb_fill_plan_free)
/* One step of undo; for the draft it was made for, unchanged since. */
void wb_fill_plan_apply (WbFillPlan *self, WbDraft *draft);

/* Each person of the draft once, one on each line; "" when there is none. */
char *wb_fill_dup_people (WbDraft *draft);

G_END_DECLS
