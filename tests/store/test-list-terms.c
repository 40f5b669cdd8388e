// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "wb-list-private.h"
#include "wb-list-terms.h"

/* What is typed into a search, what is asked of it, and what it lets through. */

/* "word", "-word", "column op value", each in brackets. */
static char *
dup_parsed (WbCollection collection, const char *text)
{
  static const char *const ops[] = { "~", "=", "<", "<=", ">", ">=", ".." };
  g_autoptr (GPtrArray) terms = wb_list_terms_parse (collection, text);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < terms->len; i++)
    {
      WbListTerm *term = terms->pdata[i];

      g_string_append_printf (out, "[%s", term->negated ? "-" : "");
      if (term->field != NULL)
        g_string_append_printf (out, "%s %s ", term->field->column, ops[term->op]);
      g_string_append_printf (out, "%s%s%s]", term->text, term->to != NULL ? " " : "", term->to != NULL ? term->to : "");
    }
  return g_string_free (out, FALSE);
}

static void
test_parse (void)
{
  static const struct {
    const char *text, *terms;
  } cases[] = {
    { "", "" },
    { " \t\n ", "" },
    { "oak  Bright", "[oak][Bright]" },
    { "oak -bright", "[oak][-bright]" },
    { "-", "[-]" },
    { "a-b", "[a-b]" },
    { "\"two words\" -\"no such\"", "[two words][-no such]" },
    { "\"not closed here", "[not closed here]" },
    { "\"\" -\"\"", "" },
    { "state:failed", "[state ~ failed]" },
    { "State:Failed,live", "[state ~ Failed,live]" },
    { "-state:live", "[-state ~ live]" },
    { "customer:\"Oak & Sons\" x", "[customer ~ Oak & Sons][x]" },
    { "domain:a.example", "[domains ~ a.example]" },
    { "domains:a.example", "[domains ~ a.example]" },
    { "mailboxes:12", "[mailboxes = 12]" },
    { "mailboxes:=12", "[mailboxes = 12]" },
    { "mailboxes:>=100", "[mailboxes >= 100]" },
    { "mailboxes:≤100", "[mailboxes <= 100]" },
    { "mailboxes:5..10", "[mailboxes .. 5 10]" },
    { "mailboxes:5.. mailboxes:..7", "[mailboxes .. 5 ][mailboxes ..  7]" },
    { "charge:>12.50 charge:<$3", "[cents > 12.50][cents < $3]" },
    { "made:<30d made:2026-12-01 made:today", "[made < 30d][made = 2026-12-01][made = today]" },
    { "made:2026-01..2026-03", "[made .. 2026-01 2026-03]" },
    /* Not yet whole: nothing is asked. */
    { "state: mailboxes:> mailboxes:.. customer:\"", "" },
    /* No field, or no value of its kind: a word. */
    { "http://a.example", "[http://a.example]" },
    { "mailboxes:many", "[mailboxes:many]" },
    { "mailboxes:99999999999999999999", "[mailboxes:99999999999999999999]" },
    { "made:2026-13-01 made:2026-02-30 made:2026- made:5x", "[made:2026-13-01][made:2026-02-30][made:2026-][made:5x]" },
    { "charge:1.234 charge:-5", "[charge:1.234][charge:-5]" },
    { ":x", "[:x]" },
    { "email:x", "[email:x]" }, /* of customers alone */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *terms = dup_parsed (WB_COLLECTION_ORDERS, cases[i].text);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (terms, ==, cases[i].terms);
    }
}

