// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-blobs.h"

#include "cmr-error.h"
#include "wb-fault.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEMPORARY ".new-"
#define BLOCK (256 * 1024)

struct _WbBlobs {
  GObject parent_instance;

  char *folder;
  GMutex mutex;
  GHashTable *fresh; /* names used in this run: a sweep that was worked out before must not take them */
};

G_DEFINE_FINAL_TYPE (WbBlobs, wb_blobs, G_TYPE_OBJECT)

static void
wb_blobs_finalize (GObject *object)
{
  WbBlobs *self = WB_BLOBS (object);

  g_hash_table_unref (self->fresh);
  g_mutex_clear (&self->mutex);
  g_free (self->folder);
  G_OBJECT_CLASS (wb_blobs_parent_class)->finalize (object);
}

static void
wb_blobs_class_init (WbBlobsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_blobs_finalize;
}

static void
wb_blobs_init (WbBlobs *self)
{
  g_mutex_init (&self->mutex);
  self->fresh = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static gboolean
failed (GError **error, const char *what)
{
  int saved = errno;

  g_set_error (error, CMR_ERROR, CMR_ERROR_STORAGE, "picture store: %s: %s", what, g_strerror (saved));
  return FALSE;
}

/* A name is the hash itself: nothing from outside ever becomes a part of a path. */
static gboolean
is_name (const char *name)
{
  gsize length = strspn (name, "0123456789abcdef");

  return length == 64 && name[length] == '\0';
}

/* From its first moment on: a sweep may be reading the folder. */
static int
temporary_make (WbBlobs *self, char *path)
{
  int fd;

  g_mutex_lock (&self->mutex);
  fd = g_mkstemp_full (path, O_WRONLY | O_CLOEXEC, 0600);
  if (fd >= 0)
    g_hash_table_add (self->fresh, g_path_get_basename (path));
  g_mutex_unlock (&self->mutex);
  return fd;
}

static void
note_fresh (WbBlobs *self, char *name)
{
  g_mutex_lock (&self->mutex);
  g_hash_table_add (self->fresh, name);
  g_mutex_unlock (&self->mutex);
}

static gboolean
write_all (int fd, const guint8 *data, gsize length, GError **error)
{
  while (length > 0)
    {
      gssize written = write (fd, data, length);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        return failed (error, "write");
      data += written;
      length -= written;
    }
  return TRUE;
}

static int
temporary_open (WbBlobs *self, char **path, GError **error)
{
  int fd;

  if (g_mkdir_with_parents (self->folder, 0700) != 0)
    {
      failed (error, "folder");
      return -1;
    }
  *path = g_build_filename (self->folder, TEMPORARY "XXXXXX", NULL);
  fd = temporary_make (self, *path);
  if (fd < 0)
    failed (error, "temporary file");
  return fd;
}

static gboolean
folder_sync (WbBlobs *self, GError **error)
{
  int fd = open (self->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean ok;

  if (fd < 0)
    return failed (error, "open folder");
  ok = fsync (fd) == 0 || failed (error, "fsync of the folder");
  close (fd);
  return ok;
}

/* Nothing refers to a blob before all four steps are done: a crash between them leaves a temporary
 * name or a whole file, never half of one under its hash. */
static gboolean
settle (WbBlobs *self, int fd, const char *temporary, const char *sha256, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, sha256, NULL);

  WB_FAULT_POINT ("blob:written");
  if (fsync (fd) != 0)
    return failed (error, "fsync");
  WB_FAULT_POINT ("blob:synced");
  if (g_rename (temporary, path) != 0)
    return failed (error, "rename");
  WB_FAULT_POINT ("blob:renamed");
  if (!folder_sync (self, error))
    return FALSE;
  WB_FAULT_POINT ("blob:settled");
  return TRUE;
}

static gboolean
is_there (WbBlobs *self, const char *sha256, guint64 length)
{
  g_autofree char *path = g_build_filename (self->folder, sha256, NULL);
  struct stat st;

  return lstat (path, &st) == 0 && S_ISREG (st.st_mode) && (guint64) st.st_size == length;
}

typedef struct {
  WbBlobs *self;
  int fd;
  char *temporary;
  GChecksum *checksum;
  guint64 length;
} Put;

static gboolean
put_begin (Put *put, WbBlobs *self, GError **error)
{
  put->self = self;
  WB_FAULT_POINT ("blob:before");
  put->fd = temporary_open (self, &put->temporary, error);
  put->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  WB_FAULT_POINT ("blob:opened");
  return put->fd >= 0;
}

static gboolean
put_add (Put *put, const guint8 *data, gsize length, GError **error)
{
  g_checksum_update (put->checksum, data, length);
  put->length += length;
  return write_all (put->fd, data, length, error);
}

/* Ends in every case; the temporary file is gone unless it became the blob. */
static char *
put_end (Put *put, gboolean ok, GError **error)
{
  g_autofree char *sha256 = g_strdup (g_checksum_get_string (put->checksum));

  if (ok)
    note_fresh (put->self, g_strdup (sha256));
  if (ok && !is_there (put->self, sha256, put->length))
    ok = settle (put->self, put->fd, put->temporary, sha256, error);
  if (put->fd >= 0)
    {
      close (put->fd);
      g_unlink (put->temporary);
    }
  g_free (put->temporary);
  g_checksum_free (put->checksum);
  return ok ? g_steal_pointer (&sha256) : NULL;
}

/**
 * wb_blobs_new:
 * @folder: made with the first blob
 */
WbBlobs *
wb_blobs_new (const char *folder)
{
  WbBlobs *self = g_object_new (WB_TYPE_BLOBS, NULL);

  self->folder = g_strdup (folder);
  return self;
}

char *
wb_blobs_put (WbBlobs *self, GBytes *bytes, GError **error)
{
  Put put = { 0 };
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  gboolean ok = put_begin (&put, self, error) && put_add (&put, data, length, error);

  return put_end (&put, ok, error);
}

static gboolean
copy_fd (Put *put, int fd, GError **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK);

  if (lseek (fd, 0, SEEK_SET) < 0)
    return failed (error, "rewind");
  for (;;)
    {
      gssize got = read (fd, block, BLOCK);

      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        return failed (error, "read");
      if (got == 0)
        return TRUE;
      if (!put_add (put, block, got, error))
        return FALSE;
    }
}

