// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-list-base-private.h"

#include <stdlib.h>
#include <string.h>

#include "wb-names.h"

WbListOrder *
wb_list_order_ref (WbListOrder *self)
{
  g_atomic_ref_count_inc (&self->n_refs);
  return self;
}

void
wb_list_order_unref (WbListOrder *self)
{
  if (!g_atomic_ref_count_dec (&self->n_refs))
    return;
  g_free (self->places);
  g_free (self);
}

static WbListOrder *
order_new (guint n_rows)
{
  WbListOrder *self = g_new0 (WbListOrder, 1);

  g_atomic_ref_count_init (&self->n_refs);
  self->places = g_new (guint32, MAX (n_rows, 1));
  return self;
}

/* From row number to place, as a table: a million searches would take longer than the query. */
typedef struct {
  guint32 *places; /* + 1; 0 = no such row */
  gsize n;
} Index;

static Index
index_new (const WbListBase *base)
{
  Index index = { NULL, 1 };

  for (guint i = 0; i < base->n_rows; i++)
    index.n = MAX (index.n, (gsize) base->rids[i] + 1);
  index.places = g_new0 (guint32, index.n);
  for (guint i = 0; i < base->n_rows; i++)
    index.places[base->rids[i]] = i + 1;
  return index;
}

static void
take_place (WbListOrder *self, Index *index, gint64 rid)
{
  if ((gsize) rid >= index->n || index->places[rid] == 0)
    return; /* came after the base was read: the next reading has it */
  self->places[self->n_rows++] = index->places[rid] - 1;
  index->places[rid] = 0;
}

WbListOrder *
wb_list_order_new (sqlite3 *db, const WbListAsk *ask, const WbListBase *base, GError **error)
{
  g_autofree char *with = wb_list_query_union (ask->query);
  g_autofree char *sql = g_strdup_printf ("%s SELECT rid FROM list WHERE %s ORDER BY %s", with, ask->whose,
                                          ask->query->order_by);
  g_autoptr (WbStatement) stmt = wb_db_prepare (db, error, sql, "s", ask->customer);
  g_autoptr (GError) failure = NULL;
  WbListOrder *self = order_new (base->n_rows);
  Index index = index_new (base);

  while (stmt != NULL && wb_db_step (stmt, &failure))
    take_place (self, &index, sqlite3_column_int64 (stmt, 0));
  /* What went after the base was read stands at the end until the next reading. */
  for (guint i = 0; i < base->n_rows; i++)
    take_place (self, &index, base->rids[i]);
  g_free (index.places);
  if (stmt != NULL && failure == NULL)
    return self;
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  wb_list_order_unref (self);
  return NULL;
}

/* By a column */

/* The first bytes of a text, or a number, as something that can be compared at once. */
typedef struct {
  guint64 head;
  guint32 place, text; /* text: where the whole folded one begins */
} Key;

typedef struct {
  GString *texts;
  int way;
} Sorting;

static guint64
head_of_text (const char *text)
{
  guint64 head = 0;
  gsize length = strnlen (text, sizeof head);

  for (gsize i = 0; i < length; i++)
    head |= (guint64) (guint8) text[i] << (56 - 8 * i);
  return head;
}

static int
compare_keys (gconstpointer a, gconstpointer b, gpointer data)
{
  const Key *left = a, *right = b;
  const Sorting *sorting = data;
  int order;

  if (left->head != right->head)
    return left->head < right->head ? -sorting->way : sorting->way;
  /* Shorter than the head: alike to the end. */
  if ((left->head & 0xff) == 0 || sorting->texts == NULL)
    return 0;
  order = strcmp (sorting->texts->str + left->text, sorting->texts->str + right->text);
  return order * sorting->way;
}

static void
read_key (sqlite3_stmt *stmt, const WbListColumn *column, Sorting *sorting, Key *key)
{
  g_autofree char *folded = NULL;

  if (column->number)
    {
      /* What is absent sorts as nothing; the sign turned so that negative ones come first. */
      key->head = (guint64) sqlite3_column_int64 (stmt, 1) ^ (G_GUINT64_CONSTANT (1) << 63);
      return;
    }
  folded = wb_name_fold (wb_db_text (stmt, 1));
  key->head = head_of_text (folded);
  key->text = (guint32) sorting->texts->len;
  if ((key->head & 0xff) != 0)
    g_string_append_len (sorting->texts, folded, (gssize) strlen (folded) + 1);
}

/* A key for each place; rows that are not there any more have the least. */
static gboolean
read_keys (sqlite3 *db, const WbListAsk *ask, const WbListBase *base, const WbListColumn *column, Sorting *sorting, Key *keys,
           GError **error)
{
  g_autofree char *columns = g_strdup_printf (", \"%s\"", column->name);
  g_autoptr (GError) failure = NULL;

  for (guint source = 0; source < ask->query->n_sources; source++)
    {
      g_autoptr (WbStatement) stmt = wb_list_ask_source (db, ask, source, columns, NULL, error);
      guint place = base->starts[source];

      if (stmt == NULL)
        return FALSE;
      while (wb_db_step (stmt, &failure))
        {
          gint64 rid = sqlite3_column_int64 (stmt, 0) * ask->query->n_sources + source;

          while (place < base->starts[source + 1] && base->rids[place] < rid)
            place++;
          if (place < base->starts[source + 1] && base->rids[place] == rid)
            read_key (stmt, column, sorting, &keys[place]);
        }
      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }
  return TRUE;
}

/* Laid out in the list's own order, which a stable sort keeps among those that are alike. */
static WbListOrder *
sort_keys (const Key *by_place, const WbListOrder *own, Sorting *sorting)
{
  WbListOrder *self = order_new (own->n_rows);
  Key *keys = g_new (Key, MAX (own->n_rows, 1));

  for (guint i = 0; i < own->n_rows; i++)
    {
      keys[i] = by_place[own->places[i]];
      keys[i].place = own->places[i];
    }
  g_qsort_with_data (keys, (int) own->n_rows, sizeof (Key), compare_keys, sorting);
  self->n_rows = own->n_rows;
  for (guint i = 0; i < own->n_rows; i++)
    self->places[i] = keys[i].place;
  g_free (keys);
  return self;
}

WbListOrder *
wb_list_order_new_sorted (sqlite3 *db, const WbListAsk *ask, const WbListBase *base, const WbListOrder *own, GError **error)
{
  const WbListColumn *column = wb_list_query_column (ask->query, ask->sort);
  Sorting sorting = { column->number ? NULL : g_string_new (NULL), ask->descending ? -1 : 1 };
  Key *keys = g_new0 (Key, MAX (base->n_rows, 1));
  WbListOrder *self = NULL;

  if (read_keys (db, ask, base, column, &sorting, keys, error))
    self = sort_keys (keys, own, &sorting);
  if (sorting.texts != NULL)
    g_string_free (sorting.texts, TRUE);
  g_free (keys);
  return self;
}
