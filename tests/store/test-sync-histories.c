// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store-fixture.h"

#include <libsoup/soup.h>
#include <stdlib.h>
#include <string.h>

#include "wb-profile-private.h"
#include "wb-sync-private.h"

/* Random histories: rows come, go, move and change on the server while it is read page by page, answers state totals
 * or none or wrong ones, sweeps are broken off, and single rows are read behind them. Once the server is quiet for
 * two sweeps the mirror is what it has; and a row that stood still during a sweep is there after it. A history is
 * told by its seed: WAYBILL_SEED=n runs that one alone. */

#define PAGE 100
#ifdef __SANITIZE_ADDRESS__
#define HISTORIES 200
#else
#define HISTORIES 1000
#endif

typedef struct {
  guint id, version;
} Row;

typedef enum { TOTAL_TOLD, TOTAL_MISSING, TOTAL_UNMOVED, N_TOTALS } Totals;

typedef struct {
  Store *store;
  SoupServer *server;
  WbSync *sync;
  GRand *rand;
  GArray *rows; /* of Row, in the server's order */
  guint next_id, first_total;
  Totals totals;
  guint busy;   /* of 10 answers that many are followed by changes */
  gboolean shifts; /* whether rows also go and move */
  gboolean flips;  /* rows change to and fro, so that a page may be what it once was */
  guint n_behind;  /* single reads under way */
  guint n_to_come; /* of those, not at the server yet */
  GHashTable *told; /* id → version that one of this sweep was answered with */
  GPtrArray *late; /* answers that are held until another has overtaken them */
  GCancellable *broken_off;
} World;

static guint
below (World *self, guint n)
{
  return n > 0 ? (guint) g_rand_int_range (self->rand, 0, (gint32) n) : 0;
}

/* The server */

static void
insert (World *self)
{
  Row row = { self->next_id++, 1 };
  guint place = below (self, 3) > 0 ? 0 : below (self, self->rows->len + 1);

  g_array_insert_val (self->rows, place, row);
}

static void
move (World *self)
{
  guint from = below (self, self->rows->len);
  Row row = g_array_index (self->rows, Row, from);

  g_array_remove_index (self->rows, from);
  g_array_insert_val (self->rows, below (self, self->rows->len + 1), row);
}

static void
read_behind_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  World *self = data;
  g_autoptr (CmrObject) object = wb_sync_reread_finish (WB_SYNC (source), result, NULL);

  self->n_behind--;
}

static void
read_behind (World *self, guint id)
{
  g_autofree char *name = g_strdup_printf ("u%u", id);

  self->n_behind++;
  self->n_to_come++;
  wb_sync_reread_async (self->sync, WB_COLLECTION_CUSTOMERS, name, NULL, read_behind_cb, self);
}

static gboolean
all_is_read (gpointer data)
{
  return ((World *) data)->n_behind == 0;
}

static void
change (World *self)
{
  Row *row = &g_array_index (self->rows, Row, below (self, self->rows->len));
  gboolean behind = below (self, 3) == 0;

  if (!self->flips)
    row->version++;
  else if (!behind) /* else it is so for that one answer alone */
    row->version = 3 - row->version;
  if (behind)
    read_behind (self, row->id);
}

static void
remove_one (World *self)
{
  guint place = below (self, self->rows->len), id = g_array_index (self->rows, Row, place).id;

  g_array_remove_index (self->rows, place);
  if (below (self, 3) == 0)
    read_behind (self, id);
}

static void
live (World *self)
{
  static void (*const deeds[]) (World *) = { insert, change, change, remove_one, move };
  guint n = below (self, 10) < self->busy ? below (self, 4) : 0;

  for (guint i = 0; i < n; i++)
    {
      guint deed = below (self, self->shifts ? G_N_ELEMENTS (deeds) : 3);

      if (self->rows->len > 0 || deed == 0)
        deeds[deed](self);
    }
}

static void
append_row (GString *text, const Row *row)
{
  g_string_append_printf (text, "{\"userId\":\"u%u\",\"email\":\"u%u@x.example\",\"company\":\"%u\"}", row->id, row->id,
                          row->version);
}

