// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-csv.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>

/* CSV files: what other programs read from them, and what is left when one cannot be written. */

typedef struct {
  char *folder;
  GFile *file;
} Place;

static void
place_open (Place *self)
{
  self->folder = g_dir_make_tmp ("waybill-csv-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (self->folder, "a b.csv", NULL);
  self->file = g_file_new_for_path (path);
}

static guint
n_files (Place *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
place_close (Place *self)
{
  g_file_delete (self->file, NULL, NULL);
  g_assert_cmpuint (n_files (self), ==, 0);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_object_unref (self->file);
  g_free (self->folder);
}

static void
assert_content (Place *self, const char *wanted)
{
  g_autofree char *content = NULL;

  g_assert_true (g_file_load_contents (self->file, NULL, &content, NULL, NULL, NULL));
  g_assert_cmpstr (content, ==, wanted);
}

static void
test_cells (void)
{
  static const struct {
    const char *text, *cell;
  } cells[] = {
    { "plain", "plain" },           { "a,b", "\"a,b\"" },         { "say \"hi\"", "\"say \"\"hi\"\"\"" },
    { "two\nlines", "\"two\nlines\"" }, { "two\r\nlines", "\"two\r\nlines\"" }, { "=1+1", "'=1+1" },
    { "+49 30", "'+49 30" },        { "-2+3", "'-2+3" },          { "@SUM(A1)", "'@SUM(A1)" },
    { "\t=1", "'\t=1" },            { "\r=1", "\"'\r=1\"" },      { "=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"" },
    { "-12", "-12" },               { "+4.50", "+4.50" },         { "-", "'-" },
    { "a=b", "a=b" },               { "", "" },                   { " x", "\" x\"" },
    { "x ", "\"x \"" },             { "Señal ß 日本 😀", "Señal ß 日本 😀" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      Place place;
      WbCsv *csv;
      g_autofree char *wanted = g_strdup_printf ("%s,end\r\n", cells[i].cell);

      place_open (&place);
      csv = wb_csv_new (place.file, NULL);
      wb_csv_add_text (csv, cells[i].text);
      wb_csv_add_text (csv, "end");
      g_assert_true (wb_csv_end_row (csv, NULL));
      g_assert_true (wb_csv_close (csv, NULL));
      wb_csv_free (csv);
      assert_content (&place, wanted);
      place_close (&place);
    }
}

/* Figures stay figures, whatever they begin with. */
static void
test_figures (void)
{
  Place place;
  WbCsv *csv;

  place_open (&place);
  csv = wb_csv_new (place.file, NULL);
  wb_csv_add_number (csv, -12);
  wb_csv_add_money (csv, 10620);
  wb_csv_add_money (csv, -400);
  wb_csv_add_money (csv, -5);
  wb_csv_add_money (csv, G_MININT64);
  wb_csv_add_time (csv, G_GINT64_CONSTANT (1764253800) * G_USEC_PER_SEC);
  wb_csv_add_time (csv, 0);
  wb_csv_add_nothing (csv);
  g_assert_true (wb_csv_end_row (csv, NULL));
  wb_csv_add_nothing (csv);
  g_assert_true (wb_csv_end_row (csv, NULL));
  g_assert_true (wb_csv_close (csv, NULL));
  wb_csv_free (csv);
  assert_content (&place, "-12,106.20,-4.00,-0.05,-92233720368547758.08,2025-11-27T14:30:00Z,,\r\n\"\"\r\n");
  place_close (&place);
}

/* What was there before stays until the new one is whole. */
static void
test_left (void)
{
  Place place;
  WbCsv *csv;

  place_open (&place);
  g_assert_true (g_file_replace_contents (place.file, "before", 6, NULL, FALSE, 0, NULL, NULL, NULL));
  csv = wb_csv_new (place.file, NULL);
  wb_csv_add_text (csv, "new");
  g_assert_true (wb_csv_end_row (csv, NULL));
  wb_csv_free (csv);
  assert_content (&place, "before");
  g_assert_cmpuint (n_files (&place), ==, 1);
  csv = wb_csv_new (place.file, NULL);
  wb_csv_add_text (csv, "new");
  g_assert_true (wb_csv_end_row (csv, NULL));
  g_assert_true (wb_csv_close (csv, NULL));
  wb_csv_free (csv);
  assert_content (&place, "new\r\n");
  place_close (&place);
}

static void
test_nowhere (void)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/proc/nowhere/at all.csv");
  g_autoptr (GError) error = NULL;

  g_assert_null (wb_csv_new (file, &error));
  g_assert_nonnull (error);
}

/* The disk is full: said, and nothing is left. */
static void
test_full (void)
{
  struct rlimit old, little;
  g_autoptr (GError) error = NULL;
  gboolean good = TRUE;
  Place place;
  WbCsv *csv;

  place_open (&place);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  little = (struct rlimit) { 100 * 1024, old.rlim_max };
  csv = wb_csv_new (place.file, NULL);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &little), ==, 0);
  for (guint i = 0; good && i < 100000; i++)
    {
      wb_csv_add_text (csv, "as much as it takes to fill it");
      good = wb_csv_end_row (csv, &error);
    }
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);
  g_assert_false (good);
  g_assert_nonnull (error);
  wb_csv_free (csv);
  g_assert_cmpuint (n_files (&place), ==, 0);
  place_close (&place);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv/cells", test_cells);
  g_test_add_func ("/csv/figures", test_figures);
  g_test_add_func ("/csv/left", test_left);
  g_test_add_func ("/csv/nowhere", test_nowhere);
  g_test_add_func ("/csv/full", test_full);
  return g_test_run ();
}
