// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-outbox-private.h"

#include "cmr-client.h"
#include "wb-evidence-private.h"
#include "wb-fault.h"
#include "wb-pace-private.h"
#include "wb-profile.h"
#include "wb-secrets-private.h"

/* A frozen request seen again: as a curl command, or sent anew as an operation of its own. */

/* A second payment can be stopped for so long, whatever the preference says of first ones. */
#define PAID_DELAY_MS 5000

typedef struct {
  WbOperation *operation;
  gboolean curl;
} Again;

static void
again_free (gpointer data)
{
  g_object_unref (((Again *) data)->operation);
  g_free (data);
}

static void
append_quoted (GString *text, const char *word)
{
  g_autofree char *quoted = g_shell_quote (word);

  g_string_append_printf (text, " %s", quoted);
}

/* What is left out of a copy although the request carries it (security.md, 11). */
#define LEFT_OUT "(left out)"

static char *
dup_without_secrets (const char *text)
{
  char *blank = wb_secrets_blank (text, LEFT_OUT);

  return blank != NULL ? blank : g_strdup (text);
}

static char *
dup_form_value (const WbPart *part)
{
  g_autofree char *value = NULL;

  if (part->blob != NULL)
    return g_strdup_printf ("%s=@%s.jpg;type=image/jpeg;filename=avatar.jpg", part->name, part->blob);
  if (wb_secrets_is_name (part->name) && *part->value != '\0')
    return g_strdup_printf ("%s=%s", part->name, LEFT_OUT);
  value = dup_without_secrets (part->value);
  return g_strdup_printf ("%s=%s", part->name, value);
}

static void
append_body (GString *text, const WbFrozen *frozen)
{
  for (guint i = 0; i < frozen->parts->len; i++)
    {
      const WbPart *part = frozen->parts->pdata[i];
      g_autofree char *form = dup_form_value (part);

      g_string_append (text, part->blob != NULL ? " \\\n  --form" : " \\\n  --form-string");
      append_quoted (text, form);
    }
  if (frozen->body != NULL)
    {
      gsize length;
      const char *bytes = g_bytes_get_data (frozen->body, &length);
      g_autofree char *whole = g_strndup (bytes, length);
      g_autofree char *body = dup_without_secrets (whole);

      g_string_append (text, " \\\n  --header 'Content-Type: application/json' \\\n  --data-raw");
      append_quoted (text, body);
    }
}

/* The key's place is named, never filled. */
static char *
frozen_to_curl (WbOutbox *self, WbOperation *operation, const WbFrozen *frozen)
{
  WbProfile *profile = wb_outbox_get_profile (self);
  const CmrEndpoint *endpoint = cmr_endpoint_get (wb_operation_get_op (operation));
  const char *mark = *frozen->query != '\0' ? "?" : "";
  g_autofree char *url
      = g_strconcat (wb_profile_get_info (profile)->base_url, endpoint->path, mark, frozen->query, NULL);
  GString *text = g_string_new ("curl --request");

  append_quoted (text, endpoint->method);
  append_quoted (text, url);
  g_string_append_printf (text, " \\\n  --header \"%s: $CMR_API_KEY\"", wb_profile_get_info (profile)->header);
  if (endpoint->flags & CMR_ENDPOINT_SECRET)
    return g_string_free (text, FALSE);
  append_body (text, frozen);
  return g_string_free (text, FALSE);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  WbOperation *operation = wb_outbox_submit_finish (WB_OUTBOX (source), result, &error);

  if (operation == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, operation, g_object_unref);
}

static WbRequest *
frozen_to_request (WbOperation *operation, const WbFrozen *frozen)
{
  WbRequest *request = wb_request_new (wb_operation_get_op (operation));
  g_autoptr (GHashTable) params = g_uri_parse_params (frozen->query, -1, "&", G_URI_PARAMS_NONE, NULL);
  GHashTableIter iter;
  gpointer name, value;

  if (params != NULL)
    {
      g_hash_table_iter_init (&iter, params);
      while (g_hash_table_iter_next (&iter, &name, &value))
        wb_request_set_param (request, name, value);
    }
  if (frozen->body != NULL)
    wb_request_set_json (request, frozen->body);
  for (guint i = 0; i < frozen->parts->len; i++)
    {
      const WbPart *part = frozen->parts->pdata[i];

      if (part->blob != NULL)
        wb_request_add_blob (request, part->name, part->blob, part->length);
      else
        wb_request_add_text (request, part->name, part->value);
    }
  wb_request_set_confirm (request, wb_operation_is_paid (operation));
  wb_request_set_customer (request, wb_operation_get_customer_id (operation),
                           wb_operation_get_customer_name (operation));
  wb_request_set_target (request, wb_operation_get_target (operation));
  wb_request_set_cents (request, wb_operation_get_cents (operation));
  wb_request_set_order (request, wb_operation_get_order (operation));
  wb_request_set_again_of (request, wb_operation_get_id (operation));
  wb_request_set_fingerprint (request, frozen->fingerprint);
  wb_request_set_n_mailboxes (request, wb_operation_get_n_mailboxes (operation));
  if (wb_operation_is_paid (operation))
    wb_request_set_delay_ms (request, wb_pace_ms (PAID_DELAY_MS));
  return request;
}

