// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-list-base-private.h"

#include <string.h>

#include "wb-folder-private.h"

static void
order_clear (gpointer data)
{
  WbListOrder *self = data;

  g_free (self->places);
}

void
wb_list_order_unref (WbListOrder *self)
{
  g_atomic_rc_box_release_full (self, order_clear);
}

static WbListOrder *
order_new (guint n_rows)
{
  WbListOrder *self = g_atomic_rc_box_new0 (WbListOrder);

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

/* A row, or a text that rows have: a number, or the first bytes of the text, which can be compared at once. */
typedef struct {
  guint64 head;
  guint32 number; /* place of the row; which of the texts it is */
} Key;

typedef struct {
  const WbListColumn *column;
  int way;
  Key *keys;         /* by place */
  /* Of a text column: most columns hold few different texts, each of which is compared once. */
  WbFolder *folder;
  GString *texts;    /* one after the other, each ended by a zero */
  GArray *begins;    /* of guint32: where each begins */
  GHashTable *known; /* text → which it is */
} Sorting;

/* Where there are more, a text is hardly met twice: looking for it takes longer than comparing it. */
#define MOST_KNOWN 65536

static guint64
head_of_text (const char *text)
{
  guint64 head = 0;
  gsize length = strnlen (text, sizeof head);

  for (gsize i = 0; i < length; i++)
    head |= (guint64) (guint8) text[i] << (56 - 8 * i);
  return head;
}

static const char *
text_at (const Sorting *self, guint32 number)
{
  return self->texts->str + g_array_index (self->begins, guint32, number);
}

static guint32
text_number (Sorting *self, const char *text)
{
  guint32 begin = (guint32) self->texts->len, number = self->begins->len;
  gpointer known;

  wb_folder_append (self->folder, self->texts, text);
  if (g_hash_table_size (self->known) < MOST_KNOWN
      && g_hash_table_lookup_extended (self->known, self->texts->str + begin, NULL, &known))
    {
      g_string_truncate (self->texts, begin);
      return GPOINTER_TO_UINT (known);
    }
  if (g_hash_table_size (self->known) < MOST_KNOWN)
    g_hash_table_insert (self->known, g_strdup (self->texts->str + begin), GUINT_TO_POINTER (number));
  g_string_append_c (self->texts, '\0');
  g_array_append_val (self->begins, begin);
  return number;
}

static void
read_key (Sorting *self, sqlite3_stmt *stmt, guint place)
{
  if (self->column->number)
    /* What is absent sorts as nothing; the sign turned so that negative ones come first. */
    self->keys[place].head = (guint64) sqlite3_column_int64 (stmt, 1) ^ (G_GUINT64_CONSTANT (1) << 63);
  else
    self->keys[place].number = text_number (self, wb_db_text (stmt, 1));
}

static gboolean
read_source (Sorting *self, sqlite3 *db, const WbListAsk *ask, const WbListBase *base, guint source, GError **error)
{
  g_autofree char *columns = g_strdup_printf (", \"%s\"", self->column->name);
  g_autoptr (WbStatement) stmt = wb_list_ask_source (db, ask, source, columns, NULL, error);
  g_autoptr (GError) failure = NULL;
  guint place = base->starts[source], end = base->starts[source + 1];

  while (stmt != NULL && wb_db_step (stmt, &failure))
    {
      gint64 rid = sqlite3_column_int64 (stmt, 0) * ask->query->n_sources + source;

      while (place < end && base->rids[place] < rid)
        place++;
      if (place < end && base->rids[place] == rid)
        read_key (self, stmt, place);
    }
  if (failure == NULL)
    return stmt != NULL;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static int
compare_keys (gconstpointer a, gconstpointer b, gpointer data)
{
  const Key *left = a, *right = b;
  const Sorting *self = data;

  if (left->head != right->head)
    return left->head < right->head ? -self->way : self->way;
  /* Shorter than the head: alike to the end. */
  if (self->column->number || (left->head & 0xff) == 0)
    return 0;
  return self->way * strcmp (text_at (self, left->number), text_at (self, right->number));
}

/* Laid out in the list's own order, which a stable sort keeps among those that are alike. */
static void
sort_by_number (Sorting *self, const WbListOrder *own, WbListOrder *order)
{
  g_autofree Key *keys = g_new (Key, MAX (own->n_rows, 1));

  for (guint i = 0; i < own->n_rows; i++)
    keys[i] = (Key) { self->keys[own->places[i]].head, own->places[i] };
  g_qsort_with_data (keys, (int) own->n_rows, sizeof (Key), compare_keys, self);
  for (guint i = 0; i < own->n_rows; i++)
    order->places[i] = keys[i].number;
}

/* Which of the texts stands where; those that are alike have one number. */
static guint32 *
rank_texts (Sorting *self)
{
  guint n = self->begins->len;
  g_autofree Key *keys = g_new (Key, MAX (n, 1));
  guint32 *ranks = g_new0 (guint32, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    keys[i] = (Key) { head_of_text (text_at (self, i)), i };
  g_qsort_with_data (keys, (int) n, sizeof (Key), compare_keys, self);
  for (guint i = 1; i < n; i++)
    ranks[keys[i].number] = ranks[keys[i - 1].number] + (compare_keys (&keys[i - 1], &keys[i], self) != 0);
  return ranks;
}

static void
sort_by_text (Sorting *self, const WbListOrder *own, WbListOrder *order)
{
  g_autofree guint32 *ranks = rank_texts (self);
  g_autofree guint32 *starts = g_new0 (guint32, (gsize) self->begins->len + 1);

  /* Where the rows of each begin, then each row to its place. */
  for (guint i = 0; i < own->n_rows; i++)
    starts[ranks[self->keys[own->places[i]].number] + 1]++;
  for (guint i = 1; i < self->begins->len; i++)
    starts[i] += starts[i - 1];
  for (guint i = 0; i < own->n_rows; i++)
    order->places[starts[ranks[self->keys[own->places[i]].number]]++] = own->places[i];
}

static void
sorting_open (Sorting *self, const WbListAsk *ask, guint n_rows)
{
  self->column = wb_list_query_column (ask->query, ask->sort);
  self->way = ask->descending ? -1 : 1;
  self->keys = g_new0 (Key, MAX (n_rows, 1));
  self->folder = wb_folder_new ();
  self->texts = g_string_new (NULL);
  self->begins = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  /* Rows that went after the base was read stand with those that have none. */
  text_number (self, "");
}

static void
sorting_close (Sorting *self)
{
  g_free (self->keys);
  wb_folder_free (self->folder);
  g_string_free (self->texts, TRUE);
  g_array_unref (self->begins);
  g_hash_table_unref (self->known);
}

WbListOrder *
wb_list_order_new_sorted (sqlite3 *db, const WbListAsk *ask, const WbListBase *base, const WbListOrder *own, GError **error)
{
  Sorting sorting = { 0 };
  WbListOrder *order = NULL;
  gboolean read = TRUE;

  sorting_open (&sorting, ask, base->n_rows);
  for (guint i = 0; read && i < ask->query->n_sources; i++)
    read = read_source (&sorting, db, ask, base, i, error);
  if (read)
    {
      order = order_new (own->n_rows);
      order->n_rows = own->n_rows;
      if (sorting.column->number)
        sort_by_number (&sorting, own, order);
      else
        sort_by_text (&sorting, own, order);
    }
  sorting_close (&sorting);
  return order;
}
