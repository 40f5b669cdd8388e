// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <glib/gstdio.h>
#include <string.h>

#include "draft-tools.h"

/* Files find their mailboxes: ui.md 7, on the real way from a dropped path to a tile. */

#define PEOPLE "amara:Amara Okafor,tomas:Tomás Herrera,jane:Jane Smith,john:John Smith"

#ifdef __SANITIZE_ADDRESS__
#define SLOWER 5
#else
#define SLOWER 1
#endif

typedef struct {
  Store *store;
  WbDraft *draft;
  char *folder;
  guint colour;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->store = store_new (NULL);
  self->folder = g_build_filename (self->store->dir, "Team", NULL);
  g_assert_cmpint (g_mkdir (self->folder, 0700), ==, 0);
  self->draft = store_draft (self->store, data != NULL ? data : "one.example two.example", PEOPLE);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  draft_drop (self->draft);
  g_free (self->folder);
  store_free (self->store);
}

/* Each is another picture. */
static void
make (Fixture *self, const char *names)
{
  g_auto (GStrv) list = g_strsplit (names, "|", -1);

  for (guint i = 0; list[i] != NULL; i++)
    g_free (draft_picture (self->folder, list[i], 256, 256, 0x402010 * ++self->colour & 0xffffff));
}

static WbFilesResult
drop (Fixture *self, const char *names)
{
  g_auto (GStrv) list = g_strsplit (names, "|", -1);

  for (guint i = 0; list[i] != NULL; i++)
    {
      char *path = g_build_filename (self->folder, list[i], NULL);

      g_free (list[i]);
      list[i] = path;
    }
  return draft_add (self->draft, -1, NULL, (const char *const *) list);
}

static WbFilesResult
make_and_drop (Fixture *self, const char *names)
{
  make (self, names);
  return drop (self, names);
}

static void
assert_result (WbFilesResult result, guint placed, guint to_place, guint refused)
{
  g_assert_cmpuint (result.placed, ==, placed);
  g_assert_cmpuint (result.to_place, ==, to_place);
  g_assert_cmpuint (result.refused, ==, refused);
}

static const WbPlacement *
placement_of (Fixture *self, const char *address)
{
  return wb_draft_get_placement (self->draft, (guint) draft_row_of (self->draft, address));
}

static guint
n_unplaced (Fixture *self)
{
  g_autoptr (GArray) ids = wb_draft_dup_unplaced (self->draft);

  return ids->len;
}

/* The usual order: a person on 40 domains, one file. */
static void
test_forty_domains (void)
{
  g_autoptr (Store) store = store_new (NULL);
  g_autoptr (GString) domains = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = draft_picture (store->dir, "Amara Okafor.jpg", 900, 1200, 0x336699);
  g_autofree char *pictures = g_build_filename (wb_profile_get_folder (store->profile), "pictures", NULL);
  g_autoptr (GDir) dir = NULL;
  const char *const roots[] = { path, NULL };
  const WbDraftFile *file;
  WbPictureCounts counts;
  WbDraft *draft;
  guint blobs = 0;

  for (guint i = 0; i < 40; i++)
    g_string_append_printf (domains, "d%u.example ", i);
  draft = store_draft (store, domains->str, "amara:Amara Okafor");
  assert_result (draft_add (draft, -1, NULL, roots), 1, 0, 0);
  for (guint row = 0; row < 40; row++)
    {
      g_assert_nonnull (wb_draft_get_placement (draft, row));
      g_assert_cmpuint (wb_draft_get_placement (draft, row)->file, ==, 1);
      g_assert_cmpint (wb_draft_get_placement (draft, row)->how, ==, WB_PLACED_BY_NAME);
    }
  g_assert_true (draft_make_ready (draft, &error));
  g_assert_no_error (error);
  file = wb_draft_get_file (draft, 1);
  wb_draft_count_pictures (draft, &counts);
  g_assert_cmpuint (counts.mailboxes, ==, 40);
  g_assert_cmpuint (counts.ready, ==, 40);
  g_assert_cmpuint (counts.pictures, ==, 1);
  g_assert_cmpuint (counts.unplaced, ==, 0);
  g_assert_cmpuint (file->made_bytes, >, 0);
  g_assert_cmpuint (counts.upload_bytes, ==, 40 * file->made_bytes);
  /* Encoded once: the original and the one JPEG. */
  dir = g_dir_open (pictures, 0, NULL);
  while (g_dir_read_name (dir) != NULL)
    blobs++;
  g_assert_cmpuint (blobs, ==, 2);
  draft_drop (draft);
}

