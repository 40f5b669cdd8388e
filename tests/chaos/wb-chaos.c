// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later

/* wb-chaos --dir DIR --base-url URL --key-file FILE --customer ID --pictures DIR: what a careful person does in the
 * window, by the store alone. Opens the one profile of DIR (makes it the first time), makes the draft unless it is
 * there, creates its order unless one is open, pays it unless it is or may be paid, and waits until nothing moves.
 * The suite cuts it short at every stage and starts it again; see chaos.py. */
#include <glib/gstdio.h>

#include "cmr-client.h"
#include "wb-draft.h"
#include "wb-journal-private.h"
#include "wb-order.h"
#include "wb-outbox.h"
#include "wb-profile-private.h"
#include "wb-sync.h"
#include "wb-test.h"

#define SETTLED_MS (40 * 1000)

static struct {
  char *dir, *base_url, *key_file, *customer, *pictures, *full;
  gboolean one_step, twice, no_keyring, prepare;
  int answer_ms;
} options = { .answer_ms = 2500 };

static const GOptionEntry entries[] = {
  { "dir", 0, 0, G_OPTION_ARG_FILENAME, &options.dir, NULL, NULL },
  { "base-url", 0, 0, G_OPTION_ARG_STRING, &options.base_url, NULL, NULL },
  { "key-file", 0, 0, G_OPTION_ARG_FILENAME, &options.key_file, NULL, NULL },
  { "customer", 0, 0, G_OPTION_ARG_STRING, &options.customer, NULL, NULL },
  { "pictures", 0, 0, G_OPTION_ARG_FILENAME, &options.pictures, "Folder of portraits; none: a JSON order", NULL },
  { "one-step", 0, 0, G_OPTION_ARG_NONE, &options.one_step, "Create and pay in one request", NULL },
  { "twice", 0, 0, G_OPTION_ARG_NONE, &options.twice, "A double click on each button", NULL },
  { "no-keyring", 0, 0, G_OPTION_ARG_NONE, &options.no_keyring, "The key is entered, not handed over", NULL },
  { "full", 0, 0, G_OPTION_ARG_STRING, &options.full, "The disk is full before `create` or `pay`", NULL },
  { "prepare", 0, 0, G_OPTION_ARG_NONE, &options.prepare, "Makes the profile and its draft, and no more", NULL },
  { "answer-ms", 0, 0, G_OPTION_ARG_INT, &options.answer_ms, "Longest wait for an answer", NULL },
  { NULL },
};

typedef struct {
  WbProfile *profile;
  WbDraft *draft;
  WbOrder *order;
} Person;

/* The profile */

static char *
data_dir (void)
{
  return g_build_filename (options.dir, "data", NULL);
}

static char *
profile_id (void)
{
  g_autofree char *data = data_dir ();
  g_autoptr (GPtrArray) profiles = wb_profile_list (data);
  g_autoptr (WbProfileInfo) info = NULL;
  g_autoptr (GError) error = NULL;

  if (profiles->len > 0)
    return g_strdup (((WbProfileInfo *) profiles->pdata[0])->id);
  info = wb_profile_info_new ("Chaos", WB_PROFILE_VENDOR_SANDBOX);
  g_free (info->base_url);
  info->base_url = g_strdup (options.base_url);
  g_free (info->header);
  info->header = g_strdup ("cmr-x-api-key");
  info->read_only = FALSE;
  info->per_second = 4;
  wb_profile_info_save (info, data, &error);
  g_assert_no_error (error);
  return g_strdup (info->id);
}

static char *
read_key (void)
{
  char *key = NULL;

  g_assert_true (g_file_get_contents (options.key_file, &key, NULL, NULL));
  return g_strchomp (key);
}

static gboolean
has_looked_for_key (gpointer profile)
{
  return wb_profile_get_key_state (profile) != WB_KEY_LOOKING;
}

static void
enter_key (WbProfile *profile, const char *key)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (wb_test_wait_for (has_looked_for_key, profile, WB_TEST_DEADLINE_MS));
  wb_profile_set_key_async (profile, key, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  wb_profile_set_key_finish (profile, result, &error);
  g_assert_no_error (error);
}

