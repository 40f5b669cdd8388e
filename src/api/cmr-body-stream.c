// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmr-body-stream.h"

#include <string.h>

#include "cmr-read-ahead.h"

/* Other sources of the main loop get their turn after so many bytes. */
#define TURN_BYTES (1024 * 1024)

struct _CmrBodyStream {
  GInputStream parent_instance;
  GPtrArray *segments;
  GObject *owner;
  CmrReadAhead *ahead; /* NULL until first read, and after the end */
  guint64 length;
  guint64 given;
  gboolean handed_all;
  CmrLastByte last_byte;
  gpointer last_byte_data;
  CmrBodyGave gave;
  gpointer gave_data;
  GIOStream *connection;
  gboolean waits_for_connection;
};

static void pollable_iface_init (GPollableInputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CmrBodyStream, cmr_body_stream, G_TYPE_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM, pollable_iface_init))

CmrSegment *
cmr_segment_new_bytes (GBytes *bytes)
{
  CmrSegment *self = g_new0 (CmrSegment, 1);

  self->bytes = bytes;
  self->length_bytes = g_bytes_get_size (bytes);
  return self;
}

CmrSegment *
cmr_segment_new_file (guint64 length_bytes, CmrOpenPart open, gpointer data)
{
  CmrSegment *self = g_new0 (CmrSegment, 1);

  self->length_bytes = length_bytes;
  self->open = open;
  self->data = data;
  return self;
}

void
cmr_segment_free (CmrSegment *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

static CmrReadAhead *
ensure_ahead (CmrBodyStream *self)
{
  if (self->ahead == NULL)
    self->ahead = cmr_read_ahead_new (self->segments);
  return self->ahead;
}

static void
gave (CmrBodyStream *self, gsize length)
{
  cmr_read_ahead_take (self->ahead, length);
  self->given += length;
  if (self->gave != NULL)
    self->gave (self->given, self->gave_data);
}

/* The line between "not sent" and "may have happened": the order of these steps is the rule. */
static gboolean
may_give_last (CmrBodyStream *self, GError **error)
{
  if (self->last_byte != NULL && !self->last_byte (self->last_byte_data, error))
    return FALSE;
  self->handed_all = TRUE;
  return TRUE;
}

/* Copies what is there, never the last byte together with others. */
static gssize
give (CmrBodyStream *self, void *buffer, gsize count, GError **error)
{
  guint64 left = self->length - self->given;
  const guint8 *data = NULL;
  gssize n;

  if (left == 0 || count == 0)
    return 0;
  n = cmr_read_ahead_peek (ensure_ahead (self), &data, error);
  if (n < 0)
    return -1;
  if (left == 1 && !may_give_last (self, error))
    return -1;
  n = MIN ((gsize) n, MIN (count, left > 1 ? left - 1 : 1));
  memcpy (buffer, data, n);
  gave (self, n);
  return n;
}

/* Writes all but the last byte to the connection; TRUE when there. */
static gboolean
push (CmrBodyStream *self, GError **error)
{
  GPollableOutputStream *out = G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (self->connection));
  guint64 stop = MIN (self->given + TURN_BYTES, self->length - 1);

  while (self->given < stop)
    {
      g_autoptr (GError) local = NULL;
      const guint8 *data;
      gssize n = cmr_read_ahead_peek (ensure_ahead (self), &data, error);

      if (n < 0)
        return FALSE;
      n = g_pollable_output_stream_write_nonblocking (out, data, MIN ((gsize) n, self->length - 1 - self->given),
                                                      NULL, &local);
      if (n < 0)
        {
          self->waits_for_connection = g_error_matches (local, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      gave (self, n);
    }
  if (self->given == self->length - 1)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "It is the turn of others");
  return FALSE;
}

static gssize
cmr_body_stream_read (GInputStream *stream, void *buffer, gsize count, GCancellable *cancellable, GError **error)
{
  CmrBodyStream *self = CMR_BODY_STREAM (stream);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return -1;
  if (self->given < self->length)
    cmr_read_ahead_wait (ensure_ahead (self));
  return give (self, buffer, count, error);
}

static gssize
cmr_body_stream_read_nonblocking (GPollableInputStream *stream, void *buffer, gsize count, GError **error)
{
  CmrBodyStream *self = CMR_BODY_STREAM (stream);

  self->waits_for_connection = FALSE;
  if (self->connection != NULL && self->given < self->length - 1 && !push (self, error))
    return -1;
  return give (self, buffer, count, error);
}

static gboolean
cmr_body_stream_close (GInputStream *stream, GCancellable *cancellable, GError **error)
{
  CmrBodyStream *self = CMR_BODY_STREAM (stream);

  g_clear_pointer (&self->ahead, cmr_read_ahead_free);
  g_clear_object (&self->connection);
  return TRUE;
}

static gboolean
cmr_body_stream_can_poll (GPollableInputStream *stream)
{
  return TRUE;
}

static gboolean
cmr_body_stream_is_readable (GPollableInputStream *stream)
{
  CmrBodyStream *self = CMR_BODY_STREAM (stream);
  g_autoptr (GError) error = NULL;
  const guint8 *data;

  if (g_input_stream_is_closed (G_INPUT_STREAM (self)) || self->given == self->length)
    return TRUE;
  if (self->waits_for_connection)
    return g_pollable_output_stream_is_writable (
      G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (self->connection)));
  cmr_read_ahead_peek (ensure_ahead (self), &data, &error);
  return !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
}

