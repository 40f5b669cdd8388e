// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-list-private.h"

G_BEGIN_DECLS

/* What lists keep in memory, so that a keystroke asks no database. Rows are called by their place in the base. All
 * of it is made in a worker, never changed once made, and shared by whoever holds a reference.
 *
 *   base   the number of each row, and for each chip the rows it holds
 *   order  the places as the list sorts them
 *   text   what can be searched, folded
 *   bits   for each filter the rows it lets through */

/* A row a bit. */
typedef guint64 WbBits;
#define WB_BITS_WORDS(n) (((gsize) (n) + 63) / 64)
WbBits *wb_bits_new (guint n, gboolean set);
void wb_bits_and (WbBits *bits, const WbBits *other, guint n);
void wb_bits_and_not (WbBits *bits, const WbBits *other, guint n);
guint wb_bits_count (const WbBits *bits, guint n);
guint wb_bits_count_both (const WbBits *bits, const WbBits *other, guint n);

static inline void
wb_bits_set (WbBits *bits, guint i)
{
  bits[i / 64] |= G_GUINT64_CONSTANT (1) << (i % 64);
}

static inline gboolean
wb_bits_get (const WbBits *bits, guint i)
{
  return (bits[i / 64] >> (i % 64)) & 1;
}

/* Row numbers rise within each source: rowid * n_sources + source. */
typedef struct {
  guint n_rows, n_chips;
  guint32 *rids;
  guint starts[3]; /* place of the first row of each source, then the end */
  WbBits **chips;
  gboolean partial; /* the first rows alone, in the list's order */
  gint64 total;     /* rows there are, with those that are not in here; -1: not known, since counting takes as long as reading */
} WbListBase;

typedef struct {
  guint n_rows;
  guint32 *places;
} WbListOrder;

typedef struct {
  guint n_rows;
  char *text;       /* row after row, each ended by a zero */
  guint32 *offsets; /* where each begins; one more for the end */
  guint32 counts[256]; /* how often each byte is in it */
} WbListText;

WbListBase *wb_list_base_new (sqlite3 *db, const WbListAsk *ask, GError **error);
/* The first rows of the list, by the order alone: enough for a screen. */
WbListBase *wb_list_base_new_first (sqlite3 *db, const WbListAsk *ask, guint n, GError **error);
void wb_list_base_unref (WbListBase *self);
/* The place of a row, or -1. */
gint64 wb_list_base_find (const WbListBase *self, gint64 rid);

/* The list's own order. */
WbListOrder *wb_list_order_new (sqlite3 *db, const WbListAsk *ask, const WbListBase *base, GError **error);
/* By a column; rows that are alike keep the order they have in @own. */
WbListOrder *wb_list_order_new_sorted (sqlite3 *db, const WbListAsk *ask, const WbListBase *base, const WbListOrder *own,
                                       GError **error);
void wb_list_order_unref (WbListOrder *self);

WbListText *wb_list_text_new (sqlite3 *db, const WbListAsk *ask, const WbListBase *base, GError **error);
void wb_list_text_unref (WbListText *self);

/* Words that a row's text has to hold, or must not. */
typedef struct {
  char **with, **without; /* folded */
} WbListWords;

WbListWords *wb_list_words_new (const char *text); /* NULL: nothing is searched for */
WbListWords *wb_list_words_copy (const WbListWords *self);
void wb_list_words_free (WbListWords *self);
gboolean wb_list_text_matches (const WbListText *self, guint row, const WbListWords *words);
/* Takes from @bits all rows that do not match; FALSE when @stale was set meanwhile. */
gboolean wb_list_text_filter (const WbListText *self, const WbListWords *words, WbBits *bits, const gint *stale);

/* A statement over the rows of one source by its number, without those of other customers: SELECT rowid, @columns. */
sqlite3_stmt *wb_list_ask_source (sqlite3 *db, const WbListAsk *ask, guint source, const char *columns, const char *where,
                                  GError **error);
