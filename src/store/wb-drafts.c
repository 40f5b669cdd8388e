// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-drafts-private.h"

#include "wb-profile.h"
#include "wb-sync.h"

G_DEFINE_FINAL_TYPE (WbDrafts, wb_drafts, G_TYPE_OBJECT)

static void
wb_drafts_dispose (GObject *object)
{
  wb_drafts_stop (WB_DRAFTS (object));
  G_OBJECT_CLASS (wb_drafts_parent_class)->dispose (object);
}

static void
wb_drafts_finalize (GObject *object)
{
  WbDrafts *self = WB_DRAFTS (object);

  g_hash_table_unref (self->living);
  g_hash_table_unref (self->unsaved);
  g_hash_table_unref (self->customers);
  g_object_unref (self->cancellable);
  g_object_unref (self->pool);
  G_OBJECT_CLASS (wb_drafts_parent_class)->finalize (object);
}

static void
wb_drafts_class_init (WbDraftsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_drafts_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_drafts_finalize;
}

static void
wb_drafts_init (WbDrafts *self)
{
  self->cancellable = g_cancellable_new ();
  self->pool = wb_picture_pool_new ();
  self->living = g_hash_table_new (g_str_hash, g_str_equal);
  self->unsaved = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->customers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, wb_drafts_customer_free);
}

static void
on_sync_changed (WbSync *sync, int collection, WbDrafts *self)
{
  if (collection == WB_COLLECTION_MAILBOXES || collection == WB_COLLECTION_SUBSCRIPTIONS)
    wb_drafts_reread_customers (self);
}

WbDrafts *
wb_drafts_new (WbProfile *profile)
{
  WbDrafts *self = g_object_new (WB_TYPE_DRAFTS, NULL);

  self->profile = profile;
  self->sync_id = g_signal_connect (wb_profile_get_sync (profile), "changed", G_CALLBACK (on_sync_changed), self);
  wb_drafts_sweep (self);
  return self;
}

static GPtrArray *
hold_living (WbDrafts *self)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer draft;

  g_hash_table_iter_init (&iter, self->living);
  while (g_hash_table_iter_next (&iter, NULL, &draft))
    g_ptr_array_add (all, g_object_ref (draft));
  return all;
}

