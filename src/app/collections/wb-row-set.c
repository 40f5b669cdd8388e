// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-row-set.h"

#include <string.h>

#define PAGE_BITS (1u << WB_ROW_SET_PAGE_BITS)
/* A number beyond it is none of ours: its pages alone would take half a gigabyte. */
#define MOST_PAGES (1u << 26)

void
wb_row_set_init (WbRowSet *self)
{
  self->pages = g_ptr_array_new_with_free_func (g_free);
  self->n = 0;
}

void
wb_row_set_clear (WbRowSet *self)
{
  g_clear_pointer (&self->pages, g_ptr_array_unref);
  self->n = 0;
}

static guint64 *
ensure_page (WbRowSet *self, guint64 page)
{
  if (page >= self->pages->len)
    g_ptr_array_set_size (self->pages, (int) page + 1);
  if (self->pages->pdata[page] == NULL)
    self->pages->pdata[page] = g_new0 (guint64, PAGE_BITS / 64);
  return self->pages->pdata[page];
}

gboolean
wb_row_set_put (WbRowSet *self, gint64 rowid, gboolean in)
{
  const guint64 page = (guint64) rowid >> WB_ROW_SET_PAGE_BITS;
  const guint bit = rowid & (PAGE_BITS - 1);

  g_return_val_if_fail (page < MOST_PAGES, FALSE);
  if (wb_row_set_has (self, rowid) == !!in)
    return FALSE;
  ensure_page (self, page)[bit / 64] ^= G_GUINT64_CONSTANT (1) << (bit % 64);
  self->n += in ? 1 : -1;
  return TRUE;
}

void
wb_row_set_put_many (WbRowSet *self, const guint32 *rowids, guint n, gboolean invert)
{
  for (guint i = 0; i < n;)
    {
      const guint32 first = rowids[i] / 64;
      guint64 *word = &ensure_page (self, rowids[i] >> WB_ROW_SET_PAGE_BITS)[first % (PAGE_BITS / 64)];
      const guint64 had = *word;
      guint64 bits = 0;

      /* They mostly follow one another: a word of the set is touched once. */
      for (; i < n && rowids[i] / 64 == first; i++)
        bits |= G_GUINT64_CONSTANT (1) << (rowids[i] % 64);
      *word = invert ? had ^ bits : had | bits;
      self->n += (guint) __builtin_popcountll (*word) - (guint) __builtin_popcountll (had);
    }
}

WbRowSet *
wb_row_set_copy (const WbRowSet *self)
{
  WbRowSet *copy = g_new (WbRowSet, 1);

  wb_row_set_init (copy);
  copy->n = self->n;
  g_ptr_array_set_size (copy->pages, (int) self->pages->len);
  for (guint i = 0; i < self->pages->len; i++)
    copy->pages->pdata[i] = g_memdup2 (self->pages->pdata[i], PAGE_BITS / 8);
  return copy;
}

gboolean
wb_row_set_equal (const WbRowSet *self, const WbRowSet *other)
{
  static const guint64 nothing[PAGE_BITS / 64];

  for (guint i = 0; self->n == other->n && i < MAX (self->pages->len, other->pages->len); i++)
    {
      gconstpointer a = i < self->pages->len ? self->pages->pdata[i] : NULL, b = i < other->pages->len ? other->pages->pdata[i] : NULL;

      if (a != b && memcmp (a != NULL ? a : nothing, b != NULL ? b : nothing, sizeof nothing) != 0)
        return FALSE;
    }
  return self->n == other->n;
}

void
wb_row_set_free (gpointer data)
{
  wb_row_set_clear (data);
  g_free (data);
}

gint64
wb_row_set_next (gpointer data, gint64 from)
{
  const WbRowSet *self = data;

  for (guint64 page = (guint64) from / PAGE_BITS; page < self->pages->len; page++)
    {
      const guint64 *words = self->pages->pdata[page];
      guint bit = page == (guint64) from / PAGE_BITS ? (guint) (from % PAGE_BITS) : 0;

      for (guint word = bit / 64; words != NULL && word < PAGE_BITS / 64; word++, bit = word * 64)
        {
          guint64 rest = words[word] & (~G_GUINT64_CONSTANT (0) << (bit % 64));

          if (rest != 0)
            return (gint64) (page * PAGE_BITS + word * 64 + (guint) __builtin_ctzll (rest));
        }
    }
  return -1;
}
