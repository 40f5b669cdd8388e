// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-application-private.h"

#include <glib/gi18n.h>

/* From the start of the program to a window with a profile in it. What the disk has to say is read by a worker, beside
 * GTK's own start; the window is there when it has something to show, or when a person would begin to wonder. */
#define PATIENCE_MS 100

void
wb_application_forget_wish (WbApplication *self)
{
  g_clear_pointer (&self->wish, g_free);
  g_clear_pointer (&self->wish_parameter, g_variant_unref);
}

void
wb_application_wish (WbApplication *self, const char *action, GVariant *parameter)
{
  wb_application_forget_wish (self);
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

/* What a person is told; the ways in are shown beside it. NULL: nothing was wrong. */
static const char *
why_not (WbApplicationWhich which, const GError *error)
{
  if (which == WB_APPLICATION_LAST && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return NULL;
  return which == WB_APPLICATION_SANDBOX ? _("The sandbox could not be started: the disk cannot be written to.")
                                         : _("The profile could not be opened. Its files were left as they are.");
}

static void
show_ways_in (WbApplication *self, const char *text)
{
  wb_window_show_first_run (wb_application_make_window (self));
  wb_application_ensure_window (self);
  if (text != NULL)
    wb_application_toast (self, text);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer which)
{
  WbApplication *self = WB_APPLICATION (source);
  g_autoptr (GError) error = NULL;

  self->starting = FALSE;
  g_application_release (G_APPLICATION (self));
  if (wb_application_open_profile_finish (self, result, &error))
    wb_application_grant_wish (self);
  else
    {
      wb_application_forget_wish (self);
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      g_message ("no profile is open: %s", error->message);
      show_ways_in (self, why_not (GPOINTER_TO_INT (which), error));
    }
  wb_application_tell_news (self);
}

static void
begin (WbApplication *self, WbApplicationWhich which)
{
  if (self->starting)
    return;
  self->starting = TRUE;
  g_application_hold (G_APPLICATION (self));
  wb_application_find_profile_async (self, which, NULL, NULL, self->cancellable, opened_cb, GINT_TO_POINTER (which));
}

void
wb_application_start (WbApplication *self)
{
  if (self->options.first_run)
    return;
#ifdef WB_FAULT_POINTS
  if (self->options.base_url != NULL && self->options.key_file != NULL)
    begin (self, WB_APPLICATION_SERVER);
#endif
  /* Nothing, where one is begun. */
  begin (self, self->options.sandbox ? WB_APPLICATION_SANDBOX : WB_APPLICATION_LAST);
}

void
wb_application_try_sandbox (WbApplication *self)
{
  begin (self, WB_APPLICATION_SANDBOX);
  wb_application_ensure_window (self);
}

void
wb_application_open_last (WbApplication *self)
{
  begin (self, WB_APPLICATION_LAST);
  wb_application_ensure_window (self);
}

static gboolean
present_empty (gpointer data)
{
  WbApplication *self = data;

  self->patience_id = 0;
  wb_application_ensure_window (self);
  return G_SOURCE_REMOVE;
}

void
wb_application_show_start (GApplication *application)
{
  WbApplication *self = WB_APPLICATION (application);
  gboolean first = wb_application_get_window (self) == NULL && self->current == NULL;

  if (first)
    wb_application_start (self);
  if (!self->starting)
    {
      if (first)
        show_ways_in (self, NULL);
      wb_application_ensure_window (self);
    }
  else if (first)
    {
      wb_application_make_window (self);
      self->patience_id = g_timeout_add (PATIENCE_MS, present_empty, self);
    }
}
