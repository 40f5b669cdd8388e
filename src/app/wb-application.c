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
wb_application_ensure_window (WbApplication *self)
{
  WbWindow *window = wb_application_get_window (self);

  if (window == NULL)
    {
      window = wb_window_new (GTK_APPLICATION (self));
      if (self->current != NULL)
        wb_window_set_profile (window, self->current);
    }
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

static void
tell_news (WbApplication *self)
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
    tell_news (self);
}

static void
tell_not_opened (WbApplication *self, const char *text)
{
  wb_window_show_first_run (wb_application_ensure_window (self));
  wb_application_toast (self, text);
}

static void
forget_wish (WbApplication *self)
{
  g_clear_pointer (&self->wish, g_free);
  g_clear_pointer (&self->wish_parameter, g_variant_unref);
}

void
wb_application_wish (WbApplication *self, const char *action, GVariant *parameter)
{
  forget_wish (self);
  g_application_activate (G_APPLICATION (self));
  /* The ways in are shown: which profile will come of them nobody knows. */
  if (!self->starting)
    return;
  self->wish = g_strdup (action);
  self->wish_parameter = parameter != NULL ? g_variant_ref (parameter) : NULL;
}

void
wb_application_grant_wish (WbApplication *self)
{
  g_autofree char *action = g_steal_pointer (&self->wish);
  g_autoptr (GVariant) parameter = g_steal_pointer (&self->wish_parameter);

  if (action != NULL)
    g_action_group_activate_action (G_ACTION_GROUP (self), action, parameter);
}

static void
opened_at_start_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbApplication *self = WB_APPLICATION (source);
  g_autoptr (GError) error = NULL;

  self->starting = FALSE;
  g_application_release (G_APPLICATION (self));
  if (wb_application_open_profile_finish (self, result, &error))
    {
      wb_application_grant_wish (self);
      tell_news (self);
      return;
    }
  g_message ("a profile could not be opened: %s", error->message);
  forget_wish (self);
  tell_not_opened (self, _("The profile could not be opened. Its files were left as they are."));
  tell_news (self);
}

/* What the disk has to say is read by workers: the window opens at once, and is filled when it is known. */
static void
begin_start (WbApplication *self)
{
  self->starting = TRUE;
  g_application_hold (G_APPLICATION (self));
  wb_application_ensure_window (self);
}

static void
give_up_start (WbApplication *self)
{
  forget_wish (self);
  self->starting = FALSE;
  g_application_release (G_APPLICATION (self));
}

static void
sandbox_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbApplication) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = wb_profile_ensure_finish (result, &error);

  if (id != NULL)
    {
      wb_application_open_profile_async (self, id, NULL, self->cancellable, opened_at_start_cb, NULL);
      return;
    }
  give_up_start (self);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_message ("no sandbox: %s", error->message);
  tell_not_opened (self, _("The sandbox could not be started: the disk cannot be written to."));
}

void
wb_application_try_sandbox (WbApplication *self)
{
  if (self->starting)
    return;
  wb_profile_ensure_async (self->data_dir, WB_PROFILE_BUILT_IN, _("Sandbox"), NULL, self->cancellable, sandbox_found_cb,
                           g_object_ref (self));
  begin_start (self);
}

#ifdef WB_FAULT_POINTS
static void
key_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbApplication) self = user_data;
  const char *id = g_object_get_data (source, "profile");
  g_autoptr (GError) error = NULL;
  g_autofree char *key = NULL;

  if (g_file_load_contents_finish (G_FILE (source), result, &key, NULL, NULL, &error))
    wb_application_open_profile_async (self, id, g_strstrip (key), self->cancellable, opened_at_start_cb, NULL);
  else
    {
      g_printerr ("%s\n", error->message);
      give_up_start (self);
    }
}

static void
server_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbApplication) self = user_data;
  g_autoptr (GFile) file = g_file_new_for_path (self->options.key_file);
  g_autoptr (GError) error = NULL;
  char *id = wb_profile_ensure_finish (result, &error);

  g_object_set_data_full (G_OBJECT (file), "profile", id, g_free);
  if (id != NULL)
    g_file_load_contents_async (file, self->cancellable, key_read_cb, g_object_ref (self));
  else
    {
      g_printerr ("%s\n", error->message);
      give_up_start (self);
    }
}

