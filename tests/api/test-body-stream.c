// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmr-body-stream.h"
#include "cmr-error.h"
#include "wb-test.h"

/* A file of the body, and what its opener is to do. */
typedef struct {
  char *path;
  gboolean fifo;
  guint n_opened;
  GThread *opened_in;
  int gate[2]; /* when set up, opening waits until something is written */
} File;

static File *
file_new (gsize length_bytes)
{
  File *self = g_new0 (File, 1);
  g_autofree guint8 *bytes = g_malloc (length_bytes + 1);
  int fd = g_file_open_tmp ("waybill-XXXXXX", &self->path, NULL);

  for (gsize i = 0; i < length_bytes; i++)
    bytes[i] = (i * 7 + i / 251) & 0xff;
  g_assert_cmpint (write (fd, bytes, length_bytes), ==, length_bytes);
  close (fd);
  return self;
}

static void
file_free (File *self)
{
  g_unlink (self->path);
  g_free (self->path);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (File, file_free)

static int
open_file (gpointer data, GError **error)
{
  File *self = data;
  char byte;

  self->n_opened++;
  self->opened_in = g_thread_self ();
  if (self->gate[0] != 0)
    g_assert_cmpint (read (self->gate[0], &byte, 1), ==, 1);
  return open (self->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
}

/* head, file, tail */
static CmrBodyStream *
stream_new (File *file, guint64 length_bytes, const char *tail)
{
  GPtrArray *segments = g_ptr_array_new_with_free_func ((GDestroyNotify) cmr_segment_free);

  g_ptr_array_add (segments, cmr_segment_new_bytes (g_bytes_new_static ("head", 4)));
  g_ptr_array_add (segments, cmr_segment_new_file (length_bytes, open_file, file));
  if (tail != NULL)
    g_ptr_array_add (segments, cmr_segment_new_bytes (g_bytes_new (tail, strlen (tail))));
  return cmr_body_stream_new (segments, NULL);
}

static gssize
read_all (CmrBodyStream *stream, gsize step, GByteArray *into, GError **error)
{
  g_autofree guint8 *buffer = g_malloc (step);

  for (;;)
    {
      gssize n = g_input_stream_read (G_INPUT_STREAM (stream), buffer, step, NULL, error);

      if (n <= 0)
        return n;
      g_byte_array_append (into, buffer, n);
    }
}

typedef struct {
  const char *path;
  gsize file_bytes;
  gsize step;
} Whole;

static const Whole wholes[] = {
  { "/body/whole/empty-file", 0, 100 },
  { "/body/whole/small", 1000, 7 },
  { "/body/whole/one-block", 256 * 1024 - 4, 8192 },
  { "/body/whole/blocks-exactly", 512 * 1024 - 8, 8192 },
  { "/body/whole/more-than-the-ring", 5 * 1024 * 1024 + 3, 100000 },
};

static void
test_whole (gconstpointer data)
{
  const Whole *row = data;
  g_autoptr (File) file = file_new (row->file_bytes);
  CmrBodyStream *stream = stream_new (file, row->file_bytes, "tail");
  g_autoptr (GByteArray) got = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;

  g_assert_cmpuint (cmr_body_stream_get_length (stream), ==, row->file_bytes + 8);
  g_assert_cmpint (read_all (stream, row->step, got, &error), ==, 0);
  g_assert_no_error (error);
  g_assert_cmpuint (got->len, ==, row->file_bytes + 8);
  g_assert_true (g_file_get_contents (file->path, &bytes, NULL, NULL));
  g_assert_cmpmem (got->data, 4, "head", 4);
  g_assert_cmpmem (got->data + 4, row->file_bytes, bytes, row->file_bytes);
  g_assert_cmpmem (got->data + 4 + row->file_bytes, 4, "tail", 4);
  g_assert_true (cmr_body_stream_get_handed_all (stream));
  g_assert_cmpuint (file->n_opened, ==, 1);
  g_assert_true (file->opened_in != g_thread_self ());
  g_assert_finalize_object (stream);
}

typedef struct {
  const char *path;
  gssize grow;
  const char *tail;
  gboolean fifo;
} Wrong;

static const Wrong wrongs[] = {
  { "/body/wrong/shorter", -1, "tail" },
  { "/body/wrong/longer", 1, "tail" },
  { "/body/wrong/shorter-as-last", -1, NULL },
  { "/body/wrong/longer-as-last", 1, NULL },
  { "/body/wrong/fifo", 0, "tail", TRUE },
};

/* An error and never an end: the server would wait for the rest. */
static void
test_wrong (gconstpointer data)
{
  const Wrong *row = data;
  g_autoptr (File) file = file_new (300000);
  CmrBodyStream *stream = stream_new (file, 300000, row->tail);
  g_autoptr (GByteArray) got = g_byte_array_new ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (truncate (file->path, 300000 + row->grow), ==, 0);
  if (row->fifo)
    {
      g_unlink (file->path);
      g_assert_cmpint (mkfifo (file->path, 0600), ==, 0);
    }
  g_assert_cmpint (read_all (stream, 8192, got, &error), ==, -1);
  g_assert_error (error, CMR_ERROR, CMR_ERROR_STORAGE);
  g_assert_cmpuint (got->len, <, cmr_body_stream_get_length (stream));
  g_assert_false (cmr_body_stream_get_handed_all (stream));
  g_assert_finalize_object (stream);
}

/* Of the right length and yet another one, while it is read: the ring is full, the reader stands still. */
static void
test_changed_meanwhile (void)
{
  const gsize length = 8 * 1024 * 1024;
  g_autoptr (File) file = file_new (length);
  CmrBodyStream *stream = stream_new (file, length, NULL);
  g_autoptr (GByteArray) got = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  char byte;
  int fd;

  g_assert_cmpint (g_input_stream_read (G_INPUT_STREAM (stream), &byte, 1, NULL, &error), ==, 1);
  fd = open (file->path, O_WRONLY);
  g_assert_cmpint (futimens (fd, (struct timespec[2]){ { 1, 0 }, { 1, 0 } }), ==, 0);
  close (fd);
  g_assert_cmpint (read_all (stream, 65536, got, &error), ==, -1);
  g_assert_error (error, CMR_ERROR, CMR_ERROR_STORAGE);
  g_assert_false (cmr_body_stream_get_handed_all (stream));
  g_assert_finalize_object (stream);
}

/* What the gate sees when it is asked. */
typedef struct {
  CmrBodyStream *stream;
  GCancellable *cancellable;
  guint n_asked;
  guint64 given;
} Gate;

static gboolean
on_last_byte (gpointer data, GError **error)
{
  Gate *gate = data;

  gate->n_asked++;
  gate->given = cmr_body_stream_get_given (gate->stream);
  g_assert_false (cmr_body_stream_get_handed_all (gate->stream));
  return !g_cancellable_set_error_if_cancelled (gate->cancellable, error);
}

static void
test_last_byte (void)
{
  g_autoptr (File) file = file_new (1000);
  Gate gate = { stream_new (file, 1000, "t"), NULL };
  g_autoptr (GByteArray) got = g_byte_array_new ();
  g_autoptr (GError) error = NULL;

  cmr_body_stream_set_last_byte (gate.stream, on_last_byte, &gate);
  g_assert_cmpint (read_all (gate.stream, 65536, got, &error), ==, 0);
  g_assert_no_error (error);
  g_assert_cmpuint (gate.n_asked, ==, 1);
  g_assert_cmpuint (gate.given, ==, 1004);
  g_assert_cmpuint (got->len, ==, 1005);
  g_assert_finalize_object (gate.stream);
}

static void
test_last_byte_held_back (void)
{
  g_autoptr (File) file = file_new (1000);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Gate gate = { stream_new (file, 1000, "t"), cancellable };
  g_autoptr (GByteArray) got = g_byte_array_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  cmr_body_stream_set_last_byte (gate.stream, on_last_byte, &gate);
  g_assert_cmpint (read_all (gate.stream, 65536, got, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (got->len, ==, 1004);
  g_assert_false (cmr_body_stream_get_handed_all (gate.stream));
  g_assert_finalize_object (gate.stream);
}

static gboolean
on_readable (GObject *stream, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_CONTINUE;
}

/* Never blocks: the file is not open yet, then it is. */
static void
test_pollable (void)
{
  g_autoptr (File) file = file_new (100000);
  CmrBodyStream *stream;
  GPollableInputStream *pollable;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSource) source = NULL;
  gboolean ready = FALSE;
  char buffer[256];

  g_assert_cmpint (pipe (file->gate), ==, 0);
  stream = stream_new (file, 100000, "tail");
  pollable = G_POLLABLE_INPUT_STREAM (stream);
  g_assert_true (g_pollable_input_stream_can_poll (pollable));
  g_assert_false (g_pollable_input_stream_is_readable (pollable));
  g_assert_cmpint (g_pollable_input_stream_read_nonblocking (pollable, buffer, sizeof buffer, NULL, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
  g_clear_error (&error);

  source = g_pollable_input_stream_create_source (pollable, NULL);
  g_source_set_callback (source, G_SOURCE_FUNC (on_readable), &ready, NULL);
  g_source_attach (source, NULL);
  g_assert_false (g_main_context_iteration (NULL, FALSE));
  g_assert_cmpint (write (file->gate[1], "x", 1), ==, 1);
  g_assert_true (wb_test_wait (&ready, WB_TEST_DEADLINE_MS));
  g_source_destroy (source);
  g_clear_pointer (&source, g_source_unref); /* it holds the stream */
  g_assert_cmpint (g_pollable_input_stream_read_nonblocking (pollable, buffer, sizeof buffer, NULL, &error), ==,
                   sizeof buffer);
  g_assert_no_error (error);
  close (file->gate[0]);
  close (file->gate[1]);
  g_assert_finalize_object (stream);
}

/* Given up half-way, with the ring full and with nothing read at all. */
static void
test_abandoned (void)
{
  g_autoptr (File) file = file_new (8 * 1024 * 1024);
  CmrBodyStream *stream = stream_new (file, 8 * 1024 * 1024, NULL);
  char byte;

  g_assert_cmpint (g_input_stream_read (G_INPUT_STREAM (stream), &byte, 1, NULL, NULL), ==, 1);
  g_assert_true (g_input_stream_close (G_INPUT_STREAM (stream), NULL, NULL));
  g_assert_finalize_object (stream);
  stream = stream_new (file, 8 * 1024 * 1024, NULL);
  g_assert_finalize_object (stream);
  g_assert_cmpuint (file->n_opened, ==, 1);
}

/* --- Written to the connection by the stream itself -------------------------------------------- */

static gpointer
drain (gpointer data)
{
  GByteArray *got = g_byte_array_new ();
  guint8 buffer[65536];
  gssize n;

  while ((n = read (GPOINTER_TO_INT (data), buffer, sizeof buffer)) > 0)
    g_byte_array_append (got, buffer, n);
  return got;
}

static GIOStream *
connection_new (int *other)
{
  g_autoptr (GSocket) socket = NULL;
  int fds[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds), ==, 0);
  socket = g_socket_new_from_fd (fds[0], NULL);
  *other = fds[1];
  return G_IO_STREAM (g_socket_connection_factory_create_connection (socket));
}

/* As libsoup does it, to the same connection. */
static void
test_direct (void)
{
  const gsize length = 5 * 1024 * 1024;
  g_autoptr (File) file = file_new (length);
  Gate gate = { stream_new (file, length, "tail"), NULL };
  g_autoptr (GIOStream) connection = NULL;
  g_autoptr (GByteArray) got = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  GThread *thread;
  int other;

  connection = connection_new (&other);
  thread = g_thread_new ("drain", drain, GINT_TO_POINTER (other));
  cmr_body_stream_set_last_byte (gate.stream, on_last_byte, &gate);
  cmr_body_stream_set_connection (gate.stream, connection);
  g_output_stream_splice_async (g_io_stream_get_output_stream (connection), G_INPUT_STREAM (gate.stream),
                                G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE, 0, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  /* Only the last byte came through the splice. */
  g_assert_cmpint (g_output_stream_splice_finish (g_io_stream_get_output_stream (connection), result, &error), ==, 1);
  g_assert_no_error (error);
  g_assert_true (g_io_stream_close (connection, NULL, NULL));
  got = g_thread_join (thread);
  close (other);

  g_assert_cmpuint (gate.n_asked, ==, 1);
  g_assert_cmpuint (gate.given, ==, length + 7);
  g_assert_cmpuint (got->len, ==, length + 8);
  g_assert_true (g_file_get_contents (file->path, &bytes, NULL, NULL));
  g_assert_cmpmem (got->data + 4, length, bytes, length);
  g_clear_object (&result);
  wb_test_wait_finalized (gate.stream);
}

static void
test_direct_cancelled (void)
{
  g_autoptr (File) file = file_new (1000);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Gate gate = { stream_new (file, 1000, "t"), cancellable };
  g_autoptr (GIOStream) connection = NULL;
  g_autoptr (GByteArray) got = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GThread *thread;
  int other;

  connection = connection_new (&other);
  thread = g_thread_new ("drain", drain, GINT_TO_POINTER (other));
  g_cancellable_cancel (cancellable);
  cmr_body_stream_set_last_byte (gate.stream, on_last_byte, &gate);
  cmr_body_stream_set_connection (gate.stream, connection);
  g_output_stream_splice_async (g_io_stream_get_output_stream (connection), G_INPUT_STREAM (gate.stream),
                                G_OUTPUT_STREAM_SPLICE_NONE, 0, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  g_assert_cmpint (g_output_stream_splice_finish (g_io_stream_get_output_stream (connection), result, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (g_io_stream_close (connection, NULL, NULL));
  got = g_thread_join (thread);
  close (other);
  g_assert_cmpuint (got->len, ==, 1004);
  g_assert_false (cmr_body_stream_get_handed_all (gate.stream));
  g_clear_object (&result);
  wb_test_wait_finalized (gate.stream);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (wholes); i++)
    g_test_add_data_func (wholes[i].path, &wholes[i], test_whole);
  for (guint i = 0; i < G_N_ELEMENTS (wrongs); i++)
    g_test_add_data_func (wrongs[i].path, &wrongs[i], test_wrong);
  g_test_add_func ("/body/wrong/changed-meanwhile", test_changed_meanwhile);
  g_test_add_func ("/body/last-byte/asked-once", test_last_byte);
  g_test_add_func ("/body/last-byte/held-back", test_last_byte_held_back);
  g_test_add_func ("/body/pollable/never-blocks", test_pollable);
  g_test_add_func ("/body/abandoned/stops-its-thread", test_abandoned);
  g_test_add_func ("/body/direct/all-but-the-last-byte", test_direct);
  g_test_add_func ("/body/direct/last-byte-held-back", test_direct_cancelled);
  return g_test_run ();
}
