// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE /* memmem */
#include "wb-media-test.h"

#include <lcms2.h>
#include <string.h>
#include <unistd.h>

enum { RED = 0xff0000, GREEN = 0x00ff00, BLUE = 0x0000ff, YELLOW = 0xffff00, WHITE = 0xffffff };

static GdkPixbuf *
make_with (int fd, const WbCrop *wanted, WbPictureInfo *info)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) made = NULL;
  WbCrop crop;

  wb_picture_probe (fd, info, &error);
  g_assert_no_error (error);
  wb_crop_start (&crop, info->orientation < 5 ? info->width : info->height,
                 info->orientation < 5 ? info->height : info->width);
  made = wb_picture_make (fd, info, wanted != NULL ? wanted : &crop, &error);
  g_assert_no_error (error);
  return wb_media_test_decode (made);
}

static GdkPixbuf *
make_sample (const char *name, WbPictureInfo *info)
{
  int fd = wb_media_test_sample (name);
  GdkPixbuf *made = make_with (fd, NULL, info);

  close (fd);
  return made;
}

static void
assert_quarters (GdkPixbuf *pixbuf, guint32 a, guint32 b, guint32 c, guint32 d)
{
  wb_media_test_assert_colour (pixbuf, .2, .2, a);
  wb_media_test_assert_colour (pixbuf, .8, .2, b);
  wb_media_test_assert_colour (pixbuf, .2, .8, c);
  wb_media_test_assert_colour (pixbuf, .8, .8, d);
}

/* Stored are red, green / blue, yellow; what each orientation makes of it was checked against Exif's table. */
static const guint32 upright[9][4] = {
  { 0 },
  { RED, GREEN, BLUE, YELLOW },
  { GREEN, RED, YELLOW, BLUE },
  { YELLOW, BLUE, GREEN, RED },
  { BLUE, YELLOW, RED, GREEN },
  { RED, BLUE, GREEN, YELLOW },
  { BLUE, RED, YELLOW, GREEN },
  { YELLOW, GREEN, BLUE, RED },
  { GREEN, YELLOW, RED, BLUE },
};

static void
test_orientations (void)
{
  gsize length;
  /* Large enough that the decoder scales. */
  g_autofree guint8 *jpeg = wb_media_test_jpeg (3000, 2000, &length);

  for (guint i = 1; i <= 8; i++)
    {
      g_autoptr (GByteArray) turned = wb_media_test_with_orientation (jpeg, length, i);
      int fd = wb_media_test_fd (turned->data, turned->len);
      const guint32 *want = upright[i];
      WbPictureInfo info;
      g_autoptr (GdkPixbuf) made = make_with (fd, NULL, &info);
      g_autoptr (GdkPixbuf) loaded = wb_picture_load (fd, &info, 100, NULL);

      /* Lying pictures stand: a third of 1000 rows is cut off above, so the middle is not the middle. */
      if (i >= 5)
        {
          wb_media_test_assert_colour (made, .2, .2, want[0]);
          wb_media_test_assert_colour (made, .8, .2, want[1]);
          wb_media_test_assert_colour (made, .2, .95, want[2]);
          wb_media_test_assert_colour (made, .8, .95, want[3]);
        }
      else
        assert_quarters (made, want[0], want[1], want[2], want[3]);
      assert_quarters (loaded, want[0], want[1], want[2], want[3]);
      g_assert_cmpint (gdk_pixbuf_get_width (loaded), ==, i >= 5 ? 100 : 150);
      g_assert_cmpint (gdk_pixbuf_get_height (loaded), ==, i >= 5 ? 150 : 100);
      close (fd);
    }
}

static void
test_turns (void)
{
  static const guint32 turned[4][4] = {
    { RED, GREEN, BLUE, YELLOW },
    { BLUE, RED, YELLOW, GREEN },
    { YELLOW, BLUE, GREEN, RED },
    { GREEN, YELLOW, RED, BLUE },
  };
  int fd = wb_media_test_sample ("plain.jpg");

  for (guint i = 0; i < 4; i++)
    {
      WbCrop crop = { .5, .5, 1, i };
      WbPictureInfo info;
      g_autoptr (GdkPixbuf) made = make_with (fd, &crop, &info);

      assert_quarters (made, turned[i][0], turned[i][1], turned[i][2], turned[i][3]);
    }
  close (fd);
}

