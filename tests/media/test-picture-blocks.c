// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later

/* Progressive JPEGs, whose coefficients we keep ourselves, against libjpeg left to itself. */
#include "wb-media-test.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <jpeglib.h>

/* Any error ends the test, as libjpeg does it of itself. */
static GdkPixbuf *
decode_plainly (const char *name, guint divisor)
{
  gsize length;
  g_autofree guint8 *bytes = wb_media_test_sample_bytes (name, &length);
  struct jpeg_decompress_struct jpeg;
  struct jpeg_error_mgr errors;
  GdkPixbuf *pixels;

  jpeg.err = jpeg_std_error (&errors);
  jpeg_create_decompress (&jpeg);
  jpeg_mem_src (&jpeg, bytes, length);
  jpeg_read_header (&jpeg, TRUE);
  jpeg.scale_num = 1;
  jpeg.scale_denom = divisor;
  jpeg.out_color_space = JCS_RGB;
  jpeg.do_block_smoothing = FALSE;
  jpeg_start_decompress (&jpeg);
  pixels = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, (int) jpeg.output_width,
                           (int) jpeg.output_height);
  while (jpeg.output_scanline < jpeg.output_height)
    {
      JSAMPROW row = gdk_pixbuf_get_pixels (pixels)
                     + jpeg.output_scanline * (gsize) gdk_pixbuf_get_rowstride (pixels);

      jpeg_read_scanlines (&jpeg, &row, 1);
    }
  jpeg_finish_decompress (&jpeg);
  jpeg_destroy_decompress (&jpeg);
  return pixels;
}

/* How alike in dB, as is usual; infinite for equal ones. */
static double
likeness (GdkPixbuf *a, GdkPixbuf *b)
{
  int width = gdk_pixbuf_get_width (a), height = gdk_pixbuf_get_height (a);
  double sum = 0;

  g_assert_cmpint (gdk_pixbuf_get_width (b), ==, width);
  g_assert_cmpint (gdk_pixbuf_get_height (b), ==, height);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width * 3; x++)
      {
        int one = gdk_pixbuf_read_pixels (a)[y * gdk_pixbuf_get_rowstride (a) + x];
        int other = gdk_pixbuf_read_pixels (b)[y * gdk_pixbuf_get_rowstride (b) + x];

        sum += (one - other) * (one - other);
      }
  return 10 * log10 (255.0 * 255.0 * width * height * 3 / sum);
}

static void
assert_like (const char *name, guint divisor, guint side, double least)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) plain = decode_plainly (name, divisor), loaded = NULL;
  int fd = wb_media_test_sample (name);
  WbPictureInfo info;
  double found;

  g_assert_true (wb_picture_probe (fd, &info, NULL));
  g_assert_true (info.progressive);
  loaded = wb_picture_load (fd, &info, side, &error);
  g_assert_no_error (error);
  found = likeness (plain, loaded);
  g_test_message ("%s at 1/%u: %.1f dB", name, divisor, found);
  g_assert_cmpfloat (found, >=, least);
  close (fd);
}

/* Much noise, more than a photograph has: from 40 dB on nobody sees a difference. */
static void
test_samplings (void)
{
  static const char *const names[] = { "rough-444.jpg", "rough-422.jpg", "rough-420.jpg" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      assert_like (names[i], 8, 150, 48);
      assert_like (names[i], 4, 300, 40);
      assert_like (names[i], 2, 600, INFINITY);
      assert_like (names[i], 1, 0, INFINITY);
    }
}

static void
test_scan_a_colour (void)
{
  assert_like ("scans.jpg", 8, 8, 48);
  assert_like ("scans.jpg", 4, 16, 40);
  assert_like ("scans.jpg", 2, 32, INFINITY);
  assert_like ("scans.jpg", 1, 0, INFINITY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/blocks/samplings", test_samplings);
  g_test_add_func ("/picture/blocks/scan-a-colour", test_scan_a_colour);
  return g_test_run ();
}
