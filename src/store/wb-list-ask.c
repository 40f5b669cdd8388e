// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-list-private.h"

/* Which rows a list has, in which order, and how many each chip would have: asked in the reader's thread. */

void
wb_list_ask_free (gpointer data)
{
  WbListAsk *ask = data;

  g_free (ask->words);
  g_free (ask->chip);
  g_free (ask->customer);
  g_free (ask->sort);
  g_free (ask);
}

void
wb_list_answer_free (gpointer data)
{
  WbListAnswer *answer = data;

  g_clear_pointer (&answer->ids, g_array_unref);
  g_free (answer->counts);
  g_free (answer);
}

/* -1: all of them. */
static int
find_chip (const WbListQuery *query, const char *name)
{
  for (guint i = 0; i < query->n_chips; i++)
    if (g_strcmp0 (query->chips[i].name, name) == 0)
      return (int) i;
  return -1;
}

static const WbListColumn *
find_column (const WbListQuery *query, const char *name)
{
  for (guint i = 0; i < query->n_columns; i++)
    if (g_strcmp0 (query->columns[i].name, name) == 0)
      return &query->columns[i];
  return NULL;
}

static void
append_order (GString *sql, const WbListAsk *ask)
{
  const char *way = ask->descending ? "DESC" : "ASC";
  const WbListColumn *column = find_column (ask->query, ask->sort);

  g_string_append (sql, " ORDER BY ");
  if (column != NULL)
    g_string_append_printf (sql, column->number ? "coalesce (\"%s\", 0) %s, " : "fold (\"%s\") %s, ", column->name,
                            way);
  g_string_append (sql, ask->query->order_by);
}

static sqlite3_stmt *
prepare_ask (sqlite3 *db, const WbListAsk *ask, const char *with, const char *columns, gboolean searched,
             GError **error)
{
  GString *sql = g_string_new (with);
  sqlite3_stmt *stmt;

  g_string_append_printf (sql, " SELECT %s FROM list WHERE (?1 = '' OR %s = ?1)", columns, ask->query->customer);
  if (searched)
    {
      g_string_append_printf (sql, " AND (?2 = '' OR finds (%s, ?2))", ask->query->search);
      append_order (sql, ask);
    }
  stmt = wb_db_prepare (db, error, sql->str, searched ? "ss" : "s", ask->customer, ask->words);
  g_string_free (sql, TRUE);
  return stmt;
}

/* One pass: each row says to which chips it belongs, and the chosen one takes it. */
static gboolean
read_ids (sqlite3 *db, const WbListAsk *ask, const char *with, WbListAnswer *answer, GError **error)
{
  GString *columns = g_string_new ("rid");
  g_autoptr (WbStatement) stmt = NULL;
  g_autoptr (GError) failure = NULL;
  int chosen = find_chip (ask->query, ask->chip);

  for (guint i = 0; i < ask->query->n_chips; i++)
    g_string_append_printf (columns, ", (%s)", ask->query->chips[i].where);
  stmt = prepare_ask (db, ask, with, columns->str, TRUE, &failure);
  g_string_free (columns, TRUE);
  while (stmt != NULL && wb_db_step (stmt, &failure))
    {
      gint64 id = sqlite3_column_int64 (stmt, 0);

      for (guint i = 0; i < ask->query->n_chips; i++)
        answer->counts[i] += sqlite3_column_int (stmt, (int) i + 1) != 0;
      if (chosen < 0 || sqlite3_column_int (stmt, chosen + 1) != 0)
        g_array_append_val (answer->ids, id);
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
read_total (sqlite3 *db, const WbListAsk *ask, const char *with, WbListAnswer *answer, GError **error)
{
  g_autoptr (WbStatement) stmt = prepare_ask (db, ask, with, "count (*)", FALSE, error);

  if (stmt == NULL || !wb_db_step (stmt, error))
    return FALSE;
  answer->total = sqlite3_column_int64 (stmt, 0);
  return TRUE;
}

gpointer
wb_list_ask_job (sqlite3 *db, gpointer data, GError **error)
{
  WbListAsk *ask = data;
  g_autofree char *with = wb_list_query_union (ask->query);
  WbListAnswer *answer = g_new0 (WbListAnswer, 1);

  answer->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  answer->counts = g_new0 (gint64, ask->query->n_chips);
  if (read_ids (db, ask, with, answer, error) && read_total (db, ask, with, answer, error))
    return answer;
  wb_list_answer_free (answer);
  return NULL;
}
