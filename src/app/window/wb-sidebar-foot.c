// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-sidebar.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-format.h"
#include "wb-sync.h"

/* Wallet and connection. Both tell what was read, never a guess. */

typedef struct {
  WbProfile *profile;
  GtkWidget *button;
  GtkImage *icon;
  GtkLabel *title, *sum, *detail;
  guint tick_id;
} Foot;

static void
foot_free (gpointer data)
{
  Foot *foot = data;

  g_clear_handle_id (&foot->tick_id, g_source_remove);
  g_object_unref (foot->profile);
  g_free (foot);
}

static GtkLabel *
make_label (const char *css, gboolean expand)
{
  GtkWidget *label = gtk_label_new ("");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, expand);
  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  return GTK_LABEL (label);
}

static GtkWidget *
make_face (Foot *foot, const char *icon)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *first = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  foot->icon = GTK_IMAGE (gtk_image_new_from_icon_name (icon));
  foot->title = make_label ("heading", TRUE);
  foot->sum = make_label ("numeric", FALSE);
  foot->detail = make_label ("caption", TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (foot->sum), "heading");
  gtk_widget_add_css_class (GTK_WIDGET (foot->detail), "dim-label");
  gtk_box_append (GTK_BOX (first), GTK_WIDGET (foot->title));
  gtk_box_append (GTK_BOX (first), GTK_WIDGET (foot->sum));
  gtk_box_append (GTK_BOX (lines), first);
  gtk_box_append (GTK_BOX (lines), GTK_WIDGET (foot->detail));
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (foot->icon));
  gtk_box_append (GTK_BOX (box), lines);
  return box;
}

