// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-list-base-private.h"

/* What a list reads from the stores before it can answer: all of it in one moment of theirs. */

/* Instructions of SQLite's between two looks at whether the answer is still wanted: a millisecond or so. */
#define LOOK_EACH 10000

WbListAsk *
wb_list_ask_new (const WbListQuery *query, const char *customer, const char *sort, gboolean descending, GPtrArray *filters)
{
  WbListAsk *self = g_atomic_rc_box_new0 (WbListAsk);

  self->query = query;
  self->customer = g_strdup (customer != NULL ? customer : "");
  self->whose = *self->customer == '\0' ? g_strdup ("?1 = ''") : g_strdup_printf ("%s = ?1", query->customer);
  self->sort = wb_list_query_column (query, sort) != NULL ? g_strdup (sort) : NULL;
  self->descending = descending;
  self->filters = filters != NULL ? g_ptr_array_ref (filters) : g_ptr_array_new ();
  return self;
}

static void
ask_clear (gpointer data)
{
  WbListAsk *self = data;

  g_free (self->customer);
  g_free (self->whose);
  g_free (self->sort);
  g_ptr_array_unref (self->filters);
}

void
wb_list_ask_unref (WbListAsk *self)
{
  g_atomic_rc_box_release_full (self, ask_clear);
}

static int
is_stale (gpointer data)
{
  return g_atomic_int_get (&((WbListAsk *) data)->stale);
}

void
wb_list_ask_begin (sqlite3 *db, WbListAsk *self)
{
  sqlite3_progress_handler (db, LOOK_EACH, is_stale, self);
  wb_db_exec (db, "BEGIN", NULL);
}

void
wb_list_ask_end (sqlite3 *db)
{
  sqlite3_progress_handler (db, 0, NULL, NULL);
  wb_db_rollback (db); /* nothing was written: it only lets go of the moment */
}

sqlite3_stmt *
wb_list_ask_source (sqlite3 *db, const WbListAsk *self, guint source, const char *columns, const char *where, GError **error)
{
  g_autofree char *with = wb_list_query_source (self->query, source);
  g_autofree char *sql = g_strdup_printf ("%s SELECT rid%s FROM list WHERE %s%s%s ORDER BY rid", with, columns,
                                          self->whose, where != NULL ? " AND " : "",
                                          where != NULL ? where : "");

  return wb_db_prepare (db, error, sql, "s", self->customer);
}