static void
frozen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  WbOutbox *self = g_task_get_source_object (task);
  Again *again = g_task_get_task_data (task);
  GError *error = NULL;
  WbFrozen *frozen = wb_database_run_finish (result, &error);

  if (frozen == NULL || wb_outbox_get_profile (self) == NULL)
    {
      if (error == NULL)
        g_set_error_literal (&error, CMR_ERROR, CMR_ERROR_NOT_FOUND, "no such operation");
      g_clear_pointer (&frozen, wb_frozen_free);
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  if (!again->curl && !wb_secrets_fill (wb_operation_get_secrets (again->operation), frozen))
    {
      wb_frozen_free (frozen);
      g_task_return_new_error (task, CMR_ERROR, CMR_ERROR_FORGOTTEN, "what is kept in memory only is gone");
      g_object_unref (task);
      return;
    }
  if (again->curl)
    {
      g_task_return_pointer (task, frozen_to_curl (self, again->operation, frozen), g_free);
      g_object_unref (task);
    }
  else
    {
      WB_FAULT_POINT ("again:frozen");
      wb_outbox_submit_async (self, frozen_to_request (again->operation, frozen), g_task_get_cancellable (task),
                              sent_cb, task);
    }
  wb_frozen_free (frozen);
}

static void
start (WbOutbox *self, GTask *task)
{
  Again *again = g_task_get_task_data (task);

  wb_database_run_async (wb_profile_get_journal (wb_outbox_get_profile (self)), wb_outbox_freeze_job,
                         g_strdup (wb_operation_get_id (again->operation)), g_free, (GDestroyNotify) wb_frozen_free,
                         g_task_get_cancellable (task), frozen_cb, task);
}

static GTask *
again_new (WbOutbox *self, WbOperation *operation, gboolean curl, GCancellable *cancellable,
           GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Again *again = g_new0 (Again, 1);

  again->operation = g_object_ref (operation);
  again->curl = curl;
  g_task_set_task_data (task, again, again_free);
  return task;
}

void
wb_outbox_dup_curl_async (WbOutbox *self, WbOperation *operation, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = again_new (self, operation, TRUE, cancellable, callback, user_data);

  g_task_set_source_tag (task, wb_outbox_dup_curl_async);
  if (wb_outbox_get_profile (self) == NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the profile is closed");
  else if (wb_operation_get_op (operation) == CMR_OP_NONE)
    g_task_return_new_error (task, CMR_ERROR, CMR_ERROR_NOT_FOUND, "this version does not know its path");
  else
    {
      start (self, task);
      return;
    }
  g_object_unref (task);
}

char *
wb_outbox_dup_curl_finish (WbOutbox *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Whatever the window has shown may be old by now: the server is asked once more before a second try. */
static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  WbOutbox *self = WB_OUTBOX (source);
  WbOperation *operation = ((Again *) g_task_get_task_data (task))->operation;
  GError *error = NULL;
  g_autoptr (WbEvidence) evidence = wb_outbox_check_finish (self, result, &error);

  WB_FAULT_POINT ("again:checked");
  if (evidence != NULL && evidence->verdict == WB_VERDICT_DONE)
    g_set_error_literal (&error, CMR_ERROR, CMR_ERROR_CONFLICT, "it was carried out");
  else if (evidence != NULL && wb_operation_is_paid (operation) && !wb_evidence_was_read (evidence))
    g_set_error_literal (&error, CMR_ERROR, CMR_ERROR_OFFLINE, "what the service has could not be read");
  if (error == NULL && wb_outbox_get_profile (self) != NULL)
    {
      start (self, task);
      return;
    }
  if (error == NULL)
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the profile is closed");
  g_task_return_error (task, error);
  g_object_unref (task);
}

/* A failed free one may go again as it is. One that may have been carried out, or that an earlier run had queued, is
 * looked up first; a person has asked for it. */
void
wb_outbox_send_again_async (WbOutbox *self, WbOperation *operation, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = again_new (self, operation, FALSE, cancellable, callback, user_data);
  WbProfile *profile = wb_outbox_get_profile (self);
  WbState state = wb_operation_get_state (operation);
  gboolean known = wb_operation_get_op (operation) != CMR_OP_NONE;
  gboolean may = known && profile != NULL && wb_profile_may_send (profile);

  g_task_set_source_tag (task, wb_outbox_send_again_async);
  g_task_set_check_cancellable (task, FALSE);
  if (may && state == WB_STATE_FAILED && !wb_operation_is_paid (operation))
    start (self, task);
  else if (may && (state == WB_STATE_UNKNOWN || wb_outbox_is_found (operation)))
    wb_outbox_check_async (self, operation, cancellable, checked_cb, task);
  else
    {
      g_task_return_new_error (task, CMR_ERROR, CMR_ERROR_DENIED, "it may not be sent again now");
      g_object_unref (task);
    }
}

WbOperation *
wb_outbox_send_again_finish (WbOutbox *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
