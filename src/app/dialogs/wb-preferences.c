// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-dialogs.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-format.h"
#include "wb-settings.h"

/* Every row applies at once. What is not built has no row. */

static void
name_row (GtkWidget *row, const char *title, const char *subtitle)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 4);
}

static void
add_switch (AdwPreferencesGroup *group, GSettings *settings, const char *key, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();

  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  g_settings_bind (settings, key, toggle, "active", G_SETTINGS_BIND_DEFAULT);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  name_row (row, title, subtitle);
  adw_preferences_group_add (group, row);
}

static void
add_spin (AdwPreferencesGroup *group, GSettings *settings, const char *key, double low, double high, const char *title,
          const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *spin = gtk_spin_button_new_with_range (low, high, 1);

  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  g_settings_bind (settings, key, spin, "value", G_SETTINGS_BIND_DEFAULT);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), spin);
  name_row (row, title, subtitle);
  adw_preferences_group_add (group, row);
}

static void
on_choice (AdwComboRow *row, GParamSpec *pspec, GSettings *settings)
{
  const char *key = g_object_get_data (G_OBJECT (row), "key");
  const int *values = g_object_get_data (G_OBJECT (row), "values");

  g_settings_set_enum (settings, key, values[adw_combo_row_get_selected (row)]);
}

static void
add_choice (AdwPreferencesGroup *group, GSettings *settings, const char *key, const char *title,
            const char *const *labels, const int *values)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);
  int now = g_settings_get_enum (settings, key);
  guint selected = 0;

  for (guint i = 0; labels[i] != NULL; i++)
    {
      gtk_string_list_append (model, _(labels[i]));
      if (values[i] == now)
        selected = i;
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  wb_accessible_quiet_choice (row);
  g_object_set_data (G_OBJECT (row), "key", (gpointer) key);
  g_object_set_data (G_OBJECT (row), "values", (gpointer) values);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (on_choice), settings, 0);
  name_row (row, title, NULL);
  adw_preferences_group_add (group, row);
}

static AdwPreferencesGroup *
add_page (AdwPreferencesWindow *window, const char *title, const char *icon)
{
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_page_set_title (page, title);
  adw_preferences_page_set_icon_name (page, icon);
  adw_preferences_page_add (page, group);
  wb_accessible_name_lists (GTK_WIDGET (group), title);
  adw_preferences_window_add (window, page);
  return group;
}

static void
fill (AdwPreferencesWindow *window, GSettings *settings)
{
  static const char *const pages[] = { N_("Last Used"), N_("Orders"), N_("Activity"), N_("Customers"), NULL };
  static const int page_values[] = { WB_SETTINGS_START_PAGE_LAST, WB_SETTINGS_START_PAGE_ORDERS,
                                     WB_SETTINGS_START_PAGE_ACTIVITY, WB_SETTINGS_START_PAGE_CUSTOMERS };
  static const char *const styles[] = { N_("System"), N_("Light"), N_("Dark"), NULL };
  static const int style_values[] = { WB_SETTINGS_STYLE_SYSTEM, WB_SETTINGS_STYLE_LIGHT, WB_SETTINGS_STYLE_DARK };
  AdwPreferencesGroup *group = add_page (window, _("General"), "preferences-system-symbolic");

  add_choice (group, settings, WB_SETTINGS_START_PAGE, _("Start Page"), pages, page_values);
  add_choice (group, settings, WB_SETTINGS_STYLE, _("Style"), styles, style_values);
  group = add_page (window, _("Safety"), "channel-secure-symbolic");
  add_switch (group, settings, WB_SETTINGS_PAY_IN_TWO_STEPS, _("Pay in Two Steps"),
              _("Creating an order costs nothing; you look at it, then pay. Off: new orders are created and paid by "
                 "one request."));
  add_spin (group, settings, WB_SETTINGS_PAY_DELAY_SECONDS, 0, 30, _("Seconds Before a Payment Leaves"),
            _("Until then you can stop it."));
  group = add_page (window, _("Notifications"), "preferences-system-notifications-symbolic");
  add_switch (group, settings, WB_SETTINGS_NOTIFY_ORDER_DONE, _("An Order Is Made or Live"),
              _("Also when its window is closed."));
  add_switch (group, settings, WB_SETTINGS_NOTIFY_FAILED, _("Something of an Order Failed"), NULL);
  add_switch (group, settings, WB_SETTINGS_NOTIFY_UNKNOWN, _("It Is Not Known How a Payment Ended"), NULL);
}

