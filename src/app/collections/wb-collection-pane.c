// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-collection-page-private.h"

#include <glib/gi18n.h>

#include "wb-application-private.h"
#include "wb-pane.h"
#include "wb-settings.h"
#include "wb-summary-pane.h"

#define PANE_WIDTH 364

/* The detail pane beside or over the list. */

static void
on_close (WbCollectionPage *self)
{
  wb_collection_page_show_detail (self, FALSE);
}

static GtkWidget *
make_nothing (void)
{
  GtkWidget *pane = wb_pane_new (_("Details"));
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_description (ADW_STATUS_PAGE (page), _("Select a row to see its details."));
  gtk_widget_add_css_class (page, "compact");
  gtk_widget_set_vexpand (page, TRUE);
  wb_pane_add (WB_PANE (pane), page);
  return pane;
}

static GtkWidget *
listen (WbCollectionPage *self, GtkWidget *pane)
{
  g_signal_connect_object (pane, "close", G_CALLBACK (on_close), self, G_CONNECT_SWAPPED);
  return pane;
}

/* What is shown of several rows, and of none, comes again and again. */
static GtkWidget *
get_kept (WbCollectionPage *self)
{
  GtkWidget **kept = self->shows_several ? &self->summary : &self->nothing;

  if (*kept == NULL)
    *kept = g_object_ref_sink (listen (self, self->shows_several ? wb_summary_pane_new (self->profile, self->words, self->model, self->selection)
                                                                 : make_nothing ()));
  return *kept;
}

static GtkWidget *
make_pane (WbCollectionPage *self, const char *id)
{
  g_autoptr (WbRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), wb_row_selection_get_position (self->selection));

  switch (self->words->collection)
    {
    case WB_COLLECTION_ORDERS:
      return wb_order_pane_new (self->profile, id, row != NULL ? wb_row_get_text (row, "kind") : "order");
    case WB_COLLECTION_ACTIVITY:
      return wb_operation_pane_new (self->profile, id);
    case WB_COLLECTION_CUSTOMERS:
      return wb_customer_pane_new (self->profile, id);
    case WB_COLLECTION_DOMAINS:
      return wb_domain_pane_new (self->profile, id);
    case WB_COLLECTION_MAILBOXES:
      return wb_mailbox_pane_new (self->profile, id);
    case WB_COLLECTION_SUBSCRIPTIONS:
      return wb_subscription_pane_new (self->profile, id);
    default:
      g_return_val_if_reached (NULL);
    }
}

static WbPane *
content_of (WbCollectionPage *self)
{
  GtkWidget *content = gtk_widget_get_first_child (self->pane);

  return content != NULL ? WB_PANE (content) : NULL;
}

void
wb_collection_page_show_selected (WbCollectionPage *self)
{
  g_autofree char *id = NULL;
  gboolean several = wb_row_selection_get_n_selected (self->selection) > 1;
  GtkWidget *content;

  g_object_get (self->selection, "selected-id", &id, NULL);
  if (several == self->shows_several && g_strcmp0 (id, self->shown_id) == 0)
    return;
  self->shows_several = several;
  g_free (self->shown_id);
  self->shown_id = g_strdup (id);
  if (content_of (self) != NULL)
    gtk_box_remove (GTK_BOX (self->pane), GTK_WIDGET (content_of (self)));
  content = self->shows_several || *id == '\0' ? get_kept (self) : listen (self, make_pane (self, id));
  wb_pane_set_back (WB_PANE (content), self->folded);
  gtk_box_append (GTK_BOX (self->pane), content);
  wb_collection_page_update_pane (self);
}

static gboolean
show_now (gpointer data)
{
  WbCollectionPage *self = data;

  g_clear_handle_id (&self->pane_id, g_source_remove);
  wb_collection_page_show_selected (self);
  return G_SOURCE_REMOVE;
}

/* The list shows it first: a key that is held down makes no pane for each row that it passes. One that lies over the
 * list is there before it is seen, and what need not be made comes with the list, in one frame. */
static void
on_selected (WbCollectionPage *self)
{
  if (adw_flap_get_folded (self->flap) || !gtk_widget_get_mapped (self->pane)
      || wb_row_selection_get_n_selected (self->selection) != 1)
    show_now (self);
  else if (self->pane_id == 0)
    self->pane_id = g_idle_add_full (GDK_PRIORITY_REDRAW + 5, show_now, self, NULL);
}

/* What covers the list takes the focus, and gives it back to what opened it. */
static void
update_covering (WbCollectionPage *self)
{
  gboolean covered = adw_flap_get_folded (self->flap) && adw_flap_get_reveal_flap (self->flap);
  gboolean was = !gtk_widget_get_can_focus (self->list_bin);

  gtk_widget_set_can_focus (self->list_bin, !covered);
  if (was && !covered && gtk_widget_get_mapped (self->list_bin))
    wb_collection_page_focus_list (self);
}

static void
on_pane_map (GtkWidget *pane, WbCollectionPage *self)
{
  /* Before the first layout everything counts as folded. */
  if (adw_flap_get_folded (self->flap) && self->laid_out)
    gtk_widget_child_focus (pane, GTK_DIR_TAB_FORWARD);
}

