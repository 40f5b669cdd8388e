// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store-fixture.h"

#include <string.h>

#include "wb-list-model-private.h"
#include "wb-names.h"
#include "wb-profile-private.h"

/* Any question to any list is answered as somebody would who goes through the rows one by one. Each round asks
 * another, writes in between, and types ahead of the answers. WAYBILL_SEED=n repeats a run. */

#ifdef __SANITIZE_ADDRESS__
#define ROUNDS 150
#else
#define ROUNDS 600
#endif
/* Beyond what is looked through at once, and beyond what is told in steps. */
#define MOST_ROWS 9000

typedef struct {
  guint number;
  char *customer, *domains;
  const char *state;
  gint64 made;
  gboolean draft;
} Record;

typedef struct {
  Store *store;
  WbListModel *model;
  GPtrArray *records;
  GRand *rand;
  guint n_made, n_shown;
  char *search, *filters, *sort, *customer;
  const char *chip;
  gboolean descending;
} Case;

static const char *const states[] = { "live", "failed", "not-paid", "being-made", "partly" };
static const char *const names[] = { "Brightloom", "Kestrel Analytics", "Señal Ñandú", "ΑΘΗΝΑ Ödön", "İstanbul ß" };

static void
record_free (gpointer data)
{
  Record *record = data;

  g_free (record->customer);
  g_free (record->domains);
  g_free (record);
}

static guint
pick (Case *self, guint n)
{
  return (guint) g_rand_int_range (self->rand, 0, (gint32) n);
}

static Record *
add_record (Case *self)
{
  Record *record = g_new0 (Record, 1);

  record->number = ++self->n_made;
  record->customer = g_strdup (names[pick (self, G_N_ELEMENTS (names))]);
  record->domains = g_strdup_printf ("dom%u-%u.example", record->number % 97, record->number);
  record->draft = pick (self, 5) == 0;
  record->state = record->draft ? "draft" : states[pick (self, G_N_ELEMENTS (states))];
  record->made = (gint64) pick (self, 1 << 20) * 10000 + record->number;
  g_ptr_array_add (self->records, record);
  return record;
}

static void
append_insert (GString *sql, const Record *record)
{
  if (record->draft)
    g_string_append_printf (sql,
                            "INSERT INTO drafts (id, customer_id, customer, domains, search, body, created, updated)"
                            " VALUES ('r%u', '%s', '%s', '%s', '%s %s', '{}', 1, %" G_GINT64_FORMAT ");",
                            record->number, record->customer, record->customer, record->domains, record->customer,
                            record->domains, record->made);
  else
    g_string_append_printf (sql,
                            "INSERT INTO orders (id, order_id, customer_id, customer, state, domains, search, created)"
                            " VALUES ('r%u', 'O%u', '%s', '%s', '%s', '%s', '%s %s', %" G_GINT64_FORMAT ");",
                            record->number, record->number, record->customer, record->customer, record->state, record->domains,
                            record->customer, record->domains, record->made);
}

static gpointer
sql_job (sqlite3 *db, gpointer data, GError **error)
{
  if (wb_db_begin (db, error) && wb_db_exec (db, data, error))
    wb_db_commit (db, error);
  return NULL;
}

static void
run_sql (Case *self, GString *sql)
{
  g_autoptr (GError) error = NULL;

  wb_database_run (wb_profile_get_journal (self->store->profile), sql_job, sql->str, &error);
  g_assert_no_error (error);
}

static void
remove_record (Case *self, GString *sql)
{
  guint i = pick (self, self->records->len);
  Record *record = self->records->pdata[i];

  g_string_append_printf (sql, "DELETE FROM %s WHERE id = 'r%u';", record->draft ? "drafts" : "orders", record->number);
  g_ptr_array_remove_index_fast (self->records, i);
}

static void
change_record (Case *self, GString *sql)
{
  Record *record = self->records->pdata[pick (self, self->records->len)];

  if (record->draft)
    return;
  record->state = states[pick (self, G_N_ELEMENTS (states))];
  record->made += (gint64) pick (self, 3) * 50000000;
  g_string_append_printf (sql, "UPDATE orders SET state = '%s', created = %" G_GINT64_FORMAT " WHERE id = 'r%u';",
                          record->state, record->made, record->number);
}

/* A few, or many. */
static void
write_some (Case *self)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  guint n = pick (self, 20) == 0 ? 5000 : pick (self, 6);

  for (guint i = 0; i < n; i++)
    switch (self->records->len > 0 ? pick (self, self->records->len > MOST_ROWS ? 2 : 4) : 3)
      {
      case 0: change_record (self, sql); break;
      case 1: remove_record (self, sql); break;
      default: append_insert (sql, add_record (self));
      }
  run_sql (self, sql);
  wb_profile_note_changed (self->store->profile, WB_COLLECTION_ORDERS);
}

static void
take (char **member, const char *text)
{
  g_free (*member);
  *member = g_strdup (text);
}