static void
test_words (void)
{
  static const struct {
    const char *text, *words;
  } cases[] = {
    { "oak state:live -bright", "oak -bright" },
    { "\"two words\" -\"no such\" -one", "two words -one" },
    { "state:live", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) terms = wb_list_terms_parse (WB_COLLECTION_ORDERS, cases[i].text);
      g_autofree char *words = wb_list_terms_dup_words (terms);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
assert_round_trip (WbCollection collection, const char *text)
{
  g_autoptr (GPtrArray) terms = wb_list_terms_parse (collection, text), again = NULL;
  g_autofree char *written = wb_list_terms_to_text (terms);

  again = wb_list_terms_parse (collection, written);
  if (terms->len != again->len)
    g_error ("“%s” was written as “%s”", text, written);
  for (guint i = 0; i < terms->len; i++)
    if (!wb_list_term_equal (terms->pdata[i], again->pdata[i]))
      g_error ("“%s” was written as “%s”, which is other at %u", text, written, i);
}

/* Whatever is typed: no crash, and what is written of it reads the same. */
static void
test_round_trip (void)
{
  static const char *const pieces[] = {
    "state", "customer", "mailboxes", "charge", "made", "renewal", "domain", ":", ":", ":", "\"", "-", "<", ">", "=", "..", ".",
    ",", " ", " ", "30d", "12.50", "2026-12-01", "today", "yes", "no", "é", "\xff", "ﬀ", "\u00a0", "\u3000", "100", "oak", "%", "_", "'", "\\",
    "≥", "\t", "$",
  };

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      guint n = (guint) g_test_rand_int_range (0, 14);

      for (guint k = 0; k < n; k++)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      assert_round_trip ((WbCollection) g_test_rand_int_range (0, WB_N_COLLECTIONS), text->str);
    }
}

/* Conditions, on a table like those of lists */

#define DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

static gint64
local (int year, int month, int day, int hour)
{
  g_autoptr (GDateTime) time = g_date_time_new_local (year, month, day, hour, 0, 0);

  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

static void
run (sqlite3 *db, const char *sql)
{
  g_autoptr (GError) error = NULL;

  if (!wb_db_run (db, &error, sql, ""))
    g_error ("%s: %s", sql, error->message);
}

static sqlite3 *
open_table (gint64 now)
{
  g_autofree char *sql = NULL;
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (":memory:", &db), ==, SQLITE_OK);
  g_assert_true (wb_list_attach (db, ":memory:", NULL));
  run (db, "CREATE TABLE list (name, state, customer, search, mailboxes, cents, made, \"next-renewal\", paid)");
  sql = g_strdup_printf ("INSERT INTO list VALUES"
                         " ('a', 'live', 'Oak & Sons', 'Oak & Sons one.example', 5, 1250, %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ", 1),"
                         " ('b', 'not-paid', 'Ñandú', 'Ñandú two.example', 10, 0, %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ", 0),"
                         " ('c', 'FAILED', 'Ball ''n'' Oak', 'Ball three.example', 100, NULL, %" G_GINT64_FORMAT ", NULL, NULL),"
                         " ('d', NULL, NULL, '', NULL, 99999, 0, %" G_GINT64_FORMAT ", 1)",
                         now - DAY, now + 10 * DAY, now - 40 * DAY, now + 60 * DAY, local (2026, 3, 31, 23), now - DAY);
  run (db, sql);
  return db;
}

static char *
dup_found (sqlite3 *db, WbCollection collection, const char *text, gint64 now)
{
  g_autoptr (GPtrArray) terms = wb_list_terms_parse (collection, text), params = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) sql = g_string_new ("SELECT coalesce (group_concat (name, ''), '') FROM list WHERE ?1 = ''");
  g_autoptr (WbStatement) stmt = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < terms->len; i++)
    {
      g_autofree char *where = wb_list_term_to_sql_at (terms->pdata[i], params, now);

      if (where != NULL)
        g_string_append_printf (sql, " AND %s", where);
    }
  stmt = wb_db_prepare (db, &error, sql->str, "s", "");
  g_assert_no_error (error);
  for (guint i = 0; i < params->len; i++)
    g_assert_cmpint (sqlite3_bind_text (stmt, (int) i + 2, params->pdata[i], -1, SQLITE_TRANSIENT), ==, SQLITE_OK);
  g_assert_true (wb_db_step (stmt, &error));
  return g_strdup (wb_db_text (stmt, 0));
}

