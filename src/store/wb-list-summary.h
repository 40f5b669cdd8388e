// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-list.h"

G_BEGIN_DECLS

/* What many rows of a list have in common, and what differs: without making the rows. */

/* More different values are not told apart. */
#define WB_LIST_MOST_DIFFERENT 10000
#define WB_LIST_MOST_SHARES 12

typedef struct {
  const char *column;
  const char *shown; /* (nullable): the column that says for people what @column says */
} WbListWanted;

typedef struct {
  char *text;
  char *shown;
  gint64 n_rows;
} WbListShare;

/* Of one column. */
typedef struct {
  guint n_rows;      /* that have a value */
  guint n_different; /* WB_LIST_MOST_DIFFERENT + 1: more than that */
  GPtrArray *shares; /* of WbListShare, of texts: those of most rows, at most WB_LIST_MOST_SHARES */
  gint64 sum, least, most; /* of numbers */
} WbListSpread;

typedef struct {
  guint n_rows;       /* that are still there */
  GPtrArray *spreads; /* of WbListSpread, in the order they were asked for */
} WbListSummary;

void wb_list_summary_free (WbListSummary *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbListSummary, wb_list_summary_free)

/* In a thread. Returns: the first row number of the set that is not below @from, -1 when there is none */
typedef gint64 (*WbListNext) (gpointer data, gint64 from);

/**
 * wb_list_summary_async:
 * @wanted: columns of the list, @n_wanted of them
 * @n: how many rows @next gives, or about
 * @data: (transfer full): for @next; freed with @free_data in a thread
 *
 * Needs the profile only to begin. Cancelled, it ends within milliseconds.
 */
void wb_list_summary_async (WbProfile *profile, WbCollection collection, const WbListWanted *wanted, guint n_wanted, guint n,
                            WbListNext next, gpointer data, GDestroyNotify free_data, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);
WbListSummary *wb_list_summary_finish (GAsyncResult *result, GError **error);

G_END_DECLS
