// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-list-model-private.h"
#include "wb-list-terms.h"

#include "wb-names.h"
#include "wb-profile-private.h"

enum { PROP_N_ITEMS = 1, PROP_LOADING, PROP_TOTAL, N_PROPS };
static GParamSpec *props[N_PROPS];
enum { COUNTS_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbListModel, wb_list_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* Of what is about to be shown, where it is not told in steps. */
static gint64
number_at (gpointer data, guint position)
{
  WbListModel *self = data;
  guint n = self->before != NULL ? self->n : self->now != NULL ? self->now->n : 0;

  return position < n ? wb_list_model_rid_at (self, position) : -1;
}

void
wb_list_model_refill (WbListModel *self)
{
  wb_list_slots_refill (&self->rows);
}

void
wb_list_model_set_loading (WbListModel *self, gboolean loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADING]);
}

/* Rows also show what other rows say: sums of what belongs to a customer, the customer's name, how many mailboxes. */
static const guint shown_of_others[WB_N_COLLECTIONS] = {
  [WB_COLLECTION_CUSTOMERS] = ~0u,
  [WB_COLLECTION_DOMAINS] = 1 << WB_COLLECTION_CUSTOMERS | 1 << WB_COLLECTION_MAILBOXES,
  [WB_COLLECTION_MAILBOXES] = 1 << WB_COLLECTION_CUSTOMERS,
  [WB_COLLECTION_SUBSCRIPTIONS] = 1 << WB_COLLECTION_CUSTOMERS,
};

static void
on_rows_changed (WbProfile *profile, int collection, WbListModel *self)
{
  if (collection != (int) self->collection && (shown_of_others[self->collection] & 1u << collection) == 0)
    return;
  wb_list_model_note_changed (self);
}

/* What is shown stays; nothing more is read. */
static void
let_go (WbListModel *self)
{
  wb_list_model_stop (self);
  wb_list_slots_stop (&self->rows);
  if (self->profile == NULL)
    return;
  g_clear_signal_handler (&self->changed_id, self->profile);
  g_clear_signal_handler (&self->closing_id, self->profile);
  g_clear_weak_pointer (&self->profile);
  wb_list_model_set_loading (self, FALSE);
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
  g_assert (self->query != NULL);
  wb_list_slots_init (&self->rows, self->query, wb_profile_get_pager (profile), number_at, self);
  g_set_weak_pointer (&self->profile, profile);
  self->changed_id = g_signal_connect (profile, "rows-changed", G_CALLBACK (on_rows_changed), self);
  self->closing_id = g_signal_connect (profile, "closing", G_CALLBACK (on_closing), self);
  wb_list_model_need (self, WB_LIST_FIRST);
  return self;
}

static gpointer
list_model_get_item (GListModel *model, guint position)
{
  WbListModel *self = WB_LIST_MODEL (model);

  return position < self->n ? wb_list_slots_get (&self->rows, position) : NULL;
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

  wb_list_slots_clear (&self->rows);
  wb_list_known_clear (&self->known);
  g_clear_pointer (&self->data, wb_list_data_unref);
  g_clear_pointer (&self->now, wb_list_result_unref);
  g_clear_pointer (&self->words, wb_list_words_free);
  g_clear_pointer (&self->shown_words, wb_list_words_free);
  g_ptr_array_unref (self->filters);
  g_clear_pointer (&self->arrived, g_array_unref);
  g_object_unref (self->cancellable);
  g_free (self->search);
  g_free (self->terms);
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
  if (g_strcmp0 (*member != NULL ? *member : "", text != NULL ? text : "") == 0)
    return FALSE;
  g_free (*member);
  *member = g_strdup (text);
  return TRUE;
}

