// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill-Media"
#include "wb-picture-private.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

const WbPictureLimits wb_picture_limits = {
  .file_bytes = 64 * 1024 * 1024,
  .png_pixels = 40 * 1000 * 1000,
  .jpeg_pixels = 200 * 1000 * 1000,
  .progressive_pixels = 40 * 1000 * 1000,
  .pool_bytes = 64 * 1024 * 1024,
  .side = 648,
  .quality = 90,
  .small = 200,
};

#define SNIFF_BYTES 1024

static gboolean
fail (GError **error, WbMediaError code, const char *what)
{
  g_set_error_literal (error, WB_MEDIA_ERROR, code, what);
  return FALSE;
}

/* The file system of the document portal, by which a Flatpak sees what was chosen and dropped, opens a file
 * through a link of its own: for it O_NOFOLLOW makes a loop of any. What was opened without must then be what was
 * seen there. */
static int
open_seen (int folder, const char *name, const struct stat *seen)
{
  int flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY;
  int fd = openat (folder, name, flags | O_NOFOLLOW);
  struct stat opened;

  if (fd >= 0 || errno != ELOOP)
    return fd;
  fd = openat (folder, name, flags);
  if (fd < 0 || (fstat (fd, &opened) == 0 && opened.st_dev == seen->st_dev && opened.st_ino == seen->st_ino))
    return fd;
  close (fd);
  errno = ELOOP;
  return -1;
}

/* Opening a device can do things, and a FIFO wakes its writer: asked first, and again of what was
 * opened. */
int
wb_picture_open_at (int folder, const char *name, GError **error)
{
  struct stat found;
  int fd;

  if (fstatat (folder, name, &found, AT_SYMLINK_NOFOLLOW) != 0)
    {
      fail (error, errno == ELOOP ? WB_MEDIA_ERROR_NOT_A_FILE : WB_MEDIA_ERROR_UNREADABLE,
            g_strerror (errno));
      return -1;
    }
  if (!S_ISREG (found.st_mode))
    {
      fail (error, WB_MEDIA_ERROR_NOT_A_FILE, "no regular file");
      return -1;
    }
  fd = open_seen (folder, name, &found);
  if (fd < 0)
    {
      fail (error,
            errno == ELOOP || errno == ENXIO ? WB_MEDIA_ERROR_NOT_A_FILE
                                             : WB_MEDIA_ERROR_UNREADABLE,
            g_strerror (errno));
      return -1;
    }
  if (fstat (fd, &found) == 0 && S_ISREG (found.st_mode))
    return fd;
  close (fd);
  fail (error, WB_MEDIA_ERROR_NOT_A_FILE, "no regular file");
  return -1;
}

int
wb_picture_open (const char *path, GError **error)
{
  return wb_picture_open_at (AT_FDCWD, path, error);
}

gboolean
wb_picture_cut (const WbReader *reader, WbPictureInfo *info, guint64 needed, GError **error)
{
  info->needed_bytes = needed;
  if (reader->failed)
    return fail (error, WB_MEDIA_ERROR_UNREADABLE, "reading failed");
  return fail (error, WB_MEDIA_ERROR_DAMAGED, "ends too early");
}

gboolean
wb_picture_check_pixels (const WbPictureInfo *info, GError **error)
{
  guint64 pixels = (guint64)info->width * info->height;
  guint64 limit = info->kind == WB_PICTURE_PNG ? wb_picture_limits.png_pixels
                  : info->progressive          ? wb_picture_limits.progressive_pixels
                                               : wb_picture_limits.jpeg_pixels;

  if (pixels <= limit)
    return TRUE;
  g_set_error (error, WB_MEDIA_ERROR, WB_MEDIA_ERROR_TOO_MANY_PIXELS, "%u × %u", info->width,
               info->height);
  return FALSE;
}

static gboolean
check_file (int fd, struct stat *found, WbPictureInfo *info, GError **error)
{
  if (fstat (fd, found) != 0)
    return fail (error, WB_MEDIA_ERROR_UNREADABLE, g_strerror (errno));
  if (!S_ISREG (found->st_mode))
    return fail (error, WB_MEDIA_ERROR_NOT_A_FILE, "no regular file");
  info->file_bytes = info->present_bytes = info->needed_bytes = (guint64)found->st_size;
  if (found->st_size == 0)
    return fail (error, WB_MEDIA_ERROR_EMPTY, "empty");
  if (info->file_bytes > wb_picture_limits.file_bytes)
    return fail (error, WB_MEDIA_ERROR_TOO_LARGE, "file too large");
  return TRUE;
}

static gboolean
walk (WbReader *reader, WbPictureInfo *info, GError **error)
{
  guint8 head[SNIFF_BYTES];
  gsize length = (gsize)MIN (reader->size, sizeof head);

  if (!wb_reader_read (reader, head, length))
    return fail (error, WB_MEDIA_ERROR_UNREADABLE, "reading failed");
  info->kind_name = wb_picture_sniff (head, length, &info->kind);
  if (info->kind == WB_PICTURE_JPEG)
    return wb_picture_walk_jpeg (reader, info, error);
  if (info->kind == WB_PICTURE_PNG)
    return wb_picture_walk_png (reader, info, error);
  if (info->kind_name != NULL)
    return fail (error, WB_MEDIA_ERROR_KIND, info->kind_name);
  return fail (error, WB_MEDIA_ERROR_NOT_A_PICTURE, "no known picture");
}

/* Somebody still writes it, or cuts it: what was found may be half of the one and half of the
 * other. */
static gboolean
check_unchanged (int fd, const struct stat *before, GError **error)
{
  struct stat now;

  if (fstat (fd, &now) == 0 && now.st_size == before->st_size
      && now.st_mtim.tv_sec == before->st_mtim.tv_sec
      && now.st_mtim.tv_nsec == before->st_mtim.tv_nsec)
    return TRUE;
  g_clear_error (error);
  return fail (error, WB_MEDIA_ERROR_CHANGED, "changed while it was read");
}

gboolean
wb_picture_probe (int fd, WbPictureInfo *info, GError **error)
{
  g_auto (WbReader) reader = { 0 };
  struct stat found;
  gboolean good;

  *info = (WbPictureInfo){ .orientation = 1 };
  if (!check_file (fd, &found, info, error))
    return FALSE;
  wb_reader_init (&reader, fd, info->file_bytes);
  good = walk (&reader, info, error);
  if (!check_unchanged (fd, &found, error))
    return FALSE;
  return good;
}
