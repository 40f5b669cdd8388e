// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-collection-page-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "wb-accessible.h"
#include "wb-compat.h"
#include "wb-sandbox-pill.h"
#include "wb-state-pill.h"
#include "wb-text-scale.h"

#define PANE_WIDTH 365
#define ROWS_BELOW 520
#define FULL_HEADER_FROM 900
#define SEARCH_IN_HEADER_FROM 300
#define TWO_LINES_BELOW 330
#define TITLE_WIDTH 210
#define CELL_PADDING 20
#define BANNER_COMPACT_BELOW 300

/* The list's own width is worked out from the page's and the pane that is to be shown, never taken inside
 * the flap: while that slides the list passes every width. */

static void
set_rows (WbCollectionPage *self, gboolean as_rows)
{
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (self->selection);
  guint position = wb_row_selection_get_position (self->selection);
  gboolean had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self->stack)) != NULL;

  self->as_rows = as_rows || self->words->rows_only;
  /* A hidden view would keep its 205 rows bound. */
  gtk_column_view_set_model (self->table, NULL);
  gtk_list_view_set_model (self->rows, NULL);
  if (self->as_rows)
    {
      gtk_list_view_set_factory (self->rows, self->factories[!as_rows]);
      gtk_list_view_set_model (self->rows, selection);
    }
  else
    gtk_column_view_set_model (self->table, selection);
  wb_collection_page_update (self);
  if (position != GTK_INVALID_LIST_POSITION)
    wb_compat_list_scroll_to (wb_collection_page_get_list (self), position);
  /* It went with the rows that had it. */
  if (had_focus)
    wb_collection_page_focus_list (self);
}

/* At text scale 1. No word of a state is cut, in whatever language. */
static int
column_width (const WbColumn *column, int state_width)
{
  return column->kind == WB_COLUMN_STATE ? MAX (column->width, state_width) : column->width;
}

static int
needed_width (WbCollectionPage *self, guint rank, int state_width)
{
  int width = TITLE_WIDTH;

  for (guint i = 1; i < self->words->n_columns; i++)
    if (self->words->columns[i].rank <= rank)
      width += column_width (&self->words->columns[i], state_width);
  return width;
}

/* Columns of least rank leave first, until the rest fits. */
static void
fit_columns (WbCollectionPage *self, double width, double scale)
{
  const char *family = self->words->state_family;
  int state_width = family != NULL ? (int) ceil (wb_state_pill_widest (family) / scale) + CELL_PADDING : 0;
  guint rank = 9;

  while (rank > 0 && needed_width (self, rank, state_width) > width)
    rank--;
  for (guint i = 1; i < self->words->n_columns; i++)
    {
      const WbColumn *column = &self->words->columns[i];
      gboolean shown = column->rank <= rank;

      gtk_column_view_column_set_visible (self->columns[i], shown);
      /* A hidden column with a fixed width still takes it (GTK 4.8). */
      gtk_column_view_column_set_fixed_width (self->columns[i], shown ? (int) (column_width (column, state_width) * scale) : -1);
    }
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
  if ((list < ROWS_BELOW) != self->narrow || !self->laid_out)
    {
      self->narrow = list < ROWS_BELOW;
      self->laid_out = TRUE;
      set_rows (self, self->narrow);
    }
  fit_columns (self, list, scale);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->last_box),
                                  list < TWO_LINES_BELOW ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  set_main (self, page < ROWS_BELOW);
  wb_banner_set_compact (self->banner, page < BANNER_COMPACT_BELOW);
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
  g_autofree gboolean *at_end = g_new0 (gboolean, self->words->n_columns);

  for (guint i = 0; i < self->words->n_columns; i++)
    at_end[i] = self->words->columns[i].kind == WB_COLUMN_NUMBER || self->words->columns[i].kind == WB_COLUMN_MONEY;
  wb_compat_align_titles (self->table, at_end, self->words->n_columns);
  gtk_widget_set_visible (self->main, self->words->main_label != NULL);
  set_main (self, FALSE);
  set_rows (self, FALSE);
}

void
wb_collection_page_class_init_layout (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback_full (widget_class, "on_width_class", G_CALLBACK (wb_collection_page_queue_layout));
}