/* Each quarter is one colour when zoomed into, in whatever orientation and turn the picture lies. */
static void
test_zoom (void)
{
  gsize length;
  g_autofree guint8 *jpeg = wb_media_test_jpeg (1600, 1600, &length);

  for (guint i = 1; i <= 8; i++)
    for (guint turns = 0; turns < 4; turns++)
      for (guint quarter = 0; quarter < 4; quarter++)
        {
          g_autoptr (GByteArray) turned = wb_media_test_with_orientation (jpeg, length, i);
          int fd = wb_media_test_fd (turned->data, turned->len);
          WbCrop crop = { quarter % 2 ? .75 : .25, quarter / 2 ? .75 : .25, 2.2, turns };
          WbPictureInfo info;
          g_autoptr (GdkPixbuf) made = make_with (fd, &crop, &info);
          guint32 want = upright[i][quarter];

          wb_media_test_assert_colour (made, .01, .01, want);
          wb_media_test_assert_colour (made, .99, .01, want);
          wb_media_test_assert_colour (made, .01, .99, want);
          wb_media_test_assert_colour (made, .99, .99, want);
          close (fd);
        }
}

static void
test_kinds (void)
{
  static const char *const coloured[]
      = { "plain.jpg", "progressive.jpg", "scans.jpg",      "plain.png", "palette.png",
          "rgb16.png", "one-frame.png",   "interlaced.png", "cmyk.jpg" };
  static const char *const grey[] = { "grey.jpg", "grey.png" };
  WbPictureInfo info;

  for (guint i = 0; i < G_N_ELEMENTS (coloured); i++)
    {
      g_autoptr (GdkPixbuf) made = make_sample (coloured[i], &info);

      g_test_message ("%s", coloured[i]);
      assert_quarters (made, RED, GREEN, BLUE, YELLOW);
    }
  for (guint i = 0; i < G_N_ELEMENTS (grey); i++)
    {
      g_autoptr (GdkPixbuf) made = make_sample (grey[i], &info);

      assert_quarters (made, 0x4c4c4c, 0x969696, 0x1d1d1d, 0xe2e2e2);
    }
}

static const struct {
  const char *name;
  guint32 colours[4];
} png_kinds[] = {
  { "grey-1", { 0, WHITE, WHITE, 0 } },
  { "grey-2", { 0, 0x555555, 0xaaaaaa, WHITE } },
  { "grey-4", { 0, 0x555555, 0xaaaaaa, WHITE } },
  { "grey-8", { 0, 0x555555, 0xaaaaaa, WHITE } },
  { "grey-16", { 0, 0x555555, 0xaaaaaa, WHITE } },
  { "grey-2-key", { 0, WHITE, 0xaaaaaa, WHITE } },
  { "grey-16-key", { 0, 0x555555, WHITE, 0xaaaaaa } },
  { "palette-1", { RED, GREEN, GREEN, RED } },
  { "palette-2", { RED, GREEN, BLUE, YELLOW } },
  { "palette-4", { RED, GREEN, BLUE, YELLOW } },
  { "palette-8-alpha", { RED, WHITE, 0x7f7fff, YELLOW } },
  { "colours-8", { RED, GREEN, BLUE, YELLOW } },
  { "colours-8-key", { RED, WHITE, BLUE, YELLOW } },
  { "colours-16", { 0xff0055, 0x00ff55, 0x0055ff, 0xffff55 } },
  { "grey-alpha-8", { 0, 0x555555, WHITE, 0x7f7f7f } },
  { "grey-alpha-16", { 0, 0x555555, WHITE, 0x7f7f7f } },
  { "alpha-8", { RED, WHITE, 0x7f7fff, YELLOW } },
  { "alpha-16", { RED, WHITE, 0x7f7fff, YELLOW } },
  { "linear", { 0, 0x939393, 0xc8c8c8, WHITE } },
  { "linear-srgb", { 0, 0x4c4c4c, 0x969696, WHITE } },
};

static GdkPixbuf *
load_png_kind (const char *name, gboolean interlaced, guint side)
{
  g_autofree char *file = g_strconcat ("kind-", name, interlaced ? "-interlaced" : "", ".png", NULL);
  g_autoptr (GError) error = NULL;
  int fd = wb_media_test_sample (file);
  GdkPixbuf *loaded;
  WbPictureInfo info;

  g_test_message ("%s", file);
  wb_picture_probe (fd, &info, &error);
  g_assert_no_error (error);
  loaded = wb_picture_load (fd, &info, side, &error);
  g_assert_no_error (error);
  close (fd);
  return loaded;
}

