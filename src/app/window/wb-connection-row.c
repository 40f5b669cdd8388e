// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-foot.h"
#include "wb-sidebar.h"

#include <glib/gi18n.h>

#include "cmr-client.h"
#include "wb-compat.h"
#include "wb-format.h"
#include "wb-notice.h"
#include "wb-outbox.h"
#include "wb-retry.h"
#include "wb-sync.h"

/* The connection: never a guess, always the outcome of the last request. */

#define FRESH_US (5 * 60 * G_TIME_SPAN_SECOND)

typedef struct {
  WbProfile *profile; /* the row goes with it */
  GtkWidget *button, *facts, *notices, *reading;
  WbFootFace face;
  guint tick_id;
} Row;

static const struct {
  const char *word;
  const char *icon;
  const char *css_class;
} connections[] = {
  [CMR_CONNECTION_IDLE] = { N_("Idle"), "network-idle-symbolic", NULL },
  [CMR_CONNECTION_CONNECTED] = { N_("Connected"), "waybill-done-symbolic", "success" },
  [CMR_CONNECTION_WAITING] = { N_("Waiting"), "alarm-symbolic", NULL },
  [CMR_CONNECTION_OFFLINE] = { N_("Offline"), "network-offline-symbolic", "warning" },
  [CMR_CONNECTION_KEY_REFUSED] = { N_("Key refused"), "dialog-password-symbolic", "error" },
  [CMR_CONNECTION_TROUBLE] = { N_("Service trouble"), "network-error-symbolic", "warning" },
};

/* A good answer grows old. A pause that is over is no good answer yet: that comes with the next request. */
static CmrConnection
connection_now (CmrClient *client)
{
  CmrConnection connection = cmr_client_get_connection (client);
  gboolean old = g_get_real_time () - cmr_client_get_last_answer (client) > FRESH_US;

  return connection == CMR_CONNECTION_CONNECTED && old ? CMR_CONNECTION_IDLE : connection;
}

static char *
dup_last_answer (CmrClient *client)
{
  gint64 last = cmr_client_get_last_answer (client);
  g_autofree char *ago = last > 0 ? wb_format_ago (last) : NULL;

  /* Translators: how long ago, such as “12 s ago”, or a time */
  return ago != NULL ? g_strdup_printf (_("Last answer %s"), ago) : g_strdup (_("No answer yet"));
}

static guint
count_waiting (Row *row)
{
  guint n = 0;

  g_object_get (wb_profile_get_outbox (row->profile), "n-open", &n, NULL);
  return n;
}

static char *
dup_again (Row *row)
{
  guint left = wb_retry_get_left (wb_retry_of (row->profile)), waiting = count_waiting (row);
  g_autofree char *again = left > 0
                               ? g_strdup_printf (ngettext ("Trying again in %u s", "Trying again in %u s", left), left)
                               : g_strdup (_("Trying again…"));
  g_autofree char *changes = g_strdup_printf (ngettext ("%u change waiting", "%u changes waiting", waiting), waiting);

  /* Translators: "Trying again in 30 s · 3 changes waiting" */
  return waiting > 0 ? g_strdup_printf (_("%s · %s"), again, changes) : g_steal_pointer (&again);
}

static char *
dup_detail (Row *row, CmrClient *client, CmrConnection connection)
{
  guint status = cmr_client_get_last_status (client);
  guint left = wb_retry_get_left (wb_retry_of (row->profile));

  switch (connection)
    {
    case CMR_CONNECTION_WAITING:
      return left > 0 ? g_strdup_printf (ngettext ("Goes on in %u s", "Goes on in %u s", left), left)
                      : g_strdup (_("Trying again…"));
    case CMR_CONNECTION_OFFLINE:
      return dup_again (row);
    case CMR_CONNECTION_KEY_REFUSED:
      return g_strdup (_("Nothing more is sent"));
    case CMR_CONNECTION_TROUBLE:
      return status >= 400 ? g_strdup_printf (_("It answered with %u"), status)
                           : g_strdup (_("It gave no clear answer"));
    default:
      return wb_sync_get_paused (wb_profile_get_sync (row->profile)) ? g_strdup (_("Reading is paused"))
                                                                     : dup_last_answer (client);
    }
}

static gboolean
update (gpointer data)
{
  Row *row = data;
  CmrClient *client = wb_profile_get_client (row->profile);
  CmrConnection connection = connection_now (client);
  g_autofree char *detail = dup_detail (row, client, connection);
  const char *classes[] = { connections[connection].css_class, NULL };

  if (g_strcmp0 (gtk_label_get_label (row->face.detail), detail) == 0
      && g_strcmp0 (gtk_label_get_label (row->face.title), _(connections[connection].word)) == 0)
    return G_SOURCE_CONTINUE;
  gtk_image_set_from_icon_name (row->face.icon, connections[connection].icon);
  gtk_widget_set_css_classes (GTK_WIDGET (row->face.icon), classes);
  wb_foot_face_set (&row->face, row->button, _(connections[connection].word), "", detail);
  return G_SOURCE_CONTINUE;
}

/* The popover: filled when it opens. */

static void
add_fact (Row *row, int place, const char *label, const char *value)
{
  GtkWidget *name = gtk_label_new (label), *text = gtk_label_new (value);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_widget_add_css_class (name, "dim-label");
  gtk_grid_attach (GTK_GRID (row->facts), name, 0, place, 1, 1);
  gtk_grid_attach (GTK_GRID (row->facts), text, 1, place, 1, 1);
}

