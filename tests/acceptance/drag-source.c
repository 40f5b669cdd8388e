// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later

/* drag-source [--copy] PATH...: a program of its own that offers files to be dragged, as a file manager would;
 * with --picture MIME FILE and --address URL the bytes and the address of a picture, as a browser would. With
 * --copy it has them in the clipboard instead, until it is ended. Says on its standard output, a line each, what the driver waits for:
 *
 *   ready             its window is on the screen
 *   begin             the drag has begun
 *   accepted/refused  what the target under the pointer says now
 *   end               dropped, and the target has taken it; the program ends
 *   cancel            dropped on nothing, or refused; the program ends
 */
#include <gtk/gtk.h>
#include <stdio.h>
#include <string.h>

static gboolean copy;
static char *mime, *address;
static char **paths;

static const GOptionEntry entries[] = {
  { "copy", 0, 0, G_OPTION_ARG_NONE, &copy, NULL, NULL },
  { "picture", 0, 0, G_OPTION_ARG_STRING, &mime, NULL, NULL },
  { "address", 0, 0, G_OPTION_ARG_STRING, &address, NULL, NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, NULL, NULL },
  { NULL, 0, 0, 0, NULL, NULL, NULL },
};

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

/* The address comes first, as browsers have it. */
static GdkContentProvider *
provider_for_picture (void)
{
  GdkContentProvider *both[2];
  gsize n = 0, length;
  char *data;

  if (address != NULL)
    {
      g_autofree char *list = g_strconcat (address, "\r\n", NULL);
      g_autoptr (GBytes) bytes = g_bytes_new (list, strlen (list));

      both[n++] = gdk_content_provider_new_for_bytes ("text/uri-list", bytes);
    }
  if (mime != NULL && g_file_get_contents (paths[0], &data, &length, NULL))
    {
      g_autoptr (GBytes) bytes = g_bytes_new_take (data, length);

      both[n++] = gdk_content_provider_new_for_bytes (mime, bytes);
    }
  return gdk_content_provider_new_union (both, n);
}

static GdkContentProvider *
provider_for_paths (void)
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
on_map (GtkWidget *window, Source *self)
{
  if (copy)
    gdk_clipboard_set_content (gtk_widget_get_clipboard (window), self->files);
  say ("ready");
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GdkContentProvider) files = NULL;
  Source self = { .loop = loop };
  GtkDragSource *gesture;
  GtkWidget *window;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL))
    return 2;
  gtk_init ();
  files = self.files = mime != NULL || address != NULL ? provider_for_picture () : provider_for_paths ();
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
  g_signal_connect_after (window, "map", G_CALLBACK (on_map), &self);
  gtk_window_present (GTK_WINDOW (window));
  g_main_loop_run (loop);
  return 0;
}
