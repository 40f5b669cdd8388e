// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-banner.h"
#include "wb-cells.h"
#include "wb-chip-bar.h"
#include "wb-collection-page.h"
#include "wb-column-layout.h"
#include "wb-columns.h"
#include "wb-export.h"
#include "wb-state-pill.h"
#include "wb-width-bin.h"
#include "wb-words.h"

G_BEGIN_DECLS

struct _WbCollectionPage {
  GtkWidget parent_instance;

  const WbCollectionWords *words;
  WbProfile *profile;
  WbListModel *model;
  WbRowSelection *selection;
  GCancellable *cancellable;
  WbCells *cells;                      /* what lies in the rows of the table */
  WbLines *lines;                      /* and where that has no room */
  WbTitles *titles;                    /* lent by the list */
  GtkListItemFactory *factories[2];    /* of rows on cards: narrow, wide */
  GtkWidget *row_menu;
  GPtrArray *filters;        /* of texts: terms that were set, not typed */
  GtkWidget *add_filter, *filter_place, *filter_box, *no_match_chips;
  GtkWidget *views, *offers;
  GPtrArray *offer_values;   /* of WbListValue: of offer_field, NULL until they were read */
  gconstpointer offer_field;
  guint n_offers;
  int offered;               /* the one that Enter takes, -1 for none */
  char *shown_filters;       /* for which there are chips now */
  guint n_filters;
  gboolean filters_compact;
  GArray *layout;            /* of WbColumnPlace */
  GtkWidget *column_popover; /* while it is open */
  guint save_id;
  WbExporting *exporting;    /* while rows are being saved, and before */

  GtkWidget *bin, *list_bin, *list_box, *back, *main, *menu, *refresh, *search_toggle, *detail_toggle, *header;
  GtkWidget *banner_place, *chip_place, *search_bar, *search, *last_box, *last_text, *last_button, *pane, *empty_button;
  GtkWidget *progress, *pill; /* pill: of the built-in sandbox, else NULL */
  GtkWidget *select_bar, *select_count, *select_all_match, *select_texts, *select_copy, *select_export, *select_clear;
  GtkWidget *fresh;           /* button "4 new ↑" over the list */
  AdwWindowTitle *title;
  AdwFlap *flap;
  GtkStack *stack;
  WbRowList *list;    /* a table, or rows of three lines */
  GtkListView *cards; /* in its place where a list is never a table */
  AdwStatusPage *empty, *no_match;
  WbBanner *banner;
  WbChipBar *chips;

  GtkWidget *summary, *nothing; /* (nullable): the panes of several rows and of none; ours */

  char *chip, *wanted_id, *shown_id;
  GError *error; /* of the last refresh, NULL when it went well */
  gint64 error_as_of; /* how old the list was then */
  WbRemedy remedy;
  guint place_id, place_ticks; /* of the cards that are shown now */
  guint layout_id, focus_id, reveal_id, pane_id, typed_id;
  int sorted; /* column, -1 for none */
  gboolean sorted_descending;
  guint n_fresh; /* rows that came above what is shown, and were not seen yet */
  gint64 anchor; /* number of the first row on the screen, -1 at the top */
  gboolean main_is_icon;
  gboolean as_rows, narrow, tight, laid_out, folded, want_detail, no_detail, had_no_detail, was_folded, updating, filter_moved;
  gboolean want_focus, want_first, chosen;
  gboolean shows_several; /* the pane shows what several rows share */
  gboolean finding, find_again; /* where the wanted row is; once more after it */
};

/* wb-collection-actions.c: what can be done with a row */
void wb_collection_page_build_actions (WbCollectionPage *self);
void wb_collection_page_class_init_actions (GtkWidgetClass *widget_class);

/* wb-collection-list.c: search, chips, sorting, what is selected */
GtkWidget *wb_collection_page_get_list (WbCollectionPage *self);
void wb_collection_page_build_list (WbCollectionPage *self);
void wb_collection_page_class_init_list (GtkWidgetClass *widget_class);
void wb_collection_page_clear_filters (WbCollectionPage *self);
gboolean wb_collection_page_is_filtered (WbCollectionPage *self);
void wb_collection_page_select_when_read (WbCollectionPage *self);
void wb_collection_page_focus_first (WbCollectionPage *self);
void wb_collection_page_choose_first (WbCollectionPage *self); /* once, where nobody has chosen */