static void
test_rules (Fixture *self, gconstpointer data)
{
  assert_result (make_and_drop (self, "amara@two.example.jpg|Herrera_Tomás (2).png|headshot.jpg"), 2, 1, 0);
  /* A person's, on all domains. */
  g_assert_cmpstr (draft_file_of (self->draft, "amara@one.example"), ==, "amara@two.example.jpg");
  g_assert_cmpstr (draft_file_of (self->draft, "tomas@two.example"), ==, "Herrera_Tomás (2).png");
  g_assert_cmpstr (draft_file_of (self->draft, "jane@one.example"), ==, "");
  g_assert_cmpuint (n_unplaced (self), ==, 1);
}

static void
test_several_people (Fixture *self, gconstpointer data)
{
  g_auto (GStrv) guesses = NULL;

  assert_result (make_and_drop (self, "j smith.jpg"), 0, 1, 0);
  guesses = wb_draft_dup_guesses (self->draft, draft_file_id (self->draft, "j smith.jpg"));
  /* One address a person. */
  g_assert_cmpuint (g_strv_length (guesses), ==, 2);
  g_assert_cmpstr (guesses[0], ==, "jane@one.example");
  g_assert_cmpstr (guesses[1], ==, "john@one.example");
}

static void
test_ambiguous (Fixture *self, gconstpointer data)
{
  const WbPlacement *placement;
  WbPictureCounts counts;
  guint second;

  assert_result (make_and_drop (self, "amara.jpg|amara (2).jpg|Amara Okafor.png"), 1, 2, 0);
  placement = placement_of (self, "amara@two.example");
  g_assert_cmpuint (placement->other, !=, 0);
  wb_draft_count_pictures (self->draft, &counts);
  g_assert_cmpuint (counts.to_check, ==, 2);
  g_assert_cmpuint (counts.ready, ==, 0);
  g_assert_cmpuint (counts.without, ==, 6);
  g_assert_cmpuint (counts.unplaced, ==, 1);
  second = placement->other;
  wb_draft_choose (self->draft, (guint) draft_row_of (self->draft, "amara@one.example"), second);
  placement = placement_of (self, "amara@two.example");
  g_assert_cmpuint (placement->file, ==, second);
  g_assert_cmpuint (placement->other, ==, 0);
  g_assert_cmpint (placement->how, ==, WB_PLACED_BY_HAND);
  g_assert_cmpuint (n_unplaced (self), ==, 2);
}

static void
test_better_and_worse (Fixture *self, gconstpointer data)
{
  /* The better one, wherever it stands in the batch. */
  assert_result (make_and_drop (self, "a okafor.jpg|amara.jpg"), 1, 1, 0);
  g_assert_cmpstr (draft_file_of (self->draft, "amara@one.example"), ==, "amara.jpg");
  g_assert_cmpuint (placement_of (self, "amara@one.example")->other, ==, 0);
  /* One that fits better than what is there makes it ambiguous, one that fits less well does not. */
  assert_result (make_and_drop (self, "t herrera.jpg"), 1, 0, 0);
  assert_result (make_and_drop (self, "Tomas Herrera.jpg"), 0, 1, 0);
  g_assert_cmpstr (draft_file_of (self->draft, "tomas@one.example"), ==, "t herrera.jpg");
  g_assert_cmpuint (placement_of (self, "tomas@one.example")->other, !=, 0);
}

static void
test_hand_wins (Fixture *self, gconstpointer data)
{
  const WbCrop crop = { 0.5, 0.5, 2, 0 };
  guint amara = (guint) draft_row_of (self->draft, "amara@one.example"), cropped;

  assert_result (make_and_drop (self, "anybody.jpg|tomas.jpg"), 1, 1, 0);
  wb_draft_place (self->draft, draft_file_id (self->draft, "anybody.jpg"), amara, TRUE, WB_PLACED_BY_HAND);
  cropped = draft_file_id (self->draft, "tomas.jpg");
  wb_draft_set_crop (self->draft, cropped, &crop);
  g_assert_cmpint (placement_of (self, "tomas@two.example")->how, ==, WB_PLACED_CROPPED);
  assert_result (make_and_drop (self, "amara.jpg|tomas (2).jpg"), 0, 2, 0);
  g_assert_cmpstr (draft_file_of (self->draft, "amara@two.example"), ==, "anybody.jpg");
  g_assert_cmpuint (placement_of (self, "tomas@one.example")->file, ==, cropped);
  g_assert_cmpuint (placement_of (self, "tomas@one.example")->other, ==, 0);
}

