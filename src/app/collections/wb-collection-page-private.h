// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-banner.h"
#include "wb-chip-bar.h"
#include "wb-collection-page.h"
#include "wb-columns.h"
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
  GtkColumnViewColumn **columns; /* lent by the table */

  GtkWidget *bin, *list_bin, *list_box, *back, *main, *menu, *refresh, *search_toggle, *detail_toggle;
  GtkWidget *banner_place, *chip_place, *search_bar, *search, *last_row, *pane, *empty_button;
  AdwWindowTitle *title;
  AdwFlap *flap;
  GtkStack *stack;
  GtkColumnView *table;
  GtkListView *rows;
  AdwStatusPage *empty, *no_match;
  WbBanner *banner;
  WbChipBar *chips;

  char *chip, *wanted_id, *shown_id;
  WbRemedy remedy;
  gboolean as_rows, narrow, laid_out, stale, folded, want_detail, was_folded, updating;
};

void wb_collection_page_update (WbCollectionPage *self);
void wb_collection_page_relayout (WbCollectionPage *self);
void wb_collection_page_set_main (WbCollectionPage *self, gboolean as_icon);

/* The pane */
void wb_collection_page_show_detail (WbCollectionPage *self, gboolean show);
void wb_collection_page_show_selected (WbCollectionPage *self);
void wb_collection_page_fit_pane (WbCollectionPage *self);
void wb_collection_page_class_bind_pane (GtkWidgetClass *widget_class);
void wb_collection_page_init_pane (WbCollectionPage *self);

G_END_DECLS