/* wb-collection-place.c: a refresh moves nothing that is looked at */
void wb_collection_page_keep_place (WbCollectionPage *self); /* after each reading */
void wb_collection_page_forget_fresh (WbCollectionPage *self);
void wb_collection_page_build_place (WbCollectionPage *self);
void wb_collection_page_class_init_place (GtkWidgetClass *widget_class);

/* wb-collection-states.c: what the list shows when it is not simply a list */
void wb_collection_page_update (WbCollectionPage *self);
gboolean wb_collection_page_is_filling (WbCollectionPage *self); /* its first reading is not over */
void wb_collection_page_build_states (WbCollectionPage *self);

/* wb-collection-export.c */
void wb_collection_page_class_init_export (GtkWidgetClass *widget_class);
void wb_collection_page_drop_export (WbCollectionPage *self);
typedef enum { WB_EXPORT_SELECTED, WB_EXPORT_MATCHING, WB_EXPORT_ALL } WbExportWhat;
/* As after the sheet and the choice of a place; none may be under way. */
void wb_collection_page_export_to (WbCollectionPage *self, WbExportWhat what, gboolean all_columns, GFile *file);

/* wb-collection-select.c: several rows */
void wb_collection_page_build_select (WbCollectionPage *self);
void wb_collection_page_class_init_select (GtkWidgetClass *widget_class);
void wb_collection_page_lay_out_select (WbCollectionPage *self);
void wb_collection_page_update_select (WbCollectionPage *self);
void wb_collection_page_select_at (WbCollectionPage *self, guint position); /* it alone; ranges begin there */
gboolean wb_collection_page_clear_selection (WbCollectionPage *self); /* FALSE where there are not several */
void wb_collection_page_copy_selected (WbCollectionPage *self);
void wb_collection_page_pressed (GtkGestureClick *gesture, int n, double x, double y, WbCollectionPage *self);

/* wb-collection-layout.c */
void wb_collection_page_suggest_main (WbCollectionPage *self);
void wb_collection_page_queue_layout (WbCollectionPage *self);
void wb_collection_page_build_layout (WbCollectionPage *self);
void wb_collection_page_class_init_layout (GtkWidgetClass *widget_class);

/* wb-collection-filters.c: what rows have to be, besides what is searched for */
void wb_collection_page_add_filter (WbCollectionPage *self, const char *text);
void wb_collection_page_set_filters (WbCollectionPage *self, const char *text); /* in place of all others */
char *wb_collection_page_dup_filters (WbCollectionPage *self);
void wb_collection_page_update_filters (WbCollectionPage *self);
void wb_collection_page_compact_filters (WbCollectionPage *self, gboolean compact);
void wb_collection_page_build_filters (WbCollectionPage *self);
void wb_collection_page_class_init_filters (GtkWidgetClass *widget_class);

/* wb-collection-complete.c: what can be typed, while it is typed */
void wb_collection_page_offer (WbCollectionPage *self);
void wb_collection_page_ask_typed (WbCollectionPage *self);
void wb_collection_page_stop_offers (WbCollectionPage *self);
void wb_collection_page_build_offers (WbCollectionPage *self);

/* wb-collection-views.c: all of that under a name */
char *wb_collection_page_dup_view (WbCollectionPage *self);
void wb_collection_page_compact_views (WbCollectionPage *self, gboolean compact);
void wb_collection_page_build_views (WbCollectionPage *self);
void wb_collection_page_class_init_views (GtkWidgetClass *widget_class);

/* wb-collection-columns.c: which columns, in which order and how wide */
void wb_collection_page_take_columns (WbCollectionPage *self); /* after the layout was changed */
void wb_collection_page_fit_columns (WbCollectionPage *self, double width, double scale);
void wb_collection_page_update_columns_action (WbCollectionPage *self);
void wb_collection_page_close_columns (WbCollectionPage *self);
void wb_collection_page_build_columns (WbCollectionPage *self);
void wb_collection_page_class_init_columns (GtkWidgetClass *widget_class);

/* wb-collection-pane.c */
void wb_collection_page_show_detail (WbCollectionPage *self, gboolean show);
void wb_collection_page_show_selected (WbCollectionPage *self);
gboolean wb_collection_page_wants_detail (WbCollectionPage *self);
void wb_collection_page_update_pane (WbCollectionPage *self);
void wb_collection_page_settle_pane (WbCollectionPage *self);
void wb_collection_page_class_init_pane (GtkWidgetClass *widget_class);
void wb_collection_page_build_pane (WbCollectionPage *self);

G_END_DECLS