static GSource *
cmr_body_stream_create_source (GPollableInputStream *stream, GCancellable *cancellable)
{
  CmrBodyStream *self = CMR_BODY_STREAM (stream);
  g_autoptr (GSource) child = NULL;

  if (g_input_stream_is_closed (G_INPUT_STREAM (self)) || self->given == self->length)
    child = g_timeout_source_new (0);
  else if (self->waits_for_connection && self->connection != NULL)
    child = g_pollable_output_stream_create_source (
      G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (self->connection)), NULL);
  else
    child = cmr_read_ahead_create_source (ensure_ahead (self));
  return g_pollable_source_new_full (self, child, cancellable);
}

static void
cmr_body_stream_finalize (GObject *object)
{
  CmrBodyStream *self = CMR_BODY_STREAM (object);

  g_clear_pointer (&self->ahead, cmr_read_ahead_free);
  g_clear_object (&self->connection);
  g_clear_pointer (&self->segments, g_ptr_array_unref);
  g_clear_object (&self->owner);

  G_OBJECT_CLASS (cmr_body_stream_parent_class)->finalize (object);
}

static void
cmr_body_stream_class_init (CmrBodyStreamClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GInputStreamClass *stream_class = G_INPUT_STREAM_CLASS (klass);

  object_class->finalize = cmr_body_stream_finalize;
  stream_class->read_fn = cmr_body_stream_read;
  stream_class->close_fn = cmr_body_stream_close;
}

static void
pollable_iface_init (GPollableInputStreamInterface *iface)
{
  iface->can_poll = cmr_body_stream_can_poll;
  iface->is_readable = cmr_body_stream_is_readable;
  iface->read_nonblocking = cmr_body_stream_read_nonblocking;
  iface->create_source = cmr_body_stream_create_source;
}

static void
cmr_body_stream_init (CmrBodyStream *self)
{
}

CmrBodyStream *
cmr_body_stream_new (GPtrArray *segments, GObject *owner)
{
  CmrBodyStream *self = g_object_new (CMR_TYPE_BODY_STREAM, NULL);

  self->segments = segments;
  g_set_object (&self->owner, owner);
  for (guint i = 0; i < segments->len; i++)
    self->length += ((const CmrSegment *) g_ptr_array_index (segments, i))->length_bytes;
  g_assert (self->length > 0);
  return self;
}

guint64
cmr_body_stream_get_length (CmrBodyStream *self)
{
  g_return_val_if_fail (CMR_IS_BODY_STREAM (self), 0);

  return self->length;
}

guint64
cmr_body_stream_get_given (CmrBodyStream *self)
{
  g_return_val_if_fail (CMR_IS_BODY_STREAM (self), 0);

  return self->given;
}

gboolean
cmr_body_stream_get_handed_all (CmrBodyStream *self)
{
  g_return_val_if_fail (CMR_IS_BODY_STREAM (self), FALSE);

  return self->handed_all;
}

void
cmr_body_stream_set_last_byte (CmrBodyStream *self, CmrLastByte last_byte, gpointer data)
{
  g_return_if_fail (CMR_IS_BODY_STREAM (self));

  self->last_byte = last_byte;
  self->last_byte_data = data;
}

void
cmr_body_stream_set_gave (CmrBodyStream *self, CmrBodyGave func, gpointer data)
{
  g_return_if_fail (CMR_IS_BODY_STREAM (self));

  self->gave = func;
  self->gave_data = data;
}

void
cmr_body_stream_set_connection (CmrBodyStream *self, GIOStream *connection)
{
  g_return_if_fail (CMR_IS_BODY_STREAM (self));

  if (connection != NULL && !G_IS_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (connection)))
    return;
  g_set_object (&self->connection, connection);
}