static char *
dup_page (World *self, guint page)
{
  GString *text = g_string_new ("{\"status\":200,\"data\":{\"users\":[");
  guint total = self->totals == TOTAL_UNMOVED ? self->first_total : self->rows->len;

  for (guint i = (page - 1) * PAGE; i < MIN (page * PAGE, self->rows->len); i++)
    {
      if (i % PAGE > 0)
        g_string_append_c (text, ',');
      append_row (text, &g_array_index (self->rows, Row, i));
    }
  g_string_append (text, "]");
  /* A total that is never counted anew is no more than a number: the pages are told rightly. */
  if (self->totals != TOTAL_MISSING)
    g_string_append_printf (text, ",\"pagination\":{\"totalSearchedCount\":%u,\"currentPage\":%u,\"totalPages\":%u}",
                            MAX (total, self->rows->len), page, MAX ((self->rows->len + PAGE - 1) / PAGE, 1));
  g_string_append (text, "}}");
  return g_string_free (text, FALSE);
}

/* %NULL when there is none. What flips is back again when the list is read. */
static char *
dup_one (World *self, const char *id)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row row = g_array_index (self->rows, Row, i);

      if (row.id == strtoul (id + 1, NULL, 10))
        {
          GString *text = g_string_new ("{\"status\":200,\"data\":");

          row.version = self->flips ? 3 - row.version : row.version;
          g_hash_table_insert (self->told, GUINT_TO_POINTER (row.id), GUINT_TO_POINTER (row.version));
          append_row (text, &row);
          g_string_append_c (text, '}');
          return g_string_free (text, FALSE);
        }
    }
  return NULL;
}

/* In any order: the last one first as well. */
static void
let_late_go (World *self)
{
  g_autoptr (GPtrArray) late = self->late;

  self->late = g_ptr_array_new_with_free_func (g_object_unref);
  while (late->len > 0)
    {
      guint i = below (self, late->len);

      soup_server_message_unpause (late->pdata[i]);
      g_ptr_array_remove_index (late, i);
    }
}

static void
hold (World *self, SoupServerMessage *msg)
{
  g_ptr_array_add (self->late, g_object_ref (msg));
  soup_server_message_pause (msg);
}

static gboolean
let_go (gpointer msg)
{
  soup_server_message_unpause (msg);
  return G_SOURCE_REMOVE;
}

/* Those asked for after it may be quicker. */
static void
hold_a_while (World *self, SoupServerMessage *msg)
{
  soup_server_message_pause (msg);
  g_timeout_add_full (G_PRIORITY_DEFAULT, below (self, 3), let_go, g_object_ref (msg), g_object_unref);
}

static void
on_request (SoupServer *server, SoupServerMessage *msg, const char *path, GHashTable *params, gpointer data)
{
  World *self = data;
  const char *page = params != NULL ? g_hash_table_lookup (params, "page") : NULL;
  char *text = page != NULL ? dup_page (self, (guint) atoi (page)) : dup_one (self, g_hash_table_lookup (params, "userId"));

  soup_server_message_set_status (msg, text != NULL ? 200 : 404, NULL);
  if (text == NULL)
    text = g_strdup ("{\"status\":404,\"message\":\"not found\"}");
  soup_server_message_set_response (msg, "application/json", SOUP_MEMORY_TAKE, text, strlen (text));
  if (page == NULL)
    {
      self->n_to_come--;
      let_late_go (self);
      return;
    }
  live (self);
  if (self->n_to_come > 0 && below (self, 2) == 0)
    hold (self, msg);
  else if (below (self, 8) == 0)
    hold_a_while (self, msg);
  if (self->broken_off != NULL && below (self, 4) == 0)
    g_cancellable_cancel (self->broken_off);
}

/* Sweeps */

