// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-window-private.h"

#include <glib/gi18n.h>

#include "wb-application-private.h"
#include "wb-collection-page.h"
#include "wb-compat.h"
#include "wb-dialogs.h"
#include "wb-first-run.h"
#include "wb-lazy.h"
#include "wb-list-terms.h"
#include "wb-outbox.h"
#include "wb-saved-views.h"
#include "wb-settings.h"
#include "wb-width-bin.h"
#include "wb-window-size.h"

G_DEFINE_FINAL_TYPE (WbWindow, wb_window, ADW_TYPE_APPLICATION_WINDOW)

/* In the order of Ctrl+1 … Ctrl+9. */
static const WbCollection sections[] = {
  WB_COLLECTION_ORDERS,  WB_COLLECTION_ACTIVITY,  WB_COLLECTION_CUSTOMERS,
  WB_COLLECTION_DOMAINS, WB_COLLECTION_MAILBOXES, WB_COLLECTION_SUBSCRIPTIONS,
};
static const char *const section_names[WB_N_COLLECTIONS] = {
  [WB_COLLECTION_ORDERS] = "orders",       [WB_COLLECTION_ACTIVITY] = "activity",
  [WB_COLLECTION_CUSTOMERS] = "customers", [WB_COLLECTION_DOMAINS] = "domains",
  [WB_COLLECTION_MAILBOXES] = "mailboxes", [WB_COLLECTION_SUBSCRIPTIONS] = "subscriptions",
};

static WbCollectionPage *
current_page (WbWindow *self)
{
  GtkWidget *page = gtk_stack_get_visible_child (self->pages);

  return page != NULL ? WB_COLLECTION_PAGE (page) : NULL;
}

static void
on_page_back (WbWindow *self)
{
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
}

/* Made on the first visit: a start makes one page, not three. */
static WbCollectionPage *
ensure_page (WbWindow *self, WbCollection collection)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->pages, section_names[collection]);

  if (page != NULL)
    return WB_COLLECTION_PAGE (page);
  page = wb_collection_page_new (self->profile, collection);
  g_signal_connect_object (page, "back", G_CALLBACK (on_page_back), self, G_CONNECT_SWAPPED);
  wb_collection_page_set_folded (WB_COLLECTION_PAGE (page), adw_leaflet_get_folded (self->leaflet));
  gtk_stack_add_named (self->pages, page, section_names[collection]);
  return WB_COLLECTION_PAGE (page);
}

void
wb_window_show_section (WbWindow *self, WbCollection collection)
{
  WbCollectionPage *page;

  /* Before the profile is open, a key says what is to show first. */
  self->section = collection;
  if (self->profile == NULL)
    return;
  page = ensure_page (self, collection);
  gtk_stack_set_visible_child (self->pages, GTK_WIDGET (page));
  wb_sidebar_select (self->sidebar, collection, NULL);
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->pages));
  wb_collection_page_focus_list (page);
  wb_collection_page_refresh (page);
}

void
wb_window_search (WbWindow *self, WbCollection collection, const char *text)
{
  if (self->profile == NULL)
    return;
  wb_window_show_section (self, collection);
  wb_collection_page_search (ensure_page (self, collection), text);
}

void
wb_window_show_rows_of (WbWindow *self, WbCollection collection, const char *field, const char *name)
{
  g_autoptr (WbListTerm) term
      = wb_list_term_new (wb_list_field_find (collection, field), WB_LIST_EQUAL, name, NULL, FALSE);
  g_autofree char *text = term != NULL ? wb_list_term_to_text (term) : NULL;

  if (self->profile == NULL || text == NULL)
    return;
  wb_window_show_section (self, collection);
  wb_collection_page_show_filter (ensure_page (self, collection), text);
}

void
wb_window_show_unknown (WbWindow *self)
{
  if (self->profile == NULL)
    return;
  wb_window_show_section (self, WB_COLLECTION_ACTIVITY);
  wb_collection_page_show_chip (ensure_page (self, WB_COLLECTION_ACTIVITY), "unknown");
}

void
wb_window_select (WbWindow *self, WbCollection collection, const char *id)
{
  if (self->profile == NULL)
    return;
  wb_window_show_section (self, collection);
  wb_collection_page_select (ensure_page (self, collection), id);
}

void
wb_window_show_found (WbWindow *self)
{
  WbOutbox *outbox = self->profile != NULL ? wb_profile_get_outbox (self->profile) : NULL;
  WbOperation *first = outbox != NULL ? wb_outbox_peek_found (outbox) : NULL;
  guint n = 0;

  if (first == NULL)
    return;
  g_object_get (outbox, "n-found", &n, NULL);
  if (n == 1)
    {
      wb_window_select (self, WB_COLLECTION_ACTIVITY, wb_operation_get_id (first));
      return;
    }
  wb_window_show_section (self, WB_COLLECTION_ACTIVITY);
  wb_collection_page_show_chip (ensure_page (self, WB_COLLECTION_ACTIVITY), "waiting");
}

static void
on_section (WbSidebar *sidebar, int collection, WbWindow *self)
{
  wb_window_show_section (self, collection);
}

