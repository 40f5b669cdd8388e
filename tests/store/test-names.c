// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-names.h"

#include "wb-folder-private.h"
#include "wb-name-text-private.h"

typedef struct {
  const char *from, *to;
} Pair;

static void
test_fold (void)
{
  static const Pair pairs[] = {
    { "Tomás_Herrera", "tomas herrera" }, { "  Amara--Okafor. ", "amara okafor" }, { "ŁUKASZ Żółć", "lukasz zolc" },
    { "ΊΚΑΡΟΣ", "ικαροσ" },               { "Ίκαρος", "ικαροσ" },
    { "Straße", "strasse" },              { "Søren Ærø", "soren aero" },           { "Ａnn", "ann" },
    { "e\u0301ve", "eve" },               { "Анна", "анна" },                      { "李 小龙", "李 小龙" },
    { "ΓΙΏΡΓΟΣ Σίσυφος", "γιωργοσ σισυφοσ" }, { "STRAẞE", "strasse" }, { "ĳ ﬁ", "ij fi" },
    { "\xff\xfe", "��" },                 { "", "" },                              { "a\u200bb", "ab" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *folded = wb_name_fold (pairs[i].from);

      g_assert_cmpstr (folded, ==, pairs[i].to);
    }
}

/* Many at a time fold as one does. */
static void
test_folder (void)
{
  static const char *const parts[] = {
    "a", "B", "Zo", "ë", "e\u0301", "\u0301", "ß", "İ", "Σ", "ς", " ", "  ", "\t", "-", "_", ".", "--", "\u00a0", "\u2013", "¨",
    "\u200b", "\xff", "李", "Ａ", "1",
  };
  g_autoptr (WbFolder) folder = wb_folder_new ();
  g_autoptr (GString) out = g_string_new ("x");

  for (guint round = 0; round < 20000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *folded = NULL;

      for (int n = g_test_rand_int_range (0, 8); n > 0; n--)
        g_string_append (text, parts[g_test_rand_int_range (0, G_N_ELEMENTS (parts))]);
      folded = wb_name_fold (text->str);
      g_string_truncate (out, 1);
      wb_folder_append (folder, out, text->str);
      g_assert_cmpstr (out->str + 1, ==, folded);
    }
}

static void
test_ascii (void)
{
  static const Pair pairs[] = {
    { "Tomás", "tomas" },   { "Mary-Jane", "mary-jane" }, { "O’Brien", "obrien" },
    { "de la Cruz", "delacruz" }, { "Анна", "" },          { "-x-", "x" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *ascii = wb_name_ascii (pairs[i].from);

      g_assert_cmpstr (ascii, ==, pairs[i].to);
    }
}

static void
test_pattern (void)
{
  static const struct {
    const char *pattern, *first, *last;
    guint number;
    const char *user;
  } rows[] = {
    { "{first}.{last}", "Tomás", "Herrera", 0, "tomas.herrera" },
    { "{f}{last}{n}", "Amara", "Okafor", 2, "aokafor2" },
    { "{first}.{last}", "Prince", "", 0, "prince" },
    { "{first}-{l}_{n}", "Jo", "Vogt", 0, "jo-v" },
    { "Team.{first}", "Ann", "Lee", 0, "team.ann" },
    { "{first}@{last}", "Ann", "Lee", 0, "annlee" },
    { "{first}.{last}", "Анна", "Lee", 0, "lee" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *user = wb_name_pattern (rows[i].pattern, rows[i].first, rows[i].last, rows[i].number);

      g_assert_cmpstr (user, ==, rows[i].user);
    }
}

static void
test_split (void)
{
  static const struct {
    const char *line, *first, *last;
  } rows[] = {
    { "Amara Okafor", "Amara", "Okafor" },
    { "Okafor, Amara", "Amara", "Okafor" },
    { "Amara\tOkafor", "Amara", "Okafor" },
    { " Jan  van der  Berg ", "Jan", "van der Berg" },
    { "Mary Jane Watson", "Mary Jane", "Watson" },
    { "Prince", "Prince", "" },
    { "\"Ann Lee\"", "Ann", "Lee" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *first = NULL, *last = NULL;

      g_assert_true (wb_name_split (rows[i].line, &first, &last));
      g_assert_cmpstr (first, ==, rows[i].first);
      g_assert_cmpstr (last, ==, rows[i].last);
    }
  {
    char *first, *last;

    g_assert_false (wb_name_split (" \t ", &first, &last));
    g_assert_null (first);
  }
}

static void
test_domains (void)
{
  guint odd = 0;
  g_auto (GStrv) names
      = wb_name_domains ("Brightloom.EXAMPLE, https://www.two.example/a?b#c\nann@three.example;"
                         "<mailto:x@four.example> bücher.example two.example five.example. http://u:p@six.example:81/"
                         " nodot -bad.example a..b 1.2.3.4 x.y1",
                         &odd);
  static const char *const wanted[] = { "brightloom.example", "two.example",  "three.example", "four.example",
                                        "xn--bcher-kva.example", "five.example", "six.example",   NULL };

  g_assert_cmpstrv (names, wanted);
  g_assert_cmpuint (odd, ==, 5);
}

static void
test_unicode (void)
{
  gboolean mixed = TRUE;
  g_autofree char *plain = wb_name_unicode ("xn--bcher-kva.example", &mixed);
  g_autofree char *latin = wb_name_unicode ("brightloom.example", NULL);
  g_autofree char *spoof_ascii = g_strdup ("xn--pypal-4ve.example"); /* a Cyrillic а in paypal */
  g_autofree char *spoof = NULL;

  g_assert_cmpstr (plain, ==, "bücher.example");
  g_assert_false (mixed);
  g_assert_cmpstr (latin, ==, "brightloom.example");
  spoof = wb_name_unicode (spoof_ascii, &mixed);
  g_assert_true (mixed);
  g_assert_true (g_str_has_prefix (spoof, spoof_ascii));
}

static const WbMatchTarget targets[] = {
  { "amara.okafor@brightloom.example", "Amara", "Okafor" },
  { "amara@trybrightloom.example", "Amara", "Okafor" },
  { "tomas@brightloom.example", "Tomás", "Herrera" },
  { "jo@brightloom.example", "Jo", "Müller" },
  { "jane@brightloom.example", "Jane", "Smith" },
  { "john@brightloom.example", "John Ronald", "Smith" },
  { "pat@brightloom.example", "Pat", "O’Brien" },
};

typedef struct {
  const char *file, *folder;
  WbMatchKind kind;
  guint hits[4]; /* places + 1 */
} Case;

/* ui.md, Pictures: Matching, in the order of the rules. */
static const Case cases[] = {
  { "amara@trybrightloom.example.jpg", NULL, WB_MATCH_ADDRESS, { 2 } },
  { "AMARA@TryBrightloom.Example", NULL, WB_MATCH_ADDRESS, { 2 } },
  { "amara.okafor@brightloom.example (2).png", NULL, WB_MATCH_ADDRESS, { 1 } },
  { "amara.jpg", "trybrightloom.example", WB_MATCH_DOMAIN_USER, { 2 } },
  { "amara.jpg", "trybrightloom", WB_MATCH_DOMAIN_USER, { 2 } },
  { "amara.jpg", "Downloads", WB_MATCH_USER, { 2 } },
  { "tomas.jpeg", NULL, WB_MATCH_USER, { 3 } },
  { "TOMÁS.PNG", NULL, WB_MATCH_USER, { 3 } },
  { "amara_okafor-1.jpg", NULL, WB_MATCH_USER, { 1 } },
  { "Okafor Amara.png", NULL, WB_MATCH_NAME, { 1, 2 } },
  { "Tomás Herrera.jpg", NULL, WB_MATCH_NAME, { 3 } },
  { "herrera_tomas final.jpg", NULL, WB_MATCH_NAME, { 3 } },
  { "Herrera, Tomás.jpg", NULL, WB_MATCH_NAME, { 3 } },
  { "tomasherrera.jpg", NULL, WB_MATCH_NAME, { 3 } },
  { "jo mueller.png", NULL, WB_MATCH_NAME, { 4 } },
  { "Jo Müller (copy).png", NULL, WB_MATCH_NAME, { 4 } },
  { "Pat OBrien.jpg", NULL, WB_MATCH_NAME, { 7 } },
  { "Pat_O'Brien.jpg", NULL, WB_MATCH_NAME, { 7 } },
  { "j smith.jpg", NULL, WB_MATCH_INITIAL_LAST, { 5, 6 } },
  { "j.r.smith.jpg", NULL, WB_MATCH_INITIAL_LAST, { 6 } },
  { "jrsmith.jpg", NULL, WB_MATCH_INITIAL_LAST, { 6 } },
  { "t-herrera-2.jpg", NULL, WB_MATCH_INITIAL_LAST, { 3 } },
  { "headshot final.png", NULL, WB_MATCH_NONE, { 0 } },
  { "IMG_2041.jpg", NULL, WB_MATCH_NONE, { 0 } },
  { "", NULL, WB_MATCH_NONE, { 0 } },
  { ".jpg", NULL, WB_MATCH_NONE, { 0 } },
  { "(2).jpg", NULL, WB_MATCH_NONE, { 0 } },
};

static void
test_match (void)
{
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      WbMatchKind kind = wb_match_file (cases[i].file, cases[i].folder, targets, G_N_ELEMENTS (targets), hits);
      guint wanted = 0;

      g_test_message ("%s", cases[i].file);
      g_assert_cmpint (kind, ==, cases[i].kind);
      for (; cases[i].hits[wanted] != 0; wanted++)
        {
          g_assert_cmpuint (wanted, <, hits->len);
          g_assert_cmpuint (g_array_index (hits, guint, wanted) + 1, ==, cases[i].hits[wanted]);
        }
      g_assert_cmpuint (hits->len, ==, wanted);
    }
}

static void
test_guess (void)
{
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (guint));

  wb_match_guess ("Tomas Hererra.jpg", targets, G_N_ELEMENTS (targets), hits);
  g_assert_cmpuint (hits->len, >=, 1);
  g_assert_cmpuint (g_array_index (hits, guint, 0), ==, 2);
  wb_match_guess ("amarra okafor.jpg", targets, G_N_ELEMENTS (targets), hits);
  g_assert_cmpuint (hits->len, ==, 1);
  wb_match_guess ("zzzzzzzzzzzz.jpg", targets, G_N_ELEMENTS (targets), hits);
  g_assert_cmpuint (hits->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/names/fold", test_fold);
  g_test_add_func ("/names/ascii", test_ascii);
  g_test_add_func ("/names/pattern", test_pattern);
  g_test_add_func ("/names/split", test_split);
  g_test_add_func ("/names/domains", test_domains);
  g_test_add_func ("/names/folder", test_folder);
  g_test_add_func ("/names/unicode", test_unicode);
  g_test_add_func ("/names/match", test_match);
  g_test_add_func ("/names/guess", test_guess);
  return g_test_run ();
}