static gboolean
sweep (World *self, gboolean may_break)
{
  GAsyncResult *result = NULL;
  g_autoptr (GCancellable) cancellable = may_break && below (self, 4) == 0 ? g_cancellable_new () : NULL;
  g_autoptr (GError) error = NULL;
  gboolean whole;

  self->broken_off = cancellable;
  g_hash_table_remove_all (self->told);
  wb_sync_refresh_async (self->sync, WB_COLLECTION_CUSTOMERS, NULL, cancellable, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  whole = wb_sync_refresh_finish (self->sync, result, &error);
  self->broken_off = NULL;
  g_assert_true (wb_test_wait_for (all_is_read, self, WB_TEST_DEADLINE_MS));
  if (!whole)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_object_unref (result);
  return whole;
}

static gpointer
mirror_job (sqlite3 *db, gpointer data, GError **error)
{
  GHashTable *versions = g_hash_table_new (NULL, NULL);
  g_autoptr (WbStatement) stmt = wb_db_prepare (db, error, "SELECT row_key, company FROM customer", "");

  while (stmt != NULL && wb_db_step (stmt, error))
    g_hash_table_insert (versions, GUINT_TO_POINTER (strtoul (wb_db_text (stmt, 0) + 1, NULL, 10)),
                         GUINT_TO_POINTER (strtoul (wb_db_text (stmt, 1), NULL, 10)));
  return versions;
}

/* id → version */
static GHashTable *
read_mirror (World *self)
{
  return wb_database_run (wb_profile_get_mirror (self->store->profile), mirror_job, NULL, NULL);
}

static gboolean
is_alive (World *self, guint id)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (g_array_index (self->rows, Row, i).id == id)
      return TRUE;
  return FALSE;
}

/* Rows that a sweep has seen for certain outlive the next, even if that reads past them. */
static void
check_kept (World *self, const GArray *seen)
{
  g_autoptr (GHashTable) mirror = read_mirror (self);

  for (guint i = 0; i < seen->len; i++)
    {
      guint id = g_array_index (seen, Row, i).id;

      if (!g_hash_table_contains (mirror, GUINT_TO_POINTER (id)) && is_alive (self, id))
        g_error ("u%u: one sweep took it away", id);
    }
}

/* Rows that were there before the sweep, and that nothing could move out of its way. Of two pages that are under way
 * at a time a total that is never counted anew does not tell that something came between: the next sweep sees it. */
static void
check_there (World *self, const GArray *before)
{
  g_autoptr (GHashTable) mirror = read_mirror (self);

  for (guint i = 0; i < before->len; i++)
    {
      const Row *row = &g_array_index (before, Row, i);
      guint version = GPOINTER_TO_UINT (g_hash_table_lookup (mirror, GUINT_TO_POINTER (row->id)));

      if (version == 0 && self->totals == TOTAL_UNMOVED)
        continue;
      if (self->flips ? version == 0 : version < row->version)
        g_error ("u%u: version %u of %u is there", row->id, version, row->version);
    }
}

/* A page that was asked for before does not take back what a later answer told. */
static void
check_told (World *self)
{
  g_autoptr (GHashTable) mirror = read_mirror (self);
  GHashTableIter iter;
  gpointer id, version;

  g_hash_table_iter_init (&iter, self->told);
  while (!self->flips && g_hash_table_iter_next (&iter, &id, &version))
    if (is_alive (self, GPOINTER_TO_UINT (id)))
      g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (mirror, id)), >=, GPOINTER_TO_UINT (version));
}

static void
check_same (World *self)
{
  g_autoptr (GHashTable) mirror = read_mirror (self);

  g_assert_cmpuint (g_hash_table_size (mirror), ==, self->rows->len);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = &g_array_index (self->rows, Row, i);

      g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (mirror, GUINT_TO_POINTER (row->id))), ==, row->version);
    }
}

static gpointer
under_way_job (sqlite3 *db, gpointer data, GError **error)
{
  return GINT_TO_POINTER ((int) wb_db_int64 (db, error, "SELECT max (page) FROM sweeps", "") > 1);
}

static gboolean
is_under_way (World *self)
{
  return wb_database_run (wb_profile_get_mirror (self->store->profile), under_way_job, NULL, NULL) != NULL;
}

