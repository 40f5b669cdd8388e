// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-bench-meter.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define DEADLINE_US (120 * G_USEC_PER_SEC)
#define QUIET_MS 120
/* Less in a turn of the loop is a timer that looked round, no work. */
#define WORK_US 1000
/* Between two looks at what is waited for, where nothing else happens: each wakes the loop. What happens is looked at when
 * it does. */
#define LOOK_MS 40

static struct {
  gint64 woke, woke_cpu, woke_queued; /* since when the loop is away from its poll */
  gint64 busy, cpu, longest, blocked; /* since the figures began; us */
  gint64 worked;                      /* when there last was work */
  gint64 painted;
  BenchCondition shown;
  gpointer data;
  int schedstat;
  GdkFrameClock *clock; /* lent by the window */
} meter;

void
bench_fail (const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  vfprintf (stderr, format, arguments);
  va_end (arguments);
  fputc ('\n', stderr);
  exit (1);
}

static gint64
cpu_us (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/* How long the thread has waited for a processor that others had: none of its own doing. */
static gint64
queued_us (void)
{
  char text[96] = "", *end;
  ssize_t n = pread (meter.schedstat, text, sizeof text - 1, 0);

  if (n <= 0)
    return 0;
  g_ascii_strtoull (text, &end, 10);
  return (gint64) (g_ascii_strtoull (end, NULL, 10) / 1000);
}

static void
note_stretch (gint64 now)
{
  gint64 used = cpu_us () - meter.woke_cpu, stretch = now - meter.woke - (queued_us () - meter.woke_queued);

  meter.busy += stretch;
  meter.cpu += used;
  meter.longest = MAX (meter.longest, stretch);
  meter.blocked = MAX (meter.blocked, stretch - used);
  if (used > WORK_US)
    meter.worked = now;
}

/* What looking costs is none of the window's doing. */
static gboolean
look (BenchCondition condition, gpointer data)
{
  gint64 began = g_get_monotonic_time (), began_cpu = cpu_us ();
  gboolean result = condition (data);

  meter.woke_cpu += cpu_us () - began_cpu;
  meter.woke += g_get_monotonic_time () - began;
  return result;
}

static int
poll_noting (GPollFD *fds, guint n, int timeout)
{
  int result;

  note_stretch (g_get_monotonic_time ());
  result = g_poll (fds, n, timeout);
  meter.woke_cpu = cpu_us ();
  meter.woke_queued = queued_us ();
  meter.woke = g_get_monotonic_time ();
  return result;
}

static void
on_after_paint (GdkFrameClock *clock, gpointer data)
{
  if (meter.painted == 0 && meter.shown != NULL && look (meter.shown, meter.data))
    meter.painted = g_get_monotonic_time ();
}

void
bench_meter_install (GtkWidget *window)
{
  GdkFrameClock *clock = gdk_surface_get_frame_clock (gtk_native_get_surface (GTK_NATIVE (window)));

  meter.clock = clock;
  meter.schedstat = open ("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
  meter.woke = g_get_monotonic_time ();
  meter.woke_cpu = cpu_us ();
  meter.woke_queued = queued_us ();
  g_main_context_set_poll_func (NULL, poll_noting);
  g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), NULL);
  /* A cursor that blinks draws frames that nobody asked for. */
  g_object_set (gtk_settings_get_default (), "gtk-cursor-blink", FALSE, NULL);
}

static gboolean
on_tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

void
bench_wait (BenchCondition condition, gpointer data, const char *what)
{
  guint tick = g_timeout_add (LOOK_MS, on_tick, NULL);
  gint64 end = g_get_monotonic_time () + DEADLINE_US;

  while (!look (condition, data))
    {
      if (g_get_monotonic_time () > end)
        bench_fail ("%s: did not come to its end", what);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (tick);
}

static gboolean
is_quiet (gpointer data)
{
  return g_get_monotonic_time () - meter.worked > GPOINTER_TO_INT (data) * 1000;
}

void
bench_wait_quiet (guint quiet_ms)
{
  meter.worked = g_get_monotonic_time ();
  bench_wait (is_quiet, GINT_TO_POINTER (quiet_ms), "quiet");
}

static gboolean
is_painted (gpointer data)
{
  return meter.painted != 0;
}

BenchFigures
bench_measure (BenchAct act, BenchCondition shown, BenchCondition done, gpointer data, const char *what)
{
  BenchFigures figures = { 0 };
  double rss = bench_rss_mib ();
  gint64 began;

  bench_wait_quiet (QUIET_MS);
  began = meter.woke = g_get_monotonic_time ();
  meter.woke_cpu = cpu_us ();
  meter.woke_queued = queued_us ();
  meter.busy = meter.cpu = meter.longest = meter.blocked = meter.painted = 0;
  meter.shown = shown;
  meter.data = data;
  act (data);
  bench_wait (done, data, what);
  figures.done = (double) (g_get_monotonic_time () - began) / 1000;
  /* What changed nothing on the screen has no frame of its own. */
  gdk_frame_clock_request_phase (meter.clock, GDK_FRAME_CLOCK_PHASE_AFTER_PAINT);
  bench_wait (is_painted, NULL, what);
  bench_wait_quiet (QUIET_MS);
  meter.shown = NULL;
  figures.painted = (double) (meter.painted - began) / 1000;
  figures.busy = (double) meter.busy / 1000;
  figures.cpu = (double) meter.cpu / 1000;
  figures.longest = (double) meter.longest / 1000;
  figures.blocked_longest = (double) meter.blocked / 1000;
  figures.rss_mib = bench_rss_mib () - rss;
  return figures;
}

double
bench_rss_mib (void)
{
  g_autofree char *text = NULL;
  unsigned long size, resident = 0;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL) || sscanf (text, "%lu %lu", &size, &resident) != 2)
    bench_fail ("no word of the memory");
  return (double) resident * (double) sysconf (_SC_PAGESIZE) / (1024 * 1024);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double one = *(const double *) a, other = *(const double *) b;

  return one < other ? -1 : one > other;
}

void
bench_print (const char *name, GArray *figures, gsize member)
{
  g_autofree double *values = g_new (double, figures->len);

  for (guint i = 0; i < figures->len; i++)
    values[i] = G_STRUCT_MEMBER (double, &g_array_index (figures, BenchFigures, i), member);
  qsort (values, figures->len, sizeof *values, compare);
  g_print ("%s_median=%.2f %s_worst=%.2f ", name, values[figures->len / 2], name, values[figures->len - 1]);
}