WbBits *
wb_list_bits_new (sqlite3 *db, const WbListAsk *ask, const WbListBase *base, const char *where, GPtrArray *params,
                  GError **error)
{
  WbBits *bits = wb_bits_new (base->n_rows, FALSE);
  g_autoptr (GError) failure = NULL;

  for (guint i = 0; i < ask->query->n_sources && failure == NULL; i++)
    {
      g_autoptr (WbStatement) stmt = wb_list_ask_source (db, ask, i, "", where, &failure);

      for (guint k = 0; stmt != NULL && k < params->len; k++)
        sqlite3_bind_text (stmt, (int) k + 2, params->pdata[k], -1, SQLITE_TRANSIENT);
      while (stmt != NULL && wb_db_step (stmt, &failure))
        {
          gint64 place = wb_list_base_find (base, sqlite3_column_int64 (stmt, 0) * ask->query->n_sources + i);

          if (place >= 0)
            wb_bits_set (bits, (guint) place);
        }
    }
  if (failure == NULL)
    return bits;
  g_free (bits);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

/* The data */

static void
data_clear (gpointer data)
{
  WbListData *self = data;

  g_clear_pointer (&self->base, wb_list_base_unref);
  g_clear_pointer (&self->own, wb_list_order_unref);
  g_clear_pointer (&self->order, wb_list_order_unref);
  g_clear_pointer (&self->text, wb_list_text_unref);
  g_clear_pointer (&self->filters, g_ptr_array_unref);
}

void
wb_list_data_unref (WbListData *self)
{
  g_atomic_rc_box_release_full (self, data_clear);
}

/* The first rows are in order as they are. */
static WbListOrder *
order_as_read (const WbListBase *base)
{
  WbListOrder *order = g_atomic_rc_box_new0 (WbListOrder);

  order->n_rows = base->n_rows;
  order->places = g_new (guint32, MAX (base->n_rows, 1));
  for (guint i = 0; i < base->n_rows; i++)
    order->places[i] = i;
  return order;
}

static gboolean
make_orders (sqlite3 *db, const WbListAsk *ask, const WbListData *old, WbListData *data, WbListParts parts, GError **error)
{
  if (data->base->partial)
    data->own = order_as_read (data->base);
  else
    data->own = parts & WB_LIST_BASE ? wb_list_order_new (db, ask, data->base, error) : g_atomic_rc_box_acquire (old->own);
  if (data->own == NULL)
    return FALSE;
  if (!(parts & (WB_LIST_BASE | WB_LIST_ORDER)))
    data->order = g_atomic_rc_box_acquire (old->order);
  else if (ask->sort == NULL || data->base->partial)
    data->order = g_atomic_rc_box_acquire (data->own);
  else
    data->order = wb_list_order_new_sorted (db, ask, data->base, data->own, error);
  return data->order != NULL;
}

static gboolean
make_filters (sqlite3 *db, const WbListAsk *ask, const WbListData *old, WbListData *data, WbListParts parts, GError **error)
{
  if (!(parts & (WB_LIST_BASE | WB_LIST_FILTERS)))
    {
      data->filters = g_ptr_array_ref (old->filters);
      return TRUE;
    }
  data->filters = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < ask->filters->len; i++)
    {
      WbListFilter *filter = ask->filters->pdata[i];
      WbBits *bits = wb_list_bits_new (db, ask, data->base, filter->where, filter->params, error);

      if (bits == NULL)
        return FALSE;
      g_ptr_array_add (data->filters, bits);
    }
  return TRUE;
}

static WbListBase *
make_base (sqlite3 *db, const WbListAsk *ask, const WbListData *old, WbListParts *parts, GError **error)
{
  WbListBase *first;

  if (!(*parts & (WB_LIST_BASE | WB_LIST_FIRST)))
    return g_atomic_rc_box_acquire (old->base);
  if (!(*parts & WB_LIST_FIRST))
    return wb_list_base_new (db, ask, error);
  *parts |= WB_LIST_BASE;
  first = wb_list_base_new_first (db, ask, WB_LIST_HEAD, error);
  if (first == NULL || first->n_rows == WB_LIST_HEAD)
    return first;
  /* So few that all of it is there at once. */
  wb_list_base_unref (first);
  return wb_list_base_new (db, ask, error);
}

static gboolean
make_data (sqlite3 *db, const WbListAsk *ask, const WbListData *old, WbListData *data, WbListParts parts, GError **error)
{
  gboolean anew;

  data->base = make_base (db, ask, old, &parts, error);
  if (data->base == NULL || !make_orders (db, ask, old, data, parts, error))
    return FALSE;
  if (data->base->partial)
    {
      data->filters = g_ptr_array_new_with_free_func (g_free);
      return TRUE;
    }
  anew = (parts & (WB_LIST_BASE | WB_LIST_TEXT)) != 0;
  if (anew && parts & WB_LIST_TEXT)
    data->text = wb_list_text_new (db, ask, data->base, error);
  else if (!anew && old->text != NULL)
    data->text = g_atomic_rc_box_acquire (old->text);
  if (parts & WB_LIST_TEXT && data->text == NULL)
    return FALSE;
  return make_filters (db, ask, old, data, parts, error);
}

WbListData *
wb_list_data_new (sqlite3 *db, WbListAsk *ask, const WbListData *old, WbListParts parts, GError **error)
{
  WbListData *data = g_atomic_rc_box_new0 (WbListData);
  gboolean made;

  wb_list_ask_begin (db, ask);
  made = make_data (db, ask, old, data, parts, error);
  wb_list_ask_end (db);
  if (!made)
    g_clear_pointer (&data, wb_list_data_unref);
  return data;
}
