// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-picture-private.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* Reads start small, since a walk over chunks jumps, and grow while nobody jumps: scan data. */
#define AHEAD_MIN 4096
#define AHEAD_MAX (128 * 1024)

void
wb_reader_init (WbReader *self, int fd, guint64 size)
{
  *self = (WbReader){ .fd = fd, .size = size, .ahead = AHEAD_MIN };
  self->block = g_malloc (AHEAD_MAX);
}

void
wb_reader_clear (WbReader *self)
{
  g_clear_pointer (&self->block, g_free);
}

guint64
wb_reader_tell (const WbReader *self)
{
  return self->start + self->at;
}

void
wb_reader_seek (WbReader *self, guint64 offset)
{
  if (offset >= self->start && offset - self->start <= self->length)
    {
      self->at = offset - self->start;
      return;
    }
  self->start = offset;
  self->length = self->at = 0;
  self->ahead = AHEAD_MIN;
}

gsize
wb_reader_fill (WbReader *self)
{
  gssize got;

  if (self->at < self->length)
    return self->length - self->at;

  self->start += self->length;
  self->length = self->at = 0;
  if (self->failed || self->start >= self->size)
    return 0;
  do
    got = pread (self->fd, self->block, self->ahead, (off_t)self->start);
  while (got < 0 && errno == EINTR);
  /* Bytes that fstat promised are not there: the disk, or somebody who cuts the file meanwhile. */
  if (got <= 0)
    {
      self->failed = TRUE;
      return 0;
    }
  /* What grew behind the size we opened with is none of ours. */
  self->length = (gsize)MIN ((guint64)got, self->size - self->start);
  self->ahead = MIN (self->ahead * 4, AHEAD_MAX);
  return self->length;
}

gboolean
wb_reader_read (WbReader *self, void *bytes, gsize length)
{
  guint8 *to = bytes;

  while (length > 0)
    {
      gsize ready = MIN (wb_reader_fill (self), length);

      if (ready == 0)
        return FALSE;
      memcpy (to, self->block + self->at, ready);
      self->at += ready;
      to += ready;
      length -= ready;
    }
  return TRUE;
}

int
wb_reader_byte (WbReader *self)
{
  return wb_reader_fill (self) > 0 ? self->block[self->at++] : -1;
}
