// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-list-base-private.h"

#include "wb-names.h"
#include "wb-profile-private.h"

#define SETTLE_MS 40
/* Reading anew takes at most a fifth of the time, however often rows change. */
#define REST 4

struct _WbListModel {
  GObject parent_instance;

  WbProfile *profile; /* weak */
  WbCollection collection;
  const WbListQuery *query;
  sqlite3_stmt *row_stmts[2];
  WbListKept rows;

  WbListData *data;     /* what questions are answered from; NULL until it was read */
  WbListAsk *asking;    /* what is being read */
  WbListParts asked_parts, parts; /* what is being read; what is to be read next */
  gint64 began, rest_until;
  WbListScan *scan;     /* the question that is open */
  WbListResult *now;    /* what is shown; NULL until the first answer */
  WbListResult *before; /* while it is told in steps: what is still shown from @cut on */
  guint n, cut, before_cut;
  WbListWords *words, *shown_words; /* of the question; of what is shown */
  gint64 total;

  char *search, *chip, *customer, *sort;
  gboolean descending;
  GPtrArray *filters;  /* of WbListFilter */
  gboolean loading;
  gboolean prepared;   /* a search is about to begin */
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
static void read_parts (WbListModel *self);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbListModel, wb_list_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static gint64
rid_at (WbListModel *self, guint position)
{
  if (self->before != NULL && position >= self->cut)
    return wb_list_result_rid (self->before, position - self->cut + self->before_cut);
  return wb_list_result_rid (self->now, position);
}

/* The page query: one row by its number, on the main thread's own connection. */
static void
fill_row (WbListModel *self, WbRow *row, guint position)
{
  gint64 rid = rid_at (self, position);
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

  if (position < self->now->n)
    fill_row (self, row, position);
}

static void
refill (WbListModel *self)
{
  wb_list_kept_refill (&self->rows, refill_row, self);
}

/* The same question, answered again: what stays keeps its row, so that a view keeps place and focus. */
static void
take_steps (WbListModel *self, WbListResult *result, const WbListDiff *diff)
{
  self->before = g_steal_pointer (&self->now);
  self->now = wb_list_result_ref (result);
  self->cut = self->before_cut = 0;
  for (guint i = 0; i < diff->steps->len; i++)
    {
      const WbListStep *step = &g_array_index (diff->steps, WbListStep, i);

      self->before_cut += step->position - self->cut + step->removed;
      self->cut = step->position + step->added;
      self->n += step->added - step->removed;
      wb_list_kept_move (&self->rows, step);
      g_list_model_items_changed (G_LIST_MODEL (self), step->position, step->removed, step->added);
    }
  g_clear_pointer (&self->before, wb_list_result_unref);
  refill (self);
}

/* Another question: its rows have nothing to do with those that were here. */
static void
take_other (WbListModel *self, WbListResult *result)
{
  guint old_n = self->n, head = MIN (WB_LIST_HEAD, MIN (old_n, result->n));

  g_clear_pointer (&self->now, wb_list_result_unref);
  self->now = wb_list_result_ref (result);
  wb_list_kept_drop_further (&self->rows);
  refill (self);
  /* In steps, the head untouched: one announcement of everything would make GTK ask for every row. */
  self->n = head;
  if (old_n > head)
    g_list_model_items_changed (G_LIST_MODEL (self), head, old_n - head, 0);
  self->n = result->n;
  if (result->n > head)
    g_list_model_items_changed (G_LIST_MODEL (self), head, 0, result->n - head);
}

/* The first rows were shown already; the others follow them. */
static gboolean
follows (WbListModel *self, const WbListResult *result)
{
  gboolean same = self->now != NULL && self->now->first && self->n <= result->n;

  for (guint i = 0; same && i < self->n; i++)
    same = wb_list_result_rid (self->now, i) == wb_list_result_rid (result, i);
  return same;
}

static void
take_rest (WbListModel *self, WbListResult *result)
{
  guint head = self->n;

  wb_list_result_unref (self->now);
  self->now = wb_list_result_ref (result);
  self->n = result->n;
  if (self->n > head)
    g_list_model_items_changed (G_LIST_MODEL (self), head, 0, self->n - head);
}

static void
take_result (WbListModel *self, WbListResult *result, const WbListDiff *diff)
{
  g_clear_pointer (&self->arrived, g_array_unref);
  if (diff != NULL)
    self->arrived = g_array_ref (diff->arrived);
  else if (self->asked_anew || follows (self, result))
    self->arrived = g_array_new (FALSE, FALSE, sizeof (guint));
  if (follows (self, result))
    take_rest (self, result);
  else if (diff != NULL)
    take_steps (self, result, diff);
  else
    take_other (self, result);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_ITEMS]);
}

static void
set_loading (WbListModel *self, gboolean loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADING]);
}

static void
take_last (WbListModel *self)
{
  g_clear_pointer (&self->shown_words, wb_list_words_free);
  self->shown_words = g_steal_pointer (&self->scan->words);
  g_clear_pointer (&self->scan, wb_list_scan_stop);
  self->asked_anew = FALSE;
  self->total = self->now->base->total;
  set_loading (self, self->asking != NULL || self->parts != 0);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TOTAL]);
  g_signal_emit (self, signals[COUNTS_CHANGED], 0);
}