/* Each pixel of each kind that a PNG may be of. */
static void
test_png_kinds (void)
{
  for (guint i = 0; i < 2 * G_N_ELEMENTS (png_kinds); i++)
    {
      const guint32 *colours = png_kinds[i / 2].colours;
      g_autoptr (GdkPixbuf) loaded = load_png_kind (png_kinds[i / 2].name, i % 2, 0);
      const guint8 *pixels = gdk_pixbuf_read_pixels (loaded);

      g_assert_cmpint (gdk_pixbuf_get_width (loaded), ==, 97);
      g_assert_cmpint (gdk_pixbuf_get_height (loaded), ==, 65);
      for (int y = 0; y < 65; y++)
        for (int x = 0; x < 97; x++)
          {
            const guint8 *at = pixels + y * gdk_pixbuf_get_rowstride (loaded) + x * 3;

            g_assert_cmphex ((guint32) at[0] << 16 | (guint32) at[1] << 8 | at[2], ==,
                             colours[(x >= 48) + 2 * (y >= 32)]);
          }
    }
}

/* A pixel of four by four, and of what remains of them at the edges. */
static void
test_png_kinds_small (void)
{
  for (guint i = 0; i < 2 * G_N_ELEMENTS (png_kinds); i++)
    {
      const guint32 *colours = png_kinds[i / 2].colours;
      g_autoptr (GdkPixbuf) loaded = load_png_kind (png_kinds[i / 2].name, i % 2, 16);

      g_assert_cmpint (gdk_pixbuf_get_height (loaded), ==, 16);
      assert_quarters (loaded, colours[0], colours[1], colours[2], colours[3]);
      wb_media_test_assert_colour (loaded, .99, 0, colours[1]);
      wb_media_test_assert_colour (loaded, 0, .99, colours[2]);
      wb_media_test_assert_colour (loaded, .99, .99, colours[3]);
    }
}

/* What programs of their own put into a picture may be larger than libpng likes a chunk. */
static void
test_png_large_chunk (void)
{
  const gsize bytes = 9 * 1000 * 1000;
  gsize length;
  g_autofree guint8 *plain = wb_media_test_sample_bytes ("plain.png", &length);
  g_autofree guint8 *zeros = g_malloc0 (bytes);
  g_autoptr (GByteArray) png = wb_media_test_chunk (plain, length, "wbXx", zeros, bytes);
  int fd = wb_media_test_fd (png->data, png->len);
  WbPictureInfo info;
  g_autoptr (GdkPixbuf) made = make_with (fd, NULL, &info);

  assert_quarters (made, RED, GREEN, BLUE, YELLOW);
  close (fd);
}

/* Its rows are all there long before they are right. */
static void
test_interlaced (void)
{
  WbPictureInfo info;
  g_autoptr (GdkPixbuf) made = make_sample ("interlaced-tall.png", &info);

  wb_media_test_assert_colour (made, .47, .2, RED);
  wb_media_test_assert_colour (made, .53, .2, GREEN);
  wb_media_test_assert_colour (made, .47, .63, RED);
  wb_media_test_assert_colour (made, .47, .70, BLUE);
  wb_media_test_assert_colour (made, .53, .99, YELLOW);
}

/* Much behind the end, as cameras and phones put there. */
static void
test_trailer (void)
{
  static const char *const names[] = { "plain.jpg", "progressive.jpg", "scans.jpg", "plain.png" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gsize length;
      g_autofree guint8 *bytes = wb_media_test_sample_bytes (names[i], &length);
      g_autoptr (GByteArray) long_one = g_byte_array_new ();
      g_autoptr (GdkPixbuf) made = NULL;
      WbPictureInfo info;
      int fd;

      for (guint n = 0; n < 400000 / length; n++)
        g_byte_array_append (long_one, bytes, (guint) length);
      fd = wb_media_test_fd (long_one->data, long_one->len);
      made = make_with (fd, NULL, &info);
      assert_quarters (made, RED, GREEN, BLUE, YELLOW);
      close (fd);
    }
}

static void
test_alpha (void)
{
  WbPictureInfo info;
  g_autoptr (GdkPixbuf) made = make_sample ("alpha.png", &info);

  assert_quarters (made, RED, WHITE, WHITE, WHITE);
}

