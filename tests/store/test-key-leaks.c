// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fake-service.h"
#include "order-tools.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>

/* Where the key is not (security.md, 8 and 20): in no file, no log at any level, no error, no command line, and in no
 * request to another host, even if the service repeats it. */

#define KEY "KEY-fedcba9876543210-secret"
#define PERSON "Zyxwvut"

static void
search_process (const char *what)
{
  store_search ("/proc/self/cmdline", what);
  store_search ("/proc/self/environ", what);
}

/* A flow with everything in it: orders, pictures, refusals, a lost answer, evidence, curl, a start. */
static void
run_order (Store *store)
{
  WbDraft *draft = store_draft (store, "plain-loom.test", "amara:" PERSON " Okafor");
  g_autofree char *picture = draft_picture (store->dir, "amara.jpg", 700, 700, 0x336699);
  const char *const roots[] = { picture, NULL };
  g_autofree char *curl = NULL;
  WbOperation *pay;
  WbOrder *order;

  draft_add (draft, -1, NULL, roots);
  order = order_create (store, draft, FALSE);
  draft_drop (draft);
  order_wait_can_pay (order);
  store_fault (store, "process_order", WB_FAULT_DROP_AFTER, 0, 1);
  pay = order_pay (store, order);
  operation_wait (pay, WB_STATE_UNKNOWN);
  curl = operation_curl (store, pay);
  g_assert_null (strstr (curl, store->key));
  order_wait (order, WB_ORDER_LIVE);
  g_object_unref (pay);
  order_drop (order);
  store_fault (store, "get_wallet", WB_FAULT_STATUS, 401, 0);
  store_reopen (store);
}

static void
flow (void)
{
  Store *store = store_new (NULL);
  g_autofree char *key = g_strdup (store->key);

  /* The first line tells the parent what to look for; it is taken off. */
  g_print ("key %s\n", key);
  run_order (store);
  search_process (key);
  g_assert_cmpuint (store_search (store->dir, key), >, 5);
  g_free (store_close (store));
  store_search (store->dir, key);
  store_free (store);
}

/* The service says the key in its answers: it is blotted out before anything keeps or tells it. */
static void
echo (void)
{
  g_autoptr (FakeService) service = fake_service_new ();
  g_autofree char *url = fake_service_dup_url (service);
  Store *store = store_new_at (url, KEY, "C1");
  g_autoptr (GError) error = NULL;
  g_autoptr (WbEvidence) evidence = NULL;
  WbOperation *operation;

  g_print ("key %s\n", KEY);
  fake_service_set (service, "POST /users", 400, "{\"status\":400,\"message\":\"the key " KEY " may not\"}");
  fake_service_set (service, "GET /users/list", 401, "{\"status\":401,\"message\":\"Invalid API Key " KEY "\"}");
  operation = operation_submit (store, request_customer ("new@x.test"), &error);
  g_assert_no_error (error);
  operation_wait (operation, WB_STATE_FAILED);
  g_assert_null (strstr (wb_operation_get_service_text (operation), KEY));
  g_assert_nonnull (strstr (wb_operation_get_service_text (operation), "may not"));
  g_object_unref (operation);
  fake_service_set (service, "POST /users", 500, "{\"message\":\"" KEY "\"}");
  operation = operation_submit (store, request_customer ("new@x.test"), &error);
  operation_wait (operation, WB_STATE_UNKNOWN);
  evidence = operation_check (store, operation);
  g_object_unref (operation);
  g_assert_cmpuint (store_search (store->dir, KEY), >, 3);
  store_free (store);
}

static const struct {
  const char *name;
  void (*run) (void);
} cases[] = { { "flow", flow }, { "echo", echo } };

/* Everything that the process said at full debug, but for the line that tells the key. */
static void
check_output (GSubprocess *process)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL, *err = NULL, *key = NULL;
  char *line;

  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &out, &err, &error));
  g_assert_no_error (error);
  if (!g_subprocess_get_successful (process))
    g_error ("%s", err);
  line = strstr (out, "key ");
  g_assert_nonnull (line);
  key = g_strndup (line + 4, strcspn (line + 4, "\n"));
  g_assert_cmpuint (strlen (key), >, 10);
  memset (line + 4, '.', strlen (key));
  g_assert_null (strstr (out, key));
  g_assert_null (strstr (err, key));
  /* At full debug it did speak, and of no person. */
  g_assert_nonnull (strstr (out, "WaybillApi-DEBUG"));
  g_assert_null (strstr (out, PERSON));
  g_assert_null (strstr (err, PERSON));
}

static void
test_case (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_setenv (launcher, "G_MESSAGES_DEBUG", "all", TRUE);
  process = g_subprocess_launcher_spawn (launcher, &error, self, "--run", cases[i].name, NULL);
  g_assert_no_error (error);
  check_output (process);
}

int
main (int argc, char **argv)
{
  const char *run = argc == 3 && g_str_equal (argv[1], "--run") ? argv[2] : NULL;

  if (run != NULL)
    argc = 1;
  money_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/key-leaks/", cases[i].name, NULL);

      if (run != NULL && g_str_equal (run, cases[i].name))
        g_test_add_func (path, cases[i].run);
      else if (run == NULL)
        g_test_add_data_func (path, GUINT_TO_POINTER (i), test_case);
    }
  return g_test_run ();
}
