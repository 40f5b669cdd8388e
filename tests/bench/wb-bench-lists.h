// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sqlite3.h>

#include "wb-application.h"
#include "wb-bench-meter.h"
#include "wb-collection-page-private.h"
#include "wb-window.h"

G_BEGIN_DECLS

/* The real window on a full mirror (wb-bench-mirror.c), and what is done with it. */
typedef struct {
  WbApplication *application;
  WbWindow *window;
  WbCollectionPage *page;
  WbCollection collection;
  sqlite3 *db; /* the mirror, looked at by the benchmark itself */
  gboolean answered; /* since what is measured began */
  gboolean verbose;

  /* What is to be done, and to be seen then. */
  const char *text;  /* searched for */
  gint64 hits;       /* how many there have to be; -1: not known */
  guint position;
  int column;
  gboolean descending;
} Lists;

static inline GListModel *
lists_rows (Lists *self)
{
  return G_LIST_MODEL (self->page->model);
}

gboolean lists_is_read (gpointer lists);
/* (nullable): a row as the window has it; asking the list for it would fill it before its time */
WbRow *lists_peek (Lists *self, guint position);
/* The rows on the screen are there, none is a placeholder. */
gboolean lists_is_filled (Lists *self);

/* Words whose hits are known of a million mailboxes. */
typedef struct {
  const char *text;
  gint64 one_in; /* of so many rows; 0: none */
  gint64 hits;   /* or as many */
} BenchWord;
extern const BenchWord bench_words[];
extern const guint bench_n_words;
gint64 bench_word_hits (const BenchWord *word, gint64 n_rows);

/* Each prints figures, name=value, and ends the program where what it measures did not happen. */
void lists_memory (Lists *self);
void lists_keys (Lists *self);
void lists_select (Lists *self);
void lists_jump (Lists *self);
void lists_cold (Lists *self);
void lists_sort (Lists *self);
void lists_scroll (Lists *self);
void lists_use (Lists *self);

G_END_DECLS
