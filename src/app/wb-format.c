// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-format.h"

#include <string.h>

#include <glib/gi18n.h>

#include "cmr-field.h"

#define BOX 0x25a1

/* Groups of three by the locale's own separator. */
char *
wb_format_money (gint64 cents)
{
  g_autofree char *whole = NULL;

  if (cents == CMR_MONEY_UNKNOWN)
    return g_strdup ("—");
  whole = g_strdup_printf ("%'" G_GINT64_FORMAT, ABS (cents) / 100);
  return g_strdup_printf ("%s$%s.%02d", cents < 0 ? "−" : "", whole, (int) (ABS (cents) % 100));
}

char *
wb_format_exact (gint64 n)
{
  return g_strdup_printf ("%'" G_GINT64_FORMAT, n);
}

char *
wb_format_count (gint64 n)
{
  if (n < 10000)
    return g_strdup_printf ("%'" G_GINT64_FORMAT, n);
  /* What would round up to a thousand thousands is a million. */
  if (n >= 999950)
    /* Translators: millions, such as 1.2M */
    return g_strdup_printf (_("%.1fM"), n / 1000000.0);
  /* Translators: thousands, such as 12.4k */
  return g_strdup_printf (_("%.1fk"), n / 1000.0);
}

char *
wb_format_size (guint64 bytes)
{
  return g_format_size (bytes);
}

static GDateTime *
local_time (gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);

  return g_date_time_to_local (utc);
}

/* Days between two moments in local time: 0 = the same day, 1 = yesterday. */
static int
days_before (GDateTime *time, GDateTime *now)
{
  GDate then_day, now_day;
  int y, m, d;

  g_date_time_get_ymd (time, &y, &m, &d);
  g_date_clear (&then_day, 1);
  g_date_set_dmy (&then_day, d, m, y);
  g_date_time_get_ymd (now, &y, &m, &d);
  g_date_clear (&now_day, 1);
  g_date_set_dmy (&now_day, d, m, y);
  return g_date_days_between (&then_day, &now_day);
}

static char *
format_date (GDateTime *then, GDateTime *now)
{
  gboolean this_year = g_date_time_get_year (then) == g_date_time_get_year (now);

  return g_date_time_format (then, this_year ? _("%-e %b") : _("%-e %b %Y"));
}

char *
wb_format_date (gint64 time)
{
  g_autoptr (GDateTime) then = local_time (time);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return format_date (then, now);
}

char *
wb_format_time (gint64 time)
{
  g_autoptr (GDateTime) then = local_time (time);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  int days = days_before (then, now);

  if (days == 0)
    return g_date_time_format (then, "%H:%M");
  if (days == 1)
    return g_strdup (_("Yesterday"));
  return format_date (then, now);
}

#define NEAR_DAYS 60

char *
wb_format_due (gint64 time)
{
  g_autoptr (GDateTime) then = local_time (time);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  int days = -days_before (then, now);

  if (days == 0)
    return g_strdup (_("today"));
  if (days == 1)
    return g_strdup (_("tomorrow"));
  if (days == -1)
    return g_strdup (_("yesterday"));
  if (days > 0 && days <= NEAR_DAYS)
    return g_strdup_printf (ngettext ("in %d day", "in %d days", (gulong) days), days);
  if (days < 0 && days >= -NEAR_DAYS)
    return g_strdup_printf (ngettext ("%d day ago", "%d days ago", (gulong) -days), -days);
  return wb_format_time (time);
}

char *
wb_format_in_sentence (gint64 time)
{
  g_autoptr (GDateTime) then = local_time (time);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *when = wb_format_time (time);
  int days = days_before (then, now);

  if (days == 0)
    return g_strdup_printf (_("today at %s"), when);
  return days == 1 ? g_strdup (_("yesterday")) : g_steal_pointer (&when);
}

char *
wb_format_clock (gint64 time)
{
  g_autoptr (GDateTime) then = local_time (time);

  return g_date_time_format (then, "%H:%M");
}

char *
wb_format_day (gint64 time)
{
  g_autoptr (GDateTime) then = local_time (time);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  int days = days_before (then, now);

  if (days == 0)
    return g_strdup (_("Today"));
  if (days == 1)
    return g_strdup (_("Yesterday"));
  if (g_date_time_get_year (then) == g_date_time_get_year (now))
    return g_date_time_format (then, _("%-e %B"));
  return g_date_time_format (then, _("%-e %B %Y"));
}

char *
wb_format_ago (gint64 time)
{
  gint64 seconds = MAX (0, (g_get_real_time () - time) / G_USEC_PER_SEC);
  g_autofree char *when = NULL;

  if (seconds < 60)
    return g_strdup_printf (_("%d s ago"), (int) seconds);
  if (seconds < 300)
    return g_strdup_printf (_("%d min ago"), (int) (seconds / 60));
  when = wb_format_time (time);
  return g_strdup (when);
}

char *
wb_format_id (const char *id)
{
  gsize length = strlen (id);

  if (length <= 18 || !g_str_is_ascii (id))
    return wb_format_text (id);
  return g_strdup_printf ("%.12s…%s", id, id + length - 3);
}

/* Invisible, or able to turn the reading order of what surrounds it. */
static gboolean
is_hidden (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT || type == G_UNICODE_LINE_SEPARATOR
         || type == G_UNICODE_PARAGRAPH_SEPARATOR || type == G_UNICODE_PRIVATE_USE || type == G_UNICODE_UNASSIGNED;
}

/* Zero-width joiners make one emoji of several; they stay between such. */
static gboolean
is_joiner_in_emoji (gunichar c, gunichar before, gunichar after)
{
  return c == 0x200d && before >= 0x2190 && after >= 0x2190;
}

char *
wb_format_text (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *safe = g_string_new (NULL);
  gunichar before = 0;

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      gunichar after = g_utf8_get_char (g_utf8_next_char (at));

      if (c == '\n' || c == '\t' || c == '\r')
        g_string_append_c (safe, ' ');
      else if (is_hidden (c) && !is_joiner_in_emoji (c, before, after))
        g_string_append_unichar (safe, BOX);
      else
        g_string_append_unichar (safe, c);
      before = c;
    }
  return g_string_free (safe, FALSE);
}

char *
wb_format_isolated (const char *text)
{
  g_autofree char *safe = wb_format_text (text);

  return g_strconcat ("\u2068", safe, "\u2069", NULL);
}
