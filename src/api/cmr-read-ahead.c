// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmr-read-ahead.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmr-error.h"

/* 2 MiB in all. Larger blocks fall out of the processor's cache between reading and sending. */
#define BLOCK_BYTES (256 * 1024)
#define N_BLOCKS 8

typedef struct {
  guint8 *bytes;
  gsize length;
} Block;

struct _CmrReadAhead {
  GPtrArray *segments; /* lent */
  GThread *thread;
  gsize taken; /* of the oldest block; the taker's */

  GMutex lock;
  GCond changed;
  Block blocks[N_BLOCKS]; /* one belongs to the reader or to the taker, never to both */
  guint n_filled;         /* blocks published, ever */
  guint n_emptied;
  gboolean done;
  gboolean stopping;
  GError *error;
  GSource *source; /* wakes the taker */
};

static void
wake_locked (CmrReadAhead *self)
{
  g_cond_broadcast (&self->changed);
  if (self->source == NULL)
    return;
  g_source_set_ready_time (self->source, 0);
  g_clear_pointer (&self->source, g_source_unref);
}

/* --- The reading thread ------------------------------------------------------------------------ */

/* The block to fill. A full one is published only when room for more is needed, so that the last block
 * is not seen before the checks behind it. NULL when stopping. */
static Block *
writable_block (CmrReadAhead *self)
{
  Block *block;

  g_mutex_lock (&self->lock);
  block = &self->blocks[self->n_filled % N_BLOCKS];
  if (block->length == BLOCK_BYTES)
    {
      self->n_filled++;
      wake_locked (self);
      while (self->n_filled - self->n_emptied == N_BLOCKS && !self->stopping)
        g_cond_wait (&self->changed, &self->lock);
      block = &self->blocks[self->n_filled % N_BLOCKS];
    }
  if (self->stopping)
    block = NULL;
  g_mutex_unlock (&self->lock);

  if (block != NULL && block->bytes == NULL)
    block->bytes = g_malloc (BLOCK_BYTES);
  return block;
}

static gboolean
stopped (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The upload was stopped");
  return FALSE;
}

static gboolean
copy_bytes (CmrReadAhead *self, const CmrSegment *segment, GError **error)
{
  gsize left;
  const guint8 *from = g_bytes_get_data (segment->bytes, &left);

  while (left > 0)
    {
      Block *block = writable_block (self);
      gsize n;

      if (block == NULL)
        return stopped (error);
      n = MIN (left, BLOCK_BYTES - block->length);
      memcpy (block->bytes + block->length, from, n);
      block->length += n;
      from += n;
      left -= n;
    }
  return TRUE;
}

static gboolean
changed_file (const char *how, GError **error)
{
  g_set_error (error, CMR_ERROR, CMR_ERROR_STORAGE, "A file of the request %s", how);
  return FALSE;
}

static gboolean
copy_open_file (CmrReadAhead *self, int fd, guint64 left, GError **error)
{
  while (left > 0)
    {
      Block *block = writable_block (self);
      gssize n;

      if (block == NULL)
        return stopped (error);
      n = read (fd, block->bytes + block->length, MIN (left, BLOCK_BYTES - block->length));
      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return changed_file (n == 0 ? "is shorter than it was" : "cannot be read", error);
      block->length += n;
      left -= n;
    }
  return TRUE;
}

static gboolean
same_file (const struct stat *before, int fd)
{
  struct stat now;

  return fstat (fd, &now) == 0 && now.st_size == before->st_size
         && now.st_mtim.tv_sec == before->st_mtim.tv_sec
         && now.st_mtim.tv_nsec == before->st_mtim.tv_nsec;
}

static gboolean
copy_file (CmrReadAhead *self, const CmrSegment *segment, GError **error)
{
  struct stat before;
  gboolean whole = FALSE;
  int fd = segment->open (segment->data, error);

  if (fd < 0)
    return FALSE;
  if (fstat (fd, &before) != 0 || !S_ISREG (before.st_mode))
    changed_file ("is no regular file", error);
  else if ((guint64) before.st_size != segment->length_bytes)
    changed_file ("has another length than it had", error);
  else if (copy_open_file (self, fd, segment->length_bytes, error))
    whole = same_file (&before, fd) || changed_file ("changed while it was sent", error);
  close (fd);
  return whole;
}

static gpointer
read_all (gpointer data)
{
  CmrReadAhead *self = data;
  GError *error = NULL;
  gboolean good = TRUE;

  for (guint i = 0; good && i < self->segments->len; i++)
    {
      const CmrSegment *segment = g_ptr_array_index (self->segments, i);

      good = segment->bytes != NULL ? copy_bytes (self, segment, &error)
                                    : copy_file (self, segment, &error);
    }

  g_mutex_lock (&self->lock);
  if (good && self->blocks[self->n_filled % N_BLOCKS].length > 0)
    self->n_filled++;
  self->error = error;
  self->done = TRUE;
  wake_locked (self);
  g_mutex_unlock (&self->lock);
  return NULL;
}

/* --- The taker --------------------------------------------------------------------------------- */

static gboolean
is_ready_locked (CmrReadAhead *self)
{
  return self->n_filled != self->n_emptied || self->done;
}

gssize
cmr_read_ahead_peek (CmrReadAhead *self, const guint8 **data, GError **error)
{
  gssize length = -1;

  g_mutex_lock (&self->lock);
  if (self->n_filled != self->n_emptied)
    {
      const Block *block = &self->blocks[self->n_emptied % N_BLOCKS];

      *data = block->bytes + self->taken;
      length = block->length - self->taken;
    }
  else if (self->error != NULL)
    g_propagate_error (error, g_error_copy (self->error));
  else if (self->done)
    length = 0;
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "Still reading");
  g_mutex_unlock (&self->lock);
  return length;
}

void
cmr_read_ahead_take (CmrReadAhead *self, gsize length)
{
  Block *block = &self->blocks[self->n_emptied % N_BLOCKS];

  self->taken += length;
  g_assert (self->taken <= block->length);
  if (self->taken < block->length)
    return;

  self->taken = 0;
  g_mutex_lock (&self->lock);
  block->length = 0;
  self->n_emptied++;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

GSource *
cmr_read_ahead_create_source (CmrReadAhead *self)
{
  /* A timer without a time: a thread may set one at any moment, and dummy callbacks work with it. */
  GSource *source = g_timeout_source_new (0);

  g_source_set_ready_time (source, -1);
  g_source_set_static_name (source, "CmrReadAhead");
  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->source, g_source_unref);
  if (is_ready_locked (self))
    g_source_set_ready_time (source, 0);
  else
    self->source = g_source_ref (source);
  g_mutex_unlock (&self->lock);
  return source;
}

void
cmr_read_ahead_wait (CmrReadAhead *self)
{
  g_mutex_lock (&self->lock);
  while (!is_ready_locked (self))
    g_cond_wait (&self->changed, &self->lock);
  g_mutex_unlock (&self->lock);
}

CmrReadAhead *
cmr_read_ahead_new (GPtrArray *segments)
{
  CmrReadAhead *self = g_new0 (CmrReadAhead, 1);

  self->segments = segments;
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->thread = g_thread_new ("upload", read_all, self);
  return self;
}

void
cmr_read_ahead_free (CmrReadAhead *self)
{
  g_mutex_lock (&self->lock);
  self->stopping = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  g_thread_join (self->thread);

  for (guint i = 0; i < N_BLOCKS; i++)
    g_free (self->blocks[i].bytes);
  g_clear_pointer (&self->source, g_source_unref);
  g_clear_error (&self->error);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self);
}
