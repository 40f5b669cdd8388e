// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-collection-page-private.h"

#include <glib/gi18n.h>

#include "wb-application.h"
#include "wb-compat.h"

GtkWidget *
wb_collection_page_get_list (WbCollectionPage *self)
{
  return self->words->rows_only ? GTK_WIDGET (self->cards) : GTK_WIDGET (self->list);
}

/* Search and chips */

gboolean
wb_collection_page_is_filtered (WbCollectionPage *self)
{
  return *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0' || !g_str_equal (self->chip, "all")
         || self->filters->len > 0;
}

static gboolean
ask_typed (gpointer page)
{
  WbCollectionPage *self = page;

  self->typed_id = 0;
  wb_collection_page_offer (self);
  wb_collection_page_ask_typed (self);
  wb_collection_page_update_filters (self);
  return G_SOURCE_REMOVE;
}

/* Another text takes the place of one by way of none: all rows are not shown between the two. */
static void
on_search_changed (WbCollectionPage *self)
{
  self->filter_moved = TRUE;
  g_clear_handle_id (&self->typed_id, g_source_remove);
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0')
    ask_typed (self);
  else
    self->typed_id = g_idle_add_full (G_PRIORITY_DEFAULT, ask_typed, self, NULL);
}

static void
on_stop_search (WbCollectionPage *self)
{
  /* One level each: the text first, then the row, which the search bar would take away at once. */
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0')
    {
      g_signal_stop_emission_by_name (self->search, "stop-search");
      gtk_editable_set_text (GTK_EDITABLE (self->search), "");
      return;
    }
  gtk_search_bar_set_search_mode (GTK_SEARCH_BAR (self->search_bar), FALSE);
  wb_collection_page_focus_list (self);
}

static void
on_search_activate (WbCollectionPage *self)
{
  wb_collection_page_focus_list (self);
}

static void
on_chip (WbChipBar *bar, const char *name, WbCollectionPage *self)
{
  g_free (self->chip);
  self->chip = g_strdup (name);
  self->filter_moved = TRUE;
  wb_list_model_set_chip (self->model, name);
}

void
wb_collection_page_clear_filters (WbCollectionPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_search_bar_set_search_mode (GTK_SEARCH_BAR (self->search_bar), FALSE);
  wb_chip_bar_select (self->chips, "all");
  wb_collection_page_set_filters (self, "");
}

static void
on_clear_filters (WbCollectionPage *self)
{
  wb_collection_page_clear_filters (self);
  self->want_focus = TRUE;
}

void
wb_collection_page_show_search (WbCollectionPage *self)
{
  gtk_search_bar_set_search_mode (GTK_SEARCH_BAR (self->search_bar), TRUE);
  gtk_widget_grab_focus (self->search);
}

void
wb_collection_page_search (WbCollectionPage *self, const char *text)
{
  wb_collection_page_show_search (self);
  gtk_editable_set_text (GTK_EDITABLE (self->search), text);
}

void
wb_collection_page_show_chip (WbCollectionPage *self, const char *chip)
{
  wb_collection_page_clear_filters (self);
  wb_chip_bar_select (self->chips, chip);
  self->chosen = FALSE;
}

void
wb_collection_page_show_filter (WbCollectionPage *self, const char *term)
{
  wb_collection_page_clear_filters (self);
  wb_collection_page_set_filters (self, term);
  self->chosen = FALSE;
}

static void
on_search_mode (WbCollectionPage *self)
{
  gboolean searching = gtk_search_bar_get_search_mode (GTK_SEARCH_BAR (self->search_bar));

  /* A collapsed bar still counts its child's width. */
  gtk_widget_set_visible (self->search, searching);
  wb_list_model_prepare_search (self->model, searching);
}

static void
add_chips (WbCollectionPage *self)
{
  self->chips = WB_CHIP_BAR (wb_chip_bar_new ());
  for (guint i = 0; i < self->words->n_chips; i++)
    wb_chip_bar_add (self->chips, self->words->chips[i].name, _(self->words->chips[i].title));
  wb_chip_bar_select (self->chips, "all");
  g_signal_connect (self->chips, "selected", G_CALLBACK (on_chip), self);
  gtk_widget_set_hexpand (GTK_WIDGET (self->chips), TRUE);
  gtk_box_append (GTK_BOX (self->chip_place), GTK_WIDGET (self->chips));
  wb_collection_page_build_filters (self);
}

/* The table */

static void
on_sorted (WbTitles *titles, int column, gboolean descending, WbCollectionPage *self)
{
  self->sorted = column;
  self->sorted_descending = descending;
  wb_collection_page_forget_fresh (self);
  wb_list_model_set_sort (self->model, column >= 0 ? self->words->columns[column].field : NULL, descending);
}

static void
build_rows (WbCollectionPage *self)
{
  self->titles = WB_TITLES (wb_titles_new ());
  g_signal_connect_object (self->titles, "sorted", G_CALLBACK (on_sorted), self, 0);
  self->cells = wb_cells_new (self->words, self->titles, self->selection);
  self->lines = wb_lines_new (self->words, self->selection);
  wb_row_list_set_header (self->list, GTK_WIDGET (self->titles));
}

