// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include <string.h>

#include "wb-key-private.h"
#include "wb-profile-private.h"
#include "wb-walk-private.h"

/* Entering and forgetting the key of an opened profile. */

typedef struct {
  char *key;          /* trimmed; cleared when it is freed */
  CmrClient *probe;   /* has the new key; the profile keeps its own until it is sure */
  GHashTable *known;  /* ids of customers that this profile has seen */
  gboolean met;       /* one of them is among this key's */
} SetKey;

static void
set_key_free (gpointer data)
{
  SetKey *set = data;

  wb_key_free (set->key);
  g_clear_object (&set->probe);
  g_clear_pointer (&set->known, g_hash_table_unref);
  g_free (set);
}

static void
store_key_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WbProfile *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  gboolean stored = wb_key_store_finish (result, &error);

  if (!stored)
    g_message ("the key is kept in memory only: %s", error != NULL ? error->message : "not stored");
  /* Forgotten while it was being stored: it stays forgotten. */
  if (wb_profile_get_key_state (self) == WB_KEY_MEMORY_ONLY)
    wb_profile_note_key (self, stored ? WB_KEY_PRESENT : WB_KEY_MEMORY_ONLY);
  g_task_return_boolean (task, TRUE);
}

static void
take_key (GTask *task)
{
  WbProfile *self = g_task_get_source_object (task);
  SetKey *set = g_task_get_task_data (task);
  const WbProfileInfo *info = wb_profile_get_info (self);
  g_autofree char *origin = cmr_client_dup_origin (wb_profile_get_client (self));
  g_autofree char *label = g_strdup_printf ("Waybill: %s", info->name);

  cmr_client_set_key (wb_profile_get_client (self), set->key, NULL);
  wb_profile_note_key (self, WB_KEY_MEMORY_ONLY);
  /* Ends with the profile: a service that never answers would keep it. */
  wb_key_store_async (info->id, origin, label, set->key, wb_profile_get_cancellable (self), store_key_cb, task);
}

static void
end_with (GTask *task, GError *error)
{
  g_task_return_error (task, error);
  g_object_unref (task);
}

static gboolean
see_customer (CmrObject *row, gpointer data)
{
  SetKey *set = data;

  set->met = g_hash_table_contains (set->known, cmr_object_get_text (row, "user-id"));
  return !set->met;
}

static void
customers_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  WbProfile *self = g_task_get_source_object (task);
  SetKey *set = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean whole = FALSE;

  wb_walk_finish (result, &whole, &error);
  if (error == NULL && wb_profile_get_journal (self) == NULL)
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the profile is closed");
  if (error == NULL && !set->met)
    g_set_error_literal (&error, CMR_ERROR, CMR_ERROR_CONFLICT,
                         "this key belongs to another account: none of the customers known here is its");
  if (error != NULL)
    end_with (task, error);
  else
    take_key (task);
}

/* All of its customers that are known, wherever from. */
static gpointer
known_job (sqlite3 *db, gpointer data, GError **error)
{
  GHashTable *known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (WbStatement) stmt = wb_db_prepare (db, error,
                                                "SELECT row_key FROM customer UNION SELECT customer_id FROM "
                                                "journal.orders UNION SELECT customer_id FROM journal.operations"
                                                " UNION SELECT customer_id FROM journal.drafts",
                                                "");

  while (stmt != NULL && wb_db_step (stmt, error))
    if (*wb_db_text (stmt, 0) != '\0')
      g_hash_table_add (known, g_strdup (wb_db_text (stmt, 0)));
  if (*error == NULL)
    return known;
  g_hash_table_unref (known);
  return NULL;
}

static void
known_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  WbProfile *self = g_task_get_source_object (task);
  SetKey *set = g_task_get_task_data (task);
  const WbWalk how = { .op = CMR_OP_LIST_USERS, .priority = CMR_PRIORITY_VISIBLE, .row = see_customer, .data = set };
  GError *error = NULL;

  set->known = wb_database_run_finish (result, &error);
  if (set->known == NULL)
    end_with (task, error);
  else if (wb_profile_get_journal (self) == NULL)
    end_with (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "the profile is closed"));
  else if (g_hash_table_size (set->known) == 0)
    take_key (task);
  else
    wb_walk_async (set->probe, &how, g_task_get_cancellable (task), customers_cb, task);
}

static gboolean
prepare (WbProfile *self, SetKey *set, const char *key, GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (key));

  set->probe = wb_profile_new_client (wb_profile_get_info (self), error);
  if (set->probe == NULL || !cmr_client_set_key (set->probe, key, error))
    {
      explicit_bzero (trimmed, strlen (trimmed));
      return FALSE;
    }
  set->key = g_steal_pointer (&trimmed);
  return TRUE;
}

/**
 * wb_profile_set_key_async:
 *
 * A key may belong to another account. Where customers are known already, those of the key are read first; if none
 * known here is among them the profile stays as it was. Errors: %CMR_ERROR_INVALID (no key), %CMR_ERROR_CONFLICT
 * (another account: offer a new profile), and those of a read.
 */
void
wb_profile_set_key_async (WbProfile *self, const char *key, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  SetKey *set = g_new0 (SetKey, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, wb_profile_set_key_async);
  g_task_set_task_data (task, set, set_key_free);
  if (prepare (self, set, key, &error))
    wb_database_run_async (wb_profile_get_reader (self), known_job, NULL, NULL, (GDestroyNotify) g_hash_table_unref,
                           cancellable, known_cb, task);
  else
    end_with (task, error);
}

gboolean
wb_profile_set_key_finish (WbProfile *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
forget_key_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (wb_key_forget_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
wb_profile_forget_key_async (WbProfile *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, wb_profile_forget_key_async);
  cmr_client_set_key (wb_profile_get_client (self), NULL, NULL);
  wb_profile_note_key (self, WB_KEY_MISSING);
  wb_key_forget_async (wb_profile_get_info (self)->id, TRUE, forget_key_cb, task);
}

gboolean
wb_profile_forget_key_finish (WbProfile *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
