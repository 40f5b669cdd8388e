// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-collection-page-private.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-compat.h"
#include "wb-format.h"

/* Rows keep their place: what stands first on the screen stays there when rows come above it, and a pill says
 * how many did. */

static GtkAdjustment *
list_adjustment (WbCollectionPage *self)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (wb_collection_page_get_list (self)));
}

static double
row_height (WbCollectionPage *self, GtkAdjustment *adjustment)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));

  return n > 0 ? gtk_adjustment_get_upper (adjustment) / n : 0;
}

/* Clear of the table's titles. */
static int
pill_top (WbCollectionPage *self)
{
  return 12 + (self->as_rows ? 0 : gtk_widget_get_height (GTK_WIDGET (self->titles)));
}

static void
set_fresh (WbCollectionPage *self, guint n)
{
  g_autofree char *figure = NULL;
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;

  if (self->n_fresh == n)
    return;
  self->n_fresh = n;
  if (n == 0)
    {
      /* A focus that it has goes to the list, never nowhere. */
      if (gtk_widget_has_focus (self->fresh))
        wb_collection_page_focus_list (self);
      gtk_widget_set_visible (self->fresh, FALSE);
      return;
    }
  figure = wb_format_count (n);
  /* Translators: a button over a list that is scrolled down: rows that came above it; it leads there */
  text = g_strdup_printf (ngettext ("%s new ↑", "%s new ↑", n), figure);
  name = g_strdup_printf (ngettext ("%s new row above: go to the top", "%s new rows above: go to the top", n), figure);
  gtk_button_set_label (GTK_BUTTON (self->fresh), text);
  wb_accessible_set_name (self->fresh, name);
  gtk_widget_set_margin_top (self->fresh, pill_top (self));
  gtk_widget_set_visible (self->fresh, TRUE);
}

static void
on_scrolled (GtkAdjustment *adjustment, WbCollectionPage *self)
{
  double height = row_height (self, adjustment), value = gtk_adjustment_get_value (adjustment);
  guint above = height > 0 ? (guint) (value / height) : 0;

  if (adjustment != list_adjustment (self))
    return;
  self->anchor = value > 0 && height > 0 ? wb_list_model_get_rowid (self->model, above) : -1;
  /* What has come into view is no news any more. */
  set_fresh (self, value <= 0 ? 0 : MIN (self->n_fresh, MAX (above, 1)));
}

/* So much changed that the view could not follow: by the number of the row that stood first. */
static void
find_place (WbCollectionPage *self)
{
  GtkAdjustment *adjustment = list_adjustment (self);
  double height = row_height (self, adjustment), value = gtk_adjustment_get_value (adjustment);
  gint64 now = self->anchor >= 0 && height > 0 ? wb_list_model_find (self->model, self->anchor) : -1;
  guint then = height > 0 ? (guint) (value / height) : 0;

  if (now >= 0 && (guint) now != then)
    gtk_adjustment_set_value (adjustment, value + ((double) now - then) * height);
}

/* Who looks at the top looks at what comes there. Ours does so by itself, and may be about to go elsewhere. */
static void
show_top (GtkWidget *list)
{
  if (!WB_IS_ROW_LIST (list))
    wb_compat_list_scroll_to (list, 0);
}

void
wb_collection_page_keep_place (WbCollectionPage *self)
{
  GtkWidget *list = wb_collection_page_get_list (self);
  gboolean at_top = gtk_adjustment_get_value (list_adjustment (self)) <= 0;
  int arrived = wb_list_model_get_arrived (self->model, wb_compat_list_first_shown (list));

  if (self->filter_moved)
    set_fresh (self, 0);
  else if (at_top && g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0)
    show_top (list);
  else if (arrived < 0)
    find_place (self);
  else
    set_fresh (self, self->n_fresh + (guint) arrived);
}

void
wb_collection_page_forget_fresh (WbCollectionPage *self)
{
  set_fresh (self, 0);
}

static void
on_fresh (WbCollectionPage *self)
{
  set_fresh (self, 0);
  wb_compat_list_scroll_to (wb_collection_page_get_list (self), 0);
  wb_collection_page_focus_first (self);
}

void
wb_collection_page_build_place (WbCollectionPage *self)
{
  self->anchor = -1;
  g_signal_connect_object (list_adjustment (self), "value-changed", G_CALLBACK (on_scrolled), self, 0);
}

void
wb_collection_page_class_init_place (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WbCollectionPage, fresh);
  gtk_widget_class_bind_template_callback (widget_class, on_fresh);
}
