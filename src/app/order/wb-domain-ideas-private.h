// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-domain-ideas.h"

G_BEGIN_DECLS

/* Of the files wb-domain-ideas*.c alone. */
struct _WbDomainIdeas {
  GtkWidget parent_instance;

  WbDraft *draft;
  WbNameBook *book;
  GtkWidget *scroller, *search, *chips, *limit, *limit_spin, *limit_none, *list, *more, *note, *all;
  GHashTable *known;   /* "keyword endings" → GPtrArray of WbIdea */
  GPtrArray *ideas;    /* what is shown; lent by known */
  GPtrArray *endings;  /* of char *: chips, as they turned up */
  GHashTable *chosen;  /* endings that are on */
  GCancellable *asking;
  gboolean started, stale, all_shown;
};

void wb_domain_ideas_build (WbDomainIdeas *self); /* wb-domain-ideas-build.c */
/* wb-domain-ideas.c */
void wb_domain_ideas_limit (WbDomainIdeas *self);
void wb_domain_ideas_search (WbDomainIdeas *self);
void wb_domain_ideas_refresh (WbDomainIdeas *self);
void wb_domain_ideas_more (WbDomainIdeas *self);
void wb_domain_ideas_close (WbDomainIdeas *self);

G_END_DECLS