/* A square of the middle of a 4000 × 3000 picture at zoom 4 has 750 pixels: fine lines must survive. */
static void
test_zoom_is_sharp (void)
{
  g_autoptr (GdkPixbuf) lines = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 4000, 3000);
  g_autofree guint8 *jpeg = NULL;
  WbCrop crop = { .5, .5, 4, 0 };
  WbPictureInfo info;
  gsize length;
  int fd, least = 255, most = 0;

  gdk_pixbuf_fill (lines, 0xffffffff);
  for (int x = 0; x < 4000; x += 8)
    {
      g_autoptr (GdkPixbuf) line = gdk_pixbuf_new_subpixbuf (lines, x, 0, 4, 3000);

      gdk_pixbuf_fill (line, 0);
    }
  jpeg = wb_media_test_encode_jpeg (lines, &length);
  fd = wb_media_test_fd (jpeg, length);
  {
    g_autoptr (GdkPixbuf) made = make_with (fd, &crop, &info);
    const guint8 *row = gdk_pixbuf_read_pixels (made) + 300 * gdk_pixbuf_get_rowstride (made);

    for (int x = 0; x < 648; x++)
      {
        least = MIN (least, row[x * 3]);
        most = MAX (most, row[x * 3]);
      }
  }
  g_assert_cmpint (least, <, 40);
  g_assert_cmpint (most, >, 215);
  /* No more than the square is kept of it. */
  g_assert_cmpuint (wb_picture_make_bytes (&info, &crop), <, 10 * 1000 * 1000);
  close (fd);
}

/* Segments but those that a decoder needs would carry what the owner does not want to send. */
static void
assert_bare (GBytes *made)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (made, &length), *at = bytes + 2;

  g_assert_cmpint (bytes[0], ==, 0xff);
  g_assert_cmpint (bytes[1], ==, 0xd8);
  while (at[1] != 0xda)
    {
      g_assert_cmpint (at[0], ==, 0xff);
      g_assert_true (at[1] == 0xe0 || at[1] == 0xdb || at[1] == 0xc0 || at[1] == 0xc4
                     || at[1] == 0xdd);
      if (at[1] == 0xe0)
        g_assert_cmpmem (at + 4, 5, "JFIF", 5);
      at += 2 + (at[2] << 8 | at[3]);
      g_assert_true (at + 2 < bytes + length);
    }
}

/* Linear: mid tones move far, 0x4c becomes about 0x95; with primaries as wide as Adobe RGB's. */
static GByteArray *
make_profile (gboolean grey)
{
  cmsCIExyY white = { .3127, .3290, 1 };
  cmsCIExyYTRIPLE wide = { { .64, .33, 1 }, { .21, .71, 1 }, { .15, .06, 1 } };
  cmsToneCurve *curve = cmsBuildGamma (NULL, 1.0), *curves[] = { curve, curve, curve };
  cmsHPROFILE profile
      = grey ? cmsCreateGrayProfile (&white, curve) : cmsCreateRGBProfile (&white, &wide, curves);
  GByteArray *bytes = g_byte_array_new ();
  cmsUInt32Number length = 0;

  cmsSaveProfileToMem (profile, NULL, &length);
  g_byte_array_set_size (bytes, length);
  cmsSaveProfileToMem (profile, bytes->data, &length);
  cmsCloseProfile (profile);
  cmsFreeToneCurve (curve);
  return bytes;
}

static GByteArray *
jpeg_with_profile (const guint8 *jpeg, gsize length, GByteArray *profile)
{
  g_autoptr (GByteArray) segment = g_byte_array_new ();

  g_byte_array_append (segment, (const guint8 *) "ICC_PROFILE\0\1\1", 14);
  g_byte_array_append (segment, profile->data, profile->len);
  return wb_media_test_insert (jpeg, length, 0xe2, segment->data, segment->len);
}

static GByteArray *
with_profile (const char *sample, GByteArray *profile)
{
  gsize length;
  g_autofree guint8 *jpeg = wb_media_test_sample_bytes (sample, &length);

  return jpeg_with_profile (jpeg, length, profile);
}

static GByteArray *
png_with_profile (const guint8 *png, gsize length, GByteArray *profile)
{
  g_autoptr (GZlibCompressor) zlib = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9);
  g_autoptr (GByteArray) chunk = g_byte_array_new ();
  guint8 packed[8192];
  gsize took, gave;

  g_assert_cmpint (g_converter_convert (G_CONVERTER (zlib), profile->data, profile->len, packed,
                                        sizeof packed, G_CONVERTER_INPUT_AT_END, &took, &gave,
                                        NULL),
                   ==, G_CONVERTER_FINISHED);
  g_byte_array_append (chunk, (const guint8 *) "wide\0\0", 6);
  g_byte_array_append (chunk, packed, (guint) gave);
  return wb_media_test_chunk (png, length, "iCCP", chunk->data, chunk->len);
}

