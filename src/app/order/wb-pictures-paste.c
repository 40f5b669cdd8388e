// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-step-pictures-private.h"

#include <glib/gi18n.h>

#include "wb-picture.h"

/* Paste: a tile that was cut, files, a copied image, or paths as text; the first that is there. An image is
 * taken as the bytes it is: nothing decodes it before its header has been looked at. */

#define BLOCK (256 * 1024)

/* Reading an image */

typedef struct {
  GInputStream *stream;
  GByteArray *bytes;
} Read;

static void
read_free (gpointer data)
{
  Read *read = data;

  g_object_unref (read->stream);
  g_byte_array_unref (read->bytes);
  g_free (read);
}

static void read_block (GTask *task);

static void
block_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Read *read = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) block = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  gsize length;
  const guint8 *data;

  if (block == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  data = g_bytes_get_data (block, &length);
  if (length == 0)
    {
      g_task_return_pointer (task, g_byte_array_free_to_bytes (g_byte_array_ref (read->bytes)),
                             (GDestroyNotify) g_bytes_unref);
      return;
    }
  g_byte_array_append (read->bytes, data, (guint) length);
  if (read->bytes->len > wb_picture_limits.file_bytes)
    g_task_return_new_error (task, WB_MEDIA_ERROR, WB_MEDIA_ERROR_TOO_LARGE, "the picture is too large");
  else
    read_block (g_steal_pointer (&task));
}

static void
read_block (GTask *task)
{
  Read *read = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (read->stream, BLOCK, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), block_cb,
                                   task);
}

void
wb_pictures_read_image_async (GInputStream *stream, GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Read *read = g_new0 (Read, 1);

  read->stream = g_object_ref (stream);
  read->bytes = g_byte_array_new ();
  g_task_set_source_tag (task, wb_pictures_read_image_async);
  g_task_set_task_data (task, read, read_free);
  read_block (task);
}

GBytes *
wb_pictures_read_image_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The clipboard */

typedef struct {
  WbStepPictures *self; /* held */
  const char *mime;
  int only_row;
} Paste;

static void
paste_free (Paste *paste)
{
  g_object_unref (paste->self);
  g_free (paste);
}

static void
say_nothing (WbStepPictures *self)
{
  wb_pictures_toast (self, _("There is no picture to paste: copy files, a picture, or their paths first."), NULL, NULL);
}

static void
image_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Paste *paste = user_data;
  g_autoptr (GBytes) bytes = wb_pictures_read_image_finish (result, NULL);

  if (paste->self->groups != NULL && bytes != NULL && g_bytes_get_size (bytes) > 0)
    wb_pictures_add_image (paste->self, bytes, paste->mime, paste->only_row);
  else if (paste->self->groups != NULL)
    say_nothing (paste->self);
  paste_free (paste);
}

static void
stream_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Paste *paste = user_data;
  const char *mime = NULL;
  g_autoptr (GInputStream) stream = gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, &mime, NULL);

  if (stream == NULL)
    {
      if (paste->self->groups != NULL)
        say_nothing (paste->self);
      paste_free (paste);
      return;
    }
  paste->mime = g_intern_string (mime);
  wb_pictures_read_image_async (stream, NULL, image_cb, paste);
}

static void
files_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Paste *paste = user_data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);
  g_autoptr (GSList) files = value != NULL ? gdk_file_list_get_files (g_value_get_boxed (value)) : NULL;
  guint remote = 0;
  g_auto (GStrv) paths = wb_pictures_dup_paths (files, &remote);

  if (paste->self->groups == NULL)
    ;
  else if (paths[0] != NULL)
    wb_pictures_add_paths (paste->self, (const char *const *) paths, -1, NULL);
  else if (remote > 0)
    wb_pictures_say_remote (paste->self);
  else
    say_nothing (paste->self);
  paste_free (paste);
}

/* A path or a file address a line; quotes as a shell or a file manager adds them. */
static char **
dup_text_paths (const char *text)
{
  g_auto (GStrv) lines = g_strsplit_set (text != NULL ? text : "", "\r\n", -1);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *line = g_strstrip (lines[i]);
      gsize length = strlen (line);
      char *path = NULL;

      if (length > 2 && (*line == '"' || *line == '\'') && line[length - 1] == *line)
        {
          line[length - 1] = '\0';
          line++;
        }
      if (g_str_has_prefix (line, "file:"))
        path = g_filename_from_uri (line, NULL, NULL);
      else if (g_path_is_absolute (line))
        path = g_strdup (line);
      else if (g_str_has_prefix (line, "~/"))
        path = g_build_filename (g_get_home_dir (), line + 2, NULL);
      if (path != NULL)
        g_ptr_array_add (paths, path);
    }
  g_ptr_array_add (paths, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&paths), FALSE);
}

static void
text_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Paste *paste = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  g_auto (GStrv) paths = dup_text_paths (text);

  if (paste->self->groups != NULL && paths[0] != NULL)
    wb_pictures_add_paths (paste->self, (const char *const *) paths, -1, NULL);
  else if (paste->self->groups != NULL)
    say_nothing (paste->self);
  paste_free (paste);
}

static gboolean
has_image (GdkContentFormats *formats)
{
  for (guint i = 0; wb_pictures_mimes[i] != NULL; i++)
    if (gdk_content_formats_contain_mime_type (formats, wb_pictures_mimes[i]))
      return TRUE;
  return FALSE;
}

/* A picture without a name goes to the one tile that is selected, or waits at the side. */
static int
selected_row (WbStepPictures *self)
{
  g_autoptr (GPtrArray) items = wb_picture_groups_dup_selected (self->groups);

  return items->len == 1 ? (int) ((WbPictureItem *) items->pdata[0])->row : -1;
}

void
wb_pictures_paste (WbStepPictures *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);
  Paste *paste;

  if (wb_pictures_paste_taken (self))
    return;
  paste = g_new0 (Paste, 1);
  paste->self = g_object_ref (self);
  paste->only_row = selected_row (self);
  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST)
      || gdk_content_formats_contain_mime_type (formats, "text/uri-list"))
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL, files_cb, paste);
  else if (has_image (formats))
    gdk_clipboard_read_async (clipboard, wb_pictures_mimes, G_PRIORITY_DEFAULT, NULL, stream_cb, paste);
  else
    gdk_clipboard_read_text_async (clipboard, NULL, text_cb, paste);
}
