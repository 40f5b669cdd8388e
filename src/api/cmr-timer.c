// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmr-timer-private.h"

/* A source of g_timeout_source_new() will not do: it sets its next time itself after the callback, over what the
 * callback has set, and with an interval of 0 turns the main loop for ever. */
static gboolean
dispatch (GSource *source, GSourceFunc func, gpointer data)
{
  g_source_set_ready_time (source, -1);
  return func (data);
}

static GSourceFuncs funcs = { .dispatch = dispatch };

/**
 * cmr_timer_new:
 * @name: a static string, for profilers
 *
 * Makes a timer for the thread's main context, attached, not set.
 *
 * Returns: (transfer full): destroy it before what @data points to
 */
GSource *
cmr_timer_new (const char *name, GSourceFunc func, gpointer data)
{
  GSource *source = g_source_new (&funcs, sizeof (GSource));

  g_source_set_static_name (source, name);
  g_source_set_callback (source, func, data, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}
