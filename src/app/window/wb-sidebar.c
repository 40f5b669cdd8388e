// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-sidebar-private.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-compat.h"
#include "wb-format.h"
#include "wb-lazy.h"
#include "wb-words.h"

enum { SECTION, VIEW, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbSidebar, wb_sidebar, GTK_TYPE_WIDGET)

static const WbSidebarSection sections[] = {
  { WB_COLLECTION_ORDERS, N_("Orders"), "package-x-generic-symbolic", NULL, "needs-you", "warning", NULL },
  { WB_COLLECTION_ACTIVITY, N_("Activity"), "document-open-recent-symbolic", NULL, "unknown", "unknown",
    "dialog-question-symbolic" },
  { WB_COLLECTION_CUSTOMERS, N_("Customers"), "system-users-symbolic", N_("Customers"), NULL, NULL, NULL },
  { WB_COLLECTION_DOMAINS, N_("Domains"), "web-browser-symbolic", NULL, NULL, NULL, NULL },
  { WB_COLLECTION_MAILBOXES, N_("Mailboxes"), "mail-unread-symbolic", NULL, NULL, NULL, NULL },
  { WB_COLLECTION_SUBSCRIPTIONS, N_("Subscriptions"), "media-playlist-repeat-symbolic", NULL, NULL, NULL, NULL },
};

void
wb_sidebar_row_free (gpointer data)
{
  WbSidebarRow *row = data;

  /* A count that is under way holds them for longer. */
  if (row->counts != NULL)
    g_signal_handlers_disconnect_by_data (row->counts, row);
  g_clear_object (&row->counts);
  g_free (row->view);
  g_free (row);
}

static void
update_row (WbListCounts *counts, WbSidebarRow *row)
{
  gint64 needed = row->section->badge != NULL ? wb_list_counts_get_count (counts) : 0;
  gint64 total = wb_list_counts_get_total (counts);
  g_autofree char *count = wb_format_count (MAX (total, 0));
  g_autofree char *badge = wb_format_count (MAX (needed, 0));

  gtk_label_set_label (row->count, count);
  gtk_label_set_label (row->badge_label, badge);
  gtk_widget_set_visible (row->badge, needed > 0);
  /* Activity has no end: its number says nothing. */
  gtk_widget_set_visible (GTK_WIDGET (row->count),
                          needed <= 0 && total > 0 && row->section->collection != WB_COLLECTION_ACTIVITY);
}

static GtkWidget *
make_badge (WbSidebarRow *row)
{
  GtkWidget *badge = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);

  gtk_widget_add_css_class (badge, "pill");
  if (row->section->badge_class != NULL)
    gtk_widget_add_css_class (badge, row->section->badge_class);
  if (row->section->badge_icon != NULL)
    gtk_box_append (GTK_BOX (badge), gtk_image_new_from_icon_name (row->section->badge_icon));
  row->badge_label = GTK_LABEL (gtk_label_new (""));
  gtk_widget_add_css_class (GTK_WIDGET (row->badge_label), "numeric");
  gtk_box_append (GTK_BOX (badge), GTK_WIDGET (row->badge_label));
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (badge, FALSE);
  return badge;
}

static GtkWidget *
make_row (WbSidebar *self, const WbSidebarSection *section)
{
  GtkWidget *widget = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = gtk_label_new (_(section->title));
  WbSidebarRow *row = g_new0 (WbSidebarRow, 1);

  row->section = section;
  row->counts = wb_list_counts_new (self->profile, section->collection, section->badge);
  row->count = GTK_LABEL (gtk_label_new (""));
  row->badge = make_badge (row);
  gtk_widget_add_css_class (GTK_WIDGET (row->count), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (row->count), "numeric");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (section->icon));
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (row->count));
  gtk_box_append (GTK_BOX (box), row->badge);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (widget), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, _(section->title), -1);
  g_object_set_data_full (G_OBJECT (widget), "section", row, wb_sidebar_row_free);
  g_signal_connect_data (row->counts, "changed", G_CALLBACK (update_row), row, NULL, 0);
  return widget;
}

static void
header_func (GtkListBoxRow *widget, GtkListBoxRow *before, gpointer user_data)
{
  WbSidebarRow *row = wb_sidebar_row_of (widget);
  GtkWidget *heading;

  if (row->view != NULL || row->section->heading == NULL || gtk_list_box_row_get_header (widget) != NULL)
    return;
  heading = gtk_label_new (_(row->section->heading));
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "sidebar-heading");
  gtk_list_box_row_set_header (widget, heading);
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *widget, WbSidebar *self)
{
  WbSidebarRow *row = wb_sidebar_row_of (widget);

  if (row->view != NULL)
    g_signal_emit (self, signals[VIEW], 0, row->view);
  else
    g_signal_emit (self, signals[SECTION], 0, row->section->collection);
}

