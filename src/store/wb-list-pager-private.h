// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-list-private.h"

G_BEGIN_DECLS

/* Reads rows by their numbers in a thread of its own, a stretch at once, the newest question first. Nothing of it
 * but wb_list_pager_wait() blocks, and that no longer than the patience of one turn of the main loop. */
#define WB_LIST_PAGE 32 /* rows of a stretch: what a window shows, and as many again */
#define WB_LIST_PATIENCE_US 3000

typedef struct _WbListStretch WbListStretch;
typedef void (*WbListTake) (WbListStretch *stretch, gpointer owner); /* lent; on the main thread */

/* What is asked and, when it is done, answered. Of the pager until wb_list_pager_wait() hands it over. */
struct _WbListStretch {
  const WbListQuery *query;
  gpointer owner; /* NULL: nobody wants it any more */
  WbListTake take;
  guint first, n; /* positions in the owner's list */
  gint64 rids[WB_LIST_PAGE];
  WbRowData *rows[WB_LIST_PAGE]; /* NULL: gone */
  gboolean done;
};

WbListPager *wb_list_pager_open (const char *mirror_path, const char *journal_path, GError **error);
void wb_list_pager_unref (WbListPager *self);
/* Ends its thread, and with it what is being read. Blocks; from any thread. */
void wb_list_pager_close (WbListPager *self);

/* The following are of the main thread. */
void wb_list_pager_ask (WbListPager *self, WbListStretch *stretch); /* takes @stretch over */
WbListStretch *wb_list_pager_wait (WbListPager *self, WbListStretch *stretch); /* (nullable): @stretch, when it is in time */
void wb_list_pager_put_back (WbListPager *self, WbListStretch *stretch); /* what was waited for comes by the main loop */
void wb_list_pager_drop (WbListPager *self, WbListStretch *stretch); /* not wanted any more; an answer may still come */
void wb_list_pager_forget (WbListPager *self, gpointer owner); /* no answer comes to it any more */
void wb_list_stretch_free (WbListStretch *self);

/* For tests */
void wb_list_pager_set_patience (WbListPager *self, gint64 usec);
typedef void (*WbListPagerHook) (const WbListStretch *stretch, gpointer data); /* in the pager's thread, before reading */
void wb_list_pager_set_hook (WbListPager *self, WbListPagerHook hook, gpointer data);

/* The rows of one list: what is shown of it, filled from the pager. */
typedef gint64 (*WbListNumber) (gpointer owner, guint position); /* -1: no such row */

typedef struct {
  const WbListQuery *query;
  WbListPager *pager; /* NULL: nothing more is read */
  WbListKept kept;
  GHashTable *asked;  /* page → its WbListStretch, lent */
  WbListNumber number;
  gpointer owner;
} WbListSlots;

void wb_list_slots_init (WbListSlots *self, const WbListQuery *query, WbListPager *pager, WbListNumber number,
                         gpointer owner);
void wb_list_slots_stop (WbListSlots *self); /* what is there stays; nothing more is read */
void wb_list_slots_clear (WbListSlots *self);
WbRow *wb_list_slots_get (WbListSlots *self, guint position); /* (transfer full): a placeholder where it is late */
/* What is on the screen is read again, the rest when it is asked for. A row keeps what it shows until its new
 * values are there; one that has become another row is a placeholder when they are late. */
void wb_list_slots_refill (WbListSlots *self);
void wb_list_slots_drop_further (WbListSlots *self);
void wb_list_slots_move (WbListSlots *self, const WbListStep *step);

G_END_DECLS
