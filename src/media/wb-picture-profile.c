// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-picture-private.h"

/* Little CMS: the one library for this that both Debian 12 and the GNOME runtime have. The decoders
 * hand out the profile and leave the pixels as they are; dropping it makes a wide-gamut portrait
 * pale. */
#include <lcms2.h>

/* HP's and Microsoft's sRGB differ from the standard's by up to 2 of 255; Display P3 by far more.
 */
#define SAME 3
#define STEPS 5

#define PLAIN (cmsFLAGS_NOCACHE | cmsFLAGS_NOOPTIMIZE)

static cmsHTRANSFORM
to_srgb (cmsHPROFILE from, cmsUInt32Number format, cmsUInt32Number flags)
{
  cmsHPROFILE srgb = cmsCreate_sRGBProfile ();
  cmsHTRANSFORM transform
      = srgb != NULL
            ? cmsCreateTransform (from, format, srgb, TYPE_RGB_8, INTENT_RELATIVE_COLORIMETRIC,
                                  flags | cmsFLAGS_BLACKPOINTCOMPENSATION)
            : NULL;

  if (srgb != NULL)
    cmsCloseProfile (srgb);
  return transform;
}

/* Judged by what it does to a lattice of colours, not by its name: names are free text. */
static gboolean
leaves_colours (cmsHTRANSFORM transform)
{
  guint8 in[STEPS * STEPS * STEPS * 3], out[sizeof in];
  guint n = 0;

  for (guint i = 0; i < STEPS * STEPS * STEPS; i++)
    {
      in[n++] = (guint8)(i % STEPS * 255 / (STEPS - 1));
      in[n++] = (guint8)(i / STEPS % STEPS * 255 / (STEPS - 1));
      in[n++] = (guint8)(i / STEPS / STEPS * 255 / (STEPS - 1));
    }
  cmsDoTransform (transform, in, out, n / 3);
  for (guint i = 0; i < n; i++)
    if (ABS ((int)in[i] - (int)out[i]) > SAME)
      return FALSE;
  return TRUE;
}

gboolean
wb_profile_is_srgb (const guint8 *bytes, gsize length)
{
  cmsHPROFILE profile = cmsOpenProfileFromMem (bytes, (cmsUInt32Number)length);
  cmsHTRANSFORM transform = NULL;
  gboolean same = FALSE;

  if (profile == NULL)
    return FALSE;
  if (cmsGetColorSpace (profile) == cmsSigRgbData)
    transform = to_srgb (profile, TYPE_RGB_8, PLAIN);
  if (transform != NULL)
    {
      same = leaves_colours (transform);
      cmsDeleteTransform (transform);
    }
  cmsCloseProfile (profile);
  return same;
}

static void
convert_rgb (cmsHTRANSFORM transform, GdkPixbuf *rgb)
{
  int height = gdk_pixbuf_get_height (rgb);
  cmsUInt32Number width = (cmsUInt32Number)gdk_pixbuf_get_width (rgb);
  gsize stride = (gsize)gdk_pixbuf_get_rowstride (rgb);
  guint8 *pixels = gdk_pixbuf_get_pixels (rgb);

  for (int y = 0; y < height; y++)
    cmsDoTransform (transform, pixels + y * stride, pixels + y * stride, width);
}

/* The decoder has made three equal colours of each grey. */
static void
convert_grey (cmsHTRANSFORM transform, GdkPixbuf *rgb)
{
  int width = gdk_pixbuf_get_width (rgb), height = gdk_pixbuf_get_height (rgb);
  gsize stride = (gsize)gdk_pixbuf_get_rowstride (rgb);
  guint8 *pixels = gdk_pixbuf_get_pixels (rgb);
  guint8 greys[256], colours[256 * 3];

  for (guint i = 0; i < 256; i++)
    greys[i] = (guint8)i;
  cmsDoTransform (transform, greys, colours, 256);
  for (int y = 0; y < height; y++)
    for (guint8 *at = pixels + y * stride, *end = at + width * 3; at < end; at += 3)
      {
        const guint8 *colour = colours + at[0] * 3;

        at[0] = colour[0];
        at[1] = colour[1];
        at[2] = colour[2];
      }
}

gboolean
wb_profile_convert (GdkPixbuf *rgb, const guint8 *bytes, gsize length)
{
  cmsHPROFILE profile = cmsOpenProfileFromMem (bytes, (cmsUInt32Number)length);
  cmsHTRANSFORM transform = NULL;
  gboolean grey;

  if (profile == NULL)
    return FALSE;
  grey = cmsGetColorSpace (profile) == cmsSigGrayData;
  if (grey || cmsGetColorSpace (profile) == cmsSigRgbData)
    transform = to_srgb (profile, grey ? TYPE_GRAY_8 : TYPE_RGB_8, cmsFLAGS_NOCACHE);
  if (transform != NULL)
    {
      (grey ? convert_grey : convert_rgb) (transform, rgb);
      cmsDeleteTransform (transform);
    }
  cmsCloseProfile (profile);
  return transform != NULL;
}
