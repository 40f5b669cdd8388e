// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The one file that turns numbers, sums, times and foreign text into words. All returns are to be freed. */

/* "$72.00", "−$4.00"; "—" for CMR_MONEY_UNKNOWN */
char *wb_format_money (gint64 cents);
/* "1,284" by the locale, "12.4k" from 10,000 on */
char *wb_format_count (gint64 n);
/* "1,284,000": to the last one, where it matters how many */
char *wb_format_exact (gint64 n);
/* "61 kB", "1.4 MB": powers of ten */
char *wb_format_size (guint64 bytes);
/* @time: microseconds since 1970. "14:36", "Yesterday", "20 Nov", "20 Nov 2025" */
char *wb_format_time (gint64 time);
/* "20 Nov", "20 Nov 2025": the day alone, however near it is */
char *wb_format_date (gint64 time);
/* When something falls due: "today", "in 6 days", "3 days ago" within two months, else "20 Nov", "20 Nov 2025" */
char *wb_format_due (gint64 time);
/* "14:36", whatever the day */
char *wb_format_clock (gint64 time);
/* The same within a sentence: "today at 14:36", "yesterday", "20 Nov" */
char *wb_format_in_sentence (gint64 time);
/* "Today", "Yesterday", "20 November" */
char *wb_format_day (gint64 time);
/* "12 s ago", "3 min ago" */
char *wb_format_ago (gint64 time);
/* Head and tail of an id: "7QH2M9ZC4XK8…PEA" */
char *wb_format_id (const char *id);
/* Text from server, file or user, safe to show: control, bidi and zero-width characters become boxes, one line. */
char *wb_format_text (const char *text);
/* The same, isolated for use inside a sentence (FSI … PDI). */
char *wb_format_isolated (const char *text);

G_END_DECLS
