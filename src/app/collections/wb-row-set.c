// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-row-set.h"

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
