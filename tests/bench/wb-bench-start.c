// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later

/* wb-bench-start CMD...: starts a program and prints how long it takes until its first window is on the
 * screen, and until something is drawn in it: "seconds=0.123 drawn=0.145 width=1280 height=800". Looked at
 * from outside, by the X server's own word, so that it means the same for every program. The program is
 * ended then. */
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/Xdamage.h>
#include <glib.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* Smaller ones are helpers of the toolkit that no one sees. */
#define LEAST_SIDE_PX 200
#define DEADLINE_US (20 * G_USEC_PER_SEC)

typedef struct {
  Display *display;
  int damage; /* first event of the extension */
  Window window;
  int width, height;
  gint64 shown, drawn;
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
has_content (Watch *self)
{
  XImage *image = XGetImage (self->display, self->window, 0, 0, (guint) self->width, (guint) self->height, AllPlanes,
                             ZPixmap);
  gboolean found = FALSE;

  for (int y = 0; image != NULL && !found && y < image->height; y += 4)
    for (int x = 0; !found && x < image->width; x++)
      found = XGetPixel (image, x, y) != XGetPixel (image, image->width / 2, image->height / 2);
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

int
main (int argc, char **argv)
{
  Watch self = { .display = XOpenDisplay (NULL) };
  int errors;
  gint64 start;
  XEvent event;
  pid_t child;

  if (self.display == NULL || argc < 2 || !XDamageQueryExtension (self.display, &self.damage, &errors))
    {
      g_printerr ("usage: wb-bench-start CMD... (on an X server that tells of damage)\n");
      return 2;
    }
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
  kill (child, SIGTERM);
  waitpid (child, NULL, 0);
  XCloseDisplay (self.display);
  if (self.drawn == 0)
    return 1;
  g_print ("seconds=%.4f drawn=%.4f width=%d height=%d\n", (double) (self.shown - start) / G_USEC_PER_SEC,
           (double) (self.drawn - start) / G_USEC_PER_SEC, self.width, self.height);
  return 0;
}
