// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE /* memmem */
#include "wb-media-test.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
  char *folder;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = g_dir_make_tmp ("wb-media-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_rmdir (self->folder);
  g_free (self->folder);
}

static void
refuse (const void *bytes, gsize length, WbMediaError code, const char *kind_name)
{
  g_autoptr (GError) error = NULL;
  int fd = wb_media_test_fd (bytes, length);
  WbPictureInfo info;

  g_assert_false (wb_picture_probe (fd, &info, &error));
  g_assert_error (error, WB_MEDIA_ERROR, (int) code);
  g_assert_cmpstr (info.kind_name, ==, kind_name);
  g_assert_cmpuint (info.file_bytes, ==, length);
  g_assert_cmpuint (info.present_bytes, ==, length);
  close (fd);
}

static WbPictureInfo
probe (const char *name)
{
  g_autoptr (GError) error = NULL;
  int fd = wb_media_test_sample (name);
  WbPictureInfo info;

  wb_picture_probe (fd, &info, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (info.width, ==, 96);
  g_assert_cmpuint (info.height, ==, 64);
  g_assert_cmpuint (info.present_bytes, ==, info.needed_bytes);
  close (fd);
  return info;
}

typedef struct {
  const char *name;
  WbPictureInfo info;
} Kind;

static const Kind kinds[] = {
  { "plain.jpg", { .kind_name = "JPEG", .bits = 8, .channels = 3, .srgb = TRUE } },
  { "progressive.jpg",
    { .kind_name = "JPEG", .bits = 8, .channels = 3, .srgb = TRUE, .progressive = TRUE } },
  /* Sequential, but all of it is held at once. */
  { "scans.jpg",
    { .kind_name = "JPEG", .bits = 8, .channels = 3, .srgb = TRUE, .progressive = TRUE } },
  { "grey.jpg",
    { .kind_name = "JPEG", .bits = 8, .channels = 1, .srgb = TRUE, .converted = TRUE } },
  { "cmyk.jpg",
    { .kind_name = "JPEG", .bits = 8, .channels = 4, .cmyk = TRUE, .converted = TRUE } },
  { "plain.png", { .kind_name = "PNG", .bits = 8, .channels = 3, .srgb = TRUE } },
  { "palette.png",
    { .kind_name = "PNG", .bits = 8, .channels = 1, .srgb = TRUE, .converted = TRUE } },
  { "grey.png", { .kind_name = "PNG", .bits = 8, .channels = 1, .srgb = TRUE, .converted = TRUE } },
  { "bits.png", { .kind_name = "PNG", .bits = 1, .channels = 1, .srgb = TRUE, .converted = TRUE } },
  { "alpha.png",
    { .kind_name = "PNG", .bits = 8, .channels = 4, .srgb = TRUE, .converted = TRUE } },
  { "rgb16.png",
    { .kind_name = "PNG", .bits = 16, .channels = 3, .srgb = TRUE, .converted = TRUE } },
  { "gamma.png", { .kind_name = "PNG", .bits = 8, .channels = 3, .srgb = TRUE, .converted = TRUE } },
  { "gamma-srgb.png", { .kind_name = "PNG", .bits = 8, .channels = 3, .srgb = TRUE } },
  { "one-frame.png", { .kind_name = "PNG", .bits = 8, .channels = 3, .srgb = TRUE } },
};

static void
test_kinds (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const WbPictureInfo *want = &kinds[i].info;
      WbPictureInfo info = probe (kinds[i].name);

      g_test_message ("%s", kinds[i].name);
      g_assert_cmpstr (info.kind_name, ==, want->kind_name);
      g_assert_cmpuint (info.bits, ==, want->bits);
      g_assert_cmpuint (info.channels, ==, want->channels);
      g_assert_cmpuint (info.frames, ==, 1);
      g_assert_cmpuint (info.orientation, ==, 1);
      g_assert_cmpint (info.progressive, ==, want->progressive);
      g_assert_cmpint (info.cmyk, ==, want->cmyk);
      g_assert_cmpint (info.srgb, ==, want->srgb);
      g_assert_cmpint (info.converted, ==, want->converted);
      g_assert_false (info.has_profile);
    }
}

