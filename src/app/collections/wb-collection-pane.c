// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-collection-page-private.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"

/* The detail pane beside or over the list. */

static void
clear_pane (WbCollectionPage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->pane)) != NULL)
    gtk_box_remove (GTK_BOX (self->pane), child);
}

static void
on_close (WbCollectionPage *self)
{
  wb_collection_page_show_detail (self, FALSE);
}

static GtkWidget *
make_nothing (WbCollectionPage *self)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), self->words->icon);
  adw_status_page_set_description (ADW_STATUS_PAGE (page), _("Select a row to see its details."));
  gtk_widget_add_css_class (page, "compact");
  gtk_widget_set_vexpand (page, TRUE);
  return page;
}

static GtkWidget *
make_content (WbCollectionPage *self, const char *id)
{
  g_autoptr (WbRow) row = NULL;

  if (*id == '\0')
    return make_nothing (self);
  row = g_list_model_get_item (G_LIST_MODEL (self->model), wb_row_selection_get_position (self->selection));
  switch (self->words->collection)
    {
    case WB_COLLECTION_ORDERS:
      return wb_order_pane_new (self->profile, id, row != NULL ? wb_row_get_text (row, "kind") : "order");
    case WB_COLLECTION_ACTIVITY:
      return wb_operation_pane_new (self->profile, id);
    case WB_COLLECTION_CUSTOMERS:
      return wb_customer_pane_new (self->profile, id);
    default:
      g_return_val_if_reached (NULL);
    }
}

/* Close stands in every pane's corner; Back too, where it covers the list. */
static GtkWidget *
make_head (WbCollectionPage *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *close = gtk_button_new_from_icon_name (self->folded ? "go-previous-symbolic" : "window-close-symbolic");
  GtkWidget *space = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (head, "pane-head");
  gtk_widget_add_css_class (close, "flat");
  wb_accessible_set_name (close, self->folded ? _("Back") : _("Close Details"));
  gtk_widget_set_hexpand (space, TRUE);
  g_signal_connect_object (close, "clicked", G_CALLBACK (on_close), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (head), self->folded ? close : space);
  gtk_box_append (GTK_BOX (head), self->folded ? space : close);
  return head;
}

void
wb_collection_page_show_selected (WbCollectionPage *self)
{
  g_autofree char *id = NULL;

  g_object_get (self->selection, "selected-id", &id, NULL);
  if (g_strcmp0 (id, self->shown_id) == 0)
    return;
  g_free (self->shown_id);
  self->shown_id = g_strdup (id);
  clear_pane (self);
  gtk_box_append (GTK_BOX (self->pane), make_head (self));
  gtk_box_append (GTK_BOX (self->pane), make_content (self, id));
}

/* What covers the list takes the focus, and gives it back to what opened it. */
static void
update_covering (WbCollectionPage *self)
{
  gboolean covered = adw_flap_get_folded (self->flap) && adw_flap_get_reveal_flap (self->flap);
  GtkWidget *list = self->as_rows ? GTK_WIDGET (self->rows) : GTK_WIDGET (self->table);

  gtk_widget_set_can_focus (self->list_bin, !covered);
  if (!covered && gtk_widget_get_mapped (list) && gtk_window_get_focus (GTK_WINDOW (gtk_widget_get_root (list))) == NULL)
    gtk_widget_grab_focus (list);
}

static void
on_pane_map (GtkWidget *pane, WbCollectionPage *self)
{
  if (adw_flap_get_folded (self->flap))
    gtk_widget_child_focus (pane, GTK_DIR_TAB_FORWARD);
}

static void
on_flap (WbCollectionPage *self)
{
  if (self->updating || self->model == NULL)
    return;
  self->updating = TRUE;
  if (adw_flap_get_folded (self->flap) != self->was_folded)
    {
      self->was_folded = adw_flap_get_folded (self->flap);
      adw_flap_set_reveal_flap (self->flap, !self->was_folded && self->want_detail);
    }
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->detail_toggle), adw_flap_get_reveal_flap (self->flap));
  update_covering (self);
  wb_collection_page_relayout (self);
  self->updating = FALSE;
}

void
wb_collection_page_show_detail (WbCollectionPage *self, gboolean show)
{
  if (!adw_flap_get_folded (self->flap))
    self->want_detail = show;
  adw_flap_set_reveal_flap (self->flap, show);
  on_flap (self);
}

static void
on_detail_toggled (WbCollectionPage *self)
{
  if (!self->updating && self->model != NULL)
    wb_collection_page_show_detail (self, gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->detail_toggle)));
}

void
wb_collection_page_toggle_detail (WbCollectionPage *self)
{
  wb_collection_page_show_detail (self, !adw_flap_get_reveal_flap (self->flap));
}

/* One column: the pane takes the whole width. */
void
wb_collection_page_fit_pane (WbCollectionPage *self)
{
  gtk_widget_set_size_request (self->pane, self->folded ? 0 : 364, -1);
  gtk_widget_set_hexpand (self->pane, self->folded);
  g_clear_pointer (&self->shown_id, g_free);
  wb_collection_page_show_selected (self);
}

gboolean
wb_collection_page_next_pane (WbCollectionPage *self, gboolean backwards)
{
  gboolean in_pane = gtk_widget_get_focus_child (self->pane) != NULL;
  GtkWidget *to = in_pane ? self->list_bin : self->pane;

  if (in_pane != backwards || !adw_flap_get_reveal_flap (self->flap))
    return FALSE;
  return gtk_widget_child_focus (to, GTK_DIR_TAB_FORWARD);
}

void
wb_collection_page_class_bind_pane (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, on_detail_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_flap);
}

void
wb_collection_page_init_pane (WbCollectionPage *self)
{
  g_signal_connect (self->pane, "map", G_CALLBACK (on_pane_map), self);
}
