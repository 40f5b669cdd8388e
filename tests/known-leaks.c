/* SPDX-FileCopyrightText: 2026 The Waybill authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Leaks of the libraries below us, kept from the leak checker where they are made. Linked into each program of a
 * sanitized build and into nothing else (see the top meson.build). lsan.supp could name most of them too, but only
 * with a whole stack for each allocation, and walking those takes ten times as long as the tests themselves.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <gio/gio.h>
#include <sanitizer/lsan_interface.h>
#include <string.h>

void __sanitizer_malloc_hook (const volatile void *memory, size_t size);
void wb_known_leaks (void);

/* Programs come before libraries where the loader looks for a function: the libraries find the ones below, which
 * pass each call on. */
#define NEXT(function) ((__typeof__ (&function)) dlsym (RTLD_NEXT, #function))

/* libsoup before 3.4.1, the servers' side: a listener never gives up its reference on a socket that it accepted
 * (listen_watch), nor the address that it was once asked for (soup_listener_get_address). */

GSocket *
g_socket_accept (GSocket *socket, GCancellable *cancellable, GError **error)
{
  GSocket *accepted = NULL;

  __lsan_disable ();
  accepted = NEXT (g_socket_accept) (socket, cancellable, error);
  __lsan_enable ();
  return accepted;
}

GSocketAddress *
g_socket_get_local_address (GSocket *socket, GError **error)
{
  GSocketAddress *address = NULL;

  __lsan_disable ();
  address = NEXT (g_socket_get_local_address) (socket, error);
  __lsan_enable ();
  return address;
}

/* What only some library is forgiven. */

static gboolean
is_from (const void *caller, const char *library)
{
  Dl_info info;

  return dladdr (caller, &info) != 0 && strstr (info.dli_fname, library) != NULL;
}

static gpointer
forgive (gpointer memory, gboolean whether)
{
  if (whether && memory != NULL)
    __lsan_ignore_object (memory);
  return memory;
}

#define FROM(library) is_from (__builtin_return_address (0), library)

/* GTK 4.8: its file chooser keeps the information of a file and a time. */

GFileInfo *
g_file_query_info_finish (GFile *file, GAsyncResult *result, GError **error)
{
  return forgive (NEXT (g_file_query_info_finish) (file, result, error), FROM ("libgtk-4"));
}

GDateTime *
g_date_time_new_now_utc (void)
{
  return forgive (NEXT (g_date_time_new_now_utc) (), FROM ("libgtk-4"));
}

/* libsecret 0.20: unlocking keeps the list of what was unlocked when its prompt is dismissed. We are given none. */

GPtrArray *
g_ptr_array_new_with_free_func (GDestroyNotify free_func)
{
  return forgive (NEXT (g_ptr_array_new_with_free_func) (free_func), FROM ("libsecret"));
}

/* GTK 4.8 on X11: a stream that a drop or the clipboard is read from may be kept. */

static void
forgive_selection (GInputStream *stream)
{
  forgive (stream, g_str_equal (G_OBJECT_TYPE_NAME (stream), "GdkX11SelectionInputStream"));
}

void
g_output_stream_splice_async (GOutputStream *stream, GInputStream *source, GOutputStreamSpliceFlags flags, int priority,
                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  forgive_selection (source);
  NEXT (g_output_stream_splice_async) (stream, source, flags, priority, cancellable, callback, data);
}

void
g_input_stream_read_bytes_async (GInputStream *stream, gsize count, int priority, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data)
{
  forgive_selection (stream);
  NEXT (g_input_stream_read_bytes_async) (stream, count, priority, cancellable, callback, data);
}

/* libcloudproviders 0.3, which the file chooser asks for more folders: keeps all that it makes once it has the bus. */

typedef struct {
  GAsyncReadyCallback callback;
  gpointer data;
} Bus;

static void
bus_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Bus *bus = user_data;

  __lsan_disable ();
  bus->callback (source, result, bus->data);
  __lsan_enable ();
  g_free (bus);
}

void
g_bus_get (GBusType type, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  Bus *bus = NULL;

  if (FROM ("libcloudproviders"))
    {
      bus = g_new (Bus, 1);
      *bus = (Bus){ callback, data };
    }
  NEXT (g_bus_get) (type, cancellable, bus != NULL ? bus_cb : callback, bus != NULL ? bus : data);
}

/* GLib's first table of quarks, made when the library is loaded, is left where it is when a program has grown
 * beyond it: others may be reading it. Here it stays in reach. */
#define QUARKS (2048 * sizeof (char *))

static const volatile void *first_quarks;
static gboolean loaded;

void
__sanitizer_malloc_hook (const volatile void *memory, size_t size)
{
  if (!loaded && size == QUARKS && first_quarks == NULL)
    first_quarks = memory;
}

/* Those of the libraries have run before. The linker is told to look for this name: nothing calls what is here. */
void __attribute__ ((constructor))
wb_known_leaks (void)
{
  loaded = TRUE;
}