static void
on_reveal (WbCollectionPage *self)
{
  gboolean shown = adw_flap_get_reveal_flap (self->flap);

  self->updating = TRUE;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->detail_toggle), shown);
  self->updating = FALSE;
  if (self->model == NULL)
    return;
  update_covering (self);
  wb_collection_page_queue_layout (self);
}

/* Beside a list without rows there is nothing to show but that nothing is. */
gboolean
wb_collection_page_wants_detail (WbCollectionPage *self)
{
  return self->want_detail && !self->no_detail;
}

void
wb_collection_page_update_pane (WbCollectionPage *self)
{
  gboolean no_rows = wb_list_model_get_total (self->model) >= 0 && g_list_model_get_n_items (G_LIST_MODEL (self->model)) == 0;
  gboolean nothing = no_rows && (self->shown_id == NULL || *self->shown_id == '\0');
  const char *why = nothing ? _("There are no details: the list is empty.") : "";

  if (nothing == self->no_detail)
    return;
  self->no_detail = nothing;
  gtk_widget_set_sensitive (self->detail_toggle, !nothing);
  gtk_widget_set_tooltip_text (self->detail_toggle, nothing ? why : _("Details"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->detail_toggle), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, why, -1);
  wb_collection_page_queue_layout (self);
}

static gboolean
reveal_now (GtkWidget *page, GdkFrameClock *clock, gpointer data)
{
  WbCollectionPage *self = WB_COLLECTION_PAGE (page);

  self->reveal_id = 0;
  adw_flap_set_reveal_flap (self->flap, wb_collection_page_wants_detail (self) && !adw_flap_get_folded (self->flap));
  return G_SOURCE_REMOVE;
}

/* The flap's spring is started within a frame: begun between the first ones, its time would run backwards and its
 * widths would be no numbers (libadwaita 1.2). */
static void
reveal_soon (WbCollectionPage *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    reveal_now (GTK_WIDGET (self), NULL, NULL);
  else if (self->reveal_id == 0)
    self->reveal_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), reveal_now, NULL, NULL);
}

/* A new fold closes the pane, its end shows it again if it is wanted; one column gives it all the width. */
void
wb_collection_page_settle_pane (WbCollectionPage *self)
{
  gboolean folded = adw_flap_get_folded (self->flap), now;

  gtk_widget_set_size_request (self->pane, self->folded ? 0 : PANE_WIDTH, -1);
  gtk_widget_set_hexpand (self->pane, self->folded);
  if (content_of (self) != NULL)
    wb_pane_set_back (content_of (self), self->folded);
  if (folded == self->was_folded && self->no_detail == self->had_no_detail)
    return;
  now = !self->no_detail && !self->had_no_detail && self->reveal_id == 0;
  self->was_folded = folded;
  self->had_no_detail = self->no_detail;
  if (now)
    reveal_now (GTK_WIDGET (self), NULL, NULL);
  else
    reveal_soon (self);
  update_covering (self);
}

static GSettings *
settings (void)
{
  GApplication *application = g_application_get_default ();

  return WB_IS_APPLICATION (application) ? wb_application_get_settings (WB_APPLICATION (application)) : NULL;
}

void
wb_collection_page_show_detail (WbCollectionPage *self, gboolean show)
{
  if (self->no_detail)
    return;
  show_now (self);
  if (!adw_flap_get_folded (self->flap) && self->want_detail != show)
    {
      self->want_detail = show;
      if (settings () != NULL)
        g_settings_set_boolean (settings (), WB_SETTINGS_SHOW_DETAILS, show);
    }
  adw_flap_set_reveal_flap (self->flap, show);
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

gboolean
wb_collection_page_next_pane (WbCollectionPage *self, gboolean backwards)
{
  gboolean in_pane = gtk_widget_get_focus_child (self->pane) != NULL;

  if (in_pane != backwards || !adw_flap_get_reveal_flap (self->flap))
    return FALSE;
  if (!in_pane)
    return gtk_widget_child_focus (self->pane, GTK_DIR_TAB_FORWARD);
  if (adw_flap_get_folded (self->flap))
    return FALSE;
  wb_collection_page_focus_list (self);
  return TRUE;
}

void
wb_collection_page_class_init_pane (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, on_detail_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_reveal);
  gtk_widget_class_bind_template_callback_full (widget_class, "on_folded",
                                                G_CALLBACK (wb_collection_page_queue_layout));
}

void
wb_collection_page_build_pane (WbCollectionPage *self)
{
  self->want_detail = settings () == NULL || g_settings_get_boolean (settings (), WB_SETTINGS_SHOW_DETAILS);
  adw_flap_set_reveal_flap (self->flap, wb_collection_page_wants_detail (self));
  on_reveal (self);
  g_signal_connect (self->pane, "map", G_CALLBACK (on_pane_map), self);
  g_signal_connect_object (self->selection, "notify::selected-id", G_CALLBACK (on_selected), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "notify::n-selected", G_CALLBACK (on_selected), self, G_CONNECT_SWAPPED);
  wb_collection_page_show_selected (self);
}