/* Those that a condition over the columns lets through. */
WbBits *wb_list_bits_new (sqlite3 *db, const WbListAsk *ask, const WbListBase *base, const char *where,
                          GPtrArray *params, GError **error);

/* All that a question is answered from. */
typedef struct {
  WbListBase *base;
  WbListOrder *own, *order; /* own: the list's own; order: the one that was asked for */
  WbListText *text;         /* NULL until something is searched for */
  GPtrArray *filters;       /* of WbBits */
} WbListData;

/* What of the data is to be made anew; the rest is taken over. */
typedef enum {
  WB_LIST_FIRST = 1 << 0, /* the first rows alone, where there are many */
  WB_LIST_BASE = 1 << 1,  /* and with it everything else */
  WB_LIST_ORDER = 1 << 2,
  WB_LIST_TEXT = 1 << 3,
  WB_LIST_FILTERS = 1 << 4,
} WbListParts;

WbListData *wb_list_data_new (sqlite3 *db, WbListAsk *ask, const WbListData *old, WbListParts parts, GError **error);
void wb_list_data_unref (WbListData *self);

/* Rows as they are shown. Never changed once made. */
typedef struct {
  WbListBase *base;
  WbListOrder *order; /* shown whole: whose places are lent; else NULL */
  guint32 *places;
  guint n;
  gint64 *counts;     /* by chip; NULL: not known yet */
  WbBits *hits;       /* NULL: nothing was searched for */
  gboolean first;     /* the first rows alone; the rest is on its way */
  /* What they were found by, besides words. */
  WbListOrder *by;
  GPtrArray *filters;
  int chip;
} WbListResult;

void wb_list_result_unref (WbListResult *self);

static inline gint64
wb_list_result_rid (const WbListResult *self, guint position)
{
  return self->base->rids[self->places[position]];
}

gint64 wb_list_result_find (const WbListResult *self, gint64 rid); /* its position, or -1 */
/* No steps: the same rows. NULL when too much differs to be told in steps. */
WbListDiff *wb_list_result_diff (const WbListResult *old, const WbListResult *now);

/* A question to the data, answered in a thread of the scans. */
typedef struct _WbListScan WbListScan;
/* In the thread that began the scan, twice where the first rows were found before the others. @diff: (nullable) */
typedef void (*WbListScanned) (WbListScan *scan, WbListResult *result, WbListDiff *diff, gpointer user_data);

struct _WbListScan {
  gint stale;
  WbListData *data;
  WbListWords *words; /* (nullable) */
  int chip;           /* -1: all */
  WbListResult *was;  /* (nullable): what is shown now */
  gboolean same;      /* the same question was asked before: @was is told apart */
  WbBits *narrowed;   /* (nullable): what @words can only take from */
  WbListResult *known; /* (nullable): the answer, where the same was asked a moment ago */
  gboolean told_first;
  WbListScanned scanned;
  gpointer user_data;    /* lent: who goes stops the scan */
  GMainContext *context;
};

void wb_list_scan_unref (WbListScan *self);
/* Takes over a reference of @self, whose fields are set. What takes less than a thread would take to wake is found at
 * once; it is told from the main loop all the same. */
void wb_list_scan_start (WbListScan *self);
void wb_list_scan_stop (WbListScan *self); /* nothing is told any more; gives the reference back */
/* Whether @result was found by all that @self goes by, but for words. */
gboolean wb_list_scan_is_like (const WbListScan *self, const WbListResult *result);

/* What was found a moment ago, for who takes letters back. */
void wb_list_known_put (GQueue *known, const WbListWords *words, WbListResult *result);
WbListResult *wb_list_known_get (GQueue *known, const WbListScan *scan); /* (transfer full) (nullable) */
void wb_list_known_clear (GQueue *known);

/* Whether all rows with @now have @before too. */
gboolean wb_list_words_narrow (const WbListWords *before, const WbListWords *now);

G_END_DECLS