/* Nothing of what it was taken with, by whom and where, nor a profile, is left in what is made of @picture. */
static void
assert_forgets (GByteArray *picture, guint orientation)
{
  static const char *const traces[]
      = { "Exif", "http://", "xap", "GPS", "home", "ICC_PROFILE", "acsp", "Photoshop" };
  int fd = wb_media_test_fd (picture->data, picture->len);
  g_autoptr (GBytes) made = NULL;
  WbPictureInfo info;
  WbCrop crop = { .5, .5, 1, 0 };

  g_assert_true (wb_picture_probe (fd, &info, NULL));
  g_assert_cmpuint (info.orientation, ==, orientation);
  g_assert_true (info.has_profile);
  made = wb_picture_make (fd, &info, &crop, NULL);
  assert_bare (made);
  for (guint i = 0; i < G_N_ELEMENTS (traces); i++)
    {
      g_assert_nonnull (memmem (picture->data, picture->len, traces[i], strlen (traces[i])));
      g_assert_null (memmem (g_bytes_get_data (made, NULL), g_bytes_get_size (made), traces[i],
                             strlen (traces[i])));
    }
  close (fd);
}

/* Consumes @jpeg. */
static GByteArray *
insert (GByteArray *jpeg, guint8 marker, const void *bytes, gsize length)
{
  GByteArray *more = wb_media_test_insert (jpeg->data, jpeg->len, marker, bytes, length);

  g_byte_array_unref (jpeg);
  return more;
}

static void
test_no_metadata_jpeg (void)
{
  gsize length;
  g_autofree guint8 *plain = wb_media_test_sample_bytes ("plain.jpg", &length);
  g_autoptr (GByteArray) profile = make_profile (FALSE);
  GByteArray *jpeg = wb_media_test_with_orientation (plain, length, 6);
  GByteArray *coloured;

  jpeg = insert (jpeg, 0xfe, "taken at home", 13);
  jpeg = insert (jpeg, 0xe1, "http://ns.adobe.com/xap/1.0/\0<GPS/>", 35);
  jpeg = insert (jpeg, 0xed,
                 "Photoshop 3.0\0"
                 "8BIM",
                 18);
  coloured = jpeg_with_profile (jpeg->data, jpeg->len, profile);
  assert_forgets (coloured, 6);
  g_byte_array_unref (coloured);
  g_byte_array_unref (jpeg);
}

static void
test_no_metadata_png (void)
{
  /* The names that a PNG has for the same things, and all of them in clear. */
  static const char traces[]
      = "Comment\0home GPS Exif Photoshop ICC_PROFILE acsp http://ns.adobe.com/xap/1.0/";
  static const guint8 exif[] = "MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x08\0\0\0\0\0\0";
  gsize length;
  g_autofree guint8 *plain = wb_media_test_sample_bytes ("plain.png", &length);
  g_autoptr (GByteArray) profile = make_profile (FALSE);
  g_autoptr (GByteArray) noted
      = wb_media_test_chunk (plain, length, "tEXt", traces, sizeof traces - 1);
  g_autoptr (GByteArray) turned
      = wb_media_test_chunk (noted->data, noted->len, "eXIf", exif, sizeof exif - 1);
  g_autoptr (GByteArray) png = png_with_profile (turned->data, turned->len, profile);

  assert_forgets (png, 8);
}

/* A picture of two greys in RGB. */
static int
greys_with_profile (const char *sample, GByteArray *profile)
{
  gsize length;
  g_autofree guint8 *bytes = wb_media_test_sample_bytes (sample, &length);
  g_autoptr (GByteArray) with = g_str_has_suffix (sample, ".png")
                                    ? png_with_profile (bytes, length, profile)
                                    : jpeg_with_profile (bytes, length, profile);

  return wb_media_test_fd (with->data, with->len);
}

