// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <adwaita.h>

#include "row-list-fixture.h"

/* Rows come and go, are scrolled, chosen and focused in any order, several in one frame: whatever it was, each row on
 * the screen shows what the model says, and the focus is where it is to be. WAYBILL_SEED=n repeats a run. */

#define ROUNDS 400
#define NONE GTK_INVALID_LIST_POSITION

typedef struct {
  Rows *rows;
  GRand *rand;
  guint focus;     /* position of the row that is to have it */
  gboolean moved;  /* somebody scrolled in this frame */
  guint anchor;    /* a row on the screen, followed by its position */
  int anchor_y;
  GString *story;
} Run;

static guint
n_rows (Run *run)
{
  return g_list_model_get_n_items (G_LIST_MODEL (run->rows->model));
}

static guint
any (Run *run, guint most)
{
  return most > 0 ? (guint) g_rand_int_range (run->rand, 0, (gint32) most) : 0;
}

static void
tell (Run *run, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_string_append_vprintf (run->story, format, arguments);
  va_end (arguments);
}

/* Changes of the model */

static guint
follow_focus (guint focus, guint position, guint removed, guint added)
{
  if (focus == NONE || focus < position)
    return focus;
  return focus >= position + removed ? focus + added - removed : MIN (focus, position + added);
}

static void
splice (Run *run, guint position, guint removed, guint added)
{
  tell (run, "splice %u %u %u; ", position, removed, added);
  run->focus = follow_focus (run->focus, position, removed, added);
  if (run->anchor != NONE && run->anchor >= position)
    run->anchor = run->anchor >= position + removed ? run->anchor + added - removed : NONE;
  test_model_splice (run->rows->model, position, removed, added);
}

static void
change_some (Run *run)
{
  guint n = n_rows (run), position = any (run, n + 1), removed = any (run, MIN (n - position + 1, 12));

  splice (run, position, removed, any (run, 12));
}

static void
change_near (Run *run)
{
  guint n = n_rows (run), at = wb_row_list_first_shown (run->rows->list) + any (run, 16), position = MIN (at, n);
  guint removed = any (run, MIN (n - position + 1, 4));

  splice (run, position, removed, any (run, 4));
}

static void
change_most (Run *run)
{
  splice (run, 0, n_rows (run), any (run, any (run, 4) == 0 ? 5 : 3000));
}

/* Moving */

static void
scroll (Run *run)
{
  GtkAdjustment *adjustment = rows_adjustment (run->rows);
  double by = any (run, 4) == 0 ? g_rand_double_range (run->rand, 0, gtk_adjustment_get_upper (adjustment))
                                : gtk_adjustment_get_value (adjustment) + g_rand_double_range (run->rand, -90, 90);

  tell (run, "scroll %g; ", by);
  run->moved = TRUE;
  gtk_adjustment_set_value (adjustment, by);
}

static void
scroll_to (Run *run)
{
  guint position = any (run, n_rows (run) + 2);

  tell (run, "scroll to %u; ", position);
  run->moved = TRUE;
  wb_row_list_scroll_to (run->rows->list, position);
}

static void
take_focus (Run *run)
{
  guint position = any (run, n_rows (run));

  tell (run, "focus %u; ", position);
  run->moved = TRUE;
  if (n_rows (run) == 0)
    g_assert_false (wb_row_list_focus (run->rows->list, 0));
  else
    {
      g_assert_true (wb_row_list_focus (run->rows->list, position));
      run->focus = position;
    }
}

static void
leave (Run *run)
{
  tell (run, "leave; ");
  gtk_widget_grab_focus (run->rows->before);
  run->focus = NONE;
}

static void
press (Run *run)
{
  static const guint keys[] = { GDK_KEY_Up, GDK_KEY_Down, GDK_KEY_Page_Up, GDK_KEY_Page_Down, GDK_KEY_Home, GDK_KEY_End, GDK_KEY_space };
  static const GdkModifierType states[] = { 0, 0, GDK_SHIFT_MASK, GDK_CONTROL_MASK, GDK_CONTROL_MASK | GDK_SHIFT_MASK };
  guint key = keys[any (run, G_N_ELEMENTS (keys))];
  GdkModifierType state = states[any (run, G_N_ELEMENTS (states))];

  tell (run, "key %s %u; ", gdk_keyval_name (key), state);
  if (run->focus == NONE || n_rows (run) == 0)
    return;
  run->moved = TRUE;
  run->focus = MIN (run->focus, n_rows (run) - 1);
  rows_key (run->rows, key, state);
  if (key == GDK_KEY_Up)
    run->focus -= run->focus > 0;
  else if (key == GDK_KEY_Down)
    run->focus += run->focus + 1 < n_rows (run);
  else if (key != GDK_KEY_space)
    run->focus = rows_focus (run->rows);
}