static void
update_profile (WbSidebar *self)
{
  const WbProfileInfo *info = wb_profile_get_info (self->profile);
  g_autofree char *name = wb_format_text (info->name);
  g_autofree char *kind = wb_words_profile (self->profile);
  g_autofree char *both = g_strdup_printf ("%s, %s", name, kind);
  const char *classes[] = { "profile-dot", info->colour, NULL };

  gtk_label_set_label (self->profile_name, name);
  /* The name says that it is the sandbox, and there is room for half a line. */
  gtk_label_set_label (self->profile_kind, info->kind == WB_PROFILE_BUILT_IN ? _("Costs nothing") : kind);
  gtk_widget_set_css_classes (self->profile_dot, classes);
  wb_accessible_set_name (self->profile_button, both);
}

static void
remove_children (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static void
clear_rows (WbSidebar *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  remove_children (GTK_WIDGET (self->foot));
}

static void
fill_popover (GtkMenuButton *button, gpointer sidebar)
{
  if (gtk_menu_button_get_popover (button) == NULL)
    gtk_menu_button_set_popover (button, wb_profile_popover_new (WB_SIDEBAR (sidebar)->profile));
  wb_profile_popover_fill (GTK_WIDGET (gtk_menu_button_get_popover (button)));
}

void
wb_sidebar_set_profile (WbSidebar *self, WbProfile *profile)
{
  if (self->profile != NULL)
    g_signal_handlers_disconnect_by_func (self->profile, update_profile, self);
  wb_sidebar_follow_views (self, NULL);
  clear_rows (self);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->profile_button), NULL, NULL, NULL);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->profile_button), NULL);
  g_set_object (&self->profile, profile);
  if (profile == NULL)
    return;
  g_signal_connect_object (profile, "notify::lock", G_CALLBACK (update_profile), self, G_CONNECT_SWAPPED);
  update_profile (self);
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    gtk_list_box_append (self->list, make_row (self, &sections[i]));
  wb_sidebar_follow_views (self, wb_profile_get_views (profile));
  gtk_box_append (self->foot, wb_wallet_row_new (profile));
  gtk_box_append (self->foot, wb_connection_row_new (profile));
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->profile_button), fill_popover, self, NULL);
}

GtkListBoxRow *
wb_sidebar_find_row (WbSidebar *self, WbCollection collection, const char *view)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (wb_sidebar_row_of (row)->section->collection == collection && g_strcmp0 (wb_sidebar_row_of (row)->view, view) == 0)
      return row;
  return NULL;
}

void
wb_sidebar_select (WbSidebar *self, WbCollection collection, const char *view)
{
  GtkListBoxRow *row = wb_sidebar_find_row (self, collection, view);

  if (row != NULL)
    gtk_list_box_select_row (self->list, row);
}

void
wb_sidebar_open_profiles (WbSidebar *self)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->profile_button));
}

static void
wb_sidebar_dispose (GObject *object)
{
  WbSidebar *self = WB_SIDEBAR (object);
  GtkWidget *child;

  if (self->list != NULL)
    wb_sidebar_set_profile (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), WB_TYPE_SIDEBAR);
  /* Those without a name in the template stay otherwise. */
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (wb_sidebar_parent_class)->dispose (object);
}

static void
wb_sidebar_class_init (WbSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_sidebar_dispose;
  signals[SECTION]
      = g_signal_new ("section", WB_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[VIEW] = g_signal_new ("view", WB_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/waybill/Waybill/window/wb-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, WbSidebar, foot);
  gtk_widget_class_bind_template_child (widget_class, WbSidebar, list);
  gtk_widget_class_bind_template_child (widget_class, WbSidebar, menu_button);
  gtk_widget_class_bind_template_child (widget_class, WbSidebar, primary_menu);
  gtk_widget_class_bind_template_child (widget_class, WbSidebar, profile_button);
  gtk_widget_class_bind_template_child (widget_class, WbSidebar, profile_dot);
  gtk_widget_class_bind_template_child (widget_class, WbSidebar, profile_kind);
  gtk_widget_class_bind_template_child (widget_class, WbSidebar, profile_name);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
wb_sidebar_init (WbSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->list, header_func, NULL, NULL);
  wb_sidebar_watch_views (self);
  wb_compat_fill_menu_button (GTK_MENU_BUTTON (self->profile_button));
  wb_accessible_set_name (self->menu_button, _("Main Menu"));
  wb_lazy_menu (GTK_MENU_BUTTON (self->menu_button), self->primary_menu);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Sections"), -1);
}