static gboolean
open_profile (Person *self)
{
  g_autofree char *data = data_dir ();
  g_autofree char *cache = g_build_filename (options.dir, "cache", NULL);
  g_autofree char *id = profile_id ();
  g_autofree char *key = read_key ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  wb_profile_open_async (id, data, cache, options.no_keyring ? NULL : key, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  self->profile = wb_profile_open_finish (result, &error);
  g_assert_no_error (error);
  if (wb_profile_get_lock (self->profile) == WB_LOCK_OTHER_PROCESS)
    return FALSE;
  if (options.no_keyring)
    enter_key (self->profile, key);
  cmr_client_set_timeouts_ms (wb_profile_get_client (self->profile), 1500, 4000, (guint) options.answer_ms, 50);
  wb_profile_unlock (self->profile, WB_UNLOCK_SESSION);
  return TRUE;
}

/* The journal, as another program would read it. */

static char *
ask_journal (Person *self, const char *sql)
{
  g_autofree char *path = g_build_filename (wb_profile_get_folder (self->profile), "journal.db", NULL);
  sqlite3 *db = NULL;
  sqlite3_stmt *stmt = NULL;
  char *text = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 5000);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  if (sqlite3_step (stmt) == SQLITE_ROW)
    text = g_strdup ((const char *) sqlite3_column_text (stmt, 0));
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  return text;
}

/* No page more: every write fails as on a full disk. */
static gpointer
fill_disk_job (sqlite3 *db, gpointer data, GError **error)
{
  gint64 pages = wb_db_int64 (db, error, "PRAGMA page_count", "");
  g_autofree char *sql = g_strdup_printf ("PRAGMA max_page_count = %" G_GINT64_FORMAT, pages);

  /* What is free inside the file is used up first. */
  wb_db_exec (db, "CREATE TABLE IF NOT EXISTS filler (x)", error);
  wb_db_exec (db, sql, error);
  while (wb_db_exec (db, "INSERT INTO filler VALUES (zeroblob (2000))", NULL))
    ;
  while (wb_db_exec (db, "INSERT INTO filler VALUES (1)", NULL))
    ;
  return NULL;
}

static void
fill_disk (Person *self, const char *stage)
{
  if (g_strcmp0 (options.full, stage) == 0)
    wb_database_run (wb_profile_get_journal (self->profile), fill_disk_job, NULL, NULL);
}

/* The draft */

static const char *const people[][2] = { { "Amara", "Okafor" }, { "Jonas", "Lindqvist" }, { "Tomás", "Herrera" } };
static const char *const user_names[] = { "amara.okafor", "jonas.lindqvist", "tomas.herrera" };

static void
fill_in_mailboxes (WbDraft *draft)
{
  for (guint d = 0; d < wb_draft_get_n_domains (draft); d++)
    for (guint p = 0; p < G_N_ELEMENTS (people); p++)
      {
        WbDraftMailbox row = { .domain = (char *) wb_draft_get_domain (draft, d)->name,
                               .user_name = (char *) user_names[p],
                               .first_name = (char *) people[p][0],
                               .last_name = (char *) people[p][1],
                               .picture_url = (char *) "" };

        wb_draft_insert_mailboxes (draft, wb_draft_get_n_mailboxes (draft), &row, 1);
      }
}

