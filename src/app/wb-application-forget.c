// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-application-private.h"

#include <glib/gi18n.h>

#include "cmr-error.h"
#include "wb-forget-words.h"
#include "wb-format.h"
#include "wb-settings.h"
#include "wb-window-size.h"

/* Forgetting a profile: it is closed, removed from the disk, and another one is shown, or the ways in. */

typedef struct {
  WbApplication *application;
  char *id, *name;
  WbProfileKind kind;
  WbProfileLoss *loss;
  WbSandbox *sandbox; /* (nullable): it writes into the folder of its profile */
  GError *error;      /* why it was not */
} Forget;

static void
forget_free (Forget *self)
{
  g_free (self->id);
  g_free (self->name);
  wb_profile_loss_free (self->loss);
  g_clear_object (&self->sandbox);
  g_clear_error (&self->error);
  g_object_unref (self->application);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Forget, forget_free)

static void
say_why_not (Forget *self, const GError *error)
{
  g_autofree char *name = wb_format_isolated (self->name);

  /* Translators: %s is the name of a profile */
  wb_application_tell (self->application, g_strdup_printf (_("“%s” Was Not Forgotten"), name),
                       g_strdup (g_error_matches (error, CMR_ERROR, CMR_ERROR_CONFLICT)
                                     ? _("Another Waybill has it open, or something was sent in the meantime. Nothing was changed.")
                                     : _("Its files could not be changed: the disk may be full, or read-only. Nothing was changed.")));
}

static void
say_gone (Forget *self, WbForgot forgot)
{
  g_autofree char *name = wb_format_isolated (self->name);

  /* Translators: %s is the name of a profile */
  wb_application_tell (self->application, g_strdup_printf (_("“%s” Is Forgotten"), name),
                       wb_forget_words_gone (self->loss, self->kind, forgot));
}

static void
reopened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Forget) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!wb_application_open_profile_finish (self->application, result, &error))
    wb_window_show_first_run (wb_application_ensure_window (self->application));
  say_why_not (self, self->error);
  g_application_release (G_APPLICATION (self->application));
}

static void
forgotten_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Forget *self = user_data;
  WbForgot forgot;

  if (!wb_profile_forget_finish (result, &forgot, &self->error))
    {
      /* Nothing was changed: it is shown again. */
      g_message ("the profile is not forgotten: %s", self->error->message);
      wb_application_open_profile_async (self->application, self->id, NULL, NULL, reopened_cb, self);
      return;
    }
  g_settings_reset (self->application->settings, WB_SETTINGS_LAST_PROFILE);
  wb_window_size_forget (self->id);
  wb_application_open_last (self->application);
  say_gone (self, forgot);
  g_application_release (G_APPLICATION (self->application));
  forget_free (self);
}

static void
stop_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Forget *self = data;

  if (self->sandbox != NULL)
    wb_sandbox_stop (self->sandbox);
  g_task_return_boolean (task, TRUE);
}

static void
stopped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Forget *self = user_data;

  wb_profile_forget_async (self->application->data_dir, self->application->cache_dir, self->id, self->loss->stakes->len,
                           forgotten_cb, self);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, stopped_cb, user_data);

  wb_profile_close_finish (WB_PROFILE (source), result, NULL);
  g_task_set_source_tag (task, closed_cb);
  g_task_set_task_data (task, user_data, NULL);
  g_task_run_in_thread (task, stop_thread);
}

void
wb_application_forget_profile (WbApplication *self, WbProfile *profile, WbProfileLoss *loss)
{
  const WbProfileInfo *info = wb_profile_get_info (profile);
  Forget *forget = g_new0 (Forget, 1);

  forget->application = g_object_ref (self);
  forget->id = g_strdup (info->id);
  forget->name = g_strdup (info->name);
  forget->kind = info->kind;
  forget->loss = loss;
  if (info->kind == WB_PROFILE_BUILT_IN)
    forget->sandbox = g_steal_pointer (&self->sandbox);
  g_application_hold (G_APPLICATION (self));
  g_object_ref (profile);
  if (self->current == profile)
    wb_application_leave_profile (self);
  g_hash_table_remove (self->profiles, forget->id);
  wb_profile_close_async (profile, closed_cb, forget);
  g_object_unref (profile);
}