static void
test_on_a_tile (Fixture *self, gconstpointer data)
{
  g_autofree char *first = g_build_filename (self->folder, "x.jpg", NULL),
                  *second = g_build_filename (self->folder, "tomas.jpg", NULL);
  const char *const roots[] = { first, second, NULL };

  make (self, "x.jpg|tomas.jpg");
  assert_result (draft_add (self->draft, draft_row_of (self->draft, "jane@two.example"), NULL, roots), 2, 0, 0);
  g_assert_cmpstr (draft_file_of (self->draft, "jane@one.example"), ==, "x.jpg");
  g_assert_cmpint (placement_of (self, "jane@one.example")->how, ==, WB_PLACED_BY_HAND);
  g_assert_cmpstr (draft_file_of (self->draft, "tomas@one.example"), ==, "tomas.jpg");
}

static void
test_on_a_domain (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "lena.jpg", NULL);
  const char *const roots[] = { path, NULL };
  const WbDraftMailbox row = { .domain = (char *) "two.example", .user_name = (char *) "lena",
                               .first_name = (char *) "Lena", .last_name = (char *) "Vogt" };

  wb_draft_insert_mailboxes (self->draft, G_MAXUINT, &row, 1);
  make (self, "lena.jpg");
  assert_result (draft_add (self->draft, -1, "one.example", roots), 0, 1, 0);
  assert_result (draft_add (self->draft, -1, "two.example", roots), 1, 0, 0);
  g_assert_cmpstr (draft_file_of (self->draft, "lena@two.example"), ==, "lena.jpg");
}

/* Folders named like domains: each file is for its own address. */
static void
test_two_addresses (Fixture *self, gconstpointer data)
{
  static const char *const folders[] = { "one.example", "two" };
  const char *const roots[] = { self->folder, NULL };

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *folder = g_build_filename (self->folder, folders[i], NULL);

      g_mkdir (folder, 0700);
      g_free (draft_picture (folder, "amara.jpg", 256, 256, 0x112233 * (i + 1)));
    }
  assert_result (draft_add (self->draft, -1, NULL, roots), 2, 0, 0);
  g_assert_cmpstr (placement_of (self, "amara@one.example")->address, ==, "amara@one.example");
  g_assert_cmpstr (placement_of (self, "amara@two.example")->address, ==, "amara@two.example");
  g_assert_cmpuint (placement_of (self, "amara@one.example")->file, !=, placement_of (self, "amara@two.example")->file);
}

static void
test_nameless (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < 2; i++)
    wb_draft_insert_mailboxes (self->draft, G_MAXUINT,
                               &(WbDraftMailbox){ .domain = (char *) (i == 0 ? "one.example" : "two.example"),
                                                  .user_name = (char *) "sales" },
                               1);
  assert_result (make_and_drop (self, "sales.jpg"), 1, 0, 0);
  g_assert_cmpstr (placement_of (self, "sales@one.example")->address, ==, "sales@one.example");
  g_assert_cmpstr (draft_file_of (self->draft, "sales@two.example"), ==, "sales.jpg");
  /* A name given later keeps it. */
  wb_draft_set_cell (self->draft, (guint) draft_row_of (self->draft, "sales@two.example"), WB_CELL_FIRST_NAME, "Sue");
  g_assert_cmpstr (draft_file_of (self->draft, "sales@two.example"), ==, "sales.jpg");
}

