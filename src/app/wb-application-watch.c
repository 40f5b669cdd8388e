// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-application-private.h"

#include <glib/gi18n.h>

#include "wb-compat.h"
#include "wb-outbox.h"

/* What outlives windows: the program stays while something is under way, keeps the computer awake between
 * last byte and answer, and asks before it is ended in the middle. */

typedef struct {
  WbApplication *application;
  gboolean held;
} Watch;

static guint
count_open (WbProfile *profile)
{
  guint n_open = 0;

  g_object_get (wb_profile_get_outbox (profile), "n-open", &n_open, NULL);
  return n_open;
}

gboolean
wb_application_is_busy (WbApplication *self)
{
  GHashTableIter iter;
  gpointer profile;

  g_hash_table_iter_init (&iter, self->profiles);
  while (g_hash_table_iter_next (&iter, NULL, &profile))
    if (count_open (profile) > 0)
      return TRUE;
  return FALSE;
}

static void
update_inhibit (WbApplication *self)
{
  gboolean busy = wb_application_is_busy (self);

  if (busy == (self->inhibit_cookie != 0))
    return;
  if (busy)
    self->inhibit_cookie = gtk_application_inhibit (GTK_APPLICATION (self), GTK_WINDOW (wb_application_get_window (self)),
                                                    GTK_APPLICATION_INHIBIT_LOGOUT | GTK_APPLICATION_INHIBIT_SUSPEND,
                                                    _("A request is being sent; its answer would be lost."));
  else
    {
      gtk_application_uninhibit (GTK_APPLICATION (self), self->inhibit_cookie);
      g_application_withdraw_notification (G_APPLICATION (self), "busy");
      self->inhibit_cookie = 0;
    }
}

static void
update_hold (WbProfile *profile, Watch *watch)
{
  gboolean busy = count_open (profile) > 0;

  if (busy == watch->held)
    return;
  watch->held = busy;
  update_inhibit (watch->application);
  if (busy)
    g_application_hold (G_APPLICATION (watch->application));
  else
    g_application_release (G_APPLICATION (watch->application));
}

static void
on_open_changed (WbOutbox *outbox, GParamSpec *pspec, WbProfile *profile)
{
  update_hold (profile, g_object_get_data (G_OBJECT (profile), "watch"));
}

void
wb_application_watch_profile (WbApplication *self, WbProfile *profile)
{
  WbOutbox *outbox = wb_profile_get_outbox (profile);
  Watch *watch = g_new0 (Watch, 1);

  watch->application = self;
  g_object_set_data_full (G_OBJECT (profile), "watch", watch, g_free);
  g_signal_connect_object (outbox, "notify::n-open", G_CALLBACK (on_open_changed), profile, 0);
  wb_application_watch_orders (self, profile);
  update_hold (profile, watch);
}

/* Quitting */

/* The program ends without closing its windows. */
static void
quit (WbApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (WB_IS_WINDOW (l->data))
      wb_window_remember (l->data);
  g_application_quit (G_APPLICATION (self));
}

static void
on_quit_response (GtkWidget *dialog, const char *response, WbApplication *self)
{
  if (g_str_equal (response, "quit"))
    quit (self);
}

/* Asks while something is being sent: its answer would be lost, and it would have to be looked up. */
void
wb_application_ask_quit (WbApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));
  GtkWidget *dialog;

  if (!wb_application_is_busy (self) || window == NULL)
    {
      quit (self);
      return;
    }
  dialog = wb_compat_message_new (window, _("Quit While a Request Is Being Sent?"),
                                  _("It may be carried out all the same. Waybill would look up how it ended at the next start; "
                                    "it never sends it again by itself. You can close the windows instead: Waybill then ends when "
                                    "the answer is here."));
  wb_compat_message_add (dialog, "stay", _("_Keep Running"), WB_COMPAT_PLAIN);
  wb_compat_message_add (dialog, "quit", _("_Quit Anyway"), WB_COMPAT_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_quit_response), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Locking the session locks what was unlocked for a time. */
void
wb_application_watch_session (WbApplication *self)
{
  gboolean away = FALSE;
  GHashTableIter iter;
  gpointer profile;

  g_object_get (self, "screensaver-active", &away, NULL);
  g_hash_table_iter_init (&iter, self->profiles);
  while (away && g_hash_table_iter_next (&iter, NULL, &profile))
    wb_profile_lock (profile);
}
