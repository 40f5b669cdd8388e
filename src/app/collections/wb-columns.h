// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "cmr-endpoint.h"
#include "wb-face.h"
#include "wb-list.h"
#include "wb-row-set.h"

G_BEGIN_DECLS

/* What a list shows: one table a collection. Texts are N_(). */
typedef enum {
  WB_COLUMN_TITLE, /* avatar and two lines: field, then sub */
  WB_COLUMN_TEXT,
  WB_COLUMN_NUMBER,
  WB_COLUMN_MONEY,
  WB_COLUMN_STATE,
  WB_COLUMN_TIME,
  WB_COLUMN_DATE,
  WB_COLUMN_DUE,    /* "in 6 days" while that is near */
  WB_COLUMN_SWITCH, /* "On" or "Off" */
  WB_COLUMN_PROVIDER,
} WbColumnKind;

typedef struct {
  const char *field;
  const char *sub; /* second line of a title */
  const char *title;
  WbColumnKind kind;
  guint rank;      /* those of highest rank leave first; 0 never leaves */
  int width;       /* of the first: what it keeps at least, before others leave */
  gboolean spare;  /* not shown until somebody wants it */
} WbColumn;

typedef struct {
  const char *name;
  const char *title;
} WbChipWords;

typedef struct {
  WbCollection collection;
  const char *title;
  const char *icon;
  const char *search;       /* placeholder, names the fields */
  char *(*dup_count) (gulong n, const char *figure); /* subtitle: "48 orders" */
  const char *empty_title, *empty_text;
  const char *no_match;     /* "No Orders Match" */
  const char *main_label, *main_icon, *main_action; /* the one main action; NULL for none */
  const char *last_row;     /* quiet line below the list, NULL for none */
  const char *state_family; /* of WbStatePill */
  gboolean rows_only;       /* never a table: rows on cards by day */
  char *(*dup_facts) (WbRow *row); /* third line of a narrow row, NULL for none: "24 mailboxes" */
  const WbColumn *columns;
  guint n_columns;
  const WbChipWords *chips;
  guint n_chips;
} WbCollectionWords;

const WbCollectionWords *wb_collection_words (WbCollection collection);

/* The selected rows of a list, kept by their numbers through refreshes and sorting; none is made for it. One alone is
 * what the pane shows. Properties: "selected-id" (text, "" = none or several), "n-selected" (of those the list has),
 * "shows-checks". */
#define WB_TYPE_ROW_SELECTION (wb_row_selection_get_type ())
G_DECLARE_FINAL_TYPE (WbRowSelection, wb_row_selection, WB, ROW_SELECTION, GObject)
WbRowSelection *wb_row_selection_new (WbListModel *model);
/* The row that was selected last; GTK_INVALID_LIST_POSITION = none, or not in the list. */
guint wb_row_selection_get_position (WbRowSelection *self);
guint wb_row_selection_get_n_selected (WbRowSelection *self);
void wb_row_selection_select (WbRowSelection *self, guint position); /* it alone */
/* Shows check boxes before there are two: where there is no Ctrl to hold. */
void wb_row_selection_set_choosing (WbRowSelection *self, gboolean choosing);
gboolean wb_row_selection_get_choosing (WbRowSelection *self);
gboolean wb_row_selection_get_shows_checks (WbRowSelection *self);
void wb_row_selection_invert (WbRowSelection *self);
/* (transfer full): their numbers in the list's order, of gint64. */
GArray *wb_row_selection_dup_rowids (WbRowSelection *self);
WbRowSet *wb_row_selection_dup_set (WbRowSelection *self); /* the same as a set */
/* After the list changed by itself: where the one selected row went, its follower is selected. */
void wb_row_selection_replace_gone (WbRowSelection *self);

/* Rows for GTK's own lists: on cards by day, of a list that is never a table.
 * @selection: (nullable): what their check boxes show
 * @wide: one line a row where there is room for it, else three */
GtkListItemFactory *wb_row_factory_new (const WbCollectionWords *words, GtkListView *view, WbRowSelection *selection, gboolean wide);
/* As wb_lines_set_tight(). */
void wb_row_factory_set_tight (GtkListItemFactory *factory, gboolean tight);
/* Rows came or went: the headings of days may stand over other rows now. */
void wb_row_factory_update_days (GtkListItemFactory *factory);

/* The check box at the head of a row, seen while @selection (nullable: who has it shows it) shows them. @row: has a
 * property "selected". */
GtkWidget *wb_row_check_new (WbRowSelection *selection, GObject *row);
/* Whether @x, @y of @view lies on one. */
gboolean wb_row_check_is_at (GtkWidget *view, double x, double y);

const WbColumn *wb_columns_find (const WbCollectionWords *words, WbColumnKind kind);

/* What a row reads as; to be freed. */
CmrOp wb_row_get_op (WbRow *row); /* of Activity */
const char *wb_row_get_state (const WbCollectionWords *words, WbRow *row); /* a word of the collection's family; lent */
char *wb_row_dup_state (const WbCollectionWords *words, WbRow *row); /* in words: "Grace, 5 days left" */
char *wb_row_dup_title (const WbCollectionWords *words, WbRow *row);
/* Initials of the name; a neutral head where there is none yet. */
void wb_row_show_face (const WbCollectionWords *words, WbRow *row, WbFace *face);
/* A quiet bar in place of a text that is not read yet. */
void wb_row_show_loading (GtkWidget *text, gboolean loading);
char *wb_row_dup_sub (const WbCollectionWords *words, WbRow *row);
char *wb_row_dup_sum (const WbCollectionWords *words, WbRow *row);
char *wb_row_dup_time (const WbCollectionWords *words, WbRow *row);
char *wb_row_dup_cell (const WbCollectionWords *words, const WbColumn *column, WbRow *row);
/* For a screen reader: first column, state word, sum. */
char *wb_row_dup_name (const WbCollectionWords *words, WbRow *row);
/* For the clipboard: cells with tabs between. */
char *wb_row_dup_copy (const WbCollectionWords *words, WbRow *row);

/* The row that @child lies in: the same row with other values shows it for a moment, unless motion is not wanted. */
void wb_row_flash (GtkWidget *child);
void wb_row_flash_stop (GtkWidget *child);

G_END_DECLS