static void
on_view (WbSidebar *sidebar, const char *id, WbWindow *self)
{
  const WbSavedView *view = wb_saved_views_find (wb_profile_get_views (self->profile), id);
  g_autofree char *body = view != NULL ? g_strdup (view->body) : NULL, *kept = g_strdup (id);
  WbCollection collection;

  if (view == NULL)
    return;
  collection = view->collection;
  wb_window_show_section (self, collection);
  wb_collection_page_show_view (ensure_page (self, collection), body);
  wb_sidebar_select (sidebar, collection, kept);
}

static gboolean
settle_fold (gpointer data)
{
  WbWindow *self = data;
  gboolean folded = adw_leaflet_get_folded (self->leaflet);

  self->fold_id = 0;
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      GtkWidget *page = gtk_stack_get_child_by_name (self->pages, section_names[sections[i]]);

      if (page != NULL)
        wb_collection_page_set_folded (WB_COLLECTION_PAGE (page), folded);
    }
  /* Folded, the sidebar is a page of its own and takes all the width. */
  gtk_widget_set_hexpand (self->sidebar_bin, folded);
  return G_SOURCE_REMOVE;
}

/* Told in the middle of an allocation, where nothing may be changed. */
static void
on_folded (WbWindow *self)
{
  if (self->fold_id == 0)
    self->fold_id = g_idle_add_full (GTK_PRIORITY_RESIZE - 1, settle_fold, self, NULL);
}

static void
set_band (WbWindow *self, const char *colour, gboolean striped)
{
  if (self->band != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->band);
  g_free (self->band);
  self->band = colour != NULL ? g_strdup_printf ("band-%s", colour) : NULL;
  if (self->band != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), self->band);
  gtk_widget_remove_css_class (GTK_WIDGET (self), "band-striped");
  if (striped)
    gtk_widget_add_css_class (GTK_WIDGET (self), "band-striped");
}

static void
remove_pages (WbWindow *self)
{
  GtkWidget *page;

  while ((page = gtk_widget_get_first_child (GTK_WIDGET (self->pages))) != NULL)
    {
      g_object_ref (page);
      gtk_stack_remove (self->pages, page);
      /* A reading that is under way holds it: without its profile it shows nothing any more. */
      g_object_run_dispose (G_OBJECT (page));
      g_object_unref (page);
    }
}

static GSettings *
settings_of (WbWindow *self)
{
  return wb_application_get_settings (WB_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))));
}

void
wb_window_remember (WbWindow *self)
{
  wb_window_size_remember (GTK_WINDOW (self), settings_of (self), self->profile);
  g_settings_set_string (settings_of (self), WB_SETTINGS_LAST_PAGE, section_names[self->section]);
}

void
wb_window_set_profile (WbWindow *self, WbProfile *profile)
{
  const WbProfileInfo *info = profile != NULL ? wb_profile_get_info (profile) : NULL;

  if (self->profile == profile && profile != NULL)
    {
      wb_lazy_show (self->stack, "main");
      return;
    }
  if (self->profile != NULL)
    wb_window_size_remember (GTK_WINDOW (self), settings_of (self), self->profile);
  remove_pages (self);
  wb_sidebar_set_profile (self->sidebar, profile);
  g_set_object (&self->profile, profile);
  set_band (self, info != NULL ? info->colour : NULL, info != NULL && info->kind == WB_PROFILE_BUILT_IN);
  if (profile == NULL)
    {
      wb_lazy_show (self->stack, "empty");
      return;
    }
  wb_window_size_restore (GTK_WINDOW (self), settings_of (self), profile);
  wb_window_show_section (self, self->section);
  wb_lazy_show (self->stack, "main");
  gtk_widget_set_visible (gtk_stack_get_child_by_name (self->stack, "empty"), FALSE);
  if (info->kind == WB_PROFILE_BUILT_IN)
    wb_window_toast (self, _("Everything here is invented. Nothing costs money."));
}

WbProfile *
wb_window_get_profile (WbWindow *self)
{
  return self->profile;
}

void
wb_window_show_first_run (WbWindow *self)
{
  if (gtk_stack_get_child_by_name (self->stack, "first-run") == NULL)
    gtk_stack_add_named (self->stack, wb_first_run_new (), "first-run");
  gtk_stack_set_visible_child_name (self->stack, "first-run");
  gtk_widget_child_focus (gtk_stack_get_visible_child (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
on_main (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbCollectionPage *page = current_page (WB_WINDOW (widget));

  if (page != NULL)
    wb_collection_page_main (page);
}

static void
on_search (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbCollectionPage *page = current_page (WB_WINDOW (widget));

  if (page != NULL)
    wb_collection_page_show_search (page);
}

static void
on_refresh (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbCollectionPage *page = current_page (WB_WINDOW (widget));

  if (page != NULL)
    wb_collection_page_read_now (page);
}

static void
on_toggle_detail (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbCollectionPage *page = current_page (WB_WINDOW (widget));

  if (page != NULL)
    wb_collection_page_toggle_detail (page);
}

static void
on_pane (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);
  WbCollectionPage *page = current_page (self);
  gboolean backwards = g_str_equal (name, "win.previous-pane");

  if (page == NULL)
    return;
  if (gtk_widget_get_focus_child (GTK_WIDGET (self->sidebar)) == NULL)
    {
      if (!wb_collection_page_next_pane (page, backwards))
        gtk_widget_child_focus (GTK_WIDGET (self->sidebar), GTK_DIR_TAB_FORWARD);
    }
  else if (!backwards || !wb_collection_page_next_pane (page, FALSE))
    wb_collection_page_focus_list (page);
}

/* One level: the pane that covers the list, then the page of a folded window. */
static void
on_back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);
  WbCollectionPage *page = current_page (self);

  if (page != NULL && !wb_collection_page_close_pane (page))
    on_page_back (self);
}