static void
test_sql (void)
{
  static const struct {
    WbCollection collection;
    const char *text, *rows;
  } cases[] = {
    { WB_COLLECTION_ORDERS, "", "abcd" },
    { WB_COLLECTION_ORDERS, "state:LIVE", "a" },
    { WB_COLLECTION_ORDERS, "state:failed,not-paid", "bc" },
    { WB_COLLECTION_ORDERS, "-state:live", "bcd" },
    { WB_COLLECTION_ORDERS, "state:\"x' OR 1\"", "" },
    { WB_COLLECTION_ORDERS, "customer:oak", "ac" },
    { WB_COLLECTION_ORDERS, "customer:nandu", "b" },
    { WB_COLLECTION_ORDERS, "customer:\"oak 'n'\"", "c" },
    { WB_COLLECTION_ORDERS, "-customer:oak", "bd" },
    { WB_COLLECTION_ORDERS, "-\"oak one\"", "bcd" },
    { WB_COLLECTION_ORDERS, "mailboxes:10", "b" },
    { WB_COLLECTION_ORDERS, "mailboxes:>10", "c" },
    { WB_COLLECTION_ORDERS, "mailboxes:>=10", "bc" },
    { WB_COLLECTION_ORDERS, "mailboxes:<=10", "ab" },
    { WB_COLLECTION_ORDERS, "mailboxes:<10", "a" },
    { WB_COLLECTION_ORDERS, "mailboxes:5..10", "ab" },
    { WB_COLLECTION_ORDERS, "mailboxes:10..5", "ab" },
    { WB_COLLECTION_ORDERS, "mailboxes:..10", "ab" },
    { WB_COLLECTION_ORDERS, "-mailboxes:..10", "cd" },
    { WB_COLLECTION_ORDERS, "mailboxes:>=5 mailboxes:<100", "ab" },
    { WB_COLLECTION_ORDERS, "charge:12.50", "a" },
    { WB_COLLECTION_ORDERS, "charge:12,5", "a" },
    { WB_COLLECTION_ORDERS, "charge:12", "" },
    { WB_COLLECTION_ORDERS, "charge:>0", "ad" },
    { WB_COLLECTION_ORDERS, "charge:0..999.98", "ab" },
    { WB_COLLECTION_ORDERS, "made:<30d", "a" },
    { WB_COLLECTION_ORDERS, "made:>30d", "bc" },
    { WB_COLLECTION_ORDERS, "made:30d", "a" },
    { WB_COLLECTION_ORDERS, "made:30d..50d", "b" },
    { WB_COLLECTION_ORDERS, "made:..6w", "ab" },
    { WB_COLLECTION_ORDERS, "made:6w..", "c" },
    { WB_COLLECTION_ORDERS, "made:2026-03-31", "c" },
    { WB_COLLECTION_ORDERS, "made:2026-04-01", "" },
    { WB_COLLECTION_ORDERS, "made:2026-03", "c" },
    { WB_COLLECTION_ORDERS, "made:2026", "abc" },
    { WB_COLLECTION_ORDERS, "made:<=2026-03-31", "c" },
    { WB_COLLECTION_ORDERS, "made:<2026-03-31", "" },
    { WB_COLLECTION_ORDERS, "made:>2026-03-31", "ab" },
    { WB_COLLECTION_ORDERS, "made:2026-03-01..2026-03-31", "c" },
    { WB_COLLECTION_ORDERS, "made:yesterday", "a" },
    { WB_COLLECTION_CUSTOMERS, "renewal:<30d", "ad" },
    { WB_COLLECTION_CUSTOMERS, "renewal:0d..30d", "a" },
    { WB_COLLECTION_CUSTOMERS, "renewal:30d", "a" },
    { WB_COLLECTION_CUSTOMERS, "renewal:>1m", "b" },
    { WB_COLLECTION_CUSTOMERS, "renewal:<0d", "d" },
    { WB_COLLECTION_ACTIVITY, "paid:yes", "ad" },
    { WB_COLLECTION_ACTIVITY, "paid:no", "b" },
    { WB_COLLECTION_ACTIVITY, "-paid:yes", "bc" },
  };
  gint64 now = local (2026, 11, 27, 12);
  sqlite3 *db = open_table (now);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *rows = dup_found (db, cases[i].collection, cases[i].text, now);

      if (g_strcmp0 (rows, cases[i].rows) != 0)
        g_error ("“%s” found “%s” and not “%s”", cases[i].text, rows, cases[i].rows);
    }
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

/* Every field of every list, with a value of its kind, is a condition that the list's own columns take. */
static void
test_fields (void)
{
  static const char *const values[] = { "live", "oak", "5", "12.50", "3d", "3d", "yes" };

  for (WbCollection c = 0; c < WB_N_COLLECTIONS; c++)
    {
      guint n;
      g_autofree const WbListField **fields = wb_list_fields (c, &n);

      for (guint i = 0; i < n; i++)
        {
          g_autofree char *text = g_strdup_printf ("%s:%s", fields[i]->name, values[fields[i]->kind]);
          g_autoptr (GPtrArray) terms = wb_list_terms_parse (c, text);

          g_assert_true (wb_list_field_find (c, fields[i]->name) == fields[i]);
          g_assert_cmpuint (terms->len, ==, 1);
          g_assert_true (((WbListTerm *) terms->pdata[0])->field == fields[i]);
          g_assert_nonnull (wb_list_query_column (wb_list_query_get (c), fields[i]->column));
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/list-terms/parse", test_parse);
  g_test_add_func ("/list-terms/words", test_words);
  g_test_add_func ("/list-terms/round-trip", test_round_trip);
  g_test_add_func ("/list-terms/sql", test_sql);
  g_test_add_func ("/list-terms/fields", test_fields);
  return g_test_run ();
}
