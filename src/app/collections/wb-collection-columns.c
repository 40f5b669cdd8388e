// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-collection-page-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "wb-compat.h"
#include "wb-text-scale.h"

/* The columns that a person chose: kept with what was learned of the profile, in its journal. The preferences of the
 * program know nothing of profiles, and a file of its own would have to be read before the first frame. */

#define SAVE_MS 600
#define CELL_PADDING 20

static const char *const facts[WB_N_COLLECTIONS] = {
  [WB_COLLECTION_ORDERS] = "columns-orders",       [WB_COLLECTION_ACTIVITY] = "columns-activity",
  [WB_COLLECTION_CUSTOMERS] = "columns-customers", [WB_COLLECTION_DOMAINS] = "columns-domains",
  [WB_COLLECTION_MAILBOXES] = "columns-mailboxes", [WB_COLLECTION_SUBSCRIPTIONS] = "columns-subscriptions",
};

static void
save (WbCollectionPage *self)
{
  g_autofree char *text = wb_column_layout_to_text (self->words, self->layout);
  g_autoptr (GArray) plain = wb_column_layout_new (self->words);
  g_autofree char *nothing = wb_column_layout_to_text (self->words, plain);

  /* What nobody chose may be other in the next version. */
  wb_profile_set_fact (self->profile, facts[self->words->collection], g_str_equal (text, nothing) ? "" : text);
}

static gboolean
on_save (gpointer data)
{
  WbCollectionPage *self = data;

  self->save_id = 0;
  save (self);
  wb_collection_page_queue_layout (self);
  return G_SOURCE_REMOVE;
}

void
wb_collection_page_close_columns (WbCollectionPage *self)
{
  g_clear_handle_id (&self->save_id, g_source_remove);
  g_clear_pointer (&self->column_popover, gtk_widget_unparent);
}

static void
on_resized (WbTitles *titles, guint column, int width, WbCollectionPage *self)
{
  for (guint i = 0; i < self->layout->len; i++)
    {
      WbColumnPlace *place = &g_array_index (self->layout, WbColumnPlace, i);

      if (place->column == column)
        place->width = (int) round (width / wb_text_scale ());
    }
  g_clear_handle_id (&self->save_id, g_source_remove);
  self->save_id = g_timeout_add (SAVE_MS, on_save, self);
}

/* Columns that were not shown have nothing in them yet. */
static void
on_laid_out (WbTitles *titles, gboolean others, WbCollectionPage *self)
{
  if (others && !self->as_rows)
    wb_row_list_bind_again (self->list);
  wb_row_list_lay_out (self->list);
}

/* The first is not in the layout: it stays where it is. */
static void
put_in_order (WbCollectionPage *self)
{
  g_autofree guint *order = g_new0 (guint, self->words->n_columns);

  for (guint i = 0; i < self->layout->len; i++)
    order[i + 1] = g_array_index (self->layout, WbColumnPlace, i).column;
  wb_titles_set_order (self->titles, order);
}

/* Widths: at text scale 1. No word of a state is cut, in whatever language, unless a person wants it so. */

static int
place_width (WbCollectionPage *self, const WbColumnPlace *place, int state_width)
{
  const WbColumn *column = &self->words->columns[place->column];

  if (place->width > 0)
    return place->width;
  return column->kind == WB_COLUMN_STATE ? MAX (column->width, state_width) : column->width;
}

static int
needed_width (WbCollectionPage *self, guint rank, int state_width)
{
  int width = self->words->columns[0].width;

  for (guint i = 0; i < self->layout->len; i++)
    {
      const WbColumnPlace *place = &g_array_index (self->layout, WbColumnPlace, i);

      if (place->shown && self->words->columns[place->column].rank <= rank)
        width += place_width (self, place, state_width);
    }
  return width;
}

/* Columns of least rank leave first, until the rest fits. */
void
wb_collection_page_fit_columns (WbCollectionPage *self, double width, double scale)
{
  const char *family = self->words->state_family;
  int state_width = family != NULL ? (int) ceil (wb_state_pill_widest (family) / scale) + CELL_PADDING : 0;
  guint rank = 9;

  while (rank > 0 && needed_width (self, rank, state_width) > width)
    rank--;
  put_in_order (self);
  for (guint i = 0; i < self->layout->len; i++)
    {
      const WbColumnPlace *place = &g_array_index (self->layout, WbColumnPlace, i);
      gboolean shown = place->shown && self->words->columns[place->column].rank <= rank;

      wb_titles_set_column (self->titles, place->column, shown, (int) (place_width (self, place, state_width) * scale));
    }
}

