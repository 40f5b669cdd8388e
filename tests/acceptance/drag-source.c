// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later

/* drag-source PATH...: a program of its own that offers files to be dragged, as a file manager would.
 * Says on its standard output, a line each, what the driver waits for:
 *
 *   ready             its window is on the screen
 *   begin             the drag has begun
 *   accepted/refused  what the target under the pointer says now
 *   end               dropped, and the target has taken it; the program ends
 *   cancel            dropped on nothing, or refused; the program ends
 */
#include <gtk/gtk.h>
#include <stdio.h>

typedef struct {
  GMainLoop *loop;
  GdkContentProvider *files;
  gboolean cancelled;
} Source;

static void
say (const char *word)
{
  puts (word);
  fflush (stdout);
}

static GdkContentProvider *
provider_for_paths (char **paths)
{
  GSList *files = NULL;
  GdkContentProvider *provider;
  GdkFileList *list;

  for (char **path = paths; *path != NULL; path++)
    files = g_slist_append (files, g_file_new_for_commandline_arg (*path));
  list = gdk_file_list_new_from_list (files);
  provider = gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, list);
  g_boxed_free (GDK_TYPE_FILE_LIST, list);
  g_slist_free_full (files, g_object_unref);
  return provider;
}

static GdkContentProvider *
on_prepare (GtkDragSource *gesture, double x, double y, Source *self)
{
  return g_object_ref (self->files);
}

static void
on_selected_action (GdkDrag *drag, GParamSpec *pspec, gpointer user_data)
{
  say (gdk_drag_get_selected_action (drag) != 0 ? "accepted" : "refused");
}

static void
on_drag_begin (GtkDragSource *gesture, GdkDrag *drag, Source *self)
{
  g_signal_connect (drag, "notify::selected-action", G_CALLBACK (on_selected_action), NULL);
  say ("begin");
}

static gboolean
on_drag_cancel (GtkDragSource *gesture, GdkDrag *drag, GdkDragCancelReason reason, Source *self)
{
  self->cancelled = TRUE;
  return FALSE;
}

static void
on_drag_end (GtkDragSource *gesture, GdkDrag *drag, gboolean delete_data, Source *self)
{
  say (self->cancelled ? "cancel" : "end");
  g_main_loop_quit (self->loop);
}

static void
on_map (GtkWidget *window, gpointer user_data)
{
  say ("ready");
}

int
main (int argc, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GdkContentProvider) files = NULL;
  Source self = { .loop = loop };
  GtkDragSource *gesture;
  GtkWidget *window;

  gtk_init ();
  files = self.files = provider_for_paths (argv + 1);
  gesture = gtk_drag_source_new ();
  gtk_drag_source_set_actions (gesture, GDK_ACTION_COPY);
  g_signal_connect (gesture, "prepare", G_CALLBACK (on_prepare), &self);
  g_signal_connect (gesture, "drag-begin", G_CALLBACK (on_drag_begin), &self);
  g_signal_connect (gesture, "drag-cancel", G_CALLBACK (on_drag_cancel), &self);
  g_signal_connect (gesture, "drag-end", G_CALLBACK (on_drag_end), &self);

  window = gtk_window_new ();
  gtk_window_set_title (GTK_WINDOW (window), "Drag Source");
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 80, 60);
  gtk_window_set_child (GTK_WINDOW (window), gtk_label_new ("Files"));
  gtk_widget_add_controller (window, GTK_EVENT_CONTROLLER (gesture));
  g_signal_connect_after (window, "map", G_CALLBACK (on_map), NULL);
  gtk_window_present (GTK_WINDOW (window));
  g_main_loop_run (loop);
  return 0;
}
