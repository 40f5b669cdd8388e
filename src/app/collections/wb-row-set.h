// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A set of row numbers, a bit each. They are small and close together, so a million take 125 kB; what is far from
 * the others costs a page of its own. Not a set of positions: rows that move, come and go need no rewriting. */
typedef struct {
  GPtrArray *pages; /* of guint64[], NULL where none of its numbers is in the set */
  gint64 n;
} WbRowSet;

#define WB_ROW_SET_PAGE_BITS 15

void wb_row_set_init (WbRowSet *self);
void wb_row_set_clear (WbRowSet *self);
/* FALSE when it was so already. */
gboolean wb_row_set_put (WbRowSet *self, gint64 rowid, gboolean in);
/* Puts in all of them, or @invert: those that were not, and takes the others out. */
void wb_row_set_put_many (WbRowSet *self, const guint32 *rowids, guint n, gboolean invert);
/* (transfer full): freed with wb_row_set_free(), by whichever thread. */
WbRowSet *wb_row_set_copy (const WbRowSet *self);
void wb_row_set_free (gpointer self);
gboolean wb_row_set_equal (const WbRowSet *self, const WbRowSet *other);
gint64 wb_row_set_next (gpointer self, gint64 from); /* the first that is not below @from, -1 for none */

static inline gboolean
wb_row_set_has (const WbRowSet *self, gint64 rowid)
{
  const guint64 page = (guint64) rowid >> WB_ROW_SET_PAGE_BITS;
  const guint bit = rowid & ((1u << WB_ROW_SET_PAGE_BITS) - 1);
  const guint64 *words = page < self->pages->len ? self->pages->pdata[page] : NULL;

  return words != NULL && (words[bit / 64] >> (bit % 64) & 1);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbRowSet, wb_row_set_free)

G_END_DECLS
