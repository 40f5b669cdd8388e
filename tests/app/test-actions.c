// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-application-private.h"

/* The one table of actions: keys, menus and the shortcuts window are made from it. */

static void
test_accels (void)
{
  guint n_rows;
  const WbActionRow *rows = wb_action_rows (&n_rows);

  for (guint i = 0; i < n_rows; i++)
    {
      g_auto (GStrv) accels = g_strsplit (rows[i].accels != NULL ? rows[i].accels : "", " ", 0);

      g_assert_true ((rows[i].title == NULL) == (rows[i].group == NULL));
      for (guint k = 0; accels[k] != NULL; k++)
        {
          guint key = 0;

          g_test_message ("%s %s", rows[i].name, accels[k]);
          g_assert_true (gtk_accelerator_parse (accels[k], &key, NULL));
          g_assert_cmpuint (key, !=, 0);
        }
    }
}

static gboolean
shares_key (const char *a, const char *b)
{
  g_auto (GStrv) one = g_strsplit (a, " ", 0), two = g_strsplit (b, " ", 0);

  for (guint i = 0; one[i] != NULL; i++)
    if (g_strv_contains ((const char *const *) two, one[i]))
      return TRUE;
  return FALSE;
}

static gboolean
belongs_to_program (const char *name)
{
  return g_str_has_prefix (name, "app.") || g_str_has_prefix (name, "win.");
}

/* What works everywhere in the main window has a key to itself there. */
static void
test_no_key_twice (void)
{
  guint n_rows;
  const WbActionRow *rows = wb_action_rows (&n_rows);

  for (guint i = 0; i < n_rows; i++)
    for (guint k = i + 1; k < n_rows; k++)
      if (rows[i].accels != NULL && rows[k].accels != NULL && belongs_to_program (rows[i].name)
          && (belongs_to_program (rows[k].name) || g_str_has_prefix (rows[k].name, "collection.")))
        {
          g_test_message ("%s and %s", rows[i].name, rows[k].name);
          g_assert_false (shares_key (rows[i].accels, rows[k].accels));
        }
}

/* What is on the session bus only shows: there is no word of sending among it. */
static void
test_nothing_sends (void)
{
  static const char *const words[] = { "pay", "send", "create", "unlock", "submit", "confirm", "charge" };
  guint n_rows;
  const WbActionRow *rows = wb_action_rows (&n_rows);

  for (guint i = 0; i < n_rows; i++)
    for (guint k = 0; belongs_to_program (rows[i].name) && k < G_N_ELEMENTS (words); k++)
      {
        g_test_message ("%s", rows[i].name);
        g_assert_null (strstr (rows[i].name, words[k]));
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/actions/accels/can-be-typed", test_accels);
  g_test_add_func ("/actions/accels/none-twice", test_no_key_twice);
  g_test_add_func ("/actions/names/nothing-sends", test_nothing_sends);
  return g_test_run ();
}
