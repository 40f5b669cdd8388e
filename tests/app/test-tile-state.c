// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-tile-state.h"

#define NONE -1

/* What a tile says for each thing that can be with its file. */
typedef struct {
  const char *name;
  int how;     /* WbPlaced, NONE: nothing is placed */
  int refused; /* WbMediaError, NONE */
  guint orientation, other;
  gboolean cmyk, small, working, gone, left_behind;
  const char *same_as;
  WbTileState state;
  WbTileChip chip;
  const char *words, *spoken;
} Row;

static const Row rows[] = {
  { "empty", NONE, NONE, .state = WB_TILE_EMPTY, .chip = WB_TILE_CHIP_NONE, .words = "No picture yet", .spoken = "no picture yet" },
  { "working", NONE, NONE, .working = TRUE, .state = WB_TILE_WORKING, .chip = WB_TILE_CHIP_NONE, .words = "Checking…", .spoken = "being checked" },
  { "working-again", WB_PLACED_BY_HAND, NONE, .working = TRUE, .state = WB_TILE_WORKING, .chip = WB_TILE_CHIP_NONE, .words = "Checking…",
    .spoken = "being checked" },
  { "matched", WB_PLACED_BY_NAME, NONE, .orientation = 1, .state = WB_TILE_MATCHED, .chip = WB_TILE_CHIP_READY, .words = "Matched by name",
    .spoken = "matched by name" },
  { "placed", WB_PLACED_BY_HAND, NONE, .state = WB_TILE_PLACED, .chip = WB_TILE_CHIP_READY, .words = "Placed by you", .spoken = "placed by you" },
  { "cropped", WB_PLACED_CROPPED, NONE, .state = WB_TILE_CROPPED, .chip = WB_TILE_CHIP_READY, .words = "Cropped by you",
    .spoken = "cropped by you" },
  { "turned", WB_PLACED_BY_NAME, NONE, .orientation = 6, .state = WB_TILE_CONVERTED, .chip = WB_TILE_CHIP_READY, .words = "Turned upright",
    .spoken = "Turned upright" },
  { "cmyk", WB_PLACED_BY_NAME, NONE, .cmyk = TRUE, .state = WB_TILE_CONVERTED, .chip = WB_TILE_CHIP_READY, .words = "CMYK made RGB",
    .spoken = "CMYK made RGB" },
  { "turned-but-cropped", WB_PLACED_CROPPED, NONE, .orientation = 6, .state = WB_TILE_CROPPED, .chip = WB_TILE_CHIP_READY,
    .words = "Cropped by you", .spoken = "cropped by you" },
  { "small", WB_PLACED_BY_NAME, NONE, .small = TRUE, .state = WB_TILE_SMALL, .chip = WB_TILE_CHIP_CHECK, .words = "Only 120 × 90",
    .spoken = "Only 120 × 90" },
  { "small-on-its-side", WB_PLACED_BY_NAME, NONE, .orientation = 8, .small = TRUE, .state = WB_TILE_SMALL, .chip = WB_TILE_CHIP_CHECK,
    .words = "Only 90 × 120", .spoken = "Only 90 × 120" },
  { "same", WB_PLACED_BY_NAME, NONE, .same_as = "Jonas", .state = WB_TILE_SAME, .chip = WB_TILE_CHIP_CHECK, .words = "Same as Jonas",
    .spoken = "Same as Jonas" },
  { "two-fit", WB_PLACED_BY_NAME, NONE, .other = 2, .same_as = "Jonas", .small = TRUE, .state = WB_TILE_AMBIGUOUS,
    .chip = WB_TILE_CHIP_CHECK, .words = "2 files fit", .spoken = "2 files fit" },
  { "gone", WB_PLACED_BY_HAND, NONE, .gone = TRUE, .state = WB_TILE_GONE, .chip = WB_TILE_CHIP_REFUSED, .words = "File was moved",
    .spoken = "file was moved" },
  { "left-behind", WB_PLACED_BY_HAND, NONE, .left_behind = TRUE, .small = TRUE, .state = WB_TILE_LEFT_BEHIND, .chip = WB_TILE_CHIP_CHECK,
    .words = "Cannot go along", .spoken = "cannot go along" },
  { "nothing-left-behind", NONE, NONE, .left_behind = TRUE, .state = WB_TILE_EMPTY, .chip = WB_TILE_CHIP_NONE, .words = "No picture yet",
    .spoken = "no picture yet" },
  { "refused", WB_PLACED_BY_NAME, WB_MEDIA_ERROR_KIND, .other = 2, .gone = TRUE, .small = TRUE, .state = WB_TILE_REFUSED,
    .chip = WB_TILE_CHIP_REFUSED, .words = "GIF is not accepted", .spoken = "GIF is not accepted" },
};

