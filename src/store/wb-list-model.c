// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-list-private.h"

#include "wb-names.h"
#include "wb-profile-private.h"

#define SETTLE_MS 40

struct _WbListModel {
  GObject parent_instance;

  WbProfile *profile; /* weak */
  WbCollection collection;
  const WbListQuery *query;
  sqlite3_stmt *row_stmts[2];
  WbListKept rows;
  GArray *ids;       /* of gint64, in the list's order */
  gint64 *counts;    /* per chip; -1 = not known */
  gint64 total;

  char *search, *chip, *customer, *sort;
  gboolean descending;
  gboolean running, again;
  gboolean asked_anew; /* the answer to come is to another question than the one shown */
  GArray *arrived;     /* of guint, rising: positions the last answer brought; NULL when they were not told apart */
  guint settle_id;
  gulong changed_id, closing_id;
  GCancellable *cancellable;
};

enum { PROP_N_ITEMS = 1, PROP_LOADING, PROP_TOTAL, N_PROPS };
static GParamSpec *props[N_PROPS];
enum { COUNTS_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void list_model_init (GListModelInterface *iface);
static void start_query (WbListModel *self);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbListModel, wb_list_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* The page query: one row by its number, on the main thread's own connection. */
static void
fill_row (WbListModel *self, WbRow *row, guint position)
{
  gint64 rid = g_array_index (self->ids, gint64, position);
  guint source = rid % self->query->n_sources;
  sqlite3_stmt **stmt = &self->row_stmts[source];
  g_autofree char *sql = NULL;

  if (self->profile == NULL)
    return;
  if (*stmt == NULL)
    {
      sql = wb_list_query_row (self->query, source);
      *stmt = wb_db_prepare (wb_profile_get_page_db (self->profile), NULL, sql, "");
    }
  if (*stmt == NULL)
    return;
  sqlite3_bind_int64 (*stmt, 1, rid / self->query->n_sources);
  if (sqlite3_step (*stmt) == SQLITE_ROW)
    wb_row_fill (row, rid, *stmt);
  else
    wb_row_clear (row, rid); /* gone, or busy: the next change fills it */
  /* Without the reset the log could not be checkpointed. */
  sqlite3_reset (*stmt);
}

static void
refill_row (WbRow *row, guint position, gpointer user_data)
{
  WbListModel *self = user_data;

  if (position < self->ids->len)
    fill_row (self, row, position);
}

static void
refill (WbListModel *self)
{
  wb_list_kept_refill (&self->rows, refill_row, self);
}

static gboolean
same_ids (const GArray *a, const GArray *b)
{
  return a->len == b->len && (a->len == 0 || memcmp (a->data, b->data, a->len * sizeof (gint64)) == 0);
}

/* The same question, answered again: what stays keeps its row, so that a view keeps place and focus. */
static void
take_steps (WbListModel *self, const GArray *now, const WbListDiff *diff)
{
  for (guint i = 0; i < diff->steps->len; i++)
    {
      const WbListStep *step = &g_array_index (diff->steps, WbListStep, i);

      if (step->removed > 0)
        g_array_remove_range (self->ids, step->position, step->removed);
      if (step->added > 0)
        g_array_insert_vals (self->ids, step->position, &g_array_index (now, gint64, step->position), step->added);
      wb_list_kept_move (&self->rows, step);
      g_list_model_items_changed (G_LIST_MODEL (self), step->position, step->removed, step->added);
    }
  refill (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_ITEMS]);
}

/* Another question: its rows have nothing to do with those that were here. */
static void
take_other (WbListModel *self, GArray *ids)
{
  g_autoptr (GArray) old = self->ids;
  guint head;

  self->ids = g_array_ref (ids);
  head = MIN (WB_LIST_HEAD, MIN (old->len, ids->len));
  wb_list_kept_drop_further (&self->rows);
  refill (self);
  /* In steps, the head untouched: one announcement of everything would make GTK ask for every row. */
  if (old->len > head)
    {
      guint added = ids->len;

      self->ids->len = head;
      g_list_model_items_changed (G_LIST_MODEL (self), head, old->len - head, 0);
      self->ids->len = added;
    }
  if (ids->len > head)
    g_list_model_items_changed (G_LIST_MODEL (self), head, 0, ids->len - head);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_ITEMS]);
}