/**
 * wb_blobs_put_fd:
 * @fd: read from its start to its end; stays open
 * @length: (out) (nullable): how many bytes were copied
 */
char *
wb_blobs_put_fd (WbBlobs *self, int fd, guint64 *length, GError **error)
{
  Put put = { 0 };
  gboolean ok = put_begin (&put, self, error) && copy_fd (&put, fd, error);

  if (length != NULL)
    *length = put.length;
  return put_end (&put, ok, error);
}

char *
wb_blobs_dup_path (WbBlobs *self, const char *sha256)
{
  return is_name (sha256) ? g_build_filename (self->folder, sha256, NULL) : NULL;
}

/**
 * wb_blobs_open:
 *
 * Returns: a descriptor that the caller closes, or -1 with %CMR_ERROR_STORAGE
 */
int
wb_blobs_open (WbBlobs *self, const char *sha256, GError **error)
{
  g_autofree char *path = wb_blobs_dup_path (self, sha256);
  int fd;

  if (path == NULL)
    {
      g_set_error (error, CMR_ERROR, CMR_ERROR_STORAGE, "picture store: not a name");
      return -1;
    }
  fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0)
    failed (error, sha256);
  return fd;
}

/**
 * wb_blobs_sweep:
 * @keep: names that something refers to
 *
 * Removes what a crash left behind and what nothing refers to any more; files that are not ours, and
 * what was put since @self was made, stay.
 *
 * Returns: how many were removed
 */
guint
wb_blobs_sweep (WbBlobs *self, GHashTable *keep, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;
  guint removed = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);
      gboolean left = g_str_has_prefix (name, TEMPORARY);

      if (!left && (!is_name (name) || g_hash_table_contains (keep, name)))
        continue;
      g_mutex_lock (&self->mutex);
      if (g_hash_table_contains (self->fresh, name))
        g_debug ("a picture came into use during the sweep");
      else if (g_unlink (path) == 0)
        removed++;
      else
        failed (error != NULL && *error == NULL ? error : NULL, name);
      g_mutex_unlock (&self->mutex);
    }
  return removed;
}
