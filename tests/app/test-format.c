// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-format.h"

#include "cmr-field.h"

/* Sums, counts, moments and foreign text as a person reads them. The tests run in C.UTF-8: no grouping. */

static void
test_money (void)
{
  static const struct {
    gint64 cents;
    const char *text;
  } cases[] = {
    { 0, "$0.00" }, { 5, "$0.05" }, { 7200, "$72.00" }, { 123456789, "$1234567.89" }, { -400, "−$4.00" }, { -5, "−$0.05" },
    { CMR_MONEY_UNKNOWN, "—" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = wb_format_money (cases[i].cents);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_count (void)
{
  static const struct {
    gint64 n;
    const char *text;
  } cases[] = {
    { 0, "0" }, { 9999, "9999" }, { 10000, "10.0k" }, { 12449, "12.4k" }, { 999949, "999.9k" }, { 999950, "1.0M" }, { 1000000, "1.0M" }, { 12345678, "12.3M" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = wb_format_count (cases[i].n);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static gint64
local_us (int days_ago, int hour, int minute)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) day = g_date_time_add_days (now, -days_ago);
  g_autoptr (GDateTime) then
    = g_date_time_new_local (g_date_time_get_year (day), g_date_time_get_month (day), g_date_time_get_day_of_month (day), hour, minute, 0);

  return g_date_time_to_unix (then) * G_USEC_PER_SEC;
}

/* Days are those of the calendar, not 24 hours. */
static void
test_time (void)
{
  g_autofree char *today = wb_format_time (local_us (0, 0, 1)), *yesterday = wb_format_time (local_us (1, 23, 59));
  g_autofree char *before = wb_format_time (local_us (2, 12, 0)), *old = wb_format_time (local_us (800, 12, 0));
  g_autofree char *clock = wb_format_clock (local_us (1, 7, 5));
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (local_us (800, 12, 0) / G_USEC_PER_SEC);
  g_autofree char *expected = g_date_time_format (then, "%-e %b %Y");

  g_assert_cmpstr (today, ==, "00:01");
  g_assert_cmpstr (yesterday, ==, "Yesterday");
  g_assert_cmpstr (before, !=, "Yesterday");
  g_assert_true (g_ascii_isdigit (before[0]));
  g_assert_cmpstr (old, ==, expected);
  g_assert_cmpstr (clock, ==, "07:05");
}

static void
test_day (void)
{
  g_autofree char *today = wb_format_day (local_us (0, 12, 0)), *yesterday = wb_format_day (local_us (1, 12, 0));
  g_autofree char *before = wb_format_day (local_us (2, 12, 0));

  g_assert_cmpstr (today, ==, "Today");
  g_assert_cmpstr (yesterday, ==, "Yesterday");
  g_assert_true (g_ascii_isdigit (before[0]));
}

static void
test_in_sentence (void)
{
  g_autofree char *today = wb_format_in_sentence (local_us (0, 0, 1));
  g_autofree char *yesterday = wb_format_in_sentence (local_us (1, 23, 59));
  g_autofree char *before = wb_format_in_sentence (local_us (2, 12, 0));

  g_assert_cmpstr (today, ==, "today at 00:01");
  g_assert_cmpstr (yesterday, ==, "yesterday");
  g_assert_true (g_ascii_isdigit (before[0]));
}

static void
test_due (void)
{
  static const struct {
    int days_ago, hour;
    const char *text; /* NULL: a date */
  } cases[] = {
    { 0, 0, "today" },       { 0, 23, "today" },      { -1, 0, "tomorrow" },    { 1, 23, "yesterday" },
    { -2, 0, "in 2 days" },  { -60, 1, "in 60 days" }, { -61, 1, NULL },         { 2, 23, "2 days ago" },
    { 60, 1, "60 days ago" }, { 61, 1, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 time = local_us (cases[i].days_ago, cases[i].hour, 30);
      g_autofree char *due = wb_format_due (time), *date = wb_format_time (time);

      g_assert_cmpstr (due, ==, cases[i].text != NULL ? cases[i].text : date);
    }
}

/* The day alone, however near it is. */
static void
test_date (void)
{
  for (int days_ago = -1; days_ago <= 1; days_ago++)
    {
      gint64 time = local_us (days_ago, 12, 30);
      g_autoptr (GDateTime) now = g_date_time_new_now_local (), then = g_date_time_new_from_unix_local (time / G_USEC_PER_SEC);
      g_autofree char *expected = g_date_time_format (
          then, g_date_time_get_year (then) == g_date_time_get_year (now) ? "%-e %b" : "%-e %b %Y");
      g_autofree char *date = wb_format_date (time);

      g_assert_cmpstr (date, ==, expected);
    }
}

/* What comes later than now is now: clocks differ. */
static void
test_ago (void)
{
  gint64 now = g_get_real_time ();
  g_autofree char *later = wb_format_ago (now + 5 * G_USEC_PER_SEC), *soon = wb_format_ago (now - 12 * G_USEC_PER_SEC);
  g_autofree char *minutes = wb_format_ago (now - 150 * G_USEC_PER_SEC), *old = wb_format_ago (now - 400 * G_USEC_PER_SEC);
  g_autofree char *time = wb_format_time (now - 400 * G_USEC_PER_SEC);

  g_assert_cmpstr (later, ==, "0 s ago");
  g_assert_cmpstr (soon, ==, "12 s ago");
  g_assert_cmpstr (minutes, ==, "2 min ago");
  g_assert_cmpstr (old, ==, time);
}

static void
test_id (void)
{
  g_autofree char *whole = wb_format_id ("7QH2M9ZC"), *cut = wb_format_id ("7QH2M9ZC4XK8ABCDEFPEA");
  g_autofree char *odd = wb_format_id ("ééééééééééééééééééééé");

  g_assert_cmpstr (whole, ==, "7QH2M9ZC");
  g_assert_cmpstr (cut, ==, "7QH2M9ZC4XK8…PEA");
  g_assert_cmpstr (odd, ==, "ééééééééééééééééééééé");
}

/* What cannot be seen, or turns the reading order, shows as a box. */
static void
test_text (void)
{
  static const struct {
    const char *text;
    const char *safe;
  } cases[] = {
    { "A & B <b> “x” %s", "A & B <b> “x” %s" },
    { "two\nlines\tand", "two lines and" },
    { "a\u202eb", "a□b" },
    { "a\u200bb", "a□b" },
    { "bell\x07", "bell□" },
    { "broken \xff", "broken \uFFFD" },
    { "👩‍🔧", "👩‍🔧" },
    { "Señalización Ñandú", "Señalización Ñandú" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *safe = wb_format_text (cases[i].text);

      g_assert_cmpstr (safe, ==, cases[i].safe);
    }
}

static void
test_isolated (void)
{
  g_autofree char *text = wb_format_isolated ("نور");

  g_assert_true (g_str_has_prefix (text, "\u2068"));
  g_assert_true (g_str_has_suffix (text, "\u2069"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/format/money/cents-and-signs", test_money);
  g_test_add_func ("/format/count/exact-then-rounded", test_count);
  g_test_add_func ("/format/time/days-of-the-calendar", test_time);
  g_test_add_func ("/format/day/names-of-near-ones", test_day);
  g_test_add_func ("/format/in-sentence", test_in_sentence);
  g_test_add_func ("/format/due/near-ones-in-days", test_due);
  g_test_add_func ("/format/due/date", test_date);
  g_test_add_func ("/format/ago/never-in-the-future", test_ago);
  g_test_add_func ("/format/id/head-and-tail", test_id);
  g_test_add_func ("/format/text/shows-what-hides", test_text);
  g_test_add_func ("/format/isolated/keeps-its-direction", test_isolated);
  return g_test_run ();
}