static void
take_ids (WbListModel *self, GArray *ids)
{
  gboolean anew = self->asked_anew, same = same_ids (self->ids, ids);
  WbListDiff *diff = anew || same ? NULL : wb_list_diff_new (self->ids, ids);

  self->asked_anew = FALSE;
  g_clear_pointer (&self->arrived, g_array_unref);
  if (diff != NULL)
    self->arrived = g_array_ref (diff->arrived);
  else if (anew || same)
    self->arrived = g_array_new (FALSE, FALSE, sizeof (guint));
  if (same)
    refill (self);
  else if (diff != NULL)
    take_steps (self, ids, diff);
  else
    take_other (self, ids);
  g_clear_pointer (&diff, wb_list_diff_free);
}

static void
query_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbListModel) self = user_data;
  g_autoptr (GError) error = NULL;
  WbListAnswer *answer = wb_database_run_finish (result, &error);

  self->running = FALSE;
  if (answer == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("a list could not be read: %s", error->message);
  if (self->again && self->profile != NULL)
    start_query (self); /* what was asked meanwhile wins; this answer is old */
  else if (answer != NULL && self->profile != NULL)
    {
      memcpy (self->counts, answer->counts, self->query->n_chips * sizeof (gint64));
      self->total = answer->total;
      take_ids (self, answer->ids);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TOTAL]);
      g_signal_emit (self, signals[COUNTS_CHANGED], 0);
    }
  if (!self->running)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADING]);
  g_clear_pointer (&answer, wb_list_answer_free);
}

static void
start_query (WbListModel *self)
{
  WbListAsk *ask;

  self->again = self->running;
  if (self->running || self->profile == NULL)
    return;
  self->running = TRUE;
  ask = g_new0 (WbListAsk, 1);
  ask->query = self->query;
  ask->words = wb_name_fold (self->search != NULL ? self->search : "");
  ask->chip = g_strdup (self->chip);
  ask->customer = g_strdup (self->customer != NULL ? self->customer : "");
  ask->sort = g_strdup (self->sort);
  ask->descending = self->descending;
  wb_database_run_async (wb_profile_get_reader (self->profile), wb_list_ask_job, ask, wb_list_ask_free,
                         wb_list_answer_free, self->cancellable, query_cb, g_object_ref (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADING]);
}

static gboolean
settled (gpointer user_data)
{
  WbListModel *self = user_data;

  self->settle_id = 0;
  start_query (self);
  return G_SOURCE_REMOVE;
}

/* Customers also show sums of what belongs to them. */
static void
on_rows_changed (WbProfile *profile, int collection, WbListModel *self)
{
  if (collection != (int) self->collection && self->collection != WB_COLLECTION_CUSTOMERS)
    return;
  if (self->settle_id == 0)
    self->settle_id = g_timeout_add (SETTLE_MS, settled, self);
}

static void
close_statements (WbListModel *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->row_stmts); i++)
    g_clear_pointer (&self->row_stmts[i], sqlite3_finalize);
}

/* What is shown stays; nothing more is read. */
static void
let_go (WbListModel *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->settle_id, g_source_remove);
  close_statements (self);
  if (self->profile == NULL)
    return;
  g_clear_signal_handler (&self->changed_id, self->profile);
  g_clear_signal_handler (&self->closing_id, self->profile);
  g_clear_weak_pointer (&self->profile);
}

static void
on_closing (WbProfile *profile, WbListModel *self)
{
  let_go (self);
}

WbListModel *
wb_list_model_new (WbProfile *profile, WbCollection collection)
{
  WbListModel *self = g_object_new (WB_TYPE_LIST_MODEL, NULL);

  self->collection = collection;
  self->query = wb_list_query_get (collection);
  g_assert (self->query != NULL && self->query->n_sources <= G_N_ELEMENTS (self->row_stmts));
  self->counts = g_new (gint64, self->query->n_chips);
  for (guint i = 0; i < self->query->n_chips; i++)
    self->counts[i] = -1;
  g_set_weak_pointer (&self->profile, profile);
  self->changed_id = g_signal_connect (profile, "rows-changed", G_CALLBACK (on_rows_changed), self);
  self->closing_id = g_signal_connect (profile, "closing", G_CALLBACK (on_closing), self);
  start_query (self);
  return self;
}

