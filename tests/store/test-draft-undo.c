// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "draft-tools.h"

typedef struct {
  Store *store;
  WbDraft *draft;
  char *ann, *bob;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->store = store_new (NULL);
  self->draft = store_draft (self->store, "one.example two.example", "ann:Ann Lee,bob:Bob Ray");
  self->ann = draft_picture (self->store->dir, "ann.jpg", 300, 400, 0xff0000);
  self->bob = draft_picture (self->store->dir, "Bob Ray.png", 300, 300, 0x00ff00);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  draft_drop (self->draft);
  g_free (self->ann);
  g_free (self->bob);
  store_free (self->store);
}

/* One after the other; each is one step. */

static void
step_domain (Fixture *self)
{
  wb_draft_add_domains (self->draft, "three.example", NULL, NULL);
}

static void
step_years (Fixture *self)
{
  wb_draft_set_domain (self->draft, &(WbDraftDomain){ .name = (char *) "two.example", .years = 4 });
}

static void
step_rows (Fixture *self)
{
  const WbDraftMailbox rows[]
      = { { .domain = (char *) "three.example", .user_name = (char *) "cy", .first_name = (char *) "Cy" },
          { .domain = (char *) "three.example", .user_name = (char *) "di" } };

  wb_draft_insert_mailboxes (self->draft, 1, rows, 2);
}

static void
step_cell (Fixture *self)
{
  wb_draft_set_cell (self->draft, 2, WB_CELL_LAST_NAME, "Dean");
}

static void
step_fill (Fixture *self)
{
  wb_draft_begin (self->draft, "fill-names", NULL);
  wb_draft_set_cell (self->draft, 1, WB_CELL_LAST_NAME, "Young");
  wb_draft_set_cell (self->draft, 2, WB_CELL_FIRST_NAME, "Di");
  wb_draft_end (self->draft);
}

static void
step_files (Fixture *self)
{
  const char *const roots[] = { self->ann, self->bob, NULL };

  draft_add (self->draft, -1, NULL, roots);
}

static void
step_crop (Fixture *self)
{
  const WbCrop crop = { 0.4, 0.6, 2, 1 };

  wb_draft_set_crop (self->draft, draft_file_id (self->draft, "ann.jpg"), &crop);
}

static void
step_swap (Fixture *self)
{
  wb_draft_swap (self->draft, draft_row_of (self->draft, "ann@one.example"),
                 draft_row_of (self->draft, "bob@one.example"));
}

static void
step_rename (Fixture *self)
{
  wb_draft_set_cell (self->draft, draft_row_of (self->draft, "ann@one.example"), WB_CELL_FIRST_NAME, "Anna");
}

static void
step_unplace (Fixture *self)
{
  wb_draft_unplace (self->draft, draft_row_of (self->draft, "bob@two.example"), FALSE);
}

static void
step_remove_file (Fixture *self)
{
  wb_draft_remove_file (self->draft, draft_file_id (self->draft, "Bob Ray.png"));
}

static void
step_remove_domain (Fixture *self)
{
  wb_draft_remove_domain (self->draft, "one.example");
}

static void
step_options (Fixture *self)
{
  wb_draft_set_pay_mode (self->draft, WB_PAY_DRAFT_ONLY);
}

static void
step_customer (Fixture *self)
{
  wb_draft_set_customer (self->draft, "other", "Tidewater", "t@example.com");
}

typedef void (*Step) (Fixture *self);
static const Step steps[] = {
  step_domain, step_years, step_rows,        step_cell,          step_fill,    step_files,   step_crop, step_swap,
  step_rename, step_unplace, step_remove_file, step_remove_domain, step_options, step_customer,
};

static void
count_changed (WbDraft *draft, guint parts, guint *times)
{
  g_assert_cmpuint (parts, !=, 0);
  (*times)++;
}

static void
test_all_kinds (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) dumps = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (dumps, draft_dump (self->draft));
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      steps[i](self);
      g_ptr_array_add (dumps, draft_dump (self->draft));
      g_assert_cmpstr (dumps->pdata[i], !=, dumps->pdata[i + 1]);
      g_test_message ("step %u: %s", i, wb_draft_get_undo_code (self->draft, NULL));
    }
  for (guint round = 0; round < 2; round++)
    {
      for (guint i = G_N_ELEMENTS (steps); i > 0; i--)
        {
          g_autofree char *now = NULL;

          g_assert_true (wb_draft_undo (self->draft));
          now = draft_dump (self->draft);
          g_assert_cmpstr (now, ==, dumps->pdata[i - 1]);
        }
      for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
        {
          g_autofree char *now = NULL;

          g_assert_true (wb_draft_redo (self->draft));
          now = draft_dump (self->draft);
          g_assert_cmpstr (now, ==, dumps->pdata[i + 1]);
        }
      g_assert_false (wb_draft_redo (self->draft));
    }
}

