// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cmr-object.h"
#include "wb-pane.h"
#include "wb-related.h"

G_BEGIN_DECLS

/* What the panes of domains, mailboxes and subscriptions have in common: from the mirror at once, with what goes with
 * it, read again after a moment, and filled anew when either has changed. */
typedef struct {
  WbCollection collection;
  const char *gone; /* N_(): what stands there when it is not known any more */
  /* Title, state and facts, down to where the related things begin. */
  void (*fill) (WbPane *pane, CmrObject *object, GPtrArray *related);
} WbThing;

GtkWidget *wb_thing_pane_new (WbProfile *profile, const WbThing *thing, const char *id);

/* The pieces of it, for the customer's pane too. @related: of WbRelated */
void wb_pane_add_customer (WbPane *self, GPtrArray *related); /* a fact that leads there */
/* Rows that lead there, then the history. @of: what they are related to */
void wb_pane_add_related (WbPane *self, WbCollection of, GPtrArray *related);
/* A time with how far away it is; an absent one has no row. */
void wb_pane_add_due (WbPane *self, const char *label, gint64 time);
void wb_pane_add_time (WbPane *self, const char *label, gint64 time);
void wb_pane_add_member (WbPane *self, const char *label, CmrObject *object, const char *member);

/* What a word of the service's is in a sentence; N_() */
typedef struct {
  const char *word, *text;
} WbWordText;

/* Translated; @otherwise where the word is none of them. */
const char *wb_word_text (const WbWordText *texts, guint n, const char *word, const char *otherwise);

G_END_DECLS