static void
ask_search (Case *self)
{
  static const char *const searches[] = { "",        "d",       "dom4",  "dom42",     "dom42 kestrel", "-dom4",    "bright -failed",
                                          "ñandú",   "NANDU d", "αθη", "istanbul", "ss",         "nothing", "example -dom1 -dom2",
                                          "dom9-9",    "-",       "ODON",
                                          "state:failed",   "-state:live dom4", "state:live,partly kestrel" };

  take (&self->search, searches[pick (self, G_N_ELEMENTS (searches))]);
  wb_list_model_set_search (self->model, self->search);
}

static void
ask_filters (Case *self)
{
  static const char *const terms[][3] = { { NULL }, { "state:live" }, { "-state:failed", "kind:order" }, { "-dom4" } };
  guint i = pick (self, G_N_ELEMENTS (terms));
  g_autofree char *text = g_strjoinv (" ", (char **) terms[i]);

  take (&self->filters, text);
  wb_list_model_set_filters (self->model, terms[i]);
}

static void
ask_chip (Case *self)
{
  static const char *const chips[] = { NULL, "all", "needs-you", "drafts", "live", "failed" };

  self->chip = chips[pick (self, G_N_ELEMENTS (chips))];
  wb_list_model_set_chip (self->model, self->chip);
}

static void
ask_sort (Case *self)
{
  static const char *const columns[] = { NULL, "made", "customer", "state", "domains" };

  take (&self->sort, columns[pick (self, G_N_ELEMENTS (columns))]);
  self->descending = pick (self, 2) == 0;
  wb_list_model_set_sort (self->model, self->sort, self->descending);
}

static void
ask_customer (Case *self)
{
  take (&self->customer, pick (self, 3) > 0 ? NULL : names[pick (self, G_N_ELEMENTS (names))]);
  wb_list_model_set_customer (self->model, self->customer);
}

/* Gone through one by one */

