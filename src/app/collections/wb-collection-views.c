// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-collection-page-private.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-format.h"
#include "wb-views-popover.h"
#include "wb-window.h"

/* A view is a dictionary of texts, so that each version can pass over what it does not know: search, filters, chip,
 * sort, descending, columns. */

char *
wb_collection_page_dup_view (WbCollectionPage *self)
{
  g_autofree char *filters = wb_collection_page_dup_filters (self);
  g_autofree char *columns = wb_column_layout_to_text (self->words, self->layout);
  const char *sort = self->sorted >= 0 ? self->words->columns[self->sorted].field : "";
  g_autoptr (GVariant) body = NULL;
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_add (&builder, "{ss}", "search", gtk_editable_get_text (GTK_EDITABLE (self->search)));
  g_variant_builder_add (&builder, "{ss}", "filters", filters);
  g_variant_builder_add (&builder, "{ss}", "chip", self->chip);
  g_variant_builder_add (&builder, "{ss}", "sort", sort);
  g_variant_builder_add (&builder, "{ss}", "descending", self->sorted_descending ? "yes" : "no");
  g_variant_builder_add (&builder, "{ss}", "columns", columns);
  body = g_variant_ref_sink (g_variant_builder_end (&builder));
  return g_variant_print (body, FALSE);
}

static void
sort_by (WbCollectionPage *self, const char *field, gboolean descending)
{
  int column = -1;

  for (guint i = 0; i < self->words->n_columns; i++)
    if (g_strcmp0 (self->words->columns[i].field, field) == 0)
      column = (int) i;
  wb_titles_sort (self->titles, column, descending);
}

static void
take_columns (WbCollectionPage *self, const char *columns)
{
  g_autoptr (GArray) layout = wb_column_layout_parse (self->words, columns);

  g_array_set_size (self->layout, 0);
  g_array_append_vals (self->layout, layout->data, layout->len);
  wb_collection_page_take_columns (self);
}

static const char *
look_up (GVariant *body, const char *name)
{
  const char *text = NULL;

  return g_variant_lookup (body, name, "&s", &text) ? text : "";
}

void
wb_collection_page_show_view (WbCollectionPage *self, const char *text)
{
  g_autoptr (GVariant) body = g_variant_parse (G_VARIANT_TYPE ("a{ss}"), text, NULL, NULL, NULL);
  const char *search, *chip;

  if (body == NULL)
    return;
  search = look_up (body, "search");
  chip = look_up (body, "chip");
  wb_collection_page_clear_filters (self);
  if (*search != '\0')
    {
      gtk_search_bar_set_search_mode (GTK_SEARCH_BAR (self->search_bar), TRUE);
      gtk_editable_set_text (GTK_EDITABLE (self->search), search);
    }
  wb_chip_bar_select (self->chips, *chip != '\0' ? chip : "all");
  wb_collection_page_set_filters (self, look_up (body, "filters"));
  sort_by (self, look_up (body, "sort"), g_str_equal (look_up (body, "descending"), "yes"));
  if (*look_up (body, "columns") != '\0')
    take_columns (self, look_up (body, "columns"));
  wb_collection_page_focus_list (self);
}

/* The popover */

static void
on_built_in (WbViewsPopover *popover, const WbBuiltInView *view, WbCollectionPage *self)
{
  wb_collection_page_clear_filters (self);
  wb_collection_page_set_filters (self, view->filters);
  sort_by (self, view->sort, FALSE);
  wb_collection_page_focus_list (self);
}

static void
on_chosen (WbViewsPopover *popover, const char *id, WbCollectionPage *self)
{
  const WbSavedView *view = wb_saved_views_find (wb_profile_get_views (self->profile), id);
  g_autofree char *body = view != NULL ? g_strdup (view->body) : NULL;

  if (body != NULL)
    wb_collection_page_show_view (self, body);
}

static void
toast (WbCollectionPage *self, const char *format, const char *name, GCallback undo)
{
  GtkRoot *window = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *shown = wb_format_isolated (name), *text = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  text = g_strdup_printf (format, shown);
#pragma GCC diagnostic pop
  if (WB_IS_WINDOW (window))
    wb_window_toast_undo (WB_WINDOW (window), text, undo, self);
}

static void
on_save (WbViewsPopover *popover, const char *id, const char *name, WbCollectionPage *self)
{
  WbSavedViews *views = wb_profile_get_views (self->profile);
  g_autofree char *body = wb_collection_page_dup_view (self);
  const WbSavedView *view;

  if (*id != '\0')
    wb_saved_views_set_body (views, id, body);
  else
    id = wb_saved_views_add (views, self->words->collection, name, body);
  view = wb_saved_views_find (views, id);
  if (view != NULL)
    /* Translators: %s is the name of a view */
    toast (self, _("Saved %s"), view->name, NULL);
}

static void
on_undo (WbCollectionPage *self)
{
  if (self->profile != NULL && wb_profile_get_views (self->profile) != NULL)
    wb_saved_views_undo_remove (wb_profile_get_views (self->profile));
}

static void
on_removed (WbViewsPopover *popover, const char *id, WbCollectionPage *self)
{
  WbSavedViews *views = wb_profile_get_views (self->profile);
  const WbSavedView *view = wb_saved_views_find (views, id);
  g_autofree char *name = view != NULL ? g_strdup (view->name) : NULL;

  if (name == NULL)
    return;
  wb_saved_views_remove (views, id);
  /* Translators: %s is the name of a view */
  toast (self, _("Deleted %s"), name, G_CALLBACK (on_undo));
}

static void
make_popover (GtkMenuButton *button, gpointer user_data)
{
  WbCollectionPage *self = user_data;
  GtkWidget *popover = wb_views_popover_new (wb_profile_get_views (self->profile), self->words->collection);

  g_signal_connect (popover, "built-in", G_CALLBACK (on_built_in), self);
  g_signal_connect (popover, "chosen", G_CALLBACK (on_chosen), self);
  g_signal_connect (popover, "save", G_CALLBACK (on_save), self);
  g_signal_connect (popover, "removed", G_CALLBACK (on_removed), self);
  gtk_menu_button_set_popover (button, popover);
}

static void
on_views (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbCollectionPage *self = WB_COLLECTION_PAGE (widget);

  if (gtk_widget_get_mapped (self->views))
    gtk_menu_button_popup (GTK_MENU_BUTTON (self->views));
}

void
wb_collection_page_compact_views (WbCollectionPage *self, gboolean compact)
{
  if (compact)
    gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->views), "view-list-symbolic");
  else
    gtk_menu_button_set_label (GTK_MENU_BUTTON (self->views), _("Views"));
  wb_accessible_set_name (self->views, _("Views"));
}

void
wb_collection_page_build_views (WbCollectionPage *self)
{
  self->views = gtk_menu_button_new ();
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->views), make_popover, self, NULL);
  gtk_widget_add_css_class (self->views, "chip");
  gtk_widget_set_valign (self->views, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->chip_place), self->views);
  wb_collection_page_compact_views (self, FALSE);
}

void
wb_collection_page_class_init_views (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "collection.views", NULL, on_views);
}
