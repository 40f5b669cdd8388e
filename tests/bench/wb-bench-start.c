// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later

/* wb-bench-start [--rows|--settle] CMD...: starts a program and prints how long it takes until its first window is on
 * the screen, and until something is drawn in it: "seconds=0.123 drawn=0.145 width=1280 height=800 rss_mib=88.1". Looked
 * at from outside, by the X server's own word, so that it means the same for every program. With --rows that something
 * is a list with text in its rows; with --settle its memory is read when it has drawn nothing for two seconds. The program is ended
 * then. */
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/Xdamage.h>
#include <glib.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

/* Smaller ones are helpers of the toolkit that no one sees. */
#define LEAST_SIDE_PX 200
#define DEADLINE_US (20 * G_USEC_PER_SEC)
#define SETTLED_US (2 * G_USEC_PER_SEC)

typedef struct {
  Display *display;
  int damage; /* first event of the extension */
  Window window;
  int width, height;
  gint64 shown, drawn;
  gboolean rows;
} Watch;

/* The next event, or FALSE when the time is over. */
static gboolean
next_event (Display *display, gint64 end, XEvent *event)
{
  while (XPending (display) == 0)
    {
      struct pollfd connection = { ConnectionNumber (display), POLLIN, 0 };
      gint64 left_us = end - g_get_monotonic_time ();

      if (left_us <= 0)
        return FALSE;
      poll (&connection, 1, (int) (left_us / 1000) + 1);
    }
  XNextEvent (display, event);
  return TRUE;
}

static void
on_map (Watch *self, Window window)
{
  XWindowAttributes attributes;

  if (!XGetWindowAttributes (self->display, window, &attributes) || attributes.width < LEAST_SIDE_PX
      || attributes.height < LEAST_SIDE_PX)
    return;
  self->shown = g_get_monotonic_time ();
  self->window = window;
  self->width = attributes.width;
  self->height = attributes.height;
}

/* A window filled with one colour, as the server may do it by itself, has nothing in it. */
static gboolean
has_any (XImage *image)
{
  gboolean found = FALSE;

  for (int y = 0; !found && y < image->height; y += 4)
    for (int x = 0; !found && x < image->width; x++)
      found = XGetPixel (image, x, y) != XGetPixel (image, image->width / 2, image->height / 2);
  return found;
}

/* Letters change the colour often along a line; bars that stand for text to come, pictures and buttons do not. */
static gboolean
is_text (XImage *image, int y)
{
  int changes = 0;

  for (int x = image->width * 3 / 10; x < image->width * 6 / 10; x++)
    changes += XGetPixel (image, x, y) != XGetPixel (image, x - 1, y);
  return changes >= 16;
}

/* All over the window: a page without rows has a heading, a sentence and a button. */
static gboolean
has_rows (XImage *image)
{
  const int band = 40;
  int n = 0, with_text = 0;

  for (int top = image->height / 4; top + band <= image->height; top += band, n++)
    for (int y = top; y < top + band; y++)
      if (is_text (image, y))
        {
          with_text++;
          break;
        }
  return with_text > n * 3 / 4;
}

static gboolean
has_content (Watch *self)
{
  XImage *image = XGetImage (self->display, self->window, 0, 0, (guint) self->width, (guint) self->height, AllPlanes,
                             ZPixmap);
  gboolean found = image != NULL && (self->rows ? has_rows (image) : has_any (image));

  if (image != NULL)
    XDestroyImage (image);
  return found;
}

static void
on_event (Watch *self, XEvent *event)
{
  if (event->type == CreateNotify && !event->xcreatewindow.override_redirect)
    XDamageCreate (self->display, event->xcreatewindow.window, XDamageReportRawRectangles);
  else if (event->type == MapNotify && !event->xmap.override_redirect && self->window == 0)
    on_map (self, event->xmap.window);
  else if (event->type == self->damage + XDamageNotify && self->window != 0
           && ((XDamageNotifyEvent *) event)->drawable == self->window)
    {
      gint64 now = g_get_monotonic_time ();

      if (has_content (self))
        self->drawn = now;
    }
}

/* A window may be gone before it is asked for its size. */
static int
on_error (Display *display, XErrorEvent *error)
{
  return 0;
}

static double
rss_mib (pid_t child)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/statm", (int) child), *text = NULL;
  unsigned long size, resident = 0;

  if (g_file_get_contents (path, &text, NULL, NULL))
    sscanf (text, "%lu %lu", &size, &resident);
  return (double) resident * (double) sysconf (_SC_PAGESIZE) / (1024 * 1024);
}

/* Until nothing has been drawn for a while. */
static void
settle (Watch *self)
{
  XEvent event;

  while (next_event (self->display, g_get_monotonic_time () + SETTLED_US, &event))
    if (event.type == self->damage + XDamageNotify)
      XDamageSubtract (self->display, ((XDamageNotifyEvent *) &event)->damage, None, None);
}

int
main (int argc, char **argv)
{
  Watch self = { .display = XOpenDisplay (NULL) };
  gboolean settles = argc > 1 && g_str_equal (argv[1], "--settle");
  double memory;
  int errors;
  gint64 start;
  XEvent event;
  pid_t child;

  if (self.display == NULL || argc < 2 || !XDamageQueryExtension (self.display, &self.damage, &errors))
    {
      g_printerr ("usage: wb-bench-start CMD... (on an X server that tells of damage)\n");
      return 2;
    }
  self.rows = g_str_equal (argv[1], "--rows");
  argv += self.rows || settles;
  XSetErrorHandler (on_error);
  XSelectInput (self.display, DefaultRootWindow (self.display), SubstructureNotifyMask);
  XSync (self.display, False);

  start = g_get_monotonic_time ();
  child = fork ();
  if (child == 0)
    {
      execvp (argv[1], argv + 1);
      _exit (127);
    }
  while (self.drawn == 0 && next_event (self.display, start + DEADLINE_US, &event))
    on_event (&self, &event);
  if (settles)
    settle (&self);
  memory = rss_mib (child);
  kill (child, SIGTERM);
  waitpid (child, NULL, 0);
  XCloseDisplay (self.display);
  if (self.drawn == 0)
    return 1;
  g_print ("seconds=%.4f drawn=%.4f width=%d height=%d rss_mib=%.1f\n", (double) (self.shown - start) / G_USEC_PER_SEC,
           (double) (self.drawn - start) / G_USEC_PER_SEC, self.width, self.height, memory);
  return 0;
}
