// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "wb-list.h"
#include "wb-profile.h"

G_BEGIN_DECLS

/* One class for all collections; the table of its columns, chips and words says the rest. */
#define WB_TYPE_COLLECTION_PAGE (wb_collection_page_get_type ())
G_DECLARE_FINAL_TYPE (WbCollectionPage, wb_collection_page, WB, COLLECTION_PAGE, GtkWidget)

GtkWidget *wb_collection_page_new (WbProfile *profile, WbCollection collection);
WbCollection wb_collection_page_get_collection (WbCollectionPage *self);
/* Back button shown, for the folded window; signal "back". */
void wb_collection_page_set_folded (WbCollectionPage *self, gboolean folded);
/* The one main action of the page; nothing where it has none. */
void wb_collection_page_main (WbCollectionPage *self);
void wb_collection_page_show_search (WbCollectionPage *self);
/* Searches for @text, or shows what one chip holds. */
void wb_collection_page_search (WbCollectionPage *self, const char *text);
void wb_collection_page_show_chip (WbCollectionPage *self, const char *chip);
/* Only the rows that a term lets through. */
void wb_collection_page_show_filter (WbCollectionPage *self, const char *term);
/* What wb_saved_views_find() keeps of a view. */
void wb_collection_page_show_view (WbCollectionPage *self, const char *text);
/* As soon as there is something to focus. */
void wb_collection_page_focus_list (WbCollectionPage *self);
void wb_collection_page_toggle_detail (WbCollectionPage *self);
void wb_collection_page_refresh (WbCollectionPage *self);
/* As a person asks for it: reading that was paused goes on. */
void wb_collection_page_read_now (WbCollectionPage *self);
/* Selects a row by its id and shows it in the pane, clearing filters that hide it. */
void wb_collection_page_select (WbCollectionPage *self, const char *id);
/* One level of Esc: TRUE when something was cleared or closed. */
gboolean wb_collection_page_escape (WbCollectionPage *self);
/* Closes the pane where it covers the list; FALSE when it does not. */
gboolean wb_collection_page_close_pane (WbCollectionPage *self);
/* F6: moves the focus to list or pane; FALSE when it is at the last. */
gboolean wb_collection_page_next_pane (WbCollectionPage *self, gboolean backwards);

/* What stands in the pane for one row of a collection; NULL for none. */
GtkWidget *wb_order_pane_new (WbProfile *profile, const char *id, const char *kind);
GtkWidget *wb_operation_pane_new (WbProfile *profile, const char *id);
GtkWidget *wb_customer_pane_new (WbProfile *profile, const char *id);
GtkWidget *wb_domain_pane_new (WbProfile *profile, const char *id);
GtkWidget *wb_mailbox_pane_new (WbProfile *profile, const char *id);
GtkWidget *wb_subscription_pane_new (WbProfile *profile, const char *id);

G_END_DECLS
