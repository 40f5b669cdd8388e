// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-media-test.h"

#include <string.h>
#include <unistd.h>

static const char *const samples[]
    = { "plain.jpg", "progressive.jpg", "scans.jpg", "cmyk.jpg",  "grey.jpg",
        "plain.png", "palette.png",     "alpha.png", "rgb16.png", "interlaced.png" };

/* Wherever a file ends too early, it is refused, with what is there and what would be needed. */
static void
test_cut (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      gsize length;
      g_autofree guint8 *bytes = wb_media_test_sample_bytes (samples[i], &length);
      gboolean png = g_str_has_suffix (samples[i], ".png");

      g_test_message ("%s", samples[i]);
      for (gsize cut = 8; cut < length; cut += cut < 700 || cut > length - 64 ? 1 : 13)
        {
          g_autoptr (GError) error = NULL;
          int fd = wb_media_test_fd (bytes, cut);
          WbPictureInfo info;

          g_assert_false (wb_picture_probe (fd, &info, &error));
          g_assert_error (error, WB_MEDIA_ERROR, WB_MEDIA_ERROR_DAMAGED);
          g_assert_cmpuint (info.present_bytes, ==, cut);
          if (png && cut > 33 && info.needed_bytes != 0)
            {
              g_assert_cmpuint (info.needed_bytes, >, cut);
              g_assert_cmpuint (info.needed_bytes, <=, length);
            }
          close (fd);
        }
    }
}

/* What passes the walk must be decoded or refused, never more than that. */
static void
try_all (const guint8 *bytes, gsize length)
{
  int fd = wb_media_test_fd (bytes, length);
  WbCrop crop = { .5, .5, 1.3, 1 };
  WbPictureInfo info;

  if (wb_picture_probe (fd, &info, NULL) && (guint64) info.width * info.height < 500 * 500)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) made = wb_picture_make (fd, &info, &crop, &error);

      g_assert_true ((made != NULL) == (error == NULL));
      if (error != NULL)
        g_assert_true (error->domain == WB_MEDIA_ERROR);
    }
  close (fd);
}

static void
test_flips (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20260101);
  guint rounds = g_test_thorough () ? 20000 : 250;

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      gsize length;
      g_autofree guint8 *bytes = wb_media_test_sample_bytes (samples[i], &length);

      for (guint round = 0; round < rounds; round++)
        {
          g_autofree guint8 *flipped = g_memdup2 (bytes, length);
          /* Half of them in the headers, where structure is. */
          gsize range = round % 2 ? length : MIN (length, 700);

          for (gint n = g_rand_int_range (rand, 1, 4); n > 0; n--)
            flipped[g_rand_int_range (rand, 0, (gint32) range)]
                ^= (guint8) (1 << g_rand_int_range (rand, 0, 8));
          try_all (flipped, length);
        }
    }
}

/* All chunks are there, and what is in them fits its checksums, but it is not the whole picture. */
static void
test_png_rows (void)
{
  static const char *const names[] = { "few-rows.png", "few-rows-tall.png", "no-rows.png", "cut-data.png" };
  /* Of the tall one all that is wanted is there. */
  WbCrop crop = { .5, .25, 1, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;
      int fd = wb_media_test_sample (names[i]);
      WbPictureInfo info;

      g_test_message ("%s", names[i]);
      g_assert_true (wb_picture_probe (fd, &info, NULL));
      g_assert_null (wb_picture_make (fd, &info, &crop, &error));
      g_assert_error (error, WB_MEDIA_ERROR, WB_MEDIA_ERROR_DAMAGED);
      close (fd);
    }
}

/* The end of what did not come through, and behind it the marker that says it is all: half would be grey. */
static void
test_jpeg_data (void)
{
  static const char *const names[] = { "large.jpg", "rough-420.jpg" };
  WbCrop crop = { .5, .5, 1, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;
      gsize length;
      g_autofree guint8 *bytes = wb_media_test_sample_bytes (names[i], &length);
      WbPictureInfo info;
      int fd;

      bytes[length / 2] = 0xff;
      bytes[length / 2 + 1] = 0xd9;
      fd = wb_media_test_fd (bytes, length / 2 + 2);
      g_test_message ("%s", names[i]);
      g_assert_true (wb_picture_probe (fd, &info, NULL));
      g_assert_null (wb_picture_make (fd, &info, &crop, &error));
      g_assert_error (error, WB_MEDIA_ERROR, WB_MEDIA_ERROR_DAMAGED);
      close (fd);
    }
}

static void
test_png_data (void)
{
  gsize length;
  g_autofree guint8 *bytes = wb_media_test_sample_bytes ("plain.png", &length);
  g_autoptr (GError) error = NULL;
  WbCrop crop = { .5, .5, 1, 0 };
  WbPictureInfo info;
  int fd;

  /* The first byte of the deflated data: the checksum behind it no longer fits. */
  bytes[8 + 25 + 8 + 20] ^= 0x55;
  fd = wb_media_test_fd (bytes, length);
  g_assert_true (wb_picture_probe (fd, &info, NULL));
  g_assert_null (wb_picture_make (fd, &info, &crop, &error));
  g_assert_error (error, WB_MEDIA_ERROR, WB_MEDIA_ERROR_DAMAGED);
  close (fd);
}

static void
test_png_header_sum (void)
{
  gsize length;
  g_autofree guint8 *bytes = wb_media_test_sample_bytes ("plain.png", &length);
  g_autoptr (GError) error = NULL;
  WbPictureInfo info;
  int fd;

  bytes[8 + 8 + 3] ^= 1;
  fd = wb_media_test_fd (bytes, length);
  g_assert_false (wb_picture_probe (fd, &info, &error));
  g_assert_error (error, WB_MEDIA_ERROR, WB_MEDIA_ERROR_DAMAGED);
  close (fd);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/damage/cut", test_cut);
  g_test_add_func ("/picture/damage/flips", test_flips);
  g_test_add_func ("/picture/damage/png-rows", test_png_rows);
  g_test_add_func ("/picture/damage/jpeg-data", test_jpeg_data);
  g_test_add_func ("/picture/damage/png-data", test_png_data);
  g_test_add_func ("/picture/damage/png-header-sum", test_png_header_sum);
  return g_test_run ();
}