static void
test_foreign_profile (gconstpointer sample)
{
  g_autoptr (GByteArray) profile = make_profile (FALSE);
  int fd = greys_with_profile (sample, profile);
  WbPictureInfo info;
  g_autoptr (GdkPixbuf) made = make_with (fd, NULL, &info);
  g_autoptr (GdkPixbuf) loaded = wb_picture_load (fd, &info, 0, NULL);

  g_assert_true (info.has_profile);
  g_assert_false (info.srgb);
  g_assert_true (info.converted);
  assert_quarters (made, 0x959595, 0x959595, 0xc9c9c9, 0xc9c9c9);
  assert_quarters (loaded, 0x959595, 0x959595, 0xc9c9c9, 0xc9c9c9);
  g_assert_cmpint (gdk_pixbuf_get_width (loaded), ==, 96);
  close (fd);
}

static void
test_grey_profile (void)
{
  g_autoptr (GByteArray) profile = make_profile (TRUE);
  g_autoptr (GByteArray) jpeg = with_profile ("grey.jpg", profile);
  int fd = wb_media_test_fd (jpeg->data, jpeg->len);
  WbPictureInfo info;
  g_autoptr (GdkPixbuf) made = make_with (fd, NULL, &info);

  g_assert_false (info.srgb);
  assert_quarters (made, 0x959595, 0xc9c9c9, 0x5f5f5f, 0xf1f1f1);
  close (fd);
}

static void
test_srgb_profile (void)
{
  cmsHPROFILE srgb = cmsCreate_sRGBProfile ();
  g_autoptr (GByteArray) profile = g_byte_array_new ();
  g_autoptr (GByteArray) jpeg = NULL;
  cmsUInt32Number length = 0;
  WbPictureInfo info;
  int fd;

  cmsSaveProfileToMem (srgb, NULL, &length);
  g_byte_array_set_size (profile, length);
  cmsSaveProfileToMem (srgb, profile->data, &length);
  cmsCloseProfile (srgb);
  jpeg = with_profile ("plain.jpg", profile);
  fd = wb_media_test_fd (jpeg->data, jpeg->len);
  g_assert_true (wb_picture_probe (fd, &info, NULL));
  g_assert_true (info.has_profile);
  g_assert_true (info.srgb);
  g_assert_false (info.converted);
  close (fd);
}

/* The walk judged one picture, the file holds another by now. */
static void
test_changed (void)
{
  g_autoptr (GError) error = NULL;
  gsize length;
  g_autofree guint8 *jpeg = wb_media_test_jpeg (64, 96, &length);
  int fd = wb_media_test_sample ("plain.jpg"), other = wb_media_test_fd (jpeg, length);
  WbPictureInfo info;
  WbCrop crop = { .5, .5, 1, 0 };

  g_assert_true (wb_picture_probe (fd, &info, NULL));
  g_assert_null (wb_picture_make (other, &info, &crop, &error));
  g_assert_error (error, WB_MEDIA_ERROR, WB_MEDIA_ERROR_CHANGED);
  g_clear_error (&error);
  info.file_bytes = length;
  g_assert_null (wb_picture_make (other, &info, &crop, &error));
  g_assert_error (error, WB_MEDIA_ERROR, WB_MEDIA_ERROR_CHANGED);
  close (fd);
  close (other);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/make/orientations", test_orientations);
  g_test_add_func ("/picture/make/turns", test_turns);
  g_test_add_func ("/picture/make/zoom", test_zoom);
  g_test_add_func ("/picture/make/zoom-is-sharp", test_zoom_is_sharp);
  g_test_add_func ("/picture/make/kinds", test_kinds);
  g_test_add_func ("/picture/make/png-kinds", test_png_kinds);
  g_test_add_func ("/picture/make/png-kinds-small", test_png_kinds_small);
  g_test_add_func ("/picture/make/png-large-chunk", test_png_large_chunk);
  g_test_add_func ("/picture/make/interlaced", test_interlaced);
  g_test_add_func ("/picture/make/trailer", test_trailer);
  g_test_add_func ("/picture/make/alpha-over-white", test_alpha);
  g_test_add_func ("/picture/make/no-metadata-jpeg", test_no_metadata_jpeg);
  g_test_add_func ("/picture/make/no-metadata-png", test_no_metadata_png);
  g_test_add_data_func ("/picture/profile/foreign-jpeg", "greys.jpg", test_foreign_profile);
  g_test_add_data_func ("/picture/profile/foreign-png", "greys.png", test_foreign_profile);
  g_test_add_func ("/picture/profile/grey", test_grey_profile);
  g_test_add_func ("/picture/profile/srgb", test_srgb_profile);
  g_test_add_func ("/picture/make/changed", test_changed);
  return g_test_run ();
}