/* Drafts live on with their windows, but nothing of them is kept any more. */
void
wb_drafts_stop (WbDrafts *self)
{
  g_autoptr (GPtrArray) all = NULL;

  if (self->profile == NULL)
    return;
  all = hold_living (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_signal_handler (&self->sync_id, wb_profile_get_sync (self->profile));
  for (guint i = 0; i < all->len; i++)
    wb_draft_save_last (all->pdata[i]);
  self->profile = NULL;
  g_hash_table_remove_all (self->living);
  for (guint i = 0; i < all->len; i++)
    wb_draft_stop (all->pdata[i]);
  g_hash_table_remove_all (self->unsaved);
}

WbProfile *
wb_drafts_get_profile (WbDrafts *self)
{
  return self->profile;
}

/* Reading, making and showing pictures share one bound on memory. */
WbPicturePool *
wb_drafts_get_pool (WbDrafts *self)
{
  return self->pool;
}

void
wb_drafts_forget (WbDrafts *self, WbDraft *draft)
{
  if (g_hash_table_lookup (self->living, draft->id) == draft)
    g_hash_table_remove (self->living, draft->id);
}

static WbDraft *
adopt (WbDrafts *self, const char *id)
{
  WbDraft *draft = wb_draft_new (self, id);

  g_hash_table_insert (self->living, draft->id, draft);
  return draft;
}

/**
 * wb_drafts_new_draft:
 *
 * Nothing is written before its first change.
 *
 * Returns: (transfer full): an empty draft
 */
WbDraft *
wb_drafts_new_draft (WbDrafts *self)
{
  g_autofree char *id = g_uuid_string_random ();

  g_return_val_if_fail (WB_IS_DRAFTS (self) && self->profile != NULL, NULL);

  return adopt (self, id);
}

static WbDraft *
adopt_loaded (WbDrafts *self, const char *id, WbDraftLoaded *loaded)
{
  WbDraft *draft = adopt (self, id);

  wb_draft_state_clear (&draft->state);
  wb_draft_state_copy (&draft->state, &loaded->state);
  draft->shared = ~0u;
  g_ptr_array_unref (draft->files);
  draft->files = g_ptr_array_ref (loaded->files);
  draft->files_shared = TRUE;
  draft->next_file = loaded->next_file;
  draft->created = loaded->created;
  draft->saved_at = loaded->updated;
  draft->stored = TRUE;
  wb_draft_sync_files (draft);
  if (!loaded->tidied)
    draft->saved_files = g_ptr_array_ref (draft->files);
  draft->files_shared = TRUE;
  wb_draft_make_soon (draft);
  if (*wb_draft_get_customer_id (draft) != '\0')
    wb_drafts_watch_customer (self, wb_draft_get_customer_id (draft));
  return draft;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WbDrafts *self = g_task_get_source_object (task);
  const char *id = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  WbDraftLoaded *loaded = wb_database_run_finish (result, &error);
  WbDraft *living = g_hash_table_lookup (self->living, id);

  /* Somebody else may have loaded it meanwhile. */
  if (living != NULL)
    g_task_return_pointer (task, g_object_ref (living), g_object_unref);
  else if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (self->profile == NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the profile was closed");
  else
    g_task_return_pointer (task, adopt_loaded (self, id, loaded), g_object_unref);
  g_clear_pointer (&loaded, wb_draft_loaded_free);
}

/**
 * wb_drafts_load_async:
 *
 * Errors: %CMR_ERROR_NOT_FOUND where there is none, %CMR_ERROR_STORAGE where it cannot be read.
 */
void
wb_drafts_load_async (WbDrafts *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  WbDraft *living = g_hash_table_lookup (self->living, id);

  g_task_set_source_tag (task, wb_drafts_load_async);
  g_task_set_task_data (task, g_strdup (id), g_free);
  if (living != NULL)
    g_task_return_pointer (task, g_object_ref (living), g_object_unref);
  else if (self->profile == NULL || wb_profile_get_journal (self->profile) == NULL)
    g_task_return_new_error (task, CMR_ERROR, CMR_ERROR_STORAGE, "the profile is closed");
  else
    wb_database_run_async (wb_profile_get_journal (self->profile), wb_draft_load_job, g_strdup (id), g_free,
                           (GDestroyNotify) wb_draft_loaded_free, cancellable, loaded_cb, g_steal_pointer (&task));
}

/**
 * wb_drafts_load_finish:
 *
 * Returns: (transfer full): the one living object of this draft
 */
WbDraft *
wb_drafts_load_finish (WbDrafts *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbDrafts) self = user_data;
  g_autoptr (GError) error = NULL;

  wb_database_run_finish (result, &error);
  if (error != NULL)
    g_message ("a draft was not deleted: %s", error->message);
  if (self->profile != NULL)
    wb_profile_note_changed (self->profile, WB_COLLECTION_ORDERS);
}

/* Who still has it open keeps an object that is saved no more. */
static void
delete_living (WbDrafts *self, WbDraft *draft)
{
  g_autoptr (WbDraft) held = g_object_ref (draft);

  draft->deleted = TRUE;
  draft->dirty = FALSE;
  g_clear_handle_id (&draft->save_id, g_source_remove);
  wb_draft_make_stop (draft);
  wb_draft_answer_flush (draft, NULL);
  wb_drafts_forget (self, draft);
  g_hash_table_remove (self->unsaved, draft);
}

/**
 * wb_drafts_delete:
 *
 * For good; its pictures go at the next start.
 */
void
wb_drafts_delete (WbDrafts *self, const char *id)
{
  WbDraft *draft;
  g_autofree char *held = g_strdup (id);

  g_return_if_fail (WB_IS_DRAFTS (self) && id != NULL);

  if (self->profile == NULL)
    return;
  draft = g_hash_table_lookup (self->living, held);
  if (draft != NULL)
    delete_living (self, draft);
  wb_database_run_async (wb_profile_get_journal (self->profile), wb_draft_delete_job, g_steal_pointer (&held), g_free,
                         NULL, NULL, deleted_cb, g_object_ref (self));
}

/**
 * wb_drafts_duplicate:
 * @draft: one of @self
 *
 * The copy shares the pictures and begins without history; "Order it a second time" is not taken over.
 *
 * Returns: (transfer full): a draft of its own
 */
WbDraft *
wb_drafts_duplicate (WbDrafts *self, WbDraft *draft)
{
  WbDraft *copy;
  WbDraftHead *head;

  g_return_val_if_fail (WB_IS_DRAFT (draft) && draft->drafts == self, NULL);

  copy = wb_drafts_new_draft (self);
  wb_draft_state_clear (&copy->state);
  wb_draft_state_copy (&copy->state, &draft->state);
  copy->shared = draft->shared = ~0u;
  head = wb_draft_head_copy (copy->state.head);
  head->second_time = FALSE;
  wb_draft_head_unref (copy->state.head);
  copy->state.head = head;
  g_ptr_array_unref (copy->files);
  copy->files = g_ptr_array_ref (draft->files);
  copy->files_shared = draft->files_shared = TRUE;
  copy->next_file = draft->next_file;
  wb_draft_touch (copy);
  wb_draft_make_soon (copy);
  return copy;
}
