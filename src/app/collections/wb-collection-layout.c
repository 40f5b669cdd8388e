// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-collection-page-private.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-compat.h"
#include "wb-sandbox-pill.h"
#include "wb-text-scale.h"

#define PANE_WIDTH 365
#define ROWS_BELOW 520
#define FULL_HEADER_FROM 900
#define SEARCH_IN_HEADER_FROM 300
#define TWO_LINES_BELOW 330
#define BANNER_COMPACT_BELOW 300
#define BANNER_NARROW_BELOW 420

/* The list's own width is worked out from the page's and the pane that is to be shown, never taken inside
 * the flap: while that slides the list passes every width. */

static gboolean
has_focus (WbCollectionPage *self)
{
  return gtk_widget_get_focus_child (GTK_WIDGET (self->stack)) != NULL;
}

/* What is looked at stays where it is; a focus that went with the rows comes back. */
static void
set_list (WbCollectionPage *self, gboolean as_rows)
{
  gboolean had_focus = has_focus (self);
  guint position = wb_row_selection_get_position (self->selection);

  gtk_widget_set_visible (GTK_WIDGET (self->titles), !as_rows);
  if (as_rows)
    gtk_widget_remove_css_class (GTK_WIDGET (self->list), "table");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->list), "table");
  wb_row_list_set_maker (self->list, as_rows ? &wb_lines_maker : &wb_cells_maker,
                         as_rows ? (gpointer) self->lines : (gpointer) self->cells);
  wb_row_list_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  if (position != GTK_INVALID_LIST_POSITION)
    wb_row_list_scroll_to (self->list, position);
  if (had_focus)
    wb_collection_page_focus_list (self);
}

/* A view that has no height yet scrolls to where there are no rows: the first frame lays it out, the next scrolls. */
static gboolean
show_place (GtkWidget *widget, GdkFrameClock *clock, gpointer had_focus)
{
  WbCollectionPage *self = WB_COLLECTION_PAGE (widget);
  guint position = wb_row_selection_get_position (self->selection);

  if (self->place_ticks++ == 0)
    return G_SOURCE_CONTINUE;
  self->place_id = 0;
  if (position != GTK_INVALID_LIST_POSITION)
    wb_compat_list_scroll_to (wb_collection_page_get_list (self), position);
  if (GPOINTER_TO_INT (had_focus))
    wb_collection_page_focus_list (self);
  return G_SOURCE_REMOVE;
}

static void
set_cards (WbCollectionPage *self, gboolean narrow)
{
  gboolean had_focus = has_focus (self);

  gtk_list_view_set_model (self->cards, NULL);
  gtk_list_view_set_factory (self->cards, self->factories[!narrow]);
  gtk_list_view_set_model (self->cards, GTK_SELECTION_MODEL (self->selection));
  self->place_ticks = 0;
  if (self->place_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->place_id);
  self->place_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), show_place, GINT_TO_POINTER (had_focus), NULL);
}

static void
set_rows (WbCollectionPage *self, gboolean as_rows)
{
  self->as_rows = as_rows || self->words->rows_only;
  if (self->words->rows_only)
    set_cards (self, as_rows);
  else
    set_list (self, as_rows);
  wb_collection_page_update_columns_action (self);
  wb_collection_page_update (self);
}

/* At narrow widths the main action is an icon. */
static void
set_main (WbCollectionPage *self, gboolean as_icon)
{
  const char *label = self->words->main_label;

  if (label == NULL)
    return;
  if (as_icon)
    gtk_button_set_icon_name (GTK_BUTTON (self->main), self->words->main_icon);
  else
    gtk_button_set_label (GTK_BUTTON (self->main), _(label));
  self->main_is_icon = as_icon;
  wb_collection_page_suggest_main (self);
  wb_accessible_set_name (self->main, _(label));
}

/* One loud button a screen: an icon is none, and an empty page has it in its middle. */
void
wb_collection_page_suggest_main (WbCollectionPage *self)
{
  if (self->main_is_icon || g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "empty") == 0)
    gtk_widget_remove_css_class (self->main, "suggested-action");
  else
    gtk_widget_add_css_class (self->main, "suggested-action");
}

/* A table, or lines where that has no room. */
static void
choose_rows (WbCollectionPage *self, double list)
{
  gboolean narrow = list < ROWS_BELOW, tight = list < TWO_LINES_BELOW;

  if (self->laid_out && narrow == self->narrow && tight == self->tight)
    return;
  self->narrow = narrow;
  self->tight = tight;
  self->laid_out = TRUE;
  wb_lines_set_tight (self->lines, tight);
  if (self->words->rows_only)
    wb_row_factory_set_tight (self->factories[0], tight);
  set_rows (self, narrow);
}

static gboolean
lay_out (gpointer data)
{
  WbCollectionPage *self = data;
  double scale = wb_text_scale ();
  double page = gtk_widget_get_width (self->bin) / scale;
  double list;

  self->layout_id = 0;
  wb_collection_page_settle_pane (self);
  list = page - (!adw_flap_get_folded (self->flap) && wb_collection_page_wants_detail (self) ? PANE_WIDTH : 0);
  if (page <= 0)
    return G_SOURCE_REMOVE;
  choose_rows (self, list);
  wb_collection_page_fit_columns (self, list, scale);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->last_box),
                                  list < TWO_LINES_BELOW ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_visible (self->last_text, !self->tight); /* the button says enough */
  wb_collection_page_lay_out_select (self);
  set_main (self, page < ROWS_BELOW);
  wb_collection_page_compact_filters (self, list < ROWS_BELOW);
  wb_banner_set_compact (self->banner, page < BANNER_COMPACT_BELOW);
  wb_banner_set_narrow (self->banner, page < BANNER_NARROW_BELOW);
  if (self->pill != NULL)
    {
      wb_sandbox_pill_set_compact (self->pill, page < FULL_HEADER_FROM);
      gtk_widget_set_visible (self->pill, page >= SEARCH_IN_HEADER_FROM);
    }
  gtk_widget_set_visible (self->back, self->folded);
  gtk_widget_set_visible (self->refresh, page >= FULL_HEADER_FROM);
  gtk_widget_set_visible (self->search_toggle, page >= SEARCH_IN_HEADER_FROM);
  gtk_widget_set_visible (self->detail_toggle, !self->folded);
  return G_SOURCE_REMOVE;
}

/* Folding is told in the middle of an allocation, where nothing may be changed: GTK would lose the new
 * sizes, and with them the frame. */
void
wb_collection_page_queue_layout (WbCollectionPage *self)
{
  if (self->layout_id == 0 && self->model != NULL)
    self->layout_id = g_idle_add_full (GTK_PRIORITY_RESIZE - 1, lay_out, self, NULL);
}

void
wb_collection_page_set_folded (WbCollectionPage *self, gboolean folded)
{
  self->folded = folded;
  wb_collection_page_queue_layout (self);
}

void
wb_collection_page_build_layout (WbCollectionPage *self)
{
  wb_collection_page_build_columns (self);
  gtk_widget_set_visible (self->main, self->words->main_label != NULL);
  set_main (self, FALSE);
  set_rows (self, FALSE);
}

void
wb_collection_page_class_init_layout (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback_full (widget_class, "on_width_class", G_CALLBACK (wb_collection_page_queue_layout));
}