static void
test_state (gconstpointer data)
{
  const Row *row = data;
  WbPlacement placement = { .file = 1, .other = row->other, .how = row->how == NONE ? WB_PLACED_BY_NAME : (WbPlaced) row->how };
  WbDraftFile file = { .id = 1, .refused = row->refused + 1, .small = row->small };
  WbTileFacts facts = { row->how != NONE ? &placement : NULL, row->how != NONE ? &file : NULL, row->same_as, row->working, row->gone,
                        row->left_behind };
  g_autofree char *words = NULL, *spoken = NULL;

  file.info = (WbPictureInfo) { .kind_name = "GIF", .width = 120, .height = 90, .orientation = row->orientation, .cmyk = row->cmyk };
  g_assert_cmpint (wb_tile_state (&facts), ==, row->state);
  g_assert_cmpint (wb_tile_looks[row->state].chip, ==, row->chip);
  words = wb_tile_dup_words (&facts);
  spoken = wb_tile_dup_spoken (&facts);
  g_assert_cmpstr (words, ==, row->words);
  g_assert_cmpstr (spoken, ==, row->spoken);
}

/* State = word + icon + colour: no state lacks one, and no two say the same. */
static void
test_looks (void)
{
  for (guint i = 0; i < WB_N_TILE_STATES; i++)
    {
      g_assert_nonnull (wb_tile_looks[i].icon);
      g_assert_true (g_str_has_suffix (wb_tile_looks[i].icon, "-symbolic"));
      g_assert_nonnull (wb_tile_looks[i].style);
      g_assert_cmpint (wb_tile_looks[i].words == NULL, ==, wb_tile_looks[i].spoken == NULL);
      for (guint j = 0; j < i && wb_tile_looks[i].words != NULL; j++)
        g_assert_cmpstr (wb_tile_looks[i].words, !=, wb_tile_looks[j].words);
    }
}

/* Each refusal has its own few words and whole sentences that tell what to do. */
static void
test_refusals (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int reason = WB_MEDIA_ERROR_NOT_A_FILE; reason <= WB_MEDIA_ERROR_CHANGED; reason++)
    {
      WbDraftFile file = { .refused = reason + 1 };
      char *few = wb_refusal_dup_short (&file);
      g_autofree char *full = wb_refusal_dup_full (&file);

      g_assert_cmpuint (strlen (few), <, 24);
      g_assert_true (g_str_has_suffix (full, "."));
      g_assert_cmpuint (strlen (full), >, strlen (few));
      g_assert_true (g_hash_table_add (seen, few));
    }
}

static void
test_refusal_figures (void)
{
  static const struct {
    int reason;
    WbPictureInfo info;
    const char *full;
  } cases[] = {
    { WB_MEDIA_ERROR_KIND, { .kind_name = "GIF" }, "This is a GIF. The order takes JPEG and PNG. Save it as PNG, or pick another." },
    { WB_MEDIA_ERROR_DAMAGED, { .present_bytes = 61000, .needed_bytes = 240000 },
      "The file ends too early: 61.0 kB of 240.0 kB. Copy it again from where it came." },
    { WB_MEDIA_ERROR_DAMAGED, { .present_bytes = 61000, .needed_bytes = 61000 }, "The file is damaged. Copy it again from where it came." },
    { WB_MEDIA_ERROR_TOO_MANY_PIXELS, { .kind = WB_PICTURE_PNG, .width = 20000, .height = 20000 },
      "20000 × 20000. A PNG may have 40 million pixels. Save it smaller, or pick another." },
    { WB_MEDIA_ERROR_TOO_MANY_PIXELS, { .kind = WB_PICTURE_JPEG, .width = 20000, .height = 20000 },
      "20000 × 20000. A JPEG may have 200 million pixels. Save it smaller, or pick another." },
    { WB_MEDIA_ERROR_TOO_MANY_PIXELS, { .kind = WB_PICTURE_JPEG, .progressive = TRUE, .width = 9000, .height = 9000 },
      "9000 × 9000. A progressive JPEG may have 40 million pixels. Save it smaller, or pick another." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      WbDraftFile file = { .refused = cases[i].reason + 1, .info = cases[i].info };
      g_autofree char *full = wb_refusal_dup_full (&file);
      g_autofree char *plain = NULL;
      g_auto (GStrv) parts = g_strsplit (full, "\u00a0", -1);

      plain = g_strjoinv (" ", parts);
      g_assert_cmpstr (plain, ==, cases[i].full);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = g_strconcat ("/tile/state/", rows[i].name, NULL);

      g_test_add_data_func (name, &rows[i], test_state);
    }
  g_test_add_func ("/tile/looks", test_looks);
  g_test_add_func ("/tile/refusals", test_refusals);
  g_test_add_func ("/tile/refusal-figures", test_refusal_figures);
  return g_test_run ();
}