/* The chooser */

void
wb_collection_page_take_columns (WbCollectionPage *self)
{
  g_clear_handle_id (&self->save_id, g_source_remove);
  save (self);
  wb_collection_page_queue_layout (self);
}

static gboolean
drop_popover (gpointer data)
{
  WbCollectionPage *self = data;

  if (self->column_popover != NULL && !gtk_widget_get_visible (self->column_popover))
    g_clear_pointer (&self->column_popover, gtk_widget_unparent);
  g_object_unref (self);
  return G_SOURCE_REMOVE;
}

static void
on_closed (WbCollectionPage *self)
{
  wb_collection_page_focus_list (self);
  g_idle_add (drop_popover, g_object_ref (self));
}

/* Below the table's titles, at their end. */
static void
on_columns (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbCollectionPage *self = WB_COLLECTION_PAGE (widget);
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self->stack));
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int width = gtk_widget_get_width (parent);

  if (self->as_rows)
    return;
  wb_collection_page_close_columns (self);
  self->column_popover = wb_column_popover_new (self->words, self->layout);
  g_signal_connect_swapped (self->column_popover, "changed", G_CALLBACK (wb_collection_page_take_columns), self);
  g_signal_connect_swapped (self->column_popover, "closed", G_CALLBACK (on_closed), self);
  gtk_widget_set_parent (self->column_popover, parent);
  gtk_popover_set_position (GTK_POPOVER (self->column_popover), GTK_POS_BOTTOM);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->column_popover), &(GdkRectangle) { rtl ? 60 : width - 60, 32, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->column_popover));
}

static void
on_hide_column (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbCollectionPage *self = WB_COLLECTION_PAGE (widget);
  guint column = g_variant_get_uint32 (parameter);

  for (guint i = 0; i < self->layout->len; i++)
    {
      WbColumnPlace *place = &g_array_index (self->layout, WbColumnPlace, i);

      if (place->column == column && wb_column_layout_can_hide (self->words, place))
        place->shown = FALSE;
    }
  wb_collection_page_take_columns (self);
}

static GMenuModel *
make_header_menu (WbCollectionPage *self, guint column)
{
  GMenu *menu = g_menu_new ();
  g_autofree char *hide = g_strdup_printf ("collection.hide-column(uint32 %u)", column);

  g_menu_append (menu, _("_Columns…"), "collection.columns");
  if (column > 0 && self->words->columns[column].kind != WB_COLUMN_STATE)
    g_menu_append (menu, _("_Hide This Column"), hide);
  return G_MENU_MODEL (menu);
}

/* A width that was pulled a moment ago. */
static void
on_closing (WbCollectionPage *self)
{
  if (self->save_id != 0)
    save (self);
  g_clear_handle_id (&self->save_id, g_source_remove);
}

void
wb_collection_page_update_columns_action (WbCollectionPage *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "collection.columns", !self->as_rows);
}

void
wb_collection_page_build_columns (WbCollectionPage *self)
{
  self->layout
      = wb_column_layout_parse (self->words, wb_profile_get_fact (self->profile, facts[self->words->collection]));
  for (guint i = 0; i < self->words->n_columns; i++)
    {
      const WbColumn *column = &self->words->columns[i];
      g_autoptr (GMenuModel) menu = make_header_menu (self, i);

      wb_titles_add (self->titles, _(column->title), column->kind == WB_COLUMN_NUMBER || column->kind == WB_COLUMN_MONEY, menu);
    }
  g_signal_connect_object (self->titles, "resized", G_CALLBACK (on_resized), self, 0);
  g_signal_connect_object (self->titles, "laid-out", G_CALLBACK (on_laid_out), self, 0);
  g_signal_connect_object (self->profile, "closing", G_CALLBACK (on_closing), self, G_CONNECT_SWAPPED);
}

void
wb_collection_page_class_init_columns (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "collection.columns", NULL, on_columns);
  gtk_widget_class_install_action (widget_class, "collection.hide-column", "u", on_hide_column);
}