static void
fill_facts (Row *row)
{
  CmrClient *client = wb_profile_get_client (row->profile);
  const WbProfileInfo *info = wb_profile_get_info (row->profile);
  gint64 last = cmr_client_get_last_answer (client);
  g_autoptr (GUri) uri = g_uri_parse (info->base_url, G_URI_FLAGS_NONE, NULL);
  g_autofree char *host = wb_format_text (uri != NULL && g_uri_get_host (uri) != NULL ? g_uri_get_host (uri) : "");
  g_autofree char *ago = last > 0 ? wb_format_ago (last) : g_strdup (_("none yet"));
  g_autofree char *waiting = g_strdup_printf ("%u", cmr_pacer_get_waiting (cmr_client_get_pacer (client)));
  g_autofree char *pace = g_strdup_printf (
      ngettext ("at most %.0f a second", "at most %.0f a second", (gulong) info->per_second), info->per_second);

  for (int i = 0; i < 4; i++)
    gtk_grid_remove_row (GTK_GRID (row->facts), 0);
  add_fact (row, 0, _("Service"), host);
  add_fact (row, 1, _("Last answer"), ago);
  add_fact (row, 2, _("Requests waiting"), waiting);
  add_fact (row, 3, _("Pace"), pace);
}

static void
fill_notices (Row *row)
{
  g_autoptr (GPtrArray) all = wb_notice_all (row->profile);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (row->notices)) != NULL)
    gtk_box_remove (GTK_BOX (row->notices), child);
  for (guint i = 0; i < all->len; i++)
    {
      const WbErrorWords *words = all->pdata[i];
      g_autofree char *text = g_strdup_printf ("%s %s", words->cause, words->consequence);
      GtkWidget *label = gtk_label_new (text);

      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
      gtk_box_append (GTK_BOX (row->notices), label);
    }
  gtk_widget_set_visible (row->notices, all->len > 0);
}

static void
on_show (GtkPopover *popover, Row *row)
{
  fill_facts (row);
  fill_notices (row);
  wb_reading_row_update (row->reading);
}

/* A read of the wallet costs nothing and tells whether the service answers. */
static void
on_retry (GtkButton *button, Row *row)
{
  wb_retry_now (wb_retry_of (row->profile));
  wb_sync_read_wallet_async (wb_profile_get_sync (row->profile), NULL, NULL, NULL);
  gtk_popover_popdown (GTK_POPOVER (gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_POPOVER)));
}

static GtkWidget *
make_popover (Row *row)
{
  GtkWidget *popover = gtk_popover_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *retry = gtk_button_new_with_label (_("Ask the Service Now"));

  row->notices = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  row->facts = gtk_grid_new ();
  row->reading = wb_reading_row_new (row->profile);
  gtk_grid_set_column_spacing (GTK_GRID (row->facts), 18);
  gtk_grid_set_row_spacing (GTK_GRID (row->facts), 6);
  gtk_box_append (GTK_BOX (box), row->notices);
  gtk_box_append (GTK_BOX (box), row->facts);
  gtk_box_append (GTK_BOX (box), row->reading);
  gtk_box_append (GTK_BOX (box), retry);
  gtk_widget_add_css_class (box, "popover-body");
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  g_signal_connect (popover, "show", G_CALLBACK (on_show), row);
  g_signal_connect (retry, "clicked", G_CALLBACK (on_retry), row);
  return popover;
}

static void
on_notify (GObject *object, GParamSpec *pspec, GtkWidget *button)
{
  update (g_object_get_data (G_OBJECT (button), "row"));
}

static void
on_map (GtkWidget *button, Row *row)
{
  if (row->tick_id == 0)
    row->tick_id = g_timeout_add_seconds (1, update, row);
  update (row);
}

static void
on_unmap (GtkWidget *button, Row *row)
{
  g_clear_handle_id (&row->tick_id, g_source_remove);
}

static void
row_free (gpointer data)
{
  Row *row = data;

  g_clear_handle_id (&row->tick_id, g_source_remove);
  g_free (row);
}

GtkWidget *
wb_connection_row_new (WbProfile *profile)
{
  Row *row = g_new0 (Row, 1);

  row->profile = profile;
  row->button = gtk_menu_button_new ();
  wb_foot_face_init (&row->face, "network-idle-symbolic");
  gtk_menu_button_set_child (GTK_MENU_BUTTON (row->button), row->face.box);
  wb_compat_fill_menu_button (GTK_MENU_BUTTON (row->button));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (row->button), make_popover (row));
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (row->button), GTK_ARROW_UP);
  gtk_widget_add_css_class (row->button, "flat");
  gtk_widget_set_tooltip_text (row->button, _("Connection"));
  g_object_set_data_full (G_OBJECT (row->button), "row", row, row_free);
  g_signal_connect (row->button, "map", G_CALLBACK (on_map), row);
  g_signal_connect (row->button, "unmap", G_CALLBACK (on_unmap), row);
  g_signal_connect_object (wb_profile_get_client (profile), "notify::connection", G_CALLBACK (on_notify), row->button,
                           0);
  g_signal_connect_object (wb_profile_get_sync (profile), "notify::paused", G_CALLBACK (on_notify), row->button, 0);
  update (row);
  return row->button;
}
