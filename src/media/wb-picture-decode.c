// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-picture-private.h"

#include <sys/stat.h>

/* Pictures to pixels: JPEG by libjpeg, PNG by libpng, each in a file of its own. Nothing else knows of either. */

static gboolean
check_size (int fd, const WbPictureInfo *info, GError **error)
{
  struct stat now;

  if (fstat (fd, &now) == 0 && (guint64) now.st_size == info->file_bytes)
    return TRUE;
  g_clear_error (error);
  g_set_error_literal (error, WB_MEDIA_ERROR, WB_MEDIA_ERROR_CHANGED, "size changed");
  return FALSE;
}

gboolean
wb_picture_decode (int fd, const WbPictureInfo *info, guint divisor, const WbArea *area,
                   WbDecoded *decoded, GError **error)
{
  g_autoptr (GError) local = NULL;
  gboolean good = check_size (fd, info, &local);

  *decoded = (WbDecoded){ NULL };
  if (good)
    good = (info->kind == WB_PICTURE_PNG ? wb_picture_decode_png : wb_picture_decode_jpeg) (
        fd, info, divisor, area, decoded, &local);
  /* Whatever the decoder says of a file that is another by now. */
  if (check_size (fd, info, &local) && good)
    return TRUE;
  wb_decoded_clear (decoded);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

void
wb_decoded_clear (WbDecoded *self)
{
  g_clear_object (&self->pixels);
  g_clear_pointer (&self->profile, g_bytes_unref);
}
