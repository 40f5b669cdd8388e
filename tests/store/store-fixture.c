// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "wb-list-pager-private.h"
#include "wb-profile-private.h"
#include "wb-sync.h"

void
store_remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      store_remove_tree (child);
    }
  g_remove (path);
}

static void
open_profile (Store *store, const char *id)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *cache = g_build_filename (store->dir, "cache", NULL);

  wb_profile_open_async (id, store->dir, cache, store->key, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  store->profile = wb_profile_open_finish (result, &error);
  g_assert_no_error (error);
  cmr_pacer_set_rate (cmr_client_get_pacer (store_client (store)), 0);
  /* Rows are there when they are asked for, however busy the machine is; test-list-pager has them late. */
  wb_list_pager_set_patience (wb_profile_get_pager (store->profile), WB_TEST_DEADLINE_MS * 1000);
  g_object_unref (result);
}

static gpointer
find_customer_job (sqlite3 *db, gpointer data, GError **error)
{
  g_autoptr (WbStatement) stmt = wb_db_prepare (db, error, "SELECT row_key FROM customer ORDER BY rowid LIMIT 1", "");

  return stmt != NULL && wb_db_step (stmt, error) ? g_strdup (wb_db_text (stmt, 0)) : NULL;
}

static void
find_customer (Store *store)
{
  WbSync *sync = wb_profile_get_sync (store->profile);
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  wb_sync_refresh_async (sync, WB_COLLECTION_CUSTOMERS, NULL, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  wb_sync_refresh_finish (sync, result, &error);
  g_assert_no_error (error);
  g_object_unref (result);
  store->customer = wb_database_run (wb_profile_get_reader (store->profile), find_customer_job, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (store->customer);
}

static void
make_profile (Store *store, const char *base_url)
{
  g_autoptr (WbProfileInfo) info = wb_profile_info_new ("Test", WB_PROFILE_BUILT_IN);
  g_autoptr (GError) error = NULL;

  g_free (info->base_url);
  info->base_url = g_strdup (base_url);
  wb_profile_info_save (info, store->dir, &error);
  g_assert_no_error (error);
  open_profile (store, info->id);
}

Store *
store_new (const WbSandboxOptions *options)
{
  static const WbSandboxOptions usual = { .no_rate_limit = TRUE, .small = TRUE };
  Store *store = g_new0 (Store, 1);
  g_autoptr (GError) error = NULL;

  store->dir = g_dir_make_tmp ("waybill-store-XXXXXX", &error);
  g_assert_no_error (error);
  store->sandbox = wb_sandbox_new (options != NULL ? options : &usual, &error);
  g_assert_no_error (error);
  store->key = g_strdup (wb_sandbox_get_key (store->sandbox));
  make_profile (store, wb_sandbox_get_base_url (store->sandbox));
  find_customer (store);
  return store;
}

Store *
store_new_at (const char *base_url, const char *key, const char *customer)
{
  Store *store = g_new0 (Store, 1);
  g_autoptr (GError) error = NULL;

  store->dir = g_dir_make_tmp ("waybill-store-XXXXXX", &error);
  g_assert_no_error (error);
  store->key = g_strdup (key);
  store->customer = g_strdup (customer);
  make_profile (store, base_url);
  if (customer == NULL)
    find_customer (store);
  return store;
}

Store *
store_new_beside (Store *first)
{
  Store *store = g_new0 (Store, 1);

  store->dir = g_strdup (first->dir);
  store->sandbox = g_object_ref (first->sandbox);
  store->beside = TRUE;
  store->key = g_strdup (first->key);
  store->customer = g_strdup (first->customer);
  make_profile (store, wb_sandbox_get_base_url (store->sandbox));
  return store;
}

/* What was under way lets go of the profile when its callbacks have run. */
static gboolean
is_last (gpointer object)
{
  return g_atomic_int_get (&G_OBJECT (object)->ref_count) == 1;
}

/* What the profile is made of goes with it; what a timer still holds goes when it has run. */
typedef struct {
  GObject *parts[6];
} Parts;

static void
watch_parts (Parts *parts, WbProfile *profile)
{
  GObject *each[] = { G_OBJECT (wb_profile_get_outbox (profile)), G_OBJECT (wb_profile_get_orders (profile)),
                      G_OBJECT (wb_profile_get_drafts (profile)), G_OBJECT (wb_profile_get_sync (profile)),
                      G_OBJECT (wb_profile_get_names (profile)),  G_OBJECT (wb_profile_get_client (profile)) };

  for (guint i = 0; i < G_N_ELEMENTS (each); i++)
    {
      parts->parts[i] = each[i];
      g_object_add_weak_pointer (each[i], (gpointer *) &parts->parts[i]);
    }
}

static gboolean
are_gone (gpointer data)
{
  Parts *parts = data;

  for (guint i = 0; i < G_N_ELEMENTS (parts->parts); i++)
    if (parts->parts[i] != NULL)
      return FALSE;
  return TRUE;
}

static void
forget_parts (Parts *parts)
{
  for (guint i = 0; i < G_N_ELEMENTS (parts->parts); i++)
    g_clear_weak_pointer (&parts->parts[i]);
}

static void
close_profile (Store *store)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  Parts parts;

  watch_parts (&parts, store->profile);
  wb_profile_close_async (store->profile, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  wb_profile_close_finish (store->profile, result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);
  g_assert_true (wb_test_wait_for (is_last, store->profile, WB_TEST_DEADLINE_MS));
  g_assert_finalize_object (store->profile);
  g_assert_true (store->parts_are_held || wb_test_wait_for (are_gone, &parts, WB_TEST_DEADLINE_MS));
  forget_parts (&parts);
}

char *
store_close (Store *store)
{
  char *id = g_strdup (wb_profile_get_info (store->profile)->id);

  close_profile (store);
  store->profile = NULL;
  return id;
}

void
store_open (Store *store, const char *id)
{
  open_profile (store, id);
}

void
store_reopen (Store *store)
{
  g_autofree char *id = store_close (store);

  open_profile (store, id);
}

void
store_free (Store *store)
{
  if (store->profile != NULL)
    close_profile (store);
  if (store->beside)
    g_object_unref (store->sandbox);
  else
    {
      if (store->sandbox != NULL)
        {
          wb_sandbox_stop (store->sandbox);
          g_assert_finalize_object (store->sandbox);
        }
      store_remove_tree (store->dir);
    }
  g_free (store->customer);
  g_free (store->key);
  g_free (store->dir);
  g_free (store);
}

CmrClient *
store_client (Store *store)
{
  return wb_profile_get_client (store->profile);
}

void
store_fault (Store *store, const char *operation, WbFaultKind kind, int value, guint times)
{
  wb_sandbox_add_fault (store->sandbox, &(WbFault) { operation, kind, value, times });
}

typedef struct {
  WbSandbox *sandbox;
  const char *operation;
  guint n;
} Requests;

static gboolean
have_come (gpointer data)
{
  Requests *requests = data;

  return wb_sandbox_count_requests (requests->sandbox, requests->operation) >= requests->n;
}

void
store_wait_requests (Store *store, const char *operation, guint n)
{
  Requests requests = { store->sandbox, operation, n };

  g_assert_true (wb_test_wait_for (have_come, &requests, WB_TEST_DEADLINE_MS));
}

static void
add_mailboxes (WbDraft *draft, const char *domain, char **specs)
{
  for (guint i = 0; specs[i] != NULL; i++)
    {
      g_auto (GStrv) halves = g_strsplit (specs[i], ":", 2);
      g_auto (GStrv) names = g_strsplit (halves[1] != NULL ? halves[1] : "", " ", 2);
      WbDraftMailbox row = { .domain = (char *) domain, .user_name = halves[0] };

      row.first_name = names[0];
      row.last_name = names[0] != NULL ? names[1] : NULL;
      wb_draft_insert_mailboxes (draft, G_MAXUINT, &row, 1);
    }
}

void
store_fill_draft (Store *store, WbDraft *draft, const char *domains, const char *mailboxes)
{
  g_auto (GStrv) specs = g_strsplit (mailboxes, ",", 0);

  wb_draft_set_customer (draft, store->customer, "Brightloom", "maya@brightloom.example");
  wb_draft_add_domains (draft, domains, NULL, NULL);
  for (guint i = 0; i < wb_draft_get_n_domains (draft) && *mailboxes != '\0'; i++)
    {
      g_autofree char *name = g_strdup (wb_draft_get_domain (draft, i)->name);

      add_mailboxes (draft, name, specs);
    }
}

WbDraft *
store_draft (Store *store, const char *domains, const char *mailboxes)
{
  WbDraft *draft = wb_drafts_new_draft (wb_profile_get_drafts (store->profile));

  store_fill_draft (store, draft, domains, mailboxes);
  return draft;
}

static gpointer
exec_job (sqlite3 *db, gpointer sql, GError **error)
{
  wb_db_exec (db, sql, error);
  return NULL;
}

void
store_run_job (Store *store, gboolean journal, const char *sql)
{
  WbDatabase *db = journal ? wb_profile_get_journal (store->profile) : wb_profile_get_mirror (store->profile);
  g_autoptr (GError) error = NULL;

  wb_database_run (db, exec_job, (gpointer) sql, &error);
  g_assert_no_error (error);
}
