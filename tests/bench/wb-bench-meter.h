// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What the main loop does: how long it is away from its poll, in all and at a time, by the clock, less the time in
 * which the processors were others'; what of that it did not work either (it read from a disk, or waited for a lock);
 * and when a window was painted. All in ms. */
typedef struct {
  double busy, longest, cpu, blocked_longest;
  double painted; /* until the first frame with what was asked for */
  double done;    /* until all of it was there */
  double rss_mib; /* how much more memory there was then */
} BenchFigures;

typedef gboolean (*BenchCondition) (gpointer data);
typedef void (*BenchAct) (gpointer data);

void bench_meter_install (GtkWidget *window);

/* Runs the main loop until @condition holds; ends the program with @what when it does not come to it. */
void bench_wait (BenchCondition condition, gpointer data, const char *what);
/* Until nothing has been done for @quiet_ms. */
void bench_wait_quiet (guint quiet_ms);

/* Does @act, and waits until @shown holds in a frame that was painted, and @done; then until it is quiet. */
BenchFigures bench_measure (BenchAct act, BenchCondition shown, BenchCondition done, gpointer data, const char *what);

double bench_rss_mib (void);
/* "name_median=… name_worst=…" of one member over all of @figures (of BenchFigures). */
void bench_print (const char *name, GArray *figures, gsize member);
G_NORETURN void bench_fail (const char *format, ...) G_GNUC_PRINTF (1, 2);

G_END_DECLS
