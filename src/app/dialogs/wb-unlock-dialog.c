// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-dialogs.h"

#include <glib/gi18n.h>

#include "wb-compat.h"
#include "wb-format.h"

/* How long a profile stays unlocked; for an hour is the first choice. */
static const struct {
  WbUnlock how;
  const char *label;
} choices[] = {
  { WB_UNLOCK_HOUR, N_("For 1 Hour") },
  { WB_UNLOCK_SESSION, N_("Until I Quit") },
  { WB_UNLOCK_ALWAYS, N_("Always") },
};

typedef struct {
  WbProfile *profile;
  GtkWidget *checks[G_N_ELEMENTS (choices)];
} Unlock;

static void
unlock_free (gpointer data)
{
  Unlock *unlock = data;

  g_object_unref (unlock->profile);
  g_free (unlock);
}

static void
on_response (GtkWidget *dialog, const char *response, Unlock *unlock)
{
  if (!g_str_equal (response, "unlock"))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (unlock->checks[i])))
      wb_profile_unlock (unlock->profile, choices[i].how);
}

static GtkWidget *
make_choices (Unlock *unlock)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      GtkWidget *row = adw_action_row_new ();

      unlock->checks[i] = gtk_check_button_new ();
      gtk_check_button_set_group (GTK_CHECK_BUTTON (unlock->checks[i]),
                                  i > 0 ? GTK_CHECK_BUTTON (unlock->checks[0]) : NULL);
      gtk_check_button_set_active (GTK_CHECK_BUTTON (unlock->checks[i]), i == 0);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(choices[i].label));
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), unlock->checks[i]);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), unlock->checks[i]);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
  return list;
}

void
wb_unlock_dialog_present (GtkWindow *parent, WbProfile *profile)
{
  g_autofree char *name = wb_format_text (wb_profile_get_info (profile)->name);
  /* Translators: %s is the name of a profile */
  g_autofree char *heading = g_strdup_printf (_("Unlock “%s” for Changes?"), name);
  Unlock *unlock = g_new0 (Unlock, 1);
  GtkWidget *dialog = wb_compat_message_new (parent, heading, _("Orders made here cost real money."));

  unlock->profile = g_object_ref (profile);
  wb_compat_message_set_extra (dialog, make_choices (unlock));
  wb_compat_message_add (dialog, "cancel", _("_Cancel"), WB_COMPAT_PLAIN);
  wb_compat_message_add (dialog, "unlock", _("_Unlock"), WB_COMPAT_SUGGESTED);
  g_object_set_data_full (G_OBJECT (dialog), "unlock", unlock, unlock_free);
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), unlock);
  gtk_window_present (GTK_WINDOW (dialog));
}