static gpointer
goes_on_job (sqlite3 *db, gpointer data, GError **error)
{
  return GINT_TO_POINTER ((int) wb_db_int64 (db, error, "SELECT max (page) FROM sweeps", "") > 10);
}

static gboolean
goes_on (World *self)
{
  return wb_database_run (wb_profile_get_mirror (self->store->profile), goes_on_job, NULL, NULL) != NULL;
}

static void
begin_world (World *self, guint seed)
{
  guint n;

  self->rand = g_rand_new_with_seed (seed);
  n = below (self, 8) == 0 ? 1000 + below (self, 600) : below (self, 350);
  self->totals = (Totals) below (self, N_TOTALS);
  self->busy = below (self, 8);
  self->flips = below (self, 3) == 0;
  self->next_id = 1;
  g_array_set_size (self->rows, 0);
  for (guint i = 0; i < n; i++)
    insert (self);
  self->first_total = n;
  store_run_job (self->store, FALSE, "DELETE FROM customer; DELETE FROM pages; DELETE FROM sweeps");
}

/* What is read now is what was read before the rows went: it has to be written all the same. */
static void
go_and_come_back (World *self)
{
  GArray *all = g_array_copy (self->rows);

  g_array_set_size (self->rows, below (self, self->rows->len + 1));
  for (guint i = 0; i < 3; i++)
    g_assert_true (sweep (self, FALSE));
  check_same (self);
  g_array_unref (self->rows);
  self->rows = all;
  g_assert_true (sweep (self, FALSE));
  check_same (self);
}

static void
go_through (World *self)
{
  guint n_sweeps = 2 + below (self, below (self, 4) == 0 ? 10 : 3);
  g_autoptr (GArray) seen = NULL;

  for (guint i = 0; i < n_sweeps; i++)
    {
      g_autoptr (GArray) before = g_array_copy (self->rows);
      gboolean anew = !goes_on (self); /* else it has read its first pages before */
      gboolean whole;

      self->shifts = below (self, 2) == 0;
      whole = sweep (self, TRUE);
      check_told (self);
      if (whole && seen != NULL)
        check_kept (self, seen);
      if (whole && anew && !self->shifts)
        check_there (self, before);
      if (whole)
        g_clear_pointer (&seen, g_array_unref);
      if (whole && anew && !self->shifts)
        seen = g_steal_pointer (&before);
    }
  self->busy = 0;
  if (is_under_way (self)) /* what was seen before it was quiet does not count */
    g_assert_true (sweep (self, FALSE));
  g_assert_true (sweep (self, FALSE));
  g_assert_true (sweep (self, FALSE));
  check_same (self);
  if (below (self, 4) == 0)
    go_and_come_back (self);
}

static void
open_world (World *self)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autofree char *url = NULL;
  g_autoptr (GError) error = NULL;
  GSList *uris;

  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  self->told = g_hash_table_new (NULL, NULL);
  self->late = g_ptr_array_new_with_free_func (g_object_unref);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  soup_server_listen (self->server, address, 0, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  url = g_strdup_printf ("http://127.0.0.1:%d/api", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  self->store = store_new_at (url, "key", "c1");
  self->sync = wb_profile_get_sync (self->store->profile);
}

static void
close_world (World *self)
{
  store_free (self->store);
  soup_server_disconnect (self->server);
  g_assert_finalize_object (self->server);
  g_array_unref (self->rows);
  g_hash_table_unref (self->told);
  g_ptr_array_unref (self->late);
}

static void
test_histories (void)
{
  const char *one = g_getenv ("WAYBILL_SEED");
  guint first = one != NULL ? (guint) atoi (one) : 0;
  guint n = one != NULL ? 1 : HISTORIES;
  World world = { 0 };

  open_world (&world);
  for (guint seed = first; seed < first + n; seed++)
    {
      g_test_message ("seed %u", seed);
      begin_world (&world, seed);
      go_through (&world);
      g_rand_free (world.rand);
    }
  close_world (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/histories", test_histories);
  return g_test_run ();
}