static void
test_dropped_again (Fixture *self, gconstpointer data)
{
  g_autofree char *before = NULL, *after = NULL;
  guint undo_steps = 0;

  assert_result (make_and_drop (self, "amara.jpg|headshot.jpg"), 1, 1, 0);
  before = draft_dump (self->draft);
  assert_result (drop (self, "amara.jpg|headshot.jpg"), 1, 1, 0);
  after = draft_dump (self->draft);
  g_assert_cmpstr (before, ==, after);
  /* The same picture under another name that fits adds nothing either. */
  {
    g_autofree char *from = g_build_filename (self->folder, "amara.jpg", NULL), *text = NULL;
    gsize length;

    g_file_get_contents (from, &text, &length, NULL);
    g_free (draft_file (self->folder, "amara okafor.jpg", text, length));
  }
  assert_result (drop (self, "amara okafor.jpg"), 1, 0, 0);
  g_assert_cmpuint (wb_draft_get_files (self->draft)->len, ==, 2);
  while (g_strcmp0 (wb_draft_get_undo_code (self->draft, NULL), "add-pictures") == 0 && wb_draft_undo (self->draft))
    undo_steps++;
  g_assert_cmpuint (undo_steps, <=, 2);
  g_assert_cmpuint (wb_draft_get_files (self->draft)->len, ==, 0);
}

static void
test_batch_undo (Fixture *self, gconstpointer data)
{
  g_autofree char *before = draft_dump (self->draft), *undone = NULL, *full = NULL, *redone = NULL;

  make_and_drop (self, "amara.jpg|tomas.jpg|x.jpg");
  full = draft_dump (self->draft);
  g_assert_cmpstr (wb_draft_get_undo_code (self->draft, NULL), ==, "add-pictures");
  g_assert_true (wb_draft_undo (self->draft));
  undone = draft_dump (self->draft);
  g_assert_cmpstr (undone, ==, before);
  g_assert_cmpuint (n_unplaced (self), ==, 0);
  g_assert_true (wb_draft_redo (self->draft));
  redone = draft_dump (self->draft);
  g_assert_cmpstr (redone, ==, full);
}

static void
test_swap_and_move (Fixture *self, gconstpointer data)
{
  guint amara = (guint) draft_row_of (self->draft, "amara@one.example");
  guint tomas = (guint) draft_row_of (self->draft, "tomas@two.example");
  guint jane = (guint) draft_row_of (self->draft, "jane@one.example");

  make_and_drop (self, "amara.jpg|tomas.jpg");
  wb_draft_swap (self->draft, amara, tomas);
  g_assert_cmpstr (draft_file_of (self->draft, "amara@two.example"), ==, "tomas.jpg");
  g_assert_cmpstr (draft_file_of (self->draft, "tomas@one.example"), ==, "amara.jpg");
  g_assert_cmpint (placement_of (self, "tomas@one.example")->how, ==, WB_PLACED_BY_HAND);
  wb_draft_swap (self->draft, amara, jane);
  g_assert_cmpstr (draft_file_of (self->draft, "amara@one.example"), ==, "");
  g_assert_cmpstr (draft_file_of (self->draft, "jane@two.example"), ==, "tomas.jpg");
  /* One address alone, off and back. */
  wb_draft_unplace (self->draft, jane, FALSE);
  g_assert_cmpstr (draft_file_of (self->draft, "jane@one.example"), ==, "");
  g_assert_cmpstr (draft_file_of (self->draft, "jane@two.example"), ==, "tomas.jpg");
  wb_draft_place (self->draft, draft_file_id (self->draft, "amara.jpg"), jane, FALSE, WB_PLACED_BY_HAND);
  g_assert_cmpstr (draft_file_of (self->draft, "jane@one.example"), ==, "amara.jpg");
  g_assert_cmpstr (draft_file_of (self->draft, "jane@two.example"), ==, "tomas.jpg");
}

/* A picture goes along with its person, however he is spelled; rows that come and go do not matter. */
static void
test_follows_person (Fixture *self, gconstpointer data)
{
  guint one = (guint) draft_row_of (self->draft, "amara@one.example"),
        two = (guint) draft_row_of (self->draft, "amara@two.example");

  make_and_drop (self, "amara.jpg");
  wb_draft_begin (self->draft, "fill-names", NULL);
  wb_draft_set_cell (self->draft, one, WB_CELL_LAST_NAME, "Okafor-Bell");
  wb_draft_set_cell (self->draft, two, WB_CELL_LAST_NAME, "Okafor-Bell");
  wb_draft_end (self->draft);
  g_assert_cmpstr (draft_file_of (self->draft, "amara@two.example"), ==, "amara.jpg");
  wb_draft_remove_mailboxes (self->draft, one, 1);
  g_assert_cmpstr (draft_file_of (self->draft, "amara@two.example"), ==, "amara.jpg");
  wb_draft_insert_mailboxes (self->draft, 0,
                             &(WbDraftMailbox){ .domain = (char *) "one.example", .user_name = (char *) "amara",
                                                .first_name = (char *) "amara", .last_name = (char *) "OKAFOR BELL" },
                             1);
  g_assert_cmpstr (draft_file_of (self->draft, "amara@one.example"), ==, "amara.jpg");
}

