// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later

/* For libFuzzer. What the walk takes is decoded, unless it is so large that a run would be slow. */
#define _GNU_SOURCE /* memfd_create */
#include "wb-picture.h"

#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#define PIXELS_MAX (1000 * 1000)

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) made = NULL;
  g_autoptr (GdkPixbuf) loaded = NULL;
  WbCrop crop = { .5, .5, 1.3, 1 };
  WbPictureInfo info;
  int fd = memfd_create ("picture", MFD_CLOEXEC);

  if (fd < 0)
    return 0;
  if (write (fd, data, size) == (ssize_t) size && wb_picture_probe (fd, &info, NULL)
      && (guint64) info.width * info.height <= PIXELS_MAX)
    {
      made = wb_picture_make (fd, &info, &crop, NULL);
      loaded = wb_picture_load (fd, &info, 100, NULL);
    }
  close (fd);
  return 0;
}
