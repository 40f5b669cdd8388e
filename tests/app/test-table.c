// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-table.h"

/* What was pasted: its columns, what they are, and the rows that come of them. */

static void
test_parse (void)
{
  static const struct {
    const char *text;
    guint rows, columns;
    const char *last; /* its last cell */
  } cases[] = {
    { "", 0, 0, NULL },
    { "\n\n", 0, 0, NULL },
    { "amara", 1, 1, "amara" },
    { "amara\r\njonas\r\n", 2, 1, "jonas" },
    { "a\tb\nc\td", 2, 2, "d" },
    { "a\tb\nc", 2, 2, "" },
    { "a\t\"two\nlines\"", 1, 2, "two\nlines" },
    { "a\t\"say \"\"hi\"\"\"", 1, 2, "say \"hi\"" },
    { "a,b,c\nd,e,f", 2, 3, "f" },
    { "a;b\nc;d", 2, 2, "d" },
    { "\xef\xbb\xbf" "a,b,\"c, d\"", 1, 3, "c, d" },
    /* A person with a comma is one cell; lines of different lengths are no columns. */
    { "Okafor, Amara", 1, 1, "Okafor, Amara" },
    { "a,b\nc,d,e", 2, 1, "c,d,e" },
    { "a\tb\n\n\n", 1, 2, "b" },
    { "  a  \t b ", 1, 2, "b" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WbTable) table = wb_table_parse (cases[i].text, '\0');

      g_test_message ("case %u", i);
      g_assert_cmpuint (table->rows->len, ==, cases[i].rows);
      g_assert_cmpuint (table->columns, ==, cases[i].columns);
      if (cases[i].last != NULL)
        g_assert_cmpstr (wb_table_get (table, table->rows->len - 1, table->columns - 1), ==, cases[i].last);
    }
}

/* What is copied comes back the same, whatever is in it. */
static void
test_quote (void)
{
  static const char *const cells[] = { "plain", "", "with \"quotes\"", "two\nlines", "tab\there" };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (WbTable) table = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      if (i > 0)
        g_string_append_c (text, '\t');
      wb_table_quote (text, cells[i]);
    }
  table = wb_table_parse (text->str, '\t');
  g_assert_cmpuint (table->columns, ==, G_N_ELEMENTS (cells));
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    g_assert_cmpstr (wb_table_get (table, 0, i), ==, cells[i]);
}

static void
test_guess (void)
{
  static const struct {
    const char *text;
    gboolean header;
    WbRole roles[4];
  } cases[] = {
    { "Domain\tUser name\tFirst name\tLast name\nx.example\tamara\tAmara\tOkafor", TRUE,
      { WB_ROLE_DOMAIN, WB_ROLE_USER_NAME, WB_ROLE_FIRST_NAME, WB_ROLE_LAST_NAME } },
    { "first_name\tE-Mail\nAmara\tamara@x.example", TRUE, { WB_ROLE_FIRST_NAME, WB_ROLE_ADDRESS } },
    { "Amara\tOkafor\tamara@x.example\nJo\tLee\tjo@x.example", FALSE, { WB_ROLE_FIRST_NAME, WB_ROLE_LAST_NAME, WB_ROLE_ADDRESS } },
    { "brightloom.example\tamara.okafor\nbrightloom.example\tjo.lee", FALSE, { WB_ROLE_DOMAIN, WB_ROLE_USER_NAME } },
    { "Amara Okafor\nJo Lee", FALSE, { WB_ROLE_FULL_NAME } },
    { "Amara\nJo", FALSE, { WB_ROLE_FULL_NAME } },
    { "amara\tAmara\njo\tJo", FALSE, { WB_ROLE_USER_NAME, WB_ROLE_FIRST_NAME } },
    { "12\t34\n56\t78", FALSE, { WB_ROLE_USER_NAME, WB_ROLE_NONE } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WbTable) table = wb_table_parse (cases[i].text, '\0');
      WbRole roles[4] = { 0 };
      gboolean header;

      g_test_message ("case %u", i);
      g_assert_cmpuint (table->columns, <=, G_N_ELEMENTS (roles));
      wb_table_guess (table, roles, &header);
      g_assert_cmpint (header, ==, cases[i].header);
      for (guint column = 0; column < table->columns; column++)
        g_assert_cmpint (roles[column], ==, cases[i].roles[column]);
    }
}

/* The mapping is asked for only when the columns do not tell where they go. */
static void
test_fits (void)
{
  static const struct {
    const char *text;
    WbCell cell;
    gboolean fits;
  } cases[] = {
    { "amara.okafor\njonas", WB_CELL_USER_NAME, TRUE },
    { "amara.okafor\tAmara\tOkafor\njonas\tJonas\tLindqvist", WB_CELL_USER_NAME, TRUE },
    { "x.example\tamara\tAmara\tOkafor", WB_CELL_DOMAIN, TRUE },
    { "Amara\tOkafor", WB_CELL_FIRST_NAME, TRUE },
    { "Amara\tOkafor", WB_CELL_USER_NAME, FALSE },
    { "Amara\tOkafor\tamara@x.example", WB_CELL_USER_NAME, FALSE },
    { "amara\tAmara\tOkafor", WB_CELL_DOMAIN, FALSE },
    { "amara@x.example\njo@x.example", WB_CELL_USER_NAME, FALSE },
    { "amara\tAmara\tOkafor\textra", WB_CELL_USER_NAME, FALSE },
    { "User name\tFirst name\namara\tAmara", WB_CELL_USER_NAME, FALSE },
    { "amara okafor\tAmara", WB_CELL_USER_NAME, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WbTable) table = wb_table_parse (cases[i].text, '\0');

      g_test_message ("case %u", i);
      g_assert_cmpint (wb_table_fits (table, cases[i].cell), ==, cases[i].fits);
    }
}

static void
test_make_rows (void)
{
  static const WbRole roles[] = { WB_ROLE_FULL_NAME, WB_ROLE_ADDRESS, WB_ROLE_NONE };
  g_autoptr (WbTable) table = wb_table_parse ("Name\tE-Mail\tNote\nAmara Okafor\tAmara@X.example\tgood\n\t\tonly a note\nJo Lee\tJO\t", '\0');
  g_autoptr (GPtrArray) rows = wb_table_make_rows (table, roles, TRUE, "y.example");
  const WbDraftMailbox *row;

  g_assert_cmpuint (rows->len, ==, 2);
  row = rows->pdata[0];
  g_assert_cmpstr (row->first_name, ==, "Amara");
  g_assert_cmpstr (row->last_name, ==, "Okafor");
  g_assert_cmpstr (row->user_name, ==, "amara");
  g_assert_cmpstr (row->domain, ==, "x.example");
  row = rows->pdata[1];
  g_assert_cmpstr (row->user_name, ==, "jo");
  g_assert_cmpstr (row->domain, ==, "y.example");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/table/parse", test_parse);
  g_test_add_func ("/table/quote", test_quote);
  g_test_add_func ("/table/guess", test_guess);
  g_test_add_func ("/table/fits", test_fits);
  g_test_add_func ("/table/make-rows", test_make_rows);
  return g_test_run ();
}