/* Those of a screen come first, then all; the first rows of a list that was not read whole are all for now. */
static void
scanned (WbListScan *scan, WbListResult *result, WbListDiff *diff, gpointer user_data)
{
  g_autoptr (WbListModel) self = g_object_ref (user_data);

  take_result (self, result, diff);
  if (scan == self->scan && (!result->first || result->base->partial))
    take_last (self);
}

static int
find_chip (WbListModel *self, const char *name)
{
  for (guint i = 0; i < self->query->n_chips; i++)
    if (g_strcmp0 (self->query->chips[i].name, name) == 0)
      return (int) i;
  return -1;
}

static WbBits *
dup_narrowed (WbListModel *self)
{
  if (self->now == NULL || self->now->hits == NULL || self->now->base != self->data->base || self->shown_words == NULL
      || !wb_list_words_narrow (self->shown_words, self->words))
    return NULL;
  return g_memdup2 (self->now->hits, (WB_BITS_WORDS (self->now->base->n_rows) + 1) * sizeof (WbBits));
}

/* Asks what is in memory; what is not there is being read, and asked for then. */
static void
scan (WbListModel *self)
{
  WbListScan *scan;

  g_clear_pointer (&self->scan, wb_list_scan_stop);
  if (self->profile == NULL || self->data == NULL || (self->words != NULL && self->data->text == NULL))
    return;
  scan = g_new0 (WbListScan, 1);
  g_atomic_ref_count_init (&scan->n_refs);
  scan->data = wb_list_data_ref (self->data);
  scan->words = self->words != NULL ? wb_list_words_copy (self->words) : NULL;
  scan->chip = find_chip (self, self->chip);
  scan->was = self->now != NULL ? wb_list_result_ref (self->now) : NULL;
  scan->same = !self->asked_anew && self->now != NULL;
  scan->narrowed = self->words != NULL ? dup_narrowed (self) : NULL;
  scan->scanned = scanned;
  scan->user_data = self;
  self->scan = scan;
  set_loading (self, TRUE);
  wb_list_scan_start (scan);
}

/* Reading */

typedef struct {
  WbListAsk *ask;
  WbListData *old;
  WbListParts parts;
} Read;

static void
read_free (gpointer data)
{
  Read *read = data;

  wb_list_ask_unref (read->ask);
  g_clear_pointer (&read->old, wb_list_data_unref);
  g_free (read);
}

static gpointer
read_job (sqlite3 *db, gpointer data, GError **error)
{
  Read *read = data;

  return wb_list_data_new (db, read->ask, read->old, read->parts, error);
}

static void
took (WbListModel *self)
{
  gint64 now = g_get_monotonic_time ();

  g_clear_pointer (&self->asking, wb_list_ask_unref);
  self->rest_until = now + REST * (now - self->began);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbListModel) self = user_data;
  g_autoptr (GError) error = NULL;
  WbListData *data = wb_database_run_finish (result, &error);

  took (self);
  if (self->profile == NULL)
    g_clear_pointer (&data, wb_list_data_unref);
  else if (data != NULL)
    {
      g_clear_pointer (&self->data, wb_list_data_unref);
      self->data = data;
      self->parts |= data->base->partial ? WB_LIST_BASE : 0;
      scan (self);
    }
  else if (self->parts == 0)
    g_message ("a list could not be read: %s", error->message);
  if (self->parts != 0)
    read_parts (self);
  if (self->profile != NULL)
    set_loading (self, self->asking != NULL || self->scan != NULL);
}

static WbListParts
parts_to_read (WbListModel *self)
{
  WbListParts parts = self->parts;
  gboolean plain = self->words == NULL && !self->prepared && self->filters->len == 0 && self->sort == NULL && find_chip (self, self->chip) < 0;

  if (self->data == NULL)
    parts |= WB_LIST_BASE;
  /* The first rows of the list are none of what a search or a filter would find. */
  if (!plain)
    parts &= ~WB_LIST_FIRST;
  if ((self->words != NULL || self->prepared) && (parts & WB_LIST_BASE || self->data->text == NULL))
    parts |= WB_LIST_TEXT;
  return parts;
}

static void
read_parts (WbListModel *self)
{
  Read *read;

  if (self->asking != NULL || self->profile == NULL)
    return;
  set_loading (self, TRUE);
  read = g_new0 (Read, 1);
  read->ask = wb_list_ask_new (self->query, self->customer, self->sort, self->descending, self->filters);
  read->old = self->data != NULL ? wb_list_data_ref (self->data) : NULL;
  read->parts = self->asked_parts = parts_to_read (self);
  self->parts = 0;
  self->asking = wb_list_ask_ref (read->ask);
  self->began = g_get_monotonic_time ();
  wb_database_run_async (wb_profile_get_lists (self->profile), read_job, read, read_free, (GDestroyNotify) wb_list_data_unref,
                         self->cancellable, read_cb, g_object_ref (self));
}