/* Rows that came after a look at the names are found, renamed ones by their new name only. */
static void
test_new_rows (Fixture *self, gconstpointer data)
{
  guint amara = (guint) draft_row_of (self->draft, "amara@one.example");

  assert_result (make_and_drop (self, "zoe park.jpg"), 0, 1, 0);
  wb_draft_insert_mailboxes (self->draft, 0,
                             &(WbDraftMailbox){ .domain = (char *) "two.example", .user_name = (char *) "z",
                                                .first_name = (char *) "Zoë", .last_name = (char *) "Park" },
                             1);
  assert_result (drop (self, "zoe park.jpg"), 1, 0, 0);
  wb_draft_undo (self->draft);
  wb_draft_undo (self->draft);
  assert_result (drop (self, "zoe park.jpg"), 0, 1, 0);
  wb_draft_set_cell (self->draft, amara, WB_CELL_USER_NAME, "amy");
  assert_result (make_and_drop (self, "amy.jpg"), 1, 0, 0);
}

static void
test_many (Fixture *self, gconstpointer data)
{
  g_autoptr (GTimer) timer = g_timer_new ();
  const char *const roots[] = { self->folder, NULL };
  g_autofree WbDraftMailbox *rows = g_new0 (WbDraftMailbox, 500);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  WbFilesResult result;
  double dropped, guessed;

  for (guint i = 0; i < 500; i++)
    {
      char *user = g_strdup_printf ("first%u.last%u", i, i);
      g_autofree char *name = g_strdup_printf ("last%u_First%u.png", i, i);

      g_ptr_array_add (texts, user);
      rows[i] = (WbDraftMailbox){ .domain = (char *) "one.example", .user_name = user };
      g_ptr_array_add (texts, rows[i].first_name = g_strdup_printf ("First%u", i));
      g_ptr_array_add (texts, rows[i].last_name = g_strdup_printf ("Last%u", i));
      g_free (draft_picture (self->folder, name, 16, 16, i * 77));
    }
  wb_draft_insert_mailboxes (self->draft, G_MAXUINT, rows, 500);
  draft_flush (self->draft);
  g_timer_start (timer);
  result = draft_add (self->draft, -1, NULL, roots);
  dropped = g_timer_elapsed (timer, NULL);
  assert_result (result, 500, 0, 0);
  g_timer_start (timer);
  wb_draft_undo (self->draft);
  wb_draft_redo (self->draft);
  for (guint i = 1; i <= 100; i++)
    g_strfreev (wb_draft_dup_guesses (self->draft, i));
  guessed = g_timer_elapsed (timer, NULL);
  g_test_message ("500 files on 508 mailboxes: %.2f s to read and place, %.2f s for undo, redo and 100 guesses",
                  dropped, guessed);
  /* Two fsyncs a file are most of it; what is not linear would take minutes. */
  g_assert_cmpfloat (dropped, <, 20 * SLOWER);
  g_assert_cmpfloat (guessed, <, 10 * SLOWER);
}

#define ADD(name, function) g_test_add ("/draft-match/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draft-match/forty-domains", test_forty_domains);
  ADD ("rules", test_rules);
  ADD ("several-people", test_several_people);
  ADD ("ambiguous", test_ambiguous);
  ADD ("better-and-worse", test_better_and_worse);
  ADD ("hand-wins", test_hand_wins);
  ADD ("on-a-tile", test_on_a_tile);
  ADD ("on-a-domain", test_on_a_domain);
  ADD ("two-addresses", test_two_addresses);
  ADD ("nameless", test_nameless);
  ADD ("dropped-again", test_dropped_again);
  ADD ("batch-undo", test_batch_undo);
  ADD ("swap-and-move", test_swap_and_move);
  ADD ("follows-person", test_follows_person);
  ADD ("new-rows", test_new_rows);
  ADD ("many", test_many);
  return g_test_run ();
}