static void
add_pictures (WbDraft *draft)
{
  const char *roots[] = { options.pictures, NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WbFilesResult files;

  wb_draft_add_files_async (draft, roots, -1, NULL, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  wb_draft_add_files_finish (draft, result, &files, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (files.placed, ==, G_N_ELEMENTS (people));
}

static void
flush (WbDraft *draft)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  wb_draft_flush_async (draft, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  wb_draft_flush_finish (draft, result, &error);
  g_assert_no_error (error);
}

static void
make_draft (Person *self)
{
  self->draft = wb_drafts_new_draft (wb_profile_get_drafts (self->profile));
  wb_draft_set_customer (self->draft, options.customer, "Brightloom", "maya@brightloom.example");
  wb_draft_add_domains (self->draft, "chaos-one.example chaos-two.example", NULL, NULL);
  fill_in_mailboxes (self->draft);
  if (options.pictures != NULL)
    add_pictures (self->draft);
  wb_draft_set_may_use_pictures (self->draft, TRUE);
  flush (self->draft);
}

static void
load_draft (Person *self)
{
  g_autofree char *id = ask_journal (self, "SELECT id FROM drafts ORDER BY created LIMIT 1");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (id == NULL)
    {
      make_draft (self);
      return;
    }
  wb_drafts_load_async (wb_profile_get_drafts (self->profile), id, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  self->draft = wb_drafts_load_finish (wb_profile_get_drafts (self->profile), result, &error);
  g_assert_no_error (error);
  /* Killed while it was filled in: a person goes on where it stopped. */
  if (wb_draft_get_n_domains (self->draft) == 2 && wb_draft_get_n_mailboxes (self->draft) == 6
      && (options.pictures == NULL || wb_draft_get_files (self->draft)->len >= G_N_ELEMENTS (people)))
    return;
  wb_drafts_delete (wb_profile_get_drafts (self->profile), id);
  g_clear_object (&self->draft);
  make_draft (self);
}

/* The order */

static void
load_order (Person *self)
{
  g_autofree char *id = ask_journal (self, "SELECT id FROM orders ORDER BY created DESC LIMIT 1");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (id == NULL)
    return;
  wb_orders_load_async (wb_profile_get_orders (self->profile), id, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  self->order = wb_orders_load_finish (wb_profile_get_orders (self->profile), result, &error);
  g_assert_no_error (error);
}

static gboolean
is_looked_up (Person *self, WbOperation *operation)
{
  g_autoptr (WbEvidence) evidence
    = operation != NULL ? wb_outbox_dup_evidence (wb_profile_get_outbox (self->profile), operation) : NULL;

  return evidence != NULL && evidence->times > 0;
}

/* Nothing moves by itself any more. */
static gboolean
is_settled (gpointer data)
{
  Person *self = data;
  WbOperation *pay = wb_order_get_pay_operation (self->order);

  switch (wb_order_get_state (self->order))
    {
    case WB_ORDER_NOT_PAID: return wb_order_can_pay (self->order);
    case WB_ORDER_MAY_EXIST: return is_looked_up (self, wb_order_get_create_operation (self->order));
    case WB_ORDER_UNKNOWN: return is_looked_up (self, pay != NULL ? pay : wb_order_get_create_operation (self->order));
    case WB_ORDER_CANNOT_PAY:
    case WB_ORDER_PARTLY:
    case WB_ORDER_LIVE:
    case WB_ORDER_FAILED:
    case WB_ORDER_CANCELLED: return TRUE;
    default: return FALSE;
    }
}

static void
wait_settled (Person *self)
{
  wb_test_wait_for (is_settled, self, SETTLED_MS);
}

static void
create (Person *self)
{
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;
  WbOrders *orders = wb_profile_get_orders (self->profile);

  fill_disk (self, "create");
  wb_orders_create_async (orders, self->draft, options.one_step, NULL, wb_test_take_result, &first);
  if (options.twice && options.one_step)
    wb_orders_create_async (orders, self->draft, options.one_step, NULL, wb_test_take_result, &second);
  wb_test_wait_result (&first);
  g_clear_object (&self->order);
  self->order = wb_orders_create_finish (orders, first, &error);
  if (error != NULL)
    g_print ("create: %s\n", error->message);
  if (options.twice && options.one_step)
    {
      g_autoptr (WbOrder) other = NULL;

      wb_test_wait_result (&second);
      other = wb_orders_create_finish (orders, second, NULL);
      g_print ("second create: %s\n", other != NULL ? "taken" : "refused");
    }
}

static void
pay (Person *self)
{
  GAsyncResult *results[2] = { NULL, NULL };
  WbOrders *orders = wb_profile_get_orders (self->profile);

  fill_disk (self, "pay");
  for (guint i = 0; i < (options.twice ? 2 : 1); i++)
    wb_orders_pay_async (orders, self->order, 0, NULL, wb_test_take_result, &results[i]);
  for (guint i = 0; i < (options.twice ? 2 : 1); i++)
    {
      g_autoptr (WbOperation) operation = NULL;
      g_autoptr (GError) error = NULL;

      wb_test_wait_result (&results[i]);
      operation = wb_orders_pay_finish (orders, results[i], &error);
      if (error != NULL)
        g_print ("pay: %s\n", error->message);
      g_object_unref (results[i]);
    }
}

/* A free order that may exist unpaid is looked up, then made again: what a person presses. */
static void
create_again (Person *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbOperation) again = NULL;
  WbOutbox *outbox = wb_profile_get_outbox (self->profile);

  wb_outbox_send_again_async (outbox, wb_order_get_create_operation (self->order), NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  again = wb_outbox_send_again_finish (outbox, result, &error);
  if (error != NULL)
    g_print ("create again: %s\n", error->message);
  wait_settled (self);
}

static void
order_and_pay (Person *self)
{
  load_order (self);
  if (self->order != NULL)
    wait_settled (self);
  if (self->order != NULL && wb_order_get_state (self->order) == WB_ORDER_MAY_EXIST)
    create_again (self);
  else if (self->order == NULL || wb_order_get_state (self->order) == WB_ORDER_CANCELLED
           || wb_order_get_state (self->order) == WB_ORDER_FAILED)
    create (self);
  if (self->order == NULL)
    return;
  wait_settled (self);
  if (wb_order_can_pay (self->order))
    pay (self);
  wait_settled (self);
}

static void
close_all (Person *self)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_clear_object (&self->order);
  g_clear_object (&self->draft);
  wb_profile_close_async (self->profile, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  wb_profile_close_finish (self->profile, result, NULL);
  g_clear_object (&self->profile);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  Person person = { 0 };

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  if (open_profile (&person))
    {
      load_draft (&person);
      if (!options.prepare)
        order_and_pay (&person);
      g_print ("ended: %s\n", person.order != NULL ? wb_order_state_word (wb_order_get_state (person.order)) : "none");
    }
  else
    g_print ("ended: locked by %s\n", wb_profile_get_lock_owner (person.profile));
  close_all (&person);
  return 0;
}