static void
test_one_signal_a_step (Fixture *self, gconstpointer data)
{
  guint times = 0;

  g_signal_connect (self->draft, "changed", G_CALLBACK (count_changed), &times);
  step_domain (self);
  step_rows (self);
  g_assert_cmpuint (times, ==, 2);
  times = 0;
  step_fill (self);
  g_assert_cmpuint (times, ==, 1);
  wb_draft_undo (self->draft);
  g_assert_cmpuint (times, ==, 2);
  g_signal_handlers_disconnect_by_data (self->draft, &times);
}

static void
test_codes (Fixture *self, gconstpointer data)
{
  const char *subject = NULL;
  gboolean can_redo = TRUE;

  wb_draft_begin (self->draft, "paste-cells", "outer");
  step_rows (self);
  wb_draft_begin (self->draft, "edit-cell", "inner");
  wb_draft_set_cell (self->draft, 0, WB_CELL_FIRST_NAME, "X");
  wb_draft_end (self->draft);
  wb_draft_end (self->draft);
  g_assert_cmpstr (wb_draft_get_undo_code (self->draft, &subject), ==, "paste-cells");
  g_assert_cmpstr (subject, ==, "outer");
  g_assert_null (wb_draft_get_redo_code (self->draft, NULL));
  wb_draft_undo (self->draft);
  g_assert_cmpstr (wb_draft_get_redo_code (self->draft, NULL), ==, "paste-cells");
  /* A new step ends what could be done again; an empty one is none. */
  wb_draft_begin (self->draft, "nothing", NULL);
  wb_draft_end (self->draft);
  g_assert_cmpstr (wb_draft_get_redo_code (self->draft, NULL), ==, "paste-cells");
  step_domain (self);
  g_object_get (self->draft, "can-redo", &can_redo, NULL);
  g_assert_false (can_redo);
}

/* What is undone and what follows it are both on disk as they were last. */
static void
test_undone_is_saved (Fixture *self, gconstpointer data)
{
  g_autofree char *id = g_strdup (wb_draft_get_id (self->draft));
  g_autofree char *before = NULL, *after = NULL;

  step_files (self);
  draft_flush (self->draft);
  step_remove_file (self);
  wb_draft_undo (self->draft);
  wb_draft_undo (self->draft);
  before = draft_dump (self->draft);
  draft_drop (self->draft);
  self->draft = draft_load (self->store, id);
  after = draft_dump (self->draft);
  g_assert_cmpstr (before, ==, after);
  /* Numbers of files are never used twice, so that nothing old is taken for something new. */
  step_files (self);
  g_assert_cmpuint (draft_file_id (self->draft, "ann.jpg"), >, 2);
  draft_flush (self->draft);
  g_assert_cmpint (draft_count (self->store, "SELECT count (*) FROM journal.draft_files"), ==, 2);
}

static void
test_history_is_bounded (Fixture *self, gconstpointer data)
{
  guint undone = 0;

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *name = g_strdup_printf ("Name %u", i);

      wb_draft_set_cell (self->draft, 0, WB_CELL_FIRST_NAME, name);
    }
  while (wb_draft_undo (self->draft))
    undone++;
  g_assert_cmpuint (undone, ==, 200);
  g_assert_cmpstr (wb_draft_get_cell (self->draft, 0, WB_CELL_FIRST_NAME), ==, "Name 99");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/draft-undo/all-kinds", Fixture, NULL, set_up, test_all_kinds, tear_down);
  g_test_add ("/draft-undo/one-signal-a-step", Fixture, NULL, set_up, test_one_signal_a_step, tear_down);
  g_test_add ("/draft-undo/codes", Fixture, NULL, set_up, test_codes, tear_down);
  g_test_add ("/draft-undo/undone-is-saved", Fixture, NULL, set_up, test_undone_is_saved, tear_down);
  g_test_add ("/draft-undo/history-is-bounded", Fixture, NULL, set_up, test_history_is_bounded, tear_down);
  return g_test_run ();
}
