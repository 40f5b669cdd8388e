// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-columns.h"
#include "wb-list-terms.h"

G_BEGIN_DECLS

/* Translated: "Next renewal". */
const char *wb_filter_title (const WbListField *field);
/* A value of a field of words: "Partly live". */
char *wb_filter_dup_value (const WbCollectionWords *words, const WbListField *field, const char *value);
/* What a term asks, in words: "Customer contains “oak”", "Next renewal within 30 days". */
char *wb_filter_dup_words (const WbCollectionWords *words, const WbListTerm *term);

/* One thing that can be asked of a field, in the order they are offered; what is typed besides. */
typedef enum { WB_FILTER_NOTHING, WB_FILTER_WORDS, WB_FILTER_TEXT, WB_FILTER_DAYS, WB_FILTER_ONE, WB_FILTER_TWO } WbFilterInput;
typedef struct {
  const char *label; /* N_() */
  WbListOp op;
  gboolean negated;
  WbFilterInput input;
  const char *value; /* with WB_FILTER_NOTHING */
} WbFilterWay;
const WbFilterWay *wb_filter_ways (const WbListField *field, guint *n);

/* Asks for one term: field, then how it is compared and with what. Signal "added" (text of a term). */
#define WB_TYPE_FILTER_POPOVER (wb_filter_popover_get_type ())
G_DECLARE_FINAL_TYPE (WbFilterPopover, wb_filter_popover, WB, FILTER_POPOVER, GtkPopover)
GtkWidget *wb_filter_popover_new (const WbCollectionWords *words, WbListModel *model);

G_END_DECLS
