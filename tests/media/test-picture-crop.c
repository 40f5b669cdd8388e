// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-media-test.h"

#include <math.h>

static void
test_start (void)
{
  WbCrop crop;
  int x, y, side;

  wb_crop_start (&crop, 4000, 3000);
  wb_crop_square (&crop, 4000, 3000, &x, &y, &side);
  g_assert_cmpint (side, ==, 3000);
  g_assert_cmpint (x, ==, 500);
  g_assert_cmpint (y, ==, 0);

  /* A third of the 900 rows too many is cut off above. */
  wb_crop_start (&crop, 2100, 3000);
  wb_crop_square (&crop, 2100, 3000, &x, &y, &side);
  g_assert_cmpint (side, ==, 2100);
  g_assert_cmpint (x, ==, 0);
  g_assert_cmpint (y, ==, 300);
}

/* Whatever a draft or a mouse says, the square is inside and as large as the zoom tells. */
static void
test_inside (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint i = 0; i < 20000; i++)
    {
      guint width = (guint) g_rand_int_range (rand, 1, i % 2 ? 9 : 20000);
      guint height = (guint) g_rand_int_range (rand, 1, i % 3 ? 9 : 20000);
      WbCrop crop = { g_rand_double_range (rand, -2, 3), g_rand_double_range (rand, -2, 3),
                      g_rand_double_range (rand, -1, 9), g_rand_int (rand) };
      gboolean lies = crop.turns % 2;
      int x, y, side;

      wb_crop_square (&crop, width, height, &x, &y, &side);
      g_assert_cmpint (side, >=, 1);
      g_assert_cmpint (x, >=, 0);
      g_assert_cmpint (y, >=, 0);
      g_assert_cmpint (x + side, <=, (int) (lies ? height : width));
      g_assert_cmpint (y + side, <=, (int) (lies ? width : height));
      g_assert_cmpint (ABS (side - MIN (width, height) / CLAMP (crop.zoom, 1, 4)), <=, 1);
    }
}

static void
test_no_numbers (void)
{
  const WbCrop crop = { NAN, -INFINITY, NAN, 3 };
  int x, y, side;

  wb_crop_square (&crop, 300, 200, &x, &y, &side);
  g_assert_cmpint (side, ==, 200);
  g_assert_cmpint (x, >=, 0);
  g_assert_cmpint (y, >=, 0);
  g_assert_cmpint (x + side, <=, 200);
  g_assert_cmpint (y + side, <=, 300);
}

/* Four quarter turns end where they began, and each turn carries the centre with it. */
static void
test_turns (void)
{
  WbCrop crop = { .25, .3, 3, 0 };
  int x, y, side, x0, y0, side0;

  wb_crop_square (&crop, 1200, 900, &x0, &y0, &side0);
  crop.turns = 1;
  wb_crop_square (&crop, 1200, 900, &x, &y, &side);
  g_assert_cmpint (side, ==, side0);
  g_assert_cmpint (x, ==, 900 - y0 - side0);
  g_assert_cmpint (y, ==, x0);
  crop.turns = 4;
  wb_crop_square (&crop, 1200, 900, &x, &y, &side);
  g_assert_cmpint (x, ==, x0);
  g_assert_cmpint (y, ==, y0);
}

static void
test_equal (void)
{
  WbCrop a, b;

  wb_crop_start (&a, 300, 400);
  b = a;
  g_assert_true (wb_crop_equal (&a, &b));
  b.turns = 4;
  g_assert_true (wb_crop_equal (&a, &b));
  b.turns = 1;
  g_assert_false (wb_crop_equal (&a, &b));
  b = a;
  b.zoom = 1.01;
  g_assert_false (wb_crop_equal (&a, &b));
  b = a;
  b.y += .001;
  g_assert_false (wb_crop_equal (&a, &b));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/crop/start/a-third-from-the-top", test_start);
  g_test_add_func ("/crop/square/always-inside", test_inside);
  g_test_add_func ("/crop/square/no-numbers", test_no_numbers);
  g_test_add_func ("/crop/square/turns", test_turns);
  g_test_add_func ("/crop/equal/full-turn", test_equal);
  return g_test_run ();
}
