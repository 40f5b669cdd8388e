// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-list-base-private.h"
#include "wb-list-pager-private.h"
#include "wb-profile.h"

G_BEGIN_DECLS

/* Shared by wb-list-model.c, wb-list-read.c and wb-list-show.c. */
struct _WbListModel {
  GObject parent_instance;

  WbProfile *profile; /* weak */
  WbCollection collection;
  const WbListQuery *query;
  WbListSlots rows;

  WbListData *data;     /* what questions are answered from; NULL until it was read */
  WbListAsk *asking;    /* what is being read */
  WbListParts asked_parts, parts; /* what is being read; what is to be read next */
  gint64 began, rest_until;
  WbListScan *scan;     /* the question that is open */
  WbListResult *now;    /* what is shown; NULL until the first answer */
  WbListResult *before; /* while it is told in steps: what is still shown from @cut on */
  guint n, cut, before_cut;
  WbListWords *words, *shown_words; /* of the question; of what is shown */
  GQueue known;         /* what was found a moment ago (wb-list-known.c) */
  const WbListResult *found_in; /* where a row was looked for last, which, and its position */
  gint64 found, found_at;
  gint64 total;

  char *search, *terms, *chip, *customer, *sort;
  gboolean descending;
  GPtrArray *filters;  /* of WbListFilter */
  gboolean loading;
  gboolean prepared;   /* a search is about to begin */
  gboolean asked_anew; /* the answer to come is to another question than the one shown */
  GArray *arrived;     /* of guint, rising: positions the last answer brought; NULL when they were not told apart */
  guint settle_id, rest_id;
  gulong changed_id, closing_id;
  GCancellable *cancellable;
};

/* wb-list-read.c */
/* Asks what is in memory; what is not there is being read, and asked for then. */
void wb_list_model_scan (WbListModel *self);
/* What is being read for the question before ends: all of it is asked for again with this one. */
void wb_list_model_need (WbListModel *self, WbListParts parts);
void wb_list_model_need_text (WbListModel *self); /* unless it is there, or on its way */
void wb_list_model_note_changed (WbListModel *self); /* rows were written */
void wb_list_model_stop (WbListModel *self);
int wb_list_model_find_chip (WbListModel *self, const char *name); /* -1: all */

/* wb-list-show.c */
/* @diff: (nullable): from what is shown, where it is an answer to the same question */
void wb_list_model_show (WbListModel *self, WbListResult *result, const WbListDiff *diff);

/* wb-list-model.c */
void wb_list_model_refill (WbListModel *self); /* what is on the screen is read again */
void wb_list_model_set_loading (WbListModel *self, gboolean loading);

static inline gint64
wb_list_model_rid_at (WbListModel *self, guint position)
{
  if (self->before != NULL && position >= self->cut)
    return wb_list_result_rid (self->before, position - self->cut + self->before_cut);
  return wb_list_result_rid (self->now, position);
}

G_END_DECLS