static const struct {
  const char *bytes;
  gsize length;
  const char *name;
} others[] = {
#define OTHER(bytes, name)                                                                         \
  {                                                                                                \
    bytes, sizeof bytes - 1, name                                                                  \
  }
  OTHER ("GIF89a\1\0\1\0\0\0\0;", "GIF"),
  OTHER ("GIF87a\1\0\1\0\0\0\0;", "GIF"),
  OTHER ("RIFF\x10\0\0\0WEBPVP8 ", "WebP"),
  OTHER ("II*\0\x08\0\0\0", "TIFF"),
  OTHER ("MM\0*\0\0\0\x08", "TIFF"),
  OTHER ("8BPS\0\1", "PSD"),
  OTHER ("%PDF-1.7\n", "PDF"),
  OTHER ("\0\0\1\0\1\0", "ICO"),
  OTHER ("BM\x9a\0\0\0\0\0\0\0\x7a\0\0\0\x6c\0\0\0\1\0\0\0\1\0\0\0", "BMP"),
  OTHER ("\0\0\0\x18"
         "ftypheic\0\0\0\0mif1heic",
         "HEIC"),
  OTHER ("\0\0\0\x18"
         "ftypmif1\0\0\0\0mif1heic",
         "HEIC"),
  OTHER ("\0\0\0\x18"
         "ftypmif1\0\0\0\0mif1avif",
         "AVIF"),
  OTHER ("\0\0\0\x1c"
         "ftypavif\0\0\0\0avifmif1",
         "AVIF"),
  OTHER ("\0\0\0\x0cjP  \r\n\x87\n", "JPEG 2000"),
  OTHER ("\xff\x0a\0\0", "JPEG XL"),
  OTHER ("<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
  OTHER ("\xef\xbb\xbf\n<?xml version='1.0'?>\n<!-- drawn -->\n<svg/>", "SVG"),
};

static void
test_other_kinds (void)
{
  static const char *const samples[][2] = {
    { "other.gif", "GIF" }, { "other.webp", "WebP" }, { "other.tiff", "TIFF" },
    { "other.bmp", "BMP" }, { "other.ico", "ICO" },   { "other.pdf", "PDF" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    refuse (others[i].bytes, others[i].length, WB_MEDIA_ERROR_KIND, others[i].name);
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      gsize length;
      g_autofree guint8 *bytes = wb_media_test_sample_bytes (samples[i][0], &length);

      refuse (bytes, length, WB_MEDIA_ERROR_KIND, samples[i][1]);
    }
}

/* Changes the marker of the frame in a plain JPEG: kinds of JPEG that nothing here decodes. */
static void
test_jpeg_kinds (void)
{
  gsize length;
  g_autofree guint8 *bytes = wb_media_test_sample_bytes ("plain.jpg", &length);
  guint8 *frame = memmem (bytes, length, "\xff\xc0\0\x11", 4);

  g_assert_nonnull (frame);
  frame[1] = 0xc3;
  refuse (bytes, length, WB_MEDIA_ERROR_KIND, "lossless JPEG");
  frame[1] = 0xc5;
  refuse (bytes, length, WB_MEDIA_ERROR_KIND, "hierarchical JPEG");
  frame[1] = 0xc1;
  frame[4] = 12;
  refuse (bytes, length, WB_MEDIA_ERROR_KIND, "12-bit JPEG");
}

static void
test_no_picture (void)
{
  g_autofree guint8 *large = g_malloc0 (65536);

  refuse ("", 0, WB_MEDIA_ERROR_EMPTY, NULL);
  refuse ("x", 1, WB_MEDIA_ERROR_NOT_A_PICTURE, NULL);
  refuse ("<html><body>404</body></html>", 29, WB_MEDIA_ERROR_NOT_A_PICTURE, NULL);
  refuse ("BMW is a car, not a bitmap, honestly", 36, WB_MEDIA_ERROR_NOT_A_PICTURE, NULL);
  refuse (large, 65536, WB_MEDIA_ERROR_NOT_A_PICTURE, NULL);
}

static void
test_too_large (void)
{
  g_autoptr (GError) error = NULL;
  int fd = wb_media_test_fd ("\xff\xd8\xff", 3);
  WbPictureInfo info;

  g_assert_no_errno (ftruncate (fd, (off_t) wb_picture_limits.file_bytes + 1));
  g_assert_false (wb_picture_probe (fd, &info, &error));
  g_assert_error (error, WB_MEDIA_ERROR, WB_MEDIA_ERROR_TOO_LARGE);
  g_assert_cmpuint (info.file_bytes, ==, wb_picture_limits.file_bytes + 1);
  close (fd);
}

/* Both numbers of a frame header; the limits of sequential and progressive differ. */
static void
set_size (guint8 *frame, guint width, guint height)
{
  frame[5] = (guint8) (height >> 8);
  frame[6] = (guint8) height;
  frame[7] = (guint8) (width >> 8);
  frame[8] = (guint8) width;
}

static void
test_too_many_pixels (void)
{
  gsize length, progressive_length, scans_length;
  g_autofree guint8 *plain = wb_media_test_sample_bytes ("plain.jpg", &length);
  g_autofree guint8 *progressive
      = wb_media_test_sample_bytes ("progressive.jpg", &progressive_length);
  g_autofree guint8 *scans = wb_media_test_sample_bytes ("scans.jpg", &scans_length);
  guint8 *frame = memmem (plain, length, "\xff\xc0\0\x11", 4);
  guint8 *late = memmem (progressive, progressive_length, "\xff\xc2\0\x11", 4);
  guint8 *split = memmem (scans, scans_length, "\xff\xc0\0\x11", 4);
  int fd;
  WbPictureInfo info;
  WbCrop crop;

  set_size (frame, 20001, 10000);
  refuse (plain, length, WB_MEDIA_ERROR_TOO_MANY_PIXELS, "JPEG");
  set_size (late, 8000, 5001);
  refuse (progressive, progressive_length, WB_MEDIA_ERROR_TOO_MANY_PIXELS, "JPEG");
  set_size (split, 8000, 5001);
  refuse (scans, scans_length, WB_MEDIA_ERROR_TOO_MANY_PIXELS, "JPEG");

  /* The limit itself is allowed, and what a sequential one may have is known by its header. */
  set_size (frame, 20000, 10000);
  fd = wb_media_test_fd (plain, length);
  g_assert_true (wb_picture_probe (fd, &info, NULL));
  wb_crop_start (&crop, info.width, info.height);
  g_assert_cmpuint (wb_picture_make_bytes (&info, &crop), <, wb_picture_limits.pool_bytes / 2);
  close (fd);
}

static void
test_bomb (void)
{
  g_autoptr (GError) error = NULL;
  int fd = wb_media_test_sample ("bomb.png");
  guint64 before = wb_media_test_kib ("VmHWM:");
  gint64 start = wb_media_test_cpu_us ();
  WbPictureInfo info;

  g_assert_false (wb_picture_probe (fd, &info, &error));
  g_assert_cmpint (wb_media_test_cpu_us () - start, <, 50 * 1000 * WB_MEDIA_TEST_SLOWER);
  g_assert_cmpuint (wb_media_test_kib ("VmHWM:") - before, <, 20 * 1024);
  g_assert_error (error, WB_MEDIA_ERROR, WB_MEDIA_ERROR_TOO_MANY_PIXELS);
  g_assert_cmpuint (info.width, ==, 20000);
  g_assert_cmpuint (info.height, ==, 20000);
  close (fd);
}

static void
test_animated (void)
{
  g_autoptr (GError) error = NULL;
  int fd = wb_media_test_sample ("animated.png");
  WbPictureInfo info;

  g_assert_false (wb_picture_probe (fd, &info, &error));
  g_assert_error (error, WB_MEDIA_ERROR, WB_MEDIA_ERROR_ANIMATED);
  g_assert_cmpuint (info.frames, ==, 7);
  close (fd);
}

/* Thousands of empty scans: each would cost the decoder a pass over the picture. */
static void
test_many_scans (void)
{
  gsize length;
  g_autofree guint8 *bytes = wb_media_test_sample_bytes ("progressive.jpg", &length);
  g_autoptr (GByteArray) many = g_byte_array_new ();
  static const guint8 scan[] = { 0xff, 0xda, 0, 8, 1, 1, 0, 1, 5, 0, 0 };

  g_byte_array_append (many, bytes, (guint) length - 2);
  for (guint i = 0; i < 1000; i++)
    g_byte_array_append (many, scan, sizeof scan);
  g_byte_array_append (many, bytes + length - 2, 2);
  refuse (many->data, many->len, WB_MEDIA_ERROR_DAMAGED, "JPEG");
}

static void
test_orientation (void)
{
  gsize length;
  g_autofree guint8 *jpeg = wb_media_test_sample_bytes ("plain.jpg", &length);

  /* 0 and 9 say nothing that is defined. */
  for (guint i = 0; i <= 9; i++)
    {
      g_autoptr (GByteArray) turned = wb_media_test_with_orientation (jpeg, length, i);
      int fd = wb_media_test_fd (turned->data, turned->len);
      WbPictureInfo info;

      g_assert_true (wb_picture_probe (fd, &info, NULL));
      g_assert_cmpuint (info.orientation, ==, i >= 1 && i <= 8 ? i : 1);
      close (fd);
    }
}

/* What a camera puts behind the end: a second picture, cut off. */
static void
test_trailer (void)
{
  gsize length;
  g_autofree guint8 *jpeg = wb_media_test_sample_bytes ("plain.jpg", &length);
  g_autoptr (GByteArray) both = g_byte_array_new ();
  WbPictureInfo info;
  int fd;

  g_byte_array_append (both, jpeg, (guint) length);
  g_byte_array_append (both, jpeg, (guint) length / 2);
  fd = wb_media_test_fd (both->data, both->len);
  g_assert_true (wb_picture_probe (fd, &info, NULL));
  g_assert_cmpuint (info.width, ==, 96);
  close (fd);
}

static void
assert_no_file (const char *path, WbMediaError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (wb_picture_open (path, &error), ==, -1);
  g_assert_error (error, WB_MEDIA_ERROR, (int) code);
}

/* None of these may block: the suite's time-out would tell, were it not asserted. */
static void
test_no_file (Fixture *self, gconstpointer data)
{
  g_autofree char *fifo = g_build_filename (self->folder, "fifo.jpg", NULL);
  g_autofree char *loop = g_build_filename (self->folder, "loop.jpg", NULL);
  g_autofree char *link = g_build_filename (self->folder, "link.jpg", NULL);
  g_autofree char *gone = g_build_filename (self->folder, "gone.jpg", NULL);
  g_autofree char *below = g_build_filename (loop, "below.jpg", NULL);
  g_autofree char *target = g_build_filename (g_getenv ("WB_MEDIA_SAMPLES"), "plain.jpg", NULL);

  gint64 start = g_get_monotonic_time ();

  g_assert_no_errno (mkfifo (fifo, 0600));
  g_assert_no_errno (symlink ("loop.jpg", loop));
  g_assert_no_errno (symlink (target, link));
  assert_no_file (fifo, WB_MEDIA_ERROR_NOT_A_FILE);
  assert_no_file (loop, WB_MEDIA_ERROR_NOT_A_FILE);
  assert_no_file (below, WB_MEDIA_ERROR_NOT_A_FILE);
  assert_no_file (link, WB_MEDIA_ERROR_NOT_A_FILE);
  assert_no_file (self->folder, WB_MEDIA_ERROR_NOT_A_FILE);
  assert_no_file ("/dev/zero", WB_MEDIA_ERROR_NOT_A_FILE);
  assert_no_file (gone, WB_MEDIA_ERROR_UNREADABLE);
  g_assert_cmpint (g_get_monotonic_time () - start, <, G_USEC_PER_SEC);
  g_unlink (fifo);
  g_unlink (loop);
  g_unlink (link);
}

static void
test_not_readable (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "secret.jpg", NULL);

  g_assert_true (g_file_set_contents (path, "x", 1, NULL));
  g_assert_no_errno (chmod (path, 0));
  if (access (path, R_OK) == 0)
    g_test_message ("this user reads everything: only the way without permission is left out");
  else
    assert_no_file (path, WB_MEDIA_ERROR_UNREADABLE);
  g_unlink (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/probe/kinds", test_kinds);
  g_test_add_func ("/picture/probe/other-kinds", test_other_kinds);
  g_test_add_func ("/picture/probe/jpeg-kinds", test_jpeg_kinds);
  g_test_add_func ("/picture/probe/no-picture", test_no_picture);
  g_test_add_func ("/picture/probe/too-large", test_too_large);
  g_test_add_func ("/picture/probe/too-many-pixels", test_too_many_pixels);
  g_test_add_func ("/picture/probe/bomb-is-cheap", test_bomb);
  g_test_add_func ("/picture/probe/animated", test_animated);
  g_test_add_func ("/picture/probe/many-scans", test_many_scans);
  g_test_add_func ("/picture/probe/orientation", test_orientation);
  g_test_add_func ("/picture/probe/trailer", test_trailer);
  g_test_add ("/picture/open/no-file", Fixture, NULL, set_up, test_no_file, tear_down);
  g_test_add ("/picture/open/not-readable", Fixture, NULL, set_up, test_not_readable, tear_down);
  return g_test_run ();
}
