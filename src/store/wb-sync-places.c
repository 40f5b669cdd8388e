// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-sync-private.h"

#include "cmr-client.h"
#include "wb-mirror-private.h"
#include "wb-operation.h"
#include "wb-outbox.h"
#include "wb-profile.h"

/* Countries and states: from the mirror when they were ever read, else from the service. They hardly ever
 * change, so what is there is used as it is. */

typedef struct {
  char *country; /* "" = the countries themselves */
  GBytes *body;
} Places;

static void
places_free (gpointer data)
{
  Places *places = data;

  g_clear_pointer (&places->body, g_bytes_unref);
  g_free (places->country);
  g_free (places);
}

static Places *
places_new (const char *country, GBytes *body)
{
  Places *places = g_new0 (Places, 1);

  places->country = g_strdup (country != NULL ? country : "");
  places->body = body != NULL ? g_bytes_ref (body) : NULL;
  return places;
}

static gpointer
load_places_job (sqlite3 *db, gpointer data, GError **error)
{
  return wb_mirror_load_scope (db, &cmr_place_resource, ((Places *) data)->country, "name", error);
}

static gpointer
land_places_job (sqlite3 *db, gpointer data, GError **error)
{
  Places *places = data;
  const CmrEndpoint *endpoint
      = cmr_endpoint_get (*places->country != '\0' ? CMR_OP_LIST_STATES : CMR_OP_LIST_COUNTRIES);
  g_autoptr (CmrPage) page = cmr_page_parse (endpoint, places->body, error);
  WbMirrorWrite write = { &cmr_place_resource, places->country, g_get_real_time () };

  if (page == NULL || !wb_db_begin (db, error))
    return NULL;
  if (wb_mirror_upsert (db, &write, page->rows, NULL, error) < 0 || !wb_db_commit (db, error))
    {
      wb_db_rollback (db);
      return NULL;
    }
  return load_places_job (db, data, error);
}

static void
places_landed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *rows = wb_database_run_finish (result, &error);

  if (rows == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, rows, (GDestroyNotify) g_ptr_array_unref);
}

static void
places_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WbSync *self = g_task_get_source_object (task);
  Places *places = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) body = cmr_client_read_finish (CMR_CLIENT (source), result, &error);

  if (body == NULL)
    g_task_return_error (task, error);
  else if (wb_sync_get_profile (self) == NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the profile is closed");
  else
    wb_database_run_async (wb_profile_get_mirror (wb_sync_get_profile (self)), land_places_job,
                           places_new (places->country, body), places_free, (GDestroyNotify) g_ptr_array_unref, NULL,
                           places_landed_cb, g_steal_pointer (&task));
}

static void
ask_places (GTask *task)
{
  WbSync *self = g_task_get_source_object (task);
  Places *places = g_task_get_task_data (task);
  gboolean states = *places->country != '\0';
  g_autoptr (CmrCall) call = cmr_call_new (states ? CMR_OP_LIST_STATES : CMR_OP_LIST_COUNTRIES);

  cmr_call_set_priority (call, CMR_PRIORITY_VISIBLE);
  if (states)
    cmr_call_set_param (call, "countryCode", places->country);
  cmr_client_read_async (wb_profile_get_client (wb_sync_get_profile (self)), call, g_task_get_cancellable (task),
                         places_read_cb, task);
}

static void
places_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = wb_database_run_finish (result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else if (rows->len > 0)
    g_task_return_pointer (task, g_steal_pointer (&rows), (GDestroyNotify) g_ptr_array_unref);
  else if (wb_sync_get_profile (g_task_get_source_object (task)) == NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the profile is closed");
  else
    ask_places (g_steal_pointer (&task));
}

/* Ends and takes @task where the profile is closed. */
static gboolean
is_open (GTask *task)
{
  if (wb_sync_get_profile (g_task_get_source_object (task)) != NULL)
    return TRUE;
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the profile is closed");
  g_object_unref (task);
  return FALSE;
}

void
wb_sync_places_async (WbSync *self, const char *country_code, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, wb_sync_places_async);
  g_task_set_task_data (task, places_new (country_code, NULL), places_free);
  if (!is_open (task))
    return;
  wb_database_run_async (wb_profile_get_reader (wb_sync_get_profile (self)), load_places_job,
                         places_new (country_code, NULL), places_free, (GDestroyNotify) g_ptr_array_unref, cancellable,
                         places_loaded_cb, task);
}

GPtrArray *
wb_sync_places_finish (WbSync *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  WbOperation *operation = wb_outbox_submit_finish (WB_OUTBOX (source), result, &error);

  if (operation == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, operation, g_object_unref);
}

static GBytes *
customer_json (CmrObject *customer)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), cmr_object_to_json (customer));
  char *text;

  json_object_unref (json_node_get_object (node));
  text = json_to_string (node, FALSE);
  return g_bytes_new_take (text, strlen (text));
}

void
wb_sync_save_customer_async (WbSync *self, CmrObject *customer, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  const char *id = cmr_object_get_text (customer, "user-id");
  g_autoptr (GBytes) json = NULL;
  WbRequest *request;

  g_task_set_source_tag (task, wb_sync_save_customer_async);
  if (!is_open (task))
    return;
  json = customer_json (customer);
  request = wb_request_new (*id != '\0' ? CMR_OP_UPDATE_USER : CMR_OP_CREATE_USER);
  if (*id != '\0')
    wb_request_set_param (request, "userId", id);
  wb_request_set_json (request, json);
  wb_request_set_customer (request, id, cmr_object_get_text (customer, "company"));
  /* A lost answer is looked for by e-mail: the service states no other key of a new customer. */
  wb_request_set_target (request, *id != '\0' ? id : cmr_object_get_text (customer, "email"));
  wb_request_set_cents (request, 0);
  wb_outbox_submit_async (wb_profile_get_outbox (wb_sync_get_profile (self)), request, cancellable, saved_cb, task);
}

WbOperation *
wb_sync_save_customer_finish (WbSync *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