/* How much room the open profile takes */

static GtkWidget *
add_size (AdwPreferencesGroup *group, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *size = gtk_label_new ("…");

  gtk_widget_add_css_class (size, "dim-label");
  gtk_widget_add_css_class (size, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), size);
  name_row (row, title, subtitle);
  adw_preferences_group_add (group, row);
  return size;
}

typedef struct {
  GCancellable *cancellable; /* cancelled with the window */
  GtkWidget *mirror, *journal, *pictures;
} Sizes;

static void
show_size (GtkWidget *label, gint64 bytes)
{
  g_autofree char *text = g_format_size ((guint64) bytes);

  gtk_label_set_label (GTK_LABEL (label), text);
}

static void
measured_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Sizes *sizes = user_data;
  WbProfileSizes bytes;

  if (wb_profile_measure_finish (WB_PROFILE (source), result, &bytes, NULL))
    {
      show_size (sizes->mirror, bytes.mirror);
      show_size (sizes->journal, bytes.journal);
      show_size (sizes->pictures, bytes.pictures);
    }
  g_object_unref (sizes->cancellable);
}

/* Forgetting it */

typedef struct {
  WbProfile *profile;
  GCancellable *cancellable; /* cancelled with the window */
} Forget;

static void
forget_free (gpointer data, GClosure *closure)
{
  Forget *forget = data;

  g_object_unref (forget->profile);
  g_object_unref (forget->cancellable);
  g_free (forget);
}

static void
on_forget (GtkWidget *row, Forget *forget)
{
  wb_forget_dialog_present (GTK_WINDOW (gtk_widget_get_root (row)), forget->profile, forget->cancellable);
}

static void
add_forget (AdwPreferencesPage *page, WbProfile *profile, GCancellable *cancellable)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  GtkWidget *row = adw_action_row_new ();
  Forget *forget = g_new (Forget, 1);
  gboolean elsewhere = wb_profile_get_lock (profile) == WB_LOCK_OTHER_PROCESS;

  *forget = (Forget) { g_object_ref (profile), g_object_ref (cancellable) };
  name_row (row, _("Forget This Profile…"),
            elsewhere ? _("Another Waybill has it open. Close it there first.")
                      : _("Removes all of the above and the key from this computer. Nothing changes at the service."));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_set_sensitive (row, !elsewhere);
  g_signal_connect_data (row, "activated", G_CALLBACK (on_forget), forget, forget_free, 0);
  adw_preferences_group_add (group, row);
  adw_preferences_page_add (page, group);
  wb_accessible_name_lists (GTK_WIDGET (group), _("Forget This Profile…"));
}

static void
fill_storage (AdwPreferencesWindow *window, WbProfile *profile)
{
  AdwPreferencesGroup *group = add_page (window, _("Storage"), "drive-harddisk-symbolic");
  g_autofree char *name = wb_format_text (wb_profile_get_info (profile)->name);
  Sizes *sizes = g_new0 (Sizes, 1);

  gtk_label_set_label (GTK_LABEL (add_size (group, _("Profile"), NULL)), name);
  sizes->mirror = add_size (group, _("What Was Read"), _("Customers, domains, mailboxes and subscriptions. The service has them; they are read again when they are gone."));
  sizes->journal = add_size (group, _("Orders, Drafts and Activity"), _("Only this computer has them. Copy them along when you make a back-up."));
  sizes->pictures = add_size (group, _("Pictures"), _("Of drafts, and of orders of the last 90 days."));
  sizes->cancellable = g_cancellable_new ();
  g_signal_connect_object (window, "destroy", G_CALLBACK (g_cancellable_cancel), sizes->cancellable, G_CONNECT_SWAPPED);
  add_forget (ADW_PREFERENCES_PAGE (gtk_widget_get_ancestor (GTK_WIDGET (group), ADW_TYPE_PREFERENCES_PAGE)), profile,
              sizes->cancellable);
  wb_profile_measure_async (profile, sizes->cancellable, measured_cb, sizes);
}

void
wb_preferences_present (GtkWindow *parent, GSettings *settings, WbProfile *profile)
{
  GtkWidget *window = adw_preferences_window_new ();

  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  adw_preferences_window_set_search_enabled (ADW_PREFERENCES_WINDOW (window), FALSE);
  fill (ADW_PREFERENCES_WINDOW (window), settings);
  if (profile != NULL)
    fill_storage (ADW_PREFERENCES_WINDOW (window), profile);
  gtk_window_present (GTK_WINDOW (window));
}
