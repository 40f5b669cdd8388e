// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-list-base-private.h"

#include <string.h>

/* Bits */

WbBits *
wb_bits_new (guint n, gboolean set)
{
  WbBits *bits = g_new (WbBits, WB_BITS_WORDS (n) + 1);

  memset (bits, set ? 0xff : 0, (WB_BITS_WORDS (n) + 1) * sizeof (WbBits));
  /* What lies behind the last row belongs to nobody. */
  if (set && n % 64 != 0)
    bits[n / 64] = (G_GUINT64_CONSTANT (1) << (n % 64)) - 1;
  return bits;
}

void
wb_bits_and (WbBits *bits, const WbBits *other, guint n)
{
  for (gsize i = 0; i < WB_BITS_WORDS (n); i++)
    bits[i] &= other[i];
}

void
wb_bits_and_not (WbBits *bits, const WbBits *other, guint n)
{
  for (gsize i = 0; i < WB_BITS_WORDS (n); i++)
    bits[i] &= ~other[i];
}

guint
wb_bits_count (const WbBits *bits, guint n)
{
  return wb_bits_count_both (bits, bits, n);
}

guint
wb_bits_count_both (const WbBits *bits, const WbBits *other, guint n)
{
  guint count = 0;

  for (gsize i = 0; i < WB_BITS_WORDS (n); i++)
    count += (guint) __builtin_popcountll (bits[i] & other[i]);
  return count;
}

/* The base */

static void
base_clear (gpointer data)
{
  WbListBase *self = data;

  for (guint i = 0; i < self->n_chips; i++)
    g_free (self->chips[i]);
  g_free (self->chips);
  g_free (self->rids);
}

void
wb_list_base_unref (WbListBase *self)
{
  g_atomic_rc_box_release_full (self, base_clear);
}

static WbListBase *
base_new (const WbListQuery *query)
{
  WbListBase *self = g_atomic_rc_box_new0 (WbListBase);

  self->n_chips = query->n_chips;
  self->chips = g_new0 (WbBits *, query->n_chips);
  return self;
}

/* A row as it comes: its number above, a bit for each chip below. */
static gboolean
read_source (sqlite3 *db, const WbListAsk *ask, guint source, const char *columns, GArray *rows, GError **error)
{
  g_autoptr (WbStatement) stmt = wb_list_ask_source (db, ask, source, columns, NULL, error);
  g_autoptr (GError) failure = NULL;

  while (stmt != NULL && wb_db_step (stmt, &failure))
    {
      guint64 row = ((guint64) sqlite3_column_int64 (stmt, 0) * ask->query->n_sources + source) << 32;

      for (guint i = 0; i < ask->query->n_chips; i++)
        row |= (guint64) (sqlite3_column_int (stmt, (int) i + 1) != 0) << i;
      g_array_append_val (rows, row);
    }
  if (failure == NULL)
    return stmt != NULL;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static void
take_rows (WbListBase *self, const GArray *rows)
{
  self->n_rows = rows->len;
  self->total = rows->len;
  self->rids = g_new (guint32, MAX (rows->len, 1));
  for (guint i = 0; i < self->n_chips; i++)
    self->chips[i] = wb_bits_new (rows->len, FALSE);
  for (guint i = 0; i < rows->len; i++)
    {
      guint64 row = g_array_index (rows, guint64, i);

      self->rids[i] = (guint32) (row >> 32);
      for (guint k = 0; k < self->n_chips; k++)
        if (row & (G_GUINT64_CONSTANT (1) << k))
          wb_bits_set (self->chips[k], i);
    }
}

WbListBase *
wb_list_base_new (sqlite3 *db, const WbListAsk *ask, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (GString) columns = g_string_new (NULL);
  WbListBase *self = base_new (ask->query);

  for (guint i = 0; i < ask->query->n_chips; i++)
    g_string_append_printf (columns, ", (%s)", ask->query->chips[i].where);
  for (guint i = 0; i < ask->query->n_sources; i++)
    {
      if (!read_source (db, ask, i, columns->str, rows, error))
        {
          wb_list_base_unref (self);
          return NULL;
        }
      self->starts[i + 1] = rows->len;
    }
  take_rows (self, rows);
  return self;
}

static gint64
find_in_source (const WbListBase *self, guint first, guint end, guint32 rid)
{
  while (first < end)
    {
      guint middle = first + (end - first) / 2;

      if (self->rids[middle] == rid)
        return middle;
      if (self->rids[middle] < rid)
        first = middle + 1;
      else
        end = middle;
    }
  return -1;
}

gint64
wb_list_base_find (const WbListBase *self, gint64 rid)
{
  gint64 place = -1;

  if (rid < 0 || rid > G_MAXUINT32)
    return -1;
  for (guint i = 0; self->partial && i < self->n_rows; i++)
    if (self->rids[i] == (guint32) rid)
      return i;
  for (guint i = 0; !self->partial && i + 1 < G_N_ELEMENTS (self->starts) && place < 0; i++)
    place = find_in_source (self, self->starts[i], self->starts[i + 1], (guint32) rid);
  return place;
}

/* The first rows */

WbListBase *
wb_list_base_new_first (sqlite3 *db, const WbListAsk *ask, guint n, GError **error)
{
  g_autofree char *with = wb_list_query_union (ask->query);
  g_autofree char *sql = g_strdup_printf ("%s SELECT rid FROM list WHERE %s ORDER BY %s LIMIT %u", with,
                                          ask->whose, ask->query->order_by, n);
  g_autoptr (WbStatement) stmt = wb_db_prepare (db, error, sql, "s", ask->customer);
  g_autoptr (GError) failure = NULL;
  WbListBase *self = base_new (ask->query);

  self->partial = TRUE;
  self->rids = g_new (guint32, n);
  while (stmt != NULL && wb_db_step (stmt, &failure))
    self->rids[self->n_rows++] = (guint32) sqlite3_column_int64 (stmt, 0);
  self->n_chips = 0;
  self->starts[1] = self->starts[2] = self->n_rows;
  if (failure == NULL && stmt != NULL)
    self->total = self->n_rows < n ? (gint64) self->n_rows : -1;
  if (failure == NULL && stmt != NULL)
    return self;
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  wb_list_base_unref (self);
  return NULL;
}