/* Choosing */

static void
choose (Run *run)
{
  guint position = any (run, n_rows (run) + 1);
  gboolean toggle = any (run, 2), extend = any (run, 2);

  tell (run, "select %u %d %d; ", position, toggle, extend);
  wb_row_list_select (run->rows->list, position, toggle, extend);
}

static void
choose_all (Run *run)
{
  tell (run, "all; ");
  if (any (run, 2))
    gtk_selection_model_select_all (run->rows->selection);
  else
    gtk_selection_model_unselect_all (run->rows->selection);
}

/* The list */

static void
change_rows (Run *run)
{
  tell (run, "maker; ");
  run->moved = TRUE;
  run->rows->height = 20 + (int) any (run, 50);
  wb_row_list_set_maker (run->rows->list, &rows_maker, run->rows);
  if (run->focus != NONE && n_rows (run) > 0)
    {
      run->focus = MIN (run->focus, n_rows (run) - 1);
      g_assert_true (wb_row_list_focus (run->rows->list, run->focus));
    }
}

static void
change_window (Run *run)
{
  tell (run, "window; ");
  run->moved = TRUE;
  gtk_window_set_default_size (GTK_WINDOW (run->rows->window), 300, 150 + (int) any (run, 800));
}

static const struct {
  void (*act) (Run *run);
  guint often;
} acts[] = {
  { change_near, 12 }, { change_some, 10 }, { change_most, 2 }, { scroll, 14 }, { scroll_to, 6 }, { take_focus, 6 }, { leave, 2 },
  { press, 16 },       { choose, 8 },       { choose_all, 1 },  { change_rows, 1 }, { change_window, 2 },
};

static void
act (Run *run)
{
  guint all = 0, drawn;

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    all += acts[i].often;
  drawn = any (run, all);
  for (guint i = 0; i < G_N_ELEMENTS (acts); drawn -= acts[i++].often)
    if (drawn < acts[i].often)
      {
        acts[i].act (run);
        return;
      }
}

/* A row on the screen, and where it is. */
static void
note_place (Run *run)
{
  double value = rows_value (run->rows);
  guint first = wb_row_list_first_shown (run->rows->list);

  run->moved = FALSE;
  run->anchor = value > 0 && first < n_rows (run) ? first : NONE;
  run->anchor_y = run->anchor != NONE ? rows_y (run->rows, first) : 0;
}

/* Where nobody scrolled it stays, unless there are too few rows below it now. */
static void
check_place (Run *run)
{
  GtkAdjustment *adjustment = rows_adjustment (run->rows);
  double most = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);

  if (run->moved || run->anchor == NONE || rows_value (run->rows) >= most)
    return;
  g_assert_cmpint (rows_y (run->rows, run->anchor), ==, run->anchor_y);
}

static void
check (Run *run)
{
  rows_settle (run->rows);
  rows_check (run->rows);
  /* Where the last row went the one before has it, and where all went none. */
  if (run->focus != NONE)
    run->focus = n_rows (run) > 0 ? MIN (run->focus, n_rows (run) - 1) : NONE;
  g_assert_cmpuint (rows_focus (run->rows), ==, run->focus);
  g_assert_true (run->focus == NONE || run->rows->list->cursor == run->focus);
  check_place (run);
}

static void
test_random (void)
{
  const char *given = g_getenv ("WAYBILL_SEED");
  guint32 seed = given != NULL ? (guint32) g_ascii_strtoull (given, NULL, 10) : g_random_int ();
  Run run = { .rows = rows_new (500, 300, 400), .rand = g_rand_new_with_seed (seed), .focus = NONE, .story = g_string_new (NULL) };

  g_test_message ("WAYBILL_SEED=%u", seed);
  for (guint i = 0; i < ROUNDS; i++)
    {
      note_place (&run);
      g_string_truncate (run.story, 0);
      for (guint n = 1 + any (&run, 4); n > 0; n--)
        act (&run);
      g_test_message ("%u: %s", i, run.story->str);
      check (&run);
    }
  g_string_free (run.story, TRUE);
  g_rand_free (run.rand);
  rows_free (run.rows);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/row-list/random", test_random);
  return g_test_run ();
}
