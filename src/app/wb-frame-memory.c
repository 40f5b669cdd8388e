// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-frame-memory.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

/* Without a graphics card each frame is drawn into an image that is made for it: some MB, which the system would clear page
 * by page for each letter that is typed, a quarter of the time that a frame takes. So such pieces are kept while frames
 * follow each other, and go back when the window rests. Larger ones always go back at once. */

/* Of a window of 1920 × 1080. */
#define FRAME (9 * 1024 * 1024)
#define REST_MS 1000

typedef struct {
  gint64 painted;
  guint rest_id;
} Watch;

static void
watch_free (gpointer data, GClosure *closure)
{
  Watch *self = data;

  g_clear_handle_id (&self->rest_id, g_source_remove);
  g_free (self);
}

#ifdef __GLIBC__
/* In a thread: whoever wants memory meanwhile waits some ms. */
static void
give_back (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  malloc_trim (0);
}
#endif

static gboolean
on_rest (gpointer data)
{
  Watch *self = data;
  gint64 rested = (g_get_monotonic_time () - self->painted) / 1000;

  self->rest_id = rested < REST_MS ? g_timeout_add ((guint) (REST_MS - rested), on_rest, self) : 0;
  if (self->rest_id != 0)
    return G_SOURCE_REMOVE;
#ifdef __GLIBC__
  {
    g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

    g_task_run_in_thread (task, give_back);
  }
#endif
  return G_SOURCE_REMOVE;
}

static void
on_after_paint (GdkFrameClock *clock, Watch *self)
{
  self->painted = g_get_monotonic_time ();
  if (self->rest_id == 0)
    self->rest_id = g_timeout_add (REST_MS, on_rest, self);
}

static void
on_realize (GtkWidget *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);

  g_signal_connect_data (clock, "after-paint", G_CALLBACK (on_after_paint), g_new0 (Watch, 1), watch_free, 0);
}

void
wb_frame_memory_watch (GtkWindow *window)
{
  if (gtk_widget_get_realized (GTK_WIDGET (window)))
    on_realize (GTK_WIDGET (window));
  g_signal_connect (window, "realize", G_CALLBACK (on_realize), NULL);
}

void
wb_frame_memory_init (void)
{
#ifdef __GLIBC__
  mallopt (M_MMAP_THRESHOLD, FRAME);
  mallopt (M_TRIM_THRESHOLD, FRAME);
#endif
}