static void
on_section_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  int i = g_variant_get_int32 (parameter);

  if (i >= 0 && i < (int) G_N_ELEMENTS (sections))
    wb_window_show_section (WB_WINDOW (widget), sections[i]);
}

static void
on_profiles (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wb_sidebar_open_profiles (WB_WINDOW (widget)->sidebar);
}

/* Locks at once; unlocking is shown only and done by a button of its sheet: actions are on the session bus. */
static void
on_lock (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);

  if (self->profile == NULL || wb_profile_get_info (self->profile)->kind == WB_PROFILE_BUILT_IN)
    return;
  if (wb_profile_get_lock (self->profile) == WB_LOCK_NONE)
    wb_profile_lock (self->profile);
  else
    wb_unlock_dialog_present (GTK_WINDOW (self), self->profile);
}

static gboolean
on_escape (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  WbCollectionPage *page = current_page (WB_WINDOW (widget));

  return page != NULL && wb_collection_page_escape (page);
}

static gboolean
wb_window_close_request (GtkWindow *window)
{
  wb_window_remember (WB_WINDOW (window));
  return GTK_WINDOW_CLASS (wb_window_parent_class)->close_request (window);
}

static void
wb_window_dispose (GObject *object)
{
  WbWindow *self = WB_WINDOW (object);

  g_clear_handle_id (&self->fold_id, g_source_remove);
  if (self->pages != NULL)
    remove_pages (self);
  g_clear_object (&self->profile);
  g_clear_pointer (&self->band, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), WB_TYPE_WINDOW);
  G_OBJECT_CLASS (wb_window_parent_class)->dispose (object);
}

static void
wb_window_class_init (WbWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = wb_window_close_request;
  g_type_ensure (WB_TYPE_SIDEBAR);
  g_type_ensure (WB_TYPE_WIDTH_BIN);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/waybill/Waybill/window/wb-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, sidebar_bin);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, status);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, toasts);
  gtk_widget_class_bind_template_callback (widget_class, on_folded);
  gtk_widget_class_bind_template_callback (widget_class, on_section);
  gtk_widget_class_bind_template_callback (widget_class, on_view);
  gtk_widget_class_install_action (widget_class, "win.main", NULL, on_main);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, on_search);
  gtk_widget_class_install_action (widget_class, "win.refresh", NULL, on_refresh);
  gtk_widget_class_install_action (widget_class, "win.toggle-detail", NULL, on_toggle_detail);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, on_back_action);
  gtk_widget_class_install_action (widget_class, "win.next-pane", NULL, on_pane);
  gtk_widget_class_install_action (widget_class, "win.previous-pane", NULL, on_pane);
  gtk_widget_class_install_action (widget_class, "win.section", "i", on_section_action);
  gtk_widget_class_install_action (widget_class, "win.profiles", NULL, on_profiles);
  gtk_widget_class_install_action (widget_class, "win.lock", NULL, on_lock);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape, NULL);
}

static void
wb_window_init (WbWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wb_compat_calm_shadows (GTK_WIDGET (self->leaflet));
}

static WbCollection
start_section (GSettings *settings)
{
  static const WbCollection pages[] = {
    [WB_SETTINGS_START_PAGE_HOME] = WB_COLLECTION_ORDERS,
    [WB_SETTINGS_START_PAGE_ORDERS] = WB_COLLECTION_ORDERS,
    [WB_SETTINGS_START_PAGE_ACTIVITY] = WB_COLLECTION_ACTIVITY,
    [WB_SETTINGS_START_PAGE_CUSTOMERS] = WB_COLLECTION_CUSTOMERS,
  };
  g_autofree char *last = g_settings_get_string (settings, WB_SETTINGS_LAST_PAGE);
  int wanted = g_settings_get_enum (settings, WB_SETTINGS_START_PAGE);

  if (wanted != WB_SETTINGS_START_PAGE_LAST)
    return pages[wanted];
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    if (g_str_equal (section_names[sections[i]], last))
      return sections[i];
  return WB_COLLECTION_ORDERS;
}

WbWindow *
wb_window_new (GtkApplication *application)
{
  WbWindow *self = g_object_new (WB_TYPE_WINDOW, "application", application, NULL);
  GSettings *settings = wb_application_get_settings (WB_APPLICATION (application));

  self->section = start_section (settings);
  wb_window_size_restore (GTK_WINDOW (self), settings, NULL);
  return self;
}