static void
build_cards (WbCollectionPage *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->factories); i++)
    self->factories[i] = wb_row_factory_new (self->words, self->cards, self->selection, i == 1);
  wb_compat_single_tab_stop (GTK_WIDGET (self->cards));
}

/* What was read */

void
wb_collection_page_choose_first (WbCollectionPage *self)
{
  if (self->chosen || self->wanted_id != NULL || wb_collection_page_is_filling (self)
      || g_list_model_get_n_items (G_LIST_MODEL (self->model)) == 0)
    return;
  self->chosen = TRUE;
  if (wb_row_selection_get_position (self->selection) == GTK_INVALID_LIST_POSITION)
    wb_collection_page_select_at (self, 0);
}

static void
on_counts (WbCollectionPage *self)
{
  for (guint i = 0; i < self->words->n_chips; i++)
    wb_chip_bar_set_count (self->chips, self->words->chips[i].name,
                           wb_list_model_get_count (self->model, self->words->chips[i].name));
  if (!self->filter_moved)
    wb_row_selection_replace_gone (self->selection);
  wb_collection_page_select_when_read (self);
  wb_collection_page_choose_first (self);
  wb_collection_page_keep_place (self);
  self->filter_moved = FALSE;
  for (guint i = 0; self->words->rows_only && i < G_N_ELEMENTS (self->factories); i++)
    wb_row_factory_update_days (self->factories[i]);
  wb_collection_page_update (self);
  wb_collection_page_update_select (self);
  if (self->want_focus)
    wb_collection_page_focus_list (self);
}

static gboolean
focus_now (gpointer data)
{
  WbCollectionPage *self = data;
  GtkWidget *list = wb_collection_page_get_list (self);
  guint position = wb_row_selection_get_position (self->selection);

  if (self->want_first)
    position = 0;
  self->focus_id = 0;
  self->want_focus = self->want_first = FALSE;
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return G_SOURCE_REMOVE;
  if (g_list_model_get_n_items (G_LIST_MODEL (self->model)) == 0)
    gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
  else if (!wb_compat_list_focus (list, position != GTK_INVALID_LIST_POSITION ? position : 0))
    gtk_widget_grab_focus (list);
  return G_SOURCE_REMOVE;
}

/* When there is something to focus: after the first answer, and after the rows have been laid out. */
void
wb_collection_page_focus_list (WbCollectionPage *self)
{
  self->want_focus = wb_list_model_get_total (self->model) < 0 && g_list_model_get_n_items (G_LIST_MODEL (self->model)) == 0;
  if (!self->want_focus && self->focus_id == 0)
    self->focus_id = g_idle_add_full (GDK_PRIORITY_REDRAW + 5, focus_now, self, NULL);
}

void
wb_collection_page_focus_first (WbCollectionPage *self)
{
  self->want_first = TRUE;
  wb_collection_page_focus_list (self);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbCollectionPage) self = user_data;
  gint64 rowid = wb_list_model_find_id_finish (WB_LIST_MODEL (source), result, NULL);
  gint64 position = rowid >= 0 ? wb_list_model_find (WB_LIST_MODEL (source), rowid) : -1;

  self->finding = FALSE;
  if (self->find_again)
    wb_collection_page_select_when_read (self);
  if (self->finding || self->wanted_id == NULL || self->profile == NULL || position < 0)
    return;
  g_clear_pointer (&self->wanted_id, g_free);
  wb_collection_page_select_at (self, (guint) position);
  wb_compat_list_scroll_to (wb_collection_page_get_list (self), (guint) position);
  wb_collection_page_show_detail (self, TRUE);
}

/* One question at a time; what was asked for meanwhile, or has come to the list, is asked for after it. */
void
wb_collection_page_select_when_read (WbCollectionPage *self)
{
  self->find_again = self->finding && self->wanted_id != NULL;
  if (self->wanted_id == NULL || self->finding)
    return;
  self->finding = TRUE;
  wb_list_model_find_id_async (self->model, self->wanted_id, self->cancellable, found_cb, g_object_ref (self));
}

void
wb_collection_page_select (WbCollectionPage *self, const char *id)
{
  wb_collection_page_clear_filters (self);
  g_free (self->wanted_id);
  self->wanted_id = g_strdup (id);
  wb_collection_page_select_when_read (self);
}

void
wb_collection_page_build_list (WbCollectionPage *self)
{
  self->sorted = -1;
  build_rows (self);
  if (self->words->rows_only)
    build_cards (self);
  add_chips (self);
  g_object_bind_property (self->search_toggle, "active", self->search_bar, "search-mode-enabled",
                          G_BINDING_BIDIRECTIONAL);
  g_signal_connect_swapped (self->search_bar, "notify::search-mode-enabled", G_CALLBACK (on_search_mode), self);
  gtk_search_bar_connect_entry (GTK_SEARCH_BAR (self->search_bar), GTK_EDITABLE (self->search));
  gtk_search_bar_set_key_capture_widget (GTK_SEARCH_BAR (self->search_bar), self->list_box);
  on_search_mode (self);
  g_signal_connect_object (self->model, "counts-changed", G_CALLBACK (on_counts), self, G_CONNECT_SWAPPED);
  wb_collection_page_build_offers (self);
  wb_collection_page_build_place (self);
}

void
wb_collection_page_class_init_list (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, on_clear_filters);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
}
