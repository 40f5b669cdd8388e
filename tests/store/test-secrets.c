// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "order-tools.h"

#include <string.h>

/* Sign-in data for export are sent and never written (security.md, 11): in no file of a profile is a byte of them,
 * while it is open, after it was closed, and whatever became of the request. */

#define GOOGLE "https://sender.example/google-route-5f1c"
#define MICROSOFT "https://sender.example/microsoft-route-\"77aa\""
#define MICROSOFT_WORD "microsoft-route-"

typedef struct {
  Store *store;
  char *records; /* what the server got, apart from the profile's folder */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  WbSandboxOptions options = { .no_rate_limit = TRUE, .small = TRUE };

  self->records = g_dir_make_tmp ("waybill-records-XXXXXX", NULL);
  options.record_dir = self->records;
  self->store = store_new (&options);
  cmr_client_set_timeouts_ms (store_client (self->store), 5000, 10000, 10000, 20);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  if (self->store != NULL)
    store_free (self->store);
  store_remove_tree (self->records);
  g_free (self->records);
}

static WbDraft *
secret_draft (Fixture *self, gboolean form)
{
  WbDraft *draft = order_draft (self->store, "plain-loom.test");
  g_autofree char *picture = draft_picture (self->store->dir, "amara.jpg", 700, 700, 0x336699);
  const char *const roots[] = { picture, NULL };

  if (form)
    draft_add (draft, -1, NULL, roots);
  wb_draft_set_oauth (draft, "google-route", GOOGLE);
  wb_draft_set_oauth (draft, "google-client-id", "000-client");
  wb_draft_set_oauth (draft, "google-app-name", "Sender");
  wb_draft_set_oauth (draft, "microsoft-route", MICROSOFT);
  return draft;
}

/* Nothing on the disk: database, log of writes, files beside them. */
static void
check_disk (Fixture *self)
{
  g_assert_cmpuint (store_search (self->store->dir, GOOGLE), >, 3);
  store_search (self->store->dir, MICROSOFT_WORD);
  store_search (self->store->dir, "google-route-");
  store_search (self->store->dir, "google-route-5f1c");
}

/* How many requests of @operation told the server the route. */
static guint
told (Fixture *self, const char *operation)
{
  g_autoptr (GDir) dir = g_dir_open (self->records, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->records, name, NULL);
      g_autofree char *text = NULL;

      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      n += strstr (name, operation) != NULL && strstr (text, "google-route-5f1c") != NULL
           && strstr (text, MICROSOFT_WORD) != NULL;
    }
  return n;
}

static const char *
operation_of (gconstpointer form)
{
  return form != NULL ? "create_order_multipart" : "create_order_json";
}

/* The server gets them, the disk does not; what is not secret is on it. */
static void
test_sent (Fixture *self, gconstpointer form)
{
  WbDraft *draft = secret_draft (self, form != NULL);
  const char *kept;
  WbOrder *order;

  draft_flush (draft);
  check_disk (self);
  order = order_create (self->store, draft, FALSE);
  order_wait_can_pay (order);
  g_assert_cmpuint (told (self, operation_of (form)), ==, 1);
  check_disk (self);
  kept = form != NULL ? "SELECT count(*) FROM parts WHERE value LIKE '%000-client%'"
                      : "SELECT count(*) FROM operations WHERE CAST (body AS TEXT) LIKE '%000-client%'";
  g_assert_cmpint (journal_int (self->store, kept), ==, 1);
  order_drop (order);
  draft_drop (draft);
  store_reopen (self->store);
  check_disk (self);
}

/* Lost, then sent again while the program runs: whole. */
static void
test_again (Fixture *self, gconstpointer form)
{
  WbDraft *draft = secret_draft (self, form != NULL);
  g_autoptr (GError) error = NULL;
  WbOperation *again;
  WbOrder *order;

  store_fault (self->store, operation_of (form), WB_FAULT_DROP_BEFORE, 0, 1);
  order = order_create (self->store, draft, FALSE);
  order_wait (order, WB_ORDER_MAY_EXIST);
  check_disk (self);
  again = operation_again (self->store, wb_order_get_create_operation (order), &error);
  g_assert_no_error (error);
  operation_wait (again, WB_STATE_DONE);
  g_assert_cmpuint (told (self, operation_of (form)), ==, 2);
  check_disk (self);
  g_object_unref (again);
  order_drop (order);
  draft_drop (draft);
}

