// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-application-private.h"

#include <stdlib.h>

#include <glib/gi18n.h>

#include "wb-compat.h"
#include "wb-confined.h"
#include "wb-settings.h"
#include "wb-style.h"

G_DEFINE_FINAL_TYPE (WbApplication, wb_application, ADW_TYPE_APPLICATION)

WbProfile *
wb_application_get_profile (WbApplication *self)
{
  return self->current;
}

const char *
wb_application_get_data_dir (WbApplication *self)
{
  return self->data_dir;
}

WbSandbox *
wb_application_get_sandbox (WbApplication *self)
{
  return self->sandbox;
}

GSettings *
wb_application_get_settings (WbApplication *self)
{
  return self->settings;
}

WbWindow *
wb_application_get_window (WbApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (WB_IS_WINDOW (l->data))
      return l->data;
  return NULL;
}

WbWindow *
wb_application_make_window (WbApplication *self)
{
  WbWindow *window = wb_application_get_window (self);

  if (window != NULL)
    return window;
  window = wb_window_new (GTK_APPLICATION (self));
  if (self->current != NULL)
    wb_window_set_profile (window, self->current);
  return window;
}

WbWindow *
wb_application_ensure_window (WbApplication *self)
{
  WbWindow *window = wb_application_make_window (self);

  g_clear_handle_id (&self->patience_id, g_source_remove);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

void
wb_application_toast (WbApplication *self, const char *text)
{
  WbWindow *window = wb_application_get_window (self);

  if (window != NULL)
    wb_window_toast (window, text);
}

void
wb_application_announce (WbApplication *self, const char *text, gboolean alert)
{
  WbWindow *window = wb_application_get_window (self);

  if (window != NULL)
    wb_window_announce (window, text, alert);
}

void
wb_application_tell_news (WbApplication *self)
{
  g_autofree char *heading = g_steal_pointer (&self->news), *text = g_steal_pointer (&self->news_text);
  GtkWidget *dialog;

  if (heading == NULL)
    return;
  dialog = wb_compat_message_new (GTK_WINDOW (wb_application_ensure_window (self)), heading, text);
  wb_compat_message_add (dialog, "close", _("_Close"), WB_COMPAT_PLAIN);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
wb_application_tell (WbApplication *self, char *heading, char *text)
{
  g_free (self->news);
  g_free (self->news_text);
  self->news = heading;
  self->news_text = text;
  if (!self->starting)
    wb_application_tell_news (self);
}

static void
rest_forgotten_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  guint n = wb_profile_finish_forgetting_finish (result);

  if (n > 0)
    g_message ("%u profiles that were to be forgotten are gone now", n);
}

static void
on_style_changed (GSettings *settings, const char *key, gpointer user_data)
{
  static const AdwColorScheme schemes[] = { ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT, ADW_COLOR_SCHEME_FORCE_DARK };

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), schemes[g_settings_get_enum (settings, key)]);
}

/* GTK would end the program here too, with a warning that says nothing of what to do. */
static void
require_display (void)
{
  if (gtk_init_check ())
    {
      wb_style_theme_left_out ();
      return;
    }
  g_printerr ("%s\n", _("Waybill found no display: neither Wayland nor X11 can be reached. Start it in a desktop session."));
  if (wb_confined ())
    /* Translators: %s is a command */
    g_printerr (_("If its Flatpak was denied both, this gives them back: %s\n"), WB_CONFINED_DISPLAY_COMMAND);
  exit (EXIT_FAILURE);
}

static void
set_icon (gpointer data)
{
  gtk_window_set_default_icon_name (APP_ID);
}

static void
wb_application_startup (GApplication *application)
{
  WbApplication *self = WB_APPLICATION (application);

  require_display ();
  self->settings = g_settings_new (WB_SETTINGS_SCHEMA);
  /* While a worker opens the profile, GTK reads its styles and icons. */
  if (self->options.activated)
    wb_application_start (self);
  G_APPLICATION_CLASS (wb_application_parent_class)->startup (application);
  g_signal_connect (self->settings, "changed::" WB_SETTINGS_STYLE, G_CALLBACK (on_style_changed), NULL);
  on_style_changed (self->settings, WB_SETTINGS_STYLE, NULL);
  wb_profile_finish_forgetting_async (self->data_dir, self->cache_dir, self->cancellable, rest_forgotten_cb, NULL);
  wb_style_install ();
  wb_application_install_actions (self);
  wb_application_watch_windows (self);
  /* Nobody sees it before there is a window, and it takes a while to be drawn in all its sizes. */
  g_idle_add_once (set_icon, NULL);
  g_signal_connect (self, "notify::screensaver-active", G_CALLBACK (wb_application_watch_session), NULL);
}

/* Writers finish what they were given before the process ends. */
static void
wb_application_shutdown (GApplication *application)
{
  WbApplication *self = WB_APPLICATION (application);

  g_cancellable_cancel (self->cancellable);
  self->quitting = TRUE;
  wb_application_forget_background (self);
  G_APPLICATION_CLASS (wb_application_parent_class)->shutdown (application);
  self->current = NULL;
  g_hash_table_remove_all (self->profiles);
  g_clear_handle_id (&self->background_id, g_source_remove);
  g_clear_handle_id (&self->patience_id, g_source_remove);
  if (self->sandbox != NULL)
    wb_sandbox_stop (self->sandbox);
  g_clear_object (&self->sandbox);
}

static void
wb_application_finalize (GObject *object)
{
  WbApplication *self = WB_APPLICATION (object);

  wb_application_forget_wish (self);
  g_free (self->news);
  g_free (self->news_text);
  g_hash_table_unref (self->profiles);
  g_clear_object (&self->settings);
  g_clear_object (&self->cancellable);
  g_free (self->options.base_url);
  g_free (self->options.key_file);
  g_free (self->options.record_dir);
  g_free (self->data_dir);
  g_free (self->cache_dir);
  G_OBJECT_CLASS (wb_application_parent_class)->finalize (object);
}

static void
wb_application_class_init (WbApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wb_application_finalize;
  application_class->activate = wb_application_show_start;
  application_class->startup = wb_application_startup;
  application_class->shutdown = wb_application_shutdown;
}

static void
wb_application_init (WbApplication *self)
{
  self->profiles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->cancellable = g_cancellable_new ();
}

WbApplication *
wb_application_new (const WbApplicationOptions *options)
{
  /* Other modes are programs of their own: they never join a running instance or share its data. */
  gboolean own = options->sandbox || options->base_url != NULL;
  const char *folder = options->sandbox ? "waybill-sandbox" : options->base_url != NULL ? "waybill-test" : "waybill";
  WbApplication *self = g_object_new (WB_TYPE_APPLICATION,
                                      "application-id", own ? APP_ID ".Sandbox" : APP_ID,
                                      "flags", own ? G_APPLICATION_NON_UNIQUE
                                               : options->service ? G_APPLICATION_IS_SERVICE : G_APPLICATION_DEFAULT_FLAGS,
                                      "register-session", TRUE,
                                      "resource-base-path", "/io/github/waybill/Waybill", NULL);

  self->options = *options;
  self->data_dir = g_build_filename (g_get_user_data_dir (), folder, NULL);
  self->cache_dir = g_build_filename (g_get_user_cache_dir (), folder, NULL);
  return self;
}
