// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-picture-private.h"

#include <string.h>

#define TAG_ORIENTATION 0x0112
#define TYPE_SHORT 3

static guint
number (const guint8 *at, guint bytes, gboolean big)
{
  guint value = 0;

  for (guint i = 0; i < bytes; i++)
    value |= (guint)at[i] << 8 * (big ? bytes - 1 - i : i);
  return value;
}

guint
wb_exif_orientation (const guint8 *tiff, gsize length)
{
  gboolean big;
  gsize ifd;
  guint count;

  if (length < 14 || (memcmp (tiff, "II*\0", 4) != 0 && memcmp (tiff, "MM\0*", 4) != 0))
    return 1;
  big = tiff[0] == 'M';
  ifd = number (tiff + 4, 4, big);
  if (ifd > length - 2)
    return 1;
  count = number (tiff + ifd, 2, big);
  for (guint i = 0; i < count && ifd + 2 + (i + 1) * 12 <= length; i++)
    {
      const guint8 *entry = tiff + ifd + 2 + i * 12;
      guint value = number (entry + 8, 2, big);

      if (number (entry, 2, big) != TAG_ORIENTATION)
        continue;
      return number (entry + 2, 2, big) == TYPE_SHORT && value >= 1 && value <= 8 ? value : 1;
    }
  return 1;
}