/* After a restart they are gone: it is not sent without them, or with a mark in their place, and stays what it was. */
static void
test_gone (Fixture *self, gconstpointer form)
{
  WbDraft *draft = secret_draft (self, form != NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  WbOperation *operation;
  WbOrder *order;
  guint writes;

  store_fault (self->store, operation_of (form), WB_FAULT_DROP_BEFORE, 0, 1);
  order = order_create (self->store, draft, FALSE);
  order_wait (order, WB_ORDER_MAY_EXIST);
  id = g_strdup (wb_operation_get_id (wb_order_get_create_operation (order)));
  order_drop (order);
  draft_drop (draft);
  store_reopen (self->store);

  writes = wb_sandbox_count_writes (self->store->sandbox);
  operation = operation_load (self->store, id);
  g_assert_null (operation_again (self->store, operation, &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_FORGOTTEN);
  g_assert_cmpint (wb_operation_get_state (operation), ==, WB_STATE_UNKNOWN);
  g_assert_cmpuint (wb_sandbox_count_writes (self->store->sandbox), ==, writes);
  g_assert_cmpint (journal_int (self->store, "SELECT count(*) FROM operations"), ==, 1);
  g_object_unref (operation);
}

/* What would go by itself after a restart does not go without them either. */
static void
test_queued (Fixture *self, gconstpointer data)
{
  WbRequest *request = wb_request_new (CMR_OP_UPDATE_USER);
  static const char body[] = "{\"city\":\"Vienna\",\"password\":\"hunter2-5f1c\"}";
  g_autoptr (GBytes) json = g_bytes_new_static (body, strlen (body));
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  WbOperation *operation;
  guint writes;

  wb_request_set_param (request, "userId", self->store->customer);
  wb_request_set_target (request, self->store->customer);
  wb_request_set_json (request, json);
  operation = operation_submit (self->store, request, &error);
  g_assert_no_error (error);
  while (wb_state_is_open (wb_operation_get_state (operation)))
    g_main_context_iteration (NULL, TRUE);
  id = g_strdup (wb_operation_get_id (operation));
  g_object_unref (operation);
  store_search (self->store->dir, "hunter2");
  store_run_job (self->store, TRUE, "UPDATE operations SET state = 'queued', reason = 0, run = 'before'");
  writes = wb_sandbox_count_writes (self->store->sandbox);
  store_reopen (self->store);
  operation = operation_load (self->store, id);
  operation_wait (operation, WB_STATE_FAILED);
  g_assert_cmpint (wb_operation_get_reason (operation), ==, WB_REASON_SECRET_GONE);
  g_assert_cmpuint (wb_sandbox_count_writes (self->store->sandbox), ==, writes);
  g_object_unref (operation);
}

/* A draft says after a restart that there were some: nobody orders without them unawares. */
static void
test_draft (Fixture *self, gconstpointer data)
{
  static const char *const providers[] = { "GOOGLE", "MICROSOFT" };
  WbDraft *draft = secret_draft (self, FALSE);
  g_autofree char *id = g_strdup (wb_draft_get_id (draft));

  draft_drop (draft);
  draft = draft_load (self->store, id);
  g_assert_cmpstr (wb_draft_get_oauth (draft, "microsoft-route"), ==, "");
  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    {
      g_autoptr (GPtrArray) problems = NULL;
      guint n = 0;

      wb_draft_set_provider (draft, providers[i]);
      problems = wb_draft_dup_problems (draft);
      for (guint p = 0; p < problems->len; p++)
        n += ((WbProblem *) problems->pdata[p])->code == WB_PROBLEM_OAUTH;
      g_assert_cmpuint (n, ==, 1);
    }
  draft_drop (draft);
  draft = draft_load (self->store, id);
  wb_draft_set_oauth (draft, "microsoft-route", MICROSOFT);
  wb_draft_set_oauth (draft, "microsoft-route", "");
  {
    g_autoptr (GPtrArray) problems = wb_draft_dup_problems (draft);

    for (guint p = 0; p < problems->len; p++)
      g_assert_cmpint (((WbProblem *) problems->pdata[p])->code, !=, WB_PROBLEM_OAUTH);
  }
  draft_drop (draft);
}

#define ADD(name, func, data) g_test_add ("/secrets/" name, Fixture, data, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  money_test_init (&argc, &argv);
  ADD ("sent/form", test_sent, "form");
  ADD ("sent/json", test_sent, NULL);
  ADD ("again/form", test_again, "form");
  ADD ("again/json", test_again, NULL);
  ADD ("gone/form", test_gone, "form");
  ADD ("gone/json", test_gone, NULL);
  ADD ("queued", test_queued, NULL);
  ADD ("draft", test_draft, NULL);
  return g_test_run ();
}
