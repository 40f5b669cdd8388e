// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-application-private.h"

#include <glib/gi18n.h>

#include "wb-frame-memory.h"

/* Without a window: why the program is still there is told by a notification that leads back to the window, and to
 * a desktop that keeps a list of sandboxed programs without one. */

#define NOTIFICATION "background"
#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define PORTAL_BACKGROUND "org.freedesktop.portal.Background"
/* More the portal refuses. */
#define STATUS_MAX 96

/* NULL: what is left takes moments, and is not worth a word. */
static char *
dup_reason (const WbOpenCounts *open)
{
  if (open->sending > 0)
    return g_strdup (_("The upload goes on."));
  if (open->followed > 0)
    return g_strdup_printf (ngettext ("Waybill keeps watching %u order.", "Waybill keeps watching %u orders.", open->followed),
                            open->followed);
  if (open->asking > 0)
    return g_strdup_printf (ngettext ("Waybill keeps asking about %u request that got no answer.",
                                      "Waybill keeps asking about %u requests that got no answer.", open->asking),
                            open->asking);
  return NULL;
}

static const char *
end_of (const WbOpenCounts *open)
{
  if (open->sending > 0)
    return _("Waybill tells you when it is done.");
  if (open->followed > 0)
    return _("It tells you when the mailboxes are live, and ends by itself.");
  return _("Nothing is sent again. Waybill ends by itself.");
}

static void
tell (WbApplication *self, const WbOpenCounts *open, const char *reason)
{
  g_autoptr (GNotification) notification = g_notification_new (reason);

  g_notification_set_body (notification, end_of (open));
  g_notification_set_default_action (notification, "app.show-window");
  g_notification_add_button (notification, _("Show Window"), "app.show-window");
  g_application_send_notification (G_APPLICATION (self), NOTIFICATION, notification);
}

/* The desktop's list of programs without a window */

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer method)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  /* Older desktops have none, and do not end programs without a window either. */
  if (answer == NULL)
    g_debug ("%s: %s", (const char *) method, error->message);
}

static void
ask_portal (WbApplication *self, const char *method, GVariant *arguments)
{
  GDBusConnection *bus = g_application_get_dbus_connection (G_APPLICATION (self));

  g_dbus_connection_call (bus, PORTAL_NAME, PORTAL_PATH, PORTAL_BACKGROUND, method, arguments, NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, self->cancellable, asked_cb, (gpointer) method);
}

/* @reason: as it stands in that list */
static void
set_status (WbApplication *self, const char *reason)
{
  g_autofree char *short_reason = g_utf8_substring (reason, 0, MIN (g_utf8_strlen (reason, -1), STATUS_MAX));
  GVariantDict options;

  /* The portal refuses it to programs outside of a sandbox, which nobody ends. */
  if (g_getenv ("FLATPAK_ID") == NULL || g_application_get_dbus_connection (G_APPLICATION (self)) == NULL)
    return;
  if (!self->asked_background)
    {
      g_variant_dict_init (&options, NULL);
      g_variant_dict_insert (&options, "reason", "s", _("Waybill watches orders until they have ended."));
      g_variant_dict_insert (&options, "autostart", "b", FALSE);
      ask_portal (self, "RequestBackground", g_variant_new ("(s@a{sv})", "", g_variant_dict_end (&options)));
      self->asked_background = TRUE;
    }
  g_variant_dict_init (&options, NULL);
  g_variant_dict_insert (&options, "message", "s", short_reason);
  ask_portal (self, "SetStatus", g_variant_new ("(@a{sv})", g_variant_dict_end (&options)));
}

/* Windows */

static gboolean
has_window (WbApplication *self)
{
  return gtk_application_get_windows (GTK_APPLICATION (self)) != NULL;
}

static gboolean
update (gpointer user_data)
{
  WbApplication *self = user_data;
  WbOpenCounts open;
  g_autofree char *reason = NULL;

  self->background_id = 0;
  if (has_window (self) || self->quitting)
    return G_SOURCE_REMOVE;
  wb_application_count_open (self, &open);
  reason = dup_reason (&open);
  if (reason != NULL)
    set_status (self, reason);
  else
    wb_application_forget_background (self);
  return G_SOURCE_REMOVE;
}

/* A payment that is accepted is an order to follow a moment later: what is said is of afterwards. What becomes of
 * each is told when it has ended. */
void
wb_application_update_background (WbApplication *self)
{
  if (self->background_id == 0)
    self->background_id = g_idle_add (update, self);
}

/* What was told is true no more. */
void
wb_application_forget_background (WbApplication *self)
{
  g_clear_handle_id (&self->background_id, g_source_remove);
  g_application_withdraw_notification (G_APPLICATION (self), NOTIFICATION);
}

static void
on_window_removed (WbApplication *self)
{
  WbOpenCounts open;
  g_autofree char *reason = NULL;

  if (has_window (self) || self->quitting)
    return;
  wb_application_count_open (self, &open);
  reason = dup_reason (&open);
  if (reason == NULL)
    return;
  tell (self, &open, reason);
  set_status (self, reason);
}

static void
on_window_added (WbApplication *self, GtkWindow *window)
{
  wb_application_forget_background (self);
  wb_frame_memory_watch (window);
}

void
wb_application_watch_windows (WbApplication *self)
{
  g_signal_connect (self, "window-removed", G_CALLBACK (on_window_removed), NULL);
  g_signal_connect (self, "window-added", G_CALLBACK (on_window_added), NULL);
}
