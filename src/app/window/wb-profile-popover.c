// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-sidebar.h"

#include <glib/gi18n.h>

#include "wb-application.h"
#include "wb-dialogs.h"
#include "wb-format.h"
#include "wb-words.h"

/* The profiles with dot, name, kind and tick, then locking and a new one. The list is read when it opens. */

static const char *const kinds[] = {
  [WB_PROFILE_LIVE] = N_("Live"),
  [WB_PROFILE_VENDOR_SANDBOX] = N_("Vendor sandbox"),
  [WB_PROFILE_BUILT_IN] = N_("Built in, costs nothing"),
};

static GtkWidget *
make_profile_row (const WbProfileInfo *info, gboolean current)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *dot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  g_autofree char *name = wb_format_text (info->name);
  const char *classes[] = { "profile-dot", info->colour, NULL };

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _(kinds[info->kind]));
  gtk_widget_set_size_request (dot, 14, 14);
  gtk_widget_set_valign (dot, GTK_ALIGN_CENTER);
  gtk_widget_set_css_classes (dot, classes);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), dot);
  if (current)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("object-select-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (info->id), g_free);
  return row;
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!wb_application_open_profile_finish (WB_APPLICATION (source), result, &error))
    wb_application_toast (WB_APPLICATION (source),
                          _("This profile could not be opened. Its files were left as they are."));
}

static void
on_profile_activated (GtkListBox *list, GtkWidget *row, GtkPopover *popover)
{
  gtk_popover_popdown (popover);
  wb_application_open_profile_async (WB_APPLICATION (g_application_get_default ()),
                                     g_object_get_data (G_OBJECT (row), "id"), NULL, NULL, opened_cb, NULL);
}

/* Cancelled when the popover goes. */
static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkListBox) list = user_data;
  g_autoptr (GPtrArray) infos = wb_profile_list_finish (result, NULL);
  const char *current = g_object_get_data (G_OBJECT (list), "current");
  GtkListBoxRow *old;

  if (infos == NULL)
    return;
  while ((old = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (old));
  for (guint i = 0; i < infos->len; i++)
    {
      const WbProfileInfo *info = infos->pdata[i];

      gtk_list_box_append (list, make_profile_row (info, g_str_equal (info->id, current)));
    }
}

void
wb_profile_popover_fill (GtkWidget *popover)
{
  WbApplication *application = WB_APPLICATION (g_application_get_default ());
  GtkListBox *list = g_object_get_data (G_OBJECT (popover), "list");
  GCancellable *cancellable = g_object_get_data (G_OBJECT (popover), "cancellable");

  wb_profile_list_async (wb_application_get_data_dir (application), cancellable, listed_cb, g_object_ref (list));
}

static void
on_unlock_clicked (GtkButton *button, WbProfile *profile)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_POPOVER);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (button));

  gtk_popover_popdown (GTK_POPOVER (popover));
  if (wb_profile_get_lock (profile) == WB_LOCK_NONE)
    wb_profile_lock (profile);
  else if (wb_profile_get_lock (profile) == WB_LOCK_NO_KEY)
    wb_key_dialog_present (GTK_WINDOW (root), profile);
  else
    wb_unlock_dialog_present (GTK_WINDOW (root), profile);
}

static void
on_add_clicked (GtkButton *button, gpointer user_data)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_POPOVER);

  gtk_popover_popdown (GTK_POPOVER (popover));
  wb_key_dialog_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (button))), NULL);
}

static void
on_try_clicked (GtkButton *button, gpointer user_data)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_POPOVER);

  gtk_popover_popdown (GTK_POPOVER (popover));
  wb_application_try_sandbox (WB_APPLICATION (g_application_get_default ()));
}

static GtkWidget *
add_button (GtkBox *box, const char *label, GCallback callback, gpointer data)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_halign (gtk_button_get_child (GTK_BUTTON (button)), GTK_ALIGN_START);
  g_signal_connect_object (button, "clicked", callback, data, 0);
  gtk_box_append (box, button);
  return button;
}

static void
update_lock_button (WbProfile *profile, GParamSpec *pspec, GtkButton *button)
{
  WbLock lock = wb_profile_get_lock (profile);

  gtk_button_set_label (button, lock == WB_LOCK_NONE     ? _("Lock")
                                : lock == WB_LOCK_NO_KEY ? _("Enter the Key…")
                                                         : _("Unlock for Changes…"));
  gtk_widget_set_sensitive (GTK_WIDGET (button), lock != WB_LOCK_OTHER_PROCESS && lock != WB_LOCK_DISK);
  gtk_widget_set_tooltip_text (GTK_WIDGET (button), wb_words_lock (lock));
  gtk_widget_set_visible (GTK_WIDGET (button), wb_profile_get_info (profile)->kind != WB_PROFILE_BUILT_IN);
}

GtkWidget *
wb_profile_popover_new (WbProfile *profile)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *list = gtk_list_box_new ();
  GCancellable *cancellable = g_cancellable_new ();
  GtkWidget *lock;

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Profiles"), -1);
  gtk_widget_set_size_request (box, 260, -1);
  gtk_box_append (GTK_BOX (box), list);
  lock = add_button (GTK_BOX (box), "", G_CALLBACK (on_unlock_clicked), profile);
  g_signal_connect_object (profile, "notify::lock", G_CALLBACK (update_lock_button), lock, 0);
  update_lock_button (profile, NULL, GTK_BUTTON (lock));
  add_button (GTK_BOX (box), _("Add Profile…"), G_CALLBACK (on_add_clicked), popover);
  if (wb_profile_get_info (profile)->kind != WB_PROFILE_BUILT_IN)
    add_button (GTK_BOX (box), _("Open the Sandbox"), G_CALLBACK (on_try_clicked), popover);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  g_object_set_data (G_OBJECT (popover), "list", list);
  g_object_set_data_full (G_OBJECT (list), "current", g_strdup (wb_profile_get_info (profile)->id), g_free);
  g_object_set_data_full (G_OBJECT (popover), "cancellable", cancellable, g_object_unref);
  g_signal_connect_object (popover, "destroy", G_CALLBACK (g_cancellable_cancel), cancellable, G_CONNECT_SWAPPED);
  g_signal_connect (list, "row-activated", G_CALLBACK (on_profile_activated), popover);
  wb_profile_popover_fill (popover);
  return popover;
}