/* What is typed and what is set are one question: its words are looked for in memory, its terms in the stores. */
static void
take_question (WbListModel *self)
{
  g_autoptr (GPtrArray) typed = wb_list_terms_parse (self->collection, self->search);
  g_autoptr (GPtrArray) set = wb_list_terms_parse (self->collection, self->terms);
  g_autoptr (GPtrArray) filters = wb_list_filters_new (typed, set);
  g_autofree char *typed_words = wb_list_terms_dup_words (typed), *set_words = wb_list_terms_dup_words (set);
  g_autofree char *words = g_strconcat (typed_words, " ", set_words, NULL);

  g_clear_pointer (&self->words, wb_list_words_free);
  self->words = wb_list_words_new (words);
  self->asked_anew = TRUE;
  if (wb_list_filters_equal (self->filters, filters))
    wb_list_model_scan (self);
  else
    {
      g_ptr_array_unref (self->filters);
      self->filters = g_steal_pointer (&filters);
      wb_list_model_need (self, WB_LIST_FILTERS);
    }
  if (self->words != NULL)
    wb_list_model_need_text (self);
}

/**
 * wb_list_model_set_search:
 * @text: (nullable): what is typed: words, all of which a row has to hold, `-word`, and the terms of wb-list-terms.h
 */
void
wb_list_model_set_search (WbListModel *self, const char *text)
{
  if (take_text (&self->search, text))
    take_question (self);
}

/**
 * wb_list_model_set_filters:
 * @terms: (nullable): terms as they would be typed, each of which a row has to meet besides what is searched for
 */
void
wb_list_model_set_filters (WbListModel *self, const char *const *terms)
{
  g_autofree char *text = terms != NULL ? g_strjoinv (" ", (char **) terms) : g_strdup ("");

  if (take_text (&self->terms, text))
    take_question (self);
}

void
wb_list_model_set_chip (WbListModel *self, const char *chip)
{
  if (!take_text (&self->chip, chip))
    return;
  self->asked_anew = TRUE;
  wb_list_model_scan (self);
}

void
wb_list_model_set_customer (WbListModel *self, const char *customer_id)
{
  if (!take_text (&self->customer, customer_id))
    return;
  self->asked_anew = TRUE;
  g_clear_pointer (&self->data, wb_list_data_unref); /* of other customers */
  wb_list_model_need (self, WB_LIST_BASE);
}

void
wb_list_model_set_sort (WbListModel *self, const char *column, gboolean descending)
{
  if (!take_text (&self->sort, column) && self->descending == descending)
    return;
  self->descending = descending;
  self->asked_anew = TRUE;
  wb_list_model_need (self, WB_LIST_ORDER);
}

/**
 * wb_list_model_prepare_search:
 * @soon: whether a search is about to begin
 *
 * Reads what a search looks through, so that the first keystroke finds it there: at a million rows that takes a
 * second and 60 MB, which nobody needs who does not search.
 */
void
wb_list_model_prepare_search (WbListModel *self, gboolean soon)
{
  self->prepared = soon;
  if (soon)
    wb_list_model_need_text (self);
}

gint64
wb_list_model_get_count (WbListModel *self, const char *chip)
{
  int i = wb_list_model_find_chip (self, chip);

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
  if (self->now == NULL)
    return -1;
  /* Asked for again and again after each answer, mostly of the row that is selected. */
  if (self->found_in != self->now || self->found != rowid)
    {
      self->found_in = self->now;
      self->found = rowid;
      self->found_at = wb_list_result_find (self->now, rowid);
    }
  return self->found_at;
}

gint64
wb_list_model_get_rowid (WbListModel *self, guint position)
{
  return position < self->n ? wb_list_model_rid_at (self, position) : -1;
}

/**
 * wb_list_model_peek_rowids:
 *
 * Returns: (nullable): the numbers of all its rows, as many as it has items, in no order that it tells of; lent until
 *   it changes. %NULL where it shows only some of a collection's rows, or is about to change.
 */
const guint32 *
wb_list_model_peek_rowids (WbListModel *self)
{
  if (self->now == NULL || self->before != NULL || self->now->first || self->n != self->now->base->n_rows)
    return NULL;
  return self->now->base->rids;
}

gboolean
wb_list_model_is_whole (WbListModel *self)
{
  return self->now != NULL && !self->now->first && !self->now->base->partial && !self->asked_anew && self->scan == NULL;
}

gboolean
wb_list_model_is_settled (WbListModel *self)
{
  return self->total >= 0 && self->settle_id == 0 && self->asking == NULL && !self->loading;
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
