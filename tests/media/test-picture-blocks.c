// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later

/* Progressive JPEGs, whose coefficients we keep ourselves, against libjpeg left to itself. */
#include "wb-media-test.h"

#include <math.h>
#include <unistd.h>

static GdkPixbuf *
decode_plainly (const char *name, guint divisor)
{
  gsize length;
  g_autofree guint8 *bytes = wb_media_test_sample_bytes (name, &length);

  return wb_media_test_decode_jpeg (bytes, length, divisor);
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
