// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-dialogs.h"

#include <glib/gi18n.h>

#include "wb-application.h"
#include "wb-compat.h"
#include "wb-draft.h"
#include "wb-format.h"

static void
on_response (GtkWidget *dialog, const char *response, WbProfile *profile)
{
  if (!g_str_equal (response, "delete"))
    return;
  wb_drafts_delete (wb_profile_get_drafts (profile), g_object_get_data (G_OBJECT (dialog), "id"));
  wb_application_toast (WB_APPLICATION (g_application_get_default ()), _("Draft deleted"));
}

void
wb_draft_dialog_present (GtkWindow *parent, WbProfile *profile, const char *draft_id, const char *customer)
{
  g_autofree char *name = wb_format_text (customer);
  /* Translators: %s is the name of a customer */
  g_autofree char *heading
      = *name != '\0' ? g_strdup_printf (_("Delete the Draft for %s?"), name) : g_strdup (_("Delete the Draft?"));
  GtkWidget *dialog = wb_compat_message_new (parent, heading, _("Its pictures go too. This cannot be taken back."));

  wb_compat_message_add (dialog, "cancel", _("_Cancel"), WB_COMPAT_PLAIN);
  wb_compat_message_add (dialog, "delete", _("_Delete Draft"), WB_COMPAT_DESTRUCTIVE);
  g_object_set_data_full (G_OBJECT (dialog), "id", g_strdup (draft_id), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_response), profile, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
