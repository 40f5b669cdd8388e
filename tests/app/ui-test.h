// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "wb-test.h"

G_BEGIN_DECLS

typedef struct {
  GdkFrameClock *clock;
  gint64 from;
} UiFrames;

static inline gboolean
ui_are_drawn (gpointer data)
{
  UiFrames *frames = data;

  return gdk_frame_clock_get_frame_counter (frames->clock) > frames->from + 2;
}

/* What changed has been laid out and drawn. */
static inline void
ui_wait_frames (GtkWidget *window)
{
  UiFrames frames = { gtk_widget_get_frame_clock (window), 0 };

  frames.from = gdk_frame_clock_get_frame_counter (frames.clock);
  gdk_frame_clock_begin_updating (frames.clock);
  g_assert_true (wb_test_wait_for (ui_are_drawn, &frames, WB_TEST_DEADLINE_MS));
  gdk_frame_clock_end_updating (frames.clock);
}

/* What is done with the display's pointer, in xdotool's words. */
G_GNUC_PRINTF (1, 2) static inline void
ui_xdotool (const char *format, ...)
{
  va_list arguments;
  g_autofree char *words = NULL, *line = NULL;
  g_autoptr (GError) error = NULL;

  va_start (arguments, format);
  words = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  line = g_strconcat ("xdotool ", words, NULL);
  g_spawn_command_line_sync (line, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

G_END_DECLS