static void
name_button (Foot *foot)
{
  g_autofree char *name = g_strdup_printf ("%s %s, %s", gtk_label_get_label (foot->title), gtk_label_get_label (foot->sum),
                                           gtk_label_get_label (foot->detail));

  gtk_accessible_update_property (GTK_ACCESSIBLE (foot->button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
update_wallet (Foot *foot)
{
  gint64 time = wb_profile_get_wallet_time (foot->profile);
  g_autofree char *sum = wb_format_money (wb_profile_get_wallet_cents (foot->profile));
  g_autofree char *when = time > 0 ? wb_format_time (time) : NULL;
  /* Translators: a time, such as 14:02 */
  g_autofree char *detail = when != NULL ? g_strdup_printf (_("as of %s"), when) : g_strdup (_("Not read yet"));

  gtk_label_set_label (foot->title, _("Wallet"));
  gtk_label_set_label (foot->sum, sum);
  gtk_label_set_label (foot->detail, detail);
  name_button (foot);
}

static void
on_wallet_clicked (GtkButton *button, Foot *foot)
{
  wb_sync_read_wallet_async (wb_profile_get_sync (foot->profile), NULL, NULL, NULL);
}

static void
on_wallet_notify (WbProfile *profile, GParamSpec *pspec, GtkWidget *button)
{
  update_wallet (g_object_get_data (G_OBJECT (button), "foot"));
}

GtkWidget *
wb_wallet_row_new (WbProfile *profile)
{
  Foot *foot = g_new0 (Foot, 1);

  foot->profile = g_object_ref (profile);
  foot->button = gtk_button_new ();
  gtk_widget_add_css_class (foot->button, "flat");
  gtk_widget_set_tooltip_text (foot->button, _("Read the wallet again"));
  gtk_button_set_child (GTK_BUTTON (foot->button), make_face (foot, "auth-smartcard-symbolic"));
  g_object_set_data_full (G_OBJECT (foot->button), "foot", foot, foot_free);
  g_signal_connect (foot->button, "clicked", G_CALLBACK (on_wallet_clicked), foot);
  g_signal_connect_object (profile, "notify::wallet-time", G_CALLBACK (on_wallet_notify), foot->button, 0);
  update_wallet (foot);
  return foot->button;
}

static const struct {
  const char *word;
  const char *icon;
} connections[] = {
  [CMR_CONNECTION_IDLE] = { N_("Idle"), "network-idle-symbolic" },
  [CMR_CONNECTION_CONNECTED] = { N_("Connected"), "emblem-ok-symbolic" },
  [CMR_CONNECTION_WAITING] = { N_("Waiting"), "alarm-symbolic" },
  [CMR_CONNECTION_OFFLINE] = { N_("Offline"), "network-offline-symbolic" },
  [CMR_CONNECTION_KEY_REFUSED] = { N_("Key refused"), "dialog-password-symbolic" },
  [CMR_CONNECTION_TROUBLE] = { N_("Service trouble"), "network-error-symbolic" },
};

static char *
dup_connection_detail (CmrClient *client, CmrConnection connection)
{
  gint64 last = cmr_client_get_last_answer (client);
  gint64 until = cmr_pacer_get_paused_until (cmr_client_get_pacer (client));
  gint64 left = (until - g_get_monotonic_time ()) / G_USEC_PER_SEC;
  g_autofree char *ago = last > 0 ? wb_format_ago (last) : NULL;

  if (connection == CMR_CONNECTION_WAITING && left >= 0)
    return g_strdup_printf (ngettext ("Goes on in %d second", "Goes on in %d seconds", (int) left + 1), (int) left + 1);
  if (connection == CMR_CONNECTION_TROUBLE && cmr_client_get_last_status (client) > 0)
    return g_strdup_printf (_("It answered with %u"), cmr_client_get_last_status (client));
  if (connection == CMR_CONNECTION_KEY_REFUSED)
    return g_strdup (_("Nothing more is sent"));
  if (ago == NULL)
    return g_strdup (_("No answer yet"));
  /* Translators: how long ago, such as “12 s ago” */
  return g_strdup_printf (_("Last answer %s"), ago);
}

static gboolean
update_connection (gpointer data)
{
  Foot *foot = data;
  CmrClient *client = wb_profile_get_client (foot->profile);
  CmrConnection connection = cmr_client_get_connection (client);
  g_autofree char *detail = dup_connection_detail (client, connection);

  if (g_strcmp0 (gtk_label_get_label (foot->detail), detail) == 0
      && g_strcmp0 (gtk_label_get_label (foot->title), _(connections[connection].word)) == 0)
    return G_SOURCE_CONTINUE;
  gtk_image_set_from_icon_name (foot->icon, connections[connection].icon);
  gtk_label_set_label (foot->title, _(connections[connection].word));
  gtk_label_set_label (foot->detail, detail);
  name_button (foot);
  return G_SOURCE_CONTINUE;
}

static void
on_connection_notify (CmrClient *client, GParamSpec *pspec, GtkWidget *button)
{
  update_connection (g_object_get_data (G_OBJECT (button), "foot"));
}

static void
on_map (GtkWidget *button, Foot *foot)
{
  if (foot->tick_id == 0)
    foot->tick_id = g_timeout_add_seconds (1, update_connection, foot);
  update_connection (foot);
}

static void
on_unmap (GtkWidget *button, Foot *foot)
{
  g_clear_handle_id (&foot->tick_id, g_source_remove);
}

GtkWidget *
wb_connection_row_new (WbProfile *profile)
{
  Foot *foot = g_new0 (Foot, 1);

  foot->profile = g_object_ref (profile);
  foot->button = gtk_button_new ();
  gtk_widget_add_css_class (foot->button, "flat");
  gtk_widget_set_tooltip_text (foot->button, _("Ask the service now"));
  gtk_button_set_child (GTK_BUTTON (foot->button), make_face (foot, "network-idle-symbolic"));
  g_object_set_data_full (G_OBJECT (foot->button), "foot", foot, foot_free);
  /* A read of the wallet tells whether the service answers. */
  g_signal_connect (foot->button, "clicked", G_CALLBACK (on_wallet_clicked), foot);
  g_signal_connect (foot->button, "map", G_CALLBACK (on_map), foot);
  g_signal_connect (foot->button, "unmap", G_CALLBACK (on_unmap), foot);
  g_signal_connect_object (wb_profile_get_client (profile), "notify::connection", G_CALLBACK (on_connection_notify), foot->button, 0);
  update_connection (foot);
  return foot->button;
}