static gboolean
holds (const char *folded, const char *word)
{
  g_autofree char *plain = wb_name_fold (word);
  g_auto (GStrv) parts = g_strsplit (plain, " ", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (strstr (folded, parts[i]) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
holds_any (const char *folded, const char *word)
{
  g_autofree char *plain = wb_name_fold (word);
  g_auto (GStrv) parts = g_strsplit (plain, " ", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0' && strstr (folded, parts[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* "state:live,partly" or "kind:order" */
static gboolean
meets (const Record *record, const char *term)
{
  const char *value = g_str_has_prefix (term, "kind:") ? (record->draft ? "draft" : "order") : record->state;
  g_auto (GStrv) wanted = g_strsplit (strchr (term, ':') + 1, ",", -1);

  return g_strv_contains ((const char *const *) wanted, value);
}

static gboolean
passes (const Record *record, const char *folded, const char *word)
{
  gboolean negated = word[0] == '-' && word[1] != '\0';

  if (strchr (word, ':') != NULL)
    return meets (record, word + negated) != negated;
  return negated ? !holds_any (folded, word + 1) : holds (folded, word);
}

static gboolean
is_found (Case *self, const Record *record)
{
  g_autofree char *text = record->draft ? g_strdup_printf ("%s %s", record->customer, record->domains)
                                        : g_strdup_printf ("%s %s O%u", record->customer, record->domains, record->number);
  g_autofree char *folded = wb_name_fold (text);
  g_autofree char *asked = g_strconcat (self->search != NULL ? self->search : "", " ",
                                        self->filters != NULL ? self->filters : "", NULL);
  g_auto (GStrv) words = g_strsplit (asked, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (!passes (record, folded, words[i]))
      return FALSE;
  return TRUE;
}

static gboolean
is_of_customer (Case *self, const Record *record)
{
  return self->customer == NULL || g_str_equal (self->customer, record->customer);
}

static gboolean
is_in_chip (const char *chip, const Record *record)
{
  if (chip == NULL || g_str_equal (chip, "all"))
    return TRUE;
  if (g_str_equal (chip, "drafts"))
    return record->draft;
  if (g_str_equal (chip, "live"))
    return g_str_equal (record->state, "live");
  if (g_str_equal (chip, "failed"))
    return g_str_equal (record->state, "failed") || g_str_equal (record->state, "partly");
  return g_str_equal (record->state, "failed") || g_str_equal (record->state, "partly")
         || g_str_equal (record->state, "not-paid");
}

static int
compare_column (const Case *self, const Record *a, const Record *b)
{
  const char *left = g_str_equal (self->sort, "customer") ? a->customer
                     : g_str_equal (self->sort, "state")  ? a->state
                                                          : a->domains;
  const char *right = g_str_equal (self->sort, "customer") ? b->customer
                      : g_str_equal (self->sort, "state")  ? b->state
                                                           : b->domains;
  g_autofree char *one = wb_name_fold (left), *other = wb_name_fold (right);

  if (g_str_equal (self->sort, "made"))
    return a->made < b->made ? -1 : a->made > b->made;
  return strcmp (one, other);
}

static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  const Record *left = *(Record *const *) a, *right = *(Record *const *) b;
  const Case *self = data;
  int order = self->sort != NULL ? compare_column (self, left, right) : 0;

  if (self->descending)
    order = -order;
  return order != 0 ? order : left->made > right->made ? -1 : left->made < right->made;
}

static GPtrArray *
answer (Case *self, gint64 *n_all, gint64 *n_live)
{
  GPtrArray *found = g_ptr_array_new ();

  *n_all = *n_live = 0;
  for (guint i = 0; i < self->records->len; i++)
    {
      Record *record = self->records->pdata[i];

      if (!is_of_customer (self, record) || !is_found (self, record))
        continue;
      ++*n_all;
      *n_live += is_in_chip ("live", record);
      if (is_in_chip (self->chip, record))
        g_ptr_array_add (found, record);
    }
  g_ptr_array_sort_with_data (found, compare, self);
  return found;
}

/* Nothing is being read or about to be. */
static gboolean
is_ready (WbListModel *model)
{
  return !model->loading && model->settle_id == 0;
}

static gint64
total_of (Case *self)
{
  gint64 total = 0;

  for (guint i = 0; i < self->records->len; i++)
    total += is_of_customer (self, self->records->pdata[i]);
  return total;
}

static gboolean
is_answered (gpointer data)
{
  return is_ready (((Case *) data)->model);
}

static void
check_row (Case *self, guint position, const Record *record)
{
  g_autoptr (WbRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), position);
  g_autofree char *id = g_strdup_printf ("r%u", record->number);

  g_assert_cmpstr (wb_row_get_id (row), ==, id);
  g_assert_cmpint (wb_row_get_rowid (row), ==, wb_list_model_get_rowid (self->model, position));
}

static void
check (Case *self)
{
  gint64 n_all, n_live;
  g_autoptr (GPtrArray) found = answer (self, &n_all, &n_live);

  g_assert_cmpuint (found->len, ==, self->n_shown);
  g_assert_cmpint (wb_list_model_get_total (self->model), ==, total_of (self));
  g_assert_cmpint (wb_list_model_get_count (self->model, "all"), ==, n_all);
  g_assert_cmpint (wb_list_model_get_count (self->model, "live"), ==, n_live);
  for (guint i = 0; i < found->len; i += i < 300 || found->len < 600 ? 1 : 1 + pick (self, 97))
    check_row (self, i, found->pdata[i]);
  if (found->len > 0)
    check_row (self, found->len - 1, found->pdata[found->len - 1]);
}

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, Case *self)
{
  g_assert_cmpuint (position + removed, <=, self->n_shown);
  self->n_shown += added - removed;
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, self->n_shown);
  /* At each step the model answers for all that it says it has. */
  if (self->n_shown > 0)
    g_assert_cmpint (wb_list_model_get_rowid (WB_LIST_MODEL (model), self->n_shown - 1), >=, 0);
}

static void
ask_something (Case *self)
{
  switch (pick (self, 9))
    {
    case 0: ask_sort (self); break;
    case 1: ask_customer (self); break;
    case 2: ask_chip (self); break;
    case 3: write_some (self); break;
    case 4: ask_filters (self); break;
    default: ask_search (self);
    }
}

static gboolean
turned (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Answers come in between, or not. */
static void
look_away (Case *self)
{
  gboolean done = FALSE;

  g_timeout_add (pick (self, 4), turned, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_questions (void)
{
  guint32 seed = g_getenv ("WAYBILL_SEED") != NULL ? (guint32) g_ascii_strtoull (g_getenv ("WAYBILL_SEED"), NULL, 10)
                                                   : (guint32) g_test_rand_int ();
  Case self = { store_new (NULL), NULL, g_ptr_array_new_with_free_func (record_free), g_rand_new_with_seed (seed) };

  g_test_message ("WAYBILL_SEED=%u", seed);
  self.model = wb_list_model_new (self.store->profile, WB_COLLECTION_ORDERS);
  g_signal_connect (self.model, "items-changed", G_CALLBACK (on_items_changed), &self);
  for (guint round = 0; round < ROUNDS; round++)
    {
      for (guint i = pick (&self, 4); i > 0; i--)
        {
          ask_something (&self);
          if (pick (&self, 2) == 0)
            look_away (&self);
        }
      ask_something (&self);
      g_assert_true (wb_test_wait_for (is_answered, &self, WB_TEST_DEADLINE_MS));
      check (&self);
    }
  g_assert_finalize_object (self.model);
  store_free (self.store);
  g_ptr_array_unref (self.records);
  g_rand_free (self.rand);
  g_free (self.search);
  g_free (self.filters);
  g_free (self.sort);
  g_free (self.customer);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/list-questions/as-one-by-one", test_questions);
  return g_test_run ();
}
