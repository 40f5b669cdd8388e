// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-crop-moves.h"
#include "wb-tile-grid.h"

#include <math.h>

#define NEAR(a, b) g_assert_cmpfloat_with_epsilon (a, b, 1e-9)

static void
assert_inside (const WbCrop *crop, guint width, guint height)
{
  guint turned_width = crop->turns % 2 ? height : width, turned_height = crop->turns % 2 ? width : height;
  double side = MIN (width, height) / crop->zoom;
  int x, y, size;

  wb_crop_square (crop, width, height, &x, &y, &size);
  g_assert_cmpfloat (fabs (size - MAX (side, 1)), <=, 0.5);
  g_assert_cmpint (x, >=, 0);
  g_assert_cmpint (y, >=, 0);
  g_assert_cmpint (x + size, <=, (int) turned_width);
  g_assert_cmpint (y + size, <=, (int) turned_height);
  /* The stored middle is the true one: nothing is left to be clamped when it is drawn. */
  g_assert_cmpfloat (crop->x * width, >=, side / 2 - 1e-6);
  g_assert_cmpfloat (crop->x * width, <=, width - side / 2 + 1e-6);
  g_assert_cmpfloat (crop->y * height, >=, side / 2 - 1e-6);
  g_assert_cmpfloat (crop->y * height, <=, height - side / 2 + 1e-6);
}

/* A side of the square to the right is that many pixels of the picture. */
static void
test_move (void)
{
  WbCrop crop = { 0.5, 0.5, 2, 0 };

  wb_crop_move (&crop, 400, 800, 0.25, -0.5);
  NEAR (crop.x, 0.5 + 0.25 * 200 / 400);
  NEAR (crop.y, 0.5 - 0.5 * 200 / 800);
  g_assert_cmpfloat (crop.zoom, ==, 2);
}

static void
test_edges (void)
{
  static const struct {
    double right, down, x, y;
  } rows[] = {
    { -9, 0, 0.25, 0.5 }, { 9, 0, 0.75, 0.5 }, { 0, -9, 0.5, 0.125 }, { 0, 9, 0.5, 0.875 }, { -9, 9, 0.25, 0.875 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      WbCrop crop = { 0.5, 0.5, 2, 0 };

      wb_crop_move (&crop, 400, 800, rows[i].right, rows[i].down);
      NEAR (crop.x, rows[i].x);
      NEAR (crop.y, rows[i].y);
    }
}

/* At the largest square of a tall picture there is no way to the side. */
static void
test_no_room (void)
{
  WbCrop crop;

  wb_crop_start (&crop, 400, 800);
  wb_crop_move (&crop, 400, 800, 0.3, 0);
  NEAR (crop.x, 0.5);
  wb_crop_move (&crop, 400, 800, 0, 9);
  NEAR (crop.y, 0.75);
}

static void
test_zoom (void)
{
  WbCrop crop = { 0.25, 0.125, 2, 0 };

  /* Out again: the square grows and is pushed back into the picture. */
  wb_crop_zoom (&crop, 400, 800, 1);
  NEAR (crop.x, 0.5);
  NEAR (crop.y, 0.25);
  wb_crop_zoom (&crop, 400, 800, 99);
  g_assert_cmpfloat (crop.zoom, ==, WB_CROP_ZOOM_MAX);
  wb_crop_zoom (&crop, 400, 800, 0.01);
  g_assert_cmpfloat (crop.zoom, ==, 1);
}

/* Turned by 90° clockwise, what was at the left of the picture is at the top of the screen. */
static void
test_turned_directions (void)
{
  static const struct {
    guint turns;
    double x, y; /* signs of the way in the upright picture for one step to the right on the screen */
  } rows[] = { { 0, 1, 0 }, { 1, 0, -1 }, { 2, -1, 0 }, { 3, 0, 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      WbCrop crop = { 0.5, 0.5, 4, rows[i].turns };

      wb_crop_move (&crop, 600, 600, 0.5, 0);
      NEAR (crop.x - 0.5, rows[i].x * 0.125);
      NEAR (crop.y - 0.5, rows[i].y * 0.125);
    }
}

/* The direction on the screen is the one that the square takes in the turned picture. */
static void
test_turned_square (void)
{
  for (guint turns = 0; turns < 4; turns++)
    {
      WbCrop crop = { 0.5, 0.5, 4, turns };
      int x, y, side, moved_x, moved_y;

      wb_crop_square (&crop, 800, 400, &x, &y, &side);
      wb_crop_move (&crop, 800, 400, 0.5, 0.25);
      wb_crop_square (&crop, 800, 400, &moved_x, &moved_y, &side);
      g_assert_cmpint (moved_x - x, ==, side / 2);
      g_assert_cmpint (moved_y - y, ==, side / 4);
    }
}

static void
test_turn (void)
{
  WbCrop crop = { 0.4, 0.3, 4, 0 };

  for (int i = 1; i <= 4; i++)
    {
      wb_crop_turn (&crop, 800, 400, 1);
      g_assert_cmpuint (crop.turns, ==, (guint) i % 4);
      NEAR (crop.x, 0.4);
      NEAR (crop.y, 0.3);
    }
  wb_crop_turn (&crop, 800, 400, -1);
  g_assert_cmpuint (crop.turns, ==, 3);
}

/* Whatever is done, the square stays in the picture. */
static void
test_always_inside (void)
{
  static const guint sizes[][2] = { { 648, 648 }, { 400, 800 }, { 3000, 200 }, { 1, 1 }, { 7, 3 } };
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      WbCrop crop;

      wb_crop_start (&crop, sizes[i][0], sizes[i][1]);
      for (guint step = 0; step < 500; step++)
        {
          if (step % 3 == 0)
            wb_crop_move (&crop, sizes[i][0], sizes[i][1], g_rand_double_range (rand, -2, 2), g_rand_double_range (rand, -2, 2));
          else if (step % 3 == 1)
            wb_crop_zoom (&crop, sizes[i][0], sizes[i][1], g_rand_double_range (rand, 0.5, 5));
          else
            wb_crop_turn (&crop, sizes[i][0], sizes[i][1], g_rand_int_range (rand, -3, 4));
          assert_inside (&crop, sizes[i][0], sizes[i][1]);
        }
    }
}

/* ui.md, 7: tiles of 132 to 190 px; 4 beside rail and inspector at 1280 px, 2 on a telephone. */
static void
test_columns (void)
{
  static const struct {
    int width, extra;
    double scale;
    guint columns;
  } rows[] = {
    { 720, 0, 1, 4 }, { 336, 0, 1, 2 }, { 538, 0, 1, 3 },   { 1000, 0, 1, 6 }, { 5000, 0, 1, 8 },
    { 720, 28, 1, 4 }, { 720, -20, 1, 5 }, { 720, 0, 2, 2 }, { 336, 0, 2, 1 },  { 200, 0, 1, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpuint (wb_tile_grid_columns_for (rows[i].width, rows[i].extra, rows[i].scale), ==, rows[i].columns);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/crop/move", test_move);
  g_test_add_func ("/crop/edges", test_edges);
  g_test_add_func ("/crop/no-room", test_no_room);
  g_test_add_func ("/crop/zoom", test_zoom);
  g_test_add_func ("/crop/turned-directions", test_turned_directions);
  g_test_add_func ("/crop/turned-square", test_turned_square);
  g_test_add_func ("/crop/turn", test_turn);
  g_test_add_func ("/crop/always-inside", test_always_inside);
  g_test_add_func ("/tiles/columns", test_columns);
  return g_test_run ();
}
