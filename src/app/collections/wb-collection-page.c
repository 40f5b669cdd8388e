// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-collection-page-private.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-compat.h"
#include "wb-sandbox-pill.h"

enum { BACK, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbCollectionPage, wb_collection_page, GTK_TYPE_WIDGET)

static void
on_back (WbCollectionPage *self)
{
  g_signal_emit (self, signals[BACK], 0);
}

WbCollection
wb_collection_page_get_collection (WbCollectionPage *self)
{
  return self->words->collection;
}

gboolean
wb_collection_page_close_pane (WbCollectionPage *self)
{
  if (!adw_flap_get_folded (self->flap) || !adw_flap_get_reveal_flap (self->flap))
    return FALSE;
  wb_collection_page_show_detail (self, FALSE);
  return TRUE;
}

gboolean
wb_collection_page_escape (WbCollectionPage *self)
{
  if (wb_collection_page_close_pane (self) || wb_collection_page_clear_selection (self))
    return TRUE;
  if (!gtk_search_bar_get_search_mode (GTK_SEARCH_BAR (self->search_bar)))
    return FALSE;
  g_signal_emit_by_name (self->search, "stop-search");
  return TRUE;
}

static void
name (gpointer widget, const char *text)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

/* A status page reads its texts as markup. */
static void
set_status (AdwStatusPage *page, const char *icon, const char *title, const char *text)
{
  g_autofree char *safe_title = g_markup_escape_text (title, -1);
  g_autofree char *safe_text = g_markup_escape_text (text, -1);

  adw_status_page_set_icon_name (page, icon);
  adw_status_page_set_title (page, safe_title);
  adw_status_page_set_description (page, safe_text);
}

static void
set_words (WbCollectionPage *self)
{
  const WbCollectionWords *words = self->words;

  adw_window_title_set_title (self->title, _(words->title));
  g_object_set (self->search, "placeholder-text", _(words->search), NULL);
  name (self->search, _(words->search));
  name (self->list, _(words->title));
  name (self->cards, _(words->title));
  gtk_label_set_label (GTK_LABEL (self->last_text), words->last_row != NULL ? _(words->last_row) : "");
  set_status (self->empty, words->icon, _(words->empty_title), _(words->empty_text));
  set_status (self->no_match, "edit-find-symbolic", _(words->no_match), "");
  gtk_widget_set_visible (self->empty_button, words->main_label != NULL);
  if (words->main_label == NULL)
    return;
  gtk_button_set_label (GTK_BUTTON (self->empty_button), _(words->main_label));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->empty_button), words->main_action);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->main), words->main_action);
}

GtkWidget *
wb_collection_page_new (WbProfile *profile, WbCollection collection)
{
  /* Its first rows are read meanwhile. */
  WbListModel *model = wb_list_model_new (profile, collection);
  WbCollectionPage *self = g_object_new (WB_TYPE_COLLECTION_PAGE, NULL);

  self->words = wb_collection_words (collection);
  self->profile = g_object_ref (profile);
  self->model = model;
  self->selection = wb_row_selection_new (self->model);
  set_words (self);
  wb_collection_page_build_list (self);
  wb_collection_page_build_actions (self);
  wb_collection_page_build_select (self);
  wb_collection_page_build_states (self);
  wb_collection_page_build_layout (self);
  wb_collection_page_build_pane (self);
  if (wb_profile_get_info (profile)->kind == WB_PROFILE_BUILT_IN)
    {
      self->pill = wb_sandbox_pill_new ();
      adw_header_bar_pack_start (ADW_HEADER_BAR (self->header), self->pill);
    }
  return GTK_WIDGET (self);
}

static void
wb_collection_page_dispose (GObject *object)
{
  WbCollectionPage *self = WB_COLLECTION_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  wb_collection_page_drop_export (self);
  g_clear_handle_id (&self->layout_id, g_source_remove);
  g_clear_handle_id (&self->focus_id, g_source_remove);
  g_clear_handle_id (&self->pane_id, g_source_remove);
  g_clear_handle_id (&self->typed_id, g_source_remove);
  g_clear_pointer (&self->row_menu, gtk_widget_unparent);
  if (self->layout != NULL)
    wb_collection_page_close_columns (self);
  wb_collection_page_stop_offers (self);
  if (self->list != NULL)
    {
      wb_row_list_set_model (self->list, NULL);
      gtk_list_view_set_model (self->cards, NULL);
      gtk_list_view_set_factory (self->cards, NULL);
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), WB_TYPE_COLLECTION_PAGE);
  g_clear_object (&self->summary);
  g_clear_object (&self->nothing);
  for (guint i = 0; i < G_N_ELEMENTS (self->factories); i++)
    g_clear_object (&self->factories[i]);
  g_clear_pointer (&self->cells, wb_cells_free);
  g_clear_pointer (&self->lines, wb_lines_free);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_object (&self->profile);
  G_OBJECT_CLASS (wb_collection_page_parent_class)->dispose (object);
}

static void
wb_collection_page_finalize (GObject *object)
{
  WbCollectionPage *self = WB_COLLECTION_PAGE (object);

  g_object_unref (self->cancellable);
  g_clear_error (&self->error);
  g_clear_pointer (&self->layout, g_array_unref);
  g_clear_pointer (&self->filters, g_ptr_array_unref);
  g_free (self->shown_filters);
  g_free (self->chip);
  g_free (self->wanted_id);
  g_free (self->shown_id);
  G_OBJECT_CLASS (wb_collection_page_parent_class)->finalize (object);
}

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, WbCollectionPage, child)

static void
wb_collection_page_class_init (WbCollectionPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_collection_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_collection_page_finalize;
  signals[BACK]
      = g_signal_new ("back", WB_TYPE_COLLECTION_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (WB_TYPE_ROW_LIST);
  g_type_ensure (WB_TYPE_WIDTH_BIN);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/collections/wb-collection-page.ui");
  BIND (back);
  BIND (banner_place);
  BIND (bin);
  BIND (cards);
  BIND (chip_place);
  BIND (detail_toggle);
  BIND (empty);
  BIND (empty_button);
  BIND (filter_box);
  BIND (filter_place);
  BIND (flap);
  BIND (header);
  BIND (last_box);
  BIND (last_text);
  BIND (list);
  BIND (list_bin);
  BIND (list_box);
  BIND (main);
  BIND (menu);
  BIND (no_match);
  BIND (no_match_chips);
  BIND (pane);
  BIND (progress);
  BIND (refresh);
  BIND (search);
  BIND (search_bar);
  BIND (search_toggle);
  BIND (stack);
  BIND (title);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  wb_collection_page_class_init_actions (widget_class);
  wb_collection_page_class_init_columns (widget_class);
  wb_collection_page_class_init_filters (widget_class);
  wb_collection_page_class_init_export (widget_class);
  wb_collection_page_class_init_layout (widget_class);
  wb_collection_page_class_init_list (widget_class);
  wb_collection_page_class_init_pane (widget_class);
  wb_collection_page_class_init_place (widget_class);
  wb_collection_page_class_init_select (widget_class);
  wb_collection_page_class_init_views (widget_class);
}

static void
wb_collection_page_init (WbCollectionPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->chip = g_strdup ("all");
  wb_accessible_set_name (self->back, _("Back"));
  wb_accessible_set_name (self->detail_toggle, _("Details"));
  wb_accessible_set_name (self->menu, _("More"));
  wb_accessible_set_name (self->refresh, _("Refresh"));
  wb_accessible_set_name (self->search_toggle, _("Search"));
  name (self->progress, _("Loading"));
  wb_compat_calm_shadows (GTK_WIDGET (self->flap));
}