static gpointer
list_model_get_item (GListModel *model, guint position)
{
  WbListModel *self = WB_LIST_MODEL (model);
  WbRow *row;

  if (position >= self->ids->len)
    return NULL;
  row = wb_list_kept_get (&self->rows, position);
  if (row != NULL)
    return g_object_ref (row);
  row = wb_row_new (self->query);
  fill_row (self, row, position);
  wb_list_kept_put (&self->rows, position, row);
  return g_object_ref (row);
}

static GType
list_model_get_item_type (GListModel *model)
{
  return WB_TYPE_ROW;
}

static guint
list_model_get_n_items (GListModel *model)
{
  return WB_LIST_MODEL (model)->ids->len;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item = list_model_get_item;
  iface->get_item_type = list_model_get_item_type;
  iface->get_n_items = list_model_get_n_items;
}

static void
wb_list_model_dispose (GObject *object)
{
  let_go (WB_LIST_MODEL (object));
  G_OBJECT_CLASS (wb_list_model_parent_class)->dispose (object);
}

static void
wb_list_model_finalize (GObject *object)
{
  WbListModel *self = WB_LIST_MODEL (object);

  wb_list_kept_clear (&self->rows);
  g_array_unref (self->ids);
  g_clear_pointer (&self->arrived, g_array_unref);
  g_object_unref (self->cancellable);
  g_free (self->counts);
  g_free (self->search);
  g_free (self->chip);
  g_free (self->customer);
  g_free (self->sort);
  G_OBJECT_CLASS (wb_list_model_parent_class)->finalize (object);
}

static void
wb_list_model_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WbListModel *self = WB_LIST_MODEL (object);

  switch (id)
    {
    case PROP_N_ITEMS: g_value_set_uint (value, self->ids->len); break;
    case PROP_LOADING: g_value_set_boolean (value, self->running); break;
    case PROP_TOTAL: g_value_set_int64 (value, self->total); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wb_list_model_class_init (WbListModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = wb_list_model_dispose;
  object_class->finalize = wb_list_model_finalize;
  object_class->get_property = wb_list_model_get_property;
  props[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  props[PROP_TOTAL] = g_param_spec_int64 ("total", NULL, NULL, -1, G_MAXINT64, -1, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[COUNTS_CHANGED] = g_signal_new ("counts-changed", WB_TYPE_LIST_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
wb_list_model_init (WbListModel *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  wb_list_kept_init (&self->rows);
  self->asked_anew = TRUE;
  self->cancellable = g_cancellable_new ();
  self->total = -1;
}

WbCollection
wb_list_model_get_collection (WbListModel *self)
{
  return self->collection;
}

static void
set_text (WbListModel *self, char **member, const char *text)
{
  if (g_strcmp0 (*member, text) == 0)
    return;
  g_free (*member);
  *member = g_strdup (text);
  self->asked_anew = TRUE;
  start_query (self);
}

void
wb_list_model_set_search (WbListModel *self, const char *text)
{
  set_text (self, &self->search, text);
}

void
wb_list_model_set_chip (WbListModel *self, const char *chip)
{
  set_text (self, &self->chip, chip);
}

void
wb_list_model_set_customer (WbListModel *self, const char *customer_id)
{
  set_text (self, &self->customer, customer_id);
}

void
wb_list_model_set_sort (WbListModel *self, const char *column, gboolean descending)
{
  if (g_strcmp0 (self->sort, column) == 0 && self->descending == descending)
    return;
  g_free (self->sort);
  self->sort = g_strdup (column);
  self->descending = descending;
  self->asked_anew = TRUE;
  start_query (self);
}

gint64
wb_list_model_get_count (WbListModel *self, const char *chip)
{
  for (guint i = 0; i < self->query->n_chips; i++)
    if (g_str_equal (self->query->chips[i].name, chip))
      return self->counts[i];
  return -1;
}

gint64
wb_list_model_get_total (WbListModel *self)
{
  return self->total;
}

gint64
wb_list_model_find (WbListModel *self, gint64 rowid)
{
  for (guint i = 0; i < self->ids->len; i++)
    if (g_array_index (self->ids, gint64, i) == rowid)
      return i;
  return -1;
}

gint64
wb_list_model_get_rowid (WbListModel *self, guint position)
{
  return position < self->ids->len ? g_array_index (self->ids, gint64, position) : -1;
}

int
wb_list_model_get_arrived (WbListModel *self, guint before)
{
  guint n = 0;

  if (self->arrived == NULL)
    return -1;
  while (n < self->arrived->len && g_array_index (self->arrived, guint, n) < before)
    n++;
  return (int) n;
}
