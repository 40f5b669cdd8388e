// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-sandbox-private.h"

void
wb_sb_clock_start (WbSbClock *clock, double speed)
{
  clock->offset_us = 0;
  clock->progress_us = 0;
  clock->real_us = g_get_monotonic_time ();
  clock->speed = speed;
}

gint64
wb_sb_clock_wall (const WbSbClock *clock)
{
  return g_get_real_time () + clock->offset_us;
}

/* Speed changes orders, not the wall clock: a Date header that ran sixty times too fast would look like
 * skew to the client. */
gint64
wb_sb_clock_progress (WbSbClock *clock)
{
  gint64 now = g_get_monotonic_time ();

  clock->progress_us += (gint64) ((double) (now - clock->real_us) * clock->speed);
  clock->real_us = now;
  return clock->progress_us;
}

void
wb_sb_clock_set_speed (WbSbClock *clock, double speed)
{
  wb_sb_clock_progress (clock);
  clock->speed = speed;
}

void
wb_sb_clock_move (WbSbClock *clock, gint64 seconds)
{
  wb_sb_clock_progress (clock);
  clock->offset_us += seconds * G_USEC_PER_SEC;
  clock->progress_us += MAX (seconds, 0) * G_USEC_PER_SEC;
}

char *
wb_sb_time_text (gint64 wall_us)
{
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_utc (wall_us / G_USEC_PER_SEC);
  g_autofree char *text = g_date_time_format (when, "%Y-%m-%dT%H:%M:%S");

  return g_strdup_printf ("%s.%03dZ", text, (int) (wall_us % G_USEC_PER_SEC / 1000));
}

char *
wb_sb_date_header (const WbSbClock *clock)
{
  g_autoptr (GDateTime) when
      = g_date_time_new_from_unix_utc (wb_sb_clock_wall (clock) / G_USEC_PER_SEC);

  return soup_date_time_to_string (when, SOUP_DATE_HTTP);
}
