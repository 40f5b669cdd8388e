// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE /* memfd_create */
#include "wb-media-test.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include <jpeglib.h>

static char *
sample_path (const char *name)
{
  return g_build_filename (g_getenv ("WB_MEDIA_SAMPLES"), name, NULL);
}

int
wb_media_test_sample (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = sample_path (name);
  int fd = wb_picture_open (path, &error);

  g_assert_no_error (error);
  g_assert_cmpint (fd, >=, 0);
  return fd;
}

guint8 *
wb_media_test_sample_bytes (const char *name, gsize *length)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = sample_path (name);
  char *bytes = NULL;

  g_file_get_contents (path, &bytes, length, &error);
  g_assert_no_error (error);
  return (guint8 *) bytes;
}

int
wb_media_test_fd (const void *bytes, gsize length)
{
  int fd = memfd_create ("picture", MFD_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, bytes, length), ==, (gssize) length);
  return fd;
}

static JSAMPROW
row_of (GdkPixbuf *rgb, guint y)
{
  return gdk_pixbuf_get_pixels (rgb) + y * (gsize) gdk_pixbuf_get_rowstride (rgb);
}

/* Any error ends the test, as libjpeg does it of itself. */
GdkPixbuf *
wb_media_test_decode_jpeg (const guint8 *bytes, gsize length, guint divisor)
{
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
      JSAMPROW row = row_of (pixels, jpeg.output_scanline);

      jpeg_read_scanlines (&jpeg, &row, 1);
    }
  jpeg_finish_decompress (&jpeg);
  jpeg_destroy_decompress (&jpeg);
  return pixels;
}

guint8 *
wb_media_test_encode_jpeg (GdkPixbuf *rgb, gsize *length)
{
  struct jpeg_compress_struct jpeg;
  struct jpeg_error_mgr errors;
  guint8 *bytes = NULL;
  unsigned long size = 0;

  jpeg.err = jpeg_std_error (&errors);
  jpeg_create_compress (&jpeg);
  jpeg_mem_dest (&jpeg, &bytes, &size);
  jpeg.image_width = (JDIMENSION) gdk_pixbuf_get_width (rgb);
  jpeg.image_height = (JDIMENSION) gdk_pixbuf_get_height (rgb);
  jpeg.input_components = 3;
  jpeg.in_color_space = JCS_RGB;
  jpeg_set_defaults (&jpeg);
  jpeg_set_quality (&jpeg, 95, TRUE);
  jpeg_start_compress (&jpeg, TRUE);
  while (jpeg.next_scanline < jpeg.image_height)
    {
      JSAMPROW row = row_of (rgb, jpeg.next_scanline);

      jpeg_write_scanlines (&jpeg, &row, 1);
    }
  jpeg_finish_compress (&jpeg);
  jpeg_destroy_compress (&jpeg);
  *length = size;
  return bytes;
}

guint8 *
wb_media_test_jpeg (int width, int height, gsize *length)
{
  static const guint32 quarters[] = { 0xff0000ff, 0x00ff00ff, 0x0000ffff, 0xffff00ff };
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);

  for (int i = 0; i < 4; i++)
    {
      int x = i % 2 * (width / 2), y = i / 2 * (height / 2);
      g_autoptr (GdkPixbuf) quarter = gdk_pixbuf_new_subpixbuf (
          pixbuf, x, y, i % 2 ? width - x : width / 2, i / 2 ? height - y : height / 2);

      gdk_pixbuf_fill (quarter, quarters[i]);
    }
  return wb_media_test_encode_jpeg (pixbuf, length);
}

GByteArray *
wb_media_test_insert (const guint8 *jpeg, gsize length, guint8 marker, const void *segment,
                      gsize bytes)
{
  GByteArray *out = g_byte_array_new ();
  const guint8 head[] = { 0xff, marker, (guint8) ((bytes + 2) >> 8), (guint8) ((bytes + 2) & 255) };

  g_byte_array_append (out, jpeg, 2);
  g_byte_array_append (out, head, sizeof head);
  g_byte_array_append (out, segment, (guint) bytes);
  g_byte_array_append (out, jpeg + 2, (guint) length - 2);
  return out;
}

GByteArray *
wb_media_test_with_orientation (const guint8 *jpeg, gsize length, guint orientation)
{
  /* Big-endian with an entry before the one that counts. */
  guint8 exif[] = "Exif\0\0MM\0*\0\0\0\x08\0\x02"
                  "\x01\x0e\0\x02\0\0\0\x04wb\0\0"
                  "\x01\x12\0\x03\0\0\0\x01\0\0\0\0"
                  "\0\0\0\0";

  exif[6 + 8 + 2 + 12 + 9] = (guint8) orientation;
  return wb_media_test_insert (jpeg, length, 0xe1, exif, sizeof exif - 1);
}

static guint32
crc (const guint8 *bytes, gsize length)
{
  guint32 sum = 0xffffffffu;

  for (gsize i = 0; i < length; i++)
    {
      sum ^= bytes[i];
      for (int bit = 0; bit < 8; bit++)
        sum = sum & 1 ? sum >> 1 ^ 0xedb88320u : sum >> 1;
    }
  return ~sum;
}

GByteArray *
wb_media_test_chunk (const guint8 *png, gsize length, const char *type, const void *data,
                     gsize bytes)
{
  const guint header_end = 8 + 25;
  GByteArray *out = g_byte_array_new ();
  guint32 size = GUINT32_TO_BE ((guint32) bytes), sum;

  g_byte_array_append (out, png, header_end);
  g_byte_array_append (out, (const guint8 *) &size, 4);
  g_byte_array_append (out, (const guint8 *) type, 4);
  g_byte_array_append (out, data, (guint) bytes);
  sum = GUINT32_TO_BE (crc (out->data + header_end + 4, bytes + 4));
  g_byte_array_append (out, (const guint8 *) &sum, 4);
  g_byte_array_append (out, png + header_end, (guint) length - header_end);
  return out;
}

GdkPixbuf *
wb_media_test_decode (GBytes *made)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (made, &length);
  GdkPixbuf *pixbuf = wb_media_test_decode_jpeg (bytes, length, 1);

  g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, 648);
  g_assert_cmpint (gdk_pixbuf_get_height (pixbuf), ==, 648);
  return pixbuf;
}

void
wb_media_test_assert_colour (GdkPixbuf *pixbuf, double x, double y, guint32 rgb)
{
  int at_x = (int) (x * gdk_pixbuf_get_width (pixbuf)),
      at_y = (int) (y * gdk_pixbuf_get_height (pixbuf));
  const guint8 *pixel = gdk_pixbuf_read_pixels (pixbuf) + at_y * gdk_pixbuf_get_rowstride (pixbuf)
                        + at_x * gdk_pixbuf_get_n_channels (pixbuf);

  for (int i = 0; i < 3; i++)
    {
      int want = rgb >> (16 - 8 * i) & 255;

      g_assert_cmpint (pixel[i], >=, want - 24);
      g_assert_cmpint (pixel[i], <=, want + 24);
    }
}

gint64
wb_media_test_cpu_us (void)
{
  struct timespec now;

  g_assert_no_errno (clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now));
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

guint64
wb_media_test_kib (const char *key)
{
  g_autofree char *text = NULL;
  const char *at;

  g_assert_true (g_file_get_contents ("/proc/self/status", &text, NULL, NULL));
  at = strstr (text, key);
  g_assert_nonnull (at);
  return g_ascii_strtoull (at + strlen (key), NULL, 10);
}
