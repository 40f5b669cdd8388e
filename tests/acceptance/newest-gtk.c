// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Loaded before the program that is driven, with the newest GTK only: puts right what is wrong there (4.24)
// and stands in the way of a driver.

#include <gtk/gtk.h>

/* Where a thing lies is added up from one parent to the next, each place in the content of the next, and
 * paddings and borders are forgotten: what a screen reader is told is some ten pixels off, and a click would miss. */
static gboolean (*tell_bounds) (GtkAccessible *self, int *x, int *y, int *width, int *height);

static gboolean
get_bounds (GtkAccessible *self, int *x, int *y, int *width, int *height)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  gboolean in_window = parent != NULL && GTK_IS_ROOT (parent), window = GTK_IS_ROOT (self);
  graphene_rect_t rim;

  if (!tell_bounds (self, x, y, width, height))
    return FALSE;
  /* Where an edge lies in the content inside it is how wide padding and border are. A window is its content, as before. */
  if (!in_window && gtk_widget_compute_bounds (window ? GTK_WIDGET (self) : parent, window ? GTK_WIDGET (self) : parent, &rim))
    {
      *x -= (int) rim.origin.x;
      *y -= (int) rim.origin.y;
      *width += window ? 2 * (int) rim.origin.x : 0;
      *height += window ? 2 * (int) rim.origin.y : 0;
    }
  return TRUE;
}

/* Those that do more for accessibility have a table of their own, made from their parent's. */
static gboolean
put_bounds_right (gpointer data)
{
  GType types[] = { GTK_TYPE_WIDGET, GTK_TYPE_WINDOW, GTK_TYPE_BUTTON, GTK_TYPE_LABEL, GTK_TYPE_TEXT, GTK_TYPE_POPOVER };
  /* By its name: the macro is newer than what this tree may call. */
  GType accessible = g_type_from_name ("GtkAccessible");

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      GtkAccessibleInterface *iface = g_type_interface_peek (g_type_class_ref (types[i]), accessible);

      if (tell_bounds == NULL)
        tell_bounds = iface->get_bounds;
      if (iface->get_bounds == tell_bounds)
        iface->get_bounds = get_bounds;
    }
  return G_SOURCE_REMOVE;
}

/* Without a compositor, as here, any popover makes its X11 backend report a frame twice, and say so. */
#define SAID_FOR_NOTHING "gdk_frame_timings_submitted() called on submitted frame"

static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE") && g_str_has_prefix (fields[i].value, SAID_FOR_NOTHING))
      return G_LOG_WRITER_HANDLED;
  return g_log_writer_default (level, fields, n_fields, data);
}

__attribute__ ((constructor)) static void
begin (void)
{
  g_unsetenv ("LD_PRELOAD"); /* for this program alone */
  g_log_set_writer_func (write_log, NULL, NULL);
  g_idle_add_full (G_PRIORITY_HIGH, put_bounds_right, NULL, NULL);
}
