// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-list-private.h"

#include "wb-list-terms.h"

static void
filter_free (gpointer data)
{
  WbListFilter *filter = data;

  g_free (filter->where);
  g_ptr_array_unref (filter->params);
  g_free (filter);
}

static void
add_filters (GPtrArray *filters, GPtrArray *terms)
{
  for (guint i = 0; i < terms->len; i++)
    {
      g_autoptr (GPtrArray) params = g_ptr_array_new_with_free_func (g_free);
      char *where = wb_list_term_to_sql (terms->pdata[i], params);
      WbListFilter *filter;

      if (where == NULL)
        continue;
      filter = g_new (WbListFilter, 1);
      *filter = (WbListFilter) { where, g_steal_pointer (&params) };
      g_ptr_array_add (filters, filter);
    }
}

static gboolean
same_filter (const WbListFilter *a, const WbListFilter *b)
{
  gboolean same = g_str_equal (a->where, b->where) && a->params->len == b->params->len;

  for (guint i = 0; same && i < a->params->len; i++)
    same = g_str_equal (a->params->pdata[i], b->params->pdata[i]);
  return same;
}

gboolean
wb_list_filters_equal (const GPtrArray *a, const GPtrArray *b)
{
  gboolean same = a->len == b->len;

  for (guint i = 0; same && i < a->len; i++)
    same = same_filter (a->pdata[i], b->pdata[i]);
  return same;
}

GPtrArray *
wb_list_filters_new (GPtrArray *terms, GPtrArray *more)
{
  GPtrArray *filters = g_ptr_array_new_with_free_func (filter_free);

  add_filters (filters, terms);
  add_filters (filters, more);
  return filters;
}
