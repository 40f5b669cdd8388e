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

/* What of a profile is open, as its parts count it. */
enum { SENDING, ASKING, FOLLOWED, UNFINISHED, N_COUNTS };

typedef struct {
  WbApplication *application;
  guint counts[N_COUNTS];
  gboolean held;
} Watch;

static const struct {
  const char *property;
  gboolean of_orders; /* else of the outbox */
} counted[N_COUNTS] = {
  [SENDING] = { "n-open", FALSE },
  [ASKING] = { "n-asking", FALSE },
  [FOLLOWED] = { "n-followed", TRUE },
  [UNFINISHED] = { "n-open", TRUE },
};

static Watch *
watch_of (WbProfile *profile)
{
  return g_object_get_data (G_OBJECT (profile), "watch");
}

void
wb_application_count_open (WbApplication *self, WbOpenCounts *open)
{
  GHashTableIter iter;
  gpointer profile;

  *open = (WbOpenCounts) { 0 };
  g_hash_table_iter_init (&iter, self->profiles);
  while (g_hash_table_iter_next (&iter, NULL, &profile))
    {
      const Watch *watch = watch_of (profile);

      open->sending += watch != NULL ? watch->counts[SENDING] : 0;
      open->asking += watch != NULL ? watch->counts[ASKING] : 0;
      open->followed += watch != NULL ? watch->counts[FOLLOWED] : 0;
    }
}

gboolean
wb_application_is_busy (WbApplication *self)
{
  WbOpenCounts open;

  wb_application_count_open (self, &open);
  return open.sending > 0;
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
      self->inhibit_cookie = 0;
    }
}

static void
update_hold (Watch *watch)
{
  WbApplication *self = watch->application;
  gboolean open = FALSE;

  for (guint i = 0; i < N_COUNTS; i++)
    open = open || watch->counts[i] > 0;
  update_inhibit (self);
  wb_application_update_background (self);
  if (open == watch->held)
    return;
  watch->held = open;
  if (open)
    g_application_hold (G_APPLICATION (self));
  else
    g_application_release (G_APPLICATION (self));
}

/* Read from whoever tells it: a profile that closes drops its parts one by one. */
static void
on_count (GObject *part, GParamSpec *pspec, WbProfile *profile)
{
  Watch *watch = watch_of (profile);

  for (guint i = 0; i < N_COUNTS; i++)
    if (counted[i].of_orders == WB_IS_ORDERS (part) && g_str_equal (counted[i].property, pspec->name))
      g_object_get (part, counted[i].property, &watch->counts[i], NULL);
  update_hold (watch);
}

void
wb_application_watch_profile (WbApplication *self, WbProfile *profile)
{
  Watch *watch = g_new0 (Watch, 1);

  watch->application = self;
  g_object_set_data_full (G_OBJECT (profile), "watch", watch, g_free);
  for (guint i = 0; i < N_COUNTS; i++)
    {
      GObject *part = counted[i].of_orders ? G_OBJECT (wb_profile_get_orders (profile)) : G_OBJECT (wb_profile_get_outbox (profile));
      g_autofree char *notify = g_strconcat ("notify::", counted[i].property, NULL);

      g_signal_connect_object (part, notify, G_CALLBACK (on_count), profile, 0);
      g_object_get (part, counted[i].property, &watch->counts[i], NULL);
    }
  wb_application_watch_orders (self, profile);
  update_hold (watch);
}

/* Quitting */

/* The program ends without closing its windows. */
static void
quit (WbApplication *self)
{
  self->quitting = TRUE;
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
  GtkWindow *window;
  GtkWidget *dialog;

  if (!wb_application_is_busy (self))
    {
      quit (self);
      return;
    }
  window = gtk_application_get_active_window (GTK_APPLICATION (self));
  if (window == NULL)
    window = GTK_WINDOW (wb_application_ensure_window (self));
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
