// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE /* memmem */
#include "wb-picture-private.h"

#include <string.h>

typedef struct
{
  guint offset;
  guint length;
  const char *bytes;
  const char *name;
} Mark;

/* First fit wins. Names are what people call the kind; the app puts them into its sentence. */
static const Mark marks[] = {
  { 0, 6, "GIF87a", "GIF" },
  { 0, 6, "GIF89a", "GIF" },
  { 8, 4, "WEBP", "WebP" },
  { 0, 4, "II*\0", "TIFF" },
  { 0, 4, "MM\0*", "TIFF" },
  { 0, 4, "II+\0", "TIFF" },
  { 0, 4, "MM\0+", "TIFF" },
  { 0, 4, "8BPS", "PSD" },
  { 0, 5, "%PDF-", "PDF" },
  { 0, 4, "%!PS", "PostScript" },
  { 0, 4, "\0\0\1\0", "ICO" },
  { 0, 4, "\0\0\2\0", "ICO" },
  { 0, 8, "\x8aMNG\r\n\x1a\n", "MNG" },
  { 0, 8, "gimp xcf", "XCF" },
  { 0, 12, "\0\0\0\x0cjP  \r\n\x87\n", "JPEG 2000" },
  { 0, 4, "\xff\x4f\xff\x51", "JPEG 2000" },
  { 0, 12, "\0\0\0\x0cJXL \r\n\x87\n", "JPEG XL" },
  { 0, 2, "\xff\x0a", "JPEG XL" },
  { 0, 15, "FUJIFILMCCD-RAW", "RAW" },
  { 0, 4, "IIRO", "RAW" },
  { 0, 4, "IIU\0", "RAW" },
  { 0, 4, "FOVb", "RAW" },
};

/* Brands of the ISO base media format, "ftyp" at 4. */
static const Mark brands[] = {
  { 8, 4, "avif", "AVIF" }, { 8, 4, "avis", "AVIF" }, { 8, 4, "crx ", "RAW" },
  { 8, 3, "hei", "HEIC" },  { 8, 3, "hev", "HEIC" },  { 8, 4, "mif1", "HEIC" },
  { 8, 4, "msf1", "HEIC" },
};

static const char *
find_mark (const Mark *list, gsize n, const guint8 *bytes, gsize length)
{
  for (gsize i = 0; i < n; i++)
    if (length >= list[i].offset + list[i].length
        && memcmp (bytes + list[i].offset, list[i].bytes, list[i].length) == 0)
      return list[i].name;
  return NULL;
}

/* mif1 and msf1 say only "a still picture": the compatible brands tell which. */
static const char *
sniff_media (const guint8 *bytes, gsize length)
{
  const char *name;

  if (length < 12 || memcmp (bytes + 4, "ftyp", 4) != 0)
    return NULL;
  name = find_mark (brands, G_N_ELEMENTS (brands), bytes, length);
  if (name != NULL && (memcmp (bytes + 8, "mif1", 4) == 0 || memcmp (bytes + 8, "msf1", 4) == 0)
      && memmem (bytes, MIN (length, 64), "avif", 4) != NULL)
    return "AVIF";
  return name;
}

/* Text that opens an <svg> early: behind a byte order mark, a declaration, comments. */
static const char *
sniff_svg (const guint8 *bytes, gsize length)
{
  gsize at = length >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

  while (at < length && g_ascii_isspace (bytes[at]))
    at++;
  if (at == length || bytes[at] != '<')
    return NULL;
  return memmem (bytes, length, "<svg", 4) != NULL || memmem (bytes, length, ":svg", 4) != NULL
           ? "SVG"
           : NULL;
}

/* "BM" begins many a text; the reserved words of the header are 0 in every bitmap. */
static const char *
sniff_bmp (const guint8 *bytes, gsize length)
{
  return length >= 26 && memcmp (bytes, "BM", 2) == 0 && memcmp (bytes + 6, "\0\0\0\0", 4) == 0
             ? "BMP"
             : NULL;
}

const char *
wb_picture_sniff (const guint8 *bytes, gsize length, WbPictureKind *kind)
{
  const char *name;

  *kind = WB_PICTURE_OTHER;
  if (length >= 3 && memcmp (bytes, "\xff\xd8\xff", 3) == 0)
    {
      *kind = WB_PICTURE_JPEG;
      return "JPEG";
    }
  if (length >= 8 && memcmp (bytes, "\x89PNG\r\n\x1a\n", 8) == 0)
    {
      *kind = WB_PICTURE_PNG;
      return "PNG";
    }
  name = find_mark (marks, G_N_ELEMENTS (marks), bytes, length);
  if (name == NULL)
    name = sniff_media (bytes, length);
  if (name == NULL)
    name = sniff_bmp (bytes, length);
  return name != NULL ? name : sniff_svg (bytes, length);
}
