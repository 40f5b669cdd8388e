// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later

/* wb-bench-start CMD...: starts a program and prints how long it takes until its first window is on
 * the screen: "seconds=0.123". Looked at from outside, by the X server's own word, so that it means the
 * same for every program. The program is ended then. */
#include <X11/Xlib.h>
#include <glib.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* Smaller ones are helpers of the toolkit that no one sees. */
#define LEAST_SIDE_PX 200
#define DEADLINE_US (20 * G_USEC_PER_SEC)

static gboolean
is_window (Display *display, XEvent *event)
{
  XWindowAttributes attributes;

  return event->type == MapNotify && !event->xmap.override_redirect
         && XGetWindowAttributes (display, event->xmap.window, &attributes)
         && attributes.width >= LEAST_SIDE_PX && attributes.height >= LEAST_SIDE_PX;
}

/* The next event of the root window, or FALSE when the time is over. */
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

/* A window may be gone before it is asked for its size. */
static int
on_error (Display *display, XErrorEvent *error)
{
  return 0;
}

int
main (int argc, char **argv)
{
  Display *display = XOpenDisplay (NULL);
  gint64 start, seen = 0;
  XEvent event;
  pid_t child;

  if (display == NULL || argc < 2)
    {
      g_printerr ("usage: wb-bench-start CMD... (on an X server)\n");
      return 2;
    }
  XSetErrorHandler (on_error);
  XSelectInput (display, DefaultRootWindow (display), SubstructureNotifyMask);
  XSync (display, False);

  start = g_get_monotonic_time ();
  child = fork ();
  if (child == 0)
    {
      execvp (argv[1], argv + 1);
      _exit (127);
    }
  while (seen == 0 && next_event (display, start + DEADLINE_US, &event))
    if (is_window (display, &event))
      seen = g_get_monotonic_time ();
  kill (child, SIGTERM);
  waitpid (child, NULL, 0);
  XCloseDisplay (display);
  if (seen == 0)
    return 1;
  g_print ("seconds=%.4f\n", (double) (seen - start) / G_USEC_PER_SEC);
  return 0;
}