static void
open_with_key_file (WbApplication *self)
{
  gboolean loopback = g_str_has_prefix (self->options.base_url, "http://");
  WbProfileKind kind = loopback ? WB_PROFILE_VENDOR_SANDBOX : WB_PROFILE_LIVE;

  wb_profile_ensure_async (self->data_dir, kind, _("Test Server"), self->options.base_url, self->cancellable, server_found_cb,
                           g_object_ref (self));
  begin_start (self);
}
#endif

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbApplication) self = user_data;
  g_autoptr (GPtrArray) infos = wb_profile_list_finish (result, NULL);
  g_autofree char *last = g_settings_get_string (self->settings, WB_SETTINGS_LAST_PROFILE);
  const char *id = NULL;

  for (guint i = 0; infos != NULL && i < infos->len; i++)
    {
      const WbProfileInfo *info = infos->pdata[i];

      if (id == NULL || g_str_equal (info->id, last))
        id = info->id;
    }
  if (id != NULL && !self->options.first_run)
    {
      wb_application_open_profile_async (self, id, NULL, self->cancellable, opened_at_start_cb, NULL);
      return;
    }
  give_up_start (self);
  if (infos == NULL)
    return;
  wb_window_show_first_run (wb_application_ensure_window (self));
  tell_news (self);
}

void
wb_application_open_last (WbApplication *self)
{
  wb_profile_list_async (self->data_dir, self->cancellable, listed_cb, g_object_ref (self));
  begin_start (self);
}

static void
rest_forgotten_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  guint n = wb_profile_finish_forgetting_finish (result);

  if (n > 0)
    g_message ("%u profiles that were to be forgotten are gone now", n);
}

static void
wb_application_activate (GApplication *application)
{
  WbApplication *self = WB_APPLICATION (application);

  if (self->current != NULL || wb_application_get_window (self) != NULL)
    {
      wb_application_ensure_window (self);
      return;
    }
#ifdef WB_FAULT_POINTS
  if (self->options.base_url != NULL && self->options.key_file != NULL)
    {
      open_with_key_file (self);
      return;
    }
#endif
  if (self->options.sandbox && !self->options.first_run)
    wb_application_try_sandbox (self);
  else
    wb_application_open_last (self);
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
    return;
  g_printerr ("%s\n", _("Waybill found no display: neither Wayland nor X11 can be reached. Start it in a desktop session."));
  if (wb_confined ())
    /* Translators: %s is a command */
    g_printerr (_("If its Flatpak was denied both, this gives them back: %s\n"), WB_CONFINED_DISPLAY_COMMAND);
  exit (EXIT_FAILURE);
}

static void
wb_application_startup (GApplication *application)
{
  WbApplication *self = WB_APPLICATION (application);

  require_display ();
  G_APPLICATION_CLASS (wb_application_parent_class)->startup (application);
  self->settings = g_settings_new (WB_SETTINGS_SCHEMA);
  g_signal_connect (self->settings, "changed::" WB_SETTINGS_STYLE, G_CALLBACK (on_style_changed), NULL);
  on_style_changed (self->settings, WB_SETTINGS_STYLE, NULL);
  wb_profile_finish_forgetting_async (self->data_dir, self->cache_dir, self->cancellable, rest_forgotten_cb, NULL);
  wb_style_install ();
  wb_application_install_actions (self);
  wb_application_watch_windows (self);
  gtk_window_set_default_icon_name ("io.github.waybill.Waybill");
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
  if (self->sandbox != NULL)
    wb_sandbox_stop (self->sandbox);
  g_clear_object (&self->sandbox);
}

static void
wb_application_finalize (GObject *object)
{
  WbApplication *self = WB_APPLICATION (object);

  forget_wish (self);
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
  application_class->activate = wb_application_activate;
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