/* What is being read for the question before ends: all of it is asked for again with this one. */
static void
need (WbListModel *self, WbListParts parts)
{
  if (self->profile == NULL)
    return;
  self->parts |= parts;
  set_loading (self, TRUE);
  if (self->asking != NULL)
    {
      self->parts |= self->asked_parts;
      g_atomic_int_set (&self->asking->stale, 1);
    }
  read_parts (self);
}

static gboolean
settled (gpointer user_data)
{
  WbListModel *self = user_data;
  gint64 rest = self->rest_until - g_get_monotonic_time ();

  self->settle_id = 0;
  if (rest > 0 || self->asking != NULL)
    {
      /* What is on the screen is fresh at any rate. */
      refill (self);
      self->settle_id = g_timeout_add ((guint) (MAX (rest, 0) / 1000) + SETTLE_MS, settled, self);
    }
  else
    {
      self->parts |= WB_LIST_BASE;
      read_parts (self);
    }
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
  if (self->asking != NULL)
    g_atomic_int_set (&self->asking->stale, 1);
  g_clear_pointer (&self->scan, wb_list_scan_stop);
  g_clear_handle_id (&self->settle_id, g_source_remove);
  close_statements (self);
  if (self->profile == NULL)
    return;
  g_clear_signal_handler (&self->changed_id, self->profile);
  g_clear_signal_handler (&self->closing_id, self->profile);
  g_clear_weak_pointer (&self->profile);
  set_loading (self, FALSE);
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
  g_set_weak_pointer (&self->profile, profile);
  self->changed_id = g_signal_connect (profile, "rows-changed", G_CALLBACK (on_rows_changed), self);
  self->closing_id = g_signal_connect (profile, "closing", G_CALLBACK (on_closing), self);
  need (self, WB_LIST_FIRST);
  return self;
}

static gpointer
list_model_get_item (GListModel *model, guint position)
{
  WbListModel *self = WB_LIST_MODEL (model);
  WbRow *row;

  if (position >= self->n)
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
  return WB_LIST_MODEL (model)->n;
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
  g_clear_pointer (&self->data, wb_list_data_unref);
  g_clear_pointer (&self->now, wb_list_result_unref);
  g_clear_pointer (&self->words, wb_list_words_free);
  g_clear_pointer (&self->shown_words, wb_list_words_free);
  g_ptr_array_unref (self->filters);
  g_clear_pointer (&self->arrived, g_array_unref);
  g_object_unref (self->cancellable);
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
    case PROP_N_ITEMS: g_value_set_uint (value, self->n); break;
    case PROP_LOADING: g_value_set_boolean (value, self->loading); break;
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
  self->filters = g_ptr_array_new ();
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

/* FALSE when it is there already. */
static gboolean
take_text (char **member, const char *text)
{
  if (g_strcmp0 (*member, text) == 0)
    return FALSE;
  g_free (*member);
  *member = g_strdup (text);
  return TRUE;
}

void
wb_list_model_set_search (WbListModel *self, const char *text)
{
  if (!take_text (&self->search, text))
    return;
  g_clear_pointer (&self->words, wb_list_words_free);
  self->words = wb_list_words_new (text);
  self->asked_anew = TRUE;
  scan (self);
  if (self->scan == NULL && !(self->asked_parts & WB_LIST_TEXT && self->asking != NULL))
    need (self, WB_LIST_TEXT);
}

void
wb_list_model_set_chip (WbListModel *self, const char *chip)
{
  if (!take_text (&self->chip, chip))
    return;
  self->asked_anew = TRUE;
  scan (self);
}

void
wb_list_model_set_customer (WbListModel *self, const char *customer_id)
{
  if (!take_text (&self->customer, customer_id))
    return;
  self->asked_anew = TRUE;
  need (self, WB_LIST_BASE);
}

void
wb_list_model_set_sort (WbListModel *self, const char *column, gboolean descending)
{
  if (!take_text (&self->sort, column) && self->descending == descending)
    return;
  self->descending = descending;
  self->asked_anew = TRUE;
  need (self, WB_LIST_ORDER);
}

/**
 * wb_list_model_prepare_search:
 *
 * Reads what a search looks through, so that the first keystroke finds it there: at a million rows that takes a
 * second and 60 MB, which nobody needs who does not search.
 */
void
wb_list_model_prepare_search (WbListModel *self)
{
  self->prepared = TRUE;
  if (self->data != NULL && self->data->text == NULL && !(self->asked_parts & WB_LIST_TEXT && self->asking != NULL))
    need (self, WB_LIST_TEXT);
}

gint64
wb_list_model_get_count (WbListModel *self, const char *chip)
{
  int i = find_chip (self, chip);

  return i >= 0 && self->now != NULL && self->now->counts != NULL ? self->now->counts[i] : -1;
}

gint64
wb_list_model_get_total (WbListModel *self)
{
  return self->total;
}

gint64
wb_list_model_find (WbListModel *self, gint64 rowid)
{
  return self->now != NULL ? wb_list_result_find (self->now, rowid) : -1;
}

gint64
wb_list_model_get_rowid (WbListModel *self, guint position)
{
  return position < self->n ? rid_at (self, position) : -1;
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
