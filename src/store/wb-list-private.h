// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-database-private.h"
#include "wb-list.h"

G_BEGIN_DECLS

/* Attaches the journal to a connection of the mirror and registers fold(text) and finds(text, words). */
gboolean wb_list_attach (sqlite3 *db, const char *journal_path, GError **error);
/* Another connection that reads both, for the one thread that opens it or is handed it; NULL with @error. */
sqlite3 *wb_list_open_stores (const char *mirror_path, const char *journal_path, GError **error);

/* A column of a collection's rows. */
typedef struct {
  const char *name;
  gboolean number;
} WbListColumn;

/* Where rows come from: one table of the union; its rows are numbered rowid * n_sources + its place. */
typedef struct {
  const char *from;     /* FROM … WHERE …; the table is called t */
  const char *columns;  /* the expressions, in the order of the columns */
} WbListSource;

typedef struct {
  const char *name;
  const char *where; /* over the columns of the union */
} WbListChip;

typedef struct {
  const WbListColumn *columns;
  guint n_columns;
  const WbListSource *sources;
  guint n_sources;
  const WbListChip *chips;
  guint n_chips;
  const char *search;   /* expression over the columns, folded */
  const char *order_by; /* when no column sorts */
  const char *customer; /* column that a fixed customer is compared with */
} WbListQuery;

extern const WbListQuery wb_list_query_domains, wb_list_query_mailboxes, wb_list_query_subscriptions;
const WbListQuery *wb_list_query_get (WbCollection collection); /* NULL: no list of it yet */
const WbListColumn *wb_list_query_column (const WbListQuery *query, const char *name); /* NULL: none of that name */
/* WITH list (rid, …) of all sources, its columns by name. */
char *wb_list_query_union (const WbListQuery *query);
/* The same of one source, where rid is the rowid alone: what sorts by it needs no sorting. */
char *wb_list_query_source (const WbListQuery *query, guint source);
char *wb_list_query_row (const WbListQuery *query, guint source); /* WHERE t.rowid = ? */

typedef struct _WbListPager WbListPager; /* wb-list-pager-private.h */

/* What a list asks the stores, in a worker. */
typedef struct {
  const WbListQuery *query;
  char *customer, *sort; /* "" and NULL for none */
  char *whose;           /* a condition of which ?1 is the customer */
  gboolean descending;
  GPtrArray *filters;    /* of WbListFilter */
  gint stale;            /* nobody wants the answer any more */
} WbListAsk;

/* A condition over the columns. */
typedef struct {
  char *where;
  GPtrArray *params; /* of text */
} WbListFilter;

/* (element-type WbListFilter): of terms that name a field */
GPtrArray *wb_list_filters_new (GPtrArray *terms, GPtrArray *more);
gboolean wb_list_filters_equal (const GPtrArray *a, const GPtrArray *b);

WbListAsk *wb_list_ask_new (const WbListQuery *query, const char *customer, const char *sort, gboolean descending,
                            GPtrArray *filters);
void wb_list_ask_unref (WbListAsk *self);
/* Ends what runs on @db for @ask as soon as it is stale. Between begin and end. */
void wb_list_ask_begin (sqlite3 *db, WbListAsk *ask);
void wb_list_ask_end (sqlite3 *db);

/* One announcement: rows before @position are as they will be. */
typedef struct {
  guint position, removed, added;
} WbListStep;

typedef struct {
  GArray *steps;   /* of WbListStep, from the top */
  GArray *arrived; /* of guint, rising: positions of rows that were not there before */
} WbListDiff;

/* Rows between the first and the last difference; a longer stretch is told at once. */
#define WB_LIST_DIFF_MOST 4096
/* How to come from @old to @now (of gint64); NULL when too much differs to be told in steps. */
WbListDiff *wb_list_diff_new (const GArray *old, const GArray *now);
void wb_list_diff_free (WbListDiff *self);

/* The head keeps one row object a position and, when another question is asked, only changes what it holds: a
 * view keeps what it made for an object, and only what differs is told. */
#define WB_LIST_HEAD 256
typedef struct {
  WbRow *head[WB_LIST_HEAD];
  GHashTable *further; /* position → what holds its WbRow */
  GQueue by_use;       /* the same, what was asked for last in front */
} WbListKept;

void wb_list_kept_init (WbListKept *self);
void wb_list_kept_clear (WbListKept *self);
WbRow *wb_list_kept_get (WbListKept *self, guint position); /* lent, NULL when there is none */
void wb_list_kept_put (WbListKept *self, guint position, WbRow *row); /* takes @row over */
WbRow *wb_list_kept_peek (WbListKept *self, guint position); /* the same, by nobody who shows it */
gboolean wb_list_kept_is_bound (WbRow *row); /* somebody shows it */
/* Those that nobody shows go. Returns: (element-type guint): positions of the others, rising */
GArray *wb_list_kept_sift (WbListKept *self);
void wb_list_kept_drop_further (WbListKept *self);
/* Rows that are shown go along with their positions. */
void wb_list_kept_move (WbListKept *self, const WbListStep *step);

/* What a row holds: a value a column in the query's order, a number (G_MININT64: none) or where its text begins,
 * in bytes from the values; then the texts. */
typedef struct {
  gsize size; /* of what follows */
  gint64 values[];
} WbRowData;

/* The row object. */
/* Reads the row that @stmt stands on; @scratch is reused from row to row. */
WbRowData *wb_row_data_read (const WbListQuery *query, sqlite3_stmt *stmt, GByteArray *scratch);
WbRow *wb_row_new (const WbListQuery *query);
/* Takes @data over. Emits "changed" when something differs, "updated" too when it is the same row. */
void wb_row_fill (WbRow *self, gint64 rowid, WbRowData *data);
void wb_row_clear (WbRow *self, gint64 rowid);

G_END_DECLS
